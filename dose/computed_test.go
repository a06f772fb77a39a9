package dose_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// By hand: half the sum of two neighbouring millionths, squared and times 3600, is the
// area from which the upper one is shown. That of 1.8 and 1.800001 m2 is 100 cm x
// 116.640064800009 kg; 10^-16 kg less is the lower one.
func TestSurfaceNextToTheMiddle(t *testing.T) {
	for weight, want := range map[string]string{
		"116.640064800009 kg": "1.800001 m2", "116.6400648000089999 kg": "1.8 m2", "116.6400648000090001 kg": "1.800001 m2", "116.64 kg": "1.8 m2",
	} {
		s, err := body(weight, "100 cm", 0).Surface()
		require.NoError(t, err)
		assert.Equal(t, want, s.String(), weight)
	}
	_, err := body("0.0001 kg", "0.000001 cm", 0).Surface()
	outside, ok := errors.AsType[*dose.RangeError](err)
	require.True(t, ok)
	assert.Equal(t, "a body surface of more than 0 m2", outside.Want)
	c, err := dose.MustRule("100 mg/m2, hard max 500 mg").Calculate(body("116.64 kg", "100 cm", 0))
	require.NoError(t, err)
	assert.Equal(t, "1.8 m2", c.Surface().String())
	assert.Equal(t, "180 mg", c.Dose().String())
}

// A result that needs more digits than there are is an error that names the operation, and
// never another number.
func TestNoRoomForDigits(t *testing.T) {
	operation := func(err error) string {
		t.Helper()
		e, ok := errors.AsType[*dose.RangeError](err)
		require.True(t, ok, "%v", err)
		return e.Operation
	}
	calculate := func(rule string, b dose.Body) error {
		c, err := dose.MustRule(rule).Calculate(b)
		require.True(t, c.IsZero())
		return err
	}
	const devine = ", below 60 in clamp, where ideal exceeds actual ideal"
	long := body("123.4567890123456789 kg", "180 cm", dose.Male) // 19 digits
	assert.Equal(t, "0.1234567890123456789 mg/h for 86399 s", operation(calculate("0.1234567890123456789 mg/h for 86399 s, round 0.1 mg half up", dose.Body{})))
	assert.Equal(t, "100000000 mg/h for 100 h", operation(calculate("100000000 mg/h for 100 h, cap 10 mg", dose.Body{})))
	// 49999999 x 36001 / 1800 has no finite decimal and is more than a tonne.
	assert.Equal(t, "99999998 mg/h for 36001 s", operation(calculate("99999998 mg/h for 36001 s, cap 10 mg", dose.Body{})))
	assert.Equal(t, "22 mg/h for 40 min without rounding", operation(calculate("22 mg/h for 40 min", dose.Body{})))
	// Of 7 mg the next multiple is 1,000,000,001 mg.
	operation(calculate("999999999 mg, floor 999999999 mg, round 7 mg down", dose.Body{}))
	assert.Equal(t, "adjusted weight of 123.4567890123456789 kg and ideal 74.992126 kg",
		operation(calculate("0.5 mg/kg of adjusted weight, factor 0.123"+devine+", hard max 200 mg", long)))
	assert.Equal(t, "lean weight of 123.4567890123456789 kg and 38.103947 kg/m2", operation(calculate("0.5 mg/kg of lean weight, hard max 200 mg", long)))
	_, err := body("70 kg", "180.0000000000000001 cm", 0).BMI()
	assert.Equal(t, "body mass index of 70 kg and 180.0000000000000001 cm", operation(err))
	_, err = body("70 kg", "0.1 cm", 0).BMI() // 70 / 0.001^2
	operation(err)
	_, err = body("123.4567890123456789 kg", "180 cm", 0).Surface()
	operation(err)
	// Twice the rest of the division would have 20 digits.
	operation(calculate("9.999999999999999998 mg, round 9.999999999999999999 mg half up", dose.Body{}))

	_, err = dose.MustPerKilogram("0.5 mg/kg").For(dose.Weight{})
	require.ErrorIs(t, err, dose.ErrNoWeight)
	_, _, err = dose.Product{Content: dose.MustMass("500000000 mg")}.Containers(dose.MustMass("600000000 mg"))
	operation(err)
	tonne := part("a", "600000000 mg")
	_, _, err = dose.Sequence{Parts: []dose.Part{tonne, part("b", "600000000 mg")}}.For(dose.Body{})
	operation(err)

	for _, d := range []dose.Deviation{
		{From: dose.MustMass("0.00000000001 mg"), To: dose.MustMass("999999999 mg")},
		{From: dose.MustMass("0.0000000001 mg"), To: dose.MustMass("999999999 mg")},
		{To: dose.MustMass("1 mg")},
	} {
		assert.Equal(t, "more than can be shown", d.String())
	}
	assert.Equal(t, "+0 %", dose.Deviation{}.String())
	assert.Equal(t, "-100 %", dose.Deviation{From: dose.MustMass("1 mg")}.String())
}

