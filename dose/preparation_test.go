package dose_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

func product(t *testing.T, name string) dose.Product {
	t.Helper()
	p, ok := dose.ProductNamed(name)
	require.True(t, ok, name)
	return p
}

// The worked examples of drawing up and giving a dose.
func TestWorkedPreparations(t *testing.T) {
	const half = "0.5 mg/kg of actual weight, hard max 200 mg"
	for _, c := range []struct {
		name, rule, weight, product, graduation, dilution, during string
		stock, delivered, diluent, total, concentration, flow     string
	}{
		{"72 kg, made up to 50", half, "72 kg", "ketamine 100 mg/mL", "exact", "made up to 50 mL", "40 min", "0.36 mL", "36 mg", "49.64 mL", "50 mL", "0.72 mg/mL", "75 mL/h"},
		{"of 50 mg/mL", half, "72 kg", "ketamine 50 mg/mL", "exact", "made up to 50 mL", "40 min", "0.72 mL", "36 mg", "49.28 mL", "50 mL", "0.72 mg/mL", "75 mL/h"},
		{"of 10 mg/mL", half, "72 kg", "ketamine 10 mg/mL", "exact", "made up to 50 mL", "40 min", "3.6 mL", "36 mg", "46.4 mL", "50 mL", "0.72 mg/mL", "75 mL/h"},
		{"made up to 100", half, "72 kg", "ketamine 100 mg/mL", "exact", "made up to 100 mL", "40 min", "0.36 mL", "36 mg", "99.64 mL", "100 mL", "0.36 mg/mL", "150 mL/h"},
		{"added to 100", half, "72 kg", "ketamine 100 mg/mL", "exact", "added to 100 mL", "40 min", "0.36 mL", "36 mg", "100 mL", "100.36 mL", "0.358709 mg/mL", "150.54 mL/h"},
		{"added to 100, of 10 mg/mL", half, "72 kg", "ketamine 10 mg/mL", "exact", "added to 100 mL", "40 min", "3.6 mL", "36 mg", "100 mL", "103.6 mL", "0.34749 mg/mL", "155.4 mL/h"},
		{"165 lb to 0.01 mL", half, "74.84274105 kg", "ketamine 50 mg/mL", "0.01 mL half up", "made up to 50 mL", "40 min", "0.75 mL", "37.5 mg", "49.25 mL", "50 mL", "0.75 mg/mL", "75 mL/h"},
		{"natalizumab", "300 mg", "", "natalizumab 300 mg", "exact", "added to 100 mL", "60 min", "15 mL", "300 mg", "100 mL", "115 mL", "2.608696 mg/mL", "115 mL/h"},
		{"intramuscular 64 kg", "0.25 mg/kg of actual weight, hard max 200 mg", "64 kg", "ketamine 50 mg/mL", "exact", "undiluted", "", "0.32 mL", "16 mg", "0 mL", "0.32 mL", "50 mg/mL", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			preparation := dose.Preparation{
				Product: product(t, c.product), Route: dose.Intravenous,
				Graduation: dose.MustGraduation(c.graduation), Dilution: dose.MustDilution(c.dilution),
			}
			require.NoError(t, preparation.During.UnmarshalText([]byte(c.during)))
			d, err := dose.Order{Rule: dose.MustRule(c.rule), Preparation: preparation}.For(body(c.weight, "", 0))
			require.NoError(t, err)
			got := d.Worksheet()
			assert.Equal(t, c.stock, got.Stock().String())
			assert.Equal(t, c.delivered, got.Delivered().String())
			assert.Equal(t, c.diluent, got.Diluent().String())
			assert.Equal(t, c.total, got.Total().String())
			assert.Equal(t, c.concentration, got.Concentration())
			assert.Equal(t, c.flow, got.Flow().String())
		})
	}
}

func prepared(t *testing.T, rule, weight string, p dose.Preparation) dose.Worksheet {
	t.Helper()
	d, err := dose.Order{Rule: dose.MustRule(rule), Preparation: p}.For(body(weight, "", 0))
	require.NoError(t, err)
	return d.Worksheet()
}

