package dose

import (
	"errors"
	"strconv"
	"unicode/utf8"
)

// The decisions a caller may want to take on a failure. Every error of this
// package wraps at most one of them; test with [errors.Is].
var (
	// ErrSyntax says that a text is not written as this package writes it.
	ErrSyntax = errors.New("wrong syntax")
	// ErrUnit says that a unit is missing, unknown or of another quantity.
	ErrUnit = errors.New("wrong or missing unit")
	// ErrRange says that a value is outside the range of its type, or that a
	// result has no exact decimal of at most 19 digits.
	ErrRange = errors.New("out of range")
	// ErrNoWeight says that a computation needs a body weight and has none.
	ErrNoWeight = errors.New("no body weight")
	// ErrNoHeight says that a computation needs a body height and has none.
	ErrNoHeight = errors.New("no body height")
	// ErrNoSex says that a computation needs the sex of a body and has none.
	ErrNoSex = errors.New("sex not known")
	// ErrNoMultiple says that no multiple of the rounding step lies within the
	// floor and the cap of a rule.
	ErrNoMultiple = errors.New("no multiple of the step within floor and cap")
	// ErrZeroDose says that rounding would turn a dose into no dose.
	ErrZeroDose = errors.New("rounding leaves no dose")
	// ErrDeviation says that rounding would go farther from a dose than is
	// allowed.
	ErrDeviation = errors.New("rounding deviates too much")
	// ErrUndiluted says that a product would be given more concentrated than it
	// may be.
	ErrUndiluted = errors.New("not diluted enough")
	// ErrHardLimit says that a hard limit would be passed.
	ErrHardLimit = errors.New("hard limit passed")
	// ErrTimesDiffer says that the amount and the preparation of a dose state two
	// times over which it is given.
	ErrTimesDiffer = errors.New("two times for one dose")
	// ErrVisitTooShort says that a dose is given for longer than the visit has for
	// it.
	ErrVisitTooShort = errors.New("longer than the administration")
	// ErrDevicesTooFast says that there is less time than the rests between the
	// devices of a dose take.
	ErrDevicesTooFast = errors.New("shorter than the rests between devices")
	// ErrPartsOverlap says that a part of a dose begins before the one before it has
	// ended.
	ErrPartsOverlap = errors.New("parts that overlap")
	// ErrNotJudged says that nothing could ever judge a limit.
	ErrNotJudged = errors.New("limit that nothing can judge")
	// ErrImplausible says that a measurement is outside the range in which it
	// can be believed.
	ErrImplausible = errors.New("implausible measurement")
)

// A ParseError says where a text stopped being what was wanted.
type ParseError struct {
	What   string // the quantity or notation, such as "mass"
	Input  string // the text, cut to its first 64 bytes or so
	Offset int    // the byte of the text at which the problem is
	Want   string // what was wanted there
	Err    error  // [ErrSyntax], [ErrUnit] or [ErrRange]
}

// Error says what was being read, the text, the place and what was wanted.
func (e *ParseError) Error() string {
	return "parsing " + e.What + " " + strconv.Quote(e.Input) + ": " + e.Err.Error() +
		" at offset " + strconv.Itoa(e.Offset) + ": want " + e.Want
}

// Unwrap returns [ErrSyntax], [ErrUnit] or [ErrRange].
func (e *ParseError) Unwrap() error { return e.Err }

// A RangeError says that a computation has no result within the range of its
// type, or none that is exact in 19 digits. It has no number but its operands.
type RangeError struct {
	Operation string // such as "1000000 mg/kg x 1000 kg"
	Want      string // what the result has to be
}

// Error names the operation and what its result has to be.
func (e *RangeError) Error() string {
	return "computing " + e.Operation + ": " + ErrRange.Error() + ": want " + e.Want
}

// Unwrap returns [ErrRange].
func (e *RangeError) Unwrap() error { return ErrRange }

// A MissingError names the fact that a computation needs and does not have.
type MissingError struct {
	Fact string // such as "weight"
	For  string // what needs it, such as "0.5 mg/kg of actual weight"
	Err  error  // such as [ErrNoWeight]
}

// Error names the missing fact and what needs it.
func (e *MissingError) Error() string {
	return e.Fact + " is missing: " + e.For + " cannot be computed: " + e.Err.Error()
}

// Unwrap returns the sentinel of the missing fact, such as [ErrNoWeight].
func (e *MissingError) Unwrap() error { return e.Err }

// A RoundingError says that a dose cannot be rounded as its rule wants. It
// never has the dose that was being rounded.
type RoundingError struct {
	Rounding   Rounding // the step and mode
	Floor, Cap Mass     // the bounds of the rule; zero: none
	Err        error    // [ErrNoMultiple], [ErrZeroDose] or [ErrDeviation]
}

// Error names the step, the mode and the bounds of the rule.
func (e *RoundingError) Error() string {
	text := "rounding to " + e.Rounding.String()
	if !e.Floor.IsZero() {
		text += ", floor " + e.Floor.String()
	}
	if !e.Cap.IsZero() {
		text += ", cap " + e.Cap.String()
	}
	return text + ": " + e.Err.Error()
}

// Unwrap returns [ErrNoMultiple], [ErrZeroDose] or [ErrDeviation].
func (e *RoundingError) Unwrap() error { return e.Err }

// maxText is the longest text of one quantity: more than its 19 digits and its
// unit need, and little enough to refuse anything else before it is looked at.
const maxText = 64

// cut returns s, cut to about n bytes between two runes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "..."
}
