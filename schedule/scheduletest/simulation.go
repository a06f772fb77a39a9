package scheduletest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Simulation is one patient at one clinic, on a day that the test moves. It is
// always the morning of today: what is planned for today has not taken place yet.
// [Simulation.Advance] lets days pass, and every session due on them takes place
// as planned, with its parts and what is planned beside its drug, unless the test has said
// otherwise. So does every visit of a monitoring, before the sessions of its day: that one
// is missed a test says with [Simulation.On].
//
// A Simulation is for one goroutine. Only New makes one.
type Simulation struct {
	plan    *schedule.Plan
	opening clinic.Opening
	wishes  schedule.Wishes
	// weighings are those that the plan was built with.
	weighings []schedule.Weighing
	today     date.Date
	events    int
	script    map[date.Date][]schedule.Happening
	acts      map[schedule.ID]act
	policy    Policy
	chance    Behaviour
	random    Random
	closing   date.Date // the last day for which a closure was drawn
	checks    []func(*schedule.Plan) error
	// missed are the sessions for which a way on has to be found, shaken says
	// that sessions may not be able to take place where they are.
	missed []schedule.ID
	shaken bool
	wrong  []error // what the test asked for that cannot be
}

// New builds the plan of a request and begins on the day of its as-of, which must
// not be after the plan's start. It returns the error of [schedule.Build].
//
// So that a test need not say what it does not care about, a zero AsOf stands for
// the beginning of the plan's start on the clinic's clock, and a zero Key for one that is
// always the same.
func New(r schedule.Request) (*Simulation, error) {
	if office, ok := r.Opening.(*clinic.Clinic); ok && office != nil && r.Zone == nil {
		r.Zone = office.Zone()
	}
	if r.AsOf.IsZero() && r.Zone != nil && civil.InRange(r.Start) {
		r.AsOf = midnight(r.Start, r.Zone)
	}
	if r.Key.IsZero() {
		r.Key = schedule.Key{15: 1}
	}
	if r.Zone != nil && civil.InRange(r.Start) && civil.Of(r.AsOf, r.Zone) > r.Start {
		return nil, &schedule.RequestError{
			Field: "AsOf", Value: r.AsOf.UTC().Format(time.RFC3339Nano),
			Want: "want an instant that is not after the plan's start, " + civil.Format(r.Start) + ": the simulation begins on its day",
		}
	}
	plan, err := schedule.Build(r)
	if err != nil {
		return nil, err
	}
	today := civil.Of(r.AsOf, r.Zone)
	return &Simulation{
		plan: plan, opening: r.Opening, wishes: r.Wishes, weighings: slices.Clone(r.Weighings), today: today,
		script: make(map[date.Date][]schedule.Happening), acts: make(map[schedule.ID]act),
	}, nil
}

// Plan returns the plan as it is now.
func (s *Simulation) Plan() *schedule.Plan { return s.plan }

// Today returns the day that it is.
func (s *Simulation) Today() date.Date { return s.today }

// Status returns how the plan stands this morning: what is due today, overdue and
// to come.
func (s *Simulation) Status() schedule.Status { return s.plan.On(s.today) }

// Session returns the session that has a number now, and the zero Session where
// none has.
func (s *Simulation) Session(n int) schedule.Session {
	for i, session := range s.plan.All() {
		if i+1 == n {
			return session
		}
	}
	return schedule.Session{}
}

// ID returns the id of the session that has a number now, and the zero ID where
// none has: a plan refuses an event that names it.
func (s *Simulation) ID(n int) schedule.ID {
	if session := s.Session(n); !session.IsZero() {
		return session.ID()
	}
	return schedule.ID{}
}

// Each has a check run on the present plan and on every one that it becomes from
// now on, such as [TestPlan]. What it finds is an error of whatever made the plan
// so, or for the present one of the next Advance.
func (s *Simulation) Each(check func(*schedule.Plan) error) {
	s.checks = append(s.checks, check)
	if err := check(s.plan); err != nil {
		s.wrong = append(s.wrong, fmt.Errorf("%s: %w", dayText(s.today), err))
	}
}

// Advance lets so many days pass, each with what is due on it. It returns an error,
// and it stays the morning of the day, where
//
//   - what the test said cannot be: an unknown session, a past day, an event that
//     the plan refuses;
//   - a session was missed or cannot take place where it is, and the [Policy] has
//     no way on that is possible: a *[RepairError];
//   - a session is due that waits for a decision: a *[DecisionError];
//   - a check of [Simulation.Each] finds something.
//
// After a *RepairError or a *DecisionError the test can decide, with
// [Simulation.Take] or [Simulation.Do], and advance again. An event that the plan
// refused is not tried again; what cannot be for another reason stays an error.
func (s *Simulation) Advance(days int) error {
	if days < 0 {
		return fmt.Errorf("advancing %d days: want 0 or more, time does not go back", days)
	}
	return s.AdvanceTo(civil.AddDays(s.today, days))
}

