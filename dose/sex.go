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
func ParseSex(s string) (Sex, error) {
	for x := Female; x.valid(); x++ {
		if x.String() == s {
			return x, nil
		}
	}
	return 0, &ParseError{"sex", cut(s, maxText), 0, "female or male", ErrSyntax}
}

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

func (s Sex) valid() bool { return s == Female || s == Male }
