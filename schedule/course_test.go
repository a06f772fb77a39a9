package schedule_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func compiled(t *testing.T, spec protocol.Spec) *protocol.Protocol {
	t.Helper()
	p, err := spec.Compile()
	require.NoError(t, err)
	return p
}

func esketaminePhases() protocol.Spec {
	visit := protocol.Visit{Administration: 10 * time.Minute, Observation: 2 * time.Hour, ObservedFrom: protocol.AdministrationStart}
	rule := dose.MustRule("84 mg")
	return protocol.Spec{
		Phases: []protocol.Phase{
			{Name: "induction", Cadence: protocol.MustCadence("2/wk x4"), Visit: visit, Dose: rule, MinGap: 2},
			{Name: "weekly", Cadence: protocol.MustCadence("1/wk x4"), Visit: visit, Dose: rule, MinGap: 2},
			{Name: "maintenance", Cadence: protocol.MustCadence("every 2w"), Visit: visit, Dose: rule, MinGap: 2},
		},
		Gates: []protocol.Gate{
			{Name: "benefit", Phase: "induction", Assess: "evidence of benefit", Outcomes: []protocol.Outcome{{When: "none", Then: protocol.Stop}}},
			{Name: "interval", Phase: "weekly", After: 4, Assess: "lowest frequency that maintains the response"},
			{Name: "never", Phase: "maintenance", After: 100, Assess: "beyond the plan"},
			{Name: "open", Phase: "maintenance", Assess: "a phase without end has no last session"},
		},
	}
}

// Gates are checkpoints dated like the session they follow, and everything after
// the first of them is provisional.
func TestCheckpoints(t *testing.T) {
	r := request(compiled(t, esketaminePhases()), everyDay(t), "2025-04-01")
	r.Until = schedule.MustDate("2025-07-31")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	var got []string
	for c := range plan.Checkpoints() {
		got = append(got, fmt.Sprintf("%s after %d on %s", c.Gate.Name, c.Session, c.Date))
	}
	assert.Equal(t, []string{"benefit after 8 on 2025-04-25", "interval after 12 on 2025-05-20"}, got)
	for i, s := range plan.All() {
		want := schedule.StatePlanned
		if i >= 8 {
			want = schedule.StateProvisional
		}
		assert.Equal(t, want, s.State(), "session %d", i+1)
	}
	assert.Contains(t, string(plan.AppendJSON(nil)),
		`"checkpoints":[{"gate":"benefit","session":"`+sessionAt(plan, 8).ID().String()+`","date":"2025-04-25","assess":"evidence of benefit","decision":null},{"gate":"interval"`)
}

// Three devices from 09:00: blood pressure 40 minutes after the first or the last
// of them, release two hours after the first or the last, nothing to eat from
// 07:00, nasal steroid by 08:00, nothing to drink from 08:30.
func TestTimetable(t *testing.T) {
	minute := time.Minute
	visit := protocol.Visit{
		Administration: 10 * minute, Observation: 120 * minute,
		Tasks: []protocol.Task{
			{Text: "no food", From: protocol.AdministrationStart, At: -120 * minute, Until: new(time.Duration)},
			{Text: "nasal steroid", From: protocol.AdministrationStart, At: -60 * minute},
			{Text: "no liquid", From: protocol.AdministrationStart, At: -30 * minute},
			{Text: "blood pressure from the first device", From: protocol.AdministrationStart, At: 40 * minute},
			{Text: "blood pressure from the last device", From: protocol.AdministrationEnd, At: 40 * minute},
			{Text: "no driving", From: protocol.Departure, At: 0, Until: new(22 * time.Hour)},
			{Text: "arrive", From: protocol.Arrival, At: 0},
		},
	}
	p := phase("1", "84 mg")
	for _, tt := range []struct {
		from protocol.Moment
		end  string
	}{{protocol.AdministrationEnd, "11:10"}, {protocol.AdministrationStart, "11:00"}} {
		p.Visit = visit
		p.Visit.ObservedFrom = tt.from
		plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{p}}, func(r *schedule.Request) { r.Wishes.Preferred = mustTime(t, "09:00") })
		require.NoError(t, err)
		s := firstSession(plan)
		assert.Equal(t, "09:00", s.Start().String())
		assert.Equal(t, tt.end, s.End().String())
		from, to := s.Administration()
		assert.Equal(t, "09:00-09:10", from.String()+"-"+to.String())
		var got []string
		for task := range s.Tasks() {
			text := task.Text + " " + task.At.String()
			if !task.Until.IsZero() {
				text += " to " + task.UntilDate.String() + " " + task.Until.String()
			}
			got = append(got, text)
		}
		want := []string{
			"no food 07:00 to 2025-09-01 09:00", "nasal steroid 08:00", "no liquid 08:30",
			"blood pressure from the first device 09:40", "blood pressure from the last device 09:50",
			"no driving 11:10 to 2025-09-02 09:10", "arrive 09:00",
		}
		if tt.end == "11:00" {
			want[5] = "no driving 11:00 to 2025-09-02 09:00"
		}
		assert.Equal(t, want, got)
	}
}

