package schedule

import (
	"cmp"
	"slices"
)

// order returns for each session what it is sorted by: twice its day or, where it
// was left out, what the session before it is sorted by. What is to come comes
// after what was given, also where its day is past or the same.
func (p *Plan) order() []int32 {
	keys := make([]int32, len(p.slots))
	var given int32 // the latest day
	for i := range p.slots {
		if s := &p.slots[i]; s.state == StateGiven {
			given = max(given, s.day)
		}
	}
	for i := range p.slots {
		switch s := &p.slots[i]; {
		case s.pending() || s.state == StateHeld:
			keys[i] = 2*max(s.day, given) + 1
		case !s.left:
			keys[i] = 2 * s.day
		case i > 0:
			keys[i] = keys[i-1]
		}
	}
	return keys
}

// A rank is what a session is sorted by: the key that order gives it, then its day and
// its serial, so that the order of sessions follows from what they are and never from
// what they were before.
type rank struct {
	key, day int32
	serial   uint32
	at       int // before it is sorted
}

func (r rank) compare(o rank) int {
	return cmp.Or(cmp.Compare(r.key, o.key), cmp.Compare(r.day, o.day), cmp.Compare(r.serial, o.serial), cmp.Compare(r.at, o.at))
}

// sort brings the sessions into the order of their days. One that was left out stays
// behind the session that it followed.
func (e *edit) sort() {
	p := e.plan
	ranks := make([]rank, len(p.slots))
	for i, key := range p.order() {
		s := &p.slots[i]
		if ranks[i] = (rank{key, s.day, s.serial, i}); s.left && i > 0 {
			ranks[i] = ranks[i-1]
			ranks[i].at = i
		}
	}
	sorted := slices.IsSortedFunc(ranks, rank.compare)
	if !sorted {
		slices.SortFunc(ranks, rank.compare)
	}
	// What was given on one day is in the order in which it was recorded.
	var took []int
	var recorded []rank
	for from := 0; from < len(ranks); {
		to := from
		took, recorded = took[:0], recorded[:0]
		for ; to < len(ranks) && ranks[to].key == ranks[from].key; to++ {
			if p.slots[ranks[to].at].took() {
				took, recorded = append(took, to), append(recorded, ranks[to])
			}
		}
		slices.SortFunc(recorded, func(a, b rank) int { return cmp.Compare(p.slots[a.at].given, p.slots[b.at].given) })
		for k, at := range took {
			sorted = sorted && ranks[at] == recorded[k]
			ranks[at] = recorded[k]
		}
		from = to
	}
	if sorted {
		return
	}
	slots := make([]slot, len(ranks))
	for i := range ranks {
		slots[i] = p.slots[ranks[i].at]
	}
	p.slots = slots
}
