package schedule_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// choosable is a course of six weekly sessions of 40 mg from Mon 2025-01-06 on, in which
// 60 and 80 mg can be chosen.
func choosable(t *testing.T) *story {
	t.Helper()
	p := phase("1/wk x6", "40 mg")
	p.Steps = []protocol.Step{
		{From: 2, Dose: dose.MustRule("60 mg"), Condition: "tolerated"}, {From: 2, Dose: dose.MustRule("80 mg"), Condition: "60 mg tolerated"},
	}
	return living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}), weekdaysOnly(t), "2025-01-06"))
}

func chosen(session schedule.ID, level string) schedule.DoseChosen {
	return schedule.DoseChosen{Session: session, Level: dose.MustLevel(level), Who: "attending"}
}

// correctedBy returns by which event each is corrected, of those that are.
func correctedBy(t *testing.T, p *schedule.Plan) map[string]string {
	t.Helper()
	var read struct {
		Journal []struct{ ID, CorrectedBy string }
	}
	require.NoError(t, json.Unmarshal(p.AppendJSON(nil), &read))
	by := map[string]string{}
	for _, e := range read.Journal {
		if e.CorrectedBy != "" {
			by[e.ID] = e.CorrectedBy
		}
	}
	return by
}

// What a correction decides is decided by each of its parts, also after one that only
// withdraws, and holds whatever is corrected later.
func TestCorrectedDecidesSeveral(t *testing.T) {
	s := choosable(t)
	s.on("2025-01-06", schedule.PatientAway{From: day("2025-02-20")}). // e1
										on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")}). // e2
										on("2025-01-06", schedule.Moved{Session: s.id(4), Date: day("2025-01-28")})  // e3
	before := s.calendar()
	s.on("2025-01-06", schedule.Corrected{ // e4
		Of: "e1", Reason: "mixed up", Who: "desk",
		Also: []schedule.Correction{{Of: "e2", Instead: chosen(s.id(3), "60 mg")}, {Of: "e3", Instead: chosen(s.id(5), "80 mg")}},
	})
	const days = "Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10"
	const amounts = "40 mg, 40 mg, 60 mg, 60 mg, 80 mg, 80 mg"
	require.Equal(t, []string{days, amounts}, []string{s.calendar(), doses(s.plan)})
	requireKept(t, s.plan)

	s.on("2025-01-07", schedule.PatientAway{From: day("2025-02-21")}).correct("2025-01-07", "e5", nil) // e6, of something else
	require.Equal(t, []string{days, amounts}, []string{s.calendar(), doses(s.plan)})
	require.Equal(t, map[string]string{"e1": "e4", "e2": "e4", "e3": "e4", "e5": "e6"}, correctedBy(t, s.plan))
	requireKept(t, s.plan)

	s.correct("2025-01-07", "e4", nil)
	require.Equal(t, []string{before, "40 mg, 40 mg, 40 mg, 40 mg, 40 mg, 40 mg"}, []string{s.calendar(), doses(s.plan)}, "as before it")
	requireKept(t, s.plan)
}

// What is said instead of a correction is said of what that corrected, whatever becomes of
// the correction. The session of 01-13 has 0.5 mg/kg.
func TestCorrectedInsteadOfACorrection(t *testing.T) {
	weighed := func(w string) schedule.Happening {
		return schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight(w)}
	}
	type step struct {
		of      string
		instead schedule.Happening
		want    string
	}
	for _, steps := range [][]step{
		{{"e1", weighed("70 kg"), "35 mg"}, {"e2", weighed("60 kg"), "30 mg"}, {"e2", nil, "30 mg"}, {"e3", nil, "45 mg"}},
		{{"e1", weighed("70 kg"), "35 mg"}, {"e2", nil, "45 mg"}, {"e2", weighed("60 kg"), "30 mg"}, {"e4", nil, "45 mg"}, {"e3", nil, "35 mg"}},
		{{"e1", nil, "40 mg"}, {"e2", weighed("60 kg"), "30 mg"}, {"e1", nil, "40 mg"}, {"e4", nil, "30 mg"}},
	} {
		r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x3", "0.5 mg/kg of actual weight, hard max 100 mg")}}), weekdaysOnly(t), "2025-01-06")
		r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")}}
		s := living(t, r).on("2025-01-08", weighed("90 kg"))
		for _, c := range steps {
			s.correct("2025-01-09", c.of, c.instead)
			require.Equal(t, c.want, sessionAt(s.plan, 2).Dose().Dose().String(), "after e%d", s.n)
		}
		requireKept(t, s.plan)
	}
}

