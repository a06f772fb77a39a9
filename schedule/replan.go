package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

// A session of a tail that is none of the plan yet has one of these for its
// serial. It takes the id of the session with its number in the phase, if the tail
// has no other use for that; then anyone takes that of any such session, in order,
// and likeOne is a session of its own, as someNew is from the first.
const (
	anyone  = 0
	likeOne = 1<<32 - 2
	someNew = 1<<32 - 1
)

// replan puts a tail of sessions, whose targets and windows are known, in the
// place of every session from a position on that is still to take place or is
// held. What the tail does not take up of those is cancelled. The tail is placed as [Build] would place it,
// by the plan's policy, not before a day and after the sessions that stay.
func (e *edit) replan(from int, tail []slot, notBefore int32) error {
	p := e.plan
	if err := e.possible(tail); err != nil {
		return err
	}
	e.calendar()
	stay := make([]slot, 0, len(p.slots)+len(tail)) // in order
	reuse := make([]slot, 0, len(p.slots)-from)     // what the tail takes ids from
	for i := range p.slots {
		if s := p.slots[i]; i >= from && (s.pending() || s.state == StateHeld) {
			reuse = append(reuse, s)
		} else {
			stay = append(stay, s)
		}
	}
	kept := map[uint32]bool{}
	for i := range tail {
		kept[tail[i].serial] = true
	}
	var free []slot // held or planned sessions that the tail does not name
	for _, s := range reuse {
		if !kept[s.serial] {
			free = append(free, s)
		}
	}
	free = e.alike(tail, free)
	for k := range tail {
		s := &tail[k]
		s.state, s.given, s.left, s.replaced, s.dose = 0, 0, false, false, noDose
		switch {
		case s.serial == anyone && len(free) > 0:
			s.become(&free[0])
			free = free[1:]
		case s.serial == anyone || s.serial >= likeOne:
			p.serials++
			s.serial, s.revision = p.serials, 0
		}
	}
	if p.serials > maxPlanned { // no session ever vanishes, so there are as many
		return e.refuse(ErrEvent, "plan", strconv.Itoa(int(p.serials)), "want at most "+strconv.Itoa(maxPlanned)+" sessions in a plan")
	}
	blocked := e.placeTail(stay, tail, notBefore)
	if err := calendarError(p.calendar); err != nil {
		return e.refuse(err, "plan", "", err.Error())
	}
	if blocked != nil {
		return &EventError{Field: "plan", Want: blocked.Error(), Err: errNoRoom{blocked}}
	}
	for _, s := range free {
		s.state, s.replaced = StateCancelled, true
		stay = append(stay, s)
	}
	p.slots = append(stay, tail...)
	e.sort()
	return nil
}

// become makes a session of a tail one that the plan has already.
func (s *slot) become(is *slot) {
	s.serial, s.revision, s.made, s.set = is.serial, is.revision, is.made, is.set
}

// alike gives sessions of a tail the ids of those with their numbers in their
// phases, and returns the others.
func (e *edit) alike(tail, free []slot) []slot {
	taken, from := make([]bool, len(free)), 0 // all before it are taken
	for k := range tail {
		s := &tail[k]
		if s.serial != anyone && s.serial != likeOne {
			continue
		}
		for at := from; at < len(free); at++ {
			if f := &free[at]; !taken[at] && !f.Extra && f.Number == s.Number && e.plan.samePhase(f.Phase, s.Phase) {
				s.become(f)
				taken[at] = true
				break
			}
		}
		for from < len(free) && taken[from] {
			from++
		}
	}
	rest := free[:0]
	for at := range free {
		if !taken[at] {
			rest = append(rest, free[at])
		}
	}
	return rest
}

// possible refuses a tail that ends later than any plan may, or that has a session
// without a window.
func (e *edit) possible(tail []slot) error {
	for i := range tail {
		switch latest := civil.Date(tail[i].Latest); {
		case !civil.InRange(latest):
			return e.refuse(ErrNoDay, "plan", civil.Format(latest), "want a plan that ends by 2200-12-31")
		case tail[i].Latest < tail[i].Earliest:
			return e.refuse(ErrNoDay, "plan", civil.Format(civil.Date(tail[i].Target)), "want no target whose window would end before the plan's start, "+
				civil.Format(e.plan.Start()))
		}
	}
	return nil
}

// placeTail finds the days and times of a tail, or what has no room.
func (e *edit) placeTail(stay, tail []slot, notBefore int32) *BuildError {
	p := e.plan
	if len(tail) == 0 {
		return nil
	}
	placer := p.placer(tail)
	placer.placement.NotBefore, placer.numbers, placer.again = notBefore, e.numbers(stay, tail), true
	at := 0 // of the session that stays in the plan
	for i := range stay {
		for p.slots[at].serial != stay[i].serial {
			at++
		}
		if s := &stay[i]; s.keepsApart() {
			placer.keep(s, at+1, 0)
		}
	}
	placer.read()
	if blocked := placer.place(); blocked != nil {
		return blocked
	}
	e.time(tail)
	return nil
}

// numbers returns the positions of the sessions of a tail, for messages: those that they
// have in the plan before the event or, where they are new, after all that stay.
func (e *edit) numbers(stay, tail []slot) []int {
	numbers := make([]int, len(tail))
	for k := range tail {
		if at, known := e.before(tail[k].serial); known {
			numbers[k] = at
		} else {
			numbers[k] = len(stay) + k
		}
	}
	return numbers
}

// time chooses the times of sessions on their days.
func (e *edit) time(placed []slot) {
	p := e.plan
	var late []slot // past midnight: of those that are not placed, and of those that are so far
	for i := range p.slots {
		s := &p.slots[i]
		if s.end > civil.MinutesPerDay && !slices.ContainsFunc(placed, func(o slot) bool { return o.serial == s.serial }) {
			late = append(late, *s)
		}
	}
	for k := range placed {
		s := &placed[k]
		p.calendar.AskAll(civil.Date(s.Earliest), civil.Date(s.Latest)) // explaining the plan needs every answer
		if s.left {
			continue
		}
		start, end := p.timesAfter(s, p.need(int(s.Minutes)), late)
		if s.start, s.end = int16(start), int16(end); s.end > civil.MinutesPerDay {
			late = append(late, *s)
		}
	}
}

// errNoRoom is a [*BuildError] that is also [ErrNoDay].
type errNoRoom struct{ blocked *BuildError }

func (e errNoRoom) Error() string   { return e.blocked.Error() }
func (e errNoRoom) Unwrap() []error { return []error{ErrNoDay, e.blocked} }

// tail returns copies of the sessions from a position on that are still to take
// place or are held.
func (p *Plan) tail(from int) []slot {
	var tail []slot
	for i := from; i < len(p.slots); i++ {
		if s := p.slots[i]; s.pending() || s.state == StateHeld {
			tail = append(tail, s)
		}
	}
	return tail
}
