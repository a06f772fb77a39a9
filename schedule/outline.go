package schedule

import (
	"iter"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// An Outline has the days that a protocol asks for, before any clinic, patient or
// policy: the targets and windows of its sessions after a start. It is for lists and
// previews of many starts, for which no plan is wanted. What a patient is given follows
// from a plan alone.
//
// An Outline is immutable and safe to share between goroutines. The zero Outline is not
// valid; [NewOutline] makes one.
type Outline struct {
	protocol *protocol.Protocol
	course   course.Course
	outline  *course.Outline // nil where days depend on more than the day of the week
	// byWeekday has the targets after a start on each day of the week, as outline has
	// their sessions.
	byWeekday [7][]Target
}

// NewOutline returns the outline of a protocol. The error is a [*RequestError] for a
// protocol that was not made by Spec.Compile.
func NewOutline(p *protocol.Protocol) (*Outline, error) {
	var errs requestErrors
	(&Request{Protocol: p, Until: 1}).checkProtocol(&errs) // each start has its own last day
	if err := errs.err(); err != nil {
		return nil, err
	}
	o := &Outline{protocol: p, course: course.New(p, 0, 0, nil)}
	if o.outline = o.course.Outline(); o.outline == nil {
		return o, nil
	}
	sunday := civil.Day(civil.FirstSunday())
	for i := range o.byWeekday {
		start := sunday + int32(i)
		if list, days, ok := o.outline.From(start); ok {
			o.byWeekday[i] = targets(list, days, start)
		}
	}
	return o, nil
}

// Targets returns the targets after a start. Until is the last day of targets of a
// cadence without end, which needs one; it may be zero for any other. The error joins a
// [*RequestError] for each of the two that is missing or wrong, also where a target
// would pass 2200-12-31.
//
// They are the targets of a plan whose request asks for no weekdays and whose policy is
// Refuse or Drop: Carry and Postpone move targets.
func (o *Outline) Targets(start, until date.Date) (Targets, error) {
	if civil.InRange(start) && (until == 0 || start <= until && civil.InRange(until)) {
		day := civil.Day(start)
		if _, _, ok := o.outline.From(day); ok {
			weekday := start.Weekday()
			return Targets{list: o.byWeekday[weekday], days: day - civil.Day(civil.FirstSunday()) - int32(weekday)}, nil
		}
	}
	return o.unfold(start, until)
}

// unfold is Targets for a start that has to be counted from.
func (o *Outline) unfold(start, until date.Date) (Targets, error) {
	var errs requestErrors
	r := Request{Protocol: o.protocol, Start: start, Until: until}
	r.checkProtocol(&errs)
	r.checkStart(&errs)
	if err := errs.err(); err != nil {
		return Targets{}, err
	}
	c := o.course.For(civil.Day(start), civil.Day(until), nil)
	list, _, err := c.Unfold(nil)
	if err != nil {
		p := Plan{planState: planState{course: c}}
		return Targets{}, p.courseError(err)
	}
	return Targets{list: targets(list, 0, c.Start)}, nil
}

// targets returns what an outline says of sessions, each so many days later.
func targets(list []course.Session, days, start int32) []Target {
	targets := make([]Target, len(list))
	for i := range list {
		s := list[i].Later(days)
		targets[i] = Target{
			day: s.Target, before: uint16(s.Target - s.Earliest), after: uint16(s.Latest - s.Target),
			ordinal: uint16(i + 1), phase: s.Phase, number: s.Number, week: uint16(weekOf(s.Target, start) + 1),
		}
	}
	return targets
}

// Targets are the targets of an outline after one start, in order. The zero Targets are
// none.
type Targets struct {
	list []Target
	days int32 // that each comes later
}

// Len returns how many there are.
func (t Targets) Len() int { return len(t.list) }

// All returns the targets in order with their positions from 0. It allocates nothing.
func (t Targets) All() iter.Seq2[int, Target] {
	return func(yield func(int, Target) bool) {
		for i := range t.list {
			target := t.list[i]
			target.day += t.days
			if !yield(i, target) {
				return
			}
		}
	}
}

// Append appends the targets to a list, which is grown once where it has no room.
func (t Targets) Append(list []Target) []Target {
	n := len(list)
	list = append(slices.Grow(list, len(t.list)), t.list...)
	for i := n; i < len(list); i++ {
		list[i].day += t.days
	}
	return list
}

// A Target is a day that a protocol asks for, with its window. It takes 16 bytes and
// refers to nothing, so that millions can be kept. The zero Target is none.
type Target struct {
	day                          int32
	before, after                uint16
	ordinal, phase, number, week uint16
}

// Date returns the day that is asked for.
func (t Target) Date() date.Date { return civil.Date(t.day) }

// Earliest returns the first day of the window.
func (t Target) Earliest() date.Date { return civil.Date(t.day - int32(t.before)) }

// Latest returns the last day of the window, which is included.
func (t Target) Latest() date.Date { return civil.Date(t.day + int32(t.after)) }

// Ordinal returns the number of the session, counted from 1.
func (t Target) Ordinal() int { return int(t.ordinal) }

// Phase returns the position of the phase among those of the protocol, from 0.
func (t Target) Phase() int { return int(t.phase) }

// Number returns the number of the session in its phase, counted from 1.
func (t Target) Number() int { return int(t.number) }

// Week returns the treatment week of the target, counted from 1 on the start.
func (t Target) Week() int { return int(t.week) }
