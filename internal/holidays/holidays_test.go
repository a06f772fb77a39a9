package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

const path = "../../examples/clinics/us-federal-2025-2030.json"

// The file that ships is the one that this program writes.
func TestFile(t *testing.T) {
	want, err := clinicFile()
	if err != nil {
		t.Fatal(err)
	}
	if got := readFile(t, path); got != string(want) {
		t.Errorf("%s is not what the program writes: see main.go for the command", path)
	}
}

// The holidays are those of 5 U.S.C. 6103(a), and each that falls on a weekend
// is observed on the Friday before or the Monday after it. The names are those of
// rickar/cal.
func TestAgainstTheLaw(t *testing.T) {
	statute, err := clinic.New(clinic.Spec{
		Zone: time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Sunday, time.Monday, time.Tuesday,
			time.Wednesday, time.Thursday, time.Friday, time.Saturday),
		Yearly: []clinic.YearlyClosure{
			{Month: time.January, Day: 1, Reason: "New Year's Day"},
			{Month: time.January, Weekday: time.Monday, Nth: 3, Reason: "Martin Luther King Jr. Day"},
			{Month: time.February, Weekday: time.Monday, Nth: 3, Reason: "Presidents' Day"},
			{Month: time.May, Weekday: time.Monday, Nth: -1, Reason: "Memorial Day"},
			{Month: time.June, Day: 19, Reason: "Juneteenth"},
			{Month: time.July, Day: 4, Reason: "Independence Day"},
			{Month: time.September, Weekday: time.Monday, Nth: 1, Reason: "Labor Day"},
			{Month: time.October, Weekday: time.Monday, Nth: 2, Reason: "Columbus Day"},
			{Month: time.November, Day: 11, Reason: "Veterans Day"},
			{Month: time.November, Weekday: time.Thursday, Nth: 4, Reason: "Thanksgiving Day"},
			{Month: time.December, Day: 25, Reason: "Christmas Day"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[date.Date]string{}
	first, last := schedule.MustDate("2025-01-01"), schedule.MustDate("2030-12-31")
	for d := first; d <= last+1; d++ {
		_, name := statute.Open(d)
		if name == "" {
			continue
		}
		if d <= last {
			want[d] = name
		}
		switch d.Weekday() {
		case time.Saturday:
			want[d-1] = name + " (observed)"
		case time.Sunday:
			want[d+1] = name + " (observed)"
		}
	}
	got := closed(t)
	for d := first; d <= last; d++ {
		if got[d] != want[d] {
			t.Errorf("%s: %q in the file, %q by law", d, got[d], want[d])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d days in the file, %d by law", len(got), len(want))
	}
}

// closed returns the closures of the file.
func closed(t *testing.T) map[date.Date]string {
	t.Helper()
	spec, err := clinic.Parse(path, []byte(readFile(t, path)), time.LoadLocation)
	if err != nil {
		t.Fatal(err)
	}
	days := make(map[date.Date]string, len(spec.Closed))
	for _, c := range spec.Closed {
		days[c.Date] = c.Reason
	}
	return days
}

// The lock file names no address, so that npm asks the registry it is set up
// for.
func TestLockFile(t *testing.T) {
	if strings.Contains(readFile(t, "package-lock.json"), `"resolved"`) {
		t.Error("package-lock.json has addresses: make it anew with npm install --package-lock-only")
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
