package oracle

import (
	"cmp"
	"math"
	"slices"
)

// Due is a session of a living course: its window, and the number that it has in its
// phase, both counted from 1.
type Due struct {
	Target, Earliest, Latest int
	Phase, Number            int
}

// Living is a course that changes after events: its sessions, in order, whatever
// became of them. Positions count from 0.
type Living struct {
	in       Input
	segments []Segment
	phaseOf  []int // by segment
	slots    []slot
}

// NewLiving returns the course of a protocol before any event, or the problem that
// prevents one. Policy and Open of the input mean nothing.
func NewLiving(in Input) (*Living, string) {
	in.Policy = Refuse
	joined, _, problem := read(in)
	if problem != "" {
		return nil, problem
	}
	l := &Living{in: in, segments: joined.Segments}
	for i, phase := range in.phases() {
		c, _ := Parse(phase.Cadence)
		for range c.Segments {
			l.phaseOf = append(l.phaseOf, i)
		}
	}
	slots, problem := l.unfold(0, in.Start, in.Start)
	l.slots = slots
	return l, problem
}

// unfold returns the sessions of the segments from one on.
func (l *Living) unfold(first, origin, weekOne int) ([]slot, string) {
	u := unfolding{in: l.in, segments: l.segments, first: first, origin: origin, weekOne: weekOne}
	for _, phase := range l.phaseOf {
		u.phaseOf = append(u.phaseOf, l.in.phases()[phase])
	}
	if u.run(); u.failed != nil {
		return nil, u.failed.Err
	}
	l.count(u.slots, map[int]int{})
	return u.slots, ""
}

// count numbers sessions in their phases, after those that a phase has had.
func (l *Living) count(list []slot, had map[int]int) {
	for i := range list {
		phase := l.phaseOf[list[i].segment]
		had[phase]++
		list[i].number = had[phase]
	}
}

// Due returns the sessions.
func (l *Living) Due() []Due {
	var list []Due
	for _, s := range l.slots {
		list = append(list, Due{Target: s.target, Earliest: s.earliest, Latest: s.latest, Phase: l.phaseOf[s.segment] + 1, Number: s.number})
	}
	return list
}

// put replaces the sessions from a position on, and gives them their windows.
func (l *Living) put(from int, list []slot) {
	for i := range list {
		list[i] = l.windowed(list[i])
	}
	l.slots = append(slices.Clone(l.slots[:from]), list...)
}

func (l *Living) windowed(s slot) slot {
	before, after := 3, 3
	switch segment := l.segments[s.segment]; {
	case s.phase.Window != nil:
		before, after = s.phase.Window[0], s.phase.Window[1]
	case segment.Kind != Weekly:
		before, after = segment.tolerance(), segment.tolerance()
	case s.count >= 2:
		week := s.base + s.late
		before, after = s.target-week, week+6-s.target
	}
	s.earliest, s.latest = max(l.in.Start, s.target-before), s.target+after
	return s
}

// moved returns sessions moved so that the first target is a day and every other
// keeps its distance from the one before. Months are counted from one day per
// segment: the first of its targets that moved or, where the segment is counted from
// the target before it, that one.
func (l *Living) moved(list []slot, first int) []slot {
	list = slices.Clone(list)
	if len(list) == 0 || list[0].target == first {
		return list
	}
	was := slices.Clone(list)
	for k := range list {
		s := &list[k]
		target := first
		if k > 0 {
			target = list[k-1].target + was[k].target - was[k-1].target
		}
		segment := l.segments[s.segment]
		if segment.Interval.Unit != "mo" {
			s.base += target - s.target
			s.turned += target - s.target
			s.target = target
			continue
		}
		switch {
		case k > 0 && was[k-1].segment == s.segment && was[k-1].base != was[k].base:
			s.base += target - s.target // a new day was given to count from before
		case k > 0 && was[k-1].segment == s.segment:
			s.base, s.steps = list[k-1].base, list[k-1].steps+was[k].steps-was[k-1].steps
			s.late = list[k-1].late + was[k].late - was[k-1].late
		case k > 0 && was[k-1].segment != s.segment && s.steps > 0:
			s.base, s.late = list[k-1].target, was[k].late-(was[k-1].target-was[k].base)
		case k > 0:
			s.base += target - s.target
		default:
			s.base, s.steps, s.late = target, 0, 0
		}
		s.target = segment.Interval.after(s.base, s.steps) + s.late
	}
	return list
}

