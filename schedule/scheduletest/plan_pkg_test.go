package scheduletest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

func id(t *testing.T, s string) schedule.ID {
	t.Helper()
	parsed, err := schedule.ParseID(s)
	require.NoError(t, err)
	return parsed
}

// Nobody can build a plan that breaks these rules, so what a plan says is broken
// here, one rule at a time.
func TestBrokenSnapshots(t *testing.T) {
	start := schedule.MustDate("2025-01-06")
	two := func() []schedule.Snapshot {
		return []schedule.Snapshot{
			{ID: id(t, "cccccccccccccccc"), Ordinal: 1, Target: start, Earliest: start, Latest: start + 6, Date: start, State: schedule.StateGiven},
			{ID: id(t, "bbbbbbbbbbbbbbbb"), Ordinal: 2, Target: start + 3, Earliest: start, Latest: start + 6, Date: start + 3, State: schedule.StatePlanned},
		}
	}
	require.NoError(t, testSnapshots(start, 2, two()))
	for _, tt := range []struct {
		want   string
		breaks func(s *schedule.Snapshot)
	}{
		{"session 2: its number is 3", func(s *schedule.Snapshot) { s.Ordinal = 3 }},
		{"session 2: it has no id", func(s *schedule.Snapshot) { s.ID = schedule.ID{} }},
		{"session 2: its id cccccccccccccccc is that of session 1", func(s *schedule.Snapshot) { s.ID = id(t, "cccccccccccccccc") }},
		{"session 2: its window is Sun 2025-01-05 to Sun 2025-01-12, the plan starts on Mon 2025-01-06", func(s *schedule.Snapshot) { s.Earliest = start - 1 }},
		{"session 2: its window is Mon 2025-01-06 to Sun 2025-01-05", func(s *schedule.Snapshot) { s.Latest, s.State = start-1, schedule.StateGiven }},
		{"session 2: Mon 2025-01-13 is outside its window Mon 2025-01-06 to Sun 2025-01-12", func(s *schedule.Snapshot) { s.Date = start + 7 }},
		{"session 2: Sun 2025-01-05 is outside its window", func(s *schedule.Snapshot) { s.Date, s.State = start-1, schedule.StateProvisional }},
	} {
		list := two()
		tt.breaks(&list[1])
		require.ErrorContains(t, testSnapshots(start, 2, list), tt.want)
	}
	late := two()
	late[0].Date = start + 20
	require.NoError(t, testSnapshots(start, 2, late), "what was given may have been given on any day")
	require.ErrorContains(t, testSnapshots(start, 3, two()), "the plan has 2 sessions and says 3")
}

func TestBrokenStatus(t *testing.T) {
	good := schedule.Status{Completed: 2, Of: 4, Due: make([]schedule.Session, 1), Adherence: schedule.Adherence{Planned: 4, Given: 2, Missed: 1, Cancelled: 1}}
	require.NoError(t, addsUp(good, 4))
	require.ErrorContains(t, addsUp(good, 2), "more sessions are given and to come than the plan has, which is 2")
	for _, tt := range []struct {
		want   string
		breaks func(s *schedule.Status)
	}{
		{"5 of 4 sessions are completed", func(s *schedule.Status) { s.Completed = 5 }},
		{"1 sessions are completed and 2 given", func(s *schedule.Status) { s.Completed = 1 }},
		{"5 sessions were planned, but 2 given, 1 missed and not made up for, 1 cancelled and 0 overdue", func(s *schedule.Status) { s.Adherence.Planned = 5 }},
	} {
		status := good
		tt.breaks(&status)
		require.ErrorContains(t, addsUp(status, 4), tt.want)
	}
}

func TestBrokenDose(t *testing.T) {
	d := schedule.MustDate("2025-01-06")
	weighed := schedule.Weighing{Date: d, Weight: dose.MustWeight("72 kg")}
	require.NoError(t, testWeighing(weighed, d, weighed.Weight))
	require.ErrorContains(t, testWeighing(weighed, d-1, weighed.Weight), "its dose on Sun 2025-01-05 is computed from the weighing of Mon 2025-01-06")
	require.ErrorContains(t, testWeighing(weighed, d, dose.MustWeight("71 kg")), "its dose is computed from 71 kg, the weighing is 72 kg")

	c, err := dose.MustRule("0.5 mg/kg of actual weight, hard max 200 mg").Calculate(dose.Body{Weight: weighed.Weight})
	require.NoError(t, err)
	require.NoError(t, testCalculation(c))
	assert.Error(t, testCalculation(dose.Calculation{}))
	chosen, err := dose.Order{Rule: dose.MustRule("56 mg, or 84 mg")}.Choice(dose.MustMass("84 mg"), dose.Body{})
	require.NoError(t, err)
	require.NoError(t, testCalculation(chosen.Calculation()))
}
