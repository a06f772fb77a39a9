package schedule

import (
	"strconv"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// A chosenDose is a level that a clinician chose from a session on.
type chosenDose struct {
	serial uint32
	level  dose.Level
	// Who and reason are as in [DoseChosen].
	who, reason string
}

// A reached is the level that a dose of a phase was, or is planned to be. The zero
// reached is none.
type reached struct {
	phase   uint16
	session int // its position, or beforePlan
	level   dose.Level
}

// beforePlan is the position of a dose that was given before the plan.
const beforePlan = -1

// when says when it was given.
func (r reached) when() string {
	if r.session == beforePlan {
		return "before the plan"
	}
	return "at session " + strconv.Itoa(r.session+1)
}

// A drugReached is the level of one drug given last.
type drugReached struct {
	drug int16
	reached
}

// A titration walks over the sessions in order and knows which level each follows
// from what those before it say. Every session is begun, and ended.
type titration struct {
	plan *Plan
	// given is the level given last, and others are those given last before the drug
	// changed, each time.
	given  drugReached
	others []drugReached
	// chosen is the position, from 1, of the choice that holds, 0 for none, in is a
	// phase of the treatment that it was made for; over reports that another level was
	// given since, which ends it.
	chosen int
	in     uint16
	over   bool
	// own is what the session prescribed for last would have by its phase, whose
	// position from 1 is ownPhase.
	own      prescription
	ownPhase int
}

// A prescription is the level that a session is planned with, and why.
type prescription struct {
	rule   *dose.Rule
	step   int // the planned step that the rule is of, -1 for none
	choice dose.Mass
	level  dose.Level
	// chosen is the position, from 1, of the choice that it follows, and given the
	// level given last that it follows; neither where it is the phase's own, but
	// where that is because it has lacking, which was chosen or given last, not.
	chosen  int
	given   reached
	lacking dose.Level
	// passed is the planned step that is passed over, -1 for none.
	passed int
}

// same reports whether two prescriptions of one phase come to one dose.
func (r *prescription) same(other *prescription) bool {
	return r.rule == other.rule && r.level == other.level && r.choice == other.choice
}

// begin makes what was chosen from a session on hold. Of choices that begin at or
// before a session the one made last holds.
func (t *titration) begin(i int) {
	p := t.plan
	for c := len(p.chosen); c > t.chosen; c-- {
		if p.chosen[c-1].serial == p.slots[i].serial {
			t.chosen, t.in, t.over = c, p.slots[i].Phase, false
		}
	}
}

// prescribe returns what a session that was begun is planned with.
func (t *titration) prescribe(i int) prescription {
	p, s := t.plan, &t.plan.slots[i]
	phase, number := &p.phases[s.Phase], int(s.Number)
	own := t.ownOf(s.Phase, number)
	if t.chosen > 0 && !t.over && p.sameTreatment(t.in, s.Phase) {
		return own.follow(p.rules, s, p.chosen[t.chosen-1].level, func(r *prescription) { r.chosen = t.chosen })
	}
	if phase.Follows != protocol.FollowsLastGiven {
		return own
	}
	given := t.last(i)
	if given.level.IsZero() {
		return own
	}
	last := own.follow(p.rules, s, given.level, func(r *prescription) { r.given = given })
	switch {
	case !last.lacking.IsZero() && oneLevel(&p.phases[given.phase]):
		return own // nobody chose that level
	case last.lacking.IsZero() && own.step >= 0 && last.level != own.level:
		last.passed = own.step
	}
	return last
}

// last returns the level given last of the drug of a session, also before the plan.
func (t *titration) last(i int) reached {
	drug := t.plan.drug(t.plan.slots[i].Phase)
	if t.given.drug == drug && !t.given.level.IsZero() {
		return t.given.reached
	}
	for k := len(t.others) - 1; k >= 0; k-- {
		if t.others[k].drug == drug {
			return t.others[k].reached
		}
	}
	return t.plan.reachedBefore(i)
}

// ownOf returns what a session is planned with by its phase alone.
func (t *titration) ownOf(at uint16, number int) prescription {
	step, rule, level := t.plan.planned(at, number)
	if t.ownPhase != int(at)+1 || t.own.step != step {
		t.ownPhase = int(at) + 1
		t.own = prescription{rule: rule, step: step, level: level, passed: -1}
	}
	return t.own
}

// follow returns what a session is planned with that follows a level, or the
// phase's own where the phase does not have it.
func (r prescription) follow(rules *rules, s *slot, level dose.Level, why func(*prescription)) prescription {
	if l, ok := rules.levelOf(s.Phase, int(s.Number), level); !ok {
		r.lacking = level
	} else if level != r.level {
		r.rule, r.choice, r.level, r.step = &l.Rule, l.Choice, level, -1
	}
	why(&r)
	return r
}

// end notes what a session says of those after it.
func (t *titration) end(i int) {
	p := t.plan
	level := p.levelGiven(i)
	if level.IsZero() {
		return
	}
	phase := p.slots[i].Phase
	if drug := p.drug(phase); drug != t.given.drug && !t.given.level.IsZero() {
		t.others = append(t.others, t.given)
	}
	t.given = drugReached{p.drug(phase), reached{phase, i, level}}
	if t.chosen > 0 && p.sameTreatment(t.in, phase) && level != p.chosen[t.chosen-1].level && p.phases[phase].Follows == protocol.FollowsLastGiven {
		t.over = true
	}
}

// levelGiven returns the level that was given at a session, zero where none was.
func (p *Plan) levelGiven(i int) dose.Level {
	if at := p.slots[i].given; at > 0 && p.slots[i].state == StateGiven {
		return p.reached[at-1]
	}
	return dose.Level{}
}

// before returns the level of its drug that a session is compared with: the one given
// last, also before the plan, or, for a session to come, the one planned before it where
// that is later.
func (p *Plan) before(i int) reached {
	took, drug := p.slots[i].took(), p.drug(p.slots[i].Phase)
	for j := i - 1; j >= 0; j-- {
		s := &p.slots[j]
		if p.drug(s.Phase) != drug {
			continue
		}
		if level := p.levelGiven(j); !level.IsZero() {
			return reached{s.Phase, j, level}
		}
		if !took && (s.pending() || s.state == StateHeld) && s.dose >= 0 && p.doses.at(s.dose).err == nil {
			return reached{s.Phase, j, p.doses.at(s.dose).level}
		}
	}
	return p.reachedBefore(i)
}

// reach returns the level that a dose counts as which is given at a session: none
// of a dose of 0 mg, or where none can be computed.
func (p *Plan) reach(i int, given dose.Mass) dose.Level {
	s := &p.slots[i]
	phase, weighed, planned := &p.phases[s.Phase], p.weighingFor(i), Session{p, i}.Level()
	switch {
	case given.IsZero() || phase.Dose.IsZero():
		return dose.Level{}
	case oneLevel(phase) && planned.IsZero():
		return dose.LevelOf(phase.Dose.Amount)
	case oneLevel(phase):
		return planned
	}
	ladder := p.ladder(i, weighed)
	if at := counted(ladder, given, planned); at >= 0 {
		return ladder[at].Level
	}
	return dose.Level{}
}

// bound returns the largest of a session's levels that is allowed there. Where the
// phase lets any level follow, ok is false.
func (p *Plan) bound(i int, ladder []rung) (most dose.Mass, ok bool) {
	phase := &p.phases[p.slots[i].Phase]
	if phase.Climb != protocol.ClimbByOne {
		return dose.Mass{}, false
	}
	return highest(ladder, p.settle(p.before(i)), dose.LevelOf(phase.Dose.Amount)), true
}

// settle returns the level that a dose before counts as: a planned step that is no
// level counts as the highest below it.
func (p *Plan) settle(r reached) dose.Level {
	if r.level.IsZero() || r.session == beforePlan {
		return r.level
	}
	s := &p.slots[r.session]
	if _, ok := p.levelOf(r.phase, int(s.Number), r.level); ok || s.state == StateGiven {
		return r.level
	}
	d := p.doses.at(s.dose)
	ladder := p.ladder(r.session, d.weighed)
	if at := counted(ladder, d.delivered, dose.Level{}); at >= 0 {
		return ladder[at].Level
	}
	return dose.Level{}
}
