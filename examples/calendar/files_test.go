package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The files of a patient on a made-up protocol, in a clinic with a holiday.
const (
	infusionFile = `{
  "format": "regimen/1",
  "id": "infusion", "version": "1", "drug": "ketamine", "route": "intravenous",
  "parameters": [
    {"name": "dose", "fills": ["amount"], "low": "0.3 mg/kg", "high": "1 mg/kg"},
    {"name": "basis", "fills": ["basis"], "value": "actual"}
  ],
  "phases": [{
    "name": "treatment", "cadence": "2/wk x2", "minGap": "2 days", "visit": {"administration": "40 min", "observation": "2 h"},
    "dose": "?, round 1 mg half up, soft max 45 mg, hard max 100 mg",
    "preparation": {
      "product": "ketamine 50 mg/mL", "route": "intravenous", "graduation": "0.01 mL half up", "dilution": "made up to 50 mL",
      "during": "40 min", "pump": "0.1 mL/h half up"
    }
  }]
}`
	clinicFile = `{
  "format": "regimen-clinic/1", "zone": "Europe/London",
  "weekly": {"Mon": ["08:00-17:00"], "Tue": ["08:00-17:00"], "Wed": ["08:00-17:00"], "Thu": ["08:00-17:00"], "Fri": ["08:00-12:00"]},
  "closed": [{"date": "2027-03-04", "reason": "inventory"}]
}`
	patientFile = `{
  "format": "regimen-record/1", "zone": "Europe/London", "start": "2027-03-01", "asOf": "2027-03-08T18:00:00Z",
  "height": "175 cm", "sex": "female",
  "weighings": [
    {"date": "2027-03-08", "weight": "96 kg"},
    {"date": "2027-02-26", "weight": "80 kg"}
  ],
  "given": [
    {"date": "2027-03-05", "dose": "40 mg"},
    {"date": "2027-03-01", "start": "08:15", "end": "10:55", "dose": "40 mg"}
  ]
}`
)

// inFiles is a command line that takes everything from files.
func inFiles(more ...string) []string {
	return append([]string{"-protocol", "p.json", "-set", "dose=0.5 mg/kg", "-clinic", "c.json", "-patient", "r.json"}, more...)
}

// replaced returns the files with a text of one of them replaced.
func replaced(t *testing.T, file, old, new string) map[string]string {
	t.Helper()
	files := map[string]string{"p.json": infusionFile, "c.json": clinicFile, "r.json": patientFile}
	if old != "" {
		require.Equal(t, 1, strings.Count(files[file], old), old)
		files[file] = strings.Replace(files[file], old, new, 1)
	}
	return files
}

// Worked example: twice a week from Monday 2027-03-01, on days 1 and 4. Thursday
// the 4th is closed, so the second is on Friday. 0.5 mg/kg x 80 kg = 40 mg, x 96 kg
// = 48 mg, drawn as 0.96 mL, which passes the soft limit.
func TestFiles(t *testing.T) {
	files := replaced(t, "", "", "")
	a := calendarWith(files, inFiles("-format", "json", "-explain")...)
	require.Equal(t, 0, a.code, a.stderr)
	p := a.parse(t)
	assert.Equal(t, []string{"2027-03-01", "2027-03-05", "2027-03-08", "2027-03-11"}, p.dates())
	assert.Equal(t, "infusion", p.Protocol.ID)
	require.Len(t, p.Explanations, 4)
	for i, want := range []sessionParts{
		{State: "given", Given: "40 mg", Start: "08:15", Dose: "40 mg"},
		{State: "given", Given: "40 mg", Dose: "40 mg"},
		{State: "planned", Start: "08:00", Dose: "48 mg", Delivered: "48 mg", Stock: "0.96 mL", Volume: "50 mL", Flow: "75 mL/h", Time: "40 min", Rate: "72 mg/h"},
		{State: "planned", Start: "08:00", Dose: "48 mg", Delivered: "48 mg", Stock: "0.96 mL", Volume: "50 mL", Flow: "75 mL/h", Time: "40 min", Rate: "72 mg/h"},
	} {
		s := p.Sessions[i]
		assert.Equal(t, "ketamine", s.Drug)
		assert.Equal(t, "intravenous", s.Route)
		assert.Equal(t, want.State, s.State)
		assert.Equal(t, want.Given, s.Given)
		assert.Equal(t, want.Dose, s.Dose)
		if want.Start != "" {
			assert.Equal(t, want.Start, s.Start)
		}
		if want.Delivered != "" {
			assert.Equal(t, []string{want.Delivered, want.Stock, want.Volume, want.Flow, want.Time, want.Rate},
				[]string{s.Delivered, s.Stock, s.Volume, s.Flow, s.Time, s.Rate})
			assert.Contains(t, s.Passed[0], "soft max 45 mg")
		}
	}
	text := calendarWith(files, inFiles()...).stdout
	for _, want := range []string{
		"  Drug      ketamine, intravenous\n", "  Clinic    as c.json says, Europe/London\n",
		"\nDoses\n  1-2       given 40 mg\n  3-4       48 mg (0.5 mg/kg of actual weight): 0.96 mL of stock, 50 mL in all,\n" +
			"            0.96 mg/mL, pump 75 mL/h, over 40 min = 72 mg/h, 0.75 mg/kg/h,\n            passes the soft max 45 mg of the dose\n",
		"  Dose      176 mg in all\n", "  dose         given    0.5 mg/kg\n", "  protocol     given    p.json\n",
	} {
		assert.Contains(t, text, want)
	}
	assert.Contains(t, text, "  x  closed")
	assert.Equal(t, text, calendarWith(files, inFiles("-start", "2027-03-01")...).stdout, "a -start that says the same")
}

