package clinic_test

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// TestFrozenTimes: a table that others share says when a visit ends, and whether a day
// holds it, as one does that nobody shares, in every season and where clocks change.
func TestFrozenTimes(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("00:30-12:00"), time.Sunday, time.Monday)})
	require.NoError(t, err)
	first := date.New(2027, time.January, 1)
	own, frozen := clinic.NewTable(office, zone), clinic.NewTable(office, zone)
	frozen.AskAll(first, first+370)
	frozen.Freeze()
	for day := first; day <= first+370; day++ {
		for _, start := range []int{0, 45, 70, 100, 600} {
			for _, minutes := range []int{10, 60, 200} {
				end, ok := own.At(day, minutes, start)
				got, holds := frozen.At(day, minutes, start)
				require.Equal(t, ok, holds, "%s %d %d", day, start, minutes)
				require.Equal(t, end, got, "%s %d %d", day, start, minutes)
				require.Equal(t, own.Holds(day, start, start+minutes), frozen.Holds(day, start, start+minutes), "%s %d %d", day, start, minutes)
			}
		}
	}
}
