package dose

import (
	"iter"
	"strconv"
)

// A StepKind says what a [Step] does. The zero StepKind is invalid.
type StepKind uint8

// The kinds of steps of a [Calculation], in their order.
const (
	_          StepKind = iota
	StepRaw             // the amount gives the raw dose
	StepFloor           // the dose is raised to the floor
	StepCap             // the dose is capped
	StepRound           // the dose is rounded
	StepInside          // rounding left floor..cap: the nearest multiple inside
	StepLimit           // a soft limit is passed
)

// String returns the name of the kind: "raw", "floor", "cap", "round",
// "inside" or "limit".
func (k StepKind) String() string {
	switch k {
	case StepRaw:
		return "raw"
	case StepFloor:
		return "floor"
	case StepCap:
		return "cap"
	case StepRound:
		return "round"
	case StepInside:
		return "inside"
	case StepLimit:
		return "limit"
	}
	return "StepKind(" + strconv.Itoa(int(k)) + ")"
}

// A Step is one step of a [Calculation], as data: enough to do it again by
// hand. Values are comparable with ==.
type Step struct {
	Kind StepKind
	// From is what goes into the step: "0.5 mg/kg x 72.5 kg", or the dose so
	// far.
	From string
	// By is the rule applied: "cap 60 mg", "0.1 mg half up". It is empty for
	// the raw dose.
	By string
	// Result is what comes out: "36.25 mg".
	Result string
}

// String returns the step in one line: "36.25 mg, 0.1 mg half up: 36.3 mg".
func (s Step) String() string {
	switch {
	case s.Kind == StepLimit:
		return s.From + " passes " + s.By
	case s.By != "":
		return s.From + ", " + s.By + ": " + s.Result
	case s.From == s.Result:
		return s.Result
	}
	return s.From + " = " + s.Result
}

// Steps yields the steps that led to the dose, in order: the raw dose; floor or
// cap, if it took effect; rounding, if the rule rounds, even where it changed
// nothing; the multiple inside, if it was needed; the soft limits passed.
func (c Calculation) Steps() iter.Seq[Step] {
	return func(yield func(Step) bool) {
		if c.IsZero() {
			return
		}
		for _, s := range [...]Step{c.stepRaw(), c.stepBound(), c.stepRound(), c.stepInside()} {
			if s.Kind != 0 && !yield(s) {
				return
			}
		}
		for passed := range c.SoftLimits() {
			s := Step{StepLimit, c.dose.String(), passed.String(), c.dose.String()}
			if passed.Measure == OfPerKilogram {
				s.From = c.bounded.String() // judged before rounding
			}
			if !yield(s) {
				return
			}
		}
	}
}

func (c Calculation) stepRaw() Step {
	raw := c.raw.String()
	if c.rule.Amount.kind == perWeightAmount {
		return Step{Kind: StepRaw, From: c.rule.Amount.perKg.String() + " x " + c.weight.String(), Result: raw}
	}
	return Step{Kind: StepRaw, From: raw, Result: raw}
}

func (c Calculation) stepBound() Step {
	switch c.bounded.Compare(c.raw) {
	case 1:
		return Step{StepFloor, c.raw.String(), "floor " + c.rule.Floor.String(), c.bounded.String()}
	case -1:
		return Step{StepCap, c.raw.String(), "cap " + c.rule.Cap.String(), c.bounded.String()}
	}
	return Step{}
}

func (c Calculation) stepRound() Step {
	if c.rule.Rounding.IsZero() {
		return Step{}
	}
	rounded, err := c.rule.Rounding.round(c.bounded)
	if err != nil {
		return Step{} // cannot happen: Calculate rounded the same
	}
	return Step{StepRound, c.bounded.String(), c.rule.Rounding.String(), rounded.String()}
}

func (c Calculation) stepInside() Step {
	rounded, err := c.rule.Rounding.round(c.bounded)
	if err != nil || rounded == c.dose {
		return Step{}
	}
	by := "below the floor of " + c.rule.Floor.String()
	if rounded.Compare(c.dose) > 0 {
		by = "above the cap of " + c.rule.Cap.String()
	}
	return Step{StepInside, rounded.String(), by, c.dose.String()}
}

// changes reports whether the text of a calculation mentions the step.
func (s Step) changes() bool {
	return s.Kind == StepRaw || s.Kind != StepLimit && s.From != s.Result
}

// phrase returns the step as a part of the text of a calculation.
func (c Calculation) phrase(s Step) string {
	switch s.Kind {
	case StepFloor:
		return "raised to the floor of " + s.Result
	case StepCap:
		return "capped at " + s.Result
	case StepRound:
		return "rounded " + c.rule.Rounding.Mode().String() + " to " + s.Result
	case StepInside:
		return s.By + ", so " + s.Result
	}
	if s.From == s.Result {
		return s.Result + " fixed"
	}
	return s.From + " = " + s.Result
}
