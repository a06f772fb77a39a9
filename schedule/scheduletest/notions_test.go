package scheduletest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// counted is an invented drug in two parts with a premedication and a count that sessions
// need from the second on.
func counted() schedule.Request {
	p, err := protocol.Spec{
		Drug: "examplamine",
		Phases: []protocol.Phase{{
			Name: "course", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 5,
			Visit: protocol.Visit{Preparation: time.Hour, Administration: time.Hour, Observation: time.Hour},
			Parts: []dose.Part{
				{Name: "bolus", Rule: dose.MustRule("0.25 mg/kg of actual weight, round 1 mg half up, hard max 60 mg")},
				{Name: "infusion", Rule: dose.MustRule("20 mg"), During: dose.MustDuration("40 min")},
			},
			Beside: []protocol.Medicine{
				{Name: "ondansetron", Dose: dose.MustRule("0.1 mg/kg of actual weight, round 1 mg half up, hard max 16 mg"), From: protocol.AdministrationStart, At: -30 * time.Minute},
				{Name: "metoclopramide", Dose: dose.MustRule("10 mg"), Condition: "nausea"},
			},
		}},
		Monitoring: []protocol.Monitoring{{
			Name: "count", Cadence: protocol.MustCadence("1/wk"), WhileTreated: true, Elsewhere: "a laboratory", Before: []protocol.ResultNeeded{{From: 2, Within: 7}},
		}},
	}.Compile()
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), 1, 2, 3, 4, 5)})
	if err != nil {
		panic(err)
	}
	start := schedule.MustDate("2025-01-06")
	return schedule.Request{
		Protocol: p, Start: start, Opening: office, Key: schedule.Key{1}, AsOf: time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC),
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("80 kg")}},
	}
}

// What a simulation lets happen is all that is planned: the parts of a dose, by the weight
// of the day also where that is late, what is beside the drug, and the counts. By hand, of
// 80 kg the bolus is 20 mg and the tablet 8 mg; of 100 kg 25 and 10 mg.
func TestSimulationOfEveryNotion(t *testing.T) {
	sim, err := scheduletest.New(counted())
	require.NoError(t, err)
	sim.Each(scheduletest.TestPlan)
	sim.Late(3, 1)
	sim.Weigh(schedule.MustDate("2025-01-21"), dose.MustWeight("100 kg"))
	require.NoError(t, sim.Finish())
	var given []string
	for _, s := range sim.Plan().All() {
		g, _ := s.Given()
		line := []string{g.Date.String(), g.Dose.String()}
		for _, p := range g.Parts {
			line = append(line, p.Name, p.Dose.String())
		}
		for _, m := range g.Beside {
			line = append(line, m.Name, m.Dose.String())
		}
		given = append(given, strings.Join(line, " "))
	}
	assert.Equal(t, []string{
		"2025-01-06 40 mg bolus 20 mg infusion 20 mg ondansetron 8 mg",
		"2025-01-13 40 mg bolus 20 mg infusion 20 mg ondansetron 8 mg",
		"2025-01-21 45 mg bolus 25 mg infusion 20 mg ondansetron 10 mg",
		"2025-01-27 45 mg bolus 25 mg infusion 20 mg ondansetron 10 mg",
	}, given)
	done := 0
	for v := range sim.Plan().OtherVisits() {
		if v.State == schedule.StateDone {
			done++
		}
	}
	assert.Equal(t, 4, done)
	require.NoError(t, scheduletest.TestFindings(sim.Plan(), schedule.Info))
}

func TestMedicineAndResult(t *testing.T) {
	plan, err := schedule.Build(counted())
	require.NoError(t, err)
	require.NoError(t, scheduletest.TestPlan(plan))
	require.NoError(t, scheduletest.TestMedicine(plan, "Ondansetron", -30*time.Minute))
	require.EqualError(t, scheduletest.TestMedicine(plan, "ondansetron", time.Hour), `session 1: ondansetron is given 30 min before the administration begins, want 1 h after
session 2: ondansetron is given 30 min before the administration begins, want 1 h after
session 3: ondansetron is given 30 min before the administration begins, want 1 h after
session 4: ondansetron is given 30 min before the administration begins, want 1 h after`)
	require.EqualError(t, scheduletest.TestMedicine(plan, "metoclopramide", 0), `no session to come has "metoclopramide"`)
	require.EqualError(t, scheduletest.TestMedicine(nil, "ondansetron", 0), "want a plan, got nil")

	require.NoError(t, scheduletest.TestResultBy(plan, "count", 4, schedule.MustDate("2025-01-20")))
	require.EqualError(t, scheduletest.TestResultBy(plan, "count", 4, schedule.MustDate("2025-01-19")),
		`session 4 on Mon 2025-01-27 needs a result of "count" of at most 7 days, and no visit up to Sun 2025-01-19 has one`)
	require.EqualError(t, scheduletest.TestResultBy(plan, "count", 1, schedule.MustDate("2025-01-20")), `session 1 needs no result of "count"`)
	require.EqualError(t, scheduletest.TestResultBy(plan, "scale", 4, schedule.MustDate("2025-01-20")), `session 4 needs no result of "scale"`)
	require.EqualError(t, scheduletest.TestResultBy(plan, "count", 5, schedule.MustDate("2025-01-20")), `the plan has no session 5`)
	require.EqualError(t, scheduletest.TestResultBy(nil, "count", 5, 0), "want a plan, got nil")
}

// A protocol's author says what has to hold of every start and every weight.
func ExampleTestMedicine() {
	sweep := scheduletest.Sweep{Request: counted()}
	err := sweep.Run("premedicated", func(p *schedule.Plan) error {
		return scheduletest.TestMedicine(p, "ondansetron", -30*time.Minute)
	})
	fmt.Println(err)
	// Output: <nil>
}

func ExampleTestResultBy() {
	plan, err := schedule.Build(counted())
	if err != nil {
		fmt.Println(err)
		return
	}
	// The fourth session is on 27 January. Its count is that of the 20th, or of the 27th.
	fmt.Println(scheduletest.TestResultBy(plan, "count", 4, schedule.MustDate("2025-01-20")))
	fmt.Println(scheduletest.TestResultBy(plan, "count", 4, schedule.MustDate("2025-01-17")))
	// Output:
	// <nil>
	// session 4 on Mon 2025-01-27 needs a result of "count" of at most 7 days, and no visit up to Fri 2025-01-17 has one
}
