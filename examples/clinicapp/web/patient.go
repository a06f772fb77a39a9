package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// linked answers whoever has the private link of a patient. Every reason to refuse one gets
// the same answer.
func (a *App) linked(do func(*App, *request, *schedule.Plan) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := a.asked(w, r)
		w.Header().Set("Referrer-Policy", "no-referrer")
		id, err := a.Store.LinkedPlan(r.Context(), r.PathValue("token"))
		if errors.Is(err, store.ErrNone) {
			a.plain(w, r, http.StatusNotFound, "This link is not known, or does not hold any more. Please ask your clinic.")
			return
		}
		var plan *schedule.Plan
		if err == nil {
			plan, err = a.Store.Load(r.Context(), id)
		}
		if err == nil {
			err = do(a, q, plan)
		}
		if err != nil {
			a.refuse(q, err)
		}
	})
}

func (a *App) patientPage(q *request, plan *schedule.Plan) error {
	status := plan.On(q.today)
	var next *sessionRow
	for _, list := range [][]schedule.Session{status.Due, status.Upcoming} {
		if next == nil && len(list) > 0 {
			row := rowOf(list[0], q.today)
			next = &row
		}
	}
	address := strings.TrimSuffix(a.Base, "/") + q.URL.Path + "/calendar.ics"
	return a.render(q, http.StatusOK, "patient", map[string]any{
		"Title": "Your visits", "Next": next, "Lost": len(status.Lost), "Path": q.URL.Path, "Address": address, "Phone": a.Phone,
	})
}

// sheetOptions are what every sheet of the clinic says.
func (a *App) sheetOptions(q *request) sheet.Options {
	locale, _ := sheet.LocaleOf("en-GB")
	o := sheet.Options{Locale: locale, Today: q.today, Details: sheet.Details{Place: a.Place}}
	if a.Phone != "" {
		o.Contacts = []sheet.Contact{{Name: "The clinic", Phone: a.Phone}}
	}
	return o
}

func (a *App) patientSheet(q *request, plan *schedule.Plan) error {
	return a.writeSheet(q, plan, a.sheetOptions(q))
}

// writeSheet answers with a sheet. Its style stands in the page: the policy names it by its
// hash, so that no other does.
func (a *App) writeSheet(q *request, plan *schedule.Plan, o sheet.Options) error {
	s, err := sheet.New(plan, o)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := s.WriteHTML(&page); err != nil {
		return err
	}
	q.Header().Set("Content-Security-Policy", "default-src 'none'; style-src "+s.StyleHash()+"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	q.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = page.WriteTo(q)
	return nil
}

// feedOptions are neutral: a calendar is seen by whoever holds the phone.
func (a *App) feedOptions() ical.Options {
	return ical.Options{Location: a.Place, Tasks: true, Alarms: []time.Duration{24 * time.Hour}, Refresh: 12 * time.Hour}
}

// patientCalendar is the feed to which a patient's calendar subscribes.
func (a *App) patientCalendar(q *request, plan *schedule.Plan) error {
	calendar, err := ical.Append(nil, plan, a.feedOptions())
	if err != nil {
		return err
	}
	// The same plan gives the same bytes: a subscriber who has them is told so.
	sum := sha256.Sum256(calendar)
	q.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	q.Header().Set("Cache-Control", "private, no-cache")
	q.Header().Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(q, q.Request, "", time.Time{}, bytes.NewReader(calendar))
	return nil
}

// links shows the private links of a patient, and the one that was just made.
func (a *App) links(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	links, err := a.Store.Links(q.Context(), p.ID)
	if err != nil {
		return err
	}
	made := a.sessions.PopString(q.Context(), "link")
	return a.render(q, http.StatusOK, "links", map[string]any{"Title": "Private links: " + p.Patient.Name, "P": p, "Links": links, "Made": made})
}

func (a *App) makeLink(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	ctx := q.Context()
	token, err := a.Store.MakeLink(ctx, p.ID, q.now, q.user.Name)
	if err != nil {
		return err
	}
	if err := a.Store.Log(ctx, q.now, q.user.Name, "made a private link", p.ID); err != nil {
		return err
	}
	// It is shown once: the database has its hash alone.
	a.sessions.Put(ctx, "link", strings.TrimSuffix(a.Base, "/")+"/p/"+token)
	return a.done(q, p.At("links"), "The link is made. It is shown this once.")
}

func (a *App) revokeLink(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	id, err := parseID(q.PathValue("link"))
	if err != nil {
		return err
	}
	ctx := q.Context()
	if err := a.Store.RevokeLink(ctx, p.ID, id, q.now, q.user.Name); err != nil {
		return err
	}
	if err := a.Store.Log(ctx, q.now, q.user.Name, "revoked a private link", p.ID); err != nil {
		return err
	}
	return a.done(q, p.At("links"), "The link does not hold any more.")
}
