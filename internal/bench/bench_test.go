package bench_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/internal/bench"
)

var sink float64

// work takes time in proportion to n.
func work(n int) func(int) {
	return func(times int) {
		for range times * n {
			sink += math.Sqrt(sink + 1)
		}
	}
}

// TestRatio: of two sides of which one does three times the work the ratio is near three;
// per unit it is near one.
func TestRatio(t *testing.T) {
	a, b := bench.Side{Name: "a", Run: work(3000)}, bench.Side{Name: "b", Run: work(1000)}
	r := bench.Pair{A: a, B: b}.Compare(20)
	assert.InDelta(t, 3, r.Median, 1.2)
	assert.LessOrEqual(t, r.Low, r.Median)
	assert.LessOrEqual(t, r.Median, r.High)
	a.Units, b.Units = 3000, 1000
	assert.InDelta(t, 1, bench.Pair{A: a, B: b}.Compare(20).Median, 0.4)
}

// TestSlope: linear work has a slope near 1, that which grows as the square near 2.
func TestSlope(t *testing.T) {
	for power, want := range map[int]float64{1: 1, 2: 2} {
		g := bench.Growth{Sizes: []int{10, 100, 1000}, Side: func(size int) bench.Side {
			return bench.Side{Run: work(100 * int(math.Pow(float64(size), float64(power))) / 10)}
		}}
		s := g.Fit(5)
		assert.InDelta(t, want, s.Median, 0.35)
		assert.Len(t, s.Fastest, 3)
	}
}

// TestChart: the longest bar belongs to the largest value, and a text that XML would
// read as markup is escaped.
func TestChart(t *testing.T) {
	c := bench.Chart{Title: "times", Bars: []bench.Bar{{Name: "a < b", Value: 1}, {Name: "c", Value: 1000}}, Unit: "ns"}
	lines := strings.Split(strings.TrimSpace(c.Text()), "\n")
	assert.Len(t, lines, 3)
	assert.Less(t, strings.Count(lines[1], "#"), strings.Count(lines[2], "#"))
	svg := c.SVG()
	assert.Contains(t, svg, "a &lt; b")
	assert.NotContains(t, svg, "a < b")
	assert.True(t, strings.HasPrefix(svg, "<svg ") && strings.HasSuffix(svg, "</svg>\n"))
}
