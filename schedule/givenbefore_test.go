package schedule_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// givenBefore is a dose before a plan.
func givenBefore(date, drug, mass string) schedule.GivenBefore {
	return schedule.GivenBefore{Date: day(date), Drug: drug, Dose: dose.MustMass(mass)}
}

// after is a plan from Monday 2 March 2026 with doses given before.
func after(t *testing.T, p *protocol.Protocol, before ...schedule.GivenBefore) *story {
	t.Helper()
	r := request(p, weekdaysOnly(t), "2026-03-02")
	r.GivenBefore = before
	return living(t, r)
}

// The first session keeps the gap to the last dose before the plan, of any drug; the
// doses are no sessions.
func TestGapAfterADoseBefore(t *testing.T) {
	p := courseOf(t, "cum", "ketamine", func(s *protocol.Spec) { s.Phases[0].MinGap = 3 }, [3]string{"induction", "2/wk x2", "40 mg"})
	const usual = "Mon 2026-03-02, Thu 2026-03-05, Mon 2026-03-09, Thu 2026-03-12"
	for _, tt := range []struct {
		last, drug, want string
	}{
		{"2026-02-27", "ketamine", usual},
		{"2026-02-28", "ketamine", "Tue 2026-03-03, Fri 2026-03-06, Mon 2026-03-09, Thu 2026-03-12"},
		{"2026-02-28", "lithium", "Tue 2026-03-03, Fri 2026-03-06, Mon 2026-03-09, Thu 2026-03-12"},
		{"2026-03-01", "ketamine", "Wed 2026-03-04, Mon 2026-03-09, Thu 2026-03-12"},
	} {
		r := request(p, weekdaysOnly(t), "2026-03-02")
		r.GivenBefore = []schedule.GivenBefore{givenBefore(tt.last, tt.drug, "41 mg"), givenBefore("2026-02-20", "ketamine", "41 mg")}
		if tt.last == "2026-03-01" { // Wednesday, and the other three days later is a Saturday
			_, err := schedule.Build(r)
			require.ErrorContains(t, err, "session 2 ")
			r.ShortWeek = schedule.Carry
			s := living(t, r)
			require.Equal(t, "Wed 2026-03-04", s.calendar()[:14])
			continue
		}
		s := living(t, r)
		require.Equal(t, tt.want, s.calendar(), "%v", tt)
		requireKept(t, s.plan)
		assert.Equal(t, []schedule.GivenBefore{r.GivenBefore[1], r.GivenBefore[0]}, slices.Collect(s.plan.GivenBefore()))
		e, err := s.plan.Explain(s.id(1))
		require.NoError(t, err)
		assert.Equal(t, 3, e.MinGap)
		if tt.want != usual {
			assert.Contains(t, e.String(), "Mon 2026-03-02 less than 3 days after the dose given before the plan on Sat 2026-02-28\n")
		}
	}
	// What really happened too close to it is a finding, and a session cannot be moved there.
	s := after(t, p, givenBefore("2026-02-28", "lithium", "300 mg"))
	_, err := s.try("2026-03-02", schedule.Moved{Session: s.id(1), Date: day("2026-03-02")})
	require.ErrorContains(t, err, "less than 3 days after the dose given before the plan on Sat 2026-02-28")
	s.on("2026-03-02", schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Dose: dose.MustMass("40 mg")})
	assert.Contains(t, findings(s.plan), "violation: session 1: 2 days after the dose given before the plan on Sat 2026-02-28, the minimum gap is 3 days [too-close]")
	requireKept(t, s.plan)

	// A phase that is named, of the same drug, asks for its own gap.
	p = courseOf(t, "two", "ketamine", func(s *protocol.Spec) { s.Phases[1].MinGap = 5 }, [3]string{"induction", "2/wk x1", "40 mg"}, [3]string{"weekly", "1/wk x1", "40 mg"})
	dosed := givenBefore("2026-02-27", "Ketamine ", "41 mg")
	dosed.Phase = "weekly"
	assert.Equal(t, day("2026-03-04"), sessionAt(after(t, p, dosed).plan, 1).Date(), "five days after Friday")
}

