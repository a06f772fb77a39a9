package schedule_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// notions are what a protocol may have besides a cadence and a dose.
type notions struct{ parts, beside, monitoring, table bool }

// A notionCase is a protocol with some notions, the same without any, and what they are
// judged by.
type notionCase struct {
	with, without protocol.Spec
	sums          []sumCase
}

// A sumCase is a limit on sums of one drug, with what is planned of it at a session of a
// phase for a weight, in milligrams: nil where that is the dose of the plan.
type sumCase struct {
	drug    string
	per     protocol.Period
	max     [2]*big.Rat // soft and hard, nil for none
	planned func(phase string, number int, kilograms *big.Rat) *big.Rat
}

// drawNotions draws a protocol of two phases. Its doses are sums of parts that are chosen
// first, so that the whole is known without the library.
func drawNotions(r *rand.Rand, has notions) notionCase {
	var x notionCase
	spec := protocol.Spec{ID: "notions", Version: "1", Drug: "examplamine"}
	whole := make([]dose.Rule, 2)
	for i, cadences := range [][]string{{"2/wk x3", "3-2-1", "1/wk x4", "days 1, 8 of 21 x2", "every 10d x4"}, {"1/wk x3", "every 2w x3", "2/wk x2"}} {
		p := protocol.Phase{
			Name: []string{"induction", "upkeep"}[i], Cadence: protocol.MustCadence(cadences[r.IntN(len(cadences))]), MinGap: 1 + r.IntN(2),
			Visit: protocol.Visit{Preparation: time.Hour, Administration: time.Hour, Observation: time.Hour},
		}
		unit, a, b := " mg", 100+r.IntN(300), 100+r.IntN(300) // tenths of a milligram
		scale := 10
		if r.IntN(2) == 0 {
			unit, a, b, scale = " mg/kg of actual weight", 10+r.IntN(30), 10+r.IntN(30), 100
		}
		amount := func(n int) string { return decimalOf(n, scale) + unit }
		whole[i] = dose.MustRule(amount(a+b) + ", hard max 500 mg")
		p.Dose = whole[i]
		if has.parts {
			p.Dose = dose.MustRule("sum of parts, hard max 500 mg")
			p.Parts = []dose.Part{
				{Name: "bolus", Rule: dose.MustRule(amount(a) + ", hard max 400 mg")},
				{Name: "infusion", Rule: dose.MustRule(amount(b) + ", hard max 400 mg"), During: dose.MustDuration("20 min"), Start: dose.MustPartStart("5 min after end")},
				{Name: "again", Rule: dose.MustRule("5 mg"), During: dose.MustDuration("1 min"), Condition: "no effect"},
			}
			if cut := 1 + r.IntN(b-1); r.IntN(2) == 0 {
				p.Parts[1].Rule = dose.MustRule(amount(cut) + ", hard max 400 mg")
				p.Parts = slices.Insert(p.Parts, 2, dose.Part{Name: "faster", Rule: dose.MustRule(amount(b-cut) + ", hard max 400 mg"), During: dose.MustDuration("10 min")})
			}
		}
		if has.table {
			p.MissedDoses = []protocol.MissedDose{
				{From: 12, To: 20, Then: protocol.GiveNow},
				{From: 21, To: 60, Then: protocol.RestartPhase, Phase: "induction", Date: protocol.AtOnce},
				{From: 61, Then: protocol.AskPrescriber},
			}
		}
		spec.Phases = append(spec.Phases, p)
	}
	main := drawLimit(r, 60, 160)
	main.drug = spec.Drug
	spec.Cumulative = []protocol.CumulativeLimit{main.limit()}
	x.sums = append(x.sums, main)
	if has.beside {
		antiemetic, steroid := drawLimit(r, 8, 32), drawLimit(r, 7, 30)
		antiemetic.drug, steroid.drug = "ondansetron", "dexamethasone"
		antiemetic.planned = func(string, int, *big.Rat) *big.Rat { return big.NewRat(8, 1) }
		own := r.IntN(3) // 0: of all phases
		steroid.planned = func(phase string, _ int, kilograms *big.Rat) *big.Rat {
			if own == 1 && phase != "induction" || own == 2 && phase != "upkeep" {
				return new(big.Rat)
			}
			return new(big.Rat).Quo(kilograms, big.NewRat(10, 1))
		}
		x.sums = append(x.sums, antiemetic, steroid)
		spec.Beside = []protocol.Medicine{{
			Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg, or 4 mg, hard max 24 mg"), From: protocol.AdministrationStart, At: -30 * time.Minute,
			Cumulative: []protocol.CumulativeLimit{antiemetic.limit()},
		}}
		second := protocol.Medicine{
			Name: "dexamethasone", Dose: dose.MustRule("0.1 mg/kg of actual weight, hard max 40 mg"), From: protocol.Arrival, Administration: 15 * time.Minute,
			Cumulative: []protocol.CumulativeLimit{steroid.limit()},
		}
		if own == 0 {
			spec.Beside = append(spec.Beside, second)
		} else {
			spec.Phases[own-1].Beside = append(spec.Phases[own-1].Beside, second)
		}
		spec.Phases[0].Beside = append(spec.Phases[0].Beside,
			protocol.Medicine{Name: "saline", Dose: dose.MustRule("450 mg"), From: protocol.AdministrationEnd, Administration: 30 * time.Minute, Sessions: []int{1, 3}},
			protocol.Medicine{Name: "metoclopramide", Dose: dose.MustRule("10 mg"), Condition: "nausea"})
	}
	if has.monitoring {
		spec.Monitoring = []protocol.Monitoring{
			{
				Name: "count", Cadence: protocol.MustCadence([]string{"1/wk x4 then every 2w", "every 1w"}[r.IntN(2)]), WhileTreated: true,
				Visit: protocol.Visit{Administration: 10 * time.Minute}, Before: []protocol.ResultNeeded{{From: 2, Within: r.IntN(15)}},
			},
			{Name: "scale", Cadence: protocol.MustCadence("every 2w x4"), Elsewhere: "at home", From: []string{"", "upkeep"}[r.IntN(2)]},
		}
	}
	x.with, x.without = spec, spec.Clone()
	x.without.Beside, x.without.Monitoring = nil, nil
	for i := range x.without.Phases {
		p := &x.without.Phases[i]
		p.Beside, p.Parts, p.MissedDoses, p.Dose = nil, nil, nil, whole[i]
	}
	return x
}

