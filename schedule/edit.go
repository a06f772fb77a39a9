package schedule

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// An edit is a plan while an event changes it: a copy, so that the plan before
// stays as it is and can be shared.
type edit struct {
	plan  *Plan
	old   *Plan
	entry Entry
	today int32
	// noted is how many sessions there were when decisions were noted last.
	noted uint32
	olds  []int32 // the positions in the old plan, by serial
	at    step    // what is being applied
}

func newEdit(old *Plan, entry Entry, today int32) *edit {
	p := *old
	p.asOf = entry.AsOf
	p.slots = slices.Clone(old.slots)
	// What is only appended to can share what it has.
	p.given, p.doses = slices.Clip(old.given), old.doses.share()
	p.reached, p.gave, p.chosen = slices.Clip(old.reached), slices.Clip(old.gave), slices.Clip(old.chosen)
	p.wishes.Absences = slices.Clip(old.wishes.Absences)
	p.attendance = slices.Clip(old.attendance)
	p.decided = slices.Clip(old.decided)
	p.own = false
	e := &edit{plan: &p, old: old, entry: entry, today: today, noted: old.serials}
	e.at = e.step()
	return e
}

// refuse returns why the event is refused.
func (e *edit) refuse(err error, field, value, want string) error {
	return &EventError{Field: field, Value: value, Want: want, Err: err}
}

// name says in an error which event it is about.
func (e *edit) name(err error) error {
	refused, ok := errors.AsType[*EventError](err)
	if !ok {
		refused = &EventError{Field: "plan", Want: err.Error(), Err: err}
	}
	named := *refused
	named.Event, named.Kind = e.entry.Event.ID, e.entry.Event.What.kind()
	return &named
}

// number returns the number of the entry in the journal.
func (e *edit) number() int { return e.old.journal.len() + 1 }

// come reports whether a minute of a day has come as of the entry. The start of the
// day stands for a time that is not known.
func (e *edit) come(day int32, minute int) bool {
	at, _ := civil.NewZone(e.plan.zone).Resolve(civil.Date(day), max(0, minute))
	return at <= e.entry.AsOf.Unix()
}

// calendar returns the calendar of the plan, which from now on is its own.
func (e *edit) calendar() *clinic.Table { return e.plan.table() }

// find returns the position of a session.
func (e *edit) find(field string, id ID) (at int, err error) {
	if id.IsZero() {
		return at, e.refuse(ErrEvent, field, "", "want the id of a session")
	}
	e.plan.name()
	if at = e.plan.named(id); at < 0 {
		return at, e.refuse(ErrUnknownSession, field, id.String(), "want the id of a session of the plan")
	}
	return at, nil
}

// pending returns the position of a session that is still to take place.
func (e *edit) pending(field string, id ID) (int, error) {
	at, err := e.find(field, id)
	if err != nil {
		return at, err
	}
	s := &e.plan.slots[at]
	switch {
	case s.pending():
		return at, nil
	case s.left:
		return at, e.refuse(ErrSettled, field, id.String(), "want a session that is to take place: session "+strconv.Itoa(at+1)+" was left out")
	case s.state == StateHeld:
		return at, e.refuse(ErrSettled, field, id.String(), "want a session that is to take place: session "+strconv.Itoa(at+1)+" is held until the treatment is resumed")
	default:
		return at, e.refuse(ErrSettled, field, id.String(), "want a session that is to take place: session "+strconv.Itoa(at+1)+" was "+
			s.state.String()+" on "+dayText(civil.Date(s.day)))
	}
}

// past refuses a date that is not one on which something can have happened.
func (e *edit) past(field string, d date.Date) error {
	if err := e.happenedOn(field, d); err != nil {
		return err
	}
	if d < e.plan.start {
		return e.refuse(ErrBeforeStart, field, civil.Format(d), "want a date that is not before the plan's start, "+civil.Format(e.plan.start))
	}
	return nil
}

// happenedOn refuses a date on which nothing can have happened: what the plan says of
// it does not matter.
func (e *edit) happenedOn(field string, d date.Date) error {
	if err := e.exists(field, d); err != nil {
		return err
	}
	if civil.Day(d) > e.today {
		return e.refuse(ErrFuture, field, civil.Format(d), "want a date that is not after the as-of one, "+civil.Format(civil.Date(e.today)))
	}
	return nil
}

// coming refuses a date that nothing can be planned for any more.
func (e *edit) coming(field string, d date.Date) error {
	if err := e.exists(field, d); err != nil {
		return err
	}
	switch {
	case civil.Day(d) < e.today:
		return e.refuse(ErrOrder, field, civil.Format(d), "want a date that is not before the as-of one, "+civil.Format(civil.Date(e.today)))
	case d < e.plan.Start():
		return e.refuse(ErrBeforeStart, field, civil.Format(d), "want a date that is not before the plan's start, "+civil.Format(e.plan.Start()))
	}
	return nil
}

