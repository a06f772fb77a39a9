package protocol_test

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// drugPhase is a phase that lacks nothing.
func drugPhase(name, cadence string) protocol.Phase {
	return protocol.Phase{
		Name: name, Cadence: protocol.MustCadence(cadence), Dose: dose.MustRule("56 mg, hard max 84 mg"),
		MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute},
	}
}

func phases(list ...protocol.Phase) protocol.Spec { return protocol.Spec{Phases: list} }

// compileErrors returns the lines of a refusal, each with its code, after
// checking what every refusal has.
func compileErrors(t *testing.T, s protocol.Spec) []string {
	t.Helper()
	p, err := s.Compile()
	if err == nil {
		require.NotNil(t, p)
		return nil
	}
	require.Nil(t, p)
	list, ok := errors.AsType[protocol.ErrorList](err)
	require.True(t, ok, "%T", err)
	require.NotEmpty(t, list)
	lines := make([]string, len(list))
	for i, e := range list {
		require.NotNil(t, e.Err)
		require.Equal(t, -1, e.Offset)
		require.ErrorIs(t, err, e.Err)
		lines[i] = e.Error() + " [" + string(e.Code) + "]"
	}
	if len(list) > 1 {
		require.Contains(t, err.Error(), list[0].Error()+" (and "+strconv.Itoa(len(list)-1)+" more error")
	}
	return lines
}

func TestCompileReportsEverything(t *testing.T) {
	spec := protocol.Spec{
		ID:    "Ketamine IV",
		Title: "two\nlines",
		Drug:  "ketamine\x00",
		Route: "intra\u2028venous",
		Phases: []protocol.Phase{
			{},
			drugPhase("induction", "every 4w"),
			{
				Name: "induction", Cadence: protocol.MustCadence("4-1"),
				Dose:   dose.Rule{Amount: dose.PerWeight(dose.MustPerKilogram("0.5 mg/kg"), dose.Actual), Floor: dose.MustMass("5 mg"), Cap: dose.MustMass("4 mg")},
				MinGap: 3, Visit: protocol.Visit{Administration: 90 * time.Second, Observation: 25 * time.Hour}, Window: &protocol.Window{Before: -1},
				Weekdays: []protocol.DaySet{{}, protocol.OnDays(time.Monday), protocol.OnDays(time.Friday)},
			},
			{Name: "line\r", MinGap: -1, Window: &protocol.Window{After: 366}, Visit: protocol.Visit{Observation: -time.Minute}},
			{Name: "last", Dose: dose.MustRule("56 mg"), Cadence: protocol.MustCadence("as needed")},
		},
		Parameters: []protocol.Parameter{
			{Name: "Gap", Fills: []protocol.Place{{Phase: "nowhere", Field: protocol.FieldMinGap}}, Value: "2"},
			{Name: "gap", Doc: "no source gives it"},
			{Name: "gap", Fills: []protocol.Place{{Phase: "last"}}, Value: "2"},
			{Name: "hours", Fills: []protocol.Place{{Phase: "last", Field: protocol.FieldAdministration}}, Value: "2 hours"},
		},
		Sources: []protocol.Source{
			{},
			{Key: "a", Citation: "A", Facts: []protocol.Fact{{}, {Grade: 4}, {Grade: protocol.Primary}}},
			{Key: "a", Citation: "A"},
		},
	}
	assert.Equal(t, []string{
		`/id "Ketamine IV": want lower-case letters, digits, dots and hyphens, at most 100 bytes, a letter first [value]`,
		`/version: want both an id and a version, or neither [missing]`,
		`/title "two\nlines": want one line [value]`,
		`/drug "ketamine\x00": want one line [value]`,
		`/route "intra\u2028venous": want one line [value]`,
		`/phases/0/name: want one line of 1 to 100 bytes [value]`,
		`/phases/2/name "induction": want every name once [duplicate]`,
		`/phases/2/cadence "4-1": want no cadence after a phase that has no end or is as needed [cadence-order]`,
		`/phases/2/dose/limits/dose: want a hard maximum in mg, since the dose depends on the body [dose-rule]`,
		`/phases/2/dose/cap "4 mg": want at least the floor, 5 mg [dose-rule]`,
		`/phases/2/minGap "3": want a gap that a week of 4 sessions can hold: at most 2 days [gap]`,
		`/phases/2/visit/administration "1m30s": want whole minutes from 0 to 24 h [value]`,
		`/phases/2/visit/observation "25h0m0s": want whole minutes from 0 to 24 h [value]`,
		`/phases/2/window/before "-1": want 0 to 365 days [value]`,
		`/phases/2/weekdays/0: want at least one weekday [missing]`,
		`/phases/2/weekdays/2 "Fri": want one set for each number of sessions [duplicate]`,
		`/phases/3/name "line\r": want one line of 1 to 100 bytes [value]`,
		`/phases/3/minGap "-1": want 1 to 3650 days [value]`,
		`/phases/3/visit/observation "-1m0s": want whole minutes from 0 to 24 h [value]`,
		`/phases/3/window/after "366": want 0 to 365 days [value]`,
		`/phases/4/cadence "as needed": want no cadence after a phase that has no end or is as needed [cadence-order]`,
		`/phases/4/minGap: want the least number of days between sessions: a phase with a dose has no default for it [missing]`,
		`/parameters/0/name "Gap": want lower-case letters, digits and hyphens, at most 100 bytes, a letter first [value]`,
		`/parameters/0/fills/0/phase "nowhere": want the name of a phase [unknown-reference]`,
		`/parameters/1/fills: want at least one place that takes the value [missing]`,
		`/parameters/1 "gap": want a value: no source gives it [parameter-unset]`,
		`/parameters/2/name "gap": want every name once [duplicate]`,
		`/parameters/2/fills/0/field "%!Field(0)": want a field of a phase [value]`,
		`/parameters/3/value "2 hours": want whole minutes or hours up to 24 h, such as 40 min or 2 h [value]`,
		`/sources/0/key: want one line that is not empty [value]`,
		`/sources/0/citation: want what document this is [missing]`,
		`/sources/1/facts/0/grade "%!Grade(0)": want primary, secondary or unverified [value]`,
		`/sources/1/facts/1/grade "%!Grade(4)": want primary, secondary or unverified [value]`,
		`/sources/2/key "a": want every key once [duplicate]`,
	}, compileErrors(t, spec))
}

