package schedule_test

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A perturbation makes one thing wrong that has one code.
type perturbation struct {
	code schedule.Code
	// cadences, if any, replace those of every treatment; with changes the
	// treatment before it is built.
	cadences []string
	with     func(*treatment)
	// change perturbs the record, or request what the plan is built from; they
	// report whether this treatment has room for it.
	change, request func(*testing.T, *treatment) bool
	// event perturbs the plan itself, as of a day.
	event func(*treatment) (date.Date, schedule.Happening)
}

func perturbations() []perturbation {
	list := takenPerturbations()
	list = append(list, datePerturbations()...)
	list = append(list, visitPerturbations()...)
	list = append(list, weightPerturbations()...)
	list = append(list, dosePerturbations()...)
	list = append(list, livingPerturbations()...)
	list = append(list, partsPerturbations()...)
	list = append(list, besidePerturbations()...)
	return append(list, planPerturbations()...)
}

func everyDayOpen(tr *treatment) {
	tr.clinic.Closed = nil
	for d := range time.Weekday(7) {
		tr.clinic.Weekly[d] = []clinic.Hours{clinic.MustHours("08:00-17:00")}
	}
}

func twoPhases(tr *treatment) {
	second := tr.spec.Phases[0]
	second.Name, second.Cadence = "second", protocol.MustCadence("every 2w x3")
	tr.spec.Phases = append(tr.spec.Phases, second)
}

func takenPerturbations() []perturbation {
	endless := []string{"2/wk x4", "3-2-1-1-1", "1/wk x5", "3-3"}
	return []perturbation{
		// Pairs are at the least distance from the targets, so a record of
		// sessions that closures moved may be that of others missing.
		{code: schedule.Missing, change: func(_ *testing.T, tr *treatment) bool {
			i := tr.IntN(len(tr.record.Given))
			tr.record.Given = append(tr.record.Given[:i], tr.record.Given[i+1:]...)
			return tr.onTargets()
		}},
		{code: schedule.Extra, change: func(_ *testing.T, tr *treatment) bool {
			return tr.onTargets() && tr.addEntry(func(d date.Date) bool {
				planned, _ := tr.weekOf(d)
				return planned == 0
			})
		}},
		{code: schedule.TooManyInWeek, change: func(_ *testing.T, tr *treatment) bool {
			return tr.onTargets() && tr.addEntry(func(d date.Date) bool {
				planned, taken := tr.weekOf(d)
				return planned > 0 && taken == planned
			})
		}},
		{code: schedule.WrongPhase, cadences: endless, with: twoPhases, change: func(_ *testing.T, tr *treatment) bool {
			i := tr.IntN(len(tr.record.Given))
			tr.record.Given[i].Phase = "second"
			if tr.session(i).Phase() == "second" {
				tr.record.Given[i].Phase = "all"
			}
			return true
		}},
		{code: schedule.GateSkipped, cadences: endless, with: func(tr *treatment) {
			twoPhases(tr)
			tr.spec.Gates = []protocol.Gate{{Name: "benefit", Phase: "all", After: tr.IntN(3), Assess: "benefit"}}
			tr.record.Decided = []string{"benefit"}
		}, change: func(_ *testing.T, tr *treatment) bool {
			tr.record.Decided = nil
			return true
		}},
	}
}

