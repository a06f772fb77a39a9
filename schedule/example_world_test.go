package schedule_test

import (
	"fmt"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// told applies events to a plan, all as of noon of a day.
func told(plan *schedule.Plan, on string, events ...schedule.Event) *schedule.Plan {
	for _, e := range events {
		next, err := plan.Apply(e, noon(on))
		if err != nil {
			panic(err)
		}
		plan = next
	}
	return plan
}

// lostDays prints the sessions whose days no longer hold.
func lostDays(plan *schedule.Plan) {
	for _, s := range plan.On(schedule.MustDate("2025-01-06")).Lost {
		fmt.Println(s, "is lost:", s.Lost())
	}
}

// A storm closes the clinic: nothing moves, and everybody is told. It passes by after
// all: the closure is corrected, and the days hold again.
func ExampleClinicClosed() {
	plan := examplePlan()
	closed := told(plan, "2025-01-07", schedule.Event{ID: "storm", What: schedule.ClinicClosed{From: schedule.MustDate("2025-01-13"), Reason: "storm"}})
	lostDays(closed)
	fmt.Println(plan.Diff(closed))
	open := told(closed, "2025-01-08", schedule.Event{ID: "no-storm", What: schedule.Corrected{Of: "storm", Reason: "it passed by", Who: "desk"}})
	lostDays(open)
	fmt.Println(closed.Diff(open))
	// Output:
	// 2 Mon 2025-01-13 08:00 40 mg is lost: closed (storm)
	// sessions: 1 lost
	// sessions: 1 no longer lost
}

// The patient travels: nothing moves, and the day is lost. The trip becomes shorter, which
// a correction says: the day holds again.
func ExamplePatientAway() {
	plan := examplePlan()
	away := schedule.PatientAway{From: schedule.MustDate("2025-01-10"), To: schedule.MustDate("2025-01-21"), Reason: "travel"}
	gone := told(plan, "2025-01-07", schedule.Event{ID: "trip", What: away})
	lostDays(gone)
	fmt.Println(plan.Diff(gone))
	away.To = schedule.MustDate("2025-01-17")
	shorter := told(gone, "2025-01-08", schedule.Event{ID: "shorter", What: schedule.Corrected{
		Of: "trip", Instead: away, Reason: "back earlier", Who: "desk",
	}})
	lostDays(shorter)
	fmt.Println(gone.Diff(shorter))
	// Output:
	// 2 Mon 2025-01-13 08:00 40 mg is lost: unsuitable (travel)
	// 3 Mon 2025-01-20 08:00 40 mg is lost: unsuitable (travel)
	// sessions: 2 lost
	// 2 Mon 2025-01-13 08:00 40 mg is lost: unsuitable (travel)
	// sessions: 1 no longer lost
}

// The clinic has other hours on a day. A time that they do not hold is lost until
// somebody decides on another.
func ExampleClinicChanged() {
	plan := examplePlan()
	day := schedule.MustDate("2025-01-13")
	plan = told(plan, "2025-01-07", schedule.Event{ID: "hours", What: schedule.ClinicChanged{Days: []schedule.ClinicDay{
		{Date: day, Hours: []clinic.Hours{clinic.MustHours("13:00-17:00")}, Reason: "staff meeting"},
	}}})
	lostDays(plan)
	second := sessionAt(plan, 2)
	plan = told(plan, "2025-01-07", schedule.Event{ID: "moved", What: schedule.Moved{
		Session: second.ID(), Date: day, Start: clinic.MustHours("13:30-14:10").From,
	}})
	fmt.Println(sessionAt(plan, 2))
	// Output:
	// 2 Mon 2025-01-13 08:00 40 mg is lost: outside the hours 13:00-17:00 (staff meeting)
	// 2 Mon 2025-01-13 13:30 40 mg
}

// An app's calendar says that the clinic no longer opens on Mondays: the change is asked
// of it and kept in the plan, by value.
func ExamplePlan_ClinicChange() {
	plan := examplePlan()
	noMondays, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Tuesday, time.Wednesday, time.Friday),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range plan.Check(noMondays) {
		fmt.Println(f)
	}
	change, err := plan.ClinicChange(noMondays, schedule.MustDate("2025-01-20"))
	if err != nil {
		fmt.Println(err)
		return
	}
	lostDays(told(plan, "2025-01-07", schedule.Event{ID: "no-mondays", What: change}))
	// Output:
	// warning: session 2: planned on Mon 2025-01-13, when the clinic is closed now (not open on Mondays) [day-lost]
	// warning: session 3: planned on Mon 2025-01-20, when the clinic is closed now (not open on Mondays) [day-lost]
	// warning: session 4: planned on Mon 2025-01-27, when the clinic is closed now (not open on Mondays) [day-lost]
	// 3 Mon 2025-01-20 08:00 40 mg is lost: closed (not open on Mondays)
	// 4 Mon 2025-01-27 08:00 40 mg is lost: closed (not open on Mondays)
}

