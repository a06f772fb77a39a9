package schedule_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A situation is a treatment of four sessions, two a week, each with a talk on one of
// the three days after it, and a call a week after the last. The clinic is open on
// weekdays from 08:00 to 17:00.
type situation struct {
	plan *schedule.Plan
	n    int
}

func newSituation() *situation {
	prescribed, err := protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2,
			Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
			Dose:  dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg"),
			Companions: []protocol.Companion{{
				Name: "talk", From: 1, To: 3, Visit: protocol.Visit{Kind: protocol.Integration, Observation: time.Hour},
			}},
		}},
		FollowUps: []protocol.FollowUpVisit{{
			Name: "call", Days: []int{7}, Window: protocol.Window{Before: 2, After: 3}, Visit: protocol.Visit{Observation: 30 * time.Minute},
		}},
		Gates: []protocol.Gate{{Name: "response", Phase: "induction", After: 2, Assess: "whether it helps"}},
	}.Compile()
	if err != nil {
		panic(err)
	}
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		panic(err)
	}
	start := schedule.MustDate("2026-03-02")
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: office, Key: schedule.Key{0: 1}, AsOf: noon("2026-03-02").Add(-6 * time.Hour),
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("82 kg")}},
	})
	if err != nil {
		panic(err)
	}
	return &situation{plan: plan}
}

// tell tells the plan what happened, as of an instant, and prints why it is refused.
func (s *situation) tell(asOf string, what schedule.Happening) {
	at, err := time.Parse("2006-01-02 15:04", asOf)
	if err != nil {
		panic(err)
	}
	s.n++
	next, err := s.plan.Apply(schedule.Event{ID: fmt.Sprint("e", s.n), What: what}, at)
	if err != nil {
		fmt.Println("refused:", err)
		return
	}
	s.plan = next
}

func (s *situation) id(n int) schedule.ID { return sessionAt(s.plan, n).ID() }

// visit returns the talk of a session, or for 0 the call, that is not cancelled.
func (s *situation) visit(session int) schedule.OtherVisit {
	for v := range s.plan.OtherVisits() {
		if v.State != schedule.StateCancelled && (v.Role == schedule.RoleFollowUp) == (session == 0) && (session == 0 || v.Session == session) {
			return v
		}
	}
	panic("no such visit")
}

func (s *situation) printVisits(sessions ...int) {
	for _, n := range sessions {
		v := s.visit(n)
		fmt.Println(strings.TrimSpace(fmt.Sprint(v.Name, " ", v.Date, " ", v.Start, " ", v.State, " ", v.Lost)))
	}
}

func (s *situation) printSessions() {
	for _, session := range s.plan.All() {
		fmt.Println(strings.TrimSpace(session.String() + " " + session.Lost()))
	}
}

// printFound prints what is found with some codes.
func (s *situation) printFound(codes ...schedule.Code) {
	for _, f := range schedule.Validate(s.plan) {
		for _, code := range codes {
			if f.Code == code {
				fmt.Println(f)
			}
		}
	}
}

// The talk took place, a day later than planned, and the questionnaire was forgotten.
func ExampleVisitDone() {
	s := newSituation()
	s.tell("2026-03-04 12:00", schedule.VisitDone{
		Visit: s.visit(1).ID, Date: schedule.MustDate("2026-03-04"), Start: sessionAt(s.plan, 1).Start(), NotDone: []string{"questionnaire"},
	})
	s.printVisits(1, 2)
	s.printFound(schedule.VisitOutsideWindow, schedule.TaskMissed)
	// Output:
	// talk 2026-03-04 08:00 done
	// talk 2026-03-06 08:00 planned
	// warning: session 1: not done at talk of Wed 2026-03-04: "questionnaire" [task-missed]
}

