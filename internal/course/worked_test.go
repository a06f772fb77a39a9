package course_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// of returns the course of phases, named by their positions from 0.
func of(t testing.TB, start, until string, cadences ...string) course.Course {
	t.Helper()
	return course.New(prescription(t, cadences...), number(t, start), number(t, until), nil)
}

func prescription(t testing.TB, cadences ...string) *protocol.Protocol {
	t.Helper()
	var spec protocol.Spec
	for i, c := range cadences {
		spec.Phases = append(spec.Phases, protocol.Phase{Name: strconv.Itoa(i), MinGap: 1, Cadence: protocol.MustCadence(c)})
	}
	p, err := spec.Compile()
	require.NoError(t, err)
	return p
}

// number returns the number of a day, 0 for "".
func number(t testing.TB, s string) int32 {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := time.Parse(time.DateOnly, s)
	require.NoError(t, err)
	return int32(date.New(d.Year(), d.Month(), d.Day()))
}

func days(list []course.Session, of func(*course.Session) int32) string {
	var text []string
	for i := range list {
		text = append(text, date.Date(of(&list[i])).String()[5:])
	}
	return strings.Join(text, " ")
}

func target(s *course.Session) int32 { return s.Target }

func unfold(t testing.TB, c course.Course) []course.Session {
	t.Helper()
	list, carried, err := c.Unfold(nil)
	require.NoError(t, err)
	require.Empty(t, carried)
	return list
}

// The targets of the notation, as its definition lists them.
func TestTargets(t *testing.T) {
	for _, tt := range []struct{ cadence, start, until, want string }{
		{"3-2-1-1-1 then every 4w x3", "2025-01-06", "", "01-06 01-08 01-10 01-13 01-16 01-20 01-27 02-03 03-03 03-31 04-28"},
		{"2/wk x4 then 1/wk x4 then every 2w x3", "2025-04-01", "", "04-01 04-04 04-08 04-11 04-15 04-18 04-22 04-25 04-29 05-06 05-13 05-20 06-03 06-17 07-01"},
		{"2/wk x4 then 1/wk x4 then every 2w x4 from week 9", "2025-04-01", "", "04-01 04-04 04-08 04-11 04-15 04-18 04-22 04-25 04-29 05-06 05-13 05-20 05-27 06-10 06-24 07-08"},
		{"3-3 then every 1w x4", "2025-09-08", "", "09-08 09-10 09-12 09-15 09-17 09-19 09-26 10-03 10-10 10-17"},
		{"weeks 0, 2, 6 then every 8w x3", "2025-01-15", "", "01-15 01-29 02-26 04-23 06-18 08-13"},
		{"days 1, 8 of 21 x4 then every 3w x1", "2025-02-04", "", "02-04 02-11 02-25 03-04 03-18 03-25 04-08 04-15 04-29"},
		{"1/wk x4 then every 2w x4 then every 4w x2", "2025-03-03", "", "03-03 03-10 03-17 03-24 04-07 04-21 05-05 05-19 06-16 07-14"},
		{"every 1mo x4", "2025-01-31", "", "01-31 02-28 03-31 04-30"},
		{"every 2w", "2025-01-06", "2025-02-03", "01-06 01-20 02-03"},
		{"every 2w", "2025-01-06", "2025-02-02", "01-06 01-20"},
		{"4-1 then weeks 0, 1 then 2", "2025-01-06", "", "01-06 01-07 01-09 01-10 01-13 01-20 01-27 02-03 02-06"},
		{"5/wk x1 then 6 then 7", "2025-01-06", "", "01-06 01-07 01-08 01-09 01-10 01-13 01-14 01-15 01-16 01-17 01-18 01-20 01-21 01-22 01-23 01-24 01-25 01-26"},
		{"as needed", "2025-01-06", "", ""},
	} {
		require.Equal(t, tt.want, days(unfold(t, of(t, tt.start, tt.until, tt.cadence)), target), tt.cadence)
	}
}

