package dose

import (
	"github.com/govalues/decimal"
)

// MaxRate is the largest [Rate], in mg/h.
const MaxRate = 100_000_000

// A Rate is an exact mass of drug per time, more than 0 and at most [MaxRate] mg/h.
//
// The zero Rate is none: it has the empty text. Values are comparable with ==.
type Rate struct{ mgPerH decimal.Decimal }

func rateDimension() dimension {
	return dimension{
		what: "rate",
		units: [6]unit{
			{"mg/h", 1, 0},
			{"mcg/h", 1, 3},
			{"g/h", 1000, 0},
			{"mg/min", 60, 0},
			{"mcg/min", 6, 2},
			{"g/min", 60_000, 0},
		},
		limit:    MaxRate,
		positive: true,
		note:     "a rate is a mass per h or min",
	}
}

// ParseRate reads a rate such as "22 mg/h" or "0.9 mg/min". The number is as
// for [ParseMass] and not zero. The error is a [*ParseError].
func ParseRate(s string) (Rate, error) {
	v, err := rateDimension().parse(s)
	return Rate{mgPerH: v}, err
}

// MustRate is like [ParseRate] and panics on an error. It is for tests and
// for constants in code.
func MustRate(s string) Rate { return must(ParseRate(s)) }

// Compare returns -1, 0 or 1 as r is less than, equal to or more than s.
func (r Rate) Compare(s Rate) int { return r.mgPerH.Cmp(s.mgPerH) }

// IsZero reports whether r is none.
func (r Rate) IsZero() bool { return r.mgPerH.IsZero() }

// During returns r x d. The error, also where there is no exact decimal, is a
// [*RangeError].
func (r Rate) During(d Duration) (Mass, error) {
	return r.ratio(d).mass(r.String() + " x " + d.String())
}

// ratio returns r x d as a fraction.
func (r Rate) ratio(d Duration) ratio { return product(r.mgPerH, d.s, whole(1), 3600) }

// Number returns the number of mg/h, exactly.
func (r Rate) Number() Number { return Number{r.mgPerH} }

// Unit returns "mg/h".
func (Rate) Unit() string { return "mg/h" }

// String returns the canonical text, always in mg/h: "54 mg/h"; "" if r is none.
func (r Rate) String() string { return string(r.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Rate.String].
func (r Rate) AppendText(b []byte) ([]byte, error) { return r.append(b), nil }

// MarshalText returns the text of [Rate.String].
func (r Rate) MarshalText() ([]byte, error) { return r.append(nil), nil }

// UnmarshalText reads what [ParseRate] reads; the empty text gives none. On an error r is
// unchanged.
func (r *Rate) UnmarshalText(text []byte) error {
	return unmarshalOptional(r, text, ParseRate)
}

func (r Rate) append(b []byte) []byte {
	if r.IsZero() {
		return b
	}
	return appendQuantity(b, r.mgPerH, "mg/h")
}
