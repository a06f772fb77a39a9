package protocol_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// oneDose is the file of a protocol whose only phase has the lines given, from
// line 3 on.
func oneDose(lines ...string) []byte {
	return []byte(`{"format": "regimen/1", "phases": [{"name": "a", "cadence": "1", "minGap": "1 day",` + "\n  " + strings.Join(lines, ",\n  ") + "\n}]}\n")
}

const (
	pumped   = `"preparation": {"product": "ketamine 50 mg/mL", "route": "intravenous", "dilution": "made up to 100 mL", "during": "4 h", "pump": "0.1 mL/h half up"}`
	undriven = `"preparation": {"product": "ketamine 50 mg/mL", "route": "intravenous", "dilution": "made up to 100 mL"}`
	forVisit = `"visit": {"administration": "40 min"}`
)

// Every way in which a dose may be given inconsistently has a code, and a line
// that names the place, the value found and the one wanted.
func TestInconsistentDoses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"amount and preparation", []string{`"dose": "22 mg/h for 96 h, hard max 2500 mg"`, `"runsOn": "after departure"`, forVisit, pumped, `"companions": [{"name": "end", "from": "4 days", "to": "4 days"}]`}, []string{
			`f:5:118: /phases/0/preparation/during: want 96 h, as /phases/0/dose states, got "4 h" [times-differ]`,
		}},
		{"the same time in other words", []string{`"dose": "0.5 mg/min for 240 min, hard max 200 mg"`, `"visit": {"administration": "4 h"}`, pumped}, nil},
		{"preparation and a step", []string{`"dose": "10 mg/h for 4 h"`, `"steps": [{"from": 2, "dose": "10 mg/h for 5 h"}]`, `"visit": {"administration": "5 h"}`, pumped}, []string{
			`f:5:118: /phases/0/preparation/during: want 5 h, as /phases/0/steps/0/dose states, got "4 h" [times-differ]`,
		}},
		{"dose and a step, prepared", []string{`"dose": "10 mg/h for 4 h"`, `"steps": [{"from": 2, "dose": "10 mg/h for 5 h"}]`, `"visit": {"administration": "5 h"}`, undriven}, []string{
			`f:3:34: /phases/0/steps/0/dose: want 4 h, as /phases/0/dose states: a dose over another time is prepared otherwise, and is another phase, got "5 h" [times-differ]`,
		}},
		{"dose and a step, nothing prepared", []string{`"dose": "10 mg/h for 4 h"`, `"steps": [{"from": 2, "dose": "10 mg/h for 5 h"}]`, `"visit": {"administration": "5 h"}`}, nil},
		{"amount and visit", []string{`"dose": "22 mg/h for 41 min"`, forVisit}, []string{
			`f:3:31: /phases/0/visit/administration: want at least 41 min, as /phases/0/dose states, got "40 min" [visit-too-short]`,
		}},
		{"amount and visit, a second", []string{`"dose": "22 mg/h for 2401 s"`, forVisit}, []string{
			`f:3:31: /phases/0/visit/administration: want at least 2401 s, as /phases/0/dose states, got "40 min" [visit-too-short]`,
		}},
		{"amount as long as the visit", []string{`"dose": "22 mg/h for 2400 s"`, forVisit}, nil},
		{"preparation and visit", []string{`"dose": "40 mg"`, forVisit, pumped}, []string{
			`f:3:31: /phases/0/visit/administration: want at least 4 h, as /phases/0/preparation/during states, got "40 min" [visit-too-short]`,
		}},
		{"said once for two doses", []string{`"dose": "40 mg"`, `"steps": [{"from": 2, "dose": "50 mg"}]`, forVisit, pumped}, []string{
			`f:4:31: /phases/0/visit/administration: want at least 4 h, as /phases/0/preparation/during states, got "40 min" [visit-too-short]`,
		}},
		{"two rests", []string{`"dose": "3 devices of 28 mg 5 min apart"`, `"visit": {"administration": "9 min"}`}, []string{
			`f:3:31: /phases/0/visit/administration: want at least 10 min: 2 x 5 min between 3 devices, got "9 min" [devices-too-fast]`,
		}},
		{"the rests of a choice", []string{`"dose": "1 device of 28 mg 5 min apart, or 84 mg"`, `"climb": "free"`, `"follows": "rule"`, `"visit": {"administration": "9 min"}`}, []string{
			`f:5:31: /phases/0/visit/administration: want at least 10 min: 2 x 5 min between 3 devices, got "9 min" [devices-too-fast]`,
		}},
		{"the rests of a step", []string{
			`"dose": "1 device of 28 mg"`, `"steps": [{"from": 2, "dose": "3 devices of 28 mg 5 min apart", "condition": "x"}]`, `"climb": "free"`, `"follows": "rule"`, `"visit": {"administration": "9 min"}`,
		}, []string{
			`f:6:31: /phases/0/visit/administration: want at least 10 min: 2 x 5 min between 3 devices, got "9 min" [devices-too-fast]`,
		}},
		{"just two rests", []string{`"dose": "3 devices of 28 mg 5 min apart"`, `"visit": {"administration": "10 min"}`}, nil},
		{"a concentration that nothing has", []string{`"dose": "40 mg, hard max 100 mg, hard max 2 mg/mL"`, forVisit}, []string{
			`f:2:36: /phases/0/dose: want a preparation, to judge it by, got "hard max 2 mg/mL" [limit-not-judged]`,
		}},
		{"a flow that nothing has", []string{`"dose": "40 mg, hard max 2 mL/h"`, forVisit}, []string{
			`f:2:19: /phases/0/dose: want a preparation, to judge it by, got "hard max 2 mL/h" [limit-not-judged]`,
		}},
		{"a rate by the visit", []string{`"dose": "40 mg, hard max 60 mg/h"`, forVisit}, nil},
		{"a rate that the visit passes", []string{`"dose": "40 mg, hard max 59 mg/h"`, forVisit}, []string{
			`f:2:11: /phases/0/dose: want a dose that does not pass the hard max 59 mg/h of the rate, got "40 mg, hard max 59 mg/h" [hard-limit]`,
		}},
		{"a planned step that passes", []string{`"dose": "40 mg"`, `"steps": [{"from": 2, "dose": "50 mg, hard max 60 mg/h"}]`, forVisit}, []string{
			`f:3:33: /phases/0/steps/0/dose: want a dose that does not pass the hard max 60 mg/h of the rate, got "50 mg, hard max 60 mg/h" [hard-limit]`,
		}},
		{"a rate of somebody", []string{`"dose": "1 mg/kg of actual weight, hard max 100 mg, hard max 1 mg/h"`, forVisit}, nil},
		{"a choice that passes is not offered", []string{`"dose": "40 mg, or 80 mg, hard max 60 mg/h"`, `"climb": "free"`, `"follows": "rule"`, forVisit}, nil},
		{"a conditional step that passes is not offered", []string{`"dose": "40 mg"`, `"steps": [{"from": 2, "dose": "80 mg, hard max 60 mg/h", "condition": "x"}]`, `"climb": "free"`, `"follows": "rule"`, forVisit}, nil},
		{"times of nothing", []string{`"dose": "22 mg/h for 0 h"`, forVisit}, []string{
			`f:2:24: /phases/0/dose: want more than 0 s, got "22 mg/h for 0 h" [dose-rule]`,
		}},
		{"negative times", []string{`"dose": "22 mg/h for -4 h"`, forVisit}, []string{
			`f:2:24: /phases/0/dose: want a number without sign, got "22 mg/h for -4 h" [dose-rule]`,
		}},
		{"over a hundred days", []string{`"dose": "1 mg/h for 2401 h"`, forVisit}, []string{
			`f:2:23: /phases/0/dose: want at most 8640000 s, got "1 mg/h for 2401 h" [dose-rule]`,
		}},
		{"a pump without a time", []string{`"dose": "40 mg"`, forVisit, `"preparation": {"product": "ketamine 50 mg/mL", "route": "intravenous", "dilution": "undiluted", "pump": "1 mL/h half up"}`}, []string{
			`f:4:108: /phases/0/preparation/pump: want nothing, since neither amount nor preparation states a time, got "1 mL/h half up" [dose-rule]`,
		}},
		{"a pump with the time of the amount", []string{`"dose": "10 mg/h for 40 min"`, forVisit, `"preparation": {"product": "ketamine 50 mg/mL", "route": "intravenous", "dilution": "made up to 10 mL", "pump": "1 mL/h half up"}`}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, parseErrors(oneDose(tt.lines...)))
		})
	}
}

