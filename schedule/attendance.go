package schedule

import (
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// An attendance is what is known of a visit beside the sessions: that it took place,
// and when, or that it did not.
type attendance struct {
	visit      ID
	entry      int32 // the number of the entry that says so
	missed     bool
	date       date.Date
	start, end clinic.TimeOfDay // as stated
	notDone    []string
	reason     string
	result     string
	verdict    Verdict
}

// attended notes what is known of a visit.
func (k *known) attended(a attendance) {
	a.entry = k.entry
	k.attendance = append(k.attendance, a)
}

// attendances returns what is known last of each visit.
func (p *Plan) attendances() map[ID]*attendance {
	known := make(map[ID]*attendance, len(p.attendance))
	for i := range p.attendance {
		known[p.attendance[i].visit] = &p.attendance[i]
	}
	return known
}

// of reports whether a is what became of the visit: one that was missed may have been
// moved since.
func (a *attendance) of(v *OtherVisit) bool { return a != nil && (!a.missed || a.entry > v.decided) }

// attend says of a visit what became of it.
func (p *Plan) attend(v *OtherVisit, a *attendance) {
	v.NotDone, v.Reason, v.Result, v.Verdict = nil, "", "", 0
	switch {
	case !a.of(v):
	case a.missed:
		v.State, v.Reason = StateMissed, a.reason
	default:
		from, to := p.sat(v.sitting(), a.date, a.start, a.end)
		v.put(a.date, from, to)
		v.State, v.NotDone, v.Reason = StateDone, a.notDone, a.reason
		v.Result, v.Verdict = a.result, a.verdict
	}
}

// unsettled returns the visit as it was before somebody said what became of it.
func (v OtherVisit) unsettled() OtherVisit {
	if !v.settled() {
		return v
	}
	for t := v.told; t != nil; t = t.before {
		if t.state == StateDone || t.state == StateMissed {
			continue
		}
		v.State = t.state
		v.Date, v.Start, v.End, v.EndDate = 0, clinic.TimeOfDay{}, clinic.TimeOfDay{}, 0
		if !t.left {
			v.put(civil.Date(t.day), int(t.start), int(t.end))
		}
		break
	}
	return v
}

// A sitting is when a session or another visit is planned: its day, its minutes from
// 00:00 of that, -1 where they are not known, and how long it takes.
type sitting struct {
	day                 int32
	start, end, minutes int
}

func (s *slot) sitting() sitting { return sitting{s.day, int(s.start), int(s.end), int(s.Minutes)} }

func (v *OtherVisit) sitting() sitting {
	at := sitting{-1 << 31, -1, -1, int(v.minutes)}
	if v.Placed() {
		at.day, at.start = civil.Day(v.Date), v.Start.Minutes()
		if !v.End.IsZero() {
			at.end = v.end()
		}
	}
	return at
}

// sat returns the minutes, counted from 00:00 of a day, at which a visit began and
// ended that took place then, by the times that were stated: -1 where it is not known.
// One that says nothing of times keeps those planned for that day. An end that is not
// after the start is on the next day.
func (p *Plan) sat(planned sitting, d date.Date, start, end clinic.TimeOfDay) (from, to int) {
	from = start.Minutes()
	asPlanned := from < 0 && civil.Day(d) == planned.day
	if asPlanned {
		from = planned.start
	}
	to = endOf(civil.NewZone(p.zone), d, from, end.Minutes())
	switch {
	case to >= 0 && to == from && planned.minutes > 0:
		to += civil.MinutesPerDay
	case to < 0 && asPlanned:
		to = planned.end
	case to < 0 && from >= 0:
		to = p.endAfter(civil.Day(d), from, planned.minutes)
	}
	return from, to
}

// sat refuses times of a fact that cannot be, and returns them in minutes from 00:00
// of its day.
func (e *edit) sat(planned sitting, d date.Date, start, end clinic.TimeOfDay) (from, to int, err error) {
	if start.Minutes() == civil.MinutesPerDay {
		return 0, 0, e.refuse(ErrEvent, "Start", start.String(), "want a time before 24:00")
	}
	if start.IsZero() && !end.IsZero() && civil.Day(d) != planned.day {
		return 0, 0, e.refuse(ErrEvent, "Start", "", "want the time at which the visit began, since it has one at which it ended")
	}
	from, to = e.plan.sat(planned, d, start, end)
	if !start.IsZero() {
		if err := e.happened("Start", start, d, from); err != nil {
			return 0, 0, err
		}
	}
	if !end.IsZero() {
		if err := e.happened("End", end, d, to); err != nil {
			return 0, 0, err
		}
	}
	return from, to, nil
}
