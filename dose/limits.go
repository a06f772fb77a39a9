package dose

import (
	"strings"
)

// Limits bound what a rule may give. Limits per kilogram are judged on the dose
// after floor and cap and before rounding; limits in mg after rounding.
//
// A limit per kilogram is compared for the weight that the rule doses by, and
// for the actual weight where the rule does not dose by weight.
//
// The zero Limits limit nothing and have the empty text. Values are comparable
// with ==.
type Limits struct {
	Dose        Limit[Mass]
	PerKilogram Limit[PerKilogram]
}

const lastMeasure = OfPerKilogram

// AtMost returns limits that have only a hard maximum of the dose.
func AtMost(m Mass) Limits { return Limits{Dose: Limit[Mass]{HardMax: m}} }

// IsZero reports whether l limits nothing.
func (l Limits) IsZero() bool { return l == Limits{} }

// ParseLimits reads limits such as "soft max 80 mg, hard max 100 mg".
//
//	Limits = Bound { ", " Bound } .
//	Bound  = ( "hard min" | "soft min" | "soft max" | "hard max" ) " " Quantity .
//
// The unit says which quantity is bounded. The bounds come in the order of the
// fields of [Limits], and from low to high for each. The error is a
// [*ParseError].
func ParseLimits(s string) (Limits, error) {
	var l Limits
	c := clauses{what: "limits", text: s}
	if err := c.start(); err != nil {
		return Limits{}, err
	}
	for c.next() {
		if err := c.limit(&l); err != nil {
			return Limits{}, err
		}
	}
	return l, nil
}

// String returns the canonical text: "soft max 80 mg, hard max 100 mg"; "" if l
// limits nothing.
func (l Limits) String() string { return string(l.append(nil)) }

// AppendText appends the text of [Limits.String].
func (l Limits) AppendText(b []byte) ([]byte, error) { return append(b, l.append(nil)...), nil }

// MarshalText returns the text of [Limits.String].
func (l Limits) MarshalText() ([]byte, error) { return l.append(nil), nil }

// UnmarshalText reads what [ParseLimits] reads; the empty text gives no limits.
// On an error l is unchanged.
func (l *Limits) UnmarshalText(text []byte) error { return unmarshalOptional(l, text, ParseLimits) }

// append appends the clauses of l to b, which is empty or has clauses.
func (l Limits) append(b []byte) []byte {
	b = l.Dose.append(b)
	b = l.PerKilogram.append(b)
	return b
}

// check appends a problem for each limit whose bounds are out of order.
func (l Limits) check(problems RuleErrors) RuleErrors {
	problems = l.Dose.check(OfDose, problems)
	problems = l.PerKilogram.check(OfPerKilogram, problems)
	return problems
}

// bound returns the text of one bound.
func (l Limits) bound(m Measure, s Side) string {
	switch m {
	case OfDose:
		return l.Dose.bound(s).String()
	case OfPerKilogram:
		return l.PerKilogram.bound(s).String()
	}
	return ""
}

// set sets the bound on side s of the measure that the unit of text says.
func (l *Limits) set(s Side, text string) (Measure, error) {
	_, unit, _ := strings.Cut(text, " ")
	switch {
	case strings.HasSuffix(unit, "/kg"):
		return OfPerKilogram, l.PerKilogram.set(s, text, ParsePerKilogram)
	default:
		return OfDose, l.Dose.set(s, text, ParseMass)
	}
}
