package schedule

import (
	"cmp"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// checkOutsideHours looks at what is known: an end without a start must be in
// some hours of the day, a visit with both within one stretch of them.
func checkOutsideHours(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.took() && p.outsideHours(s.day, s.start, s.end) {
			found = report(found, i, "given %s on %s, outside the hours of the clinic", s.times(), dayText(civil.Date(s.day)))
		}
	}
	for v := range p.visitsDone {
		if at := v.sitting(); v.Elsewhere == "" && p.outsideHours(at.day, int16(at.start), int16(at.end)) {
			found = report(found, v.Session-1, "%s took place%s, outside the hours of the clinic", v.Name, onDay(v.Date, v.Start))
		}
	}
	return found
}

// outsideHours reports whether two minutes of a day on which the clinic is open, -1 for
// one that is not known, are not within hours of it.
func (p *Plan) outsideHours(day int32, start, end int16) bool {
	hours, known := p.answered(day)
	if start < 0 && end < 0 || !known || len(hours) == 0 {
		return false
	}
	for _, h := range hours {
		from, to := int16(h.From.Minutes()), int16(h.End())
		if (start < 0 || start >= from && start <= to) && (end < 0 || end >= from && end <= to) {
			return false
		}
		// Hours to the end of a day go on with those that begin the next one.
		if next, known := p.answered(day + 1); to == civil.MinutesPerDay && end > to && (start < 0 || start >= from) && known {
			for _, n := range next {
				if n.From.Minutes() == 0 && int(end) <= civil.MinutesPerDay+n.End() {
					return false
				}
			}
		}
	}
	return true
}

// times returns what is known of the times of a visit.
func (s *slot) times() string {
	switch {
	case s.end < 0:
		return "from " + clockText(s.start)
	case s.start < 0:
		return "until " + clockText(s.end)
	default:
		return clockText(s.start) + "-" + clockText(s.end)
	}
}

func clockText(minute int16) string {
	return timeOf(minute).String()
}

func checkOverlap(p *Plan, found []Finding) []Finding {
	for at, i := range p.byDay {
		s := &p.slots[i]
		if !s.counts() || s.start < 0 || s.end < 0 {
			continue
		}
		for _, j := range p.byDay[at+1:] {
			other := &p.slots[j]
			later := int(other.day-s.day) * civil.MinutesPerDay
			if later > int(s.end) {
				break
			}
			if other.counts() && (s.took() || other.took()) && other.start >= 0 && int(s.start) < later+int(other.end) && later+int(other.start) < int(s.end) {
				found = report(found, j, "%s on %s, at the time of session %d, %s", other.times(), dayText(civil.Date(other.day)), i+1, s.times())
			}
		}
		if !s.took() {
			continue
		}
		// One that began the day before may last into the day of the session.
		before := civil.Date(s.day) - 1
		on, _ := slices.BinarySearchFunc(p.visits, before, func(v OtherVisit, d date.Date) int { return cmp.Compare(v.when(), d) })
		for ; on < len(p.visits) && p.visits[on].when() <= endDate(civil.Date(s.day), s.end); on++ {
			visit := &p.visits[on]
			if visit.Start.IsZero() || visit.State != StateDone && !visit.ahead() {
				continue
			}
			later := civil.Days(civil.Date(s.day), visit.Date) * civil.MinutesPerDay
			if start, end := later+visit.Start.Minutes(), later+visit.end(); int(s.start) < end && start < int(s.end) {
				found = report(found, i, "%s on %s, at the time of %s, %s-%s", s.times(), dayText(civil.Date(s.day)), visit.Name, visit.Start, visit.End)
			}
		}
	}
	return found
}

func checkTimeSkipped(p *Plan, found []Finding) []Finding { return p.checkTimes(civil.Gap, found) }

func checkTimeTwice(p *Plan, found []Finding) []Finding { return p.checkTimes(civil.Fold, found) }

// checkTimes reports the visits whose start or end the clocks do not show just
// once.
func (p *Plan) checkTimes(how civil.Resolution, found []Finding) []Finding {
	zone := civil.ZoneOf(p.zone)
	for i := range p.slots {
		s := &p.slots[i]
		if !s.counts() {
			continue
		}
		if s.start >= 0 {
			if _, start := zone.Resolve(civil.Date(s.day), int(s.start)); start == how {
				found = report(found, i, "starts at %s on %s", clockText(s.start), dayText(civil.Date(s.day)))
				continue
			}
		}
		if s.end >= 0 {
			if _, end := zone.Resolve(civil.Date(s.day), int(s.end)); end == how {
				found = report(found, i, "ends at %s on %s", clockText(s.end), dayText(civil.Date(s.day)))
			}
		}
	}
	return found
}

// checkObservation says nothing where the clocks show the end twice: then nobody
// knows how long the visit was.
func checkObservation(p *Plan, found []Finding) []Finding {
	zone := civil.ZoneOf(p.zone)
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() || s.start < 0 || s.end < 0 {
			continue
		}
		from, _ := zone.Resolve(civil.Date(s.day), int(s.start))
		to, how := zone.Resolve(civil.Date(s.day), int(s.end))
		if minutes := int(to-from) / 60; how != civil.Fold && minutes < int(s.Minutes) {
			found = report(found, i, "%s on %s: %d min of the %d min that the visit takes", s.times(), dayText(civil.Date(s.day)), minutes, s.Minutes)
		}
	}
	return found
}
