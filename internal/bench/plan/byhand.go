package plan

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// A ByHand writes a JSON document as code by hand would that knows its form and has its
// values ready: literals are appended as they are, texts with the check whether they need
// an escape, numbers digit by digit.
type ByHand struct{ parts []part }

// A part is a literal, or a value that has to be written.
type part struct {
	literal string
	text    string
	number  int64
	kind    byte // 'l', 't' or 'n'
}

// NewByHand returns the writer of a document.
func NewByHand(src []byte) *ByHand {
	w := new(ByHand)
	literal := func(s []byte) {
		if len(s) > 0 {
			w.parts = append(w.parts, part{kind: 'l', literal: string(s)})
		}
	}
	from := 0
	for at := 0; at < len(src); {
		switch c := src[at]; {
		case c == '"':
			end := at + 1
			for ; src[end] != '"'; end++ {
				if src[end] == '\\' {
					end++
				}
			}
			end++
			if rest := bytes.TrimLeft(src[end:], " \n"); len(rest) > 0 && rest[0] == ':' {
				at = end // a key is part of the form
				continue
			}
			literal(src[from:at])
			var text string
			must(json.Unmarshal(src[at:end], &text))
			w.parts = append(w.parts, part{kind: 't', text: text})
			from, at = end, end
		case '0' <= c && c <= '9' || c == '-':
			end := at + 1
			for end < len(src) && bytes.IndexByte([]byte("0123456789.eE+-"), src[end]) >= 0 {
				end++
			}
			if n, err := strconv.ParseInt(string(src[at:end]), 10, 64); err == nil {
				literal(src[from:at])
				w.parts = append(w.parts, part{kind: 'n', number: n})
				from = end
			}
			at = end
		default:
			at++
		}
	}
	literal(src[from:])
	return w
}

// Append writes the document.
func (w *ByHand) Append(b []byte) []byte {
	for i := range w.parts {
		switch p := &w.parts[i]; p.kind {
		case 'l':
			b = append(b, p.literal...)
		case 't':
			b = appendText(b, p.text)
		default:
			b = strconv.AppendInt(b, p.number, 10)
		}
	}
	return b
}

// appendText appends a text in quotes, as it is where it needs no escape.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c >= 0x7f {
			var text bytes.Buffer
			e := json.NewEncoder(&text)
			e.SetEscapeHTML(false)
			must(e.Encode(s))
			return append(b, bytes.TrimSuffix(text.Bytes(), []byte("\n"))...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
