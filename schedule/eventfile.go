package schedule

import (
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// EventsFormat is the format that event files state.
const EventsFormat = "regimen-events/1"

// FormatEvents writes the history of a plan as a file that [ParseEvents] reads.
// Applied by [Plan.Replay] to the plan that the same request builds, it gives the
// same plan to the byte. The same history gives the same bytes.
func FormatEvents(p *Plan) []byte {
	b := appendString([]byte(`{"format":`), EventsFormat)
	b = appendString(append(b, ",\n\"protocol\":"...), p.BuiltFrom().Digest().String())
	b = append(b, ",\n\"events\":["...)
	for i, entry := range p.journal.all() {
		b = appendComma(b, i)
		b = entry.AppendJSON(b)
	}
	return append(b, "]}\n"...)
}

// ParseEvents reads what [FormatEvents] writes, or an app that knows a plan's
// sessions by their ids:
//
//	{
//	  "format": "regimen-events/1",
//	  "protocol": "sha256:...",
//	  "events": [
//	    {"asOf": "2025-01-06T17:00:00Z", "id": "visit-1", "kind": "given", "session": "...", "date": "2025-01-06", "dose": "36 mg"},
//	    {"asOf": "2025-01-08T17:00:00Z", "id": "visit-2", "kind": "missed", "session": "..."}
//	  ]
//	}
//
// The protocol is the one that the plan was built from; it, and every protocol that
// an event adopts, is passed in. Kinds are the names of the happenings, such as
// "stepped-back", and their fields those of the types with a small first letter.
//
// The name is that of the file, used in positions only. The error is a
// [*FileProblems] with a [*FileProblem] for each problem. Whether an event can have
// happened, [Plan.Apply] says.
func ParseEvents(name string, src []byte, from *protocol.Protocol, adopted ...*protocol.Protocol) ([]Entry, error) {
	doc := document.ParseRecord(name, src)
	r := eventReader{protocols: append([]*protocol.Protocol{from}, adopted...)}
	entries := document.Object(doc.Root(), func(f *document.Fields) []Entry {
		f.Required("format").OneOf(EventsFormat)
		document.Parsed(f.Required("protocol"), func(digest string) (*protocol.Protocol, error) {
			return (&eventReader{protocols: r.protocols[:1]}).protocol(digest)
		})
		return document.Objects(f.Required("events"), r.entry)
	})
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return entries, nil
}

// ParseEntries reads a list of entries, as event files have it under "events". The
// protocols are those that an event may adopt. Everything else is as for
// [ParseEvents].
func ParseEntries(name string, src []byte, adopted ...*protocol.Protocol) ([]Entry, error) {
	doc := document.ParseRecord(name, src)
	r := eventReader{protocols: adopted}
	entries := document.Objects(doc.Root(), r.entry)
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return entries, nil
}
