package main

import (
	"flag"
	"fmt"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// diff prints what differs in two files.
func (p program) diff(args []string) int {
	set := flag.NewFlagSet("diff", flag.ContinueOnError)
	asJSON := set.Bool("json", false, "print JSON, which a program can apply")
	names, code, done := p.flags(set, args)
	switch {
	case done:
		return code
	case len(names) != 2:
		return p.misuse("want two files after diff")
	}
	var specs [2]protocol.Spec
	for i, name := range names {
		var err error
		if _, specs[i], err = read(name); err != nil {
			return p.problems(p.stderr, err)
		}
	}
	d, err := protocol.Diff(specs[0], specs[1])
	if err != nil {
		return p.fail(err)
	}
	code = exitWell
	if !d.IsEmpty() {
		code = exitProblems
	}
	if *asJSON {
		return p.printJSON(d, code)
	}
	text := d.String()
	if a, b := specs[0], specs[1]; d.MeaningChanged() && a.ID != "" && a.ID == b.ID && a.Version == b.Version {
		text += fmt.Sprintf("and the version is still %q: give it a new one\n", b.Version)
	}
	return p.print([]byte(text), code)
}

// targets prints the days that the cadence of a file asks for.
func (p program) targets(args []string) int {
	set := flag.NewFlagSet("targets", flag.ContinueOnError)
	var values settings
	set.Var(&values, "set", "`NAME=VALUE`, the value of a parameter; may be given again")
	start := set.String("start", "2025-01-06", "the first `DAY`")
	until := set.String("until", "", "the last `DAY` of a cadence without end; half a year after the start if not given")
	names, code, done := p.flags(set, args)
	switch {
	case done:
		return code
	case len(names) != 1:
		return p.misuse("want one file after targets")
	}
	first, err := schedule.ParseDate(*start)
	if err != nil {
		return p.misuse("-start: %v", err)
	}
	last := first + 26*7
	if *until != "" {
		if last, err = schedule.ParseDate(*until); err != nil {
			return p.misuse("-until: %v", err)
		}
	}
	src, s, err := read(names[0])
	if err != nil {
		return p.problems(p.stdout, err)
	}
	for _, v := range values {
		if s, err = s.Set(v.name, v.value); err != nil {
			return p.fail(fmt.Errorf("%s: %w", names[0], err))
		}
	}
	prescribed, err := course(s).Compile()
	if err != nil {
		return p.problems(p.stdout, protocol.Locate(names[0], src, err))
	}
	plan, err := schedule.Build(request(prescribed, first, last))
	if err != nil {
		return p.fail(fmt.Errorf("%s: %w", names[0], err))
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s from %s\n", prescribed.Cadence(), first)
	for _, t := range plan.All() {
		fmt.Fprintf(&out, "%s %s day %d, week %d: %s %d, window %s to %s\n", t.Target(), t.Target().Weekday().String()[:3],
			int(t.Target()-first)+1, int(t.Target()-first)/7+1, t.Phase(), t.Number(), t.Earliest(), t.Latest())
	}
	return p.print([]byte(out.String()), exitWell)
}

// course returns what of a protocol decides on which days sessions are to take place,
// so that nothing else has to be known: no parameter but those of the cadence.
func course(s protocol.Spec) protocol.Spec {
	c := protocol.Spec{ID: s.ID, Version: s.Version}
	for _, phase := range s.Phases {
		c.Phases = append(c.Phases, protocol.Phase{Name: phase.Name, Cadence: phase.Cadence, Window: phase.Window, Weekdays: phase.Weekdays})
	}
	for _, p := range s.Parameters {
		var fills []protocol.Place
		for _, to := range p.Fills {
			if to.Field == protocol.FieldCadence {
				fills = append(fills, to)
			}
		}
		if p.Fills = fills; len(fills) > 0 {
			c.Parameters = append(c.Parameters, p)
		}
	}
	return c
}

// always is a clinic that never closes.
type always struct{}

func (always) Open(date.Date) ([]clinic.Hours, string) {
	return []clinic.Hours{clinic.MustHours("00:00-24:00")}, ""
}

// request asks for a plan in a clinic that never closes, whose sessions take no time.
func request(p *protocol.Protocol, start, until date.Date) schedule.Request {
	year, month, day := start.Date()
	r := schedule.Request{
		Protocol: p, Start: start, Opening: always{}, Zone: time.UTC,
		Key: schedule.Key{1}, AsOf: time.Date(year, month, day, 0, 0, 0, 0, time.UTC),
	}
	if p.Cadence().Endless() {
		r.Until = until
	}
	return r
}
