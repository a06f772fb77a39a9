package schedule_test

import (
	"errors"
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

// A switch that is withdrawn: the sessions of the protocol before have their days again,
// those of the other are cancelled and withdrawn, and the start is that of before. Of
// ketamine 03-02, 03-05 and 03-09 were given; 03-12, 03-16 and 03-23 are to come.
func TestCorrectedSwitch(t *testing.T) {
	const given = "Mon 2026-03-02 given, Thu 2026-03-05 given, Mon 2026-03-09 given, "
	s := ketamineGiven(t, racemic(t, nil), 3)
	s.on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-24", 14)) // e4
	switched := s.calendar()
	s.correct("2026-03-10", "e4", nil) // e5
	assert.Equal(t, given+"Thu 2026-03-12, Mon 2026-03-16, Mon 2026-03-23", withoutWithdrawn(s))
	assert.Equal(t, []int{1, 1, 1, 2, 2, 2, 1, 1, 1, 1}, s.revisions())
	assert.Equal(t, []any{day("2026-03-02"), "ket"}, []any{s.plan.Start(), s.plan.Protocol().ID()})
	s.on("2026-03-12", schedule.Given{Session: s.id(4), Date: day("2026-03-12"), Dose: dose.MustMass("40 mg")}) // e6
	assert.Equal(t, "ketamine", sessionAt(s.plan, 4).Drug())
	requireKept(t, s.plan)

	// Restored though something was given since, within the gap: the first is lost.
	s.correct("2026-03-12", "e5", nil)
	assert.Equal(t, "esk", s.plan.Protocol().ID())
	assert.Contains(t, s.calendar(), "Thu 2026-03-12 given, Mon 2026-03-16 cancelled, Mon 2026-03-23 cancelled, Tue 2026-03-24")
	assert.Equal(t, "12 days after session 4, the minimum gap is 14 days", sessionAt(s.plan, 7).Lost())
	requireKept(t, s.plan)

	// What was given of the other drug stands in the way, unless it is put right too.
	s = ketamineGiven(t, racemic(t, nil), 3).on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-24", 14))
	require.Equal(t, switched, s.calendar())
	first := s.id(7)
	s.on("2026-03-24", schedule.Given{Session: first, Date: day("2026-03-24"), Dose: dose.MustMass("56 mg")}) // e5
	before := s.plan
	_, err := s.try("2026-03-24", corrected("e4", nil)) // e6 is refused
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	require.ErrorIs(t, err, schedule.ErrDependants)
	assert.Equal(t, []string{"e5"}, refused.Entries)
	both := corrected("e4", nil)
	both.Also = []schedule.Correction{{Of: "e5"}}
	s.on("2026-03-24", both) // e7
	// 03-12, 03-16 and 03-23 are past: they were cancelled and have their days again, overdue.
	assert.Equal(t, given+"Thu 2026-03-12, Mon 2026-03-16, Mon 2026-03-23", withoutWithdrawn(s))
	assert.Len(t, s.plan.On(day("2026-03-24")).Overdue, 3)
	requireKept(t, s.plan)
	s.correct("2026-03-24", "e7", nil)
	require.Equal(t, standingOf(before, before), standingOf(s.plan, before))
	requireKept(t, s.plan)
}

// The day of a switch put right: it is decided now, with its own sessions.
func TestCorrectedSwitchInstead(t *testing.T) {
	s := ketamineGiven(t, racemic(t, nil), 3)
	s.on("2026-03-10", switchTo(nasalSpray(t, nil), "2026-03-24", 14))
	s.correct("2026-03-10", "e4", switchTo(nasalSpray(t, nil), "2026-03-31", 14))
	assert.Equal(t, "Mon 2026-03-02 given, Thu 2026-03-05 given, Mon 2026-03-09 given, Thu 2026-03-12 cancelled, Mon 2026-03-16 cancelled, Mon 2026-03-23 cancelled, "+
		"Tue 2026-03-31, Thu 2026-04-02, Tue 2026-04-07, Tue 2026-04-14", withoutWithdrawn(s), "04-03 is a holiday")
	assert.Equal(t, day("2026-03-31"), s.plan.Start())
	assert.Equal(t, []int{1, 1, 1, 1, 1, 1}, s.revisions()[:6], "cancelled they were and are")
	requireKept(t, s.plan)
}

// A horizon that is withdrawn: what it added is withdrawn, what it had cancelled is to
// come. Mondays from 01-06, planned up to 02-03.
func TestCorrectedExtended(t *testing.T) {
	const mondays = "Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03"
	s := endless(t, "2025-02-03", "every 1w").give(1)
	s.on("2025-01-07", schedule.Extended{Until: day("2025-02-17")})
	require.Equal(t, mondays+", Mon 2025-02-10, Mon 2025-02-17", s.calendar())
	s.correct("2025-01-07", "e2", nil)
	assert.Equal(t, mondays+", Mon 2025-02-10 cancelled, Mon 2025-02-17 cancelled", s.calendar())
	assert.Equal(t, mondays, withoutWithdrawn(s))
	assert.Equal(t, []int{1, 0, 0, 0, 0, 1, 1}, s.revisions())
	assert.Equal(t, day("2025-02-03"), s.plan.Until())
	// Extended once more: ids are never freed.
	s.on("2025-01-07", schedule.Extended{Until: day("2025-02-10")})
	assert.Equal(t, mondays+", Mon 2025-02-10", withoutWithdrawn(s))
	assert.Equal(t, 8, s.plan.Len())
	requireKept(t, s.plan)

	s = endless(t, "2025-02-03", "every 1w").give(1)
	s.on("2025-01-07", schedule.Extended{Until: day("2025-01-20")})
	require.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27 cancelled, Mon 2025-02-03 cancelled", s.calendar())
	s.correct("2025-01-28", "e2", nil)
	assert.Equal(t, mondays, s.calendar(), "01-27 is past: overdue")
	assert.Equal(t, []int{1, 0, 0, 2, 2}, s.revisions())
	assert.Equal(t, day("2025-02-03"), s.plan.Until())
	requireKept(t, s.plan)
}

// What was planned again in place of a missed session is withdrawn, and that is open again.
// 03-02 was given; 03-05 is missed on that day.
func TestCorrectedPlannedAgain(t *testing.T) {
	const missed = "Mon 2026-03-02 given, Thu 2026-03-05 missed, "
	const rest = "Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16 provisional, Mon 2026-03-23 provisional"
	for _, tt := range []struct {
		name string
		what func(s *story) schedule.Happening
		want string
	}{
		{
			"placed again", func(s *story) schedule.Happening { return schedule.PlacedAgain{Sessions: []schedule.ID{s.id(2)}} },
			"Mon 2026-03-02 given, Thu 2026-03-05 missed, Fri 2026-03-06, " + rest,
		},
		{"appended", func(s *story) schedule.Happening { return schedule.Appended{Session: s.id(2)} }, missed + rest + ", Mon 2026-03-30 provisional"},
		{"restarted", func(s *story) schedule.Happening {
			return schedule.Restarted{Session: s.id(2), Date: day("2026-03-09")}
		}, missed + "Mon 2026-03-09, Thu 2026-03-12, Mon 2026-03-16, Thu 2026-03-19, Mon 2026-03-23 provisional, Mon 2026-03-30 provisional"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := correctable(t).give(1).on("2026-03-05", schedule.Missed{Session: correctable(t).id(2)})
			s.on("2026-03-05", tt.what(s)) // e3
			require.Equal(t, tt.want, s.calendar())
			s.correct("2026-03-05", "e3", nil)
			assert.Equal(t, missed+rest, withoutWithdrawn(s))
			// The missed one may be made up for in another way.
			s.on("2026-03-05", schedule.Appended{Session: sessionAt(s.plan, 2).ID()})
			assert.Equal(t, missed+rest+", Mon 2026-03-30 provisional", withoutWithdrawn(s))
			requireKept(t, s.plan)
		})
	}
}

