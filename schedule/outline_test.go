package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// openAlways is a clinic that never closes.
type openAlways struct{}

func (openAlways) Open(date.Date) ([]clinic.Hours, string) {
	return []clinic.Hours{clinic.MustHours("00:00-24:00")}, ""
}

// outlineOf returns the outline of a protocol with one phase of a cadence.
func outlineOf(t testing.TB, cadence string) *schedule.Outline {
	t.Helper()
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 1, Visit: protocol.Visit{Observation: time.Hour}}}}.Compile()
	require.NoError(t, err)
	o, err := schedule.NewOutline(p)
	require.NoError(t, err)
	return o
}

// TestOutlineTargets: the targets worked out by hand in the description of the notation.
func TestOutlineTargets(t *testing.T) {
	for _, tt := range []struct{ cadence, start, until, want string }{
		{"3-2-1-1-1 then every 4w x3", "2025-01-06", "", "01-06 01-08 01-10 01-13 01-16 01-20 01-27 02-03 03-03 03-31 04-28"},
		{"2/wk x4 then 1/wk x4 then every 2w x4 from week 9", "2025-04-01", "", "04-01 04-04 04-08 04-11 04-15 04-18 04-22 04-25 04-29 05-06 05-13 05-20 05-27 06-10 06-24 07-08"},
		{"weeks 0, 2, 6 then every 8w x3", "2025-01-15", "", "01-15 01-29 02-26 04-23 06-18 08-13"},
		{"days 1, 8 of 21 x4 then every 3w x1", "2025-02-04", "2025-12-31", "02-04 02-11 02-25 03-04 03-18 03-25 04-08 04-15 04-29"},
		{"every 1mo x4", "2025-01-31", "", "01-31 02-28 03-31 04-30"},
		{"every 4w", "2025-01-06", "2025-03-03", "01-06 02-03 03-03"},
	} {
		var until date.Date
		if tt.until != "" {
			until = schedule.MustDate(tt.until)
		}
		targets, err := outlineOf(t, tt.cadence).Targets(schedule.MustDate(tt.start), until)
		require.NoError(t, err, tt.cadence)
		var days []string
		for i, target := range targets.All() {
			assert.Equal(t, i+1, target.Ordinal())
			days = append(days, strings.TrimPrefix(target.Date().String(), "2025-"))
		}
		assert.Equal(t, tt.want, strings.Join(days, " "), tt.cadence)
	}
}

// TestOutlineIsThePlans: an outline has the targets, windows, phases and weeks of the
// plans at a clinic that is always open, for any protocol and start.
func TestOutlineIsThePlans(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 22))
	compared := 0
	for range 60 {
		p := randomProtocol(t, r)
		o, err := schedule.NewOutline(p)
		require.NoError(t, err)
		var names []string
		for _, phase := range p.Phases() {
			names = append(names, phase.Name)
		}
		for range 8 {
			q := randomRequest(r, date.New(2024, 1, 1))
			q.Protocol, q.Opening, q.Zone, q.Wishes, q.ShortWeek = p, openAlways{}, time.UTC, schedule.Wishes{}, schedule.Refuse
			plan, err := schedule.Build(q)
			if err != nil {
				continue
			}
			targets, err := o.Targets(q.Start, q.Until)
			require.NoError(t, err)
			require.Equal(t, plan.Len(), targets.Len())
			list := targets.Append(nil)
			numbers := map[string]int{}
			for i, target := range targets.All() {
				s, _ := plan.At(i + 1)
				numbers[s.Phase()]++
				want := fmt.Sprint(s.Target(), s.Earliest(), s.Latest(), s.Ordinal(), s.Phase(), numbers[s.Phase()], s.Week())
				got := fmt.Sprint(target.Date(), target.Earliest(), target.Latest(), target.Ordinal(), names[target.Phase()], target.Number(), target.Week())
				require.Equal(t, want, got, "%s from %s", p.Cadence(), q.Start)
				require.Equal(t, target, list[i])
				compared++
			}
		}
	}
	require.Greater(t, compared, 1000)
}

func TestOutlineRefuses(t *testing.T) {
	_, err := schedule.NewOutline(nil)
	require.EqualError(t, err, `Protocol: want a protocol made by Spec.Compile`)
	_, err = schedule.NewOutline(new(protocol.Protocol))
	require.Error(t, err)

	for _, tt := range []struct{ cadence, start, until, want string }{
		{"every 4w x3", "", "", "Start: want the first day"},
		{"every 4w", "2025-01-06", "", `Until: want a last day: the cadence "every 4w" has no end`},
		{"every 4w", "2025-01-06", "2025-01-05", `Until "2025-01-05": want a day that is not before the start, 2025-01-06`},
		{"every 4w x3", "2025-01-06", "2025-01-05", `Until "2025-01-05": want a day that is not before the start, 2025-01-06`},
		{"every 4w x3", "2200-12-01", "", `Start "2200-12-01": want a plan that ends by 2200-12-31: session 2 does not`},
		{"1 then every 4w x3 from week 1", "2025-01-06", "", `Protocol "every 4w x3 from week 1": want a first session after every earlier target: week 1 begins on 2025-01-06, the target before it is 2025-01-06`},
	} {
		var start, until date.Date
		if tt.start != "" {
			start = schedule.MustDate(tt.start)
		}
		if tt.until != "" {
			until = schedule.MustDate(tt.until)
		}
		targets, err := outlineOf(t, tt.cadence).Targets(start, until)
		require.EqualError(t, err, tt.want, tt.cadence)
		assert.Zero(t, targets.Len())
	}
	_, err = outlineOf(t, "every 4w x3").Targets(1, 0)
	require.Error(t, err)
}

// TestOutlineAllocates: a list takes its own memory, a walk none.
func TestOutlineAllocates(t *testing.T) {
	assert.Equal(t, uintptr(16), unsafe.Sizeof(schedule.Target{}))
	o, start := outlineOf(t, "3-2-1-1-1 then every 4w x13"), schedule.MustDate("2025-01-06")
	var list []schedule.Target
	total := 0
	fresh := testing.AllocsPerRun(100, func() {
		targets, _ := o.Targets(start, 0)
		list = targets.Append(nil)
	})
	walk := testing.AllocsPerRun(100, func() {
		targets, _ := o.Targets(start, 0)
		list = targets.Append(list[:0])
		for _, target := range targets.All() {
			total += target.Ordinal()
		}
	})
	if !raced { // the race detector allocates too
		assert.EqualValues(t, 1, fresh)
		assert.Zero(t, walk)
	}
	assert.Len(t, list, 21)
	assert.Equal(t, 101*(21*22/2), total)
}

func ExampleOutline() {
	p, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "induction", Cadence: protocol.MustCadence("2-1"), MinGap: 2, Visit: protocol.Visit{Observation: time.Hour},
	}}}.Compile()
	if err != nil {
		panic(err)
	}
	outline, err := schedule.NewOutline(p)
	if err != nil {
		panic(err)
	}
	targets, err := outline.Targets(schedule.MustDate("2027-03-01"), 0)
	if err != nil {
		panic(err)
	}
	for _, t := range targets.All() {
		fmt.Println(t.Ordinal(), t.Date(), "from", t.Earliest(), "to", t.Latest())
	}
	// Output:
	// 1 2027-03-01 from 2027-03-01 to 2027-03-07
	// 2 2027-03-04 from 2027-03-01 to 2027-03-07
	// 3 2027-03-08 from 2027-03-05 to 2027-03-11
}
