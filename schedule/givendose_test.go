package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// Of a dose that was given one thing is said: the first that is true.
func TestDoseGiven(t *testing.T) {
	prepared := dose.Preparation{
		Product: mustProduct(t, "ketamine 50 mg/mL"), Route: dose.Intramuscular, Graduation: dose.MustGraduation("0.1 mL half up"), Dilution: dose.Undiluted(),
	}
	for _, tt := range []struct {
		name, rule string
		weight     string
		given      []string
		with       func(*protocol.Phase)
		want       []string
	}{
		{"as planned", "0.5 mg/kg of actual weight, round 1 mg half up, hard max 80 mg", "72 kg", []string{"36 mg", "36 mg"}, nil, nil},
		{
			"a limit per kilogram", "0.5 mg/kg of actual weight, round 1 mg half up, hard max 80 mg, soft max 0.6 mg/kg, hard max 0.75 mg/kg", "72 kg",
			[]string{"43.3 mg", "54.1 mg"},
			nil,
			[]string{
				"warning: session 1: 43.3 mg given: passes the soft max 0.6 mg/kg of the dose per kilogram [dose-above-soft-limit]",
				"violation: session 2: 54.1 mg given: passes the hard max 0.75 mg/kg of the dose per kilogram [dose-above-hard-limit]",
			},
		},
		{
			"the harder of two limits", "0.5 mg/kg of actual weight, round 1 mg half up, soft max 40 mg, hard max 80 mg, hard max 0.75 mg/kg", "72 kg",
			[]string{"60 mg", "81 mg"},
			nil,
			[]string{
				"violation: session 1: 60 mg given: passes the hard max 0.75 mg/kg of the dose per kilogram [dose-above-hard-limit]",
				"violation: session 2: 81 mg given: passes the hard max 80 mg of the dose [dose-above-hard-limit]",
			},
		},
		{
			"too little", "0.5 mg/kg of actual weight, round 1 mg half up, hard min 10 mg, soft min 20 mg, hard max 80 mg", "72 kg",
			[]string{"5 mg", "15 mg"},
			nil,
			[]string{
				"warning: session 1: 5 mg given: passes the hard min 10 mg of the dose [dose-below-limit]",
				"warning: session 2: 15 mg given: passes the soft min 20 mg of the dose [dose-below-limit]",
			},
		},
		{
			"allowed, and above a soft limit", "56 mg, or 84 mg, soft max 60 mg, hard max 84 mg", "",
			[]string{"56 mg", "84 mg"},
			func(p *protocol.Phase) { p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsRule },
			[]string{"warning: session 2: 84 mg given: passes the soft max 60 mg of the dose [dose-above-soft-limit]"},
		},
		{
			"a stated deviation", "36.4 mg, round 2 mg half up, max deviation 10 %, hard max 80 mg", "",
			[]string{"34 mg", "39 mg"},
			nil,
			[]string{
				"warning: session 1: 34 mg given: 36.4 mg rounded to 2 mg half up is 36 mg [rounding-deviation]",
				"warning: session 2: 39 mg given: 36.4 mg rounded to 2 mg half up is 36 mg [rounding-deviation]",
			},
		},
		{
			"a whole step away is no other rounding", "36.4 mg, round 2 mg half up, hard max 80 mg", "",
			[]string{"38.3 mg", "38.4 mg"},
			nil,
			[]string{
				"warning: session 1: 38.3 mg given: 36.4 mg rounded to 2 mg half up is 36 mg [rounding-deviation]",
				"violation: session 2: 38.4 mg given: 36 mg planned [dose-not-allowed]",
			},
		},
		{
			"exact doses have no other rounding", "36.4 mg, hard max 80 mg", "",
			[]string{"36.4 mg", "36 mg"},
			nil,
			[]string{"violation: session 2: 36 mg given: 36.4 mg planned [dose-not-allowed]"},
		},
		{
			"what the syringe delivers", "36 mg, hard max 80 mg", "",
			[]string{"35 mg", "36 mg"},
			func(p *protocol.Phase) { p.Preparation = prepared }, nil,
		},
		{
			"steps whose condition was met", "28 mg, hard max 84 mg", "",
			[]string{"28 mg", "84 mg", "28 mg", "56 mg", "84 mg"},
			func(p *protocol.Phase) {
				p.Cadence = protocol.MustCadence("1/wk x5")
				p.Climb, p.Follows = protocol.ClimbByOne, protocol.FollowsRule
				p.Steps = []protocol.Step{
					{From: 2, Dose: dose.MustRule("56 mg"), Condition: "tolerated"},
					{From: 2, Dose: dose.MustRule("84 mg"), Condition: "tolerated"},
				}
			},
			[]string{"warning: session 2: 84 mg given: 28 mg planned, at most 56 mg is one level above the dose before [step-too-large]"},
		},
		{
			"a step that the protocol plans", "28 mg, hard max 84 mg", "",
			[]string{"28 mg", "84 mg"},
			func(p *protocol.Phase) {
				p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsRule
				p.Steps = []protocol.Step{{From: 2, Dose: dose.MustRule("84 mg, or 28 mg or 56 mg")}}
			}, nil,
		},
		{
			"no weight, above a limit that needs none", "0.5 mg/kg of actual weight, cap 60 mg, hard max 80 mg", "",
			[]string{"81 mg", "61 mg"},
			nil,
			[]string{
				"violation: session 1: 81 mg given: passes the hard max 80 mg of the dose [dose-above-hard-limit]",
				"violation: session 1: 81 mg was given without a weight measured by Mon 2025-01-06 [weight-missing]",
				"violation: session 2: 61 mg given: the cap is 60 mg [cap-passed]",
				"violation: session 2: 61 mg was given without a weight measured by Thu 2025-01-09 [weight-missing]",
			},
		},
		{
			"a weight for which the rule has no dose", "0.5 mg/kg of actual weight, hard max 30 mg", "72 kg",
			[]string{"30 mg", "31 mg"},
			nil,
			[]string{
				"warning: session 1: no dose to compare with: hard limit passed: hard max 30 mg of the dose [dose-unknown]",
				"violation: session 2: 31 mg given: passes the hard max 30 mg of the dose [dose-above-hard-limit]",
				"warning: session 2: no dose to compare with: hard limit passed: hard max 30 mg of the dose [dose-unknown]",
			},
		},
		{
			"a drug where none is given", "", "",
			[]string{"5 mg"},
			func(p *protocol.Phase) { p.Cadence = protocol.MustCadence("1") },
			[]string{"violation: session 1: 5 mg given: the phase all gives no drug [dose-not-allowed]"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := protocol.Phase{Name: "all", Cadence: protocol.MustCadence("2/wk x1"), MinGap: 2, Visit: protocol.Visit{Administration: time.Hour}}
			if tt.rule != "" {
				p.Dose = dose.MustRule(tt.rule)
			}
			if tt.with != nil {
				tt.with(&p)
			}
			r := schedule.Record{
				Protocol: compiled(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}),
				Start:    schedule.MustDate("2025-01-06"), Zone: time.UTC, AsOf: time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC),
			}
			if tt.weight != "" {
				r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight(tt.weight)}}
			}
			plan, err := r.Plan()
			require.NoError(t, err)
			for i, s := range plan.All() {
				r.Given = append(r.Given, schedule.Given{Date: s.Target(), Dose: dose.MustMass(tt.given[i])})
			}
			require.Len(t, r.Given, len(tt.given))
			found, err := schedule.ValidateRecord(r)
			require.NoError(t, err)
			var got []string
			for _, f := range found {
				got = append(got, f.String())
			}
			assert.Equal(t, tt.want, got)
		})
	}
}
