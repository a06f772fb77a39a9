package schedule

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
	// What is the kind of value, such as "date".
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

// ParseDate reads a date written YYYY-MM-DD, years 1900 to 2200. Unlike the
// parsers of the date package it repairs nothing: a [*ParseError] is returned
// for every other form and for a day that does not exist, such as 2026-02-30.
func ParseDate(s string) (date.Date, error) {
	d, offset, err := civil.Parse(s)
	if err != nil {
		return 0, &ParseError{What: "date", Input: document.Cut(s), Offset: offset, Want: err.Error()}
	}
	return d, nil
}

// MustDate is like [ParseDate] but panics on an error. It is for constants and
// tests.
func MustDate(s string) date.Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
