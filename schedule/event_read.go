package schedule

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

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
		if p == nil {
			continue
		}
		if p.Digest().String() == digest {
			return p, nil
		}
		known += ", " + strconv.Quote(nameOf(p)) + " " + p.Digest().String()
	}
	if known == "" {
		known = ", none"
	}
	return nil, &document.Reason{Code: codeDigest, Offset: -1, Want: "the digest of a protocol that was passed in: " + known[2:]}
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
	return 0, &document.Reason{Code: document.CodeChoice, Offset: -1, Want: "continue, stop, extend, step back or change"}
}

// parseUTC reads an instant in UTC as files have it. In the clinic's zone it
// may be a day of the years before 1900 and after 2200 here.
func parseUTC(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.UTC().Format(time.RFC3339Nano) != s || t.Year() < civil.MinYear-1 || t.Year() > civil.MaxYear+1 {
		return time.Time{}, &document.Reason{Code: document.CodeValue, Offset: -1, Want: "an instant in UTC, such as 2025-01-06T08:00:00Z"}
	}
	return t.UTC(), nil
}
