package dose

import (
	"github.com/govalues/decimal"
)

// The trail of a derived weight: what each formula gave, for the steps of a
// calculation. Zero fields were not computed.
type trail struct {
	bmi     BMI
	ideal   Weight // Devine, as the policy for short stature has it
	derived Weight // adjusted or lean
	excess  bool   // ideal exceeds actual
	within  bool   // actual does not exceed the share of ideal from which it is adjusted
}

// based returns the weight of a basis and how it came about.
func (b Body) based(basis Basis, p WeightPolicy) (Weight, trail, error) {
	var (
		t   trail
		err error
	)
	if basis == Lean || basis == IdealFromBMI {
		if t.bmi, err = b.BMI(); err != nil {
			return Weight{}, t, err
		}
	}
	switch {
	case basis == Actual, basis == IdealFromBMI && t.bmi.Compare(p.FromBMI) < 0:
		return b.Weight, t, b.need("actual weight", true, false, false)
	case basis == Lean:
		t.derived, err = b.lean(t.bmi)
		return t.derived, t, err
	case !basis.devine():
		return Weight{}, t, &RuleError{"Basis", basis.String(), "a known basis, such as actual", nil}
	}
	if err = b.need(basis.weightName(), true, true, true); err != nil {
		return Weight{}, t, err
	}
	if t.ideal, err = b.ideal(p.Short); err != nil {
		return Weight{}, t, err
	}
	t.excess = t.ideal.Compare(b.Weight) > 0
	switch {
	case !p.Above.IsZero() && !p.Above.exceeded(b.Weight, t.ideal):
		t.within, t.excess = true, false
		return b.Weight, t, nil
	case t.excess && p.Excess == ExcessActual:
		return b.Weight, t, nil
	case basis != Adjusted || t.excess:
		return t.ideal, t, nil
	}
	t.derived, err = b.adjusted(t.ideal, p.Factor)
	return t.derived, t, err
}

// short reports whether the height is below 60 inches.
func (b Body) short() bool { return b.Height.cm.Cmp(decimal.MustNew(1524, 1)) < 0 }

// ideal returns the ideal weight by Devine (Drug Intell Clin Pharm 1974; as in
// Erstad and ClinCalc): 50 kg (male) or 45.5 kg (female) + 2.3 kg x (height in
// inches - 60). The facts have to be there.
//
// With a height of cm / 2.54 inches this is (2.3 x cm - c) / 2.54, where c is
// (2.3 x 60 - 50) x 2.54 = 223.52 or (2.3 x 60 - 45.5) x 2.54 = 234.95: one
// division, rounded once.
func (b Body) ideal(short ShortStature) (Weight, error) {
	cm := b.Height.cm
	if b.short() && short != ShortLinear {
		cm = decimal.MustNew(1524, 1)
	}
	c := decimal.MustNew(22_352, 2)
	if b.Sex == Female {
		c = decimal.MustNew(23_495, 2)
	}
	num, ok := mul(cm, decimal.MustNew(23, 1))
	if ok {
		num, ok = sub(num, c)
	}
	ideal, err := derive(num, decimal.MustNew(254, 2), ok, func() string { return "ideal weight of " + b.Sex.String() + ", " + b.Height.String() })
	if err == nil && b.short() && short == ShortActual && b.Weight.Compare(ideal) < 0 {
		return b.Weight, nil
	}
	return ideal, err
}

// adjusted returns ideal + f x (actual - ideal), for actual >= ideal (Erstad;
// ClinCalc).
func (b Body) adjusted(ideal Weight, f Factor) (Weight, error) {
	excess, ok := sub(b.Weight.kg, ideal.kg)
	if ok {
		excess, ok = mul(excess, f.ratio)
	}
	var kg decimal.Decimal
	if ok {
		kg, ok = add(ideal.kg, excess)
	}
	return derive(kg, whole(1), ok, func() string { return "adjusted weight of " + b.Weight.String() + " and ideal " + ideal.String() })
}

// lean returns the lean weight by Janmahasatian (2005, doi
// 10.2165/00003088-200544100-00004): 9270 x W / (6680 + 216 x BMI) for men and
// 9270 x W / (8780 + 244 x BMI) for women.
func (b Body) lean(bmi BMI) (Weight, error) {
	if err := b.need("lean weight", true, true, true); err != nil {
		return Weight{}, err
	}
	constant, slope := int64(6680), int64(216)
	if b.Sex == Female {
		constant, slope = 8780, 244
	}
	num, ok := mul(b.Weight.kg, whole(9270))
	var den decimal.Decimal
	if ok {
		den, ok = mul(bmi.kgPerM2, whole(slope))
	}
	if ok {
		den, ok = add(den, whole(constant))
	}
	return derive(num, den, ok, func() string { return "lean weight of " + b.Weight.String() + " and " + bmi.String() })
}

// derive returns num / den as a weight, to 6 decimals half up, if ok. The
// operation is for an error only.
func derive(num, den decimal.Decimal, ok bool, operation func() string) (Weight, error) {
	var kg decimal.Decimal
	if ok && num.IsPos() {
		kg, ok = quo(num, den, millionth(), HalfUp)
	}
	if !ok || kg.IsZero() || !within(kg, MaxWeight) {
		return Weight{}, &RangeError{operation(), "more than 0 and at most 1000 kg"}
	}
	return Weight{kg: kg}, nil
}
