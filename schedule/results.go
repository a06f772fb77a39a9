package schedule

import (
	"iter"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// A resultNeed is a result that sessions of a phase need.
type resultNeed struct {
	Series string // the name of the monitoring
	protocol.ResultNeeded
}

// needs returns, for each phase, the results that its sessions need by the protocol that
// has it; nil where none needs any.
func needs(tenures []tenure, c *course.Course) (list [][]resultNeed) {
	for at := range tenures {
		for m := range tenures[at].protocol.Monitoring() {
			for phase, end := c.PhasesOf(at); phase < end; phase++ {
				for _, n := range m.Before {
					if n.Phase != "" && n.Phase != c.Phases[phase].Name {
						continue
					}
					if list == nil {
						list = make([][]resultNeed, len(c.Phases))
					}
					list[phase] = append(list[phase], resultNeed{m.Name, n})
				}
			}
		}
	}
	return list
}

// needsOf yields the results that a session needs. One that was added beside the cadence
// needs what every session of its phase needs.
func (p *Plan) needsOf(s *slot) iter.Seq[resultNeed] {
	return func(yield func(resultNeed) bool) {
		if len(p.needs) == 0 {
			return
		}
		for _, n := range p.needs[s.Phase] {
			if n.Needs(p.phases[s.Phase].Name, int(s.Number)) && !yield(n) {
				return
			}
		}
	}
}

// A ResultDue is a result that a session needs, and that is not known, or of which it was
// said that the session cannot go on with it.
type ResultDue struct {
	// Monitoring is the name of the visits whose result it is.
	Monitoring string
	// From is the first day, and To the last, on which the visit can have been for the
	// session.
	From, To date.Date
	// Visit is the last such visit that took place, zero where none did: then its verdict
	// is [VerdictNotOK].
	Visit OtherVisit
}

// ResultsDue returns the results that the session needs and that are not known by what the
// plan knows, in the order of the protocol. The result of a visit is known once that took
// place ([VisitDone]), unless it is said to be not ok. That of an earlier visit holds as long
// as the protocol says; one of the same day counts where it began before the session. There is none for a session that is not
// to take place and did not, and none in the plan of a record which says nothing of visits.
func (s Session) ResultsDue() []ResultDue { return s.plan.resultsDue(s.index) }

func (p *Plan) resultsDue(i int) (due []ResultDue) {
	s := &p.slots[i]
	if s.nothing || !s.takesPlace() || p.recorded() && !p.visitsNoted {
		return nil
	}
	for n := range p.needsOf(s) {
		last := p.lastResult(s, n)
		if last != nil && last.Verdict != VerdictNotOK {
			continue
		}
		d := ResultDue{Monitoring: n.Series, From: civil.Date(s.day - int32(n.Within)), To: s.date()}
		if last != nil {
			d.Visit = p.visit(p.visitAt(last.ID))
		}
		due = append(due, d)
	}
	return due
}

// resultLines says of each result that a session needs whether it is known.
func (p *Plan) resultLines(i int) (lines []string) {
	s := &p.slots[i]
	if !s.takesPlace() {
		return nil
	}
	for n := range p.needsOf(s) {
		text := "of " + n.Series + ", of " + dayText(civil.Date(s.day-int32(n.Within))) + " to " + dayText(s.date()) + ": "
		switch last := p.lastResult(s, n); {
		case last == nil:
			text += "not known"
		case last.Verdict != 0:
			text += dayText(last.Date) + ", " + last.Verdict.String() + bracketed(last.Result)
		default:
			text += dayText(last.Date) + bracketed(last.Result)
		}
		lines = append(lines, text)
	}
	return lines
}

// lastResult returns the last visit of a series that took place for a session, nil where
// none did.
func (p *Plan) lastResult(s *slot, n resultNeed) (last *OtherVisit) {
	for v := range p.visitsDone {
		day := civil.Day(v.Date)
		if v.Role != RoleMonitoring || v.Name != n.Series || day > s.day || day < s.day-int32(n.Within) {
			continue
		}
		if day == s.day && s.start >= 0 && v.Start.Minutes() > int(s.start) {
			continue
		}
		if last == nil || v.Date > last.Date || v.Date == last.Date && v.Start.Compare(last.Start) >= 0 {
			last = v
		}
	}
	return last
}

func (r *ResultDue) fields(f *objectFields) {
	f.text("monitoring", &r.Monitoring, must)
	f.date("from", &r.From, must)
	f.date("to", &r.To, must)
	nested(f, "visit", &r.Visit, !r.Visit.ID.IsZero(), (*OtherVisit).fields)
}

// MarshalJSON returns the result as a JSON object, with null for a visit that did not take
// place. The error is that of a visit's role, kind or state which is none.
func (r ResultDue) MarshalJSON() ([]byte, error) { return marshalValue(r.fields) }

// UnmarshalJSON reads what [ResultDue.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (r *ResultDue) UnmarshalJSON(src []byte) error {
	return unmarshalValue(r, src, (*ResultDue).fields)
}

// awaited reports whether the visit is one of a monitoring that is to take place, on a day
// that holds.
func (v *OtherVisit) awaited(p *Plan) bool {
	return v.Role == RoleMonitoring && v.Placed() && v.ahead() && p.visitLost(v) == ""
}

// monitoringOn returns the visits of monitoring that are due on a day, and those that were
// before it and of which nobody has said what became of them.
func (p *Plan) monitoringOn(d date.Date) (due, overdue []OtherVisit) {
	for i := range p.visits {
		v := &p.visits[i]
		switch {
		case !v.awaited(p) || v.Date > d:
		case v.Date == d:
			due = append(due, p.visit(i))
		default:
			overdue = append(overdue, p.visit(i))
		}
	}
	return due, overdue
}
