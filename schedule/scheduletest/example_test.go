package scheduletest_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// taperOf72 is what the examples plan; the values are made up.
func taperOf72() schedule.Request {
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "taper", Cadence: protocol.MustCadence("2-1-1"), MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
		Dose: dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"),
	}}}.Compile()
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		panic(err)
	}
	start := schedule.MustDate("2025-01-06")
	return schedule.Request{
		Protocol: prescribed, Start: start, Opening: office,
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("72 kg")}},
	}
}

// A patient misses a session, is weighed again and comes two days late once.
func ExampleSimulation() {
	sim, err := scheduletest.New(taperOf72())
	if err != nil {
		fmt.Println(err)
		return
	}
	sim.Each(scheduletest.TestPlan)
	sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayShift}})
	sim.Miss(2)
	sim.Weigh(schedule.MustDate("2025-01-15"), dose.MustWeight("70 kg"))

	if err := sim.AdvanceTo(schedule.MustDate("2025-01-20")); err != nil {
		fmt.Println(err)
	}
	fmt.Println("due on Monday:", sim.Status().Due)

	sim.Late(4, 2)
	if err := sim.Finish(); err != nil {
		fmt.Println(err)
	}
	fmt.Print(scheduletest.Calendar(sim.Plan()))

	// Output:
	// due on Monday: [4 Mon 2025-01-20 08:00 35 mg]
	// Mon 2025-01-06 36 mg given
	// Thu 2025-01-09 36 mg missed
	// Thu 2025-01-16 35 mg given
	// Wed 2025-01-22 35 mg given
	// Mon 2025-01-27 35 mg given
}

// Without a policy the simulation decides nothing.
func ExampleSimulation_Take() {
	sim, _ := scheduletest.New(taperOf72())
	sim.Miss(2)
	fmt.Println(sim.Finish())
	fmt.Println(sim.Take(2, schedule.WayCatchUp))
	fmt.Println(sim.Finish())
	fmt.Println(sim.Status().Completed, "of", sim.Status().Of)

	// Output:
	// session 2 of Thu 2025-01-09 was missed, and the policy has no way on that is possible; the possible ones: skip, catch up, place again, shift by weeks, re-anchor, append, restart the phase
	// <nil>
	// <nil>
	// 4 of 4
}

// In a test this is AssertCalendar(t, plan, ...).
func ExampleCompareCalendar() {
	plan, err := schedule.Build(scheduletest.Case(taperOf72(), schedule.MustDate("2025-01-06"), dose.MustWeight("80 kg")))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(scheduletest.CompareCalendar(plan, `
		# twice in the first week
		Mon 2025-01-06 40 mg
		Wed 2025-01-08 40 mg
		# then once
		Mon 2025-01-13 40 mg
		Mon 2025-01-20 40 mg
	`))

	// Output:
	// the calendar differs (- wanted, + planned):
	//   Mon 2025-01-06 40 mg
	// - Wed 2025-01-08 40 mg
	// + Thu 2025-01-09 40 mg
	//   Mon 2025-01-13 40 mg
	//   Mon 2025-01-20 40 mg
	//
	// to accept the plan as it is, paste:
	// 		Mon 2025-01-06 40 mg
	// 		Thu 2025-01-09 40 mg
	// 		Mon 2025-01-13 40 mg
	// 		Mon 2025-01-20 40 mg
}

// A property fails, and the smallest case in which it does is printed as a test.
func ExampleSweep() {
	neverOnFriday := func(p *schedule.Plan) error {
		for _, s := range p.All() {
			if s.Date().Weekday() == time.Friday {
				return fmt.Errorf("session %d is on a Friday", s.Ordinal())
			}
		}
		return nil
	}
	sweep := scheduletest.Sweep{
		Request: taperOf72(), From: "taperOf72()",
		Closures: [][]clinic.Closure{{{Date: schedule.MustDate("2025-01-09"), To: schedule.MustDate("2025-01-09"), Reason: "training"}, {Date: schedule.MustDate("2025-02-03")}}},
	}
	fmt.Println(sweep.Run("neverOnFriday", neverOnFriday))

	// Output:
	// neverOnFriday does not hold starting Tue 2025-01-07, 40 kg: session 2 is on a Friday
	//
	// paste this into the test to see it again:
	//
	// func TestCounterexampleNeverOnFriday(t *testing.T) {
	// 	// session 2 is on a Friday
	// 	r := scheduletest.Case(taperOf72(), schedule.MustDate("2025-01-07"), dose.MustWeight("40 kg"))
	// 	plan, err := schedule.Build(r)
	// 	if err != nil {
	// 		t.Fatal(err)
	// 	}
	// 	if err := neverOnFriday(plan); err != nil {
	// 		t.Error(err)
	// 	}
	// }
}

// alwaysOpen is an app's own calendar, with a mistake.
type alwaysOpen struct{}

func (alwaysOpen) Open(date.Date) ([]clinic.Hours, string) {
	return []clinic.Hours{clinic.MustHours("08:00-12:00"), clinic.MustHours("11:00-17:00")}, ""
}

func ExampleTestOpening() {
	err := scheduletest.TestOpening(alwaysOpen{}, schedule.MustDate("2025-01-06"), schedule.MustDate("2025-01-07"))
	fmt.Println(strings.ReplaceAll(err.Error(), ": ", ":\n  "))

	// Output:
	// Mon 2025-01-06:
	//   hours 11:00-17:00 after 08:00-12:00:
	//   want hours in order that do not overlap
	// Tue 2025-01-07:
	//   hours 11:00-17:00 after 08:00-12:00:
	//   want hours in order that do not overlap
}
