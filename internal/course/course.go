package course

import (
	"slices"
	"time"

	"github.com/regimen-go/regimen/protocol"
)

// MaxSessions is the largest number of sessions that a course may have.
const MaxSessions = 20000

// A Course is a protocol as it holds for one patient: its phases and the segments of
// their cadences, after those of the versions before it, which earlier sessions
// still belong to. It is a value: what it shares is never changed.
type Course struct {
	// Start is day 1 of what holds, before which no window begins.
	Start int32
	// Until is the last day of targets of a segment without end, 0 for none.
	Until int32
	// Phases are those of every version, in order.
	Phases []protocol.Phase

	segments []segment
	weekdays []protocol.DaySet // asked for by the patient
	// wished are the weekdays that the patient asked for before, in order.
	wished [][]protocol.DaySet
	// patterns has, for each phase, the days asked for by number of sessions.
	patterns [][8]protocol.DaySet
	// versions are those that ever held, in order, and holds is the position of the
	// one that does.
	versions []version
	holds    int
}

// A version is a protocol that holds, or held, from its start on.
type version struct {
	phase, segment int // positions of its first ones
	// start and until are what they were when another one came to hold.
	start, until int32
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
func (c Course) Adopt(p *protocol.Protocol) Course { return c.leave().add(p) }

// add adds a version, which holds.
func (c Course) add(p *protocol.Protocol) Course {
	first := len(c.Phases)
	// What the versions before it have is shared with their courses.
	phases, segments, patterns := slices.Clip(c.Phases), slices.Clip(c.segments), slices.Clip(c.patterns)
	c.holds = len(c.versions)
	c.versions = append(c.versions, version{phase: first, segment: len(segments)})
	for _, phase := range p.Phases() {
		phases, patterns = append(phases, phase), append(patterns, mergeWeekdays(phase.Weekdays, c.weekdays))
	}
	for phase, s := range p.Segments() {
		segments = append(segments, segment{s, first + phase, smallestStep(s)})
	}
	c.Phases, c.segments, c.patterns = phases, segments, patterns
	return c
}

// Switch returns a course in which another protocol holds, begun at its first phase
// on a start of its own.
func (c Course) Switch(p *protocol.Protocol, start, until int32) Course {
	c = c.leave()
	c.Start, c.Until = start, until
	return c.add(p)
}

// Hold returns a course in which a version holds that held before, by its position,
// with its start and the last day that it had.
func (c Course) Hold(at int) Course {
	c = c.leave()
	c.holds, c.Start, c.Until = at, c.versions[at].start, c.versions[at].until
	return c
}

// leave keeps the start and the last day of the version that holds.
func (c Course) leave() Course {
	c.versions = slices.Clone(c.versions)
	if len(c.versions) > 0 {
		c.versions[c.holds].start, c.versions[c.holds].until = c.Start, c.Until
	}
	return c
}

// Holds returns the position of the version that holds among those that ever did.
func (c *Course) Holds() int { return c.holds }

// VersionOf returns the position of the version that has a phase.
func (c *Course) VersionOf(phase int) int {
	at := len(c.versions) - 1
	for at > 0 && phase < c.versions[at].phase {
		at--
	}
	return at
}

// StartOf returns day 1 of the version that has a phase.
func (c *Course) StartOf(phase int) int32 {
	if at := c.VersionOf(phase); at != c.holds {
		return c.versions[at].start
	}
	return c.Start
}

// PhasesOf returns the positions of the first phase of a version and of the one after
// its last.
func (c *Course) PhasesOf(at int) (first, end int) {
	if end = len(c.Phases); at+1 < len(c.versions) {
		end = c.versions[at+1].phase
	}
	return c.versions[at].phase, end
}

// MaxWishes is how often the weekdays that a patient asks for may change.
const MaxWishes = 1<<16 - 1

// Wish returns a course in which other weekdays are asked for by the patient from now
// on. Targets that follow from those before stay.
func (c Course) Wish(weekdays []protocol.DaySet) Course {
	c.wished = append(c.wished[:len(c.wished):len(c.wished)], c.weekdays)
	c.weekdays = weekdays
	c.patterns = make([][8]protocol.DaySet, len(c.Phases))
	for i := range c.Phases {
		c.patterns[i] = mergeWeekdays(c.Phases[i].Weekdays, weekdays)
	}
	return c
}

// Weekdays returns what the patient asks for now.
func (c *Course) Weekdays() []protocol.DaySet { return c.weekdays }

// Wishes returns how often the weekdays have changed.
func (c *Course) Wishes() int { return len(c.wished) }

// pattern returns the days asked for in a phase, by number of sessions, when the
// weekdays had changed so often.
func (c *Course) pattern(phase, wish int) [8]protocol.DaySet {
	if wish < len(c.wished) {
		return mergeWeekdays(c.Phases[phase].Weekdays, c.wished[wish])
	}
	return c.patterns[phase]
}

// FirstPhase returns the position of the first phase of the version that holds.
func (c *Course) FirstPhase() int { return c.versions[c.holds].phase }

// Has reports whether the version that holds has a phase.
func (c *Course) Has(phase int) bool {
	first, end := c.PhasesOf(c.holds)
	return phase >= first && phase < end
}

// segmentsNow returns the positions of the first segment of the version that holds and
// of the one after its last.
func (c *Course) segmentsNow() (first, end int) {
	if end = len(c.segments); c.holds+1 < len(c.versions) {
		end = c.versions[c.holds+1].segment
	}
	return c.versions[c.holds].segment, end
}

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
	first, end := c.segmentsNow()
	if end == first {
		return false
	}
	_, ends := c.segments[end-1].Sessions()
	return !ends
}

// PhaseNamed returns the position of the phase with a name that now holds, -1 for
// none.
func (c *Course) PhaseNamed(name string) int { return c.PhaseOf(c.holds, name) }

// PhaseOf returns the position of the phase with a name that a version has, -1 for
// none.
func (c *Course) PhaseOf(at int, name string) int {
	first, end := c.PhasesOf(at)
	for i := end - 1; i >= first; i-- {
		if c.Phases[i].Name == name {
			return i
		}
	}
	return -1
}

// lastSegment returns the position of the last segment of a phase of the version
// that holds, -1 where it has none.
func (c *Course) lastSegment(phase int) int {
	first, end := c.segmentsNow()
	for at := end - 1; at >= first; at-- {
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
	first, end := c.segmentsNow()
	for _, s := range c.segments[first:end] {
		for week := range s.Weeks() {
			if s.Count(week) == 0 {
				return true
			}
		}
	}
	return false
}
