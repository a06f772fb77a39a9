package schedule

import (
	"strconv"

	"github.com/regimen-go/regimen/dose"
)

// read reads the facts again: what is known, from the request and what holds now in
// order, and what of it is laid over which session.
func (w *withdrawal) read() error {
	p := w.plan
	taken, err := w.sessionsGiven()
	if err != nil {
		return err
	}
	p.known = p.built.knows(p.calendar.Answered(), new(chunk[Weighing]))
	p.own = true
	w.missed = make(map[uint32]*effect)
	given := 0
	for i := range w.effects {
		x := &w.effects[i]
		f, ok := x.what.(fact)
		if !ok {
			continue
		}
		if w.changed(x) {
			if err := f.check(w.edit); err != nil {
				return err
			}
		}
		p.entry, p.by = x.at.entry, x.by
		switch f := f.(type) {
		case Given:
			f.in(p.idOf(taken[given].serial)).know(&p.known)
			given++
		case Missed:
			i, err := w.find("Session", f.Session)
			if err != nil {
				return err
			}
			w.missed[p.slots[i].serial] = x
		default:
			f.know(&p.known)
		}
	}
	if err := w.learned(); err != nil {
		return err
	}
	return w.lay(taken)
}

// A taken is a dose that was given and the session that it is of.
type taken struct {
	*effect
	serial uint32
	given  Given
	same   int // the position from 1 that it had before, 0 where it has changed
}

// sessionsGiven returns what was given, in order, with its sessions. Those that no
// session asked for have one of their own.
func (w *withdrawal) sessionsGiven() ([]taken, error) {
	p := w.plan
	before := make(map[step]int, len(p.gave))
	for at, g := range p.gave {
		before[g.at] = at + 1
	}
	var list []taken
	of := make(map[uint32]*effect)
	for i := range w.effects {
		x := &w.effects[i]
		g, ok := x.what.(Given)
		if !ok {
			continue
		}
		t := taken{effect: x, given: g}
		if !w.changed(x) {
			t.same = before[x.at]
		}
		if err := w.sessionOf(&t); err != nil {
			return nil, err
		}
		if other, twice := of[t.serial]; twice {
			ids := []string{w.whole.at(int(other.at.entry)).Event.ID, w.whole.at(int(x.at.entry)).Event.ID}
			return nil, &EventError{
				Field: "Session", Value: p.idOf(t.serial).String(), Entries: ids, Err: ErrSettled,
				Want: "want a session that was given once: events " + strconv.Quote(ids[0]) + " and " + strconv.Quote(ids[1]) + " both say that it was",
			}
		}
		of[t.serial] = x
		list = append(list, t)
	}
	return list, nil
}

// sessionOf finds the session of a dose that was given, or makes one.
func (w *withdrawal) sessionOf(t *taken) error {
	p := w.plan
	if t.same > 0 {
		t.serial = p.gave[t.same-1].serial
		return nil
	}
	if !t.given.Session.IsZero() {
		i, err := w.find("Session", t.given.Session)
		if err != nil {
			return err
		}
		t.serial = p.slots[i].serial
		return nil
	}
	if err := t.given.check(w.edit); err != nil {
		return err
	}
	for i := range p.slots {
		s := &p.slots[i]
		if s.made != t.at {
			continue
		}
		t.serial = s.serial
		asked, err := w.added(Added{Date: t.given.Date, Phase: t.given.Phase})
		if err != nil {
			return err
		}
		if s.Target == asked.Target && t.given.Phase == "" || s.Target == asked.Target && s.Phase == asked.Phase {
			return nil
		}
		// It is asked for by what was given, which is another day or phase now.
		asked.start, asked.end = -1, -1
		s.set = &setting{placing: asked.placing, at: w.saidBy(t), before: s.set}
		if !s.took() { // else it keeps for now what it was given as
			s.place(asked.placing)
		}
		return nil
	}
	i, err := w.taking(t.given)
	if err != nil {
		return err
	}
	s := &p.slots[i]
	s.made, s.set = t.at, &setting{placing: s.placing, at: t.at}
	w.noted, t.serial = p.serials, s.serial
	return nil
}

// saidBy returns the step that says what was given: that of a correction, also where the
// entry itself holds again by it.
func (w *withdrawal) saidBy(t *taken) step {
	if said, corrected := w.now[t.at.entry]; corrected {
		return said.by
	}
	return w.step()
}

