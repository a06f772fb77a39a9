package scheduletest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/regimen-go/regimen/schedule"
)

// A Policy says which way on is taken where one has to be found. Of each list the
// first that [schedule.Plan.Repairs] offers as possible is. Nothing is taken that
// the test has not named: the zero Policy stops the simulation instead.
type Policy struct {
	// Missed are the ways on from a session that was missed.
	Missed []schedule.Way
	// Displaced are those from a session that cannot take place where it is:
	// the clinic has closed since, the patient is away, or the session before was
	// late. They are tried as soon as that is known, and again on its day, when
	// the ways on from a missed session are offered too.
	Displaced []schedule.Way
	// Late are those from a session that was given on another day than planned.
	// Where there are none the sessions after it stay where they are.
	Late []schedule.Way
}

// Follow has the simulation take the ways of a policy from now on.
func (s *Simulation) Follow(p Policy) {
	s.policy = Policy{Missed: slices.Clone(p.Missed), Displaced: slices.Clone(p.Displaced), Late: slices.Clone(p.Late)}
}

// A RepairError says that a way on has to be found for a session and that the
// [Policy] has none that is possible.
type RepairError struct {
	Session schedule.Session
	// Why is what became of the session.
	Why string
	// Repairs are the ways that there are, possible or not.
	Repairs []schedule.Repair
}

// Error returns the session, what became of it and the ways that are possible.
func (e *RepairError) Error() string {
	var ways []string
	for _, r := range e.Repairs {
		if r.Possible() && !slices.Contains(ways, r.Way.String()) {
			ways = append(ways, r.Way.String())
		}
	}
	possible := strings.Join(ways, ", ")
	if possible == "" {
		possible = "none"
	}
	return fmt.Sprintf("session %d of %s %s, and the policy has no way on that is possible; the possible ones: %s",
		e.Session.Ordinal(), dayText(e.Session.Date()), e.Why, possible)
}

// A DecisionError says that a session is due which waits for a decision.
type DecisionError struct {
	Session schedule.Session
	// Gate is the name of the gate at which nothing was decided, "" where another
	// version of the protocol has to be adopted.
	Gate string
}

// Error returns the session and the gate.
func (e *DecisionError) Error() string {
	what := fmt.Sprintf("a decision at the gate %q", e.Gate)
	if e.Gate == "" {
		what = "another version of the protocol"
	}
	return fmt.Sprintf("session %d of %s waits for %s", e.Session.Ordinal(), dayText(e.Session.Date()), what)
}

// undecided returns the gate that a session waits for.
func (s *Simulation) undecided(session schedule.Session) string {
	if c := s.Status().Checkpoint; c.Decision == 0 && c.Session < session.Ordinal() {
		return c.Gate.Name
	}
	return ""
}

// Take takes a way on from the session that has a number now. The error says why
// it cannot be taken: it is not offered, or not possible.
func (s *Simulation) Take(n int, way schedule.Way) error {
	id := s.ID(n)
	repairs, err := s.plan.Repairs(s.asOf(), id)
	if err != nil {
		return fmt.Errorf("session %d: %w", n, err)
	}
	taken, err := s.take(id, repairs, []schedule.Way{way})
	if err != nil || taken {
		return err
	}
	for _, r := range repairs {
		if r.Way == way {
			return fmt.Errorf("session %d: %s is not possible: %w", n, way, r.Err)
		}
	}
	return fmt.Errorf("session %d: %s is not offered: it is %s", n, way, s.Session(n).State())
}

// take takes the first of some ways that is possible.
func (s *Simulation) take(id schedule.ID, repairs []schedule.Repair, ways []schedule.Way) (taken bool, err error) {
	for _, way := range ways {
		at := slices.IndexFunc(repairs, func(r schedule.Repair) bool { return r.Way == way && r.Possible() })
		if at < 0 {
			continue
		}
		for _, entry := range repairs[at].Entries {
			next, err := s.plan.Apply(entry.Event, entry.AsOf)
			if err != nil {
				return false, fmt.Errorf("%s: %w", dayText(s.today), err)
			}
			if err := s.reach(next); err != nil {
				return false, err
			}
			s.settle(entry.Event.What)
		}
		s.settled(id)
		s.shaken = true
		return true, nil
	}
	return false, nil
}

// settled notes that a way on was found for a session.
func (s *Simulation) settled(id schedule.ID) {
	s.missed = slices.DeleteFunc(s.missed, func(missed schedule.ID) bool { return missed == id })
}

// settle notes for which session an event finds a way on.
func (s *Simulation) settle(what schedule.Happening) {
	switch e := what.(type) {
	case schedule.Added:
		s.settled(e.For)
	case schedule.Shifted:
		s.settled(e.Session)
	case schedule.Reanchored:
		s.settled(e.Session)
	case schedule.Appended:
		s.settled(e.Session)
	case schedule.Restarted:
		s.settled(e.Session)
	case schedule.SteppedBack:
		s.settled(e.Session)
	case schedule.Cancelled:
		if e.Rest {
			s.missed = nil
		}
	case schedule.Held:
		s.missed = nil // the treatment waits, and so does the question
	}
}

// goOn finds the ways on that have to be found this morning.
func (s *Simulation) goOn() error {
	for len(s.missed) > 0 {
		if err := s.find(s.missed[0], "was missed", s.policy.Missed); err != nil {
			return err
		}
	}
	if !s.shaken {
		return nil
	}
	tried := make(map[schedule.ID]bool)
	for {
		list := displaced(s.plan)
		at := slices.IndexFunc(list, func(d *displacedError) bool { return !tried[d.session.ID()] })
		if at < 0 {
			s.shaken = len(list) > 0
			return nil
		}
		d := list[at]
		id := d.session.ID()
		tried[id] = true
		err := s.find(id, "cannot take place: "+d.why, s.policy.Displaced)
		if err != nil && (s.due(d.session) <= s.today || !isRepair(err)) {
			return err
		}
	}
}

func isRepair(err error) bool {
	_, ok := errors.AsType[*RepairError](err)
	return ok
}

// late finds the way on from a session that was given on another day.
func (s *Simulation) late(id schedule.ID) error {
	if len(s.policy.Late) == 0 {
		return nil
	}
	return s.find(id, "was given on another day than planned", s.policy.Late)
}

// find takes the first possible one of some ways on from a session.
func (s *Simulation) find(id schedule.ID, why string, ways []schedule.Way) error {
	repairs, err := s.plan.Repairs(s.asOf(), id)
	if err != nil {
		return err
	}
	taken, err := s.take(id, repairs, ways)
	if err == nil && !taken {
		err = &RepairError{Session: s.planned(id), Why: why, Repairs: repairs}
	}
	return err
}
