package dose_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

func TestCalculationText(t *testing.T) {
	const limit = ", hard max 200 mg"
	for _, c := range []struct{ rule, weight, want string }{
		{"0.5 mg/kg of actual weight, round 0.1 mg half up" + limit, "72.5 kg", "0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half up to 36.3 mg"},
		{"0.5 mg/kg of actual weight, round 0.1 mg half even" + limit, "72.5 kg", "0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half even to 36.2 mg"},
		{"0.5 mg/kg of actual weight, round 0.1 mg half up" + limit, "72 kg", "0.5 mg/kg x 72 kg = 36 mg"},
		{"0.5 mg/kg of actual weight" + limit, "72.5 kg", "0.5 mg/kg x 72.5 kg = 36.25 mg"},
		{"0.5 mg/kg of actual weight, cap 100 mg" + limit, "210 kg", "0.5 mg/kg x 210 kg = 105 mg, capped at 100 mg"},
		{"0.5 mg/kg of actual weight, floor 25 mg" + limit, "42 kg", "0.5 mg/kg x 42 kg = 21 mg, raised to the floor of 25 mg"},
		{"0.5 mg/kg of actual weight, cap 38 mg, round 5 mg half up" + limit, "76 kg", "0.5 mg/kg x 76 kg = 38 mg, rounded half up to 40 mg, above the cap of 38 mg, so 35 mg"},
		{"0.5 mg/kg of actual weight, cap 38 mg, round 5 mg half up" + limit, "90 kg", "0.5 mg/kg x 90 kg = 45 mg, capped at 38 mg, rounded half up to 40 mg, above the cap of 38 mg, so 35 mg"},
		{"0.5 mg/kg of actual weight, floor 22 mg, round 5 mg down" + limit, "44 kg", "0.5 mg/kg x 44 kg = 22 mg, rounded down to 20 mg, below the floor of 22 mg, so 25 mg"},
		{"56 mg", "72 kg", "56 mg fixed"},
		{"56 mg, cap 50 mg", "72 kg", "56 mg fixed, capped at 50 mg"},
		{"57 mg, round 28 mg down", "72 kg", "57 mg fixed, rounded down to 56 mg"},
	} {
		t.Run(c.rule+" x "+c.weight, func(t *testing.T) {
			got := calculate(t, c.rule, c.weight)
			assert.Equal(t, c.want, got.String())
			text, err := got.MarshalText()
			require.NoError(t, err)
			assert.Equal(t, c.want, string(text))
		})
	}
}

func TestCalculateRefuses(t *testing.T) {
	for _, c := range []struct {
		rule, weight string
		sentinel     error
		want         string
	}{
		{
			"0.5 mg/kg of actual weight, hard max 200 mg", "", dose.ErrNoWeight,
			"weight is missing: 0.5 mg/kg of actual weight cannot be computed: no body weight",
		},
		{
			"56 mg, hard max 1 mg/kg", "", dose.ErrNoWeight,
			"weight is missing: a limit per kilogram cannot be computed: no body weight",
		},
		{
			"56 mg/kg of actual weight, hard max 200 mg", "72 kg", dose.ErrHardLimit,
			"hard limit passed: hard max 200 mg of the dose",
		},
		{
			"0.5 mg/kg of actual weight, hard min 40 mg, hard max 200 mg", "72 kg", dose.ErrHardLimit,
			"hard limit passed: hard min 40 mg of the dose",
		},
		{
			"1.01 mg/kg of actual weight, hard max 200 mg, hard max 1 mg/kg", "72 kg", dose.ErrHardLimit,
			"hard limit passed: hard max 1 mg/kg of the dose per kilogram",
		},
		{
			"0.5 mg/kg of actual weight, round 1 mg up, hard max 36.5 mg", "73 kg", dose.ErrHardLimit,
			"hard limit passed: hard max 36.5 mg of the dose",
		},
		{
			"0.5 mg/kg of actual weight, cap 38 mg, round 50 mg half up, hard max 200 mg", "72 kg", dose.ErrZeroDose,
			"rounding to 50 mg half up, cap 38 mg: rounding leaves no dose",
		},
		{
			"0.001 mg/kg of actual weight, round 1 mg half up, hard max 200 mg", "72 kg", dose.ErrZeroDose,
			"rounding to 1 mg half up: rounding leaves no dose",
		},
		{
			"1000000 mg/kg of actual weight, hard max 200 mg", "1000 kg", dose.ErrRange,
			"computing 1000000 mg/kg x 1000 kg: out of range: want 0 to 999999999 mg in at most 19 digits",
		},
		{
			"0.1234567890123 mg/kg of actual weight, hard max 200 mg", "72.1234567 kg", dose.ErrRange,
			"computing 0.1234567890123 mg/kg x 72.1234567 kg: out of range: want 0 to 999999999 mg in at most 19 digits",
		},
	} {
		t.Run(c.rule+" x "+c.weight, func(t *testing.T) {
			rule, err := dose.ParseRule(c.rule)
			require.NoError(t, err)
			var body dose.Body
			require.NoError(t, body.Weight.UnmarshalText([]byte(c.weight)))
			got, err := rule.Calculate(body)
			require.EqualError(t, err, c.want)
			require.ErrorIs(t, err, c.sentinel)
			assert.Equal(t, dose.Calculation{}, got, "an error comes with no number")
		})
	}
}

