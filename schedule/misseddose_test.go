package schedule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// depot is an invented drug: 150 mg twice, a week apart, then every 4 weeks 50, 100 or
// 150 mg, with a table of missed doses that is worked by hand below.
func depot() protocol.Spec {
	five := protocol.Visit{Administration: 5 * time.Minute}
	return protocol.Spec{
		Drug: "examplamine",
		Phases: []protocol.Phase{
			{Name: "initiation", Cadence: protocol.MustCadence("weeks 0, 1"), Visit: five, Dose: dose.MustRule("150 mg"), MinGap: 3},
			{
				Name: "maintenance", Cadence: protocol.MustCadence("every 4w x6"), Visit: five, Dose: dose.MustRule("50 mg, or 100 mg or 150 mg"),
				Climb: protocol.ClimbFree, Follows: protocol.FollowsLastGiven, MinGap: 21,
				MissedDoses: []protocol.MissedDose{
					{From: 36, To: 42, Then: protocol.GiveNow, Source: "note"},
					{From: 43, To: 180, Condition: "stabilised on 100 mg or less", Then: protocol.GiveLevel, Dose: dose.MustLevel("100 mg"), Date: protocol.AtOnce, Source: "note"},
					{From: 43, To: 180, Condition: "stabilised on 150 mg", Then: protocol.RestartTitration, Date: protocol.OnDay, Days: 60, Source: "note"},
					{From: 181, To: 365, Then: protocol.RestartPhase, Phase: "initiation", Date: protocol.AtOnce, Source: "note"},
					{From: 366, Then: protocol.AskPrescriber},
				},
			},
		},
		Sources: []protocol.Source{{Key: "note", Citation: "a document that was never written", Facts: []protocol.Fact{
			{About: "/phases/1/missedDoses/0", Says: "up to 6 weeks: give it now", Quote: "as soon as possible", Grade: protocol.Primary},
		}}},
	}
}

// late is the depot from Mon 2025-01-06 on, given up to session 4, on Mon 2025-03-10, and
// missed from then on: the targets are 01-06, 01-13, 02-10, 03-10, 04-07, 05-05, 06-02 and
// 06-30.
func late(t *testing.T, change ...func(*protocol.Spec)) *story {
	t.Helper()
	spec := depot()
	for _, f := range change {
		f(&spec)
	}
	s := living(t, request(compiled(t, spec), everyDay(t), "2025-01-06"))
	for n, on := range []string{"2025-01-06", "2025-01-13", "2025-02-10", "2025-03-10"} {
		s.on(on, schedule.Given{Session: s.id(n + 1), Date: schedule.MustDate(on), Dose: dose.MustMass("150 mg")})
	}
	require.Equal(t, "2025-01-06 given 150 mg, 2025-01-13 given 150 mg, 2025-02-10 given 150 mg, 2025-03-10 given 150 mg, 2025-04-07 150 mg, 2025-05-05 150 mg, 2025-06-02 150 mg, 2025-06-30 150 mg", dosesOf(s.plan))
	return s
}

// dosesOf lists the sessions: date, state where it is not planned, and dose.
func dosesOf(plan *schedule.Plan) string {
	var list []string
	for _, s := range plan.All() {
		line := s.Date().String()
		if s.State() != schedule.StatePlanned {
			line += " " + s.State().String()
		}
		if s.State() != schedule.StateMissed {
			line += " " + s.Dose().Dose().String()
		}
		list = append(list, line)
	}
	return strings.Join(list, ", ")
}

// byTable returns the ways on that the table has from a session, with what each comes to.
func byTable(t *testing.T, s *story, asOf string, ordinal int) string {
	t.Helper()
	ways, err := s.plan.Repairs(noon(asOf), s.id(ordinal))
	require.NoError(t, err)
	var b strings.Builder
	for _, way := range ways {
		if way.Way != schedule.WayMissedDose {
			continue
		}
		fmt.Fprintf(&b, "%s\n", way.Text)
		if way.Condition != "" {
			fmt.Fprintf(&b, "  if %s\n", way.Condition)
		}
		fmt.Fprintf(&b, "  by %s %q\n", way.Source, way.Quote)
		if !way.Possible() {
			fmt.Fprintf(&b, "  not possible: %v\n", way.Err)
			continue
		}
		fmt.Fprintf(&b, "  %s\n", dosesOf(way.Plan))
		for _, f := range schedule.Validate(way.Plan) {
			require.NotEqual(t, schedule.MissedDoseDue, f.Code, way.Text)
		}
		again, err := s.plan.Replay(way.Entries...)
		require.NoError(t, err)
		require.Equal(t, way.Plan.Len(), again.Len())
	}
	return b.String()
}

