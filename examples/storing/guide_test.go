package storing

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every block of Go and of SQL in the guide is in the code and in the tables, to the
// letter but for how far it is indented: what is read there is what is run here.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "STORING.md"))
	require.NoError(t, err)
	sources := map[string]string{"go": "", "sql": ""}
	require.NoError(t, filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if kind := strings.TrimPrefix(filepath.Ext(name), "."); kind == "sql" || kind == "go" {
			src, err := os.ReadFile(name)
			sources[kind] += flat(string(src)) + "\n"
			// Queries are text in the code.
			if kind == "go" {
				sources["sql"] += flat(string(src)) + "\n"
			}
			return err
		}
		return nil
	}))
	blocks := 0
	for block := range strings.SplitSeq(string(guide), "\n```") {
		kind, text, _ := strings.Cut(block, "\n")
		if kind != "go" && kind != "sql" {
			continue
		}
		blocks++
		for part := range strings.SplitSeq(text, "\n...\n") {
			assert.Contains(t, sources[kind], flat(part), "a block of the guide is not in the code")
		}
	}
	assert.Greater(t, blocks, 8)
}

// flat returns a text without the white space around its lines.
func flat(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
