package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// gateStory is visitStory with a gate at the end of the induction: 03-02, 03-05, 03-09,
// 03-12, then 03-16 and 03-23.
func gateStory(t *testing.T) *story {
	t.Helper()
	spec := visitSpec()
	spec.ID, spec.Version = "visits", "1"
	spec.Gates = []protocol.Gate{{Name: "response", Phase: "induction", Assess: "whether it helps"}}
	return living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
}

func checkpoints(p *schedule.Plan) (texts []string) {
	for c := range p.Checkpoints() {
		text := "no date"
		if c.Date != 0 {
			text = c.Date.String()
		}
		if c.Decision != 0 {
			text += " " + c.Decision.String()
		}
		texts = append(texts, text)
	}
	return texts
}

// That a session took place before anything was decided stays true once it is decided,
// also to stop, and whatever is decided.
func TestGateStaysSkipped(t *testing.T) {
	for _, then := range []protocol.Decision{protocol.Continue, protocol.Stop} {
		s := gateStory(t).give(5)
		assert.Equal(t, []string{`violation: session 5: given although nothing was decided at the gate "response" after session 4 [gate-skipped]`}, hasCode(s.plan, schedule.GateSkipped))
		s.on("2026-03-17", schedule.Decided{Gate: "response", Then: then, Who: "attending"})
		want := `violation: session 5: given before it was decided at the gate "response" after session 4 to ` + then.String() + " [gate-skipped]"
		assert.Equal(t, []string{want}, hasCode(s.plan, schedule.GateSkipped))
	}
	// Decided in time, and told of sessions in whatever order.
	s := gateStory(t).give(4)
	s.on("2026-03-13", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
	s.give(6)
	assert.Empty(t, hasCode(s.plan, schedule.GateSkipped))
	// Two days before the decision, and recorded after it.
	late := gateStory(t).give(4)
	late.on("2026-03-18", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
	late.on("2026-03-19", schedule.Given{Session: late.id(5), Date: day("2026-03-16")})
	assert.Len(t, hasCode(late.plan, schedule.GateSkipped), 1)
}

// A session of the next phase that took place while the first waits, or while one of
// that is overdue, makes no second gate: the phase goes on after it.
func TestOneGateForAPhaseThatWaits(t *testing.T) {
	s := gateStory(t).give(2)
	fifth := s.id(5)
	s.on("2026-03-06", schedule.Held{Session: s.id(3)})
	assert.Equal(t, []string{"no date"}, checkpoints(s.plan), "on hold")
	s.on("2026-03-16", schedule.Given{Session: fifth, Date: day("2026-03-16")})
	assert.Equal(t, []string{"no date"}, checkpoints(s.plan))
	s.on("2026-03-17", schedule.Shifted{Session: s.id(4), Weeks: 2}) // 03-23 and 03-26
	assert.Equal(t, []string{"2026-03-26"}, checkpoints(s.plan))
	assert.Empty(t, hasCode(s.plan, schedule.GateSkipped), "the gate comes after it")

	overdue := gateStory(t).give(3)
	overdue.on("2026-03-16", schedule.Given{Session: overdue.id(5), Date: day("2026-03-16")})
	assert.Len(t, checkpoints(overdue.plan), 1)
	requireKept(t, overdue.plan)
}

// Where the phase begins again its gate comes again, and the one that was decided stays.
func TestGateOfAPhaseThatBeginsAgain(t *testing.T) {
	s := gateStory(t).give(3)
	s.on("2026-03-12", schedule.Missed{Session: s.id(4)})
	s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
	assert.Equal(t, []string{"2026-03-09 continue"}, checkpoints(s.plan))
	s.on("2026-03-13", schedule.Restarted{Session: s.id(4), Date: day("2026-03-16")})
	assert.Equal(t, []string{"2026-03-09 continue", "2026-03-26"}, checkpoints(s.plan))
	// One that nothing was decided at comes once, at the end.
	other := gateStory(t).give(3)
	other.on("2026-03-12", schedule.Missed{Session: other.id(4)})
	other.on("2026-03-13", schedule.Restarted{Session: other.id(4), Date: day("2026-03-16")})
	assert.Equal(t, []string{"2026-03-26"}, checkpoints(other.plan))
}

// A checkpoint has a date while everything before it has one that counts.
func TestCheckpointOnHold(t *testing.T) {
	s := gateStory(t).give(2)
	assert.Equal(t, []string{"2026-03-12"}, checkpoints(s.plan))
	s.on("2026-03-06", schedule.Held{Session: s.id(3)})
	assert.Equal(t, []string{"no date"}, checkpoints(s.plan))
	require.Zero(t, s.plan.On(day("2026-03-06")).Checkpoint.Date)
	s.on("2026-03-06", schedule.Resumed{})
	assert.Equal(t, []string{"2026-03-12"}, checkpoints(s.plan))
	// What waits after it does not matter.
	s.on("2026-03-06", schedule.Held{Session: s.id(5)})
	assert.Equal(t, []string{"2026-03-12"}, checkpoints(s.plan))
}