// A dose elsewhere two days before the start: the first session is a day later than its
// target, 80 kg were weighed with it, and it counts in the sum of the plan.
func TestDosesBefore(t *testing.T) {
	const before = `"givenBefore": [{"date": "2027-02-27", "drug": "ketamine", "dose": "41 mg", "weight": "176.4 lb", "source": "hospital"}], `
	files := replaced(t, "r.json", `"height"`, before+`"height"`)
	files["r.json"] = files["r.json"][:strings.Index(files["r.json"], `"given": [`)] + `"given": []}`
	files["p.json"] = strings.Replace(files["p.json"], `"minGap": "2 days"`, `"minGap": "3 days"`, 1)
	a := calendarWith(files, inFiles("-format", "json")...)
	require.Equal(t, 0, a.code, a.stderr)
	assert.Equal(t, []string{"2027-03-02", "2027-03-05", "2027-03-08", "2027-03-11"}, a.parse(t).dates())
	assert.Contains(t, calendarWith(files, inFiles()...).stdout, "  Before    Sat 2027-02-27, 41 mg of ketamine\n")

	files["r.json"] = strings.Replace(files["r.json"], "2027-02-27", "2027-03-01", 1)
	a = calendarWith(files, inFiles()...)
	assert.Equal(t, 2, a.code)
	assert.Equal(t, `calendar: r.json:3: /givenBefore/0: found "2027-03-01", want a date before the start, 2027-03-01: what is given from then on is recorded in the plan [value]`+"\n", a.stderr)
}

// The command of the README, with files of the repository. The first cadence has 8
// sessions, all given, of the second one was; the clinic closed on 2025-01-20, so
// the sixth was a day late. The gate was decided.
func TestFilesOfTheRepository(t *testing.T) {
	var stdout, stderr bytes.Buffer
	around := inTests(nil)
	around.file = readFile
	dir := "../record/testdata/"
	code := run([]string{
		"-protocol", dir + "taper.json", "-clinic", dir + "clinic.json", "-patient", dir + "clean.json", "-until", "2025-06-30", "-format", "json",
	}, &stdout, &stderr, around)
	require.Equal(t, 0, code, stderr.String())
	p := answer{code, stdout.String(), stderr.String()}.parse(t)
	assert.Equal(t, []string{
		"2025-01-06", "2025-01-08", "2025-01-10", "2025-01-13", "2025-01-16", "2025-01-21", "2025-01-27", "2025-02-03",
		"2025-03-03", "2025-03-31", "2025-04-28", "2025-05-26", "2025-06-23",
	}, p.dates())
	for i, s := range p.Sessions {
		if i < 9 {
			assert.Equal(t, "given", s.State, "session %d", i+1)
		} else {
			assert.Equal(t, "planned", s.State, "session %d", i+1)
			assert.Equal(t, "37 mg", s.Dose, "0.5 mg/kg x 73 kg = 36.5 mg, half up")
		}
	}
}

