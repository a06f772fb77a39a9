package schedule

import (
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// An eventWriter appends the fields of an event to a JSON object. What is zero
// is left out.
type eventWriter struct{ b []byte }

func (w *eventWriter) text(key, value string) {
	if value != "" {
		w.b = appendString(appendKey(w.b, key), value)
	}
}

func (w *eventWriter) date(key string, d date.Date) {
	if d != 0 {
		w.b = appendDate(appendKey(w.b, key), d)
	}
}

func (w *eventWriter) number(key string, n int) {
	if n != 0 {
		w.b = appendNumber(appendKey(w.b, key), n)
	}
}

func (w *eventWriter) weight(key string, m dose.Weight) {
	if !m.IsZero() {
		w.b = appendQuantity(appendKey(w.b, key), m)
	}
}

// appendEvent appends an event as a JSON object, without who recorded it.
func appendEvent(b []byte, e Event) []byte {
	e.RecordedBy = ""
	b, _ = e.append(append(b, '{'))
	return append(b, '}')
}

// append appends the members of the event's JSON object, which b ends in. The error is that of a
// value which has no text.
func (e Event) append(b []byte) ([]byte, error) {
	f := writing(b)
	e.write(f)
	return f.out.b, f.err
}

// write writes the members of the event's JSON object, without what is zero.
func (e *Event) write(f *objectFields) {
	nulls := f.nulls
	f.nulls = false
	f.out.b = appendString(appendKey(f.out.b, "id"), e.ID)
	f.out.text("recordedBy", e.RecordedBy)
	f.out.text("kind", e.What.kind())
	e.What.fields(f)
	f.nulls = nulls
}

// write writes the members of the entry's JSON object.
func (e *Entry) write(f *objectFields) {
	f.out.b = e.appendAsOf(f.out.b)
	e.Event.write(f)
}

// MarshalJSON returns the event as event files have it, without the as-of of an
// [Entry]: {"id":"visit-2","kind":"missed","session":"..."}. The error is an
// [*EventError] for an event that says nothing, or that has a value without a
// text.
func (e Event) MarshalJSON() ([]byte, error) { return e.marshal([]byte{'{'}) }

func (e Event) marshal(b []byte) ([]byte, error) {
	if !isHappening(e.What) {
		return nil, nothingHappened(e.ID)
	}
	b, err := e.append(b)
	if err != nil {
		return nil, &EventError{Event: e.ID, Kind: e.What.kind(), Field: "What", Want: err.Error(), Err: err}
	}
	return append(b, '}'), nil
}

// UnmarshalJSON reads what [Event.MarshalJSON] writes. What else it finds it
// refuses with a [*FileProblems]: keys that the kind does not have, values that
// cannot be. It also refuses an event that adopts a protocol, which JSON names by
// its digest only: [ParseEvents] is given the protocols.
func (e *Event) UnmarshalJSON(src []byte) error {
	read, err := readObject(src, func(f *document.Fields) Event { return (&eventReader{}).event(f) })
	if err == nil {
		*e = read
	}
	return err
}

// AppendJSON appends the entry as a JSON object, as event files have it.
func (e Entry) AppendJSON(b []byte) []byte {
	b, _ = e.Event.append(e.appendAsOf(append(b, '{')))
	return append(b, '}')
}

// appendAsOf appends the member that entries have beside those of their events.
func (e *Entry) appendAsOf(b []byte) []byte { return appendInstant(appendKey(b, "asOf"), e.AsOf) }

// MarshalJSON returns what [Entry.AppendJSON] appends. Its errors are those of
// [Event.MarshalJSON].
func (e Entry) MarshalJSON() ([]byte, error) { return e.Event.marshal(e.appendAsOf([]byte{'{'})) }

// UnmarshalJSON reads what [Entry.MarshalJSON] writes, and refuses what
// [Event.UnmarshalJSON] does.
func (e *Entry) UnmarshalJSON(src []byte) error {
	read, err := readObject(src, (&eventReader{}).entry)
	if err == nil {
		*e = read
	}
	return err
}

// fields are those of the entry's JSON object, for what holds entries.
func (e *Entry) fields(f *objectFields) {
	switch {
	case f.form != nil:
		f.learn("", must, formEntry)
	case f.in != nil:
		*e = f.protocols.entry(f.in)
	case f.out != nil:
		e.write(f)
	}
}

// cloneEvent returns an event that shares nothing that could be changed.
func cloneEvent(e Event) Event {
	e.What = e.What.fields(&objectFields{})
	return e
}
