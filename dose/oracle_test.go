package dose_test

import (
	"math/big"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// The rates and weights of this grid are those on which binary floating point,
// rounding by the usual idioms, gives up to 1924 wrong doses of 35,721.
var gridRates = []int64{5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90, 100, 115, 120, 150} // 1/100 mg/kg

func TestGrid(t *testing.T) {
	step := big.NewRat(1, 10)
	for mode, name := range map[dose.Mode]string{
		dose.HalfUp: "half up", dose.HalfEven: "half even", dose.Down: "down", dose.Up: "up",
	} {
		t.Run(name, func(t *testing.T) {
			doses := 0
			for _, cents := range gridRates {
				rate := hundredths(cents)
				rule := dose.MustRule(rate + " mg/kg of actual weight, round 0.1 mg " + name + ", hard max 1000 mg")
				for tenths := int64(300); tenths <= 2000; tenths++ {
					weight := dose.MustWeight(hundredths(tenths*10) + " kg")
					got, err := rule.Calculate(dose.Body{Weight: weight})
					require.NoError(t, err)
					want := roundRat(new(big.Rat).Mul(big.NewRat(cents, 100), big.NewRat(tenths, 10)), step, mode)
					if rat(t, got.Dose().String()).Cmp(want) != 0 {
						t.Errorf("%s mg/kg x %s: got %s, want %s mg", rate, weight, got.Dose(), want.RatString())
					}
					doses++
				}
			}
			assert.Equal(t, 35_721, doses)
		})
	}
}

// The doses that float64 gets wrong, each with the right one.
func TestWhereFloatingPointIsWrong(t *testing.T) {
	for _, c := range []struct{ rate, weight, raw, want string }{
		{"0.5 mg/kg", "65.1 kg", "32.55 mg", "32.6 mg"},
		{"0.5 mg/kg", "45.3 kg", "22.65 mg", "22.7 mg"},
		{"0.5 mg/kg", "50.5 kg", "25.25 mg", "25.3 mg"},
		{"0.3 mg/kg", "54.5 kg", "16.35 mg", "16.4 mg"},
		{"0.7 mg/kg", "65.5 kg", "45.85 mg", "45.9 mg"},
		{"0.75 mg/kg", "65.8 kg", "49.35 mg", "49.4 mg"},
		{"0.35 mg/kg", "71 kg", "24.85 mg", "24.9 mg"},
		{"1.5 mg/kg", "45.3 kg", "67.95 mg", "68 mg"},
		{"1.15 mg/kg", "71 kg", "81.65 mg", "81.7 mg"},
		{"0.15 mg/kg", "67 kg", "10.05 mg", "10.1 mg"},
	} {
		t.Run(c.rate+" x "+c.weight, func(t *testing.T) {
			got := calculate(t, c.rate+" of actual weight, round 0.1 mg half up, hard max 200 mg", c.weight)
			assert.Equal(t, c.raw, got.Raw().String())
			assert.Equal(t, c.want, got.Dose().String())
		})
	}

	t.Run("a dose equal to a limit per kilogram has not passed it", func(t *testing.T) {
		for _, c := range []struct{ dose, limit, weight string }{
			{"32.7 mg", "0.6 mg/kg", "54.5 kg"},
			{"38.1 mg", "0.75 mg/kg", "50.8 kg"},
		} {
			got := calculate(t, c.dose+", hard max "+c.limit, c.weight)
			assert.Equal(t, c.dose, got.Dose().String())
		}
	})

	t.Run("sums are exact", func(t *testing.T) {
		for _, c := range []struct {
			n         int
			each, sum string
		}{{3, "35.1 mg", "105.3 mg"}, {8, "41.3 mg", "330.4 mg"}, {3, "0.4 mg", "1.2 mg"}} {
			var sum dose.Mass
			for range c.n {
				var err error
				sum, err = sum.Add(dose.MustMass(c.each))
				require.NoError(t, err)
			}
			assert.Equal(t, dose.MustMass(c.sum), sum)
		}
	})

	t.Run("0.3 raised by 0.1 is 0.4", func(t *testing.T) {
		sum, err := dose.MustMass("0.3 mg").Add(dose.MustMass("0.1 mg"))
		require.NoError(t, err)
		assert.Equal(t, dose.MustMass("0.4 mg"), sum)
	})
}

// calculate computes a dose from the text of a rule and of a weight.
func calculate(t *testing.T, rule, weight string) dose.Calculation {
	t.Helper()
	r, err := dose.ParseRule(rule)
	require.NoError(t, err)
	w, err := dose.ParseWeight(weight)
	require.NoError(t, err)
	c, err := r.Calculate(dose.Body{Weight: w})
	require.NoError(t, err)
	return c
}

// hundredths writes n/100 as a decimal.
func hundredths(n int64) string {
	return strconv.FormatInt(n/100, 10) + "." + strconv.FormatInt(n/10%10, 10) + strconv.FormatInt(n%10, 10)
}

// rat returns the number of a quantity, "36.25 mg", as a fraction.
func rat(t testing.TB, quantity string) *big.Rat {
	t.Helper()
	number := quantity
	for i, r := range quantity {
		if r == ' ' {
			number = quantity[:i]
			break
		}
	}
	r, ok := new(big.Rat).SetString(number)
	require.True(t, ok, quantity)
	return r
}

// roundRat rounds x to a multiple of step by the textbook: it looks at the
// multiples below and above and picks one.
func roundRat(x, step *big.Rat, mode dose.Mode) *big.Rat {
	n := new(big.Rat).Quo(x, step)
	low := new(big.Int).Quo(n.Num(), n.Denom())
	below := new(big.Rat).Mul(new(big.Rat).SetInt(low), step)
	if below.Cmp(x) == 0 {
		return below
	}
	above := new(big.Rat).Add(below, step)
	distance := new(big.Rat).Sub(x, below).Cmp(new(big.Rat).Sub(above, x))
	switch {
	case mode == dose.Down, mode != dose.Up && distance < 0:
		return below
	case mode == dose.Up, distance > 0, mode == dose.HalfUp:
		return above
	case low.Bit(0) == 0:
		return below
	}
	return above
}
