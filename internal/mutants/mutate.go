package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// mutate makes the mutants of a package and judges them.
func mutate(o options, pkg string, out io.Writer) (*report, error) {
	began := time.Now()
	match, err := regexp.Compile(o.tests)
	if err != nil {
		return nil, err
	}
	src, err := load(filepath.Join(o.root, pkg))
	if err != nil {
		return nil, err
	}
	mutants := src.mutants(src.chosen(o.files))
	r := &report{pkg: pkg, all: map[string]bool{}, whole: len(o.files) == 0}
	for _, m := range mutants {
		r.all[m.key()] = true
	}
	old, err := readResults(o.results, pkg)
	if err != nil {
		return nil, err
	}
	only, err := readKeys(o.only)
	if err != nil {
		return nil, err
	}
	if only != nil {
		mutants = slices.DeleteFunc(mutants, func(m *mutant) bool { return !only[pkg+"/"+m.key()] })
	}
	mutants = sampled(eachSampled(mutants, o.each, o.seed), o.sample, o.seed)
	for i, m := range mutants {
		m.id = i + 1
	}
	texts, err := src.instrumented(mutants)
	if err != nil {
		return nil, err
	}
	mutants = slices.DeleteFunc(mutants, func(m *mutant) bool {
		if m.dead {
			delete(r.all, m.key())
		}
		return m.dead
	})
	if len(mutants) == 0 {
		return nil, errors.New("there are no mutants")
	}
	if o.list {
		for _, m := range mutants {
			fmt.Fprintf(out, "%s/%s:%d %s\n", pkg, m.name, m.line, strings.TrimPrefix(m.key(), m.name+" "))
		}
		return r, nil
	}
	var due []*mutant
	for _, m := range mutants {
		if v, ok := old[m.key()]; ok {
			r.verdicts = append(r.verdicts, verdict{m, v.state, v.by})
		} else {
			due = append(due, m)
		}
	}
	if len(due) == 0 {
		return r, nil
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	over, err := overlay(dir, src.dir, texts)
	if err != nil {
		return nil, err
	}
	j := &judge{kills: map[[2]string]int{}}
	size := 0
	for _, m := range mutants {
		size = max(size, m.id)
	}
	for i, from := range append([]string{pkg}, o.from...) {
		b, err := build(filepath.Join(o.root, from), over, filepath.Join(dir, fmt.Sprintf("tests%d", i)), o.short)
		if err != nil {
			return nil, fmt.Errorf("the tests of %s: %w", from, err)
		}
		built := time.Since(began)
		tests, failing, err := b.learn(match, size, dir)
		if err != nil {
			return nil, fmt.Errorf("the tests of %s: %w", from, err)
		}
		var slow []string
		tests = slices.DeleteFunc(tests, func(t *test) bool {
			out := o.slow > 0 && t.took > o.slow
			if out {
				slow = append(slow, t.name)
			}
			return out
		})
		j.tests = append(j.tests, tests...)
		fmt.Fprintf(out, "%s: %d mutants, %d tests of %s reach some, built after %.0f s, learnt after %.0f s\n", pkg, len(mutants), len(tests), from, built.Seconds(), time.Since(began).Seconds())
		if len(failing) > 0 {
			fmt.Fprintf(out, "%s: these do not pass by themselves, and take no part: %s\n", pkg, strings.Join(failing, " "))
		}
		if len(slow) > 0 {
			fmt.Fprintf(out, "%s: these are slow, and take no part: %s\n", pkg, strings.Join(slow, " "))
		}
	}
	keep, err := appendResults(o.results)
	if err != nil {
		return nil, err
	}
	// In an order that is the same each time and no file's, so that a run that is stopped
	// has seen something of each.
	rand.New(rand.NewPCG(o.seed, 1)).Shuffle(len(due), func(i, k int) { due[i], due[k] = due[k], due[i] })
	var fault error
	j.all(due, o.workers, func(v verdict) {
		r.verdicts = append(r.verdicts, v)
		fault = errors.Join(fault, keep.add(pkg, v))
	})
	slices.SortFunc(r.verdicts, func(a, b verdict) int { return a.m.id - b.m.id })
	fmt.Fprintf(out, "%s: %d mutants judged after %.0f s\n", pkg, len(due), time.Since(began).Seconds())
	return r, errors.Join(fault, keep.close())
}

// chosen returns the indices of the files that patterns name.
func (s *source) chosen(patterns []string) []int {
	var list []int
	for i, name := range s.names {
		matches := func(p string) bool { ok, _ := path.Match(p, name); return ok }
		if !isGenerated(s.files[i]) && (len(patterns) == 0 || slices.ContainsFunc(patterns, matches)) {
			list = append(list, i)
		}
	}
	return list
}

// sampled returns n of the mutants, in their order; 0 is all of them.
func sampled(mutants []*mutant, n int, seed uint64) []*mutant {
	if n <= 0 || n >= len(mutants) {
		return mutants
	}
	chosen := rand.New(rand.NewPCG(seed, 0)).Perm(len(mutants))[:n]
	slices.Sort(chosen)
	list := make([]*mutant, n)
	for i, k := range chosen {
		list[i] = mutants[k]
	}
	return list
}

// eachSampled returns n of the mutants of each file, in their order; 0 is all of them.
func eachSampled(mutants []*mutant, n int, seed uint64) []*mutant {
	if n <= 0 {
		return mutants
	}
	var list []*mutant
	for len(mutants) > 0 {
		end := slices.IndexFunc(mutants, func(m *mutant) bool { return m.file != mutants[0].file })
		if end < 0 {
			end = len(mutants)
		}
		list = append(list, sampled(mutants[:end], n, seed)...)
		mutants = mutants[end:]
	}
	return list
}
