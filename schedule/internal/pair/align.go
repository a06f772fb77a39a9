package pair

const (
	// unpairedActual is what a session costs that took place and is not one of
	// those expected.
	unpairedActual = 7
	// Furthest is the largest distance of a pair in days: farther apart, leaving
	// both unpaired costs less.
	Furthest = 3 * unpairedActual
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
	return a.choose()
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
				pairing = min(pairing+unpairedActual, a.pair(i, j))
			}
			row.least[j-row.low] = min(pairing, a.skip(i, j))
		}
	}
}

// from returns the least cost of the expected sessions from i and the actual ones
// from j on.
func (a *aligner) from(i, j int) int64 {
	if i == len(a.rows) {
		return unpairedActual * int64(len(a.actual)-j)
	}
	row := &a.rows[i]
	passed := max(0, row.low-j)
	return unpairedActual*int64(passed) + row.least[j+passed-row.low]
}

// pair returns the least cost from i and j on if these are a pair.
func (a *aligner) pair(i, j int) int64 {
	distance := int64(a.actual[j]) - int64(a.expected[i].Day)
	return max(distance, -distance) + a.from(i+1, j+1)
}

// skip returns the least cost from i and j on if i has no pair.
func (a *aligner) skip(i, j int) int64 { return a.expected[i].unpaired() + a.from(i+1, j) }

// choose returns the pairs of the alignment that ties prefer: from the first expected
// session on each has a pair where any alignment of the least cost gives it one beside those
// before, and that is the earliest it can be.
//
// To look ahead is not needed. Of two alignments of the least cost that give pairs to the
// same ones up to some expected session, the one with the earlier pairs so far can take over
// what the other has after them, and where their pairs cross they can swap: distances
// between days in order do not become more by that. Nor can there be more pairs than these:
// where another alignment of the least cost has none for a session, a chain of swaps gives it
// one and takes at most one from a session after it.
func (a *aligner) choose() []int32 {
	pairs, j := make([]int32, len(a.rows)), 0
	for i := range a.rows {
		pairs[i] = -1
		if k := a.earliest(i, j); k >= 0 {
			pairs[i], j = int32(k), k+1
		}
	}
	return pairs
}

// earliest returns the first of the actual sessions from j on that i can be paired with at
// the least cost, -1 for none.
func (a *aligner) earliest(i, j int) int {
	row := &a.rows[i]
	for k := max(j, row.low); k < row.high; k++ {
		if unpairedActual*int64(k-j)+a.pair(i, k) == a.from(i, j) {
			return k
		}
	}
	return -1
}
