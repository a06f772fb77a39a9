package place

import "slices"

// Days says what each day can take.
type Days interface {
	// Longest returns how many minutes the longest opening of a day has, less
	// than 0 where it is closed.
	Longest(day int32) int
	// Suits reports whether the day suits the patient.
	Suits(day int32) bool
}

// A Slot is a session that waits for its day. Days are counted from any day
// before all of them, so that 0 is none.
type Slot struct {
	// Target is the day that is asked for; Earliest and Latest are the window,
	// both included.
	Target, Earliest, Latest int32
	// Fixed is the day of an appointment, 0 for none.
	Fixed int32
	// From and To are the first and the last day that sessions which stay leave to
	// it, 0 for any.
	From, To int32
	// Now is the day that the slot has already, 0 for none. It keeps that whatever
	// else is against it, unless a slot without such a day needs it to move: to
	// move is worse than all shifts together.
	Now int32
	// Minutes is the length of the visit. Gap is the least number of days to the
	// slot before and the slot after: of two slots the larger holds.
	Minutes, Gap uint16
	// Day is where the slot was put, meaningless where it was left out.
	Day  int32
	Left bool
}

// A Placement is a list of slots, in order, and what their days depend on. Its
// methods may be called by one goroutine at a time; one that is used again needs
// no new memory.
type Placement struct {
	Days  Days
	Slots []Slot
	// NotBefore is the first day that any slot can have, 0 for any.
	NotBefore int32
	// MayLeave reports that slots without an appointment may be left out.
	MayLeave bool

	first      []int32
	choice     []uint16
	cost, next []int64
}

// Gap returns the least number of days between two sessions, one after the other,
// of which each states its own: the larger.
func Gap[T ~int | ~uint16](a, b T) int32 { return int32(max(a, b)) }

func (p *Placement) gap(i, j int) int32 { return Gap(p.Slots[i].Gap, p.Slots[j].Gap) }

// allowed reports whether a slot can be on a day, whatever the days of others.
func (p *Placement) allowed(s *Slot, day int32) bool {
	switch {
	case s.Now != 0 && s.Now == day:
		return true
	case s.Fixed != 0 && s.Fixed != day || day < p.NotBefore || day < s.From || s.To != 0 && day > s.To:
		return false
	}
	return int(s.Minutes) <= p.Days.Longest(day) && p.Days.Suits(day)
}

// A Reason is why a slot cannot be on a day. The zero Reason is none.
type Reason uint8

// The reasons, in the order in which they are looked for.
const (
	Closed      Reason = iota + 1 // the clinic is closed
	TooShort                      // no opening holds the visit
	Unsuitable                    // the day does not suit the patient
	Fixed                         // there is an appointment on another day
	Past                          // before the first day that is planned
	TooNearStay                   // before or closer than the gap to a session that stays before the slot
	TooNear                       // closer than the gap to the earliest day of the slot before
	NoRoom                        // another slot would have no possible day
	TooNearNext                   // after or closer than the gap to one that stays after the slot: looked for after TooNearStay
)

// Refusal returns why a slot cannot be on a day whatever the days of others, 0
// where it can.
func (p *Placement) Refusal(s *Slot, day int32) Reason {
	switch longest := p.Days.Longest(day); {
	case longest < 0:
		return Closed
	case longest < int(s.Minutes):
		return TooShort
	case !p.Days.Suits(day):
		return Unsuitable
	case s.Fixed != 0 && s.Fixed != day:
		return Fixed
	case day < p.NotBefore:
		return Past
	case day < s.From:
		return TooNearStay
	case s.To != 0 && day > s.To:
		return TooNearNext
	default:
		return 0
	}
}

// Earliest returns the first day that a slot can have from a day on, and false
// where its window has none.
func (p *Placement) Earliest(s *Slot, from int32) (day int32, ok bool) {
	for day = max(from, s.Earliest); day <= s.Latest; day++ {
		if p.allowed(s, day) {
			return day, true
		}
	}
	return 0, false
}

// reach gives every slot its earliest day that the hard rules allow, and returns
// how many have one. A placement of the slots before i that leaves i a day exists
// exactly if the earliest one does.
func (p *Placement) reach() int {
	p.first = slices.Grow(p.first[:0], len(p.Slots))
	for i := range p.Slots {
		from := p.Slots[i].Earliest
		if i > 0 {
			from = p.first[i-1] + p.gap(i-1, i)
		}
		day, ok := p.Earliest(&p.Slots[i], from)
		if !ok {
			return i
		}
		p.first = append(p.first, day)
	}
	return len(p.Slots)
}

// A Blocked says why a slot has no day.
type Blocked struct {
	// Slot is its position.
	Slot int
	// Before is the position of the slot before it, -1 for none, and Earliest the
	// earliest day that this one can have.
	Before   int
	Earliest int32
	// Reasons has the first reason against each day of the window.
	Reasons []Reason
}

// Blocked says why slot i has no day if the slot before it, -1 for none, is on a
// day at the earliest. A day that nothing else is against is [TooNear] that, if
// there is one.
func (p *Placement) Blocked(i, before int, earliest int32) *Blocked {
	s := &p.Slots[i]
	b := &Blocked{Slot: i, Before: before, Earliest: earliest}
	for day := s.Earliest; day <= s.Latest; day++ {
		reason := p.Refusal(s, day)
		if reason == 0 && before >= 0 {
			reason = TooNear
		}
		b.Reasons = append(b.Reasons, reason)
	}
	return b
}

// Solve gives every slot its day, or leaves it out where that may be. It returns
// why that is not possible for the first slot that no placement of those before it
// can reach or, where slots may be left out, for the first appointment that cannot
// be kept.
func (p *Placement) Solve() *Blocked {
	if p.onTargets(0, len(p.Slots)) {
		return nil
	}
	switch reached := p.reach(); {
	case reached == len(p.Slots):
		p.best()
		return nil
	case p.MayLeave:
		return p.leave()
	case reached == 0:
		return p.Blocked(0, -1, 0)
	default:
		return p.Blocked(reached, reached-1, p.first[reached-1])
	}
}

// onTargets puts the slots from one position to another on their targets if they
// can all be there: then nothing is better, and nothing as good.
func (p *Placement) onTargets(from, to int) bool {
	if !p.fitTargets(from, to) {
		return false
	}
	for i := from; i < to; i++ {
		p.Slots[i].Day, p.Slots[i].Left = p.Slots[i].Target, false
	}
	return true
}

// fitTargets reports whether they can.
func (p *Placement) fitTargets(from, to int) bool {
	for i := from; i < to; i++ {
		s := &p.Slots[i]
		if s.Target < s.Earliest || s.Target > s.Latest || s.Now != 0 && s.Now != s.Target || i > from && s.Target < p.Slots[i-1].Target+p.gap(i-1, i) || !p.allowed(s, s.Target) {
			return false
		}
	}
	return true
}

func squaredShift(s *Slot, day int32) int64 {
	shift := int64(day - s.Target)
	return shift * shift
}
