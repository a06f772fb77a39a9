package schedule

import (
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A Status is how a plan stands on a day, by what it knows.
type Status struct {
	Date date.Date
	// Standing is what has become of the treatment as a whole by what the plan knows,
	// whatever the day.
	Standing Standing
	// Due are the sessions to take place that day.
	Due []Session
	// Overdue are the sessions to take place before that day of which nobody
	// has said what became of them. Those whose Latest is not before the day
	// can still be caught up with inside their window.
	Overdue []Session
	// Upcoming are the sessions to take place after that day.
	Upcoming []Session
	// Lost are the sessions of that day or after it whose day or time no longer holds
	// ([Session.Lost]). They are neither due nor upcoming: nobody should be told to come
	// until somebody has decided.
	Lost []Session
	// Held are the sessions that wait until the treatment is resumed.
	Held []Session
	// ResultDue are the sessions of that day, and before it, to take place that need a result
	// which is not known, or was said to be not ok ([Session.ResultsDue]).
	ResultDue []Session
	// MonitoringDue and MonitoringOverdue are the visits of monitoring to take place that day,
	// and before it where nobody has said what became of them. One whose day no longer holds
	// is in neither.
	MonitoringDue, MonitoringOverdue []OtherVisit
	// Checkpoint is the first at which nothing was decided, or another version
	// of the protocol that nobody has adopted yet. Its Session is zero where
	// there is none, and where the treatment was stopped.
	Checkpoint Checkpoint
	// Completed is how many sessions were given up to the day, Of how many the
	// plan has in all: those given, to take place and held, and those that were
	// missed, cancelled or left out and that no other session makes up for. Of is 0
	// where the cadence has no end: the plan goes on past its horizon.
	Completed, Of int
	Adherence     Adherence
}

// Percent returns the completed share in whole percent, rounded down; 0 of a plan
// without sessions and of one without end.
func (s Status) Percent() int {
	if s.Of == 0 {
		return 0
	}
	return 100 * s.Completed / s.Of
}

// Adherence is how what happened up to a day compares with what was planned.
type Adherence struct {
	// Planned is how many sessions of the cadence were to take place up to the
	// day: those given, missed, cancelled and overdue. One that another makes up
	// for counts once, and one that was left out not at all.
	Planned int
	// Given is how many of all sessions were given, Extra how many of these the
	// cadence did not ask for.
	Given, Extra int
	// Missed, Cancelled and Overdue are how many sessions were; of those that
	// were made up for, only the missed ones count.
	Missed, Cancelled, Overdue int
	// MadeUp is how many of those missed another session makes up for.
	MadeUp int
	// ShiftDays is the sum of the distances, in days and without sign, of the
	// sessions given from their targets; LargestShift is the largest of them,
	// negative where that session was early.
	ShiftDays, LargestShift int
	// Doses are the sums of the doses that were given up to the day, drug by drug in the
	// order of the sessions: none where no drug was. What was given beside a drug on a day
	// of its own counts from that.
	Doses []DrugSum
}

// A DrugSum is the sum of the doses of one drug.
type DrugSum struct {
	// Drug is its name in the protocol of the first dose, "" where that names none.
	Drug string
	// Dose is the sum, and Err why there is none: then Dose is zero.
	Dose dose.Mass
	Err  error
}

// String returns the sum and the drug, or why there is none.
func (s DrugSum) String() string {
	text := s.Dose.String()
	if s.Err != nil {
		text = s.Err.Error()
	}
	if s.Drug != "" {
		text += " of " + s.Drug
	}
	return text
}

// MeanShift returns the mean distance of the sessions given from their targets in
// days, to one decimal, half up: "0.4"; "" where none was given.
func (a Adherence) MeanShift() string {
	if a.Given == 0 {
		return ""
	}
	tenths := (20*a.ShiftDays + a.Given) / (2 * a.Given)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
}

// On returns how the plan stands on a day.
func (p *Plan) On(d date.Date) Status {
	status := Status{Date: d, Standing: p.Standing()}
	day := civil.Day(d)
	a := &status.Adherence
	for i := range p.slots {
		s, session := &p.slots[i], Session{p, i}
		if s.withdrawn {
			continue // was never meant to be
		}
		once := s.once()
		status.Of += once
		if s.pending() && s.day <= day && len(p.resultsDue(i)) > 0 {
			status.ResultDue = append(status.ResultDue, session)
		}
		switch {
		case s.pending() && s.day >= day && p.lost(i) != "":
			status.Lost = append(status.Lost, session)
		case s.pending() && s.day == day:
			status.Due = append(status.Due, session)
		case s.pending() && s.day < day:
			status.Overdue = append(status.Overdue, session)
			a.Planned++
			a.Overdue++
		case s.pending():
			status.Upcoming = append(status.Upcoming, session)
		case s.state == StateHeld:
			status.Held = append(status.Held, session)
		case s.left:
		case s.day > day:
			if s.took() { // what goes with it may have been given before
				a.giveBeside(session, day)
			}
		case s.state == StateGiven:
			status.Completed++
			a.give(session)
			a.giveBeside(session, day)
		case s.state == StateMissed:
			a.Missed++
			a.MadeUp += 1 - once
			a.Planned += once
		case s.state == StateCancelled:
			a.Cancelled += once
			a.Planned += once
		}
	}
	if p.protocol.Cadence().Endless() {
		status.Of = 0
	}
	status.MonitoringDue, status.MonitoringOverdue = p.monitoringOn(d)
	status.Checkpoint = p.nextDecision()
	return status
}

// once returns how often a session counts among all of its plan: not at all where it was
// never meant to be, or where another makes up for it.
func (s *slot) once() int {
	if s.withdrawn || s.replaced && !s.took() {
		return 0
	}
	return 1
}

// nextDecision returns the first checkpoint at which a decision is open, zero for none and
// where the treatment was stopped.
func (p *Plan) nextDecision() Checkpoint {
	if p.stopped() {
		return Checkpoint{}
	}
	for c := range p.Checkpoints() {
		if d := p.decisionAt(c.Gate.Name, c.Session-1); d == nil || d.open {
			return c
		}
	}
	return Checkpoint{}
}

// give counts a session that was given.
func (a *Adherence) give(s Session) {
	a.Given++
	if s.Extra() {
		a.Extra++
	} else {
		a.Planned++
	}
	shift := s.ShiftDays()
	a.ShiftDays += max(shift, -shift)
	if max(shift, -shift) > max(a.LargestShift, -a.LargestShift) {
		a.LargestShift = shift
	}
	a.add(s.Protocol().Drug(), s.plan.given[s.slot().given-1].Dose)
}

// giveBeside counts what was given beside the drug of a session up to a day.
func (a *Adherence) giveBeside(s Session, day int32) {
	for _, m := range s.plan.given[s.slot().given-1].Beside {
		if civil.Day(m.on(s.Date())) <= day {
			a.add(m.Name, m.Dose)
		}
	}
}

// add adds what was given of a drug to what was given of it before.
func (a *Adherence) add(drug string, given dose.Mass) {
	if given.IsZero() {
		return
	}
	at := slices.IndexFunc(a.Doses, func(sum DrugSum) bool { return protocol.SameDrug(sum.Drug, drug) })
	if at < 0 {
		at, a.Doses = len(a.Doses), append(a.Doses, DrugSum{Drug: drug})
	}
	sum := &a.Doses[at]
	if sum.Err != nil {
		return
	}
	if sum.Dose, sum.Err = sum.Dose.Add(given); sum.Err != nil {
		sum.Dose = dose.Mass{}
	}
}
