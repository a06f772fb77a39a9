package dose

import "github.com/govalues/decimal"

// A Quantity is any exact number with a unit of this package: its numeric value
// and unit, for whoever writes them somewhere else, and its text.
type Quantity interface {
	// Number returns the number, in the unit that Unit returns.
	Number() Number
	// Unit returns the canonical unit, such as "mg"; "" for a [Factor].
	Unit() string
	// String returns the canonical text; "" for the zero value of a quantity that
	// has none.
	String() string
}

// A Number is an exact decimal that is not negative: Coef / 10^Scale, with at most
// 19 digits. It is what a [Quantity] has for programs: text and whole numbers, no
// binary fraction, and no type of the library that computes with it.
//
// The zero Number is 0. Values are comparable with ==: equal numbers are equal.
type Number struct{ value decimal.Decimal }

// Coef returns the digits as a whole number: 363 for 36.3.
func (n Number) Coef() uint64 { return n.value.Coef() }

// Scale returns how many of the digits are decimals: 1 for 36.3.
func (n Number) Scale() int { return n.value.Scale() }

// Compare returns -1, 0 or 1 as n is less than, equal to or more than m.
func (n Number) Compare(m Number) int { return n.value.Cmp(m.value) }

// String returns the number, such as "36.3" or "0": never with an exponent, a
// trailing zero or a bare point.
func (n Number) String() string { return n.value.String() }

// AppendText appends the text of [Number.String].
func (n Number) AppendText(b []byte) ([]byte, error) { return n.value.AppendText(b) }

// MarshalText returns the text of [Number.String].
func (n Number) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// MarshalJSON returns the text of [Number.String] as a number, with every digit.
func (n Number) MarshalJSON() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads what [ParseNumber] reads. On an error n is unchanged.
func (n *Number) UnmarshalText(text []byte) error { return unmarshal(n, text, ParseNumber) }

// UnmarshalJSON reads a number or a text as [ParseNumber] does. On an error n is
// unchanged.
func (n *Number) UnmarshalJSON(text []byte) error {
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	}
	return n.UnmarshalText(text)
}

// ParseNumber reads a number as it stands in a quantity, such as "36.3". Followed by
// a space and a unit it is the text of a quantity, which is how one is made from
// a Number. The error is a [*ParseError].
func ParseNumber(s string) (Number, error) {
	d := dimension{what: "number", units: [6]unit{{name: "no unit"}}}
	v, n, err := d.number(s)
	if err == nil && n != len(s) {
		err = d.fail(s, n, ErrSyntax, "a number and nothing else")
	}
	if err != nil {
		return Number{}, err
	}
	return Number{v.Trim(0)}, nil
}
