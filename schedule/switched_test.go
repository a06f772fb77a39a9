package schedule_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// courseOf returns a protocol with an id and a drug, of phases by name, cadence and rule.
func courseOf(t *testing.T, id, drug string, change func(*protocol.Spec), phases ...[3]string) *protocol.Protocol {
	t.Helper()
	spec := protocol.Spec{ID: id, Version: "1", Drug: drug, Route: "route of " + id}
	for _, p := range phases {
		next := phase(p[1], p[2])
		next.Name = p[0]
		spec.Phases = append(spec.Phases, next)
	}
	if change != nil {
		change(&spec)
	}
	return compiled(t, spec)
}

func racemic(t *testing.T, change func(*protocol.Spec)) *protocol.Protocol {
	return courseOf(t, "ket", "ketamine", change, [3]string{"induction", "2/wk x2", "40 mg"}, [3]string{"weekly", "1/wk x2", "40 mg"})
}

func nasalSpray(t *testing.T, change func(*protocol.Spec)) *protocol.Protocol {
	return courseOf(t, "esk", "esketamine", change, [3]string{"induction", "2/wk x1", "56 mg"}, [3]string{"weekly", "1/wk x2", "56 mg"})
}

// ketamineGiven is a plan from Monday 2 March 2026 with its first sessions given.
func ketamineGiven(t *testing.T, p *protocol.Protocol, upTo int) *story {
	t.Helper()
	return living(t, request(p, weekdaysOnly(t, "2026-04-03"), "2026-03-02")).give(upTo)
}

func switchTo(p *protocol.Protocol, start string, gap int) schedule.Switched {
	return schedule.Switched{Protocol: p, Start: day(start), Gap: gap, Who: "dr-1"}
}

// Another protocol begins at its first phase, on a start of its own; what was given
// stays what it was, and what was to come of the old is cancelled.
func TestSwitched(t *testing.T) {
	old, next := racemic(t, nil), nasalSpray(t, nil)
	s := ketamineGiven(t, old, 3)
	before := s.plan
	s.on("2026-03-10", switchTo(next, "2026-03-23", 14)) // 14 days after Monday 9 March
	require.Equal(t, "Mon 2026-03-02 given, Thu 2026-03-05 given, Mon 2026-03-09 given, Thu 2026-03-12 cancelled, Mon 2026-03-16 cancelled, Mon 2026-03-23 cancelled, "+
		"Mon 2026-03-23, Thu 2026-03-26, Mon 2026-03-30, Mon 2026-04-06", s.calendar())
	var got []string
	for _, session := range s.plan.All() {
		got = append(got, strings.Join([]string{
			strconv.Itoa(session.Week()), session.Phase(), strconv.Itoa(session.Number()), session.Protocol().ID(), session.Drug(), session.Route(), session.Amount().String(),
			strconv.Itoa(session.Revision()), strconv.Itoa(session.ProtocolChanges()),
		}, " "))
	}
	assert.Equal(t, []string{
		"1 induction 1 ket ketamine route of ket 40 mg 1 0", "1 induction 2 ket ketamine route of ket 40 mg 1 0", "2 induction 3 ket ketamine route of ket 40 mg 1 0",
		"2 induction 4 ket ketamine route of ket 40 mg 1 0", "3 weekly 1 ket ketamine route of ket 40 mg 1 0", "4 weekly 2 ket ketamine route of ket 40 mg 1 0",
		"1 induction 1 esk esketamine route of esk 56 mg 0 0", "1 induction 2 esk esketamine route of esk 56 mg 0 0",
		"2 weekly 1 esk esketamine route of esk 56 mg 0 0", "3 weekly 2 esk esketamine route of esk 56 mg 0 0",
	}, got)
	assert.Equal(t, []*protocol.Protocol{old, next}, slices.Collect(s.plan.Protocols()))
	assert.Equal(t, []any{day("2026-03-23"), day("2026-03-02"), schedule.Active}, []any{s.plan.Start(), s.plan.FirstDay(), s.plan.Standing()})
	for i, session := range before.All() {
		assert.Equal(t, session.ID(), sessionAt(s.plan, i+1).ID(), "ids go on")
		if session.State() == schedule.StateGiven {
			assert.Equal(t, string(session.AppendJSON(nil)), string(sessionAt(s.plan, i+1).AppendJSON(nil)), "the past")
		}
	}
	requireKept(t, s.plan)
	known, err := s.plan.AsKnown(noon("2026-03-09"))
	require.NoError(t, err)
	assert.Equal(t, string(before.AppendJSON(nil)), string(known.AppendJSON(nil)))

	s.give(10)
	assert.Equal(t, schedule.Completed, s.plan.Standing())
	assert.Equal(t, []schedule.DrugSum{{Drug: "ketamine", Dose: dose.MustMass("120 mg")}, {Drug: "esketamine", Dose: dose.MustMass("224 mg")}}, s.plan.On(day("2026-04-06")).Adherence.Doses)
	assert.Empty(t, schedule.Validate(s.plan))
	e, err := s.plan.Explain(s.id(7))
	require.NoError(t, err)
	assert.Contains(t, e.String(), "by esk 1, esketamine, route of esk\n")
	assert.Equal(t, 14, e.MinGap)
}