// parseErrors returns the problems of a file, each on a line.
func parseErrors(src []byte) []string {
	_, err := protocol.Parse("f", src)
	list, _ := err.(protocol.ErrorList)
	var lines []string
	for _, e := range list {
		lines = append(lines, e.Error())
	}
	return lines
}

// What runs on after departure has a visit that ends it.
func TestRunsOn(t *testing.T) {
	const day = `"runsOn": "after departure"`
	end := func(from, to string) string {
		return `"companions": [{"name": "call", "from": "0 days", "to": "0 days"}, {"name": "end", "from": "` + from + `", "to": "` + to + `"}]`
	}
	const dose96, dose46 = `"dose": "22 mg/h for 96 h, hard max 2500 mg"`, `"dose": "50 mg/h for 46 h, hard max 2500 mg"`
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"as long as the visit may be", []string{dose96, `"visit": {"administration": "24 h"}`}, []string{
			`f:3:31: /phases/0/visit/administration: want at least 96 h, as /phases/0/dose states, got "24 h" [visit-too-short]`,
		}},
		{"longer than a visit may be", []string{dose96, `"visit": {"administration": "96 h"}`}, []string{
			`f:3:31: /phases/0/visit/administration: want whole minutes or hours up to 24 h, such as 40 min or 2 h, got "96 h" [value]`,
		}},
		{"no companion", []string{dose96, day, forVisit}, []string{
			`f:1:36: /phases/0/companions: want a companion, which is the visit that ends the dose: it runs on after departure [missing]`,
		}},
		{"after four days", []string{dose96, day, forVisit, end("4 days", "4 days")}, nil},
		{"after four days or later", []string{dose96, day, forVisit, end("4 days", "6 days")}, nil},
		{"too early", []string{dose96, day, forVisit, end("3 days", "4 days")}, []string{
			`f:5:17: /phases/0/companions: want a companion from 4 days after the session on: the dose takes 96 h, and the companion is the visit that ends it, got "0 days, 3 days" [cadence-order]`,
		}},
		{"too late", []string{dose96, day, forVisit, end("5 days", "5 days")}, []string{
			`f:5:17: /phases/0/companions: want a companion from 4 days after the session on: the dose takes 96 h, and the companion is the visit that ends it, got "0 days, 5 days" [cadence-order]`,
		}},
		{"46 h end two days later, as a rule", []string{dose46, day, forVisit, end("2 days", "2 days")}, nil},
		{"46 h from one in the night end the day after", []string{dose46, day, forVisit, end("1 day", "2 days")}, nil},
		{"46 h do not end the same day", []string{dose46, day, forVisit, end("0 days", "2 days")}, []string{
			`f:5:17: /phases/0/companions: want a companion from 1 day or 2 days after the session on: the dose takes 46 h, and the companion is the visit that ends it, got "0 days, 0 days" [cadence-order]`,
		}},
		{"of the preparation", []string{`"dose": "2400 mg/m2, hard max 6000 mg"`, day, forVisit, strings.Replace(pumped, `"4 h"`, `"46 h"`, 1), end("2 days", "2 days")}, nil},
		{"without a time", []string{`"dose": "40 mg"`, day, forVisit, end("2 days", "2 days")}, []string{
			`f:3:13: /phases/0/runsOn: want how long, stated by the amount or by the preparation, got "after departure" [dose-rule]`,
		}},
		{"no drug", []string{day, end("2 days", "2 days")}, []string{
			`f:2:13: /phases/0/runsOn: want nothing: the phase gives no drug, got "after departure" [value]`,
		}},
		{"other words", []string{dose96, `"runsOn": "yes"`, forVisit, end("4 days", "4 days")}, []string{
			`f:3:13: /phases/0/runsOn: want "after departure", got "yes" [choice]`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, parseErrors(oneDose(tt.lines...)))
		})
	}
}

