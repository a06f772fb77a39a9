package scheduletest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// What a plan tells of a session cannot be spoilt from outside, so it is spoilt here, one
// rule at a time.
func TestBrokenTellings(t *testing.T) {
	monday := schedule.MustDate("2025-01-06")
	numbers := map[string]int{"": 0, "closed": 1, "moved": 2}
	now := schedule.Telling{Date: monday + 2, State: schedule.StatePlanned, Revision: 2}
	said := func() []schedule.Telling {
		return []schedule.Telling{
			{Date: monday, State: schedule.StatePlanned},
			{Date: monday + 1, State: schedule.StatePlanned, Event: "closed", Revision: 1},
			{Date: monday + 2, State: schedule.StatePlanned, Event: "moved", Revision: 2},
		}
	}
	require.NoError(t, testTellings(said(), now, numbers))
	require.EqualError(t, testTellings(nil, now, numbers), "nothing was ever said of it")
	for _, tt := range []struct {
		want   string
		breaks func(said []schedule.Telling, now *schedule.Telling)
	}{
		{"was said last, want", func(_ []schedule.Telling, now *schedule.Telling) { now.Date++ }},
		{`event "forgotten" is not in the history`, func(said []schedule.Telling, _ *schedule.Telling) { said[1].Event = "forgotten" }},
		{"revision 1 was said first, want 0", func(said []schedule.Telling, _ *schedule.Telling) { said[0].Revision = 1 }},
		{`event "moved" comes after "moved", which is later`, func(said []schedule.Telling, _ *schedule.Telling) { said[1].Event = "moved" }},
		{`event "closed" comes after "moved", which is later`, func(said []schedule.Telling, _ *schedule.Telling) {
			said[1].Event, said[2].Event = "moved", "closed"
		}},
		{"revision 2 comes after 0", func(said []schedule.Telling, _ *schedule.Telling) { said[1].Revision = 2 }},
	} {
		list, last := said(), now
		tt.breaks(list, &last)
		require.ErrorContains(t, testTellings(list, last, numbers), tt.want)
	}
	same := said()
	same[2].Revision, now.Revision = 1, 1
	require.NoError(t, testTellings(same, now, numbers), "what changes nothing for the patient keeps the revision")
	same[2].Revision, now.Revision = 0, 0
	require.EqualError(t, testTellings(same, now, numbers), "revision 0 comes after 1")
}
