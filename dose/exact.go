package dose

import (
	"math/bits"

	"github.com/govalues/decimal"
)

// Exact arithmetic on decimals. The methods Mul, Add and Quo of a decimal round
// silently in the 20th digit, so nothing in this package calls them: these
// helpers give the exact result or report that there is none. All results are
// trimmed, so that equal values are equal structs.

// wantExact is what every result has to be.
const wantExact = "an exact result of at most 19 digits"

// mul returns a x b, neither of them negative.
func mul(a, b decimal.Decimal) (decimal.Decimal, bool) {
	p, err := a.MulExact(b, a.Scale()+b.Scale())
	if err != nil {
		return mulTrimmed(a, b)
	}
	return p.Trim(0), true
}

// mulTrimmed is mul for products that have more than 19 digits until the zeros
// at their ends are taken off, such as 0.902901129021290125 x 1000.
func mulTrimmed(a, b decimal.Decimal) (decimal.Decimal, bool) {
	hi, lo := bits.Mul64(a.Coef(), b.Coef())
	return trimmed(hi, lo, a.Scale()+b.Scale())
}

// trimmed returns a whole number of 128 bits / 10^scale, if it has at most 19 digits.
func trimmed(hi, lo uint64, scale int) (decimal.Decimal, bool) {
	for scale > 0 {
		rest := hi % 10
		quotient, remainder := bits.Div64(rest, lo, 10)
		if remainder != 0 {
			break
		}
		hi, lo, scale = hi/10, quotient, scale-1
	}
	if hi != 0 || scale > decimal.MaxScale {
		return decimal.Decimal{}, false
	}
	// A coefficient may be larger than an int64, so it is put together from
	// two halves and what is left of them.
	half, odd := decimal.MustNew(int64(lo/2), scale), decimal.MustNew(int64(lo%2), scale)
	p, err := half.AddExact(half, scale)
	if err == nil {
		p, err = p.AddExact(odd, scale)
	}
	if err != nil {
		return decimal.Decimal{}, false
	}
	return p, true
}

// add returns a + b.
func add(a, b decimal.Decimal) (decimal.Decimal, bool) {
	s, err := a.AddExact(b, max(a.Scale(), b.Scale()))
	if err != nil {
		return decimal.Decimal{}, false
	}
	return s.Trim(0), true
}

// sub returns a - b.
func sub(a, b decimal.Decimal) (decimal.Decimal, bool) {
	return add(a, b.Neg())
}

// quo returns num / den rounded to a multiple of step. The quotient and the
// remainder of the division are exact, so this rounds once, as mode says.
// Neither num nor den may be negative; den and step are not zero.
func quo(num, den, step decimal.Decimal, mode Mode) (decimal.Decimal, bool) {
	unit, ok := mul(den, step)
	if !ok {
		return decimal.Decimal{}, false
	}
	n, rest, err := num.QuoRem(unit)
	if err != nil {
		return decimal.Decimal{}, false
	}
	up, ok := mode.up(n, rest, unit)
	if !ok {
		return decimal.Decimal{}, false
	}
	if up {
		if n, ok = add(n, whole(1)); !ok {
			return decimal.Decimal{}, false
		}
	}
	return mul(n, step)
}

// whole returns n as a decimal.
func whole(n int64) decimal.Decimal {
	return decimal.MustNew(n, 0) // cannot fail: every int64 fits with scale 0
}

// within reports whether d is not negative and at most limit.
func within(d decimal.Decimal, limit int64) bool {
	return !d.IsNeg() && d.Cmp(whole(limit)) <= 0
}

// wholeMultiple reports whether d is a whole multiple of e, which nothing is
// where e is zero.
func wholeMultiple(d, e decimal.Decimal) bool {
	_, rest, err := d.QuoRem(e) // there is none by zero
	return err == nil && rest.IsZero()
}
