package lint

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// Rules about how often.

func phaseAt(i int) string { return "/phases/" + strconv.Itoa(i) }

// plural returns a number with its word.
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

func checkCompiled(s *Subject, report Report) {
	for _, e := range s.problems {
		if e.Value == "" {
			report(e.Place, "%s", e.Want)
			continue
		}
		report(e.Place, "%s, got %q", e.Want, shortened(e.Value))
	}
}

// shortened cuts a text to what is read in a message.
func shortened(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}

// plannedAll reports whether the cadence and the gap of every phase are known.
func (v *Variant) plannedAll() bool {
	for i := range v.phases {
		if !v.Known(i, protocol.FieldCadence, protocol.FieldMinGap) {
			return false
		}
	}
	return true
}

// checkPlannable finds a cadence whose days cannot be counted, and sessions that have
// no days in their windows at their gaps though every day is open.
func checkPlannable(v *Variant, report Report) {
	if !v.plannedAll() {
		return
	}
	for k, c := range v.allCourses() {
		if c.err != nil {
			reason := "its days cannot be counted"
			at := -1
			if e, ok := c.err.(*course.Error); ok {
				at = phaseOf(v, e.Segment)
				switch e.Code {
				case course.WeekTaken:
					reason = "from week " + strconv.Itoa(e.Week) + " is day " + strconv.Itoa(int(e.Day-c.start)+1) + ", and the session before it is on day " + strconv.Itoa(int(e.Before-c.start)+1)
				case course.TooMany:
					reason = "it has more than " + strconv.Itoa(course.MaxSessions) + " sessions"
				case course.TooLate:
					reason = "it goes on for too many years"
				}
			}
			place := "/phases"
			if at >= 0 {
				place = phaseAt(at) + "/cadence"
			}
			report(place, "no plan is possible: %s", reason)
			return
		}
		before, gap := int32(0), 0
		for i, s := range c.sessions {
			phase := &v.phases[s.Phase]
			day := s.Earliest
			if i > 0 {
				gap = max(phase.MinGap, v.phases[c.sessions[i-1].Phase].MinGap)
				day = max(day, before+int32(gap))
			}
			if day > s.Latest {
				report(phaseAt(int(s.Phase))+"/minGap", "from %s session %d of %q has no day: its window ends on day %d, and %s after the session before it is day %d at the earliest",
					startName(k, v), s.Number, phase.Name, s.Latest-c.start+1, plural(gap, "day"), day-c.start+1)
				return
			}
			before = day
		}
	}
}

// startName names the day of the week that a course begins on.
func startName(k int, v *Variant) string {
	if len(v.allCourses()) == 1 {
		return "any start"
	}
	return "a start on a " + [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}[k]
}

// phaseOf returns the phase of a segment of the joined cadence, -1 for none.
func phaseOf(v *Variant, segment int) int {
	at := 0
	for phase := range v.Protocol.Segments() {
		if at == segment {
			return phase
		}
		at++
	}
	return -1
}

// A rate is sessions in days.
type rate struct{ sessions, days int }

func (r rate) above(than rate) bool { return r.sessions*than.days > than.sessions*r.days }

func (r rate) String() string {
	if r.days == 7 {
		return plural(r.sessions, "session") + " a week"
	}
	return plural(r.sessions, "session") + " in " + plural(r.days, "day")
}

// rates returns how often a cadence has sessions, stretch by stretch; weeks of rest
// are none.
func rates(c protocol.Cadence) (list []rate) {
	for _, s := range c.Segments() {
		switch s.Kind() {
		case protocol.Weekly:
			for week := range max(1, s.Weeks()) { // one without end has the same in each
				if n := s.Count(week); n > 0 {
					list = append(list, rate{n, 7})
				}
			}
		case protocol.Every:
			list = append(list, rate{1, s.Interval().Days()})
		case protocol.Cyclical:
			list = append(list, rate{s.Points(), s.Length()})
		case protocol.AtWeeks:
			for i := 1; i < s.Points(); i++ {
				list = append(list, rate{1, 7 * (s.Point(i) - s.Point(i-1))})
			}
		}
	}
	return list
}

func checkTaper(v *Variant, report Report) {
	for i, p := range v.phases {
		if !strings.Contains(strings.ToLower(p.Name), "taper") || !v.Known(i, protocol.FieldCadence) {
			continue
		}
		list := rates(p.Cadence)
		for k := 1; k < len(list); k++ {
			if list[k].above(list[k-1]) {
				report(phaseAt(i)+"/cadence", "%q goes from %s to %s in %q", p.Cadence, list[k-1], list[k], p.Name)
				break
			}
		}
	}
}

