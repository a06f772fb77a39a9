package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// run returns what the command makes of its input: the exit code, the lines it writes,
// and what it says of itself.
func run(t *testing.T, input string, args ...string) (code int, lines []string, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	code = command(args, strings.NewReader(input), &out, &problems)
	text := strings.TrimSuffix(out.String(), "\n")
	if text == "" {
		return code, nil, problems.String()
	}
	return code, strings.Split(text, "\n"), problems.String()
}

// TestCases sends every case through the command, whole and in one run.
func TestCases(t *testing.T) {
	for _, name := range []string{"cases", "dosage", "worked"} {
		src, err := os.ReadFile("../../schedule/fhir/testdata/" + name + ".json")
		require.NoError(t, err)
		var file struct{ Cases []json.RawMessage }
		require.NoError(t, json.Unmarshal(src, &file))
		require.NotEmpty(t, file.Cases)
		var input bytes.Buffer
		for _, c := range file.Cases {
			require.NoError(t, json.Compact(&input, c))
			input.WriteByte('\n')
		}
		code, lines, stderr := run(t, input.String(), "timing")
		require.Equal(t, exitDone, code)
		require.Empty(t, stderr)
		require.Len(t, lines, len(file.Cases))
		for i, c := range file.Cases {
			var wanted struct {
				ID     string
				Expect json.RawMessage
			}
			require.NoError(t, json.Unmarshal(c, &wanted))
			assert.JSONEq(t, string(wanted.Expect), lines[i], wanted.ID)
		}
	}
}

// TestLines has one answer for every line, whatever it is.
func TestLines(t *testing.T) {
	const monday = `"timing": {"repeat": {"dayOfWeek": ["mon"], "count": 1}}`
	const answer = `{"by":"spec","dates":["2026-03-02"]}`
	var input strings.Builder
	lines := []struct{ line, want string }{
		{`{` + monday + `, "start": "2026-03-02"}`, answer},
		{`not JSON`, `{"at":"line","refuse":"json-syntax"}`},
		{``, `{"at":"line","refuse":"json-syntax"}`},
		{`{`, `{"at":"line","refuse":"json-syntax"}`},
		{`{"timing": {"repeat": {}`, `{"at":"line","refuse":"json-syntax"}`},
		{strings.Repeat("[", 20000), `{"at":"line","refuse":"bad-type"}`},
		{`{"timing": ` + strings.Repeat("[", 20000), `{"at":"line","refuse":"json-syntax"}`},
		{`{"timing": ` + strings.Repeat(`{"repeat":`, 100) + "1" + strings.Repeat("}", 100) + `}`, `{"at":"repeat` + strings.Repeat(".repeat", 15) + `","refuse":"json-depth"}`},
		{`[]`, `{"at":"line","refuse":"bad-type"}`},
		{`{"start": "2026-03-02"}`, `{"at":"line","refuse":"empty"}`},
		{`{` + monday + `, "dosage": []}`, `{"at":"dosage","refuse":"two-inputs"}`},
		{`{` + monday + `, ` + monday + `}`, `{"at":"timing","refuse":"duplicate-key"}`},
		{`{"timing": {"repeat": {"count": 1, "count": 1}}}`, `{"at":"repeat.count","refuse":"duplicate-key"}`},
		{`{` + monday + `} {}`, `{"at":"line","refuse":"trailing-data"}`},
		{`{` + monday + `, "begin": "2026-03-02"}`, `{"at":"begin","refuse":"unknown-element"}`},
		{`{` + monday + `, "start": 20260302}`, `{"at":"start","refuse":"bad-type"}`},
		{`{` + monday + `, "start": "2026-02-30"}`, `{"at":"start","refuse":"bad-date"}`},
		{`{` + monday + `, "start": "2026-03"}`, `{"at":"start","refuse":"date-without-day"}`},
		{`{` + monday + `, "start": null}`, `{"at":"start","refuse":"empty"}`},
		{`{` + monday + `, "until": "2026-03-02T09:00:00Z"}`, `{"at":"until","refuse":"bad-date"}`},
		{`{` + monday + `, "until": "2300-01-01"}`, `{"at":"until","refuse":"out-of-range"}`},
		{`{` + monday + `, "zone": "Mars/Olympus"}`, `{"at":"zone","refuse":"bad-zone"}`},
		{`{` + monday + `, "zone": "Local"}`, `{"at":"zone","refuse":"bad-zone"}`},
		{`{` + monday + `, "ranges": "middle"}`, `{"at":"ranges","refuse":"bad-type"}`},
		{`{` + monday + `, "daysOfCycle": ["1"]}`, `{"at":"daysOfCycle","refuse":"bad-type"}`},
		{`{` + monday + `, "daysOfCycle": null}`, `{"at":"daysOfCycle","refuse":"bad-type"}`},
		{`{"timing": null}`, `{"at":"Timing","refuse":"empty"}`},
		{`{"dosage": [{"asNeededBoolean": true}], "daysOfCycle": [1]}`, `{"at":"daysOfCycle","refuse":"misplaced-extension"}`},
		{"{" + monday + ", \"start\": \"2026-03-02\"}\r", answer},
	}
	for _, l := range lines {
		input.WriteString(l.line + "\n")
	}
	// The last line need not end.
	input.WriteString(`{` + monday + `, "start": "2026-03-02"}`)
	code, answers, _ := run(t, input.String(), "timing")
	require.Equal(t, exitDone, code)
	require.Len(t, answers, len(lines)+1)
	for i, l := range lines {
		assert.Equal(t, l.want, answers[i], "%.200s", l.line)
	}
	assert.Equal(t, answer, answers[len(lines)])
}

// A line of any length is answered, in its place, and none is kept that is too long.
func TestLongLines(t *testing.T) {
	const fits = `{"timing": {"repeat": {"count": 1}}, "start": "2026-03-02"`
	padded := fits + strings.Repeat(" ", maxLine-len(fits)-1) + "}"
	long := fits + strings.Repeat(" ", 40<<20) + "}"
	text := `{"timing": {"id": "` + strings.Repeat("a", 1<<20) + `"}}`
	code, answers, _ := run(t, padded+"\n"+padded+" \r\n"+text+"\n"+long+"\n"+fits+"}\n"+long, "timing")
	require.Equal(t, exitDone, code)
	const answer, tooLong = `{"by":"spec","dates":["2026-03-02"]}`, `{"at":"line","refuse":"json-size"}`
	assert.Equal(t, []string{answer, tooLong, `{"at":"Timing","refuse":"json-size"}`, tooLong, answer, tooLong}, answers)
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"bundle"}, {"timing", "x"}} {
		code, lines, stderr := run(t, "", args...)
		assert.Equal(t, exitMisuse, code)
		assert.Empty(t, lines)
		assert.Contains(t, stderr, usage)
	}
	code, lines, _ := run(t, "", "timing")
	assert.Equal(t, exitDone, code)
	assert.Empty(t, lines)
}