// A visit from 09:00 to 11:10: what is for whom, and where it stands.
func TestTasksFor(t *testing.T) {
	p := phase("1", "84 mg")
	p.Visit = protocol.Visit{
		Administration: 10 * time.Minute, Observation: 2 * time.Hour,
		Tasks: []protocol.Task{
			{Text: "no food", For: protocol.ForPatient, From: protocol.AdministrationStart, At: -2 * time.Hour, Until: new(time.Duration)},
			{Text: "transport home", For: protocol.ForPatient, From: protocol.Departure, Stage: protocol.BeforeVisit},
			{Text: "blood pressure", For: protocol.ForStaff, From: protocol.AdministrationEnd, At: 40 * time.Minute},
			{Text: "blood pressure before leaving", For: protocol.ForStaff, From: protocol.Departure, Stage: protocol.DuringVisit},
			{Text: "form", For: protocol.ForStaff, From: protocol.Departure, Until: new(7 * 24 * time.Hour)},
			{Text: "sick bag", For: protocol.ForBoth, From: protocol.Arrival},
			{Text: "no driving", From: protocol.Departure},
		},
	}
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{p}}, func(r *schedule.Request) { r.Wishes.Preferred = mustTime(t, "09:00") })
	require.NoError(t, err)
	s := firstSession(plan)
	const before, during, after = protocol.BeforeVisit, protocol.DuringVisit, protocol.AfterVisit
	for _, test := range []struct {
		reader protocol.Audience
		at     []protocol.Stage
		want   string
	}{
		{0, nil, "no food, transport home, blood pressure, blood pressure before leaving, form, sick bag, no driving"},
		{protocol.ForBoth, nil, "no food, transport home, blood pressure, blood pressure before leaving, form, sick bag, no driving"},
		{protocol.ForPatient, nil, "no food, transport home, sick bag, no driving"},
		{protocol.ForStaff, nil, "blood pressure, blood pressure before leaving, form, sick bag, no driving"},
		{protocol.ForPatient, []protocol.Stage{before}, "no food, transport home"},
		{protocol.ForPatient, []protocol.Stage{during}, "sick bag"},
		{protocol.ForPatient, []protocol.Stage{after}, "no driving"},
		{protocol.ForStaff, []protocol.Stage{during}, "blood pressure, blood pressure before leaving, sick bag"},
		{protocol.ForStaff, []protocol.Stage{before, after}, "form, no driving"},
	} {
		var got []string
		for task := range s.TasksFor(test.reader, test.at...) {
			got = append(got, task.Text)
		}
		assert.Equal(t, test.want, strings.Join(got, ", "), "%q %v", test.reader, test.at)
	}
	for range s.TasksFor(0) {
		break
	}
	text := string(s.AppendJSON(nil))
	assert.Contains(t, text, `{"text":"transport home","for":"patient","stage":"before","date":"2025-09-01","at":"11:10","untilDate":null,"until":null}`)
	assert.Contains(t, text, `{"text":"no driving","for":null,"stage":"after","date":"2025-09-01","at":"11:10","untilDate":null,"until":null}`)
	for task := range s.Tasks() {
		written, err := json.Marshal(task)
		require.NoError(t, err)
		var back schedule.TimedTask
		require.NoError(t, json.Unmarshal(written, &back))
		assert.Equal(t, task, back)
	}

	why, err := plan.Explain(s.ID())
	require.NoError(t, err)
	assert.Contains(t, why.String(), "  task transport home (patient, before): 2025-09-01 11:10, at departure\n")
	assert.Contains(t, why.String(), "  task no food (patient, before): 2025-09-01 07:00 to 2025-09-01 09:00, 2 h before administration start\n")
	assert.Contains(t, why.String(), "  task no driving (after): 2025-09-01 11:10, at departure\n")
	assert.Contains(t, string(why.AppendJSON(nil)), `"tasks":["no food (patient, before): 2025-09-01 07:00 to 2025-09-01 09:00, 2 h before administration start",`)
}

