package oracle

import (
	"slices"
	"time"
)

// idealOffsets are the days of the week, from 0, for each number of sessions.
var idealOffsets = [8][]int{
	{},
	{0},
	{0, 3},
	{0, 2, 4},
	{0, 1, 3, 4},
	{0, 1, 2, 3, 4},
	{0, 1, 2, 3, 4, 5},
	{0, 1, 2, 3, 4, 5, 6},
}

// unfolding turns a cadence into sessions, segment by segment.
type unfolding struct {
	in       Input
	segments []Segment
	phaseOf  []Phase // by segment

	find     search // how to tell whether sessions can be placed
	ceilings bool   // carry: weekly counts are ceilings

	slots   []slot
	segment int // the one being unfolded
	origin  int // where it begins
	weekOne int // the day from which treatment weeks are counted
	first   int // the segment that is unfolded first
	added   int // weeks added by carry so far
	failed  *Result
}

// run unfolds every segment, or stops at the first problem.
func (u *unfolding) run() {
	for u.segment = u.first; u.segment < len(u.segments); u.segment++ {
		switch u.segments[u.segment].Kind {
		case Weekly:
			u.weekly()
		case Every:
			u.every()
		case Cycle:
			u.cycle()
		case Weeks:
			u.weeks()
		}
		if u.failed == nil && len(u.slots) > maxSessions {
			u.failed = &Result{Err: ErrTooMany}
		}
		if u.failed == nil && u.ceilings {
			if b := u.find.blocked(u.in, u.slots); b > 0 {
				u.failed = blockedResult(u.in, u.find, u.slots[:b])
			}
		}
		if u.failed != nil {
			return
		}
	}
}

// lastTarget is the target before the segment being unfolded.
func (u *unfolding) lastTarget() int { return u.slots[len(u.slots)-1].target }

// weekly adds the weeks of a weekly segment. Its next segment begins the day
// after its last week.
func (u *unfolding) weekly() {
	counts := u.segments[u.segment].Counts
	if u.segments[u.segment].GoesOn {
		u.goOn(counts[0])
		return
	}
	if u.ceilings {
		u.carry(counts)
		return
	}
	for week, count := range counts {
		u.slots = append(u.slots, u.weekSlots(week, count, count)...)
	}
	u.origin += 7 * len(counts)
}

// goOn adds the weeks of a weekly segment without end up to the last day of targets.
// Where counts are ceilings, each week takes what can be placed.
func (u *unfolding) goOn(count int) {
	for week := 0; u.origin+7*week <= u.in.Until && len(u.slots) <= maxSessions; week++ {
		for take := count; take > 0; take-- {
			with := u.slots
			for _, s := range u.weekSlots(week, count, take) {
				if s.target <= u.in.Until {
					with = append(slices.Clone(with), s)
				}
			}
			if !u.ceilings || u.find.blocked(u.in, with) == 0 {
				u.slots = with
				break
			}
		}
	}
}

// carry adds the weeks of a weekly segment whose counts are ceilings.
func (u *unfolding) carry(counts []int) {
	left := 0
	for _, count := range counts {
		left += count
	}
	week := 0
	for ; left > 0; week++ {
		planned := counts[min(week, len(counts)-1)]
		if week == len(counts)+maxMoves {
			u.failed = u.unfinished(week-1, planned)
			return
		}
		for take := min(planned, left); take > 0; take-- {
			with := slices.Concat(u.slots, u.weekSlots(week, planned, take))
			if u.find.blocked(u.in, with) == 0 {
				u.slots = with
				left -= take
				break
			}
		}
	}
	u.added += week - len(counts)
	u.origin += 7 * week
}

// unfinished is the result when the last week that may be added to a segment
// leaves sessions over: the first of them, as one more session in that week.
func (u *unfolding) unfinished(week, planned int) *Result {
	taken := 0
	for _, s := range u.slots {
		if s.segment == u.segment && s.week == week {
			taken++
		}
	}
	var next slot
	if taken < planned {
		next = u.weekSlots(week, planned, taken+1)[taken]
	} else {
		next = u.weekSlots(week, planned, taken)[taken-1]
	}
	return blockedResult(u.in, u.find, append(slices.Clone(u.slots), next))
}

