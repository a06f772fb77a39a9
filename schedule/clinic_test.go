package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

func TestClinicMergeOrder(t *testing.T) {
	spec := schedule.ClinicSpec{
		Zone:   time.UTC,
		Weekly: schedule.OpenOn(schedule.MustHours("08:00-17:00"), time.Monday, time.Tuesday),
		Closed: []schedule.Closure{
			{Date: schedule.MustDate("2025-01-06"), Reason: "staff training"},
			{Date: schedule.MustDate("2025-01-07"), Reason: "holiday"},
			{Date: schedule.MustDate("2025-01-13")},
		},
		Extra: []schedule.ExtraDay{
			{Date: schedule.MustDate("2025-01-07"), Hours: []schedule.Hours{schedule.MustHours("10:00-12:00")}},
			{Date: schedule.MustDate("2025-01-11"), Hours: []schedule.Hours{schedule.MustHours("09:00-10:00"), schedule.MustHours("11:00-12:00")}},
		},
	}
	clinic, err := schedule.NewClinic(spec)
	require.NoError(t, err)
	assert.Equal(t, time.UTC, clinic.Zone())
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
		hours, reason := clinic.Open(schedule.MustDate(tt.date))
		var got []string
		for _, h := range hours {
			got = append(got, h.String())
		}
		assert.Equal(t, tt.hours, got, tt.date)
		assert.Equal(t, tt.reason, reason, tt.date)
	}

	// Neither the description nor an answer can change the clinic.
	spec.Weekly[time.Monday][0] = schedule.Hours{}
	spec.Extra[1].Hours[0] = schedule.Hours{}
	hours, _ := clinic.Open(schedule.MustDate("2025-01-14"))
	hours[0] = schedule.Hours{}
	hours, _ = clinic.Open(schedule.MustDate("2025-01-14"))
	assert.Equal(t, "08:00-17:00", hours[0].String())
	hours, _ = clinic.Open(schedule.MustDate("2025-01-11"))
	assert.Equal(t, "09:00-10:00", hours[0].String())
}

func TestClinicProblems(t *testing.T) {
	hours := schedule.MustHours
	_, err := schedule.NewClinic(schedule.ClinicSpec{
		Zone: time.Local,
		Weekly: map[time.Weekday][]schedule.Hours{
			time.Monday: {hours("13:00-17:00"), hours("08:00-12:00")},
		},
		Closed: []schedule.Closure{{}, {Date: schedule.MustDate("2025-01-06")}, {Date: schedule.MustDate("2025-01-06")}},
		Extra: []schedule.ExtraDay{
			{Date: schedule.MustDate("2025-01-07")},
			{Date: schedule.MustDate("2025-01-08"), Hours: []schedule.Hours{hours("08:00-12:00"), hours("11:00-13:00")}},
			{Date: schedule.MustDate("2025-01-08"), Hours: []schedule.Hours{{}}},
		},
	})
	require.EqualError(t, err, `Zone "Local": want a time zone with an IANA name, such as Europe/London
Weekly Monday "08:00-12:00": want hours in order that do not overlap 13:00-17:00
Closed "0001-01-01": want a date from 1900-01-01 to 2200-12-31
Closed "2025-01-06": want every date once
Extra "2025-01-07": want the hours of the extra day
Extra 2025-01-08 "11:00-13:00": want hours in order that do not overlap 08:00-12:00
Extra "2025-01-08": want every date once
Extra 2025-01-08 "-": want hours that close after they open`)

	_, err = schedule.NewClinic(schedule.ClinicSpec{Weekly: map[time.Weekday][]schedule.Hours{7: nil}})
	require.EqualError(t, err, "Zone: want the clinic's time zone\nWeekly \"7\": want a weekday")
}
