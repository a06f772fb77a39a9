// Package variants is how a clinic compares two protocols before a patient meets
// either of them: "3-2-1-1-1 with at least three days in between", which it has
// been asked for, against "3-3, then weekly", which it gives now.
//
// It is one file to copy and to change. Run it with
//
//	go test ./examples/variants
//
// Every number in it is made up for the example and is nobody's recommendation.
package variants

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// The two protocols differ in how often and how close; the rest is the same.

func spread(t *testing.T) schedule.Request { return at(t, "3-2-1-1-1", 3) }

func weekly(t *testing.T) schedule.Request { return at(t, "3-3 then every 1w x2", 2) }

func at(t *testing.T, cadence string, gap int) schedule.Request {
	t.Helper()
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "induction", Cadence: protocol.MustCadence(cadence), MinGap: gap,
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
		Dose:  dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 80 mg"),
	}}}.Compile()
	if err != nil {
		t.Fatal(err)
	}
	tuesday := schedule.MustDate("2025-03-04")
	return schedule.Request{
		Protocol: prescribed, Start: tuesday, Opening: office(t),
		Weighings: []schedule.Weighing{{Date: tuesday, Weight: dose.MustWeight("72 kg")}},
	}
}

// Our clinic is open on weekdays.
func office(t *testing.T) *clinic.Clinic {
	t.Helper()
	weekdays := clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
	c, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Weekly: weekdays,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// First we look at both. Three sessions a week, three days apart, need all seven
// days: from a Tuesday on that is Tuesday, Friday, Monday.
func TestWhatThePatientWouldGet(t *testing.T) {
	scheduletest.AssertCalendar(t, plan(t, spread(t)), `
		# week 1: three, three days apart
		Tue 2025-03-04 36 mg
		Fri 2025-03-07 36 mg
		Mon 2025-03-10 36 mg
		# week 2: two
		Thu 2025-03-13 36 mg
		Mon 2025-03-17 36 mg
		# then one a week: the first waits for its three days
		Thu 2025-03-20 36 mg
		Tue 2025-03-25 36 mg
		Tue 2025-04-01 36 mg
	`)
	scheduletest.AssertCalendar(t, plan(t, weekly(t)), `
		# week 1
		Tue 2025-03-04 36 mg
		Thu 2025-03-06 36 mg
		Mon 2025-03-10 36 mg
		# week 2
		Wed 2025-03-12 36 mg
		Fri 2025-03-14 36 mg
		Mon 2025-03-17 36 mg
		# then every seven days, as near as the weekend lets them be
		Fri 2025-03-21 36 mg
		Fri 2025-03-28 36 mg
	`)
}

// On which days of the week can a patient begin? What we give now begins on any
// day we are open; the other one only where the third session is not on a weekend.
func TestOnWhichDaysWeCanBegin(t *testing.T) {
	for _, variant := range []struct {
		name    string
		request schedule.Request
		want    string
	}{
		{"3-2-1-1-1, three days apart", spread(t), "Tue Fri"},
		{"3-3, then weekly", weekly(t), "Mon Tue Wed Thu Fri"},
	} {
		monday, begins := schedule.MustDate("2025-03-03"), ""
		for d := monday; d < monday+7; d++ {
			if _, err := schedule.Build(scheduletest.Case(variant.request, d, dose.MustWeight("72 kg"))); err == nil {
				begins += " " + d.Weekday().String()[:3]
			}
		}
		if begins != " "+variant.want {
			t.Errorf("%s begins on%s, not on %s", variant.name, begins, variant.want)
		}
	}
}

// The doctors' rules, as they said them.

func threeDaysApart(p *schedule.Plan) error { return apart(p, 3) }

func twoDaysApart(p *schedule.Plan) error { return apart(p, 2) }

func apart(p *schedule.Plan, days int) error {
	var before date.Date
	for _, s := range p.All() {
		if s.State() == schedule.StateMissed || s.State() == schedule.StateCancelled {
			continue
		}
		if before != 0 && int(s.Date()-before) < days {
			return fmt.Errorf("session %d on %s is only %d days after the one before", s.Ordinal(), s.Date(), s.Date()-before)
		}
		before = s.Date()
	}
	return nil
}

func atMostSixty(p *schedule.Plan) error {
	for _, s := range p.All() {
		if s.Dose().Dose().Compare(dose.MustMass("60 mg")) > 0 {
			return fmt.Errorf("session %d is %s", s.Ordinal(), s.Dose().Dose())
		}
	}
	return nil
}

// They hold whatever the patient weighs, whichever day they begin on, and whatever
// closes: where a plan cannot keep them there is no plan.
func TestTheRulesAlwaysHold(t *testing.T) {
	closures := [][]clinic.Closure{
		nil,
		{{Date: schedule.MustDate("2025-03-12"), Reason: "training"}},
		{{Date: schedule.MustDate("2025-03-26"), To: schedule.MustDate("2025-03-28"), Reason: "renovation"}},
		{{Date: schedule.MustDate("2025-03-07"), Reason: "snow"}, {Date: schedule.MustDate("2025-03-31"), Reason: "snow"}},
	}
	for _, err := range []error{
		scheduletest.Sweep{Request: spread(t), From: "spread(t)", Closures: closures, MayBlock: true}.Run("threeDaysApart", threeDaysApart),
		scheduletest.Sweep{Request: spread(t), From: "spread(t)", Closures: closures, MayBlock: true}.Run("atMostSixty", atMostSixty),
		scheduletest.Sweep{Request: weekly(t), From: "weekly(t)", Closures: closures, MayBlock: true}.Run("twoDaysApart", twoDaysApart),
		scheduletest.Sweep{Request: weekly(t), From: "weekly(t)", Closures: closures, MayBlock: true}.Run("atMostSixty", atMostSixty),
	} {
		if err != nil {
			t.Error(err)
		}
	}
}

// How much room does each leave when it snows for two days in the first week? We
// let a sweep look for a start without a plan. It makes what it finds as small as
// it gets, and prints it as a test.
func TestSnow(t *testing.T) {
	snow := [][]clinic.Closure{{{Date: schedule.MustDate("2025-03-06"), To: schedule.MustDate("2025-03-07"), Reason: "snow"}}}
	smallest := func(s scheduletest.Sweep) *scheduletest.Counterexample {
		s.Closures = snow
		found, ok := errors.AsType[*scheduletest.Counterexample](s.Run("scheduletest.TestPlan", scheduletest.TestPlan))
		if !ok {
			t.Fatal("there is room")
		}
		t.Log(found)
		return found
	}
	// The weekly protocol has no plan for a patient who begins on the Wednesday,
	// if only the Friday is closed.
	if found := smallest(scheduletest.Sweep{Request: weekly(t), From: "weekly(t)"}); found.Start.Weekday() != time.Wednesday ||
		len(found.Closures) != 1 || found.Closures[0].Date != schedule.MustDate("2025-03-07") || found.Plan != nil {
		t.Errorf("not what we thought: %v", found)
	}
	// The spread one needs no snow to have none.
	if found := smallest(scheduletest.Sweep{Request: spread(t), From: "spread(t)"}); len(found.Closures) != 0 {
		t.Errorf("not what we thought: %v", found)
	}
	// Where we begin on a Tuesday or a Friday it does: then a day is enough.
	if found := smallest(scheduletest.Sweep{Request: spread(t), From: "spread(t)", Days: protocol.OnDays(time.Tuesday, time.Friday)}); len(found.Closures) != 1 {
		t.Errorf("not what we thought: %v", found)
	}
}

// A patient misses the fourth session and we make up for it at the end. Both
// variants still give eight.
func TestAMissedSession(t *testing.T) {
	for name, request := range map[string]schedule.Request{"spread": spread(t), "weekly": weekly(t)} {
		sim := patient(t, request)
		sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayAppend}})
		sim.Miss(4)
		if err := sim.Finish(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if status := sim.Status(); status.Completed != 8 || status.Adherence.Missed != 1 {
			t.Errorf("%s: %d given and %d missed\n%s", name, status.Completed, status.Adherence.Missed, scheduletest.Calendar(sim.Plan()))
		}
	}
}

