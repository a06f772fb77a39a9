package schedule

import (
	"fmt"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// unreachable is the cost of a day that cannot be part of a placement. It is
// far above every real cost and leaves room for adding to it.
const unreachable = int64(1) << 62

// A placer puts slots on days: the best placement under the hard rules, found
// exactly.
type placer struct {
	calendar *calendar
	patient  *patient
	phases   []protocol.Phase
	slots    []slot
	// notBefore is the first day that a slot can have, after the session that
	// stays before all of them, nil for none, and ordinal its number.
	notBefore int32
	after     *slot
	ordinal   int
	// numbers, if not nil, has the positions of the slots among the sessions of
	// the plan, for messages.
	numbers []int
}

// number returns the number of slot i in the plan, counted from 1.
func (p *placer) number(i int) int {
	if p.numbers != nil {
		return p.numbers[i] + 1
	}
	return i + 1
}

// floor returns the first day that slot i can have because of what stays before
// all slots.
func (p *placer) floor(i int) int32 {
	if p.after == nil {
		return p.notBefore
	}
	return max(p.notBefore, p.after.day+int32(max(p.phases[p.after.Phase].MinGap, p.phases[p.slots[i].Phase].MinGap)))
}

// gap returns the least number of days from slot i to slot j: between two phases
// the larger of theirs.
func (p *placer) gap(i, j int) int32 {
	return int32(max(p.phases[p.slots[i].Phase].MinGap, p.phases[p.slots[j].Phase].MinGap))
}

// minutes returns the length of a visit of slot i.
func (p *placer) minutes(i int) int { return int(p.slots[i].Minutes) }

// allowed reports whether slot i can be on a day, whatever the days of others.
func (p *placer) allowed(i int, day int32) bool {
	if fixed := p.slots[i].fixed; fixed != 0 && fixed != day {
		return false
	}
	if day < p.floor(i) {
		return false
	}
	return p.calendar.holds(day, p.minutes(i)) && p.patient.suitsDay(civil.Date(day))
}

// reach gives every slot its earliest day that the hard rules allow, or returns
// why there is none for the first slot that has none. A placement of the slots
// before i that leaves i a day exists exactly if the earliest one does.
func (p *placer) reach() (first []int32, blocked *BuildError) {
	return p.extend(make([]int32, 0, len(p.slots)))
}

// extend is reach for slots whose first ones have their earliest days already.
func (p *placer) extend(first []int32) ([]int32, *BuildError) {
	for i := len(first); i < len(p.slots); i++ {
		s := &p.slots[i]
		day := s.Earliest
		if i > 0 {
			day = max(day, first[i-1]+p.gap(i-1, i))
		}
		for day <= s.Latest && !p.allowed(i, day) {
			day++
		}
		if day > s.Latest {
			return first, p.blocked(i, first)
		}
		first = append(first, day)
	}
	return first, nil
}

// place gives every slot its day: the least sum of squared shifts and, among
// equals, the lexicographically latest list of days. The work is linear in the
// days of all windows.
func (p *placer) place() *BuildError {
	first, blocked := p.reach()
	if blocked != nil || len(p.slots) == 0 {
		return blocked
	}
	total := 0
	for i := range p.slots {
		total += p.width(first, i)
	}
	// choice holds for each slot and day the offset of the best day not before
	// it.
	choice := make([]uint16, total)
	p.backward(first, choice)
	at, day := 0, int32(0)
	for i := range p.slots {
		from := first[i]
		if i > 0 {
			from = max(from, day+p.gap(i-1, i))
		}
		day = first[i] + int32(choice[at+int(from-first[i])])
		p.slots[i].day = day
		at += p.width(first, i)
	}
	return nil
}

// width returns the number of days from the first that slot i can have to the
// end of its window.
func (p *placer) width(first []int32, i int) int { return int(p.slots[i].Latest-first[i]) + 1 }

// backward records the choices. Walking the slots from the last and the days
// from late to early, what a slot before can reach is a running minimum of the
// cost of this slot and those after it, and the first day to attain it is the
// latest.
func (p *placer) backward(first []int32, choice []uint16) {
	widest := 0
	for i := range p.slots {
		widest = max(widest, p.width(first, i))
	}
	cost, next := make([]int64, widest), make([]int64, widest)
	end := len(choice)
	for i := len(p.slots) - 1; i >= 0; i-- {
		width := p.width(first, i)
		end -= width
		least, at := unreachable, width-1
		for offset := width - 1; offset >= 0; offset-- {
			day := first[i] + int32(offset)
			if p.allowed(i, day) {
				c := p.squaredShift(i, day)
				if i+1 < len(p.slots) {
					c += p.from(next, i+1, first, day+p.gap(i, i+1))
				}
				if c < least {
					least, at = c, offset
				}
			}
			cost[offset], choice[end+offset] = least, uint16(at)
		}
		cost, next = next, cost
	}
}

func (p *placer) squaredShift(i int, day int32) int64 {
	shift := int64(day - p.slots[i].Target)
	return shift * shift
}

// from returns the least cost of slot i and those after it if slot i is not
// before a day.
func (p *placer) from(minima []int64, i int, first []int32, day int32) int64 {
	if day > p.slots[i].Latest {
		return unreachable
	}
	return minima[max(0, day-first[i])]
}

// blocked says why slot i has no day, given the earliest days of those before.
func (p *placer) blocked(i int, first []int32) *BuildError {
	if i == 0 {
		return p.blockedAfter(0, -1, 0)
	}
	return p.blockedAfter(i, i-1, first[i-1])
}

// blockedAfter says why slot i has no day if the slot before it, -1 for none, is
// on a day at the earliest.
func (p *placer) blockedAfter(i, before int, earliest int32) *BuildError {
	s := &p.slots[i]
	e := &BuildError{
		Ordinal: p.number(i), Phase: p.phases[s.Phase].Name,
		Target: civil.Date(s.Target), Earliest: civil.Date(s.Earliest), Latest: civil.Date(s.Latest),
	}
	for day := s.Earliest; day <= s.Latest; day++ {
		reason, ok := p.refusal(i, day)
		if !ok && before >= 0 {
			reason = DayReason{Cause: TooClose, Detail: p.tooClose(i, before, earliest)}
		}
		reason.Date = civil.Date(day)
		e.Days = append(e.Days, reason)
	}
	return e
}

// refusal returns why slot i cannot be on a day whatever the days of others, if
// it cannot.
func (p *placer) refusal(i int, day int32) (DayReason, bool) {
	switch {
	case !p.calendar.open(day):
		detail := "closed"
		if reason := p.calendar.reason(day); reason != "" {
			detail += " (" + reason + ")"
		}
		return DayReason{Cause: Closed, Detail: detail}, true
	case !p.calendar.holds(day, p.minutes(i)):
		return DayReason{Cause: TooShort, Detail: fmt.Sprintf("hours too short: the visit needs %d min, the longest opening has %d min",
			p.minutes(i), p.calendar.longest(day))}, true
	}
	if reason, ok := p.patient.suits(civil.Date(day)); !ok {
		detail := "does not suit the patient"
		if reason != "" {
			detail += " (" + reason + ")"
		}
		return DayReason{Cause: Unsuitable, Detail: detail}, true
	}
	if fixed := p.slots[i].fixed; fixed != 0 && fixed != day {
		return DayReason{Cause: Fixed, Detail: "the session has an appointment on " + dayText(civil.Date(fixed))}, true
	}
	if day < p.notBefore {
		return DayReason{Cause: Past, Detail: "before " + dayText(civil.Date(p.notBefore)) + ", the first day that is planned"}, true
	}
	if day < p.floor(i) {
		return DayReason{Cause: TooClose, Detail: tooNear(int32(max(p.phases[p.after.Phase].MinGap, p.phases[p.slots[i].Phase].MinGap))) + " after session " + strconv.Itoa(p.ordinal) + " on " +
			dayText(civil.Date(p.after.day))}, true
	}
	return DayReason{}, false
}

// tooClose says that a day is too near the slot before slot i.
func (p *placer) tooClose(i, before int, earliest int32) string {
	return fmt.Sprintf("%s after session %d, which is on %s at the earliest", tooNear(p.gap(before, i)), p.number(before), dayText(civil.Date(earliest)))
}

func tooNear(gap int32) string {
	if gap == 1 {
		return "not a day"
	}
	return fmt.Sprintf("less than %d days", gap)
}
