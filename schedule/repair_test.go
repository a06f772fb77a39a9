package schedule_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
)

// set compiles an entry of the catalogue with its parameters set.
func set(t *testing.T, id string, values ...string) *protocol.Protocol {
	t.Helper()
	spec, ok := catalog.Lookup(id)
	require.True(t, ok, id)
	var err error
	for i := 0; i < len(values); i += 2 {
		spec, err = spec.Set(values[i], values[i+1])
		require.NoError(t, err)
	}
	return compiled(t, spec)
}

// The ways on from a session, each with its plan.
func decisionTable(t *testing.T, plan *schedule.Plan, ordinal int, asOf string) string {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "as of %s:\n%s", asOf, lines(plan, 1))
	fmt.Fprintf(&b, "\nsession %d: %s\n", ordinal, sessionAt(plan, ordinal).State())
	repairs, err := plan.Repairs(noon(asOf), sessionAt(plan, ordinal).ID())
	require.NoError(t, err)
	for _, r := range repairs {
		fmt.Fprintf(&b, "\n== %s", r)
		require.Equal(t, r.Err == nil, r.Possible())
		if !r.Possible() {
			require.Nil(t, r.Plan)
			continue
		}
		again, err := r.Diff.Apply(plan)
		require.NoError(t, err)
		require.Equal(t, string(schedule.FormatPlan(r.Plan)), string(schedule.FormatPlan(again)))
		requireKept(t, r.Plan)
		b.WriteString(lines(r.Plan, ordinal))
	}
	return b.String()
}

// lines lists the sessions of a plan from one on, one a line.
func lines(plan *schedule.Plan, from int) string {
	var b bytes.Buffer
	for i, s := range plan.All() {
		if i+1 < from {
			continue
		}
		fmt.Fprintf(&b, "  %2d %s %s %s", s.Ordinal(), s.Date().Weekday().String()[:3], s.Date(), s.State())
		if s.ShiftDays() != 0 {
			fmt.Fprintf(&b, " %+d", s.ShiftDays())
		}
		fmt.Fprintf(&b, " (%s to %s, %s)\n", s.Earliest(), s.Latest(), s.Phase())
	}
	return b.String()
}

