package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A desk is a directory with files for the commands.
type desk struct {
	t   *testing.T
	dir string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t, t.TempDir()}
	d.write("protocol.json", `{"format": "regimen/1", "id": "weekly", "version": "1", "phases": [`+
		`{"name": "all", "cadence": "2/wk x2", "visit": {"administration": "40 min", "observation": "2 h"}, "dose": "41 mg", "minGap": "2 days"}]}`)
	d.write("clinic.json", `{"format": "regimen-clinic/1", "zone": "Europe/London", "weekly": {"Mon": ["08:00-17:00"], "Tue": ["08:00-17:00"], `+
		`"Wed": ["08:00-17:00"], "Thu": ["08:00-17:00"], "Fri": ["08:00-17:00"]}}`)
	d.write("request.json", `{"start": "2026-03-02", "asOf": "2026-03-02T07:00:00Z", "key": "b895951e1e276269f8252ef959a3bb2f"}`)
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

func (d *desk) write(name, text string) {
	d.t.Helper()
	require.NoError(d.t, os.WriteFile(d.path(name), []byte(text), 0o600))
}

// run runs a command whose words that end in a known ending are files of the desk.
func (d *desk) run(words string) (code int, out, problems string) {
	d.t.Helper()
	args := strings.Fields(words)
	for i, word := range args {
		if strings.HasSuffix(word, ".json") || strings.HasSuffix(word, ".plan") {
			args[i] = d.path(word)
		}
	}
	var stdout, stderr bytes.Buffer
	code = command(args, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), strings.ReplaceAll(stderr.String(), d.dir+string(filepath.Separator), "")
}

// done runs a command that must succeed and returns what it said.
func (d *desk) done(words string) string {
	d.t.Helper()
	code, out, problems := d.run(words)
	require.Equal(d.t, exitDone, code, problems)
	require.Empty(d.t, problems)
	return out
}

func (d *desk) ids() (ids []string) {
	d.t.Helper()
	var plan object
	require.NoError(d.t, json.Unmarshal([]byte(d.done("show a.plan -format json")), &plan))
	for _, s := range plan["sessions"].([]any) {
		ids = append(ids, textIn(s.(object), "id"))
	}
	return ids
}

const newA = "new -protocol protocol.json -clinic clinic.json -request request.json -o a.plan"

// A plan is made, shown in every form, and goes on by events into another file.
func TestCommands(t *testing.T) {
	d := newDesk(t)
	assert.Contains(t, d.done(newA), "March 2026")
	for form, want := range map[string]string{"text": "March 2026", "json": `"standing":"active"`, "ics": "BEGIN:VCALENDAR", "html": "<!DOCTYPE html>", "csv": "2026-03-05"} {
		assert.Contains(t, strings.ToLower(d.done("show a.plan -format "+form)), strings.ToLower(want), form)
	}
	ids := d.ids()
	require.Len(t, ids, 4)

	d.write("events.json", `[{"asOf": "2026-03-02T18:00:00Z", "id": "e1", "kind": "missed", "session": "`+ids[0]+`"}]`)
	assert.Equal(t, "sessions: 1 missed\n", d.done("apply a.plan events.json -dry-run"))
	assert.Equal(t, "", d.done("diff a.plan a.plan")[len("nothing changes\n"):])
	assert.Equal(t, "sessions: 1 missed\n", d.done("apply a.plan -o b.plan events.json"))
	code, out, problems := d.run("diff a.plan b.plan")
	assert.Equal(t, exitRefused, code)
	assert.Equal(t, "sessions: 1 missed\n", out)
	assert.Equal(t, "plan: the plans differ\n", problems)

	// As it was known in the morning it is the first plan.
	assert.Equal(t, d.done("show a.plan"), d.done("show b.plan -as-known 2026-03-02T08:00:00Z"))

	ways := d.done("repairs b.plan -session " + ids[0] + " -as-of 2026-03-02T19:00:00Z")
	assert.Contains(t, ways, "catch up: catch up inside its window, on Tue 2026-03-03\n")
	var list []object
	require.NoError(t, json.Unmarshal([]byte(d.done("repairs b.plan -session "+ids[0]+" -session "+ids[1]+" -as-of 2026-03-02T19:00:00Z -format json")), &list))
	require.NotEmpty(t, list)
	for _, way := range list {
		var keys []string
		for key := range way {
			keys = append(keys, key)
		}
		assert.ElementsMatch(t, []string{"way", "possible", "why", "text", "condition", "source", "entries", "plan", "findings"}, keys)
	}

	// A missed session is open until somebody looks at it.
	code, out, problems = d.run("show b.plan -strict")
	assert.Equal(t, exitRefused, code)
	assert.NotEmpty(t, out)
	assert.Contains(t, problems, "missed: session 1 of all")
	d.done("show a.plan -strict")

	// The clinic closes on Thursdays.
	d.done("check a.plan -clinic clinic.json")
	now, err := os.ReadFile(d.path("clinic.json"))
	require.NoError(t, err)
	d.write("now.json", strings.Replace(string(now), `"Thu": ["08:00-17:00"], `, "", 1))
	code, out, problems = d.run("check a.plan -clinic now.json")
	assert.Equal(t, exitRefused, code)
	assert.Contains(t, out, "planned on Thu 2026-03-05")
	assert.Equal(t, "plan: the clinic says something else than the plan was told\n", problems)
}

