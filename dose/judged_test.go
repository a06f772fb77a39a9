package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// inSyringe is 50 mg/mL, drawn up exactly.
func inSyringe(dilution, during string) dose.Preparation {
	p := dose.Preparation{
		Product: dose.Product{Name: "ketamine 50 mg/mL", Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("50 mg/mL")},
		Route:   dose.Intravenous, Dilution: dose.MustDilution(dilution),
	}
	if during != "" {
		p.During = dose.MustDuration(during)
	}
	return p
}

func passedBy(j dose.Judgement) (list []string) {
	for l := range j.Passed() {
		list = append(list, l.String())
	}
	return list
}

// What was given is judged by every limit, by hand for 80 kg: made up to 50 mL in 40 min
// the flow is 75 mL/h, and 40 mg are 60 mg/h and 0.8 mg/mL.
func TestJudgedByEveryLimit(t *testing.T) {
	const limits = "soft max 50 mg, soft max 0.8 mg/kg, hard max 75 mg/h, hard max 1.5 mg/kg/h, hard max 1.2 mg/mL, hard max 60 mL, soft max 140 mL/h, soft min 30 min"
	order := dose.Order{Rule: dose.MustRule("40 mg, or 60 mg, " + limits), Preparation: inSyringe("made up to 50 mL", "40 min")}
	for _, tt := range []struct {
		name, given, during string
		want                []string
	}{
		{"as planned", "40 mg", "", nil},
		{"a choice", "60 mg", "", []string{"soft max 50 mg of the dose", "hard max 75 mg/h of the rate"}}, // 90 mg/h, 1.125 mg/kg/h, 1.2 mg/mL
		{"another dose", "50 mg", "", nil}, // 75 mg/h, 1 mg/mL
		{"a higher one", "64 mg", "", []string{"soft max 50 mg of the dose", "hard max 75 mg/h of the rate", "hard max 1.2 mg/mL of the concentration"}}, // 0.8 mg/kg, 96 mg/h, 1.28 mg/mL
		{"more than a kilogram bears", "65 mg", "", []string{
			"soft max 50 mg of the dose", "soft max 0.8 mg/kg of the dose per kilogram", "hard max 75 mg/h of the rate", "hard max 1.2 mg/mL of the concentration",
		}},
		{"as planned, in half the time", "40 mg", "20 min", []string{ // 120 mg/h, 1.5 mg/kg/h, 150 mL/h
			"hard max 75 mg/h of the rate", "soft max 140 mL/h of the flow", "soft min 30 min of the duration",
		}},
		{"another dose, in 30 min", "45 mg", "30 min", []string{"hard max 75 mg/h of the rate"}}, // 90 mg/h, 100 mL/h
		{"faster than a kilogram bears", "45 mg", "20 min", []string{ // 135 mg/h, 1.6875 mg/kg/h, 150 mL/h
			"hard max 75 mg/h of the rate", "hard max 1.5 mg/kg/h of the rate per kilogram", "soft max 140 mL/h of the flow", "soft min 30 min of the duration",
		}},
	} {
		var during dose.Duration
		require.NoError(t, during.UnmarshalText([]byte(tt.during)))
		j, err := order.Judge(dose.MustMass(tt.given), during, body("80 kg", "", 0))
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.want, passedBy(j), tt.name)
		assert.Equal(t, tt.given, j.Given().String())
		assert.Equal(t, tt.want == nil, j.Fits(), tt.name)
	}
}

