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

// What happened is recorded whatever the plan says of it, and what does not fit is
// a finding. The days are those of taperStory and gatedStory: 01-06, 01-08, 01-10,
// 01-13, and 01-06, 01-09, 01-13.
func TestFactsAreRecorded(t *testing.T) {
	given := func(session int, date string) func(*testing.T, *story) schedule.Happening {
		return func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(session), Date: day(date)}
		}
	}
	amount := func(g schedule.Given) func(*testing.T, *story) schedule.Happening {
		return func(_ *testing.T, s *story) schedule.Happening {
			g.Session, g.Date = s.id(1), day("2025-01-06")
			return g
		}
	}
	missed := func(t *testing.T) *story {
		s := taperStory(t)
		return s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
	}
	for _, tt := range []struct {
		name     string
		story    func(t *testing.T) *story
		asOf     string
		what     func(t *testing.T, s *story) schedule.Happening
		calendar string // how it begins
		has, not string // codes
	}{
		{"before the one before", taperStory, "2025-01-08", given(2, "2025-01-08"), "Wed 2025-01-08 given, Mon 2025-01-06, Fri", "", "too-close day-lost"},
		{
			"two on a day", func(t *testing.T) *story { return taperStory(t).give(1) }, "2025-01-08", given(2, "2025-01-06"),
			"Mon 2025-01-06 given, Mon 2025-01-06 given, Fri", "too-close", "",
		},
		{"before the start", taperStory, "2025-01-06", given(1, "2025-01-04"), "Sat 2025-01-04 given, Wed", "too-early", "day-lost"},
		{"after missed", missed, "2025-01-08", given(1, "2025-01-06"), "Mon 2025-01-06 given, Wed", "corrected", "missing made-up-twice"},
		{"after cancelled", func(t *testing.T) *story {
			s := taperStory(t)
			return s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByClinic})
		}, "2025-01-08", given(1, "2025-01-06"), "Mon 2025-01-06 given, Wed", "corrected", "made-up-twice"},
		{"after it was made up for", func(t *testing.T) *story {
			s := missed(t)
			return s.on("2025-01-06", schedule.Appended{Session: s.id(1)})
		}, "2025-01-08", given(1, "2025-01-06"), "Mon 2025-01-06 given, Wed", "corrected made-up-twice", "missing"},
		{"on hold", func(t *testing.T) *story {
			s := taperStory(t)
			return s.on("2025-01-06", schedule.Held{Session: s.id(1)})
		}, "2025-01-08", given(1, "2025-01-06"), "Mon 2025-01-06 given, Wed 2025-01-08 held", "given-on-hold", "corrected"},
		{"missed on hold", func(t *testing.T) *story {
			s := taperStory(t)
			return s.on("2025-01-06", schedule.Held{Session: s.id(1)})
		}, "2025-01-08", func(_ *testing.T, s *story) schedule.Happening { return schedule.Missed{Session: s.id(1)} }, "Mon 2025-01-06 missed, Wed 2025-01-08 held", "missing", ""},
		{
			"outside the plan", func(t *testing.T) *story { return taperStory(t).give(2) }, "2025-01-08",
			func(*testing.T, *story) schedule.Happening { return schedule.Given{Date: day("2025-01-07")} },
			"Mon 2025-01-06 given, Tue 2025-01-07 given, Wed 2025-01-08 given, Fri", "too-many-in-week too-close", "day-lost",
		},
		{"a dose where none is given", taperStory, "2025-01-06", amount(schedule.Given{Dose: dose.MustMass("1 mg")}), "Mon 2025-01-06 given", "dose-not-allowed reason-missing", ""},
		{"no dose yet", gatedStory, "2025-01-06", amount(schedule.Given{}), "Mon 2025-01-06 given", "dose-missing", "reason-missing dose-not-allowed"},
		{
			"nothing given", gatedStory, "2025-01-06", amount(schedule.Given{Nothing: true, Reason: "blood pressure", Who: "attending"}),
			"Mon 2025-01-06 given", "nothing-given", "reason-missing dose-missing dose-not-allowed",
		},
		{"nothing given, nobody says why", gatedStory, "2025-01-06", amount(schedule.Given{Nothing: true}), "Mon 2025-01-06 given", "nothing-given reason-missing", ""},
		{
			"another dose without a reason", gatedStory, "2025-01-06", amount(schedule.Given{Dose: dose.MustMass("37 mg"), Who: "attending"}),
			"Mon 2025-01-06 given", "dose-not-allowed reason-missing", "",
		},
		{
			"another dose for a reason", gatedStory, "2025-01-06", amount(schedule.Given{Dose: dose.MustMass("37 mg"), Reason: "agreed", Who: "attending"}),
			"Mon 2025-01-06 given", "dose-not-allowed", "reason-missing",
		},
		{"past midnight", taperStory, "2025-01-07", func(t *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Start: clock(t, "22:30"), End: clock(t, "01:10")}
		}, "Mon 2025-01-06 given", "outside-hours", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story(t)
			s.on(tt.asOf, tt.what(t, s))
			assert.Equal(t, tt.calendar, s.calendar()[:len(tt.calendar)])
			found := strings.Join(findings(s.plan), "\n")
			for code := range strings.FieldsSeq(tt.has) {
				assert.Contains(t, found, "["+code+"]")
			}
			for code := range strings.FieldsSeq(tt.not) {
				assert.NotContains(t, found, "["+code+"]")
			}
			requireKept(t, s.plan)
		})
	}
}

