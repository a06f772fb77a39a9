package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// three is a protocol of three phases with names, as a version.
func three(t *testing.T, version string, names ...string) *protocol.Protocol {
	t.Helper()
	phases := make([][3]string, len(names))
	for i, name := range names {
		phases[i] = [3]string{name, []string{"2/wk x1", "1/wk x2", "every 2w x2", "every 4w x1"}[i], "40 mg"}
	}
	return courseOf(t, "three", "ketamine", func(s *protocol.Spec) { s.Version = version }, phases...)
}

// A version has a phase for each that is still to come, by its name or as the event says.
func TestAdoptedByThePhasesStillToCome(t *testing.T) {
	for _, tt := range []struct {
		name   string
		next   []string
		phases map[string]string
		given  int
		want   string // of the refusal, "" where it is adopted
	}{
		{"the same names", []string{"a", "b", "c"}, nil, 1, ""},
		{"one more", []string{"a", "b", "c", "d"}, nil, 1, ""},
		{"mapped", []string{"x", "b", "c"}, map[string]string{"a": "x"}, 1, ""},
		{"all mapped", []string{"x", "y", "z"}, map[string]string{"a": "x", "b": "y", "c": "z"}, 1, ""},
		{"named again for itself", []string{"a", "b", "c"}, map[string]string{"b": "b"}, 1, ""},
		{"what is over need not be there", []string{"x", "b", "c"}, nil, 2, ""},
		{"one lacks", []string{"x", "b", "c"}, nil, 1, `Phases "a": want each phase still to come in three 2, or which of its phases goes on with it: "x", "b", "c"`},
		{"two lack", []string{"a", "y", "z"}, nil, 1, `Phases "b, c": want each phase still to come in three 2, or which of its phases goes on with it: "a", "y", "z"`},
		{"a later one lacks", []string{"a", "b"}, nil, 3, `Phases "c": want each phase still to come in three 2, or which of its phases goes on with it: "a", "b"`},
		{"mapped to none", []string{"x", "b", "c"}, map[string]string{"a": "y"}, 1, `Phases "y": want the name of a phase of three 2 to go on with "a": "x", "b", "c"`},
		{"mapped from none", []string{"x", "b", "c"}, map[string]string{"a": "x", "d": "b"}, 1, `Phases "d": want the name of a phase that is still to come: "a", "b", "c"`},
		{"mapped from what is over", []string{"x", "b", "c"}, map[string]string{"a": "x"}, 2, `Phases "a": want the name of a phase that is still to come: "b", "c"`},
		{"mapped twice", []string{"x", "y", "c"}, map[string]string{"a": "x", "b": "x"}, 1, `Phases "x": want each phase to go on with one of those still to come: both "a", "b" would go on in it`},
		{"mapped to one that has its own name", []string{"x", "b", "c"}, map[string]string{"a": "b"}, 1, `Phases "b": want each phase to go on with one of those still to come: both "a", "b" would go on in it`},
		{"another order", []string{"b", "a", "c"}, nil, 1, `Phases "b": want the phases still to come in the order that they have: it is after "a"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(three(t, "1", "a", "b", "c"), weekdaysOnly(t), "2026-03-02")).give(tt.given)
			before := s.plan
			next, err := s.try(sessionAt(s.plan, tt.given).Date().String(), schedule.Adopted{Protocol: three(t, "2", tt.next...), Phases: tt.phases, Who: "dr-1"})
			if tt.want != "" {
				require.ErrorIs(t, err, schedule.ErrEvent)
				require.EqualError(t, err, `event "e`+string(rune('1'+tt.given))+`" (adopted): `+tt.want)
				return
			}
			require.NoError(t, err)
			for i, session := range before.All() {
				now := sessionAt(next, i+1)
				require.Equal(t, session.ID(), now.ID())
				require.Equal(t, session.Date(), now.Date())
				name := session.Phase()
				if to := tt.phases[name]; to != "" && session.State() != schedule.StateGiven {
					name = to
				}
				require.Equal(t, name, now.Phase())
			}
			requireKept(t, next)
		})
	}
}

// The gate at the end of a phase that goes on under another name follows its last
// session, whichever of the versions it was given under.
func TestGateOfAPhaseThatGoesOnUnderAnotherName(t *testing.T) {
	gated := func(version, name string) *protocol.Protocol {
		return courseOf(t, "gated", "ketamine", func(s *protocol.Spec) {
			s.Version = version
			s.Gates = []protocol.Gate{{Name: "response", Phase: name, Assess: "response"}}
		}, [3]string{name, "2/wk x2", "40 mg"}, [3]string{"weekly", "1/wk x2", "40 mg"})
	}
	s := living(t, request(gated("1", "induction"), weekdaysOnly(t), "2026-03-02")).give(3)
	s.on("2026-03-10", schedule.Adopted{Protocol: gated("2", "start"), Phases: map[string]string{"induction": "start"}, Who: "dr-1"})
	for c := range s.plan.Checkpoints() {
		assert.Equal(t, []any{4, day("2026-03-12")}, []any{c.Session, c.Date})
	}
	s.give(4)
	s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Extend, Sessions: 1, Reason: "partial", Who: "dr-1"})
	require.Equal(t, "start", sessionAt(s.plan, 5).Phase())
	require.Equal(t, 5, sessionAt(s.plan, 5).Number())
	requireKept(t, s.plan)
}

// After a stop a version goes on with what the stop cancelled, for a reason.
func TestAdoptedAfterAStop(t *testing.T) {
	s := living(t, request(three(t, "1", "a", "b", "c"), weekdaysOnly(t), "2026-03-02")).give(2)
	s.on("2026-03-06", schedule.Cancelled{Session: s.id(3), By: schedule.ByClinical, Rest: true})
	_, err := s.try("2026-03-09", schedule.Adopted{Protocol: three(t, "2", "a", "b", "c"), Who: "dr-1"})
	require.ErrorContains(t, err, "Reason: want a reason: the treatment was stopped")
	_, err = s.try("2026-03-09", schedule.Adopted{Protocol: three(t, "2", "a", "b", "x"), Who: "dr-1", Reason: "relapse"})
	require.ErrorContains(t, err, `Phases "c": want each phase`)
	s.on("2026-03-09", schedule.Adopted{Protocol: three(t, "2", "a", "b", "c"), Who: "dr-1", Reason: "relapse"})
	require.Equal(t, schedule.Active, s.plan.Standing())
	var coming []string
	for _, session := range s.plan.All() {
		if session.State() == schedule.StatePlanned {
			coming = append(coming, session.Phase()+" "+session.Date().String())
		}
	}
	// Weekly from Monday 9 March, then two weeks after Monday 16 March.
	require.Equal(t, "b 2026-03-09, b 2026-03-16, c 2026-03-30, c 2026-04-13", strings.Join(coming, ", "))
	require.Equal(t, 6, s.plan.On(day("2026-03-09")).Of, "nobody makes up for what is planned anew")
	requireKept(t, s.plan)
}

// The tasks, the length and the dose of a session are those of its phase in the version.
func TestAdoptedDoseByTheMappedPhase(t *testing.T) {
	s := living(t, request(three(t, "1", "a", "b", "c"), weekdaysOnly(t), "2026-03-02")).give(1)
	next := courseOf(t, "three", "ketamine", func(spec *protocol.Spec) {
		spec.Version = "2"
		spec.Phases[0].Dose, spec.Phases[0].Visit.Observation = dose.MustRule("30 mg"), time.Hour
	}, [3]string{"start", "2/wk x1", "40 mg"}, [3]string{"b", "1/wk x2", "20 mg"}, [3]string{"c", "every 2w x2", "10 mg"})
	s.on("2026-03-03", schedule.Adopted{Protocol: next, Phases: map[string]string{"a": "start"}, Who: "dr-1"})
	require.Equal(t, "40 mg, 30 mg, 20 mg, 20 mg, 10 mg, 10 mg", doses(s.plan))
	require.Equal(t, []time.Duration{160 * time.Minute, 100 * time.Minute}, []time.Duration{sessionAt(s.plan, 1).Length(), sessionAt(s.plan, 2).Length()})
}

// What a phase has had under one version counts for the one that goes on with it: more
// of it follows the last, on Thu 03-12, in the rhythm that the version has. The weekly
// sessions follow as far from the last as the version has them, by whole weeks.
func TestExtendedAfterAVersion(t *testing.T) {
	gated := func(version, cadence string) *protocol.Protocol {
		return courseOf(t, "gated", "ketamine", func(s *protocol.Spec) {
			s.Version = version
			s.Gates = []protocol.Gate{{Name: "response", Phase: "induction", Assess: "response"}}
		}, [3]string{"induction", cadence, "40 mg"}, [3]string{"weekly", "1/wk x2", "40 mg"})
	}
	for _, tt := range []struct{ old, now, want string }{
		// 4 days after Thu 03-19 is Mon 03-23.
		{"2/wk x2", "2/wk x2", "Mon 2026-03-16, Thu 2026-03-19, Mon 2026-03-23, Mon 2026-03-30"},
		// Another rhythm begins with the week after the last. From its Friday to the next
		// Monday are 3 days, so the weekly ones were on Sundays from 03-15 on.
		{"2/wk x2", "3/wk x2", "Mon 2026-03-16, Wed 2026-03-18, Sun 2026-03-22, Sun 2026-03-29"},
		// 10 days after the last, also to the weekly ones: Sun 03-22, now after 04-11.
		{"2/wk x2", "every 10d x3", "Sun 2026-03-22, Wed 2026-04-01, Sun 2026-04-12, Sun 2026-04-19"},
		// The week begins where the next would have been, on 03-22; 4 days after 03-25 is 03-29.
		{"every 10d x2", "2/wk x2", "Sun 2026-03-22, Wed 2026-03-25, Mon 2026-03-30, Mon 2026-04-06"},
		{"days 1, 4 of 7 x2", "2/wk x2", "Mon 2026-03-16, Thu 2026-03-19, Mon 2026-03-23, Mon 2026-03-30"},
		{"days 1, 4 of 7 x2", "days 1, 4 of 7 x3", "Mon 2026-03-16, Thu 2026-03-19, Mon 2026-03-23, Mon 2026-03-30"},
	} {
		t.Run(tt.old+" and "+tt.now, func(t *testing.T) {
			s := living(t, request(gated("1", tt.old), everyDay(t), "2026-03-02"))
			last := 0
			for _, session := range s.plan.All() {
				if session.Phase() == "induction" {
					last = session.Ordinal()
				}
			}
			s.give(last)
			on := sessionAt(s.plan, last).Date().String()
			s.on(on, schedule.Adopted{Protocol: gated("2", tt.now), Who: "dr-1"})
			s.on(on, schedule.Decided{Gate: "response", Then: protocol.Extend, Sessions: 2, Reason: "partial", Who: "dr-1"})
			require.Equal(t, []any{"induction", last + 1}, []any{sessionAt(s.plan, last+1).Phase(), sessionAt(s.plan, last+1).Number()})
			require.Equal(t, tt.want, strings.ReplaceAll(strings.Join(strings.Split(s.calendar(), ", ")[last:], ", "), " provisional", ""))
			requireKept(t, s.plan)
		})
	}
}

// A step back to a phase that was over before the version was adopted has its rhythm.
func TestSteppedBackBeforeAVersion(t *testing.T) {
	s := living(t, request(three(t, "1", "a", "b", "c"), weekdaysOnly(t), "2026-03-02")).give(3) // 03-02, 03-05; 03-09
	s.on("2026-03-09", schedule.Adopted{Protocol: three(t, "2", "a", "b", "c"), Who: "dr-1"})
	s.on("2026-03-16", schedule.Missed{Session: s.id(4)})
	s.on("2026-03-17", schedule.SteppedBack{Session: s.id(5), To: "a", Sessions: 3, Reason: "relapse"})
	require.Equal(t, "Mon 2026-03-02 given, Thu 2026-03-05 given, Mon 2026-03-09 given, Mon 2026-03-16 missed, "+
		"Thu 2026-03-19, Mon 2026-03-23, Thu 2026-03-26", s.calendar())
	require.Equal(t, []any{"a", 3}, []any{sessionAt(s.plan, 5).Phase(), sessionAt(s.plan, 5).Number()})
	requireKept(t, s.plan)
}

// Shifted by weeks, each session is at its own target and so many weeks, also where months
// were counted from one day: from 01-27 to 02-27, 03-27 and 04-27. What is appended goes
// on from there, 05-27 and a week.
func TestShiftedMonths(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x4 then every 1mo x3", 2), everyDay(t), "2025-01-06")).give(4)
	require.Equal(t, "2025-02-27 2025-03-27 2025-04-27", strings.Join(strings.Fields(targets(s.plan))[4:], " "))
	s.on("2025-02-28", schedule.Missed{Session: s.id(5)}).on("2025-02-28", schedule.Shifted{Session: s.id(5), Weeks: 1})
	require.Equal(t, "2025-02-27 2025-03-06 2025-04-03 2025-05-04", strings.Join(strings.Fields(targets(s.plan))[4:], " "))
	x, err := s.plan.Explain(s.id(7))
	require.NoError(t, err)
	require.Equal(t, "every 1mo x3: 2 intervals of 1mo after Mon 2025-01-27, postponed by 1 week", x.TargetRule)
	for _, f := range schedule.Validate(s.plan) {
		require.NotEqual(t, schedule.LaterWeeks, f.Code, "nobody postponed it for room")
	}
	requireKept(t, s.plan)
	s.on("2025-03-06", schedule.Cancelled{Session: s.id(6), By: schedule.ByPatient}).on("2025-03-06", schedule.Appended{Session: s.id(6)})
	require.Equal(t, "2025-02-27 2025-03-06 2025-04-03 2025-05-04 2025-06-03", strings.Join(strings.Fields(targets(s.plan))[4:], " "))
	s.on("2025-03-06", schedule.Shifted{Session: s.id(7), Weeks: 2})
	require.Equal(t, "2025-02-27 2025-03-06 2025-04-17 2025-05-18 2025-06-17", strings.Join(strings.Fields(targets(s.plan))[4:], " "))
	// Counted again from a day, months are counted from that.
	s.on("2025-03-06", schedule.Reanchored{Session: s.id(7), Date: day("2025-04-20")})
	require.Equal(t, "2025-02-27 2025-03-06 2025-04-20 2025-05-20 2025-06-20", strings.Join(strings.Fields(targets(s.plan))[4:], " "))
	requireKept(t, s.plan)
}

// A version whose cadence cannot be counted from the plan's start is refused, as Build
// refuses it: four weeks from 2026-03-02 end on 03-29, and week 4 begins on 03-23.
func TestAdoptedThatCannotBeCounted(t *testing.T) {
	s := living(t, request(version(t, bare(t, "1/wk x4", 1), "1"), everyDay(t), "2026-03-02"))
	before := string(schedule.FormatPlan(s.plan))
	_, err := s.try("2026-03-02", schedule.Adopted{Protocol: version(t, bare(t, "1/wk x4 then every 2w x3 from week 4", 1), "2"), Who: "dr-1"})
	require.ErrorContains(t, err, `event "e1" (adopted): Protocol "course 2": `)
	require.ErrorContains(t, err, "want a first session after every earlier target: week 4 begins on 2026-03-23, the target before it is 2026-03-23")
	require.Equal(t, before, string(schedule.FormatPlan(s.plan)))
}

// A treatment that was stopped before anything was given goes on with all of it.
func TestAdoptedAfterAStopOfAll(t *testing.T) {
	s := living(t, request(three(t, "1", "a", "b", "c"), weekdaysOnly(t), "2026-03-02"))
	s.on("2026-03-02", schedule.Cancelled{Session: s.id(1), By: schedule.ByClinical, Rest: true})
	s.on("2026-03-02", schedule.Adopted{Protocol: three(t, "2", "a", "b", "c"), Who: "dr-1", Reason: "agreed after all"})
	var coming []string
	for _, session := range s.plan.All() {
		if session.State() == schedule.StatePlanned {
			coming = append(coming, session.Phase()+" "+session.Date().String())
		}
	}
	require.Equal(t, "a 2026-03-02, a 2026-03-05, b 2026-03-09, b 2026-03-16, c 2026-03-30, c 2026-04-13", strings.Join(coming, ", "))
	requireKept(t, s.plan)
}

// The sums of the version that holds are judged with all that was given: three doses of
// 40 mg were, and the version has at most 180 mg of all, so a fifth leaves no room.
func TestAdoptedSums(t *testing.T) {
	most := func(version, most string) *protocol.Protocol {
		return courseOf(t, "sums", "ketamine", func(s *protocol.Spec) {
			s.Version = version
			s.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass(most)}}}
		}, [3]string{"weekly", "1/wk x5", "40 mg"})
	}
	s := living(t, request(most("1", "400 mg"), weekdaysOnly(t), "2026-03-02")).give(3)
	require.NoError(t, sessionAt(s.plan, 5).DoseError())
	s.on("2026-03-17", schedule.Adopted{Protocol: most("2", "180 mg"), Who: "dr-1"})
	require.NoError(t, sessionAt(s.plan, 4).DoseError(), "160 mg")
	require.ErrorIs(t, sessionAt(s.plan, 5).DoseError(), schedule.ErrCumulative, "200 mg")
}

// Where nothing is to come, the version goes on with the session after as many as the
// cadence has had: three weekly ones, on 03-02, 03-09 and 03-16, so that a version of
// four has one more. One that makes up for another counts in its place, one that was
// only added does not, and the next comes a week after the last.
func TestAdoptedWhenNothingIsToCome(t *testing.T) {
	version := func(version, cadence string) *protocol.Protocol {
		return courseOf(t, "long", "ketamine", func(s *protocol.Spec) { s.Version = version }, [3]string{"weekly", cadence, "40 mg"})
	}
	for _, tt := range []struct {
		name string
		run  func(s *story)
		want string // after what was settled
	}{
		{"given as planned", func(s *story) { s.give(3) }, "Mon 2026-03-23"},
		{"missed", func(s *story) { s.on("2026-03-02", schedule.Missed{Session: s.id(1)}).give(3) }, "Mon 2026-03-23"},
		{"appended", func(s *story) {
			s.on("2026-03-02", schedule.Missed{Session: s.id(1)}).on("2026-03-02", schedule.Appended{Session: s.id(1)}).give(4)
		}, "Mon 2026-03-30"},
		{"made up for by one added", func(s *story) {
			s.on("2026-03-02", schedule.Missed{Session: s.id(1)}).on("2026-03-02", schedule.Added{Date: day("2026-03-04"), For: s.id(1)}).give(4)
		}, "Mon 2026-03-23"},
		{"one more added", func(s *story) { s.on("2026-03-02", schedule.Added{Date: day("2026-03-04")}).give(4) }, "Mon 2026-03-23"},
		{"shifted", func(s *story) { s.on("2026-03-02", schedule.Shifted{Session: s.id(1), Weeks: 2}).give(3) }, "Mon 2026-04-06"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(version("1", "1/wk x3"), weekdaysOnly(t), "2026-03-02"))
			tt.run(s)
			settled := s.calendar()
			s.on(settled[strings.LastIndex(settled, "2026-"):][:len("2026-03-02")], schedule.Adopted{Protocol: version("2", "1/wk x4"), Who: "dr-1"})
			assert.Equal(t, settled+", "+tt.want, s.calendar())
			requireKept(t, s.plan)
		})
	}
}

// A version with another distance counts it from the last session that was not
// cancelled: two weeks from 03-02, not from 03-09.
func TestAdoptedAfterACancelledSession(t *testing.T) {
	version := func(version, cadence string) *protocol.Protocol {
		return courseOf(t, "slower", "ketamine", func(s *protocol.Spec) { s.Version = version }, [3]string{"weekly", cadence, "40 mg"})
	}
	s := living(t, request(version("1", "1/wk x4"), weekdaysOnly(t), "2026-03-02")).give(1)
	s.on("2026-03-03", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
	s.on("2026-03-03", schedule.Adopted{Protocol: version("2", "every 2w x4"), Who: "dr-1"})
	assert.Equal(t, "Mon 2026-03-02 given, Mon 2026-03-09 cancelled, Mon 2026-03-16, Mon 2026-03-30", s.calendar())
	requireKept(t, s.plan)
}

// After a switch the sessions of the treatment that holds are counted, not those of the
// one before.
func TestAdoptedAfterASwitchWhenNothingIsToCome(t *testing.T) {
	s := ketamineGiven(t, racemic(t, nil), 3)
	s.on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-23", 14)).give(s.plan.Len())
	settled := s.calendar()
	next := courseOf(t, "esk", "esketamine", func(s *protocol.Spec) { s.Version = "2" }, [3]string{"induction", "2/wk x1", "56 mg"}, [3]string{"weekly", "1/wk x3", "56 mg"})
	s.on("2026-04-06", schedule.Adopted{Protocol: next, Who: "dr-1"})
	assert.Equal(t, settled+", Mon 2026-04-13", s.calendar())
	requireKept(t, s.plan)
}
