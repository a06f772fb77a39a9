package protocol

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// Parse reads a protocol file: what [Format] writes, in any order of keys and
// with any white space. The name is used in positions only.
//
// Parse is strict and reports up to 100 problems at once, as an [ErrorList] in
// the order of their positions: what is not JSON, unknown keys, texts that do
// not follow their notation, and whatever [Spec.Compile] would refuse. Only what
// depends on parameters without a value is left to Compile, since a file may
// leave them unset.
func Parse(name string, src []byte) (Spec, error) {
	doc := document.Parse(name, src)
	s := document.Object(doc.Root(), readSpec)
	problems := doc.Problems()
	if doc.Root().Exists() && problems.More() == 0 {
		f := file{root: doc.Root()}
		f.mark(problems.Kept())
		for _, e := range f.check(s) {
			doc.Refuse(f.find(e))
		}
		problems = doc.Problems()
	}
	if list := fileErrors(problems); len(list) > 0 {
		return Spec{}, list
	}
	return s, nil
}

// Locate returns an error of [Spec.Compile] with the positions that its
// problems have in the file that the Spec was read from, in the order of those.
// Values that a caller has set are where the file has their parameter. An error
// without places, or a file that cannot be read, returns err as it is.
func Locate(name string, src []byte, err error) error {
	list, ok := errors.AsType[ErrorList](err)
	doc := document.Parse(name, src)
	if !ok || !doc.Root().Exists() {
		return err
	}
	f := file{root: doc.Root()}
	for _, e := range list {
		doc.Refuse(f.find(e))
	}
	return fileErrors(doc.Problems()).err()
}

// A file is a document whose values have been decoded.
type file struct {
	root document.Node
	// unread are the pointers of values that have a problem, so that nothing
	// is known of them; partly those of what has one of them in it.
	unread, partly map[string]bool
	// gaps are the pointers of objects of which a key is unknown or missing:
	// nothing is known of the values that are not there, either. One of them may
	// be the one that was meant.
	gaps map[string]bool
}

// mark remembers where the problems of a document are.
func (f *file) mark(problems []*document.Problem) {
	f.unread, f.partly, f.gaps = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range problems {
		switch p.Code {
		case document.CodeMissing:
			f.gaps[p.Pointer] = true
		case document.CodeUnknown, document.CodeCase:
			f.gaps[parentOf(p.Pointer)] = true
		default:
			f.unread[p.Pointer] = true
			for at := p.Pointer; at != ""; at = parentOf(at) {
				f.partly[at] = true
			}
		}
	}
}

// isUnread reports whether nothing is known of the value at a place.
func (f *file) isUnread(place string) bool {
	for ; place != ""; place = parentOf(place) {
		if f.unread[place] {
			return true
		}
		if f.gaps[parentOf(place)] {
			if _, rest := f.walk(place); rest != "" {
				return true
			}
		}
	}
	return f.unread[""]
}

func (f *file) isPartlyUnread(place string) bool { return f.partly[place] }

func parentOf(pointer string) string { return pointer[:max(0, strings.LastIndexByte(pointer, '/'))] }

// check returns what is wrong with the values that could be read.
func (f *file) check(s Spec) ErrorList {
	c := newCompiler(s)
	c.unread, c.partly = f.isUnread, f.isPartlyUnread
	c.check()
	return slices.DeleteFunc(c.errs, func(e *Error) bool {
		return errors.Is(e, ErrUnset) || f.isUnread(e.Place)
	})
}

// walk returns the innermost value on the way to a place, and what is left of
// the way.
func (f *file) walk(place string) (n document.Node, rest string) {
	n = f.root
	for place != "" {
		segment, after, more := strings.Cut(place[1:], "/")
		child, ok := childOf(n, segment)
		if !ok {
			return n, place
		}
		n, place = child, ""
		if more {
			place = "/" + after
		}
	}
	return n, ""
}

func childOf(n document.Node, segment string) (document.Node, bool) {
	switch n.Kind() {
	case document.KindObject:
		for key, value := range n.Members() {
			if key.Text() == segment {
				return value, true
			}
		}
	case document.KindList:
		for i, item := range n.Items() {
			if strconv.Itoa(i) == segment {
				return item, true
			}
		}
	}
	return document.Node{}, false
}

// find returns the pointer of the value that a problem is about, and the
// problem as documents take it. A place inside a text, such as the cap of a dose
// rule, becomes that of the text.
func (f *file) find(e *Error) (pointer string, err error) {
	found := findingOf(e)
	n, rest := f.walk(e.Place)
	if rest == "" || n.Kind() == document.KindObject {
		return e.Place, found
	}
	if n.Kind() == document.KindText {
		found.offset = clauseAt(n.Text(), rest)
	}
	return strings.TrimSuffix(e.Place, rest), found
}

// fileErrors returns the problems of a document as errors of this package.
func fileErrors(problems *document.Problems) ErrorList {
	list := make(ErrorList, 0, len(problems.Kept()))
	for _, p := range problems.Kept() {
		e := &Error{
			Name: p.Name, Line: p.Line, Column: p.Column, Offset: p.Offset,
			Place: p.Pointer, Value: p.Found, Want: "want " + p.Want, Code: Code(p.Code), Err: ErrNotation,
		}
		switch f, ok := errors.AsType[*finding](p.Err); {
		case ok:
			e.Err = f.err
		case p.Code == document.CodeMissing, p.Code == document.CodeRange, p.Code == document.CodeChoice:
			e.Err = ErrInvalid
		}
		list = append(list, e)
	}
	return list
}

// A finding is an error of a parser or of a check as documents take it.
type finding struct {
	offset int // in the text, or -1
	want   string
	code   Code
	err    error
}

func (f *finding) Error() string     { return "want " + f.want }
func (f *finding) Unwrap() error     { return f.err }
func (f *finding) ByteOffset() int   { return f.offset }
func (f *finding) Wanted() string    { return f.want }
func (f *finding) ErrorCode() string { return string(f.code) }
