package dose

import (
	"github.com/govalues/decimal"
)

// MaxBMI is the largest [BMI], in kg/m2.
const MaxBMI = 100_000

// A BMI is a body mass index, more than 0 and at most [MaxBMI] kg/m2. For whom it
// means something is said by [Plausibility].
//
// The zero BMI is unknown: it has the empty text. Values are comparable with ==.
type BMI struct{ kgPerM2 decimal.Decimal }

func bmiDimension() dimension {
	return dimension{
		what:     "body mass index",
		units:    [6]unit{{"kg/m2", 1, 0}},
		limit:    MaxBMI,
		positive: true,
	}
}

// ParseBMI reads a body mass index such as "30 kg/m2". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParseBMI(s string) (BMI, error) {
	v, err := bmiDimension().parse(s)
	return BMI{kgPerM2: v}, err
}

// MustBMI is like [ParseBMI] and panics on an error. It is for tests and
// for constants in code.
func MustBMI(s string) BMI { return must(ParseBMI(s)) }

// Compare returns -1, 0 or 1 as i is less than, equal to or more than j.
func (i BMI) Compare(j BMI) int { return i.kgPerM2.Cmp(j.kgPerM2) }

// IsZero reports whether i is unknown.
func (i BMI) IsZero() bool { return i.kgPerM2.IsZero() }

// Number returns the number of kg/m2, exactly.
func (i BMI) Number() Number { return Number{i.kgPerM2} }

// Unit returns "kg/m2".
func (BMI) Unit() string { return "kg/m2" }

// String returns the canonical text, always in kg/m2: "37.037037 kg/m2"; "" if i is unknown.
func (i BMI) String() string { return string(i.append(make([]byte, 0, 24))) }

// AppendText appends the text of [BMI.String].
func (i BMI) AppendText(b []byte) ([]byte, error) { return i.append(b), nil }

// MarshalText returns the text of [BMI.String].
func (i BMI) MarshalText() ([]byte, error) { return i.append(nil), nil }

// UnmarshalText reads what [ParseBMI] reads; the empty text gives unknown. On an error i is
// unchanged.
func (i *BMI) UnmarshalText(text []byte) error {
	return unmarshalOptional(i, text, ParseBMI)
}

func (i BMI) append(b []byte) []byte {
	if i.IsZero() {
		return b
	}
	return appendQuantity(b, i.kgPerM2, "kg/m2")
}
