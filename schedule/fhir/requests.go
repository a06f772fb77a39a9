package fhir

import (
	"slices"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A phaseKey is a phase of the protocol that a session was given under or is planned
// under.
type phaseKey struct {
	digest protocol.Digest
	name   string
}

func phaseOf(s schedule.Session) phaseKey { return phaseKey{s.Protocol().Digest(), s.Phase()} }

// A request is what is asked for in a phase: sessions with a day and a dose, in the
// order of their days.
type request struct {
	key phaseKey
	// firm are those that take place or took place, rest all others: held, lost or
	// cancelled.
	firm, rest []schedule.Session
}

// medicationRequests adds a request for each phase that gives a drug, with the days
// and doses that hold. A phase of which none holds is written all the same, since an
// earlier export had it: with the days as they were, a status that asks for nothing
// and a text that says so.
func (x *exporting) medicationRequests() {
	var list []*request
	of := map[phaseKey]*request{}
	for _, s := range x.plan.All() {
		if s.Drug() == "" || s.Date() == 0 || x.planned(s).IsZero() {
			continue
		}
		key := phaseOf(s)
		r := of[key]
		if r == nil {
			r = &request{key: key}
			of[key], list = r, append(list, r)
		}
		if firm(s) {
			r.firm = append(r.firm, s)
		} else {
			r.rest = append(r.rest, s)
		}
	}
	for _, r := range list {
		for _, sessions := range [][]schedule.Session{r.firm, r.rest} {
			slices.SortStableFunc(sessions, func(a, b schedule.Session) int { return int(a.Date() - b.Date()) })
		}
		x.medicationRequest(r)
	}
}

// firm reports whether a session takes place or took place on its day: nobody is told
// without reserve of a day that is lost.
func firm(s schedule.Session) bool {
	switch s.State() {
	case schedule.StatePlanned, schedule.StateProvisional:
		return s.Lost() == ""
	case schedule.StateGiven:
		return true
	default:
		return false
	}
}

// planned returns the dose that is, or was, planned at a session.
func (x *exporting) planned(s schedule.Session) dose.Mass { return s.Dose().Dose() }

func (x *exporting) medicationRequest(r *request) {
	urn := x.named("request", r.key.digest.String(), r.key.name)
	x.requests[r.key] = urn
	status, reserve := x.requestStatus(r)
	sessions := r.firm
	if len(sessions) == 0 {
		sessions = r.rest
	}
	m := &MedicationRequest{
		ResourceType: "MedicationRequest", Language: x.language(), Identifier: identified(urn), Status: status, Intent: "plan",
		Medication: x.medication(sessions[0]), Subject: x.option.Subject, BasedOn: referAll(carePlanURN(x.plan)),
		AuthoredOn: x.option.AuthoredOn, Requester: x.option.Requester,
	}
	for _, s := range sessions {
		if w, ok := s.Weighing(); ok && s.Dose().Weight() != (dose.Weight{}) {
			if ref := refer(x.weights[w]); ref.Reference != "" && !slices.Contains(m.SupportingInformation, ref) {
				m.SupportingInformation = append(m.SupportingInformation, ref)
			}
		}
	}
	for _, run := range runsOf(sessions) {
		list, ok := x.dosages(run, reserve)
		if !ok {
			return
		}
		for _, d := range list {
			sequence := len(m.DosageInstruction) + 1
			d.Sequence = &sequence
			m.DosageInstruction = append(m.DosageInstruction, d)
		}
	}
	x.put(urn, m, x.plan.Revision())
}

// requestStatus returns what has become of a phase, and what its texts say where none
// of its days holds.
func (x *exporting) requestStatus(r *request) (status string, reserve Reserve) {
	has := func(sessions []schedule.Session, ok func(schedule.Session) bool) bool {
		return slices.ContainsFunc(sessions, ok)
	}
	in := func(states ...schedule.State) func(schedule.Session) bool {
		return func(s schedule.Session) bool { return slices.Contains(states, s.State()) }
	}
	waits := has(r.rest, in(schedule.StateHeld, schedule.StatePlanned, schedule.StateProvisional))
	plan := x.status()
	switch {
	case len(r.firm) == 0 && has(r.rest, in(schedule.StateHeld)):
		return "on-hold", OnHold
	case len(r.firm) == 0 && waits:
		return "on-hold", NotConfirmed
	case len(r.firm) == 0 && !has(r.rest, func(s schedule.Session) bool { return !s.Withdrawn() }):
		return "entered-in-error", Cancelled
	case len(r.firm) == 0:
		return "cancelled", Cancelled
	case !waits && !has(r.firm, in(schedule.StatePlanned, schedule.StateProvisional)):
		if plan == "revoked" {
			return "stopped", ""
		}
		return "completed", ""
	case plan == "active" && has(r.firm, in(schedule.StatePlanned, schedule.StateGiven)), plan == "on-hold":
		return plan, ""
	default:
		return "draft", "" // also a phase that a decision is still before
	}
}

// A run is days with one dose, which a Timing says.
type run struct {
	sessions []schedule.Session
	timing   Timing
	words    string // when, in English
}

// runsOf splits sessions where the dose changes, and those where the rhythm does.
func runsOf(sessions []schedule.Session) (runs []run) {
	for len(sessions) > 0 {
		n := 1
		// A second dose of a day is a run of its own: R4 has a day once.
		for n < len(sessions) && alikeDose(sessions[0], sessions[n]) && sessions[n].Date() != sessions[n-1].Date() {
			n++
		}
		runs = append(runs, rhythms(sessions[:n])...)
		sessions = sessions[n:]
	}
	return runs
}

func alikeDose(a, b schedule.Session) bool {
	return a.Dose().Dose() == b.Dose().Dose() && a.Dose().Weight() == b.Dose().Weight() && a.Route() == b.Route() &&
		slices.Equal(otherDoses(a), otherDoses(b)) && a.Delivery().Order() == b.Delivery().Order() && alikeParts(a, b)
}

// otherDoses returns what else is allowed at a session.
func otherDoses(s schedule.Session) (list []dose.Mass) {
	for a := range s.Allowed() {
		if a.Dose != s.Dose().Dose() && !slices.Contains(list, a.Dose) {
			list = append(list, a.Dose)
		}
	}
	return list
}

// dosage returns a run as R4 has it. It reports false where a number is none of R4.
func (x *exporting) dosage(r run, reserve Reserve) (Dosage, bool) {
	s := r.sessions[0]
	amount, rule := x.planned(s), s.Dose().Rule()
	in := inOneUnit(rule.Amount, append(otherDoses(s), amount, rule.Limits.Dose.HardMax)...)
	q, ok := x.quantity(in.Written(amount))
	if !ok {
		return Dosage{}, false
	}
	kind := Coding{System: "http://terminology.hl7.org/CodeSystem/dose-rate-type", Code: "ordered", Display: "Ordered"}
	w := DosageWords{Dose: thousands(in.Written(amount)), Route: s.Route(), When: r.words, Sessions: len(r.sessions), Reserve: reserve}
	for _, s := range r.sessions {
		w.Days = append(w.Days, s.Date())
	}
	if weight := s.Dose().Weight(); weight != (dose.Weight{}) {
		kind.Code, kind.Display = "calculated", "Calculated"
		w.Rule, w.Weight = rule.Amount.String(), weight.String()
	}
	rate := DoseAndRate{Type: &CodeableConcept{Coding: []Coding{kind}}, DoseQuantity: q}
	if over := infusionTime(s); !over.IsZero() {
		rate.RateRatio = &Ratio{Numerator: q, Denominator: timeQuantity(over)}
		w.Over = timeWords(over)
	}
	w.Devices = s.Delivery().Devices()
	most := rule.Limits.Dose.HardMax
	for _, other := range otherDoses(s) {
		w.Others = append(w.Others, thousands(in.Written(other)))
		if most.IsZero() || other.Compare(most) > 0 {
			most = other
		}
	}
	d := Dosage{Timing: &r.timing, Route: x.route(s.Route()), DoseAndRate: []DoseAndRate{rate}}
	if !most.IsZero() && most.Compare(amount) < 0 {
		most = amount
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

// infusionTime returns over which time a dose is given where that is part of how it is
// given: stated by its amount or preparation, or of an infusion.
func infusionTime(s schedule.Session) dose.Duration {
	order := s.Delivery().Order()
	if s.Delivery().Devices() > 0 || !order.TimeStated() && !strings.Contains(s.Route(), "infusion") && s.Route() != "intravenous" {
		return dose.Duration{}
	}
	return order.Time()
}

// medication returns what is given at a session.
func (x *exporting) medication(s schedule.Session) CodeableConcept {
	c := CodeableConcept{Text: s.Drug()}
	if x.option.Medication != nil {
		c.Coding = x.option.Medication(s.Drug(), s.Route())
	}
	return c
}

// route returns a route, nil where none is stated.
func (x *exporting) route(route string) *CodeableConcept {
	if route == "" {
		return nil
	}
	c := &CodeableConcept{Text: route}
	if x.option.Route != nil {
		c.Coding = x.option.Route(route)
	}
	return c
}

// inOneUnit returns the amount as which the masses of a Dosage are written, so that all have
// one unit: that of the order if all can be written in it, else the zero one, which is mg.
func inOneUnit(order dose.Amount, masses ...dose.Mass) dose.Amount {
	for _, m := range masses {
		if !m.IsZero() && order.Written(m) == m.String() {
			return dose.Amount{}
		}
	}
	return order
}

// quantity returns an amount, written in mg or mcg. It reports false of one that R4 has no
// exact number for here, which is then the error of the export.
func (x *exporting) quantity(text string) (*Quantity, bool) {
	number, unit, _ := strings.Cut(text, " ")
	value, err := ParseDecimal(number)
	if err != nil {
		x.fail(err, "dose")
		return nil, false
	}
	code := unit
	if unit == "mcg" {
		code = "ug" // UCUM has no mcg
	}
	return &Quantity{Value: &value, Unit: unit, System: UCUM, Code: code}, true
}

// fail keeps the first error.
func (x *exporting) fail(err error, at string) {
	if x.err == nil {
		x.err = placed(err, at)
	}
}

// placed returns a refusal as that of something else.
func placed(err error, at string) error {
	r, ok := err.(*Refusal)
	if !ok {
		return err
	}
	moved := *r
	moved.At = at
	return &moved
}

func textOf(n dose.Number) string {
	text, _ := n.MarshalText()
	return string(text)
}

// rhythms splits days of one dose into runs that a rule of R4 says, and others that
// are listed.
func rhythms(sessions []schedule.Session) (runs []run) {
	listed := 0 // so many before the rest have no rule
	list := func(upTo int) {
		if upTo > 0 {
			some := sessions[:upTo]
			var event []string
			for _, s := range some {
				event = append(event, civil.Format(s.Date()))
			}
			runs = append(runs, run{some, Timing{Event: event}, listWords(some)})
			sessions = sessions[upTo:]
		}
		listed = 0
	}
	for listed < len(sessions) {
		r, n := longestRule(sessions[listed:])
		if n == 0 {
			listed++
			continue
		}
		list(listed)
		r.sessions = sessions[:n]
		runs, sessions = append(runs, r), sessions[n:]
	}
	list(listed)
	return runs
}

// longestRule returns the rule that says the most of the first days, and how many it
// says: 0 where it is fewer than two. Of several a week comes first.
func longestRule(sessions []schedule.Session) (best run, n int) {
	for _, find := range []func([]schedule.Session) (run, int){severalWeekly, everyMonth, everyDays} {
		if r, k := find(sessions); k > n {
			best, n = r, k
		}
	}
	if n < 2 {
		return run{}, 0
	}
	return best, n
}

// severalWeekly returns whole weeks with the same number of sessions, two or more, on
// the same days.
func severalWeekly(sessions []schedule.Session) (run, int) {
	first := sessions[0].Date()
	inWeek := func(week int) (offsets []date.Date) {
		for _, s := range sessions {
			if d := s.Date() - first - date.Date(7*week); d >= 0 && d < 7 {
				offsets = append(offsets, d)
			}
		}
		return offsets
	}
	pattern := inWeek(0)
	weeks := 1
	for ; slices.Equal(inWeek(weeks), pattern); weeks++ {
	}
	count := len(pattern)
	if count < 2 {
		return run{}, 0
	}
	n := count * weeks
	rule := &Repeat{
		BoundsPeriod: &Period{Start: civil.Format(first), End: civil.Format(first + date.Date(7*weeks-1))},
		Count:        n, Frequency: count, Period: DecimalOf(1), PeriodUnit: "wk",
	}
	t := Timing{Repeat: rule}
	if !says(t, first, sessions[:n]) {
		for _, offset := range pattern {
			rule.DayOfWeek = append(rule.DayOfWeek, strings.ToLower((first + offset).Weekday().String()[:3]))
		}
		if !says(t, first, sessions[:n]) {
			return run{}, 0
		}
	}
	return run{timing: t, words: weeklyWords(sessions[:count], weeks)}, n
}

// everyDays returns days at one distance.
func everyDays(sessions []schedule.Session) (run, int) {
	if len(sessions) < 2 {
		return run{}, 0
	}
	step, n := sessions[1].Date()-sessions[0].Date(), 2
	for n < len(sessions) && sessions[n].Date()-sessions[n-1].Date() == step {
		n++
	}
	period, unit := int(step), "d"
	if step%7 == 0 {
		period, unit = int(step/7), "wk"
	}
	return rule(sessions, n, period, unit)
}

// everyMonth returns days that are months apart.
func everyMonth(sessions []schedule.Session) (best run, most int) {
	first := sessions[0].Date()
	for months := 1; months <= 12; months++ {
		n := 1
		for n < len(sessions) && civil.AddMonths(first, n*months) == sessions[n].Date() {
			n++
		}
		if n > most && n > 1 {
			best, most = rule(sessions, n, months, "mo")
		}
	}
	return best, most
}

// rule returns the first days as one a period.
func rule(sessions []schedule.Session, n, period int, unit string) (run, int) {
	first := sessions[0].Date()
	t := Timing{Repeat: &Repeat{
		BoundsPeriod: &Period{Start: civil.Format(first)}, Count: n, Frequency: 1, Period: DecimalOf(period), PeriodUnit: unit,
	}}
	if period == 0 || !says(t, first, sessions[:n]) {
		return run{}, 0
	}
	return run{timing: t, words: everyWords(sessions[0], n, period, unit)}, n
}

// says reports whether a Timing, as it is read here, gives the days of sessions.
func says(t Timing, start date.Date, sessions []schedule.Session) bool {
	e, err := t.Expand(Options{Start: OnDay(start)})
	if err != nil || e.Cut || len(e.Dates) != len(sessions) {
		return false
	}
	for i, s := range sessions {
		if e.Dates[i] != s.Date() {
			return false
		}
	}
	return true
}
