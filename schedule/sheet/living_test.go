package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// rows returns the lines of the list of visits in plain text.
func rows(t *testing.T, plan *schedule.Plan, o sheet.Options) string {
	t.Helper()
	o.Locale = locale(t, "en-GB")
	made, err := sheet.New(plan, o)
	require.NoError(t, err)
	w := write(t, made)
	checkHTML(t, w.html)
	checkXML(t, w.svg)
	_, list, found := strings.Cut(w.text, "\nAll visits\n")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "\n\n")
	return list
}

// What becomes of a plan shows, with what was given and when.
func TestLivingPlan(t *testing.T) {
	plan := build(t, course())
	var ids []schedule.ID
	for _, s := range plan.All() {
		ids = append(ids, s.ID())
	}
	apply := func(day string, what schedule.Happening) {
		t.Helper()
		noon, err := time.ParseInLocation("2006-01-02T15:04", day+"T18:00", plan.Zone())
		require.NoError(t, err)
		plan, err = plan.Apply(schedule.Event{ID: "e" + day + "-" + strings.Repeat("x", plan.Len()), What: what}, noon)
		require.NoError(t, err)
	}
	ten, err := clinic.ParseTimeOfDay("10:00")
	require.NoError(t, err)
	apply("2027-03-01", schedule.Given{Session: ids[0], Date: schedule.MustDate("2027-03-01"), Dose: dose.MustMass("36 mg")})
	apply("2027-03-04", schedule.Missed{Session: ids[1], Reason: "a reason that nobody reads"})
	apply("2027-03-05", schedule.Moved{Session: ids[2], Date: schedule.MustDate("2027-03-09"), Start: ten})
	apply("2027-03-09", schedule.Given{Session: ids[2], Date: schedule.MustDate("2027-03-09"), Dose: dose.MustMass("50 mg"), Start: ten})
	apply("2027-03-10", schedule.Cancelled{Session: ids[3], By: schedule.ByPatient})
	assert.Equal(t, `  Visit 1      Mon 1 Mar 2027   09:00 – 11:10  took place, 36 mg
  Other visit  Tue 2 Mar 2027   09:00 – 10:00  not recorded yet
  Visit 2      Thu 4 Mar 2027   09:00 – 11:10  missed
  Other visit  Fri 5 Mar 2027   09:00 – 10:00  cancelled
  Visit 3      Tue 9 Mar 2027   10:00          took place, 50 mg
  Other visit  Wed 10 Mar 2027  09:00 – 10:00  not recorded yet
  Visit 4      Thu 11 Mar 2027  09:00 – 11:10  cancelled
  Other visit  Fri 12 Mar 2027  09:00 – 10:00  cancelled
  Visit 5      Thu 8 Apr 2027   09:00 – 09:40  to be confirmed, 36 mg
  Visit 6      Thu 6 May 2027   09:00 – 09:40  to be confirmed, 36 mg
  Follow-up    Thu 3 Jun 2027   09:00          to be confirmed`, rows(t, plan, sheet.Options{Doses: true}))
}

// After a decision the page says so, and later visits are planned.
func TestDecided(t *testing.T) {
	spec := course()
	spec.Phases[0].Cadence = protocol.MustCadence("1")
	plan := build(t, spec)
	for _, s := range plan.All() {
		var err error
		plan, err = plan.Apply(schedule.Event{ID: "given", What: schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose()}}, time.Date(2027, 3, 1, 18, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		break
	}
	made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-US")})
	require.NoError(t, err)
	open := write(t, made)
	assert.Contains(t, open.text, "After visit 1 it is decided with you how to go on.")
	assert.Contains(t, open.text, "to be confirmed")

	plan, err = plan.Apply(schedule.Event{ID: "decided", What: schedule.Decided{Gate: "benefit", Then: protocol.Continue, Who: "a clinician"}}, time.Date(2027, 3, 2, 18, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	made, err = sheet.New(plan, sheet.Options{Locale: locale(t, "en-US")})
	require.NoError(t, err)
	decided := write(t, made)
	assert.Contains(t, decided.text, "After visit 1 it was decided with you how to go on.")
	assert.NotContains(t, decided.text, "to be confirmed")
	assert.NotContains(t, decided.html, "a clinician")
}

// Visits on hold keep their dates and have nothing to do.
func TestHeld(t *testing.T) {
	plan := build(t, course())
	for _, s := range plan.All() {
		held, err := plan.Apply(schedule.Event{ID: "held", What: schedule.Held{Session: s.ID()}}, plan.AsOf())
		require.NoError(t, err)
		made, err := sheet.New(held, sheet.Options{Locale: locale(t, "en-US")})
		require.NoError(t, err)
		w := write(t, made)
		visits := 0
		for range plan.OtherVisits() {
			visits++
		}
		assert.Equal(t, plan.Len()+visits, strings.Count(w.text, "on hold")-2, "each session and visit, and once the treatment and what the brackets mean")
		assert.Contains(t, w.text, "\nThe treatment is on hold.\n")
		assert.Contains(t, w.html, `<p class="say">The treatment is on hold.</p>`)
		assert.NotContains(t, w.text, "What to do")
		assert.NotContains(t, w.text, "Next visit")
		return
	}
}

// After another version was adopted the page still says what accompanies a session
// and what follows the last one, and each session has the tasks of its own version.
func TestAdopted(t *testing.T) {
	spec := course()
	plan := build(t, spec)
	first, _ := plan.At(1)
	evening := time.Date(2027, 3, 1, 18, 0, 0, 0, time.UTC)
	plan, err := plan.Apply(schedule.Event{ID: "given", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("36 mg")}}, evening)
	require.NoError(t, err)
	before := rows(t, plan, sheet.Options{})
	require.Equal(t, 4, strings.Count(before, "Other visit"))
	require.Equal(t, 1, strings.Count(before, "Follow-up"))
	spec.Version = "next"
	spec.Phases = append([]protocol.Phase(nil), spec.Phases...)
	spec.Phases[0].Companions = append([]protocol.Companion(nil), spec.Phases[0].Companions...)
	spec.Phases[0].Companions[0].Name = "by telephone"
	next, err := spec.Compile()
	require.NoError(t, err)
	plan, err = plan.Apply(schedule.Event{ID: "adopted", What: schedule.Adopted{Protocol: next, Who: "a clinician"}}, evening)
	require.NoError(t, err)
	after := rows(t, plan, sheet.Options{})
	assert.Equal(t, strings.Count(after, "\n")+1-plan.Len()-1, strings.Count(after, "Other visit"), after)
	assert.Equal(t, 1, strings.Count(after, "Follow-up"), after)
}

func TestPaperIsText(t *testing.T) {
	for paper, name := range map[sheet.Paper]string{sheet.AnyPaper: "auto", sheet.A4: "A4", sheet.Letter: "letter"} {
		text, err := paper.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, name, string(text))
		read := sheet.Paper(7)
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, paper, read)
	}
	var paper sheet.Paper
	require.EqualError(t, paper.UnmarshalText([]byte("a4")), `Paper "a4": want auto, A4 or letter`)
	_, err := sheet.Paper(7).MarshalText()
	require.EqualError(t, err, `Paper "%!Paper(7)": want AnyPaper, A4 or Letter`)
}

