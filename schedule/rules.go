package schedule

import (
	"iter"
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// The rules are what the protocols of a plan say. They never change, and plans
// share them.
type rules struct {
	phases    []protocol.Phase // of every protocol, in order
	climbed   []climbed        // of each of the phases
	limits    []protocol.CumulativeLimit
	gates     []protocol.Gate
	followUps []protocol.FollowUpVisit
	// accompanied reports that there are companions or follow-ups.
	accompanied bool
}

// A climbed has the levels of a phase that has more than one; one that has a single
// level has none here.
type climbed struct{ levels []protocol.DoseLevel }

// newRules returns the rules of the protocol that holds, with the phases of those
// before it.
func newRules(p *protocol.Protocol, phases []protocol.Phase) *rules {
	r := &rules{
		phases: phases, climbed: make([]climbed, len(phases)),
		limits: slices.Collect(p.Cumulative()), gates: slices.Collect(p.Gates()), followUps: slices.Collect(p.FollowUps()),
	}
	r.accompanied = len(r.followUps) > 0
	for i := range phases {
		r.accompanied = r.accompanied || len(phases[i].Companions) > 0
		if !oneLevel(&phases[i]) {
			r.climbed[i].levels = phases[i].Levels()
		}
	}
	return r
}

// levels yields the levels that a phase offers at a session. One that names a
// single level has no other than the dose that it plans.
func (r *rules) levels(phase uint16, number int) iter.Seq[*protocol.DoseLevel] {
	return func(yield func(*protocol.DoseLevel) bool) {
		if oneLevel(&r.phases[phase]) {
			r.level(phase, number, yield)
			return
		}
		list := r.climbed[phase].levels
		for i := range list {
			if list[i].From <= number && !yield(&list[i]) {
				return
			}
		}
	}
}

// level yields what a phase that names a single level has at a session.
func (r *rules) level(phase uint16, number int, yield func(*protocol.DoseLevel) bool) {
	list := r.phases[phase].Levels()
	step, rule := plannedRule(&r.phases[phase], number)
	first := true
	for i := range list {
		l := &list[i]
		if l.From > number {
			continue
		}
		if first && step >= 0 {
			l = &protocol.DoseLevel{Level: dose.LevelOf(rule.Amount), Rule: *rule}
		}
		if first = false; !yield(l) {
			return
		}
	}
}

// levelOf returns the level with an amount that a phase offers at a session.
func (r *rules) levelOf(phase uint16, number int, level dose.Level) (offered *protocol.DoseLevel, ok bool) {
	if level.IsZero() {
		return nil, false
	}
	for l := range r.levels(phase, number) {
		if l.Level == level {
			return l, true
		}
	}
	return nil, false
}
