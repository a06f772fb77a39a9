package schedule

import (
	"strconv"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
)

// AppendJSON appends the explanation as a JSON object with all that is needed
// to compute the date and the dose again: how the target was counted, every day
// of the window with its cost or the reason against it, and the rule, the body
// and the steps of the dose. It never fails.
func (e Explanation) AppendJSON(b []byte) []byte {
	s := e.Session
	b = append(s.ID().append(append(b, `{"id":"`...)), '"')
	b = appendNumber(append(b, `,"ordinal":`...), s.Ordinal())
	b = appendString(append(b, `,"phase":`...), s.Phase())
	b = appendNumber(append(b, `,"week":`...), s.Week())
	b = appendDate(append(b, `,"target":{"date":`...), s.Target())
	b = appendString(append(b, `,"rule":`...), e.TargetRule)
	b = appendDate(append(b, `,"from":`...), e.Origin)
	b = appendNumber(append(b, `,"count":`...), e.Count)
	b = appendString(append(b, `,"unit":`...), e.Unit)
	b = appendNumber(append(b, `,"postponedWeeks":`...), int(s.slot().Moved))
	b = appendDate(append(b, `},"window":{"earliest":`...), s.Earliest())
	b = appendDate(append(b, `,"latest":`...), s.Latest())
	b = appendString(append(b, `,"rule":`...), e.WindowRule)
	b = appendNumber(append(b, `},"minGap":`...), e.MinGap)
	b = append(b, `,"candidates":[`...)
	for i, c := range e.Candidates {
		if i > 0 {
			b = append(b, ',')
		}
		b = c.appendJSON(b)
	}
	b = append(b, ']')
	b = s.appendPlaced(b)
	if !e.Level.IsZero() {
		b = appendString(append(b, `,"level":{"amount":`...), e.Level.String())
		if e.LevelRule != "" {
			b = appendString(append(b, `,"rule":`...), e.LevelRule)
		}
		b = append(b, '}')
	}
	if c := s.Dose(); !c.IsZero() {
		b = e.appendDose(append(b, `,"computed":`...), c)
	}
	separator := `,"history":[`
	for _, line := range e.History {
		b = appendString(append(b, separator...), line)
		separator = ","
	}
	if separator == "," {
		b = append(b, ']')
	}
	return append(b, '}')
}

// MarshalJSON returns what [Explanation.AppendJSON] appends. It never fails.
func (e Explanation) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil), nil }

func (c Candidate) appendJSON(b []byte) []byte {
	b = civil.AppendDate(append(b, `{"date":"`...), c.Date)
	b = append(b, '"')
	if c.Cause != "" {
		b = appendString(append(b, `,"cause":`...), string(c.Cause))
		b = appendString(append(b, `,"detail":`...), c.Detail)
		return append(b, '}')
	}
	b = appendNumber(append(b, `,"squaredShift":`...), c.Squared)
	b = appendNumber(append(b, `,"total":`...), c.Total)
	b = appendNumber(append(b, `,"leftOut":`...), c.LeftOut)
	if c.Chosen {
		b = append(b, `,"chosen":true`...)
	}
	if c.Tie.Session > 0 {
		b = appendNumber(append(b, `,"tie":{"session":`...), c.Tie.Session)
		b = appendDate(append(b, `,"taken":`...), c.Tie.From)
		b = appendDate(append(b, `,"instead":`...), c.Tie.To)
		b = append(b, '}')
	}
	return append(b, '}')
}

// appendDose appends how a dose was computed.
func (e Explanation) appendDose(b []byte, c dose.Calculation) []byte {
	b = appendString(append(b, `{"rule":`...), c.Rule().String())
	body := c.Body()
	if w, ok := e.Session.Weighing(); ok {
		b = appendString(append(b, `,"weight":`...), w.Weight.String())
		b = appendDate(append(b, `,"measured":`...), w.Date)
	}
	if !body.Height.IsZero() {
		b = appendString(append(b, `,"height":`...), body.Height.String())
	}
	if body.Sex != 0 {
		b = appendString(append(b, `,"sex":`...), body.Sex.String())
	}
	b = appendString(append(b, `,"text":`...), c.String())
	separator := `,"steps":[`
	for step := range c.Steps() {
		b = appendString(append(b, separator...), step.String())
		separator = ","
	}
	b = append(b, ']')
	if d := e.Session.Delivery(); !e.Session.Worksheet().IsZero() {
		b = appendString(append(b, `,"delivered":`...), d.Delivered().String())
		b = appendString(append(b, `,"time":`...), d.Time())
		b = appendString(append(b, `,"rate":`...), d.Rate())
	}
	return append(b, '}')
}

func appendNumber(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
