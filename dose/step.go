package dose

import (
	"iter"
	"strconv"
)

// A StepKind says what a [Step] does. The zero StepKind is invalid.
type StepKind uint8

// The kinds of steps of a [Calculation], in their order.
const (
	_            StepKind = iota
	StepBMI               // the body mass index
	StepIdeal             // the ideal weight
	StepAdjusted          // the adjusted weight
	StepLean              // the lean weight
	StepBasis             // which weight the policy picks
	StepSurface           // the body surface
	StepChoice            // a choice of the rule is taken as it is
	StepRaw               // the amount gives the raw dose
	StepFloor             // the dose is raised to the floor
	StepCap               // the dose is capped
	StepRound             // the dose is rounded
	StepInside            // rounding left floor..cap: the nearest multiple inside
	StepLimit             // a soft limit is passed
)

// String returns the name of the kind, such as "raw" or "round", and
// "StepKind(0)" for a value that is none of them.
func (k StepKind) String() string {
	switch k {
	case StepBMI:
		return "BMI"
	case StepIdeal:
		return "ideal"
	case StepAdjusted:
		return "adjusted"
	case StepLean:
		return "lean"
	case StepBasis:
		return "basis"
	case StepSurface:
		return "surface"
	case StepChoice:
		return "choice"
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

// ParseStepKind reads the name that [StepKind.String] writes. The error is a [*ParseError] that
// wraps [ErrSyntax].
func ParseStepKind(s string) (StepKind, error) {
	return parseEnum(s, "kind of step", StepBMI, StepLimit)
}

// AppendText appends the text of [StepKind.String]; nothing for the zero StepKind. A value that
// is none of them is a [*RangeError].
func (k StepKind) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, k, "kind of step", StepBMI, StepLimit)
}

// MarshalText returns what [StepKind.AppendText] appends.
func (k StepKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads what [ParseStepKind] reads; the empty text gives the zero StepKind. On an
// error k is unchanged.
func (k *StepKind) UnmarshalText(text []byte) error { return unmarshalOptional(k, text, ParseStepKind) }

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

// Steps yields the steps that led to the dose, in order: what was derived from
// the body; the raw dose; floor or cap, if it took effect; rounding, if the rule
// rounds, even where it changed nothing; the multiple inside, if it was needed;
// the soft limits passed.
func (c Calculation) Steps() iter.Seq[Step] {
	return func(yield func(Step) bool) {
		if c.IsZero() {
			return
		}
		if c.chosen {
			c.choiceSteps(yield)
			return
		}
		if c.rule.Amount.IsSum() {
			if yield(Step{StepRaw, c.sum, "", c.dose.String()}) {
				c.limitSteps(yield)
			}
			return
		}
		w, err := c.rule.work(c.body, false)
		if err != nil {
			return // cannot happen: Calculate did the same
		}
		for s := range c.bodySteps(w) {
			if !yield(s) {
				return
			}
		}
		for _, s := range [...]Step{c.stepRaw(w), c.stepBound(), c.stepRound(w), c.stepInside(w)} {
			if s.Kind != 0 && !yield(s) {
				return
			}
		}
		c.limitSteps(yield)
	}
}

// choiceSteps yields the steps of a choice: the weight that limits and rates per
// kilogram are for, if it was derived, and the dose as it is.
func (c Calculation) choiceSteps(yield func(Step) bool) {
	if !c.weight.IsZero() {
		w := working{weight: c.weight}
		_, w.trail, _ = c.rule.weight(c.body) // no error: the weight was derived
		for s := range c.bodySteps(w) {
			if !yield(s) {
				return
			}
		}
	}
	if yield(Step{StepChoice, c.dose.String(), "choice of " + c.rule.Or.String(), c.dose.String()}) {
		c.limitSteps(yield)
	}
}

func (c Calculation) limitSteps(yield func(Step) bool) {
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

func (c Calculation) stepRaw(w working) Step {
	a, _ := c.rule.Amount.of(c.body) // no error: the dose was computed
	s := Step{Kind: StepRaw, From: a.shown(), Result: c.raw.String()}
	switch a.kind {
	case perWeightAmount:
		s.From += " x " + c.weightText()
	case perWeightOverTimeAmount:
		s.From += " x " + c.weightText() + " x " + a.during.String()
	case overTimeAmount:
		s.From += " x " + a.during.String()
	case perSurfaceAmount:
		s.From += " x " + c.surface.String()
	case devicesAmount:
		s.From = strconv.Itoa(a.count) + " x " + s.From
	}
	if a.kind == fixedAmount && a.unit != 0 {
		s.From = a.String() // the other unit is the result
	}
	if c.rule.Amount.kind == bandsAmount {
		bands := c.body.Weight.String() + " in " + c.rule.Amount.String()
		if a.kind == fixedAmount && a.unit == 0 {
			s.From = bands
		} else {
			s.From = bands + ": " + s.From
		}
	}
	if !w.raw.exact() {
		s.Result += " (to 6 decimals)"
	}
	return s
}

// weightText returns the weight multiplied by, and its basis if it is not the
// actual weight.
func (c Calculation) weightText() string {
	if c.basis() == Actual || c.weight == c.body.Weight {
		return c.weight.String()
	}
	if c.basis() == IdealFromBMI {
		return c.weight.String() + " ideal weight"
	}
	return c.weight.String() + " " + c.basis().String() + " weight"
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

func (c Calculation) stepRound(w working) Step {
	if c.rule.Rounding.IsZero() {
		return Step{}
	}
	return Step{StepRound, c.bounded.String(), c.rule.Rounding.String(), w.rounded.String()}
}

func (c Calculation) stepInside(w working) Step {
	if w.rounded == c.dose {
		return Step{}
	}
	by := "below the floor of " + c.rule.Floor.String()
	if w.rounded.Compare(c.dose) > 0 {
		by = "above the cap of " + c.rule.Cap.String()
	}
	return Step{StepInside, w.rounded.String(), by, c.dose.String()}
}

// changes reports whether the text of a calculation mentions the step.
func (s Step) changes() bool {
	return s.Kind == StepChoice || s.Kind == StepRaw || s.Kind > StepRaw && s.Kind != StepLimit && s.From != s.Result
}

// phrase returns the step as a part of the text of a calculation.
func (c Calculation) phrase(s Step) string {
	switch s.Kind {
	case StepChoice:
		return s.Result + " chosen"
	case StepFloor:
		return "raised to the floor of " + s.Result
	case StepCap:
		return "capped at " + s.Result
	case StepRound:
		return c.roundPhrase(s)
	case StepInside:
		return s.By + ", so " + s.Result
	}
	if s.From == s.Result {
		return s.Result + " fixed"
	}
	return s.From + " = " + s.Result
}

// roundPhrase returns which step was taken, and where it was the second why.
func (c Calculation) roundPhrase(s Step) string {
	w, _ := c.rule.work(c.body, false) // no error: the dose was computed
	text := "rounded " + w.rounding.mode.String() + " to " + s.Result
	first := c.rule.Rounding
	switch {
	case first.within.IsZero() || w.rounding == first.first():
		return text
	case w.passedOver.IsZero():
		return text + " since a multiple of " + first.step.String() + " is no dose"
	}
	return text + " since " + w.passedOver.String() + " is not within " + first.within.String()
}
