package protocol_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

func exampleSpec(t *testing.T) protocol.Spec {
	t.Helper()
	src, err := os.ReadFile("testdata/example.json")
	require.NoError(t, err)
	s, err := protocol.Parse("example.json", src)
	require.NoError(t, err)
	return s
}

// What a reviewer reads.
func TestDiffText(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(s *protocol.Spec)
		want   string
	}{
		{"nothing", func(*protocol.Spec) {}, ""},
		{"a week", func(s *protocol.Spec) { s.Phases[1].Cadence = protocol.MustCadence("3-3-1-1-1") }, "phase taper, week 2: 2 sessions -> 3\n"},
		{"two weeks", func(s *protocol.Spec) { s.Phases[1].Cadence = protocol.MustCadence("3-1-0-1-1") }, "phase taper, week 2: 2 sessions -> 1; phase taper, week 3: 1 session -> 0\n"},
		{"a week less", func(s *protocol.Spec) { s.Phases[1].Cadence = protocol.MustCadence("3-2-1-1") }, "phase taper, cadence 3-2-1-1-1 -> 3-2-1-1\n"},
		{"a cap", func(s *protocol.Spec) {
			s.Phases[1].Steps[0].Dose.Cap = dose.MustMass("75 mg")
		}, "phase taper, step from session 4, dose cap 80 mg -> 75 mg\n"},
		{"a cap and an amount", func(s *protocol.Spec) {
			r := dose.MustRule("0.6 mg/kg of actual weight, cap 70 mg, round 0.1 mg half up, hard max 80 mg")
			_, basis, _ := s.Phases[1].Dose.Amount.PerWeight()
			rate, _, _ := r.Amount.PerWeight()
			r.Amount = dose.PerWeight(rate, basis)
			s.Phases[1].Dose = r
		}, "phase taper, dose 0.5 mg/kg of ? weight -> 0.6 mg/kg of ? weight; phase taper, dose cap 60 mg -> 70 mg\n"},
		{"no cap", func(s *protocol.Spec) { s.Phases[1].Dose.Cap = dose.Mass{} }, "phase taper, dose cap 60 mg -> none\n"},
		{"a gap", func(s *protocol.Spec) { s.Phases[1].MinGap = 1 }, "phase taper, minimum gap 2 days -> 1 day\n"},
		{"no largest gap", func(s *protocol.Spec) { s.Phases[1].MaxGap = 0 }, "phase taper, maximum gap 14 days -> none\n"},
		{"a title", func(s *protocol.Spec) { s.Title = "Other" }, "title \"Examplamine infusions, 3-2-1-1-1 a week, then every 2 to 8 weeks\" -> \"Other\"\n"},
		{"a task later", func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].At = -4 * time.Hour }, "phase taper, task \"no food\", at -2 h -> -4 h\n"},
		{"a task removed", func(s *protocol.Spec) { s.Phases[1].Visit.Tasks = s.Phases[1].Visit.Tasks[1:] }, "phase taper, task \"no food\" removed\n"},
		{"an observation", func(s *protocol.Spec) { s.Phases[1].Visit.Observation = time.Hour }, "phase taper, observation 2 h -> 1 h\n"},
		{"a phase renamed", func(s *protocol.Spec) {
			s.Phases[0].Name = "before"
		}, "phase preparation, name \"preparation\" -> \"before\"\n"},
		{"a phase added", func(s *protocol.Spec) {
			s.Phases = slices.Insert(s.Phases, 0, protocol.Phase{Name: "talk", Cadence: protocol.MustCadence("1")})
		}, "phase talk added (cadence 1)\n"},
		{"other order", func(s *protocol.Spec) { slices.Reverse(s.Notes); slices.Reverse(s.Parameters) }, "order of parameters: parameter maintenance, parameter basis\n"},
		{"a gate", func(s *protocol.Spec) { s.Gates[0].Outcomes[1].Then = protocol.Change }, "gate response, outcome \"not improved\", then stop -> change\n"},
		{"monitoring more often", func(s *protocol.Spec) { s.Monitoring[0].Cadence = protocol.MustCadence("1/wk x5 then every 2w") }, "monitoring blood count, cadence 1/wk x4 then every 4w -> 1/wk x5 then every 2w\n"},
		{"monitoring at the clinic", func(s *protocol.Spec) {
			s.Monitoring[0].Elsewhere, s.Monitoring[0].Open = "", protocol.DaySet{}
		}, "monitoring blood count, elsewhere \"a laboratory\" -> none\nmonitoring blood count, open Mon,Tue,Wed,Thu,Fri -> none\n"},
		{"an older result", func(s *protocol.Spec) { s.Monitoring[0].Before[0].Within = 14 }, "monitoring blood count, sessions that need its result of taper, within 7 days -> 14 days\n"},
		{"other monitoring", func(s *protocol.Spec) {
			s.Monitoring = append(s.Monitoring, protocol.Monitoring{Name: "score", Cadence: protocol.MustCadence("every 4w x6")})
			s.FollowUps[0].Name = "last score"
		}, "follow-up score, name \"score\" -> \"last score\"\nmonitoring score added (cadence every 4w x6)\n"},
		{"a contraindication", func(s *protocol.Spec) { s.Contraindications[1].Hard = true }, "contraindication \"uncontrolled blood pressure\", hard no -> yes\n"},
		{"a window", func(s *protocol.Spec) { s.Phases[2].Window = nil }, "phase maintenance, window before 3 days, after 7 days -> none\n"},
		{"weekdays", func(s *protocol.Spec) { s.Phases[1].Weekdays[1] = protocol.OnDays(time.Tuesday, time.Friday) }, "phase taper, weekdays Mon,Thu -> Tue,Fri\n"},
		{"a choice", func(s *protocol.Spec) { s.Parameters[1].Choices = s.Parameters[1].Choices[:2] }, "parameter maintenance, choice every 8w removed\n"},
		{"a grade", func(s *protocol.Spec) { s.Sources[0].Facts[0].Grade = protocol.Secondary }, "source note, fact \"three infusions, then two, then one a week for three weeks\", grade primary -> secondary\n"},
		{"no sources", func(s *protocol.Spec) {
			s.Sources, s.Missed[0].Source, s.Monitoring[0].Source, s.Phases[2].MissedDoses[0].Source = nil, "", "", ""
		}, "phase maintenance, row about missed doses from 29 days to 56 days, source \"note\" -> none\nmonitoring blood count, source \"note\" -> none\nrule about missed sessions of maintenance, source \"note\" -> none\nsource note removed\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := exampleSpec(t), exampleSpec(t)
			tt.change(&b)
			d, err := protocol.Diff(a, b)
			require.NoError(t, err)
			assert.Equal(t, tt.want, d.String())
			got, err := d.Apply(a)
			require.NoError(t, err)
			assert.Equal(t, string(protocol.Format(b)), string(protocol.Format(got)))
		})
	}
}

