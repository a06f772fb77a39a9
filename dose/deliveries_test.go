package dose_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// A choice is shown as what it is: taken as it stands, neither bounded nor rounded,
// and judged per kilogram of the weight that the rule doses by.
func TestChoiceSteps(t *testing.T) {
	o := order(t, "0.5 mg/kg of ideal weight, below 60 in linear, where ideal exceeds actual ideal, or 33.3 mg, "+
		"round 10 mg down, hard max 200 mg, soft max 0.4 mg/kg", dose.Preparation{}, "")
	// The clauses have their order; the choice comes after the policy.
	// Devine, male of 180 cm: 74.992126 kg, so 33.3 mg are 0.444046 mg/kg, past 0.4.
	d, err := o.Choice(dose.MustMass("33.3 mg"), body("90 kg", "180 cm", dose.Male))
	require.NoError(t, err)
	c := d.Calculation()
	assert.True(t, c.Chosen())
	assert.Equal(t, "33.3 mg chosen", c.String())
	assert.Equal(t, "74.992126 kg", c.Weight().String())
	steps := slices.Collect(c.Steps())
	assert.Equal(t, []dose.StepKind{dose.StepIdeal, dose.StepChoice, dose.StepLimit}, kinds(steps))
	assert.Equal(t, "33.3 mg, choice of 33.3 mg: 33.3 mg", steps[1].String())
	assert.Equal(t, "33.3 mg passes soft max 0.4 mg/kg of the dose per kilogram", steps[2].String())
	assert.Equal(t, "dose: 33.3 mg chosen\npasses: soft max 0.4 mg/kg of the dose per kilogram\n", d.String())
	for n := range steps { // whoever stops early is not called again
		seen := 0
		for range c.Steps() {
			if seen++; seen > n {
				break
			}
		}
		assert.Equal(t, n+1, seen)
	}
	planned, err := o.For(body("90 kg", "180 cm", dose.Male))
	require.NoError(t, err)
	assert.False(t, planned.Calculation().Chosen())
	assert.Equal(t, "30 mg", planned.Dose().String())
	// Judged before rounding: 37.496063 mg, not 30.
	assert.Contains(t, slices.Collect(planned.Calculation().Steps()), dose.Step{
		Kind: dose.StepLimit, From: "37.496063 mg", By: "soft max 0.4 mg/kg of the dose per kilogram", Result: "30 mg",
	})
	_, err = o.Choice(dose.MustMass("33.4 mg"), body("90 kg", "180 cm", dose.Male))
	require.EqualError(t, err, `Choice "33.4 mg": want one of 33.3 mg`)
	_, err = o.Choice(dose.MustMass("33.3 mg"), body("90 kg", "", dose.Male))
	require.ErrorIs(t, err, dose.ErrNoHeight, "a limit per kilogram is for the ideal weight")
}

func kinds(steps []dose.Step) []dose.StepKind {
	var kinds []dose.StepKind
	for _, s := range steps {
		kinds = append(kinds, s.Kind)
	}
	return kinds
}

// Without a preparation a delivery has the lines there are.
func TestDeliveryLines(t *testing.T) {
	o := order(t, "2 devices of 28 mg 5 min apart, or 84 mg, soft max 60 mg", dose.Preparation{}, "20 min")
	d, err := o.For(dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, "dose: 2 x 28 mg = 56 mg\ndevices: 2 x 28 mg\ntime: 20 min\nrate: 168 mg/h, 2.8 mg/min\n", d.String())
	assert.Equal(t, 2, d.Devices())
	assert.Equal(t, o, d.Order())
	assert.True(t, d.Worksheet().IsZero())
	text, err := d.MarshalText()
	require.NoError(t, err)
	appended, err := d.AppendText([]byte("> "))
	require.NoError(t, err)
	assert.Equal(t, "> "+d.String(), string(appended))
	assert.Equal(t, d.String(), string(text))
	three, err := o.Choice(dose.MustMass("84 mg"), dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, "dose: 84 mg chosen\ndevices: 3 x 28 mg\ntime: 20 min\nrate: 252 mg/h, 4.2 mg/min\npasses: soft max 60 mg of the dose\n", three.String())
	assert.Equal(t, 3, three.Devices())
	lines := 0
	for range three.Lines() {
		if lines++; lines == 5 {
			break
		}
	}
	assert.Equal(t, 5, lines)
	assert.Empty(t, dose.Delivery{}.String())
	assert.Zero(t, dose.Delivery{}.Devices())
	assert.True(t, dose.Delivery{}.IsZero())
	assert.False(t, d.IsZero())
}