// Shift moves the sessions from a position on by weeks: each is at its own target and so
// many weeks, whatever that was counted from.
func (l *Living) Shift(from, weeks int) {
	list := slices.Clone(l.slots[from:])
	l.later(7 * weeks)
	for i := range list {
		s := &list[i]
		s.target += 7 * weeks
		if l.segments[s.segment].Interval.Unit == "mo" {
			s.late += 7 * weeks
		} else {
			s.base += 7 * weeks
		}
	}
	l.put(from, l.filled(list))
}

// Postpone moves the sessions from a position on by weeks, targets and windows as they
// stand.
func (l *Living) Postpone(from, weeks int) {
	l.slots = slices.Clone(l.slots)
	for i := from; i < len(l.slots); i++ {
		s := &l.slots[i]
		s.target, s.earliest, s.latest = s.target+7*weeks, s.earliest+7*weeks, s.latest+7*weeks
		s.late += 7 * weeks
	}
}

// Adopt returns the sessions of another version of the protocol in place of those from
// a position on, all before which are settled. Phases have their positions for names.
func (l *Living) Adopt(version Input, from, today int) ([]Due, string) {
	next, problem := NewLiving(version)
	if problem != "" {
		return nil, problem
	}
	old, _ := NewLiving(l.in)
	s := l.slots[from]
	phase := l.phaseOf[s.segment]
	at := min(from, len(next.slots))
	if phase < len(version.phases()) {
		for at = 0; at < len(next.slots); at++ {
			if of := next.phaseOf[next.slots[at].segment]; of > phase || of == phase && next.slots[at].number >= s.number {
				break
			}
		}
	}
	if at == len(next.slots) {
		return nil, ""
	}
	target := s.target
	if from > 0 && at > 0 {
		// How far it was after the session before by the version that held.
		before := l.slots[from-1].target
		was := s.target - before
		for i, o := range old.slots {
			if i > 0 && old.phaseOf[o.segment] == phase && o.number == s.number {
				was = o.target - old.slots[i-1].target
			}
		}
		first := next.slots[at]
		now := first.target - next.slots[at-1].target
		interval := next.segments[first.segment].Interval
		switch {
		case now == was:
		case interval.Unit == "mo" && next.slots[at-1].segment == first.segment:
			target = interval.after(before, 1)
		default:
			target = before + now
		}
	}
	list := next.moved(next.slots[at:], target)
	wide := next.windowed(list[0])
	for target = list[0].target; target+wide.latest-wide.target < today; {
		target += 7
	}
	next.later(target - s.target)
	next.put(0, next.filled(next.moved(list, target)))
	return next.Due(), ""
}

// filled makes the sessions of a segment without end go on to the last day, and no
// longer; the first of the list stays.
func (l *Living) filled(list []slot) []slot {
	last := len(l.segments) - 1
	if len(list) == 0 || !l.segments[last].endless() || list[len(list)-1].segment != last {
		return list
	}
	for len(list) > 1 && list[len(list)-1].segment == last && list[len(list)-1].target > l.in.Until {
		list = list[:len(list)-1]
	}
	end := list[len(list)-1]
	if end.segment != last {
		return list
	}
	if l.segments[last].GoesOn {
		return l.weeksFilled(list)
	}
	for {
		next := end
		next.steps++
		next.number++
		if next.target = l.segments[last].Interval.after(next.base, next.steps) + next.late; next.target > l.in.Until {
			return list
		}
		list = append(list, next)
		end = next
	}
}

// weeksFilled is filled for a weekly segment: the list goes on as the week before had
// it, or, where it has none, as a week that begins on the same day.
func (l *Living) weeksFilled(list []slot) []slot {
	for {
		end := list[len(list)-1]
		end.base, end.late = end.base+end.late, 0 // it goes on from where it is
		weekBefore := func(s slot) bool {
			return s.segment == end.segment && s.base+s.late == end.base-7 && s.steps == end.steps
		}
		next := end
		if at := slices.IndexFunc(list, weekBefore); at >= 0 && list[at+1].target > list[at].target {
			next.target += list[at+1].target - list[at].target
			next.base = next.target - list[at+1].steps
			next.steps = list[at+1].steps
		} else {
			next = l.nextOfWeek(end)
		}
		if next.number++; next.target > l.in.Until {
			return list
		}
		list = append(list, l.windowed(next))
	}
}

