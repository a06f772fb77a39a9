package course_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// TestOutline: what an outline is moved to is what is unfolded from there.
func TestOutline(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 1))
	outlined := 0
	for outlined < 300 {
		x, ok := treat(t, r)
		if !ok {
			continue
		}
		outline := x.course.Outline()
		if outline == nil {
			continue
		}
		outlined++
		for range 8 {
			c := x.course
			c.Start = int32(date.New(1900+r.IntN(300), 1, 1)) + int32(r.IntN(366))
			want, _, err := c.Unfold(nil)
			list, days, ok := outline.From(c.Start)
			require.Equal(t, err == nil, ok, x.text)
			if !ok {
				continue
			}
			require.Len(t, list, len(want), x.text)
			for i := range list {
				require.Equal(t, want[i], list[i].Later(days), "%s: session %d", x.text, i+1)
			}
		}
	}
}

// TestNoOutline: what follows from more than the day of the week of the start has none.
func TestNoOutline(t *testing.T) {
	for cadence, has := range map[string]bool{
		"3-2-1 then every 4w x3": true, "weeks 0, 2, 6": true, "days 1, 8 of 21 x2": true, "as needed": true,
		"every 1mo x3": false, "every 4w": false, "2/wk": false, "every 1w x2 then every 2mo x2": false,
	} {
		spec := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 1, Visit: protocol.Visit{Observation: time.Hour}}}}
		p, err := spec.Compile()
		require.NoError(t, err)
		assert.Equal(t, has, course.New(p, 1, 0, nil).Outline() != nil, cadence)
	}
	_, _, ok := (*course.Outline)(nil).From(1)
	assert.False(t, ok)
}

// TestOutlineAtTheEdges: the first start that there is, and the last that leaves room.
func TestOutlineAtTheEdges(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("2/wk x1"), MinGap: 1, Visit: protocol.Visit{Observation: time.Hour}}}}
	p, err := spec.Compile()
	require.NoError(t, err)
	outline := course.New(p, 1, 0, nil).Outline()
	first, last := civil.Day(date.New(civil.MinYear, time.January, 1)), civil.Day(date.New(civil.MaxYear, time.December, 31))
	list, days, ok := outline.From(first)
	require.True(t, ok)
	assert.Equal(t, first, list[0].Later(days).Target)
	_, _, ok = outline.From(last - 6)
	assert.True(t, ok)
	_, _, ok = outline.From(last - 5)
	assert.False(t, ok)
}
