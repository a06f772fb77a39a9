package dose

import (
	"iter"
	"strconv"

	"github.com/govalues/decimal"
)

// MaxMass is the largest [Mass], in mg: just under 1000 kg of drug, so that
// sums over a whole plan fit.
const MaxMass = 999_999_999

// A Mass is an exact amount of drug from 0 to [MaxMass] mg, in at most 19
// digits. What it is the mass of (base or salt, ketamine or esketamine) is the
// business of whoever holds it.
//
// The zero Mass is 0 mg. Masses are comparable with == and can be map keys:
// equal amounts are equal values, however they were written.
type Mass struct{ mg decimal.Decimal }

func massDimension() dimension {
	return dimension{
		what:  "mass",
		units: [6]unit{{"mg", 1, 0}, {"mcg", 1, 3}, {"g", 1000, 0}},
		limit: MaxMass,
	}
}

// ParseMass reads a mass such as "36 mg", "500 mcg" or "1 g".
//
// A number is digits without leading zeros, at most nine before the point, with
// an optional point and more digits, at most 19 in all; then one space and the
// unit. There is no sign, exponent, comma or micro sign. The error is a
// [*ParseError] that wraps [ErrSyntax], [ErrUnit] or [ErrRange].
func ParseMass(s string) (Mass, error) {
	mg, err := massDimension().parse(s)
	return Mass{mg: mg}, err
}

// MustMass is like [ParseMass] and panics on an error. It is for tests and for
// constants in code.
func MustMass(s string) Mass { return must(ParseMass(s)) }

// must returns v, or panics with err.
func must[T any](v T, err error) T {
	if err != nil {
		panic("dose: " + err.Error())
	}
	return v
}

// Compare returns -1, 0 or 1 as m is less than, equal to or more than n.
func (m Mass) Compare(n Mass) int { return m.mg.Cmp(n.mg) }

// IsZero reports whether m is 0 mg.
func (m Mass) IsZero() bool { return m.mg.IsZero() }

// Add returns m + n, exactly. The error is a [*RangeError] that wraps
// [ErrRange].
func (m Mass) Add(n Mass) (Mass, error) {
	sum, ok := add(m.mg, n.mg)
	if !ok || !within(sum, MaxMass) {
		return Mass{}, massRange(m.String() + " + " + n.String())
	}
	return Mass{mg: sum}, nil
}

// Sub returns m - n, exactly. There is no negative mass: if n is more than m,
// the error is a [*RangeError] that wraps [ErrRange].
func (m Mass) Sub(n Mass) (Mass, error) {
	rest, ok := sub(m.mg, n.mg)
	if !ok || !within(rest, MaxMass) {
		return Mass{}, massRange(m.String() + " - " + n.String())
	}
	return Mass{mg: rest}, nil
}

// Times returns n x m, exactly: the mass of n doses. The error, also for a
// negative n, is a [*RangeError] that wraps [ErrRange].
func (m Mass) Times(n int) (Mass, error) {
	product, ok := mul(m.mg, whole(int64(n)))
	if !ok || !within(product, MaxMass) {
		return Mass{}, massRange(strconv.Itoa(n) + " x " + m.String())
	}
	return Mass{mg: product}, nil
}

// MultipleOf reports whether m is a whole multiple of n, which 0 mg is of every
// mass but 0 mg.
func (m Mass) MultipleOf(n Mass) bool { return wholeMultiple(m.mg, n.mg) }

// devices returns how many devices of a content m is, and false if that is not a
// whole number from 1 to 1000.
func (m Mass) devices(content Mass) (n int, whole bool) {
	if content.IsZero() {
		return 0, false
	}
	count, rest, err := m.mg.QuoRem(content.mg)
	if err != nil || !rest.IsZero() || count.IsZero() || !within(count, maxDevices) {
		return 0, false
	}
	return int(count.Trim(0).Coef()), true
}

// Sum returns the sum of masses, exactly: what a course, a week or a day adds up
// to. No masses are 0 mg. The error is a [*RangeError].
func Sum(masses iter.Seq[Mass]) (Mass, error) {
	var total Mass
	for m := range masses {
		var err error
		if total, err = total.Add(m); err != nil {
			return Mass{}, err
		}
	}
	return total, nil
}

func massRange(operation string) error {
	return &RangeError{operation, "0 to " + strconv.Itoa(MaxMass) + " mg in at most 19 digits"}
}

// Number returns the number of mg, exactly.
func (m Mass) Number() Number { return Number{m.mg} }

// Unit returns "mg".
func (Mass) Unit() string { return "mg" }

// String returns the canonical text, always in mg: "0.5 mg".
func (m Mass) String() string { return string(m.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Mass.String].
func (m Mass) AppendText(b []byte) ([]byte, error) { return m.append(b), nil }

// MarshalText returns the text of [Mass.String].
func (m Mass) MarshalText() ([]byte, error) { return m.append(nil), nil }

// UnmarshalText reads what [ParseMass] reads. On an error m is unchanged.
func (m *Mass) UnmarshalText(text []byte) error { return unmarshal(m, text, ParseMass) }

func (m Mass) append(b []byte) []byte { return appendQuantity(b, m.mg, "mg") }

// unmarshal sets *v to what parse makes of text.
func unmarshal[T any](v *T, text []byte, parse func(string) (T, error)) error {
	// The copy to a string is bounded: no notation of this package is longer.
	parsed, err := parse(string(text[:min(len(text), maxRuleText+1)]))
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}

// unmarshalOptional is like unmarshal, for types whose zero value is "none"
// with an empty text.
func unmarshalOptional[T any](v *T, text []byte, parse func(string) (T, error)) error {
	if len(text) == 0 {
		*v = *new(T)
		return nil
	}
	return unmarshal(v, text, parse)
}
