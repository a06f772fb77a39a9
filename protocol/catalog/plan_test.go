package catalog_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

const (
	firstYear = 2025
	lastYear  = 2030
)

// A holiday is one of the eleven of the United States' federal government.
type holiday struct {
	name    string
	month   time.Month
	day     int // of the month; 0 for a rule by weekday
	weekday time.Weekday
	nth     int // -1 for the last
}

func federalHolidays() []holiday {
	return []holiday{
		{name: "New Year's Day", month: time.January, day: 1},
		{name: "Birthday of Martin Luther King, Jr.", month: time.January, weekday: time.Monday, nth: 3},
		{name: "Washington's Birthday", month: time.February, weekday: time.Monday, nth: 3},
		{name: "Memorial Day", month: time.May, weekday: time.Monday, nth: -1},
		{name: "Juneteenth National Independence Day", month: time.June, day: 19},
		{name: "Independence Day", month: time.July, day: 4},
		{name: "Labor Day", month: time.September, weekday: time.Monday, nth: 1},
		{name: "Columbus Day", month: time.October, weekday: time.Monday, nth: 2},
		{name: "Veterans Day", month: time.November, day: 11},
		{name: "Thanksgiving Day", month: time.November, weekday: time.Thursday, nth: 4},
		{name: "Christmas Day", month: time.December, day: 25},
	}
}

// in returns the day on which the holiday is observed for a year: that of a
// Saturday on the Friday before, that of a Sunday on the Monday after.
func (h holiday) in(year int) date.Date {
	if h.day == 0 {
		if h.nth < 0 {
			d := date.New(year, h.month+1, 1) - 1
			return d - date.Date((7+d.Weekday()-h.weekday)%7)
		}
		d := date.New(year, h.month, 1)
		return d + date.Date((7+h.weekday-d.Weekday())%7+time.Weekday(7*(h.nth-1)))
	}
	d := date.New(year, h.month, h.day)
	switch d.Weekday() {
	case time.Saturday:
		return d - 1
	case time.Sunday:
		return d + 1
	default:
		return d
	}
}

func closures() (list []clinic.Closure) {
	for year := firstYear; year <= lastYear+1; year++ { // the New Year of the last may be observed in the year before
		for _, h := range federalHolidays() {
			if d := h.in(year); d.Year() >= firstYear && d.Year() <= lastYear {
				list = append(list, clinic.Closure{Date: d, Reason: h.name})
			}
		}
	}
	return list
}

// The holidays computed by rule are those of the file.
func TestFederalHolidays(t *testing.T) {
	var b strings.Builder
	for _, c := range closures() {
		fmt.Fprintf(&b, "%s %s %s\n", c.Date, c.Date.Weekday().String()[:3], c.Reason)
	}
	golden(t, "testdata/us-federal-holidays.txt", b.String())
}

// clinic is open from Monday to Friday but for the given days.
func office(t *testing.T, closed ...clinic.Closure) *clinic.Clinic {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	c, err := clinic.New(clinic.Spec{
		Zone:   zone,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		Closed: closed,
	})
	require.NoError(t, err)
	return c
}

// everyDay is a clinic that is open on every day of the week.
func everyDay(t *testing.T) *clinic.Clinic {
	t.Helper()
	all := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
	c, err := clinic.New(clinic.Spec{Zone: office(t).Zone(), Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), all...)})
	require.NoError(t, err)
	return c
}

// request asks for the plan of a made-up patient of 72 kg and unknown height.
func request(t *testing.T, p *protocol.Protocol, start string, closed ...clinic.Closure) schedule.Request {
	t.Helper()
	c, first := office(t, closed...), schedule.MustDate(start)
	year, month, day := first.Date()
	r := schedule.Request{
		Protocol: p, Start: first, Opening: c, Zone: c.Zone(),
		Weighings: []schedule.Weighing{{Date: first, Weight: dose.MustWeight("72 kg")}},
		Key:       schedule.Key{1}, AsOf: time.Date(year, month, day, 0, 0, 0, 0, c.Zone()),
	}
	if p.Cadence().Endless() {
		r.Until = r.Start + 26*7
	}
	return r
}

// Every entry plans from four days of the week in a clinic with holidays, or is
// refused for the reason that the file keeps.
func TestEveryEntryPlans(t *testing.T) {
	file := parameters(t)
	var refused strings.Builder
	for s := range catalog.All() {
		p, err := file.fill(t, s).Compile()
		require.NoError(t, err)
		for _, start := range []string{"2025-01-06", "2025-01-08", "2025-01-09", "2025-01-10"} {
			r := request(t, p, start, closures()...)
			r.Height = dose.MustHeight("175 cm")
			plan, err := schedule.Build(r)
			if err != nil {
				build, isBuild := errors.AsType[*schedule.BuildError](err)
				require.True(t, isBuild, "%s: %v", s.ID, err)
				assert.Len(t, build.Days, int(build.Latest-build.Earliest)+1, s.ID)
				assert.GreaterOrEqual(t, busiest(p), 3, "a week without room has three sessions or more: %s", s.ID)
				fmt.Fprintf(&refused, "%s from %s %s: %v\n", s.ID, r.Start.Weekday().String()[:3], start, err)
				continue
			}
			checkPlan(t, s.ID, p, plan)
		}
	}
	golden(t, "testdata/refused.txt", refused.String())
}

// busiest returns the largest number of sessions in seven days of a segment.
func busiest(p *protocol.Protocol) (most int) {
	for _, segment := range p.Segments() {
		for week := range segment.Weeks() {
			most = max(most, segment.Count(week))
		}
		if days := segment.Interval().Days(); days > 0 {
			most = max(most, (7+days-1)/days)
		}
		for first := range segment.Points() {
			n := 0
			for i := first; segment.Kind() == protocol.Cyclical && i < segment.Points() && segment.Point(i) < segment.Point(first)+7; i++ {
				n++
			}
			most = max(most, n)
		}
	}
	return most
}

// checkPlan checks what holds of every plan.
func checkPlan(t *testing.T, id string, p *protocol.Protocol, plan *schedule.Plan) {
	t.Helper()
	if n, ok := p.Cadence().Sessions(); ok {
		assert.Equal(t, n, plan.Len(), id)
	}
	closed := map[date.Date]bool{}
	for _, c := range closures() {
		closed[c.Date] = true
	}
	var before date.Date
	for i, s := range plan.All() {
		d := s.Date()
		assert.False(t, closed[d] || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday, "%s: %s", id, d)
		assert.True(t, d >= s.Earliest() && d <= s.Latest(), "%s: %s", id, d)
		assert.True(t, i == 0 || d > before, "%s: %s", id, d)
		before = d
	}
}
