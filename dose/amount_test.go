package dose_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct{ rule, weight, want string }{
		{"22 mg/h for 96 h", "", "22 mg/h x 96 h = 2112 mg"},
		{"0.35 mg/kg/h of actual weight for 4 h, hard max 200 mg", "80 kg", "0.35 mg/kg/h x 80 kg x 4 h = 112 mg"},
		{"22 mg/h for 40 min, round 0.1 mg half up", "", "22 mg/h x 40 min = 14.666667 mg (to 6 decimals), rounded half up to 14.7 mg"},
		{"2 devices of 28 mg 5 min apart", "", "2 x 28 mg = 56 mg"},
		{"1 device of 28 mg", "", "1 x 28 mg = 28 mg"},
		{"260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg", "55 kg", "55 kg in 260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg = 260 mg"},
		{"260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg", "55.1 kg", "55.1 kg in 260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg = 390 mg"},
		{"260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg", "340 kg", "340 kg in 260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg = 520 mg"},
	} {
		t.Run(c.rule+" x "+c.weight, func(t *testing.T) {
			rule := dose.MustRule(c.rule)
			assert.Equal(t, c.rule, rule.String())
			got, err := rule.Calculate(body(c.weight, "", 0))
			require.NoError(t, err)
			assert.Equal(t, c.want, got.String())
		})
	}
}

// A rate times a time may have no finite decimal: it is then rounded from the
// fraction, once, and refused if nothing rounds it.
func TestFractionsRoundOnce(t *testing.T) {
	// 1 mg/h for 1 s is 1/3600 mg = 0.00027777...: shown as 0.000278.
	got, err := dose.MustRule("1 mg/h for 1 s, round 0.0001 mg down").Calculate(dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, "0.0002 mg", got.Dose().String())
	assert.Equal(t, "0.000278 mg", got.Raw().String())
	// 0.2499999722... would be a tie if it were rounded to 6 decimals first.
	got, err = dose.MustRule("0.8999999 mg/h for 1000 s, round 0.5 mg half up").Calculate(dose.Body{})
	require.ErrorIs(t, err, dose.ErrZeroDose)
	assert.True(t, got.IsZero())

	_, err = dose.MustRule("22 mg/h for 40 min").Calculate(dose.Body{})
	require.EqualError(t, err, "computing 22 mg/h for 40 min without rounding: out of range: want 0 to 999999999 mg in at most 19 digits")

	capped, err := dose.MustRule("22 mg/h for 40 min, cap 14 mg").Calculate(dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, "22 mg/h x 40 min = 14.666667 mg (to 6 decimals), capped at 14 mg", capped.String())
}

func TestBandsRefused(t *testing.T) {
	for in, want := range map[string]string{
		"260 mg up to 55 kg; 390 mg over 56 kg":  `parsing weight bands "260 mg up to 55 kg; 390 mg over 56 kg": out of range at offset 0: want no gap: over 55 kg, where the band before ends, not "390 mg over 56 kg"`,
		"260 mg up to 55 kg; 390 mg over 54 kg":  `parsing weight bands "260 mg up to 55 kg; 390 mg over 54 kg": out of range at offset 0: want no overlap: over 55 kg, where the band before ends, not "390 mg over 54 kg"`,
		"260 mg up to 55 kg; 390 mg up to 85 kg": `parsing weight bands "260 mg up to 55 kg; 390 mg up to 85 kg": out of range at offset 0: want no overlap: over 55 kg, where the band before ends, not "390 mg up to 85 kg"`,
		"260 mg over 55 kg; 390 mg over 85 kg":   `parsing weight bands "260 mg over 55 kg; 390 mg over 85 kg": out of range at offset 0: want no band after one without upper bound, not "390 mg over 85 kg"`,
		"260 mg over 55 kg up to 50 kg":          `parsing weight bands "260 mg over 55 kg up to 50 kg": out of range at offset 0: want an upper bound above the lower one, not "260 mg over 55 kg up to 50 kg"`,
		"0 mg up to 55 kg":                       `parsing weight bands "0 mg up to 55 kg": out of range at offset 0: want a dose of more than 0 mg, not "0 mg up to 55 kg"`,
		"260 mg":                                 `parsing weight bands "260 mg": out of range at offset 0: want a bound of weight; one dose for all weights is no band, not "260 mg"`,
		"260 mg up to 55 mg":                     `parsing weight bands "260 mg up to 55 mg": wrong or missing unit at offset 16: want kg; a body weight is in kg, and pounds enter through ParsePounds`,
		"260 mg up to 55 kg; 390 kg over 55 kg":  `parsing weight bands "260 mg up to 55 kg; 390 kg over 55 kg": wrong or missing unit at offset 24: want mg, mcg or g`,
	} {
		_, err := dose.ParseBands(in)
		assert.EqualError(t, err, want)
	}
	_, err := dose.NewBands()
	require.EqualError(t, err, `Bands "0 bands": want 1 to 16 bands`)
	_, err = dose.MustBands("260 mg over 40 kg up to 55 kg").For(dose.MustWeight("40 kg"))
	require.EqualError(t, err, "computing dose for 40 kg: out of range: want a weight within 260 mg over 40 kg up to 55 kg")
}

