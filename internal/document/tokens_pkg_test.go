package document

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// ParseTokens is [Parse], or with nulls [ParseValue], by the slow reader.
func ParseTokens(name string, src []byte, nulls bool) *Document {
	d := &Document{name: name, src: src, nulls: nulls}
	r := tokenReader{reader: reader{Document: d, most: MaxSize}}
	if !r.read() {
		d.entries = nil
	}
	return d
}

// Entries returns all that was read of a document.
func Entries(d *Document) (entries []entry, escaped map[int32]string) { return d.entries, d.escaped }

// A tokenReader makes the entries of a document from the tokens of encoding/json,
// which so decides what JSON is. It is slow, and what the reader of this package is
// compared with: only the words for a mistake in the syntax are shared.
type tokenReader struct {
	reader
	tokens *json.Decoder
	base   int                           // where the decoder began
	seen   [MaxDepth]map[string]struct{} // keys of the open object of each level
}

// read reads the document. It returns false if the document has no value that
// could be decoded.
func (r *tokenReader) read() bool {
	if len(r.src) > r.most {
		r.add(Problem{Want: "at most " + strconv.Itoa(r.most) + " bytes", Found: strconv.Itoa(len(r.src)), Code: CodeSize})
		return false
	}
	if bytes.HasPrefix(r.src, []byte(mark)) {
		r.add(Problem{Want: "a file without a byte order mark", Code: CodeMark})
		r.base = len(mark)
	}
	r.end = r.base
	r.tokens = json.NewDecoder(bytes.NewReader(r.src[r.base:]))
	r.tokens.UseNumber()
	r.open = make([]level, 0, MaxDepth)
	// Hardly any document needs more entries, and none more than half its bytes.
	likely := 1 + bytes.Count(r.src, []byte(":")) + bytes.Count(r.src, []byte(","))
	r.entries = make([]entry, 0, min(likely, 1+len(r.src)/2))
	for {
		token, err := r.tokens.Token()
		if err != nil {
			r.fault()
			return false
		}
		start := skip(r.src, r.end, " \t\r\n:,")
		r.end = r.base + int(r.tokens.InputOffset())
		if !r.take(token, start) {
			return false
		}
		if len(r.open) == 0 {
			r.trailing()
			return true
		}
	}
}

// take adds a token. It returns false if the nesting is too deep.
func (r *tokenReader) take(token json.Token, start int) bool {
	switch token := token.(type) {
	case json.Delim:
		if token == '}' || token == ']' {
			r.close()
			return true
		}
		if len(r.open) == MaxDepth {
			r.refuse(r.value(start, 0), CodeDepth, "at most "+strconv.Itoa(MaxDepth)+" levels of { and [", "")
			return false
		}
		r.push(start, token == '{')
	case string:
		if n := len(r.open); n > 0 && r.open[n-1].object && !r.open[n-1].valued {
			r.key(start, token)
		} else {
			r.checkText(r.value(start, KindText))
		}
	case json.Number:
		r.value(start, KindNumber)
	case bool:
		r.value(start, KindBool)
	default:
		if n := len(r.open); r.nulls && n > 0 && r.open[n-1].object {
			r.value(start, 0)
			break
		}
		r.refuse(r.value(start, 0), CodeNull, "a value or nothing at all", "null")
	}
	return true
}

// enter appends an entry that ends where the last token does.
func (r *tokenReader) enter(start int, kind Kind) int32 {
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
func (r *tokenReader) value(start int, kind Kind) int32 {
	i := r.enter(start, kind)
	if n := len(r.open); n > 0 {
		r.open[n-1].valued = false
		r.open[n-1].count++
	}
	return i
}

// push begins a container.
func (r *tokenReader) push(start int, object bool) {
	kind := KindList
	if object {
		kind = KindObject
		// Emptying a map takes time by the largest size it ever had.
		if n := len(r.open); len(r.seen[n]) > 16 {
			r.seen[n] = nil
		} else {
			clear(r.seen[n])
		}
	}
	r.open = append(r.open, level{entry: r.value(start, kind), object: object})
}

// close ends the innermost container.
func (r *tokenReader) close() {
	n := len(r.open) - 1
	e := &r.entries[r.open[n].entry]
	e.end, e.next = int32(r.end), int32(len(r.entries))
	r.open = r.open[:n]
}

// key adds the key of a member.
func (r *tokenReader) key(start int, key string) {
	n := len(r.open) - 1
	r.open[n].valued = true
	k := r.enter(start, KindText)
	r.entries[k].key = true
	r.entries[k].escaped = hasEscape(r.src[start:r.end])
	if !r.checkText(k) {
		return
	}
	if hasEscape(r.src[start:r.end]) {
		if r.escaped == nil {
			r.escaped = make(map[int32]string)
		}
		r.escaped[k] = key
	}
	if r.seen[n] == nil {
		r.seen[n] = make(map[string]struct{})
	}
	if _, twice := r.seen[n][key]; twice {
		r.entries[k].refused = true
		if r.wants(start) {
			r.refuse(k, CodeDuplicate, "each key once", excerpt(key, 0)+" again")
		}
		return
	}
	r.seen[n][key] = struct{}{}
}

// checkText reports a string that encoding/json would repair: one with bytes
// that are not UTF-8 or with half a surrogate pair.
func (r *tokenReader) checkText(i int32) bool {
	e := &r.entries[i]
	raw := r.src[e.start:e.end]
	at, code, want, found := checkUTF8(raw)
	e.escaped = hasEscape(raw)
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

// refuse adds a problem with an entry and marks it.
func (r *tokenReader) refuse(i int32, code, want, found string) {
	r.entries[i].refused = true
	if at := int(r.entries[i].start); r.wants(at) {
		r.add(Problem{Offset: at, Pointer: r.pointer(i), Want: want, Found: found, Code: code})
	}
}

// trailing reports what comes after the document.
func (r *tokenReader) trailing() {
	if at := skip(r.src, r.end, " \t\r\n"); at < len(r.src) && r.wants(at) {
		r.add(Problem{Offset: at, Want: "nothing after the document", Found: foundAt(r.src, at), Code: CodeTrailing})
	}
}

// hasEscape reports whether a string has an escape.
func hasEscape(raw []byte) bool { return bytes.IndexByte(raw, '\\') >= 0 }

// skip returns the first offset, from the one given, of a byte that is not in
// set.
func skip(src []byte, at int, set string) int {
	for at < len(src) && bytes.IndexByte([]byte(set), src[at]) >= 0 {
		at++
	}
	return at
}
