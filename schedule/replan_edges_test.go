package schedule_test

import (
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A version that is adopted takes up the sessions by their numbers in their phases, and what
// was added stays what it is, also before the session whose number it repeats: the second
// version has three sessions every other week where the first had two every week.
func TestAdoptedBesideWhatWasAdded(t *testing.T) {
	spec := protocol.Spec{ID: "course", Version: "1", Phases: []protocol.Phase{
		{Name: "first", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2}, {Name: "second", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2},
	}}
	s := living(t, request(compiled(t, spec), everyDay(t), "2025-01-06")).give(1)
	ids := planIDs(s.plan)
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-15"), Phase: "first"})
	added := s.id(3)
	spec.Version, spec.Phases[0].Cadence = "2", protocol.MustCadence("every 2w x3")
	s.on("2025-01-06", schedule.Adopted{Protocol: compiled(t, spec), Who: "attending"})
	type key struct {
		phase  string
		number int
		extra  bool
	}
	now := map[key]schedule.ID{}
	for _, session := range s.plan.All() {
		now[key{session.Phase(), session.Number(), session.Extra()}] = session.ID()
	}
	assert.Equal(t, ids[1], now[key{"first", 2, false}])
	assert.Equal(t, ids[2], now[key{"second", 1, false}])
	assert.Equal(t, ids[3], now[key{"second", 2, false}])
	assert.NotContains(t, append(ids, added), now[key{"first", 3, false}], "a session that there was not before")
	session, known := s.plan.Session(added)
	require.True(t, known)
	assert.True(t, session.Extra())
	assert.Equal(t, day("2025-01-15"), session.Date())
	assert.Equal(t, 6, s.plan.Len())
	requireKept(t, s.plan)
}

// A version that asks for nothing more than took place plans nothing.
func TestAdoptedAfterTheLast(t *testing.T) {
	s := gatedStory(t).give(4)
	s.on("2025-01-16", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"}).give(7)
	before := s.calendar()
	s.on("2025-02-06", schedule.Adopted{Protocol: gated(t, "2"), Who: "attending"})
	assert.Equal(t, before, s.calendar())
	assert.Equal(t, "2", s.plan.Protocol().Version())
	requireKept(t, s.plan)
}

// What was given long before its day would draw those after it before the plan's start.
func TestReanchoredBeforeTheStart(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2024-12-02")})
	_, err := s.try("2025-01-06", schedule.Reanchored{Session: s.id(1)})
	require.ErrorIs(t, err, schedule.ErrNoDay)
	assert.EqualError(t, err, `event "e2" (reanchored): plan "2024-12-09": want no target whose window would end before the plan's start, 2025-01-06`)
}

// A session that is new has the number that it would have: after all that stay, those that
// were missed too.
func TestNumberOfANewSessionWithoutADay(t *testing.T) {
	s := endlessStory(t).give(1)
	s.on("2025-01-13", schedule.Missed{Session: s.id(2)}).on("2025-01-13", schedule.ClinicClosed{From: day("2025-02-05"), To: day("2025-03-10"), Reason: "flood"})
	_, err := s.try("2025-01-13", schedule.Extended{Until: day("2025-02-10")})
	require.ErrorIs(t, err, schedule.ErrNoDay)
	assert.ErrorContains(t, err, `event "e4" (extended): plan: session 6 (all) has no possible day from Fri 2025-02-07 to Thu 2025-02-13: `)
}

// A session goes back to the day that it had only where it could be planned there now: open
// at its time and long enough, with the gaps kept, and not past. It was moved from Mon
// 2025-01-13, 08:00 to 10:40.
func TestSessionGoesBackWhereItCan(t *testing.T) {
	hours := func(text string) schedule.Happening {
		return schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2025-01-13"), Hours: []clinic.Hours{clinic.MustHours(text)}}}}
	}
	for _, tt := range []struct {
		name string
		asOf string // of the correction
		what schedule.Happening
		back bool
	}{
		{"nothing else changed", "2025-01-06 12:00", nil, true},
		{"just long enough", "2025-01-06 12:00", hours("08:00-10:40"), true},
		{"not long enough", "2025-01-06 12:00", hours("08:00-10:39"), false},
		{"open later", "2025-01-06 12:00", hours("08:15-17:00"), false},
		{"two days from another", "2025-01-06 12:00", schedule.Added{Date: day("2025-01-11")}, true},
		{"one day from another", "2025-01-06 12:00", schedule.Added{Date: day("2025-01-12")}, false},
		{"two days before another", "2025-01-06 12:00", schedule.Added{Date: day("2025-01-17")}, true},
		{"nothing given a day from it", "2025-01-12 12:00", schedule.Given{Date: day("2025-01-12"), Nothing: true}, true},
		{"given a day from it", "2025-01-12 12:00", schedule.Given{Date: day("2025-01-12")}, false},
		{"at its time", "2025-01-13 08:00", nil, true},
		{"after its time", "2025-01-13 08:01", nil, false},
		{"on the next day", "2025-01-14 07:00", nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(withDose(t, "1/wk x2", 2, "40 mg"), everyDay(t), "2025-01-06")).give(1)
			second := s.id(2)
			require.Equal(t, "08:00", sessionAt(s.plan, 2).Start().String())
			require.NoError(t, s.as("2025-01-06 12:00", schedule.Moved{Session: second, Date: day("2025-01-15")})) // e2
			if tt.what != nil {
				require.NoError(t, s.as(tt.asOf, tt.what))
			}
			require.NoError(t, s.as(tt.asOf, corrected("e2", nil)))
			now, _ := s.plan.Session(second)
			if want := day("2025-01-15"); tt.back {
				assert.Equal(t, day("2025-01-13"), now.Date())
				assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
			} else {
				assert.Equal(t, want, now.Date())
				assert.Len(t, hasCode(s.plan, schedule.NotRestored), 1)
			}
			requireKept(t, s.plan)
		})
	}
}

