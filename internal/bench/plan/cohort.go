package plan

import (
	"runtime"
	"sync"
	"time"

	"github.com/regimen-go/regimen/internal/bench"
)

// A Cohort is many plans of a year made one after the other on some cores.
type Cohort struct {
	Name         string
	Plans, Cores int
	// Wall is the time on the clock, which what else runs on the machine adds to, and
	// CPU the processor time of all cores.
	Wall, CPU time.Duration
	// Peak is by how much the heap had grown at most, as far as was seen between one
	// collection and the next.
	Peak int64
}

// Cohorts makes plans for cohorts of sizes, streamed and as bare dates, on one and on
// two cores.
func Cohorts(sizes []int) []Cohort {
	var list []Cohort
	c := K1()
	for _, n := range sizes {
		for _, cores := range []int{1, 2} {
			planners := make([]*Planner, cores)
			for i := range planners {
				planners[i] = NewPlanner(c, Options{Doses: true, Keep: true})
				planners[i].Stream(Starts)
			}
			list = append(list,
				cohort("Planner.Stream, with doses", n, cores, func(core, n int) { planners[core].Stream(n) }),
				cohort("rrule-go, the dates alone", n, cores, func(_, n int) { each(&c, RRule)(n) }),
			)
		}
	}
	return list
}

// cohort shares n plans among the cores.
func cohort(name string, n, cores int, run func(core, n int)) Cohort {
	if n < cores {
		cores = 1
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	before := live()
	x := Cohort{Name: name, Plans: n, Cores: cores}
	start, cpu := time.Now(), bench.Clock()
	done := make(chan int64)
	stop := make(chan struct{})
	go func() { done <- watch(stop) }()
	var group sync.WaitGroup
	for core := range cores {
		share := n*(core+1)/cores - n*core/cores
		group.Go(func() { run(core, share) })
	}
	group.Wait()
	x.Wall, x.CPU = time.Since(start), bench.Clock()-cpu
	close(stop)
	x.Peak = max(0, <-done-before)
	return x
}

// watch returns the largest heap that it saw until it is stopped.
func watch(stop <-chan struct{}) (most int64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, int64(m.HeapAlloc))
		select {
		case <-stop:
			return most
		case <-tick.C:
		}
	}
}