// A conversation in a phase that gives no drug is no dose: the days go on from the last one.
func TestMissedDosesAfterAPhaseWithoutDrug(t *testing.T) {
	s := living(t, request(compiled(t, protocol.Spec{Drug: "examplamine", Phases: []protocol.Phase{
		{Name: "first", Cadence: protocol.MustCadence("1"), MinGap: 1, Visit: protocol.Visit{Administration: 5 * time.Minute}, Dose: dose.MustRule("50 mg")},
		{Name: "talk", Cadence: protocol.MustCadence("weeks 0, 4")},
		{
			Name: "second", Cadence: protocol.MustCadence("every 1w x2"), MinGap: 1, Visit: protocol.Visit{Administration: 5 * time.Minute}, Dose: dose.MustRule("50 mg"),
			MissedDoses: []protocol.MissedDose{{From: 30, Then: protocol.AskPrescriber}},
		},
	}}), everyDay(t), "2025-01-06"))
	first := sessionAt(s.plan, 1)
	s.on("2025-01-06", schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("50 mg")})
	for _, n := range []int{2, 3} {
		talk := sessionAt(s.plan, n)
		require.Equal(t, "talk", talk.Phase())
		s.on(talk.Date().String(), schedule.Given{Session: talk.ID(), Date: talk.Date()})
	}
	next := sessionAt(s.plan, 4)
	late, ok := next.Late()
	require.True(t, ok, "%d days after the last dose", int(next.Date()-first.Date()))
	require.Equal(t, first.Date(), late.Since)
	require.Equal(t, int(next.Date()-first.Date()), late.Days)
}

