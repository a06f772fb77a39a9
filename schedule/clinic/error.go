package clinic

import (
	"errors"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// ErrSyntax is what every [*ParseError] unwraps to.
var ErrSyntax = errors.New("not in the expected form")

// A ParseError says which text was not understood and what was wanted.
type ParseError struct {
	// What is the kind of value, such as "time of day".
	What string
	// Input is the text, cut to a length fit for a message.
	Input string
	// Offset is the byte offset in Input of the problem.
	Offset int
	// Want says what was wanted.
	Want string
}

// Error returns the kind of value, the text and what was wanted.
func (e *ParseError) Error() string {
	s := e.What + " " + strconv.Quote(e.Input)
	if e.Offset > 0 {
		s += " at offset " + strconv.Itoa(e.Offset)
	}
	return s + ": " + e.Want
}

// Unwrap returns [ErrSyntax].
func (e *ParseError) Unwrap() error { return ErrSyntax }

// An Error is one value that a [Spec] or the answer of an [Opening] got wrong.
type Error struct {
	// Field names the value, such as "Closed".
	Field string
	// Value is what was found, "" where nothing was given.
	Value string
	// Want says what was wanted.
	Want string
}

// Error returns the field, the value and what was wanted.
func (e *Error) Error() string {
	if e.Value == "" {
		return e.Field + ": " + e.Want
	}
	return e.Field + " " + strconv.Quote(document.Cut(e.Value)) + ": " + e.Want
}

// An errorList collects problems so that all are reported at once.
type errorList []error

func (l *errorList) add(field, value, want string) {
	*l = append(*l, &Error{Field: field, Value: value, Want: want})
}

func (l *errorList) date(field string, d date.Date) {
	if !civil.InRange(d) {
		l.add(field, civil.Format(d), "want a date from 1900-01-01 to 2200-12-31")
	}
}

func (l errorList) err() error { return errors.Join(l...) }
