package schedule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
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

func (a Adopted) apply(e *edit) error {
	p, next := e.plan, a.Protocol
	switch {
	case next == nil || next.Digest().IsZero():
		return e.refuse(ErrEvent, "Protocol", "", "want a protocol made by Spec.Compile")
	case next.Digest() == p.protocol.Digest():
		return e.refuse(ErrEventTwice, "Protocol", nameOf(next), "want another protocol than the one that holds")
	case next.Cadence().Endless() && p.until == 0:
		return e.refuse(ErrEvent, "Protocol", nameOf(next), "want a cadence with an end, since the plan has no last day")
	case a.Who == "":
		return e.refuse(ErrEvent, "Who", "", "want who decided")
	}
	from := 0
	for from < len(p.slots) && !p.slots[from].pending() && p.slots[from].state != StateHeld {
		from++
	}
	tail := p.tail(from)
	old, err := p.expander().run()
	if err != nil {
		return e.refuse(err, "Protocol", "", err.Error())
	}
	done := 0 // sessions of the cadence that are settled and not made up for
	for i := range from {
		if s := &p.slots[i]; !s.Extra && !s.Again && !s.replaced {
			done++
		}
	}
	oldPhases := p.phases
	e.adopt(next)
	fresh, err := p.expander().run()
	if err != nil {
		return e.refuse(err, "Protocol", nameOf(next), err.Error())
	}
	at := min(done, len(fresh))
	// A session that was added repeats the number that its phase had reached.
	if next := slices.IndexFunc(tail, func(s slot) bool { return !s.Extra }); next >= 0 {
		s := &tail[next]
		at = p.goOn(fresh, oldPhases[s.Phase].Name, int(s.Number), at)
		if at < len(fresh) {
			p.moveTo(fresh[at:], e.firstAfter(s, from, at, old, fresh))
		}
	}
	fresh = fresh[at:]
	if len(fresh) > 0 {
		first := fresh[0].Target
		for first+fresh[0].Latest-fresh[0].Target < e.today {
			first += 7 // a target whose window is past would have no day
		}
		p.moveTo(fresh, first)
		if fresh, err = e.fill(fresh); err != nil {
			return err
		}
	}
	// Sessions that were added are none of the cadence: they stay, by the rule
	// that now holds.
	for _, s := range tail {
		if !s.Extra {
			continue
		}
		if phase := p.phaseNamed(oldPhases[s.Phase].Name); phase >= 0 {
			s.Phase = uint16(phase)
			s.Minutes = uint16(p.phases[phase].Visit.LengthOf(int(s.Number)).Minutes())
		}
		fresh = append(fresh, s)
	}
	byTarget(fresh)
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

// firstAfter returns the target that the first session under another version has:
// that which the session in its place had, unless the versions differ in its
// distance from the session before. Then it is the distance of the new one from
// where that session was.
func (e *edit) firstAfter(s *slot, from, at int, old, fresh []slot) int32 {
	p, before := e.plan, -1
	for i := range from {
		if t := &p.slots[i]; !t.Extra && !t.replaced && t.state != StateCancelled {
			before = i
		}
	}
	if before < 0 || at == 0 {
		return s.Target
	}
	was := s.Target - p.slots[before].Target
	if i := slices.IndexFunc(old, func(o slot) bool { return o.Phase == s.Phase && o.Number == s.Number }); i > 0 {
		was = old[i].Target - old[i-1].Target
	}
	now := fresh[at].Target - fresh[at-1].Target
	if now == was {
		return s.Target
	}
	if segment := p.segment(int(fresh[at].Segment)); segment.Interval().Unit() == protocol.Months && fresh[at-1].Segment == fresh[at].Segment {
		return civil.Day(after(civil.Date(p.slots[before].Target), segment.Interval(), 1))
	}
	return p.slots[before].Target + now
}

// nameOf returns the id and the version of a protocol that has one.
func nameOf(p *protocol.Protocol) string { return strings.TrimSpace(p.ID() + " " + p.Version()) }

// adopt makes another protocol hold. Its phases and segments come after those of
// the versions before it, which settled sessions belong to.
func (e *edit) adopt(next *protocol.Protocol) {
	p := e.plan
	p.former = append(slices.Clip(p.former), formerProtocol{p.protocol, len(p.phases)})
	p.protocol = next
	p.firstPhase, p.firstSegment = len(p.phases), len(p.segments)
	p.phases, p.segments = slices.Clone(p.phases), slices.Clone(p.segments)
	for _, phase := range next.Phases() {
		p.phases = append(p.phases, phase)
	}
	for _, segment := range next.Cadence().Segments() {
		p.segments = append(p.segments, segment)
	}
	p.limits = slices.Collect(next.Cumulative())
	p.gates = slices.Collect(next.Gates())
	p.followUps = slices.Collect(next.FollowUps())
}

// goOn returns the position in the sessions of a protocol at which a plan goes on
// that has reached a number in the phase with a name, or otherwise a number of
// sessions.
func (p *Plan) goOn(fresh []slot, name string, number, reached int) int {
	phase := p.phaseNamed(name)
	if phase < 0 {
		return reached
	}
	for i := range fresh {
		if s := &fresh[i]; int(s.Phase) == phase && int(s.Number) >= number || int(s.Phase) > phase {
			return i
		}
	}
	return len(fresh)
}

// historyOf returns the lines of the history that name a session.
func (p *Plan) historyOf(s Session) []string {
	var lines []string
	for _, entry := range p.history {
		if about(entry.Event.What) != s.ID() {
			continue
		}
		line := civil.Format(civil.Of(entry.AsOf, p.zone)) + ": " + entry.Event.What.kind()
		if g, ok := entry.Event.What.(Given); ok {
			line += " on " + dayText(g.Date)
			if !g.Dose.IsZero() {
				line += ", " + g.Dose.String()
			}
		}
		if reason := reasonOf(entry.Event.What); reason != "" {
			line += " (" + reason + ")"
		}
		lines = append(lines, line+", event "+strconv.Quote(entry.Event.ID))
	}
	return lines
}

// about returns the session that an event names, zero for none.
func about(h Happening) ID {
	switch h := h.(type) {
	case Given:
		return h.Session
	case Missed:
		return h.Session
	case Cancelled:
		return h.Session
	case Moved:
		return h.Session
	case Added:
		return h.For
	case Held:
		return h.Session
	case Shifted:
		return h.Session
	case Reanchored:
		return h.Session
	case Appended:
		return h.Session
	case Restarted:
		return h.Session
	case SteppedBack:
		return h.Session
	case Accepted:
		return h.Session
	default:
		return ID{}
	}
}

// reasonOf returns the reason that an event gives, "" for none.
func reasonOf(h Happening) string {
	switch h := h.(type) {
	case Given:
		return h.Reason
	case Missed:
		return h.Reason
	case Cancelled:
		return h.Reason
	case Moved:
		return h.Reason
	case Added:
		return h.Reason
	case Held:
		return h.Reason
	case Resumed:
		return h.Reason
	case Shifted:
		return h.Reason
	case Reanchored:
		return h.Reason
	case Appended:
		return h.Reason
	case Restarted:
		return h.Reason
	case SteppedBack:
		return h.Reason
	case Decided:
		return h.Reason
	case Accepted:
		return h.Reason
	case Adopted:
		return h.Reason
	default:
		return ""
	}
}
