package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What is placed again where it was is not said of anew, however many doses were chosen for
// other sessions since.
func TestToldOnceOfADoseOfLongAgo(t *testing.T) {
	const rule = "10 mg, or 20 mg or 30 mg or 40 mg or 50 mg or 60 mg or 70 mg, hard max 100 mg"
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x2", rule)}}), weekdaysOnly(t), "2025-01-06"))
	for _, level := range []string{"20 mg", "30 mg", "40 mg", "50 mg", "60 mg", "70 mg"} {
		require.NoError(t, s.as("2025-01-06 07:00", chosen(s.id(2), level)))
	}
	require.NoError(t, s.as("2025-01-06 07:00", schedule.Shifted{Session: s.id(1)}))
	require.Equal(t, "Mon 2025-01-06, Mon 2025-01-13", s.calendar())
	assert.Equal(t, []string{" 2025-01-06 planned 10 mg 0"}, toldTexts(s.plan, s.id(1)))
	assert.Len(t, toldTexts(s.plan, s.id(2)), 7)
	requireKept(t, s.plan)
}

// Plans that were built alike do not differ, though their protocols were compiled twice.
func TestNoDifferenceIsNone(t *testing.T) {
	plan := func() *schedule.Plan {
		return living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x3", "40 mg")}}), weekdaysOnly(t), "2025-01-06")).plan
	}
	assert.Nil(t, plan().Diff(plan()).Changes)
}
