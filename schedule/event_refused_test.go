package schedule_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// gated is a protocol of two phases with a gate between them and doses per
// kilogram.
func gated(t *testing.T, version string, more ...protocol.Phase) *protocol.Protocol {
	t.Helper()
	induction, maintenance := phase("2/wk x2", taperRule), phase("every 1w x3", taperRule)
	induction.Name, maintenance.Name = "induction", "maintenance"
	return compiled(t, protocol.Spec{
		ID: "gated", Version: version, Phases: append([]protocol.Phase{induction, maintenance}, more...),
		Gates: []protocol.Gate{{
			Name: "response", Phase: "induction", Assess: "response",
			Outcomes: []protocol.Outcome{{When: "response", Then: protocol.Continue}, {When: "no response", Then: protocol.Stop}},
		}},
	})
}

// gatedStory begins on Monday 2025-01-06: 01-06, 01-09, 01-13, 01-16, then
// 01-23, 01-30 and 02-06.
func gatedStory(t *testing.T) *story {
	t.Helper()
	r := request(gated(t, "1"), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
	return living(t, r)
}

// taperStory begins on Monday 2025-01-06: 01-06, 01-08, 01-10, 01-13, 01-16, then
// the Mondays 01-20, 01-27 and 02-03.
func taperStory(t *testing.T) *story {
	t.Helper()
	return living(t, request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06"))
}

// endlessStory has a session every Monday to 2025-02-03.
func endlessStory(t *testing.T) *story {
	t.Helper()
	r := request(bare(t, "every 1w", 2), weekdaysOnly(t), "2025-01-06")
	r.Until = day("2025-02-03")
	return living(t, r)
}

func clock(t *testing.T, text string) clinic.TimeOfDay {
	t.Helper()
	c, err := clinic.ParseTimeOfDay(text)
	require.NoError(t, err)
	return c
}

// A refusal is an event that a plan refuses.
type refusal struct {
	name  string
	story func(t *testing.T) *story
	asOf  string
	what  func(t *testing.T, s *story) schedule.Happening
	err   error
	want  string
}

// requireNamed checks that a refusal has the name of a field, the value that was found there
// and what was wanted, each in its place.
func requireNamed(t *testing.T, err error) {
	t.Helper()
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	require.Regexp(t, `^([A-Z][A-Za-z]*( \d+)?|plan|as-of)$`, refused.Field)
	require.NotContains(t, refused.Value, "want ")
	require.NotEqual(t, refused.Field, refused.Value)
	require.NotEmpty(t, refused.Want)
}

// requireRefused checks that each event is refused by name, and that the plan is
// as it was.
func requireRefused(t *testing.T, table []refusal) {
	t.Helper()
	for _, tt := range table {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story(t)
			what := tt.what(t, s)
			before := string(schedule.FormatPlan(s.plan))
			plan, err := s.plan.Apply(schedule.Event{ID: "e", What: what}, noon(tt.asOf))
			require.Nil(t, plan)
			require.ErrorIs(t, err, tt.err)
			refused, ok := errors.AsType[*schedule.EventError](err)
			require.True(t, ok)
			require.Equal(t, "e", refused.Event)
			requireNamed(t, err)
			require.EqualError(t, err, tt.want)
			require.Equal(t, before, string(schedule.FormatPlan(s.plan)))
		})
	}
}

