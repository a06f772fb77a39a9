package schedule_test

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// exampleClinic is open on Mondays, Wednesdays and Fridays.
func exampleClinic() *clinic.Clinic {
	office, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Wednesday, time.Friday),
	})
	if err != nil {
		panic(err)
	}
	return office
}

// examplePlan is a plan of four weekly sessions, after the first of them.
func examplePlan() *schedule.Plan {
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "weekly", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 2,
		Visit: protocol.Visit{Administration: 40 * time.Minute},
		Dose:  dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg"),
	}}}.Compile()
	if err != nil {
		panic(err)
	}
	start := schedule.MustDate("2025-01-06")
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: exampleClinic(),
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("80 kg")}},
		Key:       schedule.Key{0: 1}, AsOf: noon("2025-01-06").Add(-6 * time.Hour),
	})
	if err != nil {
		panic(err)
	}
	first := sessionAt(plan, 1)
	plan, err = plan.Apply(schedule.Event{ID: "1", What: schedule.Given{
		Session: first.ID(), Date: first.Date(), Dose: first.Dose().Dose(),
	}}, noon("2025-01-06"))
	if err != nil {
		panic(err)
	}
	return plan
}

func ExamplePlan_Apply() {
	plan := examplePlan()
	weighed := schedule.Event{ID: "2", What: schedule.Weighed{
		Date: schedule.MustDate("2025-01-13"), Weight: dose.MustWeight("70.4 kg"),
	}}
	next, err := plan.Apply(weighed, noon("2025-01-13"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range next.All() {
		fmt.Println(s)
	}
	// The plan before it is as it was.
	fmt.Println(sessionAt(plan, 2).Dose().Dose())

	// A refusal says why, and changes nothing.
	second := sessionAt(next, 2)
	_, err = next.Apply(schedule.Event{ID: "3", What: schedule.Moved{
		Session: second.ID(), Date: schedule.MustDate("2025-01-14"),
	}}, noon("2025-01-13"))
	fmt.Println(err)

	// Output:
	// 1 Mon 2025-01-06 08:00 given 40 mg
	// 2 Mon 2025-01-13 08:00 35.2 mg
	// 3 Mon 2025-01-20 08:00 35.2 mg
	// 4 Mon 2025-01-27 08:00 35.2 mg
	// 40 mg
	// event "3" (moved): Date "2025-01-14": want another day: closed (not open on Tuesdays)
}

func ExamplePlan_Repairs() {
	plan := examplePlan()
	second := sessionAt(plan, 2)
	plan, err := plan.Apply(schedule.Event{ID: "2", What: schedule.Missed{Session: second.ID()}}, noon("2025-01-13"))
	if err != nil {
		fmt.Println(err)
		return
	}
	repairs, err := plan.Repairs(noon("2025-01-13"), second.ID())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range repairs {
		if r.Possible() {
			fmt.Printf("%s\n  %s\n", r.Text, r.Diff)
		}
	}

	// A clinician chooses; here, to catch up.
	for _, r := range repairs {
		if r.Way == schedule.WayCatchUp {
			plan, err = plan.Replay(r.Entries...)
		}
	}
	fmt.Println(sessionAt(plan, 3), err)

	// Output:
	// go on as planned without it
	//   nothing changes
	// catch up inside its window, on Wed 2025-01-15
	//   sessions: 1 added
	// place it again inside its window, on Wed 2025-01-15
	//   sessions: 1 added
	// move it and the sessions after it later by 1 week
	//   sessions: 1 added, 2 moved 7 days later
	// take it and count the sessions after it from Wed 2025-01-15
	//   sessions: 1 added, 2 moved 2 days later
	// make up for it after the last session of the plan
	//   sessions: 1 added
	// begin "weekly" again on Wed 2025-01-15
	//   sessions: 2 added, 2 moved 9 days later
	// 3 Wed 2025-01-15 08:00 40 mg <nil>
}

func ExamplePlan_Diff() {
	before := examplePlan()
	shifted := schedule.Event{ID: "2", What: schedule.Shifted{Session: sessionAt(before, 3).ID(), Weeks: 2}}
	after, err := before.Apply(shifted, noon("2025-01-10"))
	if err != nil {
		fmt.Println(err)
		return
	}
	diff := before.Diff(after)
	fmt.Println(diff)
	for _, c := range diff.Changes {
		fmt.Println(c.After.Ordinal, c.Before.Date, c.After.Date, c.Moved(), c.Redosed())
	}
	fmt.Println(after.Diff(after))

	// Output:
	// sessions: 2 moved 14 days later
	// 3 2025-01-20 2025-02-03 true false
	// 4 2025-01-27 2025-02-10 true false
	// nothing changes
}

func ExamplePlan_On() {
	status := examplePlan().On(schedule.MustDate("2025-01-20"))
	fmt.Println("due", status.Due)
	fmt.Println("overdue", status.Overdue)
	fmt.Println("upcoming", status.Upcoming)
	fmt.Printf("%d of %d given, %d %%\n", status.Completed, status.Of, status.Percent())
	fmt.Println(status.Adherence.Planned, "planned by then,", status.Adherence.Doses[0], "in all")

	// Output:
	// due [3 Mon 2025-01-20 08:00 40 mg]
	// overdue [2 Mon 2025-01-13 08:00 40 mg]
	// upcoming [4 Mon 2025-01-27 08:00 40 mg]
	// 1 of 4 given, 25 %
	// 2 planned by then, 40 mg in all
}

func ExampleFormatPlan() {
	plan := examplePlan()
	file := schedule.FormatPlan(plan)

	// The file has the protocol. The clinic is asked only about days that the file does
	// not have.
	source := schedule.PlanSource{Opening: exampleClinic()}
	again, err := schedule.ParsePlan("plan.json", file, source)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(plan.Diff(again).Empty(), bytes.Equal(file, schedule.FormatPlan(again)))

	// A file that was changed is refused, by the part that was.
	_, err = schedule.ParsePlan("plan.json", bytes.Replace(file, []byte(`"40 mg"`), []byte(`"45 mg"`), 1), source)
	if problem, ok := errors.AsType[*schedule.FileProblem](err); ok {
		fmt.Println(problem.Pointer, problem.Code)
	}

	// Output:
	// true true
	// /journal digest
}
