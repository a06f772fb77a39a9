package lint

import (
	"strconv"

	"github.com/regimen-go/regimen/protocol"
)

// Rules about tables of missed doses. Holes and overlaps do not compile.

func missedDoseAt(phase, row int) string {
	return phaseAt(phase) + "/missedDoses/" + strconv.Itoa(row)
}

// checkMissedSource finds rows that rest on nothing.
func checkMissedSource(s *Subject, report Report) {
	for i, p := range s.Spec.Phases {
		for k, m := range p.MissedDoses {
			if m.Source == "" {
				report(missedDoseAt(i, k)+"/source", "%s: no source says so", m.DaysText())
			}
		}
	}
}

// checkMissedEnd finds tables that end before the days do.
func checkMissedEnd(s *Subject, report Report) {
	for i, p := range s.Spec.Phases {
		if n := len(p.MissedDoses); n > 0 && p.MissedDoses[n-1].To != 0 {
			report(missedDoseAt(i, n-1)+"/to", "the table of %q ends with %s after the last dose, and says nothing of later days", p.Name, plural(p.MissedDoses[n-1].To, "day"))
		}
	}
}

// checkMissedDays finds rows that do not fit the intervals of their phase: of days on
// which no dose was missed, or those that have the treatment go on as planned though so
// many days are more than the protocol allows.
func checkMissedDays(v *Variant, report Report) {
	for i, p := range v.phases {
		if len(p.MissedDoses) == 0 {
			continue
		}
		usual := v.largestStep(i)
		for k, m := range p.MissedDoses {
			switch {
			case usual > 0 && m.From <= usual && m.Then != protocol.GiveAsPlanned:
				report(missedDoseAt(i, k)+"/from", "%q has its doses up to %s apart, and the row begins with %s", p.Name, plural(usual, "day"), plural(m.From, "day"))
			case p.MaxGap > 0 && m.From > p.MaxGap && m.Then == protocol.GiveAsPlanned:
				report(missedDoseAt(i, k)+"/then", "%s are more than the %s that %q allows between two sessions, and nothing else follows", m.DaysText(), plural(p.MaxGap, "day"), p.Name)
			}
		}
	}
}

// checkMissedLate finds tables that begin later than the doses of their phase can be
// apart, with their windows, by more than a day.
func checkMissedLate(v *Variant, report Report) {
	for i, p := range v.phases {
		if len(p.MissedDoses) == 0 {
			continue
		}
		if apart := v.largestDistance(i); apart > 0 && p.MissedDoses[0].From > apart+1 {
			report(missedDoseAt(i, 0)+"/from", "doses of %q are up to %s apart, and the table begins with %s: of the days between it says nothing",
				p.Name, plural(apart, "day"), plural(p.MissedDoses[0].From, "day"))
		}
	}
}

// largestDistance returns the most days between two sessions of a phase that are each in
// their window, 0 where its cadence is not known.
func (v *Variant) largestDistance(phase int) (most int) {
	if !v.Known(phase, protocol.FieldCadence) {
		return 0
	}
	for _, c := range v.allCourses() {
		for k := 1; k < len(c.sessions); k++ {
			if a, b := c.sessions[k-1], c.sessions[k]; int(a.Phase) == phase && int(b.Phase) == phase {
				most = max(most, int(b.Latest-a.Earliest))
			}
		}
	}
	return most
}
