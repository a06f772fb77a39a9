package schedule_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// randomCadence returns a cadence text of one or more segments; endless ones
// only where last says so.
func randomCadence(r *rand.Rand, last bool) string {
	segments := make([]string, 1+r.IntN(2))
	for i := range segments {
		segments[i] = randomSegment(r, last && i == len(segments)-1)
	}
	return strings.Join(segments, " then ")
}

func randomSegment(r *rand.Rand, last bool) string {
	switch r.IntN(6) {
	case 0, 1:
		counts := make([]string, 1+r.IntN(4))
		for i := range counts {
			low := 0
			if i == 0 || i == len(counts)-1 {
				low = 1
			}
			counts[i] = strconv.Itoa(low + r.IntN(4-low))
		}
		return strings.Join(counts, "-")
	case 2:
		text := fmt.Sprintf("%d/wk", 1+r.IntN(3))
		if !last || r.IntN(2) == 0 {
			text += fmt.Sprintf(" x%d", 1+r.IntN(4))
		}
		return text
	case 3:
		text := fmt.Sprintf("every %d%s", 1+r.IntN(4), []string{"w", "w", "mo"}[r.IntN(3)])
		if r.IntN(4) == 0 {
			text = fmt.Sprintf("every %dd", 3+r.IntN(30))
		}
		if !last || r.IntN(2) == 0 {
			text += fmt.Sprintf(" x%d", 1+r.IntN(5))
		}
		if r.IntN(5) == 0 {
			text += fmt.Sprintf(" from week %d", 1+r.IntN(30))
		}
		return text
	case 4:
		return []string{"days 1, 8 of 21 x2", "days 1, 8, 15 of 28 x2", "days 2 of 14 x3", "days 1, 3, 5 of 6 x2"}[r.IntN(4)]
	default:
		return []string{"weeks 0, 2, 6", "weeks 3", "weeks 1, 2, 3", "weeks 0, 4, 12"}[r.IntN(4)]
	}
}

// An instance is a random request in the words of both implementations.
type instance struct {
	request schedule.Request
	input   oracle.Input
	text    string
}

// openings is an Opening made of two functions.
type openings struct {
	open, short func(day int) bool
}

func (o openings) Open(d date.Date) ([]clinic.Hours, string) {
	day := dayNumber(d)
	switch {
	case !o.open(day):
		return nil, "closed"
	case o.short(day):
		return []clinic.Hours{clinic.MustHours("08:00-08:30"), clinic.MustHours("16:00-17:00")}, ""
	default:
		return []clinic.Hours{clinic.MustHours("09:00-12:00")}, ""
	}
}

func dayNumber(d date.Date) int { return oracle.Day(d.Year(), d.Month(), d.Day()) }

func randomInstance(t testing.TB, r *rand.Rand) (instance, bool) {
	t.Helper()
	start := date.New(2024, 1, 1) + date.Date(r.IntN(1200))
	var until date.Date
	policy := schedule.ShortWeek(r.IntN(4))
	in := oracle.Input{Start: dayNumber(start), Until: oracle.NoUntil, Policy: policy.String()}
	if r.IntN(2) == 0 {
		until = start + date.Date(r.IntN(400))
		in.Until = dayNumber(until)
	}
	openDays := r.IntN(126) + 2
	closed := map[int]bool{}
	for range r.IntN(40) {
		closed[in.Start+r.IntN(200)] = true
	}
	in.Open = func(day int) bool {
		return openDays>>oracle.Date(day).Weekday()&1 == 1 && !closed[day]
	}
	for i := 0; i < 7 && !in.Open(in.Start) && r.IntN(8) > 0; i++ {
		in.Start++
		start++
		until = max(until, start)
		if in.Until != oracle.NoUntil {
			in.Until = dayNumber(until)
		} else {
			until = 0
		}
	}
	shortDays := map[int]bool{}
	for range r.IntN(20) {
		shortDays[in.Start+r.IntN(100)] = true
	}
	short := func(day int) bool { return shortDays[day] }
	var spec protocol.Spec
	phases := 1 + r.IntN(2)
	for i := range phases {
		phase := oracle.Phase{Cadence: randomCadence(r, i == phases-1), Gap: 1 + r.IntN(3)}
		p := protocol.Phase{Name: strconv.Itoa(i), MinGap: phase.Gap}
		if r.IntN(3) == 0 { // a visit that short days cannot hold
			phase.Short = short
			p.Visit.Observation = 90 * time.Minute
		}
		if r.IntN(4) == 0 {
			phase.Window = &[2]int{r.IntN(5), r.IntN(5)}
			p.Window = &protocol.Window{Before: phase.Window[0], After: phase.Window[1]}
		}
		var err error
		p.Cadence, err = protocol.ParseCadence(phase.Cadence)
		require.NoError(t, err, phase.Cadence)
		in.Phases = append(in.Phases, phase)
		spec.Phases = append(spec.Phases, p)
	}
	var weekdays []protocol.DaySet
	if r.IntN(3) == 0 {
		in.Weekdays = map[int][]time.Weekday{}
		for n := 1; n < 4; n++ {
			if r.IntN(2) == 0 {
				days := r.Perm(7)[:n]
				var set []time.Weekday
				for _, d := range days {
					set = append(set, time.Weekday(d))
				}
				in.Weekdays[n] = set
				weekdays = append(weekdays, protocol.OnDays(set...))
			}
		}
	}
	compiled, err := spec.Compile()
	if err != nil { // a count that its gap cannot hold: the oracle says so too
		require.NotEmpty(t, oracle.Place(in).Err, "%+v: %v", in.Phases, err)
		return instance{}, false
	}
	return instance{
		request: schedule.Request{
			Protocol: compiled, Start: start, Until: until, Opening: openings{in.Open, short}, Zone: time.UTC,
			ShortWeek: policy, Wishes: schedule.Wishes{Weekdays: weekdays}, Key: testKey(), AsOf: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
		},
		input: in,
		text:  fmt.Sprintf("%s %+v start %s until %s weekdays %v", policy, spec.Phases, start, until, weekdays),
	}, true
}

