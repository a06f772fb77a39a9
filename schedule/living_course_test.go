package schedule_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What is appended to a plan that was postponed keeps the interval to the last
// session as it was postponed.
func TestAppendedAfterPostponed(t *testing.T) {
	for _, tt := range []struct{ cadence, want string }{
		{"every 4w x3", "2025-01-06 2025-02-10 2025-03-10 2025-04-07"},
		{"every 1mo x3", "2025-01-06 2025-02-13 2025-03-13 2025-04-13"},
		{"days 1, 8 of 28 x2", "2025-01-06 2025-01-13 2025-02-10 2025-02-17 2025-03-10"},
	} {
		t.Run(tt.cadence, func(t *testing.T) {
			r := request(bare(t, tt.cadence, 2), weekdaysOnly(t, days("2025-01-27", "2025-02-10")...), "2025-01-06")
			if tt.cadence == "every 1mo x3" {
				r.Opening = weekdaysOnly(t, days("2025-01-27", "2025-02-13")...)
			}
			r.ShortWeek = schedule.Postpone
			s := living(t, r).give(1)
			s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient}).on("2025-01-06", schedule.Appended{Session: s.id(2)})
			require.Equal(t, tt.want, targets(s.plan))
			for _, f := range schedule.Validate(s.plan) {
				require.NotContains(t, f.Text, "0 weeks")
			}
			requireKept(t, s.plan)
		})
	}
}

// Months are counted from the day that moved, also where one of them is too short to
// show it: from 30 January to 28 February, and then to 30 March.
func TestMonthsThroughAShortOne(t *testing.T) {
	r := request(bare(t, "every 1mo x4", 2), weekdaysOnly(t), "2024-12-31")
	s := living(t, r)
	require.Equal(t, "2024-12-31 2025-01-31 2025-02-28 2025-03-31", targets(s.plan))
	s.on("2024-12-31", schedule.Reanchored{Session: s.id(2), Date: day("2025-01-30")})
	require.Equal(t, "2024-12-31 2025-01-30 2025-02-28 2025-03-30", targets(s.plan))
	requireKept(t, s.plan)
}

// Days of the week that were asked for say where a target comes from only until it
// is counted again from another day; the week goes on from there.
func TestExplainCountedAgain(t *testing.T) {
	r := request(bare(t, "2/wk x2", 1), everyDay(t), "2025-01-06")
	r.Wishes.Weekdays = []protocol.DaySet{protocol.OnDays(time.Tuesday, time.Friday)}
	s := living(t, r)
	rule := func(ordinal int) string {
		e, err := s.plan.Explain(s.id(ordinal))
		require.NoError(t, err)
		return e.TargetRule
	}
	require.Equal(t, "2/wk x2: day 5 of the week from Mon 2025-01-06 (days of a week with 2: 2, 5, asked for by Tue,Fri)", rule(2))
	s.on("2025-01-06", schedule.Reanchored{Session: s.id(2), Date: day("2025-01-12")})
	require.Equal(t, "2025-01-07 2025-01-12 2025-01-16 2025-01-19", targets(s.plan))
	require.Equal(t, "2/wk x2: day 5 of the week from Wed 2025-01-08 (days of a week with 2: 2, 5, asked for by Tue,Fri, counted again from another day)", rule(2))
	s.on("2025-01-06", schedule.Shifted{Session: s.id(2), Weeks: 1})
	require.Contains(t, rule(3), "2, 5, asked for by Tue,Fri, counted again from another day)")
	s.on("2025-01-06", schedule.Reanchored{Session: s.id(2), Date: day("2025-01-17")})
	require.Equal(t, "2/wk x2: day 5 of the week from Mon 2025-01-13 (days of a week with 2: 2, 5, asked for by Tue,Fri)", rule(2))
}