// A bag to which a dose was added, run as if it were the volume of the bag.
func TestUnderDelivery(t *testing.T) {
	for name, want := range map[string]string{"ketamine 100 mg/mL": "35.870865 mg", "ketamine 10 mg/mL": "34.749035 mg"} {
		sheet := prepared(t, "0.5 mg/kg of actual weight, hard max 200 mg", "72 kg", dose.Preparation{
			Product: product(t, name), Route: dose.Intravenous,
			Dilution: dose.AddedTo(dose.MustVolume("100 mL")), During: dose.MustDuration("40 min"),
		})
		got, err := sheet.DeliveredAt(dose.MustFlow("150 mL/h"))
		require.NoError(t, err)
		assert.Equal(t, want, got)
		got, err = sheet.DeliveredAt(dose.MustFlow("200 mL/h"))
		require.NoError(t, err)
		assert.Equal(t, "36 mg", got, "there is no more than the whole")
		_, err = sheet.DeliveredAt(dose.Flow{})
		require.Error(t, err)
	}
}

func TestStockVolumes(t *testing.T) {
	// 84 kg at four doses per kilogram, of 100 mg/mL.
	for mass, want := range map[string]string{"42 mg": "0.42 mL", "50.4 mg": "0.504 mL", "63 mg": "0.63 mL", "75.6 mg": "0.756 mL"} {
		got, err := dose.MustConcentration("100 mg/mL").VolumeOf(dose.MustMass(mass), dose.Graduation{})
		require.NoError(t, err)
		assert.Equal(t, want, got.String())
	}
	// Published volumes of 100 mg/mL, 0.22 to 0.53 mL at 0.5 mg/kg and 0.91 mL at
	// 0.9 mg/kg, belong to these weights.
	for _, c := range []struct{ rate, weight, want string }{
		{"0.5 mg/kg", "44 kg", "0.22 mL"}, {"0.5 mg/kg", "106 kg", "0.53 mL"}, {"0.9 mg/kg", "101.11 kg", "0.91 mL"},
	} {
		dosed, err := dose.MustPerKilogram(c.rate).For(dose.MustWeight(c.weight))
		require.NoError(t, err)
		got, err := dose.MustConcentration("100 mg/mL").VolumeOf(dosed, dose.MustGraduation("0.01 mL half up"))
		require.NoError(t, err)
		assert.Equal(t, c.want, got.String())
	}
	_, err := dose.MustConcentration("30 mg/mL").VolumeOf(dose.MustMass("10 mg"), dose.Graduation{})
	require.EqualError(t, err, "computing 10 mg / 30 mg/mL: out of range: want 0 to 1000000 mL in at most 19 digits")
	_, err = dose.Concentration{}.VolumeOf(dose.MustMass("10 mg"), dose.MustGraduation("0.1 mL up"))
	require.ErrorIs(t, err, dose.ErrRange)
}

func TestContainers(t *testing.T) {
	infliximab := product(t, "infliximab 100 mg")
	n, waste, err := infliximab.Containers(calculate(t, "5 mg/kg of actual weight, hard max 1000 mg", "68 kg").Dose())
	require.NoError(t, err)
	assert.Equal(t, 4, n)
	assert.Equal(t, "60 mg", waste.String())

	vials, err := infliximab.WholeContainers(dose.HalfUp)
	require.NoError(t, err)
	rule := dose.MustRule("5 mg/kg of actual weight, hard max 1000 mg")
	rule.Rounding = vials
	got, err := rule.Calculate(body("68 kg", "", 0))
	require.NoError(t, err)
	assert.Equal(t, "5 mg/kg x 68 kg = 340 mg, rounded half up to 300 mg", got.String())

	n, waste, err = infliximab.Containers(dose.MustMass("400 mg"))
	require.NoError(t, err)
	assert.Equal(t, 4, n)
	assert.True(t, waste.IsZero())
	_, _, err = dose.Product{}.Containers(dose.MustMass("1 mg"))
	require.EqualError(t, err, `Product.Content "0 mg": want the mass in one container`)
	_, _, err = infliximab.Containers(dose.MustMass("100001 mg"))
	require.ErrorIs(t, err, dose.ErrRange)
}

