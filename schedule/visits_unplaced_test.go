package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A visit that has never had a day is in no calendar, so that its revision stays; one that
// had a day and lost it is in calendars, which have to be told of each new target. The call is
// seven days after the only session.
func TestRevisionsWithoutADay(t *testing.T) {
	spec := protocol.Spec{
		Phases:    []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("1/wk x1"), MinGap: 1}},
		FollowUps: []protocol.FollowUpVisit{{Name: "call", Days: []int{7}, Visit: protocol.Visit{Administration: time.Minute}}},
	}
	call := func(s *story) schedule.OtherVisit {
		for v := range s.plan.OtherVisits() {
			if v.State != schedule.StateCancelled {
				return v
			}
		}
		return schedule.OtherVisit{}
	}
	closed := []string{"2025-01-14", "2025-01-15", "2025-01-16"}

	s := living(t, request(compiled(t, spec), weekdaysOnly(t, append(closed, "2025-01-13")...), "2025-01-06"))
	assert.False(t, call(s).Placed())
	s.on("2025-01-06", schedule.Moved{Session: s.id(1), Date: day("2025-01-07")})
	assert.Equal(t, day("2025-01-14"), call(s).Target)
	assert.False(t, call(s).Placed())
	assert.Equal(t, 0, call(s).Revision, "it never had a day")

	s = living(t, request(compiled(t, spec), weekdaysOnly(t, closed...), "2025-01-06"))
	id := call(s).ID
	assert.Equal(t, day("2025-01-13"), call(s).Date)
	for n, to := range []string{"2025-01-07", "2025-01-08", "2025-01-09"} {
		s.on("2025-01-06", schedule.Moved{Session: s.id(1), Date: day(to)})
		v := call(s)
		assert.Equal(t, id, v.ID)
		assert.Equal(t, day(to)+7, v.Target)
		assert.False(t, v.Placed(), to)
		assert.Equal(t, n+1, v.Revision, to)
	}
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")})
	assert.Equal(t, 3, call(s).Revision, "nothing of it has changed")

	// Cancelled with the session, it stays where it may be in calendars, and is gone where not.
	for _, tt := range []struct {
		closed []string
		left   int
	}{{closed, 1}, {append(closed, "2025-01-13"), 0}} {
		s = living(t, request(compiled(t, spec), weekdaysOnly(t, tt.closed...), "2025-01-06"))
		s.on("2025-01-06", schedule.Moved{Session: s.id(1), Date: day("2025-01-07")})
		s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient})
		left := 0
		for v := range s.plan.OtherVisits() {
			assert.Equal(t, schedule.StateCancelled, v.State)
			left++
		}
		assert.Equal(t, tt.left, left)
	}
}
