package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// The session that makes up for another has its place in the week; the week has no
// more sessions for it.
func TestExplainMadeUpWeek(t *testing.T) {
	for _, tt := range []struct{ cadence, want string }{
		{"7/wk x2", "days of a week with 7: 1, 2, 3, 4, 5, 6, 7, ideal"},
		{"3/wk x2", "days of a week with 3: 1, 3, 5, ideal"},
	} {
		s := living(t, request(bare(t, tt.cadence, 1), everyDay(t), "2025-01-06"))
		s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.Added{Date: day("2025-01-06"), For: s.id(1)})
		for i := range 3 {
			e, err := s.plan.Explain(s.id(i + 1))
			require.NoError(t, err)
			require.Contains(t, e.TargetRule, tt.want)
		}
		requireKept(t, s.plan)
	}
}

// Once another version was adopted, the decision that asked for it is made.
func TestCheckpointAfterChange(t *testing.T) {
	s := living(t, request(compiled(t, inducedThenWeekly()), weekdaysOnly(t), "2025-04-01")).give(4)
	s.on("2025-04-11", schedule.Decided{Gate: "benefit", Then: protocol.Change, Reason: "too tired", Who: "the psychiatrist"})
	require.Equal(t, protocol.Change, s.plan.On(day("2025-04-12")).Checkpoint.Decision)
	spec := inducedThenWeekly()
	spec.Gates = append(spec.Gates, protocol.Gate{Name: "later", Phase: "weekly", After: 2, Assess: "response"})
	s.on("2025-04-11", schedule.Adopted{Protocol: compiled(t, spec), Who: "the psychiatrist"})
	open := s.plan.On(day("2025-04-12")).Checkpoint
	require.Equal(t, "later", open.Gate.Name)
	require.Zero(t, open.Decision)
	require.Equal(t, 6, open.Session)
}

// A visit without a length ends when it begins: what the plan says can be recorded
// as it is.
func TestGivenWithoutLength(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06"))
	first := sessionAt(s.plan, 1)
	s.on("2025-01-06", schedule.Given{Session: first.ID(), Date: first.Date(), Start: first.Start(), End: first.End()})
	require.Equal(t, first.End(), sessionAt(s.plan, 1).End())
	_, err := s.try("2025-01-13", schedule.Given{Session: s.id(2), Date: day("2025-01-13"), Start: mustTime(t, "09:00"), End: mustTime(t, "08:59")})
	require.ErrorContains(t, err, `End "08:59": want a time that is not after the as-of one, 2025-01-13 12:00`)
}

// A session that is overdue in one week comes after one that was given in the
// next: what was given in that week counts all the same.
func TestCumulativeWeekPastAnOverdueSession(t *testing.T) {
	r := request(compiled(t, protocol.Spec{
		Phases:     []protocol.Phase{phase("2/wk x3", "50 mg, or 80 mg, hard max 80 mg")},
		Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("120 mg")}}},
	}), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	s.on("2025-01-14", schedule.Given{Session: s.id(1), Date: day("2025-01-14"), Dose: dose.MustMass("80 mg")})
	require.Equal(t, "Tue 2025-01-14 given, Thu 2025-01-09, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Thu 2025-01-23", s.calendar())
	require.NoError(t, sessionAt(s.plan, 2).DoseError())
	for _, ordinal := range []int{3, 4} {
		require.ErrorIs(t, sessionAt(s.plan, ordinal).DoseError(), schedule.ErrCumulative, ordinal)
	}
	require.NoError(t, sessionAt(s.plan, 5).DoseError())
}
