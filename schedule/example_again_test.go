package schedule_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// exampleTaper is two weeks with 3 and 2 sessions and a taper of three, after so many
// were given.
func exampleTaper(given int) *schedule.Plan {
	visit := protocol.Visit{Administration: 40 * time.Minute}
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{
		{Name: "induction", Cadence: protocol.MustCadence("3-2"), MinGap: 2, Visit: visit},
		{Name: "taper", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2, Visit: visit},
	}}.Compile()
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		panic(err)
	}
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: schedule.MustDate("2025-01-06"), Opening: office, Key: schedule.Key{0: 1}, AsOf: noon("2025-01-06").Add(-6 * time.Hour),
	})
	for n := 1; n <= given && err == nil; n++ {
		s := sessionAt(plan, n)
		plan, err = plan.Apply(schedule.Event{ID: fmt.Sprint("given-", n), What: schedule.Given{Session: s.ID(), Date: s.Date()}}, noon(s.Date().String()))
	}
	if err != nil {
		panic(err)
	}
	return plan
}

// tell applies what happened and prints the sessions to come.
func tell(plan *schedule.Plan, day string, happened ...schedule.Happening) *schedule.Plan {
	for _, what := range happened {
		n := len(slices.Collect(plan.History())) + 1
		next, err := plan.Apply(schedule.Event{ID: fmt.Sprint("event-", n), What: what}, noon(day))
		if err != nil {
			fmt.Println(err)
			return plan
		}
		plan = next
	}
	fmt.Println(toCome(plan))
	return plan
}

// The clinic is closed on Monday and Tuesday, and the week has two sessions: both are
// placed again in it, and no other moves.
func ExamplePlacedAgain() {
	plan := exampleTaper(3)
	plan = tell(plan, "2025-01-12", schedule.ClinicClosed{From: schedule.MustDate("2025-01-13"), To: schedule.MustDate("2025-01-14"), Reason: "water pipe"})
	fourth, fifth := sessionAt(plan, 4), sessionAt(plan, 5)
	fmt.Println(fourth.Lost())
	tell(plan, "2025-01-12", schedule.PlacedAgain{Sessions: []schedule.ID{fourth.ID(), fifth.ID()}})

	// Output:
	// 01-13 01-16 01-20 01-27 02-03
	// closed (water pipe)
	// 01-15 01-17 01-20 01-27 02-03
}

// Two sessions of one week are missed: both are made up for a week later, each at its
// own target and a week, and so is everything after them.
func ExampleShifted() {
	plan := exampleTaper(1)
	second, third := sessionAt(plan, 2).ID(), sessionAt(plan, 3).ID()
	plan = tell(plan, "2025-01-10", schedule.Missed{Session: second, Reason: "flu"}, schedule.Missed{Session: third, Reason: "flu"})
	tell(plan, "2025-01-10", schedule.Shifted{Sessions: []schedule.ID{second, third}, Weeks: 1})

	// Output:
	// 01-13 01-16 01-20 01-27 02-03
	// 01-15 01-17 01-20 01-23 01-27 02-03 02-10
}

// After a long pause the treatment begins again, with an earlier phase.
func ExampleRestarted() {
	plan := exampleTaper(6)
	seventh := sessionAt(plan, 7).ID()
	plan = tell(plan, "2025-01-22", schedule.Held{Session: seventh, Reason: "covid"})
	tell(plan, "2025-03-07", schedule.Restarted{Session: seventh, Phase: "induction", Date: schedule.MustDate("2025-03-10"), Reason: "relapse"})

	// Output:
	// 01-27h 02-03h
	// 03-10 03-12 03-14 03-17 03-20 03-24 03-31 04-07
}

// Agreed with the doctor, a session may be outside its window: the reason and the name
// stay with it as a finding.
func ExampleMoved() {
	plan := exampleTaper(5)
	sixth := sessionAt(plan, 6).ID()
	plan = tell(plan, "2025-01-17", schedule.Moved{Session: sixth, Date: schedule.MustDate("2025-01-24")})
	plan = tell(plan, "2025-01-17", schedule.Moved{Session: sixth, Date: schedule.MustDate("2025-01-24"), Reason: "exam", Who: "Dr. A"})
	for _, f := range schedule.Validate(plan) {
		fmt.Println(f)
	}

	// Output:
	// event "event-6" (moved): Date "2025-01-24": want a day in the window of session 6, Fri 2025-01-17 to Thu 2025-01-23, or a reason and who decided for one outside it
	// 01-24 01-27 02-03
	// info: session 6: Fri 2025-01-24 is 1 day after its window, Fri 2025-01-17 to Thu 2025-01-23: decided by Dr. A (exam) [decided-outside]
}

// The ways on from two sessions that were missed are those of both.
func ExamplePlan_Repairs_several() {
	plan := exampleTaper(1)
	second, third := sessionAt(plan, 2).ID(), sessionAt(plan, 3).ID()
	plan = tell(plan, "2025-01-10", schedule.Missed{Session: second}, schedule.Missed{Session: third})
	repairs, err := plan.Repairs(noon("2025-01-10"), second, third)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range repairs {
		if r.Possible() {
			fmt.Printf("%s: %s\n", r.Way, toCome(r.Plan))
		}
	}

	// Output:
	// 01-13 01-16 01-20 01-27 02-03
	// skip: 01-13 01-16 01-20 01-27 02-03
	// shift by weeks: 01-15 01-17 01-20 01-23 01-27 02-03 02-10
	// re-anchor: 01-13 01-15 01-20 01-22 01-24 01-31 02-07
	// append: 01-13 01-16 01-20 01-27 02-03 02-10 02-17
	// restart the phase: 01-13 01-15 01-17 01-20 01-23 01-27 02-03 02-10
}
