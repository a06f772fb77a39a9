package plan

import (
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A Record is what a program keeps of a session that knows its protocol and nothing
// else: 16 bytes.
type Record struct {
	Day   int32
	Seq   uint16
	Phase uint8
	Flags uint8
	Dose  int64
}

// Records expands to records in place, each with a number, a phase and a dose: the
// floor for a library that says more of a session than its day.
func Records(c *Calendar, start date.Date) []Record {
	all := make([]Record, c.Sessions)
	at := 0
	for i := range c.Phases {
		p := &c.Phases[i]
		rest := p.Count
		for week := int(start) + p.First; rest > 0; week += 7 * p.Every {
			for _, day := range p.Days[:min(rest, len(p.Days))] {
				r := &all[at]
				at++
				r.Day, r.Seq, r.Phase, r.Dose = int32(week+day), uint16(at), uint8(i), 36_300
			}
			rest -= min(rest, len(p.Days))
		}
	}
	return all
}

// Outline returns the outline of a calendar.
func Outline(c Calendar) *schedule.Outline {
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence(c.Cadence), MinGap: 2}}}.Compile()
	must(err)
	outline, err := schedule.NewOutline(prescribed)
	must(err)
	return outline
}

// outlines compares the targets of a protocol with the dates of those who only expand
// them: lists in memory of their own, and walks that keep nothing.
func outlines(c Calendar) []bench.Pair {
	side := func(name string, run func(n int)) bench.Side { return bench.Side{Name: name + ", " + c.Name, Run: run} }
	outline := Outline(c)
	of := func(i int) schedule.Targets {
		targets, err := outline.Targets(Start(i), 0)
		must(err)
		return targets
	}
	var list []schedule.Target
	appended := side("Outline, Append", func(n int) {
		for i := range n {
			list = of(i).Append(nil)
		}
		used(len(list) == c.Sessions)
	})
	walked := side("Outline, All", func(n int) {
		days := 0
		for i := range n {
			for _, t := range of(i).All() {
				days += int(t.Date())
			}
		}
		used(days > 0 || n == 0)
	})
	pair := func(a, b bench.Side) bench.Pair { return bench.Pair{Group: "targets", A: a, B: b} }
	return []bench.Pair{
		pair(side("rrule-go NewRRule and All", each(&c, RRule)), appended),
		pair(side("time.AddDate loop", each(&c, AddDate)), appended),
		pair(side("date/v2 arithmetic", each(&c, Dates)), appended),
		pair(side("int32 days", each(&c, Days)), appended),
		pair(appended, side("records of 16 bytes", each(&c, Records))),
		pair(walked, appended),
	}
}