func TestCompileRefuses(t *testing.T) {
	edited := func(edit func(*protocol.Phase)) protocol.Spec {
		s := phases(drugPhase("all", "3-2-1"))
		edit(&s.Phases[0])
		return s
	}
	long := strings.Repeat("x", 101)
	half := strings.Repeat("1-2-", 499) + "1"
	tests := []struct {
		name string
		spec protocol.Spec
		want []string
	}{
		{"zero", protocol.Spec{}, []string{`/phases: want at least one phase [missing]`}},
		{"no cadence", phases(protocol.Phase{Name: "all"}), []string{`/phases: want at least one phase with a cadence [missing]`}},
		{"no cadence, and more", phases(protocol.Phase{Name: "all", MinGap: -1}), []string{
			`/phases/0/minGap "-1": want 1 to 3650 days [value]`,
			`/phases: want at least one phase with a cadence [missing]`,
		}},
		{"version without id", protocol.Spec{Version: "1", Phases: phases(drugPhase("all", "1")).Phases}, []string{`/id: want both an id and a version, or neither [missing]`}},
		{"long id", protocol.Spec{ID: long, Version: "1", Phases: phases(drugPhase("all", "1")).Phases}, []string{
			`/id "` + long[:80] + `...": want lower-case letters, digits, dots and hyphens, at most 100 bytes, a letter first [value]`,
		}},
		{"id with a blank", protocol.Spec{ID: "a b", Version: "1", Phases: phases(drugPhase("all", "1")).Phases}, []string{
			`/id "a b": want lower-case letters, digits, dots and hyphens, at most 100 bytes, a letter first [value]`,
		}},
		{"long version", protocol.Spec{ID: "a", Version: long, Phases: phases(drugPhase("all", "1")).Phases}, []string{`/version "` + long[:80] + `...": want one line of at most 100 bytes [value]`}},
		{"long name", phases(drugPhase(long, "1")), []string{`/phases/0/name "` + long[:80] + `...": want one line of 1 to 100 bytes [value]`}},
		{"bytes that are no text", phases(drugPhase("\xff", "1")), []string{`/phases/0/name "\xff": want one line of 1 to 100 bytes [value]`}},

		{"no gap", edited(func(p *protocol.Phase) { p.MinGap = 0 }), []string{
			`/phases/0/minGap: want the least number of days between sessions: a phase with a dose has no default for it [missing]`,
		}},
		{"no administration", edited(func(p *protocol.Phase) { p.Visit.Administration = 0 }), []string{
			`/phases/0/visit/administration: want how long the drug is given: a phase with a dose has no default for it [missing]`,
		}},
		{"both", edited(func(p *protocol.Phase) { p.MinGap, p.Visit.Administration = 0, 0 }), []string{
			`/phases/0/minGap: want the least number of days between sessions: a phase with a dose has no default for it [missing]`,
			`/phases/0/visit/administration: want how long the drug is given: a phase with a dose has no default for it [missing]`,
		}},
		{"long gap", edited(func(p *protocol.Phase) { p.MinGap = 3651 }), []string{`/phases/0/minGap "3651": want 1 to 3650 days [value]`}},
		{"a day and a minute", edited(func(p *protocol.Phase) { p.Visit.Administration = 24*time.Hour + time.Minute }), []string{
			`/phases/0/visit/administration "24h1m0s": want whole minutes from 0 to 24 h [value]`,
		}},

		{"after no end", phases(drugPhase("a", "every 4w"), drugPhase("b", "1")), []string{
			`/phases/1/cadence "1": want no cadence after a phase that has no end or is as needed [cadence-order]`,
		}},
		{"after as needed", phases(drugPhase("a", "1 then as needed"), drugPhase("b", "every 4w")), []string{
			`/phases/1/cadence "every 4w": want no cadence after a phase that has no end or is as needed [cadence-order]`,
		}},
		{"20001 sessions", phases(drugPhase("a", "2/wk x1000"), protocol.Phase{Name: "b", Cadence: protocol.MustCadence("6/wk x1000 then 6/wk x1000 then 6/wk x1000 then 1")}), []string{
			`/phases "20001": want at most 20000 sessions in all [too-long]`,
		}},
		{"65 segments", phases(drugPhase("a", strings.Repeat("1 then ", 63)+"1"), drugPhase("b", "1")), []string{
			`/phases: want at most 64 segments and 4096 bytes of cadence in all [too-long]`,
		}},
		{"4097 bytes", phases(drugPhase("a", half), drugPhase("b", half), drugPhase("c", strings.Repeat("1-2-", 22)+"1-2")), []string{
			`/phases: want at most 64 segments and 4096 bytes of cadence in all [too-long]`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.want, compileErrors(t, test.spec)) })
	}
}

