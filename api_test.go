package regimen_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var updateAPI = flag.Bool("update-api", false, "write testdata/api")

// apiDir has a file for each package: what other modules can name of it.
const apiDir = "testdata/api"

// TestAPI compares the exported declarations of every library package with the
// golden files. Whoever changes one writes it with -update-api and says it in
// the changelog; .ci/run looks that both are in the same commit.
func TestAPI(t *testing.T) {
	packages := libraryPackages(t)
	for _, dir := range packages {
		name := apiFile(dir)
		got := exported(t, os.DirFS("."), dir)
		if *updateAPI {
			require.NoError(t, os.MkdirAll(apiDir, 0o755))
			require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
			continue
		}
		want, err := os.ReadFile(name)
		require.NoError(t, err, "go test -run TestAPI . -update-api writes it")
		assert.Equal(t, string(want), got, "%s: go test -run TestAPI . -update-api, and say in CHANGELOG.md what changed", dir)
	}

	files, err := filepath.Glob(apiDir + "/*.txt")
	require.NoError(t, err)
	var known []string
	for _, dir := range packages {
		known = append(known, filepath.FromSlash(apiFile(dir)))
	}
	assert.ElementsMatch(t, known, files, "one file for each package")
}

func apiFile(dir string) string {
	return apiDir + "/" + strings.ReplaceAll(dir, "/", "-") + ".txt"
}

// libraryPackages are the packages that other modules can import.
func libraryPackages(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, top := range []string{"dose", "protocol", "schedule"} {
		require.NoError(t, filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case !d.IsDir():
				return nil
			case d.Name() == "internal" || d.Name() == "testdata":
				return fs.SkipDir
			}
			sources, err := filepath.Glob(name + "/*.go")
			if len(sources) > 0 {
				found = append(found, filepath.ToSlash(name))
			}
			return err
		}))
	}
	return found
}

// exported prints the exported declarations of a package without their
// comments, in the order of go doc: constants, variables and functions of no
// type, then each type with its own.
func exported(t *testing.T, fsys fs.FS, dir string) string {
	t.Helper()
	fset := token.NewFileSet()
	names, err := fs.Glob(fsys, dir+"/*.go")
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := fs.ReadFile(fsys, name)
		require.NoError(t, err)
		file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, file)
	}
	pkg, err := doc.NewFromFiles(fset, files, path.Join(module, dir))
	require.NoError(t, err)

	var out bytes.Buffer
	write := func(node ast.Node) {
		var one bytes.Buffer
		require.NoError(t, (&printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}).Fprint(&one, fset, node))
		// The printer leaves blank lines where comments were.
		for line := range strings.Lines(one.String()) {
			if strings.TrimSpace(line) != "" {
				out.WriteString(strings.TrimRight(line, "\n") + "\n")
			}
		}
	}
	values := func(list []*doc.Value) {
		for _, v := range list {
			write(v.Decl)
		}
	}
	funcs := func(list []*doc.Func) {
		for _, f := range list {
			f.Decl.Body = nil
			write(f.Decl)
		}
	}
	out.WriteString("package " + pkg.Name + "\n")
	values(pkg.Consts)
	values(pkg.Vars)
	funcs(pkg.Funcs)
	for _, typ := range pkg.Types {
		out.WriteString("\n")
		write(typ.Decl)
		values(typ.Consts)
		values(typ.Vars)
		funcs(typ.Funcs)
		funcs(typ.Methods)
	}
	return out.String()
}

// TestExported holds what the golden files say to a package that has one of
// each, so that the test above is known to see a change.
func TestExported(t *testing.T) {
	source := `// Package p is documented.
package p

import "errors"

// ErrX is an error.
var ErrX = errors.New("x")

// A Kind is one of two.
type Kind uint8

const (
	One Kind = iota + 1 // the first
	Two
	hidden
)

// T has a field.
type T struct {
	// A is public.
	A, b int
	c    string
}

// New is a function.
func New(a int) (T, error) { return T{A: a}, ErrX }

// M is a method.
func (t *T) M(x ...string) bool { return len(x) == t.b }
func (t T) m()                  {}

type secret int

func unseen() {}

// I is an interface.
type I interface {
	M(...string) bool
	m()
}
`
	want := `package p
var ErrX = errors.New("x")

type I interface {
	M(...string) bool
	// contains filtered or unexported methods
}

type Kind uint8
const (
	One Kind = iota + 1
	Two
)

type T struct {
	A int
	// contains filtered or unexported fields
}
func New(a int) (T, error)
func (t *T) M(x ...string) bool
`
	require.Equal(t, want, exported(t, fstest.MapFS{"p/p.go": {Data: []byte(source)}}, "p"))
}

// TestReleasedAPI: what differs from the API of the newest release is named in
// the changelog's section of what is not released yet. Without a release there
// is nothing to differ from.
func TestReleasedAPI(t *testing.T) {
	log, err := os.ReadFile("CHANGELOG.md")
	require.NoError(t, err)
	released, err := filepath.Glob(apiDir + "/released/*.txt")
	require.NoError(t, err)
	for _, name := range released {
		before, err := os.ReadFile(name)
		require.NoError(t, err)
		now, err := os.ReadFile(apiDir + "/" + filepath.Base(name))
		require.NoError(t, err, "a package is gone")
		for _, missing := range unsaid(unreleased(string(log)), string(before), string(now)) {
			t.Errorf("CHANGELOG.md does not name %s (%s)", missing, filepath.Base(name))
		}
	}
}

// TestUnsaid shows that a change that nobody wrote down is seen.
func TestUnsaid(t *testing.T) {
	log := "# Changelog\n\n## [Unreleased]\n\n- `T.Gone` is gone.\n\n## [0.1.0]\n\n- `New` and `Kept`.\n"
	before := "package p\nfunc Kept()\nfunc (t T) Gone() int\n"
	now := "package p\nfunc Kept()\nfunc New()\nconst (\n\tOne Kind = iota\n)\n"
	require.Equal(t, []string{"New", "One"}, unsaid(unreleased(log), before, now))
}

// unreleased is the section of a changelog about what is not released.
func unreleased(log string) string {
	_, rest, _ := strings.Cut(log, "\n## [Unreleased]\n")
	section, _, _ := strings.Cut(rest, "\n## [")
	return section
}

var declared = regexp.MustCompile(`^(?:func (?:\([^)]*\) )?|type |var |const |\t)([A-Z]\w*)`)

// unsaid are the names of declarations that only one of two API files has and
// that the text does not have as words, in order.
func unsaid(text, before, now string) []string {
	var names []string
	lines := func(s string) []string { return strings.Split(s, "\n") }
	a, b := lines(before), lines(now)
	for _, line := range slices.Concat(without(a, b), without(b, a)) {
		m := declared.FindStringSubmatch(line)
		if m != nil && !regexp.MustCompile(`\b`+m[1]+`\b`).MatchString(text) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// without is what of one list is not in the other.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}
