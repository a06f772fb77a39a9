package dose_test

import (
	"encoding"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// Every text type works as a value, in JSON and as a map key.
var (
	_ interface {
		encoding.TextMarshaler
		encoding.TextAppender
	} = dose.Mass{}
	_ encoding.TextUnmarshaler = (*dose.Mass)(nil)
	_ encoding.TextAppender    = dose.Calculation{}
)

func TestParseMass(t *testing.T) {
	for in, want := range map[string]string{
		"36 mg": "36 mg", "0 mg": "0 mg", "0.0 mg": "0 mg", "0.5 mg": "0.5 mg", "1.50 mg": "1.5 mg",
		"500 mcg": "0.5 mg", "1 mcg": "0.001 mg", "1 g": "1000 mg", "0.1 g": "100 mg",
		"999999999 mg":               "999999999 mg",
		"999999.999 g":               "999999999 mg",
		"0.1234567890123456789 mg":   "0.1234567890123456789 mg",
		"123456789.0123456789 mg":    "123456789.0123456789 mg",
		"0.0000000000000000001 mg":   "0.0000000000000000001 mg",
		"100 mg":                     "100 mg",
		"36.2500000000000000 mg":     "36.25 mg",
		"0.10000000000000000000 mg ": "",
	} {
		t.Run(in, func(t *testing.T) {
			got, err := dose.ParseMass(in)
			if want == "" {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, want, got.String())
		})
	}
}

func TestEqualMassesAreEqual(t *testing.T) {
	assert.Equal(t, dose.MustMass("1000 mg"), dose.MustMass("1 g"))
	assert.True(t, dose.MustMass("1.5 mg") == dose.MustMass("1.50 mg"))
	assert.True(t, dose.MustMass("0.00 mg") == dose.Mass{})
	assert.True(t, dose.MustPerKilogram("500 mcg/kg") == dose.MustPerKilogram("0.5 mg/kg"))
	assert.True(t, dose.MustPounds("100 lb") == dose.MustWeight("45.359237 kg"))
	assert.Len(t, map[dose.Mass]bool{dose.MustMass("500 mcg"): true, dose.MustMass("0.50 mg"): true}, 1)
}

func TestRefusals(t *testing.T) {
	mass := func(s string) error { _, err := dose.ParseMass(s); return err }
	weight := func(s string) error { _, err := dose.ParseWeight(s); return err }
	pounds := func(s string) error { _, err := dose.ParsePounds(s); return err }
	rate := func(s string) error { _, err := dose.ParsePerKilogram(s); return err }
	rounding := func(s string) error { _, err := dose.ParseRounding(s); return err }
	mode := func(s string) error { _, err := dose.ParseMode(s); return err }
	for _, c := range []struct {
		parse    func(string) error
		in       string
		sentinel error
		want     string
	}{
		{mass, "", dose.ErrSyntax, `parsing mass "": wrong syntax at offset 0: want a number and mg, mcg or g`},
		{mass, "mg", dose.ErrSyntax, `parsing mass "mg": wrong syntax at offset 0: want a number and mg, mcg or g`},
		{mass, "-5 mg", dose.ErrSyntax, `parsing mass "-5 mg": wrong syntax at offset 0: want a number without sign`},
		{mass, "+5 mg", dose.ErrSyntax, `parsing mass "+5 mg": wrong syntax at offset 0: want a number without sign`},
		{mass, ".5 mg", dose.ErrSyntax, `parsing mass ".5 mg": wrong syntax at offset 0: want a digit before the point, such as 0.5`},
		{mass, "5. mg", dose.ErrSyntax, `parsing mass "5. mg": wrong syntax at offset 2: want a digit after the point`},
		{mass, "05 mg", dose.ErrSyntax, `parsing mass "05 mg": wrong syntax at offset 0: want no leading zeros`},
		{mass, "1e3 mg", dose.ErrSyntax, `parsing mass "1e3 mg": wrong syntax at offset 1: want a number without exponent`},
		{mass, "1,000 mg", dose.ErrSyntax, `parsing mass "1,000 mg": wrong syntax at offset 1: want a number without commas, and a point before decimals`},
		{mass, "0,5 mg", dose.ErrSyntax, `parsing mass "0,5 mg": wrong syntax at offset 1: want a number without commas, and a point before decimals`},
		{mass, "5mg", dose.ErrSyntax, `parsing mass "5mg": wrong syntax at offset 1: want one space between number and unit`},
		{mass, "5  mg", dose.ErrSyntax, `parsing mass "5  mg": wrong syntax at offset 2: want exactly one space before the unit`},
		{mass, "5", dose.ErrUnit, `parsing mass "5": wrong or missing unit at offset 1: want one space and mg, mcg or g`},
		{mass, "5 ", dose.ErrUnit, `parsing mass "5 ": wrong or missing unit at offset 2: want mg, mcg or g`},
		{mass, "5 mL", dose.ErrUnit, `parsing mass "5 mL": wrong or missing unit at offset 2: want mg, mcg or g`},
		{mass, "5 kg", dose.ErrUnit, `parsing mass "5 kg": wrong or missing unit at offset 2: want mg, mcg or g`},
		{mass, "5 MG", dose.ErrUnit, `parsing mass "5 MG": wrong or missing unit at offset 2: want mg, mcg or g; write mg`},
		{mass, "5 mg.", dose.ErrUnit, `parsing mass "5 mg.": wrong or missing unit at offset 2: want mg, mcg or g; write mg`},
		{mass, "5 mg ", dose.ErrUnit, `parsing mass "5 mg ": wrong or missing unit at offset 2: want mg, mcg or g; write mg`},
		{mass, "500 µg", dose.ErrUnit, `parsing mass "500 µg": wrong or missing unit at offset 4: want mg, mcg or g; micrograms are written mcg`},
		{mass, "500 μg", dose.ErrUnit, `parsing mass "500 μg": wrong or missing unit at offset 4: want mg, mcg or g; micrograms are written mcg`},
		{mass, "500 ug", dose.ErrUnit, `parsing mass "500 ug": wrong or missing unit at offset 4: want mg, mcg or g; micrograms are written mcg`},
		{mass, "5 cc", dose.ErrUnit, `parsing mass "5 cc": wrong or missing unit at offset 2: want mg, mcg or g; millilitres are written mL`},
		{mass, "5 mg/kg", dose.ErrUnit, `parsing mass "5 mg/kg": wrong or missing unit at offset 2: want mg, mcg or g`},
		{mass, "1000000000 mg", dose.ErrRange, `parsing mass "1000000000 mg": out of range at offset 0: want at most 9 digits before the point`},
		{mass, "1000000 g", dose.ErrRange, `parsing mass "1000000 g": out of range at offset 0: want at most 999999999 mg`},
		{mass, "999999999.1 mg", dose.ErrRange, `parsing mass "999999999.1 mg": out of range at offset 0: want at most 999999999 mg`},
		{mass, "1.1234567890123456789 mg", dose.ErrRange, `parsing mass "1.1234567890123456789 mg": out of range at offset 0: want at most 19 digits`},
		{mass, "0.12345678901234567890 mg", dose.ErrRange, `parsing mass "0.12345678901234567890 mg": out of range at offset 0: want at most 19 digits`},
		{mass, "0.00000000000000001 mcg", dose.ErrRange, `parsing mass "0.00000000000000001 mcg": out of range at offset 0: want at most 19 digits in mg`},
		{weight, "0 kg", dose.ErrRange, `parsing weight "0 kg": out of range at offset 0: want more than 0 kg`},
		{weight, "0.00 kg", dose.ErrRange, `parsing weight "0.00 kg": out of range at offset 0: want more than 0 kg`},
		{weight, "-5 kg", dose.ErrSyntax, `parsing weight "-5 kg": wrong syntax at offset 0: want a number without sign`},
		{weight, "72", dose.ErrUnit, `parsing weight "72": wrong or missing unit at offset 2: want one space and kg`},
		{weight, "72 mg", dose.ErrUnit, `parsing weight "72 mg": wrong or missing unit at offset 3: want kg; a body weight is in kg, and pounds enter through ParsePounds`},
		{weight, "158.7 lb", dose.ErrUnit, `parsing weight "158.7 lb": wrong or missing unit at offset 6: want kg; a body weight is in kg, and pounds enter through ParsePounds`},
		{weight, "1000.1 kg", dose.ErrRange, `parsing weight "1000.1 kg": out of range at offset 0: want at most 1000 kg`},
		{weight, ".5 kg", dose.ErrSyntax, `parsing weight ".5 kg": wrong syntax at offset 0: want a digit before the point, such as 0.5`},
		{weight, "1e3 kg", dose.ErrSyntax, `parsing weight "1e3 kg": wrong syntax at offset 1: want a number without exponent`},
		{pounds, "72 kg", dose.ErrUnit, `parsing weight in pounds "72 kg": wrong or missing unit at offset 3: want lb; kilograms enter through ParseWeight`},
		{pounds, "0 lb", dose.ErrRange, `parsing weight in pounds "0 lb": out of range at offset 0: want more than 0 lb`},
		{pounds, "2205 lb", dose.ErrRange, `parsing weight in pounds "2205 lb": out of range at offset 0: want at most 2204 lb`},
		{pounds, "1.123456789012345 lb", dose.ErrRange, `parsing weight in pounds "1.123456789012345 lb": out of range at offset 0: want at most 19 digits in kg`},
		{rate, "0.5 mg", dose.ErrUnit, `parsing dose per kilogram "0.5 mg": wrong or missing unit at offset 4: want mg/kg, mcg/kg or g/kg; a dose per kilogram ends in /kg, and a fixed dose is a mass`},
		{rate, "0 mg/kg", dose.ErrRange, `parsing dose per kilogram "0 mg/kg": out of range at offset 0: want more than 0 mg/kg`},
		{rate, "1000001 mg/kg", dose.ErrRange, `parsing dose per kilogram "1000001 mg/kg": out of range at offset 0: want at most 1000000 mg/kg`},
		{rounding, "", dose.ErrSyntax, `parsing rounding "": wrong syntax at offset 0: want "exact", or a step and a mode such as "0.1 mg half up"`},
		{rounding, "0.1 mg", dose.ErrSyntax, `parsing rounding "0.1 mg": wrong syntax at offset 6: want "exact", or a step and a mode such as "0.1 mg half up"`},
		{rounding, "0 mg half up", dose.ErrSyntax, `parsing rounding "0 mg half up": wrong syntax at offset 0: want a step of more than 0`},
		{rounding, "0.1 mL half up", dose.ErrUnit, `parsing rounding "0.1 mL half up": wrong or missing unit at offset 4: want mg, mcg or g`},
		{rounding, "0.1 mg half", dose.ErrSyntax, `parsing rounding "0.1 mg half": wrong syntax at offset 7: want half up, half even, down or up`},
		{rounding, "0.1 mg  up", dose.ErrSyntax, `parsing rounding "0.1 mg  up": wrong syntax at offset 7: want half up, half even, down or up`},
		{mode, "nearest", dose.ErrSyntax, `parsing rounding mode "nearest": wrong syntax at offset 0: want half up, half even, down or up`},
		{mode, "Half Up", dose.ErrSyntax, `parsing rounding mode "Half Up": wrong syntax at offset 0: want half up, half even, down or up`},
	} {
		t.Run(c.in, func(t *testing.T) {
			err := c.parse(c.in)
			require.EqualError(t, err, c.want)
			require.ErrorIs(t, err, c.sentinel)
			var parse *dose.ParseError
			require.ErrorAs(t, err, &parse)
			assert.Equal(t, c.in, parse.Input)
		})
	}
}

// A text without bound is refused at once, and not quoted whole.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("9", 10<<20)
	for name, parse := range map[string]func(string) error{
		"ParseMass":        func(s string) error { _, err := dose.ParseMass(s); return err },
		"ParseWeight":      func(s string) error { _, err := dose.ParseWeight(s); return err },
		"ParsePounds":      func(s string) error { _, err := dose.ParsePounds(s); return err },
		"ParsePerKilogram": func(s string) error { _, err := dose.ParsePerKilogram(s); return err },
		"ParseRounding":    func(s string) error { _, err := dose.ParseRounding(s); return err },
		"ParseMode":        func(s string) error { _, err := dose.ParseMode(s); return err },
		"ParseBasis":       func(s string) error { _, err := dose.ParseBasis(s); return err },
		"ParseRule":        func(s string) error { _, err := dose.ParseRule(s); return err },
		"ParseLimits":      func(s string) error { _, err := dose.ParseLimits(s); return err },
		"UnmarshalText":    func(s string) error { return new(dose.Rule).UnmarshalText([]byte(s)) },
	} {
		t.Run(name, func(t *testing.T) {
			var parse2 *dose.ParseError
			require.ErrorAs(t, parse(long), &parse2)
			assert.Less(t, len(parse2.Error()), 300)
		})
	}
}