// A cadence without end goes on at its interval, whatever was postponed or added.
func TestFilledToTheLastDay(t *testing.T) {
	r := request(bare(t, "every 4w", 2), weekdaysOnly(t, days("2025-01-27", "2025-02-10")...), "2025-01-06")
	r.ShortWeek, r.Until = schedule.Postpone, day("2025-04-20")
	s := living(t, r).give(1)
	require.Equal(t, "2025-01-06 2025-02-10 2025-03-10 2025-04-07", targets(s.plan))
	s.on("2025-01-06", schedule.Held{Session: s.id(3)}).on("2025-02-11", schedule.Missed{Session: s.id(2)})
	s.on("2025-02-18", schedule.Reanchored{Session: s.id(3), Date: day("2025-02-20")})
	require.Equal(t, "2025-01-06 2025-02-10 2025-02-20 2025-03-20 2025-04-17", targets(s.plan))
	requireKept(t, s.plan)

	r = request(bare(t, "every 4w", 2), weekdaysOnly(t), "2025-01-06")
	r.Until = day("2025-06-01")
	s = living(t, r)
	s.on("2025-01-06", schedule.Added{Date: day("2025-05-30")}).on("2025-01-06", schedule.Shifted{Session: s.id(2), Weeks: 4})
	require.Equal(t, "Mon 2025-01-06, Mon 2025-03-03, Mon 2025-03-31, Mon 2025-04-28, Mon 2025-05-26, Mon 2025-06-23, Fri 2025-06-27", s.calendar())
	require.Equal(t, day("2025-06-29"), s.plan.Until(), "four weeks later, like the first session")
	requireKept(t, s.plan)

	// The last session alone goes on too.
	s = living(t, r).give(5)
	s.on("2025-05-01", schedule.Reanchored{Session: s.id(6), Date: day("2025-05-01")})
	require.Equal(t, "2025-01-06 2025-02-03 2025-03-03 2025-03-31 2025-04-28 2025-05-01 2025-05-29", targets(s.plan))
	requireKept(t, s.plan)
}

// Months that were counted again from another day keep their distance when what
// comes before them moves, too.
func TestMonthsCountedFromTwoDays(t *testing.T) {
	shifted := func(ordinal int) *story {
		s := living(t, request(bare(t, "every 1mo x4", 2), weekdaysOnly(t), "2025-01-06"))
		return s.on("2025-01-06", schedule.Shifted{Session: s.id(ordinal), Weeks: 1})
	}
	s := shifted(2)
	require.Equal(t, "2025-01-06 2025-02-13 2025-03-13 2025-04-13", targets(s.plan))
	s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07")}).on("2025-01-07", schedule.Reanchored{Session: s.id(1)})
	require.Equal(t, "2025-01-06 2025-02-14 2025-03-14 2025-04-14", targets(s.plan))
	requireKept(t, s.plan)

	s = shifted(3).give(1)
	s.on("2025-02-07", schedule.Missed{Session: s.id(2)}).on("2025-02-07", schedule.Shifted{Session: s.id(2), Weeks: 1})
	require.Equal(t, "2025-01-06 2025-02-06 2025-02-13 2025-03-20 2025-04-20", targets(s.plan))
	requireKept(t, s.plan)
}

// Counting from a session a second time would move those after it once more.
func TestReanchoredOnce(t *testing.T) {
	s := living(t, request(bare(t, "every 4w x4", 2), weekdaysOnly(t), "2025-01-06")).give(1)
	s.on("2025-02-05", schedule.Given{Session: s.id(2), Date: day("2025-02-05")}).on("2025-02-05", schedule.Reanchored{Session: s.id(2)})
	require.Equal(t, "2025-01-06 2025-02-03 2025-03-05 2025-04-02", targets(s.plan))
	_, err := s.try("2025-02-05", schedule.Reanchored{Session: s.id(2)})
	require.ErrorIs(t, err, schedule.ErrEventTwice)
	repairs, err := s.plan.Repairs(noon("2025-02-05"), s.id(2))
	require.NoError(t, err)
	for _, r := range repairs {
		require.Equal(t, r.Way != schedule.WayReanchor, r.Possible(), r.Way)
	}
}

// A phase that is extended goes on from its last session, not from one that was
// added.
func TestExtendedPastAdded(t *testing.T) {
	spec := inducedThenWeekly()
	spec.Phases[0].Cadence, spec.Gates[0].After = protocol.MustCadence("every 2w x3"), 2
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-04-01")).give(2)
	s.on("2025-04-15", schedule.Added{Date: day("2025-05-02"), Phase: "induction"})
	s.on("2025-04-15", schedule.Decided{Gate: "benefit", Then: protocol.Extend, Sessions: 1, Reason: "partial benefit", Who: "the psychiatrist"})
	require.Equal(t, "2025-04-01 2025-04-15 2025-04-29 2025-05-02 2025-05-13 2025-05-27 2025-06-03 2025-06-10", targets(s.plan))
	requireKept(t, s.plan)
}