// So does a visit: the talk of the first session was moved from Tue 2026-03-03, 08:00 to
// 09:00, in a window from there to 03-05.
func TestVisitGoesBackWhereItCan(t *testing.T) {
	hours := func(text string) schedule.Happening {
		return schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2026-03-03"), Hours: []clinic.Hours{clinic.MustHours(text)}}}}
	}
	for _, tt := range []struct {
		name, to string // where it was moved to
		asOf     string // of the correction
		what     func(*story) schedule.Happening
		back     bool
	}{
		{"nothing else changed", "2026-03-05", "2026-03-02 12:00", nil, true},
		{"just long enough", "2026-03-05", "2026-03-02 12:00", func(*story) schedule.Happening { return hours("08:00-09:00") }, true},
		{"not long enough", "2026-03-05", "2026-03-02 12:00", func(*story) schedule.Happening { return hours("08:00-08:59") }, false},
		{"open later", "2026-03-05", "2026-03-02 12:00", func(*story) schedule.Happening { return hours("08:15-17:00") }, false},
		{"the patient is away", "2026-03-05", "2026-03-02 12:00", func(*story) schedule.Happening { return schedule.PatientAway{From: day("2026-03-03")} }, false},
		{"its window begins later", "2026-03-05", "2026-03-02 07:00", func(s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(1), Date: day("2026-03-03")}
		}, false},
		{"at its time", "2026-03-05", "2026-03-03 08:00", nil, true},
		{"after its time", "2026-03-05", "2026-03-03 08:01", nil, false},
		{"on the next day", "2026-03-05", "2026-03-04 07:00", nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := visitStory(t)
			talk := s.talk(1).ID
			require.NoError(t, s.as("2026-03-02 07:00", schedule.VisitMoved{Visit: talk, Date: day(tt.to)})) // e1
			if tt.what != nil {
				require.NoError(t, s.as(tt.asOf, tt.what(s)))
			}
			require.NoError(t, s.as(tt.asOf, corrected("e1", nil)))
			now, _ := s.plan.OtherVisit(talk)
			if tt.back {
				assert.Equal(t, "2026-03-03 08:00-09:00 planned, revision 2", visitText(now))
				assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
			} else {
				assert.Equal(t, day(tt.to), now.Date)
				assert.Len(t, hasCode(s.plan, schedule.NotRestored), 1)
			}
			requireKept(t, s.plan)
		})
	}
}

// A course begun again does not take up what was added: that is cancelled, though it has the
// number of its first session.
func TestRestartedBesideWhatWasAdded(t *testing.T) {
	s := mondays(t, "1/wk x3").give(1)
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")})
	added, second := s.id(2), s.id(3)
	s.on("2025-01-06", schedule.Restarted{Session: second, Date: day("2025-01-14")})
	session, _ := s.plan.Session(added)
	assert.Equal(t, "Thu 2025-01-09", session.Date().Weekday().String()[:3]+" "+session.Date().String())
	assert.True(t, session.Extra())
	for _, now := range s.plan.All() {
		if !now.Extra() && now.Number() == 1 && now.State() == schedule.StatePlanned {
			assert.Equal(t, day("2025-01-14"), now.Target())
			assert.NotEqual(t, added, now.ID())
		}
	}
	requireKept(t, s.plan)
}

// Why there is no day names the session that is too near by the number that it has, also
// behind one that was missed: seven days have to be between.
func TestNumberOfTheSessionInTheWay(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 7), allDay(), "2025-01-06"))
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-17", schedule.Given{Session: s.id(2), Date: day("2025-01-17")})
	_, err := s.try("2025-01-17", schedule.Shifted{Session: s.id(3)})
	require.ErrorIs(t, err, schedule.ErrNoDay)
	assert.ErrorContains(t, err, "session 3 (all) has no possible day from Fri 2025-01-17 to Thu 2025-01-23: ")
	assert.ErrorContains(t, err, "session 2")
	assert.NotContains(t, err.Error(), "session 1")
}

// nightFirst is a clinic that is open from 20:00 to 02:00 on 2025-01-06, and from 00:00 to
// 10:00 on other days.
type nightFirst struct{}

func (nightFirst) Open(d date.Date) ([]clinic.Hours, string) {
	if d == schedule.MustDate("2025-01-06") {
		return []clinic.Hours{clinic.MustHours("20:00-02:00")}, ""
	}
	return []clinic.Hours{clinic.MustHours("00:00-10:00")}, ""
}

// A session that is planned again begins after the one before it, also where that lasts past
// midnight: to 00:40.
func TestPlannedAgainAfterMidnight(t *testing.T) {
	s := living(t, request(withDose(t, "7/wk x1", 1, "40 mg"), nightFirst{}, "2025-01-06"))
	require.NoError(t, s.as("2025-01-06 00:00", schedule.Moved{Session: s.id(1), Date: day("2025-01-06"), Start: clock(t, "22:00")}))
	require.NoError(t, s.as("2025-01-06 00:00", schedule.Shifted{Session: s.id(2)}))
	assert.Equal(t, "00:45", sessionAt(s.plan, 2).Start().String())
	assert.Equal(t, "00:00", sessionAt(s.plan, 3).Start().String())
	requireKept(t, s.plan)
}
