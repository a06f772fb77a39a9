package main

import (
	"bytes"
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

// A full disk is a failure, not a success.
func TestFailingOutput(t *testing.T) {
	for _, args := range [][]string{
		{"help"},
		{"list"},
		{"show", "ketamine-iv-taper"},
		{"fmt", "testdata/clinic.json"},
		{"fmt", "-l", "testdata/untidy.json"},
		{"check", "testdata/broken.json"},
	} {
		var stderr bytes.Buffer
		assert.Equal(t, exitFailure, program{full{}, &stderr}.run(args), args)
		assert.Equal(t, "protocols: disk full\n", stderr.String(), args)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }
