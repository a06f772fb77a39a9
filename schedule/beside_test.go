package schedule_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// carboplatin is a plan of the file in which gemcitabine and carboplatin are given side
// by side: 1.80 m2 is what a body of 162 cm and 72 kg comes to, the square root of
// 162 x 72 / 3600.
func carboplatin(t *testing.T, change ...func(*protocol.Spec)) *story {
	t.Helper()
	const path = "../protocol/testdata/beside/gemcitabine-carboplatin-q21.json"
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	spec, err := protocol.Parse(path, src)
	require.NoError(t, err)
	for _, c := range change {
		c(&spec)
	}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("72 kg")}}
	r.Height = dose.MustHeight("162 cm")
	r.Wishes.Preferred = clock(t, "09:00")
	return living(t, r)
}

func besideOf(s schedule.Session) (lines []string) {
	for m := range s.Beside() {
		lines = append(lines, m.String())
	}
	return lines
}

func besideFindings(p *schedule.Plan) (lines []string) {
	for _, f := range schedule.Validate(p) {
		if strings.HasPrefix(string(f.Code), "beside-") {
			lines = append(lines, f.String())
		}
	}
	return lines
}

// The table of docs/PROTOCOLS.md, worked by hand.
func TestBesideByHand(t *testing.T) {
	s := carboplatin(t)
	for i, want := range []struct {
		date   string
		beside []string
	}{
		{"2025-01-06", []string{"ondansetron 8 mg oral, 2025-01-06 09:30", "carboplatin 450 mg intravenous, 2025-01-06 10:45 to 11:45", "metoclopramide 10 mg oral, as needed: nausea"}},
		{"2025-01-13", []string{"ondansetron 8 mg oral, 2025-01-13 09:30", "metoclopramide 10 mg oral, as needed: nausea"}},
		{"2025-01-27", []string{"ondansetron 8 mg oral, 2025-01-27 09:30", "carboplatin 450 mg intravenous, 2025-01-27 10:45 to 11:45", "metoclopramide 10 mg oral, as needed: nausea"}},
	} {
		session, _ := s.plan.At(i + 1)
		assert.Equal(t, day(want.date), session.Date())
		assert.Equal(t, "09:00", session.Start().String())
		assert.Equal(t, "12:00", session.End().String())
		assert.Equal(t, "1800 mg", session.Dose().Dose().String())
		assert.Equal(t, want.beside, besideOf(session))
	}
	assert.Empty(t, besideFindings(s.plan))
	first, _ := s.plan.At(1)
	var patient []string
	for m := range first.BesideFor(protocol.ForPatient) {
		patient = append(patient, m.Name)
	}
	assert.Empty(t, patient, "the tablet is taken in the clinic")

	x, err := s.plan.Explain(first.ID())
	require.NoError(t, err)
	assert.Equal(t, []string{
		"ondansetron oral, 30 min before administration start: 2025-01-06 09:30: 8 mg fixed",
		"carboplatin intravenous, 15 min after administration end: 2025-01-06 10:45 to 11:45: 450 mg fixed",
		"metoclopramide oral, as needed: nausea: 10 mg fixed",
	}, x.Beside)
	assert.Contains(t, x.String(), "  beside carboplatin intravenous, 15 min after")
}

