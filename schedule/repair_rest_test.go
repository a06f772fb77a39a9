package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// One session that is held is resumed, like several.
func TestRepairsOfOneHeld(t *testing.T) {
	s := mondays(t, "1/wk x3").give(2)
	s.on("2025-01-14", schedule.Held{Session: s.id(3)})
	skip := wayOf(t, s.plan, noon("2025-01-15"), schedule.WaySkip, s.id(3))
	assert.Equal(t, "resume on the dates that are not past, without the sessions in between", skip.Text)
	assert.Equal(t, []schedule.Happening{schedule.Resumed{}}, happenings(skip))
	assert.Equal(t, "01-20", toCome(skip.Plan))
}

// Where the protocol steps back whatever the condition, the reason is that a session was missed.
func TestRepairsStepBackWithoutACondition(t *testing.T) {
	for condition, reason := range map[string]string{"": "missed session", "two missed": "two missed"} {
		p := compiled(t, protocol.Spec{
			Phases: []protocol.Phase{
				{Name: "often", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2}, {Name: "seldom", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2},
			},
			Missed: []protocol.MissedRule{{Phase: "seldom", Condition: condition, Then: protocol.StepBack, To: "often"}},
		})
		s := living(t, request(p, weekdaysOnly(t), "2025-01-06")).give(4)
		s.on("2025-01-20", schedule.Missed{Session: s.id(5)})
		r := wayOf(t, s.plan, noon("2025-01-21"), schedule.WayStepBack, s.id(5))
		require.NoError(t, r.Err)
		assert.Equal(t, []schedule.Happening{schedule.SteppedBack{Session: s.id(5), To: "often", Reason: reason}}, happenings(r))
	}
}

// Of 60 days that will not do the first says why.
func TestRepairsSayWhyOfTheFirstDay(t *testing.T) {
	s := mondays(t, "1")
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-07"), To: day("2025-04-01"), Reason: "storm"})
	r := wayOf(t, s.plan, noon("2025-01-06"), schedule.WayRestart, s.id(1))
	require.ErrorContains(t, r.Err, "has no possible day from Tue 2025-01-07 to Mon 2025-01-13")
}

// What was given late leaves the sessions after it fewer days: those that need room are
// placed again with the one that is named, and no other. By hand: after Saturday 7 March, 5
// days are Thursday 12 March, and 5 more Tuesday 17 March.
func TestRepairsMakeRoomAfterALateDose(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 5, Window: &protocol.Window{After: 3},
	}}})
	s := living(t, request(p, everyDay(t), "2026-03-02"))
	s.on("2026-03-07", schedule.Given{Session: s.id(1), Date: day("2026-03-07")})
	r := wayOf(t, s.plan, noon("2026-03-07"), schedule.WayPlaceAgain, s.id(2))
	require.NoError(t, r.Err)
	assert.Equal(t, "place it again inside its window, on Thu 2026-03-12, and 1 other session for room", r.Text)
	assert.Equal(t, "03-12 03-17 03-23", toCome(r.Plan))
	assert.Equal(t, []schedule.Happening{schedule.PlacedAgain{Sessions: []schedule.ID{s.id(2), s.id(3)}}}, happenings(r))

	// Given on Monday 9 March it leaves none of 9 to 12 March, and the one that is in the way is named.
	s = living(t, request(p, everyDay(t), "2026-03-02"))
	s.on("2026-03-09", schedule.Given{Session: s.id(1), Date: day("2026-03-09")})
	r = wayOf(t, s.plan, noon("2026-03-09"), schedule.WayPlaceAgain, s.id(2))
	refused, ok := errors.AsType[*schedule.EventError](r.Err)
	require.True(t, ok, "%v", r.Err)
	assert.Equal(t, []string{"Sessions", s.id(2).String()}, []string{refused.Field, refused.Value})
	assert.Equal(t, 4, strings.Count(refused.Want, "less than 5 days after session 1 on Mon 2026-03-09"), refused.Want)

	// On Friday 13 March its window is past.
	r = wayOf(t, s.plan, noon("2026-03-13"), schedule.WayPlaceAgain, s.id(2))
	refused, ok = errors.AsType[*schedule.EventError](r.Err)
	require.True(t, ok, "%v", r.Err)
	assert.Equal(t, []string{"Sessions", s.id(2).String(), "want a session whose window is not past: that of session 2, Mon 2026-03-09 to Thu 2026-03-12, has no day from Fri 2026-03-13 on"},
		[]string{refused.Field, refused.Value, refused.Want})
}

