package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// Each thing that differs has its words; what follows from something else is said only where
// there is nothing else.
func TestDiffWords(t *testing.T) {
	id, err := schedule.ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	was := schedule.Snapshot{ID: id, Ordinal: 2, Phase: "all", Date: day("2025-01-13"), Start: clock(t, "08:00"), End: clock(t, "09:00"), EndDate: day("2025-01-13"), State: schedule.StatePlanned}
	for _, tt := range []struct {
		want   string
		change func(*schedule.Snapshot)
	}{
		{"1 given", func(s *schedule.Snapshot) { s.State = schedule.StateGiven }},
		{"1 lost", func(s *schedule.Snapshot) { s.Lost = "closed" }},
		{"1 without a date any more", func(s *schedule.Snapshot) { s.Date = 0 }},
		{"1 moved 1 day later", func(s *schedule.Snapshot) { s.Date++ }},
		{"1 moved 2 days earlier", func(s *schedule.Snapshot) { s.Date -= 2 }},
		{"1 moved to another time", func(s *schedule.Snapshot) { s.Start = clock(t, "08:30") }},
		{"1 with another dose", func(s *schedule.Snapshot) { s.Amount = dose.MustMass("40 mg"); s.Level = dose.MustLevel("40 mg") }},
		{"1 with another level", func(s *schedule.Snapshot) { s.Level = dose.MustLevel("40 mg") }},
		{"1 with other doses allowed", func(s *schedule.Snapshot) { s.Allowed = "60 mg" }},
		{"1 with other tasks", func(s *schedule.Snapshot) { s.Tasks = "scale" }},
		{"1 with other medicines beside", func(s *schedule.Snapshot) { s.Beside = "ondansetron 4 mg" }},
		{"1 of another phase", func(s *schedule.Snapshot) { s.Phase = "weekly" }},
		{"1 with another name, drug or route", func(s *schedule.Snapshot) { s.Drug = "ketamine" }},
		{"1 with another name, drug or route", func(s *schedule.Snapshot) { s.Route = "nasal" }},
		{"1 with another worksheet", func(s *schedule.Snapshot) { s.Worksheet = "0.5 mg/kg" }},
		{"1 with another window", func(s *schedule.Snapshot) { s.Target++ }},
		{"1 with another window", func(s *schedule.Snapshot) { s.Earliest++ }},
		{"1 with another window", func(s *schedule.Snapshot) { s.Latest++ }},
		{"1 with another number", func(s *schedule.Snapshot) { s.Ordinal++ }},
		{"1 moved 1 day later", func(s *schedule.Snapshot) {
			s.Date++
			s.Latest++
			s.Ordinal++
			s.Worksheet = "x"
			s.Tasks = "scale"
			s.Beside = "x"
		}},
		{"1 given", func(s *schedule.Snapshot) {
			s.State = schedule.StateGiven
			s.Allowed, s.Tasks, s.Beside = "x", "x", "x"
		}},
		{"1 with another dose", func(s *schedule.Snapshot) { s.Amount = dose.MustMass("40 mg"); s.Allowed = "x" }},
	} {
		now := was
		tt.change(&now)
		assert.Equal(t, "sessions: "+tt.want, schedule.Diff{Changes: []schedule.Change{{Before: was, After: now}}}.String())
	}
	words := func(b, a schedule.Snapshot) string {
		return schedule.Diff{Changes: []schedule.Change{{Before: b, After: a}}}.String()
	}
	lost, undated := was, was
	lost.Lost, undated.Date = "closed", 0
	moved := was
	moved.Date++
	settled := was
	settled.State = schedule.StateCancelled
	assert.Equal(t, "sessions: 1 no longer lost", words(lost, was))
	assert.Equal(t, "sessions: 1 moved 1 day later", words(lost, moved))
	assert.Equal(t, "sessions: 1 cancelled", words(lost, settled))
	assert.Equal(t, "sessions: 1 with a date again", words(undated, was))
	assert.Equal(t, "sessions: 1 added", words(schedule.Snapshot{}, was))
	assert.Equal(t, "sessions: 1 removed", words(was, schedule.Snapshot{}))
	further := was
	further.Date += 3
	assert.Equal(t, "sessions: 2 moved 1 to 3 days later", schedule.Diff{Changes: []schedule.Change{{Before: was, After: further}, {Before: was, After: moved}}}.String())
	assert.Equal(t, "sessions: 2 moved 1 to 3 days later", schedule.Diff{Changes: []schedule.Change{{Before: was, After: moved}, {Before: was, After: further}}}.String())
}

