package course

import (
	"cmp"
	"slices"

	"github.com/regimen-go/regimen/protocol"
)

// Move moves the targets and windows of sessions so that the first target is a day
// and every other keeps its distance: in days, or in calendar months where its
// segment counts those.
func (c *Course) Move(list []Session, first int32) {
	if len(list) == 0 {
		return
	}
	before := slices.Clone(list)
	shift, last := first-list[0].Target, -1 // last is the session of the cadence before
	moves := shift != 0                     // even where a month too short hides it for one session
	for k := range list {
		s := &list[k]
		if segment := c.segment(int(s.Segment)); segment.Interval().Unit() == protocol.Months && !s.Extra && moves {
			// Months are counted from one day per segment: the first target
			// that moved, or the one before the segment. A target that they are
			// counted from has been postponed already.
			switch {
			case last < 0:
				s.Origin, s.Steps, s.Moved, s.Wish = s.Target+shift, 0, 0, 0
			case before[last].Segment == s.Segment && before[last].Origin == before[k].Origin:
				s.Origin, s.Steps = list[last].Origin, list[last].Steps+s.Steps-before[last].Steps
				s.Moved = list[last].Moved + s.Moved - before[last].Moved
				s.Wish = list[last].Wish + s.Wish - before[last].Wish
			case before[last].Segment != s.Segment && s.Steps > 0:
				// By as many weeks as that is later itself, it is not late.
				late := max(0, s.late()-(before[last].Target-s.Origin)/7)
				s.Origin, s.Moved = list[last].Target, uint8(min(int32(s.Moved), late))
				s.Wish = uint16(late - int32(s.Moved))
			default:
				s.Origin += shift
			}
			s.Target = segment.target(s.Origin, int(s.Steps)) + 7*s.late()
			shift = s.Target - before[k].Target
		} else {
			s.Origin, s.Target = s.Origin+shift, s.Target+shift
			if s.Count > 0 {
				s.Turned = uint8((int32(s.Turned) + shift%7 + 7) % 7)
			}
		}
		if !s.Extra {
			last = k
		}
		c.setWindow(s)
	}
}

// follow puts sessions after others that come in place of those before them: on the
// same days of the week, as early as whole weeks let them without coming closer than
// they were meant to.
func (c *Course) follow(before, list []Session, distance int32) []Session {
	if len(before) > 0 && len(list) > 0 {
		late := before[len(before)-1].Target + distance - list[0].Target
		weeks := late / 7
		if late%7 > 0 {
			weeks++
		}
		c.Move(list, list[0].Target+7*weeks)
	}
	return append(before, list...)
}

// lastCounted returns the position of the last session that was not added, -1 for
// none.
func lastCounted(list []Session) int {
	last := len(list) - 1
	for last >= 0 && list[last].Extra {
		last--
	}
	return last
}

func byTarget(list []Session) {
	slices.SortStableFunc(list, func(a, b Session) int { return cmp.Compare(a.Target, b.Target) })
}