func TestRefusedSessions(t *testing.T) {
	given := func(session int, date string) func(*testing.T, *story) schedule.Happening {
		return func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(session), Date: day(date)}
		}
	}
	unknown := func(t *testing.T) schedule.ID {
		id, err := schedule.ParseID("abcdefghijklmnop")
		require.NoError(t, err)
		return id
	}
	requireRefused(t, []refusal{
		{"unknown session", taperStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Given{Session: unknown(t), Date: day("2025-01-06")}
		}, schedule.ErrUnknownSession, `event "e" (given): Session "abcdefghijklmnop": want the id of a session of the plan`},
		{"unknown missed", taperStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening { return schedule.Missed{Session: unknown(t)} }, schedule.ErrUnknownSession, `event "e" (missed): Session "abcdefghijklmnop": want the id of a session of the plan`},
		{"unknown held", taperStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening { return schedule.Held{Session: unknown(t)} }, schedule.ErrUnknownSession, `event "e" (held): Session "abcdefghijklmnop": want the id of a session of the plan`},
		{"unknown moved", taperStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Moved{Session: unknown(t), Date: day("2025-01-07")}
		}, schedule.ErrUnknownSession, `event "e" (moved): Session "abcdefghijklmnop": want the id of a session of the plan`},
		{"unknown made up for", taperStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Added{For: unknown(t), Date: day("2025-01-07")}
		}, schedule.ErrUnknownSession, `event "e" (added): For "abcdefghijklmnop": want the id of a session of the plan`},
		{"no date", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening { return schedule.Given{Session: s.id(1)} }, schedule.ErrEvent, `event "e" (given): Date: want a date`},
		{"a date of another century", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2200-12-31") + 1}
		}, schedule.ErrEvent, `event "e" (given): Date "2201-01-01": want a date from 1900-01-01 to 2200-12-31`},
		{"after the as-of date", taperStory, "2025-01-06", given(1, "2025-01-07"), schedule.ErrFuture, `event "e" (given): Date "2025-01-07": want a date that is not after the as-of one, 2025-01-06`},
		{"given twice", func(t *testing.T) *story { return taperStory(t).give(1) }, "2025-01-08", given(1, "2025-01-08"), schedule.ErrSettled, `event "e" (given): Session "cogrtahqdnxcjr6c": want a session that was not given yet: session 1 was, on Mon 2025-01-06; what is wrong with that is put right by a correction`},
		{"left out", func(t *testing.T) *story {
			r := request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t, "2025-01-08", "2025-01-10"), "2025-01-06")
			r.ShortWeek = schedule.Drop
			return living(t, r)
		}, "2025-01-09", func(t *testing.T, s *story) schedule.Happening {
			require.False(t, sessionAt(s.plan, 3).Placed())
			return schedule.Missed{Session: s.id(3)}
		}, schedule.ErrSettled, `event "e" (missed): Session "6g6gu3iydfj7anm3": want a session that is to take place: session 3 was left out`},
		{"start at midnight", taperStory, "2025-01-06", func(t *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Start: clock(t, "24:00")}
		}, schedule.ErrEvent, `event "e" (given): Start "24:00": want a time before 24:00`},
		{"end without a start", taperStory, "2025-01-07", func(t *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2025-01-07"), End: clock(t, "09:00")}
		}, schedule.ErrEvent, `event "e" (given): Start: want the time at which the visit began, since it has one at which it ended`},
		{"ended tomorrow", taperStory, "2025-01-06", func(t *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Start: clock(t, "10:00"), End: clock(t, "09:59")}
		}, schedule.ErrFuture, `event "e" (given): End "09:59": want a time that is not after the as-of one, 2025-01-06 12:00`},
		{"a weight that cannot be", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("36 mg"), Weight: dose.MustWeight("7.2 kg")}
		}, dose.ErrImplausible, `event "e" (given): Weight "7.2 kg": implausible measurement: weight "7.2 kg": want at least 22.7 kg`},
		{"missed in the future", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening { return schedule.Missed{Session: s.id(2)} }, schedule.ErrFuture, `event "e" (missed): Session "dv4cxbe7sxnx42pk": want a session that can have been missed: session 2 is on Wed 2025-01-08 08:00, the as-of is 2025-01-06 12:00`},
		{"cancelled by nobody", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening { return schedule.Cancelled{Session: s.id(2)} }, schedule.ErrEvent, `event "e" (cancelled): By: want who cancelled it: the patient, the provider, the clinic, or a clinical reason`},
		{"cancelled after given", func(t *testing.T) *story { return taperStory(t).give(1) }, "2025-01-08", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient}
		}, schedule.ErrSettled, `event "e" (cancelled): Session "cogrtahqdnxcjr6c": want a session that is to take place: session 1 was given on Mon 2025-01-06`},
		{"moved out of its window", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(3), Date: day("2025-01-13")}
		}, schedule.ErrNoDay, `event "e" (moved): Date "2025-01-13": want a day in the window of session 3, Mon 2025-01-06 to Sun 2025-01-12, or a reason and who decided for one outside it`},
		{"moved to a closed day", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(3), Date: day("2025-01-11")}
		}, schedule.ErrNoDay, `event "e" (moved): Date "2025-01-11": want another day: closed (not open on Saturdays)`},
		{"moved too close", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(3), Date: day("2025-01-09")}
		}, schedule.ErrNoDay, `event "e" (moved): Date "2025-01-09": want a day at least 2 days from session 2 on Wed 2025-01-08`},
		{"moved past another", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(2), Date: day("2025-01-10")}
		}, schedule.ErrNoDay, `event "e" (moved): Date "2025-01-10": want a day that keeps the order of the sessions: session 3 is on Fri 2025-01-10`},
		{"moved to a time without hours", taperStory, "2025-01-06", func(t *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(3), Date: day("2025-01-10"), Start: clock(t, "22:00")}
		}, schedule.ErrNoDay, `event "e" (moved): Start "22:00": want a time at which an opening of the clinic holds 0 minutes on Fri 2025-01-10`},
		{"moved to midnight", taperStory, "2025-01-06", func(t *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(3), Date: day("2025-01-10"), Start: clock(t, "24:00")}
		}, schedule.ErrEvent, `event "e" (moved): Start "24:00": want a time before 24:00`},
		{"moved into the past", taperStory, "2025-01-10", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(3), Date: day("2025-01-09")}
		}, schedule.ErrOrder, `event "e" (moved): Date "2025-01-09": want a date that is not before the as-of one, 2025-01-10`},
		{"moved nowhere", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening { return schedule.Moved{Session: s.id(3)} }, schedule.ErrEvent, `event "e" (moved): Date: want a date`},
		{"added before what was given", func(t *testing.T) *story { return taperStory(t).give(2) }, "2025-01-09", func(*testing.T, *story) schedule.Happening { return schedule.Added{Date: day("2025-01-07")} }, schedule.ErrOrder, `event "e" (added): Date "2025-01-07": want a date after that of session 2, which was given on Wed 2025-01-08`},
		{"added before the start", taperStory, "2025-01-06", func(*testing.T, *story) schedule.Happening { return schedule.Added{Date: day("2025-01-05")} }, schedule.ErrBeforeStart, `event "e" (added): Date "2025-01-05": want a date that is not before the plan's start, 2025-01-06`},
		{"added to an unknown phase", taperStory, "2025-01-06", func(*testing.T, *story) schedule.Happening {
			return schedule.Added{Date: day("2025-01-17"), Phase: "taper"}
		}, schedule.ErrEvent, `event "e" (added): Phase "taper": want the name of a phase of the protocol`},
		{"added at midnight", taperStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Added{Date: day("2025-01-06"), Start: clock(t, "24:00")}
		}, schedule.ErrEvent, `event "e" (added): Start "24:00": want a time before 24:00`},
		{"added too close", taperStory, "2025-01-06", func(*testing.T, *story) schedule.Happening { return schedule.Added{Date: day("2025-01-17")} }, schedule.ErrNoDay, `event "e" (added): Date "2025-01-17": want a day at least 2 days from session 5 on Thu 2025-01-16`},
		{"made up for though planned", taperStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Added{Date: day("2025-01-09"), For: s.id(2)}
		}, schedule.ErrSettled, `event "e" (added): For "dv4cxbe7sxnx42pk": want a session that was missed, cancelled or left out: session 2 is planned`},
		{"made up for out of its window", func(t *testing.T) *story {
			s := taperStory(t)
			return s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
		}, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Added{Date: day("2025-01-17"), For: s.id(1)}
		}, schedule.ErrNoDay, `event "e" (added): Date "2025-01-17": want a day in the window of session 1, Mon 2025-01-06 to Sun 2025-01-12`},
		{"made up for in another phase", func(t *testing.T) *story {
			s := taperStory(t)
			return s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
		}, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Added{Date: day("2025-01-07"), For: s.id(1), Phase: "taper"}
		}, schedule.ErrEvent, `event "e" (added): Phase "taper": want none, or that of the session it makes up for, "all"`},
		{"made up for twice", func(t *testing.T) *story {
			s := taperStory(t)
			s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
			return s.on("2025-01-06", schedule.Appended{Session: s.id(1)})
		}, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening { return schedule.Appended{Session: s.id(1)} }, schedule.ErrSettled, `event "e" (appended): Session "cogrtahqdnxcjr6c": want a session that no other makes up for yet`},
	})
}

