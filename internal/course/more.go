package course

import (
	"iter"
	"slices"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A Plan yields the sessions of a plan in order, whatever became of them.
type Plan = iter.Seq[*Session]

// more returns n sessions of the last segment of a phase with targets from a day on,
// or for 0 those up to the last day of a segment without end. They go on from an
// anchor: the session that comes before them.
func (c *Course) more(plan Plan, phase int, anchor Session, from int32, n int) ([]Session, error) {
	at := c.lastSegment(phase)
	if at < 0 {
		return nil, &Error{Code: NoSessions, Phase: phase}
	}
	segment := &c.segments[at]
	// The last session that the segment has in the plan says where its weeks or
	// cycles begin, and how many sessions the phase has had.
	var last, earlier Session
	found, was := false, false
	reached := 0
	for s := range plan {
		if int(s.Phase) == phase && !s.Extra {
			reached = max(reached, int(s.Number))
			switch {
			case int(s.Segment) != at:
			case s.Tag == Earlier:
				earlier, was = *s, true
			default:
				last, found = *s, true
			}
		}
	}
	switch of := int(anchor.Segment) == at && !anchor.Extra && anchor.Tag != Earlier; {
	case of && (!found || segment.Endless()):
		// Of sessions that are only to be planned, as of a version just adopted, or
		// that were moved and go on as they now are.
		last, reached = anchor, max(reached, int(anchor.Number))
	case found:
	case was:
		last = earlier
	default:
		return nil, &Error{Code: NotReached, Phase: phase, Segment: at}
	}
	// What was postponed goes on from where it is.
	last.Origin += 7 * int32(last.Moved)
	var list []Session
	moved, turned := uint8(0), uint8(0)
	shifted := 0 // of the anchor
	// add adds the next session if it is not too early, of a week with so many, and
	// returns false once there are enough.
	add := func(origin int32, steps, count int) bool {
		target := segment.target(origin, steps) + 7*(int32(moved)+int32(shifted))
		switch {
		case n == 0 && (c.Until == 0 || target > c.Until):
			return false
		case n > 0 && (len(list) == n || !civil.InRange(civil.Date(target+366))):
			return false
		}
		if target >= from {
			reached++
			planned := count
			if count > 0 {
				planned = segment.LastCount()
			}
			s := c.session(at, origin, steps, planned, count, reached)
			s.Again, s.Turned = true, turned
			if moved > 0 || shifted > 0 {
				s.Target, s.Moved, s.Wish = target, moved, uint16(shifted)
				c.setWindow(&s)
			}
			list = append(list, s)
		}
		return true
	}
	switch segment.Kind() {
	case protocol.Weekly:
		count := segment.LastCount()
		origin := last.Origin
		if segment.Endless() && int(last.Wish) == c.Wishes() {
			turned = last.Turned
		}
		offsets, _ := c.offsets(phase, origin-int32(turned), count, count, c.Wishes())
		switch {
		case int(last.Wish) != c.Wishes():
			origin += 7 // its week was filled by other days
		case segment.Endless() && last.InWeek < last.Count:
			// Its week took fewer, which nothing makes up for.
			fewer, _ := c.offsets(phase, origin-int32(turned), count, int(last.InWeek), c.Wishes())
			for _, offset := range fewer[:last.InWeek] {
				add(origin, int(offset), int(last.InWeek))
			}
			origin += 7
		}
		for going := true; going; origin += 7 {
			for _, offset := range offsets[:count] {
				going = going && add(origin, int(offset), count)
			}
		}
	case protocol.Every:
		origin, steps := anchor.Target, 0
		if int(anchor.Segment) == at && !anchor.Extra {
			origin, steps, moved, shifted = anchor.Origin, int(anchor.Steps), anchor.Moved, anchor.Shifted()
		}
		for k := steps + 1; add(origin, k, 0); k++ {
		}
	case protocol.Cyclical:
		for origin, going := last.Origin, true; going; origin += int32(segment.Length()) {
			for i := range segment.Points() {
				going = going && add(origin, segment.Point(i)-1, 0)
			}
		}
	default:
		return nil, &Error{Code: NoFrequency, Phase: phase, Segment: at}
	}
	if len(list) < n {
		return nil, &Error{Code: NoTime, Phase: phase, Segment: at, Asked: n}
	}
	return list, nil
}

// fill makes the sessions of a cadence without end go on to its last day, and no
// longer. The first session stays, and so does what was added.
func (c *Course) fill(plan Plan, list []Session) ([]Session, error) {
	if !c.Endless() {
		return list, nil
	}
	_, end := c.segmentsNow()
	endless := end - 1
	last := lastCounted(list)
	for last > 0 && int(list[last].Segment) == endless && list[last].Target > c.Until {
		list = slices.Delete(list, last, last+1)
		last = lastCounted(list)
	}
	if last < 0 || int(list[last].Segment) != endless {
		return list, nil
	}
	before := list[last]
	added, err := c.more(plan, int(before.Phase), before, before.Target+1, 0)
	for _, s := range added {
		before.Number++
		s.Number, s.Again = before.Number, false
		s.Minutes = c.Minutes(int(s.Phase), int(s.Number))
		list = append(list, s)
	}
	byTarget(list[last+1:])
	return list, err
}
