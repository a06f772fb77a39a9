package dose

import (
	"github.com/govalues/decimal"
)

// Exact arithmetic on decimals. The methods Mul, Add and Quo of a decimal round
// silently in the 20th digit, so nothing in this package calls them: these
// helpers give the exact result or report that there is none. All results are
// trimmed, so that equal values are equal structs.

// wantExact is what every result has to be.
const wantExact = "an exact result of at most 19 digits"

// mul returns a x b.
func mul(a, b decimal.Decimal) (decimal.Decimal, bool) {
	p, err := a.MulExact(b, a.Scale()+b.Scale())
	if err != nil {
		return decimal.Decimal{}, false
	}
	return p.Trim(0), true
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
