package dose

import (
	"iter"
	"strconv"
	"strings"
)

// A Band is the dose for the weights over one bound and up to another.
type Band struct {
	Over Weight // exclusive; zero: no lower bound
	UpTo Weight // inclusive; zero: no upper bound
	Dose Mass
}

// String returns "390 mg over 55 kg up to 85 kg".
func (b Band) String() string {
	text := b.Dose.String()
	if !b.Over.IsZero() {
		text += " over " + b.Over.String()
	}
	if !b.UpTo.IsZero() {
		text += " up to " + b.UpTo.String()
	}
	return text
}

func parseBand(s string) (Band, error) {
	var b Band
	var err error
	parts, at := s, 0
	if text, upTo, ok := strings.Cut(parts, " up to "); ok {
		if b.UpTo, err = ParseWeight(upTo); err != nil {
			return Band{}, inside(err, s, "weight band", len(text)+len(" up to "))
		}
		parts = text
	}
	if text, above, ok := strings.Cut(parts, " over "); ok {
		at = len(text) + len(" over ")
		if b.Over, err = ParseWeight(above); err != nil {
			return Band{}, inside(err, s, "weight band", at)
		}
		parts = text
	}
	if b.Dose, err = ParseMass(parts); err != nil {
		return Band{}, inside(err, s, "weight band", 0)
	}
	return b, nil
}

// Bands give a dose for each band of weight, without gaps and overlaps.
//
// The zero Bands are none: they have the empty text. Values are comparable with
// ==; they are kept as their canonical text, so that a rule stays comparable
// and small.
type Bands struct{ text string }

// maxBands is the largest number of bands.
const maxBands = 16

// NewBands returns 1 to 16 bands, from light to heavy. The error is a
// [*RuleError]: for a dose of zero, no bound at all, or a gap or an overlap
// between one band and the next.
func NewBands(bands ...Band) (Bands, error) {
	fail := func(b Band, want string) (Bands, error) {
		return Bands{}, &RuleError{"Bands", b.String(), want, nil}
	}
	if len(bands) == 0 || len(bands) > maxBands {
		return Bands{}, &RuleError{"Bands", strconv.Itoa(len(bands)) + " bands", "1 to 16 bands", nil}
	}
	var text []byte
	for i, b := range bands {
		switch {
		case b.Dose.IsZero():
			return fail(b, "a dose of more than 0 mg")
		case b.Over.IsZero() && b.UpTo.IsZero():
			return fail(b, "a bound of weight; one dose for all weights is a fixed dose")
		case !b.UpTo.IsZero() && b.UpTo.Compare(b.Over) <= 0:
			return fail(b, "an upper bound above the lower one")
		}
		if i > 0 {
			before := bands[i-1]
			switch c := b.Over.Compare(before.UpTo); {
			case before.UpTo.IsZero():
				return fail(b, "no band after one without upper bound")
			case c > 0:
				return fail(b, "no gap: over "+before.UpTo.String()+", where the band before ends")
			case c < 0:
				return fail(b, "no overlap: over "+before.UpTo.String()+", where the band before ends")
			}
			text = append(text, "; "...)
		}
		text = append(text, b.String()...)
	}
	return Bands{text: string(text)}, nil
}

// ParseBands reads bands such as
//
//	260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg
//
// Each band gives both of its bounds, so that a gap or an overlap shows. The
// error is a [*ParseError].
func ParseBands(s string) (Bands, error) {
	if len(s) > maxRuleText {
		return Bands{}, &ParseError{"weight bands", cut(s, maxText), maxRuleText, "at most 4096 bytes", ErrSyntax}
	}
	var bands []Band
	at := 0
	for text := range strings.SplitSeq(s, "; ") {
		b, err := parseBand(text)
		if err != nil {
			return Bands{}, inside(err, s, "weight bands", at)
		}
		bands = append(bands, b)
		at += len(text) + len("; ")
	}
	b, err := NewBands(bands...)
	if err != nil {
		return Bands{}, inside(err, s, "weight bands", 0)
	}
	return b, nil
}

// MustBands is like [ParseBands] and panics on an error. It is for tests and
// for constants in code.
func MustBands(s string) Bands { return must(ParseBands(s)) }

// All yields the bands from light to heavy.
func (b Bands) All() iter.Seq[Band] {
	return func(yield func(Band) bool) {
		if b.IsZero() {
			return
		}
		for text := range strings.SplitSeq(b.text, "; ") {
			band, err := parseBand(text)
			if err != nil || !yield(band) { // the text was made by NewBands: no error
				return
			}
		}
	}
}

// For returns the dose for w. Without a weight the error is a [*MissingError]
// that wraps [ErrNoWeight]; for a weight in no band it is a [*RangeError].
func (b Bands) For(w Weight) (Mass, error) {
	if w.IsZero() {
		return Mass{}, &MissingError{"weight", b.text, ErrNoWeight}
	}
	for band := range b.All() {
		if w.Compare(band.Over) > 0 && (band.UpTo.IsZero() || w.Compare(band.UpTo) <= 0) {
			return band.Dose, nil
		}
	}
	return Mass{}, &RangeError{"dose for " + w.String(), "a weight within " + b.text}
}

// IsZero reports whether b are none.
func (b Bands) IsZero() bool { return b.text == "" }

// String returns the canonical text, as [ParseBands] reads it; "" if b are
// none.
func (b Bands) String() string { return b.text }

// AppendText appends the text of [Bands.String].
func (b Bands) AppendText(text []byte) ([]byte, error) { return append(text, b.text...), nil }

// MarshalText returns the text of [Bands.String].
func (b Bands) MarshalText() ([]byte, error) { return []byte(b.text), nil }

// UnmarshalText reads what [ParseBands] reads; the empty text gives none. On an
// error b is unchanged.
func (b *Bands) UnmarshalText(text []byte) error { return unmarshalOptional(b, text, ParseBands) }
