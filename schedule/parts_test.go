package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// ramp gives 20 mg/h for 2 h, then 40 mg/h for 3 h, out of bags of 1 mg/mL; a third rate
// half an hour later on a condition.
func ramp() protocol.Spec {
	bag := dose.Preparation{
		Product: dose.Product{Name: "ketamine 1 mg/mL", Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("1 mg/mL")},
		Route:   dose.Intravenous, Dilution: dose.Undiluted(), Pump: dose.MustPumpSetting("0.1 mL/h half up"),
	}
	return protocol.Spec{
		ID: "ramp", Version: "1", Drug: "ketamine", Route: "intravenous",
		Phases: []protocol.Phase{{
			Name: "ramp", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2,
			Visit: protocol.Visit{Preparation: 30 * time.Minute, Administration: 6 * time.Hour, Observation: time.Hour},
			Dose:  dose.MustRule("sum of parts, hard max 190 mg"),
			Parts: []dose.Part{
				{Name: "first rate", Rule: dose.MustRule("20 mg/h for 2 h, hard max 30 mg/h"), Preparation: bag},
				{Name: "second rate", Rule: dose.MustRule("40 mg/h for 3 h, soft max 40 mg/h, hard max 45 mg/h"), Preparation: bag},
				{Name: "third rate", Rule: dose.MustRule("20 mg"), During: dose.MustDuration("30 min"), Start: dose.MustPartStart("30 min after end"), Condition: "pain above 4"},
			},
		}},
		Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("330 mg"), HardMax: dose.MustMass("360 mg")}}},
	}
}

