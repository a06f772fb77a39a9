package schedule

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
)

// A visit ends on the day on which it began, or on the next where the clock showed less
// when it ended: but between 02:00 and 03:00 of 2025-10-26 Berlin's clocks showed every
// reading twice, and less may be later.
func TestEndOf(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	const hour, day = 60, 24 * 60
	for _, tt := range []struct {
		on               string
		start, end, want int
	}{
		{"2025-10-25", 2*hour + 30, 3 * hour, 3 * hour},
		{"2025-10-25", 2*hour + 30, 2*hour + 10, day + 2*hour + 10},
		{"2025-10-25", 23 * hour, 0, day},
		{"2025-10-26", 2*hour + 30, 2*hour + 10, 2*hour + 10},
		{"2025-10-26", 2*hour + 30, 30, day + 30},
		{"2025-10-26", 5 * hour, 2*hour + 30, day + 2*hour + 30},
		{"2025-10-26", 2*hour + 30, 2*hour + 30, 2*hour + 30},
		{"2025-10-26", -1, 30, 30},
		{"2025-10-26", 30, -1, -1},
	} {
		require.Equal(t, tt.want, endOf(civil.NewZone(berlin), MustDate(tt.on), tt.start, tt.end), "%s %d to %d", tt.on, tt.start, tt.end)
	}
}