// decimalOf returns a number of tenths or hundredths.
func decimalOf(n, scale int) string {
	return strings.TrimRight(strings.TrimRight(big.NewRat(int64(n), int64(scale)).FloatString(2), "0"), ".")
}

// drawLimit draws a soft maximum between two, most often, and a hard one above it.
func drawLimit(r *rand.Rand, low, high int) sumCase {
	s := sumCase{per: []protocol.Period{protocol.PerDay, protocol.PerWeek, protocol.PerPlan}[r.IntN(3)]}
	soft := low + r.IntN(high-low)
	if s.per == protocol.PerPlan {
		soft *= 4
	}
	s.max[0] = big.NewRat(int64(soft), 1)
	if r.IntN(2) == 0 {
		s.max[1] = big.NewRat(int64(soft*(10+r.IntN(10))/10+1), 1)
	}
	return s
}

func (s sumCase) limit() protocol.CumulativeLimit {
	limit := dose.Limit[dose.Mass]{SoftMax: dose.MustMass(s.max[0].FloatString(0) + " mg")}
	if s.max[1] != nil {
		limit.HardMax = dose.MustMass(s.max[1].FloatString(0) + " mg")
	}
	return protocol.CumulativeLimit{Per: s.per, Limit: limit}
}

// exactly returns a mass as a number of milligrams.
func exactly(t *testing.T, m dose.Mass) *big.Rat {
	t.Helper()
	if m.IsZero() {
		return new(big.Rat)
	}
	number, ok := strings.CutSuffix(m.String(), " mg")
	require.True(t, ok, m.String())
	x, ok := new(big.Rat).SetString(number)
	require.True(t, ok, number)
	return x
}

