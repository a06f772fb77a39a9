package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

func parseID(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		return 0, errNotFound
	}
	return id, nil
}

// export answers with a plan in another form.
func (a *App) export(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	options := a.sheetOptions(q)
	options.Names, options.Drug, options.Doses = true, true, true
	var out bytes.Buffer
	kind, attached := "", true
	switch q.PathValue("file") {
	case "sheet.html":
		return a.exported(q, p, func() error { return a.writeSheet(q, p.Plan, a.sheetOptions(q)) })
	case "one-page.html":
		o := a.sheetOptions(q)
		o.Form = sheet.OnePage
		return a.exported(q, p, func() error { return a.writeSheet(q, p.Plan, o) })
	case "staff.html":
		options.Form, options.Sessions = sheet.StaffSheet, 4
		return a.exported(q, p, func() error { return a.writeSheet(q, p.Plan, options) })
	case "timeline.svg":
		kind, attached = "image/svg+xml", false
		err = a.timeline(p.Plan, options, &out)
	case "visits.ics":
		kind = "text/calendar; charset=utf-8"
		err = ical.Write(&out, p.Plan, a.feedOptions())
	case "visits.csv":
		kind = "text/csv; charset=utf-8"
		var s *sheet.Sheet
		if s, err = sheet.New(p.Plan, options); err == nil {
			err = s.WriteCSV(&out)
		}
	case "bundle.json":
		kind = "application/fhir+json"
		err = a.bundle(p, &out)
	case "plan.json":
		kind = "application/json"
		out.Write(schedule.FormatPlan(p.Plan))
	default:
		return errNotFound
	}
	if err != nil {
		return err
	}
	return a.exported(q, p, func() error {
		q.Header().Set("Content-Type", kind)
		if attached {
			q.Header().Set("Content-Disposition", `attachment; filename="`+q.PathValue("file")+`"`)
		}
		_, _ = out.WriteTo(q)
		return nil
	})
}

// exported writes down that a plan left the app, but for the picture on its own page.
func (a *App) exported(q *request, p patientPlan, answer func() error) error {
	if file := q.PathValue("file"); file != "timeline.svg" && q.Method == http.MethodGet {
		if err := a.Store.Log(q.Context(), q.now, q.user.Name, "exported "+file, p.ID); err != nil {
			return err
		}
	}
	return answer()
}

func (a *App) timeline(p *schedule.Plan, o sheet.Options, out *bytes.Buffer) error {
	s, err := sheet.New(p, o)
	if err != nil {
		return err
	}
	return s.WriteSVG(out)
}

// bundle writes the plan as FHIR R4. The patient is named by the app's own key.
func (a *App) bundle(p patientPlan, out *bytes.Buffer) error {
	b, err := fhir.NewBundle(p.Plan, fhir.Export{
		Subject: fhir.Reference{Reference: "Patient/" + p.Patient.Key}, Active: true, Medication: fhir.ConfirmedMedication,
	})
	if err != nil {
		return err
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(b)
}
