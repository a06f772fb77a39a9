package schedule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A titrated is a plan whose doses are climbed, from Mon 2025-09-01 on.
type titrated struct {
	*testing.T
	plan   *schedule.Plan
	events int
}

func titrate(t *testing.T, phases ...protocol.Phase) *titrated {
	t.Helper()
	plan, err := planOf(t, protocol.Spec{ID: "levels", Version: "1", Phases: phases}, func(r *schedule.Request) {
		r.AsOf = time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)
		r.Weighings[0].Weight = dose.MustWeight("80 kg")
	})
	require.NoError(t, err)
	return &titrated{T: t, plan: plan}
}

func (p *titrated) id(ordinal int) schedule.ID {
	s, ok := p.plan.At(ordinal)
	require.True(p, ok)
	return s.ID()
}

// apply applies what happened, on the evening of the day of a session.
func (p *titrated) apply(ordinal int, what schedule.Happening) error {
	p.Helper()
	p.events++
	s, _ := p.plan.At(ordinal)
	next, err := p.plan.Apply(schedule.Event{ID: fmt.Sprintf("e%d", p.events), What: what}, time.Date(s.Date().Year(), s.Date().Month(), s.Date().Day(), 20, 0, 0, 0, time.UTC))
	if err == nil {
		p.plan = next
	}
	return err
}

// give records the dose of the next sessions.
func (p *titrated) give(from int, doses ...string) {
	p.Helper()
	for i, mg := range doses {
		s, _ := p.plan.At(from + i)
		require.NoError(p, p.apply(from+i, schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass(strings.TrimSuffix(mg, " mg") + " mg"), Reason: "as discussed", Who: "dr-1"}))
	}
}

func (p *titrated) choose(asOf, from int, level string) error {
	p.Helper()
	return p.apply(asOf, schedule.DoseChosen{Session: p.id(from), Level: dose.MustLevel(level), Who: "dr-1", Reason: "dissociation"})
}

// coming returns the doses of the sessions to come, with what else is allowed.
func (p *titrated) coming() string {
	var list []string
	for _, s := range p.plan.All() {
		if s.State() != schedule.StatePlanned {
			continue
		}
		var text strings.Builder
		text.WriteString(s.Dose().Dose().String())
		for a := range s.Allowed() {
			text.WriteString("|" + a.Dose.String())
		}
		list = append(list, strings.ReplaceAll(text.String(), " mg", ""))
	}
	return strings.Join(list, " ")
}

func (p *titrated) found() (list []string) {
	for _, f := range schedule.Validate(p.plan) {
		list = append(list, f.String())
	}
	return list
}

// levelPhase returns a phase that is climbed by one and follows the level given
// last.
func levelPhase(name, cadence, rule string) protocol.Phase {
	return protocol.Phase{
		Name: name, Cadence: protocol.MustCadence(cadence), MinGap: 1, Dose: dose.MustRule(rule),
		Climb: protocol.ClimbByOne, Follows: protocol.FollowsLastGiven, Visit: protocol.Visit{Administration: 40 * time.Minute},
	}
}

// Ketamine at 80 kg: 0.5, 0.75 and 1 mg/kg are 40, 60 and 80 mg, the steps offered
// from sessions 2 and 3 on.
func ketamine() protocol.Phase {
	const rest = " mg/kg of actual weight, round 1 mg half up, hard max 100 mg"
	p := levelPhase("treatment", "1/wk x6", "0.5"+rest)
	p.Steps = []protocol.Step{
		{From: 2, Dose: dose.MustRule("0.75" + rest), Condition: "tolerated, no response"},
		{From: 3, Dose: dose.MustRule("1" + rest), Condition: "0.75 tolerated, no response"},
	}
	return p
}

func TestKetamineClimbs(t *testing.T) {
	p := titrate(t, ketamine())
	assert.Equal(t, "40 40|60 40|60 40|60 40|60 40|60", p.coming(), "80 is two levels above the 40 planned before")
	p.give(1, "40", "60")
	assert.Equal(t, "60|40|80 60|40|80 60|40|80 60|40|80", p.coming())
	p.give(3, "80")
	assert.Equal(t, "80|40|60 80|40|60 80|40|60", p.coming())
	assert.Empty(t, p.found())

	// At 60 kg the level is 60 mg, though 60 mg was another level before.
	require.NoError(t, p.apply(3, schedule.Weighed{Date: schedule.MustDate("2025-09-15"), Weight: dose.MustWeight("60 kg")}))
	assert.Equal(t, "60|30|45 60|30|45 60|30|45", p.coming())
	for _, s := range p.plan.All() {
		if s.State() == schedule.StatePlanned {
			assert.Equal(t, dose.MustLevel("1 mg/kg of actual weight"), s.Level())
		}
	}
}

