package oracle

import (
	"math"
	"slices"
)

// memoSearch follows sets of reachable days and remembers the best list for
// each state.
type memoSearch struct{}

// reachable returns, for each session, the days on which it can be with all
// those before it somewhere.
func reachable(in Input, slots []slot) [][]int {
	sets := make([][]int, len(slots))
	for i, s := range slots {
		for _, day := range in.candidates(s) {
			possible := i == 0
			if i > 0 {
				for _, before := range sets[i-1] {
					possible = possible || day-before >= gap(slots[i-1], s)
				}
			}
			if possible {
				sets[i] = append(sets[i], day)
			}
		}
	}
	return sets
}

func (memoSearch) blocked(in Input, slots []slot) int {
	for i, days := range reachable(in, slots) {
		if len(days) == 0 {
			return i + 1
		}
	}
	return 0
}

func (memoSearch) earliest(in Input, slots []slot) int {
	return slices.Min(reachable(in, slots)[len(slots)-1])
}

// list is a list of choices with its cost; the rest of it is shared.
type list struct {
	leftOut int
	cost    int
	first   choice
	rest    *list
}

// state is what the best list from a session on depends on: the day and gap of
// the last session that was placed before it.
type state struct {
	next   int
	placed bool
	day    int
	gap    int
}

func (memoSearch) best(in Input, slots []slot, drop bool) []choice {
	m := &memo{in: in, slots: slots, drop: drop, known: map[state]*list{}}
	var choices []choice
	best := m.bestFrom(state{})
	if best == nil {
		return nil
	}
	choices = []choice{}
	for l := best; l.rest != nil; l = l.rest {
		choices = append(choices, l.first)
	}
	return choices
}

type memo struct {
	in    Input
	slots []slot
	drop  bool
	known map[state]*list
}

// bestFrom returns the best list for a session and all after it, or nil if
// there is none.
func (m *memo) bestFrom(s state) *list {
	if s.next == len(m.slots) {
		return &list{}
	}
	s = m.forget(s)
	if found, ok := m.known[s]; ok {
		return found
	}
	var best *list
	this := m.slots[s.next]
	for _, day := range m.in.candidates(this) {
		if s.placed && day-s.day < max(s.gap, this.phase.Gap) {
			continue
		}
		rest := m.bestFrom(state{next: s.next + 1, placed: true, day: day, gap: this.phase.Gap})
		shift := day - this.target
		best = better(best, with(choice{date: day}, shift*shift, rest))
	}
	if m.drop && !this.fixed {
		rest := m.bestFrom(state{next: s.next + 1, placed: s.placed, day: s.day, gap: s.gap})
		best = better(best, with(choice{left: true}, 0, rest))
	}
	m.known[s] = best
	return best
}

// forget drops the day before from a state if it can no longer matter, so that
// there are fewer states.
func (m *memo) forget(s state) state {
	for _, later := range m.slots[s.next:] {
		if later.earliest-s.day < max(s.gap, later.phase.Gap) {
			return s
		}
	}
	return state{next: s.next}
}

// with returns a list with one more choice before it, or nil if there is no list.
func with(first choice, cost int, rest *list) *list {
	if rest == nil {
		return nil
	}
	l := &list{leftOut: rest.leftOut, cost: rest.cost + cost, first: first, rest: rest}
	if first.left {
		l.leftOut++
	}
	return l
}

// better returns the better of two lists, of which either may be nil: fewer
// left out, then the least cost, then the later at the first difference.
func better(a, b *list) *list {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.leftOut != b.leftOut:
		if a.leftOut < b.leftOut {
			return a
		}
		return b
	case a.cost != b.cost:
		if a.cost < b.cost {
			return a
		}
		return b
	}
	for x, y := a, b; x.rest != nil && y.rest != nil; x, y = x.rest, y.rest {
		if rank(x.first) > rank(y.first) {
			return a
		}
		if rank(x.first) < rank(y.first) {
			return b
		}
	}
	return a
}

// rank orders choices: a session left out counts as earlier than any date.
func rank(c choice) int {
	if c.left {
		return math.MinInt
	}
	return c.date
}
