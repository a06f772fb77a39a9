package document

import (
	"slices"
	"strings"
)

// Fields are the members of an object that is being decoded by [Object]. The
// keys that are asked for are those that the object may have.
type Fields struct {
	node    Node
	known   []string // asked for, some of them more than once
	missing []string
	found   []int32 // entries of the values that were found
	members int     // how many keys the object has that are no problems
	next    int32   // entry of the key after the last value that was found
	last    int32   // the largest of found
	signs   uint64  // of all keys
}

// Object returns an object as decode makes it, which keeps no Fields. Members that decode has not asked
// for are problems, each with the key that was probably meant, and so are
// required ones that are not there. Without an object decode is not called.
func Object[T any](n Node, decode func(*Fields) T) (v T) {
	if !n.is(KindObject) {
		return v
	}
	f := n.doc.fields(n)
	v = decode(f)
	f.finish()
	return v
}

// fields returns the fields of an object, in the memory that those of another one have
// left: a document may have a hundred thousand objects.
func (d *Document) fields(n Node) *Fields {
	f := new(Fields)
	if last := len(d.spare) - 1; last >= 0 {
		f, d.spare = d.spare[last], d.spare[:last]
	}
	*f = Fields{node: n, next: n.at + 1, known: f.known[:0], missing: f.missing[:0], found: f.found[:0]}
	for k := n.at + 1; k < n.entry().next; k = d.entries[k+1].next {
		if !d.entries[k].refused {
			f.members++
			f.signs |= d.signs(k)
		}
	}
	return f
}

// Objects returns a list of objects.
func Objects[T any](n Node, decode func(*Fields) T) []T {
	return List(n, func(item Node) T { return Object(item, decode) })
}

// Node returns the object.
func (f *Fields) Node() Node { return f.node }

// Required returns the value of a key that the object must have. If it does not
// have it, that is the one problem, and the zero Node stands for the value.
func (f *Fields) Required(key string) Node {
	n := f.Optional(key)
	if n.Exists() {
		return n
	}
	if !slices.Contains(f.missing, key) {
		f.missing = append(f.missing, key)
	}
	return Node{}
}

// Optional returns the value of a key that the object may have. Without it the
// node has no value, and [Node.Refuse] adds a problem with the object.
func (f *Fields) Optional(key string) Node {
	f.known = append(f.known, key)
	if i, ok := f.value(key); ok && !f.node.doc.isNull(i) {
		return Node{doc: f.node.doc, at: i}
	}
	return Node{doc: f.node.doc, at: f.node.at, absent: true}
}

// value returns the value of a key. Files mostly have keys in the order in which they
// are asked for: it looks where the last one ended first.
func (f *Fields) value(key string) (int32, bool) {
	d := f.node.doc
	if k := f.next; k < f.node.entry().next && !d.entries[k].refused && d.isKey(k, key) {
		f.next = d.entries[k+1].next
		f.find(k + 1)
		return k + 1, true
	}
	if f.signs&sign(key) == 0 {
		return 0, false // as most keys that an object need not have
	}
	if len(f.found) == f.members && !slices.ContainsFunc(f.found, func(i int32) bool { return d.isKey(i-1, key) }) {
		return 0, false
	}
	i, ok := d.member(f.node.at, key)
	if ok {
		f.next = d.entries[i].next
		f.find(i)
	}
	return i, ok
}

// find keeps that a value was found.
func (f *Fields) find(i int32) {
	if i > f.last || !slices.Contains(f.found, i) {
		f.found, f.last = append(f.found, i), max(f.last, i)
	}
}

// isNull reports whether a value is a null that stands for none.
func (d *Document) isNull(i int32) bool {
	return d.nulls && d.entries[i].kind == 0 && !d.entries[i].refused
}

// Failed reports whether problems with the document were found so far, or keys of the
// object are missing.
func (f *Fields) Failed() bool {
	return len(f.missing) > 0 || f.node.doc != nil && len(f.node.doc.found) > 0
}

// Known makes keys known that are not asked for in every case.
func (f *Fields) Known(keys ...string) { f.known = append(f.known, keys...) }

// finish reports unknown and missing keys. A key that is required and was
// misspelt is one problem, not two.
func (f *Fields) finish() {
	d := f.node.doc
	if len(f.found) < f.members {
		f.unknown()
	}
	for _, key := range f.missing {
		if d.wants(f.node.Offset()) {
			f.node.report(0, CodeMissing, theKey(key), "", nil)
		}
	}
	d.spare = append(d.spare, f)
}

// unknown reports the keys that were not asked for.
func (f *Fields) unknown() {
	d := f.node.doc
	f.known = distinct(f.known)
	for k := f.node.at + 1; k < f.node.entry().next; k = d.entries[k+1].next {
		e := &d.entries[k]
		if e.refused || slices.ContainsFunc(f.known, func(key string) bool { return d.isKey(k, key) }) {
			continue
		}
		if !d.wants(int(e.start)) {
			continue
		}
		key := d.text(k)
		want := f.anyKnown()
		meant, code := f.meant(key)
		if meant != "" {
			want = theKey(meant)
			f.missing = slices.DeleteFunc(f.missing, func(s string) bool { return s == meant })
		}
		d.add(Problem{Offset: int(e.start), Pointer: d.pointer(k), Want: want, Found: excerpt(key, 0), Code: code})
	}
}

// distinct returns texts, each once, in order.
func distinct(texts []string) []string {
	once := texts[:0]
	for _, text := range texts {
		if !slices.Contains(once, text) {
			once = append(once, text)
		}
	}
	return once
}

// meant returns the known key that an unknown one is probably meant to be, empty
// if there is none, and the code of the problem.
func (f *Fields) meant(key string) (meant, code string) {
	for _, known := range f.known {
		if strings.EqualFold(key, known) {
			return known, CodeCase
		}
	}
	return nearest(key, f.known), CodeUnknown
}

// anyKnown says which keys the object may have, if they are few.
func (f *Fields) anyKnown() string {
	switch n := len(f.known); {
	case n == 0:
		return "no keys"
	case n > 12:
		return "a known key"
	case n == 1:
		return "no key but " + excerpt(f.known[0], 0)
	default:
		return "one of the keys " + either(f.known)
	}
}

func theKey(key string) string { return "the key " + excerpt(key, 0) }

// either returns texts as in "a", "b" or "c".
func either(texts []string) string {
	var b strings.Builder
	for i, text := range texts {
		switch {
		case i > 0 && i == len(texts)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(excerpt(text, 0))
	}
	return b.String()
}