// The patient came and nothing was given: the next session comes as if it had not
// been, and the sum of what was given is without it.
func TestNothingGivenCountsForNothing(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x3", 7, "41 mg"), everyDay(t), "2026-03-02"))
	s.on("2026-03-05", schedule.Given{Session: s.id(1), Date: day("2026-03-05"), Nothing: true, Reason: "blood pressure", Who: "attending"})
	assert.Equal(t, schedule.StateGiven, sessionAt(s.plan, 1).State())
	g, ok := sessionAt(s.plan, 1).Given()
	require.True(t, ok)
	assert.True(t, g.Nothing)
	assert.Empty(t, sessionAt(s.plan, 2).Lost(), "four days after it, the gap is seven")
	s.on("2026-03-05", schedule.Shifted{Session: s.id(2)})
	assert.Equal(t, day("2026-03-09"), sessionAt(s.plan, 2).Date())
	assert.Empty(t, s.plan.On(day("2026-03-31")).Adherence.Doses)
	assert.Contains(t, string(sessionAt(s.plan, 1).AppendJSON(nil)), `"given":{"date":"2026-03-05","start":null,"end":null,"dose":"0 mg"`)

	// A dose that is not entered yet keeps its gap.
	other := living(t, request(withDose(t, "1/wk x3", 7, "41 mg"), everyDay(t), "2026-03-02"))
	other.on("2026-03-05", schedule.Given{Session: other.id(1), Date: day("2026-03-05")})
	assert.Equal(t, "4 days after session 1, the minimum gap is 7 days", sessionAt(other.plan, 2).Lost())
}

// Of the weighings of a day the one measured at a session counts for it, for every
// other the last one recorded: 0.5 mg/kg of 80, 81, 81.4 and 83 kg.
func TestSeveralWeighingsOfADay(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 2, "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 120 mg"), everyDay(t), "2026-03-02")
	r.Weighings = []schedule.Weighing{{Date: day("2026-02-27"), Weight: dose.MustWeight("82 kg")}}
	s := living(t, r).give(1)
	for _, step := range []struct {
		weight, planned string
		session         int
	}{
		{"80 kg", "41 mg, 40 mg, 40 mg", 0},
		{"81 kg", "41 mg, 40.5 mg, 40.5 mg", 0},
		{"81.4 kg", "41 mg, 40.7 mg, 40.7 mg", 2},
		{"83 kg", "41 mg, 40.7 mg, 41.5 mg", 0},
	} {
		w := schedule.Weighed{Date: day("2026-03-09"), Weight: dose.MustWeight(step.weight)}
		if step.session > 0 {
			w.Session = s.id(step.session)
		}
		s.on("2026-03-09", w)
		assert.Equal(t, step.planned, doses(s.plan), step.weight)
	}
	requireKept(t, s.plan)
	_, err := s.try("2026-03-09", schedule.Weighed{Date: day("2026-03-09"), Weight: dose.MustWeight("83 kg"), Time: mustTime(t, "12:01")})
	require.ErrorContains(t, err, `Time "12:01": want a time that is not after the as-of one, 2026-03-09 12:00`)
}

