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
	// Wish is how often the weekdays that the patient asks for had changed when the
	// target of a weekly session was chosen. Of a session whose segment counts calendar
	// months it is the number of weeks by which it was shifted: see [Session.Shifted].
	Wish uint16
	// Tag is the caller's, carried along; 0 for sessions that are new, and [Earlier] for
	// what [Course.Under] returns.
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

// Earlier is the tag of a session of a version before.
const Earlier = -1

// NoSegment is the segment of a session that no segment asked for.
const NoSegment = 1<<16 - 1

// SameWeek reports whether s and t belong to one week of a weekly segment.
func (s *Session) SameWeek(t *Session) bool {
	return s.Count > 0 && s.Segment == t.Segment && s.Origin == t.Origin
}

// Shifted returns the number of weeks by which a session whose segment counts calendar
// months was shifted: its days of the month are not those that the months have.
func (s *Session) Shifted() int {
	if s.Count > 0 {
		return 0
	}
	return int(s.Wish)
}

// late returns the number of weeks by which the session is later than it is counted.
func (s *Session) late() int32 { return int32(s.Moved) + int32(s.Shifted()) }
