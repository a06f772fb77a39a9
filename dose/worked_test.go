package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// The worked examples were computed by hand and again with exact fractions,
// before this package existed.
func TestWorkedDoses(t *testing.T) {
	for _, c := range []struct{ name, rule, weight, raw, want string }{
		{"72 kg at 0.5 mg/kg", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", "72 kg", "36 mg", "36 mg"},
		{"165 lb to 0.1 mg", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", "165 lb", "37.421370525 mg", "37.4 mg"},
		{"165 lb to 1 mg", "0.5 mg/kg of actual weight, round 1 mg half up, hard max 200 mg", "165 lb", "37.421370525 mg", "37 mg"},
		{"tie, half up", "0.5 mg/kg of actual weight, round 1 mg half up, hard max 200 mg", "73 kg", "36.5 mg", "37 mg"},
		{"tie, half even", "0.5 mg/kg of actual weight, round 1 mg half even, hard max 200 mg", "73 kg", "36.5 mg", "36 mg"},
		{"210 kg, cap 100 mg", "0.5 mg/kg of actual weight, cap 100 mg, hard max 200 mg", "210 kg", "105 mg", "100 mg"},
		{"infliximab 5 mg/kg", "5 mg/kg of actual weight, hard max 1000 mg", "68 kg", "340 mg", "340 mg"},
		{"84 kg at 0.5 mg/kg", "0.5 mg/kg of actual weight, hard max 200 mg", "84 kg", "42 mg", "42 mg"},
		{"84 kg at 0.6 mg/kg", "0.6 mg/kg of actual weight, hard max 200 mg", "84 kg", "50.4 mg", "50.4 mg"},
		{"84 kg at 0.75 mg/kg", "0.75 mg/kg of actual weight, hard max 200 mg", "84 kg", "63 mg", "63 mg"},
		{"84 kg at 0.9 mg/kg", "0.9 mg/kg of actual weight, hard max 200 mg", "84 kg", "75.6 mg", "75.6 mg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parse := dose.ParseWeight
			if c.weight[len(c.weight)-2:] == "lb" {
				parse = dose.ParsePounds
			}
			weight, err := parse(c.weight)
			require.NoError(t, err)
			got, err := dose.MustRule(c.rule).Calculate(dose.Body{Weight: weight})
			require.NoError(t, err)
			assert.Equal(t, c.raw, got.Raw().String())
			assert.Equal(t, c.want, got.Dose().String())
		})
	}
	assert.Equal(t, "0.47619 mg/kg", calculate(t, "0.5 mg/kg of actual weight, cap 100 mg, hard max 200 mg", "210 kg").Effective())
	assert.Equal(t, "0.5 mg/kg", calculate(t, "36 mg", "72 kg").Effective())
	assert.Empty(t, dose.Calculation{}.Effective())
	assert.Equal(t, "74.84274105 kg", dose.MustPounds("165 lb").String())
}

// Totals of whole plans: so many equal doses.
func TestWorkedTotals(t *testing.T) {
	for _, c := range []struct {
		name, dose string
		sessions   int
		want       string
	}{
		{"taper of 8 sessions at 72 kg", "36 mg", 8, "288 mg"},
		{"three a week for four weeks at 72 kg", "36 mg", 12, "432 mg"},
		{"two a week for four weeks at 72 kg", "36 mg", 8, "288 mg"},
		{"8 x 84 mg", "84 mg", 8, "672 mg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := dose.MustMass(c.dose).Times(c.sessions)
			require.NoError(t, err)
			assert.Equal(t, c.want, got.String())
		})
	}
}
