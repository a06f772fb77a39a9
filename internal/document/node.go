package document

import (
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// A Kind is what a value is. The zero Kind is that of a node without a value, and
// of a value that is a problem already, such as null.
type Kind uint8

// The kinds of values.
const (
	KindObject Kind = iota + 1
	KindList
	KindText
	KindNumber
	KindBool
)

// String returns the kind as problems name it.
func (k Kind) String() string {
	switch k {
	case KindObject:
		return "an object"
	case KindList:
		return "a list"
	case KindText:
		return "text in double quotes"
	case KindNumber:
		return "a number"
	case KindBool:
		return "true or false"
	default:
		return "no value"
	}
}

// A Node is a value of a document. A method that wants another kind of value than
// it is returns a zero value and adds a problem. Each value gets one such problem
// at most; then its [Node.Kind] is zero and nothing more is said about it. Nor is
// anything said about a value that is missing, except by Refuse. The zero Node has
// no value.
type Node struct {
	doc    *Document
	at     int32
	absent bool // an optional value that at, its object, does not have
}

func (n Node) entry() *entry { return &n.doc.entries[n.at] }

// Exists reports whether the document has the value, be it a problem or not.
func (n Node) Exists() bool { return n.doc != nil && !n.absent }

// Kind returns what the value is.
func (n Node) Kind() Kind {
	if !n.Exists() || n.entry().refused {
		return 0
	}
	return n.entry().kind
}

// Offset returns the byte of the document at which the value begins; if it is
// missing, that of its object, or 0.
func (n Node) Offset() int {
	if n.doc == nil {
		return 0
	}
	return int(n.entry().start)
}

// Pointer returns the JSON Pointer of the value, cut as in [Problem]; if it is
// missing, that of its object.
func (n Node) Pointer() string {
	if n.doc == nil {
		return ""
	}
	return n.doc.pointer(n.at)
}

// is reports whether the value is of a kind, with a problem if it is of another.
func (n Node) is(want Kind) bool {
	got := n.Kind()
	if got != want && got != 0 {
		n.fail(CodeType, want.String())
	}
	return got == want
}

// fail adds the problem that makes a value useless.
func (n Node) fail(code, want string) {
	n.report(0, code, want, n.found(0), nil)
	n.entry().refused = true
}

// Source returns the bytes of the value as they are in the file. They must not be
// changed.
func (n Node) Source() []byte {
	if !n.Exists() {
		return nil
	}
	return n.doc.src[n.entry().start:n.entry().end]
}

// Text returns a text as it is.
func (n Node) Text() string {
	if !n.is(KindText) {
		return ""
	}
	return n.doc.text(n.at)
}

// Says reports whether a text is s, as a comparison with [Node.Text] does, without a copy.
func (n Node) Says(s string) bool {
	if !n.is(KindText) {
		return false
	}
	if n.entry().escaped {
		return n.doc.text(n.at) == s
	}
	return string(n.doc.inside(n.at)) == s
}

// Number returns a number as it is written in the file.
func (n Node) Number() string {
	if !n.is(KindNumber) {
		return ""
	}
	return n.raw()
}

// Int returns a whole number from low to high. It is written in digits, without
// a point or an exponent.
func (n Node) Int(low, high int) int {
	if !n.is(KindNumber) {
		return 0
	}
	raw := n.raw()
	v, err := strconv.Atoi(raw)
	if err == nil && raw != "-0" && low <= v && v <= high {
		return v
	}
	code := CodeRange
	if raw == "-0" || strings.ContainsAny(raw, ".eE") {
		code = CodeType
	}
	want := "a whole number from " + strconv.Itoa(low) + " to " + strconv.Itoa(high)
	n.fail(code, want)
	return 0
}

// Bool returns true or false.
func (n Node) Bool() bool { return n.is(KindBool) && n.raw() == "true" }

// OneOf returns a text that must be one of those given.
func (n Node) OneOf(texts ...string) string {
	if !n.is(KindText) {
		return ""
	}
	s := n.doc.text(n.at)
	if slices.Contains(texts, s) {
		return s
	}
	n.fail(CodeChoice, either(texts))
	return ""
}

// Parsed returns a text as its parser reads it. An error of the parser is a
// problem as by [Node.RefuseError].
func Parsed[T any](n Node, parse func(string) (T, error)) (v T) {
	if !n.is(KindText) {
		return v
	}
	v, err := parse(n.doc.text(n.at))
	if err != nil {
		n.RefuseError(err)
		n.entry().refused = true
		return *new(T)
	}
	return v
}

// Brief is [Parsed] for a parser whose values keep nothing of the text, such as dates and
// amounts. It is given a part of one copy of the whole source, so that a document of a
// hundred thousand dates is not read by way of as many strings. What an error says is its
// own.
func Brief[T any](n Node, parse func(string) (T, error)) T {
	if n.is(KindText) {
		if v, err := parse(n.doc.brief(n.at)); err == nil {
			return v
		}
	}
	return Parsed(n, parse)
}

// Items returns the elements of a list with their numbers from 0.
func (n Node) Items() iter.Seq2[int, Node] {
	isList := n.is(KindList)
	return func(yield func(int, Node) bool) {
		if !isList {
			return
		}
		for i := n.at + 1; i < n.entry().next; i = n.doc.entries[i].next {
			if !yield(int(n.doc.entries[i].index), Node{doc: n.doc, at: i}) {
				return
			}
		}
	}
}

// Len returns how many elements a list has.
func (n Node) Len() (size int) {
	if !n.is(KindList) {
		return 0
	}
	for i := n.at + 1; i < n.entry().next; i = n.doc.entries[i].next {
		size++
	}
	return size
}

// List returns the elements of a list, each decoded by a function such as
// [Node.Text]. It is nil if there are none.
func List[T any](n Node, decode func(Node) T) []T {
	size := n.Len()
	if size == 0 {
		return nil
	}
	list := make([]T, 0, size)
	for i := n.at + 1; i < n.entry().next; i = n.doc.entries[i].next {
		list = append(list, decode(Node{doc: n.doc, at: i}))
	}
	return list
}

// Members returns the members of an object whose keys are names that the file
// chooses: the key, which is a text to be checked like any other, and the value.
// For an object with known keys see [Object].
func (n Node) Members() iter.Seq2[Node, Node] {
	isObject := n.is(KindObject)
	return func(yield func(key, value Node) bool) {
		if !isObject {
			return
		}
		for k := n.at + 1; k < n.entry().next; k = n.doc.entries[k+1].next {
			if !n.doc.entries[k].refused && !yield(Node{doc: n.doc, at: k}, Node{doc: n.doc, at: k + 1}) {
				return
			}
		}
	}
}

// Refuse adds a problem with the value, or with the object that has no such
// optional value: what was wanted instead, without the word want.
func (n Node) Refuse(code, want string) {
	if n.open() {
		n.report(0, code, want, n.scalar(0), nil)
	}
}

// RefuseError adds the error of a parser, or of another check, as a problem with
// the value. The problem says what err says of itself, if it or an error it
// wraps has one of these methods:
//
//	ByteOffset() int    // where in the text the problem is; negative: unknown
//	Wanted() string     // what was wanted there, without the word want
//	ErrorCode() string  // the code of the problem, instead of CodeValue
//
// Without Wanted it has the text of err. The offset becomes that of the byte in
// the file; in a text that is written with escapes it is that of the text.
func (n Node) RefuseError(err error) {
	if !n.open() {
		return
	}
	in, want, code := details(err)
	found := ""
	if want != "" {
		found = n.scalar(in)
	}
	at := 0
	if n.Kind() == KindText && in >= 0 {
		if raw := n.doc.inside(n.at); in <= len(raw) && !n.entry().escaped {
			at = 1 + runeStart(raw, in)
		}
	}
	n.report(at, code, want, found, err)
}

// open reports whether a problem may be added: there is a value, or an object
// without it, which is not a problem already.
func (n Node) open() bool { return n.doc != nil && !n.entry().refused }

// report adds a problem at a byte of the value.
func (n Node) report(in int, code, want, found string, err error) {
	if at := n.Offset() + in; n.doc.wants(at) {
		n.doc.add(Problem{Offset: at, Pointer: n.Pointer(), Want: want, Found: found, Code: code, Err: err})
	}
}

func (n Node) raw() string { return string(n.doc.src[n.entry().start:n.entry().end]) }

// found names the value in a problem with what stands at a byte of its text.
func (n Node) found(in int) string {
	if s := n.scalar(in); s != "" {
		return s
	}
	return n.Kind().String()
}

// scalar is found, but nothing for a value that is better looked at than named.
func (n Node) scalar(in int) string {
	switch n.Kind() {
	case KindText:
		return excerpt(n.doc.text(n.at), in)
	case KindNumber, KindBool:
		if raw := n.raw(); len(raw) > 40 {
			return raw[:40] + "..."
		} else {
			return raw
		}
	default:
		return ""
	}
}

type (
	locatedError interface {
		error
		ByteOffset() int
	}
	wantingError interface {
		error
		Wanted() string
	}
	codedError interface {
		error
		ErrorCode() string
	}
)

// details returns what an error says of itself.
func details(err error) (offset int, want, code string) {
	offset, code = -1, CodeValue
	if e, ok := errors.AsType[locatedError](err); ok {
		offset = e.ByteOffset()
	}
	if e, ok := errors.AsType[wantingError](err); ok {
		want = e.Wanted()
	}
	if e, ok := errors.AsType[codedError](err); ok {
		code = e.ErrorCode()
	}
	return offset, want, code
}
