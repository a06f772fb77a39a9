package oracle

// Waiting is a session that waits for its day. Fixed is the day of an appointment,
// 0 for none.
type Waiting struct {
	Target, Earliest, Latest int
	Fixed                    int
	Minutes, Gap             int
}

// Arrangement is a list of sessions to be placed, in order, after a session that
// stays on the day After, 0 for none. Longest is the longest opening of a day in
// minutes, less than 0 where it is closed. Leave says that sessions without an
// appointment may be left out.
type Arrangement struct {
	Sessions        []Waiting
	Longest         func(day int) int
	Suits           func(day int) bool
	NotBefore       int
	After, AfterGap int
	Leave           bool
}

// The reasons of [Arrangement.Why] that the placement of a new plan lacks.
const (
	Unsuitable  Refusal = "unsuitable"
	NotFixed    Refusal = "not the appointment"
	Past        Refusal = "past"
	TooNearStay Refusal = "too near what stays"
)

// Arranged is what became of the sessions: the days, 0 for one that is left out,
// or the position from 1 of the first one that cannot be placed.
type Arranged struct {
	Days    []int
	Blocked int
	LeftOut int
	Squared int // the sum of squared shifts
}

// Why returns the first reason why a session cannot be on a day, whatever the days
// of others.
func (a Arrangement) Why(s Waiting, day int) Refusal {
	switch {
	case a.Longest(day) < 0:
		return Closed
	case a.Longest(day) < s.Minutes:
		return TooShort
	case !a.Suits(day):
		return Unsuitable
	case s.Fixed != 0 && s.Fixed != day:
		return NotFixed
	case day < a.NotBefore:
		return Past
	case a.After != 0 && day-a.After < max(a.AfterGap, s.Gap):
		return TooNearStay
	default:
		return NoReason
	}
}

// slots returns the sessions as the search sees them.
func (a Arrangement) slots() []slot {
	var slots []slot
	for _, s := range a.Sessions {
		slots = append(slots, slot{
			target: s.Target, earliest: s.Earliest, latest: s.Latest, week: notWeekly, fixed: s.Fixed != 0,
			phase: Phase{Gap: s.Gap, Short: func(day int) bool { return a.Why(s, day) != NoReason }},
		})
	}
	return slots
}

func always(int) bool { return true }

// Solve returns the best arrangement.
func (a Arrangement) Solve() Arranged {
	in, slots := Input{Open: always}, a.slots()
	for n := 1; n <= len(slots); n++ {
		if a.Leave && (memoSearch{}).best(in, slots[:n], true) == nil || !a.Leave && (memoSearch{}).blocked(in, slots[:n]) > 0 {
			return Arranged{Blocked: n}
		}
	}
	var result Arranged
	for i, c := range (memoSearch{}).best(in, slots, a.Leave) {
		if c.left {
			result.LeftOut++
			result.Days = append(result.Days, 0)
			continue
		}
		result.Days = append(result.Days, c.date)
		result.Squared += (c.date - slots[i].target) * (c.date - slots[i].target)
	}
	return result
}

// Earliest returns the day of the last of the first n sessions when all of those
// are as early as possible.
func (a Arrangement) Earliest(n int) int {
	return memoSearch{}.earliest(Input{Open: always}, a.slots()[:n])
}