// A stock volume that leaves floor and cap, with no room for the mark inside, is an error.
func TestNoMarkInside(t *testing.T) {
	strong := inSyringe("undiluted", "")
	draw := func(rule, strength, graduation string) error {
		p := strong
		p.Product.Strength, p.Graduation = dose.MustConcentration(strength), dose.MustGraduation(graduation)
		p.Product.Content = dose.MustMass("1000000 mg")
		d, err := dose.Order{Rule: dose.MustRule(rule), Preparation: p}.For(dose.Body{})
		require.True(t, d.IsZero())
		return err
	}
	require.ErrorIs(t, draw("10 mg", "3 mg/mL", "exact"), dose.ErrRange)
	// 0.33 mg are 0.297 mL, of which 0.3 mL deliver 0.333... mg; 0.29 mL would deliver a
	// mass of 20 decimals.
	require.ErrorIs(t, draw("0.33 mg, cap 0.33 mg", "1.111111111111111111 mg/mL", "0.01 mL half up"), dose.ErrRange)
	full := inSyringe("added to 1000000 mL", "")
	_, err := dose.Order{Rule: dose.MustRule("40 mg"), Preparation: full}.For(dose.Body{})
	require.ErrorIs(t, err, dose.ErrRange)
	// A million mL are no multiple of 7 mL, and the next one is too much.
	require.ErrorIs(t, draw("1000000 mg, floor 1000000 mg", "1 mg/mL", "7 mL half up"), dose.ErrRange)
}

// How a dose is rounded, each way.
func TestEveryMode(t *testing.T) {
	for text, want := range map[string]string{
		"36.25 mg, round 0.1 mg half up": "36.3 mg", "36.25 mg, round 0.1 mg half even": "36.2 mg", "36.35 mg, round 0.1 mg half even": "36.4 mg",
		"36.29 mg, round 0.1 mg down": "36.2 mg", "36.21 mg, round 0.1 mg up": "36.3 mg", "36.2 mg, round 0.1 mg up": "36.2 mg", "36.24 mg, round 0.1 mg half up": "36.2 mg",
	} {
		c, err := dose.MustRule(text).Calculate(dose.Body{})
		require.NoError(t, err)
		assert.Equal(t, want, c.Dose().String(), text)
	}
	_, err := dose.MustRule("1 mg, floor 1 mg, cap 2 mg, round 5 mg half up within 1 % else 3 mg half up").Calculate(dose.Body{})
	require.Error(t, err)
	rounding := &dose.RoundingError{Rounding: dose.MustRounding("5 mg half up"), Floor: dose.MustMass("1 mg"), Cap: dose.MustMass("2 mg"), Err: dose.ErrNoMultiple}
	assert.Equal(t, "rounding to 5 mg half up, floor 1 mg, cap 2 mg: "+dose.ErrNoMultiple.Error(), rounding.Error())
	rounding.Floor, rounding.Cap = dose.Mass{}, dose.Mass{}
	assert.Equal(t, "rounding to 5 mg half up: "+dose.ErrNoMultiple.Error(), rounding.Error())
}

