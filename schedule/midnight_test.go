package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func hoursOf(texts ...string) answer {
	var list answer
	for _, text := range texts {
		list = append(list, clinic.MustHours(text))
	}
	return list
}

// Hours past midnight belong to the day on which they begin: visits start before
// midnight and have that date, and may end after it.
func TestHoursPastMidnight(t *testing.T) {
	for _, tt := range []struct {
		hours     []string
		preferred string
		want      string
		endDay    int // of January 2025
	}{
		{[]string{"20:00-02:00"}, "", "20:00-22:40", 6},
		{[]string{"20:00-02:00"}, "22:00", "22:00-00:40", 7},
		{[]string{"20:00-02:00"}, "23:50", "23:20-02:00", 7}, // the last that fits
		{[]string{"20:00-04:00"}, "23:59", "23:55-02:35", 7}, // the last before midnight
		{[]string{"20:00-24:00"}, "23:00", "21:20-24:00", 6},
		{[]string{"08:00-12:00", "12:00-17:00"}, "11:00", "11:00-13:40", 6},
		{[]string{"08:00-09:00", "09:00-10:00", "10:00-11:00"}, "", "08:00-10:40", 6},
		{[]string{"18:00-20:00", "20:00-02:00"}, "23:00", "23:00-01:40", 7},
	} {
		r := longVisits(t, "1/wk x2")
		r.Start, r.AsOf, r.Grid = day("2025-01-06"), noon("2025-01-05"), 5*time.Minute
		r.Opening = hoursOf(tt.hours...)
		require.NoError(t, r.Wishes.Preferred.UnmarshalText([]byte(tt.preferred)))
		plan, err := schedule.Build(r)
		require.NoError(t, err, tt)
		s := firstSession(plan)
		assert.Equal(t, tt.want, s.Start().String()+"-"+s.End().String(), tt)
		assert.Equal(t, "2025-01-06", s.Date().String())
		assert.Equal(t, tt.endDay, s.EndDate().Day(), tt)
		assert.Empty(t, schedule.Validate(plan), tt)

		again, err := schedule.ParsePlan("p.json", schedule.FormatPlan(plan), schedule.PlanSource{
			Protocols: []*protocol.Protocol{r.Protocol}, Opening: r.Opening, Zone: time.UTC,
		})
		require.NoError(t, err, tt)
		assert.Equal(t, s.EndDate(), firstSession(again).EndDate())
	}
}

// A visit that lasts into the next day can overlap what is then.
func TestOverlapPastMidnight(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("2/wk x1"), MinGap: 1, Visit: protocol.Visit{Administration: time.Hour},
	}}})
	for _, tt := range []struct {
		start, end, next, until string
		overlap                 bool
	}{
		{"22:30", "00:30", "00:15", "01:15", true},
		{"22:30", "00:30", "00:30", "01:30", false},
		{"22:30", "00:30", "00:00", "01:00", true},
		{"22:30", "23:30", "00:00", "01:00", false},
		{"22:30", "24:00", "00:00", "01:00", false},
	} {
		r := schedule.Record{
			Protocol: p, Start: day("2025-01-06"), Zone: time.UTC, AsOf: noon("2025-01-20"),
			Given: []schedule.Given{
				{Date: day("2025-01-09"), Start: mustTime(t, tt.start), End: mustTime(t, tt.end)},
				{Date: day("2025-01-10"), Start: mustTime(t, tt.next), End: mustTime(t, tt.until)},
			},
		}
		found, err := schedule.ValidateRecord(r)
		require.NoError(t, err)
		codes := map[schedule.Code]bool{}
		for _, f := range found {
			codes[f.Code] = true
		}
		assert.Equal(t, tt.overlap, codes[schedule.Overlap], "%v: %v", tt, found)
	}
}

// What was given past midnight is recorded on the day on which it began, in a plan
// and in a record, and is outside the hours of a clinic that closed before.
func TestGivenPastMidnight(t *testing.T) {
	r := longVisits(t, "1/wk x2")
	r.Opening = hoursOf("13:00-23:00")
	s := living(t, r)
	given := schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Start: mustTime(t, "22:30"), End: mustTime(t, "01:10")}
	_, err := s.try("2026-03-02", given)
	require.ErrorIs(t, err, schedule.ErrFuture)
	s.on("2026-03-03", given)
	first := sessionAt(s.plan, 1)
	assert.Equal(t, "22:30-01:10 2026-03-02 2026-03-03", first.Start().String()+"-"+first.End().String()+" "+first.Date().String()+" "+first.EndDate().String())
	found := schedule.Validate(s.plan)
	require.Len(t, found, 1)
	assert.Equal(t, schedule.OutsideHours, found[0].Code)
	assert.Equal(t, "given 22:30-01:10 on Mon 2026-03-02, outside the hours of the clinic", found[0].Text)

	// Nobody stayed too short: 160 minutes.
	r.Opening = hoursOf("13:00-02:00")
	s = living(t, r).on("2026-03-03", given)
	assert.Empty(t, schedule.Validate(s.plan))
	given.End = mustTime(t, "01:09")
	s = living(t, r).on("2026-03-03", given)
	require.Len(t, schedule.Validate(s.plan), 1)
	assert.Equal(t, schedule.ObservationCutShort, schedule.Validate(s.plan)[0].Code)
}

