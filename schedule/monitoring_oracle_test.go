package schedule_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// randomMonitoring returns a monitoring that a protocol may have, in the words of both
// implementations as far as that follows from it.
func randomMonitoring(r *rand.Rand, endless bool) (protocol.Monitoring, oracle.Monitoring) {
	m := protocol.Monitoring{Name: "count", Visit: protocol.Visit{Administration: 10 * time.Minute}}
	o := oracle.Monitoring{Cadence: randomCadence(r, endless)}
	m.Cadence = protocol.MustCadence(o.Cadence)
	m.WhileTreated = r.IntN(2) == 0 || m.Cadence.Endless()
	if r.IntN(3) == 0 {
		o.Window = &[2]int{r.IntN(5), r.IntN(5)}
		m.Window = &protocol.Window{Before: o.Window[0], After: o.Window[1]}
	}
	if r.IntN(2) == 0 {
		m.Elsewhere = "a laboratory"
		if r.IntN(2) == 0 {
			m.Open = protocol.OnDays(time.Monday, time.Wednesday, time.Thursday)
		}
	}
	return m, o
}

// The visits of a monitoring agree with those of a second implementation that shares
// nothing with this one, and the sessions are those of a plan without it.
func TestMonitoringAgainstOracle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	placed, missing, endless, refused := 0, 0, 0, 0
	for range many(12000) {
		x, ok := randomInstance(t, r)
		if !ok {
			continue
		}
		bare, err := schedule.Build(x.request)
		if err != nil {
			continue
		}
		spec := x.request.Protocol.Spec()
		m, o := randomMonitoring(r, true)
		spec.Monitoring = []protocol.Monitoring{m}
		x.request.Protocol = compiled(t, spec)

		// What both have to be told: from when and up to when, and which days will do.
		o.Start, o.NotBefore, o.Last = x.input.Start, dayNumber(schedule.MustDate("2024-01-01")), 1<<30
		goesOn := spec.Phases[len(spec.Phases)-1].Cadence.Endless()
		if m.WhileTreated && !goesOn {
			o.Last = 0
		}
		if o.Until = x.input.Until; !goesOn {
			o.Until = 0
		}
		treated := false
		for _, s := range bare.All() {
			if treated = treated || s.Placed(); s.Placed() && m.WhileTreated && !goesOn {
				o.Last = max(o.Last, dayNumber(s.Date()))
				o.Until = o.Last
			}
		}
		if m.WhileTreated && !treated {
			o.Last = 0 // nothing is planned up to the horizon
		}
		o.Possible = x.input.Open
		if m.Elsewhere != "" {
			o.Possible = func(day int) bool { return m.Open == (protocol.DaySet{}) || m.Open.Has(oracle.Date(day).Weekday()) }
		}
		want, ok := oracle.Monitor(o)
		plan, err := schedule.Build(x.request)
		if !ok {
			refused++
			require.Error(t, err, "%s, %s", x.text, m.Cadence)
			continue
		}
		require.NoError(t, err, "%s, %s", x.text, m.Cadence)
		require.Equal(t, bare.Snapshots(), plan.Snapshots())
		got := map[int]schedule.OtherVisit{}
		for _, v := range monitored(plan, "count") {
			got[v.Number] = v
		}
		require.Len(t, got, len(want), "%s, %s", x.text, m.Cadence)
		for i, w := range want {
			v := got[i+1]
			require.Equal(t, []int{w.Target, w.Earliest, w.Latest}, []int{dayNumber(v.Target), dayNumber(v.Earliest), dayNumber(v.Latest)}, "%s, %s: visit %d", x.text, m.Cadence, i+1)
			require.Equal(t, w.Left, !v.Placed(), "%s, %s: visit %d, %s to %s", x.text, m.Cadence, i+1, v.Earliest, v.Latest)
			if w.Left {
				missing++
				continue
			}
			placed++
			require.Equal(t, w.Date, dayNumber(v.Date), "%s, %s: visit %d", x.text, m.Cadence, i+1)
		}
		if goesOn && m.Cadence.Endless() {
			endless++
		}
	}
	t.Logf("placed %d, without a day %d, endless %d, refused %d", placed, missing, endless, refused)
	for _, n := range []int{placed, missing, endless, refused} {
		require.Greater(t, n, many(5))
	}
}
