// Package scheduletest is a kit for testing protocol variants, clinics, checks and
// apps that are built on the package schedule, in one readable file and without a
// clock.
//
// # A protocol variant
//
// [AssertCalendar] compares a plan with the calendar that is written in the test:
//
//	scheduletest.AssertCalendar(t, plan, `
//		# three sessions, then one a week
//		Mon 2025-01-06 36 mg
//		Wed 2025-01-08 36 mg
//		Fri 2025-01-10 36 mg
//		Mon 2025-01-13 36 mg
//	`)
//
// Where they differ the message has the lines that do, and the text to paste.
//
// A [Sweep] tries a property of one's own on every start weekday, every set of
// closures given and every weight from 40 to 150 kg. What fails is made as small
// as it gets and printed as a test in Go, to paste and to keep:
//
//	sweep := scheduletest.Sweep{Request: request(t), Closures: [][]clinic.Closure{nil, holidays}}
//	if err := sweep.Run("everySevenDays", everySevenDays); err != nil {
//		t.Error(err)
//	}
//
// # A patient and a clinic
//
// A [Simulation] begins on the morning of a day and moves when the test says so.
// What is due takes place as planned, unless the test has said otherwise:
//
//	sim, err := scheduletest.New(request)
//	sim.Follow(scheduletest.Policy{Missed: []schedule.Way{schedule.WayShift}})
//	sim.Miss(4)
//	sim.Weigh(schedule.MustDate("2025-01-20"), dose.MustWeight("66 kg"))
//	err = sim.Advance(14)
//	due := sim.Status().Due
//	err = sim.Finish()
//	scheduletest.AssertCalendar(t, sim.Plan(), `...`)
//
// [Simulation.Behave] adds chance, from a source that the test seeds. Where a way
// on has to be found the simulation takes the first possible one that the
// [Policy] names, and stops where it names none: the kit decides nothing clinical
// either. [Simulation.Each] runs a check on every state that the plan goes through.
//
// # What must hold
//
// [TestPlan] checks what is true of every plan, [TestPlaced] that every session to
// come can be where it is, and [TestFindings] that nothing is worse than one
// severity. [TestMedicine] checks when a medicine beside the drug is given, and
// [TestResultBy] by which day there is the result that a session needs. [TestOpening] and [TestSharedOpening] check an app's own
// calendar. They are properties for a Sweep and checks for a Simulation too.
//
// # Conventions
//
// Functions return errors, and AssertCalendar takes a [Report], which *testing.T
// satisfies; so the kit goes with the package testing alone and with any other
// that is built on it. Nothing here reads a clock, draws a number of its own or
// keeps state between calls. In a simulation everything is recorded at noon on the
// clinic's clock, and sessions of a day follow what the test says of its morning.
//
// What a test does not care about need not be said: a zero key and a zero as-of
// are filled in. Nothing that a clinician would decide is.
package scheduletest
