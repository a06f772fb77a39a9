package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/dose"
)

func TestAmountOrder(t *testing.T) {
	for _, tt := range []struct {
		a, b  string
		order int
		ok    bool
	}{
		{"28 mg", "56 mg", -1, true},
		{"2 devices of 28 mg 5 min apart", "56 mg", 0, true},
		{"3 devices of 28 mg 5 min apart", "56 mg", 1, true},
		{"0.5 mg/kg of actual weight, hard max 1 g", "500 mcg/kg of actual weight, hard max 1 g", 0, true},
		{"0.5 mg/kg of actual weight, hard max 1 g", "0.75 mg/kg of actual weight, hard max 1 g", -1, true},
		{"0.5 mg/kg of actual weight, hard max 1 g", "0.75 mg/kg of lean weight, hard max 1 g", -1, false},
		{"0.5 mg/kg of actual weight, hard max 1 g", "40 mg", -1, false},
		{"22 mg/h for 4 h", "88 mg", -1, false},
	} {
		order, ok := dose.MustRule(tt.a).Amount.Compare(dose.MustRule(tt.b).Amount)
		assert.Equal(t, tt.ok, ok, tt.a)
		if ok {
			assert.Equal(t, tt.order, order, tt.a)
		}
	}
	m, ok := dose.MustRule("2 devices of 28 mg 5 min apart").Amount.Mass()
	assert.True(t, ok)
	assert.Equal(t, dose.MustMass("56 mg"), m)
	_, ok = dose.Amount{}.Mass()
	assert.False(t, ok)
}
