package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/internal/bench/plan"
)

// A measuring is one run.
type measuring struct {
	rounds int
	// whole picks sections as a whole, by their names; else lines are picked.
	whole bool
	picks func(string) bool
	// costs are those of the sides that were measured, by name.
	costs map[string]bench.Cost
}

// sections measures everything that was picked, and prints it as it comes unless it is for
// the page.
func (m *measuring) sections(cohorts bool) []section {
	var list []section
	add := func(name, text string) {
		if text == "" {
			return
		}
		if !m.whole {
			fmt.Printf("\n### %s\n\n%s", name, text)
		}
		list = append(list, section{name, text})
	}
	pairs := allPairs()
	var groups []string
	for _, p := range pairs {
		if !slices.Contains(groups, p.Group) {
			groups = append(groups, p.Group)
		}
	}
	for _, group := range groups {
		of := slices.DeleteFunc(bench.Group(pairs, group), func(p bench.Pair) bool { return !m.picked(group, p.A.Name+" / "+p.B.Name) })
		if len(of) > 0 {
			add(group, m.ratios(of))
			add(group+" costs", m.sides(of))
		}
	}
	add("slopes", m.slopes())
	if m.picks("memory") {
		add("memory", memory())
	}
	if cohorts && m.picks("cohorts") {
		add("cohorts", inCohorts())
	}
	if m.whole {
		add("machine", machine(m.rounds))
	}
	return list
}

// picked reports whether a line of a section was asked for.
func (m *measuring) picked(section, line string) bool {
	if m.whole {
		return m.picks(section)
	}
	return m.picks(section + ": " + line)
}

// ratios returns the table of pairs.
func (m *measuring) ratios(pairs []bench.Pair) string {
	var text strings.Builder
	text.WriteString("| A | B | A / B | 10-90 % |\n| --- | --- | ---: | ---: |\n")
	for _, p := range pairs {
		r := p.Compare(m.rounds)
		fmt.Fprintf(&text, "| %s | %s | %s | %s-%s |\n", p.A.Name, p.B.Name, significant(r.Median), significant(r.Low), significant(r.High))
	}
	return text.String()
}

// sides returns the table of what each side of pairs costs on its own. One that another
// section has is measured once.
func (m *measuring) sides(pairs []bench.Pair) string {
	var text strings.Builder
	text.WriteString("| | fastest | median | bytes | allocations |\n| --- | ---: | ---: | ---: | ---: |\n")
	for _, side := range bench.Sides(pairs) {
		c, known := m.costs[side.Name]
		if !known {
			c = side.Measure(100)
			m.costs[side.Name] = c
		}
		fmt.Fprintf(&text, "| %s | %s | %s | %d | %d |\n", side.Name, unit(c.Fastest), unit(c.Median), c.Bytes, c.Allocs)
	}
	return text.String()
}

// slopes returns the table of how time grows.
func (m *measuring) slopes() string {
	var text strings.Builder
	for _, g := range plan.Growths() {
		if !m.picked("slopes", g.Name) {
			continue
		}
		if text.Len() == 0 {
			text.WriteString("| | sizes | fastest of each | slope | 10-90 % |\n| --- | --- | --- | ---: | ---: |\n")
		}
		s := g.Fit(40)
		var sizes, times []string
		for i, size := range g.Sizes {
			sizes, times = append(sizes, fmt.Sprint(size)), append(times, unit(s.Fastest[i]))
		}
		fmt.Fprintf(&text, "| %s | %s %s | %s | %.2f | %.2f to %.2f |\n", g.Name, strings.Join(sizes, ", "), g.Of, strings.Join(times, ", "), s.Median, s.Low, s.High)
	}
	return text.String()
}

// memory returns the table of what a kept year takes.
func memory() string {
	var text strings.Builder
	text.WriteString("| a year, kept | bytes |\n| --- | ---: |\n")
	for _, f := range plan.Footprints() {
		fmt.Fprintf(&text, "| %s | %.0f |\n", f.Name, f.Bytes)
	}
	return text.String()
}

// inCohorts returns the table of cohorts.
func inCohorts() string {
	var text strings.Builder
	text.WriteString("| | plans | cores | on the clock | processor | heap grew by at most |\n| --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, c := range plan.Cohorts([]int{1, 1000, 100_000, 1_000_000}) {
		fmt.Fprintf(&text, "| %s | %d | %d | %s | %s | %.1f MB |\n",
			c.Name, c.Plans, c.Cores, unit(float64(c.Wall.Nanoseconds())), unit(float64(c.CPU.Nanoseconds())), float64(c.Peak)/1e6)
	}
	return text.String()
}

// chart returns the chart of a year with regimen and with others, of what was measured.
func (m *measuring) chart() bench.Chart {
	c := bench.Chart{Title: "A year of 21 sessions", Unit: "fastest, ns"}
	for _, name := range []string{
		"int32 days, K1", "date/v2 arithmetic, K1", "records of 16 bytes, K1", "Outline, Append, K1", "time.AddDate loop, K1",
		"rrule-go NewRRule and All, K1", "Planner.Stream, K1", "Planner.Build, K1", "Build with doses, K1",
		"Append into a buffer", "arran4/golang-ical", "emersion/go-ical",
	} {
		if cost, ok := m.costs[name]; ok {
			c.Bars = append(c.Bars, bench.Bar{Name: strings.TrimSuffix(name, ", K1"), Value: cost.Fastest})
		}
	}
	return c
}

// significant writes x with two or three digits that mean something.
func significant(x float64) string {
	switch {
	case x >= 9.95:
		return fmt.Sprintf("%.0f", x)
	case x >= 0.095:
		return fmt.Sprintf("%.2f", x)
	default:
		return fmt.Sprintf("%.2g", x)
	}
}

// unit writes nanoseconds in a fitting unit: "5.1 ns", "32.7 us".
func unit(ns float64) string {
	switch {
	case ns < 1e3:
		return fmt.Sprintf("%.3g ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.3g us", ns/1e3)
	case ns < 1e9:
		return fmt.Sprintf("%.3g ms", ns/1e6)
	default:
		return fmt.Sprintf("%.3g s", ns/1e9)
	}
}