// weekSlots returns the sessions of one week of the segment: as many as the
// number says, with the windows that belong to the planned count.
func (u *unfolding) weekSlots(week, planned, number int) []slot {
	first := u.origin + 7*week
	days := u.daysOfWeek(first, number)
	if planned >= 5 { // what is left of a daily course stays on consecutive days
		days = u.daysOfWeek(first, planned)[:number]
	}
	var slots []slot
	for _, target := range days {
		s := u.slot(target, first, target-first, 3)
		s.week, s.count = week, planned
		if planned >= 2 && s.phase.Window == nil {
			s.earliest, s.latest = max(first, u.in.Start), first+6
		}
		slots = append(slots, s)
	}
	return slots
}

// daysOfWeek returns the targets for a number of sessions in the seven days
// from the first one.
func (u *unfolding) daysOfWeek(first, number int) []int {
	for count := number; number > 0 && count <= 7; count++ {
		names, given := u.in.Weekdays[count]
		if !given {
			continue
		}
		var days []int
		for day := first; day < first+7; day++ {
			if slices.Contains(names, weekday(day)) {
				days = append(days, day)
			}
		}
		return days[:number]
	}
	var days []int
	for _, offset := range idealOffsets[number] {
		days = append(days, first+offset)
	}
	return days
}

func weekday(day int) time.Weekday { return Date(day).Weekday() }

// every adds an every segment. Its next segment begins on the day that its next
// session would have had.
func (u *unfolding) every() {
	s := u.segments[u.segment]
	fixed, skip := u.origin, 0 // the fixed day, and intervals from it to the first session
	switch {
	case s.FromWeek > 0:
		fixed = u.weekOne + 7*(s.FromWeek+u.added-1)
		for _, earlier := range u.slots {
			if earlier.target >= fixed {
				u.failed = &Result{Err: ErrFromWeek}
				return
			}
		}
	case u.segment > u.first && u.segments[u.segment-1].Kind != Cycle:
		fixed, skip = u.lastTarget(), 1
	}
	for n := 0; ; n++ {
		target := s.Interval.after(fixed, n+skip)
		if s.Times > 0 && n == s.Times {
			u.origin = target
			return
		}
		if s.endless() && target > u.in.Until || len(u.slots) > maxSessions {
			return
		}
		u.slots = append(u.slots, u.slot(target, fixed, n+skip, s.tolerance()))
	}
}

// cycle adds a cycle segment. Its next segment begins the day after its last cycle.
func (u *unfolding) cycle() {
	s := u.segments[u.segment]
	for range s.Times {
		for _, day := range s.Days {
			u.slots = append(u.slots, u.slot(u.origin+day-1, u.origin, day-1, s.tolerance()))
		}
		u.origin += s.Length
	}
}

// weeks adds a weeks segment. Its next segment begins seven days after its last target.
func (u *unfolding) weeks() {
	s := u.segments[u.segment]
	for _, offset := range s.Offsets {
		u.slots = append(u.slots, u.slot(u.origin+7*offset, u.origin, offset, s.tolerance()))
	}
	u.origin = u.lastTarget() + 7
}

// slot returns a session so many steps after a base, with a window either side of
// its target: the one that its phase states, else the tolerance.
func (u *unfolding) slot(target, base, steps, tolerance int) slot {
	phase := u.phaseOf[u.segment]
	before, after := tolerance, tolerance
	if phase.Window != nil {
		before, after = phase.Window[0], phase.Window[1]
	}
	return slot{
		target:   target,
		earliest: max(target-before, u.in.Start),
		latest:   target + after,
		phase:    phase,
		segment:  u.segment,
		week:     notWeekly,
		base:     base,
		steps:    steps,
	}
}
