package schedule

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// Adopted says that another version of the protocol, with the same id, holds for the
// sessions to come. They go on where the plan is, in the phase of the same name or in
// the one that Phases says: with the session of that number or, where the version has
// fewer, with the phase after it. Ids stay with the number in the phase. The target of
// the first stays, unless the version has another distance to the session before; then
// it is that far after it. Sessions that were [Added] stay, with the visit and the dose
// that the version has in the phase that goes on with theirs, if it has one. What
// happened stays with the version that it happened under. After a stop the first
// session that the stop cancelled is the one that the plan goes on with.
//
// To see first which sessions would change, apply it and compare the plans with
// [Plan.Diff]. Another protocol is begun with [Switched].
type Adopted struct {
	// Protocol is the other version. In files it is named by its digest.
	Protocol *protocol.Protocol
	// Phases says in which phase of the version one of those still to come goes on,
	// name by name. One of the same name need not be there. Every phase still to come
	// goes on in another, in the same order.
	Phases map[string]string
	// Reason and Who say why and who decided. Who is required, and after a stop a
	// reason.
	Reason, Who string
}

func (Adopted) kind() string { return "adopted" }

func (a Adopted) fields(f *objectFields) Happening {
	f.protocol("protocol", &a.Protocol)
	f.pairs("phases", &a.Phases)
	f.reason(&a.Reason, may)
	f.text("who", &a.Who, must)
	return unlessWritten(f, a)
}

func (a Adopted) describe() string {
	if a.Protocol == nil {
		return "another protocol adopted"
	}
	var text strings.Builder
	text.WriteString("adopted" + quoted(nameOf(a.Protocol)))
	for i, old := range slices.Sorted(maps.Keys(a.Phases)) {
		separator := ","
		if i == 0 {
			separator = ":"
		}
		text.WriteString(separator + quoted(old) + " goes on as" + quoted(a.Phases[old]))
	}
	return text.String()
}

func (a Adopted) apply(e *edit) error {
	p, next := e.plan, a.Protocol
	switch {
	case next == nil || next.Digest().IsZero():
		return e.refuse(ErrEvent, "Protocol", "", "want a protocol made by Spec.Compile")
	case next.Digest() == p.protocol.Digest():
		return e.refuse(ErrEventTwice, "Protocol", nameOf(next), "want another protocol than the one that holds")
	case next.ID() != p.protocol.ID():
		return e.refuse(ErrEvent, "Protocol", nameOf(next), "want another version of "+strconv.Quote(p.protocol.ID())+": another protocol is switched to")
	case next.Cadence().Endless() && p.course.Until == 0:
		return e.refuse(ErrEvent, "Protocol", nameOf(next), "want a cadence with an end, since the plan has no last day")
	case a.Who == "":
		return e.refuse(ErrEvent, "Who", "", "want who decided")
	}
	stopped := p.stopped()
	from, tail := e.unsettled(stopped)
	reached := course.Reached{Old: &e.old.course, Today: e.today}
	for i := range from {
		s := &p.slots[i]
		if s.replaced || !p.going(s.Phase) {
			continue
		}
		// What makes up for a session counts in its place, as nothing else does that
		// is more than the cadence has.
		if !s.Extra && !s.Again || s.makesUp > 0 {
			reached.Done++
			if of := &p.standsFor(s).Session; reached.Last == nil || e.beyond(of, reached.Last) {
				reached.Last = of
			}
		}
		if !s.Extra && s.state != StateCancelled {
			reached.Before = &s.Session
		}
	}
	if len(tail) == 0 && from < len(p.slots) { // what a stop cancelled
		next := p.slots[from].Session
		reached.Next = &next
	}
	goOn, err := a.goOn(e, e.toCome(from, stopped))
	if err != nil {
		return err
	}
	e.adopt(next, goOn)
	reached.Phase = p.goesOnIn
	list, err := p.course.Continue(p.asked, reached, sessions(tail))
	if err != nil {
		err = e.refuseCourse("Session", err)
		return e.refuse(err, "Protocol", nameOf(next), err.Error())
	}
	fresh := retail(tail, list, anyone)
	e.close()
	e.supersede(from)
	for i := from; stopped && i < len(p.slots); i++ {
		s := &p.slots[i]
		s.replaced = s.replaced || s.state == StateCancelled && !s.Extra
	}
	return e.replan(from, fresh, e.today)
}

// standsFor returns the session of the cadence that one makes up for, or itself.
func (p *Plan) standsFor(s *slot) *slot {
	for s.makesUp > 0 {
		s = &p.slots[p.withSerial(s.makesUp)]
	}
	return s
}

// beyond reports whether a session is further in the cadence than another.
func (e *edit) beyond(s, other *course.Session) bool {
	in, of := e.plan.goesOnIn(int(s.Phase)), e.plan.goesOnIn(int(other.Phase))
	return in > of || in == of && s.Number > other.Number
}

// unsettled returns the position of the first session that is to come or held, with
// all that are. After a stop it is that of the first session of the cadence which was
// cancelled after everything that became of others.
func (e *edit) unsettled(stopped bool) (from int, tail []slot) {
	p := e.plan
	for from < len(p.slots) && !p.slots[from].pending() && p.slots[from].state != StateHeld {
		from++
	}
	if from < len(p.slots) || !stopped {
		return from, p.tail(from)
	}
	for i := len(p.slots) - 1; i >= 0; i-- {
		switch s := &p.slots[i]; {
		case s.state == StateGiven || s.state == StateMissed:
			return from, nil
		case s.state == StateCancelled && !s.Extra && !s.replaced && p.course.Has(int(s.Phase)):
			from = i
		}
	}
	return from, nil
}