// A time that is not stated is none; one of the pump is rounded up to minutes.
func TestMinutes(t *testing.T) {
	d, err := order(t, "40 mg", dose.Preparation{}, "").For(dose.Body{})
	require.NoError(t, err)
	assert.Zero(t, d.Minutes())
	assert.Empty(t, d.Time()+d.Rate()+d.RatePerKilogram()+d.Concentration())
	_, err = d.RateIn(dose.MgPerH)
	require.EqualError(t, err, `Duration "": want a time of more than 0 s`)
	assert.False(t, d.Longer(dose.MustDuration("1 s")))
	for pump, want := range map[string]struct {
		minutes int
		longer  bool
	}{
		"exact": {40, false}, "80 mL/h half up": {38, false}, "74.9 mL/h half up": {41, true}, "60 mL/h down": {50, true},
	} {
		o := order(t, "40 mg", pumped(t, "made up to 50 mL", "40 min", pump), "40 min")
		d, err := o.For(dose.Body{})
		require.NoError(t, err)
		assert.Equal(t, want.minutes, d.Minutes(), pump)
		assert.Equal(t, want.longer, d.Longer(o.Administration), pump)
		assert.False(t, d.Longer(dose.Duration{}), "no administration is stated")
		o.RunsOn = true
		d, err = o.For(dose.Body{})
		require.NoError(t, err)
		assert.False(t, d.Longer(o.Administration), "it runs on")
	}
}

// A worksheet of just the content leaves nothing, and says 0, not "less than".
func TestNothingIsLeft(t *testing.T) {
	d, err := order(t, "500 mg", pumped(t, "undiluted", "", "exact"), "1 min").For(dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, "0 mg", d.Worksheet().Waste().String())
	assert.Equal(t, "0 mL", d.Worksheet().WasteVolume())
	assert.Empty(t, dose.Worksheet{}.WasteVolume())
	assert.Empty(t, dose.Worksheet{}.Concentration())
}

// What was given is judged also where the plan has no dose for this patient.
func TestJudgeWithoutAPlannedDose(t *testing.T) {
	// 0.5 mg/kg of 80 kg are 40 mg, and no multiple of 25 mg from 30 to 45.
	o := order(t, "0.5 mg/kg of lean weight, floor 30 mg, round 25 mg half up, hard max 45 mg, hard max 1 mg/kg, soft max 1 mg/kg/h", dose.Preparation{}, "30 min")
	o.Rule.Cap = dose.MustMass("50 mg")
	b := body("80 kg", "170 cm", dose.Female)
	_, err := o.For(b)
	require.ErrorIs(t, err, dose.ErrHardLimit)
	// Lean weight, female: BMI 80 / 2.89 = 27.681661; 9270 x 80 / (8780 + 244 x 27.681661) =
	// 741600 / 15534.325284 = 47.739441 kg. 47.8 mg are over 1 mg/kg of it, not of 80 kg.
	j, err := o.Judge(dose.MustMass("47.8 mg"), dose.Duration{}, b)
	require.NoError(t, err)
	assert.Equal(t, []string{"hard max of the dose", "hard max of the dose per kilogram", "soft max of the rate per kilogram"}, passedNames(j.Passed()))
	assert.Equal(t, []string{"hard max of the dose", "hard max of the dose per kilogram"}, passedNames(j.Hard()))
	assert.Equal(t, []string{"soft max of the rate per kilogram"}, passedNames(j.Soft()))
	assert.Equal(t, "47.8 mg", j.Given().String())
	j, err = o.Judge(dose.MustMass("47.7 mg"), dose.MustDuration("60 min"), b)
	require.NoError(t, err)
	assert.Equal(t, []string{"hard max of the dose"}, passedNames(j.Passed()))
	j, err = o.Judge(dose.Mass{}, dose.Duration{}, dose.Body{})
	require.NoError(t, err)
	assert.True(t, j.Fits(), "nothing was given")
	j, err = o.Judge(dose.MustMass("47.8 mg"), dose.Duration{}, dose.Body{})
	require.ErrorIs(t, err, dose.ErrNoWeight)
	assert.Equal(t, []string{"hard max of the dose"}, passedNames(j.Passed()), "what can be judged is")
	o.Rule.Amount = dose.Amount{}
	_, err = o.Judge(dose.MustMass("1 mg"), dose.Duration{}, b)
	require.ErrorContains(t, err, "want an amount")
}

