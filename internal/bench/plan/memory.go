package plan

import (
	"runtime"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// A Footprint is what one of many that are kept takes.
type Footprint struct {
	Name  string
	Bytes float64
}

// Footprints returns what a year takes in memory, in each form in which it can be kept.
func Footprints() []Footprint {
	const n = 5000
	c := K1()
	outline := Outline(c)
	planner := func(keep bool) *Planner { return NewPlanner(c, Options{Doses: true, Keep: keep}) }
	build, keeps, files := planner(false), planner(true), planner(true)
	return []Footprint{
		{"Build with doses", footprint(n, build.Build)},
		{"Planner.Build with doses", footprint(n, keeps.Build)},
		{"the file of a plan", footprint(n, func(i int) []byte { return schedule.FormatPlan(files.Build(i)) })},
		{"Outline, Append", footprint(n, func(i int) []schedule.Target {
			targets, err := outline.Targets(Start(i), 0)
			must(err)
			return targets.Append(nil)
		})},
		{"rrule-go, the dates alone", footprint(n, func(i int) []time.Time { return RRule(&c, Start(i)) })},
		{"time.AddDate, the dates alone", footprint(n, func(i int) []time.Time { return AddDate(&c, Start(i)) })},
		{"date/v2, the dates alone", footprint(n, func(i int) []date.Date { return Dates(&c, Start(i)) })},
	}
}

// footprint returns the bytes of the heap that one of n takes while all are kept.
func footprint[T any](n int, build func(int) T) float64 {
	all := make([]T, n)
	build(0)
	before := live()
	for i := range all {
		all[i] = build(i)
	}
	after := live()
	runtime.KeepAlive(all)
	return float64(after-before) / float64(n)
}

// live returns how many bytes of the heap are in use.
func live() int64 {
	runtime.GC()
	runtime.GC() // what the first one only marked for finalizers is gone after the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
