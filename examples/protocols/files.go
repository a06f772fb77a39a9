package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/regimen-go/regimen/protocol"
)

// format prints the canonical form of files, lists those that differ from
// theirs, or writes it. Problems go to stderr.
func (p program) format(args []string) int {
	set := flag.NewFlagSet("fmt", flag.ContinueOnError)
	list := set.Bool("l", false, "list the files that differ from their canonical form")
	write := set.Bool("w", false, "write the canonical form to the files")
	files, code, done := p.flags(set, args)
	if done {
		return code
	}
	worst := exitWell
	for _, name := range files {
		code := exitWell
		src, s, err := read(name)
		switch canonical := protocol.Format(s); {
		case err != nil:
			code = p.problems(p.stderr, err)
		case !*list && !*write:
			code = p.print(canonical, exitWell)
		case !bytes.Equal(src, canonical):
			code = p.differs(name, canonical, *list, *write)
		}
		worst = max(worst, code)
	}
	return worst
}

// differs lists or writes a file that is not in its canonical form, or both.
func (p program) differs(name string, canonical []byte, list, write bool) int {
	code := exitWell
	if list {
		code = p.print([]byte(name+"\n"), exitProblems)
	}
	if !write {
		return code
	}
	info, err := os.Stat(name)
	if err == nil {
		err = os.WriteFile(name, canonical, info.Mode().Perm())
	}
	if err != nil {
		return p.fail(err)
	}
	return code
}

// check prints every problem of files to stdout. With values for their
// parameters it compiles them too.
func (p program) check(args []string) int {
	set := flag.NewFlagSet("check", flag.ContinueOnError)
	var values settings
	set.Var(&values, "set", "`NAME=VALUE`, the value of a parameter; may be given again")
	files, code, done := p.flags(set, args)
	if done {
		return code
	}
	worst := exitWell
	for _, name := range files {
		if err := check(name, values); err != nil {
			worst = max(worst, p.problems(p.stdout, err))
		}
	}
	return worst
}

// problems prints each problem of a file on a line of its own, to out unless
// nothing could be found out about the file.
func (p program) problems(out io.Writer, err error) int {
	list, ok := errors.AsType[protocol.ErrorList](err)
	if !ok {
		return p.fail(err)
	}
	for _, problem := range list {
		if _, err := fmt.Fprintln(out, problem); err != nil {
			return p.fail(err)
		}
	}
	return exitProblems
}

// read reads a file.
func read(name string) ([]byte, protocol.Spec, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, protocol.Spec{}, err
	}
	s, err := protocol.Parse(name, src)
	return src, s, err
}

// check returns what is wrong with a file.
func check(name string, values settings) error {
	src, s, err := read(name)
	if err != nil || len(values) == 0 {
		return err
	}
	for _, v := range values {
		if s, err = s.Set(v.name, v.value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	_, err = s.Compile()
	return protocol.Locate(name, src, err)
}

// settings are the values of parameters, in the order in which they are given.
type settings []struct{ name, value string }

// String is what flag.Value wants.
func (s *settings) String() string { return "" }

// Set adds one of the form NAME=VALUE.
func (s *settings) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || name == "" || value == "" {
		return errors.New("want NAME=VALUE")
	}
	*s = append(*s, struct{ name, value string }{name, value})
	return nil
}
