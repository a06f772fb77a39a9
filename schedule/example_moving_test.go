package schedule_test

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// movingProtocol is test data, nobody's recommendation.
func movingProtocol(id, version, drug, rule string, phases ...string) *protocol.Protocol {
	spec := protocol.Spec{ID: id, Version: version, Drug: drug}
	for i, name := range phases {
		spec.Phases = append(spec.Phases, protocol.Phase{
			Name: name, Cadence: protocol.MustCadence([]string{"2/wk x2", "1/wk x2"}[i]), MinGap: 3, Dose: dose.MustRule(rule),
			Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
		})
	}
	p, err := spec.Compile()
	if err != nil {
		panic(err)
	}
	return p
}

// movingClinic is open from Monday to Friday in a zone.
func movingClinic(zone string) *clinic.Clinic {
	location, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{
		Zone:   location,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		panic(err)
	}
	return office
}

// What docs/MOVING.md says: another version, another drug, and another clinic in
// another zone.
func Example_moving() {
	show := func(what string, plan *schedule.Plan) {
		fmt.Println(what)
		for _, s := range plan.All() {
			fmt.Printf("  %d %s %-9s %s %s, %s, week %d\n", s.Ordinal(), s.Date(), s.State(), s.Amount(), s.Drug(), s.Phase(), s.Week())
		}
	}
	plan, err := schedule.Build(schedule.Request{
		Protocol: movingProtocol("course", "1", "ketamine", "40.5 mg", "induction", "weekly"), Start: schedule.MustDate("2026-03-02"), Opening: movingClinic("Europe/London"),
		Key: schedule.Key{1}, AsOf: time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err)
	}
	evening := func(day string) time.Time {
		d := schedule.MustDate(day)
		return time.Date(d.Year(), d.Month(), d.Day(), 18, 0, 0, 0, time.UTC)
	}
	n := 0
	apply := func(day string, what schedule.Happening) {
		n++
		next, err := plan.Apply(schedule.Event{ID: fmt.Sprint("e", n), What: what}, evening(day))
		if err != nil {
			fmt.Println("refused:", err)
			return
		}
		plan = next
	}
	give := func(ordinal int) {
		s, _ := plan.At(ordinal)
		apply(s.Date().String(), schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Amount()})
	}
	give(1)
	second := movingProtocol("course", "2", "ketamine", "41 mg", "start", "weekly")
	apply("2026-03-03", schedule.Adopted{Protocol: second, Who: "dr-1"})
	apply("2026-03-03", schedule.Adopted{Protocol: second, Phases: map[string]string{"induction": "start"}, Who: "dr-1"})
	give(2)
	spray := movingProtocol("spray", "1", "esketamine", "56 mg", "induction")
	apply("2026-03-06", schedule.Switched{Protocol: spray, Start: schedule.MustDate("2026-03-12"), Gap: 14, Who: "dr-1"})
	apply("2026-03-06", schedule.Switched{Protocol: spray, Start: schedule.MustDate("2026-03-19"), Gap: 14, Who: "dr-1"})
	give(6)
	show("in London", plan)

	// The patient moves. The rest is cancelled here, and goes on in New York.
	last, _ := plan.At(8)
	apply("2026-03-20", schedule.Cancelled{Session: last.ID(), By: schedule.ByPatient, Rest: true, Reason: "moves to New York"})
	var before []schedule.GivenBefore
	for _, s := range plan.All() {
		if g, ok := s.Given(); ok {
			before = append(before, schedule.GivenBefore{Date: g.Date, Drug: s.Drug(), Dose: g.Dose, Weight: g.Weight, Source: "London"})
		}
	}
	moved, err := schedule.Build(schedule.Request{
		Protocol: movingProtocol("spray-rest", "1", "esketamine", "56 mg", "rest"), Start: schedule.MustDate("2026-03-20"), Opening: movingClinic("America/New_York"),
		GivenBefore: before, Key: schedule.Key{2}, AsOf: time.Date(2026, 3, 20, 10, 0, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err)
	}
	show("in New York", moved)

	// Output:
	// refused: event "e2" (adopted): Phases "induction": want each phase still to come in course 2, or which of its phases goes on with it: "start", "weekly"
	// refused: event "e5" (switched): Start "2026-03-12": want a day at least 14 days after the last dose, given on Thu 2026-03-05: 2026-03-19 or later
	// in London
	//   1 2026-03-02 given     40.5 mg ketamine, induction, week 1
	//   2 2026-03-05 given     41 mg ketamine, start, week 1
	//   3 2026-03-09 cancelled 41 mg ketamine, start, week 2
	//   4 2026-03-12 cancelled 41 mg ketamine, start, week 2
	//   5 2026-03-16 cancelled 41 mg ketamine, weekly, week 3
	//   6 2026-03-19 given     56 mg esketamine, induction, week 1
	//   7 2026-03-23 cancelled 41 mg ketamine, weekly, week 4
	//   8 2026-03-23 planned   56 mg esketamine, induction, week 1
	//   9 2026-03-26 planned   56 mg esketamine, induction, week 2
	//   10 2026-03-30 planned   56 mg esketamine, induction, week 2
	// in New York
	//   1 2026-03-23 planned   56 mg esketamine, rest, week 1
	//   2 2026-03-26 planned   56 mg esketamine, rest, week 1
	//   3 2026-03-30 planned   56 mg esketamine, rest, week 2
	//   4 2026-04-02 planned   56 mg esketamine, rest, week 2
}
