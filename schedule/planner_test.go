package schedule_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
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

// randomProtocol returns a protocol with everything that plans have: doses with
// levels, steps and limits, companions, follow-ups and gates.
func randomProtocol(t *testing.T, r *rand.Rand) *protocol.Protocol {
	t.Helper()
	for {
		spec := protocol.Spec{ID: "drawn", Version: "1"}
		phases := 1 + r.IntN(3)
		for i := range phases {
			slow := drawSlowPhase(r)
			phase := slow.phase("phase " + strconv.Itoa(i+1))
			phase.Cadence = protocol.MustCadence(randomCadence(r, i == phases-1))
			phase.MinGap = 1 + r.IntN(3)
			switch r.IntN(4) {
			case 0:
				phase.Dose, phase.Steps, phase.Climb, phase.Follows = dose.MustRule("0.5 mg/kg of actual weight, cap 45 mg, round 0.1 mg half up, hard max 60 mg"), nil, 0, 0
			case 1:
				phase.Dose, phase.Steps, phase.Climb, phase.Follows = dose.Rule{}, nil, 0, 0
			}
			if r.IntN(3) == 0 {
				phase.Window = &protocol.Window{Before: r.IntN(4), After: r.IntN(6)}
			}
			if r.IntN(3) == 0 {
				phase.Weekdays = []protocol.DaySet{protocol.OnDays(time.Weekday(r.IntN(7)))}
			}
			if r.IntN(3) == 0 {
				phase.Companions = []protocol.Companion{{Name: "talk", Visit: protocol.Visit{Observation: 30 * time.Minute}, From: -1, To: r.IntN(4)}}
			}
			spec.Phases = append(spec.Phases, phase)
		}
		if r.IntN(3) == 0 {
			spec.Gates = []protocol.Gate{{Name: "response", Phase: "phase 1", After: r.IntN(3), Assess: "response"}}
		}
		if r.IntN(3) == 0 {
			spec.FollowUps = []protocol.FollowUpVisit{{Name: "check", Visit: protocol.Visit{Observation: time.Hour}, Days: []int{7, 28}, Window: protocol.Window{Before: 2, After: 3}}}
		}
		if r.IntN(4) == 0 {
			spec.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass(strconv.Itoa(100*(1+r.IntN(20))) + " mg")}}}
		}
		if p, err := spec.Compile(); err == nil {
			return p
		}
	}
}

// randomClinic returns a clinic or an opening that is none, with their zone.
func randomClinic(t *testing.T, r *rand.Rand, start date.Date) (clinic.Opening, *time.Location) {
	t.Helper()
	zone, err := time.LoadLocation([]string{"UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe"}[r.IntN(4)])
	require.NoError(t, err)
	if r.IntN(3) == 0 {
		closed, seed := 1+r.IntN(20), r.Uint64()
		return &openings{
			open:  func(day int) bool { return rand.New(rand.NewPCG(seed, uint64(day))).IntN(closed) > 0 || closed == 1 },
			short: func(day int) bool { return day%5 == 0 },
		}, zone
	}
	spec := clinic.Spec{Zone: zone, Weekly: map[time.Weekday][]clinic.Hours{}, Yearly: []clinic.YearlyClosure{{Month: time.December, Day: 25, Reason: "Christmas"}}}
	for day := range time.Weekday(7) {
		if r.IntN(5) > 0 {
			spec.Weekly[day] = [][]clinic.Hours{{clinic.MustHours("08:00-17:00")}, {clinic.MustHours("09:00-11:30"), clinic.MustHours("13:00-16:00")}}[r.IntN(2)]
		}
	}
	from := start
	for range r.IntN(6) {
		from += date.Date(1 + r.IntN(60))
		spec.Closed = append(spec.Closed, clinic.Closure{Date: from, To: from + date.Date(r.IntN(5)), Reason: "holiday"})
	}
	office, err := clinic.New(spec)
	require.NoError(t, err)
	return office, zone
}

