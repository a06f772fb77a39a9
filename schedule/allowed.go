package schedule

import (
	"iter"

	"github.com/regimen-go/regimen/dose"
)

// An AllowedDose is a dose that the protocol allows at a session besides the
// planned one.
type AllowedDose struct {
	// Level is the level of the phase that it is.
	Level dose.Level
	// Dose is the dose as ordered: calculated and rounded, or a choice.
	Dose dose.Mass
	// Condition is what must be true for it, in words; "" for one that the
	// protocol leaves open.
	Condition string
	// Delivery has its calculation and its worksheet, and what is really
	// delivered.
	Delivery dose.Delivery
}

// Allowed returns what else the protocol allows at the session, each dose once and
// the lightest first: the levels of its phase, conditional steps from their session
// on, and of a phase that is climbed by one level at a time those up to one above
// the level given last or, for a session to come, planned before it.
//
// A dose that cannot be computed for this patient, prepared or drawn up, or that
// passes a hard limit, is left out. One with which a sum of doses would pass its
// limit is not: that is judged when it is chosen or given.
func (s Session) Allowed() iter.Seq[AllowedDose] {
	return func(yield func(AllowedDose) bool) {
		d := s.planned()
		if d == nil || oneLevel(&s.plan.phases[s.slot().Phase]) {
			return
		}
		ladder := s.plan.ladder(s.index, d.weighed)
		most, bounded := s.plan.bound(s.index, ladder)
		var last dose.Mass
		for i := range ladder {
			r := &ladder[i]
			if r.err != nil || bounded && r.amount.Compare(most) > 0 || r.amount == last || d.err == nil && r.amount == d.ordered {
				continue
			}
			last = r.amount
			if !yield(AllowedDose{Level: r.Level, Dose: r.amount, Condition: r.Condition, Delivery: r.delivery}) {
				return
			}
		}
	}
}
