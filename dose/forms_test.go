package dose_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// A dose is shown in the unit in which it was written beside the one that is
// computed with.
func TestUnitsAsWritten(t *testing.T) {
	for _, c := range []struct{ rule, weight, text, dose string }{
		{"20 mcg", "", "20 mcg = 0.02 mg", "0.02 mg"},
		{"0.02 mg", "", "0.02 mg fixed", "0.02 mg"},
		{"1.5 g", "", "1.5 g = 1500 mg", "1500 mg"},
		{"500 mcg/kg of actual weight, hard max 100 mg", "72 kg", "500 mcg/kg (0.5 mg/kg) x 72 kg = 36 mg", "36 mg"},
		{"0.001 g/kg of actual weight, hard max 100 mg", "72 kg", "0.001 g/kg (1 mg/kg) x 72 kg = 72 mg", "72 mg"},
		{"5 mcg/kg/min of actual weight for 40 min, hard max 100 mg", "72 kg", "5 mcg/kg/min (0.3 mg/kg/h) x 72 kg x 40 min = 14.4 mg", "14.4 mg"},
		{"0.9 mg/min for 40 min", "", "0.9 mg/min (54 mg/h) x 40 min = 36 mg", "36 mg"},
		{"24000 mcg/h for 40 min", "", "24000 mcg/h (24 mg/h) x 40 min = 16 mg", "16 mg"},
		{"2 devices of 500 mcg", "", "2 x 500 mcg (0.5 mg) = 1 mg", "1 mg"},
		{"500 mcg below 60 kg; 1 mg from 60 kg", "50 kg", "50 kg in 500 mcg below 60 kg; 1 mg from 60 kg: 500 mcg = 0.5 mg", "0.5 mg"},
		{"500 mcg below 60 kg; 1 mg from 60 kg", "60 kg", "60 kg in 500 mcg below 60 kg; 1 mg from 60 kg = 1 mg", "1 mg"},
	} {
		r, err := dose.ParseRule(c.rule)
		require.NoError(t, err)
		assert.Equal(t, c.rule, r.String(), "a rule keeps the unit it was written in")
		got, err := r.Calculate(body(c.weight, "", 0))
		require.NoError(t, err, c.rule)
		assert.Equal(t, c.text, got.String())
		assert.Equal(t, c.dose, got.Dose().String())
	}
	a, err := dose.PerWeightOverTime(dose.MustRatePerKilogram("0.3 mg/kg/h"), dose.Actual, dose.MustDuration("40 min")).In("mcg/kg/min")
	require.NoError(t, err)
	assert.Equal(t, "5 mcg/kg/min of actual weight for 40 min", a.String())
	_, err = a.In("mcg")
	require.EqualError(t, err, `Amount "mcg": want mg/kg/h, mcg/kg/h, g/kg/h, mg/kg/min, mcg/kg/min or g/kg/min`)
	_, err = dose.ByBands(dose.MustBands("1 mg from 60 kg")).In("mg")
	require.EqualError(t, err, `Amount "1 mg from 60 kg": want an amount with one unit`)
}

// A level is an amount, however it was written.
func TestLevels(t *testing.T) {
	for in, want := range map[string]string{
		"84 mg": "84 mg", "0.084 g": "84 mg", "3 devices of 28 mg": "84 mg", "3 devices of 28 mg 5 min apart": "84 mg",
		"750 mcg/kg of actual weight": "0.75 mg/kg of actual weight", "0.75 mg/kg of ideal weight": "0.75 mg/kg of ideal weight",
		"1.25 g/m2": "1250 mg/m2", "0.9 mg/min for 40 min": "54 mg/h for 40 min",
		"5 mcg/kg/min of lean weight for 1 h":                         "0.3 mg/kg/h of lean weight for 60 min",
		"0.5 g below 60 kg; 750 mg from 60 kg":                        "500 mg below 60 kg; 750 mg from 60 kg",
		"500 mcg/kg of actual weight up to 50 kg; 1 g over 50 kg":     "0.5 mg/kg of actual weight up to 50 kg; 1000 mg over 50 kg",
		"0.5 mg/kg of ideal-from-BMI weight":                          "0.5 mg/kg of ideal-from-BMI weight",
		"10 mg/kg of actual weight below 50 kg; 500 mg from 50.00 kg": "10 mg/kg of actual weight below 50 kg; 500 mg from 50 kg",
	} {
		l, err := dose.ParseLevel(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, l.String())
		assert.Equal(t, l, dose.MustLevel(want))
		assert.Equal(t, l, dose.LevelOf(l.Amount()))
		var back dose.Level
		text, err := l.MarshalText()
		require.NoError(t, err)
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, l, back)
	}
	assert.Equal(t, dose.LevelOf(dose.Devices(3, dose.MustMass("28 mg"), dose.Duration{})), dose.LevelOfMass(dose.MustMass("84 mg")))
	assert.True(t, dose.LevelOf(dose.Amount{}).IsZero())
	assert.True(t, dose.LevelOfMass(dose.Mass{}).IsZero())
	for in, want := range map[string]string{
		"":           `parsing level "": wrong syntax at offset 0: want a number and mg, mcg or g`,
		"0 mg":       `parsing level "0 mg": out of range at offset 0: want a dose of more than 0 mg`,
		"0.75 mg/kg": `parsing level "0.75 mg/kg": wrong syntax at offset 10: want " of actual weight": which weight the dose is for`,
		"84 mg, cap": `parsing level "84 mg, cap": wrong or missing unit at offset 3: want mg, mcg or g`,
	} {
		_, err := dose.ParseLevel(in)
		require.EqualError(t, err, want)
	}
}

