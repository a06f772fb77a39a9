package schedule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// longPlan is a plan of a year with as many entries as one likes: a closure, said again and
// again.
func longPlan(t testing.TB, entries int) (*schedule.Plan, schedule.PlanSource) {
	t.Helper()
	p, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("3-2-1-1-1 then every 4w x13"), MinGap: 2,
		Dose: dose.MustRule(taperRule), Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}}}.Compile()
	require.NoError(t, err)
	r := request(p, answer{clinic.MustHours("08:00-17:00")}, "2025-01-06")
	r.AsOf = noon("2025-01-06").Add(-12 * time.Hour)
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	for n := range entries {
		at := noon("2025-01-06").Add(time.Duration(n) * time.Second)
		plan, err = plan.Apply(schedule.Event{ID: fmt.Sprint("e", n), What: schedule.ClinicClosed{From: day("2026-06-01"), Reason: "works"}}, at)
		require.NoError(t, err)
	}
	return plan, schedule.PlanSource{Protocols: []*protocol.Protocol{p}, Opening: r.Opening, Zone: r.Zone}
}

// BenchmarkPlanFile writes and reads the files of plans with few and with many entries:
// the time is linear in the size of the file. With -short it leaves out the largest.
func BenchmarkPlanFile(b *testing.B) {
	sizes := []int{10, 1000, 10_000, 100_000}
	if testing.Short() {
		sizes = sizes[:2]
	}
	for _, entries := range sizes {
		plan, source := longPlan(b, entries)
		file := schedule.FormatPlan(plan)
		b.Run(fmt.Sprintf("format/entries=%d", entries), func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				file = schedule.FormatPlan(plan)
			}
		})
		b.Run(fmt.Sprintf("parse/entries=%d", entries), func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := schedule.ParsePlan("plan.json", file, source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What reading allocates grows as the file does.
func TestPlanFileIsLinear(t *testing.T) {
	var perEntry []float64
	for _, entries := range []int{200, 2000} {
		plan, source := longPlan(t, entries)
		file := schedule.FormatPlan(plan)
		n := testing.AllocsPerRun(1, func() {
			_, err := schedule.ParsePlan("plan.json", file, source)
			require.NoError(t, err)
		})
		perEntry = append(perEntry, n/float64(entries))
	}
	t.Log(perEntry)
	require.Less(t, perEntry[1], perEntry[0]*1.2)
	require.True(t, slices.IsSortedFunc(perEntry, func(a, b float64) int { return int(b - a) }))
}
