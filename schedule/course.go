package schedule

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/course"
)

// course returns the sessions that go on from one: itself, where it is still to
// take place or held, or one that makes up for it, where it was missed,
// cancelled or left out; and every session after it that is to take place.
func (e *edit) course(field string, id ID) (from int, tail []slot, err error) {
	i, err := e.find(field, id)
	if err != nil {
		return 0, nil, err
	}
	s := e.plan.slots[i]
	switch {
	case s.state == StateGiven:
		return 0, nil, e.refuse(ErrSettled, field, id.String(), "want a session that was not given: session "+strconv.Itoa(i+1)+" was, on "+
			dayText(civil.Date(s.day)))
	case s.pending() || s.state == StateHeld:
		return i, e.plan.tail(i), nil
	case s.replaced:
		return 0, nil, e.refuse(ErrSettled, field, id.String(), "want a session that no other makes up for yet")
	case int(s.Phase) < e.plan.firstPhase:
		return 0, nil, e.refuse(ErrSettled, field, id.String(), "want a session of the protocol that now holds")
	}
	e.plan.slots[i].replaced = true
	s.serial = someNew
	return i + 1, append([]slot{s}, e.plan.tail(i+1)...), nil
}

// from returns the sessions of the protocol from a phase on, the first target on
// a day. Treatment weeks move along with it.
func (p *Plan) from(phase int, day date.Date) ([]slot, error) {
	// Where the phase began as the protocol has it, whatever its sessions were
	// moved by since.
	planned, err := p.expander().run()
	if err != nil {
		return nil, err
	}
	weekOne := p.start
	if first := slices.IndexFunc(planned, func(s slot) bool { return int(s.Phase) == phase }); first >= 0 {
		weekOne = civil.AddDays(p.start, civil.Days(civil.Date(planned[first].Target), day))
	}
	e := p.expander()
	e.origin, e.weekOne, e.skip = day, weekOne, phase-p.firstPhase
	return e.run()
}

// expander returns an expander of the protocol that now holds.
func (p *Plan) expander() *expander {
	return &expander{
		protocol: p.protocol, phases: p.phases, request: p.wishes.Weekdays, start: p.start, until: p.until,
		phaseBase: p.firstPhase, segmentBase: p.firstSegment,
	}
}

// lastSegment returns the position of the last segment of a phase, -1 where it
// has none.
func (p *Plan) lastSegment(phase int) int {
	last, at := -1, p.firstSegment
	for of := range p.protocol.Segments() {
		if p.firstPhase+of == phase {
			last = at
		}
		at++
	}
	return last
}

