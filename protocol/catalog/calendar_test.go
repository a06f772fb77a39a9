package catalog_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func days(plan *schedule.Plan) string {
	var list []string
	for _, s := range plan.All() {
		list = append(list, day(s.Date()))
	}
	return strings.Join(list, ", ")
}

func day(d date.Date) string { return d.Weekday().String()[:3] + " " + d.String() }

func closure(d string) clinic.Closure {
	return clinic.Closure{Date: schedule.MustDate(d), Reason: "holiday"}
}

// Published calendars, derived from the entries.
func TestPublishedCalendars(t *testing.T) {
	for _, tt := range []struct {
		name, id string
		set      []string
		start    string
		change   func(*schedule.Request)
		want     string
	}{
		{
			name: "six in twelve days", id: "ketamine-iv-six-in-12-days", start: "2025-03-03",
			want: "Mon 2025-03-03, Wed 2025-03-05, Fri 2025-03-07, Mon 2025-03-10, Wed 2025-03-12, Fri 2025-03-14",
		},
		{
			name: "six from a Wednesday span thirteen days", id: "ketamine-iv-shiroma", start: "2025-03-05",
			want: "Wed 2025-03-05, Fri 2025-03-07, Mon 2025-03-10, Wed 2025-03-12, Fri 2025-03-14, Mon 2025-03-17",
		},
		{
			name: "across a leap day", id: "ketamine-iv-ptsd-albott", start: "2024-02-26",
			want: "Mon 2024-02-26, Wed 2024-02-28, Fri 2024-03-01, Mon 2024-03-04, Wed 2024-03-06, Fri 2024-03-08",
		},
		{
			name: "taper, a month of four weeks", id: "ketamine-iv-taper", start: "2025-01-06",
			change: until("2025-05-01"),
			want: "Mon 2025-01-06, Wed 2025-01-08, Fri 2025-01-10, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, " +
				"Mon 2025-01-27, Mon 2025-02-03, Mon 2025-03-03, Mon 2025-03-31, Mon 2025-04-28",
		},
		{
			name: "Spravato on the grid of weeks", id: "spravato-us-trd", start: "2025-04-01",
			change: until("2025-07-08"),
			want: "Tue 2025-04-01, Fri 2025-04-04, Tue 2025-04-08, Fri 2025-04-11, Tue 2025-04-15, Fri 2025-04-18, Tue 2025-04-22, Fri 2025-04-25, " +
				"Tue 2025-04-29, Tue 2025-05-06, Tue 2025-05-13, Tue 2025-05-20, Tue 2025-05-27, Tue 2025-06-10, Tue 2025-06-24, Tue 2025-07-08",
		},
		{
			name: "Spravato from the last weekly session", id: "spravato-us-trd", start: "2025-04-01",
			set: []string{"maintenance", "every 2w (1w..2w)"}, change: until("2025-07-01"),
			want: "Tue 2025-04-01, Fri 2025-04-04, Tue 2025-04-08, Fri 2025-04-11, Tue 2025-04-15, Fri 2025-04-18, Tue 2025-04-22, Fri 2025-04-25, " +
				"Tue 2025-04-29, Tue 2025-05-06, Tue 2025-05-13, Tue 2025-05-20, Tue 2025-06-03, Tue 2025-06-17, Tue 2025-07-01",
		},
		{
			name: "acute suicidal ideation, Thursdays and Mondays", id: "spravato-us-mdsi", start: "2025-05-01",
			change: on("Mon,Thu"),
			want:   "Thu 2025-05-01, Mon 2025-05-05, Thu 2025-05-08, Mon 2025-05-12, Thu 2025-05-15, Mon 2025-05-19, Thu 2025-05-22, Mon 2025-05-26",
		},
		{
			name: "the same with Memorial Day", id: "spravato-us-mdsi", start: "2025-05-01",
			change: func(r *schedule.Request) { on("Mon,Thu")(r); closed("2025-05-26")(r) },
			want:   "Thu 2025-05-01, Mon 2025-05-05, Thu 2025-05-08, Mon 2025-05-12, Thu 2025-05-15, Mon 2025-05-19, Thu 2025-05-22, Tue 2025-05-27",
		},
		{
			name: "65 and over", id: "spravato-eu-trd-65-and-over", start: "2025-09-01", set: []string{"maintenance", "every 1w (1w..2w)"},
			change: until("2025-11-03"),
			want: "Mon 2025-09-01, Thu 2025-09-04, Mon 2025-09-08, Thu 2025-09-11, Mon 2025-09-15, Thu 2025-09-18, Mon 2025-09-22, Thu 2025-09-25, " +
				"Mon 2025-09-29, Mon 2025-10-06, Mon 2025-10-13, Mon 2025-10-20, Mon 2025-10-27, Mon 2025-11-03",
		},
		{
			name: "three a week for four weeks", id: "ketamine-iv-singh-3-a-week", start: "2025-06-02",
			want: "Mon 2025-06-02, Wed 2025-06-04, Fri 2025-06-06, Mon 2025-06-09, Wed 2025-06-11, Fri 2025-06-13, " +
				"Mon 2025-06-16, Wed 2025-06-18, Fri 2025-06-20, Mon 2025-06-23, Wed 2025-06-25, Fri 2025-06-27",
		},
		{
			name: "two a week for four weeks", id: "ketamine-iv-singh-2-a-week", start: "2025-06-02",
			want: "Mon 2025-06-02, Thu 2025-06-05, Mon 2025-06-09, Thu 2025-06-12, Mon 2025-06-16, Thu 2025-06-19, Mon 2025-06-23, Thu 2025-06-26",
		},
		{
			name: "three a week, then weekly from the last", id: "ketamine-iv-phillips", start: "2025-09-08",
			want: "Mon 2025-09-08, Wed 2025-09-10, Fri 2025-09-12, Mon 2025-09-15, Wed 2025-09-17, Fri 2025-09-19, " +
				"Fri 2025-09-26, Fri 2025-10-03, Fri 2025-10-10, Fri 2025-10-17",
		},
		{
			name: "electroconvulsive therapy", id: "ect-core-continuation", start: "2025-03-03",
			want: "Mon 2025-03-03, Mon 2025-03-10, Mon 2025-03-17, Mon 2025-03-24, Mon 2025-04-07, Mon 2025-04-21, Mon 2025-05-05, Mon 2025-05-19, " +
				"Mon 2025-06-16, Mon 2025-07-14",
		},
		{
			name: "infliximab", id: "infliximab-every-8-weeks", start: "2025-01-15", change: until("2025-08-13"),
			want: "Wed 2025-01-15, Wed 2025-01-29, Wed 2025-02-26, Wed 2025-04-23, Wed 2025-06-18, Wed 2025-08-13",
		},
		{
			name: "natalizumab, the first twelve and one", id: "natalizumab", start: "2025-01-31", change: until("2026-01-02"),
			want: "Fri 2025-01-31, Fri 2025-02-28, Fri 2025-03-28, Fri 2025-04-25, Fri 2025-05-23, Fri 2025-06-20, Fri 2025-07-18, " +
				"Fri 2025-08-15, Fri 2025-09-12, Fri 2025-10-10, Fri 2025-11-07, Fri 2025-12-05, Fri 2026-01-02",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(t, compiled(t, tt.id, tt.set...), tt.start)
			if tt.change != nil {
				tt.change(&r)
			}
			plan, err := schedule.Build(r)
			require.NoError(t, err)
			assert.Equal(t, tt.want, days(plan))
		})
	}
}