// What is planned again comes after the latest day on which anything was given,
// whatever its number, with the gap: session 1 of three a week apart was given three
// weeks late, on Tuesday 03-24, so session 3 cannot be on the 25th.
func TestPlannedAgainAfterTheLatestDay(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 2), weekdaysOnly(t), "2026-03-02"))
	third := s.id(3)
	s.on("2026-03-24", schedule.Given{Session: s.id(1), Date: day("2026-03-24")})
	s.on("2026-03-25", schedule.Shifted{Session: third, Weeks: 1})
	session, _ := s.plan.Session(third)
	assert.Equal(t, day("2026-03-26"), session.Date())
	requireKept(t, s.plan)
}

// Nothing is planned at a time that has passed, nor recorded at one to come. The
// clinic is open from 08:00 to 17:00 and a visit takes 2 h 40 min.
func TestTimesOfDay(t *testing.T) {
	at := func(day, clock string) time.Time {
		instant, err := time.Parse("2006-01-02 15:04", day+" "+clock)
		require.NoError(t, err)
		return instant
	}
	plan, err := schedule.Build(request(withDose(t, "2/wk x2", 2, "41 mg"), weekdaysOnly(t), "2026-03-02"))
	require.NoError(t, err)
	first, second := sessionAt(plan, 1), sessionAt(plan, 2)
	plan, err = plan.Apply(schedule.Event{ID: "a", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("41 mg")}}, at("2026-03-02", "18:00"))
	require.NoError(t, err)
	for _, tt := range []struct {
		asOf, want string
		what       schedule.Happening
	}{
		{
			"15:00", `End "16:40": want a time that is not after the as-of one, 2026-03-05 15:00`,
			schedule.Given{Session: second.ID(), Date: second.Date(), Start: mustTime(t, "14:00"), End: mustTime(t, "16:40"), Dose: dose.MustMass("41 mg")},
		},
		{"07:00", `want a session that can have been missed: session 2 is on Thu 2026-03-05 08:00, the as-of is 2026-03-05 07:00`, schedule.Missed{Session: second.ID()}},
		{"10:00", `Start "09:00": want a time that is not before the as-of one, 2026-03-05 10:00`, schedule.Moved{Session: second.ID(), Date: second.Date(), Start: mustTime(t, "09:00")}},
		{"23:30", `want another day`, schedule.Moved{Session: second.ID(), Date: second.Date()}},
	} {
		_, err := plan.Apply(schedule.Event{ID: "b", What: tt.what}, at("2026-03-05", tt.asOf))
		require.ErrorContains(t, err, tt.want)
	}
	moved, err := plan.Apply(schedule.Event{ID: "b", What: schedule.Moved{Session: second.ID(), Date: second.Date()}}, at("2026-03-05", "09:10"))
	require.NoError(t, err)
	assert.Equal(t, "09:15", sessionAt(moved, 2).Start().String(), "rounded up to the grid")
	again, err := plan.Apply(schedule.Event{ID: "b", What: schedule.Shifted{Session: second.ID()}}, at("2026-03-05", "23:30"))
	require.NoError(t, err)
	assert.Equal(t, day("2026-03-06"), sessionAt(again, 2).Date())
	late, err := plan.Apply(schedule.Event{ID: "b", What: schedule.Missed{Session: second.ID()}}, at("2026-03-05", "23:30"))
	require.NoError(t, err)
	ways, err := late.Repairs(at("2026-03-05", "23:30"), second.ID())
	require.NoError(t, err)
	for _, way := range ways {
		if way.Possible() {
			for _, s := range way.Plan.All() {
				assert.False(t, s.State() == schedule.StatePlanned && s.Date() == day("2026-03-05"), "%s", way)
			}
		}
	}
	_, err = late.Apply(schedule.Event{ID: "c", What: schedule.Added{Date: day("2026-03-05"), Start: mustTime(t, "08:00"), For: second.ID()}}, at("2026-03-05", "23:40"))
	require.ErrorContains(t, err, `Start "08:00": want a time that is not before the as-of one, 2026-03-05 23:40`, "hours ago")
}

