package dose

import (
	"strconv"
	"strings"
)

// A Basis says which weight a dose per kilogram is for. The zero Basis is
// invalid: no weight is assumed.
type Basis uint8

// The weights a dose can be based on. All but Actual and Lean need a
// [WeightPolicy].
const (
	_            Basis = iota
	Actual             // the measured weight
	Ideal              // ideal weight (Devine 1974): 50 kg (male) or 45.5 kg (female) + 2.3 kg per inch over 60
	Adjusted           // ideal weight + a factor x (actual - ideal)
	Lean               // lean weight (Janmahasatian 2005)
	IdealFromBMI       // actual weight below a stated body mass index, ideal weight from it on
)

// ParseBasis reads "actual", "ideal", "adjusted", "lean" or "ideal-from-BMI".
// The error is a [*ParseError] that wraps [ErrSyntax].
func ParseBasis(s string) (Basis, error) { return parseEnum(s, "basis", Actual, IdealFromBMI) }

// ParseBasisPolicy reads a basis and what it needs, as a rule has them: "actual",
// or "ideal, below 60 in clamp, where ideal exceeds actual actual". The error is
// a [*ParseError].
func ParseBasisPolicy(s string) (Basis, WeightPolicy, error) {
	c := clauses{what: "basis", text: s}
	if err := c.start(); err != nil {
		return 0, WeightPolicy{}, err
	}
	c.next()
	basis, err := ParseBasis(c.clause)
	if err != nil {
		return 0, WeightPolicy{}, c.inside(err, 0)
	}
	var r Rule
	for c.next() {
		if err := c.rule(&r); err != nil {
			return 0, WeightPolicy{}, err
		}
		if r != (Rule{Policy: r.Policy}) {
			return 0, WeightPolicy{}, c.fail(0, "nothing but factor, from, below 60 in and where ideal exceeds actual")
		}
	}
	return basis, r.Policy, nil
}

// String returns the name that [ParseBasis] reads, and "Basis(9)" for a value
// that is none of them.
func (b Basis) String() string {
	switch b {
	case Actual:
		return "actual"
	case Ideal:
		return "ideal"
	case Adjusted:
		return "adjusted"
	case Lean:
		return "lean"
	case IdealFromBMI:
		return "ideal-from-BMI"
	}
	return "Basis(" + strconv.Itoa(int(b)) + ")"
}

// AppendText appends the text of [Basis.String]; nothing for the zero Basis. A value that
// is none of them is a [*RangeError].
func (b Basis) AppendText(text []byte) ([]byte, error) {
	return marshalEnum(text, b, "basis", Actual, IdealFromBMI)
}

// MarshalText returns what [Basis.AppendText] appends.
func (b Basis) MarshalText() ([]byte, error) { return b.AppendText(nil) }

// UnmarshalText reads what [ParseBasis] reads; the empty text gives the zero Basis. On an
// error b is unchanged.
func (b *Basis) UnmarshalText(text []byte) error { return unmarshalOptional(b, text, ParseBasis) }

func (b Basis) valid() bool { return Actual <= b && b <= IdealFromBMI }

// A basisSet is a set of bases: those of the bands of an amount can differ.
type basisSet uint8

func (s basisSet) with(b Basis) basisSet { return s | 1<<min(b, 7) }

func (s basisSet) has(b Basis) bool { return s&(1<<min(b, 7)) != 0 }

// devine reports whether one of s uses the ideal weight.
func (s basisSet) devine() bool { return s.has(Ideal) || s.has(Adjusted) || s.has(IdealFromBMI) }

// String lists the bases: "actual or lean".
func (s basisSet) String() string {
	var names []string
	for b := Actual; b.valid(); b++ {
		if s.has(b) {
			names = append(names, b.String())
		}
	}
	return strings.Join(names, " or ")
}

// devine reports whether b uses the ideal weight.
func (b Basis) devine() bool { return basisSet(0).with(b).devine() }

// weightName returns the name of the weight, such as "ideal weight".
func (b Basis) weightName() string {
	switch b {
	case Ideal:
		return "ideal weight"
	case Adjusted:
		return "adjusted weight"
	case Lean:
		return "lean weight"
	case IdealFromBMI:
		return "ideal-from-BMI weight"
	}
	return "actual weight"
}
