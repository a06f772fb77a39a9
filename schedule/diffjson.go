package schedule

import (
	"fmt"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// fields are those of the snapshot's JSON object.
func (s *Snapshot) fields(f *objectFields) {
	f.session("id", &s.ID, must)
	f.count("ordinal", &s.Ordinal, 1, must)
	f.text("phase", &s.Phase, must)
	f.text("drug", &s.Drug, may)
	f.text("route", &s.Route, may)
	f.date("target", &s.Target, must)
	f.date("earliest", &s.Earliest, must)
	f.date("latest", &s.Latest, must)
	f.date("date", &s.Date, may)
	f.clock("start", &s.Start)
	f.clock("end", &s.End)
	f.date("endDate", &s.EndDate, may)
	parsed(f, "amount", &s.Amount, may, dose.ParseMass)
	parsed(f, "level", &s.Level, may, dose.ParseLevel)
	oneOf(f, "state", &s.State, ParseState)
	f.text("lost", &s.Lost, may)
	f.text("allowed", &s.Allowed, may)
	f.text("tasks", &s.Tasks, may)
	f.text("worksheet", &s.Worksheet, may)
	f.where(f.in != nil || s.Beside != "", func() { f.text("beside", &s.Beside, may) })
	f.count("revision", &s.Revision, 0, may)
}

// MarshalJSON returns the snapshot as a JSON object with the keys of a session and
// null for what it has none of. The error is that of a state which is none.
func (s Snapshot) MarshalJSON() ([]byte, error) { return marshalValue(s.fields) }

// UnmarshalJSON reads what [Snapshot.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (s *Snapshot) UnmarshalJSON(src []byte) error {
	return unmarshalValue(s, src, (*Snapshot).fields)
}

func (c *Change) fields(f *objectFields) {
	nested(f, "before", &c.Before, !c.Added(), (*Snapshot).fields)
	nested(f, "after", &c.After, !c.Removed(), (*Snapshot).fields)
	if f.in != nil && (c.Added() && c.Removed() || c.both() && c.Before.ID != c.After.ID) {
		f.in.Node().Refuse(document.CodeValue, "a session before, after, or both")
	}
}

// MarshalJSON returns the session before and after the change as a JSON object,
// null for the one that it has not. The error is that of a state which is none.
func (c Change) MarshalJSON() ([]byte, error) { return marshalValue(c.fields) }

// UnmarshalJSON reads what [Change.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (c *Change) UnmarshalJSON(src []byte) error { return unmarshalValue(c, src, (*Change).fields) }

func (c *VisitChange) fields(f *objectFields) {
	nested(f, "before", &c.Before, !c.Added(), (*OtherVisit).fields)
	nested(f, "after", &c.After, !c.Removed(), (*OtherVisit).fields)
	if f.in != nil && (c.Added() == c.Removed() && (c.Added() || c.Before.ID != c.After.ID)) {
		f.in.Node().Refuse(document.CodeValue, "a visit before, after, or both")
	}
}

// MarshalJSON returns the visit before and after the change as a JSON object, null for
// the one that it has not. The error is that of a state which is none.
func (c VisitChange) MarshalJSON() ([]byte, error) { return marshalValue(c.fields) }

// UnmarshalJSON reads what [VisitChange.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (c *VisitChange) UnmarshalJSON(src []byte) error {
	return unmarshalValue(c, src, (*VisitChange).fields)
}

func (c *CheckpointSnapshot) fields(f *objectFields) {
	f.text("gate", &c.Gate, must)
	f.session("session", &c.SessionID, must)
	f.count("ordinal", &c.Session, 1, must)
	f.date("date", &c.Date, may)
	f.text("assess", &c.Assess, may)
	maybeOneOf(f, "decision", &c.Decision, protocol.ParseDecision)
}

