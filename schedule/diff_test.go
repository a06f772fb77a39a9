package schedule_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Moving a session there and back leaves nothing but revisions.
func TestMovedThereAndBack(t *testing.T) {
	s := taperStory(t)
	before := s.plan
	third := sessionAt(before, 3)
	s.on("2025-01-06", schedule.Moved{Session: third.ID(), Date: day("2025-01-10"), Start: clock(t, "11:30")})
	require.False(t, before.Diff(s.plan).Empty())
	s.on("2025-01-06", schedule.Moved{Session: third.ID(), Date: third.Date(), Start: third.Start()})
	d := before.Diff(s.plan)
	require.False(t, d.Empty(), "calendars are told")
	require.Equal(t, "nothing changes but revisions", d.String())
	require.Len(t, d.Changes, 1)
	require.True(t, d.Changes[0].Quiet())
	require.Equal(t, 0, d.Changes[0].Before.Revision)
	require.Equal(t, 2, d.Changes[0].After.Revision)
	require.Len(t, d.Events, 2)
}

func TestDiffText(t *testing.T) {
	for _, tt := range []struct {
		name  string
		story func(t *testing.T) *story
		run   func(s *story)
		want  string
	}{
		{"nothing", taperStory, func(*story) {}, "nothing changes"},
		{"given", taperStory, func(s *story) { s.give(1) }, `sessions: 1 given`},
		{"given late", taperStory, func(s *story) { s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07")}) }, `sessions: 1 given, 1 lost, 1 moved 1 day later`},
		{"moved earlier", taperStory, func(s *story) { s.on("2025-01-06", schedule.Moved{Session: s.id(5), Date: day("2025-01-15")}) }, `sessions: 1 moved 1 day earlier`},
		{"another time", taperStory, func(s *story) {
			s.on("2025-01-06", schedule.Moved{Session: s.id(5), Date: day("2025-01-16"), Start: clinic.MustHours("11:00-12:00").From})
		}, `sessions: 1 moved to another time`},
		{"missed and appended", taperStory, func(s *story) {
			s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.Appended{Session: s.id(1)})
		}, `sessions: 1 missed, 1 added`},
		{"shifted", taperStory, func(s *story) { s.give(5).on("2025-01-17", schedule.Shifted{Session: s.id(6), Weeks: 2}) }, `sessions: 5 given, 3 moved 14 days later`},
		{"held", taperStory, func(s *story) { s.on("2025-01-06", schedule.Held{Session: s.id(1)}) }, `sessions: 8 held; treatment: on hold instead of active`},
		{"ended", taperStory, func(s *story) {
			s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByClinical, Rest: true})
		}, `sessions: 8 cancelled; treatment: stopped instead of active`},
		{"weighed", gatedStory, func(s *story) {
			s.on("2025-01-07", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("80 kg")})
		}, `sessions: 6 with another dose`},
		{"closed", taperStory, func(s *story) { s.on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-08")}) }, `sessions: 1 lost`},
		{"closed and open", worldCourse, func(s *story) {
			s.on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-07"), To: day("2025-01-09")})
			s.on("2025-01-06", changed(schedule.ClinicDay{Date: day("2025-01-09"), Hours: hours("08:00-17:00")}))
		}, `visits: 1 lost`},
		{
			"moved with its companion", worldCourse, func(s *story) { s.on("2025-01-06", schedule.Moved{Session: s.id(4), Date: day("2025-01-17")}) },
			`sessions: 1 moved 1 day later; visits: 1 without a date any more, 1 moved 1 day later`,
		},
		{"decided", gatedStory, func(s *story) {
			s.give(4).on("2025-01-17", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
		}, `sessions: 3 planned, 4 given; decisions: 1 made`},
		{"accepted", gatedStory, func(s *story) {
			s.on("2025-01-06", schedule.Accepted{Session: s.id(1), Code: "soft-limit", Reason: "known", Who: "attending"})
		}, `nothing changes`},
		{"stepped back", gatedStory, func(s *story) {
			s.on("2025-01-07", schedule.SteppedBack{Session: s.id(6), To: "induction", Sessions: 3, Reason: "worse"})
		}, `sessions: 1 added, 2 moved 3 to 7 days earlier, 2 of another phase`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story(t)
			before := s.plan
			tt.run(s)
			d := before.Diff(s.plan)
			require.Equal(t, tt.want, d.String())
			requireDiff(t, before, s.plan, d)
		})
	}
}

// requireDiff checks that a difference says everything about the new plan.
func requireDiff(t *testing.T, before, after *schedule.Plan, d schedule.Diff) {
	t.Helper()
	again, err := d.Apply(before)
	require.NoError(t, err)
	require.Equal(t, string(schedule.FormatPlan(after)), string(schedule.FormatPlan(again)))
	patched, err := d.Patch(before.Snapshots())
	require.NoError(t, err)
	require.Equal(t, after.Snapshots(), patched)
	file, err := json.Marshal(d)
	require.NoError(t, err)
	require.JSONEq(t, string(file), string(d.AppendJSON(nil)))
	var read struct {
		Summary string
		Changes []struct{ Before, After map[string]any }
	}
	require.NoError(t, json.Unmarshal(file, &read))
	require.Equal(t, d.String(), read.Summary)
	require.Len(t, read.Changes, len(d.Changes))
	for i, c := range d.Changes {
		require.Equal(t, c.Added(), read.Changes[i].Before == nil)
		require.Equal(t, c.Removed(), read.Changes[i].After == nil)
		if !c.Removed() {
			require.Equal(t, c.After.ID.String(), read.Changes[i].After["id"])
		}
	}
	if len(d.Changes) > 0 {
		_, err = d.Apply(after)
		require.ErrorIs(t, err, schedule.ErrDiff)
		_, err = d.Patch(after.Snapshots())
		require.ErrorIs(t, err, schedule.ErrDiff)
	}
	// Backwards there are no events, but what differs is the same.
	back := after.Diff(before)
	require.Len(t, back.Changes, len(d.Changes))
	patched, err = back.Patch(after.Snapshots())
	require.NoError(t, err)
	require.Equal(t, before.Snapshots(), patched)
	for _, c := range d.Changes {
		require.False(t, c.Removed(), "no session vanishes")
	}
	if len(d.Events) > 0 {
		require.Empty(t, back.Events)
	}
}

// Of plans that do not follow from each other all sessions differ, and no events
// lead from one to the other.
func TestDiffOfOtherPlans(t *testing.T) {
	a := taperStory(t).plan
	r := request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06")
	r.Key[0] = 99
	b := living(t, r).plan
	d := a.Diff(b)
	require.Equal(t, "sessions: 8 added, 8 removed", d.String())
	require.Empty(t, d.Events)
	require.True(t, json.Valid(d.AppendJSON(nil)))
	patched, err := d.Patch(a.Snapshots())
	require.NoError(t, err)
	require.Equal(t, b.Snapshots(), patched)
	_, err = d.Apply(a)
	require.ErrorIs(t, err, schedule.ErrDiff)
	require.EqualError(t, err, "its events give another plan: the difference is not one from this plan")
	_, err = d.Patch(b.Snapshots())
	require.EqualError(t, err, "session "+sessionAt(b, 1).ID().String()+": the difference is not one from this plan")
}
