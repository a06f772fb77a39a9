package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A horizon with more sessions, or more visits beside them, than a plan can have is refused,
// and says which: three sessions a week for the 9,178 weeks from 6 January 2025 to 1 December
// 2200 are 27,534, and a count a day up to the end of 2080 are 20,449.
func TestExtendedPastTheMost(t *testing.T) {
	s := endless(t, "2025-01-20", "3/wk")
	s.refused(schedule.Extended{Until: day("2200-12-01")}, `want at most 20000 sessions in a plan`)

	spec := protocol.Spec{
		Phases: []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("every 4w"), MinGap: 2}},
		Monitoring: []protocol.Monitoring{{
			Name: "count", Cadence: protocol.MustCadence("7/wk"), WhileTreated: true, Elsewhere: "at home", Visit: protocol.Visit{Administration: time.Minute},
		}},
	}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Until = day("2025-02-28")
	s = living(t, r)
	s.refused(schedule.Extended{Until: day("2080-12-31")}, `plan: Until "2080-12-31": want at most 20000 visits of "count"`)
}

// The last year that there is is planned like any other: a later horizon comes to what is
// built up to it, and is refused where that is.
func TestExtendedToTheLastYear(t *testing.T) {
	s := endless(t, "2025-01-20", "every 4w")
	s.on("2025-01-06", schedule.Extended{Until: day("2200-12-31")})
	assert.Equal(t, endless(t, "2200-12-31", "every 4w").calendar(), s.calendar())
	assert.Equal(t, day("2200-12-15"), s.at(s.plan.Len()).Date())
	s = endless(t, "2025-01-20", "every 1w")
	s.refused(schedule.Extended{Until: day("2200-12-31")}, "want a plan that ends by 2200-12-31")
}

// What a later horizon adds to a treatment on hold is held; the session before it that was
// cancelled alone stays that.
func TestExtendedOnHoldAfterOneThatIsCancelled(t *testing.T) {
	s := endless(t, "2025-01-20", "every 1w")
	last := s.id(3)
	s.on("2025-01-06", schedule.Held{Session: s.id(1), Reason: "fever"})
	s.on("2025-01-06", schedule.Cancelled{Session: last, By: schedule.ByPatient})
	s.on("2025-01-06", schedule.Extended{Until: day("2025-02-03")})
	assert.Equal(t, "Mon 2025-01-06 held, Mon 2025-01-13 held, Mon 2025-01-20 cancelled, Mon 2025-01-27 held, Mon 2025-02-03 held", s.calendar())
}

// Days that only the visits beside the sessions ask about have to make sense too.
func TestBuildAsksForVisits(t *testing.T) {
	spec := protocol.Spec{
		Phases:    []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("1/wk x1"), MinGap: 2}},
		FollowUps: []protocol.FollowUpVisit{{Name: "call", Days: []int{30}, Visit: protocol.Visit{Administration: time.Minute}}},
	}
	_, err := schedule.Build(request(compiled(t, spec), nonsenseFrom(t, "2026-03-20"), "2026-03-02"))
	require.EqualError(t, err, `Opening 2026-04-01 "09:00-09:00": want a closing time that is not the opening time`)
}
