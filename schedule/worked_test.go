package schedule_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// everyDay is a clinic that is open all week.
func everyDay(t *testing.T) *clinic.Clinic {
	t.Helper()
	return clinicOpenOn(t, time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday)
}

func weekdaysOnly(t *testing.T, closed ...string) *clinic.Clinic {
	t.Helper()
	spec := clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	}
	for _, d := range closed {
		spec.Closed = append(spec.Closed, clinic.Closure{Date: schedule.MustDate(d), Reason: "holiday"})
	}
	office, err := clinic.New(spec)
	require.NoError(t, err)
	return office
}

func clinicOpenOn(t *testing.T, days ...time.Weekday) *clinic.Clinic {
	t.Helper()
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), days...)})
	require.NoError(t, err)
	return office
}

// bare returns a protocol of one phase that gives no drug.
func bare(t *testing.T, cadence string, gap int) *protocol.Protocol {
	t.Helper()
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: gap}}}.Compile()
	require.NoError(t, err)
	return p
}

// version returns a protocol as a version of the one with the id "course".
func version(t *testing.T, p *protocol.Protocol, version string) *protocol.Protocol {
	t.Helper()
	spec := p.Spec()
	spec.ID, spec.Version = "course", version
	next, err := spec.Compile()
	require.NoError(t, err)
	return next
}

// withDose returns a protocol of one phase that gives a dose by a rule.
func withDose(t *testing.T, cadence string, gap int, rule string) *protocol.Protocol {
	t.Helper()
	r, err := dose.ParseRule(rule)
	require.NoError(t, err)
	p, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: gap, Dose: r,
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}}}.Compile()
	require.NoError(t, err)
	return p
}

func request(p *protocol.Protocol, opening clinic.Opening, start string) schedule.Request {
	first := schedule.MustDate(start)
	return schedule.Request{
		Protocol: p, Start: first, Opening: opening, Zone: time.UTC,
		Key: testKey(), AsOf: time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, time.UTC),
	}
}

// dates lists dates with their weekdays, the form in which the expectations
// below are written.
func dates(plan *schedule.Plan, of func(schedule.Session) date.Date) string {
	var list []string
	for _, s := range plan.All() {
		d := of(s)
		list = append(list, d.Weekday().String()[:3]+" "+d.String())
	}
	return strings.Join(list, ", ")
}

// The tables of the notation: targets, whatever the clinic's calendar.
func TestTargets(t *testing.T) {
	for _, tt := range []struct{ cadence, start, want string }{
		{
			"3-2-1-1-1 then every 4w x3", "2025-01-06",
			"2025-01-06 2025-01-08 2025-01-10 2025-01-13 2025-01-16 2025-01-20 2025-01-27 2025-02-03 2025-03-03 2025-03-31 2025-04-28",
		},
		{
			"2/wk x4 then 1/wk x4 then every 2w x3", "2025-04-01",
			"2025-04-01 2025-04-04 2025-04-08 2025-04-11 2025-04-15 2025-04-18 2025-04-22 2025-04-25 2025-04-29 2025-05-06 2025-05-13 2025-05-20 2025-06-03 2025-06-17 2025-07-01",
		},
		{
			"2/wk x4 then 1/wk x4 then every 2w x4 from week 9", "2025-04-01",
			"2025-04-01 2025-04-04 2025-04-08 2025-04-11 2025-04-15 2025-04-18 2025-04-22 2025-04-25 2025-04-29 2025-05-06 2025-05-13 2025-05-20 2025-05-27 2025-06-10 2025-06-24 2025-07-08",
		},
		{
			"3-3 then every 1w x4", "2025-09-08",
			"2025-09-08 2025-09-10 2025-09-12 2025-09-15 2025-09-17 2025-09-19 2025-09-26 2025-10-03 2025-10-10 2025-10-17",
		},
		{
			"weeks 0, 2, 6 then every 8w x3", "2025-01-15",
			"2025-01-15 2025-01-29 2025-02-26 2025-04-23 2025-06-18 2025-08-13",
		},
		{
			"days 1, 8 of 21 x4 then every 3w x1", "2025-02-04",
			"2025-02-04 2025-02-11 2025-02-25 2025-03-04 2025-03-18 2025-03-25 2025-04-08 2025-04-15 2025-04-29",
		},
		{
			"1/wk x4 then every 2w x4 then every 4w x2", "2025-03-03",
			"2025-03-03 2025-03-10 2025-03-17 2025-03-24 2025-04-07 2025-04-21 2025-05-05 2025-05-19 2025-06-16 2025-07-14",
		},
		{"every 1mo x4", "2025-01-31", "2025-01-31 2025-02-28 2025-03-31 2025-04-30"},
		{"7/wk x1", "2025-01-31", "2025-01-31 2025-02-01 2025-02-02 2025-02-03 2025-02-04 2025-02-05 2025-02-06"},
		{"4-0-2", "2025-01-06", "2025-01-06 2025-01-07 2025-01-09 2025-01-10 2025-01-20 2025-01-23"},
	} {
		t.Run(tt.cadence, func(t *testing.T) {
			plan, err := schedule.Build(request(bare(t, tt.cadence, 1), everyDay(t), tt.start))
			require.NoError(t, err)
			var got []string
			for _, s := range plan.All() {
				got = append(got, s.Target().String())
				assert.Equal(t, s.Target(), s.Date(), "open every day: nothing moves")
			}
			assert.Equal(t, tt.want, strings.Join(got, " "))
		})
	}
}

