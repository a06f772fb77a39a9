package course_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// refusedBy requires that a course cannot be had, and returns why.
func refusedBy(t *testing.T, code course.Code, err error) *course.Error {
	t.Helper()
	e, ok := errors.AsType[*course.Error](err)
	require.True(t, ok, "%v", err)
	require.Equal(t, code, e.Code)
	return e
}

// A version that would pass the last day there is, is refused.
func TestContinueBeyondTheLastDay(t *testing.T) {
	old := of(t, "2200-11-03", "", "1/wk x3")
	list := unfold(t, old)
	next := old.Adopt(prescription(t, "1/wk x20"))
	_, err := next.Continue(events(list), course.Reached{Old: &old, Today: list[0].Target}, list)
	refusedBy(t, course.TooLate, err)
	_, err = old.Continue(events(list), course.Reached{Old: &next, Today: list[0].Target}, list)
	refusedBy(t, course.TooLate, err)
}

// The first session that is left over is named in the last week that may be added, also
// where that has the only one that found a day. By hand: two a week from Monday 2025-01-06 on
// are tried for one week and 26 more, of which the last begins on 2025-07-07; it has a day for
// one, and the second would be three days after its Monday.
func TestLeftOverInTheLastWeek(t *testing.T) {
	c := of(t, "2025-01-06", "", "2/wk x1")
	wednesday := int(number(t, "2025-07-09")) - offset
	_, _, err := c.Unfold(hall{func(day int) bool { return day == wednesday }, 1})
	e := refusedBy(t, course.Unplaced, err)
	assert.Equal(t, "07-07 07-10", days(e.Sessions, target))
}

// What was added is no session of the cadence: nothing goes on from it.
func TestAddedAlone(t *testing.T) {
	c := of(t, "2025-01-06", "2025-02-03", "every 2w")
	list := unfold(t, c)
	extra := list[1]
	extra.Extra = true
	moved, err := c.MoveTo(events(list), []course.Session{extra}, number(t, "2025-01-20"))
	require.NoError(t, err)
	assert.Equal(t, "01-20", days(moved, target))
	assert.Equal(t, number(t, "2025-02-03"), c.Until)
}

// A segment that had no session goes on from where the only one before it is.
func TestFurtherAfterTheFirst(t *testing.T) {
	c := of(t, "2025-01-06", "2025-01-08", "1/wk x1 then every 2w")
	list := unfold(t, c)
	require.Equal(t, "01-06", days(list, target))
	list[0].Target, list[0].Origin = list[0].Target+2, list[0].Origin+2
	more, err := c.Further(events(list), number(t, "2025-01-22"))
	require.NoError(t, err)
	assert.Equal(t, "01-22", days(more, target), "two weeks after the first, which is two days late")
}

// How long a visit takes follows from the number that the session has, not from how many there
// were before the phase began again.
func TestMinutesFurtherOn(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("every 2w"), MinGap: 1,
		Visit: protocol.Visit{Observation: 2 * 60 * 60e9, Later: []protocol.LaterObservation{{From: 6, Observation: 60 * 60e9}}},
	}}}
	p, err := spec.Compile()
	require.NoError(t, err)
	c := course.New(p, number(t, "2025-01-06"), number(t, "2025-02-03"), nil)
	list := unfold(t, c)
	seventh := list[0] // of what was planned before the phase began again
	seventh.Number, seventh.Target, seventh.Origin = 7, seventh.Target-14, seventh.Origin-14
	more, err := c.Further(events(append([]course.Session{seventh}, list...)), number(t, "2025-03-31"))
	require.NoError(t, err)
	assert.Equal(t, "02-17 03-03 03-17 03-31 0.4 0.5 0.6 0.7", days(more, target)+again(more))
	assert.Equal(t, []uint16{120, 120, 60, 60}, []uint16{more[0].Minutes, more[1].Minutes, more[2].Minutes, more[3].Minutes}, "shorter from the sixth on")
}

// Two sessions are of one week where they are of one segment and of one week of it, also
// where the cadence plans one.
func TestSameWeek(t *testing.T) {
	s := course.Session{Segment: 1, Origin: 7, Count: 1}
	for want, other := range map[bool]course.Session{true: s, false: {Segment: 1, Origin: 14, Count: 1}} {
		assert.Equal(t, want, s.SameWeek(&other))
	}
	every, other := course.Session{Segment: 1, Origin: 7}, course.Session{Segment: 2, Origin: 7, Count: 1}
	assert.False(t, every.SameWeek(&every))
	assert.False(t, s.SameWeek(&other))
}

// How often wishes had changed is no shift of a session whose week is chosen by them.
func TestShifted(t *testing.T) {
	weekly, monthly := course.Session{Count: 1, Wish: 3}, course.Session{Wish: 3}
	assert.Equal(t, []int{0, 3}, []int{weekly.Shifted(), monthly.Shifted()})
}

// Where all that was planned took place, a version goes on after the session that is furthest
// in the cadence, whatever became of those before it.
func TestContinueAfterTheFurthest(t *testing.T) {
	old := of(t, "2025-01-06", "", "1/wk x2")
	list := unfold(t, old)
	c := old.Adopt(prescription(t, "1/wk x4"))
	next, err := c.Continue(events(list), course.Reached{Old: &old, Before: &list[1], Last: &list[1], Done: 1, Today: list[1].Target}, nil)
	require.NoError(t, err)
	assert.Equal(t, "01-20 01-27", days(next, target), "the third and the fourth")
}