func ramping(t *testing.T) *story {
	t.Helper()
	r := request(compiled(t, ramp()), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	return living(t, r)
}

// By hand: 20 mg/h x 2 h = 40 mg, 40 mg/h x 3 h = 120 mg, together 160 mg; the visit begins
// at 08:00, the first rate half an hour later, at 08:30, the second at 10:30 and ends at
// 13:30; the third would begin at 14:00. Of 1 mg/mL the pump runs at 20 and 40 mL/h.
func TestPartsOfAPlan(t *testing.T) {
	plan := ramping(t).plan
	s := sessionAt(plan, 1)
	assert.Equal(t, "160 mg", s.Dose().Dose().String())
	assert.Equal(t, "160 mg", s.Amount().String())
	var parts []string
	for p := range s.Parts() {
		parts = append(parts, strings.Join([]string{p.Part.Name, p.Delivery.Dose().String(), p.Start.String(), p.End.String(), p.Delivery.Flow().String(), p.Part.Condition}, " "))
	}
	assert.Equal(t, []string{"first rate 40 mg 08:30 10:30 20 mL/h ", "second rate 120 mg 10:30 13:30 40 mL/h ", "third rate 20 mg 14:00 14:30  pain above 4"}, parts)
	x, err := plan.Explain(s.ID())
	require.NoError(t, err)
	assert.Equal(t, []string{
		"80 kg measured on 2025-01-06",
		"40 mg first rate + 120 mg second rate = 160 mg",
		"part first rate: 20 mg/h x 120 min = 40 mg, given in 120 min, 20 mg/h, pump 20 mL/h",
		"part second rate, after 2 h: 40 mg/h x 3 h = 120 mg, given in 3 h, 40 mg/h, pump 40 mL/h",
		"part third rate, after 330 min, only if pain above 4: 20 mg fixed, given in 30 min, 40 mg/h",
	}, x.Dose)
	assert.Contains(t, string(x.AppendJSON(nil)), `"parts":[{"name":"first rate","condition":null,"rule":"20 mg/h for 120 min, hard max 30 mg/h","text":"20 mg/h x 120 min = 40 mg","steps":["20 mg/h x 120 min = 40 mg"],"delivered":"40 mg","time":"120 min","rate":"20 mg/h"}`)
	assert.Contains(t, s.Snapshot().Worksheet, "part: second rate, from 120 min on\ndose: 40 mg/h x 3 h = 120 mg\n")
	assert.Empty(t, found(plan))
}

func part(name, mg string) schedule.GivenPart {
	if mg == "0 mg" {
		return schedule.GivenPart{Name: name, Nothing: true}
	}
	return schedule.GivenPart{Name: name, Dose: dose.MustMass(mg)}
}

// What was given of each part is recorded, also where the infusion was stopped in the
// middle: sums count it, and each part is judged by its own limits.
func TestPartsGiven(t *testing.T) {
	during := func(p schedule.GivenPart, d string) schedule.GivenPart {
		p.During = dose.MustDuration(d)
		return p
	}
	clock := func(p schedule.GivenPart, start, end string) schedule.GivenPart {
		p.Start, p.End = clock(t, start), clock(t, end)
		return p
	}
	for _, tt := range []struct {
		name  string
		dose  string
		parts []schedule.GivenPart
		total string
		want  []string
	}{
		{"as planned", "", []schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "120 mg")}, "160 mg", nil},
		{"with the third, whose condition was met", "", []schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "120 mg"), part("third rate", "20 mg")}, "180 mg", nil},
		{"the third said not to be given", "160 mg", []schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "120 mg"), part("third rate", "0 mg")}, "160 mg", nil},
		{"without parts", "160 mg", nil, "160 mg", []string{"warning: session 1: 160 mg given, and it is not recorded how much of each part [parts-missing]"}},
		{
			"without parts, as if with the third", "180 mg", nil, "180 mg",
			[]string{"warning: session 1: 180 mg given, and it is not recorded how much of each part [parts-missing]"},
		},
		{
			"stopped in the middle", "",
			[]schedule.GivenPart{part("first rate", "40 mg"), during(part("second rate", "60 mg"), "90 min")},
			"100 mg",
			[]string{`violation: session 1: 100 mg given: part "second rate", 60 mg: 120 mg planned [dose-not-allowed]`, reasonFor("100 mg")},
		},
		{
			"only the first", "",
			[]schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "0 mg")},
			"40 mg",
			[]string{`violation: session 1: 40 mg given: part "second rate" was not given [dose-not-allowed]`, reasonFor("40 mg")},
		},
		{
			"too fast", "",
			[]schedule.GivenPart{part("first rate", "40 mg"), during(part("second rate", "120 mg"), "2 h")},
			"160 mg",
			[]string{`violation: session 1: 160 mg given: part "second rate", 120 mg: passes the hard max 45 mg/h of the rate [dose-above-hard-limit]`, reasonFor("160 mg")},
		},
		{
			"too fast by the clock", "",
			[]schedule.GivenPart{clock(part("first rate", "40 mg"), "08:30", "10:30"), clock(part("second rate", "120 mg"), "10:30", "13:20")},
			"160 mg",
			[]string{`warning: session 1: 160 mg given: part "second rate", 120 mg: passes the soft max 40 mg/h of the rate [dose-above-soft-limit]`, softReasonFor("160 mg")},
		},
		{
			"the third too early", "",
			[]schedule.GivenPart{part("first rate", "40 mg"), clock(part("second rate", "120 mg"), "08:00", "11:00"), clock(part("third rate", "20 mg"), "11:20", "11:50")},
			"180 mg",
			[]string{`warning: session 1: part "third rate" was begun at 11:20, less than 30 min after part "second rate" had ended at 11:00 [part-early]`},
		},
		{
			"too much together", "",
			[]schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "120 mg"), during(part("third rate", "31 mg"), "1 h")},
			"191 mg",
			[]string{`violation: session 1: 191 mg given: all parts together: passes the hard max 190 mg of the dose [dose-above-hard-limit]`, reasonFor("191 mg")},
		},
		{
			"a part of another protocol", "",
			[]schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "120 mg"), part("flush", "1 mg")},
			"161 mg",
			[]string{
				`violation: session 1: flush 1 mg: the dose of the phase ramp has no part of this name [part-unknown]`,
				reasonFor("161 mg"),
			},
		},
		{
			"one not recorded", "",
			[]schedule.GivenPart{part("first rate", "40 mg")},
			"40 mg",
			[]string{`warning: session 1: it is not recorded whether part "second rate" was given [parts-missing]`},
		},
		{
			"an amount not entered yet", "",
			[]schedule.GivenPart{part("first rate", "40 mg"), {Name: "second rate", During: dose.MustDuration("3 h")}},
			"",
			[]string{
				"warning: session 1: given on Mon 2025-01-06: the dose is not entered yet [dose-missing]",
				`warning: session 1: it is not recorded how much of part "second rate" was given [parts-missing]`,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			spec := ramp()
			spec.Cumulative = nil
			s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
			g := schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Parts: tt.parts}
			if tt.dose != "" {
				g.Dose = dose.MustMass(tt.dose)
			}
			next, err := s.plan.Apply(schedule.Event{ID: "given", What: g}, time.Date(2025, 1, 6, 20, 0, 0, 0, time.UTC))
			require.NoError(t, err)
			given, ok := sessionAt(next, 1).Given()
			require.True(t, ok)
			want := ""
			if tt.total != "" {
				want = dose.MustMass(tt.total).String()
			}
			if given.Dose.IsZero() {
				assert.Empty(t, want)
			} else {
				assert.Equal(t, want, given.Dose.String())
			}
			assert.Equal(t, tt.parts, given.Parts)
			var got []string
			for _, f := range found(next) {
				got = append(got, f.String())
			}
			assert.Equal(t, tt.want, got)

			again, err := schedule.ParsePlan("plan", schedule.FormatPlan(next), schedule.PlanSource{Opening: weekdaysOnly(t), Zone: time.UTC})
			require.NoError(t, err)
			assert.Equal(t, found(next), found(again))
			assert.Equal(t, string(next.AppendJSON(nil)), string(again.AppendJSON(nil)))
			v := again.Verify()
			assert.True(t, v.Same(), "%v", v)
		})
	}
}

