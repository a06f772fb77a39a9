package schedule

import (
	"errors"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
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

func (w *eventWriter) id(key string, id ID) {
	if !id.IsZero() {
		w.text(key, id.String())
	}
}

func (w *eventWriter) number(key string, n int) {
	if n != 0 {
		w.b = appendNumber(append(append(append(w.b, `,"`...), key...), `":`...), n)
	}
}

func (w *eventWriter) mass(key string, m dose.Mass) {
	if !m.IsZero() {
		w.text(key, m.String())
	}
}

func (w *eventWriter) weight(key string, m dose.Weight) {
	if !m.IsZero() {
		w.text(key, m.String())
	}
}

func (g Given) write(w *eventWriter) {
	w.id("session", g.Session)
	w.text("phase", g.Phase)
	w.date("date", g.Date)
	w.text("start", g.Start.String())
	w.text("end", g.End.String())
	w.mass("dose", g.Dose)
	w.weight("weight", g.Weight)
	for i, task := range g.NotDone {
		if i == 0 {
			w.b = append(w.b, `,"notDone":[`...)
		} else {
			w.b = append(w.b, ',')
		}
		w.b = appendString(w.b, task)
	}
	if len(g.NotDone) > 0 {
		w.b = append(w.b, ']')
	}
	w.text("reason", g.Reason)
	w.text("who", g.Who)
}

func (m Missed) write(w *eventWriter) {
	w.id("session", m.Session)
	w.text("reason", m.Reason)
}

func (c Cancelled) write(w *eventWriter) {
	w.id("session", c.Session)
	w.text("by", c.By.String())
	w.text("reason", c.Reason)
	if c.Rest {
		w.b = append(w.b, `,"rest":true`...)
	}
}

func (m Moved) write(w *eventWriter) {
	w.id("session", m.Session)
	w.date("date", m.Date)
	w.text("start", m.Start.String())
	w.text("reason", m.Reason)
}

func (a Added) write(w *eventWriter) {
	w.date("date", a.Date)
	w.text("start", a.Start.String())
	w.text("phase", a.Phase)
	w.id("for", a.For)
	w.text("reason", a.Reason)
}

func (h Held) write(w *eventWriter) {
	w.id("session", h.Session)
	w.text("reason", h.Reason)
}

func (r Resumed) write(w *eventWriter) { w.text("reason", r.Reason) }

func (s Shifted) write(w *eventWriter) {
	w.id("session", s.Session)
	w.b = appendNumber(append(w.b, `,"weeks":`...), s.Weeks)
	w.text("reason", s.Reason)
}

func (r Reanchored) write(w *eventWriter) {
	w.id("session", r.Session)
	w.date("date", r.Date)
	w.text("reason", r.Reason)
}

func (a Appended) write(w *eventWriter) {
	w.id("session", a.Session)
	w.text("reason", a.Reason)
}

func (r Restarted) write(w *eventWriter) {
	w.id("session", r.Session)
	w.date("date", r.Date)
	w.text("reason", r.Reason)
}

func (s SteppedBack) write(w *eventWriter) {
	w.id("session", s.Session)
	w.text("to", s.To)
	w.number("sessions", s.Sessions)
	w.text("reason", s.Reason)
}

func (d Decided) write(w *eventWriter) {
	w.text("gate", d.Gate)
	w.text("then", d.Then.String())
	w.number("sessions", d.Sessions)
	w.text("to", d.To)
	w.text("reason", d.Reason)
	w.text("who", d.Who)
}

func (g Weighed) write(w *eventWriter) {
	w.date("date", g.Date)
	w.weight("weight", g.Weight)
}

func (c ClinicClosed) write(w *eventWriter) { writeStretch(w, c.From, c.To, c.Reason) }

func (a PatientAway) write(w *eventWriter) { writeStretch(w, a.From, a.To, a.Reason) }

func writeStretch(w *eventWriter, from, to date.Date, reason string) {
	w.date("from", from)
	w.date("to", to)
	w.text("reason", reason)
}

func (a Accepted) write(w *eventWriter) {
	w.id("session", a.Session)
	w.text("code", string(a.Code))
	w.text("reason", a.Reason)
	w.text("who", a.Who)
}

func (a Adopted) write(w *eventWriter) {
	if a.Protocol != nil {
		w.text("protocol", a.Protocol.Digest().String())
	}
	w.text("reason", a.Reason)
	w.text("who", a.Who)
}

// appendEvent appends an event as a JSON object.
func appendEvent(b []byte, e Event) []byte {
	b = appendString(append(b, `{"id":`...), e.ID)
	b = appendString(append(b, `,"kind":`...), e.What.kind())
	w := eventWriter{b}
	e.What.write(&w)
	return append(w.b, '}')
}

// AppendJSON appends the entry as a JSON object. It never fails.
func (e Entry) AppendJSON(b []byte) []byte {
	b = e.AsOf.UTC().AppendFormat(append(b, `{"asOf":"`...), time.RFC3339Nano)
	b = append(b, `",`...)
	return append(b, appendEvent(nil, e.Event)[1:]...)
}

// MarshalJSON returns what [Entry.AppendJSON] appends. It fails only for an entry
// without an event.
func (e Entry) MarshalJSON() ([]byte, error) {
	if !isHappening(e.Event.What) {
		return nil, errors.New("an entry without an event")
	}
	return e.AppendJSON(nil), nil
}

// cloneEvent returns an event that shares nothing that could be changed.
func cloneEvent(e Event) Event {
	if g, ok := e.What.(Given); ok {
		e.What = g.clone()
	}
	return e
}
