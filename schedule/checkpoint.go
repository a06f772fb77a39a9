package schedule

import (
	"iter"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// A Checkpoint is a gate of the protocol on the plan: the day after whose session
// a clinician must decide how to go on.
type Checkpoint struct {
	// Gate is what the protocol says.
	Gate protocol.Gate
	// Session is the number of the session that the gate follows, counted from 1,
	// and SessionID its id. Every session after it is provisional.
	Session   int
	SessionID ID
	// Date is the date of that session, or of the last one before it that
	// takes place or took place; zero where none does, while that session or one
	// before it is held, and where nothing was decided before the treatment was stopped.
	Date date.Date
	// Decision is what was decided, zero while it is open.
	Decision protocol.Decision
}

// A decision is what was decided at a gate that follows a session.
type decision struct {
	gate   string
	serial uint32
	then   protocol.Decision
	// open reports that the decision asks for another protocol, which nobody has
	// adopted yet.
	open bool
	// at is the step that decided, and off reports that it was withdrawn.
	at  step
	off bool
}

// asksForAnother reports whether the decision asks for another protocol.
func (d *decision) asksForAnother() bool { return d.then == protocol.Change }

// A gate is one of a protocol that holds, or that held last before a switch: what was
// decided there stays, and nothing more is asked.
type gate struct {
	protocol.Gate
	tenure, phase int  // of the protocol, and its phase among those of the plan
	holds         bool // its protocol does
}

// gatesOf adds the gates of the last tenure of a treatment.
func (r *rules) gatesOf(tenures []tenure, c *course.Course, at int) {
	for g := range tenures[at].protocol.Gates() {
		r.gates = append(r.gates, gate{g, at, c.PhaseOf(at, g.Phase), at == c.Holds()})
	}
}

// decisionAt returns what was decided at a gate that follows a session, nil where
// nothing was.
func (p *Plan) decisionAt(gate string, index int) *decision {
	for i := len(p.decided) - 1; i >= 0; i-- {
		if d := &p.decided[i]; d.gate == gate && d.serial == p.slots[index].serial && !d.off {
			return d
		}
	}
	return nil
}

// Checkpoints returns the checkpoints of the plan in the order of their
// sessions. A gate that follows a session which the plan does not reach has
// none, and of a protocol that was switched from only those at which something was
// decided are left.
func (p *Plan) Checkpoints() iter.Seq[Checkpoint] {
	return func(yield func(Checkpoint) bool) {
		held, stopped := false, p.stopped()
		for i := range p.slots {
			held = held || p.slots[i].state == StateHeld
			for _, at := range p.gatesAfter(i) {
				c := Checkpoint{Gate: p.gates[at].Gate, Session: i + 1, SessionID: p.id(i)}
				c.Gate.Outcomes = append([]protocol.Outcome(nil), c.Gate.Outcomes...)
				if d := p.decisionAt(c.Gate.Name, i); d != nil {
					c.Decision = d.then
				} else if !p.gates[at].holds {
					continue
				}
				if dated := p.keptBefore(i + 1); dated >= 0 && !held && (c.Decision != 0 || !stopped) {
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
	for gate := range p.gates {
		if p.gateFollows(gate, index) {
			gates = append(gates, gate)
		}
	}
	return gates
}

// gateFollows reports whether a gate follows a session. Where a session is made
// up for, it follows the one that does that. One at which something was decided stays
// where it was, also when its phase goes on or begins again.
func (p *Plan) gateFollows(gate, index int) bool {
	s, g := &p.slots[index], &p.gates[gate]
	if !p.inPhaseOf(g, s.Phase) {
		return false
	}
	if p.decisionAt(g.Name, index) != nil {
		return true
	}
	if s.Extra || s.Again || s.replaced {
		return false
	}
	return g.After == int(s.Number) || g.After == 0 && p.ends(int(s.Phase)) && p.lastOfPhase(g, index)
}

// inPhaseOf reports whether a phase is that of a gate, or one that this goes on with.
func (p *Plan) inPhaseOf(g *gate, phase uint16) bool {
	return int(phase) == g.phase || len(p.tenures) > 1 && p.goesOnUnder(int(phase), g.tenure) == g.phase
}

// lastOfPhase reports whether no session of the cadence after one is of the phase of
// a gate. One that is overdue or held comes after those of a later phase that took place
// meanwhile.
func (p *Plan) lastOfPhase(g *gate, index int) bool {
	for i := index + 1; i < len(p.slots); i++ {
		if s := &p.slots[i]; !s.Extra && !s.Again && !s.replaced && p.inPhaseOf(g, s.Phase) {
			return false
		}
	}
	return true
}

// ends reports whether a phase has a last session, rather than going on until
// the plan stops looking ahead.
func (p *Plan) ends(phase int) bool {
	_, ends := p.phases[phase].Cadence.Sessions()
	return ends
}

// firstGate returns the position of the first session that a gate follows at
// which nothing was decided, or the number of sessions where none does.
func (p *Plan) firstGate() int {
	if len(p.gates) == 0 {
		return len(p.slots)
	}
	for i := range p.slots {
		for gate := range p.gates {
			if d := p.decisionAt(p.gates[gate].Name, i); p.gates[gate].holds && p.gateFollows(gate, i) && (d == nil || d.open) {
				return i
			}
		}
	}
	return len(p.slots)
}
