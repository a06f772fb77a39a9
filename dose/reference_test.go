package dose_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
)

// A second computation of the whole dose path, written from the rules of the
// design in fractions, without a line of the package: what is refused and why, or
// every value and every limit passed, as text that can be compared.

// A phaseModel is one order in fractions: mg, kg, mL, h unless said otherwise.
type phaseModel struct {
	kind               string // fixed, per kg, over time, per kg over time, devices, bands
	amount             *big.Rat
	count              int64 // of devices
	apart              int64 // s
	amountSeconds      int64
	light, bound       *big.Rat // bands: amount below (or up to) bound, light from (or over) it
	boundBelongs       bool     // bound belongs to the lighter band
	lightPerKg         bool     // the lighter band is per kg
	choices            []*big.Rat
	floor, top         *big.Rat
	step, step2        *big.Rat
	mode, mode2        dose.Mode
	within, most       *big.Rat // percentages
	limits             map[dose.Measure]map[dose.Side]*big.Rat
	prepared           bool
	strength, mark     *big.Rat
	markMode, pumpMode dose.Mode
	dilution           string
	dilutionVolume     *big.Rat
	maxIV              *big.Rat
	seconds            int64 // of the preparation
	pump, drawMost     *big.Rat
	administration     int64 // s
	runsOn             bool
	weight             *big.Rat
}

