package civil_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
)

const wantName = "want a time zone with an IANA name, such as Europe/London"

func TestCheckZone(t *testing.T) {
	for _, tt := range []struct {
		location    *time.Location
		found, want string
	}{
		{nil, "", "want the clinic's time zone"},
		{time.Local, "Local", wantName},
		{time.FixedZone("", 3600), "", wantName},
		{time.FixedZone("Local", 3600), "Local", wantName},
		{time.FixedZone("Europe/London", 0), "", ""},
		{time.UTC, "", ""},
	} {
		found, want := civil.CheckZone(tt.location)
		assert.Equal(t, []string{tt.found, tt.want}, []string{found, want}, "%v", tt.location)
	}
}

// Only a plain name is looked up.
func TestLoadZone(t *testing.T) {
	load := func(name string) (*time.Location, error) { return time.FixedZone(name, 0), nil }
	for _, name := range []string{"Europe/London", "Etc/GMT+5", "America/Port-au-Prince", "America/Argentina/Rio_Gallegos", "AZaz09", strings.Repeat("a", 64)} {
		location, want, err := civil.LoadZone(name, load)
		require.NoError(t, err)
		require.Empty(t, want, name)
		assert.Equal(t, name, location.String())
	}
	for _, name := range []string{"", "Local", strings.Repeat("a", 65), "a b", "../x", "Zürich", "A@", "A[", "A`", "A{", "A:", "A\x00"} {
		location, want, err := civil.LoadZone(name, load)
		require.NoError(t, err)
		assert.Nil(t, location, name)
		assert.Equal(t, wantName, want, name)
	}
	missing := errors.New("missing")
	for _, tt := range []struct {
		load func(string) (*time.Location, error)
		want string
		err  error
	}{
		{nil, "want a function that loads time zones", nil},
		{func(string) (*time.Location, error) { return time.UTC, missing }, "want a time zone that is known", missing},
		{func(string) (*time.Location, error) { return nil, nil }, "want a time zone that is known", nil},
		{func(string) (*time.Location, error) { return time.Local, nil }, "want a time zone that is known", nil},
		{func(string) (*time.Location, error) { return time.UTC, nil }, "want the time zone UTC", nil},
	} {
		location, want, err := civil.LoadZone("Europe/London", tt.load)
		assert.Nil(t, location)
		assert.Equal(t, tt.want, want)
		assert.Equal(t, tt.err, err)
	}
}

func TestNamedForOffset(t *testing.T) {
	for name, is := range map[string]bool{
		"EST": true, "MST": true, "HST": true, "Etc/GMT+5": true, "GMT-3": true, "UTC+10": true, "Etc/GMT-14": true,
		"GMT": false, "UTC": false, "Etc/UTC": false, "Etc/GMT": false, "GMT+0": false, "Etc/GMT-0": false, "GMT0": false, "UTC+": false, "GMT+00": false,
		"EST5EDT": false, "Europe/London": false, "Etc/Greenwich": false, "GMTish": false,
	} {
		assert.Equal(t, is, civil.NamedForOffset(time.FixedZone(name, 0)), name)
	}
}

// Apia moved across the date line on 2011-12-30; Lord Howe's clocks never skip a day.
func TestSkips(t *testing.T) {
	for name, skipped := range map[string]bool{"Pacific/Apia": true, "Australia/Lord_Howe": false} {
		location, err := time.LoadLocation(name)
		require.NoError(t, err)
		zone := civil.NewZone(location)
		zone.Share()
		own := zone.Own()
		for _, z := range []*civil.Zone{zone, &own} {
			assert.Equal(t, skipped, z.Skips(date.New(2011, time.December, 30)), name)
			assert.False(t, z.Skips(date.New(2011, time.December, 29)) || z.Skips(date.New(2011, time.December, 31)), name)
			assert.Equal(t, name, z.Name())
		}
	}
	// A day whose midnight alone is skipped is there: Cairo on 2023-04-28.
	location, err := time.LoadLocation("Africa/Cairo")
	require.NoError(t, err)
	assert.False(t, civil.NewZone(location).Skips(date.New(2023, time.April, 28)))
}
