package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/examples/storing"
	"github.com/regimen-go/regimen/schedule"
)

// A patientPlan is the plan that a page is about, with its patient.
type patientPlan struct {
	ID      int64
	Patient store.Patient
	Plan    *schedule.Plan
}

// At returns the address of something of the plan.
func (p patientPlan) At(parts ...string) string {
	var address strings.Builder
	address.WriteString("/plans/" + strconv.FormatInt(p.ID, 10))
	for _, part := range parts {
		address.WriteString("/" + url.PathEscape(part))
	}
	return address.String()
}

// planOf reads the plan that the address of a request names.
func (a *App) planOf(q *request) (p patientPlan, err error) {
	if p.ID, err = strconv.ParseInt(q.PathValue("plan"), 10, 64); err != nil || p.ID <= 0 {
		return p, errNotFound
	}
	ctx := q.Context()
	if p.Patient, err = a.Store.Patient(ctx, p.ID); err != nil {
		return p, err
	}
	p.Plan, err = a.Store.Load(ctx, p.ID)
	return p, err
}

// sessionOf returns the session of a plan with an id, and errNotFound where it has none.
func sessionOf(p *schedule.Plan, id string) (schedule.Session, error) {
	if known, err := schedule.ParseID(id); err == nil {
		if s, ok := p.Session(known); ok {
			return s, nil
		}
	}
	return schedule.Session{}, errNotFound
}

func visitOf(p *schedule.Plan, id string) (schedule.OtherVisit, error) {
	if known, err := schedule.ParseID(id); err == nil {
		if v, ok := p.OtherVisit(known); ok {
			return v, nil
		}
	}
	return schedule.OtherVisit{}, errNotFound
}

// subjectOf returns what a form is about, by the values of its address or its fields.
func subjectOf(q *request, p patientPlan, d deed, from url.Values) (s subject, err error) {
	s = subject{plan: p.Plan, user: q.user, today: q.today.String(), code: from.Get("code"), gate: from.Get("gate")}
	if id := from.Get("session"); id != "" {
		if s.session, err = sessionOf(p.Plan, id); err != nil {
			return s, err
		}
	}
	if id := from.Get("visit"); id != "" {
		if s.visit, err = visitOf(p.Plan, id); err != nil {
			return s, err
		}
	}
	if d.About == "session" && s.session.IsZero() || d.About == "visit" && s.visit.ID.IsZero() || d.About == "gate" && s.gate == "" {
		return s, errNotFound
	}
	return s, nil
}

// title says what a form is about.
func (s subject) title() string {
	switch {
	case !s.session.IsZero():
		return "session " + sessionLabel(s.session)
	case !s.visit.ID.IsZero():
		return s.visit.Name + ", " + dayWords(s.visit.Date)
	case s.gate != "":
		return s.gate
	}
	return ""
}

// newEventID names the event that a form will be: the same form sent twice is one event.
func newEventID() string { return "form-" + rand.Text() }

func (a *App) deedOf(q *request) (deed, error) {
	d, ok := deedOf(q.PathValue("kind"))
	if !ok {
		return d, errNotFound
	}
	if !q.user.Role.May(d.Role) {
		return d, &refusal{http.StatusForbidden, "Only a prescriber may do this", "Nothing was recorded."}
	}
	return d, nil
}

// An eventForm is a form with all that its page shows.
type eventForm struct {
	patientPlan
	Title, About, Says, Submit, Action, Event string
	Revision                                  int
	Fields                                    []field
	Problems                                  []string
	// Since is what others have recorded since the page was made.
	Since []string
	// Look is what would change.
	Look *changes
}

func (a *App) actionPage(q *request) error {
	d, err := a.deedOf(q)
	if err != nil {
		return err
	}
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	s, err := subjectOf(q, p, d, q.URL.Query())
	if err != nil {
		return err
	}
	if d.Kind == "accepted" && len(findingOptions(s)) == 0 {
		return &refusal{http.StatusNotFound, "There is nothing to accept", "No finding of this session is open."}
	}
	f := eventForm{
		patientPlan: p, Title: d.Title, About: s.title(), Says: d.Says, Submit: d.Submit, Action: p.At("do", d.Kind), Event: newEventID(),
		Revision: p.Plan.Revision(), Fields: d.fields(s),
	}
	return a.showForm(q, http.StatusOK, f)
}

func (a *App) showForm(q *request, status int, f eventForm) error {
	return a.render(q, status, "form", map[string]any{"Title": f.Title + ": " + f.Patient.Name, "Form": f})
}

// act records what a form says.
func (a *App) act(q *request) error {
	d, err := a.deedOf(q)
	if err != nil {
		return err
	}
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	s, err := subjectOf(q, p, d, q.PostForm)
	if err != nil {
		return err
	}
	f := eventForm{
		patientPlan: p, Title: d.Title, About: s.title(), Says: d.Says, Submit: d.Submit, Action: p.At("do", d.Kind), Fields: filled(d.fields(s), q.PostForm),
	}
	return a.submit(q, f, d.Kind)
}

// submit records the event of a form, or shows the form again with what is wrong.
func (a *App) submit(q *request, f eventForm, kind string) error {
	ctx := q.Context()
	f.Event = q.PostForm.Get("event")
	var err error
	if f.Revision, err = strconv.Atoi(q.PostForm.Get("revision")); err != nil || !strings.HasPrefix(f.Event, "form-") || len(f.Event) > 64 {
		return &refusal{http.StatusBadRequest, "This form cannot be read", "Open the page anew and send the form again. Nothing was recorded."}
	}
	if missing(f.Fields) {
		return a.showForm(q, http.StatusUnprocessableEntity, f)
	}
	known, err := a.Store.Protocols(ctx)
	if err != nil {
		return err
	}
	event, err := readEvent(kind, f.Event, q.user.Name, q.now, f.Fields, known)
	if err == nil && q.PostForm.Has("look") {
		return a.lookAhead(q, f, event)
	}
	var next *schedule.Plan
	if err == nil {
		next, err = a.Store.Apply(ctx, f.ID, f.Revision, event, q.now)
	}
	if err == nil {
		return a.done(q, f.At(), "Recorded. "+changesOf(f.Plan, next).Summary)
	}
	return a.again(q, f, err)
}

// lookAhead shows what an event would change, and records nothing.
func (a *App) lookAhead(q *request, f eventForm, e schedule.Event) error {
	asOf := q.now
	if f.Plan.AsOf().After(asOf) {
		asOf = f.Plan.AsOf()
	}
	next, err := f.Plan.Apply(e, asOf)
	if err != nil {
		return a.again(q, f, err)
	}
	f.Look = changesOf(f.Plan, next)
	return a.showForm(q, http.StatusOK, f)
}

// again shows a form that was not recorded with the reason. Values that were typed stay.
func (a *App) again(q *request, f eventForm, err error) error {
	if changed, ok := errors.AsType[*storing.Changed](err); ok {
		for _, e := range changed.Since {
			f.Since = append(f.Since, entryWords(e, changed.Plan))
		}
		f.Plan, f.Revision = changed.Plan, changed.Plan.Revision()
		return a.showForm(q, http.StatusConflict, f)
	}
	_, unread := errors.AsType[*schedule.FileProblems](err)
	_, refused := errors.AsType[*schedule.EventError](err)
	if !unread && !refused {
		return err
	}
	f.Problems = explain(f.Fields, err)
	return a.showForm(q, http.StatusUnprocessableEntity, f)
}
