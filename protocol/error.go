package protocol

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/regimen-go/regimen/internal/document"
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
	CodeAmbiguous  Code = "cadence-ambiguous" // words with more than one meaning
	CodeOrder      Code = "cadence-order"     // numbers or segments in the wrong order
	CodeTooLong    Code = "too-long"          // beyond a stated limit
	CodeMissing    Code = "missing"           // a required value is not given
	CodeValue      Code = "value"             // a value outside what is allowed
	CodeDuplicate  Code = "duplicate"         // a name used twice
	CodeUnset      Code = "parameter-unset"   // a parameter without a value
	CodeDose       Code = "dose-rule"         // a dose rule that cannot be used
	CodeGap        Code = "gap"               // a week that cannot hold its sessions
	CodeUnknownRef Code = "unknown-reference" // a name that nothing has

	CodeNoEnd Code = "monitoring-without-end" // visits beside the sessions that nothing bounds

	CodeTimesDiffer    Code = "times-differ"     // two times over which one dose is given
	CodeVisitTooShort  Code = "visit-too-short"  // a dose that takes longer than the visit has for it
	CodePartsOverlap   Code = "parts-overlap"    // a part of a dose that begins before the one before has ended
	CodeDevicesTooFast Code = "devices-too-fast" // less time than the rests between devices take
	CodeNotJudged      Code = "limit-not-judged" // a limit that nothing could ever judge
	CodeHardLimit      Code = "hard-limit"       // a dose that passes a hard limit for everybody
)

// The limits of protocol files. A file beyond one is refused before anything in it
// is decoded, with the code after it.
const (
	MaxFileSize     = document.MaxSize    // bytes: 1 MiB ([CodeFileSize])
	MaxFileDepth    = document.MaxDepth   // objects and lists around a value: 16 ([CodeDepth])
	MaxFileMembers  = document.MaxMembers // members of an object: 65,536 ([CodeCount])
	MaxFileElements = document.MaxItems   // elements of a list: 1,048,576 ([CodeCount])
)

// The codes of problems that only files have.
const (
	CodeFileSize     Code = document.CodeSize      // more than [MaxFileSize] bytes
	CodeDepth        Code = document.CodeDepth     // nesting deeper than [MaxFileDepth]
	CodeCount        Code = document.CodeCount     // more than [MaxFileMembers] or [MaxFileElements]
	CodeJSON         Code = document.CodeSyntax    // not JSON
	CodeTrailing     Code = document.CodeTrailing  // something after the document
	CodeMark         Code = document.CodeMark      // a byte order mark
	CodeUTF8         Code = document.CodeUTF8      // bytes that are not UTF-8
	CodeSurrogate    Code = document.CodeSurrogate // half a surrogate pair
	CodeNull         Code = document.CodeNull      // null
	CodeDuplicateKey Code = document.CodeDuplicate // a key twice in an object
	CodeUnknownKey   Code = document.CodeUnknown   // a key that is not known
	CodeKeyCase      Code = document.CodeCase      // a known key with other capitals
	CodeMissingKey   Code = document.CodeMissing   // a required key is not there
	CodeType         Code = document.CodeType      // a value of another type
	CodeNumber       Code = document.CodeRange     // a number outside its range
	CodeChoice       Code = document.CodeChoice    // a text that is not one of those possible
)

// An Error is one problem: where it is, what was found and what was wanted.
type Error struct {
	// Name is the name of the file, Line and Column are the position in it, from
	// 1, the column in characters. They are zero where there is no file.
	Name         string
	Line, Column int
	// Place names what was read: "cadence" for a text given to
	// [ParseCadence], otherwise a path such as "/phases/1/minGap", which in a
	// file is a JSON Pointer.
	Place string
	// Offset is the byte offset in Value of a problem in a notation, or -1. In a
	// file it is the byte of the file.
	Offset int
	// Value is what was found, cut at 4 KiB; in a file, as the message has it.
	Value string
	// Want says what was wanted instead.
	Want string
	// Code names the kind of problem.
	Code Code
	// Err is what the error unwraps to: one of the sentinels of this package,
	// or the error of the package that refused the value.
	Err error
}

// Error returns the place, the value found and what was wanted; in a file
//
//	name:line:column: /place: want something, got something else [code]
func (e *Error) Error() string {
	var b strings.Builder
	if e.Line > 0 {
		p := document.Problem{
			Name: e.Name, Line: e.Line, Column: e.Column, Pointer: e.Place,
			Want: strings.TrimPrefix(e.Want, "want "), Found: e.Value, Code: string(e.Code),
		}
		return p.Error()
	}
	b.WriteString(e.Place)
	if e.Value != "" || e.Offset >= 0 {
		b.WriteByte(' ')
		b.WriteString(strconv.Quote(excerpt(e.Value, e.Offset)))
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

// excerpt cuts a text to what a person reads in a message: its beginning, or
// what stands around the offset, on whole runes.
func excerpt(s string, offset int) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	start := min(max(0, offset-most/2), len(s)-most)
	end := start + most
	for range utf8.UTFMax - 1 { // the rest of a rune
		if start > 0 && !utf8.RuneStart(s[start]) {
			start--
		}
		if end < len(s) && !utf8.RuneStart(s[end]) {
			end++
		}
	}
	before, after := "", ""
	if start > 0 {
		before = "..."
	}
	if end < len(s) {
		after = "..."
	}
	return before + s[start:end] + after
}

// kept returns what an error keeps of a text: a copy, so that an error that is
// kept does not keep a huge text with it.
func kept(s string) string { return strings.Clone(s[:min(len(s), maxText)]) }

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
	*l = append(*l, &Error{Place: place, Offset: -1, Value: kept(value), Want: want, Code: code, Err: err})
}

// err returns the list as an error, nil where it is empty.
func (l ErrorList) err() error {
	if len(l) == 0 {
		return nil
	}
	return slices.Clip(l)
}
