package schedule_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// endless is a course without end from Mon 6 January, planned up to a day.
func endless(t *testing.T, until string, cadences ...string) *story {
	t.Helper()
	spec := protocol.Spec{}
	for i, cadence := range cadences {
		spec.Phases = append(spec.Phases, protocol.Phase{Name: string(rune('a' + i)), Cadence: protocol.MustCadence(cadence), MinGap: 2})
	}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Until = day(until)
	return living(t, r)
}

func (s *story) has(code schedule.Code) bool {
	for _, f := range schedule.Validate(s.plan) {
		if f.Code == code {
			return true
		}
	}
	return false
}

// A later horizon adds sessions in the rhythm that there is, an earlier one cancels
// those after it.
func TestExtended(t *testing.T) {
	for _, tt := range []struct {
		name, until, extended, on string
		cadences                  []string
		want                      string
	}{
		{"every two weeks", "2025-02-03", "2025-03-03", "2025-01-06", []string{"every 2w"}, "Mon 2025-01-06, Mon 2025-01-20, Mon 2025-02-03, Mon 2025-02-17, Mon 2025-03-03"},
		{"months from one day", "2025-02-28", "2025-04-30", "2025-01-06", []string{"1/wk x1", "every 1mo"}, "Mon 2025-01-06, Thu 2025-02-06, Thu 2025-03-06, Mon 2025-04-07"},
		{"two a week", "2025-01-14", "2025-01-21", "2025-01-06", []string{"2/wk"}, "Mon 2025-01-06, Thu 2025-01-09, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20"},
		{"two a week, not yet begun", "2025-01-08", "2025-01-20", "2025-01-06", []string{"1/wk x1", "2/wk"}, "Mon 2025-01-06, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20"},
		{"not yet begun", "2025-01-08", "2025-02-03", "2025-01-06", []string{"1/wk x2", "every 1w"}, "Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03"},
		{"the same day", "2025-01-20", "2025-01-20", "2025-01-06", []string{"every 2w"}, "Mon 2025-01-06, Mon 2025-01-20"},
		{"no target before it", "2025-01-20", "2025-02-02", "2025-01-06", []string{"every 2w"}, "Mon 2025-01-06, Mon 2025-01-20"},
		{"earlier", "2025-02-17", "2025-01-20", "2025-01-06", []string{"every 2w"}, "Mon 2025-01-06, Mon 2025-01-20, Mon 2025-02-03 cancelled, Mon 2025-02-17 cancelled"},
		{"earlier than what ends", "2025-02-03", "2025-01-06", "2025-01-06", []string{"1/wk x2", "every 1w"}, "Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20 cancelled, Mon 2025-01-27 cancelled, Mon 2025-02-03 cancelled"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := endless(t, tt.until, tt.cadences...)
			s.on(tt.on, schedule.Extended{Until: day(tt.extended), Reason: "goes on"})
			assert.Equal(t, tt.want, s.calendar())
			assert.Equal(t, day(tt.extended), s.plan.Until())
			for _, session := range s.plan.All() {
				if session.State() == schedule.StatePlanned && session.Revision() > 0 {
					t.Errorf("session %v moved", session)
				}
			}
		})
	}
}

// A week that took fewer than its count, since there was room for no more, is not filled
// up by a later horizon; a week that the horizon cut is.
func TestExtendedAfterShortWeek(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("2/wk"), MinGap: 2}}})
	r := request(p, weekdaysOnly(t), "2025-01-06")
	r.ShortWeek = schedule.Carry
	r.Opening = weekdaysOnly(t, "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17")
	r.Until = day("2025-01-19")
	s := living(t, r)
	assert.Equal(t, "Mon 2025-01-06, Thu 2025-01-09, Mon 2025-01-13", s.calendar())
	s.on("2025-01-06", schedule.Extended{Until: day("2025-01-22")})
	assert.Equal(t, "Mon 2025-01-06, Thu 2025-01-09, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	s.on("2025-01-06", schedule.Extended{Until: day("2025-01-27")})
	assert.Equal(t, "Mon 2025-01-06, Thu 2025-01-09, Mon 2025-01-13, Mon 2025-01-20, Thu 2025-01-23, Mon 2025-01-27", s.calendar())
}

