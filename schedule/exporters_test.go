package schedule_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// exports is a plan in every form, with all that can be asked for.
type exports struct{ ics, html, text, csv, svg string }

func exportsOf(t *testing.T, p *schedule.Plan) exports {
	t.Helper()
	locale, ok := sheet.LocaleOf("en-GB")
	require.True(t, ok)
	made, err := sheet.New(p, sheet.Options{Locale: locale, Names: true, Drug: true, Doses: true, During: true, Worksheets: true})
	require.NoError(t, err)
	var ics, html, text, table, svg bytes.Buffer
	require.NoError(t, ical.Write(&ics, p, ical.Options{ShowDose: true, ShowDrug: true, ShowNames: true, Tasks: true, Alarms: []time.Duration{time.Hour}}))
	require.NoError(t, made.WriteHTML(&html))
	require.NoError(t, made.WriteText(&text, 200))
	require.NoError(t, made.WriteCSV(&table))
	require.NoError(t, made.WriteSVG(&svg))
	return exports{ics.String(), html.String(), text.String(), table.String(), svg.String()}
}

// A world is a plan in a clinic that changes its mind.
type world struct {
	*story
	*rand.Rand
	today date.Date
}

// newWorld is a course with two doses, tasks, companions, a gate and a follow-up.
func newWorld(t *testing.T, seed uint64, beside ...protocol.Monitoring) *world {
	t.Helper()
	hour := protocol.Visit{Administration: time.Hour, Tasks: []protocol.Task{{Text: "bring a list", From: protocol.Arrival, At: -24 * time.Hour}}}
	visit := protocol.Visit{
		Administration: 40 * time.Minute, Observation: time.Hour,
		Tasks: []protocol.Task{{Text: "no food", From: protocol.Arrival, At: -2 * time.Hour}, {Text: "no driving", From: protocol.Departure}},
	}
	spec := protocol.Spec{
		ID: "world", Version: "1", Drug: "examplamine", Route: "intravenous",
		Phases: []protocol.Phase{
			{
				Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2, Visit: visit,
				Dose:       dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 80 mg"),
				Companions: []protocol.Companion{{Name: "talk", From: 1, To: 2, Visit: hour}},
			},
			{Name: "upkeep", Cadence: protocol.MustCadence([]string{"every 1w x4", "every 1w", "1/wk x3"}[seed%3]), MinGap: 3, Visit: visit, Dose: dose.MustRule("36 mg")},
		},
		FollowUps: []protocol.FollowUpVisit{{Name: "review", Days: []int{7}, Window: protocol.Window{Before: 2, After: 2}, Visit: hour}},
		Gates:     []protocol.Gate{{Name: "benefit", Phase: "induction", Assess: "whether it helps"}},

		Monitoring: beside,
	}
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	if seed%3 == 1 {
		r.Until = r.Start + 60
	}
	return &world{living(t, r), rand.New(rand.NewPCG(seed, 7)), r.Start}
}

// pick draws a session, sooner one of the next.
func (w *world) pick() schedule.Session {
	var coming []schedule.Session
	for _, s := range w.plan.All() {
		if s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional {
			coming = append(coming, s)
		}
	}
	if len(coming) == 0 {
		return sessionAt(w.plan, 1+w.IntN(w.plan.Len()))
	}
	return coming[min(w.IntN(4), len(coming)-1)]
}

// draw returns what may happen next.
func (w *world) draw() schedule.Happening {
	s, on := w.pick(), w.today+date.Date(w.IntN(30))
	switch w.IntN(14) {
	case 0:
		return schedule.ClinicClosed{From: on, To: on + date.Date(w.IntN(3)), Reason: "storm"}
	case 1, 2:
		days := []schedule.ClinicDay{{Date: on, Hours: []clinic.Hours{clinic.MustHours("13:00-17:00")}, Reason: "meeting"}}
		for d := range date.Date(w.IntN(9)) {
			days = append(days, schedule.ClinicDay{Date: on + 1 + d, Hours: []clinic.Hours{clinic.MustHours([]string{"08:00-17:00", "08:00-09:00", "12:00-20:00"}[w.IntN(3)])}})
		}
		return schedule.ClinicChanged{Days: days}
	case 3:
		return schedule.PatientAway{From: on, To: on + 1, Reason: "trip"}
	case 4:
		return schedule.Moved{Session: s.ID(), Date: s.Date() + date.Date(w.IntN(5)) - 2}
	case 5:
		return schedule.Held{Session: s.ID(), Reason: "infection"}
	case 6:
		return schedule.Resumed{}
	case 7:
		return schedule.Shifted{Session: s.ID(), Weeks: w.IntN(2)}
	case 8:
		return schedule.Decided{Gate: "benefit", Then: protocol.Continue, Who: "attending"}
	case 9:
		return schedule.Weighed{Date: w.today, Weight: dose.MustWeight([]string{"80 kg", "80.04 kg", "80.05 kg", "84 kg"}[w.IntN(4)])}
	case 10:
		return schedule.Cancelled{Session: s.ID(), By: schedule.ByPatient}
	default:
		if w.today = max(w.today, s.Date()); w.IntN(5) == 0 {
			return schedule.Missed{Session: s.ID()}
		}
		return schedule.Given{Session: s.ID(), Date: w.today, Dose: s.Dose().Dose()}
	}
}

