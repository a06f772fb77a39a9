package sheet_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// examplePlan is that of an invented protocol in an invented clinic.
func examplePlan() *schedule.Plan {
	until := time.Duration(0)
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "series", Cadence: protocol.MustCadence("2-1"), MinGap: 2,
		Visit: protocol.Visit{
			Administration: 40 * time.Minute, Observation: time.Hour,
			Tasks: []protocol.Task{
				{Text: "no food", From: protocol.Arrival, At: -2 * time.Hour, Until: &until},
				{Text: "somebody takes you home", From: protocol.Departure},
			},
		},
		Dose: dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 80 mg"),
	}}}.Compile()
	if err != nil {
		panic(err)
	}
	hours := clinic.OpenOn(clinic.MustHours("09:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: hours})
	if err != nil {
		panic(err)
	}
	start := schedule.MustDate("2027-03-01")
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: office, Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("72 kg")}},
		Key: schedule.Key{0: 0xA7, 15: 0x3C}, AsOf: time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err)
	}
	return plan
}

func ExampleSheet_WriteText() {
	american, _ := sheet.LocaleOf("en-US")
	s, err := sheet.New(examplePlan(), sheet.Options{Locale: american, Contacts: []sheet.Contact{{Phone: "555 0100"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.WriteText(os.Stdout, 80); err != nil {
		fmt.Println(err)
	}

	// Output:
	// Your visits
	// ===========
	// As of Monday, March 1, 2027, 8:00 AM. Times are UTC. A newer sheet replaces this
	// one.
	//
	// Next visit
	//   Monday, March 1, 2027, 9:00 AM – 10:40 AM, Visit 1
	//   - Before the visit: 7:00 AM to 9:00 AM: no food
	//   - After the visit: 10:40 AM: somebody takes you home
	//   - Whom to call: Questions or changes: 555 0100
	//
	// Calendar
	//    March 2027
	//    Su  Mo  Tu  We  Th  Fr  Sa
	//       [ 1]  2   3 [ 4]  5   6
	//     7 [ 8]  9  10  11  12  13
	//    14  15  16  17  18  19  20
	//    21  22  23  24  25  26  27
	//    28  29  30  31
	//
	//   [ ] planned
	//
	// All visits
	//   Visit 1  Mon, Mar 1, 2027  9:00 AM – 10:40 AM  planned
	//   Visit 2  Thu, Mar 4, 2027  9:00 AM – 10:40 AM  planned
	//   Visit 3  Mon, Mar 8, 2027  9:00 AM – 10:40 AM  planned
	//
	// What to do
	//   Visits 1–3
	//     Before the visit:
	//       - 7:00 AM to 9:00 AM: no food
	//     After the visit:
	//       - 10:40 AM: somebody takes you home
	//
	// Whom to call
	//   Questions or changes
	//     555 0100
}

// A German page needs German words for the texts of the protocol.
func ExampleOptions_text() {
	german, _ := sheet.LocaleOf("de")
	words := map[string]string{"no food": "nichts essen", "somebody takes you home": "Jemand bringt Sie nach Hause"}

	_, err := sheet.New(examplePlan(), sheet.Options{Locale: german})
	fmt.Println(err)
	s, err := sheet.New(examplePlan(), sheet.Options{Locale: german, Text: func(text string) (string, bool) {
		shown, ok := words[text]
		return shown, ok
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var out strings.Builder
	if err := s.WriteText(&out, 80); err != nil {
		fmt.Println(err)
	}
	_, toDo, _ := strings.Cut(out.String(), "Was zu tun ist\n")
	fmt.Print(toDo)

	// Output:
	// Text: want words in de for "no food", "somebody takes you home"
	//   Termine 1–3
	//     Vor dem Termin:
	//       - 07:00 bis 09:00: nichts essen
	//     Nach dem Termin:
	//       - 10:40: Jemand bringt Sie nach Hause
	//
	// Wen Sie anrufen
	//   Bei Fragen oder Änderungen wenden Sie sich an Ihre Praxis.
}

func ExampleSheet_WriteCSV() {
	american, _ := sheet.LocaleOf("en-US")
	s, err := sheet.New(examplePlan(), sheet.Options{Locale: american, Doses: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	var out strings.Builder
	if err := s.WriteCSV(&out); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))

	// Output:
	// id,kind,session,state,lost,revision,week,date,start,end,zone,begins,ends,target,earliest,latest,shift_days,planned_dose,allowed,given_dose,tasks_before,tasks_during,tasks_after
	// cdbyko6k5cxoz54s,session,1,planned,,0,1,2027-03-01,09:00,10:40,UTC,2027-03-01T09:00:00Z,2027-03-01T10:40:00Z,2027-03-01,2027-03-01,2027-03-07,0,36 mg,,,7:00 AM to 9:00 AM: no food,,10:40 AM: somebody takes you home
	// rt5tnahvnii6qhgt,session,2,planned,,0,1,2027-03-04,09:00,10:40,UTC,2027-03-04T09:00:00Z,2027-03-04T10:40:00Z,2027-03-04,2027-03-01,2027-03-07,0,36 mg,,,7:00 AM to 9:00 AM: no food,,10:40 AM: somebody takes you home
	// a5noqwoo5peuapk7,session,3,planned,,0,2,2027-03-08,09:00,10:40,UTC,2027-03-08T09:00:00Z,2027-03-08T10:40:00Z,2027-03-08,2027-03-05,2027-03-11,0,36 mg,,,7:00 AM to 9:00 AM: no food,,10:40 AM: somebody takes you home
}

func ExampleSheet_WriteSVG() {
	arabic, _ := sheet.LocaleOf("ar")
	arabic.Words.Title = "برنامج الزيارات" // a locale is plain data
	s, err := sheet.New(examplePlan(), sheet.Options{Locale: arabic, Text: func(string) (string, bool) { return "", true }})
	if err != nil {
		fmt.Println(err)
		return
	}
	var out strings.Builder
	if err := s.WriteSVG(&out); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "<title") || strings.HasPrefix(line, "<desc") {
			fmt.Print(line)
		}
	}

	// Output:
	// <title id="timeline-title">برنامج الزيارات: المخطط الزمني</title>
	// <desc id="timeline-text">الزيارة 1، الاثنين، 1 مارس 2027 – الزيارة 3، الاثنين، 8 مارس 2027</desc>
}

func ExampleSheet_WriteHTML() {
	british, _ := sheet.LocaleOf("en-GB")
	s, err := sheet.New(examplePlan(), sheet.Options{Locale: british, Title: "Visits of spring"})
	if err != nil {
		fmt.Println(err)
		return
	}
	var out strings.Builder
	if err := s.WriteHTML(&out); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "<html") || strings.HasPrefix(line, "<h") {
			fmt.Print(line)
		}
	}

	// Output:
	// <html lang="en-GB" dir="ltr">
	// <head>
	// <header>
	// <h1><bdi>Visits of spring</bdi></h1>
	// <h2 id="next">Next visit</h2>
	// <h2 id="contact">Whom to call</h2>
	// <h2 id="calendar">Calendar</h2>
	// <h2 id="timeline">Timeline</h2>
	// <h2 id="visits">All visits</h2>
	// <h3>Next visits</h3>
	// <h2 id="to-do">What to do</h2>
	// <h3 id="to-do-1">Visits 1–3</h3>
	// <h4>Before the visit</h4>
	// <h4>After the visit</h4>
}
