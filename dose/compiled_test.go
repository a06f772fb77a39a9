package dose_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// TestCompiledRuleGrid compares compiled rules with fractions: 21 rates from 0.05 to 1.5
// mg/kg, every weight from 30.0 to 200.0 kg, and every mode, with a cap for every other
// rate. All are computed in whole numbers.
func TestCompiledRuleGrid(t *testing.T) {
	rates := []string{"0.05", "0.1", "0.15", "0.2", "0.25", "0.3", "0.35", "0.4", "0.45", "0.5", "0.55", "0.6", "0.65", "0.7", "0.75", "0.8", "0.9", "1", "1.15", "1.25", "1.5"}
	require.Len(t, rates, 21)
	step := 1
	if testing.Short() {
		step = 7
	}
	for i, rate := range rates {
		perKg, _ := new(big.Rat).SetString(rate)
		for mode := dose.HalfUp; mode <= dose.Up; mode++ {
			text, top := rate+" mg/kg of actual weight", (*big.Rat)(nil)
			if i%2 == 1 {
				text, top = text+", cap 60 mg", big.NewRat(60, 1)
			}
			compiled, err := dose.MustRule(text + ", round 0.1 mg " + mode.String() + ", hard max 1000 mg").Compile()
			require.NoError(t, err)
			for tenths := 300; tenths <= 2000; tenths += step {
				body := dose.Body{Weight: dose.MustWeight(strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + " kg")}
				want := times(perKg, big.NewRat(int64(tenths), 10))
				if top != nil && want.Cmp(top) > 0 {
					want = top
				}
				want = roundRat(want, big.NewRat(1, 10), mode)
				got, err := compiled.Dose(body)
				if number := strings.TrimSuffix(got.String(), " mg"); err != nil || !equalRat(number, want) {
					t.Fatalf("%s of %s: %s, %v; want %s mg", compiled.Rule(), body.Weight, got, err, want.FloatString(1))
				}
			}
		}
	}
}

func equalRat(number string, want *big.Rat) bool {
	r, ok := new(big.Rat).SetString(number)
	return ok && r.Cmp(want) == 0
}

// randomRuleText returns the text of a rule, of any kind, which need not make sense.
func randomRuleText(r *rand.Rand) string {
	number := func(most int) string {
		text := strconv.Itoa(1 + r.IntN(most))
		if d := r.IntN(5); d > 0 {
			text = strconv.Itoa(r.IntN(most)) + "." + fmt.Sprintf("%0*d", d, 1+r.IntN([]int{0, 9, 99, 999, 9999}[d]))
		}
		return text
	}
	text := number(3) + " mg/kg of actual weight"
	switch r.IntN(12) {
	case 0:
		text = number(90) + " mg"
	case 1:
		text = number(3) + " mg/kg of lean weight"
	case 2:
		text = number(40) + " mg/m2"
	case 3:
		text = number(2) + " mg/kg/h of actual weight for 40 min"
	case 4:
		text = "2 devices of 28 mg"
	}
	add := func(chance int, clause string) {
		if r.IntN(chance) == 0 {
			text += ", " + clause
		}
	}
	modes := []string{"half up", "half even", "down", "up"}
	add(3, "floor "+number(20)+" mg")
	add(2, "cap "+number(120)+" mg")
	rounding := "round " + []string{"0.1", "0.5", "1", "2.5", "25", "0.001", "7", "0.25"}[r.IntN(8)] + " mg " + modes[r.IntN(4)]
	if r.IntN(8) == 0 {
		rounding += " within 10 % else 0.1 mg half up"
	}
	if r.IntN(8) > 0 {
		text += ", " + rounding
		add(8, "change at most 5 %")
	}
	add(6, "hard min "+number(20)+" mg")
	add(6, "soft min "+number(30)+" mg")
	add(3, "soft max "+number(90)+" mg")
	if r.IntN(10) > 0 {
		text += ", hard max " + number(400) + " mg"
	}
	add(8, "soft min "+number(1)+" mg/kg")
	add(4, "soft max "+number(2)+" mg/kg")
	add(4, "hard max "+number(3)+" mg/kg")
	return text
}