func TestCheck(t *testing.T) {
	actual := func(rate string) dose.Amount {
		return dose.PerWeight(dose.MustPerKilogram(rate), dose.Actual)
	}
	mg := dose.MustMass
	for _, c := range []struct {
		name string
		rule dose.Rule
		want string // "" if there is no problem
	}{
		{"zero rule", dose.Rule{}, `Amount "": want an amount, such as a fixed dose or one per kilogram`},
		{"fixed", dose.Rule{Amount: dose.Fixed(mg("56 mg"))}, ""},
		{"fixed zero", dose.Rule{Amount: dose.Fixed(mg("0 mg"))}, `Amount "0 mg": want a fixed dose of more than 0 mg`},
		{"per kilogram", dose.Rule{Amount: actual("0.5 mg/kg"), Limits: dose.AtMost(mg("200 mg"))}, ""},
		{
			"no hard maximum",
			dose.Rule{Amount: actual("0.5 mg/kg")},
			`Limits.Dose "": want a hard maximum in mg, since the dose depends on the body`,
		},
		{
			"zero rate and no basis",
			dose.Rule{Amount: dose.PerWeight(dose.PerKilogram{}, 0), Limits: dose.AtMost(mg("200 mg"))},
			`Amount "": want a dose per kilogram of more than 0 mg/kg; Amount "Basis(0)": want a known basis, such as actual`,
		},
		{
			"cap below floor",
			dose.Rule{Amount: dose.Fixed(mg("56 mg")), Floor: mg("10 mg"), Cap: mg("5 mg")},
			`Cap "5 mg": want at least the floor, 10 mg`,
		},
		{
			"floor above hard max",
			dose.Rule{Amount: actual("0.5 mg/kg"), Floor: mg("201 mg"), Limits: dose.AtMost(mg("200 mg"))},
			`Floor "201 mg": want at most the hard max, 200 mg`,
		},
		{
			"cap below hard min",
			dose.Rule{
				Amount: actual("0.5 mg/kg"), Cap: mg("9 mg"),
				Limits: dose.Limits{Dose: dose.Limit[dose.Mass]{HardMin: mg("10 mg"), HardMax: mg("200 mg")}},
			},
			`Cap "9 mg": want at least the hard min, 10 mg`,
		},
		{
			"cap above hard max", dose.Rule{Amount: actual("0.5 mg/kg"), Cap: mg("300 mg"), Limits: dose.AtMost(mg("200 mg"))}, "",
		},
		{
			"no multiple from floor to cap",
			dose.Rule{Amount: dose.Fixed(mg("57 mg")), Floor: mg("57 mg"), Cap: mg("80 mg"), Rounding: dose.MustRounding("28 mg down")},
			`Rounding "28 mg down": want a multiple of the step from floor 57 mg to cap 80 mg`,
		},
		{
			"fixed above hard max",
			dose.Rule{Amount: dose.Fixed(mg("112 mg")), Limits: dose.AtMost(mg("84 mg"))},
			`Amount "112 mg": want at most the hard max, 84 mg`,
		},
		{
			"bounds out of order",
			dose.Rule{Amount: dose.Fixed(mg("56 mg")), Limits: dose.Limits{
				Dose:        dose.Limit[dose.Mass]{SoftMin: mg("60 mg"), HardMax: mg("59 mg")},
				PerKilogram: dose.Limit[dose.PerKilogram]{HardMin: dose.MustPerKilogram("2 mg/kg"), SoftMax: dose.MustPerKilogram("1 mg/kg")},
			}},
			`Limits.Dose "soft min 60 mg": want at most the hard max, 59 mg; ` +
				`Limits.PerKilogram "hard min 2 mg/kg": want at most the soft max, 1 mg/kg`,
		},
		{
			"everything at once",
			dose.Rule{Amount: dose.PerWeight(dose.PerKilogram{}, 9), Floor: mg("10 mg"), Cap: mg("5 mg")},
			`Amount "": want a dose per kilogram of more than 0 mg/kg; Amount "Basis(9)": want a known basis, such as actual; ` +
				`Limits.Dose "": want a hard maximum in mg, since the dose depends on the body; Cap "5 mg": want at least the floor, 10 mg`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.rule.Check()
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, c.want)
			problem, ok := errors.AsType[*dose.RuleError](err)
			require.True(t, ok)
			assert.NotEmpty(t, problem.Field)

			_, err = c.rule.Calculate(dose.Body{Weight: dose.MustWeight("72 kg")})
			assert.EqualError(t, err, c.want, "a rule with problems computes nothing")
		})
	}
}