func datePerturbations() []perturbation {
	unbounded := func(tr *treatment) bool {
		for _, s := range tr.plan.Protocol().Cadence().Segments() {
			if low, _ := s.Range(); !low.IsZero() {
				return false
			}
		}
		return true
	}
	return []perturbation{
		{code: schedule.TooEarly, change: func(_ *testing.T, tr *treatment) bool {
			i := tr.IntN(len(tr.record.Given))
			return unbounded(tr) && tr.move(i, tr.session(i).Earliest()-date.Date(1+tr.IntN(2)))
		}},
		{code: schedule.TooLate, change: func(_ *testing.T, tr *treatment) bool {
			i := tr.IntN(len(tr.record.Given))
			return unbounded(tr) && tr.move(i, tr.session(i).Latest()+date.Date(1+tr.IntN(2)))
		}},
		{
			code: schedule.OutsideWindow, cadences: []string{"every 4w (1w..8w) x6", "every 2w (1w..4w) x8", "every 3w (1w..6w) x5"},
			change: func(_ *testing.T, tr *treatment) bool {
				i := 1 + tr.IntN(len(tr.record.Given)-1)
				if tr.IntN(2) == 0 {
					return tr.move(i, tr.session(i).Latest()+1)
				}
				return tr.move(i, tr.session(i).Earliest()-1)
			},
		},
		{
			code: schedule.OutsideRange, cadences: []string{"every 4w (4w..4w) x6", "every 2w (2w..2w) x8", "every 3w (3w..3w) x4"}, with: everyDayOpen,
			change: func(_ *testing.T, tr *treatment) bool {
				i := 1 + tr.IntN(len(tr.record.Given)-1)
				if tr.IntN(2) == 0 {
					return tr.move(i, tr.session(i).Latest()+1)
				}
				return tr.move(i, tr.session(i).Earliest()-1)
			},
		},
		{
			code: schedule.GapTooShort, cadences: []string{"2/wk x4", "3-2-1-1-1", "3-3"}, with: everyDayOpen,
			change: func(_ *testing.T, tr *treatment) bool {
				tr.record.Given[1].Date = tr.record.Given[0].Date + 1
				return true
			},
		},
		{
			code: schedule.GapTooLong, cadences: []string{"every 4w x6", "every 1mo x4", "weeks 0, 4, 8"}, with: func(tr *treatment) {
				everyDayOpen(tr)
				tr.spec.Phases[0].MaxGap = 32
			},
			change: func(_ *testing.T, tr *treatment) bool {
				i := 1 + tr.IntN(len(tr.record.Given)-1)
				return tr.move(i, tr.record.Given[i-1].Date+33)
			},
		},
		{
			code: schedule.TooManySevenDays, cadences: []string{"2/wk x4", "2/wk x3 then every 2w x3"}, with: everyDayOpen,
			change: func(_ *testing.T, tr *treatment) bool {
				i := 1 + 2*tr.IntN(2)
				return tr.move(i, tr.record.Given[i].Date+date.Date(1+tr.IntN(2)))
			},
		},
		{code: schedule.ClosedDay, change: func(t *testing.T, tr *treatment) bool {
			i := 1 + tr.IntN(len(tr.record.Given)-1)
			tr.close(tr.record.Given[i].Date)
			return tr.reopen(t)
		}},
		{code: schedule.ZoneFixed, change: func(t *testing.T, tr *treatment) bool {
			tr.clinic.Zone = time.FixedZone([]string{"EST", "MST", "HST", "Etc/GMT+5", "GMT-10", "UTC+1"}[tr.IntN(6)], -5*60*60)
			tr.record.Zone = tr.clinic.Zone
			return tr.reopen(t)
		}},
		{code: schedule.StartClosed, change: func(t *testing.T, tr *treatment) bool {
			tr.close(tr.record.Start)
			return tr.reopen(t)
		}},
	}
}

// reopen gives the record the clinic as it is now.
func (tr *treatment) reopen(t *testing.T) bool {
	t.Helper()
	office, err := clinic.New(tr.clinic)
	require.NoError(t, err)
	tr.record.Opening = office
	return true
}

