package schedule_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// reread writes a plan to a file and reads that. No protocol is passed in: the file has
// them.
func reread(t testing.TB, p *schedule.Plan, r *schedule.Request) *schedule.Plan {
	t.Helper()
	file := schedule.FormatPlan(p)
	again, err := schedule.ParsePlan("x.plan", file, schedule.PlanSource{Opening: r.Opening, Zone: r.Zone})
	require.NoError(t, err, "%s", file)
	require.Equal(t, string(file), string(schedule.FormatPlan(again)))
	return again
}

// requireSame requires that everything that two plans say is the same.
func requireSame(t testing.TB, p, again *schedule.Plan) {
	t.Helper()
	require.NoError(t, again.CheckState())
	require.Equal(t, string(p.AppendJSON(nil)), string(again.AppendJSON(nil)))
	require.True(t, p.Diff(again).Empty(), "%v", p.Diff(again))
	require.Equal(t, slices.Collect(p.Checkpoints()), slices.Collect(again.Checkpoints()))
	require.Equal(t, p.Digest(), again.Digest())
	for i := 1; i <= p.Len(); i++ {
		s, _ := p.At(i)
		x, _ := again.At(i)
		require.Equal(t, s.Snapshot(), x.Snapshot())
		require.Equal(t, s.Delivery(), x.Delivery())
		require.Equal(t, p.Told(s.ID()), again.Told(s.ID()))
		if s.DoseError() != nil {
			require.EqualError(t, x.DoseError(), s.DoseError().Error())
		}
	}
}

// A plan that was read goes on as the one that was written, whatever is recorded,
// decided and corrected after that.
func TestPlanFileGoesOn(t *testing.T) {
	for seed := range uint64(many(12)) {
		t.Run(strconv.Itoa(int(seed)), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 16))
			request := correctedInstance(t, r)
			plan, err := schedule.Build(request)
			require.NoError(t, err)
			requireSame(t, plan, reread(t, plan, &request))
			kept := plan
			at := request.AsOf.Add(12 * time.Hour)
			for n := range 25 {
				at = at.AddDate(0, 0, r.IntN(3))
				what := randomEntry(r, plan, date.New(at.Year(), at.Month(), at.Day()))
				if history := slices.Collect(plan.History()); len(history) > 1 && r.IntN(3) == 0 {
					c := schedule.Corrected{Of: history[r.IntN(len(history))].Event.ID, Reason: "r", Who: "w"}
					if _, nested := what.(schedule.Corrected); !nested && r.IntN(3) == 0 {
						c.Instead = what
					}
					what = c
				}
				event := schedule.Event{ID: "e" + strconv.Itoa(n), What: what}
				next, err := plan.Apply(event, at)
				again, err2 := kept.Apply(event, at)
				if err != nil {
					require.EqualError(t, err2, err.Error())
					continue
				}
				require.NoError(t, err2)
				require.Equal(t, string(schedule.FormatPlan(next)), string(schedule.FormatPlan(again)), "%d: %v", n, what)
				plan, kept = next, reread(t, again, &request)
				requireSame(t, plan, kept)
			}
		})
	}
}
