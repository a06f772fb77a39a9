package protocol_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// besideSpec is a drug with a premedication, a second drug after it and one as needed.
func besideSpec() protocol.Spec {
	return protocol.Spec{
		Drug: "gemcitabine",
		Phases: []protocol.Phase{{
			Name: "cycles", Cadence: protocol.MustCadence("days 1, 8 of 21 x2"), Dose: dose.MustRule("1000 mg"), MinGap: 7,
			Visit: protocol.Visit{Preparation: time.Hour, Administration: 30 * time.Minute, Observation: time.Hour},
			Beside: []protocol.Medicine{
				{Name: "carboplatin", Dose: dose.MustRule("450 mg"), Administration: time.Hour, From: protocol.AdministrationEnd, Sessions: []int{1, 3}},
				{Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, At: -30 * time.Minute},
				{Name: "metoclopramide", Dose: dose.MustRule("10 mg"), Condition: "nausea"},
			},
		}},
	}
}

// Each change makes the one problem that is written with it.
func TestCompileBeside(t *testing.T) {
	beside := func(i int, change func(m *protocol.Medicine)) func(*protocol.Spec) {
		return func(s *protocol.Spec) { change(&s.Phases[0].Beside[i]) }
	}
	once := ": a session gives nothing twice under one name, and a dose in parts is one dose [duplicate]"
	for _, tt := range []struct {
		want   string
		change func(s *protocol.Spec)
	}{
		{"", func(*protocol.Spec) {}},
		{"/phases/0/beside/0/name: want one line that is not empty [value]", beside(0, func(m *protocol.Medicine) { m.Name = "" })},
		{`/phases/0/beside/1/name " Carboplatin": want a name that /phases/0/beside/0/name does not have` + once, beside(1, func(m *protocol.Medicine) { m.Name = " Carboplatin" })},
		{`/phases/0/beside/1/name "Gemcitabine": want a name that /drug does not have` + once, beside(1, func(m *protocol.Medicine) { m.Name = "Gemcitabine" })},
		{`/phases/0/beside/1/name "ondansetron": want a name that /beside/0/name does not have` + once, func(s *protocol.Spec) {
			s.Beside = []protocol.Medicine{{Name: "ondansetron", Dose: dose.MustRule("4 mg"), From: protocol.Arrival}}
		}},
		{`/beside/1/name "saline": want a name that /beside/0/name does not have` + once, func(s *protocol.Spec) {
			m := protocol.Medicine{Name: "saline", Dose: dose.MustRule("4 mg"), From: protocol.Arrival}
			s.Beside = []protocol.Medicine{m, m}
		}},
		{`/phases/0/beside/1/name "GEMCITABINE ": want a name that /drug does not have` + once, beside(1, func(m *protocol.Medicine) { m.Name = "GEMCITABINE " })},
		{`/beside/0/name " Gemcitabine": want a name that /drug does not have` + once, func(s *protocol.Spec) {
			s.Beside = []protocol.Medicine{{Name: " Gemcitabine", Dose: dose.MustRule("4 mg"), From: protocol.Arrival}}
		}},
		{`/phases/0/beside/1/name "ONDANSETRON": want a name that /beside/0/name does not have` + once, func(s *protocol.Spec) {
			s.Beside = []protocol.Medicine{{Name: "ondansetron", Dose: dose.MustRule("4 mg"), From: protocol.Arrival}}
			s.Phases[0].Beside[1].Name = "ONDANSETRON"
		}},
		{"/phases/0/beside/2/name \"Sodium \\u00a0chloride\": want a name that /phases/0/beside/1/name does not have" + once, func(s *protocol.Spec) {
			s.Phases[0].Beside[1].Name, s.Phases[0].Beside[2].Name = "sodium chloride", "Sodium \u00a0chloride"
		}},
		{`/phases/0/beside/0/dose: want a dose [missing]`, beside(0, func(m *protocol.Medicine) { m.Dose = dose.Rule{} })},
		{`/phases/0/beside/0/dose "?, hard max 5 mg": want an amount [missing]`, beside(0, func(m *protocol.Medicine) {
			m.Dose = dose.Rule{Limits: dose.Limits{Dose: dose.Limit[dose.Mass]{HardMax: dose.MustMass("5 mg")}}}
		})},
		{`/phases/0/beside/0/dose/amount "450 mg": want at most the hard max, 400 mg [dose-rule]`, beside(0, func(m *protocol.Medicine) { m.Dose = dose.MustRule("450 mg, hard max 400 mg") })},
		{`/phases/0/beside/0/dose "450 mg, hard max 400 mg/h": want a dose that does not pass the hard max 400 mg/h of the rate [hard-limit]`, beside(0, func(m *protocol.Medicine) { m.Dose = dose.MustRule("450 mg, hard max 400 mg/h") })},
		{`/phases/0/beside/1/dose/limits/rate "hard max 100 mg/h": want a time over which the dose is given, to judge it by [limit-not-judged]`, beside(1, func(m *protocol.Medicine) { m.Dose = dose.MustRule("8 mg, hard max 100 mg/h") })},
		{`/phases/0/beside/0/administration "60 min": want at least 120 min, as /phases/0/beside/0/dose states [visit-too-short]`, func(s *protocol.Spec) {
			s.Phases[0].Visit.Observation = 3 * time.Hour
			s.Phases[0].Beside[0].Dose = dose.MustRule("200 mg/h for 2 h")
		}},
		{`/phases/0/beside/1/dose/amount "sum of parts": want an amount, since a medicine beside has no parts [dose-rule]`, beside(1, func(m *protocol.Medicine) { m.Dose = dose.MustRule("sum of parts, hard max 60 mg") })},
		{`/phases/0/beside/1/from: want arrival, administration start, administration end or departure, or a condition for what is given as needed [missing]`, beside(1, func(m *protocol.Medicine) { m.From, m.At = 0, 0 })},
		{`/phases/0/beside/2/at "5 min": want nothing, or the moment that it is counted from [value]`, beside(2, func(m *protocol.Medicine) { m.At = 5 * time.Minute })},
		{`/phases/0/beside/1/at "169h0m0s": want whole minutes, at most 7 days away [value]`, beside(1, func(m *protocol.Medicine) { m.At = 169 * time.Hour })},
		{`/phases/0/beside/0/administration "1m1s": want whole minutes from 0 to 24 h [value]`, func(s *protocol.Spec) {
			s.Phases[0].Beside[0].Administration, s.Phases[0].Visit.Observation = 61*time.Second, 2*time.Hour
		}},
		// The visit: it is 150 min long, the second drug takes 60 from 90 on.
		{
			`/phases/0/beside/0/at "1 min": want it inside the visit: it takes 1 h from 91 min after arrival on, and /phases/0/visit ends 150 min after arrival at session 1 [visit-too-short]`,
			beside(0, func(m *protocol.Medicine) { m.At = time.Minute }),
		},
		{
			`/phases/0/beside/0/at "0 min": want it inside the visit: it takes 1 h from 90 min after arrival on, and /phases/0/visit ends 2 h after arrival at session 3 [visit-too-short]`,
			func(s *protocol.Spec) {
				s.Phases[0].Visit.Later = []protocol.LaterObservation{{From: 2, Observation: 30 * time.Minute}}
			},
		},
		{
			`/phases/0/beside/1/at "-61 min": want it inside the visit, since it takes 5 min: it would begin 1 min before the arrival of /phases/0/visit [visit-too-short]`,
			beside(1, func(m *protocol.Medicine) { m.At, m.Administration = -61*time.Minute, 5*time.Minute }),
		},
		{"", beside(1, func(m *protocol.Medicine) { m.At = -61 * time.Minute })}, // a tablet, at home
		{"", beside(1, func(m *protocol.Medicine) { m.From, m.At = protocol.Departure, 2*time.Hour })},
		{`/phases/0/beside/2 "3 h": want a medicine for which the visit has time: /phases/0/visit takes 150 min [visit-too-short]`, beside(2, func(m *protocol.Medicine) { m.Administration = 3 * time.Hour })},
		{`/phases/0/beside/0/sessions/1 "1": want the number of a session of its phase, increasing [cadence-order]`, beside(0, func(m *protocol.Medicine) { m.Sessions = []int{1, 1} })},
		{`/phases/0/beside/0/sessions/1 "5": want the number of a session of the phase, which has 4 [cadence-order]`, beside(0, func(m *protocol.Medicine) { m.Sessions = []int{1, 5} })},
		{`/phases/0/beside/0/route "oral": want intravenous, as /phases/0/beside/0/preparation/route states, or nothing [value]`, beside(0, func(m *protocol.Medicine) {
			m.Route = dose.Oral
			m.Preparation = dose.Preparation{
				Product: dose.Product{Name: "vial", Content: dose.MustMass("450 mg"), Strength: dose.MustConcentration("10 mg/mL")}, Route: dose.Intravenous, Dilution: dose.MustDilution("undiluted"),
			}
		})},
		{`/phases/0/beside/0/cumulative/0/limit "hard min 5 mg": want maxima: nobody has to have been given a medicine [value]`, beside(0, func(m *protocol.Medicine) {
			m.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{HardMin: dose.MustMass("5 mg")}}}
		})},
		{`/phases/0/beside/0/cumulative/0/per "%!Period(0)": want day, treatment week or plan [value]`, beside(0, func(m *protocol.Medicine) {
			m.Cumulative = []protocol.CumulativeLimit{{Limit: dose.Limit[dose.Mass]{HardMax: dose.MustMass("5 mg")}}}
		})},
		{`/phases/0/beside/0/source "label": want the key of a source [unknown-reference]`, beside(0, func(m *protocol.Medicine) { m.Source = "label" })},
		{`/phases/0/beside "51": want at most 50 medicines [too-long]`, func(s *protocol.Spec) { s.Phases[0].Beside = make([]protocol.Medicine, 51) }},
		{`/phases/0/minGap: want the least number of days between sessions: a phase with a dose has no default for it [missing]`, func(s *protocol.Spec) {
			s.Phases[0].MinGap, s.Phases[0].Dose = 0, dose.Rule{}
		}},
		{`/beside/0/sessions/0 "0": want the number of a session of its phase, increasing [cadence-order]`, func(s *protocol.Spec) {
			s.Beside = []protocol.Medicine{{Name: "saline", Dose: dose.MustRule("4 mg"), From: protocol.Arrival, Sessions: []int{0}}}
		}},
		{`/beside/0/at "2 h": want it inside the visit: it takes 1 h from 2 h after arrival on, and /phases/0/visit ends 150 min after arrival [visit-too-short]`, func(s *protocol.Spec) {
			s.Beside = []protocol.Medicine{{Name: "saline", Dose: dose.MustRule("4 mg"), From: protocol.Arrival, At: 2 * time.Hour, Administration: time.Hour}}
		}},
		{`/beside: want a phase that gives a drug, or whose visit is dosing: there is nothing to give a medicine beside [value]`, func(s *protocol.Spec) {
			s.Beside, s.Phases[0].Dose = s.Phases[0].Beside[1:], dose.Rule{}
			s.Phases[0].Beside = nil
		}},
	} {
		s := besideSpec()
		tt.change(&s)
		_, err := s.Compile()
		got := ""
		if list, ok := errors.AsType[protocol.ErrorList](err); ok {
			got = list.Error() + " [" + string(list[0].Code) + "]"
		}
		assert.Equal(t, tt.want, got)
	}
}

