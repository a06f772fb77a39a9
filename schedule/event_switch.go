package schedule

import (
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// Switched says that another protocol is begun, at its first phase: another drug, or
// the same by another protocol. Its start is day 1 of the treatment from then on:
// windows, treatment weeks and "from week" count from it. The sessions to come of the
// protocol before are cancelled, and so are its gates that are not decided and its
// follow-ups; what happened under it keeps its drug, route, phase and dose.
// Ordinals and ids go on, and the first protocol can be switched to again. Sums of
// doses and levels are those of the drug that is given, wherever it was given; a level
// that was chosen holds for the treatment that it was chosen in.
//
// Another version of the protocol that holds is [Adopted]; a phase of it is begun
// again with [Restarted].
type Switched struct {
	// Protocol is the other protocol. In files it is named by its digest.
	Protocol *protocol.Protocol
	// Start is day 1, a day to come on which the clinic is open. Required.
	Start date.Date
	// Gap is the least number of days since the last dose of any drug, 1 to 3650,
	// counted from the latest one, before the plan too. It has no default. Sessions keep it
	// to what turns out to have been given before, too.
	Gap int
	// Until is the last day of targets of a cadence without end, which needs one. Zero
	// means none.
	Until date.Date
	// Who decided is required, Reason only after a stop.
	Who, Reason string
}

// longestGap is the largest number of days that a gap may have.
const longestGap = 3650

func (Switched) kind() string { return "switched" }

func (s Switched) fields(f *objectFields) Happening {
	f.protocol("protocol", &s.Protocol)
	f.date("start", &s.Start, must)
	f.days("gap", &s.Gap)
	f.date("until", &s.Until, may)
	f.text("who", &s.Who, must)
	f.reason(&s.Reason, may)
	return unlessWritten(f, s)
}

func (s Switched) describe() string {
	if s.Protocol == nil {
		return "switched to another protocol"
	}
	return "switched to" + quoted(nameOf(s.Protocol)) + " from " + dayText(s.Start) + " on, at least " + plural(s.Gap, "day") + " after the last dose"
}

func (s Switched) apply(e *edit) error {
	if err := s.check(e); err != nil {
		return err
	}
	p := e.plan
	start, until := civil.Day(s.Start), int32(0)
	if s.Until != 0 {
		until = civil.Day(s.Until)
	}
	for i := range p.slots {
		if slot := &p.slots[i]; slot.left {
			slot.replaced = true // nobody makes up for it, nor for what is cancelled
		}
	}
	next := tenure{protocol: s.Protocol, gap: s.Gap}
	for i := range p.tenures {
		next.treatment = max(next.treatment, p.tenures[i].treatment+1)
	}
	e.hold(next, p.course.Switch(s.Protocol, start, until))
	e.close()
	list, err := e.unfold()
	if err != nil {
		return e.refuse(err, "Protocol", nameOf(s.Protocol), err.Error())
	}
	return e.replan(0, retail(nil, list, someNew), e.today)
}

// unfold returns the sessions of the protocol that holds from its start on, as [Build]
// has them.
func (e *edit) unfold() ([]course.Session, error) {
	p := e.plan
	var room course.Room
	if p.shortWeek == Carry {
		placer := p.placer(nil)
		for i := range p.slots {
			if s := &p.slots[i]; s.dosed() {
				placer.keep(s, i+1, 0)
			}
		}
		room = placer
	}
	list, carried, err := p.course.Unfold(room)
	if err := calendarError(p.calendar); err != nil {
		return nil, err
	}
	if len(carried) > 0 {
		p.carried = append(p.carried[:len(p.carried):len(p.carried)], carried...)
	}
	return list, p.courseError(err)
}

// check refuses what cannot be switched to, or not on that day.
func (s Switched) check(e *edit) error {
	p, next := e.plan, s.Protocol
	switch {
	case next == nil || next.Digest().IsZero():
		return e.refuse(ErrEvent, "Protocol", "", "want a protocol made by Spec.Compile")
	case next.Digest() == p.protocol.Digest():
		return e.refuse(ErrEventTwice, "Protocol", nameOf(next), "want another protocol than the one that holds: a phase of that is restarted")
	case next.ID() != "" && next.ID() == p.protocol.ID():
		return e.refuse(ErrEvent, "Protocol", nameOf(next), "want another protocol: a version of "+strconv.Quote(next.ID())+" is adopted")
	case s.Who == "":
		return e.refuse(ErrEvent, "Who", "", "want who decided")
	case s.Gap < 1 || s.Gap > longestGap:
		return e.refuse(ErrEvent, "Gap", protocol.FormatDays(s.Gap), "want the least number of days since the last dose, 1 to "+strconv.Itoa(longestGap))
	}
	if err := e.exists("Start", s.Start); err != nil {
		return err
	}
	switch {
	case s.Start < p.start:
		return e.refuse(ErrBeforeStart, "Start", civil.Format(s.Start), "want a date that is not before the plan's first day, "+civil.Format(p.start))
	case civil.Day(s.Start) < e.today:
		return e.refuse(ErrOrder, "Start", civil.Format(s.Start), "want a date that is not before the as-of one, "+civil.Format(civil.Date(e.today)))
	}
	if err := s.checkUntil(e); err != nil {
		return err
	}
	if last, ok := p.lastDose(); ok && civil.Day(s.Start)-last < int32(s.Gap) {
		first := civil.AddDays(civil.Date(last), s.Gap)
		want := "want a day at least " + plural(s.Gap, "day") + " after the last dose, given on " + dayText(civil.Date(last)) + ": "
		if !civil.InRange(first) {
			return e.refuse(ErrNoDay, "Start", civil.Format(s.Start), want+"there is none by 2200-12-31")
		}
		return e.refuse(ErrNoDay, "Start", civil.Format(s.Start), want+civil.Format(first)+" or later")
	}
	calendar := e.calendar()
	open := calendar.Open(s.Start)
	if err := calendarError(calendar); err != nil {
		return e.refuse(err, "Start", civil.Format(s.Start), err.Error())
	}
	if !open {
		return e.refuse(ErrNoDay, "Start", civil.Format(s.Start), "want a day on which the clinic is open: it is closed"+bracketed(calendar.Reason(s.Start)))
	}
	return nil
}

func (s Switched) checkUntil(e *edit) error {
	switch {
	case s.Until == 0 && s.Protocol.Cadence().Endless():
		return e.refuse(ErrEvent, "Until", "", "want a last day: the cadence "+strconv.Quote(s.Protocol.Cadence().String())+" has no end")
	case s.Until == 0:
		return nil
	case !civil.InRange(s.Until):
		return e.refuse(ErrEvent, "Until", civil.Format(s.Until), "want a date from 1900-01-01 to 2200-12-31")
	case s.Until < s.Start:
		return e.refuse(ErrEvent, "Until", civil.Format(s.Until), "want a day that is not before the start, "+civil.Format(s.Start))
	default:
		return nil
	}
}
