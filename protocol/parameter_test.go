package protocol_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// openSpec leaves everything that a parameter can fill to one parameter each,
// in both of its phases. The values are test data.
func openSpec() protocol.Spec {
	s := protocol.Spec{Phases: []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("3-2-1")}, {Name: "b"}}}
	for _, p := range []struct {
		name  string
		field protocol.Field
		value string
	}{
		{"amount", protocol.FieldAmount, "0.5 mg/kg"},
		{"basis", protocol.FieldBasis, "actual"},
		{"cap", protocol.FieldCap, "60 mg"},
		{"rounding", protocol.FieldRounding, "0.1 mg half up"},
		{"maximum", protocol.FieldMaximum, "200 mg"},
		{"min-gap", protocol.FieldMinGap, "2"},
		{"administration", protocol.FieldAdministration, "40 min"},
		{"observation", protocol.FieldObservation, "2 h"},
	} {
		s.Parameters = append(s.Parameters, protocol.Parameter{Name: p.name, Doc: "open", Fills: []protocol.Place{{Field: p.field}}, Value: p.value})
	}
	s.Parameters = append(s.Parameters, protocol.Parameter{
		Name: "maintenance", Fills: []protocol.Place{{Phase: "b", Field: protocol.FieldCadence}}, Value: "every 4w",
	})
	return s
}

// set sets values by name.
func set(t *testing.T, s protocol.Spec, namesAndValues ...string) protocol.Spec {
	t.Helper()
	for i := 0; i < len(namesAndValues); i += 2 {
		var err error
		s, err = s.Set(namesAndValues[i], namesAndValues[i+1])
		require.NoError(t, err)
	}
	return s
}

func TestParametersFillPhases(t *testing.T) {
	p, err := openSpec().Compile()
	require.NoError(t, err)
	assert.Equal(t, "3-2-1 then every 4w", p.Cadence().String())
	for _, phase := range p.Phases() {
		assert.Equal(t, "0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg", phase.Dose.String())
		assert.Equal(t, 2, phase.MinGap)
		assert.Equal(t, 40*time.Minute, phase.Visit.Administration)
		assert.Equal(t, 2*time.Hour, phase.Visit.Observation)
	}
	var values []string
	for parameter := range p.Parameters() {
		values = append(values, parameter.Value)
	}
	assert.Equal(t, []string{"0.5 mg/kg", "actual", "60 mg", "0.1 mg half up", "200 mg", "2", "40 min", "2 h", "every 4w"}, values)
	assert.True(t, p.Spec().Phases[0].Dose.IsZero(), "the Spec stays open")
}

func TestUnsetParameters(t *testing.T) {
	s := openSpec()
	for i := range s.Parameters {
		s.Parameters[i].Value = ""
	}
	// The basis is missed only where a dose per kilogram is given. What depends
	// on a parameter is not reported again.
	assert.Equal(t, []string{
		`/parameters/0 "amount": want a value: open [parameter-unset]`,
		`/parameters/2 "cap": want a value: open [parameter-unset]`,
		`/parameters/3 "rounding": want a value: open [parameter-unset]`,
		`/parameters/4 "maximum": want a value: open [parameter-unset]`,
		`/parameters/5 "min-gap": want a value: open [parameter-unset]`,
		`/parameters/6 "administration": want a value: open [parameter-unset]`,
		`/parameters/7 "observation": want a value: open [parameter-unset]`,
		`/parameters/8 "maintenance": want a value [parameter-unset]`,
	}, compileErrors(t, s))
	_, err := s.Compile()
	assert.ErrorIs(t, err, protocol.ErrUnset)
	assert.NotErrorIs(t, err, protocol.ErrInvalid)

	// A parameter that is unset hides nothing else.
	s.Parameters = s.Parameters[:5]
	assert.Equal(t, []string{
		`/phases/0/minGap: want the least number of days between sessions: a phase with a dose has no default for it [missing]`,
		`/phases/0/visit/administration: want how long the drug is given: a phase with a dose has no default for it [missing]`,
		`/phases/1/minGap: want the least number of days between sessions: a phase with a dose has no default for it [missing]`,
		`/phases/1/visit/administration: want how long the drug is given: a phase with a dose has no default for it [missing]`,
		`/parameters/0 "amount": want a value: open [parameter-unset]`,
		`/parameters/2 "cap": want a value: open [parameter-unset]`,
		`/parameters/3 "rounding": want a value: open [parameter-unset]`,
		`/parameters/4 "maximum": want a value: open [parameter-unset]`,
	}, compileErrors(t, s))
}

