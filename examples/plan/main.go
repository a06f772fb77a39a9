// Command plan keeps a patient's plan for a person, a script or a program in
// another language that tries the library without writing Go.
//
//	plan new -protocol FILE [-protocol FILE ...] -clinic FILE -request FILE -o PLAN
//	plan apply PLAN EVENTS -o PLAN | -dry-run      all of the entries, or none
//	plan show PLAN [-format text|json|ics|html|csv] [-as-known INSTANT]
//	plan repairs PLAN -session ID [-session ID ...] -as-of INSTANT
//	plan diff OLD NEW
//	plan check PLAN -clinic FILE
//	plan run < LINES
//
// A plan is made from the first protocol; the others may be adopted later. PLAN is a
// file of the plan with its protocols and its clinic; EVENTS is an event file, or a
// list of entries. What a command says is text, or JSON with -format json: of new and
// show the plan, of apply and diff what changes, of repairs the ways on, of check what
// the clinic would now find. With -strict, new, apply and show exit with 1 if a
// warning or a violation is open; the file is written all the same.
//
// The exit code is 0 when it is done; 1 for what is refused (by Build, for an entry, by
// a limit), for differences, and for what -strict does not let pass; and 2 for wrong
// use or a file that cannot be read, parsed or compiled. The reason is on standard
// error, and no file is written then.
//
// # Line by line
//
// The command run reads one JSON object a line from standard input and answers each with one on
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
// Its exit code is 0 whatever was refused, and 2 for a failure to read or write.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/regimen-go/regimen/schedule"
)

// The exit codes.
const (
	exitDone    = 0
	exitRefused = 1 // or differences, or what -strict does not let pass
	exitMisuse  = 2
)

const usage = `usage:
  plan new -protocol FILE [-protocol FILE ...] -clinic FILE -request FILE -o PLAN
  plan apply PLAN EVENTS -o PLAN | -dry-run
  plan show PLAN [-format text|json|ics|html|csv] [-as-known INSTANT]
  plan repairs PLAN -session ID [-session ID ...] -as-of INSTANT
  plan diff OLD NEW
  plan check PLAN -clinic FILE
  plan run < LINES     answer every line of JSON with one
every command takes -format text|json; new, apply and show take -strict
`

func main() {
	os.Exit(command(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func command(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprintf(stderr, "plan: want a command\n%s", usage)
		return exitMisuse
	}
	commands := map[string]func(*asked) error{"new": newPlan, "apply": applyEvents, "show": showPlan, "repairs": listRepairs, "diff": diffPlans, "check": checkPlan}
	do, known := commands[args[0]]
	var err error
	switch {
	case args[0] == "run" && len(args) == 1:
		err = run(stdin, stdout)
	case known:
		a := &asked{command: args[0], stdout: stdout}
		if err = a.parse(args[1:]); err == nil {
			err = do(a)
		}
	default:
		err = &wrongUse{"want a command, not " + strconv.Quote(args[0])}
	}
	return exitCode(err, stderr)
}

// exitCode says why a command failed, if it did, and returns its exit code.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintf(stderr, "plan: %v\n", err)
	if _, wrong := errors.AsType[*wrongUse](err); wrong {
		fmt.Fprint(stderr, usage)
		return exitMisuse
	}
	if refused(err) {
		return exitRefused
	}
	return exitMisuse
}

// A wrongUse is a command line that asks for nothing that there is.
type wrongUse struct{ want string }

func (w *wrongUse) Error() string { return w.want }

// A notice is why a command that did what it was asked exits with 1.
type notice struct{ text string }

func (n *notice) Error() string { return n.text }

// refused reports whether an error is that of what a plan, an entry or a limit does not
// allow, and not of a file.
func refused(err error) bool {
	_, told := errors.AsType[*notice](err)
	_, event := errors.AsType[*schedule.EventError](err)
	_, build := errors.AsType[*schedule.BuildError](err)
	_, start := errors.AsType[*schedule.StartError](err)
	_, given := errors.AsType[*schedule.DoseError](err)
	_, request := errors.AsType[*schedule.RequestError](err)
	_, file := errors.AsType[*schedule.FileProblem](err)
	return told || !file && (event || build || start || given || request)
}
