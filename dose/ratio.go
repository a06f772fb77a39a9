package dose

import (
	"github.com/govalues/decimal"
)

// A ratio is an exact fraction num / den. A rate times a time is one: 22 mg/h
// for 40 min has no finite decimal, but it can be compared and rounded exactly.
// The zero ratio is no result.
type ratio struct{ num, den decimal.Decimal }

// over returns d as a ratio.
func over(d decimal.Decimal) ratio { return ratio{d, whole(1)} }

// product returns a x b x c / den, or the zero ratio if that overflows.
func product(a, b, c decimal.Decimal, den int64) ratio {
	num, ok := mul(a, b)
	if ok {
		num, ok = mul(num, c)
	}
	if !ok {
		return ratio{}
	}
	if exact, ok := exactQuo(num, whole(den)); ok {
		return over(exact)
	}
	return ratio{num, whole(den)}
}

// compare compares r with d. It fails for no result.
func (r ratio) compare(d decimal.Decimal) (int, bool) {
	if r.den.IsZero() {
		return 0, false
	}
	return r.quotient().compare(d), true
}

// exact reports whether r has a finite decimal of at most 19 digits.
func (r ratio) exact() bool { return r.den == whole(1) }

// mass returns r as a mass, or an error that names the operation.
func (r ratio) mass(operation string) (Mass, error) {
	if !r.exact() || !within(r.num, MaxMass) {
		return Mass{}, massRange(operation)
	}
	return Mass{mg: r.num}, nil
}

// shown returns r to 6 decimals half up where it has no finite decimal: for
// people to see, never to compute with.
func (r ratio) shown() (Mass, bool) {
	if r.exact() {
		return Mass{mg: r.num}, within(r.num, MaxMass)
	}
	mg, ok := r.round(millionth(), HalfUp)
	return Mass{mg: mg}, ok && within(mg, MaxMass)
}

// round returns r rounded to a multiple of step.
func (r ratio) round(step decimal.Decimal, mode Mode) (decimal.Decimal, bool) {
	if r.den.IsZero() {
		return decimal.Decimal{}, false
	}
	return quo(r.num, r.den, step, mode)
}

// millionth is the step to which derived quantities are taken.
func millionth() decimal.Decimal { return decimal.MustNew(1, 6) }

// exactQuo returns num / den if it has a finite decimal of at most 19 digits.
func exactQuo(num, den decimal.Decimal) (decimal.Decimal, bool) {
	for scale := range decimal.MaxScale + 1 {
		unit, ok := mul(den, decimal.MustNew(1, scale))
		if !ok {
			return decimal.Decimal{}, false
		}
		n, rest, err := num.QuoRem(unit)
		if err != nil {
			return decimal.Decimal{}, false
		}
		if rest.IsZero() {
			return mul(n, decimal.MustNew(1, scale))
		}
	}
	return decimal.Decimal{}, false
}