// Bounds that exclude and bounds that include, at the bound and a gram beside it.
func TestBandBounds(t *testing.T) {
	const rule = "500 mg below 60 kg; 750 mg from 60 kg up to 100 kg; 1 g over 100 kg"
	for weight, want := range map[string]string{
		"59.999 kg": "500 mg", "60 kg": "750 mg", "60.001 kg": "750 mg", "99.999 kg": "750 mg", "100 kg": "750 mg", "100.001 kg": "1000 mg",
	} {
		assert.Equal(t, want, calculate(t, rule, weight).Dose().String(), weight)
	}
	// A dose per kilogram in a band, by the weight of its basis; the band is chosen
	// by the actual weight.
	assert.Equal(t, "45 kg in 10 mg/kg of actual weight below 50 kg; 500 mg from 50 kg: 10 mg/kg x 45 kg = 450 mg",
		calculate(t, "10 mg/kg of actual weight below 50 kg; 500 mg from 50 kg, hard max 600 mg", "45 kg").String())
	const mixed = "1 mg/kg of lean weight below 70 kg; 2 mg/kg of adjusted weight from 70 kg, " +
		"factor 0.4, below 60 in clamp, where ideal exceeds actual actual, hard max 600 mg"
	// Devine, female of 170 cm: 45.5 + 2.3 x (170/2.54 - 60) = 61.437008 kg.
	// Adjusted: 61.437008 + 0.4 x (90 - 61.437008) = 72.8622048, taken to 6 decimals 72.862205 kg.
	got, err := dose.MustRule(mixed).Calculate(body("90 kg", "170 cm", dose.Female))
	require.NoError(t, err)
	assert.Equal(t, "145.72441 mg", got.Dose().String())
	assert.Equal(t, "72.862205 kg", got.Weight().String())
	// Janmahasatian, female of 60 kg: BMI 60/2.89 = 20.761246; 9270 x 60 / (8780 + 244 x 20.761246) = 40.173246...
	got, err = dose.MustRule(mixed).Calculate(body("60 kg", "170 cm", dose.Female))
	require.NoError(t, err)
	assert.Equal(t, got.Weight().String()+"", lean(t, "60 kg", "170 cm"))
	_, err = dose.MustRule(mixed).Calculate(body("", "170 cm", dose.Female))
	require.ErrorIs(t, err, dose.ErrNoWeight)

	for text, want := range map[string]string{
		"500 mg up to 60 kg; 750 mg from 60 kg":     `no overlap: over 60 kg, where the band before ends, not "750 mg from 60 kg"`,
		"500 mg below 60 kg; 750 mg from 59 kg":     `no overlap: from 60 kg, where the band before ends, not "750 mg from 59 kg"`,
		"500 mg below 60 kg; 750 mg over 60 kg":     `no gap: from 60 kg, where the band before ends, not "750 mg over 60 kg"`,
		"500 mg up to 60 kg; 750 mg over 61 kg":     `no gap: over 60 kg, where the band before ends, not "750 mg over 61 kg"`,
		"500 mg up to 60 kg; 750 mg up to 70 kg":    `no overlap: over 60 kg, where the band before ends, not "750 mg up to 70 kg"`,
		"500 mg from 60 kg; 750 mg from 70 kg":      `no band after one without upper bound, not "750 mg from 70 kg"`,
		"500 mg over 60 kg up to 60 kg":             `an upper bound above the lower one, not "500 mg over 60 kg up to 60 kg"`,
		"500 mg from 60 kg below 60 kg":             `an upper bound above the lower one, not "500 mg from 60 kg below 60 kg"`,
		"500 mg from 60 kg up to 59 kg":             `an upper bound above the lower one, not "500 mg from 60 kg up to 59 kg"`,
		"0 mg below 60 kg":                          `a dose of more than 0 mg, not "0 mg below 60 kg"`,
		"500 mg":                                    `a bound of weight; one dose for all weights is no band, not "500 mg"`,
		"1 mg/kg of actual weight; 1 mg over 60 kg": `a bound of weight; one dose for all weights is no band, not "1 mg/kg of actual weight"`,
	} {
		_, err := dose.ParseBands(text)
		require.ErrorContains(t, err, want, text)
		require.ErrorIs(t, err, dose.ErrRange)
	}
	_, err = dose.NewBands(dose.Band{Over: dose.MustWeight("60 kg"), From: dose.MustWeight("60 kg"), Dose: dose.Fixed(dose.MustMass("1 mg"))})
	require.EqualError(t, err, `Bands "1 mg over 60 kg from 60 kg": want one lower and one upper bound`)
	_, err = dose.NewBands(dose.Band{Over: dose.MustWeight("60 kg"), Dose: dose.Devices(1, dose.MustMass("1 mg"), dose.Duration{})})
	require.EqualError(t, err, `Bands "1 device of 1 mg over 60 kg": want a fixed dose, or one per kilogram of a known weight`)
	_, err = dose.NewBands(dose.Band{From: dose.MustWeight("60 kg"), UpTo: dose.MustWeight("60 kg"), Dose: dose.Fixed(dose.MustMass("1 mg"))})
	require.NoError(t, err, "one weight is a band")
	err = dose.MustRule("10 mg/kg of actual weight below 50 kg; 500 mg from 50 kg").Check()
	require.EqualError(t, err, `Limits.Dose "": want a hard maximum in mg, since the dose depends on the body`)
	err = dose.MustRule("10 mg/kg of ideal weight below 50 kg; 500 mg from 50 kg, factor 0.4, hard max 1 g").Check()
	require.ErrorContains(t, err, `Policy.Factor "0.4": want nothing, since ideal weight does not use it`)
}

