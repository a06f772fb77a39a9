package dose

import (
	"math/bits"

	"github.com/govalues/decimal"
)

// sqrtOver3600 returns the square root of x / 3600, to 6 decimals half up, for
// x from 0 to MaxHeight x MaxWeight. It compares exact integers and never
// computes an approximate root.
//
// The result is n millionths for the least n for which the midpoint above it,
// n + 1/2, squared is more than x/3600 x 10^12. With x = coef / 10^scale, that
// is (2n+1)^2 x 900 x 10^scale > coef x 10^12, in integers of 128 bits: the left
// side is less than 4 x 10^14 x 900 x 10^19 < 2^128.
func sqrtOver3600(x decimal.Decimal) decimal.Decimal {
	right := mul128(x.Coef(), 1_000_000_000_000)
	// The root of MaxHeight x MaxWeight / 3600 is less than 10.
	low, high := uint64(0), uint64(10_000_000)
	for low < high {
		n := (low + high) / 2
		left := mul128((2*n+1)*(2*n+1), 900).times(pow10(x.Scale()))
		if left.more(right) {
			high = n
		} else {
			low = n + 1
		}
	}
	return decimal.MustNew(int64(low), 6).Trim(0)
}

// A uint128 is an unsigned integer of 128 bits.
type uint128 struct{ hi, lo uint64 }

func mul128(a, b uint64) uint128 {
	hi, lo := bits.Mul64(a, b)
	return uint128{hi, lo}
}

// times returns u x n; the product has to fit.
func (u uint128) times(n uint64) uint128 {
	p := mul128(u.lo, n)
	p.hi += u.hi * n
	return p
}

func (u uint128) more(v uint128) bool { return u.hi > v.hi || u.hi == v.hi && u.lo > v.lo }

// pow10 returns 10^n for n from 0 to 19.
func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}
