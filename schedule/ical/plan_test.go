package ical_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
)

// everyDay are all weekdays.
func everyDay() []time.Weekday {
	return []time.Weekday{
		time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday,
	}
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	require.NoError(t, err)
	return zone
}

// course is a made-up protocol with everything that a calendar can show.
func course(t testing.TB) protocol.Spec {
	t.Helper()
	rule, err := dose.ParseRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg")
	require.NoError(t, err)
	until, drive := time.Duration(0), 24*time.Hour
	return protocol.Spec{
		ID: "made-up", Version: "1", Title: "Made up", Drug: "examplamine", Route: "intravenous",
		Phases: []protocol.Phase{{
			Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2, Dose: rule,
			Visit: protocol.Visit{
				Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour,
				Tasks: []protocol.Task{
					{Text: "Do not eat", From: protocol.AdministrationStart, At: -4 * time.Hour, Until: &until},
					{Text: "blood pressure", From: protocol.AdministrationEnd, At: 30 * time.Minute},
					{Text: "Do not drive", From: protocol.Departure, Until: &drive},
					{Text: "Pack a bag", From: protocol.Arrival, At: -24 * time.Hour},
				},
			},
			Companions: []protocol.Companion{{
				Name: "talk", From: 1, To: 2, Visit: protocol.Visit{Kind: protocol.Integration, Observation: time.Hour},
			}},
		}, {
			Name: "upkeep", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2, Dose: rule,
			Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: time.Hour},
		}},
		FollowUps: []protocol.FollowUpVisit{{Name: "last look", Days: []int{28}, Visit: protocol.Visit{Kind: protocol.FollowUp, Observation: 30 * time.Minute}}},
		Gates:     []protocol.Gate{{Name: "go on?", After: 2, Phase: "induction", Assess: "whether to go on"}},
	}
}

// bare is a protocol of visits of one length that give nothing.
func bare(cadence string, length time.Duration) protocol.Spec {
	return protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 1, Visit: protocol.Visit{Observation: length},
	}}}
}

// requestFor asks for a plan in a clinic that is open for the same hours on
// every day.
func requestFor(t testing.TB, spec protocol.Spec, zone *time.Location, start, hours string) schedule.Request {
	t.Helper()
	compiled, err := spec.Compile()
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours(hours), everyDay()...)})
	require.NoError(t, err)
	key, err := schedule.ParseKey("00112233445566778899aabbccddeeff")
	require.NoError(t, err)
	r := schedule.Request{Protocol: compiled, Start: schedule.MustDate(start), Opening: office, Key: key}
	r.AsOf = time.Date(r.Start.Year(), 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))
	if !spec.Phases[0].Dose.IsZero() {
		r.Weighings = []schedule.Weighing{{Date: schedule.MustDate("2025-01-01"), Weight: dose.MustWeight("72 kg")}}
	}
	return r
}

func build(t testing.TB, r schedule.Request) *schedule.Plan {
	t.Helper()
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	return plan
}

func newYork(t testing.TB) *schedule.Plan {
	t.Helper()
	return build(t, requestFor(t, course(t), location(t, "America/New_York"), "2026-03-02", "09:00-17:00"))
}

// export appends a calendar and reads it strictly.
func export(t testing.TB, p *schedule.Plan, o ical.Options) (*reading, string) {
	t.Helper()
	data, err := ical.Append(nil, p, o)
	require.NoError(t, err)
	r, err := readStrictly(data)
	require.NoError(t, err, "%.3000s", data)
	return r, string(data)
}
