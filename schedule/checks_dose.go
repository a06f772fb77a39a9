package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/dose"
)

// A doseVerdict is what is to be said of a dose that was given.
type doseVerdict uint8

const (
	doseFits doseVerdict = iota
	aboveHardLimit
	belowLimit
	aboveSoftLimit
	aboveCap
	otherRounding
	notAllowed
	tooLargeStep
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

func checkStepTooLarge(p *Plan, found []Finding) []Finding { return p.checkDoses(tooLargeStep, found) }

// checkDoses reports the doses of which a verdict is true.
func (p *Plan) checkDoses(verdict doseVerdict, found []Finding) []Finding {
	for i := range p.slots {
		if p.slots[i].took() {
			if v, text := p.judgeDose(i); v == verdict {
				found = report(found, i, "%s given: %s", p.givenDose(i), text)
			}
		}
	}
	return found
}

// givenDose returns the dose that was given at a session that took place.
func (p *Plan) givenDose(i int) dose.Mass { return p.given[p.slots[i].given-1].Dose }

// judgeDose returns the first verdict that is true of the dose that was given at
// a session, and why.
func (p *Plan) judgeDose(i int) (doseVerdict, string) {
	s, given := &p.slots[i], p.givenDose(i)
	switch phase := &p.phases[s.Phase]; {
	case given.IsZero():
		return doseFits, ""
	case phase.Dose.IsZero():
		return notAllowed, "the phase " + phase.Name + " gives no drug"
	case s.dose < 0 || p.doses[s.dose].err != nil:
		return judgeByRule(p.ruleOf(i), given)
	}
	d := &p.doses[s.dose]
	if given == d.calculation.Dose() || !d.worksheet.IsZero() && given == d.worksheet.Delivered() {
		return doseFits, ""
	}
	rule := d.calculation.Rule()
	if v, text := judgeByLimits(rule, d.calculation, given); v != doseFits {
		return v, text
	}
	planned := d.calculation.Dose().String() + " planned"
	if between, allowed := p.passedOver(i, given); allowed {
		if between.IsZero() {
			return doseFits, ""
		}
		return tooLargeStep, planned + ", " + between.String() + " comes before it"
	}
	if !rule.Cap.IsZero() && given.Compare(rule.Cap) > 0 {
		return aboveCap, "the cap is " + rule.Cap.String()
	}
	bounded := d.calculation.Bounded()
	within := !rule.MaxDeviation.IsZero() && dose.Deviation{From: bounded, To: given}.Within(rule.MaxDeviation)
	if within || !rule.Rounding.IsZero() && distance(given, bounded).Compare(rule.Rounding.Step()) < 0 {
		return otherRounding, bounded.String() + " rounded to " + rule.Rounding.String() + " is " + d.calculation.Dose().String()
	}
	return notAllowed, planned
}

// distance returns how far apart two masses are.
func distance(a, b dose.Mass) dose.Mass {
	if a.Compare(b) < 0 {
		a, b = b, a
	}
	far, _ := a.Sub(b) // the larger less the smaller is a mass
	return far
}

// ruleOf returns the rule that the dose of a session follows.
func (p *Plan) ruleOf(i int) dose.Rule {
	phase := &p.phases[p.slots[i].Phase]
	if step := plannedStep(phase, int(p.slots[i].Number)); step >= 0 {
		return phase.Steps[step].Dose
	}
	return phase.Dose
}

// judgeByRule judges a dose by what a rule says without a body.
func judgeByRule(rule dose.Rule, given dose.Mass) (doseVerdict, string) {
	if v, text := judgeByLimit(rule.Limits.Dose, dose.OfDose, given, ""); v != doseFits {
		return v, text
	}
	if !rule.Cap.IsZero() && given.Compare(rule.Cap) > 0 {
		return aboveCap, "the cap is " + rule.Cap.String()
	}
	return doseFits, ""
}

// judgeByLimits judges a dose by the limits in mg and in mg/kg. A bound per
// kilogram is multiplied by the weight, so that it stays exact.
func judgeByLimits(rule dose.Rule, c dose.Calculation, given dose.Mass) (doseVerdict, string) {
	worst, text := judgeByLimit(rule.Limits.Dose, dose.OfDose, given, "")
	weight := c.Weight()
	if weight.IsZero() {
		weight = c.Body().Weight
	}
	perKilogram := rule.Limits.PerKilogram
	if perKilogram.IsZero() || weight.IsZero() {
		return worst, text
	}
	var limit dose.Limit[dose.Mass]
	for _, side := range [...]struct {
		bound dose.PerKilogram
		to    *dose.Mass
	}{
		{perKilogram.HardMin, &limit.HardMin},
		{perKilogram.SoftMin, &limit.SoftMin},
		{perKilogram.SoftMax, &limit.SoftMax},
		{perKilogram.HardMax, &limit.HardMax},
	} {
		*side.to, _ = side.bound.For(weight) // computing the dose judged the same product
	}
	v, other := judgeByLimit(limit, dose.OfPerKilogram, given, " for "+weight.String())
	if worst == doseFits || v != doseFits && v < worst {
		return v, other
	}
	return worst, text
}

func judgeByLimit(limit dose.Limit[dose.Mass], m dose.Measure, given dose.Mass, of string) (doseVerdict, string) {
	side, passed := limit.Judge(given)
	if !passed {
		return doseFits, ""
	}
	bound, verdict := limit.HardMax, aboveHardLimit
	switch side {
	case dose.HardMin:
		bound, verdict = limit.HardMin, belowLimit
	case dose.SoftMin:
		bound, verdict = limit.SoftMin, belowLimit
	case dose.SoftMax:
		bound, verdict = limit.SoftMax, aboveSoftLimit
	}
	return verdict, "the " + side.String() + " of the " + m.String() + of + " is " + bound.String()
}

// passedOver reports whether the protocol allows a dose at a session besides the
// planned one. If there are allowed doses between it and the one that has the
// rank of the dose before, in order of amount, the least of them is returned:
// the protocols know no other measure of a step.
func (p *Plan) passedOver(i int, given dose.Mass) (between dose.Mass, allowed bool) {
	ladder := p.ladder(i)
	to, allowed := slices.BinarySearchFunc(ladder, given, dose.Mass.Compare)
	if !allowed {
		return dose.Mass{}, false
	}
	for before := i - 1; before >= 0; before-- {
		if !p.slots[before].took() || p.slots[before].dose < 0 {
			continue
		}
		from, known := slices.BinarySearchFunc(p.ladder(before), p.givenDose(before), dose.Mass.Compare)
		if known && to > from+1 {
			return ladder[from+1], true
		}
		break
	}
	return dose.Mass{}, true
}

// ladder returns the doses that the protocol has for a session, in order.
func (p *Plan) ladder(i int) []dose.Mass {
	s := Session{p, i}
	list := []dose.Mass{s.Dose().Dose()}
	for a := range s.Allowed() {
		list = append(list, a.Dose)
	}
	slices.SortFunc(list, dose.Mass.Compare)
	return slices.Compact(list)
}

// checkSoftLimit is about the doses that the protocol computes, also where they
// are what was given.
func checkSoftLimit(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || !s.counts() {
			continue
		}
		d := &p.doses[s.dose]
		if s.took() && p.givenDose(i) != d.calculation.Dose() && p.givenDose(i) != d.worksheet.Delivered() {
			continue
		}
		before := len(found)
		for limit := range d.calculation.SoftLimits() {
			found = report(found, i, "passes the %s", limit)
		}
		// Preparing a dose can pass further limits, and may pass the same ones.
		for limit := range d.worksheet.SoftLimits() {
			text := "passes the " + limit.String()
			if !slices.ContainsFunc(found[before:], func(f Finding) bool { return f.Text == text }) {
				found = report(found, i, "%s", text)
			}
		}
	}
	return found
}

