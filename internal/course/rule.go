package course

import "github.com/regimen-go/regimen/protocol"

// A Rule says how the target of a session follows from the cadence, and its window
// from the target.
type Rule struct {
	// Segment asked for the session; it is the zero one where none did.
	Segment protocol.Segment
	// The target is so many units after Origin, before it was postponed or shifted by
	// Moved weeks. Steps is the same in intervals of the segment.
	Origin, Count, Steps, Moved int
	Unit                        protocol.Unit
	// Days are the days of a week, from 0, that a weekly session has its target
	// on one of: the first ones, where Of is larger than their number, of a week
	// with so many sessions. Asked are the days of the week that they were asked
	// for by, none where they are those of the package. Turned is by how many days,
	// from 0 to 6, the session has come to be after that on another day of the week.
	Days       []int
	Of, Turned int
	Asked      protocol.DaySet
	// Before and After are how many days before and after its target the session
	// may be, and Window says why. Planned is how many sessions the cadence has in
	// the week of a weekly one, Step the least distance of the targets of any other
	// segment.
	Before, After int
	Window        WindowRule
	Planned, Step int
	// Clipped reports that the window begins with the start.
	Clipped bool
}

// A WindowRule says where a window comes from.
type WindowRule uint8

// The rules.
const (
	OwnDay    WindowRule = iota + 1 // the day that the session was added for
	Stated                          // by the protocol
	WholeWeek                       // of two or more sessions that are planned for it
	OnlyOne                         // three days either side of the only session of its week
	BySteps                         // by the least distance of the targets of the segment
)

// Rule returns the rule behind a session.
func (c *Course) Rule(s *Session) Rule {
	segment := c.segment(int(s.Segment))
	r := Rule{Origin: int(s.Origin), Count: int(s.Steps), Steps: int(s.Steps), Moved: int(s.late()), Unit: protocol.Days, Planned: int(s.Count), Step: segment.step}
	r.Before, r.After = c.window(s)
	r.Clipped = s.Earliest == c.StartOf(int(s.Phase))
	switch {
	case s.Extra:
		r.Window = OwnDay
		return r
	case c.Phases[s.Phase].Window != nil:
		r.Window = Stated
	case s.Count > 1:
		r.Window = WholeWeek
	case s.Count == 1:
		r.Window = OnlyOne
	default:
		r.Window = BySteps
	}
	r.Segment = segment.Segment
	switch segment.Kind() {
	case protocol.Weekly:
		var offsets [7]int8
		r.Turned = int(s.Turned)
		offsets, r.Asked = c.offsets(int(s.Phase), s.Origin-int32(s.Turned), int(s.Count), int(s.InWeek), int(s.Wish))
		if r.Of = int(s.InWeek); s.Count >= daily {
			r.Of = int(s.Count)
		}
		for _, offset := range offsets[:s.InWeek] {
			r.Days = append(r.Days, int(offset))
		}
	case protocol.Every:
		r.Count, r.Unit = r.Count*segment.Interval().Number(), segment.Interval().Unit()
	case protocol.AtWeeks:
		r.Unit = protocol.Weeks
	}
	return r
}