func reasonFor(mg string) string {
	return "warning: session 1: " + mg + " given, which is not the planned dose nor one that the protocol allows here, without a reason and who decided it [reason-missing]"
}

func softReasonFor(mg string) string {
	return "warning: session 1: " + mg + " given, which passes a soft limit, without a reason and who decided it [reason-missing]"
}

// Sums count what was given: 100 mg of a week leave room for the 160 mg that follow and
// for no more; 180 mg and 160 mg pass the soft limit of 330 mg a week.
func TestSumsOfParts(t *testing.T) {
	s := ramping(t)
	s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Parts: []schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "120 mg"), part("third rate", "20 mg")}})
	var got []string
	for _, f := range found(s.plan) {
		got = append(got, f.String())
	}
	assert.Equal(t, []string{"warning: session 2: the doses of the treatment week up to this session are 340 mg, the soft limit is 330 mg [cumulative-limit]"}, got)

	// The record was wrong: the second rate had been stopped after half.
	s.on("2025-01-07", schedule.Corrected{
		Of: "e1", Instead: schedule.Given{
			Session: s.id(1), Date: day("2025-01-06"), Parts: []schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "60 mg")}, Reason: "nausea", Who: "dr-a",
		}, Reason: "typed for another patient", Who: "nurse-b",
	})
	given, _ := sessionAt(s.plan, 1).Given()
	assert.Equal(t, "100 mg", given.Dose.String())
	got = nil
	for _, f := range found(s.plan) {
		if f.Severity != schedule.Info {
			got = append(got, f.String())
		}
	}
	assert.Equal(t, []string{`violation: session 1: 100 mg given: part "second rate", 60 mg: 120 mg planned [dose-not-allowed]`}, got)
}

