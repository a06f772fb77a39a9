package schedule_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// written reads the file of a plan in which somebody has put one text for another.
func written(t *testing.T, s *story, source schedule.PlanSource, from, to string) *story {
	t.Helper()
	file := string(schedule.FormatPlan(s.plan))
	require.Equal(t, 1, strings.Count(file, from), "%s", file)
	plan, err := schedule.ParsePlan("x.plan", sealed([]byte(strings.Replace(file, from, to, 1))), source)
	require.NoError(t, err)
	return &story{t: t, plan: plan, n: s.n}
}

// A plan that cannot be computed, or not to the sessions that are named, has nothing to take:
// what is in the way is named.
func TestRecomputedWhereItCannotBe(t *testing.T) {
	week := func(t *testing.T) (*story, schedule.PlanSource) {
		r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06")
		return living(t, r), schedule.PlanSource{Opening: r.Opening, Zone: r.Zone}
	}
	for _, tt := range []struct {
		name    string
		read    func(t *testing.T) *story
		session int
		is      error
		value   func(s *story) string
		want    string
	}{
		{"a request that makes no plan", func(t *testing.T) *story {
			// On Wednesday 4 March it is closed, so that the three sessions of the week are two.
			r := request(bare(t, "3-1", 2), weekdaysOnly(t, "2026-03-04"), "2026-03-02")
			r.ShortWeek = schedule.Drop
			return written(t, living(t, r), schedule.PlanSource{Opening: r.Opening, Zone: r.Zone}, `"shortWeek":"drop"`, `"shortWeek":"refuse"`)
		}, 4, schedule.ErrEvent, nil, "want a request that makes a plan: "},
		{"an entry that is refused", func(t *testing.T) *story {
			s, source := week(t)
			first, third := s.id(1), s.id(3)
			return written(t, s.on("2025-01-06", schedule.Missed{Session: first}), source, `"kind":"missed","session":"`+first.String(), `"kind":"missed","session":"`+third.String())
		}, 3, schedule.ErrEvent, nil, `want entries that can be applied again: event "e1" (missed): Session "`},
		{"a session that is cancelled by what is computed", func(t *testing.T) *story {
			s, source := week(t)
			return written(t, s.on("2025-01-06", schedule.Held{Session: s.id(2)}).on("2025-01-06", schedule.Resumed{}), source,
				`"kind":"held","session":"`+s.id(2).String()+`"`, `"kind":"cancelled","by":"clinic","session":"`+s.id(2).String()+`"`)
		}, 2, schedule.ErrEvent, nil, `want entries that can be applied again: event "e2" (resumed): Session: want a treatment that is held`},
		{"a session to come that is not", func(t *testing.T) *story {
			s, source := week(t)
			return written(t, s.on("2025-01-06", schedule.PatientAway{From: day("2025-02-03")}), source,
				`"kind":"patient-away","from":"2025-02-03"`, `"kind":"cancelled","by":"clinic","session":"`+s.id(2).String()+`"`)
		}, 2, schedule.ErrSettled, func(s *story) string { return s.id(2).String() }, "want sessions that are to come by what is computed: session 2 is not"},
		{"another protocol", func(t *testing.T) *story {
			s, source := longStory(t)
			s.t = t
			return written(t, s, source, `"kind":"adopted","protocol":"`+s.plan.Protocol().Digest().String()+`","who":"attending"`, `"kind":"patient-away","from":"2025-02-18"`)
		}, 5, schedule.ErrSettled, func(s *story) string { return s.id(5).String() }, "want sessions that are to come by what is computed: session 5 is not"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.read(t)
			_, err := s.plan.Apply(schedule.Event{ID: "x", What: schedule.Recomputed{Sessions: []schedule.ID{s.id(tt.session)}, Who: "w"}}, s.plan.AsOf())
			refused, ok := errors.AsType[*schedule.EventError](err)
			require.True(t, ok, "%v", err)
			require.ErrorIs(t, err, tt.is)
			value := ""
			if tt.value != nil {
				value = tt.value(s)
			}
			assert.Equal(t, []string{"Sessions", value, "x", "recomputed"}, []string{refused.Field, refused.Value, refused.Event, refused.Kind})
			assert.Contains(t, refused.Want, tt.want)
			assert.True(t, strings.HasPrefix(refused.Want, tt.want), refused.Want)
		})
	}
}

