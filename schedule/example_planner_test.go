package schedule_test

import (
	"fmt"
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// A clinic plans the same protocol for everybody on its list.
func ExamplePlanner() {
	request := exampleRequest()
	planner, err := schedule.NewPlanner(request.Protocol, request.Opening, nil)
	if err != nil {
		fmt.Println(err)
		return
	}

	// The planner has protocol, clinic and zone; a request says what is the patient's.
	plan, err := planner.Build(schedule.Request{
		Start: request.Start, Weighings: request.Weighings, Key: request.Key, AsOf: request.AsOf,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(plan.Len(), "sessions")

	// Output:
	// 5 sessions
}

// A stream takes the memory of one plan, however many there are. Of each is kept what
// is read from it before the next.
func ExamplePlanner_Stream() {
	request := exampleRequest()
	planner, err := schedule.NewPlanner(request.Protocol, request.Opening, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var requests []schedule.Request
	for i, weight := range []string{"60 kg", "82 kg", "139 kg"} {
		r := request
		r.Key[1] = byte(i)
		r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight(weight)}}
		requests = append(requests, r)
	}
	for plan, err := range planner.Stream(slices.Values(requests)) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		first, _ := plan.At(1)
		fmt.Println(first)
	}

	// Output:
	// 1 Mon 2025-01-06 08:00 30 mg
	// 1 Mon 2025-01-06 08:00 41 mg
	// session 1 (series) on Mon 2025-01-06: hard limit passed: hard max 60 mg of the dose
}