// A protocol plans the same with medicines beside its drug and without: the same bytes
// but for what says so.
func TestBesideChangesNoDate(t *testing.T) {
	with := carboplatin(t)
	without := carboplatin(t, func(s *protocol.Spec) { s.Phases[0].Beside = nil })
	bare := func(p *schedule.Plan) (list []schedule.Snapshot) {
		for _, s := range p.Snapshots() {
			s.Beside = ""
			list = append(list, s)
		}
		return list
	}
	assert.Equal(t, bare(without.plan), bare(with.plan))
	text := func(p *schedule.Plan) string {
		b, err := json.Marshal(p)
		require.NoError(t, err)
		var v map[string]any
		require.NoError(t, json.Unmarshal(b, &v))
		delete(v, "protocols")
		delete(v, "protocol")
		for _, s := range v["sessions"].([]any) {
			delete(s.(map[string]any), "beside")
			delete(s.(map[string]any), "protocol")
		}
		b, err = json.Marshal(v)
		require.NoError(t, err)
		return string(b)
	}
	assert.Equal(t, text(without.plan), text(with.plan))
	b, err := json.Marshal(without.plan)
	require.NoError(t, err)
	assert.NotContains(t, string(b), `"beside"`)
	first, _ := with.plan.At(2)
	b, err = json.Marshal(first)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"beside":[{"name":"ondansetron","route":"oral","planned":"8 mg","refused":null,"from":"administration start","at":"-30 min","date":"2025-01-13","start":"09:30","end":null,"stage":"during","condition":null,"source":null},`)
}

// What was given beside the drug is recorded, judged, read from the file and put right.
func TestBesideGiven(t *testing.T) {
	s := carboplatin(t)
	given := func(session int, list ...schedule.MedicineGiven) schedule.Given {
		x, _ := s.plan.At(session)
		return schedule.Given{Session: x.ID(), Date: x.Date(), Dose: dose.MustMass("1800 mg"), Beside: list}
	}
	mg, at := dose.MustMass, func(text string) clinic.TimeOfDay { return clock(t, text) }
	s.on("2025-01-06", given(1,
		schedule.MedicineGiven{Name: "Ondansetron", Dose: mg("8 mg"), Start: at("09:35")},
		schedule.MedicineGiven{Name: "carboplatin", Dose: mg("450 mg"), Start: at("10:45"), During: dose.MustDuration("60 min")},
		schedule.MedicineGiven{Name: "metoclopramide", Dose: mg("10 mg"), Start: at("11:00"), Reason: "nausea"},
	))
	assert.Empty(t, besideFindings(s.plan))

	s.on("2025-01-13", given(2))
	assert.Equal(t, []string{"warning: session 2: ondansetron: not recorded [beside-not-given]"}, besideFindings(s.plan))

	wrong := given(3,
		schedule.MedicineGiven{Name: "ondansetron", NotGiven: true, Reason: "refused it"},
		schedule.MedicineGiven{Name: "carboplatin", Dose: mg("950 mg")},
		schedule.MedicineGiven{Name: "metoclopramide", Dose: mg("10 mg")},
		schedule.MedicineGiven{Name: "metoclopramide", Dose: mg("20 mg"), Reason: "vomiting", Who: "Dr. Example"},
		schedule.MedicineGiven{Name: "metoclopramide"},
		schedule.MedicineGiven{Name: "aprepitant", Dose: mg("125 mg")},
	)
	s.on("2025-01-27", wrong)
	assert.Equal(t, []string{
		"warning: session 2: ondansetron: not recorded [beside-not-given]",
		"warning: session 3: carboplatin 950 mg: 450 mg planned [beside-dose-differs]",
		"warning: session 3: metoclopramide: how much was given is not entered yet [beside-dose-missing]",
		"violation: session 3: carboplatin 950 mg: passes the hard max 900 mg of the dose [beside-hard-limit]",
		"violation: session 3: metoclopramide 20 mg: vomiting (Dr. Example): passes the hard max 10 mg of the dose [beside-hard-limit]",
		"warning: session 3: ondansetron not given: refused it [beside-not-given]",
		"warning: session 3: aprepitant 125 mg: the protocol has none of it at this session [beside-unexpected]",
	}, besideFindings(s.plan))

	file := schedule.FormatPlan(s.plan)
	read, err := schedule.ParsePlan("p.json", file, schedule.PlanSource{Protocols: []*protocol.Protocol{s.plan.Protocol()}, Opening: weekdaysOnly(t)})
	require.NoError(t, err)
	assert.Equal(t, besideFindings(s.plan), besideFindings(read))
	assert.Equal(t, string(file), string(schedule.FormatPlan(read)))
	third, _ := read.At(3)
	g, _ := third.Given()
	assert.Equal(t, wrong.Beside, g.Beside)
	assert.Contains(t, third.Snapshot().Beside, "given: carboplatin 950 mg")

	right := wrong
	right.Beside = []schedule.MedicineGiven{{Name: "ondansetron", Dose: mg("8 mg")}, {Name: "carboplatin", Dose: mg("450 mg")}}
	s.on("2025-01-28", schedule.Corrected{Of: "e3", Instead: right, Reason: "typed wrongly", Who: "pharmacy"})
	assert.Equal(t, []string{"warning: session 2: ondansetron: not recorded [beside-not-given]"}, besideFindings(s.plan))
}

// Sums of a medicine are over everything that was given of it: before the plan, beside
// the drug, and what is planned. What would pass a hard maximum is no dose.
func TestBesideSums(t *testing.T) {
	limited := func(limit string) func(*protocol.Spec) {
		return func(s *protocol.Spec) {
			s.Phases[0].Beside[0].Cumulative[0].Limit = dose.MustRule("1 mg, " + limit).Limits.Dose
		}
	}
	// Six times 450 mg are 2700 mg.
	assert.Empty(t, besideFindings(carboplatin(t, limited("hard max 2700 mg")).plan))
	assert.Equal(t, []string{"warning: session 11: the doses of carboplatin of the plan up to this session are 2700 mg, the soft limit is 2600 mg [beside-soft-limit]"},
		besideFindings(carboplatin(t, limited("soft max 2600 mg")).plan))

	s := carboplatin(t, limited("soft max 2600 mg, hard max 2700 mg"))
	first, _ := s.plan.At(1)
	s.on("2025-01-06", schedule.Given{
		Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("1800 mg"),
		Beside: []schedule.MedicineGiven{{Name: "ondansetron", Dose: dose.MustMass("8 mg")}, {Name: "carboplatin", Dose: dose.MustMass("500 mg"), Reason: "clearance", Who: "Dr. Example"}},
	})
	assert.Equal(t, []string{"violation: session 11: no dose of carboplatin: the doses of the plan together pass the hard limit 2700 mg [beside-no-dose]"}, besideFindings(s.plan))
	last, _ := s.plan.At(11)
	assert.Equal(t, []string{"ondansetron 8 mg oral, 2025-04-21 09:30", "carboplatin intravenous, 2025-04-21 10:45 to 11:45", "metoclopramide 10 mg oral, as needed: nausea"}, besideOf(last))
}

// A difference has every session of which a medicine beside the drug is another: what was
// given of it and put right, what is to come by another weight, and what a sum leaves no
// dose for.
func TestDiffOfMedicinesBeside(t *testing.T) {
	s := carboplatin(t, func(s *protocol.Spec) {
		s.Phases[0].Dose = dose.MustRule("1800 mg")
		s.Phases[0].Beside[1].Dose = dose.MustRule("0.1 mg/kg of actual weight, round 1 mg half up, hard max 16 mg")
		s.Phases[0].Beside[0].Cumulative[0].Limit = dose.MustRule("1 mg, hard max 2700 mg").Limits.Dose
	})
	given := func(carboplatin string) schedule.Given {
		return schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("1800 mg"), Beside: []schedule.MedicineGiven{{Name: "carboplatin", Dose: dose.MustMass(carboplatin)}}}
	}
	for i, what := range []schedule.Happening{
		given("450 mg"),
		corrected("e1", given("400 mg")),
		schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight("92 kg")}, // 9 mg, not 7 mg
		corrected("e2", given("500 mg")),                                            // 500 and five times 450 mg are 2750 mg
	} {
		before := s.plan
		s.on("2025-01-08", what)
		d := before.Diff(s.plan)
		patched, err := d.Patch(before.Snapshots())
		require.NoError(t, err)
		require.Equal(t, s.plan.Snapshots(), patched)
		_, err = d.Apply(before)
		require.NoError(t, err)
		require.Len(t, d.Changes, []int{1, 1, 11, 2}[i], "%T", what)
	}
}

// A sum counts what was given on the day on which it was given: 8 mg at the visit and 8 mg
// on the next morning are 8 mg a day, and on one day 16 mg.
func TestBesideSumsByTheDay(t *testing.T) {
	for next, want := range map[string][]string{
		"2025-01-07": nil,
		"2025-01-06": {"warning: session 1: the doses of metoclopramide of the day up to this session are 16 mg, the soft limit is 12 mg [beside-soft-limit]"},
	} {
		s := carboplatin(t, func(s *protocol.Spec) {
			s.Phases[0].Beside[2].Dose = dose.MustRule("8 mg")
			s.Phases[0].Beside[2].Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerDay, Limit: dose.MustRule("1 mg, soft max 12 mg").Limits.Dose}}
		})
		s.on("2025-01-08", schedule.Given{
			Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("1800 mg"), Beside: []schedule.MedicineGiven{
				{Name: "ondansetron", Dose: dose.MustMass("8 mg")},
				{Name: "carboplatin", Dose: dose.MustMass("450 mg")},
				{Name: "metoclopramide", Dose: dose.MustMass("8 mg")},
				{Name: "Metoclopramide", Dose: dose.MustMass("8 mg"), Date: day(next)},
			},
		})
		assert.Equal(t, want, besideFindings(s.plan), next)
	}
}

// A minimum of the drug counts what was given of it beside a dose, as a maximum does: two
// doses of 1800 mg and 200 mg beside are 3800 mg.
func TestBesideInMinimaOfTheDrug(t *testing.T) {
	for least, want := range map[string]int{"3800 mg": 0, "3801 mg": 1} {
		s := carboplatin(t, func(s *protocol.Spec) {
			s.Phases[0].Cadence, s.Phases[0].Beside = protocol.MustCadence("weeks 0, 1"), nil
			s.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{SoftMin: dose.MustMass(least)}}}
		})
		s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("1800 mg"), Beside: []schedule.MedicineGiven{{Name: "gemcitabine", Dose: dose.MustMass("200 mg")}}})
		found := 0
		for _, f := range schedule.Validate(s.plan) {
			if f.Code == schedule.CumulativeSoft {
				found++
			}
		}
		assert.Equal(t, want, found, least)
	}
}

// A sum of the drug counts what was given of it beside a dose.
func TestBesideInSumsOfTheDrug(t *testing.T) {
	s := carboplatin(t, func(s *protocol.Spec) {
		s.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.MustRule("1 mg, soft max 21650 mg").Limits.Dose}}
	})
	first, _ := s.plan.At(1)
	s.on("2025-01-06", schedule.Given{
		Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("1800 mg"), Beside: []schedule.MedicineGiven{{Name: "Gemcitabine", Dose: dose.MustMass("100 mg")}},
	})
	var found []string
	for _, f := range schedule.Validate(s.plan) {
		if f.Code == schedule.CumulativeSoft {
			found = append(found, f.Text)
		}
	}
	assert.Equal(t, []string{"the doses of the plan up to this session are 21700 mg, the soft limit is 21650 mg"}, found) // 12 x 1800 and 100
	assert.Equal(t, "1900 mg", s.plan.On(day("2025-01-06")).Adherence.Doses[0].Dose.String())
}

// What was given beside a drug on a day of its own counts in sums from that day: the 400 mg
// of the day before the session on that, the 100 mg of the day after it not before.
func TestBesideInSumsFromItsOwnDay(t *testing.T) {
	s := carboplatin(t, func(*protocol.Spec) {})
	first, _ := s.plan.At(1)
	s.on("2025-01-08", schedule.Given{Session: first.ID(), Date: day("2025-01-07"), Dose: dose.MustMass("1800 mg"), Beside: []schedule.MedicineGiven{
		{Name: "carboplatin", Dose: dose.MustMass("400 mg"), Date: day("2025-01-06")},
		{Name: "dexamethasone", Dose: dose.MustMass("8 mg")},
		{Name: "carboplatin", Dose: dose.MustMass("100 mg"), Date: day("2025-01-08")},
	}})
	for on, want := range map[string]string{
		"2025-01-05": "[]",
		"2025-01-06": "[400 mg of carboplatin]",
		"2025-01-07": "[1800 mg of gemcitabine 400 mg of carboplatin 8 mg of dexamethasone]",
		"2025-01-08": "[1800 mg of gemcitabine 500 mg of carboplatin 8 mg of dexamethasone]",
	} {
		assert.Equal(t, want, fmt.Sprint(s.plan.On(day(on)).Adherence.Doses), on)
	}
}

// A session that was left out by an adopted version, and of which only a withdrawn entry
// had said that it was, has no dose, and so no medicines beside it: a weight that is entered
// later for its day changes nothing of it.
func TestBesideOfOneThatNeverWas(t *testing.T) {
	spec := protocol.Spec{ID: "weekly", Version: "1", Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 1, Dose: dose.MustRule("0.5 mg/kg of actual weight, hard max 60 mg"), Visit: protocol.Visit{Administration: time.Hour},
		Beside: []protocol.Medicine{{Name: "metoclopramide", Dose: dose.MustRule("0.1 mg/kg of actual weight, hard max 30 mg"), Condition: "nausea"}},
	}}}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings, r.ShortWeek = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("70 kg")}}, schedule.Drop
	s := living(t, r).give(1)
	s.on("2025-01-08", schedule.Added{Date: day("2025-01-07"), Phase: "all"})
	extra := sessionAt(s.plan, 2).ID()
	spec.Version = "2"
	s.on("2025-01-08", schedule.Adopted{Protocol: compiled(t, spec), Who: "attending"})
	s.correct("2025-01-08", "e2", nil)
	snapshot := func() schedule.Snapshot {
		session, ok := s.plan.Session(extra)
		require.True(t, ok)
		return session.Snapshot()
	}
	was := snapshot()
	require.Equal(t, schedule.StateCancelled, was.State)
	s.on("2025-01-08", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("80 kg")})
	require.Equal(t, was, snapshot())
	require.Empty(t, was.Beside)
}

// A plan is not built where a medicine that is planned has no dose.
func TestBesideRefused(t *testing.T) {
	spec := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 7, Dose: dose.MustRule("10 mg"), Visit: protocol.Visit{Administration: time.Hour},
		Beside: []protocol.Medicine{{Name: "dexamethasone", Dose: dose.MustRule("0.1 mg/kg of actual weight, round 1 mg half up, hard max 20 mg"), From: protocol.Arrival, At: -30 * time.Minute}},
	}}}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	_, err := schedule.Build(r)
	require.EqualError(t, err, "session 1 (all) on Mon 2025-01-06: beside the drug, dexamethasone: weight is missing: 0.1 mg/kg of actual weight cannot be computed: no body weight")
	require.ErrorIs(t, err, dose.ErrNoWeight)

	spec.Phases[0].Beside[0].Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.MustRule("1 mg, hard max 15 mg").Limits.Dose}}
	r = request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("72 kg")}}
	_, err = schedule.Build(r)
	require.EqualError(t, err, "session 3 (all) on Mon 2025-01-20: beside the drug, dexamethasone: the doses of the plan together pass the hard limit 15 mg")
	require.ErrorIs(t, err, schedule.ErrCumulative)
	r.GivenBefore = []schedule.GivenBefore{{Date: day("2024-12-01"), Drug: "Dexamethasone", Dose: dose.MustMass("2 mg")}}
	_, err = schedule.Build(r)
	require.ErrorContains(t, err, "session 2 (all)")

	// As needed, or where there is a weight: the tablet at home is the patient's.
	spec.Phases[0].Beside[0].Cumulative = nil
	r = request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("72 kg")}}
	p, err := schedule.Build(r)
	require.NoError(t, err)
	first, _ := p.At(1)
	for m := range first.BesideFor(protocol.ForPatient) {
		assert.Equal(t, "dexamethasone 7 mg, 2025-01-06 07:30", m.String())
		assert.Equal(t, protocol.BeforeVisit, m.Stage)
	}
	// A dose that was given keeps what was planned with it.
	s := living(t, r)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("10 mg")})
	s.on("2025-01-08", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("95 kg")})
	first, _ = s.plan.At(1)
	second, _ := s.plan.At(2)
	assert.Equal(t, []string{"dexamethasone 7 mg, 2025-01-06 07:30"}, besideOf(first))
	assert.Equal(t, []string{"dexamethasone 10 mg, 2025-01-13 07:30"}, besideOf(second))
}

// What cannot have happened is refused with its place.
func TestBesideGivenRefused(t *testing.T) {
	s := carboplatin(t)
	first, _ := s.plan.At(1)
	for _, tt := range []struct {
		given schedule.MedicineGiven
		want  string
	}{
		{schedule.MedicineGiven{}, `Beside.0.Name: want the name of the medicine`},
		{schedule.MedicineGiven{Name: "a", NotGiven: true, Dose: dose.MustMass("1 mg")}, `Beside.0.Dose "1 mg": want none where it was not given`},
		{schedule.MedicineGiven{Name: "a", Date: day("2025-01-07")}, `Beside.0.Date "2025-01-07": want a date that is not after the as-of one, 2025-01-06`},
		{schedule.MedicineGiven{Name: "a", Start: clock(t, "23:59")}, `Beside.0.Start "23:59": want a time that is not after the as-of one, 2025-01-06`},
	} {
		_, err := s.try("2025-01-06", schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("1800 mg"), Beside: []schedule.MedicineGiven{tt.given}})
		require.ErrorContains(t, err, tt.want)
	}
}

// Another version of the protocol, or another dose of what is beside, is a difference.
func TestBesideInDiff(t *testing.T) {
	a := carboplatin(t)
	b := carboplatin(t, func(s *protocol.Spec) { s.Phases[0].Beside[1].Dose = dose.MustRule("4 mg") })
	d := a.plan.Diff(b.plan)
	assert.False(t, d.Empty())
	assert.Len(t, d.Changes, 12)
	assert.Contains(t, d.String(), "with other medicines beside")
	src, err := json.Marshal(d.Changes[0])
	require.NoError(t, err)
	var read schedule.Change
	require.NoError(t, json.Unmarshal(src, &read))
	assert.Equal(t, d.Changes[0], read)
}
