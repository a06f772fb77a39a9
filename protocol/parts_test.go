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

const inParts = `{
  "format": "regimen/1",
  "id": "ramp",
  "version": "1",
  "drug": "ketamine",
  "route": "intravenous",
  "phases": [
    {
      "name": "infusion",
      "cadence": "2/wk x2",
      "visit": {
        "administration": "6 h"
      },
      "dose": "sum of parts, soft max 180 mg, hard max 250 mg",
      "parts": [
        {
          "name": "first rate",
          "dose": "20 mg/h for 120 min, hard max 30 mg/h"
        },
        {
          "name": "second rate",
          "dose": "40 mg/h for 3 h, hard max 45 mg/h",
          "start": "30 min after end",
          "condition": "no sedation"
        }
      ],
      "minGap": "2 days"
    }
  ]
}
`

// A file with a dose in parts is read as it is written, has everything that gives it, and
// its phase has one level: the sum.
func TestPartsInFiles(t *testing.T) {
	s, err := protocol.Parse("f", []byte(inParts))
	require.NoError(t, err)
	assert.Equal(t, inParts, string(protocol.Format(s)))
	assert.Equal(t, []dose.Part{
		{Name: "first rate", Rule: dose.MustRule("20 mg/h for 2 h, hard max 30 mg/h")},
		{Name: "second rate", Rule: dose.MustRule("40 mg/h for 3 h, hard max 45 mg/h"), Start: dose.AfterEnd(dose.MustDuration("30 min")), Condition: "no sedation"},
	}, s.Phases[0].Parts)
	p, err := s.Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		assert.True(t, phase.InParts())
		whole, parts, err := phase.Sequence().For(dose.Body{})
		require.NoError(t, err)
		assert.Equal(t, "40 mg", whole.Dose().String(), "20 mg/h for 2 h; the rest is on a condition")
		assert.Equal(t, "120 mg", parts[1].Delivery.Dose().String(), "40 mg/h for 3 h")
		assert.Equal(t, 150*time.Minute, parts[1].Times.Begins, "2 h and 30 min")
		require.Len(t, phase.Levels(), 1)
		assert.Equal(t, "sum of parts", phase.Levels()[0].Level.String())
	}
}

// What is stated of the whole may be left out; the dose is then the sum without limits.
func TestPartsWithoutAWhole(t *testing.T) {
	s, err := protocol.Parse("f", []byte(strings.Replace(inParts, `      "dose": "sum of parts, soft max 180 mg, hard max 250 mg",`+"\n", "", 1)))
	require.NoError(t, err)
	assert.True(t, s.Phases[0].Dose.IsZero())
	p, err := s.Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		assert.Equal(t, dose.Rule{Amount: dose.SumOfParts()}, phase.Dose)
	}
	assert.True(t, p.Spec().Phases[0].Dose.IsZero(), "the Spec is as it was")
}

func TestPartsRefused(t *testing.T) {
	const first, second = `"dose": "20 mg/h for 120 min, hard max 30 mg/h"`, `"dose": "40 mg/h for 3 h, hard max 45 mg/h"`
	for name, test := range map[string]struct{ old, now, want string }{
		"two of one name": {`"second rate"`, `"first rate"`, `f:21:19: /phases/0/parts/1/name: want every name once: /phases/0/parts/0 has the same, got "first rate" [duplicate]`},
		"overlap":         {"30 min after end", "119 min after start", `f:23:20: /phases/0/parts/1/start: want at least 120 min after start, when the part before has ended, /phases/0/parts/0, got "119 min after start" [parts-overlap]`},
		"leave the visit": {"30 min after end", "61 min after end", `f:12:27: /phases/0/visit/administration: want at least 361 min, when part "second rate", /phases/0/parts/1, ends, got "6 h" [visit-too-short]`},
		"a rate limit without a time": {
			first, `"dose": "20 mg, hard max 30 mg/h"`,
			`f:18:27: /phases/0/parts/0/dose: want a time over which the dose is given, to judge it by, such as /phases/0/parts/0/during, got "hard max 30 mg/h" [limit-not-judged]`,
		},
		"another dose of the whole": {"sum of parts, soft max 180 mg", "180 mg", `f:14:16: /phases/0/dose: want sum of parts, since the parts say how much, got "180 mg" [dose-rule]`},
		"a whole with a rate": {
			"hard max 250 mg", "hard max 40 mg/h",
			`f:14:47: /phases/0/dose: want a limit of the dose, of the dose per kilogram or of the duration: by the rate each part is judged, not the whole, got "hard max 40 mg/h" [limit-not-judged]`,
		},
		"a hard limit of a part": {second, `"dose": "40 mg/h for 3 h, hard max 39 mg/h"`, `f:22:19: /phases/0/parts/1/dose: want a dose that does not pass the hard max 39 mg/h of the rate, got "40 mg/h for 3 h, hard max 39 mg/h" [hard-limit]`},
		"a hard limit of the whole": {
			"soft max 180 mg, hard max 250 mg", "hard max 39 mg",
			`f:14:15: /phases/0/dose: want a dose that does not pass the hard max 39 mg of the dose, all parts that are planned together, got "sum of parts, hard max 39 mg" [hard-limit]`,
		},
		"a part that can never be given": {
			"soft max 180 mg, hard max 250 mg", "hard max 159 mg",
			`f:22:19: /phases/0/parts/1/dose: want a dose that does not pass the hard max 159 mg of the dose of /phases/0/dose together with the parts before it: it could never be given, got "40 mg/h for 3 h, hard max 45 mg/h" [hard-limit]`,
		},
		"no part that is planned": {first, first + `, "condition": "pain"`, `f:15:16: /phases/0/parts: want a part without a condition, which is what is planned [missing]`},
		"a part without a dose":   {second, `"during": "1 h"`, `f:20:9: /phases/0/parts/1/dose: want a dose [missing]`},
		"a step beside parts": {
			`"minGap"`, `"steps": [{"from": 2, "dose": "90 mg"}], "minGap"`,
			`f:27:17: /phases/0/steps/0: want no step in a phase with parts: another dose is another phase [value]`,
		},
		"a preparation of the whole": {
			`"minGap"`, `"preparation": {"product": "ketamine 50 mg/mL", "route": "intravenous", "dilution": "made up to 50 mL"}, "minGap"`,
			`f:27:22: /phases/0/preparation: want none: each of /phases/0/parts has its own [value]`,
		},
		"a dose that runs on":   {`"minGap"`, `"runsOn": "after departure", "minGap"`, `f:8:5: /phases/0/companions: want a companion, which is the visit that ends the dose: it runs on after departure [missing]`},
		"a start of the first":  {first, first + `, "start": "1 h after end"`, `f:18:69: /phases/0/parts/0/start: want nothing, since the first part begins with the administration, got "1 h after end" [dose-rule]`},
		"a start of an unknown": {"30 min after end", "30 min later", `f:23:33: /phases/0/parts/1/start: want a time and "after end" or "after start", such as "10 min after end", got "30 min later" [value]`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := protocol.Parse("f", []byte(strings.Replace(inParts, test.old, test.now, 1)))
			require.EqualError(t, err, test.want)
		})
	}
	s, err := protocol.Parse("f", []byte(inParts))
	require.NoError(t, err)
	s.Phases[0].Parts = nil
	_, err = s.Compile()
	require.EqualError(t, err, `/phases/0/dose/amount "sum of parts": want an amount, since the phase has no parts`)
}