func TestBasis(t *testing.T) {
	unset := []string{`/parameters/1 "basis": want a value: open [parameter-unset]`}
	assert.Equal(t, unset, compileErrors(t, set(t, openSpec(), "basis", "")))
	assert.Empty(t, compileErrors(t, set(t, openSpec(), "basis", "", "amount", "56 mg")), "a fixed dose has no basis")
	assert.Empty(t, compileErrors(t, set(t, openSpec(), "amount", "56 mg")))

	// A phase that states its rate and leaves the basis open.
	s := openSpec()
	s.Parameters = s.Parameters[1:]
	for i := range s.Phases {
		s.Phases[i].Dose.Amount = dose.PerWeight(dose.MustPerKilogram("0.4 mg/kg"), 0)
	}
	p, err := s.Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		assert.Equal(t, "0.4 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg", phase.Dose.String())
	}
	assert.Equal(t, []string{`/parameters/0 "basis": want a value: open [parameter-unset]`}, compileErrors(t, set(t, s, "basis", "")))

	wrong := compileErrors(t, set(t, openSpec(), "basis", "guessed"))
	require.Len(t, wrong, 1)
	assert.Contains(t, wrong[0], `/parameters/1/value "guessed": `)
}

func TestParameterValues(t *testing.T) {
	tests := []struct {
		name, value, want string // want is the error after the value; "" accepts
	}{
		{"amount", "0.25 mg/kg", ""},
		{"amount", "36 mg", ""},
		{"rounding", "exact", ""},
		{"min-gap", "1", ""},
		{"min-gap", "3", ""},
		{"min-gap", "1 day", ""},
		{"min-gap", "3 days", ""},
		{"administration", "24 h", ""},
		{"observation", "0 min", ""},
		{"maintenance", "as needed", ""},
		{"maintenance", "every 1mo", ""},
		{"min-gap", "0", "want whole days from 1 to 3650, such as 2 days"},
		{"min-gap", "02", "want whole days from 1 to 3650, such as 2 days"},
		{"min-gap", "+2", "want whole days from 1 to 3650, such as 2 days"},
		{"min-gap", "3651", "want whole days from 1 to 3650, such as 2 days"},
		{"min-gap", "2 day", "want whole days from 1 to 3650, such as 2 days"},
		{"min-gap", "0 days", "want whole days from 1 to 3650, such as 2 days"},
		{"min-gap", "2 weeks", "want whole days from 1 to 3650, such as 2 days"},
		{"administration", "40", "want whole minutes or hours up to 24 h, such as 40 min or 2 h"},
		{"observation", "25 h", "want whole minutes or hours up to 24 h, such as 40 min or 2 h"},
		{"maintenance", "monthly", "want one meaning: every 4w or every 1mo?"},
	}
	for _, test := range tests {
		t.Run(test.name+" "+test.value, func(t *testing.T) {
			errs := compileErrors(t, set(t, openSpec(), test.name, test.value))
			if test.want == "" {
				assert.Empty(t, errs)
				return
			}
			require.Len(t, errs, 1)
			assert.Contains(t, errs[0], `/value "`+test.value+`": `+test.want+" [value]")
		})
	}

	// What the dose package refuses is its own error.
	for _, test := range []struct{ name, value string }{
		{"amount", "0.5"},
		{"amount", "0.5 ml/kg"},
		{"amount", "0,5 mg/kg"},
		{"amount", "36 kg"},
		{"cap", "60"},
		{"rounding", "0.1 mg"},
		{"rounding", "half up"},
		{"maximum", "200 kg"},
	} {
		errs := compileErrors(t, set(t, openSpec(), test.name, test.value))
		require.Len(t, errs, 1, test.value)
		_, err := set(t, openSpec(), test.name, test.value).Compile()
		_, ok := errors.AsType[*dose.ParseError](err)
		assert.True(t, ok, test.value)
	}

	// A value of one parameter meets those of the others.
	assert.Equal(t, []string{
		`/phases/0/minGap "4": want a gap that a week of 3 sessions can hold: at most 3 days [gap]`,
	}, compileErrors(t, set(t, openSpec(), "min-gap", "4")))
}

