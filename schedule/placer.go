package schedule

import (
	"fmt"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/internal/course"
	"github.com/regimen-go/regimen/schedule/internal/place"
)

// A placer puts sessions on days by a placement, whose codes it has the words
// for.
type placer struct {
	placement place.Placement
	calendar  *clinic.Table
	patient   *patient
	phases    []protocol.Phase
	policy    ShortWeek
	slots     []slot
	// after is the session that stays before all slots, nil for none, and ordinal
	// its number.
	after   *slot
	ordinal int
	// need says from when on visits may start, and today is the day on which that
	// matters.
	need  clinic.Need
	today int32
	// numbers, if not nil, has the positions of the slots among the sessions of
	// the plan, for messages.
	numbers []int
}

// placer returns a placer of sessions, by the plan's policy.
func (p *Plan) placer(slots []slot) *placer {
	pl := &placer{calendar: p.calendar, patient: &p.patient, phases: p.phases, policy: p.shortWeek, slots: slots}
	pl.need, pl.today = p.need(0), p.today()
	pl.placement.NotBefore = pl.today
	pl.placement.Days, pl.placement.MayLeave = pl, p.shortWeek == Drop
	pl.placement.Slots = make([]place.Slot, len(slots))
	pl.read()
	return pl
}

// read tells the placement about the sessions.
func (p *placer) read() {
	for i := range p.slots {
		p.placement.Slots[i] = p.slot(&p.slots[i].Session, p.slots[i].fixed)
		p.placement.Slots[i].Day, p.placement.Slots[i].Left = p.slots[i].day, p.slots[i].left
	}
}

// slot returns what a placement needs to know of a session.
func (p *placer) slot(s *course.Session, fixed int32) place.Slot {
	return place.Slot{
		Target: s.Target, Earliest: s.Earliest, Latest: s.Latest, Fixed: fixed,
		Minutes: s.Minutes, Gap: uint16(p.phases[s.Phase].MinGap),
	}
}

// stays says which session stays before all slots.
func (p *placer) stays(s *slot, ordinal int) {
	p.after, p.ordinal = s, ordinal
	p.placement.After, p.placement.AfterGap = s.day, uint16(p.phases[s.Phase].MinGap)
}

// minGap returns the least number of days between two sessions, one after the
// other.
func (p *Plan) minGap(a, b *slot) int {
	return int(place.Gap(p.phases[a.Phase].MinGap, p.phases[b.Phase].MinGap))
}

// Longest returns how many minutes the longest opening of a day has, less than 0
// where it is closed, or no visit can start any more.
func (p *placer) Longest(day int32) int {
	switch d := civil.Date(day); {
	case !p.calendar.Open(d):
		return -1
	case day == p.today:
		return p.calendar.LongestFrom(d, p.need)
	default:
		return p.calendar.Longest(d)
	}
}

// Suits reports whether a day suits the patient.
func (p *placer) Suits(day int32) bool { return p.patient.suitsDay(civil.Date(day)) }

// Earliest returns the first day that a session can have if the one before it is
// on a day.
func (p *placer) Earliest(i int, s, before *course.Session, day int32) (earliest int32, ok bool) {
	fixed := int32(0)
	if i < len(p.slots) {
		fixed = p.slots[i].fixed
	}
	slot, from := p.slot(s, fixed), s.Earliest
	if before != nil {
		from = day + place.Gap(p.phases[before.Phase].MinGap, p.phases[s.Phase].MinGap)
	}
	return p.placement.Earliest(&slot, from)
}

// place gives every session its day by the policy: nothing changes where that is
// not possible, except that sessions are postponed.
func (p *placer) place() *BuildError {
	if p.policy == Postpone {
		sessions := make([]course.Session, len(p.slots))
		for i := range p.slots {
			sessions[i] = p.slots[i].Session
		}
		course.Postpone(sessions, p)
		for i := range p.slots {
			p.slots[i].Session = sessions[i]
		}
		p.read()
	}
	if blocked := p.placement.Solve(); blocked != nil {
		return p.blocked(blocked)
	}
	for i := range p.slots {
		p.slots[i].day, p.slots[i].left = p.placement.Slots[i].Day, p.placement.Slots[i].Left
	}
	return nil
}

// number returns the number of slot i in the plan, counted from 1.
func (p *placer) number(i int) int {
	if p.numbers != nil {
		return p.numbers[i] + 1
	}
	return i + 1
}

// blocked says in words why a session has no day.
func (p *placer) blocked(b *place.Blocked) *BuildError {
	s := &p.slots[b.Slot]
	e := &BuildError{
		Ordinal: p.number(b.Slot), Phase: p.phases[s.Phase].Name,
		Target: civil.Date(s.Target), Earliest: civil.Date(s.Earliest), Latest: civil.Date(s.Latest),
	}
	for at, reason := range b.Reasons {
		day := s.Earliest + int32(at)
		r := DayReason{}
		if reason != 0 {
			r.Cause, r.Detail = p.why(b.Slot, day, reason, b.Before, b.Earliest)
		}
		r.Date = civil.Date(day)
		e.Days = append(e.Days, r)
	}
	return e
}

// why says in words why slot i cannot be on a day: before is the slot before it,
// which is on the earliest day that it can have.
func (p *placer) why(i int, day int32, reason place.Reason, before int, earliest int32) (Cause, string) {
	s := &p.slots[i]
	switch reason {
	case place.Closed, place.TooShort:
		if d := civil.Date(day); !p.calendar.Open(d) {
			return Closed, "closed" + bracketed(p.calendar.Reason(d))
		}
		return TooShort, p.tooShort(s, day)
	case place.Unsuitable:
		because, _ := p.patient.suits(civil.Date(day))
		return Unsuitable, "does not suit the patient" + bracketed(because)
	case place.Fixed:
		return Fixed, "the session has an appointment on " + dayText(civil.Date(s.fixed))
	case place.Past:
		return Past, "before " + dayText(civil.Date(p.placement.NotBefore)) + ", the first day that is planned"
	case place.TooNearStay:
		return TooClose, tooNear(p.gap(p.after, s)) + " after session " + strconv.Itoa(p.ordinal) + " on " + dayText(civil.Date(p.after.day))
	case place.TooNear:
		return TooClose, fmt.Sprintf("%s after session %d, which is on %s at the earliest", tooNear(p.gap(&p.slots[before], s)), p.number(before),
			dayText(civil.Date(earliest)))
	default:
		return NoRoom, "leaves no possible day for another session"
	}
}

func (p *placer) tooShort(s *slot, day int32) string {
	text := fmt.Sprintf("hours too short: the visit needs %d min, ", s.Minutes)
	d := civil.Date(day)
	if day == p.today && p.calendar.Longest(d) >= int(s.Minutes) {
		return text + fmt.Sprintf("the longest opening has %d min left at the as-of", max(0, p.Longest(day)))
	}
	return text + fmt.Sprintf("the longest opening has %d min", p.calendar.Longest(d))
}

func (p *placer) gap(a, b *slot) int32 {
	return place.Gap(p.phases[a.Phase].MinGap, p.phases[b.Phase].MinGap)
}

func bracketed(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}

func tooNear(gap int32) string {
	if gap == 1 {
		return "not a day"
	}
	return fmt.Sprintf("less than %d days", gap)
}