func until(d string) func(*schedule.Request) {
	return func(r *schedule.Request) { r.Until = schedule.MustDate(d) }
}

func on(sets ...string) func(*schedule.Request) {
	return func(r *schedule.Request) {
		for _, text := range sets {
			set, err := protocol.ParseDaySet(text)
			if err == nil {
				r.Wishes.Weekdays = append(r.Wishes.Weekdays, set)
			}
		}
	}
}

// closed returns the clinic of a request with days closed.
func closed(list ...string) func(*schedule.Request) {
	return func(r *schedule.Request) { r.Opening = without{r.Opening, list} }
}

// without is a clinic with days closed.
type without struct {
	clinic.Opening
	closed []string
}

func (w without) Open(d date.Date) ([]clinic.Hours, string) {
	for _, text := range w.closed {
		if d == schedule.MustDate(text) {
			return nil, "holiday"
		}
	}
	return w.Opening.Open(d)
}

// Four weeks of follow-up after six in twelve days.
func TestFollowUps(t *testing.T) {
	plan, err := schedule.Build(request(t, compiled(t, "ketamine-iv-six-in-12-days"), "2025-03-03"))
	require.NoError(t, err)
	assert.Equal(t, []string{"Fri 2025-03-21", "Fri 2025-03-28", "Fri 2025-04-04", "Fri 2025-04-11"}, visits(plan, protocol.FollowUp))
	assert.Equal(t, 12, int(lastOf(plan)-plan.Start())+1, "the span, both ends included")

	plan, err = schedule.Build(request(t, compiled(t, "ketamine-iv-shiroma"), "2025-03-05"))
	require.NoError(t, err)
	assert.Equal(t, 13, int(lastOf(plan)-plan.Start())+1)

	// Rated the day after each infusion, where the clinic is open.
	plan, err = schedule.Build(request(t, compiled(t, "ketamine-iv-ptsd-albott"), "2025-03-03"))
	require.NoError(t, err)
	assert.Equal(t, []string{"Tue 2025-03-04", "Thu 2025-03-06", "not placed", "Tue 2025-03-11", "Thu 2025-03-13", "not placed"}, visits(plan, protocol.Assessment))
	assert.Len(t, visits(plan, protocol.FollowUp), 8)
}

