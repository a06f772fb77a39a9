package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A version that is longer goes on after everything took place: what is more than the
// cadence has counts as nothing, and what makes up for a session as that.
func TestAdoptedAfterEverything(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  func(s *story)
		asOf string
		want string
	}{
		{"as planned", func(s *story) { s.give(3) }, "2025-01-21", "01-27 02-03"},
		{"with a dose that nobody had planned", func(s *story) {
			s.give(1).on("2025-01-08", schedule.Given{Date: day("2025-01-08")}).give(4)
		}, "2025-01-21", "01-27 02-03"},
		{"one missed", func(s *story) {
			s.give(1).on("2025-01-13", schedule.Missed{Session: s.id(2)}).give(3)
		}, "2025-01-21", "01-27 02-03"},
		{"one missed and made up for in its window", func(s *story) {
			s.give(1).on("2025-01-13", schedule.Missed{Session: s.id(2)}).on("2025-01-13", schedule.Added{Date: day("2025-01-15"), For: s.id(2)}).give(4)
		}, "2025-01-21", "01-27 02-03"},
		{"one missed and made up for at the end", func(s *story) {
			s.give(1).on("2025-01-13", schedule.Missed{Session: s.id(2)}).on("2025-01-13", schedule.Appended{Session: s.id(2)}).give(4)
		}, "2025-01-28", "02-03 02-10"},
		{"a week later than at first", func(s *story) {
			s.give(1).on("2025-01-07", schedule.Shifted{Session: s.id(2), Weeks: 1}).give(3)
		}, "2025-01-28", "02-03 02-10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(version(t, bare(t, "1/wk x3", 2), "1"), weekdaysOnly(t), "2025-01-06"))
			tt.run(s)
			require.Empty(t, toCome(s.plan))
			s.on(tt.asOf, schedule.Adopted{Protocol: version(t, bare(t, "1/wk x5", 2), "2"), Who: "attending", Reason: "longer"})
			assert.Equal(t, tt.want, toCome(s.plan))
			requireKept(t, s.plan)
		})
	}
}

// What was given under the protocol before a switch is nothing that the one after it has
// done.
func TestAdoptedLongerAfterASwitch(t *testing.T) {
	other := func(number, cadence string) *protocol.Protocol {
		spec := bare(t, cadence, 2).Spec()
		spec.ID, spec.Version = "other", number
		return compiled(t, spec)
	}
	s := living(t, request(bare(t, "1/wk x3", 2), weekdaysOnly(t), "2025-01-06")).give(3)
	s.on("2025-01-21", schedule.Switched{Protocol: other("1", "1/wk x2"), Start: day("2025-01-27"), Gap: 2, Who: "attending"}).give(5)
	require.Empty(t, toCome(s.plan))
	s.on("2025-02-04", schedule.Adopted{Protocol: other("2", "1/wk x4"), Who: "attending", Reason: "longer"})
	assert.Equal(t, "02-10 02-17", toCome(s.plan))
	requireKept(t, s.plan)
}

// What was held takes place again from the as-of on: a session that begins with it does, and
// one that had begun does not. That of 01-13 is at 08:00.
func TestResumedOnTheMinute(t *testing.T) {
	for asOf, want := range map[string]string{"07:59:59": "01-13 01-20", "08:00:00": "01-13 01-20", "08:00:01": "01-20"} {
		s := weekly(t).give(1)
		s.on("2025-01-07", schedule.Held{Session: s.id(2), Reason: "fever"})
		plan, err := s.plan.Apply(schedule.Event{ID: "r", What: schedule.Resumed{}}, utc(t, "2025-01-13 "+asOf))
		require.NoError(t, err)
		assert.Equal(t, want, toCome(plan), asOf)
	}
}

// A horizon goes on from the cadence, whatever was added beyond it.
func TestExtendedBesideAdded(t *testing.T) {
	s := endlessStory(t)
	s.on("2025-01-06", schedule.Added{Date: day("2025-02-06")}).on("2025-01-06", schedule.Extended{Until: day("2025-02-17")})
	assert.Equal(t, "2025-01-06 2025-01-13 2025-01-20 2025-01-27 2025-02-03 2025-02-06 2025-02-10 2025-02-17", targets(s.plan))
	requireKept(t, s.plan)
}

