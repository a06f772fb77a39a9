package schedule_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Other dates that leave fewer sessions out come first, whatever they cost. Monday,
// Wednesday and Friday are wanted, two days apart, and Wednesday and Saturday are closed:
// Monday, Thursday and Sunday are planned (0+1+4). On Friday the second leaves the others
// where they are (0+4+4), on Tuesday it leaves out the first and lets the third have its
// Friday (1+0), on Monday too (4+0), and on Sunday it leaves out the third (0+16).
func TestAlternativesThatLeaveOutComeLast(t *testing.T) {
	open := func(d date.Date) ([]clinic.Hours, string) {
		if d.Weekday() == time.Wednesday || d.Weekday() == time.Saturday {
			return nil, "closed"
		}
		return []clinic.Hours{clinic.MustHours("08:00-17:00")}, ""
	}
	r := request(bare(t, "3/wk x1", 2), openingFunc(open), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r)
	require.Equal(t, "Mon 2025-01-06, Thu 2025-01-09, Sun 2025-01-12", s.calendar())
	list, err := s.plan.Alternatives(s.id(2))
	require.NoError(t, err)
	var got []string
	for _, a := range list {
		got = append(got, strings.TrimSpace(a.Date.Weekday().String()[:3]+strings.Repeat(" left", a.LeftOut)))
	}
	assert.Equal(t, []string{"Fri", "Tue left", "Mon left", "Sun left"}, got)
	assert.Equal(t, []int{8, 1, 4, 16}, []int{list[0].Total, list[1].Total, list[2].Total, list[3].Total})
}

// A visit beside the sessions that is put on a day about which the opening answers
// nonsense has the event refused, and the plan is as it was.
func TestVisitThatAsksAnOpeningOfNonsense(t *testing.T) {
	nine := clinic.MustHours("09:00-10:00").From
	open := weekdaysOnly(t)
	opening := openingFunc(func(d date.Date) ([]clinic.Hours, string) {
		if d >= day("2026-04-24") {
			return []clinic.Hours{{From: nine, To: nine}}, ""
		}
		return open.Open(d)
	})
	s := living(t, request(compiled(t, visitSpec()), opening, "2026-03-02"))
	before := string(schedule.FormatPlan(s.plan))
	// The last session goes to 03-30, and the second call to two days before and three after 04-27.
	_, err := s.try("2026-03-02", schedule.Shifted{Session: s.id(6), Weeks: 1})
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "plan", refused.Field)
	assert.Regexp(t, `^Opening 2026-04-\d\d "09:00-09:00": want a closing time that is not the opening time$`, refused.Want)
	assert.Equal(t, before, string(schedule.FormatPlan(s.plan)))
}

// A session that was added on a day that the rules refuse lasts as long as its visit, on the
// night on which the clocks go forward too: Sunday 2025-03-30 in Berlin, when the clinic is
// closed.
func TestAddedOnTheDayOfAClockChange(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	spec := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1, Visit: protocol.Visit{Administration: time.Hour}}}}
	open := func(d date.Date) ([]clinic.Hours, string) {
		if d.Weekday() == time.Sunday {
			return nil, "closed"
		}
		return []clinic.Hours{clinic.MustHours("08:00-17:00")}, ""
	}
	r := request(compiled(t, spec), openingFunc(open), "2025-03-24")
	r.Zone, r.AsOf = zone, time.Date(2025, 3, 24, 0, 0, 0, 0, zone)
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	s := (&story{t: t, plan: plan}).give(1)
	s.on("2025-03-31", schedule.Added{Date: day("2025-03-30"), Start: clock(t, "08:00")})
	added := sessionAt(s.plan, 2)
	assert.Equal(t, "2025-03-30 08:00-09:00", added.Date().String()+" "+added.Start().String()+"-"+added.End().String())
	requireKept(t, s.plan)
}

