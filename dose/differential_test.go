package dose_test

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// Random phases, computed again in fractions: what is refused and why, the planned
// dose, each choice, and two doses that were given. With -long more than a million.
func TestWholeDosePath(t *testing.T) {
	phases := 20_000
	if *long {
		phases = 1_200_000
	}
	workers := runtime.GOMAXPROCS(0)
	var group sync.WaitGroup
	var mutex sync.Mutex
	outcomes := map[string]int{}
	for worker := range workers {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(worker), 7))
			seen := map[string]int{}
			for range phases / workers {
				outcome, difference := comparePhase(random)
				if difference != "" {
					t.Error(difference)
					return
				}
				seen[outcome]++
			}
			mutex.Lock()
			defer mutex.Unlock()
			for outcome, n := range seen {
				outcomes[outcome] += n
			}
		})
	}
	group.Wait()
	t.Log(outcomes)
	for _, outcome := range []string{
		"delivered", "no weight", "range", "zero", "deviation", "no multiple", "dilution", "undiluted", "hard limit",
		"refused: rule", "refused: times", "refused: short", "refused: devices", "refused: unjudged",
	} {
		assert.Positive(t, outcomes[outcome], outcome)
	}
	assert.Greater(t, outcomes["delivered"], phases/5, "many phases have a dose")
}

// comparePhase makes one random phase and returns what becomes of it, and where
// the package and the fractions differ.
func comparePhase(r *rand.Rand) (outcome, difference string) {
	m := newPhaseModel(r)
	rule, preparation, order, body, err := m.order()
	where := rule + " | " + preparation + " | visit " + strconv.FormatInt(m.administration, 10) + " s"
	if m.weight != nil {
		where += ", " + exactly(m.weight, "kg")
	}
	if err != nil {
		return "", where + ": " + err.Error()
	}
	differ := func(what, got, want string) string {
		return where + "\n" + what + "\n got " + got + "\nwant " + want
	}
	if kinds := m.refusals(); len(kinds) > 0 {
		want := "refused: " + strings.Join(kinds, " ")
		if got := refusalsOf(order.Check()); got != want {
			return "", differ("check", got, want)
		}
		if _, err := order.For(body); refusalsOf(err) != want {
			return "", differ("order", refusalsOf(err), want)
		}
		return want, ""
	}
	if err := order.Check(); err != nil {
		return "", differ("check", err.Error(), "no problem")
	}
	v, passed, problem := m.ordered(true)
	want := m.deliver(v, passed, problem)
	d, err := order.For(body)
	if got := deliveryText(d, err); got != want {
		return "", differ("planned", got, want)
	}
	for i, c := range slices.Collect(order.Rule.Or.All()) {
		v, passed, problem := m.choice(m.choices[i], true)
		want := m.deliver(v, passed, problem)
		if got := deliveryText(order.Choice(c, body)); got != want {
			return "", differ("choice "+c.String(), got, want)
		}
	}
	given := []dose.Mass{dose.MustMass(strconv.Itoa(r.IntN(130)) + " mg"), d.Delivered()}
	for i, c := range slices.Collect(order.Rule.Or.All()) {
		if x, err := order.Choice(c, body); err == nil && i == 0 {
			given = append(given, x.Delivered())
		}
	}
	for _, g := range given {
		var during dose.Duration
		seconds := int64(0)
		if r.IntN(3) == 0 {
			seconds = 60 * (1 + r.Int64N(90))
			during = dose.MustDuration(strconv.FormatInt(seconds, 10) + " s")
		}
		number, _ := new(big.Rat).SetString(g.Number().String())
		want := m.judge(number, seconds)
		if got := judgementText(order.Judge(g, during, body)); got != want {
			return "", differ("given "+g.String()+" during "+during.String(), got, want)
		}
	}
	if problem := kindOf(err); problem != "" {
		return problem, ""
	}
	return "delivered", ""
}

func refusalsOf(err error) string {
	list, _ := errors.AsType[dose.RuleErrors](err)
	var kinds []string
	for _, e := range list {
		kind := "rule"
		switch e.Err {
		case dose.ErrTimesDiffer:
			kind = "times"
		case dose.ErrVisitTooShort:
			kind = "short"
		case dose.ErrDevicesTooFast:
			kind = "devices"
		case dose.ErrNotJudged:
			kind = "unjudged"
		}
		kinds = append(kinds, kind)
	}
	return "refused: " + strings.Join(unique(kinds), " ")
}

