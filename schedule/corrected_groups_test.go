package schedule_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What several decisions had set goes back from the last to the first: each makes room for
// the one before it. Sessions 2 to 5 were moved to 2025-01-08, 01-14, 01-21 and 01-28, each
// a day after what the one before had been planned for, and two days have to be between.
func TestTheLastGoesBackFirst(t *testing.T) {
	const planned = "Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03"
	move := func(s *story, k int) schedule.Moved {
		to := [...]string{"2025-01-08", "2025-01-14", "2025-01-21", "2025-01-28"}
		return schedule.Moved{Session: s.id(k + 2), Date: day(to[k]), Reason: "asked for", Who: "attending"}
	}
	together := func(instead func(int) schedule.Happening) schedule.Corrected {
		all := corrected("e1", instead(0))
		for k := 1; k < 4; k++ {
			all.Also = append(all.Also, schedule.Correction{Of: "e" + strconv.Itoa(k+1), Instead: instead(k)})
		}
		return all
	}
	withdrawn := func(int) schedule.Happening { return nil }

	s := mondays(t, "1/wk x5")
	for k := range 4 {
		s.on("2025-01-06", move(s, k))
	}
	require.Equal(t, "Mon 2025-01-06, Wed 2025-01-08, Tue 2025-01-14, Tue 2025-01-21, Tue 2025-01-28", s.calendar())
	s.on("2025-01-06", together(withdrawn))
	assert.Equal(t, planned, s.calendar(), "by four entries")
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)

	s = mondays(t, "1/wk x5")
	for k := range 4 {
		session := sessionAt(s.plan, k+2)
		s.on("2025-01-06", schedule.Moved{Session: session.ID(), Date: session.Date(), Start: clock(t, "09:00")})
	}
	s.on("2025-01-06", together(func(k int) schedule.Happening { return move(s, k) }))
	require.Equal(t, "Mon 2025-01-06, Wed 2025-01-08, Tue 2025-01-14, Tue 2025-01-21, Tue 2025-01-28", s.calendar())
	s.on("2025-01-06", together(withdrawn))
	assert.Equal(t, planned, s.calendar(), "by what one correction decided")
	assert.Equal(t, "00:00", sessionAt(s.plan, 3).Start().String(), "what was corrected first does not hold either")
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// Decisions that have set one session go back together, also where the one that cannot was
// found so before: the second was moved after the shift, so the shift stays, and with it
// the move of the fourth.
func TestNoneOfThemGoesBack(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})              // e2
	s.on("2026-03-03", schedule.Moved{Session: s.id(4), Date: day("2026-03-20")}) // e3
	s.on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-13")}) // e4
	decided := s.calendar()
	both := corrected("e2", nil)
	both.Also = []schedule.Correction{{Of: "e3"}}
	s.on("2026-03-03", both)
	assert.Equal(t, decided, s.calendar())
	assert.Contains(t, hasCode(s.plan, schedule.NotRestored),
		`warning: session 4: event "e3" (moved) is withdrawn by event "e5", but what it had set could not go back [not-restored]`)
	assert.Contains(t, hasCode(s.plan, schedule.NotRestored),
		`warning: session 2: event "e2" (shifted) is withdrawn by event "e5", but what it had set could not go back [not-restored]`)
	requireKept(t, s.plan)
}