func TestTextsInJSON(t *testing.T) {
	type record struct {
		Mass     dose.Mass
		Weight   dose.Weight
		Rate     dose.PerKilogram
		Rounding dose.Rounding
		Limits   dose.Limits
		Rule     dose.Rule
	}
	full := record{
		dose.MustMass("36 mg"), dose.MustWeight("72 kg"), dose.MustPerKilogram("0.5 mg/kg"),
		dose.MustRounding("0.1 mg half up"), dose.AtMost(dose.MustMass("200 mg")),
		dose.MustRule("0.5 mg/kg of actual weight, hard max 200 mg"),
	}
	for want, in := range map[string]record{
		`{"Mass":"36 mg","Weight":"72 kg","Rate":"0.5 mg/kg","Rounding":"0.1 mg half up","Limits":"hard max 200 mg","Rule":"0.5 mg/kg of actual weight, hard max 200 mg"}`: full,
		`{"Mass":"0 mg","Weight":"","Rate":"","Rounding":"exact","Limits":"","Rule":""}`:                                                                                   {},
	} {
		t.Run(want, func(t *testing.T) {
			text, err := json.Marshal(in)
			require.NoError(t, err)
			assert.Equal(t, want, string(text))
			var back record
			require.NoError(t, json.Unmarshal(text, &back))
			assert.Equal(t, in, back)
		})
	}

	t.Run("an error leaves the value alone", func(t *testing.T) {
		m := dose.MustMass("36 mg")
		require.Error(t, m.UnmarshalText([]byte("5 mL")))
		assert.Equal(t, dose.MustMass("36 mg"), m)
		require.Error(t, m.UnmarshalText(nil))
	})
}