// lean returns the lean weight of a woman.
func lean(t *testing.T, weight, height string) string {
	t.Helper()
	w, err := body(weight, height, dose.Female).Based(dose.Lean, dose.WeightPolicy{})
	require.NoError(t, err)
	return w.String()
}

// Each worked by hand: the dose, the first step, how far it is, the second step.
func TestRoundingWithFallback(t *testing.T) {
	const per = "5 mg/kg of actual weight, "
	for _, c := range []struct{ rule, weight, want, text string }{
		// 363.65 -> 400 is 9.996 % more; 363.6 -> 400 is 10.011 %.
		{per + "round 100 mg half up within 10 % else 1 mg half up, hard max 900 mg", "72.73 kg", "400 mg", "rounded half up to 400 mg"},
		{per + "round 100 mg half up within 10 % else 1 mg half up, hard max 900 mg", "72.72 kg", "364 mg", "rounded half up to 364 mg since 400 mg is not within 10 %"},
		// 250 -> 200 is 20 %, the bound itself.
		{per + "round 100 mg down within 20 % else 10 mg up, hard max 900 mg", "50 kg", "200 mg", "rounded down to 200 mg"},
		{per + "round 100 mg down within 19.99 % else 40 mg up, hard max 900 mg", "50 kg", "280 mg", "rounded up to 280 mg since 200 mg is not within 19.99 %"},
		// 40 -> 0 is no dose.
		{per + "round 100 mg half up within 100 % else 25 mg half up, hard max 900 mg", "8 kg", "50 mg", "rounded half up to 50 mg since a multiple of 100 mg is no dose"},
		// 355 -> 400, past the cap of 390, so 300: 15.5 % less, not within 10 %.
		{per + "cap 390 mg, round 100 mg half up within 10 % else 1 mg half up, hard max 900 mg", "71 kg", "355 mg", "5 mg/kg x 71 kg = 355 mg"},
		// the same within 20 %.
		{per + "cap 390 mg, round 100 mg half up within 20 % else 1 mg half up, hard max 900 mg", "71 kg", "300 mg", "rounded half up to 400 mg, above the cap of 390 mg, so 300 mg"},
		// no multiple of 100 from 310 to 390.
		{per + "floor 310 mg, cap 390 mg, round 100 mg half up within 20 % else 7 mg half up, hard max 900 mg", "71 kg", "357 mg", "rounded half up to 357 mg since a multiple of 100 mg is no dose"},
	} {
		got := calculate(t, c.rule, c.weight)
		assert.Equal(t, c.want, got.Dose().String(), c.rule)
		assert.Contains(t, got.String(), c.text)
		assert.Equal(t, c.rule, got.Rule().String())
	}
	_, err := dose.MustRule(per + "round 100 mg half up within 10 % else 90 mg down, hard max 900 mg").Calculate(body("8 kg", "", 0))
	require.ErrorIs(t, err, dose.ErrZeroDose)
	_, err = dose.MustRule(per + "round 100 mg half up within 10 % else 90 mg down, max deviation 5 %, hard max 900 mg").Calculate(body("25 kg", "", 0))
	require.ErrorIs(t, err, dose.ErrDeviation)

	r, err := dose.MustRounding("100 mg half up").Within(dose.MustPercent("10 %"), dose.MustRounding("1 mg down"))
	require.NoError(t, err)
	assert.Equal(t, "100 mg half up within 10 % else 1 mg down", r.String())
	assert.Equal(t, "10 %", r.Limit().String())
	assert.Equal(t, "1 mg down", r.Otherwise().String())
	for in, want := range map[string]string{
		"100 mg half up within 10 %":                  `parsing rounding "100 mg half up within 10 %": wrong syntax at offset 26: want " else " and a second step and mode`,
		"100 mg half up within 0 % else 1 mg up":      `parsing rounding "100 mg half up within 0 % else 1 mg up": out of range at offset 22: want more than 0 %`,
		"100 mg half up within 10 % else 0 mg up":     `parsing rounding "100 mg half up within 10 % else 0 mg up": wrong syntax at offset 32: want a step of more than 0`,
		"100 mg half up within 10 % else exact":       `parsing rounding "100 mg half up within 10 % else exact": wrong syntax at offset 32: want a step and a mode`,
		"100 mg within 10 % else 1 mg up":             `parsing rounding "100 mg within 10 % else 1 mg up": wrong syntax at offset 6: want "exact", or a step and a mode such as "0.1 mg half up"`,
		"1 mg up within 1 % else 1 mg up within 1 % ": `parsing rounding "1 mg up within 1 % else 1 mg up within 1 % ": wrong syntax at offset 29: want half up, half even, down or up`,
	} {
		_, err := dose.ParseRounding(in)
		require.EqualError(t, err, want)
	}
	_, err = r.Within(dose.MustPercent("1 %"), dose.MustRounding("1 mg down"))
	require.EqualError(t, err, `Rounding "100 mg half up within 10 % else 1 mg down": want one step and a mode`)
	_, err = dose.MustRounding("1 mg down").Within(dose.Percent{}, dose.MustRounding("1 mg down"))
	require.EqualError(t, err, `Rounding "": want a percentage of more than 0 %`)
	_, err = dose.MustRounding("1 mg down").Within(dose.MustPercent("1 %"), dose.Rounding{})
	require.EqualError(t, err, `Rounding "exact": want one step and a mode`)
}

