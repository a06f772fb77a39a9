package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// answer is what a command line gives.
type answer struct {
	code           int
	stdout, stderr string
}

// noon is the clock of the tests: a Wednesday, so that the next Monday is
// 2025-01-06.
func noon() time.Time { return time.Date(2025, time.January, 1, 12, 0, 0, 0, time.UTC) }

// inTests are the surroundings of the tests: a clock that stands still, nothing
// in the environment and the files that a test names.
func inTests(files map[string]string) surroundings {
	return surroundings{noon(), func(string) string { return "" }, func(name string) ([]byte, error) {
		if text, ok := files[name]; ok {
			return []byte(text), nil
		}
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}}
}

func calendarOf(args ...string) answer { return calendarWith(nil, args...) }

// calendarWith is calendarOf where there are files.
func calendarWith(files map[string]string, args ...string) answer {
	var stdout, stderr bytes.Buffer
	code := run(args, &stdout, &stderr, inTests(files))
	return answer{code, stdout.String(), stderr.String()}
}

// patient is a command line that works, for a patient who is not the example.
func patientArgs(more ...string) []string {
	return append([]string{"-start", "2025-01-06", "-weight", "72 kg", "-protocol", "3-2-1-1-1 then every 4w x3"}, more...)
}

// A plan is the part of the JSON output that the tests look at.
type planJSON struct {
	Protocol     struct{ ID, Version, Cadence, Digest string }
	Sessions     []sessionParts
	Parameters   []parameter
	Findings     []finding
	Explanations []json.RawMessage
	Error        struct {
		Code, Phase, Earliest, Latest, Message, Start string
		Ordinal                                       int
		NextOpen                                      *string
		Reasons                                       []struct{ Date, Cause, Detail string }
	}
}

// sessionParts is the part of a session that the tests look at.
type sessionParts struct {
	ID, Phase, Target, Earliest, Latest, Date, Start, End, Dose string
	State, Given, Drug, Route                                   string
	Delivered, Stock, Volume, Flow, Time, Rate                  string
	Passed                                                      []string
	Ordinal, Week, ShiftDays                                    int
}

func (a answer) parse(t *testing.T) planJSON {
	t.Helper()
	var p planJSON
	require.NoError(t, json.Unmarshal([]byte(a.stdout), &p), a.stdout+a.stderr)
	assert.True(t, strings.HasSuffix(a.stdout, "}\n"))
	assert.Empty(t, a.stderr)
	return p
}

func (p planJSON) dates() (dates []string) {
	for _, s := range p.Sessions {
		dates = append(dates, s.Date)
	}
	return dates
}

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		file string
		code int
		args []string
	}{
		{"bare.txt", 0, nil},
		{"bare.json", 0, []string{"-format", "json"}},
		{"holidays.txt", 0, patientArgs("-closed", "2025-01-16,2025-01-20,2025-04-28", "-open", "Mon,Tue,Wed,Thu,Fri", "-rate", "0.53 mg/kg")},
		{"left-out.txt", 0, patientArgs("-closed", "2025-01-08,2025-01-10", "-short-week", "drop")},
		{"blocked.txt", 1, patientArgs("-closed", "2025-01-08,2025-01-10")},
		{"blocked.json", 1, patientArgs("-closed", "2025-01-08,2025-01-10", "-format", "json")},
		{"closed-start.txt", 1, patientArgs("-closed", "2025-01-06")},
		{"closed-start.json", 1, patientArgs("-closed", "2025-01-06", "-format", "json")},
		{"never-open.json", 1, patientArgs("-open", "", "-format", "json")},
		{"help.txt", 0, []string{"-h"}},
	} {
		t.Run(test.file, func(t *testing.T) {
			a := calendarOf(test.args...)
			assert.Equal(t, test.code, a.code, a.stderr)
			assert.True(t, a.stdout == "" || a.stderr == "", "both streams: %s", a.stderr)
			assert.Equal(t, a, calendarOf(test.args...), "the same flags give the same bytes")
			file := filepath.Join("testdata", test.file)
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(a.stdout+a.stderr), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), a.stdout+a.stderr)
		})
	}
}

// The bare command needs nothing but a clock.
func TestBareCommand(t *testing.T) {
	a := calendarOf()
	require.Equal(t, 0, a.code, a.stderr)
	for _, want := range []string{
		"Example patient: 72 kg", "ketamine-iv-taper", "3-2-1-1-1 then every 4w", "0.5 mg/kg x 72 kg = 36 mg",
		"start        example  2025-01-06", "until        example  2025-07-07", "weight       example  72 kg", "basis        default  actual",
	} {
		assert.Contains(t, a.stdout, want)
	}
	// The catalogue's taper, then every four weeks after its last session until
	// 2025-07-07.
	assert.Equal(t, []string{
		"2025-01-06", "2025-01-08", "2025-01-10", "2025-01-13", "2025-01-16", "2025-01-20", "2025-01-27", "2025-02-03",
		"2025-03-03", "2025-03-31", "2025-04-28", "2025-05-26", "2025-06-23",
	}, calendarOf("-format", "json").parse(t).dates())
}

