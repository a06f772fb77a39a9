package document

import (
	"bytes"
	"strconv"
	"strings"
)

// A reader makes the entries of a document in one pass over its bytes. It accepts
// what encoding/json does; where it cannot go on, fault says what is wrong.
type reader struct {
	*Document
	most int // the largest size that is read
	end  int // where the last brace, bracket, key or scalar ended
	open []level
}

// A level is a container that is open.
type level struct {
	entry  int32
	object bool
	valued bool // the key was read: its value comes next
	count  int32
	signs  uint64              // of the keys of an object that has few
	keys   map[string]struct{} // of an object that has many
}

const (
	// mark is the byte order mark.
	mark = "\ufeff"
	// fewKeys is how many keys of an object are compared one by one, where their signs say
	// that one may be there already.
	fewKeys = 32
)

// read reads the document. It returns false if the document has no value that
// could be decoded.
func (r *reader) read() bool {
	if len(r.src) > r.most {
		r.add(Problem{Want: "at most " + strconv.Itoa(r.most) + " bytes", Found: strconv.Itoa(len(r.src)), Code: CodeSize, Err: ErrLimit})
		return false
	}
	if bytes.HasPrefix(r.src, []byte(mark)) {
		r.add(Problem{Want: "a file without a byte order mark", Code: CodeMark})
		r.end = len(mark)
	}
	r.open = make([]level, 0, MaxDepth)
	// Hardly any document needs more entries, and none more than half its bytes.
	likely := 1 + bytes.Count(r.src, []byte(":")) + bytes.Count(r.src, []byte(","))
	r.entries = make([]entry, 0, min(likely, 1+len(r.src)/2))

	at := space(r.src, r.end)
	for r.take(at) {
		var more bool
		if at, more = r.next(); !more {
			return len(r.open) == 0
		}
	}
	return false
}

// next closes the containers that end here and returns where the next value
// begins. It returns false at the end of the document and where it stops being
// JSON, with a container open.
func (r *reader) next() (at int, more bool) {
	for len(r.open) > 0 {
		at = space(r.src, r.end)
		top := &r.open[len(r.open)-1]
		c, shut := r.byteAt(at), byte(']')
		if top.object {
			shut = '}'
		}
		if c == shut {
			r.end = at + 1
			r.close()
			continue
		}
		if top.count > 0 {
			if c != ',' {
				r.fault()
				return 0, false
			}
			at = space(r.src, at+1)
		}
		if top.object {
			return r.key(at)
		}
		return at, true
	}
	r.trailing()
	return 0, false
}

// take adds the value that begins at an offset. It returns false if there is none
// or if it may not be there.
func (r *reader) take(at int) bool {
	if n := len(r.open); n > 0 && !r.open[n-1].object && int(r.open[n-1].count) == MaxItems {
		return r.beyond(at, r.open[n-1].entry, CodeCount, strconv.Itoa(MaxItems)+" elements")
	}
	switch c := r.byteAt(at); {
	case c == '"':
		end, escaped, wide := scanText(r.src, at)
		if end < 0 {
			break
		}
		r.end = end
		i := r.value(at, KindText)
		r.entries[i].escaped = escaped
		r.checkText(i, wide)
		return true
	case c == '{' || c == '[':
		r.end = at + 1
		if len(r.open) == MaxDepth {
			return r.beyond(at, r.value(at, 0), CodeDepth, strconv.Itoa(MaxDepth)+" levels of { and [")
		}
		kind := KindList
		if c == '{' {
			kind = KindObject
		}
		r.open = append(r.open, level{entry: r.value(at, kind), object: c == '{'})
		return true
	case c == '-' || isDigit(c):
		if end := scanNumber(r.src, at); end >= 0 {
			r.end = end
			r.value(at, KindNumber)
			return true
		}
	case r.word(at, "true") || r.word(at, "false"):
		r.value(at, KindBool)
		return true
	case r.word(at, "null"):
		if n := len(r.open); r.nulls && n > 0 && r.open[n-1].object {
			r.value(at, 0)
			return true
		}
		r.refuse(r.value(at, 0), CodeNull, "a value or nothing at all", "null")
		return true
	}
	r.fault()
	return false
}

// word reports whether a word is there, and ends the value after it.
func (r *reader) word(at int, word string) bool {
	if len(r.src)-at < len(word) || string(r.src[at:at+len(word)]) != word {
		return false
	}
	r.end = at + len(word)
	return true
}

// enter appends an entry that ends where the last thing read does.
func (r *reader) enter(start int, kind Kind) int32 {
	i := int32(len(r.entries))
	e := entry{start: int32(start), end: int32(r.end), parent: -1, next: i + 1, kind: kind}
	if n := len(r.open); n > 0 {
		e.parent = r.open[n-1].entry
		e.index = r.open[n-1].count
	}
	r.entries = append(r.entries, e)
	return i
}

// value adds a value and returns its entry.
func (r *reader) value(start int, kind Kind) int32 {
	i := r.enter(start, kind)
	if n := len(r.open); n > 0 {
		r.open[n-1].valued = false
		r.open[n-1].count++
	}
	return i
}

// close ends the innermost container.
func (r *reader) close() {
	n := len(r.open) - 1
	e := &r.entries[r.open[n].entry]
	e.end, e.next = int32(r.end), int32(len(r.entries))
	r.open = r.open[:n]
}