// A text is a file if it ends in .json or is a path, or if there is such a file
// and nothing else it could mean.
func TestNamesOfFiles(t *testing.T) {
	more := []string{"-set", "dose=0.5 mg/kg", "-start", "2027-03-01", "-weight", "80 kg"}
	for _, name := range []string{"x.json", "./taper", "../taper", "/taper", "taper"} {
		a := calendarWith(map[string]string{name: infusionFile}, append([]string{"-protocol", name}, more...)...)
		assert.Equal(t, 0, a.code, "%s: %s", name, a.stderr)
	}
	files := map[string]string{"2/wk x2": infusionFile, "ketamine-iv-taper": infusionFile}
	a := calendarWith(files, "-protocol", "2/wk x2", "-start", "2027-03-01", "-weight", "80 kg", "-format", "json")
	assert.Equal(t, "2/wk x2", a.parse(t).Protocol.ID, "a cadence")
	a = calendarWith(files, "-protocol", "ketamine-iv-taper", "-start", "2027-03-01", "-until", "2027-06-01", "-weight", "80 kg", "-format", "json")
	assert.Equal(t, "ketamine-iv-taper", a.parse(t).Protocol.ID, "an entry of the catalogue")
}

// An entry of the catalogue takes its parameters from -set like a file.
func TestEntryWithParameters(t *testing.T) {
	args := []string{
		"-protocol", "ketamine-iv-single", "-start", "2027-03-01", "-weight", "80 kg", "-format", "json", "-set", "dose=0.5 mg/kg", "-set", "basis=actual",
		"-set", "rounding=1 mg half up", "-set", "maximum=80 mg", "-set", "min-gap=2 days", "-set", "administration=40 min", "-set", "observation=2 h",
	}
	a := calendarOf(args...)
	require.Equal(t, 0, a.code, a.stderr)
	p := a.parse(t)
	assert.Equal(t, "ketamine-iv-single", p.Protocol.ID)
	assert.Equal(t, "40 mg", p.Sessions[0].Dose)
	assert.Contains(t, p.Parameters, parameter{"rounding", "1 mg half up", "given"})
}

