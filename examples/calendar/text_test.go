package main

import (
	"bytes"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// A terminal is an output that says it is one, as os.Stdout does.
type terminal struct {
	bytes.Buffer
	mode fs.FileMode
}

func (t *terminal) Stat() (fs.FileInfo, error) { return fileInfo{mode: t.mode}, nil }

type fileInfo struct {
	fs.FileInfo
	mode fs.FileMode
}

func (f fileInfo) Mode() fs.FileMode { return f.mode }

func onTerminal(t *testing.T, mode fs.FileMode, env map[string]string, args ...string) string {
	t.Helper()
	stdout := &terminal{mode: mode}
	var stderr bytes.Buffer
	around := inTests(nil)
	around.env = func(name string) string { return env[name] }
	code := run(args, stdout, &stderr, around)
	require.Equal(t, 0, code, stderr.String())
	return stdout.String()
}

func TestColours(t *testing.T) {
	args := patientArgs("-closed", "2025-01-20")
	plain := calendarOf(args...).stdout
	assert.NotContains(t, plain, "\x1b")
	colourful := onTerminal(t, fs.ModeCharDevice, nil, args...)
	assert.Contains(t, colourful, "\x1b[1;32m[ 6]\x1b[0m")
	// Without the colours the same characters are left: they mean nothing alone.
	assert.Equal(t, plain, regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(colourful, ""))

	for _, env := range []map[string]string{{"NO_COLOR": "1"}, {"NO_COLOR": "0"}, {"TERM": "dumb"}} {
		assert.Equal(t, plain, onTerminal(t, fs.ModeCharDevice, env, args...), "%v", env)
	}
	assert.Equal(t, colourful, onTerminal(t, fs.ModeCharDevice, map[string]string{"NO_COLOR": "", "TERM": "xterm"}, args...))
	assert.Equal(t, plain, onTerminal(t, 0, nil, args...), "a file")
	assert.NotContains(t, onTerminal(t, fs.ModeCharDevice, nil, append(args, "-format", "json")...), "\x1b")
}

func TestWidth(t *testing.T) {
	weeks := strings.TrimSuffix(strings.Repeat("1-", 990), "-")
	for _, args := range [][]string{
		nil,
		{"-explain"},
		{"-h"},
		patientArgs("-closed", "2025-01-16,2025-01-20", "-explain"),
		{"-start", "2025-01-06", "-weight", "160 kg", "-protocol", "3/wk x4", "-open", "Mon,Wed,Thu,Sat", "-short-week", "drop", "-closed", "2025-01-08"},
		{"-start", "2025-01-06", "-fixed", "0.123456789012345678 mg", "-round", "exact", "-protocol", weeks, "-open", "Mon,Wed", "-closed", "2025-01-13"},
		{"-start", "2025-01-07", "-fixed", "99.999 mg", "-protocol", "7/wk x1000 then 7/wk x1000", "-min-gap", "1", "-open", "Sun,Mon,Tue,Wed,Thu,Fri,Sat"},
		{"-start", "2025-01-06", "-weight", "158.7 lb", "-round", "exact", "-protocol", "weeks 0, 2, 6 then every 8w x30", "-closed", "2025-01-20,2025-04-14"},
		patientArgs("-closed", "2025-01-08,2025-01-10"),
		patientArgs("-hours", "08:00-09:00"),
		patientArgs("-open", ""),
	} {
		a := calendarOf(args...)
		require.NotEqual(t, 2, a.code, "%.80q: %s", args, a.stderr)
		for line := range strings.Lines(a.stdout + a.stderr) {
			line = strings.TrimSuffix(line, "\n")
			assert.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
			assert.Equal(t, strings.TrimRight(line, " "), line, "space at the end of a line")
		}
	}
}

// Every session is marked on its day of its month, and no other day is.
func TestGridsShowTheSessions(t *testing.T) {
	args := patientArgs("-closed", "2025-01-16,2025-01-20")
	var want []string
	for _, s := range calendarOf(append(args, "-format", "json")...).parse(t).Sessions {
		want = append(want, s.Date)
	}
	text := calendarOf(args...).stdout
	assert.Equal(t, want, marked(t, text))
	assert.Contains(t, text, "(17)")
	assert.Contains(t, text, "( 8) session moved from its target")
	assert.Contains(t, text, "x  closed")
}

// marked returns the days in brackets, read from the grids alone.
func marked(t *testing.T, text string) []string {
	t.Helper()
	months := map[string]string{}
	for i, name := range strings.Fields("January February March April May June July August September October November December") {
		months[name] = "-" + strconv.Itoa(101 + i)[1:] + "-"
	}
	title := regexp.MustCompile(`([A-Z][a-z]+) (\d{4})`)
	day := regexp.MustCompile(`[\[(]([ \d]\d)[\])]`)
	var days, row []string
	found := map[string][]string{}
	for line := range strings.Lines(text) {
		if titles := title.FindAllStringSubmatch(line, -1); len(titles) > 0 && months[titles[0][1]] != "" {
			row = nil
			for _, m := range titles {
				row = append(row, m[2]+months[m[1]])
			}
			days = append(days, row...)
			continue
		}
		if strings.Contains(line, "session") {
			break
		}
		for _, at := range day.FindAllStringSubmatchIndex(line, -1) {
			month := row[at[0]/(2+gridWidth+gridGap/2)]
			found[month] = append(found[month], month+strings.ReplaceAll(line[at[2]:at[3]], " ", "0"))
		}
	}
	var all []string
	for _, month := range days {
		all = append(all, found[month]...)
	}
	return all
}

func TestLongPlansLeaveOutEmptyMonths(t *testing.T) {
	text := calendarOf("-start", "2025-01-06", "-fixed", "56 mg", "-protocol", "every 12mo x5").stdout
	for _, want := range []string{"January 2025", "January 2026", "January 2029"} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "February")
	short := calendarOf("-start", "2025-01-06", "-fixed", "56 mg", "-protocol", "every 6mo x3").stdout
	assert.Contains(t, short, "February 2025")
}