func TestRefusedCourses(t *testing.T) {
	missed := func(t *testing.T) *story {
		s := taperStory(t).give(5)
		return s.on("2025-01-20", schedule.Missed{Session: s.id(6)})
	}
	requireRefused(t, []refusal{
		{"resumed though not held", taperStory, "2025-01-06", func(*testing.T, *story) schedule.Happening { return schedule.Resumed{} }, schedule.ErrOrder, `event "e" (resumed): Session: want a treatment that is held`},
		{"held though missed", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening { return schedule.Held{Session: s.id(6)} }, schedule.ErrSettled, `event "e" (held): Session "wyp3ryxb6wxrqjoj": want a session that is to take place: session 6 was missed on Mon 2025-01-20`},
		{"shifted earlier", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening { return schedule.Shifted{Session: s.id(6), Weeks: -1} }, schedule.ErrEvent, `event "e" (shifted): Weeks "-1": want 0 to 520 weeks`},
		{"shifted though given", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening { return schedule.Shifted{Session: s.id(1), Weeks: 1} }, schedule.ErrSettled, `event "e" (shifted): Session "cogrtahqdnxcjr6c": want a session that was not given: session 1 was, on Mon 2025-01-06`},
		{"shifted out of the calendar", func(t *testing.T) *story {
			r := request(bare(t, "every 1w x3", 2), weekdaysOnly(t), "2195-01-05")
			return living(t, r)
		}, "2195-01-05", func(_ *testing.T, s *story) schedule.Happening { return schedule.Shifted{Session: s.id(2), Weeks: 520} }, schedule.ErrNoDay, `event "e" (shifted): plan "2205-01-03": want a plan that ends by 2200-12-31`},
		{"extended out of the calendar", func(t *testing.T) *story {
			r := request(gated(t, "1"), weekdaysOnly(t), "2199-01-07")
			r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
			return living(t, r).give(4)
		}, "2199-01-18", func(*testing.T, *story) schedule.Happening {
			return schedule.Decided{Gate: "response", Then: protocol.Extend, Sessions: 210, Reason: "slow", Who: "attending"}
		}, schedule.ErrNoDay, `event "e" (decided): plan "210 sessions": want a plan that ends by 2200-12-31`},
		{"anchored again into the past", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Reanchored{Session: s.id(6), Date: day("2025-01-19")}
		}, schedule.ErrOrder, `event "e" (reanchored): Date "2025-01-19": want a date that is not before the as-of one, 2025-01-20`},
		{"anchored again on a day", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Reanchored{Session: s.id(5), Date: day("2025-01-21")}
		}, schedule.ErrEvent, `event "e" (reanchored): Date "2025-01-21": want none: session 5 was given on Thu 2025-01-16`},
		{"anchored again on one that is not the last", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Reanchored{Session: s.id(4)}
		}, schedule.ErrSettled, `event "e" (reanchored): Session "ytw3bc4m656ck3mr": want the last session that was given: session 5 was given after it`},
		{"anchored again on the last", func(t *testing.T) *story { return taperStory(t).give(8) }, "2025-02-03", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Reanchored{Session: s.id(8)}
		}, schedule.ErrSettled, `event "e" (reanchored): Session "pjajvkzlhxgl77cs": want a session that others come after`},
		{"appended though planned", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening { return schedule.Appended{Session: s.id(7)} }, schedule.ErrSettled, `event "e" (appended): Session "iid7nfyohfkmzlw7": want a session that was missed, cancelled or left out: session 7 is planned`},
		{"appended to what has no end", func(t *testing.T) *story {
			s := endlessStory(t)
			return s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
		}, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Appended{Session: s.id(1)}
		}, schedule.ErrEvent, `event "e" (appended): Session "cogrtahqdnxcjr6c": want a cadence with an end to append to`},
		{"restarted on no day", missed, "2025-01-20", func(_ *testing.T, s *story) schedule.Happening { return schedule.Restarted{Session: s.id(6)} }, schedule.ErrEvent, `event "e" (restarted): Date: want a date`},
		{"stepped back without a reason", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(5), To: "induction"}
		}, schedule.ErrEvent, `event "e" (stepped-back): Reason: want what was found that the protocol steps back for`},
		{"stepped back to a later phase", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(1), To: "maintenance", Reason: "worse"}
		}, schedule.ErrEvent, `event "e" (stepped-back): To "maintenance": want a phase before that of the session, "induction"`},
		{"stepped back to no phase", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(5), To: "taper", Reason: "worse"}
		}, schedule.ErrEvent, `event "e" (stepped-back): To "taper": want the name of a phase of the protocol`},
		{"stepped back too often", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.SteppedBack{Session: s.id(5), To: "induction", Sessions: 1001, Reason: "worse"}
		}, schedule.ErrEvent, `event "e" (stepped-back): Sessions "1001": want 0 to 1000 sessions`},
		{"no room", func(t *testing.T) *story {
			s := taperStory(t).give(5)
			return s.on("2025-01-17", schedule.ClinicClosed{From: day("2025-01-17"), To: day("2025-02-28"), Reason: "flood"})
		}, "2025-01-17", func(_ *testing.T, s *story) schedule.Happening { return schedule.Shifted{Session: s.id(8)} }, schedule.ErrNoDay, `event "e" (shifted): plan: session 8 (all) has no possible day from Fri 2025-01-31 to Thu 2025-02-06: Fri 2025-01-31 closed (flood); Sat 2025-02-01 closed (flood); Sun 2025-02-02 closed (flood); Mon 2025-02-03 closed (flood); Tue 2025-02-04 closed (flood); Wed 2025-02-05 closed (flood); Thu 2025-02-06 closed (flood)`},
	})
}