// The days since 10 March decide: 16 April is day 37, 1 May day 52, 15 September day 189,
// and 11 March a year later day 366.
func TestMissedDoseTableByHand(t *testing.T) {
	const given = "2025-01-06 given 150 mg, 2025-01-13 given 150 mg, 2025-02-10 given 150 mg, 2025-03-10 given 150 mg"
	for _, tt := range []struct{ name, asOf, want string }{
		{"not late yet", "2025-04-09", `43 to 180 days after the last dose, on Mon 2025-03-10: give level 100 mg at once, on Mon 2025-05-05
  if stabilised on 100 mg or less
  by a document that was never written (not verified against the source) ""
  ` + given + `, 2025-04-07 missed, 2025-05-05 100 mg, 2025-06-02 100 mg, 2025-06-30 100 mg, 2025-07-28 100 mg
43 to 180 days after the last dose, on Mon 2025-03-10: restart titration 60 days after the last dose, on Fri 2025-05-09
  if stabilised on 150 mg
  by a document that was never written (not verified against the source) ""
  ` + given + `, 2025-04-07 missed, 2025-05-09 50 mg, 2025-06-06 50 mg, 2025-07-04 50 mg, 2025-08-01 50 mg
`},
		{"day 37", "2025-04-16", `36 to 42 days after the last dose, on Mon 2025-03-10: give now, on Wed 2025-04-16
  by a document that was never written "as soon as possible"
  ` + given + `, 2025-04-07 missed, 2025-04-16 150 mg, 2025-05-14 150 mg, 2025-06-11 150 mg, 2025-07-09 150 mg
43 to 180 days after the last dose, on Mon 2025-03-10: give level 100 mg at once, on Mon 2025-05-05
  if stabilised on 100 mg or less
  by a document that was never written (not verified against the source) ""
  ` + given + `, 2025-04-07 missed, 2025-05-05 100 mg, 2025-06-02 100 mg, 2025-06-30 100 mg, 2025-07-28 100 mg
43 to 180 days after the last dose, on Mon 2025-03-10: restart titration 60 days after the last dose, on Fri 2025-05-09
  if stabilised on 150 mg
  by a document that was never written (not verified against the source) ""
  ` + given + `, 2025-04-07 missed, 2025-05-09 50 mg, 2025-06-06 50 mg, 2025-07-04 50 mg, 2025-08-01 50 mg
`},
		{"day 52", "2025-05-01", `43 to 180 days after the last dose, on Mon 2025-03-10: give level 100 mg at once, on Thu 2025-05-01
  if stabilised on 100 mg or less
  by a document that was never written (not verified against the source) ""
  ` + given + `, 2025-04-07 missed, 2025-05-01 100 mg, 2025-05-29 100 mg, 2025-06-26 100 mg, 2025-07-24 100 mg
43 to 180 days after the last dose, on Mon 2025-03-10: restart titration 60 days after the last dose, on Fri 2025-05-09
  if stabilised on 150 mg
  by a document that was never written (not verified against the source) ""
  ` + given + `, 2025-04-07 missed, 2025-05-09 50 mg, 2025-06-06 50 mg, 2025-07-04 50 mg, 2025-08-01 50 mg
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := late(t).on("2025-04-08", schedule.Missed{Session: sessionAt(late(t).plan, 5).ID()})
			require.Equal(t, tt.want, byTable(t, s, tt.asOf, 5))
		})
	}
	s := late(t)
	require.Equal(t, `181 to 365 days after the last dose, on Mon 2025-03-10: restart phase initiation at once, from Mon 2025-09-15
  by a document that was never written (not verified against the source) ""
  `+given+`, 2025-04-07 missed, 2025-09-15 150 mg, 2025-09-22 150 mg, 2025-10-20 150 mg, 2025-11-17 150 mg, 2025-12-15 150 mg, 2026-01-12 150 mg, 2026-02-09 150 mg, 2026-03-09 150 mg
`, byTable(t, s, "2025-09-15", 5))
	s = late(t)
	s.on("2025-04-08", schedule.Missed{Session: s.id(5)}).on("2025-04-08", schedule.Shifted{Session: s.id(6), Weeks: 50})
	require.Equal(t, `from 366 days on after the last dose, on Mon 2025-03-10: ask the prescriber, with every session to come on hold
  by none that the protocol names, not verified against the source ""
  `+given+`, 2025-04-07 missed, 2026-04-20 held 150 mg, 2026-05-18 held 150 mg, 2026-06-15 held 150 mg
`, byTable(t, s, "2026-03-11", 5))
}

// What was given otherwise than the table says is found, and what is to be given so.
func TestMissedDoseFindings(t *testing.T) {
	const table = `the table of missed doses of "maintenance" says for `
	const open = `the table of missed doses of "maintenance" says `
	due := func(n int, text string) string {
		return fmt.Sprintf("warning: session %d: %s [missed-dose-due]", n, text)
	}
	not := func(n int, text string) string {
		return fmt.Sprintf("warning: session %d: %s [missed-dose-not-followed]", n, text)
	}
	of := func(s *story) (list []string) {
		for _, f := range findings(s.plan) {
			if strings.Contains(f, "[missed-dose-") {
				list = append(list, f)
			}
		}
		return list
	}
	alternatives := "43 to 180 days: give level 100 mg at once if stabilised on 100 mg or less, or restart titration 60 days after the last dose if stabilised on 150 mg"
	missed := func() *story {
		s := late(t)
		return s.on("2025-04-08", schedule.Missed{Session: s.id(5)})
	}
	require.Empty(t, of(late(t)))
	require.Equal(t, []string{due(6, "planned 56 days after the dose before, Mon 2025-03-10: "+table+alternatives)}, of(missed()))

	give := func(s *story, day, mg, who string) *story {
		return s.on(day, schedule.Given{Session: s.id(6), Date: schedule.MustDate(day), Dose: dose.MustMass(mg), Who: who, Reason: "asked"})
	}
	require.Equal(t, []string{not(6, "150 mg given 56 days after the dose before: "+table+alternatives)}, of(give(missed(), "2025-05-05", "150 mg", "dr-1")))
	require.Empty(t, of(give(missed(), "2025-05-05", "100 mg", "dr-1")))
	require.Empty(t, of(give(missed(), "2025-05-05", "50 mg", "dr-1")))
	require.Empty(t, of(give(missed(), "2025-04-21", "150 mg", "dr-1")), "day 42")
	require.Equal(t, []string{not(6, "150 mg given 43 days after the dose before: "+table+alternatives)}, of(give(missed(), "2025-04-22", "150 mg", "dr-1")))
	require.Equal(t, []string{not(6, "150 mg given 181 days after the dose before: "+table+"181 to 365 days: restart phase initiation at once")}, of(give(missed(), "2025-09-07", "150 mg", "dr-1")))
	require.Equal(t, []string{not(6, "150 mg given 366 days after the dose before: "+open+"from 366 days on: ask the prescriber")}, of(give(missed(), "2026-03-11", "150 mg", "")))
	require.Empty(t, of(give(missed(), "2026-03-11", "150 mg", "dr-1")), "somebody was asked")

	// Nothing was given on a day on which the patient came: it is none to count from.
	s := missed()
	s.on("2025-05-05", schedule.Given{Session: s.id(6), Date: schedule.MustDate("2025-05-05"), Nothing: true})
	require.Equal(t, []string{due(7, "planned 84 days after the dose before, Mon 2025-03-10: "+table+alternatives)}, of(s))

	// After a restart the sessions are those of the phase that begins again.
	s = missed()
	s.on("2025-09-15", schedule.Restarted{Session: s.id(6), Date: schedule.MustDate("2025-09-15"), Phase: "initiation"})
	require.Empty(t, of(s))
	s.give(7)
	require.Empty(t, of(s))
}

// A bare record is judged by the table too, and so is what was given before a plan.
func TestMissedDoseRecord(t *testing.T) {
	p := compiled(t, depot())
	entry := func(day, mg, phase string) schedule.Given {
		return schedule.Given{Date: schedule.MustDate(day), Dose: dose.MustMass(mg), Phase: phase}
	}
	record := schedule.Record{
		Protocol: p, Start: schedule.MustDate("2025-01-06"), AsOf: noon("2025-06-01"), Zone: time.UTC,
		Given: []schedule.Given{entry("2025-01-06", "150 mg", ""), entry("2025-01-13", "150 mg", ""), entry("2025-02-10", "150 mg", ""), entry("2025-05-05", "150 mg", "")},
	}
	require.Contains(t, strings.Join(findingsOf(t, record), "\n"), `150 mg given 84 days after the dose before: the table of missed doses of "maintenance" says for 43 to 180 days`)
	record.Given[3].Dose = dose.MustMass("100 mg")
	require.NotContains(t, strings.Join(findingsOf(t, record), "\n"), "missed-dose")
	record.Given[3] = entry("2025-08-20", "150 mg", "initiation") // day 191: begun again
	record.AsOf = noon("2025-08-21")
	require.NotContains(t, strings.Join(findingsOf(t, record), "\n"), "missed-dose")

	spec := depot()
	spec.Phases = spec.Phases[1:]
	spec.Phases[0].MissedDoses = spec.Phases[0].MissedDoses[:3]
	spec.Sources = spec.Sources[:1]
	spec.Sources[0].Facts = nil
	r := request(compiled(t, spec), everyDay(t), "2025-01-06")
	r.GivenBefore = []schedule.GivenBefore{{Date: schedule.MustDate("2024-11-01"), Drug: "examplamine", Dose: dose.MustMass("150 mg")}}
	s := living(t, r)
	require.Contains(t, strings.Join(findings(s.plan), "\n"), "session 1: planned 66 days after the dose before, Fri 2024-11-01")
}

// Explain has what the table says of the dose that comes late, and of no other.
func TestMissedDoseExplained(t *testing.T) {
	s := late(t)
	s.on("2025-04-08", schedule.Missed{Session: s.id(5)})
	for n, want := range map[int]bool{4: false, 6: true, 7: false} {
		x, err := s.plan.Explain(s.id(n))
		require.NoError(t, err)
		require.Equal(t, want, strings.Contains(x.String(), "dose 56 days after the dose before, Mon 2025-03-10: the table of missed doses"), n)
	}
}

// In a phase whose doses follow the rule a level of the table is that of one dose.
func TestMissedDoseLevelOnce(t *testing.T) {
	s := late(t, func(spec *protocol.Spec) {
		p := &spec.Phases[1]
		p.Follows, p.Dose = protocol.FollowsRule, dose.MustRule("150 mg, or 50 mg or 100 mg")
		p.MissedDoses = p.MissedDoses[1:2]
		p.MissedDoses[0].Condition = ""
		spec.Sources[0].Facts = nil
	})
	require.Contains(t, byTable(t, s, "2025-05-01", 5), "2025-04-07 missed, 2025-05-01 100 mg, 2025-05-29 150 mg, 2025-06-26 150 mg, 2025-07-24 150 mg\n")
}