// Both ways to step back: what the earlier frequency added is withdrawn and those after
// it come back; and what is decided at a gate, with the gate open again.
func TestCorrectedGates(t *testing.T) {
	const given = "Mon 2026-03-02 given, Thu 2026-03-05 given, Mon 2026-03-09 given, Thu 2026-03-12 given, "
	const open = given + "Mon 2026-03-16 provisional, Mon 2026-03-23 provisional"
	decided := func(then protocol.Decision, n int) schedule.Decided {
		return schedule.Decided{Gate: "benefit", Then: then, Sessions: n, Reason: "found", Who: "attending"}
	}
	s := correctable(t).give(4).on("2026-03-12", decided(protocol.Extend, 2)) // e5
	require.Equal(t, given+"Mon 2026-03-16, Thu 2026-03-19, Mon 2026-03-23 provisional, Mon 2026-03-30 provisional", s.calendar())
	s.correct("2026-03-12", "e5", nil)
	assert.Equal(t, open, withoutWithdrawn(s))
	var checkpoints []schedule.CheckpointSnapshot
	for c := range s.plan.Checkpoints() {
		checkpoints = append(checkpoints, c.Snapshot())
	}
	assert.Equal(t, []schedule.CheckpointSnapshot{{Gate: "benefit", Assess: "response", Session: 4, SessionID: s.id(4), Date: day("2026-03-12")}}, checkpoints)
	s.on("2026-03-12", decided(protocol.Continue, 0))
	assert.Equal(t, given+"Mon 2026-03-16, Mon 2026-03-23", withoutWithdrawn(s))
	requireKept(t, s.plan)

	// Extended by one instead of two: decided now.
	s = correctable(t).give(4).on("2026-03-12", decided(protocol.Extend, 2)).correct("2026-03-12", "e5", decided(protocol.Extend, 1))
	assert.Equal(t, given+"Mon 2026-03-16, Mon 2026-03-23 provisional, Mon 2026-03-30 provisional", withoutWithdrawn(s))
	requireKept(t, s.plan)

	// Stepped back for two sessions, by hand.
	s = correctable(t).give(4).on("2026-03-12", decided(protocol.Continue, 0))
	s.on("2026-03-12", schedule.SteppedBack{Session: s.id(5), To: "induction", Sessions: 2, Reason: "worse"}) // e6
	require.NotEqual(t, given+"Mon 2026-03-16, Mon 2026-03-23", s.calendar())
	s.correct("2026-03-12", "e6", nil)
	assert.Equal(t, given+"Mon 2026-03-16, Mon 2026-03-23", withoutWithdrawn(s))
	requireKept(t, s.plan)

	// At the gate after the second weekly session, of three: one is to come.
	k := kindsStory(t, nil).give(4).on("2026-03-12", decided(protocol.Continue, 0)).give(6)
	before := k.plan
	k.on("2026-03-23", schedule.Decided{Gate: "enough", Then: protocol.StepBack, To: "induction", Sessions: 2, Reason: "worse", Who: "attending"}) // e8
	k.correct("2026-03-23", "e8", nil)
	assert.Equal(t, given+"Mon 2026-03-16 given, Mon 2026-03-23 given, Mon 2026-03-30 provisional", withoutWithdrawn(k))
	assert.Equal(t, standingOf(before, before), standingOf(k.plan, before))
	// One that was given in what was extended keeps the extension.
	s = correctable(t).give(4).on("2026-03-12", decided(protocol.Extend, 2)).give(5) // e5, e6
	_, err := s.try("2026-03-16", corrected("e5", nil))
	var refused *schedule.EventError
	require.True(t, errors.As(err, &refused))
	assert.Equal(t, []string{"e6"}, refused.Entries)
}

