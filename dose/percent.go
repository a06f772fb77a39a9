package dose

import (
	"github.com/govalues/decimal"
)

// MaxPercent is the largest [Percent], in %.
const MaxPercent = 100

// A Percent is an exact percentage, more than 0 and at most [MaxPercent] %: how far a
// rounding may go.
//
// The zero Percent is none: it has the empty text. Values are comparable with ==.
type Percent struct{ pct decimal.Decimal }

func percentDimension() dimension {
	return dimension{
		what:     "percentage",
		units:    [6]unit{{"%", 1, 0}},
		limit:    MaxPercent,
		positive: true,
	}
}

// ParsePercent reads a percentage such as "5 %". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParsePercent(s string) (Percent, error) {
	v, err := percentDimension().parse(s)
	return Percent{pct: v}, err
}

// MustPercent is like [ParsePercent] and panics on an error. It is for tests and
// for constants in code.
func MustPercent(s string) Percent { return must(ParsePercent(s)) }

// Compare returns -1, 0 or 1 as p is less than, equal to or more than q.
func (p Percent) Compare(q Percent) int { return p.pct.Cmp(q.pct) }

// IsZero reports whether p is none.
func (p Percent) IsZero() bool { return p.pct.IsZero() }

// Number returns the number of %, exactly.
func (p Percent) Number() Number { return Number{p.pct} }

// Unit returns "%".
func (Percent) Unit() string { return "%" }

// String returns the canonical text, always in %: "5 %"; "" if p is none.
func (p Percent) String() string { return string(p.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Percent.String].
func (p Percent) AppendText(b []byte) ([]byte, error) { return p.append(b), nil }

// MarshalText returns the text of [Percent.String].
func (p Percent) MarshalText() ([]byte, error) { return p.append(nil), nil }

// UnmarshalText reads what [ParsePercent] reads; the empty text gives none. On an error p is
// unchanged.
func (p *Percent) UnmarshalText(text []byte) error {
	return unmarshalOptional(p, text, ParsePercent)
}

func (p Percent) append(b []byte) []byte {
	if p.IsZero() {
		return b
	}
	return appendQuantity(b, p.pct, "%")
}