// What follows the rule goes back to it, and compares with what is planned before.
func TestKetamineByTheRule(t *testing.T) {
	phase := ketamine()
	phase.Follows = protocol.FollowsRule
	p := titrate(t, phase)
	p.give(1, "40", "60", "80")
	assert.Equal(t, "40|60|80 40|60 40|60", p.coming())
}

// A dose that is no level counts as the highest that delivers at most it, a small
// one as the lowest.
func TestADoseThatIsNoLevel(t *testing.T) {
	for _, tt := range []struct{ given, coming string }{
		{"59 mg", "40|60 40|60 40|60 40|60 40|60"},
		{"61 mg", "40|60 40|60 40|60 40|60 40|60"}, // 60 is offered from the next session on
		{"12 mg", "40|60 40|60 40|60 40|60 40|60"},
	} {
		p := titrate(t, ketamine())
		p.give(1, tt.given)
		assert.Equal(t, tt.coming, p.coming(), tt.given)
	}
	p := titrate(t, ketamine())
	p.give(1, "40", "79")
	assert.Equal(t, "60|40|80 60|40|80 60|40|80 60|40|80", p.coming())
}

func TestEsketamineUpAndDown(t *testing.T) {
	p := titrate(t,
		levelPhase("induction", "2/wk x2", "2 devices of 28 mg 5 min apart, or 84 mg"),
		levelPhase("weekly", "1/wk x2", "2 devices of 28 mg 5 min apart, or 84 mg"))
	p.give(1, "56", "84")
	assert.Equal(t, "84|56 84|56 84|56 84|56", p.coming(), "what was reached goes on, also in the next phase")
	p.give(3, "56")
	assert.Equal(t, "56|84 56|84 56|84", p.coming())
	s, _ := p.plan.At(4)
	assert.Equal(t, 2, s.Delivery().Devices())
	for a := range s.Allowed() {
		assert.Equal(t, 3, a.Delivery.Devices())
		assert.Equal(t, dose.MustLevel("3 devices of 28 mg 5 min apart"), a.Level, "a level is what it amounts to")
	}
	assert.Empty(t, p.found())
}

// In steps of 28 mg nobody is offered 84 mg after 28, and a dose that is given all
// the same is said to be too large a step.
func TestStepsOfOneDevice(t *testing.T) {
	p := titrate(t, levelPhase("treatment", "1/wk x5", "1 device of 28 mg, or 56 mg or 84 mg"))
	assert.Equal(t, "28 28|56 28|56 28|56 28|56", p.coming())
	p.give(1, "28")
	p.give(2, "84")
	assert.Equal(t, []string{"warning: session 2: 84 mg given: 28 mg planned, at most 56 mg is one level above the dose before [step-too-large]"}, p.found())
	assert.Equal(t, "84|28|56 84|28|56 84|28|56", p.coming())
}

// A level given in another phase that this one lacks counts as nothing given.
func TestALevelThatTheNextPhaseLacks(t *testing.T) {
	p := titrate(t,
		levelPhase("induction", "1/wk x2", "2 devices of 28 mg 5 min apart, or 84 mg"),
		levelPhase("maintenance", "1/wk x2", "1 device of 28 mg 5 min apart, or 56 mg"))
	p.give(1, "56", "84")
	assert.Equal(t, "28 28|56", p.coming())
	assert.Equal(t, []string{
		"warning: session 3: the phase maintenance does not have the level 84 mg, which was given last, at session 2: its own dose is planned [level-missing]",
	}, p.found())
}

func TestAStepThatIsPassedOver(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x4", "40 mg, or 60 mg or 80 mg")
	phase.Steps = []protocol.Step{{From: 3, Dose: dose.MustRule("60 mg")}}
	p := titrate(t, phase)
	assert.Equal(t, "40 40|60 60|40 60|40|80", p.coming())
	e, err := p.plan.Explain(p.id(3))
	require.NoError(t, err)
	assert.Equal(t, "60 mg, planned from session 3 of the phase on", e.LevelRule)
	e, err = p.plan.Explain(p.id(2))
	require.NoError(t, err)
	assert.Equal(t, "40 mg, the phase's own", e.LevelRule)
	p.give(1, "40")
	assert.Equal(t, "40|60 40|60 40|60", p.coming())
	assert.Equal(t, []string{
		"info: session 3: the step to 60 mg that is planned from session 3 of the phase on is passed over: 40 mg was given last, at session 1 [step-passed-over]",
	}, p.found())
}

