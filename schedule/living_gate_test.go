package schedule_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// inducedThenWeekly is an induction twice a week for two weeks with a gate at its end, then
// weekly visits.
func inducedThenWeekly() protocol.Spec {
	return protocol.Spec{
		Phases: []protocol.Phase{
			{Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2},
			{Name: "weekly", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2},
		},
		Gates: []protocol.Gate{{
			Name: "benefit", Phase: "induction", Assess: "evidence of benefit",
			Outcomes: []protocol.Outcome{{When: "benefit", Then: protocol.Continue}, {When: "none", Then: protocol.Stop}},
		}},
	}
}

func TestDecided(t *testing.T) {
	const induced = "Tue 2025-04-01 given, Fri 2025-04-04 given, Tue 2025-04-08 given, Fri 2025-04-11 given, "
	for _, tt := range []struct {
		name string
		what schedule.Decided
		want string
	}{
		{
			"continue",
			schedule.Decided{Then: protocol.Continue},
			induced + "Tue 2025-04-15, Tue 2025-04-22, Tue 2025-04-29",
		},
		{
			"stop",
			schedule.Decided{Then: protocol.Stop},
			induced + "Tue 2025-04-15 cancelled, Tue 2025-04-22 cancelled, Tue 2025-04-29 cancelled",
		},
		{
			"extend",
			schedule.Decided{Then: protocol.Extend, Sessions: 3, Reason: "partial benefit"},
			induced + "Tue 2025-04-15, Fri 2025-04-18, Tue 2025-04-22, Tue 2025-04-29 provisional, Tue 2025-05-06 provisional, Tue 2025-05-13 provisional",
		},
		{
			"change",
			schedule.Decided{Then: protocol.Change, Reason: "too tired"},
			induced + "Tue 2025-04-15 provisional, Tue 2025-04-22 provisional, Tue 2025-04-29 provisional",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(compiled(t, inducedThenWeekly()), weekdaysOnly(t), "2025-04-01")).give(4)
			tt.what.Gate, tt.what.Who = "benefit", "the psychiatrist"
			before := s.plan
			s.on("2025-04-11", tt.what)
			require.Equal(t, tt.want, s.calendar())
			requireKept(t, s.plan)
			for i, session := range before.All() {
				after, ok := s.plan.Session(session.ID())
				require.True(t, ok)
				changed := session.State() != after.State() || session.Date() != after.Date()
				require.Equal(t, changed, after.Revision() == session.Revision()+1, "session %d", i+1)
			}
		})
	}
}

// A step back at a gate puts sessions at the earlier frequency before those that
// follow.
func TestDecidedStepBack(t *testing.T) {
	spec := inducedThenWeekly()
	spec.Gates = append(spec.Gates, protocol.Gate{Name: "weekly enough", Phase: "weekly", After: 2, Assess: "response"})
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-04-01")).give(4).
		on("2025-04-11", schedule.Decided{Gate: "benefit", Then: protocol.Continue, Who: "the psychiatrist"}).give(6).
		on("2025-04-22", schedule.Decided{Gate: "weekly enough", Then: protocol.StepBack, To: "induction", Sessions: 2, Reason: "worse", Who: "the psychiatrist"})
	require.Equal(t, "Tue 2025-04-01 given, Fri 2025-04-04 given, Tue 2025-04-08 given, Fri 2025-04-11 given, Tue 2025-04-15 given, Tue 2025-04-22 given, "+
		"Fri 2025-04-25, Tue 2025-04-29, Tue 2025-05-06", s.calendar())
	requireKept(t, s.plan)
}

// Another version of the protocol: which sessions would change, and that it holds
// from where the plan is.
func TestAdopted(t *testing.T) {
	spec := inducedThenWeekly()
	spec.ID, spec.Version = "example", "1"
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-04-01")).give(4)
	s.on("2025-04-11", schedule.Decided{Gate: "benefit", Then: protocol.Change, Reason: "travels far", Who: "the psychiatrist"})
	spec.Version = "2"
	spec.Phases[1].Cadence = protocol.MustCadence("every 2w x2")
	before := s.plan
	s.on("2025-04-12", schedule.Adopted{Protocol: compiled(t, spec), Who: "the psychiatrist"})
	require.Equal(t, "Tue 2025-04-01 given, Fri 2025-04-04 given, Tue 2025-04-08 given, Fri 2025-04-11 given, Fri 2025-04-25, Tue 2025-04-29 cancelled, Fri 2025-05-09",
		s.calendar())
	require.Equal(t, "sessions: 2 planned, 1 cancelled, 2 moved 10 to 17 days later; treatment: another protocol", before.Diff(s.plan).String())
	require.Equal(t, "2", s.plan.Protocol().Version())
	requireKept(t, s.plan)

	again, err := schedule.ParsePlan("plan.json", schedule.FormatPlan(s.plan), schedule.PlanSource{
		Protocols: []*protocol.Protocol{before.Protocol()}, Opening: unasked{}, Zone: s.plan.Zone(),
	})
	require.NoError(t, err)
	require.Same(t, before.Protocol(), again.BuiltFrom(), "what was passed in")
	require.Equal(t, s.plan.Protocol(), again.Protocol(), "what the file has")
}

