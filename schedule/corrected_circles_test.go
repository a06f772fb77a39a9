package schedule_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// Corrections that withdraw each other in a row: of an even number nothing is left, of an
// odd one what the first says. None can name one that comes after it, so that they never
// meet in a circle.
func TestCorrectionsThatWithdrawEachOther(t *testing.T) {
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x3", "0.5 mg/kg of actual weight, hard max 100 mg")}}), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	s.on("2025-01-08", schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight("90 kg")})
	for n := 1; n <= 40; n++ {
		before := string(schedule.FormatPlan(s.plan))
		_, err := s.plan.Apply(schedule.Event{ID: "x", What: corrected(fmt.Sprint("e", n+1), nil)}, noon("2025-01-09"))
		require.ErrorIs(t, err, schedule.ErrUnknownEvent, "one that comes after it")
		require.Equal(t, before, string(schedule.FormatPlan(s.plan)))

		s.correct("2025-01-09", fmt.Sprint("e", n), nil)
		want := "45 mg"
		if n%2 == 1 {
			want = "40 mg"
		}
		require.Equal(t, want, sessionAt(s.plan, 2).Dose().Dose().String(), "%d corrections", n)
		requireKept(t, s.plan)
	}
	// What was recorded is all still there.
	assert.Equal(t, 41, s.n)
}

// What is told as of before what was told last is refused, whatever it is, and only the
// correction that withdraws a wrong clock is not.
func TestAsOfGoesBack(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-08", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	for _, what := range []schedule.Happening{
		schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")},
		schedule.Held{Session: s.id(2), Reason: "fever"},
		schedule.Missed{Session: s.id(1)},
		schedule.Cancelled{Session: s.id(2), Reason: "wish"},
	} {
		before := string(schedule.FormatPlan(s.plan))
		_, err := s.plan.Apply(schedule.Event{ID: "late", What: what}, noon("2025-01-07"))
		refused := new(schedule.EventError)
		require.ErrorAs(t, err, &refused)
		require.ErrorIs(t, err, schedule.ErrOrder)
		assert.Equal(t, "late", refused.Event)
		assert.Equal(t, before, string(schedule.FormatPlan(s.plan)))
	}
}