// exampleEndless is a course without end, planned up to a day, with two sessions given.
func exampleEndless(until date.Date) *schedule.Plan {
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{Name: "boosters", Cadence: protocol.MustCadence("every 2w"), MinGap: 7}}}.Compile()
	if err != nil {
		panic(err)
	}
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: schedule.MustDate("2025-01-06"), Until: until, Opening: exampleClinic(), Key: schedule.Key{0: 1},
		AsOf: noon("2025-01-06").Add(-6 * time.Hour),
	})
	if err != nil {
		panic(err)
	}
	for n := range 2 {
		s := sessionAt(plan, n+1)
		plan = told(plan, s.Date().String(), schedule.Event{ID: "given-" + s.Date().String(), What: schedule.Given{Session: s.ID(), Date: s.Date()}})
	}
	return plan
}

// A pause of five weeks takes no booster from a course without end: the horizon moves
// with the first session that is planned again.
func ExampleReanchored_horizon() {
	plan := exampleEndless(schedule.MustDate("2025-03-03"))
	third := sessionAt(plan, 3).ID()
	plan = told(plan, "2025-01-21", schedule.Event{ID: "hold", What: schedule.Held{Session: third, Reason: "infection"}})
	fmt.Println(plan.Standing(), "up to", plan.Until())
	plan = told(plan, "2025-03-07", schedule.Event{ID: "again", What: schedule.Reanchored{Session: third, Date: schedule.MustDate("2025-03-10")}})
	fmt.Println(plan.Standing(), "up to", plan.Until())
	for _, s := range plan.All() {
		fmt.Println(s)
	}
	// Output:
	// on hold up to 2025-03-03
	// active up to 2025-04-07
	// 1 Mon 2025-01-06 08:00 given
	// 2 Mon 2025-01-20 08:00 given
	// 3 Mon 2025-03-10 08:00
	// 4 Mon 2025-03-24 08:00
	// 5 Mon 2025-04-07 08:00
}

// A course without end comes near its horizon, which is told before it is there.
func ExampleExtended() {
	plan := exampleEndless(schedule.MustDate("2025-02-03"))
	for _, f := range schedule.Validate(plan) {
		fmt.Println(f)
	}
	plan = told(plan, "2025-01-21", schedule.Event{ID: "goes-on", What: schedule.Extended{Until: schedule.MustDate("2025-03-03"), Reason: "goes on"}})
	for _, s := range plan.On(schedule.MustDate("2025-01-21")).Upcoming {
		fmt.Println(s)
	}
	// Output:
	// warning: plan: 1 session to come: the cadence has no end, and is planned up to Mon 2025-02-03 [horizon-near]
	// 3 Mon 2025-02-03 08:00
	// 4 Mon 2025-02-17 08:00
	// 5 Mon 2025-03-03 08:00
}
