package place_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/schedule/internal/place"
)

// table says what days from base on can take.
type table struct {
	base    int
	longest []int
	suits   []bool
}

func (t *table) Longest(day int32) int { return t.longest[int(day)-t.base] }
func (t *table) Suits(day int32) bool  { return t.suits[int(day)-t.base] }

// everyDay is open and suits.
type everyDay struct{}

func (everyDay) Longest(int32) int { return 600 }
func (everyDay) Suits(int32) bool  { return true }

// random returns a placement and the same for the oracle: crowded or sparse,
// often with targets outside their windows, as events leave them.
func random(r *rand.Rand) (*place.Placement, oracle.Arrangement) {
	base := 730000
	days := &table{base: base - 60}
	shut, unsuitable := 1+r.IntN(12), 2+r.IntN(20)
	for range 400 {
		days.longest = append(days.longest, []int{-1, 0, 60, 240}[min(3, r.IntN(shut+3))])
		days.suits = append(days.suits, r.IntN(unsuitable) > 0)
	}
	p := &place.Placement{Days: days, MayLeave: r.IntN(2) == 0}
	a := oracle.Arrangement{
		Longest: func(day int) int { return days.Longest(int32(day)) },
		Suits:   func(day int) bool { return days.Suits(int32(day)) }, Leave: p.MayLeave,
	}
	if r.IntN(3) == 0 {
		a.NotBefore = base + r.IntN(6)
	}
	if r.IntN(3) == 0 {
		a.After, a.AfterGap = base-3+r.IntN(6), 1+r.IntN(4)
	}
	p.NotBefore = int32(a.NotBefore)
	target, step := base, 1+r.IntN(9)
	for range r.IntN(8) {
		s := oracle.Waiting{Target: target, Minutes: []int{0, 45, 90}[r.IntN(3)], Gap: 1 + r.IntN(3)}
		s.Earliest, s.Latest = target-r.IntN(5), target+r.IntN(5)
		if r.IntN(6) == 0 {
			s.Target += r.IntN(13) - 6
		}
		if r.IntN(7) == 0 {
			s.Fixed = s.Earliest + r.IntN(s.Latest-s.Earliest+1)
		}
		a.Sessions = append(a.Sessions, s)
		p.Slots = append(p.Slots, place.Slot{
			Target: int32(s.Target), Earliest: int32(s.Earliest), Latest: int32(s.Latest), Fixed: int32(s.Fixed),
			Minutes: uint16(s.Minutes), Gap: uint16(s.Gap),
			Day: int32(r.IntN(9)), Left: r.IntN(2) == 0, // of before, which means nothing
		})
		if a.After > 0 {
			p.Slots[len(p.Slots)-1].From = int32(a.After) + place.Gap(a.AfterGap, s.Gap)
		}
		target += r.IntN(step + 1)
	}
	return p, a
}

func codes() map[oracle.Refusal]place.Reason {
	return map[oracle.Refusal]place.Reason{
		oracle.NoReason: 0, oracle.Closed: place.Closed, oracle.TooShort: place.TooShort, oracle.Unsuitable: place.Unsuitable,
		oracle.NotFixed: place.Fixed, oracle.Past: place.Past, oracle.TooNearStay: place.TooNearStay,
	}
}

// blocks checks what is said of the first slot that cannot be placed.
func blocks(t *testing.T, a oracle.Arrangement, b *place.Blocked, n int) {
	t.Helper()
	require.NotNil(t, b)
	require.Equal(t, n-1, b.Slot, "%+v", a.Sessions)
	s := a.Sessions[n-1]
	require.Len(t, b.Reasons, s.Latest-s.Earliest+1)
	if !a.Leave {
		require.Equal(t, n-2, b.Before)
		if n > 1 {
			require.Equal(t, a.Earliest(n-1), int(b.Earliest))
		}
	}
	for at, reason := range b.Reasons {
		want := codes()[a.Why(s, s.Earliest+at)]
		if want == 0 && b.Before >= 0 {
			want = place.TooNear
			if !a.Leave {
				require.Less(t, s.Earliest+at-int(b.Earliest), max(s.Gap, a.Sessions[n-2].Gap), "a day that would do")
			}
		}
		require.Equal(t, want, reason)
	}
}

func TestSolveAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	again := &place.Placement{} // used for all of them
	for range many(5000) {
		p, a := random(r)
		want := a.Solve()
		again.Days, again.Slots, again.NotBefore, again.MayLeave = p.Days, p.Slots, p.NotBefore, p.MayLeave
		b := again.Solve()
		if want.Blocked > 0 {
			blocks(t, a, b, want.Blocked)
			seen[fmt.Sprint("blocked, may leave ", p.MayLeave)]++
			continue
		}
		require.Nil(t, b, "%+v", a.Sessions)
		days := []int(nil)
		for i := range again.Slots {
			s := &again.Slots[i]
			if s.Left {
				days = append(days, 0)
			} else {
				days = append(days, int(s.Day))
			}
		}
		require.Equal(t, want.Days, days, "%+v", a.Sessions)
		switch {
		case want.LeftOut > 0:
			seen["left out"]++
		case want.Squared == 0:
			seen["on targets"]++
		default:
			seen["shifted"]++
		}
	}
	t.Log(seen)
	for _, n := range []string{"blocked, may leave true", "blocked, may leave false", "left out", "on targets", "shifted"} {
		require.Greater(t, seen[n], many(100), n)
	}
}

