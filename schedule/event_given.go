package schedule

import (
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func (Given) kind() string { return "given" }

func (g Given) fields(f *objectFields) Happening {
	f.session("session", &g.Session, may)
	g.weighedIn(f, dose.ParseWeight)
	return unlessWritten(f, g)
}

// weighedIn are the fields of what was given, at whatever session, with the weight as a
// function reads it.
func (g *Given) weighedIn(f *objectFields, weight func(string) (dose.Weight, error)) {
	f.text("phase", &g.Phase, may)
	f.date("date", &g.Date, must)
	f.clock("start", &g.Start)
	f.clock("end", &g.End)
	f.doseGiven("dose", &g.Dose, &g.Nothing)
	nestedList(f, "parts", &g.Parts, may, (*GivenPart).fields)
	parsed(f, "during", &g.During, may, dose.ParseDuration)
	parsed(f, "weight", &g.Weight, may, weight)
	f.texts("notDone", &g.NotDone)
	nestedList(f, "beside", &g.Beside, may, (*MedicineGiven).fields)
	f.reason(&g.Reason, may)
	f.text("who", &g.Who, may)
}

// nothingGiven is the dose of a session at which nothing was given.
const nothingGiven = "0 mg"

// doseGiven is a dose that was given, or that nothing was.
func (f *objectFields) doseGiven(key string, m *dose.Mass, nothing *bool) {
	switch {
	case f.form != nil:
		f.learn(key, may, "mass")
	case f.in != nil:
		node := f.in.Optional(key)
		if *nothing = node.Exists() && node.Says(nothingGiven); node.Exists() && !*nothing {
			*m = textIn(node, dose.ParseMass)
		}
	case f.out != nil && *nothing:
		f.out.text(key, nothingGiven)
	case f.out != nil:
		writeQuantity(f, key, *m)
	}
}

func (g Given) describe() string {
	text := "given" + onDay(g.Date, g.Start)
	switch {
	case g.Nothing:
		text = "came, nothing given" + onDay(g.Date, g.Start)
	case !g.Dose.IsZero():
		text += ", " + g.Dose.String()
	case !g.summed().Dose.IsZero():
		text += ", " + g.summed().Dose.String()
	}
	if len(g.Parts) > 0 {
		text += " (" + partsText(g.Parts) + ")"
	}
	if !g.During.IsZero() {
		text += " in " + g.During.String()
	}
	for _, m := range g.Beside {
		text += ", " + m.String()
	}
	return text
}

// apply records what was given. Refused is only what cannot be.
func (g Given) apply(e *edit) error {
	if err := g.check(e); err != nil {
		return err
	}
	i, err := e.taking(g)
	if err != nil {
		return err
	}
	p := e.plan
	switch s := &p.slots[i]; s.state {
	case StateMissed, StateCancelled:
		e.afterAll(g.Session, g.Session, notTaken)
	}
	g.in(p.id(i)).know(&p.known)
	if err := calendarError(p.calendar); err != nil {
		return e.refuse(err, "Date", civil.Format(g.Date), err.Error())
	}
	p.given, p.reached = append(p.given, g.summed()), append(p.reached, dose.Level{})
	p.gave = append(p.gave, gave{at: e.at, by: int32(e.number()), serial: p.slots[i].serial})
	return e.cover(i, len(p.given), nil)
}

// notTaken reports whether an event says that a session did not take place.
func notTaken(h Happening) bool {
	_, missed := h.(Missed)
	_, cancelled := h.(Cancelled)
	return missed || cancelled
}

func (g Given) check(e *edit) error {
	if err := e.happenedOn("Date", g.Date); err != nil {
		return err
	}
	if g.Nothing && !g.Dose.IsZero() {
		return e.refuse(ErrEvent, "Dose", g.Dose.String(), "want none where nothing was given")
	}
	if err := g.checkBeside(e); err != nil {
		return err
	}
	for field, problem := range g.partProblems() {
		return e.refuse(ErrEvent, field, problem.value, problem.want)
	}
	zone := civil.NewZone(e.plan.zone)
	for i := range g.Parts {
		from, to := g.partMinutes(zone, i)
		for _, stated := range [...]struct {
			field string
			time  clinic.TimeOfDay
			at    int
		}{{"Start", g.Parts[i].Start, from}, {"End", g.Parts[i].End, to}} {
			if stated.at >= 0 {
				if err := e.happened(partField(i)+stated.field, stated.time, g.Date, stated.at); err != nil {
					return err
				}
			}
		}
	}
	if !g.Weight.IsZero() {
		return e.checkWeight("Weight", g.Weight, g.Date)
	}
	return nil
}

func (g Given) know(k *known) {
	k.ask(g.Date, g.Start, g.End)
	if !g.Weight.IsZero() {
		k.weigh(Weighing{Date: g.Date, Weight: g.Weight, Session: g.Session})
	}
}

// in returns what was given as it was given at a session.
func (g Given) in(session ID) Given {
	g.Session = session
	return g
}

// A gave says of a dose that was given by which step, in the words of which entry, and
// in which session.
type gave struct {
	at     step
	by     int32
	serial uint32
}

// cover lays a dose that was given, by its position from 1, over a session that was
// not given yet. Where it was once given by the same step, it keeps what it kept then.
func (e *edit) cover(i, at int, once *onceGiven) error {
	p, s := e.plan, &e.plan.slots[i]
	g := &p.given[at-1]
	from, to, err := e.sat(s.sitting(), g.Date, g.Start, g.End)
	if err != nil {
		return err
	}
	if s.start, s.end = int16(from), int16(to); once != nil && once.by == p.gave[at-1].by {
		s.start, s.end = once.start, once.end
	}
	switch {
	case s.withdrawn, s.state == StateMissed, s.state == StateCancelled:
		s.replaced = p.madeUpFor(s.serial) >= 0
	case s.state == StateHeld:
		s.onHold = true
	}
	s.day, s.state, s.left, s.nothing, s.withdrawn = civil.Day(g.Date), 0, false, g.Nothing, false
	if once != nil && s.made != once.at {
		s.Session = once.asked
	}
	p.dosePending() // a weight changes the dose, and a sum may leave none
	if once != nil {
		s.dose = once.dose
	}
	if p.reached[at-1] = p.reach(i, g.Dose); once != nil && once.by == p.gave[at-1].by {
		p.reached[at-1] = once.level
	}
	s.state, s.given = StateGiven, uint16(at)
	return nil
}

// A onceGiven is what a session that is not given any more kept while it was: what was
// asked for, the planned dose, the level that the dose counted as, and when it was.
type onceGiven struct {
	gave
	asked      course.Session
	dose       int32
	level      dose.Level
	start, end int16
	before     *onceGiven // nil where nothing was before
}

// taking returns the position of the session that was given: one that no session
// asked for is put into the plan.
func (e *edit) taking(g Given) (int, error) {
	if g.Session.IsZero() {
		if len(e.plan.slots) == maxPlanned {
			return 0, e.refuse(ErrEvent, "plan", strconv.Itoa(maxPlanned+1), "want at most "+strconv.Itoa(maxPlanned)+" sessions in a plan")
		}
		s, err := e.added(Added{Date: g.Date, Phase: g.Phase})
		if err != nil {
			return 0, err
		}
		s.start, s.end = -1, -1
		return e.insert(s), nil
	}
	i, err := e.find("Session", g.Session)
	if err == nil && e.plan.slots[i].took() {
		err = e.refuse(ErrSettled, "Session", g.Session.String(), "want a session that was not given yet: session "+strconv.Itoa(i+1)+" was, on "+
			dayText(civil.Date(e.plan.slots[i].day))+"; what is wrong with that is put right by a correction")
	}
	return i, err
}

// madeUpFor returns the position of a session that makes up for the one with a
// serial, and took place or is to; -1 for none.
func (p *Plan) madeUpFor(serial uint32) int {
	return slices.IndexFunc(p.slots, func(s slot) bool { return s.makesUp == serial && s.counts() })
}

// afterAll notes that the last entry which said something of a session or a visit, that
// it was missed or cancelled, is corrected by the one that is applied: it took place all
// the same. About is the session of the finding.
func (e *edit) afterAll(of, about ID, said func(Happening) bool) {
	p := e.plan
	for n := p.journal.last; n != nil; n = n.before {
		if _, corrected := p.words[int32(n.number)]; !corrected && said(n.Event.What) && names(n.Event.What, of) {
			p.afterwards = append(slices.Clip(p.afterwards), afterAll{entry: int32(n.number), by: e.at.entry, session: about})
			return
		}
	}
}

// names reports whether a happening names a session or a visit.
func names(h Happening, id ID) bool { return slices.Contains(about(h), id) }

// An afterAll says which entry said that a session or a visit was missed or cancelled,
// and which that it took place all the same: both by their numbers in the journal.
type afterAll struct {
	entry, by int32
	session   ID
}

// happened refuses a stated time of a fact that is still to come as of its entry:
// a minute counted from 00:00 of a day.
func (e *edit) happened(field string, t clinic.TimeOfDay, d date.Date, minute int) error {
	if at, _ := civil.NewZone(e.plan.zone).Resolve(d, minute); at > e.plan.asOf.Unix() {
		return e.refuse(ErrFuture, field, t.String(), "want a time that is not after the as-of one, "+e.asOfText())
	}
	return nil
}

// endOf returns the minute, counted from 00:00 of a day, at which a visit ended that
// started at one and for which the clock showed another: on the next day where that
// is earlier, unless both are readings that the clock showed twice.
func endOf(zone *civil.Zone, d date.Date, start, end int) int {
	if start < 0 || end < 0 || end >= start {
		return end
	}
	_, begins := zone.Resolve(d, start)
	if _, ends := zone.Resolve(d, end); begins == civil.Fold && ends == civil.Fold {
		return end
	}
	return end + civil.MinutesPerDay
}

// endAfter returns the minute, counted from 00:00 of the day, at which a visit ends.
func (p *Plan) endAfter(day int32, start, minutes int) int {
	zone := civil.NewZone(p.zone)
	begins, _ := zone.Resolve(civil.Date(day), start)
	d, minute := zone.Read(begins + int64(minutes)*60)
	return minute + civil.Days(civil.Date(day), d)*civil.MinutesPerDay
}

// expects reports whether a dose is one that the plan and the protocol expect at
// the session, and whether it passes a soft limit. Given in less time than planned
// it may pass a hard one, and then is not.
func (s Session) expects(g Given) (allowed, soft bool) {
	d := s.planned()
	if d == nil || d.err != nil {
		return false, false
	}
	if len(d.parts) > 0 && len(g.Parts) > 0 {
		return s.expectsParts(g)
	}
	// What is delivered of the planned dose, over the time that it was planned for, passes
	// what that does.
	if g.Dose == d.delivered && g.During.IsZero() && d.parts == nil && s.plan.heightOn(s.slot().day) == d.height {
		return true, d.soft
	}
	return s.expectsJudged(d, g)
}

// expectsJudged is expects for a dose that is there, judged by every limit.
func (s Session) expectsJudged(d *plannedDose, g Given) (allowed, soft bool) {
	c := s.plan.compare(s.index, g.Dose)
	if !c.planned && (!c.level || c.tooLarge) {
		return false, false
	}
	switch v, _ := c.judge(g.Dose, g.During); v {
	case doseFits:
	case aboveSoftLimit:
		soft = true
	case belowLimit:
		soft = true
	default:
		return false, false
	}
	if c.planned {
		soft = soft || d.soft || slices.ContainsFunc(d.parts, func(part dose.PartDelivery) bool { return part.Planned() && passesSoft(part.Delivery) })
	}
	return true, soft
}