// exists refuses a date that there is not in the clinic's zone.
func (e *edit) exists(field string, d date.Date) error {
	switch {
	case d == 0:
		return e.refuse(ErrEvent, field, "", "want a date")
	case !civil.InRange(d):
		return e.refuse(ErrEvent, field, civil.Format(d), "want a date from 1900-01-01 to 2200-12-31")
	case civil.NewZone(e.plan.zone).Skips(d):
		return e.refuse(ErrEvent, field, civil.Format(d), "want a day that exists in "+e.plan.zone.String())
	default:
		return nil
	}
}

// begins returns the instant at which a session is to begin, in Unix seconds; one whose
// time is unknown begins with its day.
func (e *edit) begins(s *slot) int64 {
	at, _ := civil.NewZone(e.plan.zone).Resolve(civil.Date(s.day), max(0, int(s.start)))
	return at
}

// asOfText returns the as-of instant on the clinic's clock.
func (e *edit) asOfText() string {
	d, minute := civil.NewZone(e.plan.zone).Read(e.plan.asOf.Unix())
	return civil.Format(d) + " " + clockText(int16(minute))
}

// nextAfter returns the position of the first session after one that takes place or took
// place, -1 for none.
func (p *Plan) nextAfter(index int) int {
	for i := index + 1; i < len(p.slots); i++ {
		if p.slots[i].takesPlace() {
			return i
		}
	}
	return -1
}

// lastGiven returns the position of the session at which something was given on
// the latest day, -1 for none.
func (p *Plan) lastGiven() int {
	last := -1
	for i := range p.slots {
		if s := &p.slots[i]; s.dosed() && (last < 0 || s.day >= p.slots[last].day) {
			last = i
		}
	}
	return last
}

// insert adds a session where its day belongs and returns its position.
func (e *edit) insert(s slot) int {
	p := e.plan
	p.serials++
	s.serial, s.revision, s.state, s.given, s.left, s.nothing, s.onHold, s.withdrawn = p.serials, 0, 0, 0, false, false, false, false
	at := 0
	for i, key := range p.order() {
		if key <= 2*s.day+1 {
			at = i + 1
		}
	}
	p.slots = slices.Insert(p.slots, at, s)
	return at
}

// takesPlace reports whether the session took place or is to.
func (s *slot) takesPlace() bool { return s.pending() || s.state == StateGiven }

// finish makes everything that follows from the sessions true again.
func (e *edit) finish() error {
	p := e.plan
	e.note(e.at)
	e.sort()
	p.dosePending()
	p.derive()
	p.journal = p.journal.add(Entry{Event: cloneEvent(e.entry.Event), AsOf: e.entry.AsOf})
	if err := e.accompany(); err != nil {
		return err
	}
	e.revise()
	if p.own {
		p.calendar.Freeze()
	}
	return nil
}

// revise raises the revision of every session whose date, time, length, state or
// planned level changed, or that was lost or no longer is, and keeps what was said
// of it before.
func (e *edit) revise() {
	by := int32(e.number())
	for i := range e.plan.slots {
		s := &e.plan.slots[i]
		at, known := e.before(s.serial)
		if !known {
			s.by, s.told = by, nil
			continue
		}
		if was := e.old.slots[at].dose; was >= 0 && s.dose >= 0 && e.plan.doses.at(s.dose).same(e.plan.doses.at(was)) {
			s.dose = was
		}
		was, now := e.old.said(at), e.plan.said(i)
		s.revision, s.by, s.told = was.revision, was.by, was.before
		if !now.same(&was) {
			s.by, s.told = by, new(was)
		}
		switch {
		case s.left && was.left:
			// One that never had a date is in no calendar. Any other is there as
			// cancelled, on its target.
			if was.revision > 0 && s.Target != e.old.slots[at].Target {
				s.revision++
				s.by, s.told = by, &was
			}
		case now.shows(&was), !s.took() && now.level != was.level:
			s.revision++
		}
	}
}

// daysTaken returns the positions of the sessions that have a day, in order.
func (p *Plan) daysTaken() []int {
	taken, last, sorted := make([]int, 0, len(p.slots)), int32(0), true
	for i := range p.slots {
		if s := &p.slots[i]; s.takesPlace() {
			taken = append(taken, i)
			last, sorted = s.day, sorted && last <= s.day
		}
	}
	if !sorted {
		slices.SortStableFunc(taken, func(i, j int) int { return cmp.Compare(p.slots[i].day, p.slots[j].day) })
	}
	return taken
}
