package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A test is one test, example or seeded fuzz target of a binary.
type test struct {
	name    string
	binary  *binary
	took    time.Duration // processor time, without any mutant
	reaches []bool        // by the number of a mutant
}

// A binary is the compiled tests of a directory.
type binary struct {
	dir, path string
	short     bool
	empty     time.Duration // what it takes to run no test
}

// build compiles the tests of a directory with the files of an overlay.
func build(dir, overlay, path string, short bool) (*binary, error) {
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", path, ".")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	if _, err := os.Stat(path); err != nil {
		return nil, errors.New("it has no tests")
	}
	return &binary{dir: dir, path: path, short: short}, nil
}

// overlay writes files and the list that says in whose place they are.
func overlay(dir, pkgDir string, texts map[string]string) (string, error) {
	replace := map[string]string{}
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(pkgDir, name)] = path
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, data, 0o600)
}

// An outcome is how a run of a binary ended.
type outcome struct {
	passed, overspent bool
	took              time.Duration
	output            string
}

// run runs tests with a turn; a limit of 0 is none.
func (b *binary) run(names []string, turn string, limit time.Duration, seen string) outcome {
	args := []string{"-test.failfast", "-test.timeout=0", "-test.run=^(" + strings.Join(names, "|") + ")$"}
	if b.short {
		args = append(args, "-test.short")
	}
	ctx, cancel := context.WithCancel(context.Background())
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, 20*limit) // one that sleeps takes no processor time
	}
	defer cancel()
	cmd := exec.CommandContext(ctx, b.path, args...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), envTurn+"="+turn, envSeen+"="+seen, envLimit+"="+strconv.FormatInt(limit.Milliseconds(), 10), "GOMAXPROCS=1", "GOGC=400")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	o := outcome{passed: err == nil, overspent: ctx.Err() != nil, output: out.String()}
	if s := cmd.ProcessState; s != nil {
		o.took = s.UserTime() + s.SystemTime()
		o.overspent = o.overspent || s.ExitCode() == overspent
	}
	return o
}

// learn runs each test of a binary once, and returns those that pass with what each
// reaches, and the names of those that do not pass.
func (b *binary) learn(match *regexp.Regexp, mutants int, dir string) (tests []*test, failing []string, err error) {
	cmd := exec.Command(b.path, "-test.list", ".*")
	cmd.Dir = b.dir
	out, err := cmd.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("its tests cannot be listed: %w", err)
	}
	seen := filepath.Join(dir, "seen")
	b.empty = b.run([]string{"NoneOfThem"}, "0", 0, "").took
	for name := range strings.FieldsSeq(string(out)) {
		if !strings.HasPrefix(name, "Test") && !strings.HasPrefix(name, "Example") && !strings.HasPrefix(name, "Fuzz") || !match.MatchString(name) {
			continue
		}
		if err := os.WriteFile(seen, make([]byte, mutants+1), 0o600); err != nil {
			return nil, nil, err
		}
		o := b.run([]string{name}, recordTurn, 0, seen)
		if !o.passed {
			failing = append(failing, name)
			continue
		}
		data, err := os.ReadFile(seen)
		if err != nil {
			return nil, nil, err
		}
		t := &test{name: name, binary: b, took: max(o.took-b.empty, 0), reaches: make([]bool, len(data))}
		for i, c := range data {
			t.reaches[i] = c != 0
		}
		if slices.Contains(t.reaches, true) {
			tests = append(tests, t)
		}
	}
	return tests, failing, nil
}
