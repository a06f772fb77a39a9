package protocoltest_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol/lint"
	"github.com/regimen-go/regimen/protocol/protocoltest"
)

// clean is a protocol in which nothing is found. It is invented.
const clean = `{
  "format": "regimen/1",
  "id": "examplamine",
  "version": "1",
  "title": "Examplamine, 3-2-1 a week",
  "drug": "examplamine",
  "contraindications": [{"text": "allergy to examplamine", "hard": true}],
  "labels": [{"status": "off-label"}],
  "phases": [
    {
      "name": "taper",
      "cadence": "3-2-1",
      "visit": {"administration": "40 min", "observation": "2 h"},
      "dose": "0.5 mg/kg of ? weight, round 0.1 mg half up, hard max 80 mg",
      "minGap": "2 days"
    },
    {
      "name": "talk",
      "cadence": "every 1w x1"
    }
  ],
  "parameters": [{"name": "basis", "fills": ["basis of taper"], "choices": ["actual", "lean"]}],
  "sources": [{"key": "note", "citation": "a document that was never written", "facts": [{"says": "3, 2, 1", "grade": "primary"}]}]
}
`

// worked is the calendar of a patient of 72 kg: 36 mg.
const worked = `# 0.5 mg/kg of 72 kg is 36 mg, of 70 kg 35 mg.
parameter basis = actual
start 2025-01-06
weight 72 kg
weight 2025-01-13 70 kg

2025-01-06 1 36 mg
2025-01-08 3 36 mg
2025-01-10 5 36 mg
2025-01-13 8 35 mg
2025-01-16 11 35 mg
2025-01-20 15 35 mg
2025-01-27 22
`

// beside is a protocol with a dose in parts, medicines beside the drug and a monitoring; by
// hand, 300 mg and 200 mg are 500 mg, and 2 mg/kg of 72 kg is 144 mg at the second session.
var beside = strings.NewReplacer(
	`"dose": "0.5 mg/kg of ? weight, round 0.1 mg half up, hard max 80 mg",`, `"dose": "sum of parts, hard max 600 mg",
      "parts": [{"name": "bolus", "dose": "300 mg, hard max 400 mg", "during": "5 min"}, {"name": "rest", "dose": "200 mg, hard max 400 mg", "during": "30 min"},
        {"name": "more", "dose": "50 mg, hard max 50 mg", "during": "1 min", "condition": "pain"}],
      "beside": [{"name": "otheramine", "route": "intravenous", "source": "note", "dose": "2 mg/kg of actual weight, round 1 mg half up, hard max 200 mg", "administration": "30 min", "from": "administration end", "sessions": [2]},
        {"name": "as needed", "route": "oral", "source": "note", "dose": "8 mg", "condition": "nausea", "cumulative": [{"per": "day", "limit": "hard max 16 mg"}]}],`,
	`"cadence": "3-2-1"`, `"cadence": "2/wk x1"`,
	`"parameters": [{"name": "basis", "fills": ["basis of taper"], "choices": ["actual", "lean"]}],`, `"monitoring": [{"name": "count", "cadence": "1/wk x3", "visit": {"kind": "assessment", "administration": "10 min"}}],`,
	`"says": "3, 2, 1"`, `"says": "2"`,
	`3-2-1 a week`, `2 a week`,
).Replace(clean)

const besideWorked = `start 2025-01-06
weight 72 kg

2025-01-06 1 500 mg (bolus 300 mg, rest 200 mg)
2025-01-06 1 count
2025-01-09 4 500 mg (bolus 300 mg, rest 200 mg), otheramine 144 mg
2025-01-13 8 count
2025-01-16 11
2025-01-20 15 count
`

type files map[string]string

