package schedule

import (
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Weighed says what the patient weighed on a date. The doses of the sessions to
// come on and after it are computed again. Of several weighings of a day the one
// measured at a session counts for that session, else the one recorded last.
type Weighed struct {
	Date   date.Date
	Weight dose.Weight
	// Session is the session at which it was measured, zero for none.
	Session ID
	// Time is when it was measured, zero where that was not written down.
	Time clinic.TimeOfDay
}

func (Weighed) kind() string { return "weighed" }

func (w Weighed) fields(f *objectFields) Happening {
	f.date("date", &w.Date, must)
	parsed(f, "weight", &w.Weight, must, dose.ParseWeight)
	f.session("session", &w.Session, may)
	f.clock("time", &w.Time)
	return unlessWritten(f, w)
}

func (w Weighed) describe() string {
	return "weighed " + w.Weight.String() + onDay(w.Date, clinic.TimeOfDay{})
}

func (w Weighed) apply(e *edit) error { return e.learn(w) }

func (w Weighed) check(e *edit) error {
	if err := e.happenedOn("Date", w.Date); err != nil {
		return err
	}
	if !w.Time.IsZero() {
		if err := e.happened("Time", w.Time, w.Date, w.Time.Minutes()); err != nil {
			return err
		}
	}
	if !w.Session.IsZero() {
		if _, err := e.find("Session", w.Session); err != nil {
			return err
		}
	}
	if w.Weight.IsZero() {
		return e.refuse(ErrEvent, "Weight", "", "want a weight")
	}
	return e.checkWeight("Weight", w.Weight, w.Date)
}

func (w Weighed) know(k *known) {
	k.weigh(Weighing{Date: w.Date, Weight: w.Weight, Session: w.Session})
}

// Accepted says that somebody knows of a finding about a session and goes on, and
// why: [Validate] then reports it with that.
type Accepted struct {
	Session ID
	Code    Code
	// Reason and Who are required.
	Reason, Who string
}

func (Accepted) kind() string { return "accepted" }

func (a Accepted) fields(f *objectFields) Happening {
	f.session("session", &a.Session, must)
	f.text("code", (*string)(&a.Code), must)
	f.reason(&a.Reason, must)
	f.text("who", &a.Who, must)
	return unlessWritten(f, a)
}

func (a Accepted) describe() string { return "the finding " + string(a.Code) + " accepted by " + a.Who }

func (a Accepted) apply(e *edit) error {
	at, err := e.find("Session", a.Session)
	switch {
	case err != nil:
		return err
	case a.Code == "":
		return e.refuse(ErrEvent, "Code", "", "want the code of the finding that is accepted")
	case a.Reason == "" || a.Who == "":
		return e.refuse(ErrEvent, "Reason", a.Reason, "want a reason, and who accepts it")
	}
	p := e.plan
	p.accepted = p.accepted.add(a.acceptance(p.slots[at].serial))
	return nil
}

// acceptance returns what is accepted of the session with a serial.
func (a Accepted) acceptance(serial uint32) Acceptance {
	return Acceptance{Session: int(serial), Code: a.Code, Reason: a.Reason, Who: a.Who}
}

// longestStretch is how many days a closure or an absence may have.
const longestStretch = 3660

// PatientAway says that days do not suit the patient. Sessions that are planned
// on them stay there, as findings, until somebody moves them.
type PatientAway struct {
	// From is the first day, To the last; To is zero for a single day.
	From, To date.Date
	// Reason is shown to people. It may be empty.
	Reason string
}

func (PatientAway) kind() string { return "patient-away" }

func (a PatientAway) fields(f *objectFields) Happening {
	f.date("from", &a.From, must)
	f.date("to", &a.To, may)
	f.reason(&a.Reason, may)
	return unlessWritten(f, a)
}

func (a PatientAway) describe() string { return "the patient away" + stretchText(a.From, a.To) }

func (a PatientAway) apply(e *edit) error { return e.learn(a) }

func (a PatientAway) check(e *edit) error { return e.stretch(a.From, a.To) }

func (a PatientAway) know(k *known) { k.wishes.Absences = append(k.wishes.Absences, Absence(a)) }

// stretch refuses what is no stretch of days. It may have begun.
func (e *edit) stretch(from, to date.Date) error {
	switch {
	case from == 0:
		return e.refuse(ErrEvent, "From", "", "want a date")
	case !civil.InRange(from):
		return e.refuse(ErrEvent, "From", civil.Format(from), "want a date from 1900-01-01 to 2200-12-31")
	}
	if to == 0 {
		to = from
	}
	if to < from || civil.Days(from, to) >= longestStretch || !civil.InRange(to) {
		return e.refuse(ErrEvent, "To", civil.Format(to), "want a day that is not before the first, "+civil.Format(from)+", and at most "+
			strconv.Itoa(longestStretch)+" days in all")
	}
	return nil
}
