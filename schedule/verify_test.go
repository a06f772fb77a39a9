package schedule_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// Nothing is found in a plan that was made here, nor in one that was read from its file.
func TestVerifyFindsNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range many(30) {
		request := correctedInstance(t, r)
		plan, err := schedule.Build(request)
		require.NoError(t, err)
		at := request.AsOf.Add(12 * time.Hour)
		for n := range 12 {
			at = at.AddDate(0, 0, r.IntN(3))
			next, err := plan.Apply(schedule.Event{ID: "e" + strconv.Itoa(n), What: randomEntry(r, plan, date.New(at.Year(), at.Month(), at.Day()))}, at)
			if err == nil {
				plan = next
			}
		}
		require.Zero(t, plan.Verify())
		again := reread(t, plan, &request)
		require.Zero(t, again.Verify(), "%v", again.Verify().Differences)
	}
	s, _ := longStory(t)
	require.True(t, s.plan.Verify().Same())
	require.Equal(t, "the plan is what its journal comes to", s.plan.Verify().String())
}

// otherRules is the plan of a file as a version with other rules would have made it: the
// fifth session is a day later than these rules have it, since the entry that missed the
// second.
func otherRules(t *testing.T, rules string) (*story, *schedule.Plan) {
	t.Helper()
	s, source := longStory(t)
	file := string(schedule.FormatPlan(s.plan))
	fifth := sessionAt(s.plan, 5)
	from := `"date":"` + fifth.Date().String() + `","start":"` + fifth.Start().String() + `","end":"` + fifth.End().String() + `","utc"`
	require.Equal(t, 1, strings.Count(file, from))
	to := strings.Replace(from, fifth.Date().String(), (fifth.Date() + 1).String(), 1)
	file = strings.Replace(file, from, to, 1)
	if rules != "" {
		file = strings.ReplaceAll(file, `{"rules":1,`, `{"rules":`+rules+`,`)
	}
	plan, err := schedule.ParsePlan("x.plan", sealed([]byte(file)), source)
	require.NoError(t, err)
	require.Equal(t, fifth.Date()+1, sessionAt(plan, 5).Date(), "the state is as written")
	return s, plan
}

func TestVerify(t *testing.T) {
	for _, tt := range []struct {
		rules string
		want  schedule.Severity
	}{{"", schedule.Violation}, {"7", schedule.Info}} {
		s, plan := otherRules(t, tt.rules)
		fifth := sessionAt(s.plan, 5)
		v := plan.Verify()
		require.Equal(t, tt.want, v.Severity)
		require.NoError(t, v.Refused)
		require.False(t, v.Same())
		require.NotEmpty(t, v.Differences)
		first := v.Differences[0]
		assert.Equal(t, "/state/sessions/4/date", first.Address)
		assert.Equal(t, fifth.ID(), first.About)
		assert.Equal(t, strconv.Quote((fifth.Date() + 1).String()), first.Has)
		assert.Equal(t, strconv.Quote(fifth.Date().String()), first.Computed)
		for _, d := range v.Differences {
			assert.Equal(t, fifth.ID(), d.About, "%v", d)
		}
		// It was said by the entry that the session is as it is by.
		told := plan.Told(fifth.ID())
		assert.Equal(t, told[len(told)-1].Event, v.Entry)
		assert.Equal(t, 1+slices.IndexFunc(slices.Collect(plan.History()), func(e schedule.Entry) bool { return e.Event.ID == v.Entry }), v.Number)

		text, err := json.Marshal(v)
		require.NoError(t, err)
		assert.Contains(t, string(text), `"address":"/state/sessions/4/date"`)
		require.Error(t, json.Unmarshal(text, &v))
		var d schedule.Difference
		one, err := json.Marshal(first)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(one, &d))
		assert.Equal(t, first, d)
	}
	recorded, err := schedule.Record{Protocol: bare(t, "1", 1), Start: day("2025-01-06"), AsOf: noon("2025-01-20"), Zone: time.UTC}.Plan()
	require.NoError(t, err)
	assert.Zero(t, recorded.Verify())
}

// What was computed is taken by a decision: the revision rises, and nothing differs then
// but what people had been told. The plan is kept, replayed and withdrawn like any other.
func TestRecomputed(t *testing.T) {
	s, plan := otherRules(t, "7")
	fifth := sessionAt(plan, 5)
	computed := sessionAt(s.plan, 5)
	was := fifth.Revision()
	next, err := plan.Apply(schedule.Event{ID: "again", What: schedule.Recomputed{Sessions: []schedule.ID{fifth.ID()}, Who: "attending", Reason: "newer rules"}}, noon("2025-01-15"))
	require.NoError(t, err)
	require.NoError(t, next.CheckState())
	taken, _ := next.Session(fifth.ID())
	assert.Equal(t, computed.Date(), taken.Date())
	assert.Equal(t, computed.Start(), taken.Start())
	assert.Equal(t, was+1, taken.Revision())
	assert.Equal(t, computed.Dose(), taken.Dose())
	assert.True(t, next.Verify().Same(), "%v", next.Verify().Differences)
	requireKept(t, next)

	back, err := next.Apply(schedule.Event{ID: "back", What: schedule.Corrected{Of: "again", Reason: "as told", Who: "attending"}}, noon("2025-01-15"))
	require.NoError(t, err)
	kept, _ := back.Session(fifth.ID())
	assert.Equal(t, fifth.Date(), kept.Date())
	assert.Equal(t, was+2, kept.Revision())

	// In a plan that was made here there is nothing to take.
	same, err := s.plan.Apply(schedule.Event{ID: "again", What: schedule.Recomputed{Sessions: []schedule.ID{fifth.ID()}, Who: "attending"}}, noon("2025-01-15"))
	require.NoError(t, err)
	assert.True(t, s.plan.Diff(same).Empty())

	for _, tt := range []struct {
		what schedule.Recomputed
		want string
	}{
		{schedule.Recomputed{Sessions: []schedule.ID{fifth.ID()}}, `Who: want who decided`},
		{schedule.Recomputed{Who: "w"}, `Sessions: want the ids of sessions`},
		{schedule.Recomputed{Who: "w", Sessions: []schedule.ID{fifth.ID(), fifth.ID()}}, `want every session once`},
		{schedule.Recomputed{Who: "w", Sessions: []schedule.ID{sessionAt(plan, 1).ID()}}, `want sessions that are to come: session 1 is given`},
		{schedule.Recomputed{Who: "w", Sessions: []schedule.ID{{}}}, `want the id of a session`},
	} {
		_, err := plan.Apply(schedule.Event{ID: "x", What: tt.what}, noon("2025-01-15"))
		require.ErrorContains(t, err, tt.want)
		requireNamed(t, err)
	}
	// A day that is past is not taken.
	_, err = plan.Apply(schedule.Event{ID: "late", What: schedule.Recomputed{Sessions: []schedule.ID{fifth.ID()}, Who: "w"}}, noon((computed.Date() + 1).String()).Add(-5*time.Hour))
	require.ErrorContains(t, err, "want days that are possible: session 5 would be on "+computed.Date().Weekday().String()[:3]+" "+computed.Date().String())
	requireNamed(t, err)
}