func TestSwitchedIsRefused(t *testing.T) {
	endless := courseOf(t, "esk", "esketamine", nil, [3]string{"all", "every 1w", "56 mg"})
	for _, tt := range []struct {
		name string
		what schedule.Switched
		is   error
		want string
	}{
		{"nothing", schedule.Switched{Who: "dr-1"}, schedule.ErrEvent, "Protocol: want a protocol made by Spec.Compile"},
		{"what holds", switchTo(racemic(t, nil), "2026-03-23", 14), schedule.ErrEventTwice, `Protocol "ket 1": want another protocol than the one that holds: a phase of that is restarted`},
		{"a version", switchTo(racemic(t, func(s *protocol.Spec) { s.Version = "2" }), "2026-03-23", 14), schedule.ErrEvent, `Protocol "ket 2": want another protocol: a version of "ket" is adopted`},
		{"by nobody", schedule.Switched{Protocol: nasalSpray(t, nil), Start: day("2026-03-23"), Gap: 14}, schedule.ErrEvent, "Who: want who decided"},
		{"no gap", switchTo(nasalSpray(t, nil), "2026-03-23", 0), schedule.ErrEvent, `Gap "0 days": want the least number of days since the last dose, 1 to 3650`},
		{"a gap below nothing", switchTo(nasalSpray(t, nil), "2026-03-23", -1), schedule.ErrEvent, `Gap "-1 day": want the least number of days since the last dose, 1 to 3650`},
		{"a gap of years", switchTo(nasalSpray(t, nil), "2026-03-23", 3651), schedule.ErrEvent, `Gap "3651 days": want the least number of days since the last dose, 1 to 3650`},
		{"the day of a dose", switchTo(nasalSpray(t, nil), "2026-03-09", 1), schedule.ErrOrder, `Start "2026-03-09": want a date that is not before the as-of one, 2026-03-10`},
		{"too close", switchTo(nasalSpray(t, nil), "2026-03-20", 14), schedule.ErrNoDay, `Start "2026-03-20": want a day at least 14 days after the last dose, given on Mon 2026-03-09: 2026-03-23 or later`},
		{"closed", switchTo(nasalSpray(t, nil), "2026-04-03", 14), schedule.ErrNoDay, `Start "2026-04-03": want a day on which the clinic is open: it is closed (holiday)`},
		{"a Sunday", switchTo(nasalSpray(t, nil), "2026-03-29", 14), schedule.ErrNoDay, `Start "2026-03-29": want a day on which the clinic is open: it is closed (not open on Sundays)`},
		{"no day", schedule.Switched{Protocol: nasalSpray(t, nil), Gap: 14, Who: "dr-1"}, schedule.ErrEvent, "Start: want a date"},
		{"without end", switchTo(endless, "2026-03-23", 14), schedule.ErrEvent, `Until: want a last day: the cadence "every 1w" has no end`},
		{"ends before it begins", schedule.Switched{Protocol: endless, Start: day("2026-03-23"), Gap: 14, Until: day("2026-03-22"), Who: "dr-1"}, schedule.ErrEvent, `Until "2026-03-22": want a day that is not before the start, 2026-03-23`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := ketamineGiven(t, racemic(t, nil), 3)
			_, err := s.try("2026-03-10", tt.what)
			require.ErrorIs(t, err, tt.is)
			require.ErrorContains(t, err, "(switched): "+tt.want)
		})
	}
	// On the day of a dose, as of that day.
	s := ketamineGiven(t, racemic(t, nil), 3)
	_, err := s.try("2026-03-09", switchTo(nasalSpray(t, nil), "2026-03-09", 1))
	require.ErrorContains(t, err, "want a day at least 1 day after the last dose, given on Mon 2026-03-09: 2026-03-10 or later")
}

