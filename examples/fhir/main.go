// Command fhir turns FHIR into dates, for a person, a script or a program in another
// language that tries the library without writing Go.
//
//	fhir timing
//
// It reads one JSON object a line from standard input and answers each with one on
// standard output, at once and in order, also a line that is no JSON. A line has
//
//	timing       an R4 Timing, or
//	dosage       a list of R4 Dosages
//	start        the first day, or an instant, if the bounds do not say it
//	until        the last day
//	zone         an IANA name
//	ranges       "low" or "high": the end of every range that holds
//	daysOfCycle  days of a cycle whose length is the period of the Timing
//
// and may have id, why, source and expect, which say nothing to the program. An answer
// has by, the dates, times or instants, and findings, cut and cadence where there are
// any; for Dosages it has phases; what is refused has refuse, a code, and at, the path
// of what is the cause. For instance:
//
//	echo '{"timing": {"repeat": {"dayOfWeek": ["mon"], "count": 2}}, "start": "2026-03-02"}' | go run ./examples/fhir timing
//
// docs/FHIR.md lists the codes. Those of a line are json-syntax, trailing-data,
// duplicate-key and bad-type, at line or at the key; unknown-element for another key;
// and empty for a line with neither timing nor dosage, two-inputs for one with both.
//
// The exit code is 0 whatever was refused, and 2 for wrong use or a failure to read or
// write.
package main

import (
	"fmt"
	"io"
	"os"
)

// The exit codes.
const (
	exitDone   = 0
	exitMisuse = 2
)

const usage = `usage:
  fhir timing < LINES     answer every line of JSON with one
`

func main() {
	os.Exit(command(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func command(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) != 1 || args[0] != "timing" {
		fmt.Fprintf(stderr, "fhir: want a command\n%s", usage)
		return exitMisuse
	}
	if err := timing(stdin, stdout); err != nil {
		fmt.Fprintf(stderr, "fhir: %v\n", err)
		return exitMisuse
	}
	return exitDone
}
