package place

// keeping holds, for each slot and day of its window, the least cost of keeping
// the slot on that day together with what becomes of the slots after it.
type keeping struct {
	costs []int64
	start []int // where the costs of each slot begin
	best  int64 // the least cost of all slots together
}

func (k *keeping) cost(s *Slot, i int, day int32) int64 {
	return k.costs[k.start[i]+int(day-s.Earliest)]
}

// A gapMinima has the costs of slots that state the same gap.
type gapMinima struct {
	gap  uint16
	tree suffixMinima
}

// keep walks the slots from the last to the first. The next slot that is kept may
// be any later one, so the minima over all of them are held by day, in one tree for
// each gap that is stated, since the larger of two holds.
//
// Mirrored, it walks from the first to the last and holds the least cost of keeping
// a slot together with what becomes of the slots before it.
func (p *Placement) keep(mirrored bool) keeping {
	n := len(p.Slots)
	k := keeping{start: make([]int, n)}
	for i := range p.Slots {
		k.best += p.Slots[i].leaving()
	}
	// passed is what leaving out all slots walked so far costs, ahead the same for
	// those that are still ahead.
	passed, ahead := int64(0), k.best
	total := 0
	var low, high int32
	for i := range p.Slots {
		s := &p.Slots[i]
		if i == 0 {
			low, high = s.Earliest, s.Latest
		}
		low, high = min(low, s.Earliest), max(high, s.Latest)
		k.start[i] = total
		total += int(s.Latest-s.Earliest) + 1
	}
	k.costs = make([]int64, total)
	var minima []gapMinima
	for behind := range n { // the slots walked so far
		i := n - 1 - behind
		position := func(day int32) int { return int(day - low) }
		if mirrored {
			i = behind
			position = func(day int32) int { return int(high - day) }
		}
		s := &p.Slots[i]
		ahead -= s.leaving()
		costs := k.costs[k.start[i]:][:int(s.Latest-s.Earliest)+1]
		for at := range costs {
			day := s.Earliest + int32(at)
			if costs[at] = unreachable; !p.allowed(s, day) {
				continue
			}
			rest := passed
			for _, m := range minima {
				rest = min(rest, m.tree.from(position(day)+int(Gap(s.Gap, m.gap)))-ahead-s.leaving())
			}
			costs[at] = squaredShift(s, day) + rest
			k.best = min(k.best, costs[at]+ahead)
		}
		own := -1
		for at := range minima {
			if minima[at].gap == s.Gap {
				own = at
			}
		}
		if own < 0 {
			own = len(minima)
			minima = append(minima, gapMinima{s.Gap, newSuffixMinima(int(high-low) + 1)})
		}
		for at, cost := range costs {
			if cost < unreachable {
				minima[own].tree.add(position(s.Earliest+int32(at)), cost+ahead)
			}
		}
		passed += s.leaving()
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
