//go:build !race

package schedule_test

import (
	"iter"
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

// What a plan of a planner takes is the plan itself and nothing besides: it, what it
// was made from, its weighings, sessions, doses and days in order, and the days that it
// knows. A stream takes its own memory again.
func TestPlannerAllocatesPlans(t *testing.T) {
	r := taperRequest(t)
	planner, err := schedule.NewPlanner(r.Protocol, r.Opening, nil)
	require.NoError(t, err)
	_, err = planner.Build(r)
	require.NoError(t, err)
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = planner.Build(r) }), 8.0)

	next, stop := iter.Pull2(planner.Stream(func(yield func(schedule.Request) bool) {
		for yield(r) {
		}
	}))
	defer stop()
	next()
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { next() }), 1.0)
}