func TestMustPanics(t *testing.T) {
	assert.PanicsWithValue(t, `dose: parsing mass "5 mL": wrong or missing unit at offset 2: want mg, mcg or g`,
		func() { dose.MustMass("5 mL") })
	assert.Panics(t, func() { dose.MustWeight("72") })
	assert.Panics(t, func() { dose.MustPounds("72 kg") })
	assert.Panics(t, func() { dose.MustPerKilogram("0.5 mg") })
	assert.Panics(t, func() { dose.MustRounding("0.1 mg") })
	assert.Panics(t, func() { dose.MustRule("") })
}

func TestParseBasisPolicy(t *testing.T) {
	for text, want := range map[string]struct {
		basis  dose.Basis
		policy dose.WeightPolicy
	}{
		"actual": {dose.Actual, dose.WeightPolicy{}},
		"lean":   {dose.Lean, dose.WeightPolicy{}},
		"ideal, below 60 in clamp, where ideal exceeds actual actual": {
			dose.Ideal, dose.WeightPolicy{Short: dose.ShortClamp, Excess: dose.ExcessActual},
		},
		"adjusted, factor 0.4, below 60 in linear, where ideal exceeds actual ideal": {
			dose.Adjusted, dose.WeightPolicy{Factor: dose.MustFactor("0.4"), Short: dose.ShortLinear, Excess: dose.ExcessKeep},
		},
		"ideal-from-BMI, from 30 kg/m2, below 60 in actual, where ideal exceeds actual actual": {
			dose.IdealFromBMI, dose.WeightPolicy{FromBMI: dose.MustBMI("30 kg/m2"), Short: dose.ShortActual, Excess: dose.ExcessActual},
		},
	} {
		basis, policy, err := dose.ParseBasisPolicy(text)
		require.NoError(t, err, text)
		assert.Equal(t, want.basis, basis, text)
		assert.Equal(t, want.policy, policy, text)
	}
	for _, text := range []string{
		"", "weight", "actual weight", "ideal, cap 60 mg", "ideal, below 60 in guess", "ideal,below 60 in clamp",
		"adjusted, below 60 in clamp, factor 0.4", "actual, hard max 200 mg", "ideal, ",
	} {
		_, _, err := dose.ParseBasisPolicy(text)
		require.ErrorIs(t, err, dose.ErrSyntax, text)
	}
}
