package dose

// A Body is what is known of the body a dose is for. Each fact is optional and
// has no default: a rule that needs one that is unknown fails by name.
//
// The weights and the surface derived from it are taken to 6 decimals half up,
// each as a step that is shown; a step that follows computes with what was
// shown, so that each can be checked by hand.
//
// The zero Body is one of which nothing is known. Values are comparable with
// ==.
type Body struct {
	Weight Weight // the measured (actual) weight
	Height Height
	Sex    Sex // for formulas that differ by sex
}

// BMI returns the body mass index, weight in kg / (height in m)^2, to 6
// decimals half up (Erstad). The error is a [*MissingError] or a [*RangeError].
func (b Body) BMI() (BMI, error) {
	if err := b.need("body mass index", true, true, false); err != nil {
		return BMI{}, err
	}
	square, ok := mul(b.Height.cm, b.Height.cm)
	if !ok {
		return BMI{}, bmiRange(b)
	}
	num, ok := mul(b.Weight.kg, whole(10_000)) // 1 m2 is 10,000 cm2
	if !ok {
		return BMI{}, bmiRange(b)
	}
	v, ok := quo(num, square, millionth(), HalfUp)
	if !ok || v.IsZero() || !within(v, MaxBMI) {
		return BMI{}, bmiRange(b)
	}
	return BMI{kgPerM2: v}, nil
}

func bmiRange(b Body) error {
	return &RangeError{
		"body mass index of " + b.Weight.String() + " and " + b.Height.String(),
		"more than 0 and at most 100000 kg/m2",
	}
}

// Surface returns the body surface area by Mosteller, the square root of
// height in cm x weight in kg / 3600, in m2, to 6 decimals half up (Mosteller
// 1987, doi 10.1056/NEJM198710223171717). The error is a [*MissingError] or a
// [*RangeError].
func (b Body) Surface() (Surface, error) {
	if err := b.need("body surface", true, true, false); err != nil {
		return Surface{}, err
	}
	area, ok := mul(b.Height.cm, b.Weight.kg)
	if !ok {
		return Surface{}, &RangeError{b.Height.String() + " x " + b.Weight.String(), wantExact}
	}
	m2 := sqrtOver3600(area)
	if m2.IsZero() {
		return Surface{}, &RangeError{b.Height.String() + " x " + b.Weight.String(), "a body surface of more than 0 m2"}
	}
	return Surface{m2: m2}, nil
}

// Based returns the weight that a dose by this basis is for.
//
// The error is a [*MissingError] that names the fact that is missing, a
// [*RuleError] if the policy lacks what the basis needs, or a [*RangeError] if
// a formula has no positive result.
func (b Body) Based(basis Basis, p WeightPolicy) (Weight, error) {
	if problems := p.check(basisSet(0).with(basis), nil); len(problems) > 0 {
		return Weight{}, problems
	}
	w, _, err := b.based(basis, p)
	return w, err
}

// need returns an error for the first fact of b that is needed and missing.
func (b Body) need(what string, weight, height, sex bool) error {
	switch {
	case weight && b.Weight.IsZero():
		return &MissingError{"weight", what, ErrNoWeight}
	case height && b.Height.IsZero():
		return &MissingError{"height", what, ErrNoHeight}
	case sex && !b.Sex.valid():
		return &MissingError{"sex", what, ErrNoSex}
	}
	return nil
}