// Esketamine in the European Union from 65 years, as fast as it may go: 28, 56,
// then 84 mg, in whole devices, never more than 28 mg up.
func TestDeviceTitration(t *testing.T) {
	content, apart := dose.MustMass("28 mg"), dose.MustDuration("5 min")
	var total dose.Mass
	devices := 0
	var before dose.Mass
	for _, n := range []int{1, 2, 3, 3, 3, 3, 3, 3} {
		rule := dose.Rule{
			Amount: dose.Devices(n, content, apart), Or: dose.MustChoices("28 mg or 56 mg or 84 mg"),
			Limits: dose.AtMost(dose.MustMass("84 mg")),
		}
		got, err := rule.Calculate(dose.Body{})
		require.NoError(t, err)
		assert.True(t, rule.Or.Has(got.Dose()))
		count, waste, err := dose.Product{Content: content}.Containers(got.Dose())
		require.NoError(t, err)
		assert.Equal(t, n, count)
		assert.True(t, waste.IsZero())
		if step, err := got.Dose().Sub(before); err == nil {
			assert.LessOrEqual(t, step.Compare(content), 0)
		}
		before = got.Dose()
		devices += count
		total, err = total.Add(got.Dose())
		require.NoError(t, err)
	}
	assert.Equal(t, "588 mg", total.String())
	assert.Equal(t, 21, devices)
}

func TestDevicesAndChoicesChecked(t *testing.T) {
	for rule, want := range map[string]string{
		"2 devices of 28 mg, or 84 mg, hard max 84 mg":  "",
		"2 devices of 28 mg, or 85 mg":                  `Or "85 mg": want whole devices of 28 mg`,
		"2 devices of 28 mg, or 112 mg, hard max 84 mg": `Or "112 mg": want at most the hard max, 84 mg`,
		"2 devices of 28 mg, cap 50 mg":                 `Amount "2 devices of 28 mg": want no floor, cap or rounding, since devices are given whole`,
		"2 devices of 28 mg, round 28 mg up":            `Amount "2 devices of 28 mg": want no floor, cap or rounding, since devices are given whole`,
		"56 mg, or 84 mg, hard min 60 mg":               `Amount "56 mg": want at least the hard min, 60 mg`,
		"520 mg over 85 kg, hard max 500 mg":            `Amount "520 mg": want at most the hard max, 500 mg`,
		"56 mg, max deviation 5 %":                      `MaxDeviation "5 %": want nothing, since the dose is not rounded`,
		"1250 mg/m2":                                    `Limits.Dose "": want a hard maximum in mg, since the dose depends on the body`,
		"0.35 mg/kg/h of actual weight for 4 h":         `Limits.Dose "": want a hard maximum in mg, since the dose depends on the body`,
	} {
		err := dose.MustRule(rule).Check()
		if want == "" {
			assert.NoError(t, err, rule)
			continue
		}
		assert.EqualError(t, err, want)
	}
	for in, want := range map[string]string{
		"2 device of 28 mg":              `parsing dose rule "2 device of 28 mg": wrong syntax at offset 1: want " devices of " and the content of each`,
		"0 devices of 28 mg":             `parsing dose rule "0 devices of 28 mg": wrong syntax at offset 0: want 1 to 1000 devices`,
		"02 devices of 28 mg":            `parsing dose rule "02 devices of 28 mg": wrong syntax at offset 0: want 1 to 1000 devices`,
		"1001 devices of 28 mg":          `parsing dose rule "1001 devices of 28 mg": wrong syntax at offset 0: want 1 to 1000 devices`,
		"two devices of 28 mg":           `parsing dose rule "two devices of 28 mg": wrong syntax at offset 0: want 1 to 1000 devices`,
		"2 devices of 28 mg apart":       `parsing dose rule "2 devices of 28 mg apart": wrong syntax at offset 13: want a content and a time, such as "28 mg 5 min apart"`,
		"2 devices of 28 mg 5 mg apart":  `parsing dose rule "2 devices of 28 mg 5 mg apart": wrong or missing unit at offset 21: want s, min or h`,
		"56 mg, or 84 mg or 28 mg":       `parsing dose rule "56 mg, or 84 mg or 28 mg": out of range at offset 10: want more than 84 mg, not "28 mg"`,
		"0.5 mg/kg of actual weight for": `parsing dose rule "0.5 mg/kg of actual weight for": wrong syntax at offset 13: want a basis and "weight", such as "actual weight"`,
		"22 mg/h for 40":                 `parsing dose rule "22 mg/h for 40": wrong or missing unit at offset 14: want one space and s, min or h`,
		"56 mg, below 60 in guess":       `parsing dose rule "56 mg, below 60 in guess": wrong syntax at offset 19: want linear, clamp or actual`,
		"56 mg, factor 1.1":              `parsing dose rule "56 mg, factor 1.1": out of range at offset 14: want more than 0 and at most 1`,
		"56 mg, factor 40 %":             `parsing dose rule "56 mg, factor 40 %": wrong or missing unit at offset 16: want a number without unit`,
		"56 mg, max deviation 101 %":     `parsing dose rule "56 mg, max deviation 101 %": out of range at offset 21: want at most 100 %`,
	} {
		_, err := dose.ParseRule(in)
		assert.EqualError(t, err, want)
	}
}

