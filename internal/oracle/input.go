package oracle

import (
	"math"
	"time"
)

// NoUntil is the value of [Input.Until] that sets no last day.
const NoUntil = math.MinInt

// Policies of [Input.Policy].
const (
	Refuse   = "refuse"
	Drop     = "drop"
	Postpone = "postpone"
	Carry    = "carry"
)

// Problems of [Result.Err].
const (
	ErrCadence     = "cadence"      // a text does not parse, or the phases cannot be joined
	ErrGap         = "gap"          // no gap is given, or a count can never keep it
	ErrWeekdays    = "weekdays"     // not as many different weekdays as the count
	ErrPolicy      = "policy"       // not one of the four policies
	ErrUntil       = "until"        // a cadence without end lacks Until, or it is before Start
	ErrFromWeek    = "from week"    // "from week" is not after every earlier target
	ErrTooMany     = "too many"     // more sessions than a plan may hold
	ErrClosedStart = "closed start" // the clinic is closed on Start
	ErrBlocked     = "blocked"      // a session has no date
)

// Limits of a plan.
const (
	maxSessions = 20000
	maxMoves    = 26  // Postpone: moves of a plan; Carry: weeks added to a segment
	searchDays  = 366 // days looked at for the next open one
)

// Phase is one cadence with its own gap and, perhaps, its own window.
type Phase struct {
	Cadence string
	Gap     int                // at least 1
	Window  *[2]int            // days before and after each target; nil is by rule
	Short   func(day int) bool // open, but no opening holds the visit; nil is never
}

// Input is what a placement depends on. Cadence, Gap, Window and Short describe
// a plan of one phase; Phases, if there are any, replaces all four of them.
type Input struct {
	Cadence string
	Gap     int
	Window  *[2]int
	Short   func(day int) bool

	Phases []Phase

	Start    int
	Until    int // NoUntil if there is none
	Open     func(day int) bool
	Policy   string
	Weekdays map[int][]time.Weekday // by count
}

// Session is one session of a result. Date means nothing if Left is set.
type Session struct {
	Target, Earliest, Latest, Date int
	Left                           bool
}

// Refusal says why a blocked session cannot have a day of its window.
type Refusal string

// The reasons, in the order in which they are given. Of a session that Carry
// could not place in its last added week, a day may have none of them.
const (
	Closed   Refusal = "closed"
	TooShort Refusal = "hours too short"
	TooClose Refusal = "too close"
	NoReason Refusal = ""
)

// Result is a placement, or the problem that prevents one.
type Result struct {
	Canonical string // of the joined cadence
	Sessions  []Session
	Err       string // empty if there is a placement

	// Of ErrBlocked: the ordinal, its window, and one refusal for each day of it.
	Blocked                        int
	BlockedEarliest, BlockedLatest int
	Reasons                        []Refusal

	// Of ErrClosedStart.
	ClosedStart bool
	HasNextOpen bool
	NextOpen    int
}

// phases returns the phases as the rules see them.
func (in Input) phases() []Phase {
	if len(in.Phases) > 0 {
		return in.Phases
	}
	return []Phase{{Cadence: in.Cadence, Gap: in.Gap, Window: in.Window, Short: in.Short}}
}

// allows says whether the clinic can take the visit of a session that day.
func (in Input) allows(s slot, day int) bool {
	return in.Open(day) && (s.phase.Short == nil || !s.phase.Short(day))
}

// candidates are the days of a window that the clinic allows.
func (in Input) candidates(s slot) []int {
	var days []int
	for day := s.earliest; day <= s.latest; day++ {
		if in.allows(s, day) {
			days = append(days, day)
		}
	}
	return days
}

// slot is a session that waits for its date.
type slot struct {
	target, earliest, latest int
	phase                    Phase
	segment                  int
	week                     int  // week of a weekly segment, from 0; else notWeekly
	fixed                    bool // never left out

	// The target is so many steps after a base: days of a week or a cycle, weeks
	// of a weeks segment, intervals. count is the number of sessions that the
	// cadence has in the week of a weekly session.
	base, steps, count int
	late               int // days by which the target was postponed after that
	turned             int // days by which a weekly one, and its week, were moved
	number             int // in its phase, from 1
}

const notWeekly = -1

// gap is the least distance between two sessions, one after the other.
func gap(a, b slot) int { return max(a.phase.Gap, b.phase.Gap) }
