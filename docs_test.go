package regimen_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocs: what the pages point at is there. Links and headings within the
// repository, programs that are to be run, scripts, tests, and files named in code.
func TestDocs(t *testing.T) {
	assert.Empty(t, deadEnds(t, os.DirFS(".")))
}

var (
	fence     = regexp.MustCompile("(?ms)^```.*?^```\n?")
	link      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading   = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	runs      = regexp.MustCompile(`\bgo (?:run|test|build|vet) (?:-\S+ )*(\./[\w./-]*\w)`)
	scripts   = regexp.MustCompile(`\bbash ([\w./-]+)`)
	changeDir = regexp.MustCompile(`\bcd ([\w./-]+)`)
	named     = regexp.MustCompile("`([\\w-]+(?:/[\\w.-]+)+)`") // paths that begin with a folder of the root
	tested    = regexp.MustCompile("`(Test[A-Z]\\w+|Fuzz[A-Z]\\w+|Benchmark[A-Z]\\w+)`|-run '?\\^?(Test[A-Z]\\w+|Fuzz[A-Z]\\w+)")
)

// deadEnds returns a line for everything in the Markdown files of a tree that is not
// where they say.
func deadEnds(t *testing.T, fsys fs.FS) (found []string) {
	t.Helper()
	pages := map[string]string{}
	var tests strings.Builder
	require.NoError(t, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && slices.Contains([]string{"testdata", "node_modules", ".git"}, d.Name()):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		switch {
		case path.Ext(name) == ".md":
			text, err := fs.ReadFile(fsys, name)
			pages[name] = string(text)
			return err
		case strings.HasSuffix(name, "_test.go"):
			text, err := fs.ReadFile(fsys, name)
			tests.Write(text)
			return err
		}
		return nil
	}))
	exists := func(name string) bool {
		_, err := fs.Stat(fsys, path.Clean(name))
		return err == nil
	}
	for name, text := range pages {
		say := func(format string, args ...any) { found = append(found, name+": "+fmt.Sprintf(format, args...)) }
		prose := fence.ReplaceAllString(text, "")
		for _, m := range link.FindAllStringSubmatch(prose, -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			file, anchor, anchored := strings.Cut(m[1], "#")
			target := name
			if file != "" {
				target = path.Join(path.Dir(name), file)
			}
			if !exists(target) {
				say("no %s", m[1])
			} else if anchored && !slices.Contains(anchors(pages[target]), anchor) {
				say("no heading %s", m[1])
			}
		}
		// A folder that a page has changed into stays one in which its commands may run.
		dirs := []string{".", path.Dir(name)}
		reachable := func(target string) bool {
			return slices.ContainsFunc(dirs, func(dir string) bool { return exists(path.Join(dir, target)) })
		}
		for line := range strings.Lines(text) {
			if m := changeDir.FindStringSubmatch(line); m != nil {
				if !exists(m[1]) {
					say("no folder %s", m[1])
					continue
				}
				dirs = append(dirs, m[1])
			}
			for _, m := range runs.FindAllStringSubmatch(line, -1) {
				if target := strings.TrimSuffix(m[1], "/..."); target != "./package" && !reachable(target) {
					say("no package %s", m[1])
				}
			}
			for _, m := range scripts.FindAllStringSubmatch(line, -1) {
				if !reachable(m[1]) {
					say("no script %s", m[1])
				}
			}
			for _, m := range tested.FindAllStringSubmatch(line, -1) {
				if test := m[1] + m[2]; name != "CHANGELOG.md" && !strings.Contains(tests.String(), "func "+test) {
					say("no test %s", test)
				}
			}
			if name == "CHANGELOG.md" {
				continue // names what is gone
			}
			for _, m := range named.FindAllStringSubmatch(line, -1) {
				first, _, _ := strings.Cut(m[1], "/")
				if exists(first) && !exists(m[1]) && !exists(path.Join(path.Dir(name), m[1])) && !exists(path.Join(m[1]+".go")) {
					say("no %s", m[1])
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// anchors are the names by which links know the headings of a page, as code hosts
// make them: small letters, digits, hyphens for blanks.
func anchors(text string) (list []string) {
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		anchor := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || r > 127 || r >= '0' && r <= '9' || r >= 'a' && r <= 'z':
				return r
			case r >= 'A' && r <= 'Z':
				return r - 'A' + 'a'
			}
			return -1
		}, m[1])
		for n := 0; ; n++ {
			numbered := anchor
			if n > 0 {
				numbered = fmt.Sprintf("%s-%d", anchor, n)
			}
			if !slices.Contains(list, numbered) {
				list = append(list, numbered)
				break
			}
		}
	}
	return list
}

// TestDeadEnds shows that each kind is found, and nothing that is there.
func TestDeadEnds(t *testing.T) {
	page := "# A page, of two\n\n[here](docs/b.md#b-1) [gone](docs/c.md) [top](#a-page-of-two) [no](#b) [out](https://example.org/x#y)\n\n" +
		"    go run ./examples/here -x\n    go run ./examples/gone\n    go test -run '^TestHere$' ./dose/...\n    go test -run TestGone ./dose\n" +
		"    bash .ci/run\n    bash tools/gone.sh\n    cd dose && go test ./sub\n    cd gone && go test .\n\n`dose/a.go` `dose/gone.go` `net/http` `TestHere` `FuzzGone`\n\n```\n[x](gone.md)\n```\n"
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	require.Equal(t, []string{
		"README.md: no docs/c.md",
		"README.md: no dose/gone.go",
		"README.md: no folder gone",
		"README.md: no heading #b",
		"README.md: no package ./examples/gone",
		"README.md: no script tools/gone.sh",
		"README.md: no test FuzzGone",
		"README.md: no test TestGone",
	}, deadEnds(t, fstest.MapFS{
		"README.md": file(page), "docs/b.md": file("# B\n\n## B\n"), "examples/here/main.go": file(""), "dose/a.go": file(""), "dose/sub/a_test.go": file("func TestHere(t"), ".ci/run": file(""),
	}))
}

// The workflow of the project's site runs every part of .ci/run, and no other.
func TestWorkflowRunsEveryPart(t *testing.T) {
	script, err := os.ReadFile(".ci/run")
	require.NoError(t, err)
	workflow, err := os.ReadFile(".github/workflows/checks.yml")
	require.NoError(t, err)
	parts := regexp.MustCompile(`(?m)^parts=\((.*)\)$`).FindSubmatch(script)
	require.NotNil(t, parts)
	matrix := regexp.MustCompile(`(?m)^ +part: \[(.*)\]$`).FindSubmatch(workflow)
	require.NotNil(t, matrix)
	require.Equal(t, strings.Fields(string(parts[1])), strings.Split(string(matrix[1]), ", "))
	for part := range strings.FieldsSeq(string(parts[1])) {
		require.Contains(t, string(script), "\npart_"+part+"() {\n")
	}
}
