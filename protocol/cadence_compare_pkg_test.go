package protocol

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Two cadences that differ in nothing but how long they go on are longer and shorter, and
// one without end is the longest.
func TestLongerCadence(t *testing.T) {
	for _, tt := range []struct {
		a, b  string
		order int
		ok    bool
	}{
		{"1/wk x2", "1/wk x5", -1, true},
		{"1/wk x5", "1/wk x2", 1, true},
		{"1/wk x2", "1/wk x2", 0, true},
		{"2/wk", "2/wk x3", 1, true},
		{"2/wk x3", "2/wk", -1, true},
		{"every 4w x3", "every 4w x5", -1, true},
		{"every 4w", "every 4w x5", 1, true},
		{"days 1, 8 of 21 x2", "days 1, 8 of 21 x4", -1, true},
		{"2-1 then every 4w x3", "2-1 then every 4w x2", 1, true},
	} {
		order, ok := MustCadence(tt.a).compare(MustCadence(tt.b))
		assert.Equal(t, tt.ok, ok, "%s and %s", tt.a, tt.b)
		assert.Equal(t, tt.order, order, "%s and %s", tt.a, tt.b)
	}
	for _, other := range []string{"2/wk x2", "every 1w x2", "1/wk x2 then every 4w x2", "1/wk x2 then as needed", "as needed"} {
		_, ok := MustCadence("1/wk x2").compare(MustCadence(other))
		assert.False(t, ok, other)
	}
	_, ok := MustCadence("2-1 then every 4w x3").compare(MustCadence("3-1 then every 4w x2"))
	assert.False(t, ok)
}

// A week has the sessions that are planned for it, and one that is not planned none.
func TestSessionsOfAWeek(t *testing.T) {
	counts := func(text string) (list []int, last, sessions int, ends bool) {
		for _, s := range MustCadence(text).Segments() {
			for i := -1; i < 4; i++ {
				list = append(list, s.Count(i))
			}
			sessions, ends = s.Sessions()
			return list, s.LastCount(), sessions, ends
		}
		return nil, 0, 0, false
	}
	for _, tt := range []struct {
		text           string
		counts         []int
		last, sessions int
		ends           bool
	}{
		{"3-2-1", []int{0, 3, 2, 1, 0}, 1, 6, true},
		{"2/wk x2", []int{0, 2, 2, 0, 0}, 2, 4, true},
		{"2/wk", []int{0, 2, 2, 2, 2}, 2, 0, false},
		{"every 4w x3", []int{0, 0, 0, 0, 0}, 0, 3, true},
		{"every 4w", []int{0, 0, 0, 0, 0}, 0, 0, false},
		{"days 1, 8 of 21 x2", []int{0, 0, 0, 0, 0}, 0, 4, true},
		{"weeks 0, 2, 6", []int{0, 0, 0, 0, 0}, 0, 3, true},
	} {
		list, last, sessions, ends := counts(tt.text)
		assert.Equal(t, tt.counts, list, tt.text)
		assert.Equal(t, []any{tt.last, tt.sessions, tt.ends}, []any{last, sessions, ends}, tt.text)
	}
}
