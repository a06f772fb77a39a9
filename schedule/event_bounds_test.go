package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Who recorded an event is named in up to 256 bytes.
func TestLongestRecorder(t *testing.T) {
	s := weekly(t)
	for n, ok := range map[int]bool{256: true, 257: false} {
		_, err := s.plan.Apply(schedule.Event{ID: "e", What: schedule.Missed{Session: s.id(1)}, RecordedBy: strings.Repeat("x", n)}, noon("2025-01-06"))
		assert.Equal(t, ok, err == nil, "%d bytes: %v", n, err)
	}
}

// The id of an event has up to 64 characters.
func TestLongestEventID(t *testing.T) {
	s := weekly(t)
	for n, ok := range map[int]bool{1: true, 64: true, 65: false} {
		_, err := s.plan.Apply(schedule.Event{ID: strings.Repeat("x", n), What: schedule.Missed{Session: s.id(1)}}, noon("2025-01-06"))
		assert.Equal(t, ok, err == nil, "%d characters: %v", n, err)
	}
}

// Of two doses of a day the last is named where nothing can be before it.
func TestLastOfTwoDosesOfADay(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")}).on("2025-01-06", schedule.Given{Session: s.id(2), Date: day("2025-01-06")})
	_, err := s.try("2025-01-06", schedule.Added{Date: day("2025-01-06")})
	require.ErrorContains(t, err, "want a date after that of session 2, which was given on Mon 2025-01-06")
}

// Plans that were made of one are each their own, however much it has: what one of them
// learned no other has.
func TestPlansOfOneAreTheirOwn(t *testing.T) {
	p := phase("1/wk x12", "40 mg, or 60 mg, hard max 100 mg")
	p.Companions = []protocol.Companion{{Name: "talk", From: 1, To: 1, Visit: protocol.Visit{Observation: time.Hour}}}
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06"))
	for n := 1; n <= 5; n++ {
		on := sessionAt(s.plan, n).Date()
		next, talk := s.id(n), s.talk(n).ID
		after := (on + 1).String()
		for _, two := range [][2]schedule.Happening{
			{schedule.Given{Session: next, Date: on, Dose: dose.MustMass("40 mg")}, schedule.Given{Session: next, Date: on, Dose: dose.MustMass("60 mg")}},
			{schedule.VisitDone{Visit: talk, Date: on + 1}, schedule.VisitMissed{Visit: talk}},
			{chosen(s.id(11), "60 mg"), chosen(s.id(12), "60 mg")},
			{schedule.PatientAway{From: on + 200}, schedule.PatientAway{From: on + 201}},
			{schedule.Accepted{Session: next, Code: schedule.Missing, Reason: "known", Who: "attending"}, schedule.Accepted{Session: s.id(12), Code: schedule.Missing, Reason: "known", Who: "attending"}},
		} {
			one, err := s.try(after, two[0])
			require.NoError(t, err)
			file := string(schedule.FormatPlan(one))
			_, err = s.try(after, two[1])
			require.NoError(t, err)
			require.Equal(t, file, string(schedule.FormatPlan(one)), "%d: %T", n, two[1])
			s.plan = one
		}
	}
}

// What the clinic says of its days is asked for up to ten years back from the latest that the
// plan knows of: 3660 days at most.
func TestClinicChangeOfManyYears(t *testing.T) {
	s := living(t, request(bare(t, "every 52w x12", 2), allDay(), "2025-01-06"))
	changed, err := s.plan.ClinicChange(allDay(), day("2025-01-06"))
	require.NoError(t, err)
	require.Len(t, changed.Days, 3660)
	last := sessionAt(s.plan, 12).Latest()
	assert.Equal(t, last.String(), changed.Days[3659].Date.String())
	_, err = s.try("2025-01-06", changed)
	require.NoError(t, err)
}

// An event that names no days says which field it is.
func TestClinicChangedWithoutDays(t *testing.T) {
	_, err := weekly(t).try("2025-01-06", schedule.ClinicChanged{})
	require.EqualError(t, err, `event "e1" (clinic-changed): Days: want the days that changed`)
}

