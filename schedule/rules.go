package schedule

import (
	"iter"
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// The rules are what the protocols of a plan say. They never change, and plans
// share them.
type rules struct {
	phases    []protocol.Phase // of every protocol, in order
	climbed   []climbed        // of each of the phases
	drugs     []int16          // of each of the phases, by number: the same for one drug
	gives     []administered   // of each of the phases
	limits    []sumLimit
	gates     []gate
	followUps []protocol.FollowUpVisit
	// monitoring is that of the protocol that holds, and needs has for each phase the
	// results that its sessions need.
	monitoring []protocol.Monitoring
	needs      [][]resultNeed
	// tabled reports that a phase has a table of missed doses.
	tabled bool
	// accompanied reports that there are visits beside the sessions.
	accompanied bool
	// beside reports that a phase has medicines beside its drug, and besideLimits are
	// those on their sums.
	beside       bool
	besideLimits []besideLimit
}

// A climbed has the levels of a phase.
type climbed struct {
	// own is that of the dose that the phase begins with, steps are those of its
	// steps.
	own   dose.Level
	steps []dose.Level
	// offered are all that it offers, none where that is its own alone.
	offered []protocol.DoseLevel
}

// newRules returns the rules of the protocol that holds, with what is left of those
// before it.
func newRules(tenures []tenure, c *course.Course) *rules {
	phases, p := c.Phases, tenures[c.Holds()].protocol
	r := &rules{phases: phases, climbed: make([]climbed, len(phases)), followUps: slices.Collect(p.FollowUps())}
	r.monitoring, r.needs = slices.Collect(p.Monitoring()), needs(tenures, c)
	r.number(tenures, c)
	for _, at := range lastTenures(tenures, c.Holds()) {
		r.limitsOf(tenures, c, at)
		r.gatesOf(tenures, c, at)
		r.besidesOf(tenures, c, at)
	}
	r.accompanied = len(r.followUps) > 0 || len(r.monitoring) > 0
	for i := range phases {
		r.accompanied = r.accompanied || len(phases[i].Companions) > 0
		r.beside = r.beside || len(phases[i].Beside) > 0
		r.tabled = r.tabled || len(phases[i].MissedDoses) > 0
		r.climbed[i] = newClimbed(&phases[i])
	}
	return r
}

func newClimbed(phase *protocol.Phase) climbed {
	c := climbed{own: dose.LevelOf(phase.Dose.Amount)}
	for i := range phase.Steps {
		c.steps = append(c.steps, dose.LevelOf(phase.Steps[i].Dose.Amount))
	}
	if !oneLevel(phase) {
		c.offered = phase.Levels()
	}
	return c
}

// planned returns the rule that a phase plans for a session with its level, and the
// position of its planned step, -1 where it is the dose the phase begins with.
func (r *rules) planned(phase uint16, number int) (step int, rule *dose.Rule, level dose.Level) {
	if step, rule = plannedRule(&r.phases[phase], number); step >= 0 {
		return step, rule, r.climbed[phase].steps[step]
	}
	return step, rule, r.climbed[phase].own
}

// levels yields the levels that a phase offers at a session. One that names a
// single level has no other than the dose that it plans.
func (r *rules) levels(phase uint16, number int) iter.Seq[*protocol.DoseLevel] {
	return func(yield func(*protocol.DoseLevel) bool) {
		if oneLevel(&r.phases[phase]) {
			r.level(phase, number, yield)
			return
		}
		list := r.climbed[phase].offered
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
