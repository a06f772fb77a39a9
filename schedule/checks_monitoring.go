package schedule

import (
	"github.com/regimen-go/regimen/internal/civil"
)

func checkMonitoring(p *Plan, found []Finding) []Finding {
	return p.checkVisits(RoleMonitoring, found)
}

func checkMonitoringOverdue(p *Plan, found []Finding) []Finding {
	today := p.today()
	for i := range p.visits {
		v := &p.visits[i]
		if v.Role != RoleMonitoring || !v.overdueOn(today) || p.recorded() {
			continue
		}
		text := "its window lasts to "
		if civil.Day(v.Latest) < today {
			text = "its window ended on "
		}
		found = report(found, wholePlan, "%s of %s: nobody has said what became of it, %s%s", v.Name, dayText(v.Date), text, dayText(v.Latest))
	}
	return found
}

// overdueOn reports whether the visit was to take place before a day.
func (v *OtherVisit) overdueOn(day int32) bool {
	return v.Placed() && v.ahead() && civil.Day(v.Date) < day
}

func checkResultMissing(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if p.slots[i].took() {
			found = p.lacks(i, found, "took place")
		}
	}
	return found
}

func checkResultDue(p *Plan, found []Finding) []Finding {
	today := p.today()
	for i := range p.slots {
		if p.dueOn(i, today) {
			found = p.lacks(i, found, "is planned")
		}
	}
	return found
}

// dueOn reports whether a session is to take place on a day, which is that of the as-of.
func (p *Plan) dueOn(i int, today int32) bool {
	s := &p.slots[i]
	return !p.recorded() && s.pending() && s.day == today
}

// lacks reports the results that a session needs and that nobody knows.
func (p *Plan) lacks(i int, found []Finding, what string) []Finding {
	for _, due := range p.resultsDue(i) {
		if due.Visit.ID.IsZero() {
			found = report(found, i, "%s on %s without the result of %s, which has to be of %s to %s", what, dayText(p.slots[i].date()), due.Monitoring,
				dayText(due.From), dayText(due.To))
		}
	}
	return found
}

func checkResultNotOK(p *Plan, found []Finding) []Finding {
	today := p.today()
	for i := range p.slots {
		what := "took place"
		if !p.slots[i].took() {
			if what = "is planned"; !p.dueOn(i, today) {
				continue
			}
		}
		for _, due := range p.resultsDue(i) {
			if !due.Visit.ID.IsZero() {
				found = report(found, i, "%s on %s, and the result of %s of %s was said to be not ok%s", what, dayText(p.slots[i].date()), due.Monitoring,
					dayText(due.Visit.Date), bracketed(due.Visit.Result))
			}
		}
	}
	return found
}
