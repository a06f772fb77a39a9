package scheduletest

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// midnight returns the beginning of a day on a clinic's clock: nothing of the day is
// past then.
func midnight(d date.Date, zone *time.Location) time.Time {
	t, _ := civil.NewZone(zone).Instant(d, 0)
	return t
}

// noon returns noon of a day on a clinic's clock: what is recorded on a day is
// recorded then.
func noon(d date.Date, zone *time.Location) time.Time {
	const minute = 12 * 60
	t, _ := civil.NewZone(zone).Instant(d, minute)
	return t
}