// All entries are applied, or none, and then no file is written.
func TestCommandsRefused(t *testing.T) {
	d := newDesk(t)
	d.done(newA)
	ids := d.ids()
	d.write("events.json", `[{"asOf": "2026-03-02T18:00:00Z", "id": "e1", "kind": "missed", "session": "`+ids[0]+`"}, `+
		`{"asOf": "2026-03-02T18:00:00Z", "id": "e2", "kind": "resumed"}]`)
	code, out, problems := d.run("apply a.plan events.json -o b.plan")
	assert.Equal(t, exitRefused, code)
	assert.Empty(t, out)
	assert.Contains(t, problems, `event "e2" (resumed)`)
	assert.NoFileExists(t, d.path("b.plan"))

	d.write("request.json", `{"start": "2026-03-01", "asOf": "2026-03-01T07:00:00Z", "key": "b895951e1e276269f8252ef959a3bb2f"}`)
	code, _, problems = d.run(strings.Replace(newA, "a.plan", "b.plan", 1))
	assert.Equal(t, exitRefused, code)
	assert.Contains(t, problems, "the clinic is closed on the first day")
	assert.NoFileExists(t, d.path("b.plan"))

	entries, err := os.ReadDir(d.dir)
	require.NoError(t, err)
	assert.Len(t, entries, 5, "no half-written file stays")
}

// Wrong use, and files that cannot be read, parsed or compiled, have a code of their
// own.
func TestCommandsMisused(t *testing.T) {
	d := newDesk(t)
	d.done(newA)
	d.write("broken.json", `{"format": "regimen/1"`)
	kept, err := os.ReadFile(d.path("a.plan"))
	require.NoError(t, err)
	d.write("changed.plan", strings.Replace(string(kept), `"shortWeek":"refuse"`, `"shortWeek":"drop"`, 1))
	d.write("none.plan", `{"format": "plan-kept/1", "protocols": [], "clinic": {}, "plan": {}}`)
	for _, tt := range []struct{ words, want string }{
		{"make a.plan", `want a command, not "make"`},
		{"run a.plan", `want a command, not "run"`},
		{"new -protocol protocol.json -o b.plan", "want -protocol, -clinic, -request and -o"},
		{newA + " b.plan", "want flags only"},
		{"show", "show: want PLAN"},
		{"show a.plan -format pdf", `-format: want one of text, json, ics, html, csv, not "pdf"`},
		{"diff a.plan b.plan -format csv", `-format: want one of text, json, not "csv"`},
		{"show a.plan -as-known yesterday", "-as-known: want an instant"},
		{"show a.plan -as-of yesterday", "flag provided but not defined: -as-of"},
		{"apply a.plan broken.json", "want -o or -dry-run"},
		{"apply a.plan broken.json -o b.plan -dry-run", "want -o or -dry-run"},
		{"repairs a.plan -session abc -as-of 2026-03-02T19:00:00Z", "-session: "},
		{"repairs a.plan -as-of 2026-03-02T19:00:00Z", "want -session and -as-of"},
		{"check a.plan", "want -clinic"},
		{"show b.plan", "no such file"},
		{"show broken.json", "want a file that plan new or plan apply wrote"},
		{"show none.plan", "want a file that plan new or plan apply wrote"},
		{"show changed.plan", "changed.plan: plan:"},
		{"apply a.plan broken.json -dry-run", "broken.json:1:"},
		{"check a.plan -clinic broken.json", "broken.json:1:"},
		{strings.Replace(newA, "protocol.json", "broken.json", 1), "broken.json:1:"},
		{strings.Replace(newA, "request.json", "broken.json", 1), "broken.json:1:"},
	} {
		code, out, problems := d.run(tt.words)
		assert.Equal(t, exitMisuse, code, tt.words)
		assert.Empty(t, out, tt.words)
		assert.Contains(t, problems, tt.want, tt.words)
	}
}

// A protocol that a plan adopts later is kept with it.
func TestCommandsAdopt(t *testing.T) {
	d := newDesk(t)
	src, err := os.ReadFile(d.path("protocol.json"))
	require.NoError(t, err)
	d.write("second.json", strings.NewReplacer(`"version": "1"`, `"version": "2"`, "41 mg", "42 mg").Replace(string(src)))
	d.done(strings.Replace(newA, "-clinic", "-protocol second.json -clinic", 1))
	second, err := protocolOf("second", []byte(strings.NewReplacer(`"version": "1"`, `"version": "2"`, "41 mg", "42 mg").Replace(string(src))))
	require.NoError(t, err)
	d.write("events.json", `[{"asOf": "2026-03-02T08:00:00Z", "id": "e1", "kind": "adopted", "protocol": "`+second.Digest().String()+`", "who": "dr-1"}]`)
	d.done("apply a.plan events.json -o a.plan")
	assert.Contains(t, d.done("show a.plan -format json"), `"planned":"42 mg"`)
}
