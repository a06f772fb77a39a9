package schedule_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// recordOf returns the record of a treatment that went as planned.
func recordOf(plan *schedule.Plan) schedule.Record {
	r := schedule.Record{Protocol: plan.Protocol(), Start: plan.Start(), Until: plan.Until(), Zone: plan.Zone(), AsOf: time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, s := range plan.All() {
		if s.Placed() {
			r.Given = append(r.Given, schedule.Given{Date: s.Date(), Start: s.Start(), End: s.End(), Dose: s.Dose().Dose(), Parts: partsOf(s), Beside: givenBeside(s)})
		}
	}
	return r
}

// givenBeside are the medicines beside the drug of a session, given as planned.
func givenBeside(s schedule.Session) (list []schedule.MedicineGiven) {
	for m := range s.Beside() {
		if !m.AsNeeded() {
			list = append(list, schedule.MedicineGiven{Name: m.Name, Dose: m.Planned()})
		}
	}
	return list
}

func mustProduct(tb testing.TB, name string) dose.Product {
	tb.Helper()
	p, ok := dose.ProductNamed(name)
	require.True(tb, ok, name)
	return p
}

// fortyWeeks returns the record of forty sessions, one a week, that went as
// planned.
func fortyWeeks(t *testing.T) schedule.Record {
	t.Helper()
	p := phase("1/wk x40", "36 mg")
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{p}}, nil)
	require.NoError(t, err)
	r := recordOf(plan)
	r.AsOf = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	return r
}

// One missing session among forty is one finding, whichever it is, and so is one
// too many.
func TestOneMissingAmongForty(t *testing.T) {
	for i := range 40 {
		r := fortyWeeks(t)
		r.Given = slices.Delete(r.Given, i, i+1)
		found, err := schedule.ValidateRecord(r)
		require.NoError(t, err)
		require.Len(t, found, 1, "%d: %v", i, found)
		require.Equal(t, schedule.Missing, found[0].Code)
		require.Equal(t, i+1, found[0].Session)

		r = fortyWeeks(t)
		extra := r.Given[i]
		extra.Date += 3
		r.Given = append(r.Given, extra)
		found, err = schedule.ValidateRecord(r)
		require.NoError(t, err)
		require.Len(t, found, 1, "%d: %v", i, found)
		require.Equal(t, i+2, found[0].Session)
	}
}

// What the record becomes can be looked at: which entry is which session.
func TestRecordPlan(t *testing.T) {
	p, err := protocol.Spec{Phases: []protocol.Phase{
		phase("2/wk x2 then every 4w (1w..8w)", "36 mg, or 40 mg, hard max 80 mg"),
	}}.Compile()
	require.NoError(t, err)
	r := schedule.Record{
		Protocol: p, Start: schedule.MustDate("2025-01-06"), Zone: time.UTC, AsOf: time.Date(2025, 3, 20, 9, 0, 0, 0, time.UTC),
	}
	for _, d := range []string{"2025-02-18", "2025-01-06", "2025-01-13", "2025-02-02", "2025-01-10"} {
		r.Given = append(r.Given, schedule.Given{Date: schedule.MustDate(d), Start: mustTime(t, "09:00"), Dose: dose.MustMass("40 mg")})
	}
	plan, err := r.Plan()
	require.NoError(t, err)
	require.NoError(t, plan.CheckState())
	var got []string
	for _, s := range plan.All() {
		line := fmt.Sprintf("%s %s %s %s", s.Target(), s.State(), s.Date(), s.Dose().Dose())
		if g, ok := s.Given(); ok {
			line += " gave " + g.Dose.String() + " from " + s.Start().String()
		}
		if s.Extra() {
			line += " extra"
		}
		got = append(got, line)
	}
	assert.Equal(t, []string{
		"2025-01-06 given 2025-01-06 36 mg gave 40 mg from 09:00",
		"2025-01-09 given 2025-01-10 36 mg gave 40 mg from 09:00",
		"2025-01-13 given 2025-01-13 36 mg gave 40 mg from 09:00",
		"2025-01-16 missed 2025-01-16 0 mg",
		"2025-02-02 given 2025-02-02 36 mg gave 40 mg from 09:00 extra",
		"2025-02-13 given 2025-02-18 36 mg gave 40 mg from 09:00",
		"2025-03-13 planned 2025-03-13 36 mg",
		"2025-04-10 planned 2025-04-10 36 mg",
	}, got)
	assert.Equal(t, []string{
		"warning: session 4: missed: session 4 of all, expected on Thu 2025-01-16, window Mon 2025-01-13 to Sun 2025-01-19 [missing]",
		"warning: session 5: extra: the protocol asks for no session on Sun 2025-02-02 [extra]",
	}, findings(plan))
	assert.True(t, json.Valid(plan.AppendJSON(nil)))
}

