package schedule

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Build makes the plan of a request: every session on the best day that the
// clinic's calendar allows, at a time, with its dose. The same request gives
// the same plan. It returns
//
//   - an error that joins a [*RequestError] for each value of the request that
//     is missing or wrong;
//   - a [*StartError] if the clinic is closed on the first day;
//   - a [*BuildError] if a session cannot be placed;
//   - a [*DoseError] if a dose cannot be computed or passes a hard limit.
//
// It is a [Planner] that is used once. Whoever makes many plans of one protocol at
// one clinic keeps the Planner.
func Build(r Request) (*Plan, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	return r.build(clinic.NewTable(r.Opening, r.location()))
}

// build makes the plan of a request that was checked, with the answers that a
// table has.
func (r *Request) build(calendar *clinic.Table) (*Plan, error) {
	pl := newPlanner(r.Protocol)
	p := newPlan()
	if err := pl.build(r, p, calendar); err != nil {
		return nil, err
	}
	return p, nil
}

// newPlan returns a plan to be built.
func newPlan() *Plan { return &Plan{origin: new(origin)} }

// build makes the plan of a request that was checked, with the answers that a
// table has. What memory the plan has already is used again.
func (pl *Planner) build(r *Request, p *Plan, calendar *clinic.Table) error {
	p.begin(r, pl)
	p.calendar = calendar
	if err := p.openOnStart(); err != nil {
		return err
	}
	if err := p.expand(pl); err != nil {
		return err
	}
	if err := p.noteAppointments(); err != nil {
		return err
	}
	if err := p.place(&pl.scratch); err != nil {
		return err
	}
	if err := p.dose(pl.worked); err != nil {
		return err
	}
	p.serials = uint32(len(p.slots))
	for i := range p.slots {
		p.slots[i].serial = uint32(i + 1)
	}
	p.derive()
	if err := p.checkBeside(); err != nil {
		return err
	}
	if err := p.accompany(); err != nil {
		return err
	}
	p.calendar.Freeze()
	return nil
}

// begin makes the plan what is known before anything is planned.
func (p *Plan) begin(r *Request, pl *Planner) {
	request := r.cloneInto(&p.origin.request)
	p.origin.from(request, pl.adult)
	*p = Plan{
		origin: p.origin,
		planState: planState{
			protocol: r.Protocol, tenures: pl.tenures, asOf: r.AsOf.Round(0), known: p.built.knows(nil, &p.weighed), accepted: sharing(request.Accepted),
			course: pl.course.For(civil.Day(r.Start), civil.Day(r.Until), r.Wishes.Weekdays),
			slots:  p.slots[:0], doses: growing[plannedDose]{tail: p.doses.tail[:0]}, visits: p.visits[:0],
		},
		derived: derived{rules: pl.rules, byDay: p.byDay[:0]},
	}
	p.patient = newPatient(&p.wishes)
}

// from makes the origin that of a request, which does not change any more.
func (o *origin) from(r Request, adult *dose.Plausibility) {
	*o = origin{
		request: r, start: r.Start, zone: r.location(), grid: r.grid(), shortWeek: r.ShortWeek,
		sex: r.Sex, plausible: adult, earlier: sortedBefore(r.GivenBefore), builtBy: Rules,
	}
	o.built = &o.request
	if r.Plausible != (dose.Plausibility{}) {
		o.plausible = &o.built.Plausible
	}
}

// A scratch is memory that planning needs and no plan keeps. The zero scratch is
// ready.
type scratch struct {
	sessions []course.Session
	placer   placer
}

// knows returns what a request knows, with the answers that a table has. The
// weighings of the request go into a chunk that no list has yet.
func (r *Request) knows(calendar *clinic.Table, first *chunk[Weighing]) known {
	weighings := slices.Clip(r.Weighings)
	if byDate := func(a, b Weighing) int { return cmp.Compare(a.Date, b.Date) }; !slices.IsSortedFunc(weighings, byDate) {
		weighings = slices.Clone(weighings)
		slices.SortFunc(weighings, byDate)
	}
	weighings = weighedBefore(sortedBefore(r.GivenBefore), weighings)
	return known{height: r.Height, weighings: first.of(weighings), atSessions: atSessions(weighings), wishes: r.Wishes.clone(), calendar: calendar, since: r.Start}
}

// openOnStart returns an error if the clinic is closed on the first day.
func (p *Plan) openOnStart() error {
	const ahead = 366
	c := p.calendar
	open := c.Open(p.start)
	if err := calendarError(c); err != nil || open {
		return err
	}
	closed := &StartError{Start: p.start, Reason: c.Reason(p.start)}
	for day := p.start + 1; day <= p.start+ahead && civil.InRange(day); day++ {
		if c.Open(day) {
			closed.NextOpen = day
			break
		}
	}
	if err := calendarError(c); err != nil {
		return err
	}
	return closed
}

// expand finds the targets and windows of the sessions.
func (p *Plan) expand(pl *Planner) error {
	if p.shortWeek != Carry && len(p.wishes.Weekdays) == 0 {
		if list, days, ok := pl.outline.From(p.course.Start); ok {
			p.ask(list, days)
			return nil
		}
	}
	s := &pl.scratch
	var room course.Room
	if p.shortWeek == Carry {
		p.placerIn(&s.placer, nil)
		room = &s.placer
	}
	sessions, carried, err := p.course.UnfoldInto(s.sessions, room)
	p.carried = carried
	p.ask(sessions, 0)
	if err == nil {
		s.sessions = sessions
	}
	if err := calendarError(p.calendar); err != nil {
		return err
	}
	return p.courseError(err)
}

