package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/examples/clinicapp/demo"
	"github.com/regimen-go/regimen/schedule"
)

// A patient is enrolled, comes, is weighed anew, and does not come: what the pages say is what
// was worked out by hand. 0.5 mg/kg of 80 kg are 40 mg, of 82 kg 41 mg.
func TestDay(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	plan := v.enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	assert.Contains(t, v.words(), "Enrolled. The plan is made.")
	assert.Contains(t, v.words(), "today 09:00, session 1")
	v.open("/")
	assert.Contains(t, v.words(), "Due 1")
	assert.Contains(t, v.words(), "Patient 07 07 Mon 2 Mar 2026 09:00 taper")

	v.follow("Record the session of Patient 07")
	assert.Contains(t, v.words(), "0.5 mg/kg")
	v.follow("Given")
	v.send("/do/given", url.Values{"start": {"09:05"}, "end": {"11:50"}})
	assert.Equal(t, http.StatusUnprocessableEntity, v.status)
	assert.Contains(t, v.words(), "Found: 09:05", "it has not begun yet")
	h.goTo("2026-03-02 12:00")
	v.send("/do/given", nil)
	assert.Contains(t, v.words(), "Recorded. Sessions: 1 given")
	assert.Contains(t, v.words(), "active, 1 given")

	h.goTo("2026-03-04 09:00")
	v.open(plan).follow("Weight")
	v.send("/do/weighed", url.Values{"weight": {"82"}})
	assert.Equal(t, http.StatusUnprocessableEntity, v.status)
	assert.Contains(t, v.words(), "Wanted:", "the unit is missing, and the value stays")
	assert.Contains(t, v.body, `value="82"`)
	v.send("/do/weighed", url.Values{"weight": {"82 kg"}, "look": {"1"}})
	assert.Contains(t, v.words(), "What would change")
	assert.Contains(t, v.words(), "40 mg")
	assert.Equal(t, 1, h.plan(plan).Revision(), "nothing is recorded by looking")
	v.send("/do/weighed", nil)
	assert.Equal(t, 2, h.plan(plan).Revision())
	s, _ := h.plan(plan).At(2)
	assert.Equal(t, "41 mg", s.Amount().String())
	day := s.Date()

	// Nobody came; somebody takes a way on.
	h.goTo(day.String() + " 18:00")
	v.open(plan + "/sessions/" + h.sessionAt(plan, 2))
	assert.Regexp(t, `When the plan was made, 2026-03-02 \d\d:\d\d: Wed 4 Mar 2026 \d\d:\d\d, 40 mg From entry 2 on, 2026-03-04 09:00: Wed 4 Mar 2026 \d\d:\d\d, 41 mg`, v.words())
	v.follow("Missed")
	v.send("/do/missed", url.Values{"reason": {"ill"}})
	assert.Contains(t, v.words(), "To be settled")
	v.send("/repairs", nil)
	assert.Contains(t, v.words(), "Shift")
	path, _, values := v.form("/repairs")
	v.post(path, values)
	require.Equal(t, plan, v.path, v.words())
	after := h.plan(plan).Revision()
	v.post(path, values)
	assert.Equal(t, after, h.plan(plan).Revision(), "a second click")

	v.open(plan + "/journal")
	assert.Contains(t, v.words(), "Session 2: missed (ill)")
	assert.Contains(t, v.words(), "prescriber")
}

func (h *house) mustSession(plan string, n int) schedule.Session {
	h.Helper()
	s, ok := h.plan(plan).At(n)
	require.True(h, ok)
	return s
}

// A doubled click, the back button, and two people at once.
func TestTwice(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	plan := h.as("prescriber").enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	ann, ben := h.as("nurse"), h.as("nurse")
	ann.open(plan + "/do/weighed")
	ben.open(plan + "/do/weighed")
	path, _, first := ann.form("/do/weighed")
	_, _, second := ben.form("/do/weighed")
	first.Set("weight", "81 kg")
	second.Set("weight", "18 kg")
	ann.post(path, first)
	ann.post(path, first)
	assert.Equal(t, plan, ann.path)
	assert.Equal(t, 1, h.plan(plan).Revision(), "the doubled click")

	ben.post(path, second)
	assert.Equal(t, http.StatusConflict, ben.status)
	assert.Contains(t, ben.words(), "Somebody else has changed the plan")
	assert.Contains(t, ben.words(), "81 kg")
	assert.Contains(t, ben.body, `value="18 kg"`, "what was typed stays")
	assert.Equal(t, 1, h.plan(plan).Revision())
	ben.send("/do/weighed", url.Values{"weight": {"81.5 kg"}})
	assert.Equal(t, 2, h.plan(plan).Revision(), "after a look")

	// Back, and other values by the form that was sent.
	first.Set("weight", "82 kg")
	ann.post(path, first)
	assert.Contains(t, ann.words(), "Somebody else has changed the plan")
	first.Set("revision", "2")
	ann.post(path, first)
	assert.Equal(t, http.StatusUnprocessableEntity, ann.status)
	assert.Contains(t, ann.words(), "You have sent this form before")
	assert.Equal(t, 2, h.plan(plan).Revision())
}

