package fhir_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// Medicines beside the drug, given, not given, entered wrongly and to come, are in a Bundle
// that readers from outside are shown too.
func TestBundlesOfMedicinesBeside(t *testing.T) {
	src, err := os.ReadFile("../../protocol/testdata/beside/gemcitabine-carboplatin-q21.json")
	require.NoError(t, err)
	spec, err := protocol.Parse("beside.json", src)
	require.NoError(t, err)
	p, err := spec.Compile()
	require.NoError(t, err)
	opening, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)})
	require.NoError(t, err)
	first := schedule.MustDate("2026-03-02")
	plan, err := schedule.Build(schedule.Request{
		Protocol: p, Start: first, Opening: opening, Key: schedule.Key{3}, AsOf: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
		Weighings: []schedule.Weighing{{Date: first - 1, Weight: dose.MustWeight("72 kg")}}, Height: dose.MustHeight("162 cm"),
	})
	require.NoError(t, err)
	session, _ := plan.At(1)
	given := schedule.Given{Session: session.ID(), Date: first, Dose: dose.MustMass("1800 mg"), Beside: []schedule.MedicineGiven{
		{Name: "ondansetron", NotGiven: true, Reason: "refused it"},
		{Name: "carboplatin", Dose: dose.MustMass("450 mg"), Start: clinic.MustHours("10:45-11:45").From, During: dose.MustDuration("60 min")},
		{Name: "metoclopramide", Dose: dose.MustMass("10 mg")},
	}}
	right := given
	right.Beside = given.Beside[:2]
	for i, what := range []schedule.Happening{given, schedule.Corrected{Of: "a", Instead: right, Reason: "another patient", Who: "ward 2"}} {
		plan, err = plan.Apply(schedule.Event{ID: string(rune('a' + i)), What: what}, time.Date(2026, 3, 2, 18+i, 0, 0, 0, time.UTC))
		require.NoError(t, err)
	}
	b := bundleOf(t, plan, fhir.Export{Medication: fhir.ConfirmedMedication, Route: fhir.ConfirmedRoute})
	assert.Empty(t, fhir.Check(b))
	assert.Len(t, resources[*fhir.MedicationRequest](b), 4)
	assert.Len(t, resources[*fhir.MedicationAdministration](b), 4)
	assert.Empty(t, bundleOf(t, plan, fhir.Export{Medication: fhir.ConfirmedMedication, Route: fhir.ConfirmedRoute, Since: plan}).Entry)
	keep(t, "beside", b)
}
