package schedule

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// An eventWriter appends the fields of an event to a JSON object. What is zero
// is left out.
type eventWriter struct{ b []byte }

func (w *eventWriter) text(key, value string) {
	if value != "" {
		w.b = appendString(append(append(append(w.b, `,"`...), key...), `":`...), value)
	}
}

func (w *eventWriter) date(key string, d date.Date) {
	if d != 0 {
		w.text(key, civil.Format(d))
	}
}

func (w *eventWriter) number(key string, n int) {
	if n != 0 {
		w.b = appendNumber(append(append(append(w.b, `,"`...), key...), `":`...), n)
	}
}

func (w *eventWriter) weight(key string, m dose.Weight) {
	if !m.IsZero() {
		w.text(key, m.String())
	}
}

// appendEvent appends an event as a JSON object, without who recorded it.
func appendEvent(b []byte, e Event) []byte {
	e.RecordedBy = ""
	b, _ = e.append(append(b, '{'))
	return append(b, '}')
}

// append appends the members of the event's JSON object. The error is that of a
// value which has no text.
func (e Event) append(b []byte) ([]byte, error) {
	w := eventWriter{appendString(append(b, `"id":`...), e.ID)}
	w.text("recordedBy", e.RecordedBy)
	w.text("kind", e.What.kind())
	f := objectFields{out: &w}
	e.What.fields(&f)
	return w.b, f.err
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
	b, _ = e.Event.append(e.appendAsOf(b))
	return append(b, '}')
}

func (e Entry) appendAsOf(b []byte) []byte {
	b = e.AsOf.UTC().AppendFormat(append(b, `{"asOf":"`...), time.RFC3339Nano)
	return append(b, `",`...)
}

// MarshalJSON returns what [Entry.AppendJSON] appends. Its errors are those of
// [Event.MarshalJSON].
func (e Entry) MarshalJSON() ([]byte, error) { return e.Event.marshal(e.appendAsOf(nil)) }

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
		b := e.appendAsOf(append(f.out.b, ','))
		at := len(f.out.b) + 1 // of the brace, which the object has already
		b, err := e.Event.append(append(b[:at], b[at+1:]...))
		if f.out.b = b; f.err == nil {
			f.err = err
		}
	}
}

// cloneEvent returns an event that shares nothing that could be changed.
func cloneEvent(e Event) Event {
	e.What = e.What.fields(&objectFields{})
	return e
}