// A phase says how its levels follow each other where it has several, and only
// there.
func TestLevelsAreStated(t *testing.T) {
	const (
		steps = `"steps": [{"from": 2, "dose": "0.75 mg/kg of actual weight, hard max 100 mg", "condition": "x"}, {"from": 3, "dose": "1 mg/kg of actual weight, hard max 100 mg", "condition": "y"}]`
		perKg = `"dose": "0.5 mg/kg of actual weight, hard max 100 mg"`
		byOne = `"climb": "by one"`
		last  = `"follows": "last given"`
	)
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"both", []string{perKg, steps, byOne, last, forVisit}, nil},
		{"neither", []string{perKg, steps, forVisit}, []string{
			`f:1:36: /phases/0/climb: want free or by one: the phase names 3 levels, 0.5 mg/kg of actual weight, 0.75 mg/kg of actual weight and 1 mg/kg of actual weight [missing]`,
			`f:1:36: /phases/0/follows: want rule or last given: the phase names 3 levels, 0.5 mg/kg of actual weight, 0.75 mg/kg of actual weight and 1 mg/kg of actual weight [missing]`,
		}},
		{"one", []string{perKg, steps, byOne, forVisit}, []string{
			`f:1:36: /phases/0/follows: want rule or last given: the phase names 3 levels, 0.5 mg/kg of actual weight, 0.75 mg/kg of actual weight and 1 mg/kg of actual weight [missing]`,
		}},
		{"other words", []string{perKg, steps, `"climb": "two"`, `"follows": ""`, forVisit}, []string{
			`f:4:12: /phases/0/climb: want "free" or "by one", got "two" [choice]`,
			`f:5:14: /phases/0/follows: want "rule" or "last given", got "" [choice]`,
		}},
		{"one level", []string{perKg, byOne, last, forVisit}, []string{
			`f:3:12: /phases/0/climb: want nothing: the phase names one level, 0.5 mg/kg of actual weight, got "by one" [value]`,
			`f:4:14: /phases/0/follows: want nothing: the phase names one level, 0.5 mg/kg of actual weight, got "last given" [value]`,
		}},
		{"no level", []string{byOne, forVisit}, []string{
			`f:2:12: /phases/0/climb: want nothing: the phase names no level, got "by one" [value]`,
		}},
		{"planned steps are the plan", []string{`"dose": "7.5 mg"`, `"steps": [{"from": 5, "dose": "10 mg"}, {"from": 7, "dose": "12.5 mg"}]`, forVisit}, nil},
		{"choices of a planned step are levels", []string{`"dose": "2 devices of 28 mg"`, `"steps": [{"from": 2, "dose": "2 devices of 28 mg, or 84 mg"}]`, forVisit}, []string{
			`f:1:36: /phases/0/climb: want free or by one: the phase names 2 levels, 56 mg and 84 mg [missing]`,
			`f:1:36: /phases/0/follows: want rule or last given: the phase names 2 levels, 56 mg and 84 mg [missing]`,
		}},
		{"a level in other words is one", []string{`"dose": "3 devices of 28 mg"`, `"steps": [{"from": 2, "dose": "84 mg", "condition": "x"}]`, forVisit}, nil},
		{"five levels", []string{`"dose": "10 mg, or 20 mg or 30 mg or 40 mg or 50 mg"`, last, forVisit}, []string{
			`f:1:36: /phases/0/climb: want free or by one: the phase names 5 levels, 10 mg, 20 mg, 30 mg, 40 mg and more [missing]`,
		}},
		{"choices out of order", []string{`"dose": "56 mg, or 84 mg or 28 mg"`, byOne, last, forVisit}, []string{
			`f:2:22: /phases/0/dose: want more than 84 mg, not "28 mg", got "56 mg, or 84 mg or 28 mg" [dose-rule]`,
		}},
		{"steps out of order", []string{
			perKg, `"steps": [{"from": 2, "dose": "1 mg/kg of actual weight, hard max 100 mg", "condition": "x"}, {"from": 3, "dose": "0.75 mg/kg of actual weight, hard max 100 mg", "condition": "y"}]`, byOne, last, forVisit,
		}, []string{
			`f:3:106: /phases/0/steps/1/from: want at most 2, from which on 1 mg/kg of actual weight is offered: levels are climbed by one, and 0.75 mg/kg of actual weight comes before it, got 3 [cadence-order]`,
		}},
		{"steps out of order, free", []string{
			perKg, `"steps": [{"from": 2, "dose": "1 mg/kg of actual weight, hard max 100 mg", "condition": "x"}, {"from": 3, "dose": "0.75 mg/kg of actual weight, hard max 100 mg", "condition": "y"}]`, `"climb": "free"`, last, forVisit,
		}, nil},
		{"steps down", []string{
			`"dose": "84 mg"`, `"steps": [{"from": 2, "dose": "56 mg", "condition": "x"}, {"from": 3, "dose": "28 mg", "condition": "y"}]`, byOne, last, forVisit,
		}, nil},
		{"choices of later steps out of order", []string{
			`"dose": "28 mg"`, `"steps": [{"from": 2, "dose": "28 mg, or 84 mg"}, {"from": 4, "dose": "28 mg, or 56 mg"}]`, byOne, last, forVisit,
		}, []string{
			`f:3:62: /phases/0/steps/1/from: want at most 2, from which on 84 mg is offered: levels are climbed by one, and 56 mg comes before it, got 4 [cadence-order]`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, parseErrors(oneDose(tt.lines...)))
		})
	}

	// In Go, too, where any value can be written.
	p := drugPhase("a", "3-2")
	p.Climb, p.Follows = 9, 9
	assert.Equal(t, []string{
		`/phases/0/climb "%!Climb(9)": want free or by one [value]`,
		`/phases/0/follows "%!Follows(9)": want rule or last given [value]`,
		`/phases/0/climb "%!Climb(9)": want nothing: the phase names one level, 56 mg [value]`,
		`/phases/0/follows "%!Follows(9)": want nothing: the phase names one level, 56 mg [value]`,
	}, compileErrors(t, phases(p)))
}

