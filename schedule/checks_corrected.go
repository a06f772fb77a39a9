package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

func checkNotRestored(p *Plan, found []Finding) []Finding {
	for _, u := range p.unrestored {
		i := slices.IndexFunc(p.slots, func(s slot) bool { return s.serial == u.serial })
		if at := p.visitAt(u.visit); at >= 0 {
			if !p.visits[at].ahead() {
				continue
			}
			i = p.visits[at].Session - 1
		} else if i >= 0 && !p.slots[i].toCome() {
			continue
		}
		if !p.words.holds(p.journal, u.by) {
			continue
		}
		was, by := p.journal.at(int(u.at.entry)).Event, p.journal.at(int(u.by.entry)).Event
		found = report(found, i, "event %s (%s) is withdrawn by event %s, but what it had set could not go back", strconv.Quote(was.ID), was.What.kind(), strconv.Quote(by.ID))
	}
	return found
}

// checkWeightWithdrawn is about doses that were given. What the limits say of them
// with the weight that holds, the checks of doses report.
func checkWeightWithdrawn(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if !p.weightWithdrawn(i) {
			continue
		}
		was, now := p.doses.at(p.slots[i].dose).weighed, p.weighingFor(i)
		text := "none holds instead"
		if now != (Weighing{}) {
			text = now.Weight.String() + " measured on " + civil.Format(now.Date) + " holds"
		}
		found = report(found, i, "the dose was computed from %s measured on %s, which is withdrawn: %s", was.Weight, civil.Format(was.Date), text)
	}
	return found
}
