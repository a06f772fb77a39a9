package bench

import (
	"math"
	"runtime"
	"slices"
	"time"
)

// A Growth is the same work in several sizes, to see how its time grows.
type Growth struct {
	Group, Name string
	// Of is what the sizes count, such as "sessions".
	Of    string
	Sizes []int
	Side  func(size int) Side
}

// A Slope is how time grows: it is as size to the power of Slope. 1 is linear, 0 does not
// grow. Low and High hold the middle 80 % of the rounds; Fastest has the nanoseconds of
// each size.
type Slope struct {
	Ratio
	Fastest []float64
}

// Fit times all sizes in turns, so many rounds long, or fewer if that took more than
// five seconds.
func (g Growth) Fit(rounds int) Slope {
	sides, batches := make([]Side, len(g.Sizes)), make([]int, len(g.Sizes))
	for i, size := range g.Sizes {
		sides[i] = g.Side(size)
		batches[i] = batchSize(sides[i])
	}
	runtime.GC()
	s := Slope{Fastest: make([]float64, len(g.Sizes))}
	var slopes []float64
	began := clock()
	for len(slopes) < rounds && (len(slopes) < 3 || clock()-began < 5*time.Second) {
		times := make([]float64, len(sides))
		for i := range sides {
			times[i] = perUnit(sides[i], batches[i]) * sides[i].units()
			if s.Fastest[i] == 0 || times[i] < s.Fastest[i] {
				s.Fastest[i] = times[i]
			}
		}
		slopes = append(slopes, slope(g.Sizes, times))
	}
	s.Ratio = band(slopes)
	return s
}

// slope returns the slope of the line through the logarithms that has the least squared
// distances.
func slope(sizes []int, times []float64) float64 {
	var x, y, xx, xy float64
	n := float64(len(sizes))
	for i, size := range sizes {
		u, v := math.Log(float64(size)), math.Log(times[i])
		x, y, xx, xy = x+u, y+v, xx+u*u, xy+u*v
	}
	return (n*xy - x*y) / (n*xx - x*x)
}

// band returns the median and the band that holds the middle 80 %.
func band(ratios []float64) Ratio {
	slices.Sort(ratios)
	at := func(share float64) float64 { return ratios[int(share*float64(len(ratios)-1))] }
	return Ratio{Median: at(0.5), Low: at(0.1), High: at(0.9)}
}
