package fhir

import (
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A besideKey is a medicine beside the drug of a phase.
type besideKey struct {
	phase phaseKey
	name  string
}

// A besideRequest is what is asked for of one medicine in a phase.
type besideRequest struct {
	request
	medicine map[schedule.ID]schedule.PlannedMedicine
}

// besideRequests adds a request for each medicine beside the drug of each phase, as
// [exporting.medicationRequests] does for the drug.
func (x *exporting) besideRequests() {
	var list []*besideRequest
	of := map[besideKey]*besideRequest{}
	for _, s := range x.plan.All() {
		if s.Date() == 0 {
			continue
		}
		for m := range s.Beside() {
			if m.Err != nil {
				continue
			}
			key := besideKey{phaseOf(s), protocol.DrugKey(m.Name)}
			r := of[key]
			if r == nil {
				r = &besideRequest{request{key: key.phase}, map[schedule.ID]schedule.PlannedMedicine{}}
				of[key], list = r, append(list, r)
			}
			r.medicine[s.ID()] = m
			if firm(s) {
				r.firm = append(r.firm, s)
			} else {
				r.rest = append(r.rest, s)
			}
		}
	}
	for _, r := range list {
		for _, sessions := range [][]schedule.Session{r.firm, r.rest} {
			slices.SortStableFunc(sessions, func(a, b schedule.Session) int { return int(a.Date() - b.Date()) })
		}
		x.besideRequest(r)
	}
}

func (x *exporting) besideRequest(r *besideRequest) {
	status, reserve := x.requestStatus(&r.request)
	sessions := r.firm
	if len(sessions) == 0 {
		sessions = r.rest
	}
	first := r.medicine[sessions[0].ID()]
	urn := x.named("request-beside", r.key.digest.String(), r.key.name, protocol.DrugKey(first.Name))
	x.beside[besideKey{r.key, protocol.DrugKey(first.Name)}] = urn
	m := &MedicationRequest{
		ResourceType: "MedicationRequest", Language: x.language(), Identifier: identified(urn), Status: status, Intent: "plan",
		Medication: x.medicationNamed(first.Name, routeOf(first)), Subject: x.option.Subject, BasedOn: referAll(carePlanURN(x.plan)),
		AuthoredOn: x.option.AuthoredOn, Requester: x.option.Requester,
	}
	for len(sessions) > 0 {
		n := 1
		for n < len(sessions) && r.alike(sessions[0], sessions[n]) && sessions[n].Date() != sessions[n-1].Date() {
			n++
		}
		runs := []run{{sessions: sessions[:n]}}
		if m := r.medicine[sessions[0].ID()]; !m.AsNeeded() {
			runs = rhythms(sessions[:n])
		}
		for _, run := range runs {
			d, ok := x.besideDosage(run, r.medicine[run.sessions[0].ID()], reserve)
			if !ok {
				return
			}
			sequence := len(m.DosageInstruction) + 1
			d.Sequence = &sequence
			m.DosageInstruction = append(m.DosageInstruction, d)
		}
		sessions = sessions[n:]
	}
	x.put(urn, m, x.plan.Revision())
}

// alike reports whether the medicine is the same at two sessions.
func (r *besideRequest) alike(a, b schedule.Session) bool {
	x, y := r.medicine[a.ID()], r.medicine[b.ID()]
	return x.Planned() == y.Planned() && x.Delivery.Calculation().Weight() == y.Delivery.Calculation().Weight() && x.Order() == y.Order() &&
		x.From == y.From && x.At == y.At && x.Condition == y.Condition
}

// routeOf returns the route in words, "" where none is stated.
func routeOf(m schedule.PlannedMedicine) string {
	if route := m.GivenBy(); route != 0 {
		return route.String()
	}
	return ""
}

// besideDosage returns a run of a medicine. One that is given on a condition has no days:
// nothing asks for it on any.
func (x *exporting) besideDosage(r run, m schedule.PlannedMedicine, reserve Reserve) (Dosage, bool) {
	amount := m.Planned()
	c := m.Delivery.Calculation()
	in := inOneUnit(c.Rule().Amount, append(slices.Collect(m.Choices()), amount, c.Rule().Limits.Dose.HardMax)...)
	q, ok := x.quantity(in.Written(amount))
	if !ok {
		return Dosage{}, false
	}
	kind := Coding{System: "http://terminology.hl7.org/CodeSystem/dose-rate-type", Code: "ordered", Display: "Ordered"}
	w := DosageWords{Dose: thousands(in.Written(amount)), Route: routeOf(m), When: r.words, Sessions: len(r.sessions), Reserve: reserve, Moment: momentOf(m), AsNeeded: m.Condition}
	for _, s := range r.sessions {
		w.Days = append(w.Days, s.Date())
	}
	if weight := c.Weight(); weight != (dose.Weight{}) {
		kind.Code, kind.Display = "calculated", "Calculated"
		w.Rule, w.Weight = c.Rule().Amount.String(), weight.String()
	}
	rate := DoseAndRate{Type: &CodeableConcept{Coding: []Coding{kind}}, DoseQuantity: q}
	if over := m.Order().Time(); !over.IsZero() {
		rate.RateRatio = &Ratio{Numerator: q, Denominator: timeQuantity(over)}
		w.Over = timeWords(over)
	}
	w.Devices = m.Delivery.Devices()
	most := c.Rule().Limits.Dose.HardMax
	for other := range m.Choices() {
		w.Others = append(w.Others, thousands(in.Written(other)))
		if most.IsZero() || other.Compare(most) > 0 {
			most = other
		}
	}
	d := Dosage{Route: x.route(routeOf(m)), DoseAndRate: []DoseAndRate{rate}}
	if m.AsNeeded() {
		d.AsNeededCodeableConcept = &CodeableConcept{Text: m.Condition}
	} else {
		d.Timing = &r.timing
	}
	if !most.IsZero() && most.Compare(amount) < 0 {
		most = amount
	}
	if !most.IsZero() {
		w.Most = thousands(in.Written(most))
		if d.MaxDosePerAdministration, ok = x.quantity(in.Written(most)); !ok {
			return Dosage{}, false
		}
	}
	if d.Text = w.English(); x.option.Text != nil {
		d.Text = x.option.Text(w)
	}
	return d, true
}

// momentOf says in English when a medicine is given at a visit.
func momentOf(m schedule.PlannedMedicine) string {
	switch {
	case m.From == 0:
		return ""
	case m.At < 0:
		return protocol.FormatDuration(-m.At) + " before " + m.From.String()
	case m.At > 0:
		return protocol.FormatDuration(m.At) + " after " + m.From.String()
	default:
		return "at " + m.From.String()
	}
}

// medicationNamed returns a medicine by its name.
func (x *exporting) medicationNamed(name, route string) CodeableConcept {
	c := CodeableConcept{Text: name}
	if x.option.Medication != nil {
		c.Coding = x.option.Medication(name, route)
	}
	return c
}

// besideGiven adds what was given beside the drug of a session, or was not, and what was
// recorded of it by mistake.
func (x *exporting) besideGiven(s schedule.Session) {
	type entry struct {
		name string
		n    int
	}
	written := map[entry]bool{}
	write := func(g schedule.Given, wrong bool) {
		count := map[string]int{}
		for _, m := range g.Beside {
			at := entry{protocol.DrugKey(m.Name), count[protocol.DrugKey(m.Name)]}
			count[at.name]++
			if !written[at] {
				written[at] = true
				x.besideAdministration(s, g, m, at.n, wrong)
			}
		}
	}
	if given, ok := s.Given(); ok {
		write(given, false)
	}
	x.recordings(s.ID(), func(g schedule.Given) { write(g, true) })
}

func (x *exporting) besideAdministration(s schedule.Session, g schedule.Given, m schedule.MedicineGiven, n int, wrong bool) {
	urn := uuidOf("given-beside", s.ID().String(), protocol.DrugKey(m.Name), strconv.Itoa(n))
	route := ""
	for planned := range s.Beside() {
		if planned.IsCalled(m.Name) {
			route = routeOf(planned)
		}
	}
	day := m.Date
	if day == 0 {
		day = g.Date
	}
	a := &MedicationAdministration{
		ResourceType: "MedicationAdministration", Identifier: identified(urn), Status: "completed",
		Medication: x.medicationNamed(m.Name, route), Subject: x.option.Subject, EffectiveDateTime: civil.Format(day),
	}
	switch {
	case wrong:
		a.Status = "entered-in-error"
	case m.NotGiven:
		a.Status = "not-done"
	}
	if urn := x.beside[besideKey{phaseOf(s), protocol.DrugKey(m.Name)}]; urn != "" {
		request := refer(urn)
		a.Request = &request
	}
	if !m.Start.IsZero() {
		a.EffectiveDateTime = instantText(x.instant(day, m.Start))
	}
	if m.Reason != "" {
		a.Note = []Annotation{{Text: m.Reason}}
	}
	if !m.Dose.IsZero() {
		amount := s.Written(m.Name, m.Dose)
		q, ok := x.quantity(amount)
		if !ok {
			return
		}
		a.Dosage = &AdministrationDosage{Text: strings.TrimSpace(thousands(amount) + " " + route), Route: x.route(route), Dose: q}
		if !m.During.IsZero() {
			a.Dosage.RateRatio = &Ratio{Numerator: q, Denominator: timeQuantity(m.During)}
			a.Dosage.Text += " over " + timeWords(m.During)
		}
	}
	x.put(urn, a, x.plan.Revision())
}
