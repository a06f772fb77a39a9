package scheduletest_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// Whatever the simulation itself lets happen, the checks look at it, and what they find
// stops it on that day.
func TestChecksOfEveryStep(t *testing.T) {
	for name, tt := range map[string]struct {
		request schedule.Request
		behave  func(sim *scheduletest.Simulation)
		want    string
	}{
		"Missed":  {request(t), func(sim *scheduletest.Simulation) { sim.Miss(2) }, `Wed 2025-01-08, after schedule.Missed "simulated-2": spoilt`},
		"Shifted": {request(t), func(sim *scheduletest.Simulation) { sim.Miss(6) }, `Mon 2025-01-20, after schedule.Shifted "`},
		"Weighed": {request(t), func(sim *scheduletest.Simulation) {
			sim.Behave(scheduletest.Behaviour{Drift: 1}, rand.New(rand.NewPCG(1, 1)))
		}, `Wed 2025-01-08, after schedule.Weighed "simulated-2": spoilt`},
		"ClinicClosed": {request(t), func(sim *scheduletest.Simulation) {
			sim.Behave(scheduletest.Behaviour{Close: 100, Notice: 7}, rand.New(rand.NewPCG(1, 1)))
		}, `Mon 2025-01-06, after schedule.ClinicClosed "simulated-1": spoilt`},
		"VisitDone": {counted(), func(*scheduletest.Simulation) {}, `, after schedule.VisitDone "simulated-1": spoilt`},
	} {
		t.Run(name, func(t *testing.T) {
			sim, err := scheduletest.New(tt.request)
			require.NoError(t, err)
			sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayShift}})
			sim.Each(func(p *schedule.Plan) error {
				last := ""
				for entry := range p.History() {
					last = fmt.Sprintf("%T", entry.Event.What)
				}
				if last == "schedule."+name {
					return errors.New("spoilt")
				}
				return nil
			})
			tt.behave(sim)
			require.ErrorContains(t, sim.Finish(), tt.want)
		})
	}
}

// What cannot be scripted says what it was to be.
func TestNoSuchSession(t *testing.T) {
	sim := simulate(t, request(t))
	sim.Miss(9)
	sim.Late(10, 2)
	sim.Late(11, -3)
	require.EqualError(t, sim.Finish(), `session 9 to be missed: the plan has 8 sessions
session 10 to be 2 days late: the plan has 8 sessions
session 11 to be 3 days early: the plan has 8 sessions`)
}

// A weight that passes a limit of one part, or of a medicine beside the drug, stops the
// simulation where the dose of the day is computed. By hand, of 170 kg the bolus would be
// 43 mg and the tablet 17 mg, which is over 16; of 250 kg the bolus 63 mg, over 60.
func TestStopsWithoutADoseOfAPart(t *testing.T) {
	for kg, want := range map[string]string{
		"170 kg": "Tue 2025-01-21: session 3: ondansetron: ",
		"250 kg": "Tue 2025-01-21: session 3: ",
	} {
		sim, err := scheduletest.New(counted())
		require.NoError(t, err)
		sim.Late(3, 1)
		sim.Weigh(day("2025-01-21"), dose.MustWeight(kg))
		err = sim.Finish()
		require.ErrorContains(t, err, want)
		limit, ok := errors.AsType[*dose.LimitError](err)
		require.True(t, ok, "%v", err)
		assert.Contains(t, limit.Error(), map[string]string{"170 kg": "16 mg", "250 kg": "60 mg"}[kg])
	}
}

// A medicine that has no dose is named, and so is one that is given when the drug is.
func TestMedicineWithoutADose(t *testing.T) {
	r := counted()
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	weighed := schedule.Weighed{Date: r.Start, Weight: dose.MustWeight("170 kg")}
	plan, err = plan.Apply(schedule.Event{ID: "weighed", What: weighed}, r.AsOf)
	require.NoError(t, err)
	err = scheduletest.TestMedicine(plan, "ondansetron", -30*time.Minute)
	require.ErrorContains(t, err, "session 1: no dose of ondansetron: ")
	assert.Len(t, strings.Split(err.Error(), "\n"), 4)

	r = counted()
	spec := r.Protocol.Spec()
	spec.Phases[0].Beside[0].At = 0
	r.Protocol, err = spec.Compile()
	require.NoError(t, err)
	plan, err = schedule.Build(r)
	require.NoError(t, err)
	require.NoError(t, scheduletest.TestMedicine(plan, "ondansetron", 0))
	require.ErrorContains(t, scheduletest.TestMedicine(plan, "ondansetron", time.Hour),
		"session 1: ondansetron is given when the administration begins, want 1 h after")
	require.ErrorContains(t, scheduletest.TestMedicine(plan, "ondansetron", -time.Hour), "want 1 h before")
}

// A plan that was made in the afternoon begins then: nothing is recorded before it.
func TestMadeInTheAfternoon(t *testing.T) {
	r := request(t)
	r.AsOf = time.Date(2025, 1, 6, 13, 30, 0, 0, time.UTC)
	sim := simulate(t, r)
	require.NoError(t, sim.Finish())
	var said []time.Time
	for entry := range sim.Plan().History() {
		said = append(said, entry.AsOf)
	}
	require.Len(t, said, 8)
	assert.Equal(t, r.AsOf, said[0].UTC())
	assert.Equal(t, time.Date(2025, 1, 8, 12, 0, 0, 0, time.UTC), said[1].UTC(), "at noon, as on every other day")
}

// made returns a request as a plan of it can be made.
func made(r schedule.Request) schedule.Request {
	r.Key, r.AsOf = schedule.Key{1}, time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC)
	return r
}

// A fixed dose needs no weighing.
func TestPlanOfAFixedDose(t *testing.T) {
	fixed := taper("1/wk x2", 2)
	fixed.Dose = dose.MustRule("56 mg")
	r := made(ofPhases(t, fixed))
	r.Weighings = nil
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	for _, s := range plan.All() {
		_, weighed := s.Weighing()
		assert.False(t, weighed)
		assert.Equal(t, dose.MustMass("56 mg"), s.Dose().Dose())
	}
	require.NoError(t, scheduletest.TestPlan(plan))
}

// What somebody reads where nothing is possible.
func TestNoRepairIsPossible(t *testing.T) {
	plan, err := schedule.Build(made(request(t)))
	require.NoError(t, err)
	for _, s := range plan.All() {
		e := &scheduletest.RepairError{Session: s, Why: "was missed", Repairs: make([]schedule.Repair, 1)}
		require.Contains(t, e.Error(), "was missed, and the policy has no way on that is possible; the possible ones: ")
		e.Repairs = nil
		require.EqualError(t, e, "session 1 of Mon 2025-01-06 was missed, and the policy has no way on that is possible; the possible ones: none")
		break
	}
}

// A line that is long is quoted as far as one needs to find it.
func TestLongLineOfACalendar(t *testing.T) {
	plan, err := schedule.Build(made(request(t)))
	require.NoError(t, err)
	var r reporter
	scheduletest.AssertCalendar(&r, plan, "Mon 2025-01-06 "+strings.Repeat("x", 200))
	assert.Contains(t, r.text, "Mon 2025-01-06 "+strings.Repeat("x", 105)+"...")
	assert.NotContains(t, r.text, strings.Repeat("x", 106))
}