func TestADoseThatIsChosen(t *testing.T) {
	phases := func() []protocol.Phase {
		return []protocol.Phase{
			levelPhase("induction", "1/wk x3", "40 mg, or 60 mg or 80 mg"), levelPhase("weekly", "1/wk x2", "40 mg, or 60 mg or 80 mg"),
		}
	}
	p := titrate(t, phases()...)
	p.give(1, "40")
	before := p.plan
	require.NoError(t, p.choose(1, 3, "80 mg"))
	assert.Equal(t, "40|60 80|40|60 80|40|60 80|40|60", p.coming(), "from its session on, also in the next phase")
	assert.Equal(t, []string{"warning: session 3: 80 mg planned: at most 60 mg is one level above the dose before [step-too-large]"}, p.found())
	for i, s := range p.plan.All() {
		was, _ := before.At(i + 1)
		assert.Equal(t, map[bool]int{true: 1}[i >= 2], s.Revision()-was.Revision(), "session %d", i+1)
	}
	assert.Equal(t, "sessions: 3 with another dose", before.Diff(p.plan).String())

	// What is given before the session does not end it; another level in it does.
	p.give(2, "60")
	assert.Equal(t, "80|40|60 80|40|60 80|40|60", p.coming())
	p.give(3, "80")
	assert.Equal(t, "80|40|60 80|40|60", p.coming())
	p.give(4, "60")
	assert.Equal(t, "60|40|80", p.coming())

	// Another choice holds until that is ended; the one made last holds.
	p = titrate(t, phases()...)
	require.NoError(t, p.choose(1, 4, "80 mg"))
	require.NoError(t, p.choose(1, 2, "60 mg"))
	assert.Equal(t, "40 60|40 60|40|80 60|40|80 60|40|80", p.coming())
	require.NoError(t, p.choose(1, 5, "40 mg"))
	assert.Equal(t, "40 60|40 60|40|80 60|40|80 40|60|80", p.coming())
	// A session that is missed or moved changes nothing about it.
	p.give(1, "40")
	require.NoError(t, p.apply(2, schedule.Missed{Session: p.id(2)}))
	require.NoError(t, p.apply(2, schedule.Appended{Session: p.id(2)}))
	require.NoError(t, p.apply(2, schedule.Moved{Session: p.id(3), Date: schedule.MustDate("2025-09-16")}))
	assert.Equal(t, "60|40 60|40|80 40|60|80 40|60", p.coming())
}

// A phase that lacks what was chosen has its own dose; one after it that has it
// goes on with it, where it follows its rule.
func TestAChosenLevelThatAPhaseLacks(t *testing.T) {
	first, second, third := levelPhase("a", "1/wk x2", "40 mg, or 60 mg"), levelPhase("b", "1/wk x2", "30 mg, or 40 mg"), levelPhase("c", "1/wk x2", "40 mg, or 60 mg")
	first.Follows, second.Follows, third.Follows = protocol.FollowsRule, protocol.FollowsRule, protocol.FollowsRule
	p := titrate(t, first, second, third)
	require.NoError(t, p.choose(1, 2, "60 mg"))
	assert.Equal(t, "40 60|40 30 30|40 60|40 60|40", p.coming())
	assert.Equal(t, []string{
		"warning: session 3: the phase b does not have the level 60 mg, which was chosen by dr-1 from session 2 on (dissociation): its own dose is planned [level-missing]",
		"warning: session 5: 60 mg planned: at most 40 mg is one level above the dose before [step-too-large]",
	}, p.found())
	e, err := p.plan.Explain(p.id(3))
	require.NoError(t, err)
	assert.Equal(t, "30 mg, the phase's own, since it does not have 60 mg, which was chosen by dr-1 from session 2 on (dissociation)", e.LevelRule)
	e, err = p.plan.Explain(p.id(2))
	require.NoError(t, err)
	assert.Contains(t, e.String(), "  level 60 mg, chosen by dr-1 from session 2 on (dissociation)\n  dose ")
	assert.Contains(t, string(e.AppendJSON(nil)), `"level":{"amount":"60 mg","rule":"60 mg, chosen by dr-1 from session 2 on (dissociation)"}`)
	require.NoError(t, p.choose(1, 1, "60 mg"))
	e, err = p.plan.Explain(p.id(1))
	require.NoError(t, err)
	assert.Equal(t, "60 mg, chosen by dr-1 from session 1 on (dissociation)", e.LevelRule)
	e, err = p.plan.Explain(p.id(2))
	require.NoError(t, err)
	assert.Contains(t, e.History[0], "60 mg chosen by dr-1 (dissociation)")
}

