package pair_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/schedule/internal/pair"
)

// The pairing is the one that trying every pairing finds, ties and days with two
// entries included; the matches have everything once, in order.
func TestDaysAgainstOracle(t *testing.T) {
	ties, doubles := 0, 0
	for seed := range uint64(6000) {
		r := rand.New(rand.NewPCG(seed, 1))
		expected, actual := make([]pair.Expected, r.IntN(6)), make([]int32, r.IntN(6))
		slow, days := make([]oracle.Expected, len(expected)), make([]int, len(actual))
		widest, least := 1+r.IntN(30), 1
		if seed%3 == 0 { // in whole weeks a pair often costs what two without one do
			widest, least = 3, 7
		}
		day := 20000
		for i := range expected {
			day += least * (1 + r.IntN(widest))
			tolerance := []int{1, 3, 7}[r.IntN(3)]
			expected[i], slow[i] = pair.Expected{Day: int32(day), Tolerance: tolerance}, oracle.Expected{Day: day, Tolerance: tolerance}
		}
		day = 20000 - least*r.IntN(10/least+1)
		for i := range actual {
			step := least * r.IntN(widest+1)
			if day += step; step == 0 && i > 0 {
				doubles++
			}
			actual[i], days[i] = int32(day), day
		}
		want := oracle.Pair(slow, days)
		got := make([]int, len(expected))
		i, j := 0, 0
		for _, m := range pair.Days(expected, actual) {
			if m.Expected >= 0 {
				require.Equal(t, i, m.Expected)
				got[i] = m.Actual
				i++
			}
			if m.Actual >= 0 {
				require.Equal(t, j, m.Actual)
				j++
			}
		}
		require.Equal(t, want, got, "seed %d: %v %v", seed, expected, actual)
		require.Equal(t, []int{len(expected), len(actual)}, []int{i, j}, "seed %d: everything once", seed)
		if len(expected) > 2 && len(actual) > 2 && widest < 5 {
			ties++
		}
	}
	require.Greater(t, ties, 150, "dense records, which have many ties")
	require.Greater(t, doubles, 500, "days with two entries")
}

// Where neither of two has a pair, the earlier comes first; on one day the
// expected one does.
func TestDaysOrder(t *testing.T) {
	expected := []pair.Expected{{Day: 100, Tolerance: 7}, {Day: 150, Tolerance: 3}, {Day: 151, Tolerance: 3}}
	for _, tt := range []struct {
		name   string
		actual []int32
		want   []pair.Match
	}{
		{"nothing took place", nil, []pair.Match{{0, -1}, {1, -1}, {2, -1}}},
		{"far from everything", []int32{50, 125, 200}, []pair.Match{{-1, 0}, {0, -1}, {-1, 1}, {1, -1}, {2, -1}, {-1, 2}}},
		{"before a pair", []int32{149, 150, 150}, []pair.Match{{0, -1}, {-1, 0}, {1, 1}, {2, 2}}},
		{"after a pair", []int32{100, 101, 102}, []pair.Match{{0, 0}, {-1, 1}, {-1, 2}, {1, -1}, {2, -1}}},
	} {
		require.Equal(t, tt.want, pair.Days(expected, tt.actual), tt.name)
	}
	require.Empty(t, pair.Days(nil, nil))
}