// Nobody came to the talk, and another day of its window was agreed.
func ExampleVisitMoved() {
	s := newSituation()
	s.tell("2026-03-03 12:00", schedule.VisitMissed{Visit: s.visit(1).ID, Reason: "no-show"})
	s.printVisits(1)
	s.tell("2026-03-03 12:10", schedule.VisitMoved{Visit: s.visit(1).ID, Date: schedule.MustDate("2026-03-09")})
	s.tell("2026-03-03 12:10", schedule.VisitMoved{Visit: s.visit(1).ID, Date: schedule.MustDate("2026-03-05")})
	s.printVisits(1)
	// Output:
	// talk 2026-03-03 08:00 missed
	// refused: event "e2" (visit-moved): Date "2026-03-09": want a day in the window of talk, Tue 2026-03-03 to Thu 2026-03-05
	// talk 2026-03-05 10:45 planned
}

// The patient has influenza. Everything to come waits, the call too, and a week later
// the treatment goes on a week later.
func ExampleHeld() {
	s := newSituation()
	s.tell("2026-03-02 18:00", schedule.Given{Session: s.id(1), Date: schedule.MustDate("2026-03-02"), Dose: dose.MustMass("41 mg")})
	s.tell("2026-03-04 09:00", schedule.Held{Session: s.id(2), Reason: "influenza"})
	fmt.Println(s.plan.Standing())
	s.printVisits(1, 2, 0)
	s.tell("2026-03-11 09:00", schedule.Shifted{Session: s.id(2), Weeks: 1})
	fmt.Println(s.plan.Standing())
	s.printVisits(1, 2, 0)
	// Output:
	// on hold
	// talk 2026-03-03 08:00 planned
	// talk 2026-03-06 08:00 held
	// call 2026-03-19 08:00 held
	// active
	// talk 2026-03-03 08:00 planned
	// talk 2026-03-13 08:00 planned
	// call 2026-03-26 08:00 provisional
}

// The treatment is stopped after two sessions: the call is a week after the second. What
// would go on is refused, and a relapse begins it again.
func ExampleCancelled() {
	s := newSituation()
	for n, on := range []string{"2026-03-02", "2026-03-05"} {
		s.tell(on+" 18:00", schedule.Given{Session: s.id(n + 1), Date: schedule.MustDate(on), Dose: dose.MustMass("41 mg")})
	}
	s.tell("2026-03-06 09:00", schedule.Cancelled{Session: s.id(3), By: schedule.ByClinical, Reason: "cystitis", Rest: true})
	fmt.Println(s.plan.Standing())
	s.printVisits(0)
	s.tell("2026-03-06 09:10", schedule.Shifted{Session: s.id(3), Weeks: 1})
	s.tell("2026-03-09 09:00", schedule.Added{Date: schedule.MustDate("2026-03-11"), Reason: "relapse"})
	fmt.Println(s.plan.Standing())
	s.printVisits(0)
	// Output:
	// stopped
	// call 2026-03-12 08:00 planned
	// refused: event "e4" (shifted): plan: want a treatment that was not stopped: "added", "restarted", "adopted" and "switched" go on with it, each for a reason
	// active
	// call 2026-03-18 08:00 provisional
}