// Published and hand-worked calendars. The weekdays are part of what is
// expected: they were worked out by hand and recomputed with exact rationals.
func TestWorkedCalendars(t *testing.T) {
	monThu := []protocol.DaySet{protocol.OnDays(time.Monday, time.Thursday)}
	for _, tt := range []struct {
		name, cadence string
		gap           int
		start         string
		weekdays      []protocol.DaySet
		want          string
	}{
		{
			"taper, then every 28 days", "3-2-1-1-1 then every 28d x3", 2, "2025-01-06", nil,
			"Mon 2025-01-06, Wed 2025-01-08, Fri 2025-01-10, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, " +
				"Mon 2025-03-03, Mon 2025-03-31, Mon 2025-04-28",
		},
		{
			"taper, then every four weeks", "3-2-1-1-1 then every 4w x3", 2, "2025-01-06", nil,
			"Mon 2025-01-06, Wed 2025-01-08, Fri 2025-01-10, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, " +
				"Mon 2025-03-03, Mon 2025-03-31, Mon 2025-04-28",
		},
		{
			"taper, then every calendar month", "3-2-1-1-1 then every 1mo x3", 2, "2025-01-06", nil,
			"Mon 2025-01-06, Wed 2025-01-08, Fri 2025-01-10, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, " +
				"Mon 2025-03-03, Thu 2025-04-03, Sat 2025-05-03",
		},
		{
			"six in 12 days from a Monday", "3/wk x2", 2, "2025-03-03", nil,
			"Mon 2025-03-03, Wed 2025-03-05, Fri 2025-03-07, Mon 2025-03-10, Wed 2025-03-12, Fri 2025-03-14",
		},
		{
			"six across a leap day", "3/wk x2", 2, "2024-02-26", nil,
			"Mon 2024-02-26, Wed 2024-02-28, Fri 2024-03-01, Mon 2024-03-04, Wed 2024-03-06, Fri 2024-03-08",
		},
		{
			"esketamine on the week grid", "2/wk x4 then 1/wk x4 then every 2w x4 from week 9", 2, "2025-04-01", nil,
			"Tue 2025-04-01, Fri 2025-04-04, Tue 2025-04-08, Fri 2025-04-11, Tue 2025-04-15, Fri 2025-04-18, Tue 2025-04-22, Fri 2025-04-25, " +
				"Tue 2025-04-29, Tue 2025-05-06, Tue 2025-05-13, Tue 2025-05-20, " +
				"Tue 2025-05-27, Tue 2025-06-10, Tue 2025-06-24, Tue 2025-07-08",
		},
		{
			"esketamine from the last session", "2/wk x4 then 1/wk x4 then every 2w x3", 2, "2025-04-01", nil,
			"Tue 2025-04-01, Fri 2025-04-04, Tue 2025-04-08, Fri 2025-04-11, Tue 2025-04-15, Fri 2025-04-18, Tue 2025-04-22, Fri 2025-04-25, " +
				"Tue 2025-04-29, Tue 2025-05-06, Tue 2025-05-13, Tue 2025-05-20, " +
				"Tue 2025-06-03, Tue 2025-06-17, Tue 2025-07-01",
		},
		{
			"two a week on Thursdays and Mondays from a Thursday", "2/wk x4", 2, "2025-05-01", monThu,
			"Thu 2025-05-01, Mon 2025-05-05, Thu 2025-05-08, Mon 2025-05-12, Thu 2025-05-15, Mon 2025-05-19, Thu 2025-05-22, Mon 2025-05-26",
		},
		{
			"three a week for four weeks", "3/wk x4", 2, "2025-06-02", nil,
			"Mon 2025-06-02, Wed 2025-06-04, Fri 2025-06-06, Mon 2025-06-09, Wed 2025-06-11, Fri 2025-06-13, " +
				"Mon 2025-06-16, Wed 2025-06-18, Fri 2025-06-20, Mon 2025-06-23, Wed 2025-06-25, Fri 2025-06-27",
		},
		{
			"two a week for four weeks", "2/wk x4", 2, "2025-06-02", nil,
			"Mon 2025-06-02, Thu 2025-06-05, Mon 2025-06-09, Thu 2025-06-12, Mon 2025-06-16, Thu 2025-06-19, Mon 2025-06-23, Thu 2025-06-26",
		},
		{
			"six in two weeks, then weekly from the last", "3-3 then every 1w x4", 2, "2025-09-08", nil,
			"Mon 2025-09-08, Wed 2025-09-10, Fri 2025-09-12, Mon 2025-09-15, Wed 2025-09-17, Fri 2025-09-19, " +
				"Fri 2025-09-26, Fri 2025-10-03, Fri 2025-10-10, Fri 2025-10-17",
		},
		{
			"six in two weeks, then weekly on the week grid", "3-3 then 1/wk x4", 2, "2025-09-08", nil,
			"Mon 2025-09-08, Wed 2025-09-10, Fri 2025-09-12, Mon 2025-09-15, Wed 2025-09-17, Fri 2025-09-19, " +
				"Mon 2025-09-22, Mon 2025-09-29, Mon 2025-10-06, Mon 2025-10-13",
		},
		{
			// The taper falls on Mon Wed Fri, then Tue Thu, then Wed.
			"five a week for six weeks, then 3-2-1", "5/wk x6 then 3-2-1", 1, "2025-01-06",
			[]protocol.DaySet{protocol.OnDays(time.Tuesday, time.Thursday), protocol.OnDays(time.Wednesday)},
			"Mon 2025-01-06, Tue 2025-01-07, Wed 2025-01-08, Thu 2025-01-09, Fri 2025-01-10, " +
				"Mon 2025-01-13, Tue 2025-01-14, Wed 2025-01-15, Thu 2025-01-16, Fri 2025-01-17, " +
				"Mon 2025-01-20, Tue 2025-01-21, Wed 2025-01-22, Thu 2025-01-23, Fri 2025-01-24, " +
				"Mon 2025-01-27, Tue 2025-01-28, Wed 2025-01-29, Thu 2025-01-30, Fri 2025-01-31, " +
				"Mon 2025-02-03, Tue 2025-02-04, Wed 2025-02-05, Thu 2025-02-06, Fri 2025-02-07, " +
				"Mon 2025-02-10, Tue 2025-02-11, Wed 2025-02-12, Thu 2025-02-13, Fri 2025-02-14, " +
				"Mon 2025-02-17, Wed 2025-02-19, Fri 2025-02-21, Tue 2025-02-25, Thu 2025-02-27, Wed 2025-03-05",
		},
		{
			"continuation of electroconvulsive therapy", "1/wk x4 then every 2w x4 then every 4w x2", 1, "2025-03-03", nil,
			"Mon 2025-03-03, Mon 2025-03-10, Mon 2025-03-17, Mon 2025-03-24, Mon 2025-04-07, Mon 2025-04-21, Mon 2025-05-05, Mon 2025-05-19, " +
				"Mon 2025-06-16, Mon 2025-07-14",
		},
		{
			"infliximab", "weeks 0, 2, 6 then every 8w x3", 1, "2025-01-15", nil,
			"Wed 2025-01-15, Wed 2025-01-29, Wed 2025-02-26, Wed 2025-04-23, Wed 2025-06-18, Wed 2025-08-13",
		},
		{
			"natalizumab every 28 days", "every 28d x5", 1, "2025-01-31", nil,
			"Fri 2025-01-31, Fri 2025-02-28, Fri 2025-03-28, Fri 2025-04-25, Fri 2025-05-23",
		},
		{
			"calendar months never drift", "every 1mo x4", 1, "2025-01-31", nil,
			"Fri 2025-01-31, Fri 2025-02-28, Mon 2025-03-31, Wed 2025-04-30",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(bare(t, tt.cadence, tt.gap), everyDay(t), tt.start)
			r.Wishes.Weekdays = tt.weekdays
			plan, err := schedule.Build(r)
			require.NoError(t, err)
			assert.Equal(t, tt.want, dates(plan, schedule.Session.Date))
		})
	}
}