// randomRequest returns a request for one patient, also one that cannot be met.
func randomRequest(r *rand.Rand, start date.Date) schedule.Request {
	q := schedule.Request{Start: start + date.Date(r.IntN(200)), ShortWeek: schedule.ShortWeek(r.IntN(4)), Key: schedule.Key{1, byte(r.IntN(256)), byte(r.IntN(256))}}
	q.AsOf = time.Date(q.Start.Year(), q.Start.Month(), q.Start.Day()-r.IntN(3), r.IntN(20), 0, 0, 0, time.UTC)
	if r.IntN(5) > 0 {
		q.Until = q.Start + date.Date(r.IntN(300))
	}
	w := &q.Wishes
	if r.IntN(4) == 0 {
		from := q.Start + date.Date(1+r.IntN(40))
		w.Absences = []schedule.Absence{{From: from, To: from + date.Date(r.IntN(6)), Reason: "away"}}
	}
	if r.IntN(5) == 0 {
		w.Never = protocol.OnDays(time.Weekday(r.IntN(7)))
	}
	if r.IntN(4) == 0 {
		w.Weekdays = []protocol.DaySet{protocol.OnDays(time.Weekday(r.IntN(7)))}
	}
	if r.IntN(3) == 0 {
		w.Preferred, _ = clinic.NewTimeOfDay(60 * (8 + r.IntN(8)))
	}
	if r.IntN(8) == 0 {
		w.Appointments = []schedule.Appointment{{Ordinal: 1 + r.IntN(4), Date: q.Start + date.Date(r.IntN(20))}}
	}
	if r.IntN(4) == 0 {
		q.Grid = time.Duration(5*(1+r.IntN(12))) * time.Minute
	}
	if r.IntN(4) == 0 {
		q.Height, q.Sex = dose.MustHeight(strconv.Itoa(150+r.IntN(40))+" cm"), dose.Female
	}
	if r.IntN(12) > 0 {
		day := q.AsOf.AddDate(0, 0, -r.IntN(3))
		q.Weighings = []schedule.Weighing{{Date: date.New(day.Date()), Weight: dose.MustWeight(strconv.Itoa(40+r.IntN(80)) + " kg")}}
		for range r.IntN(3) { // in any order
			day = day.AddDate(0, 0, -1-r.IntN(9))
			q.Weighings = append(q.Weighings, schedule.Weighing{Date: date.New(day.Date()), Weight: dose.MustWeight(strconv.Itoa(40+r.IntN(80)) + ".5 kg")})
		}
		if r.IntN(40) == 0 {
			q.Weighings[0].Weight = dose.MustWeight("3 kg")
		}
	}
	if r.IntN(6) == 0 {
		q.Plausible = dose.Plausibility{Weight: dose.Limit[dose.Weight]{HardMin: dose.MustWeight("41 kg")}, Source: "test"}
	}
	if r.IntN(6) == 0 {
		q.Accepted = []schedule.Acceptance{{Session: 1 + r.IntN(9), Code: "dose-capped", Reason: "known", Who: "Dr A"}}
	}
	return q
}

// all returns everything that a plan says: its file, its JSON and its explanations.
func all(plan *schedule.Plan) string {
	var text strings.Builder
	text.WriteString(string(schedule.FormatPlan(plan)) + string(plan.AppendJSON(nil)))
	for x := range plan.Explanations() {
		x.Session = schedule.Session{}
		text.WriteString(fmt.Sprintf("%+v\n", x))
	}
	return text.String()
}

// lives applies some events to both of two plans, which stay the same.
func lives(t *testing.T, r *rand.Rand, want, got *schedule.Plan) {
	t.Helper()
	if want.Len() == 0 {
		return
	}
	now := want.AsOf()
	for i := range r.IntN(5) {
		now = now.AddDate(0, 0, r.IntN(5))
		today := date.New(now.Date())
		what := randomHappening(r, want, today)
		if r.IntN(4) == 0 {
			what = schedule.Weighed{Date: today, Weight: dose.MustWeight(strconv.Itoa(50+r.IntN(60)) + " kg")}
		}
		event := schedule.Event{ID: strconv.Itoa(i), What: what}
		next, err := want.Apply(event, now)
		same, again := got.Apply(event, now)
		require.Equal(t, fmt.Sprint(err), fmt.Sprint(again))
		if err != nil {
			continue
		}
		want, got = next, same
		require.NoError(t, got.CheckState())
		require.Equal(t, all(want), all(got))
	}
}

var long = flag.Bool("long", false, "compare and look over many times more: planners with Build over ten thousand requests, 100,000 ways on")