// Undiluted, the volume of another dose is another: 40 mg are 0.8 mL, 70 mg 1.4 mL. In 40
// min that is 1.2 and 2.1 mL/h; a pump that was set for the planned dose keeps its setting.
func TestVolumeAndFlowOfAnotherDose(t *testing.T) {
	rule := dose.MustRule("40 mg, hard max 1 mL, hard max 2 mL/h")
	visit := dose.Order{Rule: rule, Preparation: inSyringe("undiluted", ""), Administration: dose.MustDuration("40 min")}
	j, err := visit.Judge(dose.MustMass("70 mg"), dose.Duration{}, dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, []string{"hard max 1 mL of the volume", "hard max 2 mL/h of the flow"}, passedBy(j))
	j, err = visit.Judge(dose.MustMass("50 mg"), dose.Duration{}, dose.Body{})
	require.NoError(t, err)
	assert.Empty(t, passedBy(j))

	pump := dose.Order{Rule: rule, Preparation: inSyringe("undiluted", "40 min")}
	j, err = pump.Judge(dose.MustMass("70 mg"), dose.Duration{}, dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, []string{"hard max 1 mL of the volume"}, passedBy(j))
	j, err = pump.Judge(dose.MustMass("70 mg"), dose.MustDuration("40 min"), dose.Body{})
	require.NoError(t, err)
	assert.Equal(t, []string{"hard max 1 mL of the volume", "hard max 2 mL/h of the flow"}, passedBy(j))
}

// A limit per kilogram judges the planned dose before rounding, and any other as it is: of
// 72.5 kg 36.25 mg are 0.5 mg/kg, 36.3 mg are more.
func TestJudgedBeforeRounding(t *testing.T) {
	order := dose.Order{Rule: dose.MustRule("0.5 mg/kg of actual weight, or 37 mg, round 0.1 mg half up, hard max 200 mg, soft max 0.5 mg/kg")}
	per := []string{"soft max 0.5 mg/kg of the dose per kilogram"}
	for given, want := range map[string][]string{"36.3 mg": nil, "36.2 mg": nil, "36.4 mg": per, "37 mg": per, "36.25 mg": nil, "36.26 mg": per} {
		j, err := order.Judge(dose.MustMass(given), dose.Duration{}, body("72.5 kg", "", 0))
		require.NoError(t, err)
		assert.Equal(t, want, passedBy(j), given)
		assert.False(t, j.PassesHard())
	}
	fixed := dose.Order{Rule: dose.MustRule("36.3 mg, soft max 0.5 mg/kg")}
	j, err := fixed.Judge(dose.MustMass("36.3 mg"), dose.Duration{}, body("72.5 kg", "", 0))
	require.NoError(t, err)
	assert.Equal(t, per, passedBy(j), "the planned dose that passes a limit before rounding")
	d, err := fixed.For(body("72.5 kg", "", 0))
	require.NoError(t, err)
	assert.Equal(t, per, passedTexts(d))
}

// Where the rule has no dose for the body, what was given is judged all the same: for the
// weight that the rule doses by. By Devine a woman of 152.4 cm has an ideal weight of 45.5
// kg: 90 mg are 1.98 mg/kg of that and 0.9 mg/kg of 100 kg.
func TestJudgedWithoutAPlannedDose(t *testing.T) {
	order := dose.Order{Rule: dose.MustRule("0.5 mg/kg of ideal weight, below 60 in clamp, where ideal exceeds actual ideal, round 100 mg down, hard max 200 mg, hard max 1.5 mg/kg")}
	b := body("100 kg", "152.4 cm", dose.Female)
	_, err := order.For(b)
	require.ErrorIs(t, err, dose.ErrZeroDose)
	j, err := order.Judge(dose.MustMass("90 mg"), dose.Duration{}, b)
	require.NoError(t, err)
	assert.Equal(t, []string{"hard max 1.5 mg/kg of the dose per kilogram"}, passedBy(j))
	assert.True(t, j.PassesHard())

	j, err = order.Judge(dose.MustMass("210 mg"), dose.Duration{}, dose.Body{})
	require.ErrorIs(t, err, dose.ErrNoWeight)
	assert.Equal(t, []string{"hard max 200 mg of the dose"}, passedBy(j), "what can be judged is")

	timed := dose.Order{Rule: dose.MustRule("40 mg, hard max 50 mg, hard max 2 mg/kg/h"), Administration: dose.MustDuration("1 h")}
	_, err = timed.For(dose.Body{})
	missing, ok := err.(*dose.MissingError)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "a limit of the rate per kilogram", missing.For)
	j, err = timed.Judge(dose.MustMass("60 mg"), dose.Duration{}, dose.Body{})
	require.ErrorIs(t, err, dose.ErrNoWeight)
	assert.Equal(t, []string{"hard max 50 mg of the dose"}, passedBy(j))

	broken := dose.Order{Rule: dose.MustRule("40 mg"), RunsOn: true}
	j, err = broken.Judge(dose.MustMass("60 mg"), dose.Duration{}, dose.Body{})
	_, ok = err.(dose.RuleErrors)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "60 mg", j.Given().String())
	assert.True(t, j.Fits())
}

