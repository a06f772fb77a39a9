package course_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
)

// A cadence without end goes on from its last day to a later one.
func TestFurther(t *testing.T) {
	c := of(t, "2025-01-06", "2025-02-03", "every 2w")
	list := unfold(t, c)
	assert.Equal(t, "01-06 01-20 02-03", days(list, target))
	further := func(c course.Course, plan []course.Session, until string) string {
		t.Helper()
		more, err := c.Further(events(plan), number(t, until))
		require.NoError(t, err)
		assert.Equal(t, number(t, until), c.Until)
		return days(more, target) + again(more)
	}
	assert.Equal(t, "02-17 03-03 0.4 0.5", further(c, list, "2025-03-03"))
	assert.Equal(t, "02-17 0.4", further(c, list, "2025-03-02"))
	assert.Empty(t, further(c, list, "2025-02-16"))

	// What had been planned past the last day counts no more, nor does what was added.
	longer := c
	longer.Until = number(t, "2025-02-17")
	past := unfold(t, longer)
	assert.Equal(t, []bool{false, false, false, true}, []bool{c.Beyond(&past[0]), c.Beyond(&past[1]), c.Beyond(&past[2]), c.Beyond(&past[3])})
	assert.False(t, longer.Beyond(&past[3]))
	past[3].Target += 3
	assert.Equal(t, "02-17 03-03 0.4 0.5", further(c, past, "2025-03-03"))
	extra := course.Session{Target: number(t, "2025-02-05"), Number: 3, Segment: list[0].Segment, Extra: true}
	assert.False(t, c.Beyond(&extra))
	assert.Equal(t, "02-17 03-03 0.4 0.5", further(c, append(slices.Clone(list), extra), "2025-03-03"))
	late := slices.Clone(list)
	late[2].Target, late[2].Origin = late[2].Target-2, late[2].Origin-2
	assert.Equal(t, "02-15 03-01 0.4 0.5", further(c, late, "2025-03-03"), "it goes on from where the last one is")

	// Where the segment without end has no session yet, it begins where it would have.
	c = of(t, "2025-01-06", "2025-01-10", "1/wk x2 then every 2w")
	list = unfold(t, c)
	assert.Equal(t, "01-06 01-13", days(list, target))
	assert.Equal(t, "01-27 02-10 0.3 0.4", further(c, list, "2025-02-10"))
	assert.Equal(t, "01-27 0.3", further(c, list, "2025-01-27"))
	assert.Empty(t, further(c, list, "2025-01-26"))
	late = slices.Clone(list)
	late[1].Target, late[1].Origin = late[1].Target+2, late[1].Origin+2
	assert.Equal(t, "01-29 0.3", further(c, late, "2025-02-10"), "the session before it is two days late")
	assert.Empty(t, further(c, late, "2025-01-28"), "which is after the last day")
	assert.Equal(t, "01-27 02-10 0.3 0.4", further(c, nil, "2025-02-10"))
	first := of(t, "2025-01-06", "2025-01-06", "every 2w")
	assert.Equal(t, "01-06 01-20 0.1 0.2", further(first, nil, "2025-01-20"), "nor any other")
	unlike := slices.Clone(list)
	unlike[1].Number = 7 // appended
	assert.Equal(t, "01-27 0.3", further(c, unlike, "2025-01-27"))
	assert.False(t, c.Beyond(&list[1]), "its segment has an end")
	ended := of(t, "2025-01-06", "2025-01-10", "every 2w x3")
	list = unfold(t, ended)
	assert.False(t, ended.Beyond(&list[2]))
}

// The last day moves with what is planned again later, and with nothing else.
func TestLastDayMoves(t *testing.T) {
	c := of(t, "2025-01-06", "2025-02-03", "1/wk x2", "every 2w")
	list := unfold(t, c)
	assert.Equal(t, "01-06 01-13 01-27", days(list, target))
	// Nothing was to come, so that nothing is later than it was.
	stepped := c
	more, err := stepped.StepBack(events(list), course.StepBack{Phase: 0, Sessions: 2, From: number(t, "2025-01-28")}, list[2], nil)
	require.NoError(t, err)
	assert.Equal(t, "02-03 02-10", days(more, target))
	assert.Equal(t, c.Until, stepped.Until)
	// On the last day itself a session stays, with what the caller knows of it.
	c = of(t, "2025-01-06", "2025-02-03", "every 2w")
	list = unfold(t, c)
	list[2].Tag = 5
	same, err := c.MoveTo(events(list), slices.Clone(list), list[0].Target)
	require.NoError(t, err)
	assert.Equal(t, list, same)
}

// The week of a session that takes fewer than are planned has the rest of those, and
// nothing makes up for what it has not: the next weeks have all.
func TestFewerInTheLastWeek(t *testing.T) {
	c := of(t, "2025-01-06", "2025-02-02", "3/wk")
	list := unfold(t, c)[:7] // up to Monday 20 January
	list[6].InWeek = 2       // on days 0 and 3
	got, err := c.MoveTo(events(list), slices.Clone(list[6:]), list[6].Target)
	require.NoError(t, err)
	assert.Equal(t, "01-20 01-23 01-27 01-29 01-31", days(got, target))
	assert.Equal(t, []uint8{3, 2, 3, 3}, []uint8{got[1].Count, got[1].InWeek, got[2].Count, got[2].InWeek})
	assert.Equal(t, "0.7 0.8 0.9 0.10 0.11", again(got)[1:])
}

// A phase whose last segment was not reached has nothing to go on from.
func TestSegmentNotReached(t *testing.T) {
	c := of(t, "2025-01-06", "", "1/wk x2 then days 1, 8 of 21 x1")
	list := unfold(t, c)[:2]
	_, err := c.Extend(events(list), 0, list[1], nil, 1)
	e, ok := err.(*course.Error)
	require.True(t, ok, "%v", err)
	assert.Equal(t, course.NotReached, e.Code)
	assert.Equal(t, 1, e.Segment)
}

