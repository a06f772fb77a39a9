package schedule

import "github.com/regimen-go/regimen/internal/civil"

// checkDayLost reports sessions to come whose day was lost to an event since they
// were planned.
func checkDayLost(p *Plan, found []Finding) []Finding {
	if len(p.history) == 0 {
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
	if hours, known := p.answered(s.day); known && len(hours) == 0 {
		return report(found, i, "planned on %s, when the clinic is closed%s", day, p.closedBecause(s.day))
	}
	if reason, suits := p.patient.suits(civil.Date(s.day)); !suits {
		if reason != "" {
			reason = " (" + reason + ")"
		}
		return report(found, i, "planned on %s, which does not suit the patient%s", day, reason)
	}
	if before < 0 {
		return found
	}
	least := p.minGap(s, &p.slots[before])
	switch days := int(s.day - p.slots[before].day); {
	case days < 0:
		return report(found, i, "planned on %s, before session %d on %s", day, before+1, dayText(civil.Date(p.slots[before].day)))
	case days < least:
		return report(found, i, "planned on %s, %s after session %d, the minimum gap is %s", day, plural(days, "day"), before+1, plural(least, "day"))
	}
	return found
}

func checkNoDose(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.pending() && s.dose >= 0 && p.doses[s.dose].err != nil {
			found = report(found, i, "no dose: %s", p.doses[s.dose].err)
		}
	}
	return found
}
