package course

import "github.com/regimen-go/regimen/protocol"

// Series returns the course of the visits of a monitoring, one phase of their own that is
// counted from a day on. Until is the last day of targets where its cadence has no end.
// It has no session of the treatment, and a course of that has none of its visits.
func Series(m *protocol.Monitoring, start, until int32) Course {
	c := Course{
		Start: start, Until: until, versions: make([]version, 1),
		Phases:   []protocol.Phase{{Name: m.Name, Cadence: m.Cadence, Visit: m.Visit, Window: m.Window, Weekdays: m.Weekdays, MinGap: 1}},
		patterns: [][8]protocol.DaySet{mergeWeekdays(m.Weekdays, nil)},
	}
	for _, s := range m.Cadence.Segments() {
		c.segments = append(c.segments, segment{s, 0, smallestStep(s)})
	}
	return c
}