// By hand: of 200 cm and 120 kg the index is 30, and the ideal weight of a man (2.3 x 200 -
// 223.52) / 2.54 = 93.102362 kg. From 30 on that is used; of 119 kg (29.75) the actual one.
func TestIdealFromAnIndex(t *testing.T) {
	kinds := func(c dose.Calculation) (list []string) {
		for s := range c.Steps() {
			list = append(list, s.Kind.String()+" "+s.By)
		}
		return list
	}
	const rounded = "to 6 decimals half up"
	rule := dose.MustRule("0.5 mg/kg of ideal-from-BMI weight, from 30 kg/m2, below 60 in clamp, where ideal exceeds actual actual, hard max 200 mg")
	c, err := rule.Calculate(body("120 kg", "200 cm", dose.Male))
	require.NoError(t, err)
	assert.Equal(t, "93.102362 kg", c.Weight().String())
	assert.Equal(t, []string{"BMI " + rounded, "ideal " + rounded, "basis ideal weight from 30 kg/m2 on", "raw "}, kinds(c))
	c, err = rule.Calculate(body("119 kg", "200 cm", dose.Male))
	require.NoError(t, err)
	assert.Equal(t, "119 kg", c.Weight().String())
	assert.Equal(t, []string{"BMI " + rounded, "basis actual weight below 30 kg/m2", "raw "}, kinds(c))

	// Where the index from which it is used is low, the ideal weight may exceed the actual.
	thin := dose.MustRule("0.5 mg/kg of ideal-from-BMI weight, from 15 kg/m2, below 60 in clamp, where ideal exceeds actual actual, hard max 200 mg")
	c, err = thin.Calculate(body("80 kg", "200 cm", dose.Male))
	require.NoError(t, err)
	assert.Equal(t, "80 kg", c.Weight().String())
	assert.Equal(t, []string{"BMI " + rounded, "ideal " + rounded, "basis use actual", "basis ideal weight from 15 kg/m2 on", "raw "}, kinds(c))
	for n := 1; n < 5; n++ {
		read := 0
		for range c.Steps() {
			if read++; read == n {
				break
			}
		}
	}

	// 152.4 cm are 60 inches, and not below: the practice for less does not count.
	w, err := body("40 kg", "152.4 cm", dose.Female).Based(dose.Ideal, dose.WeightPolicy{Short: dose.ShortActual, Excess: dose.ExcessKeep})
	require.NoError(t, err)
	assert.Equal(t, "45.5 kg", w.String())
	w, err = body("40 kg", "152.3 cm", dose.Female).Based(dose.Ideal, dose.WeightPolicy{Short: dose.ShortActual, Excess: dose.ExcessKeep})
	require.NoError(t, err)
	assert.Equal(t, "40 kg", w.String())
	_, err = dose.Body{}.Based(dose.Adjusted, dose.WeightPolicy{})
	_, ok := err.(dose.RuleErrors)
	require.True(t, ok, "%v", err)
	_, err = dose.Body{}.Based(dose.Adjusted, dose.WeightPolicy{Factor: dose.MustFactor("0.4"), Short: dose.ShortClamp, Excess: dose.ExcessKeep})
	require.ErrorContains(t, err, "adjusted weight")
}

// A choice needs a weight only for what is judged by one.
func TestChoiceWithoutAWeight(t *testing.T) {
	choose := func(rule, administration string) error {
		o := dose.Order{Rule: dose.MustRule(rule)}
		require.NoError(t, o.Administration.UnmarshalText([]byte(administration)))
		_, err := o.Choice(dose.MustMass("28 mg"), dose.Body{})
		return err
	}
	require.NoError(t, choose("0.5 mg/kg of actual weight, or 28 mg, hard max 200 mg", ""))
	for _, err := range []error{
		choose("0.5 mg/kg of actual weight, or 28 mg, hard max 200 mg, hard max 1 mg/kg", ""), choose("0.5 mg/kg of actual weight, or 28 mg, hard max 200 mg, hard max 1 mg/kg/h", "1 h"),
	} {
		missing, ok := errors.AsType[*dose.MissingError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, "0.5 mg/kg of actual weight", missing.For)
	}
	require.ErrorIs(t, choose("56 mg, or 28 mg, hard max 1 mg/kg", ""), dose.ErrNoWeight)
	_, err := dose.MustRule("56 mg, hard max 1 mg/kg").Calculate(dose.Body{})
	require.ErrorIs(t, err, dose.ErrNoWeight)
}

