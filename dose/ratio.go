package dose

import (
	"math/bits"

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

// compare compares r, which is a result, with d.
func (r ratio) compare(d decimal.Decimal) int { return r.quotient().compare(d) }

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

// round returns r, which is a result, rounded to a multiple of step.
func (r ratio) round(step decimal.Decimal, mode Mode) (decimal.Decimal, bool) {
	return quo(r.num, r.den, step, mode)
}

// millionth is the step to which derived quantities are taken.
func millionth() decimal.Decimal { return decimal.MustNew(1, 6) }

// exactQuo returns num / den if it has a finite decimal of at most 19 digits.
func exactQuo(num, den decimal.Decimal) (decimal.Decimal, bool) {
	n, d := num.Coef(), den.Coef()
	if d == 0 {
		return decimal.Decimal{}, false
	}
	common := gcd(n, d)
	n, d = n/common, d/common
	// In its lowest terms a finite decimal is over twos and fives: each two that has
	// no five becomes a ten when both are multiplied by five, and the other way round.
	twos, fives := bits.TrailingZeros64(d), 0
	for d >>= twos; d%5 == 0; d /= 5 {
		fives++
	}
	if d != 1 {
		return decimal.Decimal{}, false
	}
	factor := uint64(1)
	for range twos - fives {
		over, low := bits.Mul64(factor, 5)
		if over != 0 {
			return decimal.Decimal{}, false // n is odd: all digits of the product are needed
		}
		factor = low
	}
	for range fives - twos {
		factor *= 2 // a number of 64 bits has less than 28 fives
	}
	hi, lo := bits.Mul64(n, factor)
	scale := num.Scale() - den.Scale() + max(twos, fives)
	for ; scale < 0; scale++ {
		over, low := bits.Mul64(lo, 10)
		if hi != 0 || over != 0 {
			return decimal.Decimal{}, false
		}
		lo = low
	}
	return trimmed(hi, lo, scale)
}

// gcd returns the greatest common divisor of a and b, one of them more than 0.
func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
