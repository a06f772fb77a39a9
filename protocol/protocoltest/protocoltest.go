package protocoltest

import (
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
)

// Options are what to test with. The zero Options are the standard rules, with
// nothing accepted and nothing written.
type Options struct {
	// Lint has the caller's own rules, and what is accepted.
	Lint lint.Options
	// Write, if not nil, is called with each file of expected problems and each worked
	// calendar that is not as it was found to be, to write it anew; then these are no
	// failures. The name is that in the file system. A calendar keeps what is on top,
	// and a file of expected problems that has none left is written empty.
	Write func(name string, data []byte) error
}

// A Failure is one thing that is not as it should be.
type Failure struct {
	// File is the name of a file, and Line the line in it, 0 for the file as a
	// whole.
	File string
	Line int
	// Text says what is wrong.
	Text string
	// Err is the error behind it, or nil.
	Err error
}

// Error returns all of it.
func (f *Failure) Error() string {
	if f.Line > 0 {
		return f.File + ":" + strconv.Itoa(f.Line) + ": " + f.Text
	}
	return f.File + ": " + f.Text
}

// Unwrap returns Err.
func (f *Failure) Unwrap() error { return f.Err }

// Failures are all that is not as it should be, in the order of the files. They are
// an error only if there are some.
type Failures []*Failure

// Error returns one line for each failure.
func (f Failures) Error() string {
	lines := make([]string, len(f))
	for i, failure := range f {
		lines[i] = failure.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the failures one by one.
func (f Failures) Unwrap() []error {
	list := make([]error, len(f))
	for i, failure := range f {
		list[i] = failure
	}
	return list
}

// TestFS tests the protocol files of a file system that a pattern of [path.Match]
// matches, such as "*.json" or "*/*.json". The error is nil if all is as expected, else
// [Failures]: also for a pattern that matches nothing or is none, and for what cannot be
// read.
func TestFS(fsys fs.FS, pattern string, o Options) error {
	k := &kit{fsys: fsys, options: o}
	names, err := fs.Glob(fsys, pattern)
	switch {
	case err != nil:
		k.fail(pattern, 0, "want a pattern", err)
	case len(names) == 0:
		k.fail(pattern, 0, "no file matches", k.unreadable(pattern))
	}
	k.files(names)
	if len(k.failures) == 0 {
		return nil
	}
	return k.failures
}

// A kit tests files.
type kit struct {
	fsys     fs.FS
	options  Options
	failures Failures
}

func (k *kit) fail(file string, line int, text string, err error) {
	if err != nil {
		text += ": " + err.Error()
	}
	k.failures = append(k.failures, &Failure{File: file, Line: line, Text: text, Err: err})
}

// unreadable returns why the folder of a pattern cannot be read: a pattern matches
// nothing there.
func (k *kit) unreadable(pattern string) error {
	dir := path.Dir(pattern)
	for strings.ContainsAny(dir, `*?[\`) {
		dir = path.Dir(dir)
	}
	_, err := fs.ReadDir(k.fsys, dir)
	return err
}

// A tested is a file under test.
type tested struct {
	name     string
	spec     protocol.Spec
	problems []problem
	unread   bool
}

// files tests the files: first each is read, since they are looked at together.
func (k *kit) files(names []string) {
	all := make([]tested, len(names))
	var read []lint.File
	var of []int
	for i, name := range names {
		all[i].name = name
		src, err := fs.ReadFile(k.fsys, name)
		if err != nil {
			k.fail(name, 0, "cannot be read", err)
			all[i].unread = true
			continue
		}
		s, err := protocol.Parse(name, src)
		if list, ok := errors.AsType[protocol.ErrorList](err); ok {
			for _, e := range list {
				all[i].problems = append(all[i].problems, problem{string(e.Code), e.Place, e.Error(), e.Line, true})
			}
			continue
		}
		all[i].spec = s
		read, of = append(read, lint.File{Name: name, Spec: s, Source: src}), append(of, i)
	}
	o := k.options.Lint
	o.Rules = append(o.Rules[:len(o.Rules):len(o.Rules)], cannotPlan())
	for _, f := range lint.Collection(read, o) {
		p := problem{string(f.Code), f.Place, f.Text, f.Line, f.Open()}
		at := -1
		for n, file := range read {
			if f.File == file.Name {
				at = of[n]
			}
		}
		switch {
		case at >= 0 && f.Accepted == lint.Acceptance{}:
			all[at].problems = append(all[at].problems, p)
		case at < 0:
			k.fail("rules", 0, f.Text+" ["+string(f.Code)+"]", nil)
		}
	}
	for i := range all {
		if !all[i].unread {
			k.expect(&all[i])
			k.calendars(&all[i])
		}
	}
}

// base returns the name of a file without its extension.
func base(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
