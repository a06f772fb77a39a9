package protocol_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

// Regimens in use, by cadence and by how their dose is given, can be written as
// files and compile. Their numbers are test data.
func TestRegimens(t *testing.T) {
	paths, err := filepath.Glob("testdata/regimens/*.json")
	require.NoError(t, err)
	require.Len(t, paths, 37)
	levels, beside := map[string][]string{}, map[string][]string{}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		s, err := protocol.Parse(path, src)
		require.NoError(t, err)
		require.Contains(t, s.Title, "Test data")
		assert.Equal(t, string(src), string(protocol.Format(s)), "%s is canonical", path)
		p, err := s.Compile()
		require.NoError(t, err, path)
		for _, phase := range p.Phases() {
			for _, l := range phase.Levels() {
				name := strings.TrimSuffix(filepath.Base(path), ".json")
				if len(phase.Levels()) > 1 && !slices.Contains(levels[name], l.Level.String()) {
					levels[name] = append(levels[name], l.Level.String())
				}
			}
			for _, m := range phase.Beside {
				beside[m.Name] = append(beside[m.Name], m.Dose.String())
			}
		}
	}
	assert.Equal(t, map[string][]string{
		"ketamine-escalate-05-075-10": {"0.5 mg/kg of actual weight", "0.75 mg/kg of actual weight", "1 mg/kg of actual weight"},
		"ketamine-sc-kads-stepped":    {"0.5 mg/kg of actual weight", "0.6 mg/kg of actual weight", "0.75 mg/kg of actual weight", "0.9 mg/kg of actual weight"},
		"ketamine-im-kap":             {"0.5 mg/kg of actual weight", "70 mg"},
		"spravato-us-trd":             {"56 mg", "84 mg"},
		"buvidal-weekly-monthly":      {"16 mg", "24 mg", "32 mg", "64 mg", "96 mg", "128 mg", "160 mg"},
		"paliperidone-lai":            {"117 mg", "78 mg"},
	}, levels)
	assert.Equal(t, map[string][]string{
		"carboplatin": {"300 mg, or 400 mg or 450 mg or 500 mg or 600 mg"},
		"paclitaxel":  {"175 mg/m2, round 10 mg half up, hard max 400 mg"},
	}, beside)
}

// Files that once planned a dose that nothing had judged, that nobody meant, or
// none at all.
func TestDoseFiles(t *testing.T) {
	want := map[string][]string{
		"three-durations": {
			`f:9:27: /phases/0/visit/administration: want at least 96 h, as /phases/0/dose states, got "30 min" [visit-too-short]`,
			`f:17:19: /phases/0/preparation/during: want 96 h, as /phases/0/dose states, got "4 h" [times-differ]`,
		},
	}
	// Without the words that say how their levels follow each other.
	two := func(levels string, line string) []string {
		return []string{
			"f:" + line + ":5: /phases/0/climb: want free or by one: the phase names " + levels + " [missing]",
			"f:" + line + ":5: /phases/0/follows: want rule or last given: the phase names " + levels + " [missing]",
		}
	}
	silent := map[string][]string{
		"allowed-past-hard-limit": two("2 levels, 0.5 mg/kg of actual weight and 1 mg/kg of actual weight", "5"),
		"esketamine-fixed":        two("2 levels, 56 mg and 84 mg", "5"),
		"ketamine-escalate":       two("3 levels, 0.5 mg/kg of actual weight, 0.75 mg/kg of actual weight and 1 mg/kg of actual weight", "5"),
	}
	paths, err := filepath.Glob("testdata/doses/*.json")
	require.NoError(t, err)
	require.Len(t, paths, 10)
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, want[name], parseErrors(src), name)
		if s, err := protocol.Parse("f", src); err == nil {
			_, err = s.Compile()
			assert.NoError(t, err, name)
		}
		var kept []string
		for line := range strings.Lines(string(src)) {
			if !strings.Contains(line, `"climb"`) && !strings.Contains(line, `"follows"`) {
				kept = append(kept, line)
			}
		}
		if expected, ok := silent[name]; ok {
			assert.Equal(t, expected, parseErrors([]byte(strings.Join(kept, ""))), name)
		}
	}
}
