package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// phase returns a phase that gives a drug, to be changed by a test.
func phase(cadence, rule string) protocol.Phase {
	return anyLevel(protocol.Phase{
		Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 2, Dose: dose.MustRule(rule),
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	})
}

// anyLevel returns the phase with what it has to say of its levels, if it names
// several: any of them is allowed next, and the plan follows the rule.
func anyLevel(p protocol.Phase) protocol.Phase {
	if p.Climb == 0 && len(p.Levels()) > 1 {
		p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsRule
	}
	return p
}

func planOf(t *testing.T, spec protocol.Spec, change func(*schedule.Request)) (*schedule.Plan, error) {
	t.Helper()
	p, err := spec.Compile()
	require.NoError(t, err)
	r := request(p, everyDay(t), "2025-09-01")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
	if change != nil {
		change(&r)
	}
	r.AsOf = r.AsOf.AddDate(0, 0, min(0, int(r.Start-schedule.MustDate("2025-09-01"))))
	return schedule.Build(r)
}

func doses(plan *schedule.Plan) string {
	var list []string
	for _, s := range plan.All() {
		list = append(list, s.Dose().Dose().String())
	}
	return strings.Join(list, ", ")
}

// The fastest titration of an older adult: 28, 56, then 84 mg, 588 mg and 21
// devices in all, and every step at most one device up.
func TestStepsBySession(t *testing.T) {
	p := phase("2/wk x4", "1 device of 28 mg, hard max 84 mg")
	p.Weekdays = []protocol.DaySet{protocol.OnDays(time.Monday, time.Thursday)}
	p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsRule
	p.Steps = []protocol.Step{
		{From: 2, Dose: dose.MustRule("2 devices of 28 mg 5 min apart, hard max 84 mg")},
		{From: 3, Dose: dose.MustRule("3 devices of 28 mg 5 min apart, or 28 mg or 56 mg, hard max 84 mg")},
		{From: 3, Dose: dose.MustRule("56 mg"), Condition: "tolerability"},
	}
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}, nil)
	require.NoError(t, err)
	assert.Equal(t, "28 mg, 56 mg, 84 mg, 84 mg, 84 mg, 84 mg, 84 mg, 84 mg", doses(plan))
	assert.Equal(t, "Mon 2025-09-01, Thu 2025-09-04, Mon 2025-09-08, Thu 2025-09-11, Mon 2025-09-15, Thu 2025-09-18, Mon 2025-09-22, Thu 2025-09-25",
		dates(plan, schedule.Session.Date))
	var sum dose.Mass
	before := dose.Mass{}
	device := dose.MustMass("28 mg")
	for _, s := range plan.All() {
		d := s.Dose().Dose()
		sum, err = sum.Add(d)
		require.NoError(t, err)
		next, err := before.Add(device)
		require.NoError(t, err)
		assert.LessOrEqual(t, d.Compare(next), 0, "at most one device more")
		before = d
	}
	assert.Equal(t, "588 mg", sum.String())
	total, err := device.Times(21)
	require.NoError(t, err)
	assert.Equal(t, total, sum)

	var allowed []string
	for i, s := range plan.All() {
		allowed = nil
		for a := range s.Allowed() {
			allowed = append(allowed, strings.TrimSpace(a.Dose.String()+" "+a.Condition))
		}
		if i == 0 {
			assert.Empty(t, allowed, "nothing else on the first day")
		}
	}
	assert.Equal(t, []string{"28 mg", "56 mg"}, allowed)
}

