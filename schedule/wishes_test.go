package schedule_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func mustTime(t *testing.T, s string) clinic.TimeOfDay {
	t.Helper()
	v, err := clinic.ParseTimeOfDay(s)
	require.NoError(t, err)
	return v
}

// starts returns the start and end of the first session of a visit of 160
// minutes on a Monday with the hours given.
func firstTimes(t *testing.T, wishes schedule.Wishes, grid time.Duration, hours ...string) string {
	t.Helper()
	r := taperRequest(t)
	list := make([]clinic.Hours, len(hours))
	for i, h := range hours {
		list[i] = clinic.MustHours(h)
	}
	r.Opening, r.Wishes, r.Grid = answer(list), wishes, grid
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	s := firstSession(plan)
	return s.Start().String() + "-" + s.End().String()
}

func TestStartTimes(t *testing.T) {
	at := func(s string) schedule.Wishes { return schedule.Wishes{Preferred: mustTime(t, s)} }
	// Without a preferred time the earliest start that holds the visit.
	assert.Equal(t, "08:10-10:50", firstTimes(t, schedule.Wishes{}, 0, "08:10-17:00"))
	assert.Equal(t, "13:00-15:40", firstTimes(t, schedule.Wishes{}, 0, "08:00-10:30", "13:00-17:00"))
	// With one, the nearest start on the grid, counted from the opening.
	assert.Equal(t, "10:00-12:40", firstTimes(t, at("10:00"), 0, "08:00-17:00"))
	assert.Equal(t, "10:10-12:50", firstTimes(t, at("10:05"), 0, "08:10-17:00"))
	assert.Equal(t, "10:05-12:45", firstTimes(t, at("10:05"), 5*time.Minute, "08:10-17:00"))
	// Of two starts that are as near, the earlier.
	assert.Equal(t, "10:00-12:40", firstTimes(t, at("10:15"), 30*time.Minute, "08:00-17:00"))
	// Never so late that the visit would not end before closing.
	assert.Equal(t, "14:15-16:55", firstTimes(t, at("18:00"), 0, "08:00-17:00"))
	assert.Equal(t, "14:20-17:00", firstTimes(t, at("18:00"), time.Minute, "08:00-17:00"))
	// The preferred time may lie between two intervals, nearer to one of them.
	assert.Equal(t, "13:00-15:40", firstTimes(t, at("12:00"), 0, "08:00-11:00", "13:00-17:00"))
	assert.Equal(t, "08:15-10:55", firstTimes(t, at("10:00"), 0, "08:00-11:00", "13:00-17:00"))
	// An interval that is exactly as long as the visit holds it.
	assert.Equal(t, "08:20-11:00", firstTimes(t, at("10:00"), 0, "08:20-11:00"))
}

// A preferred time chooses the start, never the date.
func TestPreferredTimeMovesNoDate(t *testing.T) {
	r := taperRequest(t, "2025-01-16")
	plain, err := schedule.Build(r)
	require.NoError(t, err)
	r.Wishes.Preferred = mustTime(t, "14:00")
	preferred, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, dates(plain, schedule.Session.Date), dates(preferred, schedule.Session.Date))
	assert.Equal(t, "14:00", firstSession(preferred).Start().String())
}

// Where clocks skip the first readings of the hours, a visit starts at one that
// the clocks show.
func TestStartIsATimeThatExists(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	for hours, want := range map[string]string{
		"02:15-09:00": "03:15-05:55", // opens 02:15 by the old offset: 03:15 on the new clock
		"01:45-09:00": "01:45-05:25",
		"02:30-06:10": "03:30-06:10", // only just holds the visit
	} {
		r := taperRequest(t)
		r.Protocol = withDose(t, "1", 2, taperRule)
		r.Start = schedule.MustDate("2025-03-09")
		r.Weighings[0].Date = r.Start
		r.Opening, r.Zone, r.AsOf = answer{clinic.MustHours(hours)}, zone, time.Date(2025, 3, 9, 5, 0, 0, 0, time.UTC)
		plan, err := schedule.Build(r)
		require.NoError(t, err, hours)
		s := firstSession(plan)
		assert.Equal(t, want, s.Start().String()+"-"+s.End().String(), hours)
	}
}

