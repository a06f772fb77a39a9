package dose_test

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

var modes = []dose.Mode{dose.HalfUp, dose.HalfEven, dose.Down, dose.Up}

// Whatever the rule: the dose is a multiple of the step, within floor and cap,
// at most the hard maximum, and never less for a heavier body.
func TestProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	computed, inside := 0, 0
	for range 2000 {
		rate := hundredths(1 + random.Int64N(200))
		step := hundredths(1 + random.Int64N(1000))
		floor, top := random.Int64N(4000), 2000+random.Int64N(8000)
		mode := modes[random.IntN(len(modes))]
		text := rate + " mg/kg of actual weight"
		if floor%2 == 0 && floor > 0 {
			text += ", floor " + hundredths(floor) + " mg"
		}
		if floor <= top {
			text += ", cap " + hundredths(top) + " mg"
		}
		text += ", round " + step + " mg " + mode.String() + ", hard max 90 mg"
		rule, err := dose.ParseRule(text)
		require.NoError(t, err)
		var before dose.Mass
		for tenths := int64(300); tenths < 2000; tenths += 1 + random.Int64N(200) {
			weight := dose.MustWeight(hundredths(10*tenths) + " kg")
			got, err := rule.Calculate(dose.Body{Weight: weight})
			if err != nil {
				continue
			}
			computed++
			dosed := got.Dose()
			multiple := new(big.Rat).Quo(rat(t, dosed.String()), rat(t, step+" mg"))
			assert.True(t, multiple.IsInt(), "%s for %s: %s", text, weight, got)
			assert.GreaterOrEqual(t, dosed.Compare(rule.Floor), 0, "%s for %s: %s", text, weight, got)
			assert.False(t, !rule.Cap.IsZero() && dosed.Compare(rule.Cap) > 0, "%s for %s: %s", text, weight, got)
			assert.LessOrEqual(t, dosed.Compare(rule.Limits.Dose.HardMax), 0, "%s for %s: %s", text, weight, got)
			assert.LessOrEqual(t, before.Compare(dosed), 0, "%s for %s: %s", text, weight, got)
			before = dosed
			for s := range got.Steps() {
				if s.Kind == dose.StepInside {
					inside++
				}
			}
		}
	}
	assert.Greater(t, computed, 5000)
	assert.Greater(t, inside, 50)
}

func TestPoundsAgreeWithKilograms(t *testing.T) {
	pound := big.NewRat(45_359_237, 100_000_000)
	rule := dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 300 mg")
	for tenths := int64(500); tenths < 7500; tenths += 7 {
		text := hundredths(tenths * 10)
		pounds := dose.MustPounds(text + " lb")
		want := new(big.Rat).Mul(rat(t, text+" "), pound)
		require.Zero(t, want.Cmp(rat(t, pounds.String())), "%s lb: %s", text, pounds)
		kilograms := dose.MustWeight(pounds.String())
		require.Equal(t, kilograms, pounds)
		a, err := rule.Calculate(dose.Body{Weight: pounds})
		require.NoError(t, err)
		b, err := rule.Calculate(dose.Body{Weight: kilograms})
		require.NoError(t, err)
		require.Equal(t, a, b)
	}
}

// Every error of a calculation is one of the documented ones.
func TestErrorsAreTyped(t *testing.T) {
	rule := dose.MustRule("0.5 mg/kg of actual weight, hard max 20 mg")
	_, err := rule.Calculate(dose.Body{Weight: dose.MustWeight("72 kg")})
	limit, ok := errors.AsType[*dose.LimitError](err)
	require.True(t, ok)
	assert.Equal(t, dose.PassedLimit{Measure: dose.OfDose, Side: dose.HardMax, Bound: "20 mg"}, limit.Limit)
	assert.NotContains(t, err.Error(), "36")
}

func TestWeightWithin(t *testing.T) {
	ten := dose.MustPercent("10 %")
	for _, tt := range []struct {
		weight, of string
		want       bool
	}{
		{"72 kg", "80 kg", true}, // exactly 10 % less
		{"71.999 kg", "80 kg", false},
		{"88 kg", "80 kg", true}, // exactly 10 % more
		{"88.001 kg", "80 kg", false},
		{"80 kg", "80 kg", true},
		{"80 kg", "72 kg", false}, // counted from the other one: 11.1 %
	} {
		assert.Equal(t, tt.want, dose.MustWeight(tt.weight).Within(ten, dose.MustWeight(tt.of)), "%s of %s", tt.weight, tt.of)
	}
	assert.False(t, dose.Weight{}.Within(ten, dose.MustWeight("80 kg")))
	assert.False(t, dose.MustWeight("80 kg").Within(ten, dose.Weight{}))
	assert.False(t, dose.MustWeight("80 kg").Within(dose.Percent{}, dose.MustWeight("81 kg")))
}
