package dose

import (
	"math/bits"

	"github.com/govalues/decimal"
)

// A CompiledRule is a [Rule] that was checked once, for programs that calculate many
// doses. It gives what the rule gives: the same doses, calculations and errors.
//
// A CompiledRule is immutable and safe to share between goroutines. The zero
// CompiledRule is not valid; [Rule.Compile] makes one.
type CompiledRule struct {
	rule    Rule
	integer integerRule
}

// Compile checks r. The error is that of [Rule.Check].
func (r Rule) Compile() (*CompiledRule, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	c := &CompiledRule{rule: r}
	c.integer.compile(&c.rule)
	return c, nil
}

// Rule returns the rule.
func (c *CompiledRule) Rule() Rule { return c.rule }

// Calculate is [Rule.Calculate] of the rule, with the same errors but for those of
// [Rule.Check]. It allocates nothing where there is no error.
func (c *CompiledRule) Calculate(b Body) (calculation Calculation, err error) {
	w, ok := c.integer.work(b.Weight)
	if !ok {
		return c.rule.calculate(b)
	}
	calculation.rule = c.rule // filled in place: it is large
	calculation.body, calculation.weight, calculation.passed = b, b.Weight, w.passed
	calculation.raw = c.integer.mass(w.raw)
	calculation.bounded = calculation.raw
	if w.bounded != w.raw {
		calculation.bounded = c.integer.mass(w.bounded)
	}
	calculation.dose = c.integer.mass(w.dose)
	return calculation, nil
}

// Dose returns the dose that [CompiledRule.Calculate] computes, with the same errors.
func (c *CompiledRule) Dose(b Body) (Mass, error) {
	if w, ok := c.integer.work(b.Weight); ok {
		return c.integer.mass(w.dose), nil
	}
	calculation, err := c.rule.calculate(b)
	return calculation.dose, err
}

// An integerRule computes doses per kilogram of actual weight, the most common ones, in
// whole numbers of a small unit in which everything that the rule states is whole. It
// computes nothing that is not exact, and nothing that is an error: those are for
// [Rule.Calculate], as are rules and weights of other kinds. The zero integerRule
// computes nothing.
type integerRule struct {
	valid    bool
	decimals int // of a mg
	perKg    scaled
	most     uint64 // MaxMass
	// floor, cap and step are 0 for none.
	floor, cap, step uint64
	mode             Mode
	// dose and dosePerKg are the bounds of the limits by side, 0 for none.
	dose, dosePerKg [HardMax + 1]scaled
	limited         bool // whether a limit per kilogram is judged
}

// weightDecimals are as many as weights have that scales show.
const weightDecimals = 3

// A scaled is a number in the small unit, for weights of 0 to weightDecimals decimals:
// times the digits of the weight it is the number times the weight.
type scaled [weightDecimals + 1]uint64

// maxIntegerDecimals leaves room for twice [MaxMass] in 63 bits.
const maxIntegerDecimals = 9

// compile reads a rule that was checked, if it is one that it can compute.
func (n *integerRule) compile(r *Rule) {
	a := &r.Amount
	if a.kind != perWeightAmount || a.basis != Actual || !r.Rounding.within.IsZero() || !r.MaxDeviation.IsZero() {
		return
	}
	n.decimals = a.perKg.mgPerKg.Scale() + weightDecimals
	for side := HardMin; side <= HardMax; side++ {
		n.decimals = max(n.decimals, r.Limits.Dose.bound(side).mg.Scale(), r.Limits.PerKilogram.bound(side).mgPerKg.Scale()+weightDecimals)
	}
	n.decimals = max(n.decimals, r.Floor.mg.Scale(), r.Cap.mg.Scale(), r.Rounding.step.mg.Scale())
	if n.decimals > maxIntegerDecimals {
		return
	}
	// No number of a rule is more than MaxMass, so that all have room.
	n.most = n.units(whole(MaxMass))
	n.floor, n.cap, n.step, n.mode = n.units(r.Floor.mg), n.units(r.Cap.mg), n.units(r.Rounding.step.mg), r.Rounding.mode
	n.perKg = n.scale(a.perKg.mgPerKg)
	for side := HardMin; side <= HardMax; side++ {
		n.dose[side][0] = n.units(r.Limits.Dose.bound(side).mg)
		n.dosePerKg[side] = n.scale(r.Limits.PerKilogram.bound(side).mgPerKg)
	}
	n.limited = !r.Limits.PerKilogram.IsZero()
	n.valid = true
}

// units returns a number of mg in the small unit.
func (n *integerRule) units(mg decimal.Decimal) uint64 {
	u := mg.Coef()
	for range n.decimals - mg.Scale() {
		u *= 10
	}
	return u
}

func (n *integerRule) scale(perKg decimal.Decimal) (s scaled) {
	u := n.units(perKg)
	for decimals := range s {
		s[decimals] = u
		u /= 10 // whole: the small unit has weightDecimals more than the number
	}
	return s
}

// mass returns a number of the small unit as a mass.
func (n *integerRule) mass(units uint64) Mass {
	return Mass{mg: decimal.MustNew(int64(units), n.decimals).Trim(0)} // cannot fail: 18 digits at most
}

// An integerWorking is what a calculation came to, in the small unit.
type integerWorking struct {
	raw, bounded, dose uint64
	passed             passedSet // soft limits
}

// work computes a dose, and reports false for what it leaves to others.
func (n *integerRule) work(weight Weight) (w integerWorking, ok bool) {
	decimals, digits := weight.kg.Scale(), weight.kg.Coef()
	if !n.valid || digits == 0 || decimals > weightDecimals {
		return w, false
	}
	hi, raw := bits.Mul64(n.perKg[decimals], digits)
	if hi != 0 || raw > n.most {
		return w, false
	}
	w.raw, w.bounded = raw, raw
	if raw < n.floor {
		w.bounded = n.floor
	} else if n.cap != 0 && raw > n.cap {
		w.bounded = n.cap
	}
	w.dose = w.bounded
	if n.step != 0 {
		if w.dose = n.round(w.bounded); w.dose == 0 || w.dose > n.most || w.dose < n.floor || n.cap != 0 && w.dose > n.cap {
			return w, false
		}
	}
	if n.limited {
		for side := HardMin; side <= HardMax; side++ {
			bound := n.dosePerKg[side][decimals]
			if bound == 0 {
				continue
			}
			hi, bound = bits.Mul64(bound, digits)
			if hi != 0 {
				return w, false
			}
			w.passed |= passes(OfPerKilogram, side, w.bounded, bound)
		}
	}
	for side := HardMin; side <= HardMax; side++ {
		if bound := n.dose[side][0]; bound != 0 {
			w.passed |= passes(OfDose, side, w.dose, bound)
		}
	}
	return w, w.passed&hardSides == 0
}

// round returns the multiple of the step that units round to.
func (n *integerRule) round(units uint64) uint64 {
	count, rest := units/n.step, units%n.step
	up := false
	switch n.mode {
	case Up:
		up = rest > 0
	case HalfUp:
		up = rest >= n.step-rest
	case HalfEven:
		up = rest > n.step-rest || rest == n.step-rest && count%2 == 1
	}
	if up {
		count++
	}
	return count * n.step
}

// passes returns the bound of a measure that a value passes, if it does.
func passes(m Measure, side Side, value, bound uint64) passedSet {
	if side <= SoftMin && value < bound || side >= SoftMax && value > bound {
		return passedBit(m, side)
	}
	return 0
}