// Where binary floating point, rounded at each step, sets the pump wrong.
func TestPumpWhereFloatingPointIsWrong(t *testing.T) {
	for _, c := range []struct{ weight, product, dosed, stock, flow string }{
		{"50.5 kg", "ketamine 50 mg/mL", "25.3 mg", "0.51 mL", "0.77 mL/h"},
		{"50.1 kg", "ketamine 10 mg/mL", "25.1 mg", "2.51 mL", "3.77 mL/h"},
		{"56.5 kg", "ketamine 50 mg/mL", "28.3 mg", "0.57 mL", "0.86 mL/h"},
	} {
		sheet := prepared(t, "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", c.weight, dose.Preparation{
			Product: product(t, c.product), Route: dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"),
			Dilution: dose.Undiluted(), During: dose.MustDuration("40 min"), Pump: dose.MustPumpSetting("0.01 mL/h half up"),
		})
		assert.Equal(t, c.dosed, sheet.Calculation().Dose().String())
		assert.Equal(t, c.stock, sheet.Stock().String())
		assert.Equal(t, c.flow, sheet.Flow().String())
	}
	// Nothing rounded before the end: 70.6 kg, 10 mg/mL, 5.295 mL/h.
	sheet := prepared(t, "0.5 mg/kg of actual weight, hard max 200 mg", "70.6 kg", dose.Preparation{
		Product: product(t, "ketamine 10 mg/mL"), Route: dose.Intravenous, Dilution: dose.Undiluted(),
		During: dose.MustDuration("40 min"), Pump: dose.MustPumpSetting("0.01 mL/h half up"),
	})
	assert.Equal(t, "5.3 mL/h", sheet.Flow().String())
	// A bag of 1 mg/mL at 0.5 mg/min is 30 mL/h.
	sheet = prepared(t, "0.5 mg/min for 1 h", "70 kg", dose.Preparation{
		Product: dose.Product{Name: "bag", Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("1 mg/mL")},
		Route:   dose.Intravenous, Dilution: dose.Undiluted(), During: dose.MustDuration("1 h"),
	})
	assert.Equal(t, "30 mL/h", sheet.Flow().String())
	perKg, err := sheet.Rate(dose.MgPerKgPerH)
	require.NoError(t, err)
	assert.Equal(t, "0.428571 mg/kg/h", perKg)
}

func TestWorksheetText(t *testing.T) {
	sheet := prepared(t, "0.5 mg/kg of actual weight, soft max 30 mg, hard max 200 mg, soft max 0.5 mg/mL", "74.84274105 kg", dose.Preparation{
		Product: product(t, "ketamine 50 mg/mL"), Route: dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"),
		Dilution: dose.AddedTo(dose.MustVolume("50 mL")), Diluent: "sodium chloride 0.9 %",
		During: dose.MustDuration("40 min"), Pump: dose.MustPumpSetting("0.1 mL/h half up"),
	})
	// Checked with a pocket calculator.
	assert.Equal(t, `dose: 0.5 mg/kg x 74.84274105 kg = 37.421370525 mg
product: ketamine 50 mg/mL, 500 mg per container, intravenous
stock: 37.421370525 mg / 50 mg/mL = 0.7484274105 mL, half up to 0.75 mL
delivered: 0.75 mL x 50 mg/mL = 37.5 mg, +0.21 %
diluent: added to 50 mL of sodium chloride 0.9 %
total: 50 mL + 0.75 mL = 50.75 mL
concentration: 37.5 mg / 50.75 mL = 0.738916 mg/mL
flow: 50.75 mL over 40 min = 76.125 mL/h, half up to 76.1 mL/h
time: 50.75 mL / 76.1 mL/h = 40.013141 min instead of 40 min
rate: 56.231527 mg/h, 0.937192 mg/min, 0.751329 mg/kg/h, 12.522151 mcg/kg/min
containers: 1 x 500 mg, waste 462.5 mg in 9.25 mL
passes: soft max 30 mg of the dose
passes: soft max 0.5 mg/mL of the concentration
`, sheet.String())
	assert.Equal(t, "+0.21 %", sheet.Deviation().String())
	assert.Equal(t, 1, sheet.Containers())
	assert.Equal(t, "462.5 mg", sheet.Waste().String())
	assert.Len(t, slices.Collect(sheet.SoftLimits()), 2)
	text, err := sheet.MarshalText()
	require.NoError(t, err)
	assert.Equal(t, sheet.String(), string(text))
	assert.Empty(t, dose.Worksheet{}.String())

	bolus := prepared(t, "16 mg, cap 16 mg", "", dose.Preparation{
		Product: product(t, "ketamine 50 mg/mL"), Route: dose.Intramuscular,
		Graduation: dose.MustGraduation("0.1 mL up"), Dilution: dose.Undiluted(),
	})
	assert.Equal(t, `dose: 16 mg fixed
product: ketamine 50 mg/mL, 500 mg per container, intramuscular
stock: 16 mg / 50 mg/mL = 0.32 mL, up to 0.4 mL, which would leave floor and cap, so 0.3 mL
delivered: 0.3 mL x 50 mg/mL = 15 mg, -6.25 %
total: 0.3 mL
concentration: 15 mg / 0.3 mL = 50 mg/mL
containers: 1 x 500 mg, waste 485 mg in 9.7 mL
`, bolus.String())
}

