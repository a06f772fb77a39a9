package schedule

import "github.com/regimen-go/regimen/protocol"

// A courseSetting is what a decision has set of the course: which protocol holds from
// which start to which last day, with what was set before. It is for the course what
// a [setting] is for a session.
type courseSetting struct {
	protocol     *protocol.Protocol
	start, until int32
	version      int // of the course
	at           step
	before, like *courseSetting
}

// courseNow returns what is set of the course now.
func (p *Plan) courseNow() courseSetting {
	return courseSetting{protocol: p.protocol, start: p.course.Start, until: p.course.Until, version: p.course.Holds()}
}

// noteCourse keeps what a step has set of the course.
func (e *edit) noteCourse(at step) {
	p := e.plan
	now := p.courseNow()
	was := p.courses
	if was == nil {
		built := e.old.courseNow()
		was = &built
	}
	if now.until == was.until && now.version == was.version { // of which protocol and start follow
		return
	}
	now.at, now.before = at, was
	p.courses = &now
}

// sets is as that of a [setting].
func (s *courseSetting) sets(by func(step) bool) (before *courseSetting, ok bool) {
	for t := s; t != nil; t = t.like {
		if by(t.at) {
			return t.before, t.before != nil
		}
	}
	return nil, false
}

// adoptedBy returns the step by which the protocol of a phase came to hold, the zero one
// for that which the plan was built from.
func (p *Plan) adoptedBy(phase int) step {
	version := p.course.VersionOf(phase)
	for s := p.courses; s != nil; s = s.before {
		if s.like == nil && s.before != nil && s.version != s.before.version && s.version == version {
			return s.at
		}
	}
	return step{}
}

// courseBefore returns what the course goes back to, nil where it stays, and of each
// lost step that has set something of it whether it can go back: nothing was set since.
func (w *withdrawal) courseBefore() (to *courseSetting, steps map[step]bool) {
	steps = make(map[step]bool)
	lost := func(at step) bool { return w.lost[at] }
	top := w.plan.courses
	for t := top; t != nil; {
		before, ok := t.sets(lost)
		if !ok && to != nil {
			before, ok = t.sets(w.stillLost)
		}
		if !ok {
			break
		}
		for u := t; u != nil; u = u.like {
			steps[u.at] = true // of one that is not lost nobody asks
		}
		to, t = before, before
	}
	for t := w.plan.courses; t != nil; t = t.before {
		if _, known := steps[t.at]; w.lost[t.at] && !known {
			steps[t.at] = false
		}
	}
	return to, steps
}

// restoreCourse lets the course go back to what was set before.
func (w *withdrawal) restoreCourse(to *courseSetting, by step) {
	p := w.plan
	p.course = p.course.Hold(to.version)
	p.protocol, p.course.Start, p.course.Until = to.protocol, to.start, to.until
	now := p.courseNow()
	now.at, now.before, now.like = by, p.courses, to
	p.courses = &now
	p.rule()
}
