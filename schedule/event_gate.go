package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// Decided says what was decided at a checkpoint. Every session up to it must be
// settled.
type Decided struct {
	// Gate is the name of the gate: the first of that name at which nothing was
	// decided.
	Gate string
	// Then is the decision. [protocol.Continue] makes the sessions after it
	// planned; [protocol.Stop] cancels them; [protocol.Extend] adds sessions to
	// the phase; [protocol.StepBack] returns to an earlier frequency;
	// [protocol.Change] leaves them provisional until another version of the
	// protocol is [Adopted].
	Then protocol.Decision
	// Sessions is how many to add, or how many at the earlier frequency: 1 to
	// 1000. It is zero for other decisions.
	Sessions int
	// To names the phase to step back to.
	To string
	// Reason says what was found. It is required of a decision that the gate
	// does not name, and of a step back.
	Reason string
	// Who decided. Required.
	Who string
}

func (Decided) kind() string { return "decided" }

func (d Decided) fields(f *objectFields) Happening {
	f.text("gate", &d.Gate, must)
	oneOf(f, "then", &d.Then, protocol.ParseDecision)
	f.number("sessions", &d.Sessions, mostSessions, may)
	f.text("to", &d.To, may)
	f.reason(&d.Reason, may)
	f.text("who", &d.Who, must)
	return unlessWritten(f, d)
}

func (d Decided) describe() string {
	text := "decided at" + quoted(d.Gate) + ": " + d.Then.String()
	if d.To != "" {
		text += " to" + quoted(d.To)
	}
	return text + forSessions(d.Sessions)
}

func (d Decided) apply(e *edit) error {
	i, err := e.gate(d)
	if err != nil {
		return err
	}
	if err := d.check(e, i); err != nil {
		return err
	}
	p := e.plan
	// Nothing up to the session that the gate follows is still to come.
	made := decision{gate: d.Gate, serial: p.slots[i].serial, then: d.Then, open: d.Then == protocol.Change, at: e.at}
	switch d.Then {
	case protocol.Stop:
		e.cancelFrom(i)
	case protocol.Extend:
		err = e.extend(i, d.Sessions)
	case protocol.StepBack:
		err = e.stepBack(SteppedBack{To: d.To, Sessions: d.Sessions, Reason: d.Reason}, i+1, p.tail(i+1), false)
	}
	p.decided = append(p.decided, made)
	return err
}

// gate returns the position of the session that the gate follows.
func (e *edit) gate(d Decided) (int, error) {
	p := e.plan
	if !slices.ContainsFunc(p.gates, func(g gate) bool { return g.holds && g.Name == d.Gate }) {
		return 0, e.refuse(ErrEvent, "Gate", d.Gate, "want the name of a gate of the protocol")
	}
	last := -1
	for i := range p.slots {
		for _, at := range p.gatesAfter(i) {
			if !p.gates[at].holds || p.gates[at].Name != d.Gate {
				continue
			}
			last = i
			if p.decisionAt(d.Gate, i) != nil {
				continue
			}
			for before := range i + 1 {
				if s := &p.slots[before]; s.pending() || s.state == StateHeld {
					return 0, e.refuse(ErrOrder, "Gate", d.Gate, "want what became of session "+strconv.Itoa(before+1)+" of "+dayText(civil.Date(s.day))+
						" first: the gate follows session "+strconv.Itoa(i+1))
				}
			}
			return i, nil
		}
	}
	if last >= 0 {
		return 0, e.refuse(ErrSettled, "Gate", d.Gate, "want a gate that is open: after session "+strconv.Itoa(last+1)+" it was decided to "+
			p.decisionAt(d.Gate, last).then.String())
	}
	return 0, e.refuse(ErrOrder, "Gate", d.Gate, "want a gate that the plan reaches")
}

func (d Decided) check(e *edit, i int) error {
	if d.Then < protocol.Continue || d.Then > protocol.Change {
		return e.refuse(ErrEvent, "Then", "", "want a decision: continue, stop, extend, step back or change")
	}
	if d.Who == "" {
		return e.refuse(ErrEvent, "Who", "", "want who decided")
	}
	var gate gate
	for _, at := range e.plan.gatesAfter(i) {
		if e.plan.gates[at].Name == d.Gate {
			gate = e.plan.gates[at]
		}
	}
	named := slices.ContainsFunc(gate.Outcomes, func(o protocol.Outcome) bool { return o.Then == d.Then })
	if len(gate.Outcomes) > 0 && !named && d.Reason == "" {
		return e.refuse(ErrEvent, "Reason", "", "want a reason: the gate does not name "+strconv.Quote(d.Then.String())+" as a way on")
	}
	counts := d.Then == protocol.Extend || d.Then == protocol.StepBack
	switch {
	case counts && (d.Sessions < 1 || d.Sessions > mostSessions):
		return e.refuse(ErrEvent, "Sessions", strconv.Itoa(d.Sessions), "want how many sessions, 1 to "+strconv.Itoa(mostSessions))
	case !counts && d.Sessions != 0:
		return e.refuse(ErrEvent, "Sessions", strconv.Itoa(d.Sessions), "want none with the decision to "+d.Then.String())
	case d.Then != protocol.StepBack && d.To != "":
		return e.refuse(ErrEvent, "To", d.To, "want none with the decision to "+d.Then.String())
	}
	return nil
}

// extend adds sessions to the phase of one after the last of that phase, and
// moves those of later phases on by whole weeks.
func (e *edit) extend(i, n int) error {
	p := e.plan
	phase := uint16(p.goesOnIn(int(p.slots[i].Phase))) // the protocol that holds has it: the gate is its own
	if !p.ends(int(phase)) {
		return e.refuse(ErrEvent, "Then", protocol.Extend.String(), "want a phase with an end: "+strconv.Quote(p.phases[phase].Name)+" goes on anyway")
	}
	// The gate may be decided late: what its phase has had since comes before.
	last := p.slots[i].Session
	for _, s := range p.slots[i:] {
		if p.samePhase(s.Phase, phase) && !s.Extra && (s.took() || s.state == StateMissed && !s.replaced) {
			last = s.Session
		}
	}
	tail := p.tail(i)
	list, err := p.course.Extend(p.asked, int(phase), p.under(&last), sessions(tail), n)
	if err != nil {
		return e.refuseCourse("Gate", err)
	}
	return e.replan(i, retail(tail, list, someNew), e.today)
}