// What an earlier horizon cancelled stays so when it is later again: others come, with
// numbers that go on and ids of their own.
func TestExtendedBackAndForth(t *testing.T) {
	s := endless(t, "2025-02-17", "every 2w")
	s.on("2025-01-06", schedule.Extended{Until: day("2025-01-20")}).on("2025-01-06", schedule.Extended{Until: day("2025-02-05")})
	assert.Equal(t, "Mon 2025-01-06, Mon 2025-01-20, Mon 2025-02-03 cancelled, Mon 2025-02-03, Mon 2025-02-17 cancelled", s.calendar())
	again := sessionAt(s.plan, 4)
	assert.Equal(t, 3, again.Number())
	assert.NotEqual(t, sessionAt(s.plan, 3).ID(), again.ID())
}

// Sessions whose whole window is past are not planned any more, and none comes before
// what was given or closer than the minimum gap.
func TestExtendedLate(t *testing.T) {
	s := endless(t, "2025-01-13", "every 1w").give(2)
	assert.Equal(t, schedule.RunOut, s.plan.Standing())
	s.on("2025-03-05", schedule.Extended{Until: day("2025-03-20")})
	// Targets are Mondays, three days either side: that of 3 March can be on Wednesday.
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 given, Wed 2025-03-05, Mon 2025-03-10, Mon 2025-03-17", s.calendar())
	assert.Equal(t, schedule.Active, s.plan.Standing())
}

// What is added to a treatment on hold is held with the rest.
func TestExtendedOnHold(t *testing.T) {
	s := endless(t, "2025-01-20", "every 1w").give(1)
	s.on("2025-01-07", schedule.Held{Session: s.id(2)}).on("2025-01-07", schedule.Extended{Until: day("2025-01-27")})
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 held, Mon 2025-01-20 held, Mon 2025-01-27 held", s.calendar())
	assert.Equal(t, schedule.OnHold, s.plan.Standing())
	s.on("2025-01-08", schedule.Resumed{})
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27", s.calendar())
}

func TestExtendedRefused(t *testing.T) {
	s := endless(t, "2025-01-20", "every 1w").give(2)
	for _, tt := range []struct{ until, want string }{
		{"2025-01-05", "want a day that is not before the plan's start, 2025-01-06"},
		{"2025-01-12", "want a day that is not before the last dose, 2025-01-13"},
	} {
		_, err := s.try("2025-01-14", schedule.Extended{Until: day(tt.until)})
		require.ErrorContains(t, err, tt.want)
	}
	_, err := s.try("2025-01-14", schedule.Extended{})
	require.ErrorContains(t, err, "Until: want a date")
	_, err = taperStory(t).try("2025-01-06", schedule.Extended{Until: day("2025-06-01")})
	require.ErrorContains(t, err, "want a cadence without end: 3-2-1-1-1 ends by itself")
	daily := request(bare(t, "every 1d", 1), everyDay(t), "2025-01-06")
	daily.Until = day("2025-01-20")
	_, err = living(t, daily).try("2025-01-06", schedule.Extended{Until: day("2180-01-01")})
	require.ErrorContains(t, err, "20000")
}

// A hold takes no session from the end of a course without end: the horizon moves with
// the first session that is planned again.
func TestHorizonMoves(t *testing.T) {
	for _, tt := range []struct {
		name  string
		what  func(s *story) schedule.Happening
		until string
		count int // sessions to come
	}{
		{"shifted by five weeks", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(3), Weeks: 5} }, "2025-04-07", 7},
		{"shifted by none", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(3)} }, "2025-03-03", 7},
		{"counted again", func(s *story) schedule.Happening {
			return schedule.Reanchored{Session: s.id(3), Date: day("2025-01-23")}
		}, "2025-03-06", 7},
		{"counted again from an earlier day", func(s *story) schedule.Happening {
			return schedule.Reanchored{Session: s.id(3), Date: day("2025-01-16")}
		}, "2025-03-03", 7},
		{"begun again", func(s *story) schedule.Happening {
			return schedule.Restarted{Session: s.id(3), Date: day("2025-01-20"), Phase: "a"}
		}, "2025-03-17", 9},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := endless(t, "2025-03-03", "1/wk x2", "every 1w").give(2)
			s.on("2025-01-14", schedule.Held{Session: s.id(3)})
			s.on("2025-01-15", tt.what(s))
			assert.Equal(t, day(tt.until), s.plan.Until())
			coming := 0
			for _, session := range s.plan.All() {
				if session.State() == schedule.StatePlanned {
					coming++
				}
			}
			assert.Equal(t, tt.count, coming, s.calendar())
		})
	}
}

