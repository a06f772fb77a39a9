package schedule

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// An objectFields is given every field of a value once, with its key. It reads
// them from a JSON object, or writes them to one, or does neither: then it copies
// what could be changed and learns what an event is about. So what is written is
// read, and nothing is forgotten in one direction; and so is what schemas say of it.
// What is zero is left out.
type objectFields struct {
	in  *document.Fields // nil unless it reads
	out *eventWriter     // nil unless it writes
	own eventWriter      // what out is where [writing] made it
	// nulls writes null for what is zero instead.
	nulls bool
	// form, if not nil, is told of each field instead.
	form *objectForm
	// protocols are those that an event that is read may adopt.
	protocols *eventReader

	sessions []ID   // and visits that the event names, where it is not written
	because  string // the reason it gives
	err      error  // the first value that cannot be written
}

// A need says whether an object must have a field.
type need bool

const (
	must need = true
	may  need = false
)

// writing returns fields that are written into the JSON object, which b ends in: to those
// of an object within it they are given too.
func writing(b []byte) *objectFields {
	f := &objectFields{own: eventWriter{b}}
	f.out = &f.own
	return f
}

// node returns the value of a key, without one for a field that a file leaves out.
func (f *objectFields) node(key string, n need) document.Node {
	if n == must {
		return f.in.Required(key)
	}
	return f.in.Optional(key)
}

// session is the id of a session, or of another visit, that the event names.
func (f *objectFields) session(key string, id *ID, n need) {
	parsed(f, key, id, n, ParseID)
	if f.out == nil && !id.IsZero() {
		f.sessions = append(f.sessions, *id)
	}
}

// sessionList are the ids of sessions that the event names.
func (f *objectFields) sessionList(key string, ids *[]ID, n need) {
	switch {
	case f.form != nil:
		f.learn(key, n, formIDs)
	case f.in != nil:
		*ids = document.List(f.node(key, n), func(n document.Node) ID { return textIn(n, ParseID) })
	case f.out != nil:
		var texts []string
		for _, id := range *ids {
			texts = append(texts, id.String())
		}
		f.out.texts(key, texts)
	default:
		*ids = slices.Clone(*ids)
	}
	if f.out == nil {
		f.sessions = append(f.sessions, *ids...)
	}
}

// reason is why. It is shown to people.
func (f *objectFields) reason(reason *string, n need) {
	f.text("reason", reason, n)
	f.because = *reason
}

// text is one that an object which must have it has not empty: what is empty is not written.
func (f *objectFields) text(key string, s *string, n need) {
	switch {
	case f.form != nil:
		f.learn(key, n, formText)
	case f.in != nil:
		node := f.node(key, n)
		if *s = node.Text(); *s == "" && n == must && node.Kind() == document.KindText {
			node.Refuse(document.CodeValue, "a text that is not empty")
		}
	case f.out != nil:
		f.write(key, *s)
	}
}

// write writes a text, or that there is none.
func (f *objectFields) write(key, s string) {
	if s == "" && f.nulls {
		f.out.b = append(f.key(key), "null"...)
		return
	}
	f.out.text(key, s)
}

// key begins a member.
func (f *objectFields) key(key string) []byte { return appendKey(f.out.b, key) }

func (f *objectFields) texts(key string, list *[]string) {
	switch {
	case f.form != nil:
		f.learn(key, may, formTexts)
	case f.in != nil:
		*list = document.List(f.in.Optional(key), document.Node.Text)
	case f.out != nil && f.nulls && len(*list) == 0:
		f.out.b = append(f.key(key), "[]"...)
	case f.out != nil:
		f.out.texts(key, *list)
	default:
		*list = slices.Clone(*list)
	}
}

// where tells of fields that only some objects have. The others leave them out even
// where they write null for what is zero.
func (f *objectFields) where(has bool, fields func()) {
	switch {
	case f.form != nil:
		at := len(f.form.fields)
		fields()
		for ; at < len(f.form.fields); at++ {
			f.form.fields[at].sparse = true
		}
	case has:
		fields()
	}
}

// days is a whole number of days that an object must have, "14 days".
func (f *objectFields) days(key string, n *int) {
	switch {
	case f.form != nil:
		f.learn(key, must, formDays)
	case f.in != nil:
		*n = textIn(f.in.Required(key), protocol.ParseDays)
	case f.out != nil:
		f.out.text(key, protocol.FormatDays(*n))
	}
}

// pairs are texts by texts, written in the order of their keys.
func (f *objectFields) pairs(key string, pairs *map[string]string) {
	switch {
	case f.form != nil:
		f.learn(key, may, formPairs)
	case f.in != nil:
		node := f.in.Optional(key)
		if !node.Exists() {
			return
		}
		*pairs = map[string]string{}
		for k, v := range node.Members() {
			(*pairs)[k.Text()] = v.Text()
		}
	case f.out != nil && len(*pairs) > 0:
		f.out.b = f.appendObject(f.key(key), func(f *objectFields) {
			for _, k := range slices.Sorted(maps.Keys(*pairs)) {
				f.out.b = appendString(append(appendString(appendMember(f.out.b), k), ':'), (*pairs)[k])
			}
		})
	default:
		*pairs = maps.Clone(*pairs)
	}
}

