package civil_test

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
)

// A reading is a wall-clock time, in minutes since 1970-01-01 00:00 on the clock
// of its zone, and what zoneinfo says about it.
type reading struct {
	wall, offset int64 // minutes
	how          civil.Resolution
}

// date returns the day of the reading and the minute of that day.
func (r reading) date() (d date.Date, minute int) {
	return date.New(1970, time.January, 1) + date.Date(r.wall/1440), int(r.wall % 1440)
}

func (r reading) unix() int64 { return (r.wall - r.offset) * 60 }

// TestAgainstZoneinfo compares with Python's zoneinfo at every clock change of
// every IANA zone; testdata/zones.py says how the files were made and what they
// hold. The zones come from the files too, so that neither those of the machine
// nor those of the Go release matter.
func TestAgainstZoneinfo(t *testing.T) {
	locations := readLocations(t)
	names, changes, readings := 0, 0, 0
	counts, differ := map[civil.Resolution]int{}, map[civil.Resolution]int{}
	eachZone(t, func(zones []string, changed [][]reading) {
		changes += len(changed) * len(zones)
		for _, name := range zones {
			require.Contains(t, locations, name)
			location := locations[name]
			names++
			kept := civil.NewZone(location)
			for _, change := range changed {
				for _, want := range change {
					readings++
					counts[want.how]++
					d, minute := want.date()
					require.False(t, wrong(kept, want), "%s %s minute %d: want %+v", name, civil.Format(d), minute, want)
					require.False(t, wrong(civil.NewZone(location), want), "%s %s minute %d, asked alone", name, civil.Format(d), minute)

					year, month, day := d.Date()
					if time.Date(year, month, day, 0, minute, 0, 0, location).Unix() != want.unix() {
						differ[want.how]++
					}
				}
			}
			delete(locations, name)
		}
	})
	require.Empty(t, locations, "zones without an expectation")

	// The files are those of one version, so the numbers are known.
	require.Equal(t, 598, names)
	require.Equal(t, 8149, changes)
	require.Equal(t, 138549, readings)
	require.Equal(t, map[civil.Resolution]int{civil.Once: 105937, civil.Gap: 16300, civil.Fold: 16312}, counts)

	// time.Date follows another rule: it is right where there is no choice.
	t.Logf("time.Date differs in %d of %d gaps and %d of %d folds", differ[civil.Gap], counts[civil.Gap], differ[civil.Fold], counts[civil.Fold])
	require.Zero(t, differ[civil.Once])
	require.Greater(t, differ[civil.Gap], 5000)
	require.Greater(t, differ[civil.Fold], 5000)
}

func wrong(zone *civil.Zone, want reading) bool {
	unix, how := zone.Resolve(want.date())
	return unix != want.unix() || how != want.how
}

// eachZone reads the expectation: for each zone file the names that it has, and
// the readings around each of its changes.
func eachZone(t *testing.T, use func(names []string, changes [][]reading)) {
	t.Helper()
	lines := bufio.NewScanner(open(t, "testdata/zones.txt.gz"))
	require.True(t, lines.Scan())
	require.Equal(t, "# Python zoneinfo, Debian tzdata 2025b-0+deb12u2, 2020 to 2039", lines.Text())
	var names []string
	var changes [][]reading
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		start, err := strconv.ParseInt(fields[0], 10, 64)
		if err == nil {
			changes = append(changes, readRuns(t, start*15, fields[1:]))
			continue
		}
		if names != nil {
			use(names, changes)
		}
		names, changes = fields, nil
	}
	require.NoError(t, lines.Err())
	use(names, changes)
}

// readRuns reads runs of readings such as 4g-300.
func readRuns(t *testing.T, wall int64, runs []string) (readings []reading) {
	t.Helper()
	for _, run := range runs {
		at := strings.IndexAny(run, "=gf")
		require.Positive(t, at, run)
		count, err := strconv.Atoi(run[:at])
		require.NoError(t, err)
		offset, err := strconv.ParseInt(run[at+1:], 10, 64)
		require.NoError(t, err)
		how := map[byte]civil.Resolution{'=': civil.Once, 'g': civil.Gap, 'f': civil.Fold}[run[at]]
		for range count {
			readings = append(readings, reading{wall, offset, how})
			wall += 15
		}
	}
	return readings
}

// readLocations reads the zone files.
func readLocations(t *testing.T) map[string]*time.Location {
	t.Helper()
	archive := tar.NewReader(open(t, "testdata/zoneinfo.tar.gz"))
	files, locations := map[string][]byte{}, map[string]*time.Location{}
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return locations
		}
		require.NoError(t, err)
		data := files[header.Linkname]
		if header.Typeflag == tar.TypeReg {
			data, err = io.ReadAll(archive)
			require.NoError(t, err)
			files[header.Name] = data
		}
		if header.Name == "VERSION" {
			continue
		}
		locations[header.Name], err = time.LoadLocationFromTZData(header.Name, data)
		require.NoError(t, err, header.Name)
	}
}

func open(t *testing.T, name string) io.Reader {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	unpacked, err := gzip.NewReader(file)
	require.NoError(t, err)
	return unpacked
}
