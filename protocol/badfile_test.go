package protocol_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

var update = flag.Bool("update", false, "write the problems that broken files have into testdata/bad")

// A badFile is a part of a file in testdata/bad: a protocol file, with the
// problems that are expected written behind the lines that have them.
type badFile struct {
	name   string
	source string
	want   []string
}

const problemMark = " ### "

// badFiles reads a file in testdata/bad, and its introduction.
func badFiles(t testing.TB, path string) (intro string, files []badFile) {
	t.Helper()
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	number := 0
	for line := range strings.Lines(string(src)) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			files = append(files, badFile{name: strings.TrimSuffix(name, " --")})
			number = 0
			continue
		}
		if len(files) == 0 {
			intro += line + "\n"
			continue
		}
		number++
		file := &files[len(files)-1]
		line, problems, _ := strings.Cut(line, problemMark)
		// A line of nothing but a problem stands for the end of the file.
		if line != "" || problems == "" {
			file.source += line + "\n"
		}
		for problem := range strings.SplitSeq(problems, problemMark) {
			if problem != "" {
				file.want = append(file.want, fmt.Sprintf("%d:%s", number, problem))
			}
		}
	}
	return intro, files
}

// render writes the file as badFiles reads it, with the problems given.
func (f badFile) render(problems protocol.ErrorList) string {
	var b strings.Builder
	b.WriteString("-- " + f.name + " --\n")
	lines := strings.Split(strings.TrimSuffix(f.source, "\n"), "\n")
	if f.source == "" {
		lines = nil
	}
	for i := 0; i < len(lines) || len(problems) > 0; i++ {
		if i < len(lines) {
			b.WriteString(lines[i])
		}
		for len(problems) > 0 && problems[0].Line == i+1 {
			_, text, _ := strings.Cut(problems[0].Error(), ":")
			_, text, _ = strings.Cut(text, ":")
			b.WriteString(problemMark + text)
			problems = problems[1:]
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Every broken file has exactly the problems that are written in it.
func TestBadFiles(t *testing.T) {
	paths, err := filepath.Glob("testdata/bad/*.txt")
	require.NoError(t, err)
	count := 0
	for _, path := range paths {
		intro, files := badFiles(t, path)
		var out strings.Builder
		out.WriteString(intro)
		for _, file := range files {
			count++
			t.Run(filepath.Base(path)+"/"+file.name, func(t *testing.T) {
				problems := refusal(t, "f", []byte(file.source))
				out.WriteString(file.render(problems))
				var got []string
				for _, e := range problems {
					got = append(got, strings.TrimPrefix(e.Error(), "f:"))
				}
				if !*update {
					assert.Equal(t, file.want, got)
				}
			})
		}
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(out.String()), 0o644))
		}
	}
	assert.GreaterOrEqual(t, count, 60)
}

// refusal returns the problems of a file after checking what every refusal has.
func refusal(t testing.TB, name string, src []byte) protocol.ErrorList {
	t.Helper()
	s, err := protocol.Parse(name, src)
	require.Error(t, err)
	require.Equal(t, protocol.Spec{}, s)
	list, ok := errors.AsType[protocol.ErrorList](err)
	require.True(t, ok, "%T", err)
	checkPositions(t, src, list)
	for _, e := range list {
		require.Equal(t, name, e.Name)
		require.ErrorIs(t, err, e)
		require.ErrorIs(t, err, e.Err)
	}
	return list
}

// checkPositions checks that problems are complete, in order and inside the
// file.
func checkPositions(t testing.TB, src []byte, list protocol.ErrorList) {
	t.Helper()
	if len(list) == 0 || len(list) > 100 {
		t.Fatalf("%d problems", len(list))
	}
	last := 0
	for _, e := range list {
		if e.Offset < last || e.Offset > len(src) || e.Err == nil || e.Code == "" || !strings.HasPrefix(e.Want, "want ") {
			t.Fatalf("after byte %d of %d: %+v", last, len(src), e)
		}
		last = e.Offset
		before := string(src[:e.Offset])
		line := strings.Count(before, "\n") + 1
		column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
		if e.Line != line || e.Column != column {
			t.Fatalf("byte %d is %d:%d: %v", e.Offset, line, column, e)
		}
		if text := e.Error(); !strings.HasPrefix(text, fmt.Sprintf("%s:%d:%d: ", e.Name, line, column)) ||
			!strings.HasSuffix(text, " ["+string(e.Code)+"]") || strings.ContainsAny(text, "\n\r\t") {
			t.Fatalf("unfit to show: %q", text)
		}
	}
}
