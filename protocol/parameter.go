package protocol

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
)

// A Parameter is a value that the sources of a protocol do not give, or give as
// a range. [Spec.Compile] refuses while one is unset.
type Parameter struct {
	// Name is unique in the protocol: lower-case letters, digits and hyphens.
	Name string
	// Doc says what the value means and why it is open.
	Doc string
	// Fills are the places that take the value.
	Fills []Place
	// Choices, if any, are the only values allowed.
	Choices []string
	// Low and High, if not empty, are the ends of the allowed range, both
	// included.
	Low, High string
	// Value is the text of the value, "" while unset.
	Value string
}

// A Place is a field of a phase that a [Parameter] fills.
type Place struct {
	// Phase is the name of the phase, "" for every phase of the protocol.
	Phase string
	Field Field
}

// A Field is a part of a [Phase] that may be left to a parameter. The zero
// Field is invalid.
type Field uint8

// The fields that a parameter can fill, with what their values look like.
const (
	FieldCadence        Field = iota + 1 // every 4w
	FieldAmount                          // 0.5 mg/kg, or a fixed 56 mg
	FieldBasis                           // actual: whose weight; only used with an amount per kilogram
	FieldCap                             // 60 mg
	FieldRounding                        // 0.1 mg half up
	FieldMaximum                         // 200 mg: the hard maximum
	FieldMinGap                          // 2: days
	FieldAdministration                  // 40 min
	FieldObservation                     // 2 h
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
	default:
		return "%!Field(" + strconv.Itoa(int(f)) + ")"
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

// A filler collects what parameters say about one phase: an amount per kilogram
// and its basis arrive apart and belong together.
type filler struct {
	phase *Phase
	rate  dose.PerKilogram
	basis dose.Basis
}

// fill reads the text and puts the value in its field.
func (f *filler) fill(field Field, text string) (err error) {
	switch field {
	case FieldCadence:
		f.phase.Cadence, err = ParseCadence(text)
	case FieldAmount:
		var fixed dose.Mass
		if f.rate, err = dose.ParsePerKilogram(text); err != nil {
			if fixed, err = dose.ParseMass(text); err == nil {
				f.phase.Dose.Amount = dose.Fixed(fixed)
			}
		}
	case FieldBasis:
		f.basis, err = dose.ParseBasis(text)
	case FieldCap:
		f.phase.Dose.Cap, err = dose.ParseMass(text)
	case FieldRounding:
		f.phase.Dose.Rounding, err = dose.ParseRounding(text)
	case FieldMaximum:
		f.phase.Dose.Limits.Dose.HardMax, err = dose.ParseMass(text)
	case FieldMinGap:
		f.phase.MinGap, err = parseGap(text)
	case FieldAdministration:
		f.phase.Administration, err = ParseDuration(text)
	case FieldObservation:
		f.phase.Observation, err = ParseDuration(text)
	}
	return err
}

// finish joins an amount per kilogram with its basis.
func (f *filler) finish() {
	if !f.rate.IsZero() {
		f.phase.Dose.Amount = dose.PerWeight(f.rate, f.basis)
	}
}

func parseGap(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxNumber || strconv.Itoa(n) != text {
		return 0, &Error{
			Place: "minGap", Offset: -1, Value: text[:min(len(text), maxText)],
			Want: "want whole days from 1 to 3650", Code: CodeValue, Err: ErrNotation,
		}
	}
	return n, nil
}

// compareValues orders two values of a field. It reports false for a field
// without an order, or a value that does not parse.
func compareValues(field Field, a, b string) (int, bool) {
	switch field {
	case FieldAmount:
		if order, ok := compareParsed(dose.ParsePerKilogram, dose.PerKilogram.Compare, a, b); ok {
			return order, true
		}
		return compareParsed(dose.ParseMass, dose.Mass.Compare, a, b)
	case FieldCap, FieldMaximum:
		return compareParsed(dose.ParseMass, dose.Mass.Compare, a, b)
	case FieldMinGap:
		return compareParsed(parseGap, cmp.Compare[int], a, b)
	case FieldAdministration, FieldObservation:
		return compareParsed(ParseDuration, cmp.Compare[time.Duration], a, b)
	default:
		return 0, false
	}
}

func compareParsed[T any](parse func(string) (T, error), compare func(T, T) int, a, b string) (int, bool) {
	x, errX := parse(a)
	y, errY := parse(b)
	return compare(x, y), errX == nil && errY == nil
}
