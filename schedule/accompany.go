package schedule

import (
	"cmp"
	"slices"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A plannedVisit is what a companion, a follow-up or a visit of a monitoring asks for.
type plannedVisit struct {
	name                     string
	role                     VisitRole
	day                      int // of a follow-up
	number                   int // of a visit of a monitoring
	elsewhere                string
	visit                    protocol.Visit
	session                  int // position, -1 for a visit that belongs to none
	state                    State
	target, earliest, latest int32
}

// askedVisits returns every visit that is asked for beside the sessions.
func (p *Plan) askedVisits() ([]plannedVisit, error) {
	return p.askedMonitoring(p.askedBySessions())
}

// askedBySessions returns what the sessions ask for: companions of each that took place,
// is to or is held, and follow-ups of the latest of them.
func (p *Plan) askedBySessions() (asked []plannedVisit) {
	last, followUps := -1, StatePlanned
	for i := range p.slots {
		s := &p.slots[i]
		if !s.takesPlace() && s.state != StateHeld {
			continue
		}
		if p.going(s.Phase) && (last < 0 || s.day >= p.slots[last].day) {
			last = i
		}
		state := StatePlanned
		if !s.took() {
			state = p.state(i)
		}
		if state == StateHeld || state == StateProvisional && followUps != StateHeld {
			followUps = state
		}
		for _, c := range p.phases[s.Phase].Companions {
			// The day nearest to the session is the target.
			nearest := min(max(0, c.From), c.To)
			asked = append(asked, plannedVisit{
				name: c.Name, role: RoleCompanion, visit: c.Visit, session: i, state: state,
				target: s.day + int32(nearest), earliest: s.day + int32(c.From), latest: s.day + int32(c.To),
			})
		}
	}
	if last < 0 || len(p.followUps) == 0 || p.goesOn() {
		return asked
	}
	for _, f := range p.followUps {
		for _, day := range f.Days {
			target := p.slots[last].day + int32(day)
			asked = append(asked, plannedVisit{
				name: f.Name, role: RoleFollowUp, day: day, visit: f.Visit, session: last, state: followUps,
				target: target, earliest: target - int32(f.Window.Before), latest: target + int32(f.Window.After),
			})
		}
	}
	return asked
}

// goesOn reports whether the cadence has no end and nobody has stopped it: its last
// session is not known then.
func (p *Plan) goesOn() bool { return p.protocol.Cadence().Endless() && !p.stoppedFor(false) }

// accompany places the visits beside the sessions of a new plan.
func (p *Plan) accompany() error {
	if !p.accompanied {
		return nil
	}
	asked, err := p.askedVisits()
	if err != nil {
		return err
	}
	waits := make([]bool, len(asked))
	for i := range asked {
		p.visits, waits[i] = append(p.visits, p.newVisit(&asked[i])), true
	}
	p.placeVisits(p.visits, waits)
	sortVisits(p.visits)
	return calendarError(p.calendar)
}

// newVisit returns a visit that has no date yet.
func (p *Plan) newVisit(asked *plannedVisit) OtherVisit {
	v := OtherVisit{
		Name: asked.name, Kind: asked.visit.Kind, Role: asked.role, Day: asked.day, Number: asked.number, Elsewhere: asked.elsewhere,
		State: asked.state, minutes: uint16(asked.visit.LengthOf(1) / time.Minute),
		Target: civil.Date(asked.target), Earliest: civil.Date(asked.earliest), Latest: civil.Date(asked.latest),
	}
	if asked.session < 0 {
		v.ID = visitID(p.request.Key, asked.role, asked.name, p.tenure().treatment, asked.number)
		return v
	}
	s := &p.slots[asked.session]
	v.ID = visitID(p.request.Key, asked.role, asked.name, int(s.serial), int(asked.target-s.day))
	v.Session, v.SessionID, v.serial = asked.session+1, p.id(asked.session), s.serial
	return v
}

// placeVisits puts the visits that wait for a day on one.
func (p *Plan) placeVisits(visits []OtherVisit, waits []bool) {
	for i := range visits {
		if waits[i] && visits[i].Role != RoleMonitoring {
			p.placeVisit(&visits[i])
		}
	}
	p.placeMonitoring(visits, waits)
}

// placeVisit puts a visit on the possible day nearest to its target.
func (p *Plan) placeVisit(v *OtherVisit) {
	target, best := civil.Day(v.Target), int32(-1)
	for day := max(civil.Day(v.Earliest), p.dayOne(p.slots[v.Session-1].Phase)); day <= civil.Day(v.Latest) && civil.InRange(civil.Date(day)); day++ {
		start, end, ok := p.timesBeside(day, int(v.minutes))
		if !ok || !p.patient.suitsDay(civil.Date(day)) {
			continue
		}
		if distance := max(day-target, target-day); best < 0 || distance <= best {
			best = distance
			v.put(civil.Date(day), start, end)
		}
	}
}

// timesBeside returns the times of a visit on a day, after the sessions that the
// day may have, or that last into it.
func (p *Plan) timesBeside(day int32, minutes int) (start, end int, ok bool) {
	need, zone := p.need(minutes), civil.NewZone(p.zone)
	for at := p.firstOn(day - 1); at < len(p.byDay) && p.slots[p.byDay[at]].day <= day; at++ {
		s := &p.slots[p.byDay[at]]
		ends, _ := zone.Resolve(civil.Date(s.day), int(s.end))
		need.NotBefore = max(need.NotBefore, ends)
	}
	return p.calendar.Times(civil.Date(day), need)
}

// firstOn returns the position in byDay of the first session on a day or after it.
func (p *Plan) firstOn(day int32) int {
	at, _ := slices.BinarySearchFunc(p.byDay, day, func(i int, day int32) int { return cmp.Compare(p.slots[i].day, day) })
	return at
}

// sessionDuring returns the position of a session that is between two minutes of a day,
// or was; -1 for none.
func (p *Plan) sessionDuring(day int32, from, to int) int {
	for at := p.firstOn(day - 1); at < len(p.byDay) && int(p.slots[p.byDay[at]].day-day)*civil.MinutesPerDay < to; at++ {
		i := p.byDay[at]
		s := &p.slots[i]
		later := int(s.day-day) * civil.MinutesPerDay
		if s.start >= 0 && s.end >= 0 && later+int(s.start) < to && from < later+int(s.end) {
			return i
		}
	}
	return -1
}

// accompany makes the companions and the follow-ups true again. One keeps its day
// while what is asked of it stays, and what became of it whatever comes after. Those
// that nothing asks for any more stay too, cancelled unless they are past.
func (e *edit) accompany() error {
	p := e.plan
	if len(p.visits) == 0 && !p.accompanied {
		return nil
	}
	e.calendar()
	before := p.visits
	at := make(map[ID]int, len(before))
	for i := range before {
		at[before[i].ID] = i
	}
	known := p.attendances()
	var visits []OtherVisit
	var waits []bool
	asked := map[ID]bool{}
	list, err := p.askedVisits()
	if err != nil {
		return e.refuse(err, "plan", "", err.Error())
	}
	for k := range list {
		v := p.newVisit(&list[k])
		i, there := at[v.ID]
		wait := !there
		if there {
			was := before[i].unsettled()
			if e.passedBy(&v, &was, known[v.ID]) {
				continue
			}
			wait = !e.keep(&v, was, known[v.ID])
		} else if e.passedBy(&v, nil, nil) {
			continue
		}
		asked[v.ID] = true
		visits, waits = append(visits, v), append(waits, wait)
	}
	p.placeVisits(visits, waits)
	session := make(map[uint32]int, len(p.slots))
	for i := range p.slots {
		session[p.slots[i].serial] = i + 1
	}
	for i := range before {
		if asked[before[i].ID] {
			continue
		}
		v := before[i].unsettled()
		v.Session = session[v.serial]
		switch {
		case known[v.ID].of(&v), v.State == StateCancelled, v.Placed() && e.begun(&v) && (v.Role != RoleMonitoring || v.State != StateHeld):
		case v.Placed() || v.Revision > 0: // it may be in calendars
			v.State = StateCancelled
		default:
			continue
		}
		visits = append(visits, v)
	}
	for i := range visits {
		v := &visits[i]
		p.attend(v, known[v.ID])
	}
	p.visits = visits
	e.reviseVisits()
	sortVisits(p.visits)
	if err := calendarError(p.calendar); err != nil {
		return e.refuse(err, "plan", "", err.Error())
	}
	return nil
}

// retimed reports whether the day or the times of the session that a visit belongs to are
// others than before.
func (e *edit) retimed(v *OtherVisit) bool {
	at, known := e.before(v.serial)
	if !known {
		return false
	}
	was, now := &e.old.slots[at], &e.plan.slots[v.Session-1]
	return was.day != now.day || was.start != now.start || was.end != now.end
}

// keep gives a visit that is asked for what it had before, as far as that holds, and
// returns false where it needs another day.
func (e *edit) keep(v *OtherVisit, was OtherVisit, known *attendance) bool {
	if known.of(&was) {
		was.Session, was.State = v.Session, v.State
		*v = was
		return true
	}
	holds := was.Target == v.Target && was.Earliest == v.Earliest && was.Latest == v.Latest
	begun := was.Placed() && e.begun(&was)
	switch {
	case !was.Placed():
		holds = false
	case was.decided > 0 || begun: // a day that was decided for, or that is past
		holds = was.Date >= v.Earliest && was.Date <= v.Latest
	case e.retimed(v) && holds:
		holds = was.Date != e.plan.slots[v.Session-1].date() // on its session's day it comes after that
	case v.Role == RoleMonitoring && holds:
		holds = !e.collides(&was)
	}
	comesBack := was.State == StateCancelled
	if comesBack || was.State == StateHeld && v.State != StateHeld {
		holds = holds && !begun
	}
	if holds {
		v.Date, v.Start, v.End, v.EndDate, v.decided = was.Date, was.Start, was.End, was.EndDate, was.decided
		if !comesBack || e.plan.visitLost(v) == "" {
			return true
		}
		v.Date, v.Start, v.End, v.EndDate, v.decided = 0, clinic.TimeOfDay{}, clinic.TimeOfDay{}, 0, 0
	}
	return false
}

// collides reports whether a session came to be at the time of a visit.
func (e *edit) collides(v *OtherVisit) bool {
	day := civil.Day(v.Date)
	return !v.Start.IsZero() && e.plan.sessionDuring(day, v.Start.Minutes(), v.end()) >= 0 && e.old.sessionDuring(day, v.Start.Minutes(), v.end()) < 0
}

// passedBy reports whether a visit of a monitoring whose window is past was not asked for
// in time: another version came to ask for it since, or it waited with the treatment or
// was cancelled then. Nobody missed it.
func (e *edit) passedBy(v, was *OtherVisit, known *attendance) bool {
	if v.Role != RoleMonitoring || civil.Day(v.Latest) >= e.today {
		return false
	}
	return was == nil || !known.of(was) && (was.State == StateHeld || was.State == StateCancelled)
}

// begun reports whether a visit with a date began before the as-of.
func (e *edit) begun(v *OtherVisit) bool {
	if v.Start.IsZero() {
		return civil.Day(v.Date) < e.today
	}
	return e.passed(civil.Day(v.Date), v.Start)
}

// reviseVisits raises the revision of every visit of which a calendar shows something
// else now, and keeps what was said of it before.
func (e *edit) reviseVisits() {
	before := make(map[ID]int, len(e.old.visits))
	for i := range e.old.visits {
		before[e.old.visits[i].ID] = i
	}
	by := int32(e.old.journal.len() + 1)
	for i := range e.plan.visits {
		v := &e.plan.visits[i]
		at, known := before[v.ID]
		if !known {
			v.Revision, v.by, v.told = 0, by, nil
			continue
		}
		old := &e.old.visits[at]
		was, now := e.old.saidOf(old), e.plan.saidOf(v)
		v.Revision, v.by, v.told = old.Revision, old.by, old.told
		changed := now.shows(&was)
		if !v.Placed() && !old.Placed() {
			changed = old.Revision > 0 && (v.Target != old.Target || v.State != old.State)
		}
		if changed {
			v.Revision++
		}
		if changed || !now.same(&was) {
			v.by, v.told = by, new(was)
		}
	}
}
