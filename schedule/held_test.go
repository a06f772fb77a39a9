package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A session that waits is not resumed on a day on which another was given
// meanwhile, and what is to come comes after what was given.
func TestResumedAfterAnotherWasGiven(t *testing.T) {
	s := living(t, request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06"))
	s.give(5).on("2025-01-17", schedule.Held{Session: s.id(6)})
	s.on("2025-01-20", schedule.Added{Date: day("2025-01-20")})
	s.on("2025-01-20", schedule.Given{Session: s.id(7), Date: day("2025-01-20")})
	require.Equal(t, schedule.StateGiven, sessionAt(s.plan, 6).State())
	require.Equal(t, schedule.StateHeld, sessionAt(s.plan, 7).State())
	s.on("2025-01-20", schedule.Resumed{})
	require.Equal(t, "Mon 2025-01-06 given, Wed 2025-01-08 given, Fri 2025-01-10 given, Mon 2025-01-13 given, Thu 2025-01-16 given, "+
		"Mon 2025-01-20 cancelled, Mon 2025-01-20 given, Mon 2025-01-27, Mon 2025-02-03", s.calendar())
	requireKept(t, s.plan)
}

// A phase that was shifted and begins again has its first target on the day that
// it is to begin on, also where the cadence counts from a treatment week.
func TestRestartedAfterShifted(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{
		{Name: "induction", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1},
		{Name: "maintenance", Cadence: protocol.MustCadence("every 1w x3 from week 4"), MinGap: 1},
	}})
	s := living(t, request(p, weekdaysOnly(t), "2025-01-06"))
	s.give(2).on("2025-01-14", schedule.Shifted{Session: s.id(3), Weeks: 3})
	s.on("2025-01-15", schedule.Restarted{Session: s.id(3), Date: day("2025-01-20")})
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 given, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03", s.calendar())
	require.Equal(t, day("2025-01-20"), sessionAt(s.plan, 3).Target())
	requireKept(t, s.plan)
}

// A version without end that is adopted goes on to the plan's last day.
func TestAdoptedWithoutEnd(t *testing.T) {
	r := request(version(t, bare(t, "1/wk x3 then every 1w", 2), "1"), weekdaysOnly(t), "2025-01-06")
	r.Until = day("2025-02-03")
	s := living(t, r).give(1)
	s.on("2025-01-06", schedule.Adopted{Protocol: version(t, bare(t, "1/wk x2 then every 3d", 2), "2"), Who: "attending"})
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Wed 2025-01-22, Fri 2025-01-24, Tue 2025-01-28, "+
		"Fri 2025-01-31, Mon 2025-02-03", s.calendar())
	requireKept(t, s.plan)
}

// A long plan can be shifted as a whole, and none grows past what a plan may have.
func TestEventsKeepPlansSmallEnough(t *testing.T) {
	s := living(t, request(bare(t, "7/wk x1000 then 7/wk x1000", 1), everyDay(t), "2025-01-06"))
	s.give(1).on("2025-01-06", schedule.Shifted{Session: s.id(2), Weeks: 1})
	require.Equal(t, 14_000, s.plan.Len())
	require.Equal(t, day("2025-01-14"), sessionAt(s.plan, 2).Date())
	s.on("2025-01-06", schedule.Held{Session: s.id(7_001)})
	_, err := s.try("2025-01-06", schedule.Restarted{Session: s.id(7_001), Date: day("2045-01-01")})
	require.ErrorIs(t, err, schedule.ErrEvent)
	require.EqualError(t, err, `event "e4" (restarted): plan "21000": want at most 20000 sessions in a plan`)
}
