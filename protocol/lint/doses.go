package lint

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// Rules about doses.

// A placedRule is a dose of a phase with where the file has it.
type placedRule struct {
	place string
	rule  dose.Rule
	// given computes what is given of it to a body.
	given func(dose.Body) error
}

func placed(place string, o dose.Order) placedRule {
	return placedRule{place, o.Rule, func(b dose.Body) error {
		_, err := o.For(b)
		return err
	}}
}

// doses returns the dose of a phase, those of its parts and those of its steps.
func doses(i int, p protocol.Phase) []placedRule {
	if p.Dose.IsZero() {
		return nil
	}
	at := func(place string, o dose.Order) placedRule { return placed(phaseAt(i)+place, o) }
	if p.InParts() {
		var list []placedRule
		for k, part := range p.Parts {
			list = append(list, at("/parts/"+strconv.Itoa(k)+"/dose", part.Order()))
		}
		return append(list, placedRule{wholeAt(i, p), p.Dose, func(b dose.Body) error {
			_, _, err := p.Sequence().For(b)
			if _, ofPart := errors.AsType[*dose.PartError](err); ofPart {
				return nil // said of the part
			}
			return err
		}})
	}
	list := []placedRule{at("/dose", p.OrderOf(p.Dose))}
	for k, step := range p.Steps {
		list = append(list, at("/steps/"+strconv.Itoa(k)+"/dose", p.OrderOf(step.Dose)))
	}
	return list
}

// wholeAt returns where the file has what there is of a dose in parts as a whole.
func wholeAt(i int, p protocol.Phase) string {
	if p.Dose.Limits.IsZero() {
		return phaseAt(i) + "/parts"
	}
	return phaseAt(i) + "/dose"
}

// checkPartsUnlimited finds doses to which a part on a condition adds and that no hard
// maximum of the whole bounds.
func checkPartsUnlimited(v *Variant, report Report) {
	for i, p := range v.phases {
		if !p.Dose.Limits.Dose.HardMax.IsZero() || !v.Known(i, protocol.FieldMaximum) {
			continue
		}
		for k, part := range p.Parts {
			if part.Condition != "" {
				report(phaseAt(i)+"/parts/"+strconv.Itoa(k), "%q is given if %q, and no hard maximum says how much all parts may be together", part.Name, part.Condition)
			}
		}
	}
}

// checkChoices compares choices with the soft maximum, also a dose that is the same for
// everybody: it is the first of the choices.
func checkChoices(v *Variant, report Report) {
	above := func(d placedRule, known bool) {
		soft := d.rule.Limits.Dose.SoftMax
		if soft.IsZero() {
			return
		}
		if m, ok := d.rule.Amount.Mass(); ok && m.Compare(soft) > 0 && known {
			report(d.place, "%s is above the soft limit of %s", m, soft)
		}
		for m := range d.rule.Or.All() {
			if m.Compare(soft) > 0 {
				report(d.place, "the choice %s is above the soft limit of %s", m, soft)
			}
		}
	}
	for _, d := range v.besideDoses() {
		above(d, true)
	}
	for i, p := range v.phases {
		for _, d := range doses(i, p) {
			above(d, v.Known(i, protocol.FieldAmount))
		}
	}
}

// checkSteps looks at doses that are raised: by planned steps, and by levels, which are
// climbed one by one. What a source states about the size of a step is in words.
func checkSteps(v *Variant, report Report) {
	for i, p := range v.phases {
		if p.Dose.IsZero() || !v.Known(i, protocol.FieldAmount) {
			continue
		}
		most, said := statedStep(v.Protocol.Spec(), i)
		levels := v.amounts(i)
		before := p.Dose.Amount
		for k, step := range p.Steps {
			place := phaseAt(i) + "/steps/" + strconv.Itoa(k) + "/dose"
			if step.Condition != "" {
				continue
			}
			passed := between(levels, before, step.Dose.Amount)
			switch over, ok := raisedBy(before, step.Dose.Amount); {
			case p.Climb == protocol.ClimbByOne && len(passed) > 0:
				report(place, "from session %d on %s is planned after %s, and levels are climbed by one: %s comes between", step.From, step.Dose.Amount, before, passed[0])
			case ok && !most.IsZero() && over.Compare(most) > 0:
				report(place, "from session %d on the dose is raised by %s, from %s to %s, and %s", step.From, over, before, step.Dose.Amount, said)
			}
			before = step.Dose.Amount
		}
		if most.IsZero() || p.Climb != protocol.ClimbByOne {
			continue
		}
		for k := 1; k < len(levels); k++ {
			if over, ok := raisedBy(levels[k-1], levels[k]); ok && over.Compare(most) > 0 {
				report(phaseAt(i)+"/dose", "the level after %s is %s, which is %s more, and %s", levels[k-1], levels[k], over, said)
			}
		}
	}
}

