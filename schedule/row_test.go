package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Two a week for two weeks and a decision, then every week; weights are too old after ten days.
func rowStory(t *testing.T) *story {
	t.Helper()
	first := phase("2/wk x2", "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 100 mg")
	first.Weights.StaleAfter, first.Visit.Kind = 10, protocol.Dosing
	first.Companions = []protocol.Companion{{Name: "call", Visit: protocol.Visit{Kind: protocol.Assessment, Observation: 30 * time.Minute}, From: 1, To: 3}}
	later := first
	later.Name, later.Cadence, later.Companions = "later", protocol.MustCadence("every 1w"), nil
	spec := protocol.Spec{
		ID: "rows", Version: "3", Phases: []protocol.Phase{first, later},
		Gates: []protocol.Gate{{Name: "benefit", Phase: "all", Assess: "response"}},
	}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Until = day("2025-02-07")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")}}
	return living(t, r)
}

// What a plan says of itself in a table, worked by hand: sessions on the Mondays and
// Thursdays of two weeks from 6 January, then a week after the last, on the Thursdays of
// 23 January to 6 February. The weight of the 6th is 10 days old on the 16th.
func TestRow(t *testing.T) {
	s := rowStory(t)
	eight, err := clinic.ParseTimeOfDay("08:00")
	require.NoError(t, err)
	ends, err := clinic.ParseTimeOfDay("10:40")
	require.NoError(t, err)
	want := schedule.Row{
		AsOf: noon("2025-01-06").Add(-12 * time.Hour), Zone: "UTC", Protocol: "rows", Version: "3", Standing: schedule.Active,
		Open: day("2025-01-06"), Next: day("2025-01-06"), NextStart: eight, NextKind: protocol.Dosing, NextID: s.id(1),
		Gate: "benefit", DecisionDue: day("2025-01-16"), WeighBefore: day("2025-01-23"), ExtendBy: day("2025-01-31"),
	}
	require.Equal(t, want, s.plan.Row())

	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("40 mg")})
	want.Revision, want.AsOf = 1, noon("2025-01-06")
	want.Open, want.Next, want.NextID = day("2025-01-09"), day("2025-01-09"), s.id(2)
	want.LastGiven, want.Given = day("2025-01-06"), 1
	require.Equal(t, want, s.plan.Row())

	// The day of the second session is lost: the patient is expected for the third, and
	// once the day is past the second is overdue. Somebody has to look at what is lost,
	// and at the call after it whose day is lost too where that is the tenth.
	s.on("2025-01-07", schedule.ClinicClosed{From: day("2025-01-09"), Reason: "storm"})
	want.Revision, want.AsOf = 2, noon("2025-01-07")
	want.Next, want.NextID, want.LostUntil, want.Warnings = day("2025-01-13"), s.id(3), day("2025-01-09"), 1
	got := s.plan.Row()
	require.Equal(t, want, got)
	require.False(t, got.DueBy(day("2025-01-09")))
	require.True(t, got.LostOn(day("2025-01-09")))
	require.False(t, got.LostOn(day("2025-01-10")))
	require.Zero(t, got.OverdueSince(day("2025-01-09")))
	require.Equal(t, day("2025-01-09"), got.OverdueSince(day("2025-01-10")))
	require.True(t, got.DueBy(day("2025-01-13")))

	// The same event again changes nothing, and neither does it write a row.
	again, err := s.plan.Apply(slices.Collect(s.plan.History())[1].Event, noon("2025-01-08"))
	require.NoError(t, err)
	require.Equal(t, got, again.Row())

	before := s.plan
	s.on("2025-01-08", schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight("81 kg")})
	want.Revision, want.AsOf = 3, noon("2025-01-08")
	require.Equal(t, want, s.plan.Row(), "the 16th is eight days after the 8th, and the 23rd is fifteen")
	require.Empty(t, s.plan.AppendVisitRows(nil, before), "no date has changed")

	before = s.plan
	s.on("2025-01-08", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinic})
	rows := s.plan.AppendVisitRows(nil, before)
	require.Equal(t, schedule.VisitRow{ID: s.id(2), Name: "all", Kind: protocol.Dosing, Date: day("2025-01-09"), Start: eight, End: ends, State: schedule.StateCancelled, Revision: 2}, rows[0],
		"lost, and then cancelled")
	require.Len(t, rows, 2, "and the call after it")
	require.Equal(t, schedule.RoleCompanion, rows[1].Role)
	require.Equal(t, protocol.Assessment, rows[1].Kind)
	require.Equal(t, schedule.StateCancelled, rows[1].State)

	s.on("2025-01-08", schedule.Held{Session: s.id(3)})
	got = s.plan.Row()
	require.Equal(t, schedule.OnHold, got.Standing)
	require.Zero(t, got.Open)
	require.Zero(t, got.Next)
	require.Zero(t, got.DecisionDue)
	require.Zero(t, got.ExtendBy, "more than one session waits")
	require.Equal(t, "benefit", got.Gate)

	require.Equal(t, schedule.Row{}, new(schedule.Plan).Row())
}