// The rule behind a target and its window is the one that the notation has.
func TestRules(t *testing.T) {
	stated := protocol.Spec{Phases: []protocol.Phase{
		{Name: "a", MinGap: 1, Cadence: protocol.MustCadence("3-1"), Weekdays: []protocol.DaySet{protocol.OnDays(1, 4), protocol.OnDays(1, 2, 3, 5)}},
		{Name: "b", MinGap: 1, Cadence: protocol.MustCadence("every 1mo x2"), Window: &protocol.Window{Before: 2, After: 5}},
	}}
	p, err := stated.Compile()
	require.NoError(t, err)
	start := int(number(t, "2025-01-08")) // Wednesday
	for _, tt := range []struct {
		course  course.Course
		at      int
		want    course.Rule
		segment string
	}{
		{of(t, "2025-01-08", "", "3-1"), 1, course.Rule{Origin: start, Count: 2, Steps: 2, Unit: protocol.Days, Days: []int{0, 2, 4}, Of: 3, Before: 2, After: 4, Window: course.WholeWeek, Planned: 3, Clipped: true}, "3-1"},
		{of(t, "2025-01-08", "", "3-1"), 3, course.Rule{Origin: start + 7, Unit: protocol.Days, Days: []int{0}, Of: 1, Before: 3, After: 3, Window: course.OnlyOne, Planned: 1}, "3-1"},
		{of(t, "2025-01-08", "", "5/wk x1"), 4, course.Rule{Origin: start, Count: 4, Steps: 4, Unit: protocol.Days, Days: []int{0, 1, 2, 3, 4}, Of: 5, Before: 4, After: 2, Window: course.WholeWeek, Planned: 5, Clipped: true}, "5"},
		{of(t, "2025-01-08", "", "every 4w x3"), 2, course.Rule{Origin: start, Count: 8, Steps: 2, Unit: protocol.Weeks, Before: 7, After: 7, Window: course.BySteps, Step: 28}, "every 4w x3"},
		{of(t, "2025-01-08", "", "every 6d x3"), 1, course.Rule{Origin: start, Count: 6, Steps: 1, Unit: protocol.Days, Before: 1, After: 1, Window: course.BySteps, Step: 6}, "every 6d x3"},
		{of(t, "2025-01-08", "", "every 7d x3"), 1, course.Rule{Origin: start, Count: 7, Steps: 1, Unit: protocol.Days, Before: 3, After: 3, Window: course.BySteps, Step: 7}, "every 7d x3"},
		{of(t, "2025-01-08", "", "every 27d x3"), 0, course.Rule{Origin: start, Unit: protocol.Days, Before: 3, After: 3, Window: course.BySteps, Step: 27, Clipped: true}, "every 27d x3"},
		{of(t, "2025-01-08", "", "days 1, 8 of 21 x2"), 3, course.Rule{Origin: start + 21, Count: 7, Steps: 7, Unit: protocol.Days, Before: 3, After: 3, Window: course.BySteps, Step: 7}, "days 1, 8 of 21 x2"},
		{of(t, "2025-01-08", "", "days 1, 20 of 21 x2"), 3, course.Rule{Origin: start + 21, Count: 19, Steps: 19, Unit: protocol.Days, Before: 1, After: 1, Window: course.BySteps, Step: 2}, "days 1, 20 of 21 x2"},
		{of(t, "2025-01-08", "", "weeks 0, 2, 6"), 2, course.Rule{Origin: start, Count: 6, Steps: 6, Unit: protocol.Weeks, Before: 3, After: 3, Window: course.BySteps, Step: 14}, "weeks 0, 2, 6"},
		{of(t, "2025-01-08", "", "weeks 3, 4, 9"), 0, course.Rule{Origin: start, Count: 3, Steps: 3, Unit: protocol.Weeks, Before: 3, After: 3, Window: course.BySteps, Step: 7}, "weeks 3, 4, 9"},
		{of(t, "2025-01-08", "", "weeks 0, 5, 9"), 2, course.Rule{Origin: start, Count: 9, Steps: 9, Unit: protocol.Weeks, Before: 7, After: 7, Window: course.BySteps, Step: 28}, "weeks 0, 5, 9"},
		{of(t, "2025-01-08", "", "weeks 3"), 0, course.Rule{Origin: start, Count: 3, Steps: 3, Unit: protocol.Weeks, Before: 3, After: 3, Window: course.BySteps, Step: 7}, "weeks 3"},
		// Friday, Monday and Tuesday are the first of the days for four in a week from
		// a Wednesday: Wednesday, Friday, Monday, Tuesday.
		{course.New(p, int32(start), 0, nil), 2, course.Rule{Origin: start, Count: 5, Steps: 5, Unit: protocol.Days, Days: []int{0, 2, 5}, Of: 3, Asked: protocol.OnDays(1, 2, 3, 5), Before: 5, After: 1, Window: course.WholeWeek, Planned: 3, Clipped: true}, "3-1"},
		// The request wins, number by number.
		{course.New(p, int32(start), 0, []protocol.DaySet{protocol.OnDays(0)}), 3, course.Rule{Origin: start + 7, Count: 4, Steps: 4, Unit: protocol.Days, Days: []int{4}, Of: 1, Asked: protocol.OnDays(0), Before: 3, After: 3, Window: course.OnlyOne, Planned: 1}, "3-1"},
		{course.New(p, int32(start), 0, nil), 5, course.Rule{Origin: start + 8, Count: 2, Steps: 2, Unit: protocol.Months, Before: 2, After: 5, Window: course.Stated, Step: 30}, "every 1mo x2"},
	} {
		list := unfold(t, tt.course)
		got := tt.course.Rule(&list[tt.at])
		require.Equal(t, tt.segment, got.Segment.String())
		got.Segment = protocol.Segment{}
		require.Equal(t, tt.want, got, "%s, session %d", tt.segment, tt.at+1)
	}

	c := of(t, "2025-01-08", "", "3-1")
	extra := course.Session{Target: int32(start) + 9, Earliest: int32(start) + 9, Latest: int32(start) + 9, Origin: int32(start) + 9, Segment: course.NoSegment, Extra: true}
	require.Equal(t, course.Rule{Origin: start + 9, Unit: protocol.Days, Window: course.OwnDay}, c.Rule(&extra))
	require.Zero(t, c.Segment(course.NoSegment))
	require.Zero(t, c.Segment(1))
}

