//go:build !race

package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// Looking over a plan in which there is nothing to find allocates nothing.
func TestValidateAllocatesNothing(t *testing.T) {
	plan, recorded := cleanPlans(t)
	require.Empty(t, schedule.Validate(plan))
	require.Empty(t, schedule.Validate(recorded))
	require.Zero(t, testing.AllocsPerRun(100, func() { schedule.Validate(plan) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { schedule.Validate(recorded) }))
}