// In New York on the night when clocks go forward, 40 minutes from 01:30 end at
// 03:10, and two hours later it is 05:10.
func TestTimetableAcrossClockChange(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	p := phase("1", "84 mg")
	plan, err := planOf(t, protocol.Spec{Phases: []protocol.Phase{p}}, func(r *schedule.Request) {
		r.Start, r.Zone, r.Opening = schedule.MustDate("2025-03-09"), zone, answer{clinic.MustHours("01:30-06:00")}
		r.Weighings = nil
	})
	require.NoError(t, err)
	s := firstSession(plan)
	from, to := s.Administration()
	assert.Equal(t, "01:30 03:10 05:10", from.String()+" "+to.String()+" "+s.End().String())
}

// Six infusions in 12 days, then four weekly visits counted from the last; each
// infusion is followed by integration within three days.
func TestCompanionsAndFollowUps(t *testing.T) {
	p := phase("3/wk x2", "36 mg")
	p.Companions = []protocol.Companion{
		{Name: "integration", Visit: protocol.Visit{Kind: protocol.Integration, Observation: time.Hour}, From: 1, To: 3},
		{Name: "call", Visit: protocol.Visit{Kind: protocol.Preparatory, Observation: 15 * time.Minute}, From: -2, To: -1},
		{Name: "debrief", Visit: protocol.Visit{Observation: 30 * time.Minute}, From: 0, To: 0},
	}
	spec := protocol.Spec{
		Phases: []protocol.Phase{p},
		FollowUps: []protocol.FollowUpVisit{{
			Name: "rating", Visit: protocol.Visit{Kind: protocol.FollowUp, Observation: 30 * time.Minute}, Days: []int{7, 14, 21, 28},
			Window: protocol.Window{Before: 2, After: 2},
		}},
	}
	r := request(compiled(t, spec), weekdaysOnly(t, "2025-03-28", "2025-04-10", "2025-04-11"), "2025-03-03")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	byName := map[string][]string{}
	ids := map[schedule.ID]bool{}
	for v := range plan.OtherVisits() {
		text := "none"
		if v.Placed() {
			text = v.Date.Weekday().String()[:3] + " " + v.Date.String()[5:] + " " + v.Start.String() + "-" + v.End.String()
		}
		byName[v.Name] = append(byName[v.Name], fmt.Sprintf("%d: %s", v.Session, text))
		assert.False(t, ids[v.ID])
		ids[v.ID] = true
	}
	assert.Equal(t, "Mon 2025-03-03, Wed 2025-03-05, Fri 2025-03-07, Mon 2025-03-10, Wed 2025-03-12, Fri 2025-03-14", dates(plan, schedule.Session.Date))
	// The day after the Friday sessions is a Saturday: the Monday is the third.
	assert.Equal(t, []string{
		"1: Tue 03-04 08:00-09:00", "2: Thu 03-06 08:00-09:00", "3: Mon 03-10 10:45-11:45",
		"4: Tue 03-11 08:00-09:00", "5: Thu 03-13 08:00-09:00", "6: Mon 03-17 08:00-09:00",
	}, byName["integration"])
	// Nothing comes before the plan's start, and Sunday and Saturday are closed.
	assert.Equal(t, []string{
		"1: none", "2: Tue 03-04 08:00-08:15", "3: Thu 03-06 08:00-08:15",
		"4: none", "5: Tue 03-11 08:00-08:15", "6: Thu 03-13 08:00-08:15",
	}, byName["call"])
	assert.Equal(t, "1: Mon 03-03 10:45-11:15", byName["debrief"][0])
	// 21 and 28 March, 4 and 11 April; the 28th moves to the Thursday before,
	// the 11th to the Wednesday.
	assert.Equal(t, []string{"6: Fri 03-21 08:00-08:30", "6: Thu 03-27 08:00-08:30", "6: Fri 04-04 08:00-08:30", "6: Wed 04-09 08:00-08:30"}, byName["rating"])

	assert.Equal(t, []string{
		"warning: session 1: call has no possible day from Sat 2025-03-01 to Sun 2025-03-02 [companion-missing]",
		"warning: session 4: call has no possible day from Sat 2025-03-08 to Sun 2025-03-09 [companion-missing]",
	}, findings(plan))
	assert.Contains(t, string(plan.AppendJSON(nil)), `"name":"integration","kind":"integration","role":"companion","session":"`+sessionAt(plan, 1).ID().String()+`","ordinal":1,"day":null,"target":"2025-03-04"`)
	assert.Contains(t, string(plan.AppendJSON(nil)), `"name":"rating","kind":"follow-up","role":"follow-up","session":"`+sessionAt(plan, 6).ID().String()+`","ordinal":6,"day":14,"target":"2025-03-28"`)
}