func TestCompileAccepts(t *testing.T) {
	edge := drugPhase("edge", "1")
	edge.MinGap, edge.Visit.Administration, edge.Visit.Observation = 3650, 24*time.Hour, 24*time.Hour
	edge.Window = &protocol.Window{Before: 365, After: 365}
	edge.Weekdays = []protocol.DaySet{protocol.OnDays(time.Monday), protocol.OnDays(time.Monday, time.Tuesday)}
	half := strings.Repeat("1-2-", 499) + "1"
	for name, s := range map[string]protocol.Spec{
		"plain":                     phases(drugPhase("all", "3-2-1-1-1")),
		"edges":                     phases(edge),
		"longest names":             {ID: strings.Repeat("a", 100), Version: strings.Repeat("1", 100), Phases: []protocol.Phase{drugPhase(strings.Repeat("é", 50), "1")}},
		"no drug":                   phases(protocol.Phase{Name: "talk", Cadence: protocol.MustCadence("7/wk x2")}),
		"phase without a cadence":   phases(drugPhase("a", "3-2"), protocol.Phase{Name: "b"}, drugPhase("c", "every 4w")),
		"no cadence after no end":   phases(drugPhase("a", "every 4w"), protocol.Phase{Name: "b"}),
		"ends as needed":            phases(drugPhase("a", "3-2"), drugPhase("b", "as needed")),
		"20000 sessions":            phases(drugPhase("a", "2/wk x1000"), protocol.Phase{Name: "b", Cadence: protocol.MustCadence("6/wk x1000 then 6/wk x1000 then 6/wk x1000")}),
		"64 segments":               phases(drugPhase("a", strings.Repeat("1 then ", 62)+"1"), drugPhase("b", "1")),
		"4096 bytes":                phases(drugPhase("a", half), drugPhase("b", half), drugPhase("c", strings.Repeat("1-2-", 18)+"1-2 then as needed")),
		"no end after many of them": phases(drugPhase("a", "2/wk x1000"), drugPhase("b", "every 4w")),
	} {
		t.Run(name, func(t *testing.T) { assert.Empty(t, compileErrors(t, s)) })
	}
}

