package scheduletest

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// noon returns noon of a day on a clinic's clock: what is recorded on a day is
// recorded then.
func noon(d date.Date, zone *time.Location) time.Time {
	const minute = 12 * 60
	t, _ := civil.NewZone(zone).Instant(d, minute)
	return t
}
