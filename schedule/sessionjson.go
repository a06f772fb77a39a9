package schedule

import (
	"slices"
	"strconv"
)

// AppendJSON appends the session as a JSON object. No field is left out: what is
// not there is null. What a table of missed doses says of the session, [Session.Late], is
// there only where one does. It never fails.
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
	b = strconv.AppendBool(append(b, `,"withdrawn":`...), s.Withdrawn())
	b = appendMass(append(b, `,"planned":`...), s.ordered())
	b = append(b, `,"allowed":`...)
	b = appendList(b, s.Allowed(), func(b []byte, a AllowedDose) []byte { return appendMass(b, a.Dose) })
	b = appendText(append(b, `,"level":`...), s.Level().String())
	if d := s.planned(); d != nil && len(d.parts) > 0 {
		b = appendList(append(b, `,"parts":`...), s.Parts(), appendSessionPart)
	}
	b = append(b, `,"tasks":`...)
	b = appendList(b, s.Tasks(), appendTask)
	if late, ok := s.Late(); ok {
		b = late.appendJSON(append(b, `,"late":`...))
	}
	b = s.appendBeside(b)
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
	return strconv.AppendInt(append(b, `,"shiftDays":`...), int64(s.ShiftDays()), 10)
}

// appendGiven appends what really happened, with the times that are known.
func (s Session) appendGiven(b []byte, g Given) []byte {
	b = appendDate(append(b, `{"date":`...), g.Date)
	b = appendTime(append(b, `,"start":`...), s.Start())
	b = appendTime(append(b, `,"end":`...), s.End())
	if b = append(b, `,"dose":`...); g.Nothing {
		b = appendString(b, nothingGiven)
	} else {
		b = appendMass(b, g.Dose)
	}
	if len(g.Parts) > 0 {
		b = appendList(append(b, `,"parts":`...), slices.Values(g.Parts), func(b []byte, part GivenPart) []byte { return appendValue(b, part.fields) })
	}
	during, weight := "", ""
	if !g.During.IsZero() {
		during = g.During.String()
	}
	if !g.Weight.IsZero() {
		weight = g.Weight.String()
	}
	b = appendText(append(b, `,"during":`...), during)
	b = appendText(append(b, `,"weight":`...), weight)
	b = append(b, `,"notDone":`...)
	b = appendList(b, slices.Values(g.NotDone), appendString)
	b = appendGivenBeside(b, g.Beside)
	b = appendText(append(b, `,"reason":`...), g.Reason)
	b = appendText(append(b, `,"who":`...), g.Who)
	b = appendText(append(b, `,"recordedBy":`...), s.RecordedBy())
	return append(b, '}')
}

// appendTask appends a task on the clock.
func appendTask(b []byte, t TimedTask) []byte { return appendValue(b, t.fields) }

// MarshalJSON returns what [Session.AppendJSON] appends, and null for a session of
// no plan. It never fails.
func (s Session) MarshalJSON() ([]byte, error) {
	if s.IsZero() {
		return []byte("null"), nil
	}
	return s.AppendJSON(nil), nil
}

// UnmarshalJSON refuses: a session is a view of its plan. A [Snapshot] can be
// written and read.
func (s *Session) UnmarshalJSON([]byte) error {
	return writtenOnly{"a session", "a Snapshot can be read, and ParsePlan reads plans"}
}