func TestMaxDeviation(t *testing.T) {
	// 36.5 mg to 40 mg is 9.589 % away.
	const rule = "0.5 mg/kg of actual weight, round 5 mg up, max deviation "
	got := calculate(t, rule+"9.6 %, hard max 200 mg", "73 kg")
	assert.Equal(t, "40 mg", got.Dose().String())
	_, err := dose.MustRule(rule + "9.58 %, hard max 200 mg").Calculate(body("73 kg", "", 0))
	require.ErrorIs(t, err, dose.ErrDeviation)
	require.EqualError(t, err, "rounding to 5 mg up: rounding deviates too much")
	// Exactly the largest deviation is allowed: 38 to 40 mg is 100/19 %; 40 of 50 is 25 %.
	_, err = dose.MustRule("40 mg, round 50 mg up, max deviation 25 %").Calculate(dose.Body{})
	require.NoError(t, err)
}

func TestAmountAccessors(t *testing.T) {
	mg, perKg, perM2 := dose.MustMass("28 mg"), dose.MustPerKilogram("0.5 mg/kg"), dose.MustPerSurface("1250 mg/m2")
	rate, ratePerKg := dose.MustRate("22 mg/h"), dose.MustRatePerKilogram("0.35 mg/kg/h")
	during, bands := dose.MustDuration("4 h"), dose.MustBands("260 mg up to 55 kg")
	amounts := []dose.Amount{
		dose.Fixed(mg), dose.PerWeight(perKg, dose.Lean), dose.PerBodySurface(perM2), dose.OverTime(rate, during),
		dose.PerWeightOverTime(ratePerKg, dose.Actual, during), dose.ByBands(bands), dose.Devices(3, mg, during),
		{},
	}
	for i, a := range amounts {
		_, fixed := a.Fixed()
		_, _, perWeight := a.PerWeight()
		_, perSurface := a.PerBodySurface()
		_, _, overTime := a.OverTime()
		_, _, _, perWeightOverTime := a.PerWeightOverTime()
		_, banded := a.Bands()
		_, _, _, devices := a.Devices()
		ways := []bool{fixed, perWeight, perSurface, overTime, perWeightOverTime, banded, devices, a.IsZero()}
		assert.Equal(t, i, slices.Index(ways, true), a.String())
		assert.Equal(t, i, len(ways)-1-slices.Index(reversed(ways), true), "exactly one way: %s", a)
	}
	n, content, apart, _ := amounts[6].Devices()
	assert.Equal(t, "3 devices of 28 mg 4 h apart", amounts[6].String())
	assert.Equal(t, 3, n)
	assert.Equal(t, mg, content)
	assert.Equal(t, during, apart)
}

