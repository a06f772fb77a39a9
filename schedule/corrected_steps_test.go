package schedule_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Three shifts that cannot go back are each found once of every session that they had set:
// sessions 5 and 6 were shifted three times, 2 to 4 twice, and the fourth was moved since.
func TestShiftsThatStay(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Shifted{Session: s.id(5), Weeks: 1})              // e2
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})              // e3
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})              // e4
	s.on("2026-03-03", schedule.Moved{Session: s.id(4), Date: day("2026-03-27")}) // e5
	decided := s.calendar()
	all := corrected("e2", nil)
	all.Also = []schedule.Correction{{Of: "e3"}, {Of: "e4"}}
	s.on("2026-03-03", all)
	assert.Equal(t, decided, s.calendar())
	var want []string
	for _, session := range []string{"2", "3", "4", "5", "6"} {
		for _, event := range []string{"e2", "e3", "e4"} {
			if event != "e2" || session >= "5" {
				want = append(want, "warning: session "+session+`: event "`+event+`" (shifted) is withdrawn by event "e6", but what it had set could not go back [not-restored]`)
			}
		}
	}
	assert.ElementsMatch(t, want, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// A session at midnight goes back to its day where the clinic is open at that time, not
// where it is only later that day.
func TestCorrectedToMidnight(t *testing.T) {
	for hours, want := range map[string]string{"09:00-17:00": "Tue 2025-01-14", "00:00-06:00": "Mon 2025-01-13"} {
		s := mondays(t, "1/wk x3")
		s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")}) // e1
		require.Equal(t, "00:00", sessionAt(s.plan, 2).Start().String())
		s.on("2025-01-06", schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2025-01-13"), Hours: []clinic.Hours{clinic.MustHours(hours)}}}})
		s.correct("2025-01-06", "e1", nil)
		assert.Equal(t, "Mon 2025-01-06, "+want+", Mon 2025-01-20", s.calendar(), hours)
		requireKept(t, s.plan)
	}
}

// A visit that no move holds of any more is where its session has it, not where a correction
// had let a move hold again: the fifth session was moved in between, to Tue 2026-03-17, and
// its talk is on the day after.
func TestVisitThatNoMoveHoldsOf(t *testing.T) {
	s := visitStory(t)
	talk := s.talk(5).ID
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk, Date: day("2026-03-19")}) // e1
	s.correct("2026-03-02", "e1", nil)                                            // e2
	require.Equal(t, "2026-03-17", s.talk(5).Date.String())
	s.on("2026-03-02", schedule.Moved{Session: s.id(5), Date: day("2026-03-17")}) // e3
	require.Equal(t, "2026-03-18", s.talk(5).Date.String())
	s.correct("2026-03-02", "e2", nil) // e4
	require.Equal(t, "2026-03-19", s.talk(5).Date.String(), "the first move holds again")
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk, Date: day("2026-03-20")}) // e5
	both := corrected("e1", nil)
	both.Also = []schedule.Correction{{Of: "e5"}}
	s.on("2026-03-02", both) // e6
	assert.Equal(t, "2026-03-18 08:00", s.talk(5).Date.String()+" "+s.talk(5).Start.String())
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// A dose that no session asked for, which was withdrawn, is of the day that it is said to
// have been given on instead.
func TestExtraDoseOfAnotherDay(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-09", schedule.Given{Date: day("2025-01-08")}) // e1
	s.correct("2025-01-09", "e1", nil)                          // e2
	s.correct("2025-01-09", "e1", schedule.Given{Date: day("2025-01-09")})
	require.Equal(t, "Thu 2025-01-09 given, Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	assert.Equal(t, "2025-01-09", sessionAt(s.plan, 1).Target().String())
	requireKept(t, s.plan)

	s = weekly(t)
	s.on("2025-01-09", schedule.Given{Date: day("2025-01-08"), Start: clock(t, "10:00"), End: clock(t, "11:00")}) // e1
	s.correct("2025-01-09", "e1", schedule.Given{Date: day("2025-01-09"), Start: clock(t, "09:00"), End: clock(t, "10:00")})
	s.correct("2025-01-09", "e1", nil)
	require.Equal(t, "Mon 2025-01-06, Thu 2025-01-09 cancelled, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	assert.True(t, sessionAt(s.plan, 2).Start().IsZero(), "nobody planned it for a time")
}

// What is said instead cannot be still to come, nor of a session that there is not.
func TestCorrectedToWhatIsToCome(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
	_, err := s.try("2025-01-06", corrected("e1", schedule.Missed{Session: s.id(2)}))
	require.ErrorIs(t, err, schedule.ErrFuture)
	unknown, err := schedule.ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	_, err = s.try("2025-01-06", corrected("e1", schedule.Missed{Session: unknown}))
	require.ErrorIs(t, err, schedule.ErrUnknownSession)
}

// A visit is not moved to a time at which a session is that begins at midnight.
func TestVisitBesideASessionAtMidnight(t *testing.T) {
	p := phase("1/wk x2", "40 mg")
	p.Companions = []protocol.Companion{{Name: "talk", From: 1, To: 7, Visit: protocol.Visit{Observation: time.Hour}}}
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), allDay(), "2025-01-06"))
	require.Equal(t, "00:00", sessionAt(s.plan, 2).Start().String())
	_, err := s.try("2025-01-06", schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2025-01-13"), Start: clock(t, "01:00")})
	require.ErrorContains(t, err, "want a time that is free: session 2 is")
	_, err = s.try("2025-01-06", schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2025-01-13"), Start: clock(t, "02:40")})
	require.NoError(t, err)
}

// A file says of each session by which part of a correction it was cancelled: two that were
// added are withdrawn by one, the second by its item 1.
func TestFileSaysWhichPartCancelled(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")}).on("2025-01-06", schedule.Added{Date: day("2025-01-16")})
	both := corrected("e1", nil)
	both.Also = []schedule.Correction{{Of: "e2"}}
	s.on("2025-01-06", both)
	var file struct {
		State struct {
			Sessions []struct {
				Serial int
				Set    []struct{ By, Item int }
			}
		}
	}
	require.NoError(t, json.Unmarshal(schedule.FormatPlan(s.plan), &file))
	last := map[int][2]int{} // by serial, the entry and the item
	for _, session := range file.State.Sessions {
		if n := len(session.Set); n > 0 {
			last[session.Serial] = [2]int{session.Set[n-1].By, session.Set[n-1].Item}
		}
	}
	assert.Equal(t, map[int][2]int{4: {3, 0}, 5: {3, 1}}, last)
}

// A session that is made again was missed where that is still said of it.
func TestMadeAgainAndMissed(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")}) // e1
	s.on("2025-01-09", schedule.Missed{Session: s.id(2)})       // e2
	missed := s.calendar()
	require.Equal(t, "Mon 2025-01-06, Thu 2025-01-09 missed, Mon 2025-01-13, Mon 2025-01-20", missed)
	s.correct("2025-01-10", "e1", nil) // e3
	require.Equal(t, "Mon 2025-01-06, Thu 2025-01-09 cancelled, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	s.correct("2025-01-10", "e3", nil)
	require.Equal(t, missed, s.calendar())
	requireKept(t, s.plan)
}

// A visit that had no day before it was moved has none once the move is withdrawn, and
// nothing stays: there is no room for it after the session of its one day, which ends at
// 10:20 of hours to 10:30.
func TestVisitThatHadNoDay(t *testing.T) {
	p := protocol.Phase{
		Name: "all", Cadence: protocol.MustCadence("5/wk x1"), MinGap: 1, Visit: protocol.Visit{Observation: time.Hour},
		Companions: []protocol.Companion{{Name: "talk", From: 1, To: 1, Visit: protocol.Visit{Observation: time.Hour}}},
	}
	spec := protocol.Spec{Phases: []protocol.Phase{p}}
	s := living(t, request(compiled(t, spec), answer{clinic.MustHours("08:00-10:30")}, "2025-01-06"))
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-07"), Start: clock(t, "09:20")}) // e1
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient})                        // e2
	s.correct("2025-01-06", "e2", nil)                                                                      // e3
	require.False(t, s.talk(1).Placed(), "it came back, and has no room after the session")
	s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2025-01-07"), Start: clock(t, "08:00")}) // e4
	require.True(t, s.talk(1).Placed())
	s.correct("2025-01-06", "e4", nil)
	require.False(t, s.talk(1).Placed())
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-07"), Start: clock(t, "08:00")})
	require.Equal(t, "09:00", s.talk(1).Start.String(), "there is room")
	require.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// What is decided instead is judged by the plan as the rest of the correction leaves it: the
// second session takes place again, so that no visit can be at its time.
func TestDecidedInsteadBesideWhatComesBack(t *testing.T) {
	p := phase("1/wk x3", "40 mg")
	p.Companions = []protocol.Companion{{Name: "talk", From: 1, To: 7, Visit: protocol.Visit{Observation: time.Hour}}}
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06"))
	talk := s.talk(1).ID
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient}) // e1
	s.on("2025-01-06", schedule.VisitMoved{Visit: talk, Date: day("2025-01-09")})    // e2
	both := corrected("e1", nil)
	for start, ok := range map[string]bool{"09:00": false, "11:00": true} {
		both.Also = []schedule.Correction{{Of: "e2", Instead: schedule.VisitMoved{Visit: talk, Date: day("2025-01-13"), Start: clock(t, start)}}}
		_, err := s.try("2025-01-06", both)
		if ok {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, schedule.ErrNoDay)
			require.ErrorContains(t, err, "want a time that is free: session 2 is")
		}
	}
}