// A week of n sessions holds a gap g only where (n-1) x g is at most 6 days.
func TestGapRule(t *testing.T) {
	for n := 1; n <= 7; n++ {
		for gap := 1; gap <= 8; gap++ {
			for _, cadence := range []string{strconv.Itoa(n), "1 then 1-" + strconv.Itoa(n), strconv.Itoa(n) + "/wk x3 then every 1d"} {
				p := drugPhase("all", cadence)
				p.MinGap = gap
				errs := compileErrors(t, phases(p))
				if (n-1)*gap <= 6 {
					assert.Empty(t, errs, "%s, gap %d", cadence, gap)
					continue
				}
				most := 6 / (n - 1)
				days := " days"
				if most == 1 {
					days = " day"
				}
				assert.Equal(t, []string{
					`/phases/0/minGap "` + strconv.Itoa(gap) + `": want a gap that a week of ` + strconv.Itoa(n) + ` sessions can hold: at most ` + strconv.Itoa(most) + days + ` [gap]`,
				}, errs, cadence)
			}
		}
	}
}

func TestPhaseWithoutDrug(t *testing.T) {
	p, err := phases(protocol.Phase{Name: "talk", Cadence: protocol.MustCadence("7")}, drugPhase("drug", "2")).Compile()
	require.NoError(t, err)
	var gaps []int
	for _, phase := range p.Phases() {
		gaps = append(gaps, phase.MinGap)
	}
	assert.Equal(t, []int{1, 2}, gaps, "a phase that states none counts as 1")
	assert.Zero(t, p.Spec().Phases[0].MinGap, "the Spec stays as it was")
}

func TestProtocolAccessors(t *testing.T) {
	s := phases(drugPhase("taper", "3-2-1 then 1/wk x2"), protocol.Phase{Name: "talk"}, drugPhase("maintenance", "every 4w"))
	p, err := s.Compile()
	require.NoError(t, err)
	assert.Equal(t, "3-2-1 then 1/wk x2 then every 4w", p.Cadence().String())
	assert.Equal(t, p.Cadence().String(), p.ID(), "without an id it is known by its cadence")
	assert.Empty(t, p.Version())
	var segments []string
	for phase, segment := range p.Segments() {
		segments = append(segments, strconv.Itoa(phase)+" "+segment.String())
	}
	assert.Equal(t, []string{"0 3-2-1", "0 1/wk x2", "2 every 4w"}, segments)

	s.ID, s.Version = "my-taper", "2"
	named, err := s.Compile()
	require.NoError(t, err)
	assert.Equal(t, "my-taper 2", named.ID()+" "+named.Version())
	assert.NotEqual(t, p.Digest(), named.Digest())
	again, err := s.Compile()
	require.NoError(t, err)
	assert.Equal(t, named.Digest(), again.Digest())

	// Iteration can end early.
	for range p.Phases() {
		break
	}
	for range p.Segments() {
		break
	}
}

