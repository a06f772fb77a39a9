package ical_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// The tasks of a visit from 09:00 to 11:40 that have an event, by whom the calendar is for.
// One that is to be seen to before the visit, though it is needed at its end, is there the
// whole day.
func TestTasksByAudience(t *testing.T) {
	week := 7 * 24 * time.Hour
	spec := bare("1/wk x2", 0)
	spec.Phases[0].Visit = protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour, Tasks: []protocol.Task{
		{Text: "Do not eat", For: protocol.ForPatient, From: protocol.AdministrationStart, At: -2 * time.Hour},
		{Text: "Transport home arranged", For: protocol.ForPatient, From: protocol.Departure, Stage: protocol.BeforeVisit},
		{Text: "Blood pressure before leaving", For: protocol.ForStaff, From: protocol.Departure, Stage: protocol.DuringVisit},
		{Text: "Form", For: protocol.ForStaff, From: protocol.Departure, Until: &week},
		{Text: "Sick bag", For: protocol.ForBoth, From: protocol.Arrival},
		{Text: "Call", For: protocol.ForBoth, From: protocol.Departure, At: time.Hour},
		{Text: "Do not drive", From: protocol.Departure},
	}}
	plan := build(t, requestFor(t, spec, time.UTC, "2026-03-02", "09:00-17:00"))
	patient := []string{
		"Do not eat at 07:00 20260302T070000Z CONFIRMED", "Transport home arranged at 11:40 20260302 CONFIRMED",
		"Call at 12:40 20260302T124000Z CONFIRMED", "Do not drive at 11:40 20260302T114000Z CONFIRMED",
	}
	staff := []string{patient[0], patient[1], "Form from 11:40 20260302T114000Z CONFIRMED", patient[2], patient[3]}
	tasks := func(p *schedule.Plan, o ical.Options) (got []string) {
		o.Tasks = true
		r, _ := export(t, p, o)
		for _, e := range r.events {
			if strings.HasPrefix(e.value("UID"), r.events[0].value("UID")+"-task-") {
				got = append(got, e.value("SUMMARY")+" "+e.value("DTSTART")+" "+e.value("STATUS"))
			}
		}
		return got
	}
	assert.Equal(t, patient, tasks(plan, ical.Options{}))
	assert.Equal(t, patient, tasks(plan, ical.Options{For: protocol.ForPatient}))
	assert.Equal(t, staff, tasks(plan, ical.Options{For: protocol.ForStaff}))
	assert.Equal(t, staff, tasks(plan, ical.Options{For: protocol.ForBoth}))

	_, err := ical.Append(nil, plan, ical.Options{For: 4})
	require.EqualError(t, err, `For "%!Audience(4)": want patient, staff or both`)
}
