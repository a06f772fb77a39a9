//go:build browser

package browser

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/chromedp/chromedp/kb"

	"github.com/regimen-go/regimen/schedule"
)

// enrol enrols a patient by clicks: each parameter is asked for on a page of its own.
func (b *browser) enrol(protocol string, answers []string, number, start, until, weight string) string {
	b.Helper()
	b.open("/enrol")
	b.click(protocol)
	b.answer(answers)
	b.fill("Record number", number)
	b.fill("Name", "Patient "+number)
	b.fill("First day", start)
	b.fill("Plan up to", until)
	if weight != "" {
		b.fill("Weight", weight)
	}
	b.fill("If a week has no room for its sessions", "postpone")
	b.click("Show the plan first")
	b.has("The plan would be")
	b.click("Enrol")
	b.has("Enrolled. The plan is made.")
	return b.path()
}

// answer answers questions, each on its page: by typing, or by choosing.
func (b *browser) answer(answers []string) {
	b.Helper()
	for _, a := range answers {
		if script[bool](b, `!!document.querySelector('main input[type=radio]')`) {
			b.choose(a)
		} else {
			b.fill(script[string](b, `document.querySelector('main form label').innerText.replace(' (needed)', '')`), a)
		}
		b.click("Next")
	}
}

func (h *house) plan(path string) *schedule.Plan {
	h.Helper()
	id := int64(0)
	for _, c := range strings.TrimPrefix(path, "/plans/") {
		id = 10*id + int64(c-'0')
	}
	p, err := h.store.Load(h.Context(), id)
	require.NoError(h, err)
	return p
}

// give records the session of a patient who is due today, from the list of the day.
func (b *browser) give(name string) {
	b.Helper()
	b.open("/")
	b.click("Record the session of " + name)
	b.click("Given")
	b.click("Record what was given")
	b.has("Recorded.")
}

var (
	taper = []string{"every 4w", "0.5 mg/kg", "actual", "0.1 mg half up", "60 mg", "2 days", "40 min", "2 h"}
	spray = []string{"every 2w (1w..4w)", "1 day", "10 min", "2 h", "free", "last given"}
)

const (
	taperTitle = "Intravenous ketamine, 3-2-1-1-1 a week, then about monthly"
	sprayTitle = "Esketamine nasal spray, twice weekly for 4 weeks, then weekly to every 4 weeks (SUSTAIN-3, under 65)"
)