func visitPerturbations() []perturbation {
	clock := func(t *testing.T, minutes int) clinic.TimeOfDay {
		t.Helper()
		at, ok := clinic.NewTimeOfDay(minutes)
		require.True(t, ok)
		return at
	}
	// Sundays from January to December, so that one of them is a clock change.
	sundays := func(tr *treatment) {
		everyDayOpen(tr)
		london, err := time.LoadLocation("Europe/London")
		if err != nil {
			panic(err)
		}
		tr.clinic.Zone = london
		tr.request.Start = schedule.MustDate("2025-01-05") + date.Date(7*tr.IntN(11))
		tr.request.Weighings[0].Date = tr.request.Start
	}
	at := func(day, start, end string) func(*testing.T, *treatment) bool {
		return func(t *testing.T, tr *treatment) bool {
			t.Helper()
			tr.record.Opening, tr.record.Zone = nil, tr.clinic.Zone
			for i := range tr.record.Given {
				if g := &tr.record.Given[i]; g.Date == schedule.MustDate(day) {
					g.Start, g.End = mustTime(t, start), mustTime(t, end)
				}
			}
			return true
		}
	}
	return []perturbation{
		{code: schedule.OutsideHours, change: func(t *testing.T, tr *treatment) bool {
			g := tr.any()
			begin := tr.IntN(8 * 60)
			if tr.IntN(2) == 0 {
				begin = 17*60 - 160 + 1 + tr.IntN(160)
			}
			g.Start, g.End = clock(t, begin), clock(t, begin+160)
			return true
		}},
		{code: schedule.ObservationCutShort, change: func(t *testing.T, tr *treatment) bool {
			g := tr.any()
			g.End = clock(t, g.End.Minutes()-1-tr.IntN(120))
			return true
		}},
		{code: schedule.TaskMissed, change: func(_ *testing.T, tr *treatment) bool {
			tr.any().NotDone = []string{"blood pressure"}
			return true
		}},
		{code: schedule.TimeSkipped, cadences: []string{"1/wk x44"}, with: sundays, change: at("2025-03-30", "01:15", "05:00")},
		{code: schedule.TimeTwice, cadences: []string{"1/wk x44"}, with: sundays, change: at("2025-10-26", "01:15", "05:00")},
	}
}

func weightPerturbations() []perturbation {
	// weighed writes down a weight at every session.
	weighed := func(tr *treatment) {
		w := tr.record.Weighings[0].Weight
		tr.record.Weighings = nil
		for i := range tr.record.Given {
			tr.record.Given[i].Weight = w
		}
	}
	weights := func(days int, change string) func(*treatment) {
		return func(tr *treatment) {
			tr.spec.Phases[0].Weights = protocol.Weights{StaleAfter: days}
			if change != "" {
				tr.spec.Phases[0].Weights.Change = dose.MustPercent(change)
			}
		}
	}
	return []perturbation{
		{code: schedule.WeightMissing, change: func(_ *testing.T, tr *treatment) bool {
			tr.record.Weighings[0].Date = tr.record.Given[1].Date
			return true
		}},
		{code: schedule.WeightStale, with: weights(1000, ""), change: func(t *testing.T, tr *treatment) bool {
			weighed(tr)
			i := 1 + tr.IntN(len(tr.record.Given)-1)
			tr.record.Given[i].Weight = dose.Weight{}
			s := tr.plan.Protocol().Spec()
			s.Phases[0].Weights.StaleAfter = 1
			tr.record.Protocol = compiled(t, s)
			return true
		}},
		{code: schedule.WeightDue, request: func(_ *testing.T, tr *treatment) bool {
			last := tr.last().Date - tr.record.Start
			tr.spec.Phases[0].Weights.StaleAfter = int(last) - 1
			return true
		}},
		{code: schedule.WeightChanged, with: weights(0, "5 %"), change: func(t *testing.T, tr *treatment) bool {
			w := tr.record.Weighings[0].Weight
			g := tr.last()
			g.Weight = dose.MustWeight("113.5 kg")
			if w.Compare(dose.MustWeight("60 kg")) > 0 {
				g.Weight = dose.MustWeight("50 kg")
			}
			g.Dose = doseFor(t, g.Weight)
			return true
		}},
		{code: schedule.WeightImplausible, change: func(t *testing.T, tr *treatment) bool {
			tr.record.Weighings[0].Weight = dose.MustWeight("155 kg")
			for i := range tr.record.Given {
				tr.record.Given[i].Dose = doseFor(t, tr.record.Weighings[0].Weight)
			}
			return true
		}},
	}
}

func doseFor(t *testing.T, w dose.Weight) dose.Mass {
	t.Helper()
	c, err := dose.MustRule(treatmentRule).Calculate(dose.Body{Weight: w})
	require.NoError(t, err)
	return c.Dose()
}

