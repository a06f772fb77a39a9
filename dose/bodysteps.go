package dose

import (
	"iter"
)

// bodySteps yields the steps that derived a weight or a surface from the body.
func (c Calculation) bodySteps(w working) iter.Seq[Step] {
	const rounded = "to 6 decimals half up"
	return func(yield func(Step) bool) {
		b, t := c.body, w.trail
		facts := b.Weight.String() + " / (" + b.Height.String() + ")^2"
		if !t.bmi.IsZero() && !yield(Step{StepBMI, "BMI " + facts, rounded, t.bmi.String()}) {
			return
		}
		if !t.ideal.IsZero() {
			from := "Devine, " + b.Sex.String() + ", " + b.Height.String()
			by := rounded
			if b.short() {
				by = "below 60 in " + c.rule.Policy.Short.String() + ", " + rounded
			}
			if !yield(Step{StepIdeal, from, by, t.ideal.String()}) {
				return
			}
		}
		if !t.derived.IsZero() && !yield(c.stepDerived(t, rounded)) {
			return
		}
		if t.excess {
			from := "ideal " + t.ideal.String() + " exceeds actual " + b.Weight.String()
			if !yield(Step{StepBasis, from, "use " + c.rule.Policy.Excess.String(), w.weight.String()}) {
				return
			}
		}
		if t.within {
			share := c.rule.Policy.Above
			if !yield(Step{StepBasis, "actual " + b.Weight.String(), "not above " + share.String() + ", " + t.ideal.String(), w.weight.String()}) {
				return
			}
		}
		if c.basis() == IdealFromBMI {
			from, by := "BMI "+t.bmi.String(), "actual weight below "+c.rule.Policy.FromBMI.String()
			if t.bmi.Compare(c.rule.Policy.FromBMI) >= 0 {
				by = "ideal weight from " + c.rule.Policy.FromBMI.String() + " on"
			}
			if !yield(Step{StepBasis, from, by, w.weight.String()}) {
				return
			}
		}
		if !w.surface.IsZero() {
			from := "Mosteller, root of " + b.Height.String() + " x " + b.Weight.String() + " / 3600"
			yield(Step{StepSurface, from, rounded, w.surface.String()})
		}
	}
}

func (c Calculation) stepDerived(t trail, rounded string) Step {
	if c.basis() == Lean {
		formula := "Janmahasatian, 9270 x " + c.body.Weight.String() + " / (6680 + 216 x " + t.bmi.String() + ")"
		if c.body.Sex == Female {
			formula = "Janmahasatian, 9270 x " + c.body.Weight.String() + " / (8780 + 244 x " + t.bmi.String() + ")"
		}
		return Step{StepLean, formula, rounded, t.derived.String()}
	}
	formula := t.ideal.String() + " + " + c.rule.Policy.Factor.String() +
		" x (" + c.body.Weight.String() + " - " + t.ideal.String() + ")"
	return Step{StepAdjusted, formula, rounded, t.derived.String()}
}

// basis returns which weight the dose was multiplied by.
func (c Calculation) basis() Basis {
	a, _ := c.rule.Amount.of(c.body) // no error: the dose was computed
	return a.basis
}