// A planner makes the plans that Build makes, to the byte, and fails as it does. What
// becomes of one plan changes no other.
func TestPlannerIsBuild(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 72))
	made, failed, planners := 0, map[string]int{}, many(40)
	if *long {
		planners = 1000
	}
	for range planners {
		start := date.New(2024, 1, 1) + date.Date(r.IntN(900))
		p := randomProtocol(t, r)
		opening, zone := randomClinic(t, r, start)
		planner, err := schedule.NewPlanner(p, opening, zone)
		require.NoError(t, err)

		var requests []schedule.Request
		var plans []*schedule.Plan // nil where there is none
		var says, errs []string
		for range 10 {
			q := randomRequest(r, start)
			full := q
			full.Protocol, full.Opening, full.Zone = p, opening, zone
			if r.IntN(2) == 0 {
				q = full
			}
			want, err := schedule.Build(full)
			got, again := planner.Build(q)
			require.Equal(t, fmt.Sprint(err), fmt.Sprint(again))
			requests, plans, errs = append(requests, q), append(plans, got), append(errs, fmt.Sprint(err))
			says = append(says, "")
			if err != nil {
				require.Nil(t, got)
				failed[fmt.Sprintf("%T", err)]++
				continue
			}
			made++
			says[len(says)-1] = all(want)
			require.Equal(t, all(want), all(got))
			lives(t, r, want, got)
		}
		for i, plan := range plans {
			if plan != nil {
				require.Equal(t, says[i], all(plan), "the plan has changed since")
			}
		}
		i := 0
		for plan, err := range planner.Stream(slices.Values(requests)) {
			require.Equal(t, errs[i], fmt.Sprint(err))
			if err == nil {
				require.Equal(t, says[i], all(plan))
				lives(t, r, plans[i], plan)
			} else {
				require.Nil(t, plan)
			}
			i++
		}
		require.Equal(t, len(requests), i)
		for i, plan := range plans {
			if plan != nil {
				require.Equal(t, says[i], all(plan), "the stream has changed a plan")
			}
		}
	}
	t.Logf("%d plans, failed %v", made, failed)
	require.Greater(t, made, many(120))
	for _, kind := range []string{"*schedule.BuildError", "*schedule.StartError", "*schedule.DoseError", "*errors.joinError"} {
		if testing.Short() {
			break // too few to see every kind
		}
		assert.Greater(t, failed[kind], many(5), kind)
	}
}

// What a planner is of is stated once; a request that says something else is refused
// by name, with everything else that is wrong with it.
func TestPlannerRefuses(t *testing.T) {
	p, office := bare(t, "2/wk x2", 2), weekdaysOnly(t)
	for _, tt := range []struct {
		protocol *protocol.Protocol
		opening  clinic.Opening
		zone     *time.Location
		want     string
	}{
		{nil, office, nil, "Protocol: want a protocol made by Spec.Compile"},
		{p, nil, time.UTC, "Opening: want a clinic, or something else that knows when it is open"},
		{p, answer{clinic.MustHours("08:00-17:00")}, nil, "Zone: want the clinic's time zone"},
		{new(protocol.Protocol), (*clinic.Clinic)(nil), nil, "Protocol: want a protocol made by Spec.Compile\n" +
			"Opening: want a clinic, or something else that knows when it is open"},
	} {
		planner, err := schedule.NewPlanner(tt.protocol, tt.opening, tt.zone)
		assert.Nil(t, planner)
		assert.EqualError(t, err, tt.want)
	}

	planner, err := schedule.NewPlanner(p, office, nil)
	require.NoError(t, err)
	q := request(bare(t, "3/wk x2", 2), weekdaysOnly(t), "2025-01-06")
	q.Zone, err = time.LoadLocation("Europe/London")
	require.NoError(t, err)
	q.Key = schedule.Key{}
	_, err = planner.Build(q)
	require.EqualError(t, err, `Protocol "3/wk x2": want the planner's, 2/wk x2, or none`+"\n"+
		"Opening: want the planner's, or none\n"+
		`Zone "Europe/London": want the planner's, UTC, or none`+"\n"+
		"Key: want 16 random bytes")

	endless, err := schedule.NewPlanner(bare(t, "every 1w", 1), uncomparable(func(date.Date) ([]clinic.Hours, string) {
		return []clinic.Hours{clinic.MustHours("08:00-17:00")}, ""
	}), time.UTC)
	require.NoError(t, err, "the last day is the request's to state")
	q = request(bare(t, "every 1w", 1), nil, "2025-01-06") // the same, compiled again
	_, err = endless.Build(q)
	require.EqualError(t, err, `Until: want a last day: the cadence "every 1w" has no end`)
	q.Until = q.Start + 20
	plan, err := endless.Build(q)
	require.NoError(t, err)
	assert.Equal(t, 3, plan.Len())
	q.Opening = uncomparable(nil)
	_, err = endless.Build(q)
	require.EqualError(t, err, "Opening: want the planner's, or none")
}

