package stateful_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the clinics, whatever the machine has

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// The same treatments in every run, 200 steps each, unless the
// command line says otherwise: -rapid.seed=0 draws others each time.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"seed": "20250106", "checks": "30", "nofailfile": "true"} {
		if err := flag.Set("rapid."+name, value); err != nil {
			panic(err)
		}
	}
	flag.Parse()
	os.Exit(m.Run())
}

// A treatment is a plan that lives on, and what is known of it besides.
type treatment struct {
	*rapid.T
	request   schedule.Request
	protocols []*protocol.Protocol
	others    []*protocol.Protocol // that a plan may be switched to
	plan      *schedule.Plan
	file      string // of the plan
	now       time.Time
	events    int
	applied   map[string]int
	refused   map[string]int
}

func (s *treatment) zone() *time.Location { return s.plan.Zone() }

// today is the date of the as-of instant.
func (s *treatment) today() date.Date {
	now := s.now.In(s.zone())
	return date.New(now.Year(), now.Month(), now.Day())
}

// pass lets days pass.
func (s *treatment) pass(days int) {
	s.now = noon(s.today()+date.Date(days), s.zone())
}

// try applies what happened; whether it is applied or refused, what must hold is
// checked.
func (s *treatment) try(what schedule.Happening) {
	s.events++
	event := schedule.Event{ID: fmt.Sprintf("e%d", s.events), What: what}
	kind := fmt.Sprintf("%T", what)
	old := s.plan
	before := s.file
	next, err := old.Apply(event, s.now)
	require.Equal(s, before, string(schedule.FormatPlan(old)), "the plan that an event was applied to has changed")
	if err != nil {
		s.refused[kind]++
		require.Nil(s, next)
		refused, ok := errors.AsType[*schedule.EventError](err)
		require.True(s, ok, "%v", err)
		require.Equal(s, event.ID, refused.Event)
		require.NotEmpty(s, refused.Kind)
		require.NotEmpty(s, refused.Field)
		require.NotEmpty(s, refused.Want)
		require.Error(s, refused.Unwrap())
		_, again := old.Apply(event, s.now)
		require.EqualError(s, again, err.Error())
		return
	}
	s.applied[kind]++
	file := s.follows(old, next, what)
	again, err := next.Apply(event, s.now)
	require.NoError(s, err)
	require.Same(s, next, again, "the same event twice")
	_, err = next.Apply(schedule.Event{ID: event.ID, What: schedule.ClinicClosed{From: s.today() + 999}}, s.now)
	require.ErrorIs(s, err, schedule.ErrEventTwice)
	s.plan, s.file = next, file
}

// session draws a session, most often the first that is to take place.
func (s *treatment) session() schedule.Session {
	var all, pending []schedule.Session
	for _, session := range s.plan.All() {
		all = append(all, session)
		if toTakePlace(session) {
			pending = append(pending, session)
		}
	}
	switch kind := rapid.IntRange(0, 9).Draw(s.T, "which"); {
	case len(all) == 0:
		return schedule.Session{}
	case kind < 6 && len(pending) > 0:
		return pending[0]
	case kind < 8 && len(pending) > 0:
		return rapid.SampledFrom(pending).Draw(s.T, "pending")
	default:
		return rapid.SampledFrom(all).Draw(s.T, "session")
	}
}

// id draws the id of a session, seldom one that the plan does not have.
func (s *treatment) id() schedule.ID {
	session := s.session()
	switch {
	case session.IsZero() || rapid.IntRange(0, 30).Draw(s.T, "unknown") == 0:
		id, err := schedule.ParseID("abcdefghijklmnop")
		require.NoError(s, err)
		return id
	default:
		return session.ID()
	}
}

