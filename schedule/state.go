package schedule

// counts reports whether a session took place or is still to take place.
func (s *slot) counts() bool { return s.pending() || s.took() }

// took reports whether a session took place.
func (s *slot) took() bool { return s.state == StateGiven }

// gateAt returns the position of the last session that the gate with a name
// follows, -1 where the plan does not reach it. It allocates nothing.
func (p *Plan) gateAt(name string) int {
	for i := len(p.slots) - 1; i >= 0; i-- {
		for gate := range p.gates {
			if p.gates[gate].Name == name && p.gateFollows(gate, i) {
				return i
			}
		}
	}
	return -1
}
