package schedule

import (
	"iter"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A Checkpoint is a gate of the protocol on the plan: the day after whose session
// a clinician must decide how to go on.
type Checkpoint struct {
	// Gate is what the protocol says.
	Gate protocol.Gate
	// Session is the number of the session that the gate follows, counted from
	// 1. Every session after it is provisional.
	Session int
	// Date is the date of that session, or of the last one before it that was
	// not left out; zero where all were.
	Date date.Date
}

// Checkpoints returns the checkpoints of the plan in the order of their
// sessions. A gate that follows a session which the plan does not reach has
// none.
func (p *Plan) Checkpoints() iter.Seq[Checkpoint] {
	return func(yield func(Checkpoint) bool) {
		for i := range p.slots {
			for _, at := range p.gatesAfter(i) {
				c := Checkpoint{Gate: p.gates[at], Session: i + 1}
				c.Gate.Outcomes = append([]protocol.Outcome(nil), c.Gate.Outcomes...)
				if dated := p.keptBefore(i + 1); dated >= 0 {
					c.Date = civil.Date(p.slots[dated].day)
				}
				if !yield(c) {
					return
				}
			}
		}
	}
}

// gatesAfter returns the positions of the gates that follow a session.
func (p *Plan) gatesAfter(index int) (gates []int) {
	s := &p.slots[index]
	if s.extra {
		return nil // it is none of those that the protocol counts
	}
	for i, g := range p.gates {
		if p.phases[s.phase].Name != g.Phase {
			continue
		}
		next := index + 1
		for next < len(p.slots) && p.slots[next].extra {
			next++
		}
		last := next == len(p.slots) || p.slots[next].phase != s.phase
		if g.After == int(s.inPhase) || g.After == 0 && last && p.ends(int(s.phase)) {
			gates = append(gates, i)
		}
	}
	return gates
}

// ends reports whether a phase has a last session, rather than going on until
// the plan stops looking ahead.
func (p *Plan) ends(phase int) bool {
	_, ends := p.phases[phase].Cadence.Sessions()
	return ends
}

// firstGate returns the position of the first session that a gate follows, or
// the number of sessions where none does.
func (p *Plan) firstGate() int {
	if len(p.gates) == 0 {
		return len(p.slots)
	}
	for i := range p.slots {
		if len(p.gatesAfter(i)) > 0 {
			return i
		}
	}
	return len(p.slots)
}
