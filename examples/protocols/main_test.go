package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/protocol/lint"
)

var update = flag.Bool("update", false, "write the golden files anew")

// answer is what a command line gives.
type answer struct {
	code           int
	stdout, stderr string
}

func protocols(args ...string) answer {
	var stdout, stderr bytes.Buffer
	code := program{&stdout, &stderr}.run(args)
	return answer{code, stdout.String(), stderr.String()}
}

// String returns the answer as golden files have it.
func (a answer) String() string {
	return fmt.Sprintf("exit %d\n-- stdout --\n%s-- stderr --\n%s", a.code, a.stdout, a.stderr)
}

// TestGolden compares everything that command lines print. The files that they
// name are in testdata.
func TestGolden(t *testing.T) {
	t.Chdir("testdata")
	tests := []struct{ name, args string }{
		{"nothing", ""},
		{"help", "help"},
		{"unknown", "chek clinic.json"},
		{"show-unknown", "show ketamine"},
		{"show-nothing", "show"},
		{"list-more", "list x"},
		{"fmt", "fmt untidy.json"},
		{"fmt-list", "fmt -l clinic.json untidy.json"},
		{"fmt-list-tidy", "fmt -l clinic.json"},
		{"fmt-broken", "fmt clinic.json broken.json"},
		{"fmt-help", "fmt -h"},
		{"fmt-flag", "fmt -x clinic.json"},
		{"fmt-nothing", "fmt -l"},
		{"check", "check clinic.json untidy.json"},
		{"check-broken", "check clinic.json broken.json"},
		{"check-nowhere", "check nowhere.json broken.json"},
		{"check-nothing", "check"},
		{"check-set", "check -set basis=actual -set gap=2_days clinic.json"},
		{"check-set-some", "check -set basis=actual clinic.json"},
		{"check-set-wrong", "check -set basis=whole -set gap=4_days clinic.json"},
		{"check-set-gap", "check -set basis=actual -set gap=3_days clinic.json"},
		{"check-set-unknown", "check -set dose=1_mg clinic.json"},
		{"check-set-nothing", "check -set dose clinic.json"},
		{"check-set-broken", "check -set basis=actual broken.json"},
		{"lint", "lint clinic.json sound.json"},
		{"lint-well", "lint sound.json"},
		{"lint-accepted", "lint -accepted accepted.json clinic.json"},
		{"lint-earlier", "lint -earlier earlier sound.json"},
		{"lint-twice", "lint sound.json earlier/sound.json"},
		{"lint-broken", "lint sound.json broken.json"},
		{"lint-json", "lint -json clinic.json broken.json"},
		{"lint-json-well", "lint -json sound.json"},
		{"lint-sarif-json", "lint -sarif -json sound.json"},
		{"lint-nowhere", "lint nowhere.json"},
		{"lint-accepted-nowhere", "lint -accepted nowhere.json sound.json"},
		{"lint-accepted-broken", "lint -accepted clinic.json sound.json"},
		{"lint-nothing", "lint"},
		{"diff", "diff earlier/sound.json sound.json"},
		{"diff-json", "diff -json earlier/sound.json sound.json"},
		{"diff-same", "diff sound.json sound.json"},
		{"diff-one", "diff sound.json"},
		{"diff-broken", "diff sound.json broken.json"},
		{"diff-nowhere", "diff sound.json nowhere.json"},
		{"targets", "targets -start 2025-03-03 sound.json"},
		{"targets-until", "targets -start 2025-03-03 -until 2025-06-01 -set maintenance=every_1mo sound.json"},
		{"targets-day", "targets -start 2025-02-30 sound.json"},
		{"targets-unset", "targets open.json"},
		{"targets-unknown", "targets -set basis=actual sound.json"},
		{"targets-two", "targets sound.json clinic.json"},
		{"new", "new -drug examplamine -route intravenous examplamine-iv"},
		{"new-route", "new -drug examplamine -route iv examplamine-iv"},
		{"new-drug", "new -route intravenous examplamine-iv"},
		{"new-id", "new -drug examplamine -route intravenous Examplamine_IV"},
		{"new-nothing", "new -drug examplamine -route intravenous"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := strings.Fields(test.args)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "_", " ")
			}
			got := "$ protocols " + test.args + "\n" + protocols(args...).String()
			golden := test.name + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

func TestListAndShow(t *testing.T) {
	list := protocols("list")
	assert.Equal(t, 0, list.code)
	assert.Empty(t, list.stderr)
	lines := strings.Split(strings.TrimSuffix(list.stdout, "\n"), "\n")
	i := 0
	for s := range catalog.All() {
		id, title, ok := strings.Cut(lines[i], "  ")
		require.True(t, ok, lines[i])
		assert.Equal(t, s.ID, id)
		assert.Equal(t, s.Title, strings.TrimLeft(title, " "))
		i++

		show := protocols("show", id)
		assert.Equal(t, answer{stdout: string(protocol.Format(s))}, show)
	}
	assert.Len(t, lines, i)
}

// What fmt writes needs no more writing, and keeps its permissions.
func TestFormatWrites(t *testing.T) {
	untidy, err := os.ReadFile("testdata/untidy.json")
	require.NoError(t, err)
	name := filepath.Join(t.TempDir(), "a.json")
	require.NoError(t, os.WriteFile(name, untidy, 0o640))

	assert.Equal(t, answer{code: exitProblems, stdout: name + "\n"}, protocols("fmt", "-l", name))
	assert.Equal(t, answer{code: exitProblems, stdout: name + "\n"}, protocols("fmt", "-l", "-w", name))
	info, err := os.Stat(name)
	require.NoError(t, err)
	assert.Equal(t, fs.FileMode(0o640), info.Mode())
	tidy, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, protocols("fmt", "testdata/untidy.json").stdout, string(tidy))
	assert.Equal(t, answer{}, protocols("fmt", "-l", name))
	assert.Equal(t, answer{}, protocols("fmt", "-w", name))

	// A file with problems stays as it is.
	require.NoError(t, os.WriteFile(name, []byte("{"), 0o640))
	broken := protocols("fmt", "-w", name)
	assert.Equal(t, exitProblems, broken.code)
	assert.Empty(t, broken.stdout)
	assert.Equal(t, name+":1:2: want a key in double quotes, or }, got the end of the file [json-syntax]\n", broken.stderr)
	still, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "{", string(still))
}

