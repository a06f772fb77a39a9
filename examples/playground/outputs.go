package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// A planAnswer is a plan in the forms that were asked for.
type planAnswer struct {
	Summary  string            `json:"summary"`
	Sessions []sessionAnswer   `json:"sessions"`
	Findings []findingAnswer   `json:"findings"`
	Outputs  map[string]string `json:"outputs"`
}

// A sessionAnswer is a row of the table of sessions.
type sessionAnswer struct {
	Ordinal int      `json:"ordinal"`
	ID      string   `json:"id"`
	Phase   string   `json:"phase"`
	Date    string   `json:"date"`
	Time    string   `json:"time"`
	State   string   `json:"state"`
	Dose    string   `json:"dose"`
	Allowed []string `json:"allowed"`
	Why     string   `json:"why"`
}

type findingAnswer struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Text     string `json:"text"`
}

// write writes a plan in the forms that were asked for. One that cannot be written says
// why.
func (a *asking) write(plan *schedule.Plan) *planAnswer {
	out := &planAnswer{Summary: summary(plan), Sessions: []sessionAnswer{}, Findings: []findingAnswer{}, Outputs: map[string]string{}}
	for _, form := range a.Forms {
		var b bytes.Buffer
		switch form {
		case "sessions":
			for e := range plan.Explanations() {
				out.Sessions = append(out.Sessions, row(e))
			}
			continue
		case "findings":
			for _, f := range schedule.Validate(plan) {
				out.Findings = append(out.Findings, findingAnswer{f.Severity.String(), string(f.Code), f.Text})
			}
			continue
		}
		if err := a.writeForm(&b, plan, form); err != nil {
			a.report("plan", "info", form, form+": "+err.Error(), 0, 0)
			continue
		}
		out.Outputs[form] = b.String()
	}
	return out
}

// writeForm writes a plan as a file.
func (a *asking) writeForm(b *bytes.Buffer, plan *schedule.Plan, form string) error {
	switch form {
	case "calendar", "sheet", "csv":
		return a.writeSheet(b, plan, form)
	case "ics":
		return ical.Write(b, plan, ical.Options{Tasks: true})
	case "json":
		src, err := json.Marshal(plan)
		if err != nil {
			return err
		}
		return json.Indent(b, src, "", "  ")
	case "file":
		b.Write(schedule.FormatPlan(plan))
		return nil
	case "fhir":
		bundle, err := fhir.NewBundle(plan, fhir.Export{Subject: fhir.Reference{Reference: "Patient/example"}, Medication: fhir.ConfirmedMedication, Route: fhir.ConfirmedRoute})
		if err != nil {
			return err
		}
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(bundle)
	default:
		return errors.New("no such form")
	}
}

func (a *asking) writeSheet(b *bytes.Buffer, plan *schedule.Plan, form string) error {
	o := a.sheetOptions(sheet.Full)
	switch form {
	case "sheet":
		o = a.sheetOptions(sheet.StaffSheet)
	case "csv":
		o.Drug, o.Doses = true, true
	}
	page, err := sheet.New(plan, o)
	switch {
	case err != nil:
		return err
	case form == "csv":
		return page.WriteCSV(b)
	default:
		return page.WriteHTML(b)
	}
}

// sheetOptions are those of a page in the language that was asked for. Where that is not
// English, the texts of the protocol stay in theirs and say so: nobody is given this page.
func (a *asking) sheetOptions(form sheet.Form) sheet.Options {
	locale, known := sheet.LocaleOf(a.Locale)
	if !known {
		locale, _ = sheet.LocaleOf("en-US")
	}
	o := sheet.Options{Locale: locale, Form: form, Names: true}
	if !strings.HasPrefix(a.Locale, "en") {
		o.Text = func(text string) (string, bool) { return "[" + text + "]", true }
	}
	return o
}

func summary(plan *schedule.Plan) string {
	words := strconv.Itoa(plan.Len()) + " sessions"
	if plan.Len() == 1 {
		words = "1 session"
	}
	var first, last schedule.Session
	for _, s := range plan.All() {
		if s.Date() == 0 {
			continue
		}
		if first.IsZero() || s.Date() < first.Date() {
			first = s
		}
		if last.IsZero() || s.Date() > last.Date() {
			last = s
		}
	}
	if !first.IsZero() {
		words += " from " + first.Date().String() + " to " + last.Date().String()
	}
	return words + ", " + plan.Standing().String()
}

func row(e schedule.Explanation) sessionAnswer {
	s := e.Session
	r := sessionAnswer{Ordinal: s.Ordinal(), ID: s.ID().String(), Phase: s.Phase(), State: s.State().String(), Allowed: []string{}, Why: e.String()}
	if s.Date() != 0 {
		r.Date = s.Date().String()
	}
	if s.Lost() != "" {
		r.State += ", lost"
	}
	if s.Placed() {
		r.Time = s.Start().String() + "-" + s.End().String()
	}
	switch given, ok := s.Given(); {
	case ok && !given.Dose.IsZero():
		r.Dose = given.Dose.String()
	case s.DoseError() != nil:
		r.Dose = s.DoseError().Error()
	case !s.Dose().Dose().IsZero():
		r.Dose = s.Dose().Dose().String()
	}
	for allowed := range s.Allowed() {
		r.Allowed = append(r.Allowed, allowed.Dose.String())
	}
	return r
}

// examplesOf returns events about the next session that the plan takes, as entries with a
// time after everything that it knows.
func examplesOf(plan *schedule.Plan) []example {
	list := []example{}
	for _, s := range plan.All() {
		if s.State() != schedule.StatePlanned || s.Date() == 0 {
			continue
		}
		year, month, day := s.Date().Date()
		at := time.Date(year, month, day, 18, 0, 0, 0, plan.Zone())
		if before := plan.AsOf().Add(time.Minute); before.After(at) {
			at = before
		}
		add := func(title string, what schedule.Happening) (possible bool) {
			event := schedule.Event{ID: "e" + strconv.Itoa(plan.Revision()+1), What: what}
			if _, err := plan.Apply(event, at); err != nil {
				return false
			}
			entry, err := json.Marshal(schedule.Entry{Event: event, AsOf: at})
			if err == nil {
				list = append(list, example{title, entry})
			}
			return err == nil
		}
		given := schedule.Given{Session: s.ID(), Date: s.Date()}
		if s.Placed() {
			given.Start, given.End = s.Start(), s.End()
		}
		if planned := s.Dose().Dose(); !planned.IsZero() {
			given.Dose = planned
		}
		of := "session " + strconv.Itoa(s.Ordinal())
		add(of+" given", given)
		add(of+" missed", schedule.Missed{Session: s.ID(), Reason: "ill"})
		add(of+" cancelled", schedule.Cancelled{Session: s.ID(), By: schedule.ByPatient})
		addMoved(plan, add)
		add("weighed", schedule.Weighed{Date: s.Date(), Weight: dose.MustWeight("68.5 kg")})
		add(of+" on hold", schedule.Held{Session: s.ID(), Reason: "under review"})
		break
	}
	return list
}

// addMoved adds the first move by a few days that the plan takes.
func addMoved(plan *schedule.Plan, add func(title string, what schedule.Happening) (possible bool)) {
	for _, s := range plan.All() {
		if s.State() != schedule.StatePlanned || s.Date() == 0 {
			continue
		}
		for later := date.Date(1); later <= 3; later++ {
			if add("session "+strconv.Itoa(s.Ordinal())+" moved", schedule.Moved{Session: s.ID(), Date: s.Date() + later, Reason: "asked for it", Who: "the prescriber"}) {
				return
			}
		}
	}
}