// What was accepted stays accepted when something else is corrected.
func TestCorrectedKeepsAcceptances(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).
		on("2025-01-06", schedule.Accepted{Session: s.id(1), Code: schedule.Missing, Reason: "known", Who: "attending"}).
		on("2025-01-06", schedule.Moved{Session: s.id(3), Date: day("2025-01-21")})
	missing := func() schedule.Finding {
		list := schedule.Validate(s.plan)
		return list[slices.IndexFunc(list, func(f schedule.Finding) bool { return f.Code == schedule.Missing })]
	}
	require.Equal(t, "attending", missing().Accepted.Who)
	s.correct("2025-01-06", "e3", nil)
	require.Equal(t, "attending", missing().Accepted.Who)
	s.correct("2025-01-06", "e2", nil)
	require.True(t, missing().Open())
}

// That something took place all the same stays said of what was missed, also when something
// else is corrected; of a visit that was moved after it was missed there is nothing to say.
func TestCorrectedAfterAll(t *testing.T) {
	spec := beside(t, "1/wk x3", []protocol.Companion{{Name: "talk", From: 0, To: 4}})
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	first, second := s.talk(1).ID, s.talk(2).ID
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")}).
		on("2025-01-07", schedule.VisitMissed{Visit: first}).on("2025-01-07", schedule.VisitDone{Visit: first, Date: day("2025-01-07")}).
		on("2025-01-14", schedule.VisitMissed{Visit: second}).on("2025-01-14", schedule.VisitMoved{Visit: second, Date: day("2025-01-15")}).
		on("2025-01-15", schedule.VisitDone{Visit: second, Date: day("2025-01-15")})
	want := map[string]string{"e1": "e2", "e3": "e4"}
	require.Equal(t, want, correctedBy(t, s.plan))
	s.on("2025-01-15", schedule.PatientAway{From: day("2025-02-21")}).correct("2025-01-15", "e8", nil)
	want["e8"] = "e9"
	require.Equal(t, want, correctedBy(t, s.plan))
	requireKept(t, s.plan)
}

