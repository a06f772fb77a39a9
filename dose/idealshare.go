package dose

import (
	"strings"

	"github.com/govalues/decimal"
)

// MaxIdealShare is the largest [IdealShare], in % of the ideal weight.
const MaxIdealShare = 1000

// An IdealShare is a percentage of the ideal weight, from 100 to [MaxIdealShare] %:
// above which share of it a weight is adjusted. Sources differ (120 and 130 % are
// in use, Erstad; ClinCalc), so there is no default.
//
// The zero IdealShare is none: it has the empty text. Values are comparable with
// ==.
type IdealShare struct{ pct decimal.Decimal }

// ofIdeal ends the text of an [IdealShare].
const ofIdeal = " of ideal"

// ParseIdealShare reads a share of the ideal weight such as "120 % of ideal". The
// number is as for [ParseMass]. The error is a [*ParseError].
func ParseIdealShare(s string) (IdealShare, error) {
	d := dimension{what: "share of ideal weight", units: [6]unit{{"%", 1, 0}}, limit: MaxIdealShare, positive: true}
	number, ok := strings.CutSuffix(s, ofIdeal)
	if !ok {
		return IdealShare{}, d.fail(s, len(cut(s, maxText)), ErrSyntax, `a percentage and "of ideal", such as 120 % of ideal`)
	}
	pct, err := d.parse(number)
	if err == nil && pct.Cmp(whole(100)) < 0 {
		err = d.fail(s, 0, ErrRange, "at least 100 %")
	}
	if err != nil {
		return IdealShare{}, inside(err, s, d.what, 0)
	}
	return IdealShare{pct}, nil
}

// MustIdealShare is like [ParseIdealShare] and panics on an error. It is for tests
// and for constants in code.
func MustIdealShare(s string) IdealShare { return must(ParseIdealShare(s)) }

// Compare returns -1, 0 or 1 as s is less than, equal to or more than t.
func (s IdealShare) Compare(t IdealShare) int { return s.pct.Cmp(t.pct) }

// exceeded reports whether w is more than s of ideal, exactly.
func (s IdealShare) exceeded(w, ideal Weight) bool {
	return product2(w.kg, whole(100)).compare(product2(ideal.kg, s.pct)) > 0
}

// IsZero reports whether s is none.
func (s IdealShare) IsZero() bool { return s.pct.IsZero() }

// Number returns the number of % of ideal, exactly.
func (s IdealShare) Number() Number { return Number{s.pct} }

// Unit returns "% of ideal".
func (IdealShare) Unit() string { return "% of ideal" }

// String returns the canonical text: "120 % of ideal"; "" if s is none.
func (s IdealShare) String() string { return string(s.append(make([]byte, 0, 24))) }

// AppendText appends the text of [IdealShare.String].
func (s IdealShare) AppendText(b []byte) ([]byte, error) { return s.append(b), nil }

// MarshalText returns the text of [IdealShare.String].
func (s IdealShare) MarshalText() ([]byte, error) { return s.append(nil), nil }

// UnmarshalText reads what [ParseIdealShare] reads; the empty text gives none. On
// an error s is unchanged.
func (s *IdealShare) UnmarshalText(text []byte) error {
	return unmarshalOptional(s, text, ParseIdealShare)
}

func (s IdealShare) append(b []byte) []byte {
	if s.IsZero() {
		return b
	}
	return append(appendQuantity(b, s.pct, "%"), ofIdeal...)
}
