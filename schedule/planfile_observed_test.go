package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// A plan that was read from its file is the plan in everything that anybody can see of
// it: what it shows to people, what it explains and finds, what it was known as at every
// instant, and which ways on it offers.
func TestReadPlanIsTheSameToSee(t *testing.T) {
	seeds := uint64(24)
	if testing.Short() {
		seeds = 6
	}
	offers, known := 0, 0
	for seed := range seeds {
		w := newWorld(t, 900+seed)
		for range 12 {
			w.step()
		}
		p := w.plan
		again, err := schedule.ParsePlan("x.plan", schedule.FormatPlan(p), schedule.PlanSource{Opening: weekdaysOnly(t), Zone: p.Zone()})
		require.NoError(t, err)
		require.Equal(t, exportsOf(t, p), exportsOf(t, again), "seed %d", seed)
		require.Equal(t, schedule.Validate(p), schedule.Validate(again))
		require.Equal(t, p.Row(), again.Row())

		for _, s := range p.All() {
			here, err := p.Explain(s.ID())
			require.NoError(t, err)
			there, err := again.Explain(s.ID())
			require.NoError(t, err)
			require.Equal(t, string(here.AppendJSON(nil)), string(there.AppendJSON(nil)), "seed %d, session %d", seed, s.Ordinal())

			at := p.AsOf().Add(time.Hour)
			ways, err := p.Repairs(at, s.ID())
			same, errAgain := again.Repairs(at, s.ID())
			require.Equal(t, err == nil, errAgain == nil)
			require.Len(t, same, len(ways))
			for i := range ways {
				here, err := ways[i].MarshalJSON()
				require.NoError(t, err)
				there, err := same[i].MarshalJSON()
				require.NoError(t, err)
				require.Equal(t, string(here), string(there))
				offers++
			}
		}
		for e := range p.History() {
			here, err := p.AsKnown(e.AsOf)
			require.NoError(t, err)
			there, err := again.AsKnown(e.AsOf)
			require.NoError(t, err)
			require.Equal(t, string(here.AppendJSON(nil)), string(there.AppendJSON(nil)))
			known++
		}
	}
	assert.Greater(t, offers, 40)
	assert.Greater(t, known, 40)
}