// A dose that no session asked for was given in another phase than was written: its session
// is of that phase, with what that plans.
func TestCorrectedPhaseOfAnExtraDose(t *testing.T) {
	r := request(courseOf(t, "two", "ketamine", nil, [3]string{"induction", "2/wk x1", "40 mg"}, [3]string{"weekly", "1/wk x2", "60 mg"}), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	s.on("2025-01-06", schedule.Given{Date: day("2025-01-06"), Dose: dose.MustMass("40 mg"), Phase: "induction"})
	extra := sessionAt(s.plan, 1)
	require.Equal(t, []string{"induction", "40 mg"}, []string{extra.Phase(), extra.Dose().Dose().String()})
	for _, phase := range []struct{ name, dose string }{{"weekly", "60 mg"}, {"induction", "40 mg"}} {
		s.correct("2025-01-07", "e1", schedule.Given{Date: day("2025-01-06"), Dose: dose.MustMass("40 mg"), Phase: phase.name})
		now, ok := s.plan.Session(extra.ID())
		require.True(t, ok)
		require.Equal(t, []string{phase.name, phase.dose}, []string{now.Phase(), now.Dose().Dose().String()})
		require.Equal(t, 5, s.plan.Len(), "no other is made")
		requireKept(t, s.plan)
	}
}

// Sessions that a decision had put into another phase have the dose of their own again.
func TestCorrectedPhaseOfSessions(t *testing.T) {
	r := request(courseOf(t, "two", "ketamine", nil, [3]string{"induction", "2/wk x1", "40 mg"}, [3]string{"weekly", "1/wk x3", "60 mg"}), weekdaysOnly(t), "2025-01-06")
	s := living(t, r).give(3)
	before, amounts := s.calendar(), doses(s.plan)
	require.Equal(t, "40 mg, 40 mg, 60 mg, 60 mg, 60 mg", amounts)
	s.on("2025-01-13", schedule.SteppedBack{Session: s.id(4), To: "induction", Sessions: 2, Reason: "worse"})
	require.Equal(t, "40 mg, 40 mg, 60 mg, 40 mg, 40 mg", doses(s.plan)[:len(amounts)])
	s.correct("2025-01-13", "e4", nil)
	require.Equal(t, []string{before, amounts}, []string{s.calendar(), doses(s.plan)})
	requireKept(t, s.plan)
}

// A withdrawn decision about the time alone goes back only where that time is possible.
func TestCorrectedTimeOfDay(t *testing.T) {
	for from, restored := range map[string]bool{"07:00": true, "10:00": false} {
		s := living(t, request(withDose(t, "1/wk x3", 2, "40 mg"), weekdaysOnly(t), "2025-01-06"))
		s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-13"), Start: clock(t, "11:00")}).
			on("2025-01-06", changed(schedule.ClinicDay{Date: day("2025-01-13"), Hours: hours(from + "-17:00")})).correct("2025-01-07", "e1", nil)
		start := map[bool]string{true: "08:00", false: "11:00"}[restored]
		assert.Equal(t, start, sessionAt(s.plan, 2).Start().String(), from)
		assert.Equal(t, !restored, notRestored(s.plan), from)
		requireKept(t, s.plan)
	}
}

// What was decided since about a session that took place keeps no other from going back.
func TestCorrectedBesideWhatWasGiven(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x5", 2), weekdaysOnly(t), "2025-01-06")).give(1)
	s.on("2025-01-07", schedule.Shifted{Session: s.id(2), Weeks: 1}). // e2: 01-20, 01-27, 02-03, 02-10
										on("2025-01-07", schedule.Moved{Session: s.id(2), Date: day("2025-01-17")}).
										on("2025-01-17", schedule.Given{Session: s.id(2), Date: day("2025-01-17")}).correct("2025-01-17", "e2", nil)
	assert.Equal(t, "Mon 2025-01-06 given, Fri 2025-01-17 given, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03", s.calendar())
	assert.False(t, notRestored(s.plan))
	requireKept(t, s.plan)
}

// A withdrawn move gives a session its day back only where that keeps the gaps, to which a
// visit at which nothing was given counts as nothing.
func TestCorrectedKeepsTheGaps(t *testing.T) {
	story := func() *story {
		s := living(t, request(withDose(t, "1/wk x3", 2, "40 mg"), everyDay(t), "2025-01-06")).give(1)
		return s.on("2025-01-07", schedule.Moved{Session: s.id(2), Date: day("2025-01-16")}) // e2
	}
	s := story().on("2025-01-07", schedule.Added{Date: day("2025-01-14")}).correct("2025-01-07", "e2", nil)
	assert.Equal(t, "01-14 01-16 01-20", toCome(s.plan))
	assert.True(t, notRestored(s.plan))
	requireKept(t, s.plan)

	s = story().on("2025-01-12", schedule.Given{Date: day("2025-01-12"), Nothing: true, Reason: "blood pressure", Who: "attending"}).correct("2025-01-12", "e2", nil)
	assert.Equal(t, "01-13 01-20", toCome(s.plan))
	assert.False(t, notRestored(s.plan))
	requireKept(t, s.plan)

	s = story().on("2025-01-11", schedule.Given{Date: day("2025-01-11"), Dose: dose.MustMass("40 mg")}).correct("2025-01-11", "e2", nil)
	assert.Equal(t, "01-13 01-20", toCome(s.plan), "two days after what was given")
	s = story().on("2025-01-12", schedule.Given{Date: day("2025-01-12"), Dose: dose.MustMass("40 mg")}).correct("2025-01-12", "e2", nil)
	assert.Equal(t, "01-16 01-20", toCome(s.plan))
	assert.True(t, notRestored(s.plan))
}

// A file whose entries name sessions that it does not have is refused, at the entry, also
// where a correction names one.
func TestPlanFileNamesItsSessions(t *testing.T) {
	r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).
		on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")}).
		correct("2025-01-06", "e2", schedule.Moved{Session: s.id(3), Date: day("2025-01-21")})
	file := string(schedule.FormatPlan(s.plan))
	source := schedule.PlanSource{Protocols: protocolsOf(s.plan), Opening: unasked{}, Zone: s.plan.Zone()}
	from := strings.Index(file, `"journal":`)
	for ordinal, at := range map[int]string{1: "/journal/0", 3: "/journal/2"} {
		id := `"session":"` + s.id(ordinal).String() + `"`
		require.Contains(t, file[from:], id)
		other := file[:from] + strings.Replace(file[from:], id, `"session":"abcdefghijklmnop"`, 1)
		_, err := schedule.ParsePlan("x.plan", sealed([]byte(other)), source)
		require.ErrorContains(t, err, at)
		require.ErrorContains(t, err, "abcdefghijklmnop")
	}
}