// A correction of a wrong clock is not as of before the plan was built.
func TestRightsNoClockBeforeThePlan(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.PatientAway{From: day("2025-02-01")}) // e1
	_, err := s.try("2025-01-05", corrected("e1", nil))
	require.ErrorIs(t, err, schedule.ErrOrder)
	require.NoError(t, s.as("2025-01-06 00:00", corrected("e1", nil)))
}

// A visit that comes back on a day that is closed by now is placed again, and is not where
// somebody moved it any more.
func TestVisitComesBackToAClosedDay(t *testing.T) {
	s := visitStory(t)
	talk := s.talk(5).ID
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk, Date: day("2026-03-19")})    // e1
	s.on("2026-03-02", schedule.Cancelled{Session: s.id(5), By: schedule.ByPatient}) // e2
	s.on("2026-03-02", schedule.ClinicClosed{From: day("2026-03-19")})               // e3
	s.correct("2026-03-02", "e2", nil)                                               // e4
	require.Equal(t, "2026-03-17", s.talk(5).Date.String())
	require.NotContains(t, string(schedule.FormatPlan(s.plan)), `"decidedBy"`)
	requireKept(t, s.plan)
}

// A session that is missed again by a correction is so on the day, and for the target, that
// it was missed on, whatever was decided for it in between.
func TestMissedAgainAfterAShift(t *testing.T) {
	s := weekly(t).give(1)
	s.on("2025-01-13", schedule.Missed{Session: s.id(2)})            // e2
	s.correct("2025-01-13", "e2", nil)                               // e3
	s.on("2025-01-13", schedule.Shifted{Session: s.id(2), Weeks: 1}) // e4
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-20, Mon 2025-01-27", s.calendar())
	s.correct("2025-01-14", "e3", nil)
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 missed, Mon 2025-01-27", s.calendar())
	require.Equal(t, "2025-01-13", sessionAt(s.plan, 2).Target().String())
	requireKept(t, s.plan)
}

