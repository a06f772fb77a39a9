package dose

import (
	"iter"
)

// A Calculation is a dose together with every step that led to it. Only
// [Rule.Calculate], [Order.For] and [Order.Choice] make one.
//
// It marshals to text and is never read back from text: a number that no rule
// computed must not exist. To have a Calculation again, keep the rule and the
// body, and calculate.
//
// The zero Calculation is none: it has the empty text. Values are comparable
// with ==.
type Calculation struct {
	rule               Rule
	body               Body
	weight             Weight  // the weight that the rule doses by; zero: none
	surface            Surface // the surface that the rule doses by; zero: none
	chosen             bool    // a choice: the dose is as it was chosen
	sum                string  // the parts that the dose is the sum of
	raw, bounded, dose Mass
	passed             passedSet
}

// IsZero reports whether c is none.
func (c Calculation) IsZero() bool { return c == Calculation{} }

// Dose returns the dose to give.
func (c Calculation) Dose() Mass { return c.dose }

// Raw returns the dose before floor, cap and rounding. A rate times a time may
// have no finite decimal; it is then shown to 6 decimals half up, while the
// calculation goes on with the exact fraction.
func (c Calculation) Raw() Mass { return c.raw }

// Bounded returns the dose after floor and cap and before rounding, shown like
// [Calculation.Raw].
func (c Calculation) Bounded() Mass { return c.bounded }

// Body returns the body that the dose is for.
func (c Calculation) Body() Body { return c.body }

// Rule returns the rule that the dose follows.
func (c Calculation) Rule() Rule { return c.rule }

// Weight returns the weight that the dose was multiplied by; zero if the rule
// does not dose by weight.
func (c Calculation) Weight() Weight { return c.weight }

// Surface returns the body surface that the dose was multiplied by; zero if the
// rule does not dose by surface.
func (c Calculation) Surface() Surface { return c.surface }

// Effective returns the dose per kilogram that the dose comes to, as text; to 6
// decimals half up where it has no finite decimal. It is for the weight that the
// rule doses by, and for the actual weight where it does not dose by weight; ""
// if that is unknown.
func (c Calculation) Effective() string {
	return quotient{product1(c.dose.mg), product1(c.limitWeight().kg)}.text("mg/kg")
}

// limitWeight returns the weight that limits and rates per kilogram are for.
func (c Calculation) limitWeight() Weight {
	if c.weight.IsZero() {
		return c.body.Weight
	}
	return c.weight
}

// Chosen reports whether the dose is a choice of the rule, neither bounded nor
// rounded.
func (c Calculation) Chosen() bool { return c.chosen }

// SoftLimits yields the soft limits that the dose passes.
func (c Calculation) SoftLimits() iter.Seq[PassedLimit] {
	return c.passed.all(c.rule.Limits, softSides)
}

// String returns how the dose came about, in one line:
//
//	0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half up to 36.3 mg
//
// A step that changes nothing is not mentioned. The text is "" if c is none.
func (c Calculation) String() string { return string(c.append(make([]byte, 0, 96))) }

// AppendText appends the text of [Calculation.String].
func (c Calculation) AppendText(b []byte) ([]byte, error) { return c.append(b), nil }

// MarshalText returns the text of [Calculation.String]. There is no
// UnmarshalText.
func (c Calculation) MarshalText() ([]byte, error) { return c.append(nil), nil }

func (c Calculation) append(b []byte) []byte {
	for step := range c.Steps() {
		if !step.changes() {
			continue
		}
		if step.Kind > StepRaw {
			b = append(b, ", "...)
		}
		b = append(b, c.phrase(step)...)
	}
	return b
}