// What turns out to have been given before the switch keeps its distance too: the first
// session is lost, and planned again the gap later.
func TestSwitchedKeepsItsGapToWhatIsToldLater(t *testing.T) {
	s := ketamineGiven(t, racemic(t, nil), 3).on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-23", 14))
	s.on("2026-03-12", schedule.Given{Session: s.id(4), Date: day("2026-03-12"), Dose: dose.MustMass("40 mg")})
	assert.Equal(t, "ketamine", sessionAt(s.plan, 4).Drug())
	assert.Equal(t, "11 days after session 4, the minimum gap is 14 days", sessionAt(s.plan, 7).Lost())
	assert.Empty(t, sessionAt(s.plan, 8).Lost(), "14 days")
	s.on("2026-03-12", schedule.Shifted{Session: s.id(7), Weeks: 1})
	assert.Equal(t, day("2026-03-30"), sessionAt(s.plan, 7).Date())
	requireKept(t, s.plan)

	// Outside the plan too: it is of the drug that held on its day.
	s = ketamineGiven(t, racemic(t, nil), 3).on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-23", 14))
	s.on("2026-03-13", schedule.Given{Date: day("2026-03-13"), Dose: dose.MustMass("40 mg")})
	extra := sessionAt(s.plan, 5)
	assert.Equal(t, []any{day("2026-03-13"), "ketamine", "induction", true}, []any{extra.Date(), extra.Drug(), extra.Phase(), extra.Extra()})
	requireKept(t, s.plan)
}

// The first drug again, its sums with what was given of it before, and weeks, windows
// and "from week" counted from each start.
func TestSwitchedBack(t *testing.T) {
	limited := func(s *protocol.Spec) {
		s.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("200 mg")}}}
	}
	ket := racemic(t, limited)
	esk := courseOf(t, "esk", "Esketamine", limited, [3]string{"induction", "2/wk x1", "56 mg"}, [3]string{"weekly", "every 1w x2 from week 3", "56 mg"})
	s := ketamineGiven(t, ket, 3)
	require.Equal(t, []string{"warning: session 6: the doses of the plan up to this session are 240 mg, the soft limit is 200 mg [cumulative-limit]"}, findings(s.plan), "six of 40 mg")
	s.on("2026-03-10", switchTo(esk, "2026-03-23", 14))
	require.Equal(t, []string{"warning: session 10: the doses of the plan up to this session are 224 mg, the soft limit is 200 mg [cumulative-limit]"}, findings(s.plan),
		"four of 56 mg, without the ketamine")
	require.Equal(t, "Mon 2026-03-23, Thu 2026-03-26, Mon 2026-04-06, Mon 2026-04-13", strings.Join(strings.Split(s.calendar(), ", ")[6:], ", "), "week 3 begins on 6 April")
	s.give(8)
	s.on("2026-03-27", schedule.Switched{Protocol: ket, Start: day("2026-04-06"), Gap: 7, Who: "dr-1", Reason: "no response"})
	// 120 mg before, and 40 mg a session: the third of them makes 240 mg.
	require.Equal(t, []string{"warning: session 13: the doses of the plan up to this session are 240 mg, the soft limit is 200 mg [cumulative-limit]"}, findings(s.plan))
	require.Equal(t, "Mon 2026-04-06, Thu 2026-04-09, Mon 2026-04-13, Thu 2026-04-16, Mon 2026-04-20, Mon 2026-04-27",
		strings.Join(slices.DeleteFunc(strings.Split(s.calendar(), ", "), func(line string) bool { return len(line) > len("Mon 2026-04-06") }), ", "))
	require.Equal(t, []*protocol.Protocol{ket, esk, ket}, slices.Collect(s.plan.Protocols()))
	requireKept(t, s.plan)

	last := s.plan.Len()
	s.on("2026-03-27", schedule.Restarted{Session: s.id(last), Date: day("2026-04-27")})
	require.Equal(t, 4, sessionAt(s.plan, last).Week(), "27 April, counted from the 6th")
	requireKept(t, s.plan)
}

