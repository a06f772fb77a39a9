package course

import (
	"time"

	"github.com/regimen-go/regimen/protocol"
)

// MaxSessions is the largest number of sessions that a course may have.
const MaxSessions = 20000

// A Course is a protocol as it holds for one patient: its phases and the segments of
// their cadences, after those of the versions before it, which earlier sessions
// still belong to. It is a value: what it shares is never changed.
type Course struct {
	// Start is day 1, before which no window begins.
	Start int32
	// Until is the last day of targets of a segment without end, 0 for none.
	Until int32
	// Phases are those of every version, in order.
	Phases []protocol.Phase

	segments []segment
	weekdays []protocol.DaySet // asked for by the patient
	// patterns has, for each phase, the days asked for by number of sessions.
	patterns [][8]protocol.DaySet
	// firstPhase and firstSegment are the positions of the first phase and the
	// first segment of the version that holds.
	firstPhase, firstSegment int
}

// A segment is one of the cadence of a phase.
type segment struct {
	protocol.Segment
	phase int
	// step is the least distance in days between two of its targets, 0 where it
	// is weekly.
	step int
}

// New returns the course of a protocol from a start on. The weekdays are those that
// the patient asked for.
func New(p *protocol.Protocol, start, until int32, weekdays []protocol.DaySet) Course {
	return Course{Start: start, Until: until, weekdays: weekdays}.Adopt(p)
}

// For returns the course of the same protocol for another patient. It shares what
// does not depend on the patient.
func (c Course) For(start, until int32, weekdays []protocol.DaySet) Course {
	c.Start, c.Until = start, until
	if len(weekdays) > 0 || len(c.weekdays) > 0 {
		c.weekdays, c.patterns = weekdays, make([][8]protocol.DaySet, len(c.Phases))
		for i := range c.Phases {
			c.patterns[i] = mergeWeekdays(c.Phases[i].Weekdays, weekdays)
		}
	}
	return c
}

// Adopt returns a course in which another version holds.
func (c Course) Adopt(p *protocol.Protocol) Course {
	c.firstPhase, c.firstSegment = len(c.Phases), len(c.segments)
	// What the versions before it have is shared with their courses.
	phases, segments, patterns := c.Phases[:c.firstPhase:c.firstPhase], c.segments[:c.firstSegment:c.firstSegment], c.patterns[:c.firstPhase:c.firstPhase]
	for _, phase := range p.Phases() {
		phases, patterns = append(phases, phase), append(patterns, mergeWeekdays(phase.Weekdays, c.weekdays))
	}
	for phase, s := range p.Segments() {
		segments = append(segments, segment{s, c.firstPhase + phase, smallestStep(s)})
	}
	c.Phases, c.segments, c.patterns = phases, segments, patterns
	return c
}

// Renew returns a session of an earlier version, whose first phase is at a position,
// as one of the version that holds, where that is the same.
func (c *Course) Renew(s Session, first int) Session {
	if s.Segment != NoSegment {
		from := 0
		for from < len(c.segments) && c.segments[from].phase < first {
			from++
		}
		s.Segment += uint16(c.firstSegment - from)
	}
	s.Phase += uint16(c.firstPhase - first)
	return s
}

// FirstPhase returns the position of the first phase of the version that holds.
func (c *Course) FirstPhase() int { return c.firstPhase }

// Segment returns a segment, the zero one for [NoSegment].
func (c *Course) Segment(at int) protocol.Segment { return c.segment(at).Segment }

func (c *Course) segment(at int) segment {
	if at >= len(c.segments) {
		return segment{}
	}
	return c.segments[at]
}

// Tolerance returns how many days a session of a segment may be from its target,
// unless its phase states a window: under a week where the targets are close.
func (c *Course) Tolerance(at int) int { return tolerance(c.segment(at).step) }

// Endless reports whether the last segment of the version that holds goes on
// without end.
func (c *Course) Endless() bool {
	if len(c.segments) == c.firstSegment {
		return false
	}
	_, ends := c.segments[len(c.segments)-1].Sessions()
	return !ends
}

// PhaseNamed returns the position of the phase with a name that now holds, -1 for
// none.
func (c *Course) PhaseNamed(name string) int {
	for i := len(c.Phases) - 1; i >= c.firstPhase; i-- {
		if c.Phases[i].Name == name {
			return i
		}
	}
	return -1
}

// lastSegment returns the position of the last segment of a phase of the version
// that holds, -1 where it has none.
func (c *Course) lastSegment(phase int) int {
	for at := len(c.segments) - 1; at >= c.firstSegment; at-- {
		if c.segments[at].phase == phase {
			return at
		}
	}
	return -1
}

// Plans reports whether a phase of the version that holds has a cadence.
func (c *Course) Plans(phase int) bool { return c.lastSegment(phase) >= 0 }

// Minutes returns the length of the visit of a session with a number in a phase.
func (c *Course) Minutes(phase, number int) uint16 {
	return uint16(c.Phases[phase].Visit.LengthOf(number) / time.Minute)
}

// hasRest reports whether a weekly segment of the version that holds has a week of
// rest.
func (c *Course) hasRest() bool {
	for _, s := range c.segments[c.firstSegment:] {
		for week := range s.Weeks() {
			if s.Count(week) == 0 {
				return true
			}
		}
	}
	return false
}
