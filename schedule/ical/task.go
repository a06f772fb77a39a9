package ical

import (
	"iter"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// tasks passes the events of the tasks of a session, whose own event e is, and
// returns false where one of them ends the calendar. Where a task stands
// is by the length that the protocol says, so that a visit that took longer has the same
// tasks.
func (r *reader) tasks(o *Options, e *event, pass func() bool) bool {
	visit := *e
	visit.number = 0
	visit.revision += visit.session.ProtocolChanges() // with each its tasks may have changed
	r.passed = r.passed[:0]
	for task := range visit.session.Tasks() {
		if visit.allDay() {
			break
		}
		*e = visit
		r.passed = append(r.passed, false)
		e.task = len(r.passed)
		if task.Stage == protocol.DuringVisit || !task.For.Concerns(o.audience()) {
			continue
		}
		r.passed[e.task-1] = true
		if r.span(e, task); task.Stage == protocol.BeforeVisit && e.start >= visit.start {
			e.day = task.Date // to be seen to before, not at its time
		}
		if o.TaskTitle == nil {
			e.title, e.when, e.lasts = task.Text, task.At, !task.Until.IsZero()
		} else if e.title = o.TaskTitle(task); e.title == "" {
			continue
		}
		if !pass() {
			return false
		}
	}
	if visit.revision == 0 {
		return true
	}
	return r.pastTasks(o, e, &visit, pass)
}

// span sets when a task begins and ends, of an event that begins when the patient
// arrives. A reading that the clock shows twice does not tell: then the times are counted.
func (r *reader) span(e *event, task schedule.TimedTask) {
	arrives := e.start
	begins, once := r.zone.Resolve(task.Date, task.At.Minutes())
	e.start, e.end = begins, begins
	end := once
	if !task.Until.IsZero() {
		e.end, end = r.zone.Resolve(task.UntilDate, task.Until.Minutes())
	}
	if once == civil.Fold || end == civil.Fold {
		v := e.session.Visit()
		planned := v.Tasks[e.task-1]
		e.start = arrives + int64((v.SinceArrival(planned.From, e.session.Number())+planned.At)/time.Second)
		e.end = e.start
		if planned.Until != nil {
			e.end += int64((*planned.Until - planned.At) / time.Second)
		}
	}
}

// pastTasks passes the events of the tasks that calendars may have of a session
// and that it has no more: its time is not known any more, or another version of
// the protocol has other tasks.
func (r *reader) pastTasks(o *Options, e, visit *event, pass func() bool) bool {
	day := visit.day
	if !visit.allDay() {
		day = visit.session.Date()
	}
	for had := range r.visits(visit.session) {
		for n, task := range had.Tasks {
			if n >= len(r.passed) {
				r.passed = append(r.passed, make([]bool, n+1-len(r.passed))...)
			}
			if r.passed[n] || had.StageOf(task, visit.session.Number()) == protocol.DuringVisit || !task.For.Concerns(o.audience()) {
				continue
			}
			r.passed[n] = true
			*e = *visit
			e.task, e.state, e.day, e.title = n+1, schedule.StateCancelled, day, task.Text
			if o.TaskTitle != nil {
				if e.title = o.TaskTitle(schedule.TimedTask{Text: task.Text, Date: day}); e.title == "" {
					continue
				}
			}
			if !pass() {
				return false
			}
		}
	}
	return true
}

// visits returns what a session consists of, and what it consisted of before.
func (r *reader) visits(s schedule.Session) iter.Seq[protocol.Visit] {
	return func(yield func(protocol.Visit) bool) {
		if yield(s.Visit()) {
			s.FormerVisits()(yield)
		}
	}
}