// A phase that is extended goes on from its own sessions, whatever was given besides. That of
// Friday 04-11 was the last of the induction, on Tuesdays and Fridays.
func TestExtendedByAGatePastAnExtraDose(t *testing.T) {
	s := living(t, request(compiled(t, inducedThenWeekly()), weekdaysOnly(t), "2025-04-01")).give(4)
	s.on("2025-04-14", schedule.Given{Date: day("2025-04-14"), Phase: "induction"})
	s.on("2025-04-14", schedule.Decided{Gate: "benefit", Then: protocol.Extend, Sessions: 2, Reason: "partial benefit", Who: "the psychiatrist"})
	assert.Equal(t, "2025-04-01 2025-04-04 2025-04-08 2025-04-11 2025-04-14 2025-04-15 2025-04-18 2025-04-22 2025-04-29 2025-05-06", targets(s.plan))
	requireKept(t, s.plan)
}

// A gate adds 1 to 1000 sessions.
func TestExtendedByAGateAtMost(t *testing.T) {
	s := living(t, request(compiled(t, inducedThenWeekly()), weekdaysOnly(t), "2025-04-01")).give(4)
	for sessions, want := range map[int]bool{0: false, 1: true, 1000: true, 1001: false} {
		plan, err := s.plan.Apply(schedule.Event{ID: "x", What: schedule.Decided{
			Gate: "benefit", Then: protocol.Extend, Sessions: sessions, Reason: "partial benefit", Who: "the psychiatrist",
		}}, noon("2025-04-11"))
		if !want {
			refusedAs(t, err, "Sessions", schedule.ErrEvent, "want how many sessions, 1 to 1000")
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, 7+sessions, plan.Len())
	}
}

// What was missed before a switch is still missed after it, and what it cancels nobody makes
// up for, held or not.
func TestSwitchedKeepsWhatWasMissed(t *testing.T) {
	for _, held := range []bool{false, true} {
		s := living(t, request(racemic(t, nil), weekdaysOnly(t), "2025-01-06"))
		s.give(1).on("2025-01-09", schedule.Missed{Session: s.id(2)})
		missed := s.id(2)
		if held {
			s.on("2025-01-10", schedule.Held{Session: s.id(3), Reason: "fever"})
		}
		require.NotEmpty(t, hasFinding(s.plan, schedule.Missing, 2))
		s.on("2025-01-10", schedule.Switched{Protocol: nasalSpray(t, nil), Start: day("2025-01-13"), Gap: 2, Who: "attending"})
		assert.NotEmpty(t, hasFinding(s.plan, schedule.Missing, 2))
		for _, session := range s.plan.All() {
			if session.State() == schedule.StateCancelled {
				assert.Empty(t, hasFinding(s.plan, schedule.Missing, session.Ordinal()))
				_, err := s.plan.Apply(schedule.Event{ID: "x", What: schedule.Added{Date: day("2025-01-15"), For: session.ID()}}, noon("2025-01-10"))
				assert.ErrorIs(t, err, schedule.ErrSettled)
			}
		}
		_, ok := s.plan.Session(missed)
		require.True(t, ok)
		requireKept(t, s.plan)
	}
}

// What was missed under a protocol that a switch ended is not made up for under the next.
func TestAddedRefusedAfterASwitch(t *testing.T) {
	missed := func(t *testing.T) *story {
		s := living(t, request(racemic(t, nil), weekdaysOnly(t), "2025-01-06"))
		s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
		return s.on("2025-01-06", schedule.Switched{Protocol: nasalSpray(t, nil), Start: day("2025-01-13"), Gap: 2, Who: "attending"})
	}
	requireRefused(t, []refusal{
		{"added", missed, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening {
			return schedule.Added{Date: day("2025-01-13"), For: s.id(1)}
		}, schedule.ErrSettled, `event "e" (added): For "cogrtahqdnxcjr6c": want a session of the protocol that now holds`},
		{"added at a time that has passed", taperStory, "2025-01-07", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Added{Date: day("2025-01-07"), Start: clock(t, "09:00")}
		}, schedule.ErrOrder, `event "e" (added): Start "09:00": want a time that is not before the as-of one, 2025-01-07 12:00`},
	})
}

// A gate may have one way on: any other needs a reason, and a phase without an end has
// nothing to extend.
func TestGateOfOneWay(t *testing.T) {
	reached := func(cadence string) func(t *testing.T) *story {
		return func(t *testing.T) *story {
			spec := inducedThenWeekly()
			spec.Phases[1].Cadence = protocol.MustCadence(cadence)
			spec.Gates[0].Outcomes = spec.Gates[0].Outcomes[:1]
			spec.Gates = append(spec.Gates, protocol.Gate{Name: "later", Phase: "weekly", After: 1, Assess: "response"})
			r := request(compiled(t, spec), weekdaysOnly(t), "2025-04-01")
			if r.Protocol.Cadence().Endless() {
				r.Until = day("2025-05-06")
			}
			s := living(t, r).give(4)
			if r.Until != 0 {
				s.on("2025-04-11", schedule.Decided{Gate: "benefit", Then: protocol.Continue, Who: "attending"}).give(5)
			}
			return s
		}
	}
	requireRefused(t, []refusal{
		{"another way without a reason", reached("1/wk x3"), "2025-04-11", func(*testing.T, *story) schedule.Happening {
			return schedule.Decided{Gate: "benefit", Then: protocol.Stop, Who: "attending"}
		}, schedule.ErrEvent, `event "e" (decided): Reason: want a reason: the gate does not name "stop" as a way on`},
		{"a phase without an end", reached("every 1w"), "2025-04-18", func(*testing.T, *story) schedule.Happening {
			return schedule.Decided{Gate: "later", Then: protocol.Extend, Sessions: 1, Reason: "asked", Who: "attending"}
		}, schedule.ErrEvent, `event "e" (decided): Then "extend": want a phase with an end: "weekly" goes on anyway`},
	})
}