// checkWindow compares stated windows with the least distance of two targets in the
// phase, or between it and its neighbours.
func checkWindow(v *Variant, report Report) {
	for i, p := range v.phases {
		if p.Window == nil || !v.Known(i, protocol.FieldCadence) {
			continue
		}
		least := 0
		for _, c := range v.allCourses() {
			for k := 1; k < len(c.sessions); k++ {
				a, b := c.sessions[k-1], c.sessions[k]
				if int(a.Phase) != i || int(b.Phase) != i {
					continue
				}
				if d := int(b.Target - a.Target); least == 0 || d < least {
					least = d
				}
			}
		}
		for _, side := range []struct {
			place, word string
			days        int
		}{{"/window/before", "before", p.Window.Before}, {"/window/after", "after", p.Window.After}} {
			if least > 0 && 2*side.days > least {
				report(phaseAt(i)+side.place, "a session of %q may be %s %s its date, and the next one is %s away", p.Name, plural(side.days, "day"), side.word, plural(least, "day"))
			}
		}
	}
}

// checkOrder finds neighbours of different weeks whose windows, both stated, share a
// day.
func checkOrder(v *Variant, report Report) {
	for _, c := range v.allCourses() {
		for k := 1; k < len(c.sessions); k++ {
			a, b := &c.sessions[k-1], &c.sessions[k]
			if !v.Known(int(a.Phase), protocol.FieldCadence) || !v.Known(int(b.Phase), protocol.FieldCadence) {
				continue
			}
			if v.phases[a.Phase].Window == nil || v.phases[b.Phase].Window == nil || a.SameWeek(b) || a.Latest < b.Earliest {
				continue
			}
			report(phaseAt(int(b.Phase))+"/window", "session %d of %q may be until day %d, session %d of %q from day %d on", a.Number, v.phases[a.Phase].Name,
				a.Latest-c.start+1, b.Number, v.phases[b.Phase].Name, b.Earliest-c.start+1)
			return
		}
	}
}

func checkGapTight(v *Variant, report Report) {
	for i, p := range v.phases {
		if !v.Known(i, protocol.FieldCadence, protocol.FieldMinGap) {
			continue
		}
		most := 0
		for _, s := range p.Cadence.Segments() {
			for week := range max(1, s.Weeks()) {
				most = max(most, s.Count(week))
			}
		}
		if needed := (most - 1) * p.MinGap; needed > 4 {
			report(phaseAt(i)+"/minGap", "%d sessions a week of %q, %s apart, take %d days of the week", most, p.Name, plural(p.MinGap, "day"), needed+1)
		}
	}
}

// checkMaxGap compares the largest gap with the largest distance of two targets.
func checkMaxGap(v *Variant, report Report) {
	for i, p := range v.phases {
		if most := v.largestStep(i); p.MaxGap > 0 && most > p.MaxGap {
			report(phaseAt(i)+"/maxGap", "%q has sessions %s apart, and allows at most %s", p.Name, plural(most, "day"), plural(p.MaxGap, "day"))
		}
	}
}

// checkStaleness compares the age of weighings with the largest distance.
func checkStaleness(v *Variant, report Report) {
	for i, p := range v.phases {
		if most := v.largestStep(i); most > 0 && p.Weights.StaleAfter > most {
			report(phaseAt(i)+"/weights/staleAfter", "a weighing may be %s old in %q, where sessions are at most %s apart", plural(p.Weights.StaleAfter, "day"), p.Name, plural(most, "day"))
		}
	}
}

// largestStep returns the largest distance of two targets of a phase, 0 where there is
// none or the cadence is not known.
func (v *Variant) largestStep(phase int) (most int) {
	if !v.Known(phase, protocol.FieldCadence) {
		return 0
	}
	for _, c := range v.allCourses() {
		for k := 1; k < len(c.sessions); k++ {
			if a, b := c.sessions[k-1], c.sessions[k]; int(a.Phase) == phase && int(b.Phase) == phase {
				most = max(most, int(b.Target-a.Target))
			}
		}
	}
	return most
}

func checkPhaseIdle(s *Subject, report Report) {
	for i, p := range s.Spec.Phases {
		if p.Cadence.IsZero() && !fills(s.Spec, p.Name, protocol.FieldCadence) {
			report(phaseAt(i), "%q has no cadence", p.Name)
		}
	}
}

// fills reports whether a parameter fills a field of a phase.
func fills(s protocol.Spec, phase string, field protocol.Field) bool {
	for _, p := range s.Parameters {
		for _, to := range p.Fills {
			if to.Field == field && to.Medicine == "" && (to.Phase == "" || to.Phase == phase) {
				return true
			}
		}
	}
	return false
}