func TestSoftLimits(t *testing.T) {
	const rule = "0.5 mg/kg of actual weight, soft min 30 mg, soft max 60 mg, hard max 200 mg, soft max 0.4 mg/kg"
	for _, c := range []struct {
		weight string
		want   []string
	}{
		{"59 kg", []string{"soft min 30 mg of the dose", "soft max 0.4 mg/kg of the dose per kilogram"}},
		{"60 kg", []string{"soft max 0.4 mg/kg of the dose per kilogram"}},
		{"120 kg", []string{"soft max 0.4 mg/kg of the dose per kilogram"}},
		{"120.1 kg", []string{"soft max 60 mg of the dose", "soft max 0.4 mg/kg of the dose per kilogram"}},
	} {
		t.Run(c.weight, func(t *testing.T) {
			var got []string
			for passed := range calculate(t, rule, c.weight).SoftLimits() {
				got = append(got, passed.String())
			}
			assert.Equal(t, c.want, got)
		})
	}
}

// A limit per kilogram judges the dose before it is rounded, one in mg after.
func TestWhenLimitsJudge(t *testing.T) {
	got := calculate(t, "0.5 mg/kg of actual weight, round 1 mg up, hard max 200 mg, hard max 0.5 mg/kg", "73 kg")
	assert.Equal(t, "37 mg", got.Dose().String(), "36.5 mg is 0.5 mg/kg; 37 mg would be more")
	assert.Empty(t, slices.Collect(got.SoftLimits()))
}