// What was cancelled is not in the way of a session that is placed again, and is not placed
// with it.
func TestRepairsPlaceAgainBesideWhatWasCancelled(t *testing.T) {
	s := living(t, request(bare(t, "2/wk x2", 2), weekdaysOnly(t), "2026-03-02"))
	s.on("2026-03-02", schedule.Missed{Session: s.id(1)}).on("2026-03-02", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
	r := wayOf(t, s.plan, noon("2026-03-04"), schedule.WayPlaceAgain, s.id(1))
	require.NoError(t, r.Err)
	assert.Equal(t, []schedule.Happening{schedule.PlacedAgain{Sessions: []schedule.ID{s.id(1)}}}, happenings(r))
	assert.Equal(t, "03-04 03-09 03-12", toCome(r.Plan))
}

// A session with an appointment makes no room. By hand: after Saturday 7 March, 5 days are
// Thursday 12 March, and 16 March is 4 days later.
func TestRepairsMakeNoRoomWhereSomethingIsAgreed(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 5, Window: &protocol.Window{After: 3},
	}}})
	r := request(p, everyDay(t), "2026-03-02")
	r.Wishes.Appointments = []schedule.Appointment{{Ordinal: 3, Date: day("2026-03-16")}}
	s := living(t, r)
	s.on("2026-03-07", schedule.Given{Session: s.id(1), Date: day("2026-03-07")})
	way := wayOf(t, s.plan, noon("2026-03-07"), schedule.WayPlaceAgain, s.id(2))
	refused, ok := errors.AsType[*schedule.EventError](way.Err)
	require.True(t, ok, "%v", way.Err)
	assert.Equal(t, []string{"Sessions", s.id(3).String()}, []string{refused.Field, refused.Value})
	assert.Contains(t, refused.Want, "Mon 2026-03-16 less than 5 days after session 2, which is on Thu 2026-03-12 at the earliest")
}

// Where what has no day is left out there is no day to count from: neither for one session
// within 60 days, nor for the first of several.
func TestRepairsFromADayThatIsLeftOut(t *testing.T) {
	r := request(bare(t, "1/wk x2", 2), allDay(), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r)
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-13", schedule.Missed{Session: s.id(2)}).
		on("2025-01-13", schedule.ClinicClosed{From: day("2025-01-13"), To: day("2025-09-01"), Reason: "storm"})
	refused := func(r schedule.Repair) []string {
		why, ok := errors.AsType[*schedule.EventError](r.Err)
		require.True(t, ok, "%v", r.Err)
		return []string{why.Field, why.Value, why.Want}
	}
	way := wayOf(t, s.plan, noon("2025-01-13"), schedule.WayRestart, s.id(2))
	assert.Equal(t, []string{"Date", "", "want a possible day within 60 days"}, refused(way))
	assert.Equal(t, `begin "all" again on a later day`, way.Text)
	way = wayOf(t, s.plan, noon("2025-01-13"), schedule.WayReanchor, s.id(1), s.id(2))
	assert.Equal(t, []string{"Sessions", s.id(1).String(), "want a day for the first of them"}, refused(way))
	assert.Equal(t, "take them and count the sessions after the first from a later day", way.Text)
}

