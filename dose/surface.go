package dose

import (
	"github.com/govalues/decimal"
)

// MaxSurface is the largest [Surface], in m2.
const MaxSurface = 100

// A Surface is an exact body surface area, more than 0 and at most [MaxSurface] m2.
//
// The zero Surface is unknown: it has the empty text. Values are comparable with ==.
type Surface struct{ m2 decimal.Decimal }

func surfaceDimension() dimension {
	return dimension{
		what:     "body surface",
		units:    [6]unit{{"m2", 1, 0}},
		limit:    MaxSurface,
		positive: true,
	}
}

// ParseSurface reads a body surface such as "1.818119 m2". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParseSurface(s string) (Surface, error) {
	v, err := surfaceDimension().parse(s)
	return Surface{m2: v}, err
}

// MustSurface is like [ParseSurface] and panics on an error. It is for tests and
// for constants in code.
func MustSurface(s string) Surface { return must(ParseSurface(s)) }

// Compare returns -1, 0 or 1 as s is less than, equal to or more than t.
func (s Surface) Compare(t Surface) int { return s.m2.Cmp(t.m2) }

// IsZero reports whether s is unknown.
func (s Surface) IsZero() bool { return s.m2.IsZero() }

// Number returns the number of m2, exactly.
func (s Surface) Number() Number { return Number{s.m2} }

// Unit returns "m2".
func (Surface) Unit() string { return "m2" }

// String returns the canonical text, always in m2: "1.818119 m2"; "" if s is unknown.
func (s Surface) String() string { return string(s.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Surface.String].
func (s Surface) AppendText(b []byte) ([]byte, error) { return s.append(b), nil }

// MarshalText returns the text of [Surface.String].
func (s Surface) MarshalText() ([]byte, error) { return s.append(nil), nil }

// UnmarshalText reads what [ParseSurface] reads; the empty text gives unknown. On an error s is
// unchanged.
func (s *Surface) UnmarshalText(text []byte) error {
	return unmarshalOptional(s, text, ParseSurface)
}

func (s Surface) append(b []byte) []byte {
	if s.IsZero() {
		return b
	}
	return appendQuantity(b, s.m2, "m2")
}
