package schedule

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Added adds a session: one that was given or agreed besides those of the
// cadence, or one that makes up for a session that was missed or cancelled.
type Added struct {
	// Date must keep the gaps to the sessions beside it. In the past, or today,
	// it may be any day: what happened is not refused. Today the visit must still be
	// able to start. One that makes up for another is planned, so its date and its
	// start are to come.
	Date date.Date
	// Start is when the visit begins; zero chooses the start as [Build] does.
	Start clinic.TimeOfDay
	// Phase names the phase whose visit and dose the session has; "" stands for
	// that of the session before it. They are those of the protocol that now
	// holds, at the number that the phase has reached by Date.
	Phase string
	// For, if not zero, is the session that this one makes up for: it takes its
	// number in the phase, its target and its window, and the date must lie in
	// that.
	For ID
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Added) kind() string { return "added" }

func (a Added) fields(f *objectFields) Happening {
	f.date("date", &a.Date, must)
	f.clock("start", &a.Start)
	f.text("phase", &a.Phase, may)
	f.session("for", &a.For, may)
	f.reason(&a.Reason, may)
	return unlessWritten(f, a)
}

func (a Added) describe() string {
	if !a.For.IsZero() {
		return "made up for" + onDay(a.Date, a.Start)
	}
	text := "added" + onDay(a.Date, a.Start)
	if a.Phase != "" {
		text += " to" + quoted(a.Phase)
	}
	return text
}

func (a Added) apply(e *edit) error {
	p := e.plan
	if a.Start.Minutes() == civil.MinutesPerDay {
		return e.refuse(ErrEvent, "Start", a.Start.String(), "want a time before 24:00")
	}
	if len(p.slots) == maxPlanned {
		return e.refuse(ErrEvent, "plan", strconv.Itoa(maxPlanned+1), "want at most "+strconv.Itoa(maxPlanned)+" sessions in a plan")
	}
	past := civil.Day(a.Date) <= e.today
	if past && a.For.IsZero() {
		if err := e.past("Date", a.Date); err != nil {
			return err
		}
		if last := p.lastGiven(); last >= 0 && p.slots[last].day >= civil.Day(a.Date) {
			return e.refuse(ErrOrder, "Date", civil.Format(a.Date), "want a date after that of session "+strconv.Itoa(last+1)+", which was given on "+
				dayText(civil.Date(p.slots[last].day)))
		}
	} else if err := e.coming("Date", a.Date); err != nil {
		return err
	}
	s, err := e.added(a)
	if err != nil {
		return err
	}
	i, err := e.place(s, a.Start)
	if err != nil {
		// A session that took place, or is about to, on a day that the rules
		// refuse is a fact; the checks will say what is against it.
		if !past || !a.For.IsZero() || e.plan.calendar.Err() != nil || civil.Day(a.Date) == e.today && e.over(&e.plan.slots[i], a.Start) {
			return err
		}
		s := &e.plan.slots[i]
		s.start, s.end = int16(a.Start.Minutes()), -1
		if !a.Start.IsZero() {
			s.end = int16(e.plan.endAfter(s.day, int(s.start), int(s.Minutes)))
		}
	}
	return nil
}

// over reports whether a visit cannot start today any more: at a time that has
// passed or, where none is stated, at none that is left of hours that hold it.
func (e *edit) over(s *slot, start clinic.TimeOfDay) bool {
	p, today := e.plan, civil.Date(e.today)
	if !start.IsZero() {
		return e.passed(e.today, start)
	}
	return p.calendar.Longest(today) >= int(s.Minutes) && p.calendar.LongestFrom(today, p.need(0)) < int(s.Minutes)
}

// place inserts a session on its day and returns its position, and why the rules
// refuse the day where they do.
func (e *edit) place(s slot, start clinic.TimeOfDay) (int, error) {
	i := e.insert(s)
	return i, e.fits(i, s.day, start)
}

