package oracle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
)

// plan is the input of a clinic open Monday to Friday but on the closed days.
func plan(t *testing.T, cadence, start string, gap int, policy string, closed ...string) oracle.Input {
	t.Helper()
	return oracle.Input{
		Cadence: cadence,
		Start:   day(t, start),
		Until:   oracle.NoUntil,
		Open:    clinic(t, weekdays, closed...),
		Gap:     gap,
		Policy:  policy,
	}
}

const taper = "3-2-1-1-1"

func TestThursdayClosed(t *testing.T) {
	got := oracle.Place(plan(t, "2", "2025-01-06", 2, oracle.Refuse, "2025-01-09"))
	assert.Equal(t, "01-06 01-10", dates(got))
}

func TestTwoDaysClosed(t *testing.T) {
	closed := []string{"2025-01-08", "2025-01-10"}
	refused := oracle.Place(plan(t, taper, "2025-01-06", 2, oracle.Refuse, closed...))
	assert.Equal(t, oracle.Result{
		Canonical:       taper,
		Err:             oracle.ErrBlocked,
		Blocked:         3,
		BlockedEarliest: day(t, "2025-01-06"),
		BlockedLatest:   day(t, "2025-01-12"),
		Reasons: []oracle.Refusal{
			oracle.TooClose, oracle.TooClose, oracle.Closed, oracle.TooClose, oracle.Closed, oracle.Closed, oracle.Closed,
		},
	}, refused)
	dropped := oracle.Place(plan(t, taper, "2025-01-06", 2, oracle.Drop, closed...))
	assert.Equal(t, "01-06 01-09 - 01-13 01-16 01-20 01-27 02-03", dates(dropped))
	carried := oracle.Place(plan(t, taper, "2025-01-06", 2, oracle.Carry, closed...))
	assert.Equal(t, "01-06 01-09 01-13 01-16 01-20 01-27 02-03 02-10", dates(carried))
	assert.Equal(t, dates(carried), targets(carried))
}

func TestWeekClosed(t *testing.T) {
	closed := []string{"2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17"}
	got := oracle.Place(plan(t, taper, "2025-01-06", 2, oracle.Postpone, closed...))
	assert.Equal(t, "01-06 01-08 01-10 01-20 01-23 01-27 02-03 02-10", dates(got))
	assert.Equal(t, dates(got), targets(got))
}

func TestCarryOfSixWeeks(t *testing.T) {
	got := oracle.Place(plan(t, "5/wk x6", "2025-01-06", 1, oracle.Carry, "2025-01-20", "2025-02-17"))
	require.Len(t, got.Sessions, 30)
	last := got.Sessions[29]
	assert.Equal(t, "2025-02-17", text(last.Target))
	assert.Equal(t, "2025-02-18", text(last.Date))
}

func TestCarryCountsAddedWeeks(t *testing.T) {
	closed := []string{"2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17"}
	in := plan(t, "2/wk x2 then every 2w from week 3", "2025-01-06", 2, oracle.Carry, closed...)
	in.Until = day(t, "2025-02-24")
	got := oracle.Place(in)
	assert.Equal(t, "01-06 01-09 01-20 01-23 01-27 02-10 02-24", dates(got))
}

func TestCarryGivesUp(t *testing.T) {
	in := plan(t, "2/wk x2", "2025-01-06", 2, oracle.Carry)
	start := in.Start
	in.Open = func(d int) bool { return d == start }
	got := oracle.Place(in)
	assert.Equal(t, oracle.ErrBlocked, got.Err)
	assert.Equal(t, 2, got.Blocked)
	assert.Equal(t, start+7*27, got.BlockedEarliest)
	assert.Equal(t, start+7*27+6, got.BlockedLatest)
}

func TestCarryRefusesOtherSegments(t *testing.T) {
	closed := []string{"2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17"}
	got := oracle.Place(plan(t, "every 1d x8 then 2/wk x2", "2025-01-06", 1, oracle.Carry, closed...))
	assert.Equal(t, 6, got.Blocked)
	rest := oracle.Place(plan(t, "2-0-2 then 1/wk x2", "2025-01-06", 4, oracle.Carry, "2025-01-10"))
	assert.Equal(t, 2, rest.Blocked, "a rest week makes it refuse")
}

