package course

import (
	"slices"

	"github.com/regimen-go/regimen/protocol"
)

// A Reached is how far a plan has come when another version is adopted.
type Reached struct {
	// Old is the course that held before.
	Old *Course
	// Before is the last session of the cadence that was settled, nil for none,
	// and Done how many were. Last is the one of them that is furthest in the cadence,
	// nil where that is not known.
	Before, Last *Session
	Done         int
	// Today is the first day that can still be planned.
	Today int32
	// Phase returns the position of the phase of the version that goes on with one of
	// the old course, -1 for none; nil stands for the phase of the same name.
	Phase func(phase int) int
	// Next is the session to go on with where nothing is to come, since the treatment
	// was stopped; nil for none.
	Next *Session
}

// Continue returns the sessions of a version just adopted in place of those to come
// of the one before. They go on in the phase that goes on with that of the first of
// them, with the session of that number or, where the version has fewer, with the phase
// after it; where none is to come, after the number that was reached. The first target stays, unless the version has another distance to the
// session before; then it is that far after it. What was added stays, with the visit
// that the version has in the phase that goes on with its own.
func (c *Course) Continue(plan Plan, reached Reached, tail []Session) ([]Session, error) {
	old, _, err := reached.Old.Unfold(nil)
	if err != nil {
		return nil, err
	}
	fresh, _, err := c.Unfold(nil)
	if err != nil {
		return nil, err
	}
	at := min(reached.Done, len(fresh))
	to := reached.Phase
	if to == nil {
		to = func(phase int) int { return c.PhaseNamed(reached.Old.Phases[phase].Name) }
	}
	s := reached.Next
	// A session that was added repeats the number that its phase had reached.
	if next := slices.IndexFunc(tail, func(s Session) bool { return !s.Extra }); next >= 0 {
		s = &tail[next]
	}
	if last := reached.Last; s == nil && last != nil {
		at = goOn(fresh, to(int(last.Phase)), int(last.Number)+1, at)
	}
	if s != nil {
		if at = goOn(fresh, to(int(s.Phase)), int(s.Number), at); at < len(fresh) {
			c.Move(fresh[at:], c.firstAfter(s, reached.Before, at, old, fresh))
		}
	} else if before := reached.Before; before != nil && at > 0 && at < len(fresh) {
		// Everything took place, perhaps later than it would have been by itself.
		c.Move(fresh[at:], max(fresh[at].Target, before.Target+fresh[at].Target-fresh[at-1].Target))
	}
	if fresh = fresh[at:]; len(fresh) > 0 {
		first := fresh[0].Target
		for first+fresh[0].Latest-fresh[0].Target < reached.Today {
			first += 7 // a target whose window is past would have no day
		}
		c.Move(fresh, first)
		c.delay(firstTarget(tail), fresh)
		if fresh, err = c.fill(plan, fresh); err != nil {
			return nil, err
		}
	}
	for _, s := range tail {
		if !s.Extra {
			continue
		}
		if phase := to(int(s.Phase)); phase >= 0 {
			s.Phase = uint16(phase)
			s.Minutes = c.Minutes(phase, int(s.Number))
		}
		fresh = append(fresh, s)
	}
	byTarget(fresh)
	return fresh, nil
}

// goOn returns the position in the sessions of a version at which a plan goes on
// that has reached a number in a phase, or otherwise a number of sessions.
func goOn(fresh []Session, phase, number, reached int) int {
	if phase < 0 {
		return reached
	}
	for i := range fresh {
		if s := &fresh[i]; int(s.Phase) == phase && int(s.Number) >= number || int(s.Phase) > phase {
			return i
		}
	}
	return len(fresh)
}

// firstAfter returns the target that the first session under another version has:
// that which the session in its place had, unless the versions differ in its
// distance from the session before. Then it is the distance of the new one from
// where that session was.
func (c *Course) firstAfter(s, before *Session, at int, old, fresh []Session) int32 {
	if before == nil || at == 0 {
		return s.Target
	}
	was := s.Target - before.Target
	if i := slices.IndexFunc(old, func(o Session) bool { return o.Phase == s.Phase && o.Number == s.Number }); i > 0 {
		was = old[i].Target - old[i-1].Target
	}
	now := fresh[at].Target - fresh[at-1].Target
	if now == was {
		return s.Target
	}
	if segment := c.segment(int(fresh[at].Segment)); segment.Interval().Unit() == protocol.Months && fresh[at-1].Segment == fresh[at].Segment {
		return segment.target(before.Target, 1)
	}
	return before.Target + now
}
