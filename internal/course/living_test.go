package course_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/protocol"
)

// After any few events a course is that which the second implementation has, whatever
// was planned before.
func TestLivingAgainstOracle(t *testing.T) {
	streams := []*rand.Rand{rand.New(rand.NewPCG(1, 2)), rand.New(rand.NewPCG(101, 7)), rand.New(rand.NewPCG(102, 7)), rand.New(rand.NewPCG(104, 7))}
	seen := map[string]int{}
	for i := range many(4000) {
		r := streams[i%len(streams)]
		x, ok := treat(t, r)
		if !ok {
			continue
		}
		living, problem := oracle.NewLiving(x.input)
		list, _, err := x.course.Unfold(nil)
		if problem != "" {
			require.Error(t, err, x.text)
			seen[problem]++
			continue
		}
		require.NoError(t, err, x.text)
		x.same(t, living.Due(), list)
		seen["unfolded"]++
		var told []any
		for range 1 + r.IntN(3) {
			if len(list) == 0 || len(list) > 200 {
				break
			}
			name, next, ok := x.event(t, r, living, list, &told)
			seen[name]++
			if !ok {
				seen["refused: "+name]++
				continue
			}
			list = next
			x.same(t, living.Due(), list, told...)
		}
	}
	t.Log(seen)
	for _, name := range []string{"unfolded", "move", "given", "append", "restart", "extend", "step back", "step back without end", "postpone", "from week"} {
		require.Greater(t, seen[name]-seen["refused: "+name], many(20), name)
	}
}

// event has the same happen to both courses.
func (x *treatment) event(t testing.TB, r *rand.Rand, living *oracle.Living, list []course.Session, told *[]any) (name string, next []course.Session, ok bool) {
	t.Helper()
	c, plan := &x.course, events(list)
	from := r.IntN(len(list))
	kept, tail := list[:from:from], append([]course.Session(nil), list[from:]...)
	first := tail[0]
	tell := func(what string, numbers ...int) {
		name = what
		*told = append(*told, what, from+1, numbers)
	}
	var err error
	put := func(rest []course.Session, err error) []course.Session {
		require.NoError(t, err, "%s: %v", x.text, *told)
		return append(kept, rest...)
	}
	before := course.Session{}
	if from > 0 {
		before = list[from-1]
	}
	phase := int(first.Phase)
	switch r.IntN(7) {
	case 0:
		day := int(first.Target) + []int{7 * r.IntN(5), r.IntN(40) - 5, -1, 0}[r.IntN(4)]
		if days := day - int(first.Target); days >= 0 && days%7 == 0 && from%2 == 0 {
			tell("shift", days/7)
			living.Shift(from, days/7)
			return name, put(c.Shift(plan, tail, days/7)), true
		}
		tell("move", day-int(first.Target))
		living.MoveTo(from, day-offset)
		return name, put(c.MoveTo(plan, tail, int32(day))), true
	case 1:
		if from == 0 {
			return "given", nil, false
		}
		day := int(before.Target) + r.IntN(15) - 7
		tell("given", day-int(before.Target))
		living.Given(from-1, day-offset)
		return name, put(c.Reanchor(plan, before, int32(day), tail)), true
	case 2:
		if c.Endless() {
			return "append", nil, false
		}
		tell("append")
		ok = living.Append()
		more, err := c.Append(plan, list[len(list)-1])
		if !ok {
			impossible(t, err)
			return name, nil, false
		}
		kept = list
		return name, put(more, err), true
	case 3:
		phase, day := r.IntN(phase+1), int(first.Target)+r.IntN(30)
		tell("restart", phase, day)
		ok = living.Restart(from, phase, day-offset)
		next, err = c.Again(phase, int32(day), first)
		if !ok {
			require.Error(t, err)
			return name, nil, false
		}
		return name, put(next, err), true
	case 4:
		if _, ends := c.Phases[phase].Cadence.Sessions(); !ends || from == 0 || list[from-1].Phase != first.Phase {
			return "extend", nil, false
		}
		n := 1 + r.IntN(5)
		tell("extend", n)
		ok = living.Extend(from, phase, n)
		next, err = c.Extend(plan, phase, before, tail, n)
		if !ok {
			impossible(t, err)
			return name, nil, false
		}
		return name, put(next, err), true
	case 5:
		weeks := 1 + r.IntN(3)
		tell("postpone", weeks)
		living.Postpone(from, weeks)
		for i := range tail {
			s, days := &tail[i], int32(7*weeks)
			s.Target, s.Earliest, s.Latest, s.Moved = s.Target+days, s.Earliest+days, s.Latest+days, s.Moved+uint8(weeks)
		}
		return name, put(tail, nil), true
	default:
		if phase == 0 || from == 0 {
			return "step back", nil, false
		}
		n, to, day := r.IntN(4), r.IntN(phase), int(before.Target)+1+r.IntN(9)
		tell("step back", n, to, day-int(before.Target))
		if n == 0 && int(first.Segment) == len(segmentsOf(c))-1 && c.Endless() {
			name = "step back without end"
		}
		ok = living.StepBack(from, to, day-offset, n)
		next, err = c.StepBack(plan, course.StepBack{Phase: to, Sessions: n, From: int32(day), Consume: true}, before, tail)
		if !ok {
			impossible(t, err)
			return name, nil, false
		}
		return name, put(next, err), true
	}
}

