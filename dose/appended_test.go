package dose_test

import (
	"encoding"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// What is appended comes after what is there, also where there is nothing to append.
func TestAppendTextKeepsWhatIsThere(t *testing.T) {
	weighed := dose.Body{Weight: dose.MustWeight("72 kg")}
	d, err := dose.Order{Rule: dose.MustRule("56 mg, soft max 50 mg")}.For(weighed)
	require.NoError(t, err)
	for want, value := range map[string]interface {
		encoding.TextAppender
		encoding.TextMarshaler
	}{
		"36.3 mg": dose.MustMass("36.3 mg"), "0 mg": dose.Mass{},
		"0.36 mL": dose.MustVolume("0.36 mL"), "0 mL": dose.Volume{},
		"72.5 kg": dose.MustWeight("72.5 kg"), "weight ": dose.Weight{},
		"180 cm": dose.MustHeight("180 cm"), "height ": dose.Height{},
		"1.818119 m2": dose.MustSurface("1.818119 m2"), "surface ": dose.Surface{},
		"37.037037 kg/m2": dose.MustBMI("37.037037 kg/m2"), "index ": dose.BMI{},
		"0.5 mg/kg": dose.MustPerKilogram("0.5 mg/kg"), "per kilogram ": dose.PerKilogram{},
		"1250 mg/m2": dose.MustPerSurface("1250 mg/m2"), "per surface ": dose.PerSurface{},
		"50 mg/mL": dose.MustConcentration("50 mg/mL"), "concentration ": dose.Concentration{},
		"54 mg/h": dose.MustRate("54 mg/h"), "rate ": dose.Rate{},
		"0.75 mg/kg/h": dose.MustRatePerKilogram("0.75 mg/kg/h"), "rate per kilogram ": dose.RatePerKilogram{},
		"75 mL/h": dose.MustFlow("75 mL/h"), "flow ": dose.Flow{},
		"40 min": dose.MustDuration("40 min"), "duration ": dose.Duration{},
		"5 %": dose.MustPercent("5 %"), "percent ": dose.Percent{},
		"120 % of ideal": dose.MustIdealShare("120 % of ideal"), "share ": dose.IdealShare{},
		"0.4": dose.MustFactor("0.4"), "factor ": dose.Factor{},
		"28 mg or 84 mg": dose.MustChoices("28 mg or 84 mg"), "choices ": dose.Choices{},
		"260 mg up to 55 kg; 390 mg over 55 kg": dose.MustBands("260 mg up to 55 kg; 390 mg over 55 kg"), "bands ": dose.Bands{},
		"made up to 50 mL": dose.MustDilution("made up to 50 mL"), "dilution ": dose.Dilution{},
		"0.01 mL half up": dose.MustGraduation("0.01 mL half up"), "exact": dose.Graduation{},
		"0.1 mL/h half up": dose.MustPumpSetting("0.1 mL/h half up"), "pump exact": dose.PumpSetting{},
		"0.1 mg half up": dose.MustRounding("0.1 mg half up"), "rounding exact": dose.Rounding{},
		"soft max 80 mg": dose.MustRule("1 mg, soft max 80 mg").Limits, "limits ": dose.Limits{},
		"56 mg, hard max 80 mg": dose.MustRule("56 mg, hard max 80 mg"), "rule ": dose.Rule{},
		"0.5 mg/kg of actual weight": dose.MustLevel("0.5 mg/kg of actual weight"), "level ": dose.Level{},
		"intravenous": dose.Intravenous, "route ": dose.Route(0), "half up": dose.HalfUp, "mode ": dose.Mode(0),
		"female": dose.Female, "sex ": dose.Sex(0), "hard max": dose.HardMax, "side ": dose.Side(0), "flow": dose.OfFlow, "measure ": dose.Measure(0),
		"raw": dose.StepRaw, "kind ": dose.StepKind(0), "clamp": dose.ShortClamp, "practice ": dose.ShortStature(0), "actual": dose.ExcessActual, "excess ": dose.ExcessIdeal(0),
		"mcg/kg/min": dose.McgPerKgPerMin, "10 min after start": dose.MustPartStart("10 min after start"), "start ": dose.PartStart{},
		"dose: 56 mg fixed\npasses: soft max 50 mg of the dose\n": d, "delivery ": dose.Delivery{},
		"56 mg fixed": d.Calculation(), "calculation ": dose.Calculation{}, "worksheet ": dose.Worksheet{},
		"36.3": dose.MustMass("36.3 mg").Number(), "0": dose.Number{},
	} {
		t.Run(fmt.Sprintf("%T %s", value, want), func(t *testing.T) {
			if strings.HasSuffix(want, " ") { // the zero value, which has no text
				want = ""
			}
			want = strings.TrimPrefix(strings.TrimPrefix(want, "pump "), "rounding ")
			text, err := value.AppendText([]byte("before: "))
			require.NoError(t, err)
			assert.Equal(t, "before: "+want, string(text))
			text, err = value.MarshalText()
			require.NoError(t, err)
			assert.Equal(t, want, string(text))
			if s, ok := value.(fmt.Stringer); ok && want != "" {
				assert.Equal(t, want, s.String())
			}
		})
	}
}

// Whoever stops reading a list in the middle has read its beginning, and nothing fails.
func TestListsStop(t *testing.T) {
	b := dose.Body{Weight: dose.MustWeight("100 kg"), Height: dose.MustHeight("150 cm"), Sex: dose.Female}
	for _, text := range []string{
		"2 mg/kg of ideal weight, below 60 in clamp, where ideal exceeds actual actual, floor 200 mg, round 7 mg half up, soft max 5 mg, hard max 500 mg, soft max 1 mg/kg",
		"2 mg/kg of adjusted weight, factor 0.4, below 60 in actual, where ideal exceeds actual ideal, cap 100 mg, round 7 mg up, soft max 5 mg, hard max 500 mg",
		"2 mg/kg of adjusted weight, factor 0.4 above 300 % of ideal, below 60 in actual, where ideal exceeds actual ideal, round 7 mg up, soft max 5 mg, hard max 500 mg",
		"2 mg/kg of lean weight, round 7 mg half up, soft max 5 mg, hard max 500 mg",
		"100 mg/m2, round 7 mg half up, soft max 5 mg, hard max 500 mg",
	} {
		rule, err := dose.ParseRule(text)
		require.NoError(t, err)
		c, err := rule.Calculate(b)
		require.NoError(t, err, text)
		whole := 0
		for range c.Steps() {
			whole++
		}
		require.Greater(t, whole, 3, text)
		for n := 1; n < whole; n++ {
			read := 0
			for range c.Steps() {
				if read++; read == n {
					break
				}
			}
			assert.Equal(t, n, read, text)
		}
	}
}
