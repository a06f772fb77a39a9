package schedule

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
)

// The ways on that look for days.

// catchUp offers the best days of the windows, every other session where it is.
func (f *fixer) catchUp() {
	if len(f.named) > 1 {
		r := Repair{Way: WayCatchUp, Text: "catch up inside their windows"}
		r.Entries, r.Plan, r.Err = f.try(WayCatchUp, PlacedAgain{Sessions: f.ids(f.named)})
		if r.Err == nil {
			r.Text += ", on " + f.daysOf(r.Plan, f.named)
		}
		f.add(r)
		return
	}
	s, id := f.slot(), f.plan.id(f.named[0])
	how := func(day int32) Happening { return Moved{Session: id, Date: civil.Date(day)} }
	if !s.pending() {
		how = func(day int32) Happening { return Added{Date: civil.Date(day), For: id} }
	}
	var days []int32
	for day := max(s.Earliest, f.today); day <= s.Latest; day++ {
		if day != s.day || s.pending() && day == f.today {
			days = append(days, day)
		}
	}
	distance := func(day int32) int32 { return max(day-s.Target, s.Target-day) }
	slices.SortStableFunc(days, func(a, b int32) int {
		if d := distance(a) - distance(b); d != 0 {
			return int(d)
		}
		return int(b - a)
	})
	r := Repair{Way: WayCatchUp, Text: "catch up inside its window"}
	var why []string
	for _, day := range days {
		what := how(day)
		entries, plan, err := f.try(WayCatchUp, what)
		if added, ok := what.(Added); ok && err == nil {
			err = added.refused(f.plan, f.asOf)
		}
		if err == nil {
			r.Text += ", on " + dayText(civil.Date(day))
			r.Entries, r.Plan = entries, plan
			f.add(r)
			return
		}
		if refused, ok := errors.AsType[*EventError](err); ok {
			why = append(why, dayText(civil.Date(day))+": "+strings.TrimPrefix(refused.Want, "want another day: "))
		}
	}
	refused := &EventError{Field: "Date", Want: strings.Join(why, "; "), Err: ErrNoDay}
	switch {
	case len(why) > 0:
	case s.Latest < f.today:
		refused.Want = "want a day from " + dayText(civil.Date(f.today)) + " on, the window ended on " + dayText(civil.Date(s.Latest))
	default:
		refused.Want = "want another day of its window than the one it has"
	}
	r.Err = refused
	f.add(r)
}

// daysOf lists the days that sessions have in a plan in which all of them are placed: those
// that make up for them, where others do.
func (f *fixer) daysOf(plan *Plan, at []int) string {
	var days []string
	for _, i := range at {
		days = append(days, dayText(civil.Date(plan.slots[f.now(plan, i)].day)))
	}
	return strings.Join(days, " and ")
}

// now returns the position in another plan of a session, or of one that makes up for
// it, that is to take place; -1 for none.
func (f *fixer) now(plan *Plan, i int) int {
	serial := f.plan.slots[i].serial
	return slices.IndexFunc(plan.slots, func(s slot) bool { return s.pending() && (s.serial == serial || s.makesUp == serial) })
}

// placeAgain offers to place sessions again inside their windows, with the fewest
// others that they need.
func (f *fixer) placeAgain(at []int, text string) {
	r := Repair{Way: WayPlaceAgain, Text: text}
	with, err := f.needed(at)
	if err != nil {
		r.Err = unnamed(err)
		f.add(r)
		return
	}
	if r.Entries, r.Plan, r.Err = f.try(WayPlaceAgain, PlacedAgain{Sessions: f.ids(with)}); r.Err == nil && !f.changed(r.Plan, with) {
		r.Err = &EventError{Field: "Sessions", Want: "want sessions that are not on the best days of their windows already", Err: ErrNoDay}
	}
	if n := len(with) - len(at); r.Err == nil {
		r.Text = text + ", on " + f.daysOf(r.Plan, at)
		if n > 0 {
			r.Text += ", and " + plural(n, "other session") + " for room"
		}
	}
	f.add(r)
}

