package document

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxColumn is the last column of a list that stands on one line.
const maxColumn = 80

// A Writer writes a document in its canonical form:
//
//   - members and elements on lines of their own, indented by two spaces for
//     each container around them, in the order in which they are written;
//   - a list without containers in it on one line if it ends, without a comma
//     after it, at column 80 or before; empty containers as {} and [];
//   - texts with those characters escaped that JSON requires: \" and \\, \b, \f,
//     \n, \r and \t, the other control characters as in \u0001;
//   - a line feed at the end.
//
// The calls follow the structure of the document:
//
//	var w document.Writer
//	w.Object(func() {
//		w.Field("id").Text("levine")
//		w.Field("days").List(func() {
//			w.Int(1)
//			w.Int(8)
//		})
//	})
//	file := w.Bytes()
//
// Whoever writes no field in a list, a field before each value in an object and
// one value in all gets a document that [Parse] accepts, if the texts are UTF-8.
// The zero Writer is ready to use.
type Writer struct {
	buf   []byte
	depth int
	count int  // values in the open container
	deep  bool // the open container has another one in it
	field bool // a key was written, its value comes next
}

// Bytes returns what was written.
func (w *Writer) Bytes() []byte { return append(w.buf[:len(w.buf):len(w.buf)], '\n') }

// Field writes the key of the value that is written next, for which it returns
// w.
func (w *Writer) Field(key string) *Writer {
	w.begin()
	w.buf = append(appendText(w.buf, key), ": "...)
	w.field = true
	return w
}

// Text writes a text.
func (w *Writer) Text(s string) {
	w.begin()
	w.buf = appendText(w.buf, s)
}

// Int writes a whole number.
func (w *Writer) Int(v int) {
	w.begin()
	w.buf = strconv.AppendInt(w.buf, int64(v), 10)
}

// Bool writes true or false.
func (w *Writer) Bool(v bool) {
	w.begin()
	w.buf = strconv.AppendBool(w.buf, v)
}

// Object writes an object with the fields that the function writes.
func (w *Writer) Object(fields func()) { w.container('{', '}', fields) }

// List writes a list with the values that the function writes.
func (w *Writer) List(values func()) { w.container('[', ']', values) }

// Texts writes a list of texts.
func (w *Writer) Texts(texts []string) {
	w.List(func() {
		for _, s := range texts {
			w.Text(s)
		}
	})
}

func (w *Writer) container(open, shut byte, inside func()) {
	w.begin()
	start, count := len(w.buf), w.count
	w.buf = append(w.buf, open)
	w.depth, w.count, w.deep = w.depth+1, 0, false

	inside()

	w.depth--
	if w.count > 0 {
		w.newline()
	}
	w.buf = append(w.buf, shut)
	if open == '[' && !w.deep {
		w.join(start)
	}
	w.count, w.deep = count, true
}

// begin writes what stands before a value or a key.
func (w *Writer) begin() {
	if w.field {
		w.field = false
		return
	}
	if w.count++; w.depth > 0 {
		if w.count > 1 {
			w.buf = append(w.buf, ',')
		}
		w.newline()
	}
}

func (w *Writer) newline() {
	w.buf = append(w.buf, '\n')
	for range w.depth {
		w.buf = append(w.buf, "  "...)
	}
}

// join puts a list of scalars on one line if it is short enough. Line feeds in
// it only stand between elements, for in texts they are escaped.
func (w *Writer) join(start int) {
	list := w.buf[start:]
	breaks := bytes.Count(list, []byte("\n"))
	if breaks == 0 {
		return
	}
	indents := (breaks-1)*(2*w.depth+2) + 2*w.depth
	line := w.buf[bytes.LastIndexByte(w.buf[:start], '\n')+1:]
	// Each line feed but the first and the last becomes a space.
	if utf8.RuneCount(line)-indents-2 > maxColumn {
		return
	}
	joined := list[:0]
	for i := 0; i < len(list); i++ {
		if list[i] != '\n' {
			joined = append(joined, list[i])
			continue
		}
		for i+1 < len(list) && list[i+1] == ' ' {
			i++
		}
		if joined[len(joined)-1] == ',' {
			joined = append(joined, ' ')
		}
	}
	w.buf = w.buf[:start+len(joined)]
}

// appendText appends s as a JSON string.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	plain := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[plain:i]...)
		plain = i + 1
		if at := strings.IndexByte("\"\\\b\f\n\r\t", c); at >= 0 {
			b = append(b, '\\', `"\bfnrt`[at])
		} else {
			b = append(b, `\u00`...)
			b = append(b, hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[plain:]...), '"')
}