// What is as computed is not planned again: a session that lost its day stays on it, the
// first one too.
func TestRecomputedLeavesWhatIsAsComputed(t *testing.T) {
	r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06")
	s := living(t, r).on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-13"), Reason: "storm"})
	s.plan = reread(t, s.plan, &r)
	before := s.plan
	s.on("2025-01-06", schedule.Recomputed{Sessions: []schedule.ID{s.id(1), s.id(2), s.id(3)}, Who: "attending"})
	assert.True(t, before.Diff(s.plan).Empty(), "%s", before.Diff(s.plan))
	assert.Equal(t, "closed (storm)", sessionAt(s.plan, 2).Lost())
}

// Another time of day is taken, where the day has it still.
func TestRecomputedTimes(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 1, "41 mg"), weekdaysOnly(t), "2025-01-06")
	source := schedule.PlanSource{Opening: r.Opening, Zone: r.Zone}
	const third = `"date":"2025-01-20","start":"08:00","end":"10:40","utc":"+00:00"`
	for to, taken := range map[string]bool{
		`"date":"2025-01-20","start":"09:00","end":"11:40","utc":"+00:00"`: true,
		`"date":"2025-01-20","start":"08:00","end":"10:30","utc":"+00:00"`: true,
	} {
		s := written(t, living(t, r), source, third, to)
		id := s.id(3)
		s.on("2025-01-19", schedule.Recomputed{Sessions: []schedule.ID{id}, Who: "attending"})
		now := sessionAt(s.plan, 3)
		assert.Equal(t, taken, now.Start().String()+"-"+now.End().String() == "08:00-10:40", to)
		assert.Equal(t, 1, now.Revision())

		// At noon of its day 08:00 is past.
		late := written(t, living(t, r), source, third, to)
		_, err := late.try("2025-01-20", schedule.Recomputed{Sessions: []schedule.ID{id}, Who: "attending"})
		refused, ok := errors.AsType[*schedule.EventError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, []string{"Sessions", id.String(), "want days that are possible: session 3 would be on Mon 2025-01-20 08:00-10:40"}, []string{refused.Field, refused.Value, refused.Want})
	}
}

// In a plan that was made here nothing is computed: the entries would have to be applied
// again for each of these, and those for each of the later ones.
func TestRecomputedManyTimes(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06"))
	for n := range 24 {
		next, err := s.plan.Apply(schedule.Event{ID: "e" + strconv.Itoa(n), What: schedule.Recomputed{Sessions: []schedule.ID{s.id(3)}, Who: "attending"}}, s.plan.AsOf())
		require.NoError(t, err)
		s.plan = next
	}
	assert.Zero(t, sessionAt(s.plan, 3).Revision())
	assert.True(t, s.plan.Verify().Same())
}

// The planned dose is computed again too: 41 mg, where a file has 43 mg of the same rule.
func TestRecomputedDoses(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 1, "41 mg"), weekdaysOnly(t), "2025-01-06")
	s := written(t, living(t, r), schedule.PlanSource{Opening: r.Opening, Zone: r.Zone}, `"bounded":"41 mg","dose":"41 mg","delivered":"41 mg"`, `"bounded":"43 mg","dose":"43 mg","delivered":"43 mg"`)
	require.Equal(t, "43 mg", sessionAt(s.plan, 3).Dose().Dose().String())
	require.False(t, s.plan.Verify().Same())
	s.on("2025-01-06", schedule.Recomputed{Sessions: []schedule.ID{s.id(2), s.id(3)}, Who: "attending"})
	var doses []string
	for _, session := range s.plan.All() {
		doses = append(doses, session.Dose().Dose().String())
	}
	assert.Equal(t, []string{"43 mg", "41 mg", "41 mg"}, doses)
	s.on("2025-01-06", schedule.Recomputed{Sessions: []schedule.ID{s.id(1)}, Who: "attending"})
	assert.True(t, s.plan.Verify().Same(), "%v", s.plan.Verify().Differences)
	requireKept(t, s.plan)
}