// A record that makes no sense is refused: every problem at once, each with its
// entry.
func TestRecordProblems(t *testing.T) {
	spec := protocol.Spec{
		Phases: []protocol.Phase{
			{Name: "talk", Cadence: protocol.MustCadence("1/wk x2")},
			phase("2/wk x2", "36 mg"),
		},
	}
	mixed := compiled(t, spec)
	monday := schedule.MustDate("2025-01-06")
	at := func(offset int) schedule.Given {
		return schedule.Given{Date: monday + date.Date(offset), Dose: dose.MustMass("36 mg")}
	}
	base := func() schedule.Record {
		return schedule.Record{Protocol: mixed, Start: monday, Zone: time.UTC, AsOf: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)}
	}
	for _, tt := range []struct {
		name   string
		change func(*schedule.Record)
		want   string
	}{
		{"nothing", func(r *schedule.Record) { *r = schedule.Record{} }, `
Protocol: want a protocol made by Spec.Compile
Zone: want the clinic's time zone
Start: want the first day
AsOf: want the instant up to which the record is complete`},
		{"as of before the start", func(r *schedule.Record) { r.AsOf = r.AsOf.AddDate(-1, 0, 0) }, `
AsOf "2024-03-01": want a day that is not before the start, 2025-01-06`},
		{"a zone without a name, years behind", func(r *schedule.Record) { r.Zone = time.FixedZone("", -100_000_000) }, `
Zone: want a time zone with an IANA name, such as Europe/London`},
		{"the machine's zone", func(r *schedule.Record) { r.Zone = time.Local }, `
Zone "Local": want a time zone with an IANA name, such as Europe/London`},
		{"a clinic that is none", func(r *schedule.Record) { r.Opening = (*clinic.Clinic)(nil) }, `
Opening: want a clinic, or nothing`},
		{"entries", func(r *schedule.Record) {
			r.Given = []schedule.Given{at(3), at(80), {}, at(7), at(54), at(10), at(12)}
			r.Given[3].Start = mustTime(t, "24:00")
			r.Given[4].Start, r.Given[4].End = mustTime(t, "10:00"), mustTime(t, "09:00")
			r.Given[5].Session, _ = schedule.ParseID("abcdefghijklmnop")
			r.Given[6].Nothing = true
			r.Decided = []string{"gate"}
		}, `
Decided "gate": want the name of a gate of the protocol
Given entry 2 of 2025-03-27: want a date that is not after the as-of, 2025-03-01
Given entry 3: want a date
Given entry 4 of 2025-01-13 "24:00": want a start before 24:00
Given entry 5 of 2025-03-01 "10:00": want a time that is not after the as-of, 2025-03-01 00:00
Given entry 5 of 2025-03-01 "09:00": want a time that is not after the as-of, 2025-03-01 00:00
Given entry 6 of 2025-01-16 "abcdefghijklmnop": want no id of a session: a record knows of no plan
Given entry 7 of 2025-01-18 "36 mg": want none where nothing was given`},
	} {
		r := base()
		tt.change(&r)
		_, err := r.Plan()
		require.Error(t, err, tt.name)
		assert.Equal(t, strings.TrimPrefix(tt.want, "\n"), err.Error(), tt.name)
		_, ok := errors.AsType[*schedule.RequestError](err)
		assert.True(t, ok, tt.name)
		found, err := schedule.ValidateRecord(r)
		assert.Nil(t, found)
		assert.Error(t, err)
	}
}

