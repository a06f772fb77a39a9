package schedule

import "strconv"

// A Verdict is what somebody who knows a result says of it: whether sessions that need it
// can go on. No result is judged by this package. The zero Verdict is none.
type Verdict uint8

// The verdicts.
const (
	VerdictOK    Verdict = iota + 1 // sessions that need the result can go on
	VerdictNotOK                    // they cannot
)

// String returns "ok" or "not ok".
func (v Verdict) String() string {
	switch v {
	case VerdictOK:
		return "ok"
	case VerdictNotOK:
		return "not ok"
	default:
		return "%!Verdict(" + strconv.Itoa(int(v)) + ")"
	}
}

// ParseVerdict reads "ok" or "not ok". Anything else is a [*ParseError].
func ParseVerdict(s string) (Verdict, error) {
	return parseNamed("verdict", s, VerdictOK, VerdictNotOK)
}

// MarshalText returns what [Verdict.String] returns. The error is a [*ParseError] for a
// value that is none of the verdicts.
func (v Verdict) MarshalText() ([]byte, error) { return marshalNamed(v, ParseVerdict) }

// UnmarshalText reads what [ParseVerdict] reads.
func (v *Verdict) UnmarshalText(text []byte) error { return unmarshalText(v, text, ParseVerdict) }
