package fhir

import (
	"cmp"
	"strconv"
	"strings"
)

// The largest decimal that is read, and the most digits of one.
const (
	largest   = 1_000_000_000
	maxDigits = 18
)

// A Decimal is an exact number that is not negative, at most 10^9 and with at most 18
// digits. In JSON it is a number; it never passes through a binary fraction. The
// zero Decimal is 0. Equal numbers are equal with ==.
type Decimal struct {
	whole uint32 // up to 10^9
	// The decimals are fraction / 10^18.
	fraction uint64
}

// fractions is how many of the fractions of a Decimal are 1.
const fractions = 1_000_000_000_000_000_000

// DecimalOf returns a whole number from 0 to 10^9; one outside is the nearest of
// these.
func DecimalOf(n int) Decimal { return Decimal{whole: uint32(min(max(n, 0), largest))} }

// ParseDecimal reads a number as JSON writes it, with an exponent or without. The
// error is a [*Refusal] with code [BadType], [Negative] or [OutOfRange].
func ParseDecimal(s string) (Decimal, error) {
	d, code := parseDecimal(s)
	if code != "" {
		return Decimal{}, refuse(code, "", s)
	}
	return d, nil
}

// Compare returns -1, 0 or 1 as d is less than, equal to or more than e.
func (d Decimal) Compare(e Decimal) int {
	return cmp.Or(cmp.Compare(d.whole, e.whole), cmp.Compare(d.fraction, e.fraction))
}

// String returns the number with as many decimals as it needs: "0.5", "2".
func (d Decimal) String() string {
	s := strconv.FormatUint(uint64(d.whole), 10)
	if d.fraction == 0 {
		return s
	}
	decimals := strconv.FormatUint(fractions+d.fraction, 10)[1:]
	return s + "." + strings.TrimRight(decimals, "0")
}

// MarshalJSON returns the text of [Decimal.String], a number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads what [ParseDecimal] reads. On an error d is unchanged.
func (d *Decimal) UnmarshalJSON(text []byte) error { return unmarshal(d, text, ParseDecimal) }

// parseDecimal returns a number, or the code of what is wrong with it.
func parseDecimal(s string) (Decimal, Code) {
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(s), "e")
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, hasPoint := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if whole == "" || hasPoint && fraction == "" || strings.Trim(digits, "0123456789") != "" || len(whole) > 1 && whole[0] == '0' {
		return Decimal{}, BadType
	}
	point := len(whole)
	if hasExponent {
		bare := strings.TrimLeft(exponent, "+-")
		if len(exponent)-len(bare) > 1 || bare == "" || strings.Trim(bare, "0123456789") != "" {
			return Decimal{}, BadType
		}
		by, _ := strconv.Atoi(exponent) // the nearest that there is
		point += min(max(by, -farthest), farthest)
	}
	// The number is 0.digits times ten to the power of point.
	trimmed := strings.TrimLeft(digits, "0")
	point -= len(digits) - len(trimmed)
	shortest := strings.TrimRight(trimmed, "0")
	switch {
	case shortest == "":
		return Decimal{}, "" // 0, and -0
	case negative:
		return Decimal{}, Negative
	case len(trimmed) > maxDigits || point > len("1000000000") || len(shortest)-point > maxDigits:
		return Decimal{}, OutOfRange
	}
	padded := strings.Repeat("0", max(0, -point)) + shortest
	point = max(0, point)
	padded += strings.Repeat("0", max(0, point-len(padded)))
	n, _ := strconv.ParseUint("0"+padded[:point], 10, 64)
	f, _ := strconv.ParseUint((padded[point:] + strings.Repeat("0", maxDigits))[:maxDigits], 10, 64)
	if n > largest || n == largest && f > 0 {
		return Decimal{}, OutOfRange
	}
	return Decimal{uint32(n), f}, ""
}