// It was decided late whether to go on: that a session took place before stays said.
func ExampleDecided() {
	s := newSituation()
	for n, on := range []string{"2026-03-02", "2026-03-05", "2026-03-09"} {
		s.tell(on+" 18:00", schedule.Given{Session: s.id(n + 1), Date: schedule.MustDate(on), Dose: dose.MustMass("41 mg")})
	}
	s.tell("2026-03-10 09:00", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
	s.printFound(schedule.GateSkipped)
	// Output:
	// violation: session 3: given before it was decided at the gate "response" after session 2 to continue [gate-skipped]
}

// Thursday's session is entered before Monday's, which was given past midnight, and a
// no-show came after all.
func ExampleGiven() {
	s := newSituation()
	s.tell("2026-03-05 18:00", schedule.Given{Session: s.id(2), Date: schedule.MustDate("2026-03-05"), Dose: dose.MustMass("41 mg")})
	monday := s.id(2) // what is to come is after what was given
	late, over := schedule.MustDate("2026-03-02"), clinic.TimeOfDay{}
	if err := over.UnmarshalText([]byte("00:40")); err != nil {
		panic(err)
	}
	began := clinic.TimeOfDay{}
	if err := began.UnmarshalText([]byte("22:00")); err != nil {
		panic(err)
	}
	s.tell("2026-03-05 18:10", schedule.Given{Session: monday, Date: late, Start: began, End: over, Dose: dose.MustMass("41 mg")})
	s.tell("2026-03-09 09:00", schedule.Missed{Session: s.id(3), Reason: "no-show"})
	s.tell("2026-03-09 14:00", schedule.Given{Session: s.id(3), Date: schedule.MustDate("2026-03-09"), Nothing: true, Reason: "blood pressure", Who: "attending"})
	s.printSessions()
	s.printFound(schedule.OutsideHours, schedule.NothingGiven, schedule.EntryCorrected)
	// Output:
	// 1 Mon 2026-03-02 22:00 given 41 mg
	// 2 Thu 2026-03-05 08:00 given 41 mg
	// 3 Mon 2026-03-09 08:00 given
	// 4 Thu 2026-03-12 08:00 provisional 41 mg
	// warning: session 1: given 22:00-00:40 on Mon 2026-03-02, outside the hours of the clinic [outside-hours]
	// info: session 3: event "e3" (missed) is corrected by event "e4" (given) [corrected]
	// warning: session 3: came on Mon 2026-03-09, and nothing was given (blood pressure) [nothing-given]
}

// How much was given is not entered yet, which is found, and put right when it is.
func ExampleGiven_doseLater() {
	s := newSituation()
	given := schedule.Given{Session: s.id(1), Date: schedule.MustDate("2026-03-02")}
	s.tell("2026-03-02 18:00", given) // e1
	fmt.Println("in all:", s.plan.On(given.Date).Adherence.Doses)
	s.printFound(schedule.DoseMissing)
	given.Dose = dose.MustMass("41 mg")
	s.tell("2026-03-03 09:00", schedule.Corrected{Of: "e1", Instead: given, Reason: "from the chart", Who: "nurse"})
	fmt.Println("in all:", s.plan.On(given.Date).Adherence.Doses)
	s.printFound(schedule.DoseMissing)
	// Output:
	// in all: []
	// warning: session 1: given on Mon 2026-03-02: the dose is not entered yet [dose-missing]
	// in all: [41 mg]
}

// Less was given than planned, and the psychiatrist knows why: the finding stays, with
// that, and is not open any more.
func ExampleAccepted() {
	s := newSituation()
	first := s.id(1)
	s.tell("2026-03-02 18:00", schedule.Given{
		Session: first, Date: schedule.MustDate("2026-03-02"), Dose: dose.MustMass("20 mg"), Reason: "line failed", Who: "attending",
	})
	s.tell("2026-03-02 18:10", schedule.Accepted{Session: first, Code: schedule.DoseNotAllowed, Reason: "line failed", Who: "attending"})
	for _, f := range schedule.Validate(s.plan) {
		if f.Code == schedule.DoseNotAllowed {
			fmt.Println(f, "open", f.Open())
		}
	}
	// Output:
	// violation: session 1: 20 mg given: 41 mg planned [dose-not-allowed] open false
}

// Two scales, one day: the weight that was measured at the session counts for it.
func ExampleWeighed() {
	s := newSituation()
	thursday := schedule.MustDate("2026-03-05")
	s.tell("2026-03-05 07:30", schedule.Weighed{Date: thursday, Weight: dose.MustWeight("80 kg"), Session: s.id(2)})
	s.tell("2026-03-05 07:40", schedule.Weighed{Date: thursday, Weight: dose.MustWeight("84 kg")})
	s.printSessions()
	// Output:
	// 1 Mon 2026-03-02 08:00 41 mg
	// 2 Thu 2026-03-05 08:00 40 mg
	// 3 Mon 2026-03-09 08:00 provisional 42 mg
	// 4 Thu 2026-03-12 08:00 provisional 42 mg
}

// From now on the patient cannot come on Thursdays: nothing moves, and what does not suit
// any more waits for a decision.
func ExampleWished() {
	s := newSituation()
	s.tell("2026-03-02 18:00", schedule.Wished{Wishes: schedule.Wishes{Never: protocol.OnDays(time.Thursday)}})
	s.printSessions()
	s.tell("2026-03-02 18:10", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(2), s.id(4)}})
	s.printSessions()
	// Output:
	// 1 Mon 2026-03-02 08:00 41 mg
	// 2 Thu 2026-03-05 08:00 41 mg unsuitable (never on Thursdays)
	// 3 Mon 2026-03-09 08:00 provisional 41 mg
	// 4 Thu 2026-03-12 08:00 provisional 41 mg unsuitable (never on Thursdays)
	// 1 Mon 2026-03-02 08:00 41 mg
	// 2 Fri 2026-03-06 08:00 41 mg
	// 3 Mon 2026-03-09 08:00 provisional 41 mg
	// 4 Fri 2026-03-13 08:00 provisional 41 mg
}

