package schedule_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// longVisits is a request for weekly visits of 2 h 40 min, 08:00 to 17:00 on
// weekdays, from Monday 2026-03-02.
func longVisits(t *testing.T, cadence string) schedule.Request {
	t.Helper()
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 1,
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}}})
	return request(p, weekdaysOnly(t), "2026-03-02")
}

func utc(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04:05", text)
	require.NoError(t, err)
	return at
}

// On the day of the as-of a visit starts when it still can: on the grid of the
// clinic's hours, not before the as-of; after the last start it is on another day.
func TestBuildDuringTheFirstDay(t *testing.T) {
	for asOf, want := range map[string]string{
		"2026-03-01 23:00:00": "Mon 2026-03-02 08:00",
		"2026-03-02 00:00:00": "Mon 2026-03-02 08:00",
		"2026-03-02 08:00:00": "Mon 2026-03-02 08:00",
		"2026-03-02 08:00:01": "Mon 2026-03-02 08:05",
		"2026-03-02 08:01:00": "Mon 2026-03-02 08:05",
		"2026-03-02 12:34:00": "Mon 2026-03-02 12:35",
		"2026-03-02 14:20:00": "Mon 2026-03-02 14:20", // to 17:00
		"2026-03-02 14:20:01": "Tue 2026-03-03 08:00",
		"2026-03-02 16:50:00": "Tue 2026-03-03 08:00",
		"2026-03-02 23:59:59": "Tue 2026-03-03 08:00",
		"2026-03-03 09:00:00": "Tue 2026-03-03 09:00",
		"2026-03-05 17:00:00": "", // a day past the window
	} {
		r := longVisits(t, "1/wk x2")
		r.Grid, r.AsOf = 5*time.Minute, utc(t, asOf)
		plan, err := schedule.Build(r)
		if want == "" {
			blocked, ok := errors.AsType[*schedule.BuildError](err)
			require.True(t, ok, "%v", err)
			require.Len(t, blocked.Days, 4)
			assert.Equal(t, schedule.Past, blocked.Days[0].Cause)
			assert.Equal(t, "before Thu 2026-03-05, the first day that is planned", blocked.Days[0].Detail)
			assert.Equal(t, schedule.TooShort, blocked.Days[3].Cause)
			assert.Equal(t, "hours too short: the visit needs 160 min, the longest opening has 0 min left at the as-of", blocked.Days[3].Detail)
			continue
		}
		require.NoError(t, err, asOf)
		first := firstSession(plan)
		assert.Equal(t, want, first.Date().Weekday().String()[:3]+" "+first.Date().String()+" "+first.Start().String(), asOf)
		// The explanation agrees with the plan.
		why, err := plan.Explain(first.ID())
		require.NoError(t, err)
		for _, c := range why.Candidates {
			assert.Equal(t, c.Date == first.Date(), c.Chosen, asOf)
			if c.Date < first.Date() {
				assert.Contains(t, []schedule.Cause{schedule.Past, schedule.TooShort}, c.Cause, asOf)
			}
		}
	}
}

// A visit without length starts before the clinic closes too.
func TestNoStartIsLeftForAVisitWithoutLength(t *testing.T) {
	r := request(bare(t, "1/wk x1", 1), weekdaysOnly(t), "2026-03-02")
	r.AsOf = utc(t, "2026-03-02 17:30:00")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "2026-03-03", firstSession(plan).Date().String())
}

