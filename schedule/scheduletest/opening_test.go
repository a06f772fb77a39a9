package scheduletest_test

import (
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// An opener is an app's own calendar.
type opener func(d date.Date) ([]clinic.Hours, string)

func (o opener) Open(d date.Date) ([]clinic.Hours, string) { return o(d) }

func TestClinicIsAnOpening(t *testing.T) {
	office := weekdays(t, closed("2025-07-14", "2025-07-25", "summer break"))
	require.NoError(t, scheduletest.TestOpening(office, day("2025-01-01"), day("2026-12-31")))
	require.NoError(t, scheduletest.TestSharedOpening(office, day("2025-01-01"), day("2026-12-31")))
}

func TestOpeningMistakes(t *testing.T) {
	morning, noon := clinic.MustHours("08:00-12:00"), clinic.MustHours("11:00-17:00")
	shared := []clinic.Hours{morning}
	asked := 0
	for _, tt := range []struct {
		name    string
		opening opener
		want    string
	}{
		{"panics", func(date.Date) ([]clinic.Hours, string) { panic("no database") }, "Wed 2025-01-01: it panicked: no database"},
		{"zero hours", func(date.Date) ([]clinic.Hours, string) { return make([]clinic.Hours, 1), "" }, "Wed 2025-01-01: hours 1 have no beginning or no end"},
		{
			"backwards", func(date.Date) ([]clinic.Hours, string) {
				return []clinic.Hours{{From: morning.To, To: morning.From}}, ""
			}, "hours 12:00-08:00: want hours that close after they open",
		},
		{"overlapping", func(date.Date) ([]clinic.Hours, string) { return []clinic.Hours{morning, noon}, "" }, "hours 11:00-17:00 after 08:00-12:00: want hours in order that do not overlap"},
		{
			"in the wrong order", func(date.Date) ([]clinic.Hours, string) {
				return []clinic.Hours{clinic.MustHours("13:00-17:00"), morning}, ""
			}, "hours 08:00-12:00 after 13:00-17:00",
		},
		{
			"open with a reason", func(date.Date) ([]clinic.Hours, string) { return []clinic.Hours{morning}, "inventory" },
			`it is open [08:00-12:00] and gives the reason "inventory": want a reason only where it is closed`,
		},
		{"hands out its own", func(date.Date) ([]clinic.Hours, string) { return shared, "" }, "asked again: hours [-], before [08:00-12:00]"},
		{
			"counts", func(date.Date) ([]clinic.Hours, string) {
				asked++
				if asked > 3 {
					return nil, "full"
				}
				return []clinic.Hours{morning}, ""
			}, "asked again: hours none, before [08:00-12:00]",
		},
		{
			"changes its mind", func(date.Date) ([]clinic.Hours, string) {
				asked++
				return nil, []string{"full", "closed"}[asked%2]
			}, "asked again: reason",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := scheduletest.TestOpening(tt.opening, day("2025-01-01"), day("2025-01-03"))
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// What only goes wrong among several askers is found there.
func TestSharedOpeningMistake(t *testing.T) {
	const days = 31
	turn := make(chan int, 1)
	turn <- 0
	tired := opener(func(date.Date) ([]clinic.Hours, string) {
		n := <-turn
		turn <- n + 1
		if n >= 3*days { // asked in peace three times
			panic("too many connections")
		}
		return nil, "closed"
	})
	err := scheduletest.TestSharedOpening(tired, day("2025-01-01"), day("2025-01-31"))
	require.ErrorContains(t, err, "asked by several at once: it panicked: too many connections")
	assert.Contains(t, err.Error(), "and 11 more")
}

func TestOpeningRefuses(t *testing.T) {
	office := weekdays(t)
	require.ErrorContains(t, scheduletest.TestOpening(nil, day("2025-01-01"), day("2025-01-02")), "got nil")
	require.ErrorContains(t, scheduletest.TestOpening((*clinic.Clinic)(nil), day("2025-01-01"), day("2025-01-02")), "got nil")
	require.ErrorContains(t, scheduletest.TestOpening(office, day("2025-01-02"), day("2025-01-01")), "not before the first")
	require.ErrorContains(t, scheduletest.TestSharedOpening(office, 0, day("2025-01-01")), "from 1900-01-01")
}