// lay lays what was given and what was missed over the sessions.
func (w *withdrawal) lay(list []taken) error {
	p, missed := w.plan, w.missed
	of := make(map[uint32]*taken, len(list))
	for i := range list {
		of[list[i].serial] = &list[i]
	}
	for i := range p.slots {
		s := &p.slots[i]
		t := of[s.serial]
		switch {
		case s.took() && (t == nil || t.same == 0):
			p.once = &onceGiven{p.gave[s.given-1], s.Session, s.dose, p.reached[s.given-1], s.start, s.end, p.once}
			s.uncover()
		case s.state == StateMissed && (missed[s.serial] == nil || t != nil):
			s.uncover()
		}
	}
	reached := p.reached
	p.given, p.gave, p.reached = nil, nil, nil
	at := make(map[uint32]int, len(list))
	for i := range list {
		t := &list[i]
		p.given = append(p.given, t.given.summed())
		p.gave = append(p.gave, gave{at: t.at, by: t.by, serial: t.serial})
		var level dose.Level
		if t.same > 0 {
			level = reached[t.same-1]
		}
		p.reached = append(p.reached, level)
		at[t.serial] = i + 1
	}
	for i := range p.slots {
		s := &p.slots[i]
		if s.took() {
			s.given = uint16(at[s.serial])
		}
	}
	w.afterAll()
	for i := range p.slots {
		s := &p.slots[i]
		x := missed[s.serial]
		if x == nil || s.state == StateMissed || s.withdrawn || of[s.serial] != nil {
			continue
		}
		w.remember(s)
		if t := s.saidBy(x.by, StateMissed); t != nil {
			p.missedAs(s, t)
		}
		if w.changed(x) {
			if err := x.what.(Missed).begun(w.edit, i); err != nil {
				return err
			}
		}
		s.state = StateMissed
	}
	for k := range list {
		if t := &list[k]; t.same == 0 {
			i := p.withSerial(t.serial)
			if err := w.cover(i, k+1, p.onceIn(t, &p.slots[i])); err != nil {
				return err
			}
		}
	}
	return nil
}

// missedAs lets a session be missed as it was when that was said: on that day, and with
// the target, the phase and the dose that it had on it.
func (p *Plan) missedAs(s *slot, t *told) {
	had := func(u *setting) bool { return t.dose < 0 || p.doses.at(t.dose).phase == u.Phase }
	for u := s.set; u != nil && !t.left; u = u.before {
		if u.day == t.day && u.start == t.start && !u.left && had(u) {
			s.Session, s.dose = u.Session, t.dose
			break
		}
	}
	s.day, s.start, s.end, s.left = t.day, t.start, t.end, t.left
}

// onceIn returns what a session kept when it was given by the same step last, nil where
// it never was. One that is asked for by what was given kept it for that day and phase.
func (p *Plan) onceIn(t *taken, s *slot) *onceGiven {
	for once := p.once; once != nil; once = once.before {
		if once.at == t.at && once.serial == t.serial && (s.made != t.at || s.Target == once.asked.Target && s.Phase == once.asked.Phase) {
			return once
		}
	}
	return nil
}

// afterAll finds again which entries said of sessions and visits that they were missed
// or cancelled that took place all the same.
func (w *withdrawal) afterAll() {
	p := w.plan
	p.afterwards = nil
	said := make(map[ID]int32)
	after := func(of, about ID, by int32) {
		if entry, ok := said[of]; ok {
			p.afterwards = append(p.afterwards, afterAll{entry: entry, by: by, session: about})
			delete(said, of)
		}
	}
	for i := range w.effects {
		x := &w.effects[i]
		switch what := x.what.(type) {
		case Missed:
			after(what.Session, what.Session, x.at.entry)
			said[what.Session] = x.at.entry
		case Cancelled, VisitMissed:
			for _, id := range about(what) {
				said[id] = x.at.entry
			}
		case Given:
			after(what.Session, what.Session, x.at.entry)
		case VisitDone:
			if at := p.visitAt(what.Visit); at >= 0 {
				after(what.Visit, p.visits[at].SessionID, x.at.entry)
			}
		case VisitMoved:
			delete(said, what.Visit)
		}
	}
}
