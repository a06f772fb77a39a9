package schedule

import (
	"slices"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/course"
)

// Adopted says that another version of the protocol holds for the sessions to
// come. They go on in the phase of the same name where the plan is: with the
// session of that number, or, where the version has fewer, with the phase after
// it. Its target stays, unless the version has another distance to the session
// before; then it is that far after it. Sessions that were [Added] stay, with the
// visit and the dose that the version has in the phase of the same name, if it has
// one. What happened stays with the version that it happened under.
//
// To see first which sessions would change, apply it and compare the plans with
// [Plan.Diff].
type Adopted struct {
	// Protocol is the other version. In files it is named by its digest.
	Protocol *protocol.Protocol
	// Reason and Who say why and who decided. Who is required.
	Reason, Who string
}

func (Adopted) kind() string { return "adopted" }

func (a Adopted) fields(f *objectFields) Happening {
	f.protocol("protocol", &a.Protocol)
	f.reason(&a.Reason, may)
	f.text("who", &a.Who, must)
	return a
}

func (a Adopted) describe() string {
	if a.Protocol == nil {
		return "another protocol adopted"
	}
	return "adopted" + quoted(nameOf(a.Protocol))
}

func (a Adopted) apply(e *edit) error {
	p, next := e.plan, a.Protocol
	switch {
	case next == nil || next.Digest().IsZero():
		return e.refuse(ErrEvent, "Protocol", "", "want a protocol made by Spec.Compile")
	case next.Digest() == p.protocol.Digest():
		return e.refuse(ErrEventTwice, "Protocol", nameOf(next), "want another protocol than the one that holds")
	case next.Cadence().Endless() && p.course.Until == 0:
		return e.refuse(ErrEvent, "Protocol", nameOf(next), "want a cadence with an end, since the plan has no last day")
	case a.Who == "":
		return e.refuse(ErrEvent, "Who", "", "want who decided")
	}
	from := 0
	for from < len(p.slots) && !p.slots[from].pending() && p.slots[from].state != StateHeld {
		from++
	}
	reached := course.Reached{Old: &e.old.course, Today: e.today}
	for i := range from {
		s := &p.slots[i]
		if s.Extra || s.replaced {
			continue
		}
		if !s.Again {
			reached.Done++
		}
		if s.state != StateCancelled {
			reached.Before = &s.Session
		}
	}
	tail := p.tail(from)
	e.adopt(next)
	list, err := p.course.Continue(p.asked, reached, sessions(tail))
	if err != nil {
		err = e.refuseCourse("Session", err)
		return e.refuse(err, "Protocol", nameOf(next), err.Error())
	}
	fresh := retail(tail, list, anyone)
	for i := range p.decided {
		if i == 0 {
			p.decided = slices.Clone(p.decided)
		}
		p.decided[i].open = false
	}
	e.supersede(from)
	return e.replan(from, fresh, e.today)
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

// adopt makes another protocol hold.
func (e *edit) adopt(next *protocol.Protocol) {
	p := e.plan
	p.former = append(slices.Clip(p.former), formerProtocol{p.protocol, len(p.phases)})
	p.protocol = next
	p.course = p.course.Adopt(next)
	p.rule()
}
