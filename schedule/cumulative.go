package schedule

import (
	"errors"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// ErrCumulative says that the doses of a period together would pass a hard limit
// of the protocol. It comes in a [*DoseError] for the first session at which
// they would.
var ErrCumulative = errors.New("hard limit on a sum of doses passed")

// A CumulativeError says which hard limit on a sum of doses would be passed. It
// never has the sum.
type CumulativeError struct {
	Per protocol.Period
	// Bound is the text of the limit.
	Bound string
}

// Error names the limit and the period.
func (e *CumulativeError) Error() string {
	return "the doses of the " + e.Per.String() + " together pass the hard limit " + e.Bound
}

// Unwrap returns [ErrCumulative].
func (e *CumulativeError) Unwrap() error { return ErrCumulative }

// cumulative returns an error if the doses of a period pass a hard maximum.
func (p *Plan) cumulative() error {
	for limit, sums := range p.sums() {
		for sum := range sums {
			if sum.err != nil {
				return &DoseError{Ordinal: sum.last + 1, Phase: p.phases[p.slots[sum.last].Phase].Name, Date: civil.Date(p.slots[sum.last].day), Err: sum.err}
			}
			if side, passed := limit.Limit.Judge(sum.total); passed && side == dose.HardMax {
				return &DoseError{
					Ordinal: sum.last + 1, Phase: p.phases[p.slots[sum.last].Phase].Name, Date: civil.Date(p.slots[sum.last].day),
					Err: &CumulativeError{Per: limit.Per, Bound: limit.Limit.HardMax.String()},
				}
			}
		}
	}
	return nil
}

// cumulativePending takes the dose from each session to come with which the doses
// of a period would pass a hard maximum.
func (p *Plan) cumulativePending() {
	for limit, sums := range p.sums() {
		for sum := range sums {
			s := &p.slots[sum.last]
			if s.state == StateGiven {
				continue
			}
			err := sum.err
			if side, passed := limit.Limit.Judge(sum.total); err == nil && passed && side == dose.HardMax {
				err = &CumulativeError{Per: limit.Per, Bound: limit.Limit.HardMax.String()}
			}
			if err != nil {
				d := p.doses[s.dose]
				s.dose = int32(len(p.doses))
				p.doses = append(p.doses, plannedDose{weighing: d.weighing, step: d.step, err: err})
			}
		}
	}
}

// overTotal reports whether a session has no dose because of a sum of doses, which
// says nothing of others with the same weight.
func (p *Plan) overTotal(at int32) bool {
	_, over := errors.AsType[*CumulativeError](p.doses[at].err)
	return over
}

// amount returns the dose that was given at a session or is planned there, and
// false where there is none.
func (p *Plan) amount(i int) (dose.Mass, bool) {
	s := &p.slots[i]
	switch {
	case s.state == StateGiven:
		m := p.given[s.given-1].Dose
		return m, !m.IsZero()
	case s.dose < 0 || !s.pending() || p.doses[s.dose].err != nil:
		return dose.Mass{}, false
	default:
		return p.doses[s.dose].calculation.Dose(), true
	}
}

// A sum is the total of the doses of one period up to a session.
type sum struct {
	total dose.Mass
	last  int // the position of that session
	err   error
}

// sums yields for each cumulative limit of the protocol the running totals of
// its periods, session by session.
func (p *Plan) sums() func(func(protocol.CumulativeLimit, func(func(sum) bool)) bool) {
	return func(yield func(protocol.CumulativeLimit, func(func(sum) bool)) bool) {
		for _, limit := range p.limits {
			running := func(yield func(sum) bool) {
				// What is overdue comes after what was given since, so that
				// periods can alternate.
				totals := make(map[int32]dose.Mass)
				for i := range p.slots {
					m, counts := p.amount(i)
					if !counts {
						continue
					}
					period := p.period(limit.Per, p.slots[i].day)
					total, err := totals[period].Add(m)
					totals[period] = total
					if !yield(sum{total, i, err}) {
						return
					}
				}
			}
			if !yield(limit, running) {
				return
			}
		}
	}
}

// period returns the number of the period that a day belongs to.
func (p *Plan) period(per protocol.Period, day int32) int32 {
	switch per {
	case protocol.PerDay:
		return day
	case protocol.PerWeek:
		return (day - civil.Day(p.start)) / 7
	default:
		return 0
	}
}
