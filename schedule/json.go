package schedule

import (
	"encoding/json"
	"iter"
	"slices"
	"strconv"
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
	b = append(b, `,"asOf":"`...)
	b = p.asOf.UTC().AppendFormat(b, time.RFC3339Nano)
	b = appendString(append(b, `","shortWeek":`...), p.shortWeek.String())
	b = appendString(append(b, `,"standing":`...), p.Standing().String())
	b = append(b, `,"sessions":`...)
	b = appendList(b, p.sessions(), func(b []byte, s Session) []byte { return s.AppendJSON(b) })
	b = append(b, `,"visits":`...)
	b = appendList(b, slices.Values(p.visits), p.appendVisit)
	b = append(b, `,"checkpoints":`...)
	b = appendList(b, p.Checkpoints(), p.appendCheckpoint)
	b = append(b, `,"findings":`...)
	b = appendList(b, slices.Values(Validate(p)), func(b []byte, f Finding) []byte { return f.AppendJSON(b) })
	b = append(b, `,"journal":`...)
	b = appendList(b, slices.Values(p.history), func(b []byte, e Entry) []byte { return e.AppendJSON(b) })
	return append(b, '}')
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
	b = appendString(append(b[:len(b)-1], `,"cadence":`...), p.Cadence().String())
	b = appendString(append(b, `,"digest":`...), p.Digest().String())
	return append(b, '}')
}

func appendProtocolName(b []byte, p *protocol.Protocol) []byte {
	b = appendString(append(b, `{"id":`...), p.ID())
	b = appendString(append(b, `,"version":`...), p.Version())
	return append(b, '}')
}

func (p *Plan) appendCheckpoint(b []byte, c Checkpoint) []byte {
	b = appendString(append(b, `{"gate":`...), c.Gate.Name)
	b = appendID(append(b, `,"session":`...), c.SessionID)
	b = appendDate(append(b, `,"date":`...), c.Date)
	b = appendString(append(b, `,"assess":`...), c.Gate.Assess)
	decision := ""
	if c.Decision != 0 {
		decision = c.Decision.String()
	}
	b = appendText(append(b, `,"decision":`...), decision)
	return append(b, '}')
}

func (p *Plan) appendVisit(b []byte, v OtherVisit) []byte {
	b = appendID(append(b, `{"id":`...), v.ID)
	b = appendString(append(b, `,"name":`...), v.Name)
	b = appendString(append(b, `,"kind":`...), v.Kind.String())
	b = appendString(append(b, `,"role":`...), v.Role.String())
	b = appendID(append(b, `,"session":`...), v.SessionID)
	b = append(b, `,"day":`...)
	if v.Role == RoleFollowUp {
		b = strconv.AppendInt(b, int64(v.Day), 10)
	} else {
		b = append(b, "null"...)
	}
	b = appendDate(append(b, `,"target":`...), v.Target)
	b = appendDate(append(b, `,"earliest":`...), v.Earliest)
	b = appendDate(append(b, `,"latest":`...), v.Latest)
	b = appendDate(append(b, `,"date":`...), v.Date)
	b = appendTime(append(b, `,"start":`...), v.Start)
	b = appendTime(append(b, `,"end":`...), v.End)
	b = appendString(append(b, `,"state":`...), v.State.String())
	b = appendNumber(append(b, `,"revision":`...), v.Revision)
	b = appendText(append(b, `,"lost":`...), p.visitLost(&v))
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
	b, _ = m.AppendText(append(b, '"'))
	return append(b, '"')
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

// MarshalJSON returns what [Plan.AppendJSON] appends. It never fails.
func (p *Plan) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// AppendJSON appends the session as a JSON object. No field is left out: what is
// not there is null. It never fails.
func (s Session) AppendJSON(b []byte) []byte {
	b = appendID(append(b, `{"id":`...), s.ID())
	b = strconv.AppendInt(append(b, `,"ordinal":`...), int64(s.Ordinal()), 10)
	b = strconv.AppendInt(append(b, `,"number":`...), int64(s.Number()), 10)
	b = appendString(append(b, `,"phase":`...), s.Phase())
	b = strconv.AppendInt(append(b, `,"week":`...), int64(s.Week()), 10)
	b = appendProtocolName(append(b, `,"protocol":`...), s.Protocol())
	b = appendText(append(b, `,"drug":`...), s.Drug())
	b = appendText(append(b, `,"route":`...), s.Route())
	b = appendDate(append(b, `,"target":`...), s.Target())
	b = appendDate(append(b, `,"earliest":`...), s.Earliest())
	b = appendDate(append(b, `,"latest":`...), s.Latest())
	b = strconv.AppendBool(append(b, `,"extra":`...), s.Extra())
	missed, _ := s.MakesUpFor()
	b = appendID(append(b, `,"makesUpFor":`...), missed)
	b = s.appendPlaced(b)
	b = appendString(append(b, `,"state":`...), s.State().String())
	b = strconv.AppendInt(append(b, `,"revision":`...), int64(s.Revision()), 10)
	b = appendText(append(b, `,"lost":`...), s.Lost())
	b = appendMass(append(b, `,"planned":`...), s.Dose().Dose())
	b = append(b, `,"allowed":`...)
	b = appendList(b, s.Allowed(), func(b []byte, a AllowedDose) []byte { return appendMass(b, a.Dose) })
	b = append(b, `,"given":`...)
	if g, ok := s.Given(); ok {
		b = s.appendGiven(b, g)
	} else {
		b = append(b, "null"...)
	}
	return append(b, '}')
}

// appendPlaced appends what a session that was left out has none of.
func (s Session) appendPlaced(b []byte) []byte {
	b = appendDate(append(b, `,"date":`...), s.Date())
	b = appendTime(append(b, `,"start":`...), s.Start())
	b = appendTime(append(b, `,"end":`...), s.End())
	if !s.Placed() {
		return append(b, `,"shiftDays":null`...)
	}
	return strconv.AppendInt(append(b, `,"shiftDays":`...), int64(s.Shift()), 10)
}

// appendGiven appends what really happened, with the times that are known.
func (s Session) appendGiven(b []byte, g Given) []byte {
	b = appendDate(append(b, `{"date":`...), g.Date)
	b = appendTime(append(b, `,"start":`...), s.Start())
	b = appendTime(append(b, `,"end":`...), s.End())
	b = appendMass(append(b, `,"dose":`...), g.Dose)
	b = append(b, `,"during":null`...)
	weight := ""
	if !g.Weight.IsZero() {
		weight = g.Weight.String()
	}
	b = appendText(append(b, `,"weight":`...), weight)
	b = appendText(append(b, `,"reason":`...), g.Reason)
	b = appendText(append(b, `,"who":`...), g.Who)
	b = appendText(append(b, `,"recordedBy":`...), s.RecordedBy())
	return append(b, '}')
}

// MarshalJSON returns what [Session.AppendJSON] appends. It never fails.
func (s Session) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// appendString appends text as a JSON string. Encoding a string cannot fail.
func appendString(b []byte, s string) []byte {
	text, _ := json.Marshal(s)
	return append(b, text...)
}
