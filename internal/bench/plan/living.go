package plan

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/schedule"
)

// Missed returns a plan of which the first n sessions were given and the next was missed,
// and what the ways on from that are asked by.
func Missed(c Calendar, n int) (p *schedule.Plan, at time.Time, missed schedule.ID) {
	p = NewPlanner(c, Options{Doses: true}).Build(0)
	var entries []schedule.Entry
	for i, s := range p.All() {
		at = s.Date().MidnightUTC().Add(20 * time.Hour)
		var what schedule.Happening = schedule.Given{Session: s.ID(), Date: s.Date(), Start: s.Start(), End: s.End(), Dose: s.Dose().Dose()}
		if missed = s.ID(); i == n {
			what = schedule.Missed{Session: s.ID(), Reason: "did not come"}
		}
		entries = append(entries, schedule.Entry{AsOf: at, Event: schedule.Event{ID: fmt.Sprintf("e%d", i+1), What: what}})
		if i == n {
			break
		}
	}
	p, err := p.Replay(entries...)
	must(err)
	return p, at, missed
}

// oneMore is an event that changes the doses to come.
func oneMore(p *schedule.Plan) schedule.Event {
	return schedule.Event{ID: "one-more", What: schedule.Weighed{Date: p.Start(), Weight: dose.MustWeight("81 kg")}}
}

// living compares what happens to a plan that knows much with one that knows little.
func living() []bench.Pair {
	apply := func(n int) bench.Side {
		f := NewFiles(K1(), n)
		at := f.plan.AsOf().Add(time.Minute)
		return bench.Side{Name: fmt.Sprintf("Apply, after %d events", n), Run: repeat(func() { _, err := f.plan.Apply(oneMore(f.plan), at); must(err) })}
	}
	p, at, missed := Missed(K10(), 70)
	repairs := bench.Side{Name: "Repairs, K10", Run: repeat(func() { _, err := p.Repairs(at, missed); must(err) })}
	return []bench.Pair{
		{Group: "living", A: apply(10_000), B: apply(10)},
		{Group: "living", A: repairs, B: bench.Side{Name: "Build with doses, K10", Run: NewPlanner(K10(), Options{Doses: true}).Run}},
	}
}
