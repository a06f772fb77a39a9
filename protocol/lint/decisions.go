package lint

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/protocol"
)

// Rules about decisions and follow-ups.

// phaseNamed returns the position of a phase, -1 for none.
func (v *Variant) phaseNamed(name string) int {
	return slices.IndexFunc(v.phases, func(p protocol.Phase) bool { return p.Name == name })
}

// checkGates finds decisions after sessions that there are not.
func checkGates(v *Variant, report Report) {
	stopped := -1 // the first phase that a gate with nothing but stops ends
	for g := range v.Protocol.Gates() {
		if i := v.phaseNamed(g.Phase); len(g.Outcomes) > 0 && !slices.ContainsFunc(g.Outcomes, func(o protocol.Outcome) bool { return o.Then != protocol.Stop }) && (stopped < 0 || i < stopped) {
			stopped = i
		}
	}
	k := 0
	for g := range v.Protocol.Gates() {
		place := "/gates/" + strconv.Itoa(k)
		k++
		i := v.phaseNamed(g.Phase)
		if i < 0 || !v.Known(i, protocol.FieldCadence) {
			continue
		}
		switch n, ends := v.phases[i].Cadence.Sessions(); {
		case ends && n == 0:
			report(place, "%q is decided in %q, which plans no session", g.Name, g.Phase)
		case !ends && g.After == 0:
			report(place, "%q is decided after the last session of %q, which goes on without end", g.Name, g.Phase)
		case stopped >= 0 && i > stopped:
			report(place, "%q is decided in %q, and a decision before it has no outcome but stop", g.Name, g.Phase)
		}
	}
}

// checkOutcomes finds outcomes that change nothing.
func checkOutcomes(v *Variant, report Report) {
	if !v.plannedCadences() {
		return
	}
	first, last := -1, -1
	for i := range v.Protocol.Segments() {
		if first < 0 {
			first = i
		}
		last = i
	}
	k := 0
	for g := range v.Protocol.Gates() {
		place := "/gates/" + strconv.Itoa(k) + "/outcomes"
		k++
		i := v.phaseNamed(g.Phase)
		if i < 0 || len(g.Outcomes) == 0 {
			continue
		}
		n, ends := v.phases[i].Cadence.Sessions()
		atEnd := i == last && ends && (g.After == 0 || g.After == n) && !v.Protocol.Cadence().AsNeeded()
		acts := false
		for j, o := range g.Outcomes {
			switch {
			case o.Then == protocol.Extend && !ends:
				report(place+"/"+strconv.Itoa(j), "%q makes %q longer, which has no end", o.When, g.Phase)
			case o.Then == protocol.StepBack && i == first:
				report(place+"/"+strconv.Itoa(j), "%q goes back to an earlier frequency, and %q is the first phase", o.When, g.Phase)
			}
			acts = acts || o.Then == protocol.Extend || o.Then == protocol.StepBack || o.Then == protocol.Change || o.Then == protocol.Stop && !atEnd
		}
		switch {
		case acts:
		case atEnd:
			report(place, "%q is decided after the last session of all, and no outcome adds any", g.Name)
		default:
			report(place, "%q goes on as planned whatever is found", g.Name)
		}
	}
}

func checkFollowUps(s *Subject, report Report) {
	for i, f := range s.Spec.FollowUps {
		for k, day := range f.Days {
			if day-f.Window.Before < 1 {
				report("/followUps/"+strconv.Itoa(i)+"/window/before", "%q on day %d after the last session may be %s earlier, which is day %d", f.Name, day, plural(f.Window.Before, "day"), day-f.Window.Before)
				break
			}
			if k > 0 && f.Days[k-1]+f.Window.After >= day-f.Window.Before {
				report("/followUps/"+strconv.Itoa(i)+"/window", "%q on day %d and on day %d after the last session may be on the same day, or in the other order", f.Name, f.Days[k-1], day)
				break
			}
		}
	}
}