func TestWorkedSpans(t *testing.T) {
	span := func(cadence, start string, office clinic.Opening) int {
		plan, err := schedule.Build(request(bare(t, cadence, 2), office, start))
		require.NoError(t, err)
		var first, last date.Date
		for i, s := range plan.All() {
			if i == 0 {
				first = s.Date()
			}
			last = s.Date()
		}
		return int(last-first) + 1
	}
	// Six in 12 days needs a Monday; from a Wednesday or a Friday they take 13.
	assert.Equal(t, 12, span("3/wk x2", "2025-03-03", weekdaysOnly(t)))
	assert.Equal(t, 13, span("3/wk x2", "2025-03-05", weekdaysOnly(t)))
	assert.Equal(t, 13, span("3/wk x2", "2025-03-07", weekdaysOnly(t)))
	// Ten sessions of continuation therapy in 133 days between first and last.
	assert.Equal(t, 134, span("1/wk x4 then every 2w x4 then every 4w x2", "2025-03-03", weekdaysOnly(t)))
	// The thirteenth natalizumab infusion is on Fri 2026-01-02.
	plan, err := schedule.Build(request(bare(t, "every 28d x13", 1), everyDay(t), "2025-01-31"))
	require.NoError(t, err)
	assert.True(t, strings.HasSuffix(dates(plan, schedule.Session.Date), "Fri 2026-01-02"))
}

