package main

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A state is what has become of a mutant.
type state string

const (
	killed     state = "killed"
	timedOut   state = "timed out"
	survived   state = "survived"
	notReached state = "not reached"
	equivalent state = "equivalent"
)

// A verdict is the state of a mutant and the test that noticed it.
type verdict struct {
	m     *mutant
	state state
	by    string
}

// A judge runs tests against mutants.
type judge struct {
	tests []*test
	mu    sync.Mutex
	kills map[[2]string]int // by function or file, and test
}

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\w+)`)

// judge returns what becomes of a mutant.
func (j *judge) judge(m *mutant) verdict {
	var tests []*test
	for _, t := range j.tests {
		if t.reaches[m.id] {
			tests = append(tests, t)
		}
	}
	if len(tests) == 0 {
		return verdict{m, notReached, ""}
	}
	for _, batch := range j.batches(m, tests) {
		limit := 2 * time.Second
		var names []string
		for _, t := range batch {
			names = append(names, t.name)
			limit += 10 * t.took
		}
		o := batch[0].binary.run(names, strconv.Itoa(m.id), limit, "")
		switch {
		case o.overspent:
			return verdict{m, timedOut, names[0]}
		case !o.passed:
			by := "crash"
			if found := failed.FindStringSubmatch(o.output); found != nil {
				by = found[1]
			}
			j.credit(m, by)
			return verdict{m, killed, by}
		}
	}
	return verdict{m, survived, ""}
}

func (j *judge) credit(m *mutant, by string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.kills[[2]string{m.fn, by}]++
	j.kills[[2]string{m.name, by}]++
}

// batches puts the tests that may kill a mutant in the order in which they are tried:
// what killed others of its function first, then the quick ones, a few at a time, since
// starting a binary costs as much as many tests.
func (j *judge) batches(m *mutant, tests []*test) [][]*test {
	j.mu.Lock()
	promise := func(t *test) float64 {
		kills := 4*j.kills[[2]string{m.fn, t.name}] + j.kills[[2]string{m.name, t.name}]
		return float64(kills+1) / (t.took.Seconds() + 0.01)
	}
	worth := make(map[*test]float64, len(tests))
	for _, t := range tests {
		worth[t] = promise(t)
	}
	j.mu.Unlock()
	slices.SortStableFunc(tests, func(a, b *test) int { return cmp.Compare(worth[b], worth[a]) })
	room := 60 * time.Millisecond
	var list [][]*test
	for len(tests) > 0 {
		var batch, rest []*test
		var took time.Duration
		for _, t := range tests {
			if len(batch) == 0 || t.binary == batch[0].binary && took+t.took <= room {
				batch = append(batch, t)
				took += t.took
			} else {
				rest = append(rest, t)
			}
		}
		list = append(list, batch)
		tests = rest
		room *= 6
	}
	return list
}

// all judges all mutants, several at a time, and tells of each.
func (j *judge) all(mutants []*mutant, workers int, tell func(verdict)) {
	queue := make(chan *mutant)
	var group sync.WaitGroup
	var mu sync.Mutex
	for range max(1, workers) {
		group.Go(func() {
			for m := range queue {
				v := j.judge(m)
				mu.Lock()
				tell(v)
				mu.Unlock()
			}
		})
	}
	for _, m := range mutants {
		queue <- m
	}
	close(queue)
	group.Wait()
}
