package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/dose"
)

// A doseVerdict is what is to be said of a dose that was given, the worst first.
type doseVerdict uint8

const (
	aboveHardLimit doseVerdict = iota + 1
	belowLimit
	aboveSoftLimit
	aboveCap
	otherRounding
	notAllowed
	tooLargeStep
	doseFits
)

func checkDoseHardLimit(p *Plan, found []Finding) []Finding {
	return p.checkDoses(aboveHardLimit, found)
}

func checkDoseBelowLimit(p *Plan, found []Finding) []Finding { return p.checkDoses(belowLimit, found) }

func checkDoseSoftLimit(p *Plan, found []Finding) []Finding {
	return p.checkDoses(aboveSoftLimit, found)
}

func checkCapPassed(p *Plan, found []Finding) []Finding { return p.checkDoses(aboveCap, found) }

func checkRounding(p *Plan, found []Finding) []Finding { return p.checkDoses(otherRounding, found) }

func checkDoseNotAllowed(p *Plan, found []Finding) []Finding { return p.checkDoses(notAllowed, found) }

// checkDoses reports the doses of which a verdict is true.
func (p *Plan) checkDoses(verdict doseVerdict, found []Finding) []Finding {
	for _, i := range p.judged {
		if v, text := p.judgeDose(i); v == verdict {
			found = report(found, i, "%s given: %s", p.givenDose(i), text)
		}
	}
	return found
}

// toJudge returns the positions of the sessions whose dose has to be looked at.
func (p *Plan) toJudge() (list []int) {
	for i := range p.slots {
		if p.slots[i].took() && !p.givenAsPlanned(i) {
			list = append(list, i)
		}
	}
	return list
}

// givenAsPlanned reports whether the planned dose was given over its own time, or how much
// is not entered: nothing is to be said of the dose then. What the planned one passes is
// said of that.
func (p *Plan) givenAsPlanned(i int) bool {
	s := &p.slots[i]
	g, phase := &p.given[s.given-1], &p.phases[s.Phase]
	switch {
	case len(g.Parts) > 0 && inParts(phase):
		return false
	case g.Dose.IsZero():
		return true
	}
	return g.During.IsZero() && s.dose >= 0 && p.doses.at(s.dose).is(g.Dose) && !phase.Dose.IsZero() && !p.weightWithdrawn(i)
}

// givenDose returns the dose that was given at a session that took place.
func (p *Plan) givenDose(i int) dose.Mass { return p.given[p.slots[i].given-1].Dose }

// judgeDose returns the first verdict that is true of the dose that was given at
// a session, and why.
func (p *Plan) judgeDose(i int) (doseVerdict, string) {
	s, given, during := &p.slots[i], p.givenDose(i), p.given[p.slots[i].given-1].During
	phase := &p.phases[s.Phase]
	switch {
	case len(p.given[s.given-1].Parts) > 0 && inParts(phase):
		return p.judgeParts(i, &p.given[s.given-1])
	case p.givenAsPlanned(i):
		return doseFits, ""
	case phase.Dose.IsZero():
		return notAllowed, "the phase " + phase.Name + " gives no drug"
	}
	c := p.compare(i, given)
	if p.weightWithdrawn(i) {
		c.body = p.body(p.weighingFor(i), s.day) // the limits are those of the right weight
	}
	if v, text := c.judge(given, during); v != doseFits || c.planned {
		return v, text
	}
	d := c.dose
	switch {
	case c.tooLarge:
		return tooLargeStep, d.ordered.String() + " planned, at most " + c.most.String() + " is one level above the dose before"
	case c.level:
		return doseFits, ""
	}
	if most := c.order.Rule.Cap; !most.IsZero() && given.Compare(most) > 0 {
		return aboveCap, "the cap is " + most.String()
	}
	if d == nil {
		return doseFits, "" // nothing to compare it with, which is another finding
	}
	rule, bounded := d.rule(), d.delivery.Calculation().Bounded()
	within := !rule.MaxDeviation.IsZero() && dose.Deviation{From: bounded, To: given}.Within(rule.MaxDeviation)
	if within || !rule.Rounding.IsZero() && distance(given, bounded).Compare(rule.Rounding.Step()) < 0 {
		return otherRounding, bounded.String() + " rounded to " + rule.Rounding.String() + " is " + d.ordered.String()
	}
	return notAllowed, d.ordered.String() + " planned"
}

// distance returns how far apart two masses are.
func distance(a, b dose.Mass) dose.Mass {
	if a.Compare(b) < 0 {
		a, b = b, a
	}
	far, _ := a.Sub(b) // the larger less the smaller is a mass
	return far
}

// A comparison is what a dose that was given is compared with.
type comparison struct {
	dose  *plannedDose // nil where there is none
	order dose.Order
	body  dose.Body
	// planned says that it is the planned dose, level that it is another that the
	// session has, or the planned step that the level given last passes over.
	planned, level bool
	// most is the largest level that is allowed, where the phase is climbed by one
	// and tooLarge says that the level is above it.
	most     dose.Mass
	tooLarge bool
}

