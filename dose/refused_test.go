package dose_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// Texts are read up to their longest length, and not looked at beyond it.
func TestTextsUpToTheirLongest(t *testing.T) {
	reads := func(f func(string) error) func(string) *dose.ParseError {
		return func(s string) *dose.ParseError {
			e, ok := errors.AsType[*dose.ParseError](f(s))
			require.True(t, ok)
			return e
		}
	}
	for name, read := range map[string]func(string) *dose.ParseError{
		"limits":  reads(func(s string) error { _, err := dose.ParseLimits(s); return err }),
		"rule":    reads(func(s string) error { _, err := dose.ParseRule(s); return err }),
		"bands":   reads(func(s string) error { _, err := dose.ParseBands(s); return err }),
		"choices": reads(func(s string) error { _, err := dose.ParseChoices(s); return err }),
		"level":   reads(func(s string) error { _, err := dose.ParseLevel(s); return err }),
		"basis":   reads(func(s string) error { _, _, err := dose.ParseBasisPolicy(s); return err }),
	} {
		e := read(strings.Repeat("x", 4097))
		assert.Equal(t, "at most 4096 bytes", e.Want, name)
		assert.Equal(t, 4096, e.Offset, name)
		assert.Equal(t, strings.Repeat("x", 64)+"...", e.Input, name)
		e = read(strings.Repeat("x", 4096))
		assert.NotContains(t, e.Want, "4096 bytes", name)
		assert.Equal(t, strings.Repeat("x", 64)+"...", e.Input, name)
	}
	for _, name := range []string{"limits", "basis"} {
		var err error
		if name == "limits" {
			_, err = dose.ParseLimits("")
		} else {
			_, _, err = dose.ParseBasisPolicy("")
		}
		require.ErrorContains(t, err, "a text that is not empty")
	}
	// What is quoted is cut between two characters.
	for text, want := range map[string]string{
		strings.Repeat("x", 64):            strings.Repeat("x", 64),
		strings.Repeat("x", 65):            strings.Repeat("x", 64) + "...",
		strings.Repeat("x", 63) + "éé":     strings.Repeat("x", 63) + "...",
		strings.Repeat("x", 62) + "éé":     strings.Repeat("x", 62) + "é...",
		strings.Repeat("x", 61) + "€€":     strings.Repeat("x", 61) + "€...",
		strings.Repeat("x", 62) + "€€":     strings.Repeat("x", 62) + "...",
		strings.Repeat("\x80", 100):        "...",
		"xx" + strings.Repeat("\x80", 100): "x...",
	} {
		_, err := dose.ParseMass(text)
		e, ok := errors.AsType[*dose.ParseError](err)
		require.True(t, ok)
		assert.Equal(t, want, e.Input)
	}
}

// An error says where in the text it is and what was wanted there.
func TestPlacesInTexts(t *testing.T) {
	rule := func(s string) error { _, err := dose.ParseRule(s); return err }
	for _, tt := range []struct {
		text, at string // the error is where this begins
		read     func(string) error
	}{
		{"x mg/h for 4 h", "x", rule},
		{"22 mg/h for x h", "x", rule},
		{"0.5 mg/kg/h of actual weight for x h", "x", rule},
		{"x mg/kg/h of actual weight for 4 h", "x", rule},
		{"2 devices of x mg", "x", rule},
		{"2 devices of 28 mg x min apart", "x", rule},
		{"0.5 mg/kg of adjusted weight, factor 0.4 above x % of ideal", "x", rule},
		{"0.5 mg/kg of adjusted weight, factor x above 120 % of ideal", "x", rule},
		{"28 mg, or 56 mg or x mg", "x", rule},
		{"x mg or 56 mg", "x", func(s string) error { _, err := dose.ParseChoices(s); return err }},
		{"28 mg or 56 mg or x mg", "x", func(s string) error { _, err := dose.ParseChoices(s); return err }},
		{"x min after end", "x", func(s string) error { _, err := dose.ParsePartStart(s); return err }},
		{"x mg half up", "x", func(s string) error { _, err := dose.ParseRounding(s); return err }},
		{"0.1 mg x up", "x up", func(s string) error { _, err := dose.ParseRounding(s); return err }},
		{"x", "x", func(s string) error { _, err := dose.ParseFactor(s); return err }},
	} {
		e, ok := errors.AsType[*dose.ParseError](tt.read(tt.text))
		require.True(t, ok, tt.text)
		assert.Equal(t, strings.Index(tt.text, tt.at), e.Offset, "%s: %v", tt.text, e)
		assert.Equal(t, tt.text, e.Input)
		assert.NotEqual(t, e.Input, e.What)
	}
	for text, offset := range map[string]int{"0.1  mg half up": 4, "0.1 mg": 6, "0.1": 0} {
		_, err := dose.ParseRounding(text)
		e, ok := errors.AsType[*dose.ParseError](err)
		require.True(t, ok)
		assert.Equal(t, offset, e.Offset, text)
	}
	_, err := dose.ParseExcessIdeal("other")
	require.ErrorContains(t, err, "want ideal or actual")
	_, err = dose.ParseFactor("")
	require.ErrorIs(t, err, dose.ErrSyntax)
}