func visits(plan *schedule.Plan, kind protocol.VisitKind) (list []string) {
	for v := range plan.OtherVisits() {
		switch {
		case v.Kind != kind:
		case v.Placed():
			list = append(list, day(v.Date))
		default:
			list = append(list, "not placed")
		}
	}
	return list
}

func lastOf(plan *schedule.Plan) (last date.Date) {
	for _, s := range plan.All() {
		last = s.Date()
	}
	return last
}

// The points where a clinician decides.
func TestCheckpoints(t *testing.T) {
	for id, want := range map[string]string{
		"spravato-us-trd":       "end of induction after 8 on Fri 2025-04-25",
		"ketamine-iv-phillips":  "response after 6 on Mon 2025-04-14",
		"natalizumab-crohn":     "week 12 after 3 on Tue 2025-05-27; 6 months after 7 on Tue 2025-09-16",
		"ketamine-iv-elekt-d":   "",
		"spravato-eu-trd-adult": "end of induction after 8 on Fri 2025-04-25",
	} {
		plan, err := schedule.Build(request(t, compiled(t, id), "2025-04-01"))
		require.NoError(t, err)
		var got strings.Builder
		for c := range plan.Checkpoints() {
			if got.Len() > 0 {
				got.WriteString("; ")
			}
			got.WriteString(c.Gate.Name + " after " + strconv.Itoa(c.Session) + " on " + day(c.Date))
		}
		assert.Equal(t, want, got.String(), id)
	}
}

// The clock of a session: 84 mg at 09:00, 10 minutes from the first device to
// the end of the last.
func TestSessionClock(t *testing.T) {
	r := request(t, compiled(t, "spravato-us-mdsi", "administration", "10 min"), "2025-05-01")
	r.Wishes.Preferred, _ = clinic.ParseTimeOfDay("09:00")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	for _, s := range plan.All() {
		var got []string
		for task := range s.Tasks() {
			got = append(got, task.At.String()+" "+task.Text)
		}
		assert.Equal(t, []string{
			"07:00 no food",
			"08:30 no liquids",
			"08:00 no nasal corticosteroid or decongestant",
			"09:00 blood pressure before administration",
			"09:50 blood pressure about 40 min after administration, then as clinically warranted",
			"09:00 respiratory monitoring, including pulse oximetry",
			"11:10 blood pressure before leaving",
			"11:10 no driving until the next day, after restful sleep",
			"11:10 patient monitoring form submitted",
			"11:10 transport home arranged",
		}, got)
	}
}

