package scheduletest_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// A decision to change the protocol leaves the rest waiting for the new one.
func TestWaitsForAnotherProtocol(t *testing.T) {
	r := gated(t)
	r.Protocol = version(t, r.Protocol, "1")
	sim := simulate(t, r)
	sim.On(day("2025-01-11"), schedule.Decided{Gate: "response", Then: protocol.Change, Reason: "interval", Who: "a clinician"})
	err := sim.Finish()
	stopped, ok := errors.AsType[*scheduletest.DecisionError](err)
	require.True(t, ok, "%v", err)
	assert.Empty(t, stopped.Gate)
	assert.EqualError(t, err, "session 4 of Mon 2025-01-13 waits for another version of the protocol")

	other := taper("3-1", 2)
	other.Dose = dose.MustRule("0.75 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg")
	require.NoError(t, sim.Do(schedule.Adopted{Protocol: version(t, compile(t, other), "2"), Who: "a clinician"}))
	require.NoError(t, sim.Finish())
	scheduletest.AssertCalendar(t, sim.Plan(), `
		Mon 2025-01-06 36 mg given
		Wed 2025-01-08 36 mg given
		Fri 2025-01-10 36 mg given
		Mon 2025-01-13 54 mg given
		Thu 2025-01-16 36 mg cancelled
	`)
}

// Each event that makes up for a missed session, or ends or holds the treatment,
// is a way on that the test has found itself.
func TestWaysOfTheTestsOwn(t *testing.T) {
	for name, way := range map[string]func(id schedule.ID, next schedule.ID) schedule.Happening{
		"added":   func(id, _ schedule.ID) schedule.Happening { return schedule.Added{Date: day("2025-01-21"), For: id} },
		"shifted": func(id, _ schedule.ID) schedule.Happening { return schedule.Shifted{Session: id, Weeks: 1} },
		"reanchored": func(id, _ schedule.ID) schedule.Happening {
			return schedule.Reanchored{Session: id, Date: day("2025-01-22")}
		},
		"appended": func(id, _ schedule.ID) schedule.Happening { return schedule.Appended{Session: id} },
		"restarted": func(id, _ schedule.ID) schedule.Happening {
			return schedule.Restarted{Session: id, Date: day("2025-01-22")}
		},
		"stopped": func(_, next schedule.ID) schedule.Happening {
			return schedule.Cancelled{Session: next, By: schedule.ByPatient, Rest: true}
		},
		"held": func(_, next schedule.ID) schedule.Happening { return schedule.Held{Session: next} },
	} {
		t.Run(name, func(t *testing.T) {
			sim := simulate(t, request(t))
			sim.Miss(6)
			_, stopped := errors.AsType[*scheduletest.RepairError](sim.Finish())
			require.True(t, stopped)
			require.NoError(t, sim.Do(way(sim.ID(6), sim.ID(7))))
			require.NoError(t, sim.Finish())
		})
	}
}

// What the present phase of the treatment is going back to has to be an earlier
// one, so this protocol has two.
func TestStepsBack(t *testing.T) {
	maintenance := taper("every 2w x3", 2)
	maintenance.Name = "maintenance"
	r := ofPhases(t, taper("1/wk x2", 2), maintenance)
	spec := r.Protocol.Spec()
	spec.Missed = []protocol.MissedRule{{Phase: "maintenance", Condition: "worse", Then: protocol.StepBack, To: "taper"}}
	var err error
	r.Protocol, err = spec.Compile()
	require.NoError(t, err)

	sim := simulate(t, r)
	sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayStepBack}})
	sim.Miss(3)
	require.NoError(t, sim.Finish())
	scheduletest.AssertCalendar(t, sim.Plan(), `
		Mon 2025-01-06 36 mg given
		Mon 2025-01-13 36 mg given
		Mon 2025-01-27 36 mg missed
		# once a week for the three that the phase has left
		Mon 2025-02-03 36 mg given
		Mon 2025-02-10 36 mg given
		Mon 2025-02-17 36 mg given
	`)
}

// A weight at which the dose would pass a hard limit stops the simulation at the
// session that it concerns.
func TestStopsWithoutADose(t *testing.T) {
	strict := taper("1/wk x3", 2)
	strict.Dose = dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 40 mg")
	sim := simulate(t, ofPhases(t, strict))
	sim.Weigh(day("2025-01-10"), dose.MustWeight("90 kg"))
	require.ErrorContains(t, sim.Finish(), "Mon 2025-01-13: ")
	assert.Equal(t, day("2025-01-13"), sim.Today())

	sim = simulate(t, ofPhases(t, strict))
	sim.Weigh(day("2025-01-14"), dose.MustWeight("90 kg"))
	sim.Late(2, 2)
	require.ErrorContains(t, sim.Finish(), "Wed 2025-01-15: session 2: ")
}