// A version is adopted after a switch, by the names of its own phases.
func TestAdoptedAfterASwitch(t *testing.T) {
	s := ketamineGiven(t, racemic(t, nil), 3).on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-23", 14)).give(7)
	second := nasalSpray(t, func(s *protocol.Spec) {
		s.Version, s.Phases[1].Name, s.Phases[1].Dose = "2", "taper", dose.MustRule("28 mg")
	})
	_, err := s.try("2026-03-24", schedule.Adopted{Protocol: racemic(t, func(s *protocol.Spec) { s.Version = "2" }), Who: "dr-1"})
	require.ErrorContains(t, err, `want another version of "esk"`)
	ids := []schedule.ID{s.id(8), s.id(9), s.id(10)}
	s.on("2026-03-24", schedule.Adopted{Protocol: second, Phases: map[string]string{"weekly": "taper"}, Who: "dr-1"})
	require.Equal(t, "Mon 2026-03-23 given, Thu 2026-03-26, Mon 2026-03-30, Mon 2026-04-06", strings.Join(strings.Split(s.calendar(), ", ")[6:], ", "))
	assert.Equal(t, "40 mg, 40 mg, 40 mg, 40 mg, 40 mg, 40 mg, 56 mg, 56 mg, 28 mg, 28 mg", doses(s.plan))
	assert.Equal(t, ids, []schedule.ID{s.id(8), s.id(9), s.id(10)})
	assert.Equal(t, []string{"1", "2"}, []string{sessionAt(s.plan, 7).Protocol().Version(), sessionAt(s.plan, 8).Protocol().Version()})
	requireKept(t, s.plan)
}

// Gates and follow-ups are those of the protocol that holds: a decision made before stays
// to be seen, and sessions of phases that are only named alike reach no gate.
func TestGatesAndFollowUpsAfterASwitch(t *testing.T) {
	with := func(gate string) func(*protocol.Spec) {
		return func(s *protocol.Spec) {
			s.Gates = []protocol.Gate{
				{Name: gate, Phase: "induction", After: 2, Assess: "response"}, {Name: gate + " end", Phase: "weekly", Assess: "response"},
			}
			s.FollowUps = []protocol.FollowUpVisit{{Name: "check-in", Visit: protocol.Visit{Observation: 30 * time.Minute}, Days: []int{7}, Window: protocol.Window{Before: 2, After: 2}}}
		}
	}
	checkpoints := func(plan *schedule.Plan) (list []string) {
		for c := range plan.Checkpoints() {
			list = append(list, strings.TrimSpace(c.Gate.Name+" "+c.Date.String()+" "+decisionText(c.Decision)))
		}
		return list
	}
	followUps := func(plan *schedule.Plan) (list []string) {
		for v := range plan.OtherVisits() {
			list = append(list, v.Date.String()+" "+v.State.String())
		}
		return list
	}
	s := ketamineGiven(t, racemic(t, with("response")), 2)
	s.on("2026-03-05", schedule.Decided{Gate: "response", Then: protocol.Change, Reason: "no response", Who: "dr-1"})
	require.Equal(t, []string{"response 2026-03-05 change", "response end 2026-03-23"}, checkpoints(s.plan))
	require.Equal(t, []string{"2026-03-30 provisional"}, followUps(s.plan))
	s.on("2026-03-06", switchTo(nasalSpray(t, with("benefit")), "2026-03-19", 14))
	require.Equal(t, []string{"response 2026-03-05 change", "benefit 2026-03-23", "benefit end 2026-04-02"}, checkpoints(s.plan), "Thursday, then Monday; 3 days either side of Thursday 26 March and 2 April")
	require.Equal(t, []string{"2026-03-30 cancelled", "2026-04-09 provisional"}, followUps(s.plan), "7 days after 2 April")
	require.Equal(t, []string{"planned", "planned", "provisional", "provisional"}, states(s.plan, "esketamine"))
	requireKept(t, s.plan)
}

func decisionText(d protocol.Decision) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// states are those of the sessions that give a drug.
func states(plan *schedule.Plan, drug string) (list []string) {
	for _, s := range plan.All() {
		if s.Drug() == drug {
			list = append(list, s.State().String())
		}
	}
	return list
}

