package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"io"
	"os"
	"slices"
	"strings"
)

func isGenerated(f *ast.File) bool { return ast.IsGenerated(f) }

// A report is what became of the mutants of a package.
type report struct {
	pkg      string
	verdicts []verdict
	all      map[string]bool // the keys of all its mutants, also of those not in the sample
	whole    bool            // all of its files were looked at
}

// A tally counts mutants by what became of them.
type tally map[state]int

func (t *tally) add(u tally) {
	if *t == nil {
		*t = tally{}
	}
	for s, n := range u {
		(*t)[s] += n
	}
}

// share returns the percentage that is killed, equivalents aside.
func (t tally) share() float64 {
	dead := t[killed] + t[timedOut]
	all := dead + t[survived] + t[notReached]
	if all == 0 {
		return 100
	}
	return 100 * float64(dead) / float64(all)
}

func (t tally) String() string {
	return fmt.Sprintf("%5.1f %%  killed %4d  timed out %3d  survived %3d  not reached %3d  equivalent %3d", t.share(), t[killed], t[timedOut], t[survived], t[notReached], t[equivalent])
}

func (r *report) tally() tally {
	t := tally{}
	for _, v := range r.verdicts {
		t[v.state]++
	}
	return t
}

// print writes the survivors and the count of each file.
func (r *report) print(out io.Writer) {
	files := map[string]tally{}
	var names []string
	for _, v := range r.verdicts {
		if v.state == survived || v.state == notReached {
			fmt.Fprintf(out, "%-11s %s/%s:%d %s\n", v.state, r.pkg, v.m.name, v.m.line, strings.TrimPrefix(v.m.key(), v.m.name+" "))
		}
		if files[v.m.name] == nil {
			files[v.m.name] = tally{}
			names = append(names, v.m.name)
		}
		files[v.m.name][v.state]++
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(out, "%-40s %s\n", r.pkg+"/"+name, files[name])
	}
	fmt.Fprintf(out, "%-40s %s\n", r.pkg, r.tally())
}

// readKeys reads the mutants that a file of printed survivors names; nil is no file.
func readKeys(path string) (map[string]bool, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		for _, s := range []state{survived, notReached} {
			if rest, ok := strings.CutPrefix(line, string(s)+" "); ok {
				file, rest, _ := strings.Cut(strings.TrimSpace(rest), ":")
				_, key, _ := strings.Cut(rest, " ")
				keys[file+" "+key] = true
			}
		}
	}
	return keys, nil
}

// readResults reads what a file of results says of the mutants of a package.
func readResults(path, pkg string) (map[string]verdict, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	results := map[string]verdict{}
	for line := range strings.Lines(string(data)) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 4)
		if len(fields) != 4 {
			return nil, fmt.Errorf("%s: %q is no result", path, line)
		}
		if fields[0] == pkg {
			results[fields[3]] = verdict{nil, state(fields[1]), fields[2]}
		}
	}
	return results, nil
}

// A keeper adds results to a file, each as it comes.
type keeper struct {
	file *os.File
	buf  *bufio.Writer
}

func appendResults(path string) (*keeper, error) {
	if path == "" {
		return &keeper{}, nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	return &keeper{f, bufio.NewWriter(f)}, nil
}

func (k *keeper) add(pkg string, v verdict) error {
	if k.file == nil {
		return nil
	}
	fmt.Fprintf(k.buf, "%s\t%s\t%s\t%s\n", pkg, v.state, v.by, v.m.key())
	return k.buf.Flush()
}

func (k *keeper) close() error {
	if k.file == nil {
		return nil
	}
	return k.file.Close()
}
