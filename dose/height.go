package dose

import (
	"github.com/govalues/decimal"
)

// MaxHeight is the largest [Height], in cm.
const MaxHeight = 300

// A Height is an exact body height, more than 0 and at most [MaxHeight] cm. What is
// plausible is said by [Plausibility].
//
// The zero Height is unknown: it has the empty text. Values are comparable with ==.
type Height struct{ cm decimal.Decimal }

func heightDimension() dimension {
	return dimension{
		what:     "height",
		units:    [6]unit{{"cm", 1, 0}},
		limit:    MaxHeight,
		positive: true,
		note:     "a height is in cm, and inches enter through ParseInches",
	}
}

// ParseHeight reads a height such as "180 cm". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParseHeight(s string) (Height, error) {
	v, err := heightDimension().parse(s)
	return Height{cm: v}, err
}

// MustHeight is like [ParseHeight] and panics on an error. It is for tests and
// for constants in code.
func MustHeight(s string) Height { return must(ParseHeight(s)) }

// Compare returns -1, 0 or 1 as h is less than, equal to or more than i.
func (h Height) Compare(i Height) int { return h.cm.Cmp(i.cm) }

// IsZero reports whether h is unknown.
func (h Height) IsZero() bool { return h.cm.IsZero() }

// ParseInches reads a body height in inches, such as "70.9 in", from more than
// 0 to 118 in. An inch is exactly 2.54 cm (international yard and pound
// agreement of 1959). The error is a [*ParseError].
func ParseInches(s string) (Height, error) {
	d := dimension{
		what: "height in inches", units: [6]unit{{"in", 1, 0}}, limit: 118, positive: true,
		note: "centimetres enter through ParseHeight",
	}
	in, err := d.parse(s)
	if err != nil {
		return Height{}, err
	}
	cm, ok := mul(in, decimal.MustNew(254, 2))
	if !ok {
		return Height{}, d.fail(s, 0, ErrRange, "at most 19 digits in cm")
	}
	return Height{cm: cm}, nil
}

// MustInches is like [ParseInches] and panics on an error. It is for tests and
// for constants in code.
func MustInches(s string) Height { return must(ParseInches(s)) }

// Number returns the number of cm, exactly.
func (h Height) Number() Number { return Number{h.cm} }

// Unit returns "cm".
func (Height) Unit() string { return "cm" }

// String returns the canonical text, always in cm: "180 cm"; "" if h is unknown.
func (h Height) String() string { return string(h.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Height.String].
func (h Height) AppendText(b []byte) ([]byte, error) { return h.append(b), nil }

// MarshalText returns the text of [Height.String].
func (h Height) MarshalText() ([]byte, error) { return h.append(nil), nil }

// UnmarshalText reads what [ParseHeight] reads; the empty text gives unknown. On an error h is
// unchanged.
func (h *Height) UnmarshalText(text []byte) error {
	return unmarshalOptional(h, text, ParseHeight)
}

func (h Height) append(b []byte) []byte {
	if h.IsZero() {
		return b
	}
	return appendQuantity(b, h.cm, "cm")
}
