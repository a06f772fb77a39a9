package dose_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// pumped is a preparation of 50 mg/mL, made up to a volume and given by a pump.
func pumped(t *testing.T, volume, during, pump string) dose.Preparation {
	t.Helper()
	p := dose.Preparation{
		Product: product(t, "ketamine 50 mg/mL"), Route: dose.Intravenous,
		Graduation: dose.MustGraduation("0.01 mL half up"), Dilution: dose.MustDilution(volume),
	}
	require.NoError(t, p.During.UnmarshalText([]byte(during)))
	require.NoError(t, p.Pump.UnmarshalText([]byte(pump)))
	return p
}

// order is a rule with its preparation and the time of its visit.
func order(t *testing.T, rule string, p dose.Preparation, administration string) dose.Order {
	t.Helper()
	r, err := dose.ParseRule(rule)
	require.NoError(t, err)
	o := dose.Order{Rule: r, Preparation: p}
	require.NoError(t, o.Administration.UnmarshalText([]byte(administration)))
	return o
}

func TestOrderCheck(t *testing.T) {
	none := dose.Preparation{}
	bag := func(during, pump string) dose.Preparation { return pumped(t, "made up to 50 mL", during, pump) }
	for name, c := range map[string]struct {
		order dose.Order
		kind  error
		want  string // "": no problem
	}{
		"one time in two texts": {order(t, "1 mg/min for 45 min", bag("2700 s", "0.1 mL/h half up"), "4 h"), nil, ""},
		"amount for 96 h, preparation during 4 h": {
			order(t, "22 mg/h for 96 h", bag("4 h", "exact"), "100 h"), dose.ErrTimesDiffer,
			`Preparation.During "4 h": want 96 h, as the amount states: two times for one dose`,
		},
		"a second too short": {
			order(t, "40 mg", bag("2401 s", "exact"), "40 min"), dose.ErrVisitTooShort,
			`Administration "40 min": want at least 2401 s, as the preparation states: longer than the administration`,
		},
		"as long as the visit": {order(t, "40 mg", bag("40 min", "exact"), "40 min"), nil, ""},
		"the amount is longer than the visit": {
			order(t, "22 mg/h for 96 h", none, "30 min"), dose.ErrVisitTooShort,
			`Administration "30 min": want at least 96 h, as the amount states: longer than the administration`,
		},
		"no administration is stated": {order(t, "22 mg/h for 96 h", none, ""), nil, ""},
		"it runs on": {
			dose.Order{Rule: dose.MustRule("22 mg/h for 96 h"), Administration: dose.MustDuration("30 min"), RunsOn: true}, nil, "",
		},
		"it runs on, nobody knows how long": {
			dose.Order{Rule: dose.MustRule("22 mg"), Administration: dose.MustDuration("30 min"), RunsOn: true},
			nil,
			`RunsOn "a dose that runs on": want how long, stated by the amount or by the preparation`,
		},
		"a pump without a time": {
			order(t, "40 mg", bag("", "1 mL/h up"), "40 min"), nil,
			`Preparation.Pump "1 mL/h up": want nothing, since neither amount nor preparation states a time`,
		},
		"a pump for the time of the amount": {order(t, "20 mg/h for 45 min", bag("", "1 mL/h up"), "45 min"), nil, ""},
		"three devices, two rests":          {order(t, "3 devices of 28 mg 5 min apart", none, "10 min"), nil, ""},
		"a second less than the rests": {
			order(t, "3 devices of 28 mg 5 min apart", none, "599 s"), dose.ErrDevicesTooFast,
			`Administration "599 s": want at least 10 min: 2 x 5 min between 3 devices: shorter than the rests between devices`,
		},
		"the rests of a choice": {
			order(t, "1 device of 28 mg 5 min apart, or 56 mg or 84 mg", none, "9 min"), dose.ErrDevicesTooFast,
			`Administration "9 min": want at least 10 min: 2 x 5 min between 3 devices: shorter than the rests between devices`,
		},
		"a choice that is no whole number of devices": {
			order(t, "2 devices of 28 mg, or 70 mg", none, "9 min"), nil, `Rule.Or "70 mg": want whole devices of 28 mg`,
		},
		"one device rests for nobody": {order(t, "1 device of 28 mg 5 min apart", none, "1 s"), nil, ""},
		"a rate, and no time": {
			order(t, "40 mg, soft max 10 mg/h, hard max 20 mg/h", none, ""), dose.ErrNotJudged,
			`Rule.Limits.Rate "soft max 10 mg/h, hard max 20 mg/h": want a time over which the dose is given, to judge it by: limit that nothing can judge`,
		},
		"a rate, and the time of the visit": {order(t, "40 mg, hard max 20 mg/h", none, "2 h"), nil, ""},
		"a rate per kilogram, and no time": {
			order(t, "40 mg, hard max 2 mg/kg/h", none, ""), dose.ErrNotJudged,
			`Rule.Limits.RatePerKilogram "hard max 2 mg/kg/h": want a time over which the dose is given, to judge it by: limit that nothing can judge`,
		},
		"a duration, and no time": {
			order(t, "40 mg, hard min 20 min", none, ""), dose.ErrNotJudged,
			`Rule.Limits.Duration "hard min 20 min": want a time over which the dose is given, to judge it by: limit that nothing can judge`,
		},
		"a concentration, and no preparation": {
			order(t, "40 mg, hard max 2 mg/mL", none, "40 min"), dose.ErrNotJudged,
			`Rule.Limits.Concentration "hard max 2 mg/mL": want a preparation, to judge it by: limit that nothing can judge`,
		},
		"a volume, and no preparation": {
			order(t, "40 mg, hard max 2 mL", none, "40 min"), dose.ErrNotJudged,
			`Rule.Limits.Volume "hard max 2 mL": want a preparation, to judge it by: limit that nothing can judge`,
		},
		"a flow, and no preparation": {
			order(t, "40 mg, hard max 2 mL/h", none, "40 min"), dose.ErrNotJudged,
			`Rule.Limits.Flow "hard max 2 mL/h": want a preparation, to judge it by: limit that nothing can judge`,
		},
		"a flow, and no time": {
			order(t, "40 mg, hard max 2 mL/h", bag("", "exact"), ""), dose.ErrNotJudged,
			`Rule.Limits.Flow "hard max 2 mL/h": want a time over which the dose is given, to judge it by: limit that nothing can judge`,
		},
		"a flow, and the time of the visit": {order(t, "40 mg, hard max 100 mL/h", bag("", "exact"), "1 h"), nil, ""},
		"everything at once": {
			dose.Order{Rule: dose.MustRule("0 mg"), Preparation: dose.Preparation{Route: dose.Oral}},
			nil,
			`Rule.Amount "0 mg": want a fixed dose of more than 0 mg; ` +
				`Preparation.Product.Content "0 mg": want the mass in one container; ` +
				`Preparation.Product.Strength "": want the mass per mL, to draw up a volume; ` +
				`Preparation.Dilution "": want undiluted, made up to a volume, or added to a volume`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.order.Check()
			_, forErr := c.order.For(dose.Body{Weight: dose.MustWeight("70 kg")})
			if c.want == "" {
				require.NoError(t, err)
				require.NoError(t, forErr)
				return
			}
			require.EqualError(t, err, c.want)
			require.EqualError(t, forErr, c.want)
			for _, kind := range []error{dose.ErrTimesDiffer, dose.ErrVisitTooShort, dose.ErrDevicesTooFast, dose.ErrNotJudged} {
				if kind == c.kind {
					assert.ErrorIs(t, err, kind)
				} else {
					assert.NotErrorIs(t, err, kind)
				}
			}
		})
	}
}