// What cannot be unfolded says why.
func TestUnfoldErrors(t *testing.T) {
	for _, tt := range []struct {
		start, until string
		cadence      string
		code         course.Code
		sessions     int
		text         string
	}{
		{"2200-12-17", "", "weeks 0, 1, 2", course.TooLate, 2, "course: code 2, segment 0"},
		{"2200-12-17", "", "days 1, 8, 15 of 21 x2", course.TooLate, 2, "course: code 2, segment 0"},
		{"2200-12-28", "", "1/wk x1", 0, 1, ""},
		{"2200-12-29", "", "1/wk x1", course.TooLate, 0, "course: code 2, segment 0"},
		{"2200-12-25", "", "2", 0, 2, ""},
		{"1950-01-01", "2150-01-01", "every 1d", course.TooMany, course.MaxSessions, "course: code 1, segment 0"},
		{"2200-12-01", "2200-12-31", "1/wk", course.TooLate, 4, "course: code 2, segment 0"},
		{"2025-01-06", "", "1/wk x3 then every 1w x2 from week 3", course.WeekTaken, 0, "course: code 4, segment 1"},
		{"2025-01-06", "", "1/wk x1 then every 1w x2 from week 1", course.WeekTaken, 0, "course: code 4, segment 1"},
	} {
		c := of(t, tt.start, tt.until, tt.cadence)
		list, _, err := c.Unfold(nil)
		if tt.text == "" {
			require.NoError(t, err)
			require.Len(t, list, tt.sessions)
			continue
		}
		require.EqualError(t, err, tt.text)
		e := err.(*course.Error)
		require.Equal(t, tt.code, e.Code)
		require.Len(t, e.Sessions, tt.sessions)
		if tt.code == course.WeekTaken {
			require.Equal(t, []int32{e.Day, e.Day}, []int32{c.Start + 7*int32(e.Week-1), e.Before})
			require.Contains(t, tt.cadence, "from week "+strconv.Itoa(e.Week))
		}
		_, err = c.From(0, c.Start)
		require.EqualError(t, err, tt.text)
		_, _, err = c.Unfold(never(1 << 30))
		require.EqualError(t, err, tt.text)
	}
}

