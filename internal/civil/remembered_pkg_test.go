package civil

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a Zone remembers costs no look-up: from the first second after a clock change to
// the next one it needs its location no more, on the wall and by instants.
func TestRememberedStretch(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	instant := func(s string) int64 {
		at, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return at.Unix()
	}
	zone := NewZone(newYork)
	zone.Resolve(date.New(2026, time.June, 1), 600)
	zone.location = nil // whoever looks something up panics
	for _, tt := range []struct {
		day    date.Date
		minute int
		want   string
		how    Resolution
	}{
		{date.New(2026, time.March, 8), 180, "2026-03-08T07:00:00Z", Once}, // the first one
		{date.New(2026, time.July, 4), 0, "2026-07-04T04:00:00Z", Once},
		{date.New(2026, time.November, 1), 119, "2026-11-01T05:59:00Z", Fold}, // the last one
	} {
		unix, how := zone.Resolve(tt.day, tt.minute)
		assert.Equal(t, instant(tt.want), unix)
		assert.Equal(t, tt.how, how)
		day, minute := zone.Read(unix)
		assert.Equal(t, tt.day, day)
		assert.Equal(t, tt.minute, minute)
	}
	assert.Panics(t, func() { zone.Resolve(date.New(2026, time.March, 8), 179) })
	assert.Panics(t, func() { zone.Resolve(date.New(2026, time.November, 1), 120) })
	assert.Panics(t, func() { zone.Read(instant("2026-03-08T07:00:00Z") - 1) })
	assert.Panics(t, func() { zone.Read(instant("2026-11-01T06:00:00Z")) })

	// Where clocks never change, that is all there is.
	zone = NewZone(time.FixedZone("Asia/Kolkata", 19800))
	zone.Resolve(date.New(2026, time.June, 1), 600)
	zone.location = nil
	for _, day := range []date.Date{first, date.New(1970, time.January, 1), last} {
		unix, how := zone.Resolve(day, 330)
		assert.Equal(t, Unix(day), unix)
		assert.Equal(t, Once, how)
		got, minute := zone.Read(unix)
		assert.Equal(t, day, got)
		assert.Equal(t, 330, minute)
	}
}

// A zone that is shared answers as before and is not written to.
func TestSharedZone(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	zone := NewZone(paris)
	summer, winter := date.New(2026, time.July, 1), date.New(2026, time.December, 1)
	zone.Resolve(summer, 0)
	summerOnly := *zone
	zone.Resolve(winter, 0)
	require.NotEqual(t, summerOnly, *zone, "until it is shared it remembers what comes last")
	zone.Resolve(summer, 0)
	require.Equal(t, summerOnly, *zone)

	zone.Share()
	require.NotEqual(t, summerOnly, *zone)
	shared := *zone
	for range 2 {
		unix, _ := zone.Resolve(winter, 720)
		assert.Equal(t, Unix(winter)+11*3600, unix)
		require.Equal(t, shared, *zone)
		unix, _ = zone.Resolve(summer, 720)
		assert.Equal(t, Unix(summer)+10*3600, unix)
		require.Equal(t, shared, *zone)
		zone.Share()
	}
	own := zone.Own()
	require.Equal(t, summerOnly, own, "it remembers the same, and may be written to")
	own.Resolve(winter, 0)
	require.NotEqual(t, summerOnly, own)
	require.Equal(t, shared, *zone)
}
