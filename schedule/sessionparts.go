package schedule

import (
	"iter"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A SessionPart is a part of the planned dose of a session, with when it is given.
type SessionPart struct {
	dose.PartDelivery
	// Date and Start are when it begins on the clinic's clock, by the start of the
	// session and the times that the protocol states, EndDate and End when it ends. They
	// are zero for a session without a start, and End also where the part states no time.
	Date    date.Date
	Start   clinic.TimeOfDay
	EndDate date.Date
	End     clinic.TimeOfDay
}

// Parts yields the parts of the planned dose in the order in which they are given, those
// on a condition too: [dose.PartDelivery.Planned] tells them apart, and the dose of the
// session is without them. None where the dose is given at once, and where there is none.
func (s Session) Parts() iter.Seq[SessionPart] {
	return func(yield func(SessionPart) bool) {
		d := s.planned()
		if d == nil {
			return
		}
		for _, part := range d.parts {
			if !yield(s.part(part)) {
				return
			}
		}
	}
}

func (s Session) part(d dose.PartDelivery) SessionPart {
	part := SessionPart{PartDelivery: d}
	if s.Start().IsZero() {
		return part
	}
	zone := civil.NewZone(s.plan.zone)
	arrival, _ := zone.Resolve(s.Date(), s.Start().Minutes())
	begins := arrival + seconds(s.visit().Preparation)
	part.Date, part.Start = clockAt(zone, begins+seconds(d.Times.Begins))
	if d.Times.Ends > d.Times.Begins {
		part.EndDate, part.End = clockAt(zone, begins+seconds(d.Times.Ends))
	}
	return part
}

// WorksheetLines yields how the planned dose is prepared and given: the lines of the
// worksheet or, of a dose in parts, those of the whole and a block for each part. None
// where the protocol states neither a preparation nor parts.
func (s Session) WorksheetLines() iter.Seq[dose.Line] {
	if d := s.planned(); d != nil && len(d.parts) > 0 {
		return dose.PartLines(d.delivery, d.parts)
	}
	return s.Worksheet().Lines()
}

// partsText says of each part how its dose comes about and how it is given.
func (s Session) partsText() (lines []string) {
	for part := range s.Parts() {
		lines = append(lines, partText(part.PartDelivery)...)
	}
	return lines
}

func partText(part dose.PartDelivery) (lines []string) {
	name := "part " + part.Part.Name
	if begins := part.Times.Begins; begins > 0 {
		name += ", after " + protocol.FormatDuration(begins.Truncate(time.Minute))
	}
	if !part.Planned() {
		name += ", only if " + part.Part.Condition
	}
	if part.Err != nil {
		return append(lines, name+": not possible: "+part.Err.Error())
	}
	d := part.Delivery
	text := name + ": " + d.Calculation().String()
	if time := d.Time(); time != "" {
		text += ", given in " + time + ", " + d.Rate()
	}
	if !d.Flow().IsZero() {
		text += ", pump " + d.Flow().String()
	}
	lines = append(lines, text)
	for _, line := range deliveredText(d) {
		lines = append(lines, "part "+part.Part.Name+": "+line)
	}
	return lines
}

// appendPartSteps appends how the dose of a part was computed.
func appendPartSteps(b []byte, part dose.PartDelivery) []byte {
	b = appendString(append(b, `{"name":`...), part.Part.Name)
	b = appendText(append(b, `,"condition":`...), part.Part.Condition)
	if part.Err != nil {
		b = appendString(append(b, `,"notPossible":`...), part.Err.Error())
		return append(b, '}')
	}
	d := part.Delivery
	b = appendString(append(b, `,"rule":`...), part.Part.Rule.String())
	b = appendString(append(b, `,"text":`...), d.Calculation().String())
	separator := `,"steps":[`
	for step := range d.Calculation().Steps() {
		b = appendString(append(b, separator...), step.String())
		separator = ","
	}
	b = appendString(append(b, `],"delivered":`...), d.Delivered().String())
	b = appendText(append(b, `,"time":`...), d.Time())
	b = appendText(append(b, `,"rate":`...), d.Rate())
	return append(b, '}')
}

// appendSessionPart appends a part of a planned dose.
func appendSessionPart(b []byte, part SessionPart) []byte {
	b = appendString(append(b, `{"name":`...), part.Part.Name)
	b = appendText(append(b, `,"condition":`...), part.Part.Condition)
	b = appendMass(append(b, `,"planned":`...), part.Delivery.Dose())
	b = appendDate(append(b, `,"date":`...), part.Date)
	b = appendTime(append(b, `,"start":`...), part.Start)
	b = appendDate(append(b, `,"endDate":`...), part.EndDate)
	b = appendTime(append(b, `,"end":`...), part.End)
	flow := ""
	if !part.Delivery.Flow().IsZero() {
		flow = part.Delivery.Flow().String()
	}
	b = appendText(append(b, `,"flow":`...), flow)
	why := ""
	if part.Err != nil {
		why = part.Err.Error()
	}
	b = appendText(append(b, `,"notPossible":`...), why)
	return append(b, '}')
}

// partsLonger reports whether the real times of parts, which a pump that rounds the flow
// down makes longer, do not fit the times that the protocol states, in whole minutes.
func partsLonger(phase *protocol.Phase, parts []dose.PartDelivery) bool {
	return partsLongerText(phase, parts) != ""
}

// partsLongerText says which part takes too long, "" if none does: one that has not ended
// when the next begins, or when the visit has no more time for it.
func partsLongerText(phase *protocol.Phase, parts []dose.PartDelivery) string {
	var ends time.Duration
	for i, part := range parts {
		after, fromStart := part.Part.Start.After()
		begins := ends + after.Time()
		if fromStart {
			if begins = part.Times.Begins; ends > begins {
				return "part \"" + parts[i-1].Part.Name + "\" takes " + parts[i-1].Delivery.Time() + ", and part \"" + part.Part.Name + "\" begins before it has ended"
			}
		}
		takes := part.Times.Ends - part.Times.Begins
		if part.Err == nil && !part.Delivery.Flow().IsZero() {
			takes = max(takes, time.Duration(part.Delivery.Minutes())*time.Minute)
		}
		last := i == len(parts)-1
		if ends = begins + takes; (!last || !phase.RunsOn) && ends > phase.Visit.Administration {
			return "part \"" + part.Part.Name + "\" takes " + part.Delivery.Time() + ", and the parts the visit has " + protocol.FormatDuration(phase.Visit.Administration) + " for take longer"
		}
	}
	return ""
}