// After a stop a switch needs a reason, and goes on; so does it while held.
func TestSwitchedAfterAStopAndAHold(t *testing.T) {
	s := ketamineGiven(t, racemic(t, nil), 3).on("2026-03-10", schedule.Cancelled{Session: s4(t), By: schedule.ByClinical, Rest: true})
	require.Equal(t, schedule.Stopped, s.plan.Standing())
	what := switchTo(nasalSpray(t, nil), "2026-03-23", 14)
	_, err := s.try("2026-03-11", what)
	require.ErrorContains(t, err, "Reason: want a reason: the treatment was stopped")
	what.Reason = "relapse"
	s.on("2026-03-11", what)
	require.Equal(t, schedule.Active, s.plan.Standing())
	requireKept(t, s.plan)

	s = ketamineGiven(t, racemic(t, nil), 3).on("2026-03-10", schedule.Held{Session: s4(t)}).on("2026-03-11", what)
	require.Equal(t, schedule.Active, s.plan.Standing())
	require.Equal(t, []string{"given", "given", "given", "cancelled", "cancelled", "cancelled"}, states(s.plan, "ketamine"))
	require.Equal(t, []string{"planned", "planned", "planned", "planned"}, states(s.plan, "esketamine"))
	requireKept(t, s.plan)
}

// s4 is the id of the fourth session of the plans of these tests.
func s4(t *testing.T) schedule.ID {
	return sessionAt(ketamineGiven(t, racemic(t, nil), 0).plan, 4).ID()
}

// A level is that of its drug: the one given last of another counts as nothing given,
// one that was chosen stays with its treatment, and the first drug again goes on from
// where it was.
func TestLevelsOfEachDrug(t *testing.T) {
	titrated := func(id, drug string) *protocol.Protocol {
		p := levelPhase("treatment", "1/wk x4", "56 mg, or 84 mg or 112 mg")
		return compiled(t, protocol.Spec{ID: id, Version: "1", Drug: drug, Phases: []protocol.Phase{p}})
	}
	first, second := titrated("a", "ketamine"), titrated("b", "esketamine")
	s := living(t, request(first, weekdaysOnly(t), "2026-03-02"))
	give := func(ordinal int, mg string) {
		session := sessionAt(s.plan, ordinal)
		s.on(session.Date().String(), schedule.Given{Session: session.ID(), Date: session.Date(), Dose: dose.MustMass(mg)})
	}
	give(1, "56 mg")
	give(2, "84 mg")
	s.on("2026-03-10", schedule.DoseChosen{Session: s.id(3), Level: dose.MustLevel("112 mg"), Who: "dr-1"})
	require.Equal(t, "56 mg, 56 mg, 112 mg, 112 mg", doses(s.plan))
	s.on("2026-03-10", switchTo(second, "2026-03-16", 7))
	require.Equal(t, "56 mg, 56 mg, 112 mg, 56 mg, 112 mg, 56 mg, 56 mg, 56 mg", doses(s.plan), "3 and 4 are cancelled, on the days of new ones")
	allowed := func(ordinal int) (list []string) {
		for a := range sessionAt(s.plan, ordinal).Allowed() {
			list = append(list, a.Dose.String())
		}
		return list
	}
	require.Empty(t, allowed(4), "nothing was given of it: its own is the highest")
	give(4, "56 mg")
	require.Equal(t, []string{"84 mg"}, allowed(6))
	s.on("2026-03-17", switchTo(first, "2026-03-23", 7))
	last := s.plan.Len()
	require.Equal(t, "84 mg", sessionAt(s.plan, last).Dose().Dose().String(), "given last of ketamine")
	require.NotContains(t, strings.Join(findings(s.plan), "\n"), "step-too-large")
	requireKept(t, s.plan)
}

// Carry carries and Postpone postpones what a switch plans, as they do when a plan is
// built from that start.
func TestSwitchedPlansAsBuildDoes(t *testing.T) {
	closed := days("2026-03-24", "2026-03-27")
	for _, policy := range []schedule.ShortWeek{schedule.Drop, schedule.Postpone, schedule.Carry} {
		next := courseOf(t, "esk", "esketamine", nil, [3]string{"induction", "3/wk x2", "56 mg"}, [3]string{"later", "every 2w x2 from week 4", "56 mg"})
		r := request(racemic(t, nil), weekdaysOnly(t, closed...), "2026-03-02")
		r.ShortWeek = policy
		s := living(t, r).give(1).on("2026-03-03", switchTo(next, "2026-03-23", 14))
		alone := request(next, weekdaysOnly(t, closed...), "2026-03-23")
		alone.ShortWeek = policy
		want := living(t, alone)
		var got, wanted []string
		for _, session := range s.plan.All() {
			if session.Drug() == "esketamine" {
				got = append(got, session.Target().String()+" "+session.Date().String()+" "+session.Start().String()+" "+strconv.Itoa(session.Week()))
			}
		}
		for _, session := range want.plan.All() {
			wanted = append(wanted, session.Target().String()+" "+session.Date().String()+" "+session.Start().String()+" "+strconv.Itoa(session.Week()))
		}
		require.Equal(t, wanted, got, policy)
		requireKept(t, s.plan)
	}
}

