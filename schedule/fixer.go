package schedule

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/course"
)

// A fixer collects the ways on from one session.
type fixer struct {
	plan    *Plan
	at      int
	id      ID
	asOf    time.Time
	today   int32
	repairs []Repair
	present []Finding // of the plan as it is
}

func (f *fixer) slot() *slot { return &f.plan.slots[f.at] }

// offer adds a way whose events are known.
func (f *fixer) offer(r Repair, what ...Happening) {
	if r.Source == "" {
		r.Source = unnamedSource
	}
	if r.Err == nil {
		r.Entries, r.Plan, r.Err = f.try(r.Way, what...)
	}
	if r.Err == nil {
		r.Diff, r.Findings = f.plan.Diff(r.Plan), f.caused(r.Plan)
	}
	f.repairs = append(f.repairs, r)
}

// try applies happenings to the plan.
func (f *fixer) try(way Way, what ...Happening) ([]Entry, *Plan, error) {
	plan := f.plan
	var entries []Entry
	for i, w := range what {
		entry := Entry{Event: Event{ID: f.eventID(way, i), What: w}, AsOf: f.asOf}
		next, err := plan.Apply(entry.Event, entry.AsOf)
		if err != nil {
			return nil, nil, unnamed(err)
		}
		plan, entries = next, append(entries, entry)
	}
	return entries, plan, nil
}

// unnamed takes the event from an error: it is one that nobody has sent.
func unnamed(err error) error {
	if refused, ok := errors.AsType[*EventError](err); ok {
		plain := *refused
		plain.Event, plain.Kind = "", ""
		return &plain
	}
	return err
}

// eventID returns an id that the plan does not have: it counts the events before
// it.
func (f *fixer) eventID(way Way, i int) string {
	return "repair-" + strconv.Itoa(f.plan.journal.len()) + "-" + strconv.Itoa(int(way)) + "-" + strconv.Itoa(len(f.repairs)+1) + "-" + strconv.Itoa(i+1)
}

// caused returns the findings of a plan that the present one does not have.
func (f *fixer) caused(plan *Plan) []Finding {
	if f.present == nil {
		f.present = append(Validate(f.plan), Finding{})
	}
	return slices.DeleteFunc(Validate(plan), func(now Finding) bool {
		return slices.ContainsFunc(f.present, func(was Finding) bool { return was.Code == now.Code && was.ID == now.ID })
	})
}

// late offers the ways on from a session that was to take place by now.
func (f *fixer) late() {
	f.catchUp(func(d date.Date) Happening { return Moved{Session: f.id, Date: d} })
	f.missed([]Happening{Missed{Session: f.id}})
}

// missed offers the ways on from a session that will not take place, after what
// says so.
func (f *fixer) missed(first []Happening) {
	s := f.slot()
	if s.replaced {
		f.offer(Repair{Way: WaySkip, Text: "another session makes up for it already"}, first...)
		return
	}
	continued := f.rules(protocol.Continue)
	for _, rule := range continued {
		f.offer(f.by(rule, Repair{Way: WaySkip, Text: "go on as planned without it"}), first...)
	}
	if len(continued) == 0 {
		f.offer(Repair{Way: WaySkip, Text: "go on as planned without it"}, first...)
	}
	if first == nil {
		f.catchUp(func(d date.Date) Happening { return Added{Date: d, For: f.id} })
	}
	f.move(first, true)
	appended := Repair{Way: WayAppend, Text: "make up for it after the last session of the plan"}
	if rules := f.rules(protocol.Extend); len(rules) > 0 {
		appended = f.by(rules[0], appended)
	}
	f.offer(appended, append(slices.Clone(first), Appended{Session: f.id})...)
	f.again(first)
}

// held offers the ways on from a treatment that waits.
func (f *fixer) held() {
	f.offer(Repair{Way: WaySkip, Text: "resume on the dates that are not past, without the sessions in between"}, Resumed{})
	f.move(nil, true)
	f.again(nil)
}

// given offers the ways on after a session that was early or late.
func (f *fixer) given() {
	s := f.slot()
	f.offer(Repair{Way: WaySkip, Text: "leave the sessions after it on the dates they have"})
	if s.day == s.Target || s.Extra {
		return
	}
	_, after := f.plan.neighbours(f.at)
	if after < 0 || f.plan.slots[after].state == StateGiven {
		return
	}
	next := f.plan.id(after)
	f.offer(Repair{Way: WayCatchUp, Text: "keep the grid: place the sessions after it again inside their windows"}, Shifted{Session: next})
	f.shift(nil, next, "move the sessions after it later by ")
	f.offer(Repair{Way: WayReanchor, Text: "count the sessions after it from " + dayText(civil.Date(s.day)) + ", the day it was given"}, Reanchored{Session: f.id})
}

// coming offers the ways on from a session that is still to take place.
func (f *fixer) coming() {
	f.catchUp(func(d date.Date) Happening { return Moved{Session: f.id, Date: d} })
	f.move(nil, false)
}

