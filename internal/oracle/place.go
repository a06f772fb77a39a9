package oracle

import "time"

// Place computes a placement with a memoized search.
func Place(in Input) Result { return place(in, memoSearch{}) }

// PlaceBrute computes the same by writing down every combination of dates. It
// is for a handful of sessions.
func PlaceBrute(in Input) Result { return place(in, bruteSearch{}) }

// search answers the two questions of every policy.
type search interface {
	// blocked returns the ordinal of the first session that no placement of
	// those before it can reach, or 0.
	blocked(in Input, slots []slot) int
	// earliest returns the date of the last session when all are placed as
	// early as possible; it is asked only if nothing is blocked.
	earliest(in Input, slots []slot) int
	// best returns the best placement, nil for none. Sessions are left out only if
	// drop is set.
	best(in Input, slots []slot, drop bool) []choice
}

// choice is what became of one session.
type choice struct {
	left bool
	date int
}

func place(in Input, find search) Result {
	joined, phaseOf, problem := read(in)
	if problem != "" {
		return Result{Err: problem}
	}
	result := placeJoined(in, joined, phaseOf, find)
	result.Canonical = joined.String()
	return result
}

// read parses the phases, joins their cadences and checks what needs no dates.
func read(in Input) (joined Cadence, phaseOf []Phase, problem string) {
	seen := false
	for _, phase := range in.phases() {
		c, err := Parse(phase.Cadence)
		if err != nil {
			return joined, nil, ErrCadence
		}
		if seen {
			c, err = joined.join(c)
			if err != nil {
				return joined, nil, ErrCadence
			}
		}
		joined, seen = c, true
		for len(phaseOf) < len(joined.Segments) {
			if !gapFits(joined.Segments[len(phaseOf)], phase.Gap) {
				return joined, nil, ErrGap
			}
			phaseOf = append(phaseOf, phase)
		}
		if phase.Gap < 1 {
			return joined, nil, ErrGap
		}
	}
	return joined, phaseOf, checkInput(in, joined)
}

// gapFits says whether the gap can hold every count of a weekly segment.
func gapFits(s Segment, gap int) bool {
	for _, count := range s.Counts {
		if (count-1)*gap > 6 {
			return false
		}
	}
	return true
}

func checkInput(in Input, joined Cadence) string {
	for count, names := range in.Weekdays {
		different := map[time.Weekday]bool{}
		for _, name := range names {
			different[name] = true
		}
		if len(names) != count || len(different) != count {
			return ErrWeekdays
		}
	}
	switch in.Policy {
	case Refuse, Drop, Postpone, Carry:
	default:
		return ErrPolicy
	}
	if in.Until == NoUntil && joined.endless() || in.Until != NoUntil && in.Until < in.Start {
		return ErrUntil
	}
	return ""
}

func placeJoined(in Input, joined Cadence, phaseOf []Phase, find search) Result {
	if !in.Open(in.Start) {
		return closedStart(in)
	}
	u := unfolding{
		in:       in,
		origin:   in.Start,
		weekOne:  in.Start,
		segments: joined.Segments,
		phaseOf:  phaseOf,
		find:     find,
		ceilings: in.Policy == Carry && !joined.hasRestWeek(),
	}
	u.run()
	if u.failed != nil {
		return *u.failed
	}
	slots := u.slots
	if in.Policy == Postpone {
		slots = postpone(in, slots, find)
	}
	drop := in.Policy == Drop
	if !drop {
		if b := find.blocked(in, slots); b > 0 {
			return *blockedResult(in, find, slots[:b])
		}
	}
	var result Result
	for i, c := range find.best(in, slots, drop) {
		s := slots[i]
		result.Sessions = append(result.Sessions, Session{
			Target: s.target, Earliest: s.earliest, Latest: s.latest, Date: c.date, Left: c.left,
		})
	}
	return result
}

// closedStart is the result when the clinic is closed on the first day.
func closedStart(in Input) Result {
	result := Result{Err: ErrClosedStart, ClosedStart: true}
	for day := in.Start + 1; day <= in.Start+searchDays; day++ {
		if in.Open(day) {
			result.HasNextOpen, result.NextOpen = true, day
			return result
		}
	}
	return result
}

// postpone moves sessions seven days later until nothing is blocked, or until
// they have moved as often as they may.
func postpone(in Input, slots []slot, find search) []slot {
	moved := append([]slot{}, slots...)
	for range maxMoves {
		b := find.blocked(in, moved)
		if b == 0 {
			break
		}
		first := b - 1
		for first > 0 && sameWeek(moved[first-1], moved[b-1]) {
			first--
		}
		for i := first; i < len(moved); i++ {
			moved[i].target += 7
			moved[i].earliest += 7
			moved[i].latest += 7
		}
	}
	return moved
}

// sameWeek says whether two sessions belong to one week of a weekly segment.
func sameWeek(a, b slot) bool {
	return a.week != notWeekly && a.segment == b.segment && a.week == b.week
}

// blockedResult is the result when the last of the sessions is blocked.
func blockedResult(in Input, find search, slots []slot) *Result {
	last := slots[len(slots)-1]
	result := &Result{
		Err:             ErrBlocked,
		Blocked:         len(slots),
		BlockedEarliest: last.earliest,
		BlockedLatest:   last.latest,
	}
	for day := last.earliest; day <= last.latest; day++ {
		reason := NoReason
		switch {
		case !in.Open(day):
			reason = Closed
		case !in.allows(last, day):
			reason = TooShort
		case len(slots) > 1 && tooClose(in, find, slots, day):
			reason = TooClose
		}
		result.Reasons = append(result.Reasons, reason)
	}
	return result
}

// tooClose says whether a day for the last session is less than the gap after
// the earliest day of the session before it.
func tooClose(in Input, find search, slots []slot, day int) bool {
	before, last := slots[len(slots)-2], slots[len(slots)-1]
	return day-find.earliest(in, slots[:len(slots)-1]) < gap(before, last)
}