// Step-ups of subcutaneous ketamine at 84 kg are allowed when the improvement is
// below half; none is planned.
func TestConditionalSteps(t *testing.T) {
	rule := func(rate string) string {
		return rate + " mg/kg of actual weight, hard max 100 mg"
	}
	p := phase("2/wk x4", rule("0.5"))
	p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsRule
	for i, rate := range []string{"0.6", "0.75", "0.9"} {
		p.Steps = append(p.Steps, protocol.Step{From: i + 2, Dose: dose.MustRule(rule(rate)), Condition: "improvement below 50 %"})
	}
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}, func(r *schedule.Request) {
		r.Weighings[0].Weight = dose.MustWeight("84 kg")
	})
	require.NoError(t, err)
	for i, s := range plan.All() {
		assert.Equal(t, "42 mg", s.Dose().Dose().String())
		var allowed []string
		for a := range s.Allowed() {
			allowed = append(allowed, a.Dose.String())
			assert.Equal(t, "improvement below 50 %", a.Condition)
		}
		want := [][]string{nil, {"50.4 mg"}, {"50.4 mg", "63 mg"}, {"50.4 mg", "63 mg", "75.6 mg"}}[min(i, 3)]
		assert.Equal(t, want, allowed, "session %d", i+1)
	}

	// A step whose dose would pass a hard limit is not allowed.
	heavy, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}, func(r *schedule.Request) {
		r.Weighings[0].Weight = dose.MustWeight("120 kg")
	})
	require.NoError(t, err)
	var allowed []string
	for _, s := range heavy.All() {
		allowed = nil
		for a := range s.Allowed() {
			allowed = append(allowed, a.Dose.String())
		}
	}
	assert.Equal(t, []string{"72 mg", "90 mg"}, allowed, "0.9 mg/kg would be 108 mg")
}

// Natalizumab: 300 mg added to 100 mL make 115 mL, given in an hour at 115 mL/h,
// and from the thirteenth infusion on nobody has to stay for observation.
func TestWorksheetAndLaterObservation(t *testing.T) {
	product, ok := dose.ProductNamed("natalizumab 300 mg vial")
	if !ok {
		for p := range dose.Products() {
			if strings.HasPrefix(p.Name, "natalizumab") {
				product, ok = p, true
			}
		}
	}
	require.True(t, ok)
	p := phase("every 28d x13", "300 mg")
	p.MinGap = 1
	p.Visit = protocol.Visit{
		Administration: time.Hour, Observation: time.Hour,
		Later: []protocol.LaterObservation{{From: 13, Note: "optional"}},
	}
	p.Preparation = dose.Preparation{
		Product: product, Route: dose.Intravenous, Dilution: dose.AddedTo(dose.MustVolume("100 mL")), Diluent: "0.9 % sodium chloride",
		During: dose.MustDuration("60 min"),
	}
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{p}}, func(r *schedule.Request) {
		r.Start = schedule.MustDate("2025-01-31")
		r.Weighings = nil
	})
	require.NoError(t, err)
	for i, s := range plan.All() {
		sheet := s.Worksheet()
		assert.Equal(t, "15 mL", sheet.Stock().String())
		assert.Equal(t, "115 mL", sheet.Total().String())
		assert.Equal(t, "2.608696 mg/mL", strings.TrimPrefix(strings.TrimPrefix(sheet.Concentration(), "about "), "~"))
		assert.Equal(t, "115 mL/h", sheet.Flow().String())
		assert.Equal(t, 1, sheet.Containers())
		assert.True(t, sheet.Waste().IsZero())
		want := "08:00-10:00"
		if i == 12 {
			assert.Equal(t, schedule.MustDate("2026-01-02"), s.Date())
			want = "08:00-09:00"
		}
		assert.Equal(t, want, s.Start().String()+"-"+s.End().String())
	}
}

// Observation may be counted from the start of administration, and a visit may
// begin before it.
func TestVisitLength(t *testing.T) {
	for _, tt := range []struct {
		visit protocol.Visit
		want  string
	}{
		{protocol.Visit{Administration: 10 * time.Minute, Observation: 2 * time.Hour}, "08:00-10:10"},
		{protocol.Visit{Administration: 10 * time.Minute, Observation: 2 * time.Hour, ObservedFrom: protocol.AdministrationStart}, "08:00-10:00"},
		{protocol.Visit{Administration: 3 * time.Hour, Observation: 2 * time.Hour, ObservedFrom: protocol.AdministrationStart}, "08:00-11:00"},
		{protocol.Visit{Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour}, "08:00-11:10"},
	} {
		p := phase("1", "84 mg")
		p.Visit = tt.visit
		plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{p}}, nil)
		require.NoError(t, err)
		s := firstSession(plan)
		assert.Equal(t, tt.want, s.Start().String()+"-"+s.End().String())
	}
}

