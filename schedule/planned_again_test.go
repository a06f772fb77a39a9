package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// taper3 is 3-2, then one a week, then every four weeks, from Mon 2026-03-02 in a clinic
// open on weekdays. The gap is 2 days, of the last phase 7.
func taper3(t *testing.T, closed ...string) *story {
	t.Helper()
	visit := protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour}
	phase := func(name, cadence string, gap int) protocol.Phase {
		return protocol.Phase{Name: name, Cadence: protocol.MustCadence(cadence), MinGap: gap, Visit: visit, Dose: dose.MustRule("41 mg")}
	}
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("induction", "3-2", 2), phase("weekly", "1/wk x3", 2), phase("maintenance", "every 4w x3", 7)}})
	return living(t, request(p, weekdaysOnly(t, closed...), "2026-03-02"))
}

// toCome lists the dates to come, months and days after the first.
func toCome(plan *schedule.Plan) string {
	var list []string
	for _, s := range plan.All() {
		switch s.State() {
		case schedule.StatePlanned, schedule.StateProvisional:
			list = append(list, s.Date().String()[5:])
		case schedule.StateHeld:
			list = append(list, s.Date().String()[5:]+"h")
		}
	}
	return strings.Join(list, " ")
}

func refusedAs(t *testing.T, err error, field string, why error, want string) {
	t.Helper()
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, field, refused.Field, err)
	require.ErrorIs(t, err, why)
	assert.Contains(t, refused.Want, want)
}

func hasFinding(plan *schedule.Plan, code schedule.Code, ordinal int) string {
	for _, f := range schedule.Validate(plan) {
		if f.Code == code && f.Session == ordinal {
			return f.Text
		}
	}
	return ""
}

// Agreed with the doctor, a session may be outside its window: with a reason and a
// name, on an open day, with the gaps kept. It is a finding, before and after it is
// given, and no other of its date.
func TestMovedOutsideItsWindow(t *testing.T) {
	s := taper3(t, "2026-05-25").give(8)
	ninth := s.id(9) // Mon 27 Apr, window 20 Apr to 4 May; the tenth is on Tue 26 May
	outside := schedule.Moved{Session: ninth, Date: day("2026-05-06"), Reason: "exam", Who: "dr-1"}
	for _, tt := range []struct {
		what  schedule.Moved
		field string
		why   error
		want  string
	}{
		{schedule.Moved{Session: ninth, Date: outside.Date}, "Date", schedule.ErrNoDay, "want a day in the window of session 9, Mon 2026-04-20 to Mon 2026-05-04"},
		{schedule.Moved{Session: ninth, Date: outside.Date, Reason: "exam"}, "Date", schedule.ErrNoDay, "or a reason and who decided"},
		{schedule.Moved{Session: ninth, Date: outside.Date, Who: "dr-1"}, "Date", schedule.ErrNoDay, "window"},
		{schedule.Moved{Session: ninth, Date: day("2026-05-09"), Reason: "exam", Who: "dr-1"}, "Date", schedule.ErrNoDay, "closed (not open on Saturdays)"},
		{schedule.Moved{Session: ninth, Date: day("2026-05-20"), Reason: "exam", Who: "dr-1"}, "Date", schedule.ErrNoDay, "at least 7 days from session 10 on Tue 2026-05-26"},
		{schedule.Moved{Session: ninth, Date: day("2026-04-01"), Reason: "exam", Who: "dr-1"}, "Date", schedule.ErrOrder, "not before the as-of one"},
		{schedule.Moved{Session: ninth, Date: day("2026-04-03"), Reason: "exam", Who: "dr-1"}, "Date", schedule.ErrNoDay, "at least 7 days from session 8 on Mon 2026-03-30"},
	} {
		_, err := s.try("2026-04-02", tt.what)
		refusedAs(t, err, tt.field, tt.why, tt.want)
	}
	before := s.plan
	s.on("2026-04-02", outside)
	assert.Equal(t, "05-06 05-26 06-22", toCome(s.plan))
	assert.Equal(t, sessionAt(before, 9).Target(), sessionAt(s.plan, 9).Target())
	assert.Equal(t, sessionAt(before, 9).Revision()+1, sessionAt(s.plan, 9).Revision())
	assert.Equal(t, sessionAt(before, 10).Revision(), sessionAt(s.plan, 10).Revision())
	assert.Equal(t, "Wed 2026-05-06 is 2 days after its window, Mon 2026-04-20 to Mon 2026-05-04: decided by dr-1 (exam)", hasFinding(s.plan, schedule.DecidedOutside, 9))
	requireKept(t, s.plan)

	// It is explained with the day that was decided, and the others can still be
	// looked at.
	e, err := s.plan.Explain(ninth)
	require.NoError(t, err)
	require.Len(t, e.Candidates, 16)
	assert.True(t, e.Candidates[15].Chosen)
	assert.Contains(t, e.String(), "Wed 2026-05-06 chosen: shift +9")
	alternatives, err := s.plan.Alternatives(s.id(10))
	require.NoError(t, err)
	assert.NotEmpty(t, alternatives)
	none, err := s.plan.Alternatives(ninth)
	require.NoError(t, err)
	assert.Empty(t, none, "an appointment")

	given := living(t, request(before.Protocol(), weekdaysOnly(t, "2026-05-25"), "2026-03-02")).give(8).on("2026-04-02", outside).give(9)
	assert.NotEmpty(t, hasFinding(given.plan, schedule.DecidedOutside, 9))
	assert.Empty(t, hasFinding(given.plan, schedule.TooLate, 9))
	// On another day than the one that was decided it is late.
	late := s.on("2026-05-08", schedule.Given{Session: ninth, Date: day("2026-05-08"), Dose: dose.MustMass("41 mg")})
	assert.Empty(t, hasFinding(late.plan, schedule.DecidedOutside, 9))
	assert.NotEmpty(t, hasFinding(late.plan, schedule.TooLate, 9))
}