// kindOf names the kind of an error.
func kindOf(err error) string {
	for sentinel, name := range map[error]string{
		dose.ErrNoWeight: "no weight", dose.ErrNoMultiple: "no multiple", dose.ErrZeroDose: "zero", dose.ErrDeviation: "deviation",
		dose.ErrUndiluted: "undiluted", dose.ErrHardLimit: "hard limit", dose.ErrRange: "range",
	} {
		if errors.Is(err, sentinel) {
			return name
		}
	}
	if e, ok := errors.AsType[*dose.RuleError](err); ok && e.Field == "Dilution" {
		return "dilution"
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func passedText(fields []string, p dose.PassedLimit) []string {
	return append(fields, strconv.Itoa(int(p.Measure))+p.Side.String())
}

func deliveryText(d dose.Delivery, err error) string {
	if err != nil {
		if d != (dose.Delivery{}) {
			return "an error and a dose"
		}
		return kindOf(err)
	}
	fields := []string{"dose " + d.Dose().String(), "delivered " + d.Delivered().String()}
	if !d.Worksheet().IsZero() {
		fields = append(fields, "stock "+d.Stock().String(), "volume "+d.Volume().String(), "concentration "+d.Concentration())
		if !d.Flow().IsZero() {
			fields = append(fields, "flow "+d.Flow().String())
		}
	}
	for _, field := range [...][2]string{{"time", d.Time()}, {"rate", d.Rate()}, {"per kg", d.RatePerKilogram()}} {
		if field[1] != "" {
			fields = append(fields, field[0]+" "+field[1])
		}
	}
	if d.Longer(d.Order().Administration) {
		fields = append(fields, "longer")
	}
	var passed []string
	for p := range d.SoftLimits() {
		passed = passedText(passed, p)
	}
	return strings.Join(append(fields, unique(passed)...), "; ")
}

func judgementText(j dose.Judgement, err error) string {
	var passed []string
	for p := range j.Passed() {
		passed = passedText(passed, p)
	}
	text := strings.Join(unique(passed), "; ")
	if err != nil {
		text += "(" + kindOf(err) + ")"
	}
	return text
}

// newPhaseModel returns a random phase. Its numbers are few and round, so that
// bounds are met exactly often.
func newPhaseModel(r *rand.Rand) *phaseModel {
	pick := func(values ...int64) int64 { return values[r.IntN(len(values))] }
	one := func(n int) bool { return r.IntN(n) == 0 }
	rat := func(unit int64, values ...int64) *big.Rat { return big.NewRat(pick(values...), unit) }
	mode := func() dose.Mode { return modes[r.IntN(4)] }
	m := &phaseModel{limits: map[dose.Measure]map[dose.Side]*big.Rat{}}
	minutes := func() int64 { return 60 * pick(1, 5, 10, 20, 30, 40, 45, 60, 90, 240) }
	m.kind = []string{"fixed", "per kg", "over time", "per kg over time", "devices", "bands"}[r.IntN(6)]
	switch m.kind {
	case "fixed":
		m.amount = rat(10, 20, 363, 400, 604, 800, 1000, 1234)
	case "per kg":
		m.amount = rat(100, 25, 35, 50, 75, 100, 150)
	case "over time":
		m.amount, m.amountSeconds = rat(1, 10, 22, 30, 54, 60, 90), minutes()
	case "per kg over time":
		m.amount, m.amountSeconds = rat(100, 20, 30, 35, 75), minutes()
	case "devices":
		m.amount, m.count, m.apart = rat(1, 28, 30), 1+r.Int64N(3), pick(0, 90, 300)
	case "bands":
		m.amount, m.bound, m.boundBelongs, m.lightPerKg = rat(1, 60, 75, 100), rat(1, 60, 70, 80), one(2), one(2)
		m.light = rat(1, 40, 50)
		if m.lightPerKg {
			m.light = rat(10, 5, 10)
		}
	}
	if m.kind != "devices" {
		if one(4) {
			m.floor = rat(1, 20, 31, 36, 50)
		}
		if one(4) {
			m.top = rat(1, 50, 60, 63, 90)
		}
		if !one(3) {
			m.step, m.mode = rat(100, 10, 50, 100, 250, 700, 2500), mode()
			if one(4) {
				m.step2, m.mode2, m.within = rat(100, 10, 100, 300), mode(), rat(1, 1, 5, 10, 20)
			}
			if one(6) {
				m.most = rat(1, 1, 5, 20)
			}
		}
	}
	if one(3) {
		for _, c := range []int64{28, 56, 60, 80, 84}[r.IntN(4):] {
			if one(2) {
				m.choices = append(m.choices, whole(c))
			}
		}
	}
	if !one(6) {
		m.weight = rat(10, 500, 543, 600, 700, 725, 800, 1000)
		if one(6) {
			m.weight = times(rat(10, 1320, 1587, 1650, 2000), big.NewRat(45_359_237, 100_000_000)) // pounds
		}
	}
	m.administration = pick(0, 60, 600, 1800, 2400, 3600, 5400, 14400, 14400)
	m.runsOn = one(10)
	if one(2) {
		m.prepared = true
		m.strength = rat(1, 10, 25, 50, 100)
		if one(12) {
			m.strength = whole(30)
		}
		if !one(4) {
			m.mark, m.markMode = rat(100, 1, 5, 10, 20, 100), mode()
		}
		m.dilution = []string{"undiluted", "made up to", "added to"}[r.IntN(3)]
		m.dilutionVolume = rat(1, 2, 6, 50, 100)
		if one(4) {
			m.maxIV = rat(1, 2, 25, 50)
		}
		if one(2) {
			m.seconds = minutes()
			if m.amountSeconds > 0 && !one(4) {
				m.seconds = m.amountSeconds
			}
		}
		if one(2) {
			m.pump, m.pumpMode = rat(10, 1, 10, 50, 200), mode()
		}
		if one(5) {
			m.drawMost = rat(10, 5, 20, 50)
		}
	}
	m.randomLimits(r)
	return m
}

// randomLimits adds limits of some measures.
func (m *phaseModel) randomLimits(r *rand.Rand) {
	pools := map[dose.Measure][]*big.Rat{
		dose.OfDose:            rats(1, 20, 35, 36, 40, 56, 60, 80, 84, 100, 150),
		dose.OfPerKilogram:     rats(100, 25, 50, 60, 75, 100, 150),
		dose.OfRate:            rats(1, 20, 25, 30, 33, 54, 60, 90, 120),
		dose.OfRatePerKilogram: rats(100, 30, 35, 40, 75, 100, 150),
		dose.OfConcentration:   rats(100, 60, 72, 80, 100, 1000, 5000),
		dose.OfVolume:          rats(100, 80, 100, 600, 5000, 5100, 10000),
		dose.OfFlow:            rats(10, 15, 90, 500, 750, 1500),
		dose.OfDuration:        rats(1, 600, 1800, 2250, 2400, 3600, 14400),
	}
	for measure := dose.OfDose; measure <= dose.OfDuration; measure++ {
		odds := 8
		if measure == dose.OfDose {
			odds = 2
		}
		if r.IntN(odds) > 0 {
			continue
		}
		sides := map[dose.Side]*big.Rat{}
		pool := pools[measure]
		at := r.IntN(len(pool))
		for side := dose.HardMin; side <= dose.HardMax; side++ {
			if side <= dose.SoftMin && r.IntN(5) > 0 || r.IntN(2) > 0 && side != dose.HardMax {
				continue
			}
			if side == dose.HardMin && r.IntN(2) > 0 {
				at = 0
			}
			sides[side] = pool[at]
			at = min(at+r.IntN(3), len(pool)-1)
			if r.IntN(40) == 0 {
				at = 0 // out of order
			}
		}
		if len(sides) > 0 {
			m.limits[measure] = sides
		}
	}
	scales := strings.HasPrefix(m.kind, "per kg") || m.kind == "bands" && m.lightPerKg
	if hard := m.limits[dose.OfDose]; scales && (hard == nil || hard[dose.HardMax] == nil) && r.IntN(20) > 0 {
		if hard == nil {
			hard = map[dose.Side]*big.Rat{}
			m.limits[dose.OfDose] = hard
		}
		hard[dose.HardMax] = whole(200)
	}
}

func rats(unit int64, values ...int64) []*big.Rat {
	list := make([]*big.Rat, len(values))
	for i, v := range values {
		list[i] = big.NewRat(v, unit)
	}
	return list
}

// order writes the phase as text, which the package reads.
func (m *phaseModel) order() (rule, preparation string, o dose.Order, b dose.Body, err error) {
	amount := ""
	seconds := " for " + strconv.FormatInt(m.amountSeconds, 10) + " s"
	switch m.kind {
	case "fixed":
		amount = exactly(m.amount, "mg")
	case "per kg":
		amount = exactly(times(m.amount, whole(1000)), "mcg/kg") + " of actual weight"
	case "over time":
		amount = exactly(divide(m.amount, whole(60)), "mg/min") + seconds
		if _, ok := finite(divide(m.amount, whole(60))); !ok {
			amount = exactly(m.amount, "mg/h") + seconds
		}
	case "per kg over time":
		amount = exactly(m.amount, "mg/kg/h") + " of actual weight" + seconds
	case "devices":
		amount = strconv.FormatInt(m.count, 10) + " devices of " + exactly(m.amount, "mg")
		if m.count == 1 {
			amount = "1 device of " + exactly(m.amount, "mg")
		}
		if m.apart > 0 {
			amount += " " + strconv.FormatInt(m.apart, 10) + " s apart"
		}
	case "bands":
		amount = exactly(m.light, "mg")
		if m.lightPerKg {
			amount = exactly(m.light, "mg/kg") + " of actual weight"
		}
		words := [2]string{" below ", " from "}
		if m.boundBelongs {
			words = [2]string{" up to ", " over "}
		}
		amount += words[0] + exactly(m.bound, "kg") + "; " + exactly(m.amount, "mg") + words[1] + exactly(m.bound, "kg")
	}
	clauses := []string{amount}
	add := func(is bool, text func() string) {
		if is {
			clauses = append(clauses, text())
		}
	}
	add(len(m.choices) > 0, func() string {
		var texts []string
		for _, c := range m.choices {
			texts = append(texts, exactly(c, "mg"))
		}
		return "or " + strings.Join(texts, " or ")
	})
	add(m.floor != nil, func() string { return "floor " + exactly(m.floor, "mg") })
	add(m.top != nil, func() string { return "cap " + exactly(m.top, "mg") })
	add(m.step != nil, func() string {
		text := "round " + exactly(m.step, "mg") + " " + m.mode.String()
		if m.step2 != nil {
			text += " within " + exactly(m.within, "%") + " else " + exactly(m.step2, "mg") + " " + m.mode2.String()
		}
		return text
	})
	add(m.most != nil, func() string { return "max deviation " + exactly(m.most, "%") })
	units := [...]string{"", "mg", "mg/kg", "mg/h", "mg/kg/h", "mg/mL", "mL", "mL/h", "s"}
	for measure := dose.OfDose; measure <= dose.OfDuration; measure++ {
		for side := dose.HardMin; side <= dose.HardMax; side++ {
			bound := m.limits[measure][side]
			add(bound != nil, func() string { return side.String() + " " + exactly(bound, units[measure]) })
		}
	}
	rule = strings.Join(clauses, ", ")
	if o.Rule, err = dose.ParseRule(rule); err != nil {
		return rule, "", o, b, err
	}
	if m.administration > 0 {
		o.Administration = dose.MustDuration(strconv.FormatInt(m.administration, 10) + " s")
	}
	o.RunsOn = m.runsOn
	if m.weight != nil {
		b.Weight = dose.MustWeight(exactly(m.weight, "kg"))
	}
	if m.prepared {
		p := &o.Preparation
		p.Product = dose.Product{Name: "x", Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration(exactly(m.strength, "mg/mL"))}
		p.Route = dose.Intravenous
		if m.maxIV != nil {
			p.Product.MaxIntravenous = dose.MustConcentration(exactly(m.maxIV, "mg/mL"))
		}
		if m.mark != nil {
			p.Graduation = dose.MustGraduation(exactly(m.mark, "mL") + " " + m.markMode.String())
		}
		text := m.dilution
		if text != "undiluted" {
			text += " " + exactly(m.dilutionVolume, "mL")
		}
		p.Dilution = dose.MustDilution(text)
		if m.seconds > 0 {
			p.During = dose.MustDuration(strconv.FormatInt(m.seconds, 10) + " s")
		}
		if m.pump != nil {
			p.Pump = dose.MustPumpSetting(exactly(m.pump, "mL/h") + " " + m.pumpMode.String())
		}
		if m.drawMost != nil {
			p.MaxDeviation = dose.MustPercent(exactly(m.drawMost, "%"))
		}
		preparation = strings.Join([]string{
			p.Product.Strength.String(), "max IV " + p.Product.MaxIntravenous.String(), p.Graduation.String(), text,
			"during " + p.During.String(), "pump " + p.Pump.String(), "within " + p.MaxDeviation.String(),
		}, ", ")
	}
	return rule, preparation, o, b, nil
}

// A phase whose fractions are worked by hand, so that the reference itself is
// held to something.
func TestReference(t *testing.T) {
	m := &phaseModel{
		kind: "fixed", amount: whole(100), prepared: true, strength: whole(50), mark: big.NewRat(1, 100), markMode: dose.HalfUp,
		dilution: "made up to", dilutionVolume: whole(6), seconds: 14400, pump: whole(1), pumpMode: dose.HalfUp, administration: 14400,
		limits: map[dose.Measure]map[dose.Side]*big.Rat{dose.OfRate: {dose.SoftMax: whole(25)}},
	}
	v, passed, problem := m.ordered(true)
	require.Equal(t, "dose 100 mg; delivered 100 mg; stock 2 mL; volume 6 mL; concentration 16.666667 mg/mL; flow 2 mL/h; "+
		"time 3 h; rate 33.333333 mg/h; 3soft max", m.deliver(v, passed, problem))
	require.Equal(t, "3soft max", m.judge(whole(100), 3600*3))
	require.Empty(t, m.judge(whole(100), 3600*4))
}
