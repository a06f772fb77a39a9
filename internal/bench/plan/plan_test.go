package plan_test

import (
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/internal/bench/plan"
)

// TestAgree compares the dates of every side with the day numbers, and those of
// regimen where the clinic is always open, so that no session has to move.
func TestAgree(t *testing.T) {
	for _, c := range []plan.Calendar{plan.K1(), plan.K10(), plan.E1()} {
		t.Run(c.Name, func(t *testing.T) {
			open := plan.NewPlanner(c, plan.Options{Daily: true, Doses: true})
			for i := range 200 {
				start := plan.Start(i)
				want := plan.Days(&c, start)
				require.Len(t, want, c.Sessions)

				var rrule, addDate, dates, built []int32
				for _, at := range plan.RRule(&c, start) {
					rrule = append(rrule, int32(date.NewAt(at)))
				}
				for _, at := range plan.AddDate(&c, start) {
					addDate = append(addDate, int32(date.NewAt(at)))
				}
				for _, day := range plan.Dates(&c, start) {
					dates = append(dates, int32(day))
				}
				for _, s := range open.Build(i).All() {
					built = append(built, int32(s.Date()))
				}
				require.Equal(t, want, rrule, start)
				require.Equal(t, want, addDate, start)
				require.Equal(t, want, dates, start)
				require.Equal(t, want, built, start)
			}
		})
	}
}

// TestOutlineAgrees compares the targets of an outline with the day numbers.
func TestOutlineAgrees(t *testing.T) {
	for _, c := range []plan.Calendar{plan.K1(), plan.K10(), plan.E1()} {
		outline := plan.Outline(c)
		for i := range 200 {
			targets, err := outline.Targets(plan.Start(i), 0)
			require.NoError(t, err)
			var days, records []int32
			for _, target := range targets.All() {
				days = append(days, int32(target.Date()))
			}
			for _, r := range plan.Records(&c, plan.Start(i)) {
				records = append(records, r.Day)
			}
			require.Equal(t, plan.Days(&c, plan.Start(i)), days)
			require.Equal(t, days, records)
		}
	}
}

// TestByHand: code by hand writes the same bytes.
func TestByHand(t *testing.T) {
	f := plan.NewFiles(plan.K1(), 10)
	for _, src := range [][]byte{f.Plan, f.Events, f.Protocol, f.Clinic, []byte(`{"a": "b\"c<", "n": [-12, 1.5, 1e3, true, null], "": ""}`)} {
		require.Equal(t, string(src), string(plan.NewByHand(src).Append(nil)))
	}
}

// TestRun runs what is timed, for a start of either weekday.
func TestRun(t *testing.T) {
	for _, side := range bench.Sides(plan.Pairs()) {
		side.Run(2)
	}
}

// TestGrow does once what is timed in several sizes, but for the largest journals.
func TestGrow(t *testing.T) {
	for _, g := range plan.Growths() {
		for _, size := range g.Sizes {
			if size <= 10_000 {
				g.Side(size).Run(1)
			}
		}
	}
}

func Benchmark(b *testing.B) { bench.Benchmarks(b, plan.Pairs()) }
