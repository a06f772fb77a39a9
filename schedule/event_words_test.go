package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// What an audit trail shows of an event: its kind, words, and the sessions it names.
func TestEventWords(t *testing.T) {
	one, err := schedule.ParseID("6v5l5iukl5bz6y65")
	assert.NoError(t, err)
	two, err := schedule.ParseID("bdrrew2kdea6mzvu")
	assert.NoError(t, err)
	day := schedule.MustDate("2025-01-06")
	tests := []struct {
		event       schedule.Event
		kind, words string
		about       []schedule.ID
	}{
		{schedule.Event{ID: "a", What: schedule.Missed{Session: one, Reason: "ill"}, RecordedBy: "nurse-7"}, "missed", "missed (ill)", []schedule.ID{one}},
		{schedule.Event{What: schedule.PlacedAgain{Sessions: []schedule.ID{two, one}}}, "placed-again", "2 sessions placed again inside their windows", []schedule.ID{two, one}},
		{schedule.Event{What: schedule.Weighed{Date: day, Weight: dose.MustWeight("81 kg")}}, "weighed", "weighed 81 kg on Mon 2025-01-06", nil},
		{schedule.Event{}, "", "no event", nil},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.kind, tt.event.Kind())
		assert.Equal(t, tt.words, tt.event.String())
		assert.Equal(t, tt.about, tt.event.About())
	}
}