// An entry is as of an instant in UTC, of which the clinic's day may be in 1900 or 2200.
func TestEventFileInstants(t *testing.T) {
	p := bare(t, "1/wk x3", 1)
	for asOf, fits := range map[string]bool{
		"1899-12-31T12:00:00Z": true, "1898-12-31T12:00:00Z": false, "2201-01-01T11:00:00Z": true, "2202-01-01T11:00:00Z": false,
		"2025-01-06T12:00:00+00:00": false, "2025-01-06T12:00:00.50Z": false, "2025-01-06T12:00:00.5Z": true, "2025-01-06": false,
	} {
		_, err := schedule.ParseEvents("e.json", []byte(`{"format":"regimen-events/1","protocol":"`+p.Digest().String()+`","events":[{"asOf":"`+asOf+`","id":"1","kind":"resumed"}]}`), p)
		if fits {
			require.NoError(t, err, asOf)
			continue
		}
		require.ErrorContains(t, err, "want an instant in UTC, such as 2025-01-06T08:00:00Z", asOf)
	}
}

// Two plans that events make of one keep apart what each was told, however often something
// of the kind was told before.
func TestSiblingsKeepApart(t *testing.T) {
	p := choosable(t)
	for n := range 9 {
		one := p.plan
		at := sessionAt(one, 4).ID()
		a, err := one.Apply(schedule.Event{ID: "x", What: chosen(at, "60 mg")}, noon("2025-01-06"))
		require.NoError(t, err)
		b, err := one.Apply(schedule.Event{ID: "x", What: chosen(at, "80 mg")}, noon("2025-01-06"))
		require.NoError(t, err)
		require.Equal(t, []string{"60 mg", "80 mg"}, []string{sessionAt(a, 4).Dose().Dose().String(), sessionAt(b, 4).Dose().Dose().String()}, "after %d", n)
		requireKept(t, a)
		p.on("2025-01-06", chosen(at, "40 mg"))
	}
	p = choosable(t)
	for n := 1; n <= 6; n++ {
		one, session := p.plan, sessionAt(p.plan, n)
		var made [2]*schedule.Plan
		for i, mass := range []string{"40 mg", "60 mg"} {
			next, err := one.Apply(schedule.Event{ID: "x", What: schedule.Given{Session: session.ID(), Date: session.Date(), Dose: dose.MustMass(mass)}}, noon(session.Date().String()))
			require.NoError(t, err)
			made[i] = next
		}
		for i, mass := range []string{"40 mg", "60 mg"} {
			given, ok := sessionAt(made[i], n).Given()
			require.True(t, ok)
			require.Equal(t, mass, given.Dose.String(), "session %d", n)
			requireKept(t, made[i])
		}
		p.give(n)
	}
}
