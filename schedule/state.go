package schedule

// counts reports whether a session took place or is still to take place.
func (s *slot) counts() bool { return s.pending() || s.took() }

// took reports whether a session took place.
func (s *slot) took() bool { return s.state == StateGiven }

// gateAt returns the position of the last session that a gate follows, -1 where the
// plan does not reach it. It allocates nothing.
func (p *Plan) gateAt(gate int) int {
	for i := len(p.slots) - 1; i >= 0; i-- {
		if p.gateFollows(gate, i) {
			return i
		}
	}
	return -1
}
