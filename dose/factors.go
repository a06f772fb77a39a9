package dose

import (
	"math/big"
	"strings"

	"github.com/govalues/decimal"
)

// Factors are a product of at most four decimals that is never rounded. Most
// products fit in the 19 digits of a decimal; one that does not, such as a bound
// per kilogram times a weight that was given in pounds times a volume, is
// multiplied out in whole numbers of any length.
type factors struct {
	of [4]decimal.Decimal
	n  int
}

// product1 and its like return a product of so many decimals.
func product1(a decimal.Decimal) factors { return factors{[4]decimal.Decimal{a}, 1} }

func product2(a, b decimal.Decimal) factors { return factors{[4]decimal.Decimal{a, b}, 2} }

// times returns the product of f and d. There must be room for it.
func (f factors) times(d decimal.Decimal) factors {
	f.of[f.n] = d
	f.n++
	return f
}

// isZero reports whether a factor is 0, or whether there is none.
func (f factors) isZero() bool {
	for _, d := range f.of[:f.n] {
		if d.IsZero() {
			return true
		}
	}
	return f.n == 0
}

// short returns the product if it fits in a decimal.
func (f factors) short() (decimal.Decimal, bool) {
	p, ok := whole(1), true
	for _, d := range f.of[:f.n] {
		if p, ok = mul(p, d); !ok {
			return decimal.Decimal{}, false
		}
	}
	return p, true
}

// long returns the product as coef / 10^scale.
func (f factors) long() (coef *big.Int, scale int) {
	coef = big.NewInt(1)
	for _, d := range f.of[:f.n] {
		coef.Mul(coef, new(big.Int).SetUint64(d.Coef()))
		scale += d.Scale()
	}
	return coef, scale
}

// compare compares two products of factors that are not negative.
func (f factors) compare(g factors) int {
	p, ok := f.short()
	q, ok2 := g.short()
	if ok && ok2 {
		return p.Cmp(q)
	}
	a, b := longs(f, g)
	return a.Cmp(b)
}

// longs returns whole numbers that have the same ratio as f and g.
func longs(f, g factors) (a, b *big.Int) {
	a, scale := f.long()
	b, other := g.long()
	a.Mul(a, tenTo(max(other-scale, 0)))
	b.Mul(b, tenTo(max(scale-other, 0)))
	return a, b
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// within reports whether f is at most p of g away from g, either way.
func (f factors) within(p Percent, g factors) bool {
	low, ok := sub(whole(100), p.pct)
	high, ok2 := add(whole(100), p.pct)
	if !ok || !ok2 { // a percentage of more than 16 decimals
		a, b := longs(f, g)
		distance := a.Sub(a, b)
		distance.Abs(distance).Mul(distance, tenTo(2+p.pct.Scale()))
		return distance.Cmp(b.Mul(b, new(big.Int).SetUint64(p.pct.Coef()))) <= 0
	}
	hundredfold := f.times(whole(100))
	return hundredfold.compare(g.times(low)) >= 0 && hundredfold.compare(g.times(high)) <= 0
}

// A quotient is the exact fraction num / den: what a division gives that is
// compared or shown, and never computed with. The zero quotient is no result.
type quotient struct{ num, den factors }

// isZero reports whether q is no result.
func (q quotient) isZero() bool { return q.den.isZero() }

// compare compares q, which is a result, with d.
func (q quotient) compare(d decimal.Decimal) int { return q.num.compare(q.den.times(d)) }

// text returns q with a unit: exact if that needs at most 19 digits, else to 6
// decimals half up. A value that would show as 0 is "less than 0.000001" of the
// unit, and no result is "".
func (q quotient) text(unit string) string {
	if q.isZero() {
		return ""
	}
	v, ok := q.decimal()
	switch {
	case !ok:
		return "more than can be shown in " + unit
	case v.IsZero() && !q.num.isZero():
		return "less than " + string(appendQuantity(nil, millionth(), unit))
	}
	return string(appendQuantity(nil, v, unit))
}

// decimal returns q, exact or to 6 decimals half up.
func (q quotient) decimal() (decimal.Decimal, bool) {
	num, ok := q.num.short()
	den, ok2 := q.den.short()
	if ok && ok2 {
		if v, ok := exactQuo(num, den); ok {
			return v, true
		}
		if v, ok := quo(num, den, millionth(), HalfUp); ok {
			return v, true
		}
	}
	return q.long()
}

// long is decimal by whole numbers of any length.
func (q quotient) long() (decimal.Decimal, bool) {
	num, den := longs(q.num, q.den)
	var n, rest big.Int
	for scale := range decimal.MaxScale + 1 {
		n.QuoRem(new(big.Int).Mul(num, tenTo(scale)), den, &rest)
		if rest.Sign() != 0 {
			continue
		}
		if v, ok := fixedPoint(&n, scale); ok {
			return v, true
		}
		break
	}
	// Half up: floor of the quotient of millionths plus a half.
	twice := new(big.Int).Mul(num, tenTo(6))
	twice.Add(twice.Lsh(twice, 1), den)
	n.Quo(twice, new(big.Int).Lsh(den, 1))
	return fixedPoint(&n, 6)
}

// fixedPoint returns n / 10^scale if it has at most 19 digits.
func fixedPoint(n *big.Int, scale int) (decimal.Decimal, bool) {
	if n.Cmp(tenTo(decimal.MaxPrec)) >= 0 {
		return decimal.Decimal{}, false
	}
	digits := n.String()
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if at := len(digits) - scale; scale > 0 {
		digits = digits[:at] + "." + digits[at:]
	}
	v, err := decimal.ParseExact(digits, 0)
	return v.Trim(0), err == nil
}

// mostMinutes is the longest time in minutes that is told from longer ones.
const mostMinutes = 1_000_000_000

// up returns q rounded up to a whole number, if that is at most a billion.
func (q quotient) up() (int, bool) {
	num, den := longs(q.num, q.den)
	num.Add(num, den).Sub(num, big.NewInt(1)).Quo(num, den)
	return int(num.Int64()), num.IsInt64() && num.Int64() <= 1_000_000_000
}

// quotient returns r, which is a result, as a quotient.
func (r ratio) quotient() quotient { return quotient{product1(r.num), product1(r.den)} }