// What the whole protocol gives beside is in every phase that gives a drug, before the
// phase's own.
func TestBesideOfAllPhases(t *testing.T) {
	s := besideSpec()
	s.Beside = []protocol.Medicine{{Name: "saline", Dose: dose.MustRule("4 mg"), From: protocol.Arrival}}
	s.Phases = append(s.Phases, protocol.Phase{Name: "talk", Cadence: protocol.MustCadence("1")})
	p, err := s.Compile()
	require.NoError(t, err)
	names := map[string][]string{}
	for _, phase := range p.Phases() {
		for _, m := range phase.BesideAt(2) {
			names[phase.Name] = append(names[phase.Name], m.Name)
		}
	}
	assert.Equal(t, map[string][]string{"cycles": {"saline", "ondansetron", "metoclopramide"}}, names)
	assert.Equal(t, s, p.Spec())
}

func TestMedicine(t *testing.T) {
	visit := besideSpec().Phases[0].Visit
	m := protocol.Medicine{Dose: dose.MustRule("200 mg/h for 90 min"), From: protocol.AdministrationEnd, At: 15 * time.Minute}
	assert.Equal(t, 90*time.Minute, m.Length())
	assert.Equal(t, 105*time.Minute, m.SinceArrival(visit, 1)) // 60 + 30 + 15
	assert.Equal(t, protocol.DuringVisit, m.StageAt(visit, 1))
	m.From, m.At = protocol.AdministrationStart, -61*time.Minute
	assert.Equal(t, protocol.BeforeVisit, m.StageAt(visit, 1))
	m.From, m.At = protocol.Departure, 0
	assert.Equal(t, protocol.AfterVisit, m.StageAt(visit, 1))
	m.From = 0
	assert.Equal(t, protocol.DuringVisit, m.StageAt(visit, 1))
	assert.True(t, m.IsCalled(""))
	for _, same := range [][2]string{{"Ondansetron", " ondansetron"}, {"sodium chloride", "Sodium\t chloride "}, {"\u212aetamine", "ketamine"}, {"", " "}} {
		assert.True(t, protocol.SameDrug(same[0], same[1]), same)
		assert.Equal(t, protocol.DrugKey(same[0]), protocol.DrugKey(same[1]))
	}
	for _, other := range [][2]string{{"ketamine", "esketamine"}, {"sodium chloride", "sodiumchloride"}, {"ondansetron", "ondansetron hydrochloride"}} {
		assert.False(t, protocol.SameDrug(other[0], other[1]), other)
	}
	assert.Equal(t, dose.Route(0), m.GivenBy())
}