func TestPrepareRefuses(t *testing.T) {
	good := func() dose.Preparation {
		return dose.Preparation{
			Product: product(t, "ketamine 100 mg/mL"), Route: dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"),
			Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")), During: dose.MustDuration("40 min"),
		}
	}
	for _, c := range []struct {
		name, rule string
		change     func(*dose.Preparation)
		sentinel   error
		want       string
	}{
		{"undiluted", "36 mg", func(p *dose.Preparation) { p.Dilution = dose.Undiluted() }, dose.ErrUndiluted, "drawing up ketamine 100 mg/mL, graduation 0.01 mL half up: not diluted enough"},
		{"less than 1:1", "36 mg", func(p *dose.Preparation) { p.Dilution = dose.MadeUpTo(dose.MustVolume("0.71 mL")) }, dose.ErrUndiluted, "drawing up ketamine 100 mg/mL, graduation 0.01 mL half up: not diluted enough"},
		{"made up to less than the stock", "36 mg", func(p *dose.Preparation) { p.Dilution = dose.MadeUpTo(dose.MustVolume("0.35 mL")) }, nil, `Dilution "made up to 0.35 mL": want a volume of at least the stock volume that is drawn up`},
		{"no mark", "36 mg", func(p *dose.Preparation) { p.Graduation = dose.MustGraduation("1 mL half up") }, dose.ErrZeroDose, "drawing up ketamine 100 mg/mL, graduation 1 mL half up: rounding leaves no dose"},
		{"too far", "36 mg", func(p *dose.Preparation) {
			p.Graduation, p.MaxDeviation = dose.MustGraduation("0.1 mL half up"), dose.MustPercent("11.1 %")
		}, dose.ErrDeviation, "drawing up ketamine 100 mg/mL, graduation 0.1 mL half up: rounding deviates too much"},
		{"hard limit passed by the mark", "36 mg, hard max 39 mg", func(p *dose.Preparation) { p.Graduation = dose.MustGraduation("0.1 mL half up") }, dose.ErrHardLimit, "hard limit passed: hard max 39 mg of the dose"},
		{"no mark from floor to cap", "36 mg, floor 35 mg, cap 37 mg", func(p *dose.Preparation) { p.Graduation = dose.MustGraduation("0.1 mL half up") }, dose.ErrNoMultiple, "drawing up ketamine 100 mg/mL, graduation 0.1 mL half up: no multiple of the step within floor and cap"},
		{"concentration", "36 mg, hard max 0.7 mg/mL", func(*dose.Preparation) {}, dose.ErrHardLimit, "hard limit passed: hard max 0.7 mg/mL of the concentration"},
		{"volume", "36 mg, hard max 49 mL", func(*dose.Preparation) {}, dose.ErrHardLimit, "hard limit passed: hard max 49 mL of the volume"},
		{"flow", "36 mg, hard max 74 mL/h", func(*dose.Preparation) {}, dose.ErrHardLimit, "hard limit passed: hard max 74 mL/h of the flow"},
		{"rate", "36 mg, hard max 53.9 mg/h", func(*dose.Preparation) {}, dose.ErrHardLimit, "hard limit passed: hard max 53.9 mg/h of the rate"},
		{"duration", "36 mg, hard max 39 min", func(*dose.Preparation) {}, dose.ErrHardLimit, "hard limit passed: hard max 39 min of the duration"},
		{"flow without finite decimal", "36 mg", func(p *dose.Preparation) { p.During = dose.MustDuration("7 min") }, dose.ErrRange, "computing flow of 50 mL during 7 min: out of range: want more than 0 and at most 1000000 mL/h, exact or with a pump setting to round to"},
		{"next to nothing", "36 mg", func(p *dose.Preparation) { *p = dose.Preparation{Diluent: "saline"} }, nil, `Preparation.Product.Content "0 mg": want the mass in one container; Preparation.Product.Strength "": want the mass per mL, to draw up a volume; ` +
			`Preparation.Route "Route(0)": want a known route, such as intravenous; Preparation.Dilution "": want undiluted, made up to a volume, or added to a volume`},
		{"a pump without time", "36 mg", func(p *dose.Preparation) {
			p.During, p.Pump = dose.Duration{}, dose.MustPumpSetting("0.1 mL/h half up")
		}, nil, `Preparation.Pump "0.1 mL/h half up": want nothing, since neither amount nor preparation states a time`},
		{"powder", "36 mg", func(p *dose.Preparation) { p.Product = product(t, "infliximab 100 mg") }, nil, `Preparation.Product.Strength "": want the mass per mL, to draw up a volume`},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := dose.Order{Rule: dose.MustRule(c.rule), Preparation: good()}
			c.change(&o.Preparation)
			got, err := o.For(dose.Body{})
			require.EqualError(t, err, c.want)
			if c.sentinel != nil {
				require.ErrorIs(t, err, c.sentinel)
			}
			assert.Equal(t, dose.Delivery{}, got, "an error comes with no number")
		})
	}
	// Intramuscular use of the strong solution is not restricted, and exactly 1:1 is enough.
	intramuscular, equal := good(), good()
	intramuscular.Route, intramuscular.Dilution = dose.Intramuscular, dose.Undiluted()
	_, err := order(t, "36 mg", intramuscular, "").For(dose.Body{})
	require.NoError(t, err)
	equal.Dilution = dose.MadeUpTo(dose.MustVolume("0.72 mL"))
	_, err = order(t, "36 mg", equal, "").For(dose.Body{})
	require.NoError(t, err)
}

