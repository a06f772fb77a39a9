package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A visit goes back as a whole or not at all, its day and its time: on its own day, which
// is closed by now, it does not go back to another time.
func TestCorrectedVisitOfAClosedDay(t *testing.T) {
	s := visitStory(t).give(1)
	first := s.talk(1)
	s.on("2026-03-02", schedule.VisitMoved{Visit: first.ID, Date: first.Date, Start: clock(t, "13:00")}) // e2
	s.on("2026-03-02", schedule.ClinicClosed{From: first.Date})
	s.correct("2026-03-02", "e2", nil)
	assert.Equal(t, "13:00", s.talk(1).Start.String())
	assert.NotEmpty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// A visit that was missed on the day that it was moved to has its day before the move
// again, and is to come, once both are withdrawn.
func TestCorrectedMissedVisitThatWasMoved(t *testing.T) {
	s := visitStory(t).give(1)
	first := s.talk(1).ID
	s.on("2026-03-02", schedule.VisitMoved{Visit: first, Date: day("2026-03-05")}) // e2
	s.on("2026-03-05", schedule.VisitMissed{Visit: first})                         // e3
	s.on("2026-03-05", schedule.VisitMoved{Visit: first, Date: day("2026-03-05"), Start: clock(t, "14:00")})
	s.correct("2026-03-05", "e4", nil)
	assert.Equal(t, schedule.StateMissed, s.talk(1).State, "as it was before it was moved again")
	assert.Equal(t, day("2026-03-05"), s.talk(1).Date)
	s.correct("2026-03-05", "e5", nil)
	assert.Equal(t, schedule.StatePlanned, s.talk(1).State, "the move holds again")
	assert.Equal(t, "14:00", s.talk(1).Start.String())
	requireKept(t, s.plan)
}

// What was said of a visit before it took place all the same stays in the findings when
// something else is corrected; after a move nothing of it is wrong.
func TestCorrectedKeepsWhatIsSaidOfVisits(t *testing.T) {
	const wrong = `info: session 1: event "e2" (visit-missed) is corrected by event "e3" (visit-done) [corrected]`
	s := visitStory(t).give(1)
	first := s.talk(1).ID
	s.on("2026-03-04", schedule.VisitMissed{Visit: first}).on("2026-03-04", schedule.VisitDone{Visit: first, Date: day("2026-03-03")})
	assert.Contains(t, hasCode(s.plan, schedule.EntryCorrected), wrong)
	s.on("2026-03-04", schedule.PatientAway{From: day("2026-05-01")}).correct("2026-03-04", "e4", nil)
	assert.Contains(t, hasCode(s.plan, schedule.EntryCorrected), wrong)
	requireKept(t, s.plan)

	s = visitStory(t).give(1)
	s.on("2026-03-03", schedule.VisitMissed{Visit: first}).on("2026-03-03", schedule.VisitMoved{Visit: first, Date: day("2026-03-04")})
	s.on("2026-03-04", schedule.VisitDone{Visit: first, Date: day("2026-03-04")})
	assert.Empty(t, hasCode(s.plan, schedule.EntryCorrected))
	s.on("2026-03-04", schedule.PatientAway{From: day("2026-05-01")}).correct("2026-03-04", "e5", nil)
	assert.Len(t, hasCode(s.plan, schedule.EntryCorrected), 1, "of the absence alone")
}

// A correction that says something of a visit which there is not is refused, and so is
// one that has something given in a session which there is not or was given then.
func TestCorrectedToWhatThereIsNot(t *testing.T) {
	s := visitStory(t).give(2)
	s.on("2026-03-06", schedule.VisitMissed{Visit: s.talk(1).ID}) // e3
	unknown, err := schedule.ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	for _, tt := range []struct {
		of   string
		what schedule.Happening
		err  error
	}{
		{"e3", schedule.VisitMissed{Visit: unknown}, schedule.ErrUnknownVisit},
		{"e3", schedule.VisitDone{Visit: unknown, Date: day("2026-03-06")}, schedule.ErrUnknownVisit},
		{"e2", schedule.Given{Session: unknown, Date: day("2026-03-05")}, schedule.ErrUnknownSession},
		{"e2", schedule.Given{Session: s.id(1), Date: day("2026-03-05")}, schedule.ErrSettled},
		{"e2", schedule.Given{Date: day("2026-03-07")}, schedule.ErrFuture},
	} {
		_, err := s.try("2026-03-06", corrected(tt.of, tt.what))
		assert.ErrorIs(t, err, tt.err, "%s %T", tt.of, tt.what)
	}
}

// Of several decisions withdrawn in one step that have set one session, none goes back
// where one cannot: the fourth was moved after the shift, so the shift stays, and with it
// the move of the second.
func TestCorrectedTogether(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})              // e2
	s.on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-13")}) // e3
	s.on("2026-03-03", schedule.Moved{Session: s.id(4), Date: day("2026-03-20")}) // e4
	decided := s.calendar()
	both := corrected("e2", nil)
	both.Also = []schedule.Correction{{Of: "e3"}}
	s.on("2026-03-03", both)
	assert.Equal(t, decided, s.calendar())
	requireKept(t, s.plan)
}

