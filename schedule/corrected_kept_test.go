package schedule_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// correctSomethingElse records an absence long after the plan, and withdraws it.
func (s *story) correctSomethingElse(day string) {
	s.t.Helper()
	s.on(day, schedule.PatientAway{From: schedule.MustDate("2030-01-07")})
	s.correct(day, "e"+strconv.Itoa(s.n), nil)
}

// What was given keeps the weight that was measured at it and the level that it counts as
// when something else is corrected.
func TestCorrectedKeepsWeightsAndLevels(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 2, "0.5 mg/kg of actual weight, hard max 100 mg"), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: r.Start, Dose: dose.MustMass("40 mg"), Weight: dose.MustWeight("86 kg")})
	require.Equal(t, "43 mg", sessionAt(s.plan, 2).Dose().Dose().String())
	s.correctSomethingElse("2025-01-06")
	assert.Equal(t, "43 mg", sessionAt(s.plan, 2).Dose().Dose().String())
	requireKept(t, s.plan)

	p := phase("1/wk x4", "40 mg, or 60 mg, hard max 100 mg")
	p.Climb, p.Follows = protocol.ClimbFree, protocol.FollowsLastGiven
	s = living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("60 mg")})
	require.Equal(t, "60 mg", sessionAt(s.plan, 2).Dose().Dose().String())
	s.correctSomethingElse("2025-01-06")
	assert.Equal(t, "60 mg", sessionAt(s.plan, 2).Dose().Dose().String())
	requireKept(t, s.plan)
}

// A session that is given again by the same entry has the target and the planned dose that it
// had then; given by another entry it has those of now. The weight was 80 kg, and then 90 kg.
func TestGivenAgainByTheSameEntry(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 2, "0.5 mg/kg of actual weight, hard max 100 mg"), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	withdrawnAndWeighed := func(t *testing.T) (*story, schedule.ID) {
		s := living(t, r)
		first := s.id(1)
		s.on("2025-01-06", schedule.Given{Session: first, Date: r.Start, Dose: dose.MustMass("40 mg")}).correct("2025-01-06", "e1", nil)
		return s.on("2025-01-06", schedule.Weighed{Date: r.Start, Weight: dose.MustWeight("90 kg")}), first // e3
	}
	s, first := withdrawnAndWeighed(t)
	s.on("2025-01-06", schedule.Missed{Session: first}) // e4
	s.correct("2025-01-06", "e4", schedule.Given{Session: first, Date: r.Start, Dose: dose.MustMass("45 mg")})
	now, _ := s.plan.Session(first)
	assert.Equal(t, "45 mg", now.Dose().Dose().String())
	requireKept(t, s.plan)

	s, first = withdrawnAndWeighed(t)
	s.on("2025-01-06", schedule.Reanchored{Session: first, Date: day("2025-01-08")}) // e4
	s.correct("2025-01-08", "e2", nil)
	now, _ = s.plan.Session(first)
	assert.Equal(t, schedule.StateGiven, now.State())
	assert.Equal(t, day("2025-01-06"), now.Target())
	assert.Equal(t, "40 mg", now.Dose().Dose().String())
	requireKept(t, s.plan)
}

// A session that goes back to a phase without a drug has no dose any more.
func TestGoesBackToNoDrug(t *testing.T) {
	drug, talks := phase("2/wk x1", "40 mg"), protocol.Phase{Name: "talks", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2}
	drug.Name = "drug"
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{drug, talks}}), everyDay(t), "2025-01-06")).give(2)
	talk := s.id(3)
	s.on("2025-01-09", schedule.SteppedBack{Session: talk, To: "drug", Reason: "worse"}) // e3
	now, _ := s.plan.Session(talk)
	require.Equal(t, "drug", now.Phase())
	require.Equal(t, "40 mg", now.Dose().Dose().String())
	s.correct("2025-01-09", "e3", nil)
	now, _ = s.plan.Session(talk)
	assert.Equal(t, "talks", now.Phase())
	assert.True(t, now.Dose().Dose().IsZero())
	requireKept(t, s.plan)
	require.NoError(t, s.plan.CheckState())
}

// Sessions that waited wait again, on the days that they had, also where those are past:
// nothing is planned on them. One that would be to come is not put into the past.
func TestGoesBackToWaiting(t *testing.T) {
	s := mondays(t, "1/wk x4").give(1)
	s.on("2025-01-06", schedule.Held{Session: s.id(2)})
	held := s.calendar()
	s.on("2025-01-27", schedule.Shifted{Session: s.id(2), Weeks: 3}).correct("2025-01-27", "e3", nil)
	assert.Equal(t, held, s.calendar())
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)

	s = mondays(t, "1/wk x2").give(1)
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")})
	require.Equal(t, "00:00", sessionAt(s.plan, 2).Start().String())
	s.correct("2025-01-13", "e2", nil)
	assert.Equal(t, "Mon 2025-01-06 given, Tue 2025-01-14", s.calendar(), "00:00 has passed at noon")
	assert.Len(t, hasCode(s.plan, schedule.NotRestored), 1)
	s.correctSomethingElse("2025-01-13")
	assert.Len(t, hasCode(s.plan, schedule.NotRestored), 1)
}

