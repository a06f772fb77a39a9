package course_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// three returns a course that took up another version and then switched to another
// protocol, with the three protocols.
func three(t testing.TB) (course.Course, []*protocol.Protocol) {
	t.Helper()
	list := []*protocol.Protocol{prescription(t, "1/wk x2", "every 2w x2"), prescription(t, "2/wk x1"), prescription(t, "1/wk x1", "every 1mo")}
	c := course.New(list[0], number(t, "2025-01-06"), 0, nil).Adopt(list[1])
	return c.Switch(list[2], number(t, "2025-03-03"), number(t, "2025-06-02")), list
}

// A course knows which version held when, and which phases each has.
func TestVersionsOfACourse(t *testing.T) {
	c, _ := three(t)
	january, march, june := number(t, "2025-01-06"), number(t, "2025-03-03"), number(t, "2025-06-02")
	check := func(c course.Course, holds int, start, until int32) {
		t.Helper()
		assert.Equal(t, 3, c.Versions())
		assert.Equal(t, holds, c.Holds())
		assert.Equal(t, []int32{start, until}, []int32{c.Start, c.Until})
		for at, want := range [][2]int{{0, 2}, {2, 3}, {3, 5}} {
			first, end := c.PhasesOf(at)
			assert.Equal(t, want, [2]int{first, end})
			for phase := first; phase < end; phase++ {
				assert.Equal(t, at, c.VersionOf(phase))
				assert.Equal(t, at == holds, c.Has(phase), phase)
				begun, _ := c.Version(at)
				assert.Equal(t, begun, c.StartOf(phase), phase)
			}
			begun, last := c.Version(at)
			assert.Equal(t, [][2]int32{{january, 0}, {january, 0}, {march, june}}[at], [2]int32{begun, last}, at)
		}
		first, _ := c.PhasesOf(holds)
		assert.Equal(t, first, c.FirstPhase())
		assert.False(t, c.Has(5))
		assert.Equal(t, []int{0, 1, -1, 2, -1, 3, 4}, []int{c.PhaseOf(0, "0"), c.PhaseOf(0, "1"), c.PhaseOf(0, "2"), c.PhaseOf(1, "0"), c.PhaseOf(1, "1"), c.PhaseOf(2, "0"), c.PhaseOf(2, "1")})
	}
	check(c, 2, march, june)
	assert.Equal(t, []int{3, 4, -1}, []int{c.PhaseNamed("0"), c.PhaseNamed("1"), c.PhaseNamed("2")})
	assert.Equal(t, []bool{false, false, false, true, true}, []bool{c.Plans(0), c.Plans(1), c.Plans(2), c.Plans(3), c.Plans(4)})
	assert.True(t, c.Endless())
	assert.Equal(t, "03-03 04-03 05-03", days(unfold(t, c), target))

	held := c.Hold(0)
	check(held, 0, january, 0)
	assert.Equal(t, []int{0, 1}, []int{held.PhaseNamed("0"), held.PhaseNamed("1")})
	assert.Equal(t, []bool{true, true, false, false, false}, []bool{held.Plans(0), held.Plans(1), held.Plans(2), held.Plans(3), held.Plans(4)})
	assert.False(t, held.Endless())
	assert.Equal(t, "01-06 01-13 01-27 02-10", days(unfold(t, held), target))
	check(held.Hold(1), 1, january, 0)
	assert.Equal(t, "01-06 01-09", days(unfold(t, held.Hold(1)), target))

	// Each course keeps the start and the last day of its own.
	moved := c
	moved.Start, moved.Until = march+7, june+7
	again := moved.Hold(0).Hold(2)
	assert.Equal(t, []int32{march + 7, june + 7}, []int32{again.Start, again.Until})
	check(held.Hold(2), 2, march, june)
	check(c, 2, march, june)

	needed := of(t, "2025-01-06", "", "as needed")
	assert.False(t, needed.Endless())
	assert.False(t, needed.Plans(0))
	needed = of(t, "2025-01-06", "", "1/wk x2", "as needed")
	assert.Equal(t, []bool{true, false}, []bool{needed.Plans(0), needed.Plans(1)})
}

