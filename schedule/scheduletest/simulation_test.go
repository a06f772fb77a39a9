package scheduletest_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// simulate begins a simulation whose every state is checked.
func simulate(t testing.TB, r schedule.Request) *scheduletest.Simulation {
	t.Helper()
	sim, err := scheduletest.New(r)
	require.NoError(t, err)
	sim.Each(scheduletest.TestPlan)
	return sim
}

func TestSimulation(t *testing.T) {
	sim := simulate(t, request(t))
	assert.Equal(t, day("2025-01-06"), sim.Today())
	require.Len(t, sim.Status().Due, 1)
	assert.Equal(t, 1, sim.Status().Due[0].Ordinal())

	require.NoError(t, sim.Advance(1))
	assert.Equal(t, day("2025-01-07"), sim.Today())
	assert.Empty(t, sim.Status().Due)
	assert.Equal(t, 1, sim.Status().Completed)

	require.NoError(t, sim.AdvanceTo(day("2025-01-13")))
	require.Len(t, sim.Status().Due, 1)
	assert.Equal(t, 4, sim.Status().Due[0].Ordinal())
	assert.Equal(t, 3, sim.Status().Completed)
	require.NoError(t, sim.AdvanceTo(day("2025-01-13")))

	require.NoError(t, sim.Finish())
	assert.Equal(t, day("2025-02-04"), sim.Today())
	assert.Equal(t, 100, sim.Status().Percent())
	scheduletest.AssertCalendar(t, sim.Plan(), `
		Mon 2025-01-06 36 mg given
		Wed 2025-01-08 36 mg given
		Fri 2025-01-10 36 mg given
		Mon 2025-01-13 36 mg given
		Thu 2025-01-16 36 mg given
		Mon 2025-01-20 36 mg given
		Mon 2025-01-27 36 mg given
		Mon 2025-02-03 36 mg given
	`)
	require.NoError(t, sim.Finish())
}