// An uncomparable is an opening of a type whose values cannot be compared.
type uncomparable func(date.Date) ([]clinic.Hours, string)

func (f uncomparable) Open(d date.Date) ([]clinic.Hours, string) { return f(d) }

// A clinic is asked about a day once, whoever's plan it is for; a plan knows only the
// days that it looked at. An answer that makes no sense concerns one plan.
func TestPlannerAsksOnce(t *testing.T) {
	asked, wrong := map[date.Date]int{}, date.Date(0)
	opening := uncomparable(func(d date.Date) ([]clinic.Hours, string) {
		if asked[d]++; d == wrong {
			return []clinic.Hours{clinic.MustHours("13:00-17:00"), clinic.MustHours("08:00-12:00")}, ""
		}
		return []clinic.Hours{clinic.MustHours("08:00-17:00")}, ""
	})
	planner, err := schedule.NewPlanner(bare(t, "2/wk x4", 2), opening, time.UTC)
	require.NoError(t, err)
	q := request(nil, nil, "2025-01-06")
	first, err := planner.Build(q)
	require.NoError(t, err)
	require.Len(t, asked, 28)
	q.Start += 14
	_, err = planner.Build(q)
	require.NoError(t, err)
	require.Len(t, asked, 42)
	for d, n := range asked {
		require.Equal(t, 1, n, d)
	}

	wrong = q.Start + 28
	q.Start += 7
	for range 2 {
		_, err = planner.Build(q)
		require.ErrorContains(t, err, "Opening 2025-02-17")
	}
	stream := planner.Stream(func(yield func(schedule.Request) bool) {
		_ = yield(q) && yield(request(nil, nil, "2025-01-06")) && yield(q)
	})
	n := 0
	for plan, err := range stream {
		if n++; n == 2 {
			require.NoError(t, err)
			require.Equal(t, string(schedule.FormatPlan(first)), string(schedule.FormatPlan(plan)))
		} else {
			require.ErrorContains(t, err, "Opening 2025-02-17")
		}
	}
	wrong = 0
	_, err = planner.Build(q)
	require.NoError(t, err, "the answer that made no sense was not kept")
}

// A planner keeps doses, and no more of them than it says, whatever weights come.
func TestPlannerForgetsDoses(t *testing.T) {
	planner, err := schedule.NewPlanner(withDose(t, "2/wk x1", 2, taperRule), weekdaysOnly(t), nil)
	require.NoError(t, err)
	q := request(nil, nil, "2025-01-06")
	for i := range 5000 {
		weight := dose.MustWeight(fmt.Sprintf("%d.%02d kg", 50+i/100, i%100))
		q.Weighings = []schedule.Weighing{{Date: q.Start, Weight: weight}}
		plan, err := planner.Build(q)
		require.NoError(t, err)
		want, err := plan.Protocol().Spec().Phases[0].Dose.Calculate(dose.Body{Weight: weight})
		require.NoError(t, err)
		require.Equal(t, want.Dose(), sessionAt(plan, 1).Dose().Dose())
		require.LessOrEqual(t, planner.WorkedDoses(), 2048)
	}
	require.Greater(t, planner.WorkedDoses(), 1023)
}

// A stream can be left, and the planner goes on.
func TestPlannerStreamIsLeft(t *testing.T) {
	planner, err := schedule.NewPlanner(bare(t, "2/wk x1", 2), weekdaysOnly(t), nil)
	require.NoError(t, err)
	q := request(nil, nil, "2025-01-06")
	for plan, err := range planner.Stream(slices.Values([]schedule.Request{q, q})) {
		require.NoError(t, err)
		require.Equal(t, 2, plan.Len())
		break
	}
	plan, err := planner.Build(q)
	require.NoError(t, err)
	require.Equal(t, 2, plan.Len())
}
