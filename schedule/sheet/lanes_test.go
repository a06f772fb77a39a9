package sheet

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/schedule"
)

// However close sessions are, their marks have room for a number and do not overlap; ten
// years of a session every four weeks are a lane a year.
func TestLanes(t *testing.T) {
	for _, test := range []struct{ n, gap, most int }{{60, 1, 2}, {140, 1, 5}, {60, 2, 2}, {40, 7, 2}, {130, 28, 11}, {20, 200, 12}} {
		d := &drawing{view: many(t, "en-US", test.n, test.gap), hasMark: map[schedule.State]bool{}}
		d.measure()
		assert.LessOrEqual(t, len(d.lanes), test.most, "%+v", test)
		next := 0
		for _, l := range d.lanes {
			assert.Equal(t, next, l.first, "%+v", test)
			next += l.days
			assert.LessOrEqual(t, l.days*l.dayWidth, laneWidth-2*margin)
			assert.GreaterOrEqual(t, l.radius, leastRound, "%+v", test)
			assert.LessOrEqual(t, 2*l.radius, test.gap*l.dayWidth, "%+v", test)
		}
		assert.GreaterOrEqual(t, next, d.days)
	}
}

// A visit that is no session is drawn as a session is that is so: each state differs.
func TestOtherMarks(t *testing.T) {
	seen := map[string]string{}
	for _, at := range []visit{
		{state: schedule.StatePlanned},
		{state: schedule.StateProvisional},
		{state: schedule.StateDone},
		{state: schedule.StateMissed},
		{state: schedule.StateCancelled},
		{state: schedule.StateHeld},
		{state: schedule.StatePlanned, lost: true},
	} {
		d := &drawing{view: many(t, "en-US", 1, 1)}
		d.other(&at, 20, 20)
		assert.NotContains(t, seen, d.b.String(), "%v as %s", at.state, seen[d.b.String()])
		seen[d.b.String()] = at.state.String()
	}
}
