package fhir

import "math/big"

// A length is a length of time: an exact number of seconds, or of calendar months.
type length struct {
	months bool
	n      *big.Rat
}

// daySeconds is how many seconds of a length are a day.
const daySeconds = 24 * 60 * 60

// newLength returns so many of a unit; ok is false for a unit that is none of R4's
// seven.
func newLength(n Decimal, unit string) (l length, ok bool) {
	one := int64(1)
	switch unit {
	case "s":
	case "min":
		one = 60
	case "h":
		one = 60 * 60
	case "d":
		one = daySeconds
	case "wk":
		one = 7 * daySeconds
	case "mo":
		l.months = true
	case "a":
		l.months, one = true, 12
	default:
		return length{}, false
	}
	l.n = new(big.Rat).SetFrac(new(big.Int).SetUint64(n.fraction), big.NewInt(fractions))
	l.n.Add(l.n, new(big.Rat).SetInt64(int64(n.whole)))
	l.n.Mul(l.n, new(big.Rat).SetInt64(one))
	return l, true
}

// isUnit reports whether a text is a unit of time of R4.
func isUnit(s string) bool {
	_, ok := newLength(Decimal{}, s)
	return ok
}

// byClock reports whether a unit is one of those shorter than a day.
func byClock(unit string) bool { return unit == "h" || unit == "min" || unit == "s" }

// whole returns a length as a number of days or of months; ok is false if it is a
// whole number of neither. The number fits 64 bits, since decimals are at most 10^9.
func (l length) whole() (days, months int, ok bool) {
	if l.months {
		return 0, int(l.n.Num().Int64()), l.n.IsInt()
	}
	d := new(big.Rat).Quo(l.n, new(big.Rat).SetInt64(daySeconds))
	return int(d.Num().Int64()), 0, d.IsInt()
}

// seconds returns a length as a whole number of seconds; ok is false for months and
// for fractions.
func (l length) seconds() (n int64, ok bool) { return l.n.Num().Int64(), !l.months && l.n.IsInt() }

// times returns a length n times.
func (l length) times(n int) length {
	return length{l.months, new(big.Rat).Mul(l.n, new(big.Rat).SetInt64(int64(n)))}
}

// compare returns -1, 0 or 1 as l is shorter than, as long as or longer than m. Beside
// days a month counts 30 of them, and a year of twelve months 365.
func (l length) compare(m length) int {
	if l.months == m.months {
		return l.n.Cmp(m.n)
	}
	return l.inSeconds().Cmp(m.inSeconds())
}

func (l length) inSeconds() *big.Rat {
	if !l.months {
		return l.n
	}
	years := new(big.Rat).Quo(l.n, new(big.Rat).SetInt64(12))
	if years.IsInt() {
		return years.Mul(years, new(big.Rat).SetInt64(365*daySeconds))
	}
	return new(big.Rat).Mul(l.n, new(big.Rat).SetInt64(30*daySeconds))
}
