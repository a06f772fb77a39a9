package schedule

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
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
	plan      *Plan // whose sessions they are
	// stays are the sessions that keep their days.
	stays []stay
	// need says from when on visits may start, and today is the day on which that
	// matters.
	need  clinic.Need
	today int32
	// numbers, if not nil, has the positions of the slots among the sessions of
	// the plan, for messages.
	numbers []int
	// again says that sessions of a plan are placed anew: an appointment holds only
	// where the window has it, which may have moved.
	again bool
}

// placer returns a placer of sessions, by the plan's policy.
func (p *Plan) placer(slots []slot) *placer {
	pl := new(placer)
	p.placerIn(pl, slots)
	return pl
}

// placerIn makes one of a placer that was used before, whose memory it uses again.
func (p *Plan) placerIn(pl *placer, slots []slot) {
	placement := pl.placement
	*pl = placer{plan: p, calendar: p.calendar, patient: &p.patient, phases: p.phases, policy: p.shortWeek, slots: slots, placement: placement}
	pl.need, pl.today = p.need(0), p.today()
	pl.placement.NotBefore = pl.today
	pl.placement.Days, pl.placement.MayLeave = pl, p.shortWeek == Drop
	pl.placement.Slots = slices.Grow(placement.Slots[:0], len(slots))[:len(slots)]
	if last := p.lastBefore(); last != nil && !p.recorded() {
		kept := stayed{day: civil.Day(last.Date)}
		pl.stays = append(pl.stays, stay{0, uint16(p.gapStated(last, uint16(p.course.FirstPhase()))), kept, kept})
	}
	pl.read()
}

// read tells the placement about the sessions.
func (p *placer) read() {
	for i := range p.slots {
		s := &p.slots[i]
		w := &p.placement.Slots[i]
		p.slotIn(w, i, &s.Session, s.fixed)
		w.Day, w.Left = s.day, s.left
		if s.fixed != 0 && s.decidedOutside() {
			w.Earliest, w.Latest = min(w.Earliest, s.fixed), max(w.Latest, s.fixed)
		}
	}
}

// slot returns what a placement needs to know of a session, the one with a position
// among the slots.
func (p *placer) slot(i int, s *course.Session, fixed int32) (w place.Slot) {
	p.slotIn(&w, i, s, fixed)
	return w
}

// slotIn is slot where the answer is to be.
func (p *placer) slotIn(w *place.Slot, i int, s *course.Session, fixed int32) {
	*w = place.Slot{}
	w.Target, w.Earliest, w.Latest, w.Fixed = s.Target, s.Earliest, s.Latest, fixed
	w.Minutes, w.Gap = s.Minutes, uint16(p.phases[s.Phase].MinGap)
	for k := range p.stays {
		t := &p.stays[k]
		if day := t.leaves(i, w.Gap); t.at <= i {
			w.From = max(w.From, day)
		} else if w.To == 0 || day < w.To {
			w.To = day
		}
	}
}

// A stay is what sessions that keep their days leave to those that are placed around
// them: sessions of one minimum gap, after the same number of slots.
type stay struct {
	at          int // how many of the slots come before
	gap         uint16
	first, last stayed
}

// A stayed is a session that keeps its day, and its number in the plan, 0 for a dose
// that was given before that.
type stayed struct {
	day     int32
	ordinal int
}

// String says which it is.
func (s stayed) String() string {
	on := " on " + dayText(civil.Date(s.day))
	if s.ordinal == 0 {
		return "the dose given before the plan" + on
	}
	return "session " + strconv.Itoa(s.ordinal) + on
}

// leaves returns the first day that slot i can have after what stays or, where it
// comes before that, the last.
func (t *stay) leaves(i int, gap uint16) int32 {
	if t.at <= i {
		return t.last.day + place.Gap(t.gap, gap)
	}
	return t.first.day - place.Gap(t.gap, gap)
}

// keep says that a session keeps its day, after so many of the slots. [placer.read]
// has to follow.
func (p *placer) keep(s *slot, ordinal, at int) {
	kept, gap := stayed{s.day, ordinal}, uint16(p.phases[s.Phase].MinGap)
	if !p.plan.going(s.Phase) && !p.phases[s.Phase].Dose.IsZero() {
		gap = max(gap, uint16(p.plan.tenure().gap))
	}
	for k := range p.stays {
		if t := &p.stays[k]; t.at == at && t.gap == gap {
			if kept.day < t.first.day {
				t.first = kept
			}
			if kept.day >= t.last.day {
				t.last = kept
			}
			return
		}
	}
	p.stays = append(p.stays, stay{at, gap, kept, kept})
}

// inTheWay returns the session that leaves the fewest days to slot i: before it or
// after it.
func (p *placer) inTheWay(i int, before bool) (kept stayed, gap int32) {
	most := int32(0)
	for k := range p.stays {
		t := &p.stays[k]
		own := uint16(p.phases[p.slots[i].Phase].MinGap)
		day := t.leaves(i, own)
		switch {
		case t.at <= i && before && (most == 0 || day > most):
			most, kept, gap = day, t.last, place.Gap(t.gap, own)
		case t.at > i && !before && (most == 0 || day < most):
			most, kept, gap = day, t.first, place.Gap(t.gap, own)
		}
	}
	return kept, gap
}

// Longest returns how many minutes the longest opening of a day has, less than 0
// where it is closed, or no visit can start any more.
func (p *placer) Longest(day int32) int {
	d := civil.Date(day)
	longest := p.calendar.Longest(d)
	switch {
	case longest <= 0 && !p.calendar.Open(d):
		return -1
	case day == p.today:
		return p.calendar.LongestFrom(d, p.need)
	default:
		return longest
	}
}

// Suits reports whether a day suits the patient.
func (p *placer) Suits(day int32) bool { return p.patient.suitsDay(civil.Date(day)) }

// Earliest returns the first day that a session can have if the one before it is
// on a day.
func (p *placer) Earliest(i int, s, before *course.Session, day int32) (earliest int32, ok bool) {
	fixed := int32(0)
	switch {
	case i >= len(p.slots):
	case p.again:
		fixed = appointment(p.slots[i].agreed, s, p.placement.NotBefore)
	default:
		fixed = p.slots[i].fixed
	}
	slot, from := p.slot(i, s, fixed), s.Earliest
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
	}
	if p.again {
		for i := range p.slots {
			s := &p.slots[i]
			s.fixed = appointment(s.agreed, &s.Session, p.placement.NotBefore)
			s.agreed = s.fixed
		}
	}
	if p.again || p.policy == Postpone {
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
		day := p.placement.Slots[b.Slot].Earliest + int32(at)
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
		kept, gap := p.inTheWay(i, true)
		return TooClose, tooNear(gap) + " after " + kept.String()
	case place.TooNearNext:
		kept, gap := p.inTheWay(i, false)
		if day >= kept.day {
			return TooClose, "not before " + kept.String()
		}
		return TooClose, tooNear(gap) + " before " + kept.String()
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
