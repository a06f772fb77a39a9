package schedule

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// givenAs returns a plan in which a session took place as an entry says.
func (p *Plan) givenAs(index int, g Given) *Plan {
	q := *p
	q.slots, q.given = slices.Clone(p.slots), append(slices.Clone(p.given), g)
	q.give(&q.slots[index], len(p.given))
	return &q
}

func minuteOf(minutes int) clinic.TimeOfDay {
	t, _ := clinic.NewTimeOfDay(minutes)
	return t
}

// A session that took place at the time of its companion, which the plan had
// after it, overlaps it; on time it does not.
func TestOverlap(t *testing.T) {
	p, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("2/wk x2"), Visit: protocol.Visit{Administration: time.Hour},
		Companions: []protocol.Companion{{Name: "talk", Visit: protocol.Visit{Administration: time.Hour}}},
	}}}.Compile()
	require.NoError(t, err)
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 3))
		plan, err := Build(Request{
			Protocol: p, Start: MustDate("2025-01-06") + 7*26, Opening: alwaysOpen{}, Zone: time.UTC, Key: Key{1}, AsOf: time.Unix(0, 0),
			Wishes: Wishes{Preferred: minuteOf(60 * r.IntN(20))},
		})
		require.NoError(t, err)
		i := r.IntN(plan.Len())
		s := Session{plan, i}
		as := Given{Date: s.Date(), Start: s.Start(), End: s.End()}
		require.Empty(t, Validate(plan.givenAs(i, as)))

		late := 1 + r.IntN(119)
		as.Start, as.End = minuteOf(as.Start.Minutes()+late), minuteOf(as.End.Minutes()+late)
		found := Validate(plan.givenAs(i, as))
		require.Len(t, found, 1)
		require.Equal(t, Overlap, found[0].Code, found[0].Text)
	}
}

// Two sessions of one day overlap where their times do.
func TestOverlapOfSessions(t *testing.T) {
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("2/wk x1")}}}.Compile()
	require.NoError(t, err)
	plan, err := Build(Request{Protocol: p, Start: MustDate("2025-01-06"), Opening: alwaysOpen{}, Zone: time.UTC, Key: Key{1}, AsOf: time.Unix(0, 0)})
	require.NoError(t, err)
	at := func(start, end string) Given {
		g := Given{Date: plan.start}
		g.Start, _ = clinic.ParseTimeOfDay(start)
		g.End, _ = clinic.ParseTimeOfDay(end)
		return g
	}
	codes := func(p *Plan) (list []Code) {
		for _, f := range Validate(p) {
			list = append(list, f.Code)
		}
		return list
	}
	first := plan.givenAs(0, at("09:00", "10:00"))
	require.Contains(t, codes(first.givenAs(1, at("09:59", "11:00"))), Overlap)
	require.Contains(t, codes(first.givenAs(1, at("08:00", "09:01"))), Overlap)
	require.NotContains(t, codes(first.givenAs(1, at("10:00", "11:00"))), Overlap)
	require.NotContains(t, codes(first.givenAs(1, at("08:00", "09:00"))), Overlap)
}
