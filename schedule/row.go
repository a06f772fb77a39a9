package schedule

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Row is what an app keeps of a plan beside its file, in a row of a table, so that a
// worklist of all patients is asked of the database and no plan is loaded: who is due,
// who is overdue, whose day is lost, where a decision or a weighing is due. Rows are
// comparable with ==: where that of the plan after an event is the one before, nothing
// has to be written. The zero Row is that of no plan.
//
// Nothing in a Row depends on the day on which it is asked for. It changes with the plan
// and never at midnight: what depends on today is a comparison of a date column with today, which
// an index answers. A column that is zero, NULL in a database, is true of no day.
//
//	on today          column                     as [Plan.On] has it
//	due by            Next <= today              in Due, or due before and in Overdue
//	overdue           Open < today               in Overdue, since Open
//	lost              LostUntil >= today         in Lost
//	decision due      DecisionDue <= today       Checkpoint, by its date
//	weight due by     WeighBefore <= day         finding weight-due
//	horizon near      ExtendBy <= today          finding horizon-near
//	monitoring due by MonitorBy <= day           in MonitoringDue, or due before and in MonitoringOverdue
//	result due by     ResultBefore <= day        in ResultDue
//
// Everything else is as of the last event: Standing, LastGiven, Given, Of, Warnings,
// Violations. Which sessions are due on a day, and on no day before, is for the rows of
// the visits ([Plan.AppendVisitRows]).
//
// A Row has no dose: doses are read from the plan, which alone knows what they depend on.
type Row struct {
	// Revision is that of the plan as a whole ([Plan.Revision]), and AsOf the instant as of
	// which the plan is true, in UTC.
	Revision int
	AsOf     time.Time
	// Zone is the name of the clinic's time zone, by whose clock dates and times are.
	Zone string
	// Protocol and Version are those of the protocol that holds.
	Protocol, Version string
	Standing          Standing

	// Open is the day of the first session that is to take place and of which nobody has
	// said what became of it: before today it is overdue since then.
	Open date.Date
	// Next, NextStart, NextKind and NextID are day, time, kind of visit and id of the first
	// such session whose day and time hold: that for which the patient is expected, or was.
	Next      date.Date
	NextStart clinic.TimeOfDay
	NextKind  protocol.VisitKind
	NextID    ID
	// LostUntil is the day of the last such session whose day or time no longer holds.
	LostUntil date.Date

	// Gate is the name of the first gate at which nothing was decided, or another version
	// of the protocol that nobody has adopted yet, "" where there is none and where the
	// treatment was stopped. DecisionDue is the date of its checkpoint: zero where that
	// has none, as while the treatment is on hold.
	Gate        string
	DecisionDue date.Date
	// WeighBefore is the day of the first session to come whose dose was computed from a
	// weighing that will be older then than the protocol allows: somebody has to weigh
	// before.
	WeighBefore date.Date
	// MonitorBy is the day of the first visit of a monitoring that is to take place, whose day
	// holds and of which nobody has said what became of it: the patient is expected for it, or
	// was. ResultBefore is the day of the first session to come that needs a result which is
	// not known, or was said to be not ok ([Session.ResultsDue]).
	MonitorBy, ResultBefore date.Date
	// ExtendBy is, of a cadence without end that was not stopped, the first day on which at
	// most one session is still to come: that of the as-of where it is so by then.
	ExtendBy date.Date

	// LastGiven is the last day on which anything was given, and Given how many sessions
	// took place, of how many in all: Of is 0 where the cadence has no end.
	LastGiven date.Date
	Given, Of int
	// Warnings and Violations are how many findings of the standard checks are open.
	Warnings, Violations int
}

// Row returns what an app keeps of the plan in a table; the zero Row of a plan that
// nobody made.
func (p *Plan) Row() Row {
	if p.protocol == nil {
		return Row{}
	}
	r := Row{
		Revision: p.Revision(), AsOf: p.asOf.UTC().Round(0), Zone: p.zone.String(),
		Protocol: p.protocol.ID(), Version: p.protocol.Version(), Standing: p.Standing(),
		WeighBefore: p.weighBefore(), ExtendBy: p.extendBy(),
	}
	for i := range p.slots {
		p.rowOf(i, &r)
	}
	for i := range p.visits {
		if v := &p.visits[i]; v.awaited(p) && (r.MonitorBy == 0 || v.Date < r.MonitorBy) {
			r.MonitorBy = v.Date
		}
	}
	if p.protocol.Cadence().Endless() {
		r.Of = 0
	}
	if c := p.nextDecision(); c.Session > 0 {
		r.Gate, r.DecisionDue = c.Gate.Name, c.Date
	}
	if last := p.lastGiven(); last >= 0 {
		r.LastGiven = p.slots[last].date()
	}
	for _, f := range Validate(p) {
		switch {
		case !f.Open():
		case f.Severity == Violation:
			r.Violations++
		default:
			r.Warnings++
		}
	}
	return r
}

