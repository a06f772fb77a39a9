package schedule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// stepped is a phase whose dose rises with its sixth session.
func stepped(t *testing.T, first, sixth string) *protocol.Protocol {
	p := phase("1/wk x8", first)
	p.Steps = []protocol.Step{{From: 6, Dose: dose.MustRule(sixth)}}
	return compiled(t, protocol.Spec{ID: "steps", Version: first, Phases: []protocol.Phase{p}})
}

// A session that was left out was not reached: one that is added before its
// target has the dose of those before it.
func TestAddedBeforeOneLeftOut(t *testing.T) {
	r := request(stepped(t, "50 mg", "80 mg"), weekdaysOnly(t, days("2025-02-13", "2025-02-21")...), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r).give(1)
	require.False(t, sessionAt(s.plan, 7).Placed())
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")})
	require.Equal(t, "50 mg, 50 mg, 50 mg, 50 mg, 50 mg, 50 mg, 80 mg, 0 mg, 80 mg", doses(s.plan))
	s.on("2025-01-06", schedule.Added{Date: day("2025-02-26")})
	require.Equal(t, "50 mg, 50 mg, 50 mg, 50 mg, 50 mg, 50 mg, 80 mg, 0 mg, 80 mg, 80 mg", doses(s.plan))
	requireKept(t, s.plan)
}

// Another version has the dose of every session to come, also of those that were
// or are added, at the number that the phase has reached.
func TestAddedByTheVersionThatHolds(t *testing.T) {
	s := living(t, request(stepped(t, "50 mg", "80 mg"), weekdaysOnly(t), "2025-01-06")).give(7)
	s.on("2025-02-17", schedule.Added{Date: day("2025-02-20")})
	require.Equal(t, "80 mg", sessionAt(s.plan, 8).Dose().Dose().String())
	s.on("2025-02-17", schedule.Adopted{Protocol: stepped(t, "10 mg", "20 mg"), Who: "attending"})
	require.Equal(t, "20 mg", sessionAt(s.plan, 8).Dose().Dose().String())
	s.on("2025-02-17", schedule.Cancelled{Session: s.id(8), By: schedule.ByClinical}).on("2025-02-17", schedule.Added{Date: day("2025-02-19")})
	require.Equal(t, "50 mg, 50 mg, 50 mg, 50 mg, 50 mg, 80 mg, 80 mg, 20 mg, 20 mg, 20 mg", doses(s.plan))
	requireKept(t, s.plan)

	// A version that calls the phase something else goes on with it, and has no other.
	other := phase("1/wk x8", "5 mg")
	other.Name = "other"
	next := compiled(t, protocol.Spec{ID: "steps", Version: "other", Phases: []protocol.Phase{other}})
	s.on("2025-02-17", schedule.Adopted{Protocol: next, Phases: map[string]string{"all": "other"}, Who: "attending"})
	_, err := s.try("2025-02-17", schedule.Added{Date: day("2025-02-21"), Phase: "all"})
	require.ErrorContains(t, err, "want the name of a phase of the protocol")
	s.on("2025-02-17", schedule.Added{Date: day("2025-02-21")})
	require.Equal(t, "50 mg, 50 mg, 50 mg, 50 mg, 50 mg, 80 mg, 80 mg, 5 mg, 20 mg, 5 mg, 5 mg", doses(s.plan))
}

// What happened today is not refused, but nobody is offered a day, today either,
// on which the clinic is closed or which is too close to another session.
func TestCatchUpTodayKeepsTheRules(t *testing.T) {
	for _, tt := range []struct {
		name  string
		today string
		event schedule.Happening
		want  string
	}{
		{"closed", "2025-01-21", schedule.ClinicClosed{From: day("2025-01-21")}, "catch up inside its window, on Wed 2025-01-22"},
		{"away", "2025-01-21", schedule.PatientAway{From: day("2025-01-21"), To: day("2025-01-22")}, "catch up inside its window, on Thu 2025-01-23"},
		{"too close", "2025-01-23", schedule.Added{Date: day("2025-01-24")}, "catch up inside its window"},
		{"open", "2025-01-21", schedule.PatientAway{From: day("2025-01-22")}, "catch up inside its window, on Tue 2025-01-21"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06")).give(5)
			s.on("2025-01-20", tt.event).on("2025-01-20", schedule.Missed{Session: s.id(6)})
			repairs, err := s.plan.Repairs(noon(tt.today), s.id(6))
			require.NoError(t, err)
			require.Equal(t, schedule.WayCatchUp, repairs[1].Way)
			require.Equal(t, tt.want, repairs[1].Text)
			if repairs[1].Possible() {
				require.Empty(t, repairs[1].Findings)
			} else {
				require.ErrorIs(t, repairs[1].Err, schedule.ErrNoDay)
			}
		})
	}
}

// A day that another session has already, on which the session itself cannot be,
// is no day to count it from.
func TestReanchorDayIsItsOwn(t *testing.T) {
	r := request(bare(t, "2/wk x2", 2), weekdaysOnly(t, days("2025-01-13", "2025-01-19")...), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r)
	require.False(t, sessionAt(s.plan, 3).Placed())
	repairs, err := s.plan.Repairs(noon("2025-01-06"), s.id(3))
	require.NoError(t, err)
	seen := 0
	for _, r := range repairs {
		if r.Way != schedule.WayReanchor && r.Way != schedule.WayRestart {
			continue
		}
		require.NoError(t, r.Err)
		seen++
		placed := 0
		for _, c := range r.Diff.Changes {
			if c.Added() && c.After.Date == c.After.Target && strings.Contains(r.Text, c.After.Date.String()) {
				placed++
			}
		}
		require.Equal(t, 1, placed, r)
	}
	require.Equal(t, 2, seen)
}

// A session added after the fact has the time that was stated, and lasts as long as its
// visit, 40 minutes and 2 hours; where no time was stated it has none.
func TestAddedInThePast(t *testing.T) {
	s := worldCourse(t).give(1)
	s.on("2025-01-08", schedule.Added{Date: day("2025-01-07")})
	added := s.at(2)
	require.Equal(t, []any{day("2025-01-07"), "", ""}, []any{added.Date(), added.Start().String(), added.End().String()})
	s = worldCourse(t).give(1)
	s.on("2025-01-08", schedule.Added{Date: day("2025-01-07"), Start: clock(t, "10:00")})
	added = s.at(2)
	require.Equal(t, []any{day("2025-01-07"), "10:00", "12:40"}, []any{added.Date(), added.Start().String(), added.End().String()})
	requireKept(t, s.plan)
}