func TestFollowUpWithoutRoom(t *testing.T) {
	spec := protocol.Spec{
		Phases:    []protocol.Phase{phase("1", "36 mg")},
		FollowUps: []protocol.FollowUpVisit{{Name: "rating", Days: []int{5}}},
	}
	plan, err := schedule.Build(request(compiled(t, spec), weekdaysOnly(t), "2025-03-03"))
	require.NoError(t, err)
	assert.Equal(t, []string{"warning: session 1: rating has no possible day from Sat 2025-03-08 to Sat 2025-03-08 [follow-up-missing]"}, findings(plan))
}

// Four sessions with windows of their own, 2-5, 7-12, 14-19 and 23-28 days after
// the start.
func TestStatedWindows(t *testing.T) {
	window := func(name, cadence string, before, after int) protocol.Phase {
		return protocol.Phase{Name: name, Cadence: protocol.MustCadence(cadence), MinGap: 1, Window: &protocol.Window{Before: before, After: after}}
	}
	spec := protocol.Spec{Phases: []protocol.Phase{
		window("first", "days 5 of 5 x1", 2, 1),   // day 5: 4 days after the start, 2 to 5
		window("second", "days 5 of 5 x1", 2, 3),  // 9 days after it, 7 to 12
		window("third", "days 7 of 10 x1", 2, 3),  // 16 days after it, 14 to 19
		window("fourth", "days 5 of 10 x1", 1, 4), // 24 days after it, 23 to 28
	}}
	plan, err := schedule.Build(request(compiled(t, spec), everyDay(t), "2025-03-03"))
	require.NoError(t, err)
	var got []string
	for _, s := range plan.All() {
		got = append(got, s.Earliest().String()[5:]+".."+s.Latest().String()[5:])
	}
	assert.Equal(t, []string{"03-05..03-08", "03-10..03-15", "03-17..03-22", "03-26..03-31"}, got)
}

// Thirty sessions, five a week, in a clinic that is closed on two of the
// Mondays, end on the Tuesday of a seventh week; then three, two and one a week.
func TestCarriedCourse(t *testing.T) {
	r := request(bare(t, "5/wk x6", 1), weekdaysOnly(t, "2025-01-20", "2025-02-17"), "2025-01-06")
	r.ShortWeek = schedule.Carry
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, 30, plan.Len())
	var last schedule.Session
	for _, s := range plan.All() {
		last = s
	}
	assert.Equal(t, schedule.MustDate("2025-02-18"), last.Date())
	assert.Equal(t, []string{"warning: plan: 5/wk x6 takes 1 week more than planned [carried]"}, findings(plan))
}

