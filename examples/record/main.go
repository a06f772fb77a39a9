// Command record compares what was really given with a protocol and prints every
// difference.
//
//	record [-json] [-sessions] [-clinic FILE] [-set NAME=VALUE]... PROTOCOL RECORD
//
// PROTOCOL is the id of an entry of the catalogue or the name of a protocol
// file, RECORD the name of a record file, as schedule.ParseRecord reads it. With
// a clinic file, closed days and opening hours count too. For instance:
//
//	go run ./examples/record examples/record/testdata/taper.json examples/record/testdata/deviates.json
//
// The exit code is 0 if nobody has to look at anything, 1 if there are open
// findings or a file has problems, and 2 for a failure.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/regimen-go/regimen/schedule"
)

// The exit codes.
const (
	exitWell     = 0
	exitFindings = 1
	exitFailure  = 2
)

const usage = `usage:
  record [-json] [-sessions] [-clinic FILE] [-set NAME=VALUE]... PROTOCOL RECORD

PROTOCOL is an id of the catalogue or a protocol file, RECORD a record file.
  -json          print the findings as JSON
  -sessions      print first which entry is which session
  -clinic FILE   a clinic file, for closed days and opening hours
  -set NAME=VALUE   the value of a parameter of the protocol; may be given again
The exit code is 0 without open findings, 1 with some or with problems in a
file, 2 for a failure.
`

func main() {
	p := program{stdout: os.Stdout, stderr: os.Stderr}
	os.Exit(p.run(os.Args[1:]))
}

// A program writes what was asked for to stdout and everything else to stderr.
type program struct{ stdout, stderr io.Writer }

func (p program) run(args []string) int {
	var asJSON, sessions bool
	var in input
	set := flag.NewFlagSet("record", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.BoolVar(&asJSON, "json", false, "")
	set.BoolVar(&sessions, "sessions", false, "")
	set.StringVar(&in.clinic, "clinic", "", "")
	set.Func("set", "", in.set)
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return p.print([]byte(usage), exitWell)
	case err != nil:
		return p.misuse(err.Error())
	case set.NArg() != 2:
		return p.misuse("want a protocol and a record")
	case asJSON && sessions:
		return p.misuse("want -json or -sessions, not both")
	}
	in.protocol, in.record = set.Arg(0), set.Arg(1)

	record, err := in.read()
	if err != nil {
		return p.problems(err)
	}
	plan, err := record.Plan()
	if err != nil {
		return p.problems(err)
	}
	found := schedule.Validate(plan)
	code := exitWell
	for _, f := range found {
		if f.Open() {
			code = exitFindings
		}
	}
	if asJSON {
		return p.print(jsonOf(found), code)
	}
	var out bytes.Buffer
	if sessions {
		writeSessions(&out, plan)
	}
	for _, f := range found {
		fmt.Fprintln(&out, f)
	}
	if len(found) == 0 {
		fmt.Fprintln(&out, "nothing differs from the protocol")
	}
	return p.print(out.Bytes(), code)
}

// jsonOf returns the findings as a list, one on a line.
func jsonOf(found []schedule.Finding) []byte {
	if len(found) == 0 {
		return []byte("[]\n")
	}
	lines := make([]string, len(found))
	for i, f := range found {
		lines[i] = "\n  " + string(f.AppendJSON(nil))
	}
	return []byte("[" + strings.Join(lines, ",") + "\n]\n")
}

// writeSessions writes which entry is which session.
func writeSessions(out *bytes.Buffer, plan *schedule.Plan) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "session\tphase\texpected\tstate\tdate\tdose\tgiven")
	for _, s := range plan.All() {
		expected, date, planned, given := s.Target().String(), "", "", ""
		if s.Extra() {
			expected = ""
		}
		if g, ok := s.Given(); ok {
			date, given = g.Date.String(), g.Dose.String()
		}
		if d := s.Dose(); !d.IsZero() {
			planned = d.Dose().String()
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", s.Ordinal(), s.Phase(), expected, s.State(), date, planned, given)
	}
	// Writing to a buffer cannot fail.
	_ = table.Flush()
	fmt.Fprintln(out)
}

func (p program) misuse(why string) int {
	fmt.Fprintf(p.stderr, "record: %s\n%s", why, usage)
	return exitFailure
}

// problems prints every problem of a file on a line of its own.
func (p program) problems(err error) int {
	if unread, ok := errors.AsType[*unreadable](err); ok {
		fmt.Fprintf(p.stderr, "record: %v\n", unread)
		return exitFailure
	}
	for _, line := range linesOf(err) {
		fmt.Fprintln(p.stderr, line)
	}
	return exitFindings
}

// print writes to stdout in one piece.
func (p program) print(out []byte, code int) int {
	if _, err := p.stdout.Write(out); err != nil {
		fmt.Fprintf(p.stderr, "record: %v\n", err)
		return exitFailure
	}
	return code
}
