package schedule

import (
	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

func (v *OtherVisit) fields(f *objectFields) {
	f.session("id", &v.ID, must)
	f.text("name", &v.Name, must)
	maybeOneOf(f, "kind", &v.Kind, protocol.ParseVisitKind)
	oneOf(f, "role", &v.Role, ParseVisitRole)
	ofSession := f.form == nil && v.Role != RoleMonitoring // any other belongs to a session
	f.session("session", &v.SessionID, need(ofSession))
	f.count("ordinal", &v.Session, 1, need(ofSession))
	f.count("day", &v.Day, 1, may)
	f.where(v.Role == RoleMonitoring, func() {
		f.count("number", &v.Number, 1, may)
		f.text("elsewhere", &v.Elsewhere, may)
		f.text("result", &v.Result, may)
		maybeOneOf(f, "verdict", &v.Verdict, ParseVerdict)
	})
	f.date("target", &v.Target, must)
	f.date("earliest", &v.Earliest, must)
	f.date("latest", &v.Latest, must)
	f.date("date", &v.Date, may)
	f.clock("start", &v.Start)
	f.clock("end", &v.End)
	f.date("endDate", &v.EndDate, may)
	oneOf(f, "state", &v.State, ParseState)
	f.text("lost", &v.Lost, may)
	f.count("revision", &v.Revision, 0, may)
	f.texts("notDone", &v.NotDone)
	f.text("reason", &v.Reason, may)
}

// MarshalJSON returns the visit as a JSON object, null for what it has none of. The error
// is that of a kind, a role or a state which is none.
func (v OtherVisit) MarshalJSON() ([]byte, error) { return marshalValue(v.fields) }

// UnmarshalJSON reads what [OtherVisit.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (v *OtherVisit) UnmarshalJSON(src []byte) error {
	return unmarshalValue(v, src, (*OtherVisit).fields)
}

// appendJSON appends the checkpoint as a JSON object.
func (c Checkpoint) appendJSON(b []byte) []byte {
	b = appendString(append(b, `{"gate":`...), c.Gate.Name)
	b = append(c.SessionID.append(append(b, `,"session":"`...)), '"')
	b = appendDate(append(b, `,"date":`...), c.Date)
	b = appendString(append(b, `,"assess":`...), c.Gate.Assess)
	b = append(b, `,"decision":`...)
	if c.Decision != 0 {
		b = appendString(b, c.Decision.String())
	} else {
		b = append(b, "null"...)
	}
	return append(b, '}')
}

// MarshalJSON returns the checkpoint as a JSON object: the name of the gate, the id
// of the session that it follows, the date, what to assess and the decision, null
// while it is open. It never fails.
func (c Checkpoint) MarshalJSON() ([]byte, error) { return c.appendJSON(nil), nil }

// UnmarshalJSON refuses: of the gate, JSON has the name only.
func (c *Checkpoint) UnmarshalJSON([]byte) error {
	return writtenOnly{"a checkpoint", "Plan.Checkpoints returns those of a plan"}
}

func (t *TimedTask) fields(f *objectFields) {
	f.text("text", &t.Text, must)
	maybeOneOf(f, "for", &t.For, protocol.ParseAudience)
	maybeOneOf(f, "stage", &t.Stage, protocol.ParseStage)
	f.date("date", &t.Date, must)
	f.clock("at", &t.At)
	f.date("untilDate", &t.UntilDate, may)
	f.clock("until", &t.Until)
}

// MarshalJSON returns the task as a JSON object, null for what it has none of. The error
// is that of an audience or a stage which is none.
func (t TimedTask) MarshalJSON() ([]byte, error) { return marshalValue(t.fields) }

// UnmarshalJSON reads what [TimedTask.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (t *TimedTask) UnmarshalJSON(src []byte) error {
	return unmarshalValue(t, src, (*TimedTask).fields)
}

func (w *Weighing) fields(f *objectFields) {
	f.date("date", &w.Date, must)
	parsed(f, "weight", &w.Weight, must, dose.ParseWeight)
	f.session("session", &w.Session, may)
}

// MarshalJSON returns the weighing as a JSON object. It never fails.
func (w Weighing) MarshalJSON() ([]byte, error) { return marshalValue(w.fields) }

// UnmarshalJSON reads what [Weighing.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (w *Weighing) UnmarshalJSON(src []byte) error {
	return unmarshalValue(w, src, (*Weighing).fields)
}

func (a *Acceptance) fields(f *objectFields) {
	f.count("session", &a.Session, 1, must)
	f.text("code", (*string)(&a.Code), must)
	f.text("reason", &a.Reason, must)
	f.text("who", &a.Who, must)
}

// MarshalJSON returns the acceptance as a JSON object. It never fails.
func (a Acceptance) MarshalJSON() ([]byte, error) { return marshalValue(a.fields) }

// UnmarshalJSON reads what [Acceptance.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (a *Acceptance) UnmarshalJSON(src []byte) error {
	return unmarshalValue(a, src, (*Acceptance).fields)
}
