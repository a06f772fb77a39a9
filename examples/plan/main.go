// Command plan keeps a patient's plan for a person, a script or a program in
// another language that tries the library without writing Go.
//
//	plan new -protocol FILE [-protocol FILE ...] -clinic FILE -request FILE -o PLAN
//	plan apply PLAN EVENTS -o PLAN | -dry-run      all of the entries, or none
//	plan show PLAN [-format text|json|ics|html|csv] [-as-known INSTANT]
//	plan repairs PLAN -session ID [-session ID ...] -as-of INSTANT
//	plan diff OLD NEW
//	plan verify PLAN
//	plan check PLAN -clinic FILE
//	plan due DIR -on DATE
//	plan run < LINES
//
// A plan is made from the first protocol; the others may be adopted later. PLAN is a
// file of this command's own: the protocol files, the clinic file and the plan file in
// one, so that it needs nothing besides. EVENTS is a file as schedule.FormatEvents writes it, or a JSON
// list of entries. What a command says is text, or JSON with -format json: of new and
// show the plan, of apply and diff what changes, of repairs the ways on, of verify where the plan
// is another than its journal comes to, of check what the clinic would now find, of due a list of what there is to do. With -strict, new, apply and
// show exit with 1 if a warning or a violation is open, or verify finds a violation; the file is
// written all the same.
//
// A file is replaced in one step: a crash leaves the old one or the new one. A new file is
// for its owner alone, since a plan is a patient's; one that is there keeps its permissions.
//
// Due reads every file of a directory but the hidden ones, and lists the visits of the day, those
// before it of which nobody has said what became of them, those to come whose day is
// lost, decisions that are due, sessions for which somebody has to weigh, and results that a
// session needs and nobody knows. Visits of a monitoring are among the visits. A file that
// cannot be read is named, the others are listed, and the exit code is 2.
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
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

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
  plan verify PLAN
  plan check PLAN -clinic FILE
  plan due DIR -on DATE
  plan run < LINES     answer every line of JSON with one
every command takes -format text|json (run speaks JSON in any case); new, apply and
show take -strict: exit with 1 if a warning or a violation is open
exit codes: 0 done; 1 refused, or differences; 2 wrong use, or a file that cannot be read
`

func main() {
	os.Exit(command(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func command(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	err := dispatch(args, stdin, stdout, stderr)
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(stdout, usage)
	}
	return exitCode(err, stderr)
}

// dispatch does what the words of a command line ask for.
func dispatch(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		return &wrongUse{"want a command"}
	}
	a, rest := &asked{command: args[0], stdout: stdout, stderr: stderr}, args[1:]
	switch a.command {
	case "help", "-h", "-help", "--help":
		return flag.ErrHelp
	case "run":
		// It speaks JSON, and nothing else.
		if err := a.parse(rest, form{formats: []string{"text", "json"}}); err != nil {
			return err
		}
		return run(stdin, stdout)
	}
	of, known := forms()[a.command]
	if !known {
		return &wrongUse{"want a command, not " + strconv.Quote(a.command)}
	}
	if err := a.parse(rest, of); err != nil {
		return err
	}
	return of.do(a)
}

// exitCode says why a command failed, if it did, and returns its exit code.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintf(stderr, "plan: %s\n", textOf(err))
	if _, wrong := errors.AsType[*wrongUse](err); wrong {
		fmt.Fprint(stderr, usage)
		return exitMisuse
	}
	if refused(err) {
		return exitRefused
	}
	return exitMisuse
}

// textOf returns what an error says: of a file with several problems all of them.
func textOf(err error) string {
	problems, ok := errors.AsType[*schedule.FileProblems](err)
	if !ok || len(problems.Kept()) < 2 {
		return err.Error()
	}
	lines := make([]string, 0, len(problems.Kept())+1)
	for _, p := range problems.Kept() {
		lines = append(lines, p.Error())
	}
	if problems.More() > 0 {
		lines = append(lines, "and "+strconv.Itoa(problems.More())+" more")
	}
	return strings.Join(lines, "\n  ")
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
