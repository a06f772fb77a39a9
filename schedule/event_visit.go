package schedule

import (
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// VisitDone says that a companion, a follow-up or a visit of a monitoring took place. Like what was given it
// is recorded whatever the plan says of it: outside its window, on a closed day, on
// hold, or after it was said to be missed or cancelled. What does not fit is a finding.
// A visit that took place keeps what it was, whatever comes after.
type VisitDone struct {
	// Visit is the id of the visit.
	Visit ID
	// Date is the day on which it began.
	Date date.Date
	// Start and End are when it began and ended on the clinic's clock, zero where that
	// was not written down: on its planned day it then keeps the planned times. An End
	// that is not after Start is on the next day.
	Start, End clinic.TimeOfDay
	// NotDone are the texts of its tasks that were not done.
	NotDone []string
	// Reason says why it differs from the plan. It may be empty.
	Reason string
	// Result says in words what came of a visit of a monitoring, and Verdict whether
	// sessions that need the result can go on. Both may be empty: the visit is recorded
	// once its result is known, and that is enough for the sessions that need it.
	Result  string
	Verdict Verdict
}

func (VisitDone) kind() string { return "visit-done" }

func (v VisitDone) fields(f *objectFields) Happening {
	f.session("visit", &v.Visit, must)
	f.date("date", &v.Date, must)
	f.clock("start", &v.Start)
	f.clock("end", &v.End)
	f.texts("notDone", &v.NotDone)
	f.reason(&v.Reason, may)
	f.text("result", &v.Result, may)
	maybeOneOf(f, "verdict", &v.Verdict, ParseVerdict)
	return unlessWritten(f, v)
}

func (v VisitDone) describe() string {
	text := "the visit took place" + onDay(v.Date, v.Start)
	if v.Result != "" {
		text += ", result " + strconv.Quote(v.Result)
	}
	if v.Verdict != 0 {
		text += ", " + v.Verdict.String()
	}
	return text
}

func (v VisitDone) apply(e *edit) error {
	i, err := e.visit(v.Visit)
	if err != nil {
		return err
	}
	e.missedAfterAll(&e.plan.visits[i])
	return e.learn(v)
}

func (v VisitDone) check(e *edit) error {
	i, err := e.anyVisit(v.Visit)
	if err != nil {
		return err
	}
	if err := e.happenedOn("Date", v.Date); err != nil {
		return err
	}
	was := e.plan.visits[i].unsettled()
	switch {
	case v.Verdict > VerdictNotOK:
		return e.refuse(ErrEvent, "Verdict", v.Verdict.String(), "want ok or not ok")
	case was.Role == RoleMonitoring:
	case v.Result != "":
		return e.refuse(ErrEvent, "Result", v.Result, "want a result of a visit of a monitoring: "+was.Name+" is a "+was.Role.String())
	case v.Verdict != 0:
		return e.refuse(ErrEvent, "Verdict", v.Verdict.String(), "want a verdict on the result of a monitoring: "+was.Name+" is a "+was.Role.String())
	}
	_, _, err = e.sat(was.sitting(), v.Date, v.Start, v.End)
	return err
}

func (v VisitDone) know(k *known) {
	k.ask(v.Date, v.Start, v.End)
	k.attended(attendance{
		visit: v.Visit, date: v.Date, start: v.Start, end: v.End, notDone: slices.Clone(v.NotDone), reason: v.Reason,
		result: v.Result, verdict: v.Verdict,
	})
}

// VisitMissed says that a companion, a follow-up or a visit of a monitoring did not take place.
type VisitMissed struct {
	// Visit is the id of the visit. Its start has come, or its
	// whole window is past where it has no day.
	Visit ID
	// Reason is shown to people. It may be empty.
	Reason string
}

func (VisitMissed) kind() string { return "visit-missed" }

func (v VisitMissed) fields(f *objectFields) Happening {
	f.session("visit", &v.Visit, must)
	f.reason(&v.Reason, may)
	return unlessWritten(f, v)
}

func (VisitMissed) describe() string { return "the visit missed" }

func (v VisitMissed) apply(e *edit) error {
	i, err := e.visit(v.Visit)
	if err != nil {
		return err
	}
	e.missedAfterAll(&e.plan.visits[i])
	return e.learn(v)
}

func (v VisitMissed) check(e *edit) error {
	i, err := e.anyVisit(v.Visit)
	if err != nil {
		return err
	}
	switch at := e.plan.visits[i].unsettled(); {
	case !at.Placed() && civil.Day(at.Latest) >= e.today:
		return e.refuse(ErrFuture, "Visit", v.Visit.String(), "want a visit that can have been missed: "+at.Name+" has no day, and its window lasts to "+
			dayText(at.Latest))
	case at.Placed() && !e.come(civil.Day(at.Date), at.Start.Minutes()):
		return e.refuse(ErrFuture, "Visit", v.Visit.String(), "want a visit that can have been missed: "+at.Name+" is"+onDay(at.Date, at.Start)+
			", the as-of is "+e.asOfText())
	}
	return nil
}

func (v VisitMissed) know(k *known) {
	k.attended(attendance{visit: v.Visit, missed: true, reason: v.Reason})
}

// VisitMoved gives a visit beside the sessions another day in its window, or another
// time. The clinic is open, the day suits, and no session is at that time. One that was
// missed is then to come again. It keeps that day while its window has it.
type VisitMoved struct {
	// Visit is the id of the visit.
	Visit ID
	Date  date.Date
	// Start is when it begins; zero chooses the start as [Build] does.
	Start clinic.TimeOfDay
	// Reason is shown to people. It may be empty.
	Reason string
}

func (VisitMoved) kind() string { return "visit-moved" }

func (v VisitMoved) fields(f *objectFields) Happening {
	f.session("visit", &v.Visit, must)
	f.date("date", &v.Date, must)
	f.clock("start", &v.Start)
	f.reason(&v.Reason, may)
	return unlessWritten(f, v)
}

func (v VisitMoved) describe() string {
	return "the visit moved to" + onDay(v.Date, v.Start)[len(" on"):]
}

func (v VisitMoved) apply(e *edit) error {
	i, err := e.visit(v.Visit)
	if err != nil {
		return err
	}
	at := e.plan.visits[i].unsettled()
	switch state := e.plan.visits[i].State; {
	case state == StateHeld:
		return e.refuse(ErrSettled, "Visit", v.Visit.String(), "want a visit that is to take place: "+at.Name+" is held until the treatment is resumed")
	case state == StateCancelled:
		return e.refuse(ErrSettled, "Visit", v.Visit.String(), "want a visit that is to take place: "+at.Name+" was cancelled")
	}
	if err := e.coming("Date", v.Date); err != nil {
		return err
	}
	if v.Date < at.Earliest || v.Date > at.Latest {
		return e.refuse(ErrNoDay, "Date", civil.Format(v.Date), "want a day in the window of "+at.Name+", "+dayText(at.Earliest)+" to "+dayText(at.Latest))
	}
	if err := e.fitsVisit(&at, v.Date, v.Start); err != nil {
		return err
	}
	at.decided = int32(e.number())
	e.plan.visits = slices.Clone(e.plan.visits)
	e.plan.visits[i] = at
	return nil
}

// fitsVisit puts a visit on a day, or says why the day will not do.
func (e *edit) fitsVisit(v *OtherVisit, d date.Date, start clinic.TimeOfDay) error {
	if v.Elsewhere != "" {
		return e.fitsElsewhere(v, d, start)
	}
	p, day, value := e.plan, civil.Day(d), civil.Format(d)
	calendar, minutes := e.calendar(), int(v.minutes)
	if start.Minutes() == civil.MinutesPerDay {
		return e.refuse(ErrEvent, "Start", start.String(), "want a time before 24:00")
	}
	if !start.IsZero() && e.passed(day, start) {
		return e.refuse(ErrOrder, "Start", start.String(), "want a time that is not before the as-of one, "+e.asOfText())
	}
	open := calendar.Open(d)
	if err := calendarError(calendar); err != nil {
		return e.refuse(err, "Date", value, err.Error())
	}
	if !open {
		return e.refuse(ErrNoDay, "Date", value, "want another day: closed"+bracketed(calendar.Reason(d)))
	}
	if reason, suits := p.patient.suits(d); !suits {
		return e.refuse(ErrNoDay, "Date", value, "want another day: does not suit the patient"+bracketed(reason))
	}
	if start.IsZero() {
		from, to, ok := p.timesBeside(day, minutes)
		if !ok {
			return e.refuse(ErrNoDay, "Date", value, "want another day: the hours of the clinic have no room left for "+plural(minutes, "minute"))
		}
		v.put(d, from, to)
		return nil
	}
	from := start.Minutes()
	to, ok := calendar.At(d, minutes, from)
	if !ok {
		return e.refuse(ErrNoDay, "Start", start.String(), "want a time at which an opening of the clinic holds "+plural(minutes, "minute")+" on "+dayText(d))
	}
	if at := p.sessionDuring(day, from, to); at >= 0 {
		return e.refuse(ErrNoDay, "Start", start.String(), "want a time that is free: session "+strconv.Itoa(at+1)+" is "+p.slots[at].times()+" on "+
			dayText(p.slots[at].date()))
	}
	v.put(d, from, to)
	return nil
}

// visit returns the position of a visit beside the sessions that has not taken place.
func (e *edit) visit(id ID) (int, error) {
	i, err := e.anyVisit(id)
	if err != nil {
		return i, err
	}
	if v := &e.plan.visits[i]; v.State == StateDone {
		return i, e.refuse(ErrSettled, "Visit", id.String(), "want a visit that has not taken place yet: "+v.Name+" did,"+onDay(v.Date, v.Start)+
			"; what is wrong with that is put right by a correction")
	}
	return i, nil
}

// anyVisit returns the position of a visit beside the sessions.
func (e *edit) anyVisit(id ID) (i int, err error) {
	if id.IsZero() {
		return i, e.refuse(ErrEvent, "Visit", "", "want the id of a companion, a follow-up or a visit of a monitoring")
	}
	if i = e.plan.visitAt(id); i < 0 {
		return i, e.refuse(ErrUnknownVisit, "Visit", id.String(), "want the id of a companion, a follow-up or a visit of a monitoring of the plan")
	}
	return i, nil
}

// missedAfterAll notes that the entry which said that a visit was missed is corrected
// by this one.
func (e *edit) missedAfterAll(v *OtherVisit) {
	if v.State == StateMissed {
		e.afterAll(v.ID, v.SessionID, func(h Happening) bool { _, missed := h.(VisitMissed); return missed })
	}
}