// The file is canonical and read back; a change of a medicine is told in its words.
func TestBesideFile(t *testing.T) {
	const path = "testdata/beside/gemcitabine-carboplatin-q21.json"
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	a, err := protocol.Parse(path, src)
	require.NoError(t, err)
	require.Equal(t, string(src), string(protocol.Format(a)))
	b := a.Clone()
	b.Phases[0].Beside[0].Dose = dose.MustRule("400 mg, hard max 900 mg")
	b.Phases[0].Beside[1].At = -time.Hour
	b.Phases[0].Beside[2].Name = "domperidone"
	b.Beside = []protocol.Medicine{{Name: "saline", Dose: dose.MustRule("4 mg"), From: protocol.Arrival}}
	d, err := protocol.Diff(a, b)
	require.NoError(t, err)
	assert.Equal(t, `phase cycles, medicine carboplatin, dose 450 mg -> 400 mg
phase cycles, medicine ondansetron, at -30 min -> -1 h
phase cycles, medicine metoclopramide, name "metoclopramide" -> "domperidone"
medicine saline (dose 4 mg, from arrival) added
`, d.String())
	got, err := d.Apply(a)
	require.NoError(t, err)
	assert.Equal(t, string(protocol.Format(b)), string(protocol.Format(got)))
	assert.True(t, d.MeaningChanged())
}