// A new weight gives the sessions to come another dose, and those that were given
// none.
func TestWeighed(t *testing.T) {
	r := request(withDose(t, "1/wk x4", 2, "0.5 mg/kg of actual weight, round 0.1 mg half up, soft max 45 mg, hard max 50 mg"), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	s := living(t, r).give(1).on("2025-01-10", schedule.Weighed{Date: day("2025-01-10"), Weight: dose.MustWeight("84 kg")})
	assert.Equal(t, "40 mg, 42 mg, 42 mg, 42 mg", doses(s.plan))

	// What was measured on the day of a session counts for it.
	s.on("2025-01-13", schedule.Given{Session: s.id(2), Date: day("2025-01-13"), Dose: dose.MustMass("43 mg"), Weight: dose.MustWeight("86 kg")})
	assert.Equal(t, "40 mg, 43 mg, 43 mg, 43 mg", doses(s.plan))

	// A dose above a soft limit is given for a reason, one above the hard limit is
	// none.
	s.on("2025-01-14", schedule.Weighed{Date: day("2025-01-14"), Weight: dose.MustWeight("94 kg")})
	given := schedule.Given{Session: s.id(3), Date: day("2025-01-20"), Dose: dose.MustMass("47 mg")}
	without, err := s.try("2025-01-20", given)
	require.NoError(t, err)
	require.Contains(t, findings(without), "warning: session 3: 47 mg given, which passes a soft limit, without a reason and who decided it [reason-missing]")
	accepted, err := s.try("2025-01-20", schedule.Accepted{Session: s.id(3), Code: schedule.SoftLimit, Reason: "responds", Who: "the psychiatrist"})
	require.NoError(t, err)
	_, err = accepted.Apply(schedule.Event{ID: "after", What: given}, noon("2025-01-20"))
	require.NoError(t, err)
	given.Reason, given.Who = "responds", "the psychiatrist"
	s.on("2025-01-20", given)

	s.on("2025-01-21", schedule.Weighed{Date: day("2025-01-21"), Weight: dose.MustWeight("104 kg")})
	last := sessionAt(s.plan, 4)
	require.True(t, last.Dose().IsZero())
	require.ErrorContains(t, last.DoseError(), "hard max 50 mg")
	given = schedule.Given{Session: last.ID(), Date: day("2025-01-27"), Dose: dose.MustMass("50 mg")}
	without, err = s.try("2025-01-27", given)
	require.NoError(t, err)
	require.Contains(t, strings.Join(findings(without), "\n"), "50 mg given, which is not the planned dose nor one that the protocol allows here, without")
	given.Reason, given.Who = "agreed", "the psychiatrist"
	s.on("2025-01-27", given)
	assert.Equal(t, []schedule.DrugSum{{Dose: dose.MustMass("180 mg")}}, s.plan.On(day("2025-01-27")).Adherence.Doses)
	requireKept(t, s.plan)
}

// A sum of doses that was given may leave no room for those to come.
func TestCumulativeLeavesNoDose(t *testing.T) {
	spec := protocol.Spec{
		Phases:     []protocol.Phase{phase("1/wk x3", "40 mg")},
		Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("130 mg")}}},
	}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("60 mg"), Reason: "by mistake", Who: "the nurse"})
	require.NoError(t, sessionAt(s.plan, 2).DoseError())
	require.ErrorIs(t, sessionAt(s.plan, 3).DoseError(), schedule.ErrCumulative)
	s.on("2025-01-13", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinical})
	require.NoError(t, sessionAt(s.plan, 3).DoseError())
	assert.Equal(t, "40 mg", sessionAt(s.plan, 3).Dose().Dose().String())
	requireKept(t, s.plan)
}

// Companions go with their session: to its new date, or they are cancelled.
func TestCompanionsFollow(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2,
		Companions: []protocol.Companion{{Name: "call", From: 1, To: 1}},
	}}}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).give(1).
		on("2025-01-08", schedule.Moved{Session: living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")).id(2), Date: day("2025-01-14")})
	visits := func() (list []string) {
		for v := range s.plan.OtherVisits() {
			list = append(list, v.Date.String()+" "+v.State.String())
		}
		return list
	}
	require.Equal(t, []string{"2025-01-07 planned", "2025-01-15 planned"}, visits())
	s.on("2025-01-09", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient, Reason: "ill"})
	require.Equal(t, []string{"2025-01-07 planned", "2025-01-15 cancelled"}, visits())
	requireKept(t, s.plan)
}

