package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// A rung is a level of a phase as it is for one patient on one day.
type rung struct {
	protocol.DoseLevel
	// amount is the dose, by which levels are ordered, also where a limit or the
	// syringe stands against it.
	amount dose.Mass
	// delivery is how it is given, and err why it cannot be.
	delivery dose.Delivery
	err      error
}

// plannedRule returns the rule that a phase plans for a session, and the position
// of its planned step, -1 where it is the dose the phase begins with.
func plannedRule(phase *protocol.Phase, number int) (step int, rule *dose.Rule) {
	step, rule = -1, &phase.Dose
	for i := range phase.Steps {
		if s := &phase.Steps[i]; s.Condition == "" && s.From <= number {
			step, rule = i, &s.Dose
		}
	}
	return step, rule
}

// oneLevel reports whether there is nothing to choose at any session of a phase: one
// with more levels says how they are climbed.
func oneLevel(phase *protocol.Phase) bool { return phase.Climb == 0 }

// deliver returns how a level is given: what its rule computes, or a choice.
func deliver(phase *protocol.Phase, rule *dose.Rule, choice dose.Mass, b dose.Body) (dose.Delivery, error) {
	if inParts(phase) {
		d, _, err := phase.Sequence().For(b)
		return d, err
	}
	order := phase.OrderOf(*rule)
	if choice.IsZero() {
		return order.For(b)
	}
	return order.Choice(choice, b)
}

// ladder returns the levels that a session has, lightest first. What cannot be
// ordered, for want of a weight, is not among them.
func (p *Plan) ladder(i int, weighed Weighing) []rung {
	s := &p.slots[i]
	return p.ladderOf(s.Phase, int(s.Number), p.body(weighed, s.day))
}

// ladderOf returns the levels that the session with a number has in a phase.
func (p *Plan) ladderOf(at uint16, number int, body dose.Body) []rung {
	phase := &p.phases[at]
	var list []rung
	for l := range p.levels(at, number) {
		r := rung{DoseLevel: *l}
		if r.delivery, r.err = deliver(phase, &l.Rule, l.Choice, body); r.err == nil {
			r.amount = r.delivery.Dose()
		} else if r.amount = unjudged(*l, body); r.amount.IsZero() {
			continue
		}
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b rung) int { return a.amount.Compare(b.amount) })
	return list
}

// unjudged returns the dose of a level that no limit has judged, to order it by,
// zero where even that cannot be computed.
func unjudged(l protocol.DoseLevel, b dose.Body) dose.Mass {
	if !l.Choice.IsZero() {
		return l.Choice
	}
	most, err := dose.MustMass("1 mg").Times(dose.MaxMass)
	if err != nil {
		return dose.Mass{}
	}
	rule := l.Rule
	rule.Limits, rule.MaxDeviation = dose.AtMost(most), dose.Percent{}
	c, err := rule.Calculate(b)
	if err != nil {
		return dose.Mass{}
	}
	return c.Dose()
}

// is reports whether a dose that was given is the level: what its syringe or its
// devices deliver, or the dose itself.
func (r *rung) is(given dose.Mass) bool {
	return r.err == nil && given == r.delivery.Delivered() || given == r.amount
}

// delivers returns what the level gives the patient.
func (r *rung) delivers() dose.Mass {
	if r.err == nil {
		return r.delivery.Delivered()
	}
	return r.amount
}

// counted returns the position in a ladder of the level that a dose counts as:
// the planned one where it is that, else the lightest that it is, else the highest
// that delivers at most it, else the lowest. It is -1 of a ladder without rungs.
func counted(ladder []rung, given dose.Mass, planned dose.Level) int {
	at := -1
	for i := range ladder {
		r := &ladder[i]
		if r.Level == planned && r.is(given) {
			return i
		}
		if at < 0 && r.is(given) {
			at = i
		}
	}
	if at >= 0 || len(ladder) == 0 {
		return at
	}
	at = 0
	for i := range ladder {
		if ladder[i].delivers().Compare(given) <= 0 && ladder[i].delivers().Compare(ladder[at].delivers()) > 0 {
			at = i
		}
	}
	return at
}

// highest returns the largest dose of a ladder that is allowed after a level:
// that of the next level above it, or of the phase's own where the level is none of
// the ladder.
func highest(ladder []rung, before, own dose.Level) dose.Mass {
	find := func(level dose.Level) int {
		return slices.IndexFunc(ladder, func(r rung) bool { return r.Level == level })
	}
	at := find(before)
	if before.IsZero() || at < 0 {
		if at = find(own); at < 0 {
			return dose.Mass{}
		}
		return ladder[at].amount
	}
	for i := at; i < len(ladder); i++ {
		if ladder[i].amount.Compare(ladder[at].amount) > 0 {
			return ladder[i].amount
		}
	}
	return ladder[at].amount
}