func (f *objectFields) flag(key string, b *bool) {
	switch {
	case f.form != nil:
		f.learn(key, may, formFlag)
	case f.in != nil:
		*b = f.in.Optional(key).Bool()
	case f.out != nil && (*b || f.nulls):
		f.out.b = strconv.AppendBool(f.key(key), *b)
	}
}

// happening is something that happened, which there may be none of.
func (f *objectFields) happening(key string, h *Happening) {
	var inner objectFields
	switch {
	case f.form != nil:
		f.learn(key, may, formInstead)
	case f.in != nil:
		if node := f.in.Optional(key); node.Exists() {
			*h = document.Object(node, func(in *document.Fields) Happening {
				what := happeningOf(in.Required("kind").OneOf(insteadKinds()...))
				if what == nil {
					return nil
				}
				inner.in, inner.protocols = in, f.protocols
				return what.fields(&inner)
			})
		}
	case *h == nil:
		if f.out != nil {
			f.write(key, "")
		}
		return
	case f.out != nil:
		f.out.b = f.appendObject(f.key(key), func(of *objectFields) {
			of.out.text("kind", (*h).kind())
			(*h).fields(of)
		})
	case isHappening(*h):
		*h = (*h).fields(&inner)
	}
	f.sessions = append(f.sessions, inner.sessions...)
}

// number is one from 0 to a largest. One that a file must have is written where it
// is zero too; another must not be zero where a file has it.
func (f *objectFields) number(key string, i *int, most int, n need) {
	switch {
	case f.form != nil:
		least := 1
		if n == must {
			least = 0
		}
		is := f.learn(key, n, formNumber)
		is.least, is.most = least, most
	case f.in != nil && n == must:
		*i = f.in.Required(key).Int(0, most)
	case f.in != nil:
		if node := f.in.Optional(key); node.Exists() {
			*i = node.Int(1, most)
		}
	case f.out != nil && n == must:
		f.out.b = appendNumber(f.key(key), *i)
	case f.out != nil:
		f.out.number(key, *i)
	}
}

func (f *objectFields) date(key string, d *date.Date, n need) {
	switch {
	case f.form != nil:
		f.learn(key, n, formDate)
	case f.in != nil:
		*d = dateIn(f.node(key, n))
	case f.out != nil && *d == 0:
		f.write(key, "")
	case f.out != nil:
		f.out.date(key, *d)
	}
}

// instant is one in UTC, which an object must have.
func (f *objectFields) instant(key string, t *time.Time) {
	switch {
	case f.form != nil:
		f.learn(key, must, formInstant)
	case f.in != nil:
		*t = document.Brief(f.in.Required(key), parseUTC)
	case f.out != nil:
		f.out.b = appendInstant(f.key(key), *t)
	}
}

func (f *objectFields) clock(key string, t *clinic.TimeOfDay) {
	switch {
	case f.form != nil:
		f.learn(key, may, formClock)
	case f.in != nil:
		*t = clockIn(f.in.Optional(key))
	case f.out != nil && t.IsZero():
		f.write(key, "")
	case f.out != nil:
		f.out.b = appendTime(f.key(key), *t)
	}
}

// hours are those of a day, which a file must state: none for a closed one.
func (f *objectFields) hours(key string, hours *[]clinic.Hours) {
	switch {
	case f.form != nil:
		f.learn(key, must, formHours)
	case f.in != nil:
		*hours = hoursIn(f.in.Required(key))
	case f.out != nil:
		f.out.b = append(appendHours(append(f.key(key), '['), *hours), ']')
	default:
		*hours = slices.Clone(*hours)
	}
}

// count is a whole number, from a least one on. A zero that is less is none.
func (f *objectFields) count(key string, i *int, least int, n need) {
	switch {
	case f.form != nil:
		f.learn(key, n, formNumber).least = least
	case f.in != nil:
		if node := f.node(key, n); node.Exists() {
			*i = node.Int(least, 1<<31-1)
		}
	case f.out != nil && f.nulls && *i < least:
		f.write(key, "")
	case f.out != nil && f.nulls:
		f.out.b = appendNumber(f.key(key), *i)
	case f.out != nil:
		f.out.number(key, *i)
	}
}

// protocol is another protocol, in files its digest.
func (f *objectFields) protocol(key string, p **protocol.Protocol) {
	switch {
	case f.form != nil:
		f.learn(key, must, formDigest)
	case f.in != nil:
		*p = document.Parsed(f.in.Required(key), f.protocols.protocol)
	case f.out != nil && *p != nil:
		f.out.text(key, (*p).Digest().String())
	}
}

// A quantity has a text, and none where it is zero.
type quantity interface {
	texted
	IsZero() bool
}

