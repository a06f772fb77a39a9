package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// isWithConditions reports whether a dose that was given is the planned one with the parts
// that are given on a condition, in their order as far as they were given.
func (d *plannedDose) isWithConditions(given dose.Mass) bool {
	sum := d.delivered
	for i := range d.parts {
		part := &d.parts[i]
		if part.Planned() || part.Err != nil {
			continue
		}
		var err error
		if sum, err = sum.Add(part.Delivery.Delivered()); err == nil && sum == given {
			return true
		}
	}
	return false
}

// inParts is [protocol.Phase.InParts] of a phase that is too large to be handed on.
func inParts(phase *protocol.Phase) bool { return len(phase.Parts) > 0 }

func passesSoft(d dose.Delivery) bool {
	for range d.SoftLimits() {
		return true
	}
	return false
}

// part returns a part of the planned dose by its name.
func (d *plannedDose) part(name string) *dose.PartDelivery {
	if d == nil {
		return nil
	}
	if i := slices.IndexFunc(d.parts, func(part dose.PartDelivery) bool { return part.Part.Name == name }); i >= 0 {
		return &d.parts[i]
	}
	return nil
}

// judgeParts returns the worst verdict that is true of the parts that were given at a
// session, each by its own limits and the whole by those of the whole, and why.
func (p *Plan) judgeParts(i int, g *Given) (doseVerdict, string) {
	s := &p.slots[i]
	phase := &p.phases[s.Phase]
	sequence := phase.Sequence()
	weighed := p.weighingFor(i)
	var planned *plannedDose
	if s.dose >= 0 && p.doses.at(s.dose).err == nil {
		planned = p.doses.at(s.dose)
		weighed = planned.weighed
	}
	withdrawn := s.took() && p.weightWithdrawn(i)
	if withdrawn {
		weighed = p.weighingFor(i) // the limits are those of the right weight
	}
	body := p.body(weighed, s.day)
	zone := civil.NewZone(p.zone)
	worst, text := doseFits, ""
	note := func(v doseVerdict, why string) {
		if v < worst {
			worst, text = v, why
		}
	}
	for k := range g.Parts {
		given := &g.Parts[k]
		part, known := sequence.Part(given.Name)
		switch pd := planned.part(given.Name); {
		case !known: // a finding of its own
		case given.Nothing:
			if part.Condition == "" {
				note(notAllowed, quotedPart(given.Name)+" was not given")
			}
		case given.Dose.IsZero(): // not entered yet
		default:
			v, why := judgePart(part, pd, given.Dose, g.partDuring(zone, k), body, withdrawn)
			note(v, quotedPart(given.Name)+", "+given.Dose.String()+": "+why)
		}
	}
	if !g.Dose.IsZero() {
		asPlanned := planned != nil && planned.is(g.Dose) && !withdrawn
		judgement, _ := sequence.Whole().Judge(g.Dose, g.During, body)
		for passed := range judgement.Passed() {
			if v := verdictOf(passed); !asPlanned || v == aboveHardLimit {
				note(v, "all parts together: passes the "+passed.String())
			}
		}
	}
	return worst, text
}

// quotedPart names a part in a finding.
func quotedPart(name string) string { return "part \"" + name + "\"" }

// judgePart returns what is to be said of a part that was given, and why: by its limits
// and, beside them, by what was planned of it.
func judgePart(part dose.Part, planned *dose.PartDelivery, given dose.Mass, during dose.Duration, body dose.Body, withdrawn bool) (doseVerdict, string) {
	is := planned != nil && planned.Err == nil && (given == planned.Delivery.Delivered() || given == planned.Delivery.Dose())
	if is && during.IsZero() && !withdrawn {
		return doseFits, "" // what it passes is said of the planned dose
	}
	worst, text := doseFits, ""
	judgement, _ := part.Order().Judge(given, during, body) // what cannot be judged is a finding of its own
	for passed := range judgement.Passed() {
		if v := verdictOf(passed); v < worst && !(is && expectsOf(planned.Delivery, passed)) {
			worst, text = v, "passes the "+passed.String()
		}
	}
	switch {
	case worst != doseFits || is:
		return worst, text
	case !part.Rule.Cap.IsZero() && given.Compare(part.Rule.Cap) > 0:
		return aboveCap, "the cap is " + part.Rule.Cap.String()
	case planned == nil:
		return doseFits, ""
	case planned.Err != nil:
		return notAllowed, "not possible: " + planned.Err.Error()
	}
	bounded, rule := planned.Delivery.Calculation().Bounded(), part.Rule
	within := !rule.MaxDeviation.IsZero() && dose.Deviation{From: bounded, To: given}.Within(rule.MaxDeviation)
	if within || !rule.Rounding.IsZero() && distance(given, bounded).Compare(rule.Rounding.Step()) < 0 {
		return otherRounding, bounded.String() + " rounded to " + rule.Rounding.String() + " is " + planned.Delivery.Dose().String()
	}
	return notAllowed, planned.Delivery.Dose().String() + " planned"
}

