// Command protocols works with protocol files: it lists and shows those that
// ship with this module, and formats, checks, lints and compares a clinic's own.
//
//	protocols list                          the entries of the catalogue
//	protocols show ID                       the file of one
//	protocols new -drug DRUG -route ROUTE ID   a file to begin with
//	protocols fmt [-l] [-w] FILE...         the canonical form of files
//	protocols check [-set NAME=VALUE]... FILE...   every problem of files
//	protocols lint [-json | -sarif] [-accepted FILE] [-earlier DIR] FILE...
//	                                        what files should not say though they compile
//	protocols diff [-json] A B              what differs in two files
//	protocols targets [-set NAME=VALUE]... [-start DAY] [-until DAY] FILE
//	                                        the days that the cadence asks for
//
// It is an example of how to use this module, and fit for a clinic's automated
// checks: docs/PROTOCOLS.md has the one step that does it. The exit code is 0 if all
// is well; 1 if a file has problems, a warning or a violation that is not accepted,
// differs from another (diff) or from its canonical form (fmt -l), or there is no such
// entry; and 2 if the command makes no sense, or a file cannot be read or written.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// The exit codes.
const (
	exitWell     = 0
	exitProblems = 1
	exitFailure  = 2
)

const usage = `usage:
  protocols list                                 list the entries of the catalogue
  protocols show ID                              print the file of an entry
  protocols new -drug DRUG -route ROUTE ID       print a file to begin with, with what is to be done
  protocols fmt [-l] [-w] FILE...                print, list (-l) or write (-w) canonical forms
  protocols check [-set NAME=VALUE]... FILE...   print every problem; compile if values are set
  protocols lint [-json | -sarif] [-accepted FILE] [-earlier DIR] FILE...
                                                 print what the rules find, alone and together
  protocols diff [-json] A B                     print what differs in two files
  protocols targets [-set NAME=VALUE]... [-start DAY] [-until DAY] FILE
                                                 print the days that the cadence asks for

The exit code is 0 if all is well, 1 if there are problems, 2 for a failure.
`

func main() {
	p := program{stdout: os.Stdout, stderr: os.Stderr}
	os.Exit(p.run(os.Args[1:]))
}

// A program writes what was asked for to stdout and everything else to stderr.
type program struct{ stdout, stderr io.Writer }

func (p program) run(args []string) int {
	if len(args) == 0 {
		return p.misuse("want a command")
	}
	switch command, args := args[0], args[1:]; command {
	case "list":
		return p.list(args)
	case "show":
		return p.show(args)
	case "fmt":
		return p.format(args)
	case "check":
		return p.check(args)
	case "lint":
		return p.lint(args)
	case "diff":
		return p.diff(args)
	case "targets":
		return p.targets(args)
	case "new":
		return p.begin(args)
	case "help", "-h", "-help", "--help":
		return p.print([]byte(usage), exitWell)
	default:
		return p.misuse("want list, show, new, fmt, check, lint, diff or targets, got %q", command)
	}
}

func (p program) misuse(format string, args ...any) int {
	fmt.Fprintf(p.stderr, "protocols: "+format+"\n%s", append(args, usage)...)
	return exitFailure
}

// print writes to stdout in one piece.
func (p program) print(out []byte, code int) int {
	if _, err := p.stdout.Write(out); err != nil {
		return p.fail(err)
	}
	return code
}

func (p program) fail(err error) int {
	fmt.Fprintf(p.stderr, "protocols: %v\n", err)
	return exitFailure
}

func (p program) list(args []string) int {
	if len(args) > 0 {
		return p.misuse("want nothing after list")
	}
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for s := range catalog.All() {
		fmt.Fprintf(table, "%s\t%s\n", s.ID, s.Title)
	}
	if err := table.Flush(); err != nil {
		return p.fail(err)
	}
	return p.print(out.Bytes(), exitWell)
}

func (p program) show(args []string) int {
	if len(args) != 1 {
		return p.misuse("want one id after show")
	}
	s, ok := catalog.Lookup(args[0])
	if !ok {
		fmt.Fprintf(p.stderr, "protocols: no entry has the id %q; list has them all\n", args[0])
		return exitProblems
	}
	return p.print(protocol.Format(s), exitWell)
}

// flags reads the flags of a command and returns its files, with the exit code
// if that is all there is to do.
func (p program) flags(set *flag.FlagSet, args []string) (files []string, code int, done bool) {
	set.SetOutput(io.Discard)
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil, p.print([]byte(usage), exitWell), true
	case err != nil:
		return nil, p.misuse("%v", err), true
	case set.NArg() == 0:
		return nil, p.misuse("want at least one file after %s", set.Name()), true
	}
	return set.Args(), 0, false
}
