package schedule_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// After a stop what happens is recorded, and what would go on with the treatment is
// refused, but for what begins it again for a reason. Session 3 is overdue, session 4
// and those after it were cancelled.
func TestAfterAStop(t *testing.T) {
	stopped := func(t *testing.T) *story {
		s := gateStory(t).give(2)
		return s.on("2026-03-10", schedule.Cancelled{Session: s.id(4), By: schedule.ByClinical, Rest: true})
	}
	next, other := visitSpec(), visitSpec()
	next.ID, next.Version = "visits", "2"
	other.ID, other.Version = "other", "1"
	missed := func(s *story) schedule.ID { return s.id(4) }
	seen := map[string]bool{}
	for _, tt := range []struct {
		kind string
		what func(t *testing.T, s *story) schedule.Happening
		want string // why it is refused, "" where it is not
	}{
		{"moved", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(3), Date: day("2026-03-11")}
		}, `plan: want a treatment that was not stopped: `},
		{"shifted", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Shifted{Session: missed(s), Weeks: 1}
		}, `plan: want a treatment that was not stopped: `},
		{"reanchored", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Reanchored{Session: missed(s), Date: day("2026-03-16")}
		}, `plan: want a treatment that was not stopped: `},
		{"appended", func(_ *testing.T, s *story) schedule.Happening { return schedule.Appended{Session: missed(s)} }, `plan: want a treatment that was not stopped: `},
		{"stepped-back", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(5), To: "induction", Reason: "worse"}
		}, `plan: want a treatment that was not stopped: `},
		{"placed-again", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.PlacedAgain{Sessions: []schedule.ID{s.id(3)}}
		}, `plan: want a treatment that was not stopped: `},
		{"extended", func(*testing.T, *story) schedule.Happening {
			return schedule.Extended{Until: day("2026-06-30"), Reason: "relapse"}
		}, `plan: want a treatment that was not stopped: `},
		{"resumed", func(*testing.T, *story) schedule.Happening { return schedule.Resumed{} }, `plan: want a treatment that was not stopped: `},
		{"decided", func(*testing.T, *story) schedule.Happening {
			return schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"}
		}, `plan: want a treatment that was not stopped: "added", "restarted", "adopted" and "switched" go on with it, each for a reason`},
		{"added", func(*testing.T, *story) schedule.Happening { return schedule.Added{Date: day("2026-03-17")} }, `Reason: want a reason: the treatment was stopped`},
		{"added", func(*testing.T, *story) schedule.Happening {
			return schedule.Added{Date: day("2026-03-17"), Reason: "relapse"}
		}, ""},
		{"restarted", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Restarted{Session: missed(s), Date: day("2026-03-16")}
		}, `Reason: want a reason: the treatment was stopped`},
		{"restarted", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Restarted{Session: missed(s), Date: day("2026-03-16"), Reason: "relapse"}
		}, ""},
		{"adopted", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Adopted{Protocol: compiled(t, next), Who: "attending"}
		}, `Reason: want a reason: the treatment was stopped`},
		{"adopted", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Adopted{Protocol: compiled(t, next), Who: "attending", Reason: "relapse"}
		}, ""},
		{"switched", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Switched{Protocol: compiled(t, other), Start: day("2026-03-16"), Gap: 7, Who: "attending"}
		}, `Reason: want a reason: the treatment was stopped`},
		{"switched", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Switched{Protocol: compiled(t, other), Start: day("2026-03-16"), Gap: 7, Who: "attending", Reason: "relapse"}
		}, ""},
		{"recomputed", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Recomputed{Sessions: []schedule.ID{s.id(3)}, Who: "attending"}
		}, `plan: want a treatment that was not stopped: `},
		{"extended", func(*testing.T, *story) schedule.Happening { return schedule.Extended{Until: day("2026-12-31")} }, `plan: want a treatment that was not stopped: `},
		{"given", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(4), Date: day("2026-03-10")}
		}, ""},
		{"missed", func(_ *testing.T, s *story) schedule.Happening { return schedule.Missed{Session: s.id(3)} }, ""},
		{"cancelled", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient}
		}, ""},
		{"held", func(_ *testing.T, s *story) schedule.Happening { return schedule.Held{Session: s.id(3)} }, ""},
		{"weighed", func(*testing.T, *story) schedule.Happening {
			return schedule.Weighed{Date: day("2026-03-10"), Weight: dose.MustWeight("80 kg")}
		}, ""},
		{"clinic-closed", func(*testing.T, *story) schedule.Happening { return schedule.ClinicClosed{From: day("2026-03-17")} }, ""},
		{"clinic-changed", func(*testing.T, *story) schedule.Happening {
			return schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2026-03-17"), Hours: []clinic.Hours{clinic.MustHours("08:00-12:00")}}}}
		}, ""},
		{"patient-away", func(*testing.T, *story) schedule.Happening { return schedule.PatientAway{From: day("2026-03-17")} }, ""},
		{"accepted", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Accepted{Session: s.id(3), Code: schedule.Missing, Reason: "known", Who: "attending"}
		}, ""},
		{"measured", func(*testing.T, *story) schedule.Happening {
			return schedule.Measured{Date: day("2026-03-10"), Height: dose.MustHeight("180 cm")}
		}, ""},
		{"wished", func(*testing.T, *story) schedule.Happening { return schedule.Wished{} }, ""},
		{"visit-done", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-03")}
		}, ""},
		{"visit-missed", func(_ *testing.T, s *story) schedule.Happening { return schedule.VisitMissed{Visit: s.talk(1).ID} }, ""},
		{"visit-moved", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.call(7).ID, Date: s.call(7).Date + 1}
		}, ""},
		{"corrected", func(_ *testing.T, s *story) schedule.Happening { return corrected("e1", nil) }, ""},
		{"corrected", func(_ *testing.T, s *story) schedule.Happening {
			return corrected("e1", schedule.Moved{Session: s.id(3), Date: day("2026-03-11")})
		}, "want a treatment that was not stopped"},
	} {
		seen[tt.kind] = true
		t.Run(tt.kind, func(t *testing.T) {
			s := stopped(t)
			require.Equal(t, schedule.Stopped, s.plan.Standing())
			before := string(schedule.FormatPlan(s.plan))
			next, err := s.try("2026-03-10", tt.what(t, s))
			if tt.want == "" {
				require.NoError(t, err)
				requireKept(t, next)
				return
			}
			require.ErrorIs(t, err, schedule.ErrStopped)
			require.ErrorContains(t, err, tt.want)
			require.Equal(t, before, string(schedule.FormatPlan(s.plan)))
		})
	}
	// Every kind says what it does after a stop. The dose of a session that is to come
	// can be chosen as before, and none is.
	for _, kind := range schedule.EventKinds() {
		assert.True(t, seen[kind] || slices.Contains([]string{"dose-chosen"}, kind), "after a stop, %s is refused or goes on", kind)
	}
}