// more returns n sessions of the last segment of a phase with targets from a day
// on, or for 0 those up to the plan's last day. They go on from an anchor: the
// session that comes before them.
func (e *edit) more(field string, phase int, anchor slot, from int32, n int) ([]slot, error) {
	p, at := e.plan, e.plan.lastSegment(phase)
	if at < 0 {
		return nil, e.refuse(ErrEvent, field, p.phases[phase].Name, "want a phase that plans sessions")
	}
	segment := p.segments[at]
	// The last session that the segment has in the plan says where its weeks or
	// cycles begin, and how many sessions the phase has had.
	last, found := slot{}, false
	reached := 0
	for i := range p.slots {
		if s := &p.slots[i]; int(s.Phase) == phase && !s.Extra {
			reached = max(reached, int(s.Number))
			if int(s.Segment) == at {
				last, found = *s, true
			}
		}
	}
	switch {
	case found:
	case int(anchor.Segment) == at && !anchor.Extra:
		last = anchor // of sessions that are to be planned, as of a version just adopted
	default:
		return nil, e.refuse(ErrEvent, field, p.phases[phase].Name, "want a phase that the plan has reached")
	}
	// What was postponed goes on from where it is.
	last.Origin += 7 * int32(last.Moved)
	var list []slot
	moved := uint8(0)
	add := func(origin int32, steps int, target int32, count int) {
		reached++
		s := slot{dose: -1, Session: course.Session{
			Target: target, Moved: moved, Origin: origin, Steps: int16(steps), Count: uint8(count), Phase: uint16(phase), Segment: uint16(at),
			Number: uint16(reached), Minutes: uint16(p.phases[phase].Visit.LengthOf(reached).Minutes()), Again: true,
		}}
		p.setWindow(&s)
		list = append(list, s)
	}
	enough := func(target int32) bool {
		return n > 0 && len(list) == n || n == 0 && (p.until == 0 || civil.Date(target) > p.until) || !civil.InRange(civil.Date(target+366))
	}
	switch segment.Kind() {
	case protocol.Weekly:
		count := segment.Count(segment.Weeks() - 1)
		patterns := mergeWeekdays(p.phases[phase].Weekdays, p.wishes.Weekdays)
		offsets := dayOffsets(count, &patterns, civil.Date(last.Origin).Weekday())
		for origin := last.Origin; !enough(origin); origin += 7 {
			for _, offset := range offsets[:count] {
				if target := origin + int32(offset); target >= from && !enough(target) {
					add(origin, int(offset), target, count)
				}
			}
		}
	case protocol.Every:
		origin, steps := anchor.Target, 0
		if int(anchor.Segment) == at && !anchor.Extra {
			origin, steps, moved = anchor.Origin, int(anchor.Steps), anchor.Moved
		}
		for k := steps + 1; ; k++ {
			target := civil.Day(after(civil.Date(origin), segment.Interval(), k)) + 7*int32(moved)
			if enough(target) {
				break
			}
			if target >= from {
				add(origin, k, target, 0)
			}
		}
	case protocol.Cyclical:
		for origin := last.Origin; !enough(origin); origin += int32(segment.Length()) {
			for i := range segment.Points() {
				if target := origin + int32(segment.Point(i)) - 1; target >= from && !enough(target) {
					add(origin, segment.Point(i)-1, target, 0)
				}
			}
		}
	default:
		return nil, e.refuse(ErrEvent, field, p.phases[phase].Name, "want a phase with a frequency: "+segment.String()+" has none to go on with")
	}
	if len(list) < n {
		return nil, e.refuse(ErrNoDay, "plan", plural(n, "session"), "want a plan that ends by 2200-12-31")
	}
	return list, nil
}

// follow puts sessions after others that come in place of those before them: on
// the same days of the week, as early as whole weeks let them without coming
// closer than they were meant to.
func (p *Plan) follow(before, list []slot, distance int32) []slot {
	if len(before) > 0 && len(list) > 0 {
		late := before[len(before)-1].Target + distance - list[0].Target
		weeks := late / 7
		if late%7 > 0 {
			weeks++
		}
		p.moveTo(list, list[0].Target+7*weeks)
	}
	return append(before, list...)
}

// fill makes the sessions of a cadence without end go on to the plan's last day,
// and no longer. The first session stays, and so does what was added.
func (e *edit) fill(tail []slot) ([]slot, error) {
	p := e.plan
	endless := len(p.segments) - 1
	if !p.protocol.Cadence().Endless() {
		return tail, nil
	}
	last := lastCounted(tail)
	for last > 0 && int(tail[last].Segment) == endless && civil.Date(tail[last].Target) > p.until {
		tail = slices.Delete(tail, last, last+1)
		last = lastCounted(tail)
	}
	if last < 0 || int(tail[last].Segment) != endless {
		return tail, nil
	}
	before := tail[last]
	added, err := e.more("Session", int(before.Phase), before, before.Target+1, 0)
	for _, s := range added {
		before.Number++
		s.Number, s.Again = before.Number, false
		s.Minutes = uint16(p.phases[s.Phase].Visit.LengthOf(int(s.Number)).Minutes())
		tail = append(tail, s)
	}
	byTarget(tail[last+1:])
	return tail, err
}

// lastCounted returns the position of the last session that was not added, -1 for
// none.
func lastCounted(tail []slot) int {
	last := len(tail) - 1
	for last >= 0 && tail[last].Extra {
		last--
	}
	return last
}

func byTarget(list []slot) {
	slices.SortStableFunc(list, func(a, b slot) int { return cmp.Compare(a.Target, b.Target) })
}
