package clinic_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/clinic"
)

func TestClinicMergeOrder(t *testing.T) {
	spec := clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday),
		Closed: []clinic.Closure{
			{Date: day("2025-01-06"), Reason: "staff training"},
			{Date: day("2025-01-07"), Reason: "holiday"},
			{Date: day("2025-01-13")},
		},
		Extra: []clinic.SpecialDay{
			{Date: day("2025-01-07"), Hours: []clinic.Hours{clinic.MustHours("10:00-12:00")}},
			{Date: day("2025-01-11"), Hours: []clinic.Hours{clinic.MustHours("09:00-10:00"), clinic.MustHours("11:00-12:00")}},
		},
	}
	office, err := clinic.New(spec)
	require.NoError(t, err)
	assert.Equal(t, time.UTC, office.Zone())
	for _, tt := range []struct {
		date   string
		hours  []string
		reason string
	}{
		{"2025-01-06", nil, "staff training"},
		{"2025-01-07", []string{"10:00-12:00"}, ""}, // open anyway wins over closed
		{"2025-01-08", nil, "not open on Wednesdays"},
		{"2025-01-11", []string{"09:00-10:00", "11:00-12:00"}, ""}, // a Saturday
		{"2025-01-13", nil, ""},
		{"2025-01-14", []string{"08:00-17:00"}, ""},
	} {
		hours, reason := office.Open(day(tt.date))
		var got []string
		for _, h := range hours {
			got = append(got, h.String())
		}
		assert.Equal(t, tt.hours, got, tt.date)
		assert.Equal(t, tt.reason, reason, tt.date)
	}

	// Neither the description nor an answer can change the clinic.
	spec.Weekly[time.Monday][0] = clinic.Hours{}
	spec.Extra[1].Hours[0] = clinic.Hours{}
	hours, _ := office.Open(day("2025-01-14"))
	hours[0] = clinic.Hours{}
	hours, _ = office.Open(day("2025-01-14"))
	assert.Equal(t, "08:00-17:00", hours[0].String())
	hours, _ = office.Open(day("2025-01-11"))
	assert.Equal(t, "09:00-10:00", hours[0].String())
}

func TestClinicProblems(t *testing.T) {
	hours := clinic.MustHours
	_, err := clinic.New(clinic.Spec{
		Zone: time.Local,
		Weekly: map[time.Weekday][]clinic.Hours{
			time.Monday: {hours("13:00-17:00"), hours("08:00-12:00")},
		},
		Closed: []clinic.Closure{
			{},
			{Date: day("2025-01-06")},
			{Date: day("2025-01-06")},
			{Date: day("2025-02-02"), To: day("2025-02-01")},
		},
		Seasons: []clinic.Season{
			{From: day("2025-06-01"), To: day("2025-05-01"), Weekly: map[time.Weekday][]clinic.Hours{time.Friday: {{}}}},
			{From: day("2025-07-01"), To: day("2025-08-01")},
			{From: day("2025-08-01"), To: day("2025-08-02")},
		},
		Yearly: []clinic.YearlyClosure{
			{Month: 13, Day: 1},
			{Month: time.February, Day: 30},
			{Month: time.March},
			{Month: time.April, Day: 1, Nth: 2},
		},
		Extra: []clinic.SpecialDay{
			{Date: day("2025-01-07")},
			{Date: day("2025-01-08"), Hours: []clinic.Hours{hours("08:00-12:00"), hours("11:00-13:00")}},
			{Date: day("2025-01-08"), Hours: []clinic.Hours{{}}},
		},
	})
	require.EqualError(t, err, `Zone "Local": want a time zone with an IANA name, such as Europe/London
Weekly Monday "08:00-12:00": want hours in order that do not overlap 13:00-17:00
Extra "2025-01-07": want the hours of the day
Extra 2025-01-08 "11:00-13:00": want hours in order that do not overlap 08:00-12:00
Extra "2025-01-08": want every date once
Extra 2025-01-08 "-": want an opening time before 24:00
Seasons "2025-05-01": want a last day that is not before the first, 2025-06-01
Seasons 2025-06-01 Friday "-": want an opening time before 24:00
Seasons "2025-08-01": want seasons that do not overlap
Closed "0001-01-01": want a date from 1900-01-01 to 2200-12-31
Closed "2025-01-06": want every date once
Closed "2025-02-01": want a last day that is not before the first, 2025-02-02
Yearly "13": want a month from 1 to 12
Yearly "30": want a day that February can have
Yearly "March": want a day of the month, or a weekday and which of the month: 1 to 5, or -1 for the last
Yearly "April": want a day of the month, or a weekday and which of the month: 1 to 5, or -1 for the last`)

	_, err = clinic.New(clinic.Spec{Weekly: map[time.Weekday][]clinic.Hours{7: nil}})
	require.EqualError(t, err, "Zone: want the clinic's time zone\nWeekly \"7\": want a weekday")
}