// A session of today that the gaps refuse is a fact while its visit can still begin: of an
// hour, in a clinic that closes at 17:00, up to 16:00.
func TestAddedWhileThereIsTimeLeft(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2, Visit: protocol.Visit{Administration: time.Hour}}}}
	for _, tt := range []struct {
		asOf string
		ok   bool
	}{{"2025-01-07 15:00", true}, {"2025-01-07 16:00", true}, {"2025-01-07 16:01", false}} {
		s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).give(1)
		err := s.as(tt.asOf, schedule.Added{Date: day("2025-01-07")})
		if tt.ok {
			require.NoError(t, err, tt.asOf)
			assert.Equal(t, "Mon 2025-01-06 given, Tue 2025-01-07, Mon 2025-01-13", s.calendar())
		} else {
			require.ErrorIs(t, err, schedule.ErrNoDay, tt.asOf)
			assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13", s.calendar())
		}
	}
}

// After a stop another version goes on with the first session that the stop cancelled, on
// the day that it had: a week later than the cadence has it, since it was shifted.
func TestAdoptedAfterAStopGoesOnWhereItWasStopped(t *testing.T) {
	spec := protocol.Spec{ID: "weekly", Version: "1", Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 2}}}
	next := spec.Clone()
	next.Version, next.Phases[0].Cadence = "2", protocol.MustCadence("1/wk x5")
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).give(1)
	s.on("2025-01-07", schedule.Shifted{Session: s.id(2), Weeks: 1})
	s.on("2025-01-08", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient, Rest: true})
	s.on("2025-01-09", schedule.Adopted{Protocol: compiled(t, next), Who: "attending", Reason: "goes on after all"})
	assert.Equal(t, "Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10", toComeOf(s))
	requireKept(t, s.plan)
}

// toComeOf lists the days of the sessions that are planned.
func toComeOf(s *story) string {
	var list []string
	for text := range strings.SplitSeq(s.calendar(), ", ") {
		if len(text) == len("Mon 2025-01-06") {
			list = append(list, text)
		}
	}
	return strings.Join(list, ", ")
}

// With one session to come that was only added, a version goes on after what was given,
// and the session stays what it is.
func TestAdoptedWithOneAddedSessionToCome(t *testing.T) {
	spec := protocol.Spec{ID: "weekly", Version: "1", Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2}}}
	next := spec.Clone()
	next.Version, next.Phases[0].Cadence = "2", protocol.MustCadence("1/wk x4")
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).give(3)
	s.on("2025-01-20", schedule.Added{Date: day("2025-02-07")})
	s.on("2025-01-20", schedule.Adopted{Protocol: compiled(t, next), Who: "attending"})
	assert.Equal(t, "Mon 2025-01-27, Fri 2025-02-07", toComeOf(s), "the fourth of four, and the one that was added")
	requireKept(t, s.plan)
}

// A version of a course as needed holds though no session is to come.
func TestAdoptedAsNeeded(t *testing.T) {
	spec := protocol.Spec{ID: "needed", Version: "1", Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x1 then as needed"), MinGap: 2}}}
	next := spec.Clone()
	next.Version, next.Phases[0].MinGap = "2", 3
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).give(1)
	s.on("2025-01-07", schedule.Adopted{Protocol: compiled(t, next), Who: "attending"})
	assert.Equal(t, "2", s.plan.Protocol().Version())
	assert.Equal(t, schedule.Active, s.plan.Standing())
	assert.Equal(t, "Mon 2025-01-06 given", s.calendar())
	requireKept(t, s.plan)
}

// The only session of a plan is made up for like any other.
func TestAppendedToTheOnlySession(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x1", 2), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-07", schedule.Missed{Session: s.id(1)}).on("2025-01-07", schedule.Appended{Session: s.id(1)})
	assert.Equal(t, "Mon 2025-01-06 missed, Mon 2025-01-13", s.calendar())
}

