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
)

// requireRefusal checks every part of why an event is refused.
func requireRefusal(t *testing.T, err error, want schedule.EventError) {
	t.Helper()
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	require.Equal(t, []string{want.Field, want.Value, want.Want}, []string{refused.Field, refused.Value, refused.Want})
	require.ErrorIs(t, err, want.Err)
}

// Numbers and lists of decisions about the course up to their bounds, and past them.
func TestBoundsOfDecisionsAboutTheCourse(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{
		{Name: "often", Cadence: protocol.MustCadence("2/wk x1"), MinGap: 1},
		{Name: "weekly", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1},
		{Name: "later", MinGap: 1},
	}}
	plan := func(t *testing.T) *story {
		return living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).give(2)
	}
	for _, tt := range []struct {
		name string
		what func(s *story) schedule.Happening
		want schedule.EventError // none where it is taken
	}{
		{"shifted by none", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(3)} }, schedule.EventError{}},
		{"shifted by ten years", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(3), Weeks: 520} }, schedule.EventError{}},
		{
			"shifted by more", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(3), Weeks: 521} },
			schedule.EventError{Field: "Weeks", Value: "521", Want: "want 0 to 520 weeks", Err: schedule.ErrEvent},
		},
		{
			"shifted back", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(3), Weeks: -1} },
			schedule.EventError{Field: "Weeks", Value: "-1", Want: "want 0 to 520 weeks", Err: schedule.ErrEvent},
		},
		{"a list of one shifted", func(s *story) schedule.Happening {
			return schedule.Shifted{Sessions: []schedule.ID{s.id(3)}, Weeks: 1}
		}, schedule.EventError{}},
		{"one beside a list", func(s *story) schedule.Happening {
			return schedule.Shifted{Session: s.id(3), Sessions: []schedule.ID{s.id(4)}, Weeks: 1}
		}, schedule.EventError{Field: "Sessions", Value: "4", Want: "want none beside the one session, or all of them here", Err: schedule.ErrEvent}},
		{
			"none shifted", func(*story) schedule.Happening { return schedule.Shifted{Weeks: 1} },
			schedule.EventError{Field: "Session", Want: "want the id of a session", Err: schedule.ErrEvent},
		},
		{"stepped back for a thousand sessions", func(s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(3), To: "often", Sessions: 1000, Reason: "worse"}
		}, schedule.EventError{}},
		{"stepped back for more", func(s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(3), To: "often", Sessions: 1001, Reason: "worse"}
		}, schedule.EventError{Field: "Sessions", Value: "1001", Want: "want 0 to 1000 sessions", Err: schedule.ErrEvent}},
		{"stepped back for less than none", func(s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(3), To: "often", Sessions: -1, Reason: "worse"}
		}, schedule.EventError{Field: "Sessions", Value: "-1", Want: "want 0 to 1000 sessions", Err: schedule.ErrEvent}},
		{
			"stepped back without a reason", func(s *story) schedule.Happening { return schedule.SteppedBack{Session: s.id(3), To: "often"} },
			schedule.EventError{Field: "Reason", Want: "want what was found that the protocol steps back for", Err: schedule.ErrEvent},
		},
		{"its own phase begun again", func(s *story) schedule.Happening {
			return schedule.Restarted{Session: s.id(3), Date: day("2025-01-15"), Phase: "weekly"}
		}, schedule.EventError{}},
		{"a phase that plans none begun again", func(s *story) schedule.Happening {
			return schedule.Restarted{Session: s.id(3), Date: day("2025-01-15"), Phase: "later"}
		}, schedule.EventError{Field: "Phase", Value: "later", Want: "want a phase that plans sessions", Err: schedule.ErrEvent}},
		{
			"corrected for no reason", func(*story) schedule.Happening { return schedule.Corrected{Of: "e1", Who: "desk"} },
			schedule.EventError{Field: "Reason", Want: "want why it is corrected", Err: schedule.ErrEvent},
		},
		{
			"corrected by nobody", func(*story) schedule.Happening { return schedule.Corrected{Of: "e1", Reason: "wrong"} },
			schedule.EventError{Field: "Who", Want: "want who says so", Err: schedule.ErrEvent},
		},
		{"corrected twice at once", func(*story) schedule.Happening {
			c := corrected("e1", nil)
			c.Also = []schedule.Correction{{Of: "e1"}}
			return c
		}, schedule.EventError{Field: "Also 1", Value: "e1", Want: `want each event once in a correction: it corrects "e1" by "e1" already`, Err: schedule.ErrEvent}},
		{
			"corrected to a correction", func(*story) schedule.Happening { return corrected("e1", corrected("e2", nil)) },
			schedule.EventError{
				Field: "Instead", Value: "e1", Err: schedule.ErrEvent,
				Want: "want what happened or was decided instead: one of the types of Happening but no correction, and not a pointer",
			},
		},
		{
			"corrected to a pointer", func(*story) schedule.Happening { return corrected("e1", &schedule.Resumed{}) },
			schedule.EventError{
				Field: "Instead", Value: "e1", Err: schedule.ErrEvent,
				Want: "want what happened or was decided instead: one of the types of Happening but no correction, and not a pointer",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := plan(t)
			_, err := s.try("2025-01-10", tt.what(s))
			if tt.want.Want == "" {
				require.NoError(t, err)
				return
			}
			if tt.want.Field == "Sessions" && tt.want.Value == "4" {
				tt.want.Value = s.id(4).String()
			}
			requireRefusal(t, err, tt.want)
		})
	}
}

