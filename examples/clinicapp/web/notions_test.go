package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// inParts is made up: a dose in two parts, one medicine before it and one as needed, blood counts
// that sessions need, and a table of missed doses.
const inParts = `{"format": "regimen/1", "id": "own-parts", "version": "1", "title": "Own course in parts", "drug": "examplamine", "route": "intravenous",
	"phases": [{"name": "all", "cadence": "every 4w x6", "visit": {"administration": "2 h"}, "minGap": "14 days",
		"dose": "sum of parts, hard max 500 mg",
		"parts": [{"name": "bolus", "dose": "100 mg, hard max 200 mg", "during": "5 min"}, {"name": "infusion", "dose": "200 mg, hard max 400 mg", "during": "1 h"}],
		"beside": [{"name": "dexamethasone", "route": "oral", "dose": "8 mg", "from": "arrival"}, {"name": "ondansetron", "route": "oral", "dose": "4 mg", "condition": "nausea"}],
		"missedDoses": [{"from": "36 days", "to": "60 days", "then": "give now"}, {"from": "61 days", "then": "ask the prescriber"}]}],
	"monitoring": [{"name": "blood count", "cadence": "every 4w x6", "visit": {"kind": "assessment", "administration": "10 min"}, "elsewhere": "a laboratory",
		"window": {"before": "2 days", "after": "0 days"}, "before": [{"within": "7 days"}]}]}`

// houseInParts has one patient from Monday, 2 March 2026 on: six sessions, four weeks apart.
func houseInParts(t *testing.T) (h *house, v *visitor, plan string) {
	h = newHouse(t, "2026-03-02")
	v = h.as("prescriber")
	v.upload("/enrol/file", "own.json", inParts)
	require.Equal(t, http.StatusOK, v.status, v.words())
	v.follow("Own course in parts")
	v.send("/enrol/~1", patientNumber("09", "2026-03-02", "", ""))
	require.Regexp(t, `^/plans/`, v.path, v.words())
	return h, v, v.path
}

// A result is needed, known, and not ok: the lists, the plan and the session say so.
func TestResults(t *testing.T) {
	h, v, plan := houseInParts(t)
	v.open("/?list=results")
	assert.Contains(t, v.words(), "Results needed 1")
	v.open(plan + "/do/accepted?session=" + h.sessionAt(plan, 2))
	assert.Equal(t, http.StatusNotFound, v.status, "nothing is open there")
	v.open(plan + "/do/accepted?session=" + h.sessionAt(plan, 1)).open("/?list=results")
	v.follow("Results of Patient 09")
	assert.Contains(t, v.words(), "Blood count before session 1 , Mon 2 Mar 2026")
	assert.Contains(t, v.words(), "not known")
	v.follow("Blood count of Mon 2 Mar 2026")
	assert.Contains(t, v.words(), "a laboratory")
	v.follow("Visit done")
	v.send("/do/visit-done", url.Values{"result": {"neutrophils 0.9"}, "verdict": {"not ok"}})
	require.Equal(t, plan, v.path, v.words())
	assert.Contains(t, v.words(), "Mon 2 Mar 2026, not ok (neutrophils 0.9)")
	v.open(plan + "/sessions/" + h.sessionAt(plan, 1))
	assert.Contains(t, v.words(), "not ok (neutrophils 0.9)")

	v.open(plan + "/journal").follow("Correct entry 1")
	assert.Contains(t, v.body, `value="neutrophils 0.9"`, "what was said stands there")
	v.send("/correct/"+lastEvent(h, plan), url.Values{"instead/result": {"neutrophils 1.9"}, "instead/verdict": {"ok"}, "reason": {"misread"}})
	require.Equal(t, plan, v.path, v.words())
	assert.NotContains(t, v.words(), "Results needed")
	v.open("/?list=results")
	assert.Contains(t, v.words(), "Results needed 0", "the next is needed in four weeks")
}

