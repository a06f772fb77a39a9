package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A count of a monitoring has a day and a time of its own. A session that comes to be at
// that time, in whole or in part, sends it elsewhere; one that only touches it does not,
// and neither does one that was there before.
func TestSessionAtTheTimeOfACount(t *testing.T) {
	// Infusions of an hour on the Mondays 01-06, 01-13 and 01-20 at 08:00, counts of ten
	// minutes after them, at 09:00, three days around each Monday: on the quarters of an hour.
	spec := protocol.Spec{
		Phases:     []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 1, Visit: protocol.Visit{Administration: time.Hour}}},
		Monitoring: []protocol.Monitoring{{Name: "count", Cadence: protocol.MustCadence("1/wk x3"), Visit: protocol.Visit{Administration: 10 * time.Minute}}},
	}
	for _, tt := range []struct{ name, start, want string }{
		{"around it", "08:30", "01-13 09:30 planned 1"},
		{"from its middle", "09:05", "01-13 10:15 planned 1"},
		{"up to its middle", "08:05", "01-13 09:15 planned 1"},
		{"just after it", "09:10", "01-13 09:00 planned"},
		{"where it was", "08:00", "01-13 09:00 planned"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
			require.Equal(t, "01-06 09:00 planned\n01-13 09:00 planned\n01-20 09:00 planned\n", monitoringText(s.plan, "count"))
			s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-13"), Start: clock(t, tt.start)})
			assert.Equal(t, "01-06 09:00 planned\n"+tt.want+"\n01-20 09:00 planned\n", monitoringText(s.plan, "count"))
			requireKept(t, s.plan)
		})
	}
}

// What is decided about the session of a talk that waited, after the day of the talk: no
// visit is planned in the past. Session 3, of Mon 03-09, was given though it was held.
func TestHeldTalkOfADayThatIsPast(t *testing.T) {
	s := visitStory(t).give(2)
	s.on("2026-03-07", schedule.Held{Session: s.id(3)})
	require.Equal(t, "2026-03-10 08:00-09:00 held, revision 1", visitText(s.talk(3)))
	s.on("2026-03-11", schedule.Given{Session: s.id(3), Date: day("2026-03-09")})
	assert.Equal(t, "2026-03-11 12:00-13:00 planned, revision 2", visitText(s.talk(3)), "one to three days after the 9th, as of noon of the 11th")
}

// A talk that took place is that of its session whatever number the session has: one
// before it was told of later.
func TestNumberOfTheSessionOfAVisitThatWasDone(t *testing.T) {
	s := visitStory(t).give(2)
	s.on("2026-03-06", schedule.VisitDone{Visit: s.talk(2).ID, Date: day("2026-03-06")})
	done := s.talk(2)
	require.Equal(t, schedule.StateDone, done.State)
	s.on("2026-03-06", schedule.Given{Date: day("2026-03-03")})
	now, ok := s.plan.OtherVisit(done.ID)
	require.True(t, ok)
	assert.Equal(t, 3, now.Session)
	assert.Equal(t, done.SessionID, now.SessionID)
	assert.Equal(t, sessionAt(s.plan, 3).ID(), now.SessionID)
	assert.Equal(t, schedule.StateDone, now.State)
	requireKept(t, s.plan)
}

// Counts that were cancelled with the treatment were not asked for while it was stopped:
// nobody missed them once it turns out that it was not.
func TestCountsOfATreatmentThatWasNotStopped(t *testing.T) {
	s := bloods(t).give(4)
	s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
	s.on("2026-03-13", schedule.Cancelled{Session: s.id(5), Rest: true, By: schedule.ByPatient}) // the last entry
	require.Equal(t, "planned planned cancelled cancelled cancelled ", statesOf(s.plan, "count"))
	stop := ""
	for e := range s.plan.History() {
		stop = e.Event.ID
	}
	// As of 04-01 the windows of 03-16 and 03-23 are past, three days after each, and that of
	// 04-06 is not.
	s.correct("2026-04-01", stop, nil)
	assert.Equal(t, "03-02 09:00 planned\n03-09 09:00 planned\n03-16 09:00 cancelled 2\n03-23 09:00 cancelled 2\n04-06 09:00 planned 3\n", monitoringText(s.plan, "count"))
	for _, text := range hasCode(s.plan, schedule.MonitoringMissing) {
		assert.NotContains(t, text, "03-16")
		assert.NotContains(t, text, "03-23")
	}
}

// The only visit of a plan is cancelled like any other when the version that holds asks
// for none.
func TestOnlyVisitThatNobodyAsksForAnyMore(t *testing.T) {
	spec := protocol.Spec{ID: "talks", Version: "1", Phases: []protocol.Phase{
		{Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2},
	}, FollowUps: []protocol.FollowUpVisit{{Name: "call", Days: []int{7}, Window: protocol.Window{Before: 2, After: 3}}}}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
	require.Equal(t, schedule.StatePlanned, s.call(7).State)
	next := spec.Clone()
	next.Version, next.FollowUps = "2", nil
	s.on("2026-03-02", schedule.Adopted{Protocol: compiled(t, next), Who: "attending"})
	assert.Equal(t, schedule.StateCancelled, s.call(7).State)
	assert.Equal(t, 1, s.call(7).Revision)
	requireKept(t, s.plan)
}

// A companion is as long as the first visit of its kind: it is observed for an hour from
// the first on, though the visit says two.
func TestLengthOfACompanion(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2, Companions: []protocol.Companion{
		{Name: "talk", From: 1, To: 3, Visit: protocol.Visit{Observation: 2 * time.Hour, Later: []protocol.LaterObservation{{From: 1, Observation: time.Hour}}}},
	}}}}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
	assert.Equal(t, "2026-03-03 08:00-09:00 planned, revision 0", visitText(s.talk(1)))
}
