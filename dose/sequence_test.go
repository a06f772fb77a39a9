package dose_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

func part(name, rule string, more ...func(*dose.Part)) dose.Part {
	p := dose.Part{Name: name, Rule: dose.MustRule(rule)}
	for _, f := range more {
		f(&p)
	}
	return p
}

func during(s string) func(*dose.Part) { return func(p *dose.Part) { p.During = dose.MustDuration(s) } }

func starts(s string) func(*dose.Part) {
	return func(p *dose.Part) { p.Start = dose.MustPartStart(s) }
}

func onlyIf(s string) func(*dose.Part) { return func(p *dose.Part) { p.Condition = s } }

func outOf(p dose.Preparation) func(*dose.Part) {
	return func(to *dose.Part) { to.Preparation = p }
}

// A bag of 1 mg/mL, of which nothing is drawn: the volume is as many mL as the dose has
// mg, and the flow as many mL/h as the rate has mg/h.
func bag() dose.Preparation {
	return dose.Preparation{
		Product: dose.Product{Name: "ketamine 1 mg/mL", Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("1 mg/mL")},
		Route:   dose.Intravenous, Dilution: dose.Undiluted(), Pump: dose.MustPumpSetting("0.1 mL/h half up"),
	}
}

func ramp() dose.Sequence {
	return dose.Sequence{
		Rule: dose.MustRule("sum of parts, soft max 180 mg, hard max 250 mg, hard max 3 mg/kg, hard max 8 h"),
		Parts: []dose.Part{
			part("first rate", "20 mg/h for 2 h, hard max 30 mg/h", outOf(bag())),
			part("second rate", "40 mg/h for 4 h, hard max 45 mg/h", outOf(bag())),
		},
		Administration: dose.MustDuration("6 h"),
	}
}

// By hand: 20 mg/h for 2 h are 40 mg, 40 mg/h for 4 h are 160 mg, together 200 mg in 6 h.
// Of 1 mg/mL they are 40 mL at 20 mL/h and 160 mL at 40 mL/h.
func TestStepsOfRate(t *testing.T) {
	whole, parts, err := ramp().For(dose.Body{Weight: dose.MustWeight("80 kg")})
	require.NoError(t, err)
	assert.Equal(t, "200 mg", whole.Dose().String())
	assert.Equal(t, "200 mg", whole.Delivered().String())
	assert.Equal(t, "6 h", whole.Time())
	assert.Equal(t, "40 mg first rate + 160 mg second rate = 200 mg", whole.Calculation().String())
	assert.Equal(t, []string{"soft max 180 mg of the dose"}, passedTexts(whole))
	require.Len(t, parts, 2)
	assert.Equal(t, dose.PartTime{Ends: 2 * time.Hour}, parts[0].Times)
	assert.Equal(t, dose.PartTime{Begins: 2 * time.Hour, Ends: 6 * time.Hour}, parts[1].Times)
	for i, want := range []struct{ dose, volume, flow, rate string }{
		{"40 mg", "40 mL", "20 mL/h", "20 mg/h"}, {"160 mg", "160 mL", "40 mL/h", "40 mg/h"},
	} {
		d := parts[i].Delivery
		assert.Equal(t, want.dose, d.Delivered().String())
		assert.Equal(t, want.volume, d.Volume().String())
		assert.Equal(t, want.flow, d.Flow().String())
		assert.Equal(t, want.rate, d.Rate())
	}
	var lines []string
	for l := range dose.PartLines(whole, parts) {
		lines = append(lines, l.Label+": "+l.Text)
	}
	assert.Equal(t, strings.TrimSpace(`
dose: 40 mg first rate + 160 mg second rate = 200 mg
time: 6 h
passes: soft max 180 mg of the dose
part: first rate
dose: 20 mg/h x 120 min = 40 mg
product: ketamine 1 mg/mL, 500 mg per container, intravenous
stock: 40 mg / 1 mg/mL = 40 mL
delivered: 40 mL x 1 mg/mL = 40 mg, +0 %
total: 40 mL
concentration: 40 mg / 40 mL = 1 mg/mL
flow: 40 mL over 120 min = 20 mL/h
rate: 20 mg/h, 0.333333 mg/min, 0.25 mg/kg/h, 4.166667 mcg/kg/min
containers: 1 x 500 mg, waste 460 mg in 460 mL
part: second rate, from 120 min on
dose: 40 mg/h x 4 h = 160 mg
product: ketamine 1 mg/mL, 500 mg per container, intravenous
stock: 160 mg / 1 mg/mL = 160 mL
delivered: 160 mL x 1 mg/mL = 160 mg, +0 %
total: 160 mL
concentration: 160 mg / 160 mL = 1 mg/mL
flow: 160 mL over 4 h = 40 mL/h
rate: 40 mg/h, 0.666667 mg/min, 0.5 mg/kg/h, 8.333333 mcg/kg/min
containers: 1 x 500 mg, waste 340 mg in 340 mL`), strings.Join(lines, "\n"))
}

