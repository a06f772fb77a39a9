package schedule

import (
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/course"
	"github.com/regimen-go/regimen/schedule/internal/place"
)

// A ShortWeek says what [Build] does when the clinic's calendar has no room for
// a session. The zero ShortWeek is Refuse. Whatever a policy changes is a
// finding of the plan.
type ShortWeek uint8

// The policies.
const (
	// Refuse: a session that cannot be placed is a [*BuildError].
	Refuse ShortWeek = iota
	// Drop: sessions may be left out. The fewest are; then the placement is
	// the best one, a session that is left out counting as earlier than any
	// date. Targets stay, and so do ordinals.
	Drop
	// Postpone: when a session is blocked, everything from the first session
	// of its week, or from itself where it is not in a weekly segment, moves
	// seven days later with targets and windows as they stand. That is done at
	// most 26 times; then the [*BuildError] is that of the moved plan. Until
	// is applied before anything moves.
	Postpone
	// Carry: weekly counts are ceilings. A week takes as many sessions as can
	// be placed together with all before it, and a segment goes on for at most
	// 26 further weeks at its last count until its total is reached; later
	// segments begin after it, and Until is applied to the carried targets. A
	// session of any other segment that cannot be placed is refused. A cadence
	// with a week of rest is planned as under Refuse.
	Carry
)

// String returns the name of the policy: "refuse", "drop", "postpone" or
// "carry".
func (s ShortWeek) String() string {
	switch s {
	case Refuse:
		return "refuse"
	case Drop:
		return "drop"
	case Postpone:
		return "postpone"
	case Carry:
		return "carry"
	default:
		return "%!ShortWeek(" + strconv.Itoa(int(s)) + ")"
	}
}

// ParseShortWeek reads what [ShortWeek.String] writes. Anything else is a
// [*ParseError].
func ParseShortWeek(s string) (ShortWeek, error) { return parseNamed("short week", s, Refuse, Carry) }

// MarshalText returns what [ShortWeek.String] returns. The error is a
// [*ParseError] for a value that is no policy.
func (s ShortWeek) MarshalText() ([]byte, error) { return marshalNamed(s, ParseShortWeek) }

// UnmarshalText reads what [ParseShortWeek] reads.
func (s *ShortWeek) UnmarshalText(text []byte) error { return unmarshalText(s, text, ParseShortWeek) }

// A carriedSegment is a weekly segment that went on for further weeks.
type carriedSegment struct{ segment, weeks int }

// A carrier tells an expander how many sessions a week can take: it knows the
// earliest day of every slot so far.
type carrier struct {
	placer *placer
	first  []int32
}

// extend finds the earliest days of slots that have none yet, and returns false
// for the first that has none.
func (c *carrier) extend(slots []slot) bool {
	for i := len(c.first); i < len(slots); i++ {
		before, day := (*course.Session)(nil), int32(0)
		if i > 0 {
			before, day = &slots[i-1].Session, c.first[i-1]
		}
		earliest, ok := c.placer.Earliest(i, &slots[i].Session, before, day)
		if !ok {
			return false
		}
		c.first = append(c.first, earliest)
	}
	return true
}

// keep adds slots that must be placed.
func (c *carrier) keep(slots []slot) *BuildError {
	if c.extend(slots) {
		return nil
	}
	return c.blocked(slots)
}

// fits reports whether the slots, some of them new, can all be placed, and keeps
// the new ones if so.
func (c *carrier) fits(slots []slot) bool {
	before := len(c.first)
	if !c.extend(slots) {
		c.first = c.first[:before]
		return false
	}
	return true
}

// blocked says why the first slot without an earliest day has none.
func (c *carrier) blocked(slots []slot) *BuildError {
	i := len(c.first)
	p := c.placer
	p.slots, p.placement.Slots = slots, make([]place.Slot, len(slots))
	p.read()
	if i == 0 {
		return p.blocked(p.placement.Blocked(0, -1, 0))
	}
	return p.blocked(p.placement.Blocked(i, i-1, c.first[i-1]))
}

// carryWeeks adds the weeks of a weekly segment whose counts are ceilings.
func (e *expander) carryWeeks(s protocol.Segment, offsets *[8][7]int8) error {
	rest, _ := s.Sessions()
	week := 0
	for ; rest > 0; week++ {
		planned := s.Count(min(week, s.Weeks()-1))
		if week == s.Weeks()+course.MaxWeeks {
			return e.unfinished(planned, offsets)
		}
		before := len(e.slots)
		n := min(planned, rest)
		for ; n > 0; n-- {
			if err := e.week(planned, n, offsets); err != nil {
				return err
			}
			if e.carry.fits(e.slots) {
				break
			}
			e.slots = e.slots[:before]
		}
		rest -= n
		e.origin = civil.AddDays(e.origin, 7)
	}
	if more := week - s.Weeks(); more > 0 {
		e.added += more
		e.carried = append(e.carried, carriedSegment{e.segment, more})
	}
	return nil
}

// unfinished returns why the last week that may be added to a segment cannot
// take another session: the first that is left over, in that week.
func (e *expander) unfinished(planned int, offsets *[8][7]int8) error {
	e.origin = civil.AddDays(e.origin, -7)
	taken := 0
	for i := len(e.slots) - 1; i >= 0 && e.slots[i].Segment == uint16(e.segment) && e.slots[i].Origin == civil.Day(e.origin); i-- {
		taken++
	}
	before := len(e.slots)
	n := min(taken+1, planned)
	if err := e.week(planned, n, offsets); err != nil {
		return err
	}
	e.slots[before] = e.slots[before+n-1]
	return e.carry.blocked(e.slots[:before+1])
}

// hasRest reports whether a weekly segment of the cadence has a week of rest.
func hasRest(c protocol.Cadence) bool {
	for _, s := range c.Segments() {
		for week := range s.Weeks() {
			if s.Count(week) == 0 {
				return true
			}
		}
	}
	return false
}