// closing is a room in which some days are closed.
func closing(t testing.TB, gap int32, closed ...string) hall {
	t.Helper()
	shut := map[int]bool{}
	for _, day := range closed {
		shut[int(number(t, day))-offset] = true
	}
	return hall{func(day int) bool {
		d := date.Date(day + offset)
		return !shut[day] && d.Weekday() != 0 && d.Weekday() != 6
	}, gap}
}

// The examples of the policies, in a clinic that is open from Monday to Friday.
func TestPolicies(t *testing.T) {
	c := of(t, "2025-01-06", "", "3-2-1-1-1")
	list, carried, err := c.Unfold(closing(t, 2, "2025-01-08", "2025-01-10"))
	require.NoError(t, err)
	require.Equal(t, []course.Carried{{Segment: 0, Weeks: 1}}, carried)
	require.Equal(t, "01-06 01-09 01-13 01-16 01-20 01-27 02-03 02-10", days(list, target))

	list = unfold(t, c)
	course.Postpone(list, closing(t, 2, "2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17"))
	require.Equal(t, "01-06 01-08 01-10 01-20 01-23 01-27 02-03 02-10", days(list, target))
	require.Equal(t, "01-20 01-20", days(list[3:5], func(s *course.Session) int32 { return s.Earliest }))
	require.Equal(t, []uint8{0, 1}, []uint8{list[2].Moved, list[3].Moved})

	// Five a week, six weeks, two Mondays closed: what is left stays together.
	c = of(t, "2025-01-06", "", "5/wk x6")
	list, _, err = c.Unfold(closing(t, 1, "2025-01-20", "2025-02-03"))
	require.NoError(t, err)
	require.Equal(t, "02-17 02-18", days(list[28:], target))
	require.Equal(t, course.Rule{
		Segment: c.Segment(0), Origin: int(number(t, "2025-02-17")), Count: 1, Steps: 1, Unit: protocol.Days, Days: []int{0, 1}, Of: 5,
		Before: 1, After: 5, Window: course.WholeWeek, Planned: 5,
	}, c.Rule(&list[29]))

	// Weeks that were added move what begins in a week.
	c = of(t, "2025-01-06", "", "2/wk x2 then every 1w x2 from week 4")
	list, _, err = c.Unfold(closing(t, 1, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"))
	require.NoError(t, err)
	require.Equal(t, "01-06 01-13 01-16 01-20 02-03 02-10", days(list, target))

	// So they do where that week is taken.
	c = of(t, "2025-01-06", "", "2/wk x2 then every 1w x2 from week 2")
	_, _, err = c.Unfold(closing(t, 1, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"))
	require.Equal(t, &course.Error{Code: course.WeekTaken, Segment: 1, Week: 3, Day: number(t, "2025-01-20"), Before: number(t, "2025-01-20")}, err)

	// Where there is room for all nothing is carried.
	c = of(t, "2025-01-06", "", "3-2-1")
	list, carried, err = c.Unfold(closing(t, 2))
	require.NoError(t, err)
	require.Empty(t, carried)
	require.Len(t, list, 6)

	// A week of rest: no ceilings.
	c = of(t, "2025-01-06", "", "2-0-2")
	list, carried, err = c.Unfold(closing(t, 1, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"))
	require.NoError(t, err)
	require.Empty(t, carried)
	require.Len(t, list, 4)
}

// never is a room without a day from some day on.
type never int32

func (n never) Earliest(_ int, s, _ *course.Session, _ int32) (int32, bool) {
	return s.Earliest, s.Earliest < int32(n)
}

// Neither policy goes on for ever: after 26 weeks, or before the last day there is.
func TestPoliciesEnd(t *testing.T) {
	c := of(t, "2025-01-06", "", "2/wk x2", "every 1w x2")
	list := unfold(t, c)
	course.Postpone(list, never(number(t, "2025-01-13")))
	require.Equal(t, "01-06 01-09 07-14 07-17 07-24 07-31", days(list, target))
	require.Equal(t, []uint8{0, 0, 26, 26, 26, 26}, []uint8{list[0].Moved, list[1].Moved, list[2].Moved, list[3].Moved, list[4].Moved, list[5].Moved})

	list = unfold(t, of(t, "2200-12-10", "", "1/wk x2"))
	course.Postpone(list, never(0))
	require.Equal(t, "12-17 12-24", days(list, target), "a window that ends on 31 December passes it a week later")
	course.Postpone(nil, never(0))
	for start, want := range map[string]string{"2200-12-14": "12-21 12-28", "2200-12-15": "12-15 12-22"} {
		list = unfold(t, of(t, start, "", "1/wk x2"))
		course.Postpone(list, never(0))
		require.Equal(t, want, days(list, target), "a window may end on 31 December")
	}

	_, _, err := c.Unfold(never(number(t, "2025-01-13")))
	e := err.(*course.Error)
	require.Equal(t, course.Unplaced, e.Code)
	require.Equal(t, 0, e.Segment)
	// Two took the first week; the third has the window that it would have in the
	// 26th week that is added.
	require.Len(t, e.Sessions, 3)
	require.Equal(t, number(t, "2025-01-06"), e.Earliest)
	require.Equal(t, "07-14 07-14", days([]course.Session{e.Sessions[2], e.Sessions[2]}, target))
	require.Equal(t, number(t, "2025-07-20"), e.Sessions[2].Latest)

	// One a week where two are asked for: the second of the last week has no day.
	mondays := hall{func(day int) bool { return date.Date(day+offset).Weekday() == time.Monday }, 1}
	c = of(t, "2025-01-06", "", "2/wk x30")
	_, _, err = c.Unfold(mondays)
	e = err.(*course.Error)
	require.Len(t, e.Sessions, 57)
	require.Equal(t, "01-26 01-29", days(e.Sessions[55:], target))
	require.Equal(t, []int32{number(t, "2026-01-26"), number(t, "2026-02-01"), number(t, "2026-01-26")}, []int32{e.Sessions[56].Earliest, e.Sessions[56].Latest, e.Earliest})

	// Any other segment must have room.
	c = of(t, "2025-01-06", "", "2/wk x2", "every 1w x2")
	_, _, err = c.Unfold(never(number(t, "2025-01-21")))
	e = err.(*course.Error)
	require.Equal(t, []int{1, 6}, []int{e.Segment, len(e.Sessions)})
	require.Equal(t, number(t, "2025-01-20"), e.Earliest)
}

func again(list []course.Session) (text string) {
	for i := range list {
		text += fmt.Sprintf(" %d.%d", list[i].Phase, list[i].Number)
		if list[i].Again {
			text += "*"
		}
	}
	return text
}

// What follows after events, worked by hand.
func TestAfterEvents(t *testing.T) {
	// Appended: the next of the last segment of the phase, which no gate follows.
	c := of(t, "2025-01-06", "", "3-1 then 2/wk x2")
	list := unfold(t, c)
	more, err := c.Append(events(list), list[len(list)-1])
	require.NoError(t, err)
	require.Equal(t, "02-03 0.9*", days(more, target)+again(more))
	c = of(t, "2025-01-31", "", "every 1mo x4")
	list = unfold(t, c)
	more, err = c.Append(events(list), list[3])
	require.NoError(t, err)
	require.Equal(t, "05-31 0.5*", days(more, target)+again(more), "counted from the first, not from 30 April")

	// Extended: the gate follows the last that is added; what comes after moves on.
	c = of(t, "2025-01-06", "", "1/wk x2", "every 2w x2")
	list = unfold(t, c)
	require.Equal(t, "01-06 01-13 01-27 02-10", days(list, target))
	more, err = c.Extend(events(list), 0, list[0], slices.Clone(list[1:]), 2)
	require.NoError(t, err)
	require.Equal(t, "01-13 01-20 01-27 02-10 02-24 0.2 0.3 0.4 1.1 1.2", days(more, target)+again(more))
	// Nothing is left of the phase: it goes on from the last that it had.
	more, err = c.Extend(events(list), 0, list[1], slices.Clone(list[2:]), 1)
	require.NoError(t, err)
	require.Equal(t, "01-20 02-03 02-17 0.3 1.1 1.2", days(more, target)+again(more))
	// One that was added is not counted from, and stays in the order of targets.
	extra := course.Session{Target: number(t, "2025-01-22"), Phase: 0, Number: 2, Segment: course.NoSegment, Extra: true, Tag: 5}
	with := append([]course.Session{list[1], extra}, list[2:]...)
	more, err = c.Extend(events(list), 0, list[0], with, 2)
	require.NoError(t, err)
	require.Equal(t, "01-13 01-20 01-22 01-27 02-10 02-24 0.2 0.3 0.2 0.4 1.1 1.2", days(more, target)+again(more))
	require.EqualValues(t, 5, more[2].Tag)

	more, err = c.Extend(events(list), 0, list[1], []course.Session{extra}, 2)
	require.NoError(t, err)
	require.Equal(t, "01-20 01-22 01-27 0.3 0.2 0.4", days(more, target)+again(more))

	// Stepped back: two of the first phase in place of one of the second.
	more, err = c.StepBack(events(list), course.StepBack{Phase: 0, Sessions: 2, From: number(t, "2025-01-21"), Consume: true}, list[1], slices.Clone(list[2:]))
	require.NoError(t, err)
	require.Equal(t, "01-27 02-03 0.3* 0.4*", days(more, target)+again(more))
	more, err = c.StepBack(events(list), course.StepBack{Phase: 0, Sessions: 1, From: number(t, "2025-01-21"), Consume: true}, list[1], slices.Clone(list[2:]))
	require.NoError(t, err)
	require.Equal(t, "01-27 02-10 0.3* 1.2", days(more, target)+again(more))
	// Before all of them: the first is as far after them as it was after the anchor.
	more, err = c.StepBack(events(list), course.StepBack{Phase: 0, Sessions: 2, From: number(t, "2025-01-21")}, list[1], slices.Clone(list[2:]))
	require.NoError(t, err)
	require.Equal(t, "01-27 02-03 02-17 03-03 0.3* 0.4* 1.1 1.2", days(more, target)+again(more))
	// Where they end early, what follows comes earlier too.
	more, err = c.StepBack(events(list), course.StepBack{Phase: 0, Sessions: 1, From: number(t, "2025-01-14")}, list[1], slices.Clone(list[2:]))
	require.NoError(t, err)
	require.Equal(t, "01-20 02-03 02-17 0.3* 1.1 1.2", days(more, target)+again(more))

	for _, tt := range []struct {
		back course.StepBack
		want course.Error
	}{
		{course.StepBack{Phase: 1, Sessions: 1, Consume: true}, course.Error{Code: course.NotEarlier, Phase: 1, Than: 1}},
		{course.StepBack{Phase: 0}, course.Error{Code: course.NoNumber}},
	} {
		_, err = c.StepBack(events(list), tt.back, list[1], slices.Clone(list[2:]))
		require.Equal(t, &tt.want, err)
	}
	for _, n := range []int{0, 2} {
		more, err = c.StepBack(events(list), course.StepBack{Phase: 0, Sessions: n, From: number(t, "2025-02-11"), Consume: true}, list[3], nil)
		if n == 0 {
			require.Equal(t, &course.Error{Code: course.NoNumber}, err)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, "02-17 02-24 0.3* 0.4*", days(more, target)+again(more))
	}
	// Of sessions that are only to be planned.
	more, err = c.Extend(events(nil), 0, list[0], slices.Clone(list[1:2]), 1)
	require.NoError(t, err)
	require.Equal(t, "01-13 01-20 0.2 0.3", days(more, target)+again(more))
	third := list[2]
	third.Phase = 2
	for _, rest := range [][]course.Session{{list[2]}, {list[2], third}} {
		_, err = c.StepBack(events(list), course.StepBack{Phase: 1, Sessions: 1, Consume: true}, list[1], rest)
		require.Equal(t, &course.Error{Code: course.NotEarlier, Phase: 1, Than: 1}, err)
	}
	_, err = c.Extend(events(list[:2]), 1, list[1], nil, 1)
	require.Equal(t, &course.Error{Code: course.NotReached, Phase: 1, Segment: 1}, err)
	c = of(t, "2025-01-06", "", "weeks 0, 3", "as needed")
	list = unfold(t, c)
	_, err = c.Append(events(list), list[1])
	require.Equal(t, &course.Error{Code: course.NoFrequency}, err)
	_, err = c.Extend(events(list), 1, list[1], nil, 1)
	require.Equal(t, &course.Error{Code: course.NoSessions, Phase: 1}, err)
	require.False(t, c.Endless())
	require.Equal(t, []int{-1, 1}, []int{c.PhaseNamed("2"), c.PhaseNamed("1")})

	// No session is planned within a year of the last day there is.
	c = of(t, "2199-09-30", "", "1/wk x2")
	list = unfold(t, c)
	more, err = c.Extend(events(list), 0, list[1], nil, 12)
	require.NoError(t, err)
	require.Equal(t, "12-30", days(more[11:], target))
	_, err = c.Extend(events(list), 0, list[1], nil, 13)
	require.Equal(t, &course.Error{Code: course.NoTime, Asked: 13}, err)
}

// Months are counted from the day that moved, also where a short one hides it; from
// the target before them, where they are; and not again where nothing moved.
func TestMonths(t *testing.T) {
	c := of(t, "2024-12-31", "", "every 1mo x5")
	for _, tt := range []struct{ first, want string }{
		{"2025-01-31", "01-31 02-28 03-31 04-30"},
		{"2025-01-30", "01-30 02-28 03-30 04-30"},
		{"2025-02-01", "02-01 03-01 04-01 05-01"},
	} {
		list := unfold(t, c)[1:]
		c.Move(list, number(t, tt.first))
		require.Equal(t, tt.want, days(list, target))
	}
	list := unfold(t, c)[2:]
	c.Move(list, number(t, "2025-02-28"))
	require.Equal(t, "02-28 03-31 04-30", days(list, target))
	c.Move(nil, 0)

	// Postponed by a week with all before them, then moved by another.
	c = of(t, "2025-01-20", "", "1/wk x1 then every 1mo x2")
	list = unfold(t, c)
	require.Equal(t, "01-20 02-20 03-20", days(list, target))
	course.Postpone(list, after(number(t, "2025-01-21")))
	require.Equal(t, "01-27 02-27 03-27", days(list, target))
	c.Move(list, number(t, "2025-02-03"))
	require.Equal(t, "02-03 03-03 04-03", days(list, target))
	require.Equal(t, []uint8{1, 0, 0}, []uint8{list[0].Moved, list[1].Moved, list[2].Moved})
}

// after is a room from a day on, in which every session has its target.
type after int32

func (a after) Earliest(_ int, s, _ *course.Session, _ int32) (int32, bool) {
	return s.Target, s.Target >= int32(a)
}

// A cadence without end goes on to its last day after what moved, and what was added
// stays where it is.
func TestFilled(t *testing.T) {
	c := of(t, "2025-01-06", "2025-01-12", "every 1d")
	require.True(t, c.Endless())
	list := unfold(t, c)
	require.Equal(t, "01-06 01-07 01-08 01-09 01-10 01-11 01-12", days(list, target))
	extra := course.Session{Target: number(t, "2025-01-11"), Segment: course.NoSegment, Number: 4, Extra: true, Tag: 9}
	kept, tail := list[:3], append(append([]course.Session(nil), list[3:5]...), extra)
	more, err := c.MoveTo(events(list), tail, number(t, "2025-01-08"))
	require.NoError(t, err)
	require.Equal(t, "01-08 01-09 01-10 01-10 01-11 01-12 0.4 0.5 0.4 0.6 0.7 0.8", days(more, target)+again(more))
	require.EqualValues(t, []int16{0, 0, 9, 0, 0, 0}, []int16{more[0].Tag, more[1].Tag, more[2].Tag, more[3].Tag, more[4].Tag, more[5].Tag})
	require.Len(t, kept, 3)

	later := c
	more, err = later.MoveTo(events(list), append([]course.Session(nil), list[3:]...), number(t, "2025-01-11"))
	require.NoError(t, err)
	require.Equal(t, "01-11 01-12 01-13 01-14 0.4 0.5 0.6 0.7", days(more, target)+again(more), "two days later, and so is the last day")
	require.Equal(t, number(t, "2025-01-14"), later.Until)
	c.Until = number(t, "2025-01-09") // as where somebody has made it earlier
	later = c
	more, err = later.MoveTo(events(list), append([]course.Session(nil), list[3:]...), number(t, "2025-01-14"))
	require.NoError(t, err)
	require.Equal(t, "01-14 0.4", days(more, target)+again(more), "the first stays")
	require.Equal(t, number(t, "2025-01-14"), later.Until)
	c.Until = number(t, "2025-01-12")
	more, err = c.MoveTo(events(list), []course.Session{extra}, number(t, "2025-01-14"))
	require.NoError(t, err)
	require.Len(t, more, 1)

	// What was added may come between those that are new.
	extra.Target++
	more, err = c.MoveTo(events(list), append(append([]course.Session(nil), list[3:5]...), extra), number(t, "2025-01-08"))
	require.NoError(t, err)
	require.Equal(t, "01-08 01-09 01-10 01-11 01-11 01-12 0.4 0.5 0.6 0.4 0.7 0.8", days(more, target)+again(more))

	// Only the segment without end is filled.
	c = of(t, "2025-01-06", "2025-01-20", "1/wk x2", "every 1w")
	list = unfold(t, c)
	more, err = c.MoveTo(events(list), append([]course.Session(nil), list[:2]...), number(t, "2025-01-06"))
	require.NoError(t, err)
	require.Len(t, more, 2)
	require.Empty(t, put(t)(c.MoveTo(events(list), nil, 0)))
	require.Equal(t, number(t, "2025-01-20"), c.Until, "no target is later than before")
}

// Phases and segments of versions that were replaced keep their places.
func TestAdopt(t *testing.T) {
	old := of(t, "2025-01-06", "", "1/wk x2", "every 2w x2")
	c := old.Adopt(prescription(t, "2/wk x1", "every 3w x2"))
	require.Equal(t, []int{0, 2, 2, 3}, []int{old.FirstPhase(), c.FirstPhase(), c.PhaseNamed("0"), c.PhaseNamed("1")})
	require.Equal(t, "1/wk x2, every 2w x2, 2, every 3w x2", fmt.Sprintf("%s, %s, %s, %s", c.Segment(0), c.Segment(1), c.Segment(2), c.Segment(3)))
	require.Len(t, old.Phases, 2)
	list := unfold(t, c)
	require.Equal(t, "01-06 01-09 01-30 02-20 2.1 2.2 3.1 3.2", days(list, target)+again(list))
	other := old.Adopt(prescription(t, "7"))
	require.Equal(t, "2 7", c.Segment(2).String()+" "+other.Segment(2).String(), "courses do not share what comes after")

	// The first session of the plan keeps its target, whatever the distance.
	first := unfold(t, old)
	next, err := c.Continue(events(first), course.Reached{Old: &old}, append([]course.Session(nil), first...))
	require.NoError(t, err)
	require.Equal(t, "01-06 01-09 01-30 02-20", days(next, target))
	// The last before it was given: three weeks after it, by the new distance.
	next, err = c.Continue(events(first), course.Reached{Old: &old, Before: &first[1], Done: 2}, append([]course.Session(nil), first[2:]...))
	require.NoError(t, err)
	require.Equal(t, "02-03 02-24 3.1 3.2", days(next, target)+again(next))
	// Nothing before it took place: its target stays.
	next, err = c.Continue(events(first), course.Reached{Old: &old, Done: 2}, append([]course.Session(nil), first[2:]...))
	require.NoError(t, err)
	require.Equal(t, "01-27 02-17", days(next, target))
	// A window that is past: whole weeks later, to the first that is not.
	next, err = c.Continue(events(first), course.Reached{Old: &old, Done: 2, Today: number(t, "2025-02-01")}, append([]course.Session(nil), first[2:]...))
	require.NoError(t, err)
	require.Equal(t, "02-03 02-24", days(next, target))
	next, err = c.Continue(events(first), course.Reached{Old: &old, Done: 2, Today: number(t, "2025-01-30")}, append([]course.Session(nil), first[2:]...))
	require.NoError(t, err)
	require.Equal(t, "01-27 02-17", days(next, target), "the window ends that day")
}
