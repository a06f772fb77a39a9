// Package bench times two ways of doing the same work side by side.
//
// On a machine that others use too, the time of one run says little: the same
// program may take twice as long a minute later. A ratio of two times that were
// taken in turns says more, because what disturbs one side disturbs the other;
// and time is that of the processor, which others do not use up.
package bench

import (
	"runtime"
	"slices"
	"testing"
	"time"
)

// A Side is one way of doing some work.
type Side struct {
	Name string
	// Units is how much work one operation does, such as the sessions of a
	// plan; ratios are per unit. 0 stands for 1.
	Units int
	// Run does the operation n times.
	Run func(n int)
}

func (s Side) units() float64 { return float64(max(s.Units, 1)) }

// A Pair is two sides to be compared: the ratio is that of A to B.
type Pair struct {
	Group string
	A, B  Side
}

// A Ratio is the outcome of a comparison: the median of the paired ratios and
// the band that holds the middle 80 % of them.
type Ratio struct{ Median, Low, High float64 }

// Compare times both sides in turns, in batches of about two milliseconds, so
// many rounds long.
func (p Pair) Compare(rounds int) Ratio {
	a, b := batchSize(p.A), batchSize(p.B)
	runtime.GC()
	ratios := make([]float64, rounds)
	for i := range ratios {
		ratios[i] = perUnit(p.A, a) / perUnit(p.B, b)
	}
	return band(ratios)
}

// batchSize returns how many operations take about two milliseconds.
func batchSize(s Side) int {
	for n := 1; ; n *= 2 {
		start := clock()
		s.Run(n)
		if clock()-start >= 2*time.Millisecond || n == 1<<22 {
			return n
		}
	}
}

// perUnit returns the nanoseconds that a unit of work takes.
func perUnit(s Side, n int) float64 {
	start := clock()
	s.Run(n)
	return float64((clock() - start).Nanoseconds()) / float64(n) / s.units()
}

// A Cost is what one operation takes: nanoseconds, bytes and allocations.
type Cost struct {
	Fastest, Median float64
	Bytes, Allocs   int
}

// Measure times one side on its own, so many batches long, and counts what it
// allocates.
func (s Side) Measure(rounds int) Cost {
	n := batchSize(s)
	times := make([]float64, rounds)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range times {
		times[i] = perUnit(s, n) * s.units()
	}
	runtime.ReadMemStats(&after)
	slices.Sort(times)
	operations := float64(n * rounds)
	return Cost{
		Fastest: times[0], Median: times[len(times)/2],
		Bytes:  int(float64(after.TotalAlloc-before.TotalAlloc)/operations + 0.5),
		Allocs: int(float64(after.Mallocs-before.Mallocs)/operations + 0.5),
	}
}

// Sides returns the sides of pairs, each name once, in order.
func Sides(pairs []Pair) []Side {
	var sides []Side
	for _, pair := range pairs {
		for _, side := range []Side{pair.A, pair.B} {
			if !slices.ContainsFunc(sides, func(s Side) bool { return s.Name == side.Name }) {
				sides = append(sides, side)
			}
		}
	}
	return sides
}

// Group returns the pairs of a group.
func Group(pairs []Pair, group string) []Pair {
	return slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return p.Group != group })
}

// Benchmarks runs the sides of pairs as benchmarks.
func Benchmarks(b *testing.B, pairs []Pair) {
	for _, side := range Sides(pairs) {
		b.Run(side.Name, func(b *testing.B) {
			b.ReportAllocs()
			side.Run(b.N)
		})
	}
}

// Clock returns the processor time that this process has used, where the system tells it.
func Clock() time.Duration { return clock() }