func TestDoseByIdealWeight(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{phase("1", "0.5 mg/kg of ideal weight, below 60 in clamp, where ideal exceeds actual ideal, hard max 100 mg")}}
	body := func(r *schedule.Request) {
		r.Weighings[0].Weight = dose.MustWeight("120 kg")
		r.Height, r.Sex = dose.MustHeight("180 cm"), dose.Male
	}
	plan, err := planOf(t, spec, body)
	require.NoError(t, err)
	assert.Equal(t, "37.496063 mg", doses(plan))

	for name, lack := range map[string]struct {
		change func(*schedule.Request)
		err    error
	}{
		"height": {func(r *schedule.Request) { body(r); r.Height = dose.Height{} }, dose.ErrNoHeight},
		"sex":    {func(r *schedule.Request) { body(r); r.Sex = 0 }, dose.ErrNoSex},
		"weight": {func(r *schedule.Request) { body(r); r.Weighings = nil }, dose.ErrNoWeight},
	} {
		plan, err := planOf(t, spec, lack.change)
		assert.Nil(t, plan, name)
		require.ErrorIs(t, err, lack.err, name)
	}
	_, err = planOf(t, spec, func(r *schedule.Request) { body(r); r.Height = dose.MustHeight("17 cm") })
	require.ErrorContains(t, err, "17 cm")
}

// A new weighing gives new doses from its date on, and the
// same dates.
func TestNewWeighing(t *testing.T) {
	p := phase("3-2-1-1-1", taperRule)
	p.Weights = protocol.Weights{StaleAfter: 7, Change: dose.MustPercent("10 %")}
	spec := protocol.Spec{Phases: []protocol.Phase{p}}
	old, err := planOf(t, spec, nil)
	require.NoError(t, err)
	later := schedule.Weighing{Date: schedule.MustDate("2025-09-15"), Weight: dose.MustWeight("63.9 kg")}
	renewed, err := old.Apply(schedule.Event{ID: "weighed", What: schedule.Weighed{Date: later.Date, Weight: later.Weight}}, noon("2025-09-15"))
	require.NoError(t, err)
	assert.Equal(t, dates(old, schedule.Session.Date), dates(renewed, schedule.Session.Date))
	assert.Equal(t, "36 mg, 36 mg, 36 mg, 36 mg, 36 mg, 36 mg, 36 mg, 36 mg", doses(old))
	assert.Equal(t, "36 mg, 36 mg, 36 mg, 36 mg, 36 mg, 32 mg, 32 mg, 32 mg", doses(renewed))
	for i, s := range renewed.All() {
		w, ok := s.Weighing()
		require.True(t, ok)
		assert.Equal(t, i >= 5, w == later)
	}

	// 63.9 kg is 11.25 % below 72 kg.
	assert.Equal(t, []string{
		"info: session 5: the weighing of 2025-09-01 is 10 days old then, at most 7 are within the protocol: weigh before [weight-due]",
		"warning: session 6: 63.9 kg measured on 2025-09-15 is more than 10 % away from the 72 kg of the dose before [weight-changed]",
		"info: session 8: the weighing of 2025-09-15 is 14 days old then, at most 7 are within the protocol: weigh before [weight-due]",
	}, findings(renewed))
}

func findings(plan *schedule.Plan) []string {
	var list []string
	for _, f := range schedule.Validate(plan) {
		list = append(list, f.String())
	}
	return list
}

// 0.35 mg/kg/h over 4 hours on ten days at 80 kg: 112 mg a day, 1120 mg in all.
func TestCumulativeLimits(t *testing.T) {
	mg := dose.MustMass
	p := phase("5/wk x2", "0.35 mg/kg/h of actual weight for 240 min, hard max 200 mg")
	p.MinGap = 1
	p.Visit.Administration = 4 * time.Hour
	spec := protocol.Spec{Phases: []protocol.Phase{p}}
	build := func(limits ...protocol.CumulativeLimit) (*schedule.Plan, error) {
		s := spec.Clone()
		s.Cumulative = limits
		return planOf(t, s, func(r *schedule.Request) { r.Weighings[0].Weight = dose.MustWeight("80 kg") })
	}
	plan, err := build()
	require.NoError(t, err)
	assert.Equal(t, strings.TrimSuffix(strings.Repeat("112 mg, ", 10), ", "), doses(plan))

	// Exactly at a limit is within it.
	_, err = build(
		protocol.CumulativeLimit{Per: protocol.PerDay, Limit: dose.Limit[dose.Mass]{HardMax: mg("112 mg")}},
		protocol.CumulativeLimit{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{HardMax: mg("560 mg")}},
		protocol.CumulativeLimit{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{HardMax: mg("1120 mg")}},
	)
	require.NoError(t, err)

	for _, tt := range []struct {
		per     protocol.Period
		max     string
		ordinal int
	}{
		{protocol.PerDay, "111.9 mg", 1},
		{protocol.PerWeek, "559.9 mg", 5},
		{protocol.PerPlan, "1119.9 mg", 10},
		{protocol.PerPlan, "560 mg", 6},
	} {
		plan, err := build(protocol.CumulativeLimit{Per: tt.per, Limit: dose.Limit[dose.Mass]{HardMax: mg(tt.max)}})
		assert.Nil(t, plan)
		require.ErrorIs(t, err, schedule.ErrCumulative)
		e, ok := errors.AsType[*schedule.DoseError](err)
		require.True(t, ok)
		assert.Equal(t, tt.ordinal, e.Ordinal)
		assert.Contains(t, err.Error(), "the doses of the "+tt.per.String()+" together pass the hard limit "+tt.max)
	}

	plan, err = build(protocol.CumulativeLimit{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{SoftMax: mg("500 mg")}})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"warning: session 5: the doses of the treatment week up to this session are 560 mg, the soft limit is 500 mg [cumulative-limit]",
		"warning: session 10: the doses of the treatment week up to this session are 560 mg, the soft limit is 500 mg [cumulative-limit]",
	}, findings(plan))
}