func TestPartsRefused(t *testing.T) {
	for _, tt := range []struct {
		given schedule.Given
		want  string
	}{
		{schedule.Given{Parts: []schedule.GivenPart{{}}}, `Parts.0.Name: want the name of a part`},
		{schedule.Given{Parts: []schedule.GivenPart{part("a", "1 mg"), part("b", "1 mg"), part("a", "2 mg")}}, `Parts.2.Name "a": want every part once: Parts.0 is the same`},
		{schedule.Given{Parts: []schedule.GivenPart{{Name: "a", Dose: dose.MustMass("1 mg"), Nothing: true}}}, `Parts.0.Dose "1 mg": want none where nothing was given`},
		{schedule.Given{Parts: []schedule.GivenPart{part("a", "0 mg")}}, `Parts "a not given": want what was given of another part; or, where nothing was given at all, the dose 0 mg`},
		{schedule.Given{Nothing: true, Parts: []schedule.GivenPart{part("a", "1 mg")}}, `Parts "a 1 mg": want none that was given where nothing was given`},
		{schedule.Given{Dose: dose.MustMass("3 mg"), Parts: []schedule.GivenPart{part("a", "1 mg"), part("b", "1 mg")}}, `Dose "3 mg": want the sum of the parts, 2 mg, or none`},
		{schedule.Given{Dose: dose.MustMass("1 mg"), Parts: []schedule.GivenPart{part("a", "2 mg"), {Name: "b"}}}, `Dose "1 mg": want the sum of the parts, 2 mg, or none`},
		{schedule.Given{Parts: []schedule.GivenPart{{Name: "a", End: clock(t, "09:00")}}}, `Parts.0.Start: want the time at which the part began, since it has one at which it ended`},
		{schedule.Given{Parts: []schedule.GivenPart{{Name: "a", Start: clock(t, "11:00"), End: clock(t, "12:01")}}}, `Parts.0.End "12:01": want a time that is not after the as-of one, 2025-01-06 12:00`},
	} {
		s := ramping(t)
		tt.given.Session, tt.given.Date = s.id(1), day("2025-01-06")
		_, err := s.try("2025-01-06", tt.given)
		require.ErrorContains(t, err, tt.want)
		r := schedule.Record{
			Protocol: compiled(t, ramp()), Start: day("2025-01-06"), Zone: time.UTC, AsOf: noon("2025-01-06"), Given: []schedule.Given{tt.given},
		}
		r.Given[0].Session = schedule.ID{}
		_, err = r.Plan()
		require.Error(t, err, tt.want)
	}
}

// A part on a condition that would pass a hard limit of the whole for this patient is not
// possible: the dose is planned all the same, and a finding says so.
func TestPartNotPossible(t *testing.T) {
	spec := ramp()
	spec.Cumulative = nil
	spec.Phases[0].Parts[1].Rule = dose.MustRule("0.5 mg/kg/h of actual weight for 3 h, hard max 150 mg, hard max 60 mg/h")
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("90 kg")}}
	s := living(t, r)
	assert.Equal(t, "175 mg", sessionAt(s.plan, 1).Dose().Dose().String(), "40 + 0.5 x 90 x 3 = 175; with 20 more it is 195")
	assert.Equal(t, []string{
		`warning: session 1: the dose with part "third rate": hard limit passed: hard max 190 mg of the dose [part-impossible]`,
		`warning: session 2: the dose with part "third rate": hard limit passed: hard max 190 mg of the dose [part-impossible]`,
	}, texts(found(s.plan))[:2])
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("101 kg")})
	require.Error(t, sessionAt(s.plan, 1).DoseError(), "40 + 151.5 = 191.5")
	assert.Contains(t, sessionAt(s.plan, 1).DoseError().Error(), "hard max 150 mg")
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")})
	assert.Equal(t, "160 mg", sessionAt(s.plan, 1).Dose().Dose().String())
	again, err := schedule.ParsePlan("plan", schedule.FormatPlan(s.plan), schedule.PlanSource{Opening: weekdaysOnly(t), Zone: time.UTC})
	require.NoError(t, err)
	assert.Equal(t, string(s.plan.AppendJSON(nil)), string(again.AppendJSON(nil)))
}

func found(p *schedule.Plan) []schedule.Finding { return schedule.Validate(p) }

func texts(found []schedule.Finding) (list []string) {
	for _, f := range found {
		list = append(list, f.String())
	}
	return list
}
