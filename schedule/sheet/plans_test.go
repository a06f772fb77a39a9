package sheet_test

import (
	"bytes"
	"regexp"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// course is an invented protocol with all that a sheet can show.
func course() protocol.Spec {
	at := func(d time.Duration) *time.Duration { return &d }
	visit := protocol.Visit{
		Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: time.Hour,
		Tasks: []protocol.Task{
			{Text: "no driving", From: protocol.Departure, Until: at(20 * time.Hour)},
			{Text: "no food", From: protocol.AdministrationStart, At: -2 * time.Hour, Until: at(0)},
			{Text: "bring the questionnaire", From: protocol.Arrival},
			{Text: "blood test", From: protocol.Arrival, At: -72 * time.Hour},
			{Text: "blood pressure", From: protocol.AdministrationEnd, At: -10 * time.Minute},
			{Text: "telephone call", From: protocol.Departure, At: 47 * time.Hour},
		},
	}
	return protocol.Spec{
		ID: "examplamine-sheet", Version: "1", Title: "Examplamine, six infusions", Drug: "examplamine", Route: "intravenous",
		Phases: []protocol.Phase{
			{
				Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2, Visit: visit,
				Dose:  dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 80 mg"),
				Steps: []protocol.Step{{From: 2, Dose: dose.MustRule("50 mg"), Condition: "no response"}},
				Climb: protocol.ClimbFree, Follows: protocol.FollowsRule,
				Companions: []protocol.Companion{{Name: "conversation", Visit: protocol.Visit{Kind: protocol.Integration, Observation: time.Hour}, From: 1, To: 1}},
			},
			{
				Name: "upkeep", Cadence: protocol.MustCadence("every 4w x2"), MinGap: 7, Visit: protocol.Visit{Administration: 40 * time.Minute},
				Dose: dose.MustRule("36 mg"),
			},
		},
		FollowUps: []protocol.FollowUpVisit{{Name: "scoring", Visit: protocol.Visit{Kind: protocol.FollowUp}, Days: []int{28}, Window: protocol.Window{After: 7}}},
		Gates:     []protocol.Gate{{Name: "benefit", Phase: "induction", Assess: "whether it helps", Outcomes: []protocol.Outcome{{When: "it helps", Then: protocol.Continue}}}},
	}
}

func build(tb testing.TB, spec protocol.Spec) *schedule.Plan {
	tb.Helper()
	prescribed, err := spec.Compile()
	require.NoError(tb, err)
	zone, err := time.LoadLocation("Europe/London")
	require.NoError(tb, err)
	days := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("09:00-17:00"), days...)})
	require.NoError(tb, err)
	start := schedule.MustDate("2027-03-01")
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: office,
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("72 kg")}},
		Key:       schedule.Key{0: 0xE7, 15: 0x1D}, AsOf: time.Date(2027, 3, 1, 8, 0, 0, 0, zone),
	})
	require.NoError(tb, err)
	return plan
}

func locale(tb testing.TB, tag string) sheet.Locale {
	tb.Helper()
	l, ok := sheet.LocaleOf(tag)
	require.True(tb, ok)
	return l
}

// written is a sheet in each of its forms.
type written struct{ html, svg, text, csv string }

func write(tb testing.TB, s *sheet.Sheet) written {
	tb.Helper()
	var html, svg, text, csv bytes.Buffer
	require.NoError(tb, s.WriteHTML(&html))
	require.NoError(tb, s.WriteSVG(&svg))
	require.NoError(tb, s.WriteText(&text, 80))
	require.NoError(tb, s.WriteCSV(&csv))
	return written{html.String(), svg.String(), text.String(), csv.String()}
}

// shown returns what people read, without elements, style and attributes, and
// the CSV.
func (w written) shown(tb testing.TB) string {
	tb.Helper()
	_, html := checkHTML(tb, style.ReplaceAllString(w.html, ""))
	_, svg := checkXML(tb, w.svg)
	return html + svg + w.text + w.csv
}

var style = regexp.MustCompile(`(?s)<style>.*</style>`)
