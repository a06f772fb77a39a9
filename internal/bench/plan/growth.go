package plan

import (
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/schedule"
)

// Growths returns how time grows with the sessions of a plan, the closures of its clinic
// and the entries of its journal.
func Growths() []bench.Growth {
	sessions := []int{21, 138, 500, 2000}
	of := func(size int) Calendar {
		var cadence strings.Builder
		cadence.WriteString("3-2-1-1-1")
		for rest := size - 8; rest > 0; rest -= 1000 { // which a segment has at most
			cadence.WriteString(" then every 2w x" + strconv.Itoa(min(rest, 1000)))
		}
		return Calendar{Name: strconv.Itoa(size) + " sessions", Cadence: cadence.String(), Sessions: size}
	}
	length := func(name string, run func(Calendar) func(int)) bench.Growth {
		return bench.Growth{Group: "slopes", Name: name, Of: "sessions", Sizes: sessions, Side: func(size int) bench.Side { return bench.Side{Run: run(of(size))} }}
	}
	list := []bench.Growth{
		length("Build with doses", func(c Calendar) func(int) { return NewPlanner(c, Options{Doses: true}).Run }),
		length("Planner.Build", func(c Calendar) func(int) { return NewPlanner(c, Options{Doses: true, Keep: true}).Run }),
		length("Repairs of a missed session", func(c Calendar) func(int) {
			p, at, missed := Missed(c, c.Sessions/2)
			return repeat(func() { _, err := p.Repairs(at, missed); must(err) })
		}),
	}
	for _, r := range reads() {
		list = append(list, length(r.name, func(c Calendar) func(int) { return r.of(NewPlanner(c, Options{Doses: true}).Build(0)) }))
	}
	list = append(list, bench.Growth{
		Group: "slopes", Name: "Build of K10", Of: "closures", Sizes: []int{10, 100, 1000, 10_000},
		Side: func(size int) bench.Side {
			return bench.Side{Run: NewPlanner(K10(), Options{Doses: true, Closures: size}).Run}
		},
	})
	entries := []int{10, 1000, 100_000}
	made := map[int]*Files{}
	file := func(name string, run func(*Files) func()) bench.Growth {
		return bench.Growth{Group: "slopes", Name: name, Of: "entries", Sizes: entries, Side: func(size int) bench.Side {
			if made[size] == nil {
				made[size] = NewFiles(K1(), size)
			}
			return bench.Side{Run: repeat(run(made[size]))}
		}}
	}
	return append(list,
		file("FormatPlan", func(f *Files) func() { return func() { used(len(schedule.FormatPlan(f.plan)) > 0) } }),
		file("ParsePlan", func(f *Files) func() { return func() { _, err := schedule.ParsePlan("", f.Plan, f.source); must(err) } }),
		file("Apply of one more", func(f *Files) func() {
			at := f.plan.AsOf().Add(time.Minute)
			return func() { _, err := f.plan.Apply(oneMore(f.plan), at); must(err) }
		}),
	)
}