// What a course begun again has again is made up for by that, also where it was cancelled
// before: 01-20 was missed, 02-03 cancelled.
func TestRestartedMakesUpForWhatWasCancelled(t *testing.T) {
	s := taperStory(t).give(5)
	last := s.id(8)
	s.on("2025-01-17", schedule.Cancelled{Session: last, By: schedule.ByPatient})
	s.on("2025-01-20", schedule.Missed{Session: s.id(6)})
	sixth := s.id(6)
	s.on("2025-01-21", schedule.Restarted{Session: sixth, Date: day("2025-01-22")})
	for _, id := range []schedule.ID{last, sixth} {
		_, err := s.try("2025-01-21", schedule.Appended{Session: id})
		require.ErrorIs(t, err, schedule.ErrSettled)
		require.ErrorContains(t, err, "want a session that no other makes up for yet")
	}
	// A session of the new course that is cancelled is made up for by nothing yet.
	planned := s.plan.Len()
	s.on("2025-01-21", schedule.Cancelled{Session: s.id(planned), By: schedule.ByPatient})
	s.on("2025-01-21", schedule.Appended{Session: s.id(planned)})
	requireKept(t, s.plan)
}

// The JSON of a shift names a session, or several.
func TestShiftedJSONWithoutASession(t *testing.T) {
	s := taperStory(t)
	b, err := json.Marshal(schedule.Event{ID: "e1", What: schedule.Shifted{Session: s.id(2), Weeks: 1}})
	require.NoError(t, err)
	var e schedule.Event
	require.NoError(t, json.Unmarshal(b, &e))
	without := strings.Replace(string(b), `"session":"`+s.id(2).String()+`",`, "", 1)
	require.NotEqual(t, string(b), without)
	err = json.Unmarshal([]byte(without), &e)
	require.ErrorContains(t, err, "session")
}

// A session is planned while a day of its window is left, the last among them: that of
// Mon 01-20 up to Thu 01-23.
func TestExtendedOnTheLastDayOfAWindow(t *testing.T) {
	for asOf, want := range map[string]string{
		"2025-01-23": "Mon 2025-01-06 given, Mon 2025-01-13 given, Thu 2025-01-23, Mon 2025-01-27",
		"2025-01-24": "Mon 2025-01-06 given, Mon 2025-01-13 given, Mon 2025-01-27",
	} {
		s := endless(t, "2025-01-13", "every 1w").give(2)
		s.on(asOf, schedule.Extended{Until: day("2025-01-27")})
		assert.Equal(t, want, s.calendar())
	}
}

// What a later horizon adds comes after every session that there is, also one that was
// moved past the days of those that come next: the third from 01-20 to Wed 02-05, so that
// the fifth, of Mon 02-03, is on Thu 02-06, the last day of its window. The window of the
// fourth is past.
func TestExtendedAfterASessionThatWasMovedLate(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("every 1w"), MinGap: 1}}}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Until = day("2025-01-20")
	s := living(t, r).give(2)
	s.on("2025-01-15", schedule.Moved{Session: s.id(3), Date: day("2025-02-05"), Reason: "asked for", Who: "attending"})
	s.on("2025-01-31", schedule.Extended{Until: day("2025-02-03")})
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 given, Wed 2025-02-05, Thu 2025-02-06", s.calendar())
}

// Sessions are computed by the day on which they were given, whatever their order: the
// second of two was given before the first, and a dose in 5 days may be no more than 100 mg.
func TestSumsOfSessionsGivenOutOfOrder(t *testing.T) {
	p := phase("1/wk x3", "40 mg, hard max 100 mg")
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06"))
	first, second := s.id(1), s.id(2)
	s.on("2025-01-16", schedule.Given{Session: first, Date: day("2025-01-15"), Dose: dose.MustMass("40 mg")})
	s.on("2025-01-16", schedule.Given{Session: second, Date: day("2025-01-14"), Dose: dose.MustMass("40 mg")})
	assert.Equal(t, []schedule.ID{second, first}, []schedule.ID{s.id(1), s.id(2)}, "in the order of their days")
	requireKept(t, s.plan)
}

