package course

import (
	"slices"

	"github.com/regimen-go/regimen/protocol"
)

// MoveTo moves sessions so that the first target is a day, as [Course.Move] does. A
// cadence without end goes on to its last day, which moves with a first target that is
// later than before, and no longer.
func (c *Course) MoveTo(plan Plan, list []Session, first int32) ([]Session, error) {
	was := firstTarget(list)
	c.Move(list, first)
	c.delay(was, list)
	return c.fill(plan, list)
}

// Shift moves sessions later by whole weeks, as they stand: also those of a segment that
// counts calendar months, whose days of the month then differ.
func (c *Course) Shift(plan Plan, list []Session, weeks int) ([]Session, error) {
	was := firstTarget(list)
	for k := range list {
		s, days := &list[k], 7*int32(weeks)
		if s.Target += days; c.segment(int(s.Segment)).Interval().Unit() == protocol.Months && !s.Extra {
			s.Wish += uint16(weeks)
		} else {
			s.Origin += days
		}
		c.setWindow(s)
	}
	c.delay(was, list)
	return c.fill(plan, list)
}

// Reanchor moves sessions by as many days as the one before them was given early or
// late. Where both count calendar months from one day, they count them from the day
// on which it was given.
func (c *Course) Reanchor(plan Plan, given Session, day int32, list []Session) ([]Session, error) {
	segment := c.segment(int(given.Segment))
	if given.Extra || list[0].Segment != given.Segment || list[0].Origin != given.Origin || segment.Interval().Unit() != protocol.Months {
		return c.MoveTo(plan, list, list[0].Target+day-given.Target)
	}
	anchored := append([]Session{given}, list...)
	c.Move(anchored, day)
	c.delay(firstTarget(list), anchored[1:])
	return c.fill(plan, anchored[1:])
}

// Append returns a session after the last one of a plan, as another of its phase.
func (c *Course) Append(plan Plan, last Session) ([]Session, error) {
	return c.more(plan, int(last.Phase), last, last.Target+1, 1)
}

// Extend adds n sessions to a phase after the last that it has, and moves what comes
// after the phase on by whole weeks. The list is what is still to come; it begins
// with the sessions that the phase has left, if any, and last is the last session
// that the phase had before them.
func (c *Course) Extend(plan Plan, phase int, last Session, list []Session, n int) ([]Session, error) {
	same, counted := 0, 0
	for ; same < len(list) && int(list[same].Phase) == phase; same++ {
		// What was added is none of those that the phase counts from.
		if !list[same].Extra {
			last, counted = list[same], same+1
		}
	}
	added, err := c.more(plan, phase, last, last.Target+1, n)
	if err != nil {
		return nil, err
	}
	for k := range added {
		added[k].Again = false // the gate at the end of the phase follows the last of them
	}
	rest := list[same:]
	var distance int32
	if len(rest) > 0 {
		distance = rest[0].Target - last.Target
	}
	before := append(slices.Clone(list[:same]), added...)
	byTarget(before[counted:])
	return c.fill(plan, c.followLate(before, rest, distance))
}

// A StepBack is a return to the frequency of an earlier phase.
type StepBack struct {
	// Phase is the phase to return to, and Sessions how many there are at its
	// frequency, 0 for as many as the phase that is left has to come.
	Phase, Sessions int
	// From is the first day that they can have their targets on.
	From int32
	// Consume has them in place of the sessions that the phase that is left has
	// to come, rather than before them.
	Consume bool
}

// StepBack puts sessions at an earlier frequency before those that are still to
// come. They go on from an anchor: the session before them, the zero one for none.
func (c *Course) StepBack(plan Plan, back StepBack, anchor Session, list []Session) ([]Session, error) {
	same := 0 // the sessions of the phase that is left
	for back.Consume && same < len(list) && list[same].Phase == list[0].Phase {
		same++
	}
	if len(list) > 0 && back.Phase >= int(list[0].Phase) {
		return nil, &Error{Code: NotEarlier, Phase: back.Phase, Than: int(list[0].Phase)}
	}
	n := back.Sessions
	_, end := c.segmentsNow()
	if n == 0 && !(same > 0 && int(list[0].Segment) == end-1 && c.Endless()) {
		if n = same; n == 0 {
			return nil, &Error{Code: NoNumber}
		}
	}
	earlier, err := c.more(plan, back.Phase, anchor, back.From, n)
	if err != nil {
		return nil, err
	}
	rest := list[min(same, n):]
	if n == 0 {
		rest = nil
	}
	var distance int32
	switch at := len(list) - len(rest); {
	case len(rest) == 0:
	case at > 0:
		distance = rest[0].Target - list[at-1].Target
	default:
		distance = rest[0].Target - anchor.Target
	}
	if len(rest) == 0 {
		c.delay(firstTarget(list), earlier)
	}
	return c.fill(plan, c.followLate(earlier, rest, distance))
}