// Sums of doses and devices, from the doses that a label allows.
func TestTotals(t *testing.T) {
	// 84 mg all along, and 56 mg from the third session on.
	assert.Equal(t, "672 mg in 24 devices", total(t, "spravato-us-mdsi", "84 mg", "84 mg", "84 mg", "84 mg", "84 mg", "84 mg", "84 mg", "84 mg"))
	assert.Equal(t, "504 mg in 18 devices", total(t, "spravato-us-mdsi", "84 mg", "84 mg", "56 mg", "56 mg", "56 mg", "56 mg", "56 mg", "56 mg"))
	// The fastest way up for patients of 65 and over.
	assert.Equal(t, "588 mg in 21 devices", total(t, "spravato-eu-trd-65-and-over", "28 mg", "56 mg", "84 mg", "84 mg", "84 mg", "84 mg", "84 mg", "84 mg"))
	// Nothing else is allowed.
	assert.Equal(t, "session 1 does not allow 56 mg", total(t, "spravato-eu-trd-65-and-over", "56 mg"))
	assert.Equal(t, "session 2 does not allow 84 mg", total(t, "spravato-eu-trd-65-and-over", "28 mg", "84 mg"))
	assert.Equal(t, "session 1 does not allow 84 mg", total(t, "spravato-us-trd", "84 mg"))
	assert.Equal(t, "session 2 does not allow 28 mg", total(t, "spravato-us-trd", "56 mg", "28 mg"))
}

// give returns the plan after a session was given as the dose says, in the evening
// of its day.
func give(t *testing.T, plan *schedule.Plan, s schedule.Session, m dose.Mass) *schedule.Plan {
	t.Helper()
	year, month, day := s.Date().Date()
	plan, err := plan.Apply(schedule.Event{
		ID: "given-" + s.Date().String(), What: schedule.Given{Session: s.ID(), Date: s.Date(), Dose: m},
	}, time.Date(year, month, day, 23, 59, 0, 0, time.UTC))
	require.NoError(t, err)
	return plan
}

// session returns a session of a plan, counted from 0.
func session(t *testing.T, plan *schedule.Plan, at int) (found schedule.Session) {
	t.Helper()
	for i, s := range plan.All() {
		if i == at {
			found = s
		}
	}
	require.NotEmpty(t, found.ID())
	return found
}

// total gives doses that are allowed at the first sessions of a plan, one after
// another, and returns their sum.
func total(t *testing.T, id string, given ...string) string {
	t.Helper()
	plan, err := schedule.Build(request(t, compiled(t, id), "2025-09-02"))
	require.NoError(t, err)
	device, ok := dose.ProductNamed("esketamine 28 mg nasal spray")
	require.True(t, ok)
	var sum dose.Mass
	devices := 0
	for i, text := range given {
		m := dose.MustMass(text)
		s := session(t, plan, i)
		allowed := s.Dose().Dose() == m
		for other := range s.Allowed() {
			allowed = allowed || other.Dose == m
		}
		if !allowed {
			return "session " + strconv.Itoa(i+1) + " does not allow " + text
		}
		plan = give(t, plan, s, m)
		n, waste, err := device.Containers(m)
		require.NoError(t, err)
		require.True(t, waste.IsZero())
		devices += n
		sum, err = sum.Add(m)
		require.NoError(t, err)
	}
	return sum.String() + " in " + strconv.Itoa(devices) + " devices"
}

// Sums of doses per kilogram for 72 kg.
func TestSums(t *testing.T) {
	for id, want := range map[string]string{
		"ketamine-iv-singh-3-a-week": "432 mg",
		"ketamine-iv-singh-2-a-week": "288 mg",
	} {
		plan, err := schedule.Build(request(t, compiled(t, id), "2025-06-02"))
		require.NoError(t, err)
		var sum dose.Mass
		for _, s := range plan.All() {
			sum, err = sum.Add(s.Dose().Dose())
			require.NoError(t, err)
		}
		assert.Equal(t, want, sum.String(), id)
	}
}

