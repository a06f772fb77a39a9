package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/dose"
)

func TestMultipleOf(t *testing.T) {
	for _, test := range []struct {
		m, of string
		want  bool
	}{
		{"84 mg", "28 mg", true},
		{"28 mg", "28 mg", true},
		{"84000 mcg", "28 mg", true},
		{"0 mg", "28 mg", true},
		{"85 mg", "28 mg", false},
		{"14 mg", "28 mg", false},
		{"28.000001 mg", "28 mg", false},
		{"0.3 mg", "0.1 mg", true}, // not in binary fractions
		{"28 mg", "0 mg", false},
		{"0 mg", "0 mg", false},
	} {
		assert.Equal(t, test.want, dose.MustMass(test.m).MultipleOf(dose.MustMass(test.of)), "%s of %s", test.m, test.of)
		perKg := func(s string) dose.PerKilogram {
			if s == "0 mg" {
				return dose.PerKilogram{}
			}
			return dose.MustPerKilogram(s + "/kg")
		}
		assert.Equal(t, test.want, perKg(test.m).MultipleOf(perKg(test.of)), "%s/kg of %s/kg", test.m, test.of)
	}
}