// A switch that was decided for somebody else is withdrawn: what it cancelled has its
// days again under the protocol before, with weeks and windows counted from that one's
// start, and what it made stays as cancelled.
func TestSwitchedIsWithdrawn(t *testing.T) {
	old, next := racemic(t, nil), nasalSpray(t, nil)
	s := ketamineGiven(t, old, 3)
	before := s.calendar()
	weeks := func() (list []int) {
		for _, session := range s.plan.All() {
			if session.Drug() == "ketamine" {
				list = append(list, session.Week())
			}
		}
		return list
	}
	was := weeks()
	s.on("2026-03-10", switchTo(next, "2026-03-23", 14))
	id := ""
	for entry := range s.plan.History() {
		id = entry.Event.ID
	}
	s.on("2026-03-11", schedule.Corrected{Of: id, Reason: "another patient's", Who: "dr-1"})
	require.Equal(t, []string{"given", "given", "given", "planned", "planned", "planned"}, states(s.plan, "ketamine"))
	require.Equal(t, []string{"cancelled", "cancelled", "cancelled", "cancelled"}, states(s.plan, "esketamine"))
	kept := slices.DeleteFunc(strings.Split(s.calendar(), ", "), func(line string) bool { return strings.HasSuffix(line, "cancelled") })
	assert.Equal(t, before, strings.Join(kept, ", "))
	assert.Equal(t, was, weeks())
	assert.Equal(t, []any{day("2026-03-02"), old}, []any{s.plan.Start(), s.plan.Protocol()})
	assert.NotContains(t, strings.Join(findings(s.plan), "\n"), "not-restored")
	requireKept(t, s.plan)

	// The treatment goes on, and can be switched again.
	s.give(4)
	s.on("2026-03-12", switchTo(next, "2026-03-26", 14))
	require.Equal(t, schedule.Active, s.plan.Standing())
	requireKept(t, s.plan)

	// Not once something was given under it.
	s = ketamineGiven(t, old, 3).on("2026-03-10", switchTo(next, "2026-03-23", 14)).give(7)
	for entry := range s.plan.History() {
		if _, ok := entry.Event.What.(schedule.Switched); ok {
			id = entry.Event.ID
		}
	}
	_, err := s.try("2026-03-24", schedule.Corrected{Of: id, Reason: "another patient's", Who: "dr-1"})
	require.ErrorIs(t, err, schedule.ErrDependants)
}

// An adoption that is withdrawn leaves the sessions to come to the version before, also
// where their phase had another name in it.
func TestAdoptedIsWithdrawn(t *testing.T) {
	s := living(t, request(three(t, "1", "a", "b", "c"), weekdaysOnly(t), "2026-03-02")).give(1)
	before := string(s.plan.AppendJSON(nil))
	s.on("2026-03-03", schedule.Adopted{Protocol: three(t, "2", "x", "y", "z"), Phases: map[string]string{"a": "x", "b": "y", "c": "z"}, Who: "dr-1"})
	require.Equal(t, "x", sessionAt(s.plan, 2).Phase())
	s.on("2026-03-03", schedule.Corrected{Of: "e2", Reason: "not yet", Who: "dr-1"})
	for i, phase := range []string{"a", "a", "b", "b", "c", "c"} {
		require.Equal(t, []string{phase, "1"}, []string{sessionAt(s.plan, i+1).Phase(), sessionAt(s.plan, i+1).Protocol().Version()})
	}
	require.Contains(t, before, `"version":"1"`)
	requireKept(t, s.plan)
}

// A protocol cannot begin before the plan does, also where that is still to come.
func TestSwitchedBeforeTheFirstDay(t *testing.T) {
	r := request(bare(t, "1/wk x3", 7), weekdaysOnly(t), "2026-03-09")
	r.AsOf = noon("2026-03-02")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	_, err = plan.Apply(schedule.Event{ID: "e", What: switchTo(nasalSpray(t, nil), "2026-03-06", 14)}, noon("2026-03-03"))
	require.ErrorIs(t, err, schedule.ErrBeforeStart)
	require.ErrorContains(t, err, `Start "2026-03-06": want a date that is not before the plan's first day, 2026-03-09`)
}
