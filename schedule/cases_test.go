package schedule_test

import (
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A placementCase is one row of testdata/placement.json, daily-carry.json or endless-weekly.json, whose
// expectations were computed by a reference that shares nothing with this module.
type placementCase struct {
	Name, Cadence, Canonical string
	Start, Until             string
	Open, Closed             []string
	MinGapDays               int
	ShortWeek                string
	Sessions                 []placedCase
	Blocked                  int
	ClosedStart              string
}

type placedCase struct {
	Target, Earliest, Latest string
	Date                     *string
}

func placementCases(t *testing.T) []placementCase {
	t.Helper()
	var cases []placementCase
	for file, n := range map[string]int{"placement.json": 160, "daily-carry.json": 24, "endless-weekly.json": 24} {
		data, err := os.ReadFile("testdata/" + file)
		require.NoError(t, err)
		var list []placementCase
		require.NoError(t, json.Unmarshal(data, &list))
		require.Len(t, list, n, file)
		cases = append(cases, list...)
	}
	return cases
}

// request returns the request of a case: a bare cadence in a clinic that is
// open all day on the days given.
func (c placementCase) request(t *testing.T) schedule.Request {
	t.Helper()
	cadence, err := protocol.ParseCadence(c.Cadence)
	require.NoError(t, err)
	assert.Equal(t, c.Canonical, cadence.String())
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: cadence, MinGap: c.MinGapDays}}}.Compile()
	require.NoError(t, err)
	spec := clinic.Spec{Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{}}
	for d := range time.Weekday(7) {
		for _, open := range c.Open {
			if d.String()[:3] == open {
				spec.Weekly[d] = []clinic.Hours{clinic.MustHours("08:00-17:00")}
			}
		}
	}
	for _, closed := range c.Closed {
		spec.Closed = append(spec.Closed, clinic.Closure{Date: schedule.MustDate(closed), Reason: "holiday"})
	}
	office, err := clinic.New(spec)
	require.NoError(t, err)
	var until date.Date
	if c.Until != "" {
		until = schedule.MustDate(c.Until)
	}
	policy, err := schedule.ParseShortWeek(c.ShortWeek)
	require.NoError(t, err)
	return schedule.Request{
		ShortWeek: policy,
		Protocol:  p, Start: schedule.MustDate(c.Start), Until: until, Opening: office,
		Key: testKey(), AsOf: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

func testKey() schedule.Key {
	return schedule.Key{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
}

func TestPlacementCases(t *testing.T) {
	for _, c := range placementCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			plan, err := schedule.Build(c.request(t))
			switch {
			case c.ClosedStart != "":
				closed, ok := errors.AsType[*schedule.StartError](err)
				require.True(t, ok, "%v", err)
				assert.Equal(t, schedule.MustDate(c.ClosedStart), closed.NextOpen)
			case c.Blocked != 0:
				blocked, ok := errors.AsType[*schedule.BuildError](err)
				require.True(t, ok, "%v", err)
				assert.Equal(t, c.Blocked, blocked.Ordinal)
				assert.Len(t, blocked.Days, int(blocked.Latest-blocked.Earliest)+1)
			default:
				require.NoError(t, err)
				require.Equal(t, len(c.Sessions), plan.Len())
				for i, s := range plan.All() {
					want := c.Sessions[i]
					assert.Equal(t, schedule.MustDate(want.Target), s.Target(), "target %d", i+1)
					assert.Equal(t, schedule.MustDate(want.Earliest), s.Earliest(), "earliest %d", i+1)
					assert.Equal(t, schedule.MustDate(want.Latest), s.Latest(), "latest %d", i+1)
					if want.Date == nil {
						assert.False(t, s.Placed(), "%d is left out", i+1)
						continue
					}
					assert.Equal(t, schedule.MustDate(*want.Date), s.Date(), "date %d", i+1)
				}
			}
		})
	}
}
