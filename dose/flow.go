package dose

import (
	"github.com/govalues/decimal"
)

// MaxFlow is the largest [Flow], in mL/h.
const MaxFlow = 1_000_000

// A Flow is an exact flow of liquid, more than 0 and at most [MaxFlow] mL/h: what a
// pump is set to.
//
// The zero Flow is none: it has the empty text. Values are comparable with ==.
type Flow struct{ mlPerH decimal.Decimal }

func flowDimension() dimension {
	return dimension{
		what:     "flow",
		units:    [6]unit{{"mL/h", 1, 0}, {"mL/min", 60, 0}, {"L/h", 1000, 0}},
		limit:    MaxFlow,
		positive: true,
	}
}

// ParseFlow reads a flow such as "75 mL/h". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParseFlow(s string) (Flow, error) {
	v, err := flowDimension().parse(s)
	return Flow{mlPerH: v}, err
}

// MustFlow is like [ParseFlow] and panics on an error. It is for tests and
// for constants in code.
func MustFlow(s string) Flow { return must(ParseFlow(s)) }

// Compare returns -1, 0 or 1 as f is less than, equal to or more than g.
func (f Flow) Compare(g Flow) int { return f.mlPerH.Cmp(g.mlPerH) }

// IsZero reports whether f is none.
func (f Flow) IsZero() bool { return f.mlPerH.IsZero() }

// Number returns the number of mL/h, exactly.
func (f Flow) Number() Number { return Number{f.mlPerH} }

// Unit returns "mL/h".
func (Flow) Unit() string { return "mL/h" }

// String returns the canonical text, always in mL/h: "75 mL/h"; "" if f is none.
func (f Flow) String() string { return string(f.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Flow.String].
func (f Flow) AppendText(b []byte) ([]byte, error) { return f.append(b), nil }

// MarshalText returns the text of [Flow.String].
func (f Flow) MarshalText() ([]byte, error) { return f.append(nil), nil }

// UnmarshalText reads what [ParseFlow] reads; the empty text gives none. On an error f is
// unchanged.
func (f *Flow) UnmarshalText(text []byte) error {
	return unmarshalOptional(f, text, ParseFlow)
}

func (f Flow) append(b []byte) []byte {
	if f.IsZero() {
		return b
	}
	return appendQuantity(b, f.mlPerH, "mL/h")
}
