package schedule_test

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A patient asks for another day: what each would do to the rest of the plan.
func ExamplePlan_Alternatives() {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		fmt.Println(err)
		return
	}
	third, _ := plan.At(3)
	others, err := plan.Alternatives(third.ID())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, other := range others {
		fmt.Println(other.Date, "moves", len(other.Moves))
	}
	// Output:
	// 2025-01-14 moves 1
	// 2025-01-15 moves 2
}

// A clinic's calendar has changed since the plan was made. Nothing of the plan
// changes by itself: somebody is told what no longer holds.
func ExamplePlan_Check() {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		fmt.Println(err)
		return
	}
	now, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, found := range plan.Check(now) {
		fmt.Println(found)
	}
	// Output:
	// warning: session 1: planned on Mon 2025-01-06, when the clinic is closed now (not open on Mondays) [day-lost]
	// warning: session 3: planned on Mon 2025-01-13, when the clinic is closed now (not open on Mondays) [day-lost]
}

// The rows of a database that an event changed.
func ExamplePlan_AppendVisitRows() {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		fmt.Println(err)
		return
	}
	second, _ := plan.At(2)
	moved, err := plan.Apply(schedule.Event{ID: "1", What: schedule.Moved{Session: second.ID(), Date: schedule.MustDate("2025-01-08")}}, time.Date(2025, 1, 6, 9, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range moved.AppendVisitRows(nil, plan) {
		fmt.Println(row.Name, row.Date, row.Start, row.State, "revision", row.Revision)
	}
	// Output:
	// series 2025-01-08 08:00 planned revision 1
}

// A list of what a protocol asks for after any start, without a patient or a clinic.
func ExampleNewOutline() {
	outline, err := schedule.NewOutline(exampleRequest().Protocol)
	if err != nil {
		fmt.Println(err)
		return
	}
	targets, err := outline.Targets(schedule.MustDate("2025-03-03"), 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, target := range targets.All() {
		fmt.Println(target.Ordinal(), target.Date(), "from", target.Earliest(), "to", target.Latest())
	}
	// Output:
	// 1 2025-03-03 from 2025-03-03 to 2025-03-09
	// 2 2025-03-06 from 2025-03-03 to 2025-03-09
	// 3 2025-03-10 from 2025-03-10 to 2025-03-16
	// 4 2025-03-13 from 2025-03-10 to 2025-03-16
	// 5 2025-04-10 from 2025-04-03 to 2025-04-17
}
