// Command fhir turns FHIR into dates and plans into FHIR, for a person, a script or a
// program in another language that tries the library without writing Go.
//
//	fhir timing
//	fhir bundle -clinic FILE [-protocol FILE ...] [-subject REFERENCE] [-active] [-targets] [-since FILE] PLAN
//	fhir check BUNDLE...
//	fhir serve -clinic FILE [-protocol FILE ...] [-subject REFERENCE] [-addr 127.0.0.1:0] PLAN...
//
// bundle writes a plan file, or a file that the command plan keeps, as a FHIR R4 Bundle
// on standard output; with -since only what is not said by the Bundle of an earlier
// file. A file of the command plan has its clinic and protocols; a plan file of format 2
// has its protocols, and one of format 1 needs both. check says what is wrong with
// Bundles that no reader of FHIR sees; its exit code is 1 where there is something.
//
// serve answers on the loopback interface only, and only reads: the resources of plan
// files by id, with the version as ETag; searches by identifier and by the date that R4
// has for the type (date, effective-time, authoredon or authored-on) with the prefixes
// eq, ne, gt, ge, lt, le, sa and eb; pages by _count and _offset, with links; and
// metadata. A day without a zone is one of the clinic. Everything else is refused as an
// OperationOutcome, above all search parameters that it does not know: to leave one out
// finds too much.
//
// timing reads one JSON object a line from standard input and answers each with one on
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
// duplicate-key and bad-type, at line or at the key; json-size for one of more than
// 4 MiB; unknown-element for another key; and empty for a line with neither timing nor
// dosage, two-inputs for one with both.
//
// The exit code is 0 whatever timing refused, 1 where check found something, and 2 for
// wrong use or a failure to read or write.
package main

import (
	"fmt"
	"io"
	"os"
)

// The exit codes.
const (
	exitDone   = 0
	exitFound  = 1
	exitMisuse = 2
)

const usage = `usage:
  fhir timing < LINES                                       answer every line of JSON with one
  fhir bundle -clinic FILE [-subject REFERENCE] [-active]   write a plan as a FHIR R4 Bundle
              [-targets] [-since FILE] PLAN
  fhir check BUNDLE...                                      say what is wrong with Bundles
  fhir serve -clinic FILE [-subject REFERENCE]              answer read and search on the loopback interface
             [-addr 127.0.0.1:0] PLAN...
`

func main() {
	os.Exit(command(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func command(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var err error
	found := false
	switch {
	case len(args) == 1 && args[0] == "timing":
		err = timing(stdin, stdout)
	case len(args) > 0 && args[0] == "bundle":
		err = bundle(args[1:], stdout)
	case len(args) > 1 && args[0] == "check":
		found, err = check(args[1:], stdout)
	case len(args) > 0 && args[0] == "serve":
		err = serve(args[1:], stdout)
	default:
		fmt.Fprintf(stderr, "fhir: want a command\n%s", usage)
		return exitMisuse
	}
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "fhir: %v\n", err)
		return exitMisuse
	case found:
		return exitFound
	}
	return exitDone
}