// step applies what may happen next, and reports whether it was not refused.
func (w *world) step() (schedule.Happening, bool) {
	what := w.draw()
	next, err := w.try(w.today.String(), what)
	if err != nil {
		return what, false
	}
	w.plan = next
	return what, true
}

// A mark is what the forms say of one session or visit.
type mark struct {
	id, label string
	lost      bool
	on        date.Date
	session   bool
}

func marks(p *schedule.Plan) (list []mark) {
	for _, s := range p.All() {
		list = append(list, mark{s.ID().String(), fmt.Sprint("Visit ", s.Ordinal()), s.Lost() != "", s.Date(), true})
	}
	for v := range p.OtherVisits() {
		list = append(list, mark{v.ID.String(), map[schedule.VisitRole]string{schedule.RoleCompanion: "Other visit", schedule.RoleFollowUp: "Follow-up"}[v.Role], v.Lost != "", v.Date, false})
	}
	return list
}

// Whoever reads a plan is told which days no longer hold: everything that shows the
// plan marks them, and nothing tells the patient to come on them.
func TestEveryFormMarksLostDays(t *testing.T) {
	marked := 0
	for seed := range uint64(16) {
		w := newWorld(t, seed)
		for range 14 {
			if what, ok := w.step(); ok {
				marked += w.marksLost(t)
				if t.Failed() {
					t.Fatalf("seed %d: %#v", seed, what)
				}
			}
		}
	}
	assert.Greater(t, marked, 100, "lost days to look for")
}

func (w *world) marksLost(t *testing.T) int {
	p := w.plan
	all, out := marks(p), exportsOf(t, p)
	lost := map[string]bool{}
	for _, m := range all {
		if m.lost {
			lost[m.id] = true
		}
	}

	var plan struct {
		Sessions, Visits []struct {
			ID   string
			Lost *string
		}
		Findings []struct{ Code string }
	}
	require.NoError(t, json.Unmarshal(p.AppendJSON(nil), &plan))
	for _, s := range append(plan.Sessions, plan.Visits...) {
		assert.Equal(t, lost[s.ID], s.Lost != nil, "JSON")
	}
	found := 0
	for _, f := range plan.Findings {
		if f.Code == string(schedule.DayLost) {
			found++
		}
	}
	assert.Equal(t, len(lost), found, "findings")

	for _, d := range []date.Date{w.today, w.today + 1, w.today + 7} {
		status := p.On(d)
		for _, s := range append(status.Due, status.Upcoming...) {
			assert.Empty(t, s.Lost(), "the status of %s tells somebody to come", d)
		}
		for _, s := range status.Lost {
			assert.NotEmpty(t, s.Lost())
		}
	}

	events := strings.Split(strings.ReplaceAll(out.ics, "\r\n ", ""), "BEGIN:VEVENT")
	for _, event := range events[1:] {
		uid := regexp.MustCompile(`\r\nUID:([a-z2-7]{16})`).FindStringSubmatch(event)[1]
		if !lost[uid] || strings.Contains(event, "STATUS:CANCELLED") { // a task that is no more
			assert.NotContains(t, event, "This date no longer holds")
			continue
		}
		assert.Contains(t, event, "STATUS:TENTATIVE")
		assert.Contains(t, event, "SUMMARY:Not confirmed: ")
		assert.Contains(t, event, `DESCRIPTION:This date no longer holds.`)
		assert.NotContains(t, event, "VALARM")
	}

	rows, err := csv.NewReader(strings.NewReader(out.csv)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"id", "lost"}, []string{rows[0][0], rows[0][4]})
	for _, row := range rows[1:] {
		assert.Equal(t, lost[row[0]], row[4] == "yes", "CSV")
	}

	_, list, _ := strings.Cut(out.text, "\nAll visits\n")
	list, _, _ = strings.Cut(list, "\n\n")
	assert.Equal(t, len(lost), strings.Count(list, "new date needed"), "text: %s", list)
	table := out.html[strings.Index(out.html, `<table class="visits`):]
	assert.Equal(t, len(lost), strings.Count(table, `<tr class="lost">`), "page")
	assert.Equal(t, len(lost), strings.Count(out.html, `<li class="lost">`), "page on a narrow screen")
	legend := 0
	if len(lost) > 0 {
		legend = 1
	}
	assert.Equal(t, len(lost)+legend, strings.Count(out.svg, `stroke-dasharray="3 2"`), "timeline")

	// The next visit is none of those that are lost, and each of these that is to come
	// is named before it.
	_, next, told := strings.Cut(out.text, "\nNext visit\n")
	next, _, _ = strings.Cut(next, "\n")
	for _, m := range all {
		if m.lost && told && m.session {
			assert.NotRegexp(t, ", "+m.label+"$", next)
		}
		if m.lost && m.on > civilDay(p.AsOf()) {
			assert.Contains(t, strings.ReplaceAll(out.text, "\n", " "), m.label+" ("+m.on.Weekday().String()[:3])
			assert.Contains(t, out.html, `<p class="say reserve">Please do not come to these visits unless the clinic confirms them: `)
		}
	}
	return len(lost)
}

