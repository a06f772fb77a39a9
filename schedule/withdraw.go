package schedule

import (
	"maps"
	"slices"
	"strings"

	"github.com/regimen-go/regimen/internal/civil"
)

// A withdrawal is what a correction changes of what holds.
type withdrawal struct {
	*edit
	whole    journal // with the correction
	was, now words
	lost     map[step]bool      // what held before and does not any more
	effects  []effect           // everything that holds now
	missed   map[uint32]*effect // by the serials of their sessions
}

// compare finds out what does not hold any more, and what holds.
func (w *withdrawal) compare() {
	w.lost = make(map[step]bool)
	lose := func(entry int32, items int) {
		for k := range items {
			if at := (step{entry, int32(k)}); w.was.holds(w.old.journal, at) && !w.now.holds(w.whole, at) {
				w.lost[at] = true
			}
		}
	}
	for entry := range w.now {
		if _, isCorrection := w.whole.at(int(entry)).Event.What.(Corrected); !isCorrection {
			lose(entry, 1)
		}
	}
	for _, entry := range w.old.corrections {
		lose(entry, len(w.whole.at(int(entry)).Event.What.(Corrected).all()))
	}
	w.effects = w.now.holding(w.whole)
}

// changed reports whether what an effect says was not said before in its place.
func (w *withdrawal) changed(x *effect) bool {
	if int(x.at.entry) > w.old.journal.len() {
		return true
	}
	if x.by == x.at.entry {
		return !w.was.holds(w.old.journal, x.at)
	}
	return w.was[x.at.entry].by != w.now[x.at.entry].by
}

