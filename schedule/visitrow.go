package schedule

import (
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A VisitRow is what an app keeps of a session, a companion or a follow-up in a row of a
// table beside that of its plan ([Row]): the list of a day is asked of the database by an
// index over the dates of visits that are open. VisitRows are comparable with ==.
//
//	on today   columns
//	due        open, Lost is "", and Date = today
//	overdue    open, and Date < today
//	lost       open, Lost is not "", and Date >= today
//	upcoming   open, Lost is "", and Date > today
//
// Of the sessions these are the lists of [Plan.On]. As there, nothing depends on the day
// on which it is asked for.
type VisitRow struct {
	ID ID
	// Role is zero of a session, and Name that of a companion or a follow-up, of a session
	// its phase.
	Role VisitRole
	Name string
	// Kind is what the visit is for, zero where the protocol says nothing.
	Kind protocol.VisitKind
	// Date, Start and End are zero where there are none. A visit whose end is not after its
	// start ends the next day.
	Date       date.Date
	Start, End clinic.TimeOfDay
	// State is zero of a visit that the plan no longer has, of which there is the id alone.
	State State
	// Lost says why the day or the time of a visit to come no longer holds, "" where it does.
	Lost     string
	Revision int
}

// AppendVisitRows appends what an app keeps of the sessions of the plan, in order, and of
// its companions and follow-ups: all of them where since is nil, else those that differ
// from what that plan says, such as the one before an event, and then the ids of those that only that plan
// has. A slice that is used again makes it work without memory of its own while no day is lost and since is nil.
func (p *Plan) AppendVisitRows(rows []VisitRow, since *Plan) []VisitRow {
	if since == nil {
		for i := range p.slots {
			rows = append(rows, p.sessionRow(i))
		}
		for i := range p.visits {
			rows = append(rows, p.visitRow(i))
		}
		return rows
	}
	before := map[ID]VisitRow{}
	for i := range since.slots {
		r := since.sessionRow(i)
		before[r.ID] = r
	}
	for i := range since.visits {
		r := since.visitRow(i)
		before[r.ID] = r
	}
	changed := func(r VisitRow) {
		if was, known := before[r.ID]; !known || was != r {
			rows = append(rows, r)
		}
		delete(before, r.ID)
	}
	for i := range p.slots {
		changed(p.sessionRow(i))
	}
	for i := range p.visits {
		changed(p.visitRow(i))
	}
	gone := func(id ID) {
		if _, left := before[id]; left {
			rows = append(rows, VisitRow{ID: id})
		}
	}
	for i := range since.slots {
		gone(since.id(i))
	}
	for i := range since.visits {
		gone(since.visits[i].ID)
	}
	return rows
}

func (p *Plan) sessionRow(i int) VisitRow {
	s := Session{p, i}
	return VisitRow{
		ID: s.ID(), Name: s.Phase(), Kind: s.visit().Kind, Date: s.Date(), Start: s.Start(), End: s.End(),
		State: s.State(), Lost: s.Lost(), Revision: s.Revision(),
	}
}

func (p *Plan) visitRow(i int) VisitRow {
	v := &p.visits[i]
	return VisitRow{
		ID: v.ID, Role: v.Role, Name: v.Name, Kind: v.Kind, Date: v.Date, Start: v.Start, End: v.End,
		State: v.State, Lost: p.visitLost(v), Revision: v.Revision,
	}
}

// Open reports whether the visit is to take place and nobody has said what became of it.
func (r VisitRow) Open() bool {
	return r.Date != 0 && (r.State == StatePlanned || r.State == StateProvisional)
}

// DueOn reports whether the visit is to take place on a day that holds.
func (r VisitRow) DueOn(day date.Date) bool { return r.Open() && r.Lost == "" && r.Date == day }

// OverdueOn reports whether the visit was to take place before a day.
func (r VisitRow) OverdueOn(day date.Date) bool { return r.Open() && r.Date < day }

// LostOn reports whether the visit is on a day or after it, and its day or time no longer
// holds.
func (r VisitRow) LostOn(day date.Date) bool { return r.Open() && r.Lost != "" && r.Date >= day }
