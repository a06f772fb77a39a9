package schedule

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// An attempt is one way of pairing, with what decides between two.
type attempt struct {
	cost             int64
	expected, actual []int
}

func (a attempt) better(b attempt) bool {
	switch {
	case a.cost != b.cost:
		return a.cost < b.cost
	case len(a.expected) != len(b.expected):
		return len(a.expected) > len(b.expected)
	}
	if c := slices.Compare(a.expected, b.expected); c != 0 {
		return c < 0
	}
	return slices.Compare(a.actual, b.actual) < 0
}

// everyPairing tries all ways of pairing in order, from i and j on, and keeps
// the best.
func everyPairing(expected []expectation, actual []int32, i, j int, a attempt, best *attempt) {
	if i == len(expected) {
		a.cost += int64(7 * (len(actual) - j))
		if best.cost < 0 || a.better(*best) {
			*best = attempt{a.cost, slices.Clone(a.expected), slices.Clone(a.actual)}
		}
		return
	}
	for k := j; k < len(actual); k++ {
		distance := int64(actual[k] - expected[i].day)
		if distance < 0 {
			distance = -distance
		}
		everyPairing(expected, actual, i+1, k+1, attempt{
			a.cost + int64(7*(k-j)) + distance, append(slices.Clone(a.expected), i), append(slices.Clone(a.actual), k),
		}, best)
	}
	a.cost += expected[i].unpaired
	everyPairing(expected, actual, i+1, j, a, best)
}

// The alignment is the one that trying every pairing finds, ties included.
func TestAlignAgainstEveryPairing(t *testing.T) {
	ties := 0
	for seed := range uint64(20_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		expected, actual := make([]expectation, r.IntN(7)), make([]int32, r.IntN(7))
		widest := 1 + r.IntN(30)
		day := int32(20000)
		for i := range expected {
			day += int32(1 + r.IntN(widest))
			expected[i] = expectation{day: day, unpaired: int64(7 * (1 + r.IntN(2)))}
		}
		day = 20000 - int32(r.IntN(10))
		for i := range actual {
			day += int32(1 + r.IntN(widest))
			actual[i] = day
		}
		best := attempt{cost: -1}
		everyPairing(expected, actual, 0, 0, attempt{}, &best)
		want := slices.Repeat([]int32{-1}, len(expected))
		for n, i := range best.expected {
			want[i] = int32(best.actual[n])
		}
		got := align(expected, actual)
		require.Equal(t, want, got, "seed %d: %v %v", seed, expected, actual)
		if len(expected) > 2 && len(actual) > 2 && widest < 5 {
			ties++
		}
	}
	require.Greater(t, ties, 500, "dense records, which have many ties")
}

func TestAlign(t *testing.T) {
	week := func(days ...int32) (list []expectation) {
		for _, d := range days {
			list = append(list, expectation{d, 7})
		}
		return list
	}
	for _, tt := range []struct {
		name     string
		expected []expectation
		actual   []int32
		want     []int32
	}{
		{"nothing", nil, nil, []int32{}},
		{"nothing took place", week(1, 2), nil, []int32{-1, -1}},
		{"nothing was expected", nil, []int32{1}, []int32{}},
		{"one missed is no cascade", week(0, 7, 14, 21), []int32{0, 14, 21}, []int32{0, -1, 1, 2}},
		{"one more is no cascade", week(0, 7, 14), []int32{0, 3, 7, 14}, []int32{0, 2, 3}},
		{"a pair at the cost of none", week(0), []int32{14}, []int32{0}},
		{"farther apart", week(0), []int32{15}, []int32{-1}},
		{"every four weeks", []expectation{{0, 14}}, []int32{21}, []int32{0}},
		{"the earliest expected", week(0, 2), []int32{1}, []int32{0, -1}},
		{"the earliest actual", week(1), []int32{0, 2}, []int32{0}},
	} {
		require.Equal(t, tt.want, align(tt.expected, tt.actual), tt.name)
	}
}

// Twenty thousand sessions, all within reach of forty others, take no time that
// anybody would notice, and pair one by one.
func TestAlignLong(t *testing.T) {
	const n = maxPlanned
	expected, actual := make([]expectation, n), make([]int32, n)
	for i := range n {
		expected[i], actual[i] = expectation{int32(i), 7}, int32(i)
	}
	for i, j := range align(expected, actual) {
		require.Equal(t, int32(i), j)
	}
}