// Doses of whole plans: the sum is the dose times the number of sessions.
func TestWorkedDoses(t *testing.T) {
	for _, tt := range []struct {
		name, cadence, rule, weight string
		dose, sum                   string
	}{
		{"taper at 72 kg", "3-2-1-1-1", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", "72 kg", "36 mg", "288 mg"},
		{"165 lb", "1", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", "165 lb", "37.4 mg", "37.4 mg"},
		{"165 lb unrounded", "1", "0.5 mg/kg of actual weight, hard max 200 mg", "165 lb", "37.421370525 mg", "37.421370525 mg"},
		{"tie half up", "1", "0.5 mg/kg of actual weight, round 1 mg half up, hard max 200 mg", "73 kg", "37 mg", "37 mg"},
		{"tie half even", "1", "0.5 mg/kg of actual weight, round 1 mg half even, hard max 200 mg", "73 kg", "36 mg", "36 mg"},
		{"twelve at 72 kg", "3/wk x4", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", "72 kg", "36 mg", "432 mg"},
		{"eight at 72 kg", "2/wk x4", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", "72 kg", "36 mg", "288 mg"},
		{"eight fixed", "2/wk x4", "84 mg", "", "84 mg", "672 mg"},
		{"infliximab", "weeks 0, 2, 6 then every 8w x3", "5 mg/kg of actual weight, hard max 1000 mg", "68 kg", "340 mg", "2040 mg"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(withDose(t, tt.cadence, 2, tt.rule), everyDay(t), "2025-06-02")
			if tt.weight != "" {
				w, err := dose.ParseWeight(tt.weight)
				if strings.HasSuffix(tt.weight, "lb") {
					w, err = dose.ParsePounds(tt.weight)
				}
				require.NoError(t, err)
				r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: w}}
			}
			plan, err := schedule.Build(r)
			require.NoError(t, err)
			var sum dose.Mass
			for _, s := range plan.All() {
				assert.Equal(t, tt.dose, s.Dose().Dose().String())
				sum, err = sum.Add(s.Dose().Dose())
				require.NoError(t, err)
			}
			assert.Equal(t, tt.sum, sum.String())
		})
	}
}
