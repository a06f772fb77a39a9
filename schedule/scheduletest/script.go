package scheduletest

import (
	"fmt"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// An act is what a session is to do instead of taking place as planned.
type act struct {
	miss     bool
	late     int // days
	byChance bool
	done     bool
}

// String returns what the session was to be.
func (a act) String() string {
	switch {
	case a.miss:
		return "missed"
	case a.late < 0:
		return fmt.Sprintf("%d days early", -a.late)
	default:
		return fmt.Sprintf("%d days late", a.late)
	}
}

// Miss has the patient miss the session that has a number now, whatever date it
// will have by then. The [Policy] says how to go on.
func (s *Simulation) Miss(n int) { s.act(n, act{miss: true}) }

// Late has the session that has a number now take place so many days after the
// date that it will have by then, or before it where the number is negative: on
// that day whether it suits or not, since what happened is not refused. The weight
// that counts is that of the day it takes place.
func (s *Simulation) Late(n, days int) {
	const most = 366
	if days == 0 || days < -most || days > most {
		s.wrong = append(s.wrong, fmt.Errorf("session %d late by %d days: want -%d to %d, and not 0", n, days, most, most))
		return
	}
	s.act(n, act{late: days})
}

func (s *Simulation) act(n int, a act) {
	session := s.Session(n)
	switch {
	case session.IsZero():
		s.wrong = append(s.wrong, fmt.Errorf("session %d to be %s: the plan has %d sessions", n, a, s.plan.Len()))
	case !pending(session):
		s.wrong = append(s.wrong, fmt.Errorf("session %d to be %s: it is not to take place any more, it is %s", n, a, session.State()))
	case s.acts[session.ID()] != act{}:
		s.wrong = append(s.wrong, fmt.Errorf("session %d to be %s: it is to be %s already", n, a, s.acts[session.ID()]))
	default:
		s.acts[session.ID()] = a
	}
}

// On has something happen on the morning of a day, today or later: any event of a
// plan. What is said of one day happens in the order in which it was said. [Simulation.Do]
// has it happen at once.
func (s *Simulation) On(d date.Date, what schedule.Happening) {
	if d < s.today || !civil.InRange(d) {
		s.wrong = append(s.wrong, fmt.Errorf("%T on %s: want a day that is not before today, %s, nor after 2200-12-31", what, civil.Format(d), civil.Format(s.today)))
		return
	}
	s.script[d] = append(s.script[d], what)
}

// Weigh has the patient weigh so much on a day, today or later.
func (s *Simulation) Weigh(d date.Date, w dose.Weight) {
	s.On(d, schedule.Weighed{Date: d, Weight: w})
}

// Close has it become known today that the clinic will be closed from one day to
// another, both included. A zero last day stands for the first. What is planned
// there has to be moved: the [Policy] says how.
func (s *Simulation) Close(from, to date.Date, reason string) {
	s.On(s.today, schedule.ClinicClosed{From: from, To: to, Reason: reason})
}

// due returns the day on which a session will really take place.
func (s *Simulation) due(session schedule.Session) date.Date {
	return session.Date() + date.Date(s.acts[session.ID()].late)
}

// happen lets a session take place, or be missed.
func (s *Simulation) happen(session schedule.Session) error {
	id := session.ID()
	if session.State() == schedule.StateProvisional {
		return &DecisionError{Session: session, Gate: s.undecided(session)}
	}
	a, known := s.acts[id]
	if !known {
		if a = s.draw(session); a != (act{}) {
			s.acts[id] = a
		}
		if s.due(session) > s.today {
			return nil
		}
	}
	if a.miss {
		if err := s.apply(schedule.Missed{Session: id}); err != nil {
			return err
		}
		s.done(id, a)
		s.missed, s.shaken = append(s.missed, id), true
		return nil
	}
	if err := s.weighByChance(session); err != nil {
		return err
	}
	planned := session.Date()
	given, err := s.givenToday(s.planned(id))
	if err != nil {
		return err
	}
	if err := s.apply(given); err != nil {
		return err
	}
	s.done(id, a)
	if planned != s.today {
		s.shaken = true
		return s.late(id)
	}
	return nil
}

// done notes that a session was what it was to be.
func (s *Simulation) done(id schedule.ID, a act) {
	if a != (act{}) {
		a.done = true
		s.acts[id] = a
	}
}

// givenToday returns what is given at a session that takes place today: the dose, in
// parts where it has any, and the medicines beside it that are planned.
func (s *Simulation) givenToday(session schedule.Session) (schedule.Given, error) {
	given := schedule.Given{Session: session.ID(), Date: s.today}
	var err error
	if given.Dose, err = s.doseToday(session); err != nil {
		return given, err
	}
	if session.Dose().Rule().Amount.IsSum() {
		_, parts, err := phaseOf(session).Sequence().For(s.bodyToday(session))
		if err != nil {
			return given, fmt.Errorf("%s: session %d: %w", dayText(s.today), session.Ordinal(), err)
		}
		for _, part := range parts {
			if part.Planned() {
				given.Parts = append(given.Parts, schedule.GivenPart{Name: part.Part.Name, Dose: part.Delivery.Dose()})
			}
		}
	}
	for m := range session.Beside() {
		if m.AsNeeded() || m.Err != nil {
			continue
		}
		g := schedule.MedicineGiven{Name: m.Name, Dose: m.Planned()}
		if session.Date() != s.today {
			body := m.Delivery.Calculation().Body()
			if !body.Weight.IsZero() {
				body.Weight = s.weight()
			}
			d, err := m.Order().For(body)
			if err != nil {
				return given, fmt.Errorf("%s: session %d: %s: %w", dayText(s.today), session.Ordinal(), m.Name, err)
			}
			g.Dose = d.Dose()
		}
		given.Beside = append(given.Beside, g)
	}
	return given, nil
}

// bodyToday returns the body by which a session is dosed if it takes place today.
func (s *Simulation) bodyToday(session schedule.Session) dose.Body {
	body := session.Dose().Body()
	if _, ok := session.Weighing(); ok && session.Date() != s.today {
		body.Weight = s.weight()
	}
	return body
}

// lookAt lets the visits of monitoring that are due take place, as planned.
func (s *Simulation) lookAt() error {
	for {
		var due schedule.OtherVisit
		for v := range s.plan.OtherVisits() {
			toCome := v.State == schedule.StatePlanned || v.State == schedule.StateProvisional
			if v.Role == schedule.RoleMonitoring && v.Placed() && toCome && v.Date <= s.today {
				due = v
				break
			}
		}
		if due.ID.IsZero() {
			return nil
		}
		if err := s.apply(schedule.VisitDone{Visit: due.ID, Date: s.today}); err != nil {
			return err
		}
	}
}

// doseToday returns the dose of a session that takes place today: that of the
// plan, or where it is not its day that of the weight which counts today.
func (s *Simulation) doseToday(session schedule.Session) (dose.Mass, error) {
	c := session.Dose()
	if err := session.DoseError(); err != nil { // nobody would give it
		return dose.Mass{}, fmt.Errorf("%s: session %d: %w", dayText(s.today), session.Ordinal(), err)
	}
	if c.IsZero() || c.Chosen() || session.Date() == s.today {
		return c.Dose(), nil
	}
	if c.Rule().Amount.IsSum() {
		whole, _, err := phaseOf(session).Sequence().For(s.bodyToday(session))
		if err != nil {
			return dose.Mass{}, fmt.Errorf("%s: session %d: %w", dayText(s.today), session.Ordinal(), err)
		}
		return whole.Dose(), nil
	}
	c, err := c.Rule().Calculate(s.bodyToday(session))
	if err != nil {
		return dose.Mass{}, fmt.Errorf("%s: session %d: %w", dayText(s.today), session.Ordinal(), err)
	}
	return c.Dose(), nil
}

// weight returns what the patient weighed last, zero where nobody knows.
func (s *Simulation) weight() (last dose.Weight) {
	var on date.Date
	keep := func(d date.Date, w dose.Weight) {
		if d <= s.today && !w.IsZero() && (on == 0 || d >= on) {
			on, last = d, w
		}
	}
	for _, w := range s.weighings {
		keep(w.Date, w.Weight)
	}
	for entry := range s.plan.History() {
		switch e := entry.Event.What.(type) {
		case schedule.Weighed:
			keep(e.Date, e.Weight)
		case schedule.Given:
			keep(e.Date, e.Weight)
		}
	}
	return last
}

// planned returns the session with an id, as the plan has it now.
func (s *Simulation) planned(id schedule.ID) schedule.Session {
	session, _ := s.plan.Session(id)
	return session
}