// One session to come, or none, is worth a finding while a course without end goes on.
func TestHorizonNear(t *testing.T) {
	s := endless(t, "2025-01-27", "every 1w")
	assert.False(t, s.has(schedule.HorizonNear))
	s.give(2)
	assert.False(t, s.has(schedule.HorizonNear), "two to come")
	s.give(3)
	assert.Contains(t, s.findings(), "warning: plan: 1 session to come: the cadence has no end, and is planned up to Mon 2025-01-27 [horizon-near]")
	assert.Equal(t, schedule.Active, s.plan.Standing())
	s.give(4)
	assert.Contains(t, s.findings(), "warning: plan: no session to come: the cadence has no end, and is planned up to Mon 2025-01-27 [horizon-near]")
	assert.Equal(t, schedule.RunOut, s.plan.Standing())
	s.on("2025-01-27", schedule.Extended{Until: day("2025-02-10")})
	assert.False(t, s.has(schedule.HorizonNear))

	held := endless(t, "2025-01-20", "every 1w").give(1)
	held.on("2025-01-06", schedule.Held{Session: held.id(2)})
	assert.False(t, held.has(schedule.HorizonNear), "those on hold are to come")
	stopped := endless(t, "2025-01-20", "every 1w").give(1)
	stopped.on("2025-01-06", schedule.Cancelled{Session: stopped.id(2), By: schedule.ByPatient, Rest: true})
	assert.False(t, stopped.has(schedule.HorizonNear))
	assert.False(t, taperStory(t).has(schedule.HorizonNear), "a course with an end has none")
}

// A horizon goes back with the decision that set it: what it added is cancelled, what it
// cancelled has its day again, and so it is with one that moved with a course.
func TestHorizonGoesBack(t *testing.T) {
	for _, tt := range []struct {
		name string
		what func(s *story) schedule.Happening
		want string
	}{
		{
			"later", func(*story) schedule.Happening { return schedule.Extended{Until: day("2025-02-10")} },
			"Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27 cancelled, Mon 2025-02-03 cancelled, Mon 2025-02-10 cancelled",
		},
		{
			"earlier", func(*story) schedule.Happening { return schedule.Extended{Until: day("2025-01-13")} },
			"Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20",
		},
		{
			"shifted", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(2), Weeks: 2} },
			"Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := endless(t, "2025-01-20", "every 1w").give(1)
			s.on("2025-01-07", tt.what(s))
			require.NotEqual(t, day("2025-01-20"), s.plan.Until())
			s.on("2025-01-07", schedule.Corrected{Of: "e" + strconv.Itoa(s.n), Reason: "by mistake", Who: "desk"})
			assert.Equal(t, tt.want, s.calendar())
			assert.Equal(t, day("2025-01-20"), s.plan.Until())
			require.NoError(t, s.plan.CheckState())
		})
	}
}

// The horizon may be the day of the last dose, and no day before it.
func TestExtendedToTheLastDose(t *testing.T) {
	s := endlessStory(t).give(2)
	_, err := s.try("2025-01-13", schedule.Extended{Until: day("2025-01-12")})
	require.ErrorIs(t, err, schedule.ErrOrder)
	s.on("2025-01-13", schedule.Extended{Until: day("2025-01-13")})
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13 given, Mon 2025-01-20 cancelled, Mon 2025-01-27 cancelled, Mon 2025-02-03 cancelled", s.calendar())
	require.Equal(t, schedule.RunOut, s.plan.Standing())
	requireKept(t, s.plan)
}