// A weight is within a percentage of another exactly, however long both are, and an
// unknown one within nothing.
func TestWithinExactly(t *testing.T) {
	w := dose.MustWeight
	for _, tt := range []struct {
		p    string
		w, v dose.Weight
		want bool
	}{
		{"10 %", w("66 kg"), w("60 kg"), true},
		{"10 %", w("66.1 kg"), w("60 kg"), false},
		{"10 %", w("54 kg"), w("60 kg"), true},
		{"10 %", w("53.9 kg"), w("60 kg"), false},
		{"9.999999999999999999 %", w("72.5 kg"), w("72.5 kg"), true},
		{"9.999999999999999999 %", w("66 kg"), w("60 kg"), false},
		{"100 %", w("100 kg"), w("50.00000000000000001 kg"), true},
		{"100 %", w("100.0000000000000001 kg"), w("50 kg"), false},
		{"0.0000000000000001 %", w("100.0000000000000001 kg"), w("100 kg"), true},
		{"0.0000000000000001 %", w("100.0000000000000002 kg"), w("100 kg"), false},
		{"100 %", dose.Weight{}, w("60 kg"), false},
		{"100 %", w("60 kg"), dose.Weight{}, false},
		{"100 %", dose.Weight{}, dose.Weight{}, false},
	} {
		assert.Equal(t, tt.want, tt.w.Within(dose.MustPercent(tt.p), tt.v), "%s within %s of %s", tt.w, tt.p, tt.v)
	}
	assert.False(t, dose.MustMass("5 mg").MultipleOf(dose.Mass{}))
}

// A bound of plausibility lies inside; the next number does not.
func TestBoundsOfAdults(t *testing.T) {
	p := dose.Adult()
	for weight, want := range map[string]string{"22.6 kg": "weight hard min 22.7 kg", "22.7 kg": "weight soft min 40 kg", "39.9 kg": "weight soft min 40 kg", "40 kg": "", "150 kg": "", "150.1 kg": "weight soft max 150 kg", "340.2 kg": "weight soft max 150 kg", "340.3 kg": "weight hard max 340.2 kg"} {
		assert.Equal(t, want, observed(p, body(weight, "", 0)), weight)
		bound, side, passed := p.Soft(dose.MustWeight(weight))
		assert.Equal(t, want != "", passed)
		switch {
		case want == "":
			assert.Zero(t, bound)
		case dose.MustWeight(weight).Compare(dose.MustWeight("40 kg")) < 0:
			assert.Equal(t, []string{"40 kg", "soft min"}, []string{bound.String(), side.String()})
		default:
			assert.Equal(t, []string{"150 kg", "soft max"}, []string{bound.String(), side.String()})
		}
	}
	_, _, passed := p.Soft(dose.Weight{})
	assert.False(t, passed)
	_, _, passed = dose.Plausibility{}.Soft(dose.MustWeight("1 kg"))
	assert.False(t, passed)
	for height, want := range map[string]string{"90.9 cm": "height hard min 91 cm", "91 cm": "height soft min 140 cm", "139.9 cm": "height soft min 140 cm", "140 cm": "", "210 cm": "", "210.1 cm": "height soft max 210 cm", "244 cm": "height soft max 210 cm", "244.1 cm": "height hard max 244 cm"} {
		assert.Equal(t, want, observed(p, body("", height, 0)), height)
	}
	// Of 200 cm a kilogram is a quarter of a unit.
	for weight, want := range map[string]string{"39.96 kg": "BMI hard min 10 kg/m2", "40 kg": "BMI soft min 15 kg/m2", "59.96 kg": "BMI soft min 15 kg/m2", "60 kg": "", "180 kg": "", "180.04 kg": "BMI soft max 45 kg/m2", "400 kg": "BMI soft max 45 kg/m2", "400.04 kg": "BMI hard max 100 kg/m2"} {
		assert.Equal(t, want, observed(dose.Plausibility{BMI: p.BMI}, body(weight, "200 cm", 0)), weight)
	}
	far := body("70 kg", "1 cm", 0) // 700,000 kg/m2
	assert.Empty(t, observed(dose.Plausibility{BMI: p.BMI}, far))
	require.ErrorIs(t, dose.Plausibility{BMI: p.BMI}.CheckBody(far), dose.ErrRange)

	// 165 lb are 74.84274105 kg, and of 215 cm that is an index of 16.2: plausible but for
	// the height, which no number of pounds changes.
	w, plausible := p.AsPounds(body("165 kg", "215 cm", 0))
	assert.True(t, plausible)
	assert.Equal(t, "74.84274105 kg", w.String())
	_, plausible = p.AsPounds(body("80 kg", "215 cm", 0))
	assert.False(t, plausible, "nothing speaks against the weight")
}

func observed(p dose.Plausibility, b dose.Body) string {
	var list []string
	for o := range p.Observe(b) {
		list = append(list, o.Fact+" "+o.Side.String()+" "+o.Bound)
	}
	return strings.Join(list, ", ")
}

