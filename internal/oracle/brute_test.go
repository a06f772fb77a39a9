package oracle_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
)

// tinyCadence is a random cadence of two to five sessions.
func tinyCadence(r *rand.Rand) string {
	segments := []string{
		"1", "2", "3", "1-1", "1-2", "2-1", "1-0-1", "2/wk x2", "1/wk x3", "3-1", "1-3",
		"every 1d x2", "every 2d x3", "every 3d x2", "every 1w x2", "every 2w x1", "every 5d x3", "every 1w x1 from week 3",
		"days 1, 3 of 7 x1", "days 2 of 4 x2", "weeks 0", "weeks 1", "weeks 0, 1",
	}
	one := segments[r.IntN(len(segments))]
	if r.IntN(2) == 0 {
		return one
	}
	return one + " then " + segments[r.IntN(len(segments))]
}

// tinyWeekdays is nothing, or a pattern for one count.
func tinyWeekdays(r *rand.Rand) map[int][]time.Weekday {
	if r.IntN(4) > 0 {
		return nil
	}
	count := 1 + r.IntN(4)
	var names []time.Weekday
	for _, name := range r.Perm(7)[:count] {
		names = append(names, time.Weekday(name))
	}
	return map[int][]time.Weekday{count: names}
}

// tinyInput is a random plan, small enough for every combination to be written down.
func tinyInput(r *rand.Rand) oracle.Input {
	start := 20000 + r.IntN(1000)
	chance := 1 + r.IntN(7)
	open := map[int]bool{}
	for d := start - 10; d < start+400; d++ {
		open[d] = r.IntN(8) < chance
	}
	open[start] = open[start] || r.IntN(10) > 0
	short := map[int]bool{}
	for d := start; d < start+60; d++ {
		short[d] = r.IntN(12) == 0
	}
	policies := []string{oracle.Refuse, oracle.Drop, oracle.Postpone, oracle.Carry}
	in := oracle.Input{
		Start:    start,
		Until:    oracle.NoUntil,
		Open:     func(d int) bool { return open[d] },
		Policy:   policies[r.IntN(len(policies))],
		Weekdays: tinyWeekdays(r),
	}
	phase := func() oracle.Phase {
		p := oracle.Phase{Cadence: tinyCadence(r), Gap: 1 + r.IntN(3), Short: func(d int) bool { return short[d] }}
		if r.IntN(6) == 0 {
			p.Window = &[2]int{r.IntN(4), r.IntN(4)}
		}
		return p
	}
	in.Phases = []oracle.Phase{phase()}
	if r.IntN(3) == 0 {
		in.Phases = append(in.Phases, phase())
	}
	return in
}

// combinations is an upper bound for the lists that would be written down.
func combinations(in oracle.Input) int {
	all := in
	all.Policy = oracle.Drop
	product := 1
	for _, s := range oracle.Place(all).Sessions {
		days := 1
		for d := s.Earliest; d <= s.Latest; d++ {
			if in.Open(d) {
				days++
			}
		}
		product = min(product*days, 1_000_000)
	}
	return product
}

func TestPlaceEqualsBrute(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for done := 0; done < 3000; {
		in := tinyInput(r)
		if combinations(in) > 3000 {
			continue
		}
		done++
		want, got := oracle.PlaceBrute(in), oracle.Place(in)
		require.Equal(t, want, got, "%s", describe(in))
		seen[in.Policy+" "+got.Err]++
		for _, s := range got.Sessions {
			if s.Left {
				seen["left out"]++
				break
			}
		}
	}
	t.Log(seen)
	for _, outcome := range []string{"refuse ", "drop ", "postpone ", "carry ", "refuse blocked", "carry blocked", "left out"} {
		require.Greater(t, seen[outcome], 100, outcome)
	}
}

func describe(in oracle.Input) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s from %s", in.Policy, oracle.Date(in.Start).Format("Mon 2006-01-02"))
	for _, p := range in.Phases {
		fmt.Fprintf(&b, "; %s gap %d window %v", p.Cadence, p.Gap, p.Window)
	}
	fmt.Fprintf(&b, "; weekdays %v; open", in.Weekdays)
	for d := in.Start; d < in.Start+70; d++ {
		if in.Open(d) {
			fmt.Fprintf(&b, " +%d", d-in.Start)
		}
	}
	return b.String()
}