// A soft limit that is passed is an open finding until somebody gives a reason.
func TestSoftLimitIsOpenUntilAccepted(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{phase("1", "0.5 mg/kg of actual weight, soft max 35 mg, hard max 100 mg")}}
	plan, err := planOf(t, spec, nil)
	require.NoError(t, err)
	found := schedule.Validate(plan)
	require.Len(t, found, 1)
	assert.Equal(t, schedule.SoftLimit, found[0].Code)
	assert.True(t, found[0].Open())
	assert.Equal(t, firstSession(plan).ID(), found[0].ID)
	assert.Equal(t, "warning: session 1: passes the soft max 35 mg of the dose [soft-limit]", found[0].String())

	plan, err = planOf(t, spec, func(r *schedule.Request) {
		r.Accepted = []schedule.Acceptance{{Session: 1, Code: schedule.SoftLimit, Reason: "tolerated 36 mg before", Who: "attending"}}
	})
	require.NoError(t, err)
	found = schedule.Validate(plan)
	require.Len(t, found, 1)
	assert.False(t, found[0].Open())
	assert.Equal(t, "attending", found[0].Accepted.Who)

	_, err = planOf(t, spec, func(r *schedule.Request) { r.Accepted = []schedule.Acceptance{{Session: 0, Reason: "x"}} })
	require.EqualError(t, err, "Accepted \"0\": want the number of a session, counted from 1\n"+
		"Accepted: want the code of the finding that is accepted\nAccepted: want a reason, and who accepts it")
}

// 140 kg at 165 cm would be plausible as pounds.
func TestWeightThatMayBePounds(t *testing.T) {
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{phase("1", taperRule)}}, func(r *schedule.Request) {
		r.Weighings[0].Weight = dose.MustWeight("140 kg")
		r.Height = dose.MustHeight("165 cm")
	})
	require.NoError(t, err)
	found := findings(plan)
	require.NotEmpty(t, found)
	assert.Contains(t, found[0], "if the number was in pounds it is 63.5029318 kg")
	assert.Contains(t, found[0], "[weight-implausible]")
}

// A check that panics is a finding; the others run.
func TestCheckThatPanics(t *testing.T) {
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{phase("1", taperRule)}}, nil)
	require.NoError(t, err)
	mine := schedule.Check{
		Code: "first-on-monday", Severity: schedule.Info, Doc: "The first session is on a Monday.",
		Run: func(p *schedule.Plan, found []schedule.Finding) []schedule.Finding {
			return append(found, schedule.Finding{Session: 1, Text: "on a Monday"})
		},
	}
	broken := schedule.Check{Code: "broken", Severity: schedule.Info, Run: func(*schedule.Plan, []schedule.Finding) []schedule.Finding {
		panic("no")
	}}
	var texts []string
	for _, f := range schedule.Validate(plan, broken, mine) {
		texts = append(texts, f.String())
	}
	assert.Equal(t, []string{
		`violation: plan: the check "broken" failed: no [check-failed]`,
		"info: session 1: on a Monday [first-on-monday]",
	}, texts)
}