// The level is looked for by its amount in the version that holds.
func TestAChosenLevelInAnotherVersion(t *testing.T) {
	p := titrate(t, levelPhase("treatment", "1/wk x5", "40 mg, or 60 mg or 80 mg"))
	p.give(1, "40")
	require.NoError(t, p.choose(1, 2, "60 mg"))
	adopt := func(rule string) {
		version, err := protocol.Spec{ID: "levels", Version: strings.Fields(rule)[0], Phases: []protocol.Phase{levelPhase("treatment", "1/wk x5", rule)}}.Compile()
		require.NoError(t, err)
		require.NoError(t, p.apply(1, schedule.Adopted{Protocol: version, Who: "dr-1"}))
	}
	adopt("30 mg, or 60 mg or 90 mg")
	assert.Equal(t, "60|30 60|30|90 60|30|90 60|30|90", p.coming())
	adopt("30 mg, or 90 mg")
	assert.Equal(t, "30 30|90 30|90 30|90", p.coming())
}

func TestAChoiceThatIsRefused(t *testing.T) {
	second := levelPhase("preparation", "1/wk x1", "40 mg")
	second.Dose, second.Climb, second.Follows = dose.Rule{}, 0, 0
	p := titrate(t, levelPhase("treatment", "1/wk x3", "0.5 mg/kg of actual weight, or 60 mg or 80 mg, hard max 100 mg"), second)
	p.give(1, "40")
	chosen := schedule.DoseChosen{Session: p.id(2), Level: dose.MustLevel("60 mg"), Who: "dr-1"}
	for _, tt := range []struct {
		change func(*schedule.DoseChosen)
		is     error
		want   string
	}{
		{func(c *schedule.DoseChosen) { c.Session = schedule.ID{} }, schedule.ErrEvent, "Session: want the id of a session"},
		{func(c *schedule.DoseChosen) { c.Session, _ = schedule.ParseID("abcdefghijklmnop") }, schedule.ErrUnknownSession, "want the id of a session of the plan"},
		{func(c *schedule.DoseChosen) { c.Session = p.id(1) }, schedule.ErrSettled, "session 1 was given on Mon 2025-09-01"},
		{
			func(c *schedule.DoseChosen) { c.Level = dose.Level{} }, schedule.ErrEvent,
			`Level: want one of the levels that the phase "treatment" has at session 2: 0.5 mg/kg of actual weight, 60 mg or 80 mg`,
		},
		{
			func(c *schedule.DoseChosen) { c.Level = dose.MustLevel("50 mg") }, schedule.ErrEvent,
			`Level "50 mg": want one of the levels that the phase "treatment" has at session 2: 0.5 mg/kg of actual weight, 60 mg or 80 mg`,
		},
		{func(c *schedule.DoseChosen) { c.Session = p.id(4) }, schedule.ErrEvent, `Level "60 mg": want none: the phase "preparation" gives no drug`},
		{func(c *schedule.DoseChosen) { c.Who = "" }, schedule.ErrEvent, "Who: want who chose it"},
	} {
		c := chosen
		tt.change(&c)
		err := p.apply(1, c)
		require.ErrorIs(t, err, tt.is)
		require.ErrorContains(t, err, tt.want)
	}
	// One that would pass a hard limit cannot be chosen.
	late := titrate(t, ketamine())
	late.give(1, "40")
	require.NoError(t, late.apply(1, schedule.Weighed{Date: schedule.MustDate("2025-08-31"), Weight: dose.MustWeight("79 kg")}))
	heavy, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{ketamine()}}, func(r *schedule.Request) {
		r.AsOf = time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)
		r.Weighings[0].Weight = dose.MustWeight("120 kg")
	})
	require.NoError(t, err)
	late.plan = heavy
	require.ErrorIs(t, late.choose(1, 3, "1 mg/kg of actual weight"), dose.ErrHardLimit)
	require.NoError(t, late.choose(1, 3, "0.75 mg/kg of actual weight"))
}