func TestScript(t *testing.T) {
	for _, tt := range []struct {
		name string
		say  func(sim *scheduletest.Simulation)
		want string
	}{
		{
			"missed and gone on", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WaySkip}})
				sim.Miss(6)
			},
			"Mon 2025-01-20 36 mg missed\nMon 2025-01-27 36 mg given\nMon 2025-02-03 36 mg given",
		},
		{
			"missed and shifted", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayStepBack, schedule.WayShift}})
				sim.Miss(6)
			},
			"Mon 2025-01-20 36 mg missed\nMon 2025-01-27 36 mg given\nMon 2025-02-03 36 mg given\nMon 2025-02-10 36 mg given",
		},
		{
			"missed and appended", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayAppend}})
				sim.Miss(6)
				sim.Miss(7)
			},
			"Mon 2025-01-20 36 mg missed\nMon 2025-01-27 36 mg missed\nMon 2025-02-03 36 mg given\nMon 2025-02-10 36 mg given\nMon 2025-02-17 36 mg given",
		},
		{
			"late, the rest on the grid", func(sim *scheduletest.Simulation) { sim.Late(6, 2) },
			"Wed 2025-01-22 36 mg given\nMon 2025-01-27 36 mg given\nMon 2025-02-03 36 mg given",
		},
		{
			"late, the rest seven days after", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Late: []schedule.Way{schedule.WayReanchor}})
				sim.Late(6, 2)
			},
			"Wed 2025-01-22 36 mg given\nWed 2025-01-29 36 mg given\nWed 2025-02-05 36 mg given",
		},
		{
			"early", func(sim *scheduletest.Simulation) { sim.Late(6, -1) },
			"Sun 2025-01-19 36 mg given\nMon 2025-01-27 36 mg given\nMon 2025-02-03 36 mg given",
		},
		{
			"so late that the next one is too close", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Displaced: []schedule.Way{schedule.WayCatchUp}})
				sim.Late(6, 6)
			},
			"Sun 2025-01-26 36 mg given\nTue 2025-01-28 36 mg given\nMon 2025-02-03 36 mg given",
		},
		{
			"weighed", func(sim *scheduletest.Simulation) { sim.Weigh(day("2025-01-24"), dose.MustWeight("66 kg")) },
			"Mon 2025-01-20 36 mg given\nMon 2025-01-27 33 mg given\nMon 2025-02-03 33 mg given",
		},
		{
			"closed", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Displaced: []schedule.Way{schedule.WayCatchUp}})
				sim.Close(day("2025-01-20"), day("2025-01-21"), "water")
			},
			"Wed 2025-01-22 36 mg given\nMon 2025-01-27 36 mg given\nMon 2025-02-03 36 mg given",
		},
		{
			"closed, and then only known that morning", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Displaced: []schedule.Way{schedule.WaySkip}})
				sim.On(day("2025-01-20"), schedule.ClinicClosed{From: day("2025-01-20"), To: day("2025-01-31")})
			},
			"Mon 2025-01-20 36 mg missed\nMon 2025-01-27 36 mg cancelled\nMon 2025-02-03 36 mg given",
		},
		{
			"away", func(sim *scheduletest.Simulation) {
				sim.Follow(scheduletest.Policy{Displaced: []schedule.Way{schedule.WayShift}})
				sim.On(day("2025-01-14"), schedule.PatientAway{From: day("2025-01-17"), To: day("2025-01-26")})
			},
			"Mon 2025-01-27 36 mg given\nMon 2025-02-03 36 mg given\nMon 2025-02-10 36 mg given",
		},
		{
			"held", func(sim *scheduletest.Simulation) {
				id := sim.ID(6)
				sim.On(day("2025-01-17"), schedule.Held{Session: id})
				sim.On(day("2025-01-30"), schedule.Shifted{Session: id, Weeks: 2})
			},
			"Mon 2025-02-03 36 mg given\nMon 2025-02-10 36 mg given\nMon 2025-02-17 36 mg given",
		},
		{
			"stopped", func(sim *scheduletest.Simulation) {
				sim.On(day("2025-01-22"), schedule.Cancelled{Session: sim.ID(7), By: schedule.ByClinical, Rest: true})
			},
			"Mon 2025-01-20 36 mg given\nMon 2025-01-27 36 mg cancelled\nMon 2025-02-03 36 mg cancelled",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sim := simulate(t, request(t))
			require.NoError(t, sim.AdvanceTo(day("2025-01-13")))
			tt.say(sim)
			require.NoError(t, sim.Finish())
			scheduletest.AssertCalendar(t, sim.Plan(), `
				Mon 2025-01-06 36 mg given
				Wed 2025-01-08 36 mg given
				Fri 2025-01-10 36 mg given
				Mon 2025-01-13 36 mg given
				Thu 2025-01-16 36 mg given
			`+tt.want)
		})
	}
}

// Without a policy the simulation stops, the test decides, and it goes on.
func TestStopsForAWayOn(t *testing.T) {
	sim := simulate(t, request(t))
	sim.Miss(2)
	err := sim.Finish()
	stopped, ok := errors.AsType[*scheduletest.RepairError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, 2, stopped.Session.Ordinal())
	assert.Equal(t, schedule.StateMissed, stopped.Session.State())
	assert.EqualError(t, err, "session 2 of Wed 2025-01-08 was missed, and the policy has no way on that is possible; the possible ones: skip, shift by weeks, re-anchor, append, restart the phase")
	assert.Equal(t, day("2025-01-08"), sim.Today())
	require.Error(t, sim.Advance(1), "it stays that morning")
	assert.Equal(t, day("2025-01-08"), sim.Today())

	require.ErrorContains(t, sim.Take(2, schedule.WayStepBack), "not offered")
	require.ErrorContains(t, sim.Take(2, schedule.WayCatchUp), "not possible")
	require.ErrorIs(t, sim.Take(99, schedule.WaySkip), schedule.ErrEvent)
	require.NoError(t, sim.Take(2, schedule.WayAppend))
	require.NoError(t, sim.Finish())
	assert.Equal(t, 8, sim.Status().Completed)

	sim = simulate(t, request(t))
	sim.Miss(2)
	require.Error(t, sim.Finish())
	require.NoError(t, sim.Do(schedule.Shifted{Session: sim.ID(2), Weeks: 1}), "an event of the test's own is a way on too")
	require.NoError(t, sim.Finish())
	assert.Equal(t, 8, sim.Status().Completed)
}

