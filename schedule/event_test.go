package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What the event itself lacks is refused before the plan is looked at.
func TestRefusedEvents(t *testing.T) {
	s := taperStory(t).give(1)
	before := string(schedule.FormatPlan(s.plan))
	var none *schedule.Resumed
	for _, tt := range []struct {
		event schedule.Event
		asOf  time.Time
		err   error
		want  string
	}{
		{schedule.Event{What: schedule.Resumed{}}, noon("2025-01-06"), schedule.ErrEvent, `ID: want 1 to 64 letters, digits and -_.:`},
		{schedule.Event{ID: "a b", What: schedule.Resumed{}}, noon("2025-01-06"), schedule.ErrEvent, `event "a b": ID "a b": want 1 to 64 letters, digits and -_.:`},
		{schedule.Event{ID: "é", What: schedule.Resumed{}}, noon("2025-01-06"), schedule.ErrEvent, `event "é": ID "é": want 1 to 64 letters, digits and -_.:`},
		{schedule.Event{ID: "e"}, noon("2025-01-06"), schedule.ErrEvent, `event "e": What: want what happened: one of the types of Happening, not a pointer to one`},
		{schedule.Event{ID: "e", What: none}, noon("2025-01-06"), schedule.ErrEvent, `event "e": What: want what happened: one of the types of Happening, not a pointer to one`},
		{schedule.Event{ID: "e", What: &schedule.Given{}}, noon("2025-01-06"), schedule.ErrEvent, `event "e": What: want what happened: one of the types of Happening, not a pointer to one`},
		{schedule.Event{ID: "e1", What: schedule.Resumed{}}, noon("2025-01-06"), schedule.ErrEventTwice, `event "e1" (resumed): ID "e1": want an id of its own: the plan has another event with this one`},
		{schedule.Event{ID: "e", What: schedule.Resumed{}}, time.Time{}, schedule.ErrEvent, `event "e" (resumed): as-of: want the instant as of which it is known`},
		{schedule.Event{ID: "e", What: schedule.Resumed{}}, noon("2200-12-31").Add(24 * time.Hour), schedule.ErrEvent, `event "e" (resumed): as-of "2201-01-01T12:00:00Z": want an instant in the years 1900 to 2200`},
	} {
		plan, err := s.plan.Apply(tt.event, tt.asOf)
		require.Nil(t, plan)
		require.ErrorIs(t, err, tt.err)
		require.EqualError(t, err, tt.want)
		require.Equal(t, before, string(schedule.FormatPlan(s.plan)))
	}
}

// The same event is recognised by its id, however often it comes.
func TestSameEventTwice(t *testing.T) {
	s := taperStory(t)
	event := schedule.Event{ID: "visit:1", What: schedule.Given{Session: s.id(1), Date: day("2025-01-06"), NotDone: []string{"call"}}}
	once, err := s.plan.Apply(event, noon("2025-01-06"))
	require.NoError(t, err)
	twice, err := once.Apply(event, noon("2025-01-09"))
	require.NoError(t, err)
	require.Same(t, once, twice)
	// What the caller does with the event afterwards changes nothing.
	event.What.(schedule.Given).NotDone[0] = "ring"
	_, err = once.Apply(event, noon("2025-01-09"))
	require.ErrorIs(t, err, schedule.ErrEventTwice)
}

// A dose that is none because of the sum it would be part of needs a reason and a
// name, also when it is the one that the rule alone would give.
func TestGivenPastTheSum(t *testing.T) {
	p := phase("2/wk x2", "50 mg")
	r := request(compiled(t, protocol.Spec{
		Phases:     []protocol.Phase{p},
		Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("210 mg")}}},
	}), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("70 mg"), Reason: "agreed", Who: "attending"})
	require.ErrorIs(t, sessionAt(s.plan, 4).DoseError(), schedule.ErrCumulative)
	s.give(3)
	over := schedule.Given{Session: s.id(4), Date: day("2025-01-16"), Dose: dose.MustMass("50 mg")}
	without, err := s.try("2025-01-16", over)
	require.NoError(t, err)
	require.Contains(t, findings(without), "warning: session 4: 50 mg given, which is not the planned dose nor one that the protocol allows here, "+
		"without a reason and who decided it [reason-missing]")
	over.Reason, over.Who = "agreed", "attending"
	s.on("2025-01-16", over)
	require.NotContains(t, strings.Join(findings(s.plan), "\n"), "reason-missing")
	require.Equal(t, schedule.StateGiven, sessionAt(s.plan, 4).State())
	require.ErrorIs(t, sessionAt(s.plan, 4).DoseError(), schedule.ErrCumulative)
	requireKept(t, s.plan)
}

// Somebody accepted a finding about a session, not about whichever has its number
// since another was added.
func TestAcceptedStaysWithItsSession(t *testing.T) {
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("2/wk x2", "50 mg, soft max 40 mg")}}), weekdaysOnly(t), "2025-01-06")
	r.Accepted = []schedule.Acceptance{{Session: 3, Code: schedule.SoftLimit, Reason: "tolerated", Who: "attending"}}
	s := living(t, r)
	third := s.id(3)
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-08")}).on("2025-01-06", schedule.Added{Date: day("2025-01-10")})
	require.Equal(t, third, s.id(4))
	var accepted []schedule.ID
	for _, f := range schedule.Validate(s.plan) {
		if !f.Open() {
			accepted = append(accepted, f.ID)
		}
	}
	require.Equal(t, []schedule.ID{third}, accepted)
}

// A version that is adopted goes on with the session that the cadence has next,
// and what was added before it stays.
func TestAdoptedAfterAddedGoesOn(t *testing.T) {
	s := gatedStory(t).give(3)
	s.on("2025-01-13", schedule.Moved{Session: s.id(4), Date: day("2025-01-17")}).on("2025-01-13", schedule.Added{Date: day("2025-01-15")})
	s.on("2025-01-13", schedule.Adopted{Protocol: gated(t, "2"), Who: "attending"})
	require.Equal(t, "Mon 2025-01-06 given, Thu 2025-01-09 given, Mon 2025-01-13 given, Wed 2025-01-15, Fri 2025-01-17, Thu 2025-01-23 provisional, "+
		"Thu 2025-01-30 provisional, Thu 2025-02-06 provisional", s.calendar())
	requireKept(t, s.plan)
}
