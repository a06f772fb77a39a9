package dose_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

func body(weight, height string, sex dose.Sex) dose.Body {
	b := dose.Body{Sex: sex}
	if weight != "" {
		b.Weight = dose.MustWeight(weight)
	}
	if height != "" {
		b.Height = dose.MustHeight(height)
	}
	return b
}

const devinePolicy = ", below 60 in clamp, where ideal exceeds actual ideal"

// The worked examples of body size, and the doses at 0.5 mg/kg.
func TestWorkedBodies(t *testing.T) {
	for _, c := range []struct {
		name                       string
		body                       dose.Body
		bmi                        string
		ideal, adjusted            string
		actualDose, idealDose, adj string
	}{
		{
			"obese male", body("120 kg", "180 cm", dose.Male), "37.037037 kg/m2", "74.992126 kg", "92.995276 kg",
			"60 mg", "37.496063 mg", "46.497638 mg",
		},
		{
			"obese female", body("95 kg", "160 cm", dose.Female), "37.109375 kg/m2", "52.38189 kg", "69.429134 kg",
			"47.5 mg", "26.190945 mg", "34.714567 mg",
		},
		{
			"tall male", body("210 kg", "190 cm", dose.Male), "58.171745 kg/m2", "84.047244 kg", "134.428346 kg",
			"105 mg", "42.023622 mg", "67.214173 mg",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			bmi, err := c.body.BMI()
			require.NoError(t, err)
			assert.Equal(t, c.bmi, bmi.String())
			policy := dose.WeightPolicy{Short: dose.ShortClamp, Excess: dose.ExcessKeep}
			ideal, err := c.body.Based(dose.Ideal, policy)
			require.NoError(t, err)
			assert.Equal(t, c.ideal, ideal.String())
			policy.Factor = dose.MustFactor("0.4")
			adjusted, err := c.body.Based(dose.Adjusted, policy)
			require.NoError(t, err)
			assert.Equal(t, c.adjusted, adjusted.String())
			for rule, want := range map[string]string{
				"0.5 mg/kg of actual weight":                                       c.actualDose,
				"0.5 mg/kg of ideal weight" + devinePolicy:                         c.idealDose,
				"0.5 mg/kg of adjusted weight, factor 0.4" + devinePolicy:          c.adj,
				"0.5 mg/kg of ideal-from-BMI weight, from 30 kg/m2" + devinePolicy: c.idealDose,
				"0.5 mg/kg of ideal-from-BMI weight, from 60 kg/m2" + devinePolicy: c.actualDose,
			} {
				got, err := dose.MustRule(rule + ", hard max 200 mg").Calculate(c.body)
				require.NoError(t, err)
				assert.Equal(t, want, got.Dose().String(), rule)
			}
		})
	}
}

// 150 cm is 59.055118 inches, below which Devine says nothing.
func TestShortStature(t *testing.T) {
	short := body("50 kg", "150 cm", dose.Female)
	for policy, want := range map[dose.ShortStature]string{
		dose.ShortLinear: "43.326772 kg", dose.ShortClamp: "45.5 kg", dose.ShortActual: "45.5 kg",
	} {
		got, err := short.Based(dose.Ideal, dose.WeightPolicy{Short: policy, Excess: dose.ExcessKeep})
		require.NoError(t, err)
		assert.Equal(t, want, got.String(), policy.String())
	}
	exactly := body("50 kg", "152.4 cm", dose.Female)
	for policy := dose.ShortLinear; policy <= dose.ShortActual; policy++ {
		got, err := exactly.Based(dose.Ideal, dose.WeightPolicy{Short: policy, Excess: dose.ExcessKeep})
		require.NoError(t, err)
		assert.Equal(t, "45.5 kg", got.String(), "60 inches are not below 60 inches")
	}
	bmi, err := short.BMI()
	require.NoError(t, err)
	assert.Equal(t, "22.222222 kg/m2", bmi.String())
	assert.Equal(t, "25 mg", calculate(t, "0.5 mg/kg of actual weight, hard max 200 mg", "50 kg").Dose().String())

	_, err = body("30 kg", "91 cm", dose.Male).Based(dose.Ideal, dose.WeightPolicy{Short: dose.ShortLinear, Excess: dose.ExcessKeep})
	require.EqualError(t, err, "computing ideal weight of male, 91 cm: out of range: want more than 0 and at most 1000 kg")
}

