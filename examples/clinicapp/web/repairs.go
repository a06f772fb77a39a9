package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/examples/storing"
	"github.com/regimen-go/regimen/schedule"
)

// repairLife is for how long the ways on that a page has shown can be taken: they were found as
// of the instant at which it was made.
const repairLife = time.Hour

// A wayOn is one way on, as the page shows it.
type wayOn struct {
	Name, Number, Text, Condition, Source, Quote string
	Changes                                      *changes
	Found                                        []string
	Impossible                                   string
}

// repairs shows the ways on from sessions side by side.
func (a *App) repairs(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	return a.showRepairs(q, http.StatusOK, p, q.URL.Query()["session"], "")
}

func (a *App) showRepairs(q *request, status int, p patientPlan, ids []string, alert string) error {
	sessions, err := sessionsOf(p.Plan, ids)
	if err != nil {
		return err
	}
	asOf := laterOf(q.now, p.Plan.AsOf())
	found, err := p.Plan.Repairs(asOf, idsOf(sessions)...)
	if err != nil {
		return err
	}
	var ways []wayOn
	for i, r := range found {
		w := wayOn{Name: upper(r.Way.String()), Number: strconv.Itoa(i), Text: upper(r.Text), Condition: r.Condition, Source: r.Source, Quote: r.Quote}
		if r.Possible() {
			w.Changes = diffWords(r.Diff)
			for _, f := range r.Findings {
				if f.Severity > schedule.Info {
					w.Found = append(w.Found, f.Severity.String()+": "+f.Text)
				}
			}
		} else {
			w.Impossible = r.Err.Error()
			if refused, ok := errors.AsType[*schedule.EventError](r.Err); ok {
				w.Impossible = strings.Replace(refused.Want, "want ", "wanted: ", 1) // the page says of which session
			}
		}
		ways = append(ways, w)
	}
	var about []sessionRow
	for _, s := range sessions {
		about = append(about, rowOf(s, q.today))
	}
	return a.render(q, status, "repairs", map[string]any{
		"Title": "Ways on: " + p.Patient.Name, "Alert": alert, "P": p, "About": about, "Ways": ways, "AsOf": asOf.UTC().Format(time.RFC3339Nano), "Event": newEventID(), "Revision": p.Plan.Revision(),
		"May": q.user.Role.May(store.Prescriber),
	})
}

// repair takes a way on: the one that the page has shown, found again as of the same instant.
func (a *App) repair(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	ids := q.PostForm["session"]
	number, err := strconv.Atoi(q.PostForm.Get("way"))
	revision, err2 := strconv.Atoi(q.PostForm.Get("revision"))
	asOf, err3 := time.Parse(time.RFC3339Nano, q.PostForm.Get("asof"))
	event := q.PostForm.Get("event")
	if errors.Join(err, err2, err3) != nil || !strings.HasPrefix(event, "form-") || len(event) > 48 || asOf.After(q.now.Add(time.Minute)) && asOf.After(p.Plan.AsOf()) {
		return &refusal{http.StatusBadRequest, "This form cannot be read", "Open the page anew and send the form again. Nothing was recorded."}
	}
	// The entries have the id of the form, so that a second click is known.
	id := fmt.Sprintf("%s-%d", event, number)
	if knows(p.Plan, id) {
		return a.done(q, p.At(), "Recorded.")
	}
	if p.Plan.Revision() != revision {
		return a.showRepairs(q, http.StatusConflict, p, ids, "The plan was changed since the page was made. These are the ways on from it as it is now.")
	}
	if q.now.Sub(asOf) > repairLife {
		return a.showRepairs(q, http.StatusConflict, p, ids, "The page was too old. These are the ways on as of now.")
	}
	sessions, err := sessionsOf(p.Plan, ids)
	if err != nil {
		return err
	}
	found, err := p.Plan.Repairs(asOf, idsOf(sessions)...)
	if err != nil {
		return err
	}
	if number < 0 || number >= len(found) || !found[number].Possible() {
		return errNotFound
	}
	next := p.Plan
	if entries := found[number].RecordedAs(id, q.user.Name); len(entries) > 0 {
		next, err = a.Store.ApplyAll(q.Context(), p.ID, revision, entries...)
	}
	if _, ok := errors.AsType[*storing.Changed](err); ok {
		if p, err = a.planOf(q); err != nil {
			return err
		}
		return a.showRepairs(q, http.StatusConflict, p, ids, "Somebody else was faster. These are the ways on from the plan as it is now.")
	}
	if err != nil {
		return err
	}
	return a.done(q, p.At(), "Recorded. "+changesOf(p.Plan, next).Summary)
}

// knows reports whether a plan has an entry.
func knows(p *schedule.Plan, id string) bool {
	for e := range p.History() {
		if e.Event.ID == id {
			return true
		}
	}
	return false
}

func sessionsOf(p *schedule.Plan, ids []string) (list []schedule.Session, err error) {
	if len(ids) == 0 || len(ids) > 100 {
		return nil, errNotFound
	}
	for _, id := range ids {
		s, err := sessionOf(p, id)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func idsOf(sessions []schedule.Session) (ids []schedule.ID) {
	for _, s := range sessions {
		ids = append(ids, s.ID())
	}
	return ids
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// RepairsAt returns the address of the ways on from sessions.
func (p patientPlan) RepairsAt(ids ...string) string {
	return p.At("repairs") + "?" + url.Values{"session": ids}.Encode()
}
