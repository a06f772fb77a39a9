package protocol

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/regimen-go/regimen/dose"
)

// checkAllowed reports whether the ends of the range of a parameter, and what it
// is to be a multiple of, can be compared with its value. What it adds to errs
// is wrong with them or with the choices.
func checkAllowed(at string, p Parameter, errs *ErrorList, partly func(place string) bool) bool {
	for field := range p.fields() {
		for _, bound := range []struct{ place, text string }{{"/low", p.Low}, {"/high", p.High}} {
			if _, ok := compareValues(field, bound.text, bound.text); bound.text != "" && !ok {
				errs.add(at+bound.place, bound.text, "want a value that "+field.String()+" can have and that can be compared", CodeValue, ErrInvalid)
				return false
			}
		}
		if multiple, ok := multipleOf(field, p.MultipleOf, p.MultipleOf); p.MultipleOf != "" && (!ok || !multiple) {
			errs.add(at+"/multipleOf", p.MultipleOf, "want a value of more than 0 that "+field.String()+" can have and that has multiples", CodeValue, ErrInvalid)
			return false
		}
		if order, ok := compareValues(field, p.Low, p.High); p.Low != "" && p.High != "" && (!ok || order > 0) {
			errs.add(at+"/high", p.High, "want at least "+p.Low, CodeValue, ErrInvalid)
			return false
		}
	}
	if !partly(at + "/choices") {
		checkChoices(at, p, errs)
	}
	return true
}

// checkChoices looks at each choice as at the value that it may become.
func checkChoices(at string, p Parameter, errs *ErrorList) {
	seen := map[string]bool{}
	for i, choice := range p.Choices {
		at := at + "/choices/" + strconv.Itoa(i)
		switch err := p.readable(choice); {
		case !utf8.ValidString(choice): // said of all texts
		case err != nil:
			errs.add(at, choice, wantOf(err), CodeValue, err)
		case p.bounds(choice) != "":
			errs.add(at, choice, p.bounds(choice), CodeValue, ErrInvalid)
		case seen[choice]:
			errs.add(at, choice, "want every choice once", CodeDuplicate, ErrInvalid)
		}
		seen[choice] = true
	}
}

// fields yields the fields that the parameter fills, each once and in order,
// however many phases they are of.
func (p Parameter) fields() iter.Seq[Field] {
	var fills [lastField + 1]bool
	for _, to := range p.Fills {
		if to.Field <= lastField {
			fills[to.Field] = true
		}
	}
	return func(yield func(Field) bool) {
		for field := FieldCadence; field <= lastField; field++ {
			if fills[field] && !yield(field) {
				return
			}
		}
	}
}

// readable returns the error of the first field that cannot have the value.
func (p Parameter) readable(value string) error {
	for field := range p.fields() {
		f := filler{phase: new(Phase)}
		if err := f.fill(field, value); err != nil {
			return err
		}
	}
	return nil
}

// bounds returns what is wanted of a value that is out of the range of the
// parameter, or no multiple of what it has to be one of; else "".
func (p Parameter) bounds(value string) string {
	for field := range p.fields() {
		if order, ok := compareValues(field, value, p.Low); p.Low != "" && (!ok || order < 0) {
			return "want at least " + p.Low
		}
		if order, ok := compareValues(field, value, p.High); p.High != "" && (!ok || order > 0) {
			return "want at most " + p.High
		}
		if multiple, ok := multipleOf(field, value, p.MultipleOf); p.MultipleOf != "" && (!ok || !multiple) {
			return "want a whole multiple of " + p.MultipleOf
		}
	}
	return ""
}

// isChoice reports whether a value is one of the choices, in whatever words.
func (p Parameter) isChoice(value string) bool {
	return slices.ContainsFunc(p.Choices, func(choice string) bool { return p.same(choice, value) })
}

// same reports whether two texts are the same value of every field that the
// parameter fills.
func (p Parameter) same(a, b string) bool {
	for field := range p.fields() {
		if order, ok := compareValues(field, a, b); !ok || order != 0 {
			return a == b
		}
	}
	return a == b || len(p.Fills) > 0
}

// anyChoice names the choices, if they are fit to be read in a message.
func (p Parameter) anyChoice() string {
	const most = 200
	if names := strings.Join(p.Choices, ", "); len(names) <= most && isLine(names) {
		return "one of " + names
	}
	return "one of the choices"
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
		return compareParsed(parseBound, dose.Mass.Compare, a, b)
	case FieldMinGap:
		return compareParsed(parseGap, cmp.Compare[int], a, b)
	case FieldAdministration, FieldObservation:
		return compareParsed(ParseDuration, cmp.Compare[time.Duration], a, b)
	case FieldCadence:
		x, errX := ParseCadence(a)
		y, errY := ParseCadence(b)
		order, ok := x.compare(y)
		return order, ok && errX == nil && errY == nil
	default:
		return 0, false
	}
}

func compareParsed[T any](parse func(string) (T, error), compare func(T, T) int, a, b string) (int, bool) {
	x, errX := parse(a)
	y, errY := parse(b)
	return compare(x, y), errX == nil && errY == nil
}

// multipleOf reports whether a value of a field is a whole multiple of another.
// It reports false, false for a field without multiples, or a value that does not
// parse.
func multipleOf(field Field, value, of string) (multiple, ok bool) {
	switch field {
	case FieldAmount:
		if multiple, ok = isMultiple(dose.ParsePerKilogram, dose.PerKilogram.MultipleOf, value, of); ok {
			return multiple, true
		}
		return isMultiple(dose.ParseMass, dose.Mass.MultipleOf, value, of)
	case FieldCap, FieldMaximum:
		return isMultiple(parseBound, dose.Mass.MultipleOf, value, of)
	case FieldMinGap:
		return isMultiple(parseGap, wholeMultiple[int], value, of)
	case FieldAdministration, FieldObservation:
		return isMultiple(ParseDuration, wholeMultiple[time.Duration], value, of)
	default:
		return false, false
	}
}

func isMultiple[T any](parse func(string) (T, error), is func(value, of T) bool, value, of string) (multiple, ok bool) {
	x, errX := parse(value)
	y, errY := parse(of)
	return is(x, y), errX == nil && errY == nil
}

func wholeMultiple[T int | time.Duration](value, of T) bool { return of != 0 && value%of == 0 }