func TestAbsencesAndNever(t *testing.T) {
	r := taperRequest(t)
	// Without Wednesdays three sessions need the Saturday.
	r.Opening = clinicOpenOn(t, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday)
	r.Wishes = schedule.Wishes{
		Absences: []schedule.Absence{{From: schedule.MustDate("2025-01-20"), To: schedule.MustDate("2025-01-21"), Reason: "travel"}},
		Never:    protocol.OnDays(time.Wednesday),
	}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Mon 2025-01-06, Thu 2025-01-09, Sat 2025-01-11, Mon 2025-01-13, Thu 2025-01-16, Sat 2025-01-18, Mon 2025-01-27, "+
		"Mon 2025-02-03, Mon 2025-03-03, Mon 2025-03-31, Mon 2025-04-28", dates(plan, schedule.Session.Date))
}

func TestUnsuitableDaysAreNamed(t *testing.T) {
	r := request(bare(t, "1/wk x2", 2), weekdaysOnly(t), "2025-01-06")
	r.Wishes = schedule.Wishes{
		Absences:     []schedule.Absence{{From: schedule.MustDate("2025-01-13"), To: schedule.MustDate("2025-01-14"), Reason: "travel"}},
		Never:        protocol.OnDays(time.Friday),
		Appointments: []schedule.Appointment{{Ordinal: 2, Date: schedule.MustDate("2025-01-14")}},
	}
	_, err := schedule.Build(r)
	blocked, ok := errors.AsType[*schedule.BuildError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, []schedule.DayReason{
		{Date: schedule.MustDate("2025-01-10"), Cause: schedule.Unsuitable, Detail: "does not suit the patient (never on Fridays)"},
		{Date: schedule.MustDate("2025-01-11"), Cause: schedule.Closed, Detail: "closed (not open on Saturdays)"},
		{Date: schedule.MustDate("2025-01-12"), Cause: schedule.Closed, Detail: "closed (not open on Sundays)"},
		{Date: schedule.MustDate("2025-01-13"), Cause: schedule.Unsuitable, Detail: "does not suit the patient (travel)"},
		{Date: schedule.MustDate("2025-01-14"), Cause: schedule.Unsuitable, Detail: "does not suit the patient (travel)"},
		{Date: schedule.MustDate("2025-01-15"), Cause: schedule.Fixed, Detail: "the session has an appointment on Tue 2025-01-14"},
		{Date: schedule.MustDate("2025-01-16"), Cause: schedule.Fixed, Detail: "the session has an appointment on Tue 2025-01-14"},
	}, blocked.Days)
}

func TestWishesProblems(t *testing.T) {
	r := taperRequest(t)
	d := schedule.MustDate
	r.Wishes = schedule.Wishes{
		Absences: []schedule.Absence{
			{From: d("2025-01-10"), To: d("2025-01-09")}, {From: d("2025-01-10")}, {},
		},
		Preferred:    mustTime(t, "24:00"),
		Appointments: []schedule.Appointment{{Ordinal: 0, Date: d("2025-01-10")}, {Ordinal: 1}, {Ordinal: 1, Date: d("2025-01-10")}},
	}
	r.Grid = 90 * time.Second
	_, err := schedule.Build(r)
	require.EqualError(t, err, `Absences "2025-01-09": want a last day that is not before the first, 2025-01-10
Absences "2025-01-10": want every first day once
Absences "0001-01-01": want a date from 1900-01-01 to 2200-12-31
Preferred "24:00": want a time before 24:00
Appointments "0": want the number of a session, counted from 1
Appointments "0001-01-01": want a date from 1900-01-01 to 2200-12-31
Appointments "1": want one date for a session
Grid "1m30s": want whole minutes up to a day`)

	r = taperRequest(t)
	r.Wishes.Appointments = []schedule.Appointment{{Ordinal: 12, Date: d("2025-01-10")}, {Ordinal: 2, Date: d("2025-01-13")}}
	_, err = schedule.Build(r)
	require.EqualError(t, err, `Appointments "12": want the number of a session: the plan has 11
Appointments "2025-01-13": want a day in the window of session 2, Mon 2025-01-06 to Sun 2025-01-12`)
}

// Appointments that are too close to each other block the second, also where
// sessions may be left out.
func TestAppointmentsTooClose(t *testing.T) {
	for _, policy := range []schedule.ShortWeek{schedule.Refuse, schedule.Drop, schedule.Carry, schedule.Postpone} {
		r := request(bare(t, "3/wk x1", 2), weekdaysOnly(t), "2025-01-06")
		r.ShortWeek = policy
		r.Wishes.Appointments = []schedule.Appointment{
			{Ordinal: 1, Date: schedule.MustDate("2025-01-09")}, {Ordinal: 3, Date: schedule.MustDate("2025-01-10")},
		}
		_, err := schedule.Build(r)
		blocked, ok := errors.AsType[*schedule.BuildError](err)
		require.True(t, ok, "%s: %v", policy, err)
		assert.Positive(t, blocked.Ordinal)
	}
}
