package ical_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// tablet is a course whose third visit is three hours longer, with a task an hour
// after the patient leaves.
func tablet(drug string) protocol.Spec {
	return protocol.Spec{ID: "course", Version: drug, Drug: drug, Route: "by mouth", Phases: []protocol.Phase{{
		Name: "induction", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 1, Dose: dose.MustRule("28 mg"),
		Visit: protocol.Visit{
			Administration: 10 * time.Minute, Observation: time.Hour,
			Later: []protocol.LaterObservation{{From: 3, Observation: 4 * time.Hour}},
			Tasks: []protocol.Task{{Text: "Take the tablet", From: protocol.Departure, At: time.Hour}},
		},
	}}}
}

// titles returns the titles of the tasks, with the days.
func titles(t *testing.T, plan *schedule.Plan) []string {
	t.Helper()
	r, _ := export(t, plan, ical.Options{Tasks: true})
	var list []string
	for _, e := range r.events {
		if strings.Contains(e.value("UID"), "-task-") {
			list = append(list, e.start.Format(time.DateOnly)+" "+e.value("SUMMARY"))
		}
	}
	return list
}

// A session that is added takes no task from those after it, whose visits are as
// long as their own numbers say.
func TestTasksAfterAnAddedSession(t *testing.T) {
	r := requestFor(t, tablet("esketamine"), time.UTC, "2025-01-06", "08:00-18:00")
	plan := build(t, r)
	want := []string{
		"2025-01-06 Take the tablet at 10:10", "2025-01-13 Take the tablet at 10:10", "2025-01-20 Take the tablet at 13:10", "2025-01-27 Take the tablet at 13:10",
	}
	require.Equal(t, want, titles(t, plan))
	next, err := plan.Apply(schedule.Event{ID: "x", What: schedule.Added{Date: schedule.MustDate("2025-01-09")}}, r.AsOf.Add(24*time.Hour))
	require.NoError(t, err)
	assert.Equal(t, append([]string{want[0], "2025-01-09 Take the tablet at 10:10"}, want[1:]...), titles(t, next))
}

// What was given before another drug was adopted keeps its own name.
func TestDrugOfItsOwnProtocol(t *testing.T) {
	plan := build(t, requestFor(t, tablet("esketamine"), time.UTC, "2025-01-06", "08:00-18:00"))
	first, _ := plan.At(1)
	evening := time.Date(2025, 1, 6, 20, 0, 0, 0, time.UTC)
	plan, err := plan.Apply(schedule.Event{ID: "g", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("28 mg")}}, evening)
	require.NoError(t, err)
	other, err := tablet("ketamine").Compile()
	require.NoError(t, err)
	plan, err = plan.Apply(schedule.Event{ID: "a", What: schedule.Adopted{Protocol: other, Who: "a clinician"}}, evening)
	require.NoError(t, err)
	r, _ := export(t, plan, ical.Options{ShowDrug: true, ShowDose: true})
	var descriptions []string
	for _, e := range r.events {
		descriptions = append(descriptions, e.value("DESCRIPTION"))
	}
	assert.Equal(t, []string{
		`Drug: esketamine\, by mouth\nDose: 28 mg`, `Drug: ketamine\, by mouth\nDose: 28 mg`, `Drug: ketamine\, by mouth\nDose: 28 mg`, `Drug: ketamine\, by mouth\nDose: 28 mg`,
	}, descriptions)
}
