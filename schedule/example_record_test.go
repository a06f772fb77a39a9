package schedule_test

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What was given, from any database, against what was prescribed.
func ExampleValidateRecord() {
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2,
		Dose: dose.MustRule("56 mg, or 84 mg, hard max 84 mg"), Visit: protocol.Visit{Administration: 10 * time.Minute},
		Climb: protocol.ClimbFree, Follows: protocol.FollowsRule,
	}}}.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := schedule.ValidateRecord(schedule.Record{
		Protocol: prescribed, Start: schedule.MustDate("2025-04-01"), Zone: time.UTC,
		AsOf: time.Date(2025, time.May, 1, 12, 0, 0, 0, time.UTC),
		Given: []schedule.Given{
			{Date: schedule.MustDate("2025-04-01"), Dose: dose.MustMass("56 mg")},
			{Date: schedule.MustDate("2025-04-08"), Dose: dose.MustMass("84 mg")},
			{Date: schedule.MustDate("2025-04-12"), Dose: dose.MustMass("70 mg")},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range found {
		fmt.Println(f)
	}
	// Output:
	// warning: session 2: missed: session 2 of induction, expected on Fri 2025-04-04, window Tue 2025-04-01 to Mon 2025-04-07 [missing]
	// violation: session 4: 70 mg given: 56 mg planned [dose-not-allowed]
}
