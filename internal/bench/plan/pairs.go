package plan

import (
	"encoding/json"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/schedule"
)

// Pairs returns the comparisons of this package.
func Pairs() []bench.Pair {
	var pairs []bench.Pair
	for _, c := range []Calendar{K1(), K10(), E1()} {
		pairs = append(pairs, outlines(c)...)
		pairs = append(pairs, expanding(c)...)
	}
	pairs = append(pairs, reading(K1())...)
	pairs = append(pairs, sessions()...)
	pairs = append(pairs, windows()...)
	pairs = append(pairs, closures()...)
	return append(append(pairs, filePairs()...), living()...)
}

// expanding compares Build with those who only expand dates.
func expanding(c Calendar) []bench.Pair {
	side := func(name string, run func(n int)) bench.Side { return bench.Side{Name: name + ", " + c.Name, Run: run} }
	var (
		with    = side("Build with doses", NewPlanner(c, Options{Doses: true}).Run)
		without = side("Build without doses", NewPlanner(c, Options{}).Run)
		kept    = side("Planner.Build", NewPlanner(c, Options{Doses: true, Keep: true}).Run)
		stream  = side("Planner.Stream", NewPlanner(c, Options{Doses: true, Keep: true}).Stream)
		rrule   = side("rrule-go NewRRule and All", each(&c, RRule))
		addDate = side("time.AddDate loop", each(&c, AddDate))
		dates   = side("date/v2 arithmetic", each(&c, Dates))
		days    = side("int32 days", each(&c, Days))
	)
	pair := func(a, b bench.Side) bench.Pair { return bench.Pair{Group: "plan", A: a, B: b} }
	return []bench.Pair{
		pair(with, kept), pair(with, stream), pair(with, without),
		pair(with, rrule), pair(kept, rrule), pair(stream, rrule),
		pair(with, addDate), pair(kept, addDate), pair(stream, addDate), pair(with, dates), pair(with, days),
		pair(rrule, addDate), pair(addDate, days),
	}
}

// each returns the timed form of a function that expands dates.
func each[T any](c *Calendar, expand func(*Calendar, date.Date) []T) func(n int) {
	var dates []T
	return func(n int) {
		for i := range n {
			dates = expand(c, Start(i))
		}
		used(n == 0 || len(dates) == c.Sessions)
	}
}

// A read is one thing to do with a finished plan.
type read struct {
	name string
	of   func(*schedule.Plan) func(n int)
}

func reads() []read {
	return []read{
		{"All, dates and times", func(p *schedule.Plan) func(int) {
			return repeat(func() {
				total := 0
				for _, s := range p.All() {
					total += int(s.Date()) + s.Start().Minutes()
				}
				used(total > 0)
			})
		}},
		{"All, dates and doses", func(p *schedule.Plan) func(int) {
			return repeat(func() {
				total, most := 0, dose.Mass{}
				for _, s := range p.All() {
					total += int(s.Date())
					if m := s.Dose().Dose(); m.Compare(most) > 0 {
						most = m
					}
				}
				used(total > 0 && !most.IsZero())
			})
		}},
		{"AppendJSON", func(p *schedule.Plan) func(int) {
			var b []byte
			return repeat(func() { b = p.AppendJSON(b[:0]) })
		}},
		{"json.Marshal of the plan", func(p *schedule.Plan) func(int) {
			return repeat(func() {
				_, err := json.Marshal(p)
				must(err)
			})
		}},
		{"Validate", func(p *schedule.Plan) func(int) {
			return repeat(func() { schedule.Validate(p) })
		}},
		{"Explain of one session", func(p *schedule.Plan) func(int) {
			var middle schedule.ID
			for i, s := range p.All() {
				if i == p.Len()/2 {
					middle = s.ID()
				}
			}
			return repeat(func() {
				_, err := p.Explain(middle)
				must(err)
			})
		}},
		{"Explanations of all", func(p *schedule.Plan) func(int) {
			return repeat(func() {
				for range p.Explanations() {
				}
			})
		}},
	}
}

// used keeps what it is given from being optimised away.
func used(ok bool) {
	if !ok {
		panic("plan: nothing was read")
	}
}

func repeat(f func()) func(n int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}

// reading compares what can be done with a plan to building it.
func reading(c Calendar) []bench.Pair {
	planner := NewPlanner(c, Options{Doses: true})
	build := bench.Side{Name: "Build with doses, " + c.Name, Run: planner.Run}
	plan := planner.Build(0)
	var pairs []bench.Pair
	for _, r := range reads() {
		pairs = append(pairs, bench.Pair{Group: "read", A: bench.Side{Name: r.name + ", " + c.Name, Run: r.of(plan)}, B: build})
	}
	return pairs
}

// sessions shows the growth over the length of a plan, per session.
func sessions() []bench.Pair {
	lengths := []Calendar{K1(), K10(), taper("1008 sessions", "3-2-1-1-1 then every 4w x1000", 1000)}
	side := func(name string, c Calendar, run func(int)) bench.Side {
		return bench.Side{Name: name + ", " + c.Name, Units: c.Sessions, Run: run}
	}
	var pairs []bench.Pair
	for i, c := range lengths[1:] {
		pairs = append(pairs, bench.Pair{
			Group: "growth per session",
			A:     side("Build with doses", c, NewPlanner(c, Options{Doses: true}).Run),
			B:     side("Build with doses", lengths[i], NewPlanner(lengths[i], Options{Doses: true}).Run),
		})
	}
	for _, r := range reads() {
		if r.name == "Explain of one session" {
			continue // its answer does not grow
		}
		for i, c := range lengths[1:] {
			pairs = append(pairs, bench.Pair{
				Group: "growth per session",
				A:     side(r.name, c, r.of(NewPlanner(c, Options{Doses: true}).Build(0))),
				B:     side(r.name, lengths[i], r.of(NewPlanner(lengths[i], Options{Doses: true}).Build(0))),
			})
		}
	}
	return pairs
}

// windows shows the growth over the width of windows, per day of a window.
func windows() []bench.Pair {
	side := func(days int) bench.Side {
		return bench.Side{
			Name: "Build of K10, windows of " + strconv.Itoa(days) + " days", Units: days,
			Run: NewPlanner(K10(), Options{Doses: true, Window: days, Daily: true}).Run,
		}
	}
	pair := func(a, b int) bench.Pair {
		return bench.Pair{Group: "growth per day of window", A: side(a), B: side(b)}
	}
	return []bench.Pair{pair(30, 3), pair(300, 30), pair(600, 300)}
}

// closures shows that what a clinic's closures cost is a search for each day.
func closures() []bench.Pair {
	side := func(n int) bench.Side {
		return bench.Side{
			Name: "Build of K10, " + strconv.Itoa(n) + " closures",
			Run:  NewPlanner(K10(), Options{Doses: true, Closures: n}).Run,
		}
	}
	pair := func(a, b int) bench.Pair { return bench.Pair{Group: "growth over closures", A: side(a), B: side(b)} }
	return []bench.Pair{pair(100, 0), pair(10_000, 100)}
}
