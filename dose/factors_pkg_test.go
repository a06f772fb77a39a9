package dose

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/govalues/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rat returns a decimal as a fraction.
func rat(t testing.TB, d decimal.Decimal) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(d.String())
	require.True(t, ok, d)
	return r
}

// anyDecimal draws a number of 0 to 19 digits, short ones as often as long ones.
func anyDecimal(r *rand.Rand) decimal.Decimal {
	digits := 1 + r.IntN(19)
	if r.IntN(2) == 0 {
		digits = 1 + r.IntN(4)
	}
	coef := int64(0)
	for range digits {
		coef = coef*10 + r.Int64N(10)
		if coef > 900_000_000_000_000_000 {
			break
		}
	}
	return decimal.MustNew(coef, r.IntN(20)).Trim(0)
}

func anyFactors(t testing.TB, r *rand.Rand, most int) (factors, *big.Rat) {
	first := anyDecimal(r)
	f, product := product1(first), rat(t, first)
	for range r.IntN(most) {
		d := anyDecimal(r)
		f = f.times(d)
		product.Mul(product, rat(t, d))
	}
	return f, product
}

// halfUp6 returns a fraction to 6 decimals half up, as a fraction.
func halfUp6(x *big.Rat) *big.Rat {
	n := new(big.Int).Mul(x.Num(), big.NewInt(2_000_000))
	n.Add(n, x.Denom()).Quo(n, new(big.Int).Mul(x.Denom(), big.NewInt(2)))
	return new(big.Rat).SetFrac(n, big.NewInt(1_000_000))
}

// finite returns the least number of decimals of a fraction, -1 where it has more than 19.
func finite(x *big.Rat) int {
	scaled := new(big.Rat).Set(x)
	for decimals := range decimal.MaxScale + 1 {
		if scaled.IsInt() {
			return decimals
		}
		scaled.Mul(scaled, big.NewRat(10, 1))
	}
	return -1
}

// fits reports whether a fraction with so many decimals has at most 19 digits.
func fits(x *big.Rat, decimals int) bool {
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(19), nil)
	scaled := new(big.Rat).Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)))
	return scaled.Num().Cmp(most) < 0
}

// Products and quotients of numbers of any length are those of exact fractions.
func TestFactorsAgainstFractions(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 3))
	seen := map[string]int{}
	for range 1000 {
		f, a := anyFactors(t, r, 2)
		g, b := anyFactors(t, r, 2)
		if r.IntN(4) == 0 { // the same in another order, or next to it
			g, b = f.times(whole(1)), new(big.Rat).Set(a)
			g.of[0], g.of[g.n-1] = g.of[g.n-1], g.of[0]
			seen["equal"]++
		}
		require.Equal(t, a.Sign() == 0, f.isZero())
		require.Equal(t, a.Cmp(b), f.compare(g), "%v and %v", f, g)
		if p, ok := f.short(); ok {
			require.Zero(t, rat(t, p).Cmp(a), "%v", f)
		} else {
			decimals := finite(a)
			require.False(t, decimals >= 0 && fits(a, decimals) && f.n == 1, "%v fits", f)
			seen["long"]++
		}
		percent, hundred := anyDecimal(r), big.NewRat(100, 1)
		if rat(t, percent).Cmp(hundred) <= 0 {
			distance := new(big.Rat).Sub(a, b)
			distance.Abs(distance).Mul(distance, hundred)
			require.Equal(t, distance.Cmp(new(big.Rat).Mul(b, rat(t, percent))) <= 0, f.within(Percent{percent}, g), "%v within %s of %v", f, percent, g)
		}
		if g.isZero() {
			require.True(t, quotient{f, g}.isZero())
			require.Empty(t, quotient{f, g}.text("mg"))
			continue
		}
		q, x := quotient{f, g}, new(big.Rat).Quo(a, b)
		d := anyDecimal(r)
		require.Equal(t, x.Cmp(rat(t, d)), q.compare(d), "%v / %v and %s", f, g, d)
		got, ok := q.decimal()
		long, okLong := q.long()
		require.Equal(t, okLong, ok, "%v / %v", f, g)
		require.Equal(t, long, got, "%v / %v", f, g)
		decimals, rounded := finite(x), halfUp6(x)
		switch {
		case decimals >= 0 && fits(x, decimals):
			require.True(t, ok, "%v / %v", f, g)
			require.Zero(t, rat(t, got).Cmp(x), "%v / %v", f, g)
			require.Equal(t, got.Trim(0), got)
			seen["exact"]++
		case fits(rounded, 6):
			require.True(t, ok, "%v / %v", f, g)
			require.Zero(t, rat(t, got).Cmp(rounded), "%v / %v", f, g)
			seen["rounded"]++
		default:
			require.False(t, ok, "%v / %v", f, g)
			require.Equal(t, "more than can be shown in mg", q.text("mg"))
			seen["too large"]++
		}
		ceiling := new(big.Int).Sub(new(big.Int).Add(x.Num(), x.Denom()), big.NewInt(1))
		ceiling.Quo(ceiling, x.Denom())
		n, ok := q.up()
		require.Equal(t, ceiling.Cmp(big.NewInt(1_000_000_000)) <= 0, ok)
		if ok {
			require.Zero(t, ceiling.Cmp(big.NewInt(int64(n))))
			seen["up"]++
		}
	}
	t.Log(seen)
	for _, what := range []string{"equal", "long", "exact", "rounded", "too large", "up"} {
		require.Greater(t, seen[what], 30, what)
	}
}

