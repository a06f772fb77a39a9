package schedule

// A step is what set something: an entry of the journal, by its number, and of a
// correction the position of one of what it corrects. The zero step is the plan as it
// was built.
type step struct {
	entry, item int32
}

// A setting is what a decision has set of a session, with what was set before. A
// plan can go back to an earlier one; that is a setting again, like the earlier one,
// so that nothing is forgotten. Settings never change, and plans share them.
type setting struct {
	placing
	at     step
	before *setting // nil where the session was made by this
	like   *setting // that which a correction has gone back to, nil for none
}

// sets reports whether what holds was set by one of some steps, and returns what was
// set before that. That is nil where the step made the session.
func (s *setting) sets(by func(step) bool) (before *setting, at step, ok bool) {
	for t := s; t != nil; t = t.like {
		if by(t.at) {
			return t.before, t.at, true
		}
	}
	return nil, step{}, false
}

// root returns the setting that one is like in the end.
func (s *setting) root() *setting {
	for s.like != nil {
		s = s.like
	}
	return s
}

// step is that of an entry which is no correction.
func (e *edit) step() step { return step{entry: int32(e.number())} }

// before returns the position that a session has in the plan before.
func (e *edit) before(serial uint32) (at int, known bool) {
	if e.olds == nil {
		e.olds = make([]int32, e.old.serials)
		for i := range e.old.slots {
			e.olds[e.old.slots[i].serial-1] = int32(i)
		}
	}
	if serial == 0 || serial > e.old.serials {
		return 0, false
	}
	return int(e.olds[serial-1]), true
}

// note keeps what a step has set of the sessions since it was noted last. What a
// fact says of a session is laid over that and sets nothing.
func (e *edit) note(at step) {
	p := e.plan
	resumed := e.resumes()
	for i := range p.slots {
		if s := &p.slots[i]; s.serial > e.noted {
			s.begin(at)
		} else {
			e.remember(s)
			s.change(at, resumed)
		}
	}
	e.noted = p.serials
	e.noteCourse(at)
}

// begin notes of a session that a step has made what that has set of it.
func (s *slot) begin(at step) {
	s.made, s.set = at, &setting{placing: s.withoutFacts(), at: at}
}

// withoutFacts returns what is set of a session of which nothing else says that: that it was
// given or missed is a fact.
func (s *slot) withoutFacts() placing {
	set := s.placing
	if s.took() || s.state == StateMissed {
		set.state = 0
	}
	return set
}

// change notes what a step has set of a session, if it has set anything. One that was given
// or missed does not wait any more either once the treatment is resumed.
func (s *slot) change(at step, resumed bool) {
	now := s.planned()
	if resumed && s.state != StateHeld && now.state == StateHeld {
		now.state = 0
	}
	if s.set != nil && now != s.set.placing {
		s.set = &setting{placing: now, at: at, before: s.set}
	}
}

// remember keeps what was set of a session before anything changed it.
func (e *edit) remember(s *slot) {
	if s.set != nil {
		return
	}
	if at, known := e.before(s.serial); known {
		if was := &e.old.slots[at]; was.placing != s.placing {
			s.set = &setting{placing: was.withoutFacts()}
		}
	}
}

// planned returns what decisions have set of the session, without the facts that are
// laid over it. A session that took place keeps what was planned, and one that was
// missed its day.
func (s *slot) planned() placing {
	now := s.placing
	switch {
	case s.set == nil:
	case s.took():
		now = s.set.placing
	case s.state == StateMissed:
		now = s.set.placing
		now.replaced, now.makesUp = s.replaced, s.makesUp
	}
	return now
}

// resumes reports whether sessions that waited are to take place again.
func (e *edit) resumes() bool {
	if _, ok := e.entry.Event.What.(Resumed); ok {
		return true
	}
	for i := range e.plan.slots {
		s := &e.plan.slots[i]
		if at, known := e.before(s.serial); known && s.pending() && e.old.slots[at].state == StateHeld {
			return true
		}
	}
	return false
}

// uncover takes the facts off a session: it is again as decisions have set it.
func (s *slot) uncover() {
	s.given, s.nothing, s.onHold = 0, false, false
	if s.set != nil {
		s.place(s.set.placing)
	} else {
		s.state = 0
	}
}

// place lets a session be as decisions have set it. Of another phase it has another dose,
// which is still to be computed.
func (s *slot) place(to placing) {
	if s.Phase != to.Phase {
		s.dose = noDose
	}
	s.placing = to
}
