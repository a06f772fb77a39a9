package schedule

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A told is what a plan says of a session, or of a visit beside the sessions: what
// people were told until something else was said. It never changes, so that plans
// can share it.
type told struct {
	before *told // what was said before, nil where this was said first
	by     int32 // the number of the entry by which it is said, 0 for a plan as it was built

	day, dose  int32
	start, end int16
	minutes    uint16
	left, lost bool // without a date; on a day that no longer holds
	state      State
	level      dose.Level
	revision   uint32
	version    uint16 // the position, among those that held, of the session's protocol
}

// said returns what the plan says of a session.
func (p *Plan) said(i int) told {
	s := &p.slots[i]
	t := told{
		before: s.told, by: s.by, dose: s.dose, minutes: s.Minutes, left: s.left, state: p.state(i), level: Session{p, i}.Level(),
		revision: s.revision, lost: p.lost(i) != "", version: uint16(p.course.VersionOf(int(s.Phase))),
	}
	if !s.left {
		t.day, t.start, t.end = s.day, s.start, s.end
	}
	return t
}

// saidBy returns what an entry said of a session before now, with a state that it had
// then; nil where it never did.
func (s *slot) saidBy(entry int32, state State) *told {
	for t := s.told; t != nil; t = t.before {
		if t.by == entry && t.state == state {
			return t
		}
	}
	return nil
}

// saidOf returns what the plan says of a visit.
func (p *Plan) saidOf(v *OtherVisit) told {
	t := told{before: v.told, by: v.by, dose: noDose, left: !v.Placed(), state: v.State, revision: uint32(v.Revision), lost: p.visitLost(v) != ""}
	if v.Placed() {
		t.day, t.start, t.end = civil.Day(v.Date), int16(v.Start.Minutes()), int16(v.end())
	}
	return t
}

// same reports whether nothing that is said differs.
func (t *told) same(other *told) bool {
	return !t.shows(other) && t.level == other.level && t.dose == other.dose && t.version == other.version
}

// shows reports whether what a calendar shows differs: date, time, length, state, or
// whether the day is lost.
func (t *told) shows(other *told) bool {
	return t.day != other.day || t.start != other.start || t.end != other.end || t.minutes != other.minutes || t.left != other.left ||
		t.state != other.state || t.lost != other.lost
}

// A Telling is what a plan said of a session, or of a visit beside the sessions,
// from one entry of its history to the next that changed it. The zero Telling is
// none.
type Telling struct {
	// Event is the id of the event by which it was said, "" where it was so in the
	// plan as it was built.
	Event string
	// AsOf is the instant as of which it was said.
	AsOf time.Time
	// Date, Start and End are zero where there was no date.
	Date       date.Date
	Start, End clinic.TimeOfDay
	State      State
	// Lost reports that the day or the time no longer held.
	Lost bool
	// Level is the planned level, and Dose the planned dose: zero of a visit, in a
	// phase that gives no drug, and where there was none.
	Level dose.Level
	Dose  dose.Mass
	// Revision is that of the session or visit while it was said.
	Revision int
}

// String returns the event, the date, the state, the dose and the revision.
func (t Telling) String() string {
	when := "no date"
	if t.Date != 0 {
		when = civil.Format(t.Date)
	}
	return t.Event + " " + when + " " + t.State.String() + " " + t.Dose.String() + " " + strconv.Itoa(t.Revision)
}

// Told returns everything that the plan has ever said of the session or visit with
// an id, in order: the last is what it says now. It returns none for an id that is
// unknown.
func (p *Plan) Told(id ID) []Telling {
	var now told
	found := false
	if i := p.named(id); i >= 0 {
		now, found = p.said(i), true
	}
	for i := range p.visits {
		if p.visits[i].ID == id {
			now, found = p.saidOf(&p.visits[i]), true
		}
	}
	if !found {
		return nil
	}
	n := 0
	for t := &now; t != nil; t = t.before {
		n++
	}
	list, entries := make([]Telling, n), p.journal.since(0)
	for t := &now; t != nil; t = t.before {
		n--
		list[n] = p.telling(t, entries)
	}
	return list
}

func (p *Plan) telling(t *told, entries []Entry) Telling {
	said := Telling{State: t.state, Lost: t.lost, Level: t.level, Revision: int(t.revision)}
	switch {
	case t.by > 0:
		said.Event, said.AsOf = entries[t.by-1].Event.ID, entries[t.by-1].AsOf
	case p.built != nil:
		said.AsOf = p.built.AsOf.Round(0)
	default:
		said.AsOf = p.asOf
	}
	if t.dose >= 0 {
		said.Dose = p.doses.at(t.dose).ordered
	}
	if !t.left {
		said.Date = civil.Date(t.day)
		said.Start, said.End = timeOf(t.start), timeOf(t.end)
	}
	return said
}