// A session that was held goes on where its time has not passed: at its very minute it can
// begin. The only one that is held goes on like several.
func TestResumedAtTheMinuteOfASession(t *testing.T) {
	for asOf, want := range map[string]schedule.State{"2025-02-03 08:00": schedule.StatePlanned, "2025-02-03 08:01": schedule.StateCancelled} {
		s := taperStory(t).give(7)
		require.Equal(t, "08:00", sessionAt(s.plan, 8).Start().String())
		s.on("2025-01-28", schedule.Held{Session: s.id(8)})
		require.NoError(t, s.as(asOf, schedule.Resumed{}))
		assert.Equal(t, want, sessionAt(s.plan, 8).State(), asOf)
	}
}

// The sessions after one are counted from the day on which it was given once, those after
// another for themselves, also where that had got its day so.
func TestReanchoredOfEachSessionOnce(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x5", 2), weekdaysOnly(t), "2025-01-06"))
	first, second, third := s.id(1), s.id(2), s.id(3)
	s.on("2025-01-07", schedule.Given{Session: first, Date: day("2025-01-07")}).on("2025-01-07", schedule.Reanchored{Session: first})
	assert.Equal(t, "Tue 2025-01-07 given, Tue 2025-01-14, Tue 2025-01-21, Tue 2025-01-28, Tue 2025-02-04", s.calendar())
	_, err := s.try("2025-01-07", schedule.Reanchored{Session: first})
	requireRefusal(t, err, schedule.EventError{
		Field: "Session", Value: first.String(), Want: "want a session that those after it are not counted from already", Err: schedule.ErrEventTwice,
	})
	s.on("2025-01-15", schedule.Given{Session: second, Date: day("2025-01-15")}).on("2025-01-15", schedule.Reanchored{Session: second})
	assert.Equal(t, "Wed 2025-01-22, Wed 2025-01-29, Wed 2025-02-05", toComeOf(s))
	s.on("2025-01-16", schedule.Reanchored{Session: third, Date: day("2025-01-23")})
	assert.Equal(t, "Thu 2025-01-23, Thu 2025-01-30, Thu 2025-02-06", toComeOf(s))
	s.on("2025-01-24", schedule.Given{Session: third, Date: day("2025-01-24")}).on("2025-01-24", schedule.Reanchored{Session: third})
	assert.Equal(t, "Fri 2025-01-31, Fri 2025-02-07", toComeOf(s), "it was counted again before it was given, and is once more")
}

// What is appended goes on from the last session that the cadence asks for: not from one
// that was added, nor from one that was cancelled; and where there is none, from nothing.
func TestAppendedGoesOnFromTheCadence(t *testing.T) {
	s := taperStory(t).give(5)
	s.on("2025-01-20", schedule.Missed{Session: s.id(6)}).on("2025-01-20", schedule.Added{Date: day("2025-02-06")}).on("2025-01-20", schedule.Appended{Session: s.id(6)})
	assert.Equal(t, "Mon 2025-01-27, Mon 2025-02-03, Thu 2025-02-06, Mon 2025-02-10", toComeOf(s))

	s = taperStory(t).give(5)
	s.on("2025-01-20", schedule.Missed{Session: s.id(6)}).on("2025-01-20", schedule.Cancelled{Session: s.id(8), By: schedule.ByPatient})
	s.on("2025-01-20", schedule.Appended{Session: s.id(6)})
	assert.Equal(t, "Mon 2025-01-27, Mon 2025-02-03", toComeOf(s))

	s = living(t, request(bare(t, "1/wk x1", 2), weekdaysOnly(t), "2025-01-06"))
	only := s.id(1)
	s.on("2025-01-06", schedule.Cancelled{Session: only, By: schedule.ByPatient})
	_, err := s.try("2025-01-06", schedule.Appended{Session: only})
	requireRefusal(t, err, schedule.EventError{Field: "Session", Value: only.String(), Want: "want a session of the cadence to go on from", Err: schedule.ErrEvent})
}