func TestDiffWordsOfVisits(t *testing.T) {
	id, err := schedule.ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	was := schedule.OtherVisit{ID: id, Session: 2, Name: "talk", Kind: protocol.Integration, Date: day("2025-01-14"), Start: clock(t, "08:00"), End: clock(t, "09:00"), EndDate: day("2025-01-14"), State: schedule.StatePlanned}
	for _, tt := range []struct {
		want   string
		change func(*schedule.OtherVisit)
	}{
		{"1 missed", func(v *schedule.OtherVisit) { v.State = schedule.StateMissed }},
		{"1 done", func(v *schedule.OtherVisit) { v.State = schedule.StateDone }},
		{"1 lost", func(v *schedule.OtherVisit) { v.Lost = "closed" }},
		{"1 without a date any more", func(v *schedule.OtherVisit) { v.Date = 0 }},
		{"1 moved 1 day later", func(v *schedule.OtherVisit) { v.Date++; v.Session++; v.Target++ }},
		{"1 moved 1 day earlier", func(v *schedule.OtherVisit) { v.Date-- }},
		{"1 moved to another time", func(v *schedule.OtherVisit) { v.End = clock(t, "09:30") }},
		{"1 with another name, drug or route", func(v *schedule.OtherVisit) { v.Name = "call" }},
		{"1 with another name, drug or route", func(v *schedule.OtherVisit) { v.Kind = protocol.FollowUp }},
		{"1 with another window", func(v *schedule.OtherVisit) { v.Target++ }},
		{"1 with another window", func(v *schedule.OtherVisit) { v.Earliest++ }},
		{"1 with another window", func(v *schedule.OtherVisit) { v.Latest++ }},
		{"1 with another number", func(v *schedule.OtherVisit) { v.Session++ }},
	} {
		now := was
		tt.change(&now)
		assert.Equal(t, "visits: "+tt.want, schedule.Diff{Visits: []schedule.VisitChange{{Before: was, After: now}}}.String())
	}
	words := func(b, a schedule.OtherVisit) string {
		return schedule.Diff{Visits: []schedule.VisitChange{{Before: b, After: a}}}.String()
	}
	lost, moved, missed := was, was, was
	lost.Lost, missed.State = "closed", schedule.StateMissed
	moved.Date++
	assert.Equal(t, "visits: 1 no longer lost", words(lost, was))
	assert.Equal(t, "visits: 1 moved 1 day later", words(lost, moved))
	assert.Equal(t, "visits: 1 missed", words(lost, missed))
	assert.Equal(t, "visits: 1 added", words(schedule.OtherVisit{}, was))
	assert.Equal(t, "visits: 1 removed", words(was, schedule.OtherVisit{}))
}

func TestDiffWordsOfDecisions(t *testing.T) {
	was := schedule.CheckpointSnapshot{Gate: "benefit", Assess: "response", Session: 4, Date: day("2025-01-16")}
	for _, tt := range []struct {
		want   string
		change func(*schedule.CheckpointSnapshot)
	}{
		{"1 made", func(c *schedule.CheckpointSnapshot) { c.Decision = protocol.Continue; c.Date++ }},
		{"1 on another date", func(c *schedule.CheckpointSnapshot) { c.Date++; c.Session++ }},
		{"1 changed", func(c *schedule.CheckpointSnapshot) { c.Assess = "harm" }},
		{"1 removed", func(c *schedule.CheckpointSnapshot) { *c = schedule.CheckpointSnapshot{} }},
	} {
		now := was
		tt.change(&now)
		assert.Equal(t, "decisions: "+tt.want, schedule.Diff{Checkpoints: []schedule.CheckpointChange{{Before: was, After: now}}}.String())
	}
	assert.Equal(t, "decisions: 1 added", schedule.Diff{Checkpoints: []schedule.CheckpointChange{{After: was}}}.String())
	decided := was
	decided.Decision = protocol.Stop
	assert.Equal(t, "decisions: 1 changed", schedule.Diff{Checkpoints: []schedule.CheckpointChange{{Before: decided, After: was}}}.String(), "withdrawn")

	before := schedule.Treatment{Standing: schedule.Active, Of: 4, Protocol: "a", Versions: 1}
	for want, after := range map[string]schedule.Treatment{
		"treatment: completed instead of active":                 {Standing: schedule.Completed, Of: 4, Protocol: "a", Versions: 1},
		"treatment: another protocol":                            {Standing: schedule.Active, Of: 4, Protocol: "b", Versions: 1},
		"treatment: stopped instead of active, another protocol": {Standing: schedule.Stopped, Of: 4, Protocol: "a", Versions: 2},
	} {
		assert.Equal(t, want, schedule.Diff{Before: before, After: after}.String())
	}
}