// A choice with which the sum of a week would pass its limit is refused for the
// session that it would; nothing else is.
func TestAChoiceThatPassesASum(t *testing.T) {
	phase := levelPhase("treatment", "3/wk x2", "50 mg, or 80 mg")
	spec := protocol.Spec{Phases: []protocol.Phase{phase}, Cumulative: []protocol.CumulativeLimit{
		{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("190 mg")}},
	}}
	plan, err := planOf(t, spec, func(r *schedule.Request) { r.AsOf = time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC) })
	require.NoError(t, err)
	p := &titrated{T: t, plan: plan}
	require.NoError(t, p.choose(1, 3, "80 mg"), "50 + 50 + 80")
	s, _ := p.plan.At(6)
	require.ErrorIs(t, s.DoseError(), schedule.ErrCumulative)
	p.plan = plan
	require.NoError(t, p.choose(1, 2, "80 mg"), "50 + 80, and no dose at session 3")
	s, _ = p.plan.At(3)
	require.ErrorIs(t, s.DoseError(), schedule.ErrCumulative)
	s, _ = p.plan.At(6)
	require.ErrorIs(t, s.DoseError(), schedule.ErrCumulative)
	err = p.apply(1, schedule.DoseChosen{Session: p.id(3), Level: dose.MustLevel("80 mg"), Who: "dr-1"})
	require.ErrorIs(t, err, schedule.ErrCumulative)
	require.ErrorContains(t, err, "the doses of the treatment week together pass the hard limit 190 mg")
}

// A choice is kept in files, and in the plan that they make.
func TestAChoiceInFiles(t *testing.T) {
	p := titrate(t, levelPhase("treatment", "1/wk x3", "40 mg, or 60 mg or 80 mg"))
	require.NoError(t, p.apply(1, schedule.Given{
		Session: p.id(1), Date: schedule.MustDate("2025-09-01"), Dose: dose.MustMass("40 mg"), During: dose.MustDuration("17 min"),
	}))
	require.NoError(t, p.choose(1, 2, "60 mg"))
	file := schedule.FormatEvents(p.plan)
	assert.Contains(t, string(file), `"kind":"dose-chosen","session":"`+p.id(2).String()+`","level":"60 mg","who":"dr-1","reason":"dissociation"}`)
	assert.Contains(t, string(file), `"dose":"40 mg","during":"17 min"`)
	entries, err := schedule.ParseEvents("events.json", file, p.plan.Protocol())
	require.NoError(t, err)
	built := titrate(t, levelPhase("treatment", "1/wk x3", "40 mg, or 60 mg or 80 mg"))
	again, err := built.plan.Replay(entries...)
	require.NoError(t, err)
	assert.Equal(t, string(schedule.FormatPlan(p.plan)), string(schedule.FormatPlan(again)))
	_, err = schedule.ParseEvents("events.json", []byte(strings.Replace(string(file), `"level":"60 mg"`, `"level":"60"`, 1)), p.plan.Protocol())
	require.ErrorContains(t, err, `/level: want`)
}

// A record says what was chosen by the numbers of its sessions.
func TestAChoiceInARecord(t *testing.T) {
	r := schedule.Record{
		Protocol: compiled(t, protocol.Spec{Phases: []protocol.Phase{levelPhase("treatment", "1/wk x4", "40 mg, or 60 mg or 80 mg")}}),
		Start:    schedule.MustDate("2025-09-01"), Zone: time.UTC, AsOf: time.Date(2025, 9, 16, 0, 0, 0, 0, time.UTC),
		Given: []schedule.Given{
			{Date: schedule.MustDate("2025-09-01"), Dose: dose.MustMass("40 mg")}, {Date: schedule.MustDate("2025-09-08"), Dose: dose.MustMass("60 mg")},
		},
		Chosen: []schedule.ChosenLevel{{Session: 3, Level: dose.MustLevel("40 mg"), Who: "dr-1"}},
	}
	plan, err := r.Plan()
	require.NoError(t, err)
	assert.Equal(t, "40 mg, 40 mg, 40 mg, 40 mg", doses(plan))
	r.Chosen[0].Session = 4
	plan, err = r.Plan()
	require.NoError(t, err)
	assert.Equal(t, "40 mg, 40 mg, 60 mg, 40 mg", doses(plan))
	for _, tt := range []struct {
		chosen schedule.ChosenLevel
		want   string
	}{
		{schedule.ChosenLevel{Session: 5, Level: dose.MustLevel("40 mg"), Who: "dr-1"}, `Chosen "5": want the number of a session: there are 4`},
		{schedule.ChosenLevel{Session: 0, Level: dose.MustLevel("40 mg"), Who: "dr-1"}, `Chosen "0": want the number of a session, counted from 1`},
		{schedule.ChosenLevel{Session: 4, Who: "dr-1"}, `Chosen: want the level that was chosen`},
		{schedule.ChosenLevel{Session: 4, Level: dose.MustLevel("40 mg")}, `Chosen "40 mg": want who chose it`},
		{
			schedule.ChosenLevel{Session: 4, Level: dose.MustLevel("50 mg"), Who: "dr-1"},
			`Chosen "50 mg": want one of the levels that the phase "treatment" has at session 4: 40 mg, 60 mg or 80 mg`,
		},
	} {
		r.Chosen[0] = tt.chosen
		_, err = r.Plan()
		require.EqualError(t, err, tt.want)
	}
}