// catchUp offers the best day of the session's window.
func (f *fixer) catchUp(how func(date.Date) Happening) {
	s := f.slot()
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
	r.Err = &EventError{
		Field: "Date", Err: ErrNoDay,
		Want: "want a day from " + dayText(civil.Date(max(s.Earliest, f.today))) + " on, the window ended on " + dayText(civil.Date(s.Latest)),
	}
	var why []string
	for _, day := range days {
		what := how(civil.Date(day))
		_, _, err := f.try(WayCatchUp, what)
		if added, ok := what.(Added); ok && err == nil {
			err = added.refused(f.plan, f.asOf)
		}
		if err == nil {
			r.Err = nil
			r.Text = "catch up inside its window, on " + dayText(civil.Date(day))
			f.offer(r, what)
			return
		}
		if refused, ok := errors.AsType[*EventError](err); ok {
			why = append(why, dayText(civil.Date(day))+": "+strings.TrimPrefix(refused.Want, "want another day: "))
		}
	}
	if len(why) > 0 {
		r.Err = &EventError{Field: "Date", Want: strings.Join(why, "; "), Err: ErrNoDay}
	}
	f.offer(r)
}

// move offers to move the session and the rest: by weeks, or counted again.
func (f *fixer) move(first []Happening, again bool) {
	f.shift(first, f.id, "move it and the sessions after it later by ")
	text := "take it and count the sessions after it from "
	f.firstDay(Repair{Way: WayReanchor}, text, first, func(d date.Date) Happening { return Reanchored{Session: f.id, Date: d} }, again)
}

// shift offers the fewest weeks that will do.
func (f *fixer) shift(first []Happening, id ID, text string) {
	r := Repair{Way: WayShift}
	least := 1
	if s, _ := f.plan.Session(id); s.slot().Target < f.today {
		least = max(least, int(f.today-s.slot().Target+6)/7)
	}
	for weeks := least; weeks < least+course.MaxWeeks; weeks++ {
		what := append(slices.Clone(first), Shifted{Session: id, Weeks: weeks})
		if _, _, err := f.try(WayShift, what...); err != nil {
			if r.Err == nil {
				r.Err = err
			}
			continue
		}
		r.Err, r.Text = nil, text+plural(weeks, "week")
		f.offer(r, what...)
		return
	}
	r.Text = text + "whole weeks"
	f.offer(r)
}

// firstDay offers the earliest day, after that of the session and not before
// today, on which the first session that an event plans has its target.
func (f *fixer) firstDay(r Repair, text string, first []Happening, how func(date.Date) Happening, after bool) {
	const longest = 60
	from := f.today
	switch s := f.slot(); {
	case s.left || s.day < from:
	case after:
		from = s.day + 1
	default:
		from = s.day
	}
	for day := from; day < from+longest; day++ {
		what := append(slices.Clone(first), how(civil.Date(day)))
		_, plan, err := f.try(r.Way, what...)
		if err != nil {
			if r.Err == nil {
				r.Err = err
			}
			continue
		}
		// A day that the session itself cannot have anchors nothing, nor does
		// one that a session before it has.
		if !slices.ContainsFunc(plan.slots, func(s slot) bool {
			before := slices.ContainsFunc(f.plan.slots[:f.at], func(t slot) bool { return t.serial == s.serial })
			return s.pending() && s.day == day && s.Target == day && !before
		}) {
			continue
		}
		r.Err, r.Text = nil, text+dayText(civil.Date(day))
		f.offer(r, what...)
		return
	}
	if r.Err == nil {
		r.Err = &EventError{Field: "Date", Want: "want a possible day within " + plural(longest, "day"), Err: ErrNoDay}
	}
	r.Text = text + "a later day"
	f.offer(r)
}

// again offers to begin the phase again, and to step back where the protocol
// does.
func (f *fixer) again(first []Happening) {
	name := f.plan.phases[f.slot().Phase].Name
	f.firstDay(Repair{Way: WayRestart}, "begin "+strconv.Quote(name)+" again on ", first,
		func(d date.Date) Happening { return Restarted{Session: f.id, Date: d} }, true)
	for _, rule := range f.rules(protocol.StepBack) {
		r := f.by(rule, Repair{Way: WayStepBack, Text: "return to the frequency of " + strconv.Quote(rule.To) + " for the sessions that " + strconv.Quote(name) + " has left"})
		reason := rule.Condition
		if reason == "" {
			reason = "missed session"
		}
		f.offer(r, append(slices.Clone(first), SteppedBack{Session: f.id, To: rule.To, Reason: reason})...)
	}
}

// rules returns what the protocol says about a missed session of this phase that
// has a decision follow.
func (f *fixer) rules(then protocol.Decision) []missedRule {
	var list []missedRule
	name := f.plan.phases[f.slot().Phase].Name
	for i, rule := range f.plan.protocol.Spec().Missed {
		if rule.Then == then && (rule.Phase == "" || rule.Phase == name) {
			list = append(list, missedRule{rule, "/missed/" + strconv.Itoa(i)})
		}
	}
	return list
}

// A missedRule is a rule of the protocol and its place in it.
type missedRule struct {
	protocol.MissedRule
	place string
}

// by says which rule of the protocol a way rests on.
func (f *fixer) by(rule missedRule, r Repair) Repair {
	r.Condition = rule.Condition
	for _, source := range f.plan.protocol.Spec().Sources {
		if source.Key != rule.Source {
			continue
		}
		r.Source = source.Citation
		read := false
		for _, fact := range source.Facts {
			if fact.About == rule.place {
				r.Quote = fact.Quote
				read = fact.Grade == protocol.Primary || fact.Grade == protocol.Secondary
			}
		}
		if !read {
			r.Source += " (" + unverified + ")"
		}
	}
	return r
}