// A session of today is still to come: the horizon is near with it, and passed without it.
func TestHorizonNearToday(t *testing.T) {
	s := endless(t, "2025-01-20", "every 1w").give(2)
	s.on("2025-01-20", schedule.PatientAway{From: day("2025-03-01")})
	assert.Equal(t, []string{"warning: plan: 1 session to come: the cadence has no end, and is planned up to Mon 2025-01-20 [horizon-near]"}, hasCode(s.plan, schedule.HorizonNear))
	s.on("2025-01-21", schedule.PatientAway{From: day("2025-03-02")})
	assert.Equal(t, []string{"warning: plan: no session to come: the cadence has no end, and is planned up to Mon 2025-01-20 [horizon-near]"}, hasCode(s.plan, schedule.HorizonNear))
}

// What was given is said of in words: the amount, or that nothing was given.
func TestGivenWords(t *testing.T) {
	for want, given := range map[string]schedule.Given{
		"given on Mon 2025-01-06":                     {Date: day("2025-01-06")},
		"came, nothing given on Mon 2025-01-06":       {Date: day("2025-01-06"), Nothing: true},
		"came, nothing given on Tue 2025-01-07 09:00": {Date: day("2025-01-07"), Start: clock(t, "09:00"), Nothing: true},
		"given on Mon 2025-01-06, 40 mg, ondansetron 8 mg": {
			Date: day("2025-01-06"), Dose: dose.MustMass("40 mg"), Beside: []schedule.MedicineGiven{{Name: "ondansetron", Dose: dose.MustMass("8 mg")}},
		},
	} {
		assert.Equal(t, want, schedule.Event{ID: "e", What: given}.String())
	}
}

// A session that was given after all is made up for only where another still takes place
// for it, or took place: also one that was given before it.
func TestGivenAfterAllAndMadeUpFor(t *testing.T) {
	missed := func() *story {
		s := living(t, request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06"))
		s.on("2025-01-06", schedule.Moved{Session: s.id(1), Date: day("2025-01-08")}).on("2025-01-08", schedule.Missed{Session: s.id(1)})
		s.on("2025-01-08", schedule.Added{Date: day("2025-01-09"), For: s.id(1)})
		return s
	}
	s := missed()
	first, instead := s.id(1), s.id(2)
	s.on("2025-01-09", schedule.Given{Session: instead, Date: day("2025-01-07")})
	require.Equal(t, "Tue 2025-01-07 given, Wed 2025-01-08 missed, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	s.on("2025-01-09", schedule.Given{Session: first, Date: day("2025-01-08")})
	assert.Len(t, hasCode(s.plan, schedule.MadeUpTwice), 1)
	requireKept(t, s.plan)

	s = missed()
	s.on("2025-01-08", schedule.Cancelled{Session: instead, By: schedule.ByPatient})
	s.on("2025-01-09", schedule.Given{Session: first, Date: day("2025-01-08")})
	assert.Empty(t, hasCode(s.plan, schedule.MadeUpTwice))
	assert.Equal(t, 3, s.plan.On(day("2025-01-09")).Of-1, "the three of the cadence, and the one that was cancelled")
	requireKept(t, s.plan)
}

// A session that was given after all, and that nobody makes up for any more, is one of the
// cadence again: its gate follows it.
func TestGateAfterASessionThatWasGivenAfterAll(t *testing.T) {
	spec := protocol.Spec{
		Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 1}},
		Gates:  []protocol.Gate{{Name: "enough", Phase: "all", After: 1, Assess: "response"}},
	}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.Added{Date: day("2025-01-07"), For: s.id(1)})
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
	s.on("2025-01-08", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	gate := s.plan.On(day("2025-01-08")).Checkpoint
	assert.Equal(t, "enough", gate.Gate.Name)
	assert.Equal(t, 1, gate.Session)
}

