package schedule_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// offered lists the ways on: each with what is to come after it, or why it is not
// possible.
func offered(t *testing.T, plan *schedule.Plan, asOf time.Time, ids ...schedule.ID) (ways []schedule.Way, coming []string) {
	t.Helper()
	repairs, err := plan.Repairs(asOf, ids...)
	require.NoError(t, err)
	for _, r := range repairs {
		ways = append(ways, r.Way)
		require.NotEmpty(t, r.Text)
		require.NotEmpty(t, r.Source)
		if !r.Possible() {
			coming = append(coming, "")
			continue
		}
		coming = append(coming, toCome(r.Plan))
		again, err := plan.Replay(r.Entries...)
		require.NoError(t, err)
		require.Equal(t, string(schedule.FormatPlan(again)), string(schedule.FormatPlan(r.Plan)))
	}
	require.True(t, slices.IsSorted(ways), "%v", ways)
	return ways, coming
}

var everyWay = []schedule.Way{
	schedule.WaySkip, schedule.WayCatchUp, schedule.WayPlaceAgain, schedule.WayShift, schedule.WayReanchor, schedule.WayAppend, schedule.WayRestart,
}

// Wednesday and Friday of the first week are missed: all ways make up for both.
func TestRepairsOfTwoMissed(t *testing.T) {
	s := taper3(t, "2026-05-25").give(1)
	s.on("2026-03-04", schedule.Missed{Session: s.id(2)}).on("2026-03-06", schedule.Missed{Session: s.id(3)})
	ways, coming := offered(t, s.plan, noon("2026-03-06"), s.id(3), s.id(2))
	require.Equal(t, everyWay, ways)
	assert.Equal(t, []string{
		"03-09 03-12 03-16 03-23 03-30 04-27 05-26 06-22", // without them
		"", "", // the clinic is closed for the rest of their week
		"03-11 03-13 03-16 03-19 03-23 03-30 04-06 05-04 06-01 06-29", // a week later
		"03-09 03-11 03-16 03-18 03-20 03-27 04-03 05-01 05-29 06-26",
		"03-09 03-12 03-16 03-23 03-30 04-27 05-26 06-22 07-20 08-17",
		"03-09 03-11 03-13 03-16 03-19 03-23 03-30 04-06 05-04 06-01 06-29",
	}, coming)
	repairs, err := s.plan.Repairs(noon("2026-03-06"), s.id(2), s.id(3))
	require.NoError(t, err)
	for _, r := range repairs {
		if r.Possible() && r.Way != schedule.WaySkip {
			for _, ordinal := range []int{2, 3} {
				assert.Empty(t, hasFinding(r.Plan, schedule.Missing, ordinal), r.Way)
			}
		}
	}
}

// A Monday that is closed and the Wednesday that was missed before it are looked at
// together, and so are those of which nobody knows what became of them.
func TestRepairsOfMixed(t *testing.T) {
	s := taper3(t).give(3)
	overdue := s.id(4)
	s.on("2026-03-10", schedule.ClinicClosed{From: day("2026-03-12"), Reason: "storm"})
	lost := s.id(5)
	ways, coming := offered(t, s.plan, noon("2026-03-10"), overdue, lost)
	require.Equal(t, everyWay, ways)
	// Catching up on Tuesday at noon and on Friday is the best of the week; the two
	// are placed together, with no other.
	assert.Equal(t, "03-10 03-13 03-16 03-23 03-30 04-27 05-25 06-22", coming[1])
	assert.Equal(t, coming[1], coming[2])
	repairs, err := s.plan.Repairs(noon("2026-03-10"), overdue, lost)
	require.NoError(t, err)
	assert.Equal(t, []schedule.Happening{schedule.Missed{Session: overdue}, schedule.Cancelled{Session: lost, By: schedule.ByClinic, Reason: "closed (storm)"}},
		happenings(repairs[0]))
	assert.Equal(t, "catch up inside their windows, on Tue 2026-03-10 and Fri 2026-03-13", repairs[1].Text)
	assert.Equal(t, []schedule.Happening{
		schedule.Missed{Session: overdue},
		schedule.Cancelled{Session: lost, By: schedule.ByClinic, Reason: "closed (storm)"},
		schedule.Appended{Session: overdue},
		schedule.Appended{Session: lost},
	}, happenings(repairs[5]))
}

func happenings(r schedule.Repair) (list []schedule.Happening) {
	for _, entry := range r.Entries {
		list = append(list, entry.Event.What)
	}
	return list
}

// Placing again takes the fewest others: none where there is room, one where one day is
// in the way.
func TestRepairsPlaceAgainTheFewest(t *testing.T) {
	s := taper3(t, "2026-05-25").give(3).on("2026-03-08", schedule.ClinicClosed{From: day("2026-03-09"), To: day("2026-03-10"), Reason: "water pipe"})
	again := wayOf(t, s.plan, noon("2026-03-08"), schedule.WayPlaceAgain, s.id(4))
	assert.Equal(t, []schedule.Happening{schedule.PlacedAgain{Sessions: []schedule.ID{s.id(4), s.id(5)}}}, happenings(again))
	assert.Equal(t, "place it again inside its window, on Wed 2026-03-11, and 1 other session for room", again.Text)
	assert.Equal(t, "03-11 03-13 03-16 03-23 03-30 04-27 05-26 06-22", toCome(again.Plan))

	// Only the Monday closed: Tuesday is two days before Thursday.
	s = taper3(t, "2026-05-25").give(3).on("2026-03-08", schedule.ClinicClosed{From: day("2026-03-09")})
	again = wayOf(t, s.plan, noon("2026-03-08"), schedule.WayPlaceAgain, s.id(4))
	assert.Equal(t, []schedule.Happening{schedule.PlacedAgain{Sessions: []schedule.ID{s.id(4)}}}, happenings(again))

	// One that has an appointment is not moved for another.
	s = taper3(t, "2026-05-25").give(3).on("2026-03-08", schedule.ClinicClosed{From: day("2026-03-09"), To: day("2026-03-10"), Reason: "water pipe"}).
		on("2026-03-08", schedule.Moved{Session: sessionAt(s.plan, 5).ID(), Date: day("2026-03-12")})
	again = wayOf(t, s.plan, noon("2026-03-08"), schedule.WayPlaceAgain, s.id(4))
	require.False(t, again.Possible())
	refusedAs(t, again.Err, "Sessions", schedule.ErrNoDay, "session 5 (induction) has no possible day")

	// One that is where it should be has no better place.
	s = taper3(t).give(3)
	again = wayOf(t, s.plan, noon("2026-03-08"), schedule.WayPlaceAgain, s.id(4))
	refusedAs(t, again.Err, "Sessions", schedule.ErrNoDay, "on the best days of their windows already")
}