// rowInstance is a plan of any course whose doses follow the weight.
func rowInstance(t *testing.T, r *rand.Rand) schedule.Request {
	t.Helper()
	x := correctedInstance(t, r)
	spec := x.Protocol.Spec()
	for i := range spec.Phases {
		spec.Phases[i].Weights.StaleAfter = 5 + r.IntN(10)
	}
	if r.IntN(2) == 0 {
		spec.FollowUps = nil
		spec.Phases[1].Cadence = protocol.MustCadence("every 1w")
		x.Until = x.Start + date.Date(14+r.IntN(60))
	}
	x.Protocol = compiled(t, spec)
	return x
}

// Over random living plans: what rows answer on any day is what the plan itself says of
// that day, though they are made without a thought of it; and the rows of what an event
// changed make those of the plan after it out of those before.
func TestRowsAnswerForThePlan(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 4))
	seen := map[string]int{}
	for range many(250) {
		x := rowInstance(t, r)
		plan, err := schedule.Build(x)
		if err != nil {
			continue
		}
		stored := map[schedule.ID]schedule.VisitRow{}
		rowsAfter(t, stored, nil, plan)
		now := x.AsOf.Add(12 * time.Hour)
		for i := range 3 + r.IntN(12) {
			now = now.AddDate(0, 0, r.IntN(4))
			today := date.New(now.Year(), now.Month(), now.Day())
			next, err := plan.Apply(schedule.Event{ID: fmt.Sprint("e", i), What: randomEntry(r, plan, today)}, now)
			if err != nil {
				continue
			}
			require.Equal(t, plan.Revision()+1, next.Revision())
			require.Equal(t, len(slices.Collect(next.History())), next.Revision())
			rowsAfter(t, stored, plan, next)
			plan = next
			for range 3 {
				rowsAnswer(t, plan, stored, x.Start+date.Date(r.IntN(60)-5), seen)
			}
			nearAnswers(t, plan, today, seen)
			if i%4 == 0 {
				again := reread(t, plan, &x)
				require.Equal(t, plan.Row(), again.Row(), "the plan of its file")
				require.Empty(t, again.AppendVisitRows(nil, plan))
			}
		}
	}
	for _, what := range []string{"due", "overdue", "lost", "held", "decision", "no decision", "weight", "near", "not near", "visit lost", "result", "monitoring"} {
		require.Greater(t, seen[what], many(50), what)
	}
}

// rowsAfter changes what is stored as an app does.
func rowsAfter(t *testing.T, stored map[schedule.ID]schedule.VisitRow, old, next *schedule.Plan) {
	t.Helper()
	for _, row := range next.AppendVisitRows(nil, old) {
		require.NotEqual(t, stored[row.ID], row)
		if row.State == 0 {
			delete(stored, row.ID)
			continue
		}
		stored[row.ID] = row
	}
	all := next.AppendVisitRows(nil, nil)
	require.Len(t, stored, len(all))
	for _, row := range all {
		require.Equal(t, row, stored[row.ID])
	}
}

