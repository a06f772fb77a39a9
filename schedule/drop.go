package schedule

const (
	// leftOut is what leaving a session out costs: more than all shifts
	// together can, so that the fewest are left out before shifts are compared.
	leftOut = int64(1) << 40
	// forbidden is what leaving out a session with an appointment costs: more
	// than leaving out all others can. It is less than unreachable even for as
	// many appointments as there may be.
	forbidden = leftOut * (maxPlanned + 1)
)

// leaving returns what leaving slot i out costs.
func (p *placer) leaving(i int) int64 {
	if p.slots[i].fixed != 0 {
		return forbidden
	}
	return leftOut
}

// drop gives every slot its day or leaves it out: the fewest left out, then the
// least sum of squared shifts, then the lexicographically latest list of days, a
// slot that is left out counting as earlier than any day.
// Only appointments that cannot be kept make it fail.
func (p *placer) drop() *BuildError {
	k := p.keepCosts(false)
	if k.best >= forbidden {
		return p.broken()
	}
	rest, last := k.best, -1
	for i := range p.slots {
		s := &p.slots[i]
		from := s.Earliest
		if last >= 0 {
			from = max(from, p.slots[last].day+p.gap(last, i))
		}
		day := s.Latest
		for day >= from && k.cost(s, i, day) != rest {
			day--
		}
		if s.left = day < from; s.left {
			rest -= p.leaving(i)
			continue
		}
		rest -= p.squaredShift(i, day)
		s.day, last = day, i
	}
	return nil
}

// broken returns why the first session whose appointment cannot be kept cannot
// keep it, those of the sessions before it being kept.
func (p *placer) broken() *BuildError {
	before := -1 // the slot with an appointment before this one
	for i := range p.slots {
		day := p.slots[i].fixed
		if day == 0 {
			continue
		}
		_, refused := p.refusal(i, day)
		if refused || before >= 0 && day < p.slots[before].fixed+p.gap(before, i) {
			return p.blockedAfter(i, before, p.slots[max(before, 0)].fixed)
		}
		before = i
	}
	return p.blockedAfter(before, -1, 0)
}

// keeping holds, for each slot and day of its window, the least cost of keeping
// the slot on that day together with what becomes of the slots after it.
type keeping struct {
	costs []int64
	start []int // where the costs of each slot begin
	best  int64 // the least cost of all slots together
}

func (k *keeping) cost(s *slot, i int, day int32) int64 {
	return k.costs[k.start[i]+int(day-s.Earliest)]
}

// keepCosts walks the slots from the last to the first. The next slot that is
// kept may be any later one, so the minima over all of them are held by day, in
// one tree for each phase, since the gap depends on the phases of both.
//
// Mirrored, it walks from the first to the last and holds the least cost of
// keeping a slot together with what becomes of the slots before it.
func (p *placer) keepCosts(mirrored bool) keeping {
	n := len(p.slots)
	k := keeping{start: make([]int, n)}
	for i := range p.slots {
		k.best += p.leaving(i)
	}
	// passed is what leaving out all slots walked so far costs, ahead the same
	// for those that are still ahead.
	passed, ahead := int64(0), k.best
	total := 0
	var low, high int32
	for i := range p.slots {
		s := &p.slots[i]
		if i == 0 {
			low, high = s.Earliest, s.Latest
		}
		low, high = min(low, s.Earliest), max(high, s.Latest)
		k.start[i] = total
		total += int(s.Latest-s.Earliest) + 1
	}
	k.costs = make([]int64, total)
	trees := make([]suffixMinima, len(p.phases))
	for behind := range n { // the slots walked so far
		i := n - 1 - behind
		position := func(day int32) int { return int(day - low) }
		if mirrored {
			i = behind
			position = func(day int32) int { return int(high - day) }
		}
		s := &p.slots[i]
		ahead -= p.leaving(i)
		costs := k.costs[k.start[i]:][:int(s.Latest-s.Earliest)+1]
		for at := range costs {
			day := s.Earliest + int32(at)
			if costs[at] = unreachable; !p.allowed(i, day) {
				continue
			}
			rest := passed
			for phase, tree := range trees {
				if tree != nil {
					gap := max(p.phases[s.Phase].MinGap, p.phases[phase].MinGap)
					rest = min(rest, tree.from(position(day)+gap)-ahead-p.leaving(i))
				}
			}
			costs[at] = p.squaredShift(i, day) + rest
			k.best = min(k.best, costs[at]+ahead)
		}
		if trees[s.Phase] == nil {
			trees[s.Phase] = newSuffixMinima(int(high-low) + 1)
		}
		for at, cost := range costs {
			if cost < unreachable {
				trees[s.Phase].add(position(s.Earliest+int32(at)), cost+ahead)
			}
		}
		passed += p.leaving(i)
	}
	return k
}

// suffixMinima answers what the least value at or after a position is, as values
// are added: a binary indexed tree, counted from the end.
type suffixMinima []int64

func newSuffixMinima(size int) suffixMinima {
	tree := make(suffixMinima, size+1)
	for i := range tree {
		tree[i] = unreachable
	}
	return tree
}

func (t suffixMinima) add(position int, value int64) {
	for i := len(t) - 1 - position; i < len(t); i += i & -i {
		t[i] = min(t[i], value)
	}
}

func (t suffixMinima) from(position int) int64 {
	least := unreachable
	for i := len(t) - 1 - position; i > 0; i -= i & -i {
		least = min(least, t[i])
	}
	return least
}
