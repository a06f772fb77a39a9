package fhir

import (
	"slices"
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
	var written []string
	if ok {
		x.outcomes[visitURN(v.id)] = []string{visitURN(v.id)} // it took place, whatever was given
	}
	if s.Drug() == "" {
		return
	}
	if ok && !given.Nothing {
		written = x.administrations(s, given, false, nil)
		x.outcomes[visitURN(v.id)] = written
	}
	// What was recorded before and does not hold is taken back, as it was last.
	var before []schedule.Given
	x.recordings(s.ID(), func(g schedule.Given) {
		if !g.Nothing {
			before = append(before, g)
		}
	})
	for _, g := range slices.Backward(before) {
		written = append(written, x.administrations(s, g, true, written)...)
	}
}

// readGiven reads from the journal what was ever recorded as given.
func (x *exporting) readGiven() {
	roots := map[string]string{} // of a correction, the entry that it is about
	add := func(root string, what schedule.Happening) {
		g, ok := what.(schedule.Given)
		switch {
		case !ok:
		case !g.Session.IsZero():
			x.given[g.Session] = append(x.given[g.Session], g)
		default:
			x.extra[root] = append(x.extra[root], g)
		}
	}
	corrected := func(id, of string, instead schedule.Happening) {
		if root, known := roots[of]; known {
			of = root
		}
		roots[id] = of
		add(of, instead)
	}
	for e := range x.plan.History() {
		x.events[e.Event.ID] = e
		switch what := e.Event.What.(type) {
		case schedule.Given:
			add(e.Event.ID, what)
		case schedule.Corrected:
			corrected(e.Event.ID, what.Of, what.Instead)
			for _, also := range what.Also {
				add(also.Of, also.Instead)
			}
		}
	}
}

// recordings tells of everything that was ever recorded as given at a session: also of what
// was corrected where neither its day nor its dose has changed.
func (x *exporting) recordings(id schedule.ID, tell func(schedule.Given)) {
	for _, g := range x.given[id] {
		tell(g)
	}
	if len(x.extra) == 0 {
		return
	}
	var asked []string
	for _, told := range x.plan.Told(id) {
		if told.State == schedule.StateGiven && !slices.Contains(asked, told.Event) {
			asked = append(asked, told.Event)
			for _, g := range x.extra[told.Event] {
				tell(g)
			}
		}
	}
}

// administrations adds what was given at a session, or was recorded by mistake, but for
// those that are written already, and returns their addresses: one of the dose, or one of
// each part where the amount of each is known. A whole beside its parts would be counted
// twice.
func (x *exporting) administrations(s schedule.Session, g schedule.Given, wrong bool, written []string) (urns []string) {
	if partsKnown(g) {
		for _, part := range g.Parts {
			if urn := partURN(s.ID(), part.Name); !slices.Contains(written, urn) {
				x.partAdministration(urn, s, g, part, wrong)
				urns = append(urns, urn)
			}
		}
		return urns
	}
	if urn := givenURN(s.ID()); !slices.Contains(written, urn) {
		x.administration(urn, s, g, wrong)
		urns = append(urns, urn)
	}
	return urns
}

// administered begins what was given at a session.
func (x *exporting) administered(urn string, s schedule.Session, g schedule.Given, wrong bool) *MedicationAdministration {
	a := &MedicationAdministration{
		ResourceType: "MedicationAdministration", Identifier: identified(urn), Status: "completed",
		Medication: x.medication(s), Subject: x.option.Subject, EffectiveDateTime: civil.Format(g.Date),
	}
	if wrong {
		a.Status = "entered-in-error"
	}
	if urn := x.requests[phaseOf(s)]; urn != "" {
		request := refer(urn)
		a.Request = &request
	}
	if w, ok := s.Weighing(); ok {
		a.SupportingInformation = referAll(x.weights[w])
	}
	if g.Reason != "" {
		a.Note = []Annotation{{Text: g.Reason}}
	}
	return a
}

// administration adds the dose that was given at a session.
func (x *exporting) administration(urn string, s schedule.Session, g schedule.Given, wrong bool) {
	a := x.administered(urn, s, g, wrong)
	if !g.Start.IsZero() && !g.End.IsZero() {
		from, to := x.instant(g.Date, g.Start), x.instant(g.Date, g.End)
		if !to.After(from) {
			to = x.instant(g.Date+1, g.End)
		}
		a.EffectiveDateTime, a.EffectivePeriod = "", &Period{Start: instantText(from), End: instantText(to)}
	}
	// Where the amount is not entered yet it is given all the same: no dose is written.
	if !g.Dose.IsZero() {
		amount := s.Written("", g.Dose)
		q, ok := x.quantity(amount)
		if !ok {
			return
		}
		a.Dosage = &AdministrationDosage{Text: thousands(amount) + " " + s.Route(), Route: x.route(s.Route()), Dose: q}
		if !g.During.IsZero() {
			a.Dosage.RateRatio = &Ratio{Numerator: q, Denominator: timeQuantity(g.During)}
			a.Dosage.Text += " over " + timeWords(g.During)
		}
		for i, part := range g.Parts {
			a.Dosage.Text += [2]string{": ", ", "}[min(i, 1)] + thousandsOf(s, part)
		}
	}
	x.put(urn, a, s.Revision())
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