func TestOneTime(t *testing.T) {
	for _, c := range []struct {
		rule, during, administration, want string
		stated                             bool
	}{
		{"22 mg/h for 96 h", "", "100 h", "96 h", true},
		{"22 mg/h for 96 h", "96 h", "", "96 h", true},
		{"22 mg", "40 min", "60 min", "40 min", true},
		{"22 mg", "", "60 min", "60 min", false},
		{"22 mg", "", "", "", false},
	} {
		o := order(t, c.rule, pumped(t, "undiluted", c.during, "exact"), c.administration)
		assert.Equal(t, c.want, o.Time().String())
		assert.Equal(t, c.stated, o.TimeStated())
	}
}

// A pump of 1 mL/h gives 6 mL at 2 mL/h, not 1.5: in 3 h, not 4.
func TestRealTime(t *testing.T) {
	bag := pumped(t, "made up to 6 mL", "4 h", "1 mL/h half up")
	d, err := order(t, "100 mg, soft max 25 mg/h, soft max 1.5 mL/h, soft min 4 h", bag, "4 h").For(dose.Body{Weight: dose.MustWeight("80 kg")})
	require.NoError(t, err)
	assert.Equal(t, "3 h", d.Time())
	assert.Equal(t, 180, d.Minutes())
	assert.Equal(t, "33.333333 mg/h", d.Rate())
	assert.Equal(t, "0.416667 mg/kg/h", d.RatePerKilogram())
	assert.Equal(t, "16.666667 mg/mL", d.Concentration())
	assert.Equal(t, "2 mL/h", d.Flow().String())
	assert.Equal(t, "6 mL", d.Volume().String())
	assert.Equal(t, "2 mL", d.Stock().String())
	var passed []string
	for p := range d.SoftLimits() {
		passed = append(passed, p.String())
	}
	assert.Equal(t, []string{"soft max 25 mg/h of the rate", "soft max 1.5 mL/h of the flow", "soft min 4 h of the duration"}, passed)
	lines := slices.Collect(d.Worksheet().Lines())
	assert.Contains(t, lines, dose.Line{Label: "flow", Text: "6 mL over 4 h = 1.5 mL/h, half up to 2 mL/h"})
	assert.Contains(t, lines, dose.Line{Label: "time", Text: "6 mL / 2 mL/h = 3 h instead of 4 h"})
	assert.Contains(t, lines, dose.Line{Label: "rate", Text: "33.333333 mg/h, 0.555556 mg/min, 0.416667 mg/kg/h, 6.944444 mcg/kg/min"})

	for limit, want := range map[string]string{
		"hard max 33 mg/h": "hard max 33 mg/h of the rate", "hard max 34 mg/h": "",
		"hard max 0.4 mg/kg/h": "hard max 0.4 mg/kg/h of the rate per kilogram", "hard max 0.42 mg/kg/h": "",
		"hard min 10801 s": "hard min 10801 s of the duration", "hard min 3 h": "",
	} {
		_, err := order(t, "100 mg, "+limit, bag, "4 h").For(dose.Body{Weight: dose.MustWeight("80 kg")})
		if want == "" {
			require.NoError(t, err, limit)
		} else {
			require.EqualError(t, err, "hard limit passed: "+want)
		}
	}
}