func TestStopsForAClosure(t *testing.T) {
	sim := simulate(t, request(t))
	sim.Close(day("2025-01-20"), 0, "holiday")
	require.NoError(t, sim.AdvanceTo(day("2025-01-20")), "until the day itself somebody may find a way")
	require.ErrorContains(t, scheduletest.TestPlaced(sim.Plan()), "session 6 on Mon 2025-01-20: closed (holiday)")
	err := sim.Advance(1)
	assert.EqualError(t, err, "session 6 of Mon 2025-01-20 cannot take place: closed (holiday), and the policy has no way on that is possible; the possible ones: "+
		"skip, catch up, place again, shift by weeks, re-anchor, append, restart the phase")
	require.NoError(t, sim.Take(6, schedule.WayCatchUp))
	require.NoError(t, scheduletest.TestPlaced(sim.Plan()))
	require.NoError(t, sim.Finish())
	assert.Equal(t, 8, sim.Status().Completed)
}

func gated(t testing.TB) schedule.Request {
	t.Helper()
	r := ofPhases(t, taper("3-2", 2))
	spec := r.Protocol.Spec()
	spec.Gates = []protocol.Gate{{Name: "response", Phase: "taper", After: 3, Assess: "response", Outcomes: []protocol.Outcome{{When: "remission", Then: protocol.Continue}, {When: "no benefit", Then: protocol.Stop}}}}
	var err error
	r.Protocol, err = spec.Compile()
	require.NoError(t, err)
	return r
}

func TestStopsForADecision(t *testing.T) {
	sim := simulate(t, gated(t))
	err := sim.Finish()
	stopped, ok := errors.AsType[*scheduletest.DecisionError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "response", stopped.Gate)
	assert.EqualError(t, err, `session 4 of Mon 2025-01-13 waits for a decision at the gate "response"`)
	require.NoError(t, sim.Do(schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "a clinician"}))
	require.NoError(t, sim.Finish())
	assert.Equal(t, 5, sim.Status().Completed)

	sim = simulate(t, gated(t))
	sim.On(day("2025-01-11"), schedule.Decided{Gate: "response", Then: protocol.Stop, Who: "a clinician"})
	require.NoError(t, sim.Finish())
	assert.Equal(t, 3, sim.Status().Completed)
}

