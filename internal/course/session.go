package course

// A Session is what a cadence asks for once, in day numbers: a target with its
// window, and where both come from. The zero Session is invalid.
type Session struct {
	// Target is the day that is asked for; Earliest and Latest are the window,
	// both included.
	Target, Earliest, Latest int32
	// Origin is the day that the target was counted from: the first day of its
	// week, of its cycle or of its segment, or the fixed day of an interval.
	// Steps is the number of intervals, days or weeks counted.
	Origin int32
	Steps  int16
	// Phase and Segment are positions in the course; Segment is [NoSegment] where
	// none asked for the session. Number is that of the session in its phase,
	// counted from 1.
	Phase, Segment, Number uint16
	// Minutes is the length of the visit.
	Minutes uint16
	// Wish is how often the weekdays that the patient asks for had changed when its
	// target was chosen.
	Wish uint16
	// Tag is the caller's, carried along; 0 for sessions that are new.
	Tag int16
	// Count is the number of sessions that the cadence plans for the week of a
	// weekly session, and InWeek the number for which its target was chosen: fewer
	// where counts are ceilings. Both are 0 for every other session.
	Count, InWeek uint8
	// Turned is by how many days, from 0 to 6, a weekly session is on another day of
	// the week than the one that was chosen: it was counted again from another day.
	Turned uint8
	// Moved is the number of weeks by which the session was postponed.
	Moved uint8
	// Extra reports that the session was added to those of the cadence, Again that
	// it repeats what was planned already, so that no gate follows it.
	Extra, Again bool
}

// NoSegment is the segment of a session that no segment asked for.
const NoSegment = 1<<16 - 1

// SameWeek reports whether s and t belong to one week of a weekly segment.
func (s *Session) SameWeek(t *Session) bool {
	return s.Count > 0 && s.Segment == t.Segment && s.Origin == t.Origin
}