// key adds the key of a member, at an offset, and returns where its value begins.
func (r *reader) key(at int) (value int, ok bool) {
	top := &r.open[len(r.open)-1]
	end, escaped, wide := -1, false, false
	if r.byteAt(at) == '"' {
		end, escaped, wide = scanText(r.src, at)
	}
	if end < 0 {
		r.fault()
		return 0, false
	}
	if int(top.count) == MaxMembers {
		return 0, r.beyond(at, top.entry, CodeCount, strconv.Itoa(MaxMembers)+" members")
	}
	r.end = end
	top.valued = true
	k := r.enter(at, KindText)
	r.entries[k].key, r.entries[k].escaped = true, escaped
	if r.checkText(k, wide) {
		if escaped {
			if r.escaped == nil {
				r.escaped = make(map[int32]string)
			}
			r.escaped[k] = r.text(k)
		}
		if r.twice(top, k) {
			r.entries[k].refused = true
			if r.wants(at) {
				r.refuse(k, CodeDuplicate, "each key once", excerpt(r.text(k), 0)+" again")
			}
		}
	}
	at = space(r.src, end)
	if r.byteAt(at) != ':' {
		r.fault()
		return 0, false
	}
	return space(r.src, at+1), true
}

// twice reports whether the open object has a key already.
func (r *reader) twice(top *level, k int32) bool {
	if top.count < fewKeys {
		signs := r.signs(k)
		maybe := top.signs&signs != 0
		top.signs |= signs
		return maybe && r.before(top.entry, k)
	}
	if top.keys == nil {
		top.keys = make(map[string]struct{}, 2*fewKeys)
		for i := top.entry + 1; i < k; i = r.entries[i+1].next {
			if !r.entries[i].refused {
				top.keys[r.text(i)] = struct{}{}
			}
		}
	}
	key := r.text(k)
	if _, ok := top.keys[key]; ok {
		return true
	}
	top.keys[key] = struct{}{}
	return false
}

// before reports whether one of the keys before k in an object says the same.
func (r *reader) before(object, k int32) bool {
	key, escaped := r.inside(k), r.entries[k].escaped
	for i := object + 1; i < k; i = r.entries[i+1].next {
		e := &r.entries[i]
		switch {
		case e.refused:
		case !escaped && !e.escaped:
			if int(e.end-e.start) == len(key)+2 && bytes.Equal(r.inside(i), key) {
				return true
			}
		case r.text(i) == r.text(k):
			return true
		}
	}
	return false
}

// checkText reports a string that encoding/json would repair: one with bytes
// that are not UTF-8 or with half a surrogate pair. It has only to look at one
// with bytes that are not ASCII or with escapes.
func (r *reader) checkText(i int32, wide bool) bool {
	e := &r.entries[i]
	if !wide && !e.escaped {
		return true
	}
	raw := r.src[e.start:e.end]
	at, code, want, found := checkUTF8(raw)
	if at < 0 && e.escaped {
		at, code, want, found = checkSurrogates(raw)
	}
	if at < 0 {
		return true
	}
	e.refused = true
	if at += int(e.start); r.wants(at) {
		r.add(Problem{Offset: at, Pointer: r.pointer(i), Want: want, Found: found, Code: code})
	}
	return false
}

// beyond reports that a limit of the document is passed at an offset, in an entry.
// It returns false.
func (r *reader) beyond(at int, i int32, code, most string) bool {
	if r.wants(at) {
		r.add(Problem{Offset: at, Pointer: r.pointer(i), Want: "at most " + most, Code: code, Err: ErrLimit})
	}
	return false
}

// refuse adds a problem with an entry and marks it.
func (r *reader) refuse(i int32, code, want, found string) {
	r.entries[i].refused = true
	if at := int(r.entries[i].start); r.wants(at) {
		r.add(Problem{Offset: at, Pointer: r.pointer(i), Want: want, Found: found, Code: code})
	}
}

// trailing reports what comes after the document.
func (r *reader) trailing() {
	if at := space(r.src, r.end); at < len(r.src) && r.wants(at) {
		r.add(Problem{Offset: at, Want: "nothing after the document", Found: foundAt(r.src, at), Code: CodeTrailing})
	}
}

// inside returns the bytes between the quotes of a string.
func (d *Document) inside(i int32) []byte {
	e := &d.entries[i]
	return d.src[e.start+1 : e.end-1]
}

// brief returns what a string says as a part of the whole source: nobody may keep it.
func (d *Document) brief(i int32) string {
	e := &d.entries[i]
	if e.escaped {
		return d.text(i)
	}
	if d.whole == "" {
		d.whole = string(d.src)
	}
	return d.whole[e.start+1 : e.end-1]
}

// text returns what a string says.
func (d *Document) text(i int32) string {
	raw := d.inside(i)
	if !d.entries[i].escaped {
		return string(raw)
	}
	if s, ok := d.escaped[i]; ok {
		return s
	}
	var b strings.Builder
	b.Grow(len(raw))
	for len(raw) > 0 {
		plain := bytes.IndexByte(raw, '\\')
		if plain < 0 {
			plain = len(raw)
		}
		for _, r := range string(raw[:plain]) { // as encoding/json, byte by byte, where it is not UTF-8
			b.WriteRune(r)
		}
		if raw = raw[plain:]; len(raw) > 0 {
			r, size := unescaped(raw)
			b.WriteRune(r)
			raw = raw[size:]
		}
	}
	return b.String()
}