// A wrong entry is put right, and what the patient's calendar says follows.
func TestCorrectAndFeed(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	plan := v.enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	v.open(plan+"/links").send("/links", nil)
	link := v.link("http://app.test" + strings.TrimPrefix(attrOf(v, "made"), "http://app.test"))
	path := strings.TrimPrefix(link, "http://app.test")
	patient := h.visitor()
	patient.open(path)
	assert.Contains(t, patient.words(), "Next visit Mon 2 Mar 2026 09:00")
	feed := func() string { return patient.open(path + "/calendar.ics").body }
	before := feed()

	// Session 2 is said to be missed, and was given.
	h.goTo("2026-03-06 18:00")
	v.open(plan+"/do/given?session="+h.sessionAt(plan, 1)).send("/do/given", nil)
	v.open(plan+"/do/missed?session="+h.sessionAt(plan, 2)).send("/do/missed", nil)
	missed := feed()
	assert.NotEqual(t, before, missed)
	assert.Contains(t, missed, "SUMMARY:Missed: Clinic visit (2)")
	v.open(plan + "/journal").follow("Correct entry 2")
	assert.Contains(t, v.words(), "Session 2: missed")
	v.send("/correct/"+lastEvent(h, plan), url.Values{"way": {"withdraw"}, "reason": {"another patient"}})
	require.Equal(t, plan, v.path, v.words())
	after := feed()
	assert.NotContains(t, after, "SUMMARY:Missed:")
	v.open(plan + "/journal")
	assert.Contains(t, v.words(), "(corrected since)")
	assert.Equal(t, 3, h.plan(plan).Revision(), "the wrong entry stays")

	// A dose that was mistyped.
	v.open(plan + "/journal").follow("Correct entry 1")
	assert.Contains(t, v.body, `value="40 mg"`, "what was said stands there")
	first := ""
	for e := range h.plan(plan).History() {
		first = e.Event.ID
		break
	}
	v.send("/correct/"+first, url.Values{"instead/dose": {"35 mg"}, "reason": {"typing error"}})
	given, _ := h.mustSession(plan, 1).Given()
	assert.Equal(t, "35 mg", given.Dose.String())

	// A link that is revoked is as good as none.
	v.open(plan+"/links").send("/revoke", nil)
	for _, p := range []string{path, path + "/visits", path + "/calendar.ics", "/p/nobodys"} {
		patient.open(p)
		assert.Equal(t, http.StatusNotFound, patient.status, p)
		assert.Contains(t, patient.words(), "This link is not known", p)
	}
}

func also(values url.Values, key, value string) url.Values {
	values.Set(key, value)
	return values
}

func attrOf(v *visitor, id string) string {
	for n := range v.page.Descendants() {
		if attr(n, "id") == id {
			return attr(n, "href")
		}
	}
	return ""
}

func lastEvent(h *house, plan string) (id string) {
	for e := range h.plan(plan).History() {
		id = e.Event.ID
	}
	return id
}

// A closure, other hours, and both called off: everybody is told, and lost days stand in the list.
func TestClinic(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	var plans []string
	for _, n := range []string{"01", "02", "03"} {
		plans = append(plans, v.enrol("ketamine-iv-taper", taper, patientNumber(n, "2026-03-02", "2026-08-31", "80 kg")))
	}
	n := h.as("nurse")
	day := h.mustSession(plans[0], 2).Date()
	n.open("/clinic").send("/clinic/close", url.Values{"from": {day.String()}, "reason": {"storm"}})
	assert.Contains(t, n.words(), "3 told")
	n.open("/?list=lost")
	assert.Contains(t, n.words(), "Lost days 3")
	assert.Contains(t, n.words(), "lost: closed (storm)")
	// Whoever is enrolled now is not planned on that day.
	late := v.enrol("ketamine-iv-taper", taper, also(patientNumber("04", "2026-03-02", "2026-08-31", "80 kg"), "shortweek", "postpone"))
	for _, s := range h.plan(late).All() {
		assert.NotEqual(t, day, s.Date())
	}
	n.open("/clinic").send("/clinic/calloff", nil)
	n.open("/")
	assert.Contains(t, n.words(), "Lost days 0")

	n.open("/clinic").send("/clinic/hours", url.Values{"from": {day.String()}, "Monday": {"10:00-17:00"}, "Tuesday": {"10:00-17:00"}, "Wednesday": {"10:00-17:00"}, "Thursday": {"10:00-17:00"}, "Friday": {"10:00-17"}})
	assert.Equal(t, http.StatusUnprocessableEntity, n.status)
	n.send("/clinic/hours", url.Values{"Friday": {"10:00-17:00"}})
	require.Equal(t, http.StatusOK, n.status)
	n.open("/?list=lost")
	assert.NotContains(t, n.words(), "Lost days 0")
	assert.Contains(t, n.words(), "outside the hours 10:00-17:00")
	assert.Equal(t, schedule.StatePlanned, h.mustSession(plans[0], 2).State(), "nothing moves")
}