// The steps of a dose for 84 kg: each is allowed once the one before it was given,
// and the plan goes on with the one given last.
func TestSteps(t *testing.T) {
	r := request(t, compiled(t, "ketamine-sc-kads-stepped", "steps", "2, 3, 4"), "2025-01-06")
	r.Weighings[0].Weight = dose.MustWeight("84 kg")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	for i, want := range []string{
		"42 mg", "42 mg, then 50.4 mg", "50.4 mg, then 42 mg, 63 mg", "63 mg, then 42 mg, 50.4 mg, 75.6 mg", "75.6 mg, then 42 mg, 50.4 mg, 63 mg",
	} {
		s := session(t, plan, i)
		got, highest := s.Dose().Dose().String(), s.Dose().Dose()
		separator := ", then "
		for other := range s.Allowed() {
			got += separator + other.Dose.String()
			separator = ", "
			if other.Dose.Compare(highest) > 0 {
				highest = other.Dose
			}
		}
		assert.Equal(t, want, got, "session %d", i+1)
		plan = give(t, plan, s, highest)
	}
}

// What an entry says of its span and of how its counts go holds of every plan.
func TestStatedLimitsHold(t *testing.T) {
	// Six in twelve days: from a Wednesday the clinic has no room for them.
	_, err := schedule.Build(request(t, compiled(t, "ketamine-iv-six-in-12-days"), "2025-03-05"))
	_, blocked := errors.AsType[*schedule.BuildError](err)
	assert.True(t, blocked, "from a Wednesday: %v", err)
	for _, cadence := range compiledChoices(t, "ketamine-iv-six-in-12-days", "cadence") {
		r := request(t, compiled(t, "ketamine-iv-six-in-12-days", "cadence", cadence, "min-gap", "1"), "2025-03-03")
		r.Opening = everyDay(t)
		for range 7 {
			plan, err := schedule.Build(r)
			require.NoError(t, err)
			assert.LessOrEqual(t, int(lastOf(plan)-plan.Start())+1, 12)
			r.Start++
		}
	}
	for _, tt := range []struct{ id, parameter, value string }{
		{"ketamine-iv-six-in-12-days", "cadence", "3/wk x2"},
		{"ketamine-iv-taper-boosters", "taper", "1-2-3"},
		{"ketamine-iv-taper-boosters", "taper", "2/wk x3"},
		{"ketamine-iv-taper-boosters", "taper", "3-1-1"},
		{"ketamine-im-taper-boosters", "taper", "1-2-3"},
		{"ketamine-iv-thrice-weekly", "cadence", "2/wk x3"},
		{"ketamine-im-kap-3", "dosing", "1/wk x2"},
		{"ketamine-sl-kap-3", "preparation", "2"},
		{"ketamine-sl-kap-lozenge", "preparation", "1/wk x4"},
		{"ketamine-iv-oxford-3-to-6", "cadence", "1/wk x7"},
		{"ketamine-iv-crps-goldberg", "dose", "90 mg"},
		{"ketamine-iv-veterans-australia", "dose", "0.6 mg/kg"},
		{"gemcitabine-ovarian", "cycles", "days 1, 8 of 28 x6"},
		{"gemcitabine-nsclc-28-days", "cycles", "days 1, 8 of 21 x6"},
		{"ect-index", "cadence", "3/wk x5"},
		{"esketamine-nasal-month-then-weekly", "first-month", "2/wk x3"},
	} {
		s, ok := catalog.Lookup(tt.id)
		require.True(t, ok, tt.id)
		_, err := parameters(t).fill(t, s, tt.parameter, tt.value).Compile()
		require.Error(t, err, "%s: %s = %s", tt.id, tt.parameter, tt.value)
		assert.Contains(t, err.Error(), "/value", "%s: %s = %s", tt.id, tt.parameter, tt.value)
	}
}

// compiledChoices returns the choices of a parameter of an entry.
func compiledChoices(t *testing.T, id, parameter string) []string {
	t.Helper()
	s, ok := catalog.Lookup(id)
	require.True(t, ok)
	for _, p := range s.Parameters {
		if p.Name == parameter {
			return p.Choices
		}
	}
	require.Fail(t, "no parameter "+parameter)
	return nil
}

