package stateful_test

import (
	"time"

	"pgregory.net/rapid"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// drawBeside draws the medicines beside the drug of a phase: most often none.
func drawBeside(t *rapid.T) []protocol.Medicine {
	if rapid.IntRange(0, 2).Draw(t, "beside") > 0 {
		return nil
	}
	list := []protocol.Medicine{
		{
			Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg, or 4 mg, soft max 8 mg, hard max 16 mg"), From: protocol.AdministrationStart, At: -30 * time.Minute,
			Cumulative: []protocol.CumulativeLimit{{
				Per:   rapid.SampledFrom([]protocol.Period{protocol.PerDay, protocol.PerWeek, protocol.PerPlan}).Draw(t, "period"),
				Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("24 mg"), HardMax: dose.MustMass("400 mg")},
			}},
		},
		{Name: "saline", Dose: dose.MustRule("450 mg"), Administration: time.Hour, From: protocol.AdministrationEnd, Sessions: []int{1}},
		{Name: "metoclopramide", Dose: dose.MustRule("0.1 mg/kg of actual weight, round 1 mg half up, hard max 20 mg"), Condition: "nausea"},
	}
	return list[:rapid.IntRange(1, len(list)).Draw(t, "medicines")]
}

// besideGiven draws what was given beside a drug, some of it wrong.
func (s *treatment) besideGiven() (list []schedule.MedicineGiven) {
	for range rapid.IntRange(0, 3).Draw(s.T, "beside") {
		m := schedule.MedicineGiven{
			Name: s.text("ondansetron", "Saline ", "metoclopramide", "drawn", "unheard of", ""), Dose: s.dose(), Reason: s.text("", "vomited"), Who: s.text("", "attending"),
		}
		switch {
		case s.rarely(4):
			m.Dose, m.NotGiven = dose.Mass{}, true
		case s.rarely(6):
			m.NotGiven = true
		}
		if s.rarely(3) {
			m.Start = s.clock()
		}
		if s.rarely(6) {
			m.Date = s.day(-10, 1)
		}
		list = append(list, m)
	}
	return list
}
