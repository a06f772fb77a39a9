// Command ratio prints how regimen compares with what it could be replaced by,
// as Markdown tables.
//
//	go run ./cmd/ratio [-rounds 300] [regexp]
//	go run ./cmd/ratio -write [-rounds 300] [regexp]
//
// Both sides of a comparison run in turns in one process on one core; the ratio
// is the median over all rounds. A regular expression picks the comparisons
// whose line, such as "dose: apd / scaled int64", it matches.
//
// With -write the tables take the place of those in docs/PERFORMANCE.md, between
// the marks that name them, and the chart that of docs/performance.svg; a regular
// expression then picks whole sections by their names. With -cohorts it makes cohorts of
// up to a million plans, too.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/internal/bench/dose"
	"github.com/regimen-go/regimen/internal/bench/ics"
	"github.com/regimen-go/regimen/internal/bench/plan"
)

// The files that -write rewrites, from internal/bench.
const (
	page    = "../../docs/PERFORMANCE.md"
	picture = "../../docs/performance.svg"
)

func main() {
	rounds := flag.Int("rounds", 300, "how often both sides take a turn, 200 or more")
	write := flag.Bool("write", false, "rewrite the tables of docs/PERFORMANCE.md")
	cohorts := flag.Bool("cohorts", false, "make cohorts of 1 to 10^6 plans as well")
	flag.Parse()
	pattern, err := regexp.Compile(flag.Arg(0))
	if err != nil || flag.NArg() > 1 || *rounds < 200 {
		flag.Usage()
		os.Exit(2)
	}
	runtime.GOMAXPROCS(1) // so that collecting garbage costs its side time

	m := &measuring{rounds: *rounds, whole: *write, picks: pattern.MatchString, costs: map[string]bench.Cost{}}
	sections := m.sections(*cohorts)
	if !*write {
		return
	}
	if err := rewrite(sections, m.chart()); err != nil {
		fmt.Fprintln(os.Stderr, "ratio:", err)
		os.Exit(1)
	}
}

// rewrite puts the sections into the page, and the chart where it was made.
func rewrite(sections []section, chart bench.Chart) error {
	doc, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	if len(chart.Bars) > 0 {
		sections = append(sections, section{"chart", "```text\n" + chart.Text() + "```\n"})
	}
	text, err := replace(string(doc), sections)
	if err != nil {
		return err
	}
	if err := os.WriteFile(page, []byte(text), 0o644); err != nil || len(chart.Bars) == 0 {
		return err
	}
	return os.WriteFile(picture, []byte(chart.SVG()), 0o644)
}

// allPairs returns the comparisons of every package.
func allPairs() []bench.Pair {
	return slices.Concat(dose.Pairs(), plan.Pairs(), ics.Pairs())
}
