package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// randomHappening returns something that may happen to a session.
func randomHappening(r *rand.Rand, plan *schedule.Plan, today date.Date) schedule.Happening {
	session := sessionAt(plan, 1+r.IntN(plan.Len()))
	for _, s := range plan.All() { // most often the next
		if s.Placed() && (s.State() == schedule.StatePlanned || s.State() == schedule.StateHeld) && r.IntN(3) > 0 {
			session = s
			break
		}
	}
	id, on := session.ID(), today+date.Date(r.IntN(10))
	switch r.IntN(15) {
	case 14:
		return schedule.Corrected{Of: fmt.Sprint(r.IntN(8)), Reason: "r", Who: "w"}
	case 0, 1, 2:
		return schedule.Given{Session: id, Date: today - date.Date(r.IntN(2))}
	case 3:
		return schedule.Missed{Session: id}
	case 4:
		return schedule.Cancelled{Session: id, By: schedule.ByPatient, Rest: r.IntN(5) == 0}
	case 5:
		return schedule.Moved{Session: id, Date: session.Target() + date.Date(r.IntN(3))}
	case 6:
		return schedule.Added{Date: on}
	case 7:
		return schedule.Held{Session: id}
	case 8:
		return schedule.Resumed{}
	case 9:
		return schedule.Shifted{Session: id, Weeks: r.IntN(3)}
	case 10:
		return schedule.Reanchored{Session: id, Date: on}
	case 11:
		return schedule.Appended{Session: id}
	case 12:
		return schedule.Restarted{Session: id, Date: on}
	default:
		return schedule.ClinicClosed{From: on, To: on + date.Date(r.IntN(3))}
	}
}

// The request and the events alone rebuild the plan, byte for byte, also out of
// its file without asking the clinic again.
func TestRebuild(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	events, refused := 0, 0
	for plans := 0; plans < many(10_000); {
		x, ok := randomInstance(t, r)
		if !ok {
			continue
		}
		x.request.AsOf = time.Date(x.request.Start.Year(), x.request.Start.Month(), x.request.Start.Day(), 12, 0, 0, 0, time.UTC)
		built, err := schedule.Build(x.request)
		if err != nil || built.Len() == 0 {
			continue
		}
		plans++
		plan, now := built, x.request.AsOf
		for i := range 1 + r.IntN(10) {
			now = now.AddDate(0, 0, r.IntN(4))
			what := randomHappening(r, plan, date.New(now.Year(), now.Month(), now.Day()))
			next, err := plan.Apply(schedule.Event{ID: fmt.Sprint(i), What: what}, now)
			if err != nil {
				refused++
				continue
			}
			events++
			plan = next
			require.NoError(t, plan.CheckState())
		}
		want := string(schedule.FormatPlan(plan))
		fresh, err := schedule.Build(x.request)
		require.NoError(t, err)
		again, err := fresh.Replay(slices.Collect(plan.History())...)
		require.NoError(t, err)
		require.Equal(t, want, string(schedule.FormatPlan(again)), x.text)
		if plans%5 == 0 {
			requireKept(t, plan)
		}
	}
	t.Logf("%d events, %d refused", events, refused)
	require.Greater(t, events, many(20_000))
	require.Greater(t, refused, many(2_000))
}