// Where no session is to come, another version goes on after the number that was reached in
// its phase, whatever else has taken place and however many sessions the phases before have.
func TestAdoptedAfterTheLastSession(t *testing.T) {
	for _, tt := range []struct {
		name                string
		often, weekly       string
		run                 func(s *story)
		oftenNow, weeklyNow string
		want                string
	}{
		{"as many before", "2/wk x1", "1/wk x2", nil, "2/wk x1", "1/wk x3", "weekly 3"},
		{"more before", "2/wk x1", "1/wk x2", nil, "2/wk x3", "1/wk x3", "weekly 3"},
		{"fewer before", "2/wk x2", "1/wk x2", nil, "2/wk x1", "1/wk x4", "weekly 3, weekly 4"},
		{"no more", "2/wk x2", "1/wk x2", nil, "2/wk x3", "1/wk x2", ""},
		{"two at the earlier frequency in place of two", "2/wk x1", "1/wk x4", func(s *story) {
			s.on("2025-01-10", schedule.SteppedBack{Session: s.id(3), To: "often", Sessions: 2, Reason: "worse"})
		}, "2/wk x1", "1/wk x6", "weekly 5, weekly 6"},
		{"the phase begun again", "2/wk x1", "1/wk x2", func(s *story) {
			s.give(3).on("2025-01-21", schedule.Missed{Session: s.id(4)}).on("2025-01-21", schedule.Restarted{Session: s.id(4), Date: day("2025-01-22")})
		}, "2/wk x1", "1/wk x4", "weekly 3, weekly 4"},
		{"one made up for after the last", "2/wk x1", "1/wk x2", func(s *story) {
			s.on("2025-01-14", schedule.Missed{Session: s.id(3)}).on("2025-01-14", schedule.Appended{Session: s.id(3)})
			s.give(4).on("2025-01-28", schedule.Missed{Session: s.id(5)}).on("2025-01-28", schedule.Appended{Session: s.id(5)})
		}, "2/wk x1", "1/wk x3", "weekly 3"},
		{"the last but one made up for after the last", "2/wk x1", "1/wk x3", func(s *story) {
			s.on("2025-01-14", schedule.Given{Session: s.id(3), Date: day("2025-01-13")}).on("2025-01-20", schedule.Missed{Session: s.id(4)})
			s.on("2025-01-22", schedule.Given{Session: s.id(5), Date: day("2025-01-22")})
			s.on("2025-01-22", schedule.Added{Date: day("2025-01-23"), For: s.id(4)})
		}, "2/wk x1", "1/wk x5", "weekly 4, weekly 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			of := func(version, often, weekly string) *protocol.Protocol {
				return compiled(t, protocol.Spec{ID: "two", Version: version, Phases: []protocol.Phase{
					{Name: "often", Cadence: protocol.MustCadence(often), MinGap: 1}, {Name: "weekly", Cadence: protocol.MustCadence(weekly), MinGap: 1},
				}})
			}
			s := living(t, request(of("1", tt.often, tt.weekly), weekdaysOnly(t), "2025-01-06")).give(2)
			if tt.run != nil {
				tt.run(s)
			}
			s.give(20)
			require.Equal(t, schedule.Completed, s.plan.Standing())
			s.on("2025-03-10", schedule.Adopted{Protocol: of("2", tt.oftenNow, tt.weeklyNow), Who: "attending"})
			var coming []string
			for _, session := range s.plan.All() {
				if session.State() == schedule.StatePlanned {
					coming = append(coming, session.Phase()+" "+strconv.Itoa(session.Number()))
				}
			}
			assert.Equal(t, tt.want, strings.Join(coming, ", "))
			requireKept(t, s.plan)
		})
	}
}
