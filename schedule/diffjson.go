package schedule

import (
	"fmt"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// fields are those of the snapshot's JSON object.
func (s *Snapshot) fields(f *objectFields) {
	f.session("id", &s.ID, must)
	f.count("ordinal", &s.Ordinal, 1, must)
	f.text("phase", &s.Phase, must)
	f.date("target", &s.Target, must)
	f.date("earliest", &s.Earliest, must)
	f.date("latest", &s.Latest, must)
	f.date("date", &s.Date, may)
	f.clock("start", &s.Start)
	f.clock("end", &s.End)
	parsed(f, "amount", &s.Amount, may, dose.ParseMass)
	parsed(f, "level", &s.Level, may, dose.ParseLevel)
	oneOf(f, "state", &s.State, ParseState)
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

func (d *Diff) fields(f *objectFields) {
	summary := d.String()
	f.text("summary", &summary, must)
	nestedList(f, "changes", &d.Changes, must, (*Change).fields)
	nestedList(f, "events", &d.Events, must, (*Entry).fields)
}

// AppendJSON appends the diff as a JSON object: its sentence, each change with the
// session before and after it, and the events. What a caller made up and has no
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
