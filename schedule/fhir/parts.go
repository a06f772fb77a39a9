package fhir

import (
	"slices"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// alikeParts reports whether two sessions have the same parts.
func alikeParts(a, b schedule.Session) bool {
	return slices.EqualFunc(partsOf(a), partsOf(b), func(x, y schedule.SessionPart) bool {
		return x.Part == y.Part && x.Delivery.Dose() == y.Delivery.Dose()
	})
}

// partsOf returns the parts of a dose that can be given.
func partsOf(s schedule.Session) (list []schedule.SessionPart) {
	for part := range s.Parts() {
		if part.Err == nil {
			list = append(list, part)
		}
	}
	return list
}

// dosages returns a run as R4 has it: one Dosage, or one for each part of a dose in parts.
// R4 gives those of one order one after the other, in the order of their sequence.
func (x *exporting) dosages(r run, reserve Reserve) ([]Dosage, bool) {
	parts := partsOf(r.sessions[0])
	if len(parts) == 0 {
		d, ok := x.dosage(r, reserve)
		return []Dosage{d}, ok
	}
	list := make([]Dosage, 0, len(parts))
	for _, part := range parts {
		d, ok := x.partDosage(r, part, reserve)
		if !ok {
			return nil, false
		}
		list = append(list, d)
	}
	return list, true
}

// partDosage returns a part of a run's dose.
func (x *exporting) partDosage(r run, part schedule.SessionPart, reserve Reserve) (Dosage, bool) {
	s, delivery := r.sessions[0], part.Delivery
	amount, most := delivery.Dose(), part.Part.Rule.Limits.Dose.HardMax
	in := inOneUnit(part.Part.Rule.Amount, amount, most)
	q, ok := x.quantity(in.Written(amount))
	if !ok {
		return Dosage{}, false
	}
	route := routeOfPart(s, part.Part.Name)
	kind := Coding{System: "http://terminology.hl7.org/CodeSystem/dose-rate-type", Code: "ordered", Display: "Ordered"}
	w := DosageWords{
		Dose: thousands(in.Written(amount)), Part: part.Part.Name, Condition: part.Part.Condition, Route: route, When: r.words, Sessions: len(r.sessions),
		Devices: delivery.Devices(), Reserve: reserve,
	}
	for _, s := range r.sessions {
		w.Days = append(w.Days, s.Date())
	}
	if begins, err := dose.NewDuration(part.Times.Begins); err == nil {
		w.Begins = timeWords(begins)
	}
	if weight := delivery.Calculation().Weight(); weight != (dose.Weight{}) {
		kind.Code, kind.Display = "calculated", "Calculated"
		w.Rule, w.Weight = part.Part.Rule.Amount.String(), weight.String()
	}
	rate := DoseAndRate{Type: &CodeableConcept{Coding: []Coding{kind}}, DoseQuantity: q}
	if over := part.Part.Time(); !over.IsZero() && w.Devices == 0 {
		rate.RateRatio = &Ratio{Numerator: q, Denominator: timeQuantity(over)}
		w.Over = timeWords(over)
	}
	d := Dosage{Timing: &r.timing, Route: x.route(route), DoseAndRate: []DoseAndRate{rate}}
	if part.Part.Condition != "" {
		d.AsNeededCodeableConcept = &CodeableConcept{Text: part.Part.Condition}
	}
	if !most.IsZero() {
		w.Most = thousands(in.Written(most))
		if d.MaxDosePerAdministration, ok = x.quantity(in.Written(most)); !ok {
			return Dosage{}, false
		}
	}
	if x.option.Text != nil {
		d.Text = x.option.Text(w)
	} else {
		d.Text = w.English()
	}
	return d, true
}

// routeOfPart returns the route of a part: its own, or that of the session.
func routeOfPart(s schedule.Session, name string) string {
	for part := range s.Parts() {
		if by := part.Part.Preparation.Route; by != 0 && part.Part.Name == name {
			return by.String()
		}
	}
	return s.Route()
}

// partsKnown reports whether the amount of each part is known, and that of the whole is
// theirs.
func partsKnown(g schedule.Given) bool {
	sum := dose.Mass{}
	for _, part := range g.Parts {
		if part.Dose.IsZero() && !part.Nothing {
			return false
		}
		var err error
		if sum, err = sum.Add(part.Dose); err != nil {
			return false
		}
	}
	return len(g.Parts) > 0 && (g.Dose.IsZero() || g.Dose == sum)
}

// partAdministration adds what was given of a part, or that it was not given.
func (x *exporting) partAdministration(urn string, s schedule.Session, g schedule.Given, part schedule.GivenPart, wrong bool) {
	a := x.administered(urn, s, g, wrong)
	a.EffectiveDateTime, a.EffectivePeriod = x.partTimes(g, part)
	if part.Nothing {
		if !wrong {
			a.Status = "not-done"
		}
		a.Note = append([]Annotation{{Text: thousandsOf(s, part)}}, a.Note...)
		x.put(urn, a, s.Revision())
		return
	}
	amount := s.Written(part.Name, part.Dose)
	q, ok := x.quantity(amount)
	if !ok {
		return
	}
	route := routeOfPart(s, part.Name)
	a.Dosage = &AdministrationDosage{Text: thousands(amount) + " " + route, Route: x.route(route), Dose: q}
	if !part.During.IsZero() {
		a.Dosage.RateRatio = &Ratio{Numerator: q, Denominator: timeQuantity(part.During)}
		a.Dosage.Text += " over " + timeWords(part.During)
	}
	a.Dosage.Text += " as " + part.Name
	x.put(urn, a, s.Revision())
}

// partTimes returns when a part was given, as far as somebody wrote it down: its day, when
// it began, or from when to when.
func (x *exporting) partTimes(g schedule.Given, part schedule.GivenPart) (at string, period *Period) {
	if part.Start.IsZero() {
		return civil.Format(g.Date), nil
	}
	day := g.Date
	if !g.Start.IsZero() && part.Start.Compare(g.Start) < 0 {
		day++
	}
	from := x.instant(day, part.Start)
	var to time.Time
	switch {
	case !part.During.IsZero():
		to = from.Add(part.During.Time())
	case part.End.IsZero():
		return instantText(from), nil
	default:
		if to = x.instant(day, part.End); !to.After(from) {
			to = x.instant(day+1, part.End)
		}
	}
	return "", &Period{Start: instantText(from), End: instantText(to)}
}

// thousandsOf says what was given of a part, with commas in thousands.
func thousandsOf(s schedule.Session, part schedule.GivenPart) string {
	switch {
	case part.Nothing:
		return part.Name + " not given"
	case part.Dose.IsZero():
		return part.Name
	}
	text := part.Name + " " + thousands(s.Written(part.Name, part.Dose))
	if !part.During.IsZero() {
		text += " over " + timeWords(part.During)
	}
	return text
}