// Drug and route are shown where they are asked for, each by the session's own
// protocol.
func TestDrug(t *testing.T) {
	spec := course()
	spec.Drug, spec.Route = "esketamine", "intranasal"
	plan := build(t, spec)
	first, _ := plan.At(1)
	evening := time.Date(2027, 3, 1, 18, 0, 0, 0, time.UTC)
	plan, err := plan.Apply(schedule.Event{ID: "given", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("36 mg")}}, evening)
	require.NoError(t, err)
	spec.Version, spec.Drug, spec.Route = "next", "ketamine", "by <mouth>"
	next, err := spec.Compile()
	require.NoError(t, err)
	plan, err = plan.Apply(schedule.Event{ID: "adopted", What: schedule.Adopted{Protocol: next, Who: "a clinician"}}, evening)
	require.NoError(t, err)

	list := strings.Join(strings.Fields(rows(t, plan, sheet.Options{Drug: true, Doses: true})), " ")
	assert.Contains(t, list, "Visit 1 Mon 1 Mar 2027 09:00 – 11:10 took place, esketamine, intranasal, 36 mg Other")
	assert.Equal(t, plan.Len()-1, strings.Count(list, ", ketamine, by <mouth>, 36 mg"), list)
	made, err := sheet.New(plan, sheet.Options{Drug: true, Locale: locale(t, "en-GB")})
	require.NoError(t, err)
	w := write(t, made)
	assert.Contains(t, w.html, `<th scope="row">Visit 1<bdi class="name">esketamine</bdi><bdi class="name">intranasal</bdi></th>`)
	assert.Equal(t, 2*(plan.Len()-1), strings.Count(w.html, "by &lt;mouth&gt;</bdi>"), "in the list and in the table")
	assert.Equal(t, plan.Len()-1, strings.Count(w.csv, ",ketamine,by <mouth>,"), w.csv)
	assert.Contains(t, w.csv, ",shift_days,drug,route,tasks_before,tasks_during,tasks_after\r\n")

	for _, text := range []string{w.html, w.text, w.csv} {
		assert.Contains(t, text, "esketamine")
	}
	made, err = sheet.New(plan, sheet.Options{Doses: true, Names: true, Worksheets: true, Locale: locale(t, "en-GB")})
	require.NoError(t, err)
	w = write(t, made)
	for _, text := range []string{w.html, w.text, w.csv, w.svg} {
		assert.NotContains(t, text, "esketamine", "nobody asked")
	}
}

// While the sessions before a decision wait it has no day, and of a treatment that was
// stopped nobody will decide how it goes on.
func TestDecisionOnHoldAndAfterAStop(t *testing.T) {
	spec := course()
	spec.Gates = []protocol.Gate{{Name: "benefit", Phase: spec.Phases[0].Name, After: 2, Assess: "benefit"}}
	plan := build(t, spec)
	const sentence = "After visit 2 it is decided with you how to go on."
	text := func(p *schedule.Plan) string {
		made, err := sheet.New(p, sheet.Options{Locale: locale(t, "en-US")})
		require.NoError(t, err)
		return write(t, made).text
	}
	first, _ := plan.At(1)
	second, _ := plan.At(2)
	planned := text(plan)
	assert.Regexp(t, second.Date().Weekday().String()[:3]+`[^\n]*: `+sentence, planned)
	held, err := plan.Apply(schedule.Event{ID: "held", What: schedule.Held{Session: first.ID()}}, plan.AsOf())
	require.NoError(t, err)
	assert.Contains(t, text(held), "\n  - "+sentence, "without a day")
	stopped, err := plan.Apply(schedule.Event{ID: "stopped", What: schedule.Cancelled{Session: first.ID(), By: schedule.ByClinical, Rest: true}}, plan.AsOf())
	require.NoError(t, err)
	assert.NotContains(t, text(stopped), sentence)
}