// changed reports whether sessions are elsewhere in another plan.
func (f *fixer) changed(plan *Plan, at []int) bool {
	return slices.ContainsFunc(at, func(i int) bool {
		s, now := &f.plan.slots[i], f.now(plan, i)
		return !s.pending() || now < 0 || plan.slots[now].day != s.day || plan.slots[now].start != s.start
	})
}

// needed returns the sessions that have to be placed again for some of them to have
// days, in order: those, and the fewest others. Others with appointments, and those
// that somebody decided for, stay.
func (f *fixer) needed(at []int) ([]int, error) {
	e, err := f.plan.edit(Event{ID: "repairs", What: PlacedAgain{}}, f.asOf)
	if err != nil {
		return nil, err
	}
	p := e.plan
	var slots []slot
	var positions []int
	for i := range p.slots {
		s := p.slots[i]
		named := slices.Contains(at, i)
		if !named && !s.pending() {
			continue
		}
		if named {
			if s, err = e.again(i); err != nil {
				return nil, err
			}
		}
		slots, positions = append(slots, s), append(positions, i)
	}
	calendar := e.calendar()
	placer := p.placer(slots)
	placer.policy, placer.numbers, placer.placement.MayLeave, placer.placement.NotBefore = Refuse, positions, false, e.today
	for i := range p.slots {
		if s := &p.slots[i]; s.dosed() {
			placer.keep(s, i+1, 0)
		}
	}
	placer.read()
	for k, i := range positions {
		w := &placer.placement.Slots[k]
		if slices.Contains(at, i) {
			continue
		}
		if w.Now = slots[k].day; slots[k].fixed != 0 || w.Now < w.Earliest || w.Now > w.Latest {
			w.Earliest, w.Latest = w.Now, w.Now
		}
	}
	blocked := placer.placement.Solve()
	if err := calendarError(calendar); err != nil {
		return nil, e.refuse(err, "plan", "", err.Error())
	}
	if blocked != nil {
		why := placer.blocked(blocked)
		return nil, &EventError{Field: "Sessions", Value: p.id(why.Ordinal - 1).String(), Want: "want days for all of them: " + why.Error(), Err: errNoRoom{why}}
	}
	var with []int
	for k, i := range positions {
		if w := &placer.placement.Slots[k]; w.Now == 0 || w.Day != w.Now {
			with = append(with, i)
		}
	}
	return with, nil
}

// shifted returns what moves sessions and the rest by weeks.
func (f *fixer) shifted(at []int, weeks int) Shifted {
	if len(at) == 1 {
		return Shifted{Session: f.plan.id(at[0]), Weeks: weeks}
	}
	return Shifted{Sessions: f.ids(at), Weeks: weeks}
}

// leastWeeks finds the fewest weeks, not less than some, that sessions and the rest can
// be moved by.
func (f *fixer) leastWeeks(way Way, at []int, first []Happening, least int) (weeks int, entries []Entry, plan *Plan, err error) {
	least = max(least, int(f.today-f.firstTarget(at)+6)/7)
	var why error
	for weeks := least; weeks < least+course.MaxWeeks; weeks++ {
		entries, plan, err := f.try(way, append(slices.Clone(first), f.shifted(at, weeks))...)
		if err == nil {
			return weeks, entries, plan, nil
		}
		if why == nil {
			why = err
		}
	}
	return 0, nil, nil, why
}

// firstTarget returns the earliest target of sessions.
func (f *fixer) firstTarget(at []int) int32 {
	target := func(i int) int32 { return f.plan.slots[i].Target }
	return target(slices.MinFunc(at, func(i, j int) int { return cmp.Compare(target(i), target(j)) }))
}

// shift offers the fewest weeks that will do. Of a treatment that is held the first
// session says it for all.
func (f *fixer) shift(at []int, first []Happening, text string) {
	r := Repair{Way: WayShift, Text: text + "whole weeks"}
	weeks, entries, plan, err := f.leastWeeks(WayShift, f.withoutHeld(at), first, 1)
	if r.Entries, r.Plan, r.Err = entries, plan, err; err == nil {
		r.Text = text + plural(weeks, "week")
	}
	f.add(r)
}

