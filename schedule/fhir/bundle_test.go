package fhir_test

import (
	"encoding/json"
	"strings"
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

// taper is IV ketamine 3-2-1 and a gate before every two weeks, for 71.3 kg, in New
// York from Mon 2 March 2026: the clocks change on the 8th.
func taper(t *testing.T) *schedule.Plan {
	t.Helper()
	visit := protocol.Visit{Kind: protocol.Dosing, Preparation: 10 * time.Minute, Administration: 40 * time.Minute, Observation: 110 * time.Minute}
	rule := dose.MustRule("0.5 mg/kg of actual weight, hard max 60 mg")
	spec := protocol.Spec{
		ID: "taper", Version: "1", Drug: "ketamine", Route: "intravenous infusion",
		Phases: []protocol.Phase{
			{Name: "induction", Cadence: protocol.MustCadence("3-2-1"), MinGap: 2, Visit: visit, Dose: rule},
			{Name: "maintenance", Cadence: protocol.MustCadence("every 2w x3"), MinGap: 7, Visit: visit, Dose: rule},
		},
		Gates:     []protocol.Gate{{Name: "benefit", Phase: "induction", Assess: "response"}},
		FollowUps: []protocol.FollowUpVisit{{Name: "check", Days: []int{28}, Window: protocol.Window{Before: 3, After: 3}, Visit: protocol.Visit{Kind: protocol.Assessment, Observation: 30 * time.Minute}}},
	}
	p, err := spec.Compile()
	require.NoError(t, err)
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("09:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)})
	require.NoError(t, err)
	plan, err := schedule.Build(schedule.Request{
		Protocol: p, Start: schedule.MustDate("2026-03-02"), Opening: office, Key: schedule.Key{7}, AsOf: time.Date(2026, 3, 1, 14, 0, 0, 0, time.UTC),
		Weighings: []schedule.Weighing{{Date: schedule.MustDate("2026-03-01"), Weight: dose.MustWeight("71.3 kg")}},
	})
	require.NoError(t, err)
	return plan
}

// then applies what happened, one event a day from 2 March on.
func then(t *testing.T, p *schedule.Plan, what ...schedule.Happening) *schedule.Plan {
	t.Helper()
	for i, happening := range what {
		next, err := p.Apply(schedule.Event{ID: "e" + string(rune('a'+i)) + p.AsOf().Format("150405.0102"), What: happening}, p.AsOf().Add(26*time.Hour))
		require.NoError(t, err)
		p = next
	}
	return p
}

func bundleOf(t *testing.T, p *schedule.Plan, o fhir.Export) *fhir.Bundle {
	t.Helper()
	if o.Subject.Reference == "" {
		o.Subject = fhir.Reference{Reference: "Patient/p1"}
	}
	b, err := fhir.NewBundle(p, o)
	require.NoError(t, err)
	assert.Empty(t, fhir.Check(b))
	src, err := json.Marshal(b)
	require.NoError(t, err)
	read, err := fhir.ParseBundle(src)
	require.NoError(t, err)
	again, err := json.Marshal(read)
	require.NoError(t, err)
	assert.JSONEq(t, string(src), string(again), "what is written is read")
	return b
}

// resources returns those of one type.
func resources[R any](b *fhir.Bundle) (list []R) {
	for _, e := range b.Entry {
		if r, ok := e.Resource.(R); ok {
			list = append(list, r)
		}
	}
	return list
}

func id(p *schedule.Plan, ordinal int) schedule.ID {
	s, _ := p.At(ordinal)
	return s.ID()
}

func TestBundleOfPlan(t *testing.T) {
	b := bundleOf(t, taper(t), fhir.Export{})
	assert.Equal(t, "2026-03-01T09:00:00-05:00", b.Timestamp)

	requests := resources[*fhir.MedicationRequest](b)
	require.Len(t, requests, 2)
	induction := requests[0]
	assert.Equal(t, "draft plan", induction.Status+" "+induction.Intent)
	var texts []string
	for _, d := range induction.DosageInstruction {
		texts = append(texts, d.Text)
	}
	assert.Equal(t, []string{
		"35.65 mg (0.5 mg/kg of 71.3 kg) intravenous infusion over 40 minutes on Monday, Wednesday and Friday for 1 week from 2026-03-02, 3 sessions. Maximum 60 mg per session.",
		"35.65 mg (0.5 mg/kg of 71.3 kg) intravenous infusion over 40 minutes on Monday and Thursday for 1 week from 2026-03-09, 2 sessions. Maximum 60 mg per session.",
		"35.65 mg (0.5 mg/kg of 71.3 kg) intravenous infusion over 40 minutes on Monday 2026-03-16, 1 session. Maximum 60 mg per session.",
	}, texts)
	first, err := json.Marshal(induction.DosageInstruction[0])
	require.NoError(t, err)
	const mg = `"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}`
	assert.JSONEq(t, `{"sequence":1,"text":"`+texts[0]+`",
		"timing":{"repeat":{"boundsPeriod":{"start":"2026-03-02","end":"2026-03-08"},"count":3,"frequency":3,"period":1,"periodUnit":"wk"}},
		"route":{"text":"intravenous infusion"},
		"doseAndRate":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/dose-rate-type","code":"calculated","display":"Calculated"}]},
			"doseQuantity":{"value":35.65,`+mg+`,
			"rateRatio":{"numerator":{"value":35.65,`+mg+`,"denominator":{"value":40,"unit":"min","system":"http://unitsofmeasure.org","code":"min"}}}],
		"maxDosePerAdministration":{"value":60,`+mg+`}`, string(first))

	visits := resources[*fhir.Appointment](b)
	require.Len(t, visits, 6+3+1, "nine sessions and a follow-up")
	assert.Equal(t, "proposed 2026-03-02T09:00:00-05:00 2026-03-02T11:40:00-05:00", visits[0].Status+" "+visits[0].Start+" "+visits[0].End)
	assert.Equal(t, "2026-03-09T09:00:00-04:00", visits[3].Start, "summer time")
	assert.Equal(t, "tentative", visits[6].Participant[0].Status, "after a gate at which nothing was decided")
	plan := taper(t)
	s, _ := plan.At(1)
	assert.Equal(t, s.ID().String(), visits[0].Identifier[1].Value, "the UID of the calendar")

	weights := resources[*fhir.Observation](b)
	require.Len(t, weights, 1)
	assert.Equal(t, "71.3", weights[0].ValueQuantity.Value.String())
	tasks := resources[*fhir.Task](b)
	require.Len(t, tasks, 1)
	assert.Equal(t, "requested 2026-03-16", tasks[0].Status+" "+tasks[0].Restriction.Period.End)
	care := resources[*fhir.CarePlan](b)[0]
	assert.Len(t, care.Activity, 2+10+1)
	assert.Equal(t, fhir.Period{Start: "2026-03-02", End: "2026-04-27"}, *care.Period)
}

// What became of sessions, state by state.
func TestBundleStates(t *testing.T) {
	p := taper(t)
	at := func(s string) clinic.TimeOfDay {
		t.Helper()
		time, err := clinic.ParseTimeOfDay(s)
		require.NoError(t, err)
		return time
	}
	p = then(t, p,
		schedule.Given{Session: id(p, 1), Date: schedule.MustDate("2026-03-02"), Start: at("09:05"), End: at("09:50"), Dose: dose.MustMass("30 mg"), During: dose.MustDuration("35 min"), Reason: "stopped early", Who: "nurse-1"},
		schedule.Held{Session: id(p, 2), Reason: "infection"},
		schedule.Resumed{Reason: "well"},
	)
	b := bundleOf(t, p, fhir.Export{Agreed: func(schedule.ID) bool { return true }, Active: true})
	visit := resources[*fhir.Appointment](b)[0]
	assert.Equal(t, "fulfilled 2026-03-02T09:05:00-05:00 2026-03-02T09:50:00-05:00 accepted", visit.Status+" "+visit.Start+" "+visit.End+" "+visit.Participant[0].Status)
	given := resources[*fhir.MedicationAdministration](b)
	require.Len(t, given, 1)
	assert.Equal(t, "completed", given[0].Status)
	assert.Equal(t, "30 mg intravenous infusion over 35 minutes", given[0].Dosage.Text)
	assert.Equal(t, "30", given[0].Dosage.Dose.Value.String())
	assert.Equal(t, "stopped early", given[0].Note[0].Text)
	assert.Equal(t, "booked", resources[*fhir.Appointment](b)[2].Status)

	// A mistake: the record that was written before is written again, in error.
	history := ""
	for e := range p.History() {
		if _, ok := e.Event.What.(schedule.Given); ok {
			history = e.Event.ID
		}
	}
	wrong := then(t, p, schedule.Corrected{Of: history, Reason: "another patient", Who: "nurse-1"})
	b = bundleOf(t, wrong, fhir.Export{})
	again := resources[*fhir.MedicationAdministration](b)
	require.Len(t, again, 1)
	assert.Equal(t, given[0].Identifier, again[0].Identifier)
	assert.Equal(t, "entered-in-error", again[0].Status)
	assert.Equal(t, "proposed", resources[*fhir.Appointment](b)[0].Status, "it is overdue")
}

func TestBundleOfHoldMissedAndLost(t *testing.T) {
	p := taper(t)
	p = then(t, p,
		schedule.Given{Session: id(p, 1), Date: schedule.MustDate("2026-03-02"), Dose: dose.MustMass("35.65 mg")},
		schedule.ClinicClosed{From: schedule.MustDate("2026-03-06"), To: schedule.MustDate("2026-03-06"), Reason: "storm"},
		schedule.Missed{Session: id(p, 2), Reason: "ill"},
	)
	visits := resources[*fhir.Appointment](bundleOf(t, p, fhir.Export{Agreed: func(schedule.ID) bool { return true }}))
	assert.Equal(t, "noshow ill", visits[1].Status+" "+visits[1].CancelationReason.Text)
	lost := visits[2]
	assert.Equal(t, "proposed", lost.Status, "nobody is told to come on a day that is lost, though it was agreed")
	assert.Empty(t, lost.Start)
	assert.Equal(t, "needs-action", lost.Participant[0].Status)
	assert.True(t, strings.HasPrefix(lost.Comment, "Not confirmed: "), lost.Comment)
	assert.Equal(t, []fhir.Period{{Start: "2026-03-02", End: "2026-03-08"}}, lost.RequestedPeriod)

	p = then(t, p, schedule.Held{Session: id(p, 3), Reason: "infection"})
	b := bundleOf(t, p, fhir.Export{})
	assert.Equal(t, "on-hold", resources[*fhir.CarePlan](b)[0].Status)
	held := resources[*fhir.Appointment](b)[3]
	assert.Equal(t, "proposed On hold", held.Status+" "+held.Comment+held.Start)
	assert.Empty(t, held.RequestedPeriod)
}

// An export of what changed has nothing else, and refers to what is left out by its
// identifier.
func TestBundleSince(t *testing.T) {
	before := taper(t)
	same := bundleOf(t, before, fhir.Export{Since: before})
	assert.Empty(t, same.Entry)
	now := then(t, before, schedule.Given{Session: id(before, 1), Date: schedule.MustDate("2026-03-02"), Dose: dose.MustMass("35.65 mg")})
	b := bundleOf(t, now, fhir.Export{Since: before})
	assert.Len(t, resources[*fhir.Appointment](b), 1)
	given := resources[*fhir.MedicationAdministration](b)
	require.Len(t, given, 1)
	assert.Empty(t, given[0].Request.Reference)
	assert.True(t, strings.HasPrefix(given[0].Request.Identifier.Value, "urn:uuid:"))
	assert.Empty(t, resources[*fhir.Observation](b))
}

func TestBundleRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    fhir.Export
		want string
	}{
		{"no patient", fhir.Export{}, "fhir: subject: want a reference to the patient [empty]"},
		{"a date that is none", fhir.Export{Subject: fhir.Reference{Reference: "Patient/1"}, AuthoredOn: "2026-02-30"}, "fhir: authoredOn: want a day YYYY-MM-DD that exists, or an instant with seconds and an offset, got 2026-02-30 [bad-date]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := fhir.NewBundle(taper(t), tt.o)
			assert.EqualError(t, err, tt.want)
		})
	}
	_, err := fhir.NewBundle(nil, fhir.Export{})
	assert.EqualError(t, err, "fhir: plan: want a plan that Build made [empty]")
}

