package fhir

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// outcome adds what came of a session: what was given, that the patient came, or that
// an earlier record of it was wrong.
func (x *exporting) outcome(s schedule.Session, v visit) {
	x.besideGiven(s)
	given, ok := s.Given()
	drug := ok && s.Drug() != "" && !given.Nothing
	if drug {
		x.administration(s, given, false)
		x.outcomes[visitURN(v.id)] = givenURN(v.id)
		return
	}
	if wrong, found := x.recordedBefore(s.ID()); found && s.Drug() != "" {
		x.administration(s, wrong, true)
	}
	if ok {
		x.outcomes[visitURN(v.id)] = visitURN(v.id) // it took place, and nothing was given
	}
}

// recordedBefore returns the last dose that was recorded of a session.
func (x *exporting) recordedBefore(id schedule.ID) (g schedule.Given, found bool) {
	x.recordings(id, func(given schedule.Given) {
		if !given.Nothing {
			g, found = given, true
		}
	})
	return g, found
}

// recordings tells of everything that was ever recorded as given at a session.
func (x *exporting) recordings(id schedule.ID, tell func(schedule.Given)) {
	take := func(what schedule.Happening) {
		if given, ok := what.(schedule.Given); ok && (given.Session == id || given.Session.IsZero()) {
			tell(given)
		}
	}
	for _, told := range x.plan.Told(id) {
		if told.State != schedule.StateGiven {
			continue
		}
		switch what := x.events[told.Event].Event.What.(type) {
		case schedule.Corrected:
			take(what.Instead)
			for _, also := range what.Also {
				take(also.Instead)
			}
		default:
			take(what)
		}
	}
}

// administration adds what was given at a session, or was recorded by mistake.
func (x *exporting) administration(s schedule.Session, g schedule.Given, wrong bool) {
	a := &MedicationAdministration{
		ResourceType: "MedicationAdministration", Identifier: identified(givenURN(s.ID())), Status: "completed",
		Medication: x.medication(s), Subject: x.option.Subject, EffectiveDateTime: civil.Format(g.Date),
	}
	if wrong {
		a.Status = "entered-in-error"
	}
	if urn := x.requests[phaseOf(s)]; urn != "" {
		request := refer(urn)
		a.Request = &request
	}
	if !g.Start.IsZero() && !g.End.IsZero() {
		from, to := x.instant(g.Date, g.Start), x.instant(g.Date, g.End)
		if !to.After(from) {
			to = x.instant(g.Date+1, g.End)
		}
		a.EffectiveDateTime, a.EffectivePeriod = "", &Period{Start: instantText(from), End: instantText(to)}
	}
	if w, ok := s.Weighing(); ok {
		a.SupportingInformation = referAll(x.weights[w])
	}
	if g.Reason != "" {
		a.Note = []Annotation{{Text: g.Reason}}
	}
	// Where the amount is not entered yet it is given all the same: no dose is written.
	if !g.Dose.IsZero() {
		q, ok := x.quantity(g.Dose)
		if !ok {
			return
		}
		a.Dosage = &AdministrationDosage{Text: massText(g.Dose) + " " + s.Route(), Route: x.route(s.Route()), Dose: q}
		if !g.During.IsZero() {
			a.Dosage.RateRatio = &Ratio{Numerator: q, Denominator: timeQuantity(g.During)}
			a.Dosage.Text += " over " + timeWords(g.During)
		}
		for i, part := range g.Parts {
			a.Dosage.Text += [2]string{": ", ", "}[min(i, 1)] + thousandsOf(part)
		}
	}
	x.put(givenURN(s.ID()), a, s.Revision())
}

// observations adds the weights that doses follow from, and those that were withdrawn.
func (x *exporting) observations() {
	type measured struct {
		day    date.Date
		weight dose.Weight
	}
	holds := map[measured]bool{}
	for w := range x.plan.Weighings() {
		holds[measured{w.Date, w.Weight}] = true
		x.observation(w, "final")
	}
	for e := range x.plan.History() {
		var w schedule.Weighing
		switch what := e.Event.What.(type) {
		case schedule.Weighed:
			w = schedule.Weighing{Date: what.Date, Weight: what.Weight, Session: what.Session}
		case schedule.Given:
			w = schedule.Weighing{Date: what.Date, Weight: what.Weight, Session: what.Session}
		}
		if w.Weight != (dose.Weight{}) && !holds[measured{w.Date, w.Weight}] {
			x.observation(w, "entered-in-error")
		}
	}
}

