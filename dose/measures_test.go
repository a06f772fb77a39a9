package dose_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// ordered is a quantity with a text.
type ordered[T any] interface {
	text
	Compare(T) int
	IsZero() bool
}

// checkEdges checks a type at both ends of its range, and its zero value.
func checkEdges[T ordered[T]](t *testing.T, parse func(string) (T, error), unit string, most int, zero string) {
	t.Helper()
	t.Run(unit, func(t *testing.T) {
		var none T
		assert.True(t, none.IsZero())
		assert.Equal(t, zero, none.String())
		_, err := parse("")
		require.ErrorIs(t, err, dose.ErrSyntax)
		top, err := parse(strconv.Itoa(most) + " " + unit)
		require.NoError(t, err)
		one, err := parse("1 " + unit)
		require.NoError(t, err)
		assert.Equal(t, []int{-1, 0, 1}, []int{one.Compare(top), one.Compare(one), top.Compare(one)})
		assert.Equal(t, -1, none.Compare(one))
		for _, over := range []string{strconv.Itoa(most+1) + " " + unit, strconv.Itoa(most) + ".1 " + unit} {
			got, err := parse(over)
			require.ErrorIs(t, err, dose.ErrRange, over)
			assert.True(t, got.IsZero())
		}
		_, err = parse("0 " + unit)
		assert.Equal(t, zero != "", err == nil, "only a quantity whose zero is a value reads 0")
	})
}

func TestEdges(t *testing.T) {
	checkEdges(t, dose.ParseMass, "mg", dose.MaxMass, "0 mg")
	checkEdges(t, dose.ParseVolume, "mL", dose.MaxVolume, "0 mL")
	checkEdges(t, dose.ParseWeight, "kg", dose.MaxWeight, "")
	checkEdges(t, dose.ParseHeight, "cm", dose.MaxHeight, "")
	checkEdges(t, dose.ParseSurface, "m2", dose.MaxSurface, "")
	checkEdges(t, dose.ParseBMI, "kg/m2", dose.MaxBMI, "")
	checkEdges(t, dose.ParsePerKilogram, "mg/kg", dose.MaxPerKilogram, "")
	checkEdges(t, dose.ParsePerSurface, "mg/m2", dose.MaxPerSurface, "")
	checkEdges(t, dose.ParseConcentration, "mg/mL", dose.MaxConcentration, "")
	checkEdges(t, dose.ParseFlow, "mL/h", dose.MaxFlow, "")
	checkEdges(t, dose.ParseRate, "mg/h", dose.MaxRate, "")
	checkEdges(t, dose.ParseRatePerKilogram, "mg/kg/h", dose.MaxRatePerKilogram, "")
	checkEdges(t, dose.ParsePercent, "%", dose.MaxPercent, "")
	checkEdges(t, dose.ParseDuration, "s", dose.MaxDuration, "")
}

// Products of values at the ends of their ranges are errors, not wrong numbers.
func TestOverflow(t *testing.T) {
	tiny := dose.MustWeight("0.0000000000000000001 kg")
	for name, f := range map[string]func() error{
		"mg/kg x kg": func() error { _, err := dose.MustPerKilogram("0.1 mg/kg").For(tiny); return err },
		"mg/m2 x m2": func() error {
			_, err := dose.MustPerSurface("0.001 mg/m2").For(dose.MustSurface("0.00000000000000001 m2"))
			return err
		},
		"mg/kg/h x kg": func() error {
			_, err := dose.MustRatePerKilogram("1000000 mg/kg/h").For(dose.MustWeight("1000 kg"))
			return err
		},
		"mg/h x h": func() error {
			_, err := dose.MustRate("100000000 mg/h").During(dose.MustDuration("2400 h"))
			return err
		},
		"mg/mL x mL": func() error {
			_, err := dose.MustConcentration("10000 mg/mL").In(dose.MustVolume("1000 L"))
			return err
		},
		"mg / mg/mL": func() error {
			_, err := dose.MustConcentration("1 mcg/mL").VolumeOf(dose.MustMass("999999999 mg"), dose.Graduation{})
			return err
		},
		"mL + mL": func() error { _, err := dose.MustVolume("1000 L").Add(dose.MustVolume("1 mL")); return err },
		"mL - mL": func() error { _, err := dose.MustVolume("1 mL").Sub(dose.MustVolume("2 mL")); return err },
		"mg/kg + mg/kg": func() error {
			_, err := dose.MustPerKilogram("1000000 mg/kg").Add(dose.MustPerKilogram("1 mg/kg"))
			return err
		},
		"BMI": func() error {
			_, err := dose.Body{Weight: dose.MustWeight("1000 kg"), Height: dose.MustHeight("1 cm")}.BMI()
			return err
		},
		"surface": func() error {
			_, err := dose.Body{Weight: tiny, Height: dose.MustHeight("0.1 cm")}.Surface()
			return err
		},
	} {
		assert.ErrorIs(t, f(), dose.ErrRange, name)
	}
	_, err := dose.PerSurface.For(dose.MustPerSurface("1 mg/m2"), dose.Surface{})
	require.ErrorIs(t, err, dose.ErrNoHeight)
	_, err = dose.MustRatePerKilogram("1 mg/kg/h").For(dose.Weight{})
	require.ErrorIs(t, err, dose.ErrNoWeight)
}