// A year of three patients: an intravenous taper with a weight that changes, a spray with a dose that
// is chosen and a pause, and a switch from one to the other. Everything by clicks, day by day. What
// was worked out by hand: 0.5 mg/kg of 80 kg are 40 mg, of 86 kg 43 mg; the spray is 56 mg until
// 84 mg are chosen. The taper has 3, 2, 1, 1 and 1 sessions in its weeks, the last on 2 February, and
// then every 4 weeks 11 more, the last on 7 December. The spray has 8 sessions in 4 weeks, then one
// every 2 weeks: from 29 January on 12 and 26 February, 12 and 26 March, and 20 from 9 April to
// 31 December; from 26 March the same 20.
func TestYear(t *testing.T) {
	h := newHouse(t, "2026-01-05")
	open := h.chromium(t)
	p := open()
	p.logIn("prescriber")
	one := p.enrol(taperTitle, taper, "01", "2026-01-05", "2026-12-31", "80 kg")
	two := p.enrol(sprayTitle, spray, "02", "2026-01-05", "2026-12-31", "")
	three := p.enrol(taperTitle, taper, "03", "2026-01-05", "2026-12-31", "80 kg")
	n := open()
	n.logIn("nurse")
	given := 0
	for day := schedule.MustDate("2026-01-05"); day <= schedule.MustDate("2026-12-31"); day++ {
		switch day.String() {
		case "2026-02-02": // patient 01 was weighed anew
			h.goTo(day.String() + " 09:00")
			n.open(one)
			n.click("Weight")
			n.fill("Weight", "86 kg")
			n.click("Show what would change")
			n.has("43 mg")
			n.click("Record the weight")
		case "2026-01-12": // a dose is chosen
			h.goTo(day.String() + " 07:30")
			p.open("/")
			p.click("Record the session of Patient 02")
			p.click("Choose a dose")
			p.choose("84 mg")
			p.fill("Reason", "by response")
			p.click("Choose the dose")
			p.has("with another dose")
		case "2026-03-10": // a pause, and on again after three weeks
			h.goTo(day.String() + " 09:00")
			p.open(two)
			p.click("Pause")
			p.fill("Reason", "an infection")
			p.click("Pause the treatment")
			p.has("on hold")
		case "2026-03-31":
			h.goTo(day.String() + " 09:00")
			p.open(two)
			p.click("Go on")
			p.click("Go on with the treatment")
			p.has("active")
		case "2026-02-16": // another drug
			h.goTo(day.String() + " 09:00")
			p.open(three)
			p.click("Switch drug or protocol")
			p.click(sprayTitle)
			p.answer(spray)
			p.fill("First day", "2026-03-02")
			p.fill("Least days since the last dose", "7")
			p.fill("Plan up to", "2026-12-31")
			p.fill("Reason", "no response")
			p.click("Switch")
			p.has("Esketamine nasal spray")
		}
		for _, patient := range []struct{ path, name string }{{one, "Patient 01"}, {two, "Patient 02"}, {three, "Patient 03"}} {
			plan := h.plan(patient.path)
			if len(plan.On(day).Due) == 0 {
				continue
			}
			h.goTo(day.String() + " 16:00")
			if patient.name == "Patient 01" && day.String() == "2026-03-30" {
				continue // nobody came
			}
			n.give(patient.name)
			given++
		}
		if day.String() == "2026-03-30" {
			require.Len(t, h.plan(one).On(day+1).Overdue, 1)
			h.missed(p, n, one)
		}
	}
	assert.Equal(t, 19+30+36, given)
	for _, path := range []string{one, two, three} {
		plan := h.plan(path)
		assert.Empty(t, plan.On(schedule.MustDate("2026-12-31")).Overdue, path)
		assert.Truef(t, plan.Verify().Same(), "%s is what its journal comes to", path)
	}
	doses := func(path string, from, to date.Date) map[string]int {
		found := map[string]int{}
		for _, s := range h.plan(path).All() {
			if g, ok := s.Given(); ok && g.Date >= from && g.Date <= to {
				found[g.Dose.String()]++
			}
		}
		return found
	}
	first, last := schedule.MustDate("2026-01-05"), schedule.MustDate("2026-12-31")
	assert.Equal(t, map[string]int{"40 mg": 7}, doses(one, first, schedule.MustDate("2026-02-01")))
	assert.Equal(t, map[string]int{"43 mg": 12}, doses(one, schedule.MustDate("2026-02-02"), last), "one of them for that of 30 March, to which nobody came")
	assert.Equal(t, map[string]int{"56 mg": 2}, doses(two, first, schedule.MustDate("2026-01-11")))
	assert.Equal(t, map[string]int{"84 mg": 28}, doses(two, schedule.MustDate("2026-01-12"), last))
	assert.Equal(t, map[string]int{"40 mg": 8, "56 mg": 28}, doses(three, first, last))
	assert.Empty(t, doses(two, schedule.MustDate("2026-03-10"), schedule.MustDate("2026-03-30")), "nothing during the pause")
	assert.Empty(t, doses(three, schedule.MustDate("2026-02-16"), schedule.MustDate("2026-03-01")))
	assert.Equal(t, "esketamine-nasal-sustain-3", h.plan(three).Protocol().ID())

	// What the pages say of it in the end, and everything else there is to look at.
	for _, path := range []string{one, two, three} {
		p.open(path)
		p.open(path + "/journal")
	}
	p.open("/?list=overdue")
	p.open("/?list=lost")
	p.open("/?list=decisions")
	p.open("/?list=weights")
	p.open("/?list=horizon")
	p.open("/?list=results")
	p.open("/password")
	p.open("/patients")
	p.open("/patients?q=nobody")
	for _, file := range []string{"sheet.html", "one-page.html", "staff.html"} {
		p.open(one + "/export/" + file)
	}
	p.open("/nothing")
	for _, kind := range []string{"moved", "cancelled", "accepted", "patient-away", "measured", "extended", "added"} {
		for _, s := range h.plan(one).All() {
			if s.State() == schedule.StateGiven {
				p.open(one + "/do/" + kind + "?session=" + s.ID().String())
				break
			}
		}
	}
	p.quiet("/nothing", "/do/accepted")
	n.quiet()
}

// missed records that nobody came, and takes a way on from it.
func (h *house) missed(p, n *browser, path string) {
	h.goTo("2026-03-31 08:00")
	n.open("/?list=overdue")
	n.click("Record the session of Patient 01")
	n.click("Missed")
	n.fill("Reason", "did not come")
	n.click("Record that nobody came")
	n.has("To be settled")
	n.click("Show the ways on")
	n.has("Only a prescriber may take a way on.")
	p.open(path)
	p.click("Show the ways on")
	p.click("Take this way: Catch up")
	p.has("Recorded.")
}

