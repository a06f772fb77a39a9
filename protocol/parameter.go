package protocol

import (
	"slices"
	"strconv"
	"strings"
)

// A Parameter is a value that the sources of a protocol do not give, or give as
// a range. [Spec.Compile] refuses while one is unset, with one exception: a
// basis may stay unset where the dose turns out to be fixed.
type Parameter struct {
	// Name is unique in the protocol: lower-case letters, digits and hyphens.
	Name string
	// Doc says what the value means and why it is open.
	Doc string
	// Fills are the places that take the value. No two parameters fill the same
	// place, and none fills a field that its phase gives itself.
	Fills []Place
	// Choices, if any, are the only values allowed.
	Choices []string
	// MultipleOf, if not empty, is what the value has to be a whole multiple of,
	// such as the content of a device: "28 mg".
	MultipleOf string
	// Low and High, if not empty, are the ends of the allowed range, both
	// included. The ends of a cadence say what it looks like, too: with a low of
	// "days 1, 8 of 21 x1" it is those days of that cycle, once or more.
	Low, High string
	// Value is the text of the value, "" while unset.
	Value string
}

// A Place is a field of a phase, of a part of its dose, or of a medicine beside its drug,
// that a [Parameter] fills.
type Place struct {
	// Phase is the name of the phase, "" for every phase of the protocol.
	Phase string
	Field Field
	// Part is the name of a part of the dose of the phase, and Medicine that of a
	// medicine beside the drug, which then has a field of its own: the amount, basis,
	// cap, rounding or maximum. "": the phase itself. Without a phase a medicine is also
	// that of the whole protocol.
	Part, Medicine string
}

// ofDose reports whether the place is in a dose of its own, of a part or of a medicine.
func (p Place) ofDose() bool { return p.Part != "" || p.Medicine != "" }

// of reports whether the place is in the phase.
func (p Place) of(phase *Phase) bool { return p.Phase == "" || p.Phase == phase.Name }

// A Field is a part of a [Phase] that may be left to a parameter. The zero
// Field is invalid.
type Field uint8

// The fields that a parameter can fill, with what their values look like. A
// basis, cap, rounding or maximum also holds for the steps of the phase, where
// these state none.
const (
	FieldCadence        Field = iota + 1 // every 4w
	FieldAmount                          // 0.5 mg/kg, or a fixed 56 mg
	FieldBasis                           // actual, or ideal with what that needs: whose weight; only used with an amount per kilogram
	FieldCap                             // 60 mg
	FieldRounding                        // 0.1 mg half up
	FieldMaximum                         // 100 mg: the hard maximum
	FieldMinGap                          // 2 days
	FieldAdministration                  // 40 min
	FieldObservation                     // 2 h
	FieldClimb                           // by one
	FieldFollows                         // last given
	FieldSteps                           // 3, 5, 7: the session from which on each step holds, in their order

	lastField = FieldSteps
)

// String returns the name of the field as messages and files write it.
func (f Field) String() string {
	switch f {
	case FieldCadence:
		return "cadence"
	case FieldAmount:
		return "amount"
	case FieldBasis:
		return "basis"
	case FieldCap:
		return "cap"
	case FieldRounding:
		return "rounding"
	case FieldMaximum:
		return "maximum"
	case FieldMinGap:
		return "minGap"
	case FieldAdministration:
		return "administration"
	case FieldObservation:
		return "observation"
	case FieldClimb:
		return "climb"
	case FieldFollows:
		return "follows"
	case FieldSteps:
		return "steps"
	default:
		return "%!Field(" + strconv.Itoa(int(f)) + ")"
	}
}

// Words returns the words that a value of the field can be, in the order of their values; none
// for a field whose values are not a few words, such as an amount.
func (f Field) Words() []string {
	switch f {
	case FieldClimb:
		return wordsOf(ClimbByOne)
	case FieldFollows:
		return wordsOf(FollowsLastGiven)
	default:
		return nil
	}
}

// Example returns what a value of the field looks like, such as "every 4w"; "" for a value that
// is no field. It is nobody's recommendation.
func (f Field) Example() string {
	switch f {
	case FieldCadence:
		return "every 4w"
	case FieldAmount:
		return "0.5 mg/kg"
	case FieldBasis:
		return "actual"
	case FieldCap:
		return "60 mg"
	case FieldRounding:
		return "0.1 mg half up"
	case FieldMaximum:
		return "100 mg"
	case FieldMinGap:
		return "2 days"
	case FieldAdministration:
		return "40 min"
	case FieldObservation:
		return "2 h"
	case FieldSteps:
		return "3, 5, 7"
	default:
		words := f.Words()
		if len(words) == 0 {
			return ""
		}
		return words[len(words)-1]
	}
}

// path returns the place in a phase of what the field is, or is a part of.
func (f Field) path() string {
	switch f {
	case FieldAmount, FieldBasis, FieldCap, FieldRounding, FieldMaximum:
		return "/dose"
	case FieldAdministration, FieldObservation:
		return "/visit/" + f.String()
	default:
		return "/" + f.String()
	}
}

func (p Parameter) clone() Parameter {
	p.Fills = slices.Clone(p.Fills)
	p.Choices = slices.Clone(p.Choices)
	return p
}

// Set returns a copy of the Spec in which the named parameter has the value. The
// value is checked by [Spec.Compile]; an unknown name is an [*Error].
func (s Spec) Set(name, value string) (Spec, error) {
	s = s.Clone()
	for i := range s.Parameters {
		if s.Parameters[i].Name == name {
			s.Parameters[i].Value = value
			return s, nil
		}
	}
	names := make([]string, len(s.Parameters))
	for i, p := range s.Parameters {
		names[i] = p.Name
	}
	want := "want the name of a parameter, but this protocol has none"
	if len(names) > 0 {
		want = "want the name of a parameter: " + strings.Join(names, ", ")
	}
	return s, &Error{Place: "parameter", Offset: -1, Value: name, Want: want, Code: CodeUnknownRef, Err: ErrInvalid}
}