// What an option is said to cost is what everything costs with the slot pinned to
// that day.
func TestOptionsAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	possible, refused := 0, map[place.Reason]int{}
	for range many(700) {
		p, a := random(r)
		if a.Solve().Blocked > 0 {
			continue
		}
		options := p.Options()
		for i, s := range a.Sessions {
			for day := s.Earliest; day <= s.Latest; day++ {
				pinned := a
				pinned.Sessions = append([]oracle.Waiting(nil), a.Sessions...)
				pinned.Sessions[i].Earliest, pinned.Sessions[i].Latest, pinned.Sessions[i].Fixed = day, day, day
				want, got := pinned.Solve(), options.Of(i, int32(day))
				if reason := a.Why(s, day); reason != oracle.NoReason {
					require.Equal(t, place.Option{Reason: codes()[reason]}, got)
					refused[got.Reason]++
					continue
				}
				if want.Blocked > 0 {
					if got.Reason == place.TooNear {
						require.Equal(t, a.Earliest(i), int(got.Earliest))
						require.Less(t, day, a.Earliest(i)+max(s.Gap, a.Sessions[i-1].Gap))
					} else {
						require.Equal(t, place.Option{Reason: place.NoRoom}, got)
					}
					refused[got.Reason]++
					continue
				}
				possible++
				require.Equal(t, place.Option{Squared: (day - s.Target) * (day - s.Target), Total: want.Squared, LeftOut: want.LeftOut}, got)
			}
		}
	}
	t.Log(possible, refused)
	require.Greater(t, possible, many(2500))
	for reason := place.Closed; reason <= place.NoRoom; reason++ {
		require.Greater(t, refused[reason], many(10), reason)
	}
}

// TestOptionsOf: the options of one slot are those that it has among the options of all,
// also where not all can be placed.
func TestOptionsOf(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	compared, far, blocked := 0, 0, 0
	for range many(3000) {
		p, a := random(r)
		for i := len(p.Slots); i > 0 && r.IntN(3) > 0; { // some gaps that no slot reaches over
			if i = r.IntN(len(p.Slots)); i == 0 {
				break
			}
			for k := i; k < len(p.Slots); k++ {
				p.Slots[k].Target, p.Slots[k].Earliest, p.Slots[k].Latest = p.Slots[k].Target+14, p.Slots[k].Earliest+14, p.Slots[k].Latest+14
				if p.Slots[k].Fixed != 0 {
					p.Slots[k].Fixed += 14
				}
			}
			far++
		}
		if a.Solve().Blocked > 0 {
			blocked++
		}
		options := p.Options()
		for i, s := range p.Slots {
			one := p.OptionsOf(i)
			for day := s.Earliest; day <= s.Latest; day++ {
				require.Equal(t, options.Of(i, day), one.Of(i, day))
				compared++
			}
		}
	}
	require.Greater(t, compared, many(5000))
	require.Greater(t, far, many(500))
	require.Greater(t, blocked, many(100))
}

// many is a number of rounds: fewer where time is short.
func many(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}

// Options of slots that cannot all be placed say so, whatever comes before or after
// the one that is blocked.
func TestOptionsOfBlocked(t *testing.T) {
	days := &table{base: 100, longest: []int{60, 60, -1, 60, 60}, suits: []bool{true, true, true, true, true}}
	p := place.Placement{Days: days, Slots: []place.Slot{
		{Target: 100, Earliest: 100, Latest: 101, Gap: 1}, {Target: 102, Earliest: 102, Latest: 102, Gap: 1}, {Target: 103, Earliest: 103, Latest: 104, Gap: 1},
	}}
	o := p.Options()
	require.Equal(t, place.Option{Reason: place.NoRoom}, o.Of(0, 100))
	require.Equal(t, place.Option{Reason: place.Closed}, o.Of(1, 102))
	require.Equal(t, place.Option{Reason: place.NoRoom}, o.Of(2, 103))

	// The first day that the second can have leaves the third none; the day before
	// that is too near the first.
	p = place.Placement{Days: everyDay{}, Slots: []place.Slot{
		{Target: 10, Earliest: 10, Latest: 11, Gap: 2}, {Target: 12, Earliest: 11, Latest: 12, Gap: 2}, {Target: 13, Earliest: 12, Latest: 13, Gap: 2},
	}}
	o = p.Options()
	require.Equal(t, place.Option{Reason: place.TooNear, Earliest: 10}, o.Of(1, 11))
	require.Equal(t, place.Option{Reason: place.NoRoom}, o.Of(1, 12))
}