func rowsAnswer(t *testing.T, plan *schedule.Plan, stored map[schedule.ID]schedule.VisitRow, d date.Date, seen map[string]int) {
	t.Helper()
	row, on := plan.Row(), plan.On(d)
	require.Equal(t, on.Standing, row.Standing)
	require.Equal(t, len(on.Due) > 0 || slices.ContainsFunc(on.Overdue, func(s schedule.Session) bool { return s.Lost() == "" }), row.DueBy(d))
	if since := row.OverdueSince(d); len(on.Overdue) == 0 {
		require.Zero(t, since)
	} else {
		first := on.Overdue[0].Date()
		for _, s := range on.Overdue {
			first = min(first, s.Date())
		}
		require.Equal(t, first, since)
	}
	require.Equal(t, len(on.Lost) > 0, row.LostOn(d))
	require.Equal(t, on.Checkpoint.Gate.Name, row.Gate)
	require.Equal(t, on.Checkpoint.Date != 0 && on.Checkpoint.Date <= d, row.DecisionDueBy(d))
	require.Equal(t, on.Of, row.Of)
	if d >= date.New(row.AsOf.Year(), row.AsOf.Month(), row.AsOf.Day()) {
		require.Equal(t, on.Completed, row.Given)
	}
	weight := false
	for _, f := range schedule.Validate(plan) {
		if s, _ := plan.At(f.Session); f.Code == schedule.WeightDue && s.Date() <= d {
			weight = true
		}
	}
	require.Equal(t, weight, row.WeightDueBy(d))
	require.Equal(t, len(on.ResultDue) > 0, row.ResultDueBy(d))
	require.Equal(t, len(on.MonitoringDue)+len(on.MonitoringOverdue) > 0, row.MonitoringDueBy(d))
	var awaited []schedule.ID
	for id, v := range stored {
		if v.Role == schedule.RoleMonitoring && v.Lost == "" && (v.DueOn(d) || v.OverdueOn(d)) {
			awaited = append(awaited, id)
		}
	}
	var due []schedule.ID
	for _, v := range append(slices.Clone(on.MonitoringDue), on.MonitoringOverdue...) {
		due = append(due, v.ID)
	}
	require.ElementsMatch(t, awaited, due)

	lists := map[string][]schedule.ID{}
	for id, v := range stored {
		switch {
		case v.DueOn(d) && v.Role == 0:
			lists["due"] = append(lists["due"], id)
		case v.OverdueOn(d) && v.Role == 0:
			lists["overdue"] = append(lists["overdue"], id)
		case v.LostOn(d) && v.Role == 0:
			lists["lost"] = append(lists["lost"], id)
		case v.LostOn(d):
			seen["visit lost"]++
		case v.State == schedule.StateHeld && v.Role == 0:
			lists["held"] = append(lists["held"], id)
		}
	}
	for what, sessions := range map[string][]schedule.Session{"due": on.Due, "overdue": on.Overdue, "lost": on.Lost, "held": on.Held} {
		require.ElementsMatch(t, idsOf(sessions), lists[what], what)
		seen[what] += min(1, len(sessions))
	}
	for what, is := range map[string]bool{"decision": row.DecisionDueBy(d), "no decision": row.Gate == "", "weight": weight, "result": row.ResultDueBy(d), "monitoring": row.MonitoringDueBy(d)} {
		if is {
			seen[what]++
		}
	}
}

// nearAnswers compares when the horizon is near with the sessions that are to come on a
// day, and on the day of the plan with what is found.
func nearAnswers(t *testing.T, plan *schedule.Plan, today date.Date, seen map[string]int) {
	t.Helper()
	row := plan.Row()
	found, open := false, map[schedule.Severity]int{}
	for _, f := range schedule.Validate(plan) {
		found = found || f.Code == schedule.HorizonNear
		if f.Open() {
			open[f.Severity]++
		}
	}
	require.Equal(t, found, row.HorizonNear(today))
	require.Equal(t, []int{open[schedule.Warning], open[schedule.Violation]}, []int{row.Warnings, row.Violations})
	if row.ExtendBy == 0 {
		seen["not near"]++
		return
	}
	seen["near"]++
	for d := today; d < today+70; d++ {
		n := 0
		for _, s := range plan.All() {
			if !s.Extra() && (s.State() == schedule.StateHeld || (s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional) && s.Date() >= d) {
				n++
			}
		}
		require.Equal(t, n <= 1, row.HorizonNear(d), "%v", d)
	}
}

// A slice that is used again takes no memory.
func TestVisitRowsAllocateNothing(t *testing.T) {
	s := rowStory(t).give(2)
	rows := s.plan.AppendVisitRows(nil, nil)
	require.Zero(t, testing.AllocsPerRun(20, func() { rows = s.plan.AppendVisitRows(rows[:0], nil) }))
}