// Two of thirty are left for the seventh week: they stay on consecutive days, and
// the explanation says that a week with five has them.
func TestCarriedDaily(t *testing.T) {
	r := request(bare(t, "5/wk x6", 1), weekdaysOnly(t, "2025-01-20", "2025-02-03"), "2025-01-06")
	r.ShortWeek = schedule.Carry
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, 30, plan.Len())
	for ordinal, want := range map[int]string{
		29: "2025-02-17 5/wk x6: day 1 of the week from Mon 2025-02-17 (the first 2 of the days of a week with 5: 1, 2, ideal)",
		30: "2025-02-18 5/wk x6: day 2 of the week from Mon 2025-02-17 (the first 2 of the days of a week with 5: 1, 2, ideal)",
	} {
		s, _ := plan.At(ordinal)
		e, err := plan.Explain(s.ID())
		require.NoError(t, err)
		assert.Equal(t, want, s.Date().String()+" "+e.TargetRule)
		assert.Equal(t, "the whole week, for which 5 sessions are planned", e.WindowRule)
	}
}

func TestPostponedAndLeftOutAreFindings(t *testing.T) {
	closed := []string{"2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17"}
	r := request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t, closed...), "2025-01-06")
	r.ShortWeek = schedule.Postpone
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Mon 2025-01-06, Wed 2025-01-08, Fri 2025-01-10, Mon 2025-01-20, Thu 2025-01-23, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10",
		dates(plan, schedule.Session.Date))
	assert.Equal(t, []string{"warning: session 4: postponed by 1 week with every session after it [postponed]"}, findings(plan))

	r.ShortWeek = schedule.Drop
	plan, err = schedule.Build(r)
	require.NoError(t, err)
	var left []int
	for _, s := range plan.All() {
		if !s.Placed() {
			left = append(left, s.Ordinal())
			assert.Zero(t, s.Date())
			assert.True(t, s.Start().IsZero())
			assert.True(t, s.Dose().IsZero())
			assert.Contains(t, string(s.AppendJSON(nil)), `"date":null,"start":null,"end":null,"shiftDays":null,"state":"left out"`)
		}
	}
	assert.Equal(t, []int{4, 5}, left)
	assert.Equal(t, []string{
		"warning: session 4: left out: its target Mon 2025-01-13 has no room [left-out]",
		"warning: session 5: left out: its target Thu 2025-01-16 has no room [left-out]",
	}, findings(plan))
}

func TestGapAndDensityFindings(t *testing.T) {
	p := protocol.Phase{Name: "all", Cadence: protocol.MustCadence("every 4w x3"), MinGap: 1, MaxGap: 28}
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t, "2025-02-03"), "2025-01-06")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, []string{"warning: session 2: 29 days after session 1, at most 28 are within the protocol [gap-too-long]"}, findings(plan))

	// Two a week, the second of one week late and the first of the next early.
	r = request(bare(t, "2/wk x2", 2), clinicOpenOn(t, time.Monday, time.Saturday, time.Sunday), "2025-01-06")
	plan, err = schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, "Mon 2025-01-06, Sat 2025-01-11, Mon 2025-01-13, Sat 2025-01-18", dates(plan, schedule.Session.Date))
	assert.Empty(t, findings(plan))
	r.Opening = clinicOpenOn(t, time.Monday, time.Tuesday, time.Thursday)
	r.Wishes.Appointments = []schedule.Appointment{
		{Ordinal: 1, Date: schedule.MustDate("2025-01-07")}, {Ordinal: 2, Date: schedule.MustDate("2025-01-09")}, {Ordinal: 3, Date: schedule.MustDate("2025-01-13")},
	}
	plan, err = schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, []string{"info: session 3: 3 sessions within seven days, the cadence has at most 2 in a week [too-many-in-seven-days]"}, findings(plan))
}

