package scheduletest

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

func TestTargetOfAnExplanation(t *testing.T) {
	for _, tt := range []struct{ target, want string }{
		{`{"from": "2025-01-06", "count": 2, "unit": "d", "postponedWeeks": 0}`, "2025-01-08"},
		{`{"from": "2025-01-06", "count": 2, "unit": "w", "postponedWeeks": 1}`, "2025-01-27"},
		{`{"from": "2025-01-31", "count": 1, "unit": "mo", "postponedWeeks": 0}`, "2025-02-28"},
		{`{"from": "2025-01-31", "count": 2, "unit": "mo", "postponedWeeks": 0}`, "2025-03-31"},
		{`{"from": "2025-01-06", "count": 2, "unit": "years", "postponedWeeks": 0}`, ""},
		{`{"from": "2025-02-30", "count": 2, "unit": "d", "postponedWeeks": 0}`, ""},
	} {
		var e explained
		require.NoError(t, json.Unmarshal([]byte(`{"target": `+tt.target+`}`), &e))
		target, err := e.target()
		if tt.want == "" {
			require.Error(t, err)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, tt.want, civil.Format(target))
	}
}

// An explanation that does not lead to one date is found out.
func TestBestOfAnExplanation(t *testing.T) {
	for _, tt := range []struct{ name, candidates, want, says string }{
		{"least sum", `{"date": "a", "total": 4}, {"date": "b", "total": 2}, {"date": "c", "total": 3}`, "b", ""},
		{"fewest left out", `{"date": "a", "total": 4}, {"date": "b", "total": 2, "leftOut": 1}`, "a", ""},
		{"not possible", `{"date": "a", "total": 4}, {"date": "b", "total": 2, "cause": "closed"}`, "a", ""},
		{"tie", `{"date": "a", "total": 2, "tie": {"taken": "2025-01-10", "instead": "2025-01-09"}}, {"date": "b", "total": 2}`, "b", ""},
		{"tie, left out", `{"date": "a", "total": 2, "tie": {"taken": "2025-01-10", "instead": null}}, {"date": "b", "total": 2}`, "b", ""},
		{"tie without a reason", `{"date": "a", "total": 2}, {"date": "b", "total": 2}`, "a", "b is as good"},
		{"tie the wrong way", `{"date": "a", "total": 2, "tie": {"taken": "2025-01-09", "instead": "2025-01-10"}}, {"date": "b", "total": 2}`, "", "not earlier"},
		{"equal, then better", `{"date": "a", "total": 2}, {"date": "b", "total": 2}, {"date": "c", "total": 1}`, "c", ""},
		{"none", ``, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var e explained
			require.NoError(t, json.Unmarshal([]byte(`{"candidates": [`+tt.candidates+`]}`), &e))
			best, err := e.best()
			assert.Equal(t, tt.want, best)
			if tt.says == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, tt.says)
			}
		})
	}
}

// An Opening that must not be asked remembers that it was.
func TestUnasked(t *testing.T) {
	u := new(unasked)
	hours, _ := u.Open(schedule.MustDate("2025-01-06"))
	assert.Empty(t, hours)
	assert.Equal(t, schedule.MustDate("2025-01-06"), u.about)
}

// Lists that are too long to be compared line by line are shown whole.
func TestLongDifference(t *testing.T) {
	want, got := make([]string, 2100), make([]string, 2100)
	for i := range want {
		want[i], got[i] = "w", "g"
	}
	assert.Len(t, difference(want, got), 2100*2*4)
}
