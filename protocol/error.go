package protocol

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// The decisions that a caller can take on an error of this package:
// errors.Is tells them apart.
var (
	// ErrNotation: a text does not follow its notation.
	ErrNotation = errors.New("not in the notation")
	// ErrUnset: a parameter has no value yet; setting it may be all that is
	// missing.
	ErrUnset = errors.New("parameter not set")
	// ErrInvalid: a value is missing, out of range or contradicts another.
	ErrInvalid = errors.New("invalid")
)

// A Code names a kind of problem. Codes are kebab-case and never change their
// meaning.
type Code string

// The codes of errors.
const (
	CodeSyntax     Code = "cadence-syntax"    // a text that is not a cadence
	CodeRange      Code = "cadence-range"     // a number outside its range
	CodeAmbiguous  Code = "cadence-ambiguous" // words with more than one reading
	CodeOrder      Code = "cadence-order"     // numbers or segments in the wrong order
	CodeTooLong    Code = "too-long"          // beyond a stated limit
	CodeMissing    Code = "missing"           // a required value is not given
	CodeValue      Code = "value"             // a value outside what is allowed
	CodeDuplicate  Code = "duplicate"         // a name used twice
	CodeUnset      Code = "parameter-unset"   // a parameter without a value
	CodeDose       Code = "dose-rule"         // a dose rule that cannot be used
	CodeGap        Code = "gap"               // a week that cannot hold its sessions
	CodeUnknownRef Code = "unknown-reference" // a name that nothing has
)

// An Error is one problem: where it is, what was found and what was wanted.
type Error struct {
	// Place names what was read: "cadence" for a text given to
	// [ParseCadence], otherwise a path such as "/phases/1/minGap".
	Place string
	// Offset is the byte offset in Value of a problem in a notation, or -1.
	Offset int
	// Value is what was found, cut to a length fit for a message.
	Value string
	// Want says what was wanted instead.
	Want string
	// Code names the kind of problem.
	Code Code
	// Err is what the error unwraps to: one of the sentinels of this package,
	// or the error of the package that refused the value.
	Err error
}

// Error returns the place, the value found and what was wanted.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Place)
	if e.Value != "" || e.Offset >= 0 {
		b.WriteByte(' ')
		b.WriteString(strconv.Quote(excerpt(e.Value)))
	}
	if e.Offset >= 0 {
		b.WriteString(" at offset ")
		b.WriteString(strconv.Itoa(e.Offset))
	}
	b.WriteString(": ")
	b.WriteString(e.Want)
	return b.String()
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// excerpt cuts a text to what a person reads in a message, on a whole rune.
func excerpt(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut] + "..."
}

// An ErrorList is every problem found, in the order of their places. It is
// returned as an error only when it is not empty. [errors.Is] and [errors.As]
// look through it.
type ErrorList []*Error

// Error returns the first problem and how many more there are.
func (l ErrorList) Error() string {
	switch len(l) {
	case 0:
		return "no errors"
	case 1:
		return l[0].Error()
	case 2:
		return l[0].Error() + " (and 1 more error)"
	default:
		return l[0].Error() + " (and " + strconv.Itoa(len(l)-1) + " more errors)"
	}
}

// Unwrap returns the problems one by one.
func (l ErrorList) Unwrap() []error {
	errs := make([]error, len(l))
	for i, e := range l {
		errs[i] = e
	}
	return errs
}

// add appends a problem of a Spec, which has no offset.
func (l *ErrorList) add(place, value, want string, code Code, err error) {
	*l = append(*l, &Error{Place: place, Offset: -1, Value: value, Want: want, Code: code, Err: err})
}

// err returns the list as an error, nil where it is empty.
func (l ErrorList) err() error {
	if len(l) == 0 {
		return nil
	}
	return slices.Clip(l)
}
