package schedule

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// AppendJSON appends the plan as one JSON object: the protocols it was made from,
// how it stands, its sessions, visits and checkpoints, what the standard checks
// find, and its journal. No field is left out: what is not there is null. Dates
// are civil dates and times readings of the clinic's clock, as the plan keeps
// them; sessions are named by their ids. It never fails, and the same plan gives
// the same bytes.
func (p *Plan) AppendJSON(b []byte) []byte {
	b = appendProtocol(append(b, `{"protocol":`...), p.protocol)
	b = append(b, `,"protocols":`...)
	b = appendList(b, p.Protocols(), appendProtocol)
	b = appendDate(append(b, `,"start":`...), p.start)
	b = appendDate(append(b, `,"until":`...), p.Until())
	b = appendString(append(b, `,"zone":`...), p.zone.String())
	b = appendInstant(append(b, `,"asOf":`...), p.asOf)
	b = appendString(append(b, `,"shortWeek":`...), p.shortWeek.String())
	b = appendString(append(b, `,"standing":`...), p.Standing().String())
	b = append(b, `,"givenBefore":`...)
	b = appendList(b, p.GivenBefore(), func(b []byte, g GivenBefore) []byte { return appendValue(b, g.fields) })
	b = append(b, `,"sessions":`...)
	b = appendList(b, p.sessions(), func(b []byte, s Session) []byte { return s.AppendJSON(b) })
	b = append(b, `,"visits":`...)
	b = appendList(b, p.OtherVisits(), func(b []byte, v OtherVisit) []byte { return appendValue(b, v.fields) })
	b = append(b, `,"checkpoints":`...)
	b = appendList(b, p.Checkpoints(), func(b []byte, c Checkpoint) []byte { return c.appendJSON(b) })
	b = append(b, `,"findings":`...)
	b = appendList(b, slices.Values(Validate(p)), func(b []byte, f Finding) []byte { return f.AppendJSON(b) })
	b = append(b, `,"journal":`...)
	f := writing(b)
	f.out.b = appendList(f.out.b, slices.Values(p.journal.notes()), func(b []byte, n *note) []byte {
		f.out.b = append(b, '{')
		n.write(f)
		f.out.text("correctedBy", p.correctedBy(int32(n.number)))
		return append(f.out.b, '}')
	})
	return append(f.out.b, '}')
}

// sessions yields the sessions in order.
func (p *Plan) sessions() iter.Seq[Session] {
	return func(yield func(Session) bool) {
		for i := range p.slots {
			if !yield(Session{p, i}) {
				return
			}
		}
	}
}

// appendList appends a JSON list, with a function that appends an element.
func appendList[E any](b []byte, list iter.Seq[E], element func([]byte, E) []byte) []byte {
	b = append(b, '[')
	first := true
	for e := range list {
		if !first {
			b = append(b, ',')
		}
		b, first = element(b, e), false
	}
	return append(b, ']')
}

// appendProtocol appends what tells a protocol from every other.
func appendProtocol(b []byte, p *protocol.Protocol) []byte {
	b = appendProtocolName(b, p)
	b = appendQuantity(append(b[:len(b)-1], `,"cadence":`...), p.Cadence())
	b = appendString(append(b, `,"digest":`...), p.Digest().String())
	return append(b, '}')
}

func appendProtocolName(b []byte, p *protocol.Protocol) []byte {
	b = appendString(append(b, `{"id":`...), p.ID())
	b = appendString(append(b, `,"version":`...), p.Version())
	return append(b, '}')
}

// appendID appends an id as a JSON string, null where there is none.
func appendID(b []byte, id ID) []byte {
	if id.IsZero() {
		return append(b, "null"...)
	}
	return append(id.append(append(b, '"')), '"')
}

// appendText appends text as a JSON string, null where there is none.
func appendText(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

// appendMass appends a mass as a JSON string, null where it is zero.
func appendMass(b []byte, m dose.Mass) []byte {
	if m.IsZero() {
		return append(b, "null"...)
	}
	return appendQuantity(b, m)
}

// appendQuantity appends a value with a text as a JSON string.
func appendQuantity[Q texted](b []byte, q Q) []byte {
	at := len(b) + 1
	b, _ = q.AppendText(append(b, '"')) // of a value that is there it never fails
	if plain(b[at:]) {
		return append(b, '"')
	}
	return appendString(b[:at-1], string(b[at:]))
}

// appendInstant appends an instant as a JSON string, in UTC.
func appendInstant(b []byte, t time.Time) []byte {
	return append(t.UTC().AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

// appendDate appends a date as a JSON string, null where there is none.
func appendDate(b []byte, d date.Date) []byte {
	if d == 0 {
		return append(b, "null"...)
	}
	return append(civil.AppendDate(append(b, '"'), d), '"')
}

// appendTime appends a time of day as a JSON string, null where there is none.
func appendTime(b []byte, t clinic.TimeOfDay) []byte {
	if t.IsZero() {
		return append(b, "null"...)
	}
	b, _ = t.AppendText(append(b, '"'))
	return append(b, '"')
}

// MarshalJSON returns what [Plan.AppendJSON] appends. The error is that of a plan
// which nobody made.
func (p *Plan) MarshalJSON() ([]byte, error) {
	if p.protocol == nil {
		return nil, errors.New("want a plan made by Build, ParsePlan or Record.Plan")
	}
	return p.AppendJSON(nil), nil
}

// UnmarshalJSON refuses: the JSON of a plan is a report, which lacks what the plan
// was made from. [FormatPlan] and [ParsePlan] keep plans.
func (p *Plan) UnmarshalJSON([]byte) error {
	return writtenOnly{"a plan", "FormatPlan and ParsePlan keep plans"}
}

// appendMember begins the next member of the JSON object that b ends in: a comma stands
// before all but the first.
func appendMember(b []byte) []byte {
	if b[len(b)-1] == '{' {
		return b
	}
	return append(b, ',')
}

// appendKey begins the next member with its key, which needs no escape.
func appendKey(b []byte, key string) []byte {
	at := len(b)
	b = slices.Grow(b, len(`,"":`)+len(key))
	if b = b[:cap(b)]; b[at-1] != '{' {
		b[at] = ','
		at++
	}
	b[at] = '"'
	at += 1 + copy(b[at+1:], key)
	b[at], b[at+1] = '"', ':'
	return b[:at+2]
}

// appendString appends text as a JSON string. Encoding a string cannot fail.
func appendString(b []byte, s string) []byte {
	if plain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	text, _ := json.Marshal(s)
	return append(b, text...)
}
