package plan

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A ByHand writes a JSON document as code by hand would that knows its form and has its
// values as a program has them: literals are appended as they are, texts with the check
// whether they need an escape, numbers digit by digit, and dates, times of day, ids and
// masses are written from what they are. Sums of what is written it has ready.
type ByHand struct{ parts []part }

// A part is a literal, or a value that has to be written.
type part struct {
	literal string
	text    string
	number  int64
	mass    dose.Mass
	id      schedule.ID
	kind    kind
}

type kind uint8

const (
	literal kind = iota
	text
	number
	day
	clock
	mass
	id
)

// valueOf returns a text as the value that a program has of it.
func valueOf(s string) part {
	if d, err := schedule.ParseDate(s); err == nil && d.String() == s {
		return part{kind: day, number: int64(d)}
	}
	if t, err := clinic.ParseTimeOfDay(s); err == nil && t.String() == s {
		return part{kind: clock, number: int64(t.Minutes())}
	}
	if m, err := dose.ParseMass(s); err == nil && m.String() == s {
		return part{kind: mass, mass: m}
	}
	if is, err := schedule.ParseID(s); err == nil && is.String() == s {
		return part{kind: id, id: is}
	}
	return part{kind: text, text: s}
}

// NewByHand returns the writer of a document.
func NewByHand(src []byte) *ByHand {
	w := new(ByHand)
	as := func(s []byte) {
		if len(s) > 0 {
			w.parts = append(w.parts, part{literal: string(s)})
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
			as(src[from:at])
			var s string
			must(json.Unmarshal(src[at:end], &s))
			w.parts = append(w.parts, valueOf(s))
			from, at = end, end
		case '0' <= c && c <= '9' || c == '-':
			end := at + 1
			for end < len(src) && bytes.IndexByte([]byte("0123456789.eE+-"), src[end]) >= 0 {
				end++
			}
			if n, err := strconv.ParseInt(string(src[at:end]), 10, 64); err == nil {
				as(src[from:at])
				w.parts = append(w.parts, part{kind: number, number: n})
				from = end
			}
			at = end
		default:
			at++
		}
	}
	as(src[from:])
	return w
}

// Append writes the document.
func (w *ByHand) Append(b []byte) []byte {
	for i := range w.parts {
		switch p := &w.parts[i]; p.kind {
		case literal:
			b = append(b, p.literal...)
		case text:
			b = appendText(b, p.text)
		case number:
			b = strconv.AppendInt(b, p.number, 10)
		case day:
			year, month, day := date.Date(p.number).Date()
			b = append(appendTwo(appendTwo(append(b, '"'), year/100), year%100), '-')
			b = append(appendTwo(append(appendTwo(b, int(month)), '-'), day), '"')
		case clock:
			b = append(appendTwo(append(b, '"'), int(p.number/60)), ':')
			b = append(appendTwo(b, int(p.number%60)), '"')
		case mass:
			b, _ = p.mass.AppendText(append(b, '"'))
			b = append(b, '"')
		default:
			b, _ = p.id.AppendText(append(b, '"'))
			b = append(b, '"')
		}
	}
	return b
}

// appendTwo appends two digits.
func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

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
