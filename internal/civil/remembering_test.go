package civil_test

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
)

// TestRemembering: a shared zone answers as every other does, by a copy that remembers,
// and stays as it is; one that is not shared remembers itself.
func TestRemembering(t *testing.T) {
	for _, name := range []string{"Europe/London", "Australia/Lord_Howe"} {
		location, err := time.LoadLocation(name)
		require.NoError(t, err)
		own, shared := civil.ZoneOf(location), civil.ZoneOf(location)
		first := date.New(2027, time.January, 1)
		shared.Resolve(first, 0)
		shared.Share()
		before := shared
		for day := first; day < first+370; day++ {
			var room civil.Zone
			zone := shared.Remembering(&room)
			require.NotSame(t, &shared, zone)
			for _, minute := range []int{0, 90, 150, 720, 1440} {
				want, wantHow := civil.NewZone(location).Resolve(day, minute)
				got, how := zone.Resolve(day, minute)
				require.Equal(t, want, got, "%s %s %d", name, day, minute)
				require.Equal(t, wantHow, how, "%s %s %d", name, day, minute)
			}
		}
		require.Equal(t, before, shared)
		require.Same(t, &own, own.Remembering(new(civil.Zone)))
	}
}