func TestNextMonday(t *testing.T) {
	for now, want := range map[string]string{
		"2025-01-05T23:59:59Z": "2025-01-06", // Sunday
		"2025-01-06T00:00:00Z": "2025-01-13", // Monday: the next one
		"2025-12-31T12:00:00Z": "2026-01-05",
	} {
		instant, err := time.Parse(time.RFC3339, now)
		require.NoError(t, err)
		assert.Equal(t, want, nextMonday(instant).String(), now)
	}
}

// Worked example: the taper from Monday 2025-01-06 and three sessions every four
// weeks after its last one; 0.5 mg/kg for 72 kg is 36 mg.
func TestWorkedExample(t *testing.T) {
	p := calendarOf(patientArgs("-format", "json")...).parse(t)
	assert.Equal(t, []string{
		"2025-01-06", "2025-01-08", "2025-01-10", "2025-01-13", "2025-01-16", "2025-01-20", "2025-01-27", "2025-02-03",
		"2025-03-03", "2025-03-31", "2025-04-28",
	}, p.dates())
	weeks := []int{1, 1, 1, 2, 2, 3, 4, 5, 9, 13, 17}
	for i, s := range p.Sessions {
		assert.Equal(t, i+1, s.Ordinal)
		assert.Equal(t, weeks[i], s.Week)
		assert.Equal(t, "36 mg", s.Dose)
		assert.Equal(t, "08:00", s.Start)
		assert.Equal(t, "10:40", s.End)
		assert.Zero(t, s.ShiftDays)
		assert.NotEmpty(t, s.ID)
		assert.Equal(t, "plan", s.Phase)
	}
	assert.Equal(t, "3-2-1-1-1 then every 4w x3", p.Protocol.ID)
	assert.Empty(t, p.Protocol.Version)
	assert.True(t, strings.HasPrefix(p.Protocol.Digest, "sha256:"))

	text := calendarOf(patientArgs()...).stdout
	assert.Contains(t, text, "11    17  Mon 2025-04-28  08:00-10:40  36 mg      -\n")
	assert.Contains(t, text, "396 mg in all")
	assert.Contains(t, text, "113 days, Mon 2025-01-06 to Mon 2025-04-28, both counted")
}

func TestCatalogueParameters(t *testing.T) {
	entry := func(more ...string) planJSON {
		t.Helper()
		a := calendarOf(append([]string{"-start", "2025-01-06", "-until", "2025-06-30", "-weight", "72 kg", "-format", "json"}, more...)...)
		require.Equal(t, 0, a.code, a.stderr)
		return a.parse(t)
	}
	standard := entry()
	assert.Equal(t, "ketamine-iv-taper", standard.Protocol.ID)
	assert.Equal(t, standard.Protocol, entry("-protocol", "ketamine-iv-taper").Protocol)
	monthly := entry("-maintenance", "every 1mo")
	assert.Equal(t, "2025-03-03", monthly.Sessions[8].Target)
	assert.Equal(t, "2025-05-03", monthly.Sessions[10].Target)
	capped := entry("-cap", "35.5 mg")
	assert.Equal(t, standard.Protocol.Version+"+cap", capped.Protocol.Version)
	assert.Equal(t, "35.5 mg", capped.Sessions[0].Dose)
	fixed := entry("-fixed", "56 mg")
	assert.Equal(t, "56 mg", fixed.Sessions[0].Dose)
	digests := map[string]bool{}
	for _, p := range []planJSON{standard, monthly, capped, fixed, entry("-observe", "1h"), entry("-round", "exact")} {
		digests[p.Protocol.Digest] = true
	}
	assert.Len(t, digests, 6)
}

func TestDoses(t *testing.T) {
	for _, test := range []struct {
		want string
		args []string
	}{
		{"36.3 mg", []string{"-weight", "72.5 kg"}},
		{"36.2 mg", []string{"-weight", "72.5 kg", "-mode", "half even"}},
		{"36.25 mg", []string{"-weight", "72.5 kg", "-round", "exact"}},
		{"36 mg", []string{"-weight", "72.5 kg", "-round", "1 mg", "-mode", "down"}},
		{"37 mg", []string{"-weight", "72.5 kg", "-round", "1 mg", "-mode", "up"}},
		{"36 mg", []string{"-weight", "158.7 lb"}},
		{"60 mg", []string{"-weight", "140 kg", "-cap", "60 mg"}},
		{"56 mg", []string{"-fixed", "56 mg"}},
	} {
		args := append([]string{"-start", "2025-01-06", "-protocol", "1", "-format", "json"}, test.args...)
		a := calendarOf(args...)
		if assert.Equal(t, 0, a.code, "%q: %s", args, a.stderr) {
			assert.Equal(t, test.want, a.parse(t).Sessions[0].Dose, "%q", args)
		}
	}
}

