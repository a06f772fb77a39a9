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

// several is a plan of doses in parts with medicines beside them and blood counts, from
// Monday 2026-03-02 for 72 kg, in a clinic that is open from Monday to Friday.
func several(t *testing.T) *schedule.Plan {
	t.Helper()
	src, err := os.ReadFile("../../testdata/outputs/protocol.json")
	require.NoError(t, err)
	spec, err := protocol.Parse("protocol.json", src)
	require.NoError(t, err)
	p, err := spec.Compile()
	require.NoError(t, err)
	opening, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)})
	require.NoError(t, err)
	plan, err := schedule.Build(schedule.Request{
		Protocol: p, Start: schedule.MustDate("2026-03-02"), Opening: opening, Key: schedule.Key{4}, AsOf: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
		Weighings: []schedule.Weighing{{Date: schedule.MustDate("2026-03-01"), Weight: dose.MustWeight("72 kg")}},
	})
	require.NoError(t, err)
	return plan
}

// told applies entries in the evenings of days of March 2026.
func told(t *testing.T, plan *schedule.Plan, day int, what schedule.Happening) *schedule.Plan {
	t.Helper()
	plan, err := plan.Apply(schedule.Event{ID: "e" + string(rune('a'+plan.Revision())), What: what}, time.Date(2026, 3, day, 18, plan.Revision(), 0, 0, time.UTC))
	require.NoError(t, err)
	return plan
}

func given(b *fhir.Bundle) (list []string) {
	for _, a := range resources[*fhir.MedicationAdministration](b) {
		when := a.EffectiveDateTime
		if p := a.EffectivePeriod; p != nil {
			when = p.Start + "/" + p.End
		}
		text := a.Medication.Text + " " + a.Status + " " + when
		if a.Dosage != nil {
			text += " " + a.Dosage.Text + " [" + a.Dosage.Dose.Value.String() + " " + a.Dosage.Dose.Code + "]"
		}
		list = append(list, text)
	}
	return list
}

// What was given of a dose in parts is a record for each part where the amounts are known,
// and one of the whole where they are not: never both, and what does not hold any more is
// taken back.
func TestBundlesOfParts(t *testing.T) {
	plan := several(t)
	first, _ := plan.At(1)
	monday := schedule.MustDate("2026-03-02")
	clock := func(s string) clinic.TimeOfDay { return clinic.MustHours(s + "-23:59").From }
	mg := dose.MustMass
	whole := schedule.Given{Session: first.ID(), Date: monday, Dose: mg("52 mg"), Reason: "stopped", Who: "dr-2"}
	plan = told(t, plan, 2, whole)
	b := bundleOf(t, plan, fhir.Export{})
	assert.Equal(t, []string{"examplamine completed 2026-03-02 52 mg intravenous [52 mg]"}, given(b))

	parts := whole
	parts.Parts = []schedule.GivenPart{
		{Name: "bolus", Dose: mg("7 mg"), Start: clock("09:02")},
		{Name: "first rate", Dose: mg("20 mg"), Start: clock("09:10"), End: clock("10:10")},
		{Name: "second rate", Dose: mg("25 mg"), Start: clock("10:20"), During: dose.MustDuration("38 min")},
		{Name: "extra", Nothing: true},
	}
	parts.Beside = []schedule.MedicineGiven{{Name: "examplafentanil", Dose: mg("20 mcg"), Start: clock("10:58")}}
	plan = told(t, plan, 2, schedule.Corrected{Of: "ea", Instead: parts, Reason: "the parts were on paper", Who: "nurse-1"})
	b = bundleOf(t, plan, fhir.Export{})
	assert.Empty(t, fhir.Check(b))
	want := []string{
		"examplafentanil completed 2026-03-02T10:58:00Z 20 mcg intravenous [20 ug]",
		"examplamine completed 2026-03-02T09:02:00Z 7 mg intravenous as bolus [7 mg]",
		"examplamine completed 2026-03-02T09:10:00Z/2026-03-02T10:10:00Z 20 mg intravenous as first rate [20 mg]",
		"examplamine completed 2026-03-02T10:20:00Z/2026-03-02T10:58:00Z 25 mg intravenous over 38 minutes as second rate [25 mg]",
		"examplamine not-done 2026-03-02",
		"examplamine entered-in-error 2026-03-02 52 mg intravenous [52 mg]",
	}
	assert.Equal(t, want, given(b))
	outcomes := resources[*fhir.CarePlan](b)[0].Activity
	for _, a := range outcomes {
		if len(a.OutcomeReference) > 0 {
			assert.Len(t, a.OutcomeReference, 4, "each part")
		}
	}
	keep(t, "parts", b)

	// Read back it is the same, and a plan that says nothing new sends nothing.
	assert.Empty(t, bundleOf(t, plan, fhir.Export{Since: plan}).Entry)

	open := parts
	open.Dose, open.Parts, open.Beside = mg("52 mg"), []schedule.GivenPart{{Name: "bolus", Dose: mg("7 mg")}, {Name: "first rate"}}, nil
	plan = told(t, plan, 2, schedule.Corrected{Of: "ea", Instead: open, Reason: "not legible", Who: "nurse-1"})
	list := given(bundleOf(t, plan, fhir.Export{}))
	assert.Contains(t, list, "examplamine completed 2026-03-02 52 mg intravenous: bolus 7 mg, first rate [52 mg]")
	assert.Contains(t, list, "examplamine entered-in-error 2026-03-02T09:02:00Z 7 mg intravenous as bolus [7 mg]")
	assert.Len(t, list, 6)
}

