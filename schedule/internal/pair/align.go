package pair

import "slices"

const (
	// unpairedActual is what a session costs that took place and is not one of
	// those expected.
	unpairedActual = 7
	// Furthest is the largest distance of a pair in days: farther apart, leaving
	// both unpaired costs less.
	Furthest = 3 * unpairedActual
	// costUnit makes room below a cost for the number of pairs, which breaks
	// ties.
	costUnit = int64(1) << 20
	// unreachable is more than every cost.
	unreachable = int64(1) << 62
)

// align returns for each expected session the position of its pair, -1 for none.
//
// The work is linear in the number of sessions, since only those that are at
// most [Furthest] days apart can be a pair.
func align(expected []Expected, actual []int32) []int32 {
	a := aligner{expected: expected, actual: actual, rows: make([]alignedRow, len(expected))}
	a.costs()
	paired, states := a.pairs()
	return a.choose(paired, states)
}

type aligner struct {
	expected []Expected
	actual   []int32
	rows     []alignedRow
}

// An alignedRow is about one expected session: those from low, inclusive, to
// high, exclusive, could be its pair. least[j-low] is the least cost of this and
// all later expected sessions with the actual ones from j on, j up to high.
type alignedRow struct {
	low, high int
	least     []int64
}

// costs fills the rows from the last.
func (a *aligner) costs() {
	low, high := 0, 0
	for i, e := range a.expected {
		for low < len(a.actual) && a.actual[low] < e.Day-Furthest {
			low++
		}
		for high < len(a.actual) && a.actual[high] <= e.Day+Furthest {
			high++
		}
		a.rows[i] = alignedRow{low: low, high: high}
	}
	for i := len(a.rows) - 1; i >= 0; i-- {
		row := &a.rows[i]
		row.least = make([]int64, row.high-row.low+1)
		pairing := unreachable // the least cost of pairing it with one from j on
		for j := row.high; j >= row.low; j-- {
			if j < row.high {
				pairing = min(pairing+unpairedActual*costUnit, a.pair(i, j))
			}
			row.least[j-row.low] = min(pairing, a.skip(i, j))
		}
	}
}

// from returns the least cost of the expected sessions from i and the actual ones
// from j on.
func (a *aligner) from(i, j int) int64 {
	if i == len(a.rows) {
		return unpairedActual * costUnit * int64(len(a.actual)-j)
	}
	row := &a.rows[i]
	passed := max(0, row.low-j)
	return unpairedActual*costUnit*int64(passed) + row.least[j+passed-row.low]
}

// pair returns the least cost from i and j on if these are a pair.
func (a *aligner) pair(i, j int) int64 {
	distance := int64(a.actual[j]) - int64(a.expected[i].Day)
	return max(distance, -distance)*costUnit - 1 + a.from(i+1, j+1)
}

// skip returns the least cost from i and j on if i has no pair.
func (a *aligner) skip(i, j int) int64 { return a.expected[i].unpaired()*costUnit + a.from(i+1, j) }

// best yields the actual sessions from j on that i can be paired with at the
// least cost.
func (a *aligner) best(i, j int) func(func(int) bool) {
	return func(yield func(int) bool) {
		row := &a.rows[i]
		for k := max(j, row.low); k < row.high; k++ {
			if unpairedActual*costUnit*int64(k-j)+a.pair(i, k) == a.from(i, j) && !yield(k) {
				return
			}
		}
	}
}

// pairs says which expected sessions have a pair in the alignment that ties
// prefer. states[i] are the positions among the actual sessions at which some
// alignment of the least cost that has pairs for just those before i can be.
func (a *aligner) pairs() (paired []bool, states [][]int) {
	paired, states = make([]bool, len(a.rows)), make([][]int, len(a.rows)+1)
	states[0] = []int{0}
	for i := range a.rows {
		var next []int
		for _, j := range states[i] {
			for k := range a.best(i, j) {
				next = append(next, k+1)
			}
		}
		if paired[i] = next != nil; !paired[i] {
			next = states[i]
		}
		slices.Sort(next)
		states[i+1] = slices.Compact(next)
	}
	return paired, states
}

// choose returns the earliest pairs among the alignments that states describes.
func (a *aligner) choose(paired []bool, states [][]int) []int32 {
	// Keep the states from which the end can be reached.
	for i := len(a.rows) - 1; i >= 0; i-- {
		states[i] = slices.DeleteFunc(slices.Clone(states[i]), func(j int) bool { return a.next(paired, states[i+1], i, j) < 0 })
	}
	pairs, j := make([]int32, len(a.rows)), 0
	for i := range a.rows {
		pairs[i] = -1
		next := a.next(paired, states[i+1], i, j)
		if paired[i] {
			pairs[i] = int32(next - 1)
		}
		j = next
	}
	return pairs
}

// next returns the first of the states after i that j leads to, -1 for none.
func (a *aligner) next(paired []bool, states []int, i, j int) int {
	if !paired[i] {
		if _, ok := slices.BinarySearch(states, j); ok {
			return j
		}
		return -1
	}
	for k := range a.best(i, j) {
		if _, ok := slices.BinarySearch(states, k+1); ok {
			return k + 1
		}
	}
	return -1
}
