package schedule

import (
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// An eventReader reads entries. It knows the protocols that an event may adopt.
type eventReader struct {
	protocols []*protocol.Protocol
	// kinds are the names of all that can happen, once an entry was read.
	kinds  []string
	byKind map[string]Happening
	// named are the sessions and visits that the event which was read last names.
	named []ID
	// instead has the protocol that is taken for a digest which none of them has.
	instead map[string]*protocol.Protocol
}

func (r *eventReader) entry(f *document.Fields) Entry {
	return Entry{AsOf: document.Brief(f.Required("asOf"), parseUTC), Event: r.event(f)}
}

// entryNaming is entry that returns the sessions which the entry names, too.
func (r *eventReader) entryNaming(f *document.Fields) (e Entry, sessions []ID) {
	e = r.entry(f)
	switch what := e.Event.What.(type) {
	case nil, VisitDone, VisitMissed, VisitMoved:
	case Corrected:
		for _, c := range what.all() {
			switch c.Instead.(type) {
			case nil, VisitDone, VisitMissed, VisitMoved:
			default:
				sessions = append(sessions, about(c.Instead)...)
			}
		}
	default:
		sessions = r.named
	}
	return e, sessions
}

// what returns a happening of the kind that a file states, without any value; nil for a
// kind that there is not.
func (r *eventReader) what(kind document.Node) Happening {
	if r.kinds == nil {
		r.byKind = make(map[string]Happening)
		for _, row := range happenings() {
			zero := row.zero()
			r.kinds = append(r.kinds, zero.kind())
			r.byKind[zero.kind()] = zero
		}
	}
	return r.byKind[kind.OneOf(r.kinds...)]
}

func (r *eventReader) event(f *document.Fields) Event {
	e := Event{ID: document.Parsed(f.Required("id"), func(s string) (string, error) { return s, checkEventID(s) })}
	e.RecordedBy = document.Parsed(f.Optional("recordedBy"), func(s string) (string, error) { return s, checkRecorder(s) })
	if what := r.what(f.Required("kind")); what != nil {
		fields := objectFields{in: f, protocols: r}
		e.What = what.fields(&fields)
		r.named = fields.sessions
	}
	return e
}

// protocol returns the protocol with a digest.
func (r *eventReader) protocol(digest string) (*protocol.Protocol, error) {
	if p := r.instead[digest]; p != nil {
		return p, nil
	}
	var known strings.Builder
	for _, p := range r.protocols {
		if p == nil {
			continue
		}
		if p.HasDigest(digest) {
			return p, nil
		}
		known.WriteString(", " + strconv.Quote(nameOf(p)) + " " + p.Digest().String())
	}
	if known.String() == "" {
		return nil, &document.Reason{Code: codeDigest, Offset: document.Whole, Want: "no other protocol, since none was passed in: ParseEvents is given those that events adopt, ParsePlan in PlanSource those that a file of format 1 names"}
	}
	return nil, &document.Reason{Code: codeDigest, Offset: document.Whole, Want: "the digest of a protocol that was passed in: " + known.String()[2:]}
}

func optionalDate(f *document.Fields, key string) date.Date {
	return dateIn(f.Optional(key))
}

func optional[T any](f *document.Fields, key string, parse func(string) (T, error)) T {
	return textIn(f.Optional(key), parse)
}

// parseUTC reads an instant in UTC as files have it. In the clinic's zone it
// may be a day of the years before 1900 and after 2200 here.
func parseUTC(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.UTC().Format(time.RFC3339Nano) != s || t.Year() < civil.MinYear-1 || t.Year() > civil.MaxYear+1 {
		return time.Time{}, &document.Reason{Code: document.CodeValue, Offset: document.Whole, Want: "an instant in UTC, such as 2025-01-06T08:00:00Z"}
	}
	return t.UTC(), nil
}