// rowOf adds a session to the row of its plan.
func (p *Plan) rowOf(i int, r *Row) {
	s := &p.slots[i]
	r.Of += s.once()
	if s.took() {
		r.Given++
	}
	if !s.pending() {
		return
	}
	day := s.date()
	if (r.ResultBefore == 0 || day < r.ResultBefore) && len(p.resultsDue(i)) > 0 {
		r.ResultBefore = day
	}
	if r.Open == 0 || day < r.Open {
		r.Open = day
	}
	switch session := (Session{p, i}); {
	case p.lost(i) != "":
		r.LostUntil = max(r.LostUntil, day)
	case r.Next == 0 || day < r.Next:
		r.Next, r.NextStart, r.NextKind, r.NextID = day, session.Start(), session.visit().Kind, session.ID()
	}
}

// weighBefore returns the day of the first session to come for which the weight will be
// too old, zero for none.
func (p *Plan) weighBefore() (first date.Date) {
	for i := range p.slots {
		if s := &p.slots[i]; p.weightDue(i) && (first == 0 || s.date() < first) {
			first = s.date()
		}
	}
	return first
}

// extendBy returns the day from which the horizon is near, zero for never.
func (p *Plan) extendBy() date.Date {
	if !p.hasHorizon() {
		return 0
	}
	// Of the sessions to come all but one have to be past.
	last, before, waiting := int32(0), int32(0), 0
	for i := range p.slots {
		switch s := &p.slots[i]; {
		case s.Extra:
		case s.state == StateHeld:
			waiting++
		case s.pending() && s.day > last:
			last, before = s.day, last
		case s.pending():
			before = max(before, s.day)
		}
	}
	if waiting > 1 {
		return 0
	}
	if waiting == 1 {
		before = last
	}
	return civil.Date(max(before+1, p.today()))
}

// DueBy reports whether a session is due on a day, or was before it and nobody has said
// what became of it.
func (r Row) DueBy(day date.Date) bool { return r.Next != 0 && r.Next <= day }

// OverdueSince returns the day of the first session that is overdue on a day, zero where
// none is.
func (r Row) OverdueSince(day date.Date) date.Date {
	if r.Open < day {
		return r.Open
	}
	return 0
}

// LostOn reports whether the day or the time of a session of a day or after it no longer
// holds.
func (r Row) LostOn(day date.Date) bool { return r.LostUntil != 0 && r.LostUntil >= day }

// DecisionDueBy reports whether a decision is due on a day.
func (r Row) DecisionDueBy(day date.Date) bool { return r.DecisionDue != 0 && r.DecisionDue <= day }

// WeightDueBy reports whether the patient has to be weighed before a session of a day or
// before it.
func (r Row) WeightDueBy(day date.Date) bool { return r.WeighBefore != 0 && r.WeighBefore <= day }

// MonitoringDueBy reports whether a visit of a monitoring is due on a day, or was before it
// and nobody has said what became of it.
func (r Row) MonitoringDueBy(day date.Date) bool { return r.MonitorBy != 0 && r.MonitorBy <= day }

// ResultDueBy reports whether a session of a day or before it needs a result that is not
// known.
func (r Row) ResultDueBy(day date.Date) bool { return r.ResultBefore != 0 && r.ResultBefore <= day }

// HorizonNear reports whether, on a day, a cadence without end has at most one session to
// come.
func (r Row) HorizonNear(day date.Date) bool { return r.ExtendBy != 0 && r.ExtendBy <= day }

// Revision returns how many events made the plan out of the one that was built: 0 of that
// one. It is one higher after every event that was accepted, and the same after one that
// changed nothing since the plan had it: an app that saves a plan only where the stored
// revision is that of the plan before loses no event of somebody else. The entry at
// position n of [Plan.History] made revision n+1.
func (p *Plan) Revision() int { return p.journal.len() }
