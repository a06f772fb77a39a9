package schedule

import (
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

// checkDayLost reports sessions to come whose day was lost to an event since they
// were planned.
func checkDayLost(p *Plan, found []Finding) []Finding {
	if p.journal.len() == 0 {
		return found
	}
	before := -1
	for i := range p.slots {
		s := &p.slots[i]
		if !s.counts() {
			continue
		}
		if s.pending() {
			found = p.lostDay(i, before, found)
		}
		before = i
	}
	return found
}

// lostDay says why a session to come cannot stay on its day, the session before it
// being at a position, -1 for none.
func (p *Plan) lostDay(i, before int, found []Finding) []Finding {
	s := &p.slots[i]
	day := dayText(civil.Date(s.day))
	switch cause, reason := p.lostTo(i, before); cause {
	case Closed:
		return report(found, i, "planned on %s, when the clinic is closed%s", day, reason)
	case Unsuitable:
		return report(found, i, "planned on %s, which does not suit the patient%s", day, reason)
	case TooClose:
		return report(found, i, "planned on %s, %s", day, reason)
	default:
		return found
	}
}

// lostTo returns what took the day of a session to come, "" where nothing did, and
// more about it in words.
func (p *Plan) lostTo(i, before int) (cause Cause, reason string) {
	s := &p.slots[i]
	if cause, reason := p.dayTaken(s.day); cause != "" {
		return cause, reason
	}
	if before < 0 {
		return "", ""
	}
	least := p.minGap(s, &p.slots[before])
	switch days := int(s.day - p.slots[before].day); {
	case days < 0:
		return TooClose, "before session " + strconv.Itoa(before+1) + " on " + dayText(civil.Date(p.slots[before].day))
	case days < least:
		return TooClose, plural(days, "day") + " after session " + strconv.Itoa(before+1) + ", the minimum gap is " + plural(least, "day")
	}
	return "", ""
}

// dayTaken returns what closed a day or made it unsuitable, "" where nothing did,
// and why in brackets.
func (p *Plan) dayTaken(day int32) (cause Cause, reason string) {
	if hours, known := p.answered(day); known && len(hours) == 0 {
		return Closed, p.closedBecause(day)
	}
	if reason, suits := p.patient.suits(civil.Date(day)); !suits {
		if reason != "" {
			reason = " (" + reason + ")"
		}
		return Unsuitable, reason
	}
	return "", ""
}

// lost returns why a session that is not settled is on a day that no longer holds,
// "" where it holds.
func (p *Plan) lost(i int) string {
	if p.journal.len() == 0 || !p.slots[i].pending() {
		return ""
	}
	before, _ := p.neighbours(i)
	switch cause, reason := p.lostTo(i, before); cause {
	case "":
		return ""
	case TooClose:
		return reason
	default:
		return string(cause) + reason
	}
}

// Lost returns in words why the day of a session that is not settled no longer
// holds, such as "closed (storm)": the clinic closes, it does not suit the patient,
// or it is too close to what was given. It is "" where the day holds. The session
// keeps its day until somebody decides.
func (s Session) Lost() string { return s.plan.lost(s.index) }

// visitLost returns why the day of a visit to come no longer holds, "" where it
// does.
func (p *Plan) visitLost(v *OtherVisit) string {
	if p.journal.len() == 0 || !v.Placed() || v.State != StatePlanned && v.State != StateProvisional {
		return ""
	}
	cause, reason := p.dayTaken(civil.Day(v.Date))
	return string(cause) + reason
}

func checkNoDose(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.pending() && s.dose >= 0 && p.doses[s.dose].err != nil {
			found = report(found, i, "no dose: %s", p.doses[s.dose].err)
		}
	}
	return found
}
