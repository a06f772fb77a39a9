package schedule

import (
	"errors"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
)

// uncomputed returns why there is no dose to compare the one given at a session
// with, nil where there is one or none is needed.
func (p *Plan) uncomputed(i int) error {
	s := &p.slots[i]
	phase := &p.phases[s.Phase]
	if !s.took() || s.dose >= 0 || phase.Dose.IsZero() {
		return nil
	}
	_, rule := plannedRule(phase, int(s.Number))
	_, err := p.deliver(phase, rule, dose.Mass{}, p.body(p.weighingFor(i), s.day))
	return err
}

func checkWeightMissing(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if err := p.uncomputed(i); err != nil && errors.Is(err, dose.ErrNoWeight) {
			found = report(found, i, "%s was given without a weight measured by %s", p.given[p.slots[i].given-1].Dose, dayText(civil.Date(p.slots[i].day)))
		}
	}
	return found
}

func checkDoseUnknown(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if err := p.uncomputed(i); err != nil && !errors.Is(err, dose.ErrNoWeight) {
			found = report(found, i, "no dose to compare with: %s", err)
		}
	}
	return found
}

func checkWeightDue(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if p.weightDue(i) {
			age, most := p.weightAge(i)
			found = report(found, i, "the weighing of %s is %s old then, at most %d are within the protocol: weigh before",
				civil.Format(p.weighingOf(i).Date), plural(age, "day"), most)
		}
	}
	return found
}

// weightDue reports whether the patient has to be weighed before a session to come.
func (p *Plan) weightDue(i int) bool {
	if !p.slots[i].pending() {
		return false
	}
	age, most := p.weightAge(i)
	return most > 0 && age > most
}

func checkWeightStale(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if !p.slots[i].took() {
			continue
		}
		if age, most := p.weightAge(i); most > 0 && age > most {
			found = report(found, i, "the weighing of %s was %s old, at most %d are within the protocol",
				civil.Format(p.weighingOf(i).Date), plural(age, "day"), most)
		}
	}
	return found
}

// weighingOf returns the weighing that the dose of a session was computed from or,
// where that was withdrawn since, the one that holds for it: zero for none.
func (p *Plan) weighingOf(i int) Weighing {
	switch at := p.slots[i].dose; {
	case at < 0:
		return Weighing{}
	case p.weightWithdrawn(i):
		return p.weighingFor(i)
	default:
		return p.doses.at(at).weighed
	}
}

// weightWithdrawn reports whether a dose that was given had been computed from a
// weight that is no longer among those that were measured.
func (p *Plan) weightWithdrawn(i int) bool {
	s := &p.slots[i]
	if !s.took() || s.dose < 0 {
		return false
	}
	w := p.doses.at(s.dose).weighed
	if w == (Weighing{}) {
		return false
	}
	for at := p.weighingOn(civil.Day(w.Date)); at >= 0 && p.weighings.at(at).Date == w.Date; at-- {
		if *p.weighings.at(at) == w {
			return false
		}
	}
	return true
}

// weightAge returns how many days old that weighing is on the day of the session,
// and how many it may be, 0 where it has no limit.
func (p *Plan) weightAge(i int) (age, most int) {
	w := p.weighingOf(i)
	if w == (Weighing{}) {
		return 0, 0
	}
	return civil.Days(w.Date, civil.Date(p.slots[i].day)), p.phases[p.slots[i].Phase].Weights.StaleAfter
}

func checkWeightChanged(p *Plan, found []Finding) []Finding {
	var last Weighing
	for i := range p.slots {
		s := &p.slots[i]
		now := p.weighingOf(i)
		if now == (Weighing{}) || !s.counts() {
			continue
		}
		if last != (Weighing{}) && now != last {
			before, after := last.Weight, now.Weight
			if most := p.phases[s.Phase].Weights.Change; !most.IsZero() && !after.Within(most, before) {
				found = report(found, i, "%s measured on %s is more than %s away from the %s of the dose before",
					after, civil.Format(now.Date), most, before)
			}
		}
		last = now
	}
	return found
}

func checkWeightImplausible(p *Plan, found []Finding) []Finding {
	var last Weighing
	var height dose.Height
	for i := range p.slots {
		w := p.weighingOf(i)
		if w == (Weighing{}) || w == last && p.doses.at(p.slots[i].dose).height == height {
			continue
		}
		last, height = w, p.doses.at(p.slots[i].dose).height
		body := dose.Body{Weight: w.Weight, Height: height, Sex: p.sex}
		for o := range p.plausible.Observe(body) {
			hint := ""
			if w, plausible := p.plausible.AsPounds(body); plausible {
				hint = "; if the number was in pounds it is " + w.String()
			}
			found = report(found, i, "%s%s", o, hint)
		}
	}
	for i := range p.slots {
		s := &p.slots[i]
		if !p.recorded() || !s.took() || p.given[s.given-1].Weight.IsZero() {
			continue
		}
		if err := p.plausible.CheckBody(dose.Body{Weight: p.given[s.given-1].Weight, Height: p.height}); err != nil {
			found = report(found, i, "%s; no dose is computed from it", err)
		}
	}
	return found
}
