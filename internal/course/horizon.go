package course

import (
	"slices"

	"github.com/regimen-go/regimen/internal/civil"
)

// The last day of targets of a cadence without end is how far it is planned, never its
// end: where the first session that is planned again has a later target than before, it
// moves by as many days, so that a hold takes no session from its end.

// firstTarget returns the target of the first session that was not added, 0 for none.
func firstTarget(list []Session) int32 {
	for i := range list {
		if !list[i].Extra {
			return list[i].Target
		}
	}
	return 0
}

// delay moves the last day of targets of a cadence without end, as far as plans go,
// where the first target of sessions planned again was earlier.
func (c *Course) delay(was int32, list []Session) {
	now := firstTarget(list)
	if was == 0 || now <= was || c.Until == 0 || !c.Endless() {
		return
	}
	for c.Until += now - was; !civil.InRange(civil.Date(c.Until)); c.Until-- {
	}
}

// followLate is follow for sessions to come.
func (c *Course) followLate(before, list []Session, distance int32) []Session {
	was := firstTarget(list)
	followed := c.follow(before, list, distance)
	c.delay(was, followed[len(before):])
	return followed
}

// Again returns the sessions from a phase on, the first target on a day, in place of one
// and of what comes after it.
func (c *Course) Again(phase int, day int32, was Session) ([]Session, error) {
	if c.Endless() {
		// Far enough that the session is in it.
		trial := *c
		trial.Until = max(c.Until, day+was.Target-c.Start+1)
		list, _ := trial.From(phase, day)
		at := slices.IndexFunc(list, func(s Session) bool {
			return s.Number == was.Number && c.Phases[s.Phase].Name == c.Phases[was.Phase].Name
		})
		if at >= 0 && !was.Extra {
			c.delay(was.Target, list[at:])
		}
	}
	return c.From(phase, day)
}

// Beyond reports whether a session is one of the segment without end, and its target is
// after the last day.
func (c *Course) Beyond(s *Session) bool {
	_, end := c.segmentsNow()
	return c.Endless() && int(s.Segment) == end-1 && !s.Extra && s.Target > c.Until
}

// Further returns the sessions of the segment without end from its last day up to a
// later one, which is then the last. They go on from those of the plan.
func (c *Course) Further(plan Plan, until int32) ([]Session, error) {
	first, end := c.segmentsNow()
	endless := end - 1
	// What was planned past the last day before it was earlier counts no more.
	before := *c
	within := func(yield func(*Session) bool) {
		for s := range plan {
			if !before.Beyond(s) && !yield(s) {
				return
			}
		}
	}
	var last *Session // of the cadence
	for s := range within {
		if !s.Extra && int(s.Segment) >= first && int(s.Segment) < end && (last == nil || s.Target >= last.Target) {
			last = s
		}
	}
	c.Until = until
	if last != nil && int(last.Segment) == endless {
		list, err := c.fill(within, []Session{*last})
		return list[1:], err
	}
	// The segment had no session yet.
	fresh, _, err := c.Unfold(nil)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(fresh, func(s Session) bool { return int(s.Segment) == endless })
	if at < 0 {
		return nil, nil
	}
	if last != nil {
		like := slices.IndexFunc(fresh, func(s Session) bool { return s.Phase == last.Phase && s.Number == last.Number })
		if like >= 0 {
			c.Move(fresh[at:], fresh[at].Target+last.Target-fresh[like].Target)
		}
	}
	if fresh = fresh[at:]; fresh[0].Target > until {
		return nil, nil
	}
	return c.fill(within, fresh)
}
