package schedule

import (
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// An eventFields is given every field of an event once, with its key. It reads
// them from a file, or writes them to one, or does neither: then it copies what
// could be changed and learns what the event is about. So what is written is read, and nothing is forgotten in
// one direction.
type eventFields struct {
	in  *document.Fields // nil unless it reads
	out *eventWriter     // nil unless it writes
	// protocols are those that an event that is read may adopt.
	protocols *eventReader

	sessions []ID   // that the event names
	because  string // the reason it gives
	err      error  // the first value that cannot be written
}

// A need says whether a file must have a field. What is zero is not written.
type need bool

const (
	must need = true
	may  need = false
)

// node returns the value of a key, without one for a field that a file leaves out.
func (f *eventFields) node(key string, n need) document.Node {
	if n == must {
		return f.in.Required(key)
	}
	return f.in.Optional(key)
}

// session is the id of a session that the event names.
func (f *eventFields) session(key string, id *ID, n need) {
	parsed(f, key, id, n, ParseID)
	if !id.IsZero() {
		f.sessions = append(f.sessions, *id)
	}
}

// reason is why. It is shown to people.
func (f *eventFields) reason(reason *string, n need) {
	f.text("reason", reason, n)
	f.because = *reason
}

func (f *eventFields) text(key string, s *string, n need) {
	switch {
	case f.in != nil:
		*s = f.node(key, n).Text()
	case f.out != nil:
		f.out.text(key, *s)
	}
}

func (f *eventFields) texts(key string, list *[]string) {
	switch {
	case f.in != nil:
		*list = document.List(f.in.Optional(key), document.Node.Text)
	case f.out != nil:
		f.out.texts(key, *list)
	default:
		*list = slices.Clone(*list)
	}
}

func (f *eventFields) flag(key string, b *bool) {
	switch {
	case f.in != nil:
		*b = f.in.Optional(key).Bool()
	case f.out != nil && *b:
		f.out.b = append(append(append(f.out.b, `,"`...), key...), `":true`...)
	}
}

// number is one from 0 to a largest. One that a file must have is written where it
// is zero too; another must not be zero where a file has it.
func (f *eventFields) number(key string, i *int, most int, n need) {
	switch {
	case f.in != nil && n == must:
		*i = f.in.Required(key).Int(0, most)
	case f.in != nil:
		if node := f.in.Optional(key); node.Exists() {
			*i = node.Int(1, most)
		}
	case f.out != nil && n == must:
		f.out.b = appendNumber(append(append(append(f.out.b, `,"`...), key...), `":`...), *i)
	case f.out != nil:
		f.out.number(key, *i)
	}
}

func (f *eventFields) date(key string, d *date.Date, n need) {
	switch {
	case f.in != nil:
		*d = dateIn(f.node(key, n))
	case f.out != nil:
		f.out.date(key, *d)
	}
}

func (f *eventFields) clock(key string, t *clinic.TimeOfDay) {
	switch {
	case f.in != nil:
		*t = clockIn(f.in.Optional(key))
	case f.out != nil:
		f.out.text(key, t.String())
	}
}

// protocol is another protocol, in files its digest.
func (f *eventFields) protocol(key string, p **protocol.Protocol) {
	switch {
	case f.in != nil:
		*p = document.Parsed(f.in.Required(key), f.protocols.protocol)
	case f.out != nil && *p != nil:
		f.out.text(key, (*p).Digest().String())
	}
}

// A quantity has a text, and none where it is zero.
type quantity interface {
	IsZero() bool
	String() string
}

// parsed is a value with a text, which is left out where it is zero.
func parsed[Q quantity](f *eventFields, key string, q *Q, n need, parse func(string) (Q, error)) {
	switch {
	case f.in != nil:
		if node := f.node(key, n); n == must || node.Exists() {
			*q = textIn(node, parse)
		}
	case f.out != nil && !(*q).IsZero():
		f.out.text(key, (*q).String())
	}
}

// oneOf is a value of an enumeration whose zero is none of its values.
func oneOf[E named](f *eventFields, key string, e *E, parse func(string) (E, error)) {
	switch {
	case f.in != nil:
		*e = textIn(f.in.Required(key), parse)
	case f.out != nil:
		text, err := marshalNamed(*e, parse)
		if err != nil && f.err == nil {
			f.err = err
		}
		f.out.text(key, string(text))
	}
}

// The words that descriptions are made of.

func onDay(d date.Date, t clinic.TimeOfDay) string {
	text := " on " + dayText(d)
	if !t.IsZero() {
		text += " " + t.String()
	}
	return text
}

func stretchText(from, to date.Date) string {
	if to == 0 || to == from {
		return " on " + dayText(from)
	}
	return " from " + dayText(from) + " to " + dayText(to)
}

func forSessions(n int) string {
	if n == 0 {
		return ""
	}
	return " for " + plural(n, "session")
}

func quoted(s string) string { return " " + strconv.Quote(s) }
