package schedule

import (
	"iter"
	"slices"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A PlannedMedicine is a medicine beside the drug of a session, for one patient on one
// day: what the protocol says of it, and what that comes to.
type PlannedMedicine struct {
	protocol.Medicine
	// Delivery is what is planned to be given, or may be: zero where there is no dose.
	Delivery dose.Delivery
	// Err is why there is no dose, nil where there is one.
	Err error
	// Stage is where it stands in relation to the visit.
	Stage protocol.Stage
	// Date and Start are when giving it begins on the clinic's clock, End when it is over:
	// zero where the protocol or the plan states no time, End also of what takes no time.
	Date       date.Date
	Start, End clinic.TimeOfDay
}

// AsNeeded reports whether it is given on a condition only: it is then not planned.
func (m PlannedMedicine) AsNeeded() bool { return m.Condition != "" }

// Planned returns the dose, zero where there is none.
func (m PlannedMedicine) Planned() dose.Mass { return m.Delivery.Dose() }

// Choices returns the other doses that the protocol names, the lightest first.
func (m PlannedMedicine) Choices() iter.Seq[dose.Mass] { return m.Dose.Or.All() }

// String returns the name, the dose and the route, when it is given, and the condition.
func (m PlannedMedicine) String() string {
	words := []string{m.Name}
	if m.Err == nil {
		words = append(words, m.Dose.Amount.Written(m.Planned()))
	}
	if route := m.GivenBy(); route != 0 {
		words = append(words, route.String())
	}
	text := strings.Join(words, " ")
	if when := m.when(); when != "" {
		text += ", " + when
	}
	if m.AsNeeded() {
		text += ", as needed: " + m.Condition
	}
	return text
}

// when returns the date and the times, or the moment where no time is known.
func (m PlannedMedicine) when() string {
	switch {
	case m.From == 0:
		return ""
	case m.Start.IsZero():
		return m.moment()
	}
	text := civil.Format(m.Date) + " " + m.Start.String()
	if !m.End.IsZero() {
		text += " to " + m.End.String()
	}
	return text
}

// moment returns when it is given, from a moment of the visit.
func (m PlannedMedicine) moment() string {
	switch {
	case m.At < 0:
		return protocol.FormatDuration(-m.At) + " before " + m.From.String()
	case m.At > 0:
		return protocol.FormatDuration(m.At) + " after " + m.From.String()
	default:
		return "at " + m.From.String()
	}
}

// Beside returns the medicines beside the drug of the session, in the order in which
// they are given: those without a time of their own last. It returns none for a session
// that was left out.
func (s Session) Beside() iter.Seq[PlannedMedicine] { return slices.Values(s.besides()) }

// BesideFor returns the medicines of [Session.Beside] that concern a reader, a zero one
// everybody: the patient takes what is taken before arrival or after departure, and
// everything is for the staff to know.
func (s Session) BesideFor(reader protocol.Audience) iter.Seq[PlannedMedicine] {
	return func(yield func(PlannedMedicine) bool) {
		for m := range s.Beside() {
			if (reader != protocol.ForPatient || m.Stage != protocol.DuringVisit) && !yield(m) {
				return
			}
		}
	}
}

// HasBeside reports whether the session's phase has medicines beside its drug, or any was
// given.
func (s Session) HasBeside() bool {
	slot := s.slot()
	return len(s.plan.phases[slot.Phase].Beside) > 0 || slot.given > 0 && len(s.plan.given[slot.given-1].Beside) > 0
}

// besides returns the medicines of a session.
func (s Session) besides() []PlannedMedicine {
	p, slot := s.plan, s.slot()
	if !p.beside || slot.left {
		return nil
	}
	phase := &p.phases[slot.Phase]
	if len(phase.Beside) == 0 {
		return nil
	}
	if slot.dose < 0 && !phase.Dose.IsZero() && (slot.state == StateCancelled || slot.state == StateMissed) {
		return nil // no dose was planned that they would go with, and no weight is the one they were computed from
	}
	body := p.bodyBeside(s.index)
	begins := int64(-1)
	zone := civil.NewZone(p.zone)
	if start := s.Start(); !start.IsZero() {
		begins, _ = zone.Resolve(s.Date(), start.Minutes())
	}
	var list []PlannedMedicine
	for _, m := range phase.BesideAt(int(slot.Number)) {
		planned := PlannedMedicine{Medicine: m, Stage: m.StageAt(phase.Visit, int(slot.Number))}
		if planned.Delivery, planned.Err = m.Order().For(body); planned.Err == nil && !slot.took() {
			if err := p.overBeside(s.index, m.Name); err != nil {
				planned.Delivery, planned.Err = dose.Delivery{}, err
			}
		}
		if m.From != 0 && begins >= 0 {
			from := begins + seconds(m.SinceArrival(phase.Visit, int(slot.Number)))
			planned.Date, planned.Start = clockAt(zone, from)
			if takes := m.Length(); takes > 0 {
				_, planned.End = clockAt(zone, from+seconds(takes))
			}
		}
		list = append(list, planned)
	}
	visit := &phase.Visit
	slices.SortStableFunc(list, func(a, b PlannedMedicine) int {
		switch {
		case a.From == 0 || b.From == 0:
			return int(min(1, b.From)) - int(min(1, a.From))
		default:
			return int((a.SinceArrival(*visit, int(slot.Number)) - b.SinceArrival(*visit, int(slot.Number))) / 1e9)
		}
	})
	return list
}

// bodyBeside returns the body that the medicines of a session are computed for: that of
// its dose, which what was given keeps.
func (p *Plan) bodyBeside(i int) dose.Body {
	s := &p.slots[i]
	if s.dose >= 0 {
		d := p.doses.at(s.dose)
		return dose.Body{Weight: d.weighed.Weight, Height: d.height, Sex: p.sex}
	}
	return p.body(p.weighingFor(i), s.day)
}

// A MedicineError says which medicine beside the drug of a session has no dose, and why.
type MedicineError struct {
	// Name is that of the medicine.
	Name string
	Err  error
}

// Error names the medicine and the reason. It never holds a dose.
func (e *MedicineError) Error() string { return "beside the drug, " + e.Name + ": " + e.Err.Error() }

// Unwrap returns what was wrong with the dose.
func (e *MedicineError) Unwrap() error { return e.Err }

// checkBeside returns the error of the first planned medicine that has no dose.
func (p *Plan) checkBeside() error {
	if !p.beside {
		return nil
	}
	p.addBeside()
	for i := range p.slots {
		for _, m := range (Session{p, i}).besides() {
			if m.Err != nil && !m.AsNeeded() {
				s := &p.slots[i]
				return &DoseError{Ordinal: i + 1, Phase: p.phases[s.Phase].Name, Date: civil.Date(s.day), Err: &MedicineError{m.Name, m.Err}}
			}
		}
	}
	return nil
}

// besideLines says of each medicine of a session what is planned, and what was given: a
// line for each.
func (s Session) besideLines() string {
	var lines []string
	for _, m := range s.besides() {
		var line strings.Builder
		line.WriteString(m.String() + " (" + m.Stage.String() + ")")
		switch sheet := m.Delivery.Worksheet(); {
		case m.Err != nil:
			line.WriteString(": " + m.Err.Error())
		case !sheet.IsZero() && !m.Preparation.IsZero():
			for l := range sheet.Lines() {
				if l.Text != "" {
					line.WriteString("; " + l.Label + " " + l.Text)
				}
			}
		}
		lines = append(lines, line.String())
	}
	if at := s.slot().given; at > 0 {
		for _, g := range s.plan.given[at-1].Beside {
			lines = append(lines, "given: "+g.String())
		}
	}
	return strings.Join(lines, "\n")
}

// besideReasons returns how each medicine comes about, for [Plan.Explain].
func (s Session) besideReasons() (lines []string) {
	for _, m := range s.besides() {
		line := m.Name
		if route := m.GivenBy(); route != 0 {
			line += " " + route.String()
		}
		if m.From != 0 {
			line += ", " + m.moment()
			if when := m.when(); !m.Start.IsZero() {
				line += ": " + when
			}
		}
		if m.AsNeeded() {
			line += ", as needed: " + m.Condition
		}
		if m.Err != nil {
			lines = append(lines, line+": "+m.Err.Error())
			continue
		}
		lines = append(lines, line+": "+m.Delivery.Calculation().String())
	}
	return lines
}
