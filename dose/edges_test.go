package dose_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// The step that is shown is by the formula of the sex, worked out by Janmahasatian 2005:
// 667440 / (8780 + 244 x 22.222222) and 667440 / (6680 + 216 x 22.222222).
func TestLeanWeightStepBySex(t *testing.T) {
	for sex, want := range map[dose.Sex][2]string{
		dose.Female: {"Janmahasatian, 9270 x 72 kg / (8780 + 244 x 22.222222 kg/m2)", "46.995463 kg"},
		dose.Male:   {"Janmahasatian, 9270 x 72 kg / (6680 + 216 x 22.222222 kg/m2)", "58.139373 kg"},
	} {
		calculation, err := dose.MustRule("0.5 mg/kg of lean weight, hard max 200 mg").Calculate(body("72 kg", "180 cm", sex))
		require.NoError(t, err)
		found := 0
		for step := range calculation.Steps() {
			if step.Kind == dose.StepLean {
				found++
				assert.Equal(t, want, [2]string{step.From, step.Result})
			}
		}
		assert.Equal(t, 1, found)
	}
}

// A floor that is the hard maximum is within it.
func TestFloorAtTheHardMaximum(t *testing.T) {
	rule := dose.MustRule("0.5 mg/kg of actual weight, floor 50 mg, hard max 50 mg")
	require.NoError(t, rule.Check())
	calculation, err := rule.Calculate(body("42 kg", "", 0))
	require.NoError(t, err)
	assert.Equal(t, "50 mg", calculation.Dose().String())
	require.Error(t, dose.MustRule("0.5 mg/kg of actual weight, floor 51 mg, hard max 50 mg").Check())
}

// 16 bands are as many as there may be.
func TestMostBands(t *testing.T) {
	for n, fits := range map[int]bool{1: true, 16: true, 17: false} {
		bands := make([]dose.Band, n)
		for i := range bands {
			bands[i].Dose = dose.Fixed(dose.MustMass(strconv.Itoa(10*(i+1)) + " mg"))
			if i > 0 {
				bands[i].Over = dose.MustWeight(strconv.Itoa(40+5*i) + " kg")
			}
			if i < n-1 || n == 1 {
				bands[i].UpTo = dose.MustWeight(strconv.Itoa(45+5*i) + " kg")
			}
		}
		_, err := dose.NewBands(bands...)
		assert.Equal(t, fits, err == nil, "%d: %v", n, err)
	}
}

// What is read from text is what the text says, and what is none is refused.
func TestTextOfPartStartsAndFactors(t *testing.T) {
	var start dose.PartStart
	require.NoError(t, start.UnmarshalText([]byte("10 min after end")))
	assert.Equal(t, dose.MustPartStart("10 min after end"), start)
	require.Error(t, start.UnmarshalText([]byte("10 min before end")))
	assert.Equal(t, dose.MustPartStart("10 min after end"), start)
	for text, fits := range map[string]bool{"0.4": true, "1": true, "": false, "x": false, "1.1": false, "0": false, "0.4 kg": false} {
		factor, err := dose.ParseFactor(text)
		assert.Equal(t, fits, err == nil, text)
		if fits {
			assert.Equal(t, text, factor.String())
		}
	}
}
