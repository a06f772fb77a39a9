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

// The first entry is found by jumps alone, so that no list is too long for it.
func TestListsAreJumped(t *testing.T) {
	var l list[int]
	for i := range 1000 {
		l = l.add(i)
	}
	steps := 0
	for c := l.last; c.start > 0; c = c.jump {
		steps++
	}
	require.Less(t, steps, 20)
	for c := l.last; c != nil; {
		c, c.before = c.before, nil
	}
	require.Equal(t, 0, *l.at(0))
}

// A list of nothing is the zero list, and more of nothing is the list itself.
func TestListsOfNothing(t *testing.T) {
	require.Zero(t, sharing([]int{}))
	require.Zero(t, new(chunk[int]).of(nil))
	require.Zero(t, list[int]{}.join(nil))
	require.Zero(t, list[int]{}.first(1))
	require.Nil(t, list[int]{}.slice())
	l := sharing([]int{1, 2})
	require.Equal(t, l, l.join(nil))
	require.Equal(t, l, l.first(2))
	require.Equal(t, l, l.first(3))
	require.Zero(t, l.first(0))
	require.Zero(t, l.first(-1))
}

// What grows is shared as soon as it is as much as a list copies at most.
func TestGrowingIsShared(t *testing.T) {
	for n, tail := range map[int]int{0: 0, chunkSize - 1: chunkSize - 1, chunkSize: 0, chunkSize + 1: 0} {
		var g growing[int]
		for i := range n {
			require.EqualValues(t, i, g.add(i))
		}
		shared := g.share()
		require.Len(t, shared.tail, tail)
		require.Equal(t, n, shared.len())
		other := shared
		shared.add(-1)
		other.add(-2)
		for i := range n {
			require.Equal(t, i, *shared.at(int32(i)))
		}
		require.Equal(t, -1, *shared.at(int32(n)))
		require.Equal(t, -2, *other.at(int32(n)))
	}
}

// What follows each other jumps to what jumped equally far twice, else to the one before: of
// the first twelve, counted from 1, the first has none.
func TestJumps(t *testing.T) {
	want := []int{0, 1, 2, 1, 4, 5, 4, 1, 8, 9, 8, 11}
	var l list[int]
	var j journal
	for i, to := range want {
		l = l.join([]int{i})
		j.last = j.next(Entry{}, Rules)
		require.Equal(t, i+1, l.last.number)
		require.Equal(t, i+1, j.last.number)
		if to == 0 {
			require.Nil(t, l.last.jump)
			require.Nil(t, j.last.jump)
			continue
		}
		require.Equal(t, to, l.last.jump.number)
		require.Equal(t, to, j.last.jump.number)
	}
}
