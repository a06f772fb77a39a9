package schedule

import (
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Check compares what the plan was told of its clinic with what the clinic says now, for
// every day of a session, a companion or a follow-up to come: an app asks before it
// trusts a plan that is older than its clinic's calendar. A day or a time that would not
// do is [DayLost]; one that the plan has as lost to the clinic, and that would hold
// again, is [DayHolds]. The plan stays as it is: [Plan.ClinicChange] makes the event that
// takes over what the clinic says.
//
// The opening is asked once about each of these days. An answer that makes no sense is a
// finding too, [CheckFailed], which names the day.
func (p *Plan) Check(opening clinic.Opening) []Finding {
	now := clinicNow{clinic.NewTable(opening, p.zone), p.today()}
	lost := Check{DayLost, Warning, "", now.lost}
	found := Validate(p, lost, Check{DayHolds, Info, "", now.holds})
	if err := calendarError(now.told); err != nil {
		found = append(found, lost.failed(err))
	}
	return slices.Clip(found)
}

// clinicNow is what a clinic says now, and the first day that is to come.
type clinicNow struct {
	told  *clinic.Table
	today int32
}

// comes reports whether a day is to come.
func (c clinicNow) comes(day int32) bool { return day >= c.today }

// session returns what would not do about a session to come, "" for nothing.
func (c clinicNow) session(s *slot) string {
	on := civil.Date(s.day)
	if why := c.closed(on); why != "" {
		return why
	}
	if s.start >= 0 {
		if _, fits := c.told.At(on, int(s.Minutes), int(s.start)); !fits {
			return c.outside(on, s.times())
		}
	}
	return ""
}

// visit is session for another visit to come.
func (c clinicNow) visit(v *OtherVisit) string {
	if v.Elsewhere != "" {
		return ""
	}
	if why := c.closed(v.Date); why != "" {
		return why
	}
	if !v.Start.IsZero() && !c.told.Holds(v.Date, v.Start.Minutes(), v.end()) {
		return c.outside(v.Date, v.Start.String()+"-"+v.End.String())
	}
	return ""
}

func (c clinicNow) closed(on date.Date) string {
	if c.told.Open(on) {
		return ""
	}
	return dayText(on) + ", when the clinic is closed now" + bracketed(c.told.Reason(on))
}

func (c clinicNow) outside(on date.Date, times string) string {
	return dayText(on) + ", " + times + ", which the hours of the clinic do not hold now: " + hoursText(c.told.Hours(on))
}

func (c clinicNow) lost(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.pending() && c.comes(s.day) {
			if why := c.session(s); why != "" {
				found = report(found, i, "planned on %s", why)
			}
		}
	}
	for i := range p.visits {
		if v := &p.visits[i]; v.Placed() && v.ahead() && c.comes(civil.Day(v.Date)) {
			if why := c.visit(v); why != "" {
				found = report(found, v.Session-1, "%s planned on %s", v.Name, why)
			}
		}
	}
	return found
}

// byClinic reports whether it is the clinic that a day was lost to.
func byClinic(cause Cause) bool { return cause == Closed || cause == OtherHours }

func (c clinicNow) holds(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if !s.pending() || !c.comes(s.day) {
			continue
		}
		if cause, _ := p.lostTo(i); byClinic(cause) && c.session(s) == "" {
			found = report(found, i, "planned on %s, %s: lost by what the plan knows, and would hold now", dayText(civil.Date(s.day)), s.times())
		}
	}
	for i := range p.visits {
		v := &p.visits[i]
		if !v.Placed() || !v.ahead() || !c.comes(civil.Day(v.Date)) {
			continue
		}
		if cause, _ := p.visitLostTo(v); byClinic(cause) && c.visit(v) == "" {
			found = report(found, v.Session-1, "%s planned on %s: lost by what the plan knows, and would hold now", v.Name, dayText(v.Date))
		}
	}
	return found
}

// checkDayHolds finds nothing in a plan alone: [Plan.Check] compares it with a clinic.
func checkDayHolds(_ *Plan, found []Finding) []Finding { return found }