// What new prints parses, compiles once its parameters are set, and lints with nothing
// but what it says is to be done.
func TestNewIsSound(t *testing.T) {
	for _, route := range []string{"intravenous", "intranasal", "oral"} {
		made := protocols("new", "-drug", "examplamine", "-route", route, "examplamine-"+route)
		require.Equal(t, exitWell, made.code, made.stderr)
		s, err := protocol.Parse("new.json", []byte(made.stdout))
		require.NoError(t, err)
		for _, f := range lint.Check(s, lint.Options{}) {
			assert.Equal(t, lint.FactUnverified, f.Code, f)
			assert.Contains(t, s.Notes[0], string(f.Code))
		}
		for name, value := range map[string]string{
			"cadence": "3-2-1 then every 4w x3", "amount": "0.5 mg/kg", "basis": "actual", "rounding": "0.1 mg half up", "maximum": "80 mg",
			"min-gap": "2 days", "administration": "40 min", "observation": "2 h",
		} {
			s, err = s.Set(name, value)
			require.NoError(t, err)
		}
		_, err = s.Compile()
		require.NoError(t, err)
	}
}

// The findings in SARIF name rules that are there and files by their paths.
func TestSARIF(t *testing.T) {
	t.Chdir("testdata")
	made := protocols("lint", "-sarif", "-accepted", "accepted.json", "clinic.json", "broken.json")
	require.Equal(t, exitProblems, made.code)
	var log sarifLog
	require.NoError(t, json.Unmarshal([]byte(made.stdout), &log))
	assert.Equal(t, "2.1.0", log.Version)
	require.Len(t, log.Runs, 1)
	require.Len(t, log.Runs[0].Tool.Driver.Rules, len(lint.Rules()))
	suppressed := 0
	for _, r := range log.Runs[0].Results {
		assert.Contains(t, []string{"note", "warning", "error"}, r.Level)
		assert.NotEmpty(t, r.Message.Text)
		require.Len(t, r.Locations, 1)
		assert.Contains(t, []string{"clinic.json", "broken.json"}, r.Locations[0].Physical.Artifact.URI)
		assert.Positive(t, r.Locations[0].Physical.Region.Line)
		suppressed += len(r.Suppressions)
	}
	assert.Equal(t, 3, suppressed)
	assert.Greater(t, len(log.Runs[0].Results), suppressed)
}

// A full disk is a failure, not a success.
func TestFailingOutput(t *testing.T) {
	for _, args := range [][]string{
		{"help"},
		{"list"},
		{"show", "ketamine-iv-taper"},
		{"fmt", "testdata/clinic.json"},
		{"fmt", "-l", "testdata/untidy.json"},
		{"check", "testdata/broken.json"},
		{"lint", "testdata/clinic.json"},
		{"diff", "testdata/sound.json", "testdata/clinic.json"},
		{"targets", "testdata/sound.json"},
		{"new", "-drug", "x", "-route", "oral", "x"},
	} {
		var stderr bytes.Buffer
		assert.Equal(t, exitFailure, program{full{}, &stderr}.run(args), args)
		assert.Equal(t, "protocols: disk full\n", stderr.String(), args)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }
