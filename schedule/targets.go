package schedule

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/course"
)

// maxPlanned is the largest number of sessions a plan may have.
const maxPlanned = 20000

// A slot is a session of a plan: what the protocol asks for, and what has become
// of it.
type slot struct {
	course.Session
	// day is the date of the session, meaningless while it is left out. fixed is
	// that of an appointment, 0 for none.
	day, fixed int32
	// left reports that the session was left out.
	left bool
	// start and end are minutes of the day, dose the position in the plan's
	// doses, -1 for none.
	start, end int16
	dose       int32
	// serial makes the id, revision counts the changes. state is zero while
	// nothing has become of the session; given is the position, from 1, among
	// what was given.
	serial, revision uint32
	given            int32
	state            State
	// replaced reports that another session makes up for this one.
	replaced bool
}

// pending reports whether the session is still to take place.
func (s *slot) pending() bool { return s.state == 0 && !s.left }

// An expander turns the segments of a cadence into slots, in order.
type expander struct {
	protocol *protocol.Protocol
	phases   []protocol.Phase
	request  []protocol.DaySet
	start    date.Date
	until    date.Date
	slots    []slot
	segment  int
	phase    int
	// origin is where the next segment begins, weekOne the day from which
	// treatment weeks are counted.
	origin, weekOne date.Date
	// skip is the number of phases that are left out, phaseBase and segmentBase
	// are the positions in the plan of the first phase and the first segment of
	// the protocol.
	skip, phaseBase, segmentBase int
	// previous is the kind of the segment before, zero for the first.
	previous protocol.Kind
	// carry, if not nil, makes weekly counts ceilings; added is the number of
	// weeks that it added so far.
	carry   *carrier
	added   int
	carried []carriedSegment
}

// run returns the slots of the plan with their targets and windows.
func (e *expander) run() ([]slot, error) {
	if e.origin == 0 {
		e.origin = e.start
	}
	if e.weekOne == 0 {
		e.weekOne = e.start
	}
	e.segment = e.segmentBase
	if n, ok := e.protocol.Cadence().Sessions(); ok {
		e.slots = make([]slot, 0, n)
	}
	for phase, s := range e.protocol.Segments() {
		if phase < e.skip {
			e.segment++
			continue
		}
		e.phase = e.phaseBase + phase
		if err := e.add(s); err != nil {
			return nil, err
		}
		if e.carry != nil {
			if blocked := e.carry.keep(e.slots); blocked != nil {
				return nil, blocked
			}
		}
		e.previous = s.Kind()
		e.segment++
	}
	return e.slots, nil
}

func (e *expander) add(s protocol.Segment) error {
	switch s.Kind() {
	case protocol.Weekly:
		return e.weekly(s)
	case protocol.Every:
		return e.every(s)
	case protocol.Cyclical:
		tolerance := tolerance(smallestStep(s))
		for range s.Times() {
			for i := range s.Points() {
				if err := e.append(e.origin, s.Point(i)-1, civil.AddDays(e.origin, s.Point(i)-1), 0, tolerance, tolerance); err != nil {
					return err
				}
			}
			e.origin = civil.AddDays(e.origin, s.Length())
		}
	case protocol.AtWeeks:
		tolerance := tolerance(smallestStep(s))
		for i := range s.Points() {
			if err := e.append(e.origin, s.Point(i), civil.AddDays(e.origin, 7*s.Point(i)), 0, tolerance, tolerance); err != nil {
				return err
			}
		}
		e.origin = civil.AddDays(e.origin, 7*s.Point(s.Points()-1)+7)
	}
	return nil
}

func (e *expander) weekly(s protocol.Segment) error {
	offsets := e.weekOffsets()
	if e.carry != nil {
		return e.carryWeeks(s, offsets)
	}
	for week := range s.Weeks() {
		if err := e.week(s.Count(week), s.Count(week), offsets); err != nil {
			return err
		}
		e.origin = civil.AddDays(e.origin, 7)
	}
	return nil
}

// weekOffsets returns the offsets of the targets in a week that begins at the
// origin, by the number of sessions.
func (e *expander) weekOffsets() *[8][7]int8 {
	patterns := mergeWeekdays(e.phases[e.phase].Weekdays, e.request)
	var offsets [8][7]int8
	for n := 1; n < len(offsets); n++ {
		offsets[n] = dayOffsets(n, &patterns, e.origin.Weekday())
	}
	return &offsets
}

// week adds n sessions of a week that the cadence plans a number for; the
// planned number decides the window.
func (e *expander) week(planned, n int, offsets *[8][7]int8) error {
	for _, offset := range offsets[n][:n] {
		before, after := 3, 3
		if planned > 1 {
			before, after = int(offset), 6-int(offset)
		}
		if err := e.append(e.origin, int(offset), civil.AddDays(e.origin, int(offset)), planned, before, after); err != nil {
			return err
		}
	}
	return nil
}

