package schedule_test

import (
	"fmt"

	"github.com/regimen-go/regimen/schedule"
)

// An app keeps a row of every plan and a row of every visit, and asks its database who is
// due: it has to write them when something happens, and never because a day has passed.
func ExamplePlan_Row() {
	plan := examplePlan() // the first of four Mondays was given
	row, rows := plan.Row(), plan.AppendVisitRows(nil, nil)
	fmt.Println(len(rows), "visits, revision", row.Revision, "due next", row.Next)

	thirteenth, fourteenth := schedule.MustDate("2025-01-13"), schedule.MustDate("2025-01-14")
	fmt.Println("due by the 13th:", row.DueBy(thirteenth), "overdue on the 14th:", row.OverdueSince(fourteenth) != 0)

	closed := schedule.Event{ID: "2", What: schedule.ClinicClosed{From: thirteenth, Reason: "storm"}}
	after, err := plan.Apply(closed, noon("2025-01-07"))
	if err != nil {
		fmt.Println(err)
		return
	}
	row = after.Row()
	fmt.Println("revision", row.Revision, "due next", row.Next, "lost until", row.LostUntil)
	for _, changed := range after.AppendVisitRows(rows[:0], plan) {
		fmt.Println("changed:", changed.Date, changed.State, changed.Lost)
	}
	// Output:
	// 4 visits, revision 1 due next 2025-01-13
	// due by the 13th: true overdue on the 14th: true
	// revision 2 due next 2025-01-20 lost until 2025-01-13
	// changed: 2025-01-13 planned closed (storm)
}
