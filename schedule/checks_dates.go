package schedule

import (
	"github.com/regimen-go/regimen/internal/civil"
)

// A deviation is what is to be said of the date of a session that took place.
type deviation uint8

const (
	onTime deviation = iota
	early
	late
	outsideWindow
	outsideRange
)

// deviation returns what is to be said of the date of a session. A range counts
// from the session before or, where that did not take place, from its target.
func (p *Plan) deviation(index int) (d deviation, interval int) {
	s := &p.slots[index]
	if !s.took() || s.Extra || s.day >= s.Earliest && s.day <= s.Latest {
		return onTime, 0
	}
	segment := p.course.Segment(int(s.Segment))
	if low, high := segment.Range(); !low.IsZero() && index > 0 && p.sameTreatment(s.Phase, p.slots[index-1].Phase) {
		before, about := &p.slots[index-1], p.course.Tolerance(int(s.Segment))
		from := before.Target
		if before.took() {
			from = before.day
		}
		interval = int(s.day - from)
		if interval >= low.Days()-about && interval <= high.Days()+about {
			return outsideWindow, interval
		}
		return outsideRange, interval
	}
	switch {
	case s.decidedOutside():
		return onTime, 0 // a finding of its own
	case s.day < s.Earliest:
		return early, 0
	default:
		return late, 0
	}
}

func checkTooEarly(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if d, _ := p.deviation(i); d == early {
			s := &p.slots[i]
			found = report(found, i, "given on %s, %s before its window, %s", dayText(civil.Date(s.day)), plural(int(s.Earliest-s.day), "day"), s.window())
		}
	}
	return found
}

func checkTooLate(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if d, _ := p.deviation(i); d == late {
			s := &p.slots[i]
			found = report(found, i, "given on %s, %s after its window, %s", dayText(civil.Date(s.day)), plural(int(s.day-s.Latest), "day"), s.window())
		}
	}
	return found
}

func checkOutsideWindow(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if d, interval := p.deviation(i); d == outsideWindow {
			s := &p.slots[i]
			low, high := p.course.Segment(int(s.Segment)).Range()
			found = report(found, i, "given on %s, outside its window, %s, and %s after the session before, within the range %s to %s",
				dayText(civil.Date(s.day)), s.window(), plural(interval, "day"), low, high)
		}
	}
	return found
}

func checkDecidedOutside(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if !s.decidedOutside() || !s.took() && !s.toCome() {
			continue
		}
		side, days := "after", s.day-s.Latest
		if s.day < s.Earliest {
			side, days = "before", s.Earliest-s.day
		}
		found = report(found, i, "%s is %s %s its window, %s%s", dayText(civil.Date(s.day)), plural(int(days), "day"), side, s.window(), p.decidedBy(i))
	}
	return found
}

// decidedBy says who moved a session to its day, and why.
func (p *Plan) decidedBy(i int) string {
	for entry := range p.journal.backward() {
		if m, ok := entry.Event.What.(Moved); ok && m.Session == p.id(i) && civil.Day(m.Date) == p.slots[i].day {
			return ": decided by " + m.Who + " (" + m.Reason + ")"
		}
	}
	return ""
}

func checkOutsideRange(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if d, interval := p.deviation(i); d == outsideRange {
			s := &p.slots[i]
			segment := p.course.Segment(int(s.Segment))
			low, high := segment.Range()
			found = report(found, i, "given on %s, %s after the session before: the range is %s to %s, give or take %s",
				dayText(civil.Date(s.day)), plural(interval, "day"), low, high, plural(p.course.Tolerance(int(s.Segment)), "day"))
		}
	}
	return found
}

// checkTooClose looks at sessions that took place only: those that are planned
// keep the gap, or will once they are planned again.
func checkTooClose(p *Plan, found []Finding) []Finding {
	last := -1
	for _, i := range p.byDay {
		s := &p.slots[i]
		if !s.dosed() {
			continue
		}
		if last >= 0 {
			least := p.minGap(s, &p.slots[last])
			if days := int(s.day - p.slots[last].day); days < least {
				found = report(found, i, "%s after session %d, the minimum gap is %s", plural(days, "day"), last+1, plural(least, "day"))
			}
		} else if before := p.lastBefore(); before != nil {
			least := p.gapBefore(before, s.Phase)
			if days := int(s.day - civil.Day(before.Date)); days < least {
				found = report(found, i, "%s after the dose given before the plan on %s, the minimum gap is %s", plural(days, "day"), dayText(before.Date), plural(least, "day"))
			}
		}
		last = i
	}
	return found
}

// checkGapTooLong says nothing of a gap in which a session was missed: that is a
// finding already.
func checkGapTooLong(p *Plan, found []Finding) []Finding {
	last := -1
	for i := range p.slots {
		s := &p.slots[i]
		if s.state == StateMissed {
			last = -1
		}
		if !s.counts() {
			continue
		}
		if most := p.phases[s.Phase].MaxGap; last >= 0 && most > 0 && p.sameTreatment(s.Phase, p.slots[last].Phase) && int(s.day-p.slots[last].day) > most {
			found = report(found, i, "%s after session %d, at most %d are within the protocol", plural(int(s.day-p.slots[last].day), "day"), last+1, most)
		}
		last = i
	}
	return found
}

// checkSevenDays compares every seven days in a row with the largest number of
// sessions that the cadence has in a week; an interval shorter than a week
// counts as often as it fits. Sessions outside their windows, and those that
// are extra, have findings of their own.
func checkSevenDays(p *Plan, found []Finding) []Finding {
	most := p.mostInWeek()
	from := 0
	for at, i := range p.byDay {
		if !p.regular(i) {
			continue
		}
		for p.slots[i].day-p.slots[p.byDay[from]].day >= 7 {
			from++
		}
		n := 0
		for _, j := range p.byDay[from : at+1] {
			if p.regular(j) {
				n++
			}
		}
		if n > most {
			found = report(found, i, "%d sessions within seven days, the cadence has at most %d in a week", n, most)
		}
	}
	return found
}

// regular reports whether a session that the protocol asks for is in its window.
func (p *Plan) regular(i int) bool {
	s := &p.slots[i]
	return s.counts() && !s.Extra && s.day >= s.Earliest && s.day <= s.Latest
}

// mostInWeek returns the largest number of targets in seven days in a row.
func (p *Plan) mostInWeek() int {
	most, from, n := 1, 0, 0
	for i := range p.slots {
		if !p.asks(i) {
			continue
		}
		n++
		for !p.asks(from) || p.slots[i].Target-p.slots[from].Target >= 7 {
			if p.asks(from) {
				n--
			}
			from++
		}
		most = max(most, n)
	}
	return most
}

// asks reports whether the cadence has a session: one of a treatment that a switch ended
// is no more asked for where it did not take place.
func (p *Plan) asks(i int) bool {
	s := &p.slots[i]
	return !s.Extra && (s.took() || p.going(s.Phase))
}

func checkClosedDay(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() || s.day == civil.Day(p.start) {
			continue // the first day has a finding of its own
		}
		if hours, known := p.answered(s.day); known && len(hours) == 0 {
			found = report(found, i, "the clinic is closed on %s%s", dayText(civil.Date(s.day)), p.closedBecause(s.day))
		}
	}
	for v := range p.visitsDone {
		day := civil.Day(v.Date)
		if hours, known := p.answered(day); v.Elsewhere == "" && known && len(hours) == 0 {
			found = report(found, v.Session-1, "%s took place on %s, when the clinic is closed%s", v.Name, dayText(v.Date), p.closedBecause(day))
		}
	}
	return found
}
