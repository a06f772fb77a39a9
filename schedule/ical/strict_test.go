package ical_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/ical"
)

// The strict reader, on which the other tests rely, refuses what calendars are
// known to accept and then get wrong.
func TestStrictly(t *testing.T) {
	good, err := ical.Append(nil, newYork(t), ical.Options{
		Alarms: []time.Duration{time.Hour}, Organizer: "mailto:visits@example.org", Publish: true, Description: strings.Repeat("é", 60),
	})
	require.NoError(t, err)
	_, err = readStrictly(good)
	require.NoError(t, err)
	const start = "DTSTART;TZID=America/New_York:20260302T090000"
	for _, tt := range []struct{ old, new, want string }{
		{"STATUS:CONFIRMED", "STATUS:PENDING", `STATUS in VEVENT is "PENDING"`},
		{"STATUS:CONFIRMED\r\n", "", "VEVENT has 0 of STATUS"},
		{"METHOD:PUBLISH", "METHOD:PUBLISHED", `METHOD in VCALENDAR is "PUBLISHED"`},
		{"ORGANIZER:mailto:visits@example.org\r\n", "", "qh7pkrxwhhxrwraq: has a method and no organizer"},
		{"DESCRIPTION:Clinic visit (1 of 6)\r\n", "", "VALARM has 0 of DESCRIPTION"},
		{"TRIGGER:-PT1H\r\n", "", "VALARM has 0 of TRIGGER"},
		{"TRIGGER:-PT1H\r\n", "UID:a\r\nTRIGGER:-PT1H\r\n", "VALARM has UID"},
		{start, start + "Z", "qh7pkrxwhhxrwraq: begins and ends in different forms"},
		{"T090000\r\nDTEND;TZID=America/New_York:20260302T121000", "T090000Z\r\nDTEND;TZID=America/New_York:20260302T121000Z", "qh7pkrxwhhxrwraq: UTC with a TZID"},
		{start, "DTSTART;TZID=America/New_York:20260308T023000", "qh7pkrxwhhxrwraq: the clock skips 2026-03-08 02:30:00 +0000 UTC"},
		{start, "DTSTART;TZID=America/New_York:20260302T130000", "qh7pkrxwhhxrwraq: ends before it begins"},
		{start, "DTSTART;TZID=America/New_York:20260230T090000", `qh7pkrxwhhxrwraq: parsing time "20260230T090000": day out of range`},
		{start, "DTSTART;TZID=Europe/London:20260302T090000", "qh7pkrxwhhxrwraq: begins and ends in different forms"},
		{start, "DTSTART;VALUE=DATE:20260302", "qh7pkrxwhhxrwraq: begins and ends in different forms"},
		{"TZID:America/New_York", "TZID:America/Chicago", `qh7pkrxwhhxrwraq: no VTIMEZONE for "America/New_York"`},
		{"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "RRULE:FREQ=YEARLY;BYMONTH=3", `RRULE in DAYLIGHT is "FREQ=YEARLY;BYMONTH=3"`},
		{"DTSTART:19700308T020000", "DTSTART:19700301T020000", "begins on 1970-03-01 02:00:00 +0000 UTC, but its rule on 1970-03-08 00:00:00 +0000 UTC"},
		{"UID:ydjbugr7hs3bmk3z", "UID:qh7pkrxwhhxrwraq", "a UID comes twice"},
		{"UID:qh7pkrxwhhxrwraq", "UID:qh7pkrxwhhxrwraq@host", `UID in VEVENT is "qh7pkrxwhhxrwraq@host"`},
		{"CATEGORIES:Appointment", "CATEGORIES:Appointment,More", `CATEGORIES in VEVENT is "Appointment,More"`},
		{"TRANSP:OPAQUE", "TRANSP:OPAQUE\r\nATTENDEE:mailto:x@example.org", "VEVENT has ATTENDEE"},
		{"X-WR-CALNAME:Clinic visits\r\n", "", "a single event with a calendar's name, or several without one"},
		{"PRODID", "PRODID;X=a:b", "PRODID in VCALENDAR has the parameter X"},
		{"VERSION:2.0\r\n", "VERSION:2.0\n", "line 2 has the character U+000A"},
		{"END:VCALENDAR\r\n", "END:VCALENDAR", "the last line has no end"},
		{"BEGIN:VCALENDAR", "\ufeffBEGIN:VCALENDAR", "line 1 has the character U+FEFF"},
		{"\r\n é", "é", "line 32 has 132 octets"},
		{"é\r\n é", "\xc3\r\n \xa9é", "not UTF-8"},
	} {
		bad := strings.Replace(string(good), tt.old, tt.new, 1)
		require.NotEqual(t, string(good), bad, tt.old)
		_, err := readStrictly([]byte(bad))
		if assert.Error(t, err, tt.new) {
			assert.Contains(t, err.Error(), tt.want)
		}
	}
}