// amounts returns the levels of a phase that are the same for everybody, or per
// kilogram of one weight, smallest first.
func (v *Variant) amounts(i int) (list []dose.Amount) {
	p := v.phases[i]
	for _, l := range p.Levels() {
		if _, ok := l.Level.Amount().Compare(p.Dose.Amount); ok {
			list = append(list, l.Level.Amount())
		}
	}
	slices.SortStableFunc(list, func(a, b dose.Amount) int {
		order, _ := a.Compare(b)
		return order
	})
	return list
}

// between returns the amounts that lie strictly between two others.
func between(levels []dose.Amount, low, high dose.Amount) (list []dose.Amount) {
	for _, a := range levels {
		x, okX := a.Compare(low)
		y, okY := a.Compare(high)
		if okX && okY && x > 0 && y < 0 {
			list = append(list, a)
		}
	}
	return list
}

// raisedBy returns by how much one amount is above another, where both are masses.
func raisedBy(from, to dose.Amount) (dose.Mass, bool) {
	a, okA := from.Mass()
	b, okB := to.Mass()
	if !okA || !okB || b.Compare(a) <= 0 {
		return dose.Mass{}, false
	}
	over, err := b.Sub(a)
	return over, err == nil
}

// statedStep returns the largest step of the dose of a phase that a fact states, such
// as "in 28 mg steps" or "in increments of 28 mg", and the fact's words.
func statedStep(s protocol.Spec, phase int) (most dose.Mass, said string) {
	read := func(text string) {
		if m, ok := massIn(text); ok && (most.IsZero() || m.Compare(most) < 0) {
			most, said = m, strconv.Quote(shortened(text))+" is stated"
		}
	}
	for _, source := range s.Sources {
		for _, f := range source.Facts {
			if under(f.About, phaseAt(phase)) || f.About == "/phases" {
				read(f.Says)
			}
		}
	}
	for _, step := range s.Phases[phase].Steps {
		read(step.Condition)
	}
	return most, said
}

// massIn returns the mass of a text such as "steps of 28 mg" or "28 mg steps".
func massIn(text string) (dose.Mass, bool) {
	words := wordsOf(text)
	for i, w := range words {
		if !oneOf(w, "step", "steps", "increment", "increments") {
			continue
		}
		if i+3 < len(words) && oneOf(words[i+1], "of", "by") {
			if m, err := dose.ParseMass(words[i+2] + " " + words[i+3]); err == nil && !m.IsZero() {
				return m, true
			}
		}
		if i >= 2 {
			if m, err := dose.ParseMass(words[i-2] + " " + words[i-1]); err == nil && !m.IsZero() {
				return m, true
			}
		}
	}
	return dose.Mass{}, false
}

// Bodies by which doses are judged: the plausible adults of the package dose at the
// ends and in the middle.
const (
	lightest = "40 kg"
	middle   = "95 kg"
	heaviest = "150 kg"
)

func body(weight string, sex dose.Sex) dose.Body {
	return dose.Body{Weight: dose.MustWeight(weight), Height: dose.MustHeight("170 cm"), Sex: sex}
}

// passedLimit returns the hard limit that a dose passes for a body, whatever the sex.
func passedLimit(d placedRule, weight string) (dose.PassedLimit, bool) {
	for _, sex := range []dose.Sex{dose.Female, dose.Male} {
		err := d.given(body(weight, sex))
		limit, ok := errors.AsType[*dose.LimitError](err)
		if !ok {
			return dose.PassedLimit{}, false
		}
		if sex == dose.Male {
			return limit.Limit, true
		}
	}
	return dose.PassedLimit{}, false
}

// checkDoses finds doses that pass a hard limit at both ends of the plausible weights.
func checkDoses(v *Variant, report Report) {
	refused := func(d placedRule) {
		_, atEnd := passedLimit(d, lightest)
		limit, atOther := passedLimit(d, heaviest)
		if atEnd && atOther {
			report(d.place, "%q passes the %s from 40 to 150 kg", d.rule, limit)
		}
	}
	for _, d := range v.besideDoses() {
		refused(d)
	}
	for i, p := range v.phases {
		if !v.Known(i, protocol.FieldAmount, protocol.FieldCap, protocol.FieldMaximum, protocol.FieldAdministration) {
			continue
		}
		for _, d := range doses(i, p) {
			refused(d)
		}
	}
}