// ask makes the plan one of sessions, each so many days later.
func (p *Plan) ask(sessions []course.Session, days int32) {
	if n := len(sessions); cap(p.slots) < n {
		p.slots = make([]slot, n) // which is clear
	} else {
		p.slots = p.slots[:n]
		clear(p.slots)
	}
	for i := range sessions {
		p.slots[i].Session, p.slots[i].dose = sessions[i].Later(days), noDose
	}
}

// courseError says in words why a protocol has no course.
func (p *Plan) courseError(err error) error {
	e, ok := errors.AsType[*course.Error](err)
	if !ok {
		return err
	}
	switch e.Code {
	case course.TooMany:
		return &RequestError{Field: "Until", Value: civil.Format(p.Until()), Want: "want at most 20000 sessions in a plan"}
	case course.TooLate:
		return &RequestError{
			Field: "Start", Value: civil.Format(p.Start()),
			Want: "want a plan that ends by 2200-12-31: session " + strconv.Itoa(len(e.Sessions)+1) + " does not",
		}
	case course.WeekTaken:
		return &RequestError{
			Field: "Protocol", Value: p.course.Segment(e.Segment).String(),
			Want: "want a first session after every earlier target: week " + strconv.Itoa(e.Week) + " begins on " +
				civil.Format(civil.Date(e.Day)) + ", the target before it is " + civil.Format(civil.Date(e.Before)),
		}
	case course.Unplaced:
		slots := make([]slot, len(e.Sessions))
		for i := range slots {
			slots[i].Session = e.Sessions[i]
		}
		placer := p.placer(slots)
		last := len(slots) - 1
		return placer.blocked(placer.placement.Blocked(last, last-1, e.Earliest))
	default:
		return err
	}
}

// noteAppointments notes the appointments.
func (p *Plan) noteAppointments() error {
	var errs requestErrors
	for _, a := range p.wishes.Appointments {
		if a.Ordinal > len(p.slots) {
			errs.add("Appointments", strconv.Itoa(a.Ordinal), "want the number of a session: the plan has "+strconv.Itoa(len(p.slots)))
			continue
		}
		s := &p.slots[a.Ordinal-1]
		s.fixed = civil.Day(a.Date)
		s.agreed = s.fixed
		if p.shortWeek != Postpone && (s.fixed < s.Earliest || s.fixed > s.Latest) {
			errs.add("Appointments", civil.Format(a.Date), "want a day in the window of session "+strconv.Itoa(a.Ordinal)+", "+
				dayText(civil.Date(s.Earliest))+" to "+dayText(civil.Date(s.Latest)))
		}
	}
	return errs.err()
}

// place finds the days and times of the sessions.
func (p *Plan) place(s *scratch) error {
	p.reserve()
	p.placerIn(&s.placer, p.slots)
	blocked := s.placer.place()
	// Explaining a plan needs the answers for every day of a window, also for
	// those that placing it never had to ask about.
	for i := range p.slots {
		p.calendar.AskAll(civil.Date(p.slots[i].Earliest), civil.Date(p.slots[i].Latest))
	}
	if err := calendarError(p.calendar); err != nil {
		return err
	}
	if blocked != nil {
		return blocked
	}
	need := p.need(0)
	for i := range p.slots {
		s := &p.slots[i]
		if s.left {
			continue
		}
		need.Minutes = int(s.Minutes)
		start, end := p.timesAfter(s, need, p.slots[max(0, i-1):i])
		s.start, s.end = int16(start), int16(end)
	}
	return nil
}

// reserve makes room for the answers of the days of all windows.
func (p *Plan) reserve() {
	if len(p.slots) == 0 {
		return
	}
	first, last := p.slots[0].Earliest, p.slots[0].Latest
	for i := range p.slots {
		first, last = min(first, p.slots[i].Earliest), max(last, p.slots[i].Latest)
	}
	if first <= last && civil.InRange(civil.Date(first)) && civil.InRange(civil.Date(last)) {
		p.calendar.Reserve(civil.Date(first), civil.Date(last))
	}
}

// calendarError returns the first answer of an opening that made no sense.
func calendarError(c *clinic.Table) error {
	if err, ok := errors.AsType[*clinic.Error](c.Err()); ok {
		return (*RequestError)(err)
	}
	return nil
}

// need returns what a visit of so many minutes needs of a day: nothing is planned
// before the as-of, while a record says what was.
func (p *Plan) need(minutes int) clinic.Need {
	return clinic.Need{Minutes: minutes, Grid: int(p.grid.Minutes()), NotBefore: p.now(), Preferred: p.wishes.Preferred}
}

// now returns the first instant, in Unix seconds, for which something can be
// planned.
func (p *Plan) now() int64 {
	if p.recorded() {
		return clinic.Always
	}
	now := p.asOf.Unix()
	if p.asOf.Nanosecond() > 0 {
		now++
	}
	return now
}

// today returns the first day for which something can be planned.
func (p *Plan) today() int32 {
	if p.recorded() {
		return 0
	}
	return civil.Day(civil.Of(p.asOf, p.zone))
}
