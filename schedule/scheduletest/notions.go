package scheduletest

import (
	"errors"
	"fmt"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// TestMedicine checks that a medicine beside the drug is planned so long after the
// administration begins, negative for before it, at every session of the phases that have it:
//
//	scheduletest.TestMedicine(plan, "ondansetron", -30*time.Minute)
//
// It has to have a dose there. The error names the sessions at which that is not so; a
// medicine that no session to come has is an error too.
func TestMedicine(p *schedule.Plan, name string, after time.Duration) error {
	return guarded("looking for a medicine", func() error {
		if p == nil {
			return errNoPlan
		}
		var errs []error
		found := false
		for _, s := range p.All() {
			if !pending(s) {
				continue
			}
			for m := range s.Beside() {
				if !m.IsCalled(name) || m.AsNeeded() {
					continue
				}
				found = true
				if m.Err != nil {
					errs = append(errs, fmt.Errorf("session %d: no dose of %s: %w", s.Ordinal(), m.Name, m.Err))
				}
				visit := phaseOf(s).Visit
				is := visit.SinceArrival(m.From, s.Number()) + m.At - visit.SinceArrival(protocol.AdministrationStart, s.Number())
				if is != after {
					errs = append(errs, fmt.Errorf("session %d: %s is given %s the administration begins, want %s", s.Ordinal(), m.Name, since(is), since(after)))
				}
			}
		}
		if !found {
			errs = append(errs, fmt.Errorf("no session to come has %q", name))
		}
		return errors.Join(errs...)
	})
}

// since says how long after or before a moment something is.
func since(d time.Duration) string {
	switch {
	case d < 0:
		return protocol.FormatDuration(-d) + " before"
	case d > 0:
		return protocol.FormatDuration(d) + " after"
	default:
		return "when"
	}
}

// TestResultBy checks that the result of a monitoring that a session needs comes from a
// visit on a day or before it, and not so early that it is too old for the session:
//
//	scheduletest.TestResultBy(plan, "blood count", 4, schedule.MustDate("2025-01-20"))
//
// The session is named by its number in the plan. A session that needs no result of that
// name, and one for which no visit is in time, are errors.
func TestResultBy(p *schedule.Plan, name string, session int, latest date.Date) error {
	return guarded("looking for a result", func() error {
		if p == nil {
			return errNoPlan
		}
		s, ok := p.At(session)
		if !ok {
			return fmt.Errorf("the plan has no session %d", session)
		}
		within, needed := neededWithin(name, s)
		if !needed {
			return fmt.Errorf("session %d needs no result of %q", session, name)
		}
		last := date.Date(0)
		for v := range p.OtherVisits() {
			if v.Role == schedule.RoleMonitoring && v.Name == name && v.Placed() && v.State != schedule.StateMissed && v.State != schedule.StateCancelled &&
				v.Date <= latest && v.Date <= s.Date() && civil.Days(v.Date, s.Date()) <= within {
				last = max(last, v.Date)
			}
		}
		if last == 0 {
			return fmt.Errorf("session %d on %s needs a result of %q of at most %d days, and no visit up to %s has one", session, dayText(s.Date()), name, within, dayText(latest))
		}
		return nil
	})
}

// neededWithin returns how many days old the result of a monitoring may be before a session.
func neededWithin(name string, s schedule.Session) (within int, needed bool) {
	for m := range s.Protocol().Monitoring() {
		if m.Name != name {
			continue
		}
		for _, n := range m.Before {
			if n.Needs(s.Phase(), s.Number()) && (!needed || n.Within < within) {
				within, needed = n.Within, true
			}
		}
	}
	return within, needed
}