func dosePerturbations() []perturbation {
	rule := func(text string) func(*treatment) {
		return func(tr *treatment) {
			tr.spec.Phases[0].Dose = dose.MustRule(text)
			tr.spec.Phases[0] = anyLevel(tr.spec.Phases[0])
		}
	}
	levels := func(climb protocol.Climb, follows protocol.Follows) func(*treatment) {
		return func(tr *treatment) { tr.spec.Phases[0].Climb, tr.spec.Phases[0].Follows = climb, follows }
	}
	// otherwise makes the record that of another protocol.
	otherwise := func(t *testing.T, tr *treatment, change func(*protocol.Phase)) bool {
		t.Helper()
		spec := tr.spec.Clone()
		change(&spec.Phases[0])
		tr.record.Protocol = compiled(t, spec)
		return true
	}
	esketamine := func(climb protocol.Climb, follows protocol.Follows) func(*treatment) {
		return func(tr *treatment) {
			rule("28 mg, or 56 mg or 84 mg, hard max 84 mg")(tr)
			levels(climb, follows)(tr)
		}
	}
	timed := rule("30 mg, soft max 60 mg/h, hard max 100 mg/h, hard min 15 min")
	during := func(text string) func(*testing.T, *treatment) bool {
		return func(_ *testing.T, tr *treatment) bool {
			tr.any().During = dose.MustDuration(text)
			return true
		}
	}
	give := func(low, high int) func(*testing.T, *treatment) bool { // hundredths of a milligram
		return func(t *testing.T, tr *treatment) bool {
			t.Helper()
			tr.any().Dose = mass(t, low+tr.IntN(high-low+1))
			return true
		}
	}
	cumulative := func(limit dose.Limit[dose.Mass]) func(*treatment) {
		return func(tr *treatment) {
			rule("30 mg, or 29 mg or 32 mg, hard max 80 mg")(tr)
			levels(protocol.ClimbFree, protocol.FollowsRule)(tr)
			tr.spec.Cumulative = []protocol.CumulativeLimit{{Per: protocol.PerWeek, Limit: limit}}
		}
	}
	fullest := func(_ *testing.T, tr *treatment) bool {
		tr.record.Given[tr.IntN(3)].Dose = dose.MustMass("32 mg")
		return true
	}
	emptiest := func(_ *testing.T, tr *treatment) bool {
		tr.any().Dose = dose.MustMass("29 mg")
		return true
	}
	threes := []string{"3-2-1-1-1 then every 4w x3", "3-2-1"}
	return []perturbation{
		{
			code: schedule.SoftLimit, with: rule("0.5 mg/kg of actual weight, round 0.1 mg half up, soft max 52 mg, hard max 80 mg"),
			change: func(_ *testing.T, tr *treatment) bool {
				g := tr.last()
				g.Weight, g.Dose = dose.MustWeight("110 kg"), dose.MustMass("55 mg")
				return true
			},
		},
		{code: schedule.DoseHardLimit, change: give(8001, 20000)},
		{code: schedule.DoseSoftLimit, change: give(7001, 8000)},
		{code: schedule.CapPassed, change: give(6001, 7000)},
		{code: schedule.DoseBelowLimit, change: give(1, 1499)},
		{code: schedule.RoundingDeviation, change: func(t *testing.T, tr *treatment) bool {
			g := tr.any()
			g.Dose = plus(t, g.Dose, 1+tr.IntN(4))
			return true
		}},
		{code: schedule.DoseNotAllowed, change: func(t *testing.T, tr *treatment) bool {
			g := tr.any()
			g.Dose = plus(t, g.Dose, 20+tr.IntN(500))
			return g.Dose.Compare(dose.MustMass("60 mg")) <= 0
		}},
		{code: schedule.DoseHardLimit, with: timed, change: during("17 min")},
		{code: schedule.DoseHardLimit, with: rule("30 mg, hard min 15 min"), change: during("899 s")},
		{code: schedule.DoseSoftLimit, with: timed, change: during("20 min")},
		{code: schedule.DoseBelowLimit, with: rule("30 mg, hard min 20 mg/h"), change: during("91 min")},
		{code: schedule.StepTooLarge, with: esketamine(protocol.ClimbByOne, protocol.FollowsRule), change: func(_ *testing.T, tr *treatment) bool {
			tr.any().Dose = dose.MustMass("84 mg")
			return true
		}},
		{code: schedule.StepTooLarge, with: esketamine(protocol.ClimbByOne, protocol.FollowsRule), event: func(tr *treatment) (date.Date, schedule.Happening) {
			return tr.record.Start, schedule.DoseChosen{Session: tr.session(tr.IntN(tr.plan.Len())).ID(), Level: dose.MustLevel("84 mg"), Who: "dr-1"}
		}},
		{code: schedule.MissedDoseNotFollowed, cadences: []string{"every 4w x6"}, with: func(tr *treatment) {
			tr.spec.Phases[0].MissedDoses = []protocol.MissedDose{{From: 36, Then: protocol.AskPrescriber}}
			tr.spec.Phases[0].Window = &protocol.Window{Before: 14, After: 14}
		}, change: func(_ *testing.T, tr *treatment) bool {
			i := 1 + tr.IntN(len(tr.record.Given)-1)
			tr.record.Given[i].Date = tr.record.Given[i-1].Date + date.Date(36+tr.IntN(5))
			return tr.isOpen(tr.record.Given[i].Date)
		}},
		{code: schedule.MissedDoseDue, cadences: []string{"every 4w x6"}, with: func(tr *treatment) {
			tr.spec.Drug = "examplamine"
			tr.spec.Phases[0].MissedDoses = []protocol.MissedDose{{From: 36, Then: protocol.AskPrescriber}}
			tr.request.GivenBefore = []schedule.GivenBefore{{Date: tr.request.Start - 28, Drug: "examplamine", Dose: dose.MustMass("30 mg")}}
		}, event: func(tr *treatment) (date.Date, schedule.Happening) {
			return tr.record.Start, schedule.Shifted{Session: tr.session(0).ID(), Weeks: 2}
		}},
		{code: schedule.LevelMissing, cadences: []string{"2/wk x2", "3-3", "1/wk x4"}, with: func(tr *treatment) {
			esketamine(protocol.ClimbFree, protocol.FollowsLastGiven)(tr)
			twoPhases(tr)
			tr.spec.Phases[1].Dose = dose.MustRule("28 mg, or 84 mg")
		}, change: func(_ *testing.T, tr *treatment) bool {
			last := 0
			for i, s := range tr.plan.All() {
				if s.Phase() == "all" {
					last = i
				}
			}
			tr.record.Given[last].Dose = dose.MustMass("56 mg")
			return true
		}},
		{code: schedule.LevelMissing, cadences: []string{"2/wk x2", "3-3", "1/wk x4"}, with: func(tr *treatment) {
			esketamine(protocol.ClimbFree, protocol.FollowsRule)(tr)
			twoPhases(tr)
			tr.spec.Phases[1].Dose = dose.MustRule("28 mg, or 84 mg")
		}, event: func(tr *treatment) (date.Date, schedule.Happening) {
			return tr.record.Start, schedule.DoseChosen{Session: tr.session(1).ID(), Level: dose.MustLevel("56 mg"), Who: "dr-1"}
		}},
		{code: schedule.StepPassedOver, with: esketamine(protocol.ClimbFree, protocol.FollowsLastGiven), change: func(t *testing.T, tr *treatment) bool {
			return otherwise(t, tr, func(p *protocol.Phase) {
				p.Steps = []protocol.Step{{From: 2 + tr.IntN(3), Dose: dose.MustRule("56 mg")}}
			})
		}},
		{code: schedule.AdministrationLonger, cadences: []string{"1"}, with: func(tr *treatment) {
			product, _ := dose.ProductNamed("ketamine 50 mg/mL")
			tr.spec.Phases[0].Preparation = dose.Preparation{
				Product: product, Route: dose.Intravenous, Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")), During: dose.MustDuration("40 min"),
				Graduation: dose.MustGraduation("0.01 mL half up"),
			}
		}, change: func(t *testing.T, tr *treatment) bool {
			return otherwise(t, tr, func(p *protocol.Phase) {
				p.Preparation.Pump = dose.MustPumpSetting([]string{"10 mL/h down", "4 mL/h down"}[tr.IntN(2)])
			})
		}},
		{code: schedule.DoseUnknown, cadences: []string{"2/wk x4", "3-3", "1/wk x3"}, with: func(tr *treatment) {
			second := tr.spec.Phases[0]
			second.Name, second.Cadence = "second", protocol.MustCadence("1")
			second.Dose = dose.MustRule("0.5 mg/kg of ideal weight, below 60 in linear, where ideal exceeds actual ideal, round 0.1 mg half up, hard max 80 mg")
			tr.spec.Phases = append(tr.spec.Phases, second)
			tr.request.Height, tr.request.Sex = dose.MustHeight("160 cm"), dose.Female
		}, change: func(_ *testing.T, tr *treatment) bool {
			tr.record.Height = dose.Height{}
			return true
		}},
		{code: schedule.CumulativeSoft, cadences: threes, with: cumulative(dose.Limit[dose.Mass]{SoftMax: dose.MustMass("91 mg")}), change: fullest},
		{code: schedule.CumulativeHard, cadences: threes, with: cumulative(dose.Limit[dose.Mass]{HardMax: dose.MustMass("91 mg")}), change: fullest},
		{code: schedule.CumulativeSoft, cadences: []string{"3-3", "3/wk x4"}, with: cumulative(dose.Limit[dose.Mass]{SoftMin: dose.MustMass("90 mg")}), change: emptiest},
		{code: schedule.CumulativeHard, cadences: []string{"3-3", "3/wk x4"}, with: cumulative(dose.Limit[dose.Mass]{HardMin: dose.MustMass("90 mg")}), change: emptiest},
	}
}

