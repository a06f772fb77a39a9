package lint

import (
	"strconv"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// Rules about monitoring.

func monitoringAt(i int) string { return "/monitoring/" + strconv.Itoa(i) }

// seriesOf returns the visits of a monitoring beside the sessions of a course, the last
// of them not after the last session where the treatment ends it; none where the phase that it
// is counted from has no session.
func seriesOf(v *Variant, m *protocol.Monitoring, c *days) []course.Session {
	start, last := c.start, int32(0)
	found := m.From == ""
	for i := range c.sessions {
		s := &c.sessions[i]
		if !found && v.phases[s.Phase].Name == m.From {
			start, found = s.Target, true
		}
		last = max(last, s.Target)
	}
	if !found {
		return nil
	}
	series := course.Series(m, start, last)
	list, _, err := series.Unfold(nil)
	if err != nil {
		return nil
	}
	for m.WhileTreated && len(list) > 0 && list[len(list)-1].Target > last {
		list = list[:len(list)-1]
	}
	return list
}

// checkMonitoringEnds finds visits that end while sessions go on, by more than their own
// last interval.
func checkMonitoringEnds(v *Variant, report Report) {
	i := 0
	for m := range v.Protocol.Monitoring() {
		at := monitoringAt(i) + "/cadence"
		i++
		if m.Cadence.Endless() {
			continue
		}
		for _, c := range v.allCourses() {
			list := seriesOf(v, &m, &c)
			if c.err != nil || len(list) == 0 || len(c.sessions) == 0 {
				continue
			}
			last, interval := list[len(list)-1].Target, int32(7)
			if n := len(list); n > 1 {
				interval = last - list[n-2].Target
			}
			if ends := c.sessions[len(c.sessions)-1].Target; last+interval < ends {
				report(at, "%q ends on day %d, and the last session is on day %d", m.Name, last-c.start+1, ends-c.start+1)
				break
			}
		}
	}
}

// checkResultInTime finds sessions that need a result for which no visit is planned in
// time. What is known before day 1 no plan has.
func checkResultInTime(v *Variant, report Report) {
	i := 0
	for m := range v.Protocol.Monitoring() {
		at := monitoringAt(i)
		i++
		for k, n := range m.Before {
			for _, c := range v.allCourses() {
				list := seriesOf(v, &m, &c)
				if c.err != nil || len(list) == 0 {
					continue
				}
				if s, late := firstWithout(v, c, list, n, m.Elsewhere != ""); late {
					report(at+"/before/"+strconv.Itoa(k), "session %d of %q needs a result of %q that is at most %s old, and no visit is planned for those days",
						s.Number, v.phases[s.Phase].Name, m.Name, plural(n.Within, "day"))
					break
				}
			}
		}
	}
}

// firstWithout returns the first session after day 1 that needs a result and has no visit
// on the days before it, or on its own where that can come before it.
func firstWithout(v *Variant, c days, list []course.Session, n protocol.ResultNeeded, elsewhere bool) (course.Session, bool) {
	for _, s := range c.sessions {
		if s.Target == c.start || !n.Needs(v.phases[s.Phase].Name, int(s.Number)) {
			continue
		}
		last := s.Target - 1
		if elsewhere || n.Within == 0 {
			last = s.Target
		}
		found := false
		for i := range list {
			found = found || list[i].Target >= s.Target-int32(n.Within) && list[i].Target <= last
		}
		if !found {
			return s, true
		}
	}
	return course.Session{}, false
}

// checkResultIdle finds needs of sessions that no phase has.
func checkResultIdle(v *Variant, report Report) {
	i := 0
	for m := range v.Protocol.Monitoring() {
		at := monitoringAt(i)
		i++
		for k, n := range m.Before {
			if most, known := v.mostSessions(n.Phase); known && n.From > most {
				of := "no phase has more than"
				if n.Phase != "" {
					of = strconv.Quote(n.Phase) + " has"
				}
				report(at+"/before/"+strconv.Itoa(k)+"/from", "the result of %q is needed from session %d on, and %s %d", m.Name, n.From, of, most)
			}
		}
	}
}

// mostSessions returns how many sessions a phase has, the most of any for "", and whether
// that is known.
func (v *Variant) mostSessions(phase string) (most int, known bool) {
	for i, p := range v.phases {
		if phase != "" && p.Name != phase {
			continue
		}
		n, ends := p.Cadence.Sessions()
		if !ends || p.Cadence.AsNeeded() || !v.Known(i, protocol.FieldCadence) {
			return 0, false
		}
		most = max(most, n)
	}
	return most, true
}
