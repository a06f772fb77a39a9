package place

import "slices"

// unreachable is the cost of a day that cannot be part of a placement. It is far
// above every real cost and leaves room for adding to it.
const unreachable = int64(1) << 62

// moving is what it costs to move a slot from the day that it has already: more than
// all shifts together can.
const moving = int64(1) << 40

// best gives every slot its day, all having one that [Placement.reach] found. The
// work is linear in the days of all windows.
func (p *Placement) best() {
	for from := 0; from < len(p.Slots); {
		to := p.apart(from)
		if !p.onTargets(from, to) {
			p.bestOf(from, to)
		}
		from = to
	}
}

// apart returns the end of the shortest list of slots, from one on, that no later
// slot can come too near: those after it are placed as if there were none before.
func (p *Placement) apart(from int) int {
	for to := from + 1; to < len(p.Slots); to++ {
		if p.Slots[to-1].Latest+p.gap(to-1, to) <= p.Slots[to].Earliest {
			return to
		}
	}
	return len(p.Slots)
}

// bestOf gives the slots from one position to another their days.
func (p *Placement) bestOf(start, end int) {
	total := 0
	for i := start; i < end; i++ {
		total += p.width(i)
	}
	// choice holds for each slot and day the offset of the best day not before
	// it.
	p.choice = slices.Grow(p.choice[:0], total)[:total]
	p.backward(start, end)
	at, day := 0, int32(0)
	for i := start; i < end; i++ {
		from := p.first[i]
		if i > start {
			from = max(from, day+p.gap(i-1, i))
		}
		day = p.first[i] + int32(p.choice[at+int(from-p.first[i])])
		p.Slots[i].Day, p.Slots[i].Left = day, false
		at += p.width(i)
	}
}

// width returns the number of days from the first that slot i can have to the end
// of its window.
func (p *Placement) width(i int) int { return int(p.Slots[i].Latest-p.first[i]) + 1 }

// backward records the choices. Walking the slots from the last and the days from
// late to early, what a slot before can reach is a running minimum of the cost of
// this slot and those after it, and the first day to attain it is the latest.
func (p *Placement) backward(start, end int) {
	widest := 0
	for i := start; i < end; i++ {
		widest = max(widest, p.width(i))
	}
	p.cost, p.next = slices.Grow(p.cost[:0], widest)[:widest], slices.Grow(p.next[:0], widest)[:widest]
	cost, next, at := p.cost, p.next, len(p.choice)
	for i := end - 1; i >= start; i-- {
		s, width := &p.Slots[i], p.width(i)
		at -= width
		least, latest := unreachable, width-1
		for offset := width - 1; offset >= 0; offset-- {
			day := p.first[i] + int32(offset)
			if p.allowed(s, day) {
				c := squaredShift(s, day)
				if s.Now != 0 && s.Now != day {
					c += moving
				}
				if i+1 < end {
					c += p.from(next, i+1, day+p.gap(i, i+1))
				}
				if c < least {
					least, latest = c, offset
				}
			}
			cost[offset], p.choice[at+offset] = least, uint16(latest)
		}
		cost, next = next, cost
	}
}

// from returns the least cost of slot i and those after it if slot i is not before
// a day.
func (p *Placement) from(minima []int64, i int, day int32) int64 {
	if day > p.Slots[i].Latest {
		return unreachable
	}
	return minima[max(0, day-p.first[i])]
}