// Devine, male of 180 cm: 50 + 2.3 x (180/2.54 - 60) = 74.992126 kg, of which 120 %
// is 89.9905512 kg.
func TestAdjustedAboveAShare(t *testing.T) {
	const rule = "0.5 mg/kg of adjusted weight, factor 0.4 above 120 % of ideal, below 60 in linear, where ideal exceeds actual ideal, hard max 200 mg"
	for weight, want := range map[string]string{
		"95 kg":         "82.995276 kg",  // 74.992126 + 0.4 x 20.007874 = 82.9952756
		"89.9905512 kg": "89.9905512 kg", // at the share: actual
		"89.9905513 kg": "80.991496 kg",  // 74.992126 + 0.4 x 14.9984253 = 80.99149612
		"80 kg":         "80 kg",
		"70 kg":         "70 kg", // under the share, also where ideal exceeds actual: actual
	} {
		got, err := dose.MustRule(rule).Calculate(body(weight, "180 cm", dose.Male))
		require.NoError(t, err)
		assert.Equal(t, want, got.Weight().String(), weight)
	}
	assert.Equal(t, rule, dose.MustRule(rule).String())
	got, err := dose.MustRule(rule).Calculate(body("80 kg", "180 cm", dose.Male))
	require.NoError(t, err)
	assert.Contains(t, slices.Collect(got.Steps()), dose.Step{
		Kind: dose.StepBasis, From: "actual 80 kg", By: "not above 120 % of ideal, 74.992126 kg", Result: "80 kg",
	})
	for in, want := range map[string]string{
		"120 %":           `parsing share of ideal weight "120 %": wrong syntax at offset 5: want a percentage and "of ideal", such as 120 % of ideal`,
		"99.9 % of ideal": `parsing share of ideal weight "99.9 % of ideal": out of range at offset 0: want at least 100 %`,
		"1001 % of ideal": `parsing share of ideal weight "1001 % of ideal": out of range at offset 0: want at most 1000 %`,
	} {
		_, err := dose.ParseIdealShare(in)
		require.EqualError(t, err, want)
	}
	err = dose.MustRule("0.5 mg/kg of ideal weight, factor 0.4 above 120 % of ideal, below 60 in linear, where ideal exceeds actual ideal, hard max 200 mg").Check()
	require.EqualError(t, err, `Policy.Factor "0.4": want nothing, since ideal weight does not use it; Policy.Above "120 % of ideal": want nothing, since ideal weight does not use it`)
}

