package main

import (
	"fmt"
	"os"
	"strings"
)

// known are the mutants that no test can tell from the code, by package and key, each
// with the reason.
type known map[string]map[string]string

// readKnown reads a file of equivalents. A line is a comment that begins with #, empty,
// or a mutant as it is printed, without its state and line, and below it, indented, the
// reason:
//
//	dose/round.go roundUp: n > 0 -> >=
//		of 0 both are 0
func readKnown(path string) (known, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	k := known{}
	var pkg, key string
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '\t':
			if key == "" {
				return nil, fmt.Errorf("%s:%d: a reason without a mutant", path, number)
			}
			k[pkg][key] = strings.TrimSpace(k[pkg][key] + " " + strings.TrimSpace(line))
		default:
			if key != "" && k[pkg][key] == "" {
				return nil, fmt.Errorf("%s:%d: %s has no reason", path, number, key)
			}
			file, _, _ := strings.Cut(line, " ")
			slash := strings.LastIndex(file, "/")
			if slash < 0 {
				return nil, fmt.Errorf("%s:%d: %q names no file of a package", path, number, line)
			}
			pkg, key = line[:slash], line[slash+1:]
			if k[pkg] == nil {
				k[pkg] = map[string]string{}
			}
			if _, twice := k[pkg][key]; twice {
				return nil, fmt.Errorf("%s:%d: %s is there twice", path, number, key)
			}
			k[pkg][key] = ""
		}
	}
	if key != "" && k[pkg][key] == "" {
		return nil, fmt.Errorf("%s: %s has no reason", path, key)
	}
	return k, nil
}

// judge marks the survivors of a report that are known as equivalent, and returns what is
// wrong with what is known.
func (k known) judge(r *report) []error {
	var faults []error
	looked := map[string]bool{}
	for key := range r.all {
		file, _, _ := strings.Cut(key, " ")
		looked[file] = true
	}
	for key := range k[r.pkg] {
		file, _, _ := strings.Cut(key, " ")
		if !r.all[key] && (r.whole || looked[file]) {
			faults = append(faults, fmt.Errorf("%s/%s is known as equivalent, and is no mutant any more", r.pkg, key))
		}
	}
	for i, v := range r.verdicts {
		if _, ok := k[r.pkg][v.m.key()]; !ok {
			continue
		}
		if v.state == killed || v.state == timedOut {
			faults = append(faults, fmt.Errorf("%s/%s is known as equivalent, and was %s by %s", r.pkg, v.m.key(), v.state, v.by))
			continue
		}
		r.verdicts[i].state = equivalent
	}
	return faults
}
