package schedule

import "strconv"

// A ShortWeek says what [Build] does when the clinic's calendar has no room for
// a session. The zero ShortWeek is Refuse. Whatever a policy changes is a
// finding of the plan.
type ShortWeek uint8

// The policies.
const (
	// Refuse: a session that cannot be placed is a [*BuildError].
	Refuse ShortWeek = iota
	// Drop: sessions may be left out. The fewest are; then the placement is
	// the best one, a session that is left out counting as earlier than any
	// date. Targets stay, and so do ordinals.
	Drop
	// Postpone: when a session is blocked, everything from the first session
	// of its week, or from itself where it is not in a weekly segment, moves
	// seven days later with targets and windows as they stand. That is done at
	// most 26 times; then the [*BuildError] is that of the moved plan. Until
	// is applied before anything moves.
	Postpone
	// Carry: weekly counts are ceilings. A week takes as many sessions as can
	// be placed together with all before it, and a segment goes on for at most
	// 26 further weeks at its last count until its total is reached; later
	// segments begin after it, and Until is applied to the carried targets. What
	// is left of a week that is planned with five or more stays on consecutive
	// days. A session of any other segment that cannot be placed is refused. A
	// cadence with a week of rest is planned as under Refuse.
	Carry
)

// String returns the name of the policy: "refuse", "drop", "postpone" or
// "carry".
func (s ShortWeek) String() string {
	switch s {
	case Refuse:
		return "refuse"
	case Drop:
		return "drop"
	case Postpone:
		return "postpone"
	case Carry:
		return "carry"
	default:
		return "%!ShortWeek(" + strconv.Itoa(int(s)) + ")"
	}
}

// ParseShortWeek reads what [ShortWeek.String] writes. Anything else is a
// [*ParseError].
func ParseShortWeek(s string) (ShortWeek, error) { return parseNamed("short week", s, Refuse, Carry) }

// MarshalText returns what [ShortWeek.String] returns. The error is a
// [*ParseError] for a value that is no policy.
func (s ShortWeek) MarshalText() ([]byte, error) { return marshalNamed(s, ParseShortWeek) }

// UnmarshalText reads what [ParseShortWeek] reads.
func (s *ShortWeek) UnmarshalText(text []byte) error { return unmarshalText(s, text, ParseShortWeek) }
