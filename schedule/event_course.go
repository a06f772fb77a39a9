package schedule

import (
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Held says that a session and every one after it wait until the treatment is
// resumed. They keep the dates they had, which do not count any more.
type Held struct {
	// Session is the first that waits.
	Session ID
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Held) kind() string { return "held" }

func (h Held) fields(f *objectFields) Happening {
	f.session("session", &h.Session, must)
	f.reason(&h.Reason, may)
	return unlessWritten(f, h)
}

func (Held) describe() string { return "held with every session after it" }

func (h Held) apply(e *edit) error {
	i, err := e.pending("Session", h.Session)
	if err != nil {
		return err
	}
	for ; i < len(e.plan.slots); i++ {
		if s := &e.plan.slots[i]; s.pending() {
			s.state = StateHeld
		}
	}
	return nil
}

// Resumed says that a treatment which was held goes on with the sessions that are
// not past yet, on the dates they had; those that are past are cancelled, and so
// is one on a day that does not come after everything that was given while it waited,
// the minimum gap included. To
// resume without losing them, apply [Shifted], [Reanchored], [Restarted] or
// [SteppedBack] to the first session that is held instead: they resume too.
type Resumed struct {
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Resumed) kind() string { return "resumed" }

func (r Resumed) fields(f *objectFields) Happening {
	f.reason(&r.Reason, may)
	return unlessWritten(f, r)
}

func (Resumed) describe() string { return "resumed" }

func (Resumed) apply(e *edit) error {
	held := false
	for i := range e.plan.slots {
		s := &e.plan.slots[i]
		if s.state != StateHeld {
			continue
		}
		held = true
		if s.state = 0; e.begins(s) < e.plan.now() || e.plan.tooNearGiven(s) {
			s.state = StateCancelled
		}
	}
	if !held {
		return e.refuse(ErrOrder, "Session", "", "want a treatment that is held")
	}
	return nil
}

// The most weeks that an event moves sessions by, and the most sessions that one
// adds.
const (
	mostShifted  = 520
	mostSessions = 1000
)

// Shifted moves a session and every one after it later by whole weeks, keeping
// their days of the week: targets and windows alike, also where the cadence counts
// calendar months, whose days of the month then change. A session that was missed,
// cancelled or left out is made up for as the first of them; of several, each is at
// its own target and so many weeks, like everything after the first.
type Shifted struct {
	// Session is one session, and Sessions are several: one of the two is stated.
	Session  ID
	Sessions []ID
	// Weeks is 0 to 520. Zero keeps targets and windows, and places the sessions
	// in them again.
	Weeks int
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Shifted) kind() string { return "shifted" }

func (s Shifted) fields(f *objectFields) Happening {
	f.session("session", &s.Session, may)
	f.sessionList("sessions", &s.Sessions, may)
	if f.in != nil && s.Session.IsZero() && len(s.Sessions) == 0 {
		f.in.Required("session")
	}
	f.number("weeks", &s.Weeks, mostShifted, must)
	f.reason(&s.Reason, may)
	return unlessWritten(f, s)
}

func (s Shifted) describe() string {
	if n := len(s.Sessions); n > 1 {
		return plural(n, "session") + " shifted by " + plural(s.Weeks, "week") + " with every session after the first of them"
	}
	return "shifted by " + plural(s.Weeks, "week") + " with every session after it"
}

func (s Shifted) apply(e *edit) error {
	if s.Weeks < 0 || s.Weeks > mostShifted {
		return e.refuse(ErrEvent, "Weeks", strconv.Itoa(s.Weeks), "want 0 to "+strconv.Itoa(mostShifted)+" weeks")
	}
	field, ids := "Sessions", s.Sessions
	if !s.Session.IsZero() || len(ids) == 0 {
		if len(ids) > 0 {
			return e.refuse(ErrEvent, "Sessions", ids[0].String(), "want none beside the one session, or all of them here")
		}
		field, ids = "Session", []ID{s.Session}
	}
	from, tail, err := e.course(field, ids...)
	if err != nil {
		return err
	}
	list, err := e.plan.course.Shift(e.plan.asked, sessions(tail), s.Weeks)
	if err != nil {
		return e.refuseCourse(field, err)
	}
	return e.replan(from, retail(tail, list, anyone), e.today)
}

// moveCourse replans a tail whose first target is moved to a day.
func (e *edit) moveCourse(from int, tail []slot, first int32) error {
	list, err := e.plan.course.MoveTo(e.plan.asked, sessions(tail), first)
	if err != nil {
		return e.refuseCourse("Session", err)
	}
	return e.replan(from, retail(tail, list, anyone), e.today)
}

// Reanchored counts the sessions after one from the day it really has: the
// intervals stay, the days of the week may not.
type Reanchored struct {
	// Session was given: every session after it moves by as many days as it was
	// early or late, once. Or it was not: its target becomes Date, and every session
	// after it keeps its distance. One that was missed, cancelled or left out is
	// made up for.
	Session ID
	// Date is the new target of a session that was not given; zero for one that
	// was.
	Date date.Date
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Reanchored) kind() string { return "reanchored" }

func (r Reanchored) fields(f *objectFields) Happening {
	f.session("session", &r.Session, must)
	f.date("date", &r.Date, may)
	f.reason(&r.Reason, may)
	return unlessWritten(f, r)
}

func (r Reanchored) describe() string {
	if r.Date == 0 {
		return "the sessions after it counted from the day it was given"
	}
	return "counted again from " + dayText(r.Date) + " with every session after it"
}

func (r Reanchored) apply(e *edit) error {
	i, err := e.find("Session", r.Session)
	if err != nil {
		return err
	}
	s := e.plan.slots[i]
	if s.state != StateGiven {
		if err := e.coming("Date", r.Date); err != nil {
			return err
		}
		from, tail, err := e.course("Session", r.Session)
		if err != nil {
			return err
		}
		return e.moveCourse(from, tail, civil.Day(r.Date))
	}
	if r.Date != 0 {
		return e.refuse(ErrEvent, "Date", civil.Format(r.Date), "want none: session "+strconv.Itoa(i+1)+" was given on "+dayText(civil.Date(s.day)))
	}
	for j := i + 1; j < len(e.plan.slots); j++ {
		if e.plan.slots[j].state == StateGiven {
			return e.refuse(ErrSettled, "Session", r.Session.String(), "want the last session that was given: session "+strconv.Itoa(j+1)+" was given after it")
		}
	}
	tail := e.plan.tail(i)
	if len(tail) == 0 {
		return e.refuse(ErrSettled, "Session", r.Session.String(), "want a session that others come after")
	}
	for x := range e.plan.holdingBackward() {
		if before, ok := x.what.(Reanchored); ok && before.Session == r.Session && before.Date == 0 {
			return e.refuse(ErrEventTwice, "Session", r.Session.String(), "want a session that those after it are not counted from already")
		}
	}
	list, err := e.plan.course.Reanchor(e.plan.asked, s.Session, s.day, sessions(tail))
	if err != nil {
		return e.refuseCourse("Session", err)
	}
	return e.replan(i, retail(tail, list, anyone), e.today)
}

// Appended makes up for a session that was missed, cancelled or left out after
// the last one of the plan, as another session of that one's phase.
type Appended struct {
	Session ID
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Appended) kind() string { return "appended" }

func (a Appended) fields(f *objectFields) Happening {
	f.session("session", &a.Session, must)
	f.reason(&a.Reason, may)
	return unlessWritten(f, a)
}

func (Appended) describe() string { return "made up for after the last session" }

func (a Appended) apply(e *edit) error {
	p := e.plan
	i, err := e.find("Session", a.Session)
	if err != nil {
		return err
	}
	s := &p.slots[i]
	switch {
	case s.state != StateMissed && s.state != StateCancelled && !s.left:
		return e.refuse(ErrSettled, "Session", a.Session.String(), "want a session that was missed, cancelled or left out: session "+strconv.Itoa(i+1)+" is "+
			p.state(i).String())
	case s.replaced:
		return e.refuse(ErrSettled, "Session", a.Session.String(), "want a session that no other makes up for yet")
	case p.protocol.Cadence().Endless():
		return e.refuse(ErrEvent, "Session", a.Session.String(), "want a cadence with an end to append to")
	}
	last := p.lastPlanned()
	if last < 0 {
		return e.refuse(ErrEvent, "Session", a.Session.String(), "want a session of the cadence to go on from")
	}
	added, err := p.course.Append(p.asked, p.under(&p.slots[last].Session))
	if err != nil {
		return e.refuseCourse("Session", err)
	}
	s.replaced = true
	tail := retail(nil, added, someNew)
	tail[0].makesUp = s.serial
	return e.replan(len(p.slots), tail, max(e.today, p.slots[last].day+1))
}

// lastPlanned returns the position of the last session that the cadence asks
// for, -1 for none.
func (p *Plan) lastPlanned() int {
	for i := len(p.slots) - 1; i >= 0; i-- {
		if !p.slots[i].Extra && p.slots[i].state != StateCancelled {
			return i
		}
	}
	return -1
}

// Restarted begins the phase of a session again, or an earlier one, and every phase
// after it, in place of the session and those after it. A session keeps its id where
// the new course has one of its number in its phase.
type Restarted struct {
	Session ID
	// Date is the target of the first session.
	Date date.Date
	// Phase names the phase to begin with, of the protocol that holds: that of the
	// session, for which "" stands, or one before it.
	Phase string
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Restarted) kind() string { return "restarted" }

func (r Restarted) fields(f *objectFields) Happening {
	f.session("session", &r.Session, must)
	f.date("date", &r.Date, must)
	f.text("phase", &r.Phase, may)
	f.reason(&r.Reason, may)
	return unlessWritten(f, r)
}

func (r Restarted) describe() string {
	if r.Phase != "" {
		return strconv.Quote(r.Phase) + " begun again" + onDay(r.Date, clinic.TimeOfDay{})
	}
	return "its phase begun again" + onDay(r.Date, clinic.TimeOfDay{})
}

func (r Restarted) apply(e *edit) error {
	if err := e.coming("Date", r.Date); err != nil {
		return err
	}
	from, tail, err := e.course("Session", r.Session)
	if err != nil {
		return err
	}
	phase, err := e.phaseAgain(r, &tail[0])
	if err != nil {
		return err
	}
	again, err := e.plan.course.Again(phase, civil.Day(r.Date), tail[0].Session)
	if err != nil {
		err = e.plan.courseError(err)
		return e.refuse(err, "Date", civil.Format(r.Date), err.Error())
	}
	e.supersede(from)
	e.repeat(from)
	return e.replan(from, retail(nil, again, likeOne), e.today)
}

// repeat notes of the sessions from a position on that did not take place that a
// course begun again has them again.
func (e *edit) repeat(from int) {
	for i := from; i < len(e.plan.slots); i++ {
		if s := &e.plan.slots[i]; s.state == StateMissed || s.state == StateCancelled {
			s.replaced = true
		}
	}
}

// phaseAgain returns the position of the phase to begin again.
func (e *edit) phaseAgain(r Restarted, s *slot) (int, error) {
	c := &e.plan.course
	own := e.plan.goesOnIn(int(s.Phase))
	if own < 0 || s.Extra && r.Phase == "" {
		return 0, e.refuse(ErrEvent, "Session", r.Session.String(), "want a session of a phase of the protocol")
	}
	if r.Phase == "" {
		return own, nil
	}
	switch phase := c.PhaseNamed(r.Phase); {
	case phase < 0:
		return 0, e.refuse(ErrEvent, "Phase", r.Phase, "want the name of a phase of the protocol that holds")
	case !c.Plans(phase):
		return 0, e.refuse(ErrEvent, "Phase", r.Phase, "want a phase that plans sessions")
	case phase > own:
		return 0, e.refuse(ErrEvent, "Phase", r.Phase, "want the phase of the session, "+strconv.Quote(e.plan.phases[own].Name)+", or one before it")
	default:
		return phase, nil
	}
}

// SteppedBack returns to the frequency of an earlier phase, the protocol's answer
// to some missed sessions and at some gates: sessions on the days that the
// earlier phase would have had, with its visit and the dose that it ended with.
// The sessions after them follow on the days of the week that they had, as early
// as that lets them, none closer than it was meant to be.
type SteppedBack struct {
	// Session is the first that the earlier frequency replaces. One that was
	// missed, cancelled or left out is made up for.
	Session ID
	// To names the earlier phase.
	To string
	// Sessions is how many there are at the earlier frequency, up to 1000. Zero
	// stands for as many as the phase of the session has left, itself included:
	// the sources do not say how long to step back for.
	Sessions int
	// Reason says what was found that the protocol steps back for. Required.
	Reason string
}

func (SteppedBack) kind() string { return "stepped-back" }

func (s SteppedBack) fields(f *objectFields) Happening {
	f.session("session", &s.Session, must)
	f.text("to", &s.To, must)
	f.number("sessions", &s.Sessions, mostSessions, may)
	f.reason(&s.Reason, must)
	return unlessWritten(f, s)
}

func (s SteppedBack) describe() string {
	return "stepped back to" + quoted(s.To) + forSessions(s.Sessions)
}

func (s SteppedBack) apply(e *edit) error {
	from, tail, err := e.course("Session", s.Session)
	if err != nil {
		return err
	}
	return e.stepBack(s, from, tail, true)
}

// stepBack puts sessions at an earlier frequency before a tail, or, where they
// consume it, in place of its first phase.
func (e *edit) stepBack(s SteppedBack, from int, tail []slot, consume bool) error {
	p := e.plan
	if s.Reason == "" {
		return e.refuse(ErrEvent, "Reason", "", "want what was found that the protocol steps back for")
	}
	if s.Sessions < 0 || s.Sessions > mostSessions {
		return e.refuse(ErrEvent, "Sessions", strconv.Itoa(s.Sessions), "want 0 to "+strconv.Itoa(mostSessions)+" sessions")
	}
	phase := p.course.PhaseNamed(s.To)
	if phase < 0 {
		return e.refuse(ErrEvent, "To", s.To, "want the name of a phase of the protocol")
	}
	anchor, first := slot{}, e.today
	for i := range min(max(from, p.lastGiven()+1), len(p.slots)) {
		if t := &p.slots[i]; t.state != StateCancelled || t.replaced && !t.withdrawn {
			anchor = *t
			first = max(e.today, t.day+1)
		}
	}
	back := course.StepBack{Phase: phase, Sessions: s.Sessions, From: first, Consume: consume}
	list, err := p.course.StepBack(p.asked, back, p.under(&anchor.Session), sessions(tail))
	if err != nil {
		return e.refuseCourse("To", err)
	}
	return e.replan(from, retail(tail, list, anyone), e.today)
}
