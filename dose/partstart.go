package dose

import "strings"

// A PartStart says when a [Part] begins: right after the part before it has ended, or
// some time after that, or some time after it has begun. Of the first part it says
// nothing: that begins with the administration.
//
// The zero PartStart is right after the part before: it has the empty text. Values are
// comparable with ==.
type PartStart struct {
	after Duration
	start bool // counted from the start of the part before
}

// AfterEnd is a time after the part before has ended.
func AfterEnd(d Duration) PartStart { return PartStart{after: d} }

// AfterStart is a time after the part before has begun. It has to have ended by then.
func AfterStart(d Duration) PartStart { return PartStart{after: d, start: true} }

// The ends of the text of a start.
const (
	afterEnd   = " after end"
	afterStart = " after start"
)

// ParsePartStart reads "10 min after end" or "2 h after start": of the part before. The
// error is a [*ParseError].
func ParsePartStart(s string) (PartStart, error) {
	during, start := strings.CutSuffix(s, afterStart)
	during, end := strings.CutSuffix(during, afterEnd)
	if start == end {
		return PartStart{}, &ParseError{"start of a part", cut(s, maxText), min(len(s), maxText), `a time and "after end" or "after start", such as "10 min after end"`, ErrSyntax}
	}
	d, err := ParseDuration(during)
	if err != nil {
		return PartStart{}, inside(err, s, "start of a part", 0)
	}
	return PartStart{d, start}, nil
}

// MustPartStart is like [ParsePartStart] and panics on an error. It is for tests and for
// constants in code.
func MustPartStart(s string) PartStart { return must(ParsePartStart(s)) }

// After returns the time that passes, and whether it is counted from the start of the
// part before; else it is counted from its end.
func (p PartStart) After() (d Duration, fromStart bool) { return p.after, p.start }

// IsZero reports whether p is right after the part before.
func (p PartStart) IsZero() bool { return p == PartStart{} }

// String returns the canonical text, as [ParsePartStart] reads it: "10 min after end"; ""
// for right after the part before.
func (p PartStart) String() string { return string(p.append(make([]byte, 0, 24))) }

// AppendText appends the text of [PartStart.String].
func (p PartStart) AppendText(b []byte) ([]byte, error) { return p.append(b), nil }

// MarshalText returns the text of [PartStart.String].
func (p PartStart) MarshalText() ([]byte, error) { return p.append(nil), nil }

// UnmarshalText reads what [ParsePartStart] reads; the empty text gives the zero
// PartStart. On an error p is unchanged.
func (p *PartStart) UnmarshalText(text []byte) error {
	return unmarshalOptional(p, text, ParsePartStart)
}

func (p PartStart) append(b []byte) []byte {
	switch {
	case p.IsZero():
		return b
	case p.start:
		return append(p.after.append(b), afterStart...)
	default:
		return append(p.after.append(b), afterEnd...)
	}
}