// Every entry of the catalogue is made of those after it.
func TestDiffOfCatalog(t *testing.T) {
	all := slices.Collect(catalog.All())
	for i, a := range all {
		for _, b := range all[i:min(i+4, len(all))] {
			d, err := protocol.Diff(a, b)
			require.NoError(t, err)
			require.Equal(t, a.ID == b.ID, d.IsEmpty())
			got, err := d.Apply(a)
			require.NoError(t, err, "%s %s", a.ID, b.ID)
			require.Equal(t, b, got)
		}
	}
}

// Random members gone, moved and doubled in two copies of one protocol.
func TestDiffOfRandomPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	lists := func(s *protocol.Spec) {
		shake(r, &s.Indications)
		shake(r, &s.Contraindications)
		shake(r, &s.Notes)
		for i := range s.Phases {
			shake(r, &s.Phases[i].Visit.Tasks)
			shake(r, &s.Phases[i].Companions)
		}
		shake(r, &s.FollowUps)
		for i := range s.Gates {
			shake(r, &s.Gates[i].Outcomes)
		}
		for i := range s.Sources {
			shake(r, &s.Sources[i].Facts)
		}
		r.Shuffle(len(s.Parameters), func(i, j int) { s.Parameters[i], s.Parameters[j] = s.Parameters[j], s.Parameters[i] })
	}
	parsed := func(s protocol.Spec) (protocol.Spec, bool) {
		p, err := protocol.Parse("", protocol.Format(s))
		return p, err == nil
	}
	all := append(slices.Collect(catalog.All()), exampleSpec(t))
	compared := 0
	for range 150 {
		s := all[r.IntN(len(all))]
		a, b := s.Clone(), s.Clone()
		lists(&a)
		lists(&b)
		a, okA := parsed(a)
		b, okB := parsed(b)
		if !okA || !okB {
			continue // a name twice
		}
		compared++
		d, err := protocol.Diff(a, b)
		require.NoError(t, err)
		require.Equal(t, string(protocol.Format(a)) == string(protocol.Format(b)), d.IsEmpty())
		got, err := d.Apply(a)
		require.NoError(t, err, d)
		require.Equal(t, string(protocol.Format(b)), string(protocol.Format(got)), d)
	}
	require.Greater(t, compared, 75)
}