// The fewest weeks are counted from the earliest target. The first is made up for on Friday of
// its week, after the second of Thursday 9 January: eight days after its target, Monday, two
// weeks are needed for none to be planned in the past.
func TestRepairsByWeeksFromTheEarliestTarget(t *testing.T) {
	s := living(t, request(bare(t, "2/wk x2", 1), weekdaysOnly(t), "2025-01-06"))
	first := s.id(1)
	s.on("2025-01-06", schedule.Missed{Session: first}).on("2025-01-06", schedule.Added{Date: day("2025-01-10"), For: first})
	require.Equal(t, "Mon 2025-01-06 missed, Thu 2025-01-09, Fri 2025-01-10, Mon 2025-01-13, Thu 2025-01-16", s.calendar())
	r := wayOf(t, s.plan, noon("2025-01-14"), schedule.WayShift, s.id(2), s.id(3))
	require.NoError(t, r.Err)
	assert.Equal(t, "move them and the sessions after the first later by 2 weeks", r.Text)
}

// Of two that are held the ways on are those of one: a treatment goes on as a whole.
func TestRepairsOfTwoHeld(t *testing.T) {
	s := mondays(t, "1/wk x4").give(1)
	s.on("2025-01-07", schedule.Held{Session: s.id(2)})
	one, err := s.plan.Repairs(noon("2025-01-14"), s.id(2))
	require.NoError(t, err)
	two, err := s.plan.Repairs(noon("2025-01-14"), s.id(2), s.id(3))
	require.NoError(t, err)
	require.Len(t, two, len(one))
	for i := range one {
		assert.Equal(t, one[i].String(), two[i].String())
	}
}

// What a way rests on was read in the source itself, or in one that restates it, or not.
func TestRepairsSayWhetherTheSourceWasRead(t *testing.T) {
	for grade, want := range map[protocol.Grade]string{
		protocol.Primary: "a note", protocol.Secondary: "a note", protocol.Unverified: "a note (not verified against the source)",
	} {
		p := compiled(t, protocol.Spec{
			Phases:  []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2}},
			Missed:  []protocol.MissedRule{{Phase: "all", Then: protocol.Extend, Source: "note"}},
			Sources: []protocol.Source{{Key: "note", Citation: "a note", Facts: []protocol.Fact{{About: "/missed/0", Says: "make up for it", Quote: "at the end", Grade: grade}}}},
		})
		s := living(t, request(p, weekdaysOnly(t), "2025-01-06"))
		s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
		r := wayOf(t, s.plan, noon("2025-01-07"), schedule.WayAppend, s.id(1))
		assert.Equal(t, []string{want, "at the end"}, []string{r.Source, r.Quote}, grade)
	}
}

// A session has begun at its first minute: the ways on say that it was missed.
func TestRepairsAtTheStartOfASession(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 2), weekdaysOnly(t), "2025-01-06"))
	for at, want := range map[time.Duration][]schedule.Happening{8 * time.Hour: {schedule.Missed{Session: s.id(1)}}, 8*time.Hour - time.Second: nil} {
		ways, err := s.plan.Repairs(noon("2025-01-06").Add(at-12*time.Hour), s.id(1))
		require.NoError(t, err)
		var skip []schedule.Happening
		for _, way := range ways {
			if way.Way == schedule.WaySkip {
				skip = happenings(way)
			}
		}
		assert.Equal(t, want, skip)
	}
}

// Sessions are named in the order of the plan, those that are held and those that are not.
func TestRepairsOfHeldAndCancelled(t *testing.T) {
	s := mondays(t, "1/wk x4").give(1)
	s.on("2025-01-07", schedule.Cancelled{Session: s.id(4), By: schedule.ByPatient}).on("2025-01-07", schedule.Held{Session: s.id(2)})
	r := wayOf(t, s.plan, noon("2025-01-08"), schedule.WayPlaceAgain, s.id(2), s.id(4))
	require.NoError(t, r.Err)
	assert.Equal(t, "place them again inside their windows, on Mon 2025-01-13 and Mon 2025-01-20 and Mon 2025-01-27", r.Text)
}