func TestIdealAboveActual(t *testing.T) {
	light := body("45 kg", "180 cm", dose.Male)
	for text, want := range map[string]string{
		"ideal weight, below 60 in clamp, where ideal exceeds actual ideal":                 "0.5 mg/kg x 74.992126 kg ideal weight = 37.496063 mg",
		"ideal weight, below 60 in clamp, where ideal exceeds actual actual":                "0.5 mg/kg x 45 kg = 22.5 mg",
		"adjusted weight, factor 0.4, below 60 in clamp, where ideal exceeds actual ideal":  "0.5 mg/kg x 74.992126 kg adjusted weight = 37.496063 mg",
		"adjusted weight, factor 0.4, below 60 in clamp, where ideal exceeds actual actual": "0.5 mg/kg x 45 kg = 22.5 mg",
	} {
		got, err := dose.MustRule("0.5 mg/kg of " + text + ", hard max 200 mg").Calculate(light)
		require.NoError(t, err)
		assert.Equal(t, want, got.String())
	}
}

// Janmahasatian by hand: 9270 x 120 / (6680 + 216 x 37.037037) = 75.776567
func TestLean(t *testing.T) {
	for _, c := range []struct {
		body        dose.Body
		constant, k int64
		bmi         string
	}{
		{body("120 kg", "180 cm", dose.Male), 6680, 216, "37.037037"},
		{body("95 kg", "160 cm", dose.Female), 8780, 244, "37.109375"},
	} {
		got, err := c.body.Based(dose.Lean, dose.WeightPolicy{})
		require.NoError(t, err)
		den := new(big.Rat).Mul(big.NewRat(c.k, 1), rat(t, c.bmi+" "))
		den.Add(den, big.NewRat(c.constant, 1))
		want := new(big.Rat).Mul(big.NewRat(9270, 1), rat(t, c.body.Weight.String()))
		want = roundRat(want.Quo(want, den), big.NewRat(1, 1_000_000), dose.HalfUp)
		assert.Zero(t, want.Cmp(rat(t, got.String())), "%s, want %s", got, want.FloatString(6))
	}
}

func TestSurface(t *testing.T) {
	got, err := body("70 kg", "170 cm", 0).Surface()
	require.NoError(t, err)
	assert.Equal(t, "1.818119 m2", got.String())

	calculation, err := dose.MustRule("1250 mg/m2, round 0.01 mg half up, hard max 5000 mg").Calculate(body("70 kg", "170 cm", 0))
	require.NoError(t, err)
	assert.Equal(t, "1250 mg/m2 x 1.818119 m2 = 2272.64875 mg, rounded half up to 2272.65 mg", calculation.String())

	// A surface of two decimals is another dose: the number of decimals matters.
	rounded, err := dose.MustPerSurface("1250 mg/m2").For(dose.MustSurface("1.82 m2"))
	require.NoError(t, err)
	assert.Equal(t, "2275 mg", rounded.String())
}

// The root is compared with the integer root of the standard library.
func TestSurfaceAgainstIntegerRoot(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	million := big.NewInt(1_000_000)
	for range 20_000 {
		cm, kg := 500+random.Int64N(29_500), 2270+random.Int64N(97_730) // hundredths
		b := body(hundredths(kg)+" kg", hundredths(cm)+" cm", 0)
		got, err := b.Surface()
		require.NoError(t, err)
		// Half up: floor(root(4 x^2) + 1) / 2 with x in millionths.
		square := new(big.Int).Mul(big.NewInt(cm*kg), new(big.Int).Mul(million, million))
		square.Mul(square, big.NewInt(4))
		square.Quo(square, big.NewInt(10_000*3600))
		root := square.Sqrt(square)
		root.Add(root, big.NewInt(1)).Rsh(root, 1)
		want := new(big.Rat).SetFrac(root, million)
		require.Zero(t, want.Cmp(rat(t, got.String())), "%v: got %s, want %s", b, got, want.FloatString(6))
	}
}

