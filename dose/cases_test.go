package dose_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// The cases in testdata/dose.json were computed by an independent reference.
func TestCases(t *testing.T) {
	src, err := os.ReadFile("testdata/dose.json")
	require.NoError(t, err)
	var cases []struct{ Name, Rate, Weight, Step, Mode, Cap, Raw, Capped, Dose string }
	require.NoError(t, json.Unmarshal(src, &cases))
	require.Len(t, cases, 120)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			text := c.Rate + " of actual weight"
			if c.Cap != "" {
				text += ", cap " + c.Cap
			}
			text += ", round " + c.Step + " " + c.Mode + ", hard max 1000 mg"
			rule, err := dose.ParseRule(text)
			require.NoError(t, err)
			parse := dose.ParseWeight
			if strings.HasSuffix(c.Weight, " lb") {
				parse = dose.ParsePounds
			}
			weight, err := parse(c.Weight)
			require.NoError(t, err)
			got, err := rule.Calculate(dose.Body{Weight: weight})
			require.NoError(t, err)
			assert.Equal(t, c.Raw, got.Raw().String())
			assert.Equal(t, c.Capped, got.Bounded().String())
			assert.Equal(t, c.Dose, got.Dose().String())
		})
	}
}
