package course

import "strconv"

// A Code says why there is no course.
type Code uint8

// The codes.
const (
	TooMany     Code = iota + 1 // more than [MaxSessions] sessions
	TooLate                     // a window passes the last day there is
	NoTime                      // so many sessions would pass the last day there is
	WeekTaken                   // the week that a segment begins in is not after every earlier target
	Unplaced                    // counts are ceilings, and a session has no day
	NoSessions                  // the phase plans none
	NotReached                  // the plan has not reached the phase
	NoFrequency                 // the phase has no frequency to go on with
	NotEarlier                  // the phase to return to is not before that of the session
	NoNumber                    // nothing says how many sessions
)

// An Error says in codes and numbers why there is no course.
type Error struct {
	Code Code
	// Phase and Segment are the positions of the phase and of the segment that it
	// is about. Than is the phase that the one is not before: of [NotEarlier].
	Phase, Segment, Than int
	// Asked is how many sessions were asked for: of [NoTime].
	Asked int
	// Week is the treatment week that the segment was to begin in, Day its first
	// day, and Before the target that is not before it: of [WeekTaken].
	Week        int
	Day, Before int32
	// Sessions are those before and, of [Unplaced], the session that has no day as
	// the last. Earliest is then the earliest day of the session before that.
	Sessions []Session
	Earliest int32
}

// Error returns the code and the segment: whoever calls has the words.
func (e *Error) Error() string {
	return "course: code " + strconv.Itoa(int(e.Code)) + ", segment " + strconv.Itoa(e.Segment)
}
