package schedule_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// A way on is recorded under the id of a form by whoever takes it, who has then chosen what the
// table chose; the plan is otherwise that which the way has shown, and the form sent twice
// changes it once.
func TestRecordedAs(t *testing.T) {
	s := late(t)
	s.on("2025-04-08", schedule.Missed{Session: s.id(5)})
	ways, err := s.plan.Repairs(noon("2025-05-01"), s.id(5))
	require.NoError(t, err)
	chosen := 0
	for _, way := range ways {
		if !way.Possible() {
			continue
		}
		before := slices.Clone(way.Entries)
		entries := way.RecordedAs("form-7", "Dr. Example")
		require.Len(t, entries, len(way.Entries), way.Text)
		for i, e := range entries {
			want := []string{"form-7", "form-7-2", "form-7-3", "form-7-4"}[i]
			assert.Equal(t, want, e.Event.ID, way.Text)
			assert.Equal(t, "Dr. Example", e.Event.RecordedBy)
			if c, ok := e.Event.What.(schedule.DoseChosen); ok {
				chosen++
				assert.Equal(t, "Dr. Example", c.Who)
				assert.Equal(t, "the table of missed doses", way.Entries[i].Event.What.(schedule.DoseChosen).Who, "the way itself stays")
			} else {
				assert.Equal(t, way.Entries[i].Event.What, e.Event.What)
			}
		}
		assert.Equal(t, before, way.Entries)
		next, err := s.plan.Replay(entries...)
		require.NoError(t, err, way.Text)
		assert.Equal(t, dosesOf(way.Plan), dosesOf(next))
		again, err := next.Replay(entries...)
		require.NoError(t, err, way.Text)
		assert.Equal(t, next.Revision(), again.Revision())
	}
	assert.Equal(t, 2, chosen, "by hand: 100 mg at once, and titration from 50 mg, for one session each")
	again := slices.IndexFunc(ways, func(w schedule.Repair) bool { return w.Possible() && len(w.Entries) > 0 })
	require.GreaterOrEqual(t, again, 0)
	_, err = s.plan.Replay(ways[again].RecordedAs("no id", "")...)
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, "ID", refused.Field)
	assert.Empty(t, schedule.Repair{}.RecordedAs("form-7", ""))
}