// What is between letters is read as "per", and a number keeps its unit.
func TestDisplayAtTheEdges(t *testing.T) {
	per := dose.Display{Per: true, NoBreak: true}
	for text, want := range map[string]string{
		"a/z": "a per z", "A/Z": "A per Z", "1/z": "1/z", "z/1": "z/1", "/a": "/a", "a/": "a/", "`/a": "`/a", "{/a": "{/a", "@/a": "@/a", "[/a": "[/a", "a/{": "a/{",
		"5 m/kg": "5 m per kg", " mg": " mg", "5 mg": "5\u00a0mg", "5 of": "5 of", "": "", "1.2345 mg": "1.2345\u00a0mg", "/": "/",
	} {
		assert.Equal(t, want, per.Text(words(text)), text)
	}
	grouped := dose.Display{Thousands: dose.CommaGroups}
	for text, want := range map[string]string{"1234.56789 mg": "1,234.56789 mg", "12345": "12,345", "123": "123", ".1234": ".1234"} {
		assert.Equal(t, want, grouped.Text(words(text)), text)
	}
}

type words string

func (w words) String() string { return string(w) }

// Names of values that there are not.
func TestNamesOfNothing(t *testing.T) {
	for want, value := range map[string]interface{ String() string }{
		"Sex(9)": dose.Sex(9), "Route(200)": dose.Route(200), "Mode(9)": dose.Mode(9), "Side(9)": dose.Side(9), "Measure(99)": dose.Measure(99), "Basis(9)": dose.Basis(9), "StepKind(99)": dose.StepKind(99),
		"ShortStature(9)": dose.ShortStature(9), "ExcessIdeal(9)": dose.ExcessIdeal(9),
	} {
		assert.Equal(t, want, value.String())
	}
	assert.Equal(t, "Thousands(9)", dose.Thousands(9).String())
	// What cannot be written is refused with what could be, as what cannot be read is.
	for name, read := range map[string]func(string) error{
		"sex":     func(s string) error { _, err := dose.ParseSex(s); return err },
		"route":   func(s string) error { _, err := dose.ParseRoute(s); return err },
		"measure": func(s string) error { _, err := dose.ParseMeasure(s); return err },
	} {
		write := map[string]func() error{
			"sex":     func() error { _, err := dose.Sex(9).AppendText(nil); return err },
			"route":   func() error { _, err := dose.Route(200).AppendText(nil); return err },
			"measure": func() error { _, err := dose.Measure(99).AppendText(nil); return err },
		}[name]
		refused, ok := errors.AsType[*dose.ParseError](read("none of them"))
		require.True(t, ok)
		outside, ok := errors.AsType[*dose.RangeError](write())
		require.True(t, ok)
		assert.Equal(t, refused.Want, outside.Want)
	}
	rate, during, ok := dose.MustRule("22 mg/h for 96 h").Amount.OverTime()
	assert.True(t, ok)
	assert.Equal(t, []string{"22 mg/h", "96 h"}, []string{rate.String(), during.String()})
	perKg, basis, during, ok := dose.MustRule("0.35 mg/kg/h of lean weight for 4 h, hard max 200 mg").Amount.PerWeightOverTime()
	assert.True(t, ok)
	assert.Equal(t, []string{"0.35 mg/kg/h", "lean", "4 h"}, []string{perKg.String(), basis.String(), during.String()})
	surface, ok := dose.MustRule("100 mg/m2, hard max 500 mg").Amount.PerBodySurface()
	assert.True(t, ok)
	assert.Equal(t, "100 mg/m2", surface.String())
	_, basis, ok = dose.MustRule("56 mg").Amount.PerWeight()
	assert.False(t, ok)
	assert.Zero(t, basis)
}

