package schedule

import "github.com/regimen-go/regimen/internal/civil"

func checkCompanions(p *Plan, found []Finding) []Finding { return p.checkVisits(RoleCompanion, found) }

func checkFollowUps(p *Plan, found []Finding) []Finding { return p.checkVisits(RoleFollowUp, found) }

// checkVisits says nothing of one that is held: its day comes with the treatment.
func (p *Plan) checkVisits(role VisitRole, found []Finding) []Finding {
	for i := range p.visits {
		v := &p.visits[i]
		if v.Role != role {
			continue
		}
		switch {
		case v.State == StateMissed && v.Placed():
			found = report(found, v.Session-1, "%s of %s did not take place%s", v.Name, dayText(v.Date), bracketed(v.Reason))
		case v.State == StateMissed:
			found = report(found, v.Session-1, "%s did not take place from %s to %s%s", v.Name, dayText(v.Earliest), dayText(v.Latest), bracketed(v.Reason))
		case v.ahead() && !v.Placed():
			found = report(found, v.Session-1, "%s has no possible day from %s to %s", v.Name, dayText(v.Earliest), dayText(v.Latest))
		}
	}
	return found
}

// visitsDone calls yield with every companion and follow-up that took place.
func (p *Plan) visitsDone(yield func(*OtherVisit) bool) {
	for i := range p.visits {
		if v := &p.visits[i]; v.State == StateDone && !yield(v) {
			return
		}
	}
}

func checkVisitOutsideWindow(p *Plan, found []Finding) []Finding {
	for v := range p.visitsDone {
		switch {
		case v.Date < v.Earliest:
			found = report(found, v.Session-1, "%s took place on %s, %s before its window, %s to %s", v.Name, dayText(v.Date),
				plural(civil.Days(v.Date, v.Earliest), "day"), dayText(v.Earliest), dayText(v.Latest))
		case v.Date > v.Latest:
			found = report(found, v.Session-1, "%s took place on %s, %s after its window, %s to %s", v.Name, dayText(v.Date),
				plural(civil.Days(v.Latest, v.Date), "day"), dayText(v.Earliest), dayText(v.Latest))
		}
	}
	return found
}

// checkVisitUnexpected looks at what was said of a visit before it took place.
func checkVisitUnexpected(p *Plan, found []Finding) []Finding {
	for v := range p.visitsDone {
		was := v.unsettled()
		switch {
		case v.unasked:
			found = report(found, v.Session-1, "%s took place on %s, and nothing asks for it then", v.Name, dayText(v.Date))
		case was.State == StateHeld:
			found = report(found, v.Session-1, "%s took place on %s, while the treatment was held", v.Name, dayText(v.Date))
		case was.State == StateCancelled:
			found = report(found, v.Session-1, "%s took place on %s, though it was cancelled", v.Name, dayText(v.Date))
		}
	}
	return found
}
