package oracle

import "slices"

// Expected is a session that should have taken place on a day, give or take the
// tolerance of its cadence.
type Expected struct{ Day, Tolerance int }

// Pair returns for each expected session the position of the actual one that it
// is paired with, or -1. It tries every pairing in order of both lists.
func Pair(expected []Expected, actual []int) []int {
	var best *pairing
	for _, p := range pairings(expected, actual) {
		if best == nil || p.before(best) {
			best = &p
		}
	}
	pairs := slices.Repeat([]int{-1}, len(expected))
	for n, i := range best.expected {
		pairs[i] = best.actual[n]
	}
	return pairs
}

// pairing is one way to pair: positions of the pairs in both lists.
type pairing struct {
	cost             int
	expected, actual []int
}

// before says whether a pairing is better than another: the cost, then the number
// of pairs, then the expected sessions that have one, then the actual ones.
func (p *pairing) before(q *pairing) bool {
	a, b := []int{p.cost, -len(p.expected)}, []int{q.cost, -len(q.expected)}
	return slices.Compare(slices.Concat(a, p.expected, p.actual), slices.Concat(b, q.expected, q.actual)) < 0
}

// pairings returns every way to pair two lists in order: the first expected
// session has no pair, or any of the actual ones, those before which have none.
func pairings(expected []Expected, actual []int) []pairing {
	if len(expected) == 0 {
		return []pairing{{cost: 7 * len(actual)}}
	}
	first, all := expected[0], []pairing{}
	add := func(rest pairing, cost, passed int, pair bool) {
		p := pairing{cost: cost + rest.cost}
		if pair {
			p.expected, p.actual = []int{0}, []int{passed - 1}
		}
		for n := range rest.expected {
			p.expected, p.actual = append(p.expected, rest.expected[n]+1), append(p.actual, rest.actual[n]+passed)
		}
		all = append(all, p)
	}
	missed := 7
	if first.Tolerance == 7 {
		missed = 14
	}
	for _, rest := range pairings(expected[1:], actual) {
		add(rest, missed, 0, false)
	}
	for j, day := range actual {
		distance := max(day-first.Day, first.Day-day)
		for _, rest := range pairings(expected[1:], actual[j+1:]) {
			add(rest, 7*j+distance, j+1, true)
		}
	}
	return all
}
