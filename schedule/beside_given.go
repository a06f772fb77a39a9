package schedule

import (
	"cmp"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A MedicineGiven is what was given of a medicine beside the drug of a session, or that
// it was not given. What was given more than once is there more than once. The zero
// MedicineGiven is not valid: a name is required.
type MedicineGiven struct {
	// Name is what was given, in the words of the protocol; large and small letters make
	// no difference. One that the protocol does not have is a finding.
	Name string
	// Dose is how much was given, zero where that is not entered yet.
	Dose dose.Mass
	// NotGiven says that it was not given, "0 mg" in files.
	NotGiven bool
	// Date is the day on which it was given, zero for that of the session, and Start when
	// on the clinic's clock, zero where that was not written down.
	Date  date.Date
	Start clinic.TimeOfDay
	// During is how long giving it really took, zero where that was not written down.
	During dose.Duration
	// Reason says why it was not given or differs from the plan, and Who decided that.
	Reason, Who string
}

func (m *MedicineGiven) fields(f *objectFields) {
	f.text("name", &m.Name, must)
	f.doseGiven("dose", &m.Dose, &m.NotGiven)
	f.date("date", &m.Date, may)
	f.clock("start", &m.Start)
	parsed(f, "during", &m.During, may, dose.ParseDuration)
	f.text("reason", &m.Reason, may)
	f.text("who", &m.Who, may)
}

// String returns the name, what was given of it and when, and why not or otherwise.
func (m MedicineGiven) String() string {
	text := m.Name
	switch {
	case m.NotGiven:
		text += " not given"
	case !m.Dose.IsZero():
		text += " " + m.Dose.String()
	}
	if m.Date != 0 {
		text += " on " + civil.Format(m.Date)
	}
	if !m.Start.IsZero() {
		text += " at " + m.Start.String()
	}
	if !m.During.IsZero() {
		text += " in " + m.During.String()
	}
	if m.Reason != "" {
		text += ": " + m.Reason
	}
	if m.Who != "" {
		text += " (" + m.Who + ")"
	}
	return text
}

func (m MedicineGiven) compare(other MedicineGiven) int {
	return cmp.Or(cmp.Compare(m.Name, other.Name), m.Dose.Compare(other.Dose), cmp.Compare(m.Date, other.Date), cmp.Compare(m.Start.Minutes(), other.Start.Minutes()))
}

// compareBeside puts lists of medicines in an order.
func compareBeside(a, b []MedicineGiven) int { return slices.CompareFunc(a, b, MedicineGiven.compare) }

// want returns what is wanted of a field, and its value, "" where everything can be.
func (m *MedicineGiven) want() (field, value, want string) {
	switch {
	case m.Name == "":
		return "Name", "", "want the name of the medicine"
	case m.NotGiven && !m.Dose.IsZero():
		return "Dose", m.Dose.String(), "want none where it was not given"
	case m.NotGiven && !m.During.IsZero():
		return "During", m.During.String(), "want none where it was not given"
	case m.Start.Minutes() == civil.MinutesPerDay:
		return "Start", m.Start.String(), "want a start before 24:00"
	}
	return "", "", ""
}

// on returns the day on which it was given, beside a session on a day.
func (m *MedicineGiven) on(day date.Date) date.Date {
	if m.Date != 0 {
		return m.Date
	}
	return day
}

func besideField(i int) string { return "Beside." + itoa(i) + "." }

// checkBeside reports what cannot be of what was given beside the drug.
func (r *Record) checkBeside(errs *requestErrors, field string, g *Given) {
	for i := range g.Beside {
		m := &g.Beside[i]
		if at, value, want := m.want(); want != "" {
			errs.add(field+" "+besideField(i)+at, value, want)
		}
		if zone := r.clock(); zone != nil && !r.AsOf.IsZero() && m.Date > civil.Of(r.AsOf, zone) {
			errs.add(field+" "+besideField(i)+"Date", civil.Format(m.Date), "want a date that is not after the as-of, "+civil.Format(civil.Of(r.AsOf, zone)))
		}
	}
}

// checkBeside refuses of what was given beside the drug only what cannot be.
func (g Given) checkBeside(e *edit) error {
	for i := range g.Beside {
		m := &g.Beside[i]
		at := besideField(i)
		if field, value, want := m.want(); want != "" {
			return e.refuse(ErrEvent, at+field, value, want)
		}
		if m.Date != 0 {
			if err := e.happenedOn(at+"Date", m.Date); err != nil {
				return err
			}
		}
		if !m.Start.IsZero() {
			if err := e.happened(at+"Start", m.Start, m.on(g.Date), m.Start.Minutes()); err != nil {
				return err
			}
		}
	}
	return nil
}