// A session that was given again by a correction has the planned dose that it had when it was
// given: 0.5 mg/kg of 80 kg, though 90 kg were entered for that day while it was withdrawn.
func TestGivenAgainKeepsItsPlannedDose(t *testing.T) {
	r := request(withDose(t, "1/wk x2", 2, "0.5 mg/kg of actual weight, hard max 100 mg"), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")}}
	s := living(t, r).give(1)
	s.correct("2025-01-06", "e1", nil)                                                              // e2
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("90 kg")}) // e3
	require.Equal(t, "45 mg, 45 mg", doses(s.plan))
	s.correct("2025-01-06", "e2", nil)
	require.Equal(t, "40 mg, 45 mg", doses(s.plan))
	requireKept(t, s.plan)
}

// What is said instead of a decision is a fact like any other: it cannot be still to come.
func TestFactInsteadOfADecisionToCome(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Moved{Session: s.id(3), Date: day("2025-01-21")}) // e1
	for _, what := range []schedule.Happening{
		schedule.Missed{Session: s.id(2)},
		schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("80 kg")},
		schedule.Given{Session: s.id(2), Date: day("2025-01-13")},
	} {
		_, err := s.try("2025-01-06", corrected("e1", what))
		require.ErrorIs(t, err, schedule.ErrFuture, "%T", what)
	}
}