// over adds up, session by session and period by period, and says where a sum passes its
// maxima: which sessions have no dose for it, and of which it is said that the sum does.
func (s sumCase) over(t *testing.T, plan *schedule.Plan, weighings []schedule.Weighing) (without, soft, hard []int) {
	t.Helper()
	sums, said := map[int]*big.Rat{}, [2]map[int]bool{{}, {}}
	for i, session := range plan.All() {
		period := 0
		switch s.per {
		case protocol.PerDay:
			period = int(session.Date())
		case protocol.PerWeek:
			period = int(session.Date()-plan.Start()) / 7
		}
		amount, given := new(big.Rat), session.State() == schedule.StateGiven
		g, _ := session.Given()
		switch {
		case given:
			if protocol.SameDrug(s.drug, session.Drug()) {
				amount.Add(amount, exactly(t, g.Dose))
			}
			for _, m := range g.Beside {
				if protocol.SameDrug(s.drug, m.Name) {
					amount.Add(amount, exactly(t, m.Dose))
				}
			}
		case session.State() != schedule.StatePlanned && session.State() != schedule.StateProvisional || !session.Placed():
		case s.planned == nil:
			amount = wholeOf(t, session, weightOn(t, weighings, session.Date()))
		default:
			amount = s.planned(session.Phase(), numberOf(plan, session), weightOn(t, weighings, session.Date()))
		}
		if amount.Sign() == 0 {
			continue
		}
		if sums[period] == nil {
			sums[period] = new(big.Rat)
		}
		sum := new(big.Rat).Add(sums[period], amount)
		overHard := s.max[1] != nil && sum.Cmp(s.max[1]) > 0
		if overHard && !given {
			without = append(without, i+1)
			continue
		}
		sums[period] = sum
		switch {
		case overHard && !said[1][period]:
			said[1][period] = true
			hard = append(hard, i+1)
		case !overHard && sum.Cmp(s.max[0]) > 0 && !said[0][period]:
			said[0][period] = true
			soft = append(soft, i+1)
		}
	}
	return without, soft, hard
}

// wholeOf returns what the parts of a session come to, by the whole that they were cut
// from: those of the protocol added up.
func wholeOf(t *testing.T, session schedule.Session, kilograms *big.Rat) *big.Rat {
	t.Helper()
	sum := new(big.Rat)
	for _, p := range session.Protocol().Phases() {
		if p.Name != session.Phase() {
			continue
		}
		rules := []dose.Rule{p.Dose}
		if p.InParts() {
			rules = nil
			for _, part := range p.Parts {
				if part.Condition == "" {
					rules = append(rules, part.Rule)
				}
			}
		}
		for _, rule := range rules {
			number, unit, _ := strings.Cut(rule.Amount.String(), " mg")
			x, ok := new(big.Rat).SetString(number)
			require.True(t, ok, number)
			if unit != "" {
				x.Mul(x, kilograms)
			}
			sum.Add(sum, x)
		}
	}
	return sum
}

// numberOf returns the number of a session in its phase.
func numberOf(plan *schedule.Plan, session schedule.Session) (n int) {
	for i, s := range plan.All() {
		if s.Phase() == session.Phase() && i < session.Ordinal() {
			n++
		}
	}
	return n
}

func weightOn(t *testing.T, weighings []schedule.Weighing, on date.Date) *big.Rat {
	t.Helper()
	var latest schedule.Weighing
	for _, w := range weighings {
		if w.Date <= on && w.Date >= latest.Date {
			latest = w
		}
	}
	x, ok := new(big.Rat).SetString(strings.TrimSuffix(latest.Weight.String(), " kg"))
	require.True(t, ok)
	return x
}

// sessionsOf is what has to be the same of every session, whatever notions the protocol
// has.
func sessionsOf(plan *schedule.Plan) (lines []string) {
	for _, s := range plan.All() {
		lines = append(lines, fmt.Sprint(s.ID(), s.Phase(), s.Target(), s.Earliest(), s.Latest(), s.Date(), s.Start(), s.End(), s.State(), s.Amount(), s.DoseError(), s.Revision()))
	}
	return lines
}

