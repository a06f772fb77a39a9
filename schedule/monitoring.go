package schedule

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/internal/place"
)

// Monitoring is what is looked at beside the sessions on a cadence of its own. Its visits
// follow from day 1 of the treatment, or from the target of the first session of a phase,
// by the same course as targets of sessions, and are put on days by the same placement,
// where one that finds no day is left without. Sessions know nothing of them.

// treated is how the sessions of the treatment that holds stand: those that took place,
// take place or are held.
type treated struct {
	days   []int32 // in order
	states []State
	goesOn bool // a cadence without end, which nobody has stopped
}

// treatedNow returns how the sessions of the treatment that holds stand.
func (p *Plan) treatedNow() (t treated) {
	type standing struct {
		day   int32
		state State
	}
	var list []standing
	for i := range p.slots {
		s := &p.slots[i]
		if !s.takesPlace() && s.state != StateHeld || !p.going(s.Phase) {
			continue
		}
		state := StatePlanned
		if !s.took() {
			state = p.state(i)
		}
		list = append(list, standing{s.day, state})
	}
	slices.SortStableFunc(list, func(a, b standing) int { return int(a.day - b.day) })
	for _, s := range list {
		t.days, t.states = append(t.days, s.day), append(t.states, s.state)
	}
	t.goesOn = p.goesOn()
	return t
}

// last returns the day of the last session, and false where there is none.
func (t *treated) last() (day int32, ok bool) {
	if len(t.days) == 0 {
		return 0, false
	}
	return t.days[len(t.days)-1], true
}

// on returns the state of a visit that is for the treatment of a day: that of the next
// session, and of the last where the cadence goes on without end.
func (t *treated) on(day int32) (state State, ok bool) {
	at, _ := slices.BinarySearch(t.days, day)
	switch {
	case at < len(t.states):
		return t.states[at], true
	case t.goesOn && at > 0:
		return t.states[at-1], true
	default:
		return 0, false
	}
}

// began returns the day from which the series is counted, and the state that its visits
// have from that alone; false where that phase never begins.
func (p *Plan) began(m *protocol.Monitoring) (day int32, state State, ok bool) {
	if m.From == "" {
		return p.course.Start, StatePlanned, true
	}
	phase, first := p.course.PhaseNamed(m.From), true
	for i := range p.slots {
		s := &p.slots[i]
		if s.Extra || s.withdrawn || phase < 0 || !p.samePhase(s.Phase, uint16(phase)) {
			continue
		}
		if first || s.Target < day {
			day, first = s.Target, false
		}
		switch now := p.state(i); {
		case now == StateCancelled:
		case s.took() || now == StateMissed || now == StateLeftOut: // it has begun
			state, ok = StatePlanned, true
		case !ok:
			state, ok = now, true
		}
	}
	return day, state, ok
}

// askedMonitoring appends what the monitoring of the protocol that holds asks for.
func (p *Plan) askedMonitoring(asked []plannedVisit) ([]plannedVisit, error) {
	if len(p.monitoring) == 0 {
		return asked, nil
	}
	now := p.treatedNow()
	for at := range p.monitoring {
		m := &p.monitoring[at]
		c, bound, base, ok := p.series(m, &now)
		if !ok {
			continue
		}
		list, _, err := c.Unfold(nil)
		if err != nil {
			return nil, p.seriesError(m, err)
		}
		for i := range list {
			s, state := &list[i], base
			if s.Target > bound {
				break
			}
			if m.WhileTreated {
				treated, ok := now.on(s.Target)
				if !ok {
					break
				}
				state = mostWaiting(state, treated)
			}
			asked = append(asked, plannedVisit{
				name: m.Name, role: RoleMonitoring, number: i + 1, visit: m.Visit, elsewhere: m.Elsewhere, session: -1, state: state,
				target: s.Target, earliest: s.Earliest, latest: s.Latest,
			})
		}
	}
	return asked, nil
}

// mostWaiting returns the state of what waits for two things.
func mostWaiting(a, b State) State {
	for _, state := range []State{StateHeld, StateProvisional} {
		if a == state || b == state {
			return state
		}
	}
	return StatePlanned
}

// series returns the course of a monitoring, the last day on which a visit can have its
// target, and the state that its visits have while nothing else decides it; false where it
// has none.
func (p *Plan) series(m *protocol.Monitoring, now *treated) (c course.Course, bound int32, state State, ok bool) {
	day, state, ok := p.began(m)
	last, some := now.last()
	ends := m.WhileTreated || m.Cadence.Endless()
	bound = math.MaxInt32
	if ends && !now.goesOn {
		bound = last
	}
	if !ok || ends && !some || day > bound {
		return c, 0, 0, false
	}
	until := bound
	if now.goesOn {
		until = p.course.Until
	}
	return course.Series(m, day, until), bound, state, true
}

// seriesError says in words why a monitoring has no course.
func (p *Plan) seriesError(m *protocol.Monitoring, err error) error {
	e, ok := errors.AsType[*course.Error](err)
	if !ok {
		return err
	}
	name := strconv.Quote(m.Name)
	switch e.Code {
	case course.TooMany:
		return &RequestError{Field: "Until", Value: civil.Format(p.Until()), Want: "want at most 20000 visits of " + name}
	case course.TooLate:
		return &RequestError{Field: "Start", Value: civil.Format(p.Start()), Want: "want visits of " + name + " that end by 2200-12-31"}
	default:
		return &RequestError{
			Field: "Protocol", Value: m.Cadence.String(),
			Want: "want a first visit of " + name + " after every earlier target: week " + strconv.Itoa(e.Week) + " begins on " +
				civil.Format(civil.Date(e.Day)) + ", the target before it is " + civil.Format(civil.Date(e.Before)),
		}
	}
}

