package main

import (
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// relapse goes on with another drug, in a course without end.
func relapse(t *teller) {
	t.on("2027-02-08", "The symptoms are back. The psychiatrist begins a nasal spray tomorrow; nobody knows for how long.")
	t.apply(schedule.Switched{
		Protocol: t.spray, Start: schedule.MustDate("2027-02-09"), Gap: 14, Until: schedule.MustDate("2027-04-30"),
		Who: psychiatrist, Reason: "symptoms are back",
	})
	t.status()
	t.level(t.next().ID())
	t.tell("That is long ago, in another clinic and before this plan. The psychiatrist begins with the lower level.")
	t.apply(schedule.DoseChosen{Session: t.next().ID(), Level: dose.MustLevel("56 mg"), Who: psychiatrist, Reason: "long ago"})
	t.level(t.next().ID())
	t.upcoming(2)
	t.give("2027-02-09")
}

// calls are what accompanies the sessions: one takes place, to one nobody comes.
func calls(t *teller) {
	t.on("2027-02-10", "The nurse telephones, in the afternoon.")
	t.visit(t.call())
	t.apply(schedule.VisitDone{
		Visit: t.call(), Date: t.today, Start: clinic.MustHours("15:30-15:40").From, End: clinic.MustHours("15:30-15:40").To,
	})
	t.visit(t.call())
	t.give("2027-02-23")
	t.on("2027-02-24", "Nobody answers the telephone.")
	t.apply(schedule.VisitMissed{Visit: t.call(), Reason: "no answer"})
	t.visit(t.call())
	t.on("2027-02-25", "The patient calls back. The two agree on tomorrow.")
	t.apply(schedule.VisitMoved{Visit: t.call(), Date: t.today + 1})
	t.visit(t.call())
	t.on("2027-02-26", "The patient is well.")
	t.apply(schedule.VisitDone{Visit: t.call(), Date: t.today})
	t.visit(t.call())
}

// tuesdays do not suit any more.
func tuesdays(t *teller) {
	t.on("2027-03-01", "The patient has other working hours: never on Tuesdays from now on, and rather in the afternoon.")
	t.apply(schedule.Wished{Wishes: schedule.Wishes{
		Never: protocol.OnDays(time.Tuesday), Preferred: clinic.MustHours("14:00-17:00").From,
	}})
	t.lost(2)
	t.tell("All of them are placed again.")
	var lost []schedule.ID
	for _, s := range t.plan.On(t.today).Lost {
		lost = append(lost, s.ID())
	}
	t.apply(schedule.PlacedAgain{Sessions: lost, Reason: "Tuesdays do not suit"})
	t.changes(len(lost))
	t.give("2027-03-12")
}

// operation is a pause that ends after the horizon.
func operation(t *teller) {
	t.on("2027-03-15", "The patient is to have an operation. The treatment waits.")
	held := t.next().ID()
	t.apply(schedule.Held{Session: held, Reason: "operation"})
	t.on("2027-05-10", "All has healed. The course was planned up to a day that is past by now.")
	t.horizon()
	t.status()
	t.tell("The psychiatrist goes on the day after tomorrow. No session is lost by the pause.")
	t.apply(schedule.Reanchored{Session: held, Date: t.today + 2, Reason: "all has healed"})
	t.horizon()
	t.upcoming(4)
	t.give("2027-05-31")
}

// horizon comes near, and the course is extended.
func horizon(t *teller) {
	t.on("2027-06-01", "The end of what is planned comes near.")
	t.findings()
	t.tell("The psychiatrist goes on up to the end of July.")
	t.apply(schedule.Extended{Until: schedule.MustDate("2027-07-31"), Reason: "goes on"})
	t.horizon()
	t.upcoming(5)
	t.give("2027-06-30")
	t.on("2027-07-01", "Two and a half years after the first session.")
	t.status()
	t.findings()
}