// What an earlier export asked for is never left out: a phase of which no day holds asks
// for nothing, by its status and in words.
func TestBundleOfPhaseWithoutDays(t *testing.T) {
	words := func(b *fhir.Bundle) (list []string) {
		for _, m := range resources[*fhir.MedicationRequest](b) {
			last := m.DosageInstruction[len(m.DosageInstruction)-1].Text
			list = append(list, m.Status+": "+last[strings.Index(last, "Maximum"):])
		}
		return list
	}
	const most = "Maximum 60 mg per session."
	p := taper(t)
	assert.Equal(t, []string{"draft: " + most, "draft: " + most}, words(bundleOf(t, p, fhir.Export{})))
	assert.Equal(t, []string{"active: " + most, "draft: " + most}, words(bundleOf(t, p, fhir.Export{Active: true})), "a decision is before the second phase")

	lost := then(t, p, schedule.ClinicClosed{From: schedule.MustDate("2026-03-30"), To: schedule.MustDate("2026-04-30"), Reason: "works"})
	assert.Equal(t, []string{"draft: " + most, "on-hold: " + most + " Not confirmed: these days no longer hold, others may be named."}, words(bundleOf(t, lost, fhir.Export{})))

	held := then(t, p, schedule.Held{Session: id(p, 1), Reason: "infection"})
	onHold := "on-hold: " + most + " On hold: not to be given until the treatment goes on."
	assert.Equal(t, []string{onHold, onHold}, words(bundleOf(t, held, fhir.Export{})))

	ended := then(t, p, schedule.Cancelled{Session: id(p, 1), By: schedule.ByPatient, Rest: true, Reason: "moved away"})
	cancelled := "cancelled: " + most + " Cancelled: not to be given."
	b := bundleOf(t, ended, fhir.Export{})
	assert.Equal(t, []string{cancelled, cancelled}, words(b))
	assert.Equal(t, "moved away", resources[*fhir.Appointment](b)[0].CancelationReason.Text)
	assert.Len(t, bundleOf(t, ended, fhir.Export{Since: p}).Entry, len(bundleOf(t, p, fhir.Export{}).Entry)-1, "all but the weight")
}

