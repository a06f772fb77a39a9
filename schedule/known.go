package schedule

import (
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A known is what facts say of the patient and of the clinic. Every fact adds to it
// in the same way, whether it is recorded or read again: an event adds to what the
// plan knew, a correction begins with what the request said and adds the facts that
// hold then.
type known struct {
	height dose.Height // that of the request
	// heights are what was measured since, in the order of their dates, and on one day
	// as they were recorded.
	heights   list[measurement]
	weighings list[Weighing]
	wishes    Wishes
	calendar  *clinic.Table // what the clinic answered, and what was learned since
	// own reports that no other plan has the calendar, which then may learn more.
	own bool
	// entry is the number of the entry that adds to it, by that of the entry in whose
	// words it does, which may be a correction, and wishedBy that by which the wishes are
	// so, 0 for the request.
	entry, by, wishedBy int32
	// atSessions is how many of the weighings were measured at a session.
	atSessions int32
	// since is the plan's start: what the clinic does before it matters to nothing.
	since date.Date
	// attendance is what became of visits, in the order in which it was recorded.
	attendance []attendance
}

// table returns the calendar, which from now on is no other plan's: the answers of
// the plan before stay those it was made with.
func (k *known) table() *clinic.Table {
	if !k.own {
		k.own, k.calendar = true, k.calendar.Clone()
	}
	return k.calendar
}

// A fact is a happening that says what is so. It can be put right and withdrawn,
// whatever was planned since.
type fact interface {
	Happening
	// check refuses what cannot be, as of an edit.
	check(e *edit) error
	// know adds what the fact says to what is known. Both a plan that is being
	// edited and the beginning of a new reading can be added to: what they share with
	// other plans is copied before it is changed.
	know(k *known)
}

// learn adds a fact that says nothing of sessions to what the plan knows.
func (e *edit) learn(f fact) error {
	if err := f.check(e); err != nil {
		return err
	}
	e.plan.entry, e.plan.by = e.at.entry, e.at.entry
	f.know(&e.plan.known)
	return e.learned()
}

// learned makes again what follows from what is known.
func (e *edit) learned() error {
	p := e.plan
	p.patient = newPatient(&p.wishes)
	if err := e.wish(); err != nil {
		return err
	}
	if err := calendarError(p.calendar); err != nil {
		return e.refuse(err, "plan", "", err.Error())
	}
	return nil
}

// ask makes sure that it is known whether the clinic was open on a day on which
// something took place, and on the next where it ended then by the times that were stated.
func (k *known) ask(d date.Date, start, end clinic.TimeOfDay) {
	last := d
	if !start.IsZero() && !end.IsZero() && end.Compare(start) <= 0 {
		last++
	}
	for ; d <= last; d++ {
		if d >= k.since && !k.calendar.Known(d) {
			k.table().Ask(d)
		}
	}
}

// weigh adds a weighing, after those of its day.
func (k *known) weigh(w Weighing) {
	at := k.weighingOn(civil.Day(w.Date)) + 1
	if at > 0 && *k.weighings.at(at - 1) == w {
		return
	}
	k.weighings = k.weighings.insert(at, w)
	k.atSessions += atSessions([]Weighing{w})
}

// weighingOn returns the position of the weighing that holds on a day: the last
// on or before it, -1 for none.
func (k *known) weighingOn(day int32) int {
	// Sessions to come mostly use the last.
	if last := k.weighings.len() - 1; last < 0 || civil.Day(k.weighings.at(last).Date) <= day {
		return last
	}
	return k.weighings.position(func(w *Weighing) bool { return civil.Day(w.Date) > day }) - 1
}

// atSessions returns how many weighings were measured at a session.
func atSessions(weighings []Weighing) int32 {
	n := int32(0)
	for i := range weighings {
		if !weighings[i].Session.IsZero() {
			n++
		}
	}
	return n
}

// checkWeight refuses a weight that no patient of this height has.
func (e *edit) checkWeight(field string, w dose.Weight, d date.Date) error {
	if err := e.plan.plausible.CheckBody(dose.Body{Weight: w, Height: e.plan.heightOn(civil.Day(d))}); err != nil {
		return e.refuse(err, field, w.String(), err.Error())
	}
	return nil
}
