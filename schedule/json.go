package schedule

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// AppendJSON appends the plan as one JSON object: what it was built from and
// its sessions. Dates are civil dates and times readings of the clinic's clock,
// as the plan keeps them. It never fails, and the same plan gives the same
// bytes.
func (p *Plan) AppendJSON(b []byte) []byte {
	b = append(b, `{"protocol":{"id":`...)
	b = appendString(b, p.protocol.ID())
	b = appendString(append(b, `,"version":`...), p.protocol.Version())
	b = appendString(append(b, `,"cadence":`...), p.protocol.Cadence().String())
	b = appendString(append(b, `,"digest":`...), p.protocol.Digest().String())
	b = append(b, `},"start":"`...)
	b = civil.AppendDate(b, p.start)
	b = appendDate(append(b, `","until":`...), p.Until())
	b = appendString(append(b, `,"zone":`...), p.zone.String())
	b = append(b, `,"asOf":"`...)
	b = p.asOf.UTC().AppendFormat(b, time.RFC3339Nano)
	b = append(b, `","shortWeek":"`...)
	b = append(b, p.shortWeek.String()...)
	b = append(b, `","sessions":[`...)
	for i, s := range p.All() {
		if i > 0 {
			b = append(b, ',')
		}
		b = s.AppendJSON(b)
	}
	b = append(b, ']')
	b = p.appendCheckpoints(b)
	b = p.appendVisits(b)
	return append(b, '}')
}

// appendCheckpoints appends the checkpoints, if there are any.
func (p *Plan) appendCheckpoints(b []byte) []byte {
	separator := `,"checkpoints":[`
	for c := range p.Checkpoints() {
		b = appendString(append(append(b, separator...), `{"gate":`...), c.Gate.Name)
		b = append(c.SessionID.append(append(b, `,"session":"`...)), '"')
		b = appendDate(append(b, `,"date":`...), c.Date)
		b = appendString(append(b, `,"assess":`...), c.Gate.Assess)
		b = append(b, `,"decision":`...)
		if c.Decision != 0 {
			b = appendString(b, c.Decision.String())
		} else {
			b = append(b, "null"...)
		}
		b = append(b, '}')
		separator = ","
	}
	if separator == "," {
		b = append(b, ']')
	}
	return b
}

// appendVisits appends companions and follow-ups, if there are any.
func (p *Plan) appendVisits(b []byte) []byte {
	for i, v := range p.visits {
		if i == 0 {
			b = append(b, `,"visits":[`...)
		} else {
			b = append(b, ',')
		}
		b = append(v.ID.append(append(b, `{"id":"`...)), '"')
		b = appendString(append(b, `,"name":`...), v.Name)
		b = appendString(append(b, `,"kind":`...), v.Kind.String())
		b = appendString(append(b, `,"role":`...), v.Role.String())
		b = append(v.SessionID.append(append(b, `,"session":"`...)), '"')
		if v.Role == RoleFollowUp {
			b = appendNumber(append(b, `,"day":`...), v.Day)
		}
		b = appendDate(append(b, `,"target":`...), v.Target)
		b = appendDate(append(b, `,"earliest":`...), v.Earliest)
		b = appendDate(append(b, `,"latest":`...), v.Latest)
		b = appendDate(append(b, `,"date":`...), v.Date)
		b = appendTime(append(b, `,"start":`...), v.Start)
		b = appendTime(append(b, `,"end":`...), v.End)
		b = append(append(b, `,"state":"`...), v.State.String()...)
		b = appendNumber(append(b, `","revision":`...), v.Revision)
		b = append(b, '}')
	}
	if len(p.visits) > 0 {
		b = append(b, ']')
	}
	return b
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

// AppendJSON appends the session as a JSON object. It never fails.
func (s Session) AppendJSON(b []byte) []byte {
	b = append(b, `{"id":"`...)
	b = s.ID().append(b)
	b = strconv.AppendInt(append(b, `","ordinal":`...), int64(s.Ordinal()), 10)
	b = appendString(append(b, `,"phase":`...), s.Phase())
	b = strconv.AppendInt(append(b, `,"week":`...), int64(s.Week()), 10)
	b = civil.AppendDate(append(b, `,"target":"`...), s.Target())
	b = civil.AppendDate(append(b, `","earliest":"`...), s.Earliest())
	b = civil.AppendDate(append(b, `","latest":"`...), s.Latest())
	b = append(b, '"')
	b = s.appendPlaced(b)
	b = append(append(b, `,"state":"`...), s.State().String()...)
	b = strconv.AppendInt(append(b, `","revision":`...), int64(s.Revision()), 10)
	return append(b, '}')
}

// appendPlaced appends what a session that was left out has none of.
func (s Session) appendPlaced(b []byte) []byte {
	b = appendDate(append(b, `,"date":`...), s.Date())
	b = appendTime(append(b, `,"start":`...), s.Start())
	b = appendTime(append(b, `,"end":`...), s.End())
	b = append(b, `,"dose":`...)
	if d := s.Dose(); d.IsZero() {
		b = append(b, `null`...)
	} else {
		b = append(b, '"')
		b, _ = d.Dose().AppendText(b)
		b = append(b, '"')
	}
	if !s.Placed() {
		return append(b, `,"shiftDays":null`...)
	}
	return strconv.AppendInt(append(b, `,"shiftDays":`...), int64(s.Shift()), 10)
}

// MarshalJSON returns what [Session.AppendJSON] appends. It never fails.
func (s Session) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// appendString appends text as a JSON string. Encoding a string cannot fail.
func appendString(b []byte, s string) []byte {
	text, _ := json.Marshal(s)
	return append(b, text...)
}
