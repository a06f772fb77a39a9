package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// The history of a session has the entries that name it, that which made it, and what
// corrects any of these, though it names no session itself; a correction is corrected in
// its turn. What says nothing of the session is not in it.
func TestHistoryOfASession(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	s.on("2025-01-07", schedule.PatientAway{From: day("2025-01-09")})
	s.on("2025-01-13", schedule.Missed{Session: s.id(2)})
	s.correct("2025-01-14", "e3", nil)
	s.correct("2025-01-14", "e4", nil)
	s.on("2025-01-14", schedule.Added{Date: day("2025-01-16")})
	s.correct("2025-01-14", "e2", schedule.Weighed{Date: day("2025-01-13"), Weight: dose.MustWeight("80 kg"), Session: s.id(1)})
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 missed, Thu 2025-01-16, Mon 2025-01-20", s.calendar())
	for ordinal, want := range map[int][]string{
		1: {
			`2025-01-06: given on Mon 2025-01-06, event "e1"`,
			`2025-01-14: instead of event "e2": weighed 80 kg on Mon 2025-01-13 (entered wrongly), event "e7"`,
		},
		2: {
			`2025-01-13: missed, event "e3"`,
			`2025-01-14: event "e3" withdrawn (entered wrongly), event "e4", corrected by event "e5"`,
			`2025-01-14: event "e4" withdrawn (entered wrongly), event "e5"`,
		},
		3: {`2025-01-14: added on Thu 2025-01-16, event "e6"`},
		4: nil,
	} {
		e, err := s.plan.Explain(s.id(ordinal))
		require.NoError(t, err)
		assert.Equal(t, want, e.History, ordinal)
	}
}
