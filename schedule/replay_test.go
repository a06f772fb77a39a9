package schedule_test

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// An explained session, read from the JSON of its explanation and nothing else.
type explained struct {
	Target struct {
		Date, From, Unit      string
		Count, PostponedWeeks int
	}
	Candidates []struct {
		Date, Cause                  string
		SquaredShift, Total, LeftOut int
		Tie                          *struct {
			Session        int
			Taken, Instead *string
		}
	}
	Date     *string
	Planned  *string
	Computed *struct{ Rule, Weight string }
}

// replayTarget computes the target again.
func (e explained) replayTarget(t *testing.T) string {
	t.Helper()
	from, err := time.Parse(time.DateOnly, e.Target.From)
	require.NoError(t, err)
	switch e.Target.Unit {
	case "d":
		from = from.AddDate(0, 0, e.Target.Count)
	case "w":
		from = from.AddDate(0, 0, 7*e.Target.Count)
	case "mo":
		first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, e.Target.Count, 0)
		last := first.AddDate(0, 1, -1).Day()
		from = first.AddDate(0, 0, min(from.Day(), last)-1)
	default:
		t.Fatalf("unit %q", e.Target.Unit)
	}
	return from.AddDate(0, 0, 7*e.Target.PostponedWeeks).Format(time.DateOnly)
}

// replayDate finds the date again: of the days that are possible the one with
// the fewest sessions left out, then the least sum of squared shifts, then the
// one whose list of dates is not earlier than another's.
func (e explained) replayDate(t *testing.T) string {
	t.Helper()
	target, err := time.Parse(time.DateOnly, e.replayTarget(t))
	require.NoError(t, err)
	best, left, total, unique := "", 0, 0, true
	for _, c := range e.Candidates {
		if c.Cause != "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, c.Date)
		require.NoError(t, err)
		shift := int(day.Sub(target).Hours() / 24)
		require.Equal(t, shift*shift, c.SquaredShift)
		if c.Tie != nil {
			// The list with this day is the earlier one where they first differ.
			require.NotNil(t, c.Tie.Taken)
			require.True(t, c.Tie.Instead == nil || *c.Tie.Instead < *c.Tie.Taken)
			continue
		}
		if best == "" || c.LeftOut < left || c.LeftOut == left && c.Total < total {
			best, left, total, unique = c.Date, c.LeftOut, c.Total, true
		} else if c.LeftOut == left && c.Total == total {
			unique = false
		}
	}
	require.True(t, unique, "two days are equally good and nothing tells them apart")
	return best
}

// replayDose computes a dose per kilogram again, in fractions.
func (e explained) replayDose(t *testing.T) string {
	t.Helper()
	number := func(s string) *big.Rat {
		r, ok := new(big.Rat).SetString(s)
		require.True(t, ok, s)
		return r
	}
	var d *big.Rat
	for clause := range strings.SplitSeq(e.Computed.Rule, ", ") {
		words := strings.Fields(clause)
		switch {
		case strings.HasSuffix(clause, "mg/kg of actual weight"):
			d = new(big.Rat).Mul(number(words[0]), number(strings.TrimSuffix(e.Computed.Weight, " kg")))
		case words[0] == "cap":
			if limit := number(words[1]); d.Cmp(limit) > 0 {
				d = limit
			}
		case words[0] == "round": // half up
			step := number(words[1])
			steps := new(big.Rat).Add(new(big.Rat).Quo(d, step), big.NewRat(1, 2))
			whole := new(big.Int).Quo(steps.Num(), steps.Denom())
			d = new(big.Rat).Mul(new(big.Rat).SetInt(whole), step)
		case words[0] == "hard":
		default:
			t.Fatalf("clause %q", clause)
		}
	}
	text := strings.TrimRight(strings.TrimRight(d.FloatString(12), "0"), ".")
	return text + " mg"
}

