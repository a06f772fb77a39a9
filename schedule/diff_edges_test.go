package schedule_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What the difference says of companions and follow-ups. Talks are on the Tuesdays.
func TestDiffTextOfVisits(t *testing.T) {
	open := changed(schedule.ClinicDay{Date: day("2025-01-14"), Hours: hours("08:00-17:00")})
	closed := schedule.ClinicClosed{From: day("2025-01-14")}
	for _, tt := range []struct {
		name        string
		before, run func(s *story)
		want        string
	}{
		{"done", nil, func(s *story) { s.on("2025-01-07", schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2025-01-07")}) }, "visits: 1 done"},
		{"missed", nil, func(s *story) { s.on("2025-01-07", schedule.VisitMissed{Visit: s.talk(1).ID}) }, "visits: 1 missed"},
		{"lost", nil, func(s *story) { s.on("2025-01-07", closed) }, "visits: 1 lost"},
		{"no longer lost", func(s *story) { s.on("2025-01-07", closed) }, func(s *story) { s.on("2025-01-07", open) }, "visits: 1 no longer lost"},
		{"moved from the day that it lost", func(s *story) { s.on("2025-01-07", closed) }, func(s *story) {
			s.on("2025-01-07", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-15")})
		}, "visits: 1 moved 1 day later"},
		{"cancelled with the day that it lost", func(s *story) { s.on("2025-01-07", closed) }, func(s *story) {
			s.on("2025-01-07", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
		}, "sessions: 1 cancelled; visits: 1 cancelled"},
		{"another time", nil, func(s *story) {
			s.on("2025-01-07", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-14"), Start: clock(s.t, "11:00")})
		}, "visits: 1 moved to another time"},
		{
			"of a session with another number", nil, func(s *story) { s.on("2025-01-07", schedule.Added{Date: day("2025-01-09"), Phase: "alone"}) },
			"sessions: 1 added; visits: 1 with another number",
		},
		{"of another kind", func(s *story) { s.give(1) }, func(s *story) {
			next := s.plan.Protocol().Spec()
			next.Version, next.Phases[0].Companions[0].Visit.Kind = "2", protocol.FollowUp
			s.on("2025-01-06", schedule.Adopted{Protocol: compiled(s.t, next), Who: "attending", Reason: "new version"})
		}, "visits: 1 with another name, drug or route; treatment: another protocol"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			spec := beside(t, "1/wk x2", []protocol.Companion{{Name: "talk", From: 1, To: 3}})
			spec.Phases = append(spec.Phases, protocol.Phase{Name: "alone", Cadence: protocol.MustCadence("1"), MinGap: 2})
			s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
			if tt.before != nil {
				tt.before(s)
			}
			before := s.plan
			tt.run(s)
			d := before.Diff(s.plan)
			assert.Equal(t, tt.want, d.String())
			requireDiff(t, before, s.plan, d)
		})
	}
}

// What the difference says of levels, tasks and gates.
func TestDiffTextOfTheRest(t *testing.T) {
	levels := func(t *testing.T) *story {
		p := phase("1/wk x3", "0.5 mg/kg of actual weight, hard max 100 mg")
		p.Steps = []protocol.Step{{From: 1, Dose: dose.MustRule("40 mg"), Condition: "asked for"}}
		r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}), weekdaysOnly(t), "2025-01-06")
		r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
		return living(t, r)
	}
	for _, tt := range []struct {
		name  string
		story func(t *testing.T) *story
		run   func(s *story)
		want  string
	}{
		{"as much by another level", levels, func(s *story) { s.on("2025-01-06", chosen(s.id(1), "40 mg")) }, "sessions: 3 with another level"},
		{"other tasks", func(t *testing.T) *story { return gatedStory(t).give(1) }, func(s *story) {
			next := s.plan.Protocol().Spec()
			next.Version, next.Phases[1].Visit.Tasks = "2", []protocol.Task{{Text: "scale", From: protocol.Arrival}}
			s.on("2025-01-06", schedule.Adopted{Protocol: compiled(s.t, next), Who: "attending", Reason: "new version"})
		}, "sessions: 3 with other tasks; treatment: another protocol"},
		{
			"a gate on another date", gatedStory, func(s *story) { s.on("2025-01-06", schedule.Moved{Session: s.id(4), Date: day("2025-01-17")}) },
			"sessions: 1 moved 1 day later; decisions: 1 on another date",
		},
		{"a gate less", func(t *testing.T) *story { return gatedStory(t).give(1) }, func(s *story) {
			next := s.plan.Protocol().Spec()
			next.Version, next.Gates = "2", nil
			s.on("2025-01-06", schedule.Adopted{Protocol: compiled(s.t, next), Who: "attending", Reason: "new version"})
		}, "sessions: 3 planned; decisions: 1 removed; treatment: another protocol"},
		{"a gate that asks for something else", func(t *testing.T) *story { return gatedStory(t).give(1) }, func(s *story) {
			next := s.plan.Protocol().Spec()
			next.Version, next.Gates = "2", slices.Clone(next.Gates)
			next.Gates[0].Assess = "remission"
			s.on("2025-01-06", schedule.Adopted{Protocol: compiled(s.t, next), Who: "attending", Reason: "new version"})
		}, "decisions: 1 changed; treatment: another protocol"},
		{"a gate more", func(t *testing.T) *story { return gatedStory(t).give(1) }, func(s *story) {
			next := s.plan.Protocol().Spec()
			next.Version, next.Gates = "2", append(slices.Clone(next.Gates), protocol.Gate{Name: "end", Phase: "maintenance", Assess: "response"})
			s.on("2025-01-06", schedule.Adopted{Protocol: compiled(s.t, next), Who: "attending", Reason: "new version"})
		}, "decisions: 1 added; treatment: another protocol"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story(t)
			before := s.plan
			tt.run(s)
			d := before.Diff(s.plan)
			assert.Equal(t, tt.want, d.String())
			requireDiff(t, before, s.plan, d)
		})
	}
}

// Of a session that only one plan has nothing is another than before.
func TestChangeOfOnePlanOnly(t *testing.T) {
	s := mondays(t, "1/wk x2")
	s.on("2025-01-07", schedule.ClinicClosed{From: day("2025-01-13")})
	lost := sessionAt(s.plan, 2).Snapshot()
	require.NotEmpty(t, lost.Lost)
	for _, c := range []schedule.Change{{After: lost}, {Before: lost}} {
		assert.False(t, c.Lost() || c.Found() || c.Moved() || c.Dated() || c.Undated() || c.Redosed() || c.Restated() || c.Retargeted() || c.Quiet())
		assert.NotEqual(t, c.Added(), c.Removed())
	}
	found := lost
	found.Lost = ""
	assert.True(t, schedule.Change{Before: lost, After: found}.Found())
	assert.True(t, schedule.Change{Before: found, After: lost}.Lost())
}

// Plans that were built from one key by protocols that only name another drug differ in
// every session.
func TestDiffOfAnotherDrug(t *testing.T) {
	build := func(drug string) *schedule.Plan {
		return living(t, request(courseOf(t, "one", drug, nil, [3]string{"all", "1/wk x3", "40 mg"}), weekdaysOnly(t), "2025-01-06")).plan
	}
	d := build("ketamine").Diff(build("esketamine"))
	require.Len(t, d.Changes, 3)
	assert.Equal(t, "sessions: 3 with another name, drug or route; treatment: another protocol", d.String())
	assert.Equal(t, []string{"ketamine", "esketamine"}, []string{d.Changes[0].Before.Drug, d.Changes[0].After.Drug})
}

// A plan that was read again goes on from the one that was kept, and the difference has the
// events that are new; one of which another entry was recorded does not.
func TestDiffEventsOfAPlanReadAgain(t *testing.T) {
	r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06")
	s := living(t, r).give(1)
	kept := reread(t, s.plan, &r)
	s.on("2025-01-07", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")})
	d := kept.Diff(s.plan)
	require.Len(t, d.Events, 1)
	require.Equal(t, "e2", d.Events[0].Event.ID)
	requireDiff(t, kept, s.plan, d)

	other := living(t, r).on("2025-01-06", schedule.Missed{Session: sessionAt(kept, 1).ID()})
	assert.Empty(t, other.plan.Diff(s.plan).Events, "another e1")
	later := living(t, r).on("2025-01-07", schedule.Given{Session: sessionAt(kept, 1).ID(), Date: day("2025-01-06")})
	assert.Empty(t, later.plan.Diff(s.plan).Events, "e1 as of another day")
}

// A cadence without end has no number of sessions.
func TestDiffOfACourseWithoutEnd(t *testing.T) {
	s := endlessStory(t)
	before := s.plan
	s.on("2025-01-06", schedule.Held{Session: s.id(1), Reason: "fever"})
	d := before.Diff(s.plan)
	assert.Equal(t, []int{0, 0}, []int{d.Before.Of, d.After.Of})
	s = taperStory(t)
	before = s.plan
	s.on("2025-01-06", schedule.Held{Session: s.id(1), Reason: "fever"})
	assert.Equal(t, 8, before.Diff(s.plan).After.Of)
}

// The dates that a session could have: those that leave out the fewest come first, then the
// cheapest, then the latest. 2/wk is on Monday and Thursday, two days apart: on Tuesday or
// Monday the second leaves no day for the first.
func TestAlternativesWhereSessionsAreLeftOut(t *testing.T) {
	r := request(bare(t, "2/wk x1", 2), weekdaysOnly(t), "2025-01-06")
	r.ShortWeek = schedule.Drop
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	list, err := plan.Alternatives(sessionAt(plan, 2).ID())
	require.NoError(t, err)
	type found struct {
		date           string
		left, total    int
		moves          int
		firstTo, ownTo string
	}
	var got []found
	for _, a := range list {
		f := found{date: a.Date.String(), left: a.LeftOut, total: a.Total, moves: len(a.Moves), ownTo: a.Moves[len(a.Moves)-1].To.String()}
		if len(a.Moves) == 2 && a.Moves[0].To != 0 {
			f.firstTo = a.Moves[0].To.String()
		}
		got = append(got, f)
	}
	assert.Equal(t, []found{
		{"2025-01-10", 0, 1, 1, "", "2025-01-10"},
		{"2025-01-08", 0, 1, 1, "", "2025-01-08"},
		{"2025-01-07", 1, 4, 2, "", "2025-01-07"},
		{"2025-01-06", 1, 9, 2, "", "2025-01-06"},
	}, got)
}
