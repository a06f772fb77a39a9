package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/protocol"
)

// A Standing says what has become of a treatment as a whole. The zero Standing is
// invalid.
type Standing uint8

// The standings. The first that is true of a plan, in the order stopped, on hold,
// run out, completed, active, is its standing.
const (
	Active    Standing = iota + 1 // goes on
	OnHold                        // the first session that is not settled is held
	Stopped                       // a gate or somebody stopped it, and nothing was planned since
	Completed                     // nothing is to come, overdue or held, and none may come as needed
	RunOut                        // a cadence without end has no session to come up to its horizon
)

// String returns the name of the standing, such as "on hold".
func (s Standing) String() string {
	switch s {
	case Active:
		return "active"
	case OnHold:
		return "on hold"
	case Stopped:
		return "stopped"
	case Completed:
		return "completed"
	case RunOut:
		return "run out"
	default:
		return "%!Standing(" + strconv.Itoa(int(s)) + ")"
	}
}

// ParseStanding reads what [Standing.String] writes. Anything else is a
// [*ParseError].
func ParseStanding(s string) (Standing, error) { return parseNamed("standing", s, Active, RunOut) }

// MarshalText returns what [Standing.String] returns. The error is a [*ParseError]
// for a value that is no standing.
func (s Standing) MarshalText() ([]byte, error) { return marshalNamed(s, ParseStanding) }

// UnmarshalText reads what [ParseStanding] reads.
func (s *Standing) UnmarshalText(text []byte) error { return unmarshalText(s, text, ParseStanding) }

// Standing returns what has become of the treatment as a whole, by what the plan
// knows as of its last event.
func (p *Plan) Standing() Standing {
	first := StateGiven // the state of the first session that is not settled
	for i := range p.slots {
		if s := &p.slots[i]; s.pending() || s.state == StateHeld {
			first = p.state(i)
			break
		}
	}
	unsettled := first != StateGiven
	switch {
	case p.stopped():
		return Stopped
	case first == StateHeld:
		return OnHold
	case p.course.Endless() && p.toCome() == 0:
		return RunOut
	case !unsettled && !p.protocol.Cadence().AsNeeded():
		return Completed
	default:
		return Active
	}
}

// stopped reports whether the treatment was stopped and nothing was planned since.
func (p *Plan) stopped() bool { return p.stoppedFor(true) }

// stoppedFor reports whether the treatment was stopped and nothing was planned since;
// a session that was only added ends that if told so: the cadence does not go on with
// it.
func (p *Plan) stoppedFor(added bool) bool {
	if !slices.ContainsFunc(p.slots, func(s slot) bool { return s.state == StateCancelled }) &&
		!slices.ContainsFunc(p.decided, func(d decision) bool { return d.then == protocol.Stop }) {
		return false // without a look at the journal
	}
	for x := range p.holdingBackward() {
		switch what := x.what.(type) {
		case Cancelled:
			if what.Rest {
				return true
			}
		case Decided:
			if what.Then == protocol.Stop {
				return true
			}
		case Adopted, Switched, Restarted:
			return false
		case Added:
			if added {
				return false
			}
		}
	}
	return false
}

// MakesUpFor returns the id of the session that this one makes up for, and false
// where it makes up for none.
func (s Session) MakesUpFor() (ID, bool) {
	if serial := s.slot().makesUp; serial != 0 {
		return s.plan.idOf(serial), true
	}
	return ID{}, false
}

// RecordedBy returns who recorded that the session was given, "" where nobody did
// or it is not known.
func (s Session) RecordedBy() string {
	if at := s.slot().given; at > 0 && !s.plan.recorded() {
		return s.plan.journal.at(int(s.plan.gave[at-1].by)).Event.RecordedBy
	}
	return ""
}
