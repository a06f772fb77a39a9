package schedule_test

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// withBeside gives a treatment a premedication whose sum has limits that the plan keeps
// to, a second drug, and one as needed.
func withBeside(tr *treatment) {
	day := dose.MustRule("1 mg, soft max 12 mg, hard max 20 mg").Limits.Dose
	tr.spec.Phases[0].Visit.Preparation = time.Hour
	tr.spec.Phases[0].Beside = []protocol.Medicine{
		{
			Name: "ondansetron", Dose: dose.MustRule("8 mg, soft max 10 mg, hard max 16 mg"), From: protocol.AdministrationStart, At: -30 * time.Minute,
			Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerDay, Limit: day}},
		},
		{Name: "dexamethasone", Dose: dose.MustRule("0.1 mg/kg of actual weight, or 4 mg, round 1 mg half up, soft max 10 mg, hard max 10 mg"), Administration: 15 * time.Minute, From: protocol.Arrival},
		{
			Name: "metoclopramide", Dose: dose.MustRule("10 mg"), Condition: "nausea",
			Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerDay, Limit: dose.MustRule("1 mg, soft max 15 mg, hard max 25 mg").Limits.Dose}},
		},
	}
}

// besidePerturbations change one thing of what was given beside a drug.
func besidePerturbations() []perturbation {
	entry := func(change func(tr *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven) func(*testing.T, *treatment) bool {
		return func(_ *testing.T, tr *treatment) bool {
			g := tr.any()
			g.Beside = change(tr, g.Beside)
			return true
		}
	}
	mg := dose.MustMass
	// again gives what is as needed several times, so that only the sum of the day is too much.
	again := func(times int) func(*treatment, []schedule.MedicineGiven) []schedule.MedicineGiven {
		return func(_ *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven {
			for range times {
				list = append(list, schedule.MedicineGiven{Name: "Metoclopramide", Dose: mg("10 mg")})
			}
			return list
		}
	}
	return []perturbation{
		{code: schedule.BesideNotGiven, with: withBeside, change: entry(func(tr *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven {
			at := tr.IntN(len(list))
			if tr.IntN(2) == 0 {
				return append(list[:at], list[at+1:]...)
			}
			list[at] = schedule.MedicineGiven{Name: list[at].Name, NotGiven: true, Reason: "refused it"}
			return list
		})},
		{code: schedule.BesideUnexpected, with: withBeside, change: entry(func(_ *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven {
			return append(list, schedule.MedicineGiven{Name: "paracetamol", Dose: mg("500 mg")})
		})},
		{code: schedule.BesideDoseMissing, with: withBeside, change: entry(func(tr *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven {
			list[tr.IntN(len(list))].Dose = dose.Mass{}
			return list
		})},
		{code: schedule.BesideDoseDiffers, with: withBeside, change: entry(func(_ *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven {
			list[0].Dose = mg("2 mg")
			return list
		})},
		{code: schedule.BesideSoftLimit, with: withBeside, change: entry(func(_ *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven {
			list[1] = schedule.MedicineGiven{Name: "Ondansetron ", Dose: mg("11 mg"), Reason: "vomited", Who: "a clinician"}
			return list
		})},
		{code: schedule.BesideHardLimit, with: withBeside, change: entry(func(_ *treatment, list []schedule.MedicineGiven) []schedule.MedicineGiven {
			list[0] = schedule.MedicineGiven{Name: "dexamethasone", Dose: mg("11 mg"), Reason: "swelling", Who: "a clinician"}
			return list
		})},
		{code: schedule.BesideSoftLimit, with: withBeside, change: entry(again(2))},
		{code: schedule.BesideHardLimit, with: withBeside, change: entry(again(3))},
		{code: schedule.BesideNoDose, with: func(tr *treatment) {
			withBeside(tr)
			tr.request.Weighings[0].Weight = dose.MustWeight("70 kg")
		}, event: func(tr *treatment) (date.Date, schedule.Happening) {
			d := tr.session(tr.plan.Len() - 1).Date()
			return d, schedule.Weighed{Date: d, Weight: dose.MustWeight("118 kg")}
		}},
	}
}
