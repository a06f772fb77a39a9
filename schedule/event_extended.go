package schedule

import (
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// Extended sets the horizon of a cadence without end: the last day of its targets. A
// later one adds sessions after those that there are, in the same rhythm; one whose
// whole window is past is not planned any more. An earlier one cancels the sessions
// after it. While the treatment is on hold, what it adds is held too.
//
// Refused is a day before the plan's start or the last dose, and a cadence with an end.
type Extended struct {
	Until date.Date
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Extended) kind() string { return "extended" }

func (x Extended) fields(f *objectFields) Happening {
	f.date("until", &x.Until, must)
	f.reason(&x.Reason, may)
	return unlessWritten(f, x)
}

func (x Extended) describe() string { return "planned up to " + dayText(x.Until) }

func (x Extended) apply(e *edit) error {
	p := e.plan
	if err := e.exists("Until", x.Until); err != nil {
		return err
	}
	if !p.course.Endless() {
		return e.refuse(ErrEvent, "Until", civil.Format(x.Until), "want a cadence without end: "+p.protocol.Cadence().String()+" ends by itself")
	}
	if x.Until < p.Start() {
		return e.refuse(ErrBeforeStart, "Until", civil.Format(x.Until), "want a day that is not before the plan's start, "+civil.Format(p.Start()))
	}
	until := civil.Day(x.Until)
	if last := p.lastGiven(); last >= 0 && until < p.slots[last].day {
		return e.refuse(ErrOrder, "Until", civil.Format(x.Until), "want a day that is not before the last dose, "+civil.Format(civil.Date(p.slots[last].day)))
	}
	if until > p.course.Until {
		return e.further(until)
	}
	p.course.Until = until
	for i := range p.slots {
		if s := &p.slots[i]; (s.pending() || s.state == StateHeld) && p.course.Beyond(&s.Session) {
			s.state = StateCancelled
		}
	}
	return nil
}

// further plans the sessions up to a later horizon.
func (e *edit) further(until int32) error {
	p := e.plan
	list, err := p.course.Further(p.asked, until)
	if err != nil {
		return e.refuseCourse("Until", err)
	}
	for len(list) > 0 && list[0].Latest < e.today {
		list = list[1:]
	}
	held := slices.ContainsFunc(p.slots, func(s slot) bool { return s.state == StateHeld })
	known := p.serials
	if err := e.replan(len(p.slots), retail(nil, list, someNew), e.today); err != nil {
		return err
	}
	for i := range p.slots {
		if s := &p.slots[i]; held && s.serial > known && !s.left {
			s.state = StateHeld
		}
	}
	return nil
}

// toCome returns how many sessions a cadence has to come, those that are held included:
// not those that are overdue, nor those that were added.
func (p *Plan) toCome() int {
	n, today := 0, p.today()
	for i := range p.slots {
		if s := &p.slots[i]; !s.Extra && (s.pending() && s.day >= today || s.state == StateHeld) {
			n++
		}
	}
	return n
}

// hasHorizon reports whether the cadence has no end and goes on past what is planned.
func (p *Plan) hasHorizon() bool { return !p.recorded() && p.course.Endless() && !p.stopped() }

func checkHorizonNear(p *Plan, found []Finding) []Finding {
	if !p.hasHorizon() {
		return found
	}
	switch n := p.toCome(); n {
	case 0:
		return report(found, wholePlan, "no session to come: the cadence has no end, and is planned up to %s", dayText(p.Until()))
	case 1:
		return report(found, wholePlan, "%s to come: the cadence has no end, and is planned up to %s", plural(n, "session"), dayText(p.Until()))
	default:
		return found
	}
}
