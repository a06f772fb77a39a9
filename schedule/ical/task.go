package ical

import (
	"iter"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// tasks passes the events of the tasks of a session, whose own event e is, and
// returns false where one of them ends the calendar. The length of the visit is
// what the protocol says, so that a visit that took longer has the same tasks.
func (r *reader) tasks(o *Options, e *event, length time.Duration, pass func() bool) bool {
	visit := *e
	visit.ordinal = 0
	visit.revision += visit.session.ProtocolChanges() // with each its tasks may have changed
	leaves := visit.start + int64(length/time.Second)
	if length == 0 {
		leaves = visit.end
	}
	r.passed = r.passed[:0]
	for task := range visit.session.Tasks() {
		if visit.allDay() {
			break
		}
		*e = visit
		r.passed = append(r.passed, false)
		e.task = len(r.passed)
		e.start, e.end = r.span(task)
		if e.start >= visit.start && e.start < leaves && e.end <= leaves {
			continue
		}
		r.passed[e.task-1] = true
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
			if r.passed[n] || !alone(&had, task, visit.session.Number()) {
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

// alone reports whether a task begins before or ends after the visit of a session
// that is the nth of its phase.
func alone(v *protocol.Visit, task protocol.Task, n int) bool {
	at, leaves := task.At, v.LengthOf(n)
	switch task.From {
	case protocol.AdministrationStart:
		at += v.Preparation
	case protocol.AdministrationEnd:
		at += v.Preparation + v.Administration
	case protocol.Departure:
		at += leaves
	}
	until := at
	if task.Until != nil {
		until += *task.Until - task.At
	}
	return at < 0 || at >= leaves || until > leaves
}