// An allowed dose that the syringe draws is that dose when it is recorded.
func TestAllowedDosesAreDrawn(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x3", "40 mg, or 60.4 mg or 80 mg, hard max 130 mg/h")
	phase.Preparation = dose.Preparation{
		Product: mustProduct(t, "ketamine 50 mg/mL"), Route: dose.Intravenous, Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")),
		Graduation: dose.MustGraduation("0.01 mL half up"), During: dose.MustDuration("40 min"),
	}
	p := titrate(t, phase)
	s, _ := p.plan.At(2)
	for a := range s.Allowed() {
		assert.Equal(t, "60.4 mg", a.Dose.String())
		assert.Equal(t, "60.5 mg", a.Delivery.Delivered().String())
		assert.Equal(t, "1.21 mL", a.Delivery.Worksheet().Stock().String())
		assert.Equal(t, dose.MustMass("60.4 mg"), a.Delivery.Calculation().Dose())
	}
	p.give(1, "40")
	require.NoError(t, p.apply(2, schedule.Given{Session: p.id(2), Date: s.Date(), Dose: dose.MustMass("60.5 mg")}))
	assert.Empty(t, p.found())
	assert.Equal(t, "60.4|40|80", p.coming())
}

// Three doses of 60.5 mg drawn for 60.4 are 181.5 mg.
func TestSumsOfWhatIsDelivered(t *testing.T) {
	phase := levelPhase("treatment", "3/wk x1", "60.4 mg")
	phase.Climb, phase.Follows = 0, 0
	phase.Preparation = dose.Preparation{
		Product: mustProduct(t, "ketamine 50 mg/mL"), Route: dose.Intravenous, Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")),
		Graduation: dose.MustGraduation("0.01 mL half up"), During: dose.MustDuration("40 min"),
	}
	for most, refused := range map[string]bool{"181.5 mg": false, "181.4 mg": true} {
		_, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{phase}, Cumulative: []protocol.CumulativeLimit{
			{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass(most)}},
		}}, nil)
		assert.Equal(t, refused, err != nil, most)
	}
}