// A session may be decided to be before its window too, and back inside it.
func TestMovedBeforeItsWindowAndBack(t *testing.T) {
	s := taper3(t).give(8)
	ninth := s.id(9)
	s.on("2026-04-02", schedule.Moved{Session: ninth, Date: day("2026-04-15"), Reason: "travels", Who: "dr-1"})
	assert.Contains(t, hasFinding(s.plan, schedule.DecidedOutside, 9), "5 days before its window")
	e, err := s.plan.Explain(ninth)
	require.NoError(t, err)
	assert.True(t, e.Candidates[0].Chosen)
	s.on("2026-04-02", schedule.Moved{Session: ninth, Date: day("2026-04-28")})
	assert.Empty(t, hasFinding(s.plan, schedule.DecidedOutside, 9))
	// Planned again with the rest it is in the window that it then has.
	s.on("2026-04-02", schedule.Moved{Session: ninth, Date: day("2026-05-06"), Reason: "exam", Who: "dr-1"}).
		on("2026-04-02", schedule.Shifted{Session: ninth, Weeks: 1})
	assert.Equal(t, "05-04 06-01 06-29", toCome(s.plan))
	assert.Empty(t, hasFinding(s.plan, schedule.DecidedOutside, 9))
}

// Closed on Monday and Tuesday, a week of two has Wednesday and Friday: both are placed
// together, and no other session moves.
func TestPlacedAgain(t *testing.T) {
	s := taper3(t, "2026-05-25").give(3).on("2026-03-08", schedule.ClinicClosed{From: day("2026-03-09"), To: day("2026-03-10"), Reason: "water pipe"})
	lost := s.plan
	require.Equal(t, "closed (water pipe)", sessionAt(lost, 4).Lost())
	alone := schedule.PlacedAgain{Sessions: []schedule.ID{s.id(4)}}
	_, err := s.try("2026-03-08", alone)
	refusedAs(t, err, "Sessions", schedule.ErrNoDay, "session 4 (induction) has no possible day")
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	assert.Contains(t, refused.Want, "less than 2 days before session 5 on Thu 2026-03-12")
	assert.Equal(t, s.id(4).String(), refused.Value)

	s.on("2026-03-08", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(5), s.id(4)}, Reason: "closed"})
	assert.Equal(t, "03-11 03-13 03-16 03-23 03-30 04-27 05-26 06-22", toCome(s.plan))
	for i, session := range s.plan.All() {
		was := sessionAt(lost, i+1)
		assert.Equal(t, was.ID(), session.ID())
		assert.Equal(t, was.Target(), session.Target())
		assert.Empty(t, session.Lost())
		rose := 0
		if i == 3 || i == 4 {
			rose = 1
		}
		assert.Equal(t, was.Revision()+rose, session.Revision(), i)
	}
	requireKept(t, s.plan)
}