// In the hour that clocks show twice, a visit ends earlier on the clock than it
// began, on the same day.
func TestEndInTheHourShownTwice(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1"), MinGap: 1, Visit: protocol.Visit{Administration: 40 * time.Minute},
	}}})
	r := request(p, hoursOf("02:30-06:00"), "2025-10-26")
	r.Zone, r.AsOf = berlin, noon("2025-10-25")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	s := firstSession(plan)
	assert.Equal(t, "02:30-02:10 2025-10-26", s.Start().String()+"-"+s.End().String()+" "+s.EndDate().String())
	plan, err = plan.Apply(schedule.Event{ID: "e", What: schedule.Given{Session: s.ID(), Date: s.Date(), Start: s.Start(), End: s.End()}}, noon("2025-10-26"))
	require.NoError(t, err)
	assert.Equal(t, "2025-10-26", firstSession(plan).EndDate().String())
}

// A date that the zone skipped does not exist.
func TestSkippedDate(t *testing.T) {
	apia, err := time.LoadLocation("Pacific/Apia")
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{
		Zone: apia, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	require.NoError(t, err)
	r := longVisits(t, "1/wk x3")
	r.Start, r.Opening, r.Zone, r.AsOf = day("2011-12-23"), office, apia, noon("2011-12-20")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Fri 2011-12-23, Thu 2011-12-29, Fri 2012-01-06", dates(plan, schedule.Session.Date))
	why, err := plan.Explain(sessionAt(plan, 2).ID())
	require.NoError(t, err)
	for _, c := range why.Candidates {
		if c.Date == day("2011-12-30") {
			assert.Equal(t, schedule.Closed, c.Cause)
			assert.Equal(t, "closed (a day that does not exist in Pacific/Apia)", c.Detail)
		}
	}
	for _, what := range []schedule.Happening{
		schedule.Moved{Session: sessionAt(plan, 2).ID(), Date: day("2011-12-30")},
		schedule.Added{Date: day("2011-12-30")},
	} {
		_, err = plan.Apply(schedule.Event{ID: "e", What: what}, noon("2011-12-24"))
		require.ErrorContains(t, err, `Date "2011-12-30": want a day that exists in Pacific/Apia`)
	}
	plan, err = plan.Apply(schedule.Event{ID: "g", What: schedule.Given{Session: sessionAt(plan, 1).ID(), Date: day("2011-12-23")}}, noon("2011-12-24"))
	require.NoError(t, err)
	_, err = plan.Apply(schedule.Event{ID: "e", What: schedule.Given{Session: sessionAt(plan, 2).ID(), Date: day("2011-12-30")}}, noon("2012-01-02"))
	require.ErrorContains(t, err, `Date "2011-12-30": want a day that exists in Pacific/Apia`)
	_, err = schedule.Record{
		Protocol: r.Protocol, Start: r.Start, Zone: apia, AsOf: noon("2012-02-01"), Given: []schedule.Given{{Date: day("2011-12-30")}},
	}.Plan()
	require.ErrorContains(t, err, "Given entry 1 of 2011-12-30: want a day that exists in Pacific/Apia")

	r.Start, r.AsOf = day("2011-12-30"), noon("2011-12-20")
	_, err = schedule.Build(r)
	require.EqualError(t, err, "the clinic is closed on the first day, Fri 2011-12-30 (a day that does not exist in Pacific/Apia); the next open day is Mon 2012-01-02")
}

// A half day listed for a Sunday opens nothing: the visit goes to the Friday
// before.
func TestHalfDayOpensNothing(t *testing.T) {
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		Half:   []clinic.SpecialDay{{Date: day("2028-12-24"), Hours: hoursOf("08:00-12:00")}},
		Closed: []clinic.Closure{{Date: day("2028-12-25"), To: day("2028-12-28"), Reason: "Christmas"}},
	})
	require.NoError(t, err)
	r := longVisits(t, "1/wk x2")
	r.Start, r.Opening, r.AsOf = day("2028-12-18"), office, noon("2028-12-17")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Mon 2028-12-18, Fri 2028-12-22", dates(plan, schedule.Session.Date))
}

// A session comes after one of the day before that lasts into its day, planned or given:
// Mondays are open from 20:00 to 02:00, Tuesdays from 00:00 to 12:00, and a visit takes
// five hours.
func TestAfterAVisitPastMidnight(t *testing.T) {
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{
		time.Monday: {clinic.MustHours("20:00-02:00")}, time.Tuesday: {clinic.MustHours("00:00-12:00")},
	}})
	require.NoError(t, err)
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 1, Visit: protocol.Visit{Administration: 5 * time.Hour},
		Weekdays: []protocol.DaySet{protocol.OnDays(time.Monday, time.Tuesday)},
	}}})
	s := living(t, request(p, office, "2026-03-02"))
	times := func(n int) string {
		at := sessionAt(s.plan, n)
		return at.Date().String() + " " + at.Start().String() + "-" + at.End().String()
	}
	assert.Equal(t, "2026-03-02 20:00-01:00", times(1))
	assert.Equal(t, "2026-03-03 01:00-06:00", times(2))
	s.on("2026-03-03", schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Start: clock(t, "22:00"), End: clock(t, "03:10")})
	s.on("2026-03-03", schedule.Missed{Session: s.id(2)})
	next, err := s.plan.Apply(schedule.Event{ID: "again", What: schedule.Shifted{Session: s.id(3)}}, noon("2026-03-08"))
	require.NoError(t, err)
	assert.Equal(t, "01:00", sessionAt(next, 4).Start().String())
	moved, err := next.Apply(schedule.Event{ID: "moved", What: schedule.Moved{Session: sessionAt(next, 4).ID(), Date: day("2026-03-10")}}, noon("2026-03-08"))
	require.NoError(t, err)
	assert.Equal(t, "01:00", sessionAt(moved, 4).Start().String())
}
