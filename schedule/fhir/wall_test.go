package fhir_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/fhir"
)

// lookUp reads a clock minute by minute until it shows a time: the first instant that
// does, or, where the clock jumps over it, the one that its offset before gives.
func lookUp(zone *time.Location, wall time.Time) (at time.Time, what string) {
	const farthest = 16 * 60
	for minute := -farthest; minute <= farthest; minute++ {
		u := wall.Add(time.Duration(minute) * time.Minute).In(zone)
		shows := time.Date(u.Year(), u.Month(), u.Day(), u.Hour(), u.Minute(), 0, 0, time.UTC)
		switch {
		case shows.Equal(wall) && what == "":
			at, what = u, "once"
		case shows.Equal(wall):
			return at, "fold"
		case shows.After(wall) && what == "":
			// The minute before had the offset that holds.
			_, offset := u.Add(-time.Minute).Zone()
			return wall.Add(-time.Duration(offset) * time.Second).In(zone), "gap"
		}
	}
	return at, what
}

// TestWallTimes compares the instants of clock times around changes of the clocks with
// what reading the clock minute by minute gives.
func TestWallTimes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	seen := make(map[string]int)
	for _, change := range []struct {
		zone       string
		year, day  int
		month      time.Month
		hour, wide int
	}{
		{"Europe/Berlin", 2026, 28, time.March, 1, 3},
		{"Europe/Berlin", 2026, 24, time.October, 1, 3},
		{"America/New_York", 2026, 7, time.March, 1, 3},
		{"America/New_York", 2026, 31, time.October, 0, 3},
		{"Australia/Lord_Howe", 2026, 4, time.April, 1, 2},
		{"Australia/Lord_Howe", 2026, 3, time.October, 1, 2},
		{"America/Santiago", 2026, 5, time.September, 23, 2},
		{"Pacific/Apia", 2011, 28, time.December, 0, 23},
	} {
		zone, err := time.LoadLocation(change.zone)
		require.NoError(t, err)
		for range 12 {
			minutes := (change.hour*60 + r.IntN(change.wide*60)) % (24 * 60)
			clock := fmt.Sprintf("%02d:%02d:00", minutes/60, minutes%60)
			timing := fhir.Timing{Repeat: &fhir.Repeat{Count: 4, TimeOfDay: []string{clock}}}
			e, err := timing.Expand(fhir.Options{Start: fhir.OnDay(date.New(change.year, change.month, change.day)), Zone: zone})
			require.NoError(t, err)
			require.Len(t, e.Times, 4)
			require.Len(t, e.Instants, 4)
			var findings []string
			for i, w := range e.Times {
				wall := time.Date(change.year, change.month, change.day+i, minutes/60, minutes%60, 0, 0, time.UTC)
				require.Equal(t, wall.Format("2006-01-02T15:04:05"), w.String())
				at, what := lookUp(zone, wall)
				assert.Equal(t, at.Format(time.RFC3339), e.Instants[i].Format(time.RFC3339), "%s %s", change.zone, w)
				if what != "once" {
					findings = append(findings, w.String()+" "+what)
				}
				seen[what]++
			}
			var got []string
			for _, f := range e.Findings {
				got = append(got, f.String())
			}
			assert.Equal(t, findings, got)
		}
	}
	assert.Greater(t, seen["gap"], 10)
	assert.Greater(t, seen["fold"], 5)
}