// Another interval counts from the session before, not from the plan's start.
func TestAdoptedInterval(t *testing.T) {
	for _, tt := range []struct{ cadence, want string }{
		{"every 4w x8", "Mon 2025-05-26, Mon 2025-06-23, Mon 2025-07-21"},
		{"every 6w x8", "Mon 2025-06-09, Mon 2025-07-21, Mon 2025-09-01"},
		{"every 2w x8", "Mon 2025-05-12, Mon 2025-05-26, Mon 2025-06-09"},
		{"every 1mo x8", "Wed 2025-05-28, Sat 2025-06-28, Mon 2025-07-28"},
	} {
		s := living(t, request(version(t, bare(t, "every 4w x8", 2), "1"), everyDay(t), "2025-01-06")).give(5)
		before := s.plan
		next := version(t, bare(t, tt.cadence, 3), "2")
		s.on("2025-04-29", schedule.Adopted{Protocol: next, Who: "the psychiatrist"})
		const given = "Mon 2025-01-06 given, Mon 2025-02-03 given, Mon 2025-03-03 given, Mon 2025-03-31 given, Mon 2025-04-28 given, "
		require.Equal(t, given+tt.want, s.calendar(), tt.cadence)
		for i, session := range before.All() {
			require.Equal(t, session.ID(), sessionAt(s.plan, i+1).ID())
		}
		requireKept(t, s.plan)
	}
}

// An endless phase steps back up to the plan's last day.
func TestStepBackWithoutEnd(t *testing.T) {
	p := set(t, "spravato-us-trd", "min-gap", "2", "administration", "10 min", "follows", "rule", "maintenance", "every 2w (1w..2w)")
	r := request(p, weekdaysOnly(t), "2025-04-01")
	r.Until = day("2025-07-15")
	s := living(t, r).give(8)
	s.on("2025-04-26", schedule.Decided{Gate: gateOf(t, s.plan), Then: protocol.Continue, Who: "the psychiatrist"}).give(13)
	s.on("2025-06-17", schedule.Missed{Session: s.id(14)})
	repairs, err := s.plan.Repairs(noon("2025-06-17"), s.id(14))
	require.NoError(t, err)
	for _, r := range repairs {
		if r.Way != schedule.WayStepBack {
			continue
		}
		s.plan = r.Plan
		require.Equal(t, "weeks 5 to 8", sessionAt(r.Plan, 15).Phase())
		break
	}
	require.Equal(t, "Tue 2025-06-17 missed, Tue 2025-06-24, Tue 2025-07-01, Tue 2025-07-08, Tue 2025-07-15", strings.Join(strings.Split(s.calendar(), ", ")[13:], ", "))
}

// Months that were postponed by weeks are shifted from where they were: each target is
// seven days after what it was, 02-03, 03-06 and 04-03 of the first and 01-28, 02-28,
// 03-28 and 04-28 of the second.
func TestShiftedMonthsThatWerePostponed(t *testing.T) {
	for _, tt := range []struct{ cadence, want string }{
		{"days 1, 4 of 21 x1 then every 1mo x3", "Mon 2025-01-13, Thu 2025-01-16, Mon 2025-02-10, Thu 2025-03-13, Thu 2025-04-10"},
		{"every 5d x4 then every 1mo x3", "Mon 2025-01-13, Fri 2025-01-17, Thu 2025-01-23, Tue 2025-02-04, Fri 2025-03-07, Fri 2025-04-04, Mon 2025-05-05"},
	} {
		closed := []string{"2025-01-20", "2025-01-21", "2025-01-22"}
		if strings.HasPrefix(tt.cadence, "days") {
			for d := day("2025-01-23"); d <= day("2025-02-05"); d++ {
				closed = append(closed, d.String())
			}
		}
		r := request(bare(t, tt.cadence, 1), weekdaysOnly(t, closed...), "2025-01-06")
		r.ShortWeek = schedule.Postpone
		s := living(t, r)
		s.on("2025-01-06", schedule.Shifted{Session: s.id(1), Weeks: 1})
		t.Log(s.calendar())
		for _, session := range s.plan.All() {
			x, err := s.plan.Explain(session.ID())
			require.NoError(t, err)
			e := explained{}
			require.NoError(t, json.Unmarshal(x.AppendJSON(nil), &e))
			require.Equal(t, session.Target().String(), e.replayTarget(t), "%s session %d", tt.cadence, session.Ordinal())
		}
		assert.Equal(t, tt.want, s.calendar())
	}
}
