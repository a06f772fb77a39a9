package schedule_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// exampleRequest asks for two sessions a week for two weeks and a fifth later,
// in a clinic that is open on weekdays but not on 9 January.
func exampleRequest() schedule.Request {
	prescribed, err := protocol.Spec{
		ID: "example", Version: "1", Drug: "ketamine", Route: "intravenous",
		Phases: []protocol.Phase{{
			Name: "series", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2,
			Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
			Dose:  dose.MustRule("0.5 mg/kg of actual weight, round 1 mg half up, hard max 60 mg"),
		}, {
			Name: "booster", Cadence: protocol.MustCadence("every 4w x1"), MinGap: 7,
			Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
			Dose:  dose.MustRule("0.5 mg/kg of actual weight, round 1 mg half up, hard max 60 mg"),
		}},
	}.Compile()
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		Closed: []clinic.Closure{{Date: schedule.MustDate("2025-01-09"), Reason: "staff training"}},
	})
	if err != nil {
		panic(err)
	}
	start := schedule.MustDate("2025-01-06")
	return schedule.Request{
		Protocol: prescribed, Start: start, Opening: office,
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("82 kg")}},
		// An app draws 128 random bits for each plan and keeps them.
		Key:  schedule.Key{0: 1},
		AsOf: time.Date(2025, 1, 6, 7, 0, 0, 0, time.UTC),
	}
}

func ExampleBuild() {
	request := exampleRequest()
	plan, err := schedule.Build(request)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range plan.All() {
		fmt.Printf("%s, %s %d\n", s, s.Phase(), s.Number())
	}

	// What cannot be planned is an error that says why, never a guess.
	request.Start = schedule.MustDate("2025-01-11")
	_, err = schedule.Build(request)
	if closed, ok := errors.AsType[*schedule.StartError](err); ok {
		fmt.Println("the next open day is", closed.NextOpen)
	}

	// Output:
	// 1 Mon 2025-01-06 08:00 41 mg, series 1
	// 2 Fri 2025-01-10 08:00 41 mg, series 2
	// 3 Mon 2025-01-13 08:00 41 mg, series 3
	// 4 Thu 2025-01-16 08:00 41 mg, series 4
	// 5 Thu 2025-02-13 08:00 41 mg, booster 1
	// the next open day is 2025-01-13
}

func ExamplePlan_Explain() {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		fmt.Println(err)
		return
	}
	second, _ := plan.At(2)
	why, err := plan.Explain(second.ID())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(why)

	// Output:
	// session 2, series, treatment week 1
	//   target Thu 2025-01-09: 2/wk x2: day 4 of the week from Mon 2025-01-06 (days of a week with 2: 1, 4, ideal)
	//   window Mon 2025-01-06 to Sun 2025-01-12: the whole week, for which 2 sessions are planned, never before the plan's start
	//   at least 2 days after the session before
	//   Mon 2025-01-06 less than 2 days after session 1, which is on Mon 2025-01-06 at the earliest
	//   Tue 2025-01-07 less than 2 days after session 1, which is on Mon 2025-01-06 at the earliest
	//   Wed 2025-01-08 possible and as good, but earlier
	//   Thu 2025-01-09 closed (staff training)
	//   Fri 2025-01-10 chosen: shift +1, squared shifts of the plan 1
	//   Sat 2025-01-11 closed (not open on Saturdays)
	//   Sun 2025-01-12 closed (not open on Sundays)
	//   visit 08:00 to 10:40
	//   dose 82 kg measured on 2025-01-06
	//   dose 0.5 mg/kg x 82 kg = 41 mg
}

func ExampleValidate() {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range schedule.Validate(plan) {
		fmt.Println(f, "open:", f.Open())
	}

	// The clinic will be closed on a day that has a session: it stays there, marked,
	// until somebody decides.
	plan, err = plan.Apply(schedule.Event{ID: "1", What: schedule.ClinicClosed{
		From: schedule.MustDate("2025-01-13"), Reason: "storm",
	}}, time.Date(2025, 1, 7, 9, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range schedule.Validate(plan) {
		if f.Open() {
			fmt.Println(f)
		}
	}

	// Output:
	// info: session 4: 3 sessions within seven days, the cadence has at most 2 in a week [too-many-in-seven-days] open: false
	// warning: session 3: planned on Mon 2025-01-13, when the clinic is closed (storm) [day-lost]
}

func ExampleParsePlan() {
	request := exampleRequest()
	plan, err := schedule.Build(request)
	if err != nil {
		fmt.Println(err)
		return
	}
	file := schedule.FormatPlan(plan)

	// The file has everything but the clinic, which later events may have to ask.
	source := schedule.PlanSource{Opening: request.Opening}
	again, err := schedule.ParsePlan("patient-17.plan", file, source)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(plan.Diff(again), again.Digest() == plan.Digest())

	// Without the clinic there is no plan.
	_, err = schedule.ParsePlan("patient-17.plan", file, schedule.PlanSource{})
	if problem, ok := errors.AsType[*schedule.FileProblem](err); ok {
		fmt.Println(problem.Pointer, problem.Code)
	}

	// Output:
	// nothing changes true
	// /request rebuild
}

func ExampleEvent_MarshalJSON() {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		fmt.Println(err)
		return
	}
	first, _ := plan.At(1)
	text, err := json.Marshal(schedule.Event{ID: "visit-1", What: schedule.Given{
		Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("17.3 mg"), Reason: "stopped early", Who: "a clinician",
	}})
	fmt.Println(string(text), err)

	var read schedule.Event
	err = json.Unmarshal(text, &read)
	fmt.Printf("%T %v\n", read.What, err)
	err = json.Unmarshal([]byte(`{"id":"visit-1","kind":"given"}`), &read)
	fmt.Println(err)

	// Output:
	// {"id":"visit-1","kind":"given","session":"s6kgqzmxjuvixsi3","date":"2025-01-06","dose":"17.3 mg","reason":"stopped early","who":"a clinician"} <nil>
	// schedule.Given <nil>
	// 1:1: want the key "date" [missing-key]
}
