package schedule_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// correctable is an induction of two sessions a week for two weeks and two weekly ones,
// with a gate after the induction: 03-02, 03-05, 03-09, 03-12, 03-16 and 03-23, all
// open on weekdays.
func correctable(t *testing.T) *story {
	t.Helper()
	spec := protocol.Spec{
		ID: "correctable", Version: "1",
		Phases: []protocol.Phase{
			{Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2},
			{Name: "weekly", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2},
		},
		Gates: []protocol.Gate{{Name: "benefit", Phase: "induction", Assess: "response"}},
	}
	return living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
}

const correctableDays = "Mon 2026-03-02, Thu 2026-03-05, Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16 provisional, Mon 2026-03-23 provisional"

// What a decision that is withdrawn had set of sessions to come goes back if it was the
// last to set it and all of it can; sessions that it had cancelled have their days
// again; those that it had made are cancelled. Each is withdrawn on the day on which it
// was decided unless the case says otherwise.
func TestCorrectedDecisions(t *testing.T) {
	const given = "Mon 2026-03-02 given, "
	rest := strings.TrimPrefix(correctableDays, "Mon 2026-03-02, ")
	for _, tt := range []struct {
		name string
		run  func(s *story)
		// back is what holds once the last entry is withdrawn, "" for what was before it,
		// and restored whether a finding says that something could not go back.
		back     string
		restored bool
	}{
		{"moved", func(s *story) { s.on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-06")}) }, given + rest, true},
		{"another time", func(s *story) {
			s.on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-05"), Start: mustTime(s.t, "11:00")})
		}, given + rest, true},
		{"cancelled", func(s *story) { s.on("2026-03-03", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinic}) }, given + rest, true},
		{"stopped", func(s *story) {
			s.on("2026-03-03", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinical, Rest: true})
		}, given + rest, true},
		{"held", func(s *story) { s.on("2026-03-03", schedule.Held{Session: s.id(3)}) }, given + rest, true},
		{"resumed", func(s *story) {
			s.on("2026-03-03", schedule.Held{Session: s.id(5)}).on("2026-03-03", schedule.Resumed{})
		}, given + "Thu 2026-03-05, Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16 held, Mon 2026-03-23 held", true},
		{"shifted", func(s *story) { s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 2}) }, given + rest, true},
		{"re-anchored", func(s *story) { s.on("2026-03-03", schedule.Reanchored{Session: s.id(2), Date: day("2026-03-06")}) }, given + rest, true},
		{"added", func(s *story) {
			s.on("2026-03-03", schedule.Added{Date: day("2026-03-20"), Phase: "weekly"})
		}, given + "Thu 2026-03-05, Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16 provisional, Fri 2026-03-20 cancelled, Mon 2026-03-23 provisional", true},
		{"restarted", func(s *story) {
			s.on("2026-03-03", schedule.Restarted{Session: s.id(2), Date: day("2026-03-16")})
		}, "", true},
		{"chosen for another day after it was moved", func(s *story) {
			// Only the second move is withdrawn: the first holds.
			s.on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-06")}).on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-04")})
		}, given + "Fri 2026-03-06, Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16 provisional, Mon 2026-03-23 provisional", true},
		{"its day is closed now", func(s *story) {
			s.on("2026-03-03", schedule.ClinicClosed{From: day("2026-03-05")}).on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-06")})
		}, given + "Fri 2026-03-06, Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16 provisional, Mon 2026-03-23 provisional", false},
		{"its day does not suit now", func(s *story) {
			s.on("2026-03-03", schedule.PatientAway{From: day("2026-03-05")}).on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-06")})
		}, given + "Fri 2026-03-06, Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16 provisional, Mon 2026-03-23 provisional", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := correctable(t).give(1)
			before := s.calendar()
			tt.run(s)
			decided := s.calendar()
			last := "e" + strconv.Itoa(s.n)
			told := s.revisions()
			s.correct("2026-03-03", last, nil)
			if tt.back != "" {
				assert.Equal(t, tt.back, s.calendar())
			} else {
				assert.Equal(t, before, withoutWithdrawn(s))
			}
			assert.Equal(t, tt.restored, !strings.Contains(strings.Join(findings(s.plan), "\n"), "[not-restored]"), findings(s.plan))
			for i, n := range s.revisions() {
				if i < len(told) && len(told) == s.plan.Len() {
					assert.GreaterOrEqual(t, n, told[i])
				}
			}
			requireKept(t, s.plan)
			// And true again: what was decided is as it was.
			s.correct("2026-03-03", "e"+strconv.Itoa(s.n), nil)
			assert.Equal(t, decided, s.calendar())
			assert.NotContains(t, strings.Join(findings(s.plan), "\n"), "[not-restored]")
			requireKept(t, s.plan)
		})
	}
}

