package sheet

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// luminance is the relative luminance of WCAG 2.2 for a colour #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	value, err := strconv.ParseUint(colour[1:], 16, 32)
	require.NoError(t, err)
	part := func(shift int) float64 {
		c := float64(value>>shift&0xFF) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Text of the timeline has the contrast of WCAG 2.2 AA, 4.5, and shapes have 3.
func TestContrast(t *testing.T) {
	assert.InDelta(t, 21, contrast(t, "#000000", "#ffffff"), 0.001)
	for _, pair := range [][2]string{{ink, white}, {muted, white}, {white, blue}, {blue, white}, {white, green}} {
		assert.GreaterOrEqual(t, contrast(t, pair[0], pair[1]), 4.5, "%s on %s", pair[0], pair[1])
	}
	assert.GreaterOrEqual(t, contrast(t, line, white), 3.0)
}