// After the last session that takes place nothing can be placed again: the ways on from one
// that was late leave out what moves sessions after it.
func TestRepairsAfterTheLastOne(t *testing.T) {
	s := mondays(t, "1/wk x2")
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
	s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07")})
	var ways []schedule.Way
	repairs, err := s.plan.Repairs(noon("2025-01-07"), s.id(1))
	require.NoError(t, err)
	for _, r := range repairs {
		ways = append(ways, r.Way)
	}
	assert.Equal(t, []schedule.Way{schedule.WaySkip}, ways)
}

// A companion on the day of its session keeps its time when something else changes, though
// it could be earlier by now.
func TestCompanionOfTheDayKeepsItsTime(t *testing.T) {
	p := phase("1/wk x2", "40 mg")
	p.Companions = []protocol.Companion{{Name: "talk", Visit: protocol.Visit{Observation: time.Hour}}}
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), answer{clinic.MustHours("08:00-10:40"), clinic.MustHours("13:00-17:00")}, "2025-01-06"))
	require.Equal(t, "13:00", s.talk(2).Start.String())
	s.on("2025-01-06", schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2025-01-13"), Hours: []clinic.Hours{clinic.MustHours("08:00-17:00")}}}})
	assert.Equal(t, "2025-01-13 13:00", s.talk(2).Date.String()+" "+s.talk(2).Start.String())
}

// A level that somebody chose stays theirs in the entries of a way: only one that the table
// of missed doses asks for is whoever's takes it.
func TestRecordedAsKeepsWhoChose(t *testing.T) {
	r := schedule.Repair{Entries: []schedule.Entry{{Event: schedule.Event{What: schedule.DoseChosen{Level: dose.MustLevel("40 mg"), Who: "attending"}}}}}
	list := r.RecordedAs("form-1", "desk")
	require.Len(t, list, 1)
	assert.Equal(t, "attending", list[0].Event.What.(schedule.DoseChosen).Who)
	assert.Equal(t, [2]string{"form-1", "desk"}, [2]string{list[0].Event.ID, list[0].Event.RecordedBy})
}

// An event of a session that there is not is refused, also where the first session could
// have it.
func TestUnknownSessionIsNotTheFirst(t *testing.T) {
	unknown, err := schedule.ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	toCome, given, missed := weekly(t), weekly(t).give(1), weekly(t)
	given.on("2025-01-07", schedule.PatientAway{From: day("2025-03-01")})
	missed.on("2025-01-06", schedule.Missed{Session: missed.id(1)})
	for _, tt := range []struct {
		s    *story
		what schedule.Happening
	}{
		{toCome, schedule.Given{Session: unknown, Date: day("2025-01-06")}},
		{toCome, schedule.Missed{Session: unknown}},
		{toCome, schedule.Moved{Session: unknown, Date: day("2025-01-07")}},
		{toCome, schedule.Cancelled{Session: unknown, By: schedule.ByPatient}},
		{toCome, schedule.Held{Session: unknown}},
		{toCome, schedule.Shifted{Session: unknown, Weeks: 1}},
		{toCome, schedule.Reanchored{Session: unknown, Date: day("2025-01-07")}},
		{given, schedule.Reanchored{Session: unknown}},
		{missed, schedule.Appended{Session: unknown}},
		{missed, schedule.Added{Date: day("2025-01-07"), For: unknown}},
		{toCome, schedule.Restarted{Session: unknown, Date: day("2025-01-07")}},
		{toCome, schedule.SteppedBack{Session: unknown, To: "all", Reason: "missed"}},
		{toCome, schedule.PlacedAgain{Sessions: []schedule.ID{unknown}}},
		{toCome, schedule.DoseChosen{Session: unknown, Level: dose.MustLevel("40 mg"), Who: "attending"}},
		{toCome, schedule.Accepted{Session: unknown, Code: schedule.Missing, Reason: "known", Who: "attending"}},
		{toCome, schedule.Recomputed{Sessions: []schedule.ID{unknown}, Who: "attending"}},
	} {
		_, err := tt.s.try("2025-01-07", tt.what)
		assert.ErrorIs(t, err, schedule.ErrUnknownSession, "%T", tt.what)
	}
	_, err = missed.on("2025-01-06", schedule.Added{Date: day("2025-01-08"), For: missed.id(1)}).try("2025-01-07", schedule.Reanchored{Session: missed.id(1), Date: day("2025-01-09")})
	assert.ErrorIs(t, err, schedule.ErrSettled, "another makes up for it")
}

