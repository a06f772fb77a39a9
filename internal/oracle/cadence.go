package oracle

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind says which of the four segments a [Segment] is.
type Kind string

// The kinds of segment.
const (
	Weekly Kind = "weekly"
	Every  Kind = "every"
	Cycle  Kind = "cycle"
	Weeks  Kind = "weeks"
)

// Segment is one part of a cadence; the fields that its kind lacks are zero.
type Segment struct {
	Kind Kind

	Counts []int // weekly: sessions in each week
	GoesOn bool  // weekly: whether the one count holds for every week, without end

	Interval  Interval // every: the step
	HasRange  bool     // every: whether Low and High are given
	Low, High Interval // every: the range within the protocol
	FromWeek  int      // every: the treatment week of the first session, 0 if not given

	Days   []int // cycle: days of one cycle, the first day being 1
	Length int   // cycle: days in one cycle

	Offsets []int // weeks: weeks from the origin

	Times int // every and cycle: how often; 0 is an every segment without end
}

// Cadence is a list of segments, which may end in (or be nothing but) "as needed".
type Cadence struct {
	Segments []Segment
	AsNeeded bool
}

// String returns the canonical text.
func (c Cadence) String() string {
	var parts []string
	for _, s := range c.Segments {
		parts = append(parts, s.String())
	}
	if c.AsNeeded {
		parts = append(parts, "as needed")
	}
	return strings.Join(parts, " then ")
}

// String returns the canonical text.
func (s Segment) String() string {
	switch s.Kind {
	case Weekly:
		if s.GoesOn {
			return fmt.Sprintf("%d/wk", s.Counts[0])
		}
		if len(s.Counts) > 1 && allEqual(s.Counts) {
			return fmt.Sprintf("%d/wk x%d", s.Counts[0], len(s.Counts))
		}
		return joinInts(s.Counts, "-")
	case Every:
		text := "every " + s.Interval.String()
		if s.HasRange {
			text += fmt.Sprintf(" (%s..%s)", s.Low, s.High)
		}
		if s.Times > 0 {
			text += fmt.Sprintf(" x%d", s.Times)
		}
		if s.FromWeek > 0 {
			text += fmt.Sprintf(" from week %d", s.FromWeek)
		}
		return text
	case Cycle:
		return fmt.Sprintf("days %s of %d x%d", joinInts(s.Days, ", "), s.Length, s.Times)
	default:
		return "weeks " + joinInts(s.Offsets, ", ")
	}
}

// String returns the text of the notation, such as 4w.
func (i Interval) String() string { return strconv.Itoa(i.Number) + i.Unit }

// endless says whether the cadence needs a last day from outside.
func (c Cadence) endless() bool {
	for _, s := range c.Segments {
		if s.endless() {
			return true
		}
	}
	return false
}

func (s Segment) endless() bool { return s.Kind == Every && s.Times == 0 || s.GoesOn }

// hasRestWeek says whether any week of a weekly segment has no session.
func (c Cadence) hasRestWeek() bool {
	for _, s := range c.Segments {
		if slices.Contains(s.Counts, 0) {
			return true
		}
	}
	return false
}

// tolerance is the number of days either side of a target that is not one of a
// weekly segment.
func (s Segment) tolerance() int {
	smallest := 0
	switch s.Kind {
	case Every:
		smallest = s.Interval.days()
	case Cycle:
		smallest = smallestStep(append(append([]int{}, s.Days...), s.Days[0]+s.Length))
	default:
		if len(s.Offsets) == 1 {
			smallest = 7
		} else {
			smallest = 7 * smallestStep(s.Offsets)
		}
	}
	switch {
	case smallest < 7:
		return 1
	case smallest < 28:
		return 3
	default:
		return 7
	}
}

// smallestStep returns the least difference between neighbors.
func smallestStep(list []int) int {
	smallest := list[1] - list[0]
	for i := 1; i < len(list); i++ {
		smallest = min(smallest, list[i]-list[i-1])
	}
	return smallest
}

func allEqual(list []int) bool {
	for _, n := range list {
		if n != list[0] {
			return false
		}
	}
	return true
}

func joinInts(list []int, separator string) string {
	var parts []string
	for _, n := range list {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, separator)
}
