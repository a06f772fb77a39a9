package web

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// enrolChoice shows what can be prescribed.
func (a *App) enrolChoice(q *request) error { return a.showChoices(q, http.StatusOK, nil) }

func (a *App) showChoices(q *request, status int, problems []string) error {
	own, shipped, err := a.choices(q)
	if err != nil {
		return err
	}
	return a.render(q, status, "choices", map[string]any{
		"Title": "Enrol a patient", "Own": own, "Shipped": shipped, "Problems": problems, "Base": "/enrol/", "Upload": q.user.Role.May(store.Prescriber),
	})
}

// enrolFile keeps a protocol file of the clinic's own.
func (a *App) enrolFile(q *request) error {
	file, header, err := q.FormFile("file")
	if err != nil {
		return a.showChoices(q, http.StatusUnprocessableEntity, []string{"Choose a file first."})
	}
	defer file.Close()
	src, err := io.ReadAll(io.LimitReader(file, protocol.MaxFileSize+1))
	if err != nil {
		return err
	}
	name := cut(header.Filename, 100)
	spec, err := protocol.Parse(name, src)
	if err != nil {
		var problems []string
		if list, ok := errors.AsType[protocol.ErrorList](err); ok {
			for _, one := range list {
				problems = append(problems, one.Error())
			}
		} else {
			problems = []string{err.Error()}
		}
		return a.showChoices(q, http.StatusUnprocessableEntity, problems)
	}
	if _, err := a.Store.AddProtocolFile(q.Context(), name, spec, q.now, q.user.Name); err != nil {
		return err
	}
	return a.done(q, "/enrol", "The protocol is among the clinic's own now.")
}

func cut(s string, most int) string {
	if len(s) > most {
		s = s[:most]
	}
	return strings.ToValidUTF8(s, "")
}

// enrolPage asks for the parameters one by one, and then for the patient.
func (a *App) enrolPage(q *request) error {
	spec, err := a.baseOf(q)
	if err != nil {
		return err
	}
	p := prescribe(spec, q.URL.Query(), q.URL.Path)
	if p.Protocol == nil {
		return a.showQuestion(q, p, "Enrol a patient")
	}
	return a.showEnrolment(q, http.StatusOK, enrolment{Prescription: p, Fields: patientFields(p.Protocol, q.today), Form: newEventID()})
}

func (a *App) showQuestion(q *request, p prescription, title string) error {
	status := http.StatusOK
	if len(p.Problems) > 0 || p.Ask != nil && p.Ask.Field.Error != "" {
		status = http.StatusUnprocessableEntity
	}
	return a.render(q, status, "question", map[string]any{"Title": title, "P": p, "Action": q.URL.EscapedPath()})
}

// An enrolment is the page that asks for the patient.
type enrolment struct {
	Prescription prescription
	Fields       []field
	Form         string
	Problems     []string
	// Plan is what it would be, where that was asked for.
	Plan *schedule.Plan
	Rows []sessionRow
	More int
}

func (a *App) showEnrolment(q *request, status int, e enrolment) error {
	return a.render(q, status, "enrol", map[string]any{"Title": "Enrol a patient", "E": e, "Action": q.URL.EscapedPath()})
}

// patientFields ask for what a plan needs besides its protocol.
func patientFields(p *protocol.Protocol, today date.Date) []field {
	list := []field{
		required(text("number", "Record number", "")), required(text("name", "Name", "as it is called out")),
		dateField("start", "First day", "", true),
	}
	if p.Cadence().Endless() {
		list = append(list, field{Name: "until", Label: "Plan up to", Type: fieldDate, Required: true, Hint: "the course has no end: it can be planned further later"})
	}
	days := make([]option, 0, 7)
	for _, d := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		days = append(days, option{d, d})
	}
	return append(
		list, text("weight", "Weight", `with its unit, "81.5 kg", if doses depend on it`), dateField("weighed", "Weighed on", today.String(), false),
		text("height", "Height", `with its unit, "175 cm", if doses depend on it`),
		field{Name: "sex", Label: "Sex, if doses depend on it", Type: fieldSelect, Options: []option{{"", "not stated"}, {"female", "female"}, {"male", "male"}}},
		field{Name: "never", Label: "Weekdays that never suit", Type: fieldChecks, Options: days},
		field{Name: "preferred", Label: "Preferred start", Type: fieldTime},
		field{
			Name: "shortweek", Label: "If a week has no room for its sessions", Type: fieldSelect,
			Options: []option{{"refuse", "say so, and make no plan"}, {"drop", "leave sessions out"}, {"postpone", "postpone by a week"}, {"carry", "carry them into further weeks"}},
		},
	)
}