// A horizon that another has taken the place of stays, which is a finding of no session;
// what the withdrawn one had added is withdrawn, and what else is withdrawn with it goes
// back by itself.
func TestHorizonThatStays(t *testing.T) {
	s := endless(t, "2025-02-03", "every 1w").give(1)
	s.on("2025-01-07", schedule.Extended{Until: day("2025-02-10")})               // e2
	s.on("2025-01-07", schedule.Extended{Until: day("2025-02-17")})               // e3
	s.on("2025-01-07", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")}) // e4
	both := corrected("e2", nil)
	both.Also = []schedule.Correction{{Of: "e4"}}
	s.on("2025-01-07", both)
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10 cancelled, Mon 2025-02-17", s.calendar())
	assert.Equal(t, day("2025-02-17"), s.plan.Until())
	assert.Equal(t, []string{`warning: plan: event "e2" (extended) is withdrawn by event "e5", but what it had set could not go back [not-restored]`},
		hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// A gate at which another protocol was asked for is open again once the one that was adopted
// is withdrawn, and closed while it holds.
func TestGateIsOpenAgain(t *testing.T) {
	s := gatedStory(t).give(4)
	s.on("2025-01-16", schedule.Decided{Gate: "response", Then: protocol.Change, Reason: "too tired", Who: "attending"}) // e5
	s.on("2025-01-16", schedule.Adopted{Protocol: gated(t, "2"), Who: "attending"})                                      // e6
	open := func() string { return s.plan.On(day("2025-01-16")).Checkpoint.Gate.Name }
	require.Empty(t, open())
	adopted := s.plan
	file := string(schedule.FormatPlan(adopted))
	s.correct("2025-01-16", "e6", nil) // e7
	assert.Equal(t, file, string(schedule.FormatPlan(adopted)), "the plan before stays as it was")
	assert.Equal(t, "response", open())
	requireKept(t, s.plan)
	s.correct("2025-01-16", "e7", nil)
	assert.Empty(t, open())
	s.on("2025-01-16", schedule.Weighed{Date: day("2025-01-16"), Weight: dose.MustWeight("71 kg")}).correct("2025-01-16", "e9", nil)
	assert.Empty(t, open(), "what is corrected otherwise changes nothing of it")
	requireKept(t, s.plan)
}

// Doses that no session asked for are refused, like others, where they are still to come:
// each by its own entry, though two are put right in one step.
func TestExtraDosesToCome(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-08", schedule.Given{Date: day("2025-01-07")}).on("2025-01-08", schedule.Given{Date: day("2025-01-08")})
	both := corrected("e1", schedule.Given{Date: day("2025-01-09")})
	both.Also = []schedule.Correction{{Of: "e2", Instead: schedule.Given{Date: day("2025-01-10")}}}
	_, err := s.try("2025-01-08", both)
	require.ErrorIs(t, err, schedule.ErrFuture)
	assert.EqualError(t, err, `event "e3" (corrected): Date "2025-01-09": want a date that is not after the as-of one, 2025-01-08`)
	// Nor is one recorded in a phase that there is not.
	for _, of := range []string{"e1", "e2"} {
		_, err = s.try("2025-01-08", corrected(of, schedule.Given{Date: day("2025-01-08"), Phase: "taper"}))
		require.ErrorIs(t, err, schedule.ErrEvent)
		assert.ErrorContains(t, err, `Phase "taper": want the name of a phase of the protocol`)
	}
	s.on("2025-01-08", schedule.Given{Session: s.id(3), Date: day("2025-01-06")}) // e6
	_, err = s.try("2025-01-08", corrected("e6", schedule.Given{Date: day("2025-01-08"), Phase: "taper"}))
	require.ErrorIs(t, err, schedule.ErrEvent)
	assert.ErrorContains(t, err, `Phase "taper": want the name of a phase of the protocol`)
}

// A dose of a session that was that of none has a session of its own, which is withdrawn
// with the correction that made it.
func TestGivenInNoSessionAfterAll(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-08", schedule.Given{Session: s.id(1), Date: day("2025-01-08")})
	s.correct("2025-01-08", "e1", schedule.Given{Date: day("2025-01-08")}) // e2
	require.Equal(t, "Wed 2025-01-08 given, Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	extra := s.id(1)
	s.correct("2025-01-08", "e2", nil) // e3
	assert.Equal(t, "Wed 2025-01-08 given, Wed 2025-01-08 cancelled, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	assert.True(t, sessionAt(s.plan, 2).Withdrawn())
	assert.Equal(t, extra, s.id(2))
	requireKept(t, s.plan)
	s.correct("2025-01-08", "e3", nil) // e4
	assert.Equal(t, "Wed 2025-01-08 given, Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	assert.Equal(t, extra, s.id(1))
	requireKept(t, s.plan)
	s.correct("2025-01-08", "e1", schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight("70 kg")})
	assert.Equal(t, "Mon 2025-01-06, Wed 2025-01-08 cancelled, Mon 2025-01-13, Mon 2025-01-20", s.calendar(), "nothing was given at all")
	assert.True(t, sessionAt(s.plan, 2).Withdrawn())
	requireKept(t, s.plan)
	require.NoError(t, s.plan.CheckState())

	// What was recorded as a weight, and was a dose.
	s = mondays(t, "1/wk x3").on("2025-01-08", schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight("70 kg")})
	s.correct("2025-01-08", "e1", schedule.Given{Date: day("2025-01-08")}).correct("2025-01-08", "e2", nil)
	assert.Equal(t, "Mon 2025-01-06, Wed 2025-01-08 cancelled, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	assert.True(t, sessionAt(s.plan, 2).Withdrawn())
	requireKept(t, s.plan)
	require.NoError(t, s.plan.CheckState())
}

// A session that is missed again has the target that it had last on that day: it was moved
// to 01-14, and then counted from there.
func TestMissedAgainWithItsTarget(t *testing.T) {
	s := weekly(t).give(1)
	second := s.id(2)
	s.on("2025-01-07", schedule.Moved{Session: second, Date: day("2025-01-14")})      // e2
	s.on("2025-01-07", schedule.Reanchored{Session: second, Date: day("2025-01-14")}) // e3
	s.on("2025-01-14", schedule.Missed{Session: second})                              // e4
	s.correct("2025-01-14", "e4", nil).correct("2025-01-14", "e5", nil)
	now, _ := s.plan.Session(second)
	assert.Equal(t, schedule.StateMissed, now.State())
	assert.Equal(t, day("2025-01-14"), now.Date())
	assert.Equal(t, day("2025-01-14"), now.Target())
	requireKept(t, s.plan)
}

// A dose that is not corrected stays as it was given: a plan file has no other that it once
// was.
func TestCorrectedLeavesOtherDoses(t *testing.T) {
	s := weekly(t).give(2)
	s.on("2025-01-14", schedule.PatientAway{From: day("2025-01-29")}).correct("2025-01-14", "e3", nil)
	assert.NotContains(t, string(schedule.FormatPlan(s.plan)), `"once"`)
	s.correct("2025-01-14", "e2", schedule.Given{Session: s.id(2), Date: day("2025-01-14")})
	assert.Contains(t, string(schedule.FormatPlan(s.plan)), `"once"`)
	requireKept(t, s.plan)
}

// A visit that took place after a move that is withdrawn by now has its day before the move
// again once it is said not to have taken place, also where that is past: like a session.
func TestCorrectedVisitThatWasDone(t *testing.T) {
	s := visitStory(t).give(1)
	talk := s.talk(1)
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk.ID, Date: day("2026-03-04")}) // e2
	s.on("2026-03-04", schedule.VisitDone{Visit: talk.ID, Date: day("2026-03-04")})  // e3
	s.correct("2026-03-04", "e2", nil)                                               // e4
	assert.Equal(t, "2026-03-04 08:00-09:00 done, revision 2", visitText(s.talk(1)))
	s.correct("2026-03-04", "e3", nil)
	assert.Equal(t, "2026-03-03 08:00-09:00 planned, revision 3", visitText(s.talk(1)))
	requireKept(t, s.plan)
	require.NoError(t, s.plan.CheckState())

	// Of two moves only the second is withdrawn.
	s = visitStory(t).give(1)
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk.ID, Date: day("2026-03-05"), Start: clock(t, "14:00")}) // e2
	s.on("2026-03-03", schedule.VisitMoved{Visit: talk.ID, Date: day("2026-03-04")})                           // e3
	s.on("2026-03-04", schedule.VisitDone{Visit: talk.ID, Date: day("2026-03-04")})                            // e4
	s.correct("2026-03-04", "e3", nil).correct("2026-03-04", "e4", nil)
	assert.Equal(t, "2026-03-05 14:00-15:00 planned, revision 4", visitText(s.talk(1)))
	requireKept(t, s.plan)
	require.NoError(t, s.plan.CheckState())
}

// A visit does not go back to the time of a session, of the first of the plan neither: the
// talk before the second was planned for 2026-03-08, where the first session is now.
func TestVisitGoesBackToNoSession(t *testing.T) {
	visit := protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour}
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1, Visit: visit,
		Companions: []protocol.Companion{{Name: "talk", From: -3, To: -1, Visit: protocol.Visit{Observation: time.Hour}}},
	}}})
	s := living(t, request(p, allDay(), "2026-03-02"))
	talk := s.talk(2)
	require.Equal(t, "2026-03-08 00:00-01:00 planned, revision 0", visitText(talk))
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk.ID, Date: day("2026-03-07"), Start: clock(t, "12:00")})                                   // e1
	s.on("2026-03-02", schedule.Moved{Session: s.id(1), Date: day("2026-03-08"), Start: clock(t, "00:30"), Reason: "travels", Who: "attending"}) // e2
	s.correct("2026-03-02", "e1", nil)
	assert.Equal(t, "2026-03-07 12:00-13:00 planned, revision 1", visitText(s.talk(2)))
	assert.Len(t, hasCode(s.plan, schedule.NotRestored), 1)
	s.on("2026-03-02", schedule.Moved{Session: s.id(1), Date: day("2026-03-06"), Reason: "travels", Who: "attending"}) // e4
	s.correct("2026-03-02", "e3", nil)
	assert.Equal(t, "2026-03-07 12:00-13:00 planned, revision 1", visitText(s.talk(2)), "the move holds again")
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	s.correct("2026-03-02", "e5", nil)
	assert.Equal(t, "2026-03-08 00:00-01:00 planned, revision 2", visitText(s.talk(2)), "the time is free again")
	requireKept(t, s.plan)
}
