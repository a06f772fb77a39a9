//go:build outside

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var (
	libical = flag.String("libical", "", "the program made of readers/read_libical.c")
	update  = flag.Bool("update", false, "write the list of differences anew")
)

// TestReaders lets every reader read every calendar, and compares each event with
// the plan's. Where they differ is in testdata/differences.txt, all of it.
func TestReaders(t *testing.T) {
	if *libical == "" {
		t.Fatal("want -libical: check.sh says it")
	}
	folder := t.TempDir()
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	calendars, err := filepath.Glob(filepath.Join(folder, "*.ics"))
	if err != nil || len(calendars) < 2*len(zones) {
		t.Fatalf("%d calendars, %v", len(calendars), err)
	}
	got := ""
	for _, reader := range []struct {
		name    string
		command []string
	}{
		{"python3-icalendar", []string{"/usr/bin/python3", "readers/read_icalendar.py"}},
		{"python3-vobject", []string{"/usr/bin/python3", "readers/read_vobject.py"}},
		{"libical", []string{*libical}},
		{"ical.js", []string{"node", "readers/read_icaljs.mjs"}},
	} {
		t.Run(reader.name, func(t *testing.T) {
			read := map[string][]map[string]any{}
			run(t, &read, append(reader.command, calendars...))
			differ, events := map[string]*difference{}, 0
			for _, name := range calendars {
				var want []map[string]any
				data, err := os.ReadFile(strings.TrimSuffix(name, ".ics") + ".json")
				if err != nil {
					t.Fatal(err)
				}
				if err := json.Unmarshal(data, &want); err != nil {
					t.Fatal(err)
				}
				events += len(want)
				compare(differ, strings.TrimSuffix(filepath.Base(name), ".ics"), want, read[name])
			}
			got += list(reader.name, differ, len(calendars))
			t.Logf("%d calendars, %d events", len(calendars), events)
		})
	}
	if t.Failed() {
		return
	}
	const file = "testdata/differences.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differences are\n%s\nnot those of %s\n%s", got, file, want)
	}
}

// run decodes what a command prints, or fails with what it complained of.
func run(t *testing.T, into any, command []string) {
	t.Helper()
	var complaints bytes.Buffer
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = &complaints
	cmd.Env = append(os.Environ(), "TZ=Pacific/Kiritimati") // where nothing takes place
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command[0], err, complaints.Bytes())
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%s: %v", command[0], err)
	}
}

// A difference is what a reader makes of a field, in how many events of which
// calendars, and the first of them.
type difference struct {
	events    int
	calendars []string
	first     string
}

// compare adds the fields in which the events of a calendar differ.
func compare(differ map[string]*difference, calendar string, want, got []map[string]any) {
	differs := func(field, how string) {
		d := differ[field]
		if d == nil {
			d = &difference{first: how}
			differ[field] = d
		}
		d.events++
		if !slices.Contains(d.calendars, calendar) {
			d.calendars = append(d.calendars, calendar)
		}
	}
	if len(want) != len(got) {
		differs("events", fmt.Sprintf("%d, not %d", len(got), len(want)))
		return
	}
	for i := range want {
		for field := range want[i] {
			if !reflect.DeepEqual(want[i][field], got[i][field]) {
				differs(field, fmt.Sprintf("%q\nnot %q", got[i][field], want[i][field]))
			}
		}
	}
}

// list writes the differences of a reader.
func list(reader string, differ map[string]*difference, calendars int) string {
	var b strings.Builder
	for _, field := range slices.Sorted(maps.Keys(differ)) {
		d := differ[field]
		where := "all calendars"
		if len(d.calendars) < calendars {
			where = strings.Join(d.calendars, " ")
		}
		fmt.Fprintf(&b, "%s: %s of %d events in %s, first\n    %s\n", reader, field, d.events, where, strings.ReplaceAll(d.first, "\n", "\n    "))
	}
	return b.String()
}