// Two entries that would both say that one session was given are both named.
func TestGivenTwiceByACorrection(t *testing.T) {
	s := weekly(t).give(2)
	_, err := s.try("2025-01-13", corrected("e2", schedule.Given{Session: s.id(1), Date: day("2025-01-13")}))
	require.ErrorContains(t, err, `want a session that was given once: events "e1" and "e2" both say that it was`)
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok)
	assert.Equal(t, []string{"e1", "e2"}, refused.Entries)
}

// The error of a way that is not possible names no event: nobody has sent one.
func TestImpossibleWaysNameNoEvent(t *testing.T) {
	s := mondays(t, "1")
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-07"), To: day("2025-12-31")})
	r := wayOf(t, s.plan, noon("2025-01-06"), schedule.WayShift, s.id(1))
	refused, ok := errors.AsType[*schedule.EventError](r.Err)
	require.True(t, ok)
	assert.Equal(t, [2]string{}, [2]string{refused.Event, refused.Kind})
}

// A session that somebody decided for stays where sessions beside it are placed again: the
// third was moved to 01-17, so that the second has no day 4 days before it.
func TestPlaceAgainLeavesWhatWasDecided(t *testing.T) {
	r := request(bare(t, "1/wk x3", 4), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	s.on("2025-01-06", schedule.Moved{Session: s.id(3), Date: day("2025-01-17")})
	for _, closed := range []string{"2025-01-10", "2025-01-13"} {
		s.on("2025-01-06", schedule.ClinicClosed{From: day(closed)})
	}
	again := wayOf(t, s.plan, noon("2025-01-06"), schedule.WayPlaceAgain, s.id(2))
	require.ErrorIs(t, again.Err, schedule.ErrNoDay)

	s.correct("2025-01-06", "e1", nil) // it is on 01-20 again
	again = wayOf(t, s.plan, noon("2025-01-06"), schedule.WayPlaceAgain, s.id(2))
	require.NoError(t, again.Err)
	assert.Equal(t, "01-06 01-14 01-20", toCome(again.Plan))
}

// What a gate adds comes after the last session of the cadence, not after one that was given
// beside it: two weekly sessions, an extra dose on 01-15, and one more on Monday 01-20.
func TestExtendedAfterAnExtraDose(t *testing.T) {
	spec := protocol.Spec{
		Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1}},
		Gates:  []protocol.Gate{{Name: "enough", Phase: "all", Assess: "response"}},
	}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).give(2)
	s.on("2025-01-15", schedule.Given{Date: day("2025-01-15")})
	s.on("2025-01-15", schedule.Decided{Gate: "enough", Then: protocol.Extend, Sessions: 1, Reason: "helps", Who: "attending"})
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 given, Wed 2025-01-15 given, Mon 2025-01-20", s.calendar())
	assert.Equal(t, "2025-01-20", sessionAt(s.plan, 4).Target().String())
	requireKept(t, s.plan)
}

// A gate at which another protocol was asked for is closed by a switch to one.
func TestSwitchClosesTheGate(t *testing.T) {
	s := living(t, request(gatedKetamine(t), weekdaysOnly(t), "2026-03-02")).give(4)
	s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Change, Reason: "too tired", Who: "attending"})
	require.Equal(t, "response", s.plan.On(day("2026-03-12")).Checkpoint.Gate.Name)
	s.on("2026-03-12", schedule.Switched{Protocol: nasalSpray(t, nil), Start: day("2026-03-16"), Gap: 2, Reason: "too tired", Who: "attending"})
	assert.Empty(t, s.plan.On(day("2026-03-12")).Checkpoint.Gate.Name)
	requireKept(t, s.plan)
}