// A closure or an absence that has begun is recorded, from before the plan too, and
// two absences may begin on one day.
func TestClosuresThatHaveBegun(t *testing.T) {
	s := taperStory(t).give(1)
	s.on("2025-01-09", schedule.ClinicClosed{From: day("2025-01-01"), To: day("2025-01-10"), Reason: "flood"})
	third := sessionAt(s.plan, 3)
	assert.Equal(t, "closed (flood)", third.Lost())
	assert.Equal(t, "closed (flood)", sessionAt(s.plan, 2).Lost(), "overdue, and nobody could come")
	s.on("2025-01-09", schedule.PatientAway{From: day("2025-01-08"), To: day("2025-01-09"), Reason: "ill"})
	s.on("2025-01-09", schedule.PatientAway{From: day("2025-01-08"), To: day("2025-01-14"), Reason: "still ill"})
	assert.Equal(t, "unsuitable (still ill)", sessionAt(s.plan, 4).Lost())
	requireKept(t, s.plan)
}

// The journal says which entry a later one corrected.
func TestCorrectedBy(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 1), everyDay(t), "2026-03-02"))
	s.on("2026-03-02", schedule.Missed{Session: s.id(1)})
	s.on("2026-03-03", schedule.Given{Session: s.id(1), Date: day("2026-03-02")})
	assert.Contains(t, string(s.plan.AppendJSON(nil)), `"id":"e1","kind":"missed","session":"`+s.id(1).String()+`","correctedBy":"e2"`)
	assert.Contains(t, findings(s.plan), `info: session 1: event "e1" (missed) is corrected by event "e2" (given) [corrected]`)
	assert.Equal(t, 2, sessionAt(s.plan, 1).Revision())
	again, err := schedule.ParsePlan("x.plan", schedule.FormatPlan(s.plan), schedule.PlanSource{
		Protocols: []*protocol.Protocol{s.plan.Protocol()}, Opening: everyDay(t), Zone: time.UTC,
	})
	require.NoError(t, err)
	assert.Equal(t, string(s.plan.AppendJSON(nil)), string(again.AppendJSON(nil)))
}

// A dose that was given keeps what was planned for it, also where it passes a hard limit
// on the sum: 60, 60 and 80 mg of at most 180 mg. What is still to come has none.
func TestGivenPastTheSumKeepsItsPlannedDose(t *testing.T) {
	p := courseOf(t, "sums", "ketamine", func(s *protocol.Spec) {
		s.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("180 mg")}}}
	}, [3]string{"weekly", "1/wk x4", "40 mg"})
	s := living(t, request(p, weekdaysOnly(t), "2026-03-02"))
	for i, mass := range []string{"60 mg", "60 mg", "80 mg"} {
		session := sessionAt(s.plan, i+1)
		s.on(session.Date().String(), schedule.Given{Session: session.ID(), Date: session.Date(), Dose: dose.MustMass(mass), Reason: "agreed", Who: "attending"})
	}
	require.NoError(t, sessionAt(s.plan, 3).DoseError())
	require.Equal(t, "40 mg", sessionAt(s.plan, 3).Dose().Dose().String())
	require.ErrorIs(t, sessionAt(s.plan, 4).DoseError(), schedule.ErrCumulative)
	requireKept(t, s.plan)
}

// A session can be moved next to one at which nothing was given, whatever the gap.
func TestMovedBesideNothing(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x3", 6, "41 mg"), everyDay(t), "2026-03-02"))
	s.on("2026-03-05", schedule.Given{Session: s.id(1), Date: day("2026-03-05"), Nothing: true, Reason: "blood pressure", Who: "attending"})
	s.on("2026-03-05", schedule.Moved{Session: s.id(2), Date: day("2026-03-08"), Reason: "asked", Who: "attending"})
	require.Equal(t, day("2026-03-08"), sessionAt(s.plan, 2).Date())
	requireKept(t, s.plan)
}