func TestChoicesAndRanges(t *testing.T) {
	with := func(name string, edit func(*protocol.Parameter)) protocol.Spec {
		s := openSpec()
		for i := range s.Parameters {
			if s.Parameters[i].Name == name {
				edit(&s.Parameters[i])
			}
		}
		return s
	}
	between := func(name, low, high, value string) protocol.Spec {
		return with(name, func(p *protocol.Parameter) { p.Low, p.High, p.Value = low, high, value })
	}
	chosen := func(value string, choices ...string) protocol.Spec {
		return with("maintenance", func(p *protocol.Parameter) { p.Choices, p.Value = choices, value })
	}
	multiple := func(name, of, value string) protocol.Spec {
		return with(name, func(p *protocol.Parameter) { p.MultipleOf, p.Value = of, value })
	}
	tests := []struct {
		name string
		spec protocol.Spec
		want []string
	}{
		{"first choice", chosen("every 4w", "every 4w", "every 1mo"), nil},
		{"last choice", chosen("every 1mo", "every 4w", "every 1mo"), nil},
		{"no choice", chosen("every 5w", "every 4w", "every 1mo"), []string{`/parameters/8/value "every 5w": want one of every 4w, every 1mo [value]`}},
		{"choice unset", chosen("", "every 4w", "every 1mo"), []string{`/parameters/8 "maintenance": want a value [parameter-unset]`}},

		{"at low", between("min-gap", "2", "3", "2"), nil},
		{"at high", between("min-gap", "2", "3", "3"), nil},
		{"below", between("min-gap", "2", "3", "1"), []string{`/parameters/5/value "1": want at least 2 [value]`}},
		{"above", between("min-gap", "1", "2", "3"), []string{`/parameters/5/value "3": want at most 2 [value]`}},
		{"by number", between("min-gap", "2", "10", "3"), nil},
		{"only low", between("administration", "40 min", "", "2 h"), nil},
		{"only high", between("administration", "", "40 min", "2 h"), []string{`/parameters/6/value "2 h": want at most 40 min [value]`}},
		{"by length", between("observation", "90 min", "2 h", "119 min"), nil},
		{"equal ends", between("cap", "60 mg", "60 mg", "60 mg"), nil},
		{"mass", between("maximum", "100 mg", "0.2 g", "200 mg"), nil},
		{"mass above", between("maximum", "100 mg", "0.2 g", "200.1 mg"), []string{`/parameters/4/value "200.1 mg": want at most 0.2 g [value]`}},
		{"rate", between("amount", "0.4 mg/kg", "1 mg/kg", "0.5 mg/kg"), nil},
		{"rate below", between("amount", "0.5 mg/kg", "1 mg/kg", "0.4 mg/kg"), []string{`/parameters/0/value "0.4 mg/kg": want at least 0.5 mg/kg [value]`}},
		{"fixed", between("amount", "40 mg", "84 mg", "56 mg"), nil},
		{"multiple", multiple("amount", "28 mg", "84 mg"), nil},
		{"multiple in other words", multiple("amount", "0.028 g", "56 mg"), nil},
		{"no multiple", multiple("amount", "28 mg", "57 mg"), []string{`/parameters/0/value "57 mg": want a whole multiple of 28 mg [value]`}},
		{"half of one", multiple("amount", "28 mg", "14 mg"), []string{`/parameters/0/value "14 mg": want a whole multiple of 28 mg [value]`}},
		{"multiple per kilogram", multiple("amount", "0.25 mg/kg", "0.75 mg/kg"), nil},
		{"no multiple per kilogram", multiple("amount", "0.25 mg/kg", "0.8 mg/kg"), []string{`/parameters/0/value "0.8 mg/kg": want a whole multiple of 0.25 mg/kg [value]`}},
		{"multiple of something else", multiple("amount", "28 mg", "0.5 mg/kg"), []string{`/parameters/0/value "0.5 mg/kg": want a whole multiple of 28 mg [value]`}},
		{"multiple of a dose per kilogram", multiple("amount", "0.25 mg/kg", "56 mg"), []string{`/parameters/0/value "56 mg": want a whole multiple of 0.25 mg/kg [value]`}},
		{"choices of two fields", with("amount", func(p *protocol.Parameter) {
			p.Fills, p.Choices = append(p.Fills, protocol.Place{Field: protocol.FieldMinGap}), []string{"0.5 mg/kg"}
		}), []string{
			`/parameters/0/choices/0 "0.5 mg/kg": want whole days from 1 to 3650, such as 2 days [value]`,
			`/parameters/0/value "0.5 mg/kg": want whole days from 1 to 3650, such as 2 days [value]`,
			`/parameters/5/fills/0 "minGap": want a field that nothing else gives, neither phase "a" nor another place [duplicate]`,
		}},
		{"range of two fields", with("amount", func(p *protocol.Parameter) {
			p.Fills, p.Low = append(p.Fills, protocol.Place{Field: protocol.FieldObservation}), "0.4 mg/kg"
		}), []string{
			`/parameters/0/low "0.4 mg/kg": want a value that observation can have and that can be compared [value]`,
			`/parameters/0/value "0.5 mg/kg": want whole minutes or hours up to 24 h, such as 40 min or 2 h [value]`,
			`/parameters/7/fills/0 "observation": want a field that nothing else gives, neither phase "a" nor another place [duplicate]`,
		}},
		{"many choices", with("maintenance", func(p *protocol.Parameter) {
			p.Choices, p.Value = nil, "every 99w"
			for i := range 30 {
				p.Choices = append(p.Choices, "every "+strconv.Itoa(i+1)+"w")
			}
		}), []string{`/parameters/8/value "every 99w": want one of the choices [value]`}},
		{"multiple of days", multiple("min-gap", "1 day", "2 days"), nil},
		{"no multiple of days", multiple("min-gap", "2 days", "3"), []string{`/parameters/5/value "3": want a whole multiple of 2 days [value]`}},
		{"multiple of minutes", multiple("observation", "30 min", "2 h"), nil},
		{"no multiple of minutes", multiple("observation", "30 min", "100 min"), []string{`/parameters/7/value "100 min": want a whole multiple of 30 min [value]`}},
		{"multiple of a cap", multiple("cap", "5 mg", "60 mg"), nil},
		{"no multiple of a maximum", multiple("maximum", "30 mg", "200 mg"), []string{`/parameters/4/value "200 mg": want a whole multiple of 30 mg [value]`}},
		{"multiple of nothing", multiple("amount", "0 mg", "56 mg"), []string{`/parameters/0/multipleOf "0 mg": want a value of more than 0 that amount can have and that has multiples [value]`}},
		{"multiple of no minutes", multiple("observation", "0 min", "2 h"), []string{`/parameters/7/multipleOf "0 min": want a value of more than 0 that observation can have and that has multiples [value]`}},
		{"multiple of a word", multiple("basis", "actual", "actual"), []string{`/parameters/1/multipleOf "actual": want a value of more than 0 that basis can have and that has multiples [value]`}},
		{
			"multiple and range", with("amount", func(p *protocol.Parameter) {
				p.MultipleOf, p.Low, p.High, p.Value = "28 mg", "28 mg", "84 mg", "560 mg"
			}),
			[]string{`/parameters/0/value "560 mg": want at most 84 mg [value]`},
		},
		{"choice in other words", with("amount", func(p *protocol.Parameter) { p.Choices, p.Value = []string{"28 mg", "56 mg"}, "0.056 g" }), nil},
		{
			"no choice of a dose", with("amount", func(p *protocol.Parameter) { p.Choices, p.Value = []string{"28 mg", "56 mg"}, "560 mg" }),
			[]string{`/parameters/0/value "560 mg": want one of 28 mg, 56 mg [value]`},
		},
		{"choices out of range", with("amount", func(p *protocol.Parameter) {
			p.Choices, p.Low, p.High, p.MultipleOf, p.Value = []string{"14 mg", "30 mg", "56 mg", "84 mg", "x", "56 mg"}, "28 mg", "60 mg", "28 mg", "56 mg"
		}), []string{
			`/parameters/0/choices/0 "14 mg": want at least 28 mg [value]`,
			`/parameters/0/choices/1 "30 mg": want a whole multiple of 28 mg [value]`,
			`/parameters/0/choices/3 "84 mg": want at most 60 mg [value]`,
			`/parameters/0/choices/4 "x": want a number and mg, mcg or g [value]`,
			`/parameters/0/choices/5 "56 mg": want every choice once [duplicate]`,
		}},
		{"choice of an unset value", with("min-gap", func(p *protocol.Parameter) { p.Choices, p.Value = []string{"never"}, "" }), []string{
			`/parameters/5/choices/0 "never": want whole days from 1 to 3650, such as 2 days [value]`,
			`/parameters/5 "min-gap": want a value: open [parameter-unset]`,
		}},
		{"fixed in a range per kilogram", between("amount", "0.4 mg/kg", "1 mg/kg", "56 mg"), []string{`/parameters/0/value "56 mg": want at least 0.4 mg/kg [value]`}},

		{"cadence at low", between("maintenance", "every 4w x3", "every 4w x6", "every 4w x3"), nil},
		{"cadence at high", between("maintenance", "every 4w x3", "every 4w x6", "every 4w x6"), nil},
		{"cadence below", between("maintenance", "every 4w x3", "every 4w x6", "every 4w x2"), []string{`/parameters/8/value "every 4w x2": want at least every 4w x3 [value]`}},
		{"cadence above", between("maintenance", "every 4w x3", "every 4w x6", "every 4w x7"), []string{`/parameters/8/value "every 4w x7": want at most every 4w x6 [value]`}},
		{"cadence without end is longest", between("maintenance", "every 4w x3", "every 4w x6", "every 4w"), []string{`/parameters/8/value "every 4w": want at most every 4w x6 [value]`}},
		{"cadence without end", between("maintenance", "every 4w x3", "", "every 4w"), nil},
		{"cadence as long in days", between("maintenance", "every 4w x3", "", "every 28d x3"), []string{`/parameters/8/value "every 28d x3": want at least every 4w x3 [value]`}},
		{"cadence within another range", between("maintenance", "every 4w x3", "", "every 4w (1w..4w) x3"), []string{`/parameters/8/value "every 4w (1w..4w) x3": want at least every 4w x3 [value]`}},
		{"cadence of one week", between("maintenance", "1", "1/wk x3", "1/wk x2"), nil},
		{"cadence of every week", between("maintenance", "1", "", "1/wk"), nil},
		{"cadence of every week above", between("maintenance", "1", "1/wk x3", "1/wk"), []string{`/parameters/8/value "1/wk": want at most 1/wk x3 [value]`}},
		{"cadence of more a week", between("maintenance", "1", "1/wk x3", "2/wk x2"), []string{`/parameters/8/value "2/wk x2": want at least 1 [value]`}},
		{"cadence of more and more a week", between("maintenance", "1", "1/wk x3", "1-2"), []string{`/parameters/8/value "1-2": want at least 1 [value]`}},
		{"cycles", between("maintenance", "days 1, 8 of 21 x1", "", "days 1, 8 of 21 x6"), nil},
		{"cycles of another length", between("maintenance", "days 1, 8 of 21 x1", "", "days 1, 8 of 28 x6"), []string{`/parameters/8/value "days 1, 8 of 28 x6": want at least days 1, 8 of 21 x1 [value]`}},
		{"cadence of two segments", between("maintenance", "3 then every 4w x1", "", "3 then every 4w x2"), nil},
		{"cadence of another first segment", between("maintenance", "3 then every 4w x1", "", "2 then every 4w x2"), []string{`/parameters/8/value "2 then every 4w x2": want at least 3 then every 4w x1 [value]`}},
		{"cadence that goes on as needed", between("maintenance", "every 4w x1", "", "every 4w x2 then as needed"), []string{`/parameters/8/value "every 4w x2 then as needed": want at least every 4w x1 [value]`}},

		{"ends the wrong way round", between("min-gap", "3", "2", "2"), []string{`/parameters/5/high "2": want at least 3 [value]`}},
		{"ends of two kinds", between("amount", "0.4 mg/kg", "56 mg", "0.5 mg/kg"), []string{`/parameters/0/high "56 mg": want at least 0.4 mg/kg [value]`}},
		{"end that is no value", between("min-gap", "two", "3", "2"), []string{`/parameters/5/low "two": want a value that minGap can have and that can be compared [value]`}},
		{"end without order", between("basis", "", "ideal", "actual"), []string{`/parameters/1/high "ideal": want a value that basis can have and that can be compared [value]`}},
		{"end of another cadence", between("maintenance", "", "every 8w", "every 4w"), []string{`/parameters/8/value "every 4w": want at most every 8w [value]`}},
		{"range and unset", between("min-gap", "3", "2", ""), []string{
			`/parameters/5/high "2": want at least 3 [value]`,
			`/parameters/5 "min-gap": want a value: open [parameter-unset]`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.want, compileErrors(t, test.spec)) })
	}
}

