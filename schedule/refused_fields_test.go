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
	"github.com/regimen-go/regimen/schedule/clinic"
)

// ahead is a plan that is made before it begins: it is known as of Thursday 2025-01-02,
// and its sessions are on the Mondays 01-06, 01-13 and 01-20.
func ahead(t *testing.T) *story {
	t.Helper()
	r := request(bare(t, "1/wk x3", 2), weekdaysOnly(t), "2025-01-06")
	r.AsOf = noon("2025-01-02").Add(-12 * time.Hour)
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	return &story{t: t, plan: plan}
}

// Refusals that name a field, what was found there and what was wanted, each in its place.
func TestRefusedByFieldAndValue(t *testing.T) {
	levels := func(rule string) func(t *testing.T) *story {
		return func(t *testing.T) *story {
			return living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(phase("1/wk x3", rule))}}), weekdaysOnly(t), "2025-01-06"))
		}
	}
	firstLate := func(t *testing.T) *story {
		s := endlessStory(t)
		return s.on("2025-01-08", schedule.Given{Session: s.id(1), Date: day("2025-01-08")})
	}
	held := func(t *testing.T) *story {
		s := taperStory(t).give(1)
		return s.on("2025-01-07", schedule.Held{Session: s.id(3)})
	}
	for _, tt := range []struct {
		name               string
		story              func(t *testing.T) *story
		asOf               string
		what               func(s *story) schedule.Happening
		err                error
		field, value, want string
	}{
		{"moved before the plan's start", ahead, "2025-01-02", func(s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(1), Date: day("2025-01-03"), Reason: "asked for", Who: "attending"}
		}, schedule.ErrBeforeStart, "Date", "2025-01-03", "want a date that is not before the plan's start, 2025-01-06"},
		{"added on no day", taperStory, "2025-01-07", func(*story) schedule.Happening { return schedule.Added{} }, schedule.ErrEvent, "Date", "", "want a date"},
		{
			"added before the plan's start", taperStory, "2025-01-07", func(*story) schedule.Happening { return schedule.Added{Date: day("2025-01-05")} },
			schedule.ErrBeforeStart, "Date", "2025-01-05", "want a date that is not before the plan's start, 2025-01-06",
		},
		{
			"moved though held", held, "2025-01-07", func(s *story) schedule.Happening { return schedule.Moved{Session: s.id(4), Date: day("2025-01-14")} },
			schedule.ErrSettled, "Session", "", "want a session that is to take place: session 4 is held until the treatment is resumed",
		},
		{
			"extended to before the start", endlessStory, "2025-01-06", func(*story) schedule.Happening { return schedule.Extended{Until: day("2025-01-05")} },
			schedule.ErrBeforeStart, "Until", "2025-01-05", "want a day that is not before the plan's start, 2025-01-06",
		},
		{
			"extended to before the first dose", firstLate, "2025-01-08", func(*story) schedule.Happening { return schedule.Extended{Until: day("2025-01-07")} },
			schedule.ErrOrder, "Until", "2025-01-07", "want a day that is not before the last dose, 2025-01-08",
		},
		{"stepped back at no session", taperStory, "2025-01-06", func(*story) schedule.Happening {
			return schedule.SteppedBack{To: "all", Reason: "worse"}
		}, schedule.ErrEvent, "Session", "", "want the id of a session"},
		{
			"begun again at a session that was added", func(t *testing.T) *story {
				s := taperStory(t).give(1)
				return s.on("2025-01-06", schedule.Added{Date: day("2025-02-10")})
			}, "2025-01-06", func(s *story) schedule.Happening {
				return schedule.Restarted{Session: s.id(9), Date: day("2025-02-12")}
			},
			schedule.ErrEvent, "Session", "", "want a session of a phase of the protocol",
		},
		{
			"another level than the only one", levels("40 mg"), "2025-01-06", func(s *story) schedule.Happening { return chosen(s.id(1), "50 mg") },
			schedule.ErrEvent, "Level", "50 mg", `want one of the levels that the phase "all" has at session 1: 40 mg`,
		},
		{
			"another level than the two", levels("40 mg, or 60 mg, hard max 100 mg"), "2025-01-06", func(s *story) schedule.Happening { return chosen(s.id(2), "50 mg") },
			schedule.ErrEvent, "Level", "50 mg", `want one of the levels that the phase "all" has at session 2: 40 mg or 60 mg`,
		},
		{
			"another level than the three", levels("40 mg, or 60 mg or 80 mg, hard max 100 mg"), "2025-01-06", func(s *story) schedule.Happening { return chosen(s.id(3), "50 mg") },
			schedule.ErrEvent, "Level", "50 mg", `want one of the levels that the phase "all" has at session 3: 40 mg, 60 mg or 80 mg`,
		},
		{"phases of a version when none is to come", func(t *testing.T) *story { return gatedStory(t).give(7) }, "2025-02-06", func(s *story) schedule.Happening {
			return schedule.Adopted{Protocol: gated(t, "2"), Phases: map[string]string{"induction": "induction"}, Who: "attending"}
		}, schedule.ErrEvent, "Phases", "induction", "want the name of a phase that is still to come"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story(t)
			_, err := s.try(tt.asOf, tt.what(s))
			require.ErrorIs(t, err, tt.err)
			refused, ok := errors.AsType[*schedule.EventError](err)
			require.True(t, ok)
			assert.Equal(t, tt.field, refused.Field)
			if tt.field != "Session" || tt.value != "" {
				assert.Equal(t, tt.value, refused.Value)
			}
			assert.Equal(t, tt.want, refused.Want)
			requireNamed(t, err)
		})
	}
}

