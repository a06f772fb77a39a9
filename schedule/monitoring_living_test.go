package schedule_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/schedule"
)

// Whatever has happened, the monitoring to come is what a course of its own asks for from
// day 1 of the treatment up to its last session, in the numbers, targets and windows of the
// slow reference: no visit too many, none too few. Days before the as-of one are left out,
// since what was asked for there holds or not by what was known then.
func TestMonitoringAfterEvents(t *testing.T) {
	t.Parallel()
	compared, events := 0, 0
	for seed := range uint64(many(400)) {
		m, o := randomMonitoring(rand.New(rand.NewPCG(seed, 11)), false)
		m.WhileTreated = true
		if _, ok := oracle.Monitor(oracle.Monitoring{Cadence: o.Cadence, Window: o.Window, Last: 1 << 30, Possible: func(int) bool { return true }}); !ok {
			continue
		}
		w := newWorld(t, seed, m)
		for range 14 {
			what, ok := w.step()
			if !ok {
				continue
			}
			events++
			day := dayNumber(w.today)
			o.Start, o.NotBefore, o.Last = dayNumber(w.plan.Start()), day, 0
			o.Possible = func(int) bool { return true } // the targets alone are compared
			for _, s := range w.plan.All() {
				if s.Placed() && s.State() != schedule.StateMissed && s.State() != schedule.StateCancelled {
					o.Last = max(o.Last, dayNumber(s.Date()))
				}
			}
			if seed%3 == 1 { // it goes on without end, and nobody stops it
				o.Until, o.Last = dayNumber(w.plan.Until()), 1<<30
			}
			list, ok := oracle.Monitor(o)
			require.True(t, ok)
			want, got := map[int][3]int{}, map[int][3]int{}
			for i, v := range list {
				if v.Earliest > day {
					want[i+1] = [3]int{v.Target, v.Earliest, v.Latest}
				}
			}
			for _, v := range monitored(w.plan, "count") {
				if dayNumber(v.Earliest) > day && v.State != schedule.StateCancelled {
					got[v.Number] = [3]int{dayNumber(v.Target), dayNumber(v.Earliest), dayNumber(v.Latest)}
				}
			}
			compared += len(want)
			require.Equal(t, want, got, "seed %d, %s, after %#v", seed, m.Cadence, what)
		}
	}
	require.Greater(t, events, many(2000))
	require.Greater(t, compared, many(4000))
}