func planPerturbations() []perturbation {
	// shut closes the clinic on all days of the window of a session.
	shut := func(_ *testing.T, tr *treatment) bool {
		s := tr.session(1 + tr.IntN(tr.plan.Len()-1))
		for d := s.Earliest(); d <= s.Latest(); d++ {
			tr.close(d)
		}
		return true
	}
	with := func(policy schedule.ShortWeek) func(*treatment) {
		return func(tr *treatment) { tr.request.ShortWeek = policy }
	}
	return []perturbation{
		{code: schedule.LeftOut, cadences: []string{"every 4w x6", "every 2w x6", "1/wk x6"}, with: with(schedule.Drop), request: shut},
		{code: schedule.LaterWeeks, cadences: []string{"every 4w x6", "every 2w x6"}, with: with(schedule.Postpone), request: shut},
		{code: schedule.LongerSegment, cadences: []string{"2/wk x3", "3/wk x3"}, with: func(tr *treatment) {
			everyDayOpen(tr)
			tr.request.ShortWeek = schedule.Carry
		}, request: func(_ *testing.T, tr *treatment) bool {
			week := tr.record.Start + 7*date.Date(1+tr.IntN(2))
			for d := range date.Date(7) {
				tr.close(week + d)
			}
			return true
		}},
		{code: schedule.CompanionMissing, cadences: []string{"every 4w x6", "1/wk x6"}, with: func(tr *treatment) {
			everyDayOpen(tr)
			tr.spec.Phases[0].Companions = []protocol.Companion{{Name: "call", From: 1, To: 1}}
		}, request: func(_ *testing.T, tr *treatment) bool {
			tr.close(tr.any().Date + 1)
			return true
		}},
		{code: schedule.FollowUpMissing, cadences: []string{"every 4w x6", "1/wk x6", "2/wk x4"}, with: func(tr *treatment) {
			everyDayOpen(tr)
			tr.spec.FollowUps = []protocol.FollowUpVisit{{Name: "review", Days: []int{7, 28}}}
		}, request: func(_ *testing.T, tr *treatment) bool {
			tr.close(tr.last().Date + []date.Date{7, 28}[tr.IntN(2)])
			return true
		}},
		{code: schedule.MonitoringMissing, cadences: []string{"every 4w x6", "every 2w x8"}, with: func(tr *treatment) {
			everyDayOpen(tr)
			tr.spec.Monitoring = []protocol.Monitoring{{Name: "count", Cadence: protocol.MustCadence("every 1w x6"), Window: new(protocol.Window)}}
		}, request: func(_ *testing.T, tr *treatment) bool {
			tr.close(tr.request.Start + 7*date.Date(1+2*tr.IntN(3))) // no session is on it
			return true
		}},
	}
}

