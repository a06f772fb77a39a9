package course

import (
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// target returns the day so many steps after an origin: intervals, weeks of a weeks
// segment, or days.
func (s *segment) target(origin int32, steps int) int32 {
	switch s.Kind() {
	case protocol.Every:
		if i := s.Interval(); i.Unit() == protocol.Months {
			return civil.Day(civil.AddMonths(civil.Date(origin), steps*i.Number()))
		} else {
			return origin + int32(steps*i.Days())
		}
	case protocol.AtWeeks:
		return origin + int32(7*steps)
	default:
		return origin + int32(steps)
	}
}

// session returns a session of a segment, so many steps after an origin. count and
// inWeek are those of a weekly one.
func (c *Course) session(at int, origin int32, steps, count, inWeek, number int) Session {
	segment := &c.segments[at]
	s := Session{
		Target: segment.target(origin, steps), Origin: origin, Steps: int16(steps), Count: uint8(count), InWeek: uint8(inWeek),
		Phase: uint16(segment.phase), Segment: uint16(at), Number: uint16(number), Minutes: c.Minutes(segment.phase, number),
	}
	if count > 0 {
		s.Wish = uint16(c.Wishes())
	}
	c.setWindow(&s)
	return s
}

// setWindow gives a session the window that follows from its target, which never
// begins before the start.
func (c *Course) setWindow(s *Session) {
	before, after := c.window(s)
	s.Earliest, s.Latest = max(s.Target-int32(before), c.Start), s.Target+int32(after)
}

// window returns how many days before and after its target a session may be: what
// its phase states, the whole week where the cadence has two or more sessions in it,
// three days either side where it has one, and else the tolerance of its segment.
func (c *Course) window(s *Session) (before, after int) {
	switch w := c.Phases[s.Phase].Window; {
	case s.Extra:
		return 0, 0
	case w != nil:
		return w.Before, w.After
	case s.Count > 1:
		return int(s.Steps), 6 - int(s.Steps)
	case s.Count == 1:
		return 3, 3
	default:
		t := c.Tolerance(int(s.Segment))
		return t, t
	}
}

// smallestStep returns the least distance in days between two targets of a segment:
// of a cycle the step to the next cycle's first day included, of a weeks segment
// with a lone offset 7, of an interval itself, a month counting 30 days. It is 0 for
// a weekly one.
func smallestStep(s protocol.Segment) int {
	least, unit := 0, 1
	switch s.Kind() {
	case protocol.Every:
		return s.Interval().Days()
	case protocol.Cyclical:
		least = s.Length() - s.Point(s.Points()-1) + s.Point(0)
	case protocol.AtWeeks:
		if least, unit = 7, 7; s.Points() > 1 {
			least = 7 * (s.Point(1) - s.Point(0))
		}
	}
	for i := 1; i < s.Points(); i++ {
		least = min(least, unit*(s.Point(i)-s.Point(i-1)))
	}
	return least
}

// tolerance returns how many days a session may be from its target where the
// targets of its segment are at least step days apart.
func tolerance(step int) int {
	switch {
	case step < 7:
		return 1
	case step < 28:
		return 3
	default:
		return 7
	}
}

// daily is the number of sessions a week from which on they are on consecutive days:
// so is what is left of such a week.
const daily = 5

// offsets returns the offsets of n targets in a week that begins on a day and for
// which a number is planned, and the days that were asked for, if they follow from
// those, when the weekdays had changed so often. They are those of n or, where the planned number is that of a daily course,
// the first n of that number.
func (c *Course) offsets(phase int, week int32, planned, n, wish int) (offsets [7]int8, asked protocol.DaySet) {
	if planned >= daily {
		n = planned
	}
	patterns := c.pattern(phase, wish)
	for m := n; m < len(patterns); m++ {
		if patterns[m].Len() == 0 {
			continue
		}
		found, first := 0, civil.Date(week).Weekday()
		for offset := range 7 {
			if found < n && patterns[m].Has((first+time.Weekday(offset))%7) {
				offsets[found] = int8(offset)
				found++
			}
		}
		return offsets, patterns[m]
	}
	return IdealOffsets(n), protocol.DaySet{}
}

// IdealOffsets returns the days, from 0, of n sessions in a week for which nobody
// asked for days.
func IdealOffsets(n int) [7]int8 {
	switch n {
	case 2:
		return [7]int8{0, 3}
	case 3:
		return [7]int8{0, 2, 4}
	case 4:
		return [7]int8{0, 1, 3, 4}
	default:
		return [7]int8{0, 1, 2, 3, 4, 5, 6}
	}
}

// mergeWeekdays returns the days asked for by number of sessions a week; the
// request wins over the protocol, number by number. A smaller number without days
// uses the first of the next larger one.
func mergeWeekdays(phase, request []protocol.DaySet) (merged [8]protocol.DaySet) {
	for _, sets := range [2][]protocol.DaySet{phase, request} {
		for _, set := range sets {
			merged[set.Len()] = set
		}
	}
	return merged
}
