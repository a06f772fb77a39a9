package place

const (
	// maxSlots is more slots than any placement has.
	maxSlots = 20001
	// leftOut is what leaving a slot out costs: more than all shifts together can,
	// so that the fewest are left out before shifts are compared.
	leftOut = int64(1) << 40
	// forbidden is what leaving out a slot with an appointment costs: more than
	// leaving out all others can. It is less than unreachable even for as many
	// appointments as there may be.
	forbidden = leftOut * maxSlots
)

// leaving returns what leaving a slot out costs.
func (s *Slot) leaving() int64 {
	if s.Fixed != 0 {
		return forbidden
	}
	return leftOut
}

// leave gives every slot its day or leaves it out. Only appointments that cannot
// be kept make it fail.
func (p *Placement) leave() *Blocked {
	k := p.keep(false)
	if k.best >= forbidden {
		return p.broken()
	}
	rest, last := k.best, -1
	for i := range p.Slots {
		s := &p.Slots[i]
		from := s.Earliest
		if last >= 0 {
			from = max(from, p.Slots[last].Day+p.gap(last, i))
		}
		day := s.Latest
		for day >= from && k.cost(s, i, day) != rest {
			day--
		}
		if s.Left = day < from; s.Left {
			rest -= s.leaving()
			continue
		}
		rest -= squaredShift(s, day)
		s.Day, last = day, i
	}
	return nil
}

// broken returns why the first slot whose appointment cannot be kept cannot keep
// it, those of the slots before it being kept.
func (p *Placement) broken() *Blocked {
	at, before, earliest := 0, -1, int32(0) // the slot with an appointment before this one
	for i := range p.Slots {
		s := &p.Slots[i]
		if s.Fixed == 0 {
			continue
		}
		at = i
		outside := s.Fixed < s.Earliest || s.Fixed > s.Latest
		if outside || p.Refusal(s, s.Fixed) != 0 || before >= 0 && s.Fixed < earliest+p.gap(before, i) {
			break
		}
		before, earliest = i, s.Fixed
	}
	return p.Blocked(at, before, earliest)
}
