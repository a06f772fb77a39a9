package protocoltest_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
	"github.com/regimen-go/regimen/protocol/protocoltest"
)

var update = flag.Bool("update", false, "write the page of regimens and what is expected of their files anew")

const regimensFolder = "../testdata/regimens"

// A regimen is one in use, and what became of it as a file.
type regimen struct {
	Name string
	// File is the protocol without ".json". Refused is a file that is refused, where
	// there is no other, and Instead one beside a file that works.
	File, Refused, Instead string
	// Left says what is left to people where it works.
	Left string
	// Takes says what it would take to write what is refused.
	Takes string
}

func regimens(t *testing.T) []regimen {
	t.Helper()
	data, err := os.ReadFile("testdata/regimens.json")
	require.NoError(t, err)
	var list []regimen
	require.NoError(t, json.Unmarshal(data, &list))
	return list
}

// meant is what the files do not say, being test data.
func meant() []lint.Acceptance {
	var list []lint.Acceptance
	for _, code := range []lint.Code{lint.ContraindicationsUnsaid, lint.LabelsUnsaid, lint.IDMissing, lint.SourceMissing, lint.ObservationMissing, lint.MonthUnchosen} {
		list = append(list, lint.Acceptance{Code: code, Reason: "test data"})
	}
	return list
}

// Dates and doses of regimens in use are those worked out beside them, from their
// sources where one was read.
func TestRegimens(t *testing.T) {
	o := protocoltest.Options{Lint: lint.Options{Accepted: meant()}}
	if *update {
		o.Write = func(name string, data []byte) error {
			if strings.HasSuffix(name, ".calendar") {
				return errors.New("a calendar is worked by hand")
			}
			return os.WriteFile(filepath.Join(regimensFolder, name), data, 0o644)
		}
	}
	assert.NoError(t, protocoltest.TestFS(os.DirFS(regimensFolder), "*.json", o))
	files, err := filepath.Glob(regimensFolder + "/*.json")
	require.NoError(t, err)
	listed := map[string]bool{}
	for _, r := range regimens(t) {
		listed[r.File] = true
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		assert.True(t, listed[name], "%s is a row of the page", name)
		_, err := os.Stat(strings.TrimSuffix(path, ".json") + ".calendar")
		assert.NoError(t, err, "%s has a calendar", name)
	}
}

// The page about regimens says of each whether it works as a file.
func TestRegimensPage(t *testing.T) {
	const page = "../../docs/REGIMENS.md"
	text := regimensPage(t)
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(text), 0o644))
		return
	}
	want, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Equal(t, string(want), text, "%s is out of date: go test ./protocol/protocoltest -run Regimens -update", page)
}

