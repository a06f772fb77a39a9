package dose

import "strconv"

// A Sex is the sex that a body-size formula was made for. The zero Sex is not
// known: a formula that differs by sex fails by name.
type Sex uint8

// The sexes that the formulas know.
const (
	_ Sex = iota
	Female
	Male
)

// ParseSex reads "female" or "male". The error is a [*ParseError] that wraps
// [ErrSyntax].
func ParseSex(s string) (Sex, error) { return parseEnum(s, "sex", Female, Male) }

// String returns "female" or "male", and "Sex(0)" for a value that is none of
// them.
func (s Sex) String() string {
	switch s {
	case Female:
		return "female"
	case Male:
		return "male"
	}
	return "Sex(" + strconv.Itoa(int(s)) + ")"
}

// AppendText appends the text of [Sex.String]; nothing for the zero Sex. A value that
// is none of them is a [*RangeError].
func (s Sex) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, s, "sex", Female, Male)
}

// MarshalText returns what [Sex.AppendText] appends.
func (s Sex) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads what [ParseSex] reads; the empty text gives the zero Sex. On an
// error s is unchanged.
func (s *Sex) UnmarshalText(text []byte) error { return unmarshalOptional(s, text, ParseSex) }

func (s Sex) valid() bool { return s == Female || s == Male }
