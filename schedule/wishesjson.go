package schedule

import (
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// fields are those of the wishes in plan files and in JSON.
func (w *Wishes) fields(f *objectFields) {
	nestedList(f, "absences", &w.Absences, may, (*Absence).fields)
	never := w.Never.String()
	var weekdays []string
	for _, set := range w.Weekdays {
		weekdays = append(weekdays, set.String())
	}
	if f.in != nil {
		w.Never = textIn(f.in.Optional("never"), protocol.ParseDaySet)
		w.Weekdays = document.List(f.in.Optional("weekdays"), func(n document.Node) protocol.DaySet { return textIn(n, protocol.ParseDaySet) })
	} else {
		f.text("never", &never, may)
		f.texts("weekdays", &weekdays)
	}
	f.clock("preferred", &w.Preferred)
	nestedList(f, "appointments", &w.Appointments, may, (*Appointment).fields)
}

// MarshalJSON returns the wishes as a JSON object. It never fails.
func (w Wishes) MarshalJSON() ([]byte, error) { return marshalValue(w.fields) }

// UnmarshalJSON reads what [Wishes.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (w *Wishes) UnmarshalJSON(src []byte) error { return unmarshalValue(w, src, (*Wishes).fields) }

func (a *Absence) fields(f *objectFields) {
	f.date("from", &a.From, must)
	f.date("to", &a.To, may)
	f.text("reason", &a.Reason, may)
}

// MarshalJSON returns the absence as a JSON object. It never fails.
func (a Absence) MarshalJSON() ([]byte, error) { return marshalValue(a.fields) }

// UnmarshalJSON reads what [Absence.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (a *Absence) UnmarshalJSON(src []byte) error { return unmarshalValue(a, src, (*Absence).fields) }

func (a *Appointment) fields(f *objectFields) {
	f.number("session", &a.Ordinal, maxPlanned, may)
	f.date("date", &a.Date, must)
	if f.in != nil && a.Ordinal == 0 {
		f.in.Required("session")
	}
}

// MarshalJSON returns the appointment as a JSON object. It never fails.
func (a Appointment) MarshalJSON() ([]byte, error) { return marshalValue(a.fields) }

// UnmarshalJSON reads what [Appointment.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (a *Appointment) UnmarshalJSON(src []byte) error {
	return unmarshalValue(a, src, (*Appointment).fields)
}