// A visit whose move is withdrawn stays where another session has put it since, or goes back
// to having no day where it had none; several go back in one step.
func TestVisitsGoBack(t *testing.T) {
	s := visitStory(t)
	second := s.talk(2).ID
	require.NoError(t, s.as("2026-03-02 09:00", schedule.VisitMoved{Visit: second, Date: day("2026-03-06"), Start: clock(t, "14:00")}))
	require.NoError(t, s.as("2026-03-02 09:10", schedule.Moved{Session: s.id(2), Date: day("2026-03-06")}))
	require.Equal(t, "2026-03-09 10:45-11:45 planned, revision 2", visitText(s.talk(2)))
	s.correctSomethingElse("2026-03-02")
	assert.Equal(t, "2026-03-09 10:45-11:45 planned, revision 2", visitText(s.talk(2)))
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)

	s = visitStory(t)
	s.on("2026-03-02", schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-04")}).on("2026-03-02", schedule.VisitMoved{Visit: second, Date: day("2026-03-06"), Start: clock(t, "14:00")})
	s.on("2026-03-02", schedule.VisitMoved{Visit: s.talk(3).ID, Date: day("2026-03-11")}) // e3
	all := corrected("e1", nil)
	all.Also = []schedule.Correction{{Of: "e2"}, {Of: "e3"}}
	s.on("2026-03-02", all)
	for session, want := range map[int]string{1: "2026-03-03", 2: "2026-03-06", 3: "2026-03-10"} {
		assert.Equal(t, want+" 08:00-09:00 planned, revision 2", visitText(s.talk(session)))
	}
	requireKept(t, s.plan)
}

// narrow is a clinic that is open from 08:00 to 11:45, but not on two days.
type narrow struct{}

func (narrow) Open(d date.Date) ([]clinic.Hours, string) {
	if d == schedule.MustDate("2026-03-03") || d == schedule.MustDate("2026-03-04") {
		return nil, "holiday"
	}
	return []clinic.Hours{clinic.MustHours("08:00-11:45")}, ""
}

// A visit that had no day, since there is no room after the session of the only one, has none
// once the move that had put it before that session is withdrawn.
func TestVisitGoesBackToNoDay(t *testing.T) {
	r := request(compiled(t, visitSpec()), narrow{}, "2026-03-02")
	r.Wishes.Preferred = clock(t, "09:00")
	s := living(t, r)
	talk := s.talk(1).ID
	require.Equal(t, "no date planned, revision 0", visitText(s.talk(1)))
	require.NoError(t, s.as("2026-03-02 07:00", schedule.VisitMoved{Visit: talk, Date: day("2026-03-05"), Start: clock(t, "08:00")})) // e1
	require.Equal(t, "2026-03-05 08:00-09:00 planned, revision 1", visitText(s.talk(1)))
	require.NoError(t, s.as("2026-03-02 07:00", corrected("e1", nil)))
	assert.Equal(t, "no date planned, revision 2", visitText(s.talk(1)))
	requireKept(t, s.plan)
	require.NoError(t, s.as("2026-03-02 07:00", corrected("e2", nil)))
	assert.Equal(t, "2026-03-05 08:00-09:00 planned, revision 3", visitText(s.talk(1)))
	requireKept(t, s.plan)
}

// A fact put right to a day of which the clinic's answer makes no sense is refused with what
// is wrong with the answer, and with nothing as its value.
func TestCorrectedToADayWithoutSense(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x2", 1), senselessFrom(day("2025-02-01")), "2025-01-06")).give(1)
	_, err := s.try("2025-02-03", corrected("e1", schedule.Given{Session: s.id(1), Date: day("2025-02-02")}))
	refused, answer := new(schedule.EventError), new(schedule.RequestError)
	require.ErrorAs(t, err, &refused)
	require.ErrorAs(t, err, &answer)
	assert.Equal(t, []string{"plan", "", answer.Error()}, []string{refused.Field, refused.Value, refused.Want})
}

// The same weighing twice is one.
func TestWeighedTwice(t *testing.T) {
	s := mondays(t, "1/wk x2")
	for range 2 {
		s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("70 kg")})
	}
	assert.Equal(t, 1, strings.Count(string(schedule.FormatPlan(s.plan)), `{"date":"2025-01-06","weight":"70 kg"}`))
	requireKept(t, s.plan)
}
