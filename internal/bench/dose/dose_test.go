package dose_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/internal/bench/dose"
)

// rates are in mcg/kg. 500 is exact in binary and the kindest to float64.
var rates = []int64{500, 300, 350, 700, 750, 1150}

// exact computes a case with rational numbers.
func exact(c dose.Case) [3]*big.Rat {
	amount := new(big.Rat).Mul(big.NewRat(c.Rate, 1000), big.NewRat(c.Weight, 10))
	amount = halfUp(amount, 10)
	if most := big.NewRat(60, 1); amount.Cmp(most) > 0 {
		amount = most
	}
	volume := halfUp(new(big.Rat).Quo(amount, big.NewRat(c.Strength, 1)), 100)
	flow := halfUp(new(big.Rat).Mul(volume, big.NewRat(60, 40)), 100)
	return [3]*big.Rat{amount, volume, flow}
}

// halfUp rounds to a multiple of 1/unit: the floor of x units and a half.
func halfUp(x *big.Rat, unit int64) *big.Rat {
	x = new(big.Rat).Mul(x, big.NewRat(unit, 1))
	x.Add(x, big.NewRat(1, 2))
	units := new(big.Int).Div(x.Num(), x.Denom())
	return new(big.Rat).SetFrac(units, big.NewInt(unit))
}

// expected has what rational numbers give for the cases of each rate.
func expected() map[int64][]dose.Infusion {
	byRate := make(map[int64][]dose.Infusion)
	for _, rate := range rates {
		for _, c := range dose.Cases(rate) {
			want := exact(c)
			byRate[rate] = append(byRate[rate], dose.Infusion{want[0].FloatString(1), want[1].FloatString(2), want[2].FloatString(2)})
		}
	}
	return byRate
}

// padded writes the numbers of an infusion with all their decimals.
func padded(t *testing.T, x dose.Infusion) dose.Infusion {
	t.Helper()
	pad := func(number string, decimals int) string {
		whole, fraction, _ := strings.Cut(number, ".")
		require.LessOrEqual(t, len(fraction), decimals, "%+v", x)
		return whole + "." + fraction + strings.Repeat("0", decimals-len(fraction))
	}
	return dose.Infusion{Dose: pad(x.Dose, 1), Volume: pad(x.Volume, 2), Flow: pad(x.Flow, 2)}
}

// TestAgree compares every side that is meant to be exact with rational
// numbers, in every case.
func TestAgree(t *testing.T) {
	sides := map[string]func([]dose.Case) dose.Contestant{
		"scaled int64":       func(c []dose.Case) dose.Contestant { return dose.NewInt64(c) },
		"govalues":           func(c []dose.Case) dose.Contestant { return dose.NewGovalues(c) },
		"shopspring":         func(c []dose.Case) dose.Contestant { return dose.NewShopspring(c) },
		"apd":                func(c []dose.Case) dose.Contestant { return dose.NewApd(c) },
		"ericlagergren":      func(c []dose.Case) dose.Contestant { return dose.NewEriclagergren(c) },
		"regimen":            func(c []dose.Case) dose.Contestant { return dose.NewRegimen(c) },
		"scaled int64, text": func(c []dose.Case) dose.Contestant { return dose.NewInt64Text(c) },
		"govalues, text":     func(c []dose.Case) dose.Contestant { return dose.NewGovaluesText(c) },
		"shopspring, text":   func(c []dose.Case) dose.Contestant { return dose.NewShopspringText(c) },
		"regimen, text":      func(c []dose.Case) dose.Contestant { return dose.NewRegimenText(c) },
	}
	want := expected()
	for name, side := range sides {
		t.Run(name, func(t *testing.T) {
			for _, rate := range rates {
				cases := dose.Cases(rate)
				contestant := side(cases)
				for i, c := range cases {
					got, err := contestant.At(i)
					require.NoError(t, err, "%+v", c)
					require.Equal(t, want[rate][i], padded(t, got), "%+v", c)
				}
			}
		})
	}
}

// TestFloat64 counts the cases of which float64 shows a wrong dose, volume or
// flow. The counts do not depend on the machine: there is nothing to fuse.
func TestFloat64(t *testing.T) {
	tests := []struct {
		name  string
		round dose.Idiom
		wrong map[int64]int
	}{
		{"math.Round(x*10)/10", nil, map[int64]int{500: 172, 300: 183, 350: 211, 700: 136, 750: 132, 1150: 57}},
		{"math.Round(x/0.1)*0.1", dose.Step, map[int64]int{500: 411, 300: 238, 350: 213, 700: 159, 750: 172, 1150: 57}},
		{"%.1f", dose.Format, map[int64]int{500: 776, 300: 600, 350: 579, 700: 355, 750: 352, 1150: 134}},
	}
	want := expected()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wrong := make(map[int64]int)
			for _, rate := range rates {
				side := dose.NewFloat64(dose.Cases(rate), tt.round)
				for i := range dose.Size {
					got, err := side.At(i)
					require.NoError(t, err)
					if got != want[rate][i] {
						wrong[rate]++
					}
				}
			}
			assert.Equal(t, tt.wrong, wrong, "of %d cases each", dose.Size)
		})
	}
}

// TestRun runs what is timed, which panics where a case has an error.
func TestRun(t *testing.T) {
	for _, pair := range dose.Pairs() {
		pair.A.Run(dose.Size)
		pair.B.Run(dose.Size)
	}
}

func Benchmark(b *testing.B) { bench.Benchmarks(b, dose.Pairs()) }
