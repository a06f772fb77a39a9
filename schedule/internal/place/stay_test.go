package place_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/internal/place"
)

// A worth is what a list of days is worth: of two the one with fewer slots moved from
// the days that they have, then with the smaller sum of squared shifts, then later.
type worth struct {
	moved, squared int
	days           []int32
}

func (w worth) better(than *worth) bool {
	switch {
	case than == nil || w.moved < than.moved:
		return true
	case w.moved > than.moved:
		return false
	case w.squared != than.squared:
		return w.squared < than.squared
	}
	for i := range w.days {
		if w.days[i] != than.days[i] {
			return w.days[i] > than.days[i]
		}
	}
	return false
}

// try looks at every list of days that the rules allow.
func try(p *place.Placement, days []int32, best **worth) {
	i := len(days)
	if i == len(p.Slots) {
		w := worth{days: append([]int32(nil), days...)}
		for k := range p.Slots {
			s := &p.Slots[k]
			if s.Now != 0 && s.Now != days[k] {
				w.moved++
			}
			shift := int(days[k] - s.Target)
			w.squared += shift * shift
		}
		if w.better(*best) {
			*best = &w
		}
		return
	}
	s := &p.Slots[i]
	for day := s.Earliest; day <= s.Latest; day++ {
		stays := s.Now != 0 && day == s.Now
		fits := p.Days.Longest(day) >= int(s.Minutes) && p.Days.Suits(day) && day >= p.NotBefore && day >= s.From && (s.To == 0 || day <= s.To) &&
			(s.Fixed == 0 || s.Fixed == day)
		if !stays && !fits || i > 0 && day-days[i-1] < int32(max(s.Gap, p.Slots[i-1].Gap)) {
			continue
		}
		try(p, append(days, day), best)
	}
}

// With sessions that stay, and with slots that have days already, the placement is the
// best of all that there are.
func TestStaysAgainstEveryPlacement(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	solved, moved, blocked := 0, 0, 0
	for range many(4000) {
		days := &table{base: 1000}
		for range 60 {
			days.longest = append(days.longest, []int{-1, 60, 60, 60}[r.IntN(4)])
			days.suits = append(days.suits, r.IntN(10) > 0)
		}
		p := &place.Placement{Days: days, NotBefore: 1000 + int32(r.IntN(8))}
		target := int32(1004)
		for range 1 + r.IntN(4) {
			s := place.Slot{Target: target, Earliest: target - int32(r.IntN(4)), Latest: target + int32(r.IntN(4)), Minutes: 30, Gap: uint16(1 + r.IntN(3))}
			if r.IntN(3) == 0 {
				s.From = target - 2 + int32(r.IntN(4))
			}
			if r.IntN(3) == 0 {
				s.To = target - 1 + int32(r.IntN(4))
			}
			if r.IntN(2) == 0 {
				s.Now = s.Earliest + int32(r.IntN(int(s.Latest-s.Earliest)+1))
			}
			p.Slots = append(p.Slots, s)
			target += int32(r.IntN(4))
		}
		var want *worth
		try(p, nil, &want)
		b := p.Solve()
		if want == nil {
			require.NotNil(t, b)
			blocked++
			continue
		}
		require.Nil(t, b, "%+v", p.Slots)
		var got []int32
		for i := range p.Slots {
			got = append(got, p.Slots[i].Day)
		}
		require.Equal(t, want.days, got, "%+v", p.Slots)
		solved++
		if want.moved > 0 {
			moved++
		}
	}
	t.Log(solved, moved, blocked)
	require.Greater(t, moved, many(200))
	require.Greater(t, blocked, many(100))
}

// A day that a session which stays takes says so, before the slot and after it.
func TestReasonsOfStays(t *testing.T) {
	p := place.Placement{Days: everyDay{}, NotBefore: 101}
	s := &place.Slot{Target: 103, Earliest: 100, Latest: 106, From: 103, To: 104}
	p.Slots = []place.Slot{*s}
	want := []place.Reason{place.Past, place.TooNearStay, place.TooNearStay, 0, 0, place.TooNearNext, place.TooNearNext}
	for i, reason := range want {
		require.Equal(t, reason, p.Refusal(s, 100+int32(i)))
	}
	p.Slots[0].From = 105
	require.Equal(t, &place.Blocked{Before: -1, Reasons: []place.Reason{
		place.Past, place.TooNearStay, place.TooNearStay, place.TooNearStay, place.TooNearStay, place.TooNearNext, place.TooNearNext,
	}}, p.Solve())
}