// A level that the phase has, and that cannot be computed for this patient, is refused by
// its name: 2 mg/kg of 80 kg pass 150 mg.
func TestChosenLevelThatCannotBeComputed(t *testing.T) {
	p := phase("1/wk x3", "40 mg, hard max 150 mg")
	p.Steps = []protocol.Step{{From: 1, Dose: dose.MustRule("2 mg/kg of actual weight, hard max 150 mg"), Condition: "asked for"}}
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	_, err := s.try("2025-01-06", chosen(s.id(2), "2 mg/kg of actual weight"))
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "Level", refused.Field)
	assert.Equal(t, "2 mg/kg of actual weight", refused.Value)
	assert.Contains(t, refused.Want, "want a level that session 2 can have: ")
}

// A name of an event has letters, digits and -_.: and nothing else of the 256 bytes.
func TestBytesOfAnEventID(t *testing.T) {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:"
	s := taperStory(t)
	away := schedule.PatientAway{From: day("2025-12-01")}
	for c := range 256 {
		id := "e" + string([]byte{byte(c)})
		_, err := s.plan.Apply(schedule.Event{ID: id, What: away}, noon("2025-01-06"))
		if strings.IndexByte(plain, byte(c)) >= 0 {
			assert.NoError(t, err, "%q", id)
			continue
		}
		refused, ok := errors.AsType[*schedule.EventError](err)
		require.True(t, ok, "%q", id)
		assert.Equal(t, schedule.EventError{Event: id, Field: "ID", Value: id, Want: "want 1 to 64 letters, digits and -_.:", Err: schedule.ErrEvent}, *refused)
	}
}

// Nothing happens to the plan of a record, and it is known as of no other time.
func TestRecordIsNoPlanToGoOnWith(t *testing.T) {
	plan, err := fortyWeeks(t).Plan()
	require.NoError(t, err)
	for _, what := range []schedule.Happening{schedule.PatientAway{From: day("2027-01-05")}, schedule.Resumed{}} {
		_, err := plan.Apply(schedule.Event{ID: "e1", What: what}, noon("2027-01-01"))
		refused, ok := errors.AsType[*schedule.EventError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, schedule.EventError{
			Event: "e1", Kind: schedule.Event{What: what}.Kind(), Field: "plan", Want: "want a plan that Build made, not that of a record", Err: schedule.ErrEvent,
		}, *refused)
	}
	_, err = plan.AsKnown(noon("2027-01-01"))
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, schedule.EventError{Field: "plan", Want: "want a plan that Build made, not that of a record", Err: schedule.ErrEvent}, *refused)
}

// The hours of 3660 days can be told in one event, and of no more.
func TestMostDaysOfAClinicThatChanged(t *testing.T) {
	s := taperStory(t)
	days := make([]schedule.ClinicDay, 3661)
	for i := range days {
		days[i] = schedule.ClinicDay{Date: civilDay(noon("2025-03-01").AddDate(0, 0, i)), Hours: []clinic.Hours{clinic.MustHours("08:00-17:00")}}
	}
	_, err := s.try("2025-01-06", schedule.ClinicChanged{Days: days})
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "Days", refused.Field)
	assert.Equal(t, "3661", refused.Value)
	assert.Equal(t, "want at most 3660 days", refused.Want)
	_, err = s.try("2025-01-06", schedule.ClinicChanged{Days: days[:3660]})
	require.NoError(t, err)
}