// refused returns why the rules refuse to make up for a session on a day, which
// they are not asked about where it is today: for an event that the plan takes as of
// then.
func (a Added) refused(p *Plan, asOf time.Time) error {
	e := newEdit(p, Entry{Event: Event{What: a}, AsOf: asOf}, civil.Day(civil.Of(asOf, p.zone)))
	s, _ := e.added(a) // which the plan takes
	_, err := e.place(s, a.Start)
	return err
}

// added returns the session that is added.
func (e *edit) added(a Added) (slot, error) {
	p, day := e.plan, civil.Day(a.Date)
	if !a.For.IsZero() {
		return e.makeUp(a)
	}
	// The protocol that held on the day has the dose: of the versions that were
	// adopted the last, also where the session before it was given by another.
	version := p.versionOn(day)
	var phase int
	found := a.Phase != ""
	if found {
		phase = p.course.PhaseOf(version, a.Phase)
	}
	for i := range p.slots {
		s := &p.slots[i]
		if a.Phase == "" && p.tenureOf(s.Phase).treatment == p.tenures[version].treatment && (!found || s.reached(day)) {
			phase, found = p.goesOnUnder(int(s.Phase), version), true
		}
	}
	if first, end := p.course.PhasesOf(version); !found && first < end {
		phase = first
	}
	if phase < 0 {
		return slot{}, e.refuse(ErrEvent, "Phase", a.Phase, "want the name of a phase of the protocol")
	}
	// The dose and the length of the visit are those of the session that was
	// reached in the phase.
	reached := 1
	for i := range p.slots {
		if s := &p.slots[i]; p.goesOnUnder(int(s.Phase), version) == phase && s.reached(day) {
			reached = int(s.Number)
		}
	}
	return slot{dose: noDose, placing: placing{day: day, Session: course.Session{
		Target: day, Earliest: day, Latest: day, Origin: day, Phase: uint16(phase), Segment: course.NoSegment, Number: uint16(reached),
		Minutes: p.course.Minutes(phase, reached), Extra: true, Again: true,
	}}}, nil
}

// reached reports whether a session comes on or before a day. One that was left
// out has no day but the one it was asked for.
func (s *slot) reached(day int32) bool {
	if s.left {
		return s.Target <= day
	}
	return s.day <= day
}

// makeUp returns the session that makes up for another.
func (e *edit) makeUp(a Added) (slot, error) {
	i, err := e.find("For", a.For)
	if err != nil {
		return slot{}, err
	}
	s, day := e.plan.slots[i], civil.Day(a.Date)
	switch {
	case s.state != StateMissed && s.state != StateCancelled && !s.left:
		return slot{}, e.refuse(ErrSettled, "For", a.For.String(), "want a session that was missed, cancelled or left out: session "+strconv.Itoa(i+1)+" is "+
			e.plan.state(i).String())
	case s.replaced:
		return slot{}, e.refuse(ErrSettled, "For", a.For.String(), "want a session that no other makes up for yet")
	case !e.plan.course.Has(int(s.Phase)):
		return slot{}, e.refuse(ErrSettled, "For", a.For.String(), "want a session of the protocol that now holds")
	case a.Phase != "" && a.Phase != e.plan.phases[s.Phase].Name:
		return slot{}, e.refuse(ErrEvent, "Phase", a.Phase, "want none, or that of the session it makes up for, "+strconv.Quote(e.plan.phases[s.Phase].Name))
	case day < s.Earliest || day > s.Latest:
		return slot{}, e.refuse(ErrNoDay, "Date", civil.Format(a.Date), "want a day in the window of session "+strconv.Itoa(i+1)+", "+
			dayText(civil.Date(s.Earliest))+" to "+dayText(civil.Date(s.Latest)))
	}
	e.plan.slots[i].replaced = true
	s.day, s.fixed, s.agreed, s.replaced, s.makesUp, s.dose = day, day, 0, false, s.serial, noDose
	return s, nil
}

// accepts reports whether somebody accepted a finding about a session.
func (p *Plan) accepts(serial uint32, code Code) bool {
	for a := range p.accepted.backward() {
		if a.Session == int(serial) && a.Code == code {
			return true
		}
	}
	return false
}
