package protocol

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// A Kind is one of the four ways in which a [Segment] says how often. The zero
// Kind is invalid.
type Kind uint8

// The kinds of segment.
const (
	Weekly   Kind = iota + 1 // 3-2-1-1-1, 2/wk x4 or 2/wk
	Every                    // every 4w x13
	Cyclical                 // days 1, 8 of 21 x6
	AtWeeks                  // weeks 0, 2, 6
)

// String returns the name of the kind: "weekly", "every", "cycle" or "weeks".
func (k Kind) String() string {
	switch k {
	case Weekly:
		return "weekly"
	case Every:
		return "every"
	case Cyclical:
		return "cycle"
	case AtWeeks:
		return "weeks"
	default:
		return "%!Kind(" + strconv.Itoa(int(k)) + ")"
	}
}

// A Segment is one stretch of a [Cadence]. It is immutable. Methods that belong
// to another kind of segment return zero. The zero Segment is invalid.
type Segment struct {
	kind Kind
	// numbers holds the counts of a weekly segment, week by week, the days of
	// a cycle, or the offsets of a weeks segment.
	numbers             []uint16
	interval, low, high Interval
	length, times, from int
	// goesOn reports that the one count of a weekly segment holds for every week,
	// without end.
	goesOn bool
}

// Kind returns which of the four kinds the segment is.
func (s Segment) Kind() Kind { return s.kind }

// Weeks returns the number of weeks of a weekly segment, 0 meaning without end.
func (s Segment) Weeks() int {
	if s.kind != Weekly || s.goesOn {
		return 0
	}
	return len(s.numbers)
}

// Count returns how many sessions week i, counted from 0, of a weekly segment
// has. A segment without end has as many in every week.
func (s Segment) Count(i int) int {
	switch {
	case i >= 0 && s.goesOn:
		return int(s.numbers[0])
	case i < 0 || i >= s.Weeks():
		return 0
	default:
		return int(s.numbers[i])
	}
}

// LastCount returns how many sessions the last week of a weekly segment has, which
// of one without end is the number that every week has.
func (s Segment) LastCount() int {
	if s.kind != Weekly {
		return 0
	}
	return int(s.numbers[len(s.numbers)-1])
}

// Interval returns the planned interval of an every segment.
func (s Segment) Interval() Interval { return s.interval }

// Range returns the shortest and longest interval that an every segment still
// allows, both zero where none is stated.
func (s Segment) Range() (low, high Interval) { return s.low, s.high }

// Times returns the number of sessions of an every segment, 0 meaning without
// end, or the number of cycles of a cycle segment.
func (s Segment) Times() int { return s.times }

// FromWeek returns the treatment week, counted from 1 at the plan's start, on
// whose first day an every segment begins, or 0 where none is stated.
func (s Segment) FromWeek() int { return s.from }

// Length returns the number of days in a cycle.
func (s Segment) Length() int { return s.length }

// Points returns how many days a cycle, or how many offsets a weeks segment
// has.
func (s Segment) Points() int {
	if s.kind != Cyclical && s.kind != AtWeeks {
		return 0
	}
	return len(s.numbers)
}

// Point returns day or offset i, counted from 0. Days of a cycle count from 1,
// offsets are in weeks from the segment's origin.
func (s Segment) Point(i int) int {
	if i < 0 || i >= s.Points() {
		return 0
	}
	return int(s.numbers[i])
}

// Sessions returns the number of sessions in the segment; where it has no end, n is 0
// and ok false.
func (s Segment) Sessions() (n int, ok bool) {
	if s.Endless() {
		return 0, false
	}
	switch s.kind {
	case Weekly:
		for _, count := range s.numbers {
			n += int(count)
		}
	case Every:
		n = s.times
	case Cyclical:
		n = s.times * len(s.numbers)
	case AtWeeks:
		n = len(s.numbers)
	}
	return n, true
}

// Endless reports whether the segment has no end: an every segment without a number
// of sessions, or a count of sessions a week without a number of weeks.
func (s Segment) Endless() bool { return s.kind == Every && s.times == 0 || s.goesOn }

// Equal reports whether s and t are the same segment.
func (s Segment) Equal(t Segment) bool {
	return s.kind == t.kind && slices.Equal(s.numbers, t.numbers) &&
		s.interval == t.interval && s.low == t.low && s.high == t.high &&
		s.length == t.length && s.times == t.times && s.from == t.from && s.goesOn == t.goesOn
}

// compare orders two segments that differ in nothing but how long they go on:
// in the weeks of one count, in the sessions of an interval or in cycles.
func (s Segment) compare(t Segment) (order int, ok bool) {
	lengthOf := func(s *Segment) uint {
		if s.goesOn {
			s.goesOn = false
			return math.MaxUint
		}
		if s.kind == Weekly && !slices.ContainsFunc(s.numbers, func(n uint16) bool { return n != s.numbers[0] }) {
			weeks := len(s.numbers)
			s.numbers = s.numbers[:1]
			return uint(weeks)
		}
		times := s.times
		s.times = 0
		return uint(times) - 1 // 0, which is without end, comes last
	}
	a, b := lengthOf(&s), lengthOf(&t)
	return cmp.Compare(a, b), s.Equal(t)
}

// String returns the canonical text of the segment.
func (s Segment) String() string { return string(s.append(make([]byte, 0, 48))) }

func (s Segment) append(b []byte) []byte {
	switch s.kind {
	case Weekly:
		return s.appendWeekly(b)
	case Every:
		b = s.interval.append(append(b, "every "...))
		if !s.low.IsZero() {
			b = s.low.append(append(b, " ("...))
			b = s.high.append(append(b, ".."...))
			b = append(b, ')')
		}
		if s.times > 0 {
			b = appendInt(append(b, " x"...), s.times)
		}
		if s.from > 0 {
			b = appendInt(append(b, " from week "...), s.from)
		}
	case Cyclical:
		b = appendList(append(b, "days "...), s.numbers)
		b = appendInt(append(b, " of "...), s.length)
		b = appendInt(append(b, " x"...), s.times)
	case AtWeeks:
		b = appendList(append(b, "weeks "...), s.numbers)
	}
	return b
}

func (s Segment) appendWeekly(b []byte) []byte {
	first := s.numbers[0]
	if s.goesOn {
		return append(appendInt(b, int(first)), "/wk"...)
	}
	if len(s.numbers) > 1 && !slices.ContainsFunc(s.numbers, func(n uint16) bool { return n != first }) {
		return appendInt(append(appendInt(b, int(first)), "/wk x"...), len(s.numbers))
	}
	for i, n := range s.numbers {
		if i > 0 {
			b = append(b, '-')
		}
		b = appendInt(b, int(n))
	}
	return b
}

func appendList(b []byte, numbers []uint16) []byte {
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendInt(b, int(n))
	}
	return b
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
