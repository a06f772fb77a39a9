package document

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxProblems is how many problems of a document are kept.
const MaxProblems = 100

// The codes of problems. They never change their meaning.
const (
	CodeSize      = "json-size"     // more than [MaxSize] bytes
	CodeDepth     = "json-depth"    // nesting deeper than [MaxDepth]
	CodeCount     = "json-count"    // more than [MaxMembers] members or [MaxItems] elements
	CodeSyntax    = "json-syntax"   // not JSON
	CodeTrailing  = "trailing-data" // something after the document
	CodeMark      = "byte-order-mark"
	CodeUTF8      = "utf-8"         // bytes that are not UTF-8
	CodeSurrogate = "surrogate"     // half a surrogate pair
	CodeNull      = "null"          // null
	CodeDuplicate = "duplicate-key" // a key twice in an object
	CodeUnknown   = "unknown-key"   // a key that is not known
	CodeCase      = "key-case"      // a known key with other capitals
	CodeMissing   = "missing-key"   // a required key is not there
	CodeType      = "json-type"     // a value of another type
	CodeRange     = "range"         // a number outside its range
	CodeChoice    = "choice"        // a text that is not one of those possible
	CodeValue     = "value"         // a text that its parser refuses
	CodeOrder     = "order"         // a last value before the first
	CodeZone      = "zone"          // a time zone that is not known
	CodeTwice     = "date-twice"    // two entries for one date
)

// ErrLimit is what a problem wraps that says that a document is too large, too deep,
// or has too much in one object or list.
var ErrLimit = errors.New("beyond a limit of files")

// A Problem is one thing wrong with a document, and where.
type Problem struct {
	// Name is the name of the document, as given to [Parse].
	Name string
	// Line and Column are the position, from 1, the column in characters.
	Line, Column int
	// Offset is the position in bytes, from 0, at most the length of the input.
	Offset int
	// Pointer is the JSON Pointer (RFC 6901) of the value, empty for the whole
	// document. Instead of one longer than 256 bytes it has that of the nearest
	// enclosing value with a shorter one.
	Pointer string
	// Want says what was wanted, without the word want. It is empty if all that
	// is known is Err.
	Want string
	// Found is what was found instead, cut to some 60 bytes, or empty if that
	// goes without saying.
	Found string
	// Code names the kind of problem.
	Code string
	// Err is the error of the parser that refused the value, [ErrLimit], or nil.
	Err error
}

// Error returns the problem on one line:
//
//	name:line:column: pointer: want something, got something else [code]
func (p *Problem) Error() string {
	var b []byte
	if p.Name != "" {
		b = append(b, p.Name...)
		b = append(b, ':')
	}
	b = strconv.AppendInt(b, int64(p.Line), 10)
	b = append(b, ':')
	b = strconv.AppendInt(b, int64(p.Column), 10)
	b = append(b, ": "...)
	if p.Pointer != "" {
		b = append(b, printable(p.Pointer)...)
		b = append(b, ": "...)
	}
	switch {
	case p.Want != "":
		b = append(b, "want "...)
		b = append(b, p.Want...)
	case p.Err != nil:
		b = append(b, printable(p.Err.Error())...)
	}
	if p.Found != "" {
		b = append(b, ", got "...)
		b = append(b, p.Found...)
	}
	b = append(b, " ["...)
	b = append(b, p.Code...)
	return string(append(b, ']'))
}

// Unwrap returns Err.
func (p *Problem) Unwrap() error { return p.Err }

// printable returns s with what would not be seen on one line escaped.
func printable(s string) string {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		s = strconv.Quote(s)
		return s[1 : len(s)-1]
	}
	return s
}

// Problems are the problems of one document in the order of their positions.
// As an error it has the text of the first and how many more there are;
// [errors.Is] and [errors.As] look through all that are kept.
type Problems struct {
	kept []*Problem
	more int
}

// Err returns p as an error, or nil if there is no problem.
func (p *Problems) Err() error {
	if len(p.kept) == 0 {
		return nil
	}
	return p
}

// Kept returns the problems, at most the first [MaxProblems].
func (p *Problems) Kept() []*Problem { return slices.Clone(p.kept) }

// More returns how many problems there are after those kept.
func (p *Problems) More() int { return p.more }

// Error returns the first problem and the number of others.
func (p *Problems) Error() string {
	switch n := len(p.kept) + p.more; n {
	case 0:
		return "no problems"
	case 1:
		return p.kept[0].Error()
	case 2:
		return p.kept[0].Error() + " (and 1 more error)"
	default:
		return p.kept[0].Error() + " (and " + strconv.Itoa(n-1) + " more errors)"
	}
}

// Unwrap returns the problems that are kept, one by one.
func (p *Problems) Unwrap() []error {
	errs := make([]error, len(p.kept))
	for i, problem := range p.kept {
		errs[i] = problem
	}
	return errs
}

// A collector keeps the problems that are first by position and counts the
// others. A hostile document has more problems than bytes worth reading: so
// nobody words a problem before wants says that it may be kept.
type collector struct {
	found []Problem // unordered, at most 2 * MaxProblems
	more  int       // dropped
	full  bool      // as many as are kept lie before limit
	limit int
}

// wants reports whether a problem at an offset may be among those kept. One
// that cannot be is counted.
func (c *collector) wants(offset int) bool {
	if c.full && offset >= c.limit {
		c.more++
		return false
	}
	return true
}

func (c *collector) add(p Problem) {
	if c.found = append(c.found, p); len(c.found) == 2*MaxProblems {
		c.trim()
		c.full, c.limit = true, c.found[MaxProblems-1].Offset
	}
}

// trim sorts the problems and drops those that are too many.
func (c *collector) trim() {
	slices.SortStableFunc(c.found, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	if n := len(c.found); n > MaxProblems {
		c.more += n - MaxProblems
		clear(c.found[MaxProblems:])
		c.found = c.found[:MaxProblems]
	}
}

// problems returns what was collected, with lines and columns in src.
func (c *collector) problems(name string, src []byte) *Problems {
	c.trim()
	list := &Problems{kept: make([]*Problem, len(c.found)), more: c.more}
	line, column, at := 1, 1, 0
	for i, p := range c.found {
		between := src[at:p.Offset]
		if n := bytes.Count(between, []byte("\n")); n > 0 {
			line, column = line+n, 1
			between = between[bytes.LastIndexByte(between, '\n')+1:]
		}
		column += utf8.RuneCount(between)
		at = p.Offset
		p.Name, p.Line, p.Column = name, line, column
		list.kept[i] = &p
	}
	return list
}