// Step by step: on the morning of the closure somebody has to decide, and the test
// is that somebody.
func TestTheBoilerBreaks(t *testing.T) {
	sim := patient(t, weekly(t))
	if err := sim.AdvanceTo(schedule.MustDate("2025-03-12")); err != nil {
		t.Fatal(err)
	}
	if due := sim.Status().Due; len(due) != 1 || due[0].Ordinal() != 4 {
		t.Fatalf("due today: %v", due)
	}
	sim.Close(sim.Today(), sim.Today(), "no heating")
	if _, asked := errors.AsType[*scheduletest.RepairError](sim.Advance(1)); !asked {
		t.Fatal("nobody was asked what to do")
	}
	if err := sim.Take(4, schedule.WayShift); err != nil {
		t.Fatal(err)
	}
	if err := sim.Finish(); err != nil {
		t.Fatal(err)
	}
	scheduletest.AssertCalendar(t, sim.Plan(), `
		Tue 2025-03-04 36 mg given
		Thu 2025-03-06 36 mg given
		Mon 2025-03-10 36 mg given
		# no heating, and the rest a week later
		Wed 2025-03-12 36 mg missed
		Tue 2025-03-18 36 mg given
		Thu 2025-03-20 36 mg given
		Mon 2025-03-24 36 mg given
		Fri 2025-03-28 36 mg given
		Fri 2025-04-04 36 mg given
	`)
}