func (e *expander) every(s protocol.Segment) error {
	// Sessions are counted from one fixed day, so that months which had to be
	// shortened do not shorten the ones after them.
	fixed, k := e.origin, 0
	switch {
	case s.FromWeek() > 0:
		fixed = civil.AddDays(e.weekOne, 7*(s.FromWeek()+e.added-1))
		if n := len(e.slots); n > 0 && civil.Day(fixed) <= e.slots[n-1].Target {
			return &RequestError{
				Field: "Protocol", Value: s.String(),
				Want: "want a first session after every earlier target: week " + strconv.Itoa(s.FromWeek()+e.added) + " begins on " +
					civil.Format(fixed) + ", the target before it is " + civil.Format(civil.Date(e.slots[n-1].Target)),
			}
		}
	case e.previous != 0 && e.previous != protocol.Cyclical:
		fixed, k = civil.Date(e.slots[len(e.slots)-1].Target), 1
	}
	tolerance := tolerance(s.Interval().Days())
	for end := k + s.Times(); ; k++ {
		target := after(fixed, s.Interval(), k)
		if s.Times() > 0 && k == end || s.Times() == 0 && target > e.until {
			e.origin = target
			return nil
		}
		if err := e.append(fixed, k, target, 0, tolerance, tolerance); err != nil {
			return err
		}
	}
}

// append adds a slot with a window of so many days before and after its target,
// unless the phase states its own, and none before the start.
func (e *expander) append(origin date.Date, steps int, target date.Date, count, before, after int) error {
	if w := e.phases[e.phase].Window; w != nil {
		before, after = w.Before, w.After
	}
	latest, inPhase := civil.AddDays(target, after), e.inPhase()
	switch {
	case len(e.slots) == maxPlanned:
		return &RequestError{Field: "Until", Value: civil.Format(e.until), Want: "want at most 20000 sessions in a plan"}
	case !civil.InRange(latest):
		return &RequestError{
			Field: "Start", Value: civil.Format(e.start),
			Want: "want a plan that ends by 2200-12-31: session " + strconv.Itoa(len(e.slots)+1) + " does not",
		}
	}
	e.slots = append(e.slots, slot{dose: -1, Session: course.Session{
		Target: civil.Day(target), Earliest: civil.Day(max(e.start, civil.AddDays(target, -before))), Latest: civil.Day(latest),
		Phase: uint16(e.phase), Number: uint16(inPhase), Segment: uint16(e.segment), Count: uint8(count),
		Origin: civil.Day(origin), Steps: int16(steps),
		Minutes: uint16(e.phases[e.phase].Visit.LengthOf(inPhase).Minutes()),
	}})
	return nil
}

// inPhase returns the number that the next session has in its phase.
func (e *expander) inPhase() int {
	if last := len(e.slots) - 1; last >= 0 && int(e.slots[last].Phase) == e.phase {
		return int(e.slots[last].Number) + 1
	}
	return 1
}

// after returns the day n intervals after a fixed day.
func after(fixed date.Date, i protocol.Interval, n int) date.Date {
	if i.Unit() == protocol.Months {
		return civil.AddMonths(fixed, n*i.Number())
	}
	return civil.AddDays(fixed, n*i.Days())
}

// smallestStep returns the least distance in days between two targets of a
// cycle, the step to the next cycle's first day included, or of a weeks
// segment, where a lone offset counts 7.
func smallestStep(s protocol.Segment) int {
	least, week := 7, 7
	if s.Kind() == protocol.Cyclical {
		least, week = s.Length()-s.Point(s.Points()-1)+s.Point(0), 1
	} else if s.Points() > 1 {
		least = 7 * (s.Point(1) - s.Point(0))
	}
	for i := 1; i < s.Points(); i++ {
		least = min(least, week*(s.Point(i)-s.Point(i-1)))
	}
	return least
}

// tolerance returns how many days a session may be from its target where the
// targets of its segment are at least step days apart. The widths are a
// convention of this package, not a clinical statement.
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

// mergeWeekdays returns the days asked for by number of sessions a week; the
// request wins over the protocol, number by number.
func mergeWeekdays(phase, request []protocol.DaySet) (merged [8]protocol.DaySet) {
	for _, sets := range [][]protocol.DaySet{phase, request} {
		for _, set := range sets {
			merged[set.Len()] = set
		}
	}
	return merged
}

// dayOffsets returns the offsets of n targets in a week that begins on a
// weekday: those of the days asked for, or the first n, in the order of that
// week, of the next larger number that has days, or the ideal ones. Spreading
// sessions over the first days is a convention of this package.
func dayOffsets(n int, asked *[8]protocol.DaySet, first time.Weekday) (offsets [7]int8) {
	for m := n; m < len(asked); m++ {
		if asked[m].Len() == 0 {
			continue
		}
		found := 0
		for offset := range 7 {
			if found < n && asked[m].Has((first+time.Weekday(offset))%7) {
				offsets[found] = int8(offset)
				found++
			}
		}
		return offsets
	}
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