// The cadences of phases are joined as by "then": the text says so and reads
// back.
func TestJoinedCadenceReadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	compiled := 0
	for range 1000 {
		var s protocol.Spec
		var texts []string
		n := 1 + r.IntN(5)
		for i := range n {
			phase := protocol.Phase{Name: strconv.Itoa(i), Cadence: randomCadence(r)}
			if i == n-1 {
				phase.Cadence = protocol.MustCadence([]string{"as needed", "every 4w", "3-2 then as needed", "every 1mo from week 30"}[r.IntN(4)])
			}
			texts = append(texts, phase.Cadence.String())
			s.Phases = append(s.Phases, phase)
		}
		p, err := s.Compile()
		if err != nil {
			require.ErrorContains(t, err, "want at most 20000 sessions in all")
			continue
		}
		require.Equal(t, strings.Join(texts, " then "), p.Cadence().String())
		read, err := protocol.ParseCadence(p.Cadence().String())
		require.NoError(t, err)
		require.True(t, read.Equal(p.Cadence()))
		compiled++
	}
	assert.Greater(t, compiled, 500)
}

func TestCheckWeekdays(t *testing.T) {
	assert.Nil(t, protocol.CheckWeekdays(nil))
	assert.Nil(t, protocol.CheckWeekdays([]protocol.DaySet{protocol.OnDays(time.Monday, time.Friday), protocol.OnDays(time.Tuesday)}))
	assert.EqualError(t, protocol.CheckWeekdays([]protocol.DaySet{protocol.OnDays(time.Monday), {}}), "/weekdays/1: want at least one weekday")
	assert.EqualError(t, protocol.CheckWeekdays([]protocol.DaySet{protocol.OnDays(time.Monday), protocol.OnDays(time.Friday), {}}),
		`/weekdays/1 "Fri": want one set for each number of sessions (and 1 more error)`)
}

func TestErrorList(t *testing.T) {
	_, err := phases(drugPhase("a", "every 4w"), protocol.Phase{Name: "a", Dose: dose.Rule{Cap: dose.MustMass("1 mg")}, MinGap: 2}).Compile()
	list, ok := errors.AsType[protocol.ErrorList](err)
	require.True(t, ok)
	assert.Len(t, list, 3)
	assert.Len(t, list.Unwrap(), 3)
	assert.ErrorIs(t, err, protocol.ErrInvalid)
	assert.NotErrorIs(t, err, protocol.ErrUnset)
	first, ok := errors.AsType[*protocol.Error](err)
	require.True(t, ok)
	assert.Equal(t, protocol.CodeDuplicate, first.Code)
	rule, ok := errors.AsType[*dose.RuleError](err)
	require.True(t, ok, "what the dose package said is still there")
	assert.Equal(t, "Rule.Amount", rule.Field)

	assert.Equal(t, "no errors", protocol.ErrorList{}.Error())
	assert.Equal(t, list[0].Error(), list[:1].Error())
	assert.Equal(t, list[0].Error()+" (and 1 more error)", list[:2].Error())
	assert.Equal(t, list[0].Error()+" (and 2 more errors)", list.Error())

	// An error that is nil is nil, also as an interface.
	_, err = phases(drugPhase("a", "1")).Compile()
	assert.True(t, err == nil)
	_, err = protocol.ParseCadence("1")
	assert.True(t, err == nil)
	_, err = protocol.ParseDaySet("Mon")
	assert.True(t, err == nil)
	_, err = protocol.ParseDuration("1 h")
	assert.True(t, err == nil)
	_, err = protocol.Spec{Parameters: []protocol.Parameter{{Name: "a"}}}.Set("a", "1")
	assert.True(t, err == nil)
}