// A hundred patients who are sometimes late, sometimes do not come, and change
// their weight. The same seed gives the same hundred. However late one of them is,
// no two sessions that are really given are closer than the doctors said.
func TestAHundredPatients(t *testing.T) {
	for _, variant := range []struct {
		name    string
		request schedule.Request
		days    int
	}{
		{"3-2-1-1-1, three days apart", spread(t), 3},
		{"3-3, then weekly", weekly(t), 2},
	} {
		planned, _ := variant.request.Protocol.Cadence().Sessions()
		given := 0
		for seed := range uint64(100) {
			sim, err := scheduletest.New(variant.request)
			if err != nil {
				t.Fatal(err)
			}
			sim.Follow(scheduletest.Policy{
				Missed:    []schedule.Way{schedule.WaySkip},
				Displaced: []schedule.Way{schedule.WayCatchUp, schedule.WaySkip},
			})
			sim.Behave(scheduletest.Behaviour{Miss: 5, Late: 15, LateBy: 2, Drift: 8}, rand.New(rand.NewPCG(seed, 2025)))
			err = errors.Join(sim.Finish(), scheduletest.TestPlan(sim.Plan()), apart(sim.Plan(), variant.days))
			if err != nil {
				t.Fatalf("%s, seed %d: %v\n%s", variant.name, seed, err, scheduletest.Calendar(sim.Plan()))
			}
			given += sim.Status().Completed
		}
		if given < 85*planned {
			t.Errorf("%s: only %d of %d sessions are given", variant.name, given, 100*planned)
		}
	}
}

// patient begins to simulate one: every state of their plan is checked.
func patient(t *testing.T, r schedule.Request) *scheduletest.Simulation {
	t.Helper()
	sim, err := scheduletest.New(r)
	if err != nil {
		t.Fatal(err)
	}
	sim.Each(scheduletest.TestPlan)
	return sim
}

func plan(t *testing.T, r schedule.Request) *schedule.Plan {
	t.Helper()
	return patient(t, r).Plan()
}
