package schedule

import (
	"errors"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
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

// An eventReader reads entries. It knows the protocols that an event may adopt.
type eventReader struct {
	protocols []*protocol.Protocol
}

func (r *eventReader) entry(f *document.Fields) Entry {
	e := Entry{AsOf: document.Parsed(f.Required("asOf"), parseUTC)}
	e.Event.ID = document.Parsed(f.Required("id"), func(s string) (string, error) { return s, checkEventID(s) })
	e.Event.What = r.happening(f, f.Required("kind").OneOf(kinds()...))
	return e
}

// kinds returns the names of happenings in files.
func kinds() []string {
	return []string{
		"given", "missed", "cancelled", "moved", "added", "held", "resumed", "shifted", "reanchored", "appended", "restarted",
		"stepped-back", "decided", "weighed", "clinic-closed", "patient-away", "accepted", "adopted",
	}
}

func (r *eventReader) happening(f *document.Fields, kind string) Happening {
	session := func() ID { return document.Parsed(f.Required("session"), ParseID) }
	on := func(key string) date.Date { return dateIn(f.Required(key)) }
	reason := func() string { return f.Optional("reason").Text() }
	switch kind {
	case "given":
		return Given{
			Session: session(), Phase: f.Optional("phase").Text(), Date: on("date"), Start: clockIn(f.Optional("start")), End: clockIn(f.Optional("end")),
			Dose: optional(f, "dose", dose.ParseMass), Weight: optional(f, "weight", dose.ParseWeight),
			NotDone: document.List(f.Optional("notDone"), document.Node.Text), Reason: reason(), Who: f.Optional("who").Text(),
		}
	case "missed":
		return Missed{Session: session(), Reason: reason()}
	case "cancelled":
		return Cancelled{Session: session(), By: document.Parsed(f.Required("by"), ParseCanceller), Reason: reason(), Rest: f.Optional("rest").Bool()}
	case "moved":
		return Moved{Session: session(), Date: on("date"), Start: clockIn(f.Optional("start")), Reason: reason()}
	case "added":
		return Added{
			Date: on("date"), Start: clockIn(f.Optional("start")), Phase: f.Optional("phase").Text(), For: optional(f, "for", ParseID),
			Reason: reason(),
		}
	case "held":
		return Held{Session: session(), Reason: reason()}
	case "resumed":
		return Resumed{Reason: reason()}
	case "shifted":
		return Shifted{Session: session(), Weeks: f.Required("weeks").Int(0, 520), Reason: reason()}
	case "reanchored":
		return Reanchored{Session: session(), Date: optionalDate(f, "date"), Reason: reason()}
	case "appended":
		return Appended{Session: session(), Reason: reason()}
	case "restarted":
		return Restarted{Session: session(), Date: on("date"), Reason: reason()}
	default:
		return r.rest(f, kind)
	}
}

func (r *eventReader) rest(f *document.Fields, kind string) Happening {
	switch kind {
	case "stepped-back":
		return SteppedBack{
			Session: document.Parsed(f.Required("session"), ParseID), To: f.Required("to").Text(), Sessions: sessionsIn(f),
			Reason: f.Required("reason").Text(),
		}
	case "decided":
		return Decided{
			Gate: f.Required("gate").Text(), Then: document.Parsed(f.Required("then"), parseDecision), Sessions: sessionsIn(f),
			To: f.Optional("to").Text(), Reason: f.Optional("reason").Text(), Who: f.Required("who").Text(),
		}
	case "weighed":
		return Weighed{Date: dateIn(f.Required("date")), Weight: textIn(f.Required("weight"), dose.ParseWeight)}
	case "clinic-closed":
		return ClinicClosed{From: dateIn(f.Required("from")), To: optionalDate(f, "to"), Reason: f.Optional("reason").Text()}
	case "patient-away":
		return PatientAway{From: dateIn(f.Required("from")), To: optionalDate(f, "to"), Reason: f.Optional("reason").Text()}
	case "accepted":
		return Accepted{
			Session: document.Parsed(f.Required("session"), ParseID), Code: Code(f.Required("code").Text()),
			Reason: f.Required("reason").Text(), Who: f.Required("who").Text(),
		}
	case "adopted":
		return Adopted{
			Protocol: document.Parsed(f.Required("protocol"), r.protocol), Reason: f.Optional("reason").Text(), Who: f.Required("who").Text(),
		}
	default:
		return nil // a problem already
	}
}

// protocol returns the protocol with a digest.
func (r *eventReader) protocol(digest string) (*protocol.Protocol, error) {
	known := ""
	for _, p := range r.protocols {
		if p.Digest().String() == digest {
			return p, nil
		}
		known += ", " + strconv.Quote(p.ID()) + " " + p.Version() + " " + p.Digest().String()
	}
	if known == "" {
		known = ", none"
	}
	return nil, &fileError{code: codeDigest, offset: -1, want: "the digest of a protocol that was passed in: " + known[2:]}
}

func sessionsIn(f *document.Fields) int {
	if n := f.Optional("sessions"); n.Exists() {
		return n.Int(1, 1000)
	}
	return 0
}

func optionalDate(f *document.Fields, key string) date.Date {
	if n := f.Optional(key); n.Exists() {
		return dateIn(n)
	}
	return 0
}

func optional[T any](f *document.Fields, key string, parse func(string) (T, error)) (v T) {
	if n := f.Optional(key); n.Exists() {
		return textIn(n, parse)
	}
	return v
}

func parseDecision(s string) (protocol.Decision, error) {
	for d := protocol.Continue; d <= protocol.Change; d++ {
		if d.String() == s {
			return d, nil
		}
	}
	return 0, &fileError{code: document.CodeChoice, offset: -1, want: "continue, stop, extend, step back or change"}
}

// parseUTC reads an instant in UTC as files have it. In the clinic's zone it
// may be a day of the years before 1900 and after 2200 here.
func parseUTC(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.UTC().Format(time.RFC3339Nano) != s || t.Year() < civil.MinYear-1 || t.Year() > civil.MaxYear+1 {
		return time.Time{}, &fileError{code: document.CodeValue, offset: -1, want: "an instant in UTC, such as 2025-01-06T08:00:00Z"}
	}
	return t.UTC(), nil
}

// cloneEvent returns an event that shares nothing that could be changed.
func cloneEvent(e Event) Event {
	if g, ok := e.What.(Given); ok {
		e.What = g.clone()
	}
	return e
}