func civilDay(at time.Time) date.Date { return date.New(at.Year(), at.Month(), at.Day()) }

// stamps are what an exporter writes of the as-of alone.
var (
	stamps     = regexp.MustCompile(`(?m)^(DTSTAMP|LAST-MODIFIED):.*$|As of [^.]*\.`)
	nextInText = regexp.MustCompile(`(?s)\nNext visit\n.*?\n\n`)
	nextInPage = regexp.MustCompile(`(?s)<section class="card next".*?</section>`)
	lostInText = regexp.MustCompile(`(?s)\n\nPlease do not come.*?\n\n`)
	lostInPage = regexp.MustCompile(`<p class="say reserve">.*?</p>`)
)

// bareForm returns a form without what follows from the as-of alone: stamps, the sentence that
// says it, which visit is the next, and which of those that are lost are still to come.
func bareForm(form string) string {
	form = nextInText.ReplaceAllString(form, "\n\n")
	form = nextInPage.ReplaceAllString(form, "")
	form = lostInText.ReplaceAllString(form, "\n\n")
	form = lostInPage.ReplaceAllString(form, "")
	return strings.TrimSpace(stamps.ReplaceAllString(form, ""))
}

// Where the difference of two plans is empty, everything that shows them is the same but
// for the as-of; and where anything is not, the difference says so, in words too.
func TestEmptyDiff(t *testing.T) {
	t.Parallel()
	empty, differ := 0, 0
	seeds := uint64(16)
	if testing.Short() {
		seeds = 6
	}
	for seed := range seeds {
		w := newWorld(t, 100+seed)
		type version struct {
			plan *schedule.Plan
			bare map[string]string
		}
		bare := func(p *schedule.Plan) map[string]string {
			out := exportsOf(t, p)
			return map[string]string{
				"calendar": bareForm(out.ics), "page": bareForm(out.html), "text": bareForm(out.text), "table": bareForm(out.csv), "timeline": bareForm(out.svg),
			}
		}
		versions := []version{{w.plan, bare(w.plan)}}
		for range 12 {
			if _, ok := w.step(); ok {
				versions = append(versions, version{w.plan, bare(w.plan)})
			}
		}
		// An event that nobody who reads the plan notices.
		w.on(w.today.String(), schedule.Accepted{Session: w.id(1), Code: schedule.SoftLimit, Reason: "known", Who: "attending"})
		versions = append(versions, version{w.plan, bare(w.plan)})
		for range 24 {
			a, b := versions[w.IntN(len(versions))], versions[w.IntN(len(versions))]
			if w.IntN(2) == 0 {
				i := w.IntN(len(versions) - 1)
				a, b = versions[i], versions[i+1]
			}
			d := a.plan.Diff(b.plan)
			same := true
			if d.Empty() {
				// What follows from the as-of alone, such as what is overdue, is that of
				// the later one of both.
				if b.plan.AsOf().Before(a.plan.AsOf()) {
					a, b = b, a
				}
				later, err := a.plan.Apply(schedule.Event{ID: "later", What: schedule.Accepted{Session: w.id(1), Code: schedule.SoftLimit, Reason: "known", Who: "attending"}}, b.plan.AsOf())
				require.NoError(t, err)
				a.bare = bare(later)
			}
			for form, written := range a.bare {
				if written != b.bare[form] {
					same = false
					if d.Empty() {
						assert.Equal(t, written, b.bare[form], form)
						t.Fatalf("seed %d: the %s differs, and the difference is empty: %v", seed, form, d.Events)
					}
				}
			}
			switch {
			case d.Empty():
				empty++
				require.Equal(t, "nothing changes", d.String())
			case !same:
				differ++
				require.NotEqual(t, "nothing changes", d.String())
			}
			requireDiffJSON(t, d)
			patched, err := d.Patch(a.plan.Snapshots())
			require.NoError(t, err)
			require.Equal(t, b.plan.Snapshots(), patched)
		}
	}
	assert.Greater(t, empty, 20)
	assert.Greater(t, differ, 100)
}

// requireDiffJSON checks that a difference is read as it is written.
func requireDiffJSON(t *testing.T, d schedule.Diff) {
	t.Helper()
	var read schedule.Diff
	text, err := json.Marshal(d)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, d.String(), read.String())
	again, err := json.Marshal(read)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
}
