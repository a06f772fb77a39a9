package schedule

import (
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

// checkCorrected is about corrections, not about what is true.
func checkCorrected(p *Plan, found []Finding) []Finding {
	for _, number := range p.corrections {
		c := p.journal.at(int(number)).Event
		if _, corrected := p.words[number]; !corrected {
			of := p.journal.note(c.What.(Corrected).Of).Event
			found = report(found, p.firstOf(of.What), "event %s (%s) is corrected by event %s", strconv.Quote(of.ID), of.What.kind(), strconv.Quote(c.ID))
		}
	}
	for _, c := range p.afterwards {
		at := p.indexOf(c.session)
		was, by := p.journal.at(int(c.entry)).Event, p.journal.at(int(c.by)).Event
		found = report(found, at, "event %s (%s) is corrected by event %s (%s)", strconv.Quote(was.ID), was.What.kind(), strconv.Quote(by.ID), by.What.kind())
	}
	return found
}

// firstOf returns the position of the first session that a happening names, -1 for
// none.
func (p *Plan) firstOf(h Happening) int {
	for _, id := range about(h) {
		return p.indexOf(id)
	}
	return -1
}

// indexOf returns the position of the session with an id, -1 for none.
func (p *Plan) indexOf(id ID) int {
	s, ok := p.Session(id)
	if !ok {
		return -1
	}
	return s.index
}

func checkNothingGiven(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.took() && s.nothing {
			found = report(found, i, "came on %s, and nothing was given%s", dayText(civil.Date(s.day)), p.becauseGiven(i))
		}
	}
	return found
}

// becauseGiven returns the reason that was recorded with what was given, in
// brackets, or "".
func (p *Plan) becauseGiven(i int) string {
	if reason := p.given[p.slots[i].given-1].Reason; reason != "" {
		return " (" + reason + ")"
	}
	return ""
}

func checkDoseMissing(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.took() && !s.nothing && !p.phases[s.Phase].Dose.IsZero() && p.givenDose(i).IsZero() {
			found = report(found, i, "given on %s: the dose is not entered yet", dayText(civil.Date(s.day)))
		}
	}
	return found
}

// checkReasonMissing says nothing of a dose that is not entered yet, nor of a bare
// record, which has findings about its doses.
func checkReasonMissing(p *Plan, found []Finding) []Finding {
	if p.recorded() {
		return found
	}
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() || p.phases[s.Phase].Dose.IsZero() && p.givenDose(i).IsZero() {
			continue
		}
		g := &p.given[s.given-1]
		if g.Reason != "" && g.Who != "" || g.Dose.IsZero() && !s.nothing {
			continue
		}
		allowed, soft := Session{p, i}.expects(*g)
		switch {
		case s.nothing:
			found = report(found, i, "nothing was given, without %s", missingOf(g))
		case !allowed:
			found = report(found, i, "%s given, which is not the planned dose nor one that the protocol allows here, without %s", g.Dose, missingOf(g))
		case soft && !p.accepts(s.serial, SoftLimit):
			found = report(found, i, "%s given, which passes a soft limit, without %s", g.Dose, missingOf(g))
		}
	}
	return found
}

// missingOf says what of a reason and who decided is missing.
func missingOf(g *Given) string {
	switch {
	case g.Reason != "":
		return "who decided it"
	case g.Who != "":
		return "a reason"
	default:
		return "a reason and who decided it"
	}
}

func checkGivenOnHold(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.took() && s.onHold {
			found = report(found, i, "given on %s, while the treatment was held", dayText(civil.Date(s.day)))
		}
	}
	return found
}

func checkMadeUpTwice(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.took() && s.replaced {
			if at := p.madeUpFor(s.serial); at >= 0 {
				found = report(found, i, "given on %s, and session %d makes up for it", dayText(civil.Date(s.day)), at+1)
			}
		}
	}
	return found
}