func TestPlaces(t *testing.T) {
	gap := func(fills ...protocol.Place) protocol.Parameter {
		return protocol.Parameter{Name: "gap", Fills: fills, Value: "2"}
	}
	two := func(parameters ...protocol.Parameter) protocol.Spec {
		a, b := drugPhase("a", "3-2"), drugPhase("b", "every 4w")
		a.MinGap, b.MinGap = 0, 0
		return protocol.Spec{Phases: []protocol.Phase{a, b}, Parameters: parameters}
	}
	named := func(p protocol.Parameter, name string) protocol.Parameter {
		p.Name = name
		return p
	}
	a, b := protocol.Place{Phase: "a", Field: protocol.FieldMinGap}, protocol.Place{Phase: "b", Field: protocol.FieldMinGap}
	every := protocol.Place{Field: protocol.FieldMinGap}

	assert.Empty(t, compileErrors(t, two(gap(a, b))), "one parameter, two places")
	assert.Empty(t, compileErrors(t, two(gap(a), named(gap(b), "other"))), "two parameters")
	assert.Empty(t, compileErrors(t, two(gap(every))), "every phase")
	assert.Equal(t, []string{
		`/phases/1/minGap: want the least number of days between sessions: a phase with a dose has no default for it [missing]`,
	}, compileErrors(t, two(gap(a))))

	taken := func(place, phase string) []string {
		return []string{place + ` "minGap": want a field that nothing else gives, neither phase "` + phase + `" nor another place [duplicate]`}
	}
	assert.Equal(t, taken("/parameters/0/fills/1", "a"), compileErrors(t, two(gap(every, a))), "the same place twice")
	assert.Equal(t, taken("/parameters/1/fills/0", "b"), compileErrors(t, two(gap(a, b), named(gap(b), "other"))), "by two parameters")
	stated := two(gap(every))
	stated.Phases[1].MinGap = 3
	assert.Equal(t, taken("/parameters/0/fills/0", "b"), compileErrors(t, stated), "by the phase itself")

	// Every field that a phase gives itself is refused to a parameter.
	full := drugPhase("a", "3-2")
	full.Visit.Observation = time.Hour
	full.Dose = dose.MustRule("0.5 mg/kg of actual weight, or 50 mg, cap 60 mg, round 0.1 mg half up, hard max 200 mg")
	full.Steps = []protocol.Step{{From: 2, Dose: full.Dose, Condition: "x"}}
	full.Climb, full.Follows = protocol.ClimbFree, protocol.FollowsRule
	for field := protocol.FieldCadence; field <= protocol.FieldSteps; field++ {
		s := phases(full)
		s.Parameters = []protocol.Parameter{{Name: "p", Fills: []protocol.Place{{Field: field}}, Value: "1"}}
		assert.Equal(t, []string{
			`/parameters/0/fills/0 "` + field.String() + `": want a field that nothing else gives, neither phase "a" nor another place [duplicate]`,
		}, compileErrors(t, s))
	}

	assert.Equal(t, []string{
		`/parameters/0/fills/1/phase "c": want the name of a phase [unknown-reference]`,
		`/parameters/0/fills/2/field "%!Field(13)": want a field of a phase [value]`,
	}, compileErrors(t, two(gap(every, protocol.Place{Phase: "c", Field: protocol.FieldMinGap}, protocol.Place{Phase: "a", Field: protocol.FieldSteps + 1}))))
}

