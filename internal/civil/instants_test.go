package civil_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
)

// A zone that remembers one season reads the instants of others right, those of the
// clock changes included.
func TestReadOfAnotherSeason(t *testing.T) {
	location, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	for _, tt := range []struct{ at, want string }{
		{"2026-03-08T06:59:59Z", "2026-03-08 01:59"}, // the last second of winter
		{"2026-03-08T07:00:00Z", "2026-03-08 03:00"},
		{"2026-11-01T05:59:59Z", "2026-11-01 01:59"}, // the last second of summer
		{"2026-11-01T06:00:00Z", "2026-11-01 01:00"},
		{"2025-12-24T12:00:00Z", "2025-12-24 07:00"},
		{"2027-01-01T03:00:00Z", "2026-12-31 22:00"},
		{"2027-06-01T03:00:00Z", "2027-05-31 23:00"},
		{"1969-12-31T23:59:59Z", "1969-12-31 18:59"},
		{"1970-01-01T05:00:00Z", "1970-01-01 00:00"},
		{"1969-12-31T05:00:00Z", "1969-12-31 00:00"}, // a midnight before the first second
		{"1969-12-31T04:59:00Z", "1969-12-30 23:59"},
		{"1901-02-03T12:30:00Z", "1901-02-03 07:30"},
	} {
		at, err := time.Parse(time.RFC3339, tt.at)
		require.NoError(t, err)
		for _, month := range []time.Month{time.January, time.June, time.December} {
			zone := civil.NewZone(location)
			zone.Resolve(date.New(2026, month, 1), 0)
			day, minute := zone.Read(at.Unix())
			got := civil.Format(day) + " " + (time.Time{}).Add(time.Duration(minute)*time.Minute).Format("15:04")
			assert.Equal(t, tt.want, got, "%s, after %s", tt.at, month)
		}
	}
}

// Instants are whole minutes in the zone.
func TestInstantIsWhole(t *testing.T) {
	location := time.FixedZone("Asia/Kolkata", 19800)
	at, how := civil.NewZone(location).Instant(date.New(2026, time.June, 1), 45)
	assert.True(t, at.Equal(time.Date(2026, time.June, 1, 0, 45, 0, 0, location)))
	assert.Equal(t, location, at.Location())
	assert.Equal(t, civil.Once, how)
}

// Only a day of which no minute is on the clock is skipped: Apia and Kwajalein moved
// across the date line, Nuuk jumps over the last hour of a day, Beirut over the first.
func TestSkipsOnlyWholeDays(t *testing.T) {
	for _, tt := range []struct {
		zone string
		day  date.Date
		want bool
	}{
		{"Pacific/Apia", date.New(2011, time.December, 29), false},
		{"Pacific/Apia", date.New(2011, time.December, 30), true},
		{"Pacific/Apia", date.New(2011, time.December, 31), false},
		{"Pacific/Kwajalein", date.New(1993, time.August, 21), true},
		{"America/Nuuk", date.New(2024, time.March, 30), false},
		{"Asia/Beirut", date.New(2026, time.March, 29), false},
		{"UTC", date.New(2026, time.March, 29), false},
	} {
		location, err := time.LoadLocation(tt.zone)
		require.NoError(t, err)
		assert.Equal(t, tt.want, civil.NewZone(location).Skips(tt.day), "%s %s", tt.zone, civil.Format(tt.day))
	}
	nuuk, err := time.LoadLocation("America/Nuuk")
	require.NoError(t, err)
	_, how := civil.NewZone(nuuk).Resolve(date.New(2024, time.March, 30), 23*60+59)
	assert.Equal(t, civil.Gap, how, "the zone is one that jumps so")
}

// A day before all that zones know ends the search too.
func TestResolveBeforeYearOne(t *testing.T) {
	day := date.New(-4, time.January, 1)
	for offset := range 2 {
		unix, how := civil.NewZone(time.FixedZone("fixed", offset*3600)).Resolve(day, 60)
		assert.Equal(t, civil.Unix(day)+int64(3600-offset*3600), unix)
		assert.Equal(t, civil.Once, how)
	}
}

// The location of the machine is refused whatever its name is.
func TestCheckZoneOfTheMachine(t *testing.T) {
	was := time.Local
	t.Cleanup(func() { time.Local = was })
	time.Local = time.FixedZone("Europe/London", 0)
	found, want := civil.CheckZone(time.Local)
	assert.Equal(t, []string{"Local", wantName}, []string{found, want})
}

// Every year is written with four digits, every month and day with two.
func TestFormatOfEveryYear(t *testing.T) {
	for year := civil.MinYear; year <= civil.MaxYear; year++ {
		at := time.Date(year, time.Month(1+year%12), 1+year%28, 0, 0, 0, 0, time.UTC)
		text := civil.Format(civil.Of(at, time.UTC))
		require.Equal(t, at.Format(time.DateOnly), text)
		_, offset, err := civil.Parse(text)
		require.NoError(t, err)
		require.Zero(t, offset)
	}
}

// A stretch that outlasts another which it interrupts leaves nothing of it, and the one
// around both goes on after it. A lone stretch is one.
func TestApartOutlasted(t *testing.T) {
	first := date.New(2025, time.January, 1)
	apart := civil.Apart([]civil.Stretch{
		{From: first, To: first + 9, Reason: "a"}, {From: first + 1, To: first + 3, Reason: "b"}, {From: first + 2, To: first + 6, Reason: "c"},
	})
	var got strings.Builder
	for d := first; d <= first+10; d++ {
		reason, _ := apart.On(d)
		got.WriteString(reason)
	}
	assert.Equal(t, "abcccccaaa", got.String())
	assert.True(t, civil.Apart([]civil.Stretch{{From: first, To: first, Reason: "a"}}).Any())
}
