package dose

import (
	"strings"
)

// A Rounding is a step and a mode: to which multiples a dose is rounded, and
// which way.
//
// The zero Rounding is "exact": the exact value is given. Values are comparable
// with ==.
type Rounding struct {
	step Mass
	mode Mode
}

// NewRounding returns the rounding to multiples of step. The error, for a zero
// step or an unknown mode, is a [*RuleError].
func NewRounding(step Mass, mode Mode) (Rounding, error) {
	if step.IsZero() {
		return Rounding{}, &RuleError{"Rounding", step.String(), "a step of more than 0 mg", nil}
	}
	if !mode.valid() {
		return Rounding{}, &RuleError{"Rounding", mode.String(), "half up, half even, down or up", nil}
	}
	return Rounding{step: step, mode: mode}, nil
}

// ParseRounding reads a step and a mode such as "0.1 mg half up", or "exact"
// for the zero Rounding. The error is a [*ParseError].
func ParseRounding(s string) (Rounding, error) {
	if s == "exact" {
		return Rounding{}, nil
	}
	step, mode, err := parseStep(s, "rounding", `"exact", or a step and a mode such as "0.1 mg half up"`, ParseMass)
	return Rounding{step: step, mode: mode}, err
}

// MustRounding is like [ParseRounding] and panics on an error. It is for tests
// and for constants in code.
func MustRounding(s string) Rounding { return must(ParseRounding(s)) }

// Step returns the step; 0 mg if r is exact.
func (r Rounding) Step() Mass { return r.step }

// Mode returns the mode; 0 if r is exact.
func (r Rounding) Mode() Mode { return r.mode }

// IsZero reports whether r is exact.
func (r Rounding) IsZero() bool { return r == Rounding{} }

// String returns the canonical text: "0.1 mg half up" or "exact".
func (r Rounding) String() string { return string(r.append(nil)) }

// AppendText appends the text of [Rounding.String].
func (r Rounding) AppendText(b []byte) ([]byte, error) { return r.append(b), nil }

// MarshalText returns the text of [Rounding.String].
func (r Rounding) MarshalText() ([]byte, error) { return r.append(nil), nil }

// UnmarshalText reads what [ParseRounding] reads. On an error r is unchanged.
func (r *Rounding) UnmarshalText(text []byte) error { return unmarshal(r, text, ParseRounding) }

func (r Rounding) append(b []byte) []byte {
	if r.IsZero() {
		return append(b, "exact"...)
	}
	b = append(r.step.append(b), ' ')
	return append(b, r.mode.String()...)
}

// round returns m rounded to a multiple of the step.
func (r Rounding) round(m Mass) (Mass, error) {
	if r.IsZero() {
		return m, nil
	}
	mg, ok := quo(m.mg, whole(1), r.step.mg, r.mode)
	if !ok || !within(mg, MaxMass) {
		return Mass{}, massRange("a dose rounded to " + r.String())
	}
	return Mass{mg: mg}, nil
}

// multiple returns the nearest multiple of the step that is not above m (Down)
// or not below it (Up).
func (r Rounding) multiple(m Mass, mode Mode) (Mass, error) {
	return Rounding{step: r.step, mode: mode}.round(m)
}

// parseStep reads a quantity and a mode: "0.1 mg half up".
func parseStep[Q interface{ IsZero() bool }](
	s, what, want string, parse func(string) (Q, error),
) (Q, Mode, error) {
	var none Q
	fail := func(at int, want string) (Q, Mode, error) {
		return none, 0, &ParseError{what, cut(s, maxText), at, want, ErrSyntax}
	}
	if len(s) > maxText {
		return fail(maxText, "at most 64 bytes")
	}
	_, rest, ok := strings.Cut(s, " ")
	if !ok {
		return fail(0, want)
	}
	at := len(s) - len(rest)
	n := strings.IndexByte(rest, ' ')
	if n < 0 {
		return fail(len(s), want)
	}
	step, err := parse(s[:at+n])
	if err != nil {
		return none, 0, inside(err, s, what, 0)
	}
	if step.IsZero() {
		return fail(0, "a step of more than 0")
	}
	mode, err := ParseMode(rest[n+1:])
	if err != nil {
		return none, 0, inside(err, s, what, at+n+1)
	}
	return step, mode, nil
}
