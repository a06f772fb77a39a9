package schedule

import (
	"errors"
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Wishes are what suits a patient. Absences, days that never suit and
// appointments are kept like the rules of the protocol; a preferred time only
// chooses the start of a visit. The zero Wishes ask for nothing.
type Wishes struct {
	// Absences are days that do not suit. No two begin on the same day.
	Absences []Absence
	// Never are weekdays that do not suit.
	Never protocol.DaySet
	// Weekdays gives the days of the week for numbers of sessions a week, as
	// protocol.Phase.Weekdays does; it wins over the protocol, number by
	// number.
	Weekdays []protocol.DaySet
	// Preferred is the start time that visits should be nearest to; of two
	// that are as near the earlier is taken. Zero asks for the earliest start.
	Preferred clinic.TimeOfDay
	// Appointments are sessions whose dates are fixed, at most 100.
	Appointments []Appointment
}

// An Absence is a stretch of days that does not suit a patient.
type Absence struct {
	// From is the first day, To the last; To is zero for a single day.
	From, To date.Date
	// Reason is shown to people. It may be empty.
	Reason string
}

// last returns the last day.
func (a Absence) last() date.Date {
	if a.To == 0 {
		return a.From
	}
	return a.To
}

// An Appointment fixes a session to a date, which must lie in its window and
// keep the gaps. A session with an appointment is never left out.
type Appointment struct {
	// Ordinal is the number of the session in the plan, counted from 1.
	Ordinal int
	Date    date.Date
}

const maxAppointments = 100

// clone returns a copy that shares nothing that could be changed.
func (w Wishes) clone() Wishes {
	w.Absences = slices.Clone(w.Absences)
	w.Weekdays = slices.Clone(w.Weekdays)
	w.Appointments = slices.Clone(w.Appointments)
	return w
}

// check reports every problem of the wishes.
func (w *Wishes) check(errs *requestErrors) {
	wrong, _ := errors.AsType[protocol.ErrorList](protocol.CheckWeekdays(w.Weekdays))
	for _, e := range wrong {
		errs.add("Weekdays", e.Value, e.Want)
	}
	from := map[date.Date]bool{}
	for _, a := range w.Absences {
		errs.stretch("Absences", a.From, a.last())
		if from[a.From] {
			errs.add("Absences", civil.Format(a.From), "want every first day once")
		}
		from[a.From] = true
	}
	if w.Preferred.Minutes() == civil.MinutesPerDay {
		errs.add("Preferred", w.Preferred.String(), "want a time before 24:00")
	}
	if len(w.Appointments) > maxAppointments {
		errs.add("Appointments", strconv.Itoa(len(w.Appointments)), "want at most 100 appointments")
	}
	ordinals := map[int]bool{}
	for _, a := range w.Appointments {
		errs.date("Appointments", a.Date)
		switch {
		case a.Ordinal < 1:
			errs.add("Appointments", strconv.Itoa(a.Ordinal), "want the number of a session, counted from 1")
		case ordinals[a.Ordinal]:
			errs.add("Appointments", strconv.Itoa(a.Ordinal), "want one date for a session")
		}
		ordinals[a.Ordinal] = true
	}
}

// A patient answers for the days that do not suit.
type patient struct {
	away  civil.Stretches
	never protocol.DaySet
}

func newPatient(w *Wishes) patient {
	if len(w.Absences) == 0 {
		return patient{never: w.Never}
	}
	var away []civil.Stretch
	for _, a := range w.Absences {
		a.To = a.last()
		away = append(away, civil.Stretch(a))
	}
	return patient{away: civil.Apart(away), never: w.Never}
}

// suits reports whether a day suits, or why not.
func (p *patient) suits(d date.Date) (reason string, ok bool) {
	if p.never.Has(d.Weekday()) {
		return "never on " + d.Weekday().String() + "s", false
	}
	if reason, away := p.away.On(d); away {
		return reason, false
	}
	return "", true
}

// suitsDay is suits without the reason.
func (p *patient) suitsDay(d date.Date) bool {
	if p.never.Len() == 0 && !p.away.Any() {
		return true
	}
	if p.never.Has(d.Weekday()) {
		return false
	}
	_, away := p.away.On(d)
	return !away
}
