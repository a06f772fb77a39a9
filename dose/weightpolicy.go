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
	ShortActual              // the actual weight
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

func (e ExcessIdeal) valid() bool { return e == ExcessKeep || e == ExcessActual }

// A WeightPolicy is what a [Basis] needs besides a body. Each basis needs some
// fields and allows no others, and none has a default: these are clinical
// choices, on which sources differ.
//
// The zero WeightPolicy is for actual and lean weight. Values are comparable
// with ==.
type WeightPolicy struct {
	Factor  Factor       // share of the excess weight: [Adjusted]
	FromBMI BMI          // body mass index from which ideal weight is used: [IdealFromBMI]
	Short   ShortStature // below 60 inches: [Ideal], [Adjusted], [IdealFromBMI]
	Excess  ExcessIdeal  // where ideal exceeds actual: [Ideal], [Adjusted], [IdealFromBMI]
}

// check appends a problem for each field that basis needs and lacks, or has and
// does not need.
func (p WeightPolicy) check(basis Basis, problems RuleErrors) RuleErrors {
	report := func(field, value string, needed bool, want string) {
		if !needed {
			want = "nothing, since " + basis.String() + " weight does not use it"
		}
		problems = append(problems, &RuleError{"Policy." + field, value, want, nil})
	}
	// Texts are made only for a problem: checking a good rule costs nothing.
	if needed := basis == Adjusted; needed == p.Factor.IsZero() {
		report("Factor", p.Factor.String(), needed, "the share of the excess weight, such as 0.4")
	}
	if needed := basis == IdealFromBMI; needed == p.FromBMI.IsZero() {
		report("FromBMI", p.FromBMI.String(), needed, "the body mass index from which ideal weight is used")
	}
	if needed := basis.devine(); needed && !p.Short.valid() || !needed && p.Short != 0 {
		report("Short", p.Short.String(), needed, "linear, clamp or actual: what to use below 60 in")
	}
	if needed := basis.devine(); needed && !p.Excess.valid() || !needed && p.Excess != 0 {
		report("Excess", p.Excess.String(), needed, "ideal or actual: what to use where ideal exceeds actual")
	}
	return problems
}
