package dose_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// Forty infusions and injections, worked by hand. The preparation is written as
// strength | graduation | dilution | time | pump | largest deviation, a dash for what
// is not stated; the wanted text is that of deliveryText: the number before a
// passed limit is its measure. Ten are traps: what a plausible wrong way would give
// is in the comment.
func TestHandWorkedInfusions(t *testing.T) {
	for _, c := range []struct{ rule, preparation, visit, weight, want string }{
		// 1. 0.5 x 72 = 36 mg; 36/50 = 0.72 mL; 50 mL / (2/3 h) = 75 mL/h; 36/50 = 0.72; 36 x 3/2 = 54 mg/h; /72 = 0.75.
		{
			"0.5 mg/kg of actual weight, hard max 100 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | 0.1 mL/h half up | -", "40 min", "72 kg",
			"dose 36 mg; delivered 36 mg; stock 0.72 mL; volume 50 mL; concentration 0.72 mg/mL; flow 75 mL/h; time 40 min; rate 54 mg/h; per kg 0.75 mg/kg/h",
		},
		// 2. The same without a preparation: the visit's 40 min are the time.
		{"0.5 mg/kg of actual weight, hard max 100 mg", "", "40 min", "72 kg", "dose 36 mg; delivered 36 mg; time 40 min; rate 54 mg/h; per kg 0.75 mg/kg/h"},
		// 3. Trap. 6 mL / 4 h = 1.5, the pump gives 2 mL/h, so 3 h and 100/3 mg/h; by the stated time 25.
		{
			"100 mg, hard max 200 mg, hard max 30 mg/h", "50 mg/mL | 0.01 mL half up | made up to 6 mL | 4 h | 1 mL/h half up | -", "4 h", "", "hard limit",
		},
		// 4. The same where 100/3 fits: 33.333333 mg/h.
		{
			"100 mg, hard max 200 mg, soft max 33.333333 mg/h, hard max 33.4 mg/h", "50 mg/mL | 0.01 mL half up | made up to 6 mL | 4 h | 1 mL/h half up | -", "4 h", "",
			"dose 100 mg; delivered 100 mg; stock 2 mL; volume 6 mL; concentration 16.666667 mg/mL; flow 2 mL/h; time 3 h; rate 33.333333 mg/h; 3soft max",
		},
		// 5. Trap. 37.5 mg / 50 = 0.75 mL, a tie at marks of 0.1: to the even 0.8 = 40 mg; half down or truncated 0.7.
		{
			"37.5 mg, hard max 100 mg", "50 mg/mL | 0.1 mL half even | made up to 50 mL | 40 min | 0.1 mL/h half up | -", "40 min", "",
			"dose 37.5 mg; delivered 40 mg; stock 0.8 mL; volume 50 mL; concentration 0.8 mg/mL; flow 75 mL/h; time 40 min; rate 60 mg/h",
		},
		// 6. 36.3/50 = 0.726, at 0.1 mL 0.7 = 35 mg: 1.3/36.3 = 3.58 % > 3.5 %.
		{"36.3 mg, hard max 100 mg", "50 mg/mL | 0.1 mL half up | made up to 50 mL | 40 min | - | 3.5 %", "40 min", "", "deviation"},
		// 7. The same, 3.6 % allowed. 35 x 1.5 = 52.5.
		{
			"36.3 mg, hard max 100 mg", "50 mg/mL | 0.1 mL half up | made up to 50 mL | 40 min | - | 3.6 %", "40 min", "",
			"dose 36.3 mg; delivered 35 mg; stock 0.7 mL; volume 50 mL; concentration 0.7 mg/mL; flow 75 mL/h; time 40 min; rate 52.5 mg/h",
		},
		// 8. Trap. The dose is exact, the time is not: 50 / (2/3) = 75, pump steps of 20 give 80, 37.5 min are 6.25 % less than 40.
		{"40 mg, hard max 100 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | 20 mL/h half up | 6 %", "40 min", "", "deviation"},
		// 9. 6.25 % is not more than 6.25 %. 40 / 0.625 h = 64 mg/h; 37.5 min = 2250 s.
		{
			"40 mg, hard max 100 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | 20 mL/h half up | 6.25 %", "40 min", "",
			"dose 40 mg; delivered 40 mg; stock 0.8 mL; volume 50 mL; concentration 0.8 mg/mL; flow 80 mL/h; time 2250 s; rate 64 mg/h",
		},
		// 10. Down to 60: 50 min, longer than the visit's 40; 40 / (5/6) = 48. A warning, no refusal.
		{
			"40 mg, hard max 100 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | 20 mL/h down | -", "40 min", "",
			"dose 40 mg; delivered 40 mg; stock 0.8 mL; volume 50 mL; concentration 0.8 mg/mL; flow 60 mL/h; time 50 min; rate 48 mg/h; longer",
		},
		// 11. 45 mg (60 mg/h x 0.75 h); 50 / 0.75 = 66.666, pump 66.7: 50/66.7 x 60 = 44.977511 min; 45 x 66.7/50 = 60.03.
		{
			"1 mg/min for 45 min, hard max 100 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 2700 s | 0.1 mL/h half up | -", "4 h", "",
			"dose 45 mg; delivered 45 mg; stock 0.9 mL; volume 50 mL; concentration 0.9 mg/mL; flow 66.7 mL/h; time 44.977511 min; rate 60.03 mg/h",
		},
		// 12. Trap. 20 mg/h x 0.75 = 15 mg; 66.67 -> 67 mL/h; 15 x 67/50 = 20.1 > 20, though the amount says 20.
		{"20 mg/h for 45 min, hard max 100 mg, hard max 20 mg/h", "50 mg/mL | 0.01 mL half up | made up to 50 mL | - | 1 mL/h half up | -", "45 min", "", "hard limit"},
		// 13. Rounded down to 66 it is 19.8 mg/h over 50/66 h = 45.454545 min, longer than 45.
		{
			"20 mg/h for 45 min, hard max 100 mg, hard max 20 mg/h", "50 mg/mL | 0.01 mL half up | made up to 50 mL | - | 1 mL/h down | -", "45 min", "",
			"dose 15 mg; delivered 15 mg; stock 0.3 mL; volume 50 mL; concentration 0.3 mg/mL; flow 66 mL/h; time 45.454545 min; rate 19.8 mg/h; longer",
		},
		// 14. Trap. 96 h in a visit of 30 min: a four-day infusion must not be given in half an hour.
		{"22 mg/h for 96 h, hard max 2500 mg", "100 mg/mL | 0.01 mL half up | made up to 100 mL | - | 0.1 mL/h half up | -", "30 min", "", "refused: short"},
		// 15. Trap. The amount says 96 h, the preparation 4 h: 24 times the rate.
		{"22 mg/h for 96 h, hard max 2500 mg", "100 mg/mL | 0.01 mL half up | made up to 100 mL | 4 h | 0.1 mL/h half up | -", "100 h", "", "refused: times"},
		// 16. 22 x 96 = 2112 mg, 21.12 mL in 100: 100/96 = 1.0417, pump 1 mL/h: 100 h; 21.12 mg/h.
		{
			"22 mg/h for 96 h, hard max 2500 mg", "100 mg/mL | 0.01 mL half up | made up to 100 mL | 96 h | 0.1 mL/h half up | -", "100 h", "",
			"dose 2112 mg; delivered 2112 mg; stock 21.12 mL; volume 100 mL; concentration 21.12 mg/mL; flow 1 mL/h; time 100 h; rate 21.12 mg/h",
		},
		// 17. A hard maximum of 96 h: 100 h pass it.
		{"22 mg/h for 96 h, hard max 2500 mg, hard max 96 h", "100 mg/mL | 0.01 mL half up | made up to 100 mL | 96 h | 0.1 mL/h half up | -", "100 h", "", "hard limit"},
		// 18. A second more than the visit.
		{"40 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 2401 s | - | -", "40 min", "", "refused: short"},
		// 19. 0.5 mg/kg x 165 lb (74.84274105 kg) = 37.421370525; 0.7484 -> 0.75 mL = 37.5; 37.5 x 1.5 = 56.25; / 74.84274105 = 0.751576.
		{
			"0.5 mg/kg of actual weight, hard max 100 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | 0.1 mL/h half up | -", "40 min", "165 lb",
			"dose 37.421370525 mg; delivered 37.5 mg; stock 0.75 mL; volume 50 mL; concentration 0.75 mg/mL; flow 75 mL/h; time 40 min; rate 56.25 mg/h; per kg 0.751576 mg/kg/h",
		},
		// 20. Trap. Added to 100 mL is 100.72 mL: 151.08 mL/h, not 150; 36/100.72 = 0.357427.
		{
			"36 mg", "50 mg/mL | 0.01 mL half up | added to 100 mL | 40 min | 0.01 mL/h half up | -", "40 min", "",
			"dose 36 mg; delivered 36 mg; stock 0.72 mL; volume 100.72 mL; concentration 0.357427 mg/mL; flow 151.08 mL/h; time 40 min; rate 54 mg/h",
		},
		// 21. With steps of 1 mL/h 151: 100.72/151 x 60 = 40.021192 min; 36 x 151/100.72 = 53.971406.
		{
			"36 mg", "50 mg/mL | 0.01 mL half up | added to 100 mL | 40 min | 1 mL/h half up | -", "40 min", "",
			"dose 36 mg; delivered 36 mg; stock 0.72 mL; volume 100.72 mL; concentration 0.357427 mg/mL; flow 151 mL/h; time 40.021192 min; rate 53.971406 mg/h; longer",
		},
		// 22. 400/50 = 8 mL do not fit in 6.
		{"400 mg", "50 mg/mL | 0.01 mL half up | made up to 6 mL | 40 min | 0.1 mL/h half up | -", "40 min", "", "dilution"},
		// 23. 300 mg are just 6 mL: 9 mL/h, 450 mg/h.
		{
			"300 mg", "50 mg/mL | 0.01 mL half up | made up to 6 mL | 40 min | 0.1 mL/h half up | -", "40 min", "",
			"dose 300 mg; delivered 300 mg; stock 6 mL; volume 6 mL; concentration 50 mg/mL; flow 9 mL/h; time 40 min; rate 450 mg/h",
		},
		// 24. 2/50 = 0.04 mL at marks of 0.1: none.
		{"2 mg", "50 mg/mL | 0.1 mL half up | made up to 50 mL | 40 min | - | -", "40 min", "", "zero"},
		// 25. 80 kg: 40 mg / 40 min = 60 mg/h = 0.75 mg/kg/h = 12.5 mcg/kg/min, which is at the bound.
		{
			"0.5 mg/kg of actual weight, hard max 100 mg, hard max 12.5 mcg/kg/min", "", "40 min", "80 kg",
			"dose 40 mg; delivered 40 mg; time 40 min; rate 60 mg/h; per kg 0.75 mg/kg/h",
		},
		// 26. A second less: 40/2399 h is over it.
		{"0.5 mg/kg of actual weight, hard max 100 mg, hard max 12.5 mcg/kg/min", "", "2399 s", "80 kg", "hard limit"},
		// 27. 10 mcg/kg/min x 80 kg x 40 min = 32 mg = 48 mg/h = 0.6 mg/kg/h.
		{
			"10 mcg/kg/min of actual weight for 40 min, hard max 100 mg", "", "60 min", "80 kg",
			"dose 32 mg; delivered 32 mg; time 40 min; rate 48 mg/h; per kg 0.6 mg/kg/h",
		},
		// 28. Trap. 40 mg in 50 mL is 800 mcg/mL, past 799; 0.8 read as mcg would be far below.
		{"40 mg, hard max 799 mcg/mL", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | - | -", "40 min", "", "hard limit"},
		// 29. 75 mL/h is 1.25 mL/min: at the bound.
		{
			"40 mg, hard max 1.25 mL/min", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | - | -", "40 min", "",
			"dose 40 mg; delivered 40 mg; stock 0.8 mL; volume 50 mL; concentration 0.8 mg/mL; flow 75 mL/h; time 40 min; rate 60 mg/h",
		},
		// 30. Trap. No time but the visit's: the limit of the flow is judged (100 mL / 30 min = 200), and no flow is shown.
		{"40 mg, hard max 199 mL/h", "50 mg/mL | 0.01 mL half up | made up to 100 mL | - | - | -", "30 min", "", "hard limit"},
		// 31. 200 is at the bound. 40 / 0.5 h = 80.
		{
			"40 mg, hard max 200 mL/h", "50 mg/mL | 0.01 mL half up | made up to 100 mL | - | - | -", "30 min", "",
			"dose 40 mg; delivered 40 mg; stock 0.8 mL; volume 100 mL; concentration 0.4 mg/mL; time 30 min; rate 80 mg/h",
		},
		// 32. 1.2 mL past 1.19.
		{"60 mg, hard max 1.19 mL", "50 mg/mL | 0.01 mL half up | undiluted | - | - | -", "1 min", "", "hard limit"},
		// 33. 60.4/50 = 1.208 -> 1.21 mL = 60.5 mg: past a soft maximum of 60.4 only as delivered.
		{
			"60.4 mg, soft max 60.4 mg", "50 mg/mL | 0.01 mL half up | undiluted | - | - | -", "1 min", "",
			"dose 60.4 mg; delivered 60.5 mg; stock 1.21 mL; volume 1.21 mL; concentration 50 mg/mL; time 1 min; rate 3630 mg/h; 1soft max",
		},
		// 34. Trap. 60.4 is not past 60.45, but 60.5 is what is given.
		{"60.4 mg, hard max 60.45 mg", "50 mg/mL | 0.01 mL half up | undiluted | - | - | -", "1 min", "", "hard limit"},
		// 35. 1 mg/kg x 80 = 80, cap 60; to 7s 63, past the cap, so 56; 56 / 40 min = 84; 84/80 = 1.05.
		{
			"1 mg/kg of actual weight, cap 60 mg, round 7 mg half up, hard max 200 mg", "", "40 min", "80 kg",
			"dose 56 mg; delivered 56 mg; time 40 min; rate 84 mg/h; per kg 1.05 mg/kg/h",
		},
		// 36. 22 mg/h x 40 min = 14.6666 mg: no finite decimal and no rounding.
		{"22 mg/h for 40 min", "", "40 min", "", "range"},
		// 37. To 0.1 mg 14.7; 14.7 x 1.5 = 22.05 mg/h, not the 22 of the amount.
		{
			"22 mg/h for 40 min, round 0.1 mg half up, soft max 22 mg/h", "", "40 min", "",
			"dose 14.7 mg; delivered 14.7 mg; time 40 min; rate 22.05 mg/h; 3soft max",
		},
		// 38. Trap. 50 mL / 70 min = 42.857 mL/h, which no pump shows and nothing rounds.
		{"40 mg", "50 mg/mL | 0.01 mL half up | made up to 50 mL | 70 min | - | -", "2 h", "", "range"},
		// 39. Three devices of 28 mg, two rests of 5 min: 10 min are enough; 84 / (1/6 h) = 504.
		{"3 devices of 28 mg 5 min apart, hard max 84 mg", "", "10 min", "", "dose 84 mg; delivered 84 mg; time 10 min; rate 504 mg/h"},
		// 40. Eight of ten minutes.
		{"3 devices of 28 mg 5 min apart, hard max 84 mg", "", "8 min", "", "refused: devices"},
	} {
		o := order(t, c.rule, dose.Preparation{}, c.visit)
		if c.preparation != "" {
			o.Preparation = preparationOf(t, c.preparation)
		}
		var b dose.Body
		if pounds := strings.HasSuffix(c.weight, " lb"); pounds {
			b.Weight = dose.MustPounds(c.weight)
		} else if c.weight != "" {
			b.Weight = dose.MustWeight(c.weight)
		}
		d, err := o.For(b)
		got := deliveryText(d, err)
		if o.Check() != nil {
			got = refusalsOf(err)
		}
		assert.Equal(t, c.want, got, "%s | %s", c.rule, c.preparation)
	}
}

// preparationOf reads a preparation of the table.
func preparationOf(t *testing.T, text string) dose.Preparation {
	t.Helper()
	p := dose.Preparation{
		Product: dose.Product{Name: "x", Content: dose.MustMass("500 mg")}, Route: dose.Intravenous,
	}
	fields := strings.Split(text, " | ")
	for i, read := range []func([]byte) error{
		p.Product.Strength.UnmarshalText, p.Graduation.UnmarshalText, p.Dilution.UnmarshalText, p.During.UnmarshalText, p.Pump.UnmarshalText,
		p.MaxDeviation.UnmarshalText,
	} {
		if fields[i] != "-" {
			require.NoError(t, read([]byte(fields[i])))
		}
	}
	return p
}

// A bound moved by one step of its last digit changes the verdict just there: a
// value equal to a bound has not passed it. The order: 0.5 mg/kg x 80 kg = 40 mg,
// 0.8 mL in 50 mL, 80 mL/h instead of 75, 37.5 min, 64 mg/h, 0.8 mg/kg/h.
func TestBoundsMovedByOneStep(t *testing.T) {
	p := preparationOf(t, "50 mg/mL | 0.01 mL half up | made up to 50 mL | 40 min | 20 mL/h half up | -")
	b := dose.Body{Weight: dose.MustWeight("80 kg")}
	for _, c := range []struct {
		measure          dose.Measure
		below, at, above string
	}{
		{dose.OfDose, "39.999999 mg", "40 mg", "40.000001 mg"},
		{dose.OfPerKilogram, "0.499999 mg/kg", "0.5 mg/kg", "0.500001 mg/kg"},
		{dose.OfRate, "63.999999 mg/h", "64 mg/h", "64.000001 mg/h"},
		{dose.OfRatePerKilogram, "0.799999 mg/kg/h", "0.8 mg/kg/h", "0.800001 mg/kg/h"},
		{dose.OfConcentration, "0.799999 mg/mL", "0.8 mg/mL", "0.800001 mg/mL"},
		{dose.OfVolume, "49.999999 mL", "50 mL", "50.000001 mL"},
		{dose.OfFlow, "79.999999 mL/h", "80 mL/h", "80.000001 mL/h"},
		{dose.OfDuration, "2249 s", "2250 s", "2251 s"},
	} {
		for side := dose.HardMin; side <= dose.HardMax; side++ {
			passes := map[string]bool{c.below: side >= dose.SoftMax, c.at: false, c.above: side <= dose.SoftMin}
			for bound, passed := range passes {
				clause := side.String() + " " + bound
				rule := "0.5 mg/kg of actual weight, or 40 mg, " + clause
				if c.measure != dose.OfDose {
					rule = "0.5 mg/kg of actual weight, or 40 mg, hard max 200 mg, " + clause
				}
				o := order(t, rule, p, "60 min")
				if c.measure == dose.OfDose {
					o.Rule.Limits.Dose.HardMax = dose.MustMass("200 mg")
					if side == dose.HardMax {
						o.Rule.Limits.Dose.HardMax = dose.MustMass(bound)
					}
				}
				want := []string{}
				if passed {
					want = append(want, side.String()+" of the "+c.measure.String())
				}
				// Planned, and as a choice, which cannot be outside a hard limit of the dose.
				deliver := []func() (dose.Delivery, error){
					func() (dose.Delivery, error) { return o.For(b) },
					func() (dose.Delivery, error) { return o.Choice(dose.MustMass("40 mg"), b) },
				}
				refused := c.measure == dose.OfDose && side.Hard() && passed
				for _, f := range deliver {
					d, err := f()
					switch {
					case refused:
						require.Error(t, o.Check())
					case side.Hard() && passed:
						require.ErrorIs(t, err, dose.ErrHardLimit, clause)
					default:
						require.NoError(t, err, clause)
						assert.Equal(t, want, passedNames(d.SoftLimits()), clause)
					}
				}
				if refused {
					o.Rule.Or = dose.Choices{}
				}
				// Recorded: the planned dose, and 40 mg in just the planned time.
				for _, during := range []dose.Duration{{}, dose.MustDuration("2250 s")} {
					j, err := o.Judge(dose.MustMass("40 mg"), during, b)
					require.NoError(t, err)
					assert.Equal(t, want, passedNames(j.Passed()), "given %s: %s", during, clause)
					assert.Equal(t, passed && side.Hard(), j.PassesHard())
					assert.Equal(t, !passed, j.Fits())
				}
			}
		}
	}
}

func passedNames(seq func(func(dose.PassedLimit) bool)) []string {
	names := []string{}
	for p := range seq {
		names = append(names, p.Side.String()+" of the "+p.Measure.String())
	}
	return names
}
