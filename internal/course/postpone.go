package course

import "github.com/regimen-go/regimen/internal/civil"

// A Room says where sessions can be.
type Room interface {
	// Earliest returns the first day that session i of a list can have if the one
	// before it, nil for none, is on a day, and false where its window has none.
	Earliest(i int, s, before *Session, day int32) (earliest int32, ok bool)
}

// MaxWeeks bounds how often sessions are postponed, and how many weeks are added
// to a segment whose counts are ceilings.
const MaxWeeks = 26

// Postpone moves sessions later until all of them can be placed: when one has no
// day, everything from the first session of its week, or from itself where it is
// not of a weekly segment, moves seven days later, targets and windows as they
// stand. It stops after [MaxWeeks] times, and before a window would pass the last
// day there is.
func Postpone(list []Session, room Room) {
	first := make([]int32, len(list)) // the earliest day of each session
	for at, moves := 0, 0; at < len(list); at++ {
		ok := false
		if at == 0 {
			first[at], ok = room.Earliest(at, &list[at], nil, 0)
		} else {
			first[at], ok = room.Earliest(at, &list[at], &list[at-1], first[at-1])
		}
		if ok {
			continue
		}
		for at > 0 && list[at].SameWeek(&list[at-1]) {
			at--
		}
		if moves == MaxWeeks || !civil.InRange(civil.Date(list[len(list)-1].Latest+7)) {
			return
		}
		for i := at; i < len(list); i++ {
			s := &list[i]
			s.Target, s.Earliest, s.Latest = s.Target+7, s.Earliest+7, s.Latest+7
			s.Moved++
		}
		moves++
		at--
	}
}