// inParts is made up: a dose in two parts, a medicine before it, one as needed, blood counts that
// sessions need, and a table of missed doses.
const inParts = `{"format": "regimen/1", "id": "own-parts", "version": "1", "title": "Own course in parts", "drug": "examplamine", "route": "intravenous",
	"phases": [{"name": "all", "cadence": "every 4w x6", "visit": {"administration": "2 h"}, "minGap": "14 days",
		"dose": "sum of parts, hard max 500 mg",
		"parts": [{"name": "bolus", "dose": "100 mg, hard max 200 mg", "during": "5 min"}, {"name": "infusion", "dose": "200 mg, hard max 400 mg", "during": "1 h"}],
		"beside": [{"name": "dexamethasone", "route": "oral", "dose": "8 mg", "from": "arrival"}, {"name": "ondansetron", "route": "oral", "dose": "4 mg", "condition": "nausea"}],
		"missedDoses": [{"from": "36 days", "to": "60 days", "then": "give now"}, {"from": "61 days", "then": "ask the prescriber"}]}],
	"monitoring": [{"name": "blood count", "cadence": "every 4w x6", "visit": {"kind": "assessment", "administration": "10 min"}, "elsewhere": "a laboratory",
		"window": {"before": "2 days", "after": "0 days"}, "before": [{"within": "7 days"}]}]}`

// A protocol of the clinic's own with a dose in parts: its file is read, a result is told, the dose
// is given, half of the second part of it, the next one is missed, and the table of missed doses
// says what follows. By hand: sessions every 28 days from 5 January on, so the second is on
// 2 February; 10 February is day 36, on which the table has the dose given.
func TestParts(t *testing.T) {
	h := newHouse(t, "2026-01-05")
	p := h.chromium(t)()
	p.logIn("prescriber")
	file := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(file, []byte(inParts), 0o600))
	p.open("/enrol")
	p.upload("Protocol file", file)
	p.click("Read the file")
	p.click("Own course in parts")
	p.fill("Record number", "09")
	p.fill("Name", "Patient 09")
	p.fill("First day", "2026-01-05")
	p.click("Enrol")
	plan := p.path()
	p.has("Results needed")
	p.click("Today")
	p.click("Results needed")
	p.click("Results of Patient 09")
	p.click("Blood count of Mon 5 Jan 2026")
	p.click("Visit done")
	p.fill("Result, in words", "neutrophils 1.9")
	p.choose("can go on")
	p.click("Record the visit")
	p.has("Recorded.")
	h.goTo("2026-01-05 16:00")
	p.click("Today")
	p.click("Record the session of Patient 09")
	p.has("Dexamethasone 8 mg")
	p.click("Given")
	p.fill("Infusion: dose that was given", "100 mg")
	p.fill("Reason, if it differs from the plan", "the vein was lost")
	p.fill("Who decided, if it differs from the plan", "A. Prescriber")
	p.choose("Dexamethasone was not given")
	p.fill("Reason, if dexamethasone was not given or differs", "refused")
	p.click("Record what was given")
	p.has("Recorded.")
	p.click("Session 1")
	p.has("Infusion 100 mg")
	p.has("Dexamethasone not given: refused")
	h.goTo("2026-02-10 08:00")
	p.open("/?list=overdue")
	p.click("Record the session of Patient 09")
	p.click("Missed")
	p.click("Record that nobody came")
	p.click("Show the ways on")
	p.has("36 to 60 days after the last dose")
	p.click("Take this way: Missed dose")
	p.has("Recorded.")
	assert.Len(t, h.plan(plan).On(schedule.MustDate("2026-02-10")).Due, 1)
	p.quiet()
}