func passedTexts(d dose.Delivery) (list []string) {
	for l := range d.SoftLimits() {
		list = append(list, l.String())
	}
	return list
}

// By hand: 162 cm and 72 kg are the square root of 162 x 72 / 3600 = 3.24, 1.8 m2. 400
// mg/m2 are 720 mg, to 50 mg 700 mg; 2400 mg/m2 are 4320 mg, to 50 mg 4300 mg. Each is
// rounded on its own, and the whole is the sum of what is shown, not 5050 mg.
func TestBolusAndInfusion(t *testing.T) {
	s := dose.Sequence{
		Parts: []dose.Part{
			part("bolus", "400 mg/m2, round 50 mg half up, hard max 1000 mg", during("5 min")),
			part("infusion", "2400 mg/m2, round 50 mg half up, hard max 6000 mg", during("46 h")),
		},
		Administration: dose.MustDuration("30 min"), RunsOn: true,
	}
	body := dose.Body{Weight: dose.MustWeight("72 kg"), Height: dose.MustHeight("162 cm")}
	whole, parts, err := s.For(body)
	require.NoError(t, err)
	assert.Equal(t, "5000 mg", whole.Dose().String())
	assert.Equal(t, "700 mg", parts[0].Delivery.Dose().String())
	assert.Equal(t, "4300 mg", parts[1].Delivery.Dose().String())
	assert.Equal(t, dose.PartTime{Begins: 5 * time.Minute, Ends: 46*time.Hour + 5*time.Minute}, parts[1].Times)
	s.RunsOn = false
	_, _, err = s.For(body)
	assert.EqualError(t, err, `Administration "30 min": want at least 2765 min, when part "infusion", Parts.1, ends: longer than the administration`)
	_, _, err = dose.Sequence{Parts: s.Parts}.For(dose.Body{Weight: dose.MustWeight("72 kg")})
	assert.EqualError(t, err, `part "bolus": height is missing: body surface cannot be computed: no body height`)
	assert.ErrorIs(t, err, dose.ErrNoHeight)
}