func TestSteps(t *testing.T) {
	got := calculate(t, "0.5 mg/kg of actual weight, cap 38 mg, round 5 mg half up, soft max 30 mg, hard max 200 mg", "90 kg")
	assert.Equal(t, []dose.Step{
		{Kind: dose.StepRaw, From: "0.5 mg/kg x 90 kg", Result: "45 mg"},
		{Kind: dose.StepCap, From: "45 mg", By: "cap 38 mg", Result: "38 mg"},
		{Kind: dose.StepRound, From: "38 mg", By: "5 mg half up", Result: "40 mg"},
		{Kind: dose.StepInside, From: "40 mg", By: "above the cap of 38 mg", Result: "35 mg"},
		{Kind: dose.StepLimit, From: "35 mg", By: "soft max 30 mg of the dose", Result: "35 mg"},
	}, slices.Collect(got.Steps()))
	assert.Equal(t, dose.MustWeight("90 kg"), got.Weight())
	assert.Equal(t, dose.Body{Weight: dose.MustWeight("90 kg")}, got.Body())
	assert.Empty(t, slices.Collect(dose.Calculation{}.Steps()))
	for range got.Steps() {
		break // a sequence can be left early
	}
}

func TestCalculationsCompare(t *testing.T) {
	const rule = "0.5 mg/kg of actual weight, hard max 200 mg"
	a, b := calculate(t, rule, "72 kg"), calculate(t, rule, "72.0 kg")
	assert.True(t, a == b)
	assert.False(t, a == calculate(t, rule, "73 kg"))
	assert.True(t, dose.Calculation{}.IsZero())
	assert.Empty(t, dose.Calculation{}.String())
	assert.Equal(t, dose.MustRule(rule), a.Rule())
}

func TestRuleText(t *testing.T) {
	for _, text := range []string{
		"56 mg",
		"0.5 mg/kg of actual weight",
		"0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg",
		"0.5 mg/kg of actual weight, floor 5 mg, cap 60 mg, round 0.1 mg half even, hard min 1 mg, soft min 2 mg, soft max 80 mg, hard max 200 mg, hard min 0.05 mg/kg, soft min 0.1 mg/kg, soft max 0.75 mg/kg, hard max 1 mg/kg",
	} {
		t.Run(text, func(t *testing.T) {
			r, err := dose.ParseRule(text)
			require.NoError(t, err)
			assert.Equal(t, text, r.String())
		})
	}
	for _, c := range []struct{ in, want string }{
		{"", `parsing dose rule "": wrong syntax at offset 0: want a text that is not empty`},
		{"0.5 mg/kg", `parsing dose rule "0.5 mg/kg": wrong syntax at offset 9: want " of actual weight": which weight the dose is for`},
		{"0.5 mg of actual weight", `parsing dose rule "0.5 mg of actual weight": wrong or missing unit at offset 4: want mg/kg, mcg/kg or g/kg; a dose per kilogram ends in /kg, and a fixed dose is a mass`},
		{"0.5 mg/kg of weight", `parsing dose rule "0.5 mg/kg of weight": wrong syntax at offset 13: want a basis and "weight", such as "actual weight"`},
		{"0.5 mg/kg of dream weight", `parsing dose rule "0.5 mg/kg of dream weight": wrong syntax at offset 13: want actual, ideal, adjusted, lean or ideal-from-BMI`},
		{"56 mg,cap 60 mg", `parsing dose rule "56 mg,cap 60 mg": wrong or missing unit at offset 3: want mg, mcg or g`},
		{"56 mg, ", `parsing dose rule "56 mg, ": wrong syntax at offset 7: want "hard min", "soft min", "soft max" or "hard max" and a quantity`},
		{"56 mg, cap 0 mg", `parsing dose rule "56 mg, cap 0 mg": wrong syntax at offset 11: want a value other than none`},
		{"56 mg, round exact", `parsing dose rule "56 mg, round exact": wrong syntax at offset 13: want a value other than none`},
		{"56 mg, cap 60 mL", `parsing dose rule "56 mg, cap 60 mL": wrong or missing unit at offset 14: want mg, mcg or g`},
		{"56 mg, cap 60 mg, cap 70 mg", `parsing dose rule "56 mg, cap 60 mg, cap 70 mg": wrong syntax at offset 18: want each clause once, and in the order of the grammar`},
		{"56 mg, cap 60 mg, floor 5 mg", `parsing dose rule "56 mg, cap 60 mg, floor 5 mg": wrong syntax at offset 18: want each clause once, and in the order of the grammar`},
		{"56 mg, hard max 1 mg/kg, hard max 84 mg", `parsing dose rule "56 mg, hard max 1 mg/kg, hard max 84 mg": wrong syntax at offset 25: want each clause once, and in the order of the grammar`},
		{"56 mg, hard max 0 mg", `parsing dose rule "56 mg, hard max 0 mg": out of range at offset 16: want a bound of more than 0`},
		{"56 mg, max 84 mg", `parsing dose rule "56 mg, max 84 mg": wrong syntax at offset 7: want "hard min", "soft min", "soft max" or "hard max" and a quantity`},
	} {
		t.Run(c.in, func(t *testing.T) {
			_, err := dose.ParseRule(c.in)
			assert.EqualError(t, err, c.want)
		})
	}
}