func TestMissingFacts(t *testing.T) {
	const ideal = "0.5 mg/kg of ideal weight" + devinePolicy + ", hard max 200 mg"
	for _, c := range []struct {
		rule     string
		body     dose.Body
		sentinel error
		want     string
	}{
		{ideal, body("", "180 cm", dose.Male), dose.ErrNoWeight, "weight is missing: ideal weight cannot be computed: no body weight"},
		{ideal, body("72 kg", "", dose.Male), dose.ErrNoHeight, "height is missing: ideal weight cannot be computed: no body height"},
		{ideal, body("72 kg", "180 cm", 0), dose.ErrNoSex, "sex is missing: ideal weight cannot be computed: sex not known"},
		{ideal, body("72 kg", "180 cm", 9), dose.ErrNoSex, "sex is missing: ideal weight cannot be computed: sex not known"},
		{"0.5 mg/kg of lean weight, hard max 200 mg", body("72 kg", "180 cm", 0), dose.ErrNoSex, "sex is missing: lean weight cannot be computed: sex not known"},
		{"0.5 mg/kg of lean weight, hard max 200 mg", body("72 kg", "", dose.Male), dose.ErrNoHeight, "height is missing: body mass index cannot be computed: no body height"},
		{"1250 mg/m2, hard max 5000 mg", body("72 kg", "", 0), dose.ErrNoHeight, "height is missing: body surface cannot be computed: no body height"},
		{"1250 mg/m2, hard max 5000 mg", body("", "180 cm", 0), dose.ErrNoWeight, "weight is missing: body surface cannot be computed: no body weight"},
		{"260 mg up to 55 kg", body("", "180 cm", 0), dose.ErrNoWeight, "weight is missing: 260 mg up to 55 kg cannot be computed: no body weight"},
		{"0.35 mg/kg/h of actual weight for 4 h, hard max 200 mg", dose.Body{}, dose.ErrNoWeight, "weight is missing: 0.35 mg/kg/h of actual weight for 4 h cannot be computed: no body weight"},
	} {
		got, err := dose.MustRule(c.rule).Calculate(c.body)
		require.EqualError(t, err, c.want)
		require.ErrorIs(t, err, c.sentinel)
		assert.True(t, got.IsZero())
	}
}

// What a basis needs has no default, and what it does not need is refused.
func TestPolicies(t *testing.T) {
	for rule, want := range map[string]string{
		"ideal weight": `Policy.Short "ShortStature(0)": want linear, clamp or actual: what to use below 60 in; ` +
			`Policy.Excess "ExcessIdeal(0)": want ideal or actual: what to use where ideal exceeds actual`,
		"adjusted weight" + devinePolicy:       `Policy.Factor "": want the share of the excess weight, such as 0.4`,
		"ideal-from-BMI weight" + devinePolicy: `Policy.FromBMI "": want the body mass index from which ideal weight is used`,
		"actual weight, factor 0.4":            `Policy.Factor "0.4": want nothing, since actual weight does not use it`,
		"lean weight, below 60 in linear":      `Policy.Short "linear": want nothing, since lean weight does not use it`,
	} {
		assert.EqualError(t, dose.MustRule("0.5 mg/kg of "+rule+", hard max 200 mg").Check(), want)
	}
	assert.EqualError(t, dose.MustRule("56 mg, factor 0.4").Check(),
		`Policy "a policy": want nothing, since the dose is not multiplied by a weight`)
	_, err := body("72 kg", "180 cm", dose.Male).Based(9, dose.WeightPolicy{})
	assert.EqualError(t, err, `Basis "Basis(9)": want a known basis, such as actual`)
}

func TestBodySteps(t *testing.T) {
	rule := dose.MustRule("0.5 mg/kg of adjusted weight, factor 0.4, below 60 in linear, where ideal exceeds actual actual, round 0.1 mg half up, hard max 200 mg")
	calculation, err := rule.Calculate(body("120 kg", "180 cm", dose.Male))
	require.NoError(t, err)
	var got []string
	for step := range calculation.Steps() {
		got = append(got, step.String())
	}
	assert.Equal(t, []string{
		"Devine, male, 180 cm, to 6 decimals half up: 74.992126 kg",
		"74.992126 kg + 0.4 x (120 kg - 74.992126 kg), to 6 decimals half up: 92.995276 kg",
		"0.5 mg/kg x 92.995276 kg adjusted weight = 46.497638 mg",
		"46.497638 mg, 0.1 mg half up: 46.5 mg",
	}, got)
	assert.Equal(t, "0.5 mg/kg x 92.995276 kg adjusted weight = 46.497638 mg, rounded half up to 46.5 mg", calculation.String())

	for rule, want := range map[string][]dose.StepKind{
		"0.5 mg/kg of lean weight":                                         {dose.StepBMI, dose.StepLean, dose.StepRaw},
		"0.5 mg/kg of ideal weight" + devinePolicy:                         {dose.StepIdeal, dose.StepRaw},
		"0.5 mg/kg of ideal-from-BMI weight, from 30 kg/m2" + devinePolicy: {dose.StepBMI, dose.StepIdeal, dose.StepBasis, dose.StepRaw},
		"1250 mg/m2":                 {dose.StepSurface, dose.StepRaw},
		"0.5 mg/kg of actual weight": {dose.StepRaw},
	} {
		calculation, err := dose.MustRule(rule + ", hard max 5000 mg").Calculate(body("120 kg", "180 cm", dose.Male))
		require.NoError(t, err)
		var kinds []dose.StepKind
		for step := range calculation.Steps() {
			kinds = append(kinds, step.Kind)
			assert.NotContains(t, step.Kind.String(), "StepKind")
		}
		assert.Equal(t, want, kinds, rule)
	}
	light, err := dose.MustRule("0.5 mg/kg of ideal weight" + devinePolicy + ", hard max 200 mg").Calculate(body("45 kg", "180 cm", dose.Male))
	require.NoError(t, err)
	assert.Equal(t, dose.Step{
		Kind: dose.StepBasis, From: "ideal 74.992126 kg exceeds actual 45 kg", By: "use ideal", Result: "74.992126 kg",
	}, slices.Collect(light.Steps())[1])
}

