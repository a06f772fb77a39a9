package schedule

import (
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func checkLeftOut(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.left && !s.replaced {
			found = report(found, i, "left out: its target %s has no room", dayText(civil.Date(p.slots[i].Target)))
		}
	}
	return found
}

func checkPostponed(p *Plan, found []Finding) []Finding {
	before := uint8(0)
	for i := range p.slots {
		if !p.asks(i) {
			continue
		}
		if i > 0 && !p.sameTreatment(p.slots[i].Phase, p.slots[i-1].Phase) {
			before = 0
		}
		moved := p.slots[i].Moved
		if moved > before {
			found = report(found, i, "postponed by %s with every session after it", plural(int(moved), "week"))
		}
		before = moved // less where sessions were counted again from another day
	}
	return found
}

func checkCarried(p *Plan, found []Finding) []Finding {
	for _, c := range p.carried {
		found = report(found, wholePlan, "%s takes %s more than planned", p.course.Segment(c.Segment), plural(c.Weeks, "week"))
	}
	return found
}

func checkStartClosed(p *Plan, found []Finding) []Finding {
	if hours, known := p.answered(civil.Day(p.start)); known && len(hours) == 0 {
		found = report(found, wholePlan, "the clinic is closed on the first day, %s%s", dayText(p.start), p.closedBecause(civil.Day(p.start)))
	}
	return found
}

func checkZoneFixed(p *Plan, found []Finding) []Finding {
	if civil.NamedForOffset(p.zone) {
		found = report(found, wholePlan, "the clinic's time zone is %s, whose clocks never change: a place has a name such as America/New_York", p.zone)
	}
	return found
}

// answered returns the hours of a day that the clinic was asked about. It
// asks for nothing and changes nothing.
func (p *Plan) answered(day int32) (hours []clinic.Hours, known bool) {
	if d := civil.Date(day); p.calendar.Known(d) {
		return p.calendar.Hours(d), true
	}
	return nil, false
}

// closedBecause returns the reason why the clinic is closed on a day that it was
// asked about, in brackets, or "".
func (p *Plan) closedBecause(day int32) string {
	if reason := p.calendar.Reason(civil.Date(day)); reason != "" {
		return " (" + reason + ")"
	}
	return ""
}
