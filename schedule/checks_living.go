package schedule

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// checkDayLost reports sessions to come whose day was lost to an event since they
// were planned.
func checkDayLost(p *Plan, found []Finding) []Finding {
	if p.journal.len() == 0 {
		return found // no plan is made of days that do not hold
	}
	for i := range p.slots {
		if p.slots[i].pending() {
			found = p.lostDay(i, found)
		}
	}
	for i := range p.visits {
		v := &p.visits[i]
		if cause, reason := p.visitLostTo(v); cause != "" {
			found = report(found, v.Session-1, "%s planned on %s", v.Name, lostOn(v.Date, v.Start.String()+"-"+v.End.String(), cause, reason))
		}
	}
	return found
}

// lostDay says why a session to come cannot stay on its day.
func (p *Plan) lostDay(i int, found []Finding) []Finding {
	s := &p.slots[i]
	cause, reason := p.lostTo(i)
	if cause == "" {
		return found
	}
	return report(found, i, "planned on %s", lostOn(civil.Date(s.day), s.times(), cause, reason))
}

// lostOn says what took a day, or the times of a day.
func lostOn(d date.Date, times string, cause Cause, reason string) string {
	day := dayText(d)
	switch cause {
	case Closed:
		return day + ", when the clinic is closed" + reason
	case Unsuitable:
		return day + ", which does not suit the patient" + reason
	case OtherHours:
		return day + ", " + times + ", " + reason
	default:
		return day + ", " + reason
	}
}

// lostTo returns what took the day or the time of a session to come, "" where nothing
// did, and more about it in words.
func (p *Plan) lostTo(i int) (cause Cause, reason string) {
	s := &p.slots[i]
	if cause, reason := p.dayTaken(s.day); cause != "" {
		return cause, reason
	}
	if s.agreed != 0 && s.agreed != s.day {
		return Unsuitable, " (agreed for " + dayText(civil.Date(s.agreed)) + ")"
	}
	if s.start >= 0 {
		if hours, known := p.answered(s.day); known {
			if _, holds := p.calendar.At(civil.Date(s.day), int(s.Minutes), int(s.start)); !holds {
				return OtherHours, p.outside(s.day, hours)
			}
		}
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
		most = max(most, p.phases[phase].MinGap, p.tenureOf(uint16(phase)).gap)
	}
	if s.day-int32(most) >= p.lastDosed {
		return -1, 0 // as nearly all sessions that are to come
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
	return p.unsuitable(day)
}

// unsuitable returns whether a day does not suit the patient, and why in brackets.
func (p *Plan) unsuitable(day int32) (cause Cause, reason string) {
	if reason, suits := p.patient.suits(civil.Date(day)); !suits {
		return Unsuitable, bracketed(reason)
	}
	return "", ""
}

// outside says that a time is outside the hours of a day, and why they changed.
func (p *Plan) outside(day int32, hours []clinic.Hours) string {
	return "outside the hours " + hoursText(hours) + p.closedBecause(day)
}

// hoursText returns hours with commas between them, "" for none.
func hoursText(hours []clinic.Hours) string {
	texts := make([]string, len(hours))
	for i := range hours {
		texts[i] = hours[i].String()
	}
	return strings.Join(texts, ", ")
}

// lost returns why a session that is not settled is on a day that no longer holds,
// "" where it holds.
func (p *Plan) lost(i int) string {
	if !p.slots[i].pending() {
		return ""
	}
	return lostWords(p.lostTo(i))
}

// lostWords says in words what took a day.
func lostWords(cause Cause, reason string) string {
	if cause == TooClose || cause == OtherHours {
		return reason
	}
	return string(cause) + reason
}

// Lost returns in words why the day or the time of a session that is not settled no
// longer holds, such as "closed (storm)" or "outside the hours 13:00-17:00": the clinic
// closes or has other hours, the day does not suit the patient, or it is too close to
// what was given. It is "" where the day holds. The session keeps its day, for gaps
// too, until somebody decides.
func (s Session) Lost() string { return s.plan.lost(s.index) }

// visitLostTo returns what took the day or the time of a visit to come, "" where nothing
// did, and more about it in words. A session takes the time of one that has not begun.
func (p *Plan) visitLostTo(v *OtherVisit) (cause Cause, reason string) {
	if !v.Placed() || !v.ahead() {
		return "", ""
	}
	day := civil.Day(v.Date)
	if v.Elsewhere != "" {
		return p.unsuitable(day)
	}
	if cause, reason := p.dayTaken(day); cause != "" {
		return cause, reason
	}
	if v.Start.IsZero() {
		return "", ""
	}
	if hours, known := p.answered(day); known && !p.calendar.Holds(v.Date, v.Start.Minutes(), v.end()) {
		return OtherHours, p.outside(day, hours)
	}
	if begins, _ := civil.NewZone(p.zone).Resolve(v.Date, v.Start.Minutes()); begins >= p.now() {
		if at := p.sessionDuring(day, v.Start.Minutes(), v.end()); at >= 0 {
			return TooClose, "at the time of session " + strconv.Itoa(at+1)
		}
	}
	return "", ""
}

// visitLost returns why the day or the time of a visit to come no longer holds, ""
// where it does.
func (p *Plan) visitLost(v *OtherVisit) string { return lostWords(p.visitLostTo(v)) }

func checkNoDose(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.pending() && s.dose >= 0 && p.doses.at(s.dose).err != nil {
			found = report(found, i, "no dose: %s", p.doses.at(s.dose).err)
		}
	}
	return found
}

// tooNearGiven reports whether the day of a session does not come after everything
// that was given, by the minimum gap.
func (p *Plan) tooNearGiven(s *slot) bool {
	for i := range p.slots {
		if t := &p.slots[i]; t.dosed() && int(s.day-t.day) < p.minGap(s, t) {
			return true
		}
	}
	return false
}