// The rule holds for what events plan: at a time that has passed nothing starts.
func TestNothingStartsBeforeTheAsOf(t *testing.T) {
	plan, err := schedule.Build(longVisits(t, "2/wk x3"))
	require.NoError(t, err)
	apply := func(p *schedule.Plan, asOf string, what schedule.Happening) (*schedule.Plan, error) {
		return p.Apply(schedule.Event{ID: "e" + strconv.FormatInt(utc(t, asOf).Unix(), 10), What: what}, utc(t, asOf))
	}
	second := sessionAt(plan, 2) // Thu 2026-03-05

	moved := schedule.Moved{Session: second.ID(), Date: second.Date(), Start: mustTime(t, "09:00")}
	_, err = apply(plan, "2026-03-05 16:55:00", moved)
	require.ErrorIs(t, err, schedule.ErrOrder)
	require.ErrorContains(t, err, `Start "09:00": want a time that is not before the as-of one, 2026-03-05 16:55`)
	on, err := apply(plan, "2026-03-05 09:00:00", moved)
	require.NoError(t, err)
	assert.Equal(t, "09:00", sessionAt(on, 2).Start().String())

	// Without a time the day has to have one left.
	moved.Start = clinic.TimeOfDay{}
	on, err = apply(plan, "2026-03-05 13:00:00", moved)
	require.NoError(t, err)
	assert.Equal(t, "13:00", sessionAt(on, 2).Start().String())
	for _, asOf := range []string{"2026-03-05 16:30:00", "2026-03-05 18:00:00"} {
		_, err = apply(plan, asOf, moved)
		require.ErrorIs(t, err, schedule.ErrNoDay, asOf)
		require.ErrorContains(t, err, "hours too short: the visit needs 160 min, the longest opening has")
	}

	// A session that was missed is not made up for hours ago.
	missed, err := apply(plan, "2026-03-02 22:00:00", schedule.Missed{Session: sessionAt(plan, 1).ID()})
	require.NoError(t, err)
	for what, want := range map[schedule.Happening]string{
		schedule.Added{For: sessionAt(plan, 1).ID(), Date: schedule.MustDate("2026-03-03")}:                              "hours too short",
		schedule.Added{For: sessionAt(plan, 1).ID(), Date: schedule.MustDate("2026-03-03"), Start: mustTime(t, "08:00")}: "want a time that is not before the as-of one",
	} {
		_, err = apply(missed, "2026-03-03 23:30:00", what)
		require.ErrorContains(t, err, want)
		_, err = apply(missed, "2026-03-03 07:30:00", what)
		require.NoError(t, err)
	}
	repairs, err := missed.Repairs(utc(t, "2026-03-03 18:00:00"), sessionAt(plan, 1).ID())
	require.NoError(t, err)
	possible := 0
	for _, r := range repairs {
		if !r.Possible() {
			continue
		}
		possible++
		for _, s := range r.Plan.All() {
			if s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional {
				assert.Greater(t, s.Date().String(), "2026-03-03", "%s plans session %d", r.Way, s.Ordinal())
			}
		}
	}
	assert.Greater(t, possible, 2)
}

// What is recorded has happened: stated times are not after the as-of. An end that
// is not stated is not judged.
func TestFactsAreNotOfTheFuture(t *testing.T) {
	plan, err := schedule.Build(longVisits(t, "1/wk x2"))
	require.NoError(t, err)
	first := firstSession(plan)
	for _, tt := range []struct{ asOf, start, end, want string }{
		{"2026-03-02 06:00:00", "15:00", "17:40", `Start "15:00": want a time that is not after the as-of one, 2026-03-02 06:00`},
		{"2026-03-02 15:00:00", "14:00", "16:40", `End "16:40": want a time that is not after the as-of one, 2026-03-02 15:00`},
		{"2026-03-02 16:39:59", "14:00", "16:40", `End "16:40": want a time that is not after the as-of one, 2026-03-02 16:39`},
		{"2026-03-02 16:40:00", "14:00", "16:40", ""},
		{"2026-03-02 15:00:00", "14:00", "", ""},
		{"2026-03-02 14:00:00", "14:00", "", ""},
		{"2026-03-02 06:00:00", "", "", ""},
		{"2026-03-03 00:30:00", "22:00", "00:40", `End "00:40": want a time that is not after the as-of one, 2026-03-03 00:30`},
		{"2026-03-03 00:40:00", "22:00", "00:40", ""},
	} {
		given := schedule.Given{Session: first.ID(), Date: first.Date()}
		require.NoError(t, given.Start.UnmarshalText([]byte(tt.start)))
		require.NoError(t, given.End.UnmarshalText([]byte(tt.end)))
		_, err := plan.Apply(schedule.Event{ID: "e", What: given}, utc(t, tt.asOf))
		if tt.want == "" {
			require.NoError(t, err, tt)
			continue
		}
		require.ErrorIs(t, err, schedule.ErrFuture, tt)
		require.ErrorContains(t, err, tt.want)
	}
}