// A part on a condition is not planned. The whole together with it must not pass a hard
// limit; where it would, the part is not possible and the rest is as it was.
func TestPartOnACondition(t *testing.T) {
	s := dose.Sequence{
		Rule: dose.MustRule("sum of parts, hard max 100 mg"),
		Parts: []dose.Part{
			part("first injection", "0.5 mg/kg of actual weight, hard max 80 mg"),
			part("second injection", "0.25 mg/kg of actual weight, hard max 80 mg", starts("20 min after end"), onlyIf("no effect")),
			part("third injection", "10 mg", starts("20 min after start"), onlyIf("no effect of the second")),
		},
		Administration: dose.MustDuration("40 min"),
	}
	whole, parts, err := s.For(dose.Body{Weight: dose.MustWeight("100 kg")})
	require.NoError(t, err)
	assert.Equal(t, "50 mg", whole.Dose().String(), "0.5 x 100, without the others")
	assert.Equal(t, "25 mg", parts[1].Delivery.Dose().String())
	assert.Equal(t, 20*time.Minute, parts[1].Times.Begins)
	assert.Equal(t, "10 mg", parts[2].Delivery.Dose().String(), "50 + 25 + 10 = 85")
	assert.Equal(t, 40*time.Minute, parts[2].Times.Begins)

	whole, parts, err = s.For(dose.Body{Weight: dose.MustWeight("140 kg")})
	require.NoError(t, err)
	assert.Equal(t, "70 mg", whole.Dose().String())
	assert.True(t, parts[1].Delivery.IsZero())
	assert.EqualError(t, parts[1].Err, `the dose with part "second injection": hard limit passed: hard max 100 mg of the dose`, "70 + 35 = 105")
	require.ErrorIs(t, parts[1].Err, dose.ErrHardLimit)
	require.NoError(t, parts[2].Err, "70 + 10 = 80")
}

func TestSequencesRefused(t *testing.T) {
	ok := func() dose.Sequence { return ramp() }
	for name, test := range map[string]struct {
		change func(*dose.Sequence)
		want   string
		is     error
	}{
		"none":           {func(s *dose.Sequence) { s.Parts = nil }, `Parts "": want a part without a condition, which is what is planned`, nil},
		"none planned":   {func(s *dose.Sequence) { s.Parts[0].Condition, s.Parts[1].Condition = "a", "b" }, `Parts "": want a part without a condition, which is what is planned`, nil},
		"no name":        {func(s *dose.Sequence) { s.Parts[1].Name = "" }, `Parts.1.Name "": want a name of 1 to 100 bytes`, nil},
		"two of a name":  {func(s *dose.Sequence) { s.Parts[1].Name = "first rate" }, `Parts.1.Name "first rate": want every name once: Parts.0 has the same`, nil},
		"no dose":        {func(s *dose.Sequence) { s.Parts[1].Rule = dose.Rule{} }, `Parts.1.Rule "": want a dose`, nil},
		"sum in a sum":   {func(s *dose.Sequence) { s.Parts[1].Rule = dose.MustRule("sum of parts") }, `Parts.1.Rule.Amount "sum of parts": want the amount of the part`, nil},
		"a choice":       {func(s *dose.Sequence) { s.Parts[1].Rule = dose.MustRule("40 mg/h for 4 h, or 80 mg") }, `Parts.1.Rule.Or "80 mg": want no choice, since a part has one dose`, nil},
		"another amount": {func(s *dose.Sequence) { s.Rule = dose.MustRule("200 mg") }, `Rule.Amount "200 mg": want sum of parts, since the parts say how much`, nil},
		"a whole that is capped": {
			func(s *dose.Sequence) { s.Rule = dose.MustRule("sum of parts, cap 100 mg") },
			`Rule.Cap "100 mg": want nothing, since the dose is the sum of its parts: only limits judge it`, nil,
		},
		"a rate of the whole": {
			func(s *dose.Sequence) { s.Rule = dose.MustRule("sum of parts, hard max 40 mg/h") },
			`Rule.Limits.Rate "hard max 40 mg/h": want a limit of the dose, of the dose per kilogram or of the duration: by the rate each part is judged, not the whole: limit that nothing can judge`, dose.ErrNotJudged,
		},
		"a rate without a time": {
			func(s *dose.Sequence) { s.Parts[0].Rule = dose.MustRule("40 mg, hard max 30 mg/h") },
			`Parts.0.Preparation.Pump "0.1 mL/h half up": want nothing, since neither amount nor preparation states a time; ` +
				`Parts.0.Rule.Limits.Rate "hard max 30 mg/h": want a time over which the dose is given, to judge it by: limit that nothing can judge`, dose.ErrNotJudged,
		},
		"two times":            {func(s *dose.Sequence) { s.Parts[0].During = dose.MustDuration("3 h") }, `Parts.0.During "3 h": want 120 min, as the amount states: two times for one dose`, dose.ErrTimesDiffer},
		"a start of the first": {func(s *dose.Sequence) { s.Parts[0].Start = dose.MustPartStart("1 h after end") }, `Parts.0.Start "60 min after end": want nothing, since the first part begins with the administration`, nil},
		"parts that overlap": {
			func(s *dose.Sequence) { s.Parts[1].Start = dose.MustPartStart("1 h after start") },
			`Parts.1.Start "60 min after start": want at least 120 min after start, when the part before has ended, Parts.0: parts that overlap`, dose.ErrPartsOverlap,
		},
		"parts that leave the visit": {
			func(s *dose.Sequence) { s.Parts[1].Start = dose.MustPartStart("1 min after end") },
			`Administration "6 h": want at least 361 min, when part "second rate", Parts.1, ends: longer than the administration`, dose.ErrVisitTooShort,
		},
		"a whole over a hard limit": {func(s *dose.Sequence) { s.Rule = dose.MustRule("sum of parts, hard max 199 mg") }, `hard limit passed: hard max 199 mg of the dose`, dose.ErrHardLimit},
		"a part over a hard limit": {
			func(s *dose.Sequence) { s.Parts[1].Rule = dose.MustRule("40 mg/h for 4 h, hard max 39 mg/h") },
			`part "second rate": hard limit passed: hard max 39 mg/h of the rate`, dose.ErrHardLimit,
		},
		"runs on without a time": {func(s *dose.Sequence) {
			s.RunsOn = true
			s.Parts[1] = part("second", "10 mg")
		}, `RunsOn "a dose that runs on": want how long, stated by Parts.1`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := ok()
			s.Parts = slices.Clone(s.Parts)
			test.change(&s)
			whole, parts, err := s.For(dose.Body{Weight: dose.MustWeight("80 kg")})
			require.EqualError(t, err, test.want)
			assert.Zero(t, whole)
			assert.Nil(t, parts)
			if test.is != nil {
				assert.ErrorIs(t, err, test.is)
			}
		})
	}
}