// The levels of a phase, and what a parameter may say of them.
func TestLevels(t *testing.T) {
	p := protocol.Phase{
		Dose: dose.MustRule("1 device of 28 mg, or 56 mg"),
		Steps: []protocol.Step{
			{From: 4, Dose: dose.MustRule("3 devices of 28 mg, or 140 mg"), Condition: "tolerated"},
			{From: 2, Dose: dose.MustRule("2 devices of 28 mg, or 84 mg")},
			{From: 5, Dose: dose.MustRule("28 mg, or 112 mg"), Condition: "again"},
		},
	}
	level := func(text string, r dose.Rule, choice string, from int, condition string) protocol.DoseLevel {
		l := protocol.DoseLevel{Level: dose.MustLevel(text), Rule: r, From: from, Condition: condition}
		if choice != "" {
			l.Choice = dose.MustMass(choice)
		}
		return l
	}
	assert.Equal(t, []protocol.DoseLevel{
		level("28 mg", p.Dose, "", 1, ""),
		level("56 mg", p.Dose, "56 mg", 1, ""),
		level("84 mg", p.Steps[1].Dose, "84 mg", 2, ""), // earlier than the conditional step
		level("140 mg", p.Steps[0].Dose, "140 mg", 4, "tolerated"),
		level("112 mg", p.Steps[2].Dose, "112 mg", 5, "again"),
	}, p.Levels())
	assert.Empty(t, protocol.Phase{}.Levels())
	assert.Len(t, protocol.Phase{Dose: dose.MustRule("28 mg")}.Levels(), 1)

	spec := phases(drugPhase("a", "3-2"), drugPhase("b", "2"))
	for i := range spec.Phases {
		spec.Phases[i].Dose = dose.MustRule("56 mg, or 84 mg, hard max 84 mg")
	}
	spec.Parameters = []protocol.Parameter{
		{Name: "climb", Fills: []protocol.Place{{Field: protocol.FieldClimb}}},
		{Name: "follows", Fills: []protocol.Place{{Phase: "a", Field: protocol.FieldFollows}, {Phase: "b", Field: protocol.FieldFollows}}},
	}
	checkFile(t, spec)
	assert.Equal(t, []string{
		`/parameters/0 "climb": want a value [parameter-unset]`,
		`/parameters/1 "follows": want a value [parameter-unset]`,
	}, compileErrors(t, spec))
	assert.Equal(t, []string{
		`/parameters/0/value "by two": want free or by one [value]`,
		`/parameters/1/value "last": want rule or last given [value]`,
	}, compileErrors(t, set(t, spec, "climb", "by two", "follows", "last")))
	spec.Parameters[1].Choices = []string{"rule", "last"}
	assert.Equal(t, []string{
		`/parameters/1/choices/1 "last": want rule or last given [value]`,
	}, compileErrors(t, set(t, spec, "climb", "by one", "follows", "rule")))
	spec.Parameters[1].Choices = []string{"rule", "last given"}
	compiled, err := set(t, spec, "climb", "by one", "follows", "last given").Compile()
	require.NoError(t, err)
	for _, phase := range compiled.Phases() {
		assert.Equal(t, protocol.ClimbByOne, phase.Climb)
		assert.Equal(t, protocol.FollowsLastGiven, phase.Follows)
	}
}