// compare returns what a dose that was given at a session is compared with: the
// rule of the level that it is, else that of the planned dose.
func (p *Plan) compare(i int, given dose.Mass) comparison {
	s := &p.slots[i]
	phase := &p.phases[s.Phase]
	weighed := p.weighingFor(i)
	_, own := plannedRule(phase, int(s.Number))
	c := comparison{order: phase.OrderOf(*own)}
	if s.dose >= 0 && p.doses.at(s.dose).err == nil {
		c.dose = p.doses.at(s.dose)
		weighed, c.order, c.planned = c.dose.weighed, c.dose.delivery.Order(), c.dose.is(given)
	}
	if c.body = p.body(weighed, s.day); c.planned || c.dose == nil || oneLevel(phase) {
		c.level = !c.planned && c.dose != nil && c.dose.isWithConditions(given)
		return c
	}
	ladder := p.ladder(i, weighed)
	if at := slices.IndexFunc(ladder, func(r rung) bool { return r.is(given) }); at >= 0 {
		c.level, c.order = true, phase.OrderOf(ladder[at].Rule)
		most, bounded := p.bound(i, ladder)
		c.most, c.tooLarge = most, bounded && ladder[at].amount.Compare(most) > 0
		return c
	}
	step, err := deliver(phase, own, dose.Mass{}, c.body)
	c.level = err == nil && (given == step.Delivered() || given == step.Dose())
	return c
}

// judge returns the worst that the limits say of a dose, beyond what they say of
// the planned one.
func (c *comparison) judge(given dose.Mass, during dose.Duration) (doseVerdict, string) {
	worst, text := doseFits, ""
	judgement, _ := c.order.Judge(given, during, c.body) // what cannot be judged is a finding of its own
	for passed := range judgement.Passed() {
		if v := verdictOf(passed); v < worst && !c.expects(passed) {
			worst, text = v, "passes the "+passed.String()
		}
	}
	return worst, text
}

// expects reports whether the planned dose, which this is, passes a limit too.
func (c *comparison) expects(passed dose.PassedLimit) bool {
	if !c.planned {
		return false
	}
	for soft := range c.dose.delivery.SoftLimits() {
		if soft == passed {
			return true
		}
	}
	return false
}

// verdictOf says how bad it is that a limit is passed. In less than the least time
// a dose is given too fast.
func verdictOf(l dose.PassedLimit) doseVerdict {
	above := l.Side >= dose.SoftMax
	if l.Measure == dose.OfDuration {
		above = !above
	}
	switch {
	case above && l.Side.Hard():
		return aboveHardLimit
	case above:
		return aboveSoftLimit
	default:
		return belowLimit
	}
}

// checkSoftLimit is about the doses that the protocol computes, also where they
// are what was given.
func checkSoftLimit(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || !s.counts() || s.took() && !p.doses.at(s.dose).is(p.givenDose(i)) {
			continue
		}
		d := p.doses.at(s.dose)
		if d.soft {
			for limit := range d.delivery.SoftLimits() {
				found = report(found, i, "passes the %s", limit)
			}
		}
		for _, part := range d.parts {
			for limit := range part.Delivery.SoftLimits() {
				if part.Planned() {
					found = report(found, i, "part %q passes the %s", part.Part.Name, limit)
				}
			}
		}
	}
	return found
}

func checkAdministrationLonger(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || !s.counts() || s.took() && (!p.given[s.given-1].During.IsZero() || !p.doses.at(s.dose).is(p.givenDose(i))) {
			continue
		}
		if d := p.doses.at(s.dose); d.longer && len(d.parts) > 0 {
			found = report(found, i, "%s", partsLongerText(&p.phases[s.Phase], d.parts))
		} else if d.longer {
			found = report(found, i, "giving the dose takes %s, the visit has %s for it", d.delivery.Time(), d.delivery.Order().Administration)
		}
	}
	return found
}

func checkCumulativeSoft(p *Plan, found []Finding) []Finding { return p.checkSums(false, found) }

func checkCumulativeHard(p *Plan, found []Finding) []Finding { return p.checkSums(true, found) }

// checkSums adds up what was given and what is planned, and reports the session
// at which a period passes a maximum, and the last of one that does not reach a
// minimum.
func (p *Plan) checkSums(hard bool, found []Finding) []Finding {
	side, kind := [2]dose.Side{dose.SoftMin, dose.SoftMax}, "soft"
	if hard {
		side, kind = [2]dose.Side{dose.HardMin, dose.HardMax}, "hard"
	}
	for limit := range p.limits {
		l := &p.limits[limit]
		minimum, maximum := l.Limit.SoftMin, l.Limit.SoftMax
		if hard {
			minimum, maximum = l.Limit.HardMin, l.Limit.HardMax
		}
		if minimum.IsZero() && maximum.IsZero() {
			continue
		}
		t := p.totals(limit)
		var said map[int32]bool // the periods of which it was said
		for i := range p.slots {
			sum, over, err := t.add(i)
			if err != nil && !maximum.IsZero() {
				over = side[1] // past what can be added up, which no limit reaches
			}
			if over == side[1] && t.judges(i) && !said[t.period] {
				if said == nil {
					said = make(map[int32]bool)
				}
				said[t.period] = true
				found = report(found, i, "the doses of the %s up to this session are %s, the %s limit is %s", l.Per, sum, kind, maximum)
			}
		}
		for _, short := range p.shortfalls(limit) {
			if short.side == side[0] {
				found = report(found, short.last, "the doses of the %s are %s, the %s min is %s", l.Per, short.sum, kind, minimum)
			}
		}
	}
	return found
}