// Another drug is begun, the dose is chosen, the treatment waits and goes on.
func TestSwitchHoldChoose(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	plan := v.enrol("ketamine-iv-taper", taper, patientNumber("07", "2026-03-02", "2026-08-31", "80 kg"))
	v.open(plan+"/do/given?session="+h.sessionAt(plan, 1)).send("/do/given", nil)
	h.goTo("2026-03-03 09:00")
	v.open(plan + "/switch/esketamine-nasal-sustain-3")
	for _, a := range spray {
		name := v.body[strings.LastIndex(v.body, `name="p.`)+6:]
		v.send("/switch/esketamine-nasal-sustain-3", url.Values{name[:strings.Index(name, `"`)]: {a}})
	}
	v.send("/switch/esketamine-nasal-sustain-3", url.Values{"start": {"2026-03-16"}, "gap": {"14"}, "until": {"2026-12-31"}, "reason": {"no response"}, "who": {"prescriber"}})
	require.Equal(t, plan, v.path, v.words())
	assert.Equal(t, "esketamine-nasal-sustain-3", h.plan(plan).Protocol().ID())
	next := h.plan(plan).On(schedule.MustDate("2026-03-16")).Due[0]
	assert.Equal(t, "56 mg", next.Amount().String())
	v.open(plan + "/sessions/" + next.ID().String()).follow("Choose a dose")
	assert.Contains(t, v.words(), "84 mg")
	v.send("/do/dose-chosen", url.Values{"level": {"84 mg"}, "reason": {"by the label"}})
	next, _ = h.plan(plan).Session(next.ID())
	assert.Equal(t, "84 mg", next.Amount().String())

	v.open(plan).follow("Pause")
	v.send("/do/held", url.Values{"reason": {"an infection"}})
	assert.Equal(t, schedule.OnHold, h.plan(plan).Standing())
	v.open(plan).follow("Go on")
	v.send("/do/resumed", nil)
	assert.Equal(t, schedule.Active, h.plan(plan).Standing())

	for _, file := range []string{"sheet.html", "one-page.html", "staff.html", "visits.ics", "visits.csv", "bundle.json", "plan.json", "timeline.svg"} {
		v.open(plan + "/export/" + file)
		assert.Equal(t, http.StatusOK, v.status, file)
		assert.NotEmpty(t, v.body, file)
	}
	v.open(plan + "/journal")
	assert.Contains(t, v.words(), "exported bundle.json")
}

// A protocol file of the clinic's own is read, or every problem in it is named.
func TestOwnProtocol(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	v := h.as("prescriber")
	v.upload("/enrol/file", "own.json", `{"format": "regimen/1", "phases": [{"name": "a", "cadence": "bi-weekly"}]}`)
	assert.Equal(t, http.StatusUnprocessableEntity, v.status)
	assert.Contains(t, v.words(), "own.json:1:")
	v.upload("/enrol/file", "own.json", `{"format": "regimen/1", "id": "own-one", "version": "1", "title": "Own course", "phases": [{"name": "a", "cadence": "1/wk x3", "minGap": "2 days",
		"visit": {"administration": "40 min", "observation": "1 h"}, "dose": "40 mg, hard max 60 mg"}]}`)
	require.Equal(t, http.StatusOK, v.status, v.words())
	v.follow("Own course")
	v.send("/enrol/~1", patientNumber("09", "2026-03-02", "", ""))
	require.Regexp(t, `^/plans/`, v.path, v.words())
	assert.Equal(t, 3, h.plan(v.path).Len())
}

// Searching, and pages of a long list.
func TestSearch(t *testing.T) {
	h := newHouse(t, "2026-03-02")
	_, err := demo.Many(t.Context(), h.store, schedule.MustDate("2026-03-02"), 120, 120)
	require.NoError(t, err)
	v := h.as("nurse")
	v.open("/patients").follow("Next page")
	assert.Contains(t, v.words(), "51 to 100")
	v.open("/patients?q=Patient+00001")
	assert.Contains(t, v.words(), "Patient 000019")
	assert.NotContains(t, v.words(), "Patient 000020")
	v.open("/patients?q=m-000007")
	assert.Regexp(t, `^/plans/`, v.path, "one number")
	v.open("/patients?q=" + url.QueryEscape(`%_"'<b>`))
	assert.Contains(t, v.words(), "No name and no number begins with")
	assert.NotContains(t, v.body, "<b>\"")
}