// The flow depends on the total volume and the time only, and made up to and
// added to agree only if nothing is drawn up.
func TestPreparationProperties(t *testing.T) {
	for tenths := int64(300); tenths < 2000; tenths += 13 {
		weight := hundredths(tenths*10) + " kg"
		p := dose.Preparation{
			Product: product(t, "ketamine 50 mg/mL"), Route: dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"),
			Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")), During: dose.MustDuration("40 min"),
		}
		made := prepared(t, "0.5 mg/kg of actual weight, hard max 200 mg", weight, p)
		assert.Equal(t, "75 mL/h", made.Flow().String())
		p.Dilution = dose.AddedTo(dose.MustVolume("50 mL"))
		added := prepared(t, "0.5 mg/kg of actual weight, hard max 200 mg", weight, p)
		assert.Equal(t, 1, added.Total().Compare(made.Total()))
		in, err := p.Product.Strength.In(made.Stock())
		require.NoError(t, err)
		assert.Equal(t, made.Delivered(), in, "volume x concentration is the dose")
	}
}

func TestProducts(t *testing.T) {
	names := map[string]bool{}
	for p := range dose.Products() {
		assert.NotEmpty(t, p.Source, p.Name)
		assert.NotEmpty(t, p.Expressed, p.Name)
		assert.False(t, p.Content.IsZero(), p.Name)
		assert.False(t, names[p.Name], "each name once")
		names[p.Name] = true
	}
	assert.Len(t, names, 6)
	_, ok := dose.ProductNamed("ketamine")
	assert.False(t, ok)
	vial, err := product(t, "natalizumab 300 mg").Strength.VolumeOf(dose.MustMass("300 mg"), dose.Graduation{})
	require.NoError(t, err)
	assert.Equal(t, "15 mL", vial.String())
}

func TestDeviation(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"36 mg", "36 mg", "+0 %"},
		{"37.421370525 mg", "37.5 mg", "+0.21 %"},
		{"40 mg", "36 mg", "-10 %"},
		{"36 mg", "36.0001 mg", "+less than 0.001 %"},
		{"0 mg", "1 mg", "more than can be shown"},
	} {
		assert.Equal(t, c.want, dose.Deviation{From: dose.MustMass(c.from), To: dose.MustMass(c.to)}.String())
	}
	d := dose.Deviation{From: dose.MustMass("40 mg"), To: dose.MustMass("36 mg")}
	assert.True(t, d.Within(dose.MustPercent("10 %")))
	assert.False(t, d.Within(dose.MustPercent("9.999 %")))
}

func TestDilutionTexts(t *testing.T) {
	for in, want := range map[string]string{
		"":                `parsing dilution "": wrong syntax at offset 0: want "undiluted", or "made up to" or "added to" and a volume`,
		"in 50 mL":        `parsing dilution "in 50 mL": wrong syntax at offset 0: want "undiluted", or "made up to" or "added to" and a volume`,
		"made up to 0 mL": `parsing dilution "made up to 0 mL": out of range at offset 11: want a volume of more than 0 mL`,
		"added to 100 cc": `parsing dilution "added to 100 cc": wrong or missing unit at offset 13: want mL or L; millilitres are written mL`,
	} {
		_, err := dose.ParseDilution(in)
		assert.EqualError(t, err, want)
	}
}