// MarshalJSON returns the checkpoint as a JSON object, null for what it has none of. The
// error is that of a decision which is none.
func (c CheckpointSnapshot) MarshalJSON() ([]byte, error) { return marshalValue(c.fields) }

// UnmarshalJSON reads what [CheckpointSnapshot.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (c *CheckpointSnapshot) UnmarshalJSON(src []byte) error {
	return unmarshalValue(c, src, (*CheckpointSnapshot).fields)
}

func (c *CheckpointChange) fields(f *objectFields) {
	nested(f, "before", &c.Before, c.Before != CheckpointSnapshot{}, (*CheckpointSnapshot).fields)
	nested(f, "after", &c.After, c.After != CheckpointSnapshot{}, (*CheckpointSnapshot).fields)
	if f.in != nil && c.Before == c.After {
		f.in.Node().Refuse(document.CodeValue, "a checkpoint before, after, or two that differ")
	}
}

// MarshalJSON returns the checkpoint before and after the change as a JSON object, null
// for the one that it has not. The error is that of a decision which is none.
func (c CheckpointChange) MarshalJSON() ([]byte, error) { return marshalValue(c.fields) }

// UnmarshalJSON reads what [CheckpointChange.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (c *CheckpointChange) UnmarshalJSON(src []byte) error {
	return unmarshalValue(c, src, (*CheckpointChange).fields)
}

func (t *Treatment) fields(f *objectFields) {
	oneOf(f, "standing", &t.Standing, ParseStanding)
	f.count("of", &t.Of, 1, may)
	f.text("protocol", &t.Protocol, must)
	f.count("versions", &t.Versions, 1, must)
}

// MarshalJSON returns the treatment as a JSON object, null for the number of sessions of
// a cadence without end. The error is that of a standing which is none.
func (t Treatment) MarshalJSON() ([]byte, error) { return marshalValue(t.fields) }

// UnmarshalJSON reads what [Treatment.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (t *Treatment) UnmarshalJSON(src []byte) error {
	return unmarshalValue(t, src, (*Treatment).fields)
}

func (d *Diff) fields(f *objectFields) {
	summary := d.String()
	f.text("summary", &summary, must)
	nestedList(f, "changes", &d.Changes, must, (*Change).fields)
	nestedList(f, "visits", &d.Visits, must, (*VisitChange).fields)
	nestedList(f, "checkpoints", &d.Checkpoints, must, (*CheckpointChange).fields)
	nested(f, "before", &d.Before, d.Before != Treatment{}, (*Treatment).fields)
	nested(f, "after", &d.After, d.After != Treatment{}, (*Treatment).fields)
	nestedList(f, "events", &d.Events, must, (*Entry).fields)
}

// AppendJSON appends the diff as a JSON object: its sentence, each change with the
// session, visit or checkpoint before and after it, the treatment as a whole before and
// after, null where that is the same, and the events. What a caller made up and has no
// text is left out, and [Diff.UnmarshalJSON] refuses that.
func (d Diff) AppendJSON(b []byte) []byte { return appendValue(b, d.fields) }

// MarshalJSON returns what [Diff.AppendJSON] appends. The error is that of a state
// or a value of an event which is none.
func (d Diff) MarshalJSON() ([]byte, error) { return marshalValue(d.fields) }

// UnmarshalJSON reads what [Diff.MarshalJSON] writes, but for events that adopt a
// protocol, which [Event.UnmarshalJSON] refuses. Everything else is a
// [*FileProblems], and a summary that is not that of the changes an error too.
func (d *Diff) UnmarshalJSON(src []byte) error {
	var read Diff
	summary := ""
	if err := unmarshalValue(&read, src, func(d *Diff, f *objectFields) {
		d.fields(f)
		summary = f.in.Required("summary").Text()
	}); err != nil {
		return err
	}
	if summary != read.String() {
		return fmt.Errorf("the summary of the difference is %q: want that of its changes, %q", summary, read.String())
	}
	*d = read
	return nil
}