// withoutWithdrawn is the calendar without sessions whose maker was withdrawn.
func withoutWithdrawn(s *story) string {
	var list []string
	for i, text := range strings.Split(s.calendar(), ", ") {
		if !sessionAt(s.plan, i+1).Withdrawn() {
			list = append(list, text)
		}
	}
	return strings.Join(list, ", ")
}

// Of what several decisions had set only that goes back which the last had: the shift
// cannot, once one of its sessions was moved, and nothing of it does.
func TestCorrectedOverlaid(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1}) // e2
	s.on("2026-03-03", schedule.Moved{Session: s.id(3), Date: day("2026-03-17")})
	shifted := s.calendar()
	s.correct("2026-03-03", "e2", nil)
	assert.Equal(t, shifted, s.calendar())
	var stay []string
	for _, f := range schedule.Validate(s.plan) {
		if f.Code == schedule.NotRestored {
			stay = append(stay, f.String())
		}
	}
	assert.Equal(t, []string{
		`warning: session 2: event "e2" (shifted) is withdrawn by event "e4", but what it had set could not go back [not-restored]`,
		`warning: session 3: event "e2" (shifted) is withdrawn by event "e4", but what it had set could not go back [not-restored]`,
		`warning: session 4: event "e2" (shifted) is withdrawn by event "e4", but what it had set could not go back [not-restored]`,
		`warning: session 5: event "e2" (shifted) is withdrawn by event "e4", but what it had set could not go back [not-restored]`,
		`warning: session 6: event "e2" (shifted) is withdrawn by event "e4", but what it had set could not go back [not-restored]`,
	}, stay, "every session that stays, and each once")
	// Both in one step: the days before both.
	s = correctable(t).give(1)
	before := s.calendar()
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})
	s.on("2026-03-03", schedule.Moved{Session: s.id(3), Date: day("2026-03-17")})
	both := corrected("e2", nil)
	both.Also = []schedule.Correction{{Of: "e3"}}
	s.on("2026-03-03", both)
	assert.Equal(t, before, s.calendar())
	requireKept(t, s.plan)
}

// What is past does not come back to be planned: a decision that is withdrawn later
// stays, but a session that was cancelled has its day again and is overdue.
func TestCorrectedTooLate(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-06")})
	s.correct("2026-03-06", "e2", nil)
	assert.Contains(t, s.calendar(), "Fri 2026-03-06,")
	assert.Contains(t, strings.Join(findings(s.plan), "\n"), "[not-restored]")

	// Of today, too, where its time has passed: 08:00 as of noon.
	s = correctable(t).give(1)
	s.on("2026-03-03", schedule.Moved{Session: s.id(2), Date: day("2026-03-06")})
	s.correct("2026-03-05", "e2", nil)
	assert.Contains(t, s.calendar(), "Fri 2026-03-06,")
	assert.Contains(t, strings.Join(findings(s.plan), "\n"), "[not-restored]")

	s = correctable(t).give(1)
	s.on("2026-03-03", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient}).correct("2026-03-06", "e2", nil)
	assert.Contains(t, s.calendar(), "Thu 2026-03-05,")
	assert.Len(t, s.plan.On(day("2026-03-06")).Overdue, 1)
}

// What was given in a session that an entry had made keeps the entry, unless both are
// put right in one step.
func TestCorrectedDependants(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Restarted{Session: s.id(2), Date: day("2026-03-09")}) // e2
	var made schedule.ID
	for _, session := range s.plan.All() {
		if told := s.plan.Told(session.ID()); told[0].Event == "e2" && made.IsZero() {
			made = session.ID()
		}
	}
	require.False(t, made.IsZero())
	session, _ := s.plan.Session(made)
	s.on(session.Date().String(), schedule.Given{Session: made, Date: session.Date()}) // e3
	_, err := s.try(session.Date().String(), corrected("e2", nil))
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	require.ErrorIs(t, err, schedule.ErrDependants)
	assert.Equal(t, []string{"e3"}, refused.Entries)
	require.ErrorContains(t, err, "e3")
}