// The last value that is taken, and the first one that is not.
func TestCountsAndLengths(t *testing.T) {
	for text, ok := range map[string]bool{
		"1 device of 28 mg": true, "1000 devices of 28 mg": true, "1001 devices of 28 mg": false, "10000 devices of 28 mg": false, "0 devices of 28 mg": false, " devices of 28 mg": false,
	} {
		_, err := dose.ParseRule(text)
		assert.Equal(t, ok, err == nil, text)
	}
	for text, ok := range map[string]bool{"118 in": true, "118.1 in": false, "0.5 in": true, "70.12345678901234567 in": false} {
		_, err := dose.ParseInches(text)
		assert.Equal(t, ok, err == nil, text)
	}
	assert.Equal(t, "299.72 cm", dose.MustInches("118 in").String())
	assert.Equal(t, dose.MustFactor("1"), dose.MustFactor("1.00"))

	_, err := dose.NewChoices()
	require.ErrorContains(t, err, `"0 doses": want 1 to 16 doses`)
	sixteen := make([]dose.Mass, 16)
	for i := range sixteen {
		sixteen[i], err = dose.MustMass("1 mg").Times(i + 1)
		require.NoError(t, err)
	}
	c, err := dose.NewChoices(sixteen...)
	require.NoError(t, err)
	assert.Equal(t, 16, len(slices.Collect(c.All())))
	_, err = dose.NewChoices(append(sixteen, dose.MustMass("17 mg"))...)
	require.ErrorContains(t, err, `"17 doses": want 1 to 16 doses`)
	_, err = dose.NewChoices(dose.MustMass("28 mg"), dose.MustMass("28 mg"))
	require.ErrorContains(t, err, `"28 mg": want more than 28 mg`)
	_, err = dose.NewChoices(dose.Mass{})
	require.Error(t, err)

	for _, text := range []string{"260 mg below 60 kg up to 55 kg; 520 mg over 55 kg", "260 mg up to 55 kg; 390 mg from 60 kg over 55 kg"} {
		_, err = dose.ParseBands(text)
		require.Error(t, err, "one bound of a kind")
	}

	hundred := strings.Repeat("n", 100)
	for name, ok := range map[string]bool{hundred: true, hundred + "n": false} {
		s := dose.Sequence{Parts: []dose.Part{part(name, "1 mg")}}
		assert.Equal(t, ok, s.Check() == nil, len(name))
	}
	_, err = dose.NewRounding(dose.MustMass("1 mg"), dose.Up)
	require.NoError(t, err)
	_, err = dose.NewRounding(dose.MustMass("1 mg"), dose.Up+1)
	require.Error(t, err)
}

// A text is the only way in, quoted or not, as JSON has it.
func TestNumbersOfJSON(t *testing.T) {
	for text, want := range map[string]string{`36.3`: "36.3", `"36.3"`: "36.3", `"36.3`: "", `36.3"`: "", `"`: "", `""`: "", `"3"`: "3", `3`: "3", ``: ""} {
		n := dose.MustMass("1 mg").Number()
		err := n.UnmarshalJSON([]byte(text))
		if want == "" {
			require.Error(t, err, text)
			want = "1"
		} else {
			require.NoError(t, err, text)
		}
		assert.Equal(t, want, n.String(), text)
	}
}

// A rule says what is wrong with it, once for each problem.
func TestProblemsOfRules(t *testing.T) {
	limited := func(a dose.Amount, limits string) dose.Rule {
		l, err := dose.ParseLimits(limits)
		require.NoError(t, err)
		return dose.Rule{Amount: a, Limits: l}
	}
	for want, rule := range map[string]dose.Rule{
		`Amount " for ": want a rate of more than 0 mg/h, and a time`:     {Amount: dose.OverTime(dose.Rate{}, dose.Duration{})},
		`Amount "": want 1 to 16 bands`:                                   {Amount: dose.ByBands(dose.Bands{})},
		`Amount "": want a dose per square metre of more than 0 mg/m2`:    limited(dose.PerBodySurface(dose.PerSurface{}), "hard max 100 mg"),
		`: want a dose per kilogram of more than 0 mg/kg`:                 limited(dose.PerWeight(dose.PerKilogram{}, dose.Actual), "hard max 100 mg"),
		`: want a rate of more than 0 mg/kg/h, and a time`:                limited(dose.PerWeightOverTime(dose.RatePerKilogram{}, dose.Actual, dose.Duration{}), "hard max 100 mg"),
		`want 1 to 1000 devices of more than 0 mg each`:                   limited(dose.Devices(2, dose.Mass{}, dose.Duration{}), "hard min 5 mg"),
		`Rounding "1 mg half up within 5 % else 7 mg half up": want a mu`: dose.MustRule("1 mg"),
		"": dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, hard min 60 mg, hard max 200 mg"),
	} {
		if strings.HasPrefix(want, "Rounding") {
			rule = dose.Rule{
				Amount: dose.PerWeight(dose.MustPerKilogram("0.5 mg/kg"), dose.Actual), Floor: dose.MustMass("8 mg"), Cap: dose.MustMass("13 mg"),
				Rounding: dose.MustRounding("1 mg half up within 5 % else 7 mg half up"), Limits: dose.AtMost(dose.MustMass("20 mg")),
			}
		}
		err := rule.Check()
		if want == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, want)
		assert.Len(t, err, 1, "%v", err)
		assert.NotContains(t, rule.Amount.String(), "0 mg/")
	}
	require.NoError(t, dose.MustRule("0.5 mg/kg of actual weight, floor 20 mg, cap 20 mg, hard max 20 mg").Check())
}

