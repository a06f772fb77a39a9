package schedule_test

import (
	"fmt"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// An amount that was mistyped is put right; then it turns out that the visit was
// another patient's, and then that it was not.
func ExampleCorrected() {
	s := newSituation()
	first, _ := s.plan.At(1)
	given := schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("14 mg"), Reason: "as typed", Who: "nurse"}
	show := func() {
		session, _ := s.plan.Session(first.ID())
		fmt.Println(session, "revision", session.Revision())
	}
	s.tell("2026-03-02 12:00", given) // e1
	show()
	given.Dose, given.Reason, given.Who = dose.MustMass("41 mg"), "", ""
	s.tell("2026-03-02 12:10", schedule.Corrected{Of: "e1", Instead: given, Reason: "digits swapped", Who: "nurse"}) // e2
	show()
	s.tell("2026-03-02 12:20", schedule.Corrected{Of: "e1", Reason: "another patient's visit", Who: "nurse"}) // e3
	show()
	s.tell("2026-03-02 12:30", schedule.Corrected{Of: "e3", Reason: "it was this patient's", Who: "nurse"})
	show()
	// Output:
	// 1 Mon 2026-03-02 08:00 given 14 mg revision 1
	// 1 Mon 2026-03-02 08:00 given 41 mg revision 1
	// 1 Mon 2026-03-02 08:00 41 mg revision 2
	// 1 Mon 2026-03-02 08:00 given 41 mg revision 3
}

// The rest of a course is cancelled by mistake, and a session is added by mistake in
// which something is given.
func ExampleCorrected_decision() {
	s := newSituation()
	second, _ := s.plan.At(2)
	s.tell("2026-03-02 12:00", schedule.Cancelled{Session: second.ID(), By: schedule.ByPatient, Rest: true}) // e1
	fmt.Println(s.plan.Standing())
	s.tell("2026-03-02 12:10", schedule.Corrected{Of: "e1", Reason: "meant another patient", Who: "desk"}) // e2
	fmt.Println(s.plan.Standing())
	session, _ := s.plan.Session(second.ID())
	fmt.Println(session, "revision", session.Revision())

	s.tell("2026-03-02 12:20", schedule.Added{Date: schedule.MustDate("2026-03-04"), Phase: "induction"}) // e3: refused, too close
	s.tell("2026-03-02 12:20", schedule.Added{Date: schedule.MustDate("2026-03-16"), Phase: "induction", Reason: "bad week"})
	added, _ := s.plan.At(s.plan.Len())
	s.tell("2026-03-16 12:00", schedule.Given{Session: added.ID(), Date: added.Date(), Dose: dose.MustMass("41 mg")}) // e5
	s.tell("2026-03-16 13:00", schedule.Corrected{Of: "e4", Reason: "another patient", Who: "desk"})
	s.tell("2026-03-16 13:10", schedule.Corrected{Of: "e4", Also: []schedule.Correction{{Of: "e5"}}, Reason: "another patient", Who: "desk"})
	session, _ = s.plan.Session(added.ID())
	fmt.Println(session, "withdrawn", session.Withdrawn())
	// Output:
	// stopped
	// active
	// 2 Thu 2026-03-05 08:00 41 mg revision 2
	// refused: event "e3" (added): Date "2026-03-04": want a day at least 2 days from session 2 on Thu 2026-03-05
	// refused: event "e6" (corrected): Of "e4": want what was given since in what it made corrected in the same step: e5
	// 5 Mon 2026-03-16 08:00 cancelled 41 mg withdrawn true
}
