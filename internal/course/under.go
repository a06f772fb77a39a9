package course

import "github.com/regimen-go/regimen/protocol"

// Under returns a session of a version that held before as one of a phase of the version
// that holds, which goes on with its own: more of that phase is counted from it. Where the
// last segments of the two differ, that of the phase begins where any segment does after
// the other.
func (c *Course) Under(s Session, phase int) Session {
	own, at := int(s.Segment), c.lastSegment(phase)
	s.Phase, s.Tag = uint16(phase), Earlier
	last := own < len(c.segments) && (own+1 == len(c.segments) || c.segments[own+1].phase != c.segments[own].phase)
	if s.Extra || at < 0 || !last {
		return s
	}
	s.Segment = uint16(at)
	was, now := c.segments[own], c.segments[at]
	if was.String() == now.String() {
		return s
	}
	switch moved := 7 * s.late(); was.Kind() {
	case protocol.Weekly:
		s.Origin += moved + 7
	case protocol.Cyclical:
		s.Origin += moved + int32(was.Length())
	case protocol.AtWeeks:
		s.Origin = s.Target + 7
	default:
		s.Origin = was.target(s.Origin, int(s.Steps)+1) + moved
	}
	s.Steps, s.Moved, s.Turned, s.Wish, s.InWeek = 0, 0, 0, 0, s.Count // its week is over
	switch now.Kind() {
	case protocol.Weekly:
		s.Wish = uint16(c.Wishes())
	case protocol.Every:
		s.Origin = s.Target
	}
	return s
}
