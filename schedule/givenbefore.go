package schedule

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A GivenBefore is a dose that was given before the plan: elsewhere, or under another
// plan. It is no session. Whatever its drug, gaps count from it; where a protocol of
// the plan names the same drug, it counts in sums of doses, and as the level given
// last. The zero GivenBefore is not valid.
type GivenBefore struct {
	// Date is the day, before the plan's start. Required.
	Date date.Date
	// Drug is what was given, named as the protocol names it, whatever the size of
	// the letters. Required.
	Drug string
	// Dose is how much. Required.
	Dose dose.Mass
	// Weight is what the patient weighed that day, zero where nobody measured. It
	// counts as a weighing.
	Weight dose.Weight
	// Route and Source say how and where it was given, "" where that is not known.
	Route string
	// Phase names the phase that it counts for, which gives the dose its level, its
	// least number of days to the first session, or both. Of the drug of the request's
	// protocol it must be one of its phases. "" stands for that of the session which is
	// compared with it.
	Phase  string
	Source string
}

func (g *GivenBefore) fields(f *objectFields) { g.weighedIn(f, dose.ParseWeight) }

// weighedIn are the fields with the weight as a function reads it.
func (g *GivenBefore) weighedIn(f *objectFields, weight func(string) (dose.Weight, error)) {
	f.date("date", &g.Date, must)
	f.text("drug", &g.Drug, must)
	parsed(f, "dose", &g.Dose, must, dose.ParseMass)
	parsed(f, "weight", &g.Weight, may, weight)
	f.text("route", &g.Route, may)
	f.text("phase", &g.Phase, may)
	f.text("source", &g.Source, may)
}

// MarshalJSON returns the dose as a JSON object, as requests have it.
func (g GivenBefore) MarshalJSON() ([]byte, error) { return marshalValue(g.fields) }

// UnmarshalJSON reads what [GivenBefore.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (g *GivenBefore) UnmarshalJSON(src []byte) error {
	return unmarshalValue(g, src, (*GivenBefore).fields)
}

// String returns the date, the dose and the drug.
func (g GivenBefore) String() string {
	return dayText(g.Date) + ", " + g.Dose.String() + " of " + g.Drug
}

// GivenBefore returns the doses that were given before the plan, by date.
func (p *Plan) GivenBefore() iter.Seq[GivenBefore] { return slices.Values(p.earlier) }

// lastBefore returns the last dose that was given before the plan, nil for none.
func (p *Plan) lastBefore() *GivenBefore {
	if len(p.earlier) == 0 {
		return nil
	}
	return &p.earlier[len(p.earlier)-1]
}

// sortedBefore returns doses that were given before a plan in the order of their
// dates.
func sortedBefore(list []GivenBefore) []GivenBefore {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b GivenBefore) int { return cmp.Compare(a.Date, b.Date) })
	return list
}