func (f files) fs() fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range f {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func test(f files, o protocoltest.Options) string {
	err := protocoltest.TestFS(f.fs(), "*.json", o)
	if err == nil {
		return ""
	}
	return err.Error()
}

func change(s, old, now string) string {
	if !strings.Contains(s, old) {
		panic(old)
	}
	return strings.Replace(s, old, now, 1)
}

// What is as it should be is no failure.
func TestWell(t *testing.T) {
	assert.Empty(t, test(files{"a.json": clean}, protocoltest.Options{}))
	assert.Empty(t, test(files{"a.json": clean, "a.calendar": worked}, protocoltest.Options{}))
	assert.Empty(t, test(files{"a.json": beside, "a.calendar": besideWorked}, protocoltest.Options{}))
	assert.Empty(t, test(files{
		"a.json": clean, "a.calendar": worked,
		"a.holiday.calendar": holiday,
		"ab.calendar":        "of no protocol", "a.x.y.calendar": "nor this",
	}, protocoltest.Options{}))
	assert.Empty(t, test(files{"a.json": change(clean, `"labels": [{"status": "off-label"}],`, ""), "a.want": "# The label.\n\nlabels-unsaid /labels: in other words\n"}, protocoltest.Options{}))
	assert.Empty(t, test(files{"a.json": "{", "a.want": "json-syntax"}, protocoltest.Options{}))
	assert.Empty(t, test(files{"a.json": change(clean, `"2 days"`, `"2 day"`), "a.want": "value /phases/0/minGap\n"}, protocoltest.Options{}))
	accepted := []lint.Acceptance{{Protocol: "examplamine", Code: "labels-unsaid", Reason: "looked for"}}
	assert.Empty(t, test(files{"a.json": change(clean, `"labels": [{"status": "off-label"}],`, "")}, protocoltest.Options{Lint: lint.Options{Accepted: accepted}}))
}

// holiday is 3-2-1 with the first Wednesday closed. Two days after Monday that leaves
// Thursday, and two days after that Saturday: shifts of 0, 1 and 1 days.
const holiday = `parameter basis = actual
start 2025-01-06
weight 72 kg
height 170 cm
sex male
open Mon,Tue,Wed,Thu,Fri,Sat
closed 2025-01-08
until 2025-12-31

2025-01-06 1 36 mg
2025-01-09 4 36 mg
2025-01-11 6 36 mg
2025-01-13 8 36 mg
2025-01-16 11 36 mg
2025-01-20 15 36 mg
2025-01-27 22
`

// Each kind of failure is reported, with its file and line.
func TestFails(t *testing.T) {
	noLabel := change(clean, `"labels": [{"status": "off-label"}],`, "")
	for _, tt := range []struct {
		name  string
		files files
		o     protocoltest.Options
		want  string
	}{
		{"no file", files{"a.txt": ""}, protocoltest.Options{}, `*.json: no file matches`},
		{"a problem of the file", files{"a.json": change(clean, `"2 days"`, `"2 day"`)}, protocoltest.Options{}, `a.json:15: value /phases/0/minGap: a.json:15:17: /phases/0/minGap: want whole days, such as 1 day or 28 days, got "2 day" [value]`},
		{"another format", files{"a.json": `{"format": "clinic/1"}`}, protocoltest.Options{}, "[missing]\na.json:1: choice /format: a.json:1:12: /format: want \"regimen/1\""},
		{"a finding", files{"a.json": noLabel}, protocoltest.Options{}, `a.json:1: labels-unsaid /labels: none is stated, and no note says that it was not read`},
		{"a finding of several", files{"a.json": clean, "b.json": clean}, protocoltest.Options{}, `b.json:3: id-twice /id: "examplamine" version "1" is also that of a.json`},
		{"a rule that fails", files{"a.json": clean}, protocoltest.Options{Lint: lint.Options{Rules: []lint.Rule{{}}}}, `rules: the rule "" is not run: want a code of lower-case words with hyphens between them [rule-refused]`},
		{"the kit's rule", files{"a.json": clean}, protocoltest.Options{Lint: lint.Options{Rules: []lint.Rule{{Code: "no-plan", Severity: lint.Info, Check: func(*lint.Subject, lint.Report) {}}}}}, `another rule has the code`},
		{"no plan", files{"a.json": change(clean, `hard max 80 mg`, `hard max 30 mg`)}, protocoltest.Options{}, `a.json:1: no-plan: no plan for a patient of 75 kg: `},
		{"expected and not found", files{"a.json": clean, "a.want": "# x\nlabels-unsaid /labels: text\n"}, protocoltest.Options{}, `a.want:2: expected and not found: labels-unsaid /labels`},
		{"expected at another place", files{"a.json": noLabel, "a.want": "labels-unsaid"}, protocoltest.Options{}, "a.want:1: expected and not found: labels-unsaid\na.json:1: labels-unsaid /labels: "},
		{"another date", files{"a.json": clean, "a.calendar": change(worked, "2025-01-08 3", "2025-01-09 4")}, protocoltest.Options{}, `a.calendar:8: worked 2025-01-09 4 36 mg, planned 2025-01-08 3 36 mg`},
		{"another day", files{"a.json": clean, "a.calendar": change(worked, "2025-01-08 3", "2025-01-08 2")}, protocoltest.Options{}, `a.calendar:8: worked 2025-01-08 2 36 mg, planned 2025-01-08 3 36 mg`},
		{"another dose", files{"a.json": clean, "a.calendar": change(worked, "8 35 mg", "8 36 mg")}, protocoltest.Options{}, `a.calendar:10: worked 2025-01-13 8 36 mg, planned 2025-01-13 8 35 mg`},
		{"a dose where none is", files{"a.json": clean, "a.calendar": change(worked, "27 22", "27 22 1 mg")}, protocoltest.Options{}, `a.calendar:13: worked 2025-01-27 22 1 mg, planned 2025-01-27 22`},
		{"a session too many", files{"a.json": clean, "a.calendar": worked + "2025-02-03 29\n"}, protocoltest.Options{}, `a.calendar:14: worked 2025-02-03 29, and the plan has nothing after 2025-01-27`},
		{"a session too few", files{"a.json": clean, "a.calendar": change(worked, "2025-01-27 22\n", "")}, protocoltest.Options{}, `a.calendar: not in the calendar: 2025-01-27 22`},
		{"another part", files{"a.json": beside, "a.calendar": change(besideWorked, "bolus 300 mg", "bolus 310 mg")}, protocoltest.Options{}, `a.calendar:4: worked 2025-01-06 1 500 mg (bolus 310 mg, rest 200 mg), planned 2025-01-06 1 500 mg (bolus 300 mg, rest 200 mg)`},
		{"a medicine too few", files{"a.json": beside, "a.calendar": change(besideWorked, ", otheramine 144 mg", "")}, protocoltest.Options{}, `a.calendar:6: worked 2025-01-09 4 500 mg (bolus 300 mg, rest 200 mg), planned 2025-01-09 4 500 mg (bolus 300 mg, rest 200 mg), otheramine 144 mg`},
		{"a medicine without a dose", files{"a.json": beside, "a.calendar": change(besideWorked, "weight 72 kg\n", "weight 72 kg\nweight 2025-01-09 101 kg\n")}, protocoltest.Options{}, `planned 2025-01-09 4 500 mg (bolus 300 mg, rest 200 mg), otheramine no dose: `},
		{"a visit too many", files{"a.json": beside, "a.calendar": besideWorked + "2025-01-27 22 count\n"}, protocoltest.Options{}, `a.calendar:10: worked 2025-01-27 22 count, and the plan has nothing after 2025-01-20`},
		{"a visit too few", files{"a.json": beside, "a.calendar": change(besideWorked, "2025-01-20 15 count\n", "")}, protocoltest.Options{}, `a.calendar: not in the calendar: 2025-01-20 15 count`},
		{"a visit without a day", files{"a.json": change(beside, `"cadence": "1/wk x3",`, `"cadence": "1/wk x3", "window": {"before": "0 days", "after": "0 days"},`), "a.calendar": change(besideWorked, "weight 72 kg\n", "weight 72 kg\nclosed 2025-01-20\n")}, protocoltest.Options{}, `a.calendar:10: worked 2025-01-20 15 count, planned 2025-01-20 15 count: no possible day`},
		{"no start", files{"a.json": clean, "a.calendar": "parameter basis = actual\n"}, protocoltest.Options{}, `a.calendar: want a line with the start, such as start 2025-01-06`},
		{"a weight first", files{"a.json": clean, "a.calendar": "weight 72 kg\nstart 2025-01-06\n"}, protocoltest.Options{}, `a.calendar:1: want the start before a weight without a date, got "weight 72 kg"`},
		{"a bad date", files{"a.json": clean, "a.calendar": "start 2025-02-30\n"}, protocoltest.Options{}, `a.calendar:1: `},
		{"a bad line", files{"a.json": clean, "a.calendar": "begin 2025-01-06\n"}, protocoltest.Options{}, `a.calendar:1: want parameter, start, until, weight, height, sex, open, closed, or a session, got "begin 2025-01-06"`},
		{"an unset parameter", files{"a.json": clean, "a.calendar": change(worked, "parameter basis = actual", "")}, protocoltest.Options{}, `a.calendar: the protocol does not compile: /parameters/0 "basis": want a value`},
		{"an unknown parameter", files{"a.json": clean, "a.calendar": change(worked, "basis", "base")}, protocoltest.Options{}, `a.calendar: parameter base: parameter "base": want the name of a parameter: basis`},
		{"no weight", files{"a.json": clean, "a.calendar": change(change(worked, "weight 72 kg\n", ""), "weight 2025-01-13 70 kg\n", "")}, protocoltest.Options{}, `a.calendar: no plan: `},
		{"closed on the start", files{"a.json": clean, "a.calendar": change(worked, "weight 72 kg\n", "weight 72 kg\nclosed 2025-01-06\n")}, protocoltest.Options{}, `a.calendar: no plan: `},
		{"no room", files{"a.json": clean, "a.calendar": change(worked, "weight 72 kg\n", "weight 72 kg\nopen Mon,Tue,Wed,Thu,Fri\nclosed 2025-01-08\n")}, protocoltest.Options{}, `a.calendar: no plan: `},
		{"of a file with problems", files{"a.json": "{", "a.want": "json-syntax", "a.calendar": worked}, protocoltest.Options{}, `a.calendar: the protocol cannot be read`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := test(tt.files, tt.o)
			require.Contains(t, got, tt.want)
			if !strings.Contains(tt.want, "\n") {
				require.NotContains(t, got, "\n", "one failure")
			}
		})
	}
}

