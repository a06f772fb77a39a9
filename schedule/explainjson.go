package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/dose"
)

// AppendJSON appends the explanation as a JSON object with all that is needed
// to compute the date and the dose again: how the target was counted, every day
// of the window with its cost or the reason against it, and the rule, the body
// and the steps of the dose. It never fails.
func (e Explanation) AppendJSON(b []byte) []byte {
	s := e.Session
	b = append(s.ID().append(append(b, `{"id":"`...)), '"')
	b = appendNumber(append(b, `,"ordinal":`...), s.Ordinal())
	b = appendProtocolName(append(b, `,"protocol":`...), s.Protocol())
	b = appendText(append(b, `,"drug":`...), s.Drug())
	b = appendText(append(b, `,"route":`...), s.Route())
	b = appendString(append(b, `,"phase":`...), s.Phase())
	b = appendNumber(append(b, `,"week":`...), s.Week())
	b = appendDate(append(b, `,"target":{"date":`...), s.Target())
	b = appendString(append(b, `,"rule":`...), e.TargetRule)
	b = appendDate(append(b, `,"from":`...), e.Origin)
	b = appendNumber(append(b, `,"count":`...), e.Count)
	b = appendString(append(b, `,"unit":`...), e.Unit)
	b = appendNumber(append(b, `,"postponedWeeks":`...), int(s.slot().Moved)+s.slot().Shifted())
	b = appendDate(append(b, `},"window":{"earliest":`...), s.Earliest())
	b = appendDate(append(b, `,"latest":`...), s.Latest())
	b = appendString(append(b, `,"rule":`...), e.WindowRule)
	b = appendNumber(append(b, `},"minGap":`...), e.MinGap)
	b = append(b, `,"candidates":[`...)
	for i, c := range e.Candidates {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendValue(b, c.fields)
	}
	b = append(b, ']')
	b = s.appendPlaced(b)
	b = appendMass(append(b, `,"planned":`...), s.ordered())
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
	b = appendLines(b, `,"results":[`, e.Results)
	b = appendLines(b, `,"beside":[`, e.Beside)
	b = appendLines(b, `,"tasks":[`, e.Tasks)
	b = appendLines(b, `,"history":[`, e.History)
	return append(b, '}')
}

// appendLines appends a list of texts and what begins it, nothing for none.
func appendLines(b []byte, begin string, lines []string) []byte {
	for _, line := range lines {
		b = appendString(append(b, begin...), line)
		begin = ","
	}
	if begin == "," {
		b = append(b, ']')
	}
	return b
}

// MarshalJSON returns what [Explanation.AppendJSON] appends. It never fails.
func (e Explanation) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil), nil }

// UnmarshalJSON refuses: an explanation is about a session of a plan.
func (e *Explanation) UnmarshalJSON([]byte) error {
	return writtenOnly{"an explanation", "Plan.Explain returns those of a plan"}
}

func (c *Candidate) fields(f *objectFields) {
	f.date("date", &c.Date, must)
	causeOf(f, "cause", &c.Cause)
	f.text("detail", &c.Detail, may)
	f.count("squaredShift", &c.Squared, 0, may)
	f.count("total", &c.Total, 0, may)
	f.count("leftOut", &c.LeftOut, 0, may)
	f.flag("chosen", &c.Chosen)
	nested(f, "tie", &c.Tie, c.Tie != Move{}, func(m *Move, f *objectFields) { m.named(f, "taken", "instead") })
}

// causeOf is why a session cannot be on a day, if it cannot.
func causeOf(f *objectFields, key string, c *Cause) {
	switch {
	case f.form != nil:
		f.learn(key, may, formWord).words = causeTexts()
	case f.in != nil:
		if node := f.in.Optional(key); node.Exists() {
			*c = textIn(node, ParseCause)
		}
	case f.out != nil:
		f.write(key, string(*c))
	}
}

// MarshalJSON returns the candidate as a JSON object. It never fails.
func (c Candidate) MarshalJSON() ([]byte, error) { return marshalValue(c.fields) }

// UnmarshalJSON reads what [Candidate.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (c *Candidate) UnmarshalJSON(src []byte) error {
	return unmarshalValue(c, src, (*Candidate).fields)
}

func (m *Move) fields(f *objectFields) { m.named(f, "from", "to") }

// named are the fields of a move with the names of its dates.
func (m *Move) named(f *objectFields, from, to string) {
	f.count("session", &m.Session, 1, must)
	f.session("id", &m.ID, may)
	f.date(from, &m.From, may)
	f.date(to, &m.To, may)
}

// MarshalJSON returns the move as a JSON object. It never fails.
func (m Move) MarshalJSON() ([]byte, error) { return marshalValue(m.fields) }

// UnmarshalJSON reads what [Move.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (m *Move) UnmarshalJSON(src []byte) error { return unmarshalValue(m, src, (*Move).fields) }

func (a *Alternative) fields(f *objectFields) {
	f.date("date", &a.Date, must)
	f.count("total", &a.Total, 0, may)
	f.count("leftOut", &a.LeftOut, 0, may)
	nestedList(f, "moves", &a.Moves, must, (*Move).fields)
}

// MarshalJSON returns the alternative as a JSON object. It never fails.
func (a Alternative) MarshalJSON() ([]byte, error) { return marshalValue(a.fields) }

// UnmarshalJSON reads what [Alternative.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (a *Alternative) UnmarshalJSON(src []byte) error {
	return unmarshalValue(a, src, (*Alternative).fields)
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
	if d := e.Session.planned(); d != nil && len(d.parts) > 0 {
		b = appendList(append(b, `,"parts":`...), slices.Values(d.parts), appendPartSteps)
	}
	return append(b, '}')
}

func appendNumber(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
