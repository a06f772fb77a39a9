package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// After a stop another version takes the place of what was cancelled of the cadence, and of
// nothing else: a session that had been added, and was cancelled, still counts among all. Of
// the version there are four, one of which was given.
func TestAdoptedAfterAStopCountsWhatWasAdded(t *testing.T) {
	r := request(version(t, bare(t, "1/wk x3", 1), "1"), weekdaysOnly(t), "2025-01-06")
	s := living(t, r).give(1)
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-16")}) // between the second and the third
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinical, Rest: true})
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 cancelled, Thu 2025-01-16 cancelled, Mon 2025-01-20 cancelled", s.calendar())
	s.on("2025-01-06", schedule.Adopted{Protocol: version(t, bare(t, "1/wk x4", 1), "2"), Reason: "begins again", Who: "attending"})
	assert.Equal(t, 4+1, s.plan.On(day("2025-01-06")).Of, "%s", s.calendar())
	requireKept(t, s.plan)
}

// A version needs no phase for a session that was only added, nor for a phase that plans
// nothing. It needs one for sessions that were cancelled one by one. Phase a is 03-02 and
// 03-05, b 03-12 and 03-19, c every two weeks after that.
func TestPhasesThatAVersionNeeds(t *testing.T) {
	unplanned := func(s *protocol.Spec) {
		s.Phases = append(s.Phases, protocol.Phase{Name: "booster", MinGap: 1})
	}
	for _, tt := range []struct {
		name string
		next []string
		run  func(s *story)
		want string // of the refusal, "" where it is adopted
	}{
		{"an added one to come in a phase that is over", []string{"x", "b", "c"}, func(s *story) {
			s.give(2).on("2026-03-05", schedule.Added{Date: day("2026-03-13"), Phase: "a"})
		}, ""},
		{"a phase that plans nothing", []string{"a", "b", "c"}, func(s *story) { s.give(2) }, ""},
		{"a phase whose last session was cancelled, after one of the next", []string{"x", "b", "c"}, func(s *story) {
			s.give(1).on("2026-03-02", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
			s.on("2026-03-02", schedule.Moved{Session: s.id(3), Date: day("2026-03-04"), Reason: "travels", Who: "dr-1"})
		}, ""},
		{"a phase of which all was cancelled", []string{"a", "y", "c"}, func(s *story) {
			s.give(1)
			for _, n := range []int{3, 4} {
				s.on("2026-03-05", schedule.Cancelled{Session: s.id(n), By: schedule.ByPatient})
			}
		}, `Phases "b": want each phase still to come in three 2, or which of its phases goes on with it: "a", "y", "c"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			spec := three(t, "1", "a", "b", "c").Spec()
			unplanned(&spec)
			s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
			tt.run(s)
			_, err := s.try("2026-03-05", schedule.Adopted{Protocol: three(t, "2", tt.next...), Who: "dr-1"})
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, schedule.ErrEvent)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// A session that is made up for at the end counts as one of the cadence for another version:
// the first of three was missed, all others were given, and two of five are to come.
func TestAdoptedCountsWhatMakesUp(t *testing.T) {
	s := living(t, request(version(t, bare(t, "1/wk x3", 1), "1"), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.Appended{Session: s.id(1)})
	s.give(4)
	require.Equal(t, "Mon 2025-01-06 missed, Mon 2025-01-13 given, Mon 2025-01-20 given, Mon 2025-01-27 given", s.calendar())
	renamed := version(t, bare(t, "1/wk x5", 1), "2").Spec()
	renamed.Phases[0].Name = "weekly" // so that the number in the phase says nothing
	s.on("2025-01-27", schedule.Adopted{Protocol: compiled(t, renamed), Who: "attending"})
	assert.Equal(t, "Mon 2025-01-06 missed, Mon 2025-01-13 given, Mon 2025-01-20 given, Mon 2025-01-27 given, Mon 2025-02-03, Mon 2025-02-10", s.calendar())
	assert.Equal(t, []int{4, 5}, []int{sessionAt(s.plan, 5).Number(), sessionAt(s.plan, 6).Number()})
	requireKept(t, s.plan)
}

// A follow-up whose window another version changes is placed again, though its target and the
// end of its window stay: its target was closed when the plan was built.
func TestAdoptedWindowOfAFollowUp(t *testing.T) {
	spec := func(version string, before int) protocol.Spec {
		s := visitSpec()
		s.ID, s.Version = "visits", version
		s.FollowUps[0].Window.Before = before
		return s
	}
	s := living(t, request(compiled(t, spec("1", 2)), weekdaysOnly(t, "2026-03-30"), "2026-03-02"))
	require.Equal(t, "2026-03-31", s.call(7).Date.String(), "the day after its target")
	s.on("2026-03-02", schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2026-03-30"), Hours: []clinic.Hours{clinic.MustHours("08:00-17:00")}}}})
	require.Equal(t, "2026-03-31", s.call(7).Date.String(), "it stays")
	s.on("2026-03-02", schedule.Adopted{Protocol: compiled(t, spec("2", 1)), Who: "attending"})
	assert.Equal(t, "2026-03-30", s.call(7).Date.String())
	requireKept(t, s.plan)
}

// After a stop another version goes on with the first session of the cadence that the stop
// cancelled, not with one that had been added before it.
func TestAdoptedAfterAStopGoesOnWithTheCadence(t *testing.T) {
	s := living(t, request(version(t, bare(t, "1/wk x3", 1), "1"), weekdaysOnly(t), "2025-01-06")).give(1)
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")})
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinical, Rest: true})
	s.on("2025-01-06", schedule.Adopted{Protocol: version(t, bare(t, "1/wk x4", 1), "2"), Reason: "begins again", Who: "attending"})
	var to []string
	for _, session := range s.plan.All() {
		if session.State() == schedule.StatePlanned {
			to = append(to, session.Date().String())
		}
	}
	assert.Equal(t, []string{"2025-01-13", "2025-01-20", "2025-01-27"}, to, "%s", s.calendar())
}

// A monitoring that another version begins to ask for was missed by nobody before that, and
// one that it does not ask for any more is cancelled while its day has not passed: a visit
// without a time is not over at noon.
func TestAdoptedMonitoring(t *testing.T) {
	spec := func(version string, has bool) protocol.Spec {
		s := bloodsSpec()
		s.ID, s.Version = "bloods", version
		s.Monitoring = s.Monitoring[1:] // at home, without a time
		if !has {
			s.Monitoring = nil
		}
		return s
	}
	plan := func(has bool) *story {
		return living(t, request(compiled(t, spec("1", has)), weekdaysOnly(t), "2026-03-02")).give(6)
	}
	s := plan(true)
	require.Equal(t, "03-16 planned 1\n03-30 planned 1\n04-13 planned 1\n04-27 planned 1\n05-11 planned 1\n", monitoringText(s.plan, "scale"))
	s.on("2026-03-30", schedule.Adopted{Protocol: compiled(t, spec("2", false)), Who: "attending"})
	require.Equal(t, "03-16 planned 1\n03-30 cancelled 2\n04-13 cancelled 2\n04-27 cancelled 2\n05-11 cancelled 2\n", monitoringText(s.plan, "scale"))
	requireKept(t, s.plan)

	s = plan(false)
	s.on("2026-03-31", schedule.Adopted{Protocol: compiled(t, spec("2", true)), Who: "attending"})
	require.Equal(t, "03-31 planned\n04-13 planned\n04-27 planned\n05-11 planned\n", monitoringText(s.plan, "scale"))
	requireKept(t, s.plan)
}

// A treatment that has come to be as needed is still in that phase: another version has it.
func TestAdoptedAsNeededByName(t *testing.T) {
	named := func(version, name string) *protocol.Protocol {
		return compiled(t, protocol.Spec{ID: "needed", Version: version, Phases: []protocol.Phase{{Name: name, Cadence: protocol.MustCadence("1/wk x1 then as needed"), MinGap: 1}}})
	}
	s := living(t, request(named("1", "boosters"), weekdaysOnly(t), "2025-01-06")).give(1)
	_, err := s.try("2025-01-06", schedule.Adopted{Protocol: named("2", "others"), Who: "attending"})
	require.ErrorContains(t, err, `Phases "boosters": want each phase still to come in needed 2`)
	_, err = s.try("2025-01-06", schedule.Adopted{Protocol: named("2", "boosters"), Who: "attending"})
	require.NoError(t, err)
}

// After a stop another version goes on after everything that became of a session, also where
// one before that was cancelled by itself; where nothing became of any, from the first.
func TestAdoptedAfterAStopGoesOnAfterWhatWas(t *testing.T) {
	next := schedule.Adopted{Protocol: version(t, bare(t, "1/wk x4", 2), "2"), Reason: "begins again", Who: "attending"}
	planned := func(s *story) (list []string) {
		for _, session := range s.plan.All() {
			if session.State() == schedule.StatePlanned {
				list = append(list, session.Target().String())
			}
		}
		return list
	}
	begun := func() *story {
		return living(t, request(version(t, bare(t, "1/wk x4", 1), "1"), weekdaysOnly(t), "2025-01-06"))
	}
	for name, second := range map[string]func(*story) schedule.Happening{
		"given":  func(s *story) schedule.Happening { return schedule.Given{Session: s.id(2), Date: day("2025-01-13")} },
		"missed": func(s *story) schedule.Happening { return schedule.Missed{Session: s.id(2)} },
	} {
		s := begun()
		s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient})
		s.on("2025-01-13", second(s)).on("2025-01-13", schedule.Cancelled{Session: s.id(3), By: schedule.ByClinical, Rest: true})
		s.on("2025-01-13", next)
		assert.Equal(t, []string{"2025-01-20", "2025-01-27"}, planned(s), name)
	}

	s := begun()
	s.on("2025-01-06", schedule.Moved{Session: s.id(1), Date: day("2025-01-08")}).on("2025-01-06", schedule.Added{Date: day("2025-01-07")})
	require.True(t, sessionAt(s.plan, 1).Extra())
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByClinical, Rest: true})
	s.on("2025-01-06", next)
	assert.Equal(t, []string{"2025-01-06", "2025-01-13", "2025-01-20", "2025-01-27"}, planned(s))
}

// Of a cadence that ends as needed a version needs every phase from the one to come on, also
// one whose sessions were cancelled one by one.
func TestAdoptedBeforeAsNeeded(t *testing.T) {
	named := func(version string, names ...string) *protocol.Protocol {
		spec := protocol.Spec{ID: "needed", Version: version}
		for i, cadence := range []string{"1/wk x2", "1/wk x1", "1/wk x1 then as needed"} {
			spec.Phases = append(spec.Phases, protocol.Phase{Name: names[i], Cadence: protocol.MustCadence(cadence), MinGap: 1})
		}
		return compiled(t, spec)
	}
	s := living(t, request(named("1", "a", "b", "c"), weekdaysOnly(t), "2025-01-06")).give(1)
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient})
	_, err := s.try("2025-01-06", schedule.Adopted{Protocol: named("2", "a", "y", "c"), Who: "attending"})
	require.ErrorContains(t, err, `Phases "b": want each phase still to come in needed 2`)
}