// requireSums compares the sums and what is found of them with what is added up here.
func (x notionCase) requireSums(t *testing.T, plan *schedule.Plan, weighings []schedule.Weighing, on date.Date) {
	t.Helper()
	sums := map[string]*big.Rat{}
	for _, s := range plan.All() {
		g, took := s.Given()
		add := func(drug string, m dose.Mass) {
			key := strings.ToLower(strings.TrimSpace(drug))
			if took && !m.IsZero() {
				if sums[key] == nil {
					sums[key] = new(big.Rat)
				}
				sums[key].Add(sums[key], exactly(t, m))
			}
		}
		add(s.Drug(), g.Dose)
		for _, m := range g.Beside {
			add(m.Name, m.Dose)
		}
	}
	got := plan.On(on).Adherence.Doses
	require.Len(t, got, len(sums))
	for _, d := range got {
		require.NoError(t, d.Err)
		require.Zero(t, sums[strings.ToLower(strings.TrimSpace(d.Drug))].Cmp(exactly(t, d.Dose)), d.Drug)
	}
	found := schedule.Validate(plan)
	for _, s := range x.sums {
		of := func(code schedule.Code, text string) (list []int) {
			for _, f := range found {
				if f.Code == code && strings.HasPrefix(f.Text, text) {
					list = append(list, f.Session)
				}
			}
			return list
		}
		without, soft, hard := s.over(t, plan, weighings)
		text, codes := "the doses of "+s.drug+" of the ", []schedule.Code{schedule.BesideSoftLimit, schedule.BesideHardLimit}
		var none []int
		if s.planned == nil {
			text, codes = "the doses of the ", []schedule.Code{schedule.CumulativeSoft, schedule.CumulativeHard}
			for i, session := range plan.All() {
				if _, bySum := errors.AsType[*schedule.CumulativeError](session.DoseError()); bySum && (session.State() == schedule.StatePlanned || session.State() == schedule.StateProvisional) {
					none = append(none, i+1)
				}
			}
		} else {
			none = of(schedule.BesideNoDose, "no dose of "+s.drug)
		}
		require.Equal(t, without, none, "%s without a dose, %v", s.drug, s.limit())
		require.Equal(t, soft, of(codes[0], text), "%s, %v", s.drug, s.limit())
		require.Equal(t, hard, of(codes[1], text), "%s, %v", s.drug, s.limit())
	}
}

// Whatever notions a protocol has together, its sessions have the days, the times and the
// doses of the same protocol without any, also after events and corrections; what is said
// of them is kept by the file, the plan as it was known, and the difference; and sums are
// those of an addition in other numbers.
func TestNotionsChangeNoSession(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 1))
	counts := map[string]int{}
	for n := range many(96) {
		has := notions{n&1 > 0, n&2 > 0, n&4 > 0, n&8 > 0}
		if n%16 == 0 {
			has = notions{true, true, true, true}
		}
		x := drawNotions(r, has)
		start := day("2025-01-06") + date.Date(7*r.IntN(50))
		weight := dose.MustWeight(strconv.Itoa(45+r.IntN(60)) + ".5 kg")
		build := func(spec protocol.Spec) (*schedule.Plan, error) {
			q := request(compiled(t, spec), weekdaysOnly(t, (start+7).String()), start.String())
			q.Weighings = []schedule.Weighing{{Date: start, Weight: weight}}
			q.ShortWeek = schedule.Drop
			q.AsOf = noon(start.String()).Add(-12 * time.Hour)
			return schedule.Build(q)
		}
		bare, errBare := build(x.without)
		plan, err := build(x.with)
		if errBare != nil || err != nil {
			// What is refused without notions is with them; a sum of a medicine may be besides.
			require.Error(t, err)
			require.True(t, errBare != nil || strings.Contains(err.Error(), "beside the drug"), "%v", err)
			counts["refused"]++
			continue
		}
		life := &notionLife{t: t, r: r, has: has, plan: plan, bare: bare, built: plan, today: start, weighings: []schedule.Weighing{{Date: start, Weight: weight}}, counts: counts}
		life.same()
		x.requireSums(t, life.plan, life.weighings, life.today)
		for range 10 {
			life.step()
			life.same()
			x.requireSums(t, life.plan, life.weighings, life.today)
		}
		life.kept()
	}
	t.Log(counts)
	for _, what := range []string{"given", "parts", "beside", "missed", "weighed", "corrected", "withdrawn", "count"} {
		require.Positive(t, counts[what], what)
	}
}
