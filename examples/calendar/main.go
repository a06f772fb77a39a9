// Command calendar prints the dated, dosed plan of a treatment protocol for one
// patient and one clinic: month by month, as a table, or as JSON.
//
//	go run ./examples/calendar
//	go run ./examples/calendar -protocol "2/wk x4" -start 2027-03-01 -weight "80 kg"
//	go run ./examples/calendar -protocol taper.json -set "dose=0.5 mg/kg" -clinic clinic.json -patient patient.json
//	go run ./examples/calendar -h
//
// It is an example of how to use this module. Its defaults are parameters of an
// example, printed with every plan; they are nobody's recommendation.
//
// A protocol, a clinic and a patient can each be a file, whose problems are
// named with file, line and place.
//
// The exit code is 0 with a plan, 1 if the clinic's calendar has no room for
// one, and 2 if the flags make no sense, a file has a problem or a dose is
// refused.
package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
	_ "time/tzdata" // so that every zone is known on every machine
)

// The exit codes.
const (
	exitPlan  = 0
	exitNone  = 1 // the calendar has no room, or the plan could not be written
	exitInput = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, surroundings{time.Now(), os.Getenv, readFile}))
}

// The surroundings are what the program takes from the machine.
type surroundings struct {
	now  time.Time
	env  func(string) string
	file func(name string) ([]byte, error)
}

// run is the whole program but for what it takes from its surroundings.
func run(args []string, stdout, stderr io.Writer, around surroundings) int {
	var out bytes.Buffer
	flags, problems := parseFlags(args)
	if flags.help {
		writeUsage(&out)
		return write(&out, stdout, stderr, exitPlan)
	}
	if len(problems) > 0 {
		return refuse(stderr, problems)
	}
	in, problems := read(flags, around)
	if len(problems) > 0 {
		return refuse(stderr, problems)
	}
	switch {
	case in.err != nil && in.json:
		writeFailure(&out, in.err)
		return write(&out, stdout, stderr, exitNone)
	case in.err != nil:
		writeReasons(stderr, in.err)
		return exitNone
	case in.json:
		writeJSON(&out, in)
	default:
		writeText(&out, in, colours(stdout, around.env))
	}
	return write(&out, stdout, stderr, exitPlan)
}

// write writes in one piece, so that nobody reads half a plan.
func write(out *bytes.Buffer, stdout, stderr io.Writer, code int) int {
	if _, err := out.WriteTo(stdout); err != nil {
		fmt.Fprintf(stderr, "calendar: writing the output: %v\n", err)
		return exitNone
	}
	return code
}

func refuse(stderr io.Writer, problems problems) int {
	const most = 20
	for _, p := range problems[:min(len(problems), most)] {
		fmt.Fprintf(stderr, "calendar: %s\n", p.text)
	}
	if more := len(problems) - most; more > 0 {
		fmt.Fprintf(stderr, "calendar: and %d more\n", more)
	}
	return exitInput
}

// colours reports whether stdout is a terminal whose user has nothing against
// colours (no-color.org).
func colours(stdout io.Writer, env func(string) string) bool {
	file, ok := stdout.(interface{ Stat() (fs.FileInfo, error) })
	if !ok || env("NO_COLOR") != "" || env("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&fs.ModeCharDevice != 0
}