// A session that is made again is where it was before its maker was withdrawn, not where it
// was made.
func TestMadeAgainWhereItWasMovedTo(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")})                                                        // e1
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-10"), Reason: "travels", Who: "attending"}) // e2
	s.correct("2025-01-06", "e1", nil)                                                                                 // e3
	require.True(t, withdrawn(s))
	s.correct("2025-01-06", "e3", nil)
	require.Equal(t, "Mon 2025-01-06, Fri 2025-01-10, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	requireKept(t, s.plan)
}

// What was given after all corrects what said that it was missed only while it holds.
func TestAfterAllOnlyWhileItHolds(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	require.Equal(t, []string{`info: session 1: event "e1" (missed) is corrected by event "e2" (given) [corrected]`}, hasCode(s.plan, schedule.EntryCorrected))
	s.correct("2025-01-07", "e2", nil)
	require.Equal(t, []string{`info: session 1: event "e2" (given) is corrected by event "e3" [corrected]`}, hasCode(s.plan, schedule.EntryCorrected))
	requireKept(t, s.plan)
}

// A dose that no session asked for stays in the phase that it was given in when its time is
// put right, though a session of the next phase was recorded before it since.
func TestExtraDoseStaysInItsPhase(t *testing.T) {
	s := living(t, request(compiled(t, visitSpec()), allDay(), "2026-03-02")).give(2)
	s.on("2026-03-08", schedule.Given{Date: day("2026-03-07")}) // e3
	phase := func() (is string) {
		for _, session := range s.plan.All() {
			if session.Extra() {
				is = session.Phase()
			}
		}
		return is
	}
	require.Equal(t, "induction", phase())
	s.on("2026-03-08", schedule.Given{Session: s.id(6), Date: day("2026-03-06")})
	s.correct("2026-03-08", "e3", schedule.Given{Date: day("2026-03-07"), Start: clock(t, "09:00"), End: clock(t, "10:00")})
	require.Equal(t, "induction", phase())
	requireKept(t, s.plan)
}

// Visits go back each for itself, and one that could not stays for good: nothing that is
// corrected later moves it.
func TestVisitsGoBackEachForItself(t *testing.T) {
	s := visitStory(t)
	s.on("2026-03-02", schedule.VisitMoved{Visit: s.talk(4).ID, Date: day("2026-03-13"), Start: clock(t, "12:00")}) // e1
	s.on("2026-03-02", schedule.VisitMoved{Visit: s.talk(5).ID, Date: day("2026-03-19")})                           // e2
	s.on("2026-03-02", schedule.VisitMoved{Visit: s.talk(6).ID, Date: day("2026-03-25")})                           // e3
	s.on("2026-03-02", schedule.ClinicClosed{From: day("2026-03-17")})                                              // e4
	all := corrected("e1", nil)
	all.Also = []schedule.Correction{{Of: "e2"}, {Of: "e3"}}
	s.on("2026-03-02", all) // e5
	days := func() (list []string) {
		for n := 4; n <= 6; n++ {
			list = append(list, s.talk(n).Date.String()+" "+s.talk(n).Start.String())
		}
		return list
	}
	want := []string{"2026-03-13 08:00", "2026-03-19 08:00", "2026-03-24 08:00"}
	require.Equal(t, want, days())
	require.Len(t, hasCode(s.plan, schedule.NotRestored), 1)
	s.correct("2026-03-02", "e4", nil) // the day is open again
	require.Equal(t, want, days())
	s.on("2026-03-02", schedule.PatientAway{From: day("2026-05-01")}).correct("2026-03-02", "e7", nil)
	require.Equal(t, want, days())
	require.Len(t, hasCode(s.plan, schedule.NotRestored), 1)
	requireKept(t, s.plan)
}

// What was given at a session stays its own when another is withdrawn before it.
func TestGivenStaysWithItsSession(t *testing.T) {
	s := choosable(t)
	for n, amount := range []string{"40 mg", "60 mg", "80 mg"} {
		on := sessionAt(s.plan, n+1).Date()
		s.on(on.String(), schedule.Given{Session: s.id(n + 1), Date: on, Dose: dose.MustMass(amount)})
	}
	s.correct("2025-01-20", "e1", nil)
	got := map[string]string{}
	for _, session := range s.plan.All() {
		if given, ok := session.Given(); ok {
			got[session.Date().String()] = given.Dose.String()
		}
	}
	require.Equal(t, map[string]string{"2025-01-13": "60 mg", "2025-01-20": "80 mg"}, got)
	requireKept(t, s.plan)
}

// A session that is made again is not where a move had put it that was withdrawn meanwhile.
func TestMadeAgainWithoutAMoveThatIsWithdrawn(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")})                                                        // e1
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-10"), Reason: "travels", Who: "attending"}) // e2
	s.correct("2025-01-06", "e1", nil)                                                                                 // e3
	s.correct("2025-01-06", "e2", nil)                                                                                 // e4
	s.correct("2025-01-06", "e3", nil)
	require.Equal(t, "Mon 2025-01-06, Thu 2025-01-09, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	requireKept(t, s.plan)
}
