package mangle

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// run returns what a target that collects texts was called with.
func run(t *testing.T, n int, seed uint64, seeds ...string) []string {
	t.Helper()
	var got []string
	target := repeated(func(_ *testing.T, s string) { got = append(got, s) }, n, seed)
	for _, s := range seeds {
		target(t, s)
	}
	return got
}

func TestTarget(t *testing.T) {
	got := run(t, 1000, 1, "0.5 mg/kg", "2026-11-30")
	require.Len(t, got, 2002)
	require.Equal(t, "0.5 mg/kg", got[0])
	require.Equal(t, "2026-11-30", got[1001])

	different := slices.Compact(slices.Sorted(slices.Values(got)))
	require.Greater(t, len(different), 1500, "most texts are new")
	require.Equal(t, got, run(t, 1000, 1, "0.5 mg/kg", "2026-11-30"), "the same flags make the same texts")
	require.NotEqual(t, got, run(t, 1000, 2, "0.5 mg/kg", "2026-11-30"))

	near := slices.IndexFunc(got[1:1001], func(s string) bool { return s != "0.5 mg/kg" && strings.HasSuffix(s, "mg/kg") })
	require.GreaterOrEqual(t, near, 0, "some texts are nearly the seed")
	mixed := slices.ContainsFunc(got[1002:], func(s string) bool { return strings.Contains(s, "g/k") })
	require.True(t, mixed, "parts of another seed come into a text")

	require.Len(t, run(t, 50, 1, ""), 51, "an empty seed has texts made from it too")
}

// TestTargetArguments: every kind of argument is made, and what a target does
// to its bytes does no harm to the seeds.
func TestTargetArguments(t *testing.T) {
	var bytes, signed, unsigned, flags, kept int
	seed := []byte("abc")
	target := repeated(func(_ *testing.T, b []byte, n int16, u uint8, yes bool, f float64) {
		bytes += len(b)
		clear(b)
		if n != 7 {
			signed++
		}
		if u != 7 {
			unsigned++
		}
		if yes {
			flags++
		}
		if f == 0.5 {
			kept++
		}
	}, 200, 1)
	target(t, seed, 7, 7, false, 0.5)
	require.Positive(t, bytes)
	require.Greater(t, signed, 150)
	require.Greater(t, unsigned, 150)
	require.InDelta(t, 100, flags, 40)
	require.Equal(t, 201, kept)
}

func TestTargetWithoutFlag(t *testing.T) {
	n := 0
	Target(func(*testing.T, string) { n++ })(t, "seed")
	require.Equal(t, 1, n)
}
