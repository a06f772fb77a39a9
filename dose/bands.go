package dose

import (
	"iter"
	"strconv"
	"strings"
)

// A Band is the dose for the weights from one bound to another. Each bound says
// whether it belongs to the band: Over and Below exclude it, From and UpTo
// include it. At most one of Over and From, and of UpTo and Below, is set; a band
// without a lower bound is for all lighter weights, one without an upper bound for
// all heavier ones.
type Band struct {
	Over, From Weight
	Below      Weight
	UpTo       Weight
	// Dose is a [Fixed] or [PerWeight] amount.
	Dose Amount
}

// String returns "390 mg over 55 kg up to 85 kg".
func (b Band) String() string {
	var text strings.Builder
	text.WriteString(b.Dose.String())
	for _, bound := range [...]struct {
		word string
		at   Weight
	}{{overWord, b.Over}, {fromWord, b.From}, {upToWord, b.UpTo}, {belowWord, b.Below}} {
		if !bound.at.IsZero() {
			text.WriteString(bound.word + bound.at.String())
		}
	}
	return text.String()
}

// The words before a bound of a band.
const (
	overWord  = " over "
	fromWord  = " from "
	upToWord  = " up to "
	belowWord = " below "
)

// banded reports whether an amount is written as bands.
func banded(s string) bool {
	return strings.Contains(s, overWord) || strings.Contains(s, fromWord) ||
		strings.Contains(s, upToWord) || strings.Contains(s, belowWord)
}

// Has reports whether w, which is known, lies in the band.
func (b Band) Has(w Weight) bool {
	switch {
	case w.IsZero(),
		!b.Over.IsZero() && w.Compare(b.Over) <= 0, w.Compare(b.From) < 0,
		!b.UpTo.IsZero() && w.Compare(b.UpTo) > 0, !b.Below.IsZero() && w.Compare(b.Below) >= 0:
		return false
	}
	return true
}

// check returns what is wrong with one band; "" if nothing is.
func (b Band) check() string {
	low, high := b.Over, b.UpTo
	if low.IsZero() {
		low = b.From
	}
	if high.IsZero() {
		high = b.Below
	}
	switch fixed, ok := b.Dose.Fixed(); {
	case ok && fixed.IsZero():
		return "a dose of more than 0 mg"
	case !ok && (b.Dose.kind != perWeightAmount || b.Dose.perKg.IsZero() || !b.Dose.basis.valid()):
		return "a fixed dose, or one per kilogram of a known weight"
	case !b.Over.IsZero() && !b.From.IsZero(), !b.UpTo.IsZero() && !b.Below.IsZero():
		return "one lower and one upper bound"
	case low.IsZero() && high.IsZero():
		return "a bound of weight; one dose for all weights is no band"
	case !high.IsZero() && (high.Compare(low) < 0 || high == low && !b.Has(high)):
		return "an upper bound above the lower one"
	}
	return ""
}

// follows returns what is wrong with b after the band before it; "" if one begins
// just where the other ends.
func (b Band) follows(before Band) string {
	end, begin, word := before.UpTo, b.Over, "over "
	if end.IsZero() {
		end, begin, word = before.Below, b.From, "from "
	}
	if end.IsZero() {
		return "no band after one without upper bound"
	}
	if begin == end {
		return ""
	}
	low := b.Over
	if low.IsZero() {
		low = b.From
	}
	fault := "no overlap"
	if low.Compare(end) > 0 || low == end && !b.Has(end) {
		fault = "no gap"
	}
	return fault + ": " + word + end.String() + ", where the band before ends"
}

func parseBand(s string) (Band, error) {
	var b Band
	rest := s
	for _, bound := range [...]struct {
		words [2]string
		at    [2]*Weight
	}{
		{[2]string{upToWord, belowWord}, [2]*Weight{&b.UpTo, &b.Below}},
		{[2]string{overWord, fromWord}, [2]*Weight{&b.Over, &b.From}},
	} {
		for i, word := range bound.words {
			text, weight, ok := strings.Cut(rest, word)
			if !ok {
				continue
			}
			var err error
			if *bound.at[i], err = ParseWeight(weight); err != nil {
				return Band{}, inside(err, s, "weight band", len(text)+len(word))
			}
			rest = text
			break
		}
	}
	var err error
	if strings.Contains(rest, " of ") {
		b.Dose, err = parseByWeight(rest)
	} else {
		b.Dose, err = parseFixed(rest)
	}
	if err != nil {
		return Band{}, inside(err, s, "weight band", 0)
	}
	return b, nil
}

// Bands give a dose for each band of weight, without gaps and overlaps. The
// weight is the actual one, also where a dose per kilogram is for another.
//
// The zero Bands are none: they have the empty text. Values are comparable with
// ==; they are kept as their text, so that a rule stays comparable and small.
type Bands struct{ text string }

// maxBands is the largest number of bands.
const maxBands = 16

// NewBands returns 1 to 16 bands, from light to heavy. The error is a
// [*RuleError] that names the band and the weight: for a dose of zero or of
// another kind than [Fixed] and [PerWeight], no bound at all, bounds out of order,
// or a gap or an overlap between one band and the next. "Up to 60 kg" is followed
// by "over 60 kg", and "below 60 kg" by "from 60 kg".
func NewBands(bands ...Band) (Bands, error) {
	if len(bands) == 0 || len(bands) > maxBands {
		return Bands{}, &RuleError{"Bands", strconv.Itoa(len(bands)) + " bands", "1 to 16 bands", nil}
	}
	var text []byte
	for i, b := range bands {
		want := b.check()
		if want == "" && i > 0 {
			want = b.follows(bands[i-1])
			text = append(text, "; "...)
		}
		if want != "" {
			return Bands{}, &RuleError{"Bands", b.String(), want, nil}
		}
		text = append(text, b.String()...)
	}
	return Bands{text: string(text)}, nil
}

// ParseBands reads bands such as
//
//	260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg
//	10 mg/kg of actual weight below 50 kg; 500 mg from 50 kg
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

// For returns the band for w. Without a weight the error is a [*MissingError]
// that wraps [ErrNoWeight]; for a weight in no band it is a [*RangeError].
func (b Bands) For(w Weight) (Band, error) {
	if w.IsZero() {
		return Band{}, &MissingError{"weight", b.text, ErrNoWeight}
	}
	for band := range b.All() {
		if band.Has(w) {
			return band, nil
		}
	}
	return Band{}, &RangeError{"dose for " + w.String(), "a weight within " + b.text}
}

// canonical returns b with every dose in its canonical unit.
func (b Bands) canonical() Bands {
	var text []byte
	for band := range b.All() {
		if len(text) > 0 {
			text = append(text, "; "...)
		}
		band.Dose = band.Dose.canonical()
		text = append(text, band.String()...)
	}
	return Bands{string(text)}
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