// Every soft limit that is passed is a step; a hard one is an error before rounding is.
func TestLimitsAmongTheSteps(t *testing.T) {
	rule := dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, soft max 30 mg, hard max 200 mg, soft max 0.4 mg/kg")
	c, err := rule.Calculate(body("72 kg", "", 0))
	require.NoError(t, err)
	var limits []string
	for s := range c.Steps() {
		if s.Kind == dose.StepLimit {
			limits = append(limits, s.String())
		}
	}
	assert.Equal(t, []string{"36 mg passes soft max 30 mg of the dose", "36 mg passes soft max 0.4 mg/kg of the dose per kilogram"}, limits)

	_, err = dose.MustRule("0.5 mg/kg of actual weight, round 100 mg down, hard max 200 mg, hard max 0.4 mg/kg").Calculate(body("72 kg", "", 0))
	require.ErrorIs(t, err, dose.ErrHardLimit)

	ideal := dose.MustRule("0.5 mg/kg of ideal-from-BMI weight, from 30 kg/m2, below 60 in clamp, where ideal exceeds actual actual, hard max 200 mg")
	c, err = ideal.Calculate(body("120 kg", "200 cm", dose.Male))
	require.NoError(t, err)
	assert.Equal(t, "0.5 mg/kg x 93.102362 kg ideal weight = 46.551181 mg", c.String())
}

// A choice is that which is delivered of it: 61 mg of 50 mg/mL are 1.22 mL, drawn as 1.2
// mL, which are 60 mg. It was 0.7625 mg/kg of 80 kg before it was drawn.
func TestJudgedChoiceAsDrawn(t *testing.T) {
	p := inSyringe("made up to 50 mL", "40 min")
	p.Graduation = dose.MustGraduation("0.05 mL half up")
	order := dose.Order{Rule: dose.MustRule("40 mg, or 61 mg, soft max 0.76 mg/kg"), Preparation: p}
	j, err := order.Judge(dose.MustMass("60 mg"), dose.Duration{}, body("80 kg", "", 0))
	require.NoError(t, err)
	assert.Equal(t, []string{"soft max 0.76 mg/kg of the dose per kilogram"}, passedBy(j))
	j, err = order.Judge(dose.MustMass("60.5 mg"), dose.Duration{}, body("80 kg", "", 0))
	require.NoError(t, err)
	assert.Empty(t, passedBy(j), "0.75625 mg/kg, and no choice")
	j, err = order.Judge(dose.Mass{}, dose.Duration{}, body("80 kg", "", 0))
	require.NoError(t, err)
	assert.True(t, j.Fits())
}

// What the whole is, and what is delivered of it, both have to be masses.
func TestSumsOfParts(t *testing.T) {
	p := bag()
	p.Pump, p.Graduation = dose.PumpSetting{}, dose.MustGraduation("7 mL down")
	p.Product.Strength, p.Product.Content = dose.MustConcentration("10000 mg/mL"), dose.MustMass("1000000 mg")
	// 50,000 mL are 6 mL more than a multiple of 7: twice 499,940,000 mg can be given, and
	// twice 500,000,000 mg is no mass.
	_, _, err := dose.Sequence{Parts: []dose.Part{part("a", "500000000 mg", outOf(p)), part("b", "500000000 mg", outOf(p))}}.For(dose.Body{})
	require.ErrorIs(t, err, dose.ErrRange)
	thrice, err := dose.MustPerKilogram("0.5 mg/kg").Times(3)
	require.NoError(t, err)
	assert.Equal(t, "1.5 mg/kg", thrice.String())
	_, err = dose.MustPerKilogram("500000 mg/kg").Times(3)
	require.ErrorIs(t, err, dose.ErrRange)
	_, plausible := dose.Adult().AsPounds(body("165.0000000000000001 kg", "", 0))
	assert.False(t, plausible, "as pounds it would have too many digits")
	for unit, text := range map[string]string{
		"mcg/kg/min": "0.3 mg/kg/h of actual weight for 4 h, hard max 200 mg", "mcg/m2": "0.1 mg/m2, hard max 200 mg", "mcg/kg": "0.1 mg/kg of actual weight, hard max 200 mg", "mcg": "0.1 mg",
		"g": "2 devices of 100 mg", "mcg/h": "0.1 mg/h for 4 h",
	} {
		a, err := dose.MustRule(text).Amount.In(unit)
		require.NoError(t, err, text)
		assert.Contains(t, a.String(), " "+unit, text)
		assert.Equal(t, dose.LevelOf(dose.MustRule(text).Amount), dose.LevelOf(a), "it is the same amount of drug")
	}
	_, err = dose.SumOfParts().In("mg")
	require.ErrorContains(t, err, "an amount with one unit")
	n, err := dose.ParseNumber("1.00")
	require.NoError(t, err)
	assert.Equal(t, dose.MustMass("1 mg").Number(), n)
}
