package catalog_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
)

// A workedCalendar is a file of testdata/worked: what the words of a source come
// to for one patient, worked out without the library. Header lines "key: value"
// come first, then after an empty line one line for each session.
type workedCalendar struct {
	header     map[string]string
	parameters []string // names and values in turn
	sessions   []string // "2025-03-03 Mon day 1: 36 mg"
}

func readWorked(t *testing.T, path string) (w workedCalendar) {
	t.Helper()
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	head, body, found := strings.Cut(string(src), "\n\n")
	require.True(t, found, path)
	w.header = map[string]string{}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, found := strings.Cut(line, ": ")
		require.True(t, found, "%s: %q", path, line)
		if key == "parameter" {
			name, value, found := strings.Cut(value, " = ")
			require.True(t, found, "%s: %q", path, line)
			w.parameters = append(w.parameters, name, value)
			continue
		}
		require.NotContains(t, w.header, key, path)
		w.header[key] = value
	}
	w.sessions = strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	return w
}

// Dates and doses of most entries, worked out by hand from what their sources
// say: none of these files was written by the library.
func TestWorkedCalendars(t *testing.T) {
	paths, err := filepath.Glob("testdata/worked/*.txt")
	require.NoError(t, err)
	entries := map[string]bool{}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			w := readWorked(t, path)
			id := w.header["entry"]
			entries[id] = true
			assert.NotEmpty(t, w.header["source"])
			assert.Equal(t, w.sessions, w.plan(t, id))
		})
	}
	assert.GreaterOrEqual(t, len(entries), 30)
}

// plan returns the sessions that the library plans for the calendar's patient.
func (w workedCalendar) plan(t *testing.T, id string) (lines []string) {
	t.Helper()
	s, ok := catalog.Lookup(id)
	require.True(t, ok, id)
	for i := 0; i < len(w.parameters); i += 2 {
		s = set(t, s, w.parameters[i], w.parameters[i+1])
	}
	p, err := s.Compile()
	require.NoError(t, err)
	r := request(t, p, w.header["start"])
	r.Weighings[0].Weight = dose.MustWeight(w.header["weight"])
	if height, ok := w.header["height"]; ok {
		r.Height = dose.MustHeight(height)
	}
	if until, ok := w.header["until"]; ok {
		r.Until = schedule.MustDate(until)
	}
	switch w.header["clinic"] {
	case "Monday to Friday":
	case "every day":
		r.Opening = everyDay(t)
	default:
		require.Fail(t, "clinic "+w.header["clinic"])
	}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	for _, session := range plan.All() {
		d, amount := session.Date(), "none"
		if m := session.Dose().Dose(); !m.IsZero() {
			amount = m.String()
		}
		lines = append(lines, d.String()+" "+d.Weekday().String()[:3]+" day "+strconv.Itoa(int(d-plan.Start())+1)+": "+amount)
	}
	return lines
}
