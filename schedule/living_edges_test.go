package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A weight is judged with the height that held on its day: 200 kg at 170 cm are 69 kg/m2,
// which a patient may have, and at the 100 cm that were measured on 01-08 200, of which
// nobody has more than 100.
func TestWeightIsJudgedByTheHeightOfItsDay(t *testing.T) {
	r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06")
	r.Height = dose.MustHeight("170 cm")
	s := living(t, r)
	s.on("2025-01-09", schedule.Measured{Date: day("2025-01-08"), Height: dose.MustHeight("100 cm")})
	_, err := s.try("2025-01-09", schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight("200 kg")})
	require.EqualError(t, err, `event "e2" (weighed): Weight "200 kg": implausible measurement: BMI "200 kg/m2": want at most 100 kg/m2`)
	s.on("2025-01-09", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("200 kg")})
}

// Stepped back on the day on which a later session was given, the earlier frequency counts
// from that: weekly from 02-10, of which 02-17 is the next, not from the session of 01-27
// that was missed, from which it would be 02-10 itself.
func TestSteppedBackCountsFromTheLatestGiven(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{
		{Name: "induction", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1},
		{Name: "maintenance", Cadence: protocol.MustCadence("every 2w x3"), MinGap: 1},
	}})
	s := living(t, request(p, weekdaysOnly(t), "2025-01-06")).give(2)
	require.Equal(t, "2025-01-06 2025-01-13 2025-01-27 2025-02-10 2025-02-24", targets(s.plan))
	s.on("2025-01-28", schedule.Missed{Session: s.id(3)})
	s.on("2025-02-10", schedule.Given{Session: s.id(4), Date: day("2025-02-10")})
	s.on("2025-02-10", schedule.SteppedBack{Session: s.id(3), To: "induction", Sessions: 1, Reason: "worse"})
	require.Equal(t, day("2025-02-17"), sessionAt(s.plan, 5).Target())
	require.Equal(t, "induction", sessionAt(s.plan, 5).Phase())
	requireKept(t, s.plan)
}

// halfHours returns a protocol of one phase with visits of half an hour.
func halfHours(t *testing.T, cadence string) *protocol.Protocol {
	t.Helper()
	visit := protocol.Visit{Administration: 30 * time.Minute}
	return compiled(t, protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 1, Visit: visit}}})
}

// What waits is resumed on its own day while its time has not come: the session of 01-13,
// 08:00 to 08:30, is to come at 07:59 and at 08:00, and at 08:01 it is cancelled.
func TestResumedOnItsDay(t *testing.T) {
	p := halfHours(t, "1/wk x2")
	for asOf, want := range map[string]string{
		"2025-01-13 07:59": "Mon 2025-01-06 given, Mon 2025-01-13",
		"2025-01-13 08:00": "Mon 2025-01-06 given, Mon 2025-01-13",
		"2025-01-13 08:01": "Mon 2025-01-06 given, Mon 2025-01-13 cancelled",
	} {
		s := living(t, request(p, weekdaysOnly(t), "2025-01-06")).give(1)
		s.on("2025-01-07", schedule.Held{Session: s.id(2)})
		require.NoError(t, s.as(asOf, schedule.Resumed{}))
		require.Equal(t, want, s.calendar(), asOf)
	}
}

// A session that was added on a day on which the clinic is closed has no time. When its
// move is withdrawn the same day it goes back where the clinic is open after all, and stays
// where it is where the clinic is not, or where the day does not suit.
func TestMoveWithdrawnWithoutATime(t *testing.T) {
	open := schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2025-01-11"), Hours: []clinic.Hours{clinic.MustHours("09:00-12:00")}}}}
	for _, tt := range []struct {
		want string
		more schedule.Happening
	}{
		{"Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20", schedule.PatientAway{From: day("2025-03-01"), To: day("2025-03-02")}},
		{"Mon 2025-01-06 given, Sat 2025-01-11, Mon 2025-01-20", open},
	} {
		s := living(t, request(halfHours(t, "every 2w x2"), weekdaysOnly(t), "2025-01-06")).give(1)
		s.on("2025-01-11", schedule.Added{Date: day("2025-01-11")})
		require.True(t, s.at(2).Start().IsZero())
		s.on("2025-01-11", schedule.Moved{Session: s.id(2), Date: day("2025-01-13"), Reason: "closed", Who: "desk"}).on("2025-01-11", tt.more)
		s.correct("2025-01-11", "e3", nil)
		require.Equal(t, tt.want, s.calendar())
		requireKept(t, s.plan)
	}
}

// That a session was missed is true again: it is shown as it was then, on 01-27, in its
// phase and with its dose, whatever it was planned to be meanwhile.
func TestMissedAgainAsItWas(t *testing.T) {
	dosed := func(name, cadence, mass string) protocol.Phase {
		return protocol.Phase{Name: name, Cadence: protocol.MustCadence(cadence), MinGap: 1, Dose: dose.MustRule(mass), Visit: protocol.Visit{Administration: time.Hour}}
	}
	p := compiled(t, protocol.Spec{Drug: "drawn", Phases: []protocol.Phase{dosed("induction", "1/wk x2", "28 mg, hard max 84 mg"), dosed("maintenance", "every 2w x3", "56 mg, hard max 84 mg")}})
	s := living(t, request(p, weekdaysOnly(t), "2025-01-06")).give(2)
	is := func(want ...any) {
		t.Helper()
		third := s.at(3)
		require.Equal(t, want, []any{third.Date().String(), third.State().String(), third.Phase(), third.Target().String(), third.Dose().Dose().String()})
		requireKept(t, s.plan)
	}
	is("2025-01-27", "planned", "maintenance", "2025-01-27", "56 mg")
	s.on("2025-01-27", schedule.Missed{Session: s.id(3)})
	is("2025-01-27", "missed", "maintenance", "2025-01-27", "56 mg")
	s.correct("2025-01-27", "e3", nil)
	is("2025-01-27", "planned", "maintenance", "2025-01-27", "56 mg")
	s.on("2025-01-28", schedule.SteppedBack{Session: s.id(3), To: "induction", Sessions: 1, Reason: "worse"})
	is("2025-02-03", "planned", "induction", "2025-02-03", "28 mg") // weekly after 01-13
	s.correct("2025-01-28", "e4", nil)
	is("2025-01-27", "missed", "maintenance", "2025-01-27", "56 mg")
}