// besideDays says what each day can take of the visits of a series.
type besideDays struct {
	plan    *Plan
	series  *protocol.Monitoring
	minutes int
}

// anyLength is longer than every visit.
const anyLength = 1<<16 - 1

func (d besideDays) Longest(day int32) int {
	if !d.plan.takesPlaceOn(d.series, day, d.minutes) {
		return -1
	}
	return anyLength
}

func (d besideDays) Suits(day int32) bool { return d.plan.patient.suitsDay(civil.Date(day)) }

// takesPlaceOn reports whether a day can have a visit of a series, whoever it suits.
func (p *Plan) takesPlaceOn(m *protocol.Monitoring, day int32, minutes int) bool {
	if m.Elsewhere != "" {
		return m.Open == (protocol.DaySet{}) || m.Open.Has(civil.Date(day).Weekday())
	}
	_, _, ok := p.timesOfVisit(m, day, minutes)
	return ok
}

// timesOfVisit returns the times of a visit of a series on a day: none elsewhere; before
// the sessions of the day that need its result, where the hours leave room for that, and
// after the others.
func (p *Plan) timesOfVisit(m *protocol.Monitoring, day int32, minutes int) (start, end int, ok bool) {
	if m.Elsewhere != "" {
		return -1, -1, true
	}
	if first := p.firstNeeding(m, day); first >= 0 {
		early := p.need(minutes)
		if start, end, ok = p.calendar.Times(civil.Date(day), early); ok && end > first {
			early.Preferred = clinic.TimeOfDay{}
			start, end, ok = p.calendar.Times(civil.Date(day), early)
		}
		if ok && end <= first && p.sessionDuring(day, start, end) < 0 {
			return start, end, true
		}
	}
	return p.timesBeside(day, minutes)
}

// firstNeeding returns the minute of a day at which the first session begins that needs
// the result of a series, -1 where none does or its time is not known.
func (p *Plan) firstNeeding(m *protocol.Monitoring, day int32) int {
	for at := p.firstOn(day); at < len(p.byDay) && p.slots[p.byDay[at]].day == day; at++ {
		s := &p.slots[p.byDay[at]]
		for n := range p.needsOf(s) {
			if n.Series == m.Name {
				return int(s.start)
			}
		}
	}
	return -1
}

// placeMonitoring puts the visits of series that wait for a day on their best days,
// around those that keep theirs. The visits of a series are in order.
func (p *Plan) placeMonitoring(visits []OtherVisit, waits []bool) {
	for at := range p.monitoring {
		m := &p.monitoring[at]
		var own []int
		for i := range visits {
			if visits[i].Role == RoleMonitoring && visits[i].Name == m.Name && (waits[i] || visits[i].Placed()) {
				own = append(own, i)
			}
		}
		p.placeSeries(m, visits, own, waits)
	}
}

func (p *Plan) placeSeries(m *protocol.Monitoring, visits []OtherVisit, own []int, waits []bool) {
	placement := place.Placement{MayLeave: true, NotBefore: p.today()}
	var waiting []int
	from := int32(0)
	for _, i := range own {
		v := &visits[i]
		if !waits[i] {
			day := civil.Day(v.Date)
			for k := range placement.Slots {
				if s := &placement.Slots[k]; s.To == 0 || day-1 < s.To {
					s.To = day - 1
				}
			}
			from = max(from, day+1)
			continue
		}
		waiting = append(waiting, i)
		placement.Slots = append(placement.Slots, place.Slot{
			Target: civil.Day(v.Target), Earliest: civil.Day(v.Earliest), Latest: civil.Day(v.Latest), From: from, Gap: 1,
		})
	}
	if len(waiting) == 0 {
		return
	}
	minutes := int(visits[waiting[0]].minutes)
	placement.Days = besideDays{p, m, minutes}
	placement.Solve()
	for k, i := range waiting {
		if s := &placement.Slots[k]; !s.Left {
			start, end, _ := p.timesOfVisit(m, s.Day, minutes)
			visits[i].put(civil.Date(s.Day), start, end)
		}
	}
}

// fitsElsewhere is fitsVisit for a visit that does not take place at the clinic.
func (e *edit) fitsElsewhere(v *OtherVisit, d date.Date, start clinic.TimeOfDay) error {
	if reason, suits := e.plan.patient.suits(d); !suits {
		return e.refuse(ErrNoDay, "Date", civil.Format(d), "want another day: does not suit the patient"+bracketed(reason))
	}
	for at := range e.plan.monitoring {
		if m := &e.plan.monitoring[at]; m.Name == v.Name && !e.plan.takesPlaceOn(m, civil.Day(d), 0) {
			return e.refuse(ErrNoDay, "Date", civil.Format(d), "want another day: "+m.Elsewhere+" takes patients on "+m.Open.String())
		}
	}
	if start.Minutes() == civil.MinutesPerDay {
		return e.refuse(ErrEvent, "Start", start.String(), "want a time before 24:00")
	}
	if start.IsZero() {
		v.put(d, -1, -1)
		return nil
	}
	if e.passed(civil.Day(d), start) {
		return e.refuse(ErrOrder, "Start", start.String(), "want a time that is not before the as-of one, "+e.asOfText())
	}
	v.put(d, start.Minutes(), e.plan.endAfter(civil.Day(d), start.Minutes(), int(v.minutes)))
	return nil
}