// What was given on one day is in the order in which it was recorded, whatever was planned
// first.
func TestGivenOnOneDayInOrder(t *testing.T) {
	for _, extraFirst := range []bool{true, false} {
		s := weekly(t)
		first := s.id(1)
		extra, planned := schedule.Given{Date: day("2025-01-06")}, schedule.Given{Session: first, Date: day("2025-01-06")}
		if extraFirst {
			s.on("2025-01-06", extra).on("2025-01-06", planned)
		} else {
			s.on("2025-01-06", planned).on("2025-01-06", extra)
		}
		require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
		assert.Equal(t, extraFirst, sessionAt(s.plan, 1).Extra())
		assert.Equal(t, extraFirst, s.id(2) == first)
		requireKept(t, s.plan)
	}
}

// What was said of a session, in words.
func TestToldText(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x3", 2, "40 mg"), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")})
	told := s.plan.Told(s.id(2))
	require.Len(t, told, 2)
	assert.Equal(t, []string{" 2025-01-13 planned 40 mg 0", "e1 2025-01-14 planned 40 mg 1"}, []string{told[0].String(), told[1].String()})
	assert.Equal(t, " no date %!State(0) 0 mg 0", schedule.Telling{}.String())
}

// What finds no days is refused, and the plan is as it was. A session is named by the number
// that it has in the plan.
func TestPlannedAgainWithoutRoom(t *testing.T) {
	requireRefused(t, []refusal{
		{"one was missed before", func(t *testing.T) *story {
			s := weekly(t)
			return s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).
				on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-17"), To: day("2025-01-23"), Reason: "storm"})
		}, "2025-01-06", func(_ *testing.T, s *story) schedule.Happening { return schedule.Shifted{Session: s.id(3)} }, schedule.ErrNoDay, `event "e" (shifted): plan: session 3 (all) has no possible day from Fri 2025-01-17 to Thu 2025-01-23: Fri 2025-01-17 closed (storm); Sat 2025-01-18 closed (storm); Sun 2025-01-19 closed (storm); Mon 2025-01-20 closed (storm); Tue 2025-01-21 closed (storm); Wed 2025-01-22 closed (storm); Thu 2025-01-23 closed (storm)`},
		{"no day for the second session", func(t *testing.T) *story {
			s := living(t, request(racemic(t, nil), weekdaysOnly(t), "2025-01-06")).give(1)
			return s.on("2025-01-07", schedule.ClinicClosed{From: day("2025-01-14"), To: day("2025-01-24"), Reason: "storm"})
		}, "2025-01-07", func(t *testing.T, _ *story) schedule.Happening {
			return schedule.Switched{Protocol: nasalSpray(t, nil), Start: day("2025-01-13"), Gap: 2, Who: "attending"}
		}, schedule.ErrNoDay, `event "e" (switched): plan: session 3 (induction) has no possible day from Mon 2025-01-13 to Sun 2025-01-19: Mon 2025-01-13 less than 2 days after session 2, which is on Mon 2025-01-13 at the earliest; Tue 2025-01-14 closed (storm); Wed 2025-01-15 closed (storm); Thu 2025-01-16 closed (storm); Fri 2025-01-17 closed (storm); Sat 2025-01-18 closed (storm); Sun 2025-01-19 closed (storm)`},
		{"until after what any plan lasts to", endlessStory, "2025-01-06", func(t *testing.T, _ *story) schedule.Happening {
			spec := bare(t, "every 2w", 2).Spec()
			spec.ID, spec.Version = "other", "1"
			return schedule.Switched{Protocol: compiled(t, spec), Start: day("2025-01-13"), Gap: 2, Until: day("2200-12-31") + 1, Who: "attending"}
		}, schedule.ErrEvent, `event "e" (switched): Until "2201-01-01": want a date from 1900-01-01 to 2200-12-31`},
	})
}
