package course_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/oracle"
)

// A hall is a room of days that are open or not, with one gap.
type hall struct {
	open func(int) bool
	gap  int32
}

func (h hall) Earliest(_ int, s, before *course.Session, day int32) (int32, bool) {
	from := s.Earliest
	if before != nil {
		from = max(from, day+h.gap)
	}
	for ; from <= s.Latest; from++ {
		if h.open(int(from) - offset) {
			return from, true
		}
	}
	return 0, false
}

// What is carried or postponed is what the second implementation has, or names the
// session that cannot be placed.
func TestRoomAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[string]int{}
	for range many(3000) {
		x, ok := treat(t, r)
		if !ok {
			continue
		}
		closed := map[int]bool{}
		chance := 1 + r.IntN(12)
		for day := x.input.Start + 1; day < x.input.Start+600; day++ {
			closed[day] = r.IntN(chance) > 6
		}
		if r.IntN(8) == 0 { // for good
			for day := x.input.Start + 10 + r.IntN(60); day < x.input.Start+600; day++ {
				closed[day] = true
			}
		}
		x.input.Open = func(day int) bool { return !closed[day] }
		room := hall{x.input.Open, 1}
		x.input.Policy = []string{oracle.Carry, oracle.Postpone}[r.IntN(2)]
		want := oracle.Place(x.input)
		var list []course.Session
		var carried []course.Carried
		var err error
		if x.input.Policy == oracle.Carry {
			list, carried, err = x.course.Unfold(room)
		} else if list, _, err = x.course.Unfold(nil); err == nil {
			course.Postpone(list, room)
		}
		outcome := x.input.Policy + " " + want.Err
		seen[outcome]++
		if want.Err == oracle.ErrBlocked && x.input.Policy == oracle.Carry && err != nil {
			e, ok := err.(*course.Error)
			require.True(t, ok)
			require.Equal(t, course.Unplaced, e.Code, x.text)
			require.Len(t, e.Sessions, want.Blocked, x.text)
			last := e.Sessions[want.Blocked-1]
			require.Equal(t, []int{want.BlockedEarliest, want.BlockedLatest}, []int{int(last.Earliest) - offset, int(last.Latest) - offset}, x.text)
			for at, reason := range want.Reasons {
				if day := want.BlockedEarliest + at; reason == oracle.TooClose {
					require.Less(t, day+offset, int(e.Earliest)+1, x.text)
				}
			}
			continue
		}
		if want.Err == oracle.ErrBlocked {
			require.NoError(t, err)
			blocked := list[want.Blocked-1]
			require.Equal(t, []int{want.BlockedEarliest, want.BlockedLatest}, []int{int(blocked.Earliest) - offset, int(blocked.Latest) - offset}, x.text)
			continue
		}
		if want.Err != "" {
			require.Error(t, err, "%s: %s", x.text, want.Err)
			continue
		}
		require.NoError(t, err, x.text)
		require.Len(t, list, len(want.Sessions), x.text)
		moved := false
		for i, s := range want.Sessions {
			require.Equal(t, []int{s.Target, s.Earliest, s.Latest},
				[]int{int(list[i].Target) - offset, int(list[i].Earliest) - offset, int(list[i].Latest) - offset}, "%s: session %d", x.text, i+1)
			x.explains(t, &list[i])
			moved = moved || list[i].Moved > 0
		}
		if moved || len(carried) > 0 {
			seen[outcome+"moved"]++
		}
	}
	t.Log(seen)
	for _, outcome := range []string{"carry ", "carry moved", "carry blocked", "postpone ", "postpone moved", "postpone blocked"} {
		require.Greater(t, seen[outcome], many(50), outcome)
	}
}
