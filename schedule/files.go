package schedule

import (
	"errors"
	"slices"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A FileProblem is one thing wrong with a file, and where. Its fields are Name,
// Line and Column from 1, Offset in bytes, Pointer (a JSON Pointer to the
// value), Want, Found, Code and Err, the error of the parser that refused the
// value, if any. As an error it reads
//
//	patient.json:7:13: /given/0/date: want a day that this month has, got "2025-02-30" [value]
type FileProblem = document.Problem

// FileProblems are the problems of one file in the order of their positions: its
// methods Kept, at most the first 100 of them, and More, how many others there
// are. [errors.Is] and [errors.As] look through those that are kept.
type FileProblems = document.Problems

// dateIn reads a date. It is zero where there is none or a wrong one.
func dateIn(n document.Node) date.Date { return textIn(n, ParseDate) }

// hoursIn reads the hours of one day.
func hoursIn(n document.Node) []clinic.Hours {
	return document.List(n, func(item document.Node) clinic.Hours { return textIn(item, clinic.ParseHours) })
}

// answeredIn reads the hours that a clinic answered for a day: none where it is closed, and
// where they are refused.
func answeredIn(n document.Node) []clinic.Hours {
	hours := hoursIn(n)
	if slices.Contains(hours, clinic.Hours{}) { // which was refused
		return nil
	}
	if err := clinic.CheckHours(hours); err != nil {
		n.Refuse(document.CodeValue, strings.TrimPrefix(err.Want, "want "))
		return nil
	}
	return hours
}

// textIn reads a value by its parser, whose errors say where in the text they
// are and what was wanted. The value keeps nothing of the text.
func textIn[T any](n document.Node, parse func(string) (T, error)) T {
	return document.Brief(n, func(s string) (T, error) {
		v, err := parse(s)
		return v, inFile(err)
	})
}

// inFile gives the error of a parser the form of a problem.
func inFile(err error) error {
	reason := func(want string, offset int) error {
		return &document.Reason{Code: document.CodeValue, Want: want, Offset: offset, Err: err}
	}
	if e, ok := errors.AsType[*ParseError](err); ok {
		return reason(e.Want, e.Offset)
	}
	if e, ok := errors.AsType[*clinic.ParseError](err); ok {
		return reason(e.Want, e.Offset)
	}
	if e, ok := errors.AsType[*dose.ParseError](err); ok {
		return reason(e.Want, e.Offset)
	}
	if e, ok := errors.AsType[*protocol.Error](err); ok {
		return reason(e.Want, e.Offset)
	}
	return err
}
