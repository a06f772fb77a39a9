package course_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/protocol"
)

// offset is the day number of the engine that is day 0 of the oracle.
var offset = int(date.New(1970, 1, 1))

// segments are texts of every kind; the last ones have no end.
var segments = []string{
	"3-2-1", "2/wk x3", "1/wk x3", "3-0-2", "5/wk x2", "6-4", "7", "2", "4-1",
	"every 2d x3", "every 1w x3", "every 10d x4", "every 4w x3", "every 1mo x4", "every 2mo x2", "every 1w x2 from week 7", "every 3w x1",
	"days 1, 8 of 21 x2", "days 1 of 3 x3", "days 2, 3, 9 of 40 x2", "weeks 0, 2, 6", "weeks 1", "weeks 0, 1",
	"every 4w", "every 1mo", "every 5d", "2/wk", "1/wk", "5/wk",
}

const endless = 6

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
	require.Equal(t, s.Count > 0, s.InWeek > 0, x.text)
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

// with returns the same prescription with another cadence in one of its phases, none
// where that does not compile.
func (x *treatment) with(t testing.TB, phase int, cadence string) treatment {
	t.Helper()
	version := treatment{input: x.input}
	version.input.Phases = append([]oracle.Phase(nil), x.input.Phases...)
	version.input.Phases[phase].Cadence = cadence
	spec := x.protocol.Spec()
	spec.Phases[phase].Cadence = protocol.MustCadence(cadence)
	if p, err := spec.Compile(); err == nil {
		version.protocol = p
	}
	return version
}

// many is a number of rounds: fewer where time is short.
func many(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}
