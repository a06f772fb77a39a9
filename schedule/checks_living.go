package schedule

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

// checkDayLost reports sessions to come whose day was lost to an event since they
// were planned.
func checkDayLost(p *Plan, found []Finding) []Finding {
	if p.journal.len() == 0 {
		return found
	}
	for i := range p.slots {
		if p.slots[i].pending() {
			found = p.lostDay(i, found)
		}
	}
	return found
}

// lostDay says why a session to come cannot stay on its day.
func (p *Plan) lostDay(i int, found []Finding) []Finding {
	s := &p.slots[i]
	day := dayText(civil.Date(s.day))
	switch cause, reason := p.lostTo(i); cause {
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
func (p *Plan) lostTo(i int) (cause Cause, reason string) {
	s := &p.slots[i]
	if cause, reason := p.dayTaken(s.day); cause != "" {
		return cause, reason
	}
	at, days := p.nearestGiven(i)
	if at < 0 {
		return "", ""
	}
	side, least := " after session ", p.minGap(s, &p.slots[at])
	if days < 0 {
		side, days = " before session ", -days
	}
	return TooClose, plural(days, "day") + side + strconv.Itoa(at+1) + ", the minimum gap is " + plural(least, "day")
}

// nearestGiven returns the position of a session at which something was given less
// than the minimum gap from the day of another, and how many days after it that is;
// -1 for none.
func (p *Plan) nearestGiven(i int) (at, days int) {
	s, most := &p.slots[i], 0
	for phase := range p.phases {
		most = max(most, p.phases[phase].MinGap)
	}
	from, _ := slices.BinarySearchFunc(p.byDay, s.day-int32(most), func(i int, day int32) int { return cmp.Compare(p.slots[i].day, day) })
	at = -1
	for _, j := range p.byDay[from:] {
		t := &p.slots[j]
		if t.day > s.day+int32(most) {
			break
		}
		if d := int(s.day - t.day); t.dosed() && max(d, -d) < p.minGap(s, t) && (at < 0 || max(d, -d) <= max(days, -days)) {
			at, days = j, d
		}
	}
	return at, days
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
	switch cause, reason := p.lostTo(i); cause {
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
