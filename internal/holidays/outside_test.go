//go:build outside

package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

var update = flag.Bool("update", false, "write testdata/differences.txt anew")

// TestOutside compares the file with other sources, day by day and name by name.
// Where they differ is in testdata/differences.txt, under lines that begin with
// # and say why.
func TestOutside(t *testing.T) {
	const list = "testdata/differences.txt"
	var kept, want []string
	for line := range strings.Lines(readFile(t, list)) {
		if strings.HasPrefix(line, "#") {
			kept = append(kept, line)
		} else {
			want = append(want, line)
		}
	}
	got := slices.Concat(
		differences(t, "node", "outside/datehols.mjs"),
		differences(t, "/usr/bin/python3", "outside/pyhols.py"),
	)
	if *update {
		if err := os.WriteFile(list, []byte(strings.Join(slices.Concat(kept, got), "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("not in %s: %s", list, line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("only in %s: %s", list, line)
		}
	}
}

// differences returns a line for each day on which the file and a source differ.
func differences(t *testing.T, command, script string) (lines []string) {
	t.Helper()
	out, err := exec.Command(command, script, strconv.Itoa(firstYear), strconv.Itoa(lastYear)).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", command, script, err)
	}
	days := strings.Split(strings.TrimSpace(string(out)), "\n")
	source, theirs := days[0], map[date.Date]string{}
	for _, line := range days[1:] {
		day, name, _ := strings.Cut(line, " ")
		d := schedule.MustDate(day)
		if theirs[d] != "" {
			name = theirs[d] + ", " + name
		}
		theirs[d] = name
	}
	ours, same := closed(t), 0
	for d := schedule.MustDate("2025-01-01"); d <= schedule.MustDate("2030-12-31"); d++ {
		switch {
		case ours[d] != theirs[d]:
			lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\n", source, d, orNone(ours[d]), orNone(theirs[d])))
		case ours[d] != "":
			same++
		}
	}
	return append(lines, fmt.Sprintf("%s\t%d other days are the same\n", source, same))
}

func orNone(name string) string {
	if name == "" {
		return "(none)"
	}
	return name
}