// AdvanceTo lets the days before a date pass, as [Simulation.Advance] does. It is
// then the morning of that date.
func (s *Simulation) AdvanceTo(d date.Date) error {
	if d < s.today || !civil.InRange(d) {
		return fmt.Errorf("advancing to %s: want a date that is not before today, %s, nor after 2200-12-31", civil.Format(d), civil.Format(s.today))
	}
	for s.today < d {
		if err := s.live(); err != nil {
			return err
		}
		s.today++
	}
	return errors.Join(s.wrong...)
}

// longestRun is how many days after the plan's start Finish goes.
const longestRun = 3660

// Finish lets the days pass until no session is to take place any more and all
// that the test has said of days has happened. A treatment that is held at the
// end stays so. It returns the errors of [Simulation.Advance], and one for what
// the test said of a session that never came to be: a test whose Miss misses
// nothing tests nothing. A plan that has no end within ten years is an error too.
func (s *Simulation) Finish() error {
	for s.toCome() {
		if civil.Days(s.plan.Start(), s.today) > longestRun {
			return fmt.Errorf("on %s sessions are still to take place, %d days after the plan's start", dayText(s.today), longestRun)
		}
		if err := s.Advance(1); err != nil {
			return err
		}
	}
	errs := append([]error(nil), s.wrong...)
	for _, session := range s.plan.All() {
		if a, ok := s.acts[session.ID()]; ok && !a.done && !a.byChance {
			errs = append(errs, fmt.Errorf("session %d was to be %s, but was %s", session.Ordinal(), a, session.State()))
		}
	}
	return errors.Join(errs...)
}

// toCome reports whether something is still to happen.
func (s *Simulation) toCome() bool {
	if len(s.script) > 0 || len(s.missed) > 0 {
		return true
	}
	for _, session := range s.plan.All() {
		if pending(session) {
			return true
		}
	}
	return false
}

// live lets today happen. It can be called again after an error: what has happened
// is not done twice.
func (s *Simulation) live() error {
	if err := errors.Join(s.wrong...); err != nil {
		return err
	}
	for len(s.script[s.today]) > 0 {
		what := s.script[s.today][0]
		s.script[s.today] = s.script[s.today][1:]
		if err := s.Do(what); err != nil {
			return err
		}
	}
	delete(s.script, s.today)
	if err := s.closeByChance(); err != nil {
		return err
	}
	if err := s.goOn(); err != nil {
		return err
	}
	if err := s.lookAt(); err != nil {
		return err
	}
	for {
		session := s.next()
		if session.IsZero() {
			return nil
		}
		if err := s.happen(session); err != nil {
			return err
		}
		if err := s.goOn(); err != nil {
			return err
		}
	}
}

// next returns the first session that is due by now, and the zero Session where
// none is.
func (s *Simulation) next() schedule.Session {
	for _, session := range s.plan.All() {
		if pending(session) && s.due(session) <= s.today {
			return session
		}
	}
	return schedule.Session{}
}

// Do makes something happen this morning.
func (s *Simulation) Do(what schedule.Happening) error {
	if err := s.apply(what); err != nil {
		return err
	}
	s.shaken = true
	s.settle(what)
	return nil
}

// asOf returns the instant as of which something is recorded today.
func (s *Simulation) asOf() time.Time {
	now := noon(s.today, s.plan.Zone())
	if now.Before(s.plan.AsOf()) {
		return s.plan.AsOf() // made, or changed, in the afternoon
	}
	return now
}

// apply applies an event to the plan.
func (s *Simulation) apply(what schedule.Happening) error {
	s.events++
	event := schedule.Event{ID: fmt.Sprintf("simulated-%d", s.events), What: what}
	next, err := s.plan.Apply(event, s.asOf())
	if err != nil {
		return fmt.Errorf("%s: %w", dayText(s.today), err)
	}
	return s.reach(next)
}

// reach makes a plan the present one and runs the checks on it.
func (s *Simulation) reach(p *schedule.Plan) error {
	s.plan = p
	for _, check := range s.checks {
		if err := check(p); err != nil {
			last := ""
			for entry := range p.History() {
				last = fmt.Sprintf("%T %q", entry.Event.What, entry.Event.ID)
			}
			return fmt.Errorf("%s, after %s: %w", dayText(s.today), last, err)
		}
	}
	return nil
}