// Whatever was given, a record can be compared, in any order of its entries with
// the same outcome, and every entry is in the plan once.
func TestAnyRecord(t *testing.T) {
	for seed := range uint64(many(1000)) {
		tr := newTreatment(t, rand.New(rand.NewPCG(seed, 11)), cadences(), nil)
		given := tr.record.Given
		tr.record.Given = nil
		for _, g := range given {
			for range tr.IntN(3) {
				g.Date += date.Date(tr.IntN(30) - 15)
				if g.Dose, g.Nothing = mass(t, tr.IntN(9000)+1), false; tr.IntN(9) == 0 {
					g.Dose, g.Nothing = dose.Mass{}, tr.IntN(2) == 0
				}
				tr.record.Given = append(tr.record.Given, g)
			}
		}
		if tr.IntN(4) == 0 {
			tr.record.Weighings = nil
		}
		if tr.IntN(2) == 0 && len(given) > 0 {
			tr.record.AsOf = time.Unix(0, 0).UTC().Add(time.Duration(given[len(given)-1].Date+40-schedule.MustDate("1970-01-01")) * 24 * time.Hour)
		}
		plan, err := tr.record.Plan()
		require.NoError(t, err)
		require.NoError(t, plan.CheckState())
		taken := 0
		for _, s := range plan.All() {
			if g, ok := s.Given(); ok {
				taken++
				require.Equal(t, s.Date(), g.Date)
				require.Equal(t, schedule.StateGiven, s.State())
			}
			if s.Extra() {
				require.Equal(t, s.Target(), s.Date())
			}
		}
		require.Equal(t, len(tr.record.Given), taken)
		found := schedule.Validate(plan)
		for i, f := range found {
			require.NotEqual(t, schedule.CheckFailed, f.Code, f.Text)
			require.True(t, i == 0 || found[i-1].Session < f.Session || found[i-1].Session == f.Session && found[i-1].Code <= f.Code)
		}
		tr.Shuffle(len(tr.record.Given), func(i, j int) {
			tr.record.Given[i], tr.record.Given[j] = tr.record.Given[j], tr.record.Given[i]
		})
		again := tr.validate(t)
		require.Equal(t, found, again)
		for e := range plan.Explanations() {
			require.True(t, json.Valid(e.AppendJSON(nil)))
			require.NotEmpty(t, e.String())
			_, err := plan.Alternatives(e.Session.ID())
			require.NoError(t, err)
		}
	}
}