// After a session counted from its own day: 03-05 was given on 03-06, and those after it
// moved by a day; 03-07 to 03-13 have no other day that is closed but the weekend.
func TestCorrectedReanchored(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-06", schedule.Given{Session: s.id(2), Date: day("2026-03-06")})
	before := s.calendar()
	s.on("2026-03-06", schedule.Reanchored{Session: s.id(2)}) // e3
	require.Equal(t, "Mon 2026-03-02 given, Fri 2026-03-06 given, Tue 2026-03-10, Fri 2026-03-13, Tue 2026-03-17 provisional, Tue 2026-03-24 provisional", s.calendar())
	s.correct("2026-03-06", "e3", nil)
	assert.Equal(t, before, s.calendar())
	assert.Equal(t, []int{0, 1, 2, 2, 2, 2}[2:], s.revisions()[2:])
	s.on("2026-03-06", schedule.Reanchored{Session: s.id(2)}) // once more: the first does not hold
	assert.Contains(t, s.calendar(), "Tue 2026-03-10")
	// The dose that it was counted from is withdrawn: nothing else moves.
	s.correct("2026-03-06", "e2", nil)
	assert.Contains(t, s.calendar(), "Thu 2026-03-05, Tue 2026-03-10, Fri 2026-03-13")
	requireKept(t, s.plan)
}

