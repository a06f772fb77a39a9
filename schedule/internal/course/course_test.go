package course_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/course"
)

// offset is the day number of the engine that is day 0 of the oracle.
var offset = int(date.New(1970, 1, 1))

// segments are texts of every kind; the last ones have no end.
var segments = []string{
	"3-2-1", "2/wk x3", "1/wk x3", "3-0-2", "5/wk x2", "6-4", "7", "2", "4-1",
	"every 2d x3", "every 1w x3", "every 10d x4", "every 4w x3", "every 1mo x4", "every 2mo x2", "every 1w x2 from week 7", "every 3w x1",
	"days 1, 8 of 21 x2", "days 1 of 3 x3", "days 2, 3, 9 of 40 x2", "weeks 0, 2, 6", "weeks 1", "weeks 0, 1",
	"every 4w", "every 1mo", "every 5d",
}

const endless = 3

// A treatment is the same prescription for the engine and the oracle.
type treatment struct {
	protocol *protocol.Protocol
	course   course.Course
	input    oracle.Input
	text     string
}

func treat(t testing.TB, r *rand.Rand) (treatment, bool) {
	t.Helper()
	start := date.New(2024, 1, 1) + date.Date(r.IntN(1200))
	until := start + date.Date(100+r.IntN(400))
	x := treatment{input: oracle.Input{Start: int(start) - offset, Until: int(until) - offset, Open: func(int) bool { return true }, Policy: oracle.Refuse}}
	var spec protocol.Spec
	n := 1 + r.IntN(3)
	for i := range n {
		text := segments[r.IntN(len(segments)-endless)]
		if r.IntN(3) == 0 {
			text += " then " + segments[r.IntN(len(segments)-endless)]
		}
		if i == n-1 && r.IntN(2) == 0 {
			text = segments[len(segments)-1-r.IntN(endless)]
		}
		p := protocol.Phase{Name: strconv.Itoa(i), MinGap: 1}
		phase := oracle.Phase{Cadence: text, Gap: 1}
		if r.IntN(4) == 0 {
			phase.Window = &[2]int{r.IntN(5), r.IntN(5)}
			p.Window = &protocol.Window{Before: phase.Window[0], After: phase.Window[1]}
		}
		p.Visit.Observation = time.Duration(30+30*i) * time.Minute
		p.Visit.Later = []protocol.LaterObservation{{From: 3, Observation: time.Duration(20+i) * time.Minute}}
		p.Cadence = protocol.MustCadence(text)
		spec.Phases, x.input.Phases = append(spec.Phases, p), append(x.input.Phases, phase)
	}
	var weekdays []protocol.DaySet
	if r.IntN(3) == 0 {
		x.input.Weekdays = map[int][]time.Weekday{}
		for n := 1; n < 7; n++ {
			if r.IntN(2) == 0 {
				var days []time.Weekday
				for _, d := range r.Perm(7)[:n] {
					days = append(days, time.Weekday(d))
				}
				x.input.Weekdays[n] = days
				weekdays = append(weekdays, protocol.OnDays(days...))
			}
		}
	}
	var err error
	if x.protocol, err = spec.Compile(); err != nil {
		return x, false
	}
	x.text = fmt.Sprintf("%s from %s until %s, %+v, weekdays %v", x.protocol.Cadence(), start, until, x.input.Phases, x.input.Weekdays)
	x.course = course.New(x.protocol, int32(start), int32(until), weekdays)
	return x, true
}

// same compares sessions with those of the oracle, and checks what the engine says
// of each: the rule leads to the target, the visit is that of the phase.
func (x *treatment) same(t testing.TB, want []oracle.Due, got []course.Session, what ...any) {
	t.Helper()
	var list []oracle.Due
	for i := range got {
		s := &got[i]
		list = append(list, oracle.Due{
			Target: int(s.Target) - offset, Earliest: int(s.Earliest) - offset, Latest: int(s.Latest) - offset, Phase: int(s.Phase) + 1, Number: int(s.Number),
		})
		x.explains(t, s)
		minutes := 30 + 30*int(s.Phase)
		if s.Number >= 3 {
			minutes = 20 + int(s.Phase)
		}
		require.Equal(t, minutes, int(s.Minutes), "visit of session %d of the phase", s.Number)
	}
	require.Equal(t, want, list, "%s: %v", x.text, what)
}

