package ical_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// A visit that lasts past midnight ends on the next day, whatever the clocks do in
// the night.
func TestVisitPastMidnight(t *testing.T) {
	for _, tt := range []struct{ zone, start, hours, preferred, begins, ends string }{
		{"Europe/Paris", "2026-01-05", "20:00-02:00", "23:00", "2026-01-05 23:00", "2026-01-06 01:00"},
		{"Europe/Paris", "2026-01-05", "20:00-24:00", "22:00", "2026-01-05 22:00", "2026-01-06 00:00"},
		{"Europe/Paris", "2026-03-28", "20:00-04:00", "23:30", "2026-03-28 23:30", "2026-03-29 01:30"},
		{"Europe/Paris", "2026-03-28", "23:50-06:00", "23:59", "2026-03-28 23:50", "2026-03-29 01:50"},
		{"America/Santiago", "2026-09-05", "22:00-06:00", "23:30", "2026-09-05 23:30", "2026-09-06 02:30"}, // 24:00 is 01:00
	} {
		r := requestFor(t, bare("every 1d x1", 2*time.Hour), location(t, tt.zone), tt.start, tt.hours)
		require.NoError(t, r.Wishes.Preferred.UnmarshalText([]byte(tt.preferred)))
		r.Grid = 10 * time.Minute
		plan := build(t, r)
		read, _ := export(t, plan, ical.Options{})
		require.Len(t, read.events, 1)
		form := func(at time.Time) string { return at.In(plan.Zone()).Format("2006-01-02 15:04") }
		assert.Equal(t, tt.begins+" to "+tt.ends, form(read.events[0].start)+" to "+form(read.events[0].end), tt)
		assert.Equal(t, 2*time.Hour, read.events[0].end.Sub(read.events[0].start), tt)

		// The same once it was given, and from 23:30 to 01:10 where that was written
		// down.
		s, _ := plan.At(1)
		given := schedule.Given{Session: s.ID(), Date: s.Date(), Start: s.Start(), End: s.End()}
		after := time.Date(s.Date().Year(), s.Date().Month(), s.Date().Day()+1, 12, 0, 0, 0, plan.Zone())
		told, err := plan.Apply(schedule.Event{ID: "given", What: given}, after)
		require.NoError(t, err)
		read, _ = export(t, told, ical.Options{})
		assert.Equal(t, tt.begins+" to "+tt.ends, form(read.events[0].start)+" to "+form(read.events[0].end), tt)
	}
}