func TestPlanWithoutSessions(t *testing.T) {
	a := calendarOf("-start", "2025-01-06", "-fixed", "56 mg", "-protocol", "as needed")
	assert.Equal(t, 0, a.code, a.stderr)
	assert.Contains(t, a.stdout, "none are planned")
	p := calendarOf("-start", "2025-01-06", "-fixed", "56 mg", "-protocol", "as needed", "-format", "json", "-explain").parse(t)
	assert.NotNil(t, p.Sessions)
	assert.Empty(t, p.Sessions)
}

func TestNotes(t *testing.T) {
	heavy := calendarOf("-start", "2025-01-06", "-weight", "160 kg", "-protocol", "1").stdout
	assert.Contains(t, heavy, "warning: session 1: weight 160 kg, soft max 150 kg; if the number was in\n  pounds it is 72.5747792 kg")
	light := calendarOf("-start", "2025-01-06", "-weight", "85 lb", "-protocol", "1").stdout
	assert.Contains(t, light, "warning: session 1: weight 38.55535145 kg, soft min 40 kg")
	finite := calendarOf(patientArgs("-until", "2025-02-01")...).stdout
	assert.Contains(t, finite, "-until changes nothing")
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"a dose of 36 mg", 12, []string{"a dose of", "36 mg"}},
		{"on Mon 2025-01-06", 14, []string{"on", "Mon 2025-01-06"}},
		{"1-1-1-1-1", 4, []string{"1-1-", "1-1-", "1"}},
		{"öööööö", 4, []string{"öööö", "öö"}},
	} {
		assert.Equal(t, test.want, wrap(test.text, test.columns), test.text)
	}
}

func TestExampleKeySaysSo(t *testing.T) {
	key, err := schedule.ParseKey(exampleKey)
	require.NoError(t, err)
	assert.Equal(t, "example-key-only", string(key[:]))
}