// counted gives a treatment a blood count, from a week on, that sessions from the second
// on need.
func counted(cadence string) func(tr *treatment) {
	return func(tr *treatment) {
		everyDayOpen(tr)
		tr.spec.Monitoring = []protocol.Monitoring{{
			Name: "count", Cadence: protocol.MustCadence(cadence), Before: []protocol.ResultNeeded{{From: 2, Within: 3650}},
		}}
	}
}

// countOf returns the first blood count of a treatment.
func countOf(tr *treatment) schedule.OtherVisit {
	for v := range tr.plan.OtherVisits() {
		if v.Role == schedule.RoleMonitoring {
			return v
		}
	}
	return schedule.OtherVisit{}
}

// after returns the plan after an event.
func (tr *treatment) after(t *testing.T, event func(*treatment) (date.Date, schedule.Happening)) *schedule.Plan {
	t.Helper()
	d, what := event(tr)
	r := tr.request
	r.AsOf = noon(r.Start.String())
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	plan, err = plan.Apply(schedule.Event{ID: "event", What: what}, noon(d.String()))
	require.NoError(t, err)
	return plan
}

func livingPerturbations() []perturbation {
	return []perturbation{
		{code: schedule.DayLost, event: func(tr *treatment) (date.Date, schedule.Happening) {
			d := tr.session(1 + tr.IntN(tr.plan.Len()-1)).Date() // a closed first day has a finding of its own
			if tr.IntN(2) == 0 {
				return tr.plan.Start(), schedule.PatientAway{From: d}
			}
			return tr.plan.Start(), schedule.ClinicClosed{From: d, Reason: "burst pipe"}
		}},
		{code: schedule.DecidedOutside, event: func(tr *treatment) (date.Date, schedule.Happening) {
			s := tr.session(tr.plan.Len() - 1)
			d := s.Latest() + 1
			for !tr.isOpen(d) {
				d++
			}
			return tr.plan.Start(), schedule.Moved{Session: s.ID(), Date: d, Reason: "exam", Who: "a clinician"}
		}},
		{code: schedule.HorizonNear, cadences: []string{"every 1w", "every 3w"}, with: func(tr *treatment) { tr.request.Until = tr.request.Start + 50 }, event: func(tr *treatment) (date.Date, schedule.Happening) {
			return tr.plan.Start(), schedule.Extended{Until: tr.plan.Start(), Reason: "moves away"}
		}},
		{code: schedule.MonitoringOverdue, cadences: []string{"every 4w x6"}, with: counted("1"), event: func(tr *treatment) (date.Date, schedule.Happening) {
			d := tr.session(1).Date() + date.Date(1+tr.IntN(20))
			return d, schedule.PatientAway{From: d + 1}
		}},
		{code: schedule.ResultPending, with: counted("every 1w x1 from week 200"), event: func(tr *treatment) (date.Date, schedule.Happening) {
			return tr.session(2).Date(), schedule.PatientAway{From: tr.session(2).Date() + 1}
		}},
		{code: schedule.ResultMissing, with: counted("every 1w x1 from week 200"), event: func(tr *treatment) (date.Date, schedule.Happening) {
			s := tr.session(2)
			return s.Date(), schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose()}
		}},
		{code: schedule.ResultNotOK, with: counted("1"), event: func(tr *treatment) (date.Date, schedule.Happening) {
			count := countOf(tr)
			return tr.session(2).Date(), schedule.VisitDone{Visit: count.ID, Date: count.Date, Verdict: schedule.VerdictNotOK}
		}},
		{code: schedule.NothingGiven, event: func(tr *treatment) (date.Date, schedule.Happening) {
			s := tr.session(1)
			return s.Date(), schedule.Given{Session: s.ID(), Date: s.Date(), Nothing: true, Reason: "blood pressure", Who: "a clinician"}
		}},
		{code: schedule.DoseMissing, event: func(tr *treatment) (date.Date, schedule.Happening) {
			s := tr.session(1)
			return s.Date(), schedule.Given{Session: s.ID(), Date: s.Date()}
		}},
		{code: schedule.NoDose, with: func(tr *treatment) {
			tr.request.Weighings[0].Weight = dose.MustWeight("70 kg")
			tr.spec.Phases[0].Dose = dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 36 mg")
		}, event: func(tr *treatment) (date.Date, schedule.Happening) {
			d := tr.session(tr.plan.Len() - 1).Date()
			return d, schedule.Weighed{Date: d, Weight: dose.MustWeight("73 kg")}
		}},
	}
}