// What was given is judged by the limits of the whole without the parts, and the whole
// cannot be computed without them.
func TestWhole(t *testing.T) {
	whole := ramp().Whole()
	body := dose.Body{Weight: dose.MustWeight("80 kg")}
	j, err := whole.Judge(dose.MustMass("251 mg"), dose.Duration{}, body)
	require.NoError(t, err)
	assert.Equal(t, []string{"soft max 180 mg of the dose", "hard max 250 mg of the dose", "hard max 3 mg/kg of the dose per kilogram"}, judgedTexts(j))
	j, err = whole.Judge(dose.MustMass("180 mg"), dose.MustDuration("9 h"), body)
	require.NoError(t, err)
	assert.Equal(t, []string{"hard max 8 h of the duration"}, judgedTexts(j))
	_, err = whole.For(body)
	require.EqualError(t, err, `Amount "sum of parts": want the parts, which a Sequence has`)
	_, err = whole.Rule.Calculate(body)
	require.Error(t, err)
	_, ok := errors.AsType[*dose.RuleError](err)
	assert.True(t, ok)
	assert.Equal(t, dose.MustLevel("sum of parts"), dose.LevelOf(whole.Rule.Amount))
}

func judgedTexts(j dose.Judgement) (list []string) {
	for l := range j.Passed() {
		list = append(list, l.String())
	}
	return list
}

func TestPartStarts(t *testing.T) {
	for in, want := range map[string]string{"10 min after end": "10 min after end", "2 h after start": "120 min after start"} {
		p, err := dose.ParsePartStart(in)
		require.NoError(t, err)
		assert.Equal(t, want, p.String())
	}
	for _, in := range []string{"", "10 min", "after end", "10 after end", "0 min after end", "1 min after end after start", "1 min after start after end", "-1 min after end"} {
		_, err := dose.ParsePartStart(in)
		assert.Error(t, err, in)
	}
}
