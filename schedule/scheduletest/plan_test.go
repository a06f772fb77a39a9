package scheduletest_test

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// Plans of every kind of segment, under every policy, from every day of the week
// keep what is true of every plan.
func TestPlans(t *testing.T) {
	plans := 0
	for _, cadence := range []string{
		"3-2-1-1-1 then every 4w x3", "3-3 then every 1w x4", "days 1, 8 of 21 x4 then every 3w x1", "weeks 0, 2, 6 then every 8w x3",
		"every 1mo x4", "5/wk x3", "2-0-2", "every 4w (1w..8w) x3", "3-2 then every 2w x3 from week 4",
	} {
		phase := taper(cadence, 1)
		phase.Companions = []protocol.Companion{{Name: "talk", From: 1, To: 2}}
		for policy := schedule.Refuse; policy <= schedule.Carry; policy++ {
			for shift := range 7 {
				for _, holidays := range [][]clinic.Closure{nil, {closed("2025-01-20", "2025-01-24", "holidays")}} {
					r := ofPhases(t, phase)
					r.Opening, r.ShortWeek = weekdays(t, holidays...), policy
					r = scheduletest.Case(r, r.Start+date.Date(shift), dose.MustWeight("81.3 kg"))
					plan, err := schedule.Build(r)
					if err != nil {
						continue
					}
					plans++
					require.NoError(t, scheduletest.TestPlan(plan), "%s %s\n%s", cadence, policy, scheduletest.Calendar(plan))
				}
			}
		}
	}
	assert.Greater(t, plans, 250)
}

func TestNoPlan(t *testing.T) {
	for _, check := range []func(*schedule.Plan) error{
		scheduletest.TestPlan, scheduletest.TestPlaced,
		func(p *schedule.Plan) error { return scheduletest.TestFindings(p, 0) },
	} {
		require.ErrorContains(t, check(nil), "want a plan, got nil")
	}
	require.ErrorContains(t, scheduletest.TestPlan(new(schedule.Plan)), "testing a plan: it panicked")
}

func TestFindings(t *testing.T) {
	r := request(t)
	r.Opening, r.ShortWeek = weekdays(t, closed("2025-01-08", "", ""), closed("2025-01-10", "", "")), schedule.Drop
	plan := built(t, r)
	var left schedule.Check
	for _, c := range schedule.Checks() {
		if c.Code == schedule.LeftOut {
			left = c
		}
	}
	require.EqualError(t, scheduletest.TestFindings(plan, schedule.Info, left), "warning: session 3: left out: its target Fri 2025-01-10 has no room [left-out]")
	require.NoError(t, scheduletest.TestFindings(plan, schedule.Warning, left))
	require.ErrorContains(t, scheduletest.TestFindings(plan, 0), "[left-out]", "without checks all standard ones")
	own := schedule.Check{
		Code: "too-early-in-the-year", Severity: schedule.Info, Doc: "A plan begins in January.",
		Run: func(p *schedule.Plan, found []schedule.Finding) []schedule.Finding {
			if p.Start().Month() == time.January {
				found = append(found, schedule.Finding{Text: "it is January"})
			}
			return found
		},
	}
	require.ErrorContains(t, scheduletest.TestFindings(plan, 0, own), "it is January")
	require.NoError(t, scheduletest.TestFindings(plan, schedule.Info, own))

	r.Accepted = []schedule.Acceptance{{Session: 3, Code: schedule.LeftOut, Reason: "agreed", Who: "a clinician"}}
	require.NoError(t, scheduletest.TestFindings(built(t, r), 0, left))
}

// A session that was given late leaves the next one too close until it is moved.
func TestPlacedAfterALateSession(t *testing.T) {
	sim := simulate(t, request(t))
	require.NoError(t, scheduletest.TestPlaced(sim.Plan()))
	require.NoError(t, sim.Advance(1))
	require.NoError(t, sim.AdvanceTo(day("2025-01-08")))
	sim.Late(2, 1)
	require.NoError(t, sim.AdvanceTo(day("2025-01-10")))
	require.EqualError(t, scheduletest.TestPlaced(sim.Plan()), "session 3 on Fri 2025-01-10: less than 2 days after session 2 on Thu 2025-01-09")
	require.ErrorContains(t, sim.Advance(1), "session 3 of Fri 2025-01-10 cannot take place: less than 2 days after session 2 on Thu 2025-01-09")
	require.NoError(t, sim.Take(3, schedule.WaySkip))
	require.NoError(t, sim.Finish())
	require.NoError(t, scheduletest.TestPlaced(sim.Plan()))
}