// withoutHeld returns sessions without those that are held after the first of these.
func (f *fixer) withoutHeld(at []int) []int {
	if len(f.held) == 0 {
		return at
	}
	return slices.DeleteFunc(slices.Clone(at), func(i int) bool { return i != f.held[0] && slices.Contains(f.held, i) })
}

// reanchor offers to count again from the first day that the first session can have.
// Several keep their distances: they are moved by weeks first.
func (f *fixer) reanchor() {
	f.add(f.reanchored(Repair{Way: WayReanchor, Text: "take " + f.it() + " and count the sessions after " + f.afterThem() + " from "}, f.after()))
}

// reanchored finds the first day, from one on, to count again from.
func (f *fixer) reanchored(r Repair, from int32) Repair {
	at := f.withoutHeld(f.named)
	if len(at) == 1 {
		return f.firstDay(r, nil, f.plan, f.first, func(d date.Date) Happening { return Reanchored{Session: f.plan.id(at[0]), Date: d} }, from)
	}
	_, entries, plan, err := f.leastWeeks(r.Way, at, f.first, 0)
	var first int
	if err == nil {
		if first = f.now(plan, at[0]); first < 0 { // it was left out
			err = &EventError{Field: "Sessions", Value: f.plan.id(at[0]).String(), Want: "want a day for the first of them", Err: ErrNoDay}
		}
	}
	if err != nil {
		r.Text += "a later day"
		r.Err = err
		return r
	}
	id := plan.id(first)
	return f.firstDay(r, entries, plan, nil, func(d date.Date) Happening { return Reanchored{Session: id, Date: d} }, from)
}

// after returns the first day to look at: that of the first session where it may be
// there, and none that one of the sessions was missed on or has lost.
func (f *fixer) after() int32 {
	from := f.today
	for k, i := range f.named {
		s := &f.plan.slots[i]
		switch gone := slices.Contains(f.gone, i) || slices.Contains(f.lost, i) || s.state == StateHeld; {
		case s.left:
		case gone && (k == 0 || s.day == f.today):
			from = max(from, s.day+1)
		case k == 0:
			from = max(from, s.day)
		}
	}
	return from
}

// firstDay finds the earliest day, from one on, on which the first session that an
// event plans has its target.
func (f *fixer) firstDay(r Repair, entries []Entry, plan *Plan, first []Happening, how func(date.Date) Happening, from int32) Repair {
	const longest = 60
	for day := from; day < from+longest; day++ {
		made, next, err := f.goOn(r.Way, entries, plan, append(slices.Clone(first), how(civil.Date(day)))...)
		if err != nil {
			if r.Err == nil {
				r.Err = err
			}
			continue
		}
		// A day that the session itself cannot have anchors nothing, nor does
		// one that a session before it has.
		before := f.plan.slots[:f.named[0]]
		if !slices.ContainsFunc(next.slots, func(s slot) bool {
			return s.pending() && s.day == day && s.Target == day && !slices.ContainsFunc(before, func(t slot) bool { return t.serial == s.serial })
		}) {
			continue
		}
		r.Text += dayText(civil.Date(day))
		r.Entries, r.Plan, r.Err = made, next, nil
		return r
	}
	if r.Err == nil {
		r.Err = &EventError{Field: "Date", Want: "want a possible day within " + plural(longest, "day"), Err: ErrNoDay}
	}
	r.Text += "a later day"
	return r
}

// restart offers to begin the phase again, and each before it.
func (f *fixer) restart() {
	c := &f.plan.course
	own := c.PhaseNamed(f.phase())
	for phase := own; phase >= c.FirstPhase() && phase >= 0; phase-- {
		if !c.Plans(phase) {
			continue
		}
		again := Restarted{Session: f.plan.id(f.named[0])}
		if phase != own {
			again.Phase = f.plan.phases[phase].Name
		}
		f.add(f.firstDay(Repair{Way: WayRestart, Text: "begin " + strconv.Quote(f.plan.phases[phase].Name) + " again on "}, nil, f.plan, f.first,
			func(d date.Date) Happening { again.Date = d; return again }, f.after()))
	}
}
