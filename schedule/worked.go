package schedule

import (
	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// The workedDoses are what rules came to for bodies, kept for patients of the same
// weight. There are never more than twice [mostWorked]: those that were not asked for
// while as many others were are forgotten. The nil workedDoses keep nothing.
type workedDoses struct{ recent, older map[workedKey]*workedDose }

// mostWorked is more than the weights, to 0.1 kg, that most clinics see.
const mostWorked = 1024

// A workedKey is everything that a dose depends on. The phase and the rule never
// change, so where they are names them.
type workedKey struct {
	phase  *protocol.Phase
	rule   *dose.Rule
	choice dose.Mass
	body   dose.Body
}

// of returns what a prescription comes to for a body.
func (w *workedDoses) of(p *Plan, phase *protocol.Phase, r *prescription, b dose.Body) (*workedDose, error) {
	if w == nil {
		return p.work(phase, r, b)
	}
	key := workedKey{phase, r.rule, r.choice, b}
	if d := w.recent[key]; d != nil {
		return d, nil
	}
	d := w.older[key]
	if d == nil {
		var err error
		if d, err = p.work(phase, r, b); err != nil {
			return d, err
		}
	}
	if w.recent == nil || len(w.recent) == mostWorked {
		w.recent, w.older = make(map[workedKey]*workedDose), w.recent
	}
	w.recent[key] = d
	return d, nil
}
