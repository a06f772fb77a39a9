package schedule_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A bruteInstance is a small request with every constraint at once, and enough
// of it in plain values to try every combination of days.
type bruteInstance struct {
	request schedule.Request
	open    func(date.Date) bool
	gap     int
	fixed   map[int]date.Date
}

func randomBrute(t *testing.T, r *rand.Rand) bruteInstance {
	t.Helper()
	x := bruteInstance{gap: 1 + r.IntN(3), fixed: map[int]date.Date{}}
	start := date.New(2025, 1, 6) + date.Date(r.IntN(7))
	cadence := []string{"2-1", "3", "1/wk x3", "every 5d x4", "2/wk x2", "days 1, 3 of 6 x2", "weeks 0, 1, 2"}[r.IntN(7)]
	closed, away := map[date.Date]bool{}, map[date.Date]bool{}
	spec := clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("09:00-12:00"),
		time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday)}
	var wishes schedule.Wishes
	for range r.IntN(8) {
		d := start + 1 + date.Date(r.IntN(25))
		if !closed[d] {
			closed[d] = true
			spec.Closed = append(spec.Closed, clinic.Closure{Date: d})
		}
	}
	for range r.IntN(5) {
		d := start + date.Date(r.IntN(25))
		if !away[d] {
			away[d] = true
			wishes.Absences = append(wishes.Absences, schedule.Absence{From: d})
		}
	}
	never := time.Weekday(r.IntN(20)) // often none
	if never < 7 {
		wishes.Never = protocol.OnDays(never)
	}
	x.open = func(d date.Date) bool { return !closed[d] && !away[d] && d.Weekday() != never }
	office, err := clinic.New(spec)
	require.NoError(t, err)
	for range r.IntN(3) {
		ordinal := 1 + r.IntN(3)
		if _, twice := x.fixed[ordinal]; !twice {
			x.fixed[ordinal] = start + date.Date(r.IntN(8)+4*(ordinal-1))
			wishes.Appointments = append(wishes.Appointments, schedule.Appointment{Ordinal: ordinal, Date: x.fixed[ordinal]})
		}
	}
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: x.gap}}}.Compile()
	require.NoError(t, err)
	x.request = schedule.Request{
		Protocol: p, Start: start, Opening: office, Wishes: wishes, Key: testKey(), AsOf: time.Unix(0, 0),
	}
	return x
}

// best tries every combination of days, leaving sessions out if it may, and
// returns the best: the fewest left out, the least sum of squared shifts, the
// lexicographically latest list, a session left out counting as earlier than
// any day. It returns nil if there is none.
func (x bruteInstance) best(targets, earliest, latest []date.Date, drop bool) []date.Date {
	var best []date.Date
	bestLeft, bestCost := 0, 0
	var try func(days []date.Date, last date.Date, left, cost int)
	try = func(days []date.Date, last date.Date, left, cost int) {
		i := len(days)
		if i == len(targets) {
			better := best == nil || left < bestLeft || left == bestLeft && cost < bestCost
			if !better && left == bestLeft && cost == bestCost {
				for k := range days {
					if days[k] != best[k] {
						better = days[k] > best[k]
						break
					}
				}
			}
			if better {
				best, bestLeft, bestCost = append([]date.Date(nil), days...), left, cost
			}
			return
		}
		for d := earliest[i]; d <= latest[i]; d++ {
			fixed, isFixed := x.fixed[i+1]
			if !x.open(d) || last != 0 && int(d-last) < x.gap || isFixed && d != fixed {
				continue
			}
			shift := int(d - targets[i])
			try(append(days, d), d, left, cost+shift*shift)
		}
		if _, isFixed := x.fixed[i+1]; drop && !isFixed {
			try(append(days, 0), last, left+1, cost)
		}
	}
	try(nil, 0, 0, 0)
	return best
}

// With every constraint at once (hours, closures, absences, weekdays that never
// suit, appointments, gaps) the plan is what trying everything finds.
func TestPlacementAgainstEverything(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	placed, impossible, outside := 0, 0, 0
	for range many(10000) {
		x := randomBrute(t, r)
		// Targets and windows come from a plan without any obstacle.
		free := x.request
		free.Wishes, free.Opening, free.Zone = schedule.Wishes{}, answer{clinic.MustHours("09:00-12:00")}, time.UTC
		free.ShortWeek = schedule.Drop
		plan, err := schedule.Build(free)
		require.NoError(t, err)
		var targets, earliest, latest []date.Date
		inWindow := true
		for i, s := range plan.All() {
			targets, earliest, latest = append(targets, s.Target()), append(earliest, s.Earliest()), append(latest, s.Latest())
			if d, ok := x.fixed[i+1]; ok && (d < s.Earliest() || d > s.Latest()) {
				inWindow = false
			}
		}
		for _, policy := range []schedule.ShortWeek{schedule.Refuse, schedule.Drop} {
			x.request.ShortWeek = policy
			plan, err := schedule.Build(x.request)
			if !inWindow {
				outside++
				_, ok := errors.AsType[*schedule.RequestError](err)
				require.True(t, ok, "%v", err)
				continue
			}
			want := x.best(targets, earliest, latest, policy == schedule.Drop)
			if want == nil {
				impossible++
				_, ok := errors.AsType[*schedule.BuildError](err)
				require.True(t, ok, "%+v: %v", x.request.Wishes, err)
				continue
			}
			placed++
			require.NoError(t, err, "%+v", x.request.Wishes)
			var got []date.Date
			for _, s := range plan.All() {
				got = append(got, s.Date())
			}
			require.Equal(t, want, got, "%s %s %+v", policy, x.request.Protocol.Cadence(), x.request.Wishes)
		}
	}
	for _, n := range []int{placed, impossible, outside} {
		require.Greater(t, n, many(1000))
	}
	t.Logf("placed %d, impossible %d, outside a window %d", placed, impossible, outside)
}
