package protocol

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
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
		f := newFile(doc)
		f.mark(problems.Kept())
		f.refuse(f.check(s))
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
	f := newFile(doc)
	f.refuse(list)
	return fileErrors(doc.Problems()).err()
}

// A file is a document whose values have been decoded.
type file struct {
	doc *document.Document
	// lists are the elements of lists, by place, as far as they were needed.
	lists map[string][]document.Node
	// unread are the pointers of values that have a problem, so that nothing
	// is known of them; partly those of what has one of them in it.
	unread, partly map[string]bool
	// gaps are the pointers of objects with a key that means nothing known:
	// nothing is known of the values that are not there, either, since one of
	// them may be the one that was meant.
	gaps map[string]bool
}

func newFile(doc *document.Document) *file {
	return &file{doc: doc, lists: map[string][]document.Node{}}
}

// mark remembers where the problems of a document are.
func (f *file) mark(problems []*document.Problem) {
	f.unread, f.partly, f.gaps = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range problems {
		at := p.Pointer
		if p.Code == document.CodeUnknown || p.Code == document.CodeCase {
			at = parentOf(at)
		} else if p.Code != document.CodeMissing {
			f.unread[at] = true
			for ; at != ""; at = parentOf(at) {
				f.partly[at] = true
			}
			continue
		}
		// The problem names the key that is missing, or is probably meant.
		if quoted, ok := strings.CutPrefix(p.Want, "the key "); ok {
			if key, err := strconv.Unquote(quoted); err == nil {
				f.unread[at+"/"+key] = true
				if key == "verified" { // which stands in place of a grade
					f.unread[at+"/grade"] = true
				}
				continue
			}
		}
		f.gaps[at] = true
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
	n = f.doc.Root()
	for at := 0; at < len(place); {
		segment, _, _ := strings.Cut(place[at+1:], "/")
		child, ok := f.child(n, place[:at], segment)
		if !ok {
			return n, place[at:]
		}
		n, at = child, at+1+len(segment)
	}
	return n, ""
}

// child returns the value in the one at a place that a segment leads to.
func (f *file) child(n document.Node, place, segment string) (document.Node, bool) {
	switch n.Kind() {
	case document.KindObject:
		for key, value := range n.Members() {
			if key.Text() == segment {
				return value, true
			}
		}
	case document.KindList:
		list, ok := f.lists[place]
		if !ok {
			for _, item := range n.Items() {
				list = append(list, item)
			}
			f.lists[place] = list
		}
		if i, err := strconv.Atoi(segment); err == nil && 0 <= i && i < len(list) {
			return list[i], true
		}
	}
	return document.Node{}, false
}

// refuse adds problems to the document, but not more than it keeps.
func (f *file) refuse(list ErrorList) {
	offset := make(map[*Error]int, len(list))
	for _, e := range list {
		n, _ := f.walk(e.Place)
		offset[e] = n.Offset()
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *Error) int { return cmp.Compare(offset[a], offset[b]) })
	for _, e := range list[:min(len(list), document.MaxProblems)] {
		f.doc.Refuse(f.find(e))
	}
}

// find returns the pointer of the value that a problem is about, and the
// problem as documents take it. A place inside a text, such as the cap of a dose
// rule, becomes that of the text.
func (f *file) find(e *Error) (pointer string, err error) {
	found := findingOf(e)
	n, rest := f.walk(e.Place)
	text := n.Kind() == document.KindText
	switch {
	case e.Code == CodeUnset:
		found.want = "a value of " + strconv.Quote(e.Value) + strings.TrimPrefix(found.want, "a value")
	case rest == "" && text && n.Text() == e.Value || e.Value == "":
	case isValue(e.Place), rest == "" && n.Kind() == document.KindList, rest != "" && (text && isDigit(e.Value[0]) || codeOf(e) != CodeDose):
		// The value that was found is not what stands there.
		found.found = strconv.Quote(excerpt(e.Value, 0))
	}
	if rest == "" || n.Kind() == document.KindObject {
		return e.Place, found
	}
	if text {
		found.offset = clauseAt(n.Text(), rest)
		if limit := strings.Index(n.Text(), e.Value); limit > 0 && errors.Is(e, dose.ErrNotJudged) {
			found.offset = limit
		}
	}
	return strings.TrimSuffix(e.Place, rest), found
}

// isValue reports whether a place is that of the value of a parameter, which may
// have been set since the file was read.
func isValue(place string) bool {
	return strings.HasPrefix(place, "/parameters/") && strings.HasSuffix(place, "/value")
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
			if f.found != "" {
				e.Value = f.found
			}
		case p.Code == document.CodeMissing, p.Code == document.CodeRange, p.Code == document.CodeChoice:
			e.Err = ErrInvalid
		}
		list = append(list, e)
	}
	return list
}

// A finding is an error of a parser or of a check as documents take it.
type finding struct {
	offset int    // in the text, or -1
	want   string // without the word want
	found  string // in quotes, if not what stands there
	code   Code
	err    error
}

func (f *finding) Error() string     { return "want " + f.want }
func (f *finding) Unwrap() error     { return f.err }
func (f *finding) ByteOffset() int   { return f.offset }
func (f *finding) Wanted() string    { return f.want }
func (f *finding) ErrorCode() string { return string(f.code) }