func regimensPage(t *testing.T) string {
	t.Helper()
	list := regimens(t)
	var table, left, refused, sources strings.Builder
	works, refusals, sourced, tabled := 0, 0, 0, false
	seen := map[string]bool{}
	for i, r := range list {
		row := refusedRow(t, cmp.Or(r.Refused, r.Instead))
		if row != "" {
			fmt.Fprintf(&refused, "* **%s.** `%s`. %s\n", r.Name, row, r.Takes)
		}
		if r.File == "" {
			refusals++
			fmt.Fprintf(&table, "| %d | %s | | | | [refused](#refused) | |\n", i+1, r.Name)
			continue
		}
		works++
		s := regimenSpec(t, r.File)
		tabled = tabled || slices.ContainsFunc(s.Phases, func(p protocol.Phase) bool { return len(p.MissedDoses) > 0 })
		result := "works"
		if r.Left != "" {
			result = "[works](#left-to-people)"
			fmt.Fprintf(&left, "* **%s.** %s.\n", r.Name, upperFirst(r.Left))
		}
		fmt.Fprintf(&table, "| %d | [%s](../protocol/testdata/regimens/%s.json) | %s | %s | %s | %s | %s |\n",
			i+1, r.Name, r.File, cadences(s), doses(s), strings.Join(uses(s), ", "), result, calendars(t, r.File))
		if seen[r.File] {
			continue
		}
		seen[r.File] = true
		if len(s.Sources) > 0 {
			sourced++
		}
		fmt.Fprintf(&sources, "| %s | %s |\n", r.Name, sourcesRead(s))
	}
	assert.GreaterOrEqual(t, works, 34, "of forty")
	assert.Len(t, list, 40)
	var b strings.Builder
	b.WriteString("<!-- Generated from protocol/testdata/regimens by a test of protocol/protocoltest; change those and run it with -update. -->\n\n# Regimens\n\n")
	b.WriteString("Forty regimens in use, written as protocol files: what a file can say today, and what it cannot. None of them is a recommendation. Where a source was\n")
	b.WriteString("read it is named in the file, with what was taken from it; every other number is test data.\n\n")
	fmt.Fprintf(&b, "%d of %d work, and %d are refused. Of those that work the dates and doses were worked out apart from the library, in a calendar beside\n", works, len(list), refusals)
	fmt.Fprintf(&b, "each file (`worked.py` there shows how), and a test compares them with the plan of a patient; %d of the files rest on a source.\n\n", sourced)
	b.WriteString("The column of notions has what a file says besides a cadence and one dose.")
	if !tabled {
		b.WriteString(" No file has a table of missed doses: none was found in a source that was\nread. [PROTOCOLS.md](PROTOCOLS.md#missed-doses) says how one is written.")
	}
	b.WriteString("\n\n")
	b.WriteString("| | regimen | cadence | dose | notions | result | worked |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	b.WriteString(table.String())
	b.WriteString("\n## Left to people\n\n" + left.String())
	b.WriteString("\n## Refused\n\nWhat the library says of the file, and what it would take.\n\n" + refused.String())
	b.WriteString("\n## Sources\n\n| regimen | read |\n| --- | --- |\n" + sources.String())
	return b.String()
}

// refusedRow returns what is said of a file that is refused, in the folder of those.
func refusedRow(t *testing.T, name string) string {
	t.Helper()
	if name == "" {
		return ""
	}
	src, err := os.ReadFile(filepath.Join(regimensFolder, "refused", name+".json"))
	require.NoError(t, err)
	s, err := protocol.Parse(name+".json", src)
	if err == nil {
		_, err = s.Compile()
	}
	problems, ok := errors.AsType[protocol.ErrorList](err)
	require.True(t, ok, "%s is refused", name)
	require.Len(t, problems, 1, "%s has one problem", name)
	return problems[0].Error()
}

func regimenSpec(t *testing.T, name string) protocol.Spec {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(regimensFolder, name+".json"))
	require.NoError(t, err)
	s, err := protocol.Parse(name+".json", src)
	require.NoError(t, err)
	_, err = s.Compile()
	require.NoError(t, err, name)
	return s
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func cadences(s protocol.Spec) string {
	var parts []string
	for _, p := range s.Phases {
		parts = append(parts, p.Cadence.String())
	}
	var text strings.Builder
	text.WriteString(strings.Join(parts, " then "))
	for _, m := range s.Monitoring {
		text.WriteString("; " + m.Name + " " + m.Cadence.String())
	}
	return text.String()
}

func doses(s protocol.Spec) string {
	var parts []string
	for _, p := range s.Phases {
		var text strings.Builder
		text.WriteString(p.Dose.String())
		for _, part := range p.Parts {
			text.WriteString("; " + part.Name + " " + part.Rule.String())
		}
		for _, m := range p.Beside {
			text.WriteString("; " + m.Name + " " + m.Dose.String())
		}
		if !p.Dose.IsZero() && !slices.Contains(parts, text.String()) {
			parts = append(parts, text.String())
		}
	}
	return strings.Join(parts, " then ")
}

// uses returns the notions that a file needs.
func uses(s protocol.Spec) (list []string) {
	levels, planned, conditional, companions, runsOn, windows, days, prepared, rising, parts, beside, missed := 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	p, err := s.Compile()
	if err != nil {
		return nil
	}
	for _, phase := range p.Phases() {
		if len(phase.Levels()) > 1 {
			levels++
		}
		for _, step := range phase.Steps {
			if step.Condition != "" {
				conditional++
			} else {
				planned++
			}
		}
		companions += len(phase.Companions)
		parts += len(phase.Parts)
		beside += len(phase.Beside)
		missed += len(phase.MissedDoses)
		if phase.RunsOn {
			runsOn++
		}
		if phase.Window != nil {
			windows++
		}
		days += len(phase.Weekdays)
		if !phase.Preparation.IsZero() {
			prepared++
		}
		if _, _, _, ok := phase.Dose.Amount.PerWeightOverTime(); ok {
			rising++
		}
	}
	endless := 0
	if p.Cadence().Endless() {
		endless = 1
	}
	for _, notion := range []struct {
		word string
		n    int
	}{
		{"levels", levels},
		{"planned steps", planned},
		{"steps on a condition", conditional},
		{"a rate over time", rising},
		{"preparation", prepared},
		{"parts", parts},
		{"medicines beside", beside},
		{"monitoring", len(s.Monitoring)},
		{"a table of missed doses", missed},
		{"runs on", runsOn},
		{"companions", companions},
		{"windows", windows},
		{"weekdays", days},
		{"gates", len(s.Gates)},
		{"no end", endless},
	} {
		if notion.n > 0 {
			list = append(list, notion.word)
		}
	}
	return list
}

// calendars returns links to the calendars of a file.
func calendars(t *testing.T, name string) string {
	t.Helper()
	paths, err := filepath.Glob(regimensFolder + "/" + name + "*.calendar")
	require.NoError(t, err)
	slices.SortFunc(paths, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	var links []string
	for _, path := range paths {
		rest := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), name), ".calendar")
		if rest = strings.ReplaceAll(rest, "-", " "); rest == "" || rest[0] == '.' {
			links = append(links, fmt.Sprintf("[%s](../protocol/testdata/regimens/%s)", cmp.Or(strings.TrimPrefix(rest, "."), "by hand"), filepath.Base(path)))
		}
	}
	return strings.Join(links, ", ")
}

// sourcesRead names the sources of a file with the grades of what was taken from them.
func sourcesRead(s protocol.Spec) string {
	var parts []string
	for _, source := range s.Sources {
		var grades []string
		for _, f := range source.Facts {
			if g := f.Grade.String(); !slices.Contains(grades, g) {
				grades = append(grades, g)
			}
		}
		parts = append(parts, source.Citation+" ("+strings.Join(grades, ", ")+")")
	}
	return cmp.Or(strings.Join(parts, "; "), "none: test data")
}