// The edges: a billion, and the last number that has 19 digits.
func TestEdgesOfQuotients(t *testing.T) {
	q := func(num, den string) quotient {
		return quotient{product1(decimal.MustParse(num)), product1(decimal.MustParse(den))}
	}
	n, ok := q("1000000000", "1").up()
	assert.True(t, ok)
	assert.Equal(t, 1_000_000_000, n)
	_, ok = q("1000000000.1", "1").up()
	assert.False(t, ok)
	n, ok = q("999999999.1", "1").up()
	assert.True(t, ok)
	assert.Equal(t, 1_000_000_000, n)
	n, ok = q("0", "7").up()
	assert.True(t, ok)
	assert.Zero(t, n)

	nines := decimal.MustParse("9999999999999999999")
	long := quotient{product2(nines, nines), product1(nines)}
	v, ok := long.decimal()
	assert.True(t, ok)
	assert.Equal(t, nines, v)
	_, ok = quotient{product2(nines, nines), product1(decimal.MustParse("9999999999999999998"))}.decimal()
	assert.False(t, ok)
	assert.Equal(t, "less than 0.000001 mg", q("1", "3000000").text("mg"))
	assert.Equal(t, "0 mg", q("0", "3").text("mg"))
	assert.Equal(t, "0.333333 mg", q("1", "3").text("mg"))
	assert.Equal(t, "0.666667 mg", q("2", "3").text("mg"))
}

// A division that comes out even is exact, however many decimals both have.
func TestExactQuoAgainstFractions(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 4))
	seen := map[bool]int{}
	for range 4000 {
		num, den := anyDecimal(r), anyDecimal(r)
		switch r.IntN(4) {
		case 0: // over twos and fives
			coef := int64(1)
			for coef < 1<<50 && r.IntN(20) > 0 {
				coef *= []int64{2, 5, 10}[r.IntN(3)]
			}
			den = decimal.MustNew(coef, r.IntN(20)).Trim(0)
		case 1: // a product over one of its factors
			if p, ok := mul(num, den); ok && !den.IsZero() {
				q, ok := exactQuo(p, den)
				require.True(t, ok, "%s / %s", p, den)
				require.Equal(t, num, q)
			}
		}
		got, ok := exactQuo(num, den)
		if den.IsZero() {
			require.False(t, ok)
			continue
		}
		want := new(big.Rat).Quo(rat(t, num), rat(t, den))
		decimals := finite(want)
		require.Equal(t, decimals >= 0 && fits(want, decimals), ok, "%s / %s", num, den)
		seen[ok]++
		if ok {
			require.Zero(t, want.Cmp(rat(t, got)), "%s / %s", num, den)
			require.Equal(t, got.Trim(0), got)
		}
	}
	require.Greater(t, seen[true], 400)
	require.Greater(t, seen[false], 400)
	for _, tt := range []struct{ num, den, want string }{
		{"0.3", "1.048576", "0.286102294921875"}, // 2^20 millionths: 15 decimals
		{"1", "524288", "0.0000019073486328125"}, // 2^19: 19 decimals
		{"1", "1048576", ""},                     // 2^20: 20
		{"10", "1048576", "0.0000095367431640625"},
		{"1", "19073486328125", "0.0000000000000524288"}, // 5^19
		{"1", "95367431640625", ""},                      // 5^20
		{"9999999999999999999", "1", "9999999999999999999"},
		{"999999999999999999.9", "0.1", "9999999999999999999"},
		{"1000000000000000000", "0.1", ""},
		{"1", "0.0000000000000000001", ""},
		{"0.9", "0.0000000000000000001", "9000000000000000000"},
		{"1", "9223372036854775808", ""}, // 2^63
		{"0", "3", "0"},
		{"1", "3", ""},
	} {
		got, ok := exactQuo(decimal.MustParse(tt.num), decimal.MustParse(tt.den))
		require.Equal(t, tt.want != "", ok, "%s / %s", tt.num, tt.den)
		if ok {
			assert.Equal(t, tt.want, got.String())
		}
	}
}
