package schedule_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A session gains its date, loses it, or neither: where there is none before and after,
// it does neither.
func TestChangeOfADate(t *testing.T) {
	id := living(t, request(bare(t, "1/wk x1", 1), weekdaysOnly(t), "2025-01-06")).id(1)
	monday, tuesday := day("2025-01-06"), day("2025-01-07")
	for _, tt := range []struct {
		before, after         date.Date
		undated, dated, moved bool
	}{
		{0, 0, false, false, false},
		{monday, monday, false, false, false},
		{monday, tuesday, false, false, true},
		{monday, 0, true, false, true},
		{0, tuesday, false, true, true},
	} {
		c := schedule.Change{Before: schedule.Snapshot{ID: id, Date: tt.before}, After: schedule.Snapshot{ID: id, Date: tt.after}}
		assert.Equal(t, []bool{tt.undated, tt.dated, tt.moved}, []bool{c.Undated(), c.Dated(), c.Moved()}, "%v %v", tt.before, tt.after)
		assert.Equal(t, tt.before == tt.after, c.Quiet())
		added, removed := schedule.Change{After: c.After}, schedule.Change{Before: c.Before}
		assert.False(t, added.Dated() || added.Undated() || added.Moved() || added.Quiet())
		assert.False(t, removed.Dated() || removed.Undated() || removed.Moved() || removed.Quiet())
	}
}

// Of two plans with one key, of which the second asks for no visits beside the sessions,
// the difference has those of the first as removed: a talk for each of six sessions and two
// calls. The other way round they are added.
func TestDiffOfVisitsThatOnlyOnePlanHas(t *testing.T) {
	with := visitStory(t).plan
	spec := visitSpec()
	spec.FollowUps = nil
	for i := range spec.Phases {
		spec.Phases[i].Companions = nil
	}
	without := living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02")).plan
	for _, tt := range []struct {
		before, after *schedule.Plan
		removed       bool
		want          string
	}{{with, without, true, "visits: 8 removed; treatment: another protocol"}, {without, with, false, "visits: 8 added; treatment: another protocol"}} {
		d := tt.before.Diff(tt.after)
		assert.Equal(t, tt.want, d.String())
		assert.Empty(t, d.Changes)
		assert.Empty(t, d.Events)
		var ids []schedule.ID
		for _, c := range d.Visits {
			assert.Equal(t, tt.removed, c.Removed())
			assert.Equal(t, !tt.removed, c.Added())
			ids = append(ids, c.Before.ID, c.After.ID)
		}
		for v := range with.OtherVisits() {
			assert.Contains(t, ids, v.ID)
		}
		requireDiffJSON(t, d)
	}
}

// The plan of a record has no history: the difference to it has no events, whichever of
// the two it is, also where the keys are the same.
func TestDiffToTheRecordOfAPlan(t *testing.T) {
	s := taperStory(t)
	r := recordOf(s.plan)
	r.Key = testKey()
	recorded, err := r.Plan()
	require.NoError(t, err)
	again, err := r.Plan()
	require.NoError(t, err)
	for _, d := range []schedule.Diff{s.plan.Diff(recorded), recorded.Diff(s.plan), recorded.Diff(again)} {
		assert.Empty(t, d.Events)
	}
	assert.NotEmpty(t, s.plan.Diff(recorded).Changes)
	assert.True(t, recorded.Diff(again).Empty())
}

// The JSON of a change of a visit has a visit before, after, or the same visit twice.
func TestVisitChangeOfNothing(t *testing.T) {
	s := visitStory(t)
	first, second := s.talk(1), s.talk(2)
	moved := first
	moved.Date++
	text := func(before, after schedule.OtherVisit) string {
		b, err := json.Marshal(schedule.VisitChange{Before: before, After: after})
		require.NoError(t, err)
		return string(b)
	}
	for name, src := range map[string]string{"none": `{"before":null,"after":null}`, "two visits": text(first, second)} {
		var c schedule.VisitChange
		require.ErrorContains(t, json.Unmarshal([]byte(src), &c), "a visit before, after, or both", name)
	}
	for name, src := range map[string]string{
		"before": text(first, schedule.OtherVisit{}), "after": text(schedule.OtherVisit{}, first), "moved": text(first, moved),
	} {
		var c schedule.VisitChange
		require.NoError(t, json.Unmarshal([]byte(src), &c), name)
		assert.JSONEq(t, src, text(c.Before, c.After), name)
	}
}

// Plans that come from one and go on apart keep to themselves: what is chosen in one, in
// room that the lists of both have, is not chosen in the other.
func TestPlansThatGoOnApart(t *testing.T) {
	p := phase("1/wk x8", "40 mg, or 60 mg or 80 mg, hard max 100 mg")
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06"))
	for n := 1; n <= 6; n++ {
		one := s.plan
		apart := make(map[string]*schedule.Plan)
		for _, level := range []string{"60 mg", "80 mg"} {
			next, err := one.Apply(schedule.Event{ID: "apart", What: chosen(s.id(n), level)}, noon("2025-01-06"))
			require.NoError(t, err)
			apart[level] = next
		}
		for level, plan := range apart {
			next, err := plan.Apply(schedule.Event{ID: "away", What: schedule.PatientAway{From: day("2025-12-01")}}, noon("2025-01-06"))
			require.NoError(t, err)
			require.Equal(t, level, sessionAt(next, 8).Dose().Dose().String(), "after %d choices", n-1)
		}
		s.on("2025-01-06", chosen(s.id(n), "60 mg"))
	}
}

// Nothing that a plan knows of changes when it is looked at: as of the instant at which it
// was made it is the plan that was built, and as of now it is the plan itself.
func TestAsKnownFromTheFirstToTheLast(t *testing.T) {
	s := taperStory(t)
	built := s.plan
	s.on("2025-01-06", schedule.Moved{Session: s.id(8), Date: day("2025-02-04")})
	for at, want := range map[string]*schedule.Plan{"2025-01-06T00:00:00Z": built, "2025-01-06T11:59:59Z": built, "2025-01-06T12:00:00Z": s.plan} {
		known, err := s.plan.AsKnown(utc(t, strings.NewReplacer("T", " ", "Z", "").Replace(at)))
		require.NoError(t, err)
		assert.Equal(t, string(want.AppendJSON(nil)), string(known.AppendJSON(nil)), at)
	}
	now, err := s.plan.AsKnown(noon("2026-01-01"))
	require.NoError(t, err)
	assert.Same(t, s.plan, now)
}