// shake moves, removes and sometimes doubles members of a list.
func shake[T any](r *rand.Rand, list *[]T) {
	r.Shuffle(len(*list), func(i, j int) { (*list)[i], (*list)[j] = (*list)[j], (*list)[i] })
	if n := len(*list); n > 1 {
		i := r.IntN(n)
		switch r.IntN(5) {
		case 0:
			*list = slices.Delete(*list, i, i+1)
		case 1:
			*list = append(*list, (*list)[i])
		}
	}
}

// What does not fit is refused.
func TestDiffRefuses(t *testing.T) {
	a, b := exampleSpec(t), exampleSpec(t)
	b.Phases[1].MinGap = 1
	d, err := protocol.Diff(a, b)
	require.NoError(t, err)
	require.True(t, d.MeaningChanged())
	_, err = d.Apply(b)
	require.ErrorContains(t, err, "want the protocol that the differences are from")
	require.ErrorIs(t, err, protocol.ErrInvalid)

	text, err := json.Marshal(d)
	require.NoError(t, err)
	for _, broken := range []struct{ from, to, want string }{
		{"/phases/1/minGap", "/phases/9/minGap", "want changes of what the protocol has"},
		{`"after":"1 day"`, `"after":"0 days"`, "want the least number of days between sessions"},
		{`"after":"1 day"`, `"after":"2 days"`, "want changes that come to"},
		{`"after":"1 day"`, `"after":[1]`, "want text"},
		{`"before":"2 days"`, `"before":"3 days"`, "want changes of what the protocol has"},
	} {
		var read protocol.Difference
		changed := replaced(t, string(text), broken.from, broken.to)
		require.NoError(t, json.Unmarshal([]byte(changed), &read))
		_, err := read.Apply(a)
		require.ErrorContains(t, err, broken.want, changed)
	}
	var read protocol.Difference
	require.ErrorContains(t, json.Unmarshal([]byte(`{"changes":[{"place":"/id"}]}`), &read), "want changed, added, removed or reordered")
	require.ErrorContains(t, json.Unmarshal([]byte(`{"before":"a","after":"b"}`), &read), "want at least one change")
	require.Error(t, json.Unmarshal([]byte(`{"changes":[{"kind":"moved"}]}`), &read))
	require.True(t, read.IsEmpty())

	_, err = protocol.Diff(a, protocol.Spec{})
	require.ErrorContains(t, err, "/phases")
	_, err = protocol.Diff(protocol.Spec{}, a)
	require.ErrorContains(t, err, "/phases")
	same, err := protocol.Diff(a, a)
	require.NoError(t, err)
	require.False(t, same.MeaningChanged())
	got, err := same.Apply(b)
	require.NoError(t, err)
	require.Equal(t, b, got)
	empty, err := json.Marshal(same)
	require.NoError(t, err)
	require.Equal(t, `{"meaning":false,"before":"","after":"","changes":[]}`, string(empty))
}

func replaced(t *testing.T, s, old, now string) string {
	t.Helper()
	at := slices.Index([]byte(s), 0)
	require.Negative(t, at)
	for i := 0; i+len(old) <= len(s); i++ {
		if s[i:i+len(old)] == old {
			return s[:i] + now + s[i+len(old):]
		}
	}
	t.Fatalf("%s is not in %s", old, s)
	return ""
}
