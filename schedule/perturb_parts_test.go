package schedule_test

import (
	"slices"
	"testing"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// inParts gives the dose of a treatment, then 10 mg, then 5 mg on a condition.
func inParts(tr *treatment) {
	p := &tr.spec.Phases[0]
	p.Visit.Administration = 40 * time.Minute
	p.Parts = []dose.Part{
		{Name: "first", Rule: p.Dose, During: dose.MustDuration("20 min")},
		{Name: "second", Rule: dose.MustRule("10 mg, round 1 mg half up, hard max 20 mg, hard max 80 mg/h"), During: dose.MustDuration("10 min"), Start: dose.MustPartStart("5 min after end")},
		{Name: "third", Rule: dose.MustRule("5 mg"), Condition: "no effect"},
	}
	p.Dose = dose.MustRule("sum of parts, hard max 120 mg")
}

// partsOf returns the parts of a plan's sessions as they are planned.
func partsOf(s schedule.Session) (list []schedule.GivenPart) {
	for part := range s.Parts() {
		if part.Planned() {
			list = append(list, schedule.GivenPart{Name: part.Part.Name, Dose: part.Delivery.Dose()})
		}
	}
	return list
}

func partsPerturbations() []perturbation {
	// with changes a part of some session, whose dose is then the sum again.
	with := func(change func(tr *treatment, g *schedule.Given)) func(*testing.T, *treatment) bool {
		return func(_ *testing.T, tr *treatment) bool {
			g := tr.any()
			g.Dose, g.Parts = dose.Mass{}, slices.Clone(g.Parts)
			change(tr, g)
			return true
		}
	}
	return []perturbation{
		{code: schedule.PartsMissing, with: inParts, change: func(_ *testing.T, tr *treatment) bool {
			tr.any().Parts = nil
			return true
		}},
		{code: schedule.PartsMissing, with: inParts, change: with(func(tr *treatment, g *schedule.Given) {
			at := tr.IntN(2)
			g.Parts = slices.Delete(g.Parts, at, at+1)
		})},
		{code: schedule.PartUnknown, with: inParts, change: with(func(_ *treatment, g *schedule.Given) {
			g.Parts = append(g.Parts, schedule.GivenPart{Name: "flush", Dose: dose.MustMass("1 mg")})
		})},
		{code: schedule.PartEarly, with: inParts, change: with(func(tr *treatment, g *schedule.Given) {
			at := func(minute int) clinic.TimeOfDay {
				t, _ := clinic.NewTimeOfDay(minute)
				return t
			}
			begun := g.Start.Minutes()
			g.Parts[0].Start, g.Parts[0].End = at(begun), at(begun+20)
			g.Parts[1].Start = at(begun + 20 + tr.IntN(5))
		})},
		{code: schedule.DoseNotAllowed, with: inParts, change: with(func(tr *treatment, g *schedule.Given) {
			g.Parts[1] = []schedule.GivenPart{{Name: "second", Nothing: true}, {Name: "second", Dose: dose.MustMass("8 mg")}}[tr.IntN(2)]
		})},
		{code: schedule.RoundingDeviation, with: inParts, change: with(func(_ *treatment, g *schedule.Given) { g.Parts[1].Dose = dose.MustMass("9.5 mg") })},
		{code: schedule.DoseHardLimit, with: inParts, change: with(func(tr *treatment, g *schedule.Given) {
			if tr.IntN(2) == 0 {
				g.Parts[1].Dose = dose.MustMass("21 mg")
			} else {
				g.Parts[1].During = dose.MustDuration("7 min")
			}
		})},
		{code: schedule.PartImpossible, cadences: []string{"1"}, with: inParts, request: func(_ *testing.T, tr *treatment) bool {
			tr.spec = tr.spec.Clone()
			tr.spec.Phases[0].Parts[2].Rule = dose.MustRule("2 mg/kg of actual weight, hard max 300 mg")
			return true
		}},
	}
}
