package schedule

import (
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A byTable is a way on that a table of missed doses has.
type byTable struct {
	protocol.MissedDose
	// last is the day of the last dose given, and from the first day to look at.
	last, from int32
}

// table offers what the table of the phase says: the rows of today and, where the next
// dose that is planned comes later, those of its day, with the next dose from that day on.
// A way by a row has the next dose on one of the row's days.
func (f *fixer) table() {
	p := f.plan
	at := f.slot().Phase
	phase := &p.phases[at]
	last, ok := p.doseBefore(at, f.today, len(p.slots))
	if len(phase.MissedDoses) == 0 || !ok {
		return
	}
	if next := p.nextDose(at, f.today); next >= 0 && next < f.named[0] {
		return // the table is about the dose that comes before these
	}
	days := int(f.today - last)
	first, rows := phase.MissedAfter(days)
	f.rows(first, rows, last, f.after())
	planned := p.nextDose(at, f.today)
	if len(f.held) > 0 { // they have the days that they had
		planned = f.held[0]
	}
	if planned < 0 {
		return
	}
	if later, rows := phase.MissedAfter(int(p.slots[planned].day - last)); later != first && p.slots[planned].day > f.today {
		f.rows(later, rows, last, p.slots[planned].day)
	}
}

// rows offers what rows have follow, with the next dose from a day on.
func (f *fixer) rows(first int, rows []protocol.MissedDose, last, from int32) {
	for i, m := range rows {
		r := Repair{Way: WayMissedDose, Text: m.DaysText() + " after the last dose, on " + dayText(civil.Date(last)) + ": " + m.String()}
		r = f.by(m.Condition, m.Source, f.tablePlace(first+i), r)
		row := byTable{m, last, from}
		f.add(f.within(f.follow(r, row), row))
	}
}

// tablePlace returns the place of a row in the protocol of the sessions.
func (f *fixer) tablePlace(row int) string {
	for i, phase := range f.own().Spec().Phases {
		if phase.Name == f.phase() {
			return "/phases/" + strconv.Itoa(i) + "/missedDoses/" + strconv.Itoa(row)
		}
	}
	return ""
}

// follow returns what makes a row true.
func (f *fixer) follow(r Repair, m byTable) Repair {
	switch {
	case m.Then == protocol.AskPrescriber:
		return f.ask(r, m)
	case m.Then == protocol.RestartPhase:
		r.Text += ", from "
		again := Restarted{Session: f.plan.id(f.named[0])}
		if m.Phase != f.phase() {
			again.Phase = m.Phase
		}
		return f.firstDay(r, nil, f.plan, f.first, func(d date.Date) Happening { again.Date = d; return again }, f.earliest(m))
	case m.Then == protocol.GiveNow || m.Date == protocol.AtOnce || m.Date == protocol.OnDay:
		r.Text += ", on "
		return f.atLevel(f.reanchored(r, f.earliest(m)), m)
	default:
		return f.atLevel(f.goneOn(r), m)
	}
}

// earliest returns the first day on which a row lets the next dose be given: the first to look
// at is one of the row's.
func (f *fixer) earliest(m byTable) int32 {
	return max(m.from, m.last+int32(m.Days))
}

// goneOn goes on without the sessions.
func (f *fixer) goneOn(r Repair) Repair {
	what := slices.Concat(f.first, f.cancel)
	if len(f.held) > 0 {
		what = append(what, Resumed{})
	}
	r.Entries, r.Plan, r.Err = f.try(r.Way, what...)
	return r
}

// ask holds what is to come until somebody has decided.
func (f *fixer) ask(r Repair, m byTable) Repair {
	what := slices.Clone(f.first)
	for i := range f.plan.slots {
		if f.plan.slots[i].pending() && !slices.Contains(f.overdue, i) { // every later one is held with it
			what = append(what, Held{Session: f.plan.id(i), Reason: m.DaysText() + " after the last dose: " + m.String()})
			r.Text += ", with every session to come on hold"
			break
		}
	}
	r.Entries, r.Plan, r.Err = f.try(r.Way, what...)
	return r
}

// tableChose says who chose a level that a table has.
const tableChose = "the table of missed doses"

// atLevel has the next dose at the level of a row. Where the phase follows its rule the
// doses after it are what they were.
func (f *fixer) atLevel(r Repair, m byTable) Repair {
	level := m.Dose
	if m.Then == protocol.RestartTitration {
		level = f.plan.rules.climbed[f.slot().Phase].own
	}
	if level.IsZero() || r.Err != nil {
		return r
	}
	next := r.Plan.nextDose(f.slot().Phase, f.today)
	if next < 0 {
		r.Err = &EventError{Field: "Session", Want: "want a session to come", Err: ErrNoDay}
		return r
	}
	other := func(i int) bool {
		s := &r.Plan.slots[i]
		return s.dose >= 0 && r.Plan.doses.at(s.dose).level != level
	}
	if !other(next) {
		return r
	}
	what := []Happening{DoseChosen{Session: r.Plan.id(next), Level: level, Who: tableChose, Reason: m.DaysText() + " after the last dose"}}
	if after := next + 1; f.plan.phases[f.slot().Phase].Follows != protocol.FollowsLastGiven && m.Then == protocol.GiveLevel && after < len(r.Plan.slots) && other(after) {
		s := &r.Plan.slots[after]
		what = append(what, DoseChosen{Session: r.Plan.id(after), Level: r.Plan.doses.at(s.dose).level, Who: tableChose, Reason: "as before"})
	}
	r.Entries, r.Plan, r.Err = f.goOn(r.Way, r.Entries, r.Plan, what...)
	return r
}

// within refuses a way whose next dose is on a day of another row, or is not what the row
// has follow.
func (f *fixer) within(r Repair, m byTable) Repair {
	if r.Err != nil {
		return r
	}
	next := r.Plan.nextDose(f.slot().Phase, f.today)
	if next < 0 {
		return r
	}
	if day := r.Plan.slots[next].day; !m.Holds(int(day - m.last)) {
		r.Err = &EventError{
			Field: "Date", Value: civil.Format(civil.Date(day)), Want: "want the next dose " + m.DaysText() + " after the last one: it would be on " + dayText(civil.Date(day)) + ", " +
				plural(int(day-m.last), "day") + " after it", Err: ErrNoDay,
		}
		return r
	}
	if late := (lateDose{session: next, phase: r.Plan.slots[next].Phase}); !r.Plan.keepsTo(late, m.MissedDose) {
		r.Err = &EventError{Field: "Session", Value: r.Plan.id(next).String(), Want: "want another next dose than session " + strconv.Itoa(next+1) + ", which would not be what the row has follow", Err: ErrNoDay}
	}
	return r
}
