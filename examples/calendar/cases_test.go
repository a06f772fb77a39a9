package main

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readCases reads cases whose expectations were computed by a reference that
// shares nothing with this module.
func readCases[C any](t *testing.T, file string) (cases []C) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &cases))
	return cases
}

// A placementCase is a cadence in a clinic with the plan that follows.
type placementCase struct {
	Name, Cadence, Canonical string
	Start, Until             string
	Open, Closed             []string
	MinGapDays               int
	ShortWeek                string
	Sessions                 []struct{ Target, Earliest, Latest, Date string }
	Blocked                  int
	ClosedStart              string
}

func (c placementCase) args() []string {
	args := []string{
		"-format", "json", "-weight", "72 kg", "-protocol", c.Cadence, "-start", c.Start, "-min-gap", strconv.Itoa(c.MinGapDays),
		"-open", strings.Join(c.Open, ","), "-short-week", c.ShortWeek,
	}
	if len(c.Closed) > 0 {
		args = append(args, "-closed", strings.Join(c.Closed, ","))
	}
	if c.Until != "" {
		args = append(args, "-until", c.Until)
	}
	return args
}

// check runs the case and compares everything that it says.
func (c placementCase) check(t *testing.T) {
	a := calendarOf(c.args()...)
	p := a.parse(t)
	if c.ClosedStart != "" || c.Blocked != 0 {
		assert.Equal(t, 1, a.code)
		assert.Empty(t, p.Sessions)
		assert.NotEmpty(t, p.Error.Message)
	}
	switch {
	case c.ClosedStart != "":
		assert.Equal(t, "closed-start", p.Error.Code)
		require.NotNil(t, p.Error.NextOpen)
		assert.Equal(t, c.ClosedStart, *p.Error.NextOpen)
	case c.Blocked != 0:
		assert.Equal(t, "blocked", p.Error.Code)
		assert.Equal(t, c.Blocked, p.Error.Ordinal)
		assert.Equal(t, p.Error.Earliest, p.Error.Reasons[0].Date)
		assert.Equal(t, p.Error.Latest, p.Error.Reasons[len(p.Error.Reasons)-1].Date)
	default:
		assert.Equal(t, 0, a.code)
		assert.Equal(t, c.Canonical, p.Protocol.Cadence)
		require.Len(t, p.Sessions, len(c.Sessions))
		for i, s := range p.Sessions {
			want := c.Sessions[i]
			assert.Equal(t, want.Target, s.Target, "target %d", i+1)
			assert.Equal(t, want.Earliest, s.Earliest, "earliest %d", i+1)
			assert.Equal(t, want.Latest, s.Latest, "latest %d", i+1)
			assert.Equal(t, want.Date, s.Date, "date %d", i+1)
			if s.Date != "" { // not left out
				assert.Equal(t, "36 mg", s.Dose, "dose %d", i+1)
			}
		}
	}
}

func TestPlacementCases(t *testing.T) {
	cases := slices.Concat(
		readCases[placementCase](t, "../../schedule/testdata/placement.json"),
		readCases[placementCase](t, "../../schedule/testdata/daily-carry.json"),
	)
	ran := map[string]int{}
	for _, c := range cases {
		ran[c.ShortWeek]++
		t.Run(c.Name, c.check)
	}
	assert.Equal(t, 48, ran["refuse"])
	assert.Len(t, cases, 184)
}

// What is left of a daily course that is carried stays on consecutive days.
func TestDailyCarryCases(t *testing.T) {
	cases := readCases[placementCase](t, "../../schedule/testdata/daily-carry.json")
	for _, c := range cases {
		t.Run(c.Name, c.check)
	}
	assert.Len(t, cases, 24)
}

// A dose per kilogram, capped and rounded.
func TestDoseCases(t *testing.T) {
	cases := readCases[struct{ Name, Rate, Weight, Step, Mode, Cap, Dose string }](t, "../../dose/testdata/dose.json")
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			args := []string{
				"-format", "json", "-protocol", "1", "-start", "2025-01-06", "-max", "200 mg",
				"-rate", c.Rate, "-weight", c.Weight, "-round", c.Step, "-mode", c.Mode,
			}
			if c.Cap != "" {
				args = append(args, "-cap", c.Cap)
			}
			a := calendarOf(args...)
			require.Equal(t, 0, a.code, a.stderr)
			assert.Equal(t, c.Dose, a.parse(t).Sessions[0].Dose)
		})
	}
	assert.Len(t, cases, 120)
}
