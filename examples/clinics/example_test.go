package clinics_test

import (
	"cmp"
	"fmt"
	"os"
	"time"
	_ "time/tzdata" // so that every zone is known on every machine

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A clinic of one's own: the federal holidays of the file, other hours, and a
// summer break.
func Example() {
	const file = "us-federal-2025-2030.json"
	src, err := os.ReadFile(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	spec, err := clinic.Parse(file, src, time.LoadLocation)
	if err != nil {
		fmt.Println(err)
		return
	}
	spec.Weekly = clinic.OpenOn(clinic.MustHours("09:00-16:00"), time.Monday, time.Wednesday, time.Friday)
	spec.Closed = append(spec.Closed, clinic.Closure{
		Date: schedule.MustDate("2026-06-29"), To: schedule.MustDate("2026-07-10"), Reason: "summer break",
	})
	office, err := clinic.New(spec)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []string{"2026-06-26", "2026-07-01", "2026-07-03", "2026-07-06", "2026-07-13", "2026-11-11"} {
		hours, reason := office.Open(schedule.MustDate(day))
		fmt.Println(day, cmp.Or(reason, fmt.Sprint(hours)))
	}
	// Output:
	// 2026-06-26 [09:00-16:00]
	// 2026-07-01 summer break
	// 2026-07-03 Independence Day (observed)
	// 2026-07-06 summer break
	// 2026-07-13 [09:00-16:00]
	// 2026-11-11 Veterans Day
}
