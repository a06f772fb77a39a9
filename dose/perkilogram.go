package dose

import (
	"strconv"

	"github.com/govalues/decimal"
)

// MaxPerKilogram is the largest [PerKilogram], in mg/kg: as much drug as body.
const MaxPerKilogram = 1_000_000

// A PerKilogram is an exact dose per kilogram of body weight, more than 0 and
// at most [MaxPerKilogram] mg/kg. Which weight (actual, ideal, ...) is said by a
// [Basis].
//
// The zero PerKilogram is none: it has the empty text. Values are comparable
// with ==.
type PerKilogram struct{ mgPerKg decimal.Decimal }

func perKilogramDimension() dimension {
	return dimension{
		what:  "dose per kilogram",
		units: [6]unit{{"mg/kg", 1, 0}, {"mcg/kg", 1, 3}, {"g/kg", 1000, 0}},
		limit: MaxPerKilogram, positive: true,
		note: "a dose per kilogram ends in /kg, and a fixed dose is a mass",
	}
}

// ParsePerKilogram reads a dose per kilogram such as "0.5 mg/kg" or
// "500 mcg/kg". The number is as for [ParseMass] and not zero. The error is a
// [*ParseError].
func ParsePerKilogram(s string) (PerKilogram, error) {
	v, err := perKilogramDimension().parse(s)
	return PerKilogram{mgPerKg: v}, err
}

// MustPerKilogram is like [ParsePerKilogram] and panics on an error. It is for
// tests and for constants in code.
func MustPerKilogram(s string) PerKilogram { return must(ParsePerKilogram(s)) }

// Compare returns -1, 0 or 1 as r is less than, equal to or more than s.
func (r PerKilogram) Compare(s PerKilogram) int { return r.mgPerKg.Cmp(s.mgPerKg) }

// IsZero reports whether r is none.
func (r PerKilogram) IsZero() bool { return r.mgPerKg.IsZero() }

// Add returns r + s, exactly: a step of a titration. The error is a
// [*RangeError].
func (r PerKilogram) Add(s PerKilogram) (PerKilogram, error) {
	sum, ok := add(r.mgPerKg, s.mgPerKg)
	if !ok || !within(sum, MaxPerKilogram) {
		return PerKilogram{}, perKilogramRange(r.String() + " + " + s.String())
	}
	return PerKilogram{mgPerKg: sum}, nil
}

// MultipleOf reports whether r is a whole multiple of s, which 0 mg/kg is of
// every dose per kilogram but 0 mg/kg.
func (r PerKilogram) MultipleOf(s PerKilogram) bool { return wholeMultiple(r.mgPerKg, s.mgPerKg) }

// Times returns n x r, exactly: the dose per kilogram of n sessions. The error,
// also for a negative n, is a [*RangeError].
func (r PerKilogram) Times(n int) (PerKilogram, error) {
	v, ok := mul(r.mgPerKg, whole(int64(n)))
	if !ok || !within(v, MaxPerKilogram) {
		return PerKilogram{}, perKilogramRange(strconv.Itoa(n) + " x " + r.String())
	}
	return PerKilogram{mgPerKg: v}, nil
}

func perKilogramRange(operation string) error {
	return &RangeError{operation, "at most " + strconv.Itoa(MaxPerKilogram) + " mg/kg in at most 19 digits"}
}

// For returns r x w, exactly. Without a weight the error is a [*MissingError]
// that wraps [ErrNoWeight]; a product out of range is a [*RangeError].
func (r PerKilogram) For(w Weight) (Mass, error) {
	if w.IsZero() {
		return Mass{}, &MissingError{"weight", r.String(), ErrNoWeight}
	}
	mg, ok := mul(r.mgPerKg, w.kg)
	if !ok || !within(mg, MaxMass) {
		return Mass{}, massRange(r.String() + " x " + w.String())
	}
	return Mass{mg: mg}, nil
}

// Number returns the number of mg/kg, exactly.
func (r PerKilogram) Number() Number { return Number{r.mgPerKg} }

// Unit returns "mg/kg".
func (PerKilogram) Unit() string { return "mg/kg" }

// String returns the canonical text, always in mg/kg: "0.5 mg/kg"; "" if r is
// none.
func (r PerKilogram) String() string { return string(r.append(make([]byte, 0, 24))) }

// AppendText appends the text of [PerKilogram.String].
func (r PerKilogram) AppendText(b []byte) ([]byte, error) { return r.append(b), nil }

// MarshalText returns the text of [PerKilogram.String].
func (r PerKilogram) MarshalText() ([]byte, error) { return r.append(nil), nil }

// UnmarshalText reads what [ParsePerKilogram] reads; the empty text gives none.
// On an error r is unchanged.
func (r *PerKilogram) UnmarshalText(text []byte) error {
	return unmarshalOptional(r, text, ParsePerKilogram)
}

func (r PerKilogram) append(b []byte) []byte {
	if r.IsZero() {
		return b
	}
	return appendQuantity(b, r.mgPerKg, "mg/kg")
}
