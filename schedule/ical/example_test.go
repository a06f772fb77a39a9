package ical_test

import (
	"fmt"
	"os"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
)

// visits is a plan of two visits in a clinic in Berlin.
func visits() *schedule.Plan {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	fasting := time.Duration(0)
	course, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "course", Cadence: protocol.MustCadence("every 2w x2"), MinGap: 2,
		Visit: protocol.Visit{
			Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour,
			Tasks: []protocol.Task{{Text: "Do not eat", From: protocol.AdministrationStart, At: -4 * time.Hour, Until: &fasting}},
		},
	}}}.Compile()
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{
		Zone: berlin, Weekly: clinic.OpenOn(clinic.MustHours("09:00-17:00"), time.Monday, time.Tuesday),
	})
	if err != nil {
		panic(err)
	}
	plan, err := schedule.Build(schedule.Request{
		Protocol: course, Start: schedule.MustDate("2026-03-23"), Opening: office,
		Key:  schedule.Key{15: 1}, // 128 random bits
		AsOf: time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err)
	}
	return plan
}

// printed is a calendar with the line ends of this file.
func printed(calendar []byte) string { return strings.ReplaceAll(string(calendar), "\r\n", "\n") }

func ExampleAppend() {
	calendar, err := ical.Append(nil, visits(), ical.Options{Location: "Example Street 1, room 2"})
	if err != nil {
		panic(err)
	}
	fmt.Print(printed(calendar))
	// Output:
	// BEGIN:VCALENDAR
	// VERSION:2.0
	// PRODID:-//regimen-go//regimen ical 1//EN
	// NAME:Clinic visits
	// X-WR-CALNAME:Clinic visits
	// BEGIN:VTIMEZONE
	// TZID:Europe/Berlin
	// BEGIN:DAYLIGHT
	// DTSTART:19700329T020000
	// TZOFFSETFROM:+0100
	// TZOFFSETTO:+0200
	// RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
	// TZNAME:CEST
	// END:DAYLIGHT
	// BEGIN:STANDARD
	// DTSTART:19701025T030000
	// TZOFFSETFROM:+0200
	// TZOFFSETTO:+0100
	// RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
	// TZNAME:CET
	// END:STANDARD
	// END:VTIMEZONE
	// BEGIN:VEVENT
	// UID:nskkykkcvt42xblw
	// DTSTAMP:20260301T120000Z
	// LAST-MODIFIED:20260301T120000Z
	// SEQUENCE:0
	// DTSTART;TZID=Europe/Berlin:20260323T090000
	// DTEND;TZID=Europe/Berlin:20260323T121000
	// SUMMARY:Clinic visit (1 of 2)
	// LOCATION:Example Street 1\, room 2
	// STATUS:CONFIRMED
	// TRANSP:OPAQUE
	// CATEGORIES:Appointment
	// END:VEVENT
	// BEGIN:VEVENT
	// UID:bpfpon2bcuadzzyc
	// DTSTAMP:20260301T120000Z
	// LAST-MODIFIED:20260301T120000Z
	// SEQUENCE:0
	// DTSTART;TZID=Europe/Berlin:20260406T090000
	// DTEND;TZID=Europe/Berlin:20260406T121000
	// SUMMARY:Clinic visit (2 of 2)
	// LOCATION:Example Street 1\, room 2
	// STATUS:CONFIRMED
	// TRANSP:OPAQUE
	// CATEGORIES:Appointment
	// END:VEVENT
	// END:VCALENDAR
}

// What the patient does before the visit is an event of its own, which survives
// where alarms do not.
func ExampleOptions_tasks() {
	calendar, err := ical.Append(nil, visits(), ical.Options{Tasks: true, NoCount: true})
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(printed(calendar)) {
		if strings.HasPrefix(line, "DTSTART;") || strings.HasPrefix(line, "SUMMARY") {
			fmt.Print(line)
		}
	}
	// Output:
	// DTSTART;TZID=Europe/Berlin:20260323T090000
	// SUMMARY:Clinic visit
	// DTSTART;TZID=Europe/Berlin:20260323T053000
	// SUMMARY:Do not eat from 05:30
	// DTSTART;TZID=Europe/Berlin:20260406T090000
	// SUMMARY:Clinic visit
	// DTSTART;TZID=Europe/Berlin:20260406T053000
	// SUMMARY:Do not eat from 05:30
}

// Nothing is written if the options are refused.
func ExampleWrite() {
	err := ical.Write(os.Stdout, visits(), ical.Options{Publish: true})
	fmt.Println(err)
	// Output:
	// Publish: want an Organizer: a published calendar names one
}