// Months that were shifted by weeks are counted from their first day again once that moves.
func TestMoveShiftedMonths(t *testing.T) {
	c := of(t, "2025-01-06", "", "every 1mo x3")
	list := unfold(t, c)
	list, err := c.Shift(events(list), list, 2)
	require.NoError(t, err)
	require.Equal(t, "01-20 02-20 03-20", days(list, target))
	c.Move(list, number(t, "2025-01-22"))
	assert.Equal(t, "01-22 02-22 03-22", days(list, target))
	for i := range list {
		assert.Zero(t, list[i].Shifted())
	}
}

// By as many weeks as the session before months is later itself, they are not late: of three
// weeks one is that of the session before, and two stay.
func TestMoveLateMonths(t *testing.T) {
	c := of(t, "2025-01-06", "", "1/wk x2 then every 1mo x2")
	list := unfold(t, c)
	require.Equal(t, "01-06 01-13 02-13 03-13", days(list, target))
	list[1].Target, list[1].Moved = list[1].Target+7, 1
	for i := range list[2:] {
		s := &list[2+i]
		s.Target, s.Moved = s.Target+21, 3
	}
	c.Move(list, number(t, "2025-01-08"))
	assert.Equal(t, "01-08 01-22 03-08 04-05", days(list, target), "a month after 01-22, and two weeks")
	assert.Equal(t, []uint8{0, 1, 2, 2}, []uint8{list[0].Moved, list[1].Moved, list[2].Moved, list[3].Moved})
}

// The last day of a cadence without end moves with what goes on from a session that was given
// late, and with an earlier frequency in place of all that was to come.
func TestLastDayMovesAlong(t *testing.T) {
	c := of(t, "2025-01-06", "2025-04-06", "every 1mo")
	list := unfold(t, c)
	require.Equal(t, "01-06 02-06 03-06 04-06", days(list, target))
	rest, err := c.Reanchor(events(list), list[0], number(t, "2025-01-10"), list[1:])
	require.NoError(t, err)
	assert.Equal(t, "02-10 03-10 04-10", days(rest, target))
	assert.Equal(t, number(t, "2025-04-10"), c.Until)

	c = of(t, "2025-01-06", "2025-03-03", "1/wk x2", "every 2w")
	list = unfold(t, c)
	require.Equal(t, "01-06 01-13 01-27 02-10 02-24", days(list, target))
	back, err := c.StepBack(events(list), course.StepBack{Consume: true, From: number(t, "2025-02-03")}, list[1], list[2:])
	require.NoError(t, err)
	assert.Equal(t, "02-03 02-10 02-17 02-24 03-03", days(back, target))
	assert.Equal(t, number(t, "2025-03-10"), c.Until, "a week later, as the first is")
}

// The last day of a cadence without end passes none that there is, and where there is none it
// stays so.
func TestLastDayThatThereIs(t *testing.T) {
	c := of(t, "2200-11-03", "2200-12-20", "every 2w")
	list := unfold(t, c)
	_, err := c.MoveTo(events(list), list, list[0].Target+20)
	require.NoError(t, err)
	assert.Equal(t, number(t, "2200-12-31"), c.Until)

	c = of(t, "2025-01-06", "2025-02-03", "every 2w")
	list = unfold(t, c)
	c.Until = 0
	list, err = c.MoveTo(events(list), list, number(t, "2025-01-20"))
	require.NoError(t, err)
	assert.Equal(t, "01-20", days(list, target))
	assert.Zero(t, c.Until)
}

// What is appended once the weekdays have changed follows from those of now.
func TestAppendedAfterAWish(t *testing.T) {
	c := of(t, "2025-01-06", "", "1/wk x2").Wish([]protocol.DaySet{protocol.OnDays(4)})
	list, err := c.Append(events(unfold(t, of(t, "2025-01-06", "", "1/wk x2"))), unfold(t, of(t, "2025-01-06", "", "1/wk x2"))[1])
	require.NoError(t, err)
	assert.Equal(t, "01-23", days(list, target), "the Thursday of the week after")
	assert.EqualValues(t, 1, list[0].Wish)
}

// The days that the patient asks for win over those of the protocol, also of a version that
// is adopted.
func TestDaysOfThePatientWin(t *testing.T) {
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x1"), MinGap: 1, Weekdays: []protocol.DaySet{protocol.OnDays(2)}}}}.Compile()
	require.NoError(t, err)
	assert.Equal(t, "01-07", days(unfold(t, course.New(p, number(t, "2025-01-06"), 0, nil)), target))
	c := course.New(p, number(t, "2025-01-06"), 0, []protocol.DaySet{protocol.OnDays(4)})
	assert.Equal(t, "01-09 01-09", days(append(unfold(t, c), unfold(t, c.Adopt(p))...), target))
}

// A week of which no day that is asked for is within the last day has no session.
func TestNoneWithinTheLastDay(t *testing.T) {
	p := prescription(t, "1/wk")
	monday := number(t, "2025-01-06")
	c := course.New(p, monday, monday, []protocol.DaySet{protocol.OnDays(4)})
	assert.Empty(t, unfold(t, c))
}