// observation adds a weighing.
func (x *exporting) observation(w schedule.Weighing, status string) {
	session := ""
	if !w.Session.IsZero() {
		session = w.Session.String()
	}
	urn := x.named("weight", civil.Format(w.Date), w.Weight.String(), session)
	if _, known := x.weights[w]; known {
		return
	}
	x.weights[w] = urn
	kg, err := ParseDecimal(textOf(w.Weight.Number()))
	if err != nil {
		x.fail(err, "weighing")
		return
	}
	subject := x.option.Subject
	x.put(urn, &Observation{
		ResourceType: "Observation", Identifier: identified(urn), Status: status,
		Category: []CodeableConcept{{Coding: []Coding{{System: "http://terminology.hl7.org/CodeSystem/observation-category", Code: "vital-signs", Display: "Vital Signs"}}}},
		Code:     CodeableConcept{Coding: []Coding{{System: "http://loinc.org", Code: "29463-7", Display: "Body weight"}}, Text: "Body weight"},
		Subject:  &subject, EffectiveDateTime: civil.Format(w.Date),
		ValueQuantity: &Quantity{Value: &kg, Unit: "kg", System: UCUM, Code: "kg"},
	}, 0)
}

// A gateKey names a gate for as long as the plan lives, whatever session it follows: the
// number of the treatment, its name there, and how often it was there before.
type gateKey struct {
	treatment int
	name      string
	times     int
}

// tasks adds the gates, and remembers which of them is before a session. Gates of a
// protocol that holds no more, at which nothing was decided, are written as cancelled.
func (x *exporting) tasks() {
	written := map[gateKey]bool{}
	for c := range x.plan.Checkpoints() {
		s, _ := x.plan.Session(c.SessionID)
		key := gateKey{treatment: s.Treatment(), name: c.Gate.Name}
		for written[key] {
			key.times++
		}
		written[key] = true
		t := x.task(key)
		if c.Date != 0 {
			t.Restriction = &Restriction{Period: &Period{End: civil.Format(c.Date)}}
		}
		switch {
		case c.Decision != 0:
			t.Status = "completed"
			t.Output = []TaskOutput{{Type: CodeableConcept{Text: "decision"}, ValueString: c.Decision.String()}}
		case x.plan.Standing() == schedule.Stopped || x.plan.Standing() == schedule.Completed:
			t.Status = "cancelled"
		}
		x.put(t.Identifier[0].Value, t, x.plan.Revision())
		if c.Decision == 0 {
			for ordinal := c.Session + 1; ordinal <= x.plan.Len(); ordinal++ {
				if x.gate[ordinal] == "" {
					x.gate[ordinal] = t.Identifier[0].Value
				}
			}
		}
	}
	for _, s := range x.plan.All() {
		if s.Protocol().Digest() == x.plan.Protocol().Digest() {
			continue
		}
		for gate := range s.Protocol().Gates() {
			if key := (gateKey{treatment: s.Treatment(), name: gate.Name}); !written[key] {
				written[key] = true
				t := x.task(key)
				t.Status = "cancelled"
				x.put(t.Identifier[0].Value, t, x.plan.Revision())
			}
		}
	}
}

// task returns the decision at a gate, which nobody has made.
func (x *exporting) task(key gateKey) *Task {
	subject := x.option.Subject
	return &Task{
		ResourceType: "Task", Identifier: identified(x.named("gate", strconv.Itoa(key.treatment), key.name, strconv.Itoa(key.times))),
		BasedOn: referAll(carePlanURN(x.plan)), Status: "requested", Intent: "plan", Description: "Decide how to go on: " + key.name,
		For: &subject, LastModified: instantText(x.plan.AsOf().In(x.plan.Zone())),
	}
}

// timeQuantity returns a time in minutes, or in seconds where it is none.
func timeQuantity(d dose.Duration) *Quantity {
	t := d.Time()
	value, unit := DecimalOf(int(t/time.Minute)), "min"
	if t%time.Minute != 0 {
		value, unit = DecimalOf(int(t/time.Second)), "s"
	}
	return &Quantity{Value: &value, Unit: unit, System: UCUM, Code: unit}
}