// impossible checks that nothing can go on from a phase.
func impossible(t testing.TB, err error) {
	t.Helper()
	e, ok := err.(*course.Error)
	require.True(t, ok, "%v", err)
	require.Contains(t, []course.Code{course.NoFrequency, course.NotReached}, e.Code)
}

// segmentsOf returns the segments of a course that no other version held before.
func segmentsOf(c *course.Course) (list []protocol.Segment) {
	for i := range c.Phases {
		for _, s := range c.Phases[i].Cadence.Segments() {
			list = append(list, s)
		}
	}
	return list
}

// Another version takes over where the plan is, as the second implementation has it.
func TestContinueAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	seen := map[string]int{}
	for range many(4000) {
		x, ok := treat(t, r)
		if !ok {
			continue
		}
		living, problem := oracle.NewLiving(x.input)
		if problem != "" || len(living.Due()) == 0 {
			continue
		}
		list, _, err := x.course.Unfold(nil)
		require.NoError(t, err)
		version, ok := treat(t, r)
		if !ok {
			continue
		}
		if r.IntN(2) == 0 { // one phase of it is another
			i := r.IntN(len(x.input.Phases))
			version = x.with(t, i, version.input.Phases[0].Cadence)
		} else {
			version.input.Start, version.input.Until, version.input.Weekdays = x.input.Start, x.input.Until, x.input.Weekdays
		}
		if version.protocol == nil {
			continue
		}
		from := r.IntN(len(list))
		if r.IntN(3) == 0 {
			moved := r.IntN(20)
			living.MoveTo(from, int(list[from].Target)-offset+moved)
			list = append(list[:from:from], put(t)(x.course.MoveTo(events(list), append([]course.Session(nil), list[from:]...), list[from].Target+int32(moved)))...)
		}
		if x.course.Endless() { // what was moved moved it
			version.input.Until = int(x.course.Until) - offset
		}
		today := int(list[from].Target) + r.IntN(30) - 20
		want, problem := living.Adopt(version.input, from, today-offset)
		next := x.course.Adopt(version.protocol)
		reached := course.Reached{Old: &x.course, Done: from, Today: int32(today)}
		if from > 0 {
			reached.Before = &list[from-1]
		}
		tail := append([]course.Session(nil), list[from:]...)
		extra := course.Session{Target: tail[0].Target, Phase: tail[0].Phase, Number: 3, Segment: course.NoSegment, Extra: true, Tag: 7}
		got, err := next.Continue(events(list), reached, slices.Insert(slices.Clone(tail), r.IntN(len(tail)+1), extra))
		if problem != "" {
			require.Error(t, err)
			seen["refused"]++
			continue
		}
		require.NoError(t, err)
		var due []oracle.Due
		for _, s := range got {
			if s.Extra {
				require.EqualValues(t, 7, s.Tag)
				if int(tail[0].Phase) < len(version.input.Phases) {
					require.Equal(t, int(tail[0].Phase)+next.FirstPhase(), int(s.Phase))
					require.EqualValues(t, 20+int(tail[0].Phase), s.Minutes)
				} else {
					require.Equal(t, tail[0].Phase, s.Phase)
				}
				continue
			}
			due = append(due, oracle.Due{
				Target: int(s.Target) - offset, Earliest: int(s.Earliest) - offset, Latest: int(s.Latest) - offset,
				Phase: int(s.Phase) - next.FirstPhase() + 1, Number: int(s.Number),
			})
		}
		require.Len(t, got, len(want)+1, "what was added stays")
		require.Equal(t, want, due, "%s then %s, at %d, today %d", x.text, version.protocol.Cadence(), from+1, today-offset)
		seen["adopted"]++
		if len(want) == 0 {
			seen["nothing left"]++
		} else if want[0].Target != int(tail[0].Target)-offset {
			seen["another target"]++
		}
	}
	t.Log(seen)
	for _, name := range []string{"refused", "adopted", "nothing left", "another target"} {
		require.Greater(t, seen[name], many(40), name)
	}
}

func put(t testing.TB) func([]course.Session, error) []course.Session {
	return func(list []course.Session, err error) []course.Session {
		require.NoError(t, err)
		return list
	}
}