// Two doses of a day are two Dosages, and one that turns out to be none is taken back.
func TestBundleOfTwoDosesOfADay(t *testing.T) {
	p := taper(t)
	monday := schedule.MustDate("2026-03-02")
	p = then(t, p,
		schedule.Given{Session: id(p, 1), Date: monday, Dose: dose.MustMass("35.65 mg")},
		schedule.Given{Date: monday, Phase: "induction", Dose: dose.MustMass("35.65 mg"), Reason: "again", Who: "dr-1"},
	)
	b := bundleOf(t, p, fhir.Export{})
	assert.Len(t, resources[*fhir.MedicationAdministration](b), 2)
	comesBack(t, p, b)

	first := ""
	for e := range p.History() {
		if given, ok := e.Event.What.(schedule.Given); ok && !given.Session.IsZero() {
			first = e.Event.ID
		}
	}
	p = then(t, p, schedule.Corrected{Of: first, Instead: schedule.Given{Session: id(p, 1), Date: monday, Nothing: true}, Reason: "pump failed", Who: "nurse-1"})
	var statuses []string
	for _, a := range resources[*fhir.MedicationAdministration](bundleOf(t, p, fhir.Export{})) {
		statuses = append(statuses, a.Status+" "+a.Dosage.Dose.Value.String())
	}
	assert.ElementsMatch(t, []string{"entered-in-error 35.65", "completed 35.65"}, statuses)
}

// A gate is the same Task, whatever session it has come to follow.
func TestBundleOfGateThatMoves(t *testing.T) {
	p := taper(t)
	before := resources[*fhir.Task](bundleOf(t, p, fhir.Export{}))
	p = then(t, p, schedule.Cancelled{Session: id(p, 6), By: schedule.ByPatient, Reason: "trip"})
	after := resources[*fhir.Task](bundleOf(t, p, fhir.Export{}))
	require.Len(t, after, len(before))
	assert.Equal(t, before[0].Identifier, after[0].Identifier)
	assert.NotEqual(t, before[0].Restriction.Period.End, after[0].Restriction.Period.End)
}