// A clinic is asked about the days that the plan knows of, from the plan's start on.
func TestClinicChangeOfNoDay(t *testing.T) {
	s := taperStory(t)
	for _, tt := range []struct {
		open  bool
		from  string
		field string
		want  string
	}{
		{false, "2025-01-06", "Opening", "want an opening to ask"},
		{true, "2030-01-01", "From", "want a day up to 2025-0"},
	} {
		changed, err := schedule.ClinicChanged{}, error(nil)
		if tt.open {
			changed, err = s.plan.ClinicChange(weekdaysOnly(t), day(tt.from))
		} else {
			changed, err = s.plan.ClinicChange(nil, day(tt.from))
		}
		refused, ok := errors.AsType[*schedule.RequestError](err)
		require.True(t, ok, "%v", err)
		assert.Empty(t, changed.Days)
		assert.Equal(t, tt.field, refused.Field)
		assert.True(t, strings.HasPrefix(refused.Want, tt.want), refused.Want)
	}
	whole, err := s.plan.ClinicChange(weekdaysOnly(t), day("2020-01-01"))
	require.NoError(t, err)
	assert.Equal(t, day("2025-01-06"), whole.Days[0].Date, "nothing is asked of days before the plan")
	last := whole.Days[len(whole.Days)-1].Date
	one, err := s.plan.ClinicChange(weekdaysOnly(t), last)
	require.NoError(t, err)
	assert.Len(t, one.Days, 1, "the last day that the plan knows of")
}

// What was settled is what a version goes on from: the last session of the cadence that took
// place or was missed, whatever was given beside it or cancelled after it.
func TestAdoptedGoesOnFromWhatWasSettled(t *testing.T) {
	weekly := func(t *testing.T, version, cadence string) *protocol.Protocol {
		return compiled(t, protocol.Spec{ID: "weekly", Version: version, Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 2, Dose: dose.MustRule("40 mg"), Visit: protocol.Visit{Administration: time.Hour},
		}}})
	}
	for _, tt := range []struct {
		name string
		run  func(s *story)
		want string
	}{
		{"one more given after the last", func(s *story) {
			s.give(3).on("2025-01-23", schedule.Given{Date: day("2025-01-23"), Dose: dose.MustMass("40 mg")})
		}, "Mon 2025-01-27"},
		{"the last put off and cancelled", func(s *story) {
			s.give(2).on("2025-01-14", schedule.Shifted{Session: s.id(3), Weeks: 2})
			s.on("2025-01-15", schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient})
		}, "Mon 2025-01-27"},
		{"missed", func(s *story) { s.give(2).on("2025-01-21", schedule.Missed{Session: s.id(3)}) }, "Mon 2025-01-27"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(weekly(t, "1", "1/wk x3"), weekdaysOnly(t), "2025-01-06"))
			tt.run(s)
			s.on("2025-01-24", schedule.Adopted{Protocol: weekly(t, "2", "1/wk x4"), Who: "attending"})
			assert.Equal(t, tt.want, toComeOf(s))
			requireKept(t, s.plan)
		})
	}

	// One that was cancelled by itself, before a version that has others to come, is made up
	// for by nothing, and can still be.
	s := living(t, request(weekly(t, "1", "1/wk x4"), weekdaysOnly(t), "2025-01-06")).give(1)
	second := s.id(2)
	s.on("2025-01-07", schedule.Cancelled{Session: second, By: schedule.ByPatient})
	s.on("2025-01-07", schedule.Adopted{Protocol: weekly(t, "2", "1/wk x5"), Who: "attending"})
	assert.Equal(t, "Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03", toComeOf(s))
	s.on("2025-01-07", schedule.Appended{Session: second})
	assert.Equal(t, "Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10", toComeOf(s))
}