// nextOfWeek returns the session after one of a weekly segment. Where the week of that
// one was moved to begin on another day, it has the days that it had on its own.
func (l *Living) nextOfWeek(s slot) slot {
	moved := (s.turned%7 + 7) % 7
	u := unfolding{in: l.in, segments: l.segments, segment: s.segment, phaseOf: make([]Phase, len(l.segments)), origin: s.base - moved}
	weeks := slices.Concat(u.weekSlots(0, s.count, s.count), u.weekSlots(1, s.count, s.count))
	for i, of := range weeks[:s.count] {
		if of.steps == s.steps {
			next := weeks[i+1]
			s.target, s.base, s.steps = next.target+moved, next.base+moved, next.steps
			return s
		}
	}
	panic("a session on a day that its week does not have")
}

// later moves the last day of a cadence without end by as many days as the first
// session that is planned again is later than before.
func (l *Living) later(days int) {
	if days > 0 && l.segments[len(l.segments)-1].endless() {
		l.in.Until += days
	}
}

// MoveTo moves a session and all after it, so that its target is a day.
func (l *Living) MoveTo(from, day int) {
	l.later(day - l.slots[from].target)
	l.put(from, l.filled(l.moved(l.slots[from:], day)))
}

// Given moves all after a session by as many days as it was given early or late.
// Those of its segment that count months do so from the day on which it was given.
func (l *Living) Given(at, day int) {
	s, rest := l.slots[at], l.slots[at+1:]
	if rest[0].segment == s.segment && rest[0].base == s.base && l.segments[s.segment].Interval.Unit == "mo" {
		list := l.moved(append([]slot{s}, rest...), day)[1:]
		l.later(list[0].target - rest[0].target)
		l.put(at+1, l.filled(list))
		return
	}
	l.MoveTo(at+1, rest[0].target+day-s.target)
}

// next returns sessions of the last segment of a phase, as it would go on, with
// targets from a day on: at most n, and none without a frequency. They come after the
// session at a position, -1 for none.
func (l *Living) next(phase, before, from, n int) ([]slot, bool) {
	at := -1
	for i, of := range l.phaseOf {
		if of == phase {
			at = i
		}
	}
	had := 0
	last := slot{segment: -1}
	for _, s := range l.slots {
		if l.phaseOf[s.segment] == phase {
			had = max(had, s.number)
		}
		if s.segment == at {
			last = s
		}
	}
	if at < 0 || last.segment < 0 {
		return nil, false
	}
	u := unfolding{in: l.in, segments: l.segments, segment: at, phaseOf: make([]Phase, len(l.segments)), origin: last.base + last.late}
	u.phaseOf[at] = last.phase
	segment := l.segments[at]
	var list []slot
	for round := 0; len(list) < n; round++ {
		var some []slot
		switch segment.Kind {
		case Weekly:
			count := segment.Counts[len(segment.Counts)-1]
			some = u.weekSlots(round, count, count)
		case Cycle:
			for _, day := range segment.Days {
				some = append(some, u.slot(u.origin+day-1, u.origin, day-1, 0))
			}
			u.origin += segment.Length
		case Every:
			base, steps, late := 0, 0, 0
			if before >= 0 {
				if base = l.slots[before].target; l.slots[before].segment == at {
					base, steps, late = l.slots[before].base, l.slots[before].steps, l.slots[before].late
				}
			}
			steps += round + 1
			s := u.slot(segment.Interval.after(base, steps)+late, base, steps, 0)
			s.late = late
			some = append(some, s)
		default:
			return nil, false
		}
		for _, s := range some {
			if s.target >= from && len(list) < n {
				had++
				s.number = had
				list = append(list, s)
			}
		}
	}
	return list, true
}