// The worst of four bounds: a value that equals one has not passed it.
func TestWorstBound(t *testing.T) {
	l := dose.Limit[dose.Mass]{HardMin: dose.MustMass("5 mg"), SoftMin: dose.MustMass("10 mg"), SoftMax: dose.MustMass("80 mg"), HardMax: dose.MustMass("100 mg")}
	for given, want := range map[string]dose.Side{
		"4.9 mg": dose.HardMin, "5 mg": dose.SoftMin, "9.9 mg": dose.SoftMin, "10 mg": 0, "80 mg": 0, "80.1 mg": dose.SoftMax, "100 mg": dose.SoftMax, "100.1 mg": dose.HardMax,
	} {
		side, passed := l.Judge(dose.MustMass(given))
		assert.Equal(t, want, side, given)
		assert.Equal(t, want != 0, passed, given)
	}
}

// The unit says what is bounded, and the word on which side.
func TestBoundOfEveryMeasure(t *testing.T) {
	for unit, limit := range map[string]func(l dose.Limits) [4]string{
		"mg":      func(l dose.Limits) [4]string { return sides(l.Dose) },
		"mg/kg":   func(l dose.Limits) [4]string { return sides(l.PerKilogram) },
		"mg/h":    func(l dose.Limits) [4]string { return sides(l.Rate) },
		"mg/kg/h": func(l dose.Limits) [4]string { return sides(l.RatePerKilogram) },
		"mg/mL":   func(l dose.Limits) [4]string { return sides(l.Concentration) },
		"mL":      func(l dose.Limits) [4]string { return sides(l.Volume) },
		"mL/h":    func(l dose.Limits) [4]string { return sides(l.Flow) },
		"min":     func(l dose.Limits) [4]string { return sides(l.Duration) },
	} {
		text := "hard min 1 " + unit + ", soft min 2 " + unit + ", soft max 3 " + unit + ", hard max 4 " + unit
		l, err := dose.ParseLimits(text)
		require.NoError(t, err)
		assert.Equal(t, [4]string{"1 " + unit, "2 " + unit, "3 " + unit, "4 " + unit}, limit(l))
		assert.Equal(t, text, l.String())
		_, err = dose.ParseLimits("hard max 0 " + unit)
		require.ErrorIs(t, err, dose.ErrRange)
		_, err = dose.ParseLimits("hard max 0x " + unit)
		require.Error(t, err)
		rule := dose.MustRule("1 mg")
		if unit == "mg" {
			rule = dose.MustRule("3 mg")
		}
		rule.Limits = l
		assert.NoError(t, rule.Check())
		equal, err := dose.ParseLimits("soft max 3 " + unit + ", hard max 3 " + unit)
		require.NoError(t, err)
		rule.Limits = equal
		assert.NoError(t, rule.Check(), "bounds may be equal")
	}
}

func sides[Q interface {
	comparable
	Compare(Q) int
	IsZero() bool
	String() string
}](l dose.Limit[Q]) [4]string {
	return [4]string{l.HardMin.String(), l.SoftMin.String(), l.SoftMax.String(), l.HardMax.String()}
}