func checkCumulativeSoft(p *Plan, found []Finding) []Finding { return p.checkSums(false, found) }

func checkCumulativeHard(p *Plan, found []Finding) []Finding { return p.checkSums(true, found) }

// checkSums adds up what was given and what is planned, and reports the session
// at which a period passes its limit.
func (p *Plan) checkSums(hard bool, found []Finding) []Finding {
	for l := range p.limits {
		limit := &p.limits[l]
		bound, kind, worst := limit.Limit.SoftMax, "soft", dose.SoftMax
		if hard {
			bound, kind, worst = limit.Limit.HardMax, "hard", dose.HardMax
		}
		var total dose.Mass
		period, passed := int32(-1), false
		for _, i := range p.byDay {
			s := &p.slots[i]
			if !s.counts() || s.dose < 0 && !s.took() {
				continue
			}
			if now := p.period(limit.Per, s.day); now != period {
				total, period, passed = dose.Mass{}, now, false
			}
			add := dose.Mass{}
			if s.took() {
				add = p.givenDose(i)
			} else {
				add = p.doses[s.dose].calculation.Dose()
			}
			more, err := total.Add(add)
			side, over := limit.Limit.Judge(more)
			if over = over && side == worst; err != nil {
				// Past what can be added up, which no limit reaches.
				more, over = total, !bound.IsZero()
			}
			if total = more; over && !passed {
				found = report(found, i, "the doses of the %s up to this session are %s, the %s limit is %s", limit.Per, total, kind, bound)
			}
			passed = passed || over
		}
	}
	return found
}