// The result of a visit of a monitoring is a Task, which the session that needs it refers to
// as long as it is not known.
func TestBundlesOfMonitoring(t *testing.T) {
	plan := several(t)
	count := func(n int) (o schedule.OtherVisit) {
		for v := range plan.OtherVisits() {
			if v.Name == "blood count" && v.Number == n {
				o = v
			}
		}
		return o
	}
	task := func(b *fhir.Bundle, on string) *fhir.Task {
		t.Helper()
		for _, task := range resources[*fhir.Task](b) {
			if task.Description == "Know the result: blood count" && task.Restriction.Period.End == on {
				return task
			}
		}
		t.Fatalf("no Task for %s", on)
		return nil
	}
	waits := func(b *fhir.Bundle, on string) (list []string) {
		for _, a := range resources[*fhir.Appointment](b) {
			if len(a.Start) > 10 && a.Start[:10] == on {
				for _, r := range a.SupportingInformation {
					list = append(list, r.Reference)
				}
			}
		}
		return list
	}
	b := bundleOf(t, plan, fhir.Export{})
	assert.Len(t, resources[*fhir.Task](b), 14+3, "blood counts and questionnaires")
	friday := task(b, "2026-03-06")
	assert.Equal(t, "requested plan", friday.Status+" "+friday.Intent)
	assert.Contains(t, waits(b, "2026-03-09"), friday.Identifier[0].Value, "the second session needs the count of the Friday before")
	assert.NotContains(t, waits(b, "2026-03-16"), friday.Identifier[0].Value)
	assert.Len(t, waits(b, "2026-03-02"), 1, "the first needs none: only its request")

	plan = told(t, plan, 6, schedule.VisitDone{Visit: count(1).ID, Date: count(1).Date, Result: "neutrophils 2.1", Verdict: schedule.VerdictOK})
	b = bundleOf(t, plan, fhir.Export{})
	done := task(b, "2026-03-06")
	assert.Equal(t, friday.Identifier, done.Identifier)
	assert.Equal(t, "completed", done.Status)
	var output []string
	for _, o := range done.Output {
		output = append(output, o.Type.Text+" "+o.ValueString)
	}
	assert.Equal(t, []string{"result neutrophils 2.1", "verdict ok"}, output)
	assert.Len(t, waits(b, "2026-03-09"), 1, "it is known")

	plan = told(t, plan, 13, schedule.VisitDone{Visit: count(2).ID, Date: count(2).Date, Verdict: schedule.VerdictNotOK})
	plan = told(t, plan, 23, schedule.VisitMissed{Visit: count(3).ID, Reason: "away"})
	b = bundleOf(t, plan, fhir.Export{})
	assert.Contains(t, waits(b, "2026-03-16"), task(b, "2026-03-13").Identifier[0].Value, "known, and not ok")
	assert.Equal(t, "cancelled", task(b, "2026-03-20").Status)
	assert.Empty(t, fhir.Check(b))
	keep(t, "monitoring", b)
	assert.Empty(t, bundleOf(t, plan, fhir.Export{Since: plan}).Entry)
}