// unreadable fails to read some names.
type unreadable struct {
	fs.FS
	names string
}

var errDisk = errors.New("disk on fire")

func (u unreadable) Open(name string) (fs.File, error) {
	if name == u.names {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errDisk}
	}
	return u.FS.Open(name)
}

// A file system that cannot be read is a failure, not a success.
func TestUnreadable(t *testing.T) {
	fsys := files{"a.json": clean, "a.want": "", "a.calendar": worked}.fs()
	for names, want := range map[string]string{
		"a.json":     "a.json: cannot be read: open a.json: disk on fire",
		"a.want":     "a.want: cannot be read: open a.want: disk on fire",
		"a.calendar": "a.calendar: cannot be read: open a.calendar: disk on fire",
		".":          "*.json: no file matches: open .: disk on fire",
	} {
		err := protocoltest.TestFS(unreadable{fsys, names}, "*.json", protocoltest.Options{})
		require.EqualError(t, err, want)
		require.ErrorIs(t, err, errDisk)
	}
	err := protocoltest.TestFS(fsys, "[", protocoltest.Options{})
	require.ErrorContains(t, err, "[: want a pattern: syntax error in pattern")
	err = protocoltest.TestFS(fsys, "none/*.json", protocoltest.Options{})
	require.ErrorIs(t, err, fs.ErrNotExist)
	failures, ok := errors.AsType[protocoltest.Failures](err)
	require.True(t, ok)
	require.Len(t, failures.Unwrap(), 1)
	require.Error(t, protocoltest.TestFS(os.DirFS(filepath.Join(t.TempDir(), "nowhere")), "*.json", protocoltest.Options{}))
}