// A course that a file keeps is the one that was.
func TestKept(t *testing.T) {
	c, list := three(t)
	old := [][]protocol.DaySet{{protocol.OnDays(1)}, nil}
	asked := []protocol.DaySet{protocol.OnDays(2, 5)}
	var versions []course.Version
	for at, p := range list {
		start, until := c.Version(at)
		versions = append(versions, course.Version{Protocol: p, Start: start, Until: until})
	}
	for holds := range versions {
		kept := course.Kept(versions, holds, asked, old)
		want := c.Hold(holds)
		require.Equal(t, holds, kept.Holds())
		assert.Equal(t, []int32{want.Start, want.Until}, []int32{kept.Start, kept.Until})
		assert.Equal(t, 3, kept.Versions())
		for at := range versions {
			start, until := kept.Version(at)
			assert.Equal(t, []int32{versions[at].Start, versions[at].Until}, []int32{start, until})
		}
		assert.Equal(t, asked, kept.Weekdays())
		assert.Equal(t, old, kept.Wished())
		assert.Equal(t, 2, kept.Wishes())
	}
	assert.Equal(t, "01-07 01-10", days(unfold(t, course.Kept(versions, 1, asked, old)), target), "on the days asked for now")
}

// The weekdays that a patient asks for win over those of the phase, from then on.
func TestWish(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{Name: "0", MinGap: 1, Cadence: protocol.MustCadence("2/wk x2"), Weekdays: []protocol.DaySet{protocol.OnDays(1, 3)}}}}
	p, err := spec.Compile()
	require.NoError(t, err)
	c := course.New(p, number(t, "2025-01-06"), 0, nil) // a Monday
	before := unfold(t, c)
	assert.Equal(t, "01-06 01-08 01-13 01-15", days(before, target))
	assert.Zero(t, c.Wishes())

	tuesdays := protocol.OnDays(2, 5)
	wished := c.Wish([]protocol.DaySet{tuesdays})
	list := unfold(t, wished)
	assert.Equal(t, "01-07 01-10 01-14 01-17", days(list, target))
	assert.EqualValues(t, 1, list[0].Wish)
	assert.Equal(t, 1, wished.Wishes())
	assert.Equal(t, []protocol.DaySet{tuesdays}, wished.Weekdays())
	assert.Equal(t, protocol.OnDays(1, 3), wished.Rule(&before[0]).Asked, "those from before follow from the days of before")
	assert.Equal(t, tuesdays, wished.Rule(&list[0]).Asked)

	more, err := wished.Append(events(before), before[3])
	require.NoError(t, err)
	assert.Equal(t, "01-21", days(more, target), "the week after the one that other days filled")

	back := wished.Wish(nil)
	assert.Equal(t, "01-06 01-08 01-13 01-15", days(unfold(t, back), target))
	assert.Equal(t, [][]protocol.DaySet{nil, {tuesdays}}, back.Wished())
	assert.Equal(t, tuesdays, back.Rule(&list[0]).Asked)
	assert.Equal(t, 1, wished.Wishes(), "a course never changes")

	other := c.For(number(t, "2025-02-03"), 0, []protocol.DaySet{tuesdays})
	assert.Equal(t, "02-04 02-07 02-11 02-14", days(unfold(t, other), target))
	assert.Equal(t, "02-03 02-05 02-10 02-12", days(unfold(t, other.For(number(t, "2025-02-03"), 0, nil)), target))
	assert.Equal(t, "01-06 01-08 01-13 01-15", days(unfold(t, c), target))
}

// Of a daily course the days that are left are the first ones of all.
func TestRuleOfFewerDays(t *testing.T) {
	c := of(t, "2025-01-06", "", "5/wk x1 then 3")
	list := unfold(t, c)
	list[0].InWeek, list[5].InWeek = 3, 2
	rule := c.Rule(&list[0])
	assert.Equal(t, 5, rule.Of)
	assert.Equal(t, []int{0, 1, 2}, rule.Days)
	rule = c.Rule(&list[5])
	assert.Equal(t, 2, rule.Of)
	assert.Equal(t, []int{0, 3}, rule.Days)
}

// The visits of a monitoring are a course of their own.
func TestSeries(t *testing.T) {
	m := protocol.Monitoring{
		Name: "count", Cadence: protocol.MustCadence("2/wk x1 then every 2w"), Weekdays: []protocol.DaySet{protocol.OnDays(2, 4)}, Window: &protocol.Window{Before: 1, After: 2},
		Visit: protocol.Visit{Observation: 20 * time.Minute},
	}
	c := course.Series(&m, number(t, "2025-01-06"), number(t, "2025-02-10"))
	list := unfold(t, c)
	assert.Equal(t, "01-07 01-09 01-23 02-06", days(list, target))
	for i := range list {
		assert.Equal(t, []any{i + 1, uint16(20), uint16(0)}, []any{int(list[i].Number), list[i].Minutes, list[i].Phase})
		assert.Equal(t, []int32{list[i].Target - 1, list[i].Target + 2}, []int32{list[i].Earliest, list[i].Latest})
	}
	assert.Equal(t, "count", c.Phases[0].Name)
	assert.Equal(t, 1, c.Phases[0].MinGap)
	assert.True(t, c.Endless())
	assert.Equal(t, 1, c.Versions())
	assert.True(t, c.Plans(0))
	more, err := c.Further(events(list), number(t, "2025-02-20"))
	require.NoError(t, err)
	assert.Equal(t, "02-20", days(more, target))
}