// Months are counted from the day on which a session was given only where it was counted
// in months itself: else what follows moves by as many days. 29 January and a month is 28
// February, which two days later is 2 March.
func TestReanchorBeforeMonths(t *testing.T) {
	c := of(t, "2025-01-29", "", "1/wk x1", "every 1mo x2")
	list := unfold(t, c)
	assert.Equal(t, "01-29 02-28 03-29", days(list, target))
	got, err := c.Reanchor(events(list), list[0], number(t, "2025-01-31"), slices.Clone(list[1:]))
	require.NoError(t, err)
	assert.Equal(t, "03-02 04-02", days(got, target))

	months := of(t, "2025-01-29", "", "every 1mo x3")
	list = unfold(t, months)
	got, err = months.Reanchor(events(list), list[0], number(t, "2025-01-31"), slices.Clone(list[1:]))
	require.NoError(t, err)
	assert.Equal(t, "02-28 03-31", days(got, target))
}

// What is shifted by whole weeks goes on so: after 31 January, 28 February and a week more
// comes 31 March and a week more. Only sessions of a week turn to another day of it.
func TestAppendedAfterAShift(t *testing.T) {
	c := of(t, "2025-01-31", "", "every 1mo x2")
	list := unfold(t, c)
	list, err := c.Shift(events(list), list, 1)
	require.NoError(t, err)
	assert.Equal(t, "02-07 03-07", days(list, target))
	more, err := c.Append(events(list), list[1])
	require.NoError(t, err)
	assert.Equal(t, "04-07", days(more, target))
	assert.Equal(t, 1, more[0].Shifted())
	assert.Equal(t, []int32{more[0].Target - 7, more[0].Target + 7}, []int32{more[0].Earliest, more[0].Latest})
	moved, err := c.MoveTo(events(list), slices.Clone(list[1:]), list[1].Target)
	require.NoError(t, err)
	assert.Equal(t, list[1:], moved)

	for cadence, turned := range map[string]uint8{"days 1, 8 of 21 x2": 0, "every 2w x3": 0, "weeks 0, 2, 6": 0, "1/wk x3": 2} {
		c := of(t, "2025-01-06", "", cadence)
		list := unfold(t, c)
		c.Move(list, list[0].Target+9)
		for i := range list {
			assert.Equal(t, turned, list[i].Turned, "%s: %d", cadence, i)
		}
	}
}

// An adopted version whose sessions have all taken place so far goes on after the last,
// at its own distance where that was late.
func TestContinueAfterTheLast(t *testing.T) {
	old := of(t, "2025-01-06", "", "1/wk x2")
	list := unfold(t, old)
	for _, tt := range []struct {
		cadence, before string
		done            int
		late            int32
		want            string
	}{
		{"1/wk x4", "on time", 2, 0, "01-20 01-27"},
		{"1/wk x4", "two days late", 2, 2, "01-22 01-29"},
		{"1/wk x4", "two days early", 2, -2, "01-20 01-27"},
		{"1/wk x4", "the first two days late", 1, 2, "01-15 01-22 01-29"},
		{"1/wk x2", "nothing is left", 2, 0, ""},
		{"1/wk x1", "less than was given", 2, 0, ""},
	} {
		c := old.Adopt(prescription(t, tt.cadence))
		last := list[tt.done-1]
		last.Target += tt.late
		got, err := c.Continue(events(list), course.Reached{Old: &old, Before: &last, Done: tt.done, Today: last.Target + 1}, nil)
		require.NoError(t, err)
		assert.Equal(t, tt.want, days(got, target), "%s, %s", tt.cadence, tt.before)
	}
	// What was appended has a number that the old version does not plan.
	more, err := old.Append(events(list), list[1])
	require.NoError(t, err)
	longer := old.Adopt(prescription(t, "1/wk x4"))
	got, err := longer.Continue(events(append(slices.Clone(list), more...)), course.Reached{Old: &old, Before: &list[1], Done: 2, Today: list[1].Target + 1}, more)
	require.NoError(t, err)
	assert.Equal(t, "01-20 01-27", days(got, target))
	// Before anything took place it begins at its beginning.
	c := old.Adopt(prescription(t, "1/wk x3"))
	got, err = c.Continue(events(nil), course.Reached{Old: &old, Today: old.Start}, nil)
	require.NoError(t, err)
	assert.Equal(t, "01-06 01-13 01-20", days(got, target))
}

// beside is a room that is told which session comes before which.
type beside struct {
	hall
	t *testing.T
}

func (b beside) Earliest(at int, s, before *course.Session, day int32) (int32, bool) {
	if at == 0 {
		require.Nil(b.t, before)
		require.Zero(b.t, day)
	} else {
		require.NotSame(b.t, s, before)
		require.LessOrEqual(b.t, before.Target, s.Target)
		require.Equal(b.t, s.Number, before.Number+1)
	}
	return b.hall.Earliest(at, s, before, day)
}

// Whoever looks for a day is told the session before the one that waits.
func TestRoomIsToldTheSessionBefore(t *testing.T) {
	c := of(t, "2025-01-06", "", "3-2-1-1-1")
	room := beside{closing(t, 2, "2025-01-08", "2025-01-10"), t}
	list, carried, err := c.Unfold(room)
	require.NoError(t, err)
	require.Equal(t, []course.Carried{{Segment: 0, Weeks: 1}}, carried)
	require.Equal(t, "01-06 01-09 01-13 01-16 01-20 01-27 02-03 02-10", days(list, target))
	course.Postpone(list, room)
}
