package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/schedule"
)

// A session that is added is of the phase of the session before it, with the number that the
// phase has reached by its day; of a phase that nothing has begun yet it is the first.
func TestAddedPhaseAndNumber(t *testing.T) {
	for _, tt := range []struct {
		date, phase string
		want        string
		number      int
	}{
		{"2026-03-07", "", "induction", 2},
		{"2026-03-18", "", "weekly", 1},
		{"2026-03-25", "", "weekly", 2},
		{"2026-03-07", "weekly", "weekly", 1},
		{"2026-03-25", "induction", "induction", 4},
	} {
		s := living(t, request(compiled(t, visitSpec()), allDay(), "2026-03-02"))
		s.on("2026-03-02", schedule.Added{Date: day(tt.date), Phase: tt.phase})
		for _, session := range s.plan.All() {
			if session.Extra() {
				assert.Equal(t, tt.want, session.Phase(), tt.date)
				assert.Equal(t, tt.number, session.Number(), tt.date)
			}
		}
		assert.Equal(t, 7, s.plan.Len())
	}
}
