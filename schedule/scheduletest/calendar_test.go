package scheduletest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

var _ scheduletest.Report = (*testing.T)(nil)

func built(t testing.TB, r schedule.Request) *schedule.Plan {
	t.Helper()
	sim, err := scheduletest.New(r)
	require.NoError(t, err)
	return sim.Plan()
}

func TestAssertCalendar(t *testing.T) {
	plan := built(t, request(t))
	for _, want := range []string{
		`
			# week 1
			Mon 2025-01-06 36 mg
			Wed 2025-01-08 36 mg
			Fri 2025-01-10 36 mg

			// week 2
			Mon 2025-01-13   36 mg planned
			Thu 2025-01-16 36 mg
			Mon 2025-01-20 36 mg
			Mon 2025-01-27 36 mg
			Mon 2025-02-03 36 mg`,
		"Mon 2025-01-06\nWed 2025-01-08\nFri 2025-01-10\nMon 2025-01-13\nThu 2025-01-16\nMon 2025-01-20\nMon 2025-01-27\nMon 2025-02-03",
		strings.ReplaceAll(scheduletest.Calendar(plan), "36 mg", "08:00 36 mg"),
		strings.ReplaceAll(scheduletest.Calendar(plan), "\n", "\r\n"),
	} {
		assert.True(t, scheduletest.AssertCalendar(t, plan, want))
		assert.NoError(t, scheduletest.CompareCalendar(plan, want))
	}
}

func TestCalendarDiffers(t *testing.T) {
	plan := built(t, request(t))
	r := new(reporter)
	require.False(t, scheduletest.AssertCalendar(r, plan, `
		Mon 2025-01-06 36 mg
		Wed 2025-01-08 36 mg
		Thu 2025-01-09 36 mg
		Mon 2025-01-13 36 mg given
		Thu 2025-01-16 36 mg
		Mon 2025-01-20 36 mg
		Mon 2025-01-27 36 mg
		Mon 2025-02-03 36 mg
		Mon 2025-02-10 36 mg
	`))
	assert.Equal(t, `the calendar differs (- wanted, + planned):
  Mon 2025-01-06 36 mg
  Wed 2025-01-08 36 mg
- Thu 2025-01-09 36 mg
- Mon 2025-01-13 36 mg given
+ Fri 2025-01-10 36 mg
+ Mon 2025-01-13 36 mg
  Thu 2025-01-16 36 mg
  Mon 2025-01-20 36 mg
  Mon 2025-01-27 36 mg
  Mon 2025-02-03 36 mg
- Mon 2025-02-10 36 mg

to accept the plan as it is, paste:
		Mon 2025-01-06 36 mg
		Wed 2025-01-08 36 mg
		Fri 2025-01-10 36 mg
		Mon 2025-01-13 36 mg
		Thu 2025-01-16 36 mg
		Mon 2025-01-20 36 mg
		Mon 2025-01-27 36 mg
		Mon 2025-02-03 36 mg
`, r.text)
}

// What the message says to paste is accepted, with the columns that the test had.
func TestCalendarPaste(t *testing.T) {
	r := request(t)
	r.Opening, r.ShortWeek = weekdays(t, closed("2025-01-08", "", ""), closed("2025-01-10", "", "")), schedule.Drop
	sim, err := scheduletest.New(r)
	require.NoError(t, err)
	require.NoError(t, sim.Advance(1))
	for _, tt := range []struct{ want, first string }{
		{"", "Mon 2025-01-06 36 mg given"},
		{"Mon 2025-01-06", "Mon 2025-01-06 given"},
		{"Mon 2025-01-06 36 mg", "Mon 2025-01-06 36 mg given"},
		{"Mon 2025-01-06 09:00", "Mon 2025-01-06 08:00 given"},
	} {
		err := scheduletest.CompareCalendar(sim.Plan(), tt.want)
		require.Error(t, err)
		_, paste, found := strings.Cut(err.Error(), "paste:\n")
		require.True(t, found)
		assert.Equal(t, tt.first, strings.TrimSpace(strings.Split(paste, "\n")[0]))
		assert.Contains(t, paste, "Fri 2025-01-10 left out\n")
		assert.NoError(t, scheduletest.CompareCalendar(sim.Plan(), paste))
	}
}