// Several that were missed are made up for in their windows, together with what is in
// the way.
func TestPlacedAgainMakesUp(t *testing.T) {
	s := taper3(t)
	s.on("2026-03-02", schedule.Missed{Session: s.id(1)})
	first, second := s.id(1), s.id(2)
	_, err := s.try("2026-03-03", schedule.PlacedAgain{Sessions: []schedule.ID{first}})
	refusedAs(t, err, "Sessions", schedule.ErrNoDay, "before session 2 on Wed 2026-03-04")
	// Tuesday, Thursday, and the third cannot be on Saturday.
	_, err = s.try("2026-03-03", schedule.PlacedAgain{Sessions: []schedule.ID{first, second, s.id(3)}})
	refusedAs(t, err, "Sessions", schedule.ErrNoDay, "session 3 (induction) has no possible day")

	week := living(t, request(bare(t, "2/wk x2", 2), weekdaysOnly(t), "2026-03-02"))
	week.on("2026-03-02", schedule.Missed{Session: week.id(1)}).on("2026-03-03", schedule.PlacedAgain{Sessions: []schedule.ID{week.id(1)}})
	assert.Equal(t, "03-03 03-05 03-09 03-12", toCome(week.plan))
	makeup := sessionAt(week.plan, 2)
	id, ok := makeup.MakesUpFor()
	require.True(t, ok)
	assert.Equal(t, week.id(1), id)
	assert.Equal(t, 1, makeup.Number())
	assert.Empty(t, hasFinding(week.plan, schedule.Missing, 1))
	_, err = week.try("2026-03-03", schedule.PlacedAgain{Sessions: []schedule.ID{week.id(1)}})
	refusedAs(t, err, "Sessions", schedule.ErrSettled, "no other makes up for yet")
	requireKept(t, week.plan)
}

// What was held goes on where it is placed again, and what was left out has a date once
// there is room.
func TestPlacedAgainHeldAndLeftOut(t *testing.T) {
	s := taper3(t).give(3)
	s.on("2026-03-07", schedule.Held{Session: s.id(4), Reason: "flu"})
	var held []schedule.ID
	for _, session := range s.plan.All() {
		if session.State() == schedule.StateHeld {
			held = append(held, session.ID())
		}
	}
	s.on("2026-03-10", schedule.PlacedAgain{Sessions: held})
	assert.Equal(t, "03-10 03-12 03-16 03-23 03-30 04-27 05-25 06-22", toCome(s.plan))
	assert.Equal(t, schedule.Active, s.plan.Standing())

	r := request(bare(t, "3-1", 2), weekdaysOnly(t, "2026-03-04"), "2026-03-02")
	r.ShortWeek = schedule.Drop
	left := living(t, r)
	require.Equal(t, schedule.StateLeftOut, sessionAt(left.plan, 2).State())
	out := left.id(2)
	_, err := left.try("2026-03-02", schedule.PlacedAgain{Sessions: []schedule.ID{out}})
	refusedAs(t, err, "Sessions", schedule.ErrNoDay, "less than 2 days before session 3 on Fri 2026-03-06")
	left.on("2026-03-02", schedule.Cancelled{Session: left.id(3), By: schedule.ByPatient}).
		on("2026-03-02", schedule.PlacedAgain{Sessions: []schedule.ID{out}})
	session, _ := left.plan.Session(out)
	assert.Equal(t, day("2026-03-05"), session.Date())
	assert.Equal(t, schedule.StatePlanned, session.State())
	assert.Empty(t, hasFinding(left.plan, schedule.LeftOut, session.Ordinal()))
	requireKept(t, left.plan)
}