// Companions and follow-ups that took place belong to the sessions in whose
// windows they are; those that did not are findings once their windows passed.
func TestRecordVisits(t *testing.T) {
	p := phase("1/wk x2", "36 mg")
	p.Companions = []protocol.Companion{{Name: "call", From: 1, To: 2}, {Name: "talk", From: -3, To: -1}}
	r := schedule.Record{
		Protocol: compiled(t, protocol.Spec{Phases: []protocol.Phase{p}, FollowUps: []protocol.FollowUpVisit{
			{Name: "review", Days: []int{7, 28}, Window: protocol.Window{Before: 1, After: 1}},
		}}),
		Start: schedule.MustDate("2025-01-06"), Zone: time.UTC, AsOf: time.Date(2025, 2, 11, 9, 0, 0, 0, time.UTC),
		Given: []schedule.Given{
			{Date: schedule.MustDate("2025-01-06"), Dose: dose.MustMass("36 mg")},
			{Date: schedule.MustDate("2025-01-13"), Dose: dose.MustMass("36 mg")},
		},
	}
	visit := func(name, day string) schedule.VisitTaken {
		return schedule.VisitTaken{Name: name, Date: schedule.MustDate(day)}
	}
	for _, tt := range []struct {
		name   string
		visits []schedule.VisitTaken
		want   []string
	}{
		{"nothing was written down", nil, nil},
		{"all took place", []schedule.VisitTaken{visit("review", "2025-01-21"), visit("call", "2025-01-14"), visit("call", "2025-01-07"), visit("talk", "2025-01-10")}, nil},
		{"none did", []schedule.VisitTaken{}, []string{
			"warning: session 1: call did not take place from Tue 2025-01-07 to Wed 2025-01-08 [companion-missing]",
			"warning: session 2: talk did not take place from Fri 2025-01-10 to Sun 2025-01-12 [companion-missing]",
			"warning: session 2: call did not take place from Tue 2025-01-14 to Wed 2025-01-15 [companion-missing]",
			"warning: session 2: review did not take place from Sun 2025-01-19 to Tue 2025-01-21 [follow-up-missing]",
		}},
		{"one was too late", []schedule.VisitTaken{visit("review", "2025-01-22"), visit("call", "2025-01-14"), visit("call", "2025-01-07"), visit("talk", "2025-01-10")}, []string{
			"warning: session 2: review took place on Wed 2025-01-22, 1 day after its window, Sun 2025-01-19 to Tue 2025-01-21 [visit-outside-window]",
		}},
		{"one more than is asked for, and one weeks late", []schedule.VisitTaken{
			visit("review", "2025-01-30"), visit("call", "2025-01-14"), visit("call", "2025-01-07"), visit("call", "2025-01-08"), visit("talk", "2025-01-10"), visit("call", "2025-01-04"),
		}, []string{
			"warning: session 1: call took place on Sat 2025-01-04, and nothing asks for it then [visit-unexpected]",
			"warning: session 1: call took place on Wed 2025-01-08, and nothing asks for it then [visit-unexpected]",
			"warning: session 2: review did not take place from Sun 2025-01-19 to Tue 2025-01-21 [follow-up-missing]",
			"warning: session 2: review took place on Thu 2025-01-30, and nothing asks for it then [visit-unexpected]",
		}},
	} {
		r.Visits = tt.visits
		plan, err := r.Plan()
		require.NoError(t, err)
		require.NoError(t, plan.CheckState())
		assert.Equal(t, tt.want, findings(plan), tt.name)
	}
	r.Visits = []schedule.VisitTaken{visit("call", "2025-03-01"), visit("x", "2025-01-07"), {Name: "call"}}
	_, err := r.Plan()
	require.Error(t, err)
	assert.Equal(t, `Visit of 2025-03-01 "call": want a date that is not after the as-of, 2025-02-11
Visit of 2025-01-07 "x": want the name of a companion, of a follow-up or of a monitoring of the protocol
Visit "call": want a date`, err.Error())

	// A second course is planned: the follow-ups of the last session wait.
	p.Cadence = protocol.MustCadence("1/wk x8")
	r.Protocol = compiled(t, protocol.Spec{Phases: []protocol.Phase{p}, FollowUps: []protocol.FollowUpVisit{{Name: "review", Days: []int{7}}}})
	r.AsOf, r.Visits = time.Date(2025, 1, 26, 9, 0, 0, 0, time.UTC), []schedule.VisitTaken{}
	plan, err := r.Plan()
	require.NoError(t, err)
	require.NoError(t, plan.CheckState())
	for _, f := range findings(plan) {
		assert.NotContains(t, f, "follow-up-missing")
	}
}

// Where sessions take place as needed those that do are within the protocol; the
// gap holds all the same.
func TestRecordAsNeeded(t *testing.T) {
	for _, tt := range []struct {
		cadence string
		days    []int
		want    []string
	}{
		{"as needed", []int{0, 3, 40}, nil},
		{"as needed", []int{2, 3, 40}, []string{"violation: session 2: 1 day after session 1, the minimum gap is 2 days [too-close]"}},
		{"2/wk x1 then as needed", []int{0, 3, 20, 50}, nil},
		{"2/wk x1", []int{0, 3, 20}, []string{"warning: session 3: extra: the protocol asks for no session on Sun 2025-01-26 [extra]"}},
		{"2/wk x1 then as needed", []int{0, 3, 20, 21}, []string{"violation: session 4: 1 day after session 3, the minimum gap is 2 days [too-close]"}},
	} {
		r := schedule.Record{
			Protocol: compiled(t, protocol.Spec{Phases: []protocol.Phase{phase(tt.cadence, "36 mg")}}),
			Start:    schedule.MustDate("2025-01-06"), Zone: time.UTC, AsOf: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC),
		}
		for _, d := range tt.days {
			r.Given = append(r.Given, schedule.Given{Date: r.Start + date.Date(d), Dose: dose.MustMass("36 mg")})
		}
		plan, err := r.Plan()
		require.NoError(t, err)
		require.NoError(t, plan.CheckState())
		assert.Equal(t, tt.want, findings(plan), tt.cadence)
		assert.Equal(t, len(tt.days), plan.Len())
	}
}

