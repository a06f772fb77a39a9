package main

import (
	"maps"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// The people who decide in this story, and who record.
const (
	psychiatrist = "the psychiatrist"
	desk         = "the desk"
)

// chapters are what happens, in order.
var chapters = []func(*teller){
	missedInduction, response, mistyped, weightLoss, closure, away, newHours, pneumonia, stepBack, extra, rounding, pause, stop,
	relapse, calls, tuesdays, operation, horizon,
}

func missedInduction(t *teller) {
	t.give("2025-01-13")
	t.on("2025-01-16", "The patient is expected today, and does not come.")
	t.status()
	missed := t.next().ID()
	t.apply(schedule.Missed{Session: missed, Reason: "did not come"})
	t.ways(missed)
	t.take(schedule.WayCatchUp, "the patient can come then.")
	t.tell("The patient asks why the session after that is on a day of its own:")
	t.explain(t.after(t.next()))
	t.give("2025-01-21")
}

func response(t *teller) {
	t.give("2025-02-03")
	t.on("2025-02-05", "The psychiatrist is to decide. Before that:")
	t.status()
	t.tell("The psychiatrist finds that the treatment helps, and goes on.")
	t.apply(schedule.Decided{Gate: "response", Then: protocol.Continue, Who: psychiatrist})
	t.status()
}

// mistyped has two entries that are wrong: of one something else is true, of the
// other nothing.
func mistyped(t *teller) {
	t.on("2025-02-10", "The desk enters what the scales said: 181.5 kg.")
	weighed := t.apply(schedule.Weighed{Date: t.today, Weight: dose.MustWeight("181.5 kg")})
	t.changes(1)
	t.findings()
	t.tell("The scales said 81.5 kg. The entry is put right; it stays in the file, marked.")
	t.apply(schedule.Corrected{
		Of: weighed, Instead: schedule.Weighed{Date: t.today, Weight: dose.MustWeight("81.5 kg")}, Reason: "mistyped", Who: desk,
	})
	t.changes(1)

	t.on("2025-02-24", "A session of this morning is entered, a week before its day.")
	session := t.next()
	given := t.apply(schedule.Given{Session: session.ID(), Date: t.today, Dose: session.Dose().Dose()})
	t.status()
	t.on("2025-02-25", "It was another patient's. Of the entry nothing is true.")
	t.apply(schedule.Corrected{Of: given, Reason: "another patient's session", Who: desk})
	t.changes(1)
	t.told(session.ID())
	t.found(schedule.EntryCorrected)
	t.give("2025-03-03")
}

func weightLoss(t *teller) {
	t.on("2025-03-31", "The patient has lost weight. The scales say 70.4 kg this morning.")
	t.apply(schedule.Weighed{Date: t.today, Weight: dose.MustWeight("70.4 kg")})
	t.changes(2)
	t.findings()
	t.give("2025-05-31")
}

func closure(t *teller) {
	t.on("2025-06-02", "The clinic announces that it will be closed from 23 to 27 June, a holiday for everybody who works there.")
	t.apply(schedule.ClinicClosed{
		From: schedule.MustDate("2025-06-23"), To: schedule.MustDate("2025-06-27"), Reason: "clinic holiday",
	})
	t.obstacles()
	t.ways(t.next().ID())
	t.take(schedule.WayCatchUp, "the interval should not become longer.")
	t.changes(1)
	t.give("2025-06-30")
}

func away(t *teller) {
	t.on("2025-07-01", "The patient will be away from 14 to 22 July. The two agree on the Thursday after that, in the afternoon.")
	t.apply(schedule.PatientAway{
		From: schedule.MustDate("2025-07-14"), To: schedule.MustDate("2025-07-22"), Reason: "travel",
	})
	t.obstacles()
	afternoon, err := clinic.ParseTimeOfDay("13:30")
	t.check(err)
	t.apply(schedule.Moved{Session: t.next().ID(), Date: schedule.MustDate("2025-07-24"), Start: afternoon})
	t.changes(1)
	t.give("2025-08-31")
}

// newHours are announced and called off again, and so is a closure. What was decided
// in between stays.
func newHours(t *teller) {
	t.on("2025-09-02", "The clinic will be closed on 15 and 16 September, for building work.")
	closed := t.apply(schedule.ClinicClosed{
		From: schedule.MustDate("2025-09-15"), To: schedule.MustDate("2025-09-16"), Reason: "building work",
	})
	t.lost(1)
	t.tell("From 6 October on, it says, Mondays are in the afternoon only.")
	hours := t.hours
	hours.Weekly = maps.Clone(hours.Weekly)
	hours.Weekly[time.Monday] = []clinic.Hours{clinic.MustHours("13:00-17:00")}
	afternoons, err := clinic.New(hours)
	t.check(err)
	if err != nil {
		return
	}
	changed, err := t.plan.ClinicChange(afternoons, schedule.MustDate("2025-10-06"))
	t.check(err)
	hoursChanged := t.apply(changed)
	t.lost(2)
	t.status()
	t.tell("What was lost first is placed again inside its window. The others are for later.")
	t.apply(schedule.PlacedAgain{Sessions: []schedule.ID{t.next().ID()}, Reason: "building work"})
	t.changes(1)
	t.on("2025-09-08", "There will be no building work, and the hours stay as they were.")
	t.apply(schedule.Corrected{
		Of: closed, Also: []schedule.Correction{{Of: hoursChanged}}, Reason: "called off", Who: desk,
	})
	t.status()
	t.upcoming(2)
	t.give("2025-09-30")
}

func pneumonia(t *teller) {
	t.on("2025-10-10", "The patient has pneumonia. The treatment waits.")
	held := t.next().ID()
	t.apply(schedule.Held{Session: held, Reason: "pneumonia"})
	t.on("2025-10-29", "The patient is well again.")
	t.status()
	t.ways(held)
	t.take(schedule.WayReanchor, "it is evening, so the visit is tomorrow, and Thursdays suit from now on.")
	t.tell("The last weighing is too old by then, so the patient is weighed first: 71 kg.")
	t.apply(schedule.Weighed{Date: t.today, Weight: dose.MustWeight("71 kg")})
	t.changes(1)
	t.give("2025-12-31")
}

func stepBack(t *teller) {
	missed := t.next()
	t.on((missed.Date() + 1).String(), "Nobody has recorded what became of yesterday's session.")
	t.status()
	t.tell("The patient did not come, and says on the telephone that the symptoms are back.")
	t.apply(schedule.Missed{Session: missed.ID(), Reason: "did not come"})
	t.ways(missed.ID())
	t.tell("The psychiatrist steps back as the protocol names it, but for three sessions only: an event of its own.")
	t.apply(schedule.SteppedBack{Session: missed.ID(), To: "weekly", Sessions: 3, Reason: "symptoms are back"})
	t.upcoming(5)
	t.give("2026-02-15")
}

func extra(t *teller) {
	t.on("2026-02-16", "A hard week. The psychiatrist adds a session for tomorrow, besides those of the cadence.")
	t.apply(schedule.Added{Date: t.today + 1, Phase: "weekly", Reason: "symptoms between two sessions"})
	t.give("2026-02-17")
	t.status()
	t.give("2026-03-31")
}

// rounding adopts a second version of the protocol: a copy with another step of
// doses.
func rounding(t *teller) {
	t.on("2026-04-06", "The clinic has a second version of its protocol, in whole milligrams. The psychiatrist adopts it.")
	spec := t.plan.Protocol().Spec()
	spec.Version = "2"
	for i := range spec.Phases {
		spec.Phases[i].Dose = dose.MustRule("0.5 mg/kg of actual weight, round 1 mg half up, hard max 60 mg")
	}
	second, err := spec.Compile()
	t.check(err)
	t.apply(schedule.Adopted{Protocol: second, Reason: "whole milligrams", Who: psychiatrist})
	t.changes(1)
	t.give("2026-07-31")
}

func pause(t *teller) {
	t.on("2026-08-03", "A blood test is to be repeated. The treatment waits.")
	t.apply(schedule.Held{Session: t.next().ID(), Reason: "blood test"})
	t.on("2026-08-06", "The blood test is as it should be.")
	t.apply(schedule.Resumed{Reason: "blood test as it should be"})
	t.give("2026-10-31")
}

func stop(t *teller) {
	t.on("2026-11-09", "The patient has been well for half a year and wants to stop. The psychiatrist agrees.")
	t.apply(schedule.Cancelled{Session: t.next().ID(), By: schedule.ByPatient, Reason: "well", Rest: true})
	t.on("2027-01-04", "Two years after the first session.")
	t.status()
	t.findings()
}
