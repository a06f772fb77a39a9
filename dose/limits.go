package dose

import (
	"strings"
)

// Limits bound what a rule may give. [Rule.Calculate] judges the dose: the limit
// per kilogram on the dose after floor and cap and before rounding, the limit
// in mg after rounding. [Order.For] judges all of them on the dose that is really
// delivered, over its real time.
//
// A limit per kilogram is for the weight that the rule doses by, and for the
// actual weight where the rule does not dose by weight.
//
// The zero Limits limit nothing and have the empty text. Values are comparable
// with ==.
type Limits struct {
	Dose            Limit[Mass]
	PerKilogram     Limit[PerKilogram]
	Rate            Limit[Rate]
	RatePerKilogram Limit[RatePerKilogram]
	Concentration   Limit[Concentration]
	Volume          Limit[Volume]
	Flow            Limit[Flow]
	Duration        Limit[Duration]
}

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
func (l Limits) String() string { return string(l.append(make([]byte, 0, 96))) }

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
	b = l.Rate.append(b)
	b = l.RatePerKilogram.append(b)
	b = l.Concentration.append(b)
	b = l.Volume.append(b)
	b = l.Flow.append(b)
	b = l.Duration.append(b)
	return b
}

// check appends a problem for each limit whose bounds are out of order.
func (l Limits) check(problems RuleErrors) RuleErrors {
	problems = l.Dose.check(OfDose, problems)
	problems = l.PerKilogram.check(OfPerKilogram, problems)
	problems = l.Rate.check(OfRate, problems)
	problems = l.RatePerKilogram.check(OfRatePerKilogram, problems)
	problems = l.Concentration.check(OfConcentration, problems)
	problems = l.Volume.check(OfVolume, problems)
	problems = l.Flow.check(OfFlow, problems)
	problems = l.Duration.check(OfDuration, problems)
	return problems
}

// bound returns the text of one bound.
func (l Limits) bound(m Measure, s Side) string {
	switch m {
	case OfDose:
		return l.Dose.bound(s).String()
	case OfPerKilogram:
		return l.PerKilogram.bound(s).String()
	case OfRate:
		return l.Rate.bound(s).String()
	case OfRatePerKilogram:
		return l.RatePerKilogram.bound(s).String()
	case OfConcentration:
		return l.Concentration.bound(s).String()
	case OfVolume:
		return l.Volume.bound(s).String()
	case OfFlow:
		return l.Flow.bound(s).String()
	case OfDuration:
		return l.Duration.bound(s).String()
	}
	return ""
}

// set sets the bound on side s of the measure that the unit of text says.
func (l *Limits) set(s Side, text string) (Measure, error) {
	_, unit, _ := strings.Cut(text, " ")
	has := func(d dimension) bool { _, ok := d.find(unit); return ok }
	switch {
	case has(perKilogramDimension()):
		return OfPerKilogram, l.PerKilogram.set(s, text, ParsePerKilogram)
	case has(rateDimension()):
		return OfRate, l.Rate.set(s, text, ParseRate)
	case has(ratePerKilogramDimension()):
		return OfRatePerKilogram, l.RatePerKilogram.set(s, text, ParseRatePerKilogram)
	case has(concentrationDimension()):
		return OfConcentration, l.Concentration.set(s, text, ParseConcentration)
	case has(volumeDimension()):
		return OfVolume, l.Volume.set(s, text, ParseVolume)
	case has(flowDimension()):
		return OfFlow, l.Flow.set(s, text, ParseFlow)
	case has(durationDimension()):
		return OfDuration, l.Duration.set(s, text, ParseDuration)
	}
	return OfDose, l.Dose.set(s, text, ParseMass)
}
