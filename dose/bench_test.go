package dose_test

import (
	"testing"

	"github.com/regimen-go/regimen/dose"
)

func BenchmarkCalculate(b *testing.B) {
	rule := dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg")
	body := dose.Body{Weight: dose.MustWeight("72.5 kg")}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rule.Calculate(body); err != nil {
			b.Fatal(err)
		}
	}
}

// From the text of a weight to the texts of a dose and of a pump setting.
func BenchmarkPrepareFromText(b *testing.B) {
	rule := dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg")
	preparation := dose.Preparation{
		Product: dose.Product{Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("50 mg/mL")},
		Route:   dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"),
		Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")), During: dose.MustDuration("40 min"),
		Pump: dose.MustPumpSetting("0.01 mL/h half up"),
	}
	order := dose.Order{Rule: rule, Preparation: preparation}
	buf := make([]byte, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		weight, err := dose.ParseWeight("70.1 kg")
		if err != nil {
			b.Fatal(err)
		}
		sheet, err := order.For(dose.Body{Weight: weight})
		if err != nil {
			b.Fatal(err)
		}
		buf, _ = sheet.Delivered().AppendText(buf[:0])
		buf, _ = sheet.Stock().AppendText(buf)
		buf, _ = sheet.Flow().AppendText(buf)
	}
}

func BenchmarkParseMass(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dose.ParseMass("36.25 mg"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCalculationText(b *testing.B) {
	rule := dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg")
	calculation, err := rule.Calculate(dose.Body{Weight: dose.MustWeight("72.5 kg")})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = calculation.String()
	}
}