// A parameter fills a field of one part, and a basis all parts that lack one.
func TestPartsOfParameters(t *testing.T) {
	text := strings.NewReplacer(
		`"20 mg/h for 120 min, hard max 30 mg/h"`, `"?, hard max 80 mg"`,
		`"40 mg/h for 3 h, hard max 45 mg/h"`, `"0.25 mg/kg of ? weight, hard max 80 mg"`,
		"\n  ]\n}\n", `
  ],
  "parameters": [
  {"name": "first", "fills": ["part first rate amount of infusion"], "low": "0.5 mg/kg", "high": "1 mg/kg"},
  {"name": "top", "fills": ["part second rate cap"]},
  {"name": "basis", "fills": ["basis of infusion"]}
 ]
}
`).Replace(inParts)
	s, err := protocol.Parse("f", []byte(text))
	require.NoError(t, err)
	assert.Equal(t, protocol.Place{Phase: "infusion", Field: protocol.FieldAmount, Part: "first rate"}, s.Parameters[0].Fills[0])
	again, err := protocol.Parse("f", protocol.Format(s))
	require.NoError(t, err)
	assert.Equal(t, s, again)
	_, err = s.Compile()
	require.EqualError(t, err, `/parameters/0 "first": want a value (and 2 more errors)`)
	for name, value := range map[string]string{"first": "0.75 mg/kg", "top": "20 mg", "basis": "actual"} {
		s, err = s.Set(name, value)
		require.NoError(t, err)
	}
	p, err := s.Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		whole, parts, err := phase.Sequence().For(dose.Body{Weight: dose.MustWeight("100 kg")})
		require.NoError(t, err)
		assert.Equal(t, "75 mg", whole.Dose().String())
		assert.Equal(t, "20 mg", parts[1].Delivery.Dose().String(), "25 mg capped")
	}
	for place, want := range map[string]string{
		"part third amount of infusion":      `/parameters/0/fills/0/part "third": want the name of a part of phase "infusion"`,
		"part third amount":                  `/parameters/0/fills/0/part "third": want the name of a part`,
		"part first rate amount of nowhere":  `/parameters/0/fills/0/phase "nowhere": want the name of a phase`,
		"amount of infusion":                 `/parameters/0/fills/0 "amount": want a field that nothing else gives, neither phase "infusion" nor another place`,
		"part second rate basis of infusion": ``,
	} {
		var to protocol.Place
		require.NoError(t, to.UnmarshalText([]byte(place)))
		assert.Equal(t, place, to.String())
		other := s.Clone()
		other.Parameters[0].Fills[0] = to
		if want != "" {
			assert.Contains(t, strings.Join(compileErrors(t, other), "\n"), want, place)
		}
	}
	_, err = protocol.ParsePlace("part first rate minGap of infusion")
	assert.Error(t, err)
}

func TestDiffOfParts(t *testing.T) {
	a, err := protocol.Parse("f", []byte(inParts))
	require.NoError(t, err)
	b := a.Clone()
	b.Phases[0].Parts[0].Rule = dose.MustRule("25 mg/h for 2 h, hard max 30 mg/h")
	b.Phases[0].Parts[1].Start = dose.MustPartStart("45 min after end")
	b.Phases[0].Parts = append(b.Phases[0].Parts, dose.Part{Name: "flush", Rule: dose.MustRule("1 mg"), During: dose.MustDuration("5 min")})
	d, err := protocol.Diff(a, b)
	require.NoError(t, err)
	assert.Equal(t, strings.TrimPrefix(`
phase infusion, part first rate, dose 20 mg/h for 120 min -> 25 mg/h for 120 min
phase infusion, part second rate, start 30 min after end -> 45 min after end
phase infusion, part flush added (dose 1 mg, during 5 min)
`, "\n"), d.String())
	done, err := d.Apply(a)
	require.NoError(t, err)
	assert.Equal(t, b, done)
}
