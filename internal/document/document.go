package document

import (
	"slices"
	"strconv"
	"strings"
)

const (
	// MaxSize is the largest size of a document in bytes: 1 MiB.
	MaxSize = 1 << 20
	// MaxRecord is the largest size of a document that programs write and only
	// programs read, in bytes: 64 MiB. See [ParseRecord].
	MaxRecord = 1 << 26
	// MaxDepth is how many objects and lists a document may have around a value.
	MaxDepth = 16
	// MaxMembers is how many members an object may have: 65,536.
	MaxMembers = 1 << 16
	// MaxItems is how many elements a list may have: 1,048,576.
	MaxItems = 1 << 20

	maxPointer = 256
)

// A Document is one JSON file that was read, with the problems found in it: by
// [Parse], then by whatever decodes its values. It is not safe for concurrent
// use. Its zero value is a document without a value.
type Document struct {
	name    string
	src     []byte
	whole   string // src, where [Brief] was asked for a part of it
	entries []entry
	escaped map[int32]string // keys that are written with escapes, by entry
	spare   []*Fields        // of objects that have been decoded
	nulls   bool             // a member that is null counts as one that is not there
	collector
}

// An entry is a value or the key before it, in the order of the file.
type entry struct {
	start, end int32 // bytes of the source; a container that is open ends at 0
	parent     int32 // entry of the enclosing container, -1 for the root
	next       int32 // the entry after this one and all inside it
	index      int32 // number of an element in its list
	kind       Kind
	key        bool
	refused    bool // already a problem, so nothing more is said about it
	escaped    bool // a string that is written with escapes
}

// Parse reads a JSON document. The name is used in positions only. It never
// fails: what is wrong is in [Document.Err], which is best asked after the
// values have been decoded. The document refers to src, which must not change
// while it is in use.
func Parse(name string, src []byte) *Document { return parse(&Document{name: name, src: src}, MaxSize) }

// ParseRecord is [Parse] for documents that programs write and that hold what has
// gathered over years: they may have [MaxRecord] bytes.
func ParseRecord(name string, src []byte) *Document {
	return parse(&Document{name: name, src: src}, MaxRecord)
}

// ParseValue is [ParseRecord] for values that programs hand on, which may have null
// for a member that is not there. It has no name.
func ParseValue(src []byte) *Document { return parse(&Document{src: src, nulls: true}, MaxRecord) }

func parse(d *Document, most int) *Document {
	r := reader{Document: d, most: most}
	if !r.read() {
		d.entries = nil
	}
	return d
}

// Root returns the value of the document. There is none if the syntax is wrong
// or if the document is too large or too deep.
func (d *Document) Root() Node {
	if len(d.entries) == 0 {
		return Node{}
	}
	return Node{doc: d}
}

// Problems returns the problems found so far.
func (d *Document) Problems() *Problems { return d.problems(d.name, d.src) }

// Err returns the [*Problems] found so far as an error, or nil if there is none.
func (d *Document) Err() error { return d.Problems().Err() }

// Refuse adds a problem with the value that a JSON Pointer leads to, as
// [Node.RefuseError] does. If there is no such value, the problem is at the
// innermost value on the way to it that there is. It is for checks of what was
// decoded, which know no nodes.
func (d *Document) Refuse(pointer string, err error) {
	n, found := d.find(pointer)
	if found {
		n.RefuseError(err)
		return
	}
	var at int32
	if n.doc != nil {
		at = n.entry().start
	}
	if d.wants(int(at)) {
		_, want, code := details(err)
		d.add(Problem{Offset: int(at), Pointer: cutPointer(pointer), Want: want, Code: code, Err: err})
	}
}

// find returns the value that a pointer leads to or, with false, the innermost
// one on the way there.
func (d *Document) find(pointer string) (n Node, found bool) {
	n = d.Root()
	if n.doc == nil || pointer == "" {
		return n, n.doc != nil
	}
	rest, ok := strings.CutPrefix(pointer, "/")
	for ok {
		var segment string
		segment, rest, ok = strings.Cut(rest, "/")
		child, found := d.child(n.at, strings.NewReplacer("~1", "/", "~0", "~").Replace(segment))
		if !found {
			return n, false
		}
		n.at = child
		if !ok {
			return n, true
		}
	}
	return n, false
}

// child returns the value in a container that one segment of a pointer names.
func (d *Document) child(container int32, segment string) (int32, bool) {
	switch d.entries[container].kind {
	case KindObject:
		return d.member(container, segment)
	case KindList:
		for i := container + 1; i < d.entries[container].next; i = d.entries[i].next {
			if strconv.Itoa(int(d.entries[i].index)) == segment {
				return i, true
			}
		}
	}
	return 0, false
}

// member returns the value that an object has for a key.
func (d *Document) member(object int32, key string) (int32, bool) {
	for k := object + 1; k < d.entries[object].next; k = d.entries[k+1].next {
		if !d.entries[k].refused && d.isKey(k, key) {
			return k + 1, true
		}
	}
	return 0, false
}

// isKey reports whether a key, which is not a problem, is the one given.
func (d *Document) isKey(k int32, key string) bool {
	if d.entries[k].escaped {
		return d.escaped[k] == key
	}
	return string(d.inside(k)) == key
}

// sign returns a bit that is the same for keys that are the same: one of another bit need
// not be looked at.
func sign[S string | []byte](key S) uint64 {
	if len(key) == 0 {
		return 1
	}
	return 1 << ((uint(key[0])*7 + uint(key[len(key)-1])*3 + uint(len(key))) % 64)
}

// signs returns the sign of a key, every bit for one that is written with escapes.
func (d *Document) signs(k int32) uint64 {
	if d.entries[k].escaped {
		return 1<<64 - 1
	}
	return sign(d.inside(k))
}

// pointer returns the JSON Pointer of a value, or of that of a key. One that is
// too long ends at an enclosing value.
func (d *Document) pointer(i int32) string {
	chain := make([]int32, 0, MaxDepth+1)
	for ; d.entries[i].parent >= 0; i = d.entries[i].parent {
		chain = append(chain, i)
	}
	var b strings.Builder
	for _, i := range slices.Backward(chain) {
		segment, ok := d.segment(i)
		if !ok || b.Len()+1+len(segment) > maxPointer {
			break
		}
		b.WriteByte('/')
		b.WriteString(segment)
	}
	return b.String()
}

// segment returns what leads in a JSON Pointer from a container to a value in
// it, or false if that is too long.
func (d *Document) segment(i int32) (s string, ok bool) {
	switch {
	case d.entries[i].key:
	case d.entries[d.entries[i].parent].kind == KindObject:
		i--
	default:
		return strconv.Itoa(int(d.entries[i].index)), true
	}
	if d.entries[i].end-d.entries[i].start > 6*maxPointer+2 { // an escape has six bytes
		return "", false
	}
	s = strings.ToValidUTF8(d.text(i), "\ufffd") // one that is not is a problem
	s = strings.ReplaceAll(s, "~", "~0")
	return strings.ReplaceAll(s, "/", "~1"), true
}

// cutPointer returns the beginning of a pointer that is not too long.
func cutPointer(pointer string) string {
	if len(pointer) <= maxPointer {
		return pointer
	}
	return pointer[:max(0, strings.LastIndexByte(pointer[:maxPointer+1], '/'))]
}
