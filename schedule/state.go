package schedule

import "slices"

// counts reports whether a session took place or is still to take place.
func (s *slot) counts() bool { return s.pending() || s.took() }

// took reports whether a session took place.
func (s *slot) took() bool { return s.state == StateGiven }

// gateDecided reports whether it was decided how to go on at a gate.
func (p *Plan) gateDecided(name string) bool { return slices.Contains(p.decided, name) }

// gateAt returns the position of the session that a gate follows, -1 where the
// plan does not reach it.
func (p *Plan) gateAt(gate int) int {
	g, last := &p.gates[gate], -1
	for i := range p.slots {
		s := &p.slots[i]
		if s.extra || p.phases[s.phase].Name != g.Phase {
			continue
		}
		if g.After == int(s.inPhase) {
			return i
		}
		last = i
	}
	if g.After == 0 && last >= 0 && p.ends(int(p.slots[last].phase)) {
		return last
	}
	return -1
}

// firstUndecided returns the position of the first session that a gate without a
// decision follows, or the number of sessions where there is none.
func (p *Plan) firstUndecided() int {
	first := len(p.slots)
	for gate := range p.gates {
		if at := p.gateAt(gate); at >= 0 && !p.gateDecided(p.gates[gate].Name) {
			first = min(first, at)
		}
	}
	return first
}