func TestDecisionTables(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  func(t *testing.T) string
	}{
		{"holiday", func(t *testing.T) string {
			p := set(t, "spravato-us-mdsi", "min-gap", "2", "administration", "10 min", "follows", "rule")
			s := living(t, request(p, weekdaysOnly(t), "2025-05-01"))
			s.give(7).on("2025-05-23", schedule.ClinicClosed{From: day("2025-05-26"), Reason: "Memorial Day"})
			return decisionTable(t, s.plan, 8, "2025-05-23")
		}},
		{"missed-us", func(t *testing.T) string {
			p := set(t, "spravato-us-trd", "min-gap", "2", "administration", "10 min", "follows", "rule", "maintenance", "every 2w (1w..2w)")
			r := request(p, weekdaysOnly(t), "2025-04-01")
			r.Until = day("2025-07-15")
			s := living(t, r)
			s.give(8).on("2025-04-26", schedule.Decided{Gate: gateOf(t, s.plan), Then: protocol.Continue, Who: "the psychiatrist"})
			s.give(9).on("2025-05-06", schedule.Missed{Session: s.id(10)})
			return decisionTable(t, s.plan, 10, "2025-05-06")
		}},
		{"missed-eu", func(t *testing.T) string {
			p := set(t, "spravato-eu-trd-adult", "min-gap", "2", "administration", "10 min", "follows", "rule", "maintenance", "every 2w (1w..2w)", "observation", "2 h")
			r := request(p, weekdaysOnly(t), "2025-04-01")
			r.Until = day("2025-06-15")
			s := living(t, r)
			s.give(3).on("2025-04-11", schedule.Missed{Session: s.id(4)})
			return decisionTable(t, s.plan, 4, "2025-04-11")
		}},
		// The first visit is due from 1 to 31 January and was on 9 February: when
		// is the second?
		{"anchor", func(t *testing.T) string {
			p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
				Name: "visits", Cadence: protocol.MustCadence("every 1mo x4"), MinGap: 7, Window: &protocol.Window{After: 30},
			}}})
			s := living(t, request(p, everyDay(t), "2026-01-01"))
			s.on("2026-02-09", schedule.Given{Session: s.id(1), Date: day("2026-02-09")})
			return decisionTable(t, s.plan, 1, "2026-02-09")
		}},
		{"held", func(t *testing.T) string {
			s := living(t, request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06"))
			s.give(5).on("2025-01-17", schedule.Held{Session: s.id(6), Reason: "infection"})
			return decisionTable(t, s.plan, 6, "2025-01-29")
		}},
		{"overdue", func(t *testing.T) string {
			s := living(t, request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06"))
			return decisionTable(t, s.give(5).plan, 6, "2025-01-22")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.run(t)
			file := filepath.Join("testdata", "repairs", tt.name+".txt")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
}

// gateOf returns the name of the first gate of a plan.
func gateOf(t *testing.T, plan *schedule.Plan) string {
	t.Helper()
	for c := range plan.Checkpoints() {
		return c.Gate.Name
	}
	require.Fail(t, "no gate")
	return ""
}

// What the sources of the decision tables say, so that no table is written anew
// without it: by session, way and the dates that come after.
func TestDecisionsWorkedByHand(t *testing.T) {
	trd := request(set(t, "spravato-us-trd", "min-gap", "2", "administration", "10 min", "follows", "rule", "maintenance", "every 2w (1w..2w)"), weekdaysOnly(t), "2025-04-01")
	trd.Until = day("2025-07-15")
	for _, tt := range []struct {
		name    string
		story   func() *story
		session int
		asOf    string
		way     schedule.Way
		want    []string // the dates from the session on
	}{
		{
			// Weekly, missed on Tue 6 May and worse: Tuesdays and Fridays again,
			// from Fri 9 May.
			"missed and worse", func() *story {
				s := living(t, trd).give(8)
				s.on("2025-04-26", schedule.Decided{Gate: gateOf(t, s.plan), Then: protocol.Continue, Who: "the psychiatrist"}).give(9)
				return s.on("2025-05-06", schedule.Missed{Session: s.id(10)})
			}, 11, "2025-05-06", schedule.WayStepBack, []string{"2025-05-09", "2025-05-13", "2025-05-16"},
		},
		{
			// The eighth session is due on Memorial Day: the day after, 5 days
			// after the seventh.
			"Memorial Day", func() *story {
				s := living(t, request(set(t, "spravato-us-mdsi", "min-gap", "2", "administration", "10 min", "follows", "rule"), weekdaysOnly(t), "2025-05-01"))
				return s.give(7).on("2025-05-23", schedule.ClinicClosed{From: day("2025-05-26"), Reason: "Memorial Day"})
			}, 8, "2025-05-23", schedule.WayCatchUp, []string{"2025-05-27"},
		},
		{
			// Due from 1 to 31 January, done on 9 February, monthly: 9 March.
			"anchored on the day it was done", func() *story {
				p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
					Name: "visits", Cadence: protocol.MustCadence("every 1mo x4"), MinGap: 7, Window: &protocol.Window{After: 30},
				}}})
				s := living(t, request(p, everyDay(t), "2026-01-01"))
				return s.on("2026-02-09", schedule.Given{Session: s.id(1), Date: day("2026-02-09")})
			}, 2, "2026-02-09", schedule.WayReanchor, []string{"2026-03-09", "2026-04-09", "2026-05-09"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story()
			about := s.id(tt.session)
			if tt.way != schedule.WayCatchUp {
				about = s.id(tt.session - 1) // the session that was missed or late
			}
			repairs, err := s.plan.Repairs(noon(tt.asOf), about)
			require.NoError(t, err)
			var got []string
			for _, r := range repairs {
				if r.Way != tt.way {
					continue
				}
				for i := range tt.want {
					got = append(got, sessionAt(r.Plan, tt.session+i).Date().String())
				}
			}
			require.Equal(t, tt.want, got)
		})
	}
}