// A bad week: a session is wanted besides those of the cadence, on a day that the clinic
// is open and that is far enough from the others. It is an extra one, and moves nothing.
func ExampleAdded() {
	s := newSituation()
	s.tell("2026-03-02 18:00", schedule.Added{Date: schedule.MustDate("2026-03-14"), Phase: "induction", Reason: "bad week"})
	s.tell("2026-03-02 18:00", schedule.Added{Date: schedule.MustDate("2026-03-13"), Phase: "induction", Reason: "bad week"})
	s.tell("2026-03-02 18:00", schedule.Added{Date: schedule.MustDate("2026-03-16"), Phase: "induction", Reason: "bad week"})
	s.printSessions()
	added, _ := s.plan.At(5)
	fmt.Println("extra", added.Extra())
	// Output:
	// refused: event "e1" (added): Date "2026-03-14": want another day: closed (not open on Saturdays)
	// refused: event "e2" (added): Date "2026-03-13": want a day at least 2 days from session 4 on Thu 2026-03-12
	// 1 Mon 2026-03-02 08:00 41 mg
	// 2 Thu 2026-03-05 08:00 41 mg
	// 3 Mon 2026-03-09 08:00 provisional 41 mg
	// 4 Thu 2026-03-12 08:00 provisional 41 mg
	// 5 Mon 2026-03-16 08:00 provisional 41 mg
	// extra true
}

// The height was measured again: it is known from then on.
func ExampleMeasured() {
	s := newSituation()
	s.tell("2026-03-02 18:00", schedule.Measured{Date: schedule.MustDate("2026-03-02"), Height: dose.MustHeight("176 cm")})
	fmt.Println(s.plan.Height())
	// Output: 176 cm
}

// Every situation of the guide is an example or a test that is run.
func TestGuideToLivingPlans(t *testing.T) {
	guide, err := os.ReadFile("../docs/LIVING.md")
	require.NoError(t, err)
	var source strings.Builder
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		source.Write(text)
	}
	named := regexp.MustCompile("`(Example|Test)([A-Za-z_]*)`").FindAllStringSubmatch(string(guide), -1)
	situations := 0
	for line := range strings.Lines(string(guide)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---") || strings.HasPrefix(line, "| what happened") {
			continue
		}
		situations++
		assert.Regexp(t, "\\| `(Example|Test)[A-Za-z_]*` \\|\n$", line)
	}
	require.GreaterOrEqual(t, situations, 20)
	for _, name := range named {
		assert.True(t, strings.Contains(source.String(), "func "+name[1]+name[2]+"("), "the guide names %s", name[0])
	}
}
