package sheet

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A visit that lasts past midnight says that it ends the next day, in every
// language, and is the next one until it has ended.
func TestVisitPastMidnight(t *testing.T) {
	v := many(t, "en-GB", 2, 7)
	at := &v.visits[0]
	at.start, at.end = clinic.MustHours("22:30-01:10").From, clinic.MustHours("22:30-01:10").To
	at.endDate = at.date + 1
	for tag, want := range map[string]string{
		"en-GB": "22:30 – 01:10 the next day",
		"en-US": "10:30 PM – 1:10 AM the next day",
		"de":    "22:30 – 01:10 am Folgetag",
		"es":    "22:30 – 1:10 del día siguiente",
	} {
		l, ok := LocaleOf(tag)
		require.True(t, ok)
		v.Locale = l
		assert.Equal(t, unbroken(want), unbroken(v.times(at)), tag)
	}
	for asOf, next := range map[string]int{
		"2020-01-01T12:00:00Z": 1, "2020-01-01T23:00:00Z": 1, "2020-01-02T00:30:00Z": 1, "2020-01-02T01:09:00Z": 1,
		"2020-01-02T01:10:00Z": 2, "2020-01-02T12:00:00Z": 2,
	} {
		instant, err := time.Parse(time.RFC3339, asOf)
		require.NoError(t, err)
		v.asOf = instant
		v.begin()
		assert.Equal(t, next, v.next().ordinal, asOf)
	}
	begins, ends := instants(civil.NewZone(v.zone), at)
	assert.Equal(t, "2020-01-01T22:30:00Z 2020-01-02T01:10:00Z", begins+" "+ends)
}