// Values at the edges of what can be compared and read.
func TestDoseEdges(t *testing.T) {
	// A percentage with all of its 19 digits is compared too. The pump gives 50 mL at
	// 74.9 mL/h in 40 x 75 / 74.9 min, 0.13351134846461949... % more than 40.
	o := order(t, "40 mg", pumped(t, "made up to 50 mL", "40 min", "74.9 mL/h half up"), "60 min")
	for percent, want := range map[string]error{
		"0.1335113484646195 %": nil, "0.1335113484646194 %": dose.ErrDeviation,
		"0.1335113484646194927 %": nil, "0.1335113484646194926 %": dose.ErrDeviation,
	} {
		o.Preparation.MaxDeviation = dose.MustPercent(percent)
		_, err := o.For(dose.Body{})
		require.ErrorIs(t, err, want, percent)
	}

	// Pounds times a bound times a volume have more than 19 digits, and are compared all the same.
	wide := order(t, "0.5 mg/kg of actual weight, hard max 200 mg, hard max 0.7516 mg/kg/h",
		pumped(t, "added to 100.123456 mL", "40 min", "0.1 mL/h half up"), "60 min")
	// 37.5 mg; 100.873456 mL / (2/3 h) = 151.310184 -> 151.3; 37.5 x 151.3 / 100.873456 / 74.84274105 = 0.7515250...
	d, err := wide.For(dose.Body{Weight: dose.MustPounds("165 lb")})
	require.NoError(t, err)
	assert.Equal(t, "0.751525 mg/kg/h", d.RatePerKilogram())
	wide.Rule.Limits.RatePerKilogram.HardMax = dose.MustRatePerKilogram("0.7515 mg/kg/h")
	_, err = wide.For(dose.Body{Weight: dose.MustPounds("165 lb")})
	require.ErrorIs(t, err, dose.ErrHardLimit)

	_, err = dose.ParseIdealShare("100 % of ideal")
	require.NoError(t, err)
	a, b := dose.MustIdealShare("120 % of ideal"), dose.MustIdealShare("130 % of ideal")
	assert.Equal(t, []int{-1, 0, 1}, []int{a.Compare(b), a.Compare(a), b.Compare(a)})
	_, err = dose.ParseBands(strings.Repeat("x", 4097))
	require.ErrorContains(t, err, "want at most 4096 bytes")
	_, err = dose.ParseLevel(strings.Repeat("x", 4097))
	require.ErrorContains(t, err, "want at most 4096 bytes")

	for want, a := range map[string]dose.Amount{
		`Amount "": want a dose per square metre of more than 0 mg/m2`:                           dose.PerBodySurface(dose.PerSurface{}),
		`Amount "": want a dose per kilogram of more than 0 mg/kg`:                               dose.PerWeight(dose.PerKilogram{}, dose.Actual),
		`Amount " for 60 min": want a rate of more than 0 mg/h, and a time`:                      dose.OverTime(dose.Rate{}, dose.MustDuration("1 h")),
		`Amount "1001 devices of 1 mg 1 s apart": want 1 to 1000 devices of more than 0 mg each`: dose.Devices(1001, dose.MustMass("1 mg"), dose.MustDuration("1 s")),
		`Amount "0 devices of 1 mg 1 s apart": want 1 to 1000 devices of more than 0 mg each`:    dose.Devices(0, dose.MustMass("1 mg"), dose.MustDuration("1 s")),
	} {
		err := dose.Order{Rule: dose.Rule{Amount: a, Limits: dose.AtMost(dose.MustMass("2 g"))}, Administration: dose.MustDuration("1 s")}.Check()
		require.ErrorContains(t, err, want)
		assert.NotErrorIs(t, err, dose.ErrDevicesTooFast, "nothing is said of devices that cannot be")
	}
	most := dose.Order{Rule: dose.Rule{Amount: dose.Devices(1000, dose.MustMass("1 mg"), dose.MustDuration("1 s"))}, Administration: dose.MustDuration("998 s")}
	require.EqualError(t, most.Check(), `Administration "998 s": want at least 999 s: 999 x 1 s between 1000 devices: shorter than the rests between devices`)
	most.Preparation = pumped(t, "undiluted", "998 s", "exact")
	require.ErrorContains(t, most.Check(), `Preparation.During "998 s": want at least 999 s`)
	most.Preparation.During, most.Preparation.Product.Apart = dose.Duration{}, dose.MustDuration("2 s")
	require.ErrorContains(t, most.Check(), "999 x 2 s between 1000 devices", "the product asks for longer rests")
	most.Preparation = dose.Preparation{}
	most.Administration = dose.MustDuration("999 s")
	require.NoError(t, most.Check())
}