// A gate that is decided late, when its phase has gone on already, and a step back
// from a session before the last one given, go on from what was given since.
func TestGoesOnFromTheLastGiven(t *testing.T) {
	spec := inducedThenWeekly()
	spec.Phases[0].Cadence, spec.Phases[1].Cadence = protocol.MustCadence("every 4w x3"), protocol.MustCadence("every 8w x3")
	spec.Gates[0].After = 2
	p := compiled(t, spec)
	s := living(t, request(p, weekdaysOnly(t), "2025-04-01")).give(3)
	s.on("2025-05-27", schedule.Decided{Gate: "benefit", Then: protocol.Extend, Sessions: 1, Reason: "partial benefit", Who: "the psychiatrist"})
	require.Equal(t, "2025-04-01 2025-04-29 2025-05-27 2025-06-24 2025-08-19 2025-10-14 2025-12-09", targets(s.plan))
	requireKept(t, s.plan)

	s = living(t, request(p, weekdaysOnly(t), "2025-04-01")).give(3)
	s.on("2025-07-22", schedule.Missed{Session: s.id(4)})
	s.on("2025-09-16", schedule.Given{Session: s.id(5), Date: day("2025-09-16")})
	s.on("2025-09-17", schedule.SteppedBack{Session: s.id(4), To: "induction", Sessions: 1, Reason: "worse"})
	require.Equal(t, day("2025-10-14"), sessionAt(s.plan, 6).Target())
	require.Equal(t, "induction", sessionAt(s.plan, 6).Phase())
	requireKept(t, s.plan)
}

// A course that is planned anew has the sessions again that were left out.
func TestLeftOutPlannedAgain(t *testing.T) {
	for _, what := range []func(*story) schedule.Happening{
		func(s *story) schedule.Happening {
			return schedule.Restarted{Session: s.id(2), Date: day("2025-01-13")}
		},
		func(*story) schedule.Happening {
			return schedule.Adopted{Protocol: version(t, bare(t, "1/wk x4 then every 2w x1", 2), "2"), Who: "attending"}
		},
	} {
		r := request(version(t, bare(t, "1/wk x4", 2), "1"), weekdaysOnly(t, days("2025-01-17", "2025-01-23")...), "2025-01-06")
		r.ShortWeek = schedule.Drop
		s := living(t, r).give(1)
		require.False(t, sessionAt(s.plan, 3).Placed())
		before := s.plan.On(day("2025-01-07")).Of
		s.on("2025-01-07", what(s))
		require.Equal(t, before+1, s.plan.On(day("2025-01-07")).Of)
		left := 0
		for _, f := range schedule.Validate(s.plan) {
			if f.Code == schedule.LeftOut {
				left++
			}
		}
		require.Equal(t, 1, left)
		requireKept(t, s.plan)
	}
}

// targets lists the targets of the sessions.
func targets(plan *schedule.Plan) string {
	var list []string
	for _, s := range plan.All() {
		list = append(list, s.Target().String())
	}
	return strings.Join(list, " ")
}

// days lists the days from one to another.
func days(from, to string) (list []string) {
	for d := day(from); d <= day(to); d++ {
		list = append(list, d.String())
	}
	return list
}

// One that was left out is in calendars as cancelled on its target once it had a date:
// where that target moves, its revision rises. Of three a week with a gap of two days,
// one finds a day where Monday to Wednesday are closed.
func TestRevisionOfOneLeftOut(t *testing.T) {
	r := request(bare(t, "3/wk x2", 2), weekdaysOnly(t, "2025-01-20", "2025-01-21", "2025-01-22", "2025-01-27", "2025-01-28", "2025-01-29"), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r).give(3)
	fifth := s.id(5)
	left := func() (string, int) {
		session, _ := s.plan.Session(fifth)
		return session.Target().String() + " " + session.State().String(), session.Revision()
	}
	s.on("2025-01-10", schedule.Shifted{Session: s.id(4), Weeks: 1}) // e4
	text, revision := left()
	require.Equal(t, "2025-01-22 left out 1", text+" "+strconv.Itoa(revision))
	s.correct("2025-01-10", "e4", schedule.Shifted{Session: s.id(4), Weeks: 2})
	text, revision = left()
	require.Equal(t, "2025-01-29 left out 2", text+" "+strconv.Itoa(revision))
	require.Len(t, s.plan.Told(fifth), 3, "as built, and by each of the two")
	requireKept(t, s.plan)
}

// A daily course without end goes on with the next day.
func TestExtendedByTheNextDay(t *testing.T) {
	r := request(bare(t, "every 1d", 1), everyDay(t), "2025-01-06")
	r.Until = day("2025-01-08")
	s := living(t, r).on("2025-01-06", schedule.Extended{Until: day("2025-01-10")})
	require.Equal(t, "Mon 2025-01-06, Tue 2025-01-07, Wed 2025-01-08, Thu 2025-01-09, Fri 2025-01-10", s.calendar())
}

