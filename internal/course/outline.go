package course

import (
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// An Outline has the sessions of a course of which targets and windows follow from the
// start alone. Where they are counted in days and weeks they are the same after every
// start on one day of the week, so they are worked out once, and moved to a start.
type Outline struct {
	byWeekday [7]outlined
}

// An outlined has the sessions after one start, and the last day of all their windows.
type outlined struct {
	start, latest int32
	sessions      []Session
}

// Outline returns the outline of the version that holds, nil where its sessions follow
// from more than the day of the week of its start: they are counted in calendar months
// or without end, or no day that there is leaves them room.
func (c Course) Outline() *Outline {
	first, end := c.segmentsNow()
	for i := first; i < end; i++ {
		s := &c.segments[i]
		_, ends := s.Sessions()
		if !ends || s.Kind() == protocol.Every && s.Interval().Unit() == protocol.Months {
			return nil
		}
	}
	o, alike := new(Outline), !c.asksForDays()
	for weekday := range o.byWeekday {
		if weekday > 0 && alike {
			o.byWeekday[weekday] = o.byWeekday[0]
			continue
		}
		c.Start = civil.Day(civil.FirstSunday()) + int32(weekday)
		list, _, err := c.Unfold(nil)
		if err != nil {
			return nil
		}
		at := outlined{start: c.Start, sessions: list}
		for i := range list {
			at.latest = max(at.latest, list[i].Latest)
		}
		o.byWeekday[weekday] = at
	}
	return o
}

// asksForDays reports whether days of the week are asked for in any phase of the version
// that holds.
func (c *Course) asksForDays() bool {
	first, end := c.PhasesOf(c.holds)
	for i := first; i < end; i++ {
		if c.patterns[i] != ([8]protocol.DaySet{}) {
			return true
		}
	}
	return false
}

// Later returns the session of a course that starts so many days later, on the same day
// of the week or where no days of the week are asked for.
func (s *Session) Later(days int32) Session {
	later := *s
	later.Target += days
	later.Earliest += days
	later.Latest += days
	later.Origin += days
	return later
}

// From returns the sessions for a start, each of which comes so many days later than the
// list has it. They are false where they would pass the last day there is. The list must
// not be changed. No outline has none.
func (o *Outline) From(start int32) (list []Session, days int32, ok bool) {
	if o == nil {
		return nil, 0, false
	}
	at := &o.byWeekday[civil.Date(start).Weekday()]
	days = start - at.start
	return at.sessions, days, civil.InRange(civil.Date(at.latest + days))
}
