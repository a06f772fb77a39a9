package schedule

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
)

// Where there is no such session its position is -1: of a plan of which nothing has happened,
// after its last session, of an id or a serial that it does not have.
func TestPositionsOfNone(t *testing.T) {
	p := officePlan(t)
	require.Equal(t, -1, p.nextAfter(2))
	require.Equal(t, 2, p.nextAfter(1))
	require.Equal(t, -1, p.lastGiven())
	require.Equal(t, -1, p.madeUpFor(1))
	require.Equal(t, -1, p.withSerial(4))
	require.Equal(t, -1, p.named(ID{}))
	require.Equal(t, -1, p.weighingOn(civil.Day(p.start)))
	require.Equal(t, -1, p.sessionDuring(civil.Day(p.start)+1, 0, civil.MinutesPerDay))
	require.Equal(t, 2, p.lastPlanned())
	stopped := *p
	stopped.slots = append([]slot(nil), p.slots...)
	for i := range stopped.slots {
		stopped.slots[i].state = StateCancelled
	}
	require.Equal(t, -1, stopped.lastPlanned())
	require.Equal(t, -1, stopped.nextAfter(0))
}

// Why an event is refused names the event, whatever kind of error it is.
func TestRefusalsNameTheirEvent(t *testing.T) {
	p := officePlan(t)
	e, err := p.edit(Event{ID: "e1", What: Resumed{}}, time.Date(2025, 1, 6, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	plain := errors.New("no room")
	require.Equal(t, &EventError{Event: "e1", Kind: "resumed", Field: "plan", Want: "no room", Err: plain}, e.name(plain))
	require.Equal(t, &EventError{Event: "e1", Kind: "resumed", Field: "Session", Value: "x", Want: "want y", Err: ErrOrder}, e.name(e.refuse(ErrOrder, "Session", "x", "want y")))
}