// Minima of sums are judged once, at the last session of the period, and not of a
// week that the horizon cuts off.
func TestMinimaOfSums(t *testing.T) {
	mg := dose.MustMass
	build := func(cadence string, per protocol.Period, limit dose.Limit[dose.Mass], until string) (*schedule.Plan, error) {
		phase := levelPhase("treatment", cadence, "60 mg")
		phase.Climb, phase.Follows = 0, 0
		return planOf(t, protocol.Spec{Phases: []protocol.Phase{phase}, Cumulative: []protocol.CumulativeLimit{{Per: per, Limit: limit}}}, func(r *schedule.Request) {
			if until != "" {
				r.Until = schedule.MustDate(until)
			}
		})
	}
	hard, soft := dose.Limit[dose.Mass]{HardMin: mg("180.1 mg")}, dose.Limit[dose.Mass]{SoftMin: mg("180.1 mg")}
	for _, tt := range []struct {
		cadence string
		per     protocol.Period
		until   string
		last    []int // the sessions at which a minimum is not reached
	}{
		{"3/wk x2", protocol.PerWeek, "", []int{3, 6}},
		{"3/wk x2", protocol.PerDay, "", []int{1, 2, 3, 4, 5, 6}},
		{"3/wk x1", protocol.PerPlan, "", []int{3}},
		{"every 7d", protocol.PerDay, "2025-09-20", []int{1, 2, 3}},
		{"3/wk x2", protocol.PerPlan, "", nil},
		{"every 7d", protocol.PerWeek, "2025-09-21", []int{1, 2, 3}},
		{"every 7d", protocol.PerWeek, "2025-09-20", []int{1, 2}},
		{"every 7d", protocol.PerPlan, "2025-09-20", nil},
		{"every 2w x2", protocol.PerWeek, "", []int{1, 2}},
	} {
		_, err := build(tt.cadence, tt.per, hard, tt.until)
		if len(tt.last) == 0 {
			require.NoError(t, err, tt.cadence)
		} else {
			require.ErrorIs(t, err, schedule.ErrCumulative, tt.cadence)
			require.ErrorContains(t, err, fmt.Sprintf("session %d", tt.last[0]))
			require.ErrorContains(t, err, "the doses of the "+tt.per.String()+" together do not reach the hard min 180.1 mg")
		}
		plan, err := build(tt.cadence, tt.per, soft, tt.until)
		require.NoError(t, err)
		var last []int
		for _, f := range schedule.Validate(plan) {
			if f.Code == schedule.CumulativeSoft {
				last = append(last, f.Session)
			}
		}
		assert.Equal(t, tt.last, last, "%s per %s until %s", tt.cadence, tt.per, tt.until)
	}
	_, err := build("3/wk x2", protocol.PerWeek, dose.Limit[dose.Mass]{HardMin: mg("180 mg")}, "")
	require.NoError(t, err, "equal has not passed it")
}

// A planned step that is no level counts as the highest below it.
func TestAPlannedStepThatIsNoLevel(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x4", "40 mg, or 80 mg or 120 mg")
	phase.Follows = protocol.FollowsRule
	phase.Steps = []protocol.Step{{From: 2, Dose: dose.MustRule("100 mg")}}
	p := titrate(t, phase)
	assert.Equal(t, "40 100|40|80 100|40|80|120 100|40|80|120", p.coming())
	assert.Equal(t, []string{"warning: session 2: 100 mg planned: at most 80 mg is one level above the dose before [step-too-large]"}, p.found())
}

// Two levels that are the same dose for this patient stay two levels: what was
// planned is what was given.
func TestLevelsOfOneDose(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x4", "1 mg/kg of actual weight, cap 60 mg, hard max 100 mg")
	phase.Steps = []protocol.Step{{From: 1, Dose: dose.MustRule("1.5 mg/kg of actual weight, cap 60 mg, hard max 100 mg"), Condition: "tolerated"}}
	p := titrate(t, phase)
	assert.Equal(t, "60 60 60 60", p.coming())
	require.NoError(t, p.choose(1, 1, "1.5 mg/kg of actual weight"))
	p.give(1, "60")
	s, _ := p.plan.At(2)
	assert.Equal(t, "1.5 mg/kg of actual weight", s.Level().String())
}

// Where the phase before had one dose nobody chose it: that this one lacks it is no
// finding.
func TestThePhaseBeforeHadOneDose(t *testing.T) {
	first := levelPhase("test dose", "1/wk x1", "20 mg")
	first.Climb, first.Follows = 0, 0
	p := titrate(t, first, levelPhase("treatment", "1/wk x2", "40 mg, or 60 mg"))
	p.give(1, "20")
	assert.Equal(t, "40 40|60", p.coming())
	assert.Empty(t, p.found())
}

// The lowest level needs no reason where it is allowed, nor does a dose as it was
// ordered where the syringe delivers another; each is the level it is.
func TestAnAllowedDoseNeedsNoReason(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x4", "40 mg, or 60.4 mg or 80 mg")
	phase.Preparation = dose.Preparation{
		Product: mustProduct(t, "ketamine 50 mg/mL"), Route: dose.Intravenous, Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")),
		Graduation: dose.MustGraduation("0.01 mL half up"), During: dose.MustDuration("40 min"),
	}
	p := titrate(t, phase)
	given := func(ordinal int, mg string) error {
		s, _ := p.plan.At(ordinal)
		return p.apply(ordinal, schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass(mg)})
	}
	require.NoError(t, given(1, "40 mg"))
	require.NoError(t, given(2, "60.4 mg"))
	assert.Equal(t, "60.4|40|80 60.4|40|80", p.coming())
	require.NoError(t, given(3, "40 mg"))
	assert.Equal(t, "40|60.4", p.coming())
	assert.Empty(t, p.found())
}

