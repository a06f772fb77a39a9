package fhir

import (
	"slices"

	"github.com/regimen-go/regimen/dose"
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
	amount := delivery.Dose()
	q, ok := x.quantity(amount)
	if !ok {
		return Dosage{}, false
	}
	route := s.Route()
	if by := part.Part.Preparation.Route; by != 0 {
		route = by.String()
	}
	kind := Coding{System: "http://terminology.hl7.org/CodeSystem/dose-rate-type", Code: "ordered", Display: "Ordered"}
	w := DosageWords{
		Dose: massText(amount), Part: part.Part.Name, Condition: part.Part.Condition, Route: route, When: r.words, Sessions: len(r.sessions),
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
	if most := part.Part.Rule.Limits.Dose.HardMax; !most.IsZero() {
		w.Most = massText(most)
		if d.MaxDosePerAdministration, ok = x.quantity(most); !ok {
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

// thousandsOf says what was given of a part, with commas in thousands.
func thousandsOf(part schedule.GivenPart) string {
	switch {
	case part.Nothing:
		return part.Name + " not given"
	case part.Dose.IsZero():
		return part.Name
	}
	text := part.Name + " " + massText(part.Dose)
	if !part.During.IsZero() {
		text += " over " + timeWords(part.During)
	}
	return text
}