func gatedKetamine(t *testing.T) *protocol.Protocol {
	t.Helper()
	return racemic(t, func(s *protocol.Spec) {
		s.Gates = []protocol.Gate{{Name: "response", Phase: "induction", Assess: "response"}}
	})
}

// A visit of a monitoring makes room for a session that is moved to its time, for the first
// session of the plan too.
func TestMonitoringMakesRoomForTheFirstSession(t *testing.T) {
	s := bloods(t)
	require.Equal(t, "2026-03-02 09:00", monitored(s.plan, "count")[0].Date.String()+" "+monitored(s.plan, "count")[0].Start.String())
	require.NoError(t, s.as("2026-03-02 07:00", schedule.Moved{Session: s.id(1), Date: day("2026-03-02"), Start: clock(t, "09:00")}))
	require.Equal(t, "09:00-10:00", sessionAt(s.plan, 1).Start().String()+"-"+sessionAt(s.plan, 1).End().String())
	count := monitored(s.plan, "count")[0]
	require.Equal(t, "2026-03-02", count.Date.String())
	assert.True(t, count.End.Minutes() <= 9*60 || count.Start.Minutes() >= 10*60, "%s-%s", count.Start, count.End)
}

// A way on records what happened before what is decided: that the first session was missed,
// then that the second, whose day is lost, is cancelled.
func TestWaysRecordWhatHappenedFirst(t *testing.T) {
	s := mondays(t, "1/wk x4")
	s.on("2025-01-07", schedule.ClinicClosed{From: day("2025-01-13"), Reason: "storm"})
	missed, cancelled := schedule.Missed{Session: s.id(1)}, schedule.Cancelled{Session: s.id(2), By: schedule.ByClinic, Reason: sessionAt(s.plan, 2).Lost()}
	assert.Equal(t, []schedule.Happening{missed, cancelled}, happenings(wayOf(t, s.plan, noon("2025-01-07"), schedule.WaySkip, s.id(1), s.id(2))))
	assert.Equal(t, []schedule.Happening{missed, cancelled, schedule.Appended{Session: s.id(1)}, schedule.Appended{Session: s.id(2)}},
		happenings(wayOf(t, s.plan, noon("2025-01-07"), schedule.WayAppend, s.id(1), s.id(2))))
}

// What is added to a treatment on hold is held; what was given beside it stays given.
func TestExtendedOnHoldBesideADose(t *testing.T) {
	s := endless(t, "2025-01-20", "every 1w").give(1)
	s.on("2025-01-08", schedule.Given{Date: day("2025-01-08")}).on("2025-01-08", schedule.Held{Session: s.id(3)})
	s.on("2025-01-08", schedule.Extended{Until: day("2025-01-27")})
	assert.Equal(t, "Mon 2025-01-06 given, Wed 2025-01-08 given, Mon 2025-01-13 held, Mon 2025-01-20 held, Mon 2025-01-27 held", s.calendar())
	requireKept(t, s.plan)
}

// A dose that was put right differs, though all else of its session is the same.
func TestDiffOfADosePutRight(t *testing.T) {
	p := phase("1/wk x2", "40 mg, or 60 mg, hard max 100 mg")
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06")).give(1)
	before := s.plan
	s.correct("2025-01-06", "e1", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("60 mg")})
	d := before.Diff(s.plan)
	require.Len(t, d.Changes, 1)
	assert.Equal(t, "40 mg 60 mg", d.Changes[0].Before.Amount.String()+" "+d.Changes[0].After.Amount.String())
}

// An earlier horizon cancels what is to come after it, not what became of a session already.
func TestEarlierHorizonLeavesWhatWas(t *testing.T) {
	s := endless(t, "2025-01-27", "every 1w").give(1)
	s.on("2025-01-27", schedule.Missed{Session: s.id(4)}).on("2025-01-27", schedule.Extended{Until: day("2025-01-13")})
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20 cancelled, Mon 2025-01-27 missed", s.calendar())
	requireKept(t, s.plan)
}