// A version that was adopted by mistake does not hold any more, nor do its sessions;
// what was given under it stands in the way.
func TestCorrectedAdoption(t *testing.T) {
	s := correctable(t).give(2)
	before := s.calendar()
	spec := s.plan.Protocol().Spec()
	spec.Version = "2"
	spec.Phases[0].Cadence, spec.Phases[1].Cadence = protocol.MustCadence("3/wk x2"), protocol.MustCadence("1/wk x4")
	s.on("2026-03-06", schedule.Adopted{Protocol: compiled(t, spec), Who: "attending"}) // e3
	adopted := s.calendar()
	assert.NotEqual(t, before, adopted)
	s.correct("2026-03-06", "e3", nil)
	assert.Equal(t, before, withoutWithdrawn(s))
	assert.Equal(t, "1", s.plan.Protocol().Version())
	assert.NotContains(t, strings.Join(findings(s.plan), "\n"), "[not-restored]")
	for _, session := range s.plan.All() {
		if !session.Withdrawn() {
			assert.Equal(t, "1", session.Protocol().Version())
		}
	}
	// It can be planned again as before.
	_, err := s.try("2026-03-06", schedule.Shifted{Session: s.id(3), Weeks: 1})
	require.NoError(t, err)
	s.correct("2026-03-06", "e4", nil)
	assert.Equal(t, adopted, s.calendar())
	assert.Equal(t, "2", s.plan.Protocol().Version())

	third := sessionAt(s.plan, 3)
	s.on(third.Date().String(), schedule.Given{Session: third.ID(), Date: third.Date()})
	given := "e" + strconv.Itoa(s.n)
	_, err = s.try(third.Date().String(), corrected("e3", nil))
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, []string{given}, refused.Entries)
}

// A level that was chosen, a finding that was accepted and what was decided at a gate
// hold until they are withdrawn, and again after that is.
func TestCorrectedLists(t *testing.T) {
	p := phase("1/wk x4", "40 mg, or 60 mg, hard max 100 mg")
	p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsRule
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2026-03-02"))
	s.on("2026-03-02", schedule.DoseChosen{Session: s.id(2), Level: dose.MustLevel("60 mg"), Who: "attending"})
	third := func() string { return sessionAt(s.plan, 3).Dose().Dose().String() }
	assert.Equal(t, "60 mg", third())
	s.correct("2026-03-02", "e1", nil)
	assert.Equal(t, "40 mg", third())
	assert.Equal(t, []int{0, 2, 2, 2}, s.revisions())
	s.correct("2026-03-02", "e2", nil)
	assert.Equal(t, "60 mg", third())
	s.correct("2026-03-02", "e1", schedule.DoseChosen{Session: s.id(4), Level: dose.MustLevel("60 mg"), Who: "attending"})
	assert.Equal(t, "40 mg", third())
	assert.Equal(t, "60 mg", sessionAt(s.plan, 4).Dose().Dose().String())
	s.on("2026-03-02", schedule.Accepted{Session: s.id(1), Code: schedule.Missing, Reason: "known", Who: "attending"})
	s.correct("2026-03-02", "e"+strconv.Itoa(s.n), nil)
	for range s.plan.Accepted() {
		t.Fatal("nothing is accepted any more")
	}

	g := correctable(t).give(4)
	g.on("2026-03-13", schedule.Decided{Gate: "benefit", Then: protocol.Stop, Reason: "worse", Who: "attending"}) // e5
	g.correct("2026-03-13", "e5", schedule.Decided{Gate: "benefit", Then: protocol.Continue, Who: "attending"})
	assert.Equal(t, schedule.Active, g.plan.Standing())
	assert.NotContains(t, g.calendar(), "provisional")
	g.correct("2026-03-13", "e6", nil)
	assert.Equal(t, schedule.Stopped, g.plan.Standing())
	for c := range g.plan.Checkpoints() {
		assert.Equal(t, protocol.Stop, c.Decision)
	}
	g.correct("2026-03-13", "e7", nil)
	assert.Equal(t, schedule.Active, g.plan.Standing())
	requireKept(t, g.plan)
}

