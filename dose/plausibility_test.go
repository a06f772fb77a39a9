package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

func TestAdultWeights(t *testing.T) {
	adult := dose.Adult()
	for _, c := range []struct{ weight, hard, soft string }{
		{"22.6 kg", `implausible measurement: weight "22.6 kg": want at least 22.7 kg`, "soft min"},
		{"22.7 kg", "", "soft min"},
		{"39.9 kg", "", "soft min"},
		{"40 kg", "", ""},
		{"150 kg", "", ""},
		{"150.1 kg", "", "soft max"},
		{"340.2 kg", "", "soft max"},
		{"340.3 kg", `implausible measurement: weight "340.3 kg": want at most 340.2 kg`, "soft max"},
		{"700 kg", `implausible measurement: weight "700 kg": want at most 340.2 kg`, "soft max"},
	} {
		t.Run(c.weight, func(t *testing.T) {
			w := dose.MustWeight(c.weight)
			if err := adult.Check(w); c.hard == "" {
				require.NoError(t, err)
			} else {
				require.EqualError(t, err, c.hard)
				require.ErrorIs(t, err, dose.ErrImplausible)
			}
			_, side, passed := adult.Soft(w)
			assert.Equal(t, c.soft != "", passed)
			if passed {
				assert.Equal(t, c.soft, side.String())
			}
		})
	}
	require.ErrorIs(t, adult.Check(dose.Weight{}), dose.ErrNoWeight)
	require.NoError(t, dose.Plausibility{}.Check(dose.MustWeight("700 kg")))
}
