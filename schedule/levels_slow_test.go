package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What follows says again, slowly and from the design alone, which doses are
// planned and allowed. Doses are whole milligrams and weights whole kilograms.

// A slowLevel is "7 mg" or "2 mg/kg of actual weight".
type slowLevel struct {
	n     int
	perKg bool
}

func (l slowLevel) String() string {
	if l.perKg {
		return fmt.Sprintf("%d mg/kg of actual weight", l.n)
	}
	return fmt.Sprintf("%d mg", l.n)
}

func (l slowLevel) dose(kg int) int {
	if l.perKg {
		return l.n * kg
	}
	return l.n
}

// A slowStep begins with a session of its phase; it is planned where it has no
// condition.
type slowStep struct {
	from    int
	level   slowLevel
	choices []int
	planned bool
}

type slowPhase struct {
	sessions     int
	own          slowLevel
	choices      []int
	steps        []slowStep
	byOne, after bool // climb: by one; follows: last given
}

// has returns the levels that the phase offers at one of its sessions, each once.
func (p *slowPhase) has(number int) []slowLevel {
	list := []slowLevel{p.own}
	add := func(l slowLevel) {
		if !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	for _, n := range p.choices {
		add(slowLevel{n: n})
	}
	for _, s := range p.steps {
		if s.planned || s.from > number {
			continue
		}
		add(s.level)
		for _, n := range s.choices {
			add(slowLevel{n: n})
		}
	}
	return list
}

func (p *slowPhase) several() bool { return len(p.has(1000)) > 1 }

// rule returns what the phase itself plans.
func (p *slowPhase) rule(number int) slowLevel {
	level := p.own
	for _, s := range p.steps {
		if s.planned && s.from <= number {
			level = s.level
		}
	}
	return level
}

type slowSession struct {
	phase, number int
	state         byte // 0 to come, g given, m missed
	mg, kg        int  // given, and weighed then
	planned       slowLevel
}

type slowChoice struct {
	session int
	level   slowLevel
}

type slowPlan struct {
	phases   []slowPhase
	sessions []slowSession
	choices  []slowChoice // in the order in which they were made
	kg       int
}

// counts returns the level that what was given at a session counts as.
func (p *slowPlan) counts(i int) slowLevel {
	s := p.sessions[i]
	phase := &p.phases[s.phase]
	if !phase.several() {
		return s.planned
	}
	return p.countsAs(i, s.mg, s.kg, s.planned)
}

func (p *slowPlan) countsAs(i, mg, kg int, planned slowLevel) slowLevel {
	levels := p.phases[p.sessions[i].phase].has(p.sessions[i].number)
	slices.SortStableFunc(levels, func(a, b slowLevel) int { return a.dose(kg) - b.dose(kg) })
	best := levels[0]
	for _, l := range levels {
		if l == planned && l.dose(kg) == mg {
			return l
		}
	}
	for _, l := range levels {
		if l.dose(kg) <= mg && l.dose(kg) > best.dose(kg) {
			best = l
		}
	}
	return best
}

// lastGiven returns the position of the last session given before one, -1 for none.
func (p *slowPlan) lastGiven(i int) int {
	for i--; i >= 0 && p.sessions[i].state != 'g'; i-- {
	}
	return i
}

// holding returns the choice that holds at a session.
func (p *slowPlan) holding(i int) (slowLevel, bool) {
	for c := len(p.choices) - 1; c >= 0; c-- {
		choice := p.choices[c]
		if choice.session > i {
			continue
		}
		for j := choice.session; j < i; j++ {
			if p.sessions[j].state == 'g' && p.phases[p.sessions[j].phase].after && p.counts(j) != choice.level {
				return slowLevel{}, false
			}
		}
		return choice.level, true
	}
	return slowLevel{}, false
}

// plan returns what is planned at a session to come.
func (p *slowPlan) plan(i int) slowLevel {
	s := p.sessions[i]
	phase := &p.phases[s.phase]
	offered := phase.has(s.number)
	if !phase.several() {
		offered = []slowLevel{phase.rule(s.number)}
	}
	if level, ok := p.holding(i); ok {
		if slices.Contains(offered, level) {
			return level
		}
		return phase.rule(s.number)
	}
	if last := p.lastGiven(i); phase.after && last >= 0 && slices.Contains(offered, p.counts(last)) {
		return p.counts(last)
	}
	return phase.rule(s.number)
}

// allowed returns the doses that a session to come may have besides the planned
// one, lightest first.
func (p *slowPlan) allowed(i int) []string {
	s := p.sessions[i]
	phase := &p.phases[s.phase]
	if !phase.several() {
		return nil
	}
	var doses []int
	for _, l := range phase.has(s.number) {
		doses = append(doses, l.dose(p.kg))
	}
	slices.Sort(doses)
	doses = slices.Compact(doses)
	most := doses[len(doses)-1]
	if phase.byOne {
		most = phase.own.dose(p.kg)
		if before, ok := p.before(i); ok && slices.Contains(phase.has(s.number), before) {
			at := slices.Index(doses, before.dose(p.kg))
			most = doses[min(at+1, len(doses)-1)]
		}
	}
	var list []string
	for _, mg := range doses {
		if mg <= most && mg != p.plan(i).dose(p.kg) {
			list = append(list, fmt.Sprintf("%d mg", mg))
		}
	}
	return list
}

// before returns the level given or planned before a session to come.
func (p *slowPlan) before(i int) (slowLevel, bool) {
	for i--; i >= 0; i-- {
		switch s := p.sessions[i]; s.state {
		case 'g':
			return p.counts(i), true
		case 0:
			level, phase := p.plan(i), &p.phases[s.phase]
			if phase.several() && !slices.Contains(phase.has(s.number), level) {
				level = p.countsAs(i, level.dose(p.kg), p.kg, slowLevel{})
			}
			return level, true
		}
	}
	return slowLevel{}, false
}

func drawSlowLevel(r *rand.Rand) slowLevel {
	if r.IntN(2) == 0 {
		return slowLevel{n: 1 + r.IntN(3), perKg: true}
	}
	return slowLevel{n: 40 * (1 + r.IntN(5))}
}

func drawSlowPhase(r *rand.Rand) slowPhase {
	p := slowPhase{sessions: 1 + r.IntN(5), own: drawSlowLevel(r), byOne: r.IntN(2) == 0, after: r.IntN(3) > 0}
	choices := func(own slowLevel) (list []int) {
		for range r.IntN(3) {
			if n := 40 * (1 + r.IntN(6)); !slices.Contains(list, n) && (own.perKg || own.n != n) {
				list = append(list, n)
			}
		}
		slices.Sort(list)
		return list
	}
	p.choices = choices(p.own)
	planned := 1
	for range r.IntN(4) {
		s := slowStep{from: 1 + r.IntN(4), level: drawSlowLevel(r)}
		if s.planned = r.IntN(3) == 0 && planned < 4; s.planned {
			s.from = planned + 1 + r.IntN(2)
			planned = s.from
		} else {
			s.choices = choices(s.level)
		}
		p.steps = append(p.steps, s)
	}
	return p
}

func ruleText(l slowLevel, choices []int) string {
	var text strings.Builder
	text.WriteString(l.String())
	for i, n := range choices {
		text.WriteString(fmt.Sprintf("%s or %d mg", strings.Repeat(",", min(1, 1-min(i, 1))), n))
	}
	return text.String() + ", hard max 100000 mg"
}

func (p *slowPhase) phase(name string) protocol.Phase {
	phase := protocol.Phase{
		Name: name, Cadence: protocol.MustCadence(fmt.Sprintf("1/wk x%d", p.sessions)), MinGap: 1,
		Visit: protocol.Visit{Administration: 40 * time.Minute}, Dose: dose.MustRule(ruleText(p.own, p.choices)),
	}
	for _, s := range p.steps {
		step := protocol.Step{From: s.from, Dose: dose.MustRule(ruleText(s.level, s.choices))}
		if !s.planned {
			step.Condition = "tolerated"
		}
		phase.Steps = append(phase.Steps, step)
	}
	if p.several() {
		phase.Climb, phase.Follows = protocol.ClimbFree, protocol.FollowsRule
		if p.byOne {
			phase.Climb = protocol.ClimbByOne
		}
		if p.after {
			phase.Follows = protocol.FollowsLastGiven
		}
	} else {
		p.byOne, p.after = false, false
	}
	return phase
}

// The planned and the allowed doses are those of the slow rules, whatever was
// given, missed, weighed or chosen.
func TestLevelsAgainstTheSlowRules(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(12, 8))
	chosen, refused, lacking := 0, 0, 0
	for range many(400) {
		slow := &slowPlan{kg: 40 + 10*r.IntN(6)}
		spec := protocol.Spec{}
		for n := range 1 + r.IntN(3) {
			slow.phases = append(slow.phases, drawSlowPhase(r))
			spec.Phases = append(spec.Phases, slow.phases[n].phase(fmt.Sprintf("phase %d", n+1)))
			for number := range slow.phases[n].sessions {
				slow.sessions = append(slow.sessions, slowSession{phase: n, number: number + 1})
			}
		}
		_, err := spec.Compile()
		var plan *schedule.Plan
		if err == nil {
			plan, err = planOf(t, spec, func(r *schedule.Request) {
				r.Weighings[0].Weight = dose.MustWeight(fmt.Sprintf("%d kg", slow.kg))
				r.AsOf = time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)
			})
		}
		if err != nil {
			// Levels that are climbed by one have to be offered from low to high.
			require.ErrorContains(t, err, "climbed by one")
			continue
		}
		agree := func(said string) {
			for i, s := range plan.All() {
				if slow.sessions[i].state != 0 {
					continue
				}
				want := slow.plan(i)
				require.Equal(t, want.String(), s.Level().String(), "%s: session %d of %+v", said, i+1, slow)
				require.Equal(t, fmt.Sprintf("%d mg", want.dose(slow.kg)), s.Dose().Dose().String())
				var got []string
				for a := range s.Allowed() {
					got = append(got, a.Dose.String())
				}
				require.Equal(t, slow.allowed(i), got, "%s: session %d of %+v", said, i+1, slow)
			}
		}
		agree("new")
		events := 0
		apply := func(on date.Date, what schedule.Happening) error {
			events++
			next, err := plan.Apply(schedule.Event{ID: fmt.Sprintf("e%d", events), What: what}, time.Date(on.Year(), on.Month(), on.Day(), 20, 0, 0, 0, time.UTC))
			if err == nil {
				plan = next
			}
			return err
		}
		for i := range slow.sessions {
			s, _ := plan.At(i + 1)
			if at := i + r.IntN(len(slow.sessions)-i); r.IntN(3) == 0 {
				level := drawSlowLevel(r)
				if phase := &slow.phases[slow.sessions[at].phase]; r.IntN(4) > 0 {
					has := phase.has(slow.sessions[at].number)
					level = has[r.IntN(len(has))]
				}
				from, _ := plan.At(at + 1)
				err := apply(max(s.Date()-1, plan.Start()), schedule.DoseChosen{Session: from.ID(), Level: dose.MustLevel(level.String()), Who: "dr-1"})
				if phase := &slow.phases[slow.sessions[at].phase]; slices.Contains(phase.has(slow.sessions[at].number), level) && phase.several() {
					require.NoError(t, err)
				}
				if err == nil {
					chosen++
					slow.choices = append(slow.choices, slowChoice{at, level})
				} else {
					refused++
				}
				agree("chosen")
			}
			if r.IntN(5) == 0 {
				if kg := 40 + 10*r.IntN(6); apply(s.Date(), schedule.Weighed{Date: s.Date(), Weight: dose.MustWeight(fmt.Sprintf("%d kg", kg))}) == nil {
					// Nothing that was given before is after it, and all to come is.
					slow.kg = kg
				}
				agree("weighed")
			}
			was := &slow.sessions[i]
			if r.IntN(6) == 0 {
				require.NoError(t, apply(s.Date(), schedule.Missed{Session: s.ID()}))
				was.state = 'm'
				agree("missed")
				continue
			}
			was.planned = slow.plan(i)
			was.mg, was.kg = was.planned.dose(slow.kg), slow.kg
			if r.IntN(2) == 0 {
				was.mg = []int{40, 60, 80, 100, 120, 160, 200, 7}[r.IntN(8)]
			}
			require.NoError(t, apply(s.Date(), schedule.Given{
				Session: s.ID(), Date: s.Date(), Dose: dose.MustMass(fmt.Sprintf("%d mg", was.mg)), Reason: "as discussed", Who: "dr-1",
			}))
			was.state = 'g'
			agree("given")
		}
		for _, f := range schedule.Validate(plan) {
			if f.Code == schedule.LevelMissing {
				lacking++
			}
		}
	}
	require.Greater(t, chosen, many(100))
	require.Greater(t, refused, many(10))
	require.Greater(t, lacking, many(10))
}