func wayOf(t *testing.T, plan *schedule.Plan, asOf time.Time, way schedule.Way, ids ...schedule.ID) schedule.Repair {
	t.Helper()
	repairs, err := plan.Repairs(asOf, ids...)
	require.NoError(t, err)
	at := slices.IndexFunc(repairs, func(r schedule.Repair) bool { return r.Way == way })
	require.GreaterOrEqual(t, at, 0, "%s is not offered", way)
	return repairs[at]
}

// Each earlier phase can begin again, the nearest first.
func TestRepairsRestart(t *testing.T) {
	s := taper3(t, "2026-05-25").give(6)
	s.on("2026-03-20", schedule.Held{Session: s.id(7), Reason: "covid"})
	ways, coming := offered(t, s.plan, noon("2026-04-17").Add(6*time.Hour), s.id(7))
	require.Equal(t, []schedule.Way{schedule.WaySkip, schedule.WayPlaceAgain, schedule.WayShift, schedule.WayReanchor, schedule.WayRestart, schedule.WayRestart}, ways)
	assert.Equal(t, []string{
		"04-27 05-26 06-22", "",
		"04-20 04-27 05-26 06-22 07-20", // moved by four weeks
		"04-20 04-27 05-26 06-22 07-20",
		"04-20 04-27 05-04 06-01 06-29 07-27",
		"04-20 04-22 04-24 04-27 04-30 05-04 05-11 05-18 06-15 07-13 08-10",
	}, coming)
}

// A session that comes after one that was given too near has its ways on, and so has
// the one that was given.
func TestRepairsAfterLate(t *testing.T) {
	s := taper3(t).give(1)
	second := s.id(2)
	s.on("2026-03-05", schedule.Given{Session: second, Date: day("2026-03-05"), Dose: dose.MustMass("41 mg")})
	require.NotEmpty(t, sessionAt(s.plan, 3).Lost())
	again := wayOf(t, s.plan, noon("2026-03-05"), schedule.WayPlaceAgain, second)
	refusedAs(t, again.Err, "Sessions", schedule.ErrNoDay, "less than 2 days after session 2 on Thu 2026-03-05")

	week := living(t, request(bare(t, "2/wk x2", 2), weekdaysOnly(t), "2026-03-02"))
	week.on("2026-03-04", schedule.Given{Session: week.id(1), Date: day("2026-03-04")})
	ways, coming := offered(t, week.plan, noon("2026-03-04"), week.id(1))
	require.Equal(t, []schedule.Way{schedule.WaySkip, schedule.WayCatchUp, schedule.WayPlaceAgain, schedule.WayShift, schedule.WayReanchor}, ways)
	assert.Equal(t, []string{"03-05 03-09 03-12", "03-06 03-09 03-12", "03-06 03-09 03-12", "03-12 03-16 03-19", "03-06 03-11 03-13"}, coming)
}

// What is asked about nothing, twice or unknown is refused by name.
func TestRepairsRefused(t *testing.T) {
	s := taper3(t).give(1)
	for _, tt := range []struct {
		ids  []schedule.ID
		why  error
		want string
	}{
		{nil, schedule.ErrEvent, "want the ids of sessions"},
		{[]schedule.ID{s.id(2), s.id(2)}, schedule.ErrEvent, "want each session once"},
		{[]schedule.ID{mustID(t, "abcdefghijklmnop")}, schedule.ErrUnknownSession, "want the id of a session of the plan"},
	} {
		_, err := s.plan.Repairs(noon("2026-03-04"), tt.ids...)
		refusedAs(t, err, "Session", tt.why, tt.want)
	}
	_, err := s.plan.Repairs(noon("2026-03-01"), s.id(2))
	refusedAs(t, err, "as-of", schedule.ErrOrder, "want an instant that is not before that of the plan")
}

// A catch-up is on the day nearest to the target, rather a day late than a day early.
func TestRepairsCatchUpNearest(t *testing.T) {
	for closed, want := range map[string]string{"2026-03-11": "03-04 03-12 03-18", "2026-03-12": "03-04 03-10 03-18"} {
		s := living(t, request(bare(t, "1/wk x3", 2), weekdaysOnly(t), "2026-03-04"))
		s.on("2026-03-04", schedule.ClinicClosed{From: day("2026-03-11"), To: day(closed)})
		assert.Equal(t, want, toCome(wayOf(t, s.plan, noon("2026-03-04"), schedule.WayCatchUp, s.id(2)).Plan))
		assert.Equal(t, want, toCome(wayOf(t, s.plan, noon("2026-03-04"), schedule.WayPlaceAgain, s.id(2)).Plan))
	}
}