// weighedBefore returns weighings with those of doses given before, which come before
// others of their day. All are then in the order of their dates; where nothing was
// given before the weighings stay as they are.
func weighedBefore(before []GivenBefore, weighings []Weighing) []Weighing {
	if len(before) == 0 {
		return weighings
	}
	var all []Weighing
	for _, g := range before {
		if w := (Weighing{Date: g.Date, Weight: g.Weight}); !g.Weight.IsZero() && !slices.Contains(weighings, w) && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	all = append(all, weighings...)
	slices.SortStableFunc(all, func(a, b Weighing) int { return cmp.Compare(a.Date, b.Date) })
	return all
}

// checkBefore reports what is wrong with the doses given before the start.
func (r *Request) checkBefore(errs *requestErrors) {
	zone := r.clock()
	if len(r.GivenBefore) > maxPlanned {
		errs.add("GivenBefore", plural(len(r.GivenBefore), "dose"), "want at most 20000 doses")
		return
	}
	for _, g := range r.GivenBefore {
		field := "GivenBefore"
		switch {
		case g.Date == 0:
			errs.add(field, "", "want the date of the dose")
		case !civil.InRange(g.Date):
			errs.date(field, g.Date)
		default:
			field += " of " + civil.Format(g.Date)
			switch {
			case r.Start != 0 && g.Date >= r.Start:
				errs.add(field, "", "want a date before the start, "+civil.Format(r.Start)+": what is given from then on is recorded in the plan")
			case zone != nil && !r.AsOf.IsZero() && g.Date > civil.Of(r.AsOf, zone):
				errs.add(field, "", "want a date that is not after the as-of, "+civil.Format(civil.Of(r.AsOf, zone)))
			case zone != nil && civil.NewZone(zone).Skips(g.Date):
				errs.add(field, "", "want a day that exists in "+zone.String())
			}
		}
		if g.Drug == "" {
			errs.add(field, "", "want the drug that was given")
		}
		if g.Dose.IsZero() {
			errs.add(field, "", "want the dose that was given")
		}
		if !g.Weight.IsZero() {
			if err := r.plausible().CheckBody(dose.Body{Weight: g.Weight, Height: r.Height}); err != nil {
				errs.add(field, g.Weight.String(), err.Error())
			}
		}
		if p := r.Protocol; g.Phase != "" && p != nil && !p.Digest().IsZero() && protocol.SameDrug(g.Drug, p.Drug()) {
			named := false
			for _, phase := range p.Phases() {
				named = named || phase.Name == g.Phase
			}
			if !named {
				errs.add(field, g.Phase, "want the name of a phase of the protocol")
			}
		}
	}
}

// ofDrug reports whether a dose given before is of the drug that a phase gives.
func (p *Plan) ofDrug(g *GivenBefore, phase uint16) bool {
	return protocol.SameDrug(g.Drug, p.tenureOf(phase).protocol.Drug())
}

// phaseBefore returns the phase that a dose given before counts for, compared with a
// session of one of its drug.
func (p *Plan) phaseBefore(g *GivenBefore, phase uint16) uint16 {
	if g.Phase != "" {
		if at := p.course.PhaseOf(p.course.VersionOf(int(phase)), g.Phase); at >= 0 {
			return uint16(at)
		}
	}
	return phase
}

// gapStated returns the least number of days that a dose given before asks for after
// it, compared with a session of a phase, apart from what that asks for itself: that of
// the phase it counts for, and that of a switch since.
func (p *Plan) gapStated(g *GivenBefore, phase uint16) int {
	least := 0
	if own := p.phaseBefore(g, phase); own != phase && p.ofDrug(g, phase) {
		least = p.phases[own].MinGap
	}
	if !p.phases[phase].Dose.IsZero() {
		least = max(least, p.tenureOf(phase).gap)
	}
	return least
}

// gapBefore returns the least number of days from a dose given before to a session of
// a phase.
func (p *Plan) gapBefore(g *GivenBefore, phase uint16) int {
	return max(p.phases[phase].MinGap, p.gapStated(g, phase), 1)
}

// reachedBefore returns the level that the last dose of a session's drug which was
// given before the plan counts as, zero where there is none.
func (p *Plan) reachedBefore(i int) reached {
	s := &p.slots[i]
	for at := len(p.earlier) - 1; at >= 0; at-- {
		g := &p.earlier[at]
		if !p.ofDrug(g, s.Phase) {
			continue
		}
		own := p.phaseBefore(g, s.Phase)
		phase := &p.phases[own]
		switch {
		case phase.Dose.IsZero():
			return reached{}
		case oneLevel(phase):
			return reached{own, beforePlan, dose.LevelOf(phase.Dose.Amount)}
		}
		var weighed Weighing
		if at := max(0, p.weighingOn(civil.Day(g.Date))); at < p.weighings.len() {
			weighed = *p.weighings.at(at)
		}
		// The patient may have had any of the phase's levels, whatever their sessions.
		ladder := p.ladderOf(own, 1<<15, p.body(weighed, civil.Day(g.Date)))
		if rung := counted(ladder, g.Dose, dose.Level{}); rung >= 0 {
			return reached{own, beforePlan, ladder[rung].Level}
		}
		return reached{}
	}
	return reached{}
}
