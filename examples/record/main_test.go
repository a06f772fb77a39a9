package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

func record(args ...string) (code int, stdout, stderr string) {
	var out, problems bytes.Buffer
	code = program{&out, &problems}.run(args)
	return code, out.String(), problems.String()
}

// TestGolden compares everything that command lines print. The files that they
// name are in testdata.
func TestGolden(t *testing.T) {
	t.Chdir("testdata")
	catalogue := []string{
		"-set", "maintenance=every 4w", "-set", "dose=0.5 mg/kg", "-set", "basis=actual", "-set", "rounding=1 mg half up",
		"-set", "maximum=80 mg", "-set", "min-gap=2 days", "-set", "administration=40 min", "-set", "observation=2 h",
	}
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"nothing", nil},
		{"help", []string{"-h"}},
		{"flag", []string{"-x", "taper.json", "clean.json"}},
		{"both", []string{"-json", "-sessions", "taper.json", "clean.json"}},
		{"nowhere", []string{"nowhere.json", "clean.json"}},
		{"broken", []string{"taper.json", "broken.json"}},
		{"refused", []string{"taper.json", "refused.json"}},
		{"unset", []string{"ketamine-iv-taper", "clean.json"}},
		{"clean", []string{"-clinic", "clinic.json", "taper.json", "clean.json"}},
		{"clean-json", []string{"-json", "taper.json", "clean.json"}},
		{"deviates", []string{"taper.json", "deviates.json"}},
		{"deviates-clinic", []string{"-clinic", "clinic.json", "-sessions", "taper.json", "deviates.json"}},
		{"deviates-json", []string{"-json", "taper.json", "deviates.json"}},
		{"catalogue", append(catalogue, "ketamine-iv-taper", "deviates.json")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, stdout, stderr := record(tt.args...)
			got := fmt.Sprintf("exit %d\n-- stdout --\n%s-- stderr --\n%s", code, stdout, stderr)
			name := tt.name + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

// What -json prints is one JSON list.
func TestJSON(t *testing.T) {
	t.Chdir("testdata")
	for name, want := range map[string]int{"clean.json": 0, "deviates.json": 12} {
		_, stdout, _ := record("-json", "taper.json", name)
		var list []struct{ Code, Severity, Text string }
		require.NoError(t, json.Unmarshal([]byte(stdout), &list))
		assert.Len(t, list, want)
	}
}
