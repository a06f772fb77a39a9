package schedule

import (
	"errors"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
)

// course returns the sessions that go on from some of them: from the first in the
// plan, each that is still to take place or held, and for each of those named that
// was missed, cancelled or left out one that makes up for it. They are in the order
// of the plan. From is the position of the first or, where that makes up for another,
// the one after the other.
func (e *edit) course(field string, ids ...ID) (from int, tail []slot, err error) {
	named, err := e.named(field, ids)
	if err != nil {
		return 0, nil, err
	}
	from = named[0]
	for i := from; i < len(e.plan.slots); i++ {
		s := e.plan.slots[i]
		switch {
		case s.toCome():
		case slices.Contains(named, i):
			if s, err = e.makingUp(field, i); err != nil {
				return 0, nil, err
			}
		default:
			continue
		}
		tail = append(tail, s)
	}
	if tail[0].serial == someNew {
		from++
	}
	return from, tail, nil
}

// named returns the positions of sessions, in the order of the plan: each once.
func (e *edit) named(field string, ids []ID) ([]int, error) {
	if len(ids) == 0 {
		return nil, e.refuse(ErrEvent, field, "", "want the ids of sessions")
	}
	e.plan.name()
	position := make(map[ID]int, len(e.plan.slots))
	for i := range e.plan.slots {
		position[e.plan.id(i)] = i
	}
	seen := make(map[ID]bool, len(ids))
	named := make([]int, len(ids))
	for k, id := range ids {
		at, known := position[id]
		switch {
		case !known:
			_, err := e.find(field, id)
			return nil, err
		case seen[id]:
			return nil, e.refuse(ErrEvent, field, id.String(), "want each session once")
		}
		named[k], seen[id] = at, true
	}
	slices.Sort(named)
	return named, nil
}

// makingUp returns a session that makes up for one that was missed, cancelled or left
// out, and notes that of it.
func (e *edit) makingUp(field string, i int) (slot, error) {
	s, id := e.plan.slots[i], e.plan.id(i).String()
	switch {
	case s.state == StateGiven:
		return slot{}, e.refuse(ErrSettled, field, id, "want a session that was not given: session "+strconv.Itoa(i+1)+" was, on "+dayText(civil.Date(s.day)))
	case s.replaced:
		return slot{}, e.refuse(ErrSettled, field, id, "want a session that no other makes up for yet")
	case !e.plan.course.Has(int(s.Phase)):
		return slot{}, e.refuse(ErrSettled, field, id, "want a session of the protocol that now holds")
	}
	e.plan.slots[i].replaced = true
	s.makesUp, s.serial, s.agreed = s.serial, someNew, 0
	return s, nil
}

// sessions returns what the protocol asks for of a tail, each tagged with its
// position from 1.
func sessions(tail []slot) []course.Session {
	list := make([]course.Session, len(tail))
	for i := range tail {
		list[i] = tail[i].Session
		list[i].Tag = int16(i + 1)
	}
	return list
}

// retail returns a tail with the sessions that follow from another one: those that
// have a tag keep what the plan knows of them, and new ones get a serial.
func retail(tail []slot, list []course.Session, serial uint32) []slot {
	next := make([]slot, len(list))
	for k, s := range list {
		if next[k] = (slot{dose: noDose, serial: serial}); s.Tag > 0 {
			next[k] = tail[s.Tag-1]
		}
		s.Tag = 0
		next[k].Session = s
	}
	return next
}

// asked yields what the protocol asked for, session by session: of versions that held
// before as the one that holds asks for it.
func (p *Plan) asked(yield func(*course.Session) bool) {
	for i := range p.slots {
		s := &p.slots[i].Session
		if len(p.tenures) > 1 {
			s = new(p.under(s))
		}
		if !yield(s) {
			return
		}
	}
}

// under returns a session as the protocol that holds has it, as it is where no phase of
// that goes on with its own.
func (p *Plan) under(s *course.Session) course.Session {
	if phase := p.goesOnIn(int(s.Phase)); phase >= 0 && phase != int(s.Phase) {
		return p.course.Under(*s, phase)
	}
	return *s
}

// refuseCourse says in words why no course follows from an event. The field is the
// one that the phase to go on with comes from.
func (e *edit) refuseCourse(field string, err error) error {
	why, ok := errors.AsType[*course.Error](err)
	if !ok {
		return err
	}
	phase := e.plan.phases[why.Phase].Name
	switch why.Code {
	case course.NoSessions:
		return e.refuse(ErrEvent, field, phase, "want a phase that plans sessions")
	case course.NotReached:
		return e.refuse(ErrEvent, field, phase, "want a phase that the plan has reached")
	case course.NoFrequency:
		return e.refuse(ErrEvent, field, phase, "want a phase with a frequency: "+e.plan.course.Segment(why.Segment).String()+" has none to go on with")
	case course.NoTime:
		return e.refuse(ErrNoDay, "plan", plural(why.Asked, "session"), "want a plan that ends by 2200-12-31")
	case course.NotEarlier:
		return e.refuse(ErrEvent, field, phase, "want a phase before that of the session, "+strconv.Quote(e.plan.phases[why.Than].Name))
	case course.NoNumber:
		return e.refuse(ErrEvent, "Sessions", "0", "want how many sessions there are to be at the earlier frequency")
	default:
		return e.plan.courseError(err)
	}
}
