package dose_test

import (
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Mixing quantities does not compile: every line of testdata/mixups.go.txt that
// ends in an ERROR comment has a type error, and no other line has.
func TestMixupsDoNotCompile(t *testing.T) {
	const name = "testdata/mixups.go.txt"
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	require.NoError(t, err)

	// A test that was built with -trimpath does not know where the standard
	// library is, which is read from source.
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	build.Default.GOROOT = strings.TrimSpace(string(root))
	got := map[int]string{}
	config := types.Config{
		Importer: importer.ForCompiler(fset, "source", nil),
		Error: func(err error) {
			var e types.Error
			require.ErrorAs(t, err, &e)
			got[fset.Position(e.Pos).Line] += e.Msg + "\n"
		},
	}
	_, _ = config.Check("mixups", fset, []*ast.File{file}, nil)

	want := regexp.MustCompile(`// ERROR "([^"]*)"`)
	wanted := 0
	for i, line := range strings.Split(string(src), "\n") {
		message := got[i+1]
		match := want.FindStringSubmatch(line)
		if match == nil {
			assert.Empty(t, message, "line %d should compile: %s", i+1, line)
			continue
		}
		wanted++
		assert.Contains(t, message, match[1], "line %d should not compile: %s", i+1, line)
	}
	assert.GreaterOrEqual(t, wanted, 50)
}
