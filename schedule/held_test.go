package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

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
		"Mon 2025-01-20 given, Mon 2025-01-20 cancelled, Mon 2025-01-27, Mon 2025-02-03", s.calendar())
	requireKept(t, s.plan)
}
