package schedule_test

import (
	"testing"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// notionSeed returns a plan with every notion to which something of each has happened, for
// fuzzing to begin with.
func notionSeed() *schedule.Plan {
	t := &testing.T{}
	r := request(compiled(t, everyNotion()), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("72 kg")}}
	s := living(t, r)
	s.on("2025-01-07", schedule.Given{
		Session: s.id(1), Date: day("2025-01-06"),
		Parts: []schedule.GivenPart{{Name: "bolus", Dose: dose.MustMass("36 mg"), Start: clock(t, "09:00"), End: clock(t, "09:10")}, {Name: "infusion", Nothing: true}},
		Beside: []schedule.MedicineGiven{
			{Name: "ondansetron", Dose: dose.MustMass("8 mg"), Start: clock(t, "08:30"), During: dose.MustDuration("1 min")},
			{Name: "metoclopramide", NotGiven: true, Reason: "no nausea", Who: "nurse"},
			{Name: "saline", Date: day("2025-01-07"), Dose: dose.MustMass("450 mg")},
		},
		Reason: "a rash", Who: "Dr. Example",
	})
	for v := range s.plan.OtherVisits() {
		if v.Role == schedule.RoleMonitoring && v.Date == day("2025-01-06") {
			s.on("2025-01-07", schedule.VisitDone{Visit: v.ID, Date: v.Date, Result: "2.1 G/l", Verdict: schedule.VerdictNotOK})
			break
		}
	}
	s.on("2025-01-13", schedule.Missed{Session: s.id(2)})
	s.on("2025-01-14", schedule.Corrected{
		Of: "e1", Instead: schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("96 mg"), Beside: []schedule.MedicineGiven{{Name: "Ondansetron"}}},
		Reason: "mistyped", Who: "desk",
	})
	return s.plan
}