func TestOrderOf(t *testing.T) {
	p := drugPhase("a", "3-2")
	p.Preparation, p.RunsOn = dose.Preparation{Route: dose.Intravenous}, true
	assert.Equal(t, dose.Order{
		Rule: dose.MustRule("84 mg"), Preparation: p.Preparation, Administration: dose.MustDuration("40 min"), RunsOn: true,
	}, p.OrderOf(dose.MustRule("84 mg")))
	for _, none := range []time.Duration{0, -time.Minute, time.Millisecond} {
		p.Visit.Administration = none
		assert.True(t, p.OrderOf(p.Dose).Administration.IsZero())
	}
}

// What a parameter leaves open puts off what depends on it, and nothing else.
func TestOpenOrders(t *testing.T) {
	open := func(parameters string, lines ...string) []byte {
		return []byte(strings.TrimSuffix(string(oneDose(lines...)), "}\n") + `, "parameters": [` + parameters + "]}\n")
	}
	const administration = `{"name": "p", "fills": ["administration"]}`
	assert.Empty(t, parseErrors(open(administration, `"dose": "40 mg, hard max 60 mg/h"`)), "a rate of a time to come")
	assert.Empty(t, parseErrors(open(administration, `"dose": "40 mg, hard max 2 mL/h"`, undriven)), "a flow of a time to come")
	assert.Empty(t, parseErrors(open(administration, `"dose": "22 mg/h for 96 h"`)))
	assert.Empty(t, parseErrors(open(administration, `"dose": "3 devices of 28 mg 5 min apart"`)))
	assert.Equal(t, []string{`f:2:19: /phases/0/dose: want a preparation, to judge it by, got "hard max 2 mg/mL" [limit-not-judged]`},
		parseErrors(open(administration, `"dose": "40 mg, hard max 2 mg/mL"`)))
	assert.Equal(t, []string{`f:3:118: /phases/0/preparation/during: want 5 h, as /phases/0/dose states, got "4 h" [times-differ]`},
		parseErrors(open(administration, `"dose": "10 mg/h for 5 h"`, pumped)))
	set := strings.Replace(administration, "}", `, "value": "9 min"}`, 1)
	assert.Equal(t, []string{`f:1:36: /phases/0/visit/administration: want at least 10 min: 2 x 5 min between 3 devices, got "9 min" [devices-too-fast]`},
		parseErrors(open(set, `"dose": "3 devices of 28 mg 5 min apart"`)), "once it has a value")

	const basis = `{"name": "p", "fills": ["basis"]}`
	assert.Equal(t, []string{`f:4:118: /phases/0/preparation/during: want 5 h, as /phases/0/dose states, got "4 h" [times-differ]`},
		parseErrors(open(basis, `"dose": "0.1 mg/kg/h of ? weight for 5 h, hard max 100 mg"`, `"visit": {"administration": "5 h"}`, pumped)))
	assert.Equal(t, []string{
		`f:1:36: /phases/0/climb: want free or by one: the phase names 2 levels, 0.5 mg/kg of ? weight and 0.6 mg/kg of ? weight [missing]`,
		`f:1:36: /phases/0/follows: want rule or last given: the phase names 2 levels, 0.5 mg/kg of ? weight and 0.6 mg/kg of ? weight [missing]`,
	}, parseErrors(open(basis, `"dose": "0.5 mg/kg of ? weight, hard max 100 mg"`, `"steps": [{"from": 2, "dose": "0.6 mg/kg of ? weight, hard max 100 mg", "condition": "x"}]`, forVisit)))

	const amount = `{"name": "p", "fills": ["amount"]}`
	assert.Empty(t, parseErrors(open(amount, `"dose": "?, or 84 mg"`, forVisit)), "it may be 84 mg")
	assert.Equal(t, []string{`f:3:31: /phases/0/visit/administration: want at least 4 h, as /phases/0/preparation/during states, got "40 min" [visit-too-short]`},
		parseErrors(open(amount, `"dose": "?, hard max 100 mg"`, forVisit, pumped)))
}