// Sums count doses before of their own drug, those of a week or a day that of its own.
func TestSumsWithDosesBefore(t *testing.T) {
	limited := func(per protocol.Period, most string) *protocol.Protocol {
		return courseOf(t, "cum", "ketamine", func(s *protocol.Spec) {
			s.Cumulative = []protocol.CumulativeLimit{{Per: per, Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass(most), HardMax: dose.MustMass("400 mg")}}}
		}, [3]string{"induction", "2/wk x2", "40 mg"})
	}
	plan := limited(protocol.PerPlan, "200 mg")
	own, other := givenBefore("2026-02-23", "KETAMINE", "50 mg"), givenBefore("2026-02-25", "ketamine (racemic)", "50 mg")
	assert.Empty(t, findings(after(t, plan).plan), "160 mg")
	assert.Empty(t, findings(after(t, plan, other).plan), "another name")
	assert.Equal(t, []string{"warning: session 4: the doses of the plan up to this session are 210 mg, the soft limit is 200 mg [cumulative-limit]"}, findings(after(t, plan, own).plan))
	assert.Equal(t, []string{"warning: session 1: the doses of the plan up to this session are 240 mg, the soft limit is 200 mg [cumulative-limit]"},
		findings(after(t, plan, own, own, own, own).plan), "200 mg before is no more than the limit")
	assert.Empty(t, findings(after(t, limited(protocol.PerWeek, "80 mg"), own).plan), "the week before")

	r := request(plan, weekdaysOnly(t), "2026-03-02")
	r.GivenBefore = []schedule.GivenBefore{givenBefore("2026-02-01", "ketamine", "250 mg")}
	_, err := schedule.Build(r)
	require.ErrorIs(t, err, schedule.ErrCumulative)
	require.ErrorContains(t, err, "session 4")
}

// A weight measured with a dose before counts like any other; the one of the request
// wins on its day.
func TestWeightsWithDosesBefore(t *testing.T) {
	p := courseOf(t, "weighed", "ketamine", nil, [3]string{"all", "1/wk x2", "0.5 mg/kg of actual weight, round 1 mg half up, hard max 100 mg"})
	first, second := givenBefore("2026-02-20", "lithium", "300 mg"), givenBefore("2026-02-27", "ketamine", "40 mg")
	first.Weight, second.Weight = dose.MustWeight("90 kg"), dose.MustWeight("80 kg")
	assert.Equal(t, "40 mg, 40 mg", doses(after(t, p, second, first).plan))
	r := request(p, weekdaysOnly(t), "2026-03-02")
	r.GivenBefore = []schedule.GivenBefore{second, first}
	r.Weighings = []schedule.Weighing{{Date: day("2026-02-27"), Weight: dose.MustWeight("84 kg")}}
	s := living(t, r)
	assert.Equal(t, "42 mg, 42 mg", doses(s.plan))
	requireKept(t, s.plan)
	_, err := schedule.Build(request(p, weekdaysOnly(t), "2026-03-02"))
	require.ErrorIs(t, err, dose.ErrNoWeight)
}

