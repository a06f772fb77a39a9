package dose

import "strconv"

// A Plausibility is the measurements that can be believed, as data. A hard
// bound is an error, because the measurement is almost certainly a mistake; a
// soft bound is a reason to ask. A value equal to a bound lies inside.
//
// The zero Plausibility believes everything. Values are comparable with ==.
type Plausibility struct {
	Weight Limit[Weight]
	Source string // where the bounds are from
}

// Adult returns the plausibility of adults.
//
// The hard weights, 22.7 to 340.2 kg (50 to 750 lb), are from Chan and Raffa
// 2017 (plausibility of weights in electronic health records of adults). The
// soft weights, 40 to 150 kg, are a convention of this library.
func Adult() Plausibility {
	return Plausibility{
		Weight: Limit[Weight]{
			HardMin: MustWeight("22.7 kg"), SoftMin: MustWeight("40 kg"),
			SoftMax: MustWeight("150 kg"), HardMax: MustWeight("340.2 kg"),
		},
		Source: "hard: Chan and Raffa 2017, plausibility of adult weights in electronic health records; soft: convention of this library",
	}
}

// A PlausibilityError says which measurement cannot be believed.
type PlausibilityError struct {
	Fact  string // such as "weight"
	Value string // the measurement
	Want  string // what would be believed
}

// Error names the measurement and what would be believed.
func (e *PlausibilityError) Error() string {
	return ErrImplausible.Error() + ": " + e.Fact + " " + strconv.Quote(e.Value) + ": want " + e.Want
}

// Unwrap returns [ErrImplausible].
func (e *PlausibilityError) Unwrap() error { return ErrImplausible }

// Check returns a [*PlausibilityError] if w is outside the hard bounds, and a
// [*MissingError] that wraps [ErrNoWeight] if w is unknown.
func (p Plausibility) Check(w Weight) error {
	if w.IsZero() {
		return &MissingError{"weight", "its plausibility", ErrNoWeight}
	}
	l := p.Weight
	if !l.HardMin.IsZero() && w.Compare(l.HardMin) < 0 {
		return &PlausibilityError{"weight", w.String(), "at least " + l.HardMin.String()}
	}
	if !l.HardMax.IsZero() && w.Compare(l.HardMax) > 0 {
		return &PlausibilityError{"weight", w.String(), "at most " + l.HardMax.String()}
	}
	return nil
}

// Soft returns the soft bound of the weight that w passes, if it does.
func (p Plausibility) Soft(w Weight) (bound Weight, side Side, passed bool) {
	l := p.Weight
	if !l.SoftMin.IsZero() && !w.IsZero() && w.Compare(l.SoftMin) < 0 {
		return l.SoftMin, SoftMin, true
	}
	if !l.SoftMax.IsZero() && w.Compare(l.SoftMax) > 0 {
		return l.SoftMax, SoftMax, true
	}
	return Weight{}, 0, false
}
