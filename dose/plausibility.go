package dose

import (
	"strconv"

	"github.com/govalues/decimal"
)

// A Plausibility is the measurements that can be believed, as data. A hard
// bound is an error, because the measurement is almost certainly a mistake; a
// soft bound is a reason to ask. A value equal to a bound lies inside.
//
// The zero Plausibility believes everything. Values are comparable with ==.
type Plausibility struct {
	Weight Limit[Weight]
	Height Limit[Height]
	BMI    Limit[BMI] // judged where weight and height are known
	Source string     // where the bounds are from
}

// Adult returns the plausibility of adults.
//
// The hard weights, 22.7 to 340.2 kg (50 to 750 lb), and the hard body mass
// index, 10 to 100 kg/m2, are from Chan and Raffa 2017 (plausibility of weights
// in electronic health records of adults). The soft bounds, 40 to 150 kg and 15
// to 45 kg/m2, and the heights, 91 to 244 cm hard and 140 to 210 cm soft, are
// conventions of this library.
func Adult() Plausibility {
	// Whoever judges a weight needs these, so no text is read for them.
	weight := func(tenths int64) Weight { return Weight{kg: decimal.MustNew(tenths, 1).Trim(0)} }
	height := func(cm int64) Height { return Height{cm: decimal.MustNew(cm, 0)} }
	bmi := func(n int64) BMI { return BMI{decimal.MustNew(n, 0)} }
	return Plausibility{
		Weight: Limit[Weight]{HardMin: weight(22_7), SoftMin: weight(40_0), SoftMax: weight(150_0), HardMax: weight(340_2)},
		Height: Limit[Height]{HardMin: height(91), SoftMin: height(140), SoftMax: height(210), HardMax: height(244)},
		BMI:    Limit[BMI]{HardMin: bmi(10), SoftMin: bmi(15), SoftMax: bmi(45), HardMax: bmi(100)},
		Source: "weight and BMI, hard: Chan and Raffa 2017, electronic health records of adults; " +
			"all else: convention of this library",
	}
}

// A PlausibilityError says which measurement cannot be believed.
type PlausibilityError struct {
	Fact  string // "weight", "height" or "BMI"
	Value string // the measurement
	Want  string // what would be believed
	// Pounds is what the number of the weight would be in kg if it were pounds,
	// where that would be plausible; else unknown.
	Pounds Weight
}

// Error names the measurement and what would be believed.
func (e *PlausibilityError) Error() string {
	text := ErrImplausible.Error() + ": " + e.Fact + " " + strconv.Quote(e.Value) + ": want " + e.Want
	if !e.Pounds.IsZero() {
		text += "; read as pounds it would be plausible, " + e.Pounds.String()
	}
	return text
}

// Unwrap returns [ErrImplausible].
func (e *PlausibilityError) Unwrap() error { return ErrImplausible }

// Check returns a [*PlausibilityError] if w is outside the hard bounds, and a
// [*MissingError] that wraps [ErrNoWeight] if w is unknown.
func (p Plausibility) Check(w Weight) error {
	if w.IsZero() {
		return &MissingError{"weight", "its plausibility", ErrNoWeight}
	}
	return p.CheckBody(Body{Weight: w})
}

// CheckBody returns a [*PlausibilityError] for the first of weight, height and
// body mass index that is outside the hard bounds. What is unknown is not
// judged. A body mass index out of the range of its type is a [*RangeError].
func (p Plausibility) CheckBody(b Body) error {
	for o, err := range p.observe(b) {
		if err != nil {
			return err
		}
		if o.Side.Hard() {
			pounds, _ := p.AsPounds(b)
			return &PlausibilityError{o.Fact, o.Value, o.want(), pounds}
		}
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

// AsPounds returns what the weight would be if its number had been pounds, and
// reports whether that is what somebody may have meant: the weight as it stands
// passes a bound, of weight or body mass index, and as pounds it passes none.
func (p Plausibility) AsPounds(b Body) (w Weight, plausible bool) {
	if b.Weight.IsZero() || !p.doubts(b) {
		return Weight{}, false
	}
	kg, ok := mul(b.Weight.kg, pound())
	if !ok {
		return Weight{}, false
	}
	read := b
	read.Weight = Weight{kg: kg}
	if p.doubts(read) {
		return Weight{}, false
	}
	return read.Weight, true
}

// doubts reports whether weight or body mass index pass a bound.
func (p Plausibility) doubts(b Body) bool {
	for o, err := range p.observe(b) {
		if err != nil || o.Fact != "height" {
			return true
		}
	}
	return false
}
