package dose

import (
	"github.com/govalues/decimal"
)

// MaxWeight is the largest [Weight], in kg. It bounds the type, not what is
// plausible: for that see [Plausibility].
const MaxWeight = 1000

// A Weight is an exact body weight, more than 0 and at most [MaxWeight] kg, in
// at most 19 digits.
//
// The zero Weight is unknown: it has the empty text, and a computation that
// needs a weight fails by name. Weights are comparable with ==; the same weight
// given in kilograms and in pounds is the same value.
type Weight struct{ kg decimal.Decimal }

func weightDimension() dimension {
	return dimension{
		what: "weight", units: [6]unit{{"kg", 1, 0}}, limit: MaxWeight, positive: true,
		note: "a body weight is in kg, and pounds enter through ParsePounds",
	}
}

func poundsDimension() dimension {
	return dimension{
		what: "weight in pounds", units: [6]unit{{"lb", 1, 0}}, limit: 2204, positive: true,
		note: "kilograms enter through ParseWeight",
	}
}

// ParseWeight reads a body weight in kilograms, such as "72.5 kg". The number
// is as for [ParseMass] and not zero. Pounds are refused: they enter through
// [ParsePounds] only, so that no form field takes both. The error is a
// [*ParseError].
func ParseWeight(s string) (Weight, error) {
	kg, err := weightDimension().parse(s)
	return Weight{kg: kg}, err
}

// ParsePounds reads a body weight in pounds, such as "158.7 lb", from more than
// 0 to 2204 lb. A pound is exactly 0.45359237 kg (international yard and pound
// agreement of 1959), so the weight is exact: 165 lb is 74.84274105 kg. The
// error is a [*ParseError].
func ParsePounds(s string) (Weight, error) {
	d := poundsDimension()
	lb, err := d.parse(s)
	if err != nil {
		return Weight{}, err
	}
	kg, ok := mul(lb, pound())
	if !ok {
		return Weight{}, d.fail(s, 0, ErrRange, "at most 19 digits in kg")
	}
	return Weight{kg: kg}, nil
}

// pound returns the kilograms in a pound, exactly.
func pound() decimal.Decimal { return decimal.MustNew(45_359_237, 8) }

// MustWeight is like [ParseWeight] and panics on an error. It is for tests and
// for constants in code.
func MustWeight(s string) Weight { return must(ParseWeight(s)) }

// MustPounds is like [ParsePounds] and panics on an error. It is for tests and
// for constants in code.
func MustPounds(s string) Weight { return must(ParsePounds(s)) }

// Compare returns -1, 0 or 1 as w is less than, equal to or more than v. An
// unknown weight is less than any other.
func (w Weight) Compare(v Weight) int { return w.kg.Cmp(v.kg) }

// IsZero reports whether w is unknown.
func (w Weight) IsZero() bool { return w.kg.IsZero() }

// Number returns the number of kg, exactly.
func (w Weight) Number() Number { return Number{w.kg} }

// Unit returns "kg".
func (Weight) Unit() string { return "kg" }

// String returns the canonical text, always in kg: "72.5 kg"; "" if w is
// unknown.
func (w Weight) String() string { return string(w.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Weight.String].
func (w Weight) AppendText(b []byte) ([]byte, error) { return w.append(b), nil }

// MarshalText returns the text of [Weight.String].
func (w Weight) MarshalText() ([]byte, error) { return w.append(nil), nil }

// UnmarshalText reads what [ParseWeight] reads; the empty text gives an unknown
// weight. On an error w is unchanged.
func (w *Weight) UnmarshalText(text []byte) error { return unmarshalOptional(w, text, ParseWeight) }

func (w Weight) append(b []byte) []byte {
	if w.IsZero() {
		return b
	}
	return appendQuantity(b, w.kg, "kg")
}

// Within reports whether w is at most p of v away from v, either way. It is
// exact. An unknown weight is within nothing.
func (w Weight) Within(p Percent, v Weight) bool {
	return !w.IsZero() && !v.IsZero() && product1(w.kg).within(p, product1(v.kg))
}