// What was given in no session asked for has one, which is cancelled when that is
// withdrawn: it has no time of its own, also after it was put right.
func TestCorrectedGivenInNoSession(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-04", schedule.Given{Date: day("2026-03-03")}) // e2
	s.correct("2026-03-04", "e2", schedule.Given{Date: day("2026-03-04")})
	require.Equal(t, "Mon 2026-03-02 given, Wed 2026-03-04 given", s.calendar()[:len("Mon 2026-03-02 given, Wed 2026-03-04 given")])
	s.correct("2026-03-04", "e3", nil).correct("2026-03-04", "e2", nil)
	second := sessionAt(s.plan, 2)
	assert.Equal(t, schedule.StateCancelled, second.State())
	assert.True(t, second.Start().IsZero())
	requireKept(t, s.plan)
}

// A weight measured where no session was asked for is of the session that the dose has:
// 0.5 mg/kg of 80 kg, also though 90 kg were recorded for that day later.
func TestWeightOfADoseInNoSession(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 2, "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 120 mg"), everyDay(t), "2026-03-02")
	r.Weighings = []schedule.Weighing{{Date: day("2026-03-02"), Weight: dose.MustWeight("70 kg")}}
	s := living(t, r).give(1)
	s.on("2026-03-05", schedule.Given{Date: day("2026-03-05"), Dose: dose.MustMass("40 mg"), Weight: dose.MustWeight("80 kg")})
	s.on("2026-03-05", schedule.Weighed{Date: day("2026-03-05"), Weight: dose.MustWeight("90 kg")})
	assert.Equal(t, "40 mg", sessionAt(s.plan, 2).Dose().Dose().String())
	assert.Equal(t, "45 mg", sessionAt(s.plan, 3).Dose().Dose().String())
	requireKept(t, s.plan)
}

// A finding of what could not go back is of each session that stays, until that is
// settled: one that was given is passed over, and those after it are not.
func TestNotRestoredUntilSettled(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})              // e2
	s.on("2026-03-03", schedule.Moved{Session: s.id(3), Date: day("2026-03-17")}) // e3
	s.correct("2026-03-03", "e2", nil)
	require.Len(t, hasCode(s.plan, schedule.NotRestored), 5)
	s.give(2)
	assert.Len(t, hasCode(s.plan, schedule.NotRestored), 4)

	// The first session's, too, by its visit.
	v := visitStory(t)
	was := v.talk(1)
	v.on("2026-03-02", schedule.VisitMoved{Visit: was.ID, Date: day("2026-03-04")}).on("2026-03-02", schedule.ClinicClosed{From: was.Date})
	v.correct("2026-03-02", "e1", nil)
	require.Len(t, hasCode(v.plan, schedule.NotRestored), 1)
	assert.Contains(t, hasCode(v.plan, schedule.NotRestored)[0], "warning: session 1: ")
}

// After a switch nobody makes up for what the protocol before had to come.
func TestSwitchedMakesUpForNothing(t *testing.T) {
	s := ketamineGiven(t, racemic(t, nil), 3)
	s.on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-23", 14))
	_, err := s.try("2026-03-10", schedule.Appended{Session: s.id(4)})
	require.ErrorIs(t, err, schedule.ErrSettled)
	require.ErrorContains(t, err, "want a session that no other makes up for yet")
}

// The last days that there are leave no room for a long gap.
func TestSwitchedPastTheLastDay(t *testing.T) {
	s := living(t, request(racemic(t, nil), everyDay(t), "2200-11-03")).give(1)
	_, err := s.try("2200-11-03", switchTo(nasalSpray(t, nil), "2200-11-20", 100))
	require.ErrorIs(t, err, schedule.ErrNoDay)
	require.ErrorContains(t, err, `Start "2200-11-20": want a day at least 100 days after the last dose, given on Mon 2200-11-03: there is none by 2200-12-31`)
}

// A snapshot has the tasks of a session without a time by the moments of its visit, and
// those of one with a time on the clock; doses that may be given only until one was.
func TestSnapshotLines(t *testing.T) {
	p := phase("1/wk x3", "40 mg, or 60 mg, hard max 100 mg")
	p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsRule
	p.Visit.Tasks = []protocol.Task{{Text: "blood pressure", From: protocol.Arrival}}
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2026-03-02")).give(1)
	assert.Empty(t, sessionAt(s.plan, 1).Snapshot().Allowed)
	coming := sessionAt(s.plan, 2).Snapshot()
	assert.Contains(t, coming.Allowed, "60 mg")
	assert.Contains(t, coming.Tasks, "blood pressure (")
	assert.Contains(t, coming.Tasks, "): 2026-03-09 ")
	s.on("2026-03-03", schedule.Held{Session: s.id(2)})
	assert.Equal(t, coming.Allowed, sessionAt(s.plan, 2).Snapshot().Allowed)
	s.on("2026-03-04", schedule.Given{Date: day("2026-03-04"), Dose: dose.MustMass("40 mg")})
	assert.Contains(t, sessionAt(s.plan, 2).Snapshot().Tasks, "): arrival ")
}