// explains checks the rule behind a session by counting from what it says.
func (x *treatment) explains(t testing.TB, s *course.Session) {
	t.Helper()
	rule := x.course.Rule(s)
	target := rule.Origin + rule.Count
	switch rule.Unit {
	case protocol.Weeks:
		target = rule.Origin + 7*rule.Count
	case protocol.Months:
		origin := date.Date(rule.Origin)
		first := date.New(origin.Year(), origin.Month()+time.Month(rule.Count), 1)
		last := date.New(first.Year(), first.Month()+1, 1) - 1
		target = min(int(first)+origin.Day()-1, int(last))
	}
	require.Equal(t, int(s.Target), target+7*rule.Moved, "%s: %+v", x.text, rule)
	if rule.Segment.Kind() == protocol.Weekly {
		require.Contains(t, rule.Days, rule.Steps, "%s: %+v", x.text, rule)
		require.Len(t, rule.Days, int(s.InWeek))
		for _, day := range rule.Days {
			weekday := date.Date(rule.Origin + day - rule.Turned).Weekday()
			require.True(t, rule.Asked.Len() == 0 || rule.Asked.Has(weekday), "%s: %+v", x.text, rule)
		}
	}
	if rule.Moved == 0 {
		require.Equal(t, int(s.Earliest), max(int(x.course.Start), int(s.Target)-rule.Before))
		require.Equal(t, int(s.Latest), int(s.Target)+rule.After)
	}
}

// events yields the sessions as a plan does.
func events(list []course.Session) course.Plan {
	return func(yield func(*course.Session) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}
}

// After any few events a course is that which the second implementation has, whatever
// was planned before.
func TestLivingAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for range 6000 {
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
	for _, name := range []string{"unfolded", "move", "given", "append", "restart", "extend", "step back", "step back without end", "from week"} {
		require.Greater(t, seen[name]-seen["refused: "+name], 60, name)
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
	switch r.IntN(6) {
	case 0:
		day := int(first.Target) + []int{7 * r.IntN(5), r.IntN(40) - 5, -1, 0}[r.IntN(4)]
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
		next, err = c.From(phase, int32(day))
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

// A hall is a room of days that are open or not, with one gap.
type hall struct {
	open func(int) bool
	gap  int32
}

func (h hall) Earliest(_ int, s, before *course.Session, day int32) (int32, bool) {
	from := s.Earliest
	if before != nil {
		from = max(from, day+h.gap)
	}
	for ; from <= s.Latest; from++ {
		if h.open(int(from) - offset) {
			return from, true
		}
	}
	return 0, false
}

// What is carried or postponed is what the second implementation has, or names the
// session that cannot be placed.
func TestRoomAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[string]int{}
	for range 6000 {
		x, ok := treat(t, r)
		if !ok {
			continue
		}
		closed := map[int]bool{}
		chance := 1 + r.IntN(12)
		for day := x.input.Start + 1; day < x.input.Start+600; day++ {
			closed[day] = r.IntN(chance) > 6
		}
		if r.IntN(8) == 0 { // for good
			for day := x.input.Start + 10 + r.IntN(60); day < x.input.Start+600; day++ {
				closed[day] = true
			}
		}
		x.input.Open = func(day int) bool { return !closed[day] }
		room := hall{x.input.Open, 1}
		x.input.Policy = []string{oracle.Carry, oracle.Postpone}[r.IntN(2)]
		want := oracle.Place(x.input)
		var list []course.Session
		var carried []course.Carried
		var err error
		if x.input.Policy == oracle.Carry {
			list, carried, err = x.course.Unfold(room)
		} else if list, _, err = x.course.Unfold(nil); err == nil {
			course.Postpone(list, room)
		}
		outcome := x.input.Policy + " " + want.Err
		seen[outcome]++
		if want.Err == oracle.ErrBlocked && x.input.Policy == oracle.Carry && err != nil {
			e, ok := err.(*course.Error)
			require.True(t, ok)
			require.Equal(t, course.Unplaced, e.Code, x.text)
			require.Len(t, e.Sessions, want.Blocked, x.text)
			last := e.Sessions[want.Blocked-1]
			require.Equal(t, []int{want.BlockedEarliest, want.BlockedLatest}, []int{int(last.Earliest) - offset, int(last.Latest) - offset}, x.text)
			for at, reason := range want.Reasons {
				if day := want.BlockedEarliest + at; reason == oracle.TooClose {
					require.Less(t, day+offset, int(e.Earliest)+1, x.text)
				}
			}
			continue
		}
		if want.Err == oracle.ErrBlocked {
			require.NoError(t, err)
			blocked := list[want.Blocked-1]
			require.Equal(t, []int{want.BlockedEarliest, want.BlockedLatest}, []int{int(blocked.Earliest) - offset, int(blocked.Latest) - offset}, x.text)
			continue
		}
		if want.Err != "" {
			require.Error(t, err, "%s: %s", x.text, want.Err)
			continue
		}
		require.NoError(t, err, x.text)
		require.Len(t, list, len(want.Sessions), x.text)
		moved := false
		for i, s := range want.Sessions {
			require.Equal(t, []int{s.Target, s.Earliest, s.Latest},
				[]int{int(list[i].Target) - offset, int(list[i].Earliest) - offset, int(list[i].Latest) - offset}, "%s: session %d", x.text, i+1)
			x.explains(t, &list[i])
			moved = moved || list[i].Moved > 0
		}
		if moved || len(carried) > 0 {
			seen[outcome+"moved"]++
		}
	}
	t.Log(seen)
	for _, outcome := range []string{"carry ", "carry moved", "carry blocked", "postpone ", "postpone moved", "postpone blocked"} {
		require.Greater(t, seen[outcome], 50, outcome)
	}
}
