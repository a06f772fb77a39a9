package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// options are what the command line says.
type options struct {
	root    string   // of the module whose packages are mutated
	pkgs    []string // directories below root
	from    []string // directories whose tests are run too
	files   []string // patterns of base names; empty is every file
	tests   string   // regular expression of the tests that take part; empty is all
	only    string   // file with keys: only these mutants
	sample  int      // how many mutants; 0 is all
	each    int      // how many of each file; 0 is all
	seed    uint64
	workers int
	short   bool
	slow    time.Duration // tests that take longer take no part; 0 is none
	least   float64       // share that must be killed, in percent
	list    bool          // only print the mutants
	known   string        // file of equivalents
	results string        // file that results are added to, and taken from
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	var o options
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	flags.StringVar(&o.root, "root", "../..", "`directory` of the module")
	from := flags.String("from", "", "`directories` below root whose tests are run too, separated by commas")
	files := flags.String("files", "", "`patterns` of file names, separated by commas: only these files are mutated")
	flags.StringVar(&o.tests, "tests", "", "`regexp`: only these tests take part")
	flags.StringVar(&o.only, "only", "", "`file` of mutants, as the survivors are printed: only these")
	flags.IntVar(&o.sample, "sample", 0, "`number` of mutants of each package, chosen by -seed; 0 is all")
	flags.IntVar(&o.each, "each", 0, "`number` of mutants of each file, chosen by -seed; 0 is all")
	flags.Uint64Var(&o.seed, "seed", 1, "`seed` of the sample")
	flags.IntVar(&o.workers, "workers", 1, "how many `processes` at a time")
	flags.BoolVar(&o.short, "short", true, "tests are run with -short")
	flags.DurationVar(&o.slow, "slow", 0, "tests that take more processor `time` than this take no part; 0 is none")
	flags.BoolVar(&o.list, "list", false, "print the mutants, and run nothing")
	flags.Float64Var(&o.least, "least", 0, "fail where less than this `percentage` is killed")
	flags.StringVar(&o.known, "known", "equivalent.txt", "`file` of equivalent mutants")
	flags.StringVar(&o.results, "results", "", "`file` that results are added to; what it has is not run again")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.pkgs = flags.Args(); len(o.pkgs) == 0 {
		return errors.New("no package: name directories below the root, such as dose")
	}
	o.from, o.files = list(*from), list(*files)
	var err error
	if o.root, err = filepath.Abs(o.root); err != nil {
		return err
	}
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 19) // others go first; what cannot be set changes no result
	known, err := readKnown(o.known)
	if err != nil {
		return err
	}
	var sum tally
	var faults []error
	for _, pkg := range o.pkgs {
		r, err := mutate(o, pkg, out)
		if err != nil {
			return fmt.Errorf("%s: %w", pkg, err)
		}
		if o.list {
			continue
		}
		faults = append(faults, known.judge(r)...)
		r.print(out)
		sum.add(r.tally())
	}
	if len(o.pkgs) > 1 {
		fmt.Fprintf(out, "%-40s %s\n", "all", sum)
	}
	if share := sum.share(); share < o.least {
		faults = append(faults, fmt.Errorf("%.1f %% of the mutants are killed, which is less than %g %%", share, o.least))
	}
	return errors.Join(faults...)
}

func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}
