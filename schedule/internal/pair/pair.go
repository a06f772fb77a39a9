package pair

// An Expected is a session that a protocol asks for.
type Expected struct {
	// Day is its target.
	Day int32
	// Tolerance is how many days either side of it the cadence allows.
	Tolerance int
}

// unpaired is what the session costs if it did not take place.
func (e Expected) unpaired() int64 {
	if e.Tolerance == 7 {
		return 2 * unpairedActual
	}
	return unpairedActual
}

// A Match is an expected session with the actual one that is its pair: positions
// in the lists that were paired, -1 where there is none.
type Match struct{ Expected, Actual int }

// Days pairs expected sessions with the days on which sessions took place, both in
// order, at the least total cost: a pair costs its distance in days, an expected
// session without one 14 if its tolerance is 7 and else 7, an actual one 7. Ties
// prefer more pairs, then the earliest expected ones, then the earliest actual
// ones.
//
// The matches have every session once and keep both orders. An actual session
// without a pair comes before an expected one without a pair if it is earlier, and
// else after it.
func Days(expected []Expected, actual []int32) []Match {
	matches := make([]Match, 0, max(len(expected), len(actual)))
	pairs, paired := align(expected, actual), make([]bool, len(actual))
	for _, j := range pairs {
		if j >= 0 {
			paired[j] = true
		}
	}
	next := 0 // the first actual session that has no match yet
	for i, j := range pairs {
		for next < len(actual) && !paired[next] && (j >= 0 || actual[next] < expected[i].Day) {
			matches = append(matches, Match{-1, next})
			next++
		}
		matches = append(matches, Match{i, int(j)})
		if j >= 0 {
			next++
		}
	}
	for ; next < len(actual); next++ {
		matches = append(matches, Match{-1, next})
	}
	return matches
}
