package schedule

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// Only weighings that were measured at a session make it worth looking for them.
func TestAtSessions(t *testing.T) {
	at := Weighing{Session: ID{hash: [10]byte{1}}}
	for want, list := range map[int32][]Weighing{0: {{}, {}, {}}, 1: {{}, at}, 2: {at, {}, at, {}}} {
		assert.Equal(t, want, atSessions(list))
	}
}

// The weekdays of a patient change at most so often that each session can name which held.
func TestWishedTooOften(t *testing.T) {
	p, _ := pagePlan(t)
	for changes, want := range map[int]string{
		course.MaxWishes - 1: "",
		course.MaxWishes:     `event "wish" (wished): Weekdays: want weekdays that change at most 65535 times`,
	} {
		often := *p
		often.course = course.Kept([]course.Version{{Protocol: p.protocol, Start: p.course.Start}}, 0, nil, make([][]protocol.DaySet, changes))
		what := Wished{Wishes: Wishes{Weekdays: []protocol.DaySet{protocol.OnDays(time.Tuesday)}}}
		next, err := often.Apply(Event{ID: "wish", What: what}, p.asOf)
		if want == "" {
			require.NoError(t, err)
			assert.Equal(t, course.MaxWishes, next.course.Wishes())
			continue
		}
		require.ErrorIs(t, err, ErrEvent)
		assert.EqualError(t, err, want)
	}
}