func TestHeights(t *testing.T) {
	assert.Equal(t, dose.MustHeight("180.086 cm"), dose.MustInches("70.9 in"))
	assert.Equal(t, "152.4 cm", dose.MustInches("60 in").String())
	for in, want := range map[string]string{
		"70.9 in": `parsing height "70.9 in": wrong or missing unit at offset 5: want cm; a height is in cm, and inches enter through ParseInches`,
		"1.8 m":   `parsing height "1.8 m": wrong or missing unit at offset 4: want cm; a height is in cm, and inches enter through ParseInches`,
		"301 cm":  `parsing height "301 cm": out of range at offset 0: want at most 300 cm`,
		"0 cm":    `parsing height "0 cm": out of range at offset 0: want more than 0 cm`,
	} {
		_, err := dose.ParseHeight(in)
		assert.EqualError(t, err, want)
	}
	_, err := dose.ParseInches("180 cm")
	assert.EqualError(t, err, `parsing height in inches "180 cm": wrong or missing unit at offset 4: want in; centimetres enter through ParseHeight`)
}

func TestPlausibleBodies(t *testing.T) {
	adult := dose.Adult()
	for _, c := range []struct {
		weight, height, want, observed string
	}{
		{"72 kg", "180 cm", "", ""},
		{"72 kg", "", "", ""},
		{"72 kg", "17 cm", `implausible measurement: height "17 cm": want at least 91 cm`, "height 17 cm, hard min 91 cm; BMI 2491.349481 kg/m2, hard max 100 kg/m2"},
		{"140 kg", "165 cm", "", "BMI 51.423324 kg/m2, soft max 45 kg/m2"},
		{"160 kg", "200 cm", "", "weight 160 kg, soft max 150 kg"},
		{"300 kg", "165 cm", `implausible measurement: BMI "110.192837 kg/m2": want at most 100 kg/m2`, "weight 300 kg, soft max 150 kg; BMI 110.192837 kg/m2, hard max 100 kg/m2"},
	} {
		b := body(c.weight, c.height, 0)
		err := adult.CheckBody(b)
		var observed string
		for o := range adult.Observe(b) {
			if observed != "" {
				observed += "; "
			}
			observed += o.String()
		}
		if c.want == "" {
			assert.NoError(t, err)
		} else {
			assert.EqualError(t, err, c.want)
		}
		assert.Equal(t, c.observed, observed, c.weight+" "+c.height)
	}

	t.Run("an error says if pounds would be plausible", func(t *testing.T) {
		strict := adult
		strict.BMI.HardMax = dose.MustBMI("60 kg/m2")
		err := strict.CheckBody(body("200 kg", "165 cm", 0))
		assert.EqualError(t, err, `implausible measurement: BMI "73.461892 kg/m2": want at most 60 kg/m2; `+
			`read as pounds it would be plausible, 90.718474 kg`)
	})

	t.Run("140 typed for pounds", func(t *testing.T) {
		pounds, plausible := adult.AsPounds(body("140 kg", "165 cm", 0))
		assert.True(t, plausible)
		assert.Equal(t, dose.MustPounds("140 lb"), pounds)
		_, plausible = adult.AsPounds(body("72 kg", "180 cm", 0))
		assert.False(t, plausible, "nothing is doubtful about it")
		_, plausible = adult.AsPounds(body("700 kg", "180 cm", 0))
		assert.False(t, plausible, "not plausible as pounds either")
		_, plausible = adult.AsPounds(dose.Body{})
		assert.False(t, plausible)
	})
}