// Placement agrees with a second implementation that shares nothing with it,
// over random cadences, phases, windows, gaps, hours, closures and weekdays.
func TestPlacementAgainstOracle(t *testing.T) {
	t.Parallel()
	causes := map[oracle.Refusal]schedule.Cause{
		oracle.Closed: schedule.Closed, oracle.TooShort: schedule.TooShort, oracle.TooClose: schedule.TooClose,
	}
	r := rand.New(rand.NewPCG(1, 2))
	placed, blocked, closed, refused := 0, 0, 0, 0
	for range many(12000) {
		x, ok := randomInstance(t, r)
		if !ok {
			continue
		}
		want := oracle.Place(x.input)
		plan, err := schedule.Build(x.request)
		switch {
		case want.Blocked > 0:
			blocked++
			e, ok := errors.AsType[*schedule.BuildError](err)
			require.True(t, ok, "%s: %v, want blocked %d", x.text, err, want.Blocked)
			require.Equal(t, want.Blocked, e.Ordinal, x.text)
			require.Equal(t, want.BlockedEarliest, dayNumber(e.Earliest), x.text)
			require.Equal(t, want.BlockedLatest, dayNumber(e.Latest), x.text)
			require.Len(t, e.Days, len(want.Reasons), x.text)
			for i, reason := range want.Reasons {
				require.Equal(t, want.BlockedEarliest+i, dayNumber(e.Days[i].Date), x.text)
				if reason != oracle.NoReason {
					require.Equal(t, causes[reason], e.Days[i].Cause, "%s: %+v", x.text, e.Days[i])
				}
			}
		case want.ClosedStart:
			closed++
			e, ok := errors.AsType[*schedule.StartError](err)
			require.True(t, ok, "%s: %v", x.text, err)
			if want.HasNextOpen {
				require.Equal(t, want.NextOpen, dayNumber(e.NextOpen), x.text)
			} else {
				require.Zero(t, e.NextOpen, x.text)
			}
		case want.Err != "":
			refused++
			require.Error(t, err, "%s: want %s", x.text, want.Err)
			_, ok := errors.AsType[*schedule.RequestError](err)
			require.True(t, ok, "%s: %v, want %s", x.text, err, want.Err)
		default:
			placed++
			require.NoError(t, err, x.text)
			require.Equal(t, want.Canonical, plan.Protocol().Cadence().String())
			require.Equal(t, len(want.Sessions), plan.Len(), x.text)
			for i, s := range plan.All() {
				w := want.Sessions[i]
				require.Equal(t, w.Target, dayNumber(s.Target()), "%s: target %d", x.text, i+1)
				require.Equal(t, w.Earliest, dayNumber(s.Earliest()), "%s: earliest %d", x.text, i+1)
				require.Equal(t, w.Latest, dayNumber(s.Latest()), "%s: latest %d", x.text, i+1)
				require.Equal(t, w.Left, !s.Placed(), "%s: left out %d", x.text, i+1)
				if !w.Left {
					require.Equal(t, w.Date, dayNumber(s.Date()), "%s: date %d", x.text, i+1)
				}
			}
		}
	}
	// Every outcome is well represented, so that none is tested by luck.
	t.Logf("placed %d, blocked %d, closed start %d, refused %d", placed, blocked, closed, refused)
	for _, n := range []int{placed, blocked, closed, refused} {
		require.Greater(t, n, many(300))
	}
}
