package civil_test

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
)

// The rules at the end of the zone files hold to the last year that is planned:
// every year has its one gap and its one fold, quarter hour by quarter hour.
func TestEveryYearHasItsClockChanges(t *testing.T) {
	for name, quarters := range map[string]int{"Europe/Paris": 4, "America/New_York": 4, "Australia/Lord_Howe": 2, "Asia/Kolkata": 0} {
		location, err := time.LoadLocation(name)
		require.NoError(t, err)
		for year := 2030; year <= civil.MaxYear; year++ {
			zone := civil.NewZone(location)
			found := map[civil.Resolution]int{}
			for d := date.New(year, 1, 1); d <= date.New(year, 12, 31); d++ {
				for minute := 0; minute < 5*60; minute += 15 {
					_, how := zone.Resolve(d, minute)
					found[how]++
				}
			}
			require.Equal(t, quarters, found[civil.Gap], "%s %d", name, year)
			require.Equal(t, quarters, found[civil.Fold], "%s %d", name, year)
		}
	}
}