// expectsOf reports whether a planned dose passes a soft limit too.
func expectsOf(d dose.Delivery, passed dose.PassedLimit) bool {
	for soft := range d.SoftLimits() {
		if soft == passed {
			return true
		}
	}
	return false
}

// expectsParts is [Session.expects] for a dose of which the parts are known.
func (s Session) expectsParts(g Given) (allowed, soft bool) {
	v, _ := s.plan.judgeParts(s.index, &g)
	if v != doseFits && v != aboveSoftLimit && v != belowLimit {
		return false, false
	}
	soft = v != doseFits
	for i := range g.Parts {
		given := &g.Parts[i]
		switch part := s.planned().part(given.Name); {
		case given.Nothing:
		case part == nil:
			return false, false
		default:
			soft = soft || passesSoft(part.Delivery)
		}
	}
	return true, soft || passesSoft(s.Delivery())
}

// checkPartsMissing says nothing of a dose that is not entered yet and has no parts: that
// is a finding of its own.
func checkPartsMissing(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() || s.nothing || !inParts(&p.phases[s.Phase]) {
			continue
		}
		g := &p.given[s.given-1]
		if len(g.Parts) == 0 {
			if !g.Dose.IsZero() {
				found = report(found, i, "%s given, and it is not recorded how much of each part", g.Dose)
			}
			continue
		}
		for _, part := range p.phases[s.Phase].Parts {
			switch at := slices.IndexFunc(g.Parts, func(given GivenPart) bool { return given.Name == part.Name }); {
			case at < 0 && part.Condition == "":
				found = report(found, i, "it is not recorded whether part %q was given", part.Name)
			case at >= 0 && !g.Parts[at].Nothing && g.Parts[at].Dose.IsZero():
				found = report(found, i, "it is not recorded how much of part %q was given", part.Name)
			}
		}
	}
	return found
}

func checkPartUnknown(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() || len(p.given[s.given-1].Parts) == 0 {
			continue
		}
		sequence := p.phases[s.Phase].Sequence()
		for _, given := range p.given[s.given-1].Parts {
			if _, known := sequence.Part(given.Name); !known {
				found = report(found, i, "%s: the dose of the phase %s has no part of this name", given, p.phases[s.Phase].Name)
			}
		}
	}
	return found
}

// checkPartEarly looks at parts whose times were written down, as those of the part before.
func checkPartEarly(p *Plan, found []Finding) []Finding {
	zone := civil.NewZone(p.zone)
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() || !inParts(&p.phases[s.Phase]) {
			continue
		}
		g := &p.given[s.given-1]
		at := func(name string) int {
			return slices.IndexFunc(g.Parts, func(given GivenPart) bool { return given.Name == name && !given.Nothing })
		}
		parts := p.phases[s.Phase].Parts
		for k := 1; k < len(parts); k++ {
			now, before := at(parts[k].Name), at(parts[k-1].Name)
			if now < 0 || before < 0 {
				continue
			}
			from, _ := g.partMinutes(zone, now)
			since, ended := g.partMinutes(zone, before)
			after, fromStart := parts[k].Start.After()
			word := "begun"
			if !fromStart {
				since, word = ended, "ended"
			}
			if from < 0 || since < 0 {
				continue
			}
			begins, _ := zone.Resolve(g.Date, from)
			counted, _ := zone.Resolve(g.Date, since)
			if clockTime(begins-counted) < after.Time() {
				found = report(found, i, "part %q was begun at %s, less than %s after part %q had %s at %s", parts[k].Name, clockText(int16(from%civil.MinutesPerDay)),
					protocol.FormatDuration(after.Time()), parts[k-1].Name, word, clockText(int16(since%civil.MinutesPerDay)))
			}
		}
	}
	return found
}

func checkPartImpossible(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if s.dose < 0 || !s.toCome() {
			continue
		}
		for _, part := range p.doses.at(s.dose).parts {
			if part.Err != nil {
				found = report(found, i, "%s", part.Err)
			}
		}
	}
	return found
}