// What was given of each part and beside the drug is recorded and put right; what was refused
// stands beside its field.
func TestParts(t *testing.T) {
	h, v, plan := houseInParts(t)
	v.open(plan + "/sessions/" + h.sessionAt(plan, 1))
	assert.Contains(t, v.words(), "Medicines beside the drug Dexamethasone 8 mg oral")
	h.goTo("2026-03-02 15:00")
	v.follow("Given")
	for _, stands := range []string{`name="parts/0/dose" value="100 mg"`, `name="parts/1/dose" value="200 mg"`, `name="beside/0/dose" value="8 mg"`, `name="beside/1/dose" value=""`} {
		assert.Contains(t, v.body, stands)
	}
	assert.Contains(t, v.words(), "4 mg if nausea")
	// The second medicine of what is sent is the third of the form: the error has to find it.
	v.send("/do/given", url.Values{"parts/1/dose": {"150"}, "beside/2/name": {"paracetamol"}, "beside/2/dose": {"1 gram of it"}})
	assert.Equal(t, http.StatusUnprocessableEntity, v.status)
	assert.Regexp(t, `Infusion: dose that was given planned: 200 mg Wanted: [^.]*\. Found: "150"\.`, v.words())
	assert.Regexp(t, `Dose of the other medicine with its unit, "4 mg" Wanted: [^.]*\. Found: "1 gram of it"\.`, v.words())
	v.send("/do/given", url.Values{"parts/1/dose": {"150 mg"}, "parts/1/during": {"40 min"}, "beside/0/nothing": {"true"}, "beside/0/reason": {"refused"}, "beside/2/dose": {"1 g"}})
	require.Equal(t, plan, v.path, v.words())
	given, ok := h.mustSession(plan, 1).Given()
	require.True(t, ok)
	assert.Equal(t, "250 mg", given.Dose.String(), "by hand: 100 mg and 150 mg")
	require.Len(t, given.Parts, 2)
	assert.Equal(t, "infusion 150 mg in 40 min", given.Parts[1].String())
	require.Len(t, given.Beside, 2, "nobody has said anything of ondansetron")
	assert.Equal(t, "dexamethasone not given: refused", given.Beside[0].String())
	assert.Equal(t, "paracetamol 1 g", strings.ReplaceAll(given.Beside[1].String(), "1000 mg", "1 g"))
	v.open(plan + "/sessions/" + h.sessionAt(plan, 1))
	assert.Contains(t, v.words(), "What was given Bolus 100 mg Infusion 150 mg in 40 min Dexamethasone not given: refused Paracetamol")

	// Put right: all of it stands there, also what no protocol has.
	v.open(plan + "/journal").follow("Correct entry 1")
	assert.Contains(t, v.body, `name="instead/parts/1/dose" value="150 mg"`)
	assert.Contains(t, v.body, `name="instead/beside/0/reason" value="refused"`)
	assert.Contains(t, v.words(), "Paracetamol: dose that was given")
	v.send("/correct/"+lastEvent(h, plan), url.Values{"instead/parts/1/dose": {"160 mg"}, "reason": {"typing error"}})
	require.Equal(t, plan, v.path, v.words())
	given, _ = h.mustSession(plan, 1).Given()
	assert.Equal(t, "260 mg", given.Dose.String())
	require.Len(t, given.Beside, 2)
	assert.True(t, given.Beside[0].NotGiven)
	assert.Equal(t, "paracetamol", given.Beside[1].Name)
}

// The patient came, and nothing was given, but for what is taken before.
func TestNothingGiven(t *testing.T) {
	h, v, plan := houseInParts(t)
	h.goTo("2026-03-02 15:00")
	v.open(plan+"/do/given?session="+h.sessionAt(plan, 1)).send("/do/given", url.Values{"nothing": {"true"}, "reason": {"fever"}})
	require.Equal(t, plan, v.path, v.words())
	given, ok := h.mustSession(plan, 1).Given()
	require.True(t, ok)
	assert.True(t, given.Nothing)
	assert.Empty(t, given.Parts)
	assert.Len(t, given.Beside, 1)
	v.open(plan + "/journal").follow("Correct entry 1")
	assert.Regexp(t, `name="instead/nothing" value="true" checked`, v.body)
}

// A table of missed doses says what follows after so many days, with the prescriber as who
// chose it.
func TestMissedDoses(t *testing.T) {
	h, v, plan := houseInParts(t)
	h.goTo("2026-03-02 15:00")
	v.open(plan+"/do/given?session="+h.sessionAt(plan, 1)).send("/do/given", nil)
	// Session 2 was to be on 30 March; 9 April is day 38.
	h.goTo("2026-04-09 09:00")
	v.open(plan+"/do/missed?session="+h.sessionAt(plan, 2)).send("/do/missed", nil)
	v.send("/repairs", nil)
	assert.Contains(t, v.words(), "Not possible: wanted: a day from Thu 2026-04-09 on", "the window of session 2 has ended")
	assert.Contains(t, v.words(), "Missed dose 36 to 60 days after the last dose, on Mon 2026-03-02: give now, on Thu 2026-04-09")
	path, _, values := v.form("/repairs")
	for _, way := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8"} {
		if strings.Contains(v.body, `name="way" value="`+way+`"`) {
			values.Set("way", way) // the last is that of the table
		}
	}
	v.post(path, values)
	require.Equal(t, plan, v.path, v.words())
	due := h.plan(plan).On(schedule.MustDate("2026-04-09")).Due
	require.Len(t, due, 1)
	for e := range h.plan(plan).History() {
		assert.True(t, strings.HasPrefix(e.Event.ID, "form-"), e.Event.ID)
		assert.Equal(t, "prescriber", e.Event.RecordedBy)
	}
}
