package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

const (
	// exampleWeight is the weight of the patient that the bare command shows.
	exampleWeight = "72 kg"
	// mostExplained is how many sessions a plan can have for them to be
	// explained: every explanation looks at the whole plan.
	mostExplained = 1000
	// halfYear is how many days after the start its plan ends.
	halfYear = 182
)

// An input is what the flags ask for, and what was used to answer.
type input struct {
	request       schedule.Request
	plan          *schedule.Plan
	err           error // why there is no plan: the calendar has no room
	clinic        *clinic.Clinic
	weekly        map[time.Weekday][]clinic.Hours
	closed        dates
	parameters    []parameter
	notes         []string
	json, explain bool
	example       bool
}

// A parameter is a value that the plan was made with.
type parameter struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Source string `json:"source"` // given, default or example
}

// value returns the parameter with the name.
func (in input) value(name string) string {
	for _, p := range in.parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// A reader turns flags into an input and keeps every problem on the way.
type reader struct {
	problems
	flags   flagSet
	around  surroundings
	example map[string]string // values of the bare command
	patient *patient          // of -patient, nil without
	whole   bool              // the prescription says everything itself
	in      input
}

// read returns the input that the flags describe, or every problem with them.
func read(flags flagSet, around surroundings) (input, problems) {
	r := &reader{flags: flags, around: around, in: input{explain: flags.explain, example: flags.bare()}}
	prescribed := r.prescription()
	r.whole = prescribed.whole
	r.readPatient()
	zone := r.clinic()
	if r.in.example {
		monday := nextMonday(around.now.In(zone))
		r.example = map[string]string{"start": monday.String(), "until": (monday + halfYear).String(), "weight": exampleWeight}
	}
	r.dates()
	r.body()
	var t treatment
	if !prescribed.whole {
		t = r.treatment()
		r.visit(&t)
		r.maintenance(prescribed, &t)
	}
	r.in.request.ShortWeek = value(r, "short-week", schedule.ParseShortWeek)
	r.in.request.Key = value(r, "key", schedule.ParseKey)
	r.format()
	ready := !r.about(fromFlags()...)
	if !prescribed.whole && r.patient == nil {
		r.computable(t)
	}
	if ready {
		r.compile(prescribed, t)
	}
	r.build(prescribed, zone)
	return r.in, r.problems
}

// value reads a flag that has a value: its own, that of the example or the
// standard one.
func value[T any](r *reader, name string, parse func(string) (T, error)) T {
	t, source := r.flags.texts[name], "given"
	s := t.value
	if t.given == 0 {
		source = "default"
		if name == "key" {
			source = "example"
		}
		if example := r.example[name]; example != "" {
			s, source = example, "example"
		}
	}
	v, err := parse(s)
	if err != nil {
		r.refuse(name, s, wanted(err))
		var zero T
		return zero
	}
	r.use(name, fmt.Sprint(v), source)
	return v
}

// optional is value for a flag that may be left out.
func optional[T any](r *reader, name string, parse func(string) (T, error)) T {
	if r.given(name) || r.example[name] != "" {
		return value(r, name, parse)
	}
	r.use(name, "none", "default")
	var zero T
	return zero
}

func (r *reader) given(name string) bool { return r.flags.texts[name].given > 0 }

// text is what a flag says, or its standard value.
func (r *reader) text(name string) string { return r.flags.texts[name].value }

func (r *reader) use(name, value, source string) {
	r.in.parameters = append(r.in.parameters, parameter{name, value, source})
}

func (r *reader) dates() {
	request := &r.in.request
	switch p := r.patient; {
	case p != nil:
		request.Start = p.record.Start
		r.use("start", request.Start.String(), "file")
		p.agrees(r, "start", request.Start.String())
		r.until(p)
	case r.given("start") || r.in.example:
		request.Start = value(r, "start", schedule.ParseDate)
		request.Until = optional(r, "until", schedule.ParseDate)
	default:
		if !r.given("patient") { // whose file would have said it
			r.missing("start", "want the first day, YYYY-MM-DD")
		}
		request.Until = optional(r, "until", schedule.ParseDate)
	}
}

// until reads the last day, which the patient's file has or leaves to -until.
func (r *reader) until(p *patient) {
	if p.record.Until == 0 {
		r.in.request.Until = optional(r, "until", schedule.ParseDate)
		return
	}
	r.in.request.Until = p.record.Until
	r.use("until", p.record.Until.String(), "file")
	p.agrees(r, "until", p.record.Until.String())
}

// body reads what is known of the patient's body.
func (r *reader) body() {
	request := &r.in.request
	if p := r.patient; p != nil {
		request.Height, request.Sex = p.record.Height, p.record.Sex
		request.Weighings, request.GivenBefore = p.before(request.Start), p.record.GivenBefore
		return
	}
	if w := optional(r, "weight", r.parseWeight); !w.IsZero() {
		request.Weighings = []schedule.Weighing{{Date: request.Start, Weight: w.Weight}}
	}
	if r.given("height") {
		request.Height = value(r, "height", dose.ParseHeight)
	}
	if r.given("sex") {
		request.Sex = value(r, "sex", dose.ParseSex)
	}
}

func (r *reader) format() {
	format, err := parseFormat(r.text("format"))
	if err != nil {
		r.refuse("format", r.text("format"), wanted(err))
	}
	r.in.json = format == "json"
}

// A treatment is what the flags say about each session.
type treatment struct {
	rule                dose.Rule
	amount              string // the flag that says how much
	minGap              int
	administer, observe time.Duration
	maintenance         protocol.Cadence
}

// treatment reads the dose rule.
func (r *reader) treatment() (t treatment) {
	r.amount(&t)
	t.rule.Limits.Dose.HardMax = value(r, "max", positiveMass)
	t.rule.Cap = optional(r, "cap", positiveMass)
	r.rounding(&t)
	return t
}

// computable makes sure that the rule and the weight give a dose.
func (r *reader) computable(t treatment) {
	if r.about("rate", "fixed", "max", "cap", "round", "mode", "weight", "height") {
		return
	}
	body := dose.Body{Height: r.in.request.Height, Sex: r.in.request.Sex}
	for _, w := range r.in.request.Weighings {
		body.Weight = w.Weight
	}
	if _, err := t.rule.Calculate(body); err != nil {
		r.rule(err, t.amount)
	}
}

// amount reads -rate or -fixed.
func (r *reader) amount(t *treatment) {
	if t.amount = "rate"; !r.given("fixed") {
		if rate := value(r, "rate", dose.ParsePerKilogram); !rate.IsZero() {
			t.rule.Amount = dose.PerWeight(rate, dose.Actual)
		}
		r.use("basis", dose.Actual.String(), "default")
		return
	}
	if t.amount = "fixed"; r.given("rate") {
		r.say("fixed", "-fixed and -rate: want one of them, a dose is either fixed or per kilogram")
	}
	t.rule.Amount = dose.Fixed(value(r, "fixed", positiveMass))
}

// amountText is the amount of a rule as the parameter of a protocol wants it.
func amountText(rule dose.Rule) string {
	if rate, _, ok := rule.Amount.PerWeight(); ok {
		return rate.String()
	}
	mass, _ := rule.Amount.Fixed()
	return mass.String()
}

func (r *reader) rounding(t *treatment) {
	if r.text("round") == "exact" {
		r.use("round", "exact", "given")
		if r.given("mode") {
			r.refuse("mode", r.text("mode"), "want no mode with -round exact, which rounds nothing")
		}
		return
	}
	step, mode := value(r, "round", positiveMass), value(r, "mode", dose.ParseMode)
	if !r.about("round", "mode") {
		rounding, err := dose.NewRounding(step, mode)
		if err != nil {
			r.refuse("round", step.String(), wanted(err))
		}
		t.rule.Rounding = rounding
	}
}

func (r *reader) visit(t *treatment) {
	t.minGap = value(r, "min-gap", parseDays)
	t.administer = value(r, "administer", parseDuration).Duration
	t.observe = value(r, "observe", parseDuration).Duration
}

// maintenance reads the parameter that only an entry of the catalogue has.
func (r *reader) maintenance(p prescription, t *treatment) {
	switch {
	case p.spec.ID != "":
		t.maintenance = value(r, "maintenance", protocol.ParseCadence)
	case r.given("maintenance") && !r.about("protocol"):
		r.refuse("maintenance", r.text("maintenance"), "want it only with an entry of the catalogue: a cadence says everything itself")
	}
}

// fromFlags are the flags that a protocol is made from.
func fromFlags() []string { return append(decidedByProtocol(), "protocol", "set") }

// compile makes the protocol of the prescription and what the flags add to it.
func (r *reader) compile(p prescription, t treatment) {
	spec, err := p.complete(t)
	if err == nil {
		r.in.request.Protocol, err = spec.Compile()
	}
	switch {
	case err != nil && p.whole:
		if p.src != nil {
			err = protocol.Locate(p.file, p.src, err)
		}
		r.file("protocol", err)
		return
	case err != nil:
		r.protocol(err, spec)
		return
	}
	if r.given("until") && !r.in.request.Protocol.Cadence().Endless() {
		r.in.notes = append(r.in.notes, "-until changes nothing: the cadence has an end of its own")
	}
}

// build makes the plan, or says everything that the library finds wrong with
// the request as a whole.
func (r *reader) build(p prescription, zone *time.Location) {
	request := &r.in.request
	if request.Protocol == nil || r.in.clinic == nil || r.about("start", "zone", "key", "short-week", "patient", "clinic") {
		if p := request.Protocol; p != nil && p.Cadence().Endless() && request.Until == 0 && !r.given("until") {
			r.missing("until", "want a last day: the cadence "+quote(p.Cadence().String())+" has no end")
		}
		return
	}
	// The plan is as of its first day, not of now: the same flags give the same
	// bytes. What a patient's file says happened is recorded from then on.
	request.AsOf = beginOf(request.Start, zone)
	request.Opening = r.in.clinic
	if r.plausible(); r.about("weight") {
		return
	}
	r.in.plan, r.in.err = schedule.Build(*request)
	_, closed := errors.AsType[*schedule.StartError](r.in.err)
	_, blocked := errors.AsType[*schedule.BuildError](r.in.err)
	if refused, ok := errors.AsType[*schedule.DoseError](r.in.err); ok {
		if len(r.problems) == 0 { // else the flags have said what is wrong with it
			r.refusedDose(refused)
		}
	} else if r.in.err != nil && !closed && !blocked {
		r.request(r.in.err)
	}
	if r.in.err != nil {
		return
	}
	if r.patient != nil {
		r.record()
	}
	r.doses()
	if r.in.plan.Len() > mostExplained && r.in.explain {
		r.say("explain", fmt.Sprintf("-explain: want a plan of at most %d sessions, this one has %d", mostExplained, r.in.plan.Len()))
	}
}

// nextMonday is the Monday after now, never now.
func nextMonday(now time.Time) date.Date {
	today := dateOf(now)
	return today + date.Date(7-(today.Weekday()+6)%7)
}

// dateOf is the day that a clock shows.
func dateOf(t time.Time) date.Date {
	year, month, day := t.Date()
	return date.New(year, month, day)
}

// beginOf is the first instant of a day that a clock shows. Some zones have days
// that do not begin at midnight.
func beginOf(d date.Date, zone *time.Location) time.Time {
	year, month, day := d.Date()
	begin := time.Date(year, month, day, 0, 0, 0, 0, zone)
	for i := 0; i < 24 && dateOf(begin) < d; i++ {
		begin = begin.Add(time.Hour)
	}
	return begin
}
