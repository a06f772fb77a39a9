package protocol

import "strconv"

// A Climb says which of the levels of a phase is allowed next. The zero Climb is
// not stated.
type Climb uint8

// The ways to climb.
const (
	// ClimbFree: any level of the phase is allowed.
	ClimbFree Climb = iota + 1
	// ClimbByOne: at most one level above the one given last, for a session to
	// come the one planned before it, or any below. Before anything is given or
	// planned the level of the phase's own dose is the highest.
	ClimbByOne
)

// String returns "free" or "by one", "" where none is stated.
func (c Climb) String() string {
	switch c {
	case 0:
		return ""
	case ClimbFree:
		return "free"
	case ClimbByOne:
		return "by one"
	default:
		return "%!Climb(" + strconv.Itoa(int(c)) + ")"
	}
}

// A Follows says what the planned dose of a session follows. The zero Follows is
// not stated.
type Follows uint8

// What a planned dose follows.
const (
	// FollowsRule: the phase's own dose and its planned steps, whatever was
	// given.
	FollowsRule Follows = iota + 1
	// FollowsLastGiven: the level given last, also in the phase before, where
	// this phase has it; else the phase's own.
	FollowsLastGiven
)

// String returns "rule" or "last given", "" where none is stated.
func (f Follows) String() string {
	switch f {
	case 0:
		return ""
	case FollowsRule:
		return "rule"
	case FollowsLastGiven:
		return "last given"
	default:
		return "%!Follows(" + strconv.Itoa(int(f)) + ")"
	}
}
