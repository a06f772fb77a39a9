package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// Every event moves the instant, by a second where nothing else does.
func TestLastModified(t *testing.T) {
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x4", "84 mg")}}, func(*schedule.Request) {})
	require.NoError(t, err)
	start := plan.AsOf().UTC().Truncate(time.Second)
	assert.Equal(t, start, plan.LastModified())
	for i, step := range []struct{ asOf, want time.Duration }{
		{0, time.Second}, // as of the instant at which the plan was built
		{300 * time.Millisecond, 2 * time.Second},
		{time.Hour, time.Hour},
		{time.Hour, time.Hour + time.Second},
		{time.Hour + time.Second, time.Hour + 2*time.Second},
		{time.Hour + 2*time.Second, time.Hour + 3*time.Second},
		{2 * time.Hour, 2 * time.Hour},
	} {
		plan, err = plan.Apply(schedule.Event{ID: "e" + string(rune('a'+i)), What: schedule.PatientAway{From: schedule.MustDate("2030-01-01").AddDate(0, 0, 7*i), To: schedule.MustDate("2030-01-01").AddDate(0, 0, 7*i)}},
			start.Add(step.asOf))
		require.NoError(t, err)
		assert.Equal(t, start.Add(step.want), plan.LastModified(), i)
	}
}