// From the explanation of a session alone, in JSON, its target, its date and its
// dose can be computed again, for random plans under every policy.
func TestExplanationsReplay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	plans, sessions, left := 0, 0, 0
	for plans < many(10000) {
		x, ok := randomInstance(t, r)
		if !ok {
			continue
		}
		weight := dose.MustWeight(big.NewRat(int64(400+r.IntN(1100)), 10).FloatString(1) + " kg")
		spec := x.request.Protocol.Spec()
		for i := range spec.Phases {
			spec.Phases[i].Visit.Administration = time.Minute
			spec.Phases[i].Dose = dose.MustRule([]string{
				"0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg",
				"0.35 mg/kg of actual weight, cap 40 mg, round 0.1 mg half up, hard max 200 mg",
				"0.75 mg/kg of actual weight, hard max 200 mg",
			}[r.IntN(3)])
		}
		var err error
		x.request.Protocol, err = spec.Compile()
		require.NoError(t, err)
		x.request.AsOf = noon(x.request.Start.String()).Add(-12 * time.Hour)
		x.request.Weighings = []schedule.Weighing{{Date: x.request.Start, Weight: weight}}
		plan, err := schedule.Build(x.request)
		if err != nil || plan.Len() > 40 {
			continue
		}
		plans++
		for e := range plan.Explanations() {
			data, err := json.Marshal(e)
			require.NoError(t, err)
			var read explained
			require.NoError(t, json.Unmarshal(data, &read))
			require.Equal(t, e.Session.Target().String(), read.replayTarget(t), x.text)
			if read.Date == nil {
				left++
				continue
			}
			sessions++
			require.Equal(t, *read.Date, read.replayDate(t), "%s\n%s", x.text, e)
			require.Equal(t, *read.Planned, read.replayDose(t))
		}
	}
	require.Greater(t, sessions, many(50000))
	require.Greater(t, left, many(500))
}

// What the explanation says in text is what people read: it is kept.
func TestExplanationText(t *testing.T) {
	r := taperRequest(t, "2025-01-16", "2025-01-20")
	r.Protocol = withDose(t, "3-2-1-1-1", 2, taperRule)
	r.Weighings[0].Weight = dose.MustWeight("72.5 kg")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	var text strings.Builder
	for i, s := range plan.All() {
		if i == 4 || i == 5 {
			e, err := plan.Explain(s.ID())
			require.NoError(t, err)
			text.WriteString(e.String())
		}
	}
	require.Equal(t, `session 5, all, treatment week 2
  target Thu 2025-01-16: 3-2-1-1-1: day 4 of the week from Mon 2025-01-13 (days of a week with 2: 1, 4, ideal)
  window Mon 2025-01-13 to Sun 2025-01-19: the whole week, for which 2 sessions are planned
  at least 2 days after the session before
  Mon 2025-01-13 less than 2 days after session 4, which is on Mon 2025-01-13 at the earliest
  Tue 2025-01-14 less than 2 days after session 4, which is on Mon 2025-01-13 at the earliest
  Wed 2025-01-15 possible and as good, but earlier
  Thu 2025-01-16 closed (holiday)
  Fri 2025-01-17 chosen: shift +1, squared shifts of the plan 2
  Sat 2025-01-18 closed (not open on Saturdays)
  Sun 2025-01-19 closed (not open on Sundays)
  visit 08:00 to 10:40
  dose 72.5 kg measured on 2025-01-06
  dose 0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half up to 36.3 mg
session 6, all, treatment week 3
  target Mon 2025-01-20: 3-2-1-1-1: day 1 of the week from Mon 2025-01-20 (days of a week with 1: 1, ideal)
  window Fri 2025-01-17 to Thu 2025-01-23: 3 days either side of the only session of its week
  at least 2 days after the session before
  Fri 2025-01-17 possible: squared shifts of the plan 10
  Sat 2025-01-18 closed (not open on Saturdays)
  Sun 2025-01-19 closed (not open on Sundays)
  Mon 2025-01-20 closed (holiday)
  Tue 2025-01-21 chosen: shift +1, squared shifts of the plan 2
  Wed 2025-01-22 possible: squared shifts of the plan 5
  Thu 2025-01-23 possible: squared shifts of the plan 10
  visit 08:00 to 10:40
  dose 72.5 kg measured on 2025-01-06
  dose 0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half up to 36.3 mg
`, text.String())
}