// enrol makes the plan, and keeps it with the patient.
func (a *App) enrol(q *request) error {
	spec, err := a.baseOf(q)
	if err != nil {
		return err
	}
	p := prescribe(spec, q.PostForm, q.URL.Path)
	if p.Protocol == nil {
		return a.showQuestion(q, p, "Enrol a patient")
	}
	e := enrolment{Prescription: p, Fields: filled(patientFields(p.Protocol, q.today), q.PostForm), Form: q.PostForm.Get("event")}
	if !strings.HasPrefix(e.Form, "form-") || len(e.Form) > 64 {
		return &refusal{http.StatusBadRequest, "This form cannot be read", "Open the page anew and send the form again. Nothing was recorded."}
	}
	if missing(e.Fields) {
		return a.showEnrolment(q, http.StatusUnprocessableEntity, e)
	}
	plan, err := a.build(q, &e)
	if err == nil && plan == nil {
		return a.showEnrolment(q, http.StatusUnprocessableEntity, e)
	}
	if err != nil {
		return err
	}
	if q.PostForm.Has("look") {
		e.Plan = plan
		for _, s := range plan.All() {
			if len(e.Rows) < 20 {
				e.Rows = append(e.Rows, rowOf(s, q.today))
			}
		}
		e.More = plan.Len() - len(e.Rows)
		return a.showEnrolment(q, http.StatusOK, e)
	}
	id, err := a.Store.EnrolPatient(q.Context(), valueOf(e.Fields, "number"), valueOf(e.Fields, "name"), e.Form, plan)
	if errors.Is(err, store.ErrNumber) {
		set(e.Fields, "number", "Another patient has this number.")
		return a.showEnrolment(q, http.StatusUnprocessableEntity, e)
	}
	if err != nil {
		return err
	}
	return a.done(q, patientPlan{ID: id}.At(), "Enrolled. The plan is made.")
}

func valueOf(fields []field, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// set puts an error beside a field, and reports whether there is such a field.
func set(fields []field, name, text string) bool {
	for i := range fields {
		if f := &fields[i]; strings.EqualFold(f.Name, name) {
			f.Error = text
			return true
		}
	}
	return false
}

// readField reads the value of a field that may be empty.
func readField[T any](fields []field, name string, parse func(string) (T, error), into *T) bool {
	value := valueOf(fields, name)
	if value == "" {
		return true
	}
	read, err := parse(value)
	if err != nil {
		set(fields, name, upper(err.Error())+".")
		return false
	}
	*into = read
	return true
}

// build makes the plan of an enrolment; without one the fields say why.
func (a *App) build(q *request, e *enrolment) (*schedule.Plan, error) {
	r := schedule.Request{Protocol: e.Prescription.Protocol, Opening: a.Store.Calendar(), Zone: a.Store.Calendar().Zone(), AsOf: q.now}
	_, _ = rand.Read(r.Key[:]) // never fails
	var weight dose.Weight
	weighed := q.today
	ok := readField(e.Fields, "start", schedule.ParseDate, &r.Start)
	ok = readField(e.Fields, "until", schedule.ParseDate, &r.Until) && ok
	ok = readField(e.Fields, "weight", dose.ParseWeight, &weight) && ok
	ok = readField(e.Fields, "weighed", schedule.ParseDate, &weighed) && ok
	ok = readField(e.Fields, "height", dose.ParseHeight, &r.Height) && ok
	ok = readField(e.Fields, "sex", dose.ParseSex, &r.Sex) && ok
	ok = readField(e.Fields, "preferred", clinic.ParseTimeOfDay, &r.Wishes.Preferred) && ok
	ok = readField(e.Fields, "shortweek", schedule.ParseShortWeek, &r.ShortWeek) && ok
	for i, f := range e.Fields {
		if f.Name != "never" || len(f.Values) == 0 {
			continue
		}
		var err error
		if r.Wishes.Never, err = protocol.ParseDaySet(strings.Join(f.Values, ",")); err != nil {
			e.Fields[i].Error, ok = err.Error(), false
		}
	}
	if r.Start != 0 && r.Start < q.today {
		set(e.Fields, "start", "The first day has to be today or later.")
		ok = false
	}
	if !ok {
		return nil, nil
	}
	if !weight.IsZero() {
		r.Weighings = []schedule.Weighing{{Date: weighed, Weight: weight}}
	}
	plan, err := schedule.Build(r)
	if err != nil {
		e.Problems = buildProblems(e.Fields, err)
		return nil, nil
	}
	return plan, nil
}

// buildProblems puts why there is no plan beside the fields, and returns the rest.
func buildProblems(fields []field, err error) (rest []string) {
	list := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		list = joined.Unwrap()
	}
	for _, one := range list {
		if r, ok := errors.AsType[*schedule.RequestError](one); ok {
			name := map[string]string{"Weighings": "weight"}[r.Field]
			if name == "" {
				name = r.Field
			}
			if set(fields, name, upper(r.Want)+".") {
				continue
			}
		}
		if s, ok := errors.AsType[*schedule.StartError](one); ok {
			text := "The clinic is closed on this day"
			if s.Reason != "" {
				text += " (" + s.Reason + ")"
			}
			if s.NextOpen != 0 {
				text += ". It is open again on " + dayWords(s.NextOpen)
			}
			set(fields, "start", text+".")
			continue
		}
		rest = append(rest, upper(one.Error())+".")
	}
	return rest
}

