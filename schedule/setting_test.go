package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// A session that took place or was missed while it was held waits again once that is
// withdrawn, unless the treatment was resumed meanwhile: then it does not wait either,
// and has its day.
func TestHeldUnderFacts(t *testing.T) {
	given := func(s *story, id schedule.ID) schedule.Happening {
		return schedule.Given{Session: id, Date: day("2025-01-13")}
	}
	missed := func(_ *story, id schedule.ID) schedule.Happening { return schedule.Missed{Session: id} }
	for _, tt := range []struct {
		name  string
		fact  func(*story, schedule.ID) schedule.Happening
		since schedule.Happening // of the third session where it names none
		want  schedule.State
	}{
		{"given, and nothing since", given, schedule.Weighed{Date: day("2025-01-13"), Weight: dose.MustWeight("70 kg")}, schedule.StateHeld},
		{"missed, and nothing since", missed, schedule.Weighed{Date: day("2025-01-13"), Weight: dose.MustWeight("70 kg")}, schedule.StateHeld},
		{"given, then resumed", given, schedule.Resumed{}, schedule.StatePlanned},
		{"missed, then resumed", missed, schedule.Resumed{}, schedule.StatePlanned},
		{"given, then shifted", given, schedule.Shifted{Weeks: 1}, schedule.StatePlanned},
		{"missed, then shifted", missed, schedule.Shifted{Weeks: 1}, schedule.StatePlanned},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := mondays(t, "1/wk x4")
			ids := planIDs(s.plan)
			s.on("2025-01-06", schedule.Held{Session: ids[1]})
			s.on("2025-01-13", tt.fact(s, ids[1])) // e2
			if shifted, ok := tt.since.(schedule.Shifted); ok {
				shifted.Session = ids[2]
				tt.since = shifted
			}
			s.on("2025-01-13", tt.since)
			s.correct("2025-01-14", "e2", nil)
			second, _ := s.plan.Session(ids[1])
			assert.Equal(t, tt.want, second.State())
			assert.Equal(t, day("2025-01-13"), second.Date())
			requireKept(t, s.plan)
			require.NoError(t, s.plan.CheckState())
		})
	}
}

// What a correction decides in its second place is withdrawn when that is corrected again,
// and what it decided in its first place stays.
func TestDecidedInTheSecondPlace(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")}) // e1
	s.on("2025-01-06", schedule.Added{Date: day("2025-02-03")})                   // e2
	both := corrected("e1", schedule.Moved{Session: s.id(2), Date: day("2025-01-15")})
	both.Also = []schedule.Correction{{Of: "e2", Instead: schedule.Added{Date: day("2025-02-05")}}}
	s.on("2025-01-06", both)
	require.Equal(t, "Mon 2025-01-06, Wed 2025-01-15, Mon 2025-01-20, Mon 2025-02-03 cancelled, Wed 2025-02-05", s.calendar())
	s.correct("2025-01-06", "e2", nil)
	assert.Equal(t, "Mon 2025-01-06, Wed 2025-01-15, Mon 2025-01-20, Mon 2025-02-03 cancelled, Wed 2025-02-05 cancelled", s.calendar())
	assert.True(t, sessionAt(s.plan, 5).Withdrawn())
	requireKept(t, s.plan)
}

// A dose that no session asked for is a fact: what has set its session says of nothing that
// has become of it.
func TestFileOfExtraDose(t *testing.T) {
	s := mondays(t, "1/wk x2").on("2025-01-08", schedule.Given{Date: day("2025-01-08")})
	file := string(schedule.FormatPlan(s.plan))
	assert.Contains(t, file, `"set":`)
	assert.NotContains(t, file, `"planned"`)
	requireKept(t, s.plan)
}

// A file may have sessions of which nothing says what was set of them: what was given or
// missed at one can be withdrawn all the same, it is to come on its day then, and so once
// more.
func TestFileWithoutSettings(t *testing.T) {
	for state, what := range map[schedule.State]func(schedule.ID) schedule.Happening{
		schedule.StateGiven:  func(id schedule.ID) schedule.Happening { return schedule.Given{Session: id, Date: day("2025-01-06")} },
		schedule.StateMissed: func(id schedule.ID) schedule.Happening { return schedule.Missed{Session: id} },
	} {
		t.Run(state.String(), func(t *testing.T) {
			s := mondays(t, "1/wk x2")
			first := s.id(1)
			s.on("2025-01-06", what(first))
			const set = `,"set":[{"state":""}]`
			file := string(schedule.FormatPlan(s.plan))
			require.Contains(t, file, set)
			plan, err := schedule.ParsePlan("plan.json", sealed([]byte(strings.Replace(file, set, "", 1))), schedule.PlanSource{Opening: allDay(), Zone: time.UTC})
			require.NoError(t, err)
			s.plan = plan
			stands := func(want schedule.State) {
				t.Helper()
				now, _ := s.plan.Session(first)
				assert.Equal(t, want, now.State())
				assert.Equal(t, day("2025-01-06"), now.Date())
				require.NoError(t, s.plan.CheckState())
			}
			s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("70 kg")})
			stands(state)
			s.correct("2025-01-06", "e1", nil) // e3
			stands(schedule.StatePlanned)
			s.correct("2025-01-06", "e3", nil) // e4
			stands(state)
			s.correct("2025-01-06", "e4", nil)
			stands(schedule.StatePlanned)
			requireKept(t, s.plan)
		})
	}
}