// independent refuses to withdraw what something was given in since.
func (w *withdrawal) independent() error {
	made := make(map[ID]step)
	for i := range w.old.slots {
		s := &w.old.slots[i]
		if w.lost[s.made] {
			made[w.old.id(i)] = s.made
		} else if at := w.old.adoptedBy(int(s.Phase)); w.lost[at] {
			made[w.old.id(i)] = at
		}
	}
	if len(made) == 0 {
		return nil
	}
	var of int32
	var ids []string
	for _, x := range w.effects {
		if g, ok := x.what.(Given); ok {
			if at, ok := made[g.Session]; ok && !g.Session.IsZero() {
				of = at.entry
				ids = append(ids, w.whole.at(int(x.at.entry)).Event.ID)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	id := w.whole.at(int(of)).Event.ID
	return &EventError{
		Field: "Of", Value: id, Entries: ids, Err: ErrDependants,
		Want: "want what was given since in what it made corrected in the same step: " + strings.Join(ids, ", "),
	}
}

// goBack takes back what the steps that are lost had set: of sessions to come, if
// they were the last to set it and all of it can go back together; of others always,
// though what is past keeps its day. What they made is cancelled.
func (w *withdrawal) goBack() {
	p := w.plan
	course, ofCourse := w.courseBefore()
	back := make(map[uint32]goingBack)
	groups := newGroups(w.lost)
	for i := range p.slots {
		s := &p.slots[i]
		if asked := w.asked(s); !asked && !s.took() {
			if !s.withdrawn {
				w.cancelMade(s)
			}
			continue
		} else if asked && s.withdrawn {
			w.madeAgain(s)
			continue
		}
		g := w.goingBack(s)
		toCome := s.toCome()
		for at := range g.over {
			if toCome {
				groups.fail(at, s.serial)
			}
		}
		if g.to == nil {
			continue
		}
		if toCome && g.to.placing != s.set.placing {
			back[s.serial] = g
			groups.join(g.steps, s.serial)
			continue
		}
		w.set(s, g)
	}
	for at, last := range ofCourse {
		if !last {
			groups.fail(at, 0)
		}
	}
	for _, group := range groups.all() {
		w.together(group, back, course, ofCourse)
	}
}

// asked reports whether what made a session holds. What was given in a session that was made
// for it is a fact, which may be of another session by now.
func (w *withdrawal) asked(s *slot) bool {
	if s.made.entry > 0 {
		if _, isFact := w.whole.at(int(s.made.entry)).Event.What.(fact); isFact {
			return s.took()
		}
	}
	return w.now.holds(w.whole, s.made)
}

// A goingBack is what a session goes back to.
type goingBack struct {
	to    *setting // nil where it stays as it is
	steps []step   // the lost steps that had set it
	// over has the lost steps that set something which another has set since.
	over map[step]bool
}

// goingBackTo returns what a session goes back to: what was set before the steps that
// do not hold any more, or the last of it that is enough.
func (w *withdrawal) goingBackTo(s *slot, enough func(*setting) bool) (g goingBack) {
	lost := func(at step) bool { return w.lost[at] }
	for t := s.set; t != nil && (g.to == nil || !enough(g.to)); {
		before, at, ok := t.sets(lost)
		if !ok && g.to != nil {
			// Below what is lost there may be what was withdrawn by what is lost.
			before, at, ok = t.sets(w.stillLost)
		}
		if !ok || before == nil {
			break
		}
		g.to = before
		if w.lost[at] {
			g.steps = append(g.steps, at)
		}
		t = before
	}
	return g
}

// goingBack returns what a session goes back to: what was set before the steps that
// do not hold any more.
func (w *withdrawal) goingBack(s *slot) goingBack {
	g := w.goingBackTo(s, func(*setting) bool { return false })
	top := g.to
	if top == nil {
		top = s.set
	}
	for t := top; t != nil; {
		t = t.root().before
		for u := t; u != nil; u = u.like {
			if w.lost[u.at] && (u.before == nil || u.before.placing != top.placing) {
				if g.over == nil {
					g.over = make(map[step]bool)
				}
				g.over[u.at] = true
			}
		}
	}
	return g
}

// stillLost reports whether a step does not hold, and what it had set is not what could
// not go back before.
func (w *withdrawal) stillLost(at step) bool {
	return !w.now.holds(w.whole, at) && !slices.ContainsFunc(w.old.unrestored, func(u unrestored) bool { return u.at == at })
}

// cancelMade cancels a session whose maker is withdrawn. One that was cancelled so
// before what is lost is as it was then.
func (w *withdrawal) cancelMade(s *slot) {
	if g := w.goingBackTo(s, func(t *setting) bool { return t.withdrawn }); g.to != nil && g.to.withdrawn {
		w.set(s, g)
		return
	}
	now := s.planned()
	now.state, now.left, now.withdrawn = StateCancelled, false, true
	now.replaced = true // nobody makes up for it, and no gate follows it
	s.placing = now
	by := w.step() // where its maker says something else again
	if !w.now.holds(w.whole, s.made) {
		by = w.now.cause(w.whole, s.made)
	}
	s.set = &setting{placing: now, at: by, before: s.set}
}

// madeAgain lets a session be as it was before its maker was withdrawn, which holds again.
func (w *withdrawal) madeAgain(s *slot) {
	to := s.set
	for to.withdrawn && to.before != nil {
		to = to.before
	}
	for before, _, ok := to.sets(w.stillLost); ok && before != nil; before, _, ok = to.sets(w.stillLost) {
		to = before
	}
	w.set(s, goingBack{to: to, steps: []step{w.step()}})
	if w.missed[s.serial] != nil && s.pending() {
		s.state = StateMissed
	}
}

// set lets a session go back, under what facts say of it.
func (w *withdrawal) set(s *slot, g goingBack) {
	to := g.to.placing
	s.set = &setting{placing: to, at: w.now.cause(w.whole, g.steps[0]), before: s.set, like: g.to}
	switch {
	case s.took():
	case s.state == StateMissed && !to.withdrawn:
		s.replaced, s.makesUp = to.replaced, to.makesUp
	default:
		s.place(to)
	}
}

// together lets the sessions of a group of steps go back, or none of them.
func (w *withdrawal) together(g *group, back map[uint32]goingBack, course *courseSetting, ofCourse map[step]bool) {
	p := w.plan
	kept, protocol, asked, courses, rules := slices.Clone(p.slots), p.protocol, p.course, p.courses, p.rules
	ok := !g.failed
	if ok && course != nil && slices.ContainsFunc(g.steps, func(at step) bool { return ofCourse[at] }) {
		w.restoreCourse(course, w.now.cause(w.whole, g.steps[0]))
	}
	var moved []int
	for i := range p.slots {
		s := &p.slots[i]
		if !g.sessions[s.serial] || !ok {
			continue
		}
		before := s.placing
		w.set(s, back[s.serial])
		if s.pending() && (s.day != before.day || s.start != before.start || s.end != before.end || before.state != 0 || before.left) {
			moved = append(moved, i)
		}
	}
	for _, i := range moved {
		ok = ok && w.lawful(i)
	}
	if ok {
		return
	}
	p.slots, p.protocol, p.course, p.courses, p.rules = kept, protocol, asked, courses, rules
	for _, at := range g.steps {
		stays := unrestored{at: at, by: w.now.cause(w.whole, at)}
		none := len(p.unrestored)
		for i := range p.slots {
			s := &p.slots[i]
			if b, goes := back[s.serial]; goes && slices.Contains(b.steps, at) || slices.Contains(g.over[at], s.serial) {
				stays.serial = s.serial
				p.unrestored = append(slices.Clip(p.unrestored), stays)
			}
		}
		if len(p.unrestored) == none { // of the course alone
			p.unrestored = append(slices.Clip(p.unrestored), stays)
		}
	}
}

// lawful reports whether a session could be planned where it is: not in the past, on a
// day that is open at its time and suits, with the gaps kept.
func (w *withdrawal) lawful(i int) bool {
	p, s := w.plan, &w.plan.slots[i]
	on := civil.Date(s.day)
	if s.day < w.today || s.start >= 0 && w.passed(s.day, timeOf(s.start)) || !p.patient.suitsDay(on) {
		return false
	}
	calendar := w.calendar()
	if s.start < 0 {
		if !calendar.Open(on) {
			return false
		}
	} else if _, ok := calendar.At(on, int(s.Minutes), int(s.start)); !ok {
		return false
	}
	for j := range p.slots {
		if other := &p.slots[j]; j != i && other.keepsApart() {
			if _, near := p.tooNear(s, s.day, other); near {
				return false
			}
		}
	}
	return true
}

// listed lists again what was chosen, accepted and decided.
func (w *withdrawal) listed() {
	p := w.plan
	p.name()
	serials := make(map[ID]uint32, len(p.idsBySerial))
	for at, id := range p.idsBySerial {
		serials[id] = uint32(at + 1)
	}
	p.chosen, p.accepted = nil, sharing(p.built.Accepted)
	adopted := int32(0)
	for _, x := range w.effects {
		if int(x.at.entry) > w.old.journal.len() {
			continue // is decided yet
		}
		switch what := x.what.(type) {
		case DoseChosen:
			p.chosen = append(p.chosen, what.chosen(serials[what.Session]))
		case Accepted:
			p.accepted = p.accepted.add(what.acceptance(serials[what.Session]))
		case Adopted, Switched:
			adopted = x.at.entry
		}
	}
	p.decided = slices.Clone(p.decided)
	for i := range p.decided {
		d := &p.decided[i]
		d.off = !w.now.holds(w.whole, d.at)
		d.open = d.asksForAnother() && d.at.entry > adopted
	}
}

// decide decides what is decided instead.
func (w *withdrawal) decide(c Corrected) error {
	w.note(w.at)
	for k, correction := range c.all() {
		if _, isFact := correction.Instead.(fact); isFact || correction.Instead == nil {
			continue
		}
		w.sort()
		w.plan.derive()
		w.at = step{int32(w.number()), int32(k)}
		if err := w.refuseStopped(correction.Instead); err != nil {
			return err
		}
		if err := correction.Instead.apply(w.edit); err != nil {
			return err
		}
		w.note(w.at)
	}
	w.at = w.step()
	return nil
}

// An unrestored is a step that does not hold any more, but what it had set could not
// go back.
type unrestored struct {
	at, by step
	serial uint32 // of a session that stays as it is, 0 for none
	visit  ID     // that stays as it is, zero for none
}

// A group are lost steps that have set the same sessions: they go back together.
type group struct {
	steps    []step
	sessions map[uint32]bool
	over     map[step][]uint32 // sessions that others have set since
	failed   bool
}

// groups joins steps by the sessions that they have set.
type groups map[step]*group

func newGroups(lost map[step]bool) groups {
	g := make(groups, len(lost))
	for at := range lost {
		g[at] = &group{steps: []step{at}, sessions: make(map[uint32]bool), over: make(map[step][]uint32)}
	}
	return g
}

func (g groups) join(steps []step, serial uint32) {
	one := g[steps[0]]
	one.sessions[serial] = true
	for _, at := range steps[1:] {
		other := g[at]
		if other == one {
			continue
		}
		one.steps = append(one.steps, other.steps...)
		maps.Copy(one.sessions, other.sessions)
		maps.Copy(one.over, other.over)
		one.failed = one.failed || other.failed
		for _, at := range other.steps {
			g[at] = one
		}
	}
}

func (g groups) fail(at step, serial uint32) {
	g[at].failed = true
	g[at].over[at] = append(g[at].over[at], serial)
}

// all returns the groups, that with the latest step first, each with its latest first.
func (g groups) all() []*group {
	latest := func(a, b step) int {
		if a.entry != b.entry {
			return int(b.entry - a.entry)
		}
		return int(b.item - a.item)
	}
	var list []*group
	for _, at := range slices.SortedFunc(maps.Keys(g), latest) {
		if one := g[at]; !slices.Contains(list, one) {
			list, one.steps = append(list, one), nil
		}
		g[at].steps = append(g[at].steps, at)
	}
	return list
}