func TestNewRounding(t *testing.T) {
	got, err := dose.NewRounding(dose.MustMass("0.1 mg"), dose.HalfUp)
	require.NoError(t, err)
	assert.Equal(t, dose.MustRounding("0.1 mg half up"), got)
	assert.Equal(t, dose.MustMass("0.1 mg"), got.Step())
	assert.Equal(t, dose.HalfUp, got.Mode())
	for _, c := range []struct {
		step, want string
		mode       dose.Mode
	}{
		{"0 mg", `Rounding "0 mg": want a step of more than 0 mg`, dose.HalfUp},
		{"0.1 mg", `Rounding "Mode(0)": want half up, half even, down or up`, 0},
		{"0.1 mg", `Rounding "Mode(9)": want half up, half even, down or up`, 9},
	} {
		_, err := dose.NewRounding(dose.MustMass(c.step), c.mode)
		assert.EqualError(t, err, c.want)
	}
}

func TestMassArithmetic(t *testing.T) {
	a, b := dose.MustMass("0.1 mg"), dose.MustMass("0.2 mg")
	sum, err := a.Add(b)
	require.NoError(t, err)
	assert.Equal(t, dose.MustMass("0.3 mg"), sum)
	rest, err := b.Sub(a)
	require.NoError(t, err)
	assert.Equal(t, a, rest)
	none, err := a.Times(0)
	require.NoError(t, err)
	assert.True(t, none.IsZero())
	assert.Equal(t, -1, a.Compare(b))

	top, tiny := dose.MustMass("999999999 mg"), dose.MustMass("0.00000000000001 mg")
	for want, f := range map[string]func() (dose.Mass, error){
		"computing 0.1 mg - 0.2 mg":                    func() (dose.Mass, error) { return a.Sub(b) },
		"computing 999999999 mg + 0.1 mg":              func() (dose.Mass, error) { return top.Add(a) },
		"computing 999999999 mg + 0.00000000000001 mg": func() (dose.Mass, error) { return top.Add(tiny) },
		"computing 2 x 999999999 mg":                   func() (dose.Mass, error) { return top.Times(2) },
		"computing -1 x 0.1 mg":                        func() (dose.Mass, error) { return a.Times(-1) },
		"computing -2147483648 x 0.1 mg":               func() (dose.Mass, error) { return a.Times(-1 << 31) },
	} {
		_, err := f()
		require.EqualError(t, err, want+": out of range: want 0 to 999999999 mg in at most 19 digits")
		require.ErrorIs(t, err, dose.ErrRange)
	}
}

func TestEnumTexts(t *testing.T) {
	assert.Equal(t, "Mode(0)", dose.Mode(0).String())
	assert.Equal(t, "Basis(0)", dose.Basis(0).String())
	assert.Equal(t, "Side(0)", dose.Side(0).String())
	assert.Equal(t, "Measure(0)", dose.Measure(0).String())
	assert.Equal(t, "StepKind(0)", dose.StepKind(0).String())
	assert.Equal(t, "floor", dose.StepFloor.String())
	b, err := dose.ParseBasis("actual")
	require.NoError(t, err)
	assert.Equal(t, dose.Actual, b)
}