// A height, wishes and hours that were never so: 34.2 mg are of 172.72 cm, 36.5 mg of
// 177.8 cm.
func TestCorrectedKnowledge(t *testing.T) {
	s := heightStory(t).give(1)
	s.on("2026-03-03", schedule.Measured{Date: day("2026-03-03"), Height: dose.MustHeight("177.8 cm")}) // e2
	s.correct("2026-03-03", "e2", nil)
	assert.Equal(t, "34.2 mg, 34.2 mg, 34.2 mg", doses(s.plan))
	s.correct("2026-03-03", "e2", schedule.Measured{Date: day("2026-03-03"), Height: dose.MustHeight("177.8 cm")})
	assert.Equal(t, "34.2 mg, 36.5 mg, 36.5 mg", doses(s.plan))
	requireKept(t, s.plan)

	// Wishes that take the place of a trip, withdrawn: the trip holds again.
	v := visitStory(t).give(2)
	v.on("2026-03-06", schedule.PatientAway{From: day("2026-03-10"), To: day("2026-03-12"), Reason: "trip"})              // e3
	v.on("2026-03-06", schedule.Wished{Wishes: schedule.Wishes{Never: protocol.OnDays(time.Monday)}})                     // e4
	v.on("2026-03-06", schedule.PatientAway{From: day("2026-03-24"), Reason: "wedding"}).correct("2026-03-06", "e4", nil) // e5, e6
	assert.Equal(t, []string{"2026-03-12 unsuitable (trip)"}, lostSessions(v.plan))
	assert.Len(t, v.plan.Wishes().Absences, 2, "the trip and the wedding")
	requireKept(t, v.plan)

	// The hours of a day, put right: from 13:00 the visit of 160 minutes at 08:00 is lost.
	v = visitStory(t).give(1)
	hours := func(h string) schedule.ClinicChanged {
		return schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2026-03-05"), Hours: []clinic.Hours{clinic.MustHours(h)}}}}
	}
	v.on("2026-03-03", hours("13:00-17:00"))
	require.NotEmpty(t, sessionAt(v.plan, 2).Lost())
	v.correct("2026-03-03", "e2", hours("08:00-12:00"))
	assert.Empty(t, sessionAt(v.plan, 2).Lost())
	v.correct("2026-03-03", "e2", nil)
	assert.Empty(t, sessionAt(v.plan, 2).Lost())
	assert.Equal(t, 2, sessionAt(v.plan, 2).Revision(), "lost, and no longer")
	requireKept(t, v.plan)
}

