package dose

import (
	"github.com/govalues/decimal"
)

// MaxRatePerKilogram is the largest [RatePerKilogram], in mg/kg/h.
const MaxRatePerKilogram = 1_000_000

// A RatePerKilogram is an exact mass of drug per kilogram of body weight and
// time, more than 0 and at most [MaxRatePerKilogram] mg/kg/h.
//
// The zero RatePerKilogram is none: it has the empty text. Values are comparable with ==.
type RatePerKilogram struct{ mgPerKgH decimal.Decimal }

func ratePerKilogramDimension() dimension {
	return dimension{
		what: "rate per kilogram",
		units: [6]unit{
			{"mg/kg/h", 1, 0},
			{"mcg/kg/h", 1, 3},
			{"g/kg/h", 1000, 0},
			{"mg/kg/min", 60, 0},
			{"mcg/kg/min", 6, 2},
			{"g/kg/min", 60_000, 0},
		},
		limit:    MaxRatePerKilogram,
		positive: true,
		note:     "a rate per kilogram is a mass per kg and per h or min",
	}
}

// ParseRatePerKilogram reads a rate per kilogram such as "0.35 mg/kg/h" or "12.5 mcg/kg/min". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParseRatePerKilogram(s string) (RatePerKilogram, error) {
	v, err := ratePerKilogramDimension().parse(s)
	return RatePerKilogram{mgPerKgH: v}, err
}

// MustRatePerKilogram is like [ParseRatePerKilogram] and panics on an error. It is for tests and
// for constants in code.
func MustRatePerKilogram(s string) RatePerKilogram { return must(ParseRatePerKilogram(s)) }

// Compare returns -1, 0 or 1 as r is less than, equal to or more than s.
func (r RatePerKilogram) Compare(s RatePerKilogram) int { return r.mgPerKgH.Cmp(s.mgPerKgH) }

// IsZero reports whether r is none.
func (r RatePerKilogram) IsZero() bool { return r.mgPerKgH.IsZero() }

// For returns r x w, exactly. Without a weight the error is a [*MissingError]
// that wraps [ErrNoWeight]; a product out of range is a [*RangeError].
func (r RatePerKilogram) For(w Weight) (Rate, error) {
	if w.IsZero() {
		return Rate{}, &MissingError{"weight", r.String(), ErrNoWeight}
	}
	v, ok := mul(r.mgPerKgH, w.kg)
	if !ok || !within(v, MaxRate) {
		return Rate{}, &RangeError{r.String() + " x " + w.String(), "at most 100000000 mg/h in at most 19 digits"}
	}
	return Rate{mgPerH: v}, nil
}

// ratio returns r x w x d as a fraction.
func (r RatePerKilogram) ratio(w Weight, d Duration) ratio {
	return product(r.mgPerKgH, d.s, w.kg, 3600)
}

// Number returns the number of mg/kg/h, exactly.
func (r RatePerKilogram) Number() Number { return Number{r.mgPerKgH} }

// Unit returns "mg/kg/h".
func (RatePerKilogram) Unit() string { return "mg/kg/h" }

// String returns the canonical text, always in mg/kg/h: "0.75 mg/kg/h"; "" if r is none.
func (r RatePerKilogram) String() string { return string(r.append(make([]byte, 0, 24))) }

// AppendText appends the text of [RatePerKilogram.String].
func (r RatePerKilogram) AppendText(b []byte) ([]byte, error) { return r.append(b), nil }

// MarshalText returns the text of [RatePerKilogram.String].
func (r RatePerKilogram) MarshalText() ([]byte, error) { return r.append(nil), nil }

// UnmarshalText reads what [ParseRatePerKilogram] reads; the empty text gives none. On an error r is
// unchanged.
func (r *RatePerKilogram) UnmarshalText(text []byte) error {
	return unmarshalOptional(r, text, ParseRatePerKilogram)
}

func (r RatePerKilogram) append(b []byte) []byte {
	if r.IsZero() {
		return b
	}
	return appendQuantity(b, r.mgPerKgH, "mg/kg/h")
}
