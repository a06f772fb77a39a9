package schedule_test

import (
	"bytes"
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// mendedPlan is that of exampleRequest after the first visit, whose dose was
// entered wrong at first.
func mendedPlan() *schedule.Plan {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		panic(err)
	}
	first, _ := plan.At(1)
	for i, what := range []schedule.Happening{
		schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("14 mg")},
		schedule.Corrected{Of: "1", Instead: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("41 mg")}, Reason: "digits changed places", Who: "nurse"},
	} {
		plan, err = plan.Apply(schedule.Event{ID: fmt.Sprint(i + 1), What: what}, time.Date(2025, 1, 6+i, 12, 0, 0, 0, time.UTC))
		if err != nil {
			panic(err)
		}
	}
	return plan
}

// What somebody saw on a day is what the plan knew then, whatever was put right since.
func ExamplePlan_AsKnown() {
	plan := mendedPlan()
	given := func(p *schedule.Plan) string {
		first, _ := p.At(1)
		what, _ := first.Given()
		return what.Dose.String()
	}
	monday, err := plan.AsKnown(time.Date(2025, 1, 6, 23, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("known on Monday:", given(monday))
	fmt.Println("known now:", given(plan))
	// Output:
	// known on Monday: 14 mg
	// known now: 41 mg
}

// A plan that is read has the dates that people were told. Verify says whether the
// present rules would come to the same.
func ExamplePlan_Verify() {
	plan := mendedPlan()
	found := plan.Verify()
	fmt.Println("the same:", found.Same())
	// Output: the same: true
}

// A file that no plan can be made of still says what was planned and what happened.
func ExampleParsePlanFile() {
	file := schedule.FormatPlan(mendedPlan())
	damaged := bytes.Replace(file, []byte(`"date":"2025-01-10"`), []byte(`"date":"2025-01-32"`), 1)

	_, err := schedule.ParsePlan("patient-17.plan", damaged, schedule.PlanSource{Opening: exampleRequest().Opening})
	fmt.Println("refused:", err != nil)

	read, err := schedule.ParsePlanFile("patient-17.plan", damaged, schedule.PlanSource{})
	fmt.Println("says why:", err != nil)
	fmt.Println("start", read.Request.Start, "with", len(read.Sessions), "sessions")
	for _, entry := range read.Journal {
		fmt.Println(entry)
	}
	// Output:
	// refused: true
	// says why: true
	// start 2025-01-06 with 5 sessions
	// 2025-01-06: given on Mon 2025-01-06, 14 mg, event "1"
	// 2025-01-07: instead of event "1": given on Mon 2025-01-06, 41 mg (digits changed places), event "2"
}

// What a system recorded while it had no plan in hand is read as a file of events,
// and applied one after the other.
func ExampleParseEvents() {
	plan, err := schedule.Build(exampleRequest())
	if err != nil {
		fmt.Println(err)
		return
	}
	first, _ := plan.At(1)
	file := fmt.Sprintf(`{
  "format": "regimen-events/1",
  "protocol": %q,
  "events": [
    {"asOf": "2025-01-06T12:00:00Z", "id": "visit-1", "kind": "given", "session": %q, "date": "2025-01-06", "dose": "41 mg"},
    {"asOf": "2025-01-07T09:00:00Z", "id": "scale-1", "kind": "weighed", "date": "2025-01-07", "weight": "84 kg"}
  ]
}`, plan.Protocol().Digest(), first.ID())
	entries, err := schedule.ParseEvents("events.json", []byte(file), plan.Protocol())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, entry := range entries {
		if plan, err = plan.Apply(entry.Event, entry.AsOf); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, s := range plan.All() {
		fmt.Println(s, s.State())
	}
	// Output:
	// 1 Mon 2025-01-06 08:00 given 41 mg given
	// 2 Fri 2025-01-10 08:00 42 mg planned
	// 3 Mon 2025-01-13 08:00 42 mg planned
	// 4 Thu 2025-01-16 08:00 42 mg planned
	// 5 Thu 2025-02-13 08:00 42 mg planned
}
