package schedule_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A longKind is a kind of event that a plan of few sessions can be told any number of
// times.
type longKind struct {
	name string
	what func(p *schedule.Plan, i int) schedule.Happening
}

// longKinds has kinds whose events add to what a plan knows.
func longKinds() []longKind {
	id := func(p *schedule.Plan, n int) schedule.ID {
		s, _ := p.At(n)
		return s.ID()
	}
	return []longKind{
		{"weighed", func(_ *schedule.Plan, i int) schedule.Happening {
			return schedule.Weighed{Date: schedule.MustDate("2025-01-20"), Weight: dose.MustWeight(fmt.Sprintf("%d.%d kg", 60+i%17, i%10))}
		}},
		{"weighed at a session", func(p *schedule.Plan, i int) schedule.Happening {
			s, _ := p.At(4)
			return schedule.Weighed{Date: s.Date(), Session: s.ID(), Weight: dose.MustWeight(fmt.Sprintf("%d.%d kg", 60+i%17, i%10))}
		}},
		{"measured", func(_ *schedule.Plan, i int) schedule.Happening {
			return schedule.Measured{Date: schedule.MustDate("2025-01-20"), Height: dose.MustHeight(fmt.Sprintf("%d cm", 160+i%19))}
		}},
		{"accepted", func(p *schedule.Plan, i int) schedule.Happening {
			return schedule.Accepted{Session: id(p, 1+i%5), Code: "session-overdue", Reason: fmt.Sprint("for now ", i), Who: "dr-1"}
		}},
		{"held and resumed", func(p *schedule.Plan, i int) schedule.Happening {
			if s, _ := p.At(12); s.State() == schedule.StateHeld {
				return schedule.Resumed{Reason: "well again"}
			}
			return schedule.Held{Session: id(p, 12), Reason: "fever"}
		}},
	}
}

// toldPlan returns a plan of 21 sessions.
func toldPlan(t testing.TB) *schedule.Plan {
	t.Helper()
	p, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("3-2-1-1-1 then every 4w x13"), MinGap: 2,
		Dose: dose.MustRule(taperRule), Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}}}.Compile()
	require.NoError(t, err)
	r := request(p, answer{clinic.MustHours("08:00-17:00")}, "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	return plan
}

// oneMore applies one more event, which has no other than its number.
func oneMore(t testing.TB, p *schedule.Plan, id string, what schedule.Happening) *schedule.Plan {
	t.Helper()
	next, err := p.Apply(schedule.Event{ID: id, What: what}, noon("2025-02-03"))
	require.NoError(t, err)
	return next
}

// grown returns the plan after n events of a kind.
func (k longKind) grown(t testing.TB, n int) *schedule.Plan {
	t.Helper()
	p := toldPlan(t)
	for i := range n {
		p = oneMore(t, p, fmt.Sprint(i), k.what(p, i))
	}
	return p
}

// missedGiven are a session that was missed and then given all the same.
func missedGiven(t testing.TB, p *schedule.Plan) {
	t.Helper()
	s, _ := p.At(5)
	p = oneMore(t, p, "missed", schedule.Missed{Session: s.ID(), Reason: "ill"})
	oneMore(t, p, "given", schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose()})
}

// BenchmarkApplyLong applies an event, and that a session was missed and given, after
// few and after many of a kind: a plan that knows much takes no longer.
func BenchmarkApplyLong(b *testing.B) {
	for _, k := range longKinds() {
		for _, n := range []int{10, 10_000} {
			p := k.grown(b, n)
			b.Run(fmt.Sprintf("%s/%d", k.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for i := n; b.Loop(); i++ {
					oneMore(b, p, "more", k.what(p, i))
				}
			})
			b.Run(fmt.Sprintf("missed and given after %s/%d", k.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					missedGiven(b, p)
				}
			})
		}
	}
}

// What an event takes does not grow with what a plan knows.
func TestApplyTakesAsMuchAfterMany(t *testing.T) {
	if raced {
		return // the race detector allocates as well
	}
	// BenchmarkApplyLong goes on to 10,000. Of 1,000 as much shows.
	const many = 1000
	for _, k := range longKinds() {
		bytes := func(n int) (own, session uint64) {
			p := k.grown(t, n)
			return allocated(func(i int) { oneMore(t, p, "more", k.what(p, n+i)) }), allocated(func(int) { missedGiven(t, p) })
		}
		ownFew, sessionFew := bytes(10)
		ownMany, sessionMany := bytes(many)
		require.LessOrEqual(t, ownMany, 2*ownFew+4096, k.name)
		require.LessOrEqual(t, sessionMany, 2*sessionFew+8192, "missed and given after %s", k.name)
	}
}

// allocated returns the bytes that one of many calls allocates.
func allocated(f func(i int)) uint64 {
	const calls = 20
	var before, after runtime.MemStats
	f(0)
	runtime.ReadMemStats(&before)
	for i := range calls {
		f(i)
	}
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / calls
}

// Two plans that events make of one do not see what the other was told, however many
// they are, from however many goroutines: each is what it would be alone.
func TestPlansOfOneDoNotSeeEachOther(t *testing.T) {
	kinds := longKinds()
	alone, shared := toldPlan(t), toldPlan(t)
	for step := range 40 {
		next := make([]*schedule.Plan, 2*len(kinds))
		var wait sync.WaitGroup
		for at := range next {
			k := kinds[at%len(kinds)]
			wait.Go(func() {
				next[at], _ = shared.Apply(schedule.Event{ID: fmt.Sprint(step), What: k.what(shared, step+100*(at/len(kinds)))}, noon("2025-02-03"))
			})
		}
		wait.Wait()
		at := (7*step + step/5) % len(next)
		k := kinds[at%len(kinds)]
		alone = oneMore(t, alone, fmt.Sprint(step), k.what(alone, step+100*(at/len(kinds))))
		require.NotNil(t, next[at], k.name)
		shared = next[at]
		require.Equal(t, string(schedule.FormatPlan(alone)), string(schedule.FormatPlan(shared)), "step %d, %s", step, k.name)
	}
}