// switchChoice shows to what a treatment can be switched.
func (a *App) switchChoice(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	own, shipped, err := a.choices(q)
	if err != nil {
		return err
	}
	return a.render(q, http.StatusOK, "choices", map[string]any{"Title": "Switch to another protocol: " + p.Patient.Name, "P": p, "Own": own, "Shipped": shipped, "Base": p.At("switch") + "/"})
}

// switchPage asks for the parameters of the other protocol, and then how to begin it.
func (a *App) switchPage(q *request) error {
	p, f, err := a.switchForm(q, q.URL.Query())
	if err != nil || f == nil {
		return err
	}
	f.Event, f.Revision = newEventID(), p.Plan.Revision()
	return a.showForm(q, http.StatusOK, *f)
}

// switchForm returns the form of a switch, and none where a question was asked instead.
func (a *App) switchForm(q *request, sent url.Values) (p patientPlan, f *eventForm, err error) {
	if p, err = a.planOf(q); err != nil {
		return p, nil, err
	}
	spec, err := a.baseOf(q)
	if err != nil {
		return p, nil, err
	}
	made := prescribe(spec, sent, q.URL.Path)
	if made.Protocol == nil {
		return p, nil, a.showQuestion(q, made, "Switch to another protocol: "+p.Patient.Name)
	}
	if err := a.Store.AddProtocol(q.Context(), made.Protocol); err != nil {
		return p, nil, err
	}
	fields := []field{
		{Name: "protocol", Type: fieldHidden, Value: made.Protocol.Digest().String()},
		dateField("start", "First day", "", true),
		{Name: "gap", Label: "Least days since the last dose", Type: fieldDays, Required: true, Hint: "of any drug; there is no default"},
	}
	if made.Protocol.Cadence().Endless() {
		fields = append(fields, dateField("until", "Plan up to", "", true))
	}
	s := subject{plan: p.Plan, user: q.user}
	fields = append(fields, reasonField("Reason", false), whoField(s, "Who decided", true))
	for _, one := range made.Answers {
		// They belong to the protocol, not to the event: the reader of fields is not asked.
		fields = append(fields, field{Name: parameterPrefix + one.Name, Type: fieldHidden, Value: one.Value})
	}
	return p, &eventForm{
		patientPlan: p, Title: "Switch to " + titleOf(made.Spec, made.Spec.ID), Says: "Sessions to come of the present protocol are cancelled, and this one begins on its first day.",
		Submit: "Switch", Action: q.URL.EscapedPath(), Fields: fields,
	}, nil
}

func (a *App) switchTo(q *request) error {
	_, f, err := a.switchForm(q, q.PostForm)
	if err != nil || f == nil {
		return err
	}
	digest := f.Fields[0].Value // of the protocol as it is made of the answers, whatever was sent
	f.Fields = filled(f.Fields, q.PostForm)
	f.Fields[0].Value = digest
	return a.submit(q, *f, "switched")
}
