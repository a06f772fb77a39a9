package schedule_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A session is made up for once.
func TestMadeUpForOnce(t *testing.T) {
	s := taperStory(t).give(5)
	sixth := s.id(6)
	s.on("2025-01-20", schedule.Missed{Session: sixth}).on("2025-01-20", schedule.Added{Date: day("2025-01-22"), For: sixth})
	_, err := s.try("2025-01-20", schedule.Added{Date: day("2025-01-23"), For: sixth})
	requireRefusal(t, err, schedule.EventError{Field: "For", Value: sixth.String(), Want: "want a session that no other makes up for yet", Err: schedule.ErrSettled})
}

// A decision at a gate that is withdrawn was not made.
func TestDiffOfADecisionThatIsWithdrawn(t *testing.T) {
	s := correctable(t).give(4)
	before := s.plan
	s.on("2026-03-13", schedule.Decided{Gate: "benefit", Then: protocol.Continue, Who: "attending"}) // e5
	decided := s.plan
	assert.Contains(t, before.Diff(decided).String(), "decisions: 1 made")
	s.correct("2026-03-13", "e5", nil)
	assert.Contains(t, decided.Diff(s.plan).String(), "decisions: 1 changed")
}

// The phases that go on as others are listed after the version.
func TestWordsOfAnAdoptionWithPhases(t *testing.T) {
	what := schedule.Adopted{Protocol: gated(t, "2"), Phases: map[string]string{"start": "induction", "later": "maintenance"}, Who: "attending"}
	assert.Equal(t, `adopted "gated 2": "later" goes on as "maintenance", "start" goes on as "induction"`, schedule.Event{ID: "e1", What: what}.String())
}

// A difference whose events the plan refuses is refused by them.
func TestDiffWithAnEventThatIsRefused(t *testing.T) {
	s := taperStory(t)
	before := s.plan
	s.on("2025-01-06", schedule.Cancelled{Session: s.id(8), By: schedule.ByPatient})
	d := before.Diff(s.plan)
	require.Len(t, d.Events, 1)
	d.Events = []schedule.Entry{{Event: schedule.Event{ID: "e1", What: schedule.Resumed{}}, AsOf: d.Events[0].AsOf}}
	_, err := d.Apply(before)
	require.ErrorIs(t, err, schedule.ErrOrder)
}

// A course is not begun again so late that it would pass the last day that there is.
func TestRestartedPastTheLastDay(t *testing.T) {
	s := taperStory(t).give(5)
	_, err := s.try("2025-01-17", schedule.Restarted{Session: s.id(6), Date: day("2200-12-20")})
	refused, ok := errors.AsType[*schedule.EventError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, []string{"Date", "2200-12-20"}, []string{refused.Field, refused.Value})
	assert.NotEmpty(t, refused.Want)
}