// Weekdays that were wished in a course which goes back: those that are wished hold for
// what is planned from then on, whichever protocol does. The second version has three
// sessions a week instead of two.
func TestCorrectedWishedWeekdays(t *testing.T) {
	tuesdays := schedule.Wished{Wishes: schedule.Wishes{Weekdays: []protocol.DaySet{protocol.OnDays(time.Tuesday, time.Friday)}}}
	extend := schedule.Decided{Gate: "benefit", Then: protocol.Extend, Sessions: 2, Reason: "partial", Who: "attending"}
	adopted := func(s *story) schedule.Adopted {
		spec := s.plan.Protocol().Spec()
		spec.Version, spec.Phases[1].Cadence = "2", protocol.MustCadence("1/wk x4")
		return schedule.Adopted{Protocol: compiled(s.t, spec), Who: "attending"}
	}
	const wished = "2026-03-17 2026-03-20"
	extended := func(s *story) string {
		s.t.Helper()
		s.on("2026-03-12", extend)
		var list strings.Builder
		for _, session := range s.plan.All() {
			if session.Phase() == "induction" && session.State() == schedule.StatePlanned {
				list.WriteString(" " + session.Target().String())
			}
		}
		requireKept(s.t, s.plan)
		return list.String()[min(1, len(list.String())):]
	}
	s := correctable(t).give(4)
	s.on("2026-03-12", adopted(s)).on("2026-03-12", tuesdays).correct("2026-03-12", "e5", nil)
	assert.Equal(t, wished, extended(s), "adopted, wished, not adopted after all")
	s = correctable(t).give(4)
	s.on("2026-03-12", adopted(s)).on("2026-03-12", tuesdays).correct("2026-03-12", "e6", nil).correct("2026-03-12", "e5", nil)
	assert.Equal(t, "2026-03-16 2026-03-19", extended(s), "neither")
	s = correctable(t).give(4)
	s.on("2026-03-12", tuesdays).on("2026-03-12", adopted(s)).correct("2026-03-12", "e6", nil).correct("2026-03-12", "e5", nil).correct("2026-03-12", "e7", nil)
	assert.Equal(t, "2", s.plan.Protocol().Version())
	s.on("2026-03-12", schedule.Decided{Gate: "benefit", Then: protocol.Continue, Who: "attending"})
	s.on("2026-03-12", schedule.Restarted{Session: s.id(5), Date: day("2026-03-16"), Phase: "induction"})
	assert.Equal(t, day("2026-03-19"), sessionAt(s.plan, 6).Target(), "adopted, and not wished: a Thursday")
	requireKept(t, s.plan)
	s = correctable(t).give(4)
	s.on("2026-03-12", tuesdays).correct("2026-03-12", "e5", nil).correct("2026-03-12", "e6", nil)
	assert.Equal(t, wished, extended(s), "wished after all")
}

// Appointments are of the sessions that had their numbers when they were wished: a
// session that was added since changes no appointment that holds again. The third is
// that of 03-09.
func TestCorrectedAppointments(t *testing.T) {
	appointment := func(on string) schedule.Wished {
		return schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 3, Date: day(on)}}}}
	}
	const lost = "2026-03-09 unsuitable (agreed for Tue 2026-03-10)"
	s := correctable(t).give(1).on("2026-03-03", appointment("2026-03-10")) // e2
	s.on("2026-03-03", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinic})
	s.on("2026-03-03", schedule.Added{Date: day("2026-03-04")}) // e4: 03-09 is the fourth now
	require.Equal(t, []string{lost}, lostSessions(s.plan))
	s.on("2026-03-03", schedule.Wished{}) // e5
	require.Empty(t, lostSessions(s.plan))
	s.correct("2026-03-03", "e5", nil) // e6
	assert.Equal(t, []string{lost}, lostSessions(s.plan))
	requireKept(t, s.plan)
	// What was decided since holds, also where the wishes hold again.
	s.on("2026-03-03", schedule.Moved{Session: s.id(4), Date: day("2026-03-10")}).on("2026-03-03", schedule.Moved{Session: s.id(4), Date: day("2026-03-09")})
	require.Empty(t, lostSessions(s.plan))
	s.on("2026-03-03", schedule.Wished{}).correct("2026-03-03", "e9", nil) // e9, e10
	assert.Empty(t, lostSessions(s.plan))
	// And where that is withdrawn, the appointment is not kept again.
	s.correct("2026-03-03", "e8", nil)
	require.Equal(t, day("2026-03-10"), sessionAt(s.plan, 4).Date())
	s.correct("2026-03-03", "e7", nil)
	assert.Equal(t, []string{lost}, lostSessions(s.plan))
	requireKept(t, s.plan)
}