// What the planned dose passes is said once, also where it is known how long giving
// it took; what the time makes worse is said of what was given.
func TestHowLongADoseReallyTook(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x3", "40 mg, soft max 50 mg/h, hard max 100 mg/h")
	phase.Climb, phase.Follows = 0, 0
	p := titrate(t, phase)
	give := func(ordinal int, during, reason string) error {
		s, _ := p.plan.At(ordinal)
		return p.apply(ordinal, schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass("40 mg"), During: dose.MustDuration(during), Reason: reason, Who: reason})
	}
	require.NoError(t, give(1, "40 min", "x"))
	require.NoError(t, give(2, "20 min", "x"))
	assert.Equal(t, []string{
		"warning: session 1: passes the soft max 50 mg/h of the rate [soft-limit]",
		"violation: session 2: 40 mg given: passes the hard max 100 mg/h of the rate [dose-above-hard-limit]",
		"warning: session 2: passes the soft max 50 mg/h of the rate [soft-limit]",
		"warning: session 3: passes the soft max 50 mg/h of the rate [soft-limit]",
	}, p.found())
}

// A dose that passes a limit by the time it took is recorded without a reason too,
// and stays a finding until somebody gives one.
func TestHowLongADoseReallyTookWithoutReason(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x3", "40 mg, soft max 50 mg/h, hard max 100 mg/h")
	phase.Climb, phase.Follows = 0, 0
	p := titrate(t, phase)
	for i, during := range []string{"40 min", "20 min"} { // 60 mg/h, 120 mg/h
		s, _ := p.plan.At(i + 1)
		require.NoError(t, p.apply(i+1, schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass("40 mg"), During: dose.MustDuration(during)}))
	}
	var without []int
	for _, f := range schedule.Validate(p.plan) {
		if f.Code == schedule.ReasonMissing {
			without = append(without, f.Session)
		}
	}
	assert.Equal(t, []int{1, 2}, without)
}

// A pump that is set to less than the flow makes giving the dose longer than the
// visit has for it, unless it is known that it took as long as planned.
func TestAdministrationLonger(t *testing.T) {
	phase := levelPhase("treatment", "1/wk x4", "40 mg")
	phase.Climb, phase.Follows = 0, 0
	phase.Preparation = dose.Preparation{
		Product: mustProduct(t, "ketamine 50 mg/mL"), Route: dose.Intravenous, Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")),
		Graduation: dose.MustGraduation("0.01 mL half up"), During: dose.MustDuration("40 min"), Pump: dose.MustPumpSetting("10 mL/h down"),
	}
	p := titrate(t, phase)
	for i, g := range []schedule.Given{
		{Dose: dose.MustMass("40 mg"), During: dose.MustDuration("40 min")}, {Dose: dose.MustMass("30 mg"), Reason: "x", Who: "x"}, {Dose: dose.MustMass("40 mg")},
	} {
		s, _ := p.plan.At(i + 1)
		g.Session, g.Date = s.ID(), s.Date()
		require.NoError(t, p.apply(i+1, g))
	}
	var found []string
	for _, f := range schedule.Validate(p.plan) {
		if f.Code == schedule.AdministrationLonger {
			found = append(found, f.String())
		}
	}
	assert.Equal(t, []string{
		"warning: session 3: giving the dose takes 42.857143 min, the visit has 40 min for it [administration-longer]",
		"warning: session 4: giving the dose takes 42.857143 min, the visit has 40 min for it [administration-longer]",
	}, found)
}

// A week with a session that was missed has what was given, and is judged by it.
func TestAMinimumOfAWeekWithAMissedSession(t *testing.T) {
	phase := levelPhase("treatment", "3/wk x1", "60 mg")
	phase.Climb, phase.Follows = 0, 0
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{phase}, Cumulative: []protocol.CumulativeLimit{
		{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{HardMin: dose.MustMass("180 mg")}},
	}}, func(r *schedule.Request) { r.AsOf = time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC) })
	require.NoError(t, err)
	p := &titrated{T: t, plan: plan}
	p.give(1, "60")
	require.NoError(t, p.apply(2, schedule.Missed{Session: p.id(2)}))
	assert.Contains(t, p.found(), "violation: session 3: the doses of the treatment week are 120 mg, the hard min is 180 mg [cumulative-hard-limit]")
}
