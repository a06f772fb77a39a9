package schedule

import (
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func (Given) kind() string { return "given" }

func (g Given) fields(f *objectFields) Happening {
	f.session("session", &g.Session, must)
	f.text("phase", &g.Phase, may)
	f.date("date", &g.Date, must)
	f.clock("start", &g.Start)
	f.clock("end", &g.End)
	parsed(f, "dose", &g.Dose, may, dose.ParseMass)
	parsed(f, "during", &g.During, may, dose.ParseDuration)
	parsed(f, "weight", &g.Weight, may, dose.ParseWeight)
	f.texts("notDone", &g.NotDone)
	f.reason(&g.Reason, may)
	f.text("who", &g.Who, may)
	return g
}

func (g Given) describe() string {
	text := "given" + onDay(g.Date, g.Start)
	if !g.Dose.IsZero() {
		text += ", " + g.Dose.String()
	}
	if !g.During.IsZero() {
		text += " in " + g.During.String()
	}
	return text
}

// apply records what was given. Sessions are recorded in order: what became of
// those before must be known, or the next one given could be any of them.
func (g Given) apply(e *edit) error {
	p := e.plan
	i, err := e.pending("Session", g.Session)
	if err != nil {
		return err
	}
	if err := e.past("Date", g.Date); err != nil {
		return err
	}
	day := civil.Day(g.Date)
	for j := range p.slots {
		s := &p.slots[j]
		switch {
		case j < i && s.pending():
			return e.refuse(ErrOrder, "Session", g.Session.String(), "want what became of session "+strconv.Itoa(j+1)+" of "+
				dayText(civil.Date(s.day))+" before that of session "+strconv.Itoa(i+1))
		case s.state == StateGiven && s.day >= day:
			return e.refuse(ErrOrder, "Date", civil.Format(g.Date), "want a date after that of session "+strconv.Itoa(j+1)+", which was given on "+
				dayText(civil.Date(s.day)))
		}
	}
	if err := e.setTimes(i, g); err != nil {
		return err
	}
	p.slots[i].day = day
	if !g.Weight.IsZero() {
		if err := e.weigh("Weight", Weighing{Date: g.Date, Weight: g.Weight}); err != nil {
			return err
		}
	}
	p.dosePending() // a weight changes the dose, and a sum may leave none
	if err := e.checkDose(i, g); err != nil {
		return err
	}
	p.given = append(p.given, g.clone())
	p.reached = append(p.reached, p.reach(i, g.Dose))
	p.slots[i].state, p.slots[i].given = StateGiven, int32(len(p.given))
	return nil
}

// setTimes sets the times of a visit that took place.
func (e *edit) setTimes(i int, g Given) error {
	s := &e.plan.slots[i]
	start, end := g.Start.Minutes(), g.End.Minutes()
	switch {
	case start == civil.MinutesPerDay:
		return e.refuse(ErrEvent, "Start", g.Start.String(), "want a time before 24:00")
	case start < 0 && civil.Day(g.Date) == s.day:
		start = int(s.start)
		if end < 0 {
			end = int(s.end)
		}
	case start < 0 && end >= 0:
		return e.refuse(ErrEvent, "Start", "", "want the time at which the visit began, since it has one at which it ended")
	case start >= 0 && end < 0:
		end = e.endOf(civil.Day(g.Date), start, int(s.Minutes))
	}
	if !g.End.IsZero() {
		if end == start && s.Minutes > 0 {
			return e.refuse(ErrEvent, "End", g.End.String(), "want a time that is not that of the start, "+clockText(int16(start)))
		}
		end = endOf(civil.NewZone(e.plan.zone), g.Date, start, end)
	}
	if !g.Start.IsZero() {
		if err := e.happened("Start", g.Start, g.Date, start); err != nil {
			return err
		}
	}
	if !g.End.IsZero() {
		if err := e.happened("End", g.End, g.Date, end); err != nil {
			return err
		}
	}
	s.start, s.end = int16(start), int16(end)
	return nil
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
// is earlier, unless the clock showed it twice.
func endOf(zone *civil.Zone, d date.Date, start, end int) int {
	if start < 0 || end < 0 || end >= start {
		return end
	}
	if _, how := zone.Resolve(d, end); how == civil.Fold {
		return end
	}
	return end + civil.MinutesPerDay
}

// endOf returns the minute, counted from 00:00 of the day, at which a visit ends.
func (e *edit) endOf(day int32, start, minutes int) int {
	zone := civil.NewZone(e.plan.zone)
	begins, _ := zone.Resolve(civil.Date(day), start)
	d, minute := zone.Read(begins + int64(minutes)*60)
	return minute + civil.Days(civil.Date(day), d)*civil.MinutesPerDay
}

// checkDose refuses a dose that somebody must give a reason for, and a missing
// one.
func (e *edit) checkDose(i int, g Given) error {
	s := Session{e.plan, i}
	phase := &e.plan.phases[s.slot().Phase]
	switch {
	case phase.Dose.IsZero() && !g.Dose.IsZero():
		return e.refuse(ErrEvent, "Dose", g.Dose.String(), "want none: the phase "+strconv.Quote(phase.Name)+" gives no drug")
	case phase.Dose.IsZero():
		return nil
	case g.Dose.IsZero():
		return e.refuse(ErrEvent, "Dose", "", "want the dose that was given")
	case g.Reason != "" && g.Who != "":
		return nil
	}
	allowed, soft := s.expects(g)
	switch {
	case !allowed:
		return e.refuse(ErrEvent, "Reason", g.Reason, "want a reason and who decided it: "+g.Dose.String()+" is not the planned dose"+
			s.plannedText()+" nor one that the protocol allows here")
	case soft && !e.plan.accepts(s.slot().serial, SoftLimit):
		return e.refuse(ErrEvent, "Reason", g.Reason, "want a reason and who decided it: "+g.Dose.String()+" passes a soft limit")
	}
	return nil
}

// expects reports whether a dose is one that the plan and the protocol expect at
// the session, and whether it passes a soft limit. Given in less time than planned
// it may pass a hard one, and then is not.
func (s Session) expects(g Given) (allowed, soft bool) {
	d := s.planned()
	if d == nil || d.err != nil {
		return false, false
	}
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
		for range d.delivery.SoftLimits() {
			soft = true
		}
	}
	return true, soft
}

func (s Session) plannedText() string {
	if d := s.Dose(); !d.IsZero() {
		return ", " + d.Dose().String() + ","
	}
	return ""
}
