package schedule

import "strconv"

// A State says what has become of a session or of a visit. The zero State is
// invalid.
type State uint8

// The states.
const (
	StatePlanned     State = iota + 1 // to take place on its date
	StateProvisional                  // planned, but only if a decision before it is to go on
	StateGiven                        // took place
	StateMissed                       // did not take place
	StateCancelled                    // will not take place
	StateHeld                         // waits until the treatment is resumed
	StateLeftOut                      // has no date: [Drop] found no room for it
	StateDone                         // took place, of a companion or a follow-up
)

// String returns the name of the state, such as "planned" or "left out".
func (s State) String() string {
	switch s {
	case StatePlanned:
		return "planned"
	case StateProvisional:
		return "provisional"
	case StateGiven:
		return "given"
	case StateMissed:
		return "missed"
	case StateCancelled:
		return "cancelled"
	case StateHeld:
		return "held"
	case StateLeftOut:
		return "left out"
	case StateDone:
		return "done"
	default:
		return "%!State(" + strconv.Itoa(int(s)) + ")"
	}
}

// ParseState reads what [State.String] writes. Anything else is a [*ParseError].
func ParseState(s string) (State, error) { return parseNamed("state", s, StatePlanned, StateDone) }

// MarshalText returns what [State.String] returns. The error is a [*ParseError]
// for a value that is no state.
func (s State) MarshalText() ([]byte, error) { return marshalNamed(s, ParseState) }

// UnmarshalText reads what [ParseState] reads.
func (s *State) UnmarshalText(text []byte) error { return unmarshalText(s, text, ParseState) }