// The explanations are those of the library, whole and in its words.
func TestExplain(t *testing.T) {
	args := patientArgs("-closed", "2025-01-16,2025-01-20", "-explain")
	flags, problems := parseFlags(args)
	require.Empty(t, problems)
	in, problems := read(flags, inTests(nil))
	require.Empty(t, problems)
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	text := words(calendarOf(args...).stdout)
	explained := calendarOf(append(args, "-format", "json")...).parse(t).Explanations
	require.Len(t, explained, in.plan.Len())
	for i, s := range in.plan.All() {
		e, err := in.plan.Explain(s.ID())
		require.NoError(t, err)
		assert.Contains(t, text, words(e.String()))
		want, err := json.Marshal(e)
		require.NoError(t, err)
		assert.JSONEq(t, string(want), string(explained[i]))
	}
}

// What somebody has to look at is listed, in either format.
func TestFindings(t *testing.T) {
	args := patientArgs("-closed", "2025-01-08,2025-01-10", "-short-week", "carry")
	assert.Contains(t, calendarOf(args...).stdout, "To look at\n  warning: plan: 3-2-1-1-1 takes 1 week more than planned [carried]\n")
	assert.Equal(t, []finding{{Code: "carried", Severity: "warning", Text: "3-2-1-1-1 takes 1 week more than planned"}},
		calendarOf(append(args, "-format", "json")...).parse(t).Findings)
	assert.NotContains(t, calendarOf(patientArgs()...).stdout, "To look at")
}

func TestExitOne(t *testing.T) {
	p := calendarOf(patientArgs("-hours", "08:00-10:00", "-format", "json")...).parse(t)
	assert.Equal(t, "blocked", p.Error.Code)
	assert.Equal(t, 1, p.Error.Ordinal)
	assert.Equal(t, "2025-01-06", p.Error.Earliest)
	assert.Equal(t, "2025-01-12", p.Error.Latest)
	require.Len(t, p.Error.Reasons, 7)
	assert.Equal(t, "hours-too-short", p.Error.Reasons[0].Cause)
	assert.Equal(t, "closed", p.Error.Reasons[6].Cause)
	assert.NotEmpty(t, p.Error.Message)

	p = calendarOf(patientArgs("-open", "", "-format", "json")...).parse(t)
	assert.Equal(t, "closed-start", p.Error.Code)
	assert.Nil(t, p.Error.NextOpen)

	p = calendarOf(patientArgs("-closed", "2025-01-06", "-format", "json")...).parse(t)
	assert.Equal(t, "closed-start", p.Error.Code)
	require.NotNil(t, p.Error.NextOpen)
	assert.Equal(t, "2025-01-07", *p.Error.NextOpen)

	// In text every candidate day has its own reason, and nothing is on stdout.
	a := calendarOf(patientArgs("-closed", "2025-01-08,2025-01-10")...)
	assert.Equal(t, 1, a.code)
	assert.Empty(t, a.stdout)
	assert.Contains(t, a.stderr, "session 3 (plan) has no possible day")
	for _, day := range []string{"06", "07", "08", "09", "10", "11", "12"} {
		assert.Contains(t, a.stderr, " 2025-01-"+day+"  ")
	}
}

// A zone whose days do not all begin at midnight, and hours on both sides of a
// change of the clocks.
func TestZones(t *testing.T) {
	for _, zone := range []string{"America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia"} {
		for _, start := range []string{"2018-11-04", "2024-04-26", "2025-03-30", "2011-12-31"} {
			a := calendarOf("-start", start, "-weight", "72 kg", "-protocol", "3/wk x2", "-zone", zone, "-open", "Mon,Tue,Wed,Thu,Fri,Sat,Sun")
			assert.Equal(t, 0, a.code, "%s %s: %s", zone, start, a.stderr)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestOutputThatCannotBeWritten(t *testing.T) {
	var stderr bytes.Buffer
	assert.Equal(t, 1, run(nil, brokenPipe{}, &stderr, inTests(nil)))
	assert.Equal(t, "calendar: writing the output: broken pipe\n", stderr.String())
}

// An empty list of closures has none.
func TestNoClosures(t *testing.T) {
	got := calendarOf(patientArgs("-closed", "")...)
	assert.Equal(t, 0, got.code)
	assert.Contains(t, got.stdout, "closed       given    none")
	assert.Equal(t, calendarOf(patientArgs("-format", "json")...).code, calendarOf(patientArgs("-closed", "", "-format", "json")...).code)
}