// A day that nothing else is against, in a window that is blocked although nothing
// stays before it, has no reason.
func TestBlockedAlone(t *testing.T) {
	p := place.Placement{Days: everyDay{}, Slots: []place.Slot{{Target: 10, Earliest: 9, Latest: 10, Gap: 1}}}
	require.Equal(t, &place.Blocked{Before: -1, Reasons: []place.Reason{0, 0}}, p.Blocked(0, -1, 0))
}

// An appointment outside its window cannot be kept, whatever may be left out.
func TestAppointmentOutsideWindow(t *testing.T) {
	for _, fixed := range []int32{8, 12} {
		p := place.Placement{Days: everyDay{}, MayLeave: true, Slots: []place.Slot{
			{Target: 3, Earliest: 2, Latest: 4, Gap: 1}, {Target: 10, Earliest: 9, Latest: 11, Gap: 1, Fixed: fixed},
		}}
		require.Equal(t, &place.Blocked{Slot: 1, Before: -1, Reasons: []place.Reason{place.Fixed, place.Fixed, place.Fixed}}, p.Solve())
	}
}

func TestEarliest(t *testing.T) {
	days := &table{base: 100, longest: []int{-1, 30, 60, 60, 60}, suits: []bool{true, true, true, false, true}}
	p := place.Placement{Days: days}
	for _, tt := range []struct {
		slot place.Slot
		from int32
		want int32
	}{
		{place.Slot{Earliest: 100, Latest: 104, Minutes: 30}, 0, 101},
		{place.Slot{Earliest: 100, Latest: 104, Minutes: 31}, 0, 102},
		{place.Slot{Earliest: 100, Latest: 104, Minutes: 31}, 103, 104},
		{place.Slot{Earliest: 100, Latest: 104, Minutes: 31, Fixed: 104}, 0, 104},
		{place.Slot{Earliest: 100, Latest: 103, Minutes: 30}, 103, 0},
		{place.Slot{Earliest: 102, Latest: 102}, 100, 102},
		{place.Slot{Earliest: 102, Latest: 102}, 103, 0},
	} {
		day, ok := p.Earliest(&tt.slot, tt.from)
		require.Equal(t, tt.want, day)
		require.Equal(t, tt.want > 0, ok)
	}
	// Nothing stays before: no gap to keep, on whatever days.
	day, _ := p.Earliest(&place.Slot{Earliest: 101, Latest: 104, Gap: 200}, 0)
	require.Equal(t, int32(101), day)
	day, _ = p.Earliest(&place.Slot{Earliest: 100, Latest: 104, From: 104}, 0)
	require.Equal(t, int32(104), day)
	_, ok := p.Earliest(&place.Slot{Earliest: 100, Latest: 104, From: 104, To: 103}, 0)
	require.False(t, ok)
	p.NotBefore = 104
	day, _ = p.Earliest(&place.Slot{Earliest: 100, Latest: 104, Gap: 1}, 0)
	require.Equal(t, int32(104), day)
}

// Twenty thousand slots take no time that anybody would notice, placed as well as
// left out.
func TestLong(t *testing.T) {
	for _, leave := range []bool{false, true} {
		p := place.Placement{Days: everyDay{}, MayLeave: leave}
		for i := range int32(20000) {
			// The first three want the first day.
			p.Slots = append(p.Slots, place.Slot{Target: 100 + max(0, i-2), Earliest: 100, Latest: 130 + i, Gap: 1})
		}
		require.Nil(t, p.Solve())
		for i := range int32(20000) {
			require.Equal(t, 100+i, p.Slots[i].Day)
		}
	}
}

// Placing allocates nothing once there is memory for it, however wide the windows.
func TestNoAllocationAgain(t *testing.T) {
	for _, width := range []int32{3, 300} {
		p := &place.Placement{Days: everyDay{}}
		for i := range int32(13) {
			p.Slots = append(p.Slots, place.Slot{Target: 800 + 2*i, Earliest: 800 + 2*i, Latest: 800 + 2*i + width, Gap: 3})
		}
		if width == 3 {
			p.Slots = p.Slots[:3]
		}
		require.Nil(t, p.Solve())
		require.Zero(t, testing.AllocsPerRun(20, func() {
			if p.Solve() != nil {
				t.Fatal("blocked")
			}
		}))
	}
}

// A plan on its targets needs no memory at all.
func TestNoAllocationOnTargets(t *testing.T) {
	p := &place.Placement{Days: everyDay{}}
	for i := range int32(13) {
		p.Slots = append(p.Slots, place.Slot{Target: 800 + 2*i, Earliest: 790 + 2*i, Latest: 810 + 2*i, Gap: 2})
	}
	require.Zero(t, testing.AllocsPerRun(1, func() { p.Solve() }))
}