// Companions are corrected like sessions: the talk of the first session is on the day
// after it, 2026-03-03.
func TestCorrectedVisits(t *testing.T) {
	s := visitStory(t).give(1)
	talk := func() schedule.OtherVisit { return s.talk(1) }
	was := talk()
	s.on("2026-03-02", schedule.VisitMoved{Visit: was.ID, Date: day("2026-03-04")}) // e2
	assert.Equal(t, day("2026-03-04"), talk().Date)
	s.correct("2026-03-02", "e2", nil)
	assert.Equal(t, day("2026-03-03"), talk().Date)
	assert.Equal(t, was.Start, talk().Start)
	assert.Equal(t, was.Revision+2, talk().Revision)
	requireKept(t, s.plan)
	s.correct("2026-03-02", "e3", nil)
	assert.Equal(t, day("2026-03-04"), talk().Date)
	s.on("2026-03-04", schedule.VisitDone{Visit: was.ID, Date: day("2026-03-04")}) // e5
	s.correct("2026-03-05", "e5", schedule.VisitMissed{Visit: was.ID, Reason: "ill"})
	assert.Equal(t, schedule.StateMissed, talk().State)
	s.correct("2026-03-05", "e5", nil)
	assert.Equal(t, schedule.StatePlanned, talk().State)
	assert.Equal(t, day("2026-03-04"), talk().Date)
	s.correct("2026-03-05", "e7", nil)
	assert.Equal(t, schedule.StateMissed, talk().State)
	requireKept(t, s.plan)
	s.correct("2026-03-05", "e2", nil)
	assert.Equal(t, schedule.StateMissed, talk().State, "settled")
	requireKept(t, s.plan)
}

// A visit whose day is closed by now does not go back to it, which its session's finding
// says until the visit has taken place; and one at whose time a session is now neither.
func TestCorrectedVisitThatCannotGoBack(t *testing.T) {
	s := visitStory(t).give(1)
	was := s.talk(1)
	s.on("2026-03-02", schedule.VisitMoved{Visit: was.ID, Date: day("2026-03-04")})
	s.on("2026-03-02", schedule.ClinicClosed{From: was.Date, Reason: "flood"})
	s.correct("2026-03-02", "e2", nil)
	assert.Equal(t, day("2026-03-04"), s.talk(1).Date)
	const stays = `warning: session 1: event "e2" (visit-moved) is withdrawn by event "e4", but what it had set could not go back [not-restored]`
	assert.Contains(t, findings(s.plan), stays)
	requireKept(t, s.plan)
	s.on("2026-03-04", schedule.VisitDone{Visit: was.ID, Date: day("2026-03-04")})
	assert.NotContains(t, findings(s.plan), stays)
}

// An appointment that was asked for with the plan is of the session that had its number
// then, also after another was added before it: it stays where it was agreed when it is
// placed again, and a correction of something else changes nothing of that.
func TestCorrectedKeepsAppointmentsOfTheRequest(t *testing.T) {
	r := request(bare(t, "1/wk x3", 2), weekdaysOnly(t), "2025-01-06")
	r.Wishes.Appointments = []schedule.Appointment{{Ordinal: 2, Date: day("2025-01-14")}}
	s := living(t, r).give(1)
	s.on("2025-01-07", schedule.Added{Date: day("2025-01-09")}) // e2
	s.on("2025-01-07", schedule.PatientAway{From: day("2025-01-29")})
	s.correct("2025-01-07", "e3", nil)
	require.Equal(t, "Mon 2025-01-06 given, Thu 2025-01-09, Tue 2025-01-14, Mon 2025-01-20", s.calendar())
	s.on("2025-01-07", schedule.Shifted{Session: s.id(3)})
	require.Equal(t, "Mon 2025-01-06 given, Thu 2025-01-09, Tue 2025-01-14, Mon 2025-01-20", s.calendar())
	requireKept(t, s.plan)
}