// The other dates of a session come with what they do to the rest, the cheapest
// first, and each is what building with that appointment gives.
func TestAlternatives(t *testing.T) {
	r := request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t, "2025-01-16"), "2025-01-06")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	checked := 0
	for _, s := range plan.All() {
		list, err := plan.Alternatives(s.ID())
		require.NoError(t, err)
		before := -1
		for _, a := range list {
			checked++
			assert.GreaterOrEqual(t, a.Total, before)
			before = a.Total
			pinned := r
			pinned.Wishes.Appointments = []schedule.Appointment{{Ordinal: s.Ordinal(), Date: a.Date}}
			other, err := schedule.Build(pinned)
			require.NoError(t, err)
			moved := map[int]schedule.Move{}
			for _, m := range a.Moves {
				moved[m.Session] = m
			}
			total := 0
			for i, o := range other.All() {
				total += o.ShiftDays() * o.ShiftDays()
				m, ok := moved[i+1]
				_, was := plan.Session(o.ID())
				require.True(t, was)
				old, _ := plan.Session(o.ID())
				assert.Equal(t, old.Date() != o.Date(), ok)
				if ok {
					assert.Equal(t, schedule.Move{Session: i + 1, ID: o.ID(), From: old.Date(), To: o.Date()}, m)
				}
			}
			assert.Equal(t, total, a.Total)
		}
	}
	assert.GreaterOrEqual(t, checked, 15)

	fourth := sessionAt(plan, 4)
	list, err := plan.Alternatives(fourth.ID())
	require.NoError(t, err)
	var got []string
	for _, a := range list {
		var moves []string
		for _, m := range a.Moves {
			moves = append(moves, fmt.Sprintf("%d to %s", m.Session, m.To))
		}
		got = append(got, fmt.Sprintf("%s costs %d: %s", a.Date, a.Total, strings.Join(moves, ", ")))
	}
	assert.Equal(t, []string{
		"2025-01-14 costs 2: 4 to 2025-01-14",
		"2025-01-15 costs 5: 4 to 2025-01-15",
	}, got)

	_, err = plan.Alternatives(schedule.ID{})
	require.ErrorIs(t, err, schedule.ErrUnknownSession)
}

func sessionAt(plan *schedule.Plan, ordinal int) schedule.Session {
	for i, s := range plan.All() {
		if i+1 == ordinal {
			return s
		}
	}
	return schedule.Session{}
}

// Four a week in a clinic that is open from Monday to Thursday and on Sundays:
// moving two sessions by a day each (squares 2) is better than moving one by two
// days (squares 4). Taking the nearest open day for each session in turn, or the
// least sum of absolute shifts with later dates preferred, would move one by two.
func TestSquaresAndNotGreed(t *testing.T) {
	plan, err := schedule.Build(request(bare(t, "4/wk x1", 1),
		clinicOpenOn(t, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Sunday), "2025-01-06"))
	require.NoError(t, err)
	assert.Equal(t, "Mon 2025-01-06, Tue 2025-01-07, Wed 2025-01-08, Thu 2025-01-09", dates(plan, schedule.Session.Date))

	targets, open := []int{0, 1, 3, 4}, []int{0, 1, 2, 3, 6}
	distance := func(a, b int) int { return max(a-b, b-a) }

	var greedy []int
	for _, target := range targets {
		best := -1
		for _, day := range open {
			taken := len(greedy) > 0 && day <= greedy[len(greedy)-1]
			if !taken && (best < 0 || distance(day, target) <= distance(best, target)) {
				best = day
			}
		}
		greedy = append(greedy, best)
	}
	assert.Equal(t, []int{0, 1, 3, 6}, greedy)

	var absolute []int
	least := 1 << 30
	for left := range open { // four of five days: one is left out
		days := slices.Delete(slices.Clone(open), left, left+1)
		sum := 0
		for i := range days {
			sum += distance(days[i], targets[i])
		}
		if sum < least || sum == least && slices.Compare(days, absolute) > 0 {
			least, absolute = sum, days
		}
	}
	assert.Equal(t, []int{0, 1, 3, 6}, absolute)
}