// What cannot be placed again is refused by name, and the plan is as it was.
func TestPlacedAgainRefused(t *testing.T) {
	s := taper3(t).give(2)
	for _, tt := range []struct {
		ids  []schedule.ID
		why  error
		want string
	}{
		{nil, schedule.ErrEvent, "want the ids of sessions"},
		{[]schedule.ID{{}}, schedule.ErrEvent, "want the id of a session"},
		{[]schedule.ID{mustID(t, "abcdefghijklmnop")}, schedule.ErrUnknownSession, "of the plan"},
		{[]schedule.ID{s.id(4), s.id(4)}, schedule.ErrEvent, "want each session once"},
		{[]schedule.ID{s.id(4), s.id(1)}, schedule.ErrSettled, "want a session that was not given: session 1 was, on Mon 2026-03-02"},
	} {
		_, err := s.try("2026-03-05", schedule.PlacedAgain{Sessions: tt.ids})
		refusedAs(t, err, "Sessions", tt.why, tt.want)
		_, err = s.try("2026-03-05", schedule.Shifted{Sessions: tt.ids, Weeks: 1})
		if len(tt.ids) == 0 {
			refusedAs(t, err, "Session", tt.why, "want the id")
		} else {
			refusedAs(t, err, "Sessions", tt.why, tt.want)
		}
	}
	_, err := s.try("2026-03-05", schedule.Shifted{Session: s.id(4), Sessions: []schedule.ID{s.id(4)}, Weeks: 1})
	refusedAs(t, err, "Sessions", schedule.ErrEvent, "want none beside the one session")
}

func mustID(t *testing.T, text string) schedule.ID {
	t.Helper()
	id, err := schedule.ParseID(text)
	require.NoError(t, err)
	return id
}

// Wednesday and Friday are missed: both are made up for a week later, each at its own
// target and a week, like everything after them.
func TestShiftedSeveral(t *testing.T) {
	for _, which := range []string{"in order", "the other way round"} {
		s := taper3(t, "2026-05-25").give(1)
		s.on("2026-03-04", schedule.Missed{Session: s.id(2)}).on("2026-03-06", schedule.Missed{Session: s.id(3)})
		ids := []schedule.ID{s.id(2), s.id(3)}
		if which != "in order" {
			ids[0], ids[1] = ids[1], ids[0]
		}
		s.on("2026-03-06", schedule.Shifted{Sessions: ids, Weeks: 1})
		assert.Equal(t, "03-11 03-13 03-16 03-19 03-23 03-30 04-06 05-04 06-01 06-29", toCome(s.plan))
		assert.Empty(t, hasFinding(s.plan, schedule.Missing, 2))
		assert.Empty(t, hasFinding(s.plan, schedule.Missing, 3))
		for ordinal, number := range map[int]int{4: 2, 5: 3, 6: 4, 7: 5} {
			assert.Equal(t, number, sessionAt(s.plan, ordinal).Number())
			assert.Equal(t, "induction", sessionAt(s.plan, ordinal).Phase())
		}
		requireKept(t, s.plan)
	}
	// With another between them that is still to come.
	s := taper3(t)
	s.on("2026-03-02", schedule.Missed{Session: s.id(1)}).on("2026-03-06", schedule.Missed{Session: s.id(3)})
	s.on("2026-03-06", schedule.Shifted{Sessions: []schedule.ID{s.id(1), s.id(3)}, Weeks: 1})
	assert.Equal(t, "03-09 03-11 03-13 03-16 03-19 03-23 03-30 04-06 05-04 06-01 06-29", toCome(s.plan))
}