func TestRefusedDecisionsAndFacts(t *testing.T) {
	reached := func(t *testing.T) *story { return gatedStory(t).give(4) }
	decide := func(d schedule.Decided) func(*testing.T, *story) schedule.Happening {
		return func(*testing.T, *story) schedule.Happening { return d }
	}
	fact := func(h schedule.Happening) func(*testing.T, *story) schedule.Happening {
		return func(*testing.T, *story) schedule.Happening { return h }
	}
	requireRefused(t, []refusal{
		{"an unknown gate", reached, "2025-01-16", decide(schedule.Decided{Gate: "remission", Then: protocol.Continue, Who: "attending"}), schedule.ErrEvent, `event "e" (decided): Gate "remission": want the name of a gate of the protocol`},
		{"a gate not reached", gatedStory, "2025-01-16", decide(schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"}), schedule.ErrOrder, `event "e" (decided): Gate "response": want what became of session 1 of Mon 2025-01-06 first: the gate follows session 4`},
		{"decided twice", func(t *testing.T) *story {
			return reached(t).on("2025-01-16", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
		}, "2025-01-16", decide(schedule.Decided{Gate: "response", Then: protocol.Stop, Who: "attending"}), schedule.ErrSettled, `event "e" (decided): Gate "response": want a gate that is open: after session 4 it was decided to continue`},
		{"no decision", reached, "2025-01-16", decide(schedule.Decided{Gate: "response", Who: "attending"}), schedule.ErrEvent, `event "e" (decided): Then: want a decision: continue, stop, extend, step back or change`},
		{"decided by nobody", reached, "2025-01-16", decide(schedule.Decided{Gate: "response", Then: protocol.Continue}), schedule.ErrEvent, `event "e" (decided): Who: want who decided`},
		{"a decision without a reason", reached, "2025-01-16", decide(schedule.Decided{Gate: "response", Then: protocol.Extend, Sessions: 2, Who: "attending"}), schedule.ErrEvent, `event "e" (decided): Reason: want a reason: the gate does not name "extend" as a way on`},
		{"extended by none", reached, "2025-01-16", decide(schedule.Decided{Gate: "response", Then: protocol.Extend, Reason: "slow", Who: "attending"}), schedule.ErrEvent, `event "e" (decided): Sessions "0": want how many sessions, 1 to 1000`},
		{"continued by some", reached, "2025-01-16", decide(schedule.Decided{Gate: "response", Then: protocol.Continue, Sessions: 2, Who: "attending"}), schedule.ErrEvent, `event "e" (decided): Sessions "2": want none with the decision to continue`},
		{"continued to a phase", reached, "2025-01-16", decide(schedule.Decided{Gate: "response", Then: protocol.Continue, To: "induction", Who: "attending"}), schedule.ErrEvent, `event "e" (decided): To "induction": want none with the decision to continue`},
		{"weighed on no day", gatedStory, "2025-01-06", fact(schedule.Weighed{Weight: dose.MustWeight("70 kg")}), schedule.ErrEvent, `event "e" (weighed): Date: want a date`},
		{"weighed tomorrow", gatedStory, "2025-01-06", fact(schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("70 kg")}), schedule.ErrFuture, `event "e" (weighed): Date "2025-01-07": want a date that is not after the as-of one, 2025-01-06`},
		{"weighed nothing", gatedStory, "2025-01-06", fact(schedule.Weighed{Date: day("2025-01-06")}), schedule.ErrEvent, `event "e" (weighed): Weight: want a weight`},
		{"weighed too little", gatedStory, "2025-01-07", fact(schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("7 kg")}), dose.ErrImplausible, `event "e" (weighed): Weight "7 kg": implausible measurement: weight "7 kg": want at least 22.7 kg`},
		{"closed for ever", taperStory, "2025-01-06", fact(schedule.ClinicClosed{From: day("2025-01-06"), To: day("2100-01-01")}), schedule.ErrEvent, `event "e" (clinic-closed): To "2100-01-01": want a day that is not before the first, 2025-01-06, and at most 3660 days in all`},
		{"closed backwards", taperStory, "2025-01-06", fact(schedule.ClinicClosed{From: day("2025-01-10"), To: day("2025-01-09")}), schedule.ErrEvent, `event "e" (clinic-closed): To "2025-01-09": want a day that is not before the first, 2025-01-10, and at most 3660 days in all`},
		{"away on no day", taperStory, "2025-01-06", fact(schedule.PatientAway{}), schedule.ErrEvent, `event "e" (patient-away): From: want a date`},
		{"adopted nothing", gatedStory, "2025-01-06", fact(schedule.Adopted{Who: "attending"}), schedule.ErrEvent, `event "e" (adopted): Protocol: want a protocol made by Spec.Compile`},
		{"adopted what holds", gatedStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Adopted{Protocol: gated(t, "1"), Who: "attending"}
		}, schedule.ErrEventTwice, `event "e" (adopted): Protocol "gated 1": want another protocol than the one that holds`},
		{"adopted by nobody", gatedStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening { return schedule.Adopted{Protocol: gated(t, "2")} }, schedule.ErrEvent, `event "e" (adopted): Who: want who decided`},
		{"adopted another protocol", taperStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Adopted{Protocol: bare(t, "every 1w", 2), Who: "attending"}
		}, schedule.ErrEvent, `event "e" (adopted): Protocol "every 1w": want another version of "3-2-1-1-1": another protocol is switched to`},
		{"adopted what has no end", func(t *testing.T) *story {
			return living(t, request(version(t, bare(t, "3-2-1-1-1", 2), "1"), weekdaysOnly(t), "2025-01-06"))
		}, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Adopted{Protocol: version(t, bare(t, "every 1w", 2), "2"), Who: "attending"}
		}, schedule.ErrEvent, `event "e" (adopted): Protocol "course 2": want a cadence with an end, since the plan has no last day`},
		{"accepted by nobody", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Accepted{Session: s.id(1), Code: "soft-limit", Reason: "known"}
		}, schedule.ErrEvent, `event "e" (accepted): Reason "known": want a reason, and who accepts it`},
		{"accepted for no reason", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Accepted{Session: s.id(1), Code: "soft-limit", Who: "attending"}
		}, schedule.ErrEvent, `event "e" (accepted): Reason: want a reason, and who accepts it`},
		{"nothing accepted", gatedStory, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Accepted{Session: s.id(1), Reason: "known", Who: "attending"}
		}, schedule.ErrEvent, `event "e" (accepted): Code: want the code of the finding that is accepted`},
		{"accepted of no session", gatedStory, "2025-01-06", fact(schedule.Accepted{Code: "soft-limit", Reason: "known", Who: "attending"}), schedule.ErrEvent, `event "e" (accepted): Session: want the id of a session`},
		{"chosen for no session", gatedStory, "2025-01-06", fact(schedule.DoseChosen{Who: "attending"}), schedule.ErrEvent, `event "e" (dose-chosen): Session: want the id of a session`},
		{"as of yesterday", func(t *testing.T) *story { return taperStory(t).give(1) }, "2025-01-05", fact(schedule.PatientAway{From: day("2025-01-20")}), schedule.ErrOrder, `event "e" (patient-away): as-of "2025-01-05T12:00:00Z": want an instant that is not before that of the plan, 2025-01-06T12:00:00Z`},
		{"as of another century", taperStory, "2200-12-31", fact(schedule.PatientAway{From: day("2200-12-31") + 1}), schedule.ErrEvent, `event "e" (patient-away): From "2201-01-01": want a date from 1900-01-01 to 2200-12-31`},
	})
}