// broken draws one of a session that others may make up for.
func (s *treatment) broken() schedule.ID {
	var list []schedule.ID
	for _, session := range s.plan.All() {
		if !session.Placed() || session.State() == schedule.StateMissed || session.State() == schedule.StateCancelled {
			list = append(list, session.ID())
		}
	}
	if len(list) == 0 || s.rarely(2) {
		return s.id()
	}
	// Others make up for most of the earlier ones already.
	return rapid.SampledFrom(list[max(0, len(list)-3):]).Draw(s.T, "broken")
}

func (s *treatment) day(low, high int) date.Date {
	return s.today() + date.Date(rapid.IntRange(low, high).Draw(s.T, "day"))
}

func (s *treatment) clock() clinic.TimeOfDay {
	text := rapid.SampledFrom([]string{"", "", "", "", "", "", "", "09:10", "14:00", "16:45", "24:00"}).Draw(s.T, "clock")
	if text == "" {
		return clinic.TimeOfDay{}
	}
	clock, err := clinic.ParseTimeOfDay(text)
	require.NoError(s, err)
	return clock
}

func (s *treatment) text(of ...string) string { return rapid.SampledFrom(of).Draw(s.T, "text") }

// rarely reports true once in n times, drawn.
func (s *treatment) rarely(n int) bool { return rapid.IntRange(1, n).Draw(s.T, "rarely") == n }

func toTakePlace(s schedule.Session) bool {
	return s.Placed() && (s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional)
}

// steps is how many things happen to a plan.
var steps = flag.Int("steps", 200, "how many things happen to a plan")

// refusal reports whether an error is one by which Build refuses a request that is
// well formed.
func refusal(err error) bool {
	_, room := errors.AsType[*schedule.BuildError](err)
	_, start := errors.AsType[*schedule.StartError](err)
	_, dose := errors.AsType[*schedule.DoseError](err)
	return room || start || dose
}

func TestLivingPlan(t *testing.T) {
	applied, refused, repaired := map[string]int{}, map[string]int{}, 0
	rapid.Check(t, func(t *rapid.T) {
		protocols := versions(t, drawSpec(t))
		others := otherProtocols(t)
		r := drawRequest(t, protocols[0])
		plan, err := schedule.Build(r)
		if err != nil {
			// A week without room, a closed start or a dose past its limit: nothing that
			// lives. Any other refusal is a fault of what is drawn, or of Build.
			require.True(t, refusal(err), "%v", err)
			t.Skip(err)
		}
		s := &treatment{T: t, request: r, protocols: protocols, others: others, plan: plan, file: string(schedule.FormatPlan(plan)), now: r.AsOf, applied: applied, refused: refused}
		actions := map[string]func(*rapid.T){
			"repair": func(t *rapid.T) {
				s.T = t
				repaired += s.repair()
			},
			"wait": func(t *rapid.T) { s.T = t; s.pass(rapid.IntRange(0, 20).Draw(t, "days")) },
		}
		for name, action := range s.actions() {
			actions[name] = func(t *rapid.T) { s.T = t; s.try(action()) }
		}
		// Treatments that go well are more frequent than any one mishap.
		for i := range 4 {
			actions[fmt.Sprintf("given %d", i)] = func(t *rapid.T) { s.T = t; s.asPlanned() }
		}
		names := slices.Sorted(maps.Keys(actions))
		for range *steps {
			actions[rapid.SampledFrom(names).Draw(t, "action")](t)
			s.T = t
			s.holds()
		}
		s.rebuilt()
	})
	names := []string{}
	for kind := range applied {
		names = append(names, kind)
	}
	slices.Sort(names)
	for _, kind := range names {
		t.Logf("%s: %d applied, %d refused", kind, applied[kind], refused[kind])
	}
	t.Logf("%d repairs", repaired)
	if t.Failed() {
		return
	}
	// Every kind of event was applied and refused, so that none is tested by
	// luck.
	require.Len(t, applied, len(schedule.EventKinds()))
	require.Len(t, refused, len(schedule.EventKinds()))
	require.Positive(t, repaired)
}
