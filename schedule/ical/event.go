package ical

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A status is the STATUS of an event.
type status uint8

const (
	confirmed status = iota
	tentative
	cancelled
)

func (s status) line() string {
	switch s {
	case confirmed:
		return "STATUS:CONFIRMED"
	case cancelled:
		return "STATUS:CANCELLED"
	default:
		return "STATUS:TENTATIVE"
	}
}

// An event is what one VEVENT says, apart from what the options add.
type event struct {
	id       schedule.ID
	task     int // position from 1 of a task of the visit, 0 for the visit
	state    schedule.State
	lost     bool // its day or time no longer holds
	revision int
	number   int              // of a session in its treatment, 0 for any other event
	of       int              // how many sessions that has, 0 where it has no end
	title    string           // of a task, "" for a visit
	when     clinic.TimeOfDay // what the title of a task ends in, if anything
	lasts    bool             // of a task
	name     string           // of the phase, the companion or the follow-up
	place    string           // where it is if not at the clinic
	session  schedule.Session

	day        date.Date // of an event without times
	start, end int64     // Unix seconds; the same where it takes no time
}

// status returns the status. What is to take place on a day at no known time, or on
// one that no longer holds, still has to be arranged; what took place did.
func (e *event) status() status {
	switch e.state {
	case schedule.StateGiven, schedule.StateDone:
		return confirmed
	case schedule.StatePlanned:
		if e.allDay() && e.task == 0 || e.lost {
			return tentative
		}
		return confirmed
	case schedule.StateCancelled, schedule.StateMissed, schedule.StateHeld:
		return cancelled
	default:
		return tentative
	}
}

func (e *event) allDay() bool { return e.day != 0 }

// facts are what becomes of a session: the rest of it stays.
type facts struct {
	state      schedule.State
	lost       bool
	revision   int
	start, end clinic.TimeOfDay
	endDate    date.Date
}

// factsOf returns the facts, without whether the session is lost unless that is asked for:
// nothing else takes as long.
func factsOf(s schedule.Session, lost bool) facts {
	return facts{state: s.State(), lost: lost && s.Lost() != "", revision: s.Revision(), start: s.Start(), end: s.End(), endDate: s.EndDate()}
}

// A reader makes events of a plan.
type reader struct {
	known  func(s schedule.Session, lost bool) facts
	times  bool // of the events only the times are asked for, and which there are
	plan   *schedule.Plan
	zone   *civil.Zone
	passed []bool // the tasks of a session that have an event
	now    int64  // what begins later is to come
}

func newReader(p *schedule.Plan) *reader {
	return &reader{known: factsOf, plan: p, zone: civil.NewZone(p.Zone()), now: p.AsOf().Unix()}
}

// counts number the sessions of a plan, treatment by treatment: what was given under
// another protocol is none of those that this one asks for.
type counts []struct{ passed, of int }

func countsOf(p *schedule.Plan) (c counts) {
	var endless []bool // as the last session of each says
	for _, s := range p.All() {
		at := s.Treatment()
		for len(c) <= at {
			c, endless = append(c, counts{{}}...), append(endless, false)
		}
		c[at].of++
		endless[at] = s.Protocol().Cadence().Endless()
	}
	for at := range c {
		if endless[at] {
			c[at].of = 0
		}
	}
	return c
}

// next returns the number of the next session of the plan, and how many its treatment
// has, 0 where that has no end.
func (c counts) next(s schedule.Session) (number, of int) {
	t := &c[s.Treatment()]
	t.passed++
	return t.passed, t.of
}

// each calls yield with every event that the options ask for until it returns
// false: sessions in order, each with its tasks, then the other visits. The event
// is valid until yield returns.
func (r *reader) each(o *Options, yield func(*event) bool) {
	var e event
	pass := func() bool { return o.OnlyConfirmed && e.status() != confirmed || yield(&e) }
	count := countsOf(r.plan)
	for _, s := range r.plan.All() {
		length := s.Length()
		f := r.known(s, !r.times || o.OnlyConfirmed)
		number, of := count.next(s)
		e = event{state: f.state, lost: f.lost, revision: f.revision, number: number, of: of, name: s.Phase(), session: s}
		if !r.times {
			e.id = s.ID()
		}
		switch {
		case f.state != schedule.StateLeftOut:
			r.at(&e, s.Date(), f, length)
		case f.revision > 0:
			e.gone(s.Target())
		default:
			continue
		}
		if o.Final {
			r.end(&e)
		}
		if !pass() {
			return
		}
		if o.Tasks && !r.tasks(o, &e, pass) {
			return
		}
	}
	if o.SessionsOnly {
		return
	}
	for v := range r.plan.OtherVisits() {
		e = event{id: v.ID, state: v.State, lost: v.Lost != "", revision: v.Revision, name: v.Name, place: v.Elsewhere}
		switch {
		case v.Placed():
			r.at(&e, v.Date, facts{start: v.Start, end: v.End, endDate: v.EndDate}, v.Length())
		case v.Revision > 0:
			e.gone(v.Target)
		default:
			continue
		}
		if o.Final {
			r.end(&e)
		}
		if !pass() {
			return
		}
	}
}

// end cancels the event of a visit that has not begun.
func (r *reader) end(e *event) {
	today, _ := r.zone.Read(r.now)
	if (e.allDay() && e.day >= today || !e.allDay() && e.start > r.now) && e.state != schedule.StateCancelled && e.state != schedule.StateMissed {
		e.state, e.lost = schedule.StateCancelled, false
		e.revision++
	}
}

// gone makes e the event of a visit that had a date and has none any more:
// calendars that have it would go on showing it.
func (e *event) gone(target date.Date) { e.state, e.day = schedule.StateCancelled, target }

// at sets the times of an event. A length of zero is not known.
func (r *reader) at(e *event, d date.Date, f facts, length time.Duration) {
	if f.start.IsZero() {
		e.day = d
		return
	}
	e.start, _ = r.zone.Resolve(d, f.start.Minutes())
	long := int64(length / time.Second)
	if f.end.IsZero() {
		e.end = e.start + long // nobody wrote down when it ended
		return
	}
	first, second := r.twice(f.endDate, f.end.Minutes())
	e.end = first
	if first < e.start || long > 0 && second-e.start == long {
		e.end = second
	}
	e.end = max(e.end, e.start)
}

// twice returns the instants at which the clock shows a reading, which are the
// same but when clocks are put back.
func (r *reader) twice(d date.Date, minute int) (first, second int64) {
	first, how := r.zone.Resolve(d, minute)
	if how != civil.Fold {
		return first, first
	}
	t := time.Unix(first, 0).In(r.plan.Zone())
	_, offset := t.Zone()
	_, change := t.ZoneBounds()
	_, next := change.Zone()
	return first, first + int64(offset-next)
}