// A texted has a text.
type texted interface {
	AppendText(b []byte) ([]byte, error)
}

// writeQuantity writes a value with a text, or that there is none.
func writeQuantity[Q quantity](f *objectFields, key string, q Q) {
	if q.IsZero() {
		f.write(key, "")
		return
	}
	f.out.b = appendQuantity(f.key(key), q)
}

// parsed is a value with a text, which is left out where it is zero.
func parsed[Q quantity](f *objectFields, key string, q *Q, n need, parse func(string) (Q, error)) {
	switch {
	case f.form != nil:
		f.learn(key, n, notationOf[Q]())
	case f.in != nil:
		if node := f.node(key, n); n == must || node.Exists() {
			*q = textIn(node, parse)
		}
	case f.out != nil:
		writeQuantity(f, key, *q)
	}
}

// oneOf is a value of an enumeration whose zero is none of its values.
func oneOf[E named](f *objectFields, key string, e *E, parse func(string) (E, error)) {
	switch {
	case f.form != nil:
		f.learn(key, must, formWord).words = wordsOf(parse)
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

// maybeOneOf is oneOf for a value that need not be stated.
func maybeOneOf[E named](f *objectFields, key string, e *E, parse func(string) (E, error)) {
	switch {
	case f.form != nil:
		f.learn(key, may, formWord).words = wordsOf(parse)
	case f.in != nil:
		if node := f.in.Optional(key); node.Exists() {
			*e = textIn(node, parse)
		}
	case f.out != nil && *e == 0:
		f.write(key, "")
	default:
		oneOf(f, key, e, parse)
	}
}

// nested is an object of its own, which there may be none of.
func nested[T any](f *objectFields, key string, v *T, there bool, fields func(*T, *objectFields)) {
	switch {
	case f.form != nil:
		learnObject(f, key, may, formObject, fields)
	case f.in != nil:
		if node := f.in.Optional(key); node.Exists() {
			*v = document.Object(node, func(in *document.Fields) (v T) {
				fields(&v, &objectFields{in: in, protocols: f.protocols})
				return v
			})
		}
	case f.out != nil && !there:
		f.write(key, "")
	case f.out != nil:
		f.out.b = f.appendObject(f.key(key), func(f *objectFields) { fields(v, f) })
	}
}

// nestedList is a list of objects.
func nestedList[T any](f *objectFields, key string, list *[]T, n need, fields func(*T, *objectFields)) {
	switch {
	case f.form != nil:
		learnObject(f, key, n, formObjects, fields)
	case f.in != nil:
		*list = nil
		if node := f.node(key, n); node.Exists() {
			*list = document.Objects(node, func(in *document.Fields) (v T) {
				fields(&v, &objectFields{in: in, protocols: f.protocols})
				return v
			})
		}
	case f.out != nil && (len(*list) > 0 || n == must || f.nulls):
		b := append(f.key(key), '[')
		for i := range *list {
			if i > 0 {
				b = append(b, ',')
			}
			b = f.appendObject(b, func(f *objectFields) { fields(&(*list)[i], f) })
		}
		f.out.b = append(b, ']')
	case f.in == nil && f.out == nil:
		*list = slices.Clone(*list)
		for i := range *list {
			fields(&(*list)[i], f)
		}
	}
}

// appendObject appends an object. The first error of a value without a text stays
// in f.
func (f *objectFields) appendObject(b []byte, fields func(*objectFields)) []byte {
	f.out.b = append(b, '{')
	fields(f)
	return append(f.out.b, '}')
}

// appendValue appends an object with null for what there is none of.
func appendValue(b []byte, fields func(*objectFields)) []byte {
	f := writing(nil)
	f.nulls = true
	return f.appendObject(b, fields)
}

// marshalValue returns what appendValue appends, or the error of a value without a
// text.
func marshalValue(fields func(*objectFields)) ([]byte, error) {
	f := writing(nil)
	f.nulls = true
	b := f.appendObject(nil, fields)
	if f.err != nil {
		return nil, f.err
	}
	return b, nil
}

// unmarshalValue reads the fields of one object into v, which stays as it was
// where they are refused.
func unmarshalValue[T any](v *T, src []byte, fields func(*T, *objectFields)) error {
	read, err := readObject(src, func(in *document.Fields) (v T) {
		fields(&v, &objectFields{in: in, protocols: &eventReader{}})
		return v
	})
	if err == nil {
		*v = read
	}
	return err
}

// readObject reads one JSON object, in which null stands for what is not there.
func readObject[T any](src []byte, read func(*document.Fields) T) (T, error) {
	doc := document.ParseValue(src)
	v := document.Object(doc.Root(), read)
	if err := doc.Err(); err != nil {
		return *new(T), err
	}
	return v, nil
}

// A writtenOnly is why the JSON of a value is not read back.
type writtenOnly struct{ what, instead string }

func (e writtenOnly) Error() string {
	return e.what + " is a view of a plan, which its JSON cannot hold: " + e.instead
}
