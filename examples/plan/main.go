// Command plan keeps a patient's plan for a person, a script or a program in
// another language that tries the library without writing Go.
//
//	plan run
//
// It reads one JSON object a line from standard input and answers each with one on
// standard output, at once. The first has what a plan is made of:
//
//	{"protocol": {...}, "protocols": {"v2": {...}}, "clinic": {...}, "request": {...}}
//
// a protocol file, others by names, to be adopted later, a clinic file and a
// request as schedule.ParseRequest reads it. The answer has the plan and the
// digests of the protocols, that of the first under "". Then any of
//
//	{"do": [entry, ...]}                             all of the entries, or none
//	{"show": "ics"}                                  or "text", "html", "csv"
//	{"repairs": [session, ...], "asOf": instant}     the ways on
//	{"asKnown": instant}                             the plan as it was known then
//	{"check": {...}}                                 what a clinic says now
//	{"reload": true}                                 to a plan file and back
//
// An answer is {"ok": true, ...}, with the plan, the text, the repairs or the
// findings, or {"ok": false, "refusal": {"code", "message", "entries"}}; the plan
// is then as it was. For instance:
//
//	jq -c '{protocol, clinic, request}, (.steps[] | del(.say, .expect))' story.json | go run ./examples/plan run
//
// A plan is written as schedule.Plan.AppendJSON writes it: every session with its
// state, dates, doses and id, visits, checkpoints, findings and the journal.
//
// The exit code is 0 whatever was refused, and 2 for wrong use or a failure to
// read or write.
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
  plan run < LINES     answer every line of JSON with one
`

func main() {
	os.Exit(command(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func command(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) != 1 || args[0] != "run" {
		fmt.Fprintf(stderr, "plan: want a command\n%s", usage)
		return exitMisuse
	}
	if err := run(stdin, stdout); err != nil {
		fmt.Fprintf(stderr, "plan: %v\n", err)
		return exitMisuse
	}
	return exitDone
}
