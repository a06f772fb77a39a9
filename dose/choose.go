package dose

// choose returns the calculation of a choice: the dose as it is, neither bounded
// nor rounded, and judged, with hard limits not refused.
//
// Limits and rates per kilogram are for the weight that the rule doses by. A
// choice needs that only where there is a limit per kilogram.
func (r Rule) choose(m Mass, b Body) (Calculation, error) {
	c := Calculation{rule: r, body: b, chosen: true, raw: m, bounded: m, dose: m}
	weight, _, err := r.weight(b)
	if err == nil {
		c.weight = weight
	} else if !r.Limits.PerKilogram.IsZero() || !r.Limits.RatePerKilogram.IsZero() {
		return Calculation{}, err
	}
	passed, err := r.Limits.judgePerKilogram(quotient{product1(m.mg), product1(whole(1))}, c.limitWeight())
	if err != nil {
		return Calculation{}, err
	}
	c.passed = passed | r.Limits.Dose.judgeValue(OfDose, m)
	return c, nil
}

// weight returns the weight that the rule doses a body by, and how it was
// derived; zero if it does not dose by weight.
func (r Rule) weight(b Body) (Weight, trail, error) {
	a, err := r.Amount.of(b)
	if err != nil || !a.byWeight() {
		return Weight{}, trail{}, err
	}
	if a.basis == Actual && b.Weight.IsZero() {
		return Weight{}, trail{}, &MissingError{"weight", r.Amount.String(), ErrNoWeight}
	}
	return b.based(a.basis, r.Policy)
}