// toCome returns the positions of the phases still to come, in order: those of the
// sessions from a position on, of a treatment that was stopped also where they were
// cancelled, and all that plan something after the first of them.
func (e *edit) toCome(from int, stopped bool) []int {
	p := e.plan
	first, end := p.course.PhasesOf(p.course.Holds())
	coming, reached := map[int]bool{}, end
	for i := from; i < len(p.slots); i++ {
		s := &p.slots[i]
		if s.Extra || s.replaced || !s.toCome() && !(stopped && s.state == StateCancelled) || !p.course.Has(int(s.Phase)) {
			continue
		}
		coming[int(s.Phase)] = true
		reached = min(reached, int(s.Phase))
	}
	if len(coming) == 0 && p.protocol.Cadence().AsNeeded() {
		for phase := first; phase < end; phase++ {
			if p.phases[phase].Cadence.AsNeeded() {
				reached = phase
			}
		}
	}
	var list []int
	for phase := first; phase < end; phase++ {
		if coming[phase] || phase >= reached && !p.phases[phase].Cadence.IsZero() {
			list = append(list, phase)
		}
	}
	return list
}

// goOn returns for each phase of the protocol that holds the one of the version that
// goes on with it, and refuses a version that has none for a phase still to come.
func (a Adopted) goOn(e *edit, coming []int) (map[int]int, error) {
	p := e.plan
	name := func(phase int) string { return p.phases[phase].Name }
	list := func(names []string) string {
		for i := range names {
			names[i] = strconv.Quote(names[i])
		}
		return strings.Join(names, ", ")
	}
	var old, has []string
	at := map[string]int{}
	for _, phase := range coming {
		old = append(old, name(phase))
	}
	for i, phase := range a.Protocol.Phases() {
		has, at[phase.Name] = append(has, phase.Name), len(p.phases)+i
	}
	goOn, taken := map[int]int{}, map[int]string{}
	var lacking []string
	for _, phase := range coming {
		to, mapped := a.Phases[name(phase)]
		if !mapped {
			to = name(phase)
		}
		next, ok := at[to]
		switch {
		case !ok && mapped:
			return nil, e.refuse(ErrEvent, "Phases", to, "want the name of a phase of "+nameOf(a.Protocol)+" to go on with "+strconv.Quote(name(phase))+": "+list(has))
		case !ok:
			lacking = append(lacking, name(phase))
		case taken[next] != "":
			return nil, e.refuse(ErrEvent, "Phases", to, "want each phase to go on with one of those still to come: both "+list([]string{taken[next], name(phase)})+" would go on in it")
		default:
			goOn[phase], taken[next] = next, name(phase)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(a.Phases)) {
		if !slices.Contains(old, key) {
			want := "want the name of a phase that is still to come"
			if len(old) > 0 {
				want += ": " + list(slices.Clone(old))
			}
			return nil, e.refuse(ErrEvent, "Phases", key, want)
		}
	}
	if len(lacking) > 0 {
		return nil, e.refuse(ErrEvent, "Phases", strings.Join(lacking, ", "), "want each phase still to come in "+nameOf(a.Protocol)+
			", or which of its phases goes on with it: "+list(has))
	}
	for i := 1; i < len(coming); i++ {
		if before, after := coming[i-1], coming[i]; goOn[before] > goOn[after] {
			return nil, e.refuse(ErrEvent, "Phases", name(after), "want the phases still to come in the order that they have: it is after "+strconv.Quote(name(before)))
		}
	}
	// What is over goes on in a phase of its name, which gates and numbers ask about.
	first, end := p.course.PhasesOf(p.course.Holds())
	for phase := first; phase < end; phase++ {
		if next, ok := at[name(phase)]; ok && taken[next] == "" {
			goOn[phase] = next
		}
	}
	return goOn, nil
}

// close notes of the gates at which another protocol was asked for that there is one.
func (e *edit) close() {
	p := e.plan
	p.decided = slices.Clone(p.decided)
	for i := range p.decided {
		p.decided[i].open = false
	}
}

// supersede notes of the sessions from a position on that were left out that a
// course planned anew has them again.
func (e *edit) supersede(from int) {
	for i := from; i < len(e.plan.slots); i++ {
		if s := &e.plan.slots[i]; s.left {
			s.replaced = true
		}
	}
}

// nameOf returns the id and the version of a protocol that has one.
func nameOf(p *protocol.Protocol) string { return strings.TrimSpace(p.ID() + " " + p.Version()) }

// adopt makes another version hold. Of each phase of the one that held it says which
// goes on with it.
func (e *edit) adopt(next *protocol.Protocol, goOn map[int]int) {
	p := e.plan
	now := *p.tenure()
	now.protocol, now.goOn, now.from = next, goOn, p.course.Holds()
	e.hold(now, p.course.Adopt(next))
}

// hold makes the last version of a course hold.
func (e *edit) hold(t tenure, c course.Course) {
	p := e.plan
	p.tenures = append(slices.Clip(p.tenures), t)
	p.protocol, p.course = t.protocol, c
	p.rule()
}