func TestGraduations(t *testing.T) {
	g, err := dose.NewGraduation(dose.MustVolume("0.01 mL"), dose.HalfUp)
	require.NoError(t, err)
	assert.Equal(t, dose.MustGraduation("0.01 mL half up"), g)
	assert.Equal(t, "0.01 mL", g.Step().String())
	assert.Equal(t, dose.HalfUp, g.Mode())
	p, err := dose.NewPumpSetting(dose.MustFlow("0.1 mL/h"), dose.Down)
	require.NoError(t, err)
	assert.Equal(t, dose.MustPumpSetting("0.1 mL/h down"), p)
	assert.Equal(t, "0.1 mL/h", p.Step().String())
	assert.Equal(t, dose.Down, p.Mode())
	_, err = dose.NewGraduation(dose.Volume{}, dose.HalfUp)
	require.EqualError(t, err, `Graduation "0 mL": want a step of more than 0 mL`)
	_, err = dose.NewGraduation(dose.MustVolume("0.01 mL"), 0)
	require.EqualError(t, err, `Graduation "Mode(0)": want half up, half even, down or up`)
	_, err = dose.NewPumpSetting(dose.Flow{}, dose.HalfUp)
	require.EqualError(t, err, `PumpSetting "": want a step of more than 0 mL/h`)
	_, err = dose.NewPumpSetting(dose.MustFlow("1 mL/h"), 9)
	require.EqualError(t, err, `PumpSetting "Mode(9)": want half up, half even, down or up`)
}

// Every bound of every measure has a text, and is checked for its order.
func TestEveryMeasure(t *testing.T) {
	const all = "hard min 1 mg, soft min 2 mg, soft max 3 mg, hard max 4 mg, hard max 1 mg/kg, hard max 1 mg/h, hard max 1 mg/kg/h, " +
		"hard max 1 mg/mL, hard max 1 mL, hard max 1 mL/h, hard max 1 min"
	limits, err := dose.ParseLimits(all)
	require.NoError(t, err)
	assert.Equal(t, all, limits.String())
	assert.False(t, limits.IsZero())
	for clause, field := range map[string]string{
		"soft max 2 mg, hard max 1 mg": "Dose", "soft max 2 mg/kg, hard max 1 mg/kg": "PerKilogram",
		"soft max 2 mg/h, hard max 1 mg/h": "Rate", "soft max 2 mg/kg/h, hard max 1 mg/kg/h": "RatePerKilogram",
		"soft max 2 mg/mL, hard max 1 mg/mL": "Concentration", "soft max 2 mL, hard max 1 mL": "Volume",
		"soft max 2 mL/h, hard max 1 mL/h": "Flow", "soft max 2 min, hard max 1 min": "Duration",
	} {
		l, err := dose.ParseLimits(clause)
		require.NoError(t, err)
		err = dose.Rule{Amount: dose.Fixed(dose.MustMass("1 mg")), Limits: l}.Check()
		var problem *dose.RuleError
		require.ErrorAs(t, err, &problem, clause)
		assert.Equal(t, "Limits."+field, problem.Field)
	}
	var names []string
	for m := dose.OfDose; m <= dose.OfDuration; m++ {
		names = append(names, m.String())
	}
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(names))), 8)
}

func TestZeroValues(t *testing.T) {
	assert.True(t, dose.Rule{}.IsZero())
	assert.True(t, dose.Product{}.IsZero())
	assert.True(t, dose.Preparation{}.IsZero())
	assert.True(t, dose.Dilution{}.IsZero())
	for _, v := range []interface{ String() string }{
		dose.Rule{}, dose.Limits{}, dose.Calculation{}, dose.Worksheet{}, dose.Dilution{}, dose.Choices{}, dose.Bands{}, dose.Factor{}, dose.Amount{},
	} {
		assert.Empty(t, v.String())
	}
	// Each zero value with an empty text reads back from it.
	rule, bands := dose.MustRule("56 mg"), dose.MustBands("260 mg up to 55 kg")
	require.NoError(t, rule.UnmarshalText(nil))
	require.NoError(t, bands.UnmarshalText(nil))
	assert.True(t, rule.IsZero())
	assert.True(t, bands.IsZero())
}
