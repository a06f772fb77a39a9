package schedule_test

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// esketaminePlan returns a plan of four weekly sessions that begin with 28 mg and may
// go up to 84 mg, one level at a time. It is test data, nobody's recommendation.
func esketaminePlan() *schedule.Plan {
	p, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "weekly", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 4,
		Dose:  dose.MustRule("1 device of 28 mg, or 56 mg or 84 mg"),
		Climb: protocol.ClimbByOne, Follows: protocol.FollowsLastGiven,
		Visit: protocol.Visit{Administration: 20 * time.Minute, Observation: 2 * time.Hour},
	}}}.Compile()
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Thursday)})
	if err != nil {
		panic(err)
	}
	plan, err := schedule.Build(schedule.Request{
		Protocol: p, Start: schedule.MustDate("2025-09-01"), Opening: office, Key: schedule.Key{1}, AsOf: time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err)
	}
	return plan
}

// give records a dose on the evening of its day.
func give(plan *schedule.Plan, ordinal int, mg string) *schedule.Plan {
	s, _ := plan.At(ordinal)
	what := schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass(mg)}
	year, month, day := s.Date().Date()
	next, err := plan.Apply(schedule.Event{ID: fmt.Sprint("visit-", ordinal), What: what}, time.Date(year, month, day, 18, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	return next
}

func printDoses(plan *schedule.Plan) {
	for i, s := range plan.All() {
		if s.State() == schedule.StateGiven {
			fmt.Println(i+1, "given", s.Amount())
			continue
		}
		fmt.Print(i+1, " planned ", s.Level())
		for a := range s.Allowed() {
			fmt.Print(", allowed ", a.Dose, " in ", a.Delivery.Devices(), " devices")
		}
		fmt.Println()
	}
}

// The plan follows the level given last, and offers at most one level more.
func ExampleSession_Allowed() {
	plan := give(esketaminePlan(), 1, "28 mg")
	printDoses(give(plan, 2, "56 mg"))
	// Output:
	// 1 given 28 mg
	// 2 given 56 mg
	// 3 planned 56 mg, allowed 28 mg in 1 devices, allowed 84 mg in 3 devices
	// 4 planned 56 mg, allowed 28 mg in 1 devices, allowed 84 mg in 3 devices
}

// A level that a clinician has chosen holds from its session on.
func ExampleDoseChosen() {
	plan := give(give(esketaminePlan(), 1, "28 mg"), 2, "56 mg")
	from, _ := plan.At(4)
	chosen := schedule.DoseChosen{Session: from.ID(), Level: dose.MustLevel("28 mg"), Who: "attending", Reason: "dissociation"}
	plan, err := plan.Apply(schedule.Event{ID: "dose-1", What: chosen}, time.Date(2025, 9, 9, 9, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	for i := 3; i <= 4; i++ {
		s, _ := plan.At(i)
		e, _ := plan.Explain(s.ID())
		fmt.Println(i, e.LevelRule)
	}
	chosen.Level = dose.MustLevel("50 mg")
	_, err = plan.Apply(schedule.Event{ID: "dose-2", What: chosen}, plan.AsOf())
	fmt.Println(err)
	// Output:
	// 3 56 mg, given last, at session 2
	// 4 28 mg, chosen by attending from session 4 on (dissociation)
	// event "dose-2" (dose-chosen): Level "50 mg": want one of the levels that the phase "weekly" has at session 4: 28 mg, 56 mg or 84 mg
}
