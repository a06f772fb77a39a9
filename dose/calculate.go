package dose

// Calculate computes the dose of r for a body: the amount gives the raw dose;
// floor and cap change it; it is rounded, once; limits judge it.
//
// If rounding would leave floor..cap, the nearest multiple of the step inside
// is taken, and the [Calculation] says so. A soft limit that is passed is
// recorded in it.
//
// It checks the whole rule each time; [Rule.Compile] checks it once.
//
// Any error comes with the zero Calculation, and never has the dose:
//
//   - [RuleErrors], what [Rule.Check] reports;
//   - [*MissingError], which wraps [ErrNoWeight], [ErrNoHeight] or [ErrNoSex], if
//     the body lacks a fact that the rule needs;
//   - [*RoundingError], if rounding has no result inside, leaves no dose, or goes
//     farther than the rule allows;
//   - [*LimitError], which wraps [ErrHardLimit];
//   - [*RangeError], which wraps [ErrRange], if a result is out of range or not
//     exact in 19 digits, or if a rule without rounding has no finite decimal.
func (r Rule) Calculate(b Body) (Calculation, error) {
	if err := r.Check(); err != nil {
		return Calculation{}, err
	}
	return r.calculate(b)
}

// calculate is Calculate for a rule that was checked.
func (r Rule) calculate(b Body) (Calculation, error) {
	c, err := r.compute(b, true)
	if err == nil {
		err = c.passed.err(r.Limits)
	}
	if err != nil {
		return Calculation{}, err
	}
	return c, nil
}

// compute computes the dose and judges it. A hard limit that is passed is an
// error only if it is refused.
func (r Rule) compute(b Body, refuse bool) (Calculation, error) {
	w, err := r.work(b, refuse)
	if err != nil {
		return Calculation{}, err
	}
	raw, ok := w.raw.shown()
	bounded, ok2 := w.bounded.shown()
	if !ok || !ok2 {
		return Calculation{}, massRange(r.Amount.String())
	}
	return Calculation{
		rule: r, body: b, weight: w.weight, surface: w.surface, raw: raw, bounded: bounded, dose: w.dose,
		passed: w.passed | r.Limits.Dose.judgeValue(OfDose, w.dose),
	}, nil
}

// A working is every intermediate result of a calculation.
type working struct {
	weight       Weight // the weight multiplied by; zero: none
	trail        trail  // how it was derived
	surface      Surface
	raw, bounded ratio
	rounding     Rounding // the step that was taken, of the one or two there are
	passedOver   Mass     // what the first step gave where the second was taken
	rounded      Mass     // before it is brought back within floor and cap
	dose         Mass
	passed       passedSet // of the limits before rounding
}

// work computes the dose, up to the limits after rounding. A hard limit per
// kilogram that is passed is an error only if it is refused.
func (r Rule) work(b Body, refuse bool) (working, error) {
	w, err := r.raw(b)
	if err != nil {
		return working{}, err
	}
	w.bounded = r.bound(w.raw)
	weight := w.weight
	if weight.IsZero() {
		weight = b.Weight
	}
	if w.passed, err = r.Limits.judgePerKilogram(w.bounded.quotient(), weight); err != nil {
		return working{}, err
	}
	if err := w.passed.err(r.Limits); refuse && err != nil {
		return working{}, err
	}
	if err := r.round(&w); err != nil {
		return working{}, err
	}
	return w, nil
}

// raw computes the raw dose.
func (r Rule) raw(b Body) (working, error) {
	var w working
	if r.Amount.IsSum() {
		return w, &RuleError{"Amount", r.Amount.String(), "the parts, which a Sequence has", nil}
	}
	a, err := r.Amount.of(b)
	if err != nil {
		return w, err
	}
	if w.weight, w.trail, err = r.weight(b); err != nil {
		return w, err
	}
	var m Mass
	switch a.kind {
	case fixedAmount:
		m = a.fixed
	case devicesAmount:
		m, err = a.fixed.Times(a.count)
	case perSurfaceAmount:
		if w.surface, err = b.Surface(); err == nil {
			m, err = a.perSurface.For(w.surface)
		}
	case perWeightAmount:
		m, err = a.perKg.For(w.weight)
	}
	switch a.kind {
	case overTimeAmount:
		w.raw = a.rate.ratio(a.during)
	case perWeightOverTimeAmount:
		w.raw = a.ratePerKg.ratio(w.weight, a.during)
	default:
		w.raw = over(m.mg)
	}
	if err == nil && (w.raw.den.IsZero() || w.raw.exact() && !within(w.raw.num, MaxMass)) {
		err = massRange(r.Amount.String())
	}
	return w, err
}

// bound applies floor and cap.
func (r Rule) bound(m ratio) ratio {
	for _, limit := range [...]struct {
		bound Mass
		sign  int
	}{{r.Floor, -1}, {r.Cap, 1}} {
		if limit.bound.IsZero() {
			continue
		}
		if m.compare(limit.bound.mg) == limit.sign {
			return over(limit.bound.mg)
		}
	}
	return m
}

// inside reports whether m lies within floor and cap.
func (r Rule) inside(m Mass) bool {
	return m.Compare(r.Floor) >= 0 && (r.Cap.IsZero() || m.Compare(r.Cap) <= 0)
}

// round rounds the bounded dose, and stays within floor and cap.
func (r Rule) round(w *working) error {
	fail := func(err error) error { return &RoundingError{r.Rounding, r.Floor, r.Cap, err} }
	if r.Rounding.IsZero() {
		if !w.bounded.exact() {
			return massRange(r.Amount.String() + " without rounding")
		}
		w.rounded = Mass{mg: w.bounded.num}
		w.dose = w.rounded
		return nil
	}
	rounding, within, otherwise := r.Rounding.first(), r.Rounding.within, r.Rounding.Otherwise()
	err := r.roundTo(w, rounding)
	if !within.IsZero() && (err != nil || w.dose.IsZero() || !w.bounded.near(w.dose, within)) {
		w.passedOver = w.dose // zero where there was none
		rounding = otherwise
		err = r.roundTo(w, rounding)
	}
	w.rounding = rounding
	switch {
	case err != nil:
		return err
	case w.dose.IsZero():
		return fail(ErrZeroDose)
	case !r.MaxDeviation.IsZero() && !w.bounded.near(w.dose, r.MaxDeviation):
		return fail(ErrDeviation)
	}
	return nil
}

// roundTo rounds the bounded dose to one step, and stays within floor and cap.
func (r Rule) roundTo(w *working, to Rounding) error {
	w.rounded, w.dose = Mass{}, Mass{}
	mg, ok := w.bounded.round(to.step.mg, to.mode)
	if !ok || !within(mg, MaxMass) {
		return massRange("a dose rounded to " + to.String())
	}
	w.rounded = Mass{mg: mg}
	w.dose = w.rounded
	if r.inside(w.dose) {
		return nil
	}
	// Of the multiples inside, the nearest to the dose is the nearest to the
	// bound that rounding passed, since the dose lies between the two.
	limit, mode := r.Cap, Down
	if w.rounded.Compare(r.Floor) < 0 {
		limit, mode = r.Floor, Up
	}
	var err error
	if w.dose, err = to.multiple(limit, mode); err == nil && !r.inside(w.dose) {
		w.dose, err = Mass{}, &RoundingError{r.Rounding, r.Floor, r.Cap, ErrNoMultiple}
	}
	return err
}

// near reports whether m is at most p of r away from r.
func (r ratio) near(m Mass, p Percent) bool {
	return product2(m.mg, r.den).within(p, product1(r.num))
}