// Append adds one more session of the phase of the last one.
func (l *Living) Append() bool {
	last := len(l.slots) - 1
	s := l.slots[last]
	list, ok := l.next(l.phaseOf[s.segment], last, s.target+1, 1)
	if ok {
		l.put(len(l.slots), list)
	}
	return ok
}

// Restart begins a phase again on a day, and every one after it, in place of the
// sessions from a position on. Treatment weeks move along.
func (l *Living) Restart(from, phase, day int) bool {
	first := slices.Index(l.phaseOf, phase)
	planned, problem := l.unfold(0, l.in.Start, l.in.Start)
	weekOne := l.in.Start
	if at := slices.IndexFunc(planned, func(s slot) bool { return l.phaseOf[s.segment] == phase }); at >= 0 {
		weekOne += day - planned[at].target
	}
	if problem == "" && l.segments[len(l.segments)-1].endless() {
		// As far as the session in whose place it begins, which is later by as much.
		was, far := l.slots[from], *l
		far.in.Until = max(l.in.Until, day+was.target-l.in.Start+1)
		list, _ := far.unfold(first, day, weekOne)
		for _, s := range list {
			if s.number == was.number && l.phaseOf[s.segment] == l.phaseOf[was.segment] {
				l.later(s.target - was.target)
			}
		}
	}
	if problem == "" {
		planned, problem = l.unfold(first, day, weekOne)
	}
	if problem != "" {
		return false
	}
	l.put(from, planned)
	return true
}

// behind moves sessions by whole weeks, as early as may be, so that the first is at
// least a distance after the last of others.
func (l *Living) behind(others, list []slot, distance int) []slot {
	if len(others) == 0 || len(list) == 0 {
		return slices.Concat(others, list)
	}
	earliest := math.MaxInt
	for day := list[0].target - 7*5000; day < list[0].target+7*5000 && earliest == math.MaxInt; day += 7 {
		if day-others[len(others)-1].target >= distance {
			earliest = day
		}
	}
	return slices.Concat(others, l.moved(list, earliest))
}

// Extend adds n sessions to a phase after the last that it has among those from a
// position on, or after the one before that, and moves what comes after them.
func (l *Living) Extend(from, phase, n int) bool {
	end := from
	for end < len(l.slots) && l.phaseOf[l.slots[end].segment] == phase {
		end++
	}
	added, ok := l.next(phase, end-1, l.slots[end-1].target+1, n)
	if !ok {
		return false
	}
	list := slices.Concat(l.slots[from:end], added)
	if end < len(l.slots) {
		had := len(list)
		list = l.behind(list, l.slots[end:], l.slots[end].target-l.slots[end-1].target)
		l.later(list[had].target - l.slots[end].target)
	}
	l.put(from, l.filled(list))
	return true
}

// StepBack puts sessions of an earlier phase, from a day on, in place of the first
// sessions from a position on: n of them, 0 for as many as their phase has left, or of
// one without end as many as there is time for.
func (l *Living) StepBack(from, phase, day, n int) bool {
	same := from
	for same < len(l.slots) && l.phaseOf[l.slots[same].segment] == l.phaseOf[l.slots[from].segment] {
		same++
	}
	rest := l.slots[same:]
	switch {
	case n == 0 && l.segments[l.slots[from].segment].endless():
		rest = nil
	case n == 0:
		n = same - from
	default:
		rest = l.slots[min(same, from+n):]
	}
	count := n
	if count == 0 {
		count = maxSessions
	}
	list, ok := l.next(phase, from-1, day, cmp.Or(n, 1))
	if !ok {
		return false
	}
	if n == 0 { // up to the last day
		for n = 1; n < count && list[len(list)-1].target <= l.in.Until; n++ {
			list, _ = l.next(phase, from-1, day, n)
		}
		list = slices.DeleteFunc(list, func(s slot) bool { return s.target > l.in.Until })
	}
	if len(rest) > 0 {
		before, had := l.slots[len(l.slots)-len(rest)-1], len(list)
		list = l.behind(list, rest, rest[0].target-before.target)
		l.later(list[had].target - rest[0].target)
	} else if len(list) > 0 {
		l.later(list[0].target - l.slots[from].target)
	}
	l.put(from, l.filled(list))
	return true
}
