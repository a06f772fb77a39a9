package schedule

import (
	"bytes"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Snapshot is what a plan says of a session at one time: all that a person who reads
// the plan is shown. Snapshots are comparable with ==. The zero Snapshot is none.
type Snapshot struct {
	ID      ID
	Ordinal int
	Phase   string
	// Drug and Route are those of the protocol of the session.
	Drug, Route string
	// Target, Earliest and Latest are the target and its window.
	Target, Earliest, Latest date.Date
	// Date, Start and End are zero where there are none. End is on EndDate.
	Date       date.Date
	Start, End clinic.TimeOfDay
	EndDate    date.Date
	// Amount is what was given or is planned, zero where there is neither.
	Amount dose.Mass
	// Level is the level that is planned, zero where there is none.
	Level dose.Level
	State State
	// Lost says why the day or the time no longer holds, "" where it does.
	Lost string
	// Allowed are the other doses that may be given at a session to come, each with its
	// condition, Tasks what is to be done and when, and Worksheet is that of the planned dose, or why there is no
	// dose: a line for each, "" where there is none.
	Allowed, Tasks, Worksheet string
	// Beside are the medicines beside the drug, each with its dose, its time and how it is
	// prepared, and what was given of them: a line for each, "" where there is none.
	Beside   string
	Revision int
}

// Snapshot returns what the plan says of the session.
func (s Session) Snapshot() Snapshot {
	return s.snapshot(new(worksheets))
}

func (s Session) snapshot(sheets *worksheets) Snapshot {
	said := s.unnamed(sheets)
	said.ID = s.ID()
	return said
}

// unnamed returns what the plan says of the session but for its id.
func (s Session) unnamed(sheets *worksheets) Snapshot {
	return Snapshot{
		Ordinal: s.Ordinal(), Phase: s.Phase(), Drug: s.Drug(), Route: s.Route(),
		Target: s.Target(), Earliest: s.Earliest(), Latest: s.Latest(),
		Date: s.Date(), Start: s.Start(), End: s.End(), EndDate: s.EndDate(), Amount: s.Amount(), Level: s.Level(), State: s.State(), Lost: s.Lost(),
		Allowed: s.allowedLines(), Tasks: s.taskLines(), Worksheet: sheets.of(s), Beside: s.besideLines(), Revision: s.Revision(),
	}
}

func (s Session) allowedLines() string {
	if slot := s.slot(); !slot.pending() && slot.state != StateHeld {
		return ""
	}
	var lines []string
	for a := range s.Allowed() {
		line := a.Dose.String()
		if a.Condition != "" {
			line += " (" + a.Condition + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// taskLines returns the tasks on the clock or, where no time is known, from the moments
// of the visit.
func (s Session) taskLines() string {
	var lines []string
	for t := range s.Tasks() {
		lines = append(lines, t.line())
	}
	if lines == nil {
		visit := s.visit()
		for _, t := range visit.Tasks {
			line := taskLabel(t.Text, t.For, visit.StageOf(t, s.Number())) + ": " + t.From.String() + " " + t.At.String()
			if t.Until != nil {
				line += " to " + t.Until.String()
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// line says what a task is, for whom, where it stands and when it is done.
func (t *TimedTask) line() string {
	line := taskLabel(t.Text, t.For, t.Stage) + ": " + civil.Format(t.Date) + " " + t.At.String()
	if !t.Until.IsZero() {
		line += " to " + civil.Format(t.UntilDate) + " " + t.Until.String()
	}
	return line
}

func taskLabel(text string, who protocol.Audience, stage protocol.Stage) string {
	if who != 0 {
		return text + " (" + who.String() + ", " + stage.String() + ")"
	}
	return text + " (" + stage.String() + ")"
}

// taskReasons returns the tasks on the clock, each with how its time follows.
func (s Session) taskReasons() (lines []string) {
	tasks, n := s.visit().Tasks, 0
	for t := range s.Tasks() {
		rule := "at " + tasks[n].From.String()
		switch at := tasks[n].At; {
		case at < 0:
			rule = protocol.FormatDuration(-at) + " before " + tasks[n].From.String()
		case at > 0:
			rule = protocol.FormatDuration(at) + " after " + tasks[n].From.String()
		}
		lines = append(lines, t.line()+", "+rule)
		n++
	}
	return lines
}

// The worksheets are those of sessions in words: of sessions one after the other that
// share a dose it is made once. The zero value is ready.
type worksheets struct {
	last *workedDose
	text string
}

// of returns the worksheet of a session, or why there is none.
func (w *worksheets) of(s Session) string {
	d := s.planned()
	switch {
	case d == nil:
		return ""
	case d.err != nil:
		return d.err.Error()
	case d.workedDose != w.last:
		w.last, w.text = d.workedDose, s.worksheetLines()
	}
	return w.text
}

func (s Session) worksheetLines() string {
	var lines []string
	for line := range s.WorksheetLines() {
		lines = append(lines, line.Label+": "+line.Text)
	}
	return strings.Join(lines, "\n")
}

// Snapshots returns what the plan says of its sessions, in order.
func (p *Plan) Snapshots() []Snapshot {
	list := make([]Snapshot, 0, len(p.slots))
	var sheets worksheets
	for _, s := range p.All() {
		list = append(list, s.snapshot(&sheets))
	}
	return list
}

// A CheckpointSnapshot is what a plan says of a checkpoint at one time.
// CheckpointSnapshots are comparable with ==. The zero CheckpointSnapshot is none.
type CheckpointSnapshot struct {
	// Gate is the name of the gate, and Assess what is to be assessed.
	Gate, Assess string
	// Session is the number of the session that it follows, and SessionID its id.
	Session   int
	SessionID ID
	// Date is zero where there is none, and Decision while it is open.
	Date     date.Date
	Decision protocol.Decision
}

// Snapshot returns what the plan says of the checkpoint.
func (c Checkpoint) Snapshot() CheckpointSnapshot {
	return CheckpointSnapshot{Gate: c.Gate.Name, Assess: c.Gate.Assess, Session: c.Session, SessionID: c.SessionID, Date: c.Date, Decision: c.Decision}
}

// shown returns what the plan says of the visit, without what it needs to know beside
// that.
func (v OtherVisit) shown() OtherVisit {
	return OtherVisit{
		ID: v.ID, Name: v.Name, Kind: v.Kind, Role: v.Role, Session: v.Session, SessionID: v.SessionID, Day: v.Day,
		Number: v.Number, Elsewhere: v.Elsewhere, Result: v.Result, Verdict: v.Verdict,
		Target: v.Target, Earliest: v.Earliest, Latest: v.Latest, Date: v.Date, Start: v.Start, End: v.End, EndDate: v.EndDate,
		State: v.State, Lost: v.Lost, NotDone: v.NotDone, Reason: v.Reason, Revision: v.Revision,
	}
}

// same reports whether two plans say the same of a visit.
func (v *OtherVisit) same(other *OtherVisit) bool {
	return bytes.Equal(appendValue(nil, v.fields), appendValue(nil, other.fields))
}