func TestClinicSeasonsAndRules(t *testing.T) {
	office, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		Seasons: []clinic.Season{{
			From: day("2025-07-01"), To: day("2025-08-31"),
			Weekly: clinic.OpenOn(clinic.MustHours("07:00-13:00"), time.Monday, time.Tuesday, time.Saturday),
		}},
		Half: []clinic.SpecialDay{{Date: day("2025-12-24"), Hours: []clinic.Hours{clinic.MustHours("08:00-12:00")}}},
		Closed: []clinic.Closure{
			{Date: day("2025-08-04"), To: day("2025-08-15"), Reason: "summer break"},
			{Date: day("2025-08-11"), Reason: "inventory"},
			{Date: day("2025-12-22"), To: day("2025-12-23"), Reason: "move"},
		},
		Yearly: []clinic.YearlyClosure{
			{Month: time.December, Day: 25, Reason: "Christmas Day"},
			{Month: time.November, Weekday: time.Thursday, Nth: 4, Reason: "Thanksgiving"},
			{Month: time.May, Weekday: time.Monday, Nth: -1, Reason: "Memorial Day"},
			{Month: time.February, Day: 29, Reason: "leap day"},
		},
		Extra: []clinic.SpecialDay{{Date: day("2025-12-23"), Hours: []clinic.Hours{clinic.MustHours("10:00-11:00")}}},
	})
	require.NoError(t, err)
	for d, want := range map[string]string{
		"2025-06-30": "08:00-17:00",
		"2025-07-01": "07:00-13:00",            // a Tuesday of the summer
		"2025-07-02": "not open on Wednesdays", // which that summer lacks
		"2025-07-05": "07:00-13:00",            // a Saturday
		"2025-08-04": "summer break",
		"2025-08-11": "inventory", // the closure that began last
		"2025-08-12": "summer break",
		"2025-08-15": "summer break",
		"2025-08-18": "07:00-13:00",
		"2025-09-01": "08:00-17:00",
		"2025-12-22": "move",
		"2025-12-23": "10:00-11:00", // open anyway
		"2025-12-24": "08:00-12:00",
		"2025-12-25": "Christmas Day",
		"2026-12-25": "Christmas Day",
		"2025-11-27": "Thanksgiving",
		"2025-11-20": "08:00-17:00",
		"2026-11-26": "Thanksgiving",
		"2025-05-26": "Memorial Day",
		"2025-05-19": "08:00-17:00",
		"2026-05-25": "Memorial Day",
		"2024-02-29": "leap day",
		"2023-02-28": "08:00-17:00",
	} {
		hours, reason := office.Open(day(d))
		var got strings.Builder
		got.WriteString(reason)
		for _, h := range hours {
			got.WriteString(h.String())
		}
		assert.Equal(t, want, got.String(), d)
	}
}

// Overlapping closures agree with looking at every one of them, day by day.
func TestClosuresAgainstEveryDay(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		spec := clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"),
			time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday)}
		base, used := day("2025-01-01"), map[int]bool{}
		for i := range r.IntN(12) {
			from := r.IntN(40)
			if used[from] {
				continue
			}
			used[from] = true
			spec.Closed = append(spec.Closed, clinic.Closure{
				Date: base + date.Date(from), To: base + date.Date(from+r.IntN(15)), Reason: strconv.Itoa(i),
			})
		}
		office, err := clinic.New(spec)
		require.NoError(t, err)
		for d := base - 1; d < base+60; d++ {
			want, began := "", date.Date(0)
			for _, c := range spec.Closed {
				if c.Date <= d && d <= c.To && c.Date > began {
					want, began = c.Reason, c.Date
				}
			}
			hours, reason := office.Open(d)
			require.Equal(t, want, reason, "%v on %s", spec.Closed, d)
			require.Equal(t, began == 0, len(hours) == 1)
		}
	}
}

