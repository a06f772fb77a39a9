package schedule

import (
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

// PlacedAgain places sessions again inside their windows, together as well as the
// rules allow: as [Build] would, with every other session where it is. Targets stay.
// It is the way on for days that a closure, an absence or a wish took, and for
// sessions that are past and nobody knows of. One that was missed or cancelled is made
// up for in its window, one that was left out has a date of its own, and those that
// were held go on. Where they have no day it says why, and nothing changes.
type PlacedAgain struct {
	// Sessions are placed together; none of them was given.
	Sessions []ID
	// Reason is shown to people. It may be empty.
	Reason string
}

func (PlacedAgain) kind() string { return "placed-again" }

func (a PlacedAgain) fields(f *objectFields) Happening {
	f.sessionList("sessions", &a.Sessions, must)
	f.reason(&a.Reason, may)
	return unlessWritten(f, a)
}

func (a PlacedAgain) describe() string {
	if n := len(a.Sessions); n != 1 {
		return plural(n, "session") + " placed again inside their windows"
	}
	return "placed again inside its window"
}

func (a PlacedAgain) apply(e *edit) error {
	p := e.plan
	at, err := e.named("Sessions", a.Sessions)
	if err != nil {
		return err
	}
	placed := make([]slot, len(at))
	for k, i := range at {
		if placed[k], err = e.again(i); err != nil {
			return err
		}
	}
	calendar := e.calendar()
	placer := p.placer(placed)
	placer.policy, placer.numbers, placer.placement.MayLeave, placer.placement.NotBefore = Refuse, at, false, e.today
	e.keepOthers(placer, at)
	blocked := placer.place()
	if err := calendarError(calendar); err != nil {
		return e.refuse(err, "plan", "", err.Error())
	}
	if blocked != nil {
		id := p.id(blocked.Ordinal - 1).String()
		return &EventError{Field: "Sessions", Value: id, Want: "want days for all of them: " + blocked.Error(), Err: errNoRoom{blocked}}
	}
	for k, i := range at {
		placed[k].Earliest = p.slots[i].Earliest
	}
	e.time(placed)
	var making []slot
	for k, i := range at {
		s := &placed[k]
		if s.serial == someNew {
			making = append(making, *s)
			continue
		}
		s.state = 0
		p.slots[i] = *s
	}
	for _, s := range making {
		e.insert(s)
	}
	return nil
}

// again returns a session as it is to be placed again, or one that makes up for it: of
// its window what is to come, and of today only where it was not missed today.
func (e *edit) again(i int) (s slot, err error) {
	if s = e.plan.slots[i]; !s.toCome() && (!s.left || s.replaced) {
		if s, err = e.makingUp("Sessions", i); err != nil {
			return s, err
		}
	}
	first := e.today
	if s.state == StateMissed && s.day == e.today {
		first++
	}
	if s.Latest < first {
		return s, e.refuse(ErrNoDay, "Sessions", e.plan.id(i).String(), "want a session whose window is not past: that of session "+strconv.Itoa(i+1)+
			", "+s.window()+", has no day from "+dayText(civil.Date(first))+" on")
	}
	s.Earliest = max(s.Earliest, first)
	s.fixed = appointment(s.agreed, &s.Session, first)
	s.agreed = s.fixed
	return s, nil
}

// keepOthers tells a placer of the sessions with the positions at about every other:
// what was given comes before all of them, and what is to come keeps its place in the
// order.
func (e *edit) keepOthers(placer *placer, at []int) {
	before := 0
	for i := range e.plan.slots {
		s := &e.plan.slots[i]
		switch {
		case before < len(at) && at[before] == i:
			before++
		case s.dosed():
			placer.keep(s, i+1, 0)
		case s.pending():
			placer.keep(s, i+1, before)
		}
	}
	placer.read()
}
