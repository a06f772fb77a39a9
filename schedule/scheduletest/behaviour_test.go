package scheduletest_test

import (
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

// By chance, whatever happens, every state that a plan goes through keeps what is
// true of every plan, and what is still to come is where it can be.
func TestChance(t *testing.T) {
	ways := []schedule.Way{schedule.WayCatchUp, schedule.WayShift, schedule.WayAppend, schedule.WaySkip}
	given, missed, late, closures, weights := 0, 0, 0, 0, map[string]bool{}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		q := ofPhases(t, taper([]string{"3-2-1-1-1", "2/wk x4 then every 2w x3", "days 1, 8 of 21 x3", "weeks 0, 2, 6"}[r.IntN(4)], 2))
		sim := simulate(t, q)
		r.Shuffle(len(ways), func(i, j int) { ways[i], ways[j] = ways[j], ways[i] })
		sim.Follow(scheduletest.Policy{Missed: ways, Displaced: ways, Late: []schedule.Way{schedule.WaySkip}})
		sim.Behave(scheduletest.Behaviour{Miss: 10, Late: 20, LateBy: 4, Drift: 15, Close: 3, Notice: 5}, r)
		require.NoError(t, sim.Finish(), "seed %d\n%s", seed, scheduletest.Calendar(sim.Plan()))
		require.NoError(t, scheduletest.TestPlaced(sim.Plan()))
		for _, s := range sim.Plan().All() {
			switch s.State() {
			case schedule.StateGiven:
				given++
				if s.ShiftDays() > 0 {
					late++
				}
				weights[s.Dose().Body().Weight.String()] = true
			case schedule.StateMissed:
				missed++
			}
		}
		for entry := range sim.Plan().History() {
			if _, ok := entry.Event.What.(schedule.ClinicClosed); ok {
				closures++
			}
		}
	}
	assert.Greater(t, given, 70)
	assert.Greater(t, missed, 6)
	assert.Greater(t, late, 10)
	assert.Greater(t, closures, 10)
	assert.Greater(t, len(weights), 20)
}

// The same seed gives the same patient, another seed another one.
func TestChanceRepeats(t *testing.T) {
	calendar := func(seed uint64) string {
		sim := simulate(t, ofPhases(t, taper("3-3-3", 2)))
		sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WaySkip}, Displaced: []schedule.Way{schedule.WayCatchUp, schedule.WaySkip}})
		sim.Behave(scheduletest.Behaviour{Miss: 30, Late: 30, LateBy: 2, Drift: 10}, rand.New(rand.NewPCG(seed, 7)))
		require.NoError(t, sim.Finish())
		return scheduletest.Calendar(sim.Plan())
	}
	assert.Equal(t, calendar(1), calendar(1))
	assert.NotEqual(t, calendar(1), calendar(2))
}

// A patient who never comes and is always given another session has a plan without
// end.
func TestWithoutEnd(t *testing.T) {
	sim, err := scheduletest.New(ofPhases(t, taper("every 52w x2", 2)))
	require.NoError(t, err)
	sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayAppend}})
	sim.Behave(scheduletest.Behaviour{Miss: 100}, rand.New(rand.NewPCG(1, 1)))
	require.ErrorContains(t, sim.Finish(), "sessions are still to take place, 3660 days after the plan's start")
}

// Lateness by chance keeps away from days on which the patient cannot come, and a
// patient whom somebody has weighed is not weighed again.
func TestChanceKnowsWhatItWasTold(t *testing.T) {
	for seed := range uint64(30) {
		r := ofPhases(t, taper("1/wk x3", 2))
		r.Wishes.Absences = []schedule.Absence{{From: day("2025-01-14"), To: day("2025-01-15")}}
		r.Wishes.Never = protocol.OnDays(time.Thursday)
		sim := simulate(t, r)
		sim.On(day("2025-01-07"), schedule.PatientAway{From: day("2025-01-17")})
		sim.On(day("2025-01-07"), schedule.ClinicClosed{From: day("2025-01-21"), To: day("2025-01-22")})
		sim.Weigh(day("2025-01-13"), dose.MustWeight("70 kg"))
		sim.Late(1, 2)
		sim.Behave(scheduletest.Behaviour{Late: 100, LateBy: 4, Drift: 100}, rand.New(rand.NewPCG(seed, 3)))
		require.NoError(t, sim.Finish())
		want := "Wed 2025-01-08 given\nMon 2025-01-13 given\nFri 2025-01-24 given"
		require.NoError(t, scheduletest.CompareCalendar(sim.Plan(), want), "what is said of session 1 goes before chance; session 2 has no other day")
		require.Equal(t, "35 mg", sim.Session(2).Dose().Dose().String())
	}
}
