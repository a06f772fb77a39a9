package dose

import (
	"strconv"
	"time"

	"github.com/govalues/decimal"
)

// MaxDuration is the largest [Duration], in s: 100 days.
const MaxDuration = 100 * 24 * 3600

// A Duration is a time of whole seconds, more than 0 and at most [MaxDuration]
// s: how long a dose is given. It is a type of its own, since a
// [time.Duration] is an integer that any constant converts to.
//
// The zero Duration is none: it has the empty text. Values are comparable with
// ==.
type Duration struct{ s decimal.Decimal }

func durationDimension() dimension {
	return dimension{
		what:  "duration",
		units: [6]unit{{"s", 1, 0}, {"min", 60, 0}, {"h", 3600, 0}},
		limit: MaxDuration, positive: true,
	}
}

// ParseDuration reads a time such as "40 min", "1.5 h" or "90 s". The number is
// as for [ParseMass], not zero, and comes to whole seconds. The error is a
// [*ParseError].
func ParseDuration(s string) (Duration, error) {
	d := durationDimension()
	v, err := d.parse(s)
	if err == nil && !v.IsInt() {
		err = d.fail(s, 0, ErrRange, "whole seconds")
	}
	if err != nil {
		return Duration{}, err
	}
	return Duration{s: v}, nil
}

// MustDuration is like [ParseDuration] and panics on an error. It is for tests
// and for constants in code.
func MustDuration(s string) Duration { return must(ParseDuration(s)) }

// NewDuration returns t, which has to be whole seconds, more than 0 and at most
// [MaxDuration] s. The error is a [*RangeError].
func NewDuration(t time.Duration) (Duration, error) {
	if t <= 0 || t > MaxDuration*time.Second || t%time.Second != 0 {
		return Duration{}, &RangeError{t.String(), "whole seconds, more than 0 and at most 100 days"}
	}
	return Duration{s: whole(int64(t / time.Second))}, nil
}

// Time returns d as a [time.Duration].
func (d Duration) Time() time.Duration { return time.Duration(d.s.Coef()) * time.Second }

// hours returns d in h; no result if d is none.
func (d Duration) hours() quotient {
	if d.IsZero() {
		return quotient{}
	}
	return quotient{product1(d.s), product1(whole(3600))}
}

// Compare returns -1, 0 or 1 as d is less than, equal to or more than e.
func (d Duration) Compare(e Duration) int { return d.s.Cmp(e.s) }

// IsZero reports whether d is none.
func (d Duration) IsZero() bool { return d.s.IsZero() }

// Number returns the number of s, exactly.
func (d Duration) Number() Number { return Number{d.s} }

// Unit returns "s".
func (Duration) Unit() string { return "s" }

// String returns the canonical text: whole hours of more than two in h ("96 h"),
// else whole minutes in min ("40 min", "120 min"), else "90 s"; "" if d is none.
func (d Duration) String() string { return string(d.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Duration.String].
func (d Duration) AppendText(b []byte) ([]byte, error) { return d.append(b), nil }

// MarshalText returns the text of [Duration.String].
func (d Duration) MarshalText() ([]byte, error) { return d.append(nil), nil }

// UnmarshalText reads what [ParseDuration] reads; the empty text gives none. On
// an error d is unchanged.
func (d *Duration) UnmarshalText(text []byte) error {
	return unmarshalOptional(d, text, ParseDuration)
}

func (d Duration) append(b []byte) []byte {
	s := d.s.Coef()
	switch {
	case s == 0:
		return b
	case s%3600 == 0 && s > 2*3600:
		return append(strconv.AppendUint(b, s/3600, 10), " h"...)
	case s%60 == 0:
		return append(strconv.AppendUint(b, s/60, 10), " min"...)
	}
	return append(strconv.AppendUint(b, s, 10), " s"...)
}