// A half day shortens what is open that day, past midnight too, and opens nothing.
func TestHalfDays(t *testing.T) {
	for _, tt := range []struct{ weekly, half, want, reason string }{
		{"08:00-17:00", "08:00-12:00", "08:00-12:00", ""},
		{"08:00-17:00", "07:00-12:00", "08:00-12:00", ""},
		{"08:00-17:00", "16:00-20:00", "16:00-17:00", ""},
		{"08:00-17:00", "17:00-20:00", "", "a half day without any of the day's hours"},
		{"08:00-12:00 13:00-17:00", "11:00-14:00", "11:00-12:00 13:00-14:00", ""},
		{"08:00-12:00 13:00-17:00", "11:00-12:00 12:00-14:00 15:00-16:00", "11:00-12:00 13:00-14:00 15:00-16:00", ""},
		{"20:00-02:00", "18:00-22:00", "20:00-22:00", ""},
		{"20:00-02:00", "22:00-24:00", "22:00-24:00", ""},
		{"20:00-02:00", "22:00-01:00", "22:00-01:00", ""},
		{"20:00-02:00", "00:00-01:00", "", "a half day without any of the day's hours"},
		{"20:00-24:00", "22:00-03:00", "22:00-24:00", ""},
		{"", "08:00-12:00", "", "not open on Mondays"},
	} {
		monday := day("2025-01-06")
		office, err := clinic.New(clinic.Spec{
			Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{time.Monday: hours(tt.weekly)},
			Half: []clinic.SpecialDay{{Date: monday, Hours: hours(tt.half)}},
		})
		require.NoError(t, err)
		list, reason := office.Open(monday)
		assert.Equal(t, hours(tt.want), list, tt)
		assert.Equal(t, tt.reason, reason, tt)
	}
}

// A date that the zone skipped is never open, and nobody can give it hours; that it
// is closed may be said.
func TestSkippedDates(t *testing.T) {
	apia, err := time.LoadLocation("Pacific/Apia")
	require.NoError(t, err)
	skipped := day("2011-12-30")
	spec := clinic.Spec{
		Zone: apia, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Thursday, time.Friday, time.Saturday),
		Closed: []clinic.Closure{{Date: skipped, Reason: "no such day"}},
	}
	office, err := clinic.New(spec)
	require.NoError(t, err)
	for d, want := range map[date.Date]string{skipped - 1: "", skipped: "a day that does not exist in Pacific/Apia", skipped + 1: ""} {
		list, reason := office.Open(d)
		assert.Equal(t, want, reason)
		assert.Equal(t, d != skipped, len(list) == 1)
	}
	spec.Half = []clinic.SpecialDay{{Date: skipped, Hours: hours("08:00-09:00")}}
	spec.Extra = []clinic.SpecialDay{{Date: skipped + 1, Hours: hours("08:00-09:00")}, {Date: skipped, Hours: hours("08:00-09:00")}}
	_, err = clinic.New(spec)
	require.EqualError(t, err, `Half "2011-12-30": want a day that exists in Pacific/Apia
Extra "2011-12-30": want a day that exists in Pacific/Apia`)
}

// Every weekday of a month can be named: the first to the fifth, and the last.
func TestYearlyByWeekday(t *testing.T) {
	for nth, want := range map[int]string{1: "2025-01-06", 2: "2025-01-13", 4: "2025-01-27", -1: "2025-01-27"} {
		office, err := clinic.New(clinic.Spec{
			Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday),
			Yearly: []clinic.YearlyClosure{{Month: time.January, Weekday: time.Monday, Nth: nth, Reason: "x"}},
		})
		require.NoError(t, err)
		for d := day("2025-01-06"); d <= day("2025-01-27"); d += 7 {
			_, reason := office.Open(d)
			assert.Equal(t, d == day(want), reason == "x", "%d: %s", nth, d)
		}
	}
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Wednesday),
		Yearly: []clinic.YearlyClosure{{Month: time.January, Weekday: time.Wednesday, Nth: 5, Reason: "x"}},
	})
	require.NoError(t, err)
	_, reason := office.Open(day("2025-01-29"))
	assert.Equal(t, "x", reason)
	for _, wrong := range []int{6, -2} {
		_, err = clinic.New(clinic.Spec{Zone: time.UTC, Yearly: []clinic.YearlyClosure{{Month: time.January, Weekday: time.Wednesday, Nth: wrong}}})
		require.ErrorContains(t, err, "or a weekday and which of the month: 1 to 5, or -1 for the last")
	}
}
