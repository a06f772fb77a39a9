package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// Nothing on the way from a text to a per-kilogram dose and back to text in the
// caller's buffer touches the heap.
func TestNoAllocation(t *testing.T) {
	rate, weight := dose.MustPerKilogram("0.35 mg/kg"), dose.MustWeight("71.3 kg")
	mass, step := dose.MustMass("36.3 mg"), dose.MustMass("0.1 mg")
	rule := dose.MustRule("0.35 mg/kg of actual weight, floor 5 mg, cap 60 mg, round 0.1 mg half up, " +
		"soft max 20 mg, hard max 200 mg, hard min 0.05 mg/kg, soft max 0.3 mg/kg, hard max 1 mg/kg")
	body := dose.Body{Weight: weight}
	calculation, err := rule.Calculate(body)
	require.NoError(t, err)
	buf := make([]byte, 0, 256)
	plausible := dose.Adult()

	preparation := dose.Preparation{
		Product: dose.Product{Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("50 mg/mL")},
		Route:   dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"),
		Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")), During: dose.MustDuration("40 min"),
		Pump: dose.MustPumpSetting("0.1 mL/h half up"),
	}
	adjusted := dose.MustRule("0.35 mg/kg of adjusted weight, factor 0.4, below 60 in clamp, where ideal exceeds actual ideal, hard max 200 mg")
	known := dose.Body{Weight: weight, Height: dose.MustHeight("171 cm"), Sex: dose.Female}

	order := dose.Order{
		Rule: dose.MustRule("0.35 mg/kg of actual weight, or 36.3 mg, floor 5 mg, cap 60 mg, round 0.1 mg half up, soft max 20 mg, hard max 200 mg, " +
			"hard max 1 mg/kg, hard max 100 mg/h, hard max 2 mg/kg/h, hard max 10 mg/mL, hard max 100 mL, hard max 200 mL/h, hard min 10 min"),
		Preparation: preparation, Administration: dose.MustDuration("1 h"),
	}

	operations := map[string]func() error{
		"ParseMass":                       func() error { _, err := dose.ParseMass("36.25 mg"); return err },
		"ParseMass mcg":                   func() error { _, err := dose.ParseMass("500 mcg"); return err },
		"ParseWeight":                     func() error { _, err := dose.ParseWeight("72.5 kg"); return err },
		"ParsePounds":                     func() error { _, err := dose.ParsePounds("158.7 lb"); return err },
		"ParsePerKilogram":                func() error { _, err := dose.ParsePerKilogram("0.5 mg/kg"); return err },
		"ParseRounding":                   func() error { _, err := dose.ParseRounding("0.1 mg half up"); return err },
		"NewRounding":                     func() error { _, err := dose.NewRounding(step, dose.HalfEven); return err },
		"PerKilogram.For":                 func() error { _, err := rate.For(weight); return err },
		"Mass.Add":                        func() error { _, err := mass.Add(step); return err },
		"Mass.Sub":                        func() error { _, err := mass.Sub(step); return err },
		"Mass.Times":                      func() error { _, err := mass.Times(21); return err },
		"Mass.Compare":                    func() error { _ = mass.Compare(step) < 0; return nil },
		"Mass.AppendText":                 func() error { _, err := mass.AppendText(buf[:0]); return err },
		"Weight.AppendText":               func() error { _, err := weight.AppendText(buf[:0]); return err },
		"Rule.Check":                      rule.Check,
		"Rule.Calculate":                  func() error { _, err := rule.Calculate(body); return err },
		"Rule.Calculate, adjusted weight": func() error { _, err := adjusted.Calculate(known); return err },
		"Body.Surface":                    func() error { _, err := known.Surface(); return err },
		"Order.Check":                     order.Check,
		"Order.For":                       func() error { _, err := order.For(body); return err },
		"Order.Choice":                    func() error { _, err := order.Choice(mass, body); return err },
		"Order.Judge":                     func() error { _, err := order.Judge(mass, preparation.During, body); return err },
		"ParseVolume":                     func() error { _, err := dose.ParseVolume("0.36 mL"); return err },
		"Calculation.Dose":                func() error { _ = calculation.Dose() == mass; return nil },
		"Plausibility.Check":              func() error { return plausible.Check(weight) },
		"Rounding.AppendText":             func() error { _, err := rule.Rounding.AppendText(buf[:0]); return err },
		"PerKilogram.Compare":             func() error { _ = rate.Compare(rate) < 0; return nil },
		"Calculation.IsZero":              func() error { _ = calculation.IsZero() && rule.IsZero(); return nil },
		"Rule comparison by ==":           func() error { _ = rule == calculation.Rule(); return nil },
	}
	for name, operation := range operations {
		t.Run(name, func(t *testing.T) {
			assert.NoError(t, operation())
			assert.Zero(t, testing.AllocsPerRun(200, func() { _ = operation() }))
		})
	}
}
