package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "time/tzdata"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule/fhir"
)

const testClinic = `{
  "format": "regimen-clinic/1",
  "zone": "America/New_York",
  "weekly": {"Mon": ["08:00-18:00"], "Tue": ["08:00-18:00"], "Wed": ["08:00-18:00"], "Thu": ["08:00-18:00"], "Fri": ["08:00-18:00"]}
}`

func asked(t *testing.T) question {
	t.Helper()
	src, err := os.ReadFile("../page/example.json")
	require.NoError(t, err)
	return question{
		Protocol: string(src), Clinic: testClinic, Events: "[]", Start: "2027-03-01", Until: "2027-12-31", Weight: "72 kg", AsOf: "2027-02-26T09:00:00Z", Locale: "en-US",
		Forms: strings.Fields("calendar sheet sessions findings ics csv json fhir file"),
	}
}

// errorsOf returns the errors of an answer, as "field:line code".
func errorsOf(a answer) (list []string) {
	for _, p := range a.Problems {
		if p.Severity == "error" {
			list = append(list, p.In+":"+string(rune('0'+p.Line%10))+" "+p.Code)
		}
	}
	return list
}

func TestAnswer(t *testing.T) {
	a := answerTo(asked(t))
	require.Empty(t, errorsOf(a))
	require.NotNil(t, a.Plan)
	// 3-2-1-1-1 from a Monday, and 0.5 mg/kg of 72 kg.
	assert.True(t, strings.HasPrefix(a.Plan.Summary, "1"), a.Plan.Summary)
	first := a.Plan.Sessions[0]
	assert.Equal(t, "2027-03-01", first.Date)
	assert.Equal(t, "36 mg", first.Dose)
	assert.Equal(t, "2027-03-03", a.Plan.Sessions[1].Date)
	assert.Contains(t, first.Why, "0.5 mg/kg")
	for name, has := range map[string]string{
		"calendar": "<html", "sheet": "36 mg", "csv": "2027-03-01", "ics": "BEGIN:VEVENT", "json": `"sessions"`, "file": `"digest"`, "fhir": `"resourceType": "Bundle"`,
	} {
		assert.Contains(t, a.Plan.Outputs[name], has, name)
	}
	b, err := fhir.ParseBundle([]byte(a.Plan.Outputs["fhir"]))
	require.NoError(t, err)
	assert.Empty(t, fhir.Check(b))
}

// Every example can be added, one after the other.
func TestExamples(t *testing.T) {
	first := answerTo(asked(t))
	var titles []string
	for _, e := range first.Examples {
		titles = append(titles, e.Title)
	}
	require.Equal(t, []string{"session 1 given", "session 1 missed", "session 1 cancelled", "session 4 moved", "weighed", "session 1 on hold"}, titles)
	for _, e := range first.Examples {
		q := asked(t)
		q.Events = "[\n  " + string(e.Entry) + "\n]"
		a := answerTo(q)
		assert.Empty(t, errorsOf(a), e.Title)
		assert.False(t, first.Plan.Outputs["file"] == a.Plan.Outputs["file"], e.Title)
	}
	q := asked(t)
	var events []string
	for range 8 {
		a := answerTo(q)
		require.Empty(t, errorsOf(a))
		events = append(events, string(a.Examples[0].Entry))
		q.Events = "[" + strings.Join(events, ",\n") + "]"
	}
	a := answerTo(q)
	require.Empty(t, errorsOf(a))
	for _, s := range a.Plan.Sessions[:8] {
		assert.Equal(t, "given", s.State)
	}
}

// What is wrong is told at its field and line, and what can still be had is there.
func TestProblems(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(q *question)
		want   string
		plan   bool
	}{
		{"no JSON", func(q *question) { q.Protocol = "{\n\"format\": \"regimen/1\",\nx}" }, "protocol:3 json-syntax", false},
		{"a key that is unknown", func(q *question) {
			q.Protocol = strings.Replace(q.Protocol, `"version"`, `"edition"`, 1)
		}, "protocol:4 unknown-key", false},
		{"a cadence in words", func(q *question) {
			q.Protocol = strings.Replace(q.Protocol, `"3-2-1-1-1"`, `"monthly"`, 1)
		}, "protocol:1 cadence-ambiguous", false},
		{"no clinic", func(q *question) { q.Clinic = "" }, "clinic:1 json-syntax", false},
		{"a zone that is none", func(q *question) {
			q.Clinic = strings.Replace(q.Clinic, "America/New_York", "Mars/Olympus", 1)
		}, "clinic:3 ", false},
		{"a day that is none", func(q *question) { q.Start = "2027-02-30" }, "start:0 value", false},
		{"no start", func(q *question) { q.Start = "" }, "plan:0 build", false},
		{"a day on which the clinic is closed", func(q *question) { q.Start = "2027-03-06" }, "plan:0 build", false},
		{"no weight", func(q *question) { q.Weight = "" }, "plan:0 build", false},
		{"a weight without a unit", func(q *question) { q.Weight = "72" }, "weight:0 value", false},
		{"an instant without a zone", func(q *question) { q.AsOf = "2027-02-26" }, "asOf:0 value", false},
		{"events that are none", func(q *question) { q.Events = "{}" }, "events:1 ", true},
		{"an event of no session", func(q *question) {
			q.Events = "[\n\n{\"asOf\": \"2027-03-02T09:00:00Z\", \"id\": \"a\", \"kind\": \"missed\", \"session\": \"aaaaaaaaaaaaaaaa\"}]"
		}, "events:3 ", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := asked(t)
			tt.change(&q)
			a := answerTo(q)
			list := errorsOf(a)
			require.NotEmpty(t, list)
			assert.True(t, strings.HasPrefix(list[0], tt.want), "%v, want %s", list, tt.want)
			assert.Equal(t, tt.plan, a.Plan != nil)
		})
	}
}

// Of every entry of the catalogue the page asks for what is open, and an empty question
// is answered too.
func TestCatalogue(t *testing.T) {
	for s := range catalog.All() {
		q := asked(t)
		q.Protocol = string(protocol.Format(s))
		a := answerTo(q)
		require.Len(t, a.Parameters, len(s.Parameters), s.ID)
		unset := map[string]bool{}
		for _, p := range a.Problems {
			if p.Severity == "error" && strings.HasPrefix(p.In, "value ") {
				unset[p.In] = true
			}
			assert.NotEqual(t, "protocol error", p.In+" "+p.Severity, "%s: %s", s.ID, p.Text)
		}
		for _, p := range s.Parameters {
			assert.True(t, unset["value "+p.Name] || a.Plan != nil || len(unset) > 0, "%s: %s", s.ID, p.Name)
		}
	}
	a := answerTo(question{})
	assert.NotEmpty(t, errorsOf(a))
	assert.Nil(t, a.Plan)
}

// In other languages the texts of the protocol are marked as not translated.
func TestLanguages(t *testing.T) {
	for _, locale := range []string{"en-GB", "de", "es", "ar", "tlh", ""} {
		q := asked(t)
		q.Locale = locale
		a := answerTo(q)
		require.Empty(t, errorsOf(a), locale)
		assert.Contains(t, a.Plan.Outputs["calendar"], "<html", locale)
	}
	q := asked(t)
	q.Locale = "de"
	assert.Contains(t, answerTo(q).Plan.Outputs["calendar"], "[no food]")
}
