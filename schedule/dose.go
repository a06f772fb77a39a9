package schedule

import (
	"errors"
	"iter"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A plannedDose is a dose that one or more sessions share.
type plannedDose struct {
	calculation dose.Calculation
	worksheet   dose.Worksheet
	// weighing is the position of the weighing it was computed from, -1 where
	// there was none.
	weighing int
	// step is the position of the step of its phase that it follows, -1 for
	// the dose the phase begins with.
	step int
	// err is why there is no dose: a limit that it would pass, a weight that is
	// not there. It only happens in a plan that lives on.
	err error
}

// dose computes the dose of every session from the latest weighing dated on or
// before it. Sessions of one phase that use the same weighing and follow the
// same step share one calculation.
func (p *Plan) dose() error {
	last := make([]int, len(p.phases)) // the last dose of each phase, counted from 1
	weighing := -1
	for i := range p.slots {
		s := &p.slots[i]
		phase := &p.phases[s.Phase]
		if s.left {
			continue
		}
		for weighing+1 < len(p.weighings) && p.weighings[weighing+1].Date <= civil.Date(s.day) {
			weighing++
		}
		if phase.Dose.IsZero() {
			continue
		}
		step := plannedStep(phase, int(s.Number))
		if at := last[s.Phase] - 1; at < 0 || p.doses[at].weighing != weighing || p.doses[at].step != step {
			d, err := p.calculate(phase, step, weighing)
			if err != nil {
				return &DoseError{Ordinal: i + 1, Phase: phase.Name, Date: civil.Date(s.day), Err: err}
			}
			p.doses = append(p.doses, d)
			last[s.Phase] = len(p.doses)
		}
		s.dose = int32(last[s.Phase] - 1)
	}
	return p.cumulative()
}

// plannedStep returns the position of the last planned step that holds for a
// session of the phase, -1 where none does.
func plannedStep(phase *protocol.Phase, session int) int {
	planned := -1
	for i, step := range phase.Steps {
		if step.Condition == "" && step.From <= session {
			planned = i
		}
	}
	return planned
}

func (p *Plan) calculate(phase *protocol.Phase, step, weighing int) (plannedDose, error) {
	rule := phase.Dose
	if step >= 0 {
		rule = phase.Steps[step].Dose
	}
	d := plannedDose{weighing: weighing, step: step}
	var err error
	if d.calculation, err = rule.Calculate(p.body(weighing)); err != nil {
		if errors.Is(err, dose.ErrNoWeight) && len(p.weighings) > 0 {
			err = errors.Join(err, errors.New("the first weighing is dated "+civil.Format(p.weighings[0].Date)))
		}
		return plannedDose{}, err
	}
	if !phase.Preparation.IsZero() {
		if d.worksheet, err = phase.Preparation.Prepare(d.calculation); err != nil {
			return plannedDose{}, err
		}
	}
	return d, nil
}

// body returns what is known of the patient's body at a weighing, -1 for none.
func (p *Plan) body(weighing int) dose.Body {
	b := dose.Body{Height: p.height, Sex: p.sex}
	if weighing >= 0 {
		b.Weight = p.weighings[weighing].Weight
	}
	return b
}

// dosePending computes the doses of the sessions to come. A dose that cannot be
// computed or passes a hard limit is none, which the checks report: what made it
// so, such as a new weight, is true all the same.
func (p *Plan) dosePending() {
	for i := range p.slots {
		if s := &p.slots[i]; s.pending() || s.state == StateHeld {
			p.doseOne(i)
		}
	}
	p.cumulativePending()
}

// doseOne computes the dose of one session.
func (p *Plan) doseOne(i int) {
	s := &p.slots[i]
	phase := &p.phases[s.Phase]
	if phase.Dose.IsZero() {
		return
	}
	weighing := -1
	for weighing+1 < len(p.weighings) && p.weighings[weighing+1].Date <= civil.Date(s.day) {
		weighing++
	}
	step := plannedStep(phase, int(s.Number))
	same := func(j int) bool {
		t := &p.slots[j]
		return t.dose >= 0 && t.Phase == s.Phase && p.doses[t.dose].weighing == weighing && p.doses[t.dose].step == step && !p.overTotal(t.dose)
	}
	if s.dose >= 0 && same(i) {
		return
	}
	for j := i - 1; j >= 0; j-- {
		if same(j) {
			s.dose = p.slots[j].dose
			return
		}
	}
	d, err := p.calculate(phase, step, weighing)
	if err != nil {
		d = plannedDose{weighing: weighing, step: step, err: err}
	}
	s.dose = int32(len(p.doses))
	p.doses = append(p.doses, d)
}

// planned returns the dose that a session shares, nil where it has none.
func (s Session) planned() *plannedDose {
	if i := s.slot().dose; i >= 0 {
		return &s.plan.doses[i]
	}
	return nil
}

// Dose returns what to give with each step of how it was computed. It is zero
// in a phase that gives no drug, and for a session that was left out.
func (s Session) Dose() dose.Calculation {
	if d := s.planned(); d != nil {
		return d.calculation
	}
	return dose.Calculation{}
}

// DoseError returns why the session has no dose though its phase gives a drug,
// nil where it has one: since the plan was made a weight or a dose that was given
// would make it pass a hard limit, or it cannot be computed. [Build] would have
// refused it.
func (s Session) DoseError() error {
	if d := s.planned(); d != nil {
		return d.err
	}
	return nil
}

// Worksheet returns how to prepare the dose: what to draw up, the rate of the
// pump, what is delivered and wasted. It is zero where the protocol states no
// preparation.
func (s Session) Worksheet() dose.Worksheet {
	if d := s.planned(); d != nil {
		return d.worksheet
	}
	return dose.Worksheet{}
}

// Weighing returns the latest weighing dated on or before the session, from
// which its dose was computed, and false where there is none.
func (s Session) Weighing() (Weighing, bool) {
	if d := s.planned(); d != nil && d.weighing >= 0 {
		return s.plan.weighings[d.weighing], true
	}
	return Weighing{}, false
}

// An AllowedDose is a dose that the protocol allows at a session besides the
// planned one.
type AllowedDose struct {
	Dose dose.Mass
	// Condition is what must be true for it, in words; "" for a choice that
	// the protocol leaves open.
	Condition string
	// Calculation has the steps to the dose. It is zero for a dose that the
	// protocol names as it is.
	Calculation dose.Calculation
}

// Allowed returns what else the protocol allows at the session: the choices of
// the rule its dose follows, and the conditional steps that may have been taken
// by then. A step that cannot be computed for this patient, or whose dose would
// pass a hard limit, is not allowed and left out.
func (s Session) Allowed() iter.Seq[AllowedDose] {
	return func(yield func(AllowedDose) bool) {
		d := s.planned()
		if d == nil || d.err != nil {
			return
		}
		for m := range d.calculation.Rule().Or.All() {
			if m != d.calculation.Dose() && !yield(AllowedDose{Dose: m}) {
				return
			}
		}
		phase := &s.plan.phases[s.slot().Phase]
		for _, step := range phase.Steps {
			if step.Condition == "" || step.From > int(s.slot().Number) {
				continue
			}
			c, err := step.Dose.Calculate(s.plan.body(d.weighing))
			if err != nil {
				continue
			}
			if !yield(AllowedDose{Dose: c.Dose(), Condition: step.Condition, Calculation: c}) {
				return
			}
		}
	}
}
