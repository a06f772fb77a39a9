package dose

import (
	"strings"
)

// A Rounding is a step and a mode: to which multiples a dose is rounded, and
// which way. It may have a second step, for the doses that the first would change
// by more than a stated percentage.
//
// The zero Rounding is "exact": the exact value is given. Values are comparable
// with ==.
type Rounding struct {
	step      Mass
	mode      Mode
	within    Percent // zero: no second step
	otherStep Mass
	otherMode Mode
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

// Within returns r for the doses that it changes by at most p, bound included,
// and otherwise for all others. It changes by more where it leaves no dose, or
// none within floor and cap. The error, if r or otherwise is exact or has a second
// step already, or p is none, is a [*RuleError].
func (r Rounding) Within(p Percent, otherwise Rounding) (Rounding, error) {
	for _, one := range [...]Rounding{r, otherwise} {
		if one.IsZero() || !one.within.IsZero() {
			return Rounding{}, &RuleError{"Rounding", one.String(), "one step and a mode", nil}
		}
	}
	if p.IsZero() {
		return Rounding{}, &RuleError{"Rounding", p.String(), "a percentage of more than 0 %", nil}
	}
	r.within, r.otherStep, r.otherMode = p, otherwise.step, otherwise.mode
	return r, nil
}

// ParseRounding reads a step and a mode such as "0.1 mg half up", or "exact"
// for the zero Rounding. A second step follows a percentage: "100 mg half up within
// 10 % else 1 mg half up". The error is a [*ParseError].
func ParseRounding(s string) (Rounding, error) {
	const (
		what       = "rounding"
		want       = `"exact", or a step and a mode such as "0.1 mg half up"`
		withinWord = " within "
		elseWord   = " else "
	)
	if s == "exact" {
		return Rounding{}, nil
	}
	first, rest, two := strings.Cut(s, withinWord)
	var r Rounding
	var err error
	if r.step, r.mode, err = parseStep(first, what, want, ParseMass); err != nil {
		return Rounding{}, inside(err, s, what, 0)
	}
	if !two {
		return r, nil
	}
	at := len(first) + len(withinWord)
	percent, other, ok := strings.Cut(rest, elseWord)
	if r.within, err = ParsePercent(percent); err != nil {
		return Rounding{}, inside(err, s, what, at)
	}
	if at += len(percent); !ok {
		return Rounding{}, &ParseError{what, cut(s, maxText), at, `" else " and a second step and mode`, ErrSyntax}
	}
	if r.otherStep, r.otherMode, err = parseStep(other, what, "a step and a mode", ParseMass); err != nil {
		return Rounding{}, inside(err, s, what, at+len(elseWord))
	}
	return r, nil
}

// MustRounding is like [ParseRounding] and panics on an error. It is for tests
// and for constants in code.
func MustRounding(s string) Rounding { return must(ParseRounding(s)) }

// Step returns the step; 0 mg if r is exact.
func (r Rounding) Step() Mass { return r.step }

// Mode returns the mode; 0 if r is exact.
func (r Rounding) Mode() Mode { return r.mode }

// Limit returns how far the step may change a dose before [Rounding.Otherwise] is
// used; zero if there is no second step.
func (r Rounding) Limit() Percent { return r.within }

// Otherwise returns the second step and its mode; the zero Rounding if there is
// none.
func (r Rounding) Otherwise() Rounding { return Rounding{step: r.otherStep, mode: r.otherMode} }

// first returns the first step and its mode.
func (r Rounding) first() Rounding { return Rounding{step: r.step, mode: r.mode} }

// last returns the step that has to give a dose, since none comes after it.
func (r Rounding) last() Rounding {
	if r.within.IsZero() {
		return r
	}
	return r.Otherwise()
}

// IsZero reports whether r is exact.
func (r Rounding) IsZero() bool { return r == Rounding{} }

// String returns the canonical text: "0.1 mg half up" or "exact".
func (r Rounding) String() string { return string(r.append(make([]byte, 0, 48))) }

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
	b = append(b, r.mode.String()...)
	if r.within.IsZero() {
		return b
	}
	b = append(r.within.append(append(b, " within "...)), " else "...)
	return r.Otherwise().append(b)
}

// multiple returns the nearest multiple of the step that is not above m (Down)
// or not below it (Up).
func (r Rounding) multiple(m Mass, mode Mode) (Mass, error) {
	mg, ok := quo(m.mg, whole(1), r.step.mg, mode)
	if !ok || !within(mg, MaxMass) {
		return Mass{}, massRange("a dose rounded to " + Rounding{step: r.step, mode: mode}.String())
	}
	return Mass{mg: mg}, nil
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
