package schedule

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// Weighings returns the weights that the plan knows of, by date.
func (p *Plan) Weighings() iter.Seq[Weighing] { return slices.Values(p.weighings.slice()) }

// Wishes returns what suits the patient, as of the last event. Appointments are
// those of the request.
func (p *Plan) Wishes() Wishes { return p.wishes.clone() }

// Height returns the patient's height as it was measured last, zero where it is not
// known.
func (p *Plan) Height() dose.Height { return p.heightOn(1<<31 - 1) }

// Sex returns the patient's sex, zero where it is not known.
func (p *Plan) Sex() dose.Sex { return p.sex }

// Plausible returns the measurements that the plan accepts.
func (p *Plan) Plausible() dose.Plausibility { return *p.plausible }

// Accepted returns the findings that somebody accepted, in the order in which
// that became known, with the present numbers of their sessions.
func (p *Plan) Accepted() iter.Seq[Acceptance] {
	return func(yield func(Acceptance) bool) {
		for _, accepted := range p.accepted.all() {
			a := *accepted
			// A request accepts by a number that the plan may not reach: nothing
			// was accepted then.
			at := slices.IndexFunc(p.slots, func(s slot) bool { return int(s.serial) == a.Session })
			if at < 0 {
				continue
			}
			if a.Session = at + 1; !yield(a) {
				return
			}
		}
	}
}

// Key returns the key from which the ids of the plan's sessions are derived.
func (p *Plan) Key() Key { return p.request.Key }

// Grid returns the step of start times, zero in the plan of a [Record], whose
// times nobody chose.
func (p *Plan) Grid() time.Duration { return p.grid }

// Number returns the number of the session in its phase, counted from 1, which
// decides its dose and how long the patient is watched. A session that makes up
// for another has that one's number, and one that was added outside the cadence
// the number that its phase had reached.
func (s Session) Number() int { return int(s.slot().Number) }

// Visit returns what the session consists of, by the protocol it was given under
// or is planned under.
func (s Session) Visit() protocol.Visit { return s.visit().Clone() }

// visit returns the visit without copying what it holds.
func (s Session) visit() *protocol.Visit { return &s.plan.phases[s.slot().Phase].Visit }

// Length returns how long the visit takes by the protocol, from arrival to
// departure. What took place may have taken longer: [Session.End] tells.
func (s Session) Length() time.Duration {
	return time.Duration(s.slot().Minutes) * time.Minute
}

// Protocol returns the protocol that the session was given under, or is planned
// under where it was not given. After another was adopted or switched to they differ.
func (s Session) Protocol() *protocol.Protocol {
	return s.plan.tenureOf(s.slot().Phase).protocol
}

// Treatment returns how many treatments the plan had before that of the session: 0 for
// the one that it was built for, and one more for each protocol that it was switched to
// ([Switched]). A version that was [Adopted] goes on with the treatment before it.
func (s Session) Treatment() int { return s.plan.tenureOf(s.slot().Phase).treatment }

// prescribed says by which protocol the session is, where the plan has had several, and
// what is given there: "" where there is nothing to say.
func (s Session) prescribed() string {
	if len(s.plan.tenures) == 1 {
		return ""
	}
	words := []string{nameOf(s.Protocol()), s.Drug(), s.Route()}
	return strings.Join(slices.DeleteFunc(words, func(text string) bool { return text == "" }), ", ")
}

// ProtocolChanges returns how often the protocol of the session has become another
// while it was to come: by a version that was adopted, or since that was withdrawn. It
// never falls.
func (s Session) ProtocolChanges() int {
	n, now := 0, s.plan.said(s.index)
	for t := &now; t.before != nil; t = t.before {
		if t.version != t.before.version {
			n++
		}
	}
	return n
}

// FormerVisits returns what the session can have consisted of before: the visits that
// other versions of its protocol have in the phases that go on with its own, or that it
// goes on with.
func (s Session) FormerVisits() iter.Seq[protocol.Visit] {
	return func(yield func(protocol.Visit) bool) {
		p, own := s.plan, int(s.slot().Phase)
		for phase := range p.phases {
			if phase == own || p.goesOnUnder(phase, p.course.VersionOf(own)) != own && p.goesOnUnder(own, p.course.VersionOf(phase)) != phase {
				continue
			}
			if !yield(p.phases[phase].Visit.Clone()) {
				return
			}
		}
	}
}

// Drug returns what is given at the session, in the words of its own protocol: ""
// in a phase that gives no drug, and where the protocol names none.
func (s Session) Drug() string { return s.plan.gives[s.slot().Phase].drug }

// Route returns how the drug is given: the route of the phase's preparation where
// it has one, else what the protocol says in words. It is "" in a phase that
// gives no drug, and where neither says.
func (s Session) Route() string { return s.plan.gives[s.slot().Phase].route }

// An administered says what a phase gives and how, zero where it gives no drug. Rules and
// preparations are large: they are looked at once, not for each session.
type administered struct{ drug, route string }

func newAdministered(p *protocol.Protocol, phase *protocol.Phase) administered {
	switch {
	case phase.Dose.IsZero():
		return administered{}
	case !phase.Preparation.IsZero():
		return administered{p.Drug(), phase.Preparation.Route.String()}
	default:
		return administered{p.Drug(), p.Route()}
	}
}
