package oracle_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
)

// day reads a date that a test has written down.
func day(t *testing.T, text string) int {
	t.Helper()
	date, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return oracle.Day(date.Date())
}

func text(day int) string { return oracle.Date(day).Format(time.DateOnly) }

// clinic is open on some weekdays, named by three letters, but not on some days.
func clinic(t *testing.T, open []string, closed ...string) func(int) bool {
	t.Helper()
	shut := map[int]bool{}
	for _, date := range closed {
		shut[day(t, date)] = true
	}
	return func(d int) bool {
		return slices.Contains(open, oracle.Date(d).Weekday().String()[:3]) && !shut[d]
	}
}

var (
	weekdays = []string{"Mon", "Tue", "Wed", "Thu", "Fri"}
	everyDay = append([]string{"Sat", "Sun"}, weekdays...)
)

type placementCase struct {
	Name        string
	Cadence     string
	Canonical   string
	Start       string
	Until       *string
	Open        []string
	Closed      []string
	MinGapDays  int
	ShortWeek   string
	Blocked     int
	ClosedStart string
	Sessions    []struct {
		Target, Earliest, Latest string
		Date                     *string
	}
}

func placementCases(t *testing.T) []placementCase {
	t.Helper()
	var cases []placementCase
	for file, n := range map[string]int{"placement.json": 160, "daily-carry.json": 24, "endless-weekly.json": 24} {
		data, err := os.ReadFile("../../schedule/testdata/" + file)
		require.NoError(t, err)
		var list []placementCase
		require.NoError(t, json.Unmarshal(data, &list))
		require.Len(t, list, n, file)
		cases = append(cases, list...)
	}
	return cases
}

func (c placementCase) input(t *testing.T) oracle.Input {
	t.Helper()
	in := oracle.Input{
		Cadence: c.Cadence,
		Start:   day(t, c.Start),
		Until:   oracle.NoUntil,
		Open:    clinic(t, c.Open, c.Closed...),
		Gap:     c.MinGapDays,
		Policy:  c.ShortWeek,
	}
	if c.Until != nil {
		in.Until = day(t, *c.Until)
	}
	return in
}

func TestPlaceCases(t *testing.T) {
	for _, c := range placementCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			got := oracle.Place(c.input(t))
			assert.Equal(t, c.Canonical, got.Canonical)
			assert.Equal(t, c.Blocked, got.Blocked)
			assert.Equal(t, c.ClosedStart != "", got.ClosedStart)
			if c.ClosedStart != "" {
				require.True(t, got.HasNextOpen)
				assert.Equal(t, c.ClosedStart, text(got.NextOpen))
			}
			var want []oracle.Session
			for _, s := range c.Sessions {
				session := oracle.Session{
					Target:   day(t, s.Target),
					Earliest: day(t, s.Earliest),
					Latest:   day(t, s.Latest),
					Left:     s.Date == nil,
				}
				if s.Date != nil {
					session.Date = day(t, *s.Date)
				}
				want = append(want, session)
			}
			assert.Equal(t, want, got.Sessions)
			if want == nil {
				assert.NotEmpty(t, got.Err)
			} else {
				assert.Empty(t, got.Err)
			}
		})
	}
}

// targets returns the targets of a result, as dates without the year.
func targets(result oracle.Result) string {
	var list []string
	for _, s := range result.Sessions {
		list = append(list, text(s.Target)[5:])
	}
	return strings.Join(list, " ")
}

// dates returns the dates of a result without the year; "-" is one left out.
func dates(result oracle.Result) string {
	var list []string
	for _, s := range result.Sessions {
		if s.Left {
			list = append(list, "-")
		} else {
			list = append(list, text(s.Date)[5:])
		}
	}
	return strings.Join(list, " ")
}

func TestTargets(t *testing.T) {
	for _, c := range []struct{ cadence, start, want string }{
		{
			"3-2-1-1-1 then every 4w x3", "2025-01-06",
			"01-06 01-08 01-10 01-13 01-16 01-20 01-27 02-03 03-03 03-31 04-28",
		},
		{
			"2/wk x4 then 1/wk x4 then every 2w x3", "2025-04-01",
			"04-01 04-04 04-08 04-11 04-15 04-18 04-22 04-25 04-29 05-06 05-13 05-20 06-03 06-17 07-01",
		},
		{
			"2/wk x4 then 1/wk x4 then every 2w x4 from week 9", "2025-04-01",
			"04-01 04-04 04-08 04-11 04-15 04-18 04-22 04-25 04-29 05-06 05-13 05-20 05-27 06-10 06-24 07-08",
		},
		{
			"3-3 then every 1w x4", "2025-09-08",
			"09-08 09-10 09-12 09-15 09-17 09-19 09-26 10-03 10-10 10-17",
		},
		{
			"weeks 0, 2, 6 then every 8w x3", "2025-01-15",
			"01-15 01-29 02-26 04-23 06-18 08-13",
		},
		{
			"days 1, 8 of 21 x4 then every 3w x1", "2025-02-04",
			"02-04 02-11 02-25 03-04 03-18 03-25 04-08 04-15 04-29",
		},
		{
			"1/wk x4 then every 2w x4 then every 4w x2", "2025-03-03",
			"03-03 03-10 03-17 03-24 04-07 04-21 05-05 05-19 06-16 07-14",
		},
		{"every 1mo x4", "2025-01-31", "01-31 02-28 03-31 04-30"},
		{"every 1mo x2 then every 1mo x3", "2025-01-31", "01-31 02-28 03-28 04-28 05-28"},
		{"every 1mo x1 then weeks 0, 1", "2025-01-31", "01-31 02-28 03-07"},
		{"weeks 1 then 2 then weeks 0", "2025-01-06", "01-13 01-20 01-23 01-27"},
		{"every 10d x2 then days 3 of 7 x1 then 1", "2025-01-06", "01-06 01-16 01-28 02-02"},
		{"every 1w x2 from week 3 then 1", "2025-01-06", "01-20 01-27 02-03"},
		{"as needed", "2025-01-06", ""},
		{"1 then as needed", "2025-01-06", "01-06"},
	} {
		t.Run(c.cadence, func(t *testing.T) {
			got := oracle.Place(oracle.Input{
				Cadence: c.cadence,
				Start:   day(t, c.start),
				Until:   oracle.NoUntil,
				Open:    clinic(t, everyDay),
				Gap:     1,
				Policy:  oracle.Refuse,
			})
			require.Empty(t, got.Err)
			assert.Equal(t, c.want, targets(got))
			assert.Equal(t, c.want, dates(got))
		})
	}
}
