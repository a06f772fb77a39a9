package schedule_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// atHome is the plan of carboplatin with a tablet taken at home before it.
func atHome(t *testing.T) *story {
	return carboplatin(t, func(s *protocol.Spec) { s.Phases[0].Beside[1].From = protocol.Arrival })
}

// The patient is told when to take what, by name where drugs are asked for; the staff
// have everything, with a worksheet of each medicine that is prepared.
func TestBesideOnSheets(t *testing.T) {
	s := carboplatin(t, func(s *protocol.Spec) {
		s.Phases[0].Beside[1].From = protocol.Arrival
		s.Phases[0].Beside[0].Preparation = dose.Preparation{
			Product: dose.Product{Name: "carboplatin 10 mg/mL", Content: dose.MustMass("450 mg"), Strength: dose.MustConcentration("10 mg/mL")},
			Route:   dose.Intravenous, Dilution: dose.MustDilution("added to 250 mL"), Diluent: "glucose 5 %",
		}
	})
	english, ok := sheet.LocaleOf("en-GB")
	require.True(t, ok)
	text := func(o sheet.Options) string {
		if o.Locale.Tag == "" {
			o.Locale = english
		}
		page, err := sheet.New(s.plan, o)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, page.WriteText(&b, 200))
		return strings.ReplaceAll(b.String(), "\u00a0", " ")
	}
	bare := text(sheet.Options{})
	assert.Contains(t, bare, "08:30: take your medicine")
	for _, secret := range []string{"ondansetron", "carboplatin", "8 mg", "450 mg", "metoclopramide"} {
		assert.NotContains(t, bare, secret)
	}
	assert.Contains(t, text(sheet.Options{Drug: true, Doses: true}), "08:30: take ondansetron 8 mg, oral")
	staff := text(sheet.Options{Drug: true, Doses: true, Worksheets: true, For: protocol.ForStaff})
	for _, line := range []string{
		"10:45 to 11:45: carboplatin 450 mg, intravenous", "if needed: metoclopramide 10 mg, oral (nausea)",
		"450 mg / 10 mg/mL = 45 mL", "added to 250 mL of glucose 5 %",
	} {
		assert.Contains(t, strings.Join(strings.Fields(staff), " "), line)
	}
	var html bytes.Buffer
	page, err := sheet.New(s.plan, sheet.Options{Locale: english, Form: sheet.StaffSheet, Doses: true, Drug: true})
	require.NoError(t, err)
	require.NoError(t, page.WriteHTML(&html))
	assert.Contains(t, html.String(), "carboplatin")
	for _, locale := range []string{"de", "es", "ar"} {
		l, ok := sheet.LocaleOf(locale)
		require.True(t, ok, locale)
		assert.Contains(t, text(sheet.Options{Drug: true, Locale: l, Text: func(text string) (string, bool) { return text, true }}), "ondansetron", locale)
	}
}

// A calendar tells the patient to take a medicine without naming it, unless it is to.
func TestBesideInCalendars(t *testing.T) {
	s := atHome(t)
	text := func(o ical.Options) string {
		var b bytes.Buffer
		require.NoError(t, ical.Write(&b, s.plan, o))
		return strings.ReplaceAll(b.String(), "\r\n ", "")
	}
	bare := text(ical.Options{})
	assert.Contains(t, bare, "DESCRIPTION:Take your medicine at 08:30\r\n")
	assert.NotContains(t, bare, "ondansetron")
	assert.Contains(t, text(ical.Options{ShowDrug: true, ShowDose: true}), `Dose: 1800 mg\nTake ondansetron 8 mg at 08:30`)
	staff := text(ical.Options{ShowDrug: true, For: protocol.ForStaff})
	assert.Contains(t, staff, `\nTake ondansetron at 08:30\nBeside: carboplatin at 10:45\nBeside: metoclopramide\, if needed: nausea`)
	assert.NotContains(t, text(ical.Options{For: protocol.ForStaff}), "carboplatin")
}

// A Bundle asks for each medicine by itself, and has what was given of it and what was
// entered wrongly; nothing is found in it.
func TestBesideInBundles(t *testing.T) {
	s := atHome(t)
	first := s.id(1)
	mg := dose.MustMass
	given := schedule.Given{Session: first, Date: day("2025-01-06"), Dose: mg("1800 mg"), Beside: []schedule.MedicineGiven{
		{Name: "ondansetron", NotGiven: true, Reason: "refused it"},
		{Name: "carboplatin", Dose: mg("450 mg"), Start: clock(t, "10:45"), During: dose.MustDuration("60 min")},
		{Name: "metoclopramide", Dose: mg("10 mg")},
	}}
	s.on("2025-01-06", given)
	right := given
	right.Beside = given.Beside[:2]
	s.on("2025-01-07", schedule.Corrected{Of: "e1", Instead: right, Reason: "another patient", Who: "ward 2"})
	bundle, err := fhir.NewBundle(s.plan, fhir.Export{Subject: fhir.Reference{Reference: "Patient/example"}})
	require.NoError(t, err)
	src, err := json.Marshal(bundle)
	require.NoError(t, err)
	read, err := fhir.ParseBundle(src)
	require.NoError(t, err)
	assert.Empty(t, fhir.Check(read))
	var requests, given1 []string
	for _, e := range read.Entry {
		switch r := e.Resource.(type) {
		case *fhir.MedicationRequest:
			requests = append(requests, r.Medication.Text+": "+r.DosageInstruction[0].Text)
		case *fhir.MedicationAdministration:
			given1 = append(given1, r.Medication.Text+" "+r.Status+" "+r.EffectiveDateTime)
		}
	}
	assert.Equal(t, []string{
		"gemcitabine: 1,800 mg", "ondansetron: 8 mg", "carboplatin: 450 mg", "metoclopramide: 10 mg",
	}, each(requests, func(text string) string {
		name, rest, _ := strings.Cut(text, ": ")
		return name + ": " + strings.Join(strings.Fields(rest)[:2], " ")
	}))
	assert.Contains(t, requests[2], "450 mg intravenous over 60 minutes once every 3 weeks from Monday 2025-01-06, 6 sessions, 15 min after administration end. Maximum 900 mg per session.")
	assert.Contains(t, requests[3], "10 mg oral, as needed: nausea. Maximum 10 mg per session.")
	assert.ElementsMatch(t, []string{
		"gemcitabine completed 2025-01-06", "ondansetron not-done 2025-01-06", "carboplatin completed 2025-01-06T10:45:00Z", "metoclopramide entered-in-error 2025-01-06",
	}, given1)
}

func each(list []string, f func(string) string) (out []string) {
	for _, s := range list {
		out = append(out, f(s))
	}
	return out
}