// TestCompiledRule: a compiled rule gives the calculations, to every step, and the errors
// of the rule.
func TestCompiledRule(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 7))
	rules, doses, failed, soft := 0, 0, 0, 0
	for rules < 400 {
		rule, err := dose.ParseRule(randomRuleText(r))
		if err != nil {
			continue
		}
		compiled, err := rule.Compile()
		if check := rule.Check(); check != nil {
			require.Equal(t, check, err)
			require.Nil(t, compiled)
			continue
		}
		rules++
		require.NoError(t, err)
		require.Equal(t, rule, compiled.Rule())
		for range 40 {
			weight := strconv.Itoa(1 + r.IntN(250))
			if d := r.IntN(6); d > 0 {
				weight += "." + fmt.Sprintf("%0*d", d, r.IntN([]int{0, 10, 100, 1000, 10_000, 100_000}[d]))
			}
			body := dose.Body{Weight: dose.MustWeight(weight + " kg")}
			switch r.IntN(10) {
			case 0:
				body.Weight = dose.Weight{}
			case 1, 2, 3:
				body.Height, body.Sex = dose.MustHeight("170 cm"), dose.Female
			}
			want, wantErr := rule.Calculate(body)
			got, err := compiled.Calculate(body)
			amount, doseErr := compiled.Dose(body)
			if want != got || fmt.Sprint(wantErr) != fmt.Sprint(err) || amount != want.Dose() || fmt.Sprint(wantErr) != fmt.Sprint(doseErr) || want.String() != got.String() {
				t.Fatalf("%s, %+v:\n%s, %v\n%s, %v\n%s, %v", rule, body, want, wantErr, got, err, amount, doseErr)
			}
			if err != nil {
				failed++
				continue
			}
			doses++
			for range got.SoftLimits() {
				soft++
			}
		}
	}
	assert.Greater(t, doses, 4000)
	assert.Greater(t, failed, 1000)
	assert.Greater(t, soft, 1000)
}

// TestCompiledRuleExtremes: the largest and the smallest numbers that there are.
func TestCompiledRuleExtremes(t *testing.T) {
	for _, text := range []string{
		"1000000 mg/kg of actual weight, hard max 999999999 mg", "1000000 mg/kg of actual weight, cap 999999999 mg, round 999999999 mg up, hard max 999999999 mg",
		"0.000001 mg/kg of actual weight, hard max 0.000001 mg", "0.000001 mg/kg of actual weight, round 0.000001 mg up, hard max 1 mg",
		"999999.999999 mg/kg of actual weight, hard max 999999999 mg", "0.001 mg/kg of actual weight, round 0.000001 mg half even, hard max 999999999 mg, hard max 1000000 mg/kg",
	} {
		rule, err := dose.ParseRule(text)
		require.NoError(t, err, text)
		compiled, err := rule.Compile()
		require.NoError(t, err, text)
		for _, weight := range []string{"1000 kg", "0.000001 kg", "0.001 kg", "999.999 kg", "999.999999 kg", "70.080021165 kg", "0.1 kg", "500 kg"} {
			body := dose.Body{Weight: dose.MustWeight(weight)}
			want, wantErr := rule.Calculate(body)
			got, err := compiled.Calculate(body)
			assert.Equal(t, fmt.Sprint(wantErr), fmt.Sprint(err), "%s of %s", text, weight)
			assert.Equal(t, want, got, "%s of %s", text, weight)
		}
	}
}

// TestCompiledRuleAllocates nothing.
func TestCompiledRuleAllocates(t *testing.T) {
	compiled, err := dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg").Compile()
	require.NoError(t, err)
	body := dose.Body{Weight: dose.MustWeight("72.5 kg")}
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if c, err := compiled.Calculate(body); err != nil || c.Dose() != dose.MustMass("36.3 mg") {
			t.Error(c, err)
		}
		if m, err := compiled.Dose(body); err != nil || m.IsZero() {
			t.Error(m, err)
		}
	}))
}

func ExampleRule_Compile() {
	rule, err := dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg").Compile()
	if err != nil {
		panic(err)
	}
	for _, weight := range []string{"72.5 kg", "130 kg"} {
		c, err := rule.Calculate(dose.Body{Weight: dose.MustWeight(weight)})
		if err != nil {
			panic(err)
		}
		fmt.Println(c)
	}
	// Output:
	// 0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half up to 36.3 mg
	// 0.5 mg/kg x 130 kg = 65 mg, capped at 60 mg
}
