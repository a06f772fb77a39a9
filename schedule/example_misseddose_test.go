package schedule_test

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A phase may have a table of what follows after missed doses, by the days since the last
// one. The drug and the table are invented.
func ExamplePlan_Repairs_missedDose() {
	p, err := protocol.Spec{
		Drug: "examplamine",
		Phases: []protocol.Phase{{
			Name: "maintenance", Cadence: protocol.MustCadence("every 4w x4"), MinGap: 21,
			Visit: protocol.Visit{Administration: 5 * time.Minute},
			Dose:  dose.MustRule("100 mg, or 50 mg"), Climb: protocol.ClimbFree, Follows: protocol.FollowsRule,
			MissedDoses: []protocol.MissedDose{
				{From: 36, To: 42, Then: protocol.GiveNow},
				{From: 43, Then: protocol.GiveLevel, Dose: dose.MustLevel("50 mg"), Date: protocol.AtOnce},
			},
		}},
	}.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	at := func(day string) time.Time { t, _ := time.Parse(time.DateOnly, day); return t.Add(9 * time.Hour) }
	plan, err := schedule.Build(schedule.Request{
		Protocol: p, Start: schedule.MustDate("2025-01-06"), Opening: exampleClinic(), Key: schedule.Key{1}, AsOf: at("2025-01-05"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	first, second := sessionAt(plan, 1), sessionAt(plan, 2)
	plan, err = plan.Apply(schedule.Event{ID: "1", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("100 mg")}}, at("2025-01-07"))
	if err != nil {
		fmt.Println(err)
		return
	}
	ways, err := plan.Repairs(at("2025-02-20"), second.ID()) // 45 days later
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, way := range ways {
		if way.Way != schedule.WayMissedDose {
			continue
		}
		fmt.Println(way.Text)
		for _, s := range way.Plan.All() {
			fmt.Println(" ", s.Date(), s.State(), s.Dose().Dose())
		}
	}
	// Output:
	// from 43 days on after the last dose, on Mon 2025-01-06: give level 50 mg at once, on Fri 2025-02-21
	//   2025-01-06 given 100 mg
	//   2025-02-03 missed 100 mg
	//   2025-02-21 planned 50 mg
	//   2025-03-21 planned 100 mg
	//   2025-04-18 planned 100 mg
}