func whole(n int64) *big.Rat        { return big.NewRat(n, 1) }
func times(a, b *big.Rat) *big.Rat  { return new(big.Rat).Mul(a, b) }
func divide(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

// finite returns the decimal text of r, and whether it has one of at most 19
// digits.
func finite(r *big.Rat) (string, bool) {
	for scale := range 20 {
		scaled := times(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
		if scaled.IsInt() {
			return r.FloatString(scale), len(scaled.Num().String()) <= 19
		}
	}
	return "", false
}

// exactly returns r with its unit: to 6 decimals half up where it is not finite.
func exactly(r *big.Rat, unit string) string {
	if text, ok := finite(r); ok {
		return text + " " + unit
	}
	millionths := roundRat(r, big.NewRat(1, 1_000_000), dose.HalfUp)
	if millionths.Sign() == 0 {
		return "less than 0.000001 " + unit
	}
	text, _ := finite(millionths)
	return text + " " + unit
}

func (m *phaseModel) stated() int64 {
	if m.amountSeconds > 0 {
		return m.amountSeconds
	}
	if m.prepared {
		return m.seconds
	}
	return 0
}

func (m *phaseModel) time() int64 {
	if s := m.stated(); s > 0 {
		return s
	}
	return m.administration
}

// refusals returns the kinds of what is wrong with the phase whoever it is for.
func (m *phaseModel) refusals() []string {
	kinds := map[string]bool{}
	hard := m.limits[dose.OfDose]
	outside := func(v *big.Rat) bool {
		return hard[dose.HardMax] != nil && v.Cmp(hard[dose.HardMax]) > 0 || hard[dose.HardMin] != nil && v.Cmp(hard[dose.HardMin]) < 0
	}
	scales := strings.HasPrefix(m.kind, "per kg") || m.kind == "bands" && m.lightPerKg
	if scales && hard[dose.HardMax] == nil {
		kinds["rule"] = true
	}
	switch m.kind {
	case "fixed":
		kinds["rule"] = kinds["rule"] || outside(m.bring(m.amount))
	case "devices":
		kinds["rule"] = kinds["rule"] || outside(times(m.amount, whole(m.count)))
	case "bands":
		kinds["rule"] = kinds["rule"] || outside(m.bring(m.amount)) || !m.lightPerKg && outside(m.bring(m.light))
	}
	if m.floor != nil && m.top != nil && m.floor.Cmp(m.top) > 0 ||
		m.floor != nil && hard[dose.HardMax] != nil && m.floor.Cmp(hard[dose.HardMax]) > 0 ||
		m.top != nil && hard[dose.HardMin] != nil && m.top.Cmp(hard[dose.HardMin]) < 0 {
		kinds["rule"] = true
	}
	if last := m.lastStep(); last != nil && m.floor != nil && m.top != nil && m.floor.Cmp(m.top) <= 0 {
		if multiple := roundRat(m.top, last, dose.Down); multiple.Sign() == 0 || multiple.Cmp(m.floor) < 0 {
			kinds["rule"] = true
		}
	}
	most := m.count
	for _, c := range m.choices {
		if outside(c) || m.bring(c).Cmp(c) != 0 {
			kinds["rule"] = true
		}
		if m.kind == "devices" {
			n := divide(c, m.amount)
			if !n.IsInt() {
				kinds["rule"] = true
			} else {
				most = max(most, n.Num().Int64())
			}
		}
	}
	for _, sides := range m.limits {
		var before *big.Rat
		for side := dose.HardMin; side <= dose.HardMax; side++ {
			if v := sides[side]; v != nil {
				if before != nil && before.Cmp(v) > 0 {
					kinds["rule"] = true
				}
				before = v
			}
		}
	}
	if m.prepared && m.amountSeconds > 0 && m.seconds > 0 && m.amountSeconds != m.seconds {
		kinds["times"] = true
	}
	if m.runsOn && m.stated() == 0 || m.prepared && m.pump != nil && m.stated() == 0 {
		kinds["rule"] = true
	}
	if !m.runsOn && m.administration > 0 && m.stated() > m.administration {
		kinds["short"] = true
	}
	if m.kind == "devices" && m.apart > 0 {
		rests := (most - 1) * m.apart
		if m.administration > 0 && m.administration < rests || m.stated() > 0 && m.stated() < rests {
			kinds["devices"] = true
		}
	}
	for measure := range m.limits {
		switch measure {
		case dose.OfRate, dose.OfRatePerKilogram, dose.OfDuration:
			kinds["unjudged"] = kinds["unjudged"] || m.time() == 0
		case dose.OfConcentration, dose.OfVolume:
			kinds["unjudged"] = kinds["unjudged"] || !m.prepared
		case dose.OfFlow:
			kinds["unjudged"] = kinds["unjudged"] || !m.prepared || m.time() == 0
		}
	}
	var list []string
	for kind, is := range kinds {
		if is {
			list = append(list, kind)
		}
	}
	slices.Sort(list)
	return list
}

func (m *phaseModel) lastStep() *big.Rat {
	if m.step2 != nil {
		return m.step2
	}
	return m.step
}

// bring brings a dose within floor and cap.
func (m *phaseModel) bring(v *big.Rat) *big.Rat {
	if m.floor != nil && v.Cmp(m.floor) < 0 {
		return m.floor
	}
	if m.top != nil && v.Cmp(m.top) > 0 {
		return m.top
	}
	return v
}

// passes returns the bounds of a measure that v passes.
func (m *phaseModel) passes(measure dose.Measure, v *big.Rat) (passed []string, hard bool) {
	for side := dose.HardMin; side <= dose.HardMax; side++ {
		bound := m.limits[measure][side]
		if bound == nil {
			continue
		}
		if c := v.Cmp(bound); side <= dose.SoftMin && c < 0 || side >= dose.SoftMax && c > 0 {
			passed = append(passed, strconv.Itoa(int(measure))+side.String())
			hard = hard || side.Hard()
		}
	}
	return passed, hard
}

// percentOff reports whether a is more than a percentage of b away from b.
func percentOff(a, b, percent *big.Rat) bool {
	d := new(big.Rat).Sub(a, b)
	return times(d.Abs(d), whole(100)).Cmp(times(b, percent)) > 0
}

// ordered computes the planned dose up to rounding. A problem is a kind of error.
func (m *phaseModel) ordered(refuse bool) (v *big.Rat, passed []string, problem string) {
	switch m.kind {
	case "fixed":
		v = m.amount
	case "devices":
		v = times(m.amount, whole(m.count))
	case "over time":
		v = times(m.amount, big.NewRat(m.amountSeconds, 3600))
	case "bands":
		if m.weight == nil {
			return nil, nil, "no weight"
		}
		c := m.weight.Cmp(m.bound)
		switch {
		case c > 0 || c == 0 && !m.boundBelongs:
			v = m.amount
		case m.lightPerKg:
			v = times(m.light, m.weight)
		default:
			v = m.light
		}
	default:
		if m.weight == nil {
			return nil, nil, "no weight"
		}
		v = times(m.amount, m.weight)
		if m.kind == "per kg over time" {
			v = times(v, big.NewRat(m.amountSeconds, 3600))
		}
	}
	v = m.bring(v)
	if m.limits[dose.OfPerKilogram] != nil {
		if m.weight == nil {
			return nil, nil, "no weight"
		}
		var hard bool
		if passed, hard = m.passes(dose.OfPerKilogram, divide(v, m.weight)); hard && refuse {
			return nil, nil, "hard limit"
		}
	}
	if v, problem = m.rounded(v); problem != "" {
		return nil, nil, problem
	}
	more, hard := m.passes(dose.OfDose, v)
	if hard && refuse {
		return nil, nil, "hard limit"
	}
	return v, append(passed, more...), ""
}

// rounded rounds a dose within floor and cap.
func (m *phaseModel) rounded(v *big.Rat) (*big.Rat, string) {
	if m.step == nil {
		if _, ok := finite(v); !ok {
			return nil, "range"
		}
		return v, ""
	}
	to := func(step *big.Rat, mode dose.Mode) (*big.Rat, string) {
		r := roundRat(v, step, mode)
		if m.bring(r).Cmp(r) != 0 {
			if m.top != nil && r.Cmp(m.top) > 0 {
				r = roundRat(m.top, step, dose.Down)
			} else {
				r = roundRat(m.floor, step, dose.Up)
			}
			if m.bring(r).Cmp(r) != 0 {
				return nil, "no multiple"
			}
		}
		if r.Sign() == 0 {
			return nil, "zero"
		}
		return r, ""
	}
	r, problem := to(m.step, m.mode)
	if m.step2 != nil && (problem != "" || percentOff(r, v, m.within)) {
		r, problem = to(m.step2, m.mode2)
	}
	if problem == "" && m.most != nil && percentOff(r, v, m.most) {
		return nil, "deviation"
	}
	return r, problem
}

// A drawn is a dose as it is given.
type drawn struct {
	dose, delivered, stock, total, flow, hours *big.Rat // flow and hours: nil if there is none
}

// draw draws up and times a dose.
func (m *phaseModel) draw(v *big.Rat) (d drawn, problem string) {
	d = drawn{dose: v, delivered: v}
	if s := m.time(); s > 0 {
		d.hours = big.NewRat(s, 3600)
	}
	if !m.prepared {
		return d, ""
	}
	d.stock = divide(v, m.strength)
	if m.mark != nil {
		d.stock = roundRat(d.stock, m.mark, m.markMode)
	} else if _, ok := finite(d.stock); !ok {
		return d, "range"
	}
	d.delivered = times(d.stock, m.strength)
	if m.mark != nil && m.bring(d.delivered).Cmp(d.delivered) != 0 {
		limit, mode := m.top, dose.Down
		if m.floor != nil && d.delivered.Cmp(m.floor) < 0 {
			limit, mode = m.floor, dose.Up
		}
		d.stock = roundRat(divide(limit, m.strength), m.mark, mode)
		d.delivered = times(d.stock, m.strength)
		if m.bring(d.delivered).Cmp(d.delivered) != 0 {
			return d, "no multiple"
		}
	}
	if d.stock.Sign() == 0 {
		return d, "zero"
	}
	if m.drawMost != nil && percentOff(d.delivered, v, m.drawMost) {
		return d, "deviation"
	}
	switch m.dilution {
	case "undiluted":
		d.total = d.stock
	case "made up to":
		if d.stock.Cmp(m.dilutionVolume) > 0 {
			return d, "dilution"
		}
		d.total = m.dilutionVolume
	case "added to":
		d.total = new(big.Rat).Add(d.stock, m.dilutionVolume)
	}
	if m.maxIV != nil && divide(d.delivered, d.total).Cmp(m.maxIV) > 0 {
		return d, "undiluted"
	}
	if s := m.stated(); s > 0 {
		d.flow = divide(d.total, big.NewRat(s, 3600))
		if m.pump != nil {
			d.flow = roundRat(d.flow, m.pump, m.pumpMode)
		}
		if _, ok := finite(d.flow); !ok || d.flow.Sign() == 0 {
			return d, "range"
		}
		d.hours = divide(d.total, d.flow)
		if m.drawMost != nil && percentOff(d.hours, big.NewRat(s, 3600), m.drawMost) {
			return d, "deviation"
		}
	}
	return d, ""
}

// judged returns the bounds that a dose passes as it is given.
func (m *phaseModel) judged(d drawn, perKilogram bool) (passed []string, hard bool, problem string) {
	judge := func(measure dose.Measure, v *big.Rat) {
		if m.limits[measure] == nil || v == nil {
			return
		}
		more, isHard := m.passes(measure, v)
		passed, hard = append(passed, more...), hard || isHard
	}
	judge(dose.OfDose, d.delivered)
	if perKilogram && m.limits[dose.OfPerKilogram] != nil {
		if m.weight == nil {
			problem = "no weight"
		} else {
			judge(dose.OfPerKilogram, divide(d.delivered, m.weight))
		}
	}
	if d.hours != nil {
		judge(dose.OfRate, divide(d.delivered, d.hours))
		judge(dose.OfDuration, times(d.hours, whole(3600)))
		if m.limits[dose.OfRatePerKilogram] != nil {
			if m.weight == nil {
				problem = "no weight"
			} else {
				judge(dose.OfRatePerKilogram, divide(divide(d.delivered, d.hours), m.weight))
			}
		}
	}
	if m.prepared {
		judge(dose.OfConcentration, divide(d.delivered, d.total))
		judge(dose.OfVolume, d.total)
		flow := d.flow
		if flow == nil && d.hours != nil {
			flow = divide(d.total, d.hours)
		}
		judge(dose.OfFlow, flow)
	}
	return passed, hard, problem
}

// deliver is what becomes of an ordered dose, as text.
func (m *phaseModel) deliver(v *big.Rat, passed []string, problem string) string {
	if problem != "" {
		return problem
	}
	d, problem := m.draw(v)
	if problem != "" {
		return problem
	}
	more, hard, problem := m.judged(d, m.prepared)
	switch {
	case problem != "":
		return problem
	case hard:
		return "hard limit"
	}
	return m.text(d, append(passed, more...))
}

func (m *phaseModel) text(d drawn, passed []string) string {
	fields := []string{"dose " + exactly(d.dose, "mg"), "delivered " + exactly(d.delivered, "mg")}
	if m.prepared {
		fields = append(fields, "stock "+exactly(d.stock, "mL"), "volume "+exactly(d.total, "mL"),
			"concentration "+exactly(divide(d.delivered, d.total), "mg/mL"))
		if d.flow != nil {
			fields = append(fields, "flow "+exactly(d.flow, "mL/h"))
		}
	}
	if d.hours != nil {
		fields = append(fields, "time "+timeShown(d.hours), "rate "+exactly(divide(d.delivered, d.hours), "mg/h"))
		if m.weight != nil {
			fields = append(fields, "per kg "+exactly(divide(divide(d.delivered, d.hours), m.weight), "mg/kg/h"))
		}
		if m.administration > 0 && !m.runsOn && d.hours.Cmp(big.NewRat(m.administration, 3600)) > 0 {
			fields = append(fields, "longer")
		}
	}
	return strings.Join(append(fields, unique(passed)...), "; ")
}

func unique(passed []string) []string {
	slices.Sort(passed)
	return slices.Compact(passed)
}

// timeShown writes a time in h: whole seconds as durations are written, others in
// min.
func timeShown(hours *big.Rat) string {
	s := times(hours, whole(3600))
	if !s.IsInt() {
		return exactly(divide(s, whole(60)), "min")
	}
	switch n := s.Num().Int64(); {
	case n%3600 == 0 && n > 7200:
		return strconv.FormatInt(n/3600, 10) + " h"
	case n%60 == 0:
		return strconv.FormatInt(n/60, 10) + " min"
	default:
		return strconv.FormatInt(n, 10) + " s"
	}
}

// choice is what becomes of a choice, as text.
func (m *phaseModel) choice(c *big.Rat, refuse bool) (v *big.Rat, passed []string, problem string) {
	var hard bool
	if m.weight == nil && m.limits[dose.OfRatePerKilogram] != nil && (m.kind == "bands" || strings.HasPrefix(m.kind, "per kg")) {
		return nil, nil, "no weight" // the weight that the rule doses by has to be known
	}
	if m.limits[dose.OfPerKilogram] != nil {
		if m.weight == nil {
			return nil, nil, "no weight"
		}
		passed, hard = m.passes(dose.OfPerKilogram, divide(c, m.weight))
	}
	more, isHard := m.passes(dose.OfDose, c)
	if (hard || isHard) && refuse {
		return nil, nil, "hard limit"
	}
	return c, append(passed, more...), ""
}

// judge is what the limits say of a dose that was given, as text.
func (m *phaseModel) judge(given *big.Rat, seconds int64) string {
	if given.Sign() == 0 {
		return ""
	}
	v, passed, problem := m.ordered(false)
	var d drawn
	known := false
	if problem == "" {
		if d, problem = m.draw(v); problem == "" && d.delivered.Cmp(given) == 0 {
			known = true
		}
	}
	plannedHours, plannedFlow := d.hours, d.flow
	if problem != "" {
		plannedHours, plannedFlow = nil, nil
		if s := m.time(); s > 0 {
			plannedHours = big.NewRat(s, 3600)
		}
	}
	for _, c := range m.choices {
		if known {
			break
		}
		cv, cp, problem := m.choice(c, false)
		if problem != "" {
			continue
		}
		if cd, problem := m.draw(cv); problem == "" && cd.delivered.Cmp(given) == 0 {
			d, passed, known = cd, cp, true
		}
	}
	if !known {
		passed = nil
		d = drawn{delivered: given, hours: plannedHours, flow: plannedFlow}
		if m.prepared {
			d.stock = divide(given, m.strength)
			if _, ok := finite(d.stock); !ok {
				d.stock = roundRat(d.stock, big.NewRat(1, 1_000_000), dose.HalfUp)
			}
			d.total = d.stock
			switch {
			case m.dilution == "made up to" && d.stock.Cmp(m.dilutionVolume) <= 0:
				d.total = m.dilutionVolume
			case m.dilution == "added to":
				d.total = new(big.Rat).Add(d.stock, m.dilutionVolume)
			}
		}
	}
	if seconds > 0 {
		d.hours, d.flow = big.NewRat(seconds, 3600), nil
	}
	more, _, problem := m.judged(d, m.prepared || !known)
	if problem != "" {
		problem = "(" + problem + ")"
	}
	return strings.Join(unique(append(passed, more...)), "; ") + problem
}