// A record is never refused because of what one entry says: what does not fit the
// protocol is a finding, and every entry is in the plan.
func TestRecordFacts(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x3", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 120 mg")}})
	monday := day("2025-01-06")
	at := func(offset int, amount string) schedule.Given {
		return schedule.Given{Date: monday + date.Date(offset), Dose: dose.MustMass(amount)}
	}
	base := func() schedule.Record {
		return schedule.Record{
			Protocol: p, Start: monday, Zone: time.UTC, AsOf: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC),
			Weighings: []schedule.Weighing{{Date: monday, Weight: dose.MustWeight("82 kg")}},
			Given:     []schedule.Given{at(0, "41 mg"), at(7, "41 mg"), at(14, "41 mg")},
		}
	}
	require.Empty(t, findingsOf(t, base()))
	for _, tt := range []struct {
		name   string
		change func(r *schedule.Record)
		want   string // what is found, each line the beginning of a finding
	}{
		{"two doses on a day", func(r *schedule.Record) { r.Given = append(r.Given, at(7, "41 mg")) }, `violation: session 3: 0 days after session 2, the minimum gap is 2 days [too-close]
violation: session 3: extra on Mon 2025-01-13: treatment week 2 has 2 sessions, its cadence has 1 [too-many-in-week]`},
		{"before the start", func(r *schedule.Record) { r.Given[0].Date = monday - 2 }, `warning: session 1: given on Sat 2025-01-04, 2 days before its window, Mon 2025-01-06 to Thu 2025-01-09 [too-early]
violation: session 1: 41 mg was given without a weight measured by Sat 2025-01-04 [weight-missing]`},
		{"a dose that is not entered", func(r *schedule.Record) { r.Given[1].Dose = dose.Mass{} }, `warning: session 2: given on Mon 2025-01-13: the dose is not entered yet [dose-missing]`},
		{"nothing given", func(r *schedule.Record) { r.Given[1] = schedule.Given{Date: monday + 7, Nothing: true} }, `warning: session 2: came on Mon 2025-01-13, and nothing was given [nothing-given]`},
		{"a phase that there is not", func(r *schedule.Record) { r.Given[1].Phase = "booster" }, `violation: session 2: given as a session of booster, it is session 2 of all [wrong-phase]`},
		{"another weight that day", func(r *schedule.Record) {
			r.Given[0].Weight, r.Given[0].Dose = dose.MustWeight("80 kg"), dose.MustMass("40 mg")
			r.Given[1].Weight, r.Given[1].Dose = dose.MustWeight("84 kg"), dose.MustMass("42 mg")
			r.Given[2].Dose = dose.MustMass("42 mg")
		}, ""},
		{"a weight that nobody has", func(r *schedule.Record) { r.Given[1].Weight = dose.MustWeight("700 kg") }, `warning: session 2: implausible measurement: weight "700 kg": want at most 340.2 kg; no dose is computed from it [weight-implausible]`},
		{"past midnight", func(r *schedule.Record) {
			r.Given[1].Start, r.Given[1].End = mustTime(t, "22:30"), mustTime(t, "01:10")
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := base()
			tt.change(&r)
			found := findingsOf(t, r)
			assert.Equal(t, tt.want, strings.Join(found, "\n"))
			plan, err := r.Plan()
			require.NoError(t, err)
			require.NoError(t, plan.CheckState())
			given := 0
			for _, s := range plan.All() {
				if _, ok := s.Given(); ok {
					given++
				}
			}
			assert.Equal(t, len(r.Given), given)
		})
	}
}

func findingsOf(t *testing.T, r schedule.Record) []string {
	t.Helper()
	plan, err := r.Plan()
	require.NoError(t, err)
	require.NoError(t, plan.CheckState())
	return findings(plan)
}

// What is to come of a record is lost where it is too close to what was given, as in a
// plan: Friday 11 April is two days after the dose of Wednesday, which was a day late.
func TestRecordWithOneTooClose(t *testing.T) {
	r := schedule.Record{Protocol: bare(t, "2/wk x2", 3), Start: day("2025-04-01"), Zone: time.UTC, AsOf: time.Date(2025, 4, 9, 12, 0, 0, 0, time.UTC)}
	for _, d := range []string{"2025-04-01", "2025-04-04", "2025-04-09"} {
		r.Given = append(r.Given, schedule.Given{Date: day(d)})
	}
	p, err := r.Plan()
	require.NoError(t, err)
	fourth := sessionAt(p, 4)
	assert.Equal(t, day("2025-04-11"), fourth.Date())
	assert.Equal(t, "2 days after session 3, the minimum gap is 3 days", fourth.Lost())
	require.NoError(t, p.CheckState())
}
