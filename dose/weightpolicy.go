package dose

import (
	"strconv"
)

// A ShortStature says what the ideal weight is below 60 inches, where Devine's
// formula is not defined. Three practices are in use, so the zero value is
// invalid.
type ShortStature uint8

// The practices below 60 inches.
const (
	_           ShortStature = iota
	ShortLinear              // subtract 2.3 kg per inch below 60
	ShortClamp               // the ideal weight of 60 inches
	ShortActual              // the actual weight or that of 60 inches, whichever is lower
)

// String returns "linear", "clamp" or "actual", and "ShortStature(0)" for a
// value that is none of them.
func (s ShortStature) String() string {
	switch s {
	case ShortLinear:
		return "linear"
	case ShortClamp:
		return "clamp"
	case ShortActual:
		return "actual"
	}
	return "ShortStature(" + strconv.Itoa(int(s)) + ")"
}

// ParseShortStature reads the name that [ShortStature.String] writes. The error is a [*ParseError] that
// wraps [ErrSyntax].
func ParseShortStature(s string) (ShortStature, error) {
	return parseEnum(s, "practice below 60 in", ShortLinear, ShortActual)
}

// AppendText appends the text of [ShortStature.String]; nothing for the zero ShortStature. A value that
// is none of them is a [*RangeError].
func (s ShortStature) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, s, "practice below 60 in", ShortLinear, ShortActual)
}

// MarshalText returns what [ShortStature.AppendText] appends.
func (s ShortStature) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads what [ParseShortStature] reads; the empty text gives the zero ShortStature. On an
// error s is unchanged.
func (s *ShortStature) UnmarshalText(text []byte) error {
	return unmarshalOptional(s, text, ParseShortStature)
}

func (s ShortStature) valid() bool { return ShortLinear <= s && s <= ShortActual }

// An ExcessIdeal says what the weight is where the ideal weight is more than
// the actual one, so that dosing by it would raise the dose. The zero value is
// invalid.
type ExcessIdeal uint8

// The practices where the ideal weight exceeds the actual one.
const (
	_            ExcessIdeal = iota
	ExcessKeep               // dose by the ideal weight all the same
	ExcessActual             // dose by the actual weight
)

// String returns "ideal" or "actual", and "ExcessIdeal(0)" for a value that is
// none of them.
func (e ExcessIdeal) String() string {
	switch e {
	case ExcessKeep:
		return "ideal"
	case ExcessActual:
		return "actual"
	}
	return "ExcessIdeal(" + strconv.Itoa(int(e)) + ")"
}

// ParseExcessIdeal reads the name that [ExcessIdeal.String] writes. The error is a [*ParseError] that
// wraps [ErrSyntax].
func ParseExcessIdeal(s string) (ExcessIdeal, error) {
	return parseEnum(s, "practice where ideal exceeds actual", ExcessKeep, ExcessActual)
}

// AppendText appends the text of [ExcessIdeal.String]; nothing for the zero ExcessIdeal. A value that
// is none of them is a [*RangeError].
func (e ExcessIdeal) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, e, "practice where ideal exceeds actual", ExcessKeep, ExcessActual)
}

// MarshalText returns what [ExcessIdeal.AppendText] appends.
func (e ExcessIdeal) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText reads what [ParseExcessIdeal] reads; the empty text gives the zero ExcessIdeal. On an
// error e is unchanged.
func (e *ExcessIdeal) UnmarshalText(text []byte) error {
	return unmarshalOptional(e, text, ParseExcessIdeal)
}

func (e ExcessIdeal) valid() bool { return e == ExcessKeep || e == ExcessActual }

// A WeightPolicy is what a [Basis] needs besides a body. Each basis needs some
// fields and allows no others, and none has a default: these are clinical
// choices, on which sources differ.
//
// The zero WeightPolicy is for actual and lean weight. Values are comparable
// with ==.
type WeightPolicy struct {
	Factor  Factor       // share of the excess weight: [Adjusted]
	Above   IdealShare   // actual weight up to this share of ideal, also where ideal exceeds it; zero: adjusted from ideal on: [Adjusted], optional
	FromBMI BMI          // body mass index from which ideal weight is used: [IdealFromBMI]
	Short   ShortStature // below 60 inches: [Ideal], [Adjusted], [IdealFromBMI]
	Excess  ExcessIdeal  // where ideal exceeds actual: [Ideal], [Adjusted], [IdealFromBMI]
}

// check appends a problem for each field that one of the bases needs and p lacks,
// or that p has and none needs.
func (p WeightPolicy) check(bases basisSet, problems RuleErrors) RuleErrors {
	report := func(field, value string, needed bool, want string) {
		if !needed {
			want = "nothing, since " + bases.String() + " weight does not use it"
		}
		problems = append(problems, &RuleError{"Policy." + field, value, want, nil})
	}
	adjusted, devine := bases.has(Adjusted), bases.devine()
	// Texts are made only for a problem: checking a good rule costs nothing.
	if adjusted == p.Factor.IsZero() {
		report("Factor", p.Factor.String(), adjusted, "the share of the excess weight, such as 0.4")
	}
	if !adjusted && !p.Above.IsZero() {
		report("Above", p.Above.String(), false, "")
	}
	if needed := bases.has(IdealFromBMI); needed == p.FromBMI.IsZero() {
		report("FromBMI", p.FromBMI.String(), needed, "the body mass index from which ideal weight is used")
	}
	if devine && !p.Short.valid() || !devine && p.Short != 0 {
		report("Short", p.Short.String(), devine, "linear, clamp or actual: what to use below 60 in")
	}
	if devine && !p.Excess.valid() || !devine && p.Excess != 0 {
		report("Excess", p.Excess.String(), devine, "ideal or actual: what to use where ideal exceeds actual")
	}
	return problems
}