// Each refusal of a file names the file, the line, the place, what was found and
// what was wanted, and prints nothing else.
func TestRefusedFiles(t *testing.T) {
	for _, test := range []struct {
		name, file, old, new string
		more                 []string
		want                 []string
	}{
		{"protocol value", "p.json", `"cadence": "2/wk x2"`, `"cadence": "2/wkx2"`, nil, []string{
			`p.json:9: /phases/0/cadence: found "2/wkx2", want the end, or x and the number of weeks after a space, as in 2/wk x4 [cadence-syntax]`,
		}},
		{"two values", "p.json", `"2 days", "visit": {"administration": "40 min"`, `"two", "visit": {"administration": "40"`, nil, []string{
			`p.json:9: /phases/0/minGap: found "two", want whole days, such as 1 day or 28 days [value]`,
			`p.json:9: /phases/0/visit/administration: found "40", want whole minutes or hours up to 24 h, such as 40 min or 2 h [value]`,
		}},
		{"range of a parameter", "", "", "", []string{"-set", "dose=1.1 mg/kg"}, []string{
			`p.json:5: /parameters/0/value: found "1.1 mg/kg", want at most 1 mg/kg [value]`,
		}},
		{"parameter not set", "", "", "", nil, []string{
			`p.json:5: /parameters/0: want a value of "dose"; -set NAME=VALUE gives one [parameter-unset]`,
		}},
		{"protocol key", "p.json", `"minGap"`, `"mingap"`, nil, []string{
			`p.json:9: /phases/0/mingap: found "mingap", want the key "minGap" [key-case]`,
		}},
		{"not JSON", "p.json", infusionFile, `{"format": `, nil, []string{
			`p.json:1: /format: found the end of the file, want a value [json-syntax]`,
		}},
		{"empty", "p.json", infusionFile, ``, nil, []string{
			`p.json:1: found the end of the file, want a JSON document [json-syntax]`,
		}},
		{"too large", "p.json", infusionFile, strings.Repeat(" ", 2<<20), nil, []string{
			`p.json:1: found 2097152, want at most 1048576 bytes [json-size]`,
		}},
		{"clinic hours", "c.json", `"Fri": ["08:00-12:00"]`, `"Fri": ["8-12"]`, nil, []string{
			`c.json:3: /weekly/Fri/0: found "8-12", want a time from 00:00 to 24:00, written HH:MM [value]`,
		}},
		{"clinic zone", "c.json", `"zone": "Europe/London"`, `"zone": "UTC"`, nil, []string{
			`r.json:2: /zone: found "Europe/London", want the zone of the clinic file, UTC [value]`,
		}},
		{"record dose", "r.json", `"end": "10:55", "dose": "40 mg"`, `"end": "10:55", "dose": "40"`, nil, []string{
			`r.json:10: /given/1/dose: found "40", want one space and mg, mcg or g [value]`,
		}},
		{"record end", "r.json", `"end": "10:55"`, `"end": "07:00"`, nil, []string{
			`r.json:10: /given/1: found "07:00", want a time that is not after the as-of one, 2027-03-01 23:59 [value]`,
		}},
		{"record after its as-of", "r.json", `{"date": "2027-03-05"`, `{"date": "2027-03-09"`, nil, []string{
			`r.json:9: /given/0/date: found "2027-03-09", want a day that is not after the as-of, 2027-03-08 [after-as-of]`,
		}},
		{"gate", "r.json", `"height"`, `"decided": ["response"], "height"`, nil, []string{
			`r.json:3: /decided/0: found "response", want the name of a gate that the plan comes to [unknown-reference]`,
		}},
		{"weight without its unit", "r.json", `80 kg`, `80`, nil, []string{
			`r.json:6: /weighings/1/weight: found "80", want kg or lb [value]`,
		}},
		{"weight of nobody at the start", "r.json", `80 kg`, `20 kg`, nil, []string{
			`session 1 (treatment) on 2027-03-01: r.json:6: /weighings/1/weight: found "20 kg", want at least 22.7 kg for an adult [implausible]`,
		}},
		{"weight of nobody later", "r.json", `96 kg`, `400 kg`, nil, []string{
			`session 3 (treatment) on 2027-03-08: r.json:5: /weighings/0/weight: found "400 kg", want at most 340.2 kg for an adult [implausible]`,
		}},
		{"height", "r.json", `175 cm`, `80 cm`, nil, []string{
			`session 1 (treatment) on 2027-03-01: r.json:6: /weighings/1/weight: found "80 kg" with the height 80 cm, want at least 91 cm for an adult [implausible]`,
		}},
		{"no weight", "r.json", `{"date": "2027-03-08", "weight": "96 kg"},
    {"date": "2027-02-26", "weight": "80 kg"}`, ``, nil, []string{
			`session 1 (treatment) on 2027-03-01: weight is missing: 0.5 mg/kg of actual weight cannot be computed: no body weight [no-weight]`,
		}},
		{"hard limit later", "p.json", `hard max 100 mg`, `hard max 47 mg`, nil, []string{
			`session 3 (treatment) on 2027-03-08: the dose passes the hard max 47 mg of the dose [hard-limit]`,
			`session 4 (treatment) on 2027-03-11: the dose passes the hard max 47 mg of the dose [hard-limit]`,
		}},
		{"hard limit at once", "p.json", `soft max 45 mg, hard max 100 mg`, `hard max 39 mg`, nil, []string{
			`session 1 (treatment) on 2027-03-01: the dose passes the hard max 39 mg of the dose [hard-limit]`,
		}},
		{"sum", "p.json", `"phases"`, `"cumulative": [{"per": "treatment week", "limit": "hard max 100 mg"}, {"per": "plan", "limit": "hard max 150 mg"}], "phases"`, nil, []string{
			`session 4 (treatment) on 2027-03-11: /cumulative/1: the doses of the plan together pass the hard limit 150 mg [hard-limit]`,
		}},
		{"more given than planned", "p.json", `2/wk x2`, `1`, nil, []string{
			`r.json:9: /given/0: found "2027-03-05", want no more than was planned: 1 session [value]`,
		}},
		{"chosen of no session", "r.json", `"height"`, `"chosen": [{"session": 5, "level": "1 mg/kg of actual weight", "who": "Dr A"}], "height"`, nil, []string{
			`r.json:3: /chosen/0/session: found 5, want the number of a session, from 1 to 4 [unknown-reference]`,
		}},
		{"chosen level that the phase never had", "r.json", `"height"`, `"chosen": [{"session": 4, "level": "1 mg/kg of actual weight", "who": "Dr A"}], "height"`, nil, []string{
			`r.json:3: /chosen/0: found "1 mg/kg of actual weight", want one of the levels that the phase "treatment" has at session 4: 0.5 mg/kg of actual weight [value]`,
		}},
		{"chosen by nobody", "r.json", `"height"`, `"chosen": [{"session": 4, "level": "0.5 mg/kg of actual weight"}], "height"`, nil, []string{
			`r.json:3: /chosen/0: want the key "who" [missing-key]`,
		}},
		{"times that differ", "p.json", `"during": "40 min"`, `"during": "41 min"`, nil, []string{
			`p.json:9: /phases/0/visit/administration: found "40 min", want at least 41 min, as /phases/0/preparation/during states [visit-too-short]`,
		}},
		{"flags that files decide", "", "", "", []string{"-rate", "1 mg/kg", "-maintenance", "every 4w", "-weight", "80 kg", "-sex", "male", "-hours", "08:00-12:00"}, []string{
			`-maintenance "every 4w": want none beside the file "p.json", which says it`,
			`-rate "1 mg/kg": want none beside the file "p.json", which says it`,
			`-weight "80 kg": want none beside the patient file "r.json", which says it`,
			`-sex "male": want none beside the patient file "r.json", which says it`,
			`-hours "08:00-12:00": want none beside the clinic file "c.json", which says it`,
		}},
		{"settings", "", "", "", []string{"-set", "dose", "-set", "dose=1 mg/kg", "-set", "x=1"}, []string{
			`-set "dose": want NAME=VALUE`,
			`-set "dose=1 mg/kg": want every parameter once`,
			`-set "x=1": want the name of a parameter: dose, basis`,
		}},
		{"start", "", "", "", []string{"-start", "2027-03-02"}, []string{
			`-start "2027-03-02": want 2027-03-01, as r.json:2: /start says, or no -start`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := inFiles()
			if test.name == "range of a parameter" || test.name == "parameter not set" {
				args = slices.DeleteFunc(args, func(s string) bool { return s == "-set" || strings.HasPrefix(s, "dose=") })
			}
			a := calendarWith(replaced(t, test.file, test.old, test.new), append(args, test.more...)...)
			assert.Equal(t, 2, a.code)
			assert.Empty(t, a.stdout)
			assert.Equal(t, "calendar: "+strings.Join(test.want, "\ncalendar: ")+"\n", a.stderr)
		})
	}
}