func TestSetUnknownName(t *testing.T) {
	s, err := openSpec().Set("gap", "2")
	assert.EqualError(t, err, `parameter "gap": want the name of a parameter: amount, basis, cap, rounding, maximum, min-gap, administration, observation, maintenance`)
	assert.Equal(t, openSpec(), s, "unchanged")
	assert.ErrorIs(t, err, protocol.ErrInvalid)
	e, ok := errors.AsType[*protocol.Error](err)
	require.True(t, ok)
	assert.Equal(t, protocol.CodeUnknownRef, e.Code)

	_, err = protocol.Spec{}.Set("gap", "2")
	assert.EqualError(t, err, `parameter "gap": want the name of a parameter, but this protocol has none`)
}

// A basis comes with what it needs, for the phase and for its steps.
func TestBasisWithPolicy(t *testing.T) {
	spec := protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence("2/wk x4"), MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute},
			Dose:  dose.Rule{Amount: dose.PerWeight(dose.MustPerKilogram("0.5 mg/kg"), 0), Limits: dose.AtMost(dose.MustMass("100 mg"))},
			Steps: []protocol.Step{{From: 2, Dose: dose.Rule{Amount: dose.PerWeight(dose.MustPerKilogram("0.6 mg/kg"), 0), Limits: dose.AtMost(dose.MustMass("100 mg"))}}},
		}},
		Parameters: []protocol.Parameter{{Name: "basis", Fills: []protocol.Place{{Field: protocol.FieldBasis}}}},
	}
	for value, want := range map[string]string{
		"actual": "0.5 mg/kg of actual weight, hard max 100 mg",
		"ideal, below 60 in clamp, where ideal exceeds actual actual":                         "0.5 mg/kg of ideal weight, below 60 in clamp, where ideal exceeds actual actual, hard max 100 mg",
		"ideal-from-BMI, from 30 kg/m2, below 60 in clamp, where ideal exceeds actual actual": "0.5 mg/kg of ideal-from-BMI weight, from 30 kg/m2, below 60 in clamp, where ideal exceeds actual actual, hard max 100 mg",
	} {
		set, err := spec.Set("basis", value)
		require.NoError(t, err)
		p, err := set.Compile()
		require.NoError(t, err, value)
		for _, phase := range p.Phases() {
			assert.Equal(t, want, phase.Dose.String())
			assert.Equal(t, strings.Replace(want, "0.5", "0.6", 1), phase.Steps[0].Dose.String())
		}
	}
	set, err := spec.Set("basis", "ideal")
	require.NoError(t, err)
	_, err = set.Compile()
	require.Error(t, err, "ideal weight needs a policy")
}

