package fhir_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// A plan as a Bundle for another system. Check judges what no reader of FHIR can: that
// texts, numbers and codes say the same.
func ExampleNewBundle() {
	prescribed, err := protocol.Spec{
		ID: "example", Version: "1", Drug: "ketamine", Route: "intravenous",
		Phases: []protocol.Phase{{
			Name: "series", Cadence: protocol.MustCadence("2/wk x1"), MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute},
			Dose: dose.MustRule("0.5 mg/kg of actual weight, round 1 mg half up, hard max 60 mg"),
		}},
	}.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Thursday)})
	if err != nil {
		fmt.Println(err)
		return
	}
	start := schedule.MustDate("2025-01-06")
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: office, Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("82 kg")}},
		Key: schedule.Key{0: 1}, AsOf: time.Date(2025, 1, 6, 7, 0, 0, 0, time.UTC),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	bundle, err := fhir.NewBundle(plan, fhir.Export{Subject: fhir.Reference{Reference: "Patient/p1"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("found:", fhir.Check(bundle))
	text, err := json.Marshal(bundle)
	if err != nil {
		fmt.Println(err)
		return
	}
	var read struct {
		Entry []struct {
			Resource struct{ ResourceType, Status, Start string }
		}
	}
	if err := json.Unmarshal(text, &read); err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range read.Entry {
		fmt.Println(strings.TrimSpace(e.Resource.ResourceType + " " + e.Resource.Status + " " + e.Resource.Start))
	}
	// Output:
	// found: []
	// CarePlan draft
	// Observation final
	// MedicationRequest draft
	// Appointment proposed 2025-01-06T08:00:00Z
	// Appointment proposed 2025-01-09T08:00:00Z
}
