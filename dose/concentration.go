package dose

import (
	"github.com/govalues/decimal"
)

// MaxConcentration is the largest [Concentration], in mg/mL.
const MaxConcentration = 10_000

// A Concentration is an exact mass of drug per volume, more than 0 and at most
// [MaxConcentration] mg/mL: the strength of a product, or of what is given.
//
// The zero Concentration is none: it has the empty text. Values are comparable with ==.
type Concentration struct{ mgPerML decimal.Decimal }

func concentrationDimension() dimension {
	return dimension{
		what:     "concentration",
		units:    [6]unit{{"mg/mL", 1, 0}, {"mcg/mL", 1, 3}, {"g/mL", 1000, 0}},
		limit:    MaxConcentration,
		positive: true,
		note:     "a strength is a mass per mL, never a ratio or a percentage",
	}
}

// ParseConcentration reads a concentration such as "50 mg/mL". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParseConcentration(s string) (Concentration, error) {
	v, err := concentrationDimension().parse(s)
	return Concentration{mgPerML: v}, err
}

// MustConcentration is like [ParseConcentration] and panics on an error. It is for tests and
// for constants in code.
func MustConcentration(s string) Concentration { return must(ParseConcentration(s)) }

// Compare returns -1, 0 or 1 as c is less than, equal to or more than d.
func (c Concentration) Compare(d Concentration) int { return c.mgPerML.Cmp(d.mgPerML) }

// IsZero reports whether c is none.
func (c Concentration) IsZero() bool { return c.mgPerML.IsZero() }

// In returns the mass in v, c x v, exactly. The error is a [*RangeError].
func (c Concentration) In(v Volume) (Mass, error) {
	mg, ok := mul(c.mgPerML, v.ml)
	if !ok || !within(mg, MaxMass) {
		return Mass{}, massRange(c.String() + " x " + v.String())
	}
	return Mass{mg: mg}, nil
}

// VolumeOf returns the volume that holds m, m / c, to a graduation; the exact
// volume if g is zero. The error, also where there is no exact decimal, is a
// [*RangeError].
func (c Concentration) VolumeOf(m Mass, g Graduation) (Volume, error) {
	var (
		ml decimal.Decimal
		ok bool
	)
	switch {
	case c.IsZero():
	case g.IsZero():
		ml, ok = exactQuo(m.mg, c.mgPerML)
	default:
		ml, ok = quo(m.mg, c.mgPerML, g.step.ml, g.mode)
	}
	if !ok || !within(ml, MaxVolume) {
		return Volume{}, volumeRange(m.String() + " / " + c.String())
	}
	return Volume{ml: ml}, nil
}

// Number returns the number of mg/mL, exactly.
func (c Concentration) Number() Number { return Number{c.mgPerML} }

// Unit returns "mg/mL".
func (Concentration) Unit() string { return "mg/mL" }

// String returns the canonical text, always in mg/mL: "50 mg/mL"; "" if c is none.
func (c Concentration) String() string { return string(c.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Concentration.String].
func (c Concentration) AppendText(b []byte) ([]byte, error) { return c.append(b), nil }

// MarshalText returns the text of [Concentration.String].
func (c Concentration) MarshalText() ([]byte, error) { return c.append(nil), nil }

// UnmarshalText reads what [ParseConcentration] reads; the empty text gives none. On an error c is
// unchanged.
func (c *Concentration) UnmarshalText(text []byte) error {
	return unmarshalOptional(c, text, ParseConcentration)
}

func (c Concentration) append(b []byte) []byte {
	if c.IsZero() {
		return b
	}
	return appendQuantity(b, c.mgPerML, "mg/mL")
}
