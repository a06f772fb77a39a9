package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// A besideLimit is a limit on sums of what is given of a medicine beside the drug, as one
// treatment has it.
type besideLimit struct {
	sumLimit
	medicine int // its position among those of its phase
}

// besidesOf adds the limits on sums of the medicines of the last tenure of a treatment.
// What several phases say alike holds once.
func (r *rules) besidesOf(tenures []tenure, c *course.Course, at int) {
	type said struct {
		name  string
		limit protocol.CumulativeLimit
	}
	seen := map[said]bool{}
	for phase, end := c.PhasesOf(at); phase < end; phase++ {
		for k, m := range r.phases[phase].Beside {
			for n, limit := range m.Cumulative {
				same := said{protocol.DrugKey(m.Name), limit}
				if seen[same] {
					continue
				}
				seen[same] = true
				r.besideLimits = append(r.besideLimits, besideLimit{medicine: k, sumLimit: sumLimit{
					CumulativeLimit: limit, at: n, treatment: tenures[at].treatment, phase: uint16(phase), name: m.Name, holds: at == c.Holds(),
				}})
			}
		}
	}
}

// An overSum is a session whose medicine would pass the hard maximum of a sum.
type overSum struct {
	slot int
	name string
}

// overBeside returns the error of a medicine of a session to come with which a sum would
// pass a hard maximum, nil for none.
func (p *Plan) overBeside(i int, name string) error {
	if limit, over := p.over[overSum{i, protocol.DrugKey(name)}]; over {
		return &CumulativeError{Limit: limit.at, Per: limit.Per, Side: dose.HardMax, Bound: limit.Limit.HardMax.String()}
	}
	return nil
}

// addBeside finds the sessions to come that have no dose of a medicine, since a sum would
// pass its hard maximum with it.
func (p *Plan) addBeside() {
	p.over = nil
	for at := range p.besideLimits {
		l := &p.besideLimits[at]
		if !l.holds || l.Limit.HardMax.IsZero() {
			continue
		}
		p.sumBeside(l, func(i int, _ int32, _ dose.Mass, side dose.Side, pending bool) bool {
			if side != dose.HardMax || !pending {
				return true
			}
			if p.over == nil {
				p.over = make(map[overSum]*besideLimit)
			}
			p.over[overSum{i, protocol.DrugKey(l.name)}] = l
			return false
		})
	}
}

// sumBeside adds up, for each period of a limit, what was given of its drug in any way and
// what is planned of it, and tells of each session that has any of it what the sum is then,
// and which maximum that passes. A planned dose that add refuses is taken out again.
// What was given on another day than its session counts for that day.
func (p *Plan) sumBeside(l *besideLimit, add func(i int, period int32, sum dose.Mass, side dose.Side, pending bool) bool) {
	sums := make(map[int32]dose.Mass)
	for i := range p.earlier {
		if g := &p.earlier[i]; protocol.SameDrug(g.Drug, l.name) {
			period := p.period(&l.sumLimit, civil.Day(g.Date))
			if sum, err := sums[period].Add(g.Dose); err == nil {
				sums[period] = sum
			}
		}
	}
	for i := range p.slots {
		s := &p.slots[i]
		if !s.counts() {
			continue
		}
		own := p.period(&l.sumLimit, s.day)
		m, others := p.besideOn(i, l)
		if protocol.SameDrug(p.tenureOf(s.Phase).protocol.Drug(), l.name) {
			if main, counts := p.amount(i); counts {
				m, _ = m.Add(main)
			}
		}
		for k := -1; k < len(others); k++ {
			period := own
			if k >= 0 {
				period, m = others[k].period, others[k].sum
			}
			if m.IsZero() {
				continue
			}
			sum, err := sums[period].Add(m)
			side, passed := l.Limit.Judge(sum)
			switch {
			case err != nil:
				side = dose.HardMax // past what can be added up, which no limit reaches
			case !passed || side < dose.SoftMax:
				side = 0
			}
			if add(i, period, sum, side, !s.took()) && err == nil {
				sums[period] = sum
			}
		}
	}
}

// A periodSum is what was given of a medicine in a period.
type periodSum struct {
	period int32
	sum    dose.Mass
}

// besideOn returns what was given beside a session of the drug of a limit, or is planned to
// be, in the period of the session, and in others.
func (p *Plan) besideOn(i int, l *besideLimit) (own dose.Mass, others []periodSum) {
	s := &p.slots[i]
	if s.given == 0 {
		return p.besideAmount(i, l.name), nil
	}
	for _, g := range p.given[s.given-1].Beside {
		if !protocol.SameDrug(g.Name, l.name) {
			continue
		}
		to := &own
		if g.Date != 0 {
			if period := p.period(&l.sumLimit, civil.Day(g.Date)); period != p.period(&l.sumLimit, s.day) {
				k := slices.IndexFunc(others, func(o periodSum) bool { return o.period == period })
				if k < 0 {
					k, others = len(others), append(others, periodSum{period: period})
				}
				to = &others[k].sum
			}
		}
		if more, err := to.Add(g.Dose); err == nil {
			*to = more
		}
	}
	return own, others
}

// besideAmount returns what was given of a drug beside that of a session, or is planned
// to be.
func (p *Plan) besideAmount(i int, name string) (sum dose.Mass) {
	s := &p.slots[i]
	add := func(m dose.Mass) {
		if more, err := sum.Add(m); err == nil {
			sum = more
		}
	}
	if s.given > 0 {
		for _, g := range p.given[s.given-1].Beside {
			if protocol.SameDrug(g.Name, name) {
				add(g.Dose)
			}
		}
		return sum
	}
	phase := &p.phases[s.Phase]
	if !s.pending() || len(phase.Beside) == 0 {
		return sum
	}
	for _, m := range phase.BesideAt(int(s.Number)) {
		if m.Condition == "" && m.IsCalled(name) && p.overBeside(i, m.Name) == nil {
			if d, err := m.Order().For(p.bodyBeside(i)); err == nil {
				add(d.Delivered())
			}
		}
	}
	return sum
}
