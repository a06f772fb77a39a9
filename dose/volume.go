package dose

import (
	"strconv"

	"github.com/govalues/decimal"
)

// MaxVolume is the largest [Volume], in mL.
const MaxVolume = 1_000_000

// A Volume is an exact volume of liquid from 0 to [MaxVolume] mL, in at most 19
// digits.
//
// The zero Volume is 0 mL. Values are comparable with ==.
type Volume struct{ ml decimal.Decimal }

func volumeDimension() dimension {
	return dimension{
		what:  "volume",
		units: [6]unit{{"mL", 1, 0}, {"L", 1000, 0}},
		limit: MaxVolume,
	}
}

// ParseVolume reads a volume such as "0.36 mL" or "1 L". The number is as
// for [ParseMass]. The error is a [*ParseError].
func ParseVolume(s string) (Volume, error) {
	v, err := volumeDimension().parse(s)
	return Volume{ml: v}, err
}

// MustVolume is like [ParseVolume] and panics on an error. It is for tests and
// for constants in code.
func MustVolume(s string) Volume { return must(ParseVolume(s)) }

// Compare returns -1, 0 or 1 as v is less than, equal to or more than w.
func (v Volume) Compare(w Volume) int { return v.ml.Cmp(w.ml) }

// IsZero reports whether v is 0 mL.
func (v Volume) IsZero() bool { return v.ml.IsZero() }

// Add returns v + w, exactly. The error is a [*RangeError].
func (v Volume) Add(w Volume) (Volume, error) {
	sum, ok := add(v.ml, w.ml)
	if !ok || !within(sum, MaxVolume) {
		return Volume{}, volumeRange(v.String() + " + " + w.String())
	}
	return Volume{ml: sum}, nil
}

// Sub returns v - w, exactly. There is no negative volume: if w is more than v,
// the error is a [*RangeError].
func (v Volume) Sub(w Volume) (Volume, error) {
	rest, ok := sub(v.ml, w.ml)
	if !ok || !within(rest, MaxVolume) {
		return Volume{}, volumeRange(v.String() + " - " + w.String())
	}
	return Volume{ml: rest}, nil
}

func volumeRange(operation string) error {
	return &RangeError{operation, "0 to " + strconv.Itoa(MaxVolume) + " mL in at most 19 digits"}
}

// Number returns the number of mL, exactly.
func (v Volume) Number() Number { return Number{v.ml} }

// Unit returns "mL".
func (Volume) Unit() string { return "mL" }

// String returns the canonical text, always in mL: "0.36 mL".
func (v Volume) String() string { return string(v.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Volume.String].
func (v Volume) AppendText(b []byte) ([]byte, error) { return v.append(b), nil }

// MarshalText returns the text of [Volume.String].
func (v Volume) MarshalText() ([]byte, error) { return v.append(nil), nil }

// UnmarshalText reads what [ParseVolume] reads. On an error v is
// unchanged.
func (v *Volume) UnmarshalText(text []byte) error {
	return unmarshal(v, text, ParseVolume)
}

func (v Volume) append(b []byte) []byte {
	return appendQuantity(b, v.ml, "mL")
}