func TestPostponeGivesUp(t *testing.T) {
	in := plan(t, "every 1w x3", "2025-01-06", 2, oracle.Postpone)
	start := in.Start
	in.Open = func(d int) bool { return d <= start+7 }
	got := oracle.Place(in)
	assert.Equal(t, 3, got.Blocked)
	assert.Equal(t, start+14+7*26-3, got.BlockedEarliest)
	assert.Equal(t, start+14+7*26+3, got.BlockedLatest)
}

func TestUntilBeforePostpone(t *testing.T) {
	closed := []string{"2025-01-10", "2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16"}
	in := plan(t, "every 1w", "2025-01-06", 2, oracle.Postpone, closed...)
	in.Until = day(t, "2025-01-20")
	got := oracle.Place(in)
	assert.Equal(t, "01-06 01-20 01-27", targets(got))
}

func TestWeekdays(t *testing.T) {
	in := plan(t, "3-2-1 then every 1w x1", "2025-01-08", 1, oracle.Refuse) // a Wednesday
	in.Weekdays = map[int][]time.Weekday{3: {time.Monday, time.Tuesday, time.Friday}}
	assert.Equal(t, "01-10 01-13 01-14 01-17 01-20 01-24 01-31", targets(oracle.Place(in)))
	in.Weekdays[1] = []time.Weekday{time.Monday}
	assert.Equal(t, "01-10 01-13 01-14 01-17 01-20 01-27 02-03", targets(oracle.Place(in)))
	in.Weekdays[2] = []time.Weekday{time.Monday, time.Monday}
	assert.Equal(t, oracle.ErrWeekdays, oracle.Place(in).Err)
}

func TestPhases(t *testing.T) {
	in := plan(t, "", "2025-01-06", 0, oracle.Refuse)
	in.Phases = []oracle.Phase{
		{Cadence: "2", Gap: 3},
		{Cadence: "every 1d x1", Gap: 1, Window: &[2]int{0, 4}},
		{Cadence: "every 1d x2", Gap: 1},
	}
	got := oracle.Place(in)
	assert.Equal(t, "2 then every 1d x1 then every 1d x2", got.Canonical)
	assert.Equal(t, 4, got.Blocked, "the gap between two phases is the larger")
	in.Phases[0].Short = func(d int) bool { return d == in.Start+2 }
	in.Phases[0].Gap = 4
	got = oracle.Place(in)
	assert.Equal(t, 4, got.Blocked)
	in.Phases = in.Phases[:2]
	assert.Equal(t, "01-06 01-10 01-14", dates(oracle.Place(in)))
}

func TestProblems(t *testing.T) {
	for name, c := range map[string]struct {
		cadence string
		gap     int
		until   string
		want    string
	}{
		"cadence":      {"3 then", 1, "", oracle.ErrCadence},
		"no gap":       {"3", 0, "", oracle.ErrGap},
		"gap holds":    {"3", 3, "", ""},
		"gap too wide": {"3", 4, "", oracle.ErrGap},
		"no until":     {"every 1w", 1, "", oracle.ErrUntil},
		"early until":  {"every 1w", 1, "2025-01-05", oracle.ErrUntil},
		"until start":  {"every 1w", 1, "2025-01-06", ""},
		"from week":    {"3 then every 1w x1 from week 1", 1, "", oracle.ErrFromWeek},
		"next week":    {"3 then every 1w x1 from week 2", 1, "", ""},
		"too many":     {"7/wk x1000 then 7/wk x1000 then 7/wk x1000", 1, "", oracle.ErrTooMany},
	} {
		in := plan(t, c.cadence, "2025-01-06", c.gap, oracle.Refuse)
		in.Open = func(int) bool { return true }
		if c.until != "" {
			in.Until = day(t, c.until)
		}
		assert.Equal(t, c.want, oracle.Place(in).Err, name)
	}
}
