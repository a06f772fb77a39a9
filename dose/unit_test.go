package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// A dose below 1 mg is shown in micrograms where its order is written in them, and no other.
func TestAmountWritten(t *testing.T) {
	for _, tt := range []struct{ amount, mass, want string }{
		{"20 mcg", "20 mcg", "20 mcg"},
		{"20 mcg", "0.0125 mg", "12.5 mcg"},
		{"20 mcg", "1 mg", "1 mg"},
		{"1500 mcg", "1500 mcg", "1.5 mg"},
		{"0.02 mg", "20 mcg", "0.02 mg"},
		{"2.5 mcg/kg of actual weight", "180 mcg", "180 mcg"},
		{"5 mcg/kg/min of actual weight for 10 min", "0.9 mg", "900 mcg"},
		{"5 mcg/kg/min of actual weight for 40 min", "14.4 mg", "14.4 mg"},
		{"100 mcg/m2", "173 mcg", "173 mcg"},
		{"1 g", "500 mg", "500 mg"},
		{"20 mcg", "0 mg", "0 mg"},
	} {
		rule, err := dose.ParseRule(tt.amount + ", hard max 10 g")
		require.NoError(t, err)
		assert.Equal(t, tt.want, rule.Amount.Written(dose.MustMass(tt.mass)), tt.amount)
	}
	assert.Equal(t, "0.02 mg", dose.Amount{}.Written(dose.MustMass("20 mcg")))
}