// A preparation says what is wrong with it, field by field.
func TestProblemsOfPreparations(t *testing.T) {
	good := inSyringe("made up to 50 mL", "")
	require.NoError(t, good.Check())
	for want, change := range map[string]func(p *dose.Preparation){
		`Dilution "made up to 0 mL": want a volume of more than 0 mL`:     func(p *dose.Preparation) { p.Dilution = dose.MadeUpTo(dose.Volume{}) },
		`Dilution "added to 0 mL": want a volume of more than 0 mL`:       func(p *dose.Preparation) { p.Dilution = dose.AddedTo(dose.Volume{}) },
		`Diluent "saline": want nothing, since nothing is diluted`:        func(p *dose.Preparation) { p.Dilution, p.Diluent = dose.Undiluted(), "saline" },
		`Dilution "": want undiluted, made up to a volume, or added to a`: func(p *dose.Preparation) { p.Dilution = dose.Dilution{} },
		`Route "Route(0)": want a known route, such as intravenous`:       func(p *dose.Preparation) { p.Route = 0 },
		`Route "Route(200)": want a known route, such as intravenous`:     func(p *dose.Preparation) { p.Route = 200 },
		`Product.Content "0 mg": want the mass in one container`:          func(p *dose.Preparation) { p.Product.Content = dose.Mass{} },
		`Product.Strength "": want the mass per mL, to draw up a volume`:  func(p *dose.Preparation) { p.Product.Strength = dose.Concentration{} },
	} {
		p := good
		change(&p)
		err := p.Check()
		require.ErrorContains(t, err, want)
		assert.Len(t, err, 1)
	}
	for r := dose.Route(1); !strings.HasPrefix(r.String(), "Route("); r++ {
		p := good
		p.Route = r
		require.NoError(t, p.Check(), r)
	}
}

// Parts have problems of their own, and those of the whole.
func TestProblemsOfParts(t *testing.T) {
	for _, limit := range []string{"hard max 5 mg/h", "hard max 5 mg/kg/h", "hard max 5 mg/mL", "hard max 5 mL", "hard max 5 mL/h"} {
		rule := dose.MustRule("sum of parts, " + limit)
		s := dose.Sequence{Rule: rule, Parts: []dose.Part{part("a", "1 mg", during("5 min"))}}
		err := s.Check()
		require.ErrorIs(t, err, dose.ErrNotJudged, limit)
		require.ErrorContains(t, err, `"`+limit+`": want a limit of the dose`)
		require.ErrorIs(t, dose.Order{Rule: rule}.Check(), dose.ErrNotJudged, limit)
	}
	err := dose.Sequence{Rule: dose.MustRule("sum of parts, hard max 8 h"), Parts: []dose.Part{part("a", "1 mg")}}.Check()
	require.ErrorContains(t, err, `Rule.Limits.Duration "hard max 8 h": want a time of a part, to judge it by`)

	err = dose.Sequence{Parts: []dose.Part{part("a", "3 devices of 28 mg 5 min apart", during("9 min"))}}.Check()
	require.ErrorContains(t, err, `Parts.0.During "9 min": want at least 10 min`)

	p := part("a", "22 mg/h for 96 h", during("90 h"))
	p.Preparation = inSyringe("undiluted", "95 h")
	err = dose.Sequence{Parts: []dose.Part{p}}.Check()
	require.ErrorContains(t, err, `Parts.0.During "90 h": want 96 h, as the amount states`)
	assert.NotContains(t, err.Error(), `"90 h": want 95 h`, "one time is enough to say")

	s := dose.Sequence{Parts: []dose.Part{part("a", "20 mg", during("2 h")), part("b", "20 mg", during("1 h"), starts("2 h after start"))}}
	require.NoError(t, s.Check(), "it begins when the one before ends")
	assert.Equal(t, "3 h", s.Duration().String())
	found, ok := s.Part("b")
	assert.True(t, ok)
	assert.Equal(t, s.Parts[1], found)
	_, ok = s.Part("c")
	assert.False(t, ok)
	assert.False(t, found.IsZero())
	assert.True(t, dose.Part{}.IsZero())
	assert.Equal(t, dose.MustPartStart("10 min after end"), dose.AfterEnd(dose.MustDuration("10 min")))
	assert.Equal(t, dose.MustPartStart("10 min after start"), dose.AfterStart(dose.MustDuration("10 min")))
	s.Parts[1].Start = dose.MustPartStart("119 min after start")
	require.ErrorIs(t, s.Check(), dose.ErrPartsOverlap)
}
