package dose

import (
	"strings"
)

// A Dilution says what happens to the volume that was drawn up. Made up to a
// volume and added to a volume are different: 3.6 mL added to 100 mL are
// 103.6 mL, and a pump set for 100 mL would leave 3.5 % of the dose in the bag.
// So one of [Undiluted], [MadeUpTo] and [AddedTo] must be stated.
//
// The zero Dilution is invalid and has the empty text. Values are comparable
// with ==.
type Dilution struct {
	kind   dilutionKind
	volume Volume
}

type dilutionKind uint8

const (
	noDilution dilutionKind = iota
	undiluted
	madeUpTo
	addedTo
)

// Undiluted gives the product as it is.
func Undiluted() Dilution { return Dilution{kind: undiluted} }

// MadeUpTo fills up with diluent to a total of v.
func MadeUpTo(v Volume) Dilution { return Dilution{kind: madeUpTo, volume: v} }

// AddedTo adds to v of diluent, of which nothing is withdrawn. Overfill of a bag
// is not known and not counted.
func AddedTo(v Volume) Dilution { return Dilution{kind: addedTo, volume: v} }

// ParseDilution reads "undiluted", "made up to 50 mL" or "added to 100 mL". The
// error is a [*ParseError].
func ParseDilution(s string) (Dilution, error) {
	if s == "undiluted" {
		return Undiluted(), nil
	}
	dilution, prefix := MadeUpTo, "made up to "
	text, ok := strings.CutPrefix(s, prefix)
	if !ok {
		dilution, prefix = AddedTo, "added to "
		text, ok = strings.CutPrefix(s, prefix)
	}
	if !ok {
		return Dilution{}, &ParseError{
			"dilution", cut(s, maxText), 0, `"undiluted", or "made up to" or "added to" and a volume`, ErrSyntax,
		}
	}
	v, err := ParseVolume(text)
	if err != nil {
		return Dilution{}, inside(err, s, "dilution", len(prefix))
	}
	if v.IsZero() {
		return Dilution{}, &ParseError{"dilution", cut(s, maxText), len(prefix), "a volume of more than 0 mL", ErrRange}
	}
	return dilution(v), nil
}

// MustDilution is like [ParseDilution] and panics on an error. It is for tests
// and for constants in code.
func MustDilution(s string) Dilution { return must(ParseDilution(s)) }

// IsZero reports whether d is not stated.
func (d Dilution) IsZero() bool { return d == Dilution{} }

// String returns the canonical text: "made up to 50 mL"; "" if d is not stated.
func (d Dilution) String() string { return string(d.append(make([]byte, 0, 48))) }

// AppendText appends the text of [Dilution.String].
func (d Dilution) AppendText(b []byte) ([]byte, error) { return d.append(b), nil }

// MarshalText returns the text of [Dilution.String].
func (d Dilution) MarshalText() ([]byte, error) { return d.append(nil), nil }

// UnmarshalText reads what [ParseDilution] reads; the empty text gives none. On
// an error d is unchanged.
func (d *Dilution) UnmarshalText(text []byte) error {
	return unmarshalOptional(d, text, ParseDilution)
}

func (d Dilution) append(b []byte) []byte {
	switch d.kind {
	case undiluted:
		return append(b, "undiluted"...)
	case madeUpTo:
		return d.volume.append(append(b, "made up to "...))
	case addedTo:
		return d.volume.append(append(b, "added to "...))
	}
	return b
}

// volumes returns the volumes of diluent and in all for a volume of stock.
func (d Dilution) volumes(stock Volume) (diluent, total Volume, err error) {
	switch d.kind {
	case madeUpTo:
		if stock.Compare(d.volume) > 0 {
			return Volume{}, Volume{}, &RuleError{
				"Dilution", d.String(), "a volume of at least the stock volume that is drawn up", nil,
			}
		}
		diluent, err = d.volume.Sub(stock)
		return diluent, d.volume, err
	case addedTo:
		total, err = d.volume.Add(stock)
		return d.volume, total, err
	}
	return Volume{}, stock, nil
}