// Files that are not there, and names that no file has.
func TestMissingFiles(t *testing.T) {
	a := calendarOf("-protocol", "p.json", "-clinic", "c.json", "-patient", "r\n.json")
	assert.Equal(t, answer{2, "", `calendar: -protocol "p.json": want a file that can be read: file does not exist
calendar: -patient "r\n.json": want a file that can be read: file does not exist
calendar: -clinic "c.json": want a file that can be read: file does not exist
`}, a)
	long := strings.Repeat("x", 1<<20) + ".json"
	for _, args := range [][]string{
		{"-protocol", long},
		{"-clinic", long, "-start", "2027-03-01", "-weight", "80 kg", "-protocol", "1"},
		{"-patient", long, "-protocol", "1"},
		{"-set", long},
		{"-set", "dose=" + long},
		{"-protocol", "1", "-weight", "80 kg", "-start", "2027-03-01", "-set", "a=" + long},
	} {
		a := calendarOf(args...)
		assert.Equal(t, 2, a.code)
		assert.Less(t, len(a.stderr), 2000)
	}
	// A value of a file is no longer in a message than that of a flag.
	a = calendarWith(replaced(t, "p.json", "2/wk x2", long), inFiles()...)
	assert.Equal(t, 2, a.code)
	assert.Less(t, len(a.stderr), 1000)
}

// The program reads files of the machine, and of a huge one no more than it needs.
func TestReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p.json")
	require.NoError(t, os.WriteFile(name, []byte(infusionFile), 0o600))
	src, err := readFile(name)
	require.NoError(t, err)
	assert.Equal(t, infusionFile, string(src))
	require.NoError(t, os.Truncate(name, 1<<30))
	src, err = readFile(name)
	require.NoError(t, err)
	assert.Len(t, src, largestFile)
	_, err = readFile(filepath.Dir(name))
	assert.Error(t, err)
	_, err = readFile(name + "x")
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestLineOf(t *testing.T) {
	src := []byte("{\n \"a\": [\n  {\"b\": 1},\n  {\n   \"b\"\n   : 2}\n ],\n \"a/b\": 3, \"c\": {}\n}")
	for pointer, want := range map[string]int{
		"": 1, "/a": 2, "/a/0": 3, "/a/0/b": 3, "/a/1": 4, "/a/1/b": 6, "/c": 8, "/a/2": 2, "/d": 1, "/a/1/x": 4, "/a/1/b/c": 6,
	} {
		assert.Equal(t, want, lineOf(src, pointer), pointer)
	}
	assert.Equal(t, 1, lineOf(nil, "/a"))
}

// What happened is shown, also where it does not fit the plan.
func TestFactsThatDoNotFit(t *testing.T) {
	for _, test := range []struct{ name, date, want string }{
		{"before the start", "2027-02-28", "warning: session 1: "},
		{"two on a day", "2027-03-01", "violation: session 2: 0 days after session 1, the minimum gap is 2 days"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := calendarWith(replaced(t, "r.json", `{"date": "2027-03-05"`, `{"date": "`+test.date+`"`), inFiles()...)
			assert.Equal(t, 0, a.code, a.stderr)
			assert.Contains(t, a.stdout, test.want)
		})
	}
}
