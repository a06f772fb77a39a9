package schedule

import (
	"cmp"
	"errors"
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// ErrCumulative says that the doses of a period together would pass a hard limit
// of the protocol. It comes in a [*DoseError] for the first session at which
// they would, and of a minimum for the last session of the period.
var ErrCumulative = errors.New("hard limit on a sum of doses passed")

// A CumulativeError says which hard limit on a sum of doses would be passed. It
// never has the sum.
type CumulativeError struct {
	// Limit is the position of the limit among those of its protocol, from 0.
	Limit int
	Per   protocol.Period
	// Side is [dose.HardMax] or [dose.HardMin].
	Side dose.Side
	// Bound is the text of the bound.
	Bound string
}

// Error names the limit and the period.
func (e *CumulativeError) Error() string {
	if e.Side == dose.HardMin {
		return "the doses of the " + e.Per.String() + " together do not reach the hard min " + e.Bound
	}
	return "the doses of the " + e.Per.String() + " together pass the hard limit " + e.Bound
}

// Unwrap returns [ErrCumulative].
func (e *CumulativeError) Unwrap() error { return ErrCumulative }

// sumError returns the error of a limit, by its position.
func (p *Plan) sumError(limit int, side dose.Side) error {
	l := &p.limits[limit]
	bound := l.Limit.HardMax
	if side == dose.HardMin {
		bound = l.Limit.HardMin
	}
	return &CumulativeError{Limit: l.at, Per: l.Per, Side: side, Bound: bound.String()}
}

// A sumLimit is a limit on sums of doses of one drug, as one treatment has it: that of
// the last of its protocols. The doses of the drug before the treatment count.
type sumLimit struct {
	protocol.CumulativeLimit
	at        int // its position in the protocol
	treatment int
	phase     uint16 // the first of the protocol
	drug      int16
	name      string // of the drug
	holds     bool
}

// limitsOf adds the limits on sums of the last tenure of a treatment. By those of one
// that a switch ended what was given is still judged.
func (r *rules) limitsOf(tenures []tenure, c *course.Course, at int) {
	t := &tenures[at]
	first, _ := c.PhasesOf(at)
	l := sumLimit{treatment: t.treatment, phase: uint16(first), drug: r.drugs[first], name: t.protocol.Drug(), holds: at == c.Holds()}
	for l.CumulativeLimit = range t.protocol.Cumulative() {
		r.limits = append(r.limits, l)
		l.at++
	}
}

// cumulative returns an error if the doses of a period pass a hard limit.
func (p *Plan) cumulative() error {
	at := func(i int, err error) error {
		return &DoseError{Ordinal: i + 1, Phase: p.phases[p.slots[i].Phase].Name, Date: civil.Date(p.slots[i].day), Err: err}
	}
	for limit := range p.limits {
		t := p.totals(limit)
		for i := range p.slots {
			switch _, side, err := t.add(i); {
			case err != nil:
				return at(i, err)
			case side == dose.HardMax:
				return at(i, p.sumError(limit, side))
			}
		}
		for _, short := range p.shortfalls(limit) {
			if short.side == dose.HardMin {
				return at(short.last, p.sumError(limit, short.side))
			}
		}
	}
	return nil
}

// cumulativePending takes the dose from each session to come with which the doses
// of a period would pass a hard maximum. Less would not reach a minimum either, so
// that is left to the checks.
func (p *Plan) cumulativePending() {
	for limit := range p.limits {
		if !p.limits[limit].holds {
			continue
		}
		t := p.totals(limit)
		for i := range p.slots {
			_, side, err := t.add(i)
			if err == nil && side == dose.HardMax {
				err = p.sumError(limit, side)
			}
			if err == nil || p.slots[i].took() || p.drug(p.slots[i].Phase) != p.limits[limit].drug {
				continue // another drug is what this session gives
			}
			if side != 0 {
				t.take(i)
			}
			s := &p.slots[i]
			d := *p.doses.at(s.dose)
			without := *d.workedDose
			without.give(dose.Delivery{})
			without.parts = nil
			d.workedDose, d.err, d.bySum = &without, err, true
			s.dose = p.doses.add(d)
		}
	}
}

// amount returns what was given at a session or is planned to be delivered there,
// and false where there is none.
func (p *Plan) amount(i int) (m dose.Mass, counts bool) {
	s := &p.slots[i]
	switch {
	case s.state == StateGiven:
		m = p.given[s.given-1].Dose
		return m, !m.IsZero()
	case s.dose < 0 || !s.pending() || p.doses.at(s.dose).err != nil:
		return dose.Mass{}, false
	default:
		return p.doses.at(s.dose).delivered, true
	}
}

// totals are what the doses of the periods of one limit add up to, session by
// session: those of its drug.
type totals struct {
	plan   *Plan
	limit  *sumLimit
	period int32
	sum    dose.Mass
	// of has the sums of all periods where the sessions are not in the order of
	// their days: what is overdue comes after what was given since, so that periods
	// can alternate.
	of map[int32]dose.Mass
}

func (p *Plan) totals(limit int) totals {
	t := totals{plan: p, limit: &p.limits[limit]}
	last := int32(-1)
	for i := range p.slots {
		if s := &p.slots[i]; s.counts() {
			if s.day < last {
				t.of = make(map[int32]dose.Mass)
				break
			}
			last = s.day
		}
	}
	for i := range p.earlier {
		g := &p.earlier[i]
		if !protocol.SameDrug(g.Drug, t.limit.name) {
			continue
		}
		if t.of == nil {
			t.of = make(map[int32]dose.Mass)
		}
		period := p.period(t.limit, civil.Day(g.Date))
		if sum, err := t.of[period].Add(g.Dose); err == nil {
			t.of[period] = sum
		}
	}
	if t.of != nil {
		t.sum = t.of[t.period]
	}
	return t
}

// judges reports whether the limit is judged at a session.
func (t *totals) judges(i int) bool {
	return t.plan.tenureOf(t.plan.slots[i].Phase).treatment == t.limit.treatment
}

// add adds the dose of a session to that of its period, with what is given of the drug
// beside that of the session, and returns which maximum the sum passes. The error is that of a sum that is out of
// range.
func (t *totals) add(i int) (sum dose.Mass, side dose.Side, err error) {
	m, counts := t.plan.amount(i)
	if t.plan.drug(t.plan.slots[i].Phase) != t.limit.drug {
		m, counts = dose.Mass{}, false
	}
	beside := t.plan.besideAmount(i, t.limit.name)
	if !counts && beside.IsZero() {
		return dose.Mass{}, 0, nil
	}
	t.turn(i)
	if sum, err = t.sum.Add(m); err == nil {
		sum, err = sum.Add(beside)
	}
	if err != nil {
		return t.sum, 0, err
	}
	t.set(sum)
	if side, passed := t.limit.Limit.Judge(sum); passed && side >= dose.SoftMax {
		return sum, side, nil
	}
	return sum, 0, nil
}

// turn makes the period of a session the present one.
func (t *totals) turn(i int) {
	period := t.plan.period(t.limit, t.plan.slots[i].day)
	if period != t.period {
		t.period, t.sum = period, t.of[period]
	}
}

func (t *totals) set(sum dose.Mass) {
	if t.sum = sum; t.of != nil {
		t.of[t.period] = sum
	}
}

// take takes the dose of a session, which was added last, out of its period again.
func (t *totals) take(i int) {
	m, _ := t.plan.amount(i)
	if less, err := t.sum.Sub(m); err == nil {
		t.set(less)
	}
}

// A shortfall is a period whose doses do not reach a minimum.
type shortfall struct {
	sum  dose.Mass
	last int // the position of its last session
	side dose.Side
	// unknown reports that a session of it has a dose that nobody knows, own that it
	// has a session of the treatment.
	unknown, own bool
}

// shortfalls returns the periods of a limit that do not reach a minimum, in the
// order of their last sessions. A minimum is judged once all sessions of its period
// are known: not one of a period that the horizon cuts off, nor of one without a
// dose.
func (p *Plan) shortfalls(limit int) []shortfall {
	l := &p.limits[limit]
	if l.Limit.HardMin.IsZero() && l.Limit.SoftMin.IsZero() {
		return nil
	}
	of := make(map[int32]shortfall)
	for i := range p.slots {
		s := &p.slots[i]
		// What a switch cancelled of a treatment leaves its period unfinished.
		ended := !l.holds && s.state == StateCancelled && s.replaced
		own := p.tenureOf(s.Phase).treatment == l.treatment
		if !s.counts() && s.state != StateHeld && !ended || p.phases[s.Phase].Dose.IsZero() || !own && p.drug(s.Phase) != l.drug {
			continue
		}
		period := p.period(l, s.day)
		now := of[period]
		m, counts := p.amount(i)
		if p.drug(s.Phase) != l.drug {
			m, counts = dose.Mass{}, true
		}
		sum, err := now.sum.Add(m)
		if err == nil {
			sum, err = sum.Add(p.besideAmount(i, l.name))
		}
		now.sum, now.unknown = sum, now.unknown || !counts || err != nil
		if own {
			now.last, now.own = i, true
		}
		of[period] = now
	}
	for i := range p.earlier {
		if g := &p.earlier[i]; protocol.SameDrug(g.Drug, l.name) {
			period := p.period(l, civil.Day(g.Date))
			now := of[period]
			sum, err := now.sum.Add(g.Dose)
			now.sum, now.unknown = sum, now.unknown || err != nil
			of[period] = now
		}
	}
	var list []shortfall
	for period, short := range of {
		var passed bool
		if short.side, passed = l.Limit.Judge(short.sum); passed && short.own && short.side < dose.SoftMax && !short.unknown && !p.cut(l, period) {
			list = append(list, short)
		}
	}
	slices.SortFunc(list, func(a, b shortfall) int { return cmp.Compare(a.last, b.last) })
	return list
}

// period returns the number of the period that a day belongs to.
func (p *Plan) period(l *sumLimit, day int32) int32 {
	switch l.Per {
	case protocol.PerDay:
		return day
	case protocol.PerWeek:
		return weekOf(day, p.dayOne(l.phase))
	default:
		return 0
	}
}

// cut reports whether a period goes on past the horizon of a cadence without end,
// so that it may have sessions that are not planned yet.
func (p *Plan) cut(l *sumLimit, period int32) bool {
	if !l.holds || !p.protocol.Cadence().Endless() {
		return false
	}
	switch l.Per {
	case protocol.PerDay:
		return false
	case protocol.PerWeek:
		return p.dayOne(l.phase)+7*period+6 > p.course.Until
	default:
		return true
	}
}
