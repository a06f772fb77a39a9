package dose

import (
	"strconv"

	"github.com/govalues/decimal"
)

// A Mode says which way a value between two multiples of a step goes. The zero
// Mode is invalid: rounding has no default.
type Mode uint8

// The rounding modes. Doses are never negative, so up is away from zero.
const (
	_        Mode = iota
	HalfUp        // to the nearest multiple, a tie up: 36.5 to 1 is 37
	HalfEven      // to the nearest multiple, a tie to the even one: 36.5 to 1 is 36
	Down          // to the multiple below
	Up            // to the multiple above
)

// ParseMode reads "half up", "half even", "down" or "up". The error is a
// [*ParseError] that wraps [ErrSyntax].
func ParseMode(s string) (Mode, error) { return parseEnum(s, "rounding mode", HalfUp, Up) }

// String returns "half up", "half even", "down" or "up", and "Mode(9)" for a
// value that is none of them.
func (m Mode) String() string {
	switch m {
	case HalfUp:
		return "half up"
	case HalfEven:
		return "half even"
	case Down:
		return "down"
	case Up:
		return "up"
	}
	return "Mode(" + strconv.Itoa(int(m)) + ")"
}

// AppendText appends the text of [Mode.String]; nothing for the zero Mode. A value that
// is none of them is a [*RangeError].
func (m Mode) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, m, "rounding mode", HalfUp, Up)
}

// MarshalText returns what [Mode.AppendText] appends.
func (m Mode) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads what [ParseMode] reads; the empty text gives the zero Mode. On an
// error m is unchanged.
func (m *Mode) UnmarshalText(text []byte) error { return unmarshalOptional(m, text, ParseMode) }

func (m Mode) valid() bool { return HalfUp <= m && m <= Up }

// up reports whether n multiples of unit with this rest round to n+1 of them.
// It says false, false if that cannot be told exactly.
func (m Mode) up(n, rest, unit decimal.Decimal) (up, ok bool) {
	if rest.IsZero() {
		return false, true
	}
	switch m {
	case Up:
		return true, true
	case HalfUp, HalfEven:
		twice, ok := add(rest, rest)
		if !ok {
			return false, false
		}
		c := twice.Cmp(unit)
		return c > 0 || c == 0 && (m == HalfUp || n.Coef()%2 == 1), true
	}
	return false, true
}
