package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

func checkLevelMissing(p *Plan, found []Finding) []Finding {
	phase, lacking := uint16(0), dose.Level{}
	p.prescriptions(func(i int, r prescription) {
		s := &p.slots[i]
		if !r.lacking.IsZero() && (r.lacking != lacking || s.Phase != phase) {
			found = report(found, i, "the phase %s does not have the level %s, which was %s: its own dose is planned",
				p.phases[s.Phase].Name, r.lacking, p.lackingText(r))
		}
		phase, lacking = s.Phase, r.lacking
	})
	return found
}

func checkStepPassedOver(p *Plan, found []Finding) []Finding {
	phase, passed := uint16(0), -1
	p.prescriptions(func(i int, r prescription) {
		s := &p.slots[i]
		if r.passed >= 0 && (r.passed != passed || s.Phase != phase) {
			step := &p.phases[s.Phase].Steps[r.passed]
			found = report(found, i, "the step to %s that is planned from session %d of the phase on is passed over: %s was given last, %s",
				dose.LevelOf(step.Dose.Amount), step.From, r.level, r.given.when())
		}
		phase, passed = s.Phase, r.passed
	})
	return found
}

// checkStepTooLarge is about doses that were given, and about planned and chosen
// ones: they stay as they are.
func checkStepTooLarge(p *Plan, found []Finding) []Finding {
	found = p.checkDoses(tooLargeStep, found)
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || !s.pending() || p.doses.at(s.dose).err != nil || p.phases[s.Phase].Climb != protocol.ClimbByOne {
			continue
		}
		d, before := p.doses.at(s.dose), p.before(i)
		if before.level == d.level {
			continue
		}
		ladder := p.ladder(i, d.weighed)
		if most, _ := p.bound(i, ladder); d.ordered.Compare(most) > 0 {
			found = report(found, i, "%s planned: at most %s is one level above the dose before", d.ordered, most)
		}
	}
	return found
}

// titrated reports whether there is a phase in which doses are chosen from.
func (p *Plan) titrated() bool {
	return len(p.chosen) > 0 || slices.ContainsFunc(p.phases, func(phase protocol.Phase) bool { return phase.Climb != 0 })
}

// prescriptions yields what each session that took place or is to follows, in
// order. It yields nothing where all follow the rules of their phases.
func (p *Plan) prescriptions(yield func(i int, r prescription)) {
	last := func(phase protocol.Phase) bool { return phase.Follows == protocol.FollowsLastGiven }
	if len(p.chosen) == 0 && !slices.ContainsFunc(p.phases, last) {
		return
	}
	t := titration{plan: p}
	for i := range p.slots {
		t.begin(i)
		if s := &p.slots[i]; s.counts() && !p.phases[s.Phase].Dose.IsZero() {
			yield(i, t.prescribe(i))
		}
		t.end(i)
	}
}

// prescription returns what a session follows.
func (p *Plan) prescription(i int) prescription {
	t := titration{plan: p}
	for j := range i {
		t.begin(j)
		t.end(j)
	}
	t.begin(i)
	return t.prescribe(i)
}

// lackingText says where a level comes from that a phase does not have.
func (p *Plan) lackingText(r prescription) string {
	if r.chosen > 0 {
		return p.chosenText(r.chosen)
	}
	return "given last, " + r.given.when()
}

// chosenText says who chose a level, and from which session on.
func (p *Plan) chosenText(at int) string {
	c := &p.chosen[at-1]
	text := "chosen by " + c.who
	if i := slices.IndexFunc(p.slots, func(s slot) bool { return s.serial == c.serial }); i >= 0 {
		text += " from session " + strconv.Itoa(i+1) + " on"
	}
	if c.reason != "" {
		text += " (" + c.reason + ")"
	}
	return text
}

// levelText says why a session has its level.
func (p *Plan) levelText(i int, r prescription) string {
	text := r.level.String() + ", "
	switch {
	case !r.lacking.IsZero():
		text += "the phase's own, since it does not have " + r.lacking.String() + ", which was " + p.lackingText(r)
	case r.chosen > 0:
		text += p.chosenText(r.chosen)
	case !r.given.level.IsZero():
		text += "given last, " + r.given.when()
	case r.step >= 0:
		text += "planned from session " + strconv.Itoa(p.phases[p.slots[i].Phase].Steps[r.step].From) + " of the phase on"
	default:
		text += "the phase's own"
	}
	return text
}
