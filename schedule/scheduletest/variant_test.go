package scheduletest_test

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// A variant is a protocol, a clinic and a patient as somebody would write them
// down, before any of it is checked.
type variant struct {
	spec    protocol.Spec
	clinic  clinic.Spec
	request schedule.Request
	policy  scheduletest.Policy
	booked  func(office *clinic.Clinic) clinic.Opening // nil: the clinic itself
}

func (v *variant) phase() *protocol.Phase { return &v.spec.Phases[0] }

// planned is a variant of one phase in a clinic that is open on weekdays, for a
// patient of 72 kg who begins on Monday 6 January 2025.
func planned(cadence, rule string) variant {
	phase := taper(cadence, 2)
	phase.Dose = dose.MustRule(rule)
	return variant{
		spec: protocol.Spec{Phases: []protocol.Phase{phase}},
		clinic: clinic.Spec{
			Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		},
		request: schedule.Request{Start: day("2025-01-06"), Weighings: []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("72 kg")}}},
	}
}

// ready checks a variant as an app would when it loads it.
func (v variant) ready() (r schedule.Request, err error) {
	r = v.request
	if r.Protocol, err = v.spec.Compile(); err != nil {
		return r, err
	}
	office, err := clinic.New(v.clinic)
	if err != nil {
		return r, err
	}
	r.Opening, r.Zone = office, office.Zone()
	if v.booked != nil {
		r.Opening = v.booked(office)
	}
	return r, nil
}

// The tests below are those that a user would write, each as a function that
// returns what it found.
type userTest func(v variant) error

// reads compares the plan with a calendar.
func reads(want string) userTest {
	return simulates(func(sim *scheduletest.Simulation) error { return scheduletest.CompareCalendar(sim.Plan(), want) })
}

// holds tries a property on every weekday and weight, and on each set of closures.
func holds(property func(*schedule.Plan) error, closures ...[]clinic.Closure) userTest {
	return func(v variant) error {
		r, err := v.ready()
		if err != nil {
			return err
		}
		sweep := scheduletest.Sweep{Request: r, Closures: append([][]clinic.Closure{nil}, closures...), MayBlock: true}
		return sweep.Run("property", property)
	}
}

// simulates runs a script.
func simulates(script func(sim *scheduletest.Simulation) error) userTest {
	return func(v variant) error {
		r, err := v.ready()
		if err != nil {
			return err
		}
		sim, err := scheduletest.New(r)
		if err != nil {
			return err
		}
		sim.Each(scheduletest.TestPlan)
		sim.Follow(v.policy)
		return script(sim)
	}
}

// apart is a property: sessions are so many days apart at least.
func apart(days int) func(*schedule.Plan) error {
	return func(p *schedule.Plan) error {
		var before date.Date
		for _, s := range p.All() {
			if !s.Placed() {
				continue
			}
			if before != 0 && int(s.Date()-before) < days {
				return fmt.Errorf("session %d is %d days after the one before", s.Ordinal(), s.Date()-before)
			}
			before = s.Date()
		}
		return nil
	}
}

// atMost is a property: no dose is more.
func atMost(mass string) func(*schedule.Plan) error {
	return func(p *schedule.Plan) error {
		for _, s := range p.All() {
			if d := s.Dose().Dose(); d.Compare(dose.MustMass(mass)) > 0 {
				return fmt.Errorf("session %d is %s", s.Ordinal(), d)
			}
		}
		return nil
	}
}

// within is a property: no session is further from its target.
func within(days int) func(*schedule.Plan) error {
	return func(p *schedule.Plan) error {
		for _, s := range p.All() {
			if s.ShiftDays() > days || s.ShiftDays() < -days {
				return fmt.Errorf("session %d is %+d days from its target", s.Ordinal(), s.ShiftDays())
			}
		}
		return nil
	}
}

// takesPlace is a property: so many sessions do.
func takesPlace(n int) func(*schedule.Plan) error {
	return func(p *schedule.Plan) error {
		placed := 0
		for _, s := range p.All() {
			if s.Placed() {
				placed++
			}
		}
		if placed != n {
			return fmt.Errorf("%d sessions take place, not %d", placed, n)
		}
		return nil
	}
}

// stays is a property: the patient is in the clinic so many minutes.
func stays(minutes int) func(*schedule.Plan) error {
	return func(p *schedule.Plan) error {
		for _, s := range p.All() {
			if n := s.End().Minutes() - s.Start().Minutes(); n != minutes {
				return fmt.Errorf("session %d takes %d min", s.Ordinal(), n)
			}
		}
		return nil
	}
}

// finds is a property: a plan has findings of a code.
func finds(code schedule.Code) func(*schedule.Plan) error {
	return func(p *schedule.Plan) error {
		if !slices.ContainsFunc(schedule.Validate(p), func(f schedule.Finding) bool { return f.Code == code }) {
			return fmt.Errorf("nobody is told of %s", code)
		}
		return nil
	}
}

// of makes a test of one plan out of a property.
func of(property func(*schedule.Plan) error) userTest {
	return simulates(func(sim *scheduletest.Simulation) error { return property(sim.Plan()) })
}

// opens checks the calendar that an app plans with.
func opens(v variant) error {
	r, err := v.ready()
	if err != nil {
		return err
	}
	return scheduletest.TestOpening(r.Opening, r.Start, r.Start+60)
}

// waitsFor is a script: the treatment does not go on without a decision.
func waitsFor(gate string) func(*scheduletest.Simulation) error {
	return func(sim *scheduletest.Simulation) error {
		stopped, ok := errors.AsType[*scheduletest.DecisionError](sim.Finish())
		if !ok || stopped.Gate != gate {
			return fmt.Errorf("nobody was asked at %s", gate)
		}
		return nil
	}
}
