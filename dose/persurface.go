package dose

import (
	"github.com/govalues/decimal"
)

// MaxPerSurface is the largest [PerSurface], in mg/m2.
const MaxPerSurface = 1_000_000

// A PerSurface is an exact dose per square metre of body surface, more than 0 and at
// most [MaxPerSurface] mg/m2.
//
// The zero PerSurface is none: it has the empty text. Values are comparable with ==.
type PerSurface struct{ mgPerM2 decimal.Decimal }

func perSurfaceDimension() dimension {
	return dimension{
		what:     "dose per square metre",
		units:    [6]unit{{"mg/m2", 1, 0}, {"mcg/m2", 1, 3}, {"g/m2", 1000, 0}},
		limit:    MaxPerSurface,
		positive: true,
	}
}

// ParsePerSurface reads a dose per square metre such as "1250 mg/m2". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParsePerSurface(s string) (PerSurface, error) {
	v, err := perSurfaceDimension().parse(s)
	return PerSurface{mgPerM2: v}, err
}

// MustPerSurface is like [ParsePerSurface] and panics on an error. It is for tests and
// for constants in code.
func MustPerSurface(s string) PerSurface { return must(ParsePerSurface(s)) }

// Compare returns -1, 0 or 1 as r is less than, equal to or more than s.
func (r PerSurface) Compare(s PerSurface) int { return r.mgPerM2.Cmp(s.mgPerM2) }

// IsZero reports whether r is none.
func (r PerSurface) IsZero() bool { return r.mgPerM2.IsZero() }

// For returns r x s, exactly. Without a surface the error is a [*MissingError]
// that wraps [ErrNoHeight], since a surface comes from weight and height; a
// product out of range is a [*RangeError].
func (r PerSurface) For(s Surface) (Mass, error) {
	if s.IsZero() {
		return Mass{}, &MissingError{"body surface", r.String(), ErrNoHeight}
	}
	mg, ok := mul(r.mgPerM2, s.m2)
	if !ok || !within(mg, MaxMass) {
		return Mass{}, massRange(r.String() + " x " + s.String())
	}
	return Mass{mg: mg}, nil
}

// Number returns the number of mg/m2, exactly.
func (r PerSurface) Number() Number { return Number{r.mgPerM2} }

// Unit returns "mg/m2".
func (PerSurface) Unit() string { return "mg/m2" }

// String returns the canonical text, always in mg/m2: "1250 mg/m2"; "" if r is none.
func (r PerSurface) String() string { return string(r.append(make([]byte, 0, 24))) }

// AppendText appends the text of [PerSurface.String].
func (r PerSurface) AppendText(b []byte) ([]byte, error) { return r.append(b), nil }

// MarshalText returns the text of [PerSurface.String].
func (r PerSurface) MarshalText() ([]byte, error) { return r.append(nil), nil }

// UnmarshalText reads what [ParsePerSurface] reads; the empty text gives none. On an error r is
// unchanged.
func (r *PerSurface) UnmarshalText(text []byte) error {
	return unmarshalOptional(r, text, ParsePerSurface)
}

func (r PerSurface) append(b []byte) []byte {
	if r.IsZero() {
		return b
	}
	return appendQuantity(b, r.mgPerM2, "mg/m2")
}