func reversed[T any](s []T) []T {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

func TestRatesConvertExactly(t *testing.T) {
	for in, want := range map[string]string{
		"0.9 mg/min": "54 mg/h", "54 mg/h": "54 mg/h", "500 mcg/min": "30 mg/h", "500 mcg/h": "0.5 mg/h",
	} {
		r, err := dose.ParseRate(in)
		require.NoError(t, err)
		assert.Equal(t, want, r.String())
	}
	for in, want := range map[string]string{
		"12.5 mcg/kg/min": "0.75 mg/kg/h", "0.35 mg/kg/h": "0.35 mg/kg/h", "5 mcg/kg/min": "0.3 mg/kg/h", "100 mcg/kg/h": "0.1 mg/kg/h", "0.01 mg/kg/min": "0.6 mg/kg/h",
	} {
		r, err := dose.ParseRatePerKilogram(in)
		require.NoError(t, err)
		assert.Equal(t, want, r.String())
	}
	hour := dose.MustDuration("1 h")
	for _, c := range []struct {
		unit                 dose.RateUnit
		mass, weight, during string
		want                 string
	}{
		{dose.MgPerKgPerH, "22 mg", "70 kg", "1 h", "0.314286 mg/kg/h"},
		{dose.McgPerKgPerMin, "22 mg", "70 kg", "1 h", "5.238095 mcg/kg/min"},
		{dose.MgPerH, "36 mg", "", "40 min", "54 mg/h"},
		{dose.MgPerMin, "36 mg", "", "40 min", "0.9 mg/min"},
		{dose.MgPerKgPerH, "36 mg", "72 kg", "40 min", "0.75 mg/kg/h"},
		{dose.McgPerKgPerMin, "36 mg", "72 kg", "40 min", "12.5 mcg/kg/min"},
		{dose.McgPerKgPerMin, "36 mg", "72 kg", "60 min", "8.333333 mcg/kg/min"},
		{dose.MgPerKgPerH, "30 mg", "70 kg", "1 h", "0.428571 mg/kg/h"},
		{dose.MgPerMin, "300 mg", "", "60 min", "5 mg/min"},
	} {
		got, err := c.unit.Text(dose.MustMass(c.mass), body(c.weight, "", 0).Weight, dose.MustDuration(c.during))
		require.NoError(t, err)
		assert.Equal(t, c.want, got)
	}
	mass, err := dose.MustRate("0.5 mg/min").During(hour)
	require.NoError(t, err)
	assert.Equal(t, "30 mg", mass.String())
	rate, err := dose.MustRatePerKilogram("0.35 mg/kg/h").For(dose.MustWeight("80 kg"))
	require.NoError(t, err)
	assert.Equal(t, "28 mg/h", rate.String())
	course, err := mass.Times(10)
	require.NoError(t, err)
	assert.Equal(t, "300 mg", course.String())

	_, err = dose.McgPerKgPerMin.Text(mass, dose.Weight{}, hour)
	require.ErrorIs(t, err, dose.ErrNoWeight)
	_, err = dose.MgPerH.Text(mass, dose.Weight{}, dose.Duration{})
	require.EqualError(t, err, `Duration "": want a time of more than 0 s`)
	_, err = dose.RateUnit(0).Text(mass, dose.Weight{}, hour)
	require.EqualError(t, err, `RateUnit "RateUnit(0)": want mg/h, mg/min, mg/kg/h or mcg/kg/min`)
	text, err := dose.MgPerH.Text(dose.MustMass("0.0000000001 mg"), dose.Weight{}, dose.MustDuration("7 h"))
	require.NoError(t, err)
	assert.Equal(t, "less than 0.000001 mg/h", text, "a dose that is not zero never shows as 0")
}

func TestDurations(t *testing.T) {
	for in, want := range map[string]string{
		"40 min": "40 min", "1 h": "60 min", "2 h": "120 min", "3 h": "3 h", "96 h": "96 h", "1.5 h": "90 min", "90 s": "90 s", "0.5 min": "30 s",
	} {
		d, err := dose.ParseDuration(in)
		require.NoError(t, err)
		assert.Equal(t, want, d.String())
		back, err := dose.NewDuration(d.Time())
		require.NoError(t, err)
		assert.Equal(t, d, back)
	}
	for in, want := range map[string]string{
		"0 min":   `parsing duration "0 min": out of range at offset 0: want more than 0 s`,
		"0.001 s": `parsing duration "0.001 s": out of range at offset 0: want whole seconds`,
		"40":      `parsing duration "40": wrong or missing unit at offset 2: want one space and s, min or h`,
		"40m":     `parsing duration "40m": wrong syntax at offset 2: want one space between number and unit`,
		"2401 h":  `parsing duration "2401 h": out of range at offset 0: want at most 8640000 s`,
	} {
		_, err := dose.ParseDuration(in)
		assert.EqualError(t, err, want)
	}
	for _, bad := range []time.Duration{0, -time.Second, time.Millisecond, 2401 * time.Hour} {
		_, err := dose.NewDuration(bad)
		assert.ErrorIs(t, err, dose.ErrRange)
	}
}

func TestInfusionLimits(t *testing.T) {
	order := dose.Order{
		Rule:           dose.MustRule("0.5 mg/kg of actual weight, hard max 200 mg, soft max 50 mg/h, hard max 1 mg/kg/h, hard min 20 min, soft min 40 min"),
		Administration: dose.MustDuration("40 min"),
	}
	body := dose.Body{Weight: dose.MustWeight("72 kg")}
	given, err := order.For(body)
	require.NoError(t, err)
	assert.Equal(t, []dose.PassedLimit{{Measure: dose.OfRate, Side: dose.SoftMax, Bound: "50 mg/h"}}, slices.Collect(given.SoftLimits()))
	text, err := given.RateIn(dose.McgPerKgPerMin)
	require.NoError(t, err)
	assert.Equal(t, "12.5 mcg/kg/min", text)
	assert.Equal(t, "36 mg", given.Calculation().Dose().String())
	assert.Equal(t, "40 min", given.Time())

	order.Administration = dose.MustDuration("30 min") // exactly 1 mg/kg/h
	_, err = order.For(body)
	require.NoError(t, err)
	order.Administration = dose.MustDuration("1799 s")
	_, err = order.For(body)
	require.EqualError(t, err, "hard limit passed: hard max 1 mg/kg/h of the rate per kilogram")
	order.Administration = dose.Duration{}
	_, err = order.For(body)
	require.ErrorIs(t, err, dose.ErrNotJudged)
}

func TestCumulativeLimits(t *testing.T) {
	// Three times 0.4 mg/kg a week is exactly the limit; in binary floating point
	// it is 1.2000000000000002.
	week, err := dose.MustPerKilogram("0.4 mg/kg").Times(3)
	require.NoError(t, err)
	limit := dose.Limit[dose.PerKilogram]{HardMax: dose.MustPerKilogram("1.2 mg/kg")}
	_, passed := limit.Judge(week)
	assert.False(t, passed)

	total, err := dose.Sum(slices.Values(slices.Repeat([]dose.Mass{dose.MustMass("41.3 mg")}, 8)))
	require.NoError(t, err)
	side, passed := dose.Limit[dose.Mass]{SoftMax: dose.MustMass("330.4 mg"), HardMax: dose.MustMass("400 mg")}.Judge(total)
	assert.False(t, passed, side)
	side, passed = dose.Limit[dose.Mass]{SoftMax: dose.MustMass("330.3 mg"), HardMax: dose.MustMass("330.39 mg")}.Judge(total)
	assert.True(t, passed)
	assert.Equal(t, dose.HardMax, side)

	// A titration by 0.1 mg/kg stays exact.
	rate := dose.MustPerKilogram("0.3 mg/kg")
	for range 6 {
		rate, err = rate.Add(dose.MustPerKilogram("0.1 mg/kg"))
		require.NoError(t, err)
	}
	assert.Equal(t, dose.MustPerKilogram("0.9 mg/kg"), rate)
	_, err = dose.Sum(slices.Values([]dose.Mass{dose.MustMass("999999999 mg"), dose.MustMass("1 mg")}))
	require.ErrorIs(t, err, dose.ErrRange)
	_, err = dose.MustPerKilogram("1000000 mg/kg").Times(2)
	require.EqualError(t, err, "computing 2 x 1000000 mg/kg: out of range: want at most 1000000 mg/kg in at most 19 digits")
}