// The level given last may have been given before the plan: it is what is climbed from
// and what is followed.
func TestLevelsWithDosesBefore(t *testing.T) {
	p := levelPhase("treatment", "1/wk x3", "56 mg, or 84 mg or 112 mg or 140 mg")
	p.Steps = []protocol.Step{{From: 3, Dose: dose.MustRule("168 mg"), Condition: "tolerated"}}
	treatment := compiled(t, protocol.Spec{ID: "levels", Version: "1", Drug: "esketamine", Phases: []protocol.Phase{p}})
	for _, tt := range []struct{ drug, mass, phase, want, allowed, rule string }{
		{"esketamine", "84 mg", "", "84 mg, 84 mg, 84 mg", "56 mg 112 mg", "84 mg, given last, before the plan"},
		{"esketamine", "84 mg", "treatment", "84 mg, 84 mg, 84 mg", "56 mg 112 mg", "84 mg, given last, before the plan"},
		{"esketamine", "100 mg", "", "84 mg, 84 mg, 84 mg", "56 mg 112 mg", "84 mg, given last, before the plan"}, // the highest that gives no more
		{"ketamine", "84 mg", "", "56 mg, 56 mg, 56 mg", "", "56 mg, the phase's own"},
	} {
		before := givenBefore("2026-02-23", tt.drug, tt.mass)
		before.Phase = tt.phase
		s := after(t, treatment, before, givenBefore("2026-02-16", "esketamine", "140 mg"))
		if tt.drug == "ketamine" {
			s = after(t, treatment, before)
		}
		require.Equal(t, tt.want, doses(s.plan), "%v", tt)
		var allowed strings.Builder
		for a := range sessionAt(s.plan, 1).Allowed() {
			allowed.WriteString(" " + a.Dose.String())
		}
		require.Equal(t, tt.allowed, trimmed(allowed.String()), "%v", tt)
		e, err := s.plan.Explain(s.id(1))
		require.NoError(t, err)
		require.Equal(t, tt.rule, e.LevelRule)
	}
}

func trimmed(s string) string {
	if s == "" {
		return s
	}
	return s[1:]
}

func TestDosesBeforeAreRefused(t *testing.T) {
	p := courseOf(t, "cum", "ketamine", nil, [3]string{"induction", "2/wk x2", "40 mg"})
	for _, tt := range []struct {
		name   string
		change func(*schedule.GivenBefore)
		want   string
	}{
		{"no date", func(g *schedule.GivenBefore) { g.Date = 0 }, "GivenBefore: want the date of the dose"},
		{"another century", func(g *schedule.GivenBefore) { g.Date = -200000 }, "want a date from 1900-01-01 to 2200-12-31"},
		{"the first day", func(g *schedule.GivenBefore) { g.Date = day("2026-03-02") }, "GivenBefore of 2026-03-02: want a date before the start, 2026-03-02: what is given from then on is recorded in the plan"},
		{"later", func(g *schedule.GivenBefore) { g.Date = day("2026-03-05") }, "GivenBefore of 2026-03-05: want a date before the start, 2026-03-02"},
		{"after the as-of", func(g *schedule.GivenBefore) { g.Date = day("2026-03-01") }, "GivenBefore of 2026-03-01: want a date that is not after the as-of, 2026-02-28"},
		{"no drug", func(g *schedule.GivenBefore) { g.Drug = "" }, "GivenBefore of 2026-02-23: want the drug that was given"},
		{"no dose", func(g *schedule.GivenBefore) { g.Dose = dose.Mass{} }, "GivenBefore of 2026-02-23: want the dose that was given"},
		{"an impossible weight", func(g *schedule.GivenBefore) { g.Weight = dose.MustWeight("12 kg") }, `GivenBefore of 2026-02-23 "12 kg": `},
		{"a phase that there is not", func(g *schedule.GivenBefore) { g.Phase = "taper" }, `GivenBefore of 2026-02-23 "taper": want the name of a phase of the protocol`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(p, weekdaysOnly(t), "2026-03-02")
			r.AsOf = noon("2026-02-28")
			g := givenBefore("2026-02-23", "ketamine", "40 mg")
			tt.change(&g)
			r.GivenBefore = []schedule.GivenBefore{givenBefore("2026-02-20", "ketamine", "40 mg"), g}
			_, err := schedule.Build(r)
			var refused *schedule.RequestError
			require.ErrorAs(t, err, &refused)
			require.ErrorContains(t, err, tt.want)
		})
	}
	// Of another drug nobody knows the phases.
	g := givenBefore("2026-02-23", "esketamine", "56 mg")
	g.Phase = "weeks 1 to 4"
	require.Equal(t, 4, after(t, p, g).plan.Len())
}

