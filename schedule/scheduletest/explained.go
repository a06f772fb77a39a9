package scheduletest

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// TestPlaced checks that every session which is still to take place can take place
// where it is: the clinic is open long enough, the day suits, and the gap to the
// session before is kept. It is so in a new plan. It is not after a closure or a
// late session until somebody has found a way on: a test that has found one asks.
//
// Sessions that should have taken place by the plan's as-of are not looked at.
func TestPlaced(p *schedule.Plan) error {
	return guarded("testing where sessions are", func() error {
		if p == nil {
			return errNoPlan
		}
		var errs []error
		for _, d := range displaced(p) {
			errs = append(errs, d)
		}
		return errors.Join(errs...)
	})
}

// A displacedError is a session that cannot take place where it is.
type displacedError struct {
	session schedule.Session
	why     string
}

// Error returns the session and why it cannot be there.
func (e *displacedError) Error() string {
	return fmt.Sprintf("session %d on %s: %s", e.session.Ordinal(), dayText(e.session.Date()), e.why)
}

// displaced returns the sessions to come that cannot be where they are.
func displaced(p *schedule.Plan) (list []*displacedError) {
	today := civil.Of(p.AsOf(), p.Zone())
	fresh := !changed(p)
	var before schedule.Session
	for e := range p.Explanations() {
		s := e.Session
		if pending(s) && (fresh || s.Date() >= today) {
			if why := misplaced(e, before); why != "" {
				list = append(list, &displacedError{s, why})
			}
		}
		if s.Placed() && (pending(s) || s.State() == schedule.StateGiven) {
			before = s
		}
	}
	return list
}

// misplaced returns why a session cannot be where it is, "" where it can.
func misplaced(e schedule.Explanation, before schedule.Session) string {
	s := e.Session
	for _, c := range e.Candidates {
		switch {
		case !c.Chosen:
		case c.Cause == schedule.Closed, c.Cause == schedule.TooShort, c.Cause == schedule.Unsuitable:
			return c.Detail
		}
	}
	if !before.IsZero() && civil.Days(before.Date(), s.Date()) < e.MinGap {
		return fmt.Sprintf("less than %d days after session %d on %s", e.MinGap, before.Ordinal(), dayText(before.Date()))
	}
	return ""
}

// An explained session, from the JSON of its explanation and nothing else.
type explained struct {
	Target struct {
		Date, From, Unit      string
		Count, PostponedWeeks int
	}
	Candidates []struct {
		Date, Cause                  string
		SquaredShift, Total, LeftOut int
		Tie                          *struct{ Taken, Instead *string }
	}
	Date *string
}

// testExplanations computes each target again from the text of its explanation.
func testExplanations(p *schedule.Plan) error {
	var errs []error
	for e := range p.Explanations() {
		if e.Session.Extra() {
			continue // its target is what was agreed
		}
		var read explained
		if err := json.Unmarshal(e.AppendJSON(nil), &read); err != nil {
			return fmt.Errorf("session %d: its explanation is not JSON: %w", e.Session.Ordinal(), err)
		}
		if target, err := read.target(); err != nil || target != e.Session.Target() || read.Target.Date != civil.Format(target) {
			errs = append(errs, fmt.Errorf("session %d: its target is %s, and by its explanation %s, %d%s after %s and %d weeks later (%v)", e.Session.Ordinal(),
				dayText(e.Session.Target()), dayText(target), read.Target.Count, read.Target.Unit, read.Target.From, read.Target.PostponedWeeks, err))
		}
	}
	return errors.Join(errs...)
}

// target computes the target again.
func (e explained) target() (date.Date, error) {
	from, err := schedule.ParseDate(e.Target.From)
	if err != nil {
		return 0, err
	}
	switch e.Target.Unit {
	case "d":
		from += date.Date(e.Target.Count)
	case "w":
		from += date.Date(7 * e.Target.Count)
	case "mo":
		from = civil.AddMonths(from, e.Target.Count)
	default:
		return 0, fmt.Errorf("unit %q", e.Target.Unit)
	}
	return from + date.Date(7*e.Target.PostponedWeeks), nil
}

// testFresh finds each date of a new plan again from the text of its explanation.
func testFresh(p *schedule.Plan) error {
	var errs []error
	for e := range p.Explanations() {
		s := e.Session
		if s.DoseError() != nil {
			errs = append(errs, fmt.Errorf("session %d: it has no dose: %w", s.Ordinal(), s.DoseError()))
		}
		var read explained
		if err := json.Unmarshal(e.AppendJSON(nil), &read); err != nil || read.Date == nil {
			continue // reported by testExplanations, or left out
		}
		if best, err := read.best(); err != nil || best != civil.Format(s.Date()) {
			errs = append(errs, fmt.Errorf("session %d: it is on %s, and by its explanation on %q (%v)", s.Ordinal(), dayText(s.Date()), best, err))
		}
	}
	return errors.Join(errs...)
}

// best finds the date again: of the days that are possible the one with the fewest
// sessions left out, then with the least sum of squared shifts, then the one whose
// list of dates is not earlier than another's.
func (e explained) best() (best string, err error) {
	left, total := 0, 0
	for _, c := range e.Candidates {
		switch {
		case c.Cause != "":
		case c.Tie != nil:
			if c.Tie.Taken == nil || c.Tie.Instead != nil && *c.Tie.Instead >= *c.Tie.Taken {
				return "", fmt.Errorf("%s is as good, and the list of dates with it is not earlier", c.Date)
			}
		case best == "" || c.LeftOut < left || c.LeftOut == left && c.Total < total:
			best, left, total, err = c.Date, c.LeftOut, c.Total, nil
		case c.LeftOut == left && c.Total == total:
			err = fmt.Errorf("%s is as good", c.Date)
		}
	}
	return best, err
}