// A wrong entry is put right; the patient's calendar says what holds before and after.
func TestCorrect(t *testing.T) {
	h := newHouse(t, "2026-01-05")
	open := h.chromium(t)
	p := open()
	p.logIn("prescriber")
	plan := p.enrol(taperTitle, taper, "07", "2026-01-05", "2026-06-30", "80 kg")
	p.click("Private links")
	p.click("Make a link")
	link := script[string](p, `document.querySelector('#made').href`)
	patient := open()
	patient.open(strings.TrimPrefix(link, h.server.URL))
	patient.has("Next visit")
	patient.click("All visits, to read and to print")
	feed := func() string {
		answer, err := http.Get(link + "/calendar.ics")
		require.NoError(t, err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		return string(body)
	}
	before := feed()
	h.goTo("2026-01-05 18:00")
	n := open()
	n.logIn("nurse")
	n.open("/")
	n.click("Record the session of Patient 07")
	n.click("Missed")
	n.click("Record that nobody came")
	assert.Contains(t, feed(), "SUMMARY:Missed: Clinic visit (1)")
	n.click("Audit trail")
	n.click("Correct entry 1")
	n.choose("it did not happen")
	n.fill("Why it is corrected", "it was another patient")
	n.click("Show what would change")
	n.click("Correct the entry")
	n.has("Recorded.")
	after := feed()
	assert.NotContains(t, after, "Missed:")
	assert.Equal(t, strings.Count(before, "BEGIN:VEVENT"), strings.Count(after, "BEGIN:VEVENT"))
	n.click("Audit trail")
	n.has("(corrected since)")
	assert.Equal(t, 2, h.plan(plan).Revision())
	p.open(plan + "/links")
	p.click("Revoke link")
	patient.open(strings.TrimPrefix(link, h.server.URL))
	patient.has("This link is not known")
	patient.quiet("/p/")
	n.quiet()
	p.quiet()
}

// Two browsers, one patient: whoever comes second is told, and nothing of what they typed is lost.
func TestConflict(t *testing.T) {
	h := newHouse(t, "2026-01-05")
	open := h.chromium(t)
	p := open()
	p.logIn("prescriber")
	plan := p.enrol(taperTitle, taper, "07", "2026-01-05", "2026-06-30", "80 kg")
	n := open()
	n.logIn("nurse")
	for _, b := range []*browser{p, n} {
		b.open(plan)
		b.click("Weight")
	}
	p.fill("Weight", "81 kg")
	n.fill("Weight", "18 kg")
	p.click("Record the weight")
	p.has("Recorded.")
	n.click("Record the weight")
	n.has("Somebody else has changed the plan since this page was made.")
	n.has("81 kg")
	assert.Equal(t, "18 kg", script[string](n, `document.querySelector('[name=weight]').value`))
	assert.Equal(t, 1, h.plan(plan).Revision())
	n.fill("Weight", "81.5 kg")
	n.click("Record the weight")
	n.has("Recorded.")
	assert.Equal(t, 2, h.plan(plan).Revision())
	// The button is pressed twice before the answer is there.
	n.click("Weight")
	n.fill("Weight", "82 kg")
	script[bool](n, `(() => { const f = document.querySelector('[name=weight]').form; const body = new URLSearchParams(new FormData(f)); fetch(f.action, {method: 'post', body}).catch(() => 0); return true })()`)
	n.click("Record the weight")
	n.has("Recorded.")
	assert.Equal(t, 3, h.plan(plan).Revision(), "once")
	p.quiet()
	n.quiet("/do/weighed", "Content Security Policy")
}

// The clinic closes and opens again, other hours, ways on from a lost day.
func TestClosure(t *testing.T) {
	h := newHouse(t, "2026-01-05")
	p := h.chromium(t)()
	p.logIn("prescriber")
	plan := p.enrol(taperTitle, taper, "07", "2026-01-05", "2026-06-30", "80 kg")
	p.click("Clinic")
	p.fill("First day", "2026-01-12")
	p.fill("Last day, if there are more", "2026-01-13")
	p.fill("Reason", "storm")
	p.click("Close for everybody")
	p.has("1 told")
	p.click("Today")
	p.click("Lost days")
	p.click("Ways on for Patient 07")
	p.click("Take this way: Place again")
	p.has("Recorded.")
	p.click("Clinic")
	p.click("Call off")
	p.has("Called off")
	p.fill("From", "2026-02-02")
	p.fill("Monday", "10:00-15:00")
	p.click("Change the hours for everybody")
	p.has("Other hours from Mon 2 Feb 2026")
	p.open(plan)
	p.quiet()
}

// Everything with the keyboard alone: log in, search, record a weight, a form with mistakes.
func TestKeyboard(t *testing.T) {
	h := newHouse(t, "2026-01-05")
	open := h.chromium(t)
	p := open()
	p.logIn("prescriber")
	plan := p.enrol(taperTitle, taper, "07", "2026-01-05", "2026-06-30", "80 kg")
	n := open()
	n.open("/login")
	n.tabTo("Name")
	n.press("nurse")
	n.tabTo("Password")
	n.press(password)
	n.enter()
	n.has("Today")
	n.tabTo("To the content")
	n.tabTo("Search")
	n.press("07")
	n.enter()
	assert.Equal(t, plan, n.path())
	n.tabTo("Weight")
	n.enter()
	n.tabTo("Weight (needed)")
	n.press("82")
	n.tabTo("Record the weight")
	n.enter()
	n.has("Wanted:")
	n.tabTo("Weight (needed)")
	n.press(kb.End + " kg")
	n.enter()
	n.has("Recorded.")
	assert.Equal(t, 1, h.plan(plan).Revision())
	n.tabTo("Log out")
	n.enter()
	n.has("Log in")
	n.quiet("/do/weighed")
}
