package dose

import (
	"iter"
	"strconv"
)

// A Measure is what a [Limit] of a rule bounds. The zero Measure is invalid.
type Measure uint8

// The measures, in the order in which [Limits] lists them.
const (
	_                 Measure = iota
	OfDose                    // the dose, in mg
	OfPerKilogram             // the dose per kilogram of body weight, in mg/kg
	OfRate                    // the dose per time, in mg/h
	OfRatePerKilogram         // the dose per kilogram and time, in mg/kg/h
	OfConcentration           // the concentration of what is given, in mg/mL
	OfVolume                  // the volume of what is given, in mL
	OfFlow                    // the setting of the pump, in mL/h
	OfDuration                // how long the dose is given
)

const lastMeasure = OfDuration

// String returns the name of the measure: "dose per kilogram".
func (m Measure) String() string {
	switch m {
	case OfDose:
		return "dose"
	case OfPerKilogram:
		return "dose per kilogram"
	case OfRate:
		return "rate"
	case OfRatePerKilogram:
		return "rate per kilogram"
	case OfConcentration:
		return "concentration"
	case OfVolume:
		return "volume"
	case OfFlow:
		return "flow"
	case OfDuration:
		return "duration"
	}
	return "Measure(" + strconv.Itoa(int(m)) + ")"
}

// ParseMeasure reads the name that [Measure.String] writes. The error is a [*ParseError] that
// wraps [ErrSyntax].
func ParseMeasure(s string) (Measure, error) { return parseEnum(s, "measure", OfDose, lastMeasure) }

// AppendText appends the text of [Measure.String]; nothing for the zero Measure. A value that
// is none of them is a [*RangeError].
func (m Measure) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, m, "measure", OfDose, lastMeasure)
}

// MarshalText returns what [Measure.AppendText] appends.
func (m Measure) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads what [ParseMeasure] reads; the empty text gives the zero Measure. On an
// error m is unchanged.
func (m *Measure) UnmarshalText(text []byte) error { return unmarshalOptional(m, text, ParseMeasure) }

// field returns the field of [Limits] that bounds m.
func (m Measure) field() string {
	switch m {
	case OfDose:
		return "Dose"
	case OfPerKilogram:
		return "PerKilogram"
	case OfRate:
		return "Rate"
	case OfRatePerKilogram:
		return "RatePerKilogram"
	case OfConcentration:
		return "Concentration"
	case OfVolume:
		return "Volume"
	case OfFlow:
		return "Flow"
	case OfDuration:
		return "Duration"
	}
	return m.String()
}

// A PassedLimit is a bound that was passed. Values are comparable with ==.
type PassedLimit struct {
	Measure Measure // what was measured
	Side    Side    // which bound
	Bound   string  // the text of the bound, such as "80 mg"
}

// String returns the bound and what it bounds: "soft max 80 mg of the dose".
func (p PassedLimit) String() string {
	return p.Side.String() + " " + p.Bound + " of the " + p.Measure.String()
}

// A LimitError says which hard limit would be passed. It never has the number
// that would pass it.
type LimitError struct{ Limit PassedLimit }

// Error names the limit and its bound.
func (e *LimitError) Error() string { return ErrHardLimit.Error() + ": " + e.Limit.String() }

// Unwrap returns [ErrHardLimit].
func (e *LimitError) Unwrap() error { return ErrHardLimit }

// A passedSet is the bounds that were passed: four bits per measure.
type passedSet uint64

func passedBit(m Measure, s Side) passedSet { return 1 << (4*(m-OfDose) + Measure(s-HardMin)) }

// all yields the passed bounds of some sides.
func (p passedSet) all(l Limits, sides passedSet) iter.Seq[PassedLimit] {
	return func(yield func(PassedLimit) bool) {
		for m := OfDose; m <= lastMeasure; m++ {
			for s := HardMin; s <= HardMax; s++ {
				if p&sides&passedBit(m, s) == 0 {
					continue
				}
				if !yield(PassedLimit{m, s, l.bound(m, s)}) {
					return
				}
			}
		}
	}
}

// err returns a [*LimitError] for the first hard bound that was passed, or nil.
func (p passedSet) err(l Limits) error {
	if p&hardSides == 0 {
		return nil
	}
	for passed := range p.all(l, hardSides) {
		return &LimitError{passed}
	}
	return nil
}

// The bits of the sides of every measure.
const (
	hardSides passedSet = 0x9999_9999_9999_9999
	softSides passedSet = 0x6666_6666_6666_6666
	anySide   passedSet = hardSides | softSides
)
