package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// The figures of a delivery are the whole of it, with its order and its body.
func TestKeptFigures(t *testing.T) {
	pump := inSyringe("made up to 50 mL", "40 min")
	pump.Pump, pump.Graduation = dose.MustPumpSetting("7 mL/h half up"), dose.MustGraduation("0.05 mL half up")
	b := body("72.5 kg", "180 cm", dose.Male)
	for _, order := range []dose.Order{
		{Rule: dose.MustRule("56 mg")},
		{Rule: dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, soft max 30 mg, hard max 200 mg, soft max 0.4 mg/kg, soft max 50 mg/h, soft min 0.9 mg/mL"), Preparation: pump},
		{Rule: dose.MustRule("20 mg/m2, soft max 30 mg, hard max 200 mg"), Administration: dose.MustDuration("1 h")},
		{Rule: dose.MustRule("3 devices of 28 mg 5 min apart, or 56 mg"), Administration: dose.MustDuration("30 min")},
	} {
		d, err := order.For(b)
		require.NoError(t, err)
		assert.Equal(t, d, order.Kept(b, d.Figures()))
		assert.Equal(t, order.Preparation, d.Worksheet().Preparation())
		if !order.Rule.Or.IsZero() {
			d, err = order.Choice(dose.MustMass("56 mg"), b)
			require.NoError(t, err)
			assert.True(t, d.Figures().Chosen)
			assert.Equal(t, d, order.Kept(b, d.Figures()))
			assert.Equal(t, 2, d.Devices())
		}
	}
	d, err := dose.Order{Rule: dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, soft max 30 mg, hard max 200 mg, soft max 0.4 mg/kg, soft max 50 mg/h, soft min 0.9 mg/mL"), Preparation: pump}.For(b)
	require.NoError(t, err)
	// 36.3 mg are 0.726 mL, drawn as 0.75 mL: 37.5 mg in 50 mL at 77 mL/h, which is 57.75 mg/h.
	f := d.Figures()
	assert.Equal(t, []string{"36.25 mg", "36.25 mg", "36.3 mg", "0.75 mL", "0.75 mL", "37.5 mg", "49.25 mL", "50 mL", "77 mL/h"},
		[]string{f.Raw.String(), f.Bounded.String(), f.Dose.String(), f.Stock.String(), f.Nearest.String(), f.Delivered.String(), f.Diluent.String(), f.Total.String(), f.Flow.String()})
	var computed, passed []string
	for _, l := range f.Computed {
		computed = append(computed, l.String())
	}
	for _, l := range f.Passed {
		passed = append(passed, l.String())
	}
	assert.Equal(t, []string{"soft max 30 mg of the dose", "soft max 0.4 mg/kg of the dose per kilogram"}, computed)
	assert.Equal(t, append(computed, "soft max 50 mg/h of the rate", "soft min 0.9 mg/mL of the concentration"), passed)
	assert.Equal(t, 39, d.Minutes(), "50 / 77 h are 38.96 min")

	// A file may have any setting: 1,000,000 mL at 0.0001 mL/h are 6 x 10^11 min.
	f.Total, f.Flow = dose.MustVolume("1000000 mL"), dose.MustFlow("0.0001 mL/h")
	assert.Equal(t, 1_000_000_000, dose.Order{Rule: dose.MustRule("56 mg"), Preparation: pump}.Kept(b, f).Minutes())
	assert.Zero(t, dose.Delivery{}.Minutes())
}

// The limits of a whole judge what is delivered of its parts: 10.4 mg of 1 mg/mL are drawn
// up as 11 mL, which is 0.22 mg/kg of 50 kg.
func TestWholeIsJudgedAsDelivered(t *testing.T) {
	p := bag()
	p.Pump, p.Graduation = dose.PumpSetting{}, dose.MustGraduation("1 mL up")
	s := dose.Sequence{Rule: dose.MustRule("sum of parts, hard max 0.21 mg/kg"), Parts: []dose.Part{part("a", "10.4 mg", outOf(p), during("30 min"))}}
	_, _, err := s.For(body("50 kg", "", 0))
	require.ErrorIs(t, err, dose.ErrHardLimit)
	whole, parts, err := s.For(body("53 kg", "", 0)) // 0.2075 mg/kg
	require.NoError(t, err)
	assert.Equal(t, "11 mg", whole.Delivered().String())
	assert.Equal(t, "22 mL/h", parts[0].Delivery.Flow().String(), "the time of the part is that of its pump")
	_, _, err = s.For(dose.Body{})
	require.ErrorIs(t, err, dose.ErrNoWeight)

	// Each list of lines may be left after any line.
	s = dose.Sequence{Parts: []dose.Part{part("a", "10 mg"), part("b", "10 mg", onlyIf("pain persists"), during("1 h"))}}
	whole, parts, err = s.For(body("53 kg", "", 0))
	require.NoError(t, err)
	for n := 1; n < 8; n++ {
		read := 0
		for range dose.PartLines(whole, parts) {
			if read++; read == n {
				break
			}
		}
		assert.Equal(t, min(n, 7), read)
		for _, p := range parts {
			read = 0
			for range p.Lines() {
				if read++; read == n {
					break
				}
			}
		}
	}
	var lines []string
	for l := range parts[1].Lines() {
		lines = append(lines, l.Label+": "+l.Text)
	}
	assert.Equal(t, []string{"part: b", "only if: pain persists", "dose: 10 mg fixed", "time: 60 min", "rate: 10 mg/h, 0.166667 mg/min, 0.188679 mg/kg/h, 3.144654 mcg/kg/min"}, lines)
}
