package schedule

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Lists that were made of each other have what slices that were copied whole have.
func TestLists(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	lists, models := []list[int]{{}, sharing([]int{1, 2, 3}), sharing(make([]int, 100))}, [][]int{nil, {1, 2, 3}, make([]int, 100)}
	for step := range 3000 {
		from := random.IntN(len(lists))
		if step%2 == 0 {
			from = len(lists) - 1
		}
		l, model := lists[from], slices.Clone(models[from])
		switch random.IntN(8) {
		case 0:
			n := random.IntN(len(model) + 1)
			l, model = l.first(n), model[:n]
		case 1:
			at := len(model) - random.IntN(min(len(model), 40)+1)
			l, model = l.insert(at, step), slices.Insert(model, at, step)
		case 2:
			more := []int{step, step + 1}[:random.IntN(3)]
			l, model = l.join(more), append(model, more...)
		default:
			l, model = l.add(step), append(model, step)
		}
		lists, models = append(lists, l), append(models, model)
	}
	for k, l := range lists {
		model := models[k]
		require.Equal(t, len(model), l.len())
		require.True(t, slices.Equal(model, l.slice()))
		n := 0
		for i, item := range l.all() {
			require.Equal(t, n, i)
			require.Equal(t, model[i], *item)
			require.Equal(t, model[i], *l.at(i))
			n++
		}
		require.Len(t, model, n)
		for i := range l.all() {
			if i == n/2 {
				break
			}
		}
		i := len(model)
		for item := range l.backward() {
			i--
			require.Equal(t, model[i], *item)
		}
		require.Zero(t, i)
	}
}

// An entry is found in few steps, and adding one copies few.
func TestListsAreQuick(t *testing.T) {
	const n = 100_000
	var l list[int]
	for i := range n {
		l = l.add(i)
		require.LessOrEqual(t, len(l.last.items), chunkSize)
	}
	for _, i := range []int{0, 1, n / 3, n / 2, n - 1} {
		steps := 0
		for c := l.last; c.start > i; steps++ {
			if c.jump != nil && c.jump.start+len(c.jump.items) > i {
				c = c.jump
			} else {
				c = c.before
			}
		}
		require.Less(t, steps, 60)
		require.Equal(t, i, *l.at(i))
	}
}
