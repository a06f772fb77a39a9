package dose

import (
	"github.com/govalues/decimal"
)

// A Factor is an exact number more than 0 and at most 1: the share of the
// excess weight in an adjusted weight. Of the factors in use, 0.4 is for
// adjusted and 0.25 for nutritional weight (Erstad; ClinCalc); none is a
// default.
//
// The zero Factor is none: it has the empty text. Values are comparable with
// ==.
type Factor struct{ ratio decimal.Decimal }

// ParseFactor reads a factor such as "0.4". The number is as for [ParseMass]
// and not zero. The error is a [*ParseError].
func ParseFactor(s string) (Factor, error) {
	d := dimension{what: "factor", units: [6]unit{{name: "no unit"}}}
	v, n, err := d.number(s)
	switch {
	case err != nil:
		return Factor{}, err
	case n != len(s):
		return Factor{}, d.fail(s, n, ErrUnit, "a number without unit")
	case v.IsZero() || !within(v, 1):
		return Factor{}, d.fail(s, 0, ErrRange, "more than 0 and at most 1")
	}
	return Factor{ratio: v.Trim(0)}, nil
}

// MustFactor is like [ParseFactor] and panics on an error. It is for tests and
// for constants in code.
func MustFactor(s string) Factor { return must(ParseFactor(s)) }

// IsZero reports whether f is none.
func (f Factor) IsZero() bool { return f.ratio.IsZero() }

// Number returns the number of the factor, exactly.
func (f Factor) Number() Number { return Number{f.ratio} }

// Unit returns "": a factor has no unit.
func (Factor) Unit() string { return "" }

// String returns the canonical text: "0.4"; "" if f is none.
func (f Factor) String() string { return string(f.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Factor.String].
func (f Factor) AppendText(b []byte) ([]byte, error) { return f.append(b), nil }

// MarshalText returns the text of [Factor.String].
func (f Factor) MarshalText() ([]byte, error) { return f.append(nil), nil }

// UnmarshalText reads what [ParseFactor] reads; the empty text gives none. On
// an error f is unchanged.
func (f *Factor) UnmarshalText(text []byte) error { return unmarshalOptional(f, text, ParseFactor) }

func (f Factor) append(b []byte) []byte {
	if f.IsZero() {
		return b
	}
	b, _ = f.ratio.AppendText(b) // AppendText of a decimal has no failure
	return b
}