// After a long pause the treatment begins again with an earlier phase.
func TestRestartedFromAnEarlierPhase(t *testing.T) {
	s := taper3(t).give(6)
	s.on("2026-03-20", schedule.Held{Session: s.id(7), Reason: "covid"})
	seventh := s.id(7)
	held := s.plan
	s.on("2026-04-17", schedule.Restarted{Session: seventh, Phase: "induction", Date: day("2026-04-20"), Reason: "relapse"})
	assert.Equal(t, "04-20 04-22 04-24 04-27 04-30 05-04 05-11 05-18 06-15 07-13 08-10", toCome(s.plan))
	assert.Equal(t, schedule.Active, s.plan.Standing())
	requireKept(t, s.plan)

	s.plan = held
	s.on("2026-04-17", schedule.Restarted{Session: seventh, Phase: "weekly", Date: day("2026-04-20")})
	assert.Equal(t, "04-20 04-27 05-04 06-01 06-29 07-27", toCome(s.plan))
	own := s.plan
	s.plan = held
	s.on("2026-04-17", schedule.Restarted{Session: seventh, Date: day("2026-04-20")})
	assert.Equal(t, toCome(own), toCome(s.plan))

	s.plan = held
	_, err := s.try("2026-04-17", schedule.Restarted{Session: seventh, Phase: "maintenance", Date: day("2026-04-20")})
	refusedAs(t, err, "Phase", schedule.ErrEvent, `want the phase of the session, "weekly", or one before it`)
	_, err = s.try("2026-04-17", schedule.Restarted{Session: seventh, Phase: "none", Date: day("2026-04-20")})
	refusedAs(t, err, "Phase", schedule.ErrEvent, "want the name of a phase of the protocol that holds")
}

// One that was given three weeks late: what is planned again comes after it and keeps
// the gap, also where another was missed before, and where no session asked for it.
func TestPlannedAfterTheLatestDay(t *testing.T) {
	for name, given := range map[string]func(s *story) schedule.Happening{
		"late": func(s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2026-03-24"), Dose: dose.MustMass("41 mg")}
		},
		"outside the plan": func(*story) schedule.Happening {
			return schedule.Given{Date: day("2026-03-24"), Dose: dose.MustMass("41 mg")}
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := withDose(t, "1/wk x3", 2, "41 mg")
			s := living(t, request(p, weekdaysOnly(t), "2026-03-02"))
			third := s.id(3)
			s.on("2026-03-24", given(s))
			s.on("2026-03-25", schedule.Shifted{Session: third, Weeks: 1})
			session, _ := s.plan.Session(third)
			assert.Equal(t, day("2026-03-26"), session.Date())
			_, err := s.try("2026-03-25", schedule.Moved{Session: third, Date: day("2026-03-25"), Reason: "soon", Who: "dr-1"})
			refusedAs(t, err, "Date", schedule.ErrNoDay, "at least 2 days from session")
		})
	}
}

// Held over a dose that was given meanwhile, a session that is too near that does not
// come back.
func TestResumedKeepsTheGap(t *testing.T) {
	s := taper3(t).give(3)
	s.on("2026-03-07", schedule.Held{Session: s.id(4)}).
		on("2026-03-11", schedule.Given{Date: day("2026-03-11"), Phase: "induction", Dose: dose.MustMass("41 mg")}).
		on("2026-03-11", schedule.Resumed{})
	assert.Equal(t, "03-16 03-23 03-30 04-27 05-25 06-22", toCome(s.plan))

	// Today's, at a time that has passed, is past.
	s = taper3(t).give(3)
	s.on("2026-03-07", schedule.Held{Session: s.id(4)}).on("2026-03-09", schedule.Resumed{})
	assert.Equal(t, "03-12 03-16 03-23 03-30 04-27 05-25 06-22", toCome(s.plan))
}
