// Command chairs shows capacity: a clinic has two chairs, and the plans of five
// patients, who all would like the same time, are made one after another.
//
//	go run ./examples/chairs
//
// The library knows nothing of chairs. It asks an Opening when visits may take
// place, and that of this program, in opening.go, leaves out the hours in which
// both chairs are taken. So a later patient gets another time or, where a day
// has none long enough, another day. The patients are made up.
package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func main() {
	var out bytes.Buffer
	err := run(&out)
	if err == nil {
		_, err = out.WriteTo(os.Stdout)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "chairs: %v\n", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	course, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "course", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2,
		Visit: protocol.Visit{Preparation: 20 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}}}.Compile()
	if err != nil {
		return err
	}
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("09:00-16:00"),
			time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		return err
	}
	tenOClock, err := clinic.ParseTimeOfDay("10:00")
	if err != nil {
		return err
	}

	fmt.Fprintln(out, "Two chairs, open Monday to Friday 09:00-16:00. A visit takes 3 hours; all would like 10:00.")
	rooms := newChairs(office, 2)
	for _, patient := range []string{"patient 1", "patient 2", "patient 3", "patient 4", "patient 5"} {
		var key schedule.Key
		rand.Read(key[:])
		plan, err := schedule.Build(schedule.Request{
			Protocol: course,
			Start:    schedule.MustDate("2025-03-03"),
			Opening:  rooms,
			Zone:     office.Zone(),
			Wishes:   schedule.Wishes{Preferred: tenOClock},
			Key:      key,
			AsOf:     time.Date(2025, time.February, 28, 12, 0, 0, 0, time.UTC),
		})
		if err != nil {
			return fmt.Errorf("%s: %w", patient, err)
		}
		if err := writePlan(out, patient, plan); err != nil {
			return err
		}
		rooms.book(patient, plan)
	}
	fmt.Fprintln(out, "\nThe chairs, day by day")
	for day := range rooms.days() {
		fmt.Fprintf(out, "\n%s %s\n", day.Weekday().String()[:3], day)
		for _, v := range rooms.sheet(day) {
			fmt.Fprintf(out, "  chair %d  %s-%s  %s\n", v.chair, v.from, v.to, v.patient)
		}
	}
	return nil
}

// writePlan writes the visits of a patient and, where one is not on the date
// that the protocol asks for, why not.
func writePlan(out io.Writer, patient string, plan *schedule.Plan) error {
	fmt.Fprintf(out, "\n%s\n", patient)
	for _, s := range plan.All() {
		day := s.Date().Weekday().String()[:3]
		fmt.Fprintf(out, "  %s %s %s-%s\n", day, s.Date(), s.Start(), s.End())
		explanation, err := plan.Explain(s.ID())
		if err != nil {
			return err
		}
		for _, c := range explanation.Candidates {
			if s.ShiftDays() != 0 && c.Date == s.Target() {
				fmt.Fprintf(out, "    not on %s %s: %s\n", c.Date.Weekday().String()[:3], c.Date, c.Detail)
			}
		}
	}
	return nil
}