// Nothing can be appended to a plan of which nothing is left to go on from.
func TestAppendedToNothing(t *testing.T) {
	s := taperStory(t)
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient, Rest: true})
	_, err := s.try("2025-01-06", schedule.Appended{Session: s.id(1)})
	require.ErrorIs(t, err, schedule.ErrStopped)
	s = taperStory(t)
	for i := range s.plan.Len() {
		s.on("2025-01-06", schedule.Cancelled{Session: s.id(i + 1), By: schedule.ByPatient})
	}
	_, err = s.try("2025-01-06", schedule.Appended{Session: s.id(1)})
	require.ErrorContains(t, err, "want a session of the cadence to go on from")
}

// Entries that cannot be applied again say why, and no plan comes of them.
func TestReplayRefused(t *testing.T) {
	s := taperStory(t)
	id := s.id(1)
	plan, err := s.plan.Replay(
		schedule.Entry{Event: schedule.Event{ID: "a", What: schedule.Missed{Session: id}}, AsOf: noon("2025-01-06")},
		schedule.Entry{Event: schedule.Event{ID: "b", What: schedule.Resumed{}}, AsOf: noon("2025-01-06")},
	)
	require.Nil(t, plan)
	require.EqualError(t, err, `event "b" (resumed): Session: want a treatment that is held`)
	require.Equal(t, schedule.StatePlanned, sessionAt(s.plan, 1).State())
}

// Of a session that is to come as it should, nothing has to be gone on from: it can be
// moved, alone or with the rest.
func TestRepairsOfASessionToCome(t *testing.T) {
	s := taperStory(t).give(2)
	repairs, err := s.plan.Repairs(noon("2025-01-08"), s.id(5))
	require.NoError(t, err)
	var ways []schedule.Way
	for _, r := range repairs {
		ways = append(ways, r.Way)
	}
	require.Equal(t, []schedule.Way{schedule.WayCatchUp, schedule.WayPlaceAgain, schedule.WayShift, schedule.WayReanchor}, ways)
}

// Appending rests on the rule of the protocol that has a missed session made up for at
// the end, with its source and in its words.
func TestRepairsAppendByARule(t *testing.T) {
	spec := protocol.Spec{
		Phases: []protocol.Phase{phase("1/wk x3", "40 mg")},
		Missed: []protocol.MissedRule{{Then: protocol.Extend, Condition: "any missed session", Source: "guide"}},
		Sources: []protocol.Source{{Key: "guide", Citation: "A made-up guide, 2025", Facts: []protocol.Fact{
			{About: "/missed/0", Grade: protocol.Primary, Quote: "missed sessions are added at the end"},
		}}},
	}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
	repairs, err := s.plan.Repairs(noon("2025-01-06"), s.id(1))
	require.NoError(t, err)
	for _, r := range repairs {
		if r.Way == schedule.WayAppend {
			require.True(t, r.Possible())
			require.Equal(t, []string{"any missed session", "A made-up guide, 2025", "missed sessions are added at the end"}, []string{r.Condition, r.Source, r.Quote})
			return
		}
	}
	t.Fatal("nothing is appended")
}

// What was held and begins on the day of the resumption takes place unless its time has
// passed: sessions begin at 08:00.
func TestResumedOnTheDay(t *testing.T) {
	for _, tt := range []struct {
		asOf string
		want schedule.State
	}{
		{"2026-03-05 08:00", schedule.StatePlanned},
		{"2026-03-05 08:01", schedule.StateCancelled},
	} {
		s := visitStory(t).give(1)
		s.on("2026-03-03", schedule.Held{Session: s.id(2)})
		require.NoError(t, s.as(tt.asOf, schedule.Resumed{}))
		require.Equal(t, tt.want, sessionAt(s.plan, 2).State(), tt.asOf)
	}
}

// A cadence that is extended goes on from its last session, not from one that was added:
// weekly from 01-06, so after 01-20 comes 01-27, whatever is on 01-22.
func TestFurtherPastAdded(t *testing.T) {
	r := request(bare(t, "every 1w", 2), everyDay(t), "2025-01-06")
	r.Until = day("2025-01-20")
	s := living(t, r).on("2025-01-06", schedule.Added{Date: day("2025-01-22")})
	s.on("2025-01-06", schedule.Extended{Until: day("2025-01-31")})
	require.Equal(t, "Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20, Wed 2025-01-22, Mon 2025-01-27", s.calendar())
	requireKept(t, s.plan)
}
