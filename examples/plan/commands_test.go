package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
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
		{"", "want a command\nusage:"},
		{"run a.plan", `run: want flags only, not "`},
		{"run -format ics", `-format: want one of text, json, not "ics"`},
		{"new -protocol protocol.json -o b.plan", "want -protocol, -clinic, -request and -o"},
		{newA + " b.plan", "want flags only"},
		{"show", "show: want PLAN"},
		{"show a.plan -format pdf", `-format: want one of text, json, ics, html, csv, not "pdf"`},
		{"show a.plan b.plan", `b.plan" too`},
		{"show a.plan -format json -format text", "-format: stated twice"},
		{"show a.plan -as-known=", "-as-known: want something"},
		{"new -protocol= -clinic clinic.json -request request.json -o b.plan", "-protocol: want something"},
		{"repairs a.plan -session abc -as-of 2026-03-02T19:00:00Z -as-of 2026-03-02T19:00:00Z", "-as-of: stated twice"},
		{"show a.plan -format", "flag needs an argument: -format"},
		{"due", "due: want DIR"},
		{"due a.plan", "due: want -on"},
		{"due a.plan -on 2026-02-30", "-on: date"},
		{"due a.plan -on 2026-03-02", "not a directory"},
		{strings.Replace(newA, "-o a.plan", "-o none/b.plan", 1), "none/b.plan: no such file"},
		{strings.Replace(newA, "-o a.plan", "-o .", 1), ".: want a regular file to write to"},
		{strings.Replace(newA, "clinic.json", "protocol.json", 1), "\n  protocol.json:1:12: /format: want \"regimen-clinic/1\", got \"regimen/1\""},
		{"diff a.plan b.plan -format csv", `-format: want one of text, json, not "csv"`},
		{"show a.plan -as-known yesterday", "-as-known: want an instant"},
		{"show a.plan -as-of yesterday", "flag provided but not defined: -as-of"},
		{"apply a.plan broken.json", "want -o or -dry-run"},
		{"apply a.plan broken.json -o b.plan -dry-run", "want -o or -dry-run"},
		{"repairs a.plan -session abc -as-of 2026-03-02T19:00:00Z", "-session: "},
		{"repairs a.plan -as-of 2026-03-02T19:00:00Z", "want -session and -as-of"},
		{"check a.plan", "want -clinic"},
		{"show b.plan", "no such file"},
		{"show broken.json", "want a file that plan new or plan apply wrote: after 22 bytes: unexpected EOF"},
		{"show none.plan", "want a file that plan new or plan apply wrote: protocols are to be a list of protocol files"},
		{"show .", "is a directory"},
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

// A file that is damaged, or another's, is refused whatever is wrong with it.
func TestCommandsKeep(t *testing.T) {
	d := newDesk(t)
	d.done(newA)
	kept, err := os.ReadFile(d.path("a.plan"))
	require.NoError(t, err)
	for _, tt := range []struct{ name, text, want string }{
		{"empty", " \n", "it is empty"},
		{"a list", "[]", "it is to be one JSON object"},
		{"a word", `"plan"`, "it is to be one JSON object"},
		{"no JSON", "BEGIN:VCALENDAR", "invalid character"},
		{"another format", strings.Replace(string(kept), "plan-kept/1", "plan-kept/7", 1), `its format is to be "plan-kept/1", not "plan-kept/7"`},
		{"no format", strings.Replace(string(kept), `"format":"plan-kept/1",`, "", 1), `it lacks "format"`},
		{"a key twice", strings.Replace(string(kept), "{", `{"clinic":{},`, 1), `it has "clinic" twice`},
		{"an unknown key", strings.Replace(string(kept), "{", `{"patient":"x",`, 1), `it has "patient"`},
		{"more", string(kept) + "{}", "bytes something follows it"},
		{"another protocol", strings.ReplaceAll(string(kept), "41 mg", "42 mg"), "/protocols: want what has the digest that the file says of it"},
		{"another protocol beside the plan", strings.Replace(string(kept), "41 mg", "42 mg", 1), `protocols are to have "weekly" 1 as the plan has it`},
		{"cut at the end", string(kept[:len(kept)-3]), "unexpected EOF"},
	} {
		d.write("b.plan", tt.text)
		code, out, problems := d.run("show b.plan")
		assert.Equal(t, exitMisuse, code, tt.name)
		assert.Empty(t, out, tt.name)
		assert.Contains(t, problems, "plan: b.plan: ", tt.name)
		assert.Contains(t, problems, tt.want, tt.name)
	}
	for i := 0; i < len(kept); i += 1 + len(kept)/60 {
		d.write("b.plan", string(kept[:i]))
		code, _, problems := d.run("show b.plan")
		assert.Equal(t, exitMisuse, code, i)
		assert.Contains(t, problems, "plan: b.plan: want a file", i)
	}
}

