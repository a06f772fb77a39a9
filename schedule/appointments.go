package schedule

import "github.com/regimen-go/regimen/internal/civil"

// An appointee is the session that had a number when an entry wished an appointment for
// it: numbers change, and a wish that is taken up again is of the same session.
type appointee struct {
	by      int32 // the number of the entry
	ordinal int
	serial  uint32 // 0 where it was not to come
	before  *appointee
}

// appointee returns the serial of the session that the wishes which hold mean by a
// number, 0 for none.
func (e *edit) appointee(ordinal int) uint32 {
	p := e.plan
	if p.wishedBy == 0 {
		return uint32(ordinal) // the numbers that the plan was built with
	}
	for a := p.appointees; a != nil; a = a.before {
		if a.by == p.wishedBy && a.ordinal == ordinal {
			return a.serial
		}
	}
	a := &appointee{by: p.wishedBy, ordinal: ordinal, before: p.appointees}
	if ordinal <= len(p.slots) && p.slots[ordinal-1].toCome() {
		a.serial = p.slots[ordinal-1].serial
	}
	p.appointees = a
	return a.serial
}

// agree notes the appointments that the wishes have. One of a session whose day was
// decided since is kept only where it is on that day.
func (e *edit) agree() {
	p := e.plan
	for i := range p.slots {
		p.slots[i].agreed = 0
	}
	for _, a := range p.wishes.Appointments {
		i := p.withSerial(e.appointee(a.Ordinal))
		if i < 0 {
			continue
		}
		if s, day := &p.slots[i], civil.Day(a.Date); s.day == day || s.placedBy() <= p.wishedBy {
			s.agreed = day
		}
	}
}

// placedBy returns the number of the entry that has set where the session is, 0 where it
// is as the plan was built.
func (s *slot) placedBy() int32 {
	if s.set == nil {
		return 0
	}
	t := s.set.root()
	for t.before != nil {
		before := t.before.root()
		if before.day != t.day || before.fixed != t.fixed || before.start != t.start || before.Target != t.Target || before.left != t.left {
			break
		}
		t = before
	}
	return t.at.entry
}