// What a value of a field looks like is one that the field takes, and is a word where there are
// only some.
func TestFieldExamples(t *testing.T) {
	words := map[protocol.Field][]string{protocol.FieldClimb: {"free", "by one"}, protocol.FieldFollows: {"rule", "last given"}}
	steps := phases(drugPhase("all", "2/wk x4"))
	steps.Phases[0].Dose = dose.MustRule("56 mg, hard max 84 mg")
	for _, more := range []string{"60 mg", "70 mg", "84 mg"} {
		steps.Phases[0].Steps = append(steps.Phases[0].Steps, protocol.Step{Dose: dose.MustRule(more + ", hard max 84 mg"), Condition: "no response"})
	}
	for _, field := range []protocol.Field{protocol.FieldClimb, protocol.FieldFollows, protocol.FieldSteps} {
		steps.Parameters = append(steps.Parameters, protocol.Parameter{Name: field.String(), Doc: "open", Fills: []protocol.Place{{Field: field}}})
	}
	seen := map[protocol.Field]bool{}
	for _, spec := range []protocol.Spec{openSpec(), steps} {
		for _, p := range spec.Parameters {
			field := p.Fills[0].Field
			seen[field] = true
			assert.Equal(t, words[field], field.Words(), field)
			if list := field.Words(); list != nil {
				assert.Contains(t, list, field.Example())
			}
			spec = set(t, spec, p.Name, field.Example())
		}
		_, err := spec.Compile()
		assert.NoError(t, err)
	}
	assert.Len(t, seen, int(protocol.FieldSteps), "every field")
	assert.Empty(t, protocol.Field(0).Example())
	assert.Empty(t, (protocol.FieldSteps + 1).Example())
	assert.Nil(t, protocol.Field(0).Words())
}