// A session of a version before goes on as one of a phase that holds: where the cadence
// is another, that begins where any segment does after the other.
func TestUnder(t *testing.T) {
	for _, tt := range []struct {
		name, old, now string
		at             int
		change         func(s *course.Session)
		// origin is that of the session, and targets those of two that are added after
		// it; both are "" where it keeps its segment.
		origin, targets string
	}{
		// The week after its own.
		{"weekly", "1/wk x2", "2/wk x2", 1, nil, "01-20", "01-20 01-23"},
		{"weekly, postponed", "1/wk x2", "2/wk x2", 1, func(s *course.Session) { s.Moved, s.Target = 1, s.Target+7 }, "01-27", "01-27 01-30"},
		// The cycle after its own, which began on 27 January.
		{"cycles", "days 1, 8 of 21 x2", "1/wk x2", 3, nil, "02-17", "02-17 02-24"},
		{"cycles, the first day", "days 1, 8 of 21 x2", "1/wk x2", 2, nil, "02-17", "02-17 02-24"},
		{"weeks", "weeks 0, 2, 6", "1/wk x2", 2, nil, "02-24", "02-24 03-03"},
		{"intervals", "every 2w x3", "1/wk x2", 2, nil, "02-17", "02-17 02-24"},
		{"months", "every 1mo x3", "1/wk x2", 2, nil, "04-06", "04-06 04-13"},
		{"months, shifted", "every 1mo x3", "1/wk x2", 2, func(s *course.Session) { s.Wish, s.Target = 2, s.Target+14 }, "04-20", "04-20 04-27"},
		// An interval is counted from the session itself.
		{"to intervals", "1/wk x2", "every 2w x3", 1, nil, "01-13", "01-27 02-10"},
		{"to cycles", "1/wk x2", "days 1, 8 of 21 x2", 1, nil, "01-20", "01-20 01-27"},
		// The same goes on.
		{"the same", "1/wk x2", "1/wk x2", 1, nil, "01-13", "01-20 01-27"},
		{"the same interval", "every 2w x3", "every 2w x3", 2, nil, "01-06", "02-17 03-03"},
		// What belongs to no last segment keeps its own.
		{"not of the last segment", "1/wk x2 then every 2w x2", "2/wk x2", 1, nil, "", ""},
		{"nothing to go on with", "1/wk x2", "as needed", 1, nil, "", ""},
		{"added", "1/wk x2", "2/wk x2", 1, func(s *course.Session) { s.Extra, s.Segment = true, course.NoSegment }, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			old := of(t, "2025-01-06", "", tt.old)
			s := unfold(t, old)[tt.at]
			if tt.change != nil {
				tt.change(&s)
			}
			c := old.Adopt(prescription(t, tt.now))
			got := c.Under(s, 1)
			assert.EqualValues(t, 1, got.Phase)
			assert.EqualValues(t, course.Earlier, got.Tag)
			assert.Equal(t, s.Target, got.Target)
			assert.Equal(t, s.Number, got.Number)
			if tt.origin == "" {
				s.Phase, s.Tag = got.Phase, got.Tag
				assert.Equal(t, s, got)
				return
			}
			assert.EqualValues(t, 1, got.Segment)
			assert.Equal(t, 0, got.Shifted())
			wished := c.Wish(nil)
			weekly := tt.name != "the same" && (tt.now == "1/wk x2" || tt.now == "2/wk x2")
			assert.Equal(t, weekly, wished.Under(s, 1).Wish == 1, "by the weekdays of now")
			assert.Equal(t, tt.origin, days([]course.Session{got}, func(s *course.Session) int32 { return s.Origin }))
			added, err := c.Extend(events([]course.Session{got}), 1, got, nil, 2)
			require.NoError(t, err)
			assert.Equal(t, tt.targets, days(added, target))
			assert.Equal(t, []uint16{got.Number + 1, got.Number + 2}, []uint16{added[0].Number, added[1].Number})
		})
	}
	// The phase of the old version has two, of which it is the last of the first.
	old := of(t, "2025-01-06", "", "1/wk x2", "every 2w x2")
	c := old.Adopt(prescription(t, "2/wk x2", "every 2w x2"))
	got := c.Under(unfold(t, old)[1], 2)
	assert.EqualValues(t, 2, got.Segment)
	assert.Equal(t, number(t, "2025-01-20"), got.Origin)
	assert.Equal(t, []any{int16(0), uint8(0), uint8(0), uint16(0), uint8(1)}, []any{got.Steps, got.Moved, got.Turned, got.Wish, got.InWeek})
}