// What was stopped has no decision to come, and what was decided stays.
func TestCheckpointsAfterAStop(t *testing.T) {
	s := gateStory(t).give(2)
	require.Equal(t, "response", s.plan.On(day("2026-03-06")).Checkpoint.Gate.Name)
	s.on("2026-03-06", schedule.Cancelled{Session: s.id(3), By: schedule.ByClinical, Rest: true})
	assert.Equal(t, []string{"no date"}, checkpoints(s.plan))
	assert.Zero(t, s.plan.On(day("2026-03-06")).Checkpoint.Session)
	s.on("2026-03-06", schedule.Added{Date: day("2026-03-10"), Reason: "relapse"})
	assert.Equal(t, schedule.Active, s.plan.Standing())

	decided := gateStory(t).give(4)
	decided.on("2026-03-13", schedule.Decided{Gate: "response", Then: protocol.Stop, Who: "attending"})
	assert.Equal(t, []string{"2026-03-12 stop"}, checkpoints(decided.plan))
	_, err := decided.try("2026-03-13", schedule.Shifted{Session: decided.id(5), Weeks: 1})
	require.ErrorIs(t, err, schedule.ErrStopped)
	ways, err := decided.plan.Repairs(noon("2026-03-13"), decided.id(5))
	require.NoError(t, err)
	for _, way := range ways {
		assert.True(t, !way.Possible() || way.Way == schedule.WaySkip, "%s", way)
	}
}
