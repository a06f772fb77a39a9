// Command holidays writes a clinic file with the federal holidays of the United
// States from 2025 to 2030, as the calendar library rickar/cal has them:
//
//	cd internal/holidays && go run . >../../examples/clinics/us-federal-2025-2030.json
//
// Where a holiday falls on a Saturday or a Sunday, the file has that day and the
// weekday on which it is observed. Hours and zone are those of an example.
package main

import (
	"fmt"
	"os"
	"time"
	_ "time/tzdata" // so that the zone is known on every machine

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule/clinic"
)

const (
	firstYear = 2025
	lastYear  = 2030
)

func main() {
	file, err := clinicFile()
	if err == nil {
		_, err = os.Stdout.Write(file)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "holidays: %v\n", err)
		os.Exit(1)
	}
}

// clinicFile returns the clinic file.
func clinicFile() ([]byte, error) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		return nil, err
	}
	spec := clinic.Spec{
		Zone: zone,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"),
			time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		Closed: closures(us.Holidays),
	}
	if _, err := clinic.New(spec); err != nil {
		return nil, err
	}
	return clinic.Format(spec), nil
}

// closures returns the days of the holidays and those on which they are
// observed. New Year's Day can be observed in the year before.
func closures(holidays []*cal.Holiday) (closed []clinic.Closure) {
	cal.DefaultLoc = time.UTC
	add := func(t time.Time, name string) {
		if year, month, day := t.Date(); firstYear <= year && year <= lastYear {
			closed = append(closed, clinic.Closure{Date: date.New(year, month, day), Reason: name})
		}
	}
	for _, h := range holidays {
		for year := firstYear; year <= lastYear+1; year++ {
			actual, observed := h.Calc(year)
			add(actual, h.Name)
			if !observed.Equal(actual) {
				add(observed, h.Name+" (observed)")
			}
		}
	}
	return closed
}
