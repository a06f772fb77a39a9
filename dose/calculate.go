package dose

// Calculate computes the dose of r for a body: amount x weight gives the raw
// dose; floor and cap change it; it is rounded, once; limits judge it.
//
// If rounding would leave floor..cap, the nearest multiple of the step inside
// is taken, and the [Calculation] says so. A soft limit that is passed is
// recorded in it.
//
// Any error comes with the zero Calculation, and never has the dose:
//
//   - [RuleErrors], what [Rule.Check] reports;
//   - [*MissingError], which wraps [ErrNoWeight], if the body lacks a fact that
//     the rule needs;
//   - [*RoundingError], if rounding has no result inside, or leaves no dose;
//   - [*LimitError], which wraps [ErrHardLimit];
//   - [*RangeError], which wraps [ErrRange], if a result is out of range or not
//     exact in 19 digits.
func (r Rule) Calculate(b Body) (Calculation, error) {
	if err := r.Check(); err != nil {
		return Calculation{}, err
	}
	c := Calculation{rule: r, body: b}
	var err error
	if c.weight, c.raw, err = r.Amount.raw(b); err != nil {
		return Calculation{}, err
	}
	c.bounded = r.bound(c.raw)
	passed, err := r.judgePerKilogram(c)
	if err != nil {
		return Calculation{}, err
	}
	if c.dose, err = r.round(c.bounded); err != nil {
		return Calculation{}, err
	}
	ofDose, err := r.Limits.Dose.judge(OfDose, func(bound Mass) (int, error) {
		return c.dose.Compare(bound), nil
	})
	if err != nil {
		return Calculation{}, err
	}
	c.passed = passed | ofDose
	if err := c.passed.err(r.Limits); err != nil {
		return Calculation{}, err
	}
	return c, nil
}

// raw returns the weight that a doses by, if any, and the raw dose.
func (a Amount) raw(b Body) (Weight, Mass, error) {
	if a.kind == fixedAmount {
		return Weight{}, a.fixed, nil
	}
	if b.Weight.IsZero() {
		return Weight{}, Mass{}, &MissingError{"weight", a.String(), ErrNoWeight}
	}
	raw, err := a.perKg.For(b.Weight)
	return b.Weight, raw, err
}

// bound applies floor and cap.
func (r Rule) bound(m Mass) Mass {
	if m.Compare(r.Floor) < 0 {
		return r.Floor
	}
	if !r.Cap.IsZero() && m.Compare(r.Cap) > 0 {
		return r.Cap
	}
	return m
}

// round rounds m, which lies within floor and cap, and stays within them.
func (r Rule) round(m Mass) (Mass, error) {
	rounded, err := r.Rounding.round(m)
	if err != nil {
		return Mass{}, err
	}
	inside := r.bound(rounded)
	if inside != rounded {
		// Of the multiples inside, the nearest to m is the nearest to the bound
		// that rounding passed, since m lies between the two.
		mode := Down
		if rounded.Compare(r.Floor) < 0 {
			mode = Up
		}
		if rounded, err = r.Rounding.multiple(inside, mode); err != nil {
			return Mass{}, err
		}
		if r.bound(rounded) != rounded {
			return Mass{}, &RoundingError{r.Rounding, r.Floor, r.Cap, ErrNoMultiple}
		}
	}
	if rounded.IsZero() {
		return Mass{}, &RoundingError{r.Rounding, r.Floor, r.Cap, ErrZeroDose}
	}
	return rounded, nil
}

// judgePerKilogram judges the dose before rounding. It multiplies the limit by
// the weight rather than divide the dose, so it is exact.
func (r Rule) judgePerKilogram(c Calculation) (passedSet, error) {
	if r.Limits.PerKilogram.IsZero() {
		return 0, nil
	}
	weight := c.weight
	if weight.IsZero() {
		weight = c.body.Weight
	}
	if weight.IsZero() {
		return 0, &MissingError{"weight", "a limit per kilogram", ErrNoWeight}
	}
	passed, err := r.Limits.PerKilogram.judge(OfPerKilogram, func(bound PerKilogram) (int, error) {
		most, err := bound.For(weight)
		return c.bounded.Compare(most), err
	})
	if err != nil {
		return 0, err
	}
	return passed, passed.err(r.Limits)
}