// A column that one line has is compared in every line.
func TestCalendarColumns(t *testing.T) {
	plan := built(t, ofPhases(t, taper("2/wk x1", 2)))
	assert.Error(t, scheduletest.CompareCalendar(plan, "Mon 2025-01-06 36 mg\nThu 2025-01-09"))
	assert.Error(t, scheduletest.CompareCalendar(plan, "Mon 2025-01-06\nThu 2025-01-09 08:15"))
	assert.Error(t, scheduletest.CompareCalendar(plan, "Mon 2025-01-06 36.1 mg\nThu 2025-01-09 36 mg"))
	assert.Error(t, scheduletest.CompareCalendar(plan, "Mon 2025-01-06\nThu 2025-01-09 provisional"))
	assert.NoError(t, scheduletest.CompareCalendar(plan, "Mon 2025-01-06 08:00\nThu 2025-01-09 08:00"))
	assert.Error(t, scheduletest.CompareCalendar(nil, ""))
	assert.Empty(t, scheduletest.Calendar(nil))
}

func TestCalendarUnreadable(t *testing.T) {
	plan := built(t, request(t))
	const form = `want a line such as "Mon 2025-01-06", "Mon 2025-01-06 36 mg" or "Mon 2025-01-06 08:00 36 mg given"`
	for _, tt := range []struct{ line, want string }{
		{"Monday", form},
		{"Mon 2025-02-30", form},
		{"2025-01-06 36 mg", form},
		{"Tue 2025-01-06", "want Mon: 2025-01-06 is a Monday"},
		{"Mon 2025-01-06 25:00", "want the time at which the visit begins, such as 08:00"},
		{"Mon 2025-01-06 36 mL", "want a dose such as 36 mg: "},
		{"Mon 2025-01-06 0 mg", "want no dose rather than one of zero"},
		{"Mon 2025-01-06 36 mg taken", "want one of the states provisional, given, missed, cancelled, held and left out, or nothing, after the date, the time and the dose"},
		{"Mon 2025-01-06 36 mg left out", "want neither a time nor a dose of a session that was left out"},
		{"Mon 2025-01-06 36", "want one of the states "},
	} {
		err := scheduletest.CompareCalendar(plan, "\n"+tt.line+"\nMon 2025-01-13\n")
		require.ErrorIs(t, err, scheduletest.ErrCalendar, tt.line)
		line, ok := errors.AsType[*scheduletest.LineError](err)
		require.True(t, ok)
		assert.Equal(t, 2, line.Line)
		assert.Equal(t, tt.line, line.Text)
		assert.Contains(t, line.Want, tt.want)
		assert.Contains(t, err.Error(), "line 2 ")
	}
}

// Long calendars show what differs and little else.
func TestCalendarLong(t *testing.T) {
	plan := built(t, ofPhases(t, taper("1/wk x60", 2)))
	want := strings.Replace(scheduletest.Calendar(plan), "Mon 2025-08-04 36 mg\n", "", 1)
	err := scheduletest.CompareCalendar(plan, want)
	require.Error(t, err)
	diff, _, _ := strings.Cut(err.Error(), "\n\nto accept")
	assert.Equal(t, `the calendar differs (- wanted, + planned):
  ...
  Mon 2025-07-14 36 mg
  Mon 2025-07-21 36 mg
  Mon 2025-07-28 36 mg
+ Mon 2025-08-04 36 mg
  Mon 2025-08-11 36 mg
  Mon 2025-08-18 36 mg
  Mon 2025-08-25 36 mg
  ...`, diff)
}

// Whatever the text, the answer is an error with the line, or one with a text that
// is accepted.
func FuzzCalendar(f *testing.F) {
	plan := built(f, request(f))
	f.Add(scheduletest.Calendar(plan))
	f.Add("Mon 2025-01-06 08:00 36 mg given\n# x\n//\nFri 2025-01-10 left out")
	f.Add("Tue 2025-01-06 24:00 1,000.5 mcg planned\r\n\xff")
	f.Fuzz(mangle.Target(func(t *testing.T, want string) {
		err := scheduletest.CompareCalendar(plan, want)
		switch {
		case err == nil || errors.Is(err, scheduletest.ErrCalendar):
		default:
			_, paste, found := strings.Cut(err.Error(), "paste:\n")
			require.True(t, found)
			require.NoError(t, scheduletest.CompareCalendar(plan, paste), "%s", paste)
		}
	}))
}