// checkRange finds values of parameters that do not compile, or with which a hard limit
// is passed for most adults: those of the middle weight and those at the end to which
// it leads.
func checkRange(s *Subject, report Report) {
	for _, r := range s.refused {
		p := s.Spec.Parameters[r.parameter]
		report(r.place(p), "%s may be %s, which is refused: %s: %s", p.Name, r.value, r.err.Place, r.err.Want)
	}
	for k, v := range s.variants {
		for j, parameter := range s.Spec.Parameters {
			value, tried := valueOf(v, j)
			if !tried || parameter.Value != "" || k > 0 && !strings.HasPrefix(v.With, parameter.Name+" ") {
				continue
			}
			passes := func(d placedRule, name string) {
				if limit, passed := passedLimit(d, middle); passed {
					r := refusal{parameter: j, choice: slices.Index(parameter.Choices, value), value: value}
					report(r.place(parameter), "%s may be %s, with which the %s of %q is passed at %s", parameter.Name, value, limit, name, middle)
				}
			}
			for i, p := range v.phases {
				if !fillsDose(parameter, p) || !v.Known(i, protocol.FieldAmount, protocol.FieldCap, protocol.FieldMaximum, protocol.FieldAdministration) {
					continue
				}
				for _, d := range doses(i, p) {
					passes(d, p.Name)
				}
			}
			for _, m := range v.besides() {
				ofIt := func(to protocol.Place) bool { return m.isFilledBy(s.Spec, to) && to.Field != protocol.FieldBasis }
				if slices.ContainsFunc(parameter.Fills, ofIt) && v.knowsDose(m) {
					passes(placed(m.place+"/dose", m.Order()), m.Name)
				}
			}
		}
	}
}

// valueOf returns the value that a parameter has in a variant, and whether it is one
// that the parameter states.
func valueOf(v *Variant, parameter int) (value string, stated bool) {
	k := 0
	for p := range v.Protocol.Parameters() {
		if k == parameter {
			value = p.Value
			p.Value = ""
			return value, slices.Contains(candidates(p), value)
		}
		k++
	}
	return "", false
}

// fillsDose reports whether a parameter fills what a dose of a phase is computed by.
func fillsDose(p protocol.Parameter, phase protocol.Phase) bool {
	return slices.ContainsFunc(p.Fills, func(to protocol.Place) bool {
		if to.Medicine != "" {
			return false
		}
		switch to.Field {
		case protocol.FieldAmount, protocol.FieldCap, protocol.FieldMaximum, protocol.FieldRounding, protocol.FieldAdministration:
			return to.Phase == "" || to.Phase == phase.Name
		default:
			return false
		}
	})
}

// checkUnused finds parameters whose values come to nothing: those that fill nothing
// and the basis of doses that count no weight.
func checkUnused(s *Subject, report Report) {
	for j, p := range s.Spec.Parameters {
		place := "/parameters/" + strconv.Itoa(j)
		if len(p.Fills) == 0 {
			report(place+"/fills", "%s fills nothing", p.Name)
			continue
		}
		if slices.ContainsFunc(p.Fills, func(to protocol.Place) bool { return to.Field != protocol.FieldBasis }) || len(s.variants) == 0 {
			continue
		}
		used := false
		for _, v := range s.variants {
			for i, phase := range v.phases {
				named := slices.ContainsFunc(p.Fills, func(to protocol.Place) bool {
					return to.Medicine == "" && (to.Phase == "" || to.Phase == phase.Name)
				})
				used = used || named && (!v.Known(i, protocol.FieldAmount) || slices.ContainsFunc(doses(i, phase), func(d placedRule) bool { return countsWeight(d.rule) }))
			}
			for _, m := range v.besides() {
				named := slices.ContainsFunc(p.Fills, func(to protocol.Place) bool { return m.isFilledBy(s.Spec, to) })
				used = used || named && (v.assumedBeside[placedField{m.place, protocol.FieldAmount}] || countsWeight(m.Dose))
			}
		}
		if !used {
			report(place+"/fills", "%s is whose weight a dose counts, and no dose that it fills counts any", p.Name)
		}
	}
}

// countsWeight reports whether a dose is per kilogram, also in a band.
func countsWeight(r dose.Rule) bool {
	_, _, perWeight := r.Amount.PerWeight()
	_, _, _, overTime := r.Amount.PerWeightOverTime()
	return perWeight || overTime
}