// Stepped back to every day on the day of a dose, the next is on the day after it.
func TestSteppedBackToEveryDay(t *testing.T) {
	p := compiled(t, protocol.Spec{Phases: []protocol.Phase{
		{Name: "daily", Cadence: protocol.MustCadence("7/wk x1"), MinGap: 1},
		{Name: "weekly", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 1},
	}})
	s := living(t, request(p, everyDay(t), "2025-01-06")).give(8) // the first of the weekly ones is on 01-13
	s.on("2025-01-13", schedule.SteppedBack{Session: s.id(9), To: "daily", Sessions: 2, Reason: "worse"})
	require.Equal(t, "2025-01-14 2025-01-15", strings.Join(strings.Fields(targets(s.plan))[8:10], " "))
}

// What was missed before another protocol is begun is not made up for by it.
func TestSwitchedLeavesWhatWasMissed(t *testing.T) {
	s := living(t, request(courseOf(t, "one", "ketamine", nil, [3]string{"weekly", "1/wk x3", "40 mg"}), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-07", schedule.Missed{Session: s.id(1)})
	next := courseOf(t, "two", "esketamine", nil, [3]string{"weekly", "1/wk x2", "56 mg"})
	s.on("2025-01-07", schedule.Switched{Protocol: next, Start: day("2025-01-13"), Gap: 7, Who: "dr-1"})
	a := s.plan.On(day("2025-01-07")).Adherence
	require.Equal(t, []int{1, 0}, []int{a.Missed, a.MadeUp})
	_, err := s.try("2025-01-13", schedule.Switched{
		Protocol: courseOf(t, "three", "ketamine", nil, [3]string{"weekly", "every 1w", "40 mg"}), Start: day("2025-01-20"), Gap: 7, Who: "dr-1", Until: date.New(2201, 1, 1),
	})
	require.EqualError(t, err, `event "e3" (switched): Until "2201-01-01": want a date from 1900-01-01 to 2200-12-31`)
}

// Only a cadence without end has a last day to move.
func TestExtendedWithAnEnd(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06"))
	_, err := s.try("2025-01-06", schedule.Extended{Until: day("2025-03-03")})
	require.EqualError(t, err, `event "e1" (extended): Until "2025-03-03": want a cadence without end: 1/wk x3 ends by itself`)
}

// A visit without a day is missed when its window is past, not before: the talk 1 to 3 days
// after 03-02 has none where the clinic is closed on all three.
func TestVisitWithoutADayIsMissedLater(t *testing.T) {
	s := living(t, request(compiled(t, visitSpec()), weekdaysOnly(t, days("2026-03-03", "2026-03-05")...), "2026-03-02"))
	talk := s.talk(1)
	require.False(t, talk.Placed())
	_, err := s.try("2026-03-05", schedule.VisitMissed{Visit: talk.ID})
	require.ErrorIs(t, err, schedule.ErrFuture)
	require.ErrorContains(t, err, "want a visit that can have been missed: talk has no day, and its window lasts to Thu 2026-03-05")
	s.on("2026-03-06", schedule.VisitMissed{Visit: talk.ID})
	require.Equal(t, schedule.StateMissed, s.talk(1).State)
}

// One step withdraws a fact and decides something else instead of a decision.
func TestCorrectedFactAndDecision(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("70 kg")})
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")})
	c := corrected("e1", nil)
	c.Also = []schedule.Correction{{Of: "e2", Instead: schedule.Moved{Session: s.id(2), Date: day("2025-01-15")}}}
	s.on("2025-01-06", c)
	require.Equal(t, "Mon 2025-01-06, Wed 2025-01-15, Mon 2025-01-20", s.calendar())
	requireKept(t, s.plan)
}

// Plans of two protocols differ in what they give though their days and numbers are the
// same, and events are named where one plan goes on from the other, also through a file.
func TestDiffOfProtocolsAndFiles(t *testing.T) {
	plan := func(mass string) *story {
		return living(t, request(courseOf(t, "one", "ketamine", nil, [3]string{"weekly", "1/wk x2", mass}), weekdaysOnly(t), "2025-01-06"))
	}
	a, b := plan("40 mg"), plan("60 mg")
	require.Len(t, a.plan.Diff(b.plan).Changes, 2)
	require.False(t, a.plan.Diff(b.plan).Empty())

	a.give(1)
	read, err := schedule.ParsePlan("plan.json", schedule.FormatPlan(a.plan), schedule.PlanSource{
		Protocols: []*protocol.Protocol{a.plan.Protocol()}, Opening: weekdaysOnly(t), Zone: time.UTC,
	})
	require.NoError(t, err)
	a.on("2025-01-13", schedule.Missed{Session: a.id(2)})
	require.Len(t, read.Diff(a.plan).Events, 1)
	require.Equal(t, "e2", read.Diff(a.plan).Events[0].Event.ID)
}
