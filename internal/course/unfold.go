package course

import (
	"slices"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A Carried is a weekly segment that went on for further weeks.
type Carried struct{ Segment, Weeks int }

// Unfold returns the sessions of the version that holds, in order, with their
// targets and windows. A room, if there is one, makes weekly counts ceilings: a week
// takes as many sessions as can be placed together with all before it, and a segment
// goes on for further weeks at its last count until its total is reached. A cadence
// with a week of rest is unfolded as if there were no room.
func (c *Course) Unfold(room Room) ([]Session, []Carried, error) { return c.UnfoldInto(nil, room) }

// UnfoldInto is Unfold in the memory of a list, which it takes over.
func (c *Course) UnfoldInto(list []Session, room Room) ([]Session, []Carried, error) {
	if room != nil && c.hasRest() {
		room = nil
	}
	u := unfolding{course: c, list: list[:0], room: room, origin: c.Start, weekOne: c.Start}
	first, _ := c.segmentsNow()
	return u.run(first)
}

// From returns the sessions of the version that holds from a phase on, the first
// target on a day. Treatment weeks move along with it.
func (c *Course) From(phase int, day int32) ([]Session, error) {
	// Where the phase began as the protocol has it, whatever its sessions were
	// moved by since.
	planned, _, err := c.Unfold(nil)
	if err != nil {
		return nil, err
	}
	u := unfolding{course: c, origin: day, weekOne: c.Start}
	for i := range planned {
		if int(planned[i].Phase) == phase {
			u.weekOne += day - planned[i].Target
			break
		}
	}
	at, end := c.segmentsNow()
	for at < end && c.segments[at].phase < phase {
		at++
	}
	list, _, err := u.run(at)
	return list, err
}

// An unfolding turns segments into sessions, in order.
type unfolding struct {
	course *Course
	list   []Session
	// at is the position of the segment, origin where it begins, weekOne the day
	// from which treatment weeks are counted, previous the kind of the segment
	// before, zero for the first.
	at              int
	origin, weekOne int32
	previous        protocol.Kind
	// room, if not nil, makes weekly counts ceilings; earliest is then the
	// earliest day of the last session. added is the number of weeks that were
	// added so far.
	room     Room
	earliest int32
	added    int
	carried  []Carried
}

func (u *unfolding) run(from int) ([]Session, []Carried, error) {
	n := 0
	_, end := u.course.segmentsNow()
	for _, s := range u.course.segments[from:end] {
		sessions, _ := s.Sessions()
		n += sessions
	}
	u.list = slices.Grow(u.list, min(n, MaxSessions))
	for u.at = from; u.at < end; u.at++ {
		before := len(u.list)
		if err := u.add(); err != nil {
			return nil, nil, err
		}
		if s := &u.course.segments[u.at]; u.room != nil && s.Kind() != protocol.Weekly && !u.fits(before) {
			return nil, nil, u.unplaced(before)
		}
		u.previous = u.course.segments[u.at].Kind()
	}
	return u.list, u.carried, nil
}

func (u *unfolding) add() error {
	s := &u.course.segments[u.at]
	switch s.Kind() {
	case protocol.Weekly:
		return u.weekly(s)
	case protocol.Every:
		return u.every(s)
	case protocol.Cyclical:
		for range s.Times() {
			for i := range s.Points() {
				if err := u.append(u.origin, s.Point(i)-1, 0, 0); err != nil {
					return err
				}
			}
			u.origin += int32(s.Length())
		}
	case protocol.AtWeeks:
		for i := range s.Points() {
			if err := u.append(u.origin, s.Point(i), 0, 0); err != nil {
				return err
			}
		}
		u.origin = u.list[len(u.list)-1].Target + 7
	}
	return nil
}

func (u *unfolding) weekly(s *segment) error {
	switch {
	case s.Endless():
		return u.weeksOn(s)
	case u.room != nil:
		return u.carry(s)
	}
	for week := range s.Weeks() {
		if err := u.week(s.Count(week), s.Count(week)); err != nil {
			return err
		}
		u.origin += 7
	}
	return nil
}

// weeksOn adds the weeks of a weekly segment without end, up to the last day of
// targets. A week whose count is a ceiling takes what can be placed; the weeks after
// it make up for nothing.
func (u *unfolding) weeksOn(s *segment) error {
	for ; u.origin <= u.course.Until; u.origin += 7 {
		before := len(u.list)
		for n := s.LastCount(); n > 0; n-- {
			if err := u.week(s.LastCount(), n); err != nil {
				return err
			}
			for len(u.list) > before && u.list[len(u.list)-1].Target > u.course.Until {
				u.list = u.list[:len(u.list)-1]
			}
			if u.room == nil || u.fits(before) {
				break
			}
			u.list = u.list[:before]
		}
	}
	return nil
}

// week adds n sessions of a week that the cadence plans a number for.
func (u *unfolding) week(planned, n int) error {
	offsets, _ := u.course.offsets(u.course.segments[u.at].phase, u.origin, planned, n, u.course.Wishes())
	for _, offset := range offsets[:n] {
		if err := u.append(u.origin, int(offset), planned, n); err != nil {
			return err
		}
	}
	return nil
}

func (u *unfolding) every(s *segment) error {
	// Sessions are counted from one fixed day, so that months which had to be
	// shortened do not shorten the ones after them.
	fixed, k := u.origin, 0
	switch {
	case s.FromWeek() > 0:
		fixed = u.weekOne + int32(7*(s.FromWeek()+u.added-1))
		if n := len(u.list); n > 0 && fixed <= u.list[n-1].Target {
			return &Error{Code: WeekTaken, Segment: u.at, Week: s.FromWeek() + u.added, Day: fixed, Before: u.list[n-1].Target}
		}
	case u.previous != 0 && u.previous != protocol.Cyclical:
		fixed, k = u.list[len(u.list)-1].Target, 1
	}
	for end := k + s.Times(); ; k++ {
		target := s.target(fixed, k)
		if s.Times() > 0 && k == end || s.Times() == 0 && target > u.course.Until {
			u.origin = target
			return nil
		}
		if err := u.append(fixed, k, 0, 0); err != nil {
			return err
		}
	}
}

// append adds a session of the segment.
func (u *unfolding) append(origin int32, steps, count, inWeek int) error {
	n, number := len(u.list), 1
	if n == MaxSessions {
		return &Error{Code: TooMany, Segment: u.at, Sessions: u.list}
	}
	if n > 0 && int(u.list[n-1].Phase) == u.course.segments[u.at].phase {
		number = int(u.list[n-1].Number) + 1
	}
	s := u.course.session(u.at, origin, steps, count, inWeek, number)
	if !civil.InRange(civil.Date(s.Latest)) {
		return &Error{Code: TooLate, Segment: u.at, Sessions: u.list}
	}
	u.list = append(u.list, s)
	return nil
}
