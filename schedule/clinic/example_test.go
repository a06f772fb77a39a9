package clinic_test

import (
	"fmt"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// A clinic that is open on weekdays, late on Fridays, and shorter before Christmas.
func ExampleNew() {
	weekly := clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday)
	weekly[time.Friday] = []clinic.Hours{clinic.MustHours("08:00-12:00"), clinic.MustHours("20:00-02:00")}
	office, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: weekly,
		Half:   []clinic.SpecialDay{{Date: date.New(2025, time.December, 24), Hours: []clinic.Hours{clinic.MustHours("08:00-12:00")}}},
		Closed: []clinic.Closure{{Date: date.New(2025, time.December, 29), To: date.New(2025, time.December, 31), Reason: "inventory"}},
		Yearly: []clinic.YearlyClosure{{Month: time.December, Day: 25, Reason: "Christmas Day"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := date.New(2025, time.December, 24); d <= date.New(2025, time.December, 29); d++ {
		hours, reason := office.Open(d)
		fmt.Printf("%s %s %v %q\n", d, d.Weekday(), hours, reason)
	}
	// Output:
	// 2025-12-24 Wednesday [08:00-12:00] ""
	// 2025-12-25 Thursday [] "Christmas Day"
	// 2025-12-26 Friday [08:00-12:00 20:00-02:00] ""
	// 2025-12-27 Saturday [] "not open on Saturdays"
	// 2025-12-28 Sunday [] "not open on Sundays"
	// 2025-12-29 Monday [] "inventory"
}

// Hours that touch are one, so a visit may last from one stretch into the next.
func ExampleClinic_Open() {
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{
		time.Monday: {clinic.MustHours("08:00-12:00"), clinic.MustHours("12:00-17:00")},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	hours, _ := office.Open(date.New(2025, time.January, 6))
	fmt.Println(hours)
	_, reason := office.Open(date.New(2025, time.January, 7))
	fmt.Println(reason)
	// Output:
	// [08:00-17:00]
	// not open on Tuesdays
}

// What is wrong with a description is reported at once.
func ExampleError() {
	_, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: map[time.Weekday][]clinic.Hours{time.Monday: {clinic.MustHours("08:00-12:00"), clinic.MustHours("11:00-17:00")}},
		Extra:  []clinic.SpecialDay{{Date: date.New(2025, time.January, 11)}},
	})
	fmt.Println(err)
	// Output:
	// Weekly Monday "11:00-17:00": want hours in order that do not overlap 08:00-12:00
	// Extra "2025-01-11": want the hours of the day
}

// A table asks an opening once about each day, and finds where a visit of two hours
// fits.
func ExampleTable_Times() {
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("20:00-02:00"), time.Friday)})
	if err != nil {
		fmt.Println(err)
		return
	}
	table := clinic.NewTable(office, office.Zone())
	late, _ := clinic.ParseTimeOfDay("23:00")
	start, end, ok := table.Times(date.New(2025, time.January, 10), clinic.Need{Minutes: 120, Grid: 15, NotBefore: clinic.Always, Preferred: late})
	fmt.Println(start/60, end/60, ok)
	// Output: 23 25 true
}
