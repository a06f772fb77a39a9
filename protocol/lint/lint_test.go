package lint_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
)

var update = flag.Bool("update", false, "write the generated page anew")

// clean returns a protocol in which no rule finds anything. It is invented.
func clean(t testing.TB) protocol.Spec {
	t.Helper()
	src, err := os.ReadFile("testdata/clean.json")
	require.NoError(t, err)
	s, err := protocol.Parse("clean.json", src)
	require.NoError(t, err)
	require.Equal(t, string(protocol.Format(s)), string(src))
	return s
}

// A mutant breaks one thing.
type mutant struct {
	name   string
	code   lint.Code
	breaks func(s *protocol.Spec)
	// earlier is what the protocol was, and beside another one that is kept with it.
	earlier, beside func(s *protocol.Spec)
	place           string
}

// mutants have one change each, which one rule finds and no other. The first of each
// code is the example in the documentation.
func mutants() []mutant {
	task := func(p int, tasks ...protocol.Task) func(s *protocol.Spec) {
		return func(s *protocol.Spec) { s.Phases[p].Visit.Tasks = append(s.Phases[p].Visit.Tasks, tasks...) }
	}
	beside := func(m protocol.Medicine) func(s *protocol.Spec) {
		return func(s *protocol.Spec) { s.Phases[0].Beside = append(s.Phases[0].Beside, m) }
	}
	// inParts gives the dose of a phase as the first of two parts, with a rule of the whole.
	inParts := func(whole string, second dose.Part) func(s *protocol.Spec) {
		return func(s *protocol.Spec) {
			p := &s.Phases[1]
			first := dose.Part{Name: "first", Rule: p.Dose, Preparation: p.Preparation}
			p.Dose, p.Preparation, p.Parts = dose.Rule{}, dose.Preparation{}, []dose.Part{first, second}
			if whole != "" {
				p.Dose = dose.MustRule(whole)
			}
		}
	}
	return []mutant{
		{"no phase with the name", lint.NotCompiled, func(s *protocol.Spec) { s.Gates[0].Phase = "indction" }, nil, nil, "/gates/0/phase"},
		{"from week 4", lint.Unplannable, func(s *protocol.Spec) {
			s.Phases[1].Cadence = protocol.MustCadence("1/wk x4 then every 2w x2 from week 8")
		}, nil, nil, "/phases/1/cadence"},
		{"gap over the windows", lint.Unplannable, func(s *protocol.Spec) { s.Phases[1].MinGap = 12 }, nil, nil, "/phases/1/minGap"},
		{"swapped counts", lint.TaperRises, func(s *protocol.Spec) { s.Phases[1].Cadence = protocol.MustCadence("every 2w x2 then 1/wk x4") }, nil, nil, "/phases/1/cadence"},
		{"three days a week", lint.TaperRises, func(s *protocol.Spec) {
			s.Phases[1].Cadence, s.Phases[1].Window, s.Phases[1].MinGap = protocol.MustCadence("1-1-2-1"), nil, 1
		}, nil, nil, "/phases/1/cadence"},
		{"weeks come closer", lint.TaperRises, func(s *protocol.Spec) {
			s.Phases[1].Cadence = protocol.MustCadence("weeks 0, 4, 5")
		}, nil, nil, "/phases/1/cadence"},
		{"four days after in a week", lint.WindowWide, func(s *protocol.Spec) { s.Phases[1].Window = &protocol.Window{After: 4} }, nil, nil, "/phases/1/window/after"},
		{"four days before in a week", lint.WindowWide, func(s *protocol.Spec) { s.Phases[1].Window = &protocol.Window{Before: 4} }, nil, nil, "/phases/1/window/before"},
		{"half the interval on both sides", lint.OrderAmbiguous, func(s *protocol.Spec) {
			s.Title = "Intravenous examplamine"
			s.Phases[1].Cadence, s.Phases[1].Window = protocol.MustCadence("every 2w x4"), &protocol.Window{Before: 7, After: 7}
		}, nil, nil, "/phases/1/window"},
		{"three a week, three days apart", lint.GapTight, func(s *protocol.Spec) {
			s.Title, s.Sources[0].Facts[0].Says = "Intravenous examplamine", "eight infusions"
			s.Phases[0].Cadence, s.Phases[0].MinGap = protocol.MustCadence("3-2-1-1-1"), 3
			s.Phases[0].Weights = protocol.Weights{}
		}, nil, nil, "/phases/0/minGap"},
		{"thirteen days", lint.MaxGapShort, func(s *protocol.Spec) { s.Phases[1].MaxGap = 13 }, nil, nil, "/phases/1/maxGap"},
		{"from any day", lint.SpanPassed, func(s *protocol.Spec) { s.Sources[0].Facts[0].Says = "eight infusions within 24 days" }, nil, nil, "/sources/0/facts/0"},
		{"from a Wednesday", lint.SpanPassed, func(s *protocol.Spec) {
			s.Sources[0].Facts[0].Says = "six over a 12-day period"
			s.Title = "Intravenous examplamine"
			s.Phases[0].Cadence = protocol.MustCadence("3/wk x2")
			s.Phases[0].Weekdays = []protocol.DaySet{protocol.OnDays(time.Monday, time.Wednesday, time.Friday)}
		}, nil, nil, "/sources/0/facts/0"},
		{"another count", lint.TitleCadence, func(s *protocol.Spec) { s.Title = "Intravenous examplamine, 3-2-1-1-1 a week" }, nil, nil, "/title"},
		{"another interval", lint.TitleCadence, func(s *protocol.Spec) { s.Title = "Intravenous examplamine, then every 6 weeks" }, nil, nil, "/title"},
		{"another number", lint.TitleCadence, func(s *protocol.Spec) { s.Title = "Examplamine, nine infusions in four weeks" }, nil, nil, "/title"},
		{"no document", lint.MissedDoseUnsourced, func(s *protocol.Spec) {
			s.Phases[1].MissedDoses = []protocol.MissedDose{{From: 21, Then: protocol.AskPrescriber}}
		}, nil, nil, "/phases/1/missedDoses/0/source"},
		{"eight weeks", lint.MissedDoseEnds, func(s *protocol.Spec) {
			s.Phases[1].MissedDoses = []protocol.MissedDose{{From: 21, To: 56, Then: protocol.GiveNow, Source: s.Sources[0].Key}}
		}, nil, nil, "/phases/1/missedDoses/0/to"},
		{"within two weeks", lint.MissedDoseDays, func(s *protocol.Spec) {
			s.Phases[1].MissedDoses = []protocol.MissedDose{{From: 14, Then: protocol.GiveNow, Source: s.Sources[0].Key}}
		}, nil, nil, "/phases/1/missedDoses/0/from"},
		{"as planned for ever", lint.MissedDoseDays, func(s *protocol.Spec) {
			s.Phases[1].MaxGap = 20
			s.Phases[1].MissedDoses = []protocol.MissedDose{{From: 21, Then: protocol.GiveAsPlanned, Source: s.Sources[0].Key}}
		}, nil, nil, "/phases/1/missedDoses/0/then"},
		{"a week after the windows", lint.MissedDoseLate, func(s *protocol.Spec) {
			s.Phases[1].MissedDoses = []protocol.MissedDose{{From: 28, Then: protocol.AskPrescriber, Source: s.Sources[0].Key}}
		}, nil, nil, "/phases/1/missedDoses/0/from"},
		{"a month of weeks", lint.MonthUnchosen, func(s *protocol.Spec) { s.Phases[0].Name, s.Gates[0].Phase = "first month", "first month" }, nil, nil, "/phases/0/cadence"},
		{"no cadence", lint.PhaseIdle, func(s *protocol.Spec) {
			s.Phases = append(s.Phases, protocol.Phase{Name: "later"})
		}, nil, nil, "/phases/3"},
		{"the choice", lint.ChoiceAboveSoft, func(s *protocol.Spec) {
			s.Phases[0].Dose = dose.MustRule("28 mg, or 56 mg, soft max 42 mg, hard max 84 mg")
		}, nil, nil, "/phases/0/dose"},
		{"56 mg more", lint.StepOverStated, func(s *protocol.Spec) { s.Phases[0].Dose = dose.MustRule("28 mg, hard max 84 mg") }, nil, nil, "/phases/0/dose"},
		{"a level passed over", lint.StepOverStated, func(s *protocol.Spec) {
			s.Sources[0].Facts[2].Says = "the dose is raised"
			s.Phases[0].Steps = append(s.Phases[0].Steps, protocol.Step{From: 3, Dose: dose.MustRule("84 mg, hard max 84 mg")})
		}, nil, nil, "/phases/0/steps/1/dose"},
		{"ten times the dose", lint.DoseRefused, func(s *protocol.Spec) {
			s.Phases[1].Dose = dose.MustRule("5 mg/kg of actual weight, round 0.1 mg half up, hard max 80 mg")
		}, nil, nil, "/phases/1/dose"},
		{"five days", lint.StalenessLong, func(s *protocol.Spec) { s.Phases[0].Weights.StaleAfter = 5 }, nil, nil, "/phases/0/weights/staleAfter"},
		{"how it is given", lint.BesideRoute, beside(protocol.Medicine{Name: "ondansetron", Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, Source: "note"}), nil, nil, "/phases/0/beside/0"},
		{"why it is given", lint.BesideSource, beside(protocol.Medicine{Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart}), nil, nil, "/phases/0/beside/0"},
		{"the choice beside", lint.ChoiceAboveSoft, beside(protocol.Medicine{
			Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("4 mg, or 8 mg, soft max 6 mg"), From: protocol.AdministrationStart, Source: "note",
		}), nil, nil, "/phases/0/beside/0/dose"},
		{"ten times the dose beside", lint.DoseRefused, beside(protocol.Medicine{
			Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("1 mg/kg of actual weight, hard max 32 mg"), From: protocol.AdministrationStart, Source: "note",
		}), nil, nil, "/phases/0/beside/0/dose"},
		{"a premedication after the dose", lint.BesideTime, func(s *protocol.Spec) {
			beside(protocol.Medicine{Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, At: 30 * time.Minute, Source: "note"})(s)
			s.Sources[0].Facts = append(s.Sources[0].Facts, protocol.Fact{About: "/phases/0/beside/0", Says: "ondansetron 30 min before the infusion", Grade: protocol.Primary})
		}, nil, nil, "/phases/0/beside/0/at"},
		{"too late for the tablet", lint.BesideTime, func(s *protocol.Spec) {
			beside(protocol.Medicine{Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, At: -15 * time.Minute, Source: "note"})(s)
			s.Sources[0].Facts = append(s.Sources[0].Facts, protocol.Fact{About: "/phases/0/beside/0/at", Quote: "30 to 60 minutes prior to each dose", Grade: protocol.Primary})
		}, nil, nil, "/phases/0/beside/0/at"},
		{"session 9 of 8", lint.BesideIdle, func(s *protocol.Spec) {
			s.Beside = []protocol.Medicine{{Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, Source: "note", Sessions: []int{1, 9}}}
			s.Phases[2].Cadence, s.Parameters = protocol.MustCadence("every 4w x3"), s.Parameters[1:]
		}, nil, nil, "/beside/0/sessions/1"},
		{"for as long as it hurts", lint.AsNeeded, beside(protocol.Medicine{
			Name: "paracetamol", Route: dose.Oral, Dose: dose.MustRule("500 mg, hard max 1000 mg"), Condition: "pain", Source: "note",
		}), nil, nil, "/phases/0/beside/0"},
		{"a second injection", lint.PartsUnlimited, inParts("", dose.Part{Name: "second", Rule: dose.MustRule("10 mg, hard max 20 mg"), Condition: "no effect"}), nil, nil, "/phases/1/parts/1"},
		{"a part ten times too much", lint.DoseRefused, inParts("", dose.Part{Name: "second", Rule: dose.MustRule("5 mg/kg of actual weight, round 0.1 mg half up, hard max 80 mg")}), nil, nil, "/phases/1/parts/1/dose"},
		{"parts that are too much together", lint.DoseRefused, inParts("sum of parts, hard max 0.1 mg/kg", dose.Part{Name: "second", Rule: dose.MustRule("10 mg")}), nil, nil, "/phases/1/dose"},
		{"a part above its limit", lint.ChoiceAboveSoft, inParts("", dose.Part{Name: "second", Rule: dose.MustRule("10 mg, soft max 9 mg")}), nil, nil, "/phases/1/parts/1/dose"},
		{"without end", lint.GateUnreachable, func(s *protocol.Spec) { s.Gates[0].Phase = "maintenance" }, nil, nil, "/gates/0"},
		{"extended without end", lint.OutcomeIdle, func(s *protocol.Spec) {
			s.Gates = append(s.Gates, protocol.Gate{Name: "more", Phase: "maintenance", After: 3, Assess: "the score", Outcomes: []protocol.Outcome{
				{When: "improved", Then: protocol.Extend}, {When: "not improved", Then: protocol.Stop},
			}})
		}, nil, nil, "/gates/1/outcomes/0"},
		{"back from the first", lint.OutcomeIdle, func(s *protocol.Spec) { s.Gates[0].Outcomes[1].Then = protocol.StepBack }, nil, nil, "/gates/0/outcomes/1"},
		{"on in any case", lint.OutcomeIdle, func(s *protocol.Spec) { s.Gates[0].Outcomes[1].Then = protocol.Continue }, nil, nil, "/gates/0/outcomes"},
		{"a week before day 7", lint.FollowUpOverlap, func(s *protocol.Spec) { s.FollowUps[0].Window.Before = 7 }, nil, nil, "/followUps/0/window/before"},
		{"half of the sessions", lint.MonitoringEnds, func(s *protocol.Spec) {
			s.Monitoring = []protocol.Monitoring{{Name: "blood count", Cadence: protocol.MustCadence("1/wk x2")}}
		}, nil, nil, "/monitoring/0/cadence"},
		{"every four weeks", lint.ResultUnmet, func(s *protocol.Spec) {
			s.Monitoring = []protocol.Monitoring{{
				Name: "blood count", Cadence: protocol.MustCadence("every 4w"), WhileTreated: true, Before: []protocol.ResultNeeded{{Phase: "induction", Within: 7}},
			}}
		}, nil, nil, "/monitoring/0/before/0"},
		{"before the ninth of eight", lint.ResultIdle, func(s *protocol.Spec) {
			s.Monitoring = []protocol.Monitoring{{
				Name: "blood count", Cadence: protocol.MustCadence("1/wk"), WhileTreated: true, Before: []protocol.ResultNeeded{{Phase: "induction", From: 9, Within: 7}},
			}}
		}, nil, nil, "/monitoring/0/before/0/from"},
		{"no word", lint.ObservationMissing, func(s *protocol.Spec) { s.Phases[2].Visit.Unobserved = false }, nil, nil, "/phases/2/visit"},
		{"the label's drug", lint.ObservationRequired, func(s *protocol.Spec) {
			s.Drug = "esketamine"
			s.Phases[0].Visit.Later, s.Phases[2].Visit.Unobserved, s.Phases[2].Visit.Observation = nil, false, 90*time.Minute
		}, nil, nil, "/phases/2/visit"},
		{"40 minutes later", lint.ObservationShort, func(s *protocol.Spec) { s.Phases[0].Visit.Later[0].Observation = 30 * time.Minute }, nil, nil, "/phases/0/visit/tasks/1"},
		{"after departure", lint.TaskOutside, task(1, protocol.Task{Text: "weighed", From: protocol.Arrival, At: 3 * time.Hour}), nil, nil, "/phases/1/visit/tasks/0"},
		{"before arrival", lint.TaskOutside, task(1, protocol.Task{Text: "score", From: protocol.Departure, At: -3 * time.Hour}), nil, nil, "/phases/1/visit/tasks/0"},
		{"said to be during", lint.TaskOutside, task(1, protocol.Task{Text: "pulse", From: protocol.Departure, At: time.Hour, Stage: protocol.DuringVisit}), nil, nil, "/phases/1/visit/tasks/0"},
		{"said to be after", lint.TaskOutside, task(1, protocol.Task{Text: "pulse", From: protocol.Departure, At: -time.Hour, Stage: protocol.AfterVisit}), nil, nil, "/phases/1/visit/tasks/0"},
		{"other capitals", lint.TaskTwice, task(0, protocol.Task{Text: "No driving", From: protocol.Departure, Until: new(24 * time.Hour)}), nil, nil, "/phases/0/visit/tasks/3"},
		{"hours", lint.VisitLong, func(s *protocol.Spec) { s.Phases[1].Visit.Observation = 12 * time.Hour }, nil, nil, "/phases/1/visit"},
		{"an hour", lint.FastingShort, func(s *protocol.Spec) { s.Phases[0].Visit.Tasks[0].At = -time.Hour }, nil, nil, "/phases/0/visit/tasks/0"},
		{"the basis of a fixed dose", lint.ParameterUnused, func(s *protocol.Spec) {
			s.Parameters[1].Low, s.Parameters[1].High = "28 mg", "56 mg"
		}, nil, nil, "/parameters/2/fills"},
		{"up to 1 mg/kg", lint.ParameterRange, func(s *protocol.Spec) { s.Parameters[1].High = "1 mg/kg" }, nil, nil, "/parameters/1/high"},
		{"up to 112 mg", lint.ParameterRange, func(s *protocol.Spec) {
			s.Parameters[1].Low, s.Parameters[1].High, s.Parameters = "28 mg", "112 mg", s.Parameters[:2]
		}, nil, nil, "/parameters/1/high"},
		{"of a medicine, up to 40 mg", lint.ParameterRange, func(s *protocol.Spec) {
			beside(protocol.Medicine{Name: "ondansetron", Route: dose.Oral, From: protocol.AdministrationStart, Source: "note"})(s)
			s.Phases[0].Beside[0].Dose.Limits.Dose.HardMax = dose.MustMass("32 mg")
			s.Parameters = append(s.Parameters, protocol.Parameter{
				Name: "antiemetic", Low: "8 mg", High: "40 mg", Fills: []protocol.Place{{Phase: s.Phases[0].Name, Field: protocol.FieldAmount, Medicine: "ondansetron"}},
			})
		}, nil, nil, "/parameters/3/high"},
		{"of a medicine, up to 0.4 mg/kg", lint.ParameterRange, func(s *protocol.Spec) {
			beside(protocol.Medicine{Name: "ondansetron", Route: dose.Oral, From: protocol.AdministrationStart, Source: "note"})(s)
			s.Phases[0].Beside[0].Dose.Limits.Dose.HardMax = dose.MustMass("32 mg")
			s.Parameters = append(s.Parameters,
				protocol.Parameter{Name: "antiemetic", Low: "0.1 mg/kg", High: "0.4 mg/kg", Fills: []protocol.Place{{Field: protocol.FieldAmount, Medicine: "ondansetron"}}},
				protocol.Parameter{Name: "whose", Value: "actual", Fills: []protocol.Place{{Field: protocol.FieldBasis, Medicine: "ondansetron"}}})
		}, nil, nil, "/parameters/3/high"},
		{"the basis of a fixed dose of a medicine", lint.ParameterUnused, func(s *protocol.Spec) {
			beside(protocol.Medicine{Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, Source: "note"})(s)
			s.Parameters = append(s.Parameters, protocol.Parameter{Name: "whose", Fills: []protocol.Place{{Field: protocol.FieldBasis, Medicine: "ondansetron"}}})
		}, nil, nil, "/parameters/3/fills"},
		{"none", lint.SourceMissing, func(s *protocol.Spec) { s.Sources = nil }, nil, nil, "/sources"},
		{"no facts", lint.SourceUngraded, func(s *protocol.Spec) {
			s.Sources = append(s.Sources, protocol.Source{Key: "other", Citation: "another document that was never written"})
		}, nil, nil, "/sources/1"},
		{"of a dose", lint.FactUnverified, func(s *protocol.Spec) { s.Sources[0].Facts[2].Grade = protocol.Unverified }, nil, nil, "/sources/0/facts/2"},
		{"a phase too far", lint.FactPlace, func(s *protocol.Spec) { s.Sources[0].Facts[3].About = "/followUps/1" }, nil, nil, "/sources/0/facts/3/about"},
		{"none", lint.ContraindicationsUnsaid, func(s *protocol.Spec) { s.Contraindications = nil }, nil, nil, "/contraindications"},
		{"none", lint.LabelsUnsaid, func(s *protocol.Spec) { s.Labels = nil }, nil, nil, "/labels"},
		{"none", lint.IDMissing, func(s *protocol.Spec) { s.ID, s.Version = "", "" }, nil, nil, "/id"},
		{"a dot", lint.IDNotKebab, func(s *protocol.Spec) { s.ID = "examplamine.iv" }, nil, nil, "/id"},
		{"a dose changed", lint.VersionUnchanged, func(s *protocol.Spec) { s.Phases[0].MaxGap = 15 }, func(*protocol.Spec) {}, nil, "/version"},
		{"twice", lint.IDTwice, func(*protocol.Spec) {}, nil, func(*protocol.Spec) {}, "/id"},
		{"racemic", lint.DrugTwoNames, func(s *protocol.Spec) { s.Drug = "examplamine (racemic)" }, nil, func(s *protocol.Spec) { s.ID = "other" }, "/drug"},
		{"salts of a medicine beside", lint.DrugTwoNames, beside(protocol.Medicine{
			Name: "ondansetron (hydrochloride)", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, Source: "note",
		}), nil, func(s *protocol.Spec) {
			s.ID = "other"
			beside(protocol.Medicine{Name: "Ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, Source: "note"})(s)
		}, "/phases/0/beside/0/name"},
		{"only there", lint.ContraindicationsElsewhere, func(s *protocol.Spec) {
			s.Contraindications, s.Notes = nil, []string{"Contraindications were not read."}
		}, nil, func(s *protocol.Spec) { s.ID = "other" }, "/contraindications"},
		{"only there", lint.LabelsElsewhere, func(s *protocol.Spec) { s.Labels, s.Notes = nil, []string{"No label was read."} }, nil, func(s *protocol.Spec) { s.ID = "other" }, "/labels"},
	}
}

// found lints a mutant.
func (m mutant) found(t testing.TB) []lint.Finding {
	t.Helper()
	s := clean(t)
	m.breaks(&s)
	f := lint.File{Name: "examplamine.json", Spec: s}
	if m.code != lint.NotCompiled {
		f.Source = protocol.Format(s)
	}
	if m.earlier != nil {
		f.Earlier = new(clean(t))
		m.earlier(f.Earlier)
	}
	if m.beside == nil {
		return lint.CheckFile(f, lint.Options{})
	}
	other := clean(t)
	m.beside(&other)
	return lint.Collection([]lint.File{{Name: "other.json", Spec: other}, f}, lint.Options{})
}

// Nothing is found in the clean protocol, alone or beside others.
func TestClean(t *testing.T) {
	require.Empty(t, lint.Check(clean(t), lint.Options{}))
	other := clean(t)
	other.Version = "2"
	require.Empty(t, lint.Collection([]lint.File{{Spec: clean(t)}, {Spec: other, Earlier: new(clean(t))}}, lint.Options{}))
	require.Empty(t, lint.Collection(nil, lint.Options{}))
	other = clean(t)
	other.Sources[0].Facts[0].Says += " in all"
	require.Empty(t, lint.CheckFile(lint.File{Spec: other, Earlier: new(clean(t))}, lint.Options{}), "other wording is no other protocol")
}

// Each rule has a mutant, and each mutant is found by the one rule that it is for.
func TestMutants(t *testing.T) {
	covered := map[lint.Code]bool{}
	for _, m := range mutants() {
		t.Run(string(m.code)+"/"+m.name, func(t *testing.T) {
			found := m.found(t)
			require.NotEmpty(t, found)
			for _, f := range found {
				assert.Equal(t, m.code, f.Code, f)
				assert.Equal(t, m.place, f.Place, f)
				assert.Equal(t, "examplamine.json", f.File)
				assert.Equal(t, m.code != lint.NotCompiled, f.Line > 0, f)
			}
			assert.Len(t, found, 1)
			assert.Equal(t, found, m.found(t), "the same every time")
		})
		covered[m.code] = true
	}
	for _, r := range lint.Rules() {
		assert.True(t, covered[r.Code], "no mutant for %s", r.Code)
	}
}

// Codes are stored, compared and matched on: this list only grows.
func TestCodesStay(t *testing.T) {
	frozen := strings.Fields(`
		acceptance-unused as-needed-unlimited beside-idle beside-route-missing beside-source-missing beside-time-stated choice-above-soft-limit contraindications-elsewhere contraindications-unsaid dose-refused drug-two-names
		fact-place fact-unverified fasting-short follow-up-overlap gap-tight gate-unreachable id-missing id-not-kebab id-twice
		labels-elsewhere labels-unsaid max-gap-short missed-dose-begins-late missed-dose-days missed-dose-ends missed-dose-unsourced monitoring-ends-early month-unchosen not-compiled observation-missing observation-required
		observation-short order-ambiguous outcome-idle parameter-range parameter-unused parts-unlimited phase-idle result-idle result-not-in-time rule-failed rule-refused
		source-missing source-ungraded span-passed staleness-long step-over-stated taper-rises task-outside task-twice
		title-cadence unplannable version-unchanged visit-long window-wide`)
	codes := []string{string(lint.AcceptanceUnused), string(lint.RuleFailed), string(lint.RuleRefused)}
	for _, r := range lint.Rules() {
		codes = append(codes, string(r.Code))
		assert.Regexp(t, regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`), string(r.Code))
		assert.Contains(t, []lint.Severity{lint.Info, lint.Warning, lint.Violation}, r.Severity)
		assert.NotContains(t, r.Title, ".", r.Code)
		assert.True(t, strings.HasSuffix(r.Means, ".") && strings.HasSuffix(r.Mend, "."), r.Code)
	}
	slices.Sort(codes)
	assert.Equal(t, frozen, codes)
}

// The page about the rules says what the rules say. Its examples are what is found in
// the mutants.
func TestPage(t *testing.T) {
	const name = "../../docs/LINT.md"
	var b strings.Builder
	b.WriteString(`<!-- Generated from the rules by a test of protocol/lint; change those and run it with -update. -->

# What is found in protocol files

What ` + "`lint.Check`" + ` finds in a protocol and ` + "`lint.Collection`" + ` in all that a clinic keeps together; on the command line, ` + "`protocols lint`" + `.
A finding is data, never an error. Its code is stable: codes are never renamed and never reused. [PROTOCOLS.md](PROTOCOLS.md) says how a clinic keeps
protocol files, and how a finding is accepted.

*Info* is worth knowing, a *warning* has to be looked at by somebody, a *violation* is not fit to be used. The examples are of an invented protocol.

| code | severity | what is found |
| --- | --- | --- |
`)
	for _, r := range lint.Rules() {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s |\n", r.Code, r.Code, r.Severity, r.Title)
	}
	b.WriteString(`
Found by no rule, of looking itself:

| code | severity | what is found |
| --- | --- | --- |
| ` + "`rule-failed`" + ` | violation | A rule panicked; the others ran |
| ` + "`rule-refused`" + ` | violation | A rule of the caller has no code, severity or function, or a code that another rule has |
| ` + "`acceptance-unused`" + ` | warning | A finding is accepted that is not found any more |
`)
	for _, r := range lint.Rules() {
		i := slices.IndexFunc(mutants(), func(m mutant) bool { return m.code == r.Code })
		require.GreaterOrEqual(t, i, 0, r.Code)
		fmt.Fprintf(&b, "\n## %s\n\n%s (%s).\n\n%s\n\n*To mend it:* %s\n\n    %s\n", r.Code, r.Title, r.Severity, r.Means, r.Mend, mutants()[i].found(t)[0])
	}
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(b.String()), 0o644))
	}
	page, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, b.String(), string(page), "go test ./protocol/lint -run TestPage -update")
}