// Below 60 inches "actual" is the actual weight or that of 60 inches, whichever is
// lower: a woman of 150 cm and 95 kg is not dosed by 95 kg.
func TestShortActualIsTheLower(t *testing.T) {
	for weight, want := range map[string]string{"95 kg": "45.5 kg", "45.5 kg": "45.5 kg", "45.4 kg": "45.4 kg", "30 kg": "30 kg"} {
		for _, excess := range []dose.ExcessIdeal{dose.ExcessKeep, dose.ExcessActual} {
			got, err := body(weight, "150 cm", dose.Female).Based(dose.Ideal, dose.WeightPolicy{Short: dose.ShortActual, Excess: excess})
			require.NoError(t, err)
			assert.Equal(t, want, got.String())
		}
	}
}

func TestChoicesThatDoNotFit(t *testing.T) {
	for rule, want := range map[string]string{
		"40 mg, or 60 mg, cap 50 mg":                          `Or "60 mg": want at most the cap, 50 mg`,
		"40 mg, or 60 mg, cap 60 mg":                          "",
		"40 mg, or 20 mg, floor 30 mg":                        `Or "20 mg": want at least the floor, 30 mg`,
		"40 mg, or 30 mg, floor 30 mg":                        "",
		"40 mg, or 60 mg, hard max 59 mg":                     `Or "60 mg": want at most the hard max, 59 mg`,
		"40 mg, or 20 mg, hard min 21 mg":                     `Or "20 mg": want at least the hard min, 21 mg`,
		"4 devices of 28 mg, hard max 84 mg":                  `Amount "112 mg": want at most the hard max, 84 mg`,
		"3 devices of 28 mg, hard max 84 mg":                  "",
		"1 device of 28 mg, hard min 29 mg":                   `Amount "28 mg": want at least the hard min, 29 mg`,
		"1 device of 28 mg, or 84 mg, hard max 83 mg":         `Or "84 mg": want at most the hard max, 83 mg`,
		"60 mg, hard max 59 mg":                               `Amount "60 mg": want at most the hard max, 59 mg`,
		"60 mg, cap 55 mg, hard max 50 mg":                    `Amount "55 mg": want at most the hard max, 50 mg`,
		"60 mg, cap 50 mg, hard max 55 mg":                    "",
		"500 mg below 60 kg; 1 g from 60 kg, hard max 900 mg": `Amount "1000 mg": want at most the hard max, 900 mg`,
		"40 mg, floor 50 mg, hard max 45 mg":                  `Floor "50 mg": want at most the hard max, 45 mg`,
		"40 mg, cap 30 mg, hard min 35 mg":                    `Cap "30 mg": want at least the hard min, 35 mg`,
		"1000 devices of 999999999 mg":                        `Amount "999999999 mg": want a content of which 1000 are at most 999999999 mg`,
	} {
		err := dose.MustRule(rule).Check()
		if want == "" {
			require.NoError(t, err, rule)
		} else {
			require.EqualError(t, err, want)
		}
	}
}