// What a test asks for that cannot be is an error of the next Advance, and what
// never came to be is one of Finish.
func TestScriptMistakes(t *testing.T) {
	for _, tt := range []struct {
		say  func(sim *scheduletest.Simulation)
		want string
	}{
		{func(sim *scheduletest.Simulation) { sim.Miss(9) }, "session 9 to be missed: the plan has 8 sessions"},
		{func(sim *scheduletest.Simulation) { sim.Miss(0) }, "session 0 to be missed: the plan has 8 sessions"},
		{func(sim *scheduletest.Simulation) { sim.Late(2, 0) }, "session 2 late by 0 days: want -366 to 366, and not 0"},
		{func(sim *scheduletest.Simulation) { sim.Late(2, 1); sim.Miss(2) }, "session 2 to be missed: it is to be 1 days late already"},
		{func(sim *scheduletest.Simulation) { sim.Miss(1) }, "session 1 to be missed: it is not to take place any more, it is given"},
		{func(sim *scheduletest.Simulation) { sim.Weigh(day("2025-01-06"), dose.MustWeight("66 kg")) }, "schedule.Weighed on 2025-01-06: want a day that is not before today, 2025-01-07"},
		{func(sim *scheduletest.Simulation) { sim.On(day("2025-01-09"), schedule.Resumed{}) }, "Thu 2025-01-09: "},
		{func(sim *scheduletest.Simulation) { sim.On(day("2025-01-09"), nil) }, "want what happened"},
		{func(sim *scheduletest.Simulation) {
			sim.Behave(scheduletest.Behaviour{Miss: 60, Late: 60, LateBy: 1}, rand.New(rand.NewPCG(1, 1)))
		}, "behaviour: Miss + Late 120: want 0 to 100"},
		{func(sim *scheduletest.Simulation) {
			sim.Behave(scheduletest.Behaviour{Late: 60}, rand.New(rand.NewPCG(1, 1)))
		}, "behaviour: LateBy 0: want 1 to 366"},
		{func(sim *scheduletest.Simulation) { sim.Behave(scheduletest.Behaviour{Miss: 1}, nil) }, "want something to draw numbers from"},
		{func(sim *scheduletest.Simulation) {
			sim.Miss(8)
			sim.On(day("2025-01-20"), schedule.Cancelled{Session: sim.ID(6), By: schedule.ByPatient, Rest: true})
		}, "session 8 was to be missed, but was cancelled"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			sim := simulate(t, request(t))
			require.NoError(t, sim.Advance(1))
			tt.say(sim)
			require.ErrorContains(t, sim.Finish(), tt.want)
		})
	}
	sim := simulate(t, request(t))
	require.ErrorContains(t, sim.Advance(-1), "time does not go back")
	require.ErrorContains(t, sim.AdvanceTo(day("2025-01-05")), "not before today")
	assert.True(t, sim.ID(99).IsZero())
	assert.True(t, sim.Session(99).IsZero())
}

func TestNewRefuses(t *testing.T) {
	_, err := scheduletest.New(schedule.Request{})
	refused, ok := errors.AsType[*schedule.RequestError](err)
	require.True(t, ok)
	assert.Equal(t, "Protocol", refused.Field)

	r := request(t)
	r.AsOf = time.Date(2025, 1, 7, 0, 0, 0, 0, time.UTC)
	_, err = scheduletest.New(r)
	require.ErrorContains(t, err, `AsOf`)
}

// The clock begins when the plan is made: closures that become known before the
// start find the plan as it is.
func TestBeginsBeforeTheStart(t *testing.T) {
	r := request(t)
	r.Weighings = []schedule.Weighing{{Date: day("2024-12-20"), Weight: dose.MustWeight("72 kg")}}
	r.AsOf = time.Date(2024, 12, 20, 15, 0, 0, 0, time.UTC)
	sim := simulate(t, r)
	assert.Equal(t, day("2024-12-20"), sim.Today())
	sim.Weigh(day("2024-12-31"), dose.MustWeight("74 kg"))
	require.NoError(t, sim.AdvanceTo(day("2025-01-07")))
	assert.Equal(t, "37 mg", sim.Session(1).Dose().Dose().String())
}

// A check that fails stops the simulation and says after what.
func TestEach(t *testing.T) {
	sim := simulate(t, request(t))
	sim.Each(func(p *schedule.Plan) error {
		if p.On(day("2025-03-01")).Completed > 2 {
			return errors.New("too many")
		}
		return nil
	})
	require.EqualError(t, sim.Finish(), `Fri 2025-01-10, after schedule.Given "simulated-3": too many`)

	sim = simulate(t, request(t))
	sim.Each(func(*schedule.Plan) error { return errors.New("from the beginning") })
	require.EqualError(t, sim.Advance(0), "Mon 2025-01-06: from the beginning")
}