// Thirty sessions five a week end on a Friday, or after two holidays on a
// Tuesday; the taper by its own weekdays.
func TestTMS(t *testing.T) {
	r := request(t, compiled(t, "tms-5-a-week-then-3-2-1"), "2025-01-06")
	on("Tue,Thu", "Wed")(&r)
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	list := strings.Split(days(plan), ", ")
	require.Len(t, list, 36)
	assert.Equal(t, []string{
		"Fri 2025-02-14", "Mon 2025-02-17", "Wed 2025-02-19", "Fri 2025-02-21", "Tue 2025-02-25", "Thu 2025-02-27", "Wed 2025-03-05",
	}, list[29:])

	r = request(t, compiled(t, "tms-5-a-week-then-3-2-1"), "2025-01-06", closure("2025-01-20"), closure("2025-02-17"))
	_, err = schedule.Build(r)
	_, blocked := errors.AsType[*schedule.BuildError](err)
	assert.True(t, blocked, "a week of four open days has no room for five: %v", err)

	r.ShortWeek = schedule.Carry
	plan, err = schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Tue 2025-02-18", strings.Split(days(plan), ", ")[29])
}

// 68 kg at 5 mg/kg are 340 mg: four vials, 60 mg left.
func TestInfliximabVials(t *testing.T) {
	r := request(t, compiled(t, "infliximab-every-8-weeks"), "2025-01-15")
	r.Weighings[0].Weight = dose.MustWeight("68 kg")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	vial, ok := dose.ProductNamed("infliximab 100 mg")
	require.True(t, ok)
	for _, s := range plan.All() {
		assert.Equal(t, "340 mg", s.Dose().Dose().String())
		n, waste, err := vial.Containers(s.Dose().Dose())
		require.NoError(t, err)
		assert.Equal(t, "4 vials, 60 mg left", strconv.Itoa(n)+" vials, "+waste.String()+" left")
	}
}

// 300 mg in 15 mL added to 100 mL, over an hour: 115 mL/h; watched for an hour
// up to the 12th infusion, and from then on for as long as is decided: half an
// hour in the test data. Nobody is watched for less without that decision.
func TestNatalizumab(t *testing.T) {
	r := request(t, compiled(t, "natalizumab"), "2025-01-31")
	until("2026-02-01")(&r)
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	require.GreaterOrEqual(t, plan.Len(), 13)
	for i, s := range plan.All() {
		w := s.Worksheet()
		assert.Equal(t, "115 mL", w.Total().String())
		assert.Equal(t, "115 mL/h", w.Flow().String())
		rate, err := w.Rate(dose.MgPerMin)
		require.NoError(t, err)
		assert.Equal(t, "5 mg/min", rate)
		length := s.End().Minutes() - s.Start().Minutes()
		if i < 12 {
			assert.Equal(t, 120, length, "infusion %d", i+1)
		} else {
			assert.Equal(t, 90, length, "infusion %d", i+1)
		}
		if i == 12 {
			assert.Equal(t, "Fri 2026-01-02", day(s.Date()))
		}
	}
}

// A dose by body surface: 170 cm and 70 kg are 1.818119 m2.
func TestGemcitabine(t *testing.T) {
	r := request(t, compiled(t, "gemcitabine-breast", "cycles", "days 1, 8 of 21 x4", "rounding", "exact"), "2025-02-04")
	_, err := schedule.Build(r)
	require.ErrorIs(t, err, dose.ErrNoHeight)

	r.Weighings[0].Weight = dose.MustWeight("70 kg")
	r.Height = dose.MustHeight("170 cm")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Tue 2025-02-04, Tue 2025-02-11, Tue 2025-02-25, Tue 2025-03-04, Tue 2025-03-18, Tue 2025-03-25, Tue 2025-04-08, Tue 2025-04-15", days(plan))
	for _, s := range plan.All() {
		assert.Equal(t, "2272.64875 mg", s.Dose().Dose().String())
	}
}

// Doses by bands of weight, both ends of each.
func TestUstekinumabBands(t *testing.T) {
	for weight, want := range map[string]string{"55 kg": "260 mg", "55.1 kg": "390 mg", "85 kg": "390 mg", "85.1 kg": "520 mg"} {
		r := request(t, compiled(t, "ustekinumab"), "2025-01-06")
		r.Weighings[0].Weight = dose.MustWeight(weight)
		plan, err := schedule.Build(r)
		require.NoError(t, err)
		for i, s := range plan.All() {
			if i > 0 {
				want = "90 mg"
			}
			assert.Equal(t, want, s.Dose().Dose().String(), weight)
		}
	}
}
