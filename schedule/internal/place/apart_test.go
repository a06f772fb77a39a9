package place_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/internal/place"
)

// An appointment that is as far after the one before as it must be can be kept: it is the
// one on a closed day that cannot.
func TestAppointmentAtTheLeastDistance(t *testing.T) {
	days := &table{base: 10, longest: []int{60, 60, 60, 60, -1, 60}, suits: []bool{true, true, true, true, true, true}}
	p := place.Placement{Days: days, MayLeave: true, Slots: []place.Slot{
		{Target: 10, Earliest: 10, Latest: 10, Gap: 2, Fixed: 10}, {Target: 12, Earliest: 11, Latest: 13, Gap: 2, Fixed: 12}, {Target: 14, Earliest: 14, Latest: 14, Gap: 2, Fixed: 14},
	}}
	require.Equal(t, &place.Blocked{Slot: 2, Before: 1, Earliest: 12, Reasons: []place.Reason{place.Closed}}, p.Solve())
	p.Slots[1].Fixed = 11
	require.Equal(t, &place.Blocked{Slot: 1, Before: 0, Earliest: 10, Reasons: []place.Reason{place.TooNear, place.Fixed, place.Fixed}}, p.Solve())
}

// The options of one slot know the earliest day of the slot before it, also of a placement
// that was asked for nothing else.
func TestOptionsOfAlone(t *testing.T) {
	slots := func() *place.Placement {
		return &place.Placement{Days: everyDay{}, Slots: []place.Slot{
			{Target: 10, Earliest: 10, Latest: 11, Gap: 2}, {Target: 12, Earliest: 11, Latest: 12, Gap: 2}, {Target: 13, Earliest: 12, Latest: 13, Gap: 2},
		}}
	}
	require.Equal(t, place.Option{Reason: place.TooNear, Earliest: 10}, slots().OptionsOf(1).Of(1, 11))
	require.Equal(t, place.Option{Reason: place.NoRoom}, slots().OptionsOf(1).Of(1, 12))
}