// What is written of a dose before is read again, in requests and in records.
func TestDosesBeforeInFiles(t *testing.T) {
	g := schedule.GivenBefore{
		Date: day("2026-02-23"), Drug: "ketamine", Dose: dose.MustMass("41 mg"), Weight: dose.MustWeight("82 kg"), Route: "intravenous", Phase: "induction", Source: "hospital",
	}
	const text = `{"date":"2026-02-23","drug":"ketamine","dose":"41 mg","weight":"82 kg","route":"intravenous","phase":"induction","source":"hospital"}`
	written, err := json.Marshal(g)
	require.NoError(t, err)
	assert.Equal(t, text, string(written))
	var read schedule.GivenBefore
	require.NoError(t, json.Unmarshal([]byte(text), &read))
	assert.Equal(t, g, read)
	assert.Equal(t, "Mon 2026-02-23, 41 mg of ketamine", g.String())

	p := courseOf(t, "cum", "ketamine", nil, [3]string{"induction", "2/wk x2", "40 mg"})
	office := weekdaysOnly(t)
	r, err := schedule.ParseRequest("request", []byte(`{"start":"2026-03-02","asOf":"2026-03-02T07:00:00Z","key":"0123456789abcdef0123456789abcdef","givenBefore":[`+text+`]}`),
		schedule.PlanSource{Protocols: []*protocol.Protocol{p}, Opening: office})
	require.NoError(t, err)
	assert.Equal(t, []schedule.GivenBefore{g}, r.GivenBefore)
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	requireKept(t, plan)
	assert.Contains(t, string(plan.AppendJSON(nil)), `"givenBefore":[`+text+`]`)
	_, err = schedule.ParseRequest("request", []byte(`{"start":"2026-03-02","asOf":"2026-03-02T07:00:00Z","key":"0123456789abcdef0123456789abcdef","givenBefore":[{"date":"2026-02-23","dose":"41","when":"noon"}]}`),
		schedule.PlanSource{Protocols: []*protocol.Protocol{p}, Opening: office})
	problems, ok := errors.AsType[*schedule.FileProblems](err)
	require.True(t, ok, "%v", err)
	var all []string
	for _, problem := range problems.Kept() {
		all = append(all, problem.Error())
	}
	for _, want := range []string{"/givenBefore/0/dose: ", "/givenBefore/0/when: ", `/givenBefore/0: want the key "drug"`} {
		require.Contains(t, strings.Join(all, "\n"), want)
	}
}

// A bare record counts doses before its start in the same way.
func TestRecordWithDosesBefore(t *testing.T) {
	p := courseOf(t, "cum", "ketamine", func(s *protocol.Spec) {
		s.Phases[0].MinGap = 3
		s.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("100 mg")}}}
	}, [3]string{"induction", "2/wk x1", "40 mg"})
	r := schedule.Record{
		Protocol: p, Start: day("2026-03-02"), AsOf: noon("2026-03-06"), Zone: noon("2026-03-06").Location(),
		Given:       []schedule.Given{{Date: day("2026-03-02"), Dose: dose.MustMass("40 mg")}, {Date: day("2026-03-05"), Dose: dose.MustMass("40 mg")}},
		GivenBefore: []schedule.GivenBefore{givenBefore("2026-02-28", "ketamine", "30 mg")},
	}
	found, err := schedule.ValidateRecord(r)
	require.NoError(t, err)
	var list []string
	for _, f := range found {
		list = append(list, f.String())
	}
	assert.Equal(t, []string{
		"violation: session 1: 2 days after the dose given before the plan on Sat 2026-02-28, the minimum gap is 3 days [too-close]",
		"warning: session 2: the doses of the plan up to this session are 110 mg, the soft limit is 100 mg [cumulative-limit]",
	}, list)
	r.GivenBefore[0].Date = day("2026-03-03")
	_, err = schedule.ValidateRecord(r)
	require.ErrorContains(t, err, "GivenBefore of 2026-03-03: want a date before the start")

	read, err := schedule.ParseRecord("record", []byte(`{"format":"regimen-record/1","zone":"Europe/London","start":"2026-03-02","asOf":"2026-03-06T16:00:00Z",`+
		`"givenBefore":[{"date":"2026-02-28","drug":"ketamine","dose":"30 mg","weight":"176 lb"}],"given":[]}`), time.LoadLocation)
	require.NoError(t, err)
	assert.Equal(t, "79.83225712 kg", read.GivenBefore[0].Weight.String())
}