// A file is replaced in one step: it keeps its permissions, a link to it stays one, and
// nothing is left beside it.
func TestCommandsReplace(t *testing.T) {
	d := newDesk(t)
	d.done(newA)
	info, err := os.Stat(d.path("a.plan"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "a patient's")
	require.NoError(t, os.Chmod(d.path("a.plan"), 0o640))
	require.NoError(t, os.Symlink("a.plan", d.path("link.plan")))
	d.write("events.json", `[{"asOf": "2026-03-02T18:00:00Z", "id": "e1", "kind": "missed", "session": "`+d.ids()[0]+`"}]`)
	d.done("apply link.plan events.json -o link.plan")
	assert.Contains(t, d.done("show a.plan -format json"), `"state":"missed"`)
	for name, want := range map[string]os.FileMode{"a.plan": 0o640, "link.plan": os.ModeSymlink} {
		info, err := os.Lstat(d.path(name))
		require.NoError(t, err)
		assert.Equal(t, want, info.Mode()&(os.ModeSymlink|want), name)
	}
	entries, err := os.ReadDir(d.dir)
	require.NoError(t, err)
	assert.Len(t, entries, 6, "nothing is left")
}

// Help is no mistake.
func TestCommandsHelp(t *testing.T) {
	d := newDesk(t)
	for _, words := range []string{"help", "-h", "--help", "new -h", "due -help", "run -h"} {
		assert.Equal(t, usage, d.done(words), words)
	}
}

// Whoever cannot write what was asked for says so.
func TestCommandsWithoutOutput(t *testing.T) {
	d := newDesk(t)
	d.done(newA)
	for _, form := range []string{"text", "json", "ics", "html", "csv"} {
		var problems bytes.Buffer
		assert.Equal(t, exitMisuse, command([]string{"show", d.path("a.plan"), "-format", form}, nil, full{}, &problems), form)
		assert.Equal(t, "plan: no space\n", problems.String(), form)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

// Who is due, over the plans of a directory: worked by hand. The first session of a.plan
// was missed and the third is on a day that is lost; in b.plan nobody has said anything.
func TestCommandsDue(t *testing.T) {
	d := newDesk(t)
	plans := d.path("plans")
	require.NoError(t, os.MkdirAll(filepath.Join(plans, "more"), 0o700))
	due := func(day, form string) (code int, out, problems string) {
		return d.run("due " + plans + " -on " + day + " -format " + form)
	}
	code, out, _ := due("2026-03-05", "text")
	assert.Equal(t, exitDone, code)
	assert.Equal(t, "nothing is due on Thu 2026-03-05\n", out)
	code, out, _ = due("2026-03-05", "json")
	assert.Equal(t, exitDone, code)
	assert.Equal(t, "[]\n", out)

	d.done(strings.Replace(newA, "a.plan", "plans/b.plan", 1))
	d.done(newA)
	ids := d.ids()
	d.write("events.json", `[{"asOf": "2026-03-03T18:00:00Z", "id": "e1", "kind": "missed", "session": "`+ids[0]+`"}, `+
		`{"asOf": "2026-03-03T18:00:00Z", "id": "e2", "kind": "clinic-closed", "from": "2026-03-09", "reason": "storm"}]`)
	d.done("apply a.plan events.json -o plans/a.plan")
	code, out, _ = due("2026-03-05", "text")
	assert.Equal(t, exitDone, code)
	assert.Equal(t, "a.plan\n  due      08:00-10:40 all\n  lost     Mon 2026-03-09 all: closed (storm)\n"+
		"b.plan\n  due      08:00-10:40 all\n  overdue  since Mon 2026-03-02 all\n", out)
	_, out, _ = due("2026-03-09", "json")
	var list []struct {
		File               string
		Due, Overdue, Lost []struct{ ID, Date string }
		Row                struct{ Open string }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &list))
	require.Len(t, list, 2)
	assert.Equal(t, "a.plan", list[0].File)
	assert.Empty(t, list[0].Due)
	assert.Equal(t, "2026-03-05", list[0].Overdue[0].Date)
	assert.Equal(t, ids[2], list[0].Lost[0].ID)
	assert.Equal(t, ids[2], list[1].Due[0].ID)
	assert.Equal(t, "2026-03-02", list[1].Row.Open)

	// Nobody is left out in silence; a hidden file is no plan.
	d.write("plans/.hidden", "x")
	d.write("plans/notes.txt", "x")
	code, again, problems := due("2026-03-09", "json")
	assert.Equal(t, exitMisuse, code)
	assert.Equal(t, out, again)
	assert.Contains(t, problems, "plan: plans/notes.txt: want a file that plan new or plan apply wrote")
	assert.Contains(t, problems, "plan: 1 of the files in")
}

// A decision and a weighing are due as well.
func TestCommandsDueDecision(t *testing.T) {
	d := newDesk(t)
	src, err := os.ReadFile(d.path("protocol.json"))
	require.NoError(t, err)
	d.write("protocol.json", strings.NewReplacer(
		`"41 mg"`, `"0.5 mg/kg of actual weight, round 1 mg half up, hard max 100 mg", "weights": {"staleAfter": "5 days"}`,
		`"version": "1",`, `"version": "1", "gates": [{"name": "benefit", "phase": "all", "after": 2, "assess": "response"}],`,
	).Replace(string(src)))
	d.write("request.json", `{"start": "2026-03-02", "asOf": "2026-03-02T07:00:00Z", "key": "b895951e1e276269f8252ef959a3bb2f", "weighings": [{"date": "2026-03-02", "weight": "80 kg"}]}`)
	require.NoError(t, os.Mkdir(d.path("plans"), 0o700))
	d.done(strings.Replace(newA, "a.plan", "plans/a.plan", 1))
	_, out, _ := d.run("due " + d.path("plans") + " -on 2026-03-09")
	assert.Equal(t, "a.plan\n  due      08:00-10:40 all\n  overdue  since Mon 2026-03-02 all\n  overdue  since Thu 2026-03-05 all\n"+
		"  decide   since Thu 2026-03-05 benefit\n  weigh    before the session of Mon 2026-03-09\n", out)
}

// Monitoring is due like any visit, and so is the result that a session needs. Worked by
// hand: sessions on Mon 03-02, Thu 03-05, Mon 03-09 and Thu 03-12; counts on the three
// Mondays from 03-02 on, at the laboratory; each session needs one of the last six days, and its own.
func TestCommandsDueMonitoring(t *testing.T) {
	d := newDesk(t)
	src, err := os.ReadFile(d.path("protocol.json"))
	require.NoError(t, err)
	d.write("protocol.json", strings.Replace(string(src), `"version": "1",`, `"version": "1", "monitoring": [{"name": "count", "cadence": "1/wk x3",
		"visit": {"kind": "assessment", "administration": "10 min"}, "elsewhere": "a laboratory", "before": [{"within": "6 days"}]}],`, 1))
	require.NoError(t, os.Mkdir(d.path("plans"), 0o700))
	d.done(newA)
	due := func(day string) string {
		_, out, problems := d.run("due " + d.path("plans") + " -on " + day)
		assert.Empty(t, problems)
		return out
	}
	tell := func(events string) {
		d.write("events.json", "["+events+"]")
		d.done("apply a.plan events.json -o a.plan")
		d.done("apply a.plan events.json -o plans/a.plan")
	}
	ids := d.ids()
	var plan struct{ Visits []struct{ ID string } }
	require.NoError(t, json.Unmarshal([]byte(d.done("show a.plan -format json")), &plan))
	require.Len(t, plan.Visits, 3)
	count := func(n int) string { return plan.Visits[n-1].ID }

	tell(`{"asOf": "2026-03-02T18:00:00Z", "id": "e1", "kind": "given", "session": "` + ids[0] + `", "date": "2026-03-02", "dose": "41 mg"}`)
	assert.Equal(t, "a.plan\n  due      08:00-10:40 all\n  overdue  since Mon 2026-03-02 count\n  result   count, before the session of Thu 2026-03-05: not known\n", due("2026-03-05"))
	_, out, _ := d.run("due " + d.path("plans") + " -on 2026-03-05 -format json")
	var list []struct {
		MonitoringDue bool
		ResultDue     []struct{ Monitoring, From, To string }
		Row           struct{ MonitorBy, ResultBefore string }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &list))
	require.Len(t, list, 1)
	assert.True(t, list[0].MonitoringDue)
	assert.Equal(t, "2026-03-02", list[0].Row.MonitorBy)
	assert.Equal(t, "2026-03-05", list[0].Row.ResultBefore)
	require.Len(t, list[0].ResultDue, 1)
	assert.Equal(t, "2026-02-27", list[0].ResultDue[0].From)

	// The count of 03-02 is six days before 03-08, so that of the next Monday waits.
	tell(`{"asOf": "2026-03-03T18:00:00Z", "id": "e2", "kind": "visit-done", "visit": "` + count(1) + `", "date": "2026-03-02"}, ` +
		`{"asOf": "2026-03-05T18:00:00Z", "id": "e3", "kind": "given", "session": "` + ids[1] + `", "date": "2026-03-05", "dose": "41 mg"}`)
	assert.Equal(t, "nothing is due on Thu 2026-03-05\n", due("2026-03-05"))
	assert.Equal(t, "a.plan\n  due      08:00-10:40 all\n  due      count\n  result   count, before the session of Mon 2026-03-09: not known\n", due("2026-03-09"))
	tell(`{"asOf": "2026-03-09T07:00:00Z", "id": "e4", "kind": "visit-done", "visit": "` + count(2) + `", "date": "2026-03-09", "result": "0.9", "verdict": "not ok"}`)
	assert.Equal(t, "a.plan\n  due      08:00-10:40 all\n  result   count, before the session of Mon 2026-03-09: not ok on Mon 2026-03-09\n", due("2026-03-09"))
	_, out, _ = d.run("due " + d.path("plans") + " -on 2026-03-08 -format json")
	assert.Equal(t, "[]\n", out)
}

// A plan that its journal comes to is verified; where somebody has changed what is to come, and
// made the digests true, the first entry and every difference are named.
func TestCommandsVerify(t *testing.T) {
	d := newDesk(t)
	d.done(newA)
	ids := d.ids()
	d.write("events.json", `[{"asOf": "2026-03-02T18:00:00Z", "id": "e1", "kind": "given", "session": "`+ids[0]+`", "date": "2026-03-02", "dose": "41 mg"}]`)
	d.done("apply a.plan events.json -o a.plan -strict")
	assert.Equal(t, "the plan is what its journal comes to\n", d.done("verify a.plan"))
	var v object
	require.NoError(t, json.Unmarshal([]byte(d.done("verify a.plan -format json")), &v))
	assert.Empty(t, v["differences"])

	kept, err := os.ReadFile(d.path("a.plan"))
	require.NoError(t, err)
	d.write("b.plan", resealed(t, string(kept), `"date":"2026-03-09"`, `"date":"2026-03-10"`))
	code, out, problems := d.run("verify b.plan")
	assert.Equal(t, exitRefused, code)
	assert.Equal(t, "plan: the plan is not what its journal comes to\n", problems)
	assert.Contains(t, out, "violation: ")
	assert.Contains(t, out, `/date: "2026-03-10", computed "2026-03-09"`)
	code, out, _ = d.run("verify b.plan -format json")
	assert.Equal(t, exitRefused, code)
	require.NoError(t, json.Unmarshal([]byte(out), &v))
	assert.Equal(t, "violation", v["severity"])
	assert.NotEmpty(t, v["differences"])

	// It is shown all the same, and nobody is locked out; but -strict does not let it pass.
	assert.Contains(t, d.done("show b.plan"), "Mar 10")
	code, _, problems = d.run("show b.plan -strict")
	assert.Equal(t, exitRefused, code)
	assert.Contains(t, problems, "strict: open findings:")
	assert.Contains(t, problems, `computed "2026-03-09"`)
}

// resealed returns a file of this command in which the state of the plan says something else,
// with digests that are true of it, as docs/FILES.md has them.
func resealed(t *testing.T, kept, from, to string) string {
	t.Helper()
	at := strings.Index(kept, ",\n\"plan\":\n")
	require.Positive(t, at)
	at += len(",\n\"plan\":\n")
	head, file := kept[:at], kept[at:]
	state := strings.Index(file, "\n\"state\":")
	require.Positive(t, state)
	require.Contains(t, file[state:], from)
	file = file[:state] + strings.Replace(file[state:], from, to, 1)
	digests := strings.LastIndex(file, ",\n\"digests\":{")
	require.Positive(t, digests)
	var parts struct{ Protocols, Request, Answers, Journal, State, Rules json.RawMessage }
	require.NoError(t, json.Unmarshal([]byte(file[:digests]+"}"), &parts))
	sum := func(src []byte) string {
		var b bytes.Buffer
		require.NoError(t, json.Compact(&b, src))
		return fmt.Sprintf("sha256:%x", sha256.Sum256(b.Bytes()))
	}
	all := fmt.Sprintf(`{"protocols":%q,"request":%q,"answers":%q,"journal":%q,"state":%q}`,
		sum(parts.Protocols), sum(parts.Request), sum(parts.Answers), sum(parts.Journal), sum(parts.State))
	whole := sum(fmt.Appendf(nil, `{"format":"regimen-plan/2","rules":%s,"digests":%s}`, parts.Rules, all))
	return fmt.Sprintf("%s%s,\n\"digests\":%s,\n\"digest\":%q}}\n", head, file[:digests], all, whole)
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
