package schedule_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// A refusal names the session for which there is no room by its number in the plan, also
// where sessions between those that are planned again stay: the third was cancelled, and
// the second would be in the week of 2025-01-20, which is closed.
func TestRefusalNamesTheSession(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x5", 2), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient})
	s.on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-17"), To: day("2025-01-23")})
	_, err := s.try("2025-01-06", schedule.Shifted{Session: s.id(2), Weeks: 1})
	require.ErrorContains(t, err, "session 2")
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok)
	blocked, ok := errors.AsType[*schedule.BuildError](err)
	require.True(t, ok)
	require.Equal(t, 2, blocked.Ordinal)
	require.EqualError(t, refused.Err, blocked.Error())
}

// A refusal names the session that is in the way by its number too: the second was given on
// Friday 01-17, and the third would be within seven days of that, whatever its day.
func TestRefusalNamesWhatIsInTheWay(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x4", 7), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient})
	s.on("2025-01-17", schedule.Given{Session: s.id(2), Date: day("2025-01-17")})
	_, err := s.try("2025-01-17", schedule.Shifted{Session: s.id(3)})
	require.ErrorContains(t, err, "session 3")
	require.ErrorContains(t, err, "days after session 2")
}