// What is expected is written anew where the caller wants that, and is right then.
func TestWrite(t *testing.T) {
	f := files{
		"a.json": change(clean, `"labels": [{"status": "off-label"}],`, ""), "a.want": "nothing\n",
		"a.calendar": change(worked, "2025-01-08 3 36 mg\n", ""),
		"b.json":     change(clean, `"id": "examplamine"`, `"id": "other"`), "b.want": "labels-unsaid\n",
	}
	var written []string
	o := protocoltest.Options{Write: func(name string, data []byte) error {
		written = append(written, name)
		f[name] = string(data)
		return nil
	}}
	require.Empty(t, test(f, o))
	require.Equal(t, []string{"a.want", "a.calendar", "b.want"}, written)
	require.Equal(t, worked, f["a.calendar"])
	require.Contains(t, f["a.want"], "\nlabels-unsaid /labels: none is stated, and no note says that it was not read\n")
	require.Empty(t, f["b.want"])
	require.Empty(t, test(f, protocoltest.Options{}))
	written = nil
	require.Empty(t, test(f, o))
	require.Empty(t, written)

	f["b.want"] = "labels-unsaid\n"
	o.Write = func(string, []byte) error { return errDisk }
	require.Equal(t, "b.want: cannot be written: disk on fire", test(f, o))
}
